"""What the judge reads and writes: door 1 out, events and their alerts in. Door 2 is filled here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from config import match_key
from storage.records import (
    DocumentMention,
    EventChangeRecord,
    EventRecord,
    EvidenceRecord,
    Owed,
    RevisionToJudge,
    read_when,
    write_when,
)
from storage.store import Store
from storage.tables import (
    Alert,
    Article,
    Delivery,
    DeliveryAlert,
    Event,
    EventChange,
    EventKey,
    Evidence,
    File,
    Mention,
    Revision,
    RevisionFile,
    SubscriptionState,
)

_FIRST_RETRY = timedelta(minutes=1)
_LAST_RETRY = timedelta(days=1)


def _behind_the_door(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Revision.judged_at.is_(None),
        or_(Revision.next_try_at.is_(None), Revision.next_try_at <= now),
    )


class Judging:
    """The judge's side of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def unjudged(self, now: datetime, limit: int) -> list[RevisionToJudge]:
        """The next revisions behind door 1: what may be told first, then the baseline; oldest first."""
        with self._store.read() as session:
            first = select(Revision.id).where(*_behind_the_door(now)).order_by(Revision.baseline, Revision.id)
            rows = session.execute(
                select(Revision, Article)
                .join(Article, Article.id == Revision.article_id)
                .where(Revision.id.in_(session.scalars(first.limit(limit)).all()))
                .order_by(Revision.baseline, Revision.id)
            )
            found = rows.all()
            files = _texts(session, [revision.id for revision, _ in found])
            return [
                RevisionToJudge(
                    id=revision.id,
                    article_id=article.id,
                    portal=article.portal,
                    url=article.url,
                    title=revision.title,
                    text=revision.text,
                    published=read_when(revision.published),
                    baseline=revision.baseline,
                    attempts=revision.attempts,
                    files=tuple(files.get(revision.id, ())),
                )
                for revision, article in found
            ]

    def count_due(self, now: datetime) -> int:
        """How many revisions wait behind door 1."""
        with self._store.read() as session:
            return session.scalar(select(func.count(Revision.id)).where(*_behind_the_door(now))) or 0

    def know_subscriptions(self, subscriptions: Iterable[str], now: datetime) -> dict[str, datetime]:
        """When each subscription was first seen, which is now for a new one."""
        with self._store.write() as session:
            known = dict(session.execute(select(SubscriptionState.subscription, SubscriptionState.first_seen)).all())
            for subscription in subscriptions:
                if subscription not in known:
                    session.add(SubscriptionState(subscription=subscription, first_seen=now))
                    known[subscription] = now
            return known

    def open_outages(self) -> dict[str, str]:
        """The keys, by portal, of outages that were told and are not over."""
        with self._store.read() as session:
            kinds: dict[str, set[str]] = {"portal_failing": set(), "portal_recovered": set()}
            for kind, key in session.execute(select(EventKey.kind, EventKey.key).where(EventKey.kind.in_(kinds))):
                kinds[kind].add(key)
            return {key.partition("|")[0]: key for key in sorted(kinds["portal_failing"] - kinds["portal_recovered"])}

    @contextmanager
    def claims(self, now: datetime) -> Iterator[Claims]:
        """One transaction in which findings become events, alerts and deliveries; all of them or none."""
        with self._store.write() as session:
            yield Claims(session, now)

    def set_aside(self, revision_id: int, problem: str, now: datetime) -> None:
        """A detector failed or hung on a revision: it is tried again, later each time."""
        with self._store.write() as session:
            row = session.get_one(Revision, revision_id)
            row.attempts += 1
            row.problem = problem
            row.next_try_at = now + min(_FIRST_RETRY * 2 ** (row.attempts - 1), _LAST_RETRY)


