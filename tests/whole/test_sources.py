"""Sections of every kind and form through the program as a user runs it: feeds, sitemaps, JSON, watched pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from house import House
from small_site import SmallSite, small_site

from monitor.replica import seed_article
from monitor.replica.markup import pdf

BODY = "Ủy ban Quốc gia về chuyển đổi số"


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as site:
        yield site


@pytest.fixture
def bare(new_house: Callable[..., House]) -> House:
    """A house without a replica."""
    return new_house([])


def configure(house: House, portal: dict[str, Any], name: str = "own") -> None:
    house.configure()
    house._dump(f"portals/{name}.yaml", portal)


def crawl(house: House, status: int = 0) -> list[dict[str, Any]]:
    """One turn; the sections of the portal."""
    (run,) = house.turn(status=status)
    sections: list[dict[str, Any]] = run["sections"]
    return sections


def told(day: str, more: str = "") -> str:
    return f"""<p class="date">Ngày đăng: {day}</p><p>Sáng ngày {day}, đồng chí Chủ tịch Ủy ban nhân dân tỉnh đã đi
    kiểm tra tình hình thực hiện nhiệm vụ trong tháng của các sở, ngành.</p><p>Các đại biểu đã thảo luận nhiều nội dung
    quan trọng, đề ra giải pháp cho thời gian tới. {more}</p>"""


def listed(count: int) -> str:
    rows = "".join(
        f'<li><a href="/tin-{n}.html">Chủ tịch tỉnh làm việc với các sở, ngành lần {n}</a> <span>1{n}/11/2023</span></li>'
        for n in range(1, count + 1)
    )
    return f"<ul>{rows}</ul>"


MEETING = f"""<p>Sáng ngày 24/4/2024, đồng chí Phạm Minh Chính, Thủ tướng Chính phủ, Chủ tịch {BODY} chủ trì Phiên họp
lần thứ 8 của {BODY}.</p><p>Phiên họp được tổ chức trực tuyến đến các địa phương trong cả nước.</p>"""


# --- feeds ---


def test_a_feed_gives_articles_and_events_like_the_listing_beside_it(new_house: Callable[..., House]) -> None:
    house = new_house(["baoquangnam"], own_seeds=True)
    replica = house.replicas["baoquangnam"]
    portal = replica.yaml()
    feed = {"id": "rss", "url": f"{replica.url}rss/chinh-tri.rss", "reads": "feed"}
    configure(house, {**portal, "sections": [feed]}, "baoquangnam")
    (section,) = crawl(house)
    assert section["state"] == "good"
    assert section["new"] == section["entries"] > 3
    assert house.receiver.received == []

    replica.publish("seed")
    (section,) = crawl(house)
    assert section["new"] == 1
    (event,) = house.json("events")
    assert (event["kind"], event["meeting"]["body"]) == ("meeting", BODY)
    assert [article["url"] for article in event["articles"]] == [replica.article_url(seed_article("baoquangnam"))]
    assert len(house.receiver.received) == 1
    shown = house.json("show", event["articles"][0]["url"])
    assert shown["published"]
    assert len(shown["text"]) > 500


def test_a_feed_whose_rows_are_the_news_is_stored_whole_and_nothing_else_is_asked(bare: House, site: SmallSite) -> None:
    text = "".join(f"<p>{part}</p>" for part in ("Đoạn thứ nhất của bài viết.", "Đoạn thứ hai, " * 200))
    site.pages["/tin.rss"] = ("text/html", f"""<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item>
      <title>Tin đầy đủ</title><link>/tin/1.html</link><description>Tóm tắt</description>
      <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{text}]]></content:encoded>
      </item></channel></rss>""".encode())  # fmt: skip
    configure(bare, site.yaml({"id": "tin", "url": f"{site.url}tin.rss", "follow": False}))
    (section,) = crawl(bare)
    assert (section["state"], section["new"]) == ("good", 1)
    assert site.asked == ["/tin.rss"]
    shown = bare.json("show", f"{site.url}tin/1.html")
    assert shown["text"].startswith("Đoạn thứ nhất")
    assert len(shown["text"]) > 2000


# --- sitemaps ---


TODAY = datetime.now(UTC).date().isoformat()


def index(site: SmallSite, *children: tuple[str, str]) -> None:
    inner = "".join(f"<sitemap><loc>{site.url}{name}</loc>{lastmod(day)}</sitemap>" for name, day in children)
    site.pages["/sitemap.xml"] = ("application/xml", f"<sitemapindex>{inner}</sitemapindex>".encode())


def urlset(site: SmallSite, name: str, *pages: tuple[int, str]) -> None:
    inner = "".join(f"<url><loc>{site.url}tin-{n}.html</loc>{lastmod(day)}</url>" for n, day in pages)
    whole = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'
    site.pages[f"/{name}"] = ("text/xml", whole.encode())


def lastmod(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""


def test_an_index_of_sitemaps_is_read_from_its_newest_and_tells_of_what_is_new(bare: House, site: SmallSite) -> None:
    index(site, ("old.xml", "2024-01-01"), ("new.xml", "2024-04-02"))
    urlset(site, "old.xml", (1, "2023-01-05"), (2, "2023-02-05"))
    urlset(site, "new.xml", (3, "2024-03-05"), (4, "2024-04-01"))
    for n in range(1, 5):
        site.html(f"/tin-{n}.html", f"Chủ tịch tỉnh làm việc với các sở lần {n}", told("05/03/2023", f"Lần {n}."))
    configure(bare, site.yaml({"id": "ban-do", "url": f"{site.url}sitemap.xml", "reads": "sitemap"}))
    (section,) = crawl(bare)
    assert (section["state"], section["entries"], section["new"], section["problems"]) == ("good", 4, 4, [])
    assert site.asked[:3] == ["/sitemap.xml", "/new.xml", "/old.xml"]

    urlset(site, "new.xml", (3, "2024-03-05"), (5, TODAY), (4, "2024-04-01"))
    site.html("/tin-5.html", f"Phiên họp lần thứ 8 của {BODY}", MEETING)
    site.asked.clear()
    (section,) = crawl(bare)
    assert section["new"] == 1
    assert site.asked == ["/sitemap.xml", "/new.xml", "/tin-5.html"]
    article = bare.json("show", f"{site.url}tin-5.html")
    assert article["published"] is None  # a last change is no date of publication
    assert BODY in [event["meeting"]["body"] for event in bare.json("events")]
    assert len(bare.receiver.received) == 1


def test_of_an_index_without_dates_every_sitemap_is_read(bare: House, site: SmallSite) -> None:
    index(site, ("a.xml", ""), ("b.xml", ""))
    urlset(site, "a.xml", (1, ""), (2, ""))
    urlset(site, "b.xml", (3, ""), (4, ""))
    for n in range(1, 5):
        site.html(f"/tin-{n}.html", f"Chủ tịch tỉnh làm việc với các sở lần {n}", told("05/03/2023", f"Lần {n}."))
    configure(bare, site.yaml({"id": "ban-do", "url": f"{site.url}sitemap.xml"}))
    (section,) = crawl(bare)
    assert section["new"] == 4

    urlset(site, "b.xml", (3, ""), (4, ""), (5, ""))
    site.html("/tin-5.html", f"Phiên họp lần thứ 8 của {BODY}", MEETING)
    (section,) = crawl(bare)
    assert (section["new"], section["problems"]) == (1, [])
    assert len(bare.receiver.received) == 1

    index(site, *((f"{n}.xml", "") for n in range(1, 30)))
    for n in range(1, 30):
        urlset(site, f"{n}.xml", (1, ""))
    site.asked.clear()
    (section,) = crawl(bare, status=1)
    assert len(site.asked) == 21
    assert section["problems"] == ["9 sitemaps of the index were not read"]


def test_an_old_sitemap_touched_is_no_news_but_a_new_page_in_it_is(bare: House, site: SmallSite) -> None:
    years = range(2020, 2026)
    index(site, *((f"post-{year}.xml", f"{year}-12-01") for year in years))
    for year in years:
        urlset(site, f"post-{year}.xml", *((year * 10 + n, f"{year}-0{n}-02") for n in range(1, 5)))
        for n in range(1, 5):
            decision = f"{n}{year % 100}/QĐ-UBND về việc phê duyệt kế hoạch trồng lúa năm {year}"
            text = told(f"02/0{n}/{year}", f"UBND tỉnh ban hành Quyết định số {decision}.")
            site.html(f"/tin-{year * 10 + n}.html", f"Ban hành Quyết định số {decision}", text)
    bare.configure(settings={"baseline_pages": 3})
    bare._dump("portals/own.yaml", site.yaml({"id": "ban-do", "url": f"{site.url}sitemap.xml"}))
    (section,) = bare.turn()[0]["sections"]
    assert (section["new"], section["problems"]) == (12, [])

    # One article is corrected and one written anew: the sitemap of their year is the newest now.
    pages = [(20201, "2020-01-02"), (20202, "2020-02-02"), (20203, "2020-03-02"), (20204, TODAY), (9, TODAY)]
    urlset(site, "post-2020.xml", *pages)
    index(site, *((f"post-{year}.xml", TODAY if year == 2020 else f"{year}-12-01") for year in years))
    site.html("/tin-9.html", f"Phiên họp lần thứ 8 của {BODY}", MEETING)
    (section,) = bare.turn()[0]["sections"]
    assert section["new"] == 5
    (told_of,) = bare.receiver.received
    assert BODY in str(told_of)


# --- hosts that are not the portal's ---


@pytest.fixture
def other() -> Iterator[SmallSite]:
    with small_site("127.0.0.32") as other:
        yield other


@pytest.mark.parametrize("status", [301, 307, 308])
def test_what_a_section_is_asked_with_goes_to_no_other_host(
    bare: House, site: SmallSite, other: SmallSite, status: int
) -> None:
    site.redirects["/api"] = (status, f"{other.url}api")
    listing = {"entry": "items", "link": "u", "title": "t"}
    section = {"id": "a", "url": f"{site.url}api", "reads": "json", "method": "POST", "body": {"key": 1}}
    configure(bare, site.yaml({**section, "listing": listing}))
    (read,) = crawl(bare, status=1)
    assert read["problems"] == [f"{site.url}api: moved to {other.url}api"]
    assert bare.json("status")["portals"][0]["sections"][0]["state"] == "moved"
    bare.run("check", "--live", status=1)
    assert len(site.asked) == 2
    assert other.asked == []


def test_a_redirect_within_the_portals_hosts_is_followed_with_the_body(bare: House, site: SmallSite) -> None:
    asked: list[bytes] = []

    def answer(body: bytes) -> bytes:
        asked.append(body)
        return b'{"items": [{"u": "/tin-1.html", "t": "Tin 1"}]}'

    with small_site("127.0.0.33") as alias:
        site.redirects["/api"] = (307, f"{alias.url}api")
        alias.pages["/api"] = ("application/json", answer)
        alias.html("/tin-1.html", "Chủ tịch tỉnh làm việc với các sở", told("05/03/2023"))
        listing = {"entry": "items", "link": "u", "title": "t"}
        section = {"id": "a", "url": f"{site.url}api", "reads": "json", "method": "POST", "body": {"key": 1}}
        configure(bare, {**site.yaml({**section, "listing": listing}), "aliases": ["127.0.0.33"]})
        (read,) = crawl(bare)
    assert (read["new"], read["problems"]) == (1, [])
    assert [json.loads(body) for body in asked] == [{"key": 1}]


def test_a_listing_that_goes_on_at_another_site_is_not_followed_there(
    bare: House, site: SmallSite, other: SmallSite
) -> None:
    onward = f"{other.url}api?page=2"
    items = [{"u": "/tin-1.html", "t": "Tin 1"}]
    site.pages["/api"] = ("application/json", json.dumps({"items": items, "next": onward}).encode())
    site.html("/tin-1.html", "Chủ tịch tỉnh làm việc với các sở", told("05/03/2023"))
    listing = {"entry": "items", "link": "u", "title": "t", "next": "next"}
    configure(bare, site.yaml({"id": "a", "url": f"{site.url}api", "reads": "json", "listing": listing}))
    (read,) = crawl(bare, status=1)
    assert read["problems"] == [f"{site.url}api: goes on at another site, {onward}: not asked"]
    assert read["new"] == 1
    assert other.asked == []


def test_articles_and_files_that_are_redirected_to_another_site_are_not_fetched_there(
    bare: House, site: SmallSite, other: SmallSite
) -> None:
    site.html("/tin", "Tin tức", listed(5))
    for n in range(1, 6):
        link = f'<a href="/{n}.pdf">Tài liệu kèm theo.pdf</a>'
        site.html(f"/tin-{n}.html", f"Chủ tịch tỉnh làm việc lần {n}", told("05/03/2023", f"Lần {n}. {link}"))
    site.redirects["/tin-1.html"] = (302, f"{other.url}tin-1.html")
    site.redirects["/robots.txt"] = (302, f"{other.url}rules.txt")
    for n in range(2, 6):
        site.redirects[f"/{n}.pdf"] = (302, f"{other.url}{n}.pdf")
    configure(bare, site.yaml({"id": "tin", "url": f"{site.url}tin"}))
    (read,) = crawl(bare, status=1)
    assert read["new"] == 4
    assert f"{site.url}tin-1.html: redirected to another site, {other.url}tin-1.html" in read["problems"]
    (file,) = bare.json("show", f"{site.url}tin-2.html")["attachments"]
    assert file["problem"] == f"redirected to another site, {other.url}2.pdf"
    assert other.asked == []


# --- JSON ---


def test_an_api_is_asked_by_post_page_after_page(bare: House, site: SmallSite) -> None:
    items = [
        {"id": n, "tieuDe": f"Chủ tịch tỉnh làm việc với các sở lần {n}", "ngay": 1_680_000_000_000 - n * 86_400_000}
        for n in range(1, 6)
    ]
    asked: list[dict[str, Any]] = []

    def answer(body: bytes) -> bytes:
        asked.append(json.loads(body))
        start = (asked[-1]["pageNumber"] - 1) * 2
        last = start + 2 >= len(items)
        return json.dumps({"data": {"content": items[start : start + 2], "last": last}}).encode()

    site.pages["/api/tin"] = ("application/json", answer)
    for n in range(1, 6):
        site.html(f"/chi-tiet/{n}", f"Chủ tịch tỉnh làm việc với các sở lần {n}", told("05/03/2023", f"Lần {n}."))
    section = {
        "id": "tin",
        "url": f"{site.url}api/tin",
        "reads": "json",
        "method": "POST",
        "body": {"pageNumber": 1, "pageSize": 2, "q": ""},
        "listing": {
            "entry": "data.content",
            "link": "/chi-tiet/{id}",
            "title": "tieuDe",
            "published": "ngay",
            "next": "!(data.last)",
        },
    }
    configure(bare, site.yaml(section))
    (read,) = crawl(bare)
    assert (read["state"], read["entries"], read["new"]) == ("good", 5, 5)
    assert [each["pageNumber"] for each in asked] == [1, 2, 3]
    assert bare.json("show", f"{site.url}chi-tiet/1")["published"].startswith("2023-03-27")

    items.insert(0, {"id": 9, "tieuDe": f"Phiên họp lần thứ 8 của {BODY}", "ngay": 1_713_920_000_000})
    site.html("/chi-tiet/9", f"Phiên họp lần thứ 8 của {BODY}", MEETING)
    (read,) = crawl(bare)
    assert (read["new"], len(asked)) == (1, 4)
    assert len(bare.receiver.received) == 1
    assert "+ own/tin: listing, 2 entries" in bare.run("check", "--live")

    site.pages["/api/tin"] = ("application/json", b'{"data": {"error": "moved"}}')
    (read,) = crawl(bare, status=1)
    assert "'entry' finds no list in the JSON: data.content" in read["problems"][0]


# --- what answers is not what the section says ---


def test_a_section_is_told_when_something_else_answers(bare: House, site: SmallSite) -> None:
    site.html("/tin.rss", "Tin tức", told("05/03/2023"))
    site.pages["/tin"] = ("text/html", b'{"items": []}')
    site.pages["/that"] = ("text/xml", b"<rss version='2.0'><channel></channel></rss>")
    sections = [
        {"id": "a", "url": f"{site.url}tin.rss", "reads": "feed"},
        {"id": "b", "url": f"{site.url}tin"},
        {"id": "c", "url": f"{site.url}that", "reads": "html"},
        {"id": "d", "url": f"{site.url}that?2"},
    ]
    site.pages["/that?2"] = site.pages["/that"]
    configure(bare, site.yaml(*sections))
    problems = [section["problems"][0].partition(": ")[2] for section in crawl(bare, status=1)]
    assert problems == [
        "an HTML page, and the section says reads: feed",
        "JSON: the section needs reads: json, and JMESPath in its 'listing'",
        "a feed, and the section says reads: html",
        "the listing gives no entries: its selectors or its design changed",
    ]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>',
            "the XML declares entities of its own: refused",
        ),
        (b"<rss>" + b" " * 500_000, "larger than max_body"),
    ],
)
def test_a_hostile_feed_is_told_and_harms_nobody(bare: House, site: SmallSite, body: bytes, word: str) -> None:
    site.pages["/tin.rss"] = ("text/xml", body)
    configure(bare, site.yaml({"id": "tin", "url": f"{site.url}tin.rss"}))
    (section,) = crawl(bare, status=1)
    assert word in section["problems"][0]


# --- watched pages ---


def test_a_page_is_watched_and_each_change_of_its_text_is_a_revision(bare: House, site: SmallSite) -> None:
    url = f"{site.url}gioi-thieu"
    site.html("/gioi-thieu", "Cơ cấu tổ chức", told("05/03/2023"), visitors=1)
    configure(bare, site.yaml({"id": "co-cau", "url": url, "kind": "page"}))
    (section,) = crawl(bare)
    assert (section["state"], section["entries"], section["new"]) == ("good", 1, 1)

    site.html("/gioi-thieu", "Cơ cấu tổ chức", told("05/03/2023"), visitors=2)
    (section,) = crawl(bare)
    assert (section["state"], section["revised"], section["unchanged"]) == ("unchanged", 0, 1)

    site.html("/gioi-thieu", "Cơ cấu tổ chức", told("05/03/2023") + MEETING, visitors=3)
    (section,) = crawl(bare)
    assert section["revised"] == 1
    assert [each["number"] for each in bare.json("show", url)["revisions"]] == [1, 2]
    assert BODY in [event["meeting"]["body"] for event in bare.json("events")]
    assert len(bare.receiver.received) == 1  # what a known page says newly is news

    del site.pages["/gioi-thieu"]
    (section,) = crawl(bare, status=1)
    assert section["problems"] == [f"{url}: HTTP 404"]
    assert bare.json("articles")[0]["withdrawn"] is None


def schedule(week: int, *rows: tuple[str, str, str, str]) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "<tr><th>Ngày</th><th>Thời gian</th><th>Nội dung</th><th>Địa điểm</th></tr>"
    return f"<h2>Tuần {week} năm 2024</h2><table border='1'>{head}{lines}</table>"


def test_a_schedule_is_an_article_a_week_and_a_changed_row_a_revision(bare: House, site: SmallSite) -> None:
    url = f"{site.url}lich"
    rows = [
        ("Thứ hai, 22/04/2024", "08 giờ 00", "Giao ban thường trực", "Phòng họp số 1"),
        ("Thứ ba, 23/04/2024", "14 giờ 00", "Làm việc với Sở Tài chính", "Phòng họp số 2"),
        ("Thứ tư, 24/04/2024", "08 giờ 30", "Tiếp công dân định kỳ", "Trụ sở Tiếp công dân"),
    ]
    site.html("/lich", "Lịch công tác", schedule(17, *rows))
    configure(bare, site.yaml({"id": "lich", "url": url, "kind": "schedule"}))
    (section,) = crawl(bare)
    assert (section["state"], section["new"]) == ("good", 1)
    (article,) = bare.json("articles")
    assert article["url"] == f"{url}#week=2024-17"
    shown = bare.json("show", article["url"])
    assert "tuần 17" in shown["title"].lower()
    assert "Thứ ba, 23/04/2024 | 14 giờ 00 | Làm việc với Sở Tài chính | Phòng họp số 2" in shown["text"]

    moved = ("Thứ ba, 23/04/2024", "09 giờ 00", "Làm việc với Sở Tài chính", "Phòng họp số 3")
    site.html("/lich", "Lịch công tác", schedule(17, rows[0], moved, rows[2]), visitors=2)
    (section,) = crawl(bare)
    assert (section["new"], section["revised"]) == (0, 1)

    site.html("/lich", "Lịch công tác", schedule(18, *rows))
    (section,) = crawl(bare)
    assert (section["new"], section["revised"]) == (1, 0)
    weeks = {each["url"].rpartition("#")[2]: each["revision"] for each in bare.json("articles")}
    assert weeks == {"week=2024-17": 2, "week=2024-18": 1}
    crawl(bare)
    assert [urlsplit(path).path for path in site.asked] == ["/lich"] * 4  # the old week's page is not asked for again


def test_past_weeks_stay_as_they_were_and_this_weeks_files_are_asked_for(bare: House, site: SmallSite) -> None:
    url = f"{site.url}lich"
    rows = [(f"Thứ {day}", "08 giờ 00", "Giao ban thường trực", "Phòng họp số 1") for day in ("hai", "ba", "tư")]

    def publish(week: int) -> None:
        file = f'<p><a href="/lich-{week}.pdf">Tải lịch tuần {week}.pdf</a></p>'
        site.html("/lich", "Lịch công tác", schedule(week, *rows) + file)
        site.pages[f"/lich-{week}.pdf"] = ("application/pdf", pdf([f"LICH TUAN {week}"]))

    site.tagged.add("/lich")
    configure(bare, site.yaml({"id": "lich", "url": url, "kind": "schedule"}))
    publish(17)
    crawl(bare)
    publish(18)
    (section,) = crawl(bare)
    assert section["new"] == 1

    site.asked.clear()
    (section,) = crawl(bare)
    assert (section["state"], section["revised"]) == ("unchanged", 0)
    assert site.asked == ["/lich", "/lich-18.pdf"] == site.unchanged

    site.pages["/lich-18.pdf"] = ("application/pdf", pdf(["LICH TUAN 18", "Hoãn họp giao ban"]))
    (section,) = crawl(bare)
    assert (section["state"], section["revised"]) == ("good", 1)

    # The page becomes a list, and then is no schedule any more.
    site.html("/lich", "Lịch công tác", listed(9))
    bare.turn(status=None)
    site.html("/lich", "Không tìm thấy trang", "<p>Trang bạn yêu cầu không tồn tại.</p>")
    bare.turn(status=None)
    weeks = {each["url"].rpartition("#")[2]: each["revision"] for each in bare.json("articles")}
    assert weeks == {"week=2024-17": 1, "week=2024-18": 2}
    assert "Tuần 17" in bare.json("show", f"{url}#week=2024-17")["text"]


def test_a_list_of_weekly_schedules_is_a_listing(new_house: Callable[..., House]) -> None:
    house = new_house(["ninhthuan"])
    replica = house.replicas["ninhthuan"]
    section = {"id": "lich", "url": f"{replica.url}LichCongTac.aspx", "kind": "schedule"}
    configure(house, {**replica.yaml(), "sections": [section]}, "ninhthuan")
    (read,) = crawl(house)
    assert (read["state"], read["entries"], read["new"]) == ("good", 2, 2)
    week = next(each for each in house.json("articles") if "tuan=8-2023" in each["url"])
    assert "Thứ hai, 20/02/2023 | 08 giờ 00 | Họp Ban Điều hành" in house.json("show", week["url"])["text"]


# --- by hand ---


def test_read_takes_a_feed_from_a_url_and_from_a_file(bare: House, site: SmallSite) -> None:
    feed = b"<rss version='2.0'><channel><item><title>Tin m\xe1\xbb\x9bi</title><link>/tin/1.html</link></item></channel></rss>"
    site.pages["/tin.rss"] = ("text/xml", feed)
    (bare.folder / "tin.rss").write_bytes(feed)
    fetched = json.loads(bare.run("read", f"{site.url}tin.rss", "--allow-private", "127.0.0.0/8"))
    from_file = json.loads(bare.run("read", str(bare.folder / "tin.rss"), "--url", f"{site.url}tin.rss"))
    assert fetched == from_file
    assert fetched["entries"] == [
        {"url": f"{site.url}tin/1.html", "title": "Tin mới", "published": None, "number": None, "summary": None}
    ]
