"""An engine on which concurrent writers wait for each other instead of failing, on SQLite and on PostgreSQL alike.

SQLite: WAL, and every writing transaction begins with BEGIN IMMEDIATE. A deferred BEGIN that reads and then writes
loses to another writer with "database is locked" at once, whatever the busy timeout says (183,000 times in 6 s).
PostgreSQL: every writing transaction begins by taking one advisory lock, which is the same thing in its words: what
was read in a transaction is still so when it writes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, TypeDecorator, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from config import StorageError, say, told_by_system

WAIT_MS = 15_000  # for another writer
_FORGOTTEN_MS = 60_000  # a transaction of a process that was stopped in its middle must not hold all others up for ever
_SESSION = {
    "lock_timeout": WAIT_MS,
    "idle_in_transaction_session_timeout": _FORGOTTEN_MS,
    # The server's own look at us, every two hours by default: the locks of a machine that lost its power.
    "tcp_keepalives_idle": 30,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
}
_WRITERS = 0x706F727461  # the advisory lock of all writers of a database: "porta"
READ_ONLY = "portalwatch_read_only"


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
    """An engine for a database URL, SQLite's folder made when missing; StorageError when it cannot be."""
    try:
        url = make_url(database)
        backend = url.get_backend_name()
        if backend == "sqlite":
            return _sqlite(url)
        if backend == "postgresql":
            return _postgresql(url)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StorageError(say("not the URL of a database")) from error
    raise StorageError(say("{backend}: the database is sqlite or postgresql+psycopg", backend=backend))


def reading(engine: Engine) -> Engine:
    """The same engine for transactions that only read: they see one moment and wait for no writer."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READ_ONLY: True})
    return engine.execution_options(**{READ_ONLY: True}, isolation_level="REPEATABLE READ", postgresql_readonly=True)


def shown(url: URL) -> str:
    """A database's name without its secret, which may stand among the options too."""
    url = url.difference_update_query(["password", "sslpassword"])
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def without_secret(database: str) -> str | None:
    """A database URL when it holds no secret, else None; StorageError when it is none."""
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise StorageError(say("not the URL of a database")) from error
    secret = bool(url.password) or {"password", "sslpassword"} & set(url.query)
    return None if secret else database


def one_line(error: DBAPIError) -> str:
    """What the driver said, on one line."""
    return " ".join(str(error.orig).split())


# --- SQLite ---


def _sqlite(url: URL) -> Engine:
    if url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{url.database}: {told_by_system(error)}") from error
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred; ours is sent below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={WAIT_MS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


# --- PostgreSQL ---


_CONNECT = {
    "connect_timeout": 10,
    "application_name": "portalwatch",
    # Without these a server that lost its power would be waited for for ever.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": _FORGOTTEN_MS,  # what was sent and never acknowledged
}


def _options(url: URL) -> tuple[str, ...]:
    given = url.query.get("options", ())
    return (given,) if isinstance(given, str) else given


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # a server that was restarted is met with a new connection and not with an error
        pool_size=3,
        connect_args={
            **{name: value for name, value in _CONNECT.items() if name not in url.query},
            # Ours come first: what the URL says of the same settings is the operator's word.
            "options": " ".join([*(f"-c {name}={value}" for name, value in _SESSION.items()), *_options(url)]),
        },
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get(READ_ONLY):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
