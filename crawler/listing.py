"""A listing read as its entries: address, title, date, number and summary, in the page's own order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.boilerplate import survey
from crawler.linear import Flow
from crawler.markup import absolute, base_of, one_line, parse, select, text_of
from crawler.page_class import classify_flow
from crawler.paging import next_page, page_number
from crawler.rows import Row, best_group, is_file, lone_row, row_date
from storage import Listing, ListingEntry, When

# A document's number: 37/2026/QĐ-UBND, 03-TB/BCĐCĐS, 2304/BTTTT-THH, 749/QĐ-TTg. It ends in letters, so 12/15 is none.
NUMBER = re.compile(
    r"(?<![\w/])\d{1,5}(?:[.\-]\d+)?(?:\s?[-–]\s?(?:[A-ZĐ]{2,}[\w&]*)\s?/|\s?/\s?(?:(?:19|20)\d\d\s?/)?)\s?[A-ZĐ][\wÀ-ỹ&.]*(?:\s?[-–]\s?[A-ZĐ][\wÀ-ỹ&.]*)*"
)
_OWN_NUMBER = re.compile(
    r"(?i)(?:(?!về việc|v/v|sửa đổi|bãi bỏ|thay thế|triển khai|thực hiện|ban hành)[^,.;:(]){0,60}?\bsố\s*:?\s*\d"
)
_NUMBER_HEAD = re.compile(
    r"số(?: /)?(?:/| )?(?:ký|kí)? ?-?/?(?:ký |kí )?hiệu.*|số hiệu.*|số (?:văn bản|vb|công báo|qđ)|số/ ?(?:ký|kí) hiệu|ký hiệu|(?:document )?number|document no\.?|số, ký hiệu.*"
)
_TITLE_HEAD = re.compile(
    r"(?:trích yếu|nội dung|tên văn bản|tiêu đề|về việc|văn bản|trích dẫn|tên|tên tài liệu|title|abstract|mô tả|tin|tên gọi|description|subject|content).*"
)
_ISSUED_HEAD = re.compile(
    r"(?:ngày|thời gian) (?:ban hành|ký|vb|văn bản|bh).*|(?:issued? )?date|date (?:of issue|issued)|issued(?: on)?|ngày"
)
_POSTED_HEAD = re.compile(r"(?:ngày|thời gian) (?:đăng|cập nhật|xuất bản|công bố|phát hành).*")
_MORE = re.compile(
    r"[\W_]*(?:xem (?:chi tiết|thêm|tiếp)|chi tiết|đọc (?:tiếp|thêm)|read more|more|detail|tải về|download|tải file|xem|tải)[\W_]*"
)


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

    A selector that matches nothing gives no entries, which the caller treats as a fault. ExtractError on a page too
    large to read or a selector that cannot be used.
    """
    doc = parse(html)
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
    onward = next_page(doc, url=url, base=base, css=rules.next) if page in ("article", "listing") else None
    return Listing(url, page, kind, tuple(entries), onward, why)


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
            title = max((_anchor_text(link) for link, found in targets if found == address), key=len)
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
    tables = _table_entries(doc, flow, base)
    group = best_group(flow, url=url, base=base, files=kind == "documents")
    listed = [_entry(flow, row, base, kind) for row in group.rows] if group else []
    # A table of documents says its columns; blocks that repeat are weighed against it by what they hold.
    if tables and (kind == "documents" or not group or _weight(tables) >= group.score):
        return tables
    return listed


def _weight(entries: list[ListingEntry]) -> float:
    return sum(
        min(len(entry.title), 120) * (1 + 0.8 * (entry.published is not None) + 0.4 * (entry.number is not None))
        for entry in entries
    )


def _entry(flow: Flow, row: Row, base: str, kind: str) -> ListingEntry:
    lines = [line for line in flow.lines[row.start : row.stop] if not line.drop]
    head = flow.lines[row.title]
    title, rest = head.text, ""
    # Beside the title its line may hold a date or a link "Xem thêm".
    if head.linked < 0.97 or len(head.hrefs) > 1:
        anchors = flow.blocks[head.block].node.iter("a")
        names = [_anchor_text(link) for link in anchors if absolute(base, link.get("href")) == row.url]
        best = max(names, key=len, default="")
        if len(best) >= 8:
            title, rest = best, head.text.replace(text_of_link(best, head.text), " ", 1)
    elif title.endswith(("...", "…")):
        anchors = flow.blocks[head.block].node.iter("a")
        title = max(
            (_anchor_text(link) for link in anchors if absolute(base, link.get("href")) == row.url),
            key=len,
            default=title,
        )
    published = row_date(lines, head)
    if published is None and rest and len(one_line(rest)) <= 60:
        published = dates.parse_when(rest)
    summary = _summary([line.text for line in lines if line is not head and line.kind != "caption"], title)
    number = None
    if kind == "documents":
        number = _number([*(line.text for line in lines if line is not head and len(line.text) < 120), title])
    return ListingEntry(row.url, title, published, number, summary)


