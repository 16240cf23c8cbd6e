"""What the judge reads and writes: door 1 out, events and their alerts in. Door 2 is filled here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from config import match_key
from storage.duplicates import Signed, articles_near, sign
from storage.merging import members_of, merge
from storage.records import (
    DocumentMention,
    EventChangeRecord,
    EventRecord,
    EvidenceRecord,
    MentionRecord,
    NearRecord,
    Owed,
    RevisionToJudge,
    read_when,
    write_when,
)
from storage.store import Store
from storage.tables import (
    Alert,
    Article,
    Change,
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
_MOST_NEAR = 20  # events of a body that are looked at beside those that a key names
_MOST_CITING = 500


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
            return [_to_judge(revision, article, files) for revision, article in found]

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
            put_off(session.get_one(Revision, revision_id), problem, now)


def put_off(row: Revision | Change, problem: str, now: datetime) -> None:
    """Let what could not be judged wait behind its door, longer each time."""
    row.attempts += 1
    row.problem = problem
    # A pause of more doublings than these is longer than any, and after months it would be no duration at all.
    row.next_try_at = now + min(_FIRST_RETRY * 2 ** min(row.attempts - 1, 20), _LAST_RETRY)


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
        return self._records(found[key] for key in keys if key in found)

    def find_meetings(self, body: str, first: date, last: date, *, undated: bool = False) -> list[EventRecord]:
        """A body's meetings between two days, those of no known day too if wanted, of very many the newest; `body` as keys
        hold it."""
        within = and_(Event.day >= first.isoformat(), Event.day <= last.isoformat())
        query = select(Event.id).where(Event.kind == "meeting", Event.body_key == body, Event.merged_into.is_(None))
        query = query.where(or_(within, Event.day.is_(None)) if undated else within)
        newest = self._session.scalars(query.order_by(Event.id.desc()).limit(_MOST_NEAR))
        return self._records(reversed(newest.all()))

    def claimed_by(self, article_id: int, kind: str) -> list[EventRecord]:
        """The events of a kind that an article stands for."""
        query = select(Event.id).join(Evidence, Evidence.event_id == Event.id).order_by(Event.id)
        return self._records(
            self._session.scalars(query.where(Evidence.article_id == article_id, Event.kind == kind).limit(_MOST_NEAR))
        )

    def further_wordings(self, event_id: int, besides: int) -> list[RevisionToJudge]:
        """The revisions that stand for an event, but for an article's own."""
        rows = self._session.execute(
            select(Revision, Article)
            .join(Evidence, Evidence.revision_id == Revision.id)
            .join(Article, Article.id == Revision.article_id)
            .where(Evidence.event_id == event_id, Evidence.article_id != besides)
            .order_by(Revision.id)
        ).all()
        files = _texts(self._session, [revision.id for revision, _ in rows])
        return [_to_judge(revision, article, files) for revision, article in rows]

    def mentions(self, number: str, besides: int) -> list[MentionRecord]:
        """Where a document's number stands in the register, but for one article, the first first."""
        rows = self._session.execute(
            select(Mention, Article.portal, Article.url)
            .join(Article, Article.id == Mention.article_id)
            .where(Mention.number_key == match_key(number), Mention.article_id != besides)
            .order_by(Mention.seen, Mention.id)
            .limit(_MOST_CITING)
        )
        return [
            MentionRecord(row.article_id, portal, url, row.issuer, row.date, row.role, row.seen)
            for row, portal, url in rows
        ]

    def near(self, signed: Signed, besides: int) -> list[NearRecord]:
        """The articles that may say nearly the same as a signed text, but for one, and the events that they stand for."""
        return articles_near(self._session, signed, besides)

    def sign(self, article_id: int, signed: Signed | None) -> None:
        """Keep the signature of an article's latest wording in place of an earlier one."""
        sign(self._session, article_id, signed, self._now)

    def add_event(
        self, kind: str, keys: Sequence[str], *, title: str, status: str | None, facts: Mapping[str, object]
    ) -> int:
        """The id of a new event under all its keys; the first is its own."""
        event = Event(kind=kind, key=keys[0], title=title, first_seen=self._now, status=status, facts=dict(facts))
        event.body_key, event.day = named(kind, keys, facts)
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
        event = self._session.get_one(Event, event_id)
        keys = self._session.scalars(select(EventKey.key).where(EventKey.event_id == event_id)).all()
        body, event.day = named(event.kind, (event.key, *keys), facts)
        event.body_key = event.body_key or body
        if (event.status, *_appointment(event.facts)) != (status, *_appointment(facts)):
            event.sequence += 1
        event.status, event.facts = status, dict(facts)
        self._session.flush()

    def add_change(
        self, event_id: int, revision: RevisionToJudge, *, name: str, kind: str, before: object, after: object
    ) -> bool:
        """Write down what a revision says became of an event; False when that was known."""
        known = select(EventChange.id).where(EventChange.event_id == event_id, EventChange.name == name)
        if self._session.scalar(known) is not None:
            return False
        facts = {"before": before, "after": after}
        self._session.add(
            EventChange(event_id=event_id, name=name, kind=kind, seen=self._now, revision_id=revision.id, facts=facts)
        )
        self._session.flush()
        return True

    def merge(self, event_id: int, other_id: int, revision: RevisionToJudge) -> None:
        """Let one event stand for another too, which is the same fact; its facts are written by `change_facts`."""
        merge(self._session, event_id, other_id, revision.id, self._now)

    def alerted(self, event_id: int) -> dict[str, dict[str, object]]:
        """The subscriptions to which an event, or one merged into it, was owed, and why."""
        alerts = self._session.scalars(
            select(Alert).where(Alert.event_id.in_(members_of(self._session, event_id))).order_by(Alert.id.desc())
        )
        return {alert.subscription: dict(alert.reason) for alert in alerts}

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

    def _records(self, ids: Iterable[int]) -> list[EventRecord]:
        return [event_record(self._session, self._session.get_one(Event, event_id)) for event_id in dict.fromkeys(ids)]

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
        """Owe an event to a subscription, and to each of its channels one delivery; false when it was owed before, under
        an event merged into it too. Who was told of a change needs not be told of the event."""
        members = members_of(self._session, event_id)
        owed_before = select(Alert.id).where(Alert.event_id.in_(members), Alert.subscription == subscription)
        if change:
            owed_before = owed_before.where(Alert.change == change)
        if self._session.scalar(owed_before.limit(1)) is not None:
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
                select(Delivery)
                .where(
                    Delivery.event_id.in_(members),
                    Delivery.change == change,
                    Delivery.channel_key == owed.channel_key,
                )
                .limit(1)
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


