"""Pages are read no worse than they were: the figures of `tests/extract/floor.py` against the floor that is committed."""

from __future__ import annotations

import json

from tests.extract.floor import FLOOR, below, measure


def test_nothing_is_read_worse_than_the_floor_says() -> None:
    assert not below(measure(), json.loads(FLOOR.read_text("utf-8")))


def test_a_floor_holds_what_is_worse_and_what_is_missing() -> None:
    floor = {"drawn": {"pages": 2.0, "title": 0.5, "leaks": 1.0}}
    assert below({"drawn": {"pages": 3.0, "title": 0.5, "leaks": 0.0}}, floor) == []
    assert len(below({"drawn": {"pages": 1.0, "title": 0.4, "leaks": 2.0}}, floor)) == 3
    assert len(below({}, floor)) == 3
