"""Durations and sizes as the configuration writes them: 90s, 15m, 6h, 3d, 1w; 500KB, 20MB."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

from config.language import say

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES = {"KB": 1024, "MB": 1024**2}
_DURATION = re.compile(r"([0-9]{1,9})([smhdw])")
_SIZE = re.compile(r"([0-9]{1,9})(KB|MB)")

LONGEST = timedelta(weeks=5200)
"""A hundred years: now plus or minus any duration of a configuration is still a date."""
LARGEST = 1024**3
"""One gigabyte: a body is held in memory while it is fetched."""


def duration(written: str) -> timedelta:
    """The duration that is written as a whole number and one of s m h d w; ValueError in plain words otherwise."""
    match = _DURATION.fullmatch(written)
    if match is None:
        raise ValueError(
            say("'{value}' is not a duration; write a number and one of s m h d w, such as 15m", value=written)
        )
    seconds = int(match[1]) * _SECONDS[match[2]]
    if seconds > LONGEST.total_seconds():
        raise ValueError(say("'{value}' is too long; the longest is 5200w", value=written))
    return timedelta(seconds=seconds)


def size(written: str) -> int:
    """The bytes that are written as a whole number and KB (1024 bytes) or MB; ValueError in plain words otherwise."""
    match = _SIZE.fullmatch(written)
    if match is None:
        raise ValueError(say("'{value}' is not a size; write a number and KB or MB, such as 20MB", value=written))
    count = int(match[1]) * _BYTES[match[2]]
    if not 0 < count <= LARGEST:
        raise ValueError(say("'{value}' is out of range; write 1KB to 1024MB", value=written))
    return count


def _duration(value: object) -> timedelta:
    return value if isinstance(value, timedelta) else duration(str(value))


def _positive(value: object) -> timedelta:
    length = _duration(value)
    if not length:
        raise ValueError(say("must be longer than nothing"))
    return length


def _size(value: object) -> int:
    # A plain number in the YAML file is no size ("is it bytes?"), so only text is read; code passes the text too.
    return size(str(value))


Duration: TypeAlias = Annotated[timedelta, BeforeValidator(_duration)]
"""A field written as a duration; 0s is allowed."""
Span: TypeAlias = Annotated[timedelta, BeforeValidator(_positive)]
"""A field written as a duration longer than nothing."""
Size: TypeAlias = Annotated[int, BeforeValidator(_size)]
"""A field written as a size, in bytes."""