def text_of_link(name: str, text: str) -> str:
    """The part of a line that a link's name covers; a name from the title attribute covers none."""
    return name if name in text else ""


def _anchor_text(link: HtmlElement) -> str:
    """A link's words; its title attribute where the words are cut short or there are none."""
    words = text_of(link)
    full = one_line(link.get("title") or "")
    cut = words.rstrip(". …")
    if full and (not words or (words != cut and match_key(full).startswith(match_key(cut)[:60]))):
        return full
    if not words and (image := next(link.iter("img"), None)) is not None:
        return one_line(image.get("alt") or "")
    return words


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


def _number(texts: list[str]) -> str | None:
    for text in texts:
        if match := NUMBER.search(text):
            return re.sub(r"\s", "", match.group()).rstrip(".")
    return None


# --- tables of documents ------------------------------------------------------------------------------------


def _table_entries(doc: HtmlElement, flow: Flow, base: str) -> list[ListingEntry]:
    """The entries of the page's best table of documents; [] where no table is one."""
    dropped = {
        id(block.node)
        for block in flow.blocks
        if block.node.tag in ("table", "tr") and _all_dropped(flow, block.start, block.stop)
    }
    tables: dict[int, list[HtmlElement]] = {}
    for row in doc.iter("tr"):
        # The rows of a gazette came without a table: then their parent holds them together.
        holder = row.getparent()
        while holder is not None and holder.tag in ("tbody", "thead", "tfoot"):
            holder = holder.getparent()
        if holder is not None and id(holder) not in dropped and id(row) not in dropped and row.find(".//tr") is None:
            tables.setdefault(id(holder), []).append(row)
    best: list[ListingEntry] = []
    for rows in tables.values():
        entries = _read_table(rows, base)
        if len(entries) >= 2 and _weight(entries) > _weight(best):
            best = entries
    return best


def _all_dropped(flow: Flow, start: int, stop: int) -> bool:
    return start < stop and all(line.drop for line in flow.lines[start:stop] if line.text)


def _read_table(rows: list[HtmlElement], base: str) -> list[ListingEntry]:
    columns: dict[str, int] = {}
    entries: list[ListingEntry] = []
    facts = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        texts = [text_of(cell) for cell in cells]
        heads = _heads(texts)
        if len(heads) >= 2 and not entries:
            columns = heads
            continue
        entry = _table_entry(cells, texts, columns, base)
        if entry is not None:
            entries.append(entry)
            facts += entry.number is not None or entry.published is not None
    return entries if entries and 2 * facts >= len(entries) else []


def _heads(texts: list[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for at, text in enumerate(texts):
        key = match_key(text).strip(" :.")
        if len(key) > 40:
            return {}
        for name, pattern in (
            ("number", _NUMBER_HEAD),
            ("posted", _POSTED_HEAD),
            ("issued", _ISSUED_HEAD),
            ("title", _TITLE_HEAD),
        ):
            if pattern.fullmatch(key) and name not in heads:
                heads[name] = at
                break
    return heads


def _table_entry(cells: list[HtmlElement], texts: list[str], columns: dict[str, int], base: str) -> ListingEntry | None:
    def cell(name: str) -> str:
        return texts[columns[name]] if columns.get(name, len(texts)) < len(texts) else ""

    links = [
        (link, address) for each in cells for link in each.iter("a") if (address := absolute(base, link.get("href")))
    ]
    if len(cells) < 2 or not links or len({address for _, address in links}) > 12:
        return None
    number = _number([cell("number")]) or cell("number") or None
    if number is None:
        spoken = [
            text_of(node)
            for each in cells
            for node in each.iter("span")
            if re.search("notation|sohieu|kyhieu|code|number", (node.get("class") or "").lower())
        ]
        # "Quyết định số 37/2026/QĐ-UBND bãi bỏ Quyết định số ...": the number that opens the title is the document's.
        opened = [text for text in texts if _OWN_NUMBER.match(text)]
        number = _number(spoken) or _number(opened) or _number([text for text in texts if NUMBER.fullmatch(text)])
    when = dates.parse_when(cell("posted")) or dates.parse_when(cell("issued"))
    when = when or next((dates.parse_when(text) for text in texts if dates.is_date_line(text)), None)
    # The page of the document before its file, and the link with the most words.
    link, address = max(links, key=lambda pair: (not is_file(pair[1]), min(len(text_of(pair[0])), 60)))
    title = cell("title") or max((text for text in texts if not dates.is_date_line(text)), key=len, default="")
    named = _anchor_text(link)
    if not cell("title") and len(named) > 0.6 * len(title):
        title = named
    if not title or (len(title) < 8 and number is None):
        return None
    return ListingEntry(address, title, when, number, None)
