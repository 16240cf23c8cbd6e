"""What came up since a time, as the judge saw it: to be matched once more, against subscriptions as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from storage.judging import event_record
from storage.records import EventRecord
from storage.store import Store
from storage.tables import (
    Alert,
    Article,
    Change,
    Delivery,
    DeliveryAlert,
    Event,
    EventChange,
    Evidence,
    File,
    Revision,
    RevisionFile,
    SubscriptionState,
)

_OF_ARTICLES = ("revised", "withdrawn")  # these events are made only where somebody asks: the facts are in `changes`
_FACTS_OF_ARTICLES = ("revised", "replaced", "withdrawn", "unlisted", "moved", "returned")

_MOST_VALUES = 500  # a statement takes only so many


@dataclass(frozen=True, slots=True)
class Report:
    """A report of an event, or of what became of it: when it was seen, on which portal, in which words. `change` is the
    name of an event's change, `kind` what that is (postponed moved cancelled ...); "" for the event itself."""

    seen: datetime
    portal: str | None
    words: str
    change: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """An event with its reports, the oldest first, those of before the time too; `portals` are those of its baseline.
    The event comes without its evidence."""

    event: EventRecord
    portals: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(slots=True)
class _Gathered:
    event: EventRecord
    portals: list[str] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)


class Replaying:
    """The reading side of the store for what subscriptions would have sent."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def subscriptions(self) -> dict[str, dict[str, Any]]:
        """Since when each subscription is known ("born"), and how many of its alerts a carrier accepted ("sent")."""
        with self._store.read() as session:
            sent = (
                select(DeliveryAlert.alert_id)
                .join(Delivery, Delivery.id == DeliveryAlert.delivery_id)
                .where(Delivery.state == "sent")
            )
            counts = select(Alert.subscription, func.count(Alert.id)).where(Alert.id.in_(sent))
            alerts = dict(session.execute(counts.group_by(Alert.subscription)).all())
            born = dict(session.execute(select(SubscriptionState.subscription, SubscriptionState.first_seen)).all())
            return {id: {"born": born.get(id), "sent": alerts.get(id, 0)} for id in {*born, *alerts}}

    def event(self, event_id: int) -> EventRecord:
        """An event with all its evidence."""
        with self._store.read() as session:
            return event_record(session, session.get_one(Event, event_id))

    def news(self, since: datetime) -> list[News]:
        """Every event that was reported or changed since a time, and was news then; in the order of their ids."""
        with self._store.read() as session:
            reported = select(Evidence.event_id).where(Evidence.seen >= since, ~Evidence.baseline)
            changed = select(EventChange.event_id).where(EventChange.seen >= since)
            itself = Event.kind.startswith("portal_") & (Event.first_seen >= since)
            wanted = select(Event.id).where(
                or_(Event.id.in_(reported), Event.id.in_(changed), itself),
                Event.merged_into.is_(None),
                Event.kind.not_in(_OF_ARTICLES),
            )
            found = {
                row.id: _Gathered(_bare(row)) for row in session.scalars(select(Event).where(Event.id.in_(wanted)))
            }
            for event_id, report, baseline in self._reports(session, wanted):
                if not baseline:
                    found[event_id].reports.append(report)
                elif report.portal:
                    found[event_id].portals.append(report.portal)
        for each in found.values():
            if each.event.kind.startswith("portal_"):
                each.reports.append(Report(each.event.first_seen, str(each.event.facts.get("about")), ""))
            each.reports.sort(key=lambda report: report.seen)
        return [News(each.event, tuple(each.portals), tuple(each.reports)) for _, each in sorted(found.items())]

    def _reports(self, session: Session, wanted: Select[int]) -> Iterator[tuple[int, Report, bool]]:
        evidence = (
            select(Evidence.event_id, Evidence.seen, Evidence.baseline, Article.portal, Revision)
            .join(Article, Article.id == Evidence.article_id)
            .join(Revision, Revision.id == Evidence.revision_id)
            .where(Evidence.event_id.in_(wanted))
        )
        rows = session.execute(evidence).all()
        changes = (
            select(EventChange, Article.portal, Revision)
            .outerjoin(Revision, Revision.id == EventChange.revision_id)
            .outerjoin(Article, Article.id == Revision.article_id)
            .where(EventChange.event_id.in_(wanted))
        )
        changed = session.execute(changes).all()
        revisions = [row.Revision.id for row in (*rows, *changed) if row.Revision]
        files = _file_texts(session, revisions)
        for event_id, seen, baseline, portal, revision in rows:
            yield event_id, Report(seen, portal, _words(revision, files)), baseline
        for change, portal, revision in changed:
            words = _words(revision, files) if revision else ""
            yield change.event_id, Report(change.seen, portal, words, change.name, change.kind), False

    def article_changes(self, since: datetime) -> list[News]:
        """Every change of an article since a time, as the event that it would have been; oldest first."""
        with self._store.read() as session:
            newest = select(func.max(Revision.number)).where(Revision.article_id == Article.id).correlate(Article)
            rows = session.execute(
                select(Change, Article, Revision)
                .join(Article, Article.id == Change.article_id)
                .join(Revision, Revision.article_id == Article.id)
                .where(Change.seen >= since, Change.kind.in_(_FACTS_OF_ARTICLES))
                .where(Revision.number == newest.scalar_subquery())
                .order_by(Change.id)
            ).all()
            files = _file_texts(session, [revision.id for _, _, revision in rows])
            reported = _reported(session, {article.id for _, article, _ in rows})
            return [
                News(
                    _of_article(change, article, revision, reported.get(article.id, {})),
                    (),
                    (Report(change.seen, article.portal, _words(revision, files)),),
                )
                for change, article, revision in rows
            ]


def _bare(event: Event) -> EventRecord:
    return EventRecord(
        event.id, event.kind, event.key, event.title, event.first_seen, event.status, dict(event.facts), ()
    )


def _of_article(change: Change, article: Article, revision: Revision, reported: dict[str, Any]) -> EventRecord:
    kind = "revised" if change.kind in ("revised", "replaced") else "withdrawn"
    facts = {
        **reported,  # its bodies and documents are those of what the article reports
        "about": article.portal,
        "article": {"id": article.id, "url": article.url, "title": revision.title},
        "change": change.kind,
        "problem": change.facts.get("problem"),
        "to": change.facts.get("to"),
    }
    return EventRecord(0, kind, f"{article.id}|{change.id}", revision.title, change.seen, None, facts, ())


def _reported(session: Session, articles: set[int]) -> dict[int, dict[str, Any]]:
    """The meeting and the documents of the first event that each article reports."""
    found: dict[int, dict[str, Any]] = {}
    ids = sorted(articles)
    for start in range(0, len(ids), _MOST_VALUES):
        some = Evidence.article_id.in_(ids[start : start + _MOST_VALUES])
        query = select(Evidence.article_id, Event.facts).join(Event, Event.id == Evidence.event_id)
        for article, facts in session.execute(query.where(some).order_by(Event.id)):
            found.setdefault(article, {name: facts[name] for name in ("meeting", "documents") if name in facts})
    return found


def _words(revision: Revision, files: dict[int, list[str]]) -> str:
    return "\n".join([revision.title, revision.text, *files.get(revision.id, ())])


def _file_texts(session: Session, revisions: list[int]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for start in range(0, len(revisions), _MOST_VALUES):
        some = RevisionFile.revision_id.in_(revisions[start : start + _MOST_VALUES])
        query = select(RevisionFile.revision_id, File.text).join(File, File.hash == RevisionFile.file)
        query = query.where(some, File.state == "read").order_by(RevisionFile.revision_id, RevisionFile.place)
        for revision, text in session.execute(query):
            texts.setdefault(revision, []).append(text)
    return texts
