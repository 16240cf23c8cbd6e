"""When sections are due, and how their runs ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from config import StorageError, say
from storage.records import ReadingOutcome
from storage.store import Store
from storage.tables import Article, ArticleUrl, Entry, Event, EventKey, PortalState, Reading, Run, Section, Template
from storage.urls import site

_LOOKED_AT = 50  # entries of a section, to see on which hosts they are
TOGETHER = timedelta(seconds=20)  # sections of a portal that are due so soon after another are read with it
TOLD_AFTER = 3  # failed readings in a row of one section, until its portal is said to fail


class Schedule:
    """The schedule's side of the store; every method is one transaction. `next_check_at` is the truth."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def know_sections(
        self,
        sections: Iterable[tuple[str, str]],
        now: datetime,
        paces: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        """Make a row for every (portal, section) not seen before, due at once; so is one with another pace than before,
        unless it fails: its pause is then longer than its pace, or the server's own word."""
        with self._store.write() as session:
            known = {(row.portal, row.section): row for row in session.scalars(select(Section))}
            portals = set(session.scalars(select(PortalState.portal)))
            for at in sections:
                portal, section = at
                if portal not in portals:
                    session.add(PortalState(portal=portal))
                    portals.add(portal)
                pace = paces.get(at)
                if (row := known.get(at)) is None:
                    session.add(Section(portal=portal, section=section, next_check_at=now, first_seen=now, pace=pace))
                elif pace is not None and row.pace != pace:
                    if row.pace is not None and not row.failures:
                        row.next_check_at = min(row.next_check_at, now)
                    row.pace = pace

    def succeed(self, portal: str, predecessor: str, hosts: Collection[str]) -> bool:
        """Let a portal that gave nothing yet take over what its predecessor gave; False when there is nothing to take.

        A section goes over with its baseline where its entries are on one of the new portal's hosts; where they are on
        others the site is another one, and the section begins with a baseline of its own.
        """
        with self._store.write() as session:
            has_entries = session.scalar(select(Entry.id).where(Entry.portal == portal).limit(1))
            if has_entries is not None or session.get(PortalState, predecessor) is None:
                return False
            session.execute(delete(Section).where(Section.portal == portal))
            session.execute(delete(PortalState).where(PortalState.portal.in_([portal, predecessor])))
            session.add(PortalState(portal=portal))
            for section in session.scalars(select(Section).where(Section.portal == predecessor)):
                urls = session.scalars(
                    select(Entry.url)
                    .where(Entry.portal == predecessor, Entry.section == section.section)
                    .order_by(Entry.id.desc())
                    .limit(_LOOKED_AT)
                )
                # Not the newest alone: portals list what stands on other sites too.
                if not any(site(url) in hosts for url in urls):
                    session.delete(section)
            session.flush()
            session.execute(delete(Template).where(Template.portal == portal))
            for table in (Section, Entry, Article, ArticleUrl, Run, Template):
                session.execute(update(table).where(table.portal == predecessor).values(portal=portal))
            _rename_outages(session, predecessor, portal)
            return True

    def due(self, now: datetime) -> dict[str, list[str]]:
        """The sections to read now, by portal, longest due first; portals set aside are left out.

        With a section go those of its portal that are due within seconds: one crawl, one look at robots.txt.
        """
        with self._store.read() as session:
            rows = session.execute(
                select(Section.portal, Section.section, Section.next_check_at)
                .join(PortalState, PortalState.portal == Section.portal)
                .where(Section.next_check_at <= now + TOGETHER)
                .where(or_(PortalState.set_aside_until.is_(None), PortalState.set_aside_until <= now))
                .order_by(Section.next_check_at, Section.portal, Section.section)
            )
            due: dict[str, list[str]] = {}
            for portal, section, when in rows:
                if portal in due or when <= now:
                    due.setdefault(portal, []).append(section)
            return due

    def start_run(self, portal: str, reason: str, now: datetime) -> int:
        """The id of a new run."""
        with self._store.write() as session:
            run = Run(portal=portal, reason=reason, started=now, state="running")
            session.add(run)
            session.flush()
            return run.id

    def finish_run(self, run_id: int, readings: Sequence[ReadingOutcome], now: datetime) -> None:
        """Store how each section's reading ended, when each is due again, and with that the run's own end."""
        with self._store.write() as session:
            run = session.get_one(Run, run_id)
            for reading in readings:
                section = session.get(Section, (run.portal, reading.section))
                if section is None:
                    raise _renamed(run.portal)
                session.add(
                    Reading(
                        run_id=run_id,
                        section=reading.section,
                        started=reading.started,
                        ended=now,
                        state=reading.state,
                        pages=reading.pages,
                        entries=reading.entries,
                        new=reading.new,
                        revised=reading.revised,
                        unchanged=reading.unchanged,
                        problems=list(reading.problems),
                    )
                )
                section.state = reading.section_state
                section.next_check_at = reading.next_check_at
                section.problems = list(reading.problems)
                section.last_read_at = now
                if reading.good:
                    section.last_good_at, section.failures, section.failing_since = now, 0, None
                else:
                    section.failures += 1
                    section.failing_since = section.failing_since or now
            if asked := [reading.leave_alone_until for reading in readings if reading.leave_alone_until]:
                _leave_alone(session, run.portal, max(asked))
            run.ended = now
            run.state = "good" if all(reading.good for reading in readings) else "failed"
            portal = session.get_one(PortalState, run.portal)
            portal.worker_kills, portal.set_aside_until = 0, None

    def leave_alone(self, portal: str, until: datetime) -> None:
        """Let no section of a portal be due before a moment: the portal's own word."""
        with self._store.write() as session:
            _leave_alone(session, portal, until)

    def interrupt_run(self, run_id: int, now: datetime) -> None:
        """Mark a run that was ended before its end; its sections are still due."""
        with self._store.write() as session:
            session.execute(update(Run).where(Run.id == run_id).values(state="interrupted", ended=now))

    def interrupt_runs(
        self, now: datetime, *, reason: str = "schedule", portal: str | None = None, but: Collection[str] = ()
    ) -> list[str]:
        """Mark the runs for a reason whose worker is gone, not those of the portals in `but`; their sections are still
        due."""
        with self._store.write() as session:
            query = update(Run).where(Run.state == "running", Run.reason == reason)
            query = query.values(state="interrupted", ended=now)
            if portal is not None:
                query = query.where(Run.portal == portal)
            if but:
                query = query.where(Run.portal.not_in(but))
            return list(session.scalars(query.returning(Run.portal)))

    def count_worker_kill(self, portal: str, now: datetime, *, limit: int, rest: timedelta, problem: str) -> bool:
        """Count that a worker died with this portal in hand; true when the portal is set aside for it.

        Its sections then count as failed often enough to be told of at once.
        """
        with self._store.write() as session:
            state = session.get_one(PortalState, portal)
            state.worker_kills += 1
            if state.worker_kills < limit:
                return False
            state.set_aside_until = now + rest
            for section in session.scalars(select(Section).where(Section.portal == portal)):
                section.state, section.problems = "down", [problem]
                section.failures = max(section.failures + 1, TOLD_AFTER)
                section.failing_since = section.failing_since or now
            return True


def _leave_alone(session: Session, portal: str, until: datetime) -> None:
    query = update(Section).where(Section.portal == portal, Section.next_check_at < until)
    session.execute(query.values(next_check_at=until))


def _rename_outages(session: Session, portal: str, new: str) -> None:
    """An outage that is told and not over is over under the new name."""
    for kind in ("portal_failing", "portal_recovered"):
        for row in session.scalars(
            select(EventKey).where(EventKey.kind == kind, EventKey.key.startswith(f"{portal}|"))
        ):
            key = new + row.key.removeprefix(portal)
            session.execute(update(Event).where(Event.id == row.event_id, Event.key == row.key).values(key=key))
            session.execute(update(EventKey).where(EventKey.kind == kind, EventKey.key == row.key).values(key=key))


def known_portal(session: Session, portal: str) -> None:
    """Refuse to write what a crawl has of a portal that was renamed meanwhile: under its old name nobody would be told."""
    if session.get(PortalState, portal) is None:
        raise _renamed(portal)


def _renamed(portal: str) -> StorageError:
    return StorageError(say("{portal}: was renamed meanwhile; it is crawled again under its new name", portal=portal))
