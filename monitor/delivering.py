"""Door 2: deliveries due are claimed, sent, and settled only after the carrier accepted them."""

from __future__ import annotations

import asyncio
import os
import socket
import traceback
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import structlog

from config import Configuration, DeliveryError, StorageError, say
from monitor.channels import find_channel, send, shape_of
from monitor.messages import write
from storage import Delivering, DueDelivery

IN_FLIGHT = 4  # the most that one killed process can repeat
SEND_TIMEOUT = 8.0  # seconds; within what a service has to end
LEASE = timedelta(seconds=90)  # longer than a send can take, or a slow one would be sent twice
SETTLE_AGAIN = 0.5  # seconds between attempts to settle while the database is out of reach
_LONGEST_PAUSE = timedelta(hours=1)

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def this_process() -> str:
    """A name for this process in claims: host, process id, and when it began, since ids are given again."""
    return f"{socket.gethostname()}:{os.getpid()}:{_began(os.getpid()) or 0}"


def owners_gone(owners: list[str]) -> list[str]:
    """The owners whose process on this host is no more."""
    gone = []
    for owner in owners:
        match owner.rsplit(":", 2):
            case [host, pid, began] if host == socket.gethostname() and pid.isdigit():
                if not _alive(int(pid), began):
                    gone.append(owner)
    return gone


def _alive(pid: int, began: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return str(_began(pid) or 0) == began


def _began(pid: int) -> int | None:
    """When a process began, in the kernel's ticks; None where the system does not say."""
    try:
        # The name in brackets may hold blanks and brackets of its own.
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, IndexError, ValueError):
        return None


def pause_after(attempts: int, first_retry: timedelta) -> timedelta:
    """How long to wait after so many failed attempts: twice as long each time, an hour at most."""
    doublings = max(0, min(attempts - 1, 12))
    return min(first_retry * (1 << doublings), max(_LONGEST_PAUSE, first_retry))


class Deliverer:
    """Sends what is due, a few at a time; a channel that fails rests and holds nobody else up."""

    def __init__(
        self, store: Delivering, configuration: Configuration, writer: Executor, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._configuration = configuration
        self._writer = writer
        self._clock = clock
        self._owner = this_process()
        self._resting: dict[str, tuple[int, datetime]] = {}  # failures in a row of a channel, and when it may be tried

    async def _call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(function, *args, **kwargs))

    def take_up(self, configuration: Configuration) -> None:
        """Send by another configuration from now on."""
        self._configuration = configuration

    async def free_claims(self) -> None:
        """Give back what killed processes had claimed."""
        owners = await self._call(self._store.owners)
        if gone := owners_gone(owners):
            freed = await self._call(self._store.release, gone)
            log.info("claims of ended processes freed", deliveries=freed)

    async def turn(self, stop: Callable[[], bool] = lambda: False) -> tuple[int, int]:
        """Send all that is due now, until told to stop; how many were accepted, and how many were not."""
        sent = failed = 0
        running: dict[asyncio.Task[str], str] = {}
        broken: StorageError | None = None
        while True:
            if not stop() and broken is None and len(running) < IN_FLIGHT:
                try:
                    for delivery in await self._claim(IN_FLIGHT - len(running), set(running.values())):
                        running[asyncio.create_task(self._deliver(delivery))] = delivery.channel_key
                except StorageError as out_of_reach:  # what is under way ends first: no more than was promised is
                    broken = out_of_reach
            if not running:
                if broken is not None:
                    raise broken
                return sent, failed
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                channel = running.pop(task)
                if error := task.exception():
                    # Settling failed: the message may have arrived, and its claim ends by itself.
                    log.error("a delivery could not be settled", error=str(error))
                outcome = "unsettled" if error else task.result()
                sent, failed = sent + (outcome == "sent"), failed + (outcome != "sent")
                self._rest(channel, outcome)

    async def _claim(self, limit: int, busy: set[str]) -> list[DueDelivery]:
        now = self._clock()
        resting = {channel for channel, (_, until) in self._resting.items() if until > now}
        return await self._call(
            self._store.claim, now, owner=self._owner, lease=LEASE, limit=limit, not_to=busy | resting
        )

    def _rest(self, channel: str, outcome: str) -> None:
        """Let a channel that refused rest, longer each time: its other messages would fare no better now."""
        if outcome == "sent":
            self._resting.pop(channel, None)
        if outcome != "refused":
            return
        failures = self._resting.get(channel, (0, None))[0] + 1
        pause = pause_after(failures, self._configuration.settings.delivery.first_retry)
        self._resting[channel] = (failures, self._clock() + pause)

    async def _deliver(self, delivery: DueDelivery) -> str:
        """Send one delivery: "sent", "refused" by its carrier, or "poisoned", a fault of our own."""
        try:
            channel = find_channel(self._configuration, delivery.channel_key, delivery.written_key)
            if channel is None:
                raise DeliveryError(say("no subscription names this channel any more"))
            message = write(delivery, self._configuration, shape_of(channel.url))
            await send(channel.url, message, key=f"portalwatch-{delivery.id}", seconds=SEND_TIMEOUT)
        except DeliveryError as error:
            await self._refused(delivery, error)
            return "refused"
        except Exception as error:  # one poisoned delivery must not stop its neighbours
            # Its words may hold the channel's URL; where it was raised tells enough.
            where = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "delivery failed", delivery=delivery.id, error=type(error).__name__, at=f"{where.name}:{where.lineno}"
            )
            await self._refused(delivery, DeliveryError(type(error).__name__))
            return "poisoned"
        await self._settle(delivery)
        log.info("delivered", delivery=delivery.id, channel=delivery.masked, key=delivery.event.key)
        return "sent"

    async def _settle(self, delivery: DueDelivery) -> None:
        """Write down that it arrived. A database that is out of reach is waited for as long as the claim lasts: what
        arrived and is not settled is sent again."""
        end = asyncio.get_running_loop().time() + (LEASE / 2).total_seconds()
        while True:
            try:
                await self._call(self._store.settle_sent, delivery, owner=self._owner, now=self._clock())
                return
            except StorageError:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(SETTLE_AGAIN)

    async def _refused(self, delivery: DueDelivery, error: DeliveryError) -> None:
        now = self._clock()
        settings = self._configuration.settings.delivery
        due = now + pause_after(delivery.attempts, settings.first_retry)
        if error.permanent or due > delivery.created + settings.give_up_after:
            log.error("delivery given up", delivery=delivery.id, channel=delivery.masked, error=str(error))
            await self._call(self._store.settle_failed, delivery, str(error), owner=self._owner)
            return
        log.warning("delivery not accepted", delivery=delivery.id, channel=delivery.masked, error=str(error), due=due)
        await self._call(self._store.settle_retry, delivery, str(error), owner=self._owner, due=due)
