"""What answered at a listing's address, whatever the server calls it: HTML, a feed, a sitemap or JSON."""

from __future__ import annotations

import re

from config import ExtractError, ListingError, mark, say
from crawler.feeds import read_feed
from crawler.json_listing import read_json_listing
from crawler.listing import ListingRules, read_listing
from crawler.markup import decode
from crawler.sitemaps import Sitemap, as_listing, read_sitemap
from storage import Listing, NextPage

LARGEST_PAGE = 2_000_000  # bytes of HTML; reading more takes longer than a worker may be silent
_NAMES = {
    "html": mark("an HTML page"),
    "feed": mark("a feed"),
    "sitemap": mark("a sitemap"),
    "json": mark("JSON"),
}
_ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_BOMS = b"\xef\xbb\xbf\xff\xfe"
_FAULTS = ("challenge", "maintenance", "login", "error", "soft404")


def form_of(body: bytes, content_type: str | None = None) -> str:
    """What a body is by its first bytes: html, feed, sitemap or json. A server's own word counts for plain text only,
    since feeds come as text/html and error pages as JSON."""
    beginning = body[:4000].lstrip(_BOMS).replace(b"\0", b"").lstrip()
    kind = (content_type or "").partition(";")[0].strip().lower()
    if body.startswith(b"\x1f\x8b"):
        return "sitemap"
    if beginning.startswith((b"{", b"[")):
        return "json"
    if beginning.startswith(b"<"):
        # The first element after declarations, comments and style sheets.
        bare = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", beginning, flags=re.DOTALL)
        root = _ROOT.search(bare)
        return _ROOTS.get(root[1].decode("ascii", "replace").lower(), "html") if root else "html"
    if kind == "text/plain" and re.match(rb"https?://\S+\s", beginning):
        return "sitemap"
    return "json" if kind.endswith(("/json", "+json")) else "html"


def page_text(body: bytes, content_type: str | None) -> str:
    """A page's text; ExtractError when it is too large to be read."""
    if len(body) > LARGEST_PAGE:
        raise ExtractError(say("the page is too large to read ({size} MB)", size=len(body) // 10**6))
    return decode(body, content_type)


def read_source(
    body: bytes,
    *,
    asked: NextPage,
    url: str,
    status: int = 200,
    content_type: str | None = None,
    reads: str = "auto",
    kind: str = "news",
    rules: ListingRules | None = None,
    full: bool = False,
) -> tuple[Listing, Sitemap | None]:
    """The listing that a body is, read as a section `reads` it, and the sitemap where it is one.

    `asked` is the request, `url` the address that answered; `full`: the summaries are whole. ListingError when it is
    something else than the section says; ExtractError when it is too large.
    """
    form = form_of(body, content_type)
    if form != reads and reads != "auto":
        if (
            form == "html"
            and (page := read_listing(page_text(body, content_type), url=url, status=status)).page in _FAULTS
        ):
            return page, None
        raise ListingError(say("{found}, and the section says reads: {reads}", found=say(_NAMES[form]), reads=reads))
    if form == "feed":
        return read_feed(body, url=url, content_type=content_type, kind=kind, full=full), None
    if form == "sitemap":
        sitemap = read_sitemap(body, url=url)
        return as_listing(sitemap, kind), sitemap
    if form == "json":
        if reads != "json" or rules is None:
            raise ListingError(say("JSON: the section needs reads: json, and JMESPath in its 'listing'"))
        answer = read_json_listing(
            body, asked=asked, url=url, rules=rules, content_type=content_type, kind=kind, full=full
        )
        return answer, None
    return read_listing(page_text(body, content_type), url=url, status=status, kind=kind, rules=rules), None
