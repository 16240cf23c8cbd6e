"""What became of articles: edited, withdrawn, no longer listed, moved; from the fact to the event and its alerts.

The fact is kept in any case; an event is made of it only where an enabled subscription asks for its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from config import Configuration, StorageError, match_key
from monitor.channels import owed_to
from monitor.comparing import Piece, compare_lines, hunks
from monitor.match import Candidate, Matcher
from storage import ArticleChanges, ChangeToJudge, EventRecord, Judging

log = structlog.get_logger(__name__)

KINDS = {"revised": ("revised", "replaced"), "withdrawn": ("withdrawn", "unlisted", "moved", "returned")}
"""The changes of articles that make an event, by its kind."""

_AT_ONCE = 20
_MOST_LINES = 80  # of a difference that an event keeps
_LONGEST_LINE = 1000
_CUT = Piece("same", "…")


class ChangeJudge:
    """Judges what became of articles, against the subscriptions of one configuration."""

    def __init__(self, changes: ArticleChanges, judging: Judging, configuration: Configuration) -> None:
        self._changes = changes
        self._judging = judging
        self._configuration = configuration
        asked = {kind for each in configuration.subscriptions if each.enabled for kind in each.events}
        self._asked = {change for kind, changes in KINDS.items() if kind in asked for change in changes}
        self._matcher = Matcher(configuration.subscriptions)

    def judge_all(self, clock: Callable[[], datetime], ending: Callable[[], bool]) -> tuple[int, int, int]:
        """Judge all that waits, until `ending` says so: how many were judged, the alerts that made, and how many failed;
        those are set aside and stop nothing."""
        judged = alerts = failed = 0
        self._changes.pass_over(self._asked, clock())
        if not self._asked:
            return judged, alerts, failed
        ids = [subscription.id for subscription in self._configuration.subscriptions]
        births = self._judging.know_subscriptions(ids, clock())
        while not ending() and (changes := self._changes.unjudged(clock(), _AT_ONCE)):
            for change in changes:
                if ending():
                    break
                try:
                    alerts += self._judge(change, births, clock())
                    judged += 1
                except StorageError:
                    raise
                except Exception as error:
                    log.error("judging failed", change=change.id, error=repr(error), exc_info=True)
                    self._changes.set_aside(change.id, repr(error), clock())
                    failed += 1
        return judged, alerts, failed

    def _judge(self, change: ChangeToJudge, births: dict[str, datetime], now: datetime) -> int:
        found = finding(change)
        with self._changes.claims(now) as claims:
            if not claims.is_unjudged(change.id):
                return 0
            alerts = 0
            if found is not None:
                kind, key, facts = found
                known = claims.find_events(kind, [key])
                if not known:  # a wording whose file was replaced with it is told once
                    title = change.wording.title or change.revision.url
                    event_id = claims.add_event(kind, [key], title=title, status=None, facts=facts)
                    claims.add_evidence(event_id, change.revision, "")
                    event = claims.event(event_id)
                    for subscription, reason in self._matches(change, event):
                        if births[subscription.id] > change.seen:
                            continue
                        channels = owed_to(subscription, self._configuration.settings.language)
                        alerts += claims.owe(event_id, subscription.id, reason=reason, channels=channels)
                    log.info("judged", url=change.revision.url, change=change.kind, alerts=alerts)
            claims.mark_change_judged(change.id, told=found is not None or not change.waited)
        return alerts

    def _matches(self, change: ChangeToJudge, event: EventRecord) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Each subscription that wants the change once: its bodies and types of documents are those of what the article
        reports."""
        portal = self._configuration.portal(change.revision.portal)
        portals = [] if portal is None else [portal]
        words = "\n".join([change.wording.title, change.wording.text, *change.revision.files])
        done = set()
        for reported in change.events or (dict[str, Any](),):
            about: dict[str, Any] = {name: reported[name] for name in ("meeting", "documents") if name in reported}
            candidate = Candidate(replace(event, facts={**event.facts, **about}), portals, words)
            for subscription, reason in self._matcher.matches(candidate):
                if subscription.id not in done:
                    done.add(subscription.id)
                    yield subscription, reason


def finding(change: ChangeToJudge) -> tuple[str, str, dict[str, Any]] | None:
    """What a change is as an event: its kind, its key and its facts; None where there is nothing that a reader would
    see, or that was not told already."""
    article = {"id": change.revision.article_id, "url": change.revision.url, "title": change.wording.title}
    facts: dict[str, Any] = {"about": change.revision.portal, "article": article}
    if change.kind in KINDS["revised"]:
        number, difference = change.wording.number, _difference(change)
        if not (difference["title"] or difference["diff"] or difference["attachments"]):
            return None
        return "revised", f"{article['id']}|{number}", {**facts, "revision": number, **difference}
    if change.waited and _is_where_it_was(change):
        return None
    facts |= {"change": change.kind, "problem": change.facts.get("problem"), "to": change.facts.get("to")}
    return "withdrawn", f"{article['id']}|{change.kind}|{change.id}", facts


def _difference(change: ChangeToJudge) -> dict[str, Any]:
    before, after = change.before, change.wording
    title, lines = None, list[Piece]()
    if before is not None:
        if match_key(before.title) != match_key(after.title):
            title = {"before": before.title, "after": after.title}
        for hunk in hunks(compare_lines(before.text, after.text), context=1):
            lines += [*([_CUT] if lines else []), *hunk]
    if len(lines) > _MOST_LINES:
        lines = [*lines[:_MOST_LINES], _CUT]
    return {
        "title": title,
        "diff": [{"op": line.op, "text": _shortened(line.text)} for line in lines],
        "attachments": list(change.replaced),
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE] + "…"


def _is_where_it_was(change: ChangeToJudge) -> bool:
    told = change.told or {"kind": "returned"}
    if change.kind == "returned":
        return told["kind"] in ("returned", "moved")
    return bool(told["kind"] == change.kind and told.get("to") == change.facts.get("to"))
