"""What sixty provinces write of one national meeting on the day and the day after, each in its own words; and what ten of
them write of their own meeting beside it. Names of persons are made up of surnames and given names by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from config import CENTRAL_CITIES, PROVINCES

COMMITTEE = "Ủy ban Quốc gia về chuyển đổi số"
COUNT = 60
BESIDE = 10
_SURNAMES = ("Nguyễn Văn", "Trần Đức", "Lê Thị", "Phạm Hồng", "Hoàng Minh", "Vũ Quốc", "Đặng Xuân", "Bùi Thanh")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Khánh", "Long", "Phong")

# Title and paragraphs. {d}/{m} and {y} are the meeting's day, {at} the province with its level, {name} without it, {who} a
# local leader, {when} how this portal opens.
NATIONAL: tuple[tuple[str, str], ...] = (
    (
        "Phiên họp lần thứ 8 Ủy ban Quốc gia về chuyển đổi số",
        "Sáng {d}/{m}, Ủy ban Quốc gia về chuyển đổi số tổ chức phiên họp lần thứ 8 nhằm đánh giá kết quả 10 tháng và bàn"
        " nhiệm vụ những tháng cuối năm. Dự phiên họp tại điểm cầu {at} có đồng chí {who}, Phó Chủ tịch UBND tỉnh.",
    ),
    (
        "Thủ tướng Chính phủ chủ trì phiên họp thứ 8 của UBQG về CĐS",
        "Ngày {d}/{m}/{y}, Thủ tướng Chính phủ Phạm Minh Chính, Chủ tịch UBQG về CĐS chủ trì phiên họp thứ 8 của Ủy ban,"
        " kết nối trực tuyến tới các bộ, ngành, địa phương.\nTham dự tại điểm cầu {at} có lãnh đạo các sở, ban, ngành.",
    ),
    (
        "{name} tham dự phiên họp trực tuyến của Ủy ban Quốc gia về chuyển đổi số",
        "Sáng {d}-{m}, đồng chí {who}, Chủ tịch UBND tỉnh dự phiên họp lần thứ 8 của Ủy ban Quốc gia về chuyển đổi số được tổ"
        " chức trực tuyến.\nPhiên họp nghe báo cáo về hạ tầng số, dữ liệu và dịch vụ công trực tuyến.",
    ),
    (
        "Hội nghị của Ủy ban Quốc gia về chuyển đổi số: Đẩy mạnh dịch vụ công trực tuyến",
        "Sáng ngày {d} tháng {m} năm {y}, Ủy ban Quốc gia về chuyển đổi số tổ chức hội nghị trực tuyến toàn quốc. Thủ tướng"
        " Chính phủ Phạm Minh Chính chủ trì hội nghị.\nTại điểm cầu {at}, đồng chí {who} và các thành viên cùng dự.",
    ),
    (
        "Đẩy nhanh chuyển đổi số, bắt kịp nhịp phát triển",
        "(Cổng TTĐT {name}) - Sáng {d}/{m}, Thủ tướng Phạm Minh Chính chủ trì phiên họp thứ tám của Ủy ban Quốc gia về chuyển"
        " đổi số.\nPhát biểu kết luận, Thủ tướng yêu cầu các bộ, ngành, địa phương rà soát từng nhiệm vụ còn chậm.",
    ),
    (
        "Ủy ban Quốc gia về CĐS họp phiên thứ VIII",
        "Ngày {d}/{m}, Ủy ban Quốc gia về CĐS họp phiên thứ VIII dưới sự chủ trì của Thủ tướng Chính phủ Phạm Minh Chính.\n"
        "Dự tại điểm cầu {at} có các đồng chí lãnh đạo UBND tỉnh, Sở Khoa học và Công nghệ, Công an tỉnh.",
    ),
    (
        "Uỷ ban quốc gia về chuyển đổi số triển khai nhiệm vụ trọng tâm",
        "Sáng {d}/{m}/{y}, Uỷ ban quốc gia về chuyển đổi số đã họp phiên toàn thể, đánh giá tình hình thực hiện kế hoạch năm.\n"
        "Tham dự phiên họp ở điểm cầu {at} có đồng chí {who}, Trưởng ban Chỉ đạo chuyển đổi số tỉnh.",
    ),
    (
        "Lãnh đạo {at} dự phiên họp thứ 8 Ủy ban Quốc gia về chuyển đổi số",
        "Chủ trì tại điểm cầu {at} là đồng chí {who}. Sáng {d}/{m}, Ủy ban Quốc gia về chuyển đổi số tiến hành phiên họp thứ 8"
        " theo hình thức trực tiếp kết hợp trực tuyến với 34 tỉnh, thành phố.",
    ),
    (
        "Thủ tướng: Dữ liệu phải đúng, đủ, sạch, sống",
        "Tại phiên họp lần thứ 8 Ủy ban Quốc gia về chuyển đổi số diễn ra sáng {d}/{m}/{y}, Thủ tướng Phạm Minh Chính nhấn mạnh"
        " yêu cầu kết nối, chia sẻ dữ liệu.\nỞ điểm cầu {at}, các đại biểu theo dõi và thảo luận.",
    ),
    (
        "Phiên họp Ủy ban Quốc gia về chuyển đổi số ngày {d}/{m}",
        "Ngày {d}/{m}, tại Hà Nội, Ủy ban Quốc gia về chuyển đổi số tổ chức phiên họp trực tuyến với các địa phương để kiểm điểm"
        " công việc và thống nhất giải pháp.\nDự tại {name} có đại diện các doanh nghiệp viễn thông.",
    ),
    (
        "{name}: 30 điểm cầu cấp xã theo dõi phiên họp lần thứ 8 của Ủy ban Quốc gia về CĐS",
        "Ngày {d}/{m}/{y}, phiên họp lần thứ 8 của Ủy ban Quốc gia về CĐS được tổ chức trực tuyến từ trụ sở Chính phủ đến các"
        " địa phương.\n{at} có 30 điểm cầu cấp xã; đồng chí {who} chủ trì tại điểm cầu chính.",
    ),
    (
        "Toàn cảnh phiên họp thứ 8 của Ủy ban Quốc gia về chuyển đổi số",
        "Sáng nay {d}/{m}, Ủy ban Quốc gia về chuyển đổi số khai mạc phiên họp thứ 8. Phiên họp thảo luận việc thực hiện Đề án"
        " 06 và xếp hạng chuyển đổi số của các địa phương.\n{who} báo cáo kết quả của {at}.",
    ),
    (
        "Hội nghị trực tuyến Ủy ban chuyển đổi số quốc gia",
        "Sáng {d}/{m}/{y}, Ủy ban chuyển đổi số quốc gia tổ chức hội nghị trực tuyến đánh giá công tác chuyển đổi số.\nPhó Chủ"
        " tịch UBND tỉnh {who} dự hội nghị tại điểm cầu {at} cùng lãnh đạo các phường, xã.",
    ),
    (
        "Gỡ điểm nghẽn về thể chế trong chuyển đổi số",
        "Ngày {d}/{m}/{y}, Ủy ban Quốc gia về chuyển đổi số họp phiên thứ 8 do Thủ tướng Chính phủ chủ trì. Nhiều điểm nghẽn về"
        " thể chế được chỉ ra.\nNgay sau đó, {at} giao các sở xây dựng kế hoạch khắc phục.",
    ),
)
OWN: tuple[tuple[str, str], ...] = (
    (
        "Ban Chỉ đạo chuyển đổi số {at} họp phiên thứ 8",
        "Chiều {d}/{m}/{y}, Ban Chỉ đạo chuyển đổi số {at} tổ chức phiên họp thứ 8. Đồng chí {who}, Trưởng Ban Chỉ đạo chủ trì"
        " phiên họp.\nBan Chỉ đạo giao các xã hoàn thành số hóa hồ sơ trước ngày 30/12.",
    ),
    (
        "Phiên họp thứ 8 Ban Chỉ đạo CĐS {at}",
        "Ngày {d}/{m}, đồng chí {who} chủ trì phiên họp thứ 8 của Ban Chỉ đạo CĐS {at} ngay sau phiên họp của Ủy ban Quốc gia về"
        " chuyển đổi số.\nPhiên họp bàn việc dùng chung dữ liệu đất đai.",
    ),
)
_FILLERS = (
    "Theo báo cáo, tỷ lệ hồ sơ trực tuyến toàn trình tại {name} đạt {n},5%, tăng so với cùng kỳ.",
    "Đến nay {at} đã phủ sóng {n} thôn, bản và lắp đặt thêm trạm thu phát.",
    "Các địa phương của {name} đã thành lập {n} tổ công nghệ số cộng đồng, hỗ trợ người dân cài đặt ứng dụng.",
    "Nhiều ý kiến đề nghị sớm bố trí kinh phí, tháo gỡ vướng mắc về định mức; riêng {name} kiến nghị {n} nội dung.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """An article: whose portal, its title and paragraphs, and the day of its publishing."""

    portal: str
    province: str
    wording: int
    title: str
    paragraphs: tuple[str, ...]
    published: date
    national: bool


def provinces() -> list[tuple[str, str]]:
    """The portals' ids and their provinces."""
    return [(f"tinh-{number:02}", name) for number, name in enumerate(PROVINCES[:COUNT])]


