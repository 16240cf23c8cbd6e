"""The walk through a listing's pages, from the newest entry to the first that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from html import unescape
from urllib.parse import urljoin

from scrapy.http import Response

from config import CrawlError, ListingError, Revisit, say
from crawler.dates import HANOI, before
from crawler.fetching import header, validators_of
from crawler.job import NO_VALIDATORS, SectionCrawl
from crawler.rules import first_page, listing_rules
from crawler.sitemaps import Mapped, last_change
from crawler.sources import read_source
from crawler.verdicts import refuse_page
from crawler.visiting import visit_article
from crawler.watching import is_page, itself
from storage import Listing, ListingEntry, NextPage, SectionMemory, Validators, Visit, When, url_key

DEEPEST = 20  # pages of one listing in one reading after the first
FULL_READING_EVERY = timedelta(hours=6)  # some servers give one ETag for ever; then a 304 says nothing
_WHENEVER_ASKED = Revisit.model_construct(young=timedelta(days=36_500), every=timedelta(0))
_LATE = timedelta(days=7)  # a sitemap may be a copy of yesterday's, and a page lie finished for days until it comes out
_LAG = timedelta(days=1)  # an index may be older than what it names
_HREF = re.compile(rb"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_BASELINE_TRIES = 3  # first readings that ended too early, until the next such one is taken as it is


class Walk:
    """One reading of a section's listing."""

    def __init__(self, at: SectionCrawl) -> None:
        self._at = at
        self.url = at.section.url
        """The page that was asked for last."""
        self.pages = 0
        self.listed = 0
        self._sitemaps: list[Mapped] = []  # to be read, newest first
        self._mapped: set[str] = set()
        self._old_before: date | None = None
        self._changed: dict[str, When | None] = {}  # when a page that a sitemap names came out, or was last changed

    async def newest(self, memory: SectionMemory) -> bool:
        """Read until a known entry and store what the pages said; False when the server says that nothing changed."""
        at, section = self._at, self._at.section
        # Another address is another listing, whatever is remembered of the section.
        same = memory.listing_url in (None, section.url)
        has_baseline = memory.has_baseline and same
        if has_baseline and memory.baseline_at is not None:
            self._old_before = (memory.baseline_at - _LATE).astimezone(HANOI).date()
        rested = memory.full_read_at is not None and at.crawl.clock() - memory.full_read_at <= FULL_READING_EVERY
        page = first_page(section)
        given = memory.validators if rested and same and page.body is None else NO_VALIDATORS
        response = await at.get_listing(page, given)
        if section.reads == "sitemap":
            at.old_before = self._old_before
        if response.status == 304:
            return section.watched and await self._watch_again(response)
        if section.watched:
            with at.reading():
                page_itself = itself(at.html(response), url=response.url, status=response.status, section=section)
            if page_itself is not None:
                return await self._watch(page_itself, response)
        first = validators_of(response)
        found: dict[str, ListingEntry] = {}
        deepest = DEEPEST if has_baseline else at.crawl.job.settings.baseline_pages
        # A first reading that never ends well must end all the same, or all that is new would be taken for old and
        # nobody told.
        enough = not has_baseline and memory.failures >= _BASELINE_TRIES
        complete, failure = True, None
        together, proves = 0, False
        links: Iterable[str] = ()
        try:
            while True:
                listing = self._read(response, page)
                self.pages += 1
                fresh = self._fresh(listing, found)
                if self.pages == 1:
                    together, links = len(fresh), _links(response)
                    # A sitemap shows no order, and leaves out what it likes.
                    proves = not (listing.cut or self._mapped or self._changed)
                found.update((url_key(entry.url), entry) for entry in fresh)
                if self.pages == 1 and self._sitemaps:  # an index says nothing when one of its sitemaps changes
                    first = NO_VALIDATORS
                    if not has_baseline:
                        self._leave_older(deepest)
                    deepest = DEEPEST + 1
                onward = listing.next if fresh else None
                # The last entry decides, not the first: an old entry pinned on top must not hide new ones below.
                if fresh and has_baseline and await at.store(at.crawl.memory.is_known, *at.at, fresh[-1].url):
                    onward = None
                    self._leave_unchanged(memory.full_read_at)
                if onward is None and self._sitemaps:
                    onward = NextPage(self._sitemaps.pop(0).url)
                if onward is None:
                    break
                if self.pages >= deepest:
                    at.problems += self._cut(deepest, has_baseline=has_baseline)
                    break
                page = onward
                response = await self._get(page)
        except CrawlError as error:
            complete, failure = enough, error
        self.listed = len(found)
        least = section.expect.min_entries
        if failure is None and len(found) < least:
            complete = enough
            failure = ListingError(
                say("lists {found} entries, at least {least} expected", found=len(found), least=least)
            )
        if found:
            if at.old_before is not None:
                old = [entry for entry in found.values() if before(self._changed.get(entry.url), at.old_before)]
                if old:
                    await at.store(at.crawl.memory.record_older, *at.at, old, now=at.crawl.clock())
            await at.store(
                at.crawl.memory.record_listing,
                *at.at,
                list(found.values()),
                listing_url=section.url,
                complete=complete,
                validators=first if failure is None else Validators(),
                now=at.crawl.clock(),
                first_page=together if proves and failure is None else 0,
                links=links,
            )
        if failure is not None:
            raise failure
        return True

    async def older(self, page: NextPage, since: date | None, *, beyond: bool) -> tuple[NextPage | None, bool]:
        """Read one page of the listing, into the baseline when it lies `beyond` what a crawl reads; the page after it, None
        at the end, and whether that one lies beyond.

        A crawl reads to the first page that ends with a known entry: what is new on those pages is news, and the
        crawl's to tell of.
        """
        at = self._at
        listing = self._read(await self._get(page), page)
        if self._sitemaps:
            raise ListingError(say("an index of sitemaps has no older pages to read one after the other"))
        self.pages += 1
        fresh = self._fresh(listing, {})
        wanted = [entry for entry in fresh if since is None or not before(entry.published, since)]
        self.listed += len(wanted)
        if beyond and wanted:
            await at.store(at.crawl.memory.record_older, *at.at, wanted, now=at.crawl.clock())
        elif fresh and not beyond:
            beyond = await at.store(at.crawl.memory.is_known, *at.at, fresh[-1].url)
        # A pinned old entry is not the end; a page of nothing but old ones is.
        return listing.next if wanted else None, beyond

    async def _get(self, page: NextPage, validators: Validators = NO_VALIDATORS) -> Response:
        if not self._at.own(page.url):  # an API may name any address
            raise ListingError(say("goes on at another site, {url}: not asked", url=page.url))
        self.url = page.url
        return await self._at.get_listing(page, validators)

    def _fresh(self, listing: Listing, found: dict[str, ListingEntry]) -> list[ListingEntry]:
        return [entry for entry in listing.entries if self._usable(entry) and url_key(entry.url) not in found]

    def _read(self, response: Response, page: NextPage) -> Listing:
        section = self._at.section
        with self._at.reading():
            listing, sitemap = read_source(
                self._at.body(response),
                asked=page,
                url=response.url,
                status=response.status,
                content_type=header(response, "Content-Type"),
                reads=section.reads,
                kind=section.kind,
                rules=listing_rules(section),
                full=not section.follow,
            )
        refuse_page(listing.page, listing.why)
        if listing.cut:
            self._at.problems.append(f"{response.url}: {listing.cut}")
        if sitemap is not None:
            self._at.old_before = self._old_before
            children = [each for each in sitemap.children if each.url not in self._mapped]
            self._sitemaps += [each for each in children if self._at.own(each.url)]
            self._mapped.update(each.url for each in children)
            self._changed.update((each.url, each.published or each.modified) for each in sitemap.entries)
        # An empty listing is a quiet one only where the configuration expects that it may be; one sitemap of several
        # may always be.
        if not listing.entries and not self._mapped and (section.expect.min_entries or listing.page != "listing"):
            raise ListingError(say("the listing gives no entries: its selectors or its design changed"))
        return listing

    async def _watch(self, entry: ListingEntry, response: Response) -> bool:
        """Store the page as what stands at an address now; False when it says what it said."""
        at, memory = self._at, self._at.crawl.memory
        self.pages = self.listed = 1
        listed = partial(memory.record_listing, *at.at, [entry], listing_url=at.section.url, complete=True)
        visit = await self._visit_of(entry.url)
        if visit is None:
            await at.store(listed, validators=NO_VALIDATORS, now=at.crawl.clock())
            visit = await self._visit_of(entry.url)
        if visit is None:
            raise ListingError(say("the page says what another article of the portal says"))
        changed = await self._visit(visit, response)
        await at.store(listed, validators=validators_of(response), now=at.crawl.clock())
        return changed

    async def _watch_again(self, response: Response) -> bool:
        """The page says what it said: only the files behind it are asked for. False when they are the same, too."""
        own = [visit for visit in await self._visits() if visit.article_id and is_page(visit.url, self._at.section)]
        # The one visited last is what the page is; past weeks stand at the same address, and are not there any more.
        return await self._visit(own[-1], response) if own else False

    async def _visit(self, visit: Visit, response: Response) -> bool:
        """Visit the article that the page is; whether it is new or says something else."""
        at = self._at
        # It is due whenever its section is, and never by itself: next week the page says another week.
        section = at.section.model_copy(update={"revisit": _WHENEVER_ASKED})
        await visit_article(replace(at, section=section), visit, response)
        return bool(at.counts["new"] or at.counts["revised"])

    async def _visits(self) -> list[Visit]:
        at = self._at
        return await at.store(at.crawl.memory.visits, *at.at, at.crawl.clock(), by_hand=True)

    async def _visit_of(self, url: str) -> Visit | None:
        return next((visit for visit in await self._visits() if url_key(visit.url) == url_key(url)), None)

    def _leave_older(self, most: int) -> None:
        """Of an index's sitemaps keep the newest, and those that say nothing of their time: the newest entry may be in
        any of these."""
        dated = [each for each in self._sitemaps if last_change(each) is not None]
        left = set(dated[most:])
        self._sitemaps = [each for each in self._sitemaps if each not in left]

    def _leave_unchanged(self, read: datetime | None) -> None:
        """Of an index's sitemaps keep those that may have changed since they were `read`."""
        since = None if read is None else (read - _LAG).astimezone(HANOI).date()
        self._sitemaps = [each for each in self._sitemaps if since is None or not before(last_change(each), since)]

    def _cut(self, pages: int, *, has_baseline: bool) -> list[str]:
        """What to say of a walk that ends before its end; of a first one nothing, whose end is set."""
        if self._mapped:
            # One of them was taken from the others to be the next.
            return [say("{count} sitemaps of the index were not read", count=len(self._sitemaps) + 1)]
        return [say("{pages} pages of new entries; older ones were not read", pages=pages)] if has_baseline else []

    def _usable(self, entry: ListingEntry) -> bool:
        """Whether an entry's address is one; a mistyped link of the portal must not cost the others."""
        try:
            url_key(entry.url)
        except ValueError:
            self._at.problems.append(say("{url}: not a URL ({error})", url=entry.url, error=entry.title))
            return False
        return True


def _links(response: Response) -> Iterator[str]:
    """The addresses that a page links to, made when they are asked for."""
    return (
        urljoin(response.url, unescape((link[0] or link[1]).decode("utf-8", "replace")).strip())
        for link in _HREF.findall(response.body)
    )
