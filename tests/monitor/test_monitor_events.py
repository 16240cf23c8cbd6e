"""Events across portals: merged by the fact, changed by words, and never joined by a name alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import SECTION, Clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scene import COMMITTEE, DAY, Scene, decision, meeting
from sqlalchemy import select

from config import Configuration
from monitor.agreeing import contradict
from monitor.detect.keys import body_key, decision_keys, meeting_keys, other_year_keys, place_key
from storage import Detection, EventRecord, Meeting, Store
from storage.judging import event_record
from storage.tables import Alert, Delivery, DeliveryAlert, Event

A, B = "json://127.0.0.1/a", "json://127.0.0.1/b"
LATER = date(2026, 12, 5)
HOUR = timedelta(hours=1)
UBND = "UBND tỉnh Thanh Hóa"


def portal(name: str, **more: Any) -> dict[str, Any]:
    section = {**SECTION, "url": f"https://{name}.gov.vn/tin-tuc"}
    return {"name": name, "url": f"https://{name}.gov.vn/", "sections": [section], **more}


PORTALS = {
    "thanhhoa": portal("thanhhoa", province="Thanh Hóa"),
    "nghean": portal("nghean", province="Nghệ An"),
    "mpi": portal("mpi"),
    "bao": portal("bao"),
}


def wants(id: str = "tat-ca", **more: Any) -> dict[str, Any]:
    return {"id": id, "events": ["meeting", "decision"], "to": [A], **more}


@pytest.fixture
def make_scene(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Scene]:
    def make(*subscriptions: dict[str, Any]) -> Scene:
        scene = Scene(store, make_configuration(list(subscriptions) or [wants()], PORTALS), clock)
        monkeypatch.setattr("monitor.judging.detect", scene.detect)
        return scene

    return make


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    return make_scene()


def known(scene: Scene) -> list[EventRecord]:
    """The events that stand for themselves, oldest first."""
    with scene.store.read() as session:
        rows = session.scalars(select(Event).where(Event.merged_into.is_(None)).order_by(Event.id))
        return [event_record(session, row) for row in rows]


def changes(scene: Scene) -> list[str]:
    return [change.name for event in known(scene) for change in event.changes]


def days(scene: Scene) -> list[str | None]:
    return [event.facts["meeting"]["date"] for event in known(scene)]


def local(**facts: Any) -> Detection:
    """An article about a meeting of a province's committee."""
    return meeting(**{"body": UBND, **facts})


# --- one fact, two events: the older stands for both ---


def test_a_report_that_names_what_two_events_know_makes_them_one(scene: Scene, clock: Clock) -> None:
    assert scene.tell("thanhhoa", "Ngày 22.", meeting(chair="Phạm Minh Chính")) == 1
    clock.later(hours=1)
    assert scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None, place="Hà Nội")) == 1
    clock.later(hours=1)
    assert scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5)) == 0
    (event,) = known(scene)
    facts = event.facts["meeting"]
    assert (event.id, facts["ordinal"], facts["chair"], facts["place"]) == (1, 5, "Phạm Minh Chính", "Hà Nội")
    assert [evidence.portal for evidence in event.evidence] == ["thanhhoa", "nghean", "mpi"]
    (change,) = event.changes
    assert (change.kind, change.before["id"], change.before["facts"]["meeting"]["place"]) == ("merged", 2, "Hà Nội")
    assert scene.tell("bao", "Lại phiên 5.", meeting(ordinal=5, date=None)) == 0
    assert len(known(scene)) == 1


def test_of_two_messages_about_one_fact_that_were_not_sent_one_is(scene: Scene) -> None:
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None))
    assert len(scene.deliveries) == 2
    scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5))
    (delivery,) = scene.deliveries
    assert (delivery["event"], delivery["status"]) == (1, "pending")
    with scene.store.read() as session:
        assert len(session.scalars(select(Alert.id)).all()) == 2


def test_a_message_not_sent_is_let_go_when_the_other_event_was_told(scene: Scene, clock: Clock) -> None:
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None))
    with scene.store.write() as session:
        session.get_one(Delivery, 2).state = "sent"
    scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5))
    assert [(row["event"], row["status"]) for row in scene.deliveries] == [(2, "sent")]


