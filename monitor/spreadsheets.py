"""Articles, events and documents as CSV for spreadsheets. Pure.

Crawled text is hostile here too: a cell that a spreadsheet would take for a formula is given an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MEETING = ("form", "body", "ordinal", "term", "period", "date", "time", "part_of_day", "place", "chair", "mode")
_DOCUMENT = ("number", "type", "issuer")


def _article(row: Row) -> Row:
    return {name: row[name] for name in _ARTICLE}


def _event(row: Row) -> Row:
    meeting = row["meeting"] or {}
    document: Row = next((each for each in row["documents"] if row["kind"] == "decision"), {})
    reports = row["articles"]
    return {
        **{name: row[name] for name in ("id", "kind", "title", "first_seen", "status")},
        **{name: meeting.get(name) for name in _MEETING},
        **{name: document.get(name) for name in _DOCUMENT},
        "issued_on": document.get("date"),
        "portals": list(dict.fromkeys(report["portal"] for report in reports)),
        "urls": [report["url"] for report in reports],
        "key": row["key"],
    }


def _document(row: Row) -> Row:
    return {name: row[name] for name in _REGISTER}


_ARTICLE = (
    "id",
    "portal",
    "section",
    "published",
    "first_seen",
    "title",
    "url",
    "revision",
    "duplicate_of",
    "withdrawn",
)
_EVENT = ("id", "kind", "title", "first_seen", "status", *_MEETING, *_DOCUMENT, "issued_on", "portals", "urls", "key")
_REGISTER = ("number", "type", "issuer", "date", "first_seen", "issued_in", "cited_by")
SHEETS: dict[str, tuple[tuple[str, ...], Callable[[Row], Row]]] = {
    "articles": (_ARTICLE, _article),
    "events": (_EVENT, _event),
    "documents": (_REGISTER, _document),
}


def csv_lines(what: str, rows: Iterable[Row], zone: str) -> Iterator[bytes]:
    """The rows of `articles`, `events` or `documents`, as the commands of these names give them, as lines of CSV.

    UTF-8 with the mark by which spreadsheets know it, times in the zone; several values in one cell stand one a line.
    """
    names, flat = SHEETS[what]
    hours = ZoneInfo(zone)
    yield b"\xef\xbb\xbf" + _line(names)
    for row in rows:
        cells = flat(row)
        yield _line([_cell(cells[name], hours) for name in names])


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: Any, zone: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case list() | tuple():
            return "\n".join(_cell(each, zone) for each in value)
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value)
