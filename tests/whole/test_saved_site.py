"""A real portal's saved pages as a site: listings read, no trap followed, no soft 404 stored, nothing told twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from house import House
from saved_site import FOLDER, Label, SavedSite, labels, saved_site, trap_depth

from config import match_key
from crawler.listing import read_listing
from crawler.markup import decode
from monitor.commands.demonstrate import receiving

PAGES = Path(os.environ.get("PORTALWATCH_PAGES", Path(__file__).parents[2].parent / "shared" / "pages"))
pytestmark = [
    pytest.mark.pages,
    pytest.mark.slow,
    pytest.mark.skipif(not (PAGES / FOLDER).exists(), reason="no saved pages"),
]

LABELS = labels()
LISTINGS = [label for label in LABELS if label.kind == "listing"]


def folder_of(site: SavedSite, folder: Path, receiver: Any, **settings: Any) -> House:
    """The command line on a configuration of this one portal, with nobody to tell."""
    database = f"sqlite:///{folder.parent}/new.db"
    house = House(folder, {"sotttt": site}, receiver, database)  # type: ignore[dict-item]
    politeness = {"contact": "mailto:tests@example.org", "delay": "0s", "timeout": "20s"}
    house.configure(settings={"politeness": politeness, **settings}, subscriptions=[])
    return house


@dataclass
class Crawled:
    """What two crawls of one site left behind."""

    site: SavedSite
    house: House
    runs: list[Any]
    articles: list[Any]
    requests: list[int]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Every listing a section; what they list answers with an article. Crawled twice, one page of each listing."""
    with saved_site(PAGES) as site, receiving() as receiver:
        site.unsaved = "article"
        house = folder_of(site, tmp_path_factory.mktemp("site") / "watch", receiver, baseline_pages=1)
        runs, articles, requests = [], [], []
        for _ in range(2):
            # An empty listing ("Không có văn bản nào được tìm thấy") is told, and so the status is 1.
            runs += house.json("crawl", status=1)
            articles.append(house.json("articles", "--limit", "1000"))
            requests.append(len(site.seen))
        yield Crawled(site, house, runs, articles, requests)


# --- one page at a time -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """`extract` of all pages in one call: file name to its object."""
    with saved_site(PAGES) as site, receiving() as receiver:
        house = folder_of(site, tmp_path_factory.mktemp("extract") / "watch", receiver)
        arguments = [part for label in LABELS for part in ("--url", site.address(label.file))]
        files = [str(PAGES / FOLDER / label.file) for label in LABELS]
        lines = house.run("extract", *files, *arguments, status=None).splitlines()
    return {label.file: json.loads(line) for label, line in zip(LABELS, lines, strict=True)}


def test_every_page_is_labelled() -> None:
    assert {label.file for label in LABELS} == {path.name for path in (PAGES / FOLDER).glob("*.html")}
    assert len(LABELS) == 44
    assert sum(label.entries for label in LISTINGS) == 188


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.file[:40])
def test_a_page_is_read_as_what_it_is(label: Label, extracted: dict[str, Any]) -> None:
    with saved_site(PAGES) as site:
        url = site.address(label.file)
        body = site.pages[site.paths[label.file]]
        listing = read_listing(decode(body, "text/html"), url=url)
    facts = extracted[label.file]
    assert facts["page"] == listing.page
    if label.kind in ("listing", "home", "trap"):
        assert listing.page == "listing", listing.why
    if label.kind == "soft404":
        assert listing.page == "soft404", listing.why
    if listing.page != "article":
        assert (facts["text"], facts["title"]) == ("", None)
    if label.kind == "static":
        assert not listing.entries
    if label.kind not in ("listing", "trap"):
        return
    assert len(listing.entries) == label.entries
    assert sum(entry.published is not None for entry in listing.entries) == label.dated
    assert (listing.next is not None) == (label.next != "-")
    if listing.next and label.next != "unsaved":
        assert urlsplit(listing.next.url).path == site.paths[label.next]
    if label.entries:
        first, last = listing.entries[0], listing.entries[-1]
        assert first.title == label.title
        assert (first.published.isoformat() if first.published else "-") == label.published
        assert f"/-/view_content/{label.first}-" in first.url
        assert f"/-/view_content/{label.last}-" in last.url
    # The portal's own marks say the same of every entry; its rows are read here by nothing that is tested.
    for entry in listing.entries:
        assert not trap_depth(urlsplit(entry.url).path)
        told = site.told[entry.url.partition("view_content/")[2].partition("-")[0]]
        assert match_key(entry.title) == match_key(told.title)
        assert (entry.published is None) == (told.stamp == "")
        if isinstance(entry.published, datetime):
            assert entry.published.strftime("%d/%m/%Y | %I:%M %p") == told.stamp
        elif entry.published:
            assert entry.published.strftime("%d/%m/%Y | 12:00 AM") == told.stamp


