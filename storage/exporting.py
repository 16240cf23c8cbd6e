"""All that is known of articles and events as lines of the exchange format, some rows at a time.

Every page of rows is one reading transaction: an export that somebody reads slowly, in a pager perhaps, holds up
nobody, and a store of any size needs the memory of a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from storage.exchange import FORMAT, TROUBLES, Row, write_moment
from storage.store import Store
from storage.tables import (
    Article,
    ArticleAttachment,
    ArticleUrl,
    Change,
    Event,
    EventChange,
    EventKey,
    Evidence,
    File,
    Mention,
    Revision,
    RevisionFile,
)

_ROWS_AT_ONCE = 100


class Exporting:
    """What is exported: of some portals or of all (empty), and what is new since a moment or everything.

    An article is new since then when it was first seen, or a revision or change of it was; it is exported whole. So is
    an event that was first seen, reported by a further article, changed, acknowledged or muted.
    """

    def __init__(self, store: Store, *, portals: Collection[str] = (), since: datetime | None = None) -> None:
        self._store = store
        self._portals = tuple(portals)
        self._since = since
        with store.read() as session:
            # What is stored while the export runs is of the next one: no event names an article that is not in it.
            self._last_article = session.scalar(select(func.max(Article.id))) or 0
            self._last_event = session.scalar(select(func.max(Event.id))) or 0

    def unknown_portals(self) -> list[str]:
        """Those of the portals that no article is of."""
        with self._store.read() as session:
            known = set(session.scalars(select(Article.portal).where(Article.portal.in_(self._portals)).distinct()))
        return [portal for portal in self._portals if portal not in known]

    def count(self, *, articles: bool, events: bool) -> int:
        """How many lines there will be, as things stand now."""
        with self._store.read() as session:
            counts = [select(func.count(Article.id)).where(*self._articles_wanted())] if articles else []
            counts += [select(func.count(Event.id)).where(*self._events_wanted())] if events else []
            return sum(session.scalar(count) or 0 for count in counts)

    def header(self, what: str, now: datetime) -> Row:
        """The first line."""
        return {
            "portalwatch": FORMAT,
            "kind": "header",
            "exported": write_moment(now),
            "what": what,
            "portals": list(self._portals),
            "since": write_moment(self._since),
        }

    def articles(self) -> Iterator[Row]:
        """The articles, in the order in which they were first stored."""
        last = 0
        while True:
            with self._store.read() as session:
                query = select(Article).where(Article.id > last, *self._articles_wanted())
                page = session.scalars(query.order_by(Article.id).limit(_ROWS_AT_ONCE)).all()
                rows = _article_rows(session, page)
            if not page:
                return
            yield from rows
            last = page[-1].id

    def events(self) -> Iterator[Row]:
        """The events, in the order in which they were first stored."""
        last = 0
        while True:
            with self._store.read() as session:
                query = select(Event).where(Event.id > last, *self._events_wanted())
                page = session.scalars(query.order_by(Event.id).limit(_ROWS_AT_ONCE)).all()
                rows = self._event_rows(session, page)
            if not page:
                return
            yield from rows
            last = page[-1].id

    def _articles_wanted(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = [Article.id <= self._last_article]
        if self._portals:
            wanted.append(Article.portal.in_(self._portals))
        if self._since is not None:
            wanted.append(
                or_(
                    Article.first_seen >= self._since,
                    exists().where(Revision.article_id == Article.id, Revision.seen >= self._since),
                    exists().where(Change.article_id == Article.id, Change.seen >= self._since),
                )
            )
        return wanted

    def _events_wanted(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = [Event.id <= self._last_event, Event.kind.not_in(TROUBLES)]
        wanted.append(Event.merged_into.is_(None))  # the one that stands for it has its keys and evidence
        if self._portals:
            wanted.append(self._reported())
        if self._since is not None:
            wanted.append(
                or_(
                    Event.first_seen >= self._since,
                    self._reported(Evidence.seen >= self._since),
                    exists().where(EventChange.event_id == Event.id, EventChange.seen >= self._since),
                    Event.acknowledged >= self._since,
                    Event.muted >= self._since,
                )
            )
        return wanted

    def _reported(self, *further: ColumnElement[bool]) -> ColumnElement[bool]:
        by = and_(Evidence.article_id == Article.id, Evidence.event_id == Event.id, *further)
        return exists().where(by, Article.portal.in_(self._portals) if self._portals else Article.id.is_not(None))

    def _event_rows(self, session: Session, events: Iterable[Event]) -> list[Row]:
        ids = [event.id for event in events]
        keys = _by(
            session, select(EventKey.event_id, EventKey).where(EventKey.event_id.in_(ids)).order_by(EventKey.key)
        )
        query = (
            select(Evidence, Article, Revision)
            .join(Article, Article.id == Evidence.article_id)
            .join(Revision, Revision.id == Evidence.revision_id)
            .where(Evidence.event_id.in_(ids), Article.id <= self._last_article)
            .order_by(Evidence.seen, Evidence.article_id)
        )
        if self._portals:
            query = query.where(Article.portal.in_(self._portals))
        evidence: dict[int, list[Row]] = {}
        for proof, article, revision in session.execute(query):
            evidence.setdefault(proof.event_id, []).append(
                {
                    **_said_in(article, revision),
                    "seen": write_moment(proof.seen),
                    "baseline": proof.baseline,
                    "quote": proof.quote,
                }
            )
        changes: dict[int, list[Row]] = {}
        by = (
            select(EventChange, Article, Revision)
            .outerjoin(Revision, Revision.id == EventChange.revision_id)
            .outerjoin(Article, Article.id == Revision.article_id)
            .where(EventChange.event_id.in_(ids))
            .order_by(EventChange.id)
        )
        for change, article, revision in session.execute(by):
            ours = article is not None and article.id <= self._last_article
            ours = ours and (not self._portals or article.portal in self._portals)
            changes.setdefault(change.event_id, []).append(
                {
                    "name": change.name,
                    "kind": change.kind,
                    "seen": write_moment(change.seen),
                    "before": _without_id(change.facts.get("before")),
                    "after": _without_id(change.facts.get("after")),
                    "said_in": _said_in(article, revision) if ours else None,
                }
            )
        return [
            {
                "portalwatch": FORMAT,
                "kind": "event",
                "event": event.kind,
                "key": event.key,
                "keys": [row.key for row in keys.get(event.id, ())],
                "title": event.title,
                "first_seen": write_moment(event.first_seen),
                "status": event.status,
                "facts": event.facts,
                "sequence": event.sequence,
                "acknowledged": write_moment(event.acknowledged),
                "muted": write_moment(event.muted),
                "changes": changes.get(event.id, []),
                "evidence": evidence.get(event.id, []),
            }
            for event in events
        ]


def _article_rows(session: Session, articles: Iterable[Article]) -> list[Row]:
    ids = [article.id for article in articles]
    addresses = _of(session, ArticleUrl, ids, ArticleUrl.url_key)
    revisions = _of(session, Revision, ids, Revision.number)
    attachments = _of(session, ArticleAttachment, ids, ArticleAttachment.url_key)
    changes = _of(session, Change, ids, Change.id)
    mentions = _of(session, Mention, ids, Mention.id)
    texts = [row.id for rows in revisions.values() for row in rows]
    query = select(RevisionFile.revision_id, RevisionFile).where(RevisionFile.revision_id.in_(texts))
    behind = _by(session, query.order_by(RevisionFile.place))
    hashes = {row.file for rows in (*behind.values(), *attachments.values()) for row in rows}
    files = {row.hash: row for row in session.scalars(select(File).where(File.hash.in_(hashes)))}
    copied = [article.duplicate_of for article in articles if article.duplicate_of is not None]
    originals = {row.id: row for row in session.scalars(select(Article).where(Article.id.in_(copied)))}
    return [
        {
            "portalwatch": FORMAT,
            "kind": "article",
            "portal": article.portal,
            "section": article.section,
            "url": article.url,
            "addresses": [row.url_key for row in addresses.get(article.id, ())],
            "first_seen": write_moment(article.first_seen),
            "checked": write_moment(article.checked_at),
            "next_visit": write_moment(article.next_visit_at),
            "duplicate_of": _address(originals.get(article.duplicate_of or 0)),
            "missing_since": write_moment(article.missing_since),
            "withdrawn": write_moment(article.withdrawn),
            "revisions": [
                {
                    "number": row.number,
                    "seen": write_moment(row.seen),
                    "baseline": row.baseline,
                    "judged": write_moment(row.judged_at),
                    "title": row.title,
                    "text": row.text,
                    "published": row.published,
                    "facts": row.facts,
                    "files": [file.file for file in behind.get(row.id, ())],
                }
                for row in revisions.get(article.id, ())
            ],
            "attachments": [
                {
                    "url": row.url,
                    "name": row.name,
                    "first_seen": write_moment(row.first_seen),
                    "gone": write_moment(row.gone),
                    "file": row.file,
                    "problem": row.problem,
                }
                for row in attachments.get(article.id, ())
            ],
            "files": [
                _file_row(files[digest])
                for digest in dict.fromkeys(
                    [row.file for revision in revisions.get(article.id, ()) for row in behind.get(revision.id, ())]
                    + [row.file for row in attachments.get(article.id, ()) if row.file is not None]
                )
            ],
            "changes": [
                {"kind": row.kind, "seen": write_moment(row.seen), "facts": row.facts}
                for row in changes.get(article.id, ())
            ],
            "mentions": [
                {
                    "number": row.number,
                    "type": row.type,
                    "issuer": row.issuer,
                    "date": row.date,
                    "role": row.role,
                    "seen": write_moment(row.seen),
                }
                for row in mentions.get(article.id, ())
            ],
        }
        for article in articles
        if article.id in revisions
    ]


def _said_in(article: Article, revision: Revision) -> Row:
    return {
        "portal": article.portal,
        "url": article.url,
        "revision": revision.number,
        "revision_seen": write_moment(revision.seen),
        "wording": revision.content_hash,
    }


def _without_id(facts: Row | None) -> Row:
    """Facts without the id that an event has in this store."""
    return {name: value for name, value in (facts or {}).items() if name != "id"}


def _file_row(file: File) -> Row:
    return {
        "hash": file.hash,
        "size": file.size,
        "kind": file.kind,
        "state": file.state,
        "pages": file.pages,
        "text": file.text,
        "problem": file.problem,
        "seen": write_moment(file.seen),
    }


def _address(article: Article | None) -> Row | None:
    return None if article is None else {"portal": article.portal, "url": article.url}


def _of(session: Session, table: Any, ids: Collection[int], order: Any) -> dict[int, list[Any]]:
    """The rows of a table by their article."""
    return _by(session, select(table.article_id, table).where(table.article_id.in_(ids)).order_by(order))


def _by(session: Session, query: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for owner, row in session.execute(query):
        found.setdefault(owner, []).append(row)
    return found
