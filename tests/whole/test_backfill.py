"""Older pages of listings: stored, never told of, begun again where they were left."""

from __future__ import annotations

import signal
import subprocess
from typing import Any

import pytest
from house import COMMAND, House, end, environment, until

from monitor import by_hand

ARTICLES = {"thanhhoa": 20, "ninhbinh": 12}  # 12 news each, and 8 documents of Thanh Hóa

SHALLOW = {"baseline_pages": 1}


@pytest.fixture
def shallow(house: House) -> House:
    """A house whose baseline is one page deep: older pages are left unread."""
    house.configure(settings=SHALLOW)
    house.turn()
    assert stored(house) < sum(ARTICLES.values())
    return house


def stored(house: House, portal: str | None = None) -> int:
    return len(house.json("articles", "--limit", "500", *(["--portal", portal] if portal else [])))


def fill_in(house: House, *arguments: str, status: int = 0) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in house.json("backfill", *arguments, status=status)["sections"]}


def test_older_articles_are_stored_once_and_nobody_is_told(shallow: House) -> None:
    before = stored(shallow, "thanhhoa")
    rows = fill_in(shallow, "thanhhoa")
    assert {name: row["pages"] > 1 for name, row in rows.items()} == {"tin-tuc": True, "van-ban": True}
    assert sum(row["new"] for row in rows.values()) == ARTICLES["thanhhoa"] - before
    assert stored(shallow, "thanhhoa") == ARTICLES["thanhhoa"]
    again = fill_in(shallow, "thanhhoa")
    assert {row["new"] for row in again.values()} == {0}
    assert "tin-tuc" in shallow.run("backfill", "thanhhoa", "tin-tuc", "--pages", "1")
    shallow.turn()
    assert shallow.receiver.received == []
    assert shallow.json("deliveries") == []


def test_what_is_new_on_top_is_left_to_the_crawl_and_told(shallow: House) -> None:
    """Published after the last crawl and before the backfill: older it is not."""
    shallow.replicas["ninhbinh"].publish("decision-news")
    fill_in(shallow, "ninhbinh")
    assert stored(shallow, "ninhbinh") == ARTICLES["ninhbinh"]
    shallow.turn()
    assert stored(shallow, "ninhbinh") == ARTICLES["ninhbinh"] + 1
    assert len(shallow.receiver.received) == 1


def test_pages_and_since_say_how_far_back(shallow: House) -> None:
    before = stored(shallow, "ninhbinh")
    assert fill_in(shallow, "ninhbinh", "tin-tuc", "--pages", "2")["tin-tuc"]["pages"] == 2
    assert stored(shallow, "ninhbinh") == before + 5
    row = fill_in(shallow, "ninhbinh", "--since", "2100-01-01")["tin-tuc"]
    assert (row["pages"], row["entries"], row["new"]) == (1, 0, 0)
    assert stored(shallow, "ninhbinh") == before + 5


def test_a_page_that_cannot_be_had_is_a_problem_and_the_next_time_goes_on(shallow: House) -> None:
    ninhbinh = shallow.replicas["ninhbinh"]
    ninhbinh.fault("/vi/news/tin-tuc-su-kien/page-2/", "500")
    row = fill_in(shallow, "ninhbinh", status=1)["tin-tuc"]
    assert row["problems"]
    assert "page-2" in row["problems"][0]
    ninhbinh.fault("/vi/news/tin-tuc-su-kien/page-2/", None)
    fill_in(shallow, "ninhbinh")
    assert stored(shallow, "ninhbinh") == ARTICLES["ninhbinh"]


def test_wrong_names_are_told_in_words(shallow: House) -> None:
    shallow.run("backfill", "nowhere", status=2)
    assert "nowhere" in shallow.stderr
    shallow.run("backfill", "ninhbinh", "nothing", status=2)
    assert "nothing" in shallow.stderr


def begin(house: House, portal: str) -> subprocess.Popen[bytes]:
    """A backfill, ended by the caller when it has stored something and not all."""
    before = stored(house, portal)
    house.configure(settings={**SHALLOW, "politeness": {"contact": "mailto:tests@example.org", "delay": "2s"}})
    command = [*COMMAND, "--config", str(house.folder), "backfill", portal]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    until(lambda: stored(house, portal) > before or process.poll() is not None, 60, "an article of an older page")
    return process


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_one_goes_on(shallow: House, number: signal.Signals) -> None:
    process = begin(shallow, "ninhbinh")
    with by_hand.nobody(shallow.folder / "data") as nobody:
        assert not nobody
    process.send_signal(number)
    _, told = process.communicate(timeout=20)
    assert process.returncode in (130, -signal.SIGKILL), told
    assert b"Traceback" not in told
    assert stored(shallow, "ninhbinh") < ARTICLES["ninhbinh"]
    shallow.configure(settings=SHALLOW)
    fill_in(shallow, "ninhbinh")
    assert stored(shallow, "ninhbinh") == ARTICLES["ninhbinh"]
    shallow.turn()
    assert shallow.receiver.received == []


@pytest.mark.slow
def test_it_works_beside_the_service(shallow: House) -> None:
    service = shallow.serve()
    try:
        until(lambda: shallow.json("status")["pids"]["workers"], 30, "the service")
        fill_in(shallow, "thanhhoa")
        assert stored(shallow, "thanhhoa") == ARTICLES["thanhhoa"]
        shallow.replicas["thanhhoa"].publish("meeting")
        assert shallow.receiver.wait(1, 40)
    finally:
        assert end(service) == 0
    assert len(shallow.receiver.received) == 1
