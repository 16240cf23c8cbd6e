"""A database of the first version, filled, opened by commands that are killed in mid-migration; nothing may be lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from house import COMMAND, environment, until
from kept import Kept
from postgres import Server
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import storage
from config import plain, write_yaml
from storage.engine import open_engine, reading
from storage.store import NEWEST

_MOMENT = "2026-11-22 03:00:00"


class OldDatabase:
    """Makes the database again and again as it was, and has it opened."""

    def __init__(self, folder: Path, server: Server | None, chance: random.Random, revisions: int) -> None:
        self._folder = folder
        self._server = server
        self._chance = chance
        self._revisions = revisions
        self._url = server.create("template_of_old") if server else f"sqlite:///{folder}/template.db"
        self._length = 1.0  # seconds of a migration, measured
        self.counts: Counter[str] = Counter()
        self.broken: list[str] = []

    def build(self) -> None:
        """Fill a database of version 0001, and see how long its migration takes when nobody disturbs it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        engine = open_engine(self._url)
        scripts = Config()
        scripts.set_main_option("script_location", str(Path(storage.__file__).with_name("migrations")))
        with engine.begin() as connection:
            scripts.attributes["connection"] = connection
            command.upgrade(scripts, "0001")
            yes = "true" if self._server else "1"
            words = "Kế hoạch chuyển đổi số của tỉnh, đợt "
            facts = '{"attachments": [{"url": "https://x.vn/%s.pdf", "name": "Kế hoạch"}]}'
            connection.execute(
                text(
                    "INSERT INTO articles (id, portal, section, url, first_seen, checked_at, content_hash)"
                    f" VALUES (:id, 'mpi', 'tin-tuc', :url, '{_MOMENT}', '{_MOMENT}', :url)"
                ),
                [{"id": number, "url": f"https://x.vn/{number}"} for number in range(1, self._revisions + 1)],
            )
            connection.execute(
                text(
                    "INSERT INTO revisions (article_id, number, seen, baseline, title, text, facts, content_hash,"
                    f" judged_at, attempts) VALUES (:id, 1, '{_MOMENT}', {yes}, :title, :text, :facts, :title, '{_MOMENT}', 0)"
                ),
                [
                    {
                        "id": number,
                        "title": f"Đề án {number}",
                        "text": words * 40 + str(number),
                        "facts": facts % number,
                    }
                    for number in range(1, self._revisions + 1)
                ],
            )
        engine.dispose()
        self._renew()
        with self._opening("status") as process:
            self._await_migration(process)
            began = time.monotonic()
            process.wait(120)
            self._length = time.monotonic() - began
        self._check_whole()
        self._renew()

    def kill(self) -> None:
        """Have it opened, kill who opens it in mid-migration, and see that it is as before, or all new."""
        name = self._chance.choice(("status", "serve"))
        crash = self._server is not None and self._chance.random() < 0.3
        with self._opening(name) as process:
            self._await_migration(process)
            with suppress(subprocess.TimeoutExpired):
                process.wait(self._chance.uniform(0, self._length))
            if crash and self._server is not None:
                self._server.stop("immediate")
                if process.poll() is None and name == "status":
                    process.wait(60)
                self._server.start()
            process.kill()
            process.wait()
        version = self._version()
        self.counts["server crashed" if crash else f"{name} killed"] += 1
        self.counts["rolled back" if version == "0001" else "through"] += 1
        if version not in ("0001", NEWEST):
            self.broken.append(f"killed in mid-migration, a database is of version {version}")
        if version == NEWEST:
            self._check_whole()
            self._renew()

    def faults(self) -> list[str]:
        """Open what was killed last, and say what was ever wrong."""
        if self.counts:
            with self._opening("status") as process:
                process.wait(120)
            self._check_whole()
        return self.broken

    def close(self) -> None:
        """Leave the server as it was."""
        if self._server is not None:
            for name in ("old", "template_of_old"):
                self._server.drop(name)

    # --- the database and who opens it ---

    def _renew(self) -> None:
        """A fresh copy, in a folder of configuration whose one portal is asked for nothing."""
        folder = self._folder / "watch"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "portals").mkdir(parents=True)
        if self._server is None:
            with (
                closing(sqlite3.connect(self._folder / "template.db")) as old,
                closing(sqlite3.connect(folder / "old.db")) as new,
            ):
                old.backup(new)
            self._copy = f"sqlite:///{folder}/old.db"
        else:
            self._server.drop("old")
            self._copy = self._server.create("old", template="template_of_old")
        contact = {"contact": "mailto:tests@example.org"}
        write_yaml(folder / "portalwatch.yaml", {"database": self._copy, "language": "en", "politeness": contact})
        write_yaml(folder / "subscriptions.yaml", [])
        portal = {"name": "Cổng", "url": "https://x.vn/", "enabled": False}
        section = {"id": "tin-tuc", "url": "https://x.vn/tin-tuc"}
        write_yaml(folder / "portals" / "mpi.yaml", {**portal, "sections": [section]})

    def _opening(self, name: str) -> subprocess.Popen[bytes]:
        with (self._folder / "opened.log").open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, "--config", str(self._folder / "watch"), name],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env=environment(),
            )

    def _await_migration(self, process: subprocess.Popen[bytes]) -> None:
        """Return when the transaction of the migration has begun: others cannot write any more."""
        until(lambda: self._is_locked() or process.poll() is not None, 60, "a migration")

    def _is_locked(self) -> bool:
        if self._server is None:
            with closing(sqlite3.connect(self._folder / "watch" / "old.db", timeout=0)) as database:
                database.isolation_level = None
                try:
                    database.execute("BEGIN IMMEDIATE")
                    database.execute("ROLLBACK")
                except sqlite3.OperationalError:
                    return True
                return False
        engine = reading(open_engine(self._copy))
        try:
            with engine.begin() as connection:
                query = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
                query += " WHERE locktype = 'advisory' AND granted AND datname = 'old'"
                return bool(connection.scalar(text(query)))
        finally:
            engine.dispose()

    def _version(self) -> str:
        engine = reading(open_engine(self._copy))
        try:
            with engine.begin() as connection:
                return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        finally:
            engine.dispose()

    def _check_whole(self) -> None:
        """See that a migrated database holds all that it held, and what the migration promises."""
        if "Traceback" in (log := (self._folder / "opened.log").read_text("utf-8", "replace")):
            self.broken.append("a traceback in mid-migration: " + log.partition("Traceback")[2][:2000])
        engine = reading(open_engine(self._copy))
        try:
            with engine.begin() as connection:
                if (version := connection.scalar(text("SELECT version_num FROM alembic_version"))) != NEWEST:
                    self.broken.append(f"a database that was opened well is of version {version}")
                    return
                for table in ("articles", "revisions", "attachments"):
                    count = connection.scalar(text(f"SELECT count(*) FROM {table}"))
                    if count != self._revisions:
                        self.broken.append(f"after a migration {count} of {self._revisions} {table}")
                rows = connection.execute(text("SELECT title, text, folded FROM revisions"))
                wrong = sum(row.folded != plain(f"{row.title}\n{row.text}") for row in rows)
                if wrong:
                    self.broken.append(f"after a migration {wrong} texts are not folded")
        except DBAPIError as error:
            self.broken.append(f"after a migration: {error.orig}")
        finally:
            engine.dispose()
        kept = Kept(self._copy)
        self.broken += kept.damage()
        kept.close()
