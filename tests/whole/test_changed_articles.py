"""What becomes of articles after they were published: each fact is told once to who asked, and to nobody else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from house import House
from small_site import SmallSite, small_site

from monitor.commands.demonstrate import Receiver, receiving

pytestmark = pytest.mark.slow

TITLES = (
    "Khai mạc hội chợ nông sản sạch vùng cao",
    "Bàn giao nhà tình nghĩa cho gia đình chính sách",
    "Kế hoạch tuyển dụng viên chức ngành y tế",
    "Ra quân làm sạch bãi biển trước mùa du lịch",
    "Thông báo lịch cắt điện trong tuần tới",
    "Đoàn công tác kiểm tra cảng nước sâu",
    "Tập huấn phòng cháy rừng trong mùa khô",
    "Giải bóng chuyền nữ toàn tỉnh khởi tranh",
    "Lễ phát động Tết trồng cây đời đời nhớ ơn Bác",
)
BODY = (
    "Sáng nay, lãnh đạo huyện đã dự và phát biểu chỉ đạo tại buổi lễ, cùng đông đảo người dân trên địa bàn.",
    "chương trình có nhiều hoạt động phong phú, thu hút sự tham gia của các xã, thị trấn.",
)


def paid(number: int, payer: str) -> str:
    """The sentence of an article that a test changes."""
    return f"Kinh phí {number} tỷ đồng do {payer} bảo đảm."


@dataclass
class Portal:
    """A portal with one list; each article's words say its number, so that no two are the same."""

    site: SmallSite
    listed: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    visitors: int = 0

    def publish(self, *numbers: int) -> None:
        """List these, the newest first, and no others."""
        self.listed = list(numbers)
        for number in numbers:
            if f"/{self.name(number)}" not in self.site.pages:
                self.write(number)
        rows = "".join(
            f'<li><a href="/{self.name(n)}">{TITLES[n - 1]}</a> <span>{n + 10:02}/11/2026</span></li>'
            for n in self.listed
        )
        self.site.html("/tin", "Tin tức", f"<ul>{rows}</ul>")

    def name(self, number: int) -> str:
        return self.names.get(number, f"tin-{number}.html")

    def write(self, number: int, payer: str = "ngân sách huyện", at: str = "") -> None:
        """An article's page; another counter each time."""
        self.visitors += 17
        # No line is another article's: what all pages say is the portal's frame.
        lines = (f"{TITLES[number - 1]}. {BODY[0]}", f"Trong {number} ngày, {BODY[1]}", paid(number, payer))
        main = f'<div class="date">{number + 10:02}/11/2026 08:00</div>' + "".join(f"<p>{line}</p>" for line in lines)
        self.site.html(at or f"/{self.name(number)}", TITLES[number - 1], main, visitors=self.visitors)

    def remove(self, number: int) -> None:
        self.site.pages.pop(f"/{self.name(number)}", None)

    def yaml(self, *, selectors: bool = False) -> dict[str, Any]:
        section = {"id": "tin", "url": f"{self.site.url}tin", "revisit": {"young": "3650d", "every": "1s"}}
        return {"name": "Huyện Thanh Bình", "url": self.site.url, "province": "Thanh Hóa", "sections": [section]}


class Town:
    """A house that watches the portal, after its baseline of five articles."""

    def __init__(self, house: House, portal: Portal) -> None:
        self.house, self.portal = house, portal

    def subscribe(self, **more: Any) -> None:
        subscription = {"id": "sua", "events": ["revised", "withdrawn"], "to": [self.house.receiver.url], **more}
        self.house.configure(subscriptions=[subscription])

    def turns(self, enough: Callable[[], object] = lambda: False, most: int = 3) -> list[tuple[str, str]]:
        """Crawl, judge and deliver a few times, as often as articles are due; what was told: kind and change."""
        for _ in range(most):
            self.house.turn(status=None)
            if enough():
                break
            time.sleep(1.05)  # until every article is due again
        return self.told()

    def told(self) -> list[tuple[str, str]]:
        events = {event["id"]: event for event in self.house.json("events", "--limit", "100")}
        return [
            (event["kind"], event["key"].split("|")[1])
            for row in reversed(self.house.json("deliveries"))
            for event in [events[row["event"]]]
        ]

    def article(self, number: int) -> dict[str, Any]:
        rows = [r for r in self.house.json("articles", "--limit", "100") if r["title"] == TITLES[number - 1]]
        (row,) = rows
        return dict(self.house.json("show", str(row["id"])))

    def changes(self, number: int) -> list[str]:
        return [change["kind"] for change in self.article(number)["changes"]]


@pytest.fixture
def town(tmp_path: Path, new_database: str) -> Iterator[Town]:
    with small_site("127.0.0.52") as site, receiving() as receiver:
        portal = Portal(site)
        portal.publish(6, 5, 4, 3, 2, 1)
        house = House(tmp_path / "watch", {"thanhbinh": portal}, receiver, new_database)  # type: ignore[dict-item]
        town = Town(house, portal)
        town.subscribe()
        house.turn()
        yield town


def received(receiver: Receiver) -> int:
    return len(receiver.received)


