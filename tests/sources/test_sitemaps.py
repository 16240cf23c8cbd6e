"""Sitemaps: XML, news, indexes, packed, plain, and a page that is one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from config import ListingError
from config.language import speak, speaking
from crawler.dates import HANOI
from crawler.feeds import MOST_ENTRIES
from crawler.sitemaps import LARGEST_SITEMAP, Mapped, as_listing, last_change, read_site_map_page, read_sitemap


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = speaking()
    speak("en")
    yield
    speak(before)


URL = "https://a.gov.vn/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*pages: tuple[str, str], ns: str = NS) -> bytes:
    inner = "".join(f"<url><loc> {loc} </loc><lastmod>{day}</lastmod></url>" for loc, day in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {ns}>{inner}</urlset>'.encode()


PAGES = (("https://a.gov.vn/cu-1.html", "2024-01-01"), ("/moi-2.html", "2026-11-23T08:00:00+07:00"), ("/khong", ""))


@pytest.mark.parametrize("ns", [NS, "", 'xmlns="http://www.google.com/schemas/sitemap/0.84"'])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda body: gzip.compress(gzip.compress(body))])
def test_the_newest_change_stands_first_and_is_no_date_of_publication(ns: str, pack: object) -> None:
    sitemap = read_sitemap(pack(urlset(*PAGES, ns=ns)), url=URL)  # type: ignore[operator]
    assert [page.url.rpartition("/")[2] for page in sitemap.entries] == ["moi-2.html", "cu-1.html", "khong"]
    assert sitemap.entries[0].modified == datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
    listing = as_listing(sitemap)
    assert [entry.published for entry in listing.entries] == [None, None, None]
    assert [entry.title for entry in listing.entries] == ["moi 2", "cu 1", "khong"]


@pytest.mark.parametrize("declared", ['xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', ""])
def test_a_news_sitemap_says_title_and_day(declared: str) -> None:
    body = f"""<urlset {declared}><url><loc>https://a.gov.vn/tin.html</loc><image:image><image:loc>https://a.gov.vn/x.jpg
      </image:loc></image:image><news:news><news:publication><news:name>Báo</news:name></news:publication>
      <news:publication_date>2026-11-23T09:30:00+07:00</news:publication_date><news:title>Phiên họp &amp; kết luận</news:title>
      </news:news></url></urlset>"""
    (entry,) = as_listing(read_sitemap(body.encode(), url=URL)).entries
    assert (entry.url, entry.title) == ("https://a.gov.vn/tin.html", "Phiên họp & kết luận")
    assert entry.published == datetime(2026, 11, 23, 9, 30, tzinfo=HANOI)


def test_an_index_gives_its_newest_sitemap_first() -> None:
    def index(*children: tuple[str, str]) -> list[str]:
        inner = "".join(
            f"<sitemap><loc>/{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>" for loc, day in children
        )
        sitemap = read_sitemap(f"<sitemapindex {NS}>{inner}</sitemapindex>".encode(), url=URL)
        assert sitemap.entries == ()
        return [child.url.rpartition("/")[2] for child in sitemap.children]

    assert index(("a.xml", "2024-01-01"), ("b.xml", "2026-01-01"), ("c.xml", "")) == ["b.xml", "a.xml", "c.xml"]
    assert index(("s-2025-12.xml", ""), ("s-2026-02.xml", ""), ("s-2026-01.xml", "")) == [
        "s-2026-02.xml", "s-2026-01.xml", "s-2025-12.xml"
    ]  # fmt: skip
    assert index(("post.xml", ""), ("page.xml", "")) == ["post.xml", "page.xml"]


@pytest.mark.parametrize(
    ("name", "modified", "day"),
    [
        ("post.xml", None, None),
        ("post-2024-02.xml", date(2026, 11, 23), date(2026, 11, 23)),
        ("post-2024-02.xml", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI), date(2026, 11, 23)),
        ("post-2024-02.xml", None, date(2024, 2, 29)),
        ("post-20240215.xml", None, date(2024, 2, 29)),
        ("post_2024.xml.gz", None, date(2024, 12, 31)),
        ("post-120245.xml", None, None),
    ],
)
def test_the_last_day_on_which_a_sitemap_may_have_changed(
    name: str, modified: date | datetime | None, day: date | None
) -> None:
    assert last_change(Mapped(f"https://a.gov.vn/2019/{name}", modified=modified)) == day


def test_a_plain_text_sitemap() -> None:
    sitemap = read_sitemap(b"\xef\xbb\xbfhttps://a.gov.vn/1\r\nhttps://a.gov.vn/2\r\n\r\nnot one\r\n", url=URL)
    assert [page.url for page in sitemap.entries] == ["https://a.gov.vn/1", "https://a.gov.vn/2"]


def test_the_home_page_is_no_entry_and_none_stands_twice() -> None:
    sitemap = read_sitemap(urlset(("https://a.gov.vn/", ""), ("/1", ""), ("/1", "")), url=URL)
    assert [entry.url for entry in as_listing(sitemap).entries] == ["https://a.gov.vn/1"]


def test_an_empty_sitemap_is_one_and_a_broken_one_is_read_to_its_fault() -> None:
    assert read_sitemap(f"<urlset {NS}/>".encode(), url=URL).total == 0
    assert len(read_sitemap(urlset(*PAGES)[:-40], url=URL).entries) >= 2


def test_a_page_that_is_a_map_gives_the_links_to_its_own_site() -> None:
    html = '<h1>Sơ đồ cổng</h1><a href="/tin-tuc">Tin tức</a><a href="/van-ban">Văn bản</a><a href="https://x.vn/">X</a><a href="#">.</a>'
    sitemap = read_site_map_page(html, url="https://a.gov.vn/so-do")
    assert [(page.url, page.title) for page in sitemap.entries] == [
        ("https://a.gov.vn/tin-tuc", "Tin tức"),
        ("https://a.gov.vn/van-ban", "Văn bản"),
    ]


# --- hostile ---


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body/></html>", b"<rss/>", b"<" * 1_000_000, b"\x1f\x8bbroken"]
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(ListingError):
        read_sitemap(body, url=URL)


def test_entities_are_refused() -> None:
    with pytest.raises(ListingError, match="entities"):
        read_sitemap(b'<!DOCTYPE u [<!ENTITY a "x">]><urlset><url><loc>/&a;</loc></url></urlset>', url=URL)


def test_a_bomb_is_unpacked_to_the_limit_and_refused() -> None:
    bomb = gzip.compress(gzip.compress(b"<urlset>" + b" " * (LARGEST_SITEMAP + 1)))
    assert len(bomb) < 10_000
    with pytest.raises(ListingError, match="too large"):
        read_sitemap(bomb, url=URL)


@pytest.mark.parametrize(
    "body", [b"<urlset>" + b"<url/>" * 600_000, b"<urlset><url>" + b"<x/>" * 600_000, b"http://a/b\n" * 600_000]
)
def test_more_elements_than_can_be_read_in_time_are_refused(body: bytes) -> None:
    with pytest.raises(ListingError, match="more than 500000 elements"):
        read_sitemap(body, url=URL)


def test_a_long_sitemap_is_cut_to_its_newest_pages_and_says_so() -> None:
    days = [f"{2000 + n % 27}-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(10_000)]
    sitemap = read_sitemap(urlset(*((f"/tin-{n}", day) for n, day in enumerate(days))), url=URL)
    assert (len(sitemap.entries), sitemap.total) == (MOST_ENTRIES, 10_000)
    assert sitemap.entries[0].modified == date.fromisoformat(max(days))
    assert as_listing(sitemap).cut == "9000 older entries of the sitemap were left out"


def test_without_dates_a_sitemap_that_is_too_long_is_refused() -> None:
    sitemap = read_sitemap(urlset(*((f"/tin-{n}", "") for n in range(MOST_ENTRIES + 1))), url=URL)
    with pytest.raises(ListingError, match="1001 pages without a date"):
        as_listing(sitemap)
