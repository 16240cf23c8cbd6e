"""What became of articles, portals and sections over the years: facts, renames, and what is not kept for ever."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from conftest import NOW
from shelf import AT, EVERY, YOUNG, Shelf, entries, fetched, outcome
from sqlalchemy import Engine, event, select

from config import Retention, StorageError
from storage import Attachment, Crawling, Forgetting, Judging, ListingEntry, Looking, Store
from storage.tables import ArticleUrl, Change, Entry, Section

URL = "https://thanhhoa.gov.vn/1"
PDF = Attachment("https://thanhhoa.gov.vn/ke-hoach.pdf", "Kế hoạch")
DOC = Attachment("https://thanhhoa.gov.vn/phu-luc.docx", "Phụ lục")
DAY = timedelta(days=1)


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store, baseline=False)


def changes(shelf: Shelf) -> list[tuple[str, dict[str, object]]]:
    with shelf.store.read() as session:
        return [(row.kind, row.facts) for row in session.scalars(select(Change).order_by(Change.id))]


def read_again(shelf: Shelf, days: int, text: str = "Nội dung.", **more: object) -> str:
    now = NOW + days * DAY
    return shelf.record(shelf.visit(URL, now), fetched(URL, text, **more), now)  # type: ignore[arg-type]


def gone(shelf: Shelf, days: int) -> bool:
    now = NOW + days * DAY
    return shelf.crawling.record_gone(shelf.visit(URL, now), "HTTP 404", young=YOUNG, every=EVERY, now=now)


# --- revised, attached ---


def test_a_revision_of_the_portal_is_a_fact_and_one_of_ours_is_none(shelf: Shelf) -> None:
    shelf.publish(URL)
    read_again(shelf, 1, "Nội dung mới.")
    assert changes(shelf) == [("revised", {"revision": 2})]
    now = NOW + 2 * DAY
    other = fetched(URL, "Nội dung mới, đọc khác.")
    assert shelf.record(shelf.visit(URL, now), type(other)(other.extraction, other.body, reader="2"), now) == "revised"
    assert len(changes(shelf)) == 1


def test_another_reader_of_the_same_words_is_remembered(shelf: Shelf) -> None:
    """Otherwise the portal's next revision would be taken for ours."""
    shelf.publish(URL)
    now, same = NOW + DAY, fetched(URL)
    assert shelf.record(shelf.visit(URL, now), type(same)(same.extraction, same.body, reader="2"), now) == "unchanged"
    now, new = NOW + 2 * DAY, fetched(URL, "Nội dung mới.")
    shelf.record(shelf.visit(URL, now), type(new)(new.extraction, new.body, reader="2"), now)
    assert [kind for kind, _ in changes(shelf)] == ["revised"]


def test_attachments_come_and_go_without_a_new_wording(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched(URL, attachments=(PDF,)))
    assert changes(shelf) == []
    assert read_again(shelf, 1, attachments=(PDF, DOC)) == "unchanged"
    assert read_again(shelf, 2, attachments=(DOC,)) == "unchanged"
    assert read_again(shelf, 3, attachments=(DOC, PDF)) == "unchanged"
    told = [(kind, facts["name"]) for kind, facts in changes(shelf)]
    assert told == [("attached", "Phụ lục"), ("detached", "Kế hoạch"), ("attached", "Kế hoạch")]
    shown = Looking(store).show(URL)
    assert shown is not None
    assert {row["name"] for row in shown["attachments"]} == {"Kế hoạch", "Phụ lục"}
    assert [change["kind"] for change in shown["changes"]] == ["attached", "detached", "attached"]


def test_a_mistyped_link_is_no_attachment_and_stops_nothing(shelf: Shelf) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched(URL, attachments=(Attachment("http://[x", "?"), PDF)))
    shown = Looking(shelf.store).show(URL)
    assert shown is not None
    assert [row["name"] for row in shown["attachments"]] == ["Kế hoạch"]


# --- withdrawn ---


