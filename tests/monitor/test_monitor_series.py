"""The sessions of a body in their order."""

from __future__ import annotations

from datetime import date
from typing import Any

from monitor.series import Series, series_of
from storage import SessionRecord

QUOC_HOI = "quoc hoi"


def session(
    ordinal: int, day: str | None = None, *, body: str = QUOC_HOI, status: str | None = "held", **more: Any
) -> SessionRecord:
    return SessionRecord(ordinal * 10, body, status, {"body": body.title(), "ordinal": ordinal, "date": day, **more})


def told(series: Series) -> list[int]:
    return [one.meeting["ordinal"] for one in series.sessions]


def test_a_series_is_in_the_order_of_its_ordinals_and_knows_what_is_missing_and_when_the_next_is_due() -> None:
    (series,) = series_of([session(9, "2026-04-01"), session(5, "2025-04-01"), session(6, "2025-07-01"), session(8)])
    assert (told(series), series.missing, series.next_due) == ([5, 6, 8, 9], [7], date(2026, 7, 1))
    assert series.json()["sessions"][0] == {"ordinal": 5, "date": "2025-04-01", "status": "held", "event": 50}


def test_the_next_is_not_due_with_fewer_than_three_known_days() -> None:
    (series,) = series_of([session(1, "2026-01-01"), session(2, "2026-02-01"), session(3)])
    assert series.next_due is None


def test_a_session_that_is_announced_is_the_next_and_one_put_off_is_of_no_day() -> None:
    known = [session(1, "2026-01-01"), session(2, "2026-02-01"), session(3, "2026-03-01")]
    (announced,) = series_of([*known, session(4, "2026-04-20", status="upcoming")])
    assert announced.next_due == date(2026, 4, 20)
    (put_off,) = series_of([*known, session(4, "2026-04-20", status="postponed")])
    assert put_off.next_due == date(2026, 3, 31)


def test_each_term_is_a_series_the_latest_first() -> None:
    one = [session(number, f"2021-0{number}-01", term="XIV") for number in (1, 2)]
    two = [session(number, f"2026-0{number}-01", term="XV") for number in (1, 3)]
    assert [(series.term, told(series)) for series in series_of([*one, *two])] == [("XV", [1, 3]), ("XIV", [1, 2])]


def test_a_session_without_the_term_belongs_to_the_only_one() -> None:
    (series,) = series_of([session(1, "2026-01-01", term="XV"), session(2, "2026-02-01")])
    assert (series.term, told(series)) == ("XV", [1, 2])


def test_numbers_that_begin_anew_make_a_series_of_each_year() -> None:
    known = [session(number, f"{year}-0{number}-01") for year in (2025, 2026) for number in (1, 2)]
    assert [(series.term, told(series)) for series in series_of(known)] == [("2026", [1, 2]), ("2025", [1, 2])]


def test_two_bodies_are_two_series() -> None:
    assert len(series_of([session(1), session(1, body="hdnd tinh thanh hoa")])) == 2
    assert series_of([]) == []
