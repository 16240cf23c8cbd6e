"""Who presides over a meeting: "Đồng chí A chủ trì hội nghị", "Chủ trì hội nghị có các đồng chí: A, ...; B, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from config import Aligned
from monitor.detect.naming import persons_in
from monitor.detect.phrases import FORMS

_MOST_VERBS = 8  # of one sentence
Extent = tuple[Aligned, int, int]

_FORM = rf"(?:{FORMS}|buổi|phiên|cuộc|họp|giao ban|chương trình|buổi lễ|đại hội)"
_PRESIDES = re.compile(r"(?<!\w)(?:đồng\s+)?(?:chủ trì|chủ tọa)(?!\w)")
_RUNS = re.compile(rf"(?<!\w)(?:điều hành|làm trưởng đoàn chủ tịch)(?=\s+(?:{_FORM})(?!\w))")
# What a body does: "giao Sở Y tế chủ trì, phối hợp", "do Ban IV chủ trì tổ chức", "chủ trì soạn thảo".
_NOT_OVER = re.compile(
    r",?\s*(?:phối hợp|soạn thảo|tham mưu|xây dựng|thực hiện|rà soát|biên soạn|nghiên cứu|thẩm định|thẩm tra|tổng hợp|đề xuất"
    r"|theo dõi|tổ chức thực hiện|hoàn thiện|trình)(?!\w)"
)
_POINT = re.compile(r"\s*(?:[^\s.;]+\s+){0,3}?tại (?:các )?điểm cầu")
_AT_POINT = re.compile(r"\s*(?:tham )?(?:dự )?tại (?:các )?(?:đầu )?(?:điểm cầu|cầu)")
_LIST = re.compile(
    rf"(?:\s+(?:và\s+)?(?:{_FORM}|điều hành|chỉ đạo|(?:họp|nghị|kỳ|này)))*\s*(?:hôm nay\s*)?"
    r"(?:(?:có|là|gồm có|gồm|của|bởi)(?:\s+các)?(?:\s+(?:đồng chí|ông|bà|đ/c))?|:|,(?=\s(?:đồng chí|ông|bà|đ/c)\s))(?!\w)\s*:?\s*"
)
# "Chủ trì phiên họp quý III ... vào sáng 5/10, Phó Chủ tịch UBND tỉnh A đề nghị ..."
_SUBJECT_BEHIND = re.compile(
    r"[^.;:\n]{4,240}?,\s(?=(?:đồng chí|ông|bà|đ/c|phó|chủ tịch|bí thư|thủ tướng|bộ trưởng|thứ trưởng|giám đốc|trưởng|tổng)\s)"
)
_OTHER_DOING = re.compile(
    r"(?<!\w)(?:tham dự|cùng dự|dự|phát biểu|trình bày|cho biết|báo cáo|tham gia|thay mặt|tiếp|đọc|ủy quyền cho)(?!\w)"
)
_TITLED = re.compile(
    r"(?<!\w)(?:Ông|ông|Bà|bà|[Đđ]ồng chí|Đ/c|đ/c|ĐỒNG CHÍ|ÔNG|BÀ)\s+"
    r"(?P<name>[^\W\d_a-zà-ỹ][^\W\d_]*['’]?[^\W\d_]*(?:\s[^\W\d_a-zà-ỹ][^\W\d_]*['’]?[^\W\d_]*){1,4})(?!\w)"
)
_GIVEN = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\s(?P<name>[^\W\d_a-zà-ỹ][^\W\d_]*)(?:\s-\s|,\s|\s)[^.;\n]{0,30}$"
)
_SEGMENT = re.compile(r"\s*(?:(?:các\s+)?(?:đồng chí|ông|bà|đ/c)\s*:?\s*)*$")
_OFFICE_NAMES = re.compile(
    r"^(?:bí thư|phó|chủ tịch|thủ tướng|bộ trưởng|thứ trưởng|trưởng|giám đốc|chủ nhiệm|ủy viên|tổng|thường trực|chánh|viện)(?!\w)"
)


def chair_in(extents: Iterable[Extent]) -> str | None:
    """The first person who is said to preside, by name without titles; None where nobody is."""
    whole = [*{(start, end, text.text[start:end]): (text, start, end) for text, start, end in extents}.values()]
    for pattern in (_PRESIDES, _RUNS):
        for text, start, end in whole:
            if _AT_POINT.match(text.low, start, end):
                continue  # "Tại điểm cầu Ninh Bình ...": a local point
            for verb in islice(pattern.finditer(text.low, start, end), _MOST_VERBS):
                if found := _presiding(text, verb, start, end):
                    return found
    return None


def first_person(text: Aligned, start: int, end: int) -> str | None:
    """The first person named between two offsets."""
    found = _persons(text, start, end)
    return found[0][2] if found else None


def _presiding(text: Aligned, verb: re.Match[str], start: int, end: int) -> str | None:
    if _POINT.match(text.low, verb.end(), end):
        return None
    if (listed := _LIST.match(text.low, verb.end(), end)) and (
        name := first_person(text, listed.start(), min(end, listed.end() + 200))
    ):
        return name
    if _NOT_OVER.match(text.low, verb.end(), end):
        return None
    if not text.low[start : verb.start()].strip(" -–•*") and (
        opens := _SUBJECT_BEHIND.match(text.low, verb.end(), end)
    ):
        return first_person(text, opens.end(), min(end, opens.end() + 160))
    persons = _persons(text, max(start, verb.start() - 600), verb.start())
    if not persons:
        return _known_by_given_name(text, start, verb.start())
    for doing in _OTHER_DOING.finditer(text.low, start, verb.start()):
        persons = [p for p in persons if p[0] > doing.end()] or (persons if persons[-1][1] <= doing.start() else [])
    first = _first_of_list(text, persons, start)
    return first[2] if first else None


def _known_by_given_name(text: Aligned, start: int, end: int) -> str | None:
    """The person of "Ông Ninh - người chủ trì phiên họp", named in full before."""
    short = _GIVEN.search(text.text, max(start, end - 60), end)
    if short is None:
        return None
    return next((n for _, _, n in _persons(text, max(0, start - 3000), start) if n.endswith(" " + short["name"])), None)


def _first_of_list(text: Aligned, persons: list[tuple[int, int, str]], start: int) -> tuple[int, int, str] | None:
    """The first of those named together: what a semicolon divides is a list where each part opens with a person."""
    if not persons:
        return None
    for number in range(len(persons) - 1, 0, -1):
        semicolon = text.low.rfind(";", persons[number - 1][1], persons[number][0])
        before = text.low.rfind(";", start, persons[number - 1][0])
        if semicolon >= 0 and before >= 0 and not _opens(text, before + 1, persons[number - 1][0]):
            return persons[number]
    return persons[0]


def _opens(text: Aligned, start: int, person: int) -> bool:
    between = text.low[start:person].strip()
    return not between or bool(_SEGMENT.search(between)) or bool(_OFFICE_NAMES.match(between))


def _persons(text: Aligned, start: int, end: int) -> list[tuple[int, int, str]]:
    found = {span[0]: span for span in persons_in(text, start, end)}
    for match in _TITLED.finditer(text.text, start, end):
        name = match["name"]
        if not _OFFICE_NAMES.match(text.low[match.start("name") :][:20]) and not any(
            begin < match.end() and match.start("name") < stop for begin, stop, _ in found.values()
        ):
            found[match.start("name")] = (*match.span("name"), name.title() if name.isupper() else name)
    return sorted(found.values())
