"""The answer of a JSON API read as a listing, by the section's JMESPath."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from config import ListingError, ask, say
from crawler.dates import HANOI
from crawler.feeds import MOST_ENTRIES, feed_date, title_of_slug, words
from crawler.listing import ListingRules
from crawler.markup import absolute, decode, same_site
from storage import Listing, ListingEntry, NextPage, When

LARGEST_JSON = 5_000_000
"""Bytes of one answer; as Python's objects it takes some ten times as many."""
_PAGE_FIELDS = ("page", "pagenumber", "page_number", "pageindex", "page_index", "pagenum", "currentpage", "trang", "p")
_ASP_DATE = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")


def read_json_listing(
    body: bytes,
    *,
    asked: NextPage,
    url: str,
    rules: ListingRules,
    content_type: str | None = None,
    kind: str = "news",
    full: bool = False,
) -> Listing:
    """The entries of an API's answer and the request for the next ones. `asked` is the request, `url` the address that
    answered, `rules` are JMESPath; `full` as in `read_feed`.

    ListingError when it is no JSON, or not as the rules say.
    """
    if len(body) > LARGEST_JSON:
        raise ListingError(say("the JSON is too large to read ({size} MB)", size=len(body) // 10**6))
    try:
        data = json.loads(decode(body, content_type))
    except (ValueError, RecursionError) as error:
        raise ListingError(say("not JSON that can be read ({error})", error=str(error)[:100])) from error
    found = _found("entry", rules.entry, data)
    if not isinstance(found, list):
        raise ListingError(say("'{key}' finds no list in the JSON: {query}", key="entry", query=rules.entry))
    known: dict[str, ListingEntry] = {}
    for each in found[:MOST_ENTRIES]:
        if (entry := _entry(each, url, rules, full)) is not None:
            known.setdefault(entry.url, entry)
    if found and not known:
        raise ListingError(say("'{key}' finds no address in any entry: {query}", key="link", query=rules.link))
    left_out = len(found) - MOST_ENTRIES
    cut = say("{count} entries of the answer were left out", count=left_out) if left_out > 0 else ""
    onward = _next(_found("next", rules.next, data), asked, url) if known else None
    return Listing(url, "listing", kind, tuple(known.values()), onward, f"JSON of {len(known)} entries", cut)


def _found(key: str, query: str | None, data: Any) -> Any:
    if not query:
        return None
    try:
        return ask(query, data)
    except ValueError as error:
        raise ListingError(say("'{key}' cannot be asked of the JSON: {error}", key=key, error=error)) from error


def _entry(data: Any, url: str, rules: ListingRules, full: bool) -> ListingEntry | None:
    def text(key: str, query: str | None) -> str:
        value = _found(key, query, data)
        return "" if value is None or isinstance(value, dict | list | bool) else str(value)

    address = absolute(url, text("link", rules.link))
    if address is None:
        return None
    summary = words(text("summary", rules.summary))
    return ListingEntry(
        address,
        words(text("title", rules.title)) or title_of_slug(address),
        json_date(_found("published", rules.published, data)),
        re.sub(r"\s", "", words(text("number", rules.number))) or None,
        (summary if full else summary[:1000]) or None,
    )


def json_date(value: Any) -> When | None:
    """A date as APIs write it: seconds or milliseconds since 1970, ISO, 23/11/2026 08:30, [2026, 11, 23, 8, 30]."""
    if isinstance(value, list) and len(value) >= 3 and all(type(each) is int for each in value):
        value = "-".join(f"{each:02d}" for each in value[:3]) + "".join(
            f"T{value[3]:02d}:{value[4]:02d}" for _ in value[4:5]
        )
    if isinstance(value, str):
        value = value.strip()
        if match := _ASP_DATE.fullmatch(value):
            value = match[1]
        if not re.fullmatch(r"-?\d{9,14}", value):
            return feed_date(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
        seconds = seconds / 1000 if abs(seconds) > 10**11 else seconds
        when = datetime.fromtimestamp(seconds, UTC).astimezone(HANOI)
    except (ValueError, OverflowError, OSError):
        return None
    return feed_date(when.isoformat()) if when.year > 1990 else None


# --- the next page ------------------------------------------------------------------------------------------


def _next(said: Any, asked: NextPage, url: str) -> NextPage | None:
    """The request for the next page: at the address that was found, else the same one with another page's number."""
    if said is None or said is False or said == "":
        return None
    if isinstance(said, str) and not said.isdigit():
        address = absolute(url, said)
        # What the body holds, a key perhaps, is for the API that it was written for.
        return NextPage(address, body=asked.body if same_site(address, asked.url) else None) if address else None
    if not isinstance(said, str | int):
        raise ListingError(say("'{key}' finds neither an address nor a page's number nor true", key="next"))
    number = None if said is True else int(said)
    parts = urlsplit(asked.url)
    query, here = _turned(parse_qsl(parts.query, keep_blank_values=True), number)
    body, there = _turned_body(asked.body, number)
    if not here and not there:
        raise ListingError(say("neither the address nor the body has a field for a page's number, such as page"))
    address = urlunsplit(parts._replace(query=urlencode(query))) if here else asked.url
    return NextPage(address, body=body)


def _turned(fields: list[tuple[str, Any]], number: int | None) -> tuple[list[tuple[str, Any]], bool]:
    """The fields with the page's number moved on, to `number` or by one; whether there was such a field."""
    turned = False
    new = []
    for name, value in fields:
        if name.lower() in _PAGE_FIELDS and not turned and re.fullmatch(r"\d{1,9}", str(value)):
            turned = True
            moved = int(value) + 1 if number is None else number
            value = str(moved) if isinstance(value, str) else moved
        new.append((name, value))
    return new, turned


def _turned_body(body: str | None, number: int | None) -> tuple[str | None, bool]:
    if not body:
        return body, False
    try:
        data = json.loads(body)
    except ValueError:  # a form's fields
        fields, turned = _turned(parse_qsl(body, keep_blank_values=True), number)
        return (urlencode(fields) if turned else body), turned
    if not isinstance(data, dict):
        return body, False
    fields, turned = _turned(list(data.items()), number)
    return (json.dumps(dict(fields), ensure_ascii=False) if turned else body), turned
