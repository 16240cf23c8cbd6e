"""When a section is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from config import Portal, Section
from monitor.configuration import cron_fault, next_check

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def due(now: datetime = NOW, failures: int = 0, wait: timedelta | None = None, **pace: Any) -> datetime:
    section = Section(id="tin-tuc", url="https://thanhhoa.gov.vn/tin", **pace)
    portal = Portal(id="thanhhoa", name="Thanh Hóa", url="https://thanhhoa.gov.vn/", sections=(section,))
    return next_check(portal, "Asia/Ho_Chi_Minh")(section, now, now, failures, wait)


# --- at a fixed pace ---


def test_a_section_is_due_after_its_pace() -> None:
    assert due(every="30m") == NOW + timedelta(minutes=30)
    assert due() == NOW + timedelta(minutes=15)


def test_failures_double_the_pause_three_times_from_the_second_on() -> None:
    minutes = [(due(every="10m", failures=failures) - NOW) / timedelta(minutes=1) for failures in range(7)]
    assert minutes == [10, 10, 20, 40, 80, 80, 80]


def test_failures_let_no_section_rest_longer_than_six_hours_or_its_own_pace() -> None:
    assert due(every="2h", failures=9) == NOW + timedelta(hours=6)
    assert due(every="1d", failures=9) == NOW + timedelta(days=1)


@pytest.mark.parametrize(("asked", "minutes"), [(0, 15), (5, 15), (60, 60)])
def test_a_server_that_asks_for_more_time_gets_it(asked: int, minutes: int) -> None:
    assert due(wait=timedelta(minutes=asked)) == NOW + timedelta(minutes=minutes)


def test_a_server_that_asks_for_more_than_the_backoff_gets_it() -> None:
    assert due(every="10m", failures=9, wait=timedelta(days=1)) == NOW + timedelta(days=1)


# --- by the clock ---


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("cron", "now", "expected"),
    [
        ("*/15 7-18 * * mon-fri", "2026-11-23T07:01", "2026-11-23T07:15"),
        ("*/15 7-18 * * mon-fri", "2026-11-23T18:46", "2026-11-24T07:00"),
        ("*/15 7-18 * * mon-fri", "2026-11-27T18:46", "2026-11-30T07:00"),  # over the weekend
        ("0 8 * * sun", "2026-11-22T09:00", "2026-11-29T08:00"),
        ("30 23 31 12 *", "2026-11-22T09:00", "2026-12-31T23:30"),
    ],
)
def test_a_cron_expression_is_read_in_hanoi(cron: str, now: str, expected: str) -> None:
    moment = local(now).astimezone(UTC)
    assert due(moment, cron=cron) == local(expected)


def test_a_section_by_the_clock_keeps_its_hours_after_failures_but_waits_when_asked() -> None:
    assert due(local("2026-11-23T07:01"), failures=9, cron="*/15 * * * *") == local("2026-11-23T07:15")
    late = due(local("2026-11-23T07:01"), wait=timedelta(hours=1), cron="*/15 * * * *")
    assert late == local("2026-11-23T08:01")


def test_an_hour_that_never_comes_is_looked_at_again_in_a_day() -> None:
    assert due(cron="0 0 30 2 *") == NOW + timedelta(days=1)


def test_the_first_day_of_a_crontab_is_monday() -> None:
    assert due(local("2026-11-22T09:00"), cron="0 8 * * 1") == local("2026-11-23T08:00")


def test_a_section_read_on_its_minute_is_not_due_in_that_very_moment() -> None:
    now = local("2026-11-23T07:15")
    assert due(now, cron="*/15 * * * *") > now


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda when: when.replace(microsecond=1, tzinfo=UTC)),  # noqa: DTZ001
    st.sampled_from(["10s", "15m", "6h", "1w"]),
    st.integers(0, 100),
)
def test_a_section_is_always_due_later_and_not_before_its_pace(now: datetime, every: str, failures: int) -> None:
    assert due(now, failures, every=every) >= due(now, 0, every=every) > now


# --- expressions ---


@pytest.mark.parametrize("cron", ["*/15 7-18 * * mon-fri", "0 0 30 2 *", "0,30 8 1-7 jan,jun *"])
def test_a_cron_expression_that_can_be_used_has_no_fault(cron: str) -> None:
    assert cron_fault(cron) is None


@pytest.mark.parametrize(
    "cron", ["", "* * * *", "61 * * * *", "* 25 * * *", "* * * * funday", "*/0 * * * *", "x y z a b"]
)
def test_a_cron_expression_that_cannot_be_used_is_told_in_words(cron: str) -> None:
    assert cron_fault(cron)
