"""Whether a subscription wants an event, and why. Pure.

All that a subscription gives must hold; what it does not give holds for everything. Words are looked for in the title
and the text of the new evidence, as whole words, with or without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from config import Portal, Subscription, match_key, plain
from storage import EventRecord

_OF_PORTALS = ("portals", "provinces")


@dataclass(frozen=True)
class Candidate:
    """An event with the words of the evidence that brought it up, folded once for all subscriptions."""

    event: EventRecord
    portals: Sequence[Portal]
    words: str
    change: str | None = None
    """What became of the event, where that is what is to be told: postponed moved cancelled."""

    @cached_property
    def exact(self) -> str:
        return match_key(self.words)

    @cached_property
    def unmarked(self) -> str:
        return plain(self.words)

    @cached_property
    def bodies(self) -> list[str]:
        meeting = self.event.facts.get("meeting")
        names = [meeting.get("body")] if isinstance(meeting, Mapping) else []
        return [plain(name) for name in [*names, *_of_documents(self.event, "issuer")] if name]

    @cached_property
    def document_types(self) -> list[str]:
        return [plain(name) for name in _of_documents(self.event, "type") if name]


class Matcher:
    """The subscriptions, ready to be asked which of them want an event."""

    def __init__(self, subscriptions: Sequence[Subscription]) -> None:
        self._subscriptions = subscriptions

    def matches(self, candidate: Candidate) -> Iterator[tuple[Subscription, dict[str, Any]]]:
        """Each subscription that wants the candidate, with why, in the order of the configuration."""
        for subscription in self._subscriptions:
            if (reason := why(subscription, candidate)) is not None:
                yield subscription, reason


def why(subscription: Subscription, candidate: Candidate) -> dict[str, Any] | None:
    """Why a subscription wants an event: its conditions that hold, as lists of words; None when it does not."""
    event = candidate.event
    asked = {event.kind, "changed"} if candidate.change else {event.kind}
    if not subscription.enabled or not asked.intersection(subscription.events):
        return None
    # A portal in trouble says no words, names no body and issues no document: only its own name and place can count.
    trouble = event.kind.startswith("portal_")
    reason: dict[str, Any] = {"kind": event.kind}
    ids = [portal.id for portal in candidate.portals]
    provinces = [plain(portal.province) for portal in candidate.portals if portal.province]
    conditions: list[tuple[str, Sequence[str], list[str]]] = [
        ("portals", subscription.portals, [name for name in subscription.portals if name in ids]),
        ("provinces", subscription.provinces, [n for n in subscription.provinces if plain(n) in provinces]),
        ("bodies", subscription.bodies, [n for n in subscription.bodies if _within(plain(n), candidate.bodies)]),
        (
            "document_types",
            subscription.document_types,
            [name for name in subscription.document_types if plain(name) in candidate.document_types],
        ),
    ]
    for name, wanted, held in conditions:
        if wanted and (name in _OF_PORTALS or not trouble):
            if not held:
                return None
            reason[name] = held
    if trouble:
        return reason
    text = candidate.exact if subscription.marks == "exact" else candidate.unmarked
    fold = match_key if subscription.marks == "exact" else plain
    found = [word for word in (*subscription.any, *subscription.all) if _phrase(fold(word)).search(text)]
    if subscription.any and not any(word in found for word in subscription.any):
        return None
    if any(word not in found for word in subscription.all):
        return None
    if any(_phrase(fold(word)).search(text) for word in subscription.none):
        return None
    if found:
        reason["words"] = list(dict.fromkeys(found))
    return reason


@lru_cache(maxsize=10_000)
def _phrase(folded: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in folded.split()) + r"(?!\w)")


def _within(wanted: str, names: Sequence[str]) -> bool:
    """A body asked for by a part of its name is meant too: "chuyển đổi số" finds the committees for it."""
    return any(_phrase(wanted).search(name) for name in names)


def _of_documents(event: EventRecord, field: str) -> list[str]:
    documents = event.facts.get("documents")
    return [document.get(field) or "" for document in documents] if isinstance(documents, list) else []
