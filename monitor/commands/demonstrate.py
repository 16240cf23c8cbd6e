"""The command `demo`: the whole job on this machine, real but for the portals, with its alerts on the screen.

Replica portals are served on loopback, the real service is started on a configuration that is left to look at, and a
webhook receiver prints what arrives. Then the portals publish: a meeting, the same meeting again, a decision.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import typer

from config import PortalwatchError, say, speaking, write_yaml
from monitor.commands.folder import opened
from storage import Looking

DEADLINE = 85.0  # seconds; the demonstration ends by itself within 90


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Show the whole job on this machine against replica portals; ends by itself."))(demo)


@dataclass
class Receiver:
    """A webhook receiver on loopback that keeps what it was sent."""

    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def take(self, message: dict[str, Any]) -> None:
        with self.arrived:
            self.received.append(message)
            self.arrived.notify_all()

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until so many messages came; false when they did not in time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.received) >= count, seconds)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for apprise's json:// channel."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            receiver.take({**json.loads(body), "path": self.path})
            with suppress(OSError):  # the sender may have been killed meanwhile
                self.send_response(200)
                self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing: what arrives is printed by the demonstration."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.url = f"json://127.0.0.1:{server.server_port}/alerts"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


def demo(
    directory: Annotated[
        Path | None, typer.Option("--folder", help=say("Where to keep the demonstration."), show_default=False)
    ] = None,
    stay: Annotated[bool, typer.Option("--stay", help=say("Go on until Ctrl-C."))] = False,
) -> int:
    """Run the demonstration; 0 when a meeting's and a decision's alert arrived."""
    from monitor.replica import serve_replicas

    began = time.monotonic()

    def left() -> float:
        return max(0.0, DEADLINE - (time.monotonic() - began))

    where = _new_folder(directory)
    with serve_replicas() as replicas, receiving() as receiver:
        _configure(where, replicas, receiver.url)
        _step(say("Two replica portals are served:"))
        for replica in replicas.values():
            typer.echo(f"    {replica.url}")
        _step(say("The configuration is in {folder}; the service starts on it.", folder=where))
        with _service(where) as service:
            _until(service, left, partial(_baseline_done, where))
            articles = _counted(where)
            _step(
                say(
                    "Baseline: {articles} articles stored, {alerts} alerts.",
                    articles=articles,
                    alerts=len(receiver.received),
                )
            )
            for portal, step, told, wanted in (
                ("thanhhoa", "meeting", say("Thanh Hóa reports a meeting of a national body."), 1),
                ("ninhbinh", "meeting-elsewhere", say("Ninh Bình reports the same meeting in its own words."), 1),
                ("thanhhoa", "decision", say("Thanh Hóa's documents table gains a decision."), 2),
            ):
                done = partial(_has_more_than, where, _counted(where))
                replicas[portal].publish(step)
                _step(told)
                already = len(receiver.received)
                _until(service, left, done)
                receiver.wait(wanted, left())
                for message in receiver.received[already:]:
                    _show(message)
                if len(receiver.received) == already:
                    typer.echo("    " + say("no further alert: it is the same event, with one more piece of evidence"))
            good = _result(where, receiver)
            typer.echo(say("Took {seconds} s. Look around:", seconds=round(time.monotonic() - began)))
            for command in ("status", "events", "deliveries", "articles", "documents"):
                typer.echo(f"    {_program()} --config {where} {command}")
            if stay:
                typer.echo(say("The service goes on; Ctrl-C ends it."))
                _stay(service)
    return 0 if good else 1


def _program() -> str:
    """How to call this program from here."""
    called = Path(sys.argv[0])
    if called.stem != "portalwatch" or shutil.which("portalwatch") == str(called):
        return "portalwatch"
    return os.path.relpath(called)


def _new_folder(directory: Path | None) -> Path:
    if directory is not None:
        if directory.exists() and any(directory.iterdir()):
            raise PortalwatchError(say("{folder} is not empty", folder=directory))
        return directory
    for number in range(1, 1000):
        where = Path(f"portalwatch-demo-{number}" if number > 1 else "portalwatch-demo")
        if not where.exists():
            return where
    raise PortalwatchError(say("{folder} is not empty", folder="portalwatch-demo"))


def _configure(where: Path, replicas: dict[str, Any], webhook: str) -> None:
    settings = {
        "database": "sqlite:///portalwatch.db",
        "data": "data",
        "timezone": "Asia/Ho_Chi_Minh",
        "language": speaking(),
        "politeness": {"contact": "mailto:you@example.org", "delay": "0s"},
        "allow_private": ["127.0.0.0/8"],
        "delivery": {"first_retry": "2s", "give_up_after": "1d"},
    }
    subscription = {
        "id": "chuyen-doi-so",
        "events": ["meeting", "decision", "portal_failing", "portal_recovered"],
        "any": ["chuyển đổi số"],
        "to": [webhook],
    }
    write_yaml(where / "portalwatch.yaml", settings)
    write_yaml(where / "subscriptions.yaml", [subscription])
    for name, replica in replicas.items():
        write_yaml(where / "portals" / f"{name}.yaml", {**replica.yaml(), "every": "5s"})


@contextmanager
def _service(where: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (where / "service.log").open("wb") as log:
        service = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", "-m", "monitor.main", "--config", str(where), "serve"],
            stdout=log,
            stderr=log,
            env={**os.environ, "PORTALWATCH_LANGUAGE": speaking()},
        )
    try:
        yield service
    finally:
        service.send_signal(signal.SIGTERM)
        try:
            service.wait(20)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()


def _until(service: subprocess.Popen[bytes], left: Callable[[], float], true: Callable[[], bool]) -> None:
    while not true():
        if service.poll() is not None:
            raise PortalwatchError(say("the service ended; see service.log in the demonstration's folder"))
        if left() <= 0:
            raise PortalwatchError(say("not done in time; see service.log in the demonstration's folder"))
        time.sleep(0.2)


def _baseline_done(where: Path) -> bool:
    with opened(where) as (loaded, store):
        rows = Looking(store).sections()
        wanted = [(portal.id, section.id) for portal in loaded.portals for section in portal.sections]
        good = all(at in rows and rows[at]["last_good"] and not rows[at]["pending"] for at in wanted)
        return good and Looking(store).counts()["unjudged"] == 0


def _has_more_than(where: Path, articles: int) -> bool:
    with opened(where) as (_, store):
        looking = Looking(store)
        return len(looking.articles()) > articles and looking.counts()["unjudged"] == 0


def _counted(where: Path) -> int:
    with opened(where) as (_, store):
        return len(Looking(store).articles())


def _result(where: Path, receiver: Receiver) -> bool:
    with opened(where) as (_, store):
        events = {event["id"]: event for event in Looking(store).events()}
        sent = [events[row["event"]]["kind"] for row in Looking(store).deliveries() if row["status"] == "sent"]
        shared = [event for event in events.values() if len({a["portal"] for a in event["articles"]}) > 1]
    meetings, decisions = sent.count("meeting"), sent.count("decision")
    _step(
        say(
            "{received} messages received: {meetings} meeting, {decisions} decision; {shared} event reported by two portals.",
            received=len(receiver.received),
            meetings=meetings,
            decisions=decisions,
            shared=len(shared),
        )
    )
    return meetings >= 1 and decisions >= 1 and len(receiver.received) == len(sent)


def _show(message: dict[str, Any]) -> None:
    typer.secho(f"    {message.get('title', '')}", bold=True)
    for line in str(message.get("message", "")).splitlines():
        typer.echo(f"      {line}")


def _step(text: str) -> None:
    typer.secho(f"> {text}", fg=typer.colors.GREEN)


def _stay(service: subprocess.Popen[bytes]) -> None:
    try:
        service.wait()
    except KeyboardInterrupt:
        typer.echo("")
