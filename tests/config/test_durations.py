from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import duration, size
from config.durations import LARGEST, LONGEST

UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


@given(st.integers(0, 5200), st.sampled_from(sorted(UNITS)))
def test_a_duration_is_its_number_of_units(count: int, unit: str) -> None:
    assert duration(f"{count}{unit}") == count * UNITS[unit]


@given(st.text(max_size=8))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (duration, size):
        try:
            value = read(text)
        except ValueError:  # and never an OverflowError
            continue
        assert text.isascii()
        assert value is not None


@given(st.integers(0, 10**30), st.sampled_from(sorted(UNITS)))
def test_no_duration_is_longer_than_the_longest(count: int, unit: str) -> None:
    try:
        assert duration(f"{count}{unit}") <= LONGEST
    except ValueError:
        assert len(str(count)) > 9 or count * UNITS[unit].total_seconds() > LONGEST.total_seconds()


@pytest.mark.parametrize("text", ["", "15", "m", "1.5h", "-1s", "+1s", "15 m", "15M", "1h30m", "15m\n", "١s"])
def test_no_duration(text: str) -> None:
    with pytest.raises(ValueError):
        duration(text)


@given(st.integers(1, 1024), st.sampled_from([("KB", 1024), ("MB", 1024**2)]))
def test_a_size_is_in_bytes(count: int, unit: tuple[str, int]) -> None:
    assert size(f"{count}{unit[0]}") == count * unit[1] <= LARGEST


@pytest.mark.parametrize("text", ["", "20", "20mb", "20 MB", "20GB", "0KB", "1025MB", "1.5MB", "20MB\n"])
def test_no_size(text: str) -> None:
    with pytest.raises(ValueError):
        size(text)
