"""What differs from one response to the next: counters, view counts, the page's clock, the latest news."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from monitor.replica.articles import SeedArticle

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True)
class Visit:
    """The `count`-th response of a replica, from 0, at the moment `now` in Hanoi time: all that is volatile about it.

    `root` is the address that the replica was called by, without a final slash. The same replica, count and moment
    give the same page, so a failing test can be run again.
    """

    replica: str
    count: int
    now: datetime
    root: str = ""

    @property
    def _dice(self) -> random.Random:
        return random.Random(f"{self.replica} {self.count}")  # noqa: S311 - chance for show, no secret

    # The first response after a reset shows the very figures of the saved page of Thanh Hóa.
    @property
    def online(self) -> int:
        """Visitors just now."""
        return 19 + (self._dice.randint(-6, 30) if self.count else 0)

    @property
    def today(self) -> int:
        """Visits of the day; grows with every response."""
        return 2417 + self.count

    @property
    def total(self) -> int:
        """Visits ever; grows with every response."""
        return 8116023 + self.count

    def views(self, article: SeedArticle) -> int:
        """The view count shown with an article."""
        return 40 + crc32(article.id.encode()) % 900 + self.count

    def sample(self, articles: tuple[SeedArticle, ...], size: int) -> list[SeedArticle]:
        """Some of the articles, others each time."""
        return self._dice.sample(articles, min(size, len(articles)))


@dataclass(frozen=True)
class Page:
    """One answer of a replica. `listed` is what a listing really lists: its ETag is made of that alone."""

    body: str | bytes
    listed: tuple[str, ...] | None = None
    status: int = 200
    content_type: str = "text/html"


def paged(count: int, size: int, number: int) -> tuple[slice, int]:
    """The slice of page `number` (from 1) when `count` things are shown `size` a page, and how many pages there are."""
    return slice((number - 1) * size, number * size), max(1, -(-count // size))


def page_number(query: Mapping[str, str], name: str = "page") -> int:
    """The page that an address asks for, from 1; what is no number means the first."""
    text = query.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000 else 1


def stamp(article: SeedArticle, day: str, hour: str = "") -> str:
    """The publication as strftime's patterns say, the hour's left out where the portal states no hour."""
    return article.moment.strftime(day + (hour if isinstance(article.published, datetime) else ""))
