"""Pages that are their own article: one that is watched for change, and the schedule of a week.

A schedule's page says another week each week at one address. Each week is an article of its own, and what changes
within the week is a revision of it; its address has the week behind it (#week=2026-48), which no server sees.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from config import ListingError, Section, match_key, plain, say
from crawler.dates import day_of, parse_when
from crawler.extraction import extract
from crawler.listing import read_listing
from crawler.rules import article_rules, listing_rules
from crawler.verdicts import refuse_page
from storage import Extraction, ListingEntry, url_key

_WEEK = re.compile(r"\btuan(?: thu| so| le)?:? (\d{1,2})(?!\d)(?:\s*[-/]\s*((?:19|20)\d\d)|,? nam ((?:19|20)\d\d))?")
_ADDRESS = re.compile(r"#week=(\d{4})-(\d\d)$")
_WEEKDAY = re.compile(r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b")  # with marks: "thứ tự" is no day
_DAY = re.compile(r"^\W*(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|(chu nhat|cn))\b")


def week_of(title: str, text: str) -> tuple[int, int] | None:
    """(year, week) of a schedule: the number that it names and the year beside it or of its dates; where it names none,
    the week of its first date. None where it says neither, or no year."""
    key = plain(match_key(title)) + "\n" + plain(match_key(text[:4000]).replace(" | ", "\n"))
    day = parse_when(title) or parse_when(text[:4000])
    day = day_of(day) if day else None
    match = _WEEK.search(key)
    if match and 1 <= int(match[1]) <= 53:
        year = match[2] or match[3] or (_year_of(int(match[1]), day) if day else None)
        return (int(year), int(match[1])) if year else None
    return day.isocalendar()[:2] if day else None


def _year_of(week: int, day: date) -> int:
    """The year of a week that holds a day: week 1 may begin in December."""
    if week == 1 and day.month == 12:
        return day.year + 1
    return day.year - 1 if week >= 52 and day.month == 1 else day.year


def is_schedule(text: str) -> bool:
    """Whether a text goes through the days of a week, each at the beginning of a line."""
    days = {match[1] or "cn" for line in text.splitlines() if (match := _DAY.match(plain(match_key(line))))}
    return len(days) >= 3


def names_time(title: str, text: str) -> bool:
    """Whether a page names a date, a week or a day of one, as a schedule does that is told in prose or in a picture."""
    key = match_key(f"{title}\n{text}")
    return bool(_WEEKDAY.search(key) or _WEEK.search(plain(key)) or parse_when(title) or parse_when(text))


def itself(html: str, *, url: str, status: int, section: Section) -> ListingEntry | None:
    """The article that a watched section's page is, at its address; None for a list of schedules, which is a listing
    like others. CrawlError for a page that can hold no content, and for one in a schedule's place that names no day, unless
    it is expected that it may be empty."""
    read = extract(html, url=url, status=status, rules=article_rules(section), force=True)
    refuse_page(read.page, read.why)
    if section.kind == "page":
        return ListingEntry(section.url, read.title or "")
    if not is_schedule(read.text):
        listing = read_listing(html, url=url, status=status, rules=listing_rules(section))
        if listing.page == "listing" and listing.entries:
            return None
        if section.expect.min_entries and not (read.attachments or names_time(read.title or "", read.text)):
            raise ListingError(say("the page names no day of a week, and no file is behind it"))
    address = address_of_week(section.url, week_of(read.title or "", read.text))
    return ListingEntry(address, of_week(read, address).title or "")


def address_of_week(url: str, week: tuple[int, int] | None) -> str:
    """The address of a week's schedule; the page's own where no week is named."""
    return f"{url.partition('#')[0]}#week={week[0]}-{week[1]:02d}" if week else url


def is_page(url: str, section: Section) -> bool:
    """Whether an address is a watched section's own page, in whatever week."""
    return url_key(url.partition("#")[0]) == url_key(section.url)


def of_week(extraction: Extraction, url: str) -> Extraction:
    """A watched page as an article, whatever its class. A schedule has its week's address, and the week in its title,
    since portals call each of them "Lịch công tác"."""
    if extraction.page == "listing":
        extraction = replace(extraction, page="article")
    match = _ADDRESS.search(url)
    if match is None:
        return extraction
    title = extraction.title or "Lịch công tác"
    if not _WEEK.search(plain(match_key(title))):
        title = f"{title} (tuần {int(match[2])} năm {match[1]})"
    return replace(extraction, url=url, title=title)
