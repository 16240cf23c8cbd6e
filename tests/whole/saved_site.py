"""A portal's saved pages served again on loopback, with its traps, its soft 404s and its counters.

    saved page at its path -> the page; its absolute links lead here, its relative ones stay as they are
    a path that a trap grows -> the saved page of the trap, for ever
    another path            -> what the test chooses: the saved soft 404 with status 200, a 404, or an article

Not one article of the portal was saved with its page, and so an article is what its row in the saved listings says, set
into a saved page's own frame: menus, counters, and the relative language links that grow at its address.
"""

from __future__ import annotations

import asyncio
import csv
import itertools
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from aiohttp import web
from lxml import html

FOLDER = "sotttt_hanoi"
HOST = "sotttt.hanoi.gov.vn"
_MIRROR = "web/source"  # the folder of the mirror that the index's paths begin with
_SOFT_404 = "users__admin__2008__06__n2563__20080613_a1.html"
_FRAME = "ke-hoach.html"
_ARTICLE = re.compile(r"/-/view_content/(\d+)-")
_LANGUAGE = re.compile(r"(?:en|vi)(?:\.html)?")
_COUNTED = re.compile(rb"(View count: |<span[^>]*>\s*)(\d[\d.]*)(?=\s*</span>|\s*<)")


@dataclass(frozen=True)
class Label:
    """What a saved page is, decided by looking at it, and what of a listing's entries was written down."""

    file: str
    kind: str
    entries: int = 0
    dated: int = 0
    next: str = "-"
    first: str = ""
    published: str = ""
    title: str = ""
    last: str = ""


@dataclass(frozen=True)
class Seen:
    """One request: its path, how deep in a trap it lies, and what was answered."""

    path: str
    depth: int
    status: int
    soft404: bool


@dataclass(frozen=True)
class Told:
    """What a listing's row says of an article."""

    title: str
    stamp: str
    summary: str


def labels() -> list[Label]:
    """The hand-made labels of all saved pages."""
    with Path(__file__).with_suffix(".tsv").open(encoding="utf-8") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Label(
                row["file"],
                row["class"],
                int(row["entries"] or 0),
                int(row["dated"] or 0),
                *(row[name] or "" for name in ("next", "first", "published", "title", "last")),
            )
            for row in rows
        ]


def trap_depth(path: str) -> int:
    """How often a relative link has grown a path: languages below the first, and folders that repeat."""
    parts = path.strip("/").split("/")
    languages = sum(1 for part in parts if _LANGUAGE.fullmatch(part))
    return languages + len(parts) - len({part for part in parts if not _LANGUAGE.fullmatch(part)}) - languages


@dataclass
class SavedSite:
    """The site while it runs. `unsaved` is how it answers for pages that were not saved: soft404, missing, article."""

    pages: dict[str, bytes]
    paths: dict[str, str]
    frame: bytes
    told: dict[str, Told]
    prose: list[str]
    url: str = ""
    unsaved: str = "soft404"
    seen: list[Seen] = field(default_factory=list)
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def address(self, file: str) -> str:
        """The address that a saved page has here."""
        return self.url.rstrip("/") + quote(self.paths[file], safe="/?=&%")

    def yaml(self, selectors: bool = False) -> dict[str, object]:
        """The portal's YAML: every listing a section, and nothing said of how it looks."""
        sections = [
            {"id": re.sub(r"[^a-z0-9]+", "-", label.file.removesuffix(".html")), "url": self.address(label.file)}
            for label in labels()
            if label.kind == "listing"
        ]
        return {"name": "Sở Thông tin và Truyền thông Hà Nội", "url": self.url, "sections": sections}

    def trap(self) -> str:
        """The address of a saved page of the trap."""
        return self.address(next(label.file for label in labels() if label.kind == "trap"))

    def offered(self) -> set[str]:
        """The paths of traps that links of the saved pages lead to."""
        found = set()
        for path, body in self.pages.items():
            for link in html.fromstring(body, parser=html.HTMLParser(encoding="utf-8")).iter("a", "link"):
                target = urlsplit(urljoin(urljoin(self.url, path), link.get("href") or ""))
                if target.netloc == urlsplit(self.url).netloc and trap_depth(target.path):
                    found.add(target.path)
        return found

    def answer(self, path: str) -> tuple[int, bytes]:
        """What a path gives, before the counters move."""
        if path in self.pages:
            return 200, self.pages[path]
        if path == "/robots.txt" or self.unsaved == "missing":
            return 404, b"<html><body><h1>404 Not Found</h1></body></html>"
        if trap_depth(path):
            return 200, self.pages[urlsplit(self.trap()).path]
        article = _ARTICLE.search(path)
        if self.unsaved == "article" and article and article[1] in self.told:
            return 200, self._article(article[1])
        return 200, self.pages[self.paths[_SOFT_404]]

    def _article(self, number: str) -> bytes:
        told = self.told[number]
        at = int(number) % len(self.prose)
        body = [told.summary, *self.prose[at : at + 3]]
        words = "".join(f"<p>{escape(text)}</p>" for text in body if text)
        stamp = f'<div class="assetPublishDate">{escape(told.stamp)} | View count: 1</div>' if told.stamp else ""
        content = f'<h1 class="asset-title">{escape(told.title)}</h1>{stamp}<div class="journal-content-article">{words}</div>'
        page = self.frame.replace(b"@CONTENT@", content.encode())
        return re.sub(rb"<title>[^<]*", b"<title>" + escape(told.title).encode() + " - Sở TT&amp;TT".encode(), page)

    async def handle(self, request: web.Request) -> web.Response:
        path = request.rel_url.path
        status, body = self.answer(path)
        soft404 = status == 200 and body is self.pages[self.paths[_SOFT_404]]
        self.seen.append(Seen(path, trap_depth(path), status, soft404))
        # Every counter moves with every request, as the portal's own does.
        moved = next(self.count)
        body = _COUNTED.sub(lambda match: match[1] + str(4_000_000 + moved).encode(), body)
        return web.Response(status=status, body=body, headers={"Content-Type": "text/html;charset=UTF-8"})


