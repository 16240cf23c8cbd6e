"""The whole program against real parts: replica portals, a webhook receiver, the command line as a user calls it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from ready import READY

from config import speak, speaking, write_yaml
from monitor.commands import run
from monitor.commands.demonstrate import Receiver
from monitor.replica import Replica

LOOKING = ("status", "portals", "articles", "show", "events", "documents", "deliveries", "runs")
COMMAND = [sys.executable, "-P", "-m", "monitor.main"]


class House:
    """A configuration folder with its replicas and its receiver, and the command line on it."""

    def __init__(self, folder: Path, replicas: dict[str, Replica], receiver: Receiver, database: str) -> None:
        self.folder = folder
        self.replicas = replicas
        self.receiver = receiver
        self.database = database
        self.stderr = ""

    def configure(
        self,
        *,
        selectors: bool = False,
        every: str = "5s",
        settings: dict[str, Any] | None = None,
        subscriptions: list[dict[str, Any]] | None = None,
        section: dict[str, Any] | None = None,
        further: dict[str, list[dict[str, Any]]] | None = None,
    ) -> None:
        """Write the folder: all replicas, and one subscription to everything unless told otherwise.

        `section` is added to each section, `further` are more sections by portal.
        """
        (self.folder / "portals").mkdir(parents=True, exist_ok=True)
        politeness = {"contact": "mailto:tests@example.org", "delay": "0s", "timeout": "2s", "max_body": "400KB"}
        self._dump(
            "portalwatch.yaml",
            {
                "language": "en",
                "database": self.database,
                "allow_private": ["127.0.0.0/8"],
                "politeness": politeness,
                "delivery": {"first_retry": "1s", "give_up_after": "1d"},
                **(settings or {}),
            },
        )
        everything = {"id": "all", "events": ["meeting", "decision"], "to": [self.receiver.url]}
        self._dump("subscriptions.yaml", [everything] if subscriptions is None else subscriptions)
        for name, replica in self.replicas.items():
            portal: dict[str, Any] = {**replica.yaml(selectors=selectors), "every": every}
            sections = [*portal["sections"], *(further or {}).get(name, [])]
            portal["sections"] = [{**each, **(section or {})} for each in sections]
            self._dump(f"portals/{name}.yaml", portal)

    def _dump(self, name: str, content: object) -> None:
        write_yaml(self.folder / name, content)

    def run(self, *arguments: str, status: int | None = 0) -> str:
        """A command's standard output; its exit status must be the given one, None for any.

        A command that only looks is called in this process; any other in one of its own, forked where the program is
        loaded: starting Python takes twenty times as long as most commands.
        """
        whole = ["--config", str(self.folder), *arguments]
        return self._ended(whole, look(whole) if arguments[0] in LOOKING else READY.run(whole, environment()), status)

    def start(self, *arguments: str, status: int | None = 0) -> str:
        """The same of a command that is started as a user starts it."""
        whole = ["--config", str(self.folder), *arguments]
        ended = subprocess.run([*COMMAND, *whole], capture_output=True, text=True, timeout=120, env=environment())
        return self._ended(whole, (ended.stdout, ended.stderr, ended.returncode), status)

    def _ended(self, arguments: list[str], told: tuple[str, str, int], status: int | None) -> str:
        output, self.stderr, code = told
        assert "Traceback" not in self.stderr, self.stderr
        assert status is None or code == status, f"{arguments}: {code}\n{self.stderr}"
        return output

    def json(self, *arguments: str, status: int | None = 0) -> Any:
        """A command's JSON."""
        return json.loads(self.run(*arguments, "--json", status=status))

    def turn(self, *, status: int | None = 0) -> Any:
        """Crawl, judge and deliver once by hand; the runs."""
        runs = self.json("crawl", status=status)
        self.run("judge")
        self.run("deliver")
        return runs

    def serve(self) -> subprocess.Popen[bytes]:
        """The service, started; the caller ends it."""
        with (self.folder / "service.log").open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, "--config", str(self.folder), "serve"], stdout=log, stderr=log, env=environment()
            )

    @property
    def log(self) -> str:
        """What the service logged."""
        return (self.folder / "service.log").read_text("utf-8", "replace")


def look(arguments: list[str]) -> tuple[str, str, int]:
    """What a command says on stdout and stderr, and its exit status, called in this process."""
    output, errors, before = io.StringIO(), io.StringIO(), speaking()
    speak("en")
    try:
        with redirect_stdout(output), redirect_stderr(errors):
            code = run(arguments)
    finally:
        speak(before)
    return output.getvalue(), errors.getvalue(), code


def environment() -> dict[str, str]:
    """The environment of every command, in English whoever runs the tests."""
    return {**os.environ, "PORTALWATCH_LANGUAGE": "en"}


def until(true: Callable[[], object], seconds: float, what: str) -> None:
    """Wait for a condition; AssertionError when it does not come true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not in {seconds} s: {what}"
        time.sleep(0.1)


def end(service: subprocess.Popen[bytes], seconds: float = 15) -> int:
    """End a service as an operator does; its exit status."""
    service.send_signal(signal.SIGTERM)
    return service.wait(seconds)
