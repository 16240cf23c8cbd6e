"""The service as it lives: it works by itself, ends in order, and may be killed at any instant."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from house import House, end, until


def channels(house: House, count: int) -> list[dict[str, object]]:
    """A subscription a channel, so that one event owes many deliveries."""
    return [
        {"id": f"s{number}", "events": ["meeting", "decision"], "to": [f"{house.receiver.url}/{number}"]}
        for number in range(count)
    ]


def baseline_done(house: House) -> bool:
    status = house.json("status")
    sections = [section for portal in status["portals"] for section in portal["sections"]]
    return status["unjudged"] == 0 and all(s.get("baseline") and s["last_good"] and not s["pending"] for s in sections)


@pytest.mark.slow
def test_the_service_tells_by_itself_and_ends_in_order(house: House) -> None:
    service = house.serve()
    try:
        until(lambda: baseline_done(house), 60, "baseline")
        status = house.json("status")
        assert status["pids"]["service"] == service.pid
        assert len(status["pids"]["workers"]) >= 1
        house.run("status", "--health")
        assert "already" in (house.run("serve", status=1) or house.stderr)
        house.replicas["thanhhoa"].publish("meeting")
        assert house.receiver.wait(1, 30)
        # Ended in mid-crawl: the next start goes on from the doors.
        house.replicas["ninhbinh"].fault("*", "slow")
        house.replicas["ninhbinh"].publish("decision-news")
        requests = len(house.replicas["ninhbinh"].requests())
        until(lambda: len(house.replicas["ninhbinh"].requests()) > requests, 20, "a crawl in hand")
        began = time.monotonic()
        assert end(service) == 0
        assert time.monotonic() - began < 15
    finally:
        service.kill()
    assert house.json("status")["pids"] == {"service": None, "workers": []}
    house.run("status", "--health", status=1)
    house.replicas["ninhbinh"].fault("*", None)
    service = house.serve()
    try:
        assert house.receiver.wait(2, 60)
    finally:
        assert end(service) == 0
    assert "Traceback" not in house.log
    assert len(house.receiver.received) == 2
    assert "92/KH-UBND" in house.receiver.received[1]["title"]


@pytest.mark.slow
def test_killed_twenty_times_no_event_is_lost_and_repeats_are_those_in_flight(house: House) -> None:
    chance = random.Random(20261122)
    house.configure(subscriptions=channels(house, 8))
    steps = {2: ("thanhhoa", "meeting"), 7: ("ninhbinh", "decision-news"), 12: ("thanhhoa", "decision")}
    service = house.serve()
    in_flight = 0
    try:
        until(lambda: baseline_done(house), 60, "baseline")
        for kill in range(20):
            if kill in steps:
                portal, step = steps[kill]
                house.replicas[portal].publish(step)
            time.sleep(chance.uniform(0.2, 4.0))
            if chance.random() < 0.5:
                workers = house.json("status")["pids"]["workers"]
                if workers:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                continue
            service.kill()
            service.wait()
            in_flight += claimed(house)
            service = house.serve()
        until(lambda: len(distinct(house)) == 3 * 8, 90, f"all delivered, {len(distinct(house))} so far")
        until(lambda: house.json("status")["pending"] == 0, 30, "all settled")
    finally:
        assert end(service) == 0
    repeats = len(house.receiver.received) - len(distinct(house))
    print(f"20 kills: {len(house.receiver.received)} received, {repeats} repeats, {in_flight} were in flight")
    assert repeats <= in_flight
    rows = house.json("deliveries", "--limit", "100")
    assert len(rows) == 24
    assert {row["status"] for row in rows} == {"sent"}
    assert len({(row["event"], row["channel"]) for row in rows}) == 24
    with closing(sqlite3.connect(house.database.removeprefix("sqlite:///"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def distinct(house: House) -> set[tuple[str, str]]:
    """The messages received, each channel's once."""
    return {(message["title"], message["path"]) for message in house.receiver.received}


def claimed(house: House) -> int:
    """How many deliveries the killed process had in hand."""
    with closing(sqlite3.connect(house.database.removeprefix("sqlite:///"))) as database:
        query = "SELECT count(*) FROM deliveries WHERE state = 'pending' AND claimed_by IS NOT NULL"
        return int(database.execute(query).fetchone()[0])
