"""A table of documents read by its columns: number, date, abstract, file; the number repealed in a row is not its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.linear import Flow
from crawler.markup import absolute, one_line, text_of
from crawler.rows import is_file
from storage import ListingEntry

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


def table_entries(doc: HtmlElement, flow: Flow, base: str) -> list[ListingEntry]:
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
        if len(entries) >= 2 and weight_of(entries) > weight_of(best):
            best = entries
    return best


def _all_dropped(flow: Flow, start: int, stop: int) -> bool:
    return start < stop and all(line.drop for line in flow.lines[start:stop] if line.text)


def _read_table(rows: list[HtmlElement], base: str) -> list[ListingEntry]:
    columns: dict[str, int] = {}
    entries: list[ListingEntry] = []
    facts = 0
    for cells in _grid(rows):
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


def _grid(rows: list[HtmlElement]) -> Iterator[list[HtmlElement | None]]:
    """The cells of each row by their columns; None where a cell from above or from the left reaches over."""
    reach: dict[int, int] = {}  # column: rows that a cell from above still covers
    for row in rows:
        cells: list[HtmlElement | None] = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while reach.get(len(cells), 0) > 0:
                reach[len(cells)] -= 1
                cells.append(None)
            wide = _span(cell, "colspan")
            for column in range(len(cells), len(cells) + wide):
                reach[column] = _span(cell, "rowspan") - 1
            cells += [cell, *[None] * (wide - 1)]
        for column in range(len(cells), max(reach, default=-1) + 1):
            reach[column] = max(0, reach[column] - 1) if column in reach else 0
        yield cells


def _span(cell: HtmlElement, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return min(int(said), 100) if said.isascii() and said.isdigit() and int(said) else 1


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


def _table_entry(
    spread: list[HtmlElement | None], texts: list[str], columns: dict[str, int], base: str
) -> ListingEntry | None:
    cells = [each for each in spread if each is not None]

    def cell(name: str) -> str:
        return texts[columns[name]] if columns.get(name, len(texts)) < len(texts) else ""

    links = [
        (link, address) for each in cells for link in each.iter("a") if (address := absolute(base, link.get("href")))
    ]
    if len(cells) < 2 or not links or len({address for _, address in links}) > 12:
        return None
    number = number_in([cell("number")]) or (None if dates.is_date_line(cell("number")) else cell("number")) or None
    if number is None:
        spoken = [
            text_of(node)
            for each in cells
            for node in each.iter("span")
            if re.search("notation|sohieu|kyhieu|code|number", (node.get("class") or "").lower())
        ]
        # "Quyết định số 37/2026/QĐ-UBND bãi bỏ Quyết định số ...": the number that opens the title is the document's.
        opened = [text for text in texts if _OWN_NUMBER.match(text)]
        number = number_in(spoken) or number_in(opened) or number_in([text for text in texts if NUMBER.fullmatch(text)])
    when = dates.parse_when(cell("posted")) or dates.parse_when(cell("issued"))
    when = when or next((dates.parse_when(text) for text in texts if dates.is_date_line(text)), None)
    # The page of the document before its file, and the link with the most words.
    link, address = max(links, key=lambda pair: (not is_file(pair[1]), min(len(text_of(pair[0])), 60)))
    title = cell("title") or max((text for text in texts if not dates.is_date_line(text)), key=len, default="")
    named = link_words(link)
    if not cell("title") and len(named) > 0.6 * len(title):
        title = named
    if not title or (len(title) < 8 and number is None):
        return None
    return ListingEntry(address, title, when, number, None)


def number_in(texts: list[str]) -> str | None:
    """The first document's number of some texts, without spaces."""
    for text in texts:
        if match := NUMBER.search(text):
            return re.sub(r"\s", "", match.group()).rstrip(".")
    return None


def link_words(link: HtmlElement) -> str:
    """A link's words; its title attribute where the words are cut short or there are none."""
    words = text_of(link)
    full = one_line(link.get("title") or "")
    cut = words.rstrip(". …")
    if full and (not words or (words != cut and match_key(full).startswith(match_key(cut)[:60]))):
        return full
    if not words and (image := next(link.iter("img"), None)) is not None:
        return one_line(image.get("alt") or "")
    return words


def weight_of(entries: list[ListingEntry]) -> float:
    """What speaks for entries: letters of their titles, and more where they have a date or a number."""
    return sum(
        min(len(entry.title), 120) * (1 + 0.8 * (entry.published is not None) + 0.4 * (entry.number is not None))
        for entry in entries
    )
