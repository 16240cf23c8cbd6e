"""A page as lines: what a reader sees, top to bottom, with the blocks that the lines stand in.

Everything that decides about a page works on this flow and its sums, never on the tree again, so one walk is enough
and every decision about a block is cheap however deep the page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement

from config import match_key
from crawler.markup import marks_of, one_line

BLOCKS = frozenset(
    [
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "select",
        "option",
        "textarea",
        "button",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "head",
        "input",
        "datalist",
        "noframes",
        "frameset",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_INLINE_MARKS = {"a": "link", "b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "strike"}
_INLINE_MARKS |= {"strike": "strike", "del": "strike"}
_CAPTION = re.compile(r"caption|chu-?_?thich|image-?desc|img-?desc|photo-?note|mota-?anh|(?<![a-z])pic-?note")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?<!\S)(?:hidden|hide|d-none|sr-only|visually-hidden|screen-reader-text|invisible)(?!\S)(?!.*(?<!\S)d-(?:sm|md|lg|xl)-)",
    re.IGNORECASE,
)
_FLEX = re.compile(
    r"(?<![\w-])(?:d-)?(?:inline-)?flex(?![\w-])|(?<![\w-])(?:list-inline|justify-content-between)(?![\w-])"
)
_WHOLE_DATE = re.compile(r"\d[/-]\d{1,2}[/-]\d{4}$|\d:\d\d$")
_STRIKE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(right|center|end)", re.IGNORECASE)
_ALIGN_MARK = re.compile(r"(?:text|align|txt)-?(right|center)")
_ICON = re.compile(
    r"icon|/ico[./_-]|\.ico\b|spacer|blank\.|pixel|button|btn|arrow|print|share|zalo|facebook|smil|emoji", re.I
)


@dataclass(slots=True)
class Line:
    """One line of the flow. `link`, `strong` and `em` count its letters so marked; `cells` are a table row's.

    `kind` is text, heading, row, caption or image (an image without words). `drop` says why a line is not content.
    `marks` are the names of the inline elements that it opens with: many a title is a span in a block of everything.
    `agreed` says that a second reader keeps the line too (`body.votes_of`).
    """

    text: str
    block: int
    kind: str = "text"
    level: int = 0
    link: int = 0
    strong: int = 0
    em: int = 0
    align: str = ""
    image: bool = False
    item: bool = False
    cells: tuple[str, ...] | None = None
    table: int = 0
    hrefs: tuple[str, ...] = ()
    drop: str | None = None
    marks: str = ""
    agreed: bool = False
    _key: str | None = None

    @property
    def key(self) -> str:
        """The text's `match_key`, made once: a large page asks for it four times a line."""
        if self._key is None:
            self._key = match_key(self.text)
        return self._key

    @property
    def linked(self) -> float:
        """The share of letters inside links."""
        return self.link / len(self.text) if self.text else 0.0

    @property
    def prose(self) -> int:
        """Letters of a sentence that stands on its own: long enough, and not a link."""
        return len(self.text) - self.link if len(self.text) >= 60 and self.linked < 0.5 else 0


@dataclass(slots=True)
class Block:
    """A block element and the lines under it, `start` to `stop`."""

    node: HtmlElement
    parent: int
    start: int
    stop: int = -1


@dataclass(slots=True)
class Flow:
    """The lines of a page and its blocks, both in document order."""

    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def sums(self, values: Iterable[int]) -> list[int]:
        """Running sums over the lines: the sum over a block is sums[stop] - sums[start]."""
        return list(accumulate(values, initial=0))

    def ancestors(self, block: int) -> Iterator[int]:
        """The block and those around it, inner first."""
        while block >= 0:
            yield block
            block = self.blocks[block].parent


def flow_of(root: HtmlElement) -> Flow:
    """The lines of everything under a node. Hidden and silent elements give none."""
    return _Walk(root).run()


