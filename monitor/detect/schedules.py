"""Schedules: a leader's week, a list of meetings, the days of receiving citizens; each row is a meeting of its own.

Rows come as "a | b | c", as days with lines of "8h00: ..." under them, or as the lines of a PDF. A trip, a reception, leave
or "làm việc tại cơ quan" is no meeting. What is struck out is cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config import Aligned
from monitor.detect.chair import chair_in, first_person
from monitor.detect.claims import GOVERNED, PASSING
from monitor.detect.dates import DayFound, clock_in, days_in, part_of_clock, settle, weekday_in
from monitor.detect.fields import place_field, time_field
from monitor.detect.naming import bodies_in
from monitor.detect.phrases import Phrase, ordinal_of, own_body, period_of, phrases_in, term_of
from monitor.detect.place import piece, place_said
from monitor.detect.reading import STRUCK, Reading
from monitor.detect.status import disrupted, status_of
from storage import Meeting

_SCHEDULE = re.compile(
    r"(?<!du )(?<!theo )(?<!âm )(?<!dương )lịch\s+(?:\w+\s+){0,3}?(?:công tác|làm việc|họp|tuần|hoạt động|tiếp (?:công )?dân|tiếp xúc cử tri)"
    r"|(?<!\w)chương trình (?:công tác|làm việc|hoạt động)\s+(?:\w+\s+)?(?:tuần|tháng|của)|(?<!\w)(?:danh sách )?các cuộc họp (?:trong )?(?:tuần|tháng)"
)
_RECEIVING = re.compile(r"lịch\s+(?:\w+\s+){0,3}?tiếp (?:công )?dân")
_PROGRAMME = re.compile(
    r"(?<!\w)(?:lịch(?: trình| làm việc)?|chương trình(?: làm việc| nghị sự)?)\s+(?:chi tiết\s+)?(?:của\s+|tại\s+)?"
    r"(?:kỳ họp|kì họp|phiên họp|hội nghị|đại hội|hội thảo|tọa đàm|diễn đàn)"
)
_COLUMNS = (
    ("morning", re.compile(r"(?:buổi\s+)?sáng\b")),
    ("afternoon", re.compile(r"(?:buổi\s+)?chiều\b")),
    ("chair", re.compile(r"(?:người\s+)?(?:chủ trì|chủ tọa|chủ tịch hội đồng)|người tiếp|cán bộ tiếp|lãnh đạo (?:chủ trì|tiếp)")),
    ("place", re.compile(r"(?:địa điểm|nơi|phòng họp)")),
    ("when", re.compile(r"(?:thời gian|giờ|ngày|thứ|buổi)(?!\w)")),
    ("what", re.compile(r"(?:nội dung|công việc|tên cuộc họp|cuộc họp|hoạt động|chương trình)")),
    ("other", re.compile(r"(?:stt|tt|số tt|thành phần|ghi chú|đơn vị|cơ quan|chuẩn bị|lãnh đạo|người|phụ trách|tham dự|đại biểu|phương tiện|lái xe)(?!\w)")),
)  # fmt: skip
_DAY_HEADING = re.compile(
    r"[\W_]*(?:\d{1,2}[.)]\s*)?(?=(?:sáng|chiều|tối|trưa)?\s*,?\s*(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật|ngày|t[2-7]\b|\d{1,2}\s?/\s?\d{1,2}))"
)
_PART_HEADING = re.compile(r"[\W_]*(?:buổi\s+)?(sáng|trưa|chiều|tối)(?!\w)\s*(?::|-|\.|\(|\||$)?")
_PARTS = {"sáng": "morning", "trưa": "noon", "chiều": "afternoon", "tối": "evening"}
_CLOCK = r"(?:[01]?\d|2[0-3])\s?(?:giờ|g|h|:)\s?(?:[0-5]\d)?(?!\d)(?:\s?(?:phút|p|'|’))?"
_ITEM = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.;|])\s|(?<=\s[-+•*–])\s|(?<=^[-+•*–])\s)[\W_]{{0,6}}(?:lúc\s+|từ\s+|hồi\s+)?(?P<clock>{_CLOCK})(?:\s?(?:-|đến)\s?{_CLOCK})?"
)
_LEAD_IN = re.compile(
    rf"[^\w(]*(?:(?:từ|lúc|hồi|đúng)\s+)?(?:{_CLOCK}(?:\s?(?:-|đến)\s?{_CLOCK})?)?[^\w(]*(?:(?:nội dung|công việc)\s*:\s*)?"
)
_GOES_ON = re.compile(
    r"\s*[-+•*–]?\s*(?:[a-zđà-ỹ(]|Tại\s|(?:Địa điểm|Thành phần|Chủ trì|Nơi họp|Cùng dự|Chuẩn bị|Mời|Dự)[^:\n]{0,20}:)"
)
_WHO = re.compile(
    r"\s*(?:(?:đ/c|đồng chí|ông|bà|các đồng chí|chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc|phó giám đốc|bộ trưởng|thứ trưởng"
    r"|ct|pct|lãnh đạo|thường trực|cục trưởng|phó cục trưởng|trưởng|phó|chánh|tổ đại biểu)(?!\w)[^:|]{0,90}?)\s*(?::|\s-\s|(?=\s(?:chủ trì|dự|họp|tham dự|làm việc|tiếp|giao ban)(?!\w)))\s*"
)
_NO_MEETING = re.compile(
    r"[\W_]*(?:(?:chủ trì\s+)?(?:tiếp|đón) (?:khách|đoàn|xã giao|ngài|đại sứ)|đi |thăm|viếng|dâng|nghỉ|học |làm việc tại|trực(?! tiếp| tuyến)"
    r"|kiểm tra|khảo sát|đón |chuẩn bị|xử lý|soạn|giải quyết|dự (?:lễ|tiệc|chiêu đãi|đám|khánh thành|khởi công|giỗ)|tham quan|chúc|gặp mặt"
    r"|phép|công tác (?:tại|nước|ở)|tham dự lễ|chúc mừng|bay|di chuyển|về )"
)
_FILLED = re.compile(
    r"(?:[\W_]|(?<!\w)(?:chủ trì|dự|tham dự|cùng dự|họp|tổ chức|khai mạc|bế mạc|điều hành|chủ tọa|tiếp tục|tham gia|và|phát biểu tại|chỉ đạo"
    r"|nghe báo cáo tại|cuộc|buổi|phiên|tại|trực tuyến|với|đồng chủ trì|mời|trực|có|các|định kỳ)(?!\w))*"
)
_ONLINE = re.compile(r"(?<!\w)trực tuyến(?!\w)")
_HYBRID = re.compile(r"trực tiếp\s+(?:và|kết hợp(?: với)?)\s+trực tuyến")
_TRAIL = re.compile(
    r"(?:\s[-–]\s|[;,.(]\s*|\s)(?:(?:địa điểm|đđ|nơi họp)\s*:\s*|(?:tại|ở)\s+|(?=(?:phòng họp|hội trường|trụ sở|nhà văn hóa|trung tâm|phòng \d)))"
)
_REACH, _MOST_LINES, _MOST_MEETINGS = 40_000, 600, 120
_HEAD_LINES = 8
_LONGEST_TITLE = 300
_LONGEST_ROW = 260  # letters without an hour: what is longer is prose


@dataclass(slots=True)
class _Row:
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


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose schedule it is."""

    body: str | None
    person: str | None
    receiving: bool


