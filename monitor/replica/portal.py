"""One replica as a web application: pages, validators, the request log, and the routes that drive its timeline."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from aiohttp import web

from monitor.replica import redesigned
from monitor.replica.articles import SeedArticle
from monitor.replica.faults import FAULTS, Occasion
from monitor.replica.timeline import Content, Story
from monitor.replica.visit import Page, Visit

_CONTROL = "/_replica/"


class Site(Protocol):
    """What the portals share: their content in time, and their pages."""

    @property
    def name(self) -> str:
        """The portal's id."""

    @property
    def title(self) -> str:
        """The portal's name."""

    @property
    def owner(self) -> tuple[str, str]:
        """Whose portal it is, as its YAML says: ("province", name) or ("body", name)."""

    @property
    def news(self) -> str:
        """The address of the news, from the first slash on."""

    @property
    def story(self) -> Story:
        """The baseline and the steps."""

    def path(self, article: SeedArticle) -> str:
        """An article's address."""

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page at a path, or None where there is none."""

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page that says a few words."""

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The sections of the portal's YAML."""


@runtime_checkable
class Posted(Protocol):
    """A portal that pages by forms."""

    def posted(self, path: str, form: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page that a form sent to a path gives, or None where there is none."""


@dataclass
class Seen:
    """One request as the replica saw it.

    `at` is on the monotonic clock; `status` is None until answered in full, and for ever if the client left first;
    `in_flight` is how many other requests were being served when this one arrived.
    """

    at: float
    method: str
    path: str
    status: int | None
    user_agent: str | None
    if_none_match: str | None
    in_flight: int


class Portal:
    """A replica's state and its application; everything is touched from its event loop only."""

    def __init__(self, site: Site, story: Story, clock: Callable[[], datetime], crawl_delay: float) -> None:
        self._site = site
        self._story = story
        self._ids = {site.path(one): one.id for one in story.ever}
        self._clock = clock
        self._crawl_delay = crawl_delay
        self._in_flight = 0
        self._closing = asyncio.Event()
        self._clear()

    def _clear(self) -> None:
        self._steps: list[str] = []
        self._faults: dict[str, str] = {}
        self._seen: list[Seen] = []
        self._visits = 0

    def application(self) -> web.Application:
        """The aiohttp application: control routes first, then every other path."""
        app = web.Application()
        app.router.add_get(f"{_CONTROL}steps", self._list_steps)
        app.router.add_get(f"{_CONTROL}requests", self._list_requests)
        app.router.add_post(f"{_CONTROL}publish", self._publish)
        app.router.add_post(f"{_CONTROL}fault", self._fault)
        app.router.add_post(f"{_CONTROL}reset", self._reset)
        app.router.add_route("*", "/{path:.*}", self._serve)
        return app

    def close(self) -> None:
        """Ends the answers that would never end by themselves."""
        self._closing.set()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        seen = Seen(
            at=time.monotonic(),
            method=request.method,
            path=request.path_qs,
            status=None,
            user_agent=request.headers.get("User-Agent"),
            if_none_match=request.headers.get("If-None-Match"),
            in_flight=self._in_flight,
        )
        self._seen.append(seen)
        self._in_flight += 1
        try:
            response = await self._answer(request)
            seen.status = response.status
        finally:
            self._in_flight -= 1
        return response

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.get(request.path_qs) or self._faults.get(request.path)
        if request.path == "/robots.txt" and not fault:
            return web.Response(text=self._robots())
        fault = fault or self._faults.get("*")
        site, content = self._site, self._content()
        posted = request.method == "POST" and isinstance(site, Posted) and not content.redesigned
        if request.method not in ("GET", "HEAD") and not posted:
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        visit = Visit(site.name, self._visits + content.leap, self._clock(), str(request.url.origin()))
        self._visits += 1
        if posted and isinstance(site, Posted):
            form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
            page = site.posted(request.path, form, content, visit)
        else:
            page = redesigned.page(site, request.path, request.query, content, visit) if content.redesigned else None
            page = page or site.page(request.path, request.query, content, visit)
        words = "Trang bạn yêu cầu không tồn tại hoặc đã bị xóa."
        missing = site.notice("Không tìm thấy trang", words, content, visit)
        id = self._ids.get(request.path_qs) or self._ids.get(request.path)
        fault = fault or content.faults.get(id or "")
        if fault:
            return await FAULTS[fault](Occasion(request, page or missing, missing, self._closing))
        if page is None:
            return web.Response(text=str(missing.body), status=404, content_type="text/html", charset="utf-8")
        return _response(page, request.headers.get("If-None-Match"))

    def _content(self) -> Content:
        content = self._story.baseline
        for step in self._steps:
            content = content.plus(self._story.timeline[step])
        return content

    def _robots(self) -> str:
        return f"User-agent: *\nCrawl-delay: {self._crawl_delay:g}\nDisallow: /search\nDisallow: /admin\n"

    async def _list_steps(self, request: web.Request) -> web.Response:
        return web.json_response([{"step": one, "published": one in self._steps} for one in self._story.timeline])

    async def _list_requests(self, request: web.Request) -> web.Response:
        return web.json_response([asdict(one) for one in self._seen])

    async def _publish(self, request: web.Request) -> web.Response:
        step = (await _asked(request)).get("step")
        if not isinstance(step, str) or step not in self._story.timeline:
            raise _refused(f"no step {step!r}; there are: {', '.join(self._story.timeline)}")
        if step not in self._steps:
            self._steps.append(step)
        # Where each thing is now, for whoever wants to look at it.
        added = [self._site.path(one) for one in self._story.timeline[step].articles]
        return web.json_response({"step": step, "articles": added})

    async def _fault(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        path, fault = asked.get("path"), asked.get("fault")
        if not isinstance(path, str) or not (path == "*" or path.startswith("/")) or path.startswith(_CONTROL):
            raise _refused(f"a fault's path starts with / or is *, not {path!r}")
        if fault is None:
            self._faults.pop(path, None)
        elif isinstance(fault, str) and fault in FAULTS:
            self._faults[path] = fault
        else:
            raise _refused(f"no fault {fault!r}; there are: {', '.join(FAULTS)}")
        return web.json_response(self._faults)

    async def _reset(self, request: web.Request) -> web.Response:
        self._clear()
        return web.json_response({})


async def _asked(request: web.Request) -> dict[str, object]:
    try:
        asked = await request.json()
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise _refused("the body is not a JSON object")
    return asked


def _refused(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}), content_type="application/json")


def _response(page: Page, known: str | None) -> web.Response:
    body = page.body.encode() if isinstance(page.body, str) else page.body
    kind = f"{page.content_type}; charset=utf-8" if page.content_type == "text/html" else page.content_type
    headers = {"Content-Type": kind}
    if page.listed is not None:
        # Weak, and of the listed entries alone: the counters on the page move all the time.
        digest = hashlib.sha256("\n".join(page.listed).encode()).hexdigest()
        headers["ETag"] = f'W/"{digest[:20]}"'
        if known is not None and headers["ETag"] in [one.strip() for one in known.split(",")]:
            return web.Response(status=304, headers={"ETag": headers["ETag"]})
    return web.Response(body=body, status=page.status, headers=headers)
