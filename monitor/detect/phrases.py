"""Phrases that name a meeting: "Phiên họp lần thứ 8 của Ủy ban ...", "kỳ họp thứ 12 HĐND tỉnh khóa X".

This module finds such phrases and reads what stands inside them; whether one is the article's subject is decided in
`meetings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from config import Aligned
from monitor.detect.naming import BodyFound, bodies_in

# A ceremony that is a meeting; opening of works, handing out of prizes, funerals and festivals are none.
_CEREMONY = "kỷ niệm|mít tinh|tổng kết|sơ kết"
FORMS = (
    r"phiên họp|phiên chất vấn|phiên giải trình|phiên làm việc|phiên thảo luận|phiên trù bị|kỳ họp|kì họp|hội nghị"
    r"|phiên(?=\s+(?:thường kỳ|bất thường|chuyên đề|thường lệ|(?:lần )?thứ))|cuộc họp(?! báo)|buổi họp(?! báo)|họp báo|hội thảo|tọa đàm|diễn đàn|đại hội đồng cổ đông|đại hội(?! đồng| thể)"
    r"|buổi làm việc|cuộc làm việc|buổi tiếp xúc(?=\s+(?:với|giữa))|buổi gặp mặt|buổi gặp gỡ|họp mặt|buổi sinh hoạt|(?<!ban )(?<!sở )(?<!phòng )(?<!tâm )tiếp (?:công )?dân|tiếp xúc cử tri|hội đàm|buổi đối thoại"
    rf"|lễ(?=\s+(?:{_CEREMONY})(?!\w))"
)
_FORM_NAMES = {
    "kì họp": "kỳ họp",
    "buổi họp": "cuộc họp",
    "cuộc làm việc": "buổi làm việc",
    "tiếp dân": "tiếp công dân",
    "buổi tiếp xúc": "tiếp xúc cử tri",
    "buổi gặp mặt": "gặp mặt",
    "buổi gặp gỡ": "gặp gỡ",
    "phiên": "phiên họp",
}
_TALKS = ("buổi làm việc", "đối thoại", "buổi đối thoại", "hội đàm", "gặp mặt", "gặp gỡ")
_SOFT_FORMS = {"giao ban": "hội nghị giao ban"}
_MENTION = re.compile(
    rf"(?<!\w)(?:(?P<form>{FORMS})"
    r"|(?P<soft>(?<!phòng )(?:(?<!hội )|(?<=quốc hội ))họp(?!\s+(?:báo|mặt|lý|pháp|lệ|tác|đồng|thành|nhóm|chợ|trực tuyến để))"
    r"(?P<regular>\s+(?:phiên\s+)?(?:thường kỳ|thường lệ)|\s+phiên|\s+kỳ(?= ))?"
    r"|làm việc với|giao ban|đối thoại(?=\s+(?:với|giữa|trực tiếp|định kỳ))|gặp mặt"
    r"|sinh hoạt (?:chi bộ|chuyên đề|chính trị|khoa học))"
    r")(?!\w)"
)
_QUALIFIER = (
    r"\s+(?:trực tuyến|thường kỳ|thường lệ|thường niên|bất thường|chuyên đề|định kỳ|toàn thể|toàn quốc|mở rộng|giao ban"
    r"|quốc gia|cuối năm|giữa năm|trực tiếp|đầu tiên|tổng kết|sơ kết|cán bộ toàn quốc|chuyên gia|khoa học|quốc tế"
    r"|đại biểu|khẩn|đột xuất|liên tịch|chuyên môn|trù bị|không thường lệ|lấy phiếu tín nhiệm)"
)
_WORDS = {
    "nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "một": 1, "mốt": 1, "lăm": 5,
}  # fmt: skip
_NUMBER = (
    r"(?:(?P<digits>\d{1,3})(?!\d|[.,]\d|\s?[/-]\s?\d{1,2}(?!\d))|(?P<roman>[ivxl]{1,7})(?!\w)"
    r"|(?P<tens>hai mươi|ba mươi|bốn mươi|năm mươi)?\s?(?P<teen>mười)?\s?(?P<unit>nhất|hai|nhì|ba|tư|bốn|năm|sáu|bảy|bẩy"
    r"|tám|chín|một|mốt|lăm)?(?!\w))"
)
# "phiên họp thứ 3" is the third; "họp vào thứ 3" is Tuesday: "thứ" alone counts right behind the head noun only.
_NEAR = re.compile(rf"(?:\s+(?:phiên|kỳ))?(?:{_QUALIFIER}){{0,3}}\s+(?:lần\s+)?thứ\s+{_NUMBER}")
_LOOSE = re.compile(
    rf"(?:{_QUALIFIER}){{0,2}}"
    r"\s+(?:lần\s+)?(?:(?P<roman>[ivxl]{1,7})(?!\w)|(?<=lần )(?P<digits>\d{1,2})(?![\w/.,-]*\d))"
)
_PLAIN = re.compile(
    r"\s+(?P<digits>\d{1,2})(?=,?\s(?:hđnd|hội đồng nhân dân|quốc hội)(?!\w)|\s\(|$)"
)  # "Kỳ họp 12, HĐND tỉnh"
_NAMED_AGAIN = re.compile(rf"\s[(-]\s?(?:tức\s+)?(?:phiên họp|kỳ họp|kỳ|phiên)\s+(?:lần\s+)?thứ\s+{_NUMBER}")
_CENTRAL = re.compile(rf"(?:{_QUALIFIER}){{0,2}}\s+trung ương\s+(?:lần thứ\s+)?{_NUMBER}")
_FAR = re.compile(rf"(?<!\w)lần\s+(?:thứ\s+{_NUMBER}|(?P<bare>\d{{1,3}})(?![\d%.,/]))")
_FAR_ON = re.compile(rf"\s-\s[^,.;:\n]{{1,60}}?(?<!\w)lần\s+thứ\s+{_NUMBER}")
_TERM = re.compile(r"(?<!\w)khóa\s+(?P<term>[ivxl]{1,7}|\d{1,2})(?!\w)")
_YEARS = re.compile(r"(?<!\w)nhiệm kỳ\s+(?P<term>(?:19|20)\d\d\s?-\s?(?:19|20)\d\d)")
_YEAR = r"(?:\s?[/.-]\s?(?:năm\s+)?(?:19|20)\d\d|\s+năm\s+(?:19|20)\d\d)"
_PERIOD = re.compile(
    rf"(?<!\w)(?:quý\s+(?:iv|i{{1,3}}|[1-4])(?!\w){_YEAR}?|tháng\s+\d{{1,2}}(?!\d){_YEAR}?"
    rf"|(?:\d{{1,2}}|sáu|chín) tháng (?:đầu|cuối) năm(?:\s+(?:19|20)\d\d)?|năm\s+(?:19|20)\d\d"
    rf"|giữa năm(?:\s+(?:19|20)\d\d)?"
    rf"|cuối năm(?:\s+(?:19|20)\d\d)?)"
)
# Where the name of a meeting ends and its purpose, day or place begins.
_END = re.compile(
    r"[,.;:\n\"“”|]|\s-\s|(?<!\w)(?:để|nhằm|về việc|về|đánh giá|tổng kết|sơ kết|triển khai|bàn|cho ý kiến"
    r"|thảo luận|xem xét"
    r"|diễn ra|được|đã|sẽ|vào|do|tại|trong|dưới|công bố|quán triệt|thông qua|với chủ đề|nghe|sáng|chiều|tối|ngày|góp ý"
    r"|kết nối|phổ biến|chuẩn bị|học tập|bầu|giải quyết|thống nhất|quyết nghị|phát động|ký kết)(?!\w)"
)
# Another meeting ends the name: "Phiên họp thẩm tra nội dung trình kỳ họp thứ 32 HĐND tỉnh".
_INNER = re.compile(r"(?<!\w)(?:kỳ họp|phiên họp|hội nghị|đại hội)(?=\s+(?:lần )?thứ(?!\w))")
_OPEN = re.compile(rf"(?:{_QUALIFIER}){{0,3}}")
_WITH = re.compile(r"(?<!\w)với(?!\w)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A meeting named in a text: offsets of the head noun and of the whole name; `soft` where only a verb names it
    ("họp quý I")."""

    start: int
    head_end: int
    end: int
    form: str
    soft: bool = False


