"""An engine on which concurrent writers wait for each other instead of failing.

SQLite: WAL, and every writing transaction begins with BEGIN IMMEDIATE. A deferred BEGIN that reads and then writes
loses to another writer with "database is locked" at once, whatever the busy timeout says (183,000 times in 6 s).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError

from config import StorageError

READ_ONLY = {"portalwatch_read_only": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: say in which time zone it is")
        return value.astimezone(UTC).replace(tzinfo=None if dialect.name == "sqlite" else UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(database: str) -> Engine:
    """An engine for a database URL, its folder made when missing; StorageError when it cannot be."""
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise StorageError(f"{database}: not a database URL") from error
    if url.get_backend_name() != "sqlite":
        raise StorageError(f"{url.get_backend_name()}: only SQLite is built yet")
    if url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{url.database}: {error.strerror}") from error
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred; ours is sent below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("portalwatch_read_only")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