@pytest.mark.parametrize("given_up", [1, 2])
def test_a_message_given_up_is_told_by_the_other_events(scene: Scene, clock: Clock, given_up: int) -> None:
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None))
    with scene.store.write() as session:
        session.get_one(Delivery, given_up).state = "failed"
    assert scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5)) == 0
    assert len(known(scene)) == 1
    scene.delivering.retry_failed(clock())
    (due,) = scene.delivering.claim(clock(), owner="wir", lease=HOUR, limit=10)
    assert (due.event.id, due.subscriptions) == (1, ("tat-ca",))
    scene.delivering.settle_sent(due, owner="wir", now=clock())
    assert scene.delivering.claim(clock(), owner="wir", lease=HOUR, limit=10) == []
    assert [row["status"] for row in scene.deliveries] == ["sent"]


def test_a_message_under_way_while_the_events_merge_is_not_sent_again_when_its_sender_dies(
    scene: Scene, clock: Clock
) -> None:
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    (first,) = scene.delivering.claim(clock(), owner="a", lease=HOUR, limit=10)
    scene.delivering.settle_sent(first, owner="a", now=clock())
    scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None))
    assert len(scene.delivering.claim(clock(), owner="tot", lease=HOUR, limit=10)) == 1
    scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5))
    clock.later(hours=2)
    assert scene.delivering.claim(clock(), owner="b", lease=HOUR, limit=10) == []
    assert [(row["event"], row["status"]) for row in scene.deliveries] == [(1, "sent")]
    with scene.store.read() as session:
        assert len(session.scalars(select(DeliveryAlert.alert_id)).all()) == 2


def test_a_channel_that_only_the_merged_event_reached_is_told_of_the_older(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(wants(), wants("an", portals=["nghean"], to=[B]))
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    assert scene.tell("nghean", "Phiên 5.", meeting(ordinal=5, date=None)) == 2
    assert scene.tell("mpi", "Phiên 5, ngày 22.", meeting(ordinal=5)) == 0
    assert [(row["event"], sorted(set(row["subscriptions"]))) for row in scene.deliveries] == [
        (1, ["tat-ca"]),
        (1, ["an"]),
    ]


def test_a_third_event_merged_later_takes_the_merged_ones_along(scene: Scene) -> None:
    scene.tell("thanhhoa", "Ngày 22.", meeting())
    scene.tell("nghean", "Khóa.", meeting(ordinal=5, term="XIX", date=None), published=None, baseline=True)
    scene.tell("mpi", "Phiên 5.", meeting(ordinal=5, date=None))
    assert len(known(scene)) == 3
    scene.tell("bao", "Phiên 5 khóa.", meeting(ordinal=5, term="XIX", date=None))
    assert len(known(scene)) == 2
    scene.tell("bao", "Phiên 5 khóa 22.", meeting(ordinal=5, term="19"))
    (event,) = known(scene)
    assert event.id == 1
    with scene.store.read() as session:
        assert session.scalars(select(Event.merged_into).where(Event.id != 1)).all() == [1, 1]


REPORTS = (
    meeting(),
    meeting(ordinal=8, date=None, chair="Phạm Minh Chính"),
    meeting(ordinal=8, status="held"),
    meeting(form="hội nghị", mode="online", time="08:00"),
    meeting(ordinal=8, term="2021-2026", place="Hà Nội", date=None),
)


@pytest.mark.parametrize("order", [*itertools.permutations(range(5))][::7])
def test_in_whatever_order_reports_come_they_are_one_event_with_the_same_facts(
    scene: Scene, clock: Clock, order: tuple[int, ...]
) -> None:
    for number in order:
        scene.tell(list(PORTALS)[number % 4], f"Tin {number}.", REPORTS[number])
        clock.later(minutes=5)
    (event,) = known(scene)
    assert {name: value for name, value in event.facts["meeting"].items() if value is not None} == {
        "title": "Phiên họp", "body": COMMITTEE, "ordinal": 8, "term": "2021-2026", "date": "2026-11-22",
        "time": "08:00", "place": "Hà Nội", "chair": "Phạm Minh Chính", "mode": "online", "status": "held",
        "form": "hội nghị",
    }  # fmt: skip
    assert len(event.evidence) == 5


# --- never a false merge ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (local(ordinal=5), local(ordinal=6)),
        (local(ordinal=5, term="XVIII"), local(ordinal=5, term="XIX")),
        (meeting(), meeting(body="Ban Chỉ đạo chuyển đổi số tỉnh Thanh Hóa")),
        (meeting(body="HĐND tỉnh Thanh Hóa"), meeting(body="HĐND tỉnh Nghệ An")),
        (local(form="phiên họp"), local(form="buổi làm việc")),
        (local(form="hội nghị"), local(form="tiếp công dân")),
        (
            local(form="hội nghị", title="UBND tỉnh họp về phòng chống thiên tai", part_of_day="morning"),
            local(form="hội nghị", title="UBND tỉnh đánh giá chỉ số cải cách hành chính", part_of_day="afternoon"),
        ),
        (local(title="A"), local(title="B", date=date(2026, 11, 23))),
        (local(ordinal=5), local(ordinal=5, date=date(2025, 12, 30))),
    ],
)
def test_what_contradicts_another_meeting_is_one_of_its_own(scene: Scene, one: Detection, other: Detection) -> None:
    assert scene.tell("thanhhoa", "Một.", one, title=one.meeting.title) == 1
    assert scene.tell("thanhhoa", "Hai.", other, title=other.meeting.title) == 1
    assert scene.tell("mpi", "Lại một.", one, title=one.meeting.title) == 0
    assert scene.tell("mpi", "Lại hai.", other, title=other.meeting.title) == 0
    assert [len(event.evidence) for event in known(scene)] == [2, 2]
    assert len({event.key for event in known(scene)}) == 2


