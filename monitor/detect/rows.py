"""The rows of a schedule: its days, hours and cells, whatever shape it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config import Aligned
from monitor.detect.chair import first_person
from monitor.detect.dates import DayFound, clock_in, days_in, weekday_in
from monitor.detect.phrases import phrases_in

CLOCK = r"(?:[01]?\d|2[0-3])\s?(?:giờ|g|h|:)\s?(?:[0-5]\d)?(?!\d)(?:\s?(?:phút|p|'|’))?"
_COLUMNS = (
    ("morning", re.compile(r"(?:buổi\s+)?sáng\b")),
    ("afternoon", re.compile(r"(?:buổi\s+)?chiều\b")),
    ("chair", re.compile(r"(?:người\s+)?(?:chủ trì|chủ tọa|chủ tịch hội đồng)|người tiếp|cán bộ tiếp|lãnh đạo (?:chủ trì|tiếp)")),
    ("place", re.compile(r"(?:địa điểm|nơi|phòng họp)")),
    ("when", re.compile(r"(?:thời gian|giờ|ngày|thứ|buổi)(?!\w)")),
    ("what", re.compile(r"(?:nội dung|công việc|tên cuộc họp|cuộc họp|hoạt động|chương trình)")),
    ("other", re.compile(r"(?:stt|tt|số tt|thành phần|ghi chú|đơn vị|cơ quan|chuẩn bị|lãnh đạo|người|phụ trách|tham dự|đại biểu|phương tiện|lái xe)(?!\w)")),
)  # fmt: skip
DAY_HEADING = re.compile(
    r"[\W_]*(?:\d{1,2}[.)]\s*)?(?=(?:sáng|chiều|tối|trưa)?\s*,?\s*(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|ngày|t[2-7]\b|\d{1,2}\s?/\s?\d{1,2}))"
)
_PART_HEADING = re.compile(r"[\W_]*(?:buổi\s+)?(sáng|trưa|chiều|tối)(?!\w)\s*(?::|-|\.|\(|\||$)?")
_PARTS = {"sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening"}
ITEM = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.;|])\s|(?<=\s[-+•*–])\s|(?<=^[-+•*–])\s)[\W_]{{0,6}}(?:lúc\s+|từ\s+|hồi\s+)?(?P<clock>{CLOCK})(?:\s?(?:-|đến)\s?{CLOCK})?"
)
_GOES_ON = re.compile(
    r"\s*[-+•*–]?\s*(?:[a-zđà-ỹ(]|Tại\s|(?:Địa điểm|Thành phần|Chủ trì|Nơi họp|Cùng dự|Chuẩn bị|Mời|Dự)[^:\n]{0,20}:)"
)
TRAIL = re.compile(
    r"(?:\s[-–]\s|[;,.(]\s*|\s)(?:(?:địa điểm|đđ|nơi họp)\s*:\s*|(?:tại|ở)\s+|(?=(?:phòng họp|hội trường|trụ sở|nhà văn hóa|trung tâm|phòng \d)))"
)
_REACH, _MOST_LINES = 40_000, 600


@dataclass(slots=True)
class Row:
    """What one row says, as offsets in the body: all of it, its words, and what stands in cells of their own."""

    start: int
    end: int
    begin: int
    stop: int
    day: DayFound | None
    part: str | None
    clock: str | None
    chair: tuple[int, int] | None = None
    place: tuple[int, int] | None = None


def rows_of(text: Aligned, week: date | None, day: DayFound | None) -> Iterator[Row]:
    """The rows with what day and part of the day they stand under; `week` is a day of the week that the schedule is of,
    `day` the only day where it is of one."""
    part: str | None = None
    columns: list[str] = []
    waiting: Row | None = None
    position = 0
    for _ in range(_MOST_LINES):
        if position >= min(len(text.text), _REACH):
            break
        end = text.text.find("\n", position)
        end = len(text.text) if end < 0 else end
        start, position = position, end + 1
        if not text.text[start:end].strip():
            continue
        cells = _cells(text, start, end)
        if len(cells) > 1:
            if waiting:
                yield waiting
                waiting = None
            if named := _header(text, cells):
                columns = named
                continue
            row_day, row_part, rows = _table_row(text, start, end, cells, columns, day, part, week)
            day, part = row_day, row_part
            yield from rows
            continue
        begin, day, part = _headings(text, start, end, day, part, week)
        if begin > start and waiting:
            yield waiting
            waiting = None
        if begin >= end:
            continue
        pieces = list(_items(text, begin, end))
        timed = bool(pieces and pieces[0][2])
        if waiting and not timed and begin == start and _GOES_ON.match(text.text, start, end):
            waiting.end = waiting.stop = end
            continue
        for first, last, clock in pieces:
            if waiting:
                yield waiting
            whole = start if first == begin else first
            waiting = Row(whole, last, first, last, day, part, clock)
    if waiting:
        yield waiting


def _cells(text: Aligned, start: int, end: int) -> list[tuple[int, int]]:
    cells, position = [], start
    while (bar := text.text.find(" | ", position, end)) >= 0:
        cells.append((position, bar))
        position = bar + 3
    cells.append((position, end))
    return cells


def _header(text: Aligned, cells: list[tuple[int, int]]) -> list[str]:
    names = []
    for start, end in cells:
        words = text.low[start:end].strip()
        kind = next((kind for kind, pattern in _COLUMNS if pattern.match(words)), None) if len(words) < 40 else None
        names.append(kind or "")
    known = sum(bool(name) for name in names)
    return (
        names
        if known * 2 > len(names) and not any(char.isdigit() for char in text.text[cells[0][0] : cells[-1][1]])
        else []
    )


def _headings(
    text: Aligned, start: int, end: int, day: DayFound | None, part: str | None, week: date | None
) -> tuple[int, DayFound | None, str | None]:
    """Where the words of a line begin behind its day and part of the day, and both of them."""
    begin = start
    if heading := DAY_HEADING.match(text.low, start, end):
        found = next(days_in(text.low, heading.end(), min(end, heading.end() + 60)), None)
        bare = None if found else _bare_day(text.low, heading.end(), end)
        weekday = weekday_in(text.low, heading.end(), min(end, heading.end() + 14))
        if found and found.start - heading.end() < 24:
            begin, day, part = found.end, found, found.part_of_day
        elif bare:
            begin, day, part = bare.end, bare, None
        elif weekday and weekday[1] - heading.end() < 14:
            begin, day, part = weekday[1], _of_week(week, *weekday), None
    if named := _PART_HEADING.match(text.low, begin, end):
        rest = text.low[named.end() : end].strip()
        if named.group().rstrip().endswith((":", "-", ".", "|", "(")) or not rest or begin > start:
            begin, part = named.end(), _PARTS[named.group(1)]
    if begin > start:
        while begin < end and not (text.text[begin].isalnum() or text.text[begin] in '“"'):
            begin += 1
    return begin, day, part


def _of_week(week: date | None, weekday: int, end: int) -> DayFound | None:
    """The day of a weekday that stands alone: "Thứ Ba" in the week from 16/11."""
    if week is None:
        return None
    day = week + timedelta(days=(weekday - week.weekday()) % 7)
    return DayFound(end, end, day.day, day.month, day.year, None, weekday)


def _bare_day(low: str, start: int, end: int) -> DayFound | None:
    """A day without a word before it: a line "16/11" below "Thứ Hai"."""
    match = re.compile(r"\W*(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?(?![\d/])").match(low, start, end)
    if match is None:
        return None
    found = DayFound(match.start(), match.end(), int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    return found if found.in_year(found.year or 2024) else None


def _items(text: Aligned, begin: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """The parts of a line that begin with an hour each, or the line."""
    line = text.low[begin:end]
    starts = [match.start() + len(match.group()) - len(match.group().lstrip()) for match in ITEM.finditer(line)]
    if not starts or line[: starts[0]].strip(" -+•*–.:;"):
        starts.insert(0, 0)
    for first, last in zip(starts, [*starts[1:], len(line)], strict=True):
        clock = clock_in(text.low, begin + first, min(begin + last, begin + first + 30))
        yield begin + first, begin + last, clock


def _table_row(
    text: Aligned,
    start: int,
    end: int,
    cells: list[tuple[int, int]],
    columns: list[str],
    day: DayFound | None,
    part: str | None,
    week: date | None,
) -> tuple[DayFound | None, str | None, list[Row]]:
    names = columns if len(columns) == len(cells) else [""] * len(cells)
    clock: str | None = None
    chair = place = None
    contents: list[tuple[int, int, str]] = []
    for (first, last), name in zip(cells, names, strict=True):
        begin, day, told = _headings(text, first, last, day, None, week)
        part = told or (part if begin == first else None)
        words = text.low[begin:last].strip()
        short = len(words) < 30
        if name in ("when", "") and short and (hour := clock_in(text.low, begin, last)):
            clock = hour
            day = next(days_in(text.low, begin, last), day)
        elif name == "chair":
            chair = (begin, last)
        elif name == "place":
            place = (begin, last)
        elif not words or words.isdigit() or name in ("other", "when"):
            continue
        else:
            contents.append((begin, last, name))
    if not contents:
        contents = [(cells[0][0], end, "")] if clock or day else []
    rows = []
    best = _content(text, contents)
    for begin, last, name in contents:
        if best is not None and (begin, last, name) != best and name not in ("morning", "afternoon"):
            if place is None and TRAIL.match(" " + text.low[begin:last].strip()):
                place = (begin, last)
            elif chair is None and first_person(text, begin, last) and not any(phrases_in(text, begin, last)):
                chair = (begin, last)
    for begin, last, name in contents:
        if name in ("morning", "afternoon"):
            for first, stop, hour in _items(text, begin, last):
                rows.append(Row(first, stop, first, stop, day, name, hour or clock, chair, place))
        elif (begin, last, name) == best:
            pieces = list(_items(text, begin, last))
            many = sum(1 for piece_ in pieces if piece_[2]) > 1
            for first, stop, hour in pieces:
                rows.append(
                    Row(
                        first if many else start,
                        stop if many else end,
                        first,
                        stop,
                        day,
                        part,
                        hour or clock,
                        chair,
                        place,
                    )
                )
    return day, part, rows


def _content(text: Aligned, contents: list[tuple[int, int, str]]) -> tuple[int, int, str] | None:
    """The cell that says what happens: the column of that name, else the one that names a meeting, else the longest."""
    named = [cell for cell in contents if cell[2] == "what"]
    meeting = [cell for cell in contents if any(phrases_in(text, cell[0], cell[1]))]
    rest = sorted(contents, key=lambda cell: cell[0] - cell[1])
    return next(iter([*named, *meeting, *rest]), None)
