"""Issued, repealed, amended or cited: an alert for a citation is a failure."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.detect import decision_keys, detect

# title, text, published, {number: role}
ROLES: list[tuple[str, str, date | None, dict[str, str]]] = [
    # a listing's row or a document's own title
    ("Quyết định của UBND tỉnh số 37/2026/QĐ-UBND bãi bỏ Quyết định số 90/2025/QĐ-UBND ngày 24/8/2025 của UBND tỉnh",
     "", None, {"37/2026/QĐ-UBND": "issued", "90/2025/QĐ-UBND": "repealed"}),
    ("Quyết định của Chủ tịch UBND tỉnh số 1797/QĐ-UBND về việc ban hành Bộ chỉ số đánh giá chuyển đổi số", "", None,
     {"1797/QĐ-UBND": "issued"}),
    ("Nghị quyết số 16/2013/NQ-HĐND của Hội đồng nhân dân Thành phố Hà Nội", "", None,
     {"16/2013/NQ-HĐND": "issued"}),
    ("Quyết định 677/QĐ-TTg", "", None, {"677/QĐ-TTg": "issued"}),
    ("Nghị định số 12/2022/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 34/2020/NĐ-CP", "", None,
     {"12/2022/NĐ-CP": "issued", "34/2020/NĐ-CP": "amended"}),
    ("Quyết định số 05/2024/QĐ-UBND sửa đổi Quy chế ban hành kèm theo Quyết định số 12/2020/QĐ-UBND", "", None,
     {"05/2024/QĐ-UBND": "issued", "12/2020/QĐ-UBND": "amended"}),
    ("Luật Chuyển đổi số số 148/2025/QH15", "", None, {"148/2025/QH15": "issued"}),
    ("Quyết định 19/2006/QÐ-BBCVT về việc bắt buộc áp dụng Tiêu chuẩn Việt Nam TCVN 3718-1:2005", "", None,
     {"19/2006/QĐ-BBCVT": "issued"}),
    ("Công văn số 1008/STTTT-BCVT về việc đề nghị ngừng cung cấp dịch vụ", "", None, {"1008/STTTT-BCVT": "issued"}),
    ("UBND tỉnh ban hành Kế hoạch số 12/KH-UBND về chuyển đổi số năm 2024", "", None, {"12/KH-UBND": "issued"}),
    ("Thủ tướng ký ban hành Chỉ thị số 16/CT-TTg", "", None, {"16/CT-TTg": "issued"}),
    ("Quyết định số 20/QĐ-UBND thay thế Quyết định số 11/QĐ-UBND và Quyết định số 12/QĐ-UBND", "", None,
     {"20/QĐ-UBND": "issued", "11/QĐ-UBND": "repealed", "12/QĐ-UBND": "repealed"}),
    # titles that only speak of a document
    ("Triển khai Chỉ thị số 12/CT-UBND ngày 08/6/2020 của UBND Thành phố", "", None, {"12/CT-UBND": "cited"}),
    ("Thực hiện Quyết định số 4080/QĐ-BTP ngày 31/12/2014 của Bộ Tư pháp", "", None, {"4080/QĐ-BTP": "cited"}),
    ("Kế hoạch thực hiện Chương trình hành động về thực hiện Nghị quyết số 01/NQ-CP ngày 02/01/2014 của Chính phủ",
     "", None, {"01/NQ-CP": "cited"}),
    ("Hướng dẫn về việc triển khai Kế hoạch số 80/KH-UBND ngày 10/6/2009 về ứng dụng công nghệ thông tin", "", None,
     {"80/KH-UBND": "cited"}),
    ("(Theo Nghị định số 76/2013/NĐ-CP NGÀY 16/7/2013)", "", None, {"76/2013/NĐ-CP": "cited"}),
    ("Nghị quyết 57-NQ/TW: Đột phá phát triển khoa học, công nghệ", "", None, {"57-NQ/TW": "cited"}),
    ("Quyết định 749/QĐ-TTg tạo động lực cho chuyển đổi số", "", None, {"749/QĐ-TTg": "cited"}),
    ("Hội nghị quán triệt Nghị quyết số 57-NQ/TW", "", None, {"57-NQ/TW": "cited"}),
    ("Công bố Quyết định số 1234/QĐ-TTg về quy hoạch tỉnh", "Sáng 5/5, UBND tỉnh tổ chức Hội nghị công bố Quyết định "
     "số 1234/QĐ-TTg ngày 20/4/2024 của Thủ tướng.", date(2024, 5, 5), {"1234/QĐ-TTg": "cited"}),
    ("Đề xuất sửa đổi Nghị định số 102/2024/NĐ-CP", "", None, {"102/2024/NĐ-CP": "cited"}),
    # leads
    ("Ngày 10/10 hằng năm được chọn là Ngày Chuyển đổi số của tỉnh Ninh Thuận",
     "Ngày 9/11/2022, UBND tỉnh ban hành Quyết định số 1560/QĐ-UBND thống nhất lấy ngày 10/10 hằng năm là Ngày "
     "Chuyển đổi số, thực hiện các mục tiêu tại Nghị quyết số 09-NQ/TU ngày 29/11/2021 của Ban Thường vụ Tỉnh ủy.",
     None, {"1560/QĐ-UBND": "issued", "09-NQ/TU": "cited"}),
    ("Phát động phong trào thi đua chuyển đổi số",
     "Ngày 29/7/2022 vừa qua, UBND tỉnh đã ban hành Kế hoạch số 176/KH-UBND phát động phong trào thi đua.",
     date(2022, 8, 1), {"176/KH-UBND": "issued"}),
    ("Tỉnh đẩy mạnh chuyển đổi số",
     "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020, UBND tỉnh vừa ban hành Kế hoạch số 30/KH-UBND ngày "
     "05/5/2024 về chuyển đổi số.", date(2024, 5, 7), {"749/QĐ-TTg": "cited", "30/KH-UBND": "issued"}),
    ("Quy định mới về đất đai", "Theo Quyết định số 44/2024/QĐ-UBND vừa được UBND tỉnh ban hành, hạn mức được nâng.",
     None, {"44/2024/QĐ-UBND": "issued"}),
    ("Tạm hoãn tiếp dân", "Văn phòng Tỉnh ủy vừa có Thông báo số 120-TB/TU ngày 14/6/2021 về việc tạm hoãn tiếp dân.",
     None, {"120-TB/TU": "issued"}),
    # past citations in leads
    ("Kết quả chuyển đổi số", "Năm 2021, UBND tỉnh đã ban hành Kế hoạch số 6526/KH-UBND và đạt nhiều kết quả.", None,
     {"6526/KH-UBND": "cited"}),
    ("Chuyển đổi số ở Nam Định", "Tại Quyết định số 749/QĐ-TTg ngày 03/6/2022 của Thủ tướng Chính phủ xác định mục "
     "tiêu.", None, {"749/QĐ-TTg": "cited"}),
    ("Chuẩn bị quy định mới", "UBND tỉnh sẽ ban hành Quyết định số 12/2025/QĐ-UBND trong tháng tới.", None,
     {"12/2025/QĐ-UBND": "cited"}),
    ("Tổ chức lại bộ máy", "Thực hiện Kế hoạch số 56/KH-UBND do UBND tỉnh ban hành, các sở triển khai ngay.", None,
     {"56/KH-UBND": "cited"}),
    ("Nhìn lại một năm", "Ngày 03/6/2020, Thủ tướng Chính phủ ban hành Quyết định số 749/QĐ-TTg về chuyển đổi số.",
     date(2024, 10, 10), {"749/QĐ-TTg": "cited"}),
    ("Hội nghị triển khai công tác năm",
     "Sáng ngày 05/01/2024, UBND tỉnh tổ chức hội nghị triển khai Nghị quyết số 01/NQ-CP ngày 05/01/2024.", None,
     {"01/NQ-CP": "cited"}),
    ("Thông tin", "Căn cứ Nghị định số 63/2010/NĐ-CP đã được sửa đổi, bổ sung tại Nghị định số 92/2017/NĐ-CP.", None,
     {"63/2010/NĐ-CP": "cited", "92/2017/NĐ-CP": "cited"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "published", "roles"), ROLES)
def test_the_role_of_a_number(title: str, text: str, published: date | None, roles: dict[str, str]) -> None:
    found = detect(title, text, published=published)
    assert {d.number: d.role for d in found.documents} == roles
    assert ("decision" in found.kinds) == ("issued" in roles.values())
    if "decision" in found.kinds:
        assert found.quotes["decision"] in (title, text) or found.quotes["decision"] in text
    assert all(d.quote in title or d.quote in text for d in found.documents)


def test_repealed_by_losing_force() -> None:
    text = "Kể từ ngày ký, Quyết định số 11/2019/QĐ-UBND hết hiệu lực thi hành."
    assert [(d.number, d.role) for d in detect("Văn bản mới", text).documents] == [("11/2019/QĐ-UBND", "repealed")]


PAGE = "Số/Ký hiệu{0}1234/QĐ-UBND\nNgày ban hành{0}05/05/2024\nCơ quan ban hành{0}UBND tỉnh\n"
PAGE += "Loại văn bản{0}Quyết định\nTrích yếu{0}Về việc thực hiện Quyết định số 749/QĐ-TTg"


@pytest.mark.parametrize("mark", [": ", " | ", ":  ", " : ", "\n"])
def test_the_fields_of_a_documents_page(mark: str) -> None:
    found = detect("Về việc phê duyệt đề án", PAGE.format(mark), province="Thanh Hóa")
    first, second = found.documents
    assert (first.number, first.type, first.issuer, first.date, first.role) == (
        "1234/QĐ-UBND", "Quyết định", "UBND tỉnh Thanh Hóa", date(2024, 5, 5), "issued",
    )  # fmt: skip
    assert (second.number, second.role) == ("749/QĐ-TTg", "cited")
    assert found.kinds == ("decision",)


def test_the_heads_of_a_table_are_no_fields() -> None:
    text = "Văn bản liên quan\nSố ký hiệu | Ngày ban hành | Trích yếu\n12/QĐ-UBND | 05/05/2020 | Về việc khác"
    assert detect("Giới thiệu", text).kinds == ()


@pytest.mark.parametrize(
    ("province", "issuer"),
    [
        ("Thanh Hóa", "UBND tỉnh Thanh Hóa"), ("Hà Nội", "UBND thành phố Hà Nội"), (None, "UBND"),
        ("thành phố Đà Nẵng", "UBND thành phố Đà Nẵng"), ("tỉnh Sơn La", "UBND tỉnh Sơn La"),
    ],
)  # fmt: skip
def test_the_issuer_of_a_local_symbol(province: str | None, issuer: str) -> None:
    (document,) = detect("Quyết định số 1234/QĐ-UBND về việc khen thưởng", "", province=province).documents
    assert document.issuer == issuer


def test_the_words_name_the_issuer_better_than_the_symbol() -> None:
    title = "Quyết định số 12/QĐ-UBND ngày 05/05/2024 của UBND huyện Thọ Xuân về việc khen thưởng"
    assert detect(title, "", province="Thanh Hóa").documents[0].issuer == "UBND huyện Thọ Xuân"
    row = "Quyết định của Chủ tịch UBND tỉnh số 1725/QĐ-UBND ban hành Danh mục"
    assert detect(row, "", province="Sơn La").documents[0].issuer == "Chủ tịch UBND tỉnh Sơn La"
    assert detect("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", "").documents[0].issuer == "Bộ Chính trị"


def test_a_number_said_twice_is_one_document_and_two_dates_are_two() -> None:
    once = "Quyết định số 749/QĐ-TTg ngày 03/6/2020. Các chỉ tiêu của Quyết định 749/QĐ–TTg."
    assert [(d.number, d.date) for d in detect("", once).documents] == [("749/QĐ-TTg", date(2020, 6, 3))]
    twice = "Quyết định số 749/QĐ-TTg ngày 03/6/2020. Quyết định 749/QĐ-TTg ngày 03/6/2022."
    assert len(detect("", twice).documents) == 2
    assert len(detect("", "Quyết định 422/QĐ-TTg và Chỉ thị 422/CT-TTg").documents) == 2


def test_decision_keys() -> None:
    row = "Quyết định của {} số 1725/QĐ-UBND ngày 11/7/2026 ban hành Danh mục"
    keys = {
        decision_keys(detect(row.format(body), "", province="Sơn La").documents[0])
        for body in ("Chủ tịch UBND tỉnh", "UBND tỉnh", "Ủy ban nhân dân tỉnh Sơn La")
    }
    assert keys == {("1725/qd-ubnd|ubnd tinh son la|2026",)}
    (bare,) = detect("Quyết định 677/QĐ-TTg", "").documents
    assert decision_keys(bare) == ("677/qd-ttg|thu tuong chinh phu|?",)
    assert decision_keys(bare, date(2021, 1, 1)) == ("677/qd-ttg|thu tuong chinh phu|2021",)
    (dated,) = detect("Quyết định 37/2026/QĐ-UBND", "").documents
    assert decision_keys(dated, date(2027, 1, 1)) == ("37/2026/qd-ubnd|ubnd|2026",)