def test_an_article_is_withdrawn_when_it_is_not_found_twice(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    assert not gone(shelf, 1)
    assert shelf.articles()[0].withdrawn is None
    assert shelf.articles()[0].next_visit_at == NOW + DAY + timedelta(hours=1)  # not only after the usual pause
    assert gone(shelf, 2)
    (article,) = shelf.articles()
    assert article.withdrawn == NOW + DAY
    assert changes(shelf) == [("withdrawn", {"problem": "HTTP 404"})]
    assert not gone(shelf, 3)
    assert len(changes(shelf)) == 1
    assert Looking(store).articles()[0]["withdrawn"] == NOW + DAY


def test_a_bad_hour_of_the_portal_withdraws_nothing(shelf: Shelf) -> None:
    shelf.publish(URL)
    assert not gone(shelf, 1)
    read_again(shelf, 2)
    assert not gone(shelf, 3)
    assert changes(shelf) == []


def test_an_article_that_returns_is_there_again(shelf: Shelf) -> None:
    shelf.publish(URL)
    gone(shelf, 1)
    gone(shelf, 2)
    assert read_again(shelf, 3) == "unchanged"
    assert [kind for kind, _ in changes(shelf)] == ["withdrawn", "returned"]
    assert shelf.articles()[0].withdrawn is None


# --- listings that move ---


def test_another_listing_with_nothing_known_is_all_baseline(shelf: Shelf) -> None:
    shelf.publish(URL)
    shelf.list(entries("b", "a"), url="https://thanhhoa.gov.vn/khac")
    assert [shelf.entries()[name].baseline for name in ("a", "b")] == [True, True]
    shelf.list(entries("c", "b", "a"), url="https://thanhhoa.gov.vn/khac")
    assert not shelf.entries()["c"].baseline


def test_another_address_of_a_known_listing_has_news_above_what_is_known(shelf: Shelf) -> None:
    shelf.publish(URL)
    shelf.list(entries("3", "2", "1", "0"), url="https://thanhhoa.gov.vn/trang-moi")
    baseline = {name: entry.baseline for name, entry in shelf.entries().items()}
    assert baseline == {"3": False, "2": False, "1": False, "0": True}


def test_an_entry_pinned_on_top_does_not_make_news_old(shelf: Shelf) -> None:
    shelf.list(entries("2", "1", "pin"))
    shelf.list(entries("pin", "4", "3", "2", "1", "0"), url="https://thanhhoa.gov.vn/trang-moi")
    baseline = {name: entry.baseline for name, entry in shelf.entries().items()}
    assert baseline == {"pin": False, "4": False, "3": False, "2": False, "1": False, "0": True}


def test_older_entries_belong_to_the_baseline_and_prove_nothing(shelf: Shelf) -> None:
    shelf.publish(URL)
    before = shelf.crawling.memory(*AT)
    assert shelf.crawling.record_older(*AT, entries("1", "b", "a"), now=NOW) == 2
    assert [shelf.entries()[name].baseline for name in ("1", "a", "b")] == [False, True, True]
    assert not shelf.crawling.is_known(*AT, "https://thanhhoa.gov.vn/a")
    assert shelf.crawling.memory(*AT) == before


# --- paces and names ---


def test_a_section_with_another_pace_is_due_at_once_unless_it_fails(store: Store) -> None:
    crawling = Crawling(store)
    crawling.know_sections([AT], NOW, {AT: "1 day"})
    run = crawling.start_run(AT[0], "schedule", NOW)
    crawling.finish_run(run, [outcome(next_check_at=NOW + DAY)], NOW)
    crawling.know_sections([AT], NOW, {AT: "1 day"})
    assert crawling.due(NOW) == {}
    crawling.know_sections([AT], NOW, {AT: "5 minutes"})
    assert crawling.due(NOW) == {AT[0]: [AT[1]]}
    run = crawling.start_run(AT[0], "schedule", NOW)
    crawling.finish_run(run, [outcome(state="failed", next_check_at=NOW + DAY)], NOW)
    crawling.know_sections([AT], NOW, {AT: "1 minute"})
    assert crawling.due(NOW) == {}


def test_sections_of_a_portal_that_are_due_soon_are_read_together(store: Store) -> None:
    crawling, other = Crawling(store), (AT[0], "van-ban")
    crawling.know_sections([AT, other, ("mpi", "tin-tuc")], NOW)
    for portal, sections in ((AT[0], {AT[1]: 0, "van-ban": 15}), ("mpi", {"tin-tuc": 15})):
        run = crawling.start_run(portal, "schedule", NOW)
        readings = [outcome(name, next_check_at=NOW + timedelta(seconds=wait)) for name, wait in sections.items()]
        crawling.finish_run(run, readings, NOW)
    assert crawling.due(NOW) == {AT[0]: [AT[1], "van-ban"]}


def test_a_renamed_portal_takes_over_all_that_was_known(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    crawling = Crawling(store)
    assert crawling.succeed("thanh-hoa", AT[0], {"thanhhoa.gov.vn"})
    assert not crawling.succeed("thanh-hoa", AT[0], {"thanhhoa.gov.vn"})
    crawling.know_sections([("thanh-hoa", AT[1])], NOW)
    assert crawling.memory("thanh-hoa", AT[1]).has_baseline
    assert [row["portal"] for row in Looking(store).articles()] == ["thanh-hoa"]
    with store.read() as session:
        for table in (Section, Entry, ArticleUrl):
            assert set(session.scalars(select(table.portal))) == {"thanh-hoa"}


def test_a_portal_on_another_host_keeps_the_articles_and_not_the_baseline(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    crawling = Crawling(store)
    assert crawling.succeed("moi", AT[0], {"moi.gov.vn"})
    crawling.know_sections([("moi", AT[1])], NOW)
    assert not crawling.memory("moi", AT[1]).has_baseline
    assert [row["portal"] for row in Looking(store).articles()] == ["moi"]


def test_a_line_that_leads_elsewhere_does_not_cost_the_baseline(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    shelf.list([*entries("x", host="baochinhphu.vn"), *entries("1")])
    assert Crawling(store).succeed("moi", AT[0], {"thanhhoa.gov.vn"})
    assert Crawling(store).memory("moi", AT[1]).has_baseline


def test_a_crawl_under_way_writes_nothing_under_a_name_that_is_no_more(shelf: Shelf, store: Store) -> None:
    """What it stored would count as had, and nobody who watches the new name would be told."""
    crawling = Crawling(store)
    shelf.list(entries("1"))
    visit, run = shelf.visit(URL), crawling.start_run(AT[0], "schedule", NOW)
    assert crawling.succeed("moi", AT[0], {"thanhhoa.gov.vn"})
    for write in (
        lambda: shelf.record(visit, fetched(URL)),
        lambda: shelf.list(entries("2", "1")),
        lambda: crawling.memory(*AT),
    ):
        with pytest.raises(StorageError, match="renamed"):
            write()
    crawling.interrupt_run(run, NOW)
    assert Looking(store).runs()[0]["state"] == "interrupted"
    assert [visit.url for visit in crawling.visits("moi", AT[1], NOW)] == [URL]


def test_an_outage_goes_on_under_the_new_name(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    judging = Judging(store)
    with judging.claims(NOW) as claims:
        claims.add_event("portal_failing", [f"{AT[0]}|2026"], title="?", status=None, facts={})
    assert Crawling(store).succeed("moi", AT[0], {"thanhhoa.gov.vn"})
    assert judging.open_outages() == {"moi": "moi|2026"}


def test_a_portal_that_gave_something_takes_nothing_over(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    Shelf(store, "mpi", baseline=False).publish("https://mpi.gov.vn/1")
    assert not Crawling(store).succeed("mpi", AT[0], {"mpi.gov.vn"})
    assert not Crawling(store).succeed("moi", "khong-co", {"mpi.gov.vn"})


# --- what is not kept for ever ---


def judge_all(store: Store) -> None:
    judging = Judging(store)
    while revisions := judging.unjudged(NOW + 100 * DAY, 100):
        with judging.claims(NOW) as claims:
            for revision in revisions:
                claims.mark_judged(revision)


def forget(store: Store, days: float = 0, **kept: timedelta | None) -> None:
    nothing: dict[str, timedelta | None] = {"runs": None, "snapshots": None, "articles": None}
    while Forgetting(store).forget(Retention.model_construct(**{**nothing, **kept}), NOW + days * DAY):
        pass


def test_pages_of_superseded_wordings_are_forgotten_and_the_newest_is_kept(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    read_again(shelf, 1, "Nội dung mới.")
    first, second = (str(revision.snapshot) for revision in shelf.revisions())
    forget(store, 100, snapshots=timedelta(days=200))
    assert store.snapshots.path(first).exists()
    forget(store, 300, snapshots=timedelta(days=200))
    assert not store.snapshots.path(first).exists()
    assert store.snapshots.read(second)
    assert [revision.snapshot for revision in shelf.revisions()] == [None, second]


def test_what_is_not_judged_yet_is_not_forgotten(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    forget(store, 30, articles=20 * DAY)
    assert len(shelf.articles()) == 1


def test_forgetting_looks_through_no_table_for_each_row(shelf: Shelf, store: Store) -> None:
    """With a scan of all revisions for each page, an hour's forgetting held all other writers up for minutes."""
    shelf.publish(URL)
    read_again(shelf, 1, "Nội dung mới.")
    judge_all(store)
    with store.read() as session:
        if session.connection().dialect.name != "sqlite":
            return  # the indexes are the same; its planner scans what is as small as this
    asked: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    try:
        forget(store, 400, snapshots=DAY, runs=DAY, articles=DAY)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    with store.read() as session:
        for statement in asked:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                holes = statement.count("?")
                plan = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement, (0,) * holes).all()
                inner = [row[-1] for row in plan if row[1] and re.match(r"SCAN (?!CONSTANT|\()", row[-1])]
                assert inner == [], (statement, plan)


def test_articles_are_forgotten_with_all_that_hangs_on_them_and_are_no_news_again(shelf: Shelf, store: Store) -> None:
    shelf.list(entries("1"))
    shelf.record(shelf.visit(URL), fetched(URL, attachments=(PDF,)))
    Shelf(store, "mpi", baseline=False).publish("https://mpi.gov.vn/1")  # the same words: it names the first
    read_again(shelf, 1, "Nội dung mới.", attachments=(DOC,))
    judge_all(store)
    forget(store, 30, articles=20 * DAY)
    assert shelf.articles() == []
    assert shelf.revisions() == []
    shelf.list([ListingEntry(URL, "Tiêu đề")], now=NOW + 31 * DAY)
    assert shelf.visits(NOW + 31 * DAY) == []


def test_an_article_that_an_event_rests_on_is_kept(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    judging = Judging(store)
    (revision,) = judging.unjudged(NOW, 10)
    with judging.claims(NOW) as claims:
        claims.add_evidence(claims.add_event("meeting", ["k"], title="Họp", status=None, facts={}), revision, "Họp.")
        claims.mark_judged(revision)
    forget(store, 30, articles=20 * DAY)
    assert len(shelf.articles()) == 1


def test_what_killed_processes_left_in_the_folder_of_pages_is_swept(shelf: Shelf, store: Store) -> None:
    shelf.publish(URL)
    kept = store.snapshots.path(str(shelf.revisions()[0].snapshot))
    orphan = store.snapshots.path(store.snapshots.keep("của ai".encode()))
    part = orphan.with_suffix(".77.part")
    part.touch()
    for path in (kept, orphan, part):
        os.utime(path, ((NOW - 3 * DAY).timestamp(),) * 2)
    for hour in range(256):
        Forgetting(store).forget(Retention(), NOW + timedelta(hours=hour))
    assert [path.exists() for path in (kept, orphan, part)] == [True, False, False]
