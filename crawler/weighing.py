"""How sure it is that a previewed address is a section worth watching, and which of two that list the same is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote, urlsplit

from config import say
from crawler.previews import Preview
from crawler.section_names import can_name
from storage import url_key

LISTED = 0.4
"""What is less sure is not told."""
SURE = 0.6
"""What is this sure may be watched without asking anybody."""
_OLD = 365  # days
_FURNITURE = 0.6  # of the other pages: what so many link to stands on every page


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section as proposed. `entries` of its first page, `dated` of them with a date; `more`: it has further pages;
    `also`: other addresses of the same list; `confidence` from 0 to 1, with the reasons in `why`."""

    url: str
    name: str
    kind: str
    reads: str
    entries: int
    dated: int
    newest: date | None
    more: bool
    confidence: float
    sample: tuple[str, ...]
    why: tuple[str, ...]
    also: tuple[str, ...] = ()


def weighed(
    preview: Preview, others: Sequence[Mapping[str, int]], pattern: re.Pattern[str] | None, today: date
) -> tuple[FoundSection | None, str]:
    """(section, ""), or (None, why it is none). `others`: the links of the other pages that were read, by key, with how
    often each; `pattern`: what the platform's sections look like, as a path."""
    candidate, count = preview.candidate, len(preview.entries)
    if preview.table_of_days:
        told = (_promise(preview), say("a table that names days {count} times", count=preview.table_of_days))
        return _section(preview, 0.62, told, entries=preview.table_of_days), ""
    if preview.away * 2 > count:
        return None, say("its entries lead to other sites")
    share = preview.dated / count
    score = 0.30 + (0.10 if count >= 8 else 0.05 if count >= 5 else 0.0) if count >= 3 else 0.18
    why = [say("{count} entries, {dated} with a date", count=count, dated=preview.dated)]
    score += 0.25 * share
    promised = candidate.kind is not None and candidate.reads == "html"
    if promised:
        score += 0.20
    elif candidate.place in ("menu", "heading", "more", "known", "asked", "script"):
        score += 0.08
    if candidate.reads == "feed":
        score += 0.15
    why.append(_promise(preview))
    if not share and not promised and not preview.numbered and candidate.reads == "html":
        score -= 0.10
    if preview.numbered:
        score += 0.10 * preview.numbered / count
        why.append(say("{count} with a document's number", count=preview.numbered))
    elif preview.kind == "documents":
        score -= 0.05
    if preview.more:
        score += 0.08
        why.append(say("it goes on to further pages"))
    if pattern is not None and pattern.search(urlsplit(preview.url).path):
        score += 0.03
        why.append(say("its address is of the form that the platform gives to sections"))
    if preview.newest is not None and (today - preview.newest).days > _OLD:
        score -= 0.05
        why.append(say("the newest entry is of {day}", day=preview.newest.strftime("%d/%m/%Y")))
    strange = _furniture(preview, others)
    if strange * 2 > count:
        return None, say("what it lists stands on every page")
    if candidate.reads == "sitemap":
        score = min(score - 0.1, 0.55)
        why.append(say("a map of the site says when a page changed, not when it was published"))
    return _section(preview, max(0.0, min(score, 0.99)), tuple(why)), ""


def _furniture(preview: Preview, others: Sequence[Mapping[str, int]]) -> int:
    """How many entries other pages link to just as often: the column of latest news that stands beside everything."""
    if len(others) < 3 or not preview.links:
        return 0
    count = 0
    for key in preview.keys:
        mine = preview.links.get(key, 1)
        count += sum(each.get(key, 0) >= mine for each in others) >= _FURNITURE * len(others)
    return count


def _promise(preview: Preview) -> str:
    candidate = preview.candidate
    name = candidate.name or unquote(urlsplit(preview.url).path)
    match candidate.place:
        case "asked":
            return say("asked for")
        case "known":
            return say("the catalogue knows it as “{name}”", name=name)
        case "script":
            return say("what a script puts on the page “{name}”", name=name)
        case "frame":
            return say("a frame of the first page")
        case "feed":
            return say("a feed that the site names")
        case "platform":
            return say("where the platform keeps its feed")
        case "robots" | "guess":
            return say("a sitemap of the site")
        case "menu":
            return say("in the menu as “{name}”", name=name)
        case "more" if candidate.name:
            return say("behind the link to more of “{name}”", name=name)
    return say("linked as “{name}”", name=name)


