"""Document numbers: what is one, what is not, and the day behind it. Every string was read on a real page."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from monitor.detect import find_numbers, issue_date_after

ACCEPTED = [
    ("Quyết định 749/QĐ-TTg ngày 03/6/2020", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("749/QĐ-TTg", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("749/QĐ–TTg", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("749/QĐ‑TTg", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("749\u00a0/QĐ-TTg", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("Thông báo số 03-TB/BCĐCĐS", "03-TB/BCĐCĐS", "Thông báo", "Ban Chỉ đạo chuyển đổi số"),
    ("Kế hoạch số 3609/KH-BĐHCĐS", "3609/KH-BĐHCĐS", "Kế hoạch", "Ban Điều hành chuyển đổi số"),
    ("Công văn số 2304/BTTTT-THH", "2304/BTTTT-THH", "Công văn", "Bộ Thông tin và Truyền thông"),
    ("786 /STTTT-BCXBTT", "786/STTTT-BCXBTT", "Công văn", "Sở Thông tin và Truyền thông"),
    ("192\u00a0 /STTTT-BCXBTT", "192/STTTT-BCXBTT", "Công văn", "Sở Thông tin và Truyền thông"),
    ("Nghị quyết số 66.7/2026/NQ-CP", "66.7/2026/NQ-CP", "Nghị quyết", "Chính phủ"),
    ("Nghị định 104/ 2025/NĐ-\nCP ngày", "104/2025/NĐ-CP", "Nghị định", "Chính phủ"),
    ("102/2024/NĐ -CP", "102/2024/NĐ-CP", "Nghị định", "Chính phủ"),
    ("102/2024/N Đ-CP", "102/2024/NĐ-CP", "Nghị định", "Chính phủ"),
    ("102/2024/NĐ-C P", "102/2024/NĐ-CP", "Nghị định", "Chính phủ"),
    ("12/2020/NĐ-СР", "12/2020/NĐ-CP", "Nghị định", "Chính phủ"),
    ("Nghị định số 03/2017/NĐ-CPngày 16/01/2017", "03/2017/NĐ-CP", "Nghị định", "Chính phủ"),
    ("19/2006/QÐ-BBCVT", "19/2006/QĐ-BBCVT", "Quyết định", "Bộ Bưu chính, Viễn thông"),
    ("Nghị quyết số 57- NQ/TW", "57-NQ/TW", "Nghị quyết", None),
    ("09 - CTr/TU", "09-CTr/TU", "Chương trình", "Tỉnh ủy"),
    ("08-Ctr/TU", "08-Ctr/TU", "Chương trình", "Tỉnh ủy"),
    ("Thông báo số 676-TB/TƯ", "676-TB/TƯ", "Thông báo", None),
    ("Công văn số 1019-CV/TU", "1019-CV/TU", "Công văn", "Tỉnh ủy"),
    ("Tờ trình số 164/TTr- SKHCN", "164/TTr-SKHCN", "Tờ trình", "Sở Khoa học và Công nghệ"),
    ("15/2020/TT-BTTTT", "15/2020/TT-BTTTT", "Thông tư", "Bộ Thông tin và Truyền thông"),
    ("09/2014/Tt-BTTTT", "09/2014/Tt-BTTTT", "Thông tư", "Bộ Thông tin và Truyền thông"),
    ("Chỉ thị số 422/CT-TTG", "422/CT-TTG", "Chỉ thị", "Thủ tướng Chính phủ"),
    ("2/2015/QĐ-UBND", "2/2015/QĐ-UBND", "Quyết định", "UBND"),
    ("06/QĐ-TTg", "06/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("Luật Đất đai số 31/2024/QH15", "31/2024/QH15", "Luật", "Quốc hội"),
    ("Nghị quyết 193/2025/QH15", "193/2025/QH15", "Nghị quyết", "Quốc hội"),
    ("237/NQ-UBTVQH16", "237/NQ-UBTVQH16", "Nghị quyết", "Ủy ban Thường vụ Quốc hội"),
    ("44/VBHN-VPQH", "44/VBHN-VPQH", "Văn bản hợp nhất", "Văn phòng Quốc hội"),
    ("13/2025/TTLT-BTP-BNG-TANDTC", "13/2025/TTLT-BTP-BNG-TANDTC", "Thông tư liên tịch",
     "Bộ Tư pháp, Bộ Ngoại giao, Tòa án nhân dân tối cao"),
    ("46/2005/TTLT-BQP-BKH&ĐT- BTC BLĐTB&XH", "46/2005/TTLT-BQP-BKH&ĐT-BTC-BLĐTB&XH", "Thông tư liên tịch",
     "Bộ Quốc phòng, Bộ Kế hoạch và Đầu tư, Bộ Tài chính, Bộ Lao động - Thương binh và Xã hội"),
    ("12/2001/TTLT/BTC-BKHCNMT", "12/2001/TTLT/BTC-BKHCNMT", "Thông tư liên tịch",
     "Bộ Tài chính, Bộ Khoa học, Công nghệ và Môi trường"),
    ("Thông tư liên tịch 63/TC/KHKT", "63/TC/KHKT", "Thông tư liên tịch", None),
    ("Quyết định 31-CP", "31-CP", "Quyết định", "Chính phủ"),
    ("160/CP", "160/CP", None, "Chính phủ"),
    ("Quyết định 782-TTg", "782-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("Quyết định 619/TTg", "619/TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("88-TĐC/QĐ", "88-TĐC/QĐ", "Quyết định", None),
    ("Pháp lệnh 43-LCT/HĐNN8", "43-LCT/HĐNN8", "Pháp lệnh", "Hội đồng Nhà nước"),
    ("528/QD-UBND", "528/QD-UBND", "Quyết định", "UBND"),
    ("99/2022/ND-CP", "99/2022/ND-CP", "Nghị định", "Chính phủ"),
    ("139/2017/ND", "139/2017/ND", "Nghị định", None),
    ("Số: 6526/KH-UBND\n- Nghị quyết số", "6526/KH-UBND", "Kế hoạch", "UBND"),
    ("749/QĐ-TTg - VNPT thực hiện", "749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"),
    ("Giấy mời số 27-GM/BTGTU", "27-GM/BTGTU", "Giấy mời", "Ban Tuyên giáo Tỉnh ủy"),
]  # fmt: skip

REJECTED = [
    "Giấy phép số 17/GP-BTTTT", "17/GP-BTTTT", "GP-BTTT", "Mẫu số 11/ĐK", "Mẫu số 01/ĐK, 02/ĐK", "01/TĐBĐ",
    "Số 199+200/Ngày 29-8-2025", "/Ngày 29-8-2025", "12/15 chỉ tiêu", "23/25 chỉ tiêu", "856/856 hệ thống",
    "38/53 dịch vụ", "24/7", "covid 19 - Sở Y tế", "2018 - Hợp tác", "0555 - Fax", "điện thoại 0243.555 - FAX",
    "/image/2022-2/TTN/anh.jpg", "102/2 024/NĐ-CP", "8 1/ 20 25/ Q H1 5", "lần thứ 2 - VIỆT NAM 2016",
    "2016 - PHÚ QUỐC", "QCVN 54:2020/BTTTT", "mạng 5G/LTE-A", "Pháp lệnh Không số", "477/832 thôn", "",
    "doanh thu 3.000 tỷ/năm", "13/7/2026",
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "kind", "issuer"), ACCEPTED)
def test_a_number_is_found_with_what_its_symbol_tells(
    text: str, number: str, kind: str | None, issuer: str | None
) -> None:
    assert [(s.number, s.type, s.issuer) for s in find_numbers(text)] == [(number, kind, issuer)]


@pytest.mark.parametrize("text", REJECTED)
def test_what_only_looks_like_a_number_is_left_out(text: str) -> None:
    assert find_numbers(text) == ()


def test_offsets_are_those_of_the_original_text() -> None:
    text = unicodedata.normalize("NFD", "Tại Quyết định số 749/QĐ-TTg và Nghị quyết số 03/NQ-CP")
    spans = find_numbers(text)
    assert [s.number for s in spans] == ["749/QĐ-TTg", "03/NQ-CP"]
    assert all(text[s.start : s.end] == s.written for s in spans)


@pytest.mark.parametrize(
    ("after", "day"),
    [
        (" ngày 03/6/2020 của", date(2020, 6, 3)),
        (" ngày 16 tháng 6 năm 2022", date(2022, 6, 16)),
        (" ngày 27-3-2020", date(2020, 3, 27)),
        (" ngày 24.12.2019", date(2019, 12, 24)),
        (", ngày 17/02/2022", date(2022, 2, 17)),
        (" ngày\n17/5/2021", date(2021, 5, 17)),
        (" ngày 22\ntháng 8 năm 2022", date(2022, 8, 22)),
        (" ngày 15 /5/2025", date(2025, 5, 15)),
        (" Ngày 29/01/2018", date(2018, 1, 29)),
        ("ngày 16/01/2017", date(2017, 1, 16)),
        (" (ngày 5/5/2020)", date(2020, 5, 5)),
        (" của UBND tỉnh ngày 14/02/2023", date(2023, 2, 14)),
        (" ngày 08/01/218", None),
        (" ngày 31/02/2020", None),
        (" về chuyển đổi số", None),
        ("", None),
    ],
)
def test_the_day_of_issue(after: str, day: date | None) -> None:
    text = "Quyết định số 749/QĐ-TTg"
    assert issue_date_after(text + after, len(text)) == day
