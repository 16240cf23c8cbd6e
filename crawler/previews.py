"""What one fetched candidate would yield as a section: its entries, as the crawl itself would read them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config import ListingError, match_key, say
from crawler.boilerplate import survey
from crawler.candidates import Candidate, folder_of, link_counts
from crawler.dates import HANOI
from crawler.document_table import NUMBER
from crawler.feeds import read_feed
from crawler.listing import read_listing
from crawler.markup import parse, text_of
from crawler.rows import is_file
from crawler.section_names import named_kind
from crawler.sitemaps import Sitemap, as_listing, read_sitemap
from crawler.verdicts import refuse_page
from storage import Listing, ListingEntry, site, url_key

_WEEKDAY = re.compile(r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])\b|chủ nhật|\b(?:sáng|chiều)\b")
_FEWEST_DAYS = 4
_ARTICLE_SLUG = re.compile(r"\d{4,}|(?:[a-z0-9]+-){4,}")
_NUMBERED = re.compile(r"/\d+(?:\.\w+)?/?$")
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What a candidate yields. `url` answered; `entries` in the page's order; `links` counts the page's links by key;
    `title` is what the page calls itself."""

    candidate: Candidate
    url: str
    kind: str
    entries: tuple[ListingEntry, ...]
    more: bool = False
    links: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    table_of_days: int = 0

    @property
    def keys(self) -> frozenset[str]:
        """The identities of the entries."""
        return frozenset(url_key(entry.url) for entry in self.entries)

    @property
    def dated(self) -> int:
        """How many entries have a date."""
        return sum(entry.published is not None for entry in self.entries)

    @property
    def numbered(self) -> int:
        """How many entries have a document's number."""
        return sum(entry.number is not None for entry in self.entries)

    @property
    def newest(self) -> date | None:
        """The day of the newest entry."""
        return max((day for entry in self.entries if (day := _day(entry.published))), default=None)

    @property
    def sample(self) -> tuple[str, ...]:
        """The first titles."""
        return tuple(entry.title for entry in self.entries[:5])

    @property
    def away(self) -> int:
        """How many entries are pages of other sites."""
        return sum(not is_file(entry.url) and site(entry.url) != site(self.url) for entry in self.entries)


def first_look(html: str, url: str) -> tuple[HtmlElement, Listing, Preview]:
    """A site's first page as a tree, as a listing with the page's class, and as a section, should there be no other."""
    doc = parse(html)
    listing = read_listing(html, url=url)
    home = Candidate(url, say("Home page"), None, "menu")
    return doc, listing, Preview(home, url, "news", listing.entries, listing.next is not None)


def preview_page(candidate: Candidate, html: str, url: str) -> Preview:
    """What a page lists. CrawlError when it is no page to read; ListingError when it lists nothing."""
    doc = parse(html)
    kind = "documents" if candidate.kind == "documents" else "news"
    title = text_of(next(doc.iter("title"), None))
    preview = Preview(candidate, url, candidate.kind or kind, (), links=link_counts(doc, url), title=title)
    listing = read_listing(html, url=url, kind=kind)
    if candidate.kind == "schedule" and (days := _days(doc)) >= _FEWEST_DAYS and not _schedules(listing.entries):
        return replace(preview, table_of_days=days)
    refuse_page(listing.page, listing.why)
    if kind == "news" and not listing.entries and any(map(is_file, preview.links)):
        # A list of files is a list of documents.
        listing = read_listing(html, url=url, kind="documents")
        preview = replace(preview, kind=candidate.kind or "documents")
    if listing.page != "listing" or not listing.entries:
        raise ListingError(say("no list on it ({why})", why=listing.why))
    preview = replace(preview, entries=listing.entries, more=listing.next is not None)
    if kind == "news" and _could_be_documents(listing.entries):
        other = read_listing(html, url=url, kind="documents")
        again = replace(preview, kind="documents", entries=other.entries, more=other.next is not None)
        if again.entries and 2 * again.numbered > len(again.entries):
            return again
    if candidate.kind is None and _schedules(listing.entries):
        return replace(preview, kind="schedule")
    return preview


def preview_feed(candidate: Candidate, body: bytes, url: str, content_type: str | None) -> Preview:
    """What a feed lists. ListingError when it is none, or empty."""
    listing = read_feed(body, url=url, content_type=content_type)
    if not listing.entries:
        raise ListingError(say("the feed is empty"))
    entries, kind = listing.entries, candidate.kind or "news"
    if candidate.kind == "documents" or _could_be_documents(entries):
        entries, kind = read_feed(body, url=url, content_type=content_type, kind="documents").entries, "documents"
    return Preview(candidate, url, kind, entries)


def preview_sitemap(candidate: Candidate, body: bytes, url: str) -> tuple[Preview | None, Sitemap]:
    """What a sitemap lists, None when that is no articles, and the sitemap, which may name others. ListingError."""
    sitemap = read_sitemap(body, url=url)
    if not sitemap.entries:
        return None, sitemap
    # What was changed lately stands for when it was published: the preview says how fresh a map is.
    changed = {url_key(each.url): each.published or each.modified for each in sitemap.entries}
    named = articles_among(each.url for each in sitemap.entries)
    articles = tuple(
        ListingEntry(entry.url, entry.title, changed.get(url_key(entry.url)))
        for entry in as_listing(sitemap).entries
        if entry.url in named
    )
    if 3 * len(articles) < len(sitemap.entries) or len(articles) < 3:
        return None, sitemap
    return Preview(candidate, url, "news", articles), sitemap


def articles_among(urls: Iterable[str]) -> set[str]:
    """The addresses that look like an article's: a title or a long number in the path, or one of several in a folder
    that go by numbers only."""
    every = list(urls)
    numbered = Counter(folder_of(url) for url in every if _NUMBERED.search(urlsplit(url).path))
    return {
        url
        for url in every
        for path in [urlsplit(url).path]
        if _ARTICLE_SLUG.search(path) or (_NUMBERED.search(path) and numbered[folder_of(url)] >= _FEWEST_NUMBERED)
    }


def _could_be_documents(entries: tuple[ListingEntry, ...]) -> bool:
    numbered = sum(
        entry.number is not None or bool(NUMBER.search(f"{entry.title} {entry.summary or ''}")) or is_file(entry.url)
        for entry in entries
    )
    return 2 * numbered >= len(entries)


def _schedules(entries: tuple[ListingEntry, ...]) -> bool:
    return 2 * sum(named_kind(entry.title[:60], "") == "schedule" for entry in entries) > len(entries)


def _days(doc: HtmlElement) -> int:
    """How many lines of a page's own text name a day of the week or a part of the day."""
    return sum(
        bool(_WEEKDAY.search(match_key(line.text[:60]))) for line in survey(doc).lines if line.text and not line.drop
    )


def _day(when: object) -> date | None:
    if isinstance(when, datetime):
        return when.astimezone(HANOI).date()
    return when if isinstance(when, date) else None