def phrases_in(text: Aligned, start: int, end: int) -> Iterator[Phrase]:
    """The meetings named between two offsets, in order."""
    behind = -2
    for match in _MENTION.finditer(text.low, start, end):
        word = match["form"]
        if word is None and match.start() == behind + 1:
            continue  # "hội nghị giao ban" is one
        behind = match.end() if word else -2
        if word is None:
            verb, regular = match["soft"], match["regular"]
            form = "cuộc họp" if regular is None else "kỳ họp" if regular.strip() == "kỳ" else "phiên họp"
            form = "buổi làm việc" if verb.startswith("làm") else _SOFT_FORMS.get(verb, form if "họp" in verb else verb)
            head_end = match.start() + (len("họp") if verb.startswith("họp") else len(verb))
        else:
            form, head_end = _FORM_NAMES.get(word, word), match.end()
        phrase = Phrase(match.start(), head_end, _name_end(text, head_end, end), form, word is None)
        yield _with_house(text, phrase, end) if form == "kỳ họp" else phrase


def _with_house(text: Aligned, phrase: Phrase, end: int) -> Phrase:
    """A session with its house behind the comma: "Kỳ họp thứ nhất, Quốc hội khóa XV"."""
    if text.low[phrase.end : phrase.end + 2] != ", ":
        return phrase
    house = next(iter(bodies_in(text, phrase.end + 2, min(end, phrase.end + 60))), None)
    if house and house.start == phrase.end + 2 and re.match(r"(?:Thường trực )?HĐND|Quốc hội", house.name):
        return replace(phrase, end=_name_end(text, phrase.end + 2, end))
    return phrase


