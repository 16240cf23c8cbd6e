"""The keys by which two articles are known to speak of one event.

A key is made of folded parts (no marks, lower case, single spaces) joined by "|". Keys come strongest first; two events
are one when they share a key and contradict each other in nothing. The form of a meeting is no part: one portal writes
"phiên họp", another "hội nghị".

    meeting   body|ordinal|khoa <term>     with a body, an ordinal and a term of office
              body|ordinal|<year>          the year of the date, else of publishing; "?" where neither is known
              body|<date>                  with a body and a certain date
              ~title|<date>                without a body: the title stands for it
    decision  number|issuer|<year>         the year of the date, else of the number (37/2026/QĐ-UBND), else of
                                           publishing, else "?"; "-" where no issuer is known

A name that is another body's in every province ("UBND tỉnh", "Sở Y tế", "UBND huyện Châu Thành") stands with the
place of the portal that wrote it: its province, else the portal itself. So does a title that names nothing national.

A key longer than 300 characters keeps its beginning, and a hash stands for the rest: a title may be a page long, and
keys are looked up by an index.

A candidate date makes no key: a guess must not join two events. "Chủ tịch UBND tỉnh" and "UBND tỉnh" number their
decisions in one series, so the office of a chair or minister is no part of an issuer's key.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

from config import BODIES, PROVINCES, plain
from monitor.detect.dates import day_of
from monitor.detect.naming import province_body
from storage import DocumentMention, Meeting, When

_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_LONGEST = 300
_OFFICE = re.compile(r"^(?:chu tich (?=ubnd)|bo truong (?=bo ))")
_NEW_YEAR = timedelta(days=45)  # how far from New Year a report without a day may be of the other year

_NAMES = {plain(alias): plain(body.name) for body in BODIES if not body.local for alias in (body.name, *body.aliases)}
# Bodies that every province has, unless their name says that they are the country's.
_LOCAL = re.compile(
    r"(?:thuong truc |van phong |lien tich )*(?:ubnd|hdnd|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo"
    r"|ban thuong vu|ban chap hanh|ban chi dao|ban dieu hanh|ban tuyen giao|ban to chuc|ban noi chinh|ban dan van|so"
    r"|phong|chi cuc|cong an|doan dbqh|uy ban mttq|to cong tac|uy ban$|hoi dong$)(?!\w)"
)
_NATIONAL = re.compile(
    r"\b(?:trung uong|quoc gia|quoc hoi|chinh phu|thu tuong|viet nam|nha nuoc|toan quoc|quoc te|asean|bo chinh tri)\b"
)
_BELOW = re.compile(r"\b(?:huyen|quan|thi xa|phuong|xa|thi tran|dac khu)\b(?! (?:doi|hoi|uy)\b)")
_PROVINCE = re.compile(
    r"(?P<head>.+?)(?P<level> tinh| thanh pho)? (?P<name>"
    + "|".join(sorted(map(plain, PROVINCES), reverse=True))
    + r")$"
)
_LEVEL = re.compile(r" (?:tinh|thanh pho)$")
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def place_key(province: str | None, portal: str) -> str:
    """What stands for a portal's place in keys: "tinh thanh hoa", else "@" and the portal's id."""
    return _part(province_body("", province)) if province else f"@{portal}"


def body_key(body: str | None, place: str | None = None) -> str | None:
    """A body's name as keys hold it; `place` is a `place_key`, and completes a name that every province has."""
    name = _part(body)
    if not name:
        return None
    name = _NAMES.get(name, name)
    if not _LOCAL.match(name):
        return name
    placed = _PROVINCE.match(name)
    below = _BELOW.search(name)
    if placed and (placed["level"] or not below):
        if placed["level"] or placed["head"].endswith(" uy") or placed["head"].endswith("thanh pho"):
            return name
        return f"{placed['head']} {_part(province_body('', placed['name']))}"
    if _NATIONAL.search(name) or place is None:
        return name
    level = _LEVEL.search(name)
    return f"{name.removesuffix(level.group()) if level and place.startswith(level.group().strip()) else name} {place}"


def meeting_keys(meeting: Meeting, published: When | None = None, place: str | None = None) -> tuple[str, ...]:
    """The keys of a meeting, strongest first; empty where nothing tells it from others."""
    day = meeting.date
    body = body_key(meeting.body, place)
    if body is None:
        return (day_key(f"~{_title(meeting.title, place)}", day),) if meeting.title and day else ()
    keys = []
    if meeting.ordinal is not None:
        if meeting.term:
            keys.append(f"{body}|{meeting.ordinal}|khoa {term_key(meeting.term)}")
        shown = day_of(published)
        year = day.year if day else shown.year if shown else "?"
        if year != "?" or not keys:
            keys.append(f"{body}|{meeting.ordinal}|{year}")
    if day:
        keys.append(day_key(body, day))
    return tuple(map(_short, keys))


def day_key(body: str, day: date) -> str:
    """The key of a body's meeting on a day."""
    return _short(f"{body}|{day.isoformat()}")


def further_key(key: str, title: str) -> str:
    """The key of a second event that a key would name too: a body's other meeting on the day."""
    return _short(f"{key}|{_part(title)}")


def other_year_keys(meeting: Meeting, published: When | None = None, place: str | None = None) -> tuple[str, ...]:
    """The keys that a meeting could have been given around New Year by a report without its day. They are only looked
    for: what they find must be near in time."""
    body, around = body_key(meeting.body, place), meeting.date or day_of(published)
    if body is None or meeting.ordinal is None or around is None:
        return ()
    years = {(around - _NEW_YEAR).year, (around + _NEW_YEAR).year} - {around.year}
    return tuple(_short(f"{body}|{meeting.ordinal}|{year}") for year in sorted(years))


def decision_keys(mention: DocumentMention, published: When | None = None, place: str | None = None) -> tuple[str, ...]:
    """The key of a document; a tuple of one, so that both kinds are used alike."""
    written = _YEAR.search(mention.number)
    shown = day_of(published)
    year = mention.date.year if mention.date else written.group(1) if written else shown.year if shown else "?"
    return (_short(f"{_part(mention.number)}|{issuer_key(mention.issuer, place)}|{year}"),)


def issuer_key(issuer: str | None, place: str | None = None) -> str:
    """An issuer as keys hold it; "-" for none, with the place where that is known."""
    return body_key(_OFFICE.sub("", _part(issuer)), place) or f"- {place or ''}".strip()


def term_key(term: str) -> str:
    """A term of office written one way: "19" as "xix"; years stay years."""
    folded = _part(term)
    if not folded.isdecimal() or not 0 < (number := int(folded)) < 90:
        return folded
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _title(title: str | None, place: str | None) -> str:
    folded = _part(title)
    return folded if place is None or _NATIONAL.search(folded) else f"{folded} {place}"


def _short(key: str) -> str:
    if len(key) <= _LONGEST:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{key[: _LONGEST - len(digest) - 1]}#{digest}"


def _part(text: str | None) -> str:
    return plain(text or "").replace("|", " ").strip()
