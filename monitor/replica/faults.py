"""The ways in which a replica can misbehave on demand, one function each."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from monitor.replica.visit import Page

_PIECES, _PAUSE = 10, 0.05
_CHARSET = re.compile(r"<meta[^>]*charset=\"?utf-8[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Occasion:
    """What a fault may use: the request, the page that would have been served, a "not found" page, the closing."""

    request: web.Request
    page: Page
    not_found: Page
    closing: asyncio.Event

    @property
    def body(self) -> bytes:
        """The page's bytes as they would have been served."""
        return self.page.body.encode() if isinstance(self.page.body, str) else self.page.body


Fault = Callable[[Occasion], Awaitable[web.StreamResponse]]


def _html(
    body: str | bytes, status: int = 200, kind: str = "text/html; charset=utf-8", header: tuple[str, str] | None = None
) -> web.Response:
    data = body.encode() if isinstance(body, str) else body
    headers = {"Content-Type": kind}
    if header:
        headers[header[0]] = header[1]
    return web.Response(body=data, status=status, headers=headers)


async def _missing(occasion: Occasion) -> web.StreamResponse:
    return _html("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>", 404)


async def _broken(occasion: Occasion) -> web.StreamResponse:
    return _html("<html><body><h1>Server Error in '/' Application.</h1><hr>Runtime Error</body></html>", 500)


async def _busy(occasion: Occasion) -> web.StreamResponse:
    return _html("<html><body><h1>Service Unavailable</h1></body></html>", 503, header=("Retry-After", "2"))


async def _redirect_loop(occasion: Occasion) -> web.StreamResponse:
    lap = "1" if occasion.request.query.get("lap") == "2" else "2"
    return _html("", 302, header=("Location", str(occasion.request.rel_url.update_query(lap=lap))))


async def _endless(occasion: Occasion) -> web.StreamResponse:
    """A body that never ends, slowly; it stops when the client goes or the replica closes."""
    response = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
    await response.prepare(occasion.request)
    with suppress(ConnectionError):
        await response.write(occasion.body)
        while not occasion.closing.is_set():
            await response.write(b"<p>...</p>\n" * 100)
            with suppress(TimeoutError):
                await asyncio.wait_for(occasion.closing.wait(), _PAUSE)
    return response


async def _broken_gzip(occasion: Occasion) -> web.StreamResponse:
    packed = bytearray(gzip.compress(occasion.body))
    # All ones name a kind of block that deflate does not have.
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) - len(packed) // 2)
    return _html(bytes(packed), header=("Content-Encoding", "gzip"))


async def _wrong_charset(occasion: Occasion) -> web.StreamResponse:
    """UTF-8 bytes; header and meta say windows-1252."""
    body = occasion.body.decode(errors="replace")
    return _html(_CHARSET.sub('<meta charset="windows-1252">', body), kind="text/html; charset=windows-1252")


async def _no_charset(occasion: Occasion) -> web.StreamResponse:
    """UTF-8 bytes; neither header nor meta says so."""
    return _html(_CHARSET.sub("", occasion.body.decode(errors="replace")), kind="text/html")


async def _late_charset(occasion: Occasion) -> web.StreamResponse:
    """UTF-8 bytes; the header is silent, and the meta says so only after a title that is not ASCII."""
    body = _CHARSET.sub("", occasion.body.decode(errors="replace"))
    return _html(body.replace("</title>", '</title>\n<meta charset="utf-8">', 1), kind="text/html")


async def _hang(occasion: Occasion) -> web.StreamResponse:
    """No answer at all; the server drops the request when the client goes or the replica closes."""
    await occasion.closing.wait()
    return _html("", 503)


async def _empty(occasion: Occasion) -> web.StreamResponse:
    return _html("")


async def _soft404(occasion: Occasion) -> web.StreamResponse:
    return _html(occasion.not_found.body)


async def _challenge(occasion: Occasion) -> web.StreamResponse:
    return _html(
        "<html><head><title>Just a moment...</title><noscript>Please enable JavaScript</noscript></head><body>"
        "<h2>Checking your browser before accessing the website.</h2><p>Vui lòng chờ trong giây lát...</p>"
        '<script>document.cookie="D1N=8c1f0e7ab2"+"; path=/";window.location.reload(true);</script></body></html>'
    )


async def _maintenance(occasion: Occasion) -> web.StreamResponse:
    return _html(
        '<html><head><meta charset="utf-8"><title>Thông báo</title></head><body><center><h1>Hệ thống đang bảo trì, '
        "nâng cấp</h1><p>Kính mong quý vị thông cảm và quay lại sau.</p></center></body></html>"
    )


async def _truncated(occasion: Occasion) -> web.StreamResponse:
    """Half the body that Content-Length promised, then the connection is cut."""
    response = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
    response.content_length = len(occasion.body)
    await response.prepare(occasion.request)
    await response.write(occasion.body[: len(occasion.body) // 2])
    if occasion.request.transport:
        occasion.request.transport.close()
    return response


async def _slow(occasion: Occasion) -> web.StreamResponse:
    """The whole page in small pieces, about half a second in all."""
    response = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
    await response.prepare(occasion.request)
    size = len(occasion.body) // _PIECES + 1
    for start in range(0, len(occasion.body), size):
        await asyncio.sleep(_PAUSE)
        await response.write(occasion.body[start : start + size])
    return response


FAULTS: dict[str, Fault] = {
    "404": _missing,
    "500": _broken,
    "503-retry-after": _busy,
    "redirect-loop": _redirect_loop,
    "endless": _endless,
    "broken-gzip": _broken_gzip,
    "wrong-charset": _wrong_charset,
    "no-charset": _no_charset,
    "late-charset": _late_charset,
    "hang": _hang,
    "empty": _empty,
    "soft404": _soft404,
    "challenge": _challenge,
    "maintenance": _maintenance,
    "truncated": _truncated,
    "slow": _slow,
}
