"""The supervisor: keeps crawl workers alive, gives each portal to one of them, and finds the portal that kills them.

A worker whose heart stops is killed and replaced. The portal whose page it was reading is the suspect, or all that it
had in hand when it was reading none. Half of the suspects are crawled at a time, so that each further kill halves them;
a portal that is the only suspect is guilty of the kill, and two kills set it aside.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from config import Configuration, PortalwatchError, say
from monitor.configuration import packed
from storage import Crawling, Judging

NO_BEAT = 30.0  # seconds without a heartbeat after which a worker hangs
STARTING = 60.0  # seconds that a new worker has until its first heartbeat
JUDGING_TOO_LONG = 60.0  # seconds on one revision
CRAWLS_AT_ONCE = 64  # of one worker; politeness, not the processor, sets their pace
KILLS = 2
REST_HOURS = 6
REST = timedelta(hours=REST_HOURS)
RUNS_A_LIFE = 2000
LARGEST = 1_000_000_000  # bytes of memory of one worker
_LINE_LIMIT = 2**20
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0  # seconds, after a crawl that broke

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Child:
    """One worker process and what is known of it."""

    process: asyncio.subprocess.Process
    in_hand: set[str] = field(default_factory=set)
    last_beat: float = field(default_factory=time.monotonic)
    beaten: bool = False
    runs: int = 0
    rss: int = 0
    reading: str | None = None  # the portal of which it reads a page now
    judging: int | None = None  # the revision that it judges now, and since when
    judging_since: float = 0.0
    retiring: bool = False


class Supervisor:
    """Runs `count` workers for as long as it is asked to."""

    def __init__(
        self,
        configuration: Configuration,
        count: int,
        crawling: Crawling,
        judging: Judging,
        clock: Callable[[], datetime],
        on_change: Callable[[list[int]], None],
        writer: Executor | None = None,
    ) -> None:
        self._configuration = packed(configuration)
        self._count = count
        self._crawling = crawling
        self._judging = judging
        self._clock = clock
        self._on_change = on_change
        self._writer = writer
        self._children: list[Child] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._suspects: set[str] = set()
        self._pauses: dict[str, tuple[int, float]] = {}  # crawls in a row that broke, and until when there is none
        self._stopping = False
        self.woken = asyncio.Event()
        """Set whenever a worker ended a crawl or judged something: there may be something to do."""

    @property
    def in_hand(self) -> set[str]:
        """The portals that are being crawled."""
        return {portal for child in self._children for portal in child.in_hand}

    @property
    def pids(self) -> list[int]:
        """The workers' process ids."""
        return [child.process.pid for child in self._children]

    def start(self) -> None:
        """Start the workers and keep them."""
        self._keepers = [asyncio.create_task(self._keep()) for _ in range(self._count)]

    def submit(self, portal: str, sections: list[str], reason: str) -> bool:
        """Give a portal to the worker with the least to do; false when that must wait."""
        ready = [child for child in self._children if child.beaten and not child.retiring]
        if (
            self._stopping
            or not ready
            or portal in self.in_hand
            or self._pauses.get(portal, (0, 0.0))[1] > time.monotonic()
        ):
            return False
        if portal in self._suspects and len(self._suspects & self.in_hand) >= (len(self._suspects) + 1) // 2:
            return False
        child = min(ready, key=lambda child: len(child.in_hand))
        if len(child.in_hand) >= CRAWLS_AT_ONCE:
            return False
        child.in_hand.add(portal)
        child.runs += 1
        return self._order(child, {"crawl": portal, "sections": sections, "reason": reason})

    def take_up(self, configuration: Configuration) -> None:
        """Let all workers work by another configuration."""
        self._configuration = packed(configuration)
        for child in self._children:
            self._order(child, {"configuration": self._configuration})

    def judge(self) -> None:
        """Let a worker look behind door 1."""
        if ready := [child for child in self._children if child.beaten and not child.retiring]:
            self._order(ready[0], {"judge": True})

    async def stop(self, seconds: float) -> None:
        """Ask all workers to stop and give them so long before they are killed."""
        self._stopping = True
        for child in self._children:
            self._order(child, {"stop": True})
        if self._keepers:
            _, late = await asyncio.wait(self._keepers, timeout=seconds)
            for child in list(self._children):
                log.warning("worker killed at the end", pid=child.process.pid, in_hand=sorted(child.in_hand))
                _kill(child)
            if late:
                await asyncio.wait(late, timeout=2)

    # --- one worker's life ---

    async def _keep(self) -> None:
        pause = 0.5
        while not self._stopping:
            began = time.monotonic()
            try:
                if await self._one_life():
                    return
            except Exception as error:  # a database out of reach, a fork that failed: the next life may fare better
                log.error(
                    "a worker's life went wrong", error=repr(error), exc_info=not isinstance(error, PortalwatchError)
                )
            # A worker that dies at birth is not restarted in a circle.
            pause = 0.5 if time.monotonic() - began > 30 else min(pause * 2, 30.0)
            if not self._stopping:
                await asyncio.sleep(pause)

    async def _one_life(self) -> bool:
        """One worker from its birth to its end; whether it retired and has a successor."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "monitor.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE_LIMIT,
            start_new_session=True,  # Ctrl-C is for the service, which then stops its workers in order
        )
        child = Child(process)
        self._children.append(child)
        self._order(child, {"configuration": self._configuration})
        self._told()
        watch = asyncio.create_task(self._watch(child))
        try:
            await self._listen(child)
        finally:
            watch.cancel()
            try:
                code = await asyncio.wait_for(process.wait(), 2)
            except TimeoutError:
                _kill(child)
                code = await process.wait()
            child.beaten = False  # it is given nothing more; what it had in hand stays so until that is written down
            try:
                await self._bury(child, code)
            finally:
                self._children.remove(child)
                self._told()
                self.woken.set()
        return child.retiring

    async def _listen(self, child: Child) -> None:
        assert child.process.stdout is not None
        while line := await child.process.stdout.readline():
            try:
                message = json.loads(line)
            except ValueError:
                log.warning("a worker said something else", pid=child.process.pid, line=line[:200])
                continue
            if "beat" in message:
                child.last_beat, child.rss = time.monotonic(), message["rss"]
                if not child.beaten:
                    child.beaten = True
                    self.woken.set()
            elif "reading" in message:
                child.reading = message["reading"]
            elif "judging" in message:
                child.judging, child.judging_since = message["judging"], time.monotonic()
            elif "ended" in message:
                self._pause(message["ended"], broken=message["state"] == "broken")
                child.in_hand.discard(message["ended"])
                self._suspects.discard(message["ended"])
                self.woken.set()
            else:
                self.woken.set()
            if child.retiring and not child.in_hand:
                self._order(child, {"stop": True})

    async def _watch(self, child: Child) -> None:
        while True:
            await asyncio.sleep(1)
            silent = time.monotonic() - child.last_beat
            judged = time.monotonic() - child.judging_since if child.judging is not None else 0.0
            if silent > (NO_BEAT if child.beaten else STARTING) or judged > JUDGING_TOO_LONG:
                log.error(
                    "worker hangs",
                    pid=child.process.pid,
                    seconds=round(silent),
                    judging=child.judging,
                    in_hand=sorted(child.in_hand),
                )
                _kill(child)
                return
            if (child.runs >= RUNS_A_LIFE or child.rss > LARGEST) and not child.retiring:
                log.info("worker retires", pid=child.process.pid, runs=child.runs, rss=child.rss)
                child.retiring = True
                # Its successor begins now: a long crawl that it has in hand must not keep all others waiting.
                self._keepers = [keeper for keeper in self._keepers if not keeper.done()]
                self._keepers.append(asyncio.create_task(self._keep()))
                if not child.in_hand:
                    self._order(child, {"stop": True})

    async def _bury(self, child: Child, code: int) -> None:
        if self._stopping or (child.retiring and not child.in_hand):
            return
        log.error("worker ended", pid=child.process.pid, code=code, in_hand=sorted(child.in_hand))
        judged_too_long = child.judging is not None and time.monotonic() - child.judging_since > NO_BEAT / 2
        suspects: set[str] = set()
        if not judged_too_long:
            # A detector that does not come back holds the whole process; the portals in hand have no part in it.
            suspects = (
                {child.reading} if child.reading in child.in_hand else child.in_hand & self._suspects or child.in_hand
            )
            self._suspects = set(suspects)
        # Not on the loop: a database that does not answer would hold up the heartbeats and the deliveries too.
        await asyncio.get_running_loop().run_in_executor(
            self._writer, self._write_down, child, child.judging if judged_too_long else None, suspects, self._clock()
        )

    def _write_down(self, child: Child, judged_too_long: int | None, suspects: set[str], now: datetime) -> None:
        for portal in child.in_hand:
            self._crawling.interrupt_runs(now, portal=portal)
        if judged_too_long is not None:
            self._judging.set_aside(judged_too_long, say("judging took too long"), now)
        self._suspect(suspects, now)

    def _suspect(self, portals: set[str], now: datetime) -> None:
        if len(portals) != 1:
            return
        (portal,) = portals
        problem = say(
            "killed the crawl worker {kills} times; set aside for {hours} hours", kills=KILLS, hours=REST_HOURS
        )
        if self._crawling.count_worker_kill(portal, now, limit=KILLS, rest=REST, problem=problem):
            log.error("portal set aside", portal=portal, kills=KILLS, hours=REST_HOURS)

    def _pause(self, portal: str, *, broken: bool) -> None:
        """Let a portal rest whose crawl broke before its end could be written down: it is due still, and would be
        crawled in a circle."""
        if not broken:
            self._pauses.pop(portal, None)
            return
        times = self._pauses.get(portal, (0, 0.0))[0] + 1
        self._pauses[portal] = (times, time.monotonic() + min(_FIRST_PAUSE * 2 ** (times - 1), _LONGEST_PAUSE))

    def _order(self, child: Child, order: dict[str, Any]) -> bool:
        assert child.process.stdin is not None
        if child.process.stdin.is_closing():
            return False
        child.process.stdin.write(json.dumps(order).encode() + b"\n")
        return True

    def _told(self) -> None:
        self._on_change(self.pids)


def _kill(child: Child) -> None:
    if child.process.returncode is not None:
        return  # its number may be another's by now
    with contextlib.suppress(ProcessLookupError):
        os.kill(child.process.pid, signal.SIGKILL)
