"""A portal whose pages are drawn by script, read by a real Chromium; skipped where it or the extra is not installed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import pytest
from house import House, end, until
from small_site import SmallSite, small_site

from config import browser_program

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("scrapy_playwright") is None or browser_program() is None, reason="no browser is installed"
    ),
]

SHELL = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thử</title></head><body><div id="app">
</div><script src="/app.js"></script></body></html>"""
APP = """
const page = location.pathname.split("/").pop();
fetch("/api/" + page + ".json").then(r => r.json()).then(data => {
  document.title = data.title;
  document.getElementById("app").innerHTML = data.html;
});
for (const url of FOREIGN) { fetch(url).catch(() => 0); new Image().src = url; try { new WebSocket(url.replace("http", "ws")); } catch (e) {} }
"""


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as site:
        yield site


@pytest.fixture
def inside() -> Iterator[tuple[str, list[str]]]:
    """A server in the private network that no page has to reach, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.77", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.77:{server.server_port}/secret", asked
    server.shutdown()
    server.server_close()


def drawn(site: SmallSite, foreign: list[str]) -> None:
    """Fill the site: a listing of six articles, every page a shell that a script fills."""
    rows = ""
    for n in range(1, 7):
        title = f"Chủ tịch tỉnh làm việc với các sở, ngành lần thứ {n} trong năm"
        rows += f'<li class="item"><a href="/tin-{n}">{title}</a><span class="date">0{n}/03/2024</span></li>'
        words = f"Sáng ngày 0{n}/3/2024, Chủ tịch Ủy ban nhân dân tỉnh làm việc với các sở, ngành về kế hoạch. " * 3
        put(site, f"/tin-{n}", title, f"<h1>{title}</h1><p>{words}</p><p>Lần thứ {n}: các đại biểu thảo luận.</p>")
    put(site, "/tin-tuc", "Tin tức", f"<h1>Tin tức</h1><ul>{rows}</ul>")
    site.pages["/app.js"] = ("text/javascript", APP.replace("FOREIGN", str(foreign)).encode())


def put(site: SmallSite, path: str, title: str, html: str) -> None:
    import json

    site.pages[path] = ("text/html; charset=utf-8", SHELL.encode())
    site.pages[f"/api{path}.json"] = ("application/json", json.dumps({"title": title, "html": html}).encode())


def test_pages_drawn_by_script_are_read_and_nothing_else_is_reached(
    new_house: Callable[..., House], site: SmallSite, inside: tuple[str, list[str]]
) -> None:
    address, asked = inside
    drawn(site, [address, "http://localhost:1/", address.replace("127.0.0.77", "localhost")])
    house = new_house([])
    section = {"id": "tin", "url": f"{site.url}tin-tuc"}
    house.configure(settings={"politeness": {"contact": "mailto:tests@example.org", "delay": "0s", "timeout": "20s"}})
    house._dump("portals/own.yaml", {**site.yaml(section), "client": "browser"})
    assert "+ own/tin: listing, 6 entries" in house.start("check", "--live")
    house.start("crawl")
    (run,) = house.json("runs")
    (read,) = run["sections"]
    assert (read["state"], read["new"], read["problems"]) == ("good", 6, [])
    assert "các đại biểu thảo luận" in house.json("show", f"{site.url}tin-3")["text"]
    assert asked == []
    assert "/app.js" in site.asked


FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin</title><link>/</link>{items}</channel></rss>"""
ITEM = "<item><title>Họp giao ban tháng {n} của tỉnh</title><link>{url}tin-{n}</link><pubDate>Mon, 0{n} Jan 2024 08:00:00 +0700</pubDate></item>"


def test_what_is_no_page_is_read_as_it_came(new_house: Callable[..., House], site: SmallSite) -> None:
    """A browser shows a feed and JSON in HTML of its own, whatever the server calls them."""
    import json

    drawn(site, [])
    feed = FEED.format(items="".join(ITEM.format(n=n, url=site.url) for n in range(1, 7))).encode()
    site.pages["/feed.rss"] = ("application/rss+xml", feed)
    site.pages["/feed"] = ("text/html; charset=utf-8", feed)
    rows = [{"t": f"Họp giao ban tháng {n} của tỉnh", "u": f"{site.url}tin-{n}"} for n in range(1, 7)]
    site.pages["/list"] = ("text/html; charset=utf-8", json.dumps({"rows": rows}).encode())
    house = new_house([])
    house.configure(settings={"politeness": {"contact": "mailto:tests@example.org", "delay": "0s", "timeout": "20s"}})
    sections = [
        {"id": "said", "url": f"{site.url}feed.rss", "reads": "feed"},
        {"id": "typed", "url": f"{site.url}feed.rss?auto"},
        {"id": "untyped", "url": f"{site.url}feed"},
        {
            "id": "api",
            "url": f"{site.url}list",
            "reads": "json",
            "listing": {"entry": "rows", "link": "u", "title": "t"},
        },
    ]
    site.pages["/feed.rss?auto"] = site.pages["/feed.rss"]
    house._dump("portals/own.yaml", {**site.yaml(*sections), "client": "browser"})
    told = house.start("check", "--live")
    assert told.count(": listing, 6 entries") == 4, told
    assert site.asked.count("/feed.rss") == 1
    house.start("crawl")
    (run,) = house.json("runs")
    assert [(each["state"], each["problems"]) for each in run["sections"]] == [("good", [])] * 4
    assert "các đại biểu thảo luận" in house.json("show", f"{site.url}tin-3")["text"]


def test_a_redirect_inward_leads_nowhere(
    new_house: Callable[..., House], site: SmallSite, inside: tuple[str, list[str]]
) -> None:
    address, asked = inside
    page = f"<html><head><meta http-equiv='refresh' content='0;url={address}'></head><body><script>location='{address}'</script></body></html>"
    site.pages["/tin-tuc"] = ("text/html", page.encode())
    house = new_house([])
    house._dump("portals/own.yaml", {**site.yaml({"id": "tin", "url": f"{site.url}tin-tuc"}), "client": "browser"})
    house.start("crawl", status=1)
    (run,) = house.json("runs")
    assert run["sections"][0]["state"] == "failed"
    assert asked == []


def test_a_script_without_end_is_given_up_and_the_service_ends_in_order(
    new_house: Callable[..., House], site: SmallSite
) -> None:
    site.pages["/tin-tuc"] = ("text/html", b"<html><body><script>while (true) {}</script></body></html>")
    house = new_house([])
    house._dump("portals/own.yaml", {**site.yaml({"id": "tin", "url": f"{site.url}tin-tuc"}), "client": "browser"})
    service = house.serve()
    try:
        until(lambda: any(run["sections"] for run in house.json("runs")), 100, "a run that ended")
    finally:
        assert end(service) == 0
    assert "no full answer in time" in str(house.json("runs")) or "Timeout" in str(house.json("runs"))
