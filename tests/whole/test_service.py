"""The service as it lives: it works by itself and ends in order. `test_kills.py` ends it out of order."""

from __future__ import annotations

import time

import pytest
from house import House, end, until


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