def scheduled(
    reading: Reading, published: date | None, province: str | None, portal_body: str | None
) -> tuple[Meeting, ...]:
    """The meetings of a schedule in its order; empty where the article is none or has no rows."""
    head = _head(reading)
    title = reading.title.low
    if not _SCHEDULE.search(head) or _PROGRAMME.search(title) or disrupted(title, 0, len(title)) or time_field(reading):
        return ()
    shown = replace(reading.body, text=reading.body.text.replace("~~", "  "), low=reading.body.low.replace("~~", "  "))
    kept = replace(reading.body, text=_blank(reading.body.text), low=_blank(reading.body.low))
    struck = [match.span() for match in STRUCK.finditer(reading.body.text)]
    owner = _owner(reading, province, portal_body, receiving=bool(_RECEIVING.search(head)))
    base = published or _first_whole_day(shown) or _year_of(head)
    first = next(days_in(head), None)
    titled = list(days_in(reading.title.low))
    only = titled[0] if len(titled) == 1 else None
    rows = list(_rows(shown, settle(first, base, notice=True) if first else None, only))
    line = place_field(reading)
    found: list[tuple[_Row, Meeting]] = []
    for row in rows:
        inside = sum(max(0, min(stop, row.end) - max(start, row.start)) for start, stop in struck)
        gone = inside * 2 > row.end - row.start
        text = shown if gone or not inside else kept
        meeting = _meeting(text, row, owner, base, province, struck=gone)
        if meeting:
            found.append((row, replace(meeting, quote=reading.body.source(row.start, row.end))))
        if len(found) == _MOST_MEETINGS:
            break
    apart = line is not None and not any(row.start <= line[0] < row.end for row, _ in found)
    everywhere = piece(reading.body, *line) if line and apart else None
    return tuple(replace(meeting, place=meeting.place or everywhere) for _, meeting in found)


