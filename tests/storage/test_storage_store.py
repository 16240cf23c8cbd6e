"""The store itself: its version, its transactions, its copies, and writers that meet."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import NOW, Databases
from postgres import Server
from shelf import AT, Shelf, entries
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, StatementError

import storage
from config import StorageError
from storage import Crawling, Store, open_store
from storage.engine import open_engine
from storage.store import NEWEST
from storage.tables import ArticleAttachment, Event, Revision, Run, Table

MIGRATIONS = Path(storage.__file__).with_name("migrations")


# --- versions ---


def test_newest_is_the_head_of_the_migrations() -> None:
    scripts = Config()
    scripts.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(scripts).get_heads() == [NEWEST]


def test_migrated_tables_equal_the_models(store: Store) -> None:
    with store.read() as session:
        # The index of all words is no table of ours on SQLite, and on PostgreSQL it is made the same way.
        opts = {
            "compare_type": True,
            "include_name": lambda name, _kind, _parents: not str(name).startswith("searched"),
        }
        context = MigrationContext.configure(session.connection(), opts=opts)
        assert compare_metadata(context, Table.metadata) == []


def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/deep/down/new.db", tmp_path)
    Shelf(store)
    store.close()
    again = open_store(f"sqlite:///{tmp_path}/deep/down/new.db", tmp_path)
    assert Crawling(again).due(NOW) == {AT[0]: [AT[1]]}
    again.close()


def test_a_newer_database_is_refused_in_words_and_left_as_it_is(tmp_path: Path, databases: Databases) -> None:
    with databases.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(StorageError, match=r"newer portalwatch.*9999"):
            open_store(databases.url, tmp_path)
        with databases.engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    finally:
        with databases.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NEWEST}'")


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is a letter to my aunt" * 100)
    with pytest.raises(StorageError, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/x.db", tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        open_store(f"sqlite:///{tmp_path}/file/x.db", tmp_path)


def test_a_server_that_is_not_there_is_told_in_words_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        open_store(f"postgresql+psycopg://me:s3cret@/x?host={tmp_path}", tmp_path)
    assert "s3cret" not in str(told.value)
    assert str(tmp_path) in str(told.value)


@pytest.mark.parametrize("url", ["no url", "mysql://host/x"])
def test_another_kind_of_database_is_refused_in_words(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_store(url, tmp_path)


@pytest.mark.slow
def test_two_processes_may_open_a_new_database_at_once(new_database: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from storage import open_store\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "open_store(sys.argv[1], Path(sys.argv[2])).close()"
    )
    arguments = [sys.executable, "-c", code, new_database, str(tmp_path)]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [(process.communicate(timeout=30)[1], process.returncode) for process in both] == [("", 0)] * 2


def test_a_database_of_the_first_version_is_brought_up_with_what_it_holds(new_database: str, tmp_path: Path) -> None:
    """Texts are folded, attachments listed, and events named, that were stored before there was a place for it."""
    engine = open_engine(new_database)
    scripts = Config()
    scripts.set_main_option("script_location", str(MIGRATIONS))
    moment = "'2026-11-22 03:00:00'"
    revisions = [
        (1, '{"attachments": [{"url": "https://x.vn/cu.pdf", "name": "Cũ"}]}'),
        (2, '{"attachments": [{"url": "https://x.vn/a.pdf", "name": "Kế hoạch"}]}'),
    ]
    events = [
        ("meeting", "ubnd tinh|8|2026", '{"meeting": {"date": "2026-11-22"}}'),
        ("meeting", "~hoi nghi|2026-11-22", '{"meeting": {"date": "2026-11-22"}, "documents": []}'),
        ("decision", "749/qd-ttg|thu tuong|2020", '{"meeting": null, "documents": [{"date": "2020-06-03"}]}'),
        ("decision", "1/kh|-|2020", '{"meeting": null, "documents": [{"date": null}]}'),
        ("portal_failing", "mpi|1", "{}"),
    ]
    with engine.begin() as connection:
        scripts.attributes["connection"] = connection
        command.upgrade(scripts, "0001")
        for kind, key, facts in events:
            connection.exec_driver_sql(
                "INSERT INTO events (kind, key, title, first_seen, facts)"
                f" VALUES ('{kind}', '{key}', 'Tin', {moment}, '{facts}')"
            )
        connection.exec_driver_sql(
            "INSERT INTO articles (id, portal, section, url, first_seen, checked_at, content_hash)"
            f" VALUES (7, 'mpi', 'tin-tuc', 'https://x.vn/1', {moment}, {moment}, 'h')"
        )
        for number, facts in revisions:
            connection.exec_driver_sql(
                "INSERT INTO revisions (article_id, number, seen, baseline, title, text, facts, content_hash, attempts)"
                f" VALUES (7, {number}, {moment}, {'true' if engine.dialect.name == 'postgresql' else 1},"
                f" 'Đề án', 'Quý I', '{facts}', 'h', 0)"
            )
    engine.dispose()
    store = open_store(new_database, tmp_path)
    with store.read() as session:
        assert session.scalars(select(Revision.folded)).all() == ["de an quy i"] * 2
        assert session.execute(select(ArticleAttachment.article_id, ArticleAttachment.name)).all() == [(7, "Kế hoạch")]
        assert session.execute(select(Event.body_key, Event.day).order_by(Event.id)).all() == [
            ("ubnd tinh", "2026-11-22"),
            (None, "2026-11-22"),
            ("thu tuong", "2020-06-03"),
            (None, None),
            (None, None),
        ]
    store.close()


def test_what_the_url_says_of_a_session_is_the_operators_word(server: Server) -> None:
    engine = open_engine(
        server.url("portalwatch") + "&options=-csearch_path%3Dwatch%20-clock_timeout%3D7&connect_timeout=3"
    )
    with engine.connect() as connection:
        told = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("search_path", "lock_timeout")]
    engine.dispose()
    assert told == ["watch", "7ms"]


# --- times ---


def test_a_naive_time_is_refused_when_written(store: Store) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        Crawling(store).start_run("thanhhoa", "test", NOW.replace(tzinfo=None))
    with store.read() as session:
        assert session.scalars(select(Run)).all() == []


def test_a_naive_time_is_refused_when_asked_with(store: Store) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        Crawling(store).due(NOW.replace(tzinfo=None))


def test_a_time_comes_back_in_utc_whatever_its_zone_was(store: Store) -> None:
    hanoi = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    Crawling(store).start_run("thanhhoa", "test", hanoi)
    with store.read() as session:
        started = session.scalars(select(Run.started)).one()
    assert started == hanoi
    assert started.utcoffset() == timedelta(0)


# --- transactions ---


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    def crash() -> None:
        with store.write() as session:
            session.add(Run(portal="thanhhoa", reason="test", started=NOW))
            session.flush()
            raise RuntimeError("crash")

    with pytest.raises(RuntimeError, match="crash"):
        crash()
    with store.read() as session:
        assert session.scalars(select(Run)).all() == []


def test_readers_do_not_wait_for_a_writer_and_see_one_moment(store: Store) -> None:
    with store.write() as writer:
        writer.add(Run(portal="thanhhoa", reason="test", started=NOW))
        writer.flush()
        with store.read() as reader:
            assert reader.scalars(select(Run)).all() == []


def test_writers_with_stores_of_their_own_wait_for_each_other(tmp_path: Path, database: str) -> None:
    """Each reads and then writes in one transaction: what fails at once when transactions begin deferred."""
    together, failed = threading.Barrier(4), []

    def write(name: str) -> None:
        store = open_store(database, tmp_path)
        shelf = Shelf(store, name)
        together.wait()
        try:
            for number in range(15):
                shelf.list(entries(str(number)))
        except Exception as error:
            failed.append(error)
        store.close()

    threads = [threading.Thread(target=write, args=(f"cong-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    store = open_store(database, tmp_path)
    assert [len(Shelf(store, f"cong-{number}").entries()) for number in range(4)] == [15] * 4
    store.close()


def test_a_database_that_refuses_is_told_in_words(new_database: str, tmp_path: Path) -> None:
    store = open_store(new_database, tmp_path)
    with store.write() as session:
        session.execute(text("DROP TABLE readings"))
        session.execute(text("DROP TABLE runs"))
    with pytest.raises(StorageError, match="runs"):
        Crawling(store).start_run("thanhhoa", "test", NOW)
    store.close()


# --- copies ---


@pytest.fixture
def copy(tmp_path: Path, new_database: str) -> Iterator[Store]:
    copy = open_store(new_database, tmp_path / "copy")
    yield copy
    copy.close()


def test_a_copy_holds_what_was_written_and_nothing_that_is_under_way(store: Store, copy: Store) -> None:
    Crawling(store).start_run("thanhhoa", "done", NOW)
    with store.write() as session:
        session.add(Run(portal="mpi", reason="under way", started=NOW))
        session.flush()
        store.copy_to(copy)
    with copy.read() as session:
        assert session.scalars(select(Run.reason)).all() == ["done"]


def test_a_copy_is_its_own_and_goes_on_counting(store: Store, copy: Store) -> None:
    shelf = Shelf(store, baseline=False)
    shelf.publish("https://thanhhoa.gov.vn/1")
    store.copy_to(copy)
    there = Shelf(copy)
    assert there.publish("https://thanhhoa.gov.vn/2", text="Khác.") == "new"
    assert [article.id for article in there.articles()] == [1, 2]
    assert [article.id for article in shelf.articles()] == [1]
    assert there.revisions()[0].folded == shelf.revisions()[0].folded


def test_a_store_is_copied_into_an_empty_one_only(store: Store, copy: Store) -> None:
    Shelf(copy)
    with pytest.raises(StorageError, match="not empty"):
        store.copy_to(copy)


@pytest.mark.parametrize("new_kind", ["sqlite", "postgresql"])
def test_a_store_moves_to_the_other_kind(store: Store, tmp_path: Path, new_kind: str, server: Server) -> None:
    shelf = Shelf(store, baseline=False)
    shelf.publish("https://thanhhoa.gov.vn/1")
    url = server.create("moved") if new_kind == "postgresql" else f"sqlite:///{tmp_path}/moved.db"
    moved = open_store(url, tmp_path / "moved")
    store.copy_to(moved)
    there = Shelf(moved)
    assert there.publish("https://thanhhoa.gov.vn/2", text="Khác.") == "new"
    mine, theirs = shelf.articles()[0], there.articles()[0]
    assert (mine.first_seen, mine.content_hash) == (theirs.first_seen, theirs.content_hash)
    moved.close()
    if new_kind == "postgresql":
        server.drop("moved")


# --- one service ---


def test_one_service_leads_a_database(databases: Databases, tmp_path: Path) -> None:
    first, second = open_store(databases.url, tmp_path), open_store(databases.url, tmp_path)
    leading, other = first.lead(), second.lead()
    assert leading.hold()
    assert leading.hold()
    if databases.kind == "postgresql":  # on SQLite the lock of the data folder says so
        assert not other.hold()
        leading.release()
        assert other.hold()
        other.release()
    first.close()
    second.close()


def test_a_claim_is_not_lost_to_a_session_of_ones_own_that_is_gone(tmp_path: Path, server: Server) -> None:
    """The connection broke, and the server has not noticed yet: its lock is no other service's."""
    store = open_store(server.url("portalwatch"), tmp_path)
    leading = store.lead()
    assert leading.hold()
    broken = leading._connection
    assert broken is not None
    leading._connection = None  # as `hold` leaves it when its question found no way
    assert leading.hold()
    with pytest.raises(DBAPIError):
        broken.exec_driver_sql("SELECT 1")
    other = open_store(server.url("portalwatch"), tmp_path)
    assert not other.lead().hold()
    leading.release()
    store.close()
    other.close()


def test_a_server_that_was_restarted_is_met_again(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    server = Server(tmp_path_factory.mktemp("restarted"))
    store = open_store(server.url(), tmp_path)
    leading = store.lead()
    assert leading.hold()
    Crawling(store).start_run("thanhhoa", "before", NOW)
    server.stop("immediate")
    with pytest.raises(StorageError):
        Crawling(store).start_run("thanhhoa", "meanwhile", NOW)
    with pytest.raises(StorageError):
        leading.hold()
    server.start()
    Crawling(store).start_run("thanhhoa", "after", NOW)
    assert leading.hold()
    assert not open_store(server.url(), tmp_path).lead().hold()
    with store.read() as session:
        assert session.scalars(select(Run.reason).order_by(Run.id)).all() == ["before", "after"]
    leading.release()
    store.close()
