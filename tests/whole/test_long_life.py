"""What happens in the years of a service: its folder changes, portals come, go and are renamed, articles vanish."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from house import House, end, until

from config import write_yaml


def portals(house: House) -> list[str]:
    return [portal["id"] for portal in house.json("status")["portals"]]


def settled(house: House) -> bool:
    status = house.json("status")
    sections = [section for portal in status["portals"] for section in portal["sections"]]
    return status["unjudged"] == 0 and all(s.get("baseline") and not s["pending"] for s in sections)


# --- the folder under a running service ---


@pytest.mark.slow
@pytest.mark.stores
def test_a_folder_changed_for_the_worse_is_told_and_the_old_one_kept_and_for_the_better_taken_up(house: House) -> None:
    ninhbinh = house.folder / "portals/ninhbinh.yaml"
    good = ninhbinh.read_text("utf-8")
    ninhbinh.unlink()
    service = house.serve()
    try:
        until(lambda: settled(house), 60, "baseline")
        assert portals(house) == ["thanhhoa"]

        thanhhoa = house.folder / "portals/thanhhoa.yaml"
        before = thanhhoa.read_text("utf-8")
        thanhhoa.write_text(before.replace("url:", "urll:", 1), "utf-8")
        until(lambda: "the changed configuration is faulty; the old one is kept" in house.log, 20, "told")
        assert "unknown key 'urll'; did you mean 'url'?" in house.log
        house.run("status", status=2)  # the command reads the folder too, and says what is amiss in it
        asked = len(house.replicas["thanhhoa"].requests())
        until(lambda: len(house.replicas["thanhhoa"].requests()) > asked, 20, "a crawl by the old one")

        # Mended, and with a portal more: both are taken up, without a start.
        thanhhoa.write_text(before, "utf-8")
        ninhbinh.write_text(good, "utf-8")
        service.send_signal(signal.SIGHUP)
        until(lambda: "configuration taken up" in house.log, 20, "taken up")
        until(lambda: settled(house), 60, "the new portal's baseline")
        assert portals(house) == ["ninhbinh", "thanhhoa"]
        assert house.receiver.received == []
        house.replicas["ninhbinh"].publish("meeting-elsewhere")
        assert house.receiver.wait(1, 30)

        # A portal that is disabled is not asked any more; what it gave stays.
        articles = len(house.json("articles", "--limit", "500"))
        ninhbinh.write_text(good.replace("enabled: true", "enabled: false"), "utf-8")
        until(lambda: house.log.count("configuration taken up") == 2, 20, "taken up again")
        until(lambda: not running(house, "ninhbinh"), 20, "its crawl under way has ended")
        asked = len(house.replicas["ninhbinh"].requests())
        thanhhoa_asked = len(house.replicas["thanhhoa"].requests())
        until(lambda: len(house.replicas["thanhhoa"].requests()) > thanhhoa_asked + 2, 30, "crawls of its neighbour")
        assert len(house.replicas["ninhbinh"].requests()) == asked
        assert len(house.json("articles", "--limit", "500")) == articles
        # What a running service stands on is changed by a start only, and that is said.
        settings = (house.folder / "portalwatch.yaml").read_text("utf-8")
        (house.folder / "portalwatch.yaml").write_text(settings + "workers: 2\n", "utf-8")
        until(lambda: house.json("status")["configuration"], 20, "said")
        assert house.json("status")["configuration"] == ["workers was changed; that is taken up at the next start"]
    finally:
        assert end(service) == 0
    assert "Traceback" not in house.log


def running(house: House, portal: str) -> bool:
    return any(run["portal"] == portal and run["state"] == "running" for run in house.json("runs", "--limit", "20"))


# --- portals and sections that come and go ---


def test_a_renamed_portal_keeps_what_it_had_and_tells_what_is_new(house: House) -> None:
    house.turn()
    (house.folder / "portals/thanhhoa.yaml").rename(house.folder / "portals/thanh-hoa.yaml")
    path = house.folder / "portals/thanh-hoa.yaml"
    path.write_text(path.read_text("utf-8") + "predecessor: thanhhoa\n", "utf-8")
    house.replicas["thanhhoa"].publish("meeting")
    runs = house.turn()
    # Not a baseline again: the one new article is news.
    assert {run["portal"]: [s["new"] for s in run["sections"]] for run in runs}["thanh-hoa"] == [1, 0]
    assert len(house.receiver.received) == 1
    rows = house.json("articles", "--limit", "500")
    assert {row["portal"] for row in rows} == {"ninhbinh", "thanh-hoa"}
    assert len(rows) == 33


def test_a_portal_on_another_host_in_place_of_another_begins_with_a_baseline_of_its_own(house: House) -> None:
    house.run("crawl", "thanhhoa")
    (house.folder / "portals/thanhhoa.yaml").unlink()
    path = house.folder / "portals/ninhbinh.yaml"
    path.write_text(path.read_text("utf-8") + "predecessor: thanhhoa\n", "utf-8")
    house.turn()
    assert house.receiver.received == []
    assert {row["portal"] for row in house.json("articles", "--limit", "500")} == {"ninhbinh"}


def test_a_section_added_later_has_a_baseline_of_its_own(house: House) -> None:
    path = house.folder / "portals/thanhhoa.yaml"
    content = house.replicas["thanhhoa"].yaml()
    documents = content["sections"].pop()
    write_yaml(path, content)
    house.turn()
    house.replicas["thanhhoa"].publish("decision")  # in the section that is not watched yet
    house.replicas["thanhhoa"].publish("meeting")
    content["sections"].append(documents)
    write_yaml(path, content)
    runs = house.turn()
    assert {s["id"]: s["new"] for run in runs if run["portal"] == "thanhhoa" for s in run["sections"]} == {
        "tin-tuc": 1, "van-ban": 9,
    }  # fmt: skip
    # The meeting is told; the decision was there when the section was first read.
    assert len(house.receiver.received) == 1
    assert "8" in house.receiver.received[0]["title"]


def test_a_section_that_is_given_another_listing_begins_again_without_alerts(house: House) -> None:
    path = house.folder / "portals/thanhhoa.yaml"
    content: Any = house.replicas["thanhhoa"].yaml()
    news, documents = content["sections"]
    content["sections"] = [news]
    write_yaml(path, content)
    house.run("crawl", "thanhhoa")
    house.replicas["thanhhoa"].publish("decision")
    content["sections"] = [{**documents, "id": news["id"]}]
    write_yaml(path, content)
    house.turn()
    assert house.receiver.received == []


# --- articles that change and vanish ---


@pytest.mark.slow
def test_what_became_of_articles_is_kept_as_facts(five: House) -> None:
    names = list(five.replicas)
    five.configure(section={"revisit": {"young": "5000d", "every": "1s"}})
    five.turn()
    for replica in five.replicas.values():
        replica.publish("withdraw")
        replica.publish("edit")
    for _ in range(3):
        five.run("crawl", status=None)
    rows = five.json("articles", "--limit", "500")
    gone = [row for row in rows if row["withdrawn"]]
    assert {row["portal"] for row in gone} == set(names)
    assert len(gone) == 2 * len(names)  # one answers 404, one says so on a page of status 200
    told = five.json("show", str(gone[0]["id"]))
    assert [change["kind"] for change in told["changes"]] == ["withdrawn"]
    assert told["text"]  # what it said stays
    revised = [row for row in rows if row["revision"] > 1]
    assert {row["portal"] for row in revised} == set(names)
    assert {change["kind"] for row in revised for change in five.json("show", str(row["id"]))["changes"]} == {"revised"}
