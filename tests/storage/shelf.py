"""Short ways to put a listing and its articles into a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from conftest import NOW
from sqlalchemy import select

from storage import Crawling, Extraction, FetchedArticle, ListingEntry, ReadingOutcome, Store, Validators, Visit
from storage.tables import Article, Entry, Revision

YOUNG = timedelta(days=7)
EVERY = timedelta(hours=6)
AT = ("thanhhoa", "tin-tuc")
NO_VALIDATORS = Validators()
LISTING = "https://thanhhoa.gov.vn/tin-tuc"


def entries(*names: str, host: str = "thanhhoa.gov.vn") -> list[ListingEntry]:
    """The lines of a listing, newest on top."""
    return [ListingEntry(f"https://{host}/{name}", f"Tin {name}") for name in names]


def fetched(
    url: str, text: str = "Nội dung.", title: str = "Tiêu đề", validators: Validators = NO_VALIDATORS, **more: Any
) -> FetchedArticle:
    extraction = Extraction(url=url, page="article", title=title, text=text, **more)
    return FetchedArticle(extraction, f"<h1>{title}</h1>{text}".encode(), validators)


class Shelf:
    """One section of one portal, and what the crawler would do with it."""

    def __init__(self, store: Store, portal: str = AT[0], section: str = AT[1], *, baseline: bool = True) -> None:
        self.store = store
        self.at = (portal, section)
        self.crawling = Crawling(store)
        self.crawling.know_sections([self.at], NOW)
        if not baseline:  # its first reading is over
            self.list([])

    def list(
        self,
        lines: Sequence[ListingEntry],
        *,
        complete: bool = True,
        validators: Validators = NO_VALIDATORS,
        url: str = LISTING,
        now: datetime = NOW,
    ) -> int:
        return self.crawling.record_listing(
            *self.at, lines, listing_url=url, complete=complete, validators=validators, now=now
        )

    def visits(self, now: datetime = NOW) -> list[Visit]:
        return self.crawling.visits(*self.at, now)

    def visit(self, url: str, now: datetime = NOW) -> Visit:
        return next(visit for visit in self.visits(now) if visit.url == url)

    def record(self, visit: Visit, article: FetchedArticle, now: datetime = NOW) -> str:
        return self.crawling.record_article(*self.at, visit, article, young=YOUNG, every=EVERY, now=now)

    def publish(self, url: str, text: str = "Nội dung.", title: str = "Tiêu đề", now: datetime = NOW) -> str:
        """List an article and store it."""
        self.list([ListingEntry(url, title)], now=now)
        return self.record(self.visit(url, now), fetched(url, text, title), now)

    def entries(self) -> dict[str, Entry]:
        with self.store.read() as session:
            rows = session.scalars(select(Entry).where(Entry.portal == self.at[0], Entry.section == self.at[1]))
            return {row.url.rpartition("/")[2]: row for row in rows}

    def articles(self) -> list[Article]:
        with self.store.read() as session:
            return list(session.scalars(select(Article).order_by(Article.id)))

    def revisions(self) -> list[Revision]:
        with self.store.read() as session:
            return list(session.scalars(select(Revision).order_by(Revision.id)))


def outcome(section: str = AT[1], state: str = "good", **more: Any) -> ReadingOutcome:
    values: dict[str, Any] = {
        "section_state": "ok" if state in ("good", "unchanged") else "down",
        "started": NOW,
        "next_check_at": NOW + timedelta(minutes=15),
        **more,
    }
    return ReadingOutcome(section=section, state=state, **values)
