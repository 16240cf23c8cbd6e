"""Events as people look at them, narrowed; and what people say of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW
from shelf import Shelf
from sqlalchemy import event as sqlalchemy_event

from storage import Attending, EventsWanted, Looking, Store
from storage.tables import Event, EventChange, EventKey, Evidence


@pytest.fixture
def add(store: Store) -> Any:
    """Writes down an event that a portal's article reports; its id."""

    def add(kind: str = "meeting", *, portal: str = "mpi", key: str = "k", **more: Any) -> int:
        shelf = Shelf(store, portal, baseline=False)
        url = f"https://{portal}.gov.vn/{len(shelf.articles())}"
        shelf.publish(url, f"Họp {url}")
        article, revision = shelf.articles()[-1].id, shelf.revisions()[-1].id
        values = {"title": "Họp", "first_seen": NOW, "facts": {}, "status": None, **more}
        with store.write() as session:
            event = Event(kind=kind, key=key, **values)
            session.add(event)
            session.flush()
            session.add(EventKey(kind=kind, key=f"{key}|{event.id}", event_id=event.id))
            proof = {"seen": NOW, "baseline": False, "quote": "Họp ngày mai."}
            session.add(Evidence(event_id=event.id, article_id=article, revision_id=revision, **proof))
            return event.id

    return add


def ids(store: Store, **wanted: Any) -> list[int]:
    return [row["id"] for row in Looking(store).events(wanted=EventsWanted(**wanted))]


def test_events_are_narrowed(add: Any, store: Store) -> None:
    one = add(day="2026-11-30", status="upcoming", body_key="uy ban quoc gia ve chuyen doi so")
    two = add("decision", portal="thanhhoa", key="749/qd-ttg|thu tuong chinh phu|2020", day="2020-06-03")
    three = add(portal="thanhhoa", first_seen=NOW + timedelta(days=9), status="held")
    assert ids(store) == [three, two, one]
    assert ids(store, kind="decision") == ids(store, number="749/QĐ-TTg") == [two]
    assert ids(store, portals=("thanhhoa",)) == [three, two]
    assert ids(store, portals=()) == ids(store, number="74/QĐ-TTg") == []
    assert ids(store, bodies=("Ủy ban",)) == ids(store, status="upcoming") == [one]
    assert ids(store, bodies=("ban quoc", "số")) == [one]
    assert ids(store, bodies=("uy b",)) == []
    assert ids(store, since="2026-11-30") == [three, one]  # the day of one is not known: found then
    assert ids(store, until="2026-11-30") == [two, one]
    assert ids(store, since="2026-12-01", until="2026-12-01") == [three]


def test_a_merged_event_is_shown_as_the_one_it_was_merged_into(add: Any, store: Store) -> None:
    one = add()
    two = add(merged_into=one)
    assert ids(store) == [one]
    row = Looking(store).event(two)
    assert row is not None
    assert (row["id"], row["merged"], row["articles"][0]["quote"]) == (one, [two], "Họp ngày mai.")
    assert Attending(store).mute([two], NOW) == ([one], [])
    assert Looking(store).events()[0]["muted"] == NOW
    assert Looking(store).event(99) is None
    assert Looking(store).event(10**30) is None


def test_what_people_say_of_events_is_kept(add: Any, store: Store) -> None:
    one, two = add(), add()
    attending = Attending(store)
    assert attending.acknowledge([one], NOW) == ([one], [])
    assert attending.acknowledge([one, one], NOW + timedelta(days=1)) == ([one], [])
    assert attending.mute([two, 99], NOW) == ([two], [99])  # then nothing is
    assert ids(store, open_only=True) == [two]
    attending.mute([two], NOW)
    assert ids(store, open_only=True) == []
    attending.unmute([one, two])
    assert ids(store, open_only=True) == [two]
    assert Looking(store).events()[1]["acknowledged"] == NOW


def test_what_became_of_an_event_is_told(add: Any, store: Store) -> None:
    one = add()
    with store.write() as session:
        facts = {"before": {"date": "2026-11-25"}, "after": {"date": "2026-11-30"}}
        session.add(EventChange(event_id=one, name="moved|x", kind="moved", seen=NOW, revision_id=1, facts=facts))
    (row,) = Looking(store).events()
    assert row["changes"] == [{"kind": "moved", "seen": NOW, **facts, "url": "https://mpi.gov.vn/0"}]


def test_a_hundred_events_are_asked_for_as_often_as_one(add: Any, store: Store) -> None:
    asked: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sqlalchemy_event.listen(store._engine, "before_cursor_execute", heard)
    try:
        counts = []
        for _ in range(3):
            add()
            asked.clear()
            Looking(store).events()
            counts.append(len([each for each in asked if each.startswith("SELECT")]))
    finally:
        sqlalchemy_event.remove(store._engine, "before_cursor_execute", heard)
    assert len(set(counts)) == 1