def _head(reading: Reading) -> str:
    return "\n".join([reading.title.low, *reading.body.low[:1500].split("\n")[:_HEAD_LINES]])


def _blank(text: str) -> str:
    return STRUCK.sub(lambda match: " " * len(match.group()), text)


def _owner(reading: Reading, province: str | None, portal_body: str | None, *, receiving: bool) -> _Owner:
    body = reading.body
    named = [*bodies_in(reading.title, province=province), *bodies_in(body, 0, _end_of_head(body), province)]
    name = next((found.name for found in named if not found.general), None) or portal_body
    return _Owner(name, first_person(reading.title, 0, len(reading.title.text)), receiving)


def _end_of_head(text: Aligned) -> int:
    """Where the rows begin: at the first cell, hour or day of the week."""
    position = 0
    for line in text.low[:1500].split("\n")[:_HEAD_LINES]:
        if " | " in line or _ITEM.match(line) or (_DAY_HEADING.match(line) and not line.lstrip().startswith("ngày")):
            break
        position += len(line) + 1
    return min(position, len(text.text))


def _first_whole_day(text: Aligned) -> date | None:
    return next((day.in_year(day.year) for day in days_in(text.low, 0, 3000) if day.year), None)


def _year_of(head: str) -> date | None:
    """The year of a schedule without a whole day: "Lịch tuần 12 năm 2026"; its first day stands for it."""
    match = re.search(r"(?:năm |/)(20\d\d)(?!\d)", head)
    return date(int(match.group(1)), 1, 8) if match else None


# --- rows ---


