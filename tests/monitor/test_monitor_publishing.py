"""What other programs are given: feeds that feed readers read, a calendar that calendars read, tables for spreadsheets."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
from conftest import Clock
from scene import DAY, Scene, decision, meeting

from config import Configuration
from monitor.commands import run
from storage import Store

ALL = {"id": "moi-thu", "events": ["meeting", "decision"], "to": ["json://127.0.0.1/b1-m4t"]}
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script> & ]]> \x07\ufffe'


@pytest.fixture
def asked(
    store: Store,
    database: str,
    make_configuration: Callable[..., Configuration],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Any]:
    """A scene, and a function that gives what a command wrote into a file."""
    scene = Scene(store, make_configuration([ALL], database=database), clock)
    monkeypatch.setattr("monitor.judging.detect", scene.detect)

    def call(*arguments: str, status: int = 0) -> bytes:
        output = tmp_path / "written"
        output.unlink(missing_ok=True)
        whole = ["--config", str(scene.configuration.directory), *arguments, "--output", str(output)]
        assert run(whole) == status
        return output.read_bytes() if status == 0 else b""

    return lambda: (scene, call)


def test_a_feed_holds_each_alert_once_under_a_name_that_stays(asked: Callable[..., Any], clock: Clock) -> None:
    scene, call = asked()
    scene.tell("thanhhoa", "Họp.", meeting(ordinal=8), title="Phiên họp thứ 8")
    scene.tell("mpi", "Ban hành.", decision(), title=HOSTILE)
    atom, rss = feedparser.parse(call("feed", "moi-thu")), feedparser.parse(call("feed", "moi-thu", "--format", "rss"))
    listed = json.loads(call("feed", "moi-thu", "--format", "json"))
    assert not atom.bozo
    assert not rss.bozo
    ids = [item["id"] for item in listed["items"]]
    assert [entry.id for entry in atom.entries] == [entry.id for entry in rss.entries] == ids
    assert len(set(ids)) == 2
    assert listed["items"][1]["url"].startswith("https://thanhhoa.gov.vn/")
    assert "749/QĐ-TTg" in listed["items"][0]["title"]
    for text in (atom.entries[0].summary, listed["items"][0]["content_html"]):
        assert "<script" not in text
    first = call("feed", "moi-thu")
    scene.tell("mpi", "Cũng họp.", meeting(ordinal=8))  # the second report is no second alert
    assert call("feed", "moi-thu").count(b"<entry>") == first.count(b"<entry>") == 2


def test_a_meeting_keeps_its_uid_and_counts_its_moves(asked: Callable[..., Any]) -> None:
    scene, call = asked()
    scene.tell("thanhhoa", "Mời họp.", meeting(ordinal=8, time="14:00", place="Phòng họp số 1"))
    (before,) = icalendar.Calendar.from_ical(call("calendar")).walk("VEVENT")
    assert before.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert before["location"] == "Phòng họp số 1"
    moved = meeting(ordinal=8, date=date(2026, 11, 25), time="08:00", status="moved")
    scene.tell("thanhhoa", "Dời sang ngày 25/11.", moved)
    (after,) = icalendar.Calendar.from_ical(call("calendar", "--subscription", "moi-thu")).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert call("calendar", "--since", "2027-01-01").count(b"BEGIN:VEVENT") == 0


def test_without_an_hour_a_meeting_takes_the_day_and_cancelled_it_stays_to_be_seen(asked: Callable[..., Any]) -> None:
    scene, call = asked()
    scene.tell("thanhhoa", "Mời họp.", meeting(ordinal=8))
    scene.tell("thanhhoa", "Hủy họp.", meeting(ordinal=8, status="cancelled"))
    (one,) = icalendar.Calendar.from_ical(call("calendar")).walk("VEVENT")
    assert one.decoded("dtstart") == DAY
    assert one["status"] == "CANCELLED"


@pytest.mark.parametrize("what", ["articles", "events", "documents"])
def test_a_table_opens_in_a_spreadsheet_and_holds_no_formula(asked: Callable[..., Any], what: str) -> None:
    scene, call = asked()
    scene.tell("mpi", "Ban hành.", decision(), title=HOSTILE)
    written = call("export", "--format", "csv", "--what", what)
    assert written.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(written.decode("utf-8-sig").splitlines())
    assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())
    assert row["number" if what != "articles" else "portal"] == ("749/QĐ-TTg" if what != "articles" else "mpi")


def test_a_table_is_of_the_portals_and_days_that_are_asked_for(asked: Callable[..., Any]) -> None:
    scene, call = asked()
    scene.tell("mpi", "Ban hành.", decision(), title="Ban hành")
    scene.tell("thanhhoa", "Họp.", meeting(ordinal=8), title="Họp")

    def rows(*words: str) -> int:
        told = call("export", "--format", "csv", "--what", *words).decode("utf-8-sig")
        return len(list(csv.DictReader(told.splitlines())))

    for what, of_mpi, of_all in (("articles", 1, 2), ("events", 1, 2), ("documents", 1, 1)):
        assert (rows(what, "--portal", "mpi"), rows(what, "--since", "2026-11-01")) == (of_mpi, of_all)
        assert rows(what, "--since", "2027-01-01") == 0
    assert rows("documents", "--portal", "thanhhoa") == 0
    call("export", "--format", "csv", "--what", "events", "--portal", "nowhere", status=2)


def test_a_file_is_written_whole_through_a_link_and_what_is_no_file_stays_what_it_is(
    asked: Callable[..., Any], tmp_path: Path
) -> None:
    scene, _ = asked()

    def written(to: object) -> int:
        return run(["--config", str(scene.configuration.directory), "calendar", "--output", str(to)])

    link, pipe = tmp_path / "link.ics", tmp_path / "pipe"
    link.symlink_to(tmp_path / "there.ics")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for path in (link, pipe):
        assert written(path) == 0
    assert b"VCALENDAR" in (tmp_path / "there.ics").read_bytes()
    assert link.is_symlink()
    assert b"VCALENDAR" in os.read(reader, 10_000)
    os.close(reader)
    assert pipe.is_fifo()
    for nowhere in (tmp_path, ".", tmp_path / "none" / "x.ics"):
        assert written(nowhere) == 2


def test_what_cannot_be_asked_for_is_refused(asked: Callable[..., Any]) -> None:
    _, call = asked()
    call("feed", "nobody", status=2)
    call("feed", "moi-thu", "--format", "yaml", status=2)
    call("calendar", "--subscription", "nobody", status=2)
    call("calendar", "--since", "2026-02-01", "--until", "2026-01-01", status=2)
    call("export", "--format", "csv", "--what", "all", status=2)


def test_the_same_gives_the_same_bytes(asked: Callable[..., Any], clock: Clock) -> None:
    scene, call = asked()
    scene.tell("thanhhoa", "Họp.", meeting(ordinal=8))
    once = call("calendar"), call("feed", "moi-thu")
    clock.later(days=100)
    assert (call("calendar"), call("feed", "moi-thu")) == once
