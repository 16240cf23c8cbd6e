"""A portal with boxes that no rule knows: its template is learned over crawls, kept, and never makes a revision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from house import House
from small_site import SmallSite, small_site

from monitor.commands.demonstrate import receiving
from tests.extract.articles import ARTICLES, Article, Piece
from tests.extract.notices import SHORT
from tests.extract.test_template import BOXES, Site

pytestmark = pytest.mark.slow

HTML = "text/html; charset=utf-8"


@dataclass
class Portal:
    """The site, what it lists, and the page of each article with every number moved at each visit."""

    served: SmallSite
    listed: list[Article]
    site: Site = field(default_factory=lambda: Site(11))

    def publish(self, *articles: Article) -> None:
        """List articles above those that are listed; one of the same name is taken the place of."""
        names = {each.name for each in articles}
        self.listed = [*articles, *(each for each in self.listed if each.name not in names)]
        rows = "".join(
            f'<li><a href="/tin/{each.name}.html">{each.title}</a> <span>{28 - at:02}/08/2022</span></li>'
            for at, each in enumerate(self.listed)
        )
        page = f"<html><head><title>Tin tức</title></head><body><h1>Tin tức</h1><ul>{rows}</ul></body></html>"
        self.served.pages["/tin"] = (HTML, page.encode())
        for each in articles:
            self.served.pages[f"/tin/{each.name}.html"] = (HTML, lambda _, each=each: self.site.page(each).encode())

    def yaml(self, *, selectors: bool = False) -> dict[str, Any]:
        sections = [{"id": "tin", "url": f"{self.served.url}tin", "revisit": {"young": "3650d", "every": "1s"}}]
        return {"name": "Huyện Thanh Bình", "url": self.served.url, "sections": sections}


def shown(house: House) -> dict[str, Any]:
    return {row["title"]: house.json("show", str(row["id"])) for row in house.json("articles", "--limit", "100")}


def read_again(house: House, count: int) -> set[str]:
    """What became of so many articles that were read again; one is due a second after it was read."""
    outcomes, done = set(), 0
    for _ in range(60):
        (run,) = house.json("crawl")
        counts = {name: run["sections"][0][name] for name in ("new", "revised", "unchanged")}
        outcomes |= {name for name, many in counts.items() if many}
        done += sum(counts.values())
        if done >= count:
            return outcomes
    raise AssertionError(f"only {done} of {count} were read again")


def test_what_a_portals_pages_teach_is_kept_and_never_a_revision(tmp_path: Path, new_database: str) -> None:
    with small_site() as served, receiving() as receiver:
        portal = Portal(served, [])
        portal.publish(*ARTICLES[:3])
        house = House(tmp_path / "watch", {"thanhbinh": portal}, receiver, new_database)  # type: ignore[dict-item]
        house.configure()
        house.json("crawl")
        # The next process has it from the store, and so knows the boxes on the first page that it reads.
        portal.publish(*SHORT, *ARTICLES[3:])
        house.json("crawl")
        told = shown(house)
        assert len(told) == len(portal.listed)
        for article in portal.listed[:-1]:
            text = told[article.title]["text"]
            assert text.split("\n") == portal.site.lines(article), article.name
        # What was read before anything was learned is read otherwise now, once, and that is no news.
        assert "new" not in read_again(house, 2 * len(portal.listed))
        assert read_again(house, 2 * len(portal.listed)) == {"unchanged"}
        later = shown(house)
        for title, one in later.items():
            assert not [box for box in BOXES if box in one["text"]], title
            assert [change for change in one["changes"] if change["kind"] == "revised"] == [], title
        # What the portal itself changes is still told.
        edited = replace(SHORT[0], pieces=(*SHORT[0].pieces, Piece("p", "Phiên họp dời sang ngày 15/8/2022.")))
        portal.publish(edited)
        assert read_again(house, len(portal.listed)) == {"unchanged", "revised"}
        one = shown(house)[edited.title]
        assert [change["kind"] for change in one["changes"]] == ["revised"]
        assert "Phiên họp dời sang ngày 15/8/2022." in one["text"]
