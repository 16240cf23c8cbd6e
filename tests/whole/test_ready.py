"""Commands that are forked where the program is loaded are processes like those that a user starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from house import House, environment
from ready import READY


def test_a_forked_command_says_what_a_started_one_says(house: House) -> None:
    for arguments, status in ((["check"], 0), (["crawl", "nowhere"], 2)):
        forked = house.run(*arguments, status=status), house.stderr
        assert (house.start(*arguments, status=status), house.stderr) == forked


def test_a_forked_command_has_its_own_folder_environment_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = {**environment(), "PORTALWATCH_CONFIG": "here"}
    assert READY.run(["init"], named)[2] == 0
    assert (tmp_path / "here/portalwatch.yaml").exists()
    # What one has done is not known to the next: the reactor is installed anew, the gate is another.
    url = "http://127.0.0.1:9/"
    for allowed, told in ((["--allow-private", "127.0.0.0/8"], "refused"), ([], "allow_private"), (["--allow-private", "127.0.0.0/8"], "refused")):  # fmt: skip
        output, errors, status = READY.run(["read", url, *allowed], named)
        assert (json.loads(output)["page"], status) == ("error", 1)
        assert told in errors


def test_one_that_does_not_end_is_ended_and_the_next_runs(house: House) -> None:
    house.replicas["ninhbinh"].fault("*", "hang")
    house.configure(settings={"politeness": {"contact": "mailto:tests@example.org", "timeout": "60s"}})
    with pytest.raises(TimeoutError, match="crawl"):
        READY.run(["--config", str(house.folder), "crawl", "ninhbinh"], environment(), seconds=3)
    assert READY.run(["--help"], environment())[2] == 0
