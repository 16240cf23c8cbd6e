"""A portal that still writes VNI: its configuration says so, and everything else is as with any other."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from house import House

from config import write_yaml
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, liferay
from tests.extract.test_legacy import in_vni

ARTICLE = ARTICLES[2]
PAGES = {
    "/tin": in_vni(
        "<html><head><title>Tin tức</title></head><body><h1>Tin tức</h1><ul>"
        + "".join(f'<li><a href="/tin/{at}.html">{one.title}</a> <span>{28 - at}/08/2022</span></li>' for at, one in enumerate(ARTICLES[:3]))
        + "</ul></body></html>"
    ),
    **{f"/tin/{at}.html": in_vni(liferay(one, FIRST)) for at, one in enumerate(ARTICLES[:3])},
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=windows-1252")
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.32", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.32:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_portal_in_vni_is_crawled_and_tried_as_one_in_unicode(house: House, portal: str, tmp_path: Path) -> None:
    for path in (house.folder / "portals").iterdir():
        path.unlink()
    section = {"id": "tin", "url": f"{portal}tin"}
    write_yaml(
        house.folder / "portals/cu.yaml", {"name": "Cũ", "url": portal, "encoding": "vni", "sections": [section]}
    )
    (run,) = house.json("crawl")
    assert run["sections"][0]["new"] == 3
    assert {row["title"] for row in house.json("articles")} == {one.title for one in ARTICLES[:3]}
    stored = house.json("show", f"{portal}tin/2.html")
    assert "3 entries" in house.run("check", "--live")

    (tmp_path / "listing.html").write_bytes(PAGES["/tin"])
    (tmp_path / "page.html").write_bytes(PAGES["/tin/2.html"])
    read = json.loads(house.run("read", str(tmp_path / "listing.html"), "--url", f"{portal}tin", "--portal", "cu"))
    assert [entry["title"] for entry in read["entries"]] == [one.title for one in ARTICLES[:3]]
    page = [str(tmp_path / "page.html"), "--url", f"{portal}tin/2.html"]
    told = json.loads(house.run("extract", *page, "--portal", "cu"))
    assert (told["title"], told["text"]) == (stored["title"], stored["text"])
    assert json.loads(house.run("extract", *page))["title"] != stored["title"]