def _text(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip() if node is not None else ""


def _by_class(node: Any, name: str) -> Any:
    return next(iter(node.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]')), None)


def _rows(body: bytes) -> Iterator[tuple[str, Told]]:
    """The rows of a saved listing, by the portal's own marks and not by what is tested."""
    doc = html.fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    for row in doc.xpath(
        '//div[contains(@class, "asset-content-custom")] | //tr[.//a[contains(@href, "view_content")]]'
    ):
        link = next(iter(row.xpath('.//a[contains(@href, "view_content")]')), None)
        number = _ARTICLE.search(link.get("href")) if link is not None else None
        if number:
            stamp = re.search(r"\d\d/\d\d/\d{4} \| \d\d:\d\d [AP]M", _text(row))
            yield number[1], Told(_text(link), stamp[0] if stamp else "", _text(_by_class(row, "asset-summary")))


def _frame(body: bytes) -> bytes:
    """A saved listing without its rows, and a mark where they stood."""
    doc = html.fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    rows = doc.xpath('//div[@class="asset-bounddary"]')
    mark = html.Element("div")
    mark.text = "@CONTENT@"
    rows[0].addprevious(mark)
    for row in rows:
        row.getparent().remove(row)
    return html.tostring(doc, encoding="utf-8", doctype="<!DOCTYPE html>")


@contextmanager
def saved_site(folder: Path, host: str = "127.0.0.21") -> Iterator[SavedSite]:
    """The site on a loopback address of its own, read from the folder of saved pages."""
    with (folder / "INDEX.tsv").open(encoding="utf-8") as index:
        index_rows = [row for row in csv.DictReader(index, delimiter="\t") if row["file"].startswith(f"{FOLDER}/")]
    raw = {row["file"].partition("/")[2]: (folder / row["file"]).read_bytes() for row in index_rows}
    told: dict[str, Told] = {}
    for body in raw.values():
        told.update({number: row for number, row in _rows(body) if number not in told})
    prose = [
        text
        for label in labels()
        if label.kind == "static"
        for node in html.fromstring(raw[label.file], parser=html.HTMLParser(encoding="utf-8")).iter("p")
        if len(text := _text(node)) > 80
    ]
    paths = {row["file"].partition("/")[2]: row["path"].removeprefix(_MIRROR) for row in index_rows}
    site = SavedSite({}, paths, b"", told, prose)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", site.handle)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, host, 0).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(start(), loop).result()
    site.url = f"http://{host}:{runner.addresses[0][1]}/"
    here = site.url.rstrip("/")
    for file, path in paths.items():
        body = re.sub(rb"https?://(?:www\.)?" + re.escape(HOST).encode(), here.encode(), raw[file])
        encoded = quote(here, safe="").encode()
        site.pages[path] = re.sub(rb"https?%3A%2F%2F" + re.escape(HOST).encode(), encoded, body)
    site.frame = _frame(site.pages[paths[_FRAME]])
    try:
        yield site
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
