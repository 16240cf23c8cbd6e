"""Bodies named in a text: where each name ends, and what a level without a place means on this portal, in this text.

A name is a known one ("Bộ Tài chính"), or a known beginning that goes on as its kind does (`heads.tsv`): with a place
("UBND xã Củ Chi"), with what it is for ("Ban Chỉ đạo phát triển du lịch tỉnh"), or with another body ("Ban Thường vụ
Đảng ủy phường Hạc Thành"). Words are read from left to right, each once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from config import HEADS, Aligned, Head, known_names, province_of, spelled_out
from monitor.detect.endings import BEFORE, COMPOUNDS, OFFICES, STOPS
from monitor.detect.persons import persons_in
from monitor.detect.settlements import OF_LEVEL, place_at
from monitor.detect.tails import document_at, name_end
from monitor.detect.words import Words

__all__ = ["BodyFound", "bodies_in", "is_central", "persons_in", "province_body"]

_DEEPEST = 3
# Of these every place has one, and the name alone tells nothing.
_PLACED = frozenset((
    "UBND", "HĐND", "Thường trực HĐND", "Văn phòng UBND",
    "Ủy ban bầu cử", "Đảng ủy", "Đảng bộ", "Chi bộ", "Chi ủy", "Ban Chấp hành Đảng bộ", "Ban Thường vụ", "Ban Chấp hành",
    "Thường trực", "Ban Chỉ đạo", "Ban Thường vụ Đảng ủy", "Ủy ban Kiểm tra", "Văn phòng", "Đoàn đại biểu Quốc hội",
    "Ban Điều hành", "Thường vụ",
))  # fmt: skip
# Names that another body's may follow: "Ban Thường vụ Đảng ủy ...", "Văn phòng Bộ ...".
_NESTING = (
    "Ban", "Văn phòng", "Thường trực", "Thường vụ", "Đảng ủy", "Đảng bộ", "Chi bộ", "Công đoàn", "Đoàn Thanh niên", "Cục",
    "Vụ", "Viện", "Trung tâm", "Phòng", "Ủy ban Kiểm tra", "Đoàn Chủ tịch", "Đảng đoàn", "Hội đồng", "Tiểu ban", "Thanh tra",
    "Tổ công tác", "Tổ giúp việc", "Trường", "Học viện", "Hội Cựu chiến binh",
)  # fmt: skip
_NUMBERED = ("Quân khu", "Quân đoàn", "Sư đoàn", "Lữ đoàn")
# Common words too: names only before a place.
_COMMON_WORDS = frozenset(("Công an", "Thanh tra", "Thuế", "Hải quan", "Thống kê", "Bộ Tư lệnh"))
_COMMITTEES = ("Ban Chỉ đạo", "Hội đồng", "Ban Điều hành", "Ủy ban")
_ALONE = ("Ban Chấp hành", "Ban Thường vụ", "Đảng ủy", "Đảng bộ", "Thường trực")
_OFFICE = re.compile(
    r"(?<!\w)(?:chủ tịch|bí thư|giám đốc|trưởng ban|chánh văn phòng|chủ nhiệm|viện trưởng|hiệu trưởng|cục trưởng|trưởng"
    r"|ủy viên|trưởng đoàn|chánh thanh tra|chánh án|viện trưởng|chỉ huy trưởng|phó ban)(?:\s+thường trực)?\s+$"
)
_DIGITAL = re.compile(r"(?<!\w)Chuyển đổi số(?!\w)")


@dataclass(frozen=True, slots=True)
class BodyFound:
    """A body in a text: offsets, its best-known name, and whether the name alone is too general to be one body."""

    start: int
    end: int
    name: str
    general: bool = False


def is_central(province: str) -> bool:
    """Whether the province is a city under central rule."""
    known = province_of(province)
    return known is not None and known.city_since is not None


def province_body(head: str, province: str) -> str:
    """A local body with its place: "UBND tỉnh Thanh Hóa", "UBND thành phố Hà Nội", "Tỉnh ủy Kiên Giang"."""
    known = province_of(province)
    place, level = (known.name, known.level()) if known else (province.strip(), "tỉnh")
    if head.endswith(OF_LEVEL):
        return f"{head} {place}"
    for ending in ("tỉnh", "thành phố"):
        if head.lower().endswith(f" {ending}"):
            return f"{head} {place}" if not known or ending in known.levels() else head
    return f"{head} {level} {place}"


def bodies_in(text: Aligned, start: int = 0, end: int | None = None, province: str | None = None) -> list[BodyFound]:
    """The bodies named between two offsets, in order; `province` completes "UBND tỉnh"."""
    words = Words(text, start, len(text.text) if end is None else end, province)
    found: list[BodyFound] = []
    at = 0
    while at < len(words.low):
        named = _body(words, at) if words.low[at] in known_names() else None
        if named is None:
            at += 1
            continue
        if named.name:
            found.append(BodyFound(words.starts[at], words.stops[named.end - 1], named.name, named.general))
        at = max(named.end, at + 1)
    return found


@dataclass(frozen=True, slots=True)
class _Named:
    """A name read: the word behind its last one."""

    end: int
    name: str
    general: bool = False


def _body(words: Words, at: int, depth: int = 0) -> _Named | None:
    """The name that begins at a word."""
    known = known_names().longest(words.low, at)
    if known is None:
        return None
    end, (each, form) = known
    if _borne(words, at, each.name):
        return _Named(end, "")
    if not words.fits(at, end, form):
        shorter = known_names().longest(words.low[at : at + 1], 0)
        if end - at == 1 or shorter is None or not words.fits(at, at + 1, shorter[1][1]):
            return None
        end, (each, form) = at + 1, shorter[1]
    if isinstance(each, Head):
        return _headed(words, at, end, each, depth)
    if each.name.startswith(_COMMITTEES) and _goes_on(words, end):
        head = next(head for head in HEADS if each.name.startswith(head.name + " ") or each.name == head.name)
        start = known_names().longest(words.low[at : at + len(head.name.split())], 0)
        if start and isinstance(start[1][0], Head):
            return _headed(words, at, at + start[0], head, depth)
        return _headed(words, at, at + len(head.name.split()), head, depth)
    if not each.local:
        return _Named(end, each.name)
    return _placed(words, at, end, each.name, depth)


def _borne(words: Words, at: int, name: str) -> bool:
    """Whether the words are a part of something else: "Phó Chủ tịch Thường trực", "Phó Thủ tướng", "17/GP-BTTTT"."""
    if at == 0:
        return False
    before = words.low[at - 1]
    if before in ("-", "/") and words.stops[at - 1] == words.starts[at] and words.caps(at):
        return True
    if name.startswith("Thường trực"):
        return before in ("tịch", "thư", "tướng", "trưởng", "đốc")
    return before == "phó" and name == "Thủ tướng Chính phủ"


def _goes_on(words: Words, at: int) -> bool:
    """Whether the aim of a committee goes on behind a known name: "... chuyển đổi số và Đề án 06"."""
    if at + 1 >= len(words.low) or words.level(at) or words.province(at):
        return False
    if words.low[at] in ("về", "và") and not document_at(words, at + 1):
        return not OFFICES.longest(words.low, at + 1) and not words.nested(at + 1) and not words.stopped(at + 1)
    return False


def _headed(words: Words, at: int, end: int, head: Head, depth: int) -> _Named | None:
    if head.goes_on == "party":
        named = _placed(words, at, end, head.name, depth)
        if named.name != head.name or head.name in _ALONE:
            return named
        if head.name != "Văn phòng" or not (words.capital(at) and words.capital(end)):
            return None
    numbered = head.name in _NUMBERED and words.within(end) and words.low[end].isdigit()
    if head.goes_on == "proper" and not (words.capital(at) and (words.capital(end) or numbered)):
        return _alone(words, at, end, head)
    if head.name.startswith(("Công đoàn", "Đoàn", "Tổ ")) and not words.capital(at):
        return None
    if head.goes_on == "proper" and _compound(words, at):
        return None
    tail = name_end(words, end, head)
    if tail == end and head.goes_on != "topic":
        return None
    if head.name in ("Ủy ban", "Hội đồng") and tail == end and not words.level(end):
        return _Named(end, head.name, True)
    if head.name.startswith(("Đoàn", "Tổ ", "Ban Tổ chức")) and tail == end:
        return None
    return _placed(words, at, tail, _spelled(words, head, end, tail), depth, bare=tail == end)


def _compound(words: Words, at: int) -> bool:
    """Whether a short head is a part of a common word: Cơ Sở Dữ Liệu, Bộ Trưởng, Sở Chỉ huy."""
    if COMPOUNDS.longest(words.low, at):
        return True
    return at > 0 and words.low[at - 1] in BEFORE and words.capital(at - 1)


def _alone(words: Words, at: int, end: int, head: Head) -> _Named | None:
    """ "Bộ" for the ministry whose portal it is: where it acts, or something is its own."""
    if head.name not in ("Bộ", "Sở") or not words.capital(at) or words.caps(at) or end >= len(words.low):
        return None
    owned = at > 0 and words.low[at - 1] in ("của", "đạo")
    return _Named(end, head.name, True) if owned or STOPS.longest(words.low, end) else None


def _spelled(words: Words, head: Head, start: int, end: int) -> str:
    """A name's words spelled one way: "Chuyển đổi số", "CĐS" and "chuyển đổi số" are one."""
    if end == start:
        return head.name
    tail = " ".join(spelled_out(words.text.text[words.starts[start] : words.stops[end - 1]]).split())
    if tail.isupper() and " " in tail:  # the head of a letter
        tail = " ".join(word.capitalize() for word in tail.split())
    return f"{head.name} {_DIGITAL.sub('chuyển đổi số', tail) if head.goes_on == 'topic' else tail}"


