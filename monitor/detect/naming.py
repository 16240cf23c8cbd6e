"""Bodies and persons named in a text: "Uỷ ban" is a body, "Phạm Minh Chính" the person who chairs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from config import BODIES, CENTRAL_CITIES, PROVINCES, Aligned, align, plain


@dataclass(frozen=True, slots=True)
class BodyFound:
    """A body in a text: offsets, its best-known name, and whether the name alone is too general to be one body."""

    start: int
    end: int
    name: str
    general: bool = False


_EXACT = {align(alias).low: body.name for body in BODIES for alias in (body.name, *body.aliases) if not body.local}
_LOCAL = {align(alias).low: body.name for body in BODIES for alias in (body.name, *body.aliases) if body.local}
_HEADS = {
    "ủy ban nhân dân": "UBND", "ubnd": "UBND", "hội đồng nhân dân": "HĐND", "hđnd": "HĐND",
    "ban chỉ đạo": "Ban Chỉ đạo", "bcđ": "Ban Chỉ đạo", "ban điều hành": "Ban Điều hành", "bđh": "Ban Điều hành",
    "ban chấp hành": "Ban Chấp hành", "bch": "Ban Chấp hành", "ban thường vụ": "Ban Thường vụ", "btv": "Ban Thường vụ",
    "tỉnh ủy": "Tỉnh ủy", "thành ủy": "Thành ủy", "huyện ủy": "Huyện ủy", "quận ủy": "Quận ủy", "đảng ủy": "Đảng ủy",
    "đảng bộ": "Đảng bộ", "đoàn đbqh": "Đoàn ĐBQH", "đoàn đại biểu quốc hội": "Đoàn ĐBQH",
    "ủy ban mttq việt nam": "Ủy ban MTTQ Việt Nam", "ủy ban": "Ủy ban", "hội đồng": "Hội đồng",
    "tiểu ban": "Tiểu ban", "tổ công tác": "Tổ công tác", "sở": "Sở", "bộ": "Bộ", "tổng cục": "Tổng cục", "cục": "Cục",
    "ban": "Ban", "chi cục": "Chi cục", "công an": "Công an",
}  # fmt: skip
_TOPICAL = ("Ban Chỉ đạo", "Ban Điều hành", "Ủy ban", "Hội đồng", "Tiểu ban", "Tổ công tác")
_PLACED = ("UBND", "HĐND", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Đoàn ĐBQH", "Ủy ban MTTQ Việt Nam", "Công an")
_PARTY = ("Ban Chấp hành", "Ban Thường vụ", "Đảng ủy", "Đảng bộ")

_WORDS = "|".join(re.escape(word) for word in sorted((*_EXACT, *_LOCAL, *_HEADS), key=len, reverse=True))
_BODY = re.compile(rf"(?<!\w)(?:(?P<standing>thường trực)\s+)?(?P<word>{_WORDS})(?!\w)")
# Where a name made of words ends. "về" belongs to a committee's name and not to that of a people's committee.
_BOUNDARY = re.compile(
    r"[,.;:()\n\"“”|]|\s-\s|(?<=\w)-(?=[A-ZĐ])|(?<!\w)(?:họp|tổ chức|chủ trì|đã|vừa|sẽ|khai mạc|bế mạc|dự"
    r"|tham dự|để|nhằm"
    r"|đánh giá|tổng kết|sơ kết|triển khai|thứ|lần|khóa|nhiệm kỳ|tháng|quý|năm|ngày|sáng|chiều|tối|tại|với|do|được"
    r"|bàn|cho ý kiến|thảo luận|xem xét|diễn ra|phát biểu|ban hành|ký|có|làm việc|tiếp tục|thông qua|quyết định"
    r"|quyết nghị|phiên|kỳ họp|hội nghị|phối hợp|theo|trên|giai đoạn|đồng|trong|là|của|từ|về việc|công bố|yêu cầu"
    r"|chỉ đạo về|phê duyệt|bãi bỏ|sửa đổi|thay thế|điều chỉnh|thống nhất|quy định)(?!\w)"
)
_ABOUT = re.compile(r"(?<!\w)về(?!\w)")
_LEVEL = re.compile(r"\s+(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)(?!\w)")
_NAME = r"[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,7}"
_PLACE = re.compile(rf"\s+({_NAME}(?:\s{_NAME}){{0,2}})(?!\w)")
_NUMBERED = re.compile(r"\s+(\d{1,2})(?![\w/]|[.,]\d)")  # Quận 1, Phường 12
_PROVINCE_NAMES = {plain(name): name for name in PROVINCES}
_PROVINCE = re.compile(
    r"\s+(" + "|".join(re.escape(align(name).low) for name in sorted(PROVINCES, key=len, reverse=True)) + r")(?!\w)"
)
_OPEN_END = re.compile(r"(?<!\w)(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy)$")
_LEVELS = {"tp": "thành phố", "tp.": "thành phố"}

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Lâm|Mai|Trịnh|Tô|Tạ|Hà|Cao|Châu"
    "|Chu|Doãn|Đoàn|Lương|Lưu|Phùng|Quách|Tăng|Thái|Thân|Tống|Triệu|Trương|Văn|Vương|Giàng|Sùng|Vàng|Hầu|Lò|Điểu|Ma"
    "|Nông|Hứa|Bế|Đàm|Kiều|La|Khuất|Nghiêm|Ninh|Thạch|Tòng|Quàng|Cầm|Lừ|Bạch|Âu|An|Bàn|Cù|Diệp|Giang|Hàn|Khương|Mạc"
    "|Phí|Tiêu|Tôn|Từ|Ung|Viên|Đồng|Đậu|Điền|Thào|Thiều|Lục|Nhâm|Ngọ|Vi|Hồng|Trang|Ngân|Sầm|Chẩu|Lã|Y|Rah"
)
_PERSON = re.compile(rf"(?<!\w)((?:{_SURNAMES})(?:\s{_NAME}){{1,4}})(?!\w)")
_TITLED = re.compile(r"(?:đồng chí|ông|bà|thủ tướng|bí thư|chủ tịch|bộ trưởng|thứ trưởng|giám đốc|trưởng ban|đ/c)\s+$")


def is_central(province: str) -> bool:
    """Whether the province is a city under central rule."""
    return plain(_bare(province)) in {plain(city) for city in CENTRAL_CITIES}


def province_body(head: str, province: str) -> str:
    """A local body with its place: "UBND tỉnh Thanh Hóa", "UBND thành phố Hà Nội", "Tỉnh ủy Kiên Giang"."""
    if _OPEN_END.search(head):
        return _complete(head, province)
    return f"{head} {'thành phố' if is_central(province) else 'tỉnh'} {_bare(province)}"


def _bare(province: str) -> str:
    return re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", province.strip(), flags=re.IGNORECASE)


def bodies_in(text: Aligned, start: int = 0, end: int | None = None, province: str | None = None) -> list[BodyFound]:
    """The bodies named between two offsets, in order; `province` completes "UBND tỉnh"."""
    end = len(text.text) if end is None else end
    found: list[BodyFound] = []
    position = start
    while match := _BODY.search(text.low, position, end):
        body = _body(text, match, end, province)
        position = max(body.end, match.end()) if body else match.end()
        if body:
            found.append(body)
    return found


def _body(text: Aligned, match: re.Match[str], end: int, province: str | None) -> BodyFound | None:
    word = match["word"]
    topical = word.startswith("ban chỉ đạo") and text.low.startswith(" về", match.end())
    if word in _EXACT and not match["standing"] and not topical:
        return BodyFound(match.start(), match.end(), _EXACT[word])
    if topical:  # "Ban Chỉ đạo Trung ương về phát triển khoa học": the topic is what tells it from others
        about = _tail(text, match.end(), end, 12)
        tail = word.removeprefix("ban chỉ đạo").replace("trung ương", "Trung ương") + about
        return BodyFound(match.start(), match.end() + len(about), _complete(f"Ban Chỉ đạo {_spell(tail)}", province))
    head = _HEADS.get(word) or _LOCAL.get(word) or word
    start, stop = match.start("word"), match.end()
    prefix = ""
    if match["standing"]:
        prefix, start = "Thường trực ", match.start()
    if head in _PLACED or (word in _LOCAL and word not in _HEADS):
        place, stop = _place(text, stop, end, province)
        if head.endswith(("Tỉnh ủy", "Thành ủy")):
            whole = place.replace(" tỉnh", "").replace(" thành phố", "")
            return BodyFound(start, stop, _complete(prefix + head + whole, province))
        return BodyFound(start, stop, prefix + head + place, not place)
    if head in _PARTY:
        tail = _tail(text, stop, end, 7)
        name, stop = f"{head} {_spell(tail)}".strip(), stop + len(tail)
        return BodyFound(start, stop, _complete(name, province), not tail.strip())
    if head in _TOPICAL:
        tail = _tail(text, stop, end, 12)
        if head in ("Ủy ban", "Hội đồng") and not tail.strip()[:1].isupper() and "quốc gia" not in tail.lower():
            return BodyFound(start, stop, head, True)
        name = f"{head} {_spell(tail)}".strip()
        return BodyFound(start, stop + len(tail), _complete(name, province), not tail.strip())
    tail = _tail(text, stop, end, 8)  # Sở, Bộ, Cục, Ban: a name only when it goes on with a capital
    first = tail.strip()
    if not first[:1].isupper() or not text.text[start].isupper() or first.lower().startswith("trưởng"):
        return None  # "Bộ trưởng" is a person
    return BodyFound(start, stop + len(tail), _complete(f"{head} {_spell(tail)}", province))


def _place(text: Aligned, position: int, end: int, province: str | None) -> tuple[str, int]:
    level = _LEVEL.match(text.low, position, end)
    name = ""
    kind = ""
    if level:
        kind = _LEVELS.get(level.group(1), level.group(1))
        position = level.end()
    below = kind not in ("tỉnh", "thành phố", "")
    if kind in ("quận", "phường") and (number := _NUMBERED.match(text.text, position, end)):
        name, position = number.group(1), number.end()
    elif below and (place := _PLACE.match(text.text, position, end)):
        # Before the provinces: xã Bình Dương Thanh is not xã Bình Dương. "Chủ tịch UBND tỉnh Trần Quốc Nam": only a
        # province may follow "tỉnh".
        name, position = place.group(1), place.end()
    elif whole := _PROVINCE.match(text.low, position, end):
        name, position = _PROVINCE_NAMES[plain(whole.group(1))], whole.end()
        kind = kind or ("thành phố" if name in CENTRAL_CITIES else "tỉnh")
    if name and kind:
        return f" {kind} {name}", position
    return _complete(f" {kind}", province) if kind else "", position


def _tail(text: Aligned, position: int, end: int, words: int) -> str:
    limit = min(end, position + 110)
    boundary = _BOUNDARY.search(text.low, position, limit)
    stop = boundary.start() if boundary else limit
    capital = re.search(r"(?<=\w)-(?=[A-ZĐ])", text.text[position:stop])
    if capital:  # "tỉnh Trần Quốc Nam-Trưởng ban"
        stop = position + capital.start()
    person = _PERSON.search(text.text, position, stop)
    if person and len(person.group().split()) > 2 and not _PROVINCE.match(" " + text.low[person.start() : stop]):
        stop = person.start()
    about = _ABOUT.search(text.low, position, stop)
    if about and text.low[position : about.start()].strip() not in ("", "quốc gia", "trung ương", "tỉnh"):
        stop = about.start()
    piece = re.match(rf"(?:\s+\S+){{0,{words}}}", text.text[position:stop])
    return piece.group() if piece else ""


def _spell(tail: str) -> str:
    """A name's tail spelled one way: "Chuyển đổi số tỉnh", "CĐS tỉnh" and "chuyển đổi số tỉnh" are one."""
    tail = " ".join(tail.split())
    tail = re.sub(r"(?<!\w)CĐS(?!\w)", "chuyển đổi số", tail)
    return re.sub(r"(?<!\w)Chuyển đổi số(?!\w)", "chuyển đổi số", tail)


def _complete(name: str, province: str | None) -> str:
    """A name that ends with its level, with the place of the portal; a province's own "thành phố" is another place."""
    if not province or not (level := _OPEN_END.search(name)):
        return name
    city = is_central(province)
    if city != (level.group() in ("thành phố", "Thành ủy")):
        return name
    return f"{name} {_bare(province)}"


def persons_in(text: Aligned, start: int, end: int) -> list[tuple[int, int, str]]:
    """The persons named between two offsets as (start, end, name); places that look like names are left out."""
    found = []
    for match in _PERSON.finditer(text.text, start, end):
        name = match.group(1)
        folded = plain(name)
        if any(folded == place or folded.startswith(place + " ") for place in _PROVINCE_NAMES):
            continue
        if len(name.split()) > 2 or _TITLED.search(text.low[max(start, match.start() - 20) : match.start()]):
            found.append((match.start(), match.end(), name))
    return found
