"""A portal with boxes that no rule knows: its template is learned over crawls, kept, and never makes a revision."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from house import House

from monitor.commands.demonstrate import receiving
from tests.extract.articles import ARTICLES, Article, Piece
from tests.extract.notices import SHORT
from tests.extract.test_template import BOXES, Site

pytestmark = pytest.mark.slow


@dataclass
class Portal:
    """The site, what it lists, and the page of each article with every number moved at each visit."""

    site: Site = field(default_factory=lambda: Site(11))
    listed: list[Article] = field(default_factory=list)
    url: str = ""

    def page(self, path: str) -> str | None:
        if path == "/tin":
            rows = "".join(
                f'<li><a href="/tin/{each.name}.html">{each.title}</a> <span>{28 - at:02}/08/2022</span></li>'
                for at, each in enumerate(self.listed)
            )
            return f"<html><head><title>Tin tức</title></head><body><h1>Tin tức</h1><ul>{rows}</ul></body></html>"
        return next((self.site.page(each) for each in self.listed if path == f"/tin/{each.name}.html"), None)

    def yaml(self, *, selectors: bool = False) -> dict[str, Any]:
        sections = [{"id": "tin", "url": f"{self.url}tin", "revisit": {"young": "3650d", "every": "1s"}}]
        return {"name": "Huyện Thanh Bình", "url": self.url, "sections": sections}


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = portal.page(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.31", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    portal.url = f"http://127.0.0.31:{server.server_port}/"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()


def shown(house: House) -> dict[str, Any]:
    return {row["title"]: house.json("show", str(row["id"])) for row in house.json("articles", "--limit", "100")}


def read_again(house: House, count: int) -> set[str]:
    """What became of so many articles that were read again; one is due a second after it was read."""
    outcomes, done = set(), 0
    for _ in range(60):
        (run,) = house.json("crawl")
        counts = {name: run["sections"][0][name] for name in ("new", "revised", "unchanged")}
        outcomes |= {name for name, many in counts.items() if many}
        done += sum(counts.values())
        if done >= count:
            return outcomes
    raise AssertionError(f"only {done} of {count} were read again")


def test_what_a_portals_pages_teach_is_kept_and_never_a_revision(tmp_path: Path, new_database: str) -> None:
    with serving(Portal(listed=[*ARTICLES[:3]])) as portal, receiving() as receiver:
        house = House(tmp_path / "watch", {"thanhbinh": portal}, receiver, new_database)  # type: ignore[dict-item]
        house.configure()
        house.json("crawl")
        # The next process has it from the store, and so knows the boxes on the first page that it reads.
        portal.listed = [*SHORT, *ARTICLES[3:], *portal.listed]
        house.json("crawl")
        told = shown(house)
        assert len(told) == len(portal.listed)
        for article in portal.listed[:-1]:
            text = told[article.title]["text"]
            assert text.split("\n") == portal.site.lines(article), article.name
        # What was read before anything was learned is read otherwise now, once, and that is no news.
        assert "new" not in read_again(house, 2 * len(portal.listed))
        assert read_again(house, 2 * len(portal.listed)) == {"unchanged"}
        later = shown(house)
        for title, one in later.items():
            assert not [box for box in BOXES if box in one["text"]], title
            assert [change for change in one["changes"] if change["kind"] == "revised"] == [], title
        # What the portal itself changes is still told.
        edited = replace(SHORT[0], pieces=(*SHORT[0].pieces, Piece("p", "Phiên họp dời sang ngày 15/8/2022.")))
        portal.listed[0] = edited
        assert read_again(house, len(portal.listed)) == {"unchanged", "revised"}
        one = shown(house)[edited.title]
        assert [change["kind"] for change in one["changes"]] == ["revised"]
        assert "Phiên họp dời sang ngày 15/8/2022." in one["text"]