def test_a_general_body_is_that_of_the_portals_province(scene: Scene) -> None:
    for body in ("UBND tỉnh", "Sở Y tế", "UBND huyện Châu Thành", "Ban Chỉ đạo chuyển đổi số"):
        found = [scene.tell(portal, f"{portal} {body}.", meeting(body=body)) for portal in PORTALS]
        assert found == [1, 1, 1, 1]
    assert scene.tell("bao", "Sở họp.", meeting(body="Sở Y tế tỉnh Thanh Hóa")) == 0


def test_a_title_without_a_body_is_one_meeting_only_where_it_names_something_national(scene: Scene) -> None:
    weekly = meeting(body=None, title="Thông báo lịch họp giao ban tuần")
    assert [scene.tell(portal, f"{portal} 1.", weekly) for portal in PORTALS] == [1, 1, 1, 1]
    whole = meeting(body=None, title="Hội nghị toàn quốc tổng kết công tác năm 2026")
    assert [scene.tell(portal, f"{portal} 2.", whole) for portal in PORTALS] == [1, 0, 0, 0]


def test_two_lines_of_one_schedule_are_two_meetings(scene: Scene) -> None:
    rows = tuple(
        Meeting(title=title, body=UBND, date=DAY, time=time, status="upcoming", quote=f"{time} {title}")
        for title, time in (("Họp A", "08:00"), ("Họp B", "10:00"), ("Họp C", "15:00"))
    )
    schedule = Detection(("meeting",), rows[0], (), {"meeting": "Lịch"}, rows[1:])
    url = scene.publish("thanhhoa", "Lịch.", schedule)
    assert scene.judge() == 3
    assert [event.evidence[0].quote for event in known(scene)] == ["08:00 Họp A", "10:00 Họp B", "15:00 Họp C"]
    scene.publish("thanhhoa", "Lịch mới.", schedule, url=url)
    assert scene.judge() == 0
    assert len(known(scene)) == 3
    assert scene.tell("bao", "Họp C.", local(title="Họp C", time="15:00")) == 0
    assert [len(event.evidence) for event in known(scene)] == [1, 1, 2]


def test_a_row_without_its_own_sentence_has_that_of_the_schedule(scene: Scene) -> None:
    further = (Meeting(title="B", body=UBND, date=LATER),)
    scene.tell("thanhhoa", "Lịch.", Detection(("meeting",), local().meeting, (), {"meeting": "Lịch tuần"}, further))
    assert [event.evidence[0].quote for event in known(scene)] == ["Lịch tuần", "Lịch tuần"]


def test_the_rows_of_a_schedule_that_say_the_same_are_told_once_and_have_each_a_key(scene: Scene) -> None:
    def row(hour: str) -> Meeting:
        return Meeting(title="Giao ban", date=DAY, time=hour, part_of_day=None, quote=f"{hour} Giao ban")

    rows = [row("08:00"), row("10:00"), row("14:00"), row("14:00")]
    url = "https://thanhhoa.gov.vn/lich"
    assert scene.tell("thanhhoa", "Lịch.", Detection(("meeting",), rows[0], further=tuple(rows[1:])), url=url) == 4
    scene.clock.later(hours=7)
    more = Detection(("meeting",), rows[0], further=(*rows[1:], row("16:00")))
    assert scene.tell("thanhhoa", "Lịch, sửa.", more, url=url) == 1
    assert [event.facts["meeting"]["time"] for event in known(scene)] == ["08:00", "10:00", "14:00", "14:00", "16:00"]
    assert len({event.key for event in known(scene)}) == 5


