"""When a page says that it was published: the formats of Vietnamese portals, in Hanoi time, and nothing invented.

A generic date finder gave 38 of 86 pages of one portal the date of the mirroring tool's comment, and every page with a
clock "today". So a date counts only where something says what it is: a label, a place, a trustworthy field, the URL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config import match_key, plain, tidy
from crawler.markup import select, text_of
from storage import When

HANOI = timezone(timedelta(hours=7))

_SEP = r"\s*[/.\-–]\s*"
_ISO = re.compile(
    r"(?<![\d/])(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"(?:[T ]\s*(?P<h>\d{1,2}):(?P<n>\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?P<z>Z|[+-]\d{2}:?\d{2})?)?(?![\d/])"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d/.,])(?P<d>\d{{1,2}})(?P<s>{_SEP})(?P<m>\d{{1,2}}){_SEP}(?P<y>(?:19|20)\d\d)(?![\d/])"
)
_WORDS = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*,?\s*(?:năm\s+)?(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<m>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_ENGLISH = re.compile(
    rf"(?<![a-z]){_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_ENGLISH_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<y>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_TIME = re.compile(
    r"(?<![\d/.,])(?P<h>\d{1,2})\s*(?::|h|giờ|g)\s*(?P<n>[0-5]\d)(?:\s*(?:phút|p\b)|:[0-5]\d)?"
    r"(?![\d/:])\s*(?P<half>(?:SA|CH|AM|PM)(?-i:(?![a-z]))|sáng|chiều|tối)?",
    re.IGNORECASE,
)
_TIME_LAST = re.compile(_TIME.pattern + r"[\s,|–-]*(?:ngày\s*)?$", re.IGNORECASE)
_WEEKDAY = r"(?:thứ|th)\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|cn|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
# What may stand in a line that is only a date: weekdays, "ngày", "lúc", a zone, brackets and dashes.
_AROUND = re.compile(rf"(?:{_WEEKDAY}|ngày|lúc|vào|hồi|gmt\s*[+-]?\s*\d+|[\W_])+", re.IGNORECASE)

_PUBLISHED = (
    r"(?:ngày|thời gian|giờ)\s*(?:đăng(?:\s*(?:tin|bài|tải))?|xuất bản|đưa tin|post)|"
    r"(?:được\s*)?đăng\s*(?:tải\s*)?(?:ngày|lúc|vào|tin|bài)(?:\s*(?:ngày|lúc))?|"
    r"(?:được\s*)?đăng(?=\s*:)|xuất bản(?:\s*(?:ngày|lúc|vào))?|(?:post(?:ed)?|published|publish)(?:\s*(?:on|at|date))?|publication date|date posted"
)
_UPDATED = (
    r"(?:(?:ngày|thời gian|lần)\s*)?(?:cập nhật|sửa đổi|chỉnh sửa)(?:\s*(?:lần cuối|mới nhất|gần nhất|cuối))?"
    r"(?:\s*(?:ngày|lúc|vào|vào lúc|hồi))?|(?:last\s*)?(?:updated|modified|update)(?:\s*(?:on|at))?"
)
# A label stands at the start of a line or after a separator, and the date comes right after it.
_LEAD = r"(?:^|[|(\[•·,;–-]\s*|\s{1,2})"
_GAP = rf"\s*(?:[:：\-–|]|\()?\s*(?:(?:{_WEEKDAY}|ngày|lúc|vào|hồi)?[\s,:–|()-]*){{0,4}}"
_LABELS = {
    "published": re.compile(rf"{_LEAD}(?:{_PUBLISHED}){_GAP}$", re.IGNORECASE),
    "updated": re.compile(rf"{_LEAD}(?:{_UPDATED}){_GAP}$", re.IGNORECASE),
}


# --- one text -----------------------------------------------------------------------------------------------


def parse_when(text: str) -> When | None:
    """The first date of a text, with its time of day where one stands beside it. Midnight means "no time known"."""
    found = _find(tidy(text))
    return found[0] if found else None


def day_of(when: When) -> date:
    """The day of a moment, or the day itself."""
    return when.date() if isinstance(when, datetime) else when


def before(when: When | None, day: date) -> bool:
    """Whether something is known to be from before a day."""
    return when is not None and day_of(when) < day


def is_date_line(text: str) -> bool:
    """True when a line says a date and nothing else: "Thứ tư - 28/12/2022 08:15"."""
    text = tidy(text)
    if len(text) > 70 or (found := _find(text)) is None:
        return False
    rest = text[: found[1]] + " " + text[found[2] :]
    rest = _TIME.sub(" ", rest)
    return len(_AROUND.sub("", rest)) == 0


def labelled(text: str) -> tuple[str, When] | None:
    """("published" or "updated", when) for a line with a labelled date: "Cập nhật: Thứ ba, 09/08/2022"."""
    answers = all_labelled(text)
    return answers[0] if answers else None


def all_labelled(text: str) -> list[tuple[str, When]]:
    """Every labelled date of a line, in its order."""
    text = tidy(text)
    answers: list[tuple[str, When]] = []
    start = 0
    while (found := _find(text, start)) is not None and len(answers) < 4:
        when, begin, end = found
        before = text[max(start, begin - 70) : begin]
        # "Ngày đăng: 11:38 08/07/2024": the time may stand between the label and the date.
        before = _TIME_LAST.sub("", before)
        for name, pattern in _LABELS.items():
            if pattern.search(before) and len(text) < 300:
                answers.append((name, when))
                break
        start = end
    return answers


def label_only(text: str) -> str | None:
    """ "published" or "updated" when a line is only the label and the date comes on the next one."""
    if len(text) > 40:
        return None
    for name, pattern in _LABELS.items():
        if (match := pattern.search(tidy(text))) and not text[: match.start()].strip(" |•"):
            return name
    return None


def _find(text: str, start: int = 0) -> tuple[When, int, int] | None:
    best: tuple[When, int, int] | None = None
    for pattern in (_ISO, _DAY_FIRST, _WORDS, _ENGLISH, _ENGLISH_DAY_FIRST):
        for match in pattern.finditer(text, start):
            if best is not None and match.start() >= best[1]:
                break
            day = _day(match["y"], match["m"], match["d"])
            if day is None:
                continue
            if pattern is _ISO:
                best = (_stamp(day, match["h"], match["n"], None, match["z"]), match.start(), match.end())
                if match["h"] is not None:
                    break
            when, end = _with_time(text, day, match.start(), match.end())
            best = (when, match.start(), end)
            break
    return best


def _with_time(text: str, day: date, begin: int, end: int) -> tuple[When, int]:
    after = _TIME.match(text, _skip(text, end))
    if after and (when := _stamp(day, after["h"], after["n"], after["half"], None)):
        return when, after.end()
    for before in _TIME.finditer(text, max(0, begin - 40), begin):
        between = text[before.end() : begin]
        if len(_AROUND.sub("", between)) == 0:
            return _stamp(day, before["h"], before["n"], before["half"], None), end
    return day, end


def _skip(text: str, at: int) -> int:
    gap = re.compile(r"[\s|,\-–()]*(?:lúc|vào lúc|hồi|at)?[\s:]*", re.IGNORECASE).match(text, at)
    return gap.end() if gap else at


def _day(year: str, month: str, day: str) -> date | None:
    try:
        number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return found if 1990 <= found.year < 2100 else None


def _stamp(day: date, hour: str | None, minute: str | None, half: str | None, zone: str | None) -> When:
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return day
    hours = int(hour)
    afternoon = (half or "").upper() in {"CH", "PM", "CHIỀU", "TỐI"}
    if afternoon and hours < 12:
        hours += 12
    elif half and not afternoon and hours == 12:
        hours = 0
    # Portals stamp 00:00 (12:00 AM) where nobody gave a time.
    if (hours, int(minute)) == (0, 0) and zone in (None, "+07:00", "+0700"):
        return day
    stamp = datetime(day.year, day.month, day.day, hours, int(minute), tzinfo=HANOI)
    if zone and zone not in ("+07:00", "+0700"):
        offset = timedelta(0)
        if zone != "Z":
            sign = -1 if zone[0] == "-" else 1
            offset = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        stamp = stamp.replace(tzinfo=timezone(offset)).astimezone(HANOI)
    return stamp


# --- the address --------------------------------------------------------------------------------------------

_URL_DAY = re.compile(r"/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?:/|$)")
_URL_FULL = re.compile(r"-(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d*\.(?:html?|chn|aspx)$", re.IGNORECASE)
_URL_VCCORP = re.compile(r"-\d{3}(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}\.(?:html?|chn)$", re.IGNORECASE)


def url_date(url: str) -> When | None:
    """The date that an address carries: /2023-11-11/, tuoitre's 20200925144413052, VCCorp's 119250713214008704."""
    path = urlsplit(url).path
    for pattern, century in ((_URL_FULL, ""), (_URL_VCCORP, "20")):
        if (match := pattern.search(path)) and (day := _day(century + match[1], match[2], match[3])):
            if int(match[4]) > 23 or int(match[5]) > 59 or int(match[6]) > 59:
                continue
            return _stamp(day, match[4], match[5], None, None)
    if match := _URL_DAY.search(path):
        return _day(match[1], match[2], match[3])
    return None


# --- the page -----------------------------------------------------------------------------------------------


def publish_date(
    doc: HtmlElement, *, url: str, selector: str | None = None, lines: Iterable[str] | None = None
) -> When | None:
    """When a page says it was published, or None.

    A given selector wins, then a labelled date ("Ngày đăng", else "Cập nhật") in `lines` (the lines around the
    article; the whole page when not given), then the page's own metadata where it is the article's, then the URL.
    """
    if selector:
        for node in select(doc, selector):
            if when := selected_date(node):
                return when
        return None
    if lines is None:
        from crawler.boilerplate import survey

        lines = [line.text for line in survey(doc).lines if line.drop is None]
    stamps = labelled_dates(lines)
    return stamps.get("published") or stamps.get("updated") or metadata_date(doc) or url_date(url)


def selected_date(node: HtmlElement) -> When | None:
    """The date of a node that a selector named: its datetime or content attribute, else its text."""
    for name in ("datetime", "content", "title"):
        if (value := node.get(name)) and (when := parse_when(value)):
            return when
    return parse_when(text_of(node))


def labelled_dates(lines: Iterable[str]) -> dict[str, When]:
    """The first labelled date of each sort in some lines: {"published": when, "updated": when}."""
    stamps: dict[str, When] = {}
    waiting: str | None = None
    for text in lines:
        text = text.replace(" | ", " ") if text.count(" | ") == 1 and label_only(text.split(" | ")[0]) else text
        found = all_labelled(text)
        if not found and waiting and is_date_line(text) and (when := parse_when(text)):
            found = [(waiting, when)]
        for name, when in found:
            stamps.setdefault(name, when)
        waiting = label_only(text)
    return stamps


def metadata_date(doc: HtmlElement, key: str = "published") -> When | None:
    """The date in a page's JSON-LD or meta, where that describes an article; og:updated_time is a build time."""
    names = {"published": ("datePublished",), "updated": ("dateModified",)}[key]
    articles = list(_articles(doc))
    for thing in articles:
        for name in names:
            if isinstance(value := thing.get(name), str) and (when := parse_when(value)):
                return when
    if key == "updated":
        return None
    wanted = {"article:published_time", "datepublished", "pubdate", "dc.date.issued", "publishdate"}
    for meta in doc.iter("meta"):
        name = (meta.get("property") or meta.get("itemprop") or meta.get("name") or "").lower()
        if name in wanted and (when := parse_when(meta.get("content") or "")):
            return when
    for node in doc.iter("time", "span", "div"):
        if (node.get("itemprop") or "").lower() == "datepublished" and (when := selected_date(node)):
            return when
    return None


def _articles(doc: HtmlElement) -> Iterator[dict[str, object]]:
    for script in doc.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            pending = [json.loads(script.text_content(), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(200):
            if not pending:
                break
            thing = pending.pop(0)
            if isinstance(thing, list):
                pending.extend(thing)
            elif isinstance(thing, dict):
                kind = thing.get("@type")
                kinds = kind if isinstance(kind, list) else [kind]
                if any(isinstance(each, str) and each.endswith(("Article", "Posting")) for each in kinds):
                    yield thing
                graph = thing.get("@graph")
                pending.extend(graph if isinstance(graph, list) else [])


def stamp_label(text: str) -> bool:
    """True for the words that stand before a date and are no content: "Ngày đăng", "Cập nhật lúc"."""
    return label_only(text) is not None or plain(match_key(text)).strip(" :") in {"ngay", "thoi gian", "date"}
