"""The keys by which two articles are known to speak of one event.

A key is made of folded parts (no marks, lower case, single spaces) joined by "|". Keys come strongest first; two events
are one when they share a key. The form of a meeting is no part: one portal writes "phiên họp", another "hội nghị".

    meeting   body|ordinal|khoa <term>     with a body, an ordinal and a term of office
              body|ordinal|<year>          the year of the date, else of publishing; "?" where neither is known
              body|<date>                  with a body and a certain date
              ~title|<date>                without a body: the title stands for it
    decision  number|issuer|<year>         the year of the date, else of the number (37/2026/QĐ-UBND), else of
                                           publishing, else "?"; "-" where no issuer is known

A key longer than 300 characters keeps its beginning, and a hash stands for the rest: a title may be a page long, and
keys are looked up by an index.

A candidate date makes no key: a guess must not join two events. "Chủ tịch UBND tỉnh" and "UBND tỉnh" number their
decisions in one series, so the office of a chair or minister is no part of an issuer's key.
"""

from __future__ import annotations

import hashlib
import re

from config import plain
from monitor.detect.dates import day_of
from storage import DocumentMention, Meeting, When

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_LONGEST = 300
_OFFICE = re.compile(r"^(?:chu tich (?=ubnd)|bo truong (?=bo ))")


def meeting_keys(meeting: Meeting, published: When | None = None) -> tuple[str, ...]:
    """The keys of a meeting, strongest first; empty where nothing tells it from others."""
    day = meeting.date
    if not meeting.body:
        return (_short(f"~{_part(meeting.title)}|{day.isoformat()}"),) if meeting.title and day else ()
    body = _part(meeting.body)
    keys = []
    if meeting.ordinal is not None:
        if meeting.term:
            keys.append(f"{body}|{meeting.ordinal}|khoa {_part(meeting.term)}")
        shown = day_of(published)
        year = day.year if day else shown.year if shown else "?"
        if year != "?" or not keys:
            keys.append(f"{body}|{meeting.ordinal}|{year}")
    if day:
        keys.append(f"{body}|{day.isoformat()}")
    return tuple(map(_short, keys))


def decision_keys(mention: DocumentMention, published: When | None = None) -> tuple[str, ...]:
    """The key of a document; a tuple of one, so that both kinds are used alike."""
    issuer = _OFFICE.sub("", _part(mention.issuer)) or "-"
    written = _YEAR.search(mention.number)
    shown = day_of(published)
    year = mention.date.year if mention.date else written.group(1) if written else shown.year if shown else "?"
    return (_short(f"{_part(mention.number)}|{issuer}|{year}"),)


def _short(key: str) -> str:
    if len(key) <= _LONGEST:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[: _LONGEST - len(digest) - 1]}#{digest}"


def _part(text: str | None) -> str:
    return plain(text or "").replace("|", " ").strip()
