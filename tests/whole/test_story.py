"""The main job, told as its users live it."""

from __future__ import annotations

from itertools import pairwise

from house import House

from monitor.replica import SEED_NAMES, expected_text, seed_article

# Every number that the five seed texts name; all of them are citations.
CITED = {
    "749/QĐ-TTg", "942/QĐ-TTg", "422/QĐ-TTg", "3609/KH-BĐHCĐS", "16/TB-VPCP", "03-TB/BCĐCĐS", "56/QĐ-UBND",
    "17/NQ-CP", "03/NQ-CP", "01/NQ-CP", "1619/QĐ-TTg", "2304/BTTTT-THH", "06/QĐ-TTg",
}  # fmt: skip


def test_told_once_with_the_evidence_and_never_about_a_counter(house: House) -> None:
    # The first crawl is the baseline: everything is stored, nobody is told.
    first = house.turn()
    assert {run["state"] for run in first} == {"good"}
    stored = sum(section["new"] for run in first for section in run["sections"])
    assert stored == 32  # 12 news and 8 documents of Thanh Hóa, 12 news of Ninh Bình
    assert house.receiver.received == []
    assert house.json("deliveries") == []

    # Two crawls of unchanged portals: every counter has moved, and nothing is revised.
    for _ in range(2):
        runs = house.turn()
        sections = [section for run in runs for section in run["sections"]]
        assert all(section["new"] == section["revised"] == 0 for section in sections), sections
    assert house.receiver.received == []

    # A new meeting report: exactly one alert.
    house.replicas["thanhhoa"].publish("meeting")
    house.turn()
    assert len(house.receiver.received) == 1
    alert = house.receiver.received[0]
    assert "Ủy ban Quốc gia về chuyển đổi số, session 8" in alert["title"]
    assert "24/04/2024" in alert["title"]
    assert "Phạm Minh Chính" in alert["message"]
    assert "/portal/Pages/2024-04-24/" in alert["message"]

    # The same meeting on the second portal, in other words: no alert, one more piece of evidence.
    house.replicas["ninhbinh"].publish("meeting-elsewhere")
    house.turn()
    assert len(house.receiver.received) == 1
    (meeting,) = [e for e in house.json("events", "--kind", "meeting") if e["meeting"]["ordinal"] == 8]
    assert {article["portal"] for article in meeting["articles"]} == {"thanhhoa", "ninhbinh"}

    # A newly issued decision: one alert that names its number. The commands are started as a user starts them.
    house.replicas["thanhhoa"].publish("decision")
    for command in ("crawl", "judge", "deliver"):
        house.start(command)
    assert len(house.receiver.received) == 2
    assert "1875/QĐ-UBND" in house.receiver.received[1]["title"]
    assert [row["status"] for row in house.json("deliveries")] == ["sent", "sent"]

    # The cited documents are known, as cited, and none of them was told of.
    documents = {row["number"]: row for row in house.json("documents", "--limit", "500")}
    assert documents.keys() >= CITED
    assert all(not documents[number]["issued_in"] for number in CITED)
    decisions = [document["number"] for e in house.json("events", "--kind", "decision") for document in e["documents"]]
    assert not CITED & set(decisions)


def test_every_seed_text_is_shown_clean(house: House) -> None:
    house.replicas["thanhhoa"].publish("meeting")
    house.json("crawl")
    for name in SEED_NAMES:
        seed = seed_article(name)
        portal = "ninhbinh" if name in ("ninhbinh", "ninhthuan") else "thanhhoa"
        shown = house.json("show", house.replicas[portal].article_url(seed))
        assert shown["title"] == seed.title
        assert shown["text"] == expected_text(seed), name
        assert shown["captions"] == list(seed.captions), name
        assert len(shown["revisions"]) == 1
    rows = house.json("show", house.replicas["ninhbinh"].article_url(seed_article("ninhbinh")))["tables"][0]
    assert ["Tỉ lệ dịch vụ công trực tuyến phát sinh hồ sơ", "45,78%", "80%"] in rows


def test_given_selectors_read_the_same(house: House) -> None:
    house.configure(selectors=True)
    runs = house.json("crawl")
    assert sum(section["new"] for run in runs for section in run["sections"]) == 32
    seed = seed_article("ninhbinh")
    assert house.json("show", house.replicas["ninhbinh"].article_url(seed))["text"] == expected_text(seed)


def test_a_dry_run_stores_nothing(house: House) -> None:
    runs = house.json("crawl", "--dry-run")
    assert sum(section["new"] for run in runs for section in run["sections"]) == 32
    assert house.json("articles") == []
    assert house.json("runs") == []
    assert not list((house.folder / "data").glob("snapshots/*"))


def test_portals_are_asked_politely(house: House) -> None:
    house.configure(settings={"politeness": {"contact": "mailto:tests@example.org", "delay": "200ms"}})
    house.run("check", status=2)  # a duration has no ms: said at once
    house.configure(settings={"politeness": {"contact": "mailto:tests@example.org", "delay": "1s"}})
    house.run("crawl", "ninhbinh")
    seen = [request for request in house.replicas["ninhbinh"].requests() if request["method"] == "GET"]
    assert seen[0]["path"] == "/robots.txt"
    assert all("mailto:tests@example.org" in request["user_agent"] for request in seen)
    assert all(request["in_flight"] == 0 for request in seen)
    gaps = [later["at"] - earlier["at"] for earlier, later in pairwise(seen)]
    assert min(gaps) >= 0.95, gaps  # the receiver's clock against ours
    house.run("crawl", "ninhbinh")
    again = house.replicas["ninhbinh"].requests()[len(seen) :]
    assert [request["status"] for request in again] == [200, 304]  # robots.txt, and a listing that has not changed