def _placed(words: Words, at: int, end: int, name: str, depth: int, bare: bool = False) -> _Named:
    """A name with its place or the body that it belongs to."""
    inner = end
    own = end < len(words.low) and words.low[end] in ("của", "thuộc")
    if own:
        inner = end + 1
    opens = next((head for head in _NESTING if name == head or name.startswith(head + " ")), None)
    if opens and depth < _DEEPEST and words.nested(inner) and (nested := _body(words, inner, depth + 1)):
        joint = f" {words.low[end]} " if own else " "
        return _Named(nested.end, f"{name}{joint}{nested.name}", nested.general)
    place = place_at(words, inner, office=_office(words, at), direct=name)
    if place is None:
        if name in _COMMON_WORDS:
            return _Named(end, "")
        general = name in _PLACED or name.endswith(OF_LEVEL) or bare
        if name.endswith(OF_LEVEL[:4]) and words.home:
            city = words.home.level() == "thành phố"
            if city == ("Thành" in name) or ("tỉnh" in words.home.levels() and "Tỉnh" in name):
                return _Named(end, f"{name} {words.home.name}")
        return _Named(end, name, general)
    behind = place.words
    if name.endswith(OF_LEVEL) or (place.level and place.complete and name.endswith(f" {place.level}")):
        behind = f" {place.name}" if place.name else ""
    return _Named(place.end, name + behind, not behind)


def _office(words: Words, at: int) -> bool:
    start = words.starts[at]
    return bool(_OFFICE.search(words.text.low[max(0, start - 40) : start]))
