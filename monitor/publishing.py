"""What programs are given that come and ask: feeds of what a subscription was told, and a calendar of meetings. Pure.

The same always gives the same: ids rest on an event's own key, which it keeps for life, and no clock is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import feedgenerator
import icalendar

from monitor.escaping import clean, web_link
from storage import AlertRecord, EventRecord

FORMATS = ("atom", "rss", "json")
_STATUSES = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}  # RFC 5545, 3.8.1.11; all others stand
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One alert as feeds carry it."""

    id: str
    title: str
    html: str
    text: str
    url: str | None
    moment: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title, its address where it has one, its language, and its entries, newest first."""

    id: str
    title: str
    address: str | None
    language: str
    entries: Sequence[FeedEntry]


def entry_of(alert: AlertRecord, title: str, html: str, text: str) -> FeedEntry:
    """The entry of an alert, told in these words."""
    event = alert.event
    return FeedEntry(
        id=identity(event) + (f":{_digest(alert.change)}" if alert.change else ""),
        title=title,
        html=html,
        text=text,
        url=_source(event),
        moment=alert.matched,
        kind=event.kind,
    )


def write_feed(feed: Feed, form: str) -> str:
    """A feed as Atom 1.0 ("atom"), RSS 2.0 ("rss") or JSON Feed 1.1 ("json")."""
    return _json_feed(feed) if form == "json" else _xml_feed(feed, form)


def _xml_feed(feed: Feed, form: str) -> str:
    kind = feedgenerator.Atom1Feed if form == "atom" else feedgenerator.Rss201rev2Feed
    written = kind(
        title=feed.title,
        link=feed.address or feed.id,
        description=feed.title,
        language=feed.language,
        feed_url=feed.address,
        feed_guid=feed.id,
    )
    for entry in feed.entries:
        written.add_item(
            title=entry.title,
            link=entry.url or entry.id,
            description=entry.html,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.moment,
            updateddate=entry.moment,
            categories=(entry.kind,),
        )
    text = StringIO()
    written.write(text, "utf-8")
    return text.getvalue()


def _json_feed(feed: Feed) -> str:
    written: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if feed.address:
        written["feed_url"] = feed.address
    written |= {
        "language": feed.language,
        "items": [
            {
                "id": entry.id,
                **({"url": entry.url} if entry.url else {}),
                "title": entry.title,
                "content_html": entry.html,
                "content_text": entry.text,
                "date_published": entry.moment.isoformat(timespec="seconds"),
                "tags": [entry.kind],
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


# --- the calendar ---


def write_calendar(
    meetings: Iterable[EventRecord],
    *,
    name: str,
    zone: str,
    title: Callable[[EventRecord], str],
    text: Callable[[EventRecord], str],
) -> bytes:
    """The meetings as iCalendar (RFC 5545): each under a UID that it keeps, with a SEQUENCE that grows whenever its day,
    hour, place or status changes.

    Without an hour a meeting takes the whole day; how long it lasts nobody says, so no end is made up.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//portalwatch//portalwatch//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    for event in meetings:
        meeting = event.facts.get("meeting")
        if isinstance(meeting, Mapping) and meeting.get("date"):
            calendar.add_component(_appointment(event, meeting, ZoneInfo(zone), title(event), text(event)))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _appointment(
    event: EventRecord, meeting: Mapping[str, Any], zone: ZoneInfo, title: str, text: str
) -> icalendar.Event:
    appointment = icalendar.Event()
    appointment.add("uid", f"{uuid5(NAMESPACE_URL, f'{event.kind}|{event.key}')}@portalwatch")
    appointment.add("sequence", event.sequence)
    appointment.add("dtstamp", max((event.first_seen, *(change.seen for change in event.changes))))
    appointment.add("dtstart", _start(meeting, zone))
    appointment.add("summary", title)
    appointment.add("description", text[:_LONGEST_TEXT])
    appointment.add("status", _STATUSES.get(str(meeting.get("status")), "CONFIRMED"))
    if meeting.get("place"):
        appointment.add("location", clean(meeting["place"]))
    if url := _source(event):
        appointment.add("url", url)
    return appointment


def _start(meeting: Mapping[str, Any], zone: ZoneInfo) -> date | datetime:
    day = date.fromisoformat(meeting["date"])
    try:
        return datetime.combine(day, time.fromisoformat(str(meeting.get("time"))), zone)
    except ValueError:
        return day


# --- what both share ---


def identity(event: EventRecord) -> str:
    """An event's name for other programs: the same on every machine, for ever."""
    return f"urn:portalwatch:{event.kind}:{_digest(event.key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _source(event: EventRecord) -> str | None:
    """The address of the first report that is no baseline's, else of the first."""
    reports = sorted(event.evidence, key=lambda evidence: evidence.baseline)
    return next((link for evidence in reports if (link := web_link(evidence.url))), None)
