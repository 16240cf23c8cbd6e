"""From a site's first page to its sections, ranked, each with a preview and the reasons for it.

Pure: `Search` says which page it wants next, is given it, and at the end answers. Who fetches is `scouting`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from config import CrawlError, ListingError, mark, plain, say
from crawler.candidates import Candidate, feed_links, folder_of, forwarded, frames, map_link, section_links
from crawler.markup import parse, same_site, text_of
from crawler.platforms import Recognised, feed_addresses, recognise
from crawler.previews import Preview, articles_among, first_look, preview_feed, preview_page, preview_sitemap
from crawler.scripted import filled_by_script, script_advice
from crawler.section_names import is_home, is_trap, named_kind
from crawler.sources import form_of, page_text
from crawler.weighing import LISTED, SURE, FoundSection, merged, weighed
from storage import url_key

MOST_PAGES = 25
_MOST_UNNAMED = 12  # pages whose words promise nothing; among them are the sections of a newspaper
_MOST_FEEDS = 6
_MOST_SITEMAPS = 3
_MOST_ASKED = 2  # of the addresses that a page's script asks
_VAIN = 2  # pages of one folder without a list: what else is in it are articles too
_SHORT_NAME = 5  # words
_STRAY = ("map", "page", "banner", "footer")  # places whose links are as likely articles as sections
_SPOKEN = {"news": mark("news"), "schedule": mark("schedule")}
_LATENESS = {"feed": 1.4, "platform": 2.2, "robots": 2.6, "guess": 3.2}
_NEWS_MAP = re.compile(r"news|post|article|tin|bai", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found at a site. `page` is the class of its first page, `why` the evidence for it; `feeds`, and
    sitemaps, give what several of the sections give together; `untold` are the addresses that were tried and are no
    sections, each with the reason."""

    url: str
    page: str
    why: str
    name: str
    platform: str | None
    evidence: tuple[str, ...]
    sections: tuple[FoundSection, ...]
    feeds: tuple[FoundSection, ...] = ()
    untold: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


