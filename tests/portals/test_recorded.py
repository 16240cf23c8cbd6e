"""Recorded pages and their reviewed answers: NAME.listing.html and NAME.article.html, each with a .json beside it.

The first line of a page is a comment with the address that it came from. A page without an answer gets one written,
and then the test fails: read it, and keep it if it is right.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crawler import decode, extract, read_listing
from monitor.commands.try_out import extraction_json, listing_json
from monitor.replica.serve import SITES
from storage import write_when

PAGES = sorted(Path(__file__).parent.glob("*/*.html"))
VOLATILE = {"removed", "why"}  # what was taken out differs by the counters' numbers


def answer(page: Path) -> dict[str, Any]:
    """What the program reads on a recorded page."""
    html = decode(page.read_bytes(), None)
    source = re.match(r"<!-- (\S+)(?: (\w+))? -->\n", html)
    assert source, f"{page} does not begin with the comment that says where it came from"
    url, kind = source.group(1), source.group(2) or "news"
    html = html[source.end() :]
    if ".listing." in page.name:
        told = listing_json(read_listing(html, url=url, kind=kind))
    else:
        told = extraction_json(extract(html, url=url))
    kept = {name: value for name, value in told.items() if name not in VOLATILE}
    plain: dict[str, Any] = json.loads(json.dumps(kept, ensure_ascii=False, default=write_when))
    return plain


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_recorded_page_is_read_as_reviewed(page: Path) -> None:
    expected = page.with_suffix(".json")
    told = answer(page)
    if not expected.exists():
        expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected} was missing and is written now; read it, and keep it if it is right")
    assert told == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(SITES))
def test_every_replica_has_recorded_pages(name: str) -> None:
    recorded = {page.name.split(".")[1] for page in PAGES if page.parent.name == name}
    assert recorded == {"listing", "article"}
