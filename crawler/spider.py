"""The one spider: listing > entries > articles, as the portal's YAML says, one request after the other.

It is written as one line of thought instead of callbacks, since a portal is asked one thing at a time anyway:

    for each section due:  walk the listing  ->  store what it said  ->  visit what is not stored yet
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar

import structlog
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from config import (
    BlockedError,
    CrawlError,
    ExtractError,
    ListingError,
    Portal,
    Section,
    Settings,
    StorageError,
    mark,
    say,
)
from crawler.extraction import extract
from crawler.fetching import AskedToWait, BadStatus, Unreachable, fetch, header, validators_of
from crawler.listing import read_listing
from crawler.markup import decode
from crawler.rules import article_rules, listing_rules, reader
from storage import (
    Attachment,
    Crawling,
    Extraction,
    FetchedArticle,
    Listing,
    ListingEntry,
    ReadingOutcome,
    SectionMemory,
    Validators,
    Visit,
    When,
    site,
    url_key,
)

DEEPEST = 20  # pages of one listing in one reading after the first
FULL_READING_EVERY = timedelta(hours=6)  # some servers give one ETag for ever; then a 304 says nothing
LARGEST_PAGE = 2_000_000  # bytes of HTML; reading more takes longer than a worker may be silent
_BASELINE_TRIES = 3  # first readings that ended too early, until the next such one is taken as it is
_DOWN_AFTER = 3  # articles in a row that could not be reached
_BLOCKED_PAGES = {"challenge": mark("a challenge page"), "login": mark("a login page")}
_NO_PAGES = {
    "soft404": mark("a page that says it was not found"),
    "maintenance": mark("a maintenance page"),
    "error": mark("an error"),
}

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


class Stopped(Exception):
    """The process is about to end; what was not done is still behind its door."""


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """One portal to crawl now. `next_check(section, now, failures, wait)` says when a section is due again.

    `by_hand`: articles that failed are tried again now and not when their pause is over.
    """

    portal: Portal
    sections: tuple[Section, ...]
    settings: Settings
    next_check: Callable[[Section, datetime, int, timedelta | None], datetime]
    by_hand: bool = False


@dataclass(slots=True)
class Crawl:
    """What a crawl needs at hand: its job, its store, a writer thread, the clock, and whom to tell of progress."""

    job: CrawlJob
    memory: Crawling
    writer: Executor
    clock: Callable[[], datetime]
    progress: Callable[[str, int, int], None]
    stopping: bool = False
    leave_alone: AskedToWait | None = None

    async def store(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one of the store's methods in the writer thread, so that the loop, and with it the heartbeat, goes on."""
        if self.stopping:
            raise Stopped
        return await asyncio.get_running_loop().run_in_executor(self.writer, partial(function, *args, **kwargs))


class PortalSpider(Spider):
    """Reads the due sections of one portal and leaves an outcome for each in `outcomes`."""

    name = "portal"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.outcomes: list[ReadingOutcome] = []

    async def start(self) -> AsyncIterator[Request]:
        try:
            for section in self.crawl.job.sections:
                self.outcomes.append(await SectionReading(self.crawler, self.crawl, section).read())
        except Stopped:
            return
        nothing: tuple[Request, ...] = ()
        for request in nothing:  # no requests are handed out: each is awaited where its answer is needed
            yield request


