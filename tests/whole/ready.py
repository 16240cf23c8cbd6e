"""A Python that has the whole program loaded and forks a fresh process for each command.

Starting Python and loading Scrapy takes seconds where the command itself takes a tenth of one. A forked command is a
process like any other: its own memory, reactor, signals, exit status, files. What it does not try is the start itself:
`House.start` and all tests of the service start the real thing.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from importlib import import_module
from typing import IO, Any, NoReturn

ROOMS = ("config", "storage", "crawler", "monitor")
# What commands load when they come to it. Never a reactor: each process installs its own.
LATER = (
    "alembic.command", "psycopg", "requests", "rich.progress", "rich.table", "scrapy.core.downloader.handlers.http11",
    "scrapy.dupefilters", "scrapy.logformatter", "scrapy.pqueues", "scrapy.squeues", "scrapy.statscollectors",
    "scrapy.utils.engine", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.dialects.sqlite", "sqlite3",
    "tldextract", "trafilatura",
)  # fmt: skip
PACKAGES = ("scrapy.downloadermiddlewares", "scrapy.extensions", "scrapy.spidermiddlewares")
NEVER = ("__main__", "migrations", "statsmailer")  # the last is deprecated and says so


class Ready:
    """The loaded Python of this process, started when it is first asked."""

    def __init__(self) -> None:
        self._server: tuple[socket.socket, subprocess.Popen[bytes]] | None = None

    def run(self, arguments: list[str], environment: dict[str, str], *, seconds: float = 120) -> tuple[str, str, int]:
        """What a command says on stdout and stderr, and its exit status; the number of the signal, negative, that
        ended it. TimeoutError when it does not end in time."""
        connection = self._connection()
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            order = json.dumps({"arguments": arguments, "environment": environment, "folder": os.getcwd()})  # noqa: PTH109
            socket.send_fds(connection, [order.encode()], [stdout.fileno(), stderr.fileno()])
            pid = int(connection.recv(100))
            if not select.select([connection], [], [], seconds)[0]:
                os.kill(pid, signal.SIGKILL)
                connection.recv(100)
                raise TimeoutError(f"not ended in {seconds} s: {arguments}\n{_said(stderr)}")
            return _said(stdout), _said(stderr), int(connection.recv(100))

    def _connection(self) -> socket.socket:
        if self._server is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, "-P", __file__, str(theirs.fileno())]
            self._server = ours, subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
            theirs.close()
            atexit.register(self.end)
        return self._server[0]

    def end(self) -> None:
        """End the loaded Python; the next command starts another."""
        if self._server is not None:
            connection, process = self._server
            self._server = None
            connection.close()
            process.wait(20)


def _said(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


READY = Ready()


# --- the other side -----------------------------------------------------------------------------------------


def _load() -> None:
    for name in (*ROOMS, *PACKAGES):
        for module in pkgutil.walk_packages(import_module(name).__path__, f"{name}."):
            if not set(module.name.split(".")) & set(NEVER):
                import_module(module.name)
    for name in LATER:
        import_module(name)
    from monitor.channels import channel_fault

    channel_fault("json://127.0.0.1/")  # loads apprise's carriers


def _wait_for_orders(connection: socket.socket) -> NoReturn:
    """Fork for each order; answer the process's number, and then its exit status."""
    while True:
        order, files, _, _ = socket.recv_fds(connection, 1_000_000, 2)
        if not order:  # the tests have ended
            os._exit(0)
        pid = os.fork()
        if not pid:
            connection.close()
            _become(json.loads(order), *files)
        for file in files:
            os.close(file)
        connection.send(str(pid).encode())
        _, status = os.waitpid(pid, 0)
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: dict[str, Any], stdout: int, stderr: int) -> NoReturn:
    from monitor.main import main

    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.close(stdout)
    os.close(stderr)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["portalwatch", *order["arguments"]]
    try:
        main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
        status = 1
    # What the end of Python does, but for taking down modules that this process shares with its neighbours.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _load()
    assert "twisted.internet.reactor" not in sys.modules
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()  # the collector of a fork leaves these pages shared
    _wait_for_orders(socket.socket(fileno=int(sys.argv[1])))
