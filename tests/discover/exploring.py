"""A search through a site without a crawl: its pages are handed over as they are asked for."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from sites import TODAY, Site

from config import CrawlError
from crawler.discovery import Discovery, Search

Answer = tuple[str, str, bytes]  # the address that answered, the content type, the body
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def explored(
    get: Callable[[str], Answer], home: str, *, today: date = TODAY, search: Search | None = None
) -> Discovery:
    """What a search finds when `get` answers; CrawlError from `get` is a page that could not be had."""
    search = search or Search()
    url: str | None = home
    for _ in range(3):
        assert url is not None
        answered, kind, body = get(url)
        sitemaps = robots_sitemaps(get, answered)
        url = search.begin(body, url=answered, content_type=kind, headers={}, sitemaps=sitemaps)
        if url is None:
            break
    while (candidate := search.next()) is not None:
        try:
            answered, kind, body = get(candidate.url)
        except CrawlError as error:
            search.miss(candidate, str(error))
            continue
        search.take(candidate, body, url=answered, content_type=kind)
    return search.found(today)


def robots_sitemaps(get: Callable[[str], Answer], url: str) -> list[str]:
    """The sitemaps that robots.txt names."""
    parts = urlsplit(url)
    try:
        text = get(f"{parts.scheme}://{parts.netloc}/robots.txt")[2].decode()
    except CrawlError:
        return []
    return [line.partition(":")[2].strip() for line in text.splitlines() if line.lower().startswith("sitemap:")]


def of_site(site: Site) -> Callable[[str], Answer]:
    """A site's pages, which are not served."""
    site.url = "http://site.example/"

    def get(url: str) -> Answer:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        site.asked.append(path)
        if target := site.redirects.get(path):
            return get(target) if target.startswith(site.url) else (target, "text/html", b"<p>elsewhere</p>")
        found = site.pages.get(path) or site.pages.get(parts.path)
        if found is None:
            raise CrawlError("HTTP 404")
        return url, found[0], found[1].replace("{root}", site.url.rstrip("/")).encode()

    return get


def over_http(url: str) -> Answer:
    """A page of a running replica."""
    try:
        with _opener.open(url, timeout=10) as answer:
            return answer.url, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            raise CrawlError(f"HTTP {error.code}") from None


def paths(found: Discovery, least: float = 0.0) -> dict[str, str]:
    """The kinds of the found sections by the path of their address, in their order."""
    return {
        url.path + (f"?{url.query}" if url.query else ""): each.kind
        for each in found.sections
        if each.confidence >= least
        for url in [urlsplit(each.url)]
    }
