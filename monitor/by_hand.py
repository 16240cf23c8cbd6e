"""Who fills the store by hand, by crawl, backfill or import: each of these commands holds a lock for as long as it runs,
and a lock dies with its holder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

REASON = "by hand"  # of a run


@contextmanager
def somebody(data: Path) -> Iterator[None]:
    """Work by hand, beside others who do."""
    with _lock(data) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def nobody(data: Path) -> Iterator[bool]:
    """Whether nobody works by hand; then nobody begins to before the end of this."""
    with _lock(data) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _lock(data: Path) -> IO[str]:
    data.mkdir(parents=True, exist_ok=True)
    return (data / "by-hand.lock").open("a")
