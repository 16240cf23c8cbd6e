"""Where a meeting is held, as written: "Hội trường 25B, phường Hạc Thành", "trụ sở Bộ Tư pháp, 60 Trần Phú, Hà Nội"."""

from __future__ import annotations

import re

from config import PROVINCES, Aligned, plain

_VENUE = (
    r"(?:hội trường|trụ sở|trung tâm|nhà (?:quốc hội|văn hóa|khách|thi đấu|hát|làm việc|truyền thống|thiếu nhi|riêng|máy|trưng bày)"
    r"|phòng|khách sạn|cung|quảng trường|văn phòng|tòa nhà|tầng|đình|chùa|sân|trường|học viện|bệnh viện|khu|phủ chủ tịch"
    r"|điểm|hội quán|thư viện|bảo tàng|ubnd|ủy ban nhân dân|trạm|resort|thủ đô|cơ quan|sở|bộ|báo)"
)
_AREA = (
    r"(?:thành phố|tp\.?|tỉnh|huyện|quận|thị xã|thị trấn|phường|xã|thôn|bản|ấp|khóm|khu|làng|buôn|đặc khu|đảo|thủ đô|đường|phố|số"
    r"|tổ dân phố|tổ|km)"
)
_PROVINCE_NAMES = frozenset(plain(name) for name in PROVINCES)
# "tại" with a place behind it; what is no place: a meeting, a document, a point of a line.
_AT = re.compile(
    rf"(?<!\w)(?:tại|ở)\s+(?=(?P<venue>{_VENUE})(?!\w)|{_AREA}(?!\w)\s|\d{{1,4}}[a-z]?\s|(?P<named>\w))"
    r"(?!(?:kỳ|kì|phiên|cuộc|buổi|hội nghị|hội thảo|đại hội|tọa đàm|đây|đó|nơi|chỗ|các|những|nhiều|điểm cầu|quyết định|nghị|công"
    r"|văn bản|thông|điều|khoản|mục|kế hoạch|giấy|tờ|địa phương|báo cáo|lễ|diễn đàn|việt nam|hai|hiện|mỗi|thời điểm|sở chỉ huy)(?!\w))"
)
_HELD_AT = re.compile(
    r"(?:diễn ra|tổ chức|khai mạc|bế mạc|họp|ấn định|tiếp công dân|có mặt|tập trung|trọng thể|trực tiếp|làm việc|vào|mới)"
    r"[^.;\n]{0,60}$"
)
_AFTER_DAY = re.compile(r"(?:\d|\)|sáng|chiều|tối|trưa|nay|mai|phút|giờ|h|qua)\s*,?\s*$")
_STOP = re.compile(
    r"[;\n|)]|\.(?=\s|$)|\s[-–](?=\s)|\s\((?!$)|,|(?<!\w)(?:đã|diễn ra|khai mạc|để|nhằm|do|dưới|sẽ|vào|tổ chức|chủ trì|đồng chí|ông|bà"
    r"|với|được|kết hợp|lúc|từ ngày|trong|có sự|theo|cho đến|nhân dịp|bằng|họp|long trọng|trọng thể|sáng|chiều|ngày|kết nối|đồng thời"
    r"|cùng|tiếp tục|thay cho|thay vì|xem xét|bàn|thảo luận|gồm|bắt đầu|là|nhưng|phục vụ|bế mạc|và trực tuyến|về|thành phần|đến các"
    r"|đến dự|tham dự|không thể|không|tạm thời|tạm|chưa|bị|còn|này|vẫn|hôm|vừa|mới|thu hút|quy tụ|kéo dài|cho)(?!\w)"
)
_AREA_NAME = re.compile(rf"{_AREA}(?!\w)\s")
_GOES_ON = re.compile(rf"\s*(?:{_VENUE}|{_AREA})(?!\w)|\s*\d{{1,4}}[a-z]?(?:[/-]\d+)?\s+(?:đường\s+|phố\s+)?\S")
_HOLDS = r"(?:tổ chức|họp|chủ trì|đã|long trọng|phối hợp|diễn ra|khai mạc|bế mạc|tiến hành|vừa)(?!\w)"
# One who meets, "Sở Văn hóa, Thể thao và Du lịch tổ chức", and a house that can also hold: up to the next comma.
_HOLDER = re.compile(rf"\s*(?:sở|ubnd|bộ|tỉnh|huyện|xã|ban|đảng ủy|ủy ban|văn phòng)\s[^;.\n]{{2,160}}?(?<!\w){_HOLDS}")
_HOUSE = re.compile(
    rf"\s*(?:trung tâm|trường|học viện|bệnh viện|báo|cơ quan|thư viện|bảo tàng)\s[^,;.\n]{{2,160}}?(?<!\w){_HOLDS}"
)
_OFFICE = re.compile(r"(?:ủy viên|phó|chủ tịch|bí thư|đồng chí|ông|bà|thứ|bộ trưởng|giám đốc|trưởng|ban tổ chức)(?!\w)")
_BRACKET = re.compile(r"\s\(([^()\n]{2,40})\)")
_BARE = ("hội trường", "trụ sở", "phòng họp", "trung tâm", "hội trường lớn")
_LONGEST = 160


