"""What is exported can be imported: whole, once, and without telling anybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from shelf import Shelf, fetched
from sqlalchemy import select

from monitor.commands.keep import united
from storage import (
    Attachment,
    Attending,
    DocumentMention,
    Exporting,
    Importing,
    Judging,
    LineError,
    ListingEntry,
    Looking,
    Meeting,
    NewerFormat,
    Store,
    open_store,
    read_line,
)
from storage.exchange import ArticleLine
from storage.tables import Alert, Article, Change, Delivery, Revision

HOUR = timedelta(hours=1)
ONE = "https://thanhhoa.gov.vn/1"
TWO = "https://thanhhoa.gov.vn/2"


@pytest.fixture
def other(tmp_path: Path, new_database: str) -> Iterator[Store]:
    other = open_store(new_database, tmp_path / "other")
    yield other
    other.close()


def judge(store: Store, number: str = "12/QĐ-UBND", *, meeting: dict[str, Any] | None = None) -> None:
    """Let each revision behind door 1 cite a document and stand for one event, as the judge does it."""
    judging = Judging(store)
    for revision in judging.unjudged(NOW, 100):
        with judging.claims(NOW + HOUR) as claims:
            claims.register(revision, [DocumentMention(number, type="Quyết định", role="cited")])
            keys = ["uỷ ban|8|2026", "uỷ ban|2026-11-22"]
            known = claims.find_events("meeting", keys)
            facts = {
                "meeting": asdict(Meeting(**{"title": "Phiên họp", "ordinal": 8, "status": "held", **(meeting or {})}))
            }
            event = (
                known[0].id
                if known
                else claims.add_event(
                    "meeting", keys, title="Phiên họp", status="held", facts={**facts, "documents": []}
                )
            )
            claims.add_evidence(event, revision, "Ủy ban họp.")
            claims.mark_judged(revision)


def fill(store: Store) -> Shelf:
    """Two portals, a revised article with files, a repetition on another portal, a withdrawn one, an event."""
    shelf = Shelf(store, baseline=False)
    shelf.list([ListingEntry(ONE, "Tin 1")])
    files = (Attachment("https://thanhhoa.gov.vn/a.pdf", "Kế hoạch"),)
    shelf.record(shelf.visit(ONE), fetched(ONE, "Phiên họp.", attachments=files))
    shelf.publish(TWO, text="Khác.", now=NOW + HOUR)
    judge(store)
    later = NOW + 7 * HOUR
    shelf.record(shelf.visit(ONE, later), fetched(ONE, "Phiên họp đã hoãn."), later)
    judge(store)
    mpi = Shelf(store, "mpi", "tin")
    mpi.publish("https://mpi.gov.vn/1", text="Khác.", now=NOW + 8 * HOUR)
    visit = shelf.visit(TWO, NOW + 9 * HOUR)
    for hours in (9, 11):
        shelf.crawling.record_gone(visit, "HTTP 404", young=HOUR, every=HOUR, now=NOW + hours * HOUR)
    return shelf


def lines(store: Store, **more: Any) -> list[dict[str, Any]]:
    exporting = Exporting(store, **more)
    return [exporting.header("all", NOW), *exporting.articles(), *exporting.events()]


def take(store: Store, rows: list[dict[str, Any]]) -> list[str]:
    """Import lines; what became of each."""
    read = [read_line(json.dumps(row, ensure_ascii=False).encode()) for row in rows]
    taken = Importing(store, united).take([line for line in read if line is not None], NOW)
    return [one.outcome for one in taken]


def seen(store: Store) -> str:
    """All that people see of a store."""
    looking = Looking(store)
    articles = [looking.show(str(row["id"])) for row in looking.articles()]
    documents = looking.documents()
    for document in documents:  # in the order in which they were judged, and that was at one moment
        document["cited_by"].sort()
    return json.dumps([articles, looking.events(), documents], default=str, sort_keys=True, indent=1)


# --- round trips ---


def test_what_is_exported_is_imported_whole(store: Store, other: Store) -> None:
    fill(store)
    rows = lines(store)
    assert [row["kind"] for row in rows] == ["header", "article", "article", "article", "event"]
    assert take(other, rows) == ["new"] * 4
    assert seen(other) == seen(store)
    assert lines(other) == rows


def change(store: Store, revision: int = 1) -> None:
    """What becomes of the first event: moved, taken up with another that was merged into it, acknowledged and muted."""
    judging = Judging(store)
    with judging.claims(NOW + HOUR) as claims:
        said_in = claims.further_wordings(1, 0)[0]
        (event,) = claims.find_events("meeting", ["uỷ ban|8|2026"])
        told: dict[str, Any] = {**event.facts["meeting"], "date": "2026-11-25"}
        claims.change_facts(1, status="moved", facts={**event.facts, "meeting": told, "said": NOW.isoformat()})
        before, after = {"date": "2026-11-22", "status": "upcoming"}, {"date": "2026-11-25", "status": "moved"}
        claims.add_change(1, said_in, name="moved|2026-11-25", kind="moved", before=before, after=after)
        other = claims.add_event("meeting", ["uỷ ban|khoá xix"], title="Họp", status=None, facts=event.facts)
        claims.merge(1, other, said_in)
    attending = Attending(store)
    attending.acknowledge([1], NOW + HOUR)
    attending.mute([1], NOW + 2 * HOUR)


def test_what_became_of_an_event_is_exported_and_imported_whole(store: Store, other: Store) -> None:
    fill(store)
    change(store)
    rows = lines(store)
    assert [one["name"] for one in rows[-1]["changes"]] == ["moved|2026-11-25", "merged|uỷ ban|khoá xix"]
    assert take(other, rows) == ["new"] * 4
    assert lines(other) == rows
    assert take(store, rows) == take(other, rows) == ["known"] * 4


def test_an_event_that_is_known_gains_its_changes_and_is_not_silenced(store: Store, other: Store) -> None:
    fill(store)
    assert take(other, lines(store)) == ["new"] * 4
    old = lines(store)[-1]
    change(store)
    new = lines(store, since=NOW + HOUR + HOUR / 2)[-1]
    assert take(other, [new]) == ["completed"]
    event = lines(other)[-1]
    assert (event["changes"], event["sequence"]) == (new["changes"], 1)
    assert (event["acknowledged"], event["muted"]) == (new["acknowledged"], None)
    for name in ("changes", "sequence", "acknowledged", "muted"):  # as older versions wrote it
        del old[name]
    assert take(other, [old]) == ["known"]
    assert lines(other)[-1] == event


def test_the_same_lines_again_change_nothing(store: Store, other: Store) -> None:
    fill(store)
    rows = lines(store)
    take(other, rows)
    assert take(other, rows) == ["known"] * 4
    assert take(store, rows) == ["known"] * 4
    assert lines(other) == lines(store) == rows


def test_nothing_imported_is_judged_as_news_or_owed_to_anybody(store: Store, other: Store) -> None:
    fill(store)
    take(other, lines(store))
    with other.read() as session:
        assert session.scalars(select(Alert)).all() == session.scalars(select(Delivery)).all() == []
        unjudged = session.scalars(select(Revision).where(Revision.judged_at.is_(None))).all()
    # The copy on mpi was not judged before the export: it is judged here, for the register alone.
    assert [row.baseline for row in unjudged] == [True]


def test_what_a_listing_shows_after_the_import_is_known(store: Store, other: Store) -> None:
    fill(store)
    take(other, lines(store))
    there = Shelf(other, baseline=False)
    there.list([ListingEntry(ONE, "Tin 1"), ListingEntry(TWO, "Tin 2")])
    assert all(visit.article_id for visit in there.visits(NOW + 99 * HOUR))
    assert len(there.articles()) == 3


def test_a_part_is_exported(store: Store) -> None:
    fill(store)
    assert [row.get("portal") for row in lines(store, portals=["mpi"])] == [None, "mpi"]
    assert [row["kind"] for row in lines(store, portals=["thanhhoa"])] == ["header", "article", "article", "event"]
    since = NOW + 5 * HOUR
    assert [row.get("url") for row in lines(store, since=since)][1:] == [ONE, TWO, "https://mpi.gov.vn/1"]
    assert [row.get("url") for row in lines(store, since=since + 5 * HOUR)][1:] == [TWO]


def test_many_rows_are_exported_page_by_page(store: Store, other: Store) -> None:
    shelf = Shelf(store, baseline=False)
    for number in range(205):
        shelf.publish(f"https://thanhhoa.gov.vn/{number}", text=f"Bài {number}.")
    rows = lines(store)
    assert [row["url"].rpartition("/")[2] for row in rows[1:]] == [str(number) for number in range(205)]
    assert Exporting(store).count(articles=True, events=True) == 205
    take(other, rows)
    assert lines(other)[1:] == [
        {**row, "revisions": [{**row["revisions"][0], "baseline": True}]} for row in rows[1:]
    ]  # nobody had judged them


def test_a_repetition_before_its_original_is_known_as_one(store: Store, other: Store) -> None:
    fill(store)
    rows = lines(store)
    take(other, [rows[3], rows[2], rows[1]])
    with other.read() as session:
        portals = {row.id: row for row in session.scalars(select(Article))}
        repeats = [(row.portal, portals[row.duplicate_of].url) for row in portals.values() if row.duplicate_of]
    assert repeats == [("mpi", TWO)]
    assert take(other, rows) == ["known", "known", "known", "new"]


def test_repetitions_whose_original_does_not_come_do_not_fill_the_memory(
    other: Store, good: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.importing._MOST_WAITING", 3)
    importing = Importing(other, united)
    rows = [
        {
            **good,
            "url": f"https://mpi.gov.vn/{n}",
            "duplicate_of": {"portal": "thanhhoa", "url": f"https://thanhhoa.gov.vn/{n // 2}"},
        }
        for n in range(9)
    ]
    originals = [{**good, "portal": "thanhhoa", "url": f"https://thanhhoa.gov.vn/{n}"} for n in range(4)]
    for row in [*rows, *originals]:
        line = read_line(json.dumps(row).encode())
        assert line is not None
        importing.take([line], NOW)
    repeats = [row["url"][-1] for row in Looking(other).articles() if row["duplicate_of"]]
    assert repeats == ["7", "6"]
    assert take(other, rows[:2]) == ["completed", "completed"]  # the next import finds the original


def test_a_store_with_a_repetition_of_a_later_article_can_be_copied(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store)
    take(other, list(reversed(lines(store)[1:4])))
    moved = open_store(f"sqlite:///{tmp_path}/moved.db", tmp_path)
    other.copy_to(moved)
    assert lines(moved)[1:] == lines(other)[1:]
    moved.close()


# --- merging ---


def test_older_and_newer_wordings_are_put_in_their_place(store: Store, other: Store) -> None:
    mine, theirs = Shelf(store, baseline=False), Shelf(other, baseline=False)
    mine.publish(ONE, text="Đầu.")
    for hours, text in ((7, "Giữa."), (14, "Cuối.")):
        mine.record(mine.visit(ONE, NOW + hours * HOUR), fetched(ONE, text), NOW + hours * HOUR)
    theirs.publish(ONE, text="Giữa.", now=NOW + 8 * HOUR)  # the same wording, seen an hour later
    judge(other)
    rows = lines(store)
    assert take(other, rows) == ["completed"]
    with other.read() as session:
        revisions = session.scalars(select(Revision).order_by(Revision.number)).all()
        assert [(row.number, row.text) for row in revisions] == [(1, "Đầu."), (2, "Giữa."), (3, "Cuối.")]
        assert revisions[1].seen == NOW + 8 * HOUR
        # The newest is still to be judged; the older one would take its place in the register.
        assert [row.judged_at is None for row in revisions] == [False, False, True]
        article = session.scalars(select(Article)).one()
        assert (article.first_seen, article.content_hash) == (NOW, revisions[2].content_hash)
        assert [row.facts for row in session.scalars(select(Change))] == [{"revision": 3}]
    assert [row["articles"][0]["revision"] for row in Looking(other).events()] == [2]
    assert take(other, rows) == ["known"]


def test_an_event_found_by_any_key_gains_evidence_and_facts(store: Store, other: Store) -> None:
    Shelf(store, baseline=False).publish(ONE, text="Phiên họp.")
    judge(store, meeting={"chair": "Phạm Minh Chính"})
    Shelf(other, "mpi", "tin").publish("https://mpi.gov.vn/1", text="Họp.")
    judge(other)
    rows = lines(store)
    rows[-1] = {**rows[-1], "key": "uỷ ban|khoá khác", "keys": ["uỷ ban|2026-11-22"]}
    assert take(other, rows) == ["new", "completed"]
    (event,) = Looking(other).events()
    assert {article["portal"] for article in event["articles"]} == {"thanhhoa", "mpi"}
    assert event["meeting"]["chair"] == "Phạm Minh Chính"
    assert take(other, rows) == ["known", "known"]


def test_two_sessions_of_one_day_stay_two_events(store: Store, other: Store) -> None:
    for shop, ordinal in ((store, 8), (other, 9)):
        Shelf(shop, baseline=False).publish(ONE, text="Phiên họp.")
        judge(shop, meeting={"ordinal": ordinal})
    rows = lines(store)
    rows[-1] = {**rows[-1], "key": "uỷ ban|thứ 8"}
    assert take(other, rows)[-1] == "new"
    assert {row["meeting"]["ordinal"] for row in Looking(other).events()} == {8, 9}


def test_an_event_without_its_articles_is_kept_and_told_of(store: Store, other: Store) -> None:
    fill(store)
    rows = lines(store)
    importing = Importing(other, united)
    (line,) = [line for line in map(read_line, [json.dumps(rows[-1]).encode()]) if line]
    assert [(one.outcome, one.missing) for one in importing.take([line], NOW)] == [("new", 2)]
    assert take(other, rows) == ["new", "new", "new", "completed"]
    assert seen(other) == seen(store)


# --- bad lines ---


@pytest.fixture
def good() -> dict[str, Any]:
    moment = "2026-11-22T10:00:00+07:00"
    revision = {"number": 1, "seen": moment, "baseline": False, "judged": None, "title": "Tin", "text": "Nội dung."}
    return {
        "portalwatch": 1, "kind": "article", "portal": "mpi", "section": "tin", "url": "https://mpi.gov.vn/1",
        "first_seen": moment, "checked": moment, "revisions": [{**revision, "published": "2026-11-22", "facts": {}}],
    }  # fmt: skip


def test_a_line_of_another_program_needs_no_more_than_this(store: Store, good: dict[str, Any]) -> None:
    assert take(store, [good]) == ["new"]
    shown = Looking(store).show("https://www.mpi.gov.vn/1/")
    assert shown is not None
    assert (shown["text"], shown["captions"], shown["attachments"]) == ("Nội dung.", [], [])
    assert Judging(store).unjudged(NOW, 10)[0].baseline


def test_control_characters_do_not_come_in(store: Store, good: dict[str, Any]) -> None:
    """PostgreSQL takes no NUL, in a text or in JSON."""
    (revision,) = good["revisions"]
    facts = {"byline": "Minh\x00 Anh", "captions": ["Ảnh\x1b"], "tables": [[["a\x00"]]]}
    revision |= {"title": "T\x00in", "text": "Nội\x0b dung.\n\tHết.\x7f", "facts": facts}
    good["changes"] = [{"kind": "withdrawn", "seen": good["first_seen"], "facts": {"problem": "HTTP\x00 404"}}]
    good["portal"] = "m\x00pi"
    event = {
        "portalwatch": 1, "kind": "event", "event": "meeting", "key": "a\x00|1", "title": "Họp\x00", "first_seen": good["first_seen"],
        "facts": {"meeting": {"chair": "A\x00", "more\x00": ["\x00"]}, "documents": []},
    }  # fmt: skip
    assert take(store, [good, event]) == ["new", "new"]
    shown = Looking(store).show("https://mpi.gov.vn/1")
    assert shown is not None
    assert (shown["portal"], shown["title"], shown["text"]) == ("mpi", "Tin", "Nội dung.\n\tHết.")
    assert (shown["byline"], shown["captions"], shown["tables"]) == ("Minh Anh", ["Ảnh"], [[["a"]]])
    assert shown["changes"][0]["problem"] == "HTTP 404"
    assert [(row["key"], row["meeting"]["chair"]) for row in Looking(store).events()] == [("a|1", "A")]


def test_what_is_imported_cannot_pass_for_an_articles_own_fields(store: Store, good: dict[str, Any]) -> None:
    (revision,) = good["revisions"]
    revision["facts"] = {
        "id": 99,
        "url": "https://evil.example/",
        "text": "x",
        "byline": "Anh",
        "captions": None,
        "page": None,
    }
    facts = {"kind": "returned", "seen": "never", "url": "https://mpi.gov.vn/a.pdf"}
    good["changes"] = [{"kind": "attached", "seen": good["first_seen"], "facts": facts}]
    assert take(store, [good]) == ["new"]
    (article,) = Looking(store).articles()
    shown = Looking(store).show(str(article["id"]))
    assert shown is not None
    assert {name: shown[name] for name in article} == article
    assert (shown["text"], shown["byline"], shown["captions"], shown["page"]) == ("Nội dung.", "Anh", [], "article")
    assert [{"kind", "seen", "url"}, "attached"] == [set(shown["changes"][0]), shown["changes"][0]["kind"]]
    with store.write() as session:  # as an earlier version imported it
        session.scalars(select(Revision)).one().facts = {"id": 99, "url": "https://evil.example/", "byline": "Anh"}
        session.scalars(select(Change)).one().facts = {"kind": "returned", "seen": "never"}
    shown = Looking(store).show(str(article["id"]))
    assert shown is not None
    assert {name: shown[name] for name in article} == article
    assert shown["changes"][0]["kind"] == "attached"


def test_the_longest_key_that_was_ever_made_comes_back(store: Store, other: Store) -> None:
    Shelf(store, baseline=False).publish(ONE, text="Phiên họp.")
    judge(store)
    rows = lines(store)
    rows[-1] = {**rows[-1], "key": "~" + "x" * 1000 + "|2026-11-22"}
    assert take(other, rows) == ["new", "new"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("portal", None), ("portal", ""), ("portal", 3), ("url", "mailto:a@b.vn"), ("url", "javascript:alert(1)"), ("url", "https://["),
        ("first_seen", "2026-11-22"), ("first_seen", "2026-11-22T10:00:00"), ("first_seen", "0001-01-01T00:00:00+14:00"),
        ("checked", True), ("revisions", []), ("revisions", [1]), ("revisions", [{}]), ("addresses", "x"), ("addresses", ["x" * 3000]),
        ("attachments", [{"url": "https://mpi.gov.vn/a.pdf"}]), ("changes", [{}]), ("portal", "\x00"),
        ("changes", [{"kind": "revised", "seen": "2026-11-22T10:00:00+07:00", "facts": {"revision": []}}]), ("mentions", [{"number": ""}]),
        ("duplicate_of", []), ("duplicate_of", {"portal": "mpi"}), ("kind", "letter"), ("portalwatch", None),
    ],
)  # fmt: skip
def test_a_line_that_is_not_as_it_must_be_is_refused_in_words(good: dict[str, Any], field: str, value: object) -> None:
    with pytest.raises(LineError):
        read_line(json.dumps({**good, field: value}).encode())


@pytest.mark.parametrize(
    "more",
    [
        {"sequence": -1}, {"acknowledged": "2026-11-22"}, {"muted": True}, {"changes": {}}, {"changes": [{"kind": "letter"}]},
        {"facts": {"meeting": {"date": "2026-11-22T08:00:00+07:00"}}}, {"facts": {"meeting": None, "said": "gestern"}},
        {"changes": [{"name": "moved", "kind": "moved", "seen": "2026-11-22T10:00:00+07:00", "before": {"date": []}, "after": {}}]},
    ],
)  # fmt: skip
def test_an_event_that_is_not_as_it_must_be_is_refused_in_words(store: Store, more: dict[str, Any]) -> None:
    fill(store)
    with pytest.raises(LineError):
        read_line(json.dumps({**lines(store)[-1], **more}).encode())


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b"3", b"\xff", b'{"portalwatch": NaN}', b'{"portalwatch": 1, "kind": "header", "x": 1e999}', b"[" * 100_000, b'{"portalwatch": 1, "kind": "article", "portal": "\\ud800"}'],
)  # fmt: skip
def test_what_is_no_line_is_refused_in_words(line: bytes) -> None:
    with pytest.raises(LineError):
        read_line(line)


def test_a_newer_format_is_told_as_one(good: dict[str, Any]) -> None:
    with pytest.raises(NewerFormat, match="2"):
        read_line(json.dumps({**good, "portalwatch": 2}).encode())


def test_a_line_that_the_database_refuses_leaves_its_neighbours(
    store: Store, good: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever gets past the reader: the line is not half there, and those beside it are."""
    read = [read_line(json.dumps({**good, "url": f"https://mpi.gov.vn/{n}"}).encode()) for n in range(3)]
    articles = [line for line in read if isinstance(line, ArticleLine)]
    object.__setattr__(articles[1], "mentions", ({**dict.fromkeys(["number", "number_key", "role"]), "seen": NOW},))
    taken = Importing(store, united).take(articles, NOW)
    assert [one.outcome for one in taken] == ["new", "refused", "new"]
    assert [row["url"][-1] for row in Looking(store).articles()] == ["2", "0"]
