"""Meetings: which articles have one as their subject, and its facts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from config import align
from monitor.detect import decision_keys, detect, meeting_keys
from monitor.detect.naming import bodies_in
from storage import DocumentMention, Meeting

# title, text, published, facts
CLAIMED: list[tuple[str, str, date | None, dict[str, Any]]] = [
    ("UBND tỉnh họp phiên thường kỳ tháng 10",
     "Ngày 28-10, UBND tỉnh đã tổ chức họp thường kỳ tháng 10-2015. Đồng chí Phạm Minh Huấn, Phó Bí thư Tỉnh ủy, Chủ "
     "tịch UBND tỉnh chủ trì phiên họp.", date(2015, 10, 29),
     {"form": "phiên họp", "body": "UBND tỉnh", "period": "tháng 10-2015", "date": date(2015, 10, 28),
      "chair": "Phạm Minh Huấn", "status": "held", "ordinal": None}),
    ("UBND tỉnh họp phiên thường kỳ tháng 12",
     "Ngày 19 - 12, UBND tỉnh họp phiên thường kỳ tháng 12.", date(2016, 12, 19),
     {"form": "phiên họp", "date": date(2016, 12, 19)}),
    ("Xem xét một số nội dung", "(BBNĐT) Ngày 17 – 9, UBND tỉnh họp phiên thường kỳ tháng 9, xem xét một số nội dung.",
     date(2020, 9, 17), {"form": "phiên họp", "body": "UBND tỉnh", "date": date(2020, 9, 17), "period": "tháng 9"}),
    ("Khai mạc kỳ họp thứ 12 HĐND tỉnh",
     "Sáng 28.5, HĐND tỉnh khai mạc kỳ họp thứ 12 (kỳ họp chuyên đề) khoá X, nhiệm kỳ 2021-2026.", date(2024, 5, 28),
     {"form": "kỳ họp", "body": "HĐND tỉnh", "ordinal": 12, "term": "X", "date": date(2024, 5, 28), "time": None,
      "part_of_day": "morning", "status": "held"}),
    ("Kết quả giải quyết, trả lời ý kiến, kiến nghị của cử tri trước và sau Kỳ họp thứ 6 HĐND tỉnh khóa XII",
     "Sáng ngày 08/7, tại Kỳ họp thứ 7 HĐND tỉnh khóa XII; thay mặt UBND tỉnh, đồng chí Nguyễn Ngọc Sâm trình bày.",
     date(2024, 7, 8), {"ordinal": 7, "date": date(2024, 7, 8), "body": "HĐND tỉnh", "term": "XII"}),
    ("Ngày làm việc cuối cùng của Kỳ họp thứ nhất, Quốc hội khóa XV", "", None,
     {"form": "kỳ họp", "body": "Quốc hội", "ordinal": 1, "term": "XV"}),
    ("Kì họp thứ 11 Quốc hội khóa XIII: Ông A được phê chuẩn giữ chức Bộ trưởng", "", None,
     {"form": "kỳ họp", "ordinal": 11, "term": "XIII"}),
    ("Đại hội Hội Cựu chiến binh Sở TT&TT lần thứ III, nhiệm kỳ 2022-2027", "", None,
     {"form": "đại hội", "ordinal": 3, "term": "2022-2027"}),
    ("Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa XIII", "", None,
     {"form": "hội nghị", "ordinal": 8, "term": "XIII", "body": "Ban Chấp hành Trung ương Đảng"}),
    ("Hội nghị Ban Chấp hành Đảng bộ tỉnh lần thứ XV", "", None,
     {"form": "hội nghị", "ordinal": 15, "body": "Ban Chấp hành Đảng bộ tỉnh"}),
    ("Phiên họp thứ tư của Ban Chỉ đạo CĐS tỉnh", "", None,
     {"ordinal": 4, "body": "Ban Chỉ đạo chuyển đổi số tỉnh"}),
    ("Phiên họp thứ mười hai của Ủy ban Thường vụ Quốc hội", "", None, {"ordinal": 12}),
    ("PHIÊN HỌP LẦN THỨ 9 CỦA UỶ BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ", "", None,
     {"ordinal": 9, "body": "Ủy ban Quốc gia về chuyển đổi số", "form": "phiên họp"}),
    ("Bộ TT&TT tổ chức hội nghị nâng cao chất lượng công tác tham mưu (02/08/2022)", "", None,
     {"form": "hội nghị", "body": "Bộ Thông tin và Truyền thông", "ordinal": None}),
    ("Hội nghị của UBND Thành phố về công tác cán bộ", "", None, {"form": "hội nghị", "body": "UBND thành phố"}),
    ("Giấy mời họp Ban Chỉ đạo chuyển đổi số tỉnh",
     "Kính mời các thành viên Ban Chỉ đạo dự cuộc họp.\nThời gian: 14 giờ 00, ngày 20/11/2026\n"
     "Địa điểm: Phòng họp số 1, Trụ sở UBND tỉnh", date(2026, 11, 17),
     {"form": "cuộc họp", "date": date(2026, 11, 20), "time": "14:00", "part_of_day": "afternoon",
      "place": "Phòng họp số 1, Trụ sở UBND tỉnh", "status": "upcoming"}),
    ("Lịch họp UBND tỉnh tháng 3/2024", "", None, {"status": "upcoming", "period": "tháng 3/2024"}),
    ("HĐND tỉnh sẽ tổ chức kỳ họp thứ 20 vào ngày 10/12",
     "Thường trực HĐND tỉnh vừa thông báo, kỳ họp thứ 20 HĐND tỉnh khóa XIX sẽ diễn ra từ ngày 10/12.",
     date(2024, 11, 28), {"ordinal": 20, "status": "upcoming", "date": date(2024, 12, 10), "term": "XIX"}),
    ("UBND tỉnh họp trực tuyến với các huyện", "Chiều thứ Hai, 15/01/2024, UBND tỉnh họp trực tuyến với các huyện.",
     None, {"form": "cuộc họp", "mode": "online", "date": date(2024, 1, 15), "ordinal": None}),
    ("Hội nghị sơ kết 6 tháng",
     "Sáng 5/7, UBND tỉnh tổ chức hội nghị sơ kết theo hình thức trực tiếp kết hợp trực tuyến.",
     date(2024, 7, 5), {"mode": "hybrid", "date": date(2024, 7, 5), "body": "UBND tỉnh"}),
    ("Phiên họp Chính phủ thường kỳ tháng 8", "Ngày 7/9, tại Trụ sở Chính phủ, Thủ tướng Phạm Minh Chính chủ trì phiên "
     "họp Chính phủ thường kỳ tháng 8/2024.", date(2024, 9, 8),
     {"body": "Chính phủ", "period": "tháng 8/2024", "chair": "Phạm Minh Chính", "place": "Trụ sở Chính phủ",
      "date": date(2024, 9, 7), "form": "phiên họp"}),
    ("Thường trực HĐND tỉnh họp vào thứ 3 tuần tới", "", None, {"ordinal": None, "form": "cuộc họp"}),
    ("Chủ tịch UBND tỉnh Lê Trí Thanh làm việc với Bộ Kế hoạch và Đầu tư",
     "Chiều 5/3, Chủ tịch UBND tỉnh Lê Trí Thanh có buổi làm việc với lãnh đạo Bộ.", date(2024, 3, 6),
     {"form": "buổi làm việc", "date": date(2024, 3, 5), "status": "held"}),
    ("Thủ tướng chủ trì Phiên họp thứ nhất Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ",
     "Chiều 13/1, tại Trụ sở Chính phủ, Thủ tướng Phạm Minh Chính chủ trì Phiên họp lần thứ nhất của Ban Chỉ đạo.",
     date(2025, 1, 14), {"body": "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ", "ordinal": 1}),
    # statuses
    ("Chủ tịch UBND tỉnh tạm hoãn lịch tiếp công dân định kỳ",
     "Ngày  14-7-2021, do tình hình dịch, UBND tỉnh vừa có thông báo tạm hoãn lịch tiếp công dân định kỳ tháng 7-2021 "
     "của Chủ tịch UBND tỉnh.", None, {"form": "tiếp công dân", "status": "postponed", "date": None}),
    ("Tạm dừng tổ chức kỳ họp thứ 13 (bất thường) HĐND tỉnh",
     " - Thực hiện Chỉ thị số 15/CT-TTg ngày 27-3-2020 của Thủ tướng Chính phủ, Thường trực HĐND tỉnh An Giang quyết "
     "định tạm dừng tổ chức kỳ họp thứ 13 (bất thường) HĐND tỉnh khóa IX (nhiệm kỳ 2016-2021).", None,
     {"status": "postponed", "ordinal": 13, "term": "IX", "date": None}),
    ("Hoãn tiếp công dân", "Theo Lịch tiếp công dân, vào ngày 17/12/2024, Chủ tịch UBND tỉnh chủ trì tiếp công dân "
     "định kỳ tại Trụ sở Tiếp công dân tỉnh; tuy nhiên, việc tiếp công dân không thể diễn ra theo kế hoạch.", None,
     {"status": "postponed", "date": date(2024, 12, 17)}),
    ("Thông báo hoãn Tọa đàm kỷ niệm 90 năm Ngày truyền thống", "", None, {"form": "tọa đàm", "status": "postponed"}),
    ("Hoãn thời gian tổ chức Lễ kỷ niệm 30 năm ngày thành lập tỉnh", "", None, {"form": "lễ", "status": "postponed"}),
    ("Thông báo thay đổi thời gian tổ chức Hội nghị giao ban", "", None, {"status": "moved", "form": "hội nghị"}),
    ("Hội nghị (hoãn) của UBND tỉnh dời sang ngày 12/12/2024", "", None,
     {"status": "moved", "date": date(2024, 12, 12)}),
    ("Hủy cuộc họp Ban Chỉ đạo ngày 5/5/2024", "", None, {"status": "cancelled", "form": "cuộc họp"}),
    # years
    ("Tập trung phát triển", "Chiều 28/12, UBND tỉnh tổ chức hội nghị tổng kết.", date(2024, 1, 2),
     {"date": date(2023, 12, 28)}),
    ("Tập trung phát triển", "Chiều 05/01, UBND tỉnh tổ chức hội nghị tổng kết công tác năm 2023.", None,
     {"date": None, "date_candidate": date(2024, 1, 5)}),
    ("Giấy mời họp UBND tỉnh", "Kính mời các đồng chí dự họp.\nThời gian: 8h00 ngày 03/01", date(2024, 12, 30),
     {"date": date(2025, 1, 3), "time": "08:00", "part_of_day": "morning"}),
]  # fmt: skip

NONE = [
    ("Tuyên truyền kết quả kỳ họp thứ 3, Quốc hội khóa XV", ""),
    ("Kết luận của Trưởng Ban Chỉ đạo tại phiên họp thứ 4 của Ban Chỉ đạo (16/01/2014)", ""),
    ("5 bí quyết để có các cuộc họp 1 - 1 hiệu quả", "Cuộc họp hiệu quả cần mục tiêu rõ ràng."),
    ("Lễ hội hoa anh đào Nhật Bản năm 2016", ""),
    ("Dịp Giỗ Tổ Hùng Vương và Lễ 30/4, 1/5: Công chức, viên chức nghỉ 8 ngày", ""),
    ("Việt Nam đảm nhiệm vai trò Chủ tịch Hội nghị Giải trừ quân bị", ""),
    ("Nâng cao chất lượng các kỳ họp HĐND", "Những năm qua, chất lượng các kỳ họp HĐND được nâng lên."),
    ("Thủ tướng Chính phủ Phạm Minh Chính thăm và làm việc tại Thanh Hóa",
     "Ngày 11/11/2023, đồng chí Phạm Minh Chính - Thủ tướng Chính phủ dẫn đầu đoàn công tác đã đến thăm."),
    ("UBND tỉnh tiếp tục thảo luận các nội dung trình HĐND tỉnh tại kỳ họp giữa năm",
     "Chiều 29/5, UBND tỉnh tiếp tục thảo luận các nội dung trình tại kỳ họp thường lệ giữa năm 2023, HĐND tỉnh."),
    ("Khởi tố vụ án", "Sáng 5/5, cơ quan công an làm việc với đối tượng Nguyễn Văn A về hành vi gây rối."),
    ("Hoãn thi hành án tử hình", "Tòa án quyết định hoãn thi hành án đối với bị cáo."),
    ("Giải pháp chuyển đổi số", "Nghị quyết phiên họp Chính phủ thường kỳ tháng 12/2021 giao các bộ nhiều việc."),
    ("Đẩy mạnh cải cách hành chính", "Sau Hội nghị trực tuyến ngày 5/5/2024, các sở đã báo cáo kết quả."),
    ("Trung tâm Hội nghị Quốc gia mở cửa đón khách", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "published", "facts"), CLAIMED)
def test_a_meeting_and_its_facts(title: str, text: str, published: date | None, facts: dict[str, Any]) -> None:
    found = detect(title, text, published=published)
    assert found.meeting is not None
    assert {name: getattr(found.meeting, name) for name in facts} == facts
    assert "meeting" in found.kinds
    assert found.quotes["meeting"] in title or found.quotes["meeting"] in text


@pytest.mark.parametrize(("title", "text"), NONE)
def test_a_meeting_spoken_of_is_none(title: str, text: str) -> None:
    assert detect(title, text, published=date(2024, 6, 1)).meeting is None


def test_the_page_clock_is_not_the_day_of_publishing_and_the_label_is() -> None:
    text = "Thứ 3, Ngày 16/07/2024 -\nNgày đăng: 08/07/2024  11:38\nSáng ngày 08/7, HĐND tỉnh khai mạc kỳ họp thứ 7."
    meeting = detect("HĐND tỉnh khai mạc kỳ họp thứ 7", text).meeting
    assert meeting is not None
    assert meeting.date == date(2024, 7, 8)


def test_an_aware_time_is_read_in_hanoi() -> None:
    late = datetime(2023, 12, 31, 18, 0, tzinfo=UTC)  # 01:00 of New Year's day in Hanoi
    meeting = detect("Hội nghị UBND tỉnh", "Ngày 1/1, UBND tỉnh tổ chức hội nghị.", published=late).meeting
    assert meeting is not None
    assert meeting.date == date(2024, 1, 1)


def test_a_weekday_picks_the_year() -> None:
    text = "Thứ Hai, ngày 12/8, UBND tỉnh tổ chức hội nghị triển khai nhiệm vụ."  # a Monday in 2024
    meeting = detect("Hội nghị của UBND tỉnh", text, published=date(2025, 8, 20)).meeting
    assert meeting is not None
    assert meeting.date == date(2024, 8, 12)


def test_meeting_keys() -> None:
    meeting = Meeting(title="Kỳ họp", body="HĐND tỉnh Thanh Hóa", ordinal=7, term="XIX", date=date(2024, 7, 8))
    assert meeting_keys(meeting) == (
        "hdnd tinh thanh hoa|7|khoa xix",
        "hdnd tinh thanh hoa|7|2024",
        "hdnd tinh thanh hoa|2024-07-08",
    )
    guessed = Meeting(title="Phiên họp", body="Chính phủ", ordinal=7, date_candidate=date(2023, 12, 28))
    assert meeting_keys(guessed) == ("chinh phu|7|?",)
    assert meeting_keys(guessed, date(2024, 1, 2)) == ("chinh phu|7|2024",)
    assert meeting_keys(Meeting(title="Hội nghị A", date=date(2024, 1, 2))) == ("~hoi nghi a|2024-01-02",)
    assert meeting_keys(Meeting(title="Hội nghị A")) == ()


def test_a_key_is_short_however_long_the_names_are() -> None:
    day = date(2026, 11, 22)
    (one,), (two,) = (meeting_keys(Meeting(title="Hội nghị " + "x" * 1000 + end, date=day)) for end in "ab")
    assert one != two
    assert one.startswith("~hoi nghi xxx")
    assert len(one) == len(two) == 300
    assert [len(key) for key in meeting_keys(Meeting(title="A", body="b" * 500, ordinal=7, date=day))] == [300, 300]
    (key,) = decision_keys(DocumentMention("1/QĐ", issuer="\ud800" + "c" * 500))
    assert len(key) == 300


@pytest.mark.parametrize(
    ("named", "body"),
    [
        ("Ban Chỉ đạo chuyển đổi số Quận 1", "Ban Chỉ đạo chuyển đổi số quận 1"),
        ("Ban Chỉ đạo chuyển đổi số Phường 12", "Ban Chỉ đạo chuyển đổi số phường 12"),
        ("UBND phường 3", "UBND phường 3"),
        ("UBND quận 20/11", "UBND quận"),
        ("Ban Chỉ đạo chuyển đổi số xã Bình Dương Thanh", "Ban Chỉ đạo chuyển đổi số xã Bình Dương Thanh"),
        ("UBND xã Bình Dương", "UBND xã Bình Dương"),
    ],
)
def test_a_place_is_not_its_neighbour_of_nearly_the_same_name(named: str, body: str) -> None:
    (found,) = bodies_in(align(f"{named} họp phiên thứ 3."))
    assert found.name == body
