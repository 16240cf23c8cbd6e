"""The reports of sixty provinces, read by the detectors themselves, in whatever order they come."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from conftest import SECTION, Clock
from scene import DAY, Scene
from sixty_provinces import BESIDE, COMMITTEE, COUNT, articles, provinces
from sqlalchemy import select

from config import Configuration
from storage import Store
from storage.judging import event_record
from storage.tables import Event


def portal(id: str, name: str) -> dict[str, Any]:
    url = f"https://{id}.gov.vn/"
    return {"name": name, "url": url, "province": name, "sections": [{**SECTION, "url": f"{url}tin-tuc"}]}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_in_whatever_order_sixty_provinces_report_it_is_one_meeting(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock, seed: int | None
) -> None:
    wants = {"id": "tat-ca", "events": ["meeting"], "to": ["json://127.0.0.1/a"]}
    scene = Scene(store, make_configuration([wants], {id: portal(id, name) for id, name in provinces()}), clock)
    told = articles(DAY)
    if seed is not None:
        random.Random(seed).shuffle(told)
    for one in told:
        scene.publish(one.portal, "\n".join(one.paragraphs), title=one.title, published=one.published)
        scene.judge()
    with store.read() as session:
        rows = session.scalars(select(Event).where(Event.merged_into.is_(None)).order_by(Event.id))
        events = [event_record(session, row) for row in rows]
    national = [event for event in events if event.facts["meeting"]["body"] == COMMITTEE]
    own = [event for event in events if event.facts["meeting"]["body"].startswith("Ban Chỉ đạo")]
    assert (len(events), len(national), len(own)) == (1 + BESIDE, 1, BESIDE), [event.key for event in events]
    assert len(national[0].evidence) == COUNT
    assert {len(event.evidence) for event in own} == {1}
    assert (national[0].facts["meeting"]["ordinal"], national[0].facts["meeting"]["date"]) == (8, DAY.isoformat())
    assert len(scene.deliveries) == 1 + BESIDE
