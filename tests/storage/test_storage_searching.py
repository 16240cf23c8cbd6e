"""Searching: what is found by which words, and an index that is in step with the tables whoever writes."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from conftest import NOW
from postgres import Server
from shelf import Shelf
from sqlalchemy import delete, func, select, text, update

import storage
from config import Retention, plain
from storage import Forgetting, Looking, Query, QueryError, Searching, Store, Within, open_store, parse_query
from storage.engine import open_engine
from storage.tables import Article, Event, Evidence, File, Mention, Revision, RevisionFile

HOST = "https://thanhhoa.gov.vn"


def in_step(store: Store) -> bool:
    """Whether the index of words holds what the tables say, all of it and nothing else."""
    with store.write() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("INSERT INTO searched (searched, rank) VALUES ('integrity-check', 1)"))
            return True  # it raises
        wrong = text(
            "SELECT count(*) FROM searchable FULL JOIN searched ON article_id = id"
            " WHERE words IS DISTINCT FROM portalwatch_words(plain, exact, facets)"
        )
        return session.scalar(wrong) == 0


@pytest.fixture
def shelf(store: Store) -> Shelf:
    return Shelf(store, baseline=False)


@pytest.fixture
def fill(shelf: Shelf) -> Any:
    """Publishes texts; found are the numbers of those that a search finds."""
    numbers = count(1)

    def fill(*texts: str, title: str = "Tin") -> None:
        for said in texts:
            shelf.publish(f"{HOST}/{next(numbers)}", said, title)

    return fill


def found(store: Store, asked: str, *, marks: bool = False, **within: Any) -> list[int]:
    """The ids of what a search finds, in order of finding."""
    return [row["id"] for row in Searching(store).search(parse_query(asked, marks=marks), Within(**within))][::-1]


# --- words ---


def test_words_are_found_without_their_marks_and_with_them_when_asked(fill: Any, store: Store) -> None:
    fill("Họp về chuyển đổi số", "Chuyện đôi sợ", "Đường Hoà Bình khỏe", "duong hoa binh")
    assert found(store, "chuyen doi so") == [1, 2]
    assert found(store, "CHUYỂN đổi") == [1, 2]
    assert found(store, "chuyển đổi số", marks=True) == [1]
    assert found(store, "đường hòa") == [3, 4]
    for spelt in (
        "hòa bình",
        "hoà bình",
        '"Hoà Bình"',
        '"Hòa bình"',
        "khoẻ",
        "khỏe",
        "Đường",
        unicodedata.normalize("NFD", "hoà"),
    ):
        assert found(store, spelt, marks=True) == [3], spelt
    assert found(store, "hoa", marks=True) == [4]


def test_phrases_exclusions_and_beginnings(fill: Any, store: Store) -> None:
    fill("Ủy ban họp bàn chuyển đổi số quốc gia", "chuyển số, đổi quốc gia", "Ủy ban. Họp: bàn! việc")
    assert found(store, "chuyen so doi") == [1, 2]
    assert found(store, '"chuyen doi so"') == [1]
    assert found(store, "“uy ban hop ban”") == [1, 3]
    assert found(store, '"uy ban hop" -"doi so quoc gia"') == [3]
    assert found(store, "quoc -uy") == [2]
    assert found(store, "chuy* vi*") == []
    assert found(store, "uy* vi*") == [3]
    assert found(store, '"uy ban ho*"') == [1, 3]
    assert found(store, '"bàn chuyển đổi" -"số quốc gia"', marks=True) == []
    assert found(store, '"ban chuyen doi"', marks=True) == []
    assert found(store, 'chuyển -"doi quoc gia"', marks=True) == [1, 2]


def test_the_words_of_a_phrase_stand_together_and_in_order(fill: Any, store: Store) -> None:
    fill("một hai ba. hai ba bốn", "một hai bốn, ba bốn năm")
    assert found(store, '"mot hai ba bon"') == []
    assert found(store, '"hai ba bon"') == [1]
    assert found(store, '"ba bốn năm"', marks=True) == [2]


@pytest.mark.parametrize(
    "asked", ["1619/QĐ-TTg", "1619/qd-ttg", "1619/QÐ–TTg", '"1619/QĐ-TTg"', "số 1619/QĐ-TTg", "1619/Q*"]
)
def test_numbers_of_documents_are_found_however_they_are_typed(asked: str, fill: Any, store: Store) -> None:
    fill("Quyết định số 1619/QĐ-TTg ngày 1/1.", "Quyết định số 161/QĐ-TTg và 9/QĐ-UBND, số 1619.")
    assert found(store, asked) == [1]


def test_titles_texts_and_files_are_one_text(fill: Any, shelf: Shelf, store: Store) -> None:
    fill("Nội dung bài", title="Kế hoạch")
    attach(store, 1, "a", "Tệp đính kèm về thuỷ lợi")
    assert found(store, "ke hoach noi thuy") == [1]
    assert found(store, "kế hoạch nội thủy lợi", marks=True) == [1]
    (row,) = Searching(store).search(parse_query("thuy loi"))
    assert row["snippet"] == "Tệp đính kèm về thuỷ lợi"
    with store.write() as session:
        session.execute(update(File).values(text="Giáo dục", folded="giao duc"))
    assert (found(store, "thuy"), found(store, "giao duc")) == ([], [1])
    assert in_step(store)


def test_only_the_latest_wording_is_found(fill: Any, shelf: Shelf, store: Store) -> None:
    fill("Họp sáng mai")
    shelf.record(shelf.visits(NOW + timedelta(days=1))[0], fetched_again("Hoãn họp"), NOW + timedelta(days=1))
    assert (found(store, "sang mai"), found(store, "hoan hop")) == ([], [1])
    with store.write() as session:
        session.execute(delete(Revision).where(Revision.number == 2))
    assert (found(store, "sang mai"), found(store, "hoan hop")) == ([1], [])
    assert in_step(store)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "  ",
        '""',
        '"',
        "-hop",
        '-"hop ban"',
        "*",
        "- * ^",
        "😀",
        "()",
        "\x00",
        "\ud800",
        "hop -hop",
        "h*",
        "a " * 5000,
        "🎉🎉 -x",
    ],
)
def test_a_query_that_can_find_nothing_is_told_so(asked: str) -> None:
    if asked.startswith("a "):
        asked = " ".join(f"a{number}" for number in range(5000))
    with pytest.raises(QueryError):
        parse_query(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "NEAR(a b)", "AND", "OR NOT", "plain:họp", "facets : pmpi", "^họp", "a*b", "ho* *", '"họp', "họp'; DROP TABLE articles",
        "a" * 10_000, "họp & ! | ( <-> :*", "{x} : y", "- họp", "họp --", "%s %(x)s :x", "ĐẠI ẞ İ ŉ ﬁ", "họp\x00", "họp\ud800",
        "漢字 họp", "١٢٣", "²½ ª", "a\u0301\u0302" * 50, "_họp_", "họp😀bàn",
    ],
)  # fmt: skip
def test_odd_queries_are_only_words(asked: str, fill: Any, store: Store) -> None:
    fill("Họp bàn: near and not.", "漢字 họp ١٢٣ ²½ ª \u1e9e ﬁ")
    for marks in (False, True):
        for row in Searching(store).search(parse_query(asked, marks=marks)):
            assert row["snippet"]
    assert in_step(store)


def test_both_databases_find_what_the_texts_say(fill: Any, store: Store) -> None:
    """Against reading all of them, with words that a few texts share."""
    chance = random.Random(7)
    words = ["họp", "hợp", "bàn", "ban", "hoà", "hòa", "số", "so", "1/QĐ", "QĐ-TTg", "Đ", "d"]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(60)]
    texts = [f"{said} t{place}" for place, said in enumerate(texts)]  # one that repeats another is no article
    fill(*texts, title="x")
    for _ in range(150):
        terms = [" ".join(chance.choices(words, k=chance.randint(1, 3))) for _ in range(chance.randint(1, 3))]
        asked = " ".join(
            chance.choice(("", "", "-") if place else ("",)) + f'"{term}{chance.choice(("", "*"))}"'
            for place, term in enumerate(terms)
        )
        marks = chance.random() < 0.5
        try:
            query = parse_query(asked, marks=marks)
        except QueryError:
            continue
        expected = [id for id, said in enumerate(texts, 1) if query.holds(query.key(f"x\n{said}"))]
        assert found(store, asked, marks=marks) == expected, (asked, marks)


# --- where ---


def test_a_search_is_narrowed(store: Store) -> None:
    here, there = Shelf(store, baseline=False), Shelf(store, "thanh-hoa", baseline=False)
    here.publish(f"{HOST}/1", "Họp một")
    there.publish(f"{HOST}/2", "Họp hai", now=NOW + timedelta(days=20))
    with store.write() as session:
        session.execute(update(Revision).where(Revision.article_id == 2).values(published="2025-12-31T23:30:00+07:00"))
        session.add(Mention(article_id=1, number="749/QĐ-TTg", number_key="749/qđ-ttg", role="cited", seen=NOW))
        event = Event(
            kind="meeting", key="k", title="t", first_seen=NOW, facts={}, body_key="uy ban quoc gia ve chuyen doi so"
        )
        session.add(event)
        session.flush()
        session.add(Evidence(event_id=event.id, article_id=2, revision_id=2, seen=NOW, baseline=False, quote="q"))
    assert found(store, "hop", portals=("thanhhoa",)) == [1]
    assert found(store, "hop", portals=("thanh-hoa",)) == [2]
    assert found(store, "hop", portals=("thanh",)) == []
    assert found(store, "hop", portals=()) == []
    assert found(store, "hop", since="2025-12-31", until="2025-12-31") == [2]
    assert found(store, "hop", since="2026-01-01") == [1]
    assert found(store, "hop", since="2026-11-22", until="2026-11-22") == [1]  # found then
    assert found(store, "hop", since="2026-11-23", until="2026-11-22") == []
    assert found(store, "hop", number="749/qd-ttg") == found(store, "hop", number=" 749 /QĐ-TTg") == [1]
    assert found(store, "hop", kind="meeting") == found(store, "hop", bodies=("chuyển đổi số",)) == [2]
    assert found(store, "hop", bodies=("chuyen do",)) == found(store, "hop", kind="decision") == []
    assert in_step(store)


def test_the_newest_come_first_and_batches_leave_none_out(fill: Any, store: Store) -> None:
    fill(*(f"Họp bàn số {number} một" for number in range(1, 30)))
    searching = Searching(store)
    query = parse_query('"hop ban so"')
    assert [row["id"] for row in searching.search(query, limit=5)] == [29, 28, 27, 26, 25]
    assert [row["id"] for row in searching.search(query, limit=3, after=10)] == [13, 12, 11]
    assert len(searching.search(query)) == searching.count(query) == 29
    assert searching.count(query, after=25) == 4
    assert searching.count(parse_query('"họp bàn số"', marks=True), after=25) == 4


# --- snippets ---


def test_a_snippet_is_the_text_as_written_around_the_first_hit(fill: Any, store: Store) -> None:
    said = "Đoạn đầu không có gì. " * 30 + "Ngày 22/11,\nỦy ban họp về Chuyển  đổi\u00a0số. " + "Đoạn cuối. " * 30
    fill(said)
    stored = Looking(store).show("1")
    assert stored is not None
    for marks in (False, True):
        (row,) = Searching(store).search(parse_query('"chuyển đổi số"', marks=marks))
        assert row["snippet"] in stored["text"]
        assert 150 <= len(row["snippet"]) <= 200
        assert "Chuyển" in row["snippet"]
        assert row["snippet"].strip() == row["snippet"]


def test_what_was_found_is_shown_where_it_stands() -> None:
    query = parse_query('"hoa binh" so*')
    written = "Số 5: Hoà  Bình"
    assert [written[start:end] for start, end in query.spans(written)] == ["Số", "Hoà  Bình"]
    assert parse_query("x").spans("không") == []
    assert isinstance(query, Query)


# --- in step ---


def fetched_again(said: str) -> Any:
    from shelf import fetched

    return fetched(f"{HOST}/1", said, "Tin")


def attach(store: Store, revision: int, digest: str, said: str) -> None:
    with store.write() as session:
        session.add(file_row(digest, said))
        session.flush()
        session.add(RevisionFile(revision_id=revision, place=1, file=digest))


def file_row(digest: str, said: str) -> File:
    return File(hash=digest, size=1, kind="pdf", state="read", text=said, folded=plain(said), seen=NOW)


def test_index_and_tables_agree_after_whatever_is_written(store: Store) -> None:
    chance = random.Random(11)
    words = ["họp", "bàn", "chuyển", "đổi", "số", "hoà", "bình", "1619/QĐ-TTg", "Đường", "ủy", "ban"]
    numbers = count(1)

    def some() -> str:
        return " ".join(chance.choices(words, k=chance.randint(0, 12)))

    def write(session: Any) -> None:
        articles = list(session.scalars(select(Article.id)))
        revisions = list(session.scalars(select(Revision.id)))
        files = list(session.scalars(select(File.hash)))
        what = chance.choice(
            ("article", "revision", "revision", "file", "link", "link", "edit", "read", "date", "renumber", "drop")
        )
        if what == "article" or not articles:
            moment = {"first_seen": NOW, "checked_at": NOW, "content_hash": "h"}
            session.add(Article(portal=chance.choice(("mpi", "thanh-hoa")), section="s", url="u", **moment))
        elif what == "revision" or not revisions:
            article = chance.choice(articles)
            title, said = some(), some()
            last = session.scalar(select(func.max(Revision.number)).where(Revision.article_id == article)) or 0
            row = Revision(
                article_id=article, number=last + 1, seen=NOW, baseline=False, title=title, text=said, content_hash="h"
            )
            row.folded, row.facts, row.attempts = plain(f"{title}\n{said}"), {}, 0
            session.add(row)
        elif what == "file" or not files:
            session.add(file_row(str(next(numbers)), some()))
        elif what == "link":
            revision = chance.choice(revisions)
            place = len(list(session.scalars(select(RevisionFile).where(RevisionFile.revision_id == revision)))) + 1
            session.add(RevisionFile(revision_id=revision, place=place, file=chance.choice(files)))
        elif what == "edit":
            said = some()
            values = {"text": said, "title": "", "folded": plain(said)}
            session.execute(update(Revision).where(Revision.id == chance.choice(revisions)).values(**values))
        elif what == "read":
            said = some()
            values = {"text": said, "folded": plain(said)}
            session.execute(update(File).where(File.hash.in_(chance.choices(files, k=2))).values(**values))
        elif what == "date":
            day = NOW - timedelta(days=chance.randrange(900))
            session.execute(update(Article).where(Article.id == chance.choice(articles)).values(first_seen=day))
        elif what == "renumber":
            of = update(Revision).where(Revision.article_id == chance.choice(articles))
            session.execute(of.values(number=Revision.number + 1000))
        else:
            for revision in chance.choices(revisions, k=2):
                session.execute(delete(RevisionFile).where(RevisionFile.revision_id == revision))
                session.execute(delete(Revision).where(Revision.id == revision))
        session.flush()

    for _ in range(40):
        with store.write() as session:
            for _ in range(6):
                write(session)
        assert in_step(store)
    with store.read() as session:
        assert session.scalar(select(func.count(Revision.id))) or 0 > 5


def test_a_forgotten_article_is_not_found(fill: Any, shelf: Shelf, store: Store) -> None:
    fill("Họp một", "Họp hai")
    attach(store, 1, "f", "thuỷ lợi")
    with store.write() as session:
        session.execute(update(Revision).values(judged_at=NOW))
        session.execute(
            update(Article)
            .where(Article.id == 1)
            .values(first_seen=NOW - timedelta(days=900), checked_at=NOW - timedelta(days=900))
        )
    Forgetting(store).forget(Retention(articles=timedelta(days=30)), NOW)
    assert (found(store, "hop"), found(store, "thuy loi")) == ([2], [])
    assert in_step(store)


def test_a_vacuum_leaves_the_index_in_step(fill: Any, store: Store, database_kind: str) -> None:
    fill("Họp một", "Họp hai", "Họp ba")
    with store.write() as session:
        session.execute(delete(Revision).where(Revision.article_id == 1))
    connection = store._engine.raw_connection()  # a vacuum stands in no transaction
    if database_kind == "postgresql":
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
    connection.cursor().execute("VACUUM")
    connection.invalidate()
    assert found(store, "hop") == [2, 3]
    assert in_step(store)


@pytest.mark.parametrize("new_kind", ["sqlite", "postgresql"])
def test_a_store_that_moved_is_searched_as_before(
    fill: Any, store: Store, tmp_path: Path, new_kind: str, server: Server
) -> None:
    fill("Họp về chuyển đổi số", "Họp 1619/QĐ-TTg")
    attach(store, 2, "f", "thuỷ lợi")
    url = server.create("moved_words") if new_kind == "postgresql" else f"sqlite:///{tmp_path}/moved.db"
    moved = open_store(url, tmp_path / "moved")
    store.copy_to(moved)
    assert (found(moved, "doi so"), found(moved, "thuỷ lợi 1619", marks=True)) == ([1], [2])
    assert in_step(moved)
    moved.close()
    if new_kind == "postgresql":
        server.drop("moved_words")


def test_a_database_from_before_there_was_an_index_is_searched(new_database: str, tmp_path: Path) -> None:
    engine = open_engine(new_database)
    scripts = Config()
    scripts.set_main_option("script_location", str(Path(storage.__file__).with_name("migrations")))
    moment, no = "'2026-11-22 20:00:00'", "false" if engine.dialect.name == "postgresql" else "0"
    with engine.begin() as connection:
        scripts.attributes["connection"] = connection
        command.upgrade(scripts, "0004")
        connection.exec_driver_sql(
            "INSERT INTO articles (id, portal, section, url, first_seen, checked_at, content_hash)"
            f" VALUES (7, 'mpi', 's', 'u', {moment}, {moment}, 'h')"
        )
        connection.exec_driver_sql(
            "INSERT INTO revisions (id, article_id, number, seen, baseline, title, text, folded, facts, content_hash, attempts)"
            f" VALUES (3, 7, 1, {moment}, {no}, 'Đề án', 'Quý I', 'de an quy i', '{{}}', 'h', 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO mentions (article_id, number, number_key, issuer, role, seen)"
            f" VALUES (7, '1/QĐ-TTg', '1/qđ-ttg', 'Thủ tướng Chính phủ', 'cited', {moment})"
        )
        connection.exec_driver_sql(
            "INSERT INTO events (id, kind, key, title, first_seen, facts) VALUES (1, 'meeting', 'k', 't',"
            f' {moment}, \'{{"meeting": {{"body": "Ủy ban", "date": "2026-11-30"}}}}\')'
        )
    engine.dispose()
    store = open_store(new_database, tmp_path)
    assert (
        found(store, "đề án quý", marks=True) == found(store, "de an", since="2026-11-23") == [7]
    )  # past midnight in Hanoi
    with store.read() as session:
        assert session.scalar(select(Mention.issuer_key)) == "thu tuong chinh phu"
        assert session.execute(select(Event.body_key, Event.day)).one() == ("uy ban", "2026-11-30")
    assert in_step(store)
    store.close()


def test_a_very_long_file_is_searched(fill: Any, store: Store) -> None:
    """Longer than a tsvector, whose places end long before."""
    fill("Bài có tệp")
    attach(store, 1, "f", " ".join(f"từ{number} họp" for number in range(60_000)) + " đoạn cuối cùng của tệp")
    assert found(store, "tu59999 doan") == found(store, "tu5 tu59999") == [1]
    assert found(store, '"tu5 hop"') == [1]


# --- under a name ---


def test_a_saved_search_tells_what_is_new_since_it_was_looked_at(fill: Any, store: Store) -> None:
    searching = Searching(store)
    fill("Họp một")
    assert searching.save("họp", {"query": "hop"}, NOW)
    fill("Họp hai", "Họp ba")
    saved = searching.saved("họp")
    assert saved == ({"query": "hop"}, 1)
    assert searching.count(parse_query("hop"), after=saved[1]) == 2
    searching.looked("họp", 3)
    searching.looked("họp", 2)  # another look that took longer
    assert [(row["name"], row["last_article"]) for row in searching.names()] == [("họp", 3)]
    assert not searching.save("họp", {"query": "ban"}, NOW)
    assert searching.forget("họp")
    assert not searching.forget("họp")
    assert searching.saved("họp") is None


def test_rows_are_those_of_the_articles(fill: Any, store: Store) -> None:
    fill("Họp một")
    (row,) = Searching(store).search(parse_query("hop"))
    assert row == {**Looking(store).articles()[0], "snippet": "Họp một"}


@pytest.fixture(autouse=True)
def whole(store: Store) -> Iterator[None]:
    """Every test leaves an index that is in step."""
    yield
    assert in_step(store)
