"""Schedules: every row that is a meeting, with its own facts; trips, receptions, leave and desk work are none."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.commands.try_out import detection_json
from monitor.detect import detect
from storage import Meeting

WEEK = """LỊCH CÔNG TÁC TUẦN 47
(Từ ngày 16/11 đến ngày 20/11/2026)
Thứ Hai, ngày 16/11/2026
Sáng:
- 7h30: Chào cờ.
- 8h00: Chủ tịch UBND tỉnh Nguyễn Văn Thi chủ trì họp giao ban, tại Phòng họp số 1.
- 9h30: Phó Chủ tịch Mai Xuân Liêm tiếp Đại sứ Nhật Bản.
Chiều:
- 14h00: Đ/c Mai Xuân Liêm dự Hội nghị trực tuyến toàn quốc về chuyển đổi số do Bộ Khoa học và Công nghệ tổ chức.
- 16h00: Làm việc tại cơ quan.
Thứ Ba, 17/11
~~8h00: Họp Ban Chỉ đạo chuyển đổi số tỉnh; chủ trì: đ/c Lê Đức Giang.~~
Cả ngày: Đi công tác Hà Nội
Thứ Tư (18/11)
Sáng: 8h00 Họp Thường trực Tỉnh ủy. 14h30: Làm việc với đoàn công tác Bộ Tài chính tại Trụ sở UBND tỉnh.
Thứ Năm ngày 19/11: Nghỉ phép
"""
TABLE = """Thời gian | Nội dung | Chủ trì | Địa điểm
Thứ Hai 05/01
8h00 | Họp xét duyệt chính sách | Đ/c Trần Văn Nam | Phòng họp A
14h00 | Khảo sát thực địa cầu Cửa Đại | Đ/c Lê Văn Dũng | Hội An
Thứ Ba 06/01
8h30 | Phiên họp lần thứ 12 UBND tỉnh | Chủ tịch UBND tỉnh | Hội trường tầng 2
10h00 | (Hoãn) Họp rà soát thi đua | PCT Hồ Quang Bửu | Phòng 203
"""
PDF = """UBND HUYỆN ĐÔNG ANH
LỊCH CÔNG TÁC
Thứ Hai
12/10
Sáng
8h00 - 10h30: Họp giao ban Thường trực Huyện ủy
- Thành phần: Thường trực Huyện ủy
Chiều
13h30: Dự kỳ họp thứ 5 HĐND thành phố
tại Hội trường tầng 3 (cả ngày)
Thứ Ba
13/10
Sáng
Làm việc tại trụ sở
Chiều
14h: Tiếp xúc cử tri xã Cổ Loa
"""


def rows(title: str, text: str, published: date | None, province: str = "Thanh Hóa") -> list[Meeting]:
    found = detect(title, text, published=published, province=province, portal_body=f"UBND tỉnh {province}")
    assert found.kinds == (("meeting",) if found.meeting else ())
    return [found.meeting, *found.further] if found.meeting else []


def test_a_week_of_days_with_lines_under_them() -> None:
    found = rows("Lịch công tác tuần 47 của Lãnh đạo UBND tỉnh", WEEK, date(2026, 11, 14))
    assert [(m.date and m.date.day, m.time, m.form, m.status) for m in found] == [
        (16, "08:00", "cuộc họp", "upcoming"),
        (16, "14:00", "hội nghị", "upcoming"),
        (17, "08:00", "cuộc họp", "cancelled"),
        (18, "08:00", "cuộc họp", "upcoming"),
        (18, "14:30", "buổi làm việc", "upcoming"),
    ]
    assert (found[0].chair, found[0].place, found[0].body) == (
        "Nguyễn Văn Thi",
        "Phòng họp số 1",
        "UBND tỉnh Thanh Hóa",
    )
    assert (found[1].body, found[1].mode, found[1].chair) == ("Bộ Khoa học và Công nghệ", "online", None)
    assert (found[2].body, found[2].chair) == ("Ban Chỉ đạo chuyển đổi số tỉnh Thanh Hóa", "Lê Đức Giang")
    assert found[4].place == "Trụ sở UBND tỉnh"
    assert all(m.quote and m.quote in WEEK for m in found)


def test_a_table_with_a_head() -> None:
    found = rows("Lịch làm việc tuần", TABLE, date(2025, 12, 31))
    assert [(m.date, m.time, m.ordinal, m.chair, m.place, m.status) for m in found] == [
        (date(2026, 1, 5), "08:00", None, "Trần Văn Nam", "Phòng họp A", "upcoming"),
        (date(2026, 1, 6), "08:30", 12, None, "Hội trường tầng 2", "upcoming"),
        (date(2026, 1, 6), "10:00", None, "Hồ Quang Bửu", "Phòng 203", "postponed"),
    ]
    assert found[0].title == "Họp xét duyệt chính sách"


def test_the_lines_of_a_pdf() -> None:
    found = rows("Lịch công tác tuần", PDF, date(2026, 10, 10), "Hà Nội")
    assert [(m.date and m.date.day, m.time, m.part_of_day, m.form) for m in found] == [
        (12, "08:00", "morning", "cuộc họp"),
        (12, "13:30", "afternoon", "kỳ họp"),
        (13, "14:00", "afternoon", "tiếp xúc cử tri"),
    ]
    assert (found[1].body, found[1].ordinal, found[1].place) == ("HĐND thành phố Hà Nội", 5, "Hội trường tầng 3")


def test_columns_of_morning_and_afternoon() -> None:
    text = """Ngày | Sáng | Chiều
