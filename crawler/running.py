"""Scrapy on a loop that somebody else runs: crawls of portals, and single pages for the command line."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner, Crawler

from config import CrawlError, Proxy, Section, Settings
from crawler.browser import browser_settings
from crawler.fetching import AskedToWait, fetch, header
from crawler.job import Crawl, CrawlJob
from crawler.pacing import Manners
from crawler.politeness import scrapy_settings
from crawler.rules import first_page
from crawler.spider import Older, OlderSpider, PortalSpider
from storage import Crawling, NextPage, ReadingOutcome, Validators, site


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as it came, for whoever reads it next."""

    url: str
    status: int
    content_type: str | None
    body: bytes


def install_reactor() -> None:
    """Let Scrapy work on the running loop. Once a process; the loop's owner keeps its signals and its end."""
    from twisted.internet import asyncioreactor

    asyncioreactor.install(asyncio.get_running_loop())
    from twisted.internet import reactor

    # A name that nobody answers for must not hold up the end of the process.
    reactor.getThreadPool().threadFactory = partial(Thread, daemon=True)
    reactor.startRunning(installSignalHandlers=False)  # starts the resolver's threads
    # Scrapy tells of a robots.txt it could not get with a traceback; we tell of it in words.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    # Ordinary faults of portals, which we tell of ourselves.
    for name in ("scrapy.downloadermiddlewares.retry", "scrapy.core.downloader.handlers", "scrapy-playwright"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


async def release_reactor() -> None:
    """End the resolver's threads, so that the process can end."""
    from twisted.internet import reactor

    pool = reactor.threadpool
    if pool is not None:
        await asyncio.get_running_loop().run_in_executor(None, pool.stop)


async def run_crawl(runner: AsyncCrawlerRunner, crawler: Crawler, **arguments: Any) -> None:
    """Run a crawl to its end. CancelledError where that came by Ctrl-C: Scrapy ends a crawl then, and keeps it to
    itself, and what there is would pass for the whole."""
    await runner.crawl(crawler, **arguments)
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


class PortalCrawler:
    """Crawls portals on the running loop, several at a time but each host by one crawl only."""

    def __init__(
        self,
        memory: Crawling,
        writer: Executor,
        clock: Callable[[], datetime],
        locks: Path,
        reading: Callable[[str | None], None] = lambda portal: None,
    ) -> None:
        self._memory = memory
        self._writer = writer
        self._clock = clock
        self._manners = Manners(locks, 0)
        self._reading = reading
        self._running: dict[Crawler, Crawl] = {}
        self._stopping = False

    async def crawl(
        self, job: CrawlJob, progress: Callable[[str, int, int], None] = lambda section, done, total: None
    ) -> list[ReadingOutcome] | None:
        """How each section's reading ended; None when the crawl was stopped before its end."""
        async with self._manners.one_at_a_time(job.hosts):
            if self._stopping:
                return None
            crawl = self._begin(job, progress)
            spider = await self._run(PortalSpider, crawl)
            assert isinstance(spider, PortalSpider)
            if spider.fault is not None:
                raise spider.fault
            return None if crawl.stopping else self._accounted(job, spider.outcomes)

    async def backfill(
        self,
        job: CrawlJob,
        section: Section,
        *,
        pages: int,
        since: date | None,
        on_page: Callable[[Older, int], None],
        progress: Callable[[str, int, int], None] = lambda section, done, total: None,
    ) -> list[Older]:
        """Read a listing into its depth, up to so many pages, or until all that a page lists is from before `since`.

        The host is given free after every page, so that whoever watches it is not held up. `on_page` is told of each
        page and its number. What stands above the first known entry is left to the next crawl.
        """
        done: list[Older] = []
        page: NextPage | None = first_page(section)
        seen: set[NextPage] = set()
        beyond: bool | None = None
        while page is not None and page not in seen and len(done) < pages and not self._stopping:
            seen.add(page)
            older = Older(section, page, since, beyond)
            async with self._manners.one_at_a_time(job.hosts):
                crawl = self._begin(job, progress)
                await self._run(OlderSpider, crawl, older=older)
            if older.fault is not None:
                raise older.fault
            if crawl.stopping:
                break
            done.append(older)
            on_page(older, len(done))
            page, beyond = older.next, older.beyond
        return done

    def _begin(self, job: CrawlJob, progress: Callable[[str, int, int], None]) -> Crawl:
        self._manners.delay = job.settings.politeness.delay.total_seconds()
        return Crawl(job, self._memory, self._writer, self._clock, self._manners, progress, self._reading)

    async def _run(self, spider: type[Spider], crawl: Crawl, **arguments: Any) -> Spider | None:
        job = crawl.job
        settings = scrapy_settings(job.settings, job.portal.proxy, job.hosts)
        if job.portal.client == "browser":
            try:
                settings |= await browser_settings(job.settings, job.hosts)
            except CrawlError as error:  # nothing of the portal can be asked for: each section says why
                crawl.leave_alone = AskedToWait(str(error), None)
        runner = AsyncCrawlerRunner(settings)
        crawler = runner.create_crawler(spider)
        self._running[crawler] = crawl
        try:
            await run_crawl(runner, crawler, crawl=crawl, **arguments)
        finally:
            del self._running[crawler]
        return crawler.spider

    def _accounted(self, job: CrawlJob, outcomes: list[ReadingOutcome]) -> list[ReadingOutcome]:
        """Every section that was to be read is accounted for; one without an outcome is a fault and said to be one."""
        told = {outcome.section for outcome in outcomes}
        now = self._clock()
        for section in job.sections:
            if section.id not in told:
                outcomes.append(
                    ReadingOutcome(
                        section=section.id,
                        state="unread",
                        section_state="down",
                        started=now,
                        next_check_at=job.next_check(section, now, now, 1, None),
                        problems=("the crawl ended before it was read",),
                    )
                )
        return outcomes

    async def stop_portals(self, portals: Collection[str]) -> None:
        """Let the crawls of some portals end at their next step; what was not done is still behind its door."""
        for crawler, crawl in list(self._running.items()):
            if crawl.job.portal.id in portals:
                crawl.stopping = True
                with contextlib.suppress(RuntimeError):  # not started yet, or closing by itself
                    await crawler.stop_async()

    async def stop(self) -> None:
        """Let every crawl end at its next step; downloads in flight are dropped, their entries are still pending."""
        self._stopping = True
        await self.stop_portals({crawl.job.portal.id for crawl in self._running.values()})


class _OnePage(Spider):
    """Fetches single pages under the same rules as every crawl."""

    name = "page"

    def __init__(
        self, pages: Sequence[NextPage], plain: Collection[NextPage], manners: Manners, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.asked = pages
        self.plain = plain
        self.manners = manners
        self.now = now
        self.pages: list[FetchedPage | CrawlError] = []

    async def start(self) -> AsyncIterator[Request]:
        for asked in self.asked:
            try:
                response = await fetch(self.crawler, asked, Validators(), self.now, by_browser=asked not in self.plain)
                page = FetchedPage(response.url, response.status, header(response, "Content-Type"), response.body)
                self.pages.append(page)
            except CrawlError as error:
                self.pages.append(error)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request


async def fetch_pages(
    urls: Sequence[str | NextPage],
    settings: Settings,
    now: datetime,
    proxy: Proxy | None = None,
    locks: Path | None = None,
    drawn_for: Collection[str] = (),
    hosts: Collection[str] | None = None,
    plain: Collection[NextPage] = (),
) -> list[FetchedPage | CrawlError]:
    """The pages at the URLs, or that the requests ask for, or why there is none, in their order.

    They are asked for by a portal's own `proxy` where it has one, and drawn by a browser for the hosts `drawn_for`,
    but for the `plain` ones.
    With the folder of `locks` of a service the hosts are asked by turns with its crawls. Redirects are followed to the
    `hosts` only where these are given.
    """
    ways = scrapy_settings(settings, proxy, hosts)
    if drawn_for:
        ways |= await browser_settings(settings, drawn_for)
    runner = AsyncCrawlerRunner(ways)
    crawler = runner.create_crawler(_OnePage)
    with tempfile.TemporaryDirectory(prefix="portalwatch-") as scratch:
        manners = Manners(locks or Path(scratch), settings.politeness.delay.total_seconds())
        pages = [url if isinstance(url, NextPage) else NextPage(url) for url in urls]
        async with manners.one_at_a_time(hosts or {site(page.url) for page in pages}):
            await run_crawl(runner, crawler, pages=pages, plain=plain, manners=manners, now=now)
    assert isinstance(crawler.spider, _OnePage)
    return crawler.spider.pages
