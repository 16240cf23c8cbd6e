"""The answers of JSON APIs, read by JMESPath."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from config import ListingError, query_fault
from config.language import speak, speaking
from crawler.dates import HANOI
from crawler.json_listing import LARGEST_JSON, json_date, read_json_listing
from crawler.listing import ListingRules
from storage import Listing, NextPage


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = speaking()
    speak("en")
    yield
    speak(before)


URL = "https://api.a.gov.vn/tin?page=1&size=2"
RULES = {"entry": "items", "link": "url", "title": "title", "published": "at", "next": "next"}


def read(data: Any, *, body: str | None = None, url: str = URL, **rules: str | None) -> Listing:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_json_listing(raw, asked=NextPage(url, body=body), url=url, rules=ListingRules(**{**RULES, **rules}))


ITEM = {
    "url": "/tin/1",
    "title": "Phiên <b>họp</b> &amp; kết luận",
    "at": "23/11/2026 08:30",
    "id": 7,
    "slug": "họp tổ",
}


def test_an_entry_is_what_the_queries_find() -> None:
    (entry,) = read({"items": [ITEM]}).entries
    assert (entry.url, entry.title) == ("https://api.a.gov.vn/tin/1", "Phiên họp & kết luận")
    assert entry.published == datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/chi-tiet/{id}", "https://api.a.gov.vn/chi-tiet/7"),
        ("https://a.gov.vn/{slug}-{id}.htm", "https://a.gov.vn/h%E1%BB%8Dp%20t%E1%BB%95-7.htm"),
        ("join('', ['https://a.gov.vn/', to_string(id)])", "https://a.gov.vn/7"),
    ],
)
def test_a_link_is_a_query_or_an_address_with_queries_in_braces(link: str, url: str) -> None:
    assert read({"items": [ITEM, {"id": None}]}, link=link).entries[0].url == url


@pytest.mark.parametrize(
    ("value", "when"),
    [
        (1_795_395_600_000, datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        (1_795_395_600, datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("1795395600000", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("/Date(1795395600000)/", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("2026-11-23T01:30:00.000Z", datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)),
        ([2026, 11, 23, 8, 30, 5], datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)),
        ([2026, 11, 23], date(2026, 11, 23)),
        ("23-11-2026", date(2026, 11, 23)),
        (0, None), (True, None), ({}, None), (None, None), ([1], None), (10**30, None), ("", None), (float("nan"), None),
    ],
)  # fmt: skip
def test_dates_as_apis_write_them(value: Any, when: datetime | date | None) -> None:
    assert json_date(value) == when


@pytest.mark.parametrize(
    ("said", "onward"),
    [
        ("/tin?page=2", NextPage("https://api.a.gov.vn/tin?page=2")),
        (2, NextPage("https://api.a.gov.vn/tin?page=2&size=2")),
        ("3", NextPage("https://api.a.gov.vn/tin?page=3&size=2")),
        (True, NextPage("https://api.a.gov.vn/tin?page=2&size=2")),
        (False, None), (None, None), ("", None),
    ],
)  # fmt: skip
def test_the_next_page_is_an_address_a_number_or_true(said: Any, onward: NextPage | None) -> None:
    assert read({"items": [ITEM], "next": said}).next == onward


def test_the_number_is_put_into_the_body_that_was_sent() -> None:
    url = "https://api.a.gov.vn/tin"
    onward = read({"items": [ITEM], "next": True}, body='{"pageNumber": 1, "q": "số"}', url=url).next
    assert onward == NextPage(url, body='{"pageNumber": 2, "q": "số"}')
    onward = read({"items": [ITEM], "next": 5}, body="pageIndex=4&q=a", url=url).next
    assert onward == NextPage(url, body="pageIndex=5&q=a")
    with pytest.raises(ListingError, match="has a field"):
        read({"items": [ITEM], "next": True}, body="q=a", url=url)


def test_what_is_sent_goes_to_no_other_site() -> None:
    onward = read({"items": [ITEM], "next": "https://x.vn/tin?page=2"}, body='{"key": "secret"}').next
    assert onward == NextPage("https://x.vn/tin?page=2")


@pytest.mark.parametrize(
    ("data", "rules", "word"),
    [
        (b"<html>", {}, "not JSON"),
        (b"[" * 200_000, {}, "not JSON"),
        ({"data": []}, {}, "'entry' finds no list in the JSON: items"),
        ({"items": {"a": 1}}, {}, "'entry' finds no list"),
        ({"items": [1, {"x": 2}]}, {}, "'link' finds no address in any entry: url"),
        ({"items": 5}, {"entry": "length(items)"}, "'entry' cannot be asked of the JSON"),
        ({"items": [ITEM], "next": {"a": 1}}, {}, "neither an address"),
    ],
)
def test_what_does_not_fit_is_told(data: Any, rules: dict[str, str], word: str) -> None:
    with pytest.raises(ListingError, match=word):
        read(data, **rules)


def test_a_hundred_thousand_entries_are_cut_and_more_bytes_refused() -> None:
    listing = read({"items": [{"url": f"/{n}", "title": "x"} for n in range(100_000)]})
    assert (len(listing.entries), listing.cut) == (1000, "99000 entries of the answer were left out")
    with pytest.raises(ListingError, match="too large"):
        read(b"[" + b" " * LARGEST_JSON + b"]")


@pytest.mark.parametrize("query", ["items[", "a b", "", "foo(", "/x/{a b}", "https://a.vn/{}"])
def test_a_faulty_query_has_a_fault_in_words(query: str) -> None:
    fault = query_fault(query)
    assert fault
    assert "\n" not in fault


@pytest.mark.parametrize("query", ["items", "a.b[].c", "/x/{a.b}/{to_string(c)}", "https://a.vn/x"])
def test_a_good_query_has_none(query: str) -> None:
    assert query_fault(query) is None
