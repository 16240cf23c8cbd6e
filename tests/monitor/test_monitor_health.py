"""The service's own troubles: told once an outage, and once when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW, PORTALS, Clock
from scene import Scene

from config import Configuration
from monitor.health import trouble_of, watch
from monitor.judging import Judge
from storage import TOLD_AFTER, ReadingOutcome, Store

OPERATOR = {"id": "van-hanh", "events": ["portal_failing", "portal_recovered"], "to": ["json://127.0.0.1/a"]}


class Ward:
    """A scene in which portals answer or do not."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def read(self, state: str = "failed", portal: str = "thanhhoa", *problems: str) -> int:
        """One run of a portal, and what the watch makes of it: how many alerts."""
        scene, now = self.scene, self.scene.clock.later(minutes=15)
        run = scene.crawling.start_run(portal, "schedule", now)
        reading = ReadingOutcome(
            section="tin-tuc",
            state=state,
            section_state="ok" if state == "good" else "down",
            started=now,
            next_check_at=now + timedelta(minutes=15),
            problems=problems or (() if state == "good" else ("HTTP 500",)),
        )
        scene.crawling.finish_run(run, [reading], now)
        return self.watch()

    def watch(self) -> int:
        scene = self.scene
        judge = Judge(scene.judging, scene.configuration, scene.births)
        return watch(scene.configuration, scene.looking, scene.judging, judge, scene.clock())

    @property
    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.scene.events]


@pytest.fixture
def ward(store: Store, make_configuration: Callable[..., Configuration], clock: Clock) -> Ward:
    return Ward(Scene(store, make_configuration([OPERATOR]), clock))


def test_a_portal_is_said_to_fail_after_three_readings_and_once(ward: Ward) -> None:
    assert [ward.read() for _ in range(6)] == [0, 0, 1, 0, 0, 0]
    assert ward.kinds == ["portal_failing"]
    assert TOLD_AFTER == 3


def test_a_portal_that_answers_again_is_said_to_be_back_and_once(ward: Ward) -> None:
    for _ in range(3):
        ward.read()
    assert [ward.read("good") for _ in range(3)] == [1, 0, 0]
    assert ward.kinds == ["portal_failing", "portal_recovered"]


def test_a_second_outage_is_told_again(ward: Ward) -> None:
    made = [ward.read(state) for state in ("failed",) * 4 + ("good",) + ("failed",) * 4 + ("good",)]
    assert made == [0, 0, 1, 0, 1, 0, 0, 1, 0, 1]
    keys = [event["key"] for event in ward.scene.events]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_two_bad_readings_are_no_outage(ward: Ward) -> None:
    assert [ward.read(state) for state in ("failed", "failed", "good", "failed", "failed")] == [0] * 5


def test_an_alert_of_an_outage_tells_since_when_and_why(ward: Ward) -> None:
    for _ in range(3):
        ward.read()
    (due,) = ward.scene.delivering.claim(ward.scene.clock(), owner="x:1", lease=timedelta(minutes=1), limit=9)
    facts = due.event.facts["portal"]
    assert (facts["problems"], facts["url"]) == (["HTTP 500"], "https://thanhhoa.gov.vn/")
    assert facts["since"] == (NOW + timedelta(minutes=15)).isoformat()
    assert "Cổng TTĐT tỉnh Thanh Hóa" in due.event.title


def test_an_outage_is_told_once_over_restarts(ward: Ward) -> None:
    for _ in range(3):
        ward.read()
    ward.scene.know(ward.scene.configuration)
    assert ward.watch() == 0


def test_portals_fail_each_for_themselves(ward: Ward) -> None:
    for _ in range(3):
        ward.read()
    ward.read("good", "mpi")
    assert ward.kinds == ["portal_failing"]
    made = [ward.read(portal="mpi") for _ in range(3)]
    assert made == [0, 0, 1]


def test_a_subscription_to_one_portal_hears_of_that_one(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock
) -> None:
    ward = Ward(Scene(store, make_configuration([{**OPERATOR, "portals": ["mpi"]}]), clock))
    assert [ward.read() for _ in range(3)] == [0, 0, 0]
    assert [ward.read(portal="mpi") for _ in range(3)] == [0, 0, 1]


def test_a_disabled_portal_is_silent_in_failing_and_in_coming_back(
    ward: Ward, make_configuration: Callable[..., Configuration]
) -> None:
    off = make_configuration([OPERATOR], {**PORTALS, "thanhhoa": {**PORTALS["thanhhoa"], "enabled": False}})
    on = ward.scene.configuration
    ward.scene.configuration = off
    assert [ward.read() for _ in range(4)] == [0] * 4
    ward.scene.configuration = on
    assert ward.watch() == 1
    ward.scene.configuration = off
    assert ward.read("good") == 0
    ward.scene.configuration = on
    assert ward.watch() == 1


def test_a_portal_never_read_has_no_trouble(ward: Ward) -> None:
    assert ward.watch() == 0


def test_a_portal_that_is_set_aside_for_killing_workers_is_told(ward: Ward) -> None:
    for _ in range(2):
        ward.scene.crawling.count_worker_kill(
            "thanhhoa", NOW, limit=2, rest=timedelta(hours=6), problem="killed the crawl worker"
        )
    assert ward.watch() == 1


def section(failures: int, minutes: int = 0, *problems: str) -> dict[str, Any]:
    return {
        "failures": failures,
        "failing_since": NOW + timedelta(minutes=minutes) if failures else None,
        "problems": list(problems),
    }


def test_one_section_that_fails_long_enough_is_an_outage_of_its_portal(ward: Ward) -> None:
    portal = ward.scene.configuration.portals[0]
    assert trouble_of(portal, [section(0), section(2)], None) is None
    trouble = trouble_of(portal, [section(0), section(3, 5, "a", "b"), section(4, 0, "b", "c")], None)
    assert trouble is not None
    assert (trouble.kind, trouble.key) == ("portal_failing", f"{portal.id}|{NOW.isoformat()}")
    assert trouble.facts["portal"]["problems"] == ["a", "b", "c"]


def test_an_outage_is_over_when_no_section_fails(ward: Ward) -> None:
    portal = ward.scene.configuration.portals[0]
    assert trouble_of(portal, [section(0), section(1)], "thanhhoa|x") is None
    trouble = trouble_of(portal, [section(0), section(0)], "thanhhoa|x")
    assert trouble is not None
    assert (trouble.kind, trouble.key) == ("portal_recovered", "thanhhoa|x")


def test_an_alert_names_five_problems_at_most(ward: Ward) -> None:
    trouble = trouble_of(ward.scene.configuration.portals[0], [section(3, 0, *map(str, range(50)))], None)
    assert trouble is not None
    assert len(trouble.facts["portal"]["problems"]) == 5
