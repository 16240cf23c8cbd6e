"""A crawl and a section in it: what they have at hand, how they ask, where their problems are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar

import structlog
from scrapy.crawler import Crawler
from scrapy.http import Response

from config import Portal, Section, Settings, say
from crawler.fetching import AskedToWait, fetch, header
from crawler.legacy import legible
from crawler.pacing import Manners
from crawler.politeness import Elsewhere
from crawler.rules import DRAWN
from crawler.sources import page_text
from crawler.template import Template
from crawler.verdicts import Moved
from storage import Crawling, NextPage, Validators, hosts_of, site

NO_VALIDATORS = Validators()

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class Stopped(Exception):
    """The process is about to end; what was not done is still behind its door."""


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One portal to crawl now. `next_check(section, began, now, failures, wait)` says when a section is due again.

    `by_hand`: articles that failed are tried again now and not when their pause is over.
    """

    portal: Portal
    sections: tuple[Section, ...]
    settings: Settings
    next_check: Callable[[Section, datetime, datetime, int, timedelta | None], datetime]
    by_hand: bool = False

    @property
    def hosts(self) -> set[str]:
        """The hosts that are asked: nobody else asks them meanwhile."""
        return hosts_of(self.portal)


@dataclass(slots=True)
class Crawl:
    """What a crawl needs at hand: its job, its store, a writer thread, the clock, and whom to tell of progress."""

    job: CrawlJob
    memory: Crawling
    writer: Executor
    clock: Callable[[], datetime]
    manners: Manners
    progress: Callable[[str, int, int], None]
    reading: Callable[[str | None], None]
    """Told of the portal whose page is being read, before it is, and of None after: a page that kills says no more."""
    began: datetime = field(init=False)
    stopping: bool = False
    leave_alone: AskedToWait | None = None
    files_asked_to_wait: int = 0
    template: Template | None = None
    """What is known of how the portal builds its pages; read from the store when the first article is."""

    def __post_init__(self) -> None:
        self.began = self.clock()

    async def store(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one of the store's methods in the writer thread, so that the loop, and with it the heartbeat, goes on."""
        if self.stopping:
            raise Stopped
        return await asyncio.get_running_loop().run_in_executor(self.writer, partial(function, *args, **kwargs))


@dataclass(slots=True)
class SectionCrawl:
    """One section in a crawl."""

    crawler: Crawler
    crawl: Crawl
    section: Section
    problems: list[str] = field(default_factory=list)
    old_before: date | None = None
    """Where a sitemap is read after the baseline: what is from before this day is of the baseline, and no news."""
    counts: dict[str, int] = field(
        default_factory=lambda: {"new": 0, "revised": 0, "unchanged": 0, "duplicate": 0, "gone": 0}
    )

    @property
    def portal(self) -> Portal:
        """The portal that the section is of."""
        return self.crawl.job.portal

    @property
    def at(self) -> tuple[str, str]:
        """The ids of the portal and the section."""
        return self.portal.id, self.section.id

    @property
    def log(self) -> Any:
        """A log that names the section."""
        return log.bind(portal=self.portal.id, section=self.section.id)

    async def store(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one of the store's methods, see `Crawl.store`."""
        return await self.crawl.store(function, *args, **kwargs)

    async def get(
        self, page: NextPage, validators: Validators = NO_VALIDATORS, *, by_browser: bool = False
    ) -> Response:
        """The answer to a request; `Elsewhere` when it is on a host that is not the portal's. `by_browser` as for `fetch`."""
        if self.crawl.stopping:
            raise Stopped
        response = await fetch(self.crawler, page, validators, self.crawl.clock(), by_browser=by_browser)
        if self.crawl.stopping:
            raise Stopped
        if not self.own(response.url):  # where a page's script led a browser
            raise Elsewhere(response.url)
        return response

    async def get_listing(self, page: NextPage, validators: Validators = NO_VALIDATORS) -> Response:
        """A page of the listing; `Moved` when it is on a host that is not the portal's."""
        try:
            return await self.get(page, validators, by_browser=self.section.reads in DRAWN)
        except Elsewhere as error:
            raise Moved(say("moved to {url}", url=error.url)) from error

    def own(self, url: str) -> bool:
        """Whether an address is on one of the portal's hosts."""
        return site(url) in self.crawl.job.hosts

    def html(self, response: Response, body: bytes | None = None) -> str:
        """A page's text, or that of another `body` of the same page; ExtractError when it is too large to be read."""
        body = legible(response.body if body is None else body, self.portal.encoding)
        return page_text(body, header(response, "Content-Type"))

    def body(self, response: Response) -> bytes:
        """What answered, in UTF-8 where the portal's encoding is an old one."""
        return legible(response.body, self.portal.encoding)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While a page is read, say of which portal it is."""
        self.crawl.reading(self.portal.id)
        try:
            yield
        finally:
            self.crawl.reading(None)

    def problem(self, url: str, error: Exception) -> None:
        """Keep and log what went wrong at an address."""
        self.log.warning("problem", url=url, problem=str(error))
        self.problems.append(f"{url}: {error}")
