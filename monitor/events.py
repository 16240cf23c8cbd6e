"""From what one revision claims to what is known: findings, their keys, and the merging of facts. Pure.

A later report adds what an earlier one left out and never takes away: a report that does not name the chair says
nothing about the chair. A status moves by words only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from config import align, plain
from monitor.detect.dates import day_of, days_in, settle
from monitor.detect.keys import (
    body_key,
    day_key,
    decision_keys,
    further_key,
    issuer_key,
    meeting_keys,
    other_year_keys,
)
from storage import Detection, DocumentMention, Meeting, MentionRecord, When

Facts = dict[str, Any]

DISRUPTED = ("postponed", "moved", "cancelled")
_MOST_ALIKE = 20  # rows of one schedule that say the same


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of one revision: an event of a kind, under keys that name the same fact, strongest first. `sought` are keys
    by which the event is looked for and not known: what they find must be near in time. `body` is who meets, as keys hold
    it. `former` are the days for which what is now put off may have been planned."""

    kind: str
    keys: tuple[str, ...]
    title: str
    status: str | None
    facts: Mapping[str, Any]
    quote: str
    sought: tuple[str, ...] = ()
    body: str | None = None
    former: tuple[date, ...] = ()

    @property
    def meeting(self) -> Mapping[str, Any]:
        """The meeting's facts; nothing for other kinds."""
        return self.facts.get("meeting") or {}

    @property
    def day(self) -> date | None:
        """The meeting's day."""
        return day_in(self.meeting)


def findings(
    detection: Detection, title: str, published: When | None, place: str | None = None, text: str = ""
) -> list[Finding]:
    """What a revision claims; a claim without a key names no fact and is left out. `place` is the portal's `place_key`."""
    found = []
    if "meeting" in detection.kinds and detection.meeting is not None:
        found += [
            _meeting_finding(meeting, detection, title, published, place, text)
            for meeting in (detection.meeting, *detection.further)
        ]
    if "decision" in detection.kinds:
        found += [
            Finding(
                kind="decision",
                keys=decision_keys(document, published, place),
                title=title,
                status=None,
                facts={"meeting": None, "documents": [document_json(document)]},
                quote=document.quote or detection.quotes.get("decision", title),
            )
            for document in detection.documents
            if document.role == "issued"
        ]
    return [finding for finding in found if finding.keys]


def _meeting_finding(
    meeting: Meeting, detection: Detection, title: str, published: When | None, place: str | None, text: str
) -> Finding:
    keys, body, shown = meeting_keys(meeting, published, place), body_key(meeting.body, place), day_of(published)
    former: tuple[date, ...] = ()
    if meeting.status in DISRUPTED and body:
        if shown and (meeting.status == "moved" or meeting.date is None):
            former = former_days(f"{title}\n{text}", shown, meeting.date)
        if len(former) == 1 and not detection.further:
            keys = (*keys, day_key(body, former[0]))  # under which the invitation may still come
        elif not keys and shown:
            keys = (f"{body}|{meeting.status}|{shown.isoformat()}",)  # that a body's meeting is put off is news
    return Finding(
        kind="meeting",
        keys=keys,
        title=meeting.title or title,
        status=meeting.status,
        facts={"meeting": meeting_json(meeting), "documents": []},
        quote=meeting.quote or detection.quotes.get("meeting", title),
        sought=other_year_keys(meeting, published, place),
        body=body,
        former=former,
    )


def former_days(words: str, published: date, new: date | None) -> tuple[date, ...]:
    """The days that a notice names beside the new one and the day of its publishing, and that lay ahead: one of them is
    the day that was planned."""
    days = [settle(found, published, notice=True) for found in days_in(align(words[:4000]).low)]
    ahead = {day for day in days if day and timedelta(-1) <= day - published <= timedelta(days=60)}
    return tuple(sorted(ahead - {new, published}))


def further_keys(finding: Finding) -> tuple[str, ...]:
    """The keys of which a claim takes the first free one, where its first key names another event: that of another meeting
    of the body on the day, or of another line of a schedule that says the same."""
    hour = finding.meeting.get("time") or finding.meeting.get("part_of_day") or ""
    names = [finding.title, f"{finding.title} {hour}"]
    names += [f"{names[1]} {number}" for number in range(2, _MOST_ALIKE)]
    return tuple(dict.fromkeys(further_key(finding.keys[0], name) for name in names))


def day_in(meeting: Mapping[str, Any]) -> date | None:
    """The day in a meeting's facts."""
    return date.fromisoformat(meeting["date"]) if meeting.get("date") else None


def cited_before(document: Mapping[str, Any], mentions: Iterable[MentionRecord], place: str | None) -> Facts | None:
    """Where a document was cited before its issue was found: by whom first, and by how many articles; None where it was
    not. The same number of another issuer or year is another document."""
    issuer, year = issuer_key(document.get("issuer"), place), (document.get("date") or "")[:4]
    citing = [
        mention
        for mention in mentions
        if mention.role != "issued"
        and mention.issuer
        and issuer_key(mention.issuer) == issuer
        and not (year and mention.date and mention.date[:4] != year)
    ]
    if not citing:
        return None
    first = min(citing, key=lambda mention: (mention.seen, mention.article_id))
    count = len({mention.article_id for mention in citing})
    return {"first": first.seen.isoformat(), "portal": first.portal, "url": first.url, "count": count}


def merged(known: Mapping[str, Any], new: Mapping[str, Any]) -> Facts:
    """The known facts, with what the new ones add. The hour of another day is none of this one."""
    meeting = known.get("meeting") or new.get("meeting")
    if known.get("meeting") and new.get("meeting"):
        ours, theirs = known["meeting"], new["meeting"]
        other_day = day_in(ours) not in (None, day_in(theirs)) and day_in(theirs) is not None
        meeting = {
            name: value if other_day and name in ("time", "part_of_day") else _fuller(value, theirs.get(name))
            for name, value in ours.items()
        }
        meeting["status"] = later_status(ours.get("status"), theirs.get("status"))
        if meeting.get("date"):
            meeting["date_candidate"] = None
    documents = {plain(document["number"]): dict(document) for document in known.get("documents") or []}
    for document in new.get("documents") or []:
        row = documents.setdefault(plain(document["number"]), dict(document))
        row.update({name: _fuller(row.get(name), value) for name, value in document.items()})
    return {**new, **known, "meeting": meeting, "documents": list(documents.values())}


def later_status(known: str | None, new: str | None) -> str | None:
    """The status that stands after both were said. What was held or cancelled stays so, and a late copy of an invitation does not
    take back that the meeting was postponed."""
    if known is None or new is None:
        return known or new
    return known if known in ("held", "cancelled") or new == "upcoming" else new


def meeting_json(meeting: Meeting) -> Facts:
    """A meeting in the contract's JSON."""
    facts = {name: _plain_value(value) for name, value in asdict(meeting).items()}
    del facts["quote"]
    return facts


def document_json(document: DocumentMention) -> Facts:
    """A document mention in the contract's JSON."""
    facts = {name: _plain_value(value) for name, value in asdict(document).items()}
    del facts["quote"]
    return facts


def _fuller(known: Any, new: Any) -> Any:
    return new if known is None else known


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
