"""The claim to be the one service of a database."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from config import StorageError
from storage.engine import READ_ONLY, one_line

_SERVICE = 0x706F727462  # the advisory lock of the service of a database
_END_SESSION = text(
    "SELECT pg_terminate_backend(held.pid, 5000) FROM pg_locks held JOIN pg_stat_activity session USING (pid)"
    " WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = :lock"
    " AND datname = current_database() AND pid = :pid AND backend_start = :backend_start"
)


class Leading:
    """On PostgreSQL an advisory lock, held as long as its connection lives; on SQLite the data folder's lock is enough.

    A server that was restarted has forgotten the lock: `hold` takes it again. When only the connection broke, the server
    may go on for minutes with a session that is gone; its lock is our own, and no other service.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._session: dict[str, object] | None = None  # the last that held the lock: its pid and backend_start

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
            raise StorageError(f"database: {one_line(error)}") from error
        return False

    def _take(self, connection: Connection) -> bool:
        for _ in range(2):
            if connection.scalar(select(func.pg_try_advisory_lock(_SERVICE))):
                row = connection.execute(
                    text("SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
                )
                self._session = dict(row.mappings().one())
                return True
            # None of ours, or gone by itself meanwhile.
            if self._session is None or not connection.scalar(_END_SESSION, {**self._session, "lock": _SERVICE}):
                return False
        return False

    def release(self) -> None:
        """Give the claim up."""
        if self._connection is not None:
            self._connection.invalidate()  # back in the pool it would still hold the lock
            self._connection.close()
            self._connection = None
