"""The way through a site for `discovery`: one crawl, one request after the other, under the rules of every crawl."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response

from config import CrawlError, Proxy, Settings, say
from crawler.candidates import Candidate
from crawler.discovery import Discovery, Search
from crawler.fetching import AskedToWait, Unreachable, fetch, header
from crawler.pacing import Manners
from crawler.politeness import scrapy_settings
from crawler.running import run_crawl
from storage import NextPage, Validators, site

log = structlog.get_logger(__name__)

_MOST_FAILURES = 4  # in a row: a site that does not answer any more is left alone
_MOST_DOORS = 2  # pages that only lead on to the first page


class _Scout(Spider):
    """Fetches what a search wants, until it wants no more."""

    name = "scout"

    def __init__(
        self,
        search: Search,
        url: str,
        manners: Manners,
        clock: Callable[[], datetime],
        progress: Callable[[Candidate], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.manners = manners
        self.fault: CrawlError | None = None
        self._search = search
        self._url = url
        self._clock = clock
        self._progress = progress

    async def start(self) -> AsyncIterator[Request]:
        try:
            await self._walk()
        except CrawlError as error:
            self.fault = error
        except Exception as error:  # a first page that breaks the reader is told of like one that cannot be had
            log.error("not read", url=self._url, error=repr(error), exc_info=True)
            self.fault = CrawlError(f"{type(error).__name__}: {error}")
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _walk(self) -> None:
        url: str | None = self._url
        for _ in range(_MOST_DOORS + 1):
            assert url is not None
            response = await self._get(url)
            url = self._begin(response)
            if url is None:
                break
        else:
            raise CrawlError(say("redirected in a circle"))
        failures = 0
        while failures < _MOST_FAILURES and (candidate := self._search.next()) is not None:
            self._progress(candidate)
            try:
                answer = await self._get(candidate.url)
            except CrawlError as error:
                self._search.miss(candidate, str(error))
                failures = failures + 1 if isinstance(error, Unreachable) else 0
                if isinstance(error, AskedToWait):
                    return
                continue
            failures = 0
            kind = header(answer, "Content-Type")
            try:
                self._search.take(candidate, answer.body, url=answer.url, content_type=kind)
            except Exception as error:  # a page that breaks the reader must not hide the others
                log.error("not read", url=answer.url, error=repr(error), exc_info=True)
                self._search.miss(candidate, f"{type(error).__name__}: {error}")

    def _begin(self, response: Response) -> str | None:
        headers = {
            name.decode("latin-1"): b"; ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        return self._search.begin(
            response.body,
            url=response.url,
            content_type=header(response, "Content-Type"),
            headers=headers,
            sitemaps=self._sitemaps(response.url),
        )

    def _sitemaps(self, url: str) -> list[str]:
        """What robots.txt names; it was fetched before anything else."""
        rules = getattr(self.manners.robots(urlsplit(url).netloc), "rp", None)
        return [str(each) for each in getattr(rules, "sitemaps", ())]

    async def _get(self, url: str) -> Response:
        return await fetch(self.crawler, NextPage(url), Validators(), self._clock())


async def scout(
    url: str,
    search: Search,
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    proxy: Proxy | None = None,
    locks: Path | None = None,
    progress: Callable[[Candidate], None] = lambda candidate: None,
) -> Discovery:
    """What was found at a site; CrawlError when its first page cannot be had. `locks`, as of `fetch_pages`."""
    runner = AsyncCrawlerRunner(scrapy_settings(settings, proxy, {site(url)}))
    crawler = runner.create_crawler(_Scout)
    with tempfile.TemporaryDirectory(prefix="portalwatch-") as scratch:
        manners = Manners(locks or Path(scratch), settings.politeness.delay.total_seconds())
        async with manners.one_at_a_time({site(url)}):
            await run_crawl(runner, crawler, search=search, url=url, manners=manners, clock=clock, progress=progress)
    assert isinstance(crawler.spider, _Scout)
    if crawler.spider.fault is not None:
        raise crawler.spider.fault
    return search.found(clock().date())
