"""A house for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import House

from monitor.commands.demonstrate import receiving
from monitor.replica import serve_replicas


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Both replicas with nothing published yet, configured."""
    with serve_replicas(crawl_delay=0) as replicas, receiving() as receiver:
        house = House(tmp_path / "watch", replicas, receiver)
        house.configure()
        yield house
