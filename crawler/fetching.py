"""One request at a time, and every way in which it can fail put in words."""

from __future__ import annotations

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
from crawler.politeness import RobotsUnavailable, retry_after
from storage import NextPage, Validators


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


async def fetch(crawler: Crawler, page: NextPage, validators: Validators, now: datetime) -> Response:
    """The response to a GET, or to a POST where the page is behind a form; its status is 200 or, with validators, 304.
    CrawlError in words for everything else."""
    headers = {}
    # Only what the server itself said is echoed: a made-up date beside a valid ETag makes nginx answer in full.
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    assert crawler.engine is not None
    try:
        if page.form is None:
            request = Request(page.url, headers=headers, dont_filter=True)
        else:
            request = FormRequest(page.url, formdata=list(page.form), headers=headers, dont_filter=True)
        response = await crawler.engine.download_async(request)
    except CrawlError:
        raise
    except Exception as error:
        raise in_words(error, now) from error
    if response.status == 304 and headers:
        return response
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
    return Unreachable(f"{type(error).__name__}: {error}")


def _inner(error: DownloadFailedError) -> str:
    """The reason inside Twisted's list of failures."""
    reasons = getattr(error.__cause__, "reasons", None)
    return "; ".join(f"{r.type.__name__}: {r.getErrorMessage()}" for r in reasons) if reasons else str(error)