def test_a_session_of_a_council_lasts_some_days(scene: Scene) -> None:
    house = {"body": "HĐND tỉnh Thanh Hóa", "form": "kỳ họp"}
    scene.tell("thanhhoa", "Khai mạc.", meeting(ordinal=24, **house))
    assert scene.tell("bao", "Ngày thứ hai.", meeting(date=DAY + timedelta(days=1), **house)) == 0
    assert scene.tell("bao", "Kỳ sau.", meeting(date=DAY + timedelta(days=9), **house)) == 1
    assert days(scene) == ["2026-11-22", "2026-12-01"]


# --- New Year ---


def test_the_last_session_of_a_year_is_one_event_whether_its_day_is_told_or_not(scene: Scene, clock: Clock) -> None:
    clock.later(days=41)  # 2 January 2027
    shown = date(2027, 1, 2)
    for first in (meeting(ordinal=9, date=date(2026, 12, 31)), meeting(ordinal=9, date=None)):
        assert scene.tell("thanhhoa", f"Phiên 9 {first.meeting.date}.", first, published=shown) in (0, 1)
    assert len(known(scene)) == 1
    assert scene.tell("mpi", "Phiên 1.", meeting(ordinal=1, date=None), published=shown) == 1
    assert scene.tell("mpi", "Phiên 1 năm ngoái.", meeting(ordinal=1, date=date(2026, 1, 5)), published=shown) == 1


def test_the_session_without_its_day_may_be_known_first(scene: Scene, clock: Clock) -> None:
    clock.later(days=41)
    scene.tell("thanhhoa", "Không ngày.", meeting(ordinal=9, date=None), published=date(2027, 1, 2))
    scene.tell("mpi", "Có ngày.", meeting(ordinal=9, date=date(2026, 12, 31)), published=date(2027, 1, 2))
    assert days(scene) == ["2026-12-31"]


# --- postponed, moved, cancelled ---


