"""The load run: many portals, each on its own address, watched by the real service for minutes; judged at the end.

    python tests/bench/load.py --portals 200 --minutes 30 --faults 0.05

It serves the portals, writes a configuration, starts `portalwatch serve`, waits until the sections have their baselines,
then lets articles appear for so many minutes while answers fail, ends the faults and waits until all is told. A JSON
report goes to standard output, progress to standard error; exit status 1 when a hard property is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil
from load_report import Collected, Read, events, report
from load_site import SECTIONS, Plan, host, name
from sqlalchemy import func, select

from config import duration, write_yaml
from monitor.commands.demonstrate import Receiver, receiving
from storage import Store, open_store
from storage.tables import Entry, Reading, Revision, Run, Section

TICK = 1.0  # seconds between looks at the store
SAMPLE_EVERY = 5.0
ENOUGH = 0.95  # of the sections have a baseline, of the entries were tried: the rest is in back-off after faults


def main() -> int:
    """Run as the command line says; 1 when something that must hold did not."""
    asked = _arguments()
    every = duration(asked.every).total_seconds()
    plan = Plan(
        asked.portals,
        asked.entries,
        asked.minutes * 60,
        asked.faults,
        min(180.0, asked.minutes * 20),
        asked.seed,
        time.time(),
    )
    with tempfile.TemporaryDirectory(prefix="portalwatch-load-") as scratch:
        folder = Path(asked.folder or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with receiving() as receiver, _portals(plan, folder) as server:
            configure(folder, plan, server.port, receiver.url, asked)
            run = LoadRun(folder, plan, every, receiver, server, asked.database)
            run.run(asked.baseline_minutes * 60, asked.drain_minutes * 60)
        found = report(run.seen)
    print(json.dumps({"asked": vars(asked), **found}, ensure_ascii=False, indent=1))
    return 1 if found["broken"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Watch many faulty portals on loopback and judge the program.")
    parser.add_argument("--portals", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=30.0, help="of new articles and faults, after the baselines")
    parser.add_argument("--faults", type=float, default=0.05, help="share of the answers")
    parser.add_argument("--every", default="60s", help="how often a section is read")
    parser.add_argument("--entries", type=int, default=20, help="entries that a listing shows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", default="auto")
    parser.add_argument("--database", help="another database than SQLite in the folder; an empty one")
    parser.add_argument("--folder", help="keep configuration, database and logs here; a new folder")
    parser.add_argument("--baseline-minutes", type=float, default=30.0, help="at most")
    # The longest back-off of a section is eight times its pace, that of an article after two failures 2 min.
    parser.add_argument("--drain-minutes", type=float, default=15.0, help="at most")
    return parser.parse_args()


def configure(folder: Path, plan: Plan, port: int, alerts: str, asked: argparse.Namespace) -> None:
    """Write the configuration: all defaults but the pace, and revisits often enough to happen in the run."""
    (folder / "portals").mkdir()
    settings: dict[str, Any] = {
        "language": "en",
        "allow_private": ["127.0.0.0/8"],
        "politeness": {"contact": "mailto:tests@example.org"},
        "workers": asked.workers if asked.workers == "auto" else int(asked.workers),
        "delivery": {"first_retry": "5s", "give_up_after": "1d"},
    }
    if asked.database:
        settings["database"] = asked.database
    write_yaml(folder / "portalwatch.yaml", settings)
    write_yaml(folder / "subscriptions.yaml", [{"id": "all", "events": ["meeting", "decision"], "to": [alerts]}])
    for portal in range(plan.portals):
        url = f"http://{host(portal)}:{port}/"
        sections = [
            {"id": section, "url": f"{url}vi/{section}/", "revisit": {"young": "1d", "every": "10m"}}
            for section in SECTIONS
        ]
        content = {"name": f"Cổng {name(portal)}", "url": url, "every": asked.every, "sections": sections}
        write_yaml(folder / "portals" / f"{name(portal)}.yaml", content)


class Server:
    """The process that serves the portals."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.port = int(process.stdout.readline())

    def tell(self, word: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()


@contextmanager
def _portals(plan: Plan, folder: Path) -> Iterator[Server]:
    command = [sys.executable, str(Path(__file__).with_name("load_server.py")), json.dumps(asdict(plan))]
    process = subprocess.Popen(
        [*command, str(folder / "requests.jsonl")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Server(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class LoadRun:
    """One run; what it saw is in `seen`."""

    def __init__(
        self, folder: Path, plan: Plan, every: float, receiver: Receiver, server: Server, database: str | None
    ) -> None:
        self.seen = Collected(plan, every)
        self._folder = folder
        self._receiver = receiver
        self._server = server
        self._database = database or f"sqlite:///{folder}/portalwatch.db"
        self._store: Store | None = None
        self._sampled = 0.0

    def run(self, baseline_limit: float, drain_limit: float) -> None:
        """Serve through the three phases, end the service, and collect what it left."""
        seen = self.seen
        seen.served = time.time()
        command = [sys.executable, "-P", "-m", "monitor.main", "--config", str(self._folder), "serve"]
        with (self._folder / "service.log").open("wb") as log:
            environment = {**os.environ, "PORTALWATCH_LANGUAGE": "en"}
            self._service = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            self._watch(self._has_baselines, baseline_limit)
            seen.steady = time.time()
            self._say(f"{seen.steady - seen.served:.0f} s for the baselines")
            self._server.tell(f"start {seen.steady}")
            self._watch(lambda: time.time() - seen.steady >= seen.plan.seconds, seen.plan.seconds)
            seen.healed = time.time()
            self._server.tell("heal")
            self._watch(self._all_told, drain_limit)
            seen.ended = time.time()
        finally:
            self._service.send_signal(signal.SIGTERM)
            try:
                seen.status = self._service.wait(20)
            except subprocess.TimeoutExpired:
                self._service.kill()
                seen.status = self._service.wait()
        self._collect()

    def _watch(self, done: Callable[[], bool], limit: float) -> None:
        """Sample until something is so, or for so long; AssertionError when the service ends meanwhile."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            began = time.monotonic()
            assert self._service.poll() is None, (self._folder / "service.log").read_text("utf-8", "replace")[-2000:]
            self._sample()
            if self._opened() and done():
                return
            # A message ends the wait early, so that the time of its arrival is known well.
            self._receiver.wait(len(self.seen.received) + 1, max(0.0, min(end, began + TICK) - time.monotonic()))

    def _opened(self) -> bool:
        if self._store is None:
            with suppress(Exception):  # the service is still making its tables
                if self._database.startswith("postgresql") or (self._folder / "data" / "processes.json").exists():
                    self._store = open_store(self._database, self._folder / "data")
        return self._store is not None

    # --- while it runs ---

    def _sample(self) -> None:
        now = time.time()
        for message in self._receiver.received[len(self.seen.received) :]:
            self.seen.received.append((now, str(message.get("title"))))
        if self._store is not None:
            with self._store.read() as session:
                rows = session.execute(
                    select(Section.portal, Section.section, Section.next_check_at, Section.baseline_at)
                )
                for portal, section, due, baseline in rows:
                    promises = self.seen.promises[portal, section]
                    if not promises or promises[-1][1] != due.timestamp():
                        promises.append((now, due.timestamp()))
                    if baseline:
                        self.seen.baselines[portal, section] = baseline.timestamp()
        if now - self._sampled >= SAMPLE_EVERY:
            self._sampled = now
            with suppress(psutil.NoSuchProcess):
                self._weigh("server", psutil.Process(self._server.process.pid))
                service = psutil.Process(self._service.pid)
                self._weigh("service", service)
                for child in service.children():
                    self._weigh("worker", child)

    def _weigh(self, kind: str, process: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            cpu = times.user + times.system
            self.seen.samples.append((time.time(), kind, process.pid, process.memory_info().rss, cpu))

    def _has_baselines(self) -> bool:
        assert self._store is not None
        plan = self.seen.plan
        sections = plan.portals * len(SECTIONS)
        if len(self.seen.baselines) < ENOUGH * sections:
            return False
        with self._store.read() as session:
            tried = session.scalar(
                select(func.count()).select_from(Entry).where((Entry.state != "pending") | (Entry.attempts > 0))
            )
        return (tried or 0) >= ENOUGH * sections * plan.entries

    def _all_told(self) -> bool:
        read = all(promises[-1][1] > self.seen.healed for promises in self.seen.promises.values())
        return read and not events(self.seen)["missing"]

    def _say(self, words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    # --- afterwards ---

    def _collect(self) -> None:
        seen = self.seen
        assert self._store is not None
        with self._store.read() as session:
            for run, one in session.execute(select(Run, Reading).join(Reading, Reading.run_id == Run.id)):
                started, ended, run_ended = _seconds(one.started), _seconds(one.ended), _seconds(run.ended)
                assert started is not None
                read = Read(
                    run.portal, one.section, started, ended or started, one.state, run.id, run_ended, one.revised
                )
                seen.readings.append(read)
            seen.titles = list(session.scalars(select(Revision.title)))
        self._store.close()
        with (self._folder / "requests.jsonl").open(encoding="utf-8") as lines:
            seen.requests = [json.loads(line) for line in lines]
        with (self._folder / "service.log").open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                seen.tracebacks += "Traceback (most recent call last)" in line
                with suppress(ValueError):
                    if isinstance(said := json.loads(line), dict):
                        event = re.sub(r"https?://\S+?(?=[>.]?(?:\s|$))", "URL", str(said.get("event")))
                        seen.log.append({"event": event, "level": said.get("level")})


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


if __name__ == "__main__":
    sys.exit(main())
