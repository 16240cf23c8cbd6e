"""Articles: new, revised, unchanged, or another address of a known one; and those that cannot be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st
from shelf import AT, EVERY, YOUNG, Shelf, entries, fetched

from storage import Attachment, Extraction, Judging, ListingEntry, Looking, Removed, Store, Validators, content_hash
from storage.crawling import SET_ASIDE_AFTER

URL = "https://thanhhoa.gov.vn/1"


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store, baseline=False)


def again(shelf: Shelf, text: str, *, days: int = 1, **more: Any) -> str:
    """Read the article again some days later."""
    now = NOW + timedelta(days=days)
    return shelf.record(shelf.visit(URL, now), fetched(URL, text, **more), now)


def test_an_article_never_seen_is_new(shelf: Shelf) -> None:
    assert shelf.publish(URL, "Một.") == "new"
    (article,), (revision,) = shelf.articles(), shelf.revisions()
    assert (article.first_seen, article.section, article.duplicate_of) == (NOW, AT[1], None)
    assert (revision.number, revision.text, revision.judged_at) == (1, "Một.", None)


def test_the_bytes_of_a_revision_are_kept_as_they_came(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    (revision,) = shelf.revisions()
    assert revision.snapshot is not None
    assert shelf.store.snapshots.read(revision.snapshot) == "<h1>Tiêu đề</h1>Một.".encode()


def test_an_article_read_again_with_the_same_words_is_unchanged(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    assert again(shelf, "Một.") == "unchanged"
    assert len(shelf.revisions()) == 1


def test_an_article_with_other_words_is_revised(shelf: Shelf) -> None:
    shelf.publish(URL, "Họp ngày 22.")
    assert again(shelf, "Họp ngày 23.") == "revised"
    assert [(row.number, row.text) for row in shelf.revisions()] == [(1, "Họp ngày 22."), (2, "Họp ngày 23.")]


def test_an_article_that_goes_back_to_its_first_words_is_revised_again(shelf: Shelf) -> None:
    """The comparison is with the latest revision, and not with any."""
    shelf.publish(URL, "Một.")
    assert [again(shelf, text, days=day) for day, text in enumerate(("Hai.", "Một.", "Một."), 1)] == [
        "revised",
        "revised",
        "unchanged",
    ]


def test_a_new_title_alone_is_a_revision(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    assert again(shelf, "Một.", title="Tiêu đề (HOÃN)") == "revised"


def test_every_revision_waits_behind_the_judges_door(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL, "Một.")
    again(shelf, "Hai.")
    assert [row.text for row in Judging(store).unjudged(NOW, 10)] == ["Một.", "Hai."]


# --- what makes a wording ---


def test_counters_menus_and_dates_have_no_part_in_a_wording(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    assert (
        again(
            shelf,
            "Một.",
            updated=NOW + timedelta(days=1),
            byline="Người khác",
            captions=("Lượt xem: 1.024",),
            attachments=(Attachment("https://thanhhoa.gov.vn/a.pdf", "a.pdf"),),
            removed=(Removed("Lượt xem: 1.024", "counter"),),
        )
        == "unchanged"
    )


@given(st.text(max_size=60), st.text(max_size=10))
def test_only_title_and_text_make_a_wording(text: str, other: str) -> None:
    one = Extraction(url="https://a.vn/1", page="article", title="T", text=text, byline=other, lead=other, source=other)
    assert content_hash(one) == content_hash(Extraction(url="https://b.vn/2", page="article", title="T", text=text))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("hoà bình", "hòa bình"),
        ("Quye\u0302\u0301t định", "Quyết định"),
        ("749/QÐ-TTg", "749/QĐ-TTg"),
        ("2021–2026", "2021-2026"),
        ("hai  dòng\n", "hai dòng"),
    ],
)
def test_the_spelling_of_a_wording_is_no_part_of_it(one: str, two: str) -> None:
    hashes = {content_hash(Extraction(url=URL, page="article", title="T", text=text)) for text in (one, two)}
    assert len(hashes) == 1


def test_a_mark_makes_another_wording() -> None:
    hashes = {content_hash(Extraction(url=URL, page="article", title="T", text=text)) for text in ("hoãn", "hoàn")}
    assert len(hashes) == 2


# --- the same text in two places ---


def test_the_same_text_at_two_addresses_of_a_portal_is_one_article(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL, "Một.")
    assert shelf.publish("https://thanhhoa.gov.vn/chuyen-de/1", "Một.") == "duplicate"
    assert len(shelf.articles()) == len(shelf.revisions()) == 1
    assert shelf.entries()["1"].state == "stored"
    found = Looking(store).show("https://thanhhoa.gov.vn/chuyen-de/1")
    assert found is not None
    assert found["url"] == URL


def test_an_article_with_two_addresses_is_read_again_once(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    shelf.publish("https://thanhhoa.gov.vn/chuyen-de/2", "Một.")
    assert [visit.url for visit in shelf.visits(NOW + timedelta(days=1))] == [URL]


def test_the_same_article_listed_in_two_sections_is_one_article(shelf: Shelf, store: Store) -> None:
    """And it is fetched once: the second section's entry is stored with the listing."""
    shelf.publish(URL, "Một.")
    other = Shelf(store, AT[0], "hoat-dong", baseline=False)
    other.list([ListingEntry(URL, "Tiêu đề")])
    assert other.visits() == []
    assert other.entries()["1"].article_id == shelf.articles()[0].id
    assert len(shelf.articles()) == 1