def articles(day: date) -> list[Told]:
    """All articles about the meeting of a day, the national one's first."""
    told = []
    for number, (portal, name) in enumerate(provinces()):
        wording = number % len(NATIONAL)
        told.append(_article(NATIONAL[wording], number, portal, name, day, day + timedelta(days=number % 2), wording))
    for number, (portal, name) in list(enumerate(provinces()))[10 : 10 + BESIDE]:
        wording = number % len(OWN)
        told.append(_article(OWN[wording], number, portal, name, day, day + timedelta(days=1), wording, national=False))
    return told


def _article(
    words: tuple[str, str],
    number: int,
    portal: str,
    name: str,
    day: date,
    shown: date,
    wording: int,
    *,
    national: bool = True,
) -> Told:
    at = f"{'thành phố' if name in CENTRAL_CITIES else 'tỉnh'} {name}"
    who = f"{_SURNAMES[number % 8]} {_GIVEN[number // 8 % 8]}"
    said = {"d": day.day, "m": day.month, "y": day.year, "at": at, "name": name, "who": who, "n": number + 31}
    title, text = (part.format(**said) for part in words)
    fillers = [_FILLERS[(number + step) % len(_FILLERS)].format(**said) for step in range(2)]
    return Told(portal, name, wording, title, (*text.split("\n"), *fillers), shown, national)
