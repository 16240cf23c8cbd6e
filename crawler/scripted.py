"""Pages whose list comes by script only: how they are known, and the addresses that their scripts ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from config import match_key, say
from crawler.boilerplate import survey
from crawler.markup import absolute, base_of, parse, same_site, text_of
from storage import url_key

_MOST_PROSE = 300  # letters; a page that has more has a text of its own, whatever else its scripts fetch
_MOST_WORDS = 60  # letters of what stands in for a list
_LONGEST_SCRIPT = 20_000
_ATTRIBUTES = (
    "data-url",
    "data-src",
    "data-ajax",
    "data-ajax-url",
    "data-load",
    "data-remote",
    "data-source",
    "hx-get",
)
_WAITING = re.compile(r"đang tải|đang cập nhật dữ liệu|vui lòng (?:chờ|đợi)|\bloading\b|please wait")
_MOUNT = re.compile(r"^(?:app|root|__next|__nuxt|q-app)$")
# An address that goes on after its quote is put together by the script, and half of it is none.
_CALLS = re.compile(
    r"""(?:\$\.(?:get|getJSON)|\bfetch|\baxios\.get|\.load)\(\s*["'`]([^"'`$\s]+)["'`](?!\s*\+)"""
    r"""|\$\.ajax\(\s*\{(?:(?!post)[^}]){0,300}?\burl\s*:\s*["']([^"'\s]+)["'](?!\s*\+)""",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:js|css|png|jpe?g|gif|svg|webp|mp4|pdf|json\.js)$", re.IGNORECASE)


def filled_by_script(doc: HtmlElement, url: str) -> list[str] | None:
    """The addresses of its site that a page's scripts ask for what it shows, as far as they can be seen; None when the
    page does not look as if a script filled it. To be asked of a page on which no list was found."""
    named = list(_named(doc))
    body = doc.find("body")
    waits = any(
        _WAITING.search(match_key(text))
        for node in doc.iter("div", "p", "span", "td", "li", "section")
        if len(node) == 0 and (text := text_of(node)) and len(text) <= _MOST_WORDS
    )
    mounted = body is not None and any(_MOUNT.match(node.get("id") or "") for node in body.iter("div"))
    if not (named or waits or mounted):
        return None
    if sum(line.prose for line in survey(doc).lines if line.text and not line.drop) >= _MOST_PROSE:
        return None
    base = base_of(doc, url)
    found: dict[str, str] = {}
    for each in (*named, *_called(doc)):
        address = absolute(base, each)
        if address and same_site(address, url) and not _FILE.search(address) and url_key(address) != url_key(url):
            found.setdefault(url_key(address), address)
    return list(found.values())


def script_advice(addresses: list[str]) -> str:
    """What to try with a page that a script fills."""
    if not addresses:
        return say("it seems to be filled by script: try client: browser")
    told = ", ".join(addresses[:3])
    return say("it seems to be filled by script: try client: browser, or as a section {addresses}", addresses=told)


def advice_for(html: str, url: str) -> str | None:
    """`script_advice` for a page on which no list was found; None where no script seems to fill it."""
    addresses = filled_by_script(parse(html), url)
    return None if addresses is None else script_advice(addresses)


def _named(doc: HtmlElement) -> Iterator[str]:
    """What an element without content says of where its content is."""
    for node in doc.iter("div", "section", "ul", "ol", "table", "tbody", "article"):
        for name in _ATTRIBUTES:
            if (value := node.get(name)) and not any(True for _ in node.iter("img")):
                if len(text_of(node)) <= _MOST_WORDS:
                    yield value
                break


def _called(doc: HtmlElement) -> Iterator[str]:
    for node in doc.iter("script"):
        for match in _CALLS.finditer((node.text or "")[:_LONGEST_SCRIPT]):
            yield match[1] or match[2]
