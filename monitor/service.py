"""The service: what is due is given to the workers, what is owed is delivered, what is amiss is told.

APScheduler keeps the hours; its jobs only look behind the doors and wake somebody. Nothing that matters is in memory
alone, so the service may be killed at any instant: the next start goes on from the doors.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from config import Configuration, PortalwatchError, StorageError, say
from crawler import close_gate
from monitor import health
from monitor.delivering import Deliverer
from monitor.judging import Judge
from monitor.supervisor import Supervisor
from monitor.worker import now
from storage import Crawling, Delivering, Judging, Looking, Store, open_store

LOOK_EVERY = 1.0  # seconds between looks at what is due
HOUSEKEEPING_EVERY = 15.0
FORGETTING_EVERY = 3600.0
RUNS_KEPT = timedelta(days=90)
STOP_WORKERS_IN = 10.0
STOP_DELIVERIES_IN = 9.0

log = structlog.get_logger(__name__)


class Service:
    """Everything that `portalwatch serve` runs in its own process."""

    def __init__(self, configuration: Configuration, store: Store) -> None:
        self._configuration = configuration
        self._crawling = Crawling(store)
        self._judging = Judging(store)
        self._looking = Looking(store)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._deliverer = Deliverer(Delivering(store), configuration, self._writer, now)
        self._judge = Judge.called(self._judging, configuration, now())
        self._supervisor = Supervisor(
            configuration.directory,
            worker_count(configuration.settings.workers),
            self._crawling,
            self._judging,
            now,
            lambda pids: write_processes(configuration.settings.data, pids),
        )
        self._deliver_wanted = asyncio.Event()
        self._ending = asyncio.Event()

    async def serve(self) -> None:
        """Run until SIGTERM or SIGINT, then end in order within 15 s."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ending.set)
        loop.add_signal_handler(
            signal.SIGHUP, lambda: log.warning("a changed configuration is taken up at the next start, not before")
        )
        configured = [(portal.id, section.id) for portal in self._configuration.portals for section in portal.sections]
        self._crawling.know_sections(configured, now())
        self._crawling.interrupt_runs(now())
        await self._deliverer.free_claims()
        self._supervisor.start()
        delivering = asyncio.create_task(self._deliver())
        scheduler = AsyncIOScheduler(timezone=self._configuration.settings.timezone)
        jobs = ((self._look, LOOK_EVERY), (self._keep_house, HOUSEKEEPING_EVERY), (self._forget, FORGETTING_EVERY))
        for job, seconds in jobs:
            scheduler.add_job(job, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None)
        scheduler.start()
        log.info(
            "serving", portals=len(self._configuration.portals), subscriptions=len(self._configuration.subscriptions)
        )
        try:
            while not self._ending.is_set():
                # A worker that ended something may have left work behind a door: look at once, not at the next hour.
                await _first_of(self._ending, self._supervisor.woken)
                self._supervisor.woken.clear()
                await self._look()
        finally:
            log.info("ending")
            scheduler.shutdown(wait=False)
            self._ending.set()
            self._deliver_wanted.set()
            await asyncio.gather(
                self._supervisor.stop(STOP_WORKERS_IN), _ended(delivering, STOP_DELIVERIES_IN), return_exceptions=True
            )
            self._writer.shutdown(wait=True)
            log.info("ended")

    async def _look(self) -> None:
        """Give what is due to the workers, and wake the judge and the deliverer."""
        if self._ending.is_set():
            return
        try:
            for portal_id, sections in self._crawling.due(now()).items():
                portal = self._configuration.portal(portal_id)
                if portal is None or not portal.enabled:
                    continue
                wanted = [section for section in sections if portal.section(section)]
                if wanted:
                    self._supervisor.submit(portal_id, wanted, "schedule")
            if self._judging.count_due(now()):
                self._supervisor.judge()
        except Exception as error:
            log.error("cannot see what is due", error=repr(error), exc_info=not isinstance(error, PortalwatchError))
        self._deliver_wanted.set()

    async def _keep_house(self) -> None:
        """Tell of portals that fail or came back; free what killed processes held."""
        try:
            await asyncio.get_running_loop().run_in_executor(
                self._writer, health.watch, self._configuration, self._looking, self._judging, self._judge, now()
            )
            await self._deliverer.free_claims()
        except Exception as error:
            log.error("house-keeping failed", error=repr(error), exc_info=not isinstance(error, PortalwatchError))

    async def _forget(self) -> None:
        """Delete the runs of long ago: a section read every 5 minutes makes a hundred thousand rows a year."""
        try:
            await asyncio.get_running_loop().run_in_executor(
                self._writer, self._crawling.forget_runs, now() - RUNS_KEPT
            )
        except Exception as error:
            log.error("forgetting failed", error=repr(error), exc_info=not isinstance(error, PortalwatchError))

    async def _deliver(self) -> None:
        while not self._ending.is_set():
            await self._deliver_wanted.wait()
            self._deliver_wanted.clear()
            try:
                await self._deliverer.turn(stop=self._ending.is_set)
            except Exception as error:  # what is owed is still behind its door; the next look tries again
                log.error("delivering stopped", error=repr(error), exc_info=not isinstance(error, PortalwatchError))


def worker_count(workers: str | int) -> int:
    """How many workers: as configured, or about one a core, one of which is left to the service."""
    return workers if isinstance(workers, int) else max(1, min(4, (os.cpu_count() or 1) - 1))


async def _first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def _ended(task: asyncio.Task[None], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(task, seconds)


# --- one service a database ---


@contextmanager
def only_service(data: Path) -> Iterator[None]:
    """Be the only service on a data folder; StorageError with the other's process id when there is one."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "service.lock").open("a+") as lock:
        try:
            _lock(lock)
        except BlockingIOError as error:
            pid = processes(data)["service"]
            raise StorageError(say("a service runs on this folder already (process {pid})", pid=pid)) from error
        write_processes(data, [])
        yield
        (data / "processes.json").unlink(missing_ok=True)


def _lock(lock: IO[str]) -> None:
    """Hold the lock; BlockingIOError when another service does. A `status` that looks holds it for an instant."""
    for wait in (0.1, 0.3, 0.6, None):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if wait is None:
                raise
            time.sleep(wait)


def write_processes(data: Path, workers: list[int]) -> None:
    """Note which processes serve, for `status`."""
    unfinished = data / "processes.json.part"
    unfinished.write_text(json.dumps({"service": os.getpid(), "workers": workers}))
    unfinished.replace(data / "processes.json")


def processes(data: Path) -> dict[str, Any]:
    """The process ids of the running service and its workers; nothing when no service holds the folder."""
    nobody: dict[str, Any] = {"service": None, "workers": []}
    try:
        with (data / "service.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return {**nobody, **json.loads((data / "processes.json").read_text())}
    except (OSError, ValueError):
        return nobody
    return nobody


def run(configuration: Configuration, ready: Callable[[], None] = lambda: None) -> None:
    """Serve a configuration until told to end."""
    with only_service(configuration.settings.data):
        store = open_store(configuration.settings.database, configuration.settings.data)
        close_gate(configuration.settings.allow_private)
        try:
            asyncio.run(Service(configuration, store).serve())
        finally:
            store.close()