class _Walk:
    """One pass over a tree: opens and closes blocks, and gathers letters into the line in hand."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.flow = Flow()
        self.stack: list[int] = []
        self.counts = {"link": 0, "strong": 0, "em": 0, "strike": 0, "caption": 0, "item": 0}
        self.aligns: list[str] = []
        self.heading = 0
        self.tables = 0
        self.hrefs: list[str] = []
        self._fresh()

    def _fresh(self) -> None:
        self.parts: list[str] = []
        self.marked = {"link": 0, "strong": 0, "em": 0}
        self.image = False
        self.marks = ""
        self.line_hrefs: list[str] = []

    def run(self) -> Flow:
        walker = etree.iterwalk(self.root, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, node in walker:
            tag = node.tag
            if event == "start":
                if not isinstance(tag, str) or tag in SILENT or self._hidden(node):
                    skipped = node
                    walker.skip_subtree()
                    continue
                if tag == "table" and self._table(node):
                    skipped = node
                    walker.skip_subtree()
                    continue
                self._open(node, tag)
                self._gather(node.text)
                continue
            if node is skipped:
                skipped = None
            else:
                self._close(node, str(tag))
            if node is not self.root:
                if self._stamped(node, str(tag)):
                    self.parts.append(" ")
                self._gather(node.tail)
                if not node.tail and _flexible(node.getparent()):
                    self.parts.append(" ")
        self._flush()
        for block in self.flow.blocks:
            if block.stop < 0:
                block.stop = len(self.flow.lines)
        return self.flow

    def _stamped(self, node: HtmlElement, tag: str) -> bool:
        """True after a named span with a word of its own, set apart only by a style: a lead's "TP HCM" before "Nếu"."""
        tail = (node.tail or "")[:2]
        if tag != "span" or len(tail) < 2 or not (tail[0].isupper() and tail[1].islower()) or not node.get("class"):
            return False
        return bool(self.parts) and self.parts[-1][-1:].isalpha()

    def _hidden(self, node: HtmlElement) -> bool:
        if not node.attrib or node.tag == "body":
            return False
        style = node.get("style")
        if (style and _HIDDEN.search(style)) or node.get("hidden") is not None:
            return True
        # Facts for machines: an author's name, a date. A tab that waits to be opened has more to say.
        return _UNSEEN.search(node.get("class") or "") is not None and _few_letters(node)

    def _open(self, node: HtmlElement, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
            self.flow.blocks.append(Block(node, self.stack[-1] if self.stack else -1, len(self.flow.lines)))
            self.stack.append(len(self.flow.blocks) - 1)
            self.aligns.append(_align(node) or (self.aligns[-1] if self.aligns else ""))
            if tag in HEADINGS:
                self.heading = int(tag[1])
            if tag == "li":
                self.counts["item"] += 1
        elif tag == "br":
            self._flush()
        elif node.attrib and len(self.marks) < 200 and not any(map(str.strip, self.parts)):
            self.marks += f" {marks_of(node)} {node.get('itemprop') or ''}"
        elif self.parts and self.parts[-1][-1:].isdigit() and _WHOLE_DATE.search(self.parts[-1]):
            self.parts.append(" ")  # "12/8/2022" and "35 views" in two spans that only a style sets apart
        if tag == "img":
            self.image = self.image or not _icon(node)
        elif tag == "a" and node.get("href"):
            self.counts["link"] += 1
            self.hrefs.append(node.get("href") or "")
            self.line_hrefs.append(node.get("href") or "")
        if tag != "a" and (mark := _INLINE_MARKS.get(tag)):
            self.counts[mark] += 1
            if mark == "strike" and self.counts["strike"] == 1:
                self.parts.append("~~")
        if _is_caption(node, tag):
            self._flush()
            self.counts["caption"] += 1
        if tag not in ("s", "strike", "del") and _STRIKE.search(node.get("style") or ""):
            self.counts["strike"] += 1
            if self.counts["strike"] == 1:
                self.parts.append("~~")

    def _close(self, node: HtmlElement, tag: str) -> None:
        if _STRIKE.search(node.get("style") or "") or tag in ("s", "strike", "del"):
            self.counts["strike"] -= 1
            if self.counts["strike"] == 0:
                self.parts.append("~~")
        if _is_caption(node, tag):
            self._flush()
            self.counts["caption"] -= 1
        if tag == "a" and node.get("href"):
            self.counts["link"] -= 1
            self.hrefs.pop()
        elif tag != "a" and (mark := _INLINE_MARKS.get(tag)) and mark != "strike":
            self.counts[mark] -= 1
        if tag in BLOCKS:
            self._flush()
            self.flow.blocks[self.stack.pop()].stop = len(self.flow.lines)
            self.aligns.pop()
            if tag in HEADINGS:
                self.heading = 0
            if tag == "li":
                self.counts["item"] -= 1

    def _gather(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        letters = len(text.strip())
        for mark in self.marked:
            if self.counts[mark]:
                self.marked[mark] += letters
        if self.hrefs and letters and (not self.line_hrefs or self.line_hrefs[-1] != self.hrefs[-1]):
            self.line_hrefs.append(self.hrefs[-1])

    def _flush(self) -> None:
        text = one_line("".join(self.parts))
        struck = self.counts["strike"] > 0
        if "~~" in text:
            text = _strike_marks(text + ("~~" if struck else ""))
        if (text or self.image) and self.stack:
            kind = "heading" if self.heading else "caption" if self.counts["caption"] and text else "text"
            self.flow.lines.append(
                Line(
                    text,
                    self.stack[-1],
                    kind if text else "image",
                    self.heading,
                    min(self.marked["link"], len(text)),
                    self.marked["strong"],
                    self.marked["em"],
                    self.aligns[-1],
                    self.image,
                    self.counts["item"] > 0,
                    hrefs=tuple(self.line_hrefs),
                    marks=self.marks,
                )
            )
        self._fresh()
        if struck:
            self.parts.append("~~")

    def _table(self, node: HtmlElement) -> bool:
        """True when the table was taken as rows or as a picture with its caption; a layout table is only blocks."""
        shape = table_shape(node)
        if shape is None:
            return False
        kind, rows = shape
        self._flush()
        self.tables += 1
        blocks, lines = self.flow.blocks, self.flow.lines
        blocks.append(Block(node, self.stack[-1] if self.stack else -1, len(lines)))
        if kind == "image":
            lines.append(Line("", len(blocks) - 1, "image", image=True))
            lines.extend(Line(cell.text, len(blocks) - 1, "caption") for row in rows for cell in row if cell.text)
        for row in rows if kind == "data" else ():
            cells = tuple(cell.text for cell in row)
            text = one_line(" | ".join(cells))
            link = sum(cell.link for cell in row)
            hrefs = tuple(href for cell in row for href in cell.hrefs)
            lines.append(Line(text, len(blocks) - 1, "row", link=link, cells=cells, table=self.tables, hrefs=hrefs))
        blocks[-1].stop = len(lines)
        return True


# --- tables -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell: its lines joined by spaces."""

    text: str
    link: int
    hrefs: tuple[str, ...]
    images: int
    lines: int
    heavy: bool


def table_shape(table: HtmlElement) -> tuple[str, list[list[Cell]]] | None:
    """("data", rows) or ("image", rows), or None for a table that only lays out a page."""
    # A page laid out in tables nests them; a table of facts does not.
    if table.find(".//table") is not None or table.find(".//form") is not None:
        return None
    rows: list[list[Cell]] = []
    for row in table.iter("tr"):
        cells = [_cell(cell) for cell in row if cell.tag in ("td", "th")]
        if any(cell.text or cell.images for cell in cells):
            rows.append(cells)
    cells = [cell for row in rows for cell in row]
    letters = sum(len(cell.text) for cell in cells)
    if not rows or any(cell.heavy for cell in cells):
        return None
    if any(cell.images for cell in cells) and len(rows) <= 6:
        textual = sum(1 for row in rows if not any(cell.images for cell in row) and any(cell.text for cell in row))
        # A caption leads nowhere; a picture beside a title that does is a row of a listing, laid out in a table.
        leading = any(cell.link >= 12 for cell in cells)
        # A short article in a cell, with its picture between the paragraphs.
        told = any(cell.images and (len(cell.text) > 260 or cell.lines > 2) for cell in cells)
        if not leading and not told and letters <= 500 and (textual <= 2 or letters <= 200):
            return "image", rows
    wide = sum(1 for row in rows if sum(1 for cell in row if cell.text) >= 2)
    if wide < 2 or 2 * wide < len(rows) - 1:
        return None
    longest = max(len(cell.text) for cell in cells)
    if longest > 600 and longest > 0.6 * letters and len(rows) <= 4:
        return None
    return "data", rows


def _cell(cell: HtmlElement) -> Cell:
    flow = flow_of(cell)
    links = sum(1 for line in flow.lines if line.item and line.linked > 0.8)
    heading = any(line.kind == "heading" and line.level <= 2 for line in flow.lines)
    text = " ".join(line.text for line in flow.lines if line.text)
    return Cell(
        text=text,
        link=sum(line.link for line in flow.lines),
        hrefs=tuple(href for line in flow.lines for href in line.hrefs),
        images=sum(1 for line in flow.lines if line.image),
        lines=sum(1 for line in flow.lines if line.text),
        heavy=links >= 3 or heading or len(text) > 4000,
    )


# --- small questions ----------------------------------------------------------------------------------------


def _is_caption(node: HtmlElement, tag: str) -> bool:
    if tag in ("figcaption", "caption"):
        return tag == "figcaption"
    marks = node.attrib and marks_of(node)
    if not marks or not _CAPTION.search(marks) or tag in ("body", "table", "tbody", "tr", "img", "a"):
        return False
    # A carousel or a figure calls itself caption and holds pictures and much else.
    return node.find(".//img") is None and sum(1 for _ in zip(node.iter(), range(12), strict=False)) < 12


def _flexible(parent: HtmlElement | None) -> bool:
    """True for a parent that sets its children apart whatever they are: "12/8/2022" and "35 views" in two spans."""
    return (
        parent is not None
        and bool(parent.attrib)
        and _FLEX.search(f"{parent.get('class')} {parent.get('style')}") is not None
    )


def _few_letters(node: HtmlElement) -> bool:
    letters = 0
    for text in node.itertext():
        letters += len(text)
        if letters > 400:
            return False
    return node.tag not in HEADINGS


def _align(node: HtmlElement) -> str:
    if not node.attrib:
        return ""
    align = (node.get("align") or "").lower()
    if align in ("right", "center"):
        return align
    if match := _ALIGN.search(node.get("style") or ""):
        return "right" if match.group(1).lower() in ("right", "end") else "center"
    if match := _ALIGN_MARK.search(marks_of(node)):
        return match.group(1)
    return "center" if node.tag == "center" else "left" if align or "text-align" in (node.get("style") or "") else ""


def _icon(image: HtmlElement) -> bool:
    for side in ("width", "height"):
        digits = re.match(r"\d+", image.get(side) or "")
        if digits and int(digits.group()) <= 48:
            return True
    style = re.search(r"(?:^|;)\s*width\s*:\s*(\d+)px", image.get("style") or "")
    return bool(style and int(style.group(1)) <= 48) or bool(_ICON.search(image.get("src") or ""))


def _strike_marks(text: str) -> str:
    text = re.sub(r"~~(\s*)~~", r"\1", text)
    text = re.sub(r"~~\s+(?=\S[^~]*~~)", "~~", text, count=0) if text.startswith("~~ ") else text
    return "" if text == "~~" else one_line(text)
