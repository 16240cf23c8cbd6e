"""From what one revision claims to what is known: findings, their keys, and the merging of facts. Pure.

A later report adds what an earlier one left out and never takes away: a report that does not name the chair says
nothing about the chair. A status moves by words only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from config import plain
from monitor.detect.keys import decision_keys, meeting_keys
from storage import Detection, DocumentMention, EventRecord, Meeting, When

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim of one revision: an event of a kind, under keys that name the same fact, strongest first."""

    kind: str
    keys: tuple[str, ...]
    title: str
    status: str | None
    facts: Mapping[str, Any]
    quote: str


def findings(detection: Detection, title: str, published: When | None) -> list[Finding]:
    """What a revision claims; a claim without a key names no fact and is left out."""
    found = []
    if "meeting" in detection.kinds and detection.meeting is not None:
        meeting = detection.meeting
        found.append(
            Finding(
                kind="meeting",
                keys=meeting_keys(meeting, published),
                title=meeting.title or title,
                status=meeting.status,
                facts={"meeting": meeting_json(meeting), "documents": []},
                quote=detection.quotes.get("meeting", title),
            )
        )
    if "decision" in detection.kinds:
        found += [
            Finding(
                kind="decision",
                keys=decision_keys(document, published),
                title=title,
                status=None,
                facts={"meeting": None, "documents": [document_json(document)]},
                quote=document.quote or detection.quotes.get("decision", title),
            )
            for document in detection.documents
            if document.role == "issued"
        ]
    return [finding for finding in found if finding.keys]


def same_event(finding: Finding, known: EventRecord) -> bool:
    """Whether a known event that shares a key is the same fact: two sessions of one day are two events."""
    ours, theirs = finding.facts.get("meeting"), known.facts.get("meeting")
    if not isinstance(ours, Mapping) or not isinstance(theirs, Mapping):
        return True
    ordinals = (ours.get("ordinal"), theirs.get("ordinal"))
    return None in ordinals or ordinals[0] == ordinals[1]


def merged(known: Mapping[str, Any], new: Mapping[str, Any]) -> Facts:
    """The known facts, with what the new ones add."""
    meeting = known.get("meeting") or new.get("meeting")
    if known.get("meeting") and new.get("meeting"):
        meeting = {name: _fuller(value, new["meeting"].get(name)) for name, value in known["meeting"].items()}
        meeting["status"] = later_status(known["meeting"].get("status"), new["meeting"].get("status"))
        if meeting.get("date"):
            meeting["date_candidate"] = None
    documents = {plain(document["number"]): dict(document) for document in known.get("documents") or []}
    for document in new.get("documents") or []:
        row = documents.setdefault(plain(document["number"]), dict(document))
        row.update({name: _fuller(row.get(name), value) for name, value in document.items()})
    return {**known, "meeting": meeting, "documents": list(documents.values())}


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
