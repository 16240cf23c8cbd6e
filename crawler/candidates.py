"""The links of a page that may lead to a section: menus, headings, "Xem thêm" under a heading, feeds, the site's map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config import match_key
from crawler.markup import absolute, base_of, marks_of, same_site, text_of
from crawler.section_names import MORE, MOST_WORDS, SITE_MAP, can_name, is_home, is_trap, named_kind
from storage import clean_url, url_key

_MOST_LINKS = 4000
_MOST_FRAMES = 4
_FEED = re.compile(
    r"\.rss(?:$|\?)|/rss(?:\.(?:xml|aspx))?/?(?:$|\?)|/rss/[\w./-]+$|/feed/?$|\.atom$|/atom\.xml$|[?&]nv=feeds|/feeds/$",
    re.IGNORECASE,
)
_MENU = re.compile(r"menu|nav(?!igation-?page)|topbar|breadcrumb")
_FOOT = re.compile(r"foot|chan-?trang|copyright")
_HEADING = re.compile(r"title|tieu-?de|head(?:er|ing)?\b|caption|cate|chuyen-?muc|box-?name|boxtitle")

PLACES = {
    "asked": 0.0,
    "known": 0.0,
    "frame": 0.0,
    "script": 0.5,
    "menu": 1.0,
    "heading": 1.0,
    "more": 1.0,
    "map": 2.0,
    "banner": 2.0,
    "page": 2.5,
    "footer": 3.0,
}
"""Where a link stood, and how late it is followed: asked (by whom runs this), known (of the
catalogue), frame (of the first page), script (what a page's script asks for), menu, ...; a banner is a picture without
words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a section. `kind` is what its words promise, None when nothing; `reads`: html, feed or
    sitemap; `place`: one of PLACES, or feed, robots, platform for what is no page."""

    url: str
    name: str
    kind: str | None
    place: str
    reads: str = "html"

    @property
    def key(self) -> str:
        """The identity of its address."""
        return url_key(self.url)

    @property
    def lateness(self) -> float:
        """Its place in the queue; the least is followed first."""
        return PLACES.get(self.place, 1.5) + (0.0 if self.kind else 1.0)


def section_links(doc: HtmlElement, url: str, place: str | None = None) -> list[Candidate]:
    """The links of a page that can lead to sections, each address once and with its best words; `place` for all of
    them where it is known. Off-site links, traps, asides and titles are left out."""
    base = base_of(doc, url)
    found: dict[str, Candidate] = {}
    links = list(_links(doc, base))
    # What is linked by a sentence is an article, whatever "Xem thêm" leads to it as well.
    titled = {url_key(address) for link, address in links if len(text_of(link).split()) > MOST_WORDS}
    for link, address in links:
        if not same_site(address, url) or is_trap(address) or is_home(address) or is_feed(address):
            continue
        if url_key(address) in titled:
            continue
        name, where = _named(link)
        if where != "banner" and not can_name(name):
            continue
        kind = named_kind(name, address)
        if kind == "aside":
            continue
        candidate = Candidate(clean_url(address), name, kind, place or where)
        known = found.get(candidate.key)
        if known is None or (candidate.lateness, -len(name)) < (known.lateness, -len(known.name)):
            found[candidate.key] = candidate
    return list(found.values())


def feed_links(doc: HtmlElement, url: str) -> list[Candidate]:
    """The feeds that a page names in its head or links to."""
    base = base_of(doc, url)
    found: dict[str, Candidate] = {}
    for node in doc.iter("link"):
        kind = (node.get("type") or "").lower()
        address = absolute(base, node.get("href")) if "rss" in kind or "atom" in kind else None
        if address and "alternate" in (node.get("rel") or "").lower() and "comments" not in address:
            found.setdefault(url_key(address), _feed(address, node.get("title") or ""))
    for link, address in _links(doc, base):
        if same_site(address, url) and is_feed(address) and "comments" not in address:
            found.setdefault(url_key(address), _feed(address, text_of(link)))
    return [each for each in found.values() if same_site(each.url, url)]


def map_link(doc: HtmlElement, url: str) -> str | None:
    """The page with the site's map, for people."""
    base = base_of(doc, url)
    for link, address in _links(doc, base):
        if same_site(address, url) and not address.endswith(".xml") and SITE_MAP.search(match_key(text_of(link))):
            return address
    return None


def is_feed(url: str) -> bool:
    """Whether an address looks like a feed's."""
    return bool(_FEED.search(url))


def link_counts(doc: HtmlElement, url: str) -> dict[str, int]:
    """How often a page links to each address, by the address's key."""
    base = base_of(doc, url)
    counts: dict[str, int] = {}
    for _, address in _links(doc, base):
        key = url_key(address)
        counts[key] = counts.get(key, 0) + 1
    return counts


def forwarded(doc: HtmlElement, url: str) -> str | None:
    """Where a page that is only a door leads: a refresh, or one line of script."""
    base = base_of(doc, url)
    for node in doc.iter("meta"):
        if (node.get("http-equiv") or "").lower() == "refresh":
            match = re.search(
                r"^\s*([\d.]+)\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", node.get("content") or "", re.IGNORECASE
            )
            if (
                match
                and float(match[1]) <= 10
                and (target := absolute(base, match[2]))
                and url_key(target) != url_key(url)
            ):
                return target
    if sum(1 for _ in doc.iter("a")) > 3:
        return None
    for node in doc.iter("script"):
        match = re.search(
            r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)",
            node.text or "",
        )
        if match and (target := absolute(base, match[1] or match[2])) and url_key(target) != url_key(url):
            return target
    return None


