"""Entries that a listing shows no more: told only where it is proven, and then once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from conftest import NOW
from shelf import AT, EVERY, LISTING, NO_VALIDATORS, YOUNG, Shelf, fetched
from sqlalchemy import select

from storage import ListingEntry, Store
from storage.tables import Article, Change

HOUR = timedelta(hours=1)
HOST = "https://thanhhoa.gov.vn/"
# Titles that share few words, as those of a real listing.
TITLES = {
    "1": "Khai mạc hội chợ nông sản sạch",
    "2": "Bàn giao nhà tình nghĩa cho gia đình chính sách",
    "3": "Kế hoạch tuyển dụng viên chức ngành y tế",
    "4": "Ra quân làm sạch bãi biển Sầm Sơn",
    "5": "Thông báo lịch cắt điện tuần tới",
    "6": "Đoàn công tác thăm cảng Nghi Sơn",
    "7": "Tập huấn phòng cháy rừng mùa khô",
    "8": "Giải bóng chuyền nữ khởi tranh",
    "9": "Lễ phát động Tết trồng cây",
    "moi-4": "Ngày hội môi trường: hai nghìn người tham gia",
    "lai-4": "Ra quân làm sạch bãi biển Sầm Sơn lần hai",
}
DAYS = {**{str(day): day for day in range(1, 10)}, "moi-4": 4, "lai-4": 8}


class Site:
    """A section's listing, read whenever a test says so, an hour after the reading before."""

    def __init__(self, store: Store, section: str = AT[1], *, dated: bool) -> None:
        self.shelf = Shelf(store, section=section)
        self.store, self.dated, self.now = store, dated, NOW
        self.gone: set[str] = set()
        """Whose page answers 404, by its name."""
        self.unreached: set[str] = set()

    def read(
        self, *names: str, first_page: int | None = None, links: tuple[str, ...] = (), url: str = LISTING
    ) -> list[tuple[str, str]]:
        """Read the listing with these lines, newest on top, and visit what is due; all that is known of articles."""
        self.now += HOUR
        lines = [
            ListingEntry(HOST + name, TITLES.get(name, name), date(2026, 11, DAYS[name]) if self.dated else None)
            for name in names
        ]
        crawling = self.shelf.crawling
        crawling.record_listing(
            *self.shelf.at,
            lines,
            listing_url=url,
            complete=True,
            validators=NO_VALIDATORS,
            now=self.now,
            first_page=len(lines) if first_page is None else first_page,
            links=[HOST + link for link in links],
        )
        for visit in self.shelf.visits(self.now):
            self.visit(visit.url)
        return changes(self.store)

    def visit(self, url: str) -> None:
        visit, name, crawling = self.shelf.visit(url, self.now), url.rpartition("/")[2], self.shelf.crawling
        if name in self.unreached:
            crawling.record_failure(visit, "HTTP 500", young=YOUNG, every=EVERY, now=self.now)
        elif name in self.gone:
            crawling.record_gone(visit, "HTTP 404", young=YOUNG, every=EVERY, now=self.now)
        else:
            title = TITLES.get(name, "Tin")
            self.shelf.record(visit, fetched(url, f"{title}.", title), self.now)


