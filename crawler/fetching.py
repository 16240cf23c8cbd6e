"""One request at a time, and every way in which it can fail put in words."""

from __future__ import annotations

import asyncio
import errno
import zlib
from datetime import datetime, timedelta

from scrapy import FormRequest, Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError

from config import BlockedError, CrawlError, say
from crawler.browser import SETTLED, drawn, wraps
from crawler.politeness import RobotsUnavailable, retry_after
from storage import NextPage, Validators

# JSON before XML: some APIs speak both, and a browser's own list begins with XML.
_PERMANENT = (301, 308)
_ACCEPT = "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,*/*;q=0.8"


class Unreachable(CrawlError):
    """No answer that could be read: the portal, or the way to it, is down."""


class AskedToWait(CrawlError):
    """The server asks to be left alone for a while (429 or 503)."""

    def __init__(self, message: str, wait: timedelta | None) -> None:
        super().__init__(message)
        self.wait = wait


class BadStatus(CrawlError):
    """An answer with an HTTP status that is not the page."""

    def __init__(self, status: int) -> None:
        super().__init__(say("HTTP {status}", status=status))
        self.status = status


async def fetch(
    crawler: Crawler, page: NextPage, validators: Validators, now: datetime, *, by_browser: bool = False
) -> Response:
    """The response to a GET, or to a POST where the page is behind a form or an API; its status is 200 or, with validators, 304.
    CrawlError in words for everything else. `by_browser`: as its scripts draw it, where the crawl has a browser and what
    answers is a page."""
    headers = {"Accept": _ACCEPT}
    if by_browser and page.form is None and page.body is None and crawler.settings.getbool("PORTALWATCH_BROWSER"):
        drawn_page = await _drawn(crawler, page, now)
        if not wraps(drawn_page.body, header(drawn_page, "Content-Type")):
            return drawn_page
    # Only what the server itself said is echoed: a made-up date beside a valid ETag makes nginx answer in full.
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    assert crawler.engine is not None
    try:
        if page.body is not None:
            as_json = page.body.lstrip().startswith(("{", "["))
            headers["Content-Type"] = "application/json" if as_json else "application/x-www-form-urlencoded"
            request = Request(page.url, method="POST", body=page.body, headers=headers, dont_filter=True)
        elif page.form is None:
            request = Request(page.url, headers=headers, dont_filter=True)
        else:
            request = FormRequest(page.url, formdata=list(page.form), headers=headers, dont_filter=True)
        response = await crawler.engine.download_async(request)
    except CrawlError:
        raise
    except Exception as error:
        raise in_words(error, now) from error
    if response.status == 304 and (validators.etag or validators.last_modified):
        return response
    refuse_status(response, now)
    return response


async def _drawn(crawler: Crawler, page: NextPage, now: datetime) -> Response:
    """A page as a browser draws it; a 304 would be the browser's own matter, so nothing is asked conditionally."""
    assert crawler.engine is not None
    # What is waited for inside has bounds of its own but for a script that never ends.
    longest = crawler.settings.getfloat("DOWNLOAD_TIMEOUT") + SETTLED / 1000 + 30
    try:
        request = Request(page.url, dont_filter=True, meta=drawn())
        response = await asyncio.wait_for(crawler.engine.download_async(request), longest)
    except TimeoutError:
        raise Unreachable(say("no full answer in time")) from None
    except Exception as error:
        raise in_words(error, now) from error
    refuse_status(response, now)
    return response


def refuse_status(response: Response, now: datetime) -> None:
    """Raise what an HTTP status other than 200 means."""
    status = response.status
    if status in (429, 503):
        wait = retry_after(header(response, "Retry-After"), now)
        raise AskedToWait(say("HTTP {status}: the server asks to be left alone", status=status), wait)
    if status in (401, 403, 451):
        raise BlockedError(say("HTTP {status}: access refused", status=status))
    if status != 200:
        raise BadStatus(status)


def header(response: Response, name: str) -> str | None:
    """A header's value as text."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators_of(response: Response) -> Validators:
    """What the server said of the response, to be echoed next time."""
    return Validators(header(response, "ETag"), header(response, "Last-Modified"))


def leads_for_good(response: Response) -> bool:
    """Whether the address that was asked for says that what it had is at another one now, for good."""
    request = response.request
    reasons = [] if request is None else request.meta.get("redirect_reasons", [])
    return bool(reasons) and all(reason in _PERMANENT for reason in reasons)


def in_words(error: BaseException, now: datetime) -> CrawlError:
    """What a failed download means, as the error that its caller treats."""
    match error:
        case RobotsUnavailable():
            wait = retry_after(header(error.response, "Retry-After"), now)
            status = error.response.status
            return AskedToWait(say("robots.txt answers HTTP {status}: not crawled", status=status), wait)
        case IgnoreRequest() if "robots.txt" in str(error):
            return BlockedError(say("robots.txt forbids it"))
        case IgnoreRequest() if "redirection" in str(error):
            return Unreachable(say("redirected in a circle"))
        case IgnoreRequest() if "DOWNLOAD_MAXSIZE" in str(error):
            return Unreachable(say("larger than max_body"))
        case CannotResolveHostError():
            return Unreachable(say("the host name cannot be resolved"))
        case DownloadTimeoutError():
            return Unreachable(say("no full answer in time"))
        case DownloadCancelledError():
            return Unreachable(say("larger than max_body"))
        case DownloadConnectionRefusedError():
            return Unreachable(say("the connection was refused"))
        case ResponseDataLossError():
            return Unreachable(say("the answer was cut short"))
        case ConnectError() if getattr(error, "osError", None) == errno.EACCES:
            return BlockedError(say("a private address that allow_private does not name"))
        case OSError() | EOFError() | zlib.error():
            return Unreachable(say("the answer cannot be decompressed ({error})", error=error))
        case DownloadFailedError():
            return Unreachable(say("the connection broke ({error})", error=_inner(error)))
    said = str(error).partition("\n")[0]  # a browser tells its whole story
    return Unreachable(f"{type(error).__name__}: {said}")


def _inner(error: DownloadFailedError) -> str:
    """The reason inside Twisted's list of failures."""
    reasons = getattr(error.__cause__, "reasons", None)
    return "; ".join(f"{r.type.__name__}: {r.getErrorMessage()}" for r in reasons) if reasons else str(error)
