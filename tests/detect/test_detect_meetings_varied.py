"""Short articles of many kinds, each told its own way: is there a meeting, and which facts of it are told.

`varied_meetings.txt` holds them, a blank line between two: "published | province or ministry | title", the text, and
"= meeting | fact: value ..." or "= none". A fact that is not named there is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.detect import detect

TABLE = Path(__file__).with_name("varied_meetings.txt")


def articles() -> Iterator[tuple[str, str, date, str, list[str]]]:
    for block in TABLE.read_text(encoding="utf-8").strip().split("\n\n"):
        head, *text, expected = block.split("\n")
        published, portal, title = head.split(" | ", 2)
        yield title, "\n".join(text), date.fromisoformat(published), portal, expected.removeprefix("= ").split(" | ")


@pytest.mark.parametrize(("title", "text", "published", "portal", "expected"), [*articles()])
def test_a_short_article(title: str, text: str, published: date, portal: str, expected: list[str]) -> None:
    ministry = portal.startswith("Bộ ")
    province = None if ministry or portal == "-" else portal
    found = detect(title, text, published=published, province=province, portal_body=portal if ministry else None)
    kind, *facts = expected
    assert (found.meeting is not None) == (kind == "meeting"), found.meeting
    told = dict(fact.split(": ", 1) for fact in facts)
    said = {name: str(value).lower() for name in told if (value := getattr(found.meeting, name)) is not None}
    assert said == {name: value.lower() for name, value in told.items() if value != "none"}


def test_there_are_meetings_and_there_are_others() -> None:
    kinds = [expected[0] for *_, expected in articles()]
    assert kinds.count("meeting") > 150
    assert kinds.count("none") > 50
