"""What a database holds after it was ill-treated: looked at from outside, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, UniqueConstraint, and_, func, select
from sqlalchemy.exc import DBAPIError

from storage.engine import open_engine, reading
from storage.tables import Article, Delivery, Entry, Event, Evidence, PortalState, Revision, Run, Section, Table


class Kept:
    """A database as the harness sees it; it never writes."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = reading(open_engine(url))

    def close(self) -> None:
        self._engine.dispose()

    def _one(self, query: Any) -> Any:
        with self._engine.begin() as connection:
            return connection.scalar(query)

    # --- how far the work is ---

    def baseline_done(self) -> bool:
        """Whether every section has its baseline, stored and judged."""
        missing = (Section.baseline_at.is_(None)) | (Section.last_good_at.is_(None))
        try:
            return bool(
                self._one(select(func.count()).select_from(Section))
                and not self._one(select(func.count()).select_from(Section).where(missing))
                and not self.unfinished()
            )
        except DBAPIError:  # no tables yet
            return False

    def unfinished(self) -> dict[str, int]:
        """What waits behind the doors: entries, revisions, deliveries."""
        doors = {
            "entries": select(func.count()).select_from(Entry).where(Entry.state == "pending"),
            "revisions": select(func.count()).select_from(Revision).where(Revision.judged_at.is_(None)),
            "deliveries": select(func.count()).select_from(Delivery).where(Delivery.state == "pending"),
        }
        return {name: count for name, query in doors.items() if (count := self._one(query))}

    def claimed_by(self, pid: int) -> int:
        """How many deliveries a killed process had in hand."""
        query = select(func.count()).select_from(Delivery)
        return int(self._one(query.where(Delivery.state == "pending", Delivery.claimed_by.like(f"%:{pid}:%"))))

    def set_aside(self) -> list[str]:
        """The portals that rest because they were in hand when workers were killed."""
        with self._engine.begin() as connection:
            query = select(PortalState.portal).where(PortalState.set_aside_until.is_not(None))
            return list(connection.scalars(query))

    def all_read_since(self, moment: datetime) -> bool:
        """Whether every section was read well after a moment."""
        late = (Section.last_good_at.is_(None)) | (Section.last_good_at <= moment)
        return not self._one(select(func.count()).select_from(Section).where(late))

    def running_since_before(self, moment: datetime) -> int:
        """How many runs seem to run that began before a moment."""
        query = select(func.count()).select_from(Run)
        return int(self._one(query.where(Run.state == "running", Run.started < moment)))

    def runs_by_hand(self) -> int:
        """How many runs by hand ever began."""
        return int(self._one(select(func.count()).select_from(Run).where(Run.reason == "by hand")))

    # --- what it holds ---

    def deliveries(self) -> dict[str, int]:
        """How many deliveries there are in each state."""
        with self._engine.begin() as connection:
            return dict(connection.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all())

    def faults(self, events: int, channels: int) -> list[str]:
        """What is wrong when so many events were published, each for so many channels, and all should be told."""
        found = []
        if (sent := self.deliveries()) != {"sent": events * channels}:
            found.append(f"{events} events for {channels} channels, but the deliveries are {sent}")
        told = select(func.count(Evidence.event_id.distinct())).where(Evidence.baseline.is_(False))
        if (known := self._one(told)) != events:
            found.append(f"{events} events published, {known} known")
        if waiting := self.unfinished():
            found.append(f"still behind the doors: {waiting}")
        if running := self._one(select(func.count()).select_from(Run).where(Run.state == "running")):
            found.append(f"{running} runs seem to run and no service does")
        twice = select(func.count()).select_from(
            select(Article.portal, Article.url)
            .group_by(Article.portal, Article.url)
            .having(func.count() > 1)
            .subquery()
        )
        if count := self._one(twice):
            found.append(f"{count} articles stored twice")
        bare = select(func.count()).select_from(Event).where(Event.id.not_in(select(Evidence.event_id)))
        if count := self._one(bare):
            found.append(f"{count} events without evidence")
        return found + self.damage()

    def damage(self) -> list[str]:
        """What is broken in the database itself; empty when it is sound."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                (answer,) = connection.exec_driver_sql("PRAGMA integrity_check").one()
                own = [] if answer == "ok" else [f"integrity_check: {answer}"]
            else:
                # The package of the server has no amcheck: read the tables themselves, past their indexes.
                connection.exec_driver_sql("SET LOCAL enable_indexscan = off")
                connection.exec_driver_sql("SET LOCAL enable_indexonlyscan = off")
                connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
                own = []
            return own + _orphans(connection) + _twins(connection)


def _orphans(connection: Connection) -> list[str]:
    found = []
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_keys:
            there, here = key.column.table.alias(), key.parent
            joined = table.outerjoin(there, here == there.c[key.column.name])
            query = select(func.count()).select_from(joined)
            query = query.where(and_(here.is_not(None), there.c[key.column.name].is_(None)))
            if count := connection.scalar(query):
                found.append(f"{count} rows of {table.name} whose {here.name} leads nowhere")
    return found


def _twins(connection: Connection) -> list[str]:
    found = []
    for table in Table.metadata.sorted_tables:
        for key in (table.primary_key, *(one for one in table.constraints if isinstance(one, UniqueConstraint))):
            columns = list(key.columns)
            twice = select(*columns).group_by(*columns).having(func.count() > 1).subquery()
            if count := connection.scalar(select(func.count()).select_from(twice)):
                found.append(f"{count} rows of {table.name} that should be one each")
    return found
