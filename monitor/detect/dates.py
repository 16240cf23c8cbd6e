"""Days and hours in Vietnamese text: "Sáng 08/8", "ngày 16 tháng 6 năm 2022", "14 giờ 00, ngày 20/11/2026".

A small grammar of our own: general date libraries read "14 giờ 00 ngày 20/11/2026" as another day, in silence. All
patterns read the lower-case text of an `Aligned`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

_HANOI = timezone(timedelta(hours=7))
_FAR, _SOON = 240, 75  # days

_GAP = r"\s{0,2}"
_DAY = (
    rf"(?P<day>\d{{1,2}})(?:{_GAP}(?:-|và|đến|,|&){_GAP}(?:(?:hết )?ngày\s)?\d{{1,2}}(?={_GAP}(?:[/.-]|tháng)))?"
    rf"(?:{_GAP}(?P<mark>[/.-]){_GAP}(?P<month>\d{{1,2}})(?:{_GAP}(?P=mark){_GAP}(?P<year>\d{{4}}))?"
    rf"|\s{{1,3}}tháng\s{{1,3}}(?P<month_word>\d{{1,2}})"
    rf"(?:{_GAP},?{_GAP}năm\s{{1,3}}(?P<year_word>\d{{4}})|{_GAP}[/.-]{_GAP}(?P<year_slash>\d{{4}}))?)"
    r"(?![\d%])(?!\s?[/.-]\s?\d)"
)
PARTS = {
    "rạng sáng": "morning",
    "sáng": "morning",
    "trưa": "noon",
    "chiều": "afternoon",
    "tối": "evening",
    "đêm": "evening",
}
_WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5, "chủ nhật": 6,
}  # fmt: skip
_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)"
_WEEKDAY_NAME = re.compile(rf"(?<!\w){_WEEKDAY}(?!\w)")
_HOUR = r"(?:\d{1,2}\s?(?:giờ|g|h)\s?(?:\d\d)?(?:\s?(?:phút|p))?|\d{1,2}:\d\d)"
_BEHIND = rf"(?:\s{{0,2}}[,(]{{1,2}}\s?(?P<behind>{_WEEKDAY})(?!\w))?"
# What makes "08/8" a day and not a rate (12/15 chỉ tiêu): a word before it, an hour, or that it opens a range.
_LEADING = re.compile(
    rf"(?<!\w)(?:(?P<part>rạng sáng|sáng|trưa|chiều|tối|đêm)|ngày|hôm|{_WEEKDAY}|{_HOUR}|(?:việc|tuần|này|tới|qua|trước|đó)(?=\s\(\d{{1,2}}/\d{{1,2}}\))"
    rf"|(?:sang|vào)(?=\s+\d{{1,2}}\s?[/.-]\s?\d{{1,2}}(?![\d/])(?!\s(?:số|tổng|diện|dân|lượng)))"
    rf"|từ(?=\s+\d{{1,2}}\s?/\s?\d{{1,2}}(?:/\d{{4}})?\s?(?:đến|tới|-)))"
    rf"(?:\s+(?:nay|qua|mai|cùng|tới|sớm|muộn))?[\s,(]{{0,3}}(?:{_WEEKDAY}[\s,(]{{0,3}})?"
    rf"(?:(?:các\s+)?ngày[\s:(]{{0,3}}(?:{_WEEKDAY}[\s,(]{{0,3}})?)?{_DAY}{_BEHIND}"
)
_FULL = re.compile(rf"(?<![\w/.,-])(?<!\d\s)(?:{_WEEKDAY}[\s,]{{0,3}})?{_DAY}{_BEHIND}")
_AFTER = re.compile(rf"[\s,.(:;-]{{0,4}}(?:của\s[^,;.()\n\d]{{3,70}}?\s)?(?:ký\s)?ngày[\s:]{{0,3}}{_DAY}")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_ENGLISH = re.compile(
    rf"[\s,]{{0,3}}(?:dated|of)\s(?P<month>{'|'.join(_MONTHS)})\s(?P<day>\d{{1,2}}),?\s(?P<year>(?:19|20)\d\d)(?!\d)"
)
_BARE = re.compile(_DAY)
_CLOCK = re.compile(
    r"(?<![\w/.:])(?:(?P<hour>[01]?\d|2[0-4])\s?(?:giờ|g|h)(?![^\W\d])"
    r"(?:\s?(?P<minute>[0-5]\d)(?![\d/])(?:\s?(?:phút|p|'|’))?|\s(?P<half>rưỡi))?"
    r"|(?P<hour2>[01]?\d|2[0-3]):(?P<minute2>[0-5]\d)(?![\d:]))(?:\s?,?\s?(?P<part>sáng|trưa|chiều|tối|đêm)(?!\w))?"
)
_LIMIT = re.compile(r"(?<!\w)(?:trước|chậm nhất|đến|hạn)\s+(?:lúc\s+)?$")  # "gửi trước 17h00", "đến 11 giờ 30"
_PART_WORD = re.compile(
    r"(?<!\w)(?:(?<!đến )buổi\s+(sáng|trưa|chiều|tối)(?!\w)"
    r"|(?<!đến )(sáng|trưa|chiều|tối)(?=\s+(?:nay|ngày|\d|qua|mai|cùng|thứ|chủ nhật)))"
)
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?P<part>sáng|trưa|chiều|tối|đêm)(?:\s+(?:ngày|hôm))?|ngày|hôm)\s+(?P<which>nay|qua|mai)(?!\w)(?!,?\s?\(?\d)"
)
_AWAY = {"nay": 0, "qua": -1, "mai": 1}
_RANGE = re.compile(r"[\s,)]{0,3}(?:đến|tới|-|và|,)\s+(?:hết\s+|\w{2,5}\s+)?(?=ngày|\d)")


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day as written: offsets in the text, day and month, the rest where it is said."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    part_of_day: str | None = None
    weekday: int | None = None

    def in_year(self, year: int) -> date | None:
        """The day in a year; None for 29/2 in most of them."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def day_of(when: date | datetime | None) -> date | None:
    """The day in Hanoi of a date or a datetime."""
    if isinstance(when, datetime):
        return (when.astimezone(_HANOI) if when.tzinfo else when).date()
    return when


