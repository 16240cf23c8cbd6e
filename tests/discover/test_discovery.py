"""What a search finds on sites of many shapes, on the replicas, on a real portal's saved pages, and on hostile ones."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from exploring import explored, of_site, over_http, paths
from sites import SITES, TODAY, Site, scripted, stories, text

from crawler import SURE, Candidate, Search
from crawler.discovery import MOST_PAGES
from monitor.replica import serve_replicas
from tests.extract.unseen_listings import draw_listing

PAGES = Path(os.environ.get("PORTALWATCH_PAGES", Path(__file__).parents[2].parent / "shared" / "pages"))


def page(main: str, title: str = "Cổng thông tin") -> str:
    return f"<html><head><title>{title}</title></head><body><div class='main'>{main}</div></body></html>"


def menu(**links: str) -> str:
    return "<nav>" + "".join(f'<a href="/{path}">{name}</a>' for path, name in links.items()) + "</nav>"


def listing(seed: str, count: int = 8, *, dated: bool = True, root: str = "/bai") -> str:
    return "".join(
        f'<div class="item"><h3><a href="{root}/{one.number}.html">{one.title}</a></h3>'
        f"{f'<span>{one.day:%d/%m/%Y}</span>' if dated else ''}<p>{one.summary}</p></div>"
        for one in stories(seed, count)
    )


def made(pages: dict[str, str]) -> Site:
    site = Site("made", None, {})
    for path, body in pages.items():
        site.page(path, body)
    return site


# --- what is there is found ---


@pytest.mark.parametrize("make", SITES, ids=lambda make: make.__name__)
def test_a_site_of_another_shape_gives_its_sections_with_their_kinds(make: Callable[[], Site]) -> None:
    site = make()
    found = explored(of_site(site), f"http://site.example{site.home}")
    assert found.platform == site.platform
    assert paths(found, SURE) == site.sections
    assert all(each.sample and each.why for each in found.sections if each.kind != "schedule")
    assert len(site.asked) <= MOST_PAGES


def test_precision_and_recall_over_all_shapes(record_property: Callable[[str, object], None]) -> None:
    right = told = true = 0
    for make in SITES:
        site = make()
        here = paths(explored(of_site(site), f"http://site.example{site.home}"))
        right += len(here.items() & site.sections.items())
        told, true = told + len(here), true + len(site.sections)
    record_property("precision", right / told)
    record_property("recall", right / true)
    assert right / told >= 0.95
    assert right / true >= 0.95


def test_the_replicas_true_sections_stand_first() -> None:
    expected = {
        "thanhhoa": ("SharePoint", {"/portal/Pages/van-ban.aspx": "documents", "/portal/Pages/tin-tuc.aspx": "news"}),
        "ninhbinh": ("NukeViet", {"/vi/news/tin-tuc-su-kien/": "news"}),
        "ninhthuan": ("ASP.NET WebForms", {"/TinTuc.aspx": "news", "/LichCongTac.aspx": "schedule"}),
        "mpi": ("Liferay", {"/tin-tuc": "news"}),
        "baoquangnam": (None, {"/chinh-tri/": "news"}),
    }
    with serve_replicas(list(expected)) as replicas:
        for name, (platform, sections) in expected.items():
            found = explored(over_http, replicas[name].url)
            assert (found.platform, paths(found)) == (platform, sections)
            configured = [urlsplit(str(each["url"])).path for each in replicas[name].yaml()["sections"]]  # type: ignore[attr-defined]
            assert set(configured) <= set(list(paths(found))[: len(configured)])


@pytest.mark.pages
@pytest.mark.skipif(not (PAGES / "sotttt_hanoi").exists(), reason="no saved pages")
def test_a_real_portal_gives_the_lists_that_its_first_page_leads_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "whole"))
    from saved_site import labels, saved_site

    with saved_site(PAGES, "127.0.0.32") as site:
        # The first page links to some 60 sections, of which the mirror kept few: the others answer as if missing.
        found = explored(over_http, site.address("index.html"))
        true = {urlsplit(site.address(label.file)).path for label in labels() if label.kind == "listing"}
    assert found.platform == "Liferay"
    told = paths(found)
    assert len(told.keys() & true) >= 6
    assert told.keys() <= true
    assert not [each for each in site.seen if each.depth > 1]


def test_lists_that_nobody_wrote_are_found_behind_their_menu() -> None:
    names = {
        "/tin-tuc": "Tin tức - Sự kiện", "/thong-bao": "Thông báo", "/van-ban": "Văn bản chỉ đạo điều hành",
        "/nong-thon": "Xây dựng nông thôn mới", "/nguoi-tot": "Người tốt việc tốt",
    }  # fmt: skip
    kinds = {path: "documents" if path == "/van-ban" else "news" for path in names}
    links = menu(**{path.strip("/"): name for path, name in {"/gioi-thieu": "Giới thiệu", **names}.items()})
    right = told = 0
    for seed in range(8):
        site = made({"/": page(links)})
        for at, (path, kind) in enumerate(kinds.items()):
            # One pool of titles serves all the lists: what tells their entries apart is added.
            drawn = (
                draw_listing(seed * 10 + at, kind).pages[0].replace("https://thanhbinh.gov.vn", "http://site.example")
            )
            site.page(path, re.sub(r"(href=[\"'][^\"'#?]*\d[^\"'#?]*)(?=[\"'])", rf"\1?list={at}", drawn))
        found = paths(explored(of_site(site), "http://site.example/"))
        right, told = right + len(found.items() & kinds.items()), told + len(found)
    assert right >= 0.95 * 8 * len(kinds)
    assert right >= 0.95 * told


# --- one list once ---


def test_one_list_under_two_addresses_is_one_section_and_says_so() -> None:
    links = menu(tin="Tin tức", moi="Tin mới nhất", vb="Văn bản")
    site = made(
        {"/": page(links), "/tin": page(links + listing("a")), "/moi": page(links + listing("a")), "/vb": page(links)}
    )
    (section,) = explored(of_site(site), "http://site.example/").sections
    assert (section.url, section.also) == ("http://site.example/tin", ("http://site.example/moi",))


def test_a_feed_takes_the_place_of_a_page_only_when_it_is_better() -> None:
    items = "".join(
        f"<item><title>{one.title}</title><link>http://site.example/bai/{one.number}.html</link>"
        f"<pubDate>{one.day:%a, %d %b %Y} 08:00:00 +0700</pubDate></item>"
        for one in stories("a", 8)
    )
    head = '<link rel="alternate" type="application/rss+xml" href="/tin.rss">'
    links = head + menu(tin="Tin tức")
    for dated, reads, also in ((False, "feed", "/tin"), (True, "html", "/tin.rss")):
        site = made({"/": page(links), "/tin": page(links + listing("a", dated=dated))})
        site.pages["/tin.rss"] = ("text/xml", f'<rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>')
        (section,) = explored(of_site(site), "http://site.example/").sections
        assert (section.reads, section.name, section.also) == (reads, "Tin tức", (f"http://site.example{also}",))


def test_a_column_that_stands_on_every_page_is_no_section() -> None:
    column = f"<div class='side'>{listing('side', 4)}</div>"
    names = {
        "a": "Tin tức",
        "b": "Thông báo",
        "c": "Chuyển đổi số",
        "d": "Chỉ đạo điều hành",
        "e": "Hoạt động đoàn thể",
    }
    links = menu(**names)
    pages = {f"/{path}": page(links + column) for path in names}
    pages["/a"] = page(links + listing("a") + column)
    found = explored(of_site(made({"/": page(links + column), **pages})), "http://site.example/")
    assert list(paths(found)) == ["/a"]


def test_the_home_page_is_a_section_only_where_there_is_no_other_list() -> None:
    site = made(
        {
            "/": page(menu(gt="Giới thiệu", tin="Tin tức") + listing("home")),
            "/gt": page(text("gt")),
            "/tin": page(text("tin")),
        }
    )
    (only,) = explored(of_site(site), "http://site.example/").sections
    assert only.url == "http://site.example/"
    site.page("/tin", page(listing("tin")))
    (section,) = explored(of_site(site), "http://site.example/").sections
    assert section.url == "http://site.example/tin"


def test_numbers_make_documents_whatever_the_menu_says() -> None:
    rows = "".join(
        f'<tr><td>{one.document}</td><td>{one.day:%d/%m/%Y}</td><td><a href="/vb/{one.number}">{one.title}</a></td></tr>'
        for one in stories("vb", 8)
    )
    table = f"<table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>{rows}</table>"
    links = menu(tb="Thông báo", ld="Nội dung khác")
    site = made({"/": page(links), "/tb": page(links + table), "/ld": page(links + listing("ld"))})
    assert paths(explored(of_site(site), "http://site.example/")) == {"/tb": "documents", "/ld": "news"}


def test_a_site_map_stands_in_for_a_menu_that_is_built_in_the_browser() -> None:
    site = made(
        {
            "/": page(
                "<div id='app'></div><p>Cổng thông tin điện tử của Ủy ban nhân dân huyện, đang tải.</p>" + text("home")
            )
        }
    )
    site.page("/tin-tuc", page(listing("a")))
    urls = "".join(
        f"<url><loc>http://site.example{path}</loc></url>" for path in ("/tin-tuc", "/gioi-thieu", "/lien-he")
    )
    site.pages["/sitemap.xml"] = (
        "text/xml",
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>",
    )
    assert paths(explored(of_site(site), "http://site.example/")) == {"/tin-tuc": "news"}


def test_what_the_catalogue_knows_is_tried_and_what_is_asked_for_is_told() -> None:
    site = made({"/": page(text("home")), "/an": page(listing("an")), "/mot": page(listing("mot", 1))})
    search = Search(
        asked=["http://site.example/mot"], known=[Candidate("http://site.example/an", "Tin ẩn", "news", "known")]
    )
    found = explored(of_site(site), "http://site.example/", search=search)
    assert paths(found)["/an"] == "news"


def test_what_a_script_asks_for_is_tried_and_else_told() -> None:
    found = explored(of_site(scripted(answers=True)), "http://site.example/")
    assert paths(found, SURE) == {"/vb": "documents", "/ajax/tin?page=1": "news", "/ajax/hop?page=1": "schedule"}
    assert found.notes == ()
    found = explored(of_site(scripted(answers=False)), "http://site.example/")
    assert paths(found) == {"/vb": "documents"}
    (note,) = found.notes
    assert note.startswith("http://site.example/tin, http://site.example/hop: it seems to be filled by script")
    assert "http://site.example/ajax/hop?page=1" in note


def test_a_menu_that_promises_news_and_has_none_is_told() -> None:
    site = made({"/": page(menu(tin="Tin tức", vb="Văn bản")), "/tin": page(text("tin")), "/vb": page(listing("vb"))})
    (note,) = explored(of_site(site), "http://site.example/").notes
    assert note == "The menu promises news here, and no list was found: http://site.example/tin"


def test_articles_that_go_by_numbers_are_not_tried_one_by_one() -> None:
    site = made({"/": page(menu(gt="Giới thiệu") + text("home"))})
    urls = "".join(
        f"<url><loc>http://site.example/bai/tin-hoat-dong/{at}</loc><lastmod>2026-11-{at % 20 + 1:02}</lastmod></url>"
        for at in range(120)
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    site.pages["/sitemap.xml"] = ("text/xml", f"<urlset xmlns='{xmlns}'>{urls}</urlset>")
    (section,) = (found := explored(of_site(site), "http://site.example/")).sections
    assert (section.reads, section.entries) == ("sitemap", 120)
    assert section.confidence < SURE
    assert not any("/bai/" in path for path in site.asked)
    assert found.untold == ()


def test_of_a_folder_of_articles_two_are_tried() -> None:
    links = "".join(f'<p><a href="/muc/tin-{name}">Tin tức {name}</a></p>' for name in "abcdefghij")
    site = made({"/": page(links + text("home"))})
    for name in "abcdefghij":
        site.page(f"/muc/tin-{name}", page(text(name)))
    assert explored(of_site(site), "http://site.example/").sections == ()
    assert sum("/muc/" in path for path in site.asked) == 2


def test_another_week_of_a_schedule_is_no_section_of_its_own() -> None:
    days = "".join(
        f"<tr><td>Thứ {name}</td><td>8h00: Họp giao ban số {at}</td></tr>"
        for at, name in enumerate(("hai", "ba", "tư", "năm", "sáu"))
    )
    links = menu(lich="Lịch công tác")
    weeks = '<a href="/lich?tuan=46">Tuần trước</a><a href="/lich?tuan=48">Lịch công tác tuần 48</a>'
    site = made({"/": page(links + text("home")), "/lich": page(f"{links}<table>{days}</table>{weeks}")})
    assert paths(explored(of_site(site), "http://site.example/")) == {"/lich": "schedule"}
    assert not any("tuan=" in path for path in site.asked)


def test_the_frames_of_a_first_page_are_followed() -> None:
    site = made({"/": '<html><frameset><frame src="/trai"><frame src="/giua"></frameset></html>'})
    site.page("/trai", page(menu(tin="Tin tức")))
    site.page("/giua", page(text("giua")))
    site.page("/tin", page(listing("tin")))
    assert paths(explored(of_site(site), "http://site.example/")) == {"/tin": "news"}


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [("image/png", "\x89PNG", "image/png is no web page"), ("application/json", "{}", "JSON: write a section")],
)
def test_a_first_page_that_is_no_page_is_told_by_what_it_is(kind: str, body: str, why: str) -> None:
    site = made({})
    site.pages["/"] = (kind, body)
    found = explored(of_site(site), "http://site.example/")
    assert found.page == "error"
    assert found.why.startswith(why)


def test_the_address_of_a_feed_gives_the_feed() -> None:
    items = "".join(
        f"<item><title>{one.title}</title><link>http://site.example/bai/{one.number}.html</link></item>"
        for one in stories("a", 8)
    )
    site = made({})
    site.pages["/tin.rss"] = ("text/xml", f'<rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>')
    (section,) = explored(of_site(site), "http://site.example/tin.rss").sections
    assert (section.url, section.reads) == ("http://site.example/tin.rss", "feed")


def test_of_a_feed_that_is_not_taken_is_said_what_it_lacks() -> None:
    items = "".join(
        f"<item><title>{one.title}</title><link>http://site.example/bai/{one.number}.html</link>"
        f"<pubDate>{one.day:%a, %d %b %Y} 08:00:00 +0700</pubDate></item>"
        for one in stories("a", 8)
    )
    links = '<link rel="alternate" type="application/rss+xml" href="/tin.rss">' + menu(tin="Tin tức")
    site = made({"/": page(links), "/tin": page(links + listing("a", 9, dated=False))})
    site.pages["/tin.rss"] = ("text/xml", f'<rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>')
    (section,) = explored(of_site(site), "http://site.example/").sections
    assert section.reads == "html"
    assert section.why[-1] == (
        "the feed http://site.example/tin.rss gives the same, with more dates, "
        "but not the older entries that the page leads to"
    )


# --- hostile ---


def test_five_thousand_links_cost_no_more_pages_than_promised() -> None:
    links = "".join(f'<li><a href="/muc-{at}/">Tin tức {at}</a></li>' for at in range(5000))
    site = made({"/": page(f"<ul class='menu'>{links}</ul>")})
    for at in range(5000):
        site.page(f"/muc-{at}/", page(listing(f"muc {at}")))
    began = time.process_time()
    found = explored(of_site(site), "http://site.example/")
    assert len(found.sections) > 20
    assert len(site.asked) <= MOST_PAGES + 2  # robots.txt and the first page
    assert time.process_time() - began < 20


def test_menus_that_grow_at_every_step_come_to_an_end() -> None:
    site = Site("made", None, {})

    class Endless(dict[str, tuple[str, str]]):
        def get(self, path: str, default: object = None) -> tuple[str, str]:  # type: ignore[override]
            grown = f'<nav><a href="{path.rstrip("/")}/tin-{len(path)}/">Tin tức {len(path)}</a><a href="en/{path}">Tin tức</a></nav>'
            return "text/html", page(grown + text(path))

    site.pages = Endless()
    found = explored(of_site(site), "http://site.example/")
    assert len(site.asked) <= 2 * MOST_PAGES + 2
    assert not [path for path in site.asked if "/en/" in path]
    assert found.sections == ()


def test_a_section_that_leads_to_another_site_is_told_and_not_followed() -> None:
    site = made({"/": page(menu(tin="Tin tức", vb="Văn bản") + listing("home")), "/tin": page(listing("tin"))})
    site.redirects["/vb"] = "http://khac.example/vb"
    found = explored(of_site(site), "http://site.example/")
    assert list(paths(found)) == ["/tin"]
    assert dict(found.untold)["http://site.example/vb"].endswith("http://khac.example/vb")


def test_dead_links_do_not_hide_the_sections_behind_them() -> None:
    names = {f"chet-{at}": f"Tin tức {at}" for at in range(30)}
    site = made({"/": page(menu(**names, song="Thông báo")), "/song": page(listing("song"))})
    assert list(paths(explored(of_site(site), "http://site.example/"))) == ["/song"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", "challenge"),
        ("<html><body><h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại.</p></body></html>", "soft404"),
        ("<html><body><p>Hệ thống đang bảo trì</p></body></html>", "maintenance"),
    ],
)
def test_a_first_page_that_is_none_is_told_by_its_class(body: str, kind: str) -> None:
    site = made({"/": body})
    found = explored(of_site(site), "http://site.example/")
    assert (found.page, found.sections) == (kind, ())
    assert len(site.asked) == 2


def test_broken_pages_and_odd_addresses_stop_nothing() -> None:
    odd = '<a href="http://[::1">Tin tức</a><a href="http://site.example:99999/x">Tin tức</a><a href="//">Tin</a><a href="?&&=%ff">Văn bản</a>'
    site = made(
        {"/": page(odd + menu(a="Tin tức", b="Thông báo", c="Văn bản")), "/a": "\0\1\2" * 500, "/b": "<" * 5000}
    )
    site.page("/c", page(listing("c")))
    assert list(paths(explored(of_site(site), "http://site.example/")))[:1] == ["/c"]
    assert TODAY.year == 2026
