"""The words of an alert: what, who, when, why it matched, with the link. The first line is enough on a phone. Pure.

What came from a portal is hostile: control characters go, lines are cut, and the carrier is given plain text, which it
escapes for its own format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from config import Configuration, mark, say_in
from storage import DueDelivery, EventRecord, EvidenceRecord

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
_LONGEST_LINE = 300
_MOST_PORTALS = 10

# The English word for each kind, part of the day, status and condition; the catalogue holds the Vietnamese ones.
KINDS = {
    "meeting": mark("Meeting"),
    "decision": mark("Decision"),
    "portal_failing": mark("Portal is not answering"),
    "portal_recovered": mark("Portal is back"),
}
PARTS = {"morning": mark("morning"), "noon": mark("noon"), "afternoon": mark("afternoon"), "evening": mark("evening")}
STATUSES = {
    "upcoming": mark("upcoming"),
    "held": mark("held"),
    "postponed": mark("postponed"),
    "cancelled": mark("cancelled"),
    "moved": mark("moved"),
}
CONDITIONS = {
    "words": mark("words"),
    "portals": mark("portal"),
    "provinces": mark("province"),
    "bodies": mark("body"),
    "document_types": mark("document type"),
}
_TROUBLES = {
    "portal_failing": mark("{portal} has stopped answering"),
    "portal_recovered": mark("{portal} answers again"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A subject and the lines under it, plain text."""

    title: str
    body: str


def write(delivery: DueDelivery, configuration: Configuration) -> Message:
    """The message of a delivery, in its language."""
    return Writer(delivery.language, configuration).write(delivery)


class Writer:
    """Writes messages in one language."""

    def __init__(self, language: str, configuration: Configuration) -> None:
        self._language = language
        self._zone = ZoneInfo(configuration.settings.timezone)
        self._names = {portal.id: portal.name for portal in configuration.portals}

    def write(self, delivery: DueDelivery) -> Message:
        event = delivery.event
        lines = [self._title(event)]
        if event.kind == "meeting":
            lines += self._meeting(event.facts.get("meeting") or {})
        elif event.kind == "decision":
            lines += self._documents(event.facts.get("documents") or [])
        else:
            lines += self._portal(event.facts.get("portal") or {})
        lines += self._evidence(event)
        lines += self._why(delivery)
        return Message(self._subject(event), "\n".join(line for line in lines if line))

    def _say(self, text: str, **values: object) -> str:
        return say_in(self._language, text, **values)

    def _subject(self, event: EventRecord) -> str:
        kind = self._say(KINDS[event.kind])
        if event.kind == "meeting":
            meeting = event.facts.get("meeting") or {}
            status = self._say(STATUSES[meeting["status"]]) if meeting.get("status") else ""
            when = self._when(meeting)
            return _line(f"[{kind}] {event.title}" + "".join(f" — {part}" for part in (when, status) if part))
        if event.kind == "decision":
            number = next((document["number"] for document in event.facts.get("documents") or []), "")
            return _line(
                f"[{kind}] {number}: {event.title}" if number not in event.title else f"[{kind}] {event.title}"
            )
        return _line(f"[{kind}] {self._title(event)}")

    def _title(self, event: EventRecord) -> str:
        """The event's title; a portal's trouble has none of its own and is told in the reader's language."""
        about = event.facts.get("about")
        if event.kind not in _TROUBLES or not isinstance(about, str):
            return _line(event.title)
        return _line(self._say(_TROUBLES[event.kind], portal=self._names.get(about, about)))

    def _meeting(self, meeting: Mapping[str, Any]) -> list[str]:
        ordinal = meeting.get("ordinal")
        rows = [
            (self._say("Body"), meeting.get("body")),
            (self._say("Session"), str(ordinal) if ordinal else None),
            (self._say("When"), self._when(meeting)),
            (self._say("Where"), meeting.get("place")),
            (self._say("Chair"), meeting.get("chair")),
        ]
        return [_line(f"{name}: {value}") for name, value in rows if value]

    def _when(self, meeting: Mapping[str, Any]) -> str | None:
        day = meeting.get("date") or meeting.get("date_candidate")
        if not day:
            return None
        part = self._say(PARTS[meeting["part_of_day"]]) if meeting.get("part_of_day") else None
        told = " ".join(str(word) for word in (meeting.get("time"), part, _day(date.fromisoformat(day))) if word)
        return told if meeting.get("date") else self._say("{when} (the year is not certain)", when=told)

    def _documents(self, documents: Sequence[Mapping[str, Any]]) -> list[str]:
        lines = []
        for document in documents:
            issued = _day(date.fromisoformat(document["date"])) if document.get("date") else None
            rows = [
                (self._say("Number"), document["number"]),
                (self._say("Type"), document.get("type")),
                (self._say("Issuer"), document.get("issuer")),
                (self._say("Issued on"), issued),
            ]
            lines += [_line(f"{name}: {value}") for name, value in rows if value]
        return lines

    def _portal(self, portal: Mapping[str, Any]) -> list[str]:
        lines = [_line(problem) for problem in portal.get("problems") or []]
        if portal.get("since"):
            since = datetime.fromisoformat(portal["since"]).astimezone(self._zone)
            lines.append(self._say("Since: {when}", when=since.strftime("%d/%m/%Y %H:%M")))
        if portal.get("url"):
            lines.append(_line(portal["url"]))
        return lines

    def _evidence(self, event: EventRecord) -> list[str]:
        if not event.evidence:
            return []
        # The freshest report stands first: it is why the alert goes out now.
        newest = event.evidence[::-1]
        first, *others = [evidence for evidence in newest if not evidence.baseline] + [e for e in newest if e.baseline]
        lines = [f"“{_line(first.quote)}”"] if first.quote and first.quote != event.title else []
        lines += [self._say("Source: {portal}", portal=self._name(first)), _link(first.url)]
        told = {first.portal}
        for evidence in others:
            if evidence.portal not in told and len(told) < _MOST_PORTALS:
                told.add(evidence.portal)
                lines += [self._say("Also: {portal}", portal=self._name(evidence)), _link(evidence.url)]
        return lines

    def _name(self, evidence: EvidenceRecord) -> str:
        name = self._names.get(evidence.portal, evidence.portal)
        day = (
            evidence.published.astimezone(self._zone).date()
            if isinstance(evidence.published, datetime)
            else evidence.published
        )
        return _line(f"{name}, {_day(day)}" if day else name)

    def _why(self, delivery: DueDelivery) -> list[str]:
        lines = []
        for subscription, reason in zip(delivery.subscriptions, delivery.reasons, strict=True):
            held = "; ".join(
                f"{self._say(CONDITIONS[name])}: {', '.join(str(word) for word in words)}"
                for name, words in reason.items()
                if name in CONDITIONS and isinstance(words, list)
            )
            lines.append(
                self._say("Why: subscription {subscription} ({conditions})", subscription=subscription, conditions=held)
                if held
                else self._say("Why: subscription {subscription}", subscription=subscription)
            )
        return lines


def _link(url: str) -> str:
    """An address whole, what is no letter of an address percent-encoded."""
    return quote(url, safe=";/?:@&=+$,-_.!~*'()%#[]")


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _line(text: str) -> str:
    text = _CONTROL.sub(" ", text).strip()
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1].rstrip() + "…"