def frames(doc: HtmlElement, url: str) -> list[str]:
    """The pages of its own site that a frameset shows."""
    base = base_of(doc, url)
    found = (absolute(base, node.get("src")) for node in doc.iter("frame"))
    return list(dict.fromkeys(each for each in found if each and same_site(each, url)))[:_MOST_FRAMES]


def folder_of(url: str) -> str:
    """What an address stands under: "https://host/bai/tin/" of "https://host/bai/tin/7"; empty for what is under none."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{path}/" if path else ""


def _feed(address: str, words: str) -> Candidate:
    name = re.sub(r"(?i)[\W_]*\b(?:rss|feed|atom)\b[\W_]*", " ", words).strip(" -»|")
    kind = named_kind(name, address)
    return Candidate(clean_url(address), name, None if kind == "aside" else kind, "feed", "feed")


def _links(doc: HtmlElement, base: str) -> Iterator[tuple[HtmlElement, str]]:
    for number, link in enumerate(doc.iter("a", "area")):
        if number >= _MOST_LINKS:
            return
        if address := absolute(base, link.get("href")):
            try:
                clean_url(address)
            except ValueError:  # a port that is none
                continue
            yield link, address


def _named(link: HtmlElement) -> tuple[str, str]:
    """A link's words, and where it stands."""
    words = text_of(link)
    if not words:
        image = next(link.iter("img"), None)
        words = link.get("title") or (image.get("alt") if image is not None else "") or ""
        if not can_name(words):
            return "", "banner"
    if MORE.fullmatch(match_key(words)):
        title = link.get("title") or ""
        if not can_name(title) or MORE.fullmatch(match_key(title)):
            title = _heading_before(link)
        return title, "more" if title else "banner"
    node: HtmlElement | None = link
    for depth in range(8):
        if node is None:
            break
        marks = marks_of(node)
        if _FOOT.search(marks) or node.tag == "footer":
            return words, "footer"
        if node.tag == "nav" or _MENU.search(marks) or node.get("role") in ("menubar", "navigation", "menuitem"):
            return words, "menu"
        if depth <= 3 and (node.tag in ("h1", "h2", "h3", "h4") or _HEADING.search(marks)):
            return words, "heading"
        node = node.getparent()
    return words, "page"


def _heading_before(link: HtmlElement) -> str:
    """The words of the heading of the block that a "Xem thêm" closes."""
    node = link
    for _ in range(6):
        parent = node.getparent()
        if parent is None or parent.tag == "body":
            return ""
        for each in parent.iter():
            if each is link:
                break
            if isinstance(each.tag, str) and (each.tag in ("h1", "h2", "h3", "h4") or _HEADING.search(marks_of(each))):
                words = text_of(each)
                if can_name(words) and not MORE.fullmatch(match_key(words)):
                    return words
        node = parent
    return ""
