"""Listings as platforms write them (`listing_shapes`): each field of each entry, and where the listing goes on."""

from __future__ import annotations

import pytest

from config import match_key
from crawler.listing import read_listing
from tests.extract.listing_shapes import SHAPES, Shaped, draw_shape

# Even seeds were looked at while the reader was written; odd ones were only counted.
SEEDS = (0, 2, 4, 1, 3, 5, 7)


def faults(shaped: Shaped) -> list[str]:
    """What differs from what a reader of the page would list."""
    found = read_listing(shaped.page, url=shaped.url, kind=shaped.kind)
    wanted = [(item.url, match_key(item.title), item.iso) for item in shaped.items]
    got = [
        (entry.url, match_key(entry.title), entry.published.isoformat()[:10] if entry.published else None)
        for entry in found.entries
    ]
    checks = {
        f"page {found.page}: {found.why}": found.page == "listing",
        f"entries {[row for row in got if row not in wanted][:2]} {len(got)} of {len(wanted)}": got == wanted,
        f"next {found.next}": found.next == shaped.onward,
        "number": shaped.kind != "documents"
        or [entry.number for entry in found.entries] == [item.number for item in shaped.items],
    }
    return [name for name, good in checks.items() if not good]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape(shape: str, seed: int) -> None:
    assert faults(draw_shape(shape, seed)) == []


@pytest.mark.parametrize(
    "shape", [name for name in SHAPES if name in ("grid_view", "documents", "document_list", "gazette")]
)
def test_documents_are_listed_whoever_asks_for_news(shape: str) -> None:
    """A section may be called news: its entries are the same."""
    shaped = draw_shape(shape, 8)
    found = read_listing(shaped.page, url=shaped.url, kind="news")
    assert found.page == "listing", found.why
    assert [entry.url for entry in found.entries] == [item.url for item in shaped.items]
    assert [entry.published.isoformat() if entry.published else None for entry in found.entries] == [
        item.iso for item in shaped.items
    ]
