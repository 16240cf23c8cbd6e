"""Runs and their readings: every section accounted for, and due again when its reading said so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import NOW
from shelf import AT, outcome

from config import Retention
from storage import Crawling, Forgetting, Looking, Store

LATER = NOW + timedelta(minutes=15)
REST = timedelta(hours=6)


@pytest.fixture
def crawling(store: Store) -> Crawling:
    crawling = Crawling(store)
    crawling.know_sections([AT, ("thanhhoa", "van-ban"), ("mpi", "tin-tuc")], NOW)
    return crawling


def run(crawling: Crawling, *readings: object, portal: str = "thanhhoa") -> int:
    number = crawling.start_run(portal, "schedule", NOW)
    crawling.finish_run(number, readings, NOW + timedelta(minutes=1))  # type: ignore[arg-type]
    return number


def test_a_section_never_read_is_due_at_once(crawling: Crawling) -> None:
    assert crawling.due(NOW - timedelta(seconds=1)) == {}
    assert crawling.due(NOW) == {"thanhhoa": ["tin-tuc", "van-ban"], "mpi": ["tin-tuc"]}


def test_a_section_known_already_keeps_its_hour(crawling: Crawling) -> None:
    run(crawling, outcome(), outcome("van-ban"))
    crawling.know_sections([AT], NOW + timedelta(minutes=2))
    assert "thanhhoa" not in crawling.due(NOW + timedelta(minutes=2))


def test_a_section_read_is_due_when_its_reading_said_so(crawling: Crawling) -> None:
    run(crawling, outcome(), outcome("van-ban", next_check_at=NOW + timedelta(hours=6)))
    assert crawling.due(LATER - timedelta(seconds=1)) == {"mpi": ["tin-tuc"]}
    assert crawling.due(LATER) == {"mpi": ["tin-tuc"], "thanhhoa": ["tin-tuc"]}


def test_the_longest_due_section_comes_first(crawling: Crawling) -> None:
    run(crawling, outcome(next_check_at=LATER), outcome("van-ban", next_check_at=LATER - timedelta(minutes=5)))
    assert crawling.due(LATER)["thanhhoa"] == ["van-ban", "tin-tuc"]


def test_a_run_tells_how_each_of_its_readings_ended(crawling: Crawling, store: Store) -> None:
    number = run(crawling, outcome(new=3, entries=20, pages=2), outcome("van-ban", "failed", problems=("HTTP 500",)))
    (row,) = Looking(store).runs(ids=[number])
    assert (row["state"], row["started"], row["ended"]) == ("failed", NOW, NOW + timedelta(minutes=1))
    assert [(s["id"], s["state"], s["new"], s["problems"]) for s in row["sections"]] == [
        ("tin-tuc", "good", 3, []),
        ("van-ban", "failed", 0, ["HTTP 500"]),
    ]


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("good", "unchanged"), "good"),
        (("good", "failed"), "failed"),
        (("good", "unread"), "failed"),
    ],
)
def test_a_run_is_good_when_all_its_readings_are(
    crawling: Crawling, store: Store, states: tuple[str, str], state: str
) -> None:
    run(crawling, outcome(state=states[0]), outcome("van-ban", states[1]))
    assert Looking(store).runs()[0]["state"] == state


def test_failures_in_a_row_are_counted_from_the_first_and_end_with_a_good_reading(
    crawling: Crawling, store: Store
) -> None:
    for _ in range(3):
        run(crawling, outcome(state="failed", problems=("HTTP 500",)))
    row = Looking(store).sections()[AT]
    assert (row["failures"], row["failing_since"], row["state"], row["last_good"]) == (
        3,
        NOW + timedelta(minutes=1),
        "down",
        None,
    )
    assert crawling.memory(*AT).failures == 3
    run(crawling, outcome(state="unchanged"))
    row = Looking(store).sections()[AT]
    assert (row["failures"], row["failing_since"], row["state"], row["problems"]) == (0, None, "ok", [])
    assert row["last_good"] == NOW + timedelta(minutes=1)


def test_a_section_that_was_not_read_has_failed(crawling: Crawling, store: Store) -> None:
    run(crawling, outcome(state="unread"))
    assert Looking(store).sections()[AT]["failures"] == 1


def test_a_run_whose_process_is_gone_is_interrupted_and_its_sections_still_due(
    crawling: Crawling, store: Store
) -> None:
    crawling.start_run("thanhhoa", "schedule", NOW)
    crawling.start_run("mpi", "schedule", NOW)
    assert crawling.interrupt_runs(NOW, portal="thanhhoa") == ["thanhhoa"]
    assert {row["portal"]: row["state"] for row in Looking(store).runs()} == {
        "thanhhoa": "interrupted",
        "mpi": "running",
    }
    assert "thanhhoa" in crawling.due(NOW)
    assert crawling.interrupt_runs(NOW) == ["mpi"]


def test_a_run_by_hand_is_interrupted_only_where_that_is_asked(crawling: Crawling, store: Store) -> None:
    crawling.start_run("thanhhoa", "by hand", NOW)
    assert crawling.interrupt_runs(NOW) == []
    assert crawling.interrupt_runs(NOW, reason="by hand") == ["thanhhoa"]


def test_a_run_that_ended_is_not_interrupted(crawling: Crawling, store: Store) -> None:
    run(crawling, outcome())
    assert crawling.interrupt_runs(NOW) == []
    assert Looking(store).runs()[0]["state"] == "good"


# --- portals that kill workers ---


def kill(crawling: Crawling) -> bool:
    return crawling.count_worker_kill("thanhhoa", NOW, limit=2, rest=REST, problem="killed the crawl worker 2 times")


def test_a_portal_that_kills_two_workers_rests_and_its_neighbours_do_not(crawling: Crawling, store: Store) -> None:
    assert not kill(crawling)
    assert "thanhhoa" in crawling.due(NOW)
    assert kill(crawling)
    assert list(crawling.due(NOW)) == ["mpi"]
    assert list(crawling.due(NOW + REST)) == ["mpi", "thanhhoa"]
    row = Looking(store).sections()[AT]
    assert row["state"] == "down"
    assert "killed the crawl worker 2 times" in row["problems"][0]


def test_a_run_that_ended_by_itself_clears_the_suspicion(crawling: Crawling) -> None:
    kill(crawling)
    run(crawling, outcome())
    assert not kill(crawling)


def test_a_portal_that_rests_is_free_after_a_run_by_hand(crawling: Crawling) -> None:
    kill(crawling)
    kill(crawling)
    run(crawling, outcome(), outcome("van-ban"))
    assert "thanhhoa" in crawling.due(LATER)


def test_runs_of_long_ago_are_forgotten_and_nothing_else(crawling: Crawling, store: Store) -> None:
    ended = []
    for days in (100, 1):
        ended.append(crawling.start_run("thanhhoa", "schedule", NOW - timedelta(days=days)))
        crawling.finish_run(ended[-1], [outcome()], NOW - timedelta(days=days))
    running = crawling.start_run("thanhhoa", "schedule", NOW - timedelta(days=100))
    assert not Forgetting(store).forget(Retention(), NOW)
    assert [run["id"] for run in Looking(store).runs()] == [running, ended[1]]
