"""What people ask of their subscriptions: which there are, what one would have sent, whether its channels work."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW, Clock, Webhook
from scene import DAY, Scene, decision, meeting
from sqlalchemy import update

from config import Configuration
from monitor.commands import run
from storage import Store
from storage.tables import Change, Event, EventChange

LEASE = timedelta(seconds=90)
ALL = {"id": "moi-thu", "events": ["meeting", "decision"], "to": ["json://127.0.0.1/b1-m4t"]}


@pytest.fixture
def asked(
    store: Store,
    database: str,
    make_configuration: Callable[..., Configuration],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Any]:
    """Makes a scene of some subscriptions, and calls the command line on it."""
    monkeypatch.setattr("monitor.clock.now", clock)

    def make(*subscriptions: dict[str, Any]) -> tuple[Scene, Callable[..., Any]]:
        scene = Scene(store, make_configuration(list(subscriptions), database=database), clock)
        monkeypatch.setattr("monitor.judging.detect", scene.detect)

        def call(*arguments: str, status: int = 0) -> Any:
            capsys.readouterr()
            assert run(["--config", str(scene.configuration.directory), *arguments]) == status
            told = capsys.readouterr()
            return json.loads(told.out) if "--json" in arguments else told.out + told.err

        return scene, call

    return make


# --- the list ---


def test_the_subscriptions_are_listed_with_what_they_ask_for_and_no_secret(asked: Callable[..., Any]) -> None:
    limited = {**ALL, "id": "han-che", "enabled": False, "any": ["chuyển đổi số"], "provinces": ["Thanh Hóa"]}
    scene, call = asked(ALL, limited)
    scene.tell("thanhhoa", "Họp.", meeting())
    (taken,) = scene.delivering.claim(NOW, owner="host:1", lease=LEASE, limit=1)
    scene.delivering.settle_sent(taken, owner="host:1", now=NOW)
    first, second = call("subscriptions", "--json")
    assert (first["id"], first["enabled"], first["events"], first["sent"]) == (
        "moi-thu",
        True,
        ["meeting", "decision"],
        1,
    )
    assert first["born"] == NOW.astimezone().isoformat() or first["born"].startswith("2026-11-22T10:00")
    assert first["channels"][0].startswith("json://…")
    assert (second["enabled"], second["sent"]) == (False, 0)
    assert second["conditions"] == {"provinces": ["Thanh Hóa"], "any": ["chuyển đổi số"]}
    told = call("subscriptions")
    assert "any: chuyển đổi số" in told
    assert "b1-m4t" not in told


# --- what it would have sent ---


def test_a_new_subscription_is_tried_on_what_was_known_before_it_and_nothing_is_stored_or_sent(
    asked: Callable[..., Any], make_configuration: Callable[..., Configuration], database: str, clock: Clock
) -> None:
    scene, call = asked()
    scene.tell("thanhhoa", "Phiên họp bàn về chuyển đổi số.", meeting())
    scene.tell("thanhhoa", "Một quyết định khác.", decision())
    scene.tell("mpi", "Họp về việc khác.", meeting(date=DAY + timedelta(days=3), body="Bộ Y tế"))
    clock.later(days=2)
    make_configuration([{**ALL, "any": ["chuyen doi so"]}], database=database)
    answer = call("subscriptions", "test", "moi-thu", "--days", "7", "--json")
    assert {name: answer[name] for name in ("events", "wanted", "messages", "days")} == {
        "events": 3, "wanted": 1, "messages": 1, "days": 7,
    }  # fmt: skip
    (row,) = answer["sent"]
    assert row["subject"].startswith("[Meeting] ")
    assert row["why"] == {"kind": "meeting", "words": ["chuyen doi so"], "quoted": {"chuyen doi so": "chuyển đổi số"}}
    told = call("subscriptions", "test", "moi-thu")
    assert "Of 3 events of the last 7 days, 'moi-thu' would have told 1, in 1 messages." in told
    assert "words: chuyển đổi số" in told
    assert scene.deliveries == []
    assert call("subscriptions", "--json")[0]["born"] is None
    assert call("subscriptions", "test", "moi-thu", "--days", "1", "--json")["events"] == 0


def test_an_event_is_told_once_by_the_first_report_that_is_wanted(asked: Callable[..., Any], clock: Clock) -> None:
    scene, call = asked({**ALL, "any": ["lần hai", "lần ba"], "enabled": False})
    for text in ("lần một", "lần hai", "lần ba"):
        scene.tell({"lần hai": "mpi"}.get(text, "thanhhoa"), text, meeting())
        clock.later(hours=1)
    answer = call("subscriptions", "test", "moi-thu", "--json")
    assert (answer["events"], answer["messages"]) == (1, 1)
    assert answer["sent"][0]["why"]["words"] == ["lần hai"]


def test_a_baseline_tells_nothing(asked: Callable[..., Any]) -> None:
    scene, call = asked(ALL)
    scene.tell("thanhhoa", "Họp.", meeting(), baseline=True)
    assert call("subscriptions", "test", "moi-thu", "--json")["messages"] == 0


def test_changes_of_events_and_of_articles_are_replayed_too(asked: Callable[..., Any], clock: Clock) -> None:
    changes = {**ALL, "id": "thay-doi", "events": ["meeting", "revised", "withdrawn"], "any": ["Họp"]}
    scene, call = asked(changes, {**ALL, "id": "chi-doi", "events": ["changed"]}, {**ALL, "any": ["khác"]})
    scene.tell("thanhhoa", "Họp.", meeting())
    later = clock.later(hours=1)
    with scene.store.write() as session:
        facts = {"before": {"date": "2026-11-22"}, "after": {"date": "2026-11-29"}}
        session.add(EventChange(event_id=1, name="moved|2026-11-29", kind="moved", seen=later, facts=facts))
        session.add(EventChange(event_id=1, name="merged|2", kind="merged", seen=later, facts={}))
        session.add(Change(article_id=1, kind="revised", seen=later, facts={"revision": 2}))
        session.add(Change(article_id=1, kind="withdrawn", seen=later, facts={"problem": "HTTP 404"}))
        session.add(Change(article_id=1, kind="attached", seen=later, facts={}))
    whole = call("subscriptions", "test", "thay-doi", "--json")
    assert {row["subject"].partition("]")[0] for row in whole["sent"]} == {
        "[Meeting",
        "[Moved",
        "[Revised",
        "[Withdrawn",
    }
    assert "22/11/2026 → 29/11/2026" in next(row["subject"] for row in whole["sent"] if row["change"])
    only = call("subscriptions", "test", "chi-doi", "--json")
    assert [row["change"] for row in only["sent"]] == ["moved|2026-11-29"]
    assert call("subscriptions", "test", "moi-thu", "--json")["messages"] == 0
    assert len(call("subscriptions", "test", "thay-doi", "--json", "--limit", "2")["sent"]) == 2


@pytest.mark.parametrize("command", [("subscriptions", "test"), ("test-alert",)])
def test_a_subscription_that_is_not_there_is_told(asked: Callable[..., Any], command: tuple[str, ...]) -> None:
    _, call = asked(ALL)
    assert "there is no subscription 'moi-thứ'; did you mean 'moi-thu'?" in call(*command, "moi-thứ", status=2)


# --- a test of the channels ---


def test_a_sample_goes_through_every_channel_and_says_that_it_is_one(
    asked: Callable[..., Any], webhook: Webhook
) -> None:
    _, call = asked({**ALL, "to": [webhook.url("one"), webhook.url("two") + "?format=html"]})
    told = call("test-alert", "moi-thu")
    assert told.count(": accepted") == 2
    assert {arrived.path for arrived in webhook.arrived} == {"/one", "/two"}
    for arrived in webhook.arrived:
        assert arrived.json["title"].startswith("[Test: Meeting] ")
        assert "This is a test" in arrived.json["message"]
    call("test-alert", "moi-thu", "--lang", "vi")
    assert webhook.arrived[-1].json["title"].startswith("[Thử: ")


def test_a_channel_that_refuses_a_sample_is_told_without_its_secret(
    asked: Callable[..., Any], webhook: Webhook
) -> None:
    _, call = asked({**ALL, "events": ["changed"], "to": [webhook.url("b1-m4t"), webhook.url("other")]})
    webhook.answer(503)
    told = call("test-alert", "moi-thu", status=1)
    assert "- json://…" in told
    assert "503" in told
    assert "+ json://…" in told
    assert "b1-m4t" not in told
    assert webhook.arrived[1].json["title"].startswith("[Test: Postponed] ")


def test_a_language_that_is_not_spoken_is_told(asked: Callable[..., Any]) -> None:
    _, call = asked(ALL)
    assert "vi or en" in call("test-alert", "moi-thu", "--lang", "fr", status=2)


# --- muted and merged ---


def set_event(scene: Scene, event_id: int, **values: Any) -> None:
    with scene.store.write() as session:
        session.execute(update(Event).where(Event.id == event_id).values(**values))


def taken(scene: Scene) -> list[int]:
    """The events of all that is due."""
    return [due.event.id for due in scene.delivering.claim(scene.clock(), owner="host:1", lease=LEASE, limit=9)]


def test_what_is_owed_of_a_muted_event_waits_until_it_is_heard_again(asked: Callable[..., Any]) -> None:
    scene, _ = asked(ALL)
    scene.tell("thanhhoa", "Họp.", meeting())
    set_event(scene, 1, muted=NOW)
    assert taken(scene) == []
    assert scene.delivering.next_due() is None
    set_event(scene, 1, muted=None)
    assert scene.delivering.next_due() == NOW
    assert taken(scene) == [1]


def test_a_muted_event_holds_no_other_up(asked: Callable[..., Any]) -> None:
    scene, _ = asked(ALL)
    scene.tell("thanhhoa", "Họp.", meeting())
    scene.tell("thanhhoa", "Văn bản.", decision())
    set_event(scene, 1, muted=NOW)
    assert taken(scene) == [2]


def test_what_is_owed_of_a_merged_event_is_told_as_the_one_that_it_became(asked: Callable[..., Any]) -> None:
    scene, _ = asked(ALL)
    scene.tell("thanhhoa", "Họp.", meeting())
    scene.tell("mpi", "Họp khác.", meeting(date=DAY + timedelta(days=9), body="Bộ Y tế"))
    set_event(scene, 2, merged_into=1, muted=None)
    assert taken(scene) == [1]
    scene.clock.later(minutes=5)
    set_event(scene, 1, muted=NOW)
    assert taken(scene) == []
