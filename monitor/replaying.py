"""What a subscription, as it is configured now, would have been sent of what came up. Pure.

It asks as the judge does: an event is told once, by the first report that the subscription wants; whoever was told of it is
told of its changes too. Since when the subscription is there does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config import Configuration, Portal, Subscription
from monitor.match import Candidate, why
from storage import EventRecord, News

TOLD_CHANGES = ("postponed", "moved", "cancelled")


@dataclass(frozen=True, slots=True)
class WouldSend:
    """A message that would have been sent: of which event or change of it, when, and why."""

    event: EventRecord
    change: str
    seen: datetime
    reason: Mapping[str, Any]


def would_send(
    subscription: Subscription, news: Iterable[News], configuration: Configuration, since: datetime
) -> list[WouldSend]:
    """What of the news a subscription would have been sent since a time, the newest first."""
    wanted = subscription.model_copy(update={"enabled": True})
    found = [each for item in news for each in _of_event(wanted, item, configuration.portals) if each.seen >= since]
    return sorted(found, key=lambda each: each.seen, reverse=True)


def _of_event(subscription: Subscription, news: News, portals: Sequence[Portal]) -> Iterator[WouldSend]:
    names, told = set(news.portals), None
    for report in news.reports:
        if report.portal:
            names.add(report.portal)
        change = report.kind if report.kind in TOLD_CHANGES else None
        if (report.kind and not change) or (told is not None and not change):
            continue
        there = [portal for portal in portals if portal.id in names]
        reason = why(subscription, Candidate(news.event, there, report.words, change))
        if reason is None:
            reason = told  # whoever was told of an event hears what becomes of it
        elif not change:
            told = reason
        if reason is not None:
            yield WouldSend(news.event, report.change, report.seen, reason)
