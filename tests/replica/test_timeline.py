"""What the steps of a timeline do to a portal, on all five replicas, and the variant in which each has its own seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from ask import get

from crawler import decode, extract, read_listing
from monitor.replica import (
    DOUBLE_ENCODED,
    SEED_NAMES,
    SITES,
    Replica,
    Story,
    expected_text,
    seed_article,
    serve_replicas,
)
from monitor.replica.articles import HANOI

Portals = dict[str, Replica]
STORIES: dict[str, Story] = {name: site.story.own(name) for name, site in SITES.items()}


@pytest.fixture(scope="module")
def running() -> Iterator[Portals]:
    now = datetime(2024, 5, 20, 9, 30, tzinfo=HANOI)
    with serve_replicas(list(SITES), clock=lambda: now, own_seeds=True) as replicas:
        yield replicas


@pytest.fixture
def portals(running: Portals) -> Portals:
    for replica in running.values():
        replica.reset()
    return running


def read(url: str) -> tuple[str, str | None, str]:
    """The class, title and text of an article's page as the program reads it."""
    answer = get(url)
    found = extract(decode(answer.body, answer.headers["Content-Type"]), url=url, status=answer.status)
    return found.page, found.title, found.text


def listed(replica: Replica) -> list[str]:
    """The titles on the first page of the news."""
    url = str(replica.yaml()["sections"][0]["url"])
    return [entry.title for entry in read_listing(get(url).body.decode(), url=url).entries]


@pytest.mark.parametrize("name", SITES)
def test_the_seed_is_published_after_the_baseline_and_on_top(portals: Portals, name: str) -> None:
    replica, seed = portals[name], seed_article(name)
    before = listed(replica)
    assert seed.title not in before
    assert not {seed_article(other).title for other in SEED_NAMES} & {
        one.title for one in STORIES[name].baseline.articles
    }
    assert read(replica.article_url(seed))[0] in ("error", "soft404")
    replica.publish("seed")
    assert listed(replica)[0] == seed.title
    assert read(replica.article_url(seed)) == ("article", seed.title, expected_text(seed))


@pytest.mark.parametrize("design", ["first", "second"])
@pytest.mark.parametrize("name", SITES)
def test_every_article_is_read_clean_in_both_designs(portals: Portals, name: str, design: str) -> None:
    if design == "second":
        portals[name].publish("redesign")
    for article in STORIES[name].baseline.articles:
        written = DOUBLE_ENCODED if article.id == DOUBLE_ENCODED.id else article
        wanted = ("article", written.title, expected_text(written))
        assert read(portals[name].article_url(article)) == wanted


@pytest.mark.parametrize("name", SITES)
def test_two_responses_differ_and_what_is_read_does_not(portals: Portals, name: str) -> None:
    replica = portals[name]
    for article in STORIES[name].baseline.articles:
        url = replica.article_url(article)
        assert get(url).body != get(url).body
        assert read(url) == read(url)
    url = replica.article_url(STORIES[name].baseline.articles[0])
    first, counted = get(url).text, read(url)
    replica.publish("counter")
    assert get(url).text != first
    assert read(url) == counted


@pytest.mark.parametrize("name", SITES)
def test_an_edit_changes_one_wording_and_no_address(portals: Portals, name: str) -> None:
    replica, story = portals[name], STORIES[name]
    (edited,) = story.changes["edit"].articles
    (original,) = [one for one in story.baseline.articles if one.id == edited.id]
    assert replica.article_url(edited) == replica.article_url(original)
    assert read(replica.article_url(edited))[2] == expected_text(original)
    replica.publish("edit")
    assert read(replica.article_url(edited))[2] == expected_text(edited) != expected_text(original)
    assert len(listed(replica)) == len(set(listed(replica)))


@pytest.mark.parametrize("name", SITES)
def test_what_is_withdrawn_leaves_the_listing_and_answers_in_two_ways(portals: Portals, name: str) -> None:
    replica, story = portals[name], STORIES[name]
    step = story.changes["withdraw"]
    answers = {how: [one for one in story.ever if one.id == id] for id, how in step.faults.items()}
    (gone,), (hollow,) = answers["404"], answers["soft404"]
    assert read(replica.article_url(gone))[0] == read(replica.article_url(hollow))[0] == "article"
    replica.publish("withdraw")
    assert not {gone.title, hollow.title} & set(listed(replica))
    assert get(replica.article_url(gone)).status == 404
    assert get(replica.article_url(hollow)).status == 200
    assert read(replica.article_url(hollow))[0] == "soft404"


@pytest.mark.parametrize("name", SITES)
def test_a_redesign_keeps_addresses_and_words_and_no_markup(portals: Portals, name: str) -> None:
    replica, story = portals[name], STORIES[name]
    replica.publish("seed")
    articles = (seed_article(name), *story.baseline.articles)
    before = {one.id: read(replica.article_url(one)) for one in articles}
    url = str(replica.yaml()["sections"][0]["url"])
    listing, page = get(url), get(replica.article_url(articles[0]))
    replica.publish("redesign")
    again, new = get(url, If_None_Match=listing.headers["ETag"]), get(replica.article_url(articles[0]))
    assert again.status == 200
    for old, now in ((listing, again), (page, new)):
        marks = [
            {mark for node in answer.tree.iter() for mark in (node.get("class") or "").split()} for answer in (old, now)
        ]
        assert not marks[0] & marks[1]
    assert {one.id: read(replica.article_url(one)) for one in articles} == before
    pages, seen = 0, []
    while url:
        found = read_listing(get(url).body.decode(), url=url)
        seen += [entry.url for entry in found.entries]
        pages, url = pages + 1, found.next.url if found.next else ""
    assert pages == -(-len(articles) // 6)
    assert seen == [replica.article_url(one) for one in articles]


@pytest.mark.parametrize("name", SITES)
def test_the_whole_listing_is_read_without_selectors(portals: Portals, name: str) -> None:
    if name == "ninhthuan":
        pytest.skip("pages by postback: see test_newer")
    replica, story = portals[name], STORIES[name]
    url, seen = str(replica.yaml()["sections"][0]["url"]), []
    while url:
        found = read_listing(get(url).body.decode(), url=url)
        seen += [(entry.url, entry.published) for entry in found.entries]
        url = found.next.url if found.next else ""
    assert seen == [(replica.article_url(one), one.published) for one in story.baseline.articles]