def test_the_commands_say_so_too(tmp_path: Path) -> None:
    with saved_site(PAGES) as site, receiving() as receiver:
        house = folder_of(site, tmp_path / "watch", receiver)
        for file, page, status, count in (
            ("luatthudo.html", "listing", 0, 20),
            ("web__sotttt-eng__https.html", "soft404", 1, 0),
        ):
            found = json.loads(house.run("read", site.address(file), "--allow-private", "127.0.0.0/8", status=status))
            assert (found["page"], len(found["entries"])) == (page, count)
        assert [seen.depth for seen in site.seen if seen.depth] == []


# --- the whole site -----------------------------------------------------------------------------------------


def sections(run: Any) -> dict[str, Any]:
    return {section["id"]: section for section in run["sections"]}


def test_every_listing_gives_its_entries(crawled: Crawled) -> None:
    (first, second) = crawled.runs
    by_url = {row["url"]: row["id"] for row in crawled.site.yaml()["sections"]}  # type: ignore[attr-defined]
    for label in LISTINGS:
        section = sections(first)[by_url[crawled.site.address(label.file)]]
        assert section["entries"] == label.entries, section
        assert (section["problems"] == []) == (label.entries > 0), section
    assert sum(section["new"] for section in sections(first).values()) == len(crawled.articles[0])
    for section in sections(second).values():
        assert (section["new"], section["revised"]) == (0, 0), section


def test_one_article_for_each_that_is_listed(crawled: Crawled) -> None:
    """188 entries are 157 articles: two pages were saved twice, and one notice stands in two sections."""
    first, second = crawled.articles
    assert [row["id"] for row in first] == [row["id"] for row in second]
    numbers = [row["url"].partition("view_content/")[2].partition("-")[0] for row in second]
    assert len(numbers) == len(set(numbers)) == len(crawled.site.told) == 157
    assert {row["revision"] for row in second} == {1}
    for row in second:
        told = crawled.site.told[row["url"].partition("view_content/")[2].partition("-")[0]]
        assert match_key(row["title"]) == match_key(told.title)
        # Nothing that was saved as another page is an article.
        assert unquote(urlsplit(row["url"]).path) not in crawled.site.pages
        assert "redirect=" not in row["url"]


def test_an_article_is_shown_clean(crawled: Crawled) -> None:
    for row in crawled.articles[1][::40]:
        told = crawled.site.told[row["url"].partition("view_content/")[2].partition("-")[0]]
        shown = crawled.house.json("show", str(row["id"]))
        at = int(row["url"].partition("view_content/")[2].partition("-")[0]) % len(crawled.site.prose)
        words = [told.summary, *crawled.site.prose[at : at + 3]]
        assert [match_key(line) for line in shown["text"].split("\n")] == [match_key(text) for text in words if text]
        assert len(shown["revisions"]) == 1


def test_no_trap_is_entered(crawled: Crawled) -> None:
    offered = crawled.site.offered()
    assert len(offered) == 43
    assert [seen for seen in crawled.site.seen if seen.depth] == []
    assert [seen for seen in crawled.site.seen if seen.soft404] == []
    # robots.txt, 18 listings, and what they list; the second time only robots.txt and the listings.
    first, both = crawled.requests
    assert first <= 1 + len(LISTINGS) + sum(label.entries for label in LISTINGS)
    assert both - first <= 1 + len(LISTINGS)


def test_a_trap_as_a_section_adds_nothing(crawled: Crawled, tmp_path: Path) -> None:
    """The listing of /culture, asked for at the end of /en/en/en/en: its entries are known by their addresses."""
    site = crawled.site
    house = crawled.house
    portal = house.folder / "portals" / "sotttt.yaml"
    before = portal.read_text("utf-8")
    house._dump(
        "portals/sotttt.yaml",
        {**site.yaml(), "every": "5s", "sections": [{"id": "trap", "url": site.trap()}]},
    )
    try:
        asked = len(site.seen)
        (run,) = house.json("crawl")
        assert (run["sections"][0]["entries"], run["sections"][0]["new"]) == (6, 0)
        assert [row["id"] for row in house.json("articles", "--limit", "1000")] == [
            row["id"] for row in crawled.articles[1]
        ]
        trap = urlsplit(site.trap()).path
        assert {seen.path for seen in site.seen[asked:] if seen.depth} <= {trap}
    finally:
        portal.write_text(before, "utf-8")


@pytest.mark.parametrize("unsaved", ["soft404", "missing"])
def test_what_is_not_there_is_told_and_not_stored(unsaved: str, tmp_path: Path) -> None:
    """Every article and every further page answers with the portal's soft 404, status 200, or with a 404."""
    with saved_site(PAGES) as site, receiving() as receiver:
        site.unsaved = unsaved
        house = folder_of(site, tmp_path / "watch", receiver)
        for _ in range(2):
            (run,) = house.json("crawl", status=1)
            assert house.json("articles") == []
            assert all(section["new"] == 0 for section in run["sections"])
            assert all(section["problems"] for section in run["sections"])
        offered = [seen for seen in site.seen if seen.soft404 or seen.status == 404]
        assert len(offered) > 20
        assert [seen for seen in site.seen if seen.depth] == []