def _section(preview: Preview, confidence: float, why: tuple[str, ...], entries: int | None = None) -> FoundSection:
    name = preview.candidate.name or _name_of(preview)
    return FoundSection(
        url=preview.url,
        name=name,
        kind=preview.kind,
        reads=preview.candidate.reads,
        entries=len(preview.entries) if entries is None else entries,
        dated=preview.dated,
        newest=preview.newest,
        more=preview.more,
        confidence=round(confidence, 2),
        sample=preview.sample,
        why=why,
    )


def _name_of(preview: Preview) -> str:
    """What a page calls itself before it names its site, else the words of its address."""
    head = re.split(r"\s[-–|»:>]\s", preview.title)
    if len(head) > 1 and can_name(head[0]):
        return head[0].strip()
    steps = [step.partition(".")[0] for step in unquote(urlsplit(preview.url).path).split("/")]
    last = [step for step in steps if step and step.lower() not in ("default", "index", "home", "pages", "feed", "rss")]
    return re.sub(r"[-_]+", " ", last[-1]).strip() if last else urlsplit(preview.url).netloc


# --- the same list twice -------------------------------------------------------------------------------------


def merged(
    weighty: Sequence[tuple[FoundSection, Preview]],
) -> tuple[list[FoundSection], list[FoundSection]]:
    """The sections without those that list what another lists, the surest first, and the feeds and sitemaps to spare:
    those that give what several sections give together."""
    pages = [pair for pair in weighty if pair[0].reads == "html"]
    pages.sort(key=lambda pair: -pair[0].confidence)  # and of equals the one that was met first
    kept: list[tuple[FoundSection, Preview]] = []
    for section, preview in pages:
        twin = next((at for at, (_, other) in enumerate(kept) if _alike(preview, other)), None)
        if twin is None:
            kept.append((section, preview))
        else:
            _also(kept, twin, section.url)
    spare = []
    for section, preview in sorted(weighty, key=lambda pair: (pair[0].reads != "feed", -pair[0].confidence)):
        if section.reads != "html" and not _join(kept, section, preview):
            spare.append(replace(section, why=(*section.why, say("the sections give what it gives"))))
    return sorted((section for section, _ in kept), key=lambda each: (-each.confidence, each.reads != "html")), spare


def _alike(one: Preview, other: Preview) -> bool:
    if not one.keys or not other.keys:
        return url_key(one.url) == url_key(other.url)
    return len(one.keys & other.keys) >= 0.8 * len(one.keys | other.keys)


def _also(kept: list[tuple[FoundSection, Preview]], at: int, url: str, *why: str) -> None:
    section, preview = kept[at]
    kept[at] = (replace(section, also=(*section.also, url), why=(*section.why, *why)), preview)


def _join(kept: list[tuple[FoundSection, Preview]], feed: FoundSection, preview: Preview) -> bool:
    """Add a feed or sitemap that gives what no section gives, or join it to the one that it gives all of; False when
    it is to spare. A feed takes the place of a page that it is better than."""
    whole = [at for at, (_, page) in enumerate(kept) if page.keys and _share(page, preview) >= 0.8]
    union: frozenset[str] = frozenset().union(*(page.keys for _, page in kept))
    if len(preview.keys & union) < 0.5 * len(preview.keys) and (not whole or feed.reads == "sitemap"):
        if not whole:
            kept.append((feed, preview))
        return not whole
    if len(whole) != 1 or feed.reads != "feed" or kept[whole[0]][0].reads != "html":
        return False
    page, listed = kept[whole[0]]
    complete = feed.entries >= page.entries and not page.more
    better = 10 * feed.dated >= 9 * feed.entries and (page.dated < page.entries or feed.entries > page.entries)
    if complete and better:
        told = say("the feed gives all that the page {url} lists, with dates", url=page.url)
        found = replace(feed, name=page.name, kind=page.kind, confidence=max(page.confidence, feed.confidence))
        kept[whole[0]] = (replace(found, also=(page.url, *page.also), why=(*feed.why, told)), listed)
    else:
        told = say("the feed {url} gives the same", url=feed.url)
        if feed.dated > page.dated:
            told = say("the feed {url} gives the same, with more dates", url=feed.url)
        if page.more or page.entries > feed.entries:
            told += say(", but not the older entries that the page leads to")
        _also(kept, whole[0], feed.url, told)
    return True


def _share(page: Preview, feed: Preview) -> float:
    return len(page.keys & feed.keys) / len(page.keys)
