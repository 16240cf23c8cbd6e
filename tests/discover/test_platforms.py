"""Every platform is known by a recorded page, and no page is taken for another platform's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crawler.candidates import section_links
from crawler.markup import decode, parse
from crawler.platforms import PLATFORMS, feed_addresses, recognise

PORTALS = Path(__file__).parents[1] / "portals"
PAGES = Path(os.environ.get("PORTALWATCH_PAGES", Path(__file__).parents[2].parent / "shared" / "pages"))
ANSWERS = {path.parent.name: json.loads(path.read_text("utf-8")) for path in sorted(PORTALS.glob("*/platform.json"))}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_recorded_page_is_known_for_its_platform(name: str) -> None:
    for page in sorted((PORTALS / name).glob("*.listing.html")):
        known = recognise(parse(decode(page.read_bytes())))
        assert (known.platform.name if known else None) == ANSWERS[name]["platform"], page
        assert known is None or known.evidence


@pytest.mark.pages
@pytest.mark.skipif(not PAGES.exists(), reason="no saved pages")
@pytest.mark.parametrize(
    ("page", "platform"),
    [
        ("sotttt_hanoi/index.html", "Liferay"),
        ("sotttt_hanoi/ke-hoach.html", "Liferay"),
        ("congbao_sonla/danh_muc.html", "Lotus Domino"),
        ("news_home/tintaynguyen.com_home.html", "WordPress"),
        ("news_home/laodong.vn_home.html", None),
        ("icd_gov_vn/ac91f176908806cf154f22d1f07da89f.html", None),
        ("fundus_tests/VnExpress_2025_10_22.html", None),
    ],
)
def test_a_real_page_is_known_for_its_platform(page: str, platform: str | None) -> None:
    known = recognise(parse(decode((PAGES / page).read_bytes())))
    assert (known.platform.name if known else None) == platform


def test_every_platform_has_a_recorded_page_that_says_where_it_is_from() -> None:
    assert {platform.name for platform in PLATFORMS} <= {answer["platform"] for answer in ANSWERS.values()}
    assert all(answer["page"] for answer in ANSWERS.values())
    assert {path.parent.name for path in PORTALS.glob("*/*.html")} == set(ANSWERS)


def test_a_header_is_a_sign_too() -> None:
    plain = parse("<html><body><p>Xin chào</p></body></html>")
    assert recognise(plain) is None
    known = recognise(plain, {"MicrosoftSharePointTeamServices": "15.0.0.4569"})
    assert known is not None
    assert known.platform.name == "SharePoint"
    assert known.evidence == ("header: microsoftsharepointteamservices: 15.0.0.4569",)


def test_platforms_know_where_their_feeds_are() -> None:
    by_name = {platform.name: platform for platform in PLATFORMS}
    assert feed_addresses(by_name["WordPress"], "http://bao.example/a/") == ["http://bao.example/feed/"]
    assert feed_addresses(by_name["NukeViet"], "http://xa.example/")[0] == "http://xa.example/vi/news/rss/"
    assert feed_addresses(None, "http://xa.example/") == []


def test_words_of_menus_promise_kinds() -> None:
    page = """<nav><a href="/a">Tin tức - Sự kiện</a><a href="/b">Văn bản chỉ đạo điều hành</a><a href="/c">Lịch công tác</a>
    <a href="/d">Giới thiệu</a><a href="/e">Thủ tục hành chính</a><a href="/f">Thư viện ảnh</a><a href="/g">Lịch sử</a>
    <a href="/h">Góp ý dự thảo văn bản</a><a href="/i">Góp ý</a><a href="/j">Hoạt động qua ảnh</a><a href="/k">Bạn đọc</a>
    <a href="/l"><img alt="Giấy mời"></a><a href="/van-ban-moi/"><img></a><a href="/m">VĂN BẢN QPPL</a><a href="/n">English</a>
    <a href="http://khac.example/o">Tin tức</a><a href="/tin-tuc?page=2">Tin tức</a><a href="/en/vi/en/tin-tuc">Tin tức</a></nav>"""
    kinds = {
        each.url.rpartition(".example")[2]: each.kind for each in section_links(parse(page), "http://tinh.example/")
    }
    assert kinds == {
        "/a": "news", "/b": "documents", "/c": "schedule", "/h": "documents", "/k": None, "/l": "schedule",
        "/van-ban-moi/": "documents", "/m": "documents",
    }  # fmt: skip
