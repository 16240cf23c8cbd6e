"""Door 2: deliveries due are claimed, sent, and settled only after the carrier accepted them."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

import structlog

from config import Configuration, DeliveryError, say
from monitor.channels import find_channel, send
from monitor.messages import write
from storage import Delivering, DueDelivery

IN_FLIGHT = 4  # the most that one killed process can repeat
SEND_TIMEOUT = 20.0  # seconds
LEASE = timedelta(seconds=90)  # longer than a send can take, or a slow one would be sent twice
_LONGEST_PAUSE = timedelta(hours=1)

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def this_process() -> str:
    """A name for this process in claims: host and process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


def owners_gone(owners: list[str]) -> list[str]:
    """The owners whose process on this host is no more."""
    gone = []
    for owner in owners:
        host, _, pid = owner.rpartition(":")
        if host == socket.gethostname() and pid.isdigit() and not _alive(int(pid)):
            gone.append(owner)
    return gone


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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

    async def _call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(function, *args, **kwargs))

    async def free_claims(self) -> None:
        """Give back what killed processes had claimed."""
        owners = await self._call(self._store.owners)
        if gone := owners_gone(owners):
            freed = await self._call(self._store.release, gone)
            log.info("claims of ended processes freed", deliveries=freed)

    async def turn(self, stop: Callable[[], bool] = lambda: False) -> tuple[int, int]:
        """Send all that is due now, until told to stop; how many were accepted, and how many were not."""
        sent = failed = 0
        while not stop() and (
            claimed := await self._call(
                self._store.claim, self._clock(), owner=self._owner, lease=LEASE, limit=IN_FLIGHT
            )
        ):
            results = await asyncio.gather(*(self._deliver(delivery) for delivery in claimed))
            sent += sum(results)
            failed += len(results) - sum(results)
        return sent, failed

    async def _deliver(self, delivery: DueDelivery) -> bool:
        try:
            channel = find_channel(self._configuration, delivery.channel_key, delivery.written_key)
            if channel is None:
                raise DeliveryError(say("no subscription names this channel any more"))
            message = write(delivery, self._configuration)
            await send(
                channel.url,
                title=message.title,
                body=message.body,
                key=f"portalwatch-{delivery.id}",
                seconds=SEND_TIMEOUT,
            )
        except DeliveryError as error:
            await self._refused(delivery, error)
            return False
        except Exception as error:  # one poisoned delivery must not stop its neighbours
            log.error("delivery failed", delivery=delivery.id, error=repr(error), exc_info=True)
            await self._refused(delivery, DeliveryError(f"{type(error).__name__}: {error}"))
            return False
        await self._call(self._store.settle_sent, delivery, owner=self._owner, now=self._clock())
        log.info("delivered", delivery=delivery.id, channel=delivery.masked, key=delivery.event.key)
        return True

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
