"""Which known event a claim means: one that a key names, the one that a notice must mean, or that of a near-duplicate;
and the merging of events that a claim shows to be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog

from monitor.agreeing import ALL_DAY, LASTS, agree, closeness, differ, is_near, may_copy, same_event
from monitor.events import DISRUPTED, Finding, day_in, further_keys, merged
from monitor.meeting_changes import may_concern, turn
from storage import Claims, EventRecord, RevisionToJudge

log = structlog.get_logger(__name__)

_AHEAD = timedelta(days=60)  # how far ahead lies a meeting that a notice puts off without naming its day
_BEHIND = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a revision speaks: `said`, when it was published or else found; `shown`, that day where it tells anything of
    the claims; `today`."""

    said: datetime
    shown: date | None
    today: date


class Identity:
    """Finds the events of one revision's claims, inside the transaction that judges it. `claimed` are those that it
    claimed so far: two lines of a schedule are two meetings."""

    def __init__(
        self,
        claims: Claims,
        revision: RevisionToJudge,
        findings: Sequence[Finding],
        moment: Moment,
        near: Mapping[int, str],
        claims_day: Callable[[RevisionToJudge, str], bool],
    ) -> None:
        self._claims, self._revision, self._findings = claims, revision, findings
        self._said, self._shown, self._today = moment.said, moment.shown, moment.today
        self._near, self._claims_day = near, claims_day
        self.claimed: set[int] = set()

    def find(self, finding: Finding) -> tuple[EventRecord | None, bool]:
        """The event that a claim means, others of the same fact merged into it; and whether the claim corrects the day that
        its article alone told."""
        own = self._claims.claimed_by(self._revision.article_id, finding.kind)
        fitting = self._fitting(finding)
        if not fitting and (event := self._corrected(finding, own)) is not None:
            return event, self._told_alone(event, finding)
        if not fitting:
            fitting = self._meant(finding) or self._copied(finding)
        if not fitting:
            return None, False
        closest = max(fitting, key=lambda event: (closeness(finding, event), -event.id))
        same = [event for event in fitting if event.id == closest.id or agree(closest, event)]
        # One by one: what agrees with the closest may contradict a third.
        oldest, *others = sorted(same, key=lambda event: (event.first_seen, event.id))
        for other in others:
            if agree(oldest, other):
                oldest = self._merge(oldest, other)
        corrects = (
            any(event.id == oldest.id for event in own)
            and finding.status not in DISRUPTED
            and _other_day(finding, oldest)
            and self._told_alone(oldest, finding)
        )
        return oldest, corrects

    def _fitting(self, finding: Finding) -> list[EventRecord]:
        """The events that a claim's keys name, or its body and day, and that are the same fact."""
        found = self._claims.find_events(finding.kind, finding.keys)
        if finding.kind == "meeting":
            if found and not finding.body:
                found += self._claims.find_events(finding.kind, further_keys(finding))
            if finding.body and finding.day:
                around = LASTS if finding.meeting.get("form") in ALL_DAY else timedelta()
                found += self._claims.find_meetings(finding.body, finding.day - around, finding.day + around)
            sought = self._claims.find_events(finding.kind, finding.sought)
            found += [event for event in sought if is_near(finding, event, self._shown)]
        unique = {event.id: event for event in found}
        fitting = [
            event
            for event in unique.values()
            if same_event(finding, event) and (event.id not in self.claimed or _same_ordinal(finding, event))
        ]
        # What is moved away from a day is not what was to be on the new day before.
        return [event for event in fitting if day_in(event.facts.get("meeting") or {}) in finding.former] or fitting

    def _corrected(self, finding: Finding, own: Sequence[EventRecord]) -> EventRecord | None:
        """The event of which the article is evidence already, where its new wording only tells another day: one that is
        near, and not of a meeting that has passed, which another one follows on a page that is used again."""
        if finding.kind != "meeting" or len(self._findings) != 1 or len(own) != 1 or finding.status in DISRUPTED:
            return None
        event = own[0]
        day, told = finding.day, day_in(event.facts.get("meeting") or {})
        if not day or not told or not finding.body or day == told:
            return None
        if not any(other.id == event.id for other in self._claims.find_meetings(finding.body, told, told)):
            return None
        apart = abs(day - told)
        if apart > _AHEAD or (told < self._today and apart > _BEHIND):
            return None
        same_day = replace(finding, facts={**finding.facts, "meeting": {**finding.meeting, "date": told.isoformat()}})
        return event if same_event(same_day, event) else None

    def _told_alone(self, event: EventRecord, finding: Finding) -> bool:
        day = (event.facts.get("meeting") or {}).get("date")
        others = self._claims.further_wordings(event.id, self._revision.article_id)
        return day is not None and not any(self._claims_day(other, day) for other in others)

    def _meant(self, finding: Finding) -> list[EventRecord]:
        """The one meeting of the body that a notice of putting off can mean without naming it by a key; or the notice,
        known before, that an invitation explains."""
        if finding.kind != "meeting" or not finding.body or not self._shown:
            return []
        shown = self._shown
        put_off = finding.status in DISRUPTED
        if not put_off and (finding.status == "held" or finding.day is None):
            return []
        first, last = (shown - _BEHIND, shown + _AHEAD) if put_off else (shown, shown - timedelta(days=1))
        meant = [
            event
            for event in self._claims.find_meetings(finding.body, first, last, undated=True)
            if may_concern(finding, event) and same_event(finding, event) and event.id not in self.claimed
            if put_off or abs(_put_off_on(event) - shown) <= _AHEAD
        ]
        dated = [event for event in meant if event.facts["meeting"].get("date")] if put_off else meant
        return dated if len(dated) == 1 else []

    def _copied(self, finding: Finding) -> list[EventRecord]:
        """The event of a near-duplicate that a claim repeats, though no key says so."""
        events = [self._claims.event(event_id) for event_id in self._near]
        return [event for event in events if event.kind == finding.kind and may_copy(finding, event)][:1]

    def _merge(self, event: EventRecord, other: EventRecord) -> EventRecord:
        """Let the older event stand for the other too."""
        claims = self._claims
        said = other.facts.get("said")
        claim = Finding(other.kind, (other.key,), other.title, other.status, other.facts, "")
        when = datetime.fromisoformat(said) if isinstance(said, str) else self._said
        facts = turn(event, claim, when).facts if said else merged(event.facts, other.facts)
        meeting = facts.get("meeting")
        claims.merge(event.id, other.id, self._revision)
        status = meeting["status"] if isinstance(meeting, Mapping) else event.status
        claims.change_facts(event.id, status=status, facts=facts)
        log.info("merged", id=event.id, other=other.id, key=other.key)
        return claims.event(event.id)


def _put_off_on(event: EventRecord) -> date:
    """The day on which it was said that a meeting is put off."""
    said = event.facts.get("said")
    return (datetime.fromisoformat(said) if isinstance(said, str) else event.first_seen).date()


def _same_ordinal(finding: Finding, event: EventRecord) -> bool:
    ordinal = finding.meeting.get("ordinal")
    return finding.kind != "meeting" or (
        ordinal is not None and ordinal == (event.facts.get("meeting") or {}).get("ordinal")
    )


def _other_day(finding: Finding, event: EventRecord) -> bool:
    return differ(finding.day, day_in(event.facts.get("meeting") or {}))
