"""What people look at: the rows behind status, articles, events, deliveries and runs.

Every method answers dictionaries with the field names of the JSON contract; times are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from storage.looking_at_events import EventsWanted, event_row, event_rows, survivor
from storage.records import read_when
from storage.register import DocumentsWanted, Register
from storage.store import Store
from storage.tables import (
    Alert,
    Article,
    ArticleAttachment,
    ArticleUrl,
    Change,
    Delivery,
    DeliveryAlert,
    Entry,
    File,
    Reading,
    Revision,
    RevisionFile,
    Run,
    Section,
)
from storage.urls import url_key

Row = dict[str, Any]


class Looking:
    """The reading side of the store for people and programs; newest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sections(self) -> dict[tuple[str, str], Row]:
        """What is remembered of every section, by (portal, section)."""
        with self._store.read() as session:
            set_aside: dict[tuple[str, str], list[str]] = {}
            for entry in session.scalars(select(Entry).where(Entry.state == "set_aside").order_by(Entry.id)):
                set_aside.setdefault((entry.portal, entry.section), []).append(f"{entry.url}: {entry.problem}")
            pending = {
                (portal, section): count
                for portal, section, count in session.execute(
                    select(Entry.portal, Entry.section, func.count(Entry.id))
                    .where(Entry.state == "pending")
                    .group_by(Entry.portal, Entry.section)
                )
            }
            rows = {}
            for row in session.scalars(select(Section)):
                at = (row.portal, row.section)
                rows[at] = {
                    "state": row.state,
                    "last_good": row.last_good_at,
                    "next_check": row.next_check_at,
                    "last_entry": row.last_entry_at,
                    "baseline": row.baseline_at,
                    "failures": row.failures,
                    "failing_since": row.failing_since,
                    "pending": pending.get(at, 0),
                    # An article set aside was a problem of its reading once; it is shown until it is had.
                    "problems": list(dict.fromkeys([*row.problems, *set_aside.get(at, [])])),
                }
            return rows

    def counts(self) -> Row:
        """How many revisions are not judged, and how many deliveries are pending or failed."""
        with self._store.read() as session:
            return {
                "unjudged": session.scalar(select(func.count(Revision.id)).where(Revision.judged_at.is_(None))) or 0,
                "pending": _count_deliveries(session, "pending"),
                "failed": _count_deliveries(session, "failed"),
            }

    def articles(
        self, limit: int | None = None, *, portals: Sequence[str] | None = None, since: datetime | None = None
    ) -> list[Row]:
        """Articles of some portals, or of any, first seen since a moment, or ever; the newest found first."""
        query = select(Article, Revision).join(Revision, Revision.article_id == Article.id).where(_is_latest())
        if portals is not None:
            query = query.where(Article.portal.in_(list(portals)))
        if since is not None:
            query = query.where(Article.first_seen >= since)
        with self._store.read() as session:
            rows = session.execute(query.order_by(Article.id.desc()).limit(limit))
            return [_article(article, revision) for article, revision in rows]

    def show(self, name: str) -> Row | None:
        """One article, by its id or URL, with all its revisions and what was read from its page."""
        with self._store.read() as session:
            article = _find(session, name)
            if article is None:
                return None
            revisions = session.scalars(
                select(Revision).where(Revision.article_id == article.id).order_by(Revision.number)
            ).all()
            latest = revisions[-1]
            own = _article(article, latest)
            files: dict[int, list[str]] = {}
            behind = select(RevisionFile).where(RevisionFile.revision_id.in_([row.id for row in revisions]))
            for row in session.scalars(behind.order_by(RevisionFile.place)):
                files.setdefault(row.revision_id, []).append(row.file)
            return {
                **own,
                **latest.facts,
                **own,  # again: what was imported could name one of them
                "text": latest.text,
                "attachments": _attachments(session, article, latest),
                "changes": [
                    {**row.facts, "kind": row.kind, "seen": row.seen}
                    for row in session.scalars(
                        select(Change).where(Change.article_id == article.id).order_by(Change.id)
                    )
                ],
                "revisions": [
                    {
                        "number": row.number,
                        "seen": row.seen,
                        "title": row.title,
                        "text": row.text,
                        "files": files.get(row.id, []),
                    }
                    for row in revisions
                ],
            }

    def events(self, limit: int | None = None, wanted: EventsWanted | None = None) -> list[Row]:
        """Events with their evidence and what became of them, the newest first."""
        with self._store.read() as session:
            return event_rows(session, wanted or EventsWanted(), limit)

    def event(self, id: int) -> Row | None:
        """All that is known of one event; of one that was merged, the event that it was merged into."""
        with self._store.read() as session:
            event = survivor(session, id)
            return None if event is None else event_row(session, event)

    def documents(self, limit: int | None = None, wanted: DocumentsWanted | None = None) -> list[Row]:
        """Legal documents with who issued and who cites them, the newest seen first."""
        return Register(self._store).documents(wanted or DocumentsWanted(), limit)

    def deliveries(self, limit: int | None = None) -> list[Row]:
        """Deliveries, the newest first."""
        with self._store.read() as session:
            rows = session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(limit)).all()
            subscriptions: dict[int, list[str]] = {}
            for delivery_id, subscription in session.execute(
                select(DeliveryAlert.delivery_id, Alert.subscription)
                .join(Alert, Alert.id == DeliveryAlert.alert_id)
                .where(DeliveryAlert.delivery_id.between(rows[-1].id, rows[0].id) if rows else false())
                .order_by(Alert.id)
            ):
                subscriptions.setdefault(delivery_id, []).append(subscription)
            return [
                {
                    "id": row.id,
                    "event": row.event_id,
                    "subscriptions": subscriptions.get(row.id, []),
                    "channel": row.channel_masked,
                    "status": row.state,
                    "attempts": row.attempts,
                    "due": row.due if row.state == "pending" else None,
                    "sent": row.sent,
                    "error": row.error,
                }
                for row in rows
            ]

    def runs(self, limit: int | None = None, ids: Iterable[int] | None = None) -> list[Row]:
        """Runs with their readings, the newest first."""
        query = select(Run).order_by(Run.id.desc())
        if ids is not None:
            query = query.where(Run.id.in_(list(ids)))
        with self._store.read() as session:
            runs = session.scalars(query.limit(limit)).all()
            readings: dict[int, list[Row]] = {}
            for row in session.scalars(
                select(Reading).where(Reading.run_id.in_([run.id for run in runs])).order_by(Reading.id)
            ):
                readings.setdefault(row.run_id, []).append(
                    {
                        "id": row.section,
                        "state": row.state,
                        "entries": row.entries,
                        "new": row.new,
                        "revised": row.revised,
                        "unchanged": row.unchanged,
                        "problems": row.problems,
                    }
                )
            return [
                {
                    "id": run.id,
                    "portal": run.portal,
                    "reason": run.reason,
                    "started": run.started,
                    "ended": run.ended,
                    "state": run.state,
                    "sections": readings.get(run.id, []),
                }
                for run in runs
            ]