def _rows(text: Aligned, week: date | None, day: DayFound | None) -> Iterator[_Row]:
    part: str | None = None
    columns: list[str] = []
    waiting: _Row | None = None
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
            waiting = _Row(whole, last, first, last, day, part, clock)
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
    if heading := _DAY_HEADING.match(text.low, start, end):
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
    starts = [match.start() + len(match.group()) - len(match.group().lstrip()) for match in _ITEM.finditer(line)]
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
) -> tuple[DayFound | None, str | None, list[_Row]]:
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
            if place is None and _TRAIL.match(" " + text.low[begin:last].strip()):
                place = (begin, last)
            elif chair is None and first_person(text, begin, last) and not any(phrases_in(text, begin, last)):
                chair = (begin, last)
    for begin, last, name in contents:
        if name in ("morning", "afternoon"):
            for first, stop, hour in _items(text, begin, last):
                rows.append(_Row(first, stop, first, stop, day, name, hour or clock, chair, place))
        elif (begin, last, name) == best:
            pieces = list(_items(text, begin, last))
            many = sum(1 for piece_ in pieces if piece_[2]) > 1
            for first, stop, hour in pieces:
                rows.append(
                    _Row(
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


# --- meetings ---


def _meeting(
    text: Aligned, row: _Row, owner: _Owner, base: date | None, province: str | None, *, struck: bool
) -> Meeting | None:
    if (row.day is None and row.clock is None) or (row.clock is None and row.stop - row.begin > _LONGEST_ROW):
        return None
    lead_in = _LEAD_IN.match(text.low, row.begin, row.stop)
    begin = lead_in.end() if lead_in else row.begin
    words = " ".join(text.text[begin : row.stop].split()).strip(" -–;.,|")
    words = re.sub(r"^\d{1,3} \| ", "", words)
    if not any(char.isalpha() for char in words):
        return None
    phrase = _phrase(text, begin, row.stop)
    if phrase is None and not (owner.receiving and row.day and not _NO_MEETING.match(text.low, begin, row.stop)):
        return None
    day = settle(row.day, base, notice=True) if row.day else None
    dated = replace_year(row.day, base)
    disruption = disrupted(text.low, row.start, row.end)
    told = text.low[row.start : row.end]
    status = "cancelled" if struck else status_of(disruption, told, new_day=False) if disruption else "upcoming"
    return Meeting(
        title=words[:_LONGEST_TITLE],
        form=phrase.form if phrase else "tiếp công dân",
        body=_body(text, row, phrase, begin, owner, province),
        ordinal=ordinal_of(text, phrase) if phrase else None,
        term=term_of(text, phrase, begin, row.stop) if phrase else None,
        period=period_of(text, phrase) if phrase else None,
        date=day,
        date_candidate=None if day else dated,
        time=row.clock,
        part_of_day=part_of_clock(row.clock) if row.clock else row.part,
        place=_place(text, row, begin),
        chair=_chair(text, row, begin, owner, phrase),
        mode="hybrid" if _HYBRID.search(told) else "online" if _ONLINE.search(told) else None,
        status=status,
    )


def replace_year(day: DayFound | None, base: date | None) -> date | None:
    """The best guess of a day without a year."""
    return day.in_year(day.year or base.year) if day and (day.year or base) and base else None


def _phrase(text: Aligned, begin: int, stop: int) -> Phrase | None:
    """The meeting that a row is about: at its head, or governed by who presides or takes part."""
    if _NO_MEETING.match(text.low, begin, stop):
        return None
    who = _WHO.match(text.low, begin, stop)
    head = who.end() if who else begin
    if _NO_MEETING.match(text.low, head, stop):
        return None
    for phrase in phrases_in(text, begin, stop):
        before = text.low[max(begin, phrase.start - 90) : phrase.start]
        if PASSING.search(before) and not _FILLED.fullmatch(text.low, min(head, phrase.start), phrase.start):
            continue
        if _FILLED.fullmatch(text.low, min(head, phrase.start), phrase.start) or GOVERNED.search(before):
            return phrase
        if phrase.start - head <= 60 and not re.search(r"[,;:]", text.low[head : phrase.start]):
            return phrase
    return None


def _body(
    text: Aligned, row: _Row, phrase: Phrase | None, begin: int, owner: _Owner, province: str | None
) -> str | None:
    if phrase and (own := own_body(text, phrase, province)):
        if not own.general:
            return own.name
        return owner.body if owner.body and owner.body.startswith(own.name) else own.name
    held = re.search(r"(?<!\w)do\s", text.low[begin : row.stop])
    if held and (holder := next(iter(bodies_in(text, begin + held.end(), row.stop, province)), None)):
        return holder.name
    guest = re.search(r"(?<!\w)(?:dự|tham dự)(?!\w)", text.low[begin : phrase.start if phrase else row.stop])
    return None if guest else owner.body


def _chair(text: Aligned, row: _Row, begin: int, owner: _Owner, phrase: Phrase | None) -> str | None:
    if row.chair:
        return first_person(text, *row.chair)
    if found := chair_in([(text, begin, row.stop)]):
        return found
    if owner.receiving:
        return first_person(text, begin, row.stop)
    presides = re.search(r"(?<!\w)chủ trì(?!\w)", text.low[begin : phrase.start if phrase else row.stop])
    return owner.person if presides else None


def _place(text: Aligned, row: _Row, begin: int) -> str | None:
    if row.place:
        trail = _TRAIL.match(" " + text.low[row.place[0] : row.place[1]])
        skip = max(0, trail.end() - 1) if trail else 0
        return piece(text, row.place[0] + skip, row.place[1])
    places = list(_TRAIL.finditer(text.low, begin, row.stop))
    said = place_said(text, begin, row.stop, loose=True)
    if said and not (places and text.text[places[0].start() : places[0].end()].lstrip().startswith("(")):
        return said
    return piece(text, places[0].end(), row.stop) if places else None