def days_in(low: str, start: int = 0, end: int | None = None) -> Iterator[DayFound]:
    """The days written between two offsets, in order: whole dates, and day/month behind a word that makes it one."""
    end = len(low) if end is None else end
    position = start
    leading, full = _LEADING.search(low, start, end), _full(low, start, end)
    while leading or full:
        match = leading if leading and (full is None or leading.start() <= full.start()) else full
        assert match is not None
        if found := _found(match):
            yield found
        position = match.end()
        if leading and leading.start() < position:
            leading = _LEADING.search(low, position, end)
        if full and full.start() < position:
            full = _full(low, position, end)


def _full(low: str, position: int, end: int) -> re.Match[str] | None:
    while match := _FULL.search(low, position, end):
        if match["year"] or match["year_word"] or match["year_slash"] or match["month_word"]:
            return match
        position = match.end()
    return None


def _found(match: re.Match[str]) -> DayFound | None:
    groups = match.groupdict()
    year = groups["year"] or groups["year_word"] or groups["year_slash"]
    month = int(groups["month"] or groups["month_word"])
    day = int(groups["day"])
    named = _WEEKDAY_NAME.search(match.group())
    weekday = _WEEKDAYS.get(" ".join(named.group().removeprefix("thứ").split())) if named else None
    part = PARTS.get(groups.get("part") or "")
    found = DayFound(match.start(), match.end(), day, month, int(year) if year else None, part, weekday)
    if found.year is not None and not 1945 <= found.year <= 2100:
        return None
    return found if found.in_year(found.year or 2024) else None


def date_after(low: str, end: int) -> date | None:
    """The whole date that follows at once: "ngày 03/6/2020", ", ngày 17/02/2022", "của UBND tỉnh ngày 5/5/2024"."""
    found = day_after(low, end)
    return found.in_year(found.year) if found and found.year else None


