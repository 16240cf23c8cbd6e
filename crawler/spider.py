"""The one spider: listing > entries > articles, as the portal's YAML says, one request after the other.

It is written as one line of thought instead of callbacks, since a portal is asked one thing at a time anyway:

    for each section due:  walk the listing  ->  store what it said  ->  visit what is not stored yet
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scrapy import Request, Spider

from config import BlockedError, CrawlError, Section, StorageError
from crawler.fetching import AskedToWait, Unreachable
from crawler.job import Crawl, SectionCrawl, Stopped
from crawler.verdicts import section_state_after
from crawler.visiting import visit_all
from crawler.walking import Walk
from storage import NextPage, ReadingOutcome

_NO_REQUESTS: tuple[Request, ...] = ()  # none are handed out: each is awaited where its answer is needed


class PortalSpider(Spider):
    """Reads the due sections of one portal and leaves an outcome for each in `outcomes`."""

    name = "portal"

    def __init__(self, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.manners = crawl.manners
        self.outcomes: list[ReadingOutcome] = []
        self.fault: StorageError | None = None

    async def start(self) -> AsyncIterator[Request]:
        try:
            for section in self.crawl.job.sections:
                self.outcomes.append(await read_section(SectionCrawl(self.crawler, self.crawl, section)))
        except Stopped:
            return
        except StorageError as error:  # nothing is known of the portal then, and nothing is to be said of it
            self.fault = error
        for request in _NO_REQUESTS:
            yield request


async def read_section(at: SectionCrawl) -> ReadingOutcome:
    """How the reading ended; nothing but `Stopped` and StorageError leaves it as an exception."""
    crawl, section = at.crawl, at.section
    started = crawl.clock()
    memory = await at.store(crawl.memory.memory, *at.at)
    walk = Walk(at)
    state, section_state, wait = "good", "ok", None
    try:
        if crawl.leave_alone is not None:
            raise crawl.leave_alone
        fresh = await walk.newest(memory)
        state = "good" if fresh else "unchanged"
    except CrawlError as error:
        at.problem(walk.url, error)
        state, section_state = "failed", section_state_after(error)
        if isinstance(error, AskedToWait):
            crawl.leave_alone, wait = error, error.wait
    except (Stopped, StorageError):
        raise
    except Exception as error:  # a listing that breaks the reader must not stop the other sections
        at.log.error("reading failed", error=repr(error), exc_info=True)
        at.problem(walk.url, error)
        state, section_state = "failed", "redesigned"
    # A listing of which the first page could be read has promised something, whatever became of the others.
    if crawl.leave_alone is None and (walk.pages or section_state not in ("down", "blocked")):
        try:
            none_had = await visit_all(at)
        except AskedToWait as error:
            crawl.leave_alone, wait, none_had = error, error.wait, error
        if none_had is not None:  # a listing that reads well and articles of which none can be had is blind too
            state, section_state = "failed", section_state_after(none_had)
    failures = 0 if state in ("good", "unchanged") else memory.failures + 1
    now = crawl.clock()
    return ReadingOutcome(
        section=section.id,
        state=state,
        section_state=section_state,
        started=started,
        next_check_at=crawl.job.next_check(section, crawl.began, now, failures, wait),
        pages=walk.pages,
        entries=walk.listed,
        new=at.counts["new"],
        revised=at.counts["revised"],
        unchanged=at.counts["unchanged"] + at.counts["duplicate"],
        problems=tuple(at.problems),
        leave_alone_until=now + wait if wait else None,
    )


@dataclass(slots=True)
class Older:
    """One page from the depth of a listing: which, how far back, and what came of it."""

    section: Section
    page: NextPage
    since: date | None
    beyond: bool | None = None  # whether it lies beyond what a crawl reads; for the first page the store knows
    next: NextPage | None = None
    entries: int = 0
    new: int = 0
    problems: tuple[str, ...] = ()
    fault: StorageError | None = None
    leave_alone: AskedToWait | None = None


class OlderSpider(Spider):
    """Reads one page from the depth of a listing, and the articles that it promises."""

    name = "older"

    def __init__(self, crawl: Crawl, older: Older, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.manners = crawl.manners
        self.older = older

    async def start(self) -> AsyncIterator[Request]:
        older = self.older
        at = SectionCrawl(self.crawler, self.crawl, older.section)
        walk = Walk(at)
        try:
            if older.beyond is None:
                older.beyond = not (await at.store(self.crawl.memory.memory, *at.at)).has_baseline
            older.next, older.beyond = await walk.older(older.page, older.since, beyond=older.beyond)
            if isinstance(await visit_all(at), Unreachable | BlockedError):
                older.next = None  # the next page would promise articles that cannot be had either
        except Stopped:
            return
        except StorageError as error:
            older.fault = error
        except CrawlError as error:
            older.next = None
            at.problem(walk.url, error)
            if isinstance(error, AskedToWait):
                older.leave_alone = error
        except Exception as error:  # a page that breaks the reader is told of like one that cannot be had
            older.next = None
            at.log.error("reading failed", error=repr(error), exc_info=True)
            at.problem(walk.url, error)
        older.entries, older.new, older.problems = walk.listed, at.counts["new"], tuple(at.problems)
        for request in _NO_REQUESTS:
            yield request
