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


def test_a_listing_that_reads_well_is_not_good_when_no_article_can_be_had(house: House) -> None:
    replica = house.replicas["ninhbinh"]
    house.json("crawl", "ninhbinh", status=0)
    replica.publish("decision-news")
    path = "/vi/news/tin-tuc-su-kien/ubnd-tinh-ban-hanh-ke-hoach-nang-cao-ti-le-ho-so-thu-tuc-hanh-chinh-xu-ly-truc-tuyen-1295.html"
    replica.fault(path, "challenge")
    (run,) = house.json("crawl", "ninhbinh", status=1)
    assert run["state"] == "failed"
    assert house.json("status")["portals"][0]["state"] == "blocked"
    replica.fault(path, None)
    (run,) = house.json("crawl", "ninhbinh")
    assert run["sections"][0]["new"] == 1


def test_one_article_that_always_asks_to_wait_holds_no_other_up(house: House) -> None:
    replica = house.replicas["ninhbinh"]
    replica.fault(
        "/vi/news/tin-tuc-su-kien/phien-hop-thu-3-cua-uy-ban-quoc-gia-ve-chuyen-doi-so-1204.html", "503-retry-after"
    )
    (run,) = house.json("crawl", "ninhbinh", status=1)
    assert run["sections"][0]["new"] == 11


def test_dead_articles_starve_no_others(house: House) -> None:
    replica = house.replicas["ninhbinh"]
    listing = "/vi/news/tin-tuc-su-kien/"
    for name in (
        "phien-hop-thu-3-cua-uy-ban-quoc-gia-ve-chuyen-doi-so-1204",
        "cong-bo-55-bai-toan-chuyen-doi-so-cua-cac-bo-nganh-va-dia-phuong-1211",
        "mot-so-dich-vu-cong-truc-tuyen-phat-huy-hieu-qua-ro-ret-1218",
    ):
        replica.fault(f"{listing}{name}.html", "soft404")
    (run,) = house.json("crawl", "ninhbinh", status=1)
    assert run["sections"][0]["new"] == 9
