"""The five portals of the five seed texts, each with its own, through the program as a user runs it."""

from __future__ import annotations

from typing import Any

import pytest
from house import House

from monitor.replica import (
    BAOQUANGNAM,
    DOUBLE_ENCODED,
    MPI,
    NINHTHUAN,
    SEED_NAMES,
    SITES,
    SeedArticle,
    Story,
    expected_text,
    seed_article,
)
from monitor.replica.baoquangnam import LATE_CHARSET
from monitor.replica.mpi import TRAP

STORIES: dict[str, Story] = {name: site.story.own(name) for name, site in SITES.items()}
BODY = "Ủy ban Quốc gia về chuyển đổi số"


def sections(runs: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The news sections by portal."""
    return {run["portal"]: run["sections"][0] for run in runs}


def publish(house: House, step: str) -> None:
    for replica in house.replicas.values():
        replica.publish(step)


def shown(house: House, portal: str, article: SeedArticle) -> dict[str, Any]:
    told: dict[str, Any] = house.json("show", house.replicas[portal].article_url(article))
    return told


def picked(story: Story, id: str) -> SeedArticle:
    return next(one for one in story.ever if one.id == id)


@pytest.mark.slow
def test_five_seeds_are_stored_clean_and_three_sessions_are_three_events_of_one_body(five: House) -> None:
    first = five.turn()
    assert {run["portal"]: run["state"] for run in first} == dict.fromkeys(SITES, "good")
    # Every page of every listing, the one that turns by postback too.
    wanted = {name: len(story.baseline.articles) for name, story in STORIES.items()}
    assert {name: section["new"] for name, section in sections(first).items()} == wanted
    assert five.receiver.received == []

    publish(five, "seed")
    five.turn()
    for name in SEED_NAMES:
        seed = seed_article(name)
        told = shown(five, name, seed)
        assert told["title"] == seed.title
        assert told["text"] == expected_text(seed), name
        assert told["captions"] == list(seed.captions), name
        assert told["published"][:10] == seed.day.isoformat(), name
        assert len(told["revisions"]) == 1
    assert shown(five, "ninhthuan", seed_article("ninhthuan"))["byline"] == "Như Vương"
    assert shown(five, "mpi", seed_article("mpi"))["source"] == "Bộ kế hoạch và Đầu tư"

    # What a portal stored twice encoded, and what names its charset too late.
    told = shown(five, "ninhthuan", DOUBLE_ENCODED)
    assert (told["title"], told["text"]) == (DOUBLE_ENCODED.title, expected_text(DOUBLE_ENCODED))
    late = picked(BAOQUANGNAM, LATE_CHARSET)
    told = shown(five, "baoquangnam", late)
    assert (told["title"], told["text"]) == (late.title, expected_text(late))

    meetings = [event["meeting"] for event in five.json("events", "--kind", "meeting")]
    sessions = [meeting for meeting in meetings if meeting["ordinal"] is not None]
    assert {meeting["ordinal"]: meeting["date"] for meeting in sessions} == {
        3: "2022-08-08",
        7: "2023-12-28",
        8: "2024-04-24",
    }
    assert len(sessions) == 3
    assert len({meeting["body"].casefold() for meeting in sessions}) == 1, [meeting["body"] for meeting in sessions]
    assert sessions[0]["body"].casefold() == BODY.casefold()
    assert {(meeting["body"], meeting["date"]) for meeting in meetings if meeting["ordinal"] is None} == {
        ("Ban Điều hành chuyển đổi số tỉnh Ninh Thuận", "2023-02-20")
    }
    # Four meetings are news; the ministry's article only cites.
    assert len(five.receiver.received) == 4

    # Again: all counters have moved, nothing is new, and nobody is told anything.
    again = five.turn()
    assert all(section["new"] == section["revised"] == 0 for section in sections(again).values()), again
    assert len(five.receiver.received) == 4


@pytest.mark.slow
def test_an_edit_is_a_revision_and_neither_a_counter_nor_a_redesign_is_one(five: House) -> None:
    five.configure(section={"revisit": {"young": "5000d", "every": "1s"}})
    five.turn()
    articles = {row["url"] for row in five.json("articles", "--limit", "1000")}

    publish(five, "counter")
    for section in sections(five.turn()).values():
        assert (section["new"], section["revised"]) == (0, 0), section
        assert section["unchanged"] >= 10, section  # all were read again

    publish(five, "edit")
    for name, section in sections(five.turn()).items():
        assert (section["new"], section["revised"]) == (0, 1), (name, section)
    for name, story in STORIES.items():
        (edited,) = story.changes["edit"].articles
        told = shown(five, name, edited)
        original = picked(story, edited.id)
        assert [revision["text"] for revision in told["revisions"]] == [expected_text(original), expected_text(edited)]
        assert [revision["number"] for revision in told["revisions"]] == [1, 2]

    publish(five, "redesign")
    for name, section in sections(five.turn()).items():
        assert (section["new"], section["revised"]) == (0, 0), (name, section)
        assert section["unchanged"] >= 10, section
    assert {row["url"] for row in five.json("articles", "--limit", "1000")} == articles
    assert five.receiver.received == []


@pytest.mark.slow
def test_what_was_withdrawn_is_no_new_wording(five: House) -> None:
    five.configure(section={"revisit": {"young": "5000d", "every": "1s"}})
    five.turn()
    publish(five, "withdraw")
    for _ in range(2):
        for name, section in sections(five.turn()).items():
            assert (section["new"], section["revised"]) == (0, 0), (name, section)
    for name in ("ninhthuan", "mpi", "baoquangnam"):
        for id in STORIES[name].changes["withdraw"].faults:
            article = picked(STORIES[name], id)
            told = shown(five, name, article)
            assert told["text"] == expected_text(article)
            assert len(told["revisions"]) == 1


@pytest.fixture
def ministry(five: House) -> House:
    """The ministry's portal alone, with the page whose rows lead through the languages as a second section."""
    for name in set(SITES) - {"mpi"}:
        (five.folder / "portals" / f"{name}.yaml").unlink()
        del five.replicas[name]
    trap = {"id": "tin-moi", "url": five.replicas["mpi"].url + TRAP.lstrip("/"), "kind": "news"}
    five.configure(further={"mpi": [trap]})
    return five


def test_languages_without_end_give_no_second_article(ministry: House) -> None:
    (run,) = ministry.json("crawl")
    news, trap = run["sections"]
    assert (news["new"], trap["entries"], trap["new"]) == (12, 8, 0)
    assert len(ministry.json("articles", "--limit", "100")) == 12
    (run,) = ministry.json("crawl")
    assert all(section["new"] == section["revised"] == 0 for section in run["sections"])
    asked = [request["path"] for request in ministry.replicas["mpi"].requests()]
    # A row is followed, and no link of its page is.
    assert max(path.count("/en/") for path in asked) == 1
    assert not any(path.startswith("/en/en/en") for path in asked)
    article = MPI.baseline.articles[0]
    assert ministry.json("show", ministry.replicas["mpi"].article_url(article))["text"] == expected_text(article)


def test_challenge_maintenance_and_soft_404_are_told_and_are_no_articles(ministry: House) -> None:
    replica = ministry.replicas["mpi"]
    ministry.configure()
    ministry.turn()
    replica.publish("trouble")
    (run,) = ministry.turn(status=None)
    (news,) = run["sections"]
    assert news["new"] == 0
    for article, told in zip(
        MPI.steps["trouble"].articles,
        ("a challenge page", "a maintenance page", "a page that says it was not found"),
        strict=True,
    ):
        url = replica.article_url(article)
        assert any(problem.startswith(url) and told in problem for problem in news["problems"]), (
            told,
            news["problems"],
        )
    rows = ministry.json("articles", "--limit", "100")
    assert len(rows) == 12
    assert not {row["title"] for row in rows} & {one.title for one in MPI.steps["trouble"].articles}
    assert ministry.receiver.received == []


def test_a_listing_that_pages_by_postback_is_read_to_its_end(five: House) -> None:
    (run,) = five.json("crawl", "ninhthuan")
    assert run["sections"][0]["entries"] == run["sections"][0]["new"] == len(NINHTHUAN.baseline.articles)
    seen = [(request["method"], request["status"]) for request in five.replicas["ninhthuan"].requests()]
    assert seen.count(("POST", 200)) == 2
    assert {status for method, status in seen if method == "POST"} == {200}
