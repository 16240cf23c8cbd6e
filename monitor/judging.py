"""Door 1: revisions in; events, alerts and deliveries out, each revision in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import structlog

from config import Configuration, StorageError, Subscription
from monitor.agreeing import LASTS
from monitor.channels import owed_to
from monitor.detect import detect
from monitor.detect.dates import day_of
from monitor.detect.keys import place_key
from monitor.duplicates import copied, repeats, signed
from monitor.events import Finding, cited_before, day_in, document_json, findings, further_keys
from monitor.identity import Identity, Moment
from monitor.match import Candidate, Matcher
from monitor.meeting_changes import begun, turn
from storage import Claims, Detection, EventChangeRecord, EventRecord, Judging, RevisionToJudge

log = structlog.get_logger(__name__)


class Judge:
    """Judges revisions by the detectors, and matches what they claim against the subscriptions."""

    def __init__(self, store: Judging, configuration: Configuration, births: Mapping[str, datetime]) -> None:
        self._store = store
        self._configuration = configuration
        self._births = births
        self._matcher = Matcher(configuration.subscriptions)

    @classmethod
    def called(cls, store: Judging, configuration: Configuration, now: datetime) -> Judge:
        """A judge who knows since when each configured subscription is there; a new one is there from now on."""
        ids = [subscription.id for subscription in configuration.subscriptions]
        return cls(store, configuration, store.know_subscriptions(ids, now))

    def judge(self, revision: RevisionToJudge, now: datetime) -> int | None:
        """How many alerts a revision led to; None when a detector failed on it: it is set aside and stops nothing."""
        try:
            return self._judge(revision, now)
        except StorageError:
            raise
        except Exception as error:
            log.error("judging failed", url=revision.url, revision=revision.id, error=repr(error), exc_info=True)
            self._store.set_aside(revision.id, repr(error), now)
            return None

    def _judge(self, revision: RevisionToJudge, now: datetime) -> int:
        detection = self._detect(revision)
        text = signed(revision.folded)
        with self._store.claims(now) as claims:
            if not claims.still_unjudged(revision):
                return 0
            claims.register(revision, detection.documents)
            near = copied(text, claims.near(text, revision.article_id)) if text else {}
            claiming = _Claiming(self, claims, revision, detection, now, near)
            found = claiming.findings
            alerts = sum(claiming.claim(finding) for finding in found)
            claiming.copy()
            claims.sign(revision.article_id, text)
            claims.mark_judged(revision)
        if found:
            keys = [finding.keys[0] for finding in found]
            log.info("judged", url=revision.url, events=keys, alerts=alerts, baseline=revision.baseline)
        return alerts

    def _detect(self, revision: RevisionToJudge) -> Detection:
        portal = self._configuration.portal(revision.portal)
        return detect(
            revision.title,
            revision.text,
            published=revision.published,
            url=revision.url,
            province=portal.province if portal else None,
            portal_body=portal.body if portal else None,
            files=revision.files,
        )

    def place_of(self, portal_id: str) -> str:
        """What stands for a portal's place in keys."""
        portal = self._configuration.portal(portal_id)
        return place_key(portal.province if portal else None, portal_id)

    def alert(
        self,
        claims: Claims,
        event: EventRecord,
        words: str,
        about: Sequence[str] = (),
        change: EventChangeRecord | None = None,
    ) -> int:
        """Owe an event, or a change of it, to every subscription that wants it and was there before it; how many new alerts
        that made. Whoever was told of the event is told of its change, whatever words tell it. Of a muted event nothing
        is owed."""
        if event.muted is not None:
            return 0
        names = {*about, *(evidence.portal for evidence in event.evidence)}
        portals = [portal for portal in self._configuration.portals if portal.id in names]
        candidate = Candidate(event, portals, words, change.kind if change else None)
        wanted = {subscription.id: reason for subscription, reason in self._matcher.matches(candidate)}
        told = claims.alerted(event.id) if change else {}
        since = change.seen if change else event.first_seen
        alerts = 0
        for subscription in self._configuration.subscriptions:
            reason = told.get(subscription.id) if _still_wants(subscription, event) else None
            if reason is None and self._was_there(subscription, since):
                reason = wanted.get(subscription.id)
            if reason is None:
                continue
            channels = owed_to(subscription, self._configuration.settings.language)
            name = change.name if change else ""
            alerts += claims.owe(event.id, subscription.id, reason=reason, channels=channels, change=name)
        return alerts

    def _was_there(self, subscription: Subscription, since: datetime) -> bool:
        born = self._births.get(subscription.id)
        return born is not None and born <= since

    def claims_day(self, revision: RevisionToJudge, day: str) -> bool:
        """Whether a revision claims a meeting of a day."""
        found = self._detect(revision)
        meetings = (found.meeting, *found.further) if found.meeting else ()
        return any(meeting.date is not None and meeting.date.isoformat() == day for meeting in meetings)

    def said_at(self, revision: RevisionToJudge, now: datetime) -> datetime:
        """When a revision was published; of a day without its hour the first moment; unknown, now."""
        zone = ZoneInfo(self._configuration.settings.timezone)
        when = revision.published
        if isinstance(when, datetime):
            return when.astimezone(zone)
        return (datetime.combine(when, time(), zone) if when else now).astimezone(zone)