def named(kind: str, keys: Sequence[str], facts: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Who meets or issues, as the keys hold it, and the day, by which an event is looked for."""
    meeting, documents = facts.get("meeting"), facts.get("documents")
    if kind == "meeting" and isinstance(meeting, Mapping):
        bodies = [key.partition("|")[0] for key in keys if not key.startswith("~")]
        return next(iter(bodies), None), meeting.get("date")
    if kind == "decision" and isinstance(documents, list) and documents:
        issuer = keys[0].split("|")[-2] if keys[0].count("|") > 1 else "-"
        return None if issuer.startswith("-") else issuer, documents[0].get("date")
    return None, None


def _appointment(facts: Mapping[str, object]) -> tuple[object, ...]:
    meeting = facts.get("meeting")
    return tuple(meeting.get(name) for name in ("date", "time", "place")) if isinstance(meeting, Mapping) else ()


def _to_judge(revision: Revision, article: Article, files: Mapping[int, Sequence[str]]) -> RevisionToJudge:
    return RevisionToJudge(
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
        folded=revision.folded,
    )


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
    # By columns: the sixtieth report would read the texts of all the others.
    rows = session.execute(
        select(
            Article.portal,
            Article.url,
            Revision.title,
            Evidence.quote,
            Revision.number,
            Revision.published,
            Evidence.baseline,
        )
        .select_from(Evidence)
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
            EvidenceRecord(portal, url, title, quote, number, read_when(published), baseline)
            for portal, url, title, quote, number, published, baseline in rows
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
        sequence=event.sequence,
    )
