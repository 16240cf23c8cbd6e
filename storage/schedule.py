"""When sections are due, and how their runs ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from storage.records import ReadingOutcome
from storage.store import Store
from storage.tables import PortalState, Reading, Run, Section

TOLD_AFTER = 3  # failed readings in a row of one section, until its portal is said to fail


class Schedule:
    """The schedule's side of the store; every method is one transaction. `next_check_at` is the truth."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def know_sections(self, sections: Iterable[tuple[str, str]], now: datetime) -> None:
        """Make a row for every (portal, section) not seen before, due at once."""
        with self._store.write() as session:
            known = set(session.execute(select(Section.portal, Section.section)))
            portals = set(session.scalars(select(PortalState.portal)))
            for portal, section in sections:
                if portal not in portals:
                    session.add(PortalState(portal=portal))
                    portals.add(portal)
                if (portal, section) not in known:
                    session.add(Section(portal=portal, section=section, next_check_at=now, first_seen=now))

    def due(self, now: datetime) -> dict[str, list[str]]:
        """The sections to read now, by portal, longest due first; portals set aside are left out."""
        with self._store.read() as session:
            rows = session.execute(
                select(Section.portal, Section.section)
                .join(PortalState, PortalState.portal == Section.portal)
                .where(Section.next_check_at <= now)
                .where(or_(PortalState.set_aside_until.is_(None), PortalState.set_aside_until <= now))
                .order_by(Section.next_check_at, Section.portal, Section.section)
            )
            due: dict[str, list[str]] = {}
            for portal, section in rows:
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
                section = session.get_one(Section, (run.portal, reading.section))
                section.state = reading.section_state
                section.next_check_at = reading.next_check_at
                section.problems = list(reading.problems)
                section.last_read_at = now
                if reading.good:
                    section.last_good_at, section.failures, section.failing_since = now, 0, None
                else:
                    section.failures += 1
                    section.failing_since = section.failing_since or now
            asked = [reading.leave_alone_until for reading in readings if reading.leave_alone_until]
            if asked:
                for section in session.scalars(select(Section).where(Section.portal == run.portal)):
                    section.next_check_at = max(section.next_check_at, *asked)
            run.ended = now
            run.state = "good" if all(reading.good for reading in readings) else "failed"
            portal = session.get_one(PortalState, run.portal)
            portal.worker_kills, portal.set_aside_until = 0, None

    def interrupt_run(self, run_id: int, now: datetime) -> None:
        """Mark a run that was ended before its end; its sections are still due."""
        with self._store.write() as session:
            session.execute(update(Run).where(Run.id == run_id).values(state="interrupted", ended=now))

    def interrupt_runs(self, now: datetime, *, portal: str | None = None) -> list[str]:
        """Mark the service's runs whose worker is gone, not those by hand; their sections are still due."""
        with self._store.write() as session:
            query = update(Run).where(Run.state == "running", Run.reason == "schedule")
            query = query.values(state="interrupted", ended=now)
            if portal is not None:
                query = query.where(Run.portal == portal)
            return list(session.scalars(query.returning(Run.portal)))

    def forget_runs(self, before: datetime) -> int:
        """Delete runs that ended before a moment, with their readings; how many those were."""
        with self._store.write() as session:
            old = list(session.scalars(select(Run.id).where(Run.ended < before).limit(5000)))
            session.execute(delete(Reading).where(Reading.run_id.in_(old)))
            session.execute(delete(Run).where(Run.id.in_(old)))
            return len(old)

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