Thứ 2 (16/3) | 8h00: Giao ban Sở | Làm việc tại cơ quan
Thứ 3 (17/3) | Đi cơ sở | 14h00: Dự họp HĐND tỉnh; 16h00: Họp Đảng ủy
"""
    found = rows("LỊCH LÀM VIỆC TUẦN 12 NĂM 2026", text, None)
    assert [(m.date, m.time, m.title) for m in found] == [
        (date(2026, 3, 16), "08:00", "Giao ban Sở"),
        (date(2026, 3, 17), "14:00", "Dự họp HĐND tỉnh"),
        (date(2026, 3, 17), "16:00", "Họp Đảng ủy"),
    ]


def test_days_of_receiving_citizens() -> None:
    text = """STT | Ngày tiếp | Người tiếp | Địa điểm
1 | 15/10/2026 | Ông Nguyễn Văn Bảy, Chủ tịch UBND xã | Trụ sở UBND xã
2 | 16/11/2026 | Bà Trần Thị Mai, Phó Chủ tịch | Trụ sở UBND xã
"""
    found = rows("Lịch tiếp công dân quý IV/2026", text, date(2026, 10, 1))
    assert [(m.form, m.date, m.chair, m.place) for m in found] == [
        ("tiếp công dân", date(2026, 10, 15), "Nguyễn Văn Bảy", "Trụ sở UBND xã"),
        ("tiếp công dân", date(2026, 11, 16), "Trần Thị Mai", "Trụ sở UBND xã"),
    ]


def test_the_day_of_one_day_stands_in_the_title_and_a_weekday_in_its_week() -> None:
    found = rows("Lịch làm việc ngày 17/11", "Sáng: 8h00, họp Ban Thường vụ Tỉnh ủy.", date(2026, 11, 16))
    assert [(m.date, m.time) for m in found] == [(date(2026, 11, 17), "08:00")]
    week = "(Từ ngày 16/11 đến 20/11/2026)\nThứ Tư\n8h00: Họp giao ban\nThứ Sáu\n8h00: Họp chi bộ"
    assert [m.date and m.date.day for m in rows("Lịch công tác tuần", week, None)] == [18, 20]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Lịch công tác tuần", "Thứ Hai, 12/10: Đi công tác nước ngoài\nThứ Ba, 13/10: Nghỉ phép"),
        ("Lịch công tác tuần", "Thứ Hai, 12/10\n8h00: Thăm, chúc mừng trường học\n14h00: Đi học tập trung"),
        ("Lịch thi đấu bóng đá", "Thứ Hai, 12/10\n8h00: Đội A gặp đội B"),
    ],
)
def test_what_is_no_meeting(title: str, text: str) -> None:
    assert rows(title, text, date(2026, 10, 10)) == []


def test_the_programme_of_one_session_is_one_meeting() -> None:
    text = "7h30 | Đón tiếp đại biểu\n8h00 | Khai mạc kỳ họp\n8h30 | Báo cáo kinh tế - xã hội"
    found = rows("Chương trình Kỳ họp thứ 5 HĐND tỉnh khóa XIX", text, date(2026, 7, 1))
    assert [(m.form, m.ordinal, m.status) for m in found] == [("kỳ họp", 5, "upcoming")]


def test_the_answer_holds_all_of_them() -> None:
    answer = detection_json("a", detect("Lịch làm việc tuần", TABLE, published=date(2025, 12, 31)))
    assert answer["meetings"][0] == answer["meeting"]
    assert len(answer["meetings"]) == 3
    assert detection_json("b", detect("Tin", ""))["meetings"] == []
