"""Recorded pages and their reviewed answers: NAME.listing.html and NAME.article.html, each with a .json beside it.

`portalwatch record URL --into tests/portals/PORTAL` makes them. A page without an answer gets one written, and then the
test fails, as it does until an answer says "reviewed": true: read it against the page, and correct it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.commands.record import faults, recorded_in
from monitor.replica.serve import SITES

PAGES = list(recorded_in(Path(__file__).parent))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_recorded_page_is_read_as_reviewed(page: Path) -> None:
    assert not faults(page), page


@pytest.mark.parametrize("name", sorted(SITES))
def test_every_replica_has_recorded_pages(name: str) -> None:
    recorded = {page.name.split(".")[1] for page in PAGES if page.parent.name == name}
    assert recorded == {"listing", "article"}
