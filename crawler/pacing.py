"""The pause between two requests to a host: counted from the last answer, across crawls, workers and commands.

A crawl counts its own pauses well enough, but the next crawl would begin with none: what is owed to a host lies in a
file beside its lock, the time of the last answer as the file's own.
"""

from __future__ import annotations

import asyncio
import fcntl
import time
from collections.abc import AsyncIterator, Collection
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from storage import site

AGENT = "portalwatch"
ROBOTS_KEPT = 3600.0  # seconds; RFC 9309 allows a day, a portal that changes its mind deserves better
_LONGEST_CRAWL_DELAY = 120.0  # seconds; some robots.txt ask for a day, which is a refusal in another form


class Manners:
    """What all crawls of a process owe to the hosts."""

    def __init__(self, folder: Path, delay: float) -> None:
        self._folder = folder
        self.delay = delay
        """Seconds, for a host that does not ask for more."""
        self._robots: dict[str, tuple[float, RobotParser]] = {}

    def keep_robots(self, netloc: str, parser: RobotParser) -> None:
        """Remember the rules of a host for a while."""
        self._robots[netloc] = (time.monotonic(), parser)

    def robots(self, netloc: str) -> RobotParser | None:
        """The rules of a host, when they are known and fresh."""
        kept = self._robots.get(netloc)
        return kept[1] if kept and time.monotonic() - kept[0] < ROBOTS_KEPT else None

    def delay_of(self, url: str) -> float:
        """The seconds between two requests to a URL's host: our own, or what its robots.txt asks for, if more."""
        rules = self.robots(urlsplit(url).netloc)
        asked = float(rules.crawl_delay(AGENT) or 0) if rules else 0.0
        return max(self.delay, min(asked, _LONGEST_CRAWL_DELAY))

    async def pause(self, host: str, delay: float) -> None:
        """Wait for what is owed to a host: `delay` seconds since its last answer, or what was owed before, if more."""
        path = self._path(host)
        try:
            owed = max(delay, float(path.read_text() or 0))
            answered = path.stat().st_mtime
        except (OSError, ValueError):  # never asked before
            return
        # A clock that was set back must not hold a portal up for ever.
        await asyncio.sleep(min(max(0.0, answered + owed - time.time()), owed))

    def answered(self, host: str, delay: float) -> None:
        """Note that a host has answered, or failed to, just now."""
        path = self._path(host)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{delay}")

    def _path(self, host: str) -> Path:
        return self._folder / f"{_file_name(host)}.pause"

    @asynccontextmanager
    async def one_at_a_time(self, hosts: Collection[str]) -> AsyncIterator[None]:
        """Wait until no other crawl, of this process or another, asks any of the hosts; a lock dies with its holder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as locks:
            for host in sorted(set(hosts)):  # in one order, so that no two wait for each other
                lock = locks.enter_context((self._folder / f"{_file_name(host)}.lock").open("w"))
                await _hold(lock)
            yield


async def _hold(lock: IO[str]) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            await asyncio.sleep(0.2)


def _file_name(host: str) -> str:
    return host.replace("/", "_").replace(":", "_") or "_"


class PacedRequests:
    """The last of the middlewares before the download: every request waits here, robots.txt and redirects among them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PacedRequests:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        manners = manners_of(self._crawler)
        await manners.pause(site(request.url), manners.delay_of(request.url))

    async def process_response(self, request: Request, response: Response) -> Response:
        self._note(request)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        self._note(request)

    def _note(self, request: Request) -> None:
        manners = manners_of(self._crawler)
        manners.answered(site(request.url), manners.delay_of(request.url))


def manners_of(crawler: Crawler) -> Manners:
    """The manners that a crawl's spider was given."""
    manners = getattr(crawler.spider, "manners", None)
    assert isinstance(manners, Manners)
    return manners
