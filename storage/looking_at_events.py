"""Events as people look at them, and what people say of them: somebody has it, nobody wants to hear of it any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from config import plain
from storage.searching import number_keys, of_bodies
from storage.store import Store
from storage.tables import Article, Event, EventChange, EventKey, Evidence, Revision

Row = dict[str, Any]
_AT_ONCE = 500
_HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class EventsWanted:
    """Which events to show. `bodies`: parts of names; `since` and `until`: days YYYY-MM-DD of the meeting or the issue,
    of finding where that is not known; `open_only`: neither acknowledged nor muted."""

    kind: str | None = None
    portals: tuple[str, ...] | None = None
    bodies: tuple[str, ...] = ()
    status: str | None = None
    number: str | None = None
    since: str | None = None
    until: str | None = None
    open_only: bool = False


class Attending:
    """What people say of events. An event that was merged into another stands for that one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def acknowledge(self, ids: Sequence[int], now: datetime) -> tuple[list[int], list[int]]:
        """Write down that somebody has these events; their ids, and those of which there are none: then nothing is."""
        return self._write(ids, acknowledged=now)

    def mute(self, ids: Sequence[int], now: datetime) -> tuple[list[int], list[int]]:
        """Let nothing more be sent of these events; as `acknowledge` answers."""
        return self._write(ids, muted=now)

    def unmute(self, ids: Sequence[int]) -> tuple[list[int], list[int]]:
        """Let what becomes of these events be sent again; as `acknowledge` answers."""
        return self._write(ids, muted=None)

    def _write(self, ids: Sequence[int], **said: datetime | None) -> tuple[list[int], list[int]]:
        with self._store.write() as session:
            found = {id: survivor(session, id) for id in dict.fromkeys(ids)}
            unknown = [id for id, event in found.items() if event is None]
            events = {event.id: event for event in found.values() if event is not None}
            if not unknown:
                for event in events.values():
                    for name, value in said.items():
                        # Who said it first said it; and no is no for as long as it stands.
                        setattr(event, name, value and (getattr(event, name) or value))
            return list(events), unknown


def survivor(session: Session, id: int) -> Event | None:
    """The event of that id, or the one into which it was merged; None when there is none."""
    event = session.get(Event, id) if id < 2**31 else None
    while event is not None and event.merged_into is not None:
        event = session.get(Event, event.merged_into)
    return event


def event_rows(session: Session, wanted: EventsWanted, limit: int | None) -> list[Row]:
    """Events in the contract's JSON, the newest first."""
    query = select(Event).where(*_conditions(wanted)).order_by(Event.id.desc())
    return _told(session, session.scalars(query.limit(limit)).all())


def event_row(session: Session, event: Event) -> Row:
    """One event with all that is known of it: the quotes of its articles and the events that were merged into it too."""
    (row,) = _told(session, [event])
    quotes = select(Evidence.quote).where(Evidence.event_id == event.id).order_by(Evidence.seen, Evidence.article_id)
    for article, quote in zip(row["articles"], session.scalars(quotes), strict=True):
        article["quote"] = quote
    merged = select(Event.id).where(Event.merged_into == event.id).order_by(Event.id)
    facts = {name: value for name, value in event.facts.items() if name not in row}
    return {**row, **facts, "day": event.day, "merged": list(session.scalars(merged))}


def _conditions(wanted: EventsWanted) -> Iterator[ColumnElement[bool]]:
    yield Event.merged_into.is_(None)
    if wanted.kind is not None:
        yield Event.kind == wanted.kind
    if wanted.status is not None:
        yield Event.status == wanted.status
    if wanted.open_only:
        yield Event.acknowledged.is_(None)
        yield Event.muted.is_(None)
    if wanted.bodies:
        yield of_bodies(wanted.bodies)
    if wanted.portals is not None:
        yield Event.id.in_(_of_portals(wanted.portals))
    if wanted.number is not None:
        # A decision's key begins with its number.
        begins = {f"{plain(key)}|" for key in number_keys(wanted.number)}
        of_number = or_(*(EventKey.key.startswith(begin, autoescape=True) for begin in sorted(begins)))
        yield Event.id.in_(select(EventKey.event_id).where(EventKey.kind == "decision", of_number))
    if wanted.since is not None:
        yield or_(Event.day >= wanted.since, and_(Event.day.is_(None), Event.first_seen >= _midnight(wanted.since)))
    if wanted.until is not None:
        after = _midnight(wanted.until) + timedelta(days=1)
        yield or_(Event.day <= wanted.until, and_(Event.day.is_(None), Event.first_seen < after))


def _of_portals(portals: Iterable[str]) -> Select[int]:
    query = select(Evidence.event_id).join(Article, Article.id == Evidence.article_id)
    return query.where(Article.portal.in_(list(portals)))


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=_HANOI)


def _told(session: Session, events: Sequence[Event]) -> list[Row]:
    articles: dict[int, list[Row]] = {}
    changes: dict[int, list[Row]] = {}
    for start in range(0, len(events), _AT_ONCE):
        ids = [event.id for event in events[start : start + _AT_ONCE]]
        reports = (
            select(Evidence.event_id, Article.portal, Article.url, Revision.title, Revision.number)
            .join(Article, Article.id == Evidence.article_id)
            .join(Revision, Revision.id == Evidence.revision_id)
            .where(Evidence.event_id.in_(ids))
            .order_by(Evidence.seen, Evidence.article_id)
        )
        for event, portal, url, title, number in session.execute(reports):
            row = {"portal": portal, "url": url, "title": title, "revision": number}
            articles.setdefault(event, []).append(row)
        became = (
            select(EventChange, Article.url)
            .outerjoin(Revision, Revision.id == EventChange.revision_id)
            .outerjoin(Article, Article.id == Revision.article_id)
            .where(EventChange.event_id.in_(ids))
            .order_by(EventChange.id)
        )
        for change, url in session.execute(became):
            facts = {"before": change.facts.get("before"), "after": change.facts.get("after"), "url": url}
            changes.setdefault(change.event_id, []).append({"kind": change.kind, "seen": change.seen, **facts})
    return [
        {
            "id": event.id,
            "kind": event.kind,
            "key": event.key,
            "title": event.title,
            "first_seen": event.first_seen,
            "status": event.status,
            "meeting": event.facts.get("meeting"),
            "documents": event.facts.get("documents") or [],
            "articles": articles.get(event.id, []),
            "acknowledged": event.acknowledged,
            "muted": event.muted,
            "changes": changes.get(event.id, []),
        }
        for event in events
    ]