class Search:
    """The search through one site: `begin` with its first page, then `next`, `take` or `miss` until `next` is None."""

    def __init__(self, *, limit: int = MOST_PAGES, asked: Iterable[str] = (), known: Iterable[Candidate] = ()) -> None:
        self._left: float = limit
        self._waiting: dict[str, Candidate] = {}
        self._met: set[str] = set()
        self._previews: list[Preview] = []
        self._missed: dict[str, str] = {}
        self._vain: Counter[str] = Counter()
        self._scripted: dict[str, list[str]] = {}  # pages that a script fills, and what it asks
        self._named: list[Candidate] = []  # pages of the menu that promise a list and have none
        self._counts = {"unnamed": 0, "feed": 0, "sitemap": 0}
        self._asked = [Candidate(url, "", None, "asked") for url in asked]
        self._known = list(known)
        self._home: Preview | None = None
        self._url = self._page = self._why = self._name = ""
        self._platform: Recognised | None = None
        self._notes: list[str] = []

    def begin(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None,
        headers: Mapping[str, str],
        sitemaps: Iterable[str] = (),
    ) -> str | None:
        """Look at the first page; the address to begin with in its place, where it only leads on to another."""
        if self._is_no_page(body, url, content_type):
            return None
        html = page_text(body, content_type)
        doc, listing, home = first_look(html, url)
        self._page, self._why = listing.page, listing.why
        onward = forwarded(doc, url)
        if onward and same_site(onward, url):
            return onward
        self._url, self._name = url, _site_name(doc)
        self._platform = recognise(doc, headers)
        if self._platform and self._platform.platform.unread:
            self._notes.append(say("Its pages are built in the browser: lists may need their JSON (reads: json)."))
        framed = frames(doc, url)
        if framed:
            self._page, self._why = "listing", say("{count} frames", count=len(framed))
        if self._page not in ("listing", "article"):
            return None
        self._home = home if home.entries else None
        self._met.add(url_key(url))
        self._add(self._asked)
        self._add(self._known)
        self._add(Candidate(each, "", None, "frame") for each in framed)
        if self._home is None and (asked := filled_by_script(doc, url)) is not None:
            self._scripted[url] = asked
        self._follow(doc, url, home.keys)
        root = urljoin(url, "/")
        named = [each for each in sitemaps if same_site(each, url)]
        self._add(Candidate(each, "", None, "robots", "sitemap") for each in named)
        if not named:
            self._add([Candidate(urljoin(root, "sitemap.xml"), "", None, "guess", "sitemap")])
        return None

    def _is_no_page(self, body: bytes, url: str, content_type: str | None) -> bool:
        """Whether a first page is none, but a feed, which is taken for what it is, or something to tell of."""
        form = form_of(body, content_type)
        sort = (content_type or "").partition(";")[0].strip().lower()
        if form in ("feed", "sitemap"):
            self._url, self._page, self._why = urljoin(url, "/"), "listing", say("the address of a feed or a sitemap")
            self._met.add(url_key(url))
            self._read(Candidate(url, "", None, "asked", form), body, url, content_type)
        elif form == "json":
            self._url, self._page = url, "error"
            self._why = say("JSON: write a section with reads: json, and JMESPath in its 'listing'")
        elif not body.lstrip().startswith(b"<") and sort and not sort.startswith("text/") and "html" not in sort:
            self._url, self._page, self._why = url, "error", say("{type} is no web page", type=sort)
        else:
            return False
        return True

    def _follow(self, doc: HtmlElement, url: str, entries: frozenset[str]) -> None:
        """The links of a first page, or of a frame of it; those of its `entries` are articles."""
        self._add(each for each in section_links(doc, url) if each.key not in entries)
        feeds = feed_links(doc, url)
        platform = self._platform.platform if self._platform else None
        if not feeds:
            feeds = [Candidate(each, "", None, "platform", "feed") for each in feed_addresses(platform, url)]
        self._add(feeds)
        if found := map_link(doc, url):
            self._add([Candidate(found, "", None, "map", "map")])

    def _add(self, candidates: Iterable[Candidate]) -> None:
        platform = self._platform.platform if self._platform else None
        for each in candidates:
            key = each.key
            if key in self._met:
                continue
            if each.reads == "html" and each.place not in ("asked", "known", "frame"):
                if platform and platform.article and platform.article.search(urlsplit(each.url).path):
                    continue
                # A long name outside a menu is a title, a short one beside the text is anything.
                words = len(each.name.split())
                if (words > 8 and each.place != "menu") or (
                    each.kind is None and (words > 6 or each.place == "footer")
                ):
                    continue
            old = self._waiting.get(key)
            if old is not None and old.place == "asked" and not old.name:
                self._waiting[key] = replace(old, name=each.name, kind=each.kind)  # what the site calls it
            elif old is None or _lateness(each) < _lateness(old):
                self._waiting[key] = each

    def next(self) -> Candidate | None:
        """The address to fetch next; None when enough was seen."""
        while self._waiting and self._left >= 1:
            key = min(self._waiting, key=lambda each: _lateness(self._waiting[each]))
            candidate = self._waiting.pop(key)
            self._met.add(key)
            if candidate.place in _STRAY and self._vain[folder_of(candidate.url)] >= _VAIN:
                continue
            group = "unnamed" if candidate.reads == "html" and candidate.kind is None else candidate.reads
            most = {"unnamed": _MOST_UNNAMED, "feed": _MOST_FEEDS, "sitemap": _MOST_SITEMAPS}.get(group)
            if most is not None and candidate.place not in ("asked", "known", "frame"):
                if self._counts[group] >= most:
                    continue
                self._counts[group] += 1
            self._left -= 1
            return candidate
        return None

    def take(self, candidate: Candidate, body: bytes, *, url: str, content_type: str | None) -> None:
        """A fetched candidate, from the address that answered; what it yields is kept."""
        if not same_site(url, self._url):
            self.miss(candidate, say("moved to {url}", url=url))
            return
        if url_key(url) == url_key(self._url):
            self.miss(candidate, say("redirected to the home page"))
            return
        self._met.add(url_key(url))
        self._read(candidate, body, url, content_type)

    def _read(self, candidate: Candidate, body: bytes, url: str, content_type: str | None) -> None:
        folder = folder_of(url)
        try:
            # What answers counts, not what was expected: "RSS" may lead to a page that names the feeds.
            form = form_of(body, content_type)
            if form == "feed":
                self._previews.append(preview_feed(replace(candidate, reads="feed"), body, url, content_type))
            elif form == "sitemap":
                self._take_sitemap(replace(candidate, reads="sitemap"), body, url)
            elif form == "html":
                self._take_page(candidate, page_text(body, content_type), url)
            else:
                raise ListingError(say("JSON: the section needs reads: json, and JMESPath in its 'listing'"))
        except CrawlError as error:
            self._vain[folder] += bool(folder)
            self._note_missed(candidate, str(error))
        else:
            self._vain[folder] = -len(self._met)  # a folder with sections

    def _take_page(self, candidate: Candidate, html: str, url: str) -> None:
        doc = parse(html)
        if candidate.reads == "map":
            self._add(section_links(doc, url, "map"))
            return
        if candidate.reads != "html":
            self._add(feed_links(doc, url))
            raise ListingError(say("a page, where a feed or a sitemap was looked for"))
        further = [each for each in section_links(doc, url) if each.kind]
        if candidate.kind == "schedule":  # other weeks of it
            path = urlsplit(url).path
            further = [each for each in further if urlsplit(each.url).path != path]
        try:
            preview = preview_page(candidate, html, url)
        except CrawlError as error:
            if candidate.place == "frame":
                self._follow(doc, url, frozenset())
                return
            self._add(replace(each, place="map") for each in further)
            if candidate.place != "script":
                self._note_empty(candidate, doc, url, error)
            raise
        if candidate.place == "frame":
            self._follow(doc, url, preview.keys)
        entries = preview.keys
        if self._is_hub(preview):
            self._add(replace(each, place="map") for each in further)
            raise ListingError(say("it leads to sections and lists nothing itself"))
        self._add(replace(each, place="map") for each in further if each.key not in entries)
        self._previews.append(preview)
        platform = self._platform.platform if self._platform else None
        if platform and platform.section_feed and 2 * preview.dated < len(preview.entries):
            feed = urljoin(url if url.endswith("/") else f"{url}/", platform.section_feed)
            self._add([Candidate(feed, candidate.name, candidate.kind, "feed", "feed")])

    def _note_empty(self, candidate: Candidate, doc: HtmlElement, url: str, error: CrawlError) -> None:
        """A page without a list: what its script asks for is tried in its place."""
        if isinstance(error, ListingError) and (asked := filled_by_script(doc, url)) is not None:
            self._scripted[url] = asked
            self._add(replace(candidate, url=each, place="script") for each in asked[:_MOST_ASKED])
            raise ListingError(f"{error}; {script_advice(asked)}") from error
        if candidate.place in ("menu", "heading", "more") and candidate.kind in _SPOKEN:
            self._named.append(candidate)

    def _is_hub(self, preview: Preview) -> bool:
        """Whether the entries are sections themselves: no dates, and names that the menu has or that are no titles."""
        if preview.dated:
            return False
        menu = self._met | {key for key, each in self._waiting.items() if each.place in ("menu", "map", "footer")}
        names = [
            entry for entry in preview.entries if url_key(entry.url) in menu or len(entry.title.split()) <= _SHORT_NAME
        ]
        return 2 * len(names) > len(preview.entries)

    def _take_sitemap(self, candidate: Candidate, body: bytes, url: str) -> None:
        preview, sitemap = preview_sitemap(candidate, body, url)
        articles = articles_among(each.url for each in sitemap.entries)
        named = [each.url for each in sitemap.entries if same_site(each.url, url) and each.url not in articles]
        # A menu that is built in the browser has no links; the map has them.
        kinds = {each: named_kind("", each) for each in named if not is_trap(each) and not is_home(each)}
        self._add(Candidate(each, "", kind, "map") for each, kind in kinds.items() if kind)
        children = [each for each in sitemap.children if same_site(each.url, url)]
        children.sort(key=lambda each: not _NEWS_MAP.search(urlsplit(each.url).path))
        self._add(Candidate(each.url, "", None, "robots", "sitemap") for each in children[:2])
        if preview is None and not children:
            raise ListingError(say("the sitemap names no articles"))
        if preview is not None:
            self._previews.append(preview)

    def miss(self, candidate: Candidate, why: str) -> None:
        """A candidate that could not be had, or is no section; guessed addresses that are not there go unsaid."""
        self._left += 0.5  # a menu full of dead links must not hide the rest
        self._note_missed(candidate, why)

    def _note_missed(self, candidate: Candidate, why: str) -> None:
        if candidate.place not in ("platform", "guess"):
            self._missed[candidate.url] = why

    def found(self, today: date) -> Discovery:
        """What was found, the surest first; `today` says what is old."""
        others = [preview.links for preview in self._previews if preview.links]
        pattern = self._platform.platform.section if self._platform else None
        weighty = []
        for preview in self._previews:
            section, why = weighed(preview, [each for each in others if each is not preview.links], pattern, today)
            if section is None:
                self._missed[preview.candidate.url] = why
            else:
                weighty.append((section, preview))
        sections, spare = merged(weighty)
        asked = {url_key(each.url) for each in self._asked}
        for section in sections:
            if section.confidence < LISTED and url_key(section.url) not in asked:
                self._missed[section.url] = "; ".join(section.why)
        sections = [each for each in sections if each.confidence >= LISTED or url_key(each.url) in asked]
        if self._home is not None and all(each.reads == "sitemap" for each in sections):
            only, _ = weighed(self._home, [], pattern, today)
            if only is not None and only.confidence >= LISTED:
                sections[:0] = [
                    replace(only, why=(*only.why, say("the only list that was found: the home page itself")))
                ]
        platform = self._platform
        return Discovery(
            url=self._url,
            page=self._page,
            why=self._why,
            name=self._name,
            platform=platform.platform.name if platform else None,
            evidence=platform.evidence if platform else (),
            sections=tuple(sections),
            feeds=tuple(spare),
            untold=tuple(self._missed.items()),
            notes=(*self._notes, *self._doubts(sections)),
        )

    def _doubts(self, sections: list[FoundSection]) -> Iterator[str]:
        """What may be missing among the sections, in words."""
        had = {url_key(address) for each in sections for address in (each.url, *each.also)}
        empty = {
            url: asked
            for url, asked in self._scripted.items()
            if not had & set(map(url_key, asked)) and (url != self._url or not sections)
        }
        if empty:
            asked = list(dict.fromkeys(address for each in empty.values() for address in each))
            yield f"{_first(empty)}: {script_advice(asked)}"
        for kind, spoken in _SPOKEN.items():
            named = [each.url for each in self._named if each.kind == kind]
            if named and not any(each.kind == kind and each.confidence >= SURE for each in sections):
                yield say(
                    "The menu promises {kind} here, and no list was found: {pages}",
                    kind=say(spoken), pages=_first(named),
                )  # fmt: skip


def _first(urls: Iterable[str], most: int = 4) -> str:
    """The first addresses, and how many more there are."""
    all = list(urls)
    told = ", ".join(all[:most])
    return say("{first} and {count} more", first=told, count=len(all) - most) if len(all) > most else told


def _lateness(candidate: Candidate) -> float:
    late = _LATENESS.get(candidate.place, candidate.lateness)
    if candidate.reads == "map":
        return 1.9
    words = len(candidate.name.split())
    return late + 0.5 * (words > 6) + 0.5 * (words > 5 and candidate.place != "menu") + 0.5 * (len(candidate.url) > 150)


def _site_name(doc: HtmlElement) -> str:
    """What the site calls itself: og:site_name, else the title of its first page without "Trang chủ"."""
    for node in doc.iter("meta"):
        if (node.get("property") or "").lower() == "og:site_name" and (name := (node.get("content") or "").strip()):
            return name
    title = text_of(next(doc.iter("title"), None))
    parts = [part.strip() for part in re.split(r"\s[-–|»:>]\s", title)]
    kept = [part for part in parts if plain(part) not in ("trang chu", "trang nhat", "home", "homepage", "welcome", "")]
    return max(kept, key=len, default=title)
