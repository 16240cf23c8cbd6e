"""A listing read as its entries: address, title, date, number and summary, in the page's own order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.boilerplate import survey
from crawler.document_table import link_words, number_in, table_entries, weight_of
from crawler.front_page import front_group
from crawler.linear import Flow
from crawler.markup import absolute, address_of, base_of, one_line, parse, select, text_of
from crawler.page_class import classify_flow
from crawler.paging import next_page, page_number
from crawler.row_date import marked_date, row_date
from crawler.rows import MOST_TITLES, Row, best_group, lone_row
from storage import Listing, ListingEntry, When

_MORE = re.compile(
    r"[\W_]*(?:xem (?:chi tiết|thêm|tiếp)|chi tiết|đọc (?:tiếp|thêm)|read more|more|detail|tải về|download|tải file|xem|tải)[\W_]*"
)


# Of one page. A server that answers with its whole archive gets no more of the memory, and no more of the hour.
_MOST_LETTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class ListingRules:
    """A portal's own CSS selectors for a listing; what is given wins, and what is absent is found."""

    entry: str | None = None
    link: str | None = None
    title: str | None = None
    published: str | None = None
    next: str | None = None
    number: str | None = None
    summary: str | None = None


def read_listing(
    html: str, *, url: str, status: int = 200, kind: str = "news", rules: ListingRules | None = None
) -> Listing:
    """The entries of a listing's page and where it goes on. `url` is the address that answered.

    A page of more than 4 million letters is cut there, a listing after 3000 entries, and `why` says so.
    A selector that matches nothing gives no entries, which the caller treats as a fault. ExtractError on a page too
    large to read or a selector that cannot be used.
    """
    whole = len(html)
    doc = parse(html[:_MOST_LETTERS])
    given, url = url, address_of(doc, url)
    base = base_of(doc, url)
    flow = survey(doc)
    page, why = classify_flow(doc, flow, url=url, status=status)
    rules = rules or ListingRules()
    entries: list[ListingEntry] = []
    if page in ("article", "listing") or (status < 400 and rules.entry):
        entries = _selected(doc, base, rules) if rules.entry else _found(doc, flow, url=url, base=base, kind=kind)
    if not entries and not rules.entry and page == "article" and page_number(doc, url=url) > 1:
        row = lone_row(flow, url=url, base=base, files=kind == "documents")
        if row is not None:
            entries, page, why = [_entry(flow, row, base, kind)], "listing", "one entry, with a date, on a later page"
    entries = _merged(entries)
    if page == "article" and len(entries) >= 3 and rules.entry:
        page, why = "listing", f"{len(entries)} entries by the portal's selectors"
    if whole > _MOST_LETTERS:
        why = f"{why}; cut: the page has {whole / 1e6:.1f} million letters, and {_MOST_LETTERS / 1e6:.0f} were read"
    if len(entries) >= MOST_TITLES:
        entries, why = entries[:MOST_TITLES], f"{why}; cut after {MOST_TITLES} entries"
    onward = next_page(doc, url=url, base=base, css=rules.next) if page in ("article", "listing") else None
    return Listing(given, page, kind, tuple(entries), onward, why)


def _merged(entries: list[ListingEntry]) -> list[ListingEntry]:
    """One entry an address, with the best title and what either of two knew: a picture and a title link are one."""
    known: dict[str, ListingEntry] = {}
    for entry in entries:
        old = known.get(entry.url)
        if old is None:
            known[entry.url] = entry
            continue
        known[entry.url] = ListingEntry(
            entry.url,
            old.title if len(old.title) >= len(entry.title) else entry.title,
            old.published or entry.published,
            old.number or entry.number,
            old.summary or entry.summary,
        )
    return [entry for entry in known.values() if entry.title]


# --- by the portal's selectors ------------------------------------------------------------------------------


def _selected(doc: HtmlElement, base: str, rules: ListingRules) -> list[ListingEntry]:
    entries = []
    for node in select(doc, rules.entry or ""):
        links = select(node, rules.link) if rules.link else ([node] if node.tag == "a" else list(node.iter("a")))
        links = [link if link.get("href") else next(link.iter("a"), link) for link in links]
        targets = [(link, address) for link in links if (address := absolute(base, link.get("href")))]
        if not targets:
            continue
        address = max(targets, key=lambda pair: min(len(text_of(pair[0])), 40))[1]
        if rules.title:
            title = text_of(next(iter(select(node, rules.title)), None))
        else:
            title = max((link_words(link) for link, found in targets if found == address), key=len)
        entries.append(
            ListingEntry(
                address,
                title,
                _selected_date(node, rules.published),
                _selected_text(node, rules.number),
                _selected_text(node, rules.summary),
            )
        )
    return entries


