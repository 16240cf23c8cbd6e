"""search, searches, events and documents on the command line: what they answer, and words for people's mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from conftest import Clock
from scene import Scene, decision, meeting

from config import Configuration, speak, speaking
from monitor.commands import run
from storage import Store


class Desk:
    """The commands, on a store in which a meeting and a decision are reported."""

    def __init__(self, scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
        self.scene = scene
        self._capsys = capsys
        scene.tell("thanhhoa", "Ủy ban họp về chuyển đổi số.", meeting(ordinal=9), title="Họp")
        scene.tell("mpi", "Thủ tướng ban hành 749/QĐ-TTg về đầu tư công.", decision(), title="Ban hành")
        scene.tell("mpi", "Căn cứ 1619/QĐ-TTg.", decision("1619/QĐ-TTg", role="cited"), title="Căn cứ")

    def run(self, *words: str, status: int = 0) -> str:
        """What a command prints; on standard error when it is to fail."""
        self._capsys.readouterr()
        answer = run(["--config", str(self.scene.configuration.directory), *words])
        told = self._capsys.readouterr()
        assert answer == status, told.err or told.out
        return told.err if status else told.out

    def json(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--json"))

    def found(self, *words: str) -> list[str]:
        return [row["title"] for row in self.json("search", *words)]


@pytest.fixture
def desk(
    make_configuration: Callable[..., Configuration],
    store: Store,
    database: str,
    clock: Clock,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    scene = Scene(store, make_configuration(database=database), clock)
    monkeypatch.setattr("monitor.judging.detect", scene.detect)
    return Desk(scene, capsys)


def test_search_answers_articles_with_a_snippet(desk: Desk) -> None:
    (row,) = desk.json("search", "chuyen doi so")
    (article,) = [row for row in desk.json("articles") if row["title"] == "Họp"]
    assert row == {**article, "snippet": "Ủy ban họp về chuyển đổi số."}
    told = desk.run("search", '"đổi số"')
    assert "Ủy ban họp về chuyển đổi số." in told
    assert "\x1b" not in told
    assert desk.json("search", "khong co gi") == []
    assert "Nothing was found." in desk.run("search", "khong co gi")


def test_search_is_narrowed_by_its_options(desk: Desk) -> None:
    assert desk.found("qd ttg") == ["Căn cứ", "Ban hành"]
    assert desk.found("qd ttg", "--limit", "1") == ["Căn cứ"]
    assert desk.found("qd", "ttg", "--number", "749/qd-ttg") == ["Ban hành"]
    assert desk.found("hop", "--province", "tỉnh Thanh Hoá") == desk.found("hop", "--portal", "thanhhoa") == ["Họp"]
    assert desk.found("hop", "--province", "Thanh Hóa", "--portal", "mpi") == []
    assert desk.found("qd", "--kind", "decision") == ["Ban hành"]
    assert desk.found("hop", "--marks", "exact") == []
    assert desk.found("họp", "--since", "2026-11-22", "--until", "2026-11-22") == ["Họp"]
    assert desk.found("họp", "--until", "2026-11-21") == []


@pytest.mark.parametrize(
    "words",
    [
        ("search",),
        ("search", ""),
        ("search", '""'),
        ("search", "--", "-hop"),
        ("search", "😀"),
        ("search", "hop -hop"),
        ("search", "h*"),
        ("search", "hop", "--portal", "nowhere"),
        ("search", "hop", "--province", "Nowhere"),
        ("search", "hop", "--kind", "party"),
        ("search", "hop", "--since", "yesterday"),
        ("search", "hop", "--since", "2026-11-22", "--until", "2026-11-21"),
        ("search", "hop", "--body", "!"),
        ("search", "hop", "--new"),
        ("search", "hop", "--saved", "x"),
        ("search", "--saved", "x"),
        ("search", "hop", "--save", ""),
        ("search", "hop", "--save", "a\nb"),
        ("searches", "delete", "x"),
        ("events", "--kind", "party"),
        ("events", "--status", "perhaps"),
        ("events", "--portal", "nowhere"),
        ("events", "show", "x"),
        ("events", "ack"),
        ("documents", "--role", "read"),
        ("documents", "--gaps", "QĐ-UBND"),
        ("documents", "--gaps", "QĐ-UBND", "--year", "2026", "--uncollected"),
        ("documents", "--year", "12"),
    ],
)
def test_a_mistake_is_told_in_words(words: tuple[str, ...], desk: Desk) -> None:
    told = desk.run(*words, status=2)
    assert told
    assert "Traceback" not in told


def test_searches_are_saved_and_tell_what_is_new(desk: Desk) -> None:
    assert desk.found("họp", "--marks", "exact", "--portal", "thanhhoa", "--save", "các cuộc họp") == ["Họp"]
    (row,) = desk.json("searches")
    assert (row["name"], row["query"], row["new"]) == ("các cuộc họp", "họp", 0)
    desk.scene.tell("thanhhoa", "Lại họp.", meeting(ordinal=10), title="Mười")
    desk.scene.tell("mpi", "Cũng họp.", meeting(ordinal=11), title="Mười một")
    assert desk.json("searches")[0]["new"] == 1
    assert desk.found("--saved", "các cuộc họp") == ["Mười", "Họp"]
    assert desk.found("--saved", "các cuộc họp", "--new") == ["Mười"]
    assert desk.found("--saved", "các cuộc họp", "--new") == []
    assert "các cuộc họp" in desk.run("searches")
    desk.run("searches", "delete", "các cuộc họp")
    assert desk.json("searches") == []


def test_of_much_that_is_new_the_rest_stays_new(desk: Desk) -> None:
    desk.found("hop", "--save", "x")
    for number in range(12, 17):
        desk.scene.tell("mpi", f"Họp lần {number}.", meeting(ordinal=number), title=str(number))
    assert desk.found("--saved", "x", "--new", "--limit", "3") == ["14", "13", "12"]
    assert desk.found("--saved", "x", "--new") == ["16", "15"]


def test_events_are_listed_shown_acknowledged_and_muted(desk: Desk) -> None:
    two, one = desk.json("events")
    assert (one["kind"], one["acknowledged"], one["muted"], one["changes"]) == ("meeting", None, None, [])
    assert desk.json("events", "--number", "749/QĐ-TTg") == [two]
    assert desk.json("events", "--portal", "thanhhoa") == desk.json("events", "--kind", "meeting") == [one]
    shown = desk.json("events", "show", str(one["id"]))
    assert shown["articles"][0]["quote"] == "Ủy ban họp ngày 22/11."
    assert "Ủy ban họp ngày 22/11." in desk.run("events", "show", str(one["id"]))
    desk.run("events", "ack", str(one["id"]))
    desk.run("events", "mute", str(two["id"]))
    assert desk.json("events", "--open") == []
    assert "muted" in desk.run("events")
    desk.run("events", "unmute", str(two["id"]))
    assert [row["id"] for row in desk.json("events", "--open")] == [two["id"]]
    for command in ("show", "ack", "mute", "unmute"):
        assert "99" in desk.run("events", command, "99", status=1)
    desk.run("events", "mute", str(two["id"]), "99", status=1)
    assert [row["id"] for row in desk.json("events", "--open")] == [two["id"]]


def test_tables_speak_the_reader_s_language_and_write_days_as_people_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTALWATCH_LANGUAGE", "vi")
    desk.found("họp", "--portal", "thanhhoa", "--since", "2026-11-01", "--save", "họp")
    (one,) = desk.json("events", "--kind", "meeting")
    ours = {"2026-11-22", "ordinal", "morning", "held", "upcoming", "issued"}
    before = speaking()
    speak("vi")
    try:
        for words in (("events",), ("events", "show", str(one["id"])), ("series",), ("documents",)):
            told = desk.run(*words)
            assert "22/11/2026" in told
            assert not ours & set(told.replace(":", " ").split())
        assert "--portal thanhhoa --since 2026-11-01" in desk.run("searches")
    finally:
        speak(before)


def test_documents_are_listed_and_gaps_told(desk: Desk) -> None:
    assert [row["number"] for row in desk.json("documents")] == ["1619/QĐ-TTg", "749/QĐ-TTg"]
    assert [row["number"] for row in desk.json("documents", "--uncollected")] == ["1619/QĐ-TTg"]
    assert [row["cited_before"] for row in desk.json("documents", "--role", "issued")] == [False]
    assert "749/QĐ-TTg" in desk.run("documents", "--type", "quyết định", "--issuer", "thu tuong", "--year", "2026")
    gaps = desk.json("documents", "--gaps", "QĐ-TTg", "--year", "2026")
    assert (gaps["known"], gaps["missing"]) == (2, [[750, 1618]])
    assert "750-1618" in desk.run("documents", "--gaps", "QĐ-TTg", "--year", "2026")
    desk.run("documents", "--gaps", "QĐ-TTg", "--year", "1999")


def test_the_day_of_an_event_narrows(desk: Desk) -> None:
    day = date(2026, 11, 22).isoformat()
    assert len(desk.json("events", "--since", day, "--until", day)) == 2
    assert desk.json("events", "--until", "2026-11-21") == []
