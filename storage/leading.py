"""The claim to be the one service of a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from config import StorageError
from storage.engine import READ_ONLY

_SERVICE = 0x706F727462  # the advisory lock of the service of a database
_ENDS_IN_MS = 5000


class Leading:
    """On PostgreSQL an advisory lock, held as long as its connection lives; on SQLite the data folder's lock is enough.

    A server that was restarted has forgotten the lock: `hold` takes it again. When only the connection broke, the server
    may go on for minutes with a session that is gone; its lock is our own, and no other service.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._session: tuple[int, datetime] | None = None  # the last that held the lock: its process, and when it began

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
            if self._take(connection):
                self._connection = connection
                return True
            connection.close()
        except DBAPIError as error:
            raise StorageError(f"database: {error.orig}") from error
        return False

    def _take(self, connection: Connection) -> bool:
        for _ in range(2):
            if connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_SERVICE})").scalar():
                query = "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"
                pid, began = connection.exec_driver_sql(query).one()
                self._session = (pid, began)
                return True
            if self._session is None:
                return False
            query = (
                f"SELECT pg_terminate_backend(a.pid, {_ENDS_IN_MS}) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid"
                " WHERE l.locktype = 'advisory' AND l.granted AND (l.classid::bigint << 32) + l.objid::bigint = %s"
                " AND a.datname = current_database() AND a.pid = %s AND a.backend_start = %s"
            )
            if not connection.exec_driver_sql(query, (_SERVICE, *self._session)).scalar():
                return False
        return False

    def release(self) -> None:
        """Give the claim up."""
        if self._connection is not None:
            self._connection.invalidate()  # back in the pool it would still hold the lock
            self._connection.close()
            self._connection = None
