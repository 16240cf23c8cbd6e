"""The server of the load run: all portals in one process, each on its own loopback address, and a log of who came when.

Started by the harness with the plan as JSON. It writes its port on standard output when it listens; on standard input
it is told, a word and a moment a line, when the timeline starts (`start <time>`) and that faults are over (`heal`). The
end of its input ends it. The log is JSON lines, one a request.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import random
import socket
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from aiohttp import web
from load_site import SECTIONS, Look, Piece, Plan, archive, crawl_delay, fault_of, has_etags, host, timeline

_TICK = 0.02  # seconds between looks at the loop's own lag
_NEVER = 3600.0


class Portals:
    """All portals: what they show now, how their answers fail, and the log."""

    def __init__(self, plan: Plan, log: TextIO) -> None:
        self._plan = plan
        self._log = log
        self._by_host = {host(portal): portal for portal in range(plan.portals)}
        self._looks = [Look(portal, plan) for portal in range(plan.portals)]
        self._shown: dict[tuple[int, str], list[Piece]] = {
            (portal, section): [] for portal in range(plan.portals) for section in SECTIONS
        }
        self._by_path: dict[tuple[int, str], Piece] = {}
        for portal in range(plan.portals):
            for piece in archive(plan, portal):
                self._show(piece, last=True)
        self._coming = list(timeline(plan)[::-1])
        self._started: float | None = None
        self._healed = False
        self._in_flight: Counter[int] = Counter()
        self._asked: Counter[tuple[int, str]] = Counter()
        self._visits: Counter[int] = Counter()
        self._lag = 0.0

    def obey(self, word: str) -> None:
        """Take up what the harness says."""
        match word.split():
            case ["start", at]:
                self._started = float(at)
            case ["heal"]:
                self._healed = True

    async def watch(self) -> None:
        """Show what is due, and measure how late this loop is: a request is never stamped earlier than it is read."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(_TICK)
            self._lag = max(time.monotonic() - before - _TICK, self._lag * 0.9)
            while self._started and self._coming and self._started + self._coming[-1].offset <= time.time():
                self._show(self._coming.pop())
            self._log.flush()

    def _show(self, piece: Piece, last: bool = False) -> None:
        shown = self._shown[piece.portal, piece.section]
        shown.insert(len(shown) if last else 0, piece)
        self._by_path[piece.portal, piece.path] = piece
        del shown[self._plan.entries :]  # what leaves the listing keeps its page

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer and log one request."""
        at, lag = time.time(), self._lag
        transport = request.transport
        portal = self._by_host.get(transport.get_extra_info("sockname")[0]) if transport else None
        if portal is None:
            return web.Response(status=421)
        others = self._in_flight[portal]
        self._in_flight[portal] += 1
        time_asked = self._asked[portal, request.path]
        self._asked[portal, request.path] += 1
        fault = None if self._healed else fault_of(self._plan, portal, request.path, time_asked)
        status = 0
        try:
            response = await self._respond(request, portal, fault, time_asked)
            await _sent(request, response)  # in flight until its last byte is out
            status = response.status
            return response
        finally:
            self._in_flight[portal] -= 1
            seen = {"portal": portal, "at": at, "end": time.time(), "path": request.path, "status": status}
            self._log.write(json.dumps({**seen, "in_flight": others, "fault": fault, "lag": round(lag, 4)}) + "\n")

    async def _respond(self, request: web.Request, portal: int, fault: str | None, asked: int) -> web.StreamResponse:
        dice = random.Random(f"{self._plan.seed} pause {portal} {request.path} {asked}")
        # Most answers take some tens of ms, some seconds: without it no two requests could ever be in flight at once.
        await asyncio.sleep(dice.uniform(1.0, 3.0) if dice.random() < 0.02 else dice.uniform(0.01, 0.12))
        self._visits[portal] += 1
        body, etag = self._page(portal, request.path, self._visits[portal])
        if fault is not None:
            return await self._fail(request, portal, fault, (body or "").encode(), dice)
        if body is None:
            return web.Response(status=404, text="<html><body><h1>404 Not Found</h1></body></html>")
        headers = {"Content-Type": "text/plain" if request.path == "/robots.txt" else "text/html; charset=utf-8"}
        if etag and has_etags(portal):
            headers["ETag"] = etag
            if request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body.encode(), headers=headers)

    def _page(self, portal: int, path: str, visits: int) -> tuple[str | None, str | None]:
        """A page and its ETag, made of what it says and not of its counters; None where there is none."""
        look = self._looks[portal]
        if path == "/robots.txt":
            delay = crawl_delay(portal)
            return "User-agent: *\nDisallow: /admin\n" + (f"Crawl-delay: {delay}\n" if delay else ""), None
        for section in SECTIONS:
            if path == f"/vi/{section}/":
                pieces = self._shown[portal, section]
                listed = hashlib.sha256("".join(piece.path for piece in pieces).encode())
                return look.listing(section, pieces, visits), f'"{listed.hexdigest()[:16]}"'
        if piece := self._by_path.get((portal, path)):
            others = [other for other in self._shown[portal, piece.section] if other is not piece]
            return look.article(piece, others, visits), f'"{piece.number}"'
        return None, None

    async def _fail(
        self, request: web.Request, portal: int, fault: str, body: bytes, dice: random.Random
    ) -> web.StreamResponse:
        html = {"Content-Type": "text/html; charset=utf-8"}
        match fault:
            case "500":
                return web.Response(status=500, body=b"<html><body><h1>Server Error</h1></body></html>", headers=html)
            case "503-retry-after":
                return web.Response(status=503, headers={"Retry-After": str(dice.randrange(5, 30))})
            case "hang":
                await asyncio.sleep(_NEVER)  # cancelled when the client goes
            case "garbage":
                return web.Response(body=dice.randbytes(4000), headers=html)
            case "truncated-gzip":
                packed = gzip.compress(body)
                return web.Response(body=packed[: len(packed) // 2], headers={**html, "Content-Encoding": "gzip"})
            case "soft404":
                return web.Response(body=self._looks[portal].not_found(self._visits[portal]).encode(), headers=html)
            case "cut":
                response = web.StreamResponse(headers=html)
                response.content_length = len(body) + 1000
                await response.prepare(request)
                await response.write(body[: len(body) // 2])
                if request.transport:
                    request.transport.close()
                return response
        return web.Response(body=b"", headers=html)


async def _sent(request: web.Request, response: web.StreamResponse) -> None:
    with suppress(ConnectionError):  # the client went, or we cut it
        await response.prepare(request)
        await response.write_eof()


def _sockets(count: int) -> list[socket.socket]:
    """One listening socket a portal, all on one port."""
    for _ in range(50):
        first = socket.create_server((host(0), 0), backlog=64)
        sockets = [first]
        try:
            port = first.getsockname()[1]
            sockets += [socket.create_server((host(portal), port), backlog=64) for portal in range(1, count)]
            return sockets
        except OSError:
            for one in sockets:
                one.close()
    raise OSError("no port is free on all the portals' addresses")


async def _main(plan: Plan, log: TextIO) -> None:
    portals = Portals(plan, log)
    application = web.Application()
    application.router.add_get("/{path:.*}", portals.answer)
    # Handlers are cancelled when their client goes: a hanging answer must not outlive its reader.
    runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=1)
    await runner.setup()
    sockets = _sockets(plan.portals)
    for one in sockets:
        await web.SockSite(runner, one).start()
    watching = asyncio.create_task(portals.watch())
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print(sockets[0].getsockname()[1], flush=True)
    while line := await lines.readline():
        portals.obey(line.decode())
    watching.cancel()
    await runner.cleanup()


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as requests:
        asyncio.run(_main(Plan(**json.loads(sys.argv[1])), requests))