@pytest.mark.stores
def test_an_edit_a_withdrawal_and_a_vanishing_are_each_told_once(town: Town) -> None:
    town.portal.write(2, "ngân sách tỉnh")
    town.portal.publish(7, 6, 5, 4, 2, 1)  # and 3 is in no list any more, though its page is there
    town.portal.remove(5)
    told = town.turns(lambda: len(town.told()) >= 3, most=6)
    assert sorted(told) == [("revised", "2"), ("withdrawn", "unlisted"), ("withdrawn", "withdrawn")]
    assert [town.changes(number) for number in (2, 5, 3, 1)] == [["revised"], ["withdrawn"], ["unlisted"], []]
    assert sorted(town.turns(most=2)) == sorted(told)
    assert received(town.house.receiver) == 3
    texts = [row["body"] if "body" in row else row["message"] for row in town.house.receiver.received]
    assert any(paid(2, "ngân sách tỉnh") in text for text in texts)

    # The difference, as people and programs ask for it.
    row = town.article(2)
    diff = town.house.json("diff", str(row["id"]))
    assert (diff["from"], diff["to"], diff["title_change"], diff["url"]) == (1, 2, None, row["url"])
    assert [line for line in diff["lines"] if line["op"] != "same"] == [
        {"op": "removed", "text": paid(2, "ngân sách huyện")},
        {"op": "added", "text": paid(2, "ngân sách tỉnh")},
    ]
    assert {"line": 3, "op": "added", "text": "tỉnh"} in diff["words"]
    printed = town.house.run("diff", row["url"])
    assert f"\n- {paid(2, 'ngân sách huyện')}\n+ {paid(2, 'ngân sách tỉnh')}\n" in printed
    assert "\x1b" not in printed
    again = town.house.json("diff", str(row["id"]), "--from", "2", "--to", "1")
    assert {"op": "added", "text": paid(2, "ngân sách huyện")} in again["lines"]
    only = town.house.json("diff", str(town.article(1)["id"]))
    assert (only["from"], only["to"], only["words"]) == (1, 1, [])
    assert "only one revision" in town.house.run("diff", str(town.article(1)["id"]))
    town.house.run("diff", "4711", status=1)
    assert "There is no article 4711" in town.house.stderr
    town.house.run("diff", str(row["id"]), "--to", "9", status=2)
    assert "there is no revision 9" in town.house.stderr


def test_an_article_that_its_address_leads_away_from_has_moved(town: Town) -> None:
    """By a permanent redirect, or as the same words at another address while the old one is gone."""
    portal = town.portal
    for number in (4, 2):
        old = f"/{portal.name(number)}"
        portal.names[number] = f"2026/tin-{number}.html"
        portal.write(number)
        portal.site.pages.pop(old)
        if number == 4:
            portal.site.redirects[old] = (301, f"/{portal.name(number)}")
    portal.publish(7, 6, 5, 4, 3, 2, 1)
    told = town.turns(lambda: len(town.told()) >= 2, most=6)
    assert told == [("withdrawn", "moved")] * 2
    for number in (4, 2):
        row = town.article(number)
        assert [change["kind"] for change in row["changes"]] == ["moved"], number
        assert row["changes"][0]["to"] == row["url"] == f"{portal.site.url}2026/tin-{number}.html"
        assert row["withdrawn"] is None
    assert town.turns(most=2) == told


def test_a_redirect_to_another_article_or_for_a_while_is_no_move_and_no_edit(town: Town) -> None:
    portal = town.portal
    portal.site.pages.pop("/tin-3.html")
    portal.site.redirects["/tin-3.html"] = (301, "/tin-6.html")  # as some portals do with what they took away
    portal.write(4, at="/tam.html")
    portal.site.redirects["/tin-4.html"] = (302, "/tam.html")
    portal.publish(7, 6, 5, 4, 2, 1)
    assert town.turns(most=4) == [("withdrawn", "withdrawn")]
    assert town.changes(3) == ["withdrawn"]
    assert town.changes(4) == town.changes(6) == []


def test_a_page_that_goes_to_and_fro_is_told_once(town: Town) -> None:
    portal = town.portal
    for turn in range(5):
        portal.write(2, "ngân sách tỉnh" if turn % 2 == 0 else "ngân sách huyện")
        town.turns(lambda seen=turn + 1: len(town.changes(2)) == seen, most=5)
    assert town.changes(2) == ["revised"] * 5
    assert town.told() == [("revised", "2")]


def test_growth_of_the_list_a_pinned_line_and_a_counter_are_no_facts(town: Town) -> None:
    portal = town.portal
    for newest in (7, 8, 9):
        for number in portal.listed:
            portal.write(number)  # its counter moved
        portal.publish(1, *range(newest, newest - 4, -1))  # 1 is pinned; what is old ages off the page
        assert town.turns(most=1) == []
    portal.publish(9, 8, 7, 6)
    assert town.turns(most=2) == []


def test_only_who_asked_is_told_and_of_nothing_before(town: Town) -> None:
    town.subscribe(events=["withdrawn"])
    town.portal.write(2, "ngân sách tỉnh")
    assert town.turns(most=2) == []
    assert town.changes(2) == ["revised"]  # the fact is kept
    assert town.house.json("events") == []
    others = [
        {"id": "o-noi-khac", "provinces": ["Ninh Bình"]},
        {"id": "chu-khac", "any": ["chuyển đổi số"]},
        {"id": "co-quan", "bodies": ["UBND huyện"]},
        {"id": "dung", "any": ["ngan sach trung uong"], "provinces": ["Thanh Hóa"]},
    ]
    to = [town.house.receiver.url]
    town.house.configure(subscriptions=[{"events": ["revised"], "to": to, **other} for other in others])
    assert town.turns(most=1) == []
    town.portal.write(1, "ngân sách trung ương")
    assert town.turns(lambda: town.told(), most=3) == [("revised", "2")]
    (delivery,) = town.house.json("deliveries")
    assert delivery["subscriptions"] == ["dung"]
    assert json.dumps(town.house.receiver.received).count("trung") >= 1
