"""The three newer replicas: what WebForms, Liferay and a newspaper do that the first two do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urljoin

import pytest
from ask import get, post
from lxml import etree, html

from crawler import decode, extract, read_listing
from monitor.replica import (
    BAOQUANGNAM,
    DOUBLE_ENCODED,
    MPI,
    NINHTHUAN,
    SEED_NAMES,
    Replica,
    expected_text,
    seed_article,
    serve_replicas,
)
from monitor.replica.articles import HANOI, clean, seed_text
from monitor.replica.baoquangnam import FEED, LATE_CHARSET
from monitor.replica.mpi import TRAP
from monitor.replica.ninhthuan import GRID, SCHEDULE, SCHEDULE_AS_FILE, SCHEDULE_FILE
from storage import Attachment, Extraction

STORIES = {"ninhthuan": NINHTHUAN, "mpi": MPI, "baoquangnam": BAOQUANGNAM}
Portals = dict[str, Replica]


@pytest.fixture(scope="module")
def running() -> Iterator[Portals]:
    now = datetime(2024, 5, 20, 9, 30, tzinfo=HANOI)
    with serve_replicas(list(STORIES), clock=lambda: now) as replicas:
        yield replicas


@pytest.fixture
def portals(running: Portals) -> Portals:
    for replica in running.values():
        replica.reset()
    return running


def at(replica: Replica, path: str) -> str:
    return replica.url.rstrip("/") + path


def read(url: str) -> Extraction:
    answer = get(url)
    return extract(decode(answer.body, answer.headers["Content-Type"]), url=url, status=answer.status)


def test_the_short_articles_are_sentences_of_the_seeds_and_older_than_the_seed() -> None:
    seeds = clean(" ".join(seed_text(name) for name in SEED_NAMES))
    for name, story in STORIES.items():
        assert len(story.baseline.articles) == 12
        assert all(one.moment < seed_article(name).moment for one in story.baseline.articles)
        stored = [one for one in story.baseline.articles if one.id != DOUBLE_ENCODED.id]
        for article in [*stored, DOUBLE_ENCODED] if name == "ninhthuan" else stored:
            for block in article.blocks:
                for sentence in re.split(r"(?<=[.…]) (?=[A-ZĐ])", clean(block.text)):
                    assert sentence in seeds


@pytest.mark.parametrize("name", STORIES)
def test_every_line_of_a_seed_is_on_its_page(portals: Portals, name: str) -> None:
    portals[name].publish("seed")
    text = get(portals[name].article_url(seed_article(name))).text
    for line in filter(None, map(clean, seed_text(name).split("\n"))):
        assert line in text


@pytest.mark.parametrize("name", STORIES)
def test_menus_lead_to_pages(portals: Portals, name: str) -> None:
    tree = get(portals[name].url).tree
    found = tree.xpath("//a/@href|//img/@src|//link[@rel='stylesheet' or @rel='alternate']/@href")
    links = {urljoin(portals[name].url, link) for link in found if not link.startswith(("#", "j"))}
    assert len(links) > 8
    answers = {link: get(link) for link in links if link.startswith(portals[name].url)}
    assert {answer.status for answer in answers.values()} <= {200, 404}
    broken = [link for link, answer in answers.items() if answer.status == 404 and not link.endswith(".css")]
    assert broken == []


def test_given_selectors_find_what_is_found_without(portals: Portals) -> None:
    from crawler.listing import ListingRules

    for name in STORIES:
        (section,) = portals[name].yaml(selectors=True)["sections"]
        page = get(section["url"]).body.decode()
        given = read_listing(page, url=section["url"], rules=ListingRules(**section["listing"]))
        found = read_listing(page, url=section["url"])
        assert [(one.url, one.title, one.published) for one in given.entries] == [
            (one.url, one.title, one.published) for one in found.entries
        ]
        assert given.next is not None
        assert given.next == found.next


# --- WebForms ----------------------------------------------------------------------------------------------------


def hidden(page: html.HtmlElement) -> dict[str, str]:
    return {field.get("name"): field.get("value") for field in page.xpath("//input[@type='hidden']")}


def titles(page: html.HtmlElement) -> list[str]:
    return [clean(link.text_content()) for link in page.cssselect("a.tieudetin")]


def test_pages_are_turned_by_postback_only(portals: Portals) -> None:
    url = at(portals["ninhthuan"], "/TinTuc.aspx")
    first = get(url).tree
    assert titles(get(f"{url}?page=2").tree) == titles(get(f"{url}?Page$2").tree) == titles(first)
    seen, page = titles(first), first
    for number in (2, 3):
        turn = {"__EVENTTARGET": GRID, "__EVENTARGUMENT": f"Page${number}"}
        answer = post(url, {**hidden(page), **turn})
        assert answer.status == 200
        page = answer.tree
        seen += titles(page)
    assert len(seen) == len(set(seen)) == 12
    # Back, with the state of page 3.
    back = post(url, {**hidden(page), "__EVENTTARGET": GRID, "__EVENTARGUMENT": "Page$1"})
    assert titles(back.tree) == titles(first)


def test_a_postback_that_was_not_offered_gives_page_one_or_an_error(portals: Portals) -> None:
    url = at(portals["ninhthuan"], "/TinTuc.aspx")
    first = get(url).tree
    turn = {"__EVENTTARGET": GRID, "__EVENTARGUMENT": "Page$2"}
    stateless = post(url, turn)
    assert (stateless.status, titles(stateless.tree)) == (200, titles(first))
    for form in (
        {**hidden(first), **turn, "__VIEWSTATE": "dDwtMTA0MDEyODE4Mjs7Pg=="},
        {**hidden(first), **turn, "__EVENTVALIDATION": "/wEWAg=="},
        {**hidden(first), **turn, "__EVENTARGUMENT": "Page$9"},
        {**hidden(first), **turn, "__EVENTARGUMENT": "Page$1"},
    ):
        refused = post(url, form)
        assert refused.status == 500
        assert b"Server Error in '/' Application." in refused.body
    assert post(at(portals["ninhthuan"], "/GioiThieu.aspx"), turn).status == 404
    assert post(at(portals["mpi"], "/tin-tuc"), turn).status == 405


def test_the_program_reads_the_postback(portals: Portals) -> None:
    url = at(portals["ninhthuan"], "/TinTuc.aspx")
    found, entries = read_listing(get(url).body.decode(), url=url), []
    while True:
        entries += [(entry.url, entry.published) for entry in found.entries]
        if found.next is None:
            break
        assert found.next.form is not None
        found = read_listing(post(found.next.url, dict(found.next.form)).body.decode(), url=found.next.url)
    baseline = NINHTHUAN.baseline.articles
    assert entries == [(portals["ninhthuan"].article_url(one), one.published) for one in baseline]


def test_a_double_encoded_article_is_read_as_it_was_written(portals: Portals) -> None:
    url = portals["ninhthuan"].article_url(DOUBLE_ENCODED)
    page = get(url).text
    assert "Thá»±c hiá»‡n sá»‘ hÃ³a" in page
    assert "Thực hiện số hóa trong các hoạt động" not in page
    found = read(url)
    assert (found.page, found.title, found.text) == ("article", DOUBLE_ENCODED.title, expected_text(DOUBLE_ENCODED))


def test_a_weeks_schedule_and_one_that_is_a_file(portals: Portals) -> None:
    replica = portals["ninhthuan"]
    week = read(at(replica, SCHEDULE))
    assert week.page == "article"
    assert len(week.tables) == 1
    assert len(week.tables[0]) == 6
    struck = [row for row in week.tables[0] if "~~" in "".join(row)]
    assert [row[2] for row in struck] == ["~~Họp Tổ công tác triển khai Đề án 06~~"]
    file = read(at(replica, SCHEDULE_AS_FILE))
    assert file.page == "article"
    assert file.attachments == (Attachment(at(replica, SCHEDULE_FILE), "lich-tuan-9-2023.pdf"),)
    assert get(at(replica, SCHEDULE_FILE)).body.startswith(b"%PDF-")
    url = at(replica, "/LichCongTac.aspx")
    entries = read_listing(get(url).body.decode(), url=url).entries
    assert [entry.url for entry in entries] == [at(replica, SCHEDULE_AS_FILE), at(replica, SCHEDULE)]


# --- Liferay -----------------------------------------------------------------------------------------------------


def test_languages_lead_deeper_and_the_same_page_is_there(portals: Portals) -> None:
    replica, article = portals["mpi"], MPI.baseline.articles[0]
    url, texts = replica.article_url(article), set()
    for _ in range(4):
        answer = get(url)
        found = extract(answer.body.decode(), url=url)
        texts.add((found.page, found.title, found.text))
        url = urljoin(url, answer.tree.cssselect("ul.language a")[0].get("href"))
    assert texts == {("article", article.title, expected_text(article))}
    assert url.count("/en/") > 3
    entries = read_listing(get(at(replica, TRAP)).body.decode(), url=at(replica, TRAP)).entries
    assert len(entries) == 8
    assert len({entry.title for entry in entries}) == 4
    assert {read(entry.url).text for entry in entries} == {expected_text(one) for one in MPI.baseline.articles[:4]}


def test_nothing_is_ever_missing_by_status(portals: Portals) -> None:
    for path in ("/khong/co", "/tin-tuc/-/view_content/1-khong-co.html", "/en/vi/khong-co"):
        answer = get(at(portals["mpi"], path))
        assert answer.status == 200
        assert answer.tree.xpath("//link[@rel='canonical']/@href") == ["/"]
        assert extract(answer.body.decode(), url=at(portals["mpi"], path)).page == "soft404"


def test_midnight_means_that_no_hour_is_known(portals: Portals) -> None:
    dated, timed = MPI.baseline.articles[:2]
    assert "Ngày đăng 26/01/2022 | 12:00 AM" in get(portals["mpi"].article_url(dated)).text
    assert "Ngày đăng 25/01/2022 | 02:36 PM" in get(portals["mpi"].article_url(timed)).text
    assert read(portals["mpi"].article_url(dated)).published == date(2022, 1, 26)
    assert read(portals["mpi"].article_url(timed)).published == datetime(2022, 1, 25, 14, 36, tzinfo=HANOI)


def test_the_counter_has_one_digit_an_item(portals: Portals) -> None:
    digits = get(portals["mpi"].url).tree.cssselect("ul.wd-access li")
    assert "".join(clean(digit.text_content()) for digit in digits) == "08116023"


def test_three_entries_lead_to_no_article(portals: Portals) -> None:
    replica = portals["mpi"]
    replica.publish("trouble")
    classes = [read(replica.article_url(one)).page for one in MPI.steps["trouble"].articles]
    assert classes == ["challenge", "maintenance", "soft404"]
    assert {get(replica.article_url(one)).status for one in MPI.steps["trouble"].articles} == {200}


# --- a newspaper -------------------------------------------------------------------------------------------------


def test_the_feed_lists_what_the_section_lists(portals: Portals) -> None:
    replica = portals["baoquangnam"]
    replica.publish("seed")
    section = get(at(replica, "/chinh-tri/"))
    assert section.tree.xpath("//link[@type='application/rss+xml']/@href") == [FEED]
    answer = get(at(replica, FEED))
    assert answer.headers.get_content_type() == "application/rss+xml"
    feed = etree.fromstring(answer.body)
    assert feed.xpath("//item/title/text()")[0] == seed_article("baoquangnam").title
    assert feed.xpath("//item/link/text()")[0] == replica.article_url(seed_article("baoquangnam"))
    assert len(feed.xpath("//item")) == 13


def test_metadata_agrees_with_the_article_and_other_titles_are_all_around(portals: Portals) -> None:
    replica, seed = portals["baoquangnam"], seed_article("baoquangnam")
    replica.publish("seed")
    page = get(replica.article_url(seed)).tree
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["@type"] == "NewsArticle"
    assert json.loads(data)["headline"] == page.xpath("//meta[@property='og:title']/@content")[0] == seed.title
    text = clean(page.text_content())
    for words in ("TIN ĐỌC NHIỀU", "TIN LIÊN QUAN", "Giấy phép số 17/GP-BTTTT"):
        assert words in text
    others = [one.title for one in BAOQUANGNAM.baseline.articles]
    assert clean(page.cssselect(".social-share.bottom a")[0].text_content()) in others
    found = read(replica.article_url(seed))
    assert found.text == expected_text(seed)
    assert found.lead == clean(seed.lead or "")
    assert found.published == date(2023, 12, 29)


def test_an_article_that_names_its_charset_late(portals: Portals) -> None:
    (article,) = [one for one in BAOQUANGNAM.baseline.articles if one.id == LATE_CHARSET]
    answer = get(portals["baoquangnam"].article_url(article))
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.body.index("Nỗ lực đột phá".encode()) < answer.body.index(b"<meta charset")
    found = read(portals["baoquangnam"].article_url(article))
    assert (found.title, found.text) == (article.title, expected_text(article))
