"""Whether an article's subject is a meeting, in many words for it; and what becomes of one that does not go as planned."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.detect import detect
from storage import Meeting

DAY = date(2026, 3, 10)

CLAIMS = [
    ("Đẩy mạnh giải ngân", "Chủ tịch UBND tỉnh yêu cầu đẩy nhanh tiến độ.\nChiều 9/3, đồng chí Trần Văn Hùng, Chủ tịch UBND "
     "tỉnh chủ trì hội nghị trực tuyến rà soát tiến độ giải ngân.", "hội nghị", date(2026, 3, 9)),
    ("Thông qua nhiều nghị quyết", "Sau một ngày làm việc nghiêm túc, chiều ngày 09/3/2026, kỳ họp thứ 34 HĐND huyện Lục "
     "Ngạn khóa XX đã bế mạc.", "kỳ họp", date(2026, 3, 9)),
    ("Thảo luận Luật Đất đai", "Tiếp tục chương trình Kỳ họp thứ 10, sáng 9/3, Quốc hội họp phiên toàn thể.", "kỳ họp",
     date(2026, 3, 9)),
    ("Tháo gỡ khó khăn", "Phát biểu kết luận Hội nghị đối thoại doanh nghiệp diễn ra chiều 9/3, Chủ tịch UBND TP Đà Nẵng "
     "yêu cầu các sở cam kết thời gian xử lý.", "hội nghị", date(2026, 3, 9)),
    ("Lương thực đủ cho mùa giáp hạt", "Thông tin trên được Giám đốc Sở Công Thương đưa ra tại cuộc họp báo sáng 10/3.",
     "họp báo", DAY),
    ("Không cắt điện mùa thi", "Cam kết này được đưa ra trong hội nghị khách hàng do Công ty Điện lực tổ chức hôm qua.",
     "hội nghị", date(2026, 3, 9)),
    ("Họp khẩn trong đêm", "23 giờ đêm 9/3, Ban Chỉ huy Phòng thủ dân sự tỉnh đã nhóm họp khẩn cấp.", "cuộc họp",
     date(2026, 3, 9)),
    ("Chủ tịch phường gặp dân", "Diễn ra trong sáng 9/3, hội nghị đối thoại với tiểu thương chợ Tân Mỹ kéo dài 4 giờ.",
     "hội nghị", date(2026, 3, 9)),
    ("Gỡ vướng đường ven biển", "Sáng 9/3, Phó Chủ tịch UBND tỉnh Nguyễn Văn Minh đã nghe báo cáo tiến độ dự án. Cuộc họp có "
     "sự tham dự của các sở.", "cuộc họp", date(2026, 3, 9)),
    ("Quốc hội chất vấn", "Hôm nay, 10/3, Quốc hội tiếp tục phiên chất vấn và trả lời chất vấn tại Kỳ họp thứ hai.",
     "phiên chất vấn", DAY),
    ("V/v mời dự họp", "UBND HUYỆN TÂN KỲ\nGIẤY MỜI\nKính gửi: Trưởng các phòng\nĐến dự: Họp rà soát công tác giảm nghèo\n"
     "Thời gian: 14h00, thứ Năm ngày 12/3/2026", "cuộc họp", date(2026, 3, 12)),
    ("UBND TỈNH TỔ CHỨC HỘI NGHỊ", "SÁNG NGÀY 09/3/2026, UBND TỈNH SÓC TRĂNG TỔ CHỨC HỘI NGHỊ TRIỂN KHAI NHIỆM VỤ.", "hội nghị",
     date(2026, 3, 9)),
    ("UBND tinh hop phien thuong ky", "Chieu 9/3, Uy ban nhan dan tinh Thanh Hoa to chuc phien hop thuong ky thang 3. Dong chi "
     "Nguyen Van Thi chu tri phien hop.", "phiên họp", date(2026, 3, 9)),
]  # fmt: skip

NONE = [
    ("Khởi công cao tốc", "Sáng 9/3, Bộ Xây dựng tổ chức lễ khởi công. Trước đó, UBND tỉnh đã họp bàn giải phóng mặt bằng."),
    ("Giá vàng hôm nay", "Giá vàng tăng trước cuộc họp của Fed ngày 18/3."),
    ("UBND tỉnh ban hành Kế hoạch số 15/KH-UBND", "Ngày 9/3, UBND tỉnh ban hành Kế hoạch số 15/KH-UBND triển khai Nghị quyết "
     "Đại hội Đảng bộ tỉnh lần thứ XX. Theo đó, quý II tổ chức hội nghị quán triệt."),
    ("Kết luận của Phó Thủ tướng tại cuộc họp", "Văn phòng Chính phủ có Thông báo số 88/TB-VPCP ngày 9/3/2026 kết luận của Phó "
     "Thủ tướng tại cuộc họp ngày 8/3."),
    ("Giải bóng đá chào mừng Đại hội Đảng", "Chiều 9/3, Liên đoàn khai mạc giải bóng đá chào mừng Đại hội Đảng bộ."),
    ("Đề xuất mới về lương", "Bộ Nội vụ đang lấy ý kiến dự thảo, dự kiến trình Quốc hội tại kỳ họp khai mạc ngày 20/5."),
    ("Cứu hộ trong đêm", "Sau cuộc họp khẩn lúc 20h ngày 9/3, lực lượng chức năng đã tiếp cận hiện trường."),
    ("Người chủ tịch xã", "Sáng 12/4/2014, ông chủ trì cuộc họp dân kéo dài đến quá trưa, 43 hộ đồng ý hiến đất."),
    ("Ngày này năm xưa: Đại hội Tân Trào", "Cách đây 81 năm, chiều 16/8/1945, Quốc dân Đại hội khai mạc tại đình Tân Trào."),
    ("Hội nghị là gì? Phân biệt hội nghị và hội thảo", "Hội nghị là cuộc họp có quy mô lớn. Hội thảo mang tính học thuật."),
]  # fmt: skip

# title, text, status, day, time, place
CHANGED = [
    ("Thông báo hoãn phiên họp UBND thành phố", "UBND thành phố Vinh thông báo hoãn phiên họp thường kỳ tháng 3 dự kiến ngày "
     "12/3/2026. Thời gian họp sẽ thông báo sau.", "postponed", date(2026, 3, 12), None, None),
    ("Chuyển địa điểm đại hội", "Đoàn xã Hòa Bình chuyển địa điểm tổ chức Đại hội Đoàn xã từ Nhà văn hóa xã sang Hội trường "
     "Trường THCS Hòa Bình, thời gian giữ nguyên 8 giờ ngày 14/3/2026.", "moved", date(2026, 3, 14), "08:00",
     "Hội trường Trường THCS Hòa Bình"),
    ("Dời lịch tiếp công dân của Chủ tịch UBND tỉnh", "Văn phòng UBND tỉnh thông báo dời lịch tiếp công dân ngày 12/3 sang ngày "
     "19/3/2026.", "moved", date(2026, 3, 19), None, None),
    ("Thay đổi giờ họp phụ huynh", "Trường THCS Lê Lợi thông báo cuộc họp cha mẹ học sinh chuyển từ 7h30 sang 14h ngày 15/3.",
     "moved", date(2026, 3, 15), "14:00", None),
    ("Hủy cuộc họp với doanh nghiệp", "Sở Công Thương hủy cuộc họp với doanh nghiệp xăng dầu, dự kiến 9h ngày 12/3.",
     "cancelled", date(2026, 3, 12), "09:00", None),
    ("Hội thảo về AI bị hoãn", "Ban tổ chức cho biết hội thảo vốn ấn định ngày 20/3 tại Đại học Huế tạm thời chưa diễn ra, "
     "thời gian mới sẽ công bố sau.", "postponed", date(2026, 3, 20), None, "Đại học Huế"),
    ("Thay đổi địa điểm Hội thảo khoa học", "Hội thảo khoa học vẫn diễn ra lúc 8h00 ngày 17/4/2026, địa điểm thay đổi như sau:\n"
     "~~Hội trường A1, 567 Lê Duẩn~~\nĐịa điểm mới: Trung tâm Hội nghị tỉnh.", "moved", date(2026, 4, 17), "08:00",
     "Trung tâm Hội nghị tỉnh"),
    ("Thông báo", "~~Sáng 12/3/2026, UBND tỉnh tổ chức hội nghị tổng kết.~~", "cancelled", date(2026, 3, 12), None, None),
]  # fmt: skip


def meeting_of(title: str, text: str) -> Meeting | None:
    return detect(title, text, published=DAY, province="Thanh Hóa").meeting


@pytest.mark.parametrize(("title", "text", "form", "day"), CLAIMS)
def test_a_meeting_is_claimed_in_many_ways(title: str, text: str, form: str, day: date) -> None:
    meeting = meeting_of(title, text)
    assert meeting is not None
    assert (meeting.form, meeting.date) == (form, day)


@pytest.mark.parametrize(("title", "text"), NONE)
def test_what_only_speaks_of_meetings_claims_none(title: str, text: str) -> None:
    assert meeting_of(title, text) is None


@pytest.mark.parametrize(("title", "text", "status", "day", "time", "place"), CHANGED)
def test_what_becomes_of_a_meeting(
    title: str, text: str, status: str, day: date, time: str | None, place: str | None
) -> None:
    meeting = meeting_of(title, text)
    assert meeting is not None
    assert (meeting.status, meeting.date, meeting.time) == (status, day, time)
    assert place is None or meeting.place == place


@pytest.mark.parametrize(
    ("sentence", "chair"),
    [
        ("Chủ trì hội nghị có các đồng chí: Ngô Đình Vượng, Chủ tịch; Phan Mạnh Sơn, Phó Chủ tịch.", "Ngô Đình Vượng"),
        ("Ông Rah Lan Chương, Chủ tịch HĐND tỉnh; bà Lê Thị Hà, Phó Chủ tịch chủ trì hội nghị.", "Rah Lan Chương"),
        ("Hội nghị diễn ra dưới sự chủ trì của Phó Chủ tịch UBND tỉnh Mai Thanh Hoàng.", "Mai Thanh Hoàng"),
        ("Chủ trì hội nghị, bà Cầm Thị Chiên, Chủ tịch Công đoàn ngành nhấn mạnh.", "Cầm Thị Chiên"),
        ("Chủ trì tại điểm cầu Ninh Bình có đồng chí Trần Văn Nam.", None),
        ("Sở Y tế được giao chủ trì, phối hợp với ông Trần Văn Nam.", None),
    ],
)
def test_who_presides(sentence: str, chair: str | None) -> None:
    meeting = meeting_of("Hội nghị của UBND tỉnh", f"Sáng 9/3, UBND tỉnh tổ chức hội nghị tổng kết năm.\n{sentence}")
    assert meeting is not None
    assert meeting.chair == chair