def _attachments(session: Session, article: Article, latest: Revision) -> list[Row]:
    """What an article links to now, in the order of its page."""
    order = [attachment["url"] for attachment in latest.facts.get("attachments") or ()]
    rows = session.execute(
        select(ArticleAttachment, File)
        .outerjoin(File, File.hash == ArticleAttachment.file)
        .where(ArticleAttachment.article_id == article.id, ArticleAttachment.gone.is_(None))
    )
    found = [
        {
            "url": row.url,
            "name": row.name,
            "kind": file.kind if file else None,
            "state": file.state if file else None,
            "pages": file.pages if file else None,
            "text": file.text if file else "",
            # Why it could not be had this time, else what of it was not read.
            "problem": row.problem or (file.problem if file else None),
            "hash": row.file,
        }
        for row, file in rows
    ]
    return sorted(found, key=lambda row: order.index(row["url"]) if row["url"] in order else len(order))


def _count_deliveries(session: Session, state: str) -> int:
    return session.scalar(select(func.count(Delivery.id)).where(Delivery.state == state)) or 0


def _is_latest() -> Any:
    newest = select(func.max(Revision.number)).where(Revision.article_id == Article.id).correlate(Article)
    return Revision.number == newest.scalar_subquery()


def _find(session: Session, name: str) -> Article | None:
    if name.isascii() and name.isdecimal():
        return session.get(Article, int(name)) if len(name) < 19 else None
    try:
        key = url_key(name)
    except ValueError:
        return None
    return session.scalar(
        select(Article).join(ArticleUrl, ArticleUrl.article_id == Article.id).where(ArticleUrl.url_key == key).limit(1)
    )


def _article(article: Article, revision: Revision) -> Row:
    return {
        "id": article.id,
        "portal": article.portal,
        "section": article.section,
        "url": article.url,
        "title": revision.title,
        "published": read_when(revision.published),
        "first_seen": article.first_seen,
        "revision": revision.number,
        "duplicate_of": article.duplicate_of,
        "withdrawn": article.withdrawn,
    }