class SectionReading:
    """One section, read once."""

    def __init__(self, crawler: Crawler, crawl: Crawl, section: Section) -> None:
        self._crawler = crawler
        self._crawl = crawl
        self._section = section
        self._portal = crawl.job.portal
        self._at = (self._portal.id, section.id)
        self._log = log.bind(portal=self._portal.id, section=section.id)
        self._listed = 0
        self._pages = 0
        self._counts = {"new": 0, "revised": 0, "unchanged": 0, "duplicate": 0}
        self._problems: list[str] = []

    async def read(self) -> ReadingOutcome:
        """How the reading ended; nothing but `Stopped` leaves it as an exception."""
        started = self._crawl.clock()
        memory = await self._crawl.store(self._crawl.memory.memory, *self._at)
        state, section_state, wait = "good", "ok", None
        try:
            if self._crawl.leave_alone is not None:
                raise self._crawl.leave_alone
            fresh = await self._walk(memory)
            state = "good" if fresh else "unchanged"
        except CrawlError as error:
            self._problem(self._section.url, error)
            state, section_state = "failed", section_state_after(error)
            if isinstance(error, AskedToWait):
                self._crawl.leave_alone, wait = error, error.wait
        except (Stopped, StorageError):
            raise
        except Exception as error:  # a listing that breaks the reader must not stop the other sections
            self._log.error("reading failed", error=repr(error), exc_info=True)
            self._problem(self._section.url, error)
            state, section_state = "failed", "redesigned"
        if section_state not in ("down", "blocked"):
            try:
                none_had = await self._visit_all()
            except AskedToWait as error:
                self._crawl.leave_alone, wait, none_had = error, error.wait, error
            if none_had is not None:  # a listing that reads well and articles of which none can be had is blind too
                state, section_state = "failed", section_state_after(none_had)
        failures = 0 if state in ("good", "unchanged") else memory.failures + 1
        now = self._crawl.clock()
        return ReadingOutcome(
            section=self._section.id,
            state=state,
            section_state=section_state,
            started=started,
            next_check_at=self._crawl.job.next_check(self._section, now, failures, wait),
            pages=self._pages,
            entries=self._listed,
            new=self._counts["new"],
            revised=self._counts["revised"],
            unchanged=self._counts["unchanged"] + self._counts["duplicate"],
            problems=tuple(self._problems),
            leave_alone_until=now + wait if wait else None,
        )

    # --- the listing ---

    async def _walk(self, memory: SectionMemory) -> bool:
        """Read the listing's pages until a known entry and store what they said; False when the server says 304."""
        has_baseline, now = memory.has_baseline, self._crawl.clock()
        rested = memory.full_read_at is not None and now - memory.full_read_at <= FULL_READING_EVERY
        response = await self._get(self._section.url, memory.validators if rested else Validators())
        if response.status == 304:
            return False
        first = validators_of(response)
        found: dict[str, ListingEntry] = {}
        deepest = DEEPEST if has_baseline else self._crawl.job.settings.baseline_pages
        # A first reading that never ends well must end all the same, or all that is new would be taken for old and
        # nobody told.
        enough = not has_baseline and memory.failures >= _BASELINE_TRIES
        complete, failure = True, None
        try:
            while True:
                listing = self._read_page(response)
                self._pages += 1
                fresh = [entry for entry in listing.entries if self._usable(entry) and url_key(entry.url) not in found]
                found.update((url_key(entry.url), entry) for entry in fresh)
                if not fresh or listing.next is None or listing.next.form is not None:
                    break
                # The last entry decides, not the first: an old entry pinned on top must not hide new ones below.
                if has_baseline and await self._crawl.store(self._crawl.memory.is_known, *self._at, fresh[-1].url):
                    break
                if self._pages >= deepest:
                    if has_baseline:
                        self._problems.append(
                            say("{pages} pages of new entries; older ones were not read", pages=deepest)
                        )
                    break
                response = await self._get(listing.next.url, Validators())
        except CrawlError as error:
            complete, failure = enough, error
        self._listed = len(found)
        least = self._section.expect.min_entries
        if failure is None and len(found) < least:
            complete = enough
            failure = ListingError(
                say("lists {found} entries, at least {least} expected", found=len(found), least=least)
            )
        if found:
            await self._crawl.store(
                self._crawl.memory.record_listing,
                *self._at,
                list(found.values()),
                complete=complete,
                validators=first if failure is None else Validators(),
                now=self._crawl.clock(),
            )
        if failure is not None:
            raise failure
        return True

    def _read_page(self, response: Response) -> Listing:
        listing = read_listing(
            self._html(response),
            url=response.url,
            status=response.status,
            kind=self._section.kind,
            rules=listing_rules(self._section),
        )
        refuse_page(listing.page, listing.why)
        if not listing.entries:
            raise ListingError(say("the listing gives no entries: its selectors or its design changed"))
        return listing

    # --- articles ---

    async def _visit_all(self) -> CrawlError | None:
        """Visit what is due; the last error when new entries were due and not one could be stored."""
        now = self._crawl.clock()
        visits = await self._crawl.store(self._crawl.memory.visits, *self._at, now, by_hand=self._crawl.job.by_hand)
        unreached = asked_to_wait = had = 0
        last: CrawlError | None = None
        for done, visit in enumerate(visits):
            self._crawl.progress(self._section.id, done, len(visits))
            try:
                await self._visit(visit)
                unreached, had = 0, had + (visit.article_id is None)
            except CrawlError as error:
                self._problem(visit.url, error)
                unreached = unreached + 1 if isinstance(error, Unreachable | BlockedError) else 0
                last = error if visit.article_id is None else last
                await self._fail(visit, str(error))
                if isinstance(error, AskedToWait):
                    # One article that always answers 503 must not hold up its portal; two ask for the portal.
                    asked_to_wait += 1
                    if asked_to_wait >= 2:
                        raise
            except (Stopped, StorageError):
                raise
            except Exception as error:  # a page that breaks the reader must not stop its neighbours
                self._log.error("visit failed", url=visit.url, error=repr(error), exc_info=True)
                self._problem(visit.url, error)
                await self._fail(visit, repr(error))
            if unreached >= _DOWN_AFTER:
                self._problems.append(say("{count} articles left for later", count=len(visits) - done - 1))
                break
        self._crawl.progress(self._section.id, len(visits), len(visits))
        return None if had else last

    async def _fail(self, visit: Visit, problem: str) -> None:
        await self._crawl.store(
            self._crawl.memory.record_failure,
            visit,
            problem,
            young=self._section.revisit.young,
            every=self._section.revisit.every,
            now=self._crawl.clock(),
        )

    async def _visit(self, visit: Visit) -> None:
        revisit = self._section.revisit
        fetched = await self._fetch_article(visit)
        if fetched is None:
            self._counts["unchanged"] += 1
            await self._crawl.store(
                self._crawl.memory.record_unchanged,
                visit,
                young=revisit.young,
                every=revisit.every,
                now=self._crawl.clock(),
            )
            return
        outcome = await self._crawl.store(
            self._crawl.memory.record_article,
            *self._at,
            visit,
            fetched,
            young=revisit.young,
            every=revisit.every,
            now=self._crawl.clock(),
        )
        self._counts[outcome] += 1
        self._log.info("article", outcome=outcome, url=visit.url, title=fetched.extraction.title)

    async def _fetch_article(self, visit: Visit) -> FetchedArticle | None:
        """The article behind an entry; None when the server says that it is unchanged."""
        if not self._section.follow or not self._own(visit.url):
            return from_row(visit)
        response = await self._get(visit.url, visit.validators)
        if response.status == 304:
            return None
        if not is_html(response):
            return from_row(visit, Attachment(response.url, visit.number or visit.title))
        if not self._own(response.url):
            raise ExtractError(say("redirected to another site, {url}", url=response.url))
        extraction = extract(
            self._html(response),
            url=response.url,
            status=response.status,
            rules=article_rules(self._section),
            listing_title=visit.title,
        )
        extraction = merge_row(extraction, visit, documents=self._section.kind == "documents")
        refuse_page(extraction.page, extraction.why)
        if extraction.page != "article" or not extraction.text.strip():
            raise ExtractError(say("no article found on the page (class: {page})", page=extraction.page))
        return FetchedArticle(extraction, response.body, validators_of(response), reader=reader(self._section))

    # --- both ---

    async def _get(self, url: str, validators: Validators) -> Response:
        if self._crawl.stopping:
            raise Stopped
        response = await fetch(self._crawler, url, validators, self._crawl.clock())
        if self._crawl.stopping:
            raise Stopped
        if url == self._section.url and not self._own(response.url):
            raise Moved(say("moved to {url}", url=response.url))
        return response

    def _own(self, url: str) -> bool:
        own = {site(self._portal.url), site(self._section.url), *(alias.lower() for alias in self._portal.aliases)}
        return site(url) in own

    def _usable(self, entry: ListingEntry) -> bool:
        """Whether an entry's address is one; a mistyped link of the portal must not cost the others."""
        try:
            url_key(entry.url)
        except ValueError:
            self._problems.append(say("{url}: not a URL ({error})", url=entry.url, error=entry.title))
            return False
        return True

    def _html(self, response: Response) -> str:
        if len(response.body) > LARGEST_PAGE:
            raise ExtractError(say("the page is too large to read ({size} MB)", size=len(response.body) // 10**6))
        return decode(response.body, header(response, "Content-Type"))

    def _problem(self, url: str, error: Exception) -> None:
        self._log.warning("problem", url=url, problem=str(error))
        self._problems.append(f"{url}: {error}")


class Moved(ListingError):
    """A listing that now leads to another host."""


def section_state_after(error: CrawlError) -> str:
    """The state of a section whose listing failed so: down, blocked, redesigned or moved."""
    match error:
        case Moved():
            return "moved"
        case BlockedError():
            return "blocked"
        case Unreachable() | AskedToWait() | BadStatus() | BadPage():
            return "down"
    return "redesigned"


def refuse_page(page: str, why: str) -> None:
    """Raise what a page's class means, unless it can hold content."""
    if page in _BLOCKED_PAGES:
        raise BlockedError(f"{say(_BLOCKED_PAGES[page])} ({why})")
    if page in _NO_PAGES:
        raise BadPage(f"{say(_NO_PAGES[page])} ({why})")


class BadPage(CrawlError):
    """Status 200, and yet not the page: soft 404, maintenance, error."""


def is_html(response: Response) -> bool:
    """Whether a response is a page to read and not a file to link."""
    kind = (header(response, "Content-Type") or "text/html").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")


def from_row(visit: Visit, *attachments: Attachment) -> FetchedArticle:
    """An article that says what its row in the listing said."""
    lines = [f"Số/Ký hiệu: {visit.number}"] if visit.number else []
    lines += [visit.summary] if visit.summary and visit.summary != visit.title else []
    text = "\n".join(lines) or visit.title
    extraction = Extraction(
        url=visit.url,
        page="article",
        title=visit.title,
        published=visit.published,
        text=text,
        attachments=attachments,
    )
    return FetchedArticle(extraction, f"{visit.title}\n{text}".encode(), from_row=True)


def merge_row(extraction: Extraction, visit: Visit, *, documents: bool) -> Extraction:
    """The extraction with what its row in the listing knows better: the date, and a document's number."""
    text = extraction.text
    if documents and extraction.page == "article":
        if not text.strip():
            text = from_row(visit).extraction.text
        elif visit.number and visit.number not in text and visit.number not in (extraction.title or ""):
            text = f"Số/Ký hiệu: {visit.number}\n{text}"
    return replace(
        extraction,
        title=extraction.title or visit.title,
        published=best_date(visit.published, extraction.published),
        text=text,
    )


def best_date(row: When | None, page: When | None) -> When | None:
    """The listing row's date; the page's where the row has none, or where it adds the time of the same day."""
    if row is None or page is None:
        return row or page
    same_day = isinstance(page, datetime) and not isinstance(row, datetime) and page.date() == row
    return page if same_day else row
