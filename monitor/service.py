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
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from config import Configuration, PortalwatchError, StorageError, say
from crawler import close_gate
from monitor import by_hand, health
from monitor.clock import now
from monitor.configuration import Fingerprint, speak_as, take_up
from monitor.delivering import Deliverer
from monitor.judging import Judge
from monitor.reloading import WatchedFolder
from monitor.supervisor import Supervisor
from storage import Crawling, Delivering, Forgetting, Judging, Looking, Store, open_store

LOOK_EVERY = 1.0  # seconds between looks at what is due
HOUSEKEEPING_EVERY = 15.0
FORGETTING_EVERY = 3600.0
FIRST_FORGETTING = timedelta(minutes=3)
FOLDER_EVERY = 1.0
STOP_WORKERS_IN = 10.0
STOP_DELIVERIES_IN = 9.0

log = structlog.get_logger(__name__)


class Service:
    """Everything that `portalwatch serve` runs in its own process."""

    def __init__(self, configuration: Configuration, store: Store, seen: Fingerprint | None = None) -> None:
        self._configuration = configuration
        self._folder = WatchedFolder(configuration, seen)
        self._leading = store.lead()
        self._crawling = Crawling(store)
        self._judging = Judging(store)
        self._looking = Looking(store)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._deliverer = Deliverer(Delivering(store), configuration, self._writer, now)
        self._judge = Judge.called(self._judging, configuration, now())
        self._supervisor = Supervisor(
            configuration,
            worker_count(configuration.settings.workers),
            self._crawling,
            self._judging,
            now,
            self._note_processes,
            self._writer,
        )
        self._forgetting = Forgetting(store)
        self._deliver_wanted = asyncio.Event()
        self._ending = asyncio.Event()
        self._looking_now = asyncio.Lock()

    def lead(self) -> None:
        """Be the one service of the database; StorageError when another is."""
        if not self._leading.hold():
            raise StorageError(say("another service runs on this database already"))

    async def serve(self) -> None:
        """Run until SIGTERM or SIGINT, then end in order within 15 s."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ending.set)
        loop.add_signal_handler(signal.SIGHUP, self._folder.ask)
        take_up(self._configuration, self._crawling, now())
        self._crawling.interrupt_runs(now())
        self._interrupt_by_hand()
        await self._deliverer.free_claims()
        self._supervisor.start()
        delivering = asyncio.create_task(self._deliver())
        scheduler = AsyncIOScheduler(timezone=self._configuration.settings.timezone)
        jobs = (
            (self._look, LOOK_EVERY),
            (self._look_at_folder, FOLDER_EVERY),
            (self._keep_house, HOUSEKEEPING_EVERY),
            (self._forget, FORGETTING_EVERY),
        )
        for job, seconds in jobs:
            once: dict[str, Any] = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
            scheduler.add_job(_until_cancelled, "interval", [job], name=job.__name__, seconds=seconds, **once)
        # Not only after an hour: a service that is started every night would never forget.
        scheduler.add_job(_until_cancelled, "date", [self._forget], run_date=now() + FIRST_FORGETTING)
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
            self._leading.release()
            log.info("ended")

    async def _look(self) -> None:
        """Give what is due to the workers, and wake the judge and the deliverer."""
        if self._ending.is_set():
            return
        loop = asyncio.get_running_loop()
        try:
            # Not on the loop: a database that does not answer would hold up the heartbeats too. One look at a time, and
            # what is in hand before it is let alone: it may end meanwhile, and would be crawled twice.
            async with self._looking_now:
                in_hand = self._supervisor.in_hand
                due = await loop.run_in_executor(self._writer, self._crawling.due, now())
                if self._ending.is_set():
                    return
                for portal_id, sections in due.items():
                    portal = self._configuration.portal(portal_id)
                    if portal is None or not portal.enabled or portal_id in in_hand:
                        continue
                    wanted = [section for section in sections if portal.section(section)]
                    if wanted:
                        self._supervisor.submit(portal_id, wanted, "schedule")
                if await loop.run_in_executor(self._writer, self._judging.count_due, now()):
                    self._supervisor.judge()
        except Exception as error:
            log.error("cannot see what is due", error=repr(error), exc_info=not isinstance(error, PortalwatchError))
        self._deliver_wanted.set()

    async def _look_at_folder(self) -> None:
        """Take up a folder of configuration that was changed; one changed for the worse is told of and left alone."""
        try:
            before = self._folder.problems
            changed = await asyncio.to_thread(self._folder.changed, self._configuration)
            if changed is not None:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._writer, take_up, changed, self._crawling, now())
                self._judge = await loop.run_in_executor(self._writer, Judge.called, self._judging, changed, now())
                close_gate(changed.settings.allow_private)
                speak_as(changed)
                self._configuration = changed
                self._deliverer.take_up(changed)
                self._supervisor.take_up(changed)
                self._folder.taken()
                log.info(
                    "configuration taken up", portals=len(changed.portals), subscriptions=len(changed.subscriptions)
                )
                await self._look()
            if changed is not None or before != self._folder.problems:
                self._note_processes(self._supervisor.pids)
        except Exception as error:  # it is offered again at the next look
            self._folder.problems = [str(error)]
            log.error(
                "cannot take up the configuration", error=repr(error), exc_info=not isinstance(error, PortalwatchError)
            )

    def _note_processes(self, workers: list[int]) -> None:
        write_processes(self._configuration.settings.data, workers, self._folder.problems)

    async def _keep_house(self) -> None:
        """Tell of portals that fail or came back; free what killed processes held."""
        loop = asyncio.get_running_loop()
        try:
            if not await loop.run_in_executor(self._writer, self._leading.hold):
                log.error("another service has taken over this database; this one ends")
                self._ending.set()
                return
            await loop.run_in_executor(
                self._writer, health.watch, self._configuration, self._looking, self._judging, self._judge, now()
            )
            await self._deliverer.free_claims()
            await loop.run_in_executor(
                self._writer, partial(self._crawling.interrupt_runs, now(), but=self._supervisor.in_hand)
            )
            await loop.run_in_executor(self._writer, self._interrupt_by_hand)
        except Exception as error:
            log.error("house-keeping failed", error=repr(error), exc_info=not isinstance(error, PortalwatchError))

    def _interrupt_by_hand(self) -> None:
        """Mark the runs by hand whose command was killed."""
        with by_hand.nobody(self._configuration.settings.data) as nobody:
            if nobody:
                self._crawling.interrupt_runs(now(), reason=by_hand.REASON)

    async def _forget(self) -> None:
        """Delete what the configuration does not want kept any longer, some at a time."""
        try:
            forget = partial(self._forgetting.forget, self._configuration.settings.retention, now())
            while not self._ending.is_set() and await asyncio.get_running_loop().run_in_executor(self._writer, forget):
                pass  # some at a time: the writer is others' too
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


async def _until_cancelled(job: Callable[[], Awaitable[None]]) -> None:
    """Run a job. The scheduler's end cancels it in its midst, which is in order and no trace in the log."""
    with contextlib.suppress(asyncio.CancelledError):
        await job()


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


def write_processes(data: Path, workers: list[int], problems: Sequence[str] = ()) -> None:
    """Note which processes serve, and why a changed configuration was not taken up, for `status`."""
    unfinished = data / "processes.json.part"
    unfinished.write_text(json.dumps({"service": os.getpid(), "workers": workers, "problems": list(problems)}))
    unfinished.replace(data / "processes.json")


def processes(data: Path) -> dict[str, Any]:
    """The process ids of the running service and its workers, and the problems of a configuration that was not taken up;
    nothing when no service holds the folder."""
    nobody: dict[str, Any] = {"service": None, "workers": [], "problems": []}
    try:
        with (data / "service.lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return {**nobody, **json.loads((data / "processes.json").read_text())}
    except (OSError, ValueError):
        return nobody
    return nobody


def run(configuration: Configuration, seen: Fingerprint | None = None) -> None:
    """Serve a configuration until told to end; `seen` is its folder's fingerprint from before it was loaded."""
    with only_service(configuration.settings.data):
        store = open_store(configuration.settings.database, configuration.settings.data)
        close_gate(configuration.settings.allow_private)
        try:
            service = Service(configuration, store, seen)
            service.lead()
            asyncio.run(service.serve())
        finally:
            store.close()
