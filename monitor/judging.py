"""Door 1: revisions in; events, alerts and deliveries out, each revision in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from config import Configuration, StorageError, Subscription
from monitor.channels import owed_to
from monitor.detect import detect
from monitor.events import Finding, document_json, findings, merged, same_event
from monitor.match import Candidate, why
from storage import Claims, Detection, EventRecord, Judging, RevisionToJudge

log = structlog.get_logger(__name__)


class Judge:
    """Judges revisions by the detectors, and matches what they claim against the subscriptions."""

    def __init__(self, store: Judging, configuration: Configuration, births: Mapping[str, datetime]) -> None:
        self._store = store
        self._configuration = configuration
        self._births = births

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
        portal = self._configuration.portal(revision.portal)
        detection = detect(
            revision.title,
            revision.text,
            published=revision.published,
            url=revision.url,
            province=portal.province if portal else None,
            portal_body=portal.body if portal else None,
            files=revision.files,
        )
        found = findings(detection, revision.title, revision.published)
        with self._store.claims(now) as claims:
            if not claims.still_unjudged(revision):
                return 0
            claims.register(revision, detection.documents)
            alerts = sum(self._claim(claims, finding, revision, detection) for finding in found)
            claims.mark_judged(revision)
        if found:
            keys = [finding.keys[0] for finding in found]
            log.info("judged", url=revision.url, events=keys, alerts=alerts, baseline=revision.baseline)
        return alerts

    def _claim(self, claims: Claims, finding: Finding, revision: RevisionToJudge, detection: Detection) -> int:
        known = next((e for e in claims.find_events(finding.kind, finding.keys) if same_event(finding, e)), None)
        facts = dict(finding.facts)
        if finding.kind == "meeting":
            # What a meeting's report says of documents is context; the register holds it in any case.
            facts["documents"] = [document_json(document) for document in detection.documents]
        if known is None:
            event_id = claims.add_event(
                finding.kind, finding.keys, title=finding.title, status=finding.status, facts=facts
            )
        else:
            event_id = known.id
            facts = merged(known.facts, facts)
            meeting = facts.get("meeting")
            status = meeting["status"] if isinstance(meeting, Mapping) else known.status
            claims.change_facts(event_id, status=status, facts=facts)
            claims.add_keys(event_id, finding.kind, finding.keys)
        new = claims.add_evidence(event_id, revision, finding.quote)
        if revision.baseline or not new:
            return 0
        return self.alert(claims, claims.event(event_id), "\n".join([revision.title, revision.text, *revision.files]))

    def alert(self, claims: Claims, event: EventRecord, words: str, about: Sequence[str] = ()) -> int:
        """Owe an event to every subscription that wants it and was there before it; how many new alerts that made."""
        names = {*about, *(evidence.portal for evidence in event.evidence)}
        portals = [portal for portal in self._configuration.portals if portal.id in names]
        candidate = Candidate(event, portals, words)
        alerts = 0
        for subscription in self._configuration.subscriptions:
            reason = why(subscription, candidate)
            if reason is None or not self._was_there(subscription, event):
                continue
            channels = owed_to(subscription, self._configuration.settings.language)
            alerts += claims.owe(event.id, subscription.id, reason=reason, channels=channels)
        return alerts

    def _was_there(self, subscription: Subscription, event: EventRecord) -> bool:
        born = self._births.get(subscription.id)
        return born is not None and born <= event.first_seen
