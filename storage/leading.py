"""The claim to be the one service of a database."""

from __future__ import annotations

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from config import StorageError
from storage.engine import READ_ONLY

_SERVICE = 0x706F727462  # the advisory lock of the service of a database


class Leading:
    """On PostgreSQL an advisory lock, held as long as its connection lives; on SQLite the data folder's lock is enough.

    A server that was restarted has forgotten the lock: `hold` takes it again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def hold(self) -> bool:
        """Whether this process is the one service now; StorageError when the database cannot be asked."""
        if self._engine.dialect.name == "sqlite":
            return True
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")
                return True
        except DBAPIError:
            self.release()
        try:
            # Without a transaction of its own: a session's lock outlives it, and an idle transaction is ended.
            engine = self._engine.execution_options(**{READ_ONLY: True}, isolation_level="AUTOCOMMIT")
            connection = engine.connect()
            if connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SERVICE})").scalar():
                self._connection = connection
                return True
            connection.close()
        except DBAPIError as error:
            raise StorageError(f"database: {error.orig}") from error
        return False

    def release(self) -> None:
        """Give the claim up."""
        if self._connection is not None:
            self._connection.invalidate()  # back in the pool it would still hold the lock
            self._connection.close()
            self._connection = None
