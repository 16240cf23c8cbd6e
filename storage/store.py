"""The store: one engine, one folder of snapshots, and the doors to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from config import StorageError
from storage.engine import READ_ONLY, open_engine
from storage.snapshots import Snapshots

_MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST = "0001"  # the newest migration; known here, so that a database of this version opens without Alembic (0.5 s)


class Store:
    """The house's memory. Every write is one transaction that begins immediately; reads see one moment."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**READ_ONLY)
        self.snapshots = Snapshots(data / "snapshots")

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One writing transaction: all of it or nothing."""
        with _told(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One reading transaction; it never waits for a writer."""
        with _told(), Session(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    def copy_to(self, target: Path) -> None:
        """A copy of the database as it stands at one moment, in a new SQLite file."""
        with closing(self._engine.raw_connection()) as source, closing(sqlite3.connect(target)) as copy:
            assert isinstance(source.driver_connection, sqlite3.Connection)
            source.driver_connection.backup(copy)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise  # our own fault
    except DatabaseError as error:
        raise StorageError(f"database: {error.orig}") from error


def open_store(database: str, data: Path) -> Store:
    """A store whose tables are those of this version; an older database is brought up to it first."""
    engine = open_engine(database)
    try:
        with engine.connect().execution_options(**READ_ONLY) as connection:
            current = _version(connection) == NEWEST
        if current:  # the usual case, which waits for no writer
            return Store(engine, data)
        with engine.begin() as connection:  # BEGIN IMMEDIATE: of two starting processes one migrates, the other waits
            if _version(connection) != NEWEST:
                _migrate(connection)
    except StorageError:
        engine.dispose()
        raise
    except DatabaseError as error:
        engine.dispose()
        raise StorageError(f"{engine.url.database}: {error.orig}") from error
    return Store(engine, data)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    scripts = Config()
    scripts.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(scripts).walk_revisions()}
    if (version := _version(connection)) is not None and version not in known:
        raise StorageError(f"the database is of a newer portalwatch (revision {version})")
    scripts.attributes["connection"] = connection
    command.upgrade(scripts, "head")
