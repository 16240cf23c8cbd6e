"""Runs the replicas on loopback addresses, and drives them over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from aiohttp import web

from monitor.replica.articles import HANOI, SeedArticle
from monitor.replica.baoquangnam import BaoQuangNam
from monitor.replica.mpi import Mpi
from monitor.replica.ninhbinh import NinhBinh
from monitor.replica.ninhthuan import NinhThuan
from monitor.replica.portal import Portal, Site
from monitor.replica.thanhhoa import ThanhHoa
from monitor.replica.timeline import Content

SITES: dict[str, Site] = {site.name: site for site in (ThanhHoa(), NinhBinh(), NinhThuan(), Mpi(), BaoQuangNam())}

# A host of its own for each, so that what is kept per host (politeness, robots.txt) is kept apart as on the web.
_HOSTS = {name: f"127.0.0.{number}" for number, name in enumerate(SITES, 11)}

# A proxy in the environment must not see what goes to loopback.
_opener = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Replica:
    """A running replica: its name, and its address with a final slash."""

    name: str
    url: str

    def yaml(self, selectors: bool = False) -> dict[str, object]:
        """The content of the portal's YAML file, with hand-written selectors or leaving all to be found."""
        site = SITES[self.name]
        kind, owner = site.owner
        return {
            "name": site.title,
            "url": self.url,
            "enabled": True,
            kind: owner,
            "every": "15m",
            "sections": site.sections(self.url, selectors),
        }

    def article_url(self, article: SeedArticle) -> str:
        """The address that an article has here, published or not."""
        return self.url.rstrip("/") + SITES[self.name].path(article)

    def steps(self) -> list[str]:
        """The names of the timeline's steps."""
        return [str(one["step"]) for one in self._call("steps")]

    def publish(self, step: str) -> None:
        """A step happens; again, nothing more. Raises ValueError for a step that the replica lacks."""
        self._call("publish", {"step": step})

    def fault(self, path: str, fault: str | None) -> None:
        """A path ("*": all but robots.txt) misbehaves from now on, or no longer with None. Raises ValueError."""
        self._call("fault", {"path": path, "fault": fault})

    def requests(self) -> list[dict[str, Any]]:
        """The requests seen since the start or the last reset, the fields of `portal.Seen` each."""
        seen: list[dict[str, Any]] = self._call("requests")
        return seen

    def reset(self) -> None:
        """As at the start: no steps, no faults, an empty log, the counters back."""
        self._call("reset", {})

    def _call(self, name: str, body: dict[str, object] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.url}_replica/{name}", data, {"Content-Type": "application/json"})  # noqa: S310
        try:
            with _opener.open(request, timeout=10) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise ValueError(json.load(error)["error"]) from None


def _socket(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError:
        # Only Linux answers on all of 127.0.0.0/8; elsewhere the replicas share one host and differ by port.
        if port == 0 and host.startswith("127."):
            return socket.create_server(("127.0.0.1", port))
        raise


def _hanoi_now() -> datetime:
    return datetime.now(HANOI)


@contextmanager
def serve_replicas(
    names: Sequence[str] = ("thanhhoa", "ninhbinh"),
    *,
    hosts: Mapping[str, str] | None = None,
    ports: Mapping[str, int] | None = None,
    crawl_delay: float = 0.1,
    clock: Callable[[], datetime] = _hanoi_now,
    own_seeds: bool = False,
    further: Mapping[str, Mapping[str, Content]] | None = None,
) -> Iterator[dict[str, Replica]]:
    """The named replicas, running until the block ends, in one thread with an event loop of its own.

    `hosts` and `ports` are by name; a port left out is a free one. `crawl_delay` is in seconds, for robots.txt.
    `clock` gives the moment in Hanoi time that the pages show. With `own_seeds` no baseline has a seed, and each
    replica publishes its own by the step "seed". `further` are more steps by name and step. Raises OSError where an
    address is taken.
    """
    sockets: dict[str, socket.socket] = {}
    try:
        for name in names:
            sockets[name] = _socket((hosts or {}).get(name, _HOSTS[name]), (ports or {}).get(name, 0))
    except BaseException:
        for one in sockets.values():
            one.close()
        raise
    replicas = {name: Replica(name, "http://{}:{}/".format(*one.getsockname())) for name, one in sockets.items()}
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    ready: Future[None] = Future()

    async def run() -> None:
        stories = {name: SITES[name].story.own(name) if own_seeds else SITES[name].story for name in sockets}
        for name, steps in (further or {}).items():
            stories[name] = replace(stories[name], steps={**stories[name].steps, **steps})
        portals = {name: Portal(SITES[name], stories[name], clock, crawl_delay) for name in sockets}
        # Handlers are cancelled when their client goes: an endless body must not outlive its reader.
        runners = [
            (web.AppRunner(portal.application(), handler_cancellation=True, access_log=None, shutdown_timeout=1), name)
            for name, portal in portals.items()
        ]
        try:
            for runner, name in runners:
                await runner.setup()
                await web.SockSite(runner, sockets[name]).start()
            ready.set_result(None)
            await stop.wait()
        finally:
            for portal in portals.values():
                portal.close()
            await asyncio.gather(*(runner.cleanup() for runner, _ in runners))

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(run())
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    thread = threading.Thread(target=work, name="replicas", daemon=True)
    thread.start()
    try:
        ready.result()
        yield replicas
    finally:
        # A loop that failed to start is closed already.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)
        thread.join()
        for one in sockets.values():
            one.close()
