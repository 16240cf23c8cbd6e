"""Kill after kill against the real service: no event may go undelivered, and no more be repeated than was in flight.

    python tests/whole/kills.py --kills 100 --database sqlite|postgresql --seed 1

It serves the replicas, starts `portalwatch serve`, lets events appear all the time and kills what the seed says: the
service, a worker, all at once, in mid-delivery, commands by hand, the opening of an old database in mid-migration, and
on PostgreSQL the server itself. A JSON report goes to standard output, progress to standard error; exit status 1 when
a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # pytest finds the server by itself
    sys.path.insert(0, str(Path(__file__).parents[1]))

from house import COMMAND, House, end, environment, until
from kept import Kept
from migrating import OldDatabase
from postgres import Server

from monitor.commands.demonstrate import receiving
from monitor.replica import SITES, serve_replicas
from monitor.replica.timeline import Content, Document
from monitor.service import processes

CHANNELS = 8  # so that one event owes many deliveries
KINDS = {"service": 24, "worker": 20, "all": 12, "in delivery": 14, "by hand": 12, "in migration": 10, "server": 8}
"""The kinds of kill, and how often each comes relative to the others."""
STEPS = [(name, "seed") for name in ("thanhhoa", "ninhbinh", "ninhthuan", "baoquangnam")]
STEPS += [("ninhbinh", "decision-news"), ("thanhhoa", "decision")]  # an event each, as are the further ones
SLOWEST = 180.0  # seconds until all is told: the lease of a claim, the pause of a worker that cannot start


def further(kills: int) -> dict[str, dict[str, Content]]:
    """More steps for the replicas, a decision each, enough for so many kills."""
    steps = {}
    for place in range(2 * kills):
        about = f"Quyết định về việc phê duyệt dự toán dự án chuyển đổi số cấp xã đợt {place + 1}"
        issued = date(2024, 5, 12) + timedelta(days=place)
        document = Document(2000 + place, f"{2000 + place}/QĐ-UBND", "Quyết định", issued, about)
        steps[f"further-{place}"] = Content(documents=(document,))
    return {"thanhhoa": steps}


class Kills:
    """A seeded sequence of kills of one house, whose replicas have the `further` steps; and what came of it."""

    def __init__(
        self, house: House, folder: Path, kills: int, seed: int, server: Server | None, *, revisions: int = 6000
    ) -> None:
        self._house = house
        self._server = server
        self._chance = random.Random(seed)
        self._kept = Kept(house.database)
        self._old = OldDatabase(folder, server, self._chance, revisions)
        self._drawn = self._draw(kills)
        self._steps = [*STEPS, *(("thanhhoa", f"further-{place}") for place in range(2 * kills))]
        self._published = 0
        self._free = threading.Event()
        self._lock = threading.Lock()
        self._unanswered = 0
        self._loses = False
        self._service: subprocess.Popen[bytes] | None = None
        self._log_before = 0
        self._last = datetime.now(UTC)
        self.in_flight = 0
        self.lost = 0
        """Messages that a carrier took and lost before it accepted them."""
        self.counts: Counter[str] = Counter()
        self.restarts = 0
        """How often `serve` could not start, the database being away, and was started again."""
        self.broken: list[str] = []

    def _draw(self, kills: int) -> list[str]:
        shares = {kind: share for kind, share in KINDS.items() if kind != "server" or self._server is not None}
        # Each kind comes, however few kills there are, and the commonest fill what is left.
        drawn = [kind for kind, share in shares.items() for _ in range(max(1, share * kills // sum(shares.values())))]
        drawn += ["service", "worker"] * kills
        drawn = drawn[:kills]
        self._chance.shuffle(drawn)
        return drawn

    # --- the run ---

    def run(self) -> dict[str, Any]:
        """Kill, wait until all is told, and judge: the report."""
        began = time.monotonic()
        self._prepare()
        try:
            self._serve()
            until(self._kept.baseline_done, 90, "the baseline")
            for number, kind in enumerate(self._drawn):
                if number % 2 == 0:
                    self._publish()
                _say(f"{time.monotonic() - began:6.1f} s  kill {number + 1}: {kind}")
                self._kill(kind)
                self.counts[kind] += 1
            self._settle()
        except AssertionError as error:
            self.broken.append(str(error))
        finally:
            self._free.set()
            self._end()
        repeats = self._judge()
        return {
            "kills": dict(sorted(self.counts.items())),
            "migrations": dict(sorted(self._old.counts.items())),
            "events": self._published,
            "deliveries": self._kept.deliveries(),
            "received": len(self._house.receiver.received),
            "repeats": repeats,
            "lost_by_carriers": self.lost,
            "in_flight": self.in_flight,
            "restarts": self.restarts,
            "seconds": round(time.monotonic() - began),
            "broken": self.broken,
        }

    def _prepare(self) -> None:
        house = self._house
        house.configure(
            subscriptions=[
                {"id": f"s{number}", "events": ["meeting", "decision"], "to": [f"{house.receiver.url}/{number}"]}
                for number in range(CHANNELS)
            ]
        )
        take = house.receiver.take
        self._free.set()

        def held(message: dict[str, Any]) -> None:
            if self._free.is_set() or not self._loses:
                take(message)
            else:
                self.lost += 1
            with self._lock:
                self._unanswered += 1
            self._free.wait(60)
            with self._lock:
                self._unanswered -= 1

        house.receiver.take = held  # type: ignore[method-assign]
        self._old.build()

    def _settle(self) -> None:
        """Wait until all that was published is told, every section is read again, and nothing seems to run."""
        self._last = datetime.now(UTC)
        for portal in self._kept.set_aside():
            # A portal that two killed workers in a row had in hand rests for hours, unless somebody crawls it by hand.
            self._house.run("crawl", portal, status=None)
            self.counts["portals set aside"] += 1
        try:
            until(self._all_told, SLOWEST, "all told and settled")
        except AssertionError as error:
            raise AssertionError(f"{error}; waiting: {self._kept.unfinished()}") from error
        until(lambda: self._kept.all_read_since(self._last), 90, "every section read again")
        until(lambda: not self._kept.running_since_before(self._last), 45, "no run left behind")

    def _all_told(self) -> bool:
        self._restarted()
        return len(self._distinct()) >= self._published * CHANNELS and not self._kept.unfinished()

    def _judge(self) -> int:
        """Note what is broken; how many messages were repeats."""
        distinct = self._distinct()
        repeats = len(self._house.receiver.received) - len(distinct)
        if len(distinct) != self._published * CHANNELS:
            self.broken.append(f"{self._published} events for {CHANNELS} channels, {len(distinct)} messages")
        if repeats > self.in_flight:
            self.broken.append(f"{repeats} repeats, {self.in_flight} in flight at the kills")
        self.broken += self._kept.faults(self._published, CHANNELS)
        self.broken += self._old.faults()
        self._old.close()
        self._kept.close()
        for log in sorted(self._house.folder.glob("*.log")):
            _, traceback, rest = log.read_text("utf-8", "replace").partition("Traceback")
            if traceback:
                self.broken.append(f"a traceback in {log.name}: {rest[:3000]}")
        return repeats

    def _distinct(self) -> set[tuple[str, str]]:
        """The messages received, each channel's once."""
        return {(message["title"], message["path"]) for message in self._house.receiver.received}

    # --- what the kills have in common ---

    def _publish(self) -> None:
        portal, step = self._steps[self._published]
        self._house.replicas[portal].publish(step)
        self._published += 1

    def _pause(self, most: float = 3.0) -> None:
        """Let a random moment of the work come: there is nothing to wait for."""
        time.sleep(self._chance.uniform(0, most))

    def _serve(self) -> None:
        log = self._house.folder / "service.log"
        self._log_before = log.stat().st_size if log.exists() else 0
        self._service = self._house.serve()

    def _restarted(self) -> subprocess.Popen[bytes]:
        """The service, started again when it could not start: what `restart: always` does."""
        assert self._service is not None
        if (status := self._service.poll()) is not None:
            said = (self._house.folder / "service.log").read_bytes()[self._log_before :].decode()
            assert status == 1, f"the service ended by itself with {status}: {said[-2000:]}"
            assert self._server is not None, f"the service could not start: {said[-2000:]}"
            assert "serving" not in said, f"the service did not outlive the database: {said[-2000:]}"
            self.restarts += 1
            self._serve()
        return self._service

    def _end(self) -> None:
        if self._service is not None and self._service.poll() is None:
            try:
                if status := end(self._service):
                    self.broken.append(f"the service ended with {status}")
            except subprocess.TimeoutExpired:
                self._service.kill()
                self._service.wait()
                self.broken.append("the service did not end in time")

    def _struck(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a process and count the deliveries that it had claimed."""
        process.kill()
        process.wait()
        self.in_flight += self._kept.claimed_by(process.pid)

    def _workers(self) -> list[int]:
        found: list[int] = processes(self._house.folder / "data")["workers"]
        return found

    @contextmanager
    def _in_flight(self) -> Iterator[None]:
        """Let no carrier answer; its answers come at the end. Half of the time what it took is lost with the kill: only
        what it accepted may count as sent."""
        until(lambda: not self._unanswered, 10, "all answered")
        self._loses = self._chance.random() < 0.5
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def _await_message(self) -> None:
        until(lambda: self._unanswered, 60, "a message in flight")
        self._pause(0.5)

    # --- the kinds of kill ---

    def _kill(self, kind: str) -> None:
        match kind:
            case "service":
                self._pause()
                self._struck(self._restarted())
                self._serve()
            case "worker" | "all":
                self._pause()
                self._restarted()
                until(lambda: self._workers() or self._restarted().returncode, 60, "a worker")
                workers = self._workers()
                for worker in workers if kind == "all" else workers[:1]:
                    with suppress(ProcessLookupError):  # it may end just now
                        os.kill(worker, signal.SIGKILL)
                if kind == "all":
                    self._struck(self._restarted())
                    self._serve()
            case "in delivery":
                with self._in_flight():
                    self._publish()
                    self._restarted()
                    self._await_message()
                    self._struck(self._restarted())
                self._serve()
            case "by hand":
                self._kill_by_hand()
            case "in migration":
                self._old.kill()
            case "server":
                self._crash()

    def _kill_by_hand(self) -> None:
        """Kill a command by hand; half of the time no service runs, so that the command has all the work."""
        command = self._chance.choice(("crawl", "judge", "deliver"))
        alone = self._chance.random() < 0.5
        if alone:
            self._struck(self._restarted())
            self._publish()
            for before in {"crawl": (), "judge": ("crawl",), "deliver": ("crawl", "judge")}[command]:
                self._house.run(before, status=None)
        if alone and command == "deliver":
            with self._in_flight():
                process = self._command(command)
                self._await_message()
                self._struck(process)
        else:
            while True:
                process = self._command(command)
                try:
                    if command == "crawl":  # else it is mostly killed before it begins
                        self._await_run(process)
                        process.wait(self._chance.uniform(0, 1.0))
                    else:
                        process.wait(self._chance.uniform(0.3, 3.0))
                except subprocess.TimeoutExpired:
                    self._struck(process)
                    break  # else it was faster
        if alone:
            self._serve()

    def _await_run(self, process: subprocess.Popen[bytes]) -> None:
        before = self._kept.runs_by_hand()
        until(lambda: process.poll() is not None or self._kept.runs_by_hand() > before, 60, "a run by hand")

    def _command(self, name: str) -> subprocess.Popen[bytes]:
        with (self._house.folder / "by-hand.log").open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, "--config", str(self._house.folder), name],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment(),
            )

    def _crash(self) -> None:
        """Crash the database server; half of the time the service is killed, and started again meanwhile."""
        assert self._server is not None
        self._pause()
        self._server.stop("immediate")
        killed = self._restarted() if self._chance.random() < 0.5 else None
        if killed is not None:
            killed.kill()
            killed.wait()
            self._pause(1)
            self._serve()
        self._pause(4)
        self._server.start()
        if killed is not None:
            self.in_flight += self._kept.claimed_by(killed.pid)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Run as the command line says; 1 when something that must hold did not."""
    parser = argparse.ArgumentParser(description="Kill the service and its parts, and judge what became of the work.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="keep configuration, database and logs here; a new folder")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(asked.folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="portalwatch-kills-")))
        folder.mkdir(parents=True, exist_ok=True)
        server = None
        if asked.database == "postgresql":
            server = Server(folder / "server", durable=False)
            stack.callback(server.end)  # before its folder is gone
        replicas = stack.enter_context(
            serve_replicas(list(SITES), crawl_delay=0, own_seeds=True, further=further(asked.kills))
        )
        database = server.create("watch") if server else f"sqlite:///{folder}/watch/portalwatch.db"
        house = House(folder / "watch", replicas, stack.enter_context(receiving()), database)
        found = Kills(house, folder / "old", asked.kills, asked.seed, server).run()
    print(json.dumps({"asked": vars(asked), **found}, ensure_ascii=False, indent=1))
    return 1 if found["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
