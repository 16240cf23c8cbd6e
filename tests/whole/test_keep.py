"""Export, import and the database's commands, as an operator calls them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from house import COMMAND, House, end, environment, until
from postgres import Server

from monitor import by_hand


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def looked_at(house: House, *where: str) -> list[Any]:
    return [house.json(name, "--limit", "500", *where) for name in ("articles", "events", "documents")]


@pytest.fixture
def empty(house: House, tmp_path: Path) -> tuple[str, str]:
    """Another folder of configuration with nothing stored, as an option of every command."""
    folder = tmp_path / "empty"
    house.run("init", str(folder))
    return "--config", str(folder)


def test_all_that_is_known_moves_to_another_house_and_nobody_there_is_told(
    house: House, empty: tuple[str, str], tmp_path: Path
) -> None:
    house.turn()
    house.replicas["thanhhoa"].publish("meeting")
    house.turn()
    house.replicas["ninhbinh"].publish("meeting-elsewhere")
    house.turn()
    told = len(house.receiver.received)
    file = tmp_path / "all.jsonl"
    assert house.run("export", "-o", str(file)) == ""
    assert not list(tmp_path.glob("*.part"))
    rows = lines(file.read_text("utf-8"))
    assert {row["portalwatch"] for row in rows} == {1}
    assert [row["kind"] for row in rows].count("article") == 34
    assert lines(house.run("export"))[1:] == rows[1:]
    answer = house.json("import", str(file), *empty)
    assert answer["articles"] == {"new": 34, "completed": 0, "known": 0}
    assert (answer["bad_lines"], answer["missing_articles"]) == (0, 0)
    assert lines(house.run("export", *empty))[1:] == rows[1:]
    assert looked_at(house, *empty) == looked_at(house)
    again = house.json("import", str(file), *empty)
    assert again["articles"] == {"new": 0, "completed": 0, "known": 34}
    assert again["events"] == {"new": 0, "completed": 0, "known": answer["events"]["new"]}
    house.run("judge", *empty)
    assert house.json("deliveries", *empty) == []
    # Here all of it is known, and so it stays.
    assert "34 known already" in house.run("import", str(file))
    house.turn()
    assert len(house.receiver.received) == told


def test_a_part_is_exported(house: House) -> None:
    house.turn()
    assert {row["portal"] for row in lines(house.run("export", "--what", "articles", "--portal", "mpi", "--portal", "ninhbinh", status=2))} == set()  # fmt: skip
    assert "mpi" in house.stderr
    rows = lines(house.run("export", "--what", "articles", "--portal", "ninhbinh"))
    assert {row.get("portal") for row in rows[1:]} == {"ninhbinh"}
    assert {row["kind"] for row in lines(house.run("export", "--what", "events"))[1:]} <= {"event"}
    assert len(lines(house.run("export", "--since", "2100-01-01"))) == 1
    house.run("export", "--what", "letters", status=2)
    house.run("export", "--since", "yesterday", status=2)


def test_bad_lines_are_named_and_good_ones_imported(house: House, empty: tuple[str, str], tmp_path: Path) -> None:
    house.turn()
    good = house.run("export", "--what", "articles", "--portal", "ninhbinh").splitlines()
    file = tmp_path / "mixed.jsonl"
    newer = json.dumps({**json.loads(good[2]), "portalwatch": 2})
    file.write_text("\n".join(["\ufeff" + good[0], good[1], "{broken", "", newer, good[2]]), "utf-8")
    answer = house.json("import", str(file), *empty, status=1)
    assert answer["articles"]["new"] == 2
    assert [line.startswith(f"{file}:{number}: ") for line, number in zip(house.stderr.splitlines(), (3, 5), strict=True)] == [True, True]  # fmt: skip
    before = looked_at(house, *empty)
    (tmp_path / "newer.jsonl").write_text(newer + "\n" + good[3])
    for wrong in (tmp_path / "newer.jsonl", tmp_path / "missing.jsonl", tmp_path):
        house.run("import", str(file), str(wrong), *empty, status=2)
        assert wrong.name in house.stderr
    assert looked_at(house, *empty) == before
    command = [*COMMAND, *empty, "import", "-", "--json"]
    piped = subprocess.run(command, input="\n".join(good).encode(), capture_output=True, env=environment())
    assert json.loads(piped.stdout)["articles"] == {"new": len(good) - 3, "completed": 0, "known": 2}


def test_the_database_says_its_version(house: House) -> None:
    assert "A new database" in house.run("db", "upgrade")
    assert "already" in house.run("db", "upgrade")


def test_the_database_is_copied_to_postgresql_and_back(house: House, server: Server, tmp_path: Path) -> None:
    house.turn()
    before = looked_at(house)
    url = server.create("moved")
    try:
        told = house.run("db", "copy", url)
        assert json.dumps(url) in told
        assert "32 articles" in told
        house.configure(settings={"database": url})
        assert looked_at(house) == before
        house.run("db", "copy", url, status=1)
        assert "not empty" in house.stderr
        house.run("db", "copy", "sqlite:///back.db")
        house.configure(settings={"database": "sqlite:///back.db"})
        assert (house.folder / "back.db").exists()
        assert looked_at(house) == before
        house.turn()
        assert looked_at(house) == before
    finally:
        server.drop("moved")


def test_a_password_is_never_printed(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in (
        f"postgresql+psycopg://me:s3cret@/x?host={tmp_path}",
        f"postgresql://me@/x?password=s3cret&host={tmp_path}",
    ):
        monkeypatch.setenv("TARGET", url)
        for arguments in ([url], ["--to-env", "TARGET"]):
            assert "s3cret" not in house.run("db", "copy", *arguments, status=1) + house.stderr
            assert "me" in house.stderr
    monkeypatch.setenv("TARGET", "sqlite:///copied.db")
    assert '"${TARGET}"' in house.run("db", "copy", "--to-env", "TARGET")
    for wrong in (["--to-env", "NOTHING"], [], ["mysql://me:s3cret@x/y"], ["sqlite:///a.db", "--to-env", "TARGET"]):
        assert "s3cret" not in house.run("db", "copy", *wrong, status=2) + house.stderr


def test_nothing_is_copied_while_somebody_works_by_hand(house: House) -> None:
    """What an import stores meanwhile would stay behind."""
    command = [*COMMAND, "--config", str(house.folder), "import", "-"]
    importing = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment())
    try:
        until(lambda: _is_held(house), 30, "the import's claim")
        house.run("db", "copy", "sqlite:///copied.db", status=1)
        assert "by hand" in house.stderr
        assert not (house.folder / "copied.db").exists()
    finally:
        importing.communicate(b"", timeout=30)
    house.run("db", "copy", "sqlite:///copied.db")


def _is_held(house: House) -> bool:
    with by_hand.nobody(house.folder / "data") as nobody:
        return not nobody


@pytest.mark.slow
def test_nothing_is_copied_while_the_service_runs(house: House) -> None:
    service = house.serve()
    try:
        until(lambda: house.json("status")["pids"]["service"], 30, "the service")
        house.run("db", "copy", "sqlite:///copied.db", status=1)
        assert str(service.pid) in house.stderr
        assert not (house.folder / "copied.db").exists()
    finally:
        assert end(service) == 0