def test_the_same_text_on_two_portals_is_two_articles_and_the_second_names_the_first(
    shelf: Shelf, store: Store
) -> None:
    shelf.publish(URL, "Một.")
    for portal, host in (("mpi", "mpi.gov.vn"), ("ninhbinh", "ninhbinh.gov.vn")):
        assert Shelf(store, portal, baseline=False).publish(f"https://{host}/1", "Một.") == "new"
    first, *others = shelf.articles()
    assert first.duplicate_of is None
    assert [article.duplicate_of for article in others] == [first.id, first.id]
    assert len(shelf.revisions()) == 3


def test_an_address_that_redirects_is_known_by_both_names(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched("https://thanhhoa.gov.vn/tin/1.html", "Một."))
    shelf.list([ListingEntry("https://thanhhoa.gov.vn/tin/1.html", "Một")])
    assert again(shelf, "Một, sửa.") == "revised"
    assert len(shelf.articles()) == 1


# --- baseline ---


def test_an_article_of_the_baseline_is_told_to_be_one(store: Store) -> None:
    Shelf(store).publish(URL)
    (revision,) = Judging(store).unjudged(NOW, 10)
    assert revision.baseline


def test_a_revision_of_a_baseline_article_is_news(store: Store) -> None:
    shelf = Shelf(store)
    shelf.publish(URL, "Một.")
    again(shelf, "Hai.")
    assert [revision.baseline for revision in shelf.revisions()] == [True, False]


# --- when it is read again ---


def test_a_young_article_is_read_again_and_an_old_one_is_not(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    assert shelf.visits(NOW + EVERY - timedelta(seconds=1)) == []
    (visit,) = shelf.visits(NOW + EVERY)
    shelf.record(visit, fetched(URL, "Một."), NOW + YOUNG)
    assert shelf.visits(NOW + timedelta(days=365)) == []


@pytest.mark.parametrize("published", [date(2026, 11, 1), datetime(2026, 11, 1, 8, tzinfo=UTC)])
def test_the_age_of_an_article_counts_from_its_publishing(shelf: Shelf, published: date) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched(URL, published=published))
    assert shelf.visits(NOW + timedelta(days=1)) == []


