"""What an article means together with the files behind it."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.detect import detect
from storage import Detection

DAY = date(2026, 11, 20)
HEAD = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH THANH HÓA | Độc lập - Tự do - Hạnh phúc\n"
INVITATION = HEAD + (
    "Số: 412/GM-UBND | Thanh Hóa, ngày 20 tháng 11 năm 2026\nGIẤY MỜI\n"
    "Dự Hội nghị trực tuyến sơ kết công tác chuyển đổi số\nKính gửi: Các sở, ban, ngành cấp tỉnh.\n"
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, Ủy ban nhân dân tỉnh trân trọng kính mời.\n"
    "1. Thời gian: 08 giờ 00, ngày 25/11/2026.\n2. Địa điểm: Phòng họp số 1.\n"
)
DECISION = HEAD + (
    "Số: 1875/QĐ-UBND | Thanh Hóa, ngày 19 tháng 11 năm 2026\nQUYẾT ĐỊNH\n"
    "Về việc phê duyệt Đề án trồng lúa chất lượng cao\nCăn cứ Luật Tổ chức chính quyền địa phương năm 2025;\n"
)
STORY = "Nông dân các huyện đồng bằng tiếp tục chăm sóc lúa vụ mùa, tưới tiêu và phòng trừ sâu bệnh đúng kỳ. " * 5


def said(title: str, text: str, *files: str, published: date = DAY) -> Detection:
    body = "UBND tỉnh Thanh Hóa"
    return detect(title, text, published=published, province="Thanh Hóa", portal_body=body, files=files)


@pytest.mark.parametrize("title", ["Giấy mời số 412/GM-UBND", "Thông báo", "Lịch công tác tuần 48 năm 2026"])
def test_an_invitation_behind_a_page_without_words_is_the_meeting(title: str) -> None:
    found = said(title, "Chi tiết xem tệp đính kèm.", INVITATION)
    assert found.kinds == ("meeting",)
    assert found.meeting is not None
    assert (found.meeting.date, found.meeting.time, found.meeting.place) == (
        date(2026, 11, 25),
        "08:00",
        "Phòng họp số 1",
    )
    assert found.meeting.status == "upcoming"
    assert {mention.number: mention.role for mention in found.documents} == {
        "412/GM-UBND": "cited",
        "57-NQ/TW": "cited",
    }


def test_a_file_says_of_a_meeting_what_its_page_leaves_out() -> None:
    title = "Giấy mời dự Hội nghị trực tuyến sơ kết công tác chuyển đổi số"
    assert said(title, "").meeting is not None
    found = said(title, "", INVITATION)
    assert found.meeting is not None
    assert (found.meeting.title, found.meeting.date) == (title, date(2026, 11, 25))


def test_a_decision_behind_a_page_without_words_is_issued() -> None:
    found = said("Đề án trồng lúa chất lượng cao", "Xem tệp đính kèm.", DECISION)
    assert [(mention.number, mention.role) for mention in found.documents] == [("1875/QĐ-UBND", "issued")]
    assert found.quotes["decision"].startswith("Số: 1875/QĐ-UBND")


def test_an_old_decision_put_up_again_is_cited() -> None:
    found = said("Đề án trồng lúa chất lượng cao", "Xem tệp.", DECISION, published=date(2027, 6, 1))
    assert found.kinds == ()
    assert [(mention.number, mention.role) for mention in found.documents] == [("1875/QĐ-UBND", "cited")]


@pytest.mark.parametrize("file", [INVITATION, DECISION])
def test_what_an_article_only_carries_along_is_cited(file: str) -> None:
    found = said("Nông dân chăm sóc lúa vụ mùa", STORY, file)
    assert (found.kinds, found.meeting) == ((), None)
    assert {mention.role for mention in found.documents} == {"cited"}


def test_a_page_that_says_what_it_is_about_is_heard_before_its_files() -> None:
    title = "Quyết định số 99/QĐ-UBND về việc ban hành Quy chế làm việc"
    found = said(title, "", DECISION)
    assert {mention.number: mention.role for mention in found.documents} == {
        "99/QĐ-UBND": "issued",
        "1875/QĐ-UBND": "cited",
    }


@pytest.mark.parametrize("file", ["", "\n\n", "x" * 100_000, "Số:", INVITATION[:90]])
def test_any_file_is_heard(file: str) -> None:
    said("", "", file)