def place_said(text: Aligned, start: int, end: int, *, loose: bool) -> str | None:
    """The place between two offsets of a sentence that tells of the meeting; `loose` takes any place behind "tại", not only
    one that stands by the day or the verb of holding."""
    for at in _AT.finditer(text.low, start, end):
        before = text.low[max(start, at.start() - 90) : at.start()]
        near = bool(_AFTER_DAY.search(before)) or not before.strip() or before.rstrip().endswith(",")
        area = at["venue"] is None and (at["named"] is None)
        if at["venue"] is None and at["named"] is not None and not _named(text, at.end()):
            continue
        if near or _HELD_AT.search(before) or (loose and not area and at["venue"]):
            return piece(text, at.end(), end)
    return None


def _named(text: Aligned, position: int) -> bool:
    return text.text[position : position + 1].isupper()


def piece(text: Aligned, start: int, end: int) -> str | None:
    """The place that begins at an offset, with its address: up to where it is no place any more."""
    limit = min(end, start + _LONGEST)
    position = start
    stop = limit
    for _ in range(20):
        found = _STOP.search(text.low, position, limit)
        if found is None:
            break
        if found.group() == "," and _continues(text, found.end(), limit):
            position = found.end()
            continue
        if found.group() == "." and re.search(
            r"(?<!\w)(?:tp|tx|tt|p|q|số)$", text.low[max(0, found.start() - 4) : found.start()]
        ):
            position = found.end()
            continue
        if found.group().startswith(" -") and (_continues(text, found.end(), limit) or _twin(text, found.end(), limit)):
            position = found.end()
            continue
        if (
            found.group() == " ("
            and (bracket := _BRACKET.match(text.text, found.start(), limit))
            and _area(bracket.group(1))
        ):
            position = bracket.end()
            continue
        if found.group()[0].isalpha() and _inside(text, found, start):
            position = found.end()
            continue
        stop = found.start()
        break
    place = text.text[start:stop].strip(' .,-–:;"“”')
    return place if len(place) > 2 and place.lower() not in _BARE else None


def _inside(text: Aligned, found: re.Match[str], start: int) -> bool:
    """Whether a word that ends a place is part of its name: "phòng họp số 2", "Bà Rịa"."""
    if found.group() == "họp":
        return text.low[start : found.start()].rstrip().endswith(("phòng", "phòng phục vụ"))
    return text.text[found.start()].isupper()


def _continues(text: Aligned, position: int, limit: int) -> bool:
    """Whether the address goes on behind a comma, and not the one who meets there."""
    if _GOES_ON.match(text.low, position, limit):
        end = min(len(text.low), position + 200)
        return not (_HOLDER.match(text.low, position, end) or _HOUSE.match(text.low, position, end))
    following = re.match(r"\s*([^,;.()\n]{2,30})", text.text[position:limit])
    return following is not None and _area(following.group(1))


def _twin(text: Aligned, position: int, limit: int) -> bool:
    """Whether the second half of a double name follows: "phường Xuân Hương - Đà Lạt"."""
    following = re.match(r"\s((?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s?){1,3})", text.text[position:limit])
    return following is not None and not _OFFICE.match(following.group(1).lower())


def _area(words: str) -> bool:
    return plain(words).strip() in _PROVINCE_NAMES or bool(_AREA_NAME.match(words.strip().lower()))
