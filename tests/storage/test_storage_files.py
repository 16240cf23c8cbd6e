"""Files behind attachments: kept once, part of a wording, news when the portal replaces them and never by our doing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW
from shelf import AT, EVERY, YOUNG, Shelf, fetched
from sqlalchemy import func, select

from config import Retention
from monitor.commands.keep import united
from storage import (
    Attachment,
    Exporting,
    FetchedFile,
    FileText,
    Forgetting,
    Importing,
    Judging,
    ListingEntry,
    Looking,
    Store,
    Validators,
    open_store,
    read_line,
)
from storage.exchange import ArticleLine, LineError
from storage.tables import ArticleAttachment, Change, File, Revision, RevisionFile, Snapshot

URL = "https://thanhhoa.gov.vn/1"
PDF = Attachment("https://thanhhoa.gov.vn/ke-hoach.pdf", "Kế hoạch")
DOC = Attachment("https://thanhhoa.gov.vn/phu-luc.docx", "Phụ lục")
DAY = timedelta(days=1)
ETAG = Validators('"1"', None)


def file(link: Attachment, text: str, state: str = "read", body: bytes | None = None, reader: str = "1") -> FetchedFile:
    return FetchedFile(link.url, body or text.encode(), FileText("pdf", state, text, 1, None, reader), ETAG)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def lost(link: Attachment, problem: str = "HTTP 404") -> FetchedFile:
    return FetchedFile(link.url, problem=problem)


@pytest.fixture
def shelf(store: Store) -> Shelf:
    shelf = Shelf(store, baseline=False)
    shelf.list([ListingEntry(URL, "Tin 1")])
    return shelf


def read(shelf: Shelf, day: int, *files: FetchedFile, links: tuple[Attachment, ...] = (PDF,), reader: str = "") -> str:
    """Read the article on a day, with what was had of its files."""
    now = NOW + day * DAY
    article = replace(fetched(URL, attachments=links), files=files, reader=reader)
    return shelf.record(shelf.visit(URL, now), article, now)


def judge(shelf: Shelf, day: int) -> None:
    """Judge all that is to be judged."""
    judging = Judging(shelf.store)
    for revision in judging.unjudged(NOW + day * DAY, 50):
        with judging.claims(NOW + day * DAY) as claims:
            claims.mark_judged(revision)


def unchanged(shelf: Shelf, day: int, *files: FetchedFile) -> str:
    """The same where the server says that the page is what it was."""
    now = NOW + day * DAY
    return shelf.crawling.record_unchanged(shelf.visit(URL, now), files, young=YOUNG, every=EVERY, now=now)


def changes(shelf: Shelf) -> list[str]:
    with shelf.store.read() as session:
        return list(session.scalars(select(Change.kind).order_by(Change.id)))


def judged(shelf: Shelf) -> list[tuple[tuple[str, ...], bool]]:
    return [(revision.files, revision.baseline) for revision in Judging(shelf.store).unjudged(NOW + 300 * DAY, 50)]


def test_what_a_file_says_is_judged_with_its_article(shelf: Shelf) -> None:
    assert read(shelf, 0, file(DOC, "Phụ lục"), file(PDF, "Kế hoạch"), links=(PDF, DOC)) == "new"
    assert judged(shelf) == [(("Kế hoạch", "Phụ lục"), False)]
    with shelf.store.read() as session:
        row = session.get_one(File, digest("Kế hoạch"))
        assert (row.size, row.kind, row.pages, row.folded) == (len("Kế hoạch".encode()), "pdf", 1, "ke hoach")
        assert shelf.store.snapshots.read(row.hash) == "Kế hoạch".encode()


def test_a_visit_knows_what_it_had_of_each_file(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Kế hoạch"), lost(DOC), links=(PDF, DOC))
    known = shelf.visit(URL, NOW + DAY).attachments
    assert [(one.url, one.fetched, one.validators, one.problem) for one in known] == [
        (PDF.url, True, ETAG, None),
        (DOC.url, False, Validators(), "HTTP 404"),
    ]


@pytest.mark.parametrize("visit", [read, unchanged])
def test_a_file_replaced_behind_its_url_is_a_revision_and_news(shelf: Shelf, visit: object) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    assert visit(shelf, 1, file(PDF, "Họp ngày 27")) == "revised"  # type: ignore[operator]
    assert changes(shelf) == ["replaced"]
    assert judged(shelf) == [(("Họp ngày 25",), False), (("Họp ngày 27",), False)]
    assert visit(shelf, 2, file(PDF, "Họp ngày 27")) == "unchanged"  # type: ignore[operator]
    one, two = (Looking(shelf.store).show(URL) or {})["revisions"]
    assert (one["files"], two["files"]) == ([digest("Họp ngày 25")], [digest("Họp ngày 27")])


def test_a_file_replaced_behind_a_baseline_article_is_news_too(store: Store) -> None:
    shelf = Shelf(store)
    shelf.list([ListingEntry(URL, "Tin 1")])
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    unchanged(shelf, 1, file(PDF, "Họp ngày 27"))
    assert sorted(judged(shelf)) == [(("Họp ngày 25",), True), (("Họp ngày 27",), False)]


def test_other_bytes_with_the_same_words_are_the_same_file(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    assert unchanged(shelf, 1, file(PDF, "Họp ngày 25", body=b"made at 10:05")) == "unchanged"
    assert changes(shelf) == []


def test_another_scan_is_another_file(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "", "scan", b"one"))
    assert unchanged(shelf, 1, file(PDF, "", "scan", b"two")) == "revised"
    assert [files for files, _ in judged(shelf)] == [(), ()]


def test_what_was_never_asked_for_is_no_news_when_it_is_first_had(shelf: Shelf) -> None:
    """Articles that were stored before there was a reader of files."""
    read(shelf, 0)
    assert unchanged(shelf, 1, file(PDF, "Họp ngày 25")) == "unchanged"
    assert changes(shelf) == []
    assert judged(shelf) == [(("Họp ngày 25",), False)]  # of the one revision
    assert unchanged(shelf, 2, file(PDF, "Họp ngày 27")) == "revised"


@pytest.mark.parametrize(("day", "told"), [(1, [(("Họp ngày 25",), False)]), (3, [])])
def test_what_is_first_had_is_judged_while_the_article_is_fresh(
    shelf: Shelf, day: int, told: list[tuple[tuple[str, ...], bool]]
) -> None:
    read(shelf, 0)
    judge(shelf, 0)
    assert unchanged(shelf, day, file(PDF, "Họp ngày 25")) == "unchanged"
    assert judged(shelf) == told
    judge(shelf, day)
    assert unchanged(shelf, day + 1, file(PDF, "Họp ngày 25")) == "unchanged"
    assert judged(shelf) == []


@pytest.mark.parametrize(("day", "baseline"), [(1, False), (3, True)])
def test_words_and_files_that_a_new_version_reads_otherwise_are_told_of_fresh_articles_only(
    shelf: Shelf, day: int, baseline: bool
) -> None:
    read(shelf, 0, reader="2")
    judge(shelf, 0)
    now = NOW + day * DAY
    article = fetched(URL, "Nội dung, khác.", attachments=(PDF,))
    article = replace(article, files=(file(PDF, "Giấy mời họp ngày 25"),), reader="3")
    assert shelf.record(shelf.visit(URL, now), article, now) == "revised"
    assert judged(shelf) == [(("Giấy mời họp ngày 25",), baseline)]
    assert changes(shelf) == []


@pytest.mark.parametrize("visit", [read, unchanged])
def test_the_same_bytes_read_otherwise_are_the_same_file(shelf: Shelf, visit: object) -> None:
    body = b"%PDF same"
    read(shelf, 0, file(PDF, "Họp ngay 25", body=body))
    judge(shelf, 0)
    for day in (1, 2):
        assert visit(shelf, day, file(PDF, "Họp ngày 25", body=body, reader="2")) == "unchanged"  # type: ignore[operator]
    assert (changes(shelf), judged(shelf)) == ([], [])
    with shelf.store.read() as session:
        (row,) = session.scalars(select(File))
        assert (row.text, row.folded, row.reader) == ("Họp ngày 25", "hop ngay 25", "2")


@pytest.mark.parametrize(("day", "told"), [(1, [(("GIẤY MỜI",), False)]), (3, [])])
def test_a_scan_that_is_recognised_later_is_judged_while_its_article_is_fresh(
    shelf: Shelf, day: int, told: list[tuple[tuple[str, ...], bool]]
) -> None:
    read(shelf, 0, file(PDF, "", "scan", body=b"%PDF scan"))
    judge(shelf, 0)
    assert unchanged(shelf, day, file(PDF, "GIẤY MỜI", body=b"%PDF scan", reader="1 ocr")) == "unchanged"
    assert (changes(shelf), judged(shelf)) == ([], told)
    judge(shelf, day)
    # Whoever has no recognition takes nothing away.
    assert unchanged(shelf, day + 1, file(PDF, "", "scan", body=b"%PDF scan", reader="1")) == "unchanged"
    (shown,) = (Looking(shelf.store).show(URL) or {})["attachments"]
    assert (shown["text"], shown["state"]) == ("GIẤY MỜI", "read")
    assert judged(shelf) == []


def test_a_visit_knows_which_reader_could_not_read_a_file(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "", "scan", body=b"%PDF scan"), file(DOC, "Phụ lục"), links=(PDF, DOC))
    assert [one.unread_by for one in shelf.visit(URL, NOW + DAY).attachments] == ["1", None]
    unchanged(shelf, 1, file(PDF, "", "scan", body=b"%PDF scan", reader="2"))
    assert [one.unread_by for one in shelf.visit(URL, NOW + 2 * DAY).attachments] == ["2", None]


@pytest.mark.parametrize(("state", "body"), [("unread", b"Error 500"), ("refused", b"%PDF-1.7 half")])
def test_an_error_in_the_place_of_a_file_is_a_problem_and_no_other_file(shelf: Shelf, state: str, body: bytes) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    wrong = FetchedFile(PDF.url, body, FileText("text", state, "", None, "no document", "1"), Validators('"2"', None))
    assert unchanged(shelf, 1, wrong) == "unchanged"
    (shown,) = (Looking(shelf.store).show(URL) or {})["attachments"]
    assert (shown["text"], shown["state"], shown["problem"]) == ("Họp ngày 25", "read", "no document")
    assert shelf.visit(URL, NOW + 2 * DAY).attachments[0].validators == ETAG
    assert unchanged(shelf, 2, file(PDF, "Họp ngày 25")) == "unchanged"
    assert unchanged(shelf, 3, file(PDF, "Họp ngày 27")) == "revised"
    assert changes(shelf) == ["replaced"]


def test_what_another_reader_finds_is_no_news(shelf: Shelf) -> None:
    read(shelf, 0, links=())
    assert read(shelf, 1, file(PDF, "Họp ngày 25"), reader="2") == "unchanged"
    assert changes(shelf) == []


def test_a_file_had_at_last_is_judged_and_no_change_of_the_portals(shelf: Shelf) -> None:
    read(shelf, 0, lost(PDF))
    assert unchanged(shelf, 1, lost(PDF, "HTTP 500")) == "unchanged"
    assert unchanged(shelf, 2, file(PDF, "Họp ngày 25")) == "revised"
    assert changes(shelf) == []
    assert judged(shelf) == [((), False), (("Họp ngày 25",), False)]


def test_a_file_that_is_lost_for_a_while_stays_known(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    assert unchanged(shelf, 1, lost(PDF)) == "unchanged"
    (shown,) = (Looking(shelf.store).show(URL) or {})["attachments"]
    assert (shown["text"], shown["state"], shown["problem"]) == ("Họp ngày 25", "read", "HTTP 404")
    assert unchanged(shelf, 2, file(PDF, "Họp ngày 25")) == "unchanged"


def test_a_file_attached_later_is_news(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Kế hoạch"))
    assert read(shelf, 1, file(DOC, "Giấy mời"), links=(PDF, DOC)) == "revised"
    assert changes(shelf) == ["attached"]
    assert judged(shelf)[-1] == (("Kế hoạch", "Giấy mời"), False)


def test_pages_without_a_word_are_not_one_article_for_their_title(shelf: Shelf) -> None:
    for number in (2, 3):
        url = f"https://thanhhoa.gov.vn/{number}"
        shelf.list([ListingEntry(url, "Lịch công tác tuần")])
        link = Attachment(f"{url}.pdf", "Lịch")
        article = fetched(url, "", "Lịch công tác tuần", attachments=(link,))
        assert shelf.record(shelf.visit(url), replace(article, files=(file(link, f"Tuần {number}"),))) == "new"


SEE_FILE = ("Chi tiết xem tại tệp đính kèm.", "Giấy mời họp")


def second(
    shelf: Shelf, name: str, *files: FetchedFile, links: tuple[Attachment, ...], words: tuple[str, str] = SEE_FILE
) -> str:
    """Read another article, perhaps of the same words."""
    url = f"https://thanhhoa.gov.vn/{name}"
    shelf.list([ListingEntry(url, words[1])])
    return shelf.record(shelf.visit(url), replace(fetched(url, *words, attachments=links), files=files))


def test_articles_that_say_the_same_of_other_files_are_two(shelf: Shelf) -> None:
    other = Attachment("https://thanhhoa.gov.vn/giay-moi-2.pdf", "Tải về")
    assert second(shelf, "a", file(PDF, "Họp ngày 25"), links=(PDF,)) == "new"
    assert second(shelf, "b", file(other, "Họp ngày 27"), links=(other,)) == "new"
    assert second(shelf, "c", file(PDF, "Họp ngày 28"), links=(PDF,)) == "new"  # put in the place of the first
    assert second(shelf, "d", links=()) == "new"
    assert [article.duplicate_of for article in shelf.articles()] == [None] * 4
    assert sorted(judged(shelf)) == [((), False)] + [((f"Họp ngày {day}",), False) for day in (25, 27, 28)]


def test_an_article_at_two_addresses_with_the_same_files_is_one(shelf: Shelf) -> None:
    other = Attachment("https://thanhhoa.gov.vn/tai-ve?id=7", "Tải về")
    assert second(shelf, "a", file(PDF, "Họp ngày 25"), lost(DOC), links=(PDF, DOC)) == "new"
    assert second(shelf, "b", file(PDF, "Họp ngày 25", body=b"made at 10:05"), links=(PDF, DOC)) == "duplicate"
    assert second(shelf, "c", lost(PDF), lost(DOC), links=(DOC, PDF)) == "duplicate"
    assert second(shelf, "d", file(other, "Họp ngày 25"), links=(other,)) == "new"  # the first may have another one
    assert second(shelf, "e", file(PDF, "Họp ngày 25"), links=(PDF,)) == "duplicate"  # of the one before


def test_an_article_of_another_portal_is_repeated_with_its_files(shelf: Shelf) -> None:
    second(shelf, "a", file(PDF, "Họp ngày 25"), links=(PDF,))
    neighbour = Shelf(shelf.store, "nghean", "tin-tuc", baseline=False)
    link = Attachment("https://nghean.gov.vn/1.pdf", "Tải về")
    for number, said in enumerate(("Họp ngày 27", "Họp ngày 25"), 1):
        url = f"https://nghean.gov.vn/{number}"
        neighbour.list([ListingEntry(url, SEE_FILE[1])])
        article = replace(fetched(url, *SEE_FILE, attachments=(link,)), files=(file(link, said),))
        assert neighbour.record(neighbour.visit(url), article) == "new"
    assert [article.duplicate_of for article in shelf.articles()] == [None, None, 1]


# --- kept, forgotten, taken out and in ---


def forget(store: Store, days: int, **kept: timedelta) -> None:
    nothing = {"runs": None, "snapshots": None, "articles": None}
    while Forgetting(store).forget(Retention.model_construct(**{**nothing, **kept}), NOW + days * DAY):
        pass


def test_the_bytes_of_a_replaced_file_are_forgotten_and_its_text_kept(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    unchanged(shelf, 1, file(PDF, "Họp ngày 27"))
    forget(shelf.store, 100, snapshots=30 * DAY)
    with shelf.store.read() as session:
        kept = dict(session.execute(select(File.text, File.snapshot)).all())
    assert kept == {"Họp ngày 25": None, "Họp ngày 27": digest("Họp ngày 27")}
    assert not shelf.store.snapshots.path(digest("Họp ngày 25")).exists()
    assert shelf.store.snapshots.path(digest("Họp ngày 27")).exists()


def test_files_are_forgotten_with_the_last_article_that_had_them(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    other = "https://thanhhoa.gov.vn/2"
    shelf.list([ListingEntry(other, "Tin 2")], now=NOW + 90 * DAY)
    article = replace(fetched(other, "Khác.", attachments=(PDF,)), files=(file(PDF, "Họp ngày 25"),))
    shelf.record(shelf.visit(other, NOW + 90 * DAY), article, NOW + 90 * DAY)
    judging = Judging(shelf.store)
    for revision in judging.unjudged(NOW + 300 * DAY, 9):
        with judging.claims(NOW) as claims:
            claims.mark_judged(revision)
    for days, left in ((100, 1), (200, 0)):
        forget(shelf.store, days, articles=30 * DAY)
        with shelf.store.read() as session:
            assert [session.scalar(select(func.count()).select_from(table)) for table in (File, RevisionFile)] == [
                left
            ] * 2
            assert (session.get(Snapshot, digest("Họp ngày 25")) is not None) == bool(left)


def lines(store: Store) -> list[dict[str, object]]:
    return [json.loads(json.dumps(row)) for row in Exporting(store).articles()]


def taken(store: Store, rows: list[dict[str, object]]) -> list[str]:
    read = [read_line(json.dumps(row).encode()) for row in rows]
    return [took.outcome for took in Importing(store, united).take([r for r in read if r], NOW + DAY)]


def test_files_are_exported_and_imported_whole_and_once(shelf: Shelf, tmp_path: Path, new_database: str) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"), lost(DOC), links=(PDF, DOC))
    unchanged(shelf, 1, file(PDF, "Họp ngày 27"))
    rows = lines(shelf.store)
    other = open_store(new_database, tmp_path / "other")
    try:
        assert taken(other, rows) == ["new"]
        assert lines(other)[0]["files"] == rows[0]["files"]
        assert taken(other, rows) == ["known"]
        for name in ("attachments", "revisions", "files"):
            assert lines(other)[0][name] == rows[0][name] or name == "revisions"
        with other.read() as session:
            there = session.scalars(select(Revision.content_hash).order_by(Revision.number)).all()
            assert (
                session.scalar(select(ArticleAttachment.problem).where(ArticleAttachment.url == DOC.url)) == "HTTP 404"
            )
        with shelf.store.read() as session:
            assert session.scalars(select(Revision.content_hash).order_by(Revision.number)).all() == there
        assert len(set(there)) == 2
    finally:
        other.close()


def test_a_wording_that_another_store_knows_without_its_files_is_no_other_wording(shelf: Shelf) -> None:
    read(shelf, 0)
    (bare,) = lines(shelf.store)
    unchanged(shelf, 1, file(PDF, "Họp ngày 25"))
    (filed,) = lines(shelf.store)
    for number, row in enumerate((bare, filed), 1):
        for revision in row["revisions"]:  # type: ignore[attr-defined]
            revision["seen"] = f"2026-11-2{2 + 2 * number}T03:00:30+00:00"
        assert taken(shelf.store, [row]) in (["known"], ["completed"])
    (revision,) = (Looking(shelf.store).show(URL) or {})["revisions"]
    assert revision["files"] == [digest("Họp ngày 25")]


def test_a_file_that_the_portal_attached_later_is_imported_as_a_wording(
    shelf: Shelf, tmp_path: Path, new_database: str
) -> None:
    read(shelf, 0, links=())
    before = lines(shelf.store)
    read(shelf, 1, file(PDF, "Họp ngày 25"))
    other = open_store(new_database, tmp_path / "other")
    try:
        assert [*taken(other, before), *taken(other, lines(shelf.store))] == ["new", "completed"]
        revisions = (Looking(other).show(URL) or {})["revisions"]
        assert [revision["files"] for revision in revisions] == [[], [digest("Họp ngày 25")]]
    finally:
        other.close()


def test_a_line_with_files_that_it_does_not_hold_is_refused(shelf: Shelf) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    (row,) = lines(shelf.store)
    for name, value in (("files", []), ("files", [{"hash": "x"}])):
        with pytest.raises(LineError):
            read_line(json.dumps({**row, name: value}).encode())
    old = {**row, "revisions": [{**r, "files": None} for r in row["revisions"]], "attachments": [], "files": None}  # type: ignore[attr-defined]
    assert isinstance(read_line(json.dumps(old).encode()), ArticleLine)


def test_files_are_copied_with_the_store(shelf: Shelf, tmp_path: Path, new_database: str) -> None:
    read(shelf, 0, file(PDF, "Họp ngày 25"))
    copy = open_store(new_database, tmp_path / "copy")
    try:
        shelf.store.copy_to(copy)
        assert Judging(copy).unjudged(NOW + DAY, 9)[0].files == ("Họp ngày 25",)
    finally:
        copy.close()


def test_what_was_learned_of_a_portals_pages_goes_over_to_its_successor(shelf: Shelf) -> None:
    shelf.crawling.learn(AT[0], {"frame": ["menu"]}, NOW)
    shelf.crawling.know_sections([("thanhhoa-moi", AT[1])], NOW)
    assert shelf.crawling.succeed("thanhhoa-moi", AT[0], {"thanhhoa.gov.vn"})
    assert shelf.crawling.template("thanhhoa-moi") == {"frame": ["menu"]}
    assert shelf.crawling.template(AT[0]) is None
