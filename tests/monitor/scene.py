"""A scene: portals that publish, a judge that reads, a deliverer that sends. What the detectors see is given."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from conftest import Clock

from config import Configuration
from monitor.delivering import Deliverer
from monitor.judging import Judge
from storage import (
    Crawling,
    Delivering,
    Detection,
    DocumentMention,
    Extraction,
    FetchedArticle,
    Judging,
    ListingEntry,
    Looking,
    Meeting,
    Store,
    Validators,
    When,
)

COMMITTEE = "Ủy ban Quốc gia về chuyển đổi số"
DAY = date(2026, 11, 22)


def meeting(**facts: Any) -> Detection:
    """An article about a meeting of the committee on the day, unless told otherwise."""
    known = {"title": "Phiên họp", "body": COMMITTEE, "date": DAY, "status": "upcoming", **facts}
    return Detection(("meeting",), Meeting(**known), (), {"meeting": "Ủy ban họp ngày 22/11."})


def decision(number: str = "749/QĐ-TTg", **facts: Any) -> Detection:
    """An article about a decision of the Prime Minister."""
    known = {"type": "Quyết định", "issuer": "Thủ tướng Chính phủ", "date": DAY, "role": "issued", **facts}
    document = DocumentMention(number, quote=f"ban hành {number}", **known)
    return Detection(("decision",), None, (document,), {"decision": f"ban hành {number}"})


class Scene:
    """A store with what a configuration says."""

    def __init__(self, store: Store, configuration: Configuration, clock: Clock) -> None:
        self.store = store
        self.configuration = configuration
        self.clock = clock
        self.seen: dict[str, Detection | Exception] = {}
        """What the detectors are made to say, by the text."""
        self.crawling, self.judging, self.looking = Crawling(store), Judging(store), Looking(store)
        self.delivering = Delivering(store)
        self.births: Mapping[str, datetime] = {}
        self.know(configuration)

    def know(self, configuration: Configuration) -> None:
        """What a process does at its start."""
        self.configuration = configuration
        self.births = self.judging.know_subscriptions([s.id for s in configuration.subscriptions], self.clock())
        at = [(portal.id, section.id) for portal in configuration.portals for section in portal.sections]
        self.crawling.know_sections(at, self.clock())

    def detect(self, title: str, text: str, **_: object) -> Detection:
        """Stands in for the detectors."""
        said = self.seen.get(text, Detection())
        if isinstance(said, Exception):
            raise said
        return said

    def publish(
        self,
        portal: str,
        text: str,
        said: Detection | Exception | None = None,
        *,
        title: str = "Tin",
        baseline: bool = False,
        published: When | None = DAY,
        url: str | None = None,
    ) -> str:
        """An article of a portal, stored and not judged; its URL."""
        self.seen[text] = said or Detection()
        if not baseline:  # the first reading is over
            self._list(portal, [])
        url = url or f"https://{portal}.gov.vn/{crc32(text.encode())}"
        now = self.clock()
        self._list(portal, [ListingEntry(url, title)], complete=not baseline)
        due = [visit for visit in self.crawling.visits(portal, "tin-tuc", now + timedelta(days=1)) if visit.url == url]
        page = Extraction(url=url, page="article", title=title, text=text, published=published)
        self.crawling.record_article(
            portal,
            "tin-tuc",
            due[0],
            FetchedArticle(page, text.encode()),
            young=timedelta(days=7),
            every=timedelta(hours=6),
            now=now,
        )
        return url

    def _list(self, portal: str, entries: list[ListingEntry], complete: bool = True) -> None:
        self.crawling.record_listing(
            portal,
            "tin-tuc",
            entries,
            listing_url="https://thanhhoa.gov.vn/tin-tuc",
            complete=complete,
            validators=Validators(),
            now=self.clock(),
        )

    def judge(self) -> int | None:
        """Judge all that is behind door 1; how many alerts that made, None when something was set aside."""
        jury = Judge(self.judging, self.configuration, self.births)
        made = [jury.judge(revision, self.clock()) for revision in self.judging.unjudged(self.clock(), 100)]
        return None if None in made else sum(count or 0 for count in made)

    def tell(self, portal: str, text: str, said: Detection, **more: Any) -> int | None:
        """Publish and judge."""
        self.publish(portal, text, said, **more)
        return self.judge()

    async def deliver(self, owner: str | None = None) -> tuple[int, int]:
        """One turn of the deliverer: how many were accepted, and how many were not."""
        with ThreadPoolExecutor(1) as writer:
            deliverer = Deliverer(self.delivering, self.configuration, writer, self.clock)
            if owner:
                deliverer._owner = owner
            return await deliverer.turn()

    @property
    def events(self) -> list[dict[str, Any]]:
        """Oldest first."""
        return self.looking.events()[::-1]

    @property
    def deliveries(self) -> list[dict[str, Any]]:
        """Oldest first."""
        return self.looking.deliveries()[::-1]
