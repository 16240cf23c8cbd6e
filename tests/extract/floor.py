"""How well pages are read, in figures over all recorded pages and many generated ones.

    python -m tests.extract.floor              prints the figures beside the floor
    python -m tests.extract.floor --write      makes them the floor, which is how it is lowered too: by a commit

title, date, lead: the share of pages that have them exactly; lead: the first paragraph stands in the text. text: the
mean F1 of words. leaks: the pages that give a menu, a counter or a related title as text. entries: the mean F1 of a
listing's entries, each by address, title and date.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from crawler import decode, extract, read_listing
from monitor.commands.record import Recorded, answer, load, recorded_in
from storage import write_when
from tests.extract.articles import ARTICLES
from tests.extract.hard_layouts import HARD
from tests.extract.layouts import FIRST, LAYOUTS
from tests.extract.notices import SHORT
from tests.extract.unseen import draw_article
from tests.extract.unseen_listings import URL, draw_listing

FLOOR = Path(__file__).with_name("floor.json")
RECORDED = Path(__file__).parents[1] / "portals"
DRAWN = range(5000, 5040)  # other seeds than `test_unseen` has
LEAKS = ("2417", "8116023", "Đang online", "Trang chủ", "17/GP", "Lượt xem", *FIRST.related)
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Case:
    """A page of an article and what a reader would take from it."""

    html: str
    url: str
    title: str | None
    published: str | None
    text: str
    leaks: tuple[str, ...] = ()


def recorded(form: str) -> Iterator[tuple[Recorded, dict[str, Any]]]:
    """The recorded pages of a form and their reviewed answers."""
    for path in recorded_in(RECORDED):
        kept = load(path)
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        if kept.reviewed and kept.form == form == told["page"]:
            yield kept, told


def articles() -> dict[str, list[Case]]:
    """The cases by where they come from."""
    return {
        "recorded articles": [
            Case(decode(kept.page.body), told["url"], told["title"], told["published"], told["text"])
            for kept, told in recorded("article")
        ],
        "written layouts": [
            Case(
                layout(article, FIRST),
                "https://thanhbinh.gov.vn/tin-tuc/bai-viet-12345.html",
                article.title,
                article.updated if shown == "seed" else shown,
                "\n".join(article.lines),
                LEAKS,
            )
            for layout, shown in (*LAYOUTS, *HARD)
            for article in (*ARTICLES, *SHORT)
        ],
        "drawn articles": [
            Case(one.pages[0], one.url, one.title, one.published, "\n".join(one.lines), tuple(one.noise))
            for one in (draw_article(seed, [*ARTICLES, *SHORT][seed % (len(ARTICLES) + len(SHORT))]) for seed in DRAWN)
        ],
    }


def f1(wanted: Iterable[Hashable], got: Iterable[Hashable]) -> float:
    """The harmonic mean of precision and recall; 1 when nothing was wanted and nothing came."""
    true, said = Counter(wanted), Counter(got)
    both = sum((true & said).values())
    return 2 * both / ((true.total() + said.total()) or 1) if true or said else 1.0


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def of_articles(cases: list[Case]) -> dict[str, float]:
    """The figures of some articles."""
    read = [(case, extract(case.html, url=case.url)) for case in cases]
    return {
        "pages": len(read),
        "title": mean(found.title == case.title for case, found in read),
        "date": mean(write_when(found.published) == case.published for case, found in read),
        "text": mean(f1(words(case.text), words(found.text)) for case, found in read),
        "lead": mean(case.text.split("\n")[0] in found.text.split("\n") for case, found in read),
        "leaks": sum(any(leak in found.text for leak in case.leaks) for case, found in read),
    }


def of_listings() -> Figures:
    """The figures of listings, recorded and drawn."""
    scores = {
        "recorded listings": [f1(*map(_told, (told, answer(kept)))) for kept, told in recorded("listing")],
    }
    for kind in ("news", "documents"):
        drawn = [draw_listing(seed, kind) for seed in DRAWN]
        scores[f"drawn {kind}"] = [
            f1([(each.url, each.title, each.iso if one.dated else None) for each in one.entries], got)
            for one in drawn
            for got in [_entries(one.pages[0], URL, kind)]
        ]
    return {name: {"pages": len(each), "entries": mean(each)} for name, each in scores.items()}


def _told(told: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(each["url"], each["title"], each["published"]) for each in told["entries"]]


def _entries(html: str, url: str, kind: str) -> list[tuple[str, str, str | None]]:
    listing = read_listing(html, url=url, kind=kind)
    return [(each.url, each.title, write_when(each.published)) for each in listing.entries]


def measure() -> Figures:
    """All figures, by where the pages come from."""
    figures = {name: of_articles(cases) for name, cases in articles().items()} | of_listings()
    return {name: {key: round(value, 4) for key, value in each.items()} for name, each in figures.items()}


def below(figures: Figures, floor: Figures) -> list[str]:
    """Where the figures are worse than the floor: fewer pages, lower shares, more leaks."""
    found = []
    for name, each in floor.items():
        for key, least in each.items():
            value = figures.get(name, {}).get(key, float("nan"))
            if not (value <= least if key == "leaks" else value >= least):
                found.append(f"{name}: {key} {value}, the floor is {least}")
    return found


if __name__ == "__main__":
    told = measure()
    if "--write" in sys.argv:
        FLOOR.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    floor = json.loads(FLOOR.read_text("utf-8"))
    for name, each in told.items():
        print(name, *(f"{key} {value:g} ({floor.get(name, {}).get(key)})" for key, value in each.items()), sep="  ")
    print(*below(told, floor), sep="\n")
