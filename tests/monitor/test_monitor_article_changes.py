"""What became of articles, told to who asked: once, when it is news, and not while a page goes to and fro."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import Clock
from sqlalchemy import select

from config import Configuration
from monitor.article_changes import ChangeJudge
from storage import (
    ArticleChanges,
    Attachment,
    Crawling,
    Extraction,
    FetchedArticle,
    FetchedFile,
    FileText,
    Judging,
    ListingEntry,
    Looking,
    Store,
    Validators,
    Visit,
)
from storage.tables import Change

URL = "https://thanhhoa.gov.vn/1"
PDF = Attachment("https://thanhhoa.gov.vn/giay-moi.pdf", "Giấy mời")
A, B, C = "Họp ngày 9/8.", "Họp ngày 10/8.", "Họp ngày 11/8."


class Town:
    """One article of one portal, read when a test says so, and a judge of what became of it."""

    def __init__(self, store: Store, configuration: Configuration, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.crawling, self.judging, self.looking = Crawling(store), Judging(store), Looking(store)
        self.crawling.know_sections([("thanhhoa", "tin-tuc")], clock())
        self.take(configuration)
        self.crawling.record_listing(
            "thanhhoa",
            "tin-tuc",
            [ListingEntry(URL, "Giấy mời họp")],
            listing_url="https://thanhhoa.gov.vn/tin-tuc",
            complete=True,
            validators=Validators(),
            now=clock(),
        )

    def take(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.judging.know_subscriptions([each.id for each in configuration.subscriptions], self.clock())

    def _visit(self) -> Visit:
        visits = self.crawling.visits("thanhhoa", "tin-tuc", self.clock() + timedelta(days=30))
        return next(visit for visit in visits if visit.url == URL)

    def say(self, text: str, *, title: str = "Giấy mời họp", pdf: str = "", hours: float = 1) -> None:
        """The article's page says this, some hours later."""
        files = (FetchedFile(PDF.url, pdf.encode(), FileText("pdf", "read", pdf, reader="1")),) if pdf else ()
        attachments = (PDF,) if pdf else ()
        page = Extraction(url=URL, page="article", title=title, text=text, attachments=attachments)
        self.crawling.record_article(
            "thanhhoa",
            "tin-tuc",
            self._visit(),
            FetchedArticle(page, f"{title}{text}".encode(), files=files),
            young=timedelta(days=100),
            every=timedelta(hours=1),
            now=self.clock.later(hours=hours),
        )

    def go(self, hours: float = 1) -> None:
        """Its page is not found, twice."""
        for _ in range(2):
            now = self.clock.later(hours=hours / 2)
            self.crawling.record_gone(self._visit(), "HTTP 404", young=timedelta(9), every=timedelta(hours=1), now=now)

    def judge(self, **later: float) -> tuple[int, int, int]:
        if later:
            self.clock.later(**later)
        return ChangeJudge(ArticleChanges(self.store), self.judging, self.configuration).judge_all(
            self.clock, lambda: False
        )

    @property
    def events(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Kind, key without the article's id, and facts."""
        with self.judging.claims(self.clock()) as claims:
            rows = [claims.event(row["id"]) for row in self.looking.events()[::-1]]
        return [(row.kind, row.key.partition("|")[2].partition("|")[0], dict(row.facts)) for row in rows]

    @property
    def diffs(self) -> list[list[str]]:
        signs = {"removed": "-", "added": "+", "same": " "}
        return [[signs[line["op"]] + line["text"] for line in facts["diff"]] for _, _, facts in self.events]

    @property
    def changes(self) -> list[str]:
        with self.store.read() as session:
            return list(session.scalars(select(Change.kind).order_by(Change.id)))


def wants(*events: str, id: str = "sua", **more: Any) -> dict[str, Any]:
    return {"id": id, "events": list(events or ("revised", "withdrawn")), "to": ["json://127.0.0.1/a"], **more}


MakeTown = Callable[..., Town]


@pytest.fixture
def make_town(store: Store, make_configuration: Callable[..., Configuration], clock: Clock) -> MakeTown:
    return lambda *subscriptions: Town(store, make_configuration(list(subscriptions)), clock)


@pytest.fixture
def town(make_town: MakeTown) -> Town:
    town = make_town(wants())
    town.say(A)
    return town


# --- facts ---


def test_an_edit_is_an_event_with_its_difference_and_one_alert(town: Town) -> None:
    town.say(f"{B}\nĐịa điểm: tầng 2.", title="Giấy mời họp (HOÃN)")
    assert town.judge() == (1, 1, 0)
    assert town.judge() == (0, 0, 0)
    (event,) = town.looking.events()
    assert (event["kind"], event["title"], event["status"]) == ("revised", "Giấy mời họp (HOÃN)", None)
    assert event["articles"][0]["revision"] == 2
    ((_, _, facts),) = town.events
    assert facts == {
        "about": "thanhhoa",
        "article": {"id": 1, "url": URL, "title": "Giấy mời họp (HOÃN)"},
        "revision": 2,
        "title": {"before": "Giấy mời họp", "after": "Giấy mời họp (HOÃN)"},
        "diff": [
            {"op": "removed", "text": A},
            {"op": "added", "text": B},
            {"op": "added", "text": "Địa điểm: tầng 2."},
        ],
        "attachments": [],
    }
    assert [row["subscriptions"] for row in town.looking.deliveries()] == [["sua"]]


def test_a_withdrawal_and_a_return_are_two_facts(town: Town) -> None:
    town.go()
    town.judge()
    town.say(A)
    assert town.judge() == (1, 1, 0)
    withdrawn, returned = town.events
    assert withdrawn[:2] == ("withdrawn", "withdrawn")
    assert (withdrawn[2]["problem"], withdrawn[2]["to"]) == ("HTTP 404", None)
    assert returned[:2] == ("withdrawn", "returned")


def test_a_file_replaced_with_its_words_or_alone_is_told_once(make_town: MakeTown) -> None:
    town = make_town(wants())
    town.say(A, pdf="Giấy mời ngày 9/8")
    town.say(B, pdf="Giấy mời ngày 10/8")
    town.judge()
    town.say(B, pdf="Giấy mời ngày 11/8")
    town.judge()
    assert [(kind, key) for kind, key, _ in town.events] == [("revised", "2"), ("revised", "3")]
    assert town.diffs == [["-" + A, "+" + B], []]
    assert [facts["attachments"] for _, _, facts in town.events] == [[{"url": PDF.url, "name": PDF.name}]] * 2


def test_what_only_stands_elsewhere_now_is_no_news(make_town: MakeTown) -> None:
    town = make_town(wants())
    town.say(f"{A}\nĐịa điểm: tầng 2.")
    town.say(f"Địa điểm: tầng 2.\n{A}")
    assert town.judge() == (1, 0, 0)
    assert (town.changes, town.events) == (["revised"], [])


# --- to and fro ---


def test_wordings_that_alternate_are_told_once_and_set_aside(town: Town) -> None:
    for text in (B, A, B, A, B):
        town.say(text)
        town.judge()
    assert town.changes == ["revised"] * 5
    assert town.diffs == [["-" + A, "+" + B]]
    town.judge(days=4)  # steady since, and as it was told
    assert len(town.events) == 1
    town.say(C)
    town.judge()
    assert town.diffs[1:] == [["-" + B, "+" + C]]


def test_what_it_came_to_rest_at_is_told_when_it_is_steady(town: Town) -> None:
    for text in (B, A, B, A):
        town.say(text)
        town.judge()
    assert town.judge(days=2.9) == (0, 0, 0)
    assert town.judge(days=0.2) == (1, 1, 0)
    assert town.diffs == [["-" + A, "+" + B], ["-" + B, "+" + A]]


def test_a_page_with_ever_another_wording_is_told_three_times_a_day(town: Town) -> None:
    for number in range(10):
        town.say(f"Số thứ {number}")
        town.judge()
    assert len(town.events) == 3
    town.judge(days=4)
    assert town.diffs[3] == ["-Số thứ 2", "+Số thứ 9"]
    for number in range(20, 23):
        town.say(f"Số thứ {number}", hours=30)
        town.judge()
    assert len(town.events) == 7


def test_a_page_that_goes_and_comes_back_is_told_once_each_and_then_set_aside(town: Town) -> None:
    for _ in range(4):
        town.go()
        town.judge()
        town.say(A)
        town.judge()
    assert town.changes == ["withdrawn", "returned"] * 4
    assert [key for _, key, _ in town.events] == ["withdrawn", "returned"]
    town.judge(days=4)
    assert len(town.events) == 2  # it is there, as was told
    town.go()
    town.judge()
    assert [key for _, key, _ in town.events[2:]] == ["withdrawn"]


def test_what_went_for_good_after_it_came_and_went_is_told_when_it_is_steady(town: Town) -> None:
    town.go()
    town.say(A)
    town.go()
    town.judge()
    assert [key for _, key, _ in town.events] == ["withdrawn", "returned"]
    town.judge(days=3.1)
    assert [key for _, key, _ in town.events] == ["withdrawn", "returned", "withdrawn"]


# --- who is told ---


def test_nobody_asked_and_it_is_kept_as_a_fact(make_town: MakeTown, make_configuration: Any) -> None:
    town = make_town(wants("meeting"), wants(id="het", enabled=False))
    town.say(A)
    town.say(B)
    town.go()
    assert town.judge() == (0, 0, 0)
    assert (town.changes, town.events) == (["revised", "withdrawn"], [])
    town.take(make_configuration([wants()]))  # who comes later is told of what comes later
    town.say(C)
    assert town.judge() == (2, 2, 0)
    assert [key for _, key, _ in town.events] == ["3", "returned"]


def test_a_new_subscription_gets_no_older_change_though_it_is_judged_later(
    town: Town, make_configuration: Callable[..., Configuration]
) -> None:
    town.say(B)
    town.clock.later(minutes=1)
    town.take(make_configuration([wants(), wants(id="moi", to=["json://127.0.0.1/b"])]))
    assert town.judge() == (1, 1, 0)
    town.say(C)
    assert town.judge() == (1, 2, 0)


def test_an_edit_of_an_article_of_the_baseline_is_news(town: Town) -> None:
    assert [revision.baseline for revision in town.judging.unjudged(town.clock(), 10)] == [True]
    town.say(B)
    assert town.judge() == (1, 1, 0)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"portals": ["thanhhoa"]}, True),
        ({"portals": ["mpi"]}, False),
        ({"provinces": ["Thanh Hóa"]}, True),
        ({"any": ["hop ngay 10/8"]}, True),
        ({"any": ["giấy mời"], "none": ["họp ngày"]}, False),
        ({"bodies": ["Chuyển đổi số"]}, True),
        ({"bodies": ["Bộ Y tế"]}, False),
        ({"document_types": ["Quyết định"]}, True),
        ({"document_types": ["Nghị quyết"]}, False),
    ],
)
def test_a_change_is_matched_by_its_portal_its_words_and_what_the_article_reports(
    make_town: MakeTown, asked: dict[str, Any], told: bool
) -> None:
    town = make_town(wants(**asked))
    town.say(A)
    (revision,) = town.judging.unjudged(town.clock(), 10)
    with town.judging.claims(town.clock()) as claims:
        meeting = {"meeting": {"body": "Ủy ban Quốc gia về chuyển đổi số"}, "documents": []}
        decision = {"meeting": None, "documents": [{"number": "749/QĐ-TTg", "type": "Quyết định", "issuer": None}]}
        for kind, facts in (("meeting", meeting), ("decision", decision)):
            event = claims.add_event(kind, [kind], title="Họp", status=None, facts=facts)
            claims.add_evidence(event, revision, "Họp.")
    town.say(B)
    assert town.judge() == (1, int(told), 0)
    assert [kind for kind, _, _ in town.events][2:] == ["revised"]


def test_without_a_report_no_body_is_met(make_town: MakeTown) -> None:
    town = make_town(wants(bodies=["Chuyển đổi số"]))
    town.say(A)
    town.say(B)
    assert town.judge() == (1, 0, 0)


def test_a_change_that_cannot_be_judged_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitor import article_changes

    compare = article_changes.compare_lines

    def fail(before: str, after: str) -> Any:
        if after == B:
            raise ValueError("poison")
        return compare(before, after)

    monkeypatch.setattr(article_changes, "compare_lines", fail)
    town.say(B)
    town.go()
    assert town.judge() == (1, 1, 1)
    assert town.judge() == (0, 0, 0)  # it waits for a while
    monkeypatch.undo()
    assert town.judge(minutes=2) == (1, 1, 0)
    assert [key for _, key, _ in town.events] == ["withdrawn", "2"]
