"""The service is killed again and again, and nothing is lost: `kills.py` in small."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kills import Kills, further

from monitor.replica import SITES

KILLS = 5


@pytest.mark.slow
@pytest.mark.stores
def test_killed_at_any_instant_no_event_is_lost_and_repeats_are_those_in_flight(
    new_house: Callable[..., Any], database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("server") if database_kind == "postgresql" else None
    house = new_house(list(SITES), own_seeds=True, further=further(KILLS))
    found = Kills(house, tmp_path / "old", KILLS, 1, server, revisions=1500).run()
    assert found["broken"] == [], json.dumps(found, ensure_ascii=False, indent=1)
    assert found["repeats"] <= found["in_flight"]