class Claims:
    """The writing hand of the judge inside one transaction."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now

    def still_unjudged(self, revision: RevisionToJudge) -> bool:
        """False when another process judged it in the meantime."""
        return self._session.get_one(Revision, revision.id).judged_at is None

    def mark_judged(self, revision: RevisionToJudge) -> None:
        """Close door 1 behind a revision; the last thing that its judgement writes."""
        row = self._session.get_one(Revision, revision.id)
        row.judged_at, row.problem, row.next_try_at = self._now, None, None

    def register(self, revision: RevisionToJudge, documents: Sequence[DocumentMention]) -> None:
        """Write the documents that a revision mentions into the register, in place of its article's earlier ones."""
        seen: dict[str, datetime] = {}
        for mention in self._session.scalars(select(Mention).where(Mention.article_id == revision.article_id)):
            seen[mention.number_key] = min(mention.seen, seen.get(mention.number_key, mention.seen))
        self._session.execute(delete(Mention).where(Mention.article_id == revision.article_id))
        for document in documents:
            key = match_key(document.number)
            self._session.add(
                Mention(
                    article_id=revision.article_id,
                    number=document.number,
                    number_key=key,
                    type=document.type,
                    issuer=document.issuer,
                    date=write_when(document.date),
                    role=document.role,
                    seen=seen.get(key, self._now),
                )
            )

    def find_events(self, kind: str, keys: Sequence[str]) -> list[EventRecord]:
        """The events that any of the keys names, in the order of the keys."""
        found = dict(
            self._session.execute(
                select(EventKey.key, EventKey.event_id).where(EventKey.kind == kind, EventKey.key.in_(keys))
            ).all()
        )
        ids = dict.fromkeys(found[key] for key in keys if key in found)
        return [event_record(self._session, self._session.get_one(Event, event_id)) for event_id in ids]

    def add_event(
        self, kind: str, keys: Sequence[str], *, title: str, status: str | None, facts: Mapping[str, object]
    ) -> int:
        """The id of a new event under all its keys; the first is its own."""
        event = Event(kind=kind, key=keys[0], title=title, first_seen=self._now, status=status, facts=dict(facts))
        self._session.add(event)
        self._session.flush()
        self.add_keys(event.id, kind, keys)
        return event.id

    def add_keys(self, event_id: int, kind: str, keys: Sequence[str]) -> None:
        """Let further keys name an event; a key that names another event stays with it."""
        for key in keys:
            if self._session.get(EventKey, (kind, key)) is None:
                self._session.add(EventKey(kind=kind, key=key, event_id=event_id))
        self._session.flush()

    def change_facts(self, event_id: int, *, status: str | None, facts: Mapping[str, object]) -> None:
        """Write an event's facts and status."""
        self._session.execute(update(Event).where(Event.id == event_id).values(status=status, facts=dict(facts)))

    def add_evidence(self, event_id: int, revision: RevisionToJudge, quote: str) -> bool:
        """Let a revision stand for an event; a later revision of the same article takes the earlier one's place.

        False when the article stood for the event already: a comma mended in a report is no new report.
        """
        row = self._session.get(Evidence, (event_id, revision.article_id))
        new = row is None
        if row is None:
            row = Evidence(
                event_id=event_id, article_id=revision.article_id, seen=self._now, baseline=revision.baseline
            )
            self._session.add(row)
        row.revision_id, row.quote = revision.id, quote
        row.baseline = row.baseline and revision.baseline
        self._session.flush()
        return new

    def event(self, event_id: int) -> EventRecord:
        """An event as it stands in this transaction."""
        self._session.expire_all()
        return event_record(self._session, self._session.get_one(Event, event_id))

    def owe(
        self,
        event_id: int,
        subscription: str,
        *,
        reason: Mapping[str, object],
        channels: Sequence[Owed],
        change: str = "",
    ) -> bool:
        """Owe an event to a subscription, and to each of its channels one delivery; false when it was owed before."""
        known = self._session.scalar(
            select(Alert.id).where(
                Alert.event_id == event_id, Alert.subscription == subscription, Alert.change == change
            )
        )
        if known is not None:
            return False
        alert = Alert(
            event_id=event_id,
            subscription=subscription,
            change=change,
            reason=dict(reason),
            matched=self._now,
        )
        self._session.add(alert)
        self._session.flush()
        for owed in channels:
            delivery = self._session.scalar(
                select(Delivery).where(
                    Delivery.event_id == event_id,
                    Delivery.change == change,
                    Delivery.channel_key == owed.channel_key,
                )
            )
            if delivery is None:
                delivery = Delivery(
                    event_id=event_id,
                    change=change,
                    channel_key=owed.channel_key,
                    written_key=owed.written_key,
                    channel_masked=owed.masked,
                    language=owed.language,
                    state="pending",
                    attempts=0,
                    created=self._now,
                    due=self._now,
                )
                self._session.add(delivery)
                self._session.flush()
            if self._session.get(DeliveryAlert, (delivery.id, alert.id)) is None:
                self._session.add(DeliveryAlert(delivery_id=delivery.id, alert_id=alert.id))
        return True


def _texts(session: Session, revisions: Sequence[int]) -> dict[int, list[str]]:
    """What the files of some revisions say, by the revision's id, in the order of the page."""
    texts: dict[int, list[str]] = {}
    query = select(RevisionFile.revision_id, File.text).join(File, File.hash == RevisionFile.file)
    query = query.where(RevisionFile.revision_id.in_(revisions), File.state == "read")
    for revision, text in session.execute(query.order_by(RevisionFile.revision_id, RevisionFile.place)):
        texts.setdefault(revision, []).append(text)
    return texts


def event_record(session: Session, event: Event) -> EventRecord:
    """An event's row and its evidence as a record, oldest evidence first."""
    rows = session.execute(
        select(Evidence, Article, Revision)
        .join(Article, Article.id == Evidence.article_id)
        .join(Revision, Revision.id == Evidence.revision_id)
        .where(Evidence.event_id == event.id)
        .order_by(Evidence.seen, Evidence.article_id)
    )
    return EventRecord(
        id=event.id,
        kind=event.kind,
        key=event.key,
        title=event.title,
        first_seen=event.first_seen,
        status=event.status,
        facts=dict(event.facts),
        evidence=tuple(
            EvidenceRecord(
                portal=article.portal,
                url=article.url,
                title=revision.title,
                quote=evidence.quote,
                revision=revision.number,
                published=read_when(revision.published),
                baseline=evidence.baseline,
            )
            for evidence, article, revision in rows
        ),
        changes=tuple(
            EventChangeRecord(
                name=change.name,
                kind=change.kind,
                seen=change.seen,
                before=dict(change.facts.get("before") or {}),
                after=dict(change.facts.get("after") or {}),
                url=url,
            )
            for change, url in session.execute(
                select(EventChange, Article.url)
                .outerjoin(Revision, Revision.id == EventChange.revision_id)
                .outerjoin(Article, Article.id == Revision.article_id)
                .where(EventChange.event_id == event.id)
                .order_by(EventChange.id)
            )
        ),
        acknowledged=event.acknowledged,
        muted=event.muted,
    )
