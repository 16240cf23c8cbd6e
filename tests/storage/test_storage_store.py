"""The store itself: its version, its transactions, its copies, and writers that meet."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import NOW
from shelf import AT, Shelf, entries
from sqlalchemy import select
from sqlalchemy.exc import StatementError

import storage
from config import StorageError
from storage import Crawling, Store, open_store
from storage.store import NEWEST
from storage.tables import Run, Table

MIGRATIONS = Path(storage.__file__).with_name("migrations")


# --- versions ---


def test_newest_is_the_head_of_the_migrations() -> None:
    scripts = Config()
    scripts.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(scripts).get_heads() == [NEWEST]


def test_migrated_tables_equal_the_models(store: Store) -> None:
    with store.read() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/deep/down/new.db", tmp_path)
    Shelf(store)
    store.close()
    again = open_store(f"sqlite:///{tmp_path}/deep/down/new.db", tmp_path)
    assert Crawling(again).due(NOW) == {AT[0]: [AT[1]]}
    again.close()


def test_a_newer_database_is_refused_in_words_and_left_as_it_is(tmp_path: Path, database: str) -> None:
    path = tmp_path / "portalwatch.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StorageError, match=r"newer portalwatch.*9999"):
        open_store(database, tmp_path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is a letter to my aunt" * 100)
    with pytest.raises(StorageError, match="not a database"):
        open_store(f"sqlite:///{tmp_path}/x.db", tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="file"):
        open_store(f"sqlite:///{tmp_path}/file/x.db", tmp_path)


@pytest.mark.parametrize("url", ["no url", "mysql://host/x"])
def test_another_kind_of_database_is_refused_in_words(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        open_store(url, tmp_path)


@pytest.mark.slow
def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from storage import open_store\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "open_store(sys.argv[1], Path(sys.argv[2])).close()"
    )
    arguments = [sys.executable, "-c", code, f"sqlite:///{tmp_path}/new.db", str(tmp_path)]
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


def test_a_database_that_refuses_is_told_in_words(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "portalwatch.db") as connection:
        connection.execute("DROP TABLE runs")
    connection.close()
    with pytest.raises(StorageError, match="no such table"):
        Crawling(store).start_run("thanhhoa", "test", NOW)


# --- copies ---


def test_a_copy_holds_what_was_written_and_nothing_that_is_under_way(store: Store, tmp_path: Path) -> None:
    Crawling(store).start_run("thanhhoa", "done", NOW)
    with store.write() as session:
        session.add(Run(portal="mpi", reason="under way", started=NOW))
        session.flush()
        store.copy_to(tmp_path / "copy.db")
    copy = open_store(f"sqlite:///{tmp_path}/copy.db", tmp_path)
    with copy.read() as session:
        assert session.scalars(select(Run.reason)).all() == ["done"]
    copy.close()


def test_a_copy_is_its_own(store: Store, tmp_path: Path) -> None:
    store.copy_to(tmp_path / "copy.db")
    copy = open_store(f"sqlite:///{tmp_path}/copy.db", tmp_path / "scratch")
    Crawling(copy).start_run("thanhhoa", "in the copy", NOW)
    copy.close()
    with store.read() as session:
        assert session.scalars(select(Run)).all() == []
