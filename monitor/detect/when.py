"""When one meeting is: its day, the hour and the part of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from monitor.detect.claims import Claim, opening_day, other_day
from monitor.detect.dates import (
    DayFound,
    clock_in,
    date_value,
    days_in,
    part_of,
    relative_day,
    settle,
    with_year_of_range,
)
from monitor.detect.status import NOTICE, TARGET
from monitor.detect.told import GOES_ON, REPORT_REACH, Told

_PLANNED = re.compile(
    r"(?<!\w)(?:vào|dự kiến|tổ chức|diễn ra|theo lịch|họp|lịch|khai mạc|lúc|hồi)[\s,(]*(?:lúc\s[^,;.]{1,20},?\s*)?$"
)
_YEAR_SAID = re.compile(r"(?<!\w)(?:năm\s+|tháng\s+\d{1,2}\s?[/.-]\s?)((?:19|20)\d\d)(?!\d)")
_SUMMING = re.compile(r"(?<!\w)tổng kết[^.;]{0,60}?năm\s+((?:19|20)\d\d)")
_STARTS = re.compile(r"(?<!\w)(?:khai mạc|bắt đầu|diễn ra|có mặt|ấn định)(?!\w)[^.;\n]{0,30}?(?:lúc|hồi|từ|vào)\s")
_OPENS = re.compile(r"(?<!\w)khai mạc(?!\w)")
_CLOSES = re.compile(r"(?<!\w)(?:bế mạc|kết thúc|hoàn thành|thành công)(?!\w)")


def day_found(told: Told, disruption: str | None) -> DayFound | None:
    """The day of the meeting as it is written; the new one where it was moved."""
    return next(_days(told, disruption), None)


def _days(told: Told, disruption: str | None) -> Iterator[DayFound]:
    body = told.body.low
    if disruption == "moved":
        whole = told.title_and_lead
        for target in TARGET.finditer(whole):
            yield from _days_with_year(whole, max(0, target.end() - 8), target.end() + 60)
    if told.time_line:
        yield from _days_with_year(body, *told.time_line)
    if any(_CLOSES.search(c.text.low, c.begin, c.end) for c in told.lead_first):
        yield from _opened(told)
    for claim in told.lead_first:
        yield from _days_of(told, claim, disruption)
    going_ahead = disruption in (None, "moved")  # else a notice opens with its own day
    if going_ahead and all(claim.title for claim in told.claims):
        for start, end in told.reading.lead[:2]:
            if (opening := opening_day(body, start, end)) and opening.start - start < 40:
                yield with_year_of_range(body, opening)
    for _, start, end in told.further:
        for day in _days_with_year(body, start, end):
            if not other_day(body, start, day):
                yield day
    if going_ahead and told.first.title and NOTICE.search(told.reading.title.low):
        for start, end in told.reading.lead:
            yield from (day for day in _days_with_year(body, start, end) if not other_day(body, start, day))
    if disruption:
        whole = told.title_and_lead
        for day in _days_with_year(whole, 0, len(whole)):
            if _PLANNED.search(whole, max(0, day.start - 40), day.start):
                yield day


def _opened(told: Told) -> Iterator[DayFound]:
    """The first day of a meeting that is over: "Kỳ họp khai mạc sáng 8/7/2026"."""
    for start, end in told.reading.lead:
        if (opened := _OPENS.search(told.body.low, start, end)) and GOES_ON.match(told.body.low, start, end):
            yield from _days_with_year(told.body.low, opened.end(), min(end, opened.end() + 70))


def _days_of(told: Told, claim: Claim, disruption: str | None) -> Iterator[DayFound]:
    low, phrase = claim.text.low, claim.phrase
    opening = None if claim.title else opening_day(low, claim.start, phrase.start)
    if opening and (disruption in (None, "moved") or phrase.start - opening.end < 12):
        yield with_year_of_range(low, opening)
    # A notice of postponing opens with its own day: "Ngày 14-7-2021, UBND tỉnh vừa có thông báo tạm hoãn".
    begin = phrase.start if disruption in ("postponed", "cancelled") else claim.start
    for day in _days_with_year(low, begin, claim.end):
        if not other_day(low, claim.start, day):
            yield day


def settled_day(told: Told, found: DayFound | None, *, notice: bool) -> tuple[date | None, date | None, str | None]:
    """The day, the candidate of a day without a year, and the part of the day told with it."""
    published = told.published or (date_value(told.reading.posted) if told.reading.posted else None)
    if found is None:
        if published:
            for claim in told.lead_first:
                if away := relative_day(claim.text.low, claim.start, claim.end, published):
                    return away[0], None, away[1]
        return None, None, None
    day = settle(found, published, notice=notice)
    return day, None if day else _candidate(told, found), found.part_of_day


def _candidate(told: Told, found: DayFound) -> date | None:
    """The best guess of a day without a year: "tổng kết năm 2023" in December is of 2023, in January of 2024."""
    if summing := _SUMMING.search(told.title_and_lead):
        return found.in_year(int(summing.group(1)) + (1 if found.month <= 6 else 0))
    years = [int(year) for year in _YEAR_SAID.findall(told.title_and_lead)] or [
        int(year) for year in _YEAR_SAID.findall(told.body.low[:20_000])
    ]
    return found.in_year(max(set(years), key=years.count)) if years else None


def clock_told(told: Told, disruption: str | None) -> str | None:
    """The hour that it begins at, "HH:MM"; the new one where it was moved."""
    low = told.body.low
    if disruption == "moved":
        for target in TARGET.finditer(low, 0, REPORT_REACH):
            if clock := clock_in(low, target.end() - 1, target.end() + 40):
                return clock
    if told.time_line and (clock := clock_in(low, *told.time_line)):
        return clock
    for text, start, end in (*told.extents(), *told.further):
        if clock := clock_in(text.low, start, end):
            return clock
    if NOTICE.search(told.reading.title.low):
        for start, end in told.reading.lead:
            if any(days_in(low, start, end)) and (clock := clock_in(low, start, end)):
                return clock
    for start, end in told.reading.lead:
        if (starts := _STARTS.search(low, start, end)) and (clock := clock_in(low, starts.end(), starts.end() + 20)):
            return clock
    return None


def part_told(told: Told) -> str | None:
    """The part of the day that a claim names."""
    for text, start, end in ((c.text, c.start, c.end) for c in told.lead_first):
        if part := part_of(text.low, start, end):
            return part
    return None


def _days_with_year(low: str, start: int, end: int) -> Iterator[DayFound]:
    for day in days_in(low, start, end):
        yield with_year_of_range(low, day)
