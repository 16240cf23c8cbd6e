"""What a listing said: entries, validators and baselines, all of a reading or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOW
from shelf import AT, Shelf, entries
from sqlalchemy import Engine, event

from storage import ListingEntry, Looking, Store, Validators

TAG = Validators('"abc"', "Sun, 22 Nov 2026 02:00:00 GMT")


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store)


def known(shelf: Shelf, name: str) -> bool:
    return shelf.crawling.is_known(*shelf.at, f"https://thanhhoa.gov.vn/{name}")


# --- validators ---


def test_a_section_never_read_remembers_nothing(shelf: Shelf) -> None:
    memory = shelf.crawling.memory(*AT)
    assert (memory.has_baseline, memory.validators, memory.full_read_at) == (False, Validators(), None)


def test_validators_are_saved_with_what_the_listing_said(shelf: Shelf) -> None:
    assert shelf.list(entries("2", "1"), validators=TAG) == 2
    memory = shelf.crawling.memory(*AT)
    assert (memory.validators, memory.full_read_at) == (TAG, NOW)


def test_a_reading_that_lost_a_page_saves_its_entries_and_no_validators(shelf: Shelf) -> None:
    assert shelf.list(entries("2", "1"), complete=False, validators=TAG) == 2
    memory = shelf.crawling.memory(*AT)
    assert (memory.validators, memory.full_read_at, memory.has_baseline) == (Validators(), None, False)
    assert set(shelf.entries()) == {"1", "2"}


def test_a_reading_that_lost_a_page_keeps_the_validators_of_the_last_whole_one(shelf: Shelf) -> None:
    shelf.list(entries("1"), validators=TAG)
    shelf.list(entries("2"), complete=False, validators=Validators('"new"'), now=NOW + timedelta(hours=1))
    memory = shelf.crawling.memory(*AT)
    assert (memory.validators, memory.full_read_at) == (TAG, NOW)


def test_a_server_that_no_longer_sends_validators_is_not_asked_with_old_ones(shelf: Shelf) -> None:
    shelf.list(entries("1"), validators=TAG)
    shelf.list(entries("1"), validators=Validators())
    assert shelf.crawling.memory(*AT).validators == Validators()


def test_a_crash_in_the_midst_of_a_listing_leaves_neither_entries_nor_validators(shelf: Shelf, store: Store) -> None:
    statements: list[str] = []

    def crash(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)
        if statement.startswith("UPDATE sections"):  # the entries are written by then
            raise RuntimeError("killed")

    engine: Engine = store._engine
    event.listen(engine, "before_cursor_execute", crash)
    try:
        with pytest.raises(RuntimeError, match="killed"):
            shelf.list(entries("2", "1"), validators=TAG)
    finally:
        event.remove(engine, "before_cursor_execute", crash)
    assert any(statement.startswith("INSERT INTO entries") for statement in statements)
    assert shelf.entries() == {}
    assert shelf.crawling.memory(*AT).validators == Validators()
    assert shelf.list(entries("2", "1"), validators=TAG) == 2


# --- what an entry proves ---


def test_an_entry_of_a_whole_reading_proves_that_all_below_it_is_known(shelf: Shelf) -> None:
    shelf.list(entries("2", "1"))
    assert known(shelf, "1")
    assert not known(shelf, "3")


def test_an_entry_is_known_by_every_spelling_of_its_address(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    assert shelf.crawling.is_known(*AT, "http://www.thanhhoa.gov.vn/1/?utm_source=zalo#top")


def test_an_entry_of_one_section_proves_nothing_in_another(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("1"))
    assert not known(Shelf(store, "thanhhoa", "van-ban"), "1")
    assert not known(Shelf(store, "mpi", "tin-tuc"), "1")


def test_a_listing_walked_in_part_is_walked_again(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    shelf.list(entries("4", "3"), complete=False)  # page two, with entry 2, could not be had
    assert not known(shelf, "3")
    assert shelf.list(entries("4", "3", "2", "1")) == 1
    assert [known(shelf, name) for name in "1234"] == [True] * 4


def test_a_reading_in_part_takes_no_proof_away(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    shelf.list(entries("2", "1"), complete=False)
    assert known(shelf, "1")


def test_an_old_entry_pinned_on_top_hides_nothing_below_it(shelf: Shelf) -> None:
    shelf.list(entries("ghim", "1"))
    assert shelf.list(entries("ghim", "3", "2", "1"), now=NOW + timedelta(hours=1)) == 2
    assert not shelf.entries()["3"].baseline
    assert shelf.entries()["ghim"].first_seen == NOW


# --- baseline ---


def test_the_first_whole_reading_is_the_baseline(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    assert shelf.crawling.memory(*AT).has_baseline
    shelf.list(entries("2", "1"))
    assert {name: entry.baseline for name, entry in shelf.entries().items()} == {"1": True, "2": False}


def test_the_baseline_goes_on_until_a_reading_was_whole(shelf: Shelf) -> None:
    shelf.list(entries("2"), complete=False)
    assert not shelf.crawling.memory(*AT).has_baseline
    shelf.list(entries("2", "1"))
    shelf.list(entries("3", "2", "1"))
    assert {name: entry.baseline for name, entry in shelf.entries().items()} == {"1": True, "2": True, "3": False}


def test_each_section_has_its_own_baseline(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("1"))
    documents = Shelf(store, "thanhhoa", "van-ban")
    documents.list(entries("9"))
    assert documents.entries()["9"].baseline


def test_the_baseline_waits_for_every_entry_to_be_stored_or_set_aside(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("2", "1"))
    assert Looking(store).sections()[AT]["pending"] == 2
    shelf.publish("https://thanhhoa.gov.vn/1", "Một.")
    assert Looking(store).sections()[AT]["pending"] == 1
    visit = shelf.visit("https://thanhhoa.gov.vn/2")
    for _ in range(5):
        shelf.crawling.record_failure(visit, "HTTP 404", young=timedelta(days=7), every=timedelta(hours=6), now=NOW)
    assert Looking(store).sections()[AT]["pending"] == 0


# --- what is kept of a line ---


def test_what_a_line_said_is_there_for_the_visit(shelf: Shelf) -> None:
    line = ListingEntry("https://thanhhoa.gov.vn/1", "Tin", date(2026, 11, 20), "749/QĐ-TTg", "Tóm tắt")
    shelf.list([line])
    (visit,) = shelf.visits()
    assert (visit.url, visit.title, visit.published, visit.number, visit.summary) == (
        line.url,
        line.title,
        line.published,
        line.number,
        line.summary,
    )


def test_one_address_listed_twice_is_one_entry(shelf: Shelf) -> None:
    lines = entries("1")
    assert shelf.list([*lines, replace(lines[0], url="http://www.thanhhoa.gov.vn/1/")]) == 1


def test_entries_are_visited_oldest_first(shelf: Shelf) -> None:
    shelf.list(entries("3", "2", "1"))
    shelf.list(entries("5", "4"), now=NOW + timedelta(hours=1))
    assert [visit.url[-1] for visit in shelf.visits()] == ["1", "2", "3", "4", "5"]


def test_a_line_whose_title_changed_lets_its_article_be_read_again_now(shelf: Shelf) -> None:
    shelf.publish("https://thanhhoa.gov.vn/1", title="Họp")
    assert shelf.visits() == []
    shelf.list([ListingEntry("https://thanhhoa.gov.vn/1", "Họp (HOÃN)")])
    (visit,) = shelf.visits()
    assert (visit.title, visit.article_id is not None) == ("Họp (HOÃN)", True)
