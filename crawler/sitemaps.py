"""A sitemap read as the addresses that it names, newest first: XML, news, an index of others, gzip, plain text, and a
page that is a map of its site."""

from __future__ import annotations

import heapq
import io
import itertools
import re
import zlib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from lxml import etree

from config import ListingError, say
from crawler.dates import HANOI, day_of
from crawler.feeds import MOST_ENTRIES, feed_date, refuse_entities, title_of_slug, words
from crawler.markup import absolute, base_of, decode, parse, same_site, text_of
from storage import Listing, ListingEntry, When

LARGEST_SITEMAP = 10_000_000
"""Bytes of one sitemap when unpacked; the protocol allows 52,428,800, which takes longer to read than a worker may be
silent."""
MOST_NODES = 500_000
"""Elements of one sitemap, or lines of a plain one; the protocol allows 50,000 addresses, of some five elements each."""
Said: TypeAlias = dict[str, str]
"""What a sitemap says of one address, as it stands there."""
_GZIP = b"\x1f\x8b"
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/._]?(0[1-9]|1[0-2])(?:[-/._]?[0-3]\d)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Mapped:
    """An address that a sitemap names. `published` and `title` are a news sitemap's; `modified` is the page's last
    change, which is no date of publication."""

    url: str
    title: str | None = None
    published: When | None = None
    modified: When | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap names, newest first: pages in `entries`, other sitemaps in `children`. `total` counts the pages
    that it names, of which `entries` holds no more than `MOST_ENTRIES`."""

    url: str
    entries: tuple[Mapped, ...]
    children: tuple[Mapped, ...] = ()
    total: int = 0


def read_sitemap(body: bytes, *, url: str) -> Sitemap:
    """What a sitemap names. ListingError when it is none, or one that must not be read: entities, too large."""
    body = _unpacked(body)
    if len(body) > LARGEST_SITEMAP:
        raise ListingError(say("the sitemap is too large to read ({size} MB)", size=len(body) // 10**6))
    if body[:4].count(0) or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        body = re.sub(r"\A\s*<\?xml[^>]*\?>", "", decode(body)).encode("utf-8", "replace")
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain(body, url)
    refuse_entities(body[:100_000].decode("latin-1"))
    return _xml(body, url)


def as_listing(sitemap: Sitemap, kind: str = "news") -> Listing:
    """A sitemap as a listing of what it names; other sitemaps are no entries.

    ListingError when it names more than can be kept and says of none how new it is: what is new could not be told.
    """
    cut = ""
    if sitemap.total > len(sitemap.entries):
        if not any(each.published or each.modified for each in sitemap.entries):
            raise ListingError(
                say("the sitemap names {count} pages without a date: what is new cannot be told", count=sitemap.total)
            )
        left_out = sitemap.total - len(sitemap.entries)
        cut = say("{count} older entries of the sitemap were left out", count=left_out)
    entries = [
        ListingEntry(each.url, each.title or title_of_slug(each.url), each.published)
        for each in sitemap.entries
        if urlsplit(each.url).path.strip("/")  # the home page is no article
    ]
    unique = {entry.url: entry for entry in reversed(entries)}
    why = f"a sitemap of {sitemap.total} pages and {len(sitemap.children)} sitemaps"
    return Listing(sitemap.url, "listing", kind, tuple(reversed(unique.values())), None, why, cut)


def read_site_map_page(html: str, *, url: str) -> Sitemap:
    """The links of a page that is a map of its site ("Sơ đồ cổng"): those to its own site, in their order."""
    doc = parse(html)
    base = base_of(doc, url)
    found: dict[str, Mapped] = {}
    for link in doc.iter("a"):
        address, name = absolute(base, link.get("href")), text_of(link)
        if address and name and same_site(address, url) and (address not in found):
            found[address] = Mapped(address, name)
    return Sitemap(url, tuple(found.values())[:MOST_ENTRIES], (), len(found))


# --- bytes --------------------------------------------------------------------------------------------------


def _unpacked(body: bytes) -> bytes:
    """The bytes of a sitemap that may be a gzip file, even packed twice by a server; never more than is allowed."""
    for _ in range(2):
        if not body.startswith(_GZIP):
            break
        packed = zlib.decompressobj(wbits=31)
        try:
            body = packed.decompress(body, LARGEST_SITEMAP + 1)
        except zlib.error as error:
            raise ListingError(say("the sitemap cannot be decompressed ({error})", error=error)) from error
    return body


def _plain(body: bytes, url: str) -> Sitemap:
    lines = decode(body).splitlines()
    if len(lines) > MOST_NODES:
        raise ListingError(_too_many())
    pages, total = _newest(({"loc": line.strip()} for line in lines if re.match(r"\s*https?://", line)), _age)
    if not total:
        raise ListingError(say("not a sitemap that can be read"))
    return Sitemap(url, _mapped(pages, url), (), total)


def _xml(body: bytes, url: str) -> Sitemap:
    children: list[Said] = []

    def pages() -> Iterator[Said]:
        nonlocal children
        for node in _nodes(body):
            if _name(node) == "url":
                yield _said(node)
                continue
            children.append(_said(node))
            if len(children) > 2 * MOST_ENTRIES:
                children = _newest(children, _age_of_child)[0]

    entries, total = _newest(pages(), _age)
    return Sitemap(url, _mapped(entries, url), _mapped(_newest(children, _age_of_child)[0], url), total)


def _nodes(body: bytes) -> Iterator[etree._Element]:
    """Each <url> and <sitemap>, one in memory at a time. What stands before a fault of the XML is read."""
    steps = etree.iterparse(
        io.BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    root = None
    try:
        for count, (event, node) in enumerate(steps):
            if count > 2 * MOST_NODES:  # each begins and ends
                raise ListingError(_too_many())
            if root is None:
                root = node
                if _name(root) not in ("urlset", "sitemapindex"):
                    break
            if event == "start" or node.getparent() is not root:
                continue
            if _name(node) in ("url", "sitemap"):
                yield node
            node.clear()
            while node.getprevious() is not None:
                del root[0]
    except etree.XMLSyntaxError:
        pass  # nothing at all, or no more, could be read
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        raise ListingError(say("not a sitemap that can be read"))


def _too_many() -> str:
    return say("the sitemap has more than {count} elements: it is not read", count=MOST_NODES)


def _name(node: etree._Element) -> str:
    """A tag without its namespace or prefix: both are missing on real sitemaps."""
    tag = node.tag if isinstance(node.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _said(node: etree._Element) -> Said:
    """What stands inside one <url>, by name; a picture of the page has an address too, deeper."""
    said: Said = {}
    for each in node:
        for inner in each.iter() if _name(each) == "news" else (each,):
            said.setdefault(_name(inner), (inner.text or "").strip())
    return said


def _mapped(pages: Iterable[Said], url: str) -> tuple[Mapped, ...]:
    return tuple(
        Mapped(
            address,
            words(said.get("title", "")) or None,
            feed_date(said.get("publication_date", "")),
            feed_date(said.get("lastmod", "")),
        )
        for said in pages
        if (address := absolute(url, said.get("loc")))
    )


# --- newest first -------------------------------------------------------------------------------------------


def _newest(pages: Iterable[Said], age: Callable[[Said], Any]) -> tuple[list[Said], int]:
    """The newest of some pages, newest first and otherwise in their order, and how many there are in all."""
    count = itertools.count()
    kept = heapq.nlargest(MOST_ENTRIES, (page for page in pages if next(count) >= 0), key=age)
    return kept, next(count)


def _age(said: Said) -> float:
    """Comparable: when a page was published, else changed; undated pages are the oldest."""
    when = feed_date(said.get("publication_date", "")) or feed_date(said.get("lastmod", ""))
    if when is None:
        return 0.0
    return (when if isinstance(when, datetime) else datetime.combine(when, time(), HANOI)).timestamp()


def _age_of_child(said: Said) -> tuple[float, tuple[int, int]]:
    """`_age`, and without a date the year and month that the sitemap's address names (sitemap-2026-11.xml)."""
    return _age(said), _month_of(said.get("loc", ""))


def _month_of(url: str) -> tuple[int, int]:
    """(year, month) that a sitemap's address names; month 0 for a year alone, (0, 0) for neither."""
    months = [(int(match[1]), int(match[2] or 0)) for match in _MONTH.finditer(url.rpartition("/")[2])]
    return max(months, default=(0, 0))


def last_change(sitemap: Mapped) -> date | None:
    """The last day on which a sitemap of an index may have changed: its lastmod, else the end of the month or the year
    that its address names; None where it says neither."""
    if sitemap.modified is not None:
        return day_of(sitemap.modified)
    year, month = _month_of(sitemap.url)
    if not year:
        return None
    return date(year, month, monthrange(year, month)[1]) if month else date(year, 12, 31)
