"""Sixteen platforms, their dirt and their counters: floors over seeds that nobody read while the rules were written."""

from __future__ import annotations

import re
from collections import Counter

from crawler.extraction import extract
from storage import Extraction
from tests.extract.platforms_unseen import FRESH, PLATFORMS, Page, draw_page

COUNT = 96  # six articles on each platform
FIRST = 100 * FRESH
# Of COUNT; never to be lowered.
EXACT_FLOOR = 92
_WORD = re.compile(r"\w+")


def f1(wanted: str, got: str) -> float:
    """F1 over the words of two texts, each as often as it is said."""
    true, said = Counter(_WORD.findall(wanted)), Counter(_WORD.findall(got))
    both = sum((true & said).values())
    return 2 * both / (sum(true.values()) + sum(said.values())) if both else 0.0


def _leaks(page: Page, found: Extraction) -> list[str]:
    lines = {*found.text.split("\n"), *found.captions}
    return [dirt for dirt in page.dirt if dirt in lines or (len(dirt) > 24 and dirt in found.text)]


def faults(page: Page, answers: list[Extraction]) -> list[str]:
    """What differs from what a reader would take from a page."""
    found = answers[0]
    published = found.published.isoformat() if found.published else None
    checks = {
        "page": found.page == "article",
        "title": found.title == page.title,
        "published": published == page.published,
        "lines": found.text.split("\n") == page.lines,
        "captions": sorted(found.captions) == sorted(page.captions),
        "signed": (found.source, found.byline) == (page.source, page.byline),
        "files": [file.url for file in found.attachments] == page.files,
    }
    return [name for name, good in checks.items() if not good]


def test_every_platform_reads_well() -> None:
    pages = [draw_page(seed) for seed in range(FIRST, FIRST + COUNT)]
    assert len({page.platform for page in pages}) == len(PLATFORMS)
    answers = {page.seed: [extract(html, url=page.url) for html in page.responses] for page in pages}
    bad = {page.seed: names for page in pages if (names := faults(page, answers[page.seed]))}
    # What must never fail.
    assert not {page.seed: leaks for page in pages for each in answers[page.seed] if (leaks := _leaks(page, each))}
    assert not [page.seed for page in pages if page.lead and page.lead not in answers[page.seed][0].text]
    assert not [page.seed for page in pages if len({each.text for each in answers[page.seed]}) > 1]
    assert not [page.seed for page in pages if page.published is None and answers[page.seed][0].published]
    # What may fail on one page in a hundred.
    for name in ("title", "published"):
        assert sum(name in names for names in bad.values()) <= COUNT / 100, bad
    assert sum(f1("\n".join(page.lines), answers[page.seed][0].text) for page in pages) / COUNT >= 0.985, bad
    assert COUNT - len(bad) >= EXACT_FLOOR, bad