def test_a_postponement_by_body_and_ordinal_is_a_change_and_an_alert(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", meeting(ordinal=5))
    assert scene.tell("mpi", "Hoãn.", meeting(ordinal=5, date=None, status="postponed")) == 1
    (event,) = known(scene)
    (change,) = event.changes
    assert (change.name, change.before, change.after) == (
        "postponed|2026-11-22",
        {"status": "upcoming"},
        {"status": "postponed"},
    )
    assert (event.status, event.facts["meeting"]["date"], event.sequence) == ("postponed", "2026-11-22", 1)
    assert scene.tell("bao", "Cũng hoãn.", meeting(ordinal=5, date=None, status="postponed")) == 0
    assert scene.tell("bao", "Mời, tin cũ.", meeting(ordinal=5), published=DAY - timedelta(days=3)) == 0
    assert known(scene)[0].status == "postponed"


def test_a_move_names_the_old_day_and_the_new(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local(time="08:00", part_of_day="morning", date=date(2026, 11, 25)))
    scene.tell("thanhhoa", "Mời nữa.", local(date=date(2026, 11, 27), form="hội nghị"))
    moved = local(date=LATER, status="moved", part_of_day="afternoon")
    assert scene.tell("thanhhoa", "Dời phiên họp từ ngày 25/11 sang chiều 05/12.", moved) == 1
    first, second = known(scene)
    assert first.changes[0].before == {
        "status": "upcoming", "date": "2026-11-25", "time": "08:00", "part_of_day": "morning",
    }  # fmt: skip
    assert first.facts["meeting"]["time"] is None
    assert (first.status, second.status) == ("moved", "upcoming")
    assert scene.tell("bao", "Dời sang ngày 5/12.", moved) == 0
    assert scene.tell("bao", "Họp ngày 5/12.", local(date=LATER)) == 0
    assert days(scene) == ["2026-12-05", "2026-11-27"]
    again = local(date=date(2026, 12, 9), status="moved")
    assert scene.tell("bao", "Dời từ ngày 5/12 sang 9/12.", again, published=DAY + timedelta(days=3)) == 1
    assert changes(scene) == ["moved|2026-12-05", "moved|2026-12-09"]


def test_what_moves_to_a_day_is_not_what_was_on_it_before(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời 25.", local(date=date(2026, 11, 25)))
    scene.tell("thanhhoa", "Mời 5.", local(date=LATER))
    moved = local(date=LATER, status="moved")
    assert scene.tell("thanhhoa", "Dời từ ngày 25/11 sang ngày 05/12.", moved) == 1
    assert [(event.status, len(event.evidence)) for event in known(scene)] == [("moved", 2), ("upcoming", 1)]


def test_another_day_in_a_postponement_with_its_own_is_not_the_planned_one(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời 30.", local(date=date(2026, 11, 30)))
    hoan = local(date=date(2026, 11, 25), status="postponed")
    assert scene.tell("thanhhoa", "Hoãn họp ngày 25/11, gửi báo cáo trước ngày 30/11.", hoan) == 1
    assert [event.status for event in known(scene)] == ["upcoming", "postponed"]


def test_a_notice_without_the_old_day_means_the_one_meeting_ahead(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local(date=date(2026, 11, 27)))
    scene.tell("nghean", "Mời Nghệ An.", local(body="UBND tỉnh Nghệ An", date=date(2026, 11, 27)))
    assert scene.tell("thanhhoa", "Dời.", local(date=LATER, status="moved")) == 1
    assert days(scene) == ["2026-12-05", "2026-11-27"]


def test_of_two_meetings_ahead_a_notice_without_the_day_means_neither(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local(date=date(2026, 11, 27)))
    scene.tell("thanhhoa", "Mời nữa.", local(date=date(2026, 11, 30)))
    assert scene.tell("thanhhoa", "Hoãn.", local(date=None, status="postponed")) == 1
    assert [event.status for event in known(scene)] == ["upcoming", "upcoming", "postponed"]
    assert changes(scene) == []


def test_a_notice_means_no_meeting_of_another_family_or_far_ahead(scene: Scene) -> None:
    scene.tell("thanhhoa", "Tiếp dân.", local(form="tiếp công dân", date=date(2026, 11, 27)))
    scene.tell("thanhhoa", "Xa.", local(form="phiên họp", date=date(2027, 2, 27)))
    assert scene.tell("thanhhoa", "Hoãn họp.", local(form="phiên họp", date=None, status="postponed")) == 1
    assert len(known(scene)) == 3


def test_a_cancelled_meeting_is_told_once(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local())
    assert scene.tell("thanhhoa", "Hủy.", local(status="cancelled")) == 1
    assert scene.tell("bao", "Bị hủy.", local(status="cancelled")) == 0
    assert scene.tell("bao", "Họp.", local(status="upcoming")) == 0
    assert changes(scene) == ["cancelled"]


def test_a_postponed_meeting_with_a_new_day_said_later_is_moved(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", meeting(ordinal=5))
    scene.tell("thanhhoa", "Hoãn.", meeting(ordinal=5, date=None, status="postponed"))
    new = meeting(ordinal=5, date=LATER)
    assert scene.tell("mpi", "Tin cũ hơn.", new, published=DAY - timedelta(days=1)) == 0
    assert scene.tell("thanhhoa", "Mời lại.", new, published=DAY + timedelta(days=2)) == 1
    assert (changes(scene), days(scene)) == (["postponed|2026-11-22", "moved|2026-12-05"], ["2026-12-05"])


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_invitation_postponement_and_new_day_give_one_event_in_any_order(scene: Scene, order: tuple[int, ...]) -> None:
    told = (
        (meeting(ordinal=5, time="08:00"), DAY - timedelta(days=9)),
        (meeting(ordinal=5, status="postponed"), DAY - timedelta(days=2)),
        (meeting(ordinal=5, date=LATER, status="moved"), DAY),
    )
    for number in order:
        scene.tell("thanhhoa", f"Tin {number}.", told[number][0], published=told[number][1])
    (event,) = known(scene)
    assert (event.status, event.facts["meeting"]["date"], event.facts["meeting"]["time"]) == (
        "moved",
        "2026-12-05",
        None,
    )
    assert len(event.evidence) == 3


def test_a_meeting_moved_back_to_a_day_it_was_moved_to_before_is_told(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", meeting(ordinal=5))
    for number, new in enumerate((LATER, date(2026, 12, 8), LATER), 1):
        moved = meeting(ordinal=5, date=new, status="moved")
        assert scene.tell("thanhhoa", f"Dời {number}.", moved, published=DAY + timedelta(days=number)) == 1
        assert scene.tell("mpi", f"Lại {number}.", moved, published=DAY + timedelta(days=number)) == 0
    assert [name.split("|")[:2] for name in changes(scene)] == [
        ["moved", "2026-12-05"],
        ["moved", "2026-12-08"],
        ["moved", "2026-12-05"],
    ]
    assert days(scene) == ["2026-12-05"]


def test_a_cancelled_session_that_is_invited_to_anew_is_moved(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", meeting(ordinal=5))
    scene.tell("thanhhoa", "Hủy.", meeting(ordinal=5, status="cancelled"))
    new = meeting(ordinal=5, date=LATER)
    assert scene.tell("mpi", "Tin cũ hơn.", new, published=DAY - timedelta(days=1)) == 0
    assert scene.tell("thanhhoa", "Mời lại.", new, published=DAY + timedelta(days=2)) == 1
    assert (changes(scene), days(scene)) == (["cancelled", "moved|2026-12-05"], ["2026-12-05"])
    assert known(scene)[0].status == "moved"


@pytest.mark.parametrize("day", [DAY + timedelta(days=2), LATER])
def test_a_cancelled_session_that_was_held_after_all_was_held(scene: Scene, day: date) -> None:
    scene.tell("thanhhoa", "Mời.", meeting(ordinal=5, date=DAY + timedelta(days=2)))
    scene.tell("thanhhoa", "Hủy.", meeting(ordinal=5, date=DAY + timedelta(days=2), status="cancelled"))
    assert scene.tell("mpi", "Đã họp.", meeting(ordinal=5, date=day, status="held"), published=day) == 0
    assert scene.tell("bao", "Tin hủy chép lại.", meeting(ordinal=5, status="cancelled")) == 0
    assert [(event.status, event.facts["meeting"]["status"]) for event in known(scene)] == [("held", "held")]
    assert days(scene) == [day.isoformat()]


def test_an_invitation_is_not_for_what_was_put_off_long_ago(scene: Scene, clock: Clock) -> None:
    scene.tell("thanhhoa", "Hoãn họp.", local(date=None, status="postponed"))
    clock.later(days=300)
    day = DAY + timedelta(days=310)
    assert scene.tell("thanhhoa", "Mời.", local(date=day), published=DAY + timedelta(days=300)) == 1
    assert days(scene) == [None, day.isoformat()]
    assert changes(scene) == []


def test_the_notice_last_put_off_is_meant_however_many_were_before(scene: Scene, clock: Clock) -> None:
    for number in range(25):
        told = local(date=None, status="postponed")
        scene.tell("thanhhoa", f"Hoãn {number}.", told, published=DAY + timedelta(days=number * 90))
        clock.later(days=90)
    shown = DAY + timedelta(days=24 * 90)
    assert scene.tell("bao", "Mời.", local(date=shown + timedelta(days=1)), published=shown - timedelta(days=1)) == 0
    assert len(known(scene)) == 25


def test_a_notice_known_first_takes_the_invitation_that_it_took_back(scene: Scene) -> None:
    scene.tell("thanhhoa", "Hoãn họp.", local(date=None, status="postponed"))
    assert scene.tell("bao", "Mời.", local(date=date(2026, 11, 27)), published=DAY - timedelta(days=1)) == 0
    (event,) = known(scene)
    assert (event.status, event.facts["meeting"]["date"]) == ("postponed", "2026-11-27")


def test_a_move_known_first_takes_the_invitation_for_the_old_day(scene: Scene) -> None:
    scene.tell("thanhhoa", "Dời từ ngày 25/11 sang ngày 05/12.", local(date=LATER, status="moved"))
    assert scene.tell("bao", "Mời.", local(date=date(2026, 11, 25)), published=DAY - timedelta(days=1)) == 0
    assert (
        scene.tell("bao", "Đã họp.", local(date=date(2026, 11, 25), status="held"), published=date(2026, 11, 26)) == 1
    )
    assert days(scene) == ["2026-12-05", "2026-11-25"]


def test_who_was_told_of_the_event_is_told_of_its_change_whatever_words_tell_it(
    make_scene: Callable[..., Scene],
) -> None:
    scene = make_scene(
        wants("de-an", any=["Đề án 06"]),
        wants("hoan", any=["tạm hoãn"], to=[B]),
        wants("doi", events=["changed"], any=["hoãn"], to=["json://127.0.0.1/c"]),
        wants("khac", any=["đường sắt"]),
    )
    assert scene.tell("thanhhoa", "Họp về Đề án 06.", meeting(ordinal=5)) == 1
    assert scene.tell("mpi", "Tạm hoãn.", meeting(ordinal=5, status="postponed")) == 3
    with scene.store.read() as session:
        found = session.execute(select(Alert.subscription, Alert.change).order_by(Alert.id)).all()
    assert [tuple(row) for row in found] == [
        ("de-an", ""),
        ("de-an", "postponed|2026-11-22"),
        ("hoan", "postponed|2026-11-22"),
        ("doi", "postponed|2026-11-22"),
    ]


def test_a_change_that_only_a_baseline_told_is_told_by_the_next_report(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local())
    assert scene.tell("bao", "Hủy.", local(status="cancelled"), baseline=True) == 0
    assert known(scene)[0].status == "cancelled"
    assert scene.tell("mpi", "Hủy rồi.", local(status="cancelled")) == 1


def test_of_a_muted_event_nothing_is_owed(scene: Scene, clock: Clock) -> None:
    scene.tell("thanhhoa", "Mời.", local())
    with scene.store.write() as session:
        session.get_one(Event, 1).muted = clock()
    assert scene.tell("thanhhoa", "Hủy.", local(status="cancelled")) == 0
    assert changes(scene) == ["cancelled"]


# --- the same article, another day ---


def test_the_only_article_that_told_the_day_may_correct_it(scene: Scene) -> None:
    url = scene.publish("thanhhoa", "Ngày 25.", local(date=date(2026, 11, 25), time="08:00"))
    scene.judge()
    scene.publish("thanhhoa", "Ngày 26.", local(date=date(2026, 11, 26), time="08:00"), url=url)
    assert scene.judge() == 1
    assert (days(scene), changes(scene)) == (["2026-11-26"], ["moved|2026-11-26 08:00"])
    assert known(scene)[0].status == "upcoming"
    assert scene.tell("bao", "Cũng 26.", local(date=date(2026, 11, 26))) == 0


def test_a_day_that_another_article_tells_too_stays(scene: Scene) -> None:
    url = scene.publish("thanhhoa", "Ngày 25.", meeting(ordinal=5, date=date(2026, 11, 25)))
    scene.judge()
    scene.tell("bao", "Cũng 25.", meeting(ordinal=5, date=date(2026, 11, 25)))
    scene.publish("thanhhoa", "Ngày 26.", meeting(ordinal=5, date=date(2026, 11, 26)), url=url)
    assert scene.judge() == 0
    assert (days(scene), changes(scene)) == (["2026-11-25"], [])


def test_a_page_that_is_used_again_tells_of_another_meeting(scene: Scene, clock: Clock) -> None:
    url = scene.publish("thanhhoa", "Ngày 25.", local(date=date(2026, 11, 25)))
    scene.judge()
    clock.later(days=10)
    scene.publish("thanhhoa", "Ngày 9.", local(date=date(2026, 12, 9)), url=url)
    assert scene.judge() == 1
    assert days(scene) == ["2026-11-25", "2026-12-09"]


# --- near-duplicates ---

WORDS = " ".join(f"từ{n * 7 % 101} và{n % 13} của{n}" for n in range(120))


def test_a_copy_that_claims_nothing_is_evidence_and_no_alert(scene: Scene) -> None:
    text = f"Ủy ban họp ngày 22/11. {WORDS}"
    assert scene.tell("thanhhoa", text, meeting()) == 1
    assert scene.tell("mpi", f"{text} Theo Cổng Thanh Hóa.", Detection()) == 0
    (event,) = known(scene)
    assert [(evidence.portal, evidence.quote) for evidence in event.evidence] == [
        ("thanhhoa", "Ủy ban họp ngày 22/11."),
        ("mpi", "Ủy ban họp ngày 22/11."),
    ]


def test_a_notice_built_alike_with_another_date_is_no_evidence(scene: Scene) -> None:
    scene.tell("thanhhoa", f"Ủy ban họp ngày 22/11. {WORDS}", meeting())
    scene.tell("mpi", f"Ủy ban họp ngày 29/11. {WORDS}", Detection())
    assert len(known(scene)[0].evidence) == 1
    assert scene.tell("bao", f"Ủy ban họp ngày 30/11. {WORDS}", meeting(date=date(2026, 11, 30))) == 1
    assert days(scene) == ["2026-11-22", "2026-11-30"]


def test_a_copy_whose_claim_lacks_a_key_joins_the_event(scene: Scene) -> None:
    scene.tell("thanhhoa", f"Ủy ban họp ngày 22/11. {WORDS}", meeting())
    assert scene.tell("mpi", f"Họp ngày 22/11. {WORDS}", meeting(body=None, title="Họp")) == 0
    assert scene.tell("bao", f"UBND họp ngày 22/11. {WORDS}", local()) == 1
    assert [len(event.evidence) for event in known(scene)] == [2, 1]


def test_a_copy_of_a_decision_is_evidence_unless_its_number_is_another(scene: Scene) -> None:
    scene.tell("thanhhoa", f"ban hành 749/QĐ-TTg. {WORDS}", decision())
    assert scene.tell("mpi", f"Có ban hành 749/QĐ-TTg. {WORDS}", Detection()) == 0
    assert scene.tell("nghean", f"ban hành 750/QĐ-TTg. {WORDS}", decision("750/QĐ-TTg")) == 1
    assert [len(event.evidence) for event in known(scene)] == [2, 1]


# --- cited before ---


def test_a_decision_knows_who_cited_it_before_it_was_found(scene: Scene, clock: Clock) -> None:
    began = clock()
    first = scene.publish("mpi", "Căn cứ.", decision(role="cited"))
    scene.judge()
    clock.later(days=1)
    scene.tell("nghean", "Theo.", decision(role="cited", date=None))
    scene.tell("nghean", "Năm khác.", decision(role="cited", date=date(2020, 1, 1)))
    scene.tell("nghean", "Bên khác.", decision(role="cited", issuer="UBND tỉnh Nghệ An"))
    scene.tell("thanhhoa", "Ban hành.", decision())
    (event,) = known(scene)
    assert event.facts["cited_before"] == {"first": began.isoformat(), "portal": "mpi", "url": first, "count": 2}


def test_a_decision_that_nobody_cited_knows_nothing_of_it(scene: Scene) -> None:
    scene.tell("thanhhoa", "Ban hành.", decision())
    assert "cited_before" not in known(scene)[0].facts


# --- what events are looked for by ---


def test_an_events_body_and_day_are_written_and_follow_its_facts(scene: Scene) -> None:
    scene.tell("thanhhoa", "Mời.", local(date=date(2026, 11, 25), body="UBND tỉnh"))
    scene.tell("thanhhoa", "Dời.", local(date=LATER, status="moved"))
    scene.tell("bao", "Không cơ quan.", meeting(body=None))
    scene.tell("bao", "Ban hành.", decision())
    with scene.store.read() as session:
        rows = session.execute(select(Event.body_key, Event.day).order_by(Event.id)).all()
    assert [tuple(row) for row in rows] == [
        ("ubnd tinh thanh hoa", "2026-12-05"),
        (None, "2026-11-22"),
        ("thu tuong chinh phu", "2026-11-22"),
    ]


# --- keys ---


def test_a_general_name_stands_with_its_place() -> None:
    place = place_key("Thanh Hóa", "thanhhoa")
    named = {
        "UBND tỉnh": "ubnd tinh thanh hoa",
        "Sở Y tế": "so y te tinh thanh hoa",
        "Sở Y tế Thanh Hóa": "so y te tinh thanh hoa",
        "UBND xã Bình Dương": "ubnd xa binh duong tinh thanh hoa",
        "UBND thành phố Hà Nội": "ubnd thanh pho ha noi",
        "Tỉnh ủy Kiên Giang": "tinh uy kien giang",
        "UBQG về CĐS": "uy ban quoc gia ve chuyen doi so",
        "Ban Chỉ đạo Trung ương về thi hành luật": "ban chi dao trung uong ve thi hanh luat",
        "Bộ Công an": "bo cong an",
    }
    assert {body: body_key(body, place) for body in named} == named
    assert body_key("UBND tỉnh", place_key(None, "bao")) == "ubnd tinh @bao"
    assert body_key("UBND tỉnh") == "ubnd tinh"


def test_a_term_of_office_is_one_in_digits_and_letters() -> None:
    one, two = (Meeting(body="Quốc hội", ordinal=8, term=term, date=DAY) for term in ("15", "XV"))
    assert meeting_keys(one) == meeting_keys(two)
    assert meeting_keys(one)[0] == "quoc hoi|8|khoa xv"


def test_another_year_is_looked_for_around_new_year_only() -> None:
    ninth = Meeting(body="Quốc hội", ordinal=9)
    assert other_year_keys(ninth, date(2027, 1, 2)) == ("quoc hoi|9|2026",)
    assert other_year_keys(ninth, date(2026, 12, 30)) == ("quoc hoi|9|2027",)
    assert other_year_keys(ninth, date(2026, 7, 2)) == ()


def test_a_number_of_an_unknown_issuer_is_that_of_the_portals_place() -> None:
    (document,) = decision("12/QĐ-TTYT", issuer=None).documents
    assert decision_keys(document, place="@bao") == ("12/qd-ttyt|- @bao|2026",)


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "ordinal": st.sampled_from([4, 5]),
        "term": st.sampled_from(["XIX", "XX", "2021-2026"]),
        "date": st.sampled_from(["2026-11-22", "2026-11-23", "2027-05-05"]),
        "form": st.sampled_from(["phiên họp", "hội nghị", "lễ", "kỳ họp"]),
        "time": st.sampled_from(["08:00", "15:00"]),
        "status": st.sampled_from(["upcoming", "held", "postponed", "moved", "cancelled"]),
    },
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(one=FACTS, other=FACTS)
def test_two_meetings_contradict_each_other_both_ways_and_none_itself(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    titles = ["Họp về phòng chống thiên tai"], ["Đánh giá chỉ số cải cách"]
    assert contradict(one, other, *titles) == contradict(other, one, titles[1], titles[0])
    assert not contradict(one, one, titles[0], titles[0])
