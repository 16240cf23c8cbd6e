"""What an answer means that is not the page asked for."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.http import Response

from config import BlockedError, CrawlError, ListingError, mark, say
from crawler.fetching import AskedToWait, BadStatus, Unreachable, header
from storage import url_key

_BLOCKED_PAGES = {"challenge": mark("a challenge page"), "login": mark("a login page")}
_NO_PAGES = {
    "soft404": mark("a page that says it was not found"),
    "maintenance": mark("a maintenance page"),
    "error": mark("an error"),
}
_GONE = (404, 410)


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
        raise BadPage(page, f"{say(_NO_PAGES[page])} ({why})")


class BadPage(CrawlError):
    """Status 200, and yet not the page: soft 404, maintenance, error."""

    def __init__(self, page: str, message: str) -> None:
        super().__init__(message)
        self.page = page


class Homeward(CrawlError):
    """An article's address that now leads to the portal's home page, or to another article: a soft 404 in another form."""


def refuse_homeward(asked: str, answered: str, home: str) -> None:
    """Raise `Homeward` when an article's address was redirected to the home page."""
    at_home = urlsplit(answered).path in ("", "/") or url_key(answered) == url_key(home)
    if at_home and url_key(asked) != url_key(answered):
        raise Homeward(say("redirected to the home page"))


def says_gone(error: CrawlError) -> bool:
    """Whether an error says that there is no such page, and not only that it could not be had."""
    match error:
        case BadStatus(status=status):
            return status in _GONE
        case BadPage(page=page):
            return page == "soft404"
    return isinstance(error, Homeward)


def is_html(response: Response) -> bool:
    """Whether a response is a page to read and not a file to link."""
    kind = (header(response, "Content-Type") or "text/html").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")