class _Claiming:
    """One revision's claims, inside the transaction that judges it."""

    def __init__(
        self,
        judge: Judge,
        claims: Claims,
        revision: RevisionToJudge,
        detection: Detection,
        now: datetime,
        near: Mapping[int, str],
    ) -> None:
        self._judge, self._claims, self._revision = judge, claims, revision
        self._documents = [document_json(document) for document in detection.documents]
        self._near = near
        """The events, with their sentences, of which a near-duplicate is evidence."""
        self._said = judge.said_at(revision, now)
        today = now.astimezone(self._said.tzinfo).date()
        # What a portal shows without a date and was not there before was published now.
        shown = revision.published or (None if revision.baseline else today)
        self._place = judge.place_of(revision.portal)
        self.findings = findings(detection, revision.title, shown, self._place, revision.text)
        moment = Moment(self._said, day_of(shown), today)
        self._identity = Identity(claims, revision, self.findings, moment, near, judge.claims_day)

    def claim(self, finding: Finding) -> int:
        """Let a claim become an event or evidence of one; how many alerts that made."""
        claims, revision = self._claims, self._revision
        facts = dict(finding.facts)
        if finding.kind == "meeting":
            # What a meeting's report says of documents is context; the register holds it in any case.
            facts["documents"] = self._documents
        known, corrects = self._identity.find(finding)
        change = ""
        if known is None:
            event_id = self._begin(finding, facts)
        else:
            event_id = known.id
            turned = turn(known, replace(finding, facts=facts), self._said, corrects=corrects)
            meeting = turned.facts.get("meeting")
            status = meeting["status"] if isinstance(meeting, Mapping) else known.status
            claims.add_keys(event_id, finding.kind, _fitting(finding, turned.facts))
            claims.change_facts(event_id, status=status, facts=turned.facts)
            if turned.after is not None:
                claims.add_change(
                    event_id, revision, name=turned.change, kind=turned.kind, before=turned.before, after=turned.after
                )
            change = turned.change
        self._identity.claimed.add(event_id)
        new = claims.add_evidence(event_id, revision, finding.quote)
        if revision.baseline or not (new or change):
            return 0
        event = claims.event(event_id)
        words = "\n".join([revision.title, revision.text, *revision.files])
        alerts = 0
        for one in event.changes:
            if one.name == change:
                alerts += self._judge.alert(claims, event, words, change=one)
        return alerts + (self._judge.alert(claims, event, words) if new else 0)

    def copy(self) -> None:
        """Let the revision stand for the events of a near-duplicate where it claims no other of their kind. It alerts
        nobody."""
        kinds = {finding.kind for finding in self.findings}
        text = f"{self._revision.title}\n{self._revision.text}"
        for event_id, quote in self._near.items():
            event = self._claims.event(event_id)
            if event.kind in ("meeting", "decision") and event.kind not in kinds and repeats(text, quote):
                self._claims.add_evidence(event_id, self._revision, quote if quote in text else self._revision.title)

    def _begin(self, finding: Finding, facts: Mapping[str, object]) -> int:
        keys = finding.keys
        if self._claims.find_events(finding.kind, keys[:1]):
            # A second meeting of the body on the day: it needs a name of its own.
            further = further_keys(finding)
            free = (key for key in further if not self._claims.find_events(finding.kind, [key]))
            keys = (next(free, further[-1]), *keys[1:])
        begun_facts = begun(replace(finding, facts=facts), self._said)
        if finding.kind == "decision" and not self._revision.baseline:
            document = finding.facts["documents"][0]
            mentions = self._claims.mentions(document["number"], self._revision.article_id)
            if cited := cited_before(document, mentions, self._place):
                begun_facts["cited_before"] = cited
        return self._claims.add_event(finding.kind, keys, title=finding.title, status=finding.status, facts=begun_facts)


def _fitting(finding: Finding, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The keys by which an event is known after a claim; a claim of another day, which changed nothing, names no further
    day but one close by: a session may last some days."""
    meeting = facts.get("meeting")
    day = day_in(meeting) if isinstance(meeting, Mapping) else None
    if day is None or finding.day is None or abs(day - finding.day) <= LASTS:
        return finding.keys
    return tuple(key for key in finding.keys if not key.endswith(f"|{finding.day.isoformat()}"))


def _still_wants(subscription: Subscription, event: EventRecord) -> bool:
    return subscription.enabled and bool({event.kind, "changed"}.intersection(subscription.events))
