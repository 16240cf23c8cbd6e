"""Sixty provinces report one national meeting, and ten of them their own beside it: one event, ten events, one message."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from house import House
from sixty_provinces import BESIDE, COMMITTEE, COUNT, Told, articles, provinces
from small_site import SmallSite, small_site

from config import write_yaml

pytestmark = pytest.mark.slow
OLD = "Nông dân các địa phương chăm sóc lúa vụ mùa"


@pytest.fixture
def site_of() -> Iterator[dict[str, SmallSite]]:
    """The site of each portal; on several hosts, since the portals of one are crawled one after the other."""
    with ExitStack() as stack:
        sites = [stack.enter_context(small_site(f"127.0.0.{number}")) for number in range(60, 68)]
        yield {portal: sites[at % len(sites)] for at, (portal, _) in enumerate(provinces())}


def put(site: SmallSite, portal: str, told: list[Told]) -> None:
    """A portal's listing with some articles above an old one, and their pages."""
    rows = "".join(
        f'<li class="tin"><a href="/{portal}/moi-{at}">{html.escape(one.title)}</a></li>' for at, one in enumerate(told)
    )
    rows += f'<li class="tin"><a href="/{portal}/cu">{OLD}</a></li>'
    site.html(f"/{portal}/", "Tin tức", f"<ul>{rows}</ul>")
    site.html(f"/{portal}/cu", OLD, f"<p>{OLD}. Tưới tiêu và phòng trừ sâu bệnh ở {portal} được chú trọng.</p>")
    for at, one in enumerate(told):
        text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in one.paragraphs)
        main = f'<p class="ngay">Ngày đăng: {one.published:%d/%m/%Y} 16:30</p>{text}'
        site.html(f"/{portal}/moi-{at}", one.title, main)


def test_sixty_reports_are_one_event_and_one_message(site_of: dict[str, SmallSite], new_house: Any) -> None:
    house: House = new_house([])
    (house.folder / "portals").mkdir(parents=True, exist_ok=True)
    for portal, name in provinces():
        site = site_of[portal]
        section = {
            "id": "tin",
            "url": f"{site.url}{portal}/",
            "listing": {"entry": "li.tin", "link": "a", "title": "a"},
        }
        portal_file = {**site.yaml(section), "name": f"Cổng {name}", "province": name, "url": f"{site.url}{portal}/"}
        write_yaml(house.folder / "portals" / f"{portal}.yaml", portal_file)
        put(site, portal, [])
    house.turn()
    told = articles((datetime.now(UTC) + timedelta(hours=7)).date() - timedelta(days=1))
    for portal, _ in provinces():
        put(site_of[portal], portal, [one for one in told if one.portal == portal])
    house.turn()
    events = house.json("events", "--limit", "500")
    national = [event for event in events if event["meeting"]["body"] == COMMITTEE]
    own = [event for event in events if event["meeting"]["body"].startswith("Ban Chỉ đạo")]
    assert (len(events), len(national), len(own)) == (1 + BESIDE, 1, BESIDE)
    assert len(national[0]["articles"]) == COUNT
    assert {len(event["articles"]) for event in own} == {1}
    assert national[0]["meeting"]["ordinal"] == 8
    deliveries = house.json("deliveries", "--limit", "500")
    assert len([delivery for delivery in deliveries if delivery["event"] == national[0]["id"]]) == 1
    assert (len(deliveries), {delivery["status"] for delivery in deliveries}) == (1 + BESIDE, {"sent"})
    (series,) = house.json("series", "uy ban quoc gia")
    assert [(one["ordinal"], one["event"]) for one in series["sessions"]] == [(8, national[0]["id"])]
    assert (series["body"], series["missing"], series["next_due"]) == (COMMITTEE, [], None)
    assert COMMITTEE in house.run("series")