def changes(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        rows = session.execute(select(Change.kind, Article.url).join(Article, Article.id == Change.article_id))
        return [(kind, url.removeprefix(HOST)) for kind, url in rows]


@pytest.fixture(params=[True, False], ids=["dated", "undated"])
def site(store: Store, request: pytest.FixtureRequest) -> Site:
    """A listing whose articles came one after the other."""
    site = Site(store, dated=request.param)
    for count in range(2, 8):
        assert site.read(*map(str, range(count, 0, -1))) == []
    return site


def test_what_both_neighbours_outlive_is_unlisted_at_the_second_reading(site: Site) -> None:
    assert site.read("7", "6", "5", "3", "2", "1") == []
    assert site.read("7", "6", "5", "3", "2", "1") == [("unlisted", "4")]
    assert site.read("8", "7", "6", "5", "3", "2", "1") == [("unlisted", "4")]
    with site.store.read() as session:
        (article,) = session.scalars(select(Article).where(Article.unlisted.is_not(None)))
        assert article.withdrawn is None


def test_what_is_shown_again_has_returned(site: Site) -> None:
    site.read("7", "6", "5", "3", "2", "1")
    site.read("7", "6", "5", "3", "2", "1")
    assert site.read("7", "6", "5", "4", "3", "2", "1") == [("unlisted", "4"), ("returned", "4")]


def test_a_listing_that_lacks_it_once_proves_nothing(site: Site) -> None:
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1") == []
        assert site.read("7", "6", "5", "4", "3", "2", "1") == []


def test_what_ages_off_the_page_has_not_vanished(site: Site) -> None:
    for newest in (7, 8, 9):
        assert site.read(*map(str, range(newest, newest - 5, -1))) == []
        assert site.read(*map(str, range(newest, newest - 5, -1))) == []


def test_the_newest_and_the_oldest_have_no_two_neighbours(site: Site) -> None:
    for _ in range(3):
        assert site.read("6", "5", "4", "3", "2") == []


def test_what_stands_on_the_second_page_now_has_not_vanished(site: Site) -> None:
    for _ in range(3):
        assert site.read("9", "8", "7", "4", "3", "6", "5", first_page=3) == []


def test_a_listing_cut_short_or_of_another_kind_proves_nothing(site: Site) -> None:
    for _ in range(3):
        assert site.read("7", "6") == []
        assert site.read("7", "1") == []  # too few to be an order
        assert site.read("7", "4", "2", "1") == []  # too much gone at once
        assert site.read("2", "7", "1", "6", "3", "5") == []  # sorted by something else


def test_a_reading_that_is_not_good_proves_nothing(site: Site) -> None:
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1", first_page=0) == []


def test_an_entry_pinned_on_top_and_let_go_has_not_vanished(store: Store) -> None:
    """At the first reading it stands above all others, as the newest would."""
    for dated in (True, False):
        site = Site(store, section=f"muc-{dated}", dated=dated)
        site.read("1", "6", "5", "4", "3")
        site.read("1", "7", "6", "5", "4", "3")
        for _ in range(3):
            assert site.read("8", "7", "6", "5", "4", "3") == []


def test_an_entry_pinned_when_it_came_and_let_go_later_has_not_vanished(site: Site) -> None:
    site.read("7", "9", "8", "6", "5", "4", "3", "2")  # newer ones come below it
    if not site.dated:  # by its date it would have to be shown
        for _ in range(3):
            assert site.read("9", "8", "6", "5", "4", "3", "2") == []


def test_an_order_of_other_things_in_between_is_no_matter(site: Site) -> None:
    """One old entry on top does not hide that another is gone."""
    site.read("2", "7", "6", "5", "4", "3")
    site.read("2", "7", "6", "5", "3")
    assert site.read("2", "7", "6", "5", "3") == [("unlisted", "4")]


def test_what_the_page_still_links_to_has_not_vanished(site: Site) -> None:
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1", links=("gioi-thieu", "4")) == []


def test_what_another_section_lists_has_not_vanished(site: Site) -> None:
    other = Site(site.store, section="noi-bat", dated=site.dated)
    other.now = site.now
    assert other.read("4", "2") == []
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1") == []


def test_what_has_a_new_address_has_not_vanished(site: Site) -> None:
    """Whoever mends a title gives the article another address, on many portals, and its old one goes on answering."""
    for _ in range(3):
        assert site.read("7", "6", "5", "moi-4", "3", "2", "1") == []


def test_what_stands_elsewhere_under_nearly_its_title_has_not_vanished(site: Site) -> None:
    """Mended, and on top again."""
    for _ in range(3):
        assert site.read("lai-4", "7", "6", "5", "3", "2", "1") == []


def test_another_listing_does_not_have_to_show_what_the_former_showed(site: Site) -> None:
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1", url=LISTING + "/khac") == []


def test_an_article_whose_page_is_gone_is_withdrawn_and_not_unlisted_too(site: Site) -> None:
    site.gone = {"4"}
    for told in ([], [("withdrawn", "4")], [("withdrawn", "4")]):
        assert site.read("7", "6", "5", "3", "2", "1") == told


def test_an_article_whose_page_could_not_be_looked_at_is_not_told(site: Site) -> None:
    site.unreached = {"4"}
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2", "1") == []
    site.unreached = set()
    site.read("7", "6", "5", "3", "2", "1")
    assert site.read("7", "6", "5", "3", "2", "1") == [("unlisted", "4")]


def test_of_a_baseline_without_dates_nothing_is_known(store: Store) -> None:
    site = Site(store, dated=False)
    site.read("7", "6", "5", "4", "3", "2")
    for _ in range(3):
        assert site.read("7", "6", "5", "3", "2") == []


def test_of_a_baseline_with_dates_it_is(store: Store) -> None:
    site = Site(store, dated=True)
    site.read("7", "6", "5", "4", "3", "2")
    site.read("7", "6", "5", "3", "2")
    assert site.read("7", "6", "5", "3", "2") == [("unlisted", "4")]


def test_entries_of_one_day_have_no_order_but_with_their_hours(store: Store) -> None:
    for at, section in enumerate(("ngay", "gio")):
        shelf = Shelf(store, section=section)
        told = []
        for reading, names in enumerate(("7654321", "765321", "765321")):
            now = NOW + reading * HOUR
            lines = [
                ListingEntry(
                    f"{HOST}{section}-{n}",
                    TITLES[n],
                    datetime(2026, 11, 20, int(n), tzinfo=NOW.tzinfo) if at else date(2026, 11, 20),
                )
                for n in names
            ]
            shelf.crawling.record_listing(
                *shelf.at, lines, listing_url=LISTING, complete=True, validators=NO_VALIDATORS, now=now, first_page=9
            )
            for visit in shelf.visits(now):
                shelf.record(visit, fetched(visit.url, f"{visit.title} {section}", visit.title), now)
            told = changes(store)
        assert told == ([("unlisted", "gio-4")] if at else [])
