"""From revisions to events and alerts: one event for one fact, one alert for one subscription."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Clock
from scene import COMMITTEE, DAY, Scene, decision, meeting

from config import Configuration
from monitor.commands.keep import united
from monitor.judging import Judge
from storage import Detection, Exporting, Importing, Judging, ListingEntry, Store, open_store, read_line

A, B = "json://127.0.0.1/a", "json://127.0.0.1/b"


def wants(id: str = "tat-ca", **more: Any) -> dict[str, Any]:
    return {"id": id, "events": ["meeting", "decision"], "to": [A], **more}


@pytest.fixture
def make_scene(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Scene]:
    def make(*subscriptions: dict[str, Any]) -> Scene:
        scene = Scene(store, make_configuration(list(subscriptions)), clock)
        monkeypatch.setattr("monitor.judging.detect", scene.detect)
        return scene

    return make


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    return make_scene(wants())


# --- one event for one fact ---


def test_a_finding_not_known_before_is_an_event_and_an_alert(scene: Scene) -> None:
    assert scene.tell("thanhhoa", "Họp.", meeting()) == 1
    (event,) = scene.events
    assert (event["kind"], event["status"], event["first_seen"]) == ("meeting", "upcoming", NOW)
    assert event["meeting"]["body"] == COMMITTEE
    (delivery,) = scene.deliveries
    assert (delivery["status"], delivery["subscriptions"], delivery["due"]) == ("pending", ["tat-ca"], NOW)


def test_two_portals_that_report_one_meeting_make_one_event_with_two_reports(scene: Scene, clock: Clock) -> None:
    assert scene.tell("thanhhoa", "Họp.", meeting()) == 1
    clock.later(hours=1)
    assert scene.tell("mpi", "Cũng họp.", meeting(form="hội nghị")) == 0
    (event,) = scene.events
    assert [article["portal"] for article in event["articles"]] == ["thanhhoa", "mpi"]
    assert event["first_seen"] == NOW
    assert len(scene.deliveries) == 1


def test_two_portals_that_report_one_decision_make_one_event(scene: Scene) -> None:
    assert scene.tell("thanhhoa", "Ban hành.", decision()) == 1
    assert scene.tell("mpi", "Đã ban hành.", decision()) == 0
    assert [event["key"] for event in scene.events] == ["749/qd-ttg|thu tuong chinh phu|2026"]


def test_the_detectors_themselves_find_one_event_on_two_portals(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock
) -> None:
    scene = Scene(store, make_configuration([wants()]), clock)
    title = f"{COMMITTEE} họp phiên thứ 5"
    text = f"Sáng 22/11/2026, {COMMITTEE} tổ chức phiên họp lần thứ 5 tại Hà Nội."
    assert scene.tell("thanhhoa", text, Detection(), title=title) == 1
    title = f"Phiên họp thứ 5 của {COMMITTEE}"
    text = f"Ngày 22/11/2026, {COMMITTEE} họp phiên thứ năm."
    assert scene.tell("mpi", text, Detection(), title=title) == 0
    (event,) = scene.events
    assert (event["meeting"]["ordinal"], event["meeting"]["date"]) == (5, "2026-11-22")


def test_two_sessions_on_one_day_are_two_events(scene: Scene) -> None:
    assert scene.tell("thanhhoa", "Phiên 5.", meeting(ordinal=5)) == 1
    assert scene.tell("mpi", "Phiên 6.", meeting(ordinal=6)) == 1
    assert [event["meeting"]["ordinal"] for event in scene.events] == [5, 6]


def test_a_report_without_the_ordinal_joins_and_the_ordinal_is_learned_from_the_next(scene: Scene) -> None:
    scene.tell("thanhhoa", "Một phiên.", meeting())
    scene.tell("mpi", "Phiên 5.", meeting(ordinal=5))
    scene.tell("mpi", "Phiên 6.", meeting(ordinal=6))
    assert [event["meeting"]["ordinal"] for event in scene.events] == [5, 6]
    # What was learned finds the event again under another day.
    scene.tell("thanhhoa", "Phiên 5 lùi.", meeting(ordinal=5, date=date(2026, 12, 1)))
    assert len(scene.events) == 2


def test_two_days_are_two_meetings_and_two_numbers_two_decisions(scene: Scene) -> None:
    scene.tell("thanhhoa", "Hai.", meeting())
    scene.tell("thanhhoa", "Ba.", meeting(date=date(2026, 11, 23)))
    scene.tell("thanhhoa", "Bốn.", decision())
    scene.tell("thanhhoa", "Năm.", decision("750/QĐ-TTg"))
    assert len(scene.events) == 4


def test_one_number_of_two_years_or_two_issuers_is_two_decisions(scene: Scene) -> None:
    scene.tell("thanhhoa", "Hai.", decision())
    scene.tell("thanhhoa", "Ba.", decision(date=date(2025, 11, 22)))
    scene.tell("thanhhoa", "Bốn.", decision(issuer="UBND tỉnh Thanh Hóa"))
    assert len(scene.events) == 3


def test_a_decision_without_its_date_is_of_the_year_of_publishing(scene: Scene) -> None:
    scene.tell("thanhhoa", "Có ngày.", decision())
    scene.tell("mpi", "Không ngày.", decision(date=None))
    assert len(scene.events) == 1


def test_a_document_that_is_only_cited_is_no_event(scene: Scene) -> None:
    assert scene.tell("thanhhoa", "Căn cứ.", decision(role="cited")) == 0
    assert scene.events == []
    assert scene.looking.documents()[0]["cited_by"] != []


def test_an_article_may_claim_a_meeting_and_decisions(scene: Scene) -> None:
    both = Detection(
        ("meeting", "decision"),
        meeting().meeting,
        (*decision().documents, *decision("750/QĐ-TTg").documents),
        {"meeting": "họp", "decision": "ban hành"},
    )
    assert scene.tell("thanhhoa", "Cả hai.", both) == 3
    assert sorted(event["kind"] for event in scene.events) == ["decision", "decision", "meeting"]


# --- facts ---


def test_a_later_report_adds_and_never_takes_away(scene: Scene) -> None:
    scene.tell("thanhhoa", "Một.", meeting(place="Hà Nội", time="08:00"))
    scene.tell("mpi", "Hai.", meeting(place=None, time="14:00", chair="Phạm Minh Chính"))
    (event,) = scene.events
    facts = event["meeting"]
    assert (facts["place"], facts["time"], facts["chair"]) == ("Hà Nội", "08:00", "Phạm Minh Chính")


def test_a_status_moves_on_and_never_back(scene: Scene) -> None:
    for text, status in (("Một.", "upcoming"), ("Hai.", "held"), ("Ba.", "upcoming"), ("Bốn.", None)):
        scene.tell("thanhhoa", text, meeting(status=status))
    (event,) = scene.events
    assert event["status"] == event["meeting"]["status"] == "held"


def test_a_cancelled_meeting_stays_cancelled(scene: Scene) -> None:
    for text, status in (("Một.", "upcoming"), ("Hai.", "cancelled"), ("Ba.", "held")):
        scene.tell("thanhhoa", text, meeting(status=status))
    assert scene.events[0]["status"] == "cancelled"


def test_a_document_was_first_seen_when_it_was_first_seen(scene: Scene, clock: Clock) -> None:
    url = scene.publish("thanhhoa", "Ban hành.", decision())
    scene.judge()
    clock.later(days=2)
    scene.publish("thanhhoa", "Ban hành, sửa.", decision(), url=url)
    scene.judge()
    (document,) = scene.looking.documents()
    assert document["first_seen"] == NOW


# --- baseline ---


def test_the_baseline_is_judged_and_never_alerted(scene: Scene) -> None:
    assert scene.tell("thanhhoa", "Họp.", meeting(), baseline=True) == 0
    assert len(scene.events) == 1
    assert scene.deliveries == []
    assert scene.looking.counts()["unjudged"] == 0


def test_new_evidence_for_an_event_of_the_baseline_alerts(scene: Scene) -> None:
    scene.tell("thanhhoa", "Họp.", meeting(), baseline=True)
    assert scene.tell("mpi", "Cũng họp.", meeting()) == 1
    assert len(scene.events) == 1


def test_evidence_of_a_baseline_for_a_known_event_alerts_nobody(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(wants("thanh-hoa", portals=["thanhhoa"]))
    assert scene.tell("mpi", "Họp.", meeting()) == 0
    assert scene.tell("thanhhoa", "Cũng họp.", meeting(), baseline=True) == 0
    assert len(scene.events[0]["articles"]) == 2
    assert scene.deliveries == []


def test_a_revision_of_a_baseline_article_may_alert(scene: Scene) -> None:
    url = scene.publish("thanhhoa", "Chưa rõ.", baseline=True)
    scene.judge()
    scene.publish("thanhhoa", "Họp.", meeting(), url=url)
    assert scene.judge() == 1


# --- alerts ---


def test_a_subscription_is_told_once_however_often_an_event_is_reported(scene: Scene) -> None:
    made = [scene.tell("thanhhoa", text, meeting()) for text in ("Một.", "Hai.", "Ba.")]
    assert made == [1, 0, 0]
    assert len(scene.deliveries) == 1


def test_a_later_report_may_win_another_subscription(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(wants(), wants("de-an-06", any=["Đề án 06"], to=[B]))
    assert scene.tell("thanhhoa", "Họp.", meeting()) == 1
    assert scene.tell("mpi", "Họp về Đề án 06.", meeting()) == 1
    assert [delivery["subscriptions"] for delivery in scene.deliveries] == [["tat-ca"], ["de-an-06"]]


def test_two_subscriptions_that_share_a_channel_share_a_delivery_that_names_both(
    make_scene: Callable[..., Scene],
) -> None:
    scene = make_scene(wants("mot"), wants("hai"))
    assert scene.tell("thanhhoa", "Họp.", meeting()) == 2
    (delivery,) = scene.deliveries
    assert delivery["subscriptions"] == ["mot", "hai"]


def test_a_subscription_with_two_channels_gets_two_deliveries(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(wants(to=[A, B, A]))
    assert scene.tell("thanhhoa", "Họp.", meeting()) == 1
    assert len(scene.deliveries) == 2


def test_a_new_subscription_gets_only_events_first_seen_after_it(
    scene: Scene, clock: Clock, make_configuration: Callable[..., Configuration]
) -> None:
    scene.tell("thanhhoa", "Họp.", meeting())
    clock.later(hours=1)
    scene.know(make_configuration([wants(), wants("moi", to=[B])]))
    assert scene.tell("mpi", "Cũng họp.", meeting()) == 0
    assert scene.tell("mpi", "Họp nữa.", meeting(date=date(2026, 11, 30))) == 2


def test_a_subscription_keeps_its_birth_over_restarts(
    scene: Scene, clock: Clock, make_configuration: Callable[..., Configuration]
) -> None:
    clock.later(days=1)
    scene.know(make_configuration([wants()]))
    assert scene.births["tat-ca"] == NOW


def test_a_disabled_subscription_is_told_nothing(make_scene: Callable[..., Scene]) -> None:
    assert make_scene(wants(enabled=False)).tell("thanhhoa", "Họp.", meeting()) == 0


# --- what fails ---


def test_a_revision_on_which_a_detector_fails_is_set_aside_and_the_others_go_on(scene: Scene, clock: Clock) -> None:
    scene.publish("thanhhoa", "Độc.", RecursionError("too deep"))
    scene.publish("thanhhoa", "Họp.", meeting())
    assert scene.judge() is None
    assert len(scene.events) == 1
    assert scene.looking.counts()["unjudged"] == 1
    assert scene.judging.unjudged(clock(), 10) == []


def test_a_revision_set_aside_is_judged_again_later_each_time_and_told_when_it_succeeds(
    scene: Scene, clock: Clock
) -> None:
    scene.publish("thanhhoa", "Độc.", ValueError("no"))
    waits = []
    for _ in range(4):
        scene.judge()
        began = clock()
        while not scene.judging.count_due(clock()):
            clock.later(seconds=30)
        waits.append(clock() - began)
    assert waits == [waits[0] * 2**n for n in range(4)]
    scene.seen["Độc."] = meeting()
    assert scene.judge() == 1
    assert scene.looking.counts()["unjudged"] == 0


def test_a_revision_judged_by_another_process_meanwhile_is_not_judged_twice(scene: Scene) -> None:
    scene.publish("thanhhoa", "Họp.", meeting())
    (revision,) = scene.judging.unjudged(NOW, 10)
    jury = Judge(scene.judging, scene.configuration, scene.births)
    assert [jury.judge(revision, NOW), jury.judge(revision, NOW)] == [1, 0]


def test_a_crash_in_the_midst_of_a_judgement_leaves_nothing_and_the_door_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    scene.publish("thanhhoa", "Họp.", meeting())
    with monkeypatch.context() as patch:
        patch.setattr("storage.judging.Claims.mark_judged", crash)
        with pytest.raises(KeyboardInterrupt):
            scene.judge()
    assert (scene.events, scene.deliveries) == ([], [])
    assert scene.judge() == 1


def test_a_revision_on_which_matching_fails_is_set_aside_and_the_others_go_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.match import why

    def poisoned(subscription: Any, candidate: Any, *more: Any) -> Any:
        if "Độc." in candidate.words:
            raise ZeroDivisionError
        return why(subscription, candidate, *more)

    monkeypatch.setattr("monitor.match.why", poisoned)
    scene.publish("thanhhoa", "Độc.", meeting())
    scene.publish("thanhhoa", "Họp.", meeting(date=DAY + timedelta(days=1)))
    scene.judge()
    assert len(scene.deliveries) == 1


# --- door 1 ---


def test_revisions_are_judged_oldest_first_and_a_few_at_a_time(scene: Scene) -> None:
    for number in range(3):
        scene.publish("thanhhoa", f"Tin {number}")
    assert [revision.text for revision in scene.judging.unjudged(NOW, 2)] == ["Tin 0", "Tin 1"]
    assert scene.judging.count_due(NOW) == 3
    scene.judge()
    assert scene.judging.count_due(NOW) == 0


def test_the_outages_that_are_open_are_known_by_their_portal(store: Store) -> None:
    judging = Judging(store)
    with judging.claims(NOW) as claims:
        for kind, key in (("portal_failing", "mpi|1"), ("portal_recovered", "mpi|1"), ("portal_failing", "mpi|2")):
            claims.add_event(kind, [key], title="x", status=None, facts={})
    assert judging.open_outages() == {"mpi": "mpi|2"}


# --- what is imported meanwhile ---


@pytest.fixture
def elsewhere(scene: Scene, new_database: str, tmp_path: Path) -> Iterator[Scene]:
    """Another house that watches the same portals."""
    store = open_store(new_database, tmp_path / "elsewhere")
    there = Scene(store, scene.configuration, scene.clock)
    there.seen = scene.seen
    yield there
    store.close()


def bring(there: Scene, here: Scene) -> list[str]:
    """Import all that is known there; what became of each line."""
    exporting = Exporting(there.store)
    read = [read_line(json.dumps(row).encode()) for row in (*exporting.articles(), *exporting.events())]
    lines = [line for line in read if line is not None]
    return [one.outcome for one in Importing(here.store, united).take(lines, here.clock())]


def test_what_waits_for_the_judge_is_told_though_it_is_imported_meanwhile(scene: Scene, elsewhere: Scene) -> None:
    elsewhere.tell("mpi", "Họp.", meeting())
    elsewhere.tell("thanhhoa", "Cũng họp.", meeting())
    scene.publish("thanhhoa", "Cũng họp.", meeting())
    assert bring(elsewhere, scene) == ["new", "known", "new"]
    assert scene.judge() == 1
    (event,) = scene.events
    assert {article["portal"] for article in event["articles"]} == {"mpi", "thanhhoa"}
    assert bring(elsewhere, scene) == ["known", "known", "known"]


def test_what_a_listing_promised_is_told_though_it_is_imported_before_its_visit(scene: Scene, elsewhere: Scene) -> None:
    url = elsewhere.publish("thanhhoa", "Họp.", meeting())
    elsewhere.publish("thanhhoa", "Ban hành.", decision())
    elsewhere.judge()
    scene.publish("thanhhoa", "Đã có.")
    scene._list("thanhhoa", [ListingEntry(url, "Tin")])
    bring(elsewhere, scene)
    assert scene.tell("thanhhoa", "Họp.", meeting(), url=url) == 1
    assert [event["kind"] for event in scene.events] == ["meeting", "decision"]
    assert len(scene.deliveries) == 1  # nobody promised the decision here
    bring(elsewhere, scene)
    assert scene.judge() == 0


def test_a_promise_of_the_baseline_is_told_to_nobody_when_it_is_imported(scene: Scene, elsewhere: Scene) -> None:
    url = elsewhere.publish("thanhhoa", "Họp.", meeting())
    elsewhere.judge()
    scene._list("thanhhoa", [ListingEntry(url, "Tin")])
    bring(elsewhere, scene)
    assert scene.tell("thanhhoa", "Họp.", meeting(), url=url) == 0
    assert scene.deliveries == []
