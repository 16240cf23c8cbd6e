"""What became of articles, to be judged: changes out, events and their alerts in. A door like that of revisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from storage.judging import Claims, put_off
from storage.noting import WHEREABOUTS, WORDINGS
from storage.records import RevisionToJudge, read_when
from storage.store import Store
from storage.tables import Article, Change, Event, Evidence, File, Revision, RevisionFile


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article said in one revision."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeToJudge:
    """What became of an article, not judged yet. `revision` is the article as it says now; of a revised one as it said
    with that. `before` is the wording that was told last, where the change is one of wording."""

    id: int
    kind: str
    seen: datetime
    facts: dict[str, Any]
    revision: RevisionToJudge
    wording: Wording
    before: Wording | None
    replaced: tuple[dict[str, Any], ...]
    """Of one of wording: name and url of each file that the portal replaced with it."""
    waited: bool
    """The page went to and fro, and is steady since."""
    told: dict[str, Any] | None
    """Where it was said to be last: kind and facts of the change before."""
    events: tuple[dict[str, Any], ...]
    """The facts of the meetings and decisions that the article reports."""


class ArticleChanges:
    """The store's side of judging what became of articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def pass_over(self, but: Collection[str], now: datetime) -> None:
        """Close the door behind the changes of which nobody asked to be told: all but those of these kinds."""
        unasked = (Change.judged_at.is_(None), Change.kind.not_in(list(but)))
        with self._store.read() as session:
            if session.scalar(select(Change.id).where(*unasked).limit(1)) is None:
                return
        with self._store.write() as session:
            session.execute(update(Change).where(*unasked).values(judged_at=now))

    def unjudged(self, now: datetime, limit: int) -> list[ChangeToJudge]:
        """The next changes behind the door, oldest first."""
        with self._store.read() as session:
            rows = session.execute(
                select(Change, Article)
                .join(Article, Article.id == Change.article_id)
                .where(*_behind_the_door(now))
                .order_by(Change.id)
                .limit(limit)
            )
            return [_to_judge(session, change, article) for change, article in rows]

    @contextmanager
    def claims(self, now: datetime) -> Iterator[ChangeClaims]:
        """One transaction in which a change becomes an event, its alerts and deliveries; all of them or none."""
        with self._store.write() as session:
            yield ChangeClaims(session, now)

    def set_aside(self, change_id: int, problem: str, now: datetime) -> None:
        """A change could not be judged: it is tried again, later each time."""
        with self._store.write() as session:
            put_off(session.get_one(Change, change_id), problem, now)


class ChangeClaims(Claims):
    """The writing hand of who judges changes, inside one transaction."""

    def is_unjudged(self, change_id: int) -> bool:
        """False when another process judged it in the meantime, or it is none any more."""
        row = self._session.get(Change, change_id)
        return row is not None and row.judged_at is None

    def mark_change_judged(self, change_id: int, *, told: bool) -> None:
        """Close the door behind a change; the last thing that its judgement writes. `told`: with it, what the article says
        or where it is was said; else a later change is compared with what was said before."""
        row = self._session.get_one(Change, change_id)
        row.judged_at, row.problem = self._now, None
        if told:
            row.attempts, row.next_try_at = 0, None


def _behind_the_door(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Change.judged_at.is_(None), or_(Change.next_try_at.is_(None), Change.next_try_at <= now))


def _to_judge(session: Session, change: Change, article: Article) -> ChangeToJudge:
    group = next((group for group in (WORDINGS, WHEREABOUTS) if change.kind in group), (change.kind,))
    history = session.scalars(
        select(Change)
        .where(Change.article_id == article.id, Change.kind.in_(group), Change.id < change.id)
        .order_by(Change.id.desc())
    ).all()
    number = change.facts.get("revision")
    revision = _revision(session, article, number if isinstance(number, int) else None)
    before = None
    replaced: list[Change] = []
    if change.kind in WORDINGS:
        first = revision.number
        for earlier in history:
            if _is_told(earlier) and earlier.facts.get("revision") != revision.number:
                break
            first = min(first, earlier.facts.get("revision", first))
        before = _revision(session, article, first - 1)
        replaced = [
            other
            for other in session.scalars(
                select(Change).where(Change.article_id == article.id, Change.kind == "replaced").order_by(Change.id)
            )
            if first <= other.facts.get("revision", 0) <= revision.number
        ]
    told = next((earlier for earlier in history if _is_told(earlier)), None)
    return ChangeToJudge(
        id=change.id,
        kind=change.kind,
        seen=change.seen,
        facts=dict(change.facts),
        revision=RevisionToJudge(
            id=revision.id,
            article_id=article.id,
            portal=article.portal,
            url=article.url,
            title=revision.title,
            text=revision.text,
            published=read_when(revision.published),
            baseline=False,
            attempts=0,
            files=tuple(_texts(session, revision)),
        ),
        wording=_wording(revision),
        before=None if before is None else _wording(before),
        replaced=tuple(
            {"url": url, "name": name}
            for url, name in {(row.facts.get("url"), row.facts.get("name")): None for row in replaced}
        ),
        waited=change.next_try_at is not None and not change.attempts,
        told=None if told is None else {**told.facts, "kind": told.kind},
        events=tuple(
            session.scalars(
                select(Event.facts)
                .join(Evidence, Evidence.event_id == Event.id)
                .where(Evidence.article_id == article.id, Event.kind.in_(["meeting", "decision"]))
                .order_by(Event.id)
            )
        ),
    )


def _is_told(change: Change) -> bool:
    """Whether a change was told when it came, or once it was steady; one that failed is told itself."""
    return change.next_try_at is None or change.attempts > 0


def _revision(session: Session, article: Article, number: int | None) -> Revision:
    """A revision by its number, else the latest."""
    query = select(Revision).where(Revision.article_id == article.id).order_by(Revision.number.desc()).limit(1)
    wanted = None if number is None else session.scalar(query.where(Revision.number <= max(number, 1)))
    return wanted or session.scalars(query).one()


def _wording(revision: Revision) -> Wording:
    return Wording(revision.number, revision.title, revision.text)


def _texts(session: Session, revision: Revision) -> Sequence[str]:
    query = select(File.text).join(RevisionFile, RevisionFile.file == File.hash)
    query = query.where(RevisionFile.revision_id == revision.id, File.state == "read")
    return session.scalars(query.order_by(RevisionFile.place)).all()
