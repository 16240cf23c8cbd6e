"""What a portal can do to us: each fault is told, the other portal goes on, and nothing is lost."""

from __future__ import annotations

import pytest
from house import House

NEWS = "/portal/Pages/tin-tuc.aspx"
FAULTS = {
    "404": "HTTP 404",
    "500": "HTTP 500",
    "503-retry-after": "HTTP 503",
    "redirect-loop": "redirected in a circle",
    "endless": "no full answer in time",
    "hang": "no full answer in time",
    "broken-gzip": "decompressed",
    "truncated": "cut short",
    "empty": "",
    "soft404": "",
    "challenge": "a challenge page",
    "maintenance": "a maintenance page",
}


@pytest.mark.slow
def test_a_fault_of_one_portal_is_told_and_the_other_goes_on(house: House) -> None:
    house.turn()
    thanhhoa, ninhbinh = house.replicas["thanhhoa"], house.replicas["ninhbinh"]
    for number, (fault, told) in enumerate(FAULTS.items()):
        thanhhoa.fault(NEWS, fault)
        runs = {run["portal"]: run for run in house.json("crawl", status=1)}
        assert runs["ninhbinh"]["state"] == "good", fault
        assert runs["thanhhoa"]["state"] == "failed", fault
        portals = {portal["id"]: portal for portal in house.json("status")["portals"]}
        news = next(section for section in portals["thanhhoa"]["sections"] if section["id"] == "tin-tuc")
        assert news["state"] in ("down", "blocked", "redesigned"), (fault, news)
        assert any(told in problem and NEWS in problem for problem in news["problems"]), (fault, news)
        assert portals["ninhbinh"]["state"] == "ok", fault
        if number == 0:
            ninhbinh.publish("meeting-elsewhere")
            thanhhoa.publish("meeting")  # published while its listing is out of reach
    house.run("judge")
    house.run("deliver")
    assert len(house.receiver.received) == 1
    thanhhoa.fault(NEWS, None)
    house.turn()
    assert house.json("status")["portals"][0]["state"] == "ok"
    (meeting,) = [e for e in house.json("events", "--kind", "meeting") if e["meeting"]["ordinal"] == 8]
    assert {article["portal"] for article in meeting["articles"]} == {"thanhhoa", "ninhbinh"}
    assert len(house.receiver.received) == 1


@pytest.mark.parametrize("fault", ["wrong-charset", "no-charset"])
def test_a_wrong_charset_is_read_by_its_bytes(house: House, fault: str) -> None:
    house.replicas["ninhbinh"].fault("*", fault)
    (run,) = house.json("crawl", "ninhbinh")
    assert run["sections"][0]["new"] == 12
    assert "Phiên họp thứ 3 của Ủy ban quốc gia về chuyển đổi số" in {row["title"] for row in house.json("articles")}


def test_an_article_out_of_reach_is_fetched_later_and_told(house: House) -> None:
    house.turn()
    replica = house.replicas["thanhhoa"]
    replica.publish("meeting")
    path = "/portal/Pages/2024-04-24/Phien-hop-lan-thu-8-vi5x3u4r.aspx"
    replica.fault(path, "500")
    house.turn(status=1)
    assert house.receiver.received == []
    status = house.json("status")
    assert any(path in p for s in status["portals"][1]["sections"] for p in s["problems"]), status
    replica.fault(path, None)
    house.turn()
    assert len(house.receiver.received) == 1
