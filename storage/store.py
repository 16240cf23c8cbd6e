"""The store: one engine, one folder of snapshots, and the doors to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from config import StorageError, say
from storage.engine import one_line, open_engine, reading, shown
from storage.leading import Leading
from storage.snapshots import Snapshots

_MIGRATIONS = Path(__file__).with_name("migrations")
NEWEST = "0005"  # the newest migration; known here, so that a database of this version opens without Alembic (0.5 s)
_NO_SUCH_TABLE = "42P01"  # PostgreSQL counts it among the faults of the program, SQLite among those of operation


class Store:
    """The house's memory. Every write is one transaction that begins immediately; reads see one moment."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self._engine = engine
        self._reader = reading(engine)
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

    def lead(self) -> Leading:
        """The claim to be the one service of this database."""
        return Leading(self._engine)

    def copy_to(self, target: Store) -> None:
        """Write all rows, as they stand at one moment, into an empty store; StorageError when it is not empty."""
        from storage.copying import copy_rows

        with _told(), self._reader.begin() as source, target._engine.begin() as copy:
            copy_rows(source, copy)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise  # our own fault
    except DBAPIError as error:
        if isinstance(error, ProgrammingError) and getattr(error.orig, "sqlstate", None) != _NO_SUCH_TABLE:
            raise  # our own fault too
        raise StorageError(say("database: {error}", error=one_line(error))) from error


def open_store(database: str, data: Path) -> Store:
    """A store whose tables are those of this version; an older database is brought up to it first."""
    engine = open_engine(database)
    try:
        with reading(engine).connect() as connection:
            current = _version(connection) == NEWEST
        if not current:
            with engine.begin() as connection:  # waits for all writers: of two starting processes one migrates
                if _version(connection) != NEWEST:
                    _migrate(connection)
    except StorageError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise StorageError(f"{shown(engine.url)}: {one_line(error)}") from error
    return Store(engine, data)


def database_version(database: str) -> str | None:
    """The version of a database's tables; None when it has none yet."""
    engine = open_engine(database)
    try:
        with reading(engine).connect() as connection:
            return _version(connection)
    except DBAPIError as error:
        raise StorageError(f"{shown(engine.url)}: {one_line(error)}") from error
    finally:
        engine.dispose()


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
        raise StorageError(say("the database is of a newer portalwatch (revision {version})", version=version))
    scripts.attributes["connection"] = connection
    command.upgrade(scripts, "head")