def _selected_text(node: HtmlElement, css: str | None) -> str | None:
    return text_of(next(iter(select(node, css)), None)) or None if css else None


def _selected_date(node: HtmlElement, css: str | None) -> When | None:
    if css:
        return next((when for each in select(node, css) if (when := dates.selected_date(each))), None)
    flow = survey(node)
    title = max(flow.lines, key=lambda line: line.link, default=None)
    return row_date(flow.lines, title) if title else None


# --- found --------------------------------------------------------------------------------------------------


def _found(doc: HtmlElement, flow: Flow, *, url: str, base: str, kind: str) -> list[ListingEntry]:
    tables = table_entries(doc, flow, base)
    group = best_group(flow, url=url, base=base, files=kind == "documents")
    group = front_group(doc, flow, group, url=url, base=base) or group
    listed = [_entry(flow, row, base, kind) for row in group.rows] if group else []
    # A table of documents says its columns; blocks that repeat are weighed against it by what they hold.
    if tables and (kind == "documents" or not group or weight_of(tables) >= group.score):
        return tables
    return listed


def _entry(flow: Flow, row: Row, base: str, kind: str) -> ListingEntry:
    # A day in an element of its own looks like a counter's number.
    lines = [each for each in flow.lines[row.start : row.stop] if not each.drop or re.fullmatch(r"\d{1,2}", each.text)]
    head = flow.lines[row.title]
    anchors = [link for link in flow.blocks[head.block].node.iter("a") if absolute(base, link.get("href")) == row.url]
    title, rest = head.text, ""
    # Beside the title its line may hold a date or a link "Xem thêm".
    if head.linked < 0.97 or len(head.hrefs) > 1:
        best = max(map(link_words, anchors), key=len, default="")
        if len(best) >= 8:
            title, rest = best, head.text.replace(text_of_link(best, head.text), " ", 1)
    if title.endswith(("...", "…")):
        title = _whole(title, _row_links(flow, row, base))
    published = row_date(lines, head)
    if published is None and rest and len(one_line(rest)) <= 60:
        published = dates.parse_when(rest)
    published = published or marked_date(flow, row.start, row.stop)
    # The link may hold the date too, in an element of its own: <a>Title <span>(23/08/2022)</span></a>.
    for stamp in (text for link in anchors for text in _stamps(link)):
        if title.endswith(stamp) or title.startswith(stamp):
            title = one_line(title.removesuffix(stamp).removeprefix(stamp))
            published = published or dates.parse_when(stamp)
    summary = _summary([line.text for line in lines if line is not head and line.kind != "caption"], title)
    number = None
    if kind == "documents":
        beside = [line.text for line in lines if line is not head and len(line.text) < 120]
        number = number_in([*beside, rest, title])
    return ListingEntry(row.url, title, published, number, summary)


def text_of_link(name: str, text: str) -> str:
    """The part of a line that a link's name covers; a name from the title attribute covers none."""
    return name if name in text else ""


def _row_links(flow: Flow, row: Row, base: str) -> list[HtmlElement]:
    """The links of a row that lead where its title does: around the title, or the picture's beside it."""
    blocks = {line.block for line in flow.lines[row.start : row.stop]}
    inside = [link for block in blocks for link in flow.blocks[block].node.iter("a")]
    around = [link for block in blocks for link in flow.blocks[block].node.iterancestors("a")]
    return [link for link in [*inside, *around] if absolute(base, link.get("href")) == row.url]


def _whole(title: str, links: list[HtmlElement]) -> str:
    """A title that is cut short, whole: as the link's title attribute or the picture in it has it."""
    cut = match_key(title.rstrip(". …"))
    said = [
        node.get(name) for link in links for node, name in [(link, "title"), *((i, "alt") for i in link.iter("img"))]
    ]
    whole = [one_line(text) for text in said if text and match_key(text).startswith(cut)]
    return max(whole, key=len, default=title)


def _stamps(link: HtmlElement) -> Iterator[str]:
    """The texts of elements inside a link that say a date and nothing else, where the link says more."""
    words = text_of(link)
    for node in link.iterdescendants("span", "time", "small", "em", "i", "label", "font"):
        text = text_of(node)
        if text != words and dates.is_date_line(text):
            yield text


def _summary(texts: list[str], title: str) -> str | None:
    fitting = [
        text
        for text in texts
        if len(text) >= 25
        and not dates.is_date_line(text)
        and match_key(text) != match_key(title)
        and not dates.labelled(text)
        and not _MORE.fullmatch(match_key(text))
    ]
    return max(fitting, key=len) if fitting else None
