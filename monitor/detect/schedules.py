"""Schedules: a leader's week, a list of meetings, the days of receiving citizens; each row is a meeting of its own.

Rows come as "a | b | c", as days with lines of "8h00: ..." under them, or as the lines of a PDF. A trip, a reception, leave
or "làm việc tại cơ quan" is no meeting. What is struck out is cancelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from config import Aligned
from monitor.detect.chair import chair_in, first_person
from monitor.detect.claims import GOVERNED, PASSING
from monitor.detect.dates import DayFound, days_in, part_of_clock, settle
from monitor.detect.fields import place_field, time_field
from monitor.detect.naming import bodies_in
from monitor.detect.phrases import Phrase, ordinal_of, own_body, period_of, phrases_in, term_of
from monitor.detect.place import piece, place_said
from monitor.detect.reading import STRUCK, Reading
from monitor.detect.rows import CLOCK, DAY_HEADING, ITEM, TRAIL, Row, rows_of
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
_LEAD_IN = re.compile(
    rf"[^\w(]*(?:(?:từ|lúc|hồi|đúng)\s+)?(?:{CLOCK}(?:\s?(?:-|đến)\s?{CLOCK})?)?[^\w(]*(?:(?:nội dung|công việc)\s*:\s*)?"
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
_MOST_MEETINGS = 120
_HEAD_LINES = 8
_LONGEST_TITLE = 300
_LONGEST_ROW = 260  # letters without an hour: what is longer is prose


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
    rows = list(rows_of(shown, settle(first, base, notice=True) if first else None, only))
    line = place_field(reading)
    found: list[tuple[Row, Meeting]] = []
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
        if " | " in line or ITEM.match(line) or (DAY_HEADING.match(line) and not line.lstrip().startswith("ngày")):
            break
        position += len(line) + 1
    return min(position, len(text.text))


def _first_whole_day(text: Aligned) -> date | None:
    return next((day.in_year(day.year) for day in days_in(text.low, 0, 3000) if day.year), None)


def _year_of(head: str) -> date | None:
    """The year of a schedule without a whole day: "Lịch tuần 12 năm 2026"; its first day stands for it."""
    match = re.search(r"(?:năm |/)(20\d\d)(?!\d)", head)
    return date(int(match.group(1)), 1, 8) if match else None


# --- meetings ---


def _meeting(
    text: Aligned, row: Row, owner: _Owner, base: date | None, province: str | None, *, struck: bool
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
    text: Aligned, row: Row, phrase: Phrase | None, begin: int, owner: _Owner, province: str | None
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


def _chair(text: Aligned, row: Row, begin: int, owner: _Owner, phrase: Phrase | None) -> str | None:
    if row.chair:
        return first_person(text, *row.chair)
    if found := chair_in([(text, begin, row.stop)]):
        return found
    if owner.receiving:
        return first_person(text, begin, row.stop)
    presides = re.search(r"(?<!\w)chủ trì(?!\w)", text.low[begin : phrase.start if phrase else row.stop])
    return owner.person if presides else None


def _place(text: Aligned, row: Row, begin: int) -> str | None:
    if row.place:
        trail = TRAIL.match(" " + text.low[row.place[0] : row.place[1]])
        skip = max(0, trail.end() - 1) if trail else 0
        return piece(text, row.place[0] + skip, row.place[1])
    places = list(TRAIL.finditer(text.low, begin, row.stop))
    said = place_said(text, begin, row.stop, loose=True)
    if said and not (places and text.text[places[0].start() : places[0].end()].lstrip().startswith("(")):
        return said
    return piece(text, places[0].end(), row.stop) if places else None