def day_after(low: str, end: int) -> DayFound | None:
    """The day that follows at once, with its year or without: "ngày 08/5"."""
    if match := _AFTER.match(low, end, end + 160):
        return _found(match)
    if match := _ENGLISH.match(low, end, end + 40):
        return DayFound(
            match.start(), match.end(), int(match["day"]), _MONTHS.index(match["month"]) + 1, int(match["year"])
        )
    return None


def date_value(text: str) -> date | None:
    """The date of a field's value: "05/05/2024", "05 tháng 5 năm 2024", "ngày 5-5-2024"."""
    match = _BARE.search(text.lower()[:80])
    found = _found(match) if match else None
    return found.in_year(found.year) if found and found.year else None


def weekday_in(low: str, start: int, end: int) -> tuple[int, int] | None:
    """The first weekday between two offsets, Monday being 0, and where its name ends."""
    match = _WEEKDAY_NAME.search(low, start, end)
    if match is None:
        return None
    return _WEEKDAYS[" ".join(match.group().removeprefix("thứ").split())], match.end()


def clock_in(low: str, start: int, end: int) -> str | None:
    """The first hour between two offsets as "HH:MM"; an hour that is a limit ("trước 17h00") is none."""
    for match in _CLOCK.finditer(low, start, end):
        hour = int(match["hour"] or match["hour2"])
        if hour < 24 and not _LIMIT.search(low, max(start, match.start() - 20), match.start()):
            if hour < 12 and match["part"] in ("chiều", "tối"):
                hour += 12  # "2 giờ chiều"
            return f"{hour:02d}:{'30' if match['half'] else match['minute'] or match['minute2'] or '00'}"
    return None


def part_of(low: str, start: int, end: int) -> str | None:
    """The part of the day named between two offsets: "Sáng nay", "buổi chiều ngày 5/5"."""
    match = _PART_WORD.search(low, start, end)
    return PARTS[match.group(1) or match.group(2)] if match else None


def relative_day(low: str, start: int, end: int, published: date) -> tuple[date, str | None] | None:
    """The day told by its distance from the day of publishing, and the part of the day: "chiều nay", "ngày mai"."""
    match = _RELATIVE.search(low, start, end)
    if match is None:
        return None
    return published + timedelta(days=_AWAY[match["which"]]), PARTS.get(match["part"] or "")


def part_of_clock(clock: str) -> str:
    """The part of the day that an hour belongs to, in office words: 11:30 is noon, 13:00 afternoon."""
    hour = clock[:5]
    if hour < "11:00":
        return "morning"
    return "noon" if hour < "13:00" else "afternoon" if hour < "18:00" else "evening"


def with_year_of_range(low: str, found: DayFound) -> DayFound:
    """The day with the year of the end of its range: "từ ngày 08/7 đến trưa ngày 10/7/2026"."""
    if found.year is not None or not (link := _RANGE.match(low, found.end, found.end + 24)):
        return found
    last = next(days_in(low, link.end(), link.end() + 30), None)
    if last is None or last.year is None or last.start > link.end() + 12:
        return found
    return replace(found, year=last.year - (found.month > last.month))


def settle(found: DayFound, published: date | None, *, notice: bool) -> date | None:
    """The day with its year: the stated one, else inferred from the day of publishing; None without either.

    A report tells of a day not more than one after its publishing, a notice of one not more than seven before: so
    "Chiều 28/12" published on 2 January is of the year before. A weekday that is written must fit. A report of a day
    that was nearly a year ago is a notice of the day that comes soon, and the other way round.
    """
    if found.year is not None:
        return found.in_year(found.year)
    if published is None:
        return None
    days = [day for year in range(published.year - 1, published.year + 2) if (day := found.in_year(year))]
    if found.weekday is not None:
        days = [day for day in days if day.weekday() == found.weekday] or days
    ahead = min((day for day in days if day >= published - timedelta(days=7)), default=None)
    past = max((day for day in days if day <= published + timedelta(days=1)), default=None)
    if ahead is None or past is None:
        return (ahead or past) if found.weekday is not None else ahead if notice else past
    if notice:
        return past if (ahead - published).days > _FAR and (published - past).days < _SOON else ahead
    return ahead if (published - past).days > _FAR and (ahead - published).days < _SOON else past