def test_entries_come_before_articles_that_are_read_again(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    shelf.list(entries("2"), now=NOW + EVERY)
    assert [visit.article_id is None for visit in shelf.visits(NOW + EVERY)] == [True, False]


def test_an_article_is_asked_for_with_the_validators_of_its_latest_reading(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched(URL, validators=Validators('"1"')))
    visit = shelf.visit(URL, NOW + EVERY)
    assert visit.validators == Validators('"1"')
    shelf.crawling.record_unchanged(visit, young=YOUNG, every=EVERY, now=NOW + EVERY)
    assert shelf.visits(NOW + EVERY) == []
    assert shelf.visit(URL, NOW + 2 * EVERY).validators == Validators('"1"')


# --- articles that cannot be had ---


def fail(shelf: Shelf, now: datetime) -> bool:
    return shelf.crawling.record_failure(shelf.visit(URL, now), "HTTP 500", young=YOUNG, every=EVERY, now=now)


def test_failures_back_off_each_time_twice_as_long(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    now, waits = NOW, []
    for _ in range(4):
        assert not fail(shelf, now)
        due = shelf.entries()["1"].next_try_at
        assert due is not None
        assert shelf.visits(due - timedelta(seconds=1)) == []
        waits.append(due - now)
        now = due
    assert waits == [waits[0] * 2**n for n in range(4)]


def test_an_article_that_failed_five_times_is_set_aside_told_and_still_tried_later(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("1"))
    now = NOW
    for attempt in range(1, SET_ASIDE_AFTER + 1):
        assert fail(shelf, now) == (attempt == SET_ASIDE_AFTER == 5)
        now += timedelta(days=2)
    assert Looking(store).sections()[AT]["problems"] == [f"{URL}: HTTP 500"]
    assert shelf.record(shelf.visit(URL, now), fetched(URL), now) == "new"
    assert Looking(store).sections()[AT]["problems"] == []


def test_an_article_set_aside_is_tried_at_least_once_a_day(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    now = NOW
    for _ in range(15):
        fail(shelf, now)
        now += timedelta(days=1)
        assert [visit.url for visit in shelf.visits(now)] == [URL]


def test_one_article_that_fails_holds_no_other_up(shelf: Shelf) -> None:
    shelf.list(entries("2", "1"))
    fail(shelf, NOW)
    assert [visit.url[-1] for visit in shelf.visits()] == ["2"]


def test_a_known_article_that_cannot_be_had_stays_and_is_tried_again(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    assert not fail(shelf, NOW + EVERY)
    assert shelf.visits(NOW + EVERY) == []
    assert len(shelf.visits(NOW + 2 * EVERY)) == 1
    assert shelf.entries()["1"].state == "stored"


def test_a_known_article_that_is_gone_is_not_asked_for_after_its_youth(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    for days in range(1, 10):
        if shelf.visits(NOW + timedelta(days=days)):
            fail(shelf, NOW + timedelta(days=days))
    assert shelf.visits(NOW + timedelta(days=30)) == []


def test_a_failed_visit_of_a_listed_row_keeps_what_the_row_said(shelf: Shelf) -> None:
    shelf.list([ListingEntry(URL, "Tin", number="749/QĐ-TTg")])
    fail(shelf, NOW)
    assert shelf.visit(URL, NOW + timedelta(days=1)).number == "749/QĐ-TTg"


def test_an_unchanged_visit_keeps_no_page(shelf: Shelf) -> None:
    shelf.publish(URL, "Một.")
    kept = sorted(shelf.store.snapshots.path("00").parents[1].rglob("*.gz"))
    later = NOW + timedelta(days=1)
    other_counter = replace(fetched(URL, "Một."), body=b"counter 2")
    assert shelf.record(shelf.visit(URL, later), other_counter, later) == "unchanged"
    assert sorted(shelf.store.snapshots.path("00").parents[1].rglob("*.gz")) == kept != []


def test_a_wording_by_another_reader_is_no_news_of_a_baseline_article(store: Store) -> None:
    shelf = Shelf(store)
    shelf.list(entries("1"))
    words = {
        "Một.": "a",
        "Hai.": "b",
        "Ba.": "b",
    }  # the second wording comes of other selectors, the third of the portal
    for days, (text, reader) in enumerate(words.items()):
        now = NOW + timedelta(days=days)
        shelf.record(shelf.visit(URL, now), replace(fetched(URL, text), reader=reader), now)
    assert [revision.baseline for revision in shelf.revisions()] == [True, True, False]