def _name_end(text: Aligned, head_end: int, end: int) -> int:
    """Where the name ends; "Ủy ban Quốc gia về chuyển đổi số" goes on behind its "về"."""
    limit = min(end, head_end + 220)
    inner = next((m for m in _INNER.finditer(text.low, head_end + 1, limit) if text.low[m.start() - 1] != "("), None)
    limit = inner.start() if inner else limit
    opened = _OPEN.match(text.low, head_end, limit)
    position = opened.end() if opened else head_end
    for body in bodies_in(text, position, limit):
        boundary = _END.search(text.low, position, body.start)
        if boundary:
            return boundary.start()
        position = body.end
    boundary = _END.search(text.low, position, limit)
    return boundary.start() if boundary else limit


def ordinal_of(text: Aligned, phrase: Phrase) -> int | None:
    """Which one it is: digits, Roman numerals or words; a weekday (thứ 3) is none."""
    low, start, end = text.low, phrase.head_end, phrase.end
    found = _NEAR.match(low, start, end) or _CENTRAL.match(low, start, end) or _FAR.search(low, start, end)
    if found is None and phrase.form in ("đại hội", "hội nghị"):
        found = _LOOSE.match(low, start, end)  # "Đại hội XIV của Đảng"
    if found is None and phrase.form == "kỳ họp":
        found = _PLAIN.match(low, start, end)
    if found is None and text.text.startswith(" - ", end):  # "miền Trung - Tây Nguyên lần thứ 12"
        found = _FAR_ON.match(low, end, end + 80)
    found = found or _NAMED_AGAIN.search(low, start, end + 40)
    return _value(found) if found else None


def _value(match: re.Match[str]) -> int | None:
    said = match.groupdict()
    if said.get("bare"):
        return int(said["bare"])
    if said.get("digits"):
        return int(said["digits"])
    if said.get("roman"):
        return roman(said["roman"])
    tens = _WORDS[said["tens"].split()[0]] * 10 if said.get("tens") else 0
    return tens + (10 if said.get("teen") else 0) + _WORDS.get(said.get("unit") or "", 0) or None


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral up to some eighty; None for letters that are none (iiii counts, vx does not)."""
    values = [_ROMAN[letter] for letter in numeral.lower()]
    total = sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if 0 < total < 90 else None


def term_of(text: Aligned, phrase: Phrase, start: int, end: int) -> str | None:
    """The term of office near the name: "XIX" of "khóa XIX", else "2021-2026" of "nhiệm kỳ 2021-2026".

    `start` is where the clause begins: "HĐND huyện khóa X, nhiệm kỳ 2021-2026 tổ chức Kỳ họp thứ 13".
    """
    limit = min(end, phrase.end + 90)
    for pattern in (_TERM, _YEARS):
        for begin, stop in ((phrase.head_end, limit), (max(start, phrase.start - 140), phrase.start)):
            if found := pattern.search(text.low, begin, stop):
                return text.text[found.start("term") : found.end("term")].replace(" ", "").upper()
    return None


def period_of(text: Aligned, phrase: Phrase) -> str | None:
    """The period that the meeting is of, as written: "quý I/năm 2023", "tháng 12"."""
    found = _PERIOD.search(text.low, phrase.head_end, phrase.end)
    return text.text[found.start() : found.end()] if found else None


def own_body(text: Aligned, phrase: Phrase, province: str | None) -> BodyFound | None:
    """The body in the meeting's name: "của Ủy ban ...", "Kỳ họp thứ 7 HĐND tỉnh"; of a talk with others it is theirs."""
    if phrase.form in _TALKS:
        return None
    other = _WITH.search(text.low, phrase.head_end, phrase.end)
    return next(iter(bodies_in(text, phrase.head_end, other.start() if other else phrase.end, province)), None)
