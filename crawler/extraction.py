"""An article's page read as its facts: title, dates, lead, text, tables, captions, source, attachments.

    page -> lines -> what is no content -> class -> title -> body -> each line of it to its field

Nothing here knows the clock or another page, so the same bytes always give the same answer, and what is taken out of a
page is named in `removed` with the rule that took it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from lxml.html import HtmlElement

from config import match_key
from crawler import credits, dates, document_fields
from crawler.body import Body, find_body, lead_lines, named_lead, prose_of, told, votes_of
from crawler.boilerplate import is_address, survey
from crawler.foreign import foreign_lines
from crawler.headline import Headline, find_headline, squash, squash_line
from crawler.linear import Block, Flow, Line, flow_of
from crawler.markup import absolute, base_of, one_line, parse, same_site, select, text_of
from crawler.page_class import classify_flow
from crawler.rows import is_file
from crawler.template import (
    AROUND,
    REPEATED,
    UNLEARNED,
    Frame,
    Template,
    Trace,
    drop_around,
    drop_frame,
    learned,
    stands_at,
    trace_of,
)
from storage import Attachment, Extraction, Removed, When

_VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_GENERIC = re.compile(
    r"[\W_]*(?:tải (?:về|xuống|file|văn bản)|download|tại đây|(?:xem )?chi tiết|xem|file|tệp|đính kèm|tệp đính kèm|here|view|pdf|docx?)[\W_]*"
)
_OPENED = re.compile(r"window\.open\(\s*['\"]([^'\"]+)['\"]")
_MOST_REMOVED = 400


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """A portal's own CSS selectors for an article; what is given wins, and what is absent is found."""

    title: str | None = None
    published: str | None = None
    body: str | None = None
    drop: tuple[str, ...] = ()


def extract(
    html: str,
    *,
    url: str,
    status: int = 200,
    rules: ArticleRules | None = None,
    listing_title: str | None = None,
    force: bool = False,
) -> Extraction:
    """What an article's page says to somebody who knows no other page of its portal, see `read_article`."""
    extraction, _ = read_article(
        html, url=url, status=status, rules=rules, listing_title=listing_title, force=force, template=UNLEARNED
    )
    return extraction


def read_article(
    html: str,
    *,
    url: str,
    status: int = 200,
    rules: ArticleRules | None = None,
    listing_title: str | None = None,
    force: bool = False,
    template: Template = UNLEARNED,
) -> tuple[Extraction, Template]:
    """What an article's page says, and what the portal's template is after it.

    A page of another class than article has that class and an empty text, unless `force`d; it teaches nothing. `url` is
    the address that answered. ExtractError on a page too large to read or a selector that cannot be used.
    """
    rules = rules or ArticleRules()
    doc = parse(html)
    extra = tuple(node for css in rules.drop for node in select(doc, css))
    flow = survey(doc, extra)
    chosen = select(doc, rules.body) if rules.body else []
    page, why = classify_flow(doc, flow, url=url, status=status)
    if page == "listing" and chosen:
        page, why = "article", "the portal's body selector"
    if page != "article" and not force:
        return Extraction(url, page, why=why), template
    reading = _Reading(doc, flow, url, rules, listing_title, template)
    extraction = reading.extraction(chosen, page, why)
    if template.pages and not extraction.text and any(line.drop == REPEATED for line in flow.lines):
        # Everything on it was known: the page says what another one says, and that is its text all the same.
        return read_article(
            html,
            url=url,
            status=status,
            rules=rules,
            listing_title=listing_title,
            force=force,
            template=UNLEARNED,
        )[0], template
    return extraction, reading.learned()


@dataclass(slots=True)
class _Reading:
    """One article's page in hand, and what has been read of it."""

    doc: HtmlElement
    flow: Flow
    url: str
    rules: ArticleRules
    listing_title: str | None
    template: Template
    trace: Trace = field(init=False)
    frame: Frame = field(init=False)
    body: Body | None = None
    full: bool = True
    """Whether a second reader was asked where the text is."""
    agrees: bool = False
    """Whether it made no difference."""
    foreign: dict[int, str] = field(default_factory=dict)
    lead: list[str] = field(default_factory=list)
    kept: list[Line] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    byline: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        title = find_headline(self.doc, self.flow, listing_title=self.listing_title, body_at=None)
        self.trace = trace_of(self.flow, url=self.url, title_at=title.at)
        self.frame = drop_frame(self.flow, self.trace, self.template)

    def learned(self) -> Template:
        """The portal's template after this page."""
        agrees = self.agrees and not self.foreign
        return learned(self.template, self.flow, self.trace, self.frame, self.body, full=self.full, agrees=agrees)

    def extraction(self, chosen: list[HtmlElement], page: str, why: str) -> Extraction:
        body, title = self._look(chosen)
        self.body = body
        if body is not None:
            drop_around(self.flow, self.trace, self.frame, body)
            self._read(body, title)
        self._note_dropped(body)
        published, updated = self._dates(body, title)
        texts = [line.text for line in self.kept]
        lead = self._lead(body)
        spoken = "\n".join(texts)
        return Extraction(
            url=self.url,
            page=page,
            title=title.text or document_fields.about(self.kept),
            published=published,
            updated=updated,
            byline=self.byline,
            source=self.source,
            language=language_of(spoken or title.text or ""),
            lead=lead,
            text=spoken,
            tables=_tables(self.kept),
            captions=tuple(self.captions),
            attachments=self._attachments(body, title),
            removed=tuple(self.removed[:_MOST_REMOVED]),
            why=f"{why}; {told(self.flow, body, self.kept, read_twice=self.full)}"
            if body is not None and self.kept
            else why,
        )

    # --- where ------------------------------------------------------------------------------------------

    def _look(self, chosen: list[HtmlElement]) -> tuple[Body | None, Headline]:
        """Where the text and the title are: where the portal's texts stand, as far as that was learned and holds."""
        if chosen or not self.template.pages:
            return self._place(votes_of(self.doc, self.flow), chosen)
        alone = self._place(prose_of(self.flow), [])
        if stands_at(self.flow, self.trace, self.template, alone[0]):
            self.full = False
            return alone
        found = self._place(votes_of(self.doc, self.flow), [])
        self.agrees = found == alone
        return found

    def _place(self, votes: list[int], chosen: list[HtmlElement]) -> tuple[Body | None, Headline]:
        first = max(range(len(votes)), key=votes.__getitem__, default=None)
        body_at = self._body_start(votes) if first is not None and votes[first] else None
        title = find_headline(self.doc, self.flow, listing_title=self.listing_title, body_at=body_at)
        if self.rules.title:
            node = next(iter(select(self.doc, self.rules.title)), None)
            words = text_of(node) or None
            at = next(
                (i for i, line in enumerate(self.flow.lines) if words and squash_line(line) == squash(words)), None
            )
            title = Headline(words, at, words is not None)
        if chosen:
            return self._chosen(chosen), title
        return find_body(self.flow, votes, title.at), title

    def _body_start(self, votes: list[int]) -> int | None:
        """The first line of the block that most of the prose stands in."""
        body = find_body(self.flow, votes, None)
        if body is None:
            return None
        return next((at for at in range(body.start, body.stop) if votes[at]), body.start)

    def _chosen(self, nodes: list[HtmlElement]) -> Body | None:
        """The body that the portal's selector names: the blocks of its elements, read as they stand."""
        for index, block in enumerate(self.flow.blocks):
            if block.node is nodes[0]:
                for line in self.flow.lines[block.start : block.stop]:
                    line.drop = None if line.drop != "the portal's rule" else line.drop
                return Body(index, block.start, block.stop)
        inner = flow_of(nodes[0])
        start = len(self.flow.lines)
        offset = len(self.flow.blocks)
        # An inline or hidden element has no block of its own in the page's flow: it is read by itself.
        for block in inner.blocks:
            block.parent, block.start, block.stop = (
                block.parent + offset if block.parent >= 0 else -1,
                block.start + start,
                block.stop + start,
            )
        for line in inner.lines:
            line.block += offset
        self.flow.blocks.extend(inner.blocks)
        self.flow.lines.extend(inner.lines)
        return Body(offset, start, len(self.flow.lines)) if inner.blocks else None

    # --- the lines ----------------------------------------------------------------------------------------

    def _take_out(self, text: str, why: str) -> None:
        if text:
            self.removed.append(Removed(text[:500], why))

    def _read(self, body: Body, title: Headline) -> None:
        lines = self.flow.lines
        leading = lead_lines(self.flow, body, title.at)
        if title.at is not None and title.at < body.start and self.flow.blocks[body.block].start > title.at:
            for at in range(title.at + 1, body.start):
                if at not in leading and not lines[at].drop:
                    self._between(lines[at])
        self.lead = [lines[at].text for at in leading]
        self.foreign = foreign_lines(self.flow, body, frozenset(leading))
        for at, why in self.foreign.items():
            lines[at].drop = lines[at].drop or why
        span = [lines[at] for at in (*leading, *range(body.start, body.stop)) if not lines[at].drop]
        span = self._headless(span, title, protected=len(leading))
        span = self._without_captions(span)
        self.kept = self._tailless([line for line in span if line.text])
        self._after(body)

    def _between(self, line: Line) -> None:
        if not line.text:
            return
        if line.kind == "caption":
            self.captions.append(line.text)
        elif credits.is_stamp(line):
            self.stamps.append(line.text)
            self._take_out(line.text, "dates and views")
        elif (name := credits.byline_of(line, closing=False)) and self.byline is None:
            self.byline = name
            self._take_out(line.text, "byline")
        elif (name := credits.source_of(line, closing=False)) and self.source is None:
            self.source = name
            self._take_out(line.text, "source")
        else:
            self._take_out(line.text, "between title and text")

    def _headless(self, span: list[Line], title: Headline, protected: int) -> list[Line]:
        """The lines without the title said again, stamps and bylines at their head."""
        own = squash(title.text or "")
        # A week's schedule begins with a day and goes on with days: those are its text.
        days = {line.text for line in span[protected:] if dates.is_date_line(line.text)}
        at, words = 0, 0
        head: list[Line] = []
        while at < len(span) and words < 2 and at < 14:
            line = span[at]
            at += 1
            if head and document_fields.field_of(head[-1].text):
                head.append(line)  # "Ngày ban hành" on one line and its day on the next
            elif own and squash_line(line) == own:
                self._take_out(line.text, "title")
            elif credits.is_stamp(line) and not line.cells and not (line.text in days and len(days) > 1):
                self.stamps.append(line.text)
                self._take_out(line.text, "dates and views")
            elif self.stamps and at > 1 and dates.label_only(self.stamps[-1]) and dates.is_date_line(line.text):
                self.stamps.append(line.text)
            elif line.text and (name := credits.byline_of(line, closing=False)) and self.byline is None and words == 0:
                self.byline = name
                self._take_out(line.text, "byline")
            elif (
                line.text
                and words == 0
                and line.text.lower().startswith("nguồn")
                and (name := credits.source_of(line, closing=False))
            ):
                self.source = self.source or name
                self._take_out(line.text, "source")
            else:
                words += bool(line.text) and len(line.text) > 30
                head.append(line)
        return head + span[at:]

    def _without_captions(self, span: list[Line]) -> list[Line]:
        kept: list[Line] = []
        pictured = False
        for at, line in enumerate(span):
            following = next((each for each in span[at + 1 :] if each.text), None)
            if line.kind == "caption":
                self.captions.append(line.text)
                self._take_out(line.text, "caption")
                pictured = False
            elif not line.text:
                pictured = True
            elif (pictured or (line.image and len(line.text) <= 200)) and credits.caption_like(line, following):
                self.captions.append(line.text)
                self._take_out(line.text, "caption")
                pictured = line.image
            else:
                kept.append(line)
                pictured = line.image
        return kept

    def _tailless(self, kept: list[Line]) -> list[Line]:
        """The lines without what closes a page: stamps, links, names of files, source and byline."""
        while kept:
            line = kept[-1]
            before = kept[-2] if len(kept) > 1 else None
            if not self._closing(line, before):
                break
            kept.pop()
        return kept

    def _closing(self, line: Line, before: Line | None) -> bool:
        text = line.text
        closing = before is not None and (credits.ends(before.text) or before.kind == "row" or self._named_line(before))
        if line.kind == "row":
            return False
        if (
            before is not None
            and (name := credits.source_of(line, closing=closing))
            and (self.source is None or ":" in text)
        ):
            self.source, why = self.source or name, "source"
        elif before is not None and self.byline is None and (name := credits.byline_of(line, closing=closing)):
            self.byline, why = name, "byline"
        elif before is not None and credits.is_closing_stamp(line):
            self.stamps.append(text)
            why = "dates and views"
        elif (
            line.linked > 0.9 and line.hrefs and all(is_file(absolute(self.url, href) or "") for href in line.hrefs)
        ) or credits.is_attachment_label(text):
            why = "attachment"
        elif (
            before is not None
            and line.linked > 0.9
            and len(text) >= 25
            and not text.startswith(("http", "www"))
            and "@" not in text
            and (line.item or same_site(absolute(self.url, line.hrefs[0] if line.hrefs else "") or "", self.url))
        ):
            why = "related links"
        elif is_address(line) and before is not None and line.linked < 0.9 and self._footer_like(before):
            why = "footer"
        elif before is not None and closing and credits.is_signature(line) and self.source is None:
            self.source, why = text.strip(" ()"), "source"
        else:
            return False
        self._take_out(text, why)
        return True

    @staticmethod
    def _named_line(line: Line) -> bool:
        return (
            bool(credits.source_of(line, closing=True) or credits.byline_of(line, closing=True))
            and len(line.text) <= 80
        )

    @staticmethod
    def _footer_like(before: Line) -> bool:
        return is_address(before) or bool(before.level)

    def _after(self, body: Body) -> None:
        """A source or byline that stands in a block of its own just after the body's."""
        flow = self.flow
        holder = flow.blocks[body.block].parent
        limit = (
            flow.blocks[flow.blocks[holder].parent].stop if holder > 0 and flow.blocks[holder].parent > 0 else body.stop
        )
        for at in range(body.stop, min(limit, body.stop + 4)):
            line = flow.lines[at]
            if line.drop or line.level or line.linked > 0.7 or len(line.text) > 110 or is_address(line):
                break
            if not line.text:
                continue
            following = next((each for each in flow.lines[at + 1 : at + 4] if each.text), None)
            if following is not None and following.linked > 0.5 and not following.drop:
                break  # the heading of a list
            if credits.is_closing_stamp(line):
                self.stamps.append(line.text)
                self._take_out(line.text, "dates and views")
            # Without a label an organ's name is the page's own as well: only one set apart is the article's.
            elif self.source is None and (name := credits.source_of(line, closing=credits.set_apart(line))):
                self.source = name
                self._take_out(line.text, "source")
            elif self.byline is None and (name := credits.byline_of(line, closing=credits.set_apart(line))):
                self.byline = name
                self._take_out(line.text, "byline")
            else:
                break

    # --- the fields -----------------------------------------------------------------------------------------

    def _lead(self, body: Body | None) -> str | None:
        if self.lead:
            said = [text for text in self.lead if any(line.text == text for line in self.kept)]
            return "\n".join(said) or None
        if not self.kept or body is None:
            return None
        first = self.kept[0]
        bold = first.strong >= 0.9 * len(first.text.replace(" ", "")) and len(first.text) >= 60 and len(self.kept) > 1
        return first.text if bold or named_lead(self.flow, first, body.block) else None

    def _dates(self, body: Body | None, title: Headline) -> tuple[When | None, When | None]:
        near = self._near(body, title)
        stamps = dates.labelled_dates(near)
        bare = next(
            (when for text in self.stamps if not dates.labelled(text) and (when := dates.parse_when(text))), None
        )
        updated = stamps.get("updated") or dates.metadata_date(self.doc, "updated")
        if self.rules.published:
            found = (dates.selected_date(node) for node in select(self.doc, self.rules.published))
            return next((when for when in found if when), None), updated
        published = stamps.get("published") or bare or stamps.get("updated") or self._above(body, title)
        return published or dates.metadata_date(self.doc) or dates.url_date(self.url), updated

    def _near(self, body: Body | None, title: Headline) -> list[str]:
        """The lines around the article that may carry its stamp: never its own text, a menu's clock or related lists."""
        lines = self.flow.lines
        if body is None:
            start, stop = 0, len(lines)
        else:
            start = min(body.start, title.at if title.at is not None else body.start)
            start, stop = max(0, start - 5), min(len(lines), body.stop + 8)
        mine = {id(line) for line in self.kept if line.kind != "row"}
        far = ("related links", "clock", "menu", "footer", "comments", "advertisement", "licence and copyright")
        return [
            line.text
            for line in lines[start:stop]
            if id(line) not in mine and line.drop not in far and len(line.text) <= 200
        ]

    def _above(self, body: Body | None, title: Headline) -> When | None:
        """A bare date just above the title, inside the block that holds title and text; a page's clock stands outside.
        Where no line is the title, the text's first line stands for it."""
        if body is None:
            return None
        top = body.start if title.at is None else title.at
        for at in range(top - 1, max(-1, top - 6), -1):
            line = self.flow.lines[at]
            if line.drop not in ("menu", "breadcrumb") and (line.drop or not line.text or line.text in self.lead):
                continue
            # A section's name, a path or a menu between date and title: the date was the page's.
            if line.drop or not credits.is_stamp(line):
                return None
            for index in self.flow.ancestors(line.block):
                block = self.flow.blocks[index]
                # A header of the article's own holds nothing but its stamp and its title.
                if title.at is not None and block.start <= at and title.at < block.stop <= title.at + 3:
                    return dates.parse_when(line.text)
                if block.stop > body.start:
                    return dates.parse_when(line.text) if self._own(block, at) else None
        return None

    def _own(self, block: Block, at: int) -> bool:
        """True for a block of the article: its first words stand at a line, and it does not reach to the footer."""
        before = [line for line in self.flow.lines[block.start : at] if line.text and not line.drop]
        after = self.flow.lines[at : block.stop]
        return (
            block.node.tag not in ("body", "html", "form")
            and len(before) <= 2
            and not any(line.drop == "licence and copyright" or is_address(line) for line in after)
        )

    def _note_dropped(self, body: Body | None) -> None:
        for at, line in enumerate(self.flow.lines):
            if line.drop == REPEATED and (body is None or not body.start <= at < body.stop):
                self._take_out(line.text, AROUND)
            elif line.drop:
                self._take_out(line.text, line.drop)

    def _attachments(self, body: Body | None, title: Headline) -> tuple[Attachment, ...]:
        """The files that the article links to, in its block and the ones around it up to the title."""
        if body is None:
            return ()
        flow, base = self.flow, base_of(self.doc, self.url)
        block = body.block
        for index in flow.ancestors(body.block):
            if flow.blocks[index].node.tag in ("body", "html"):
                break
            if title.at is None and flow.blocks[index].stop > body.stop + 4:
                break
            block = index
            if title.at is not None and flow.blocks[index].start <= title.at:
                break
        dropped = {
            id(each.node)
            for each in flow.blocks
            if each.start < each.stop
            and all(
                line.drop and line.drop not in ("page tools", "share buttons")
                for line in flow.lines[each.start : each.stop]
            )
        }
        found: dict[str, Attachment] = {}
        silent = False
        for node in flow.blocks[block].node.iter("a", "iframe", "embed", "object"):
            address = _file_address(node, base)
            if address is None or address in found:
                continue
            silent = any(id(each) in dropped for each in node.iterancestors())
            if not silent:
                found[address] = Attachment(address, _file_name(node, address))
        return tuple(found.values())


def _tables(lines: list[Line]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    tables: dict[int, list[tuple[str, ...]]] = {}
    for line in lines:
        if line.cells is not None:
            tables.setdefault(line.table, []).append(line.cells)
    return tuple(tuple(rows) for rows in tables.values())


def _file_address(node: HtmlElement, base: str) -> str | None:
    href = node.get("href") or node.get("src") or node.get("data") or ""
    opened = _OPENED.search(node.get("onclick") or "")
    for each in (href, opened.group(1) if opened else ""):
        address = absolute(base, each)
        if address is None:
            continue
        if is_file(address):
            return address
        # A viewer's address carries the file's own: viewer.html?file=/x.pdf
        for values in parse_qs(urlsplit(address).query).values():
            inner = absolute(address, values[0])
            if node.tag != "a" and inner and is_file(inner):
                return inner
    return None


def _file_name(node: HtmlElement, address: str) -> str:
    words = text_of(node) if node.tag == "a" else ""
    if not words or _GENERIC.fullmatch(match_key(words)):
        title = one_line(node.get("title") or "")
        words = title if title and not _GENERIC.fullmatch(match_key(title)) else ""
    return words or one_line(unquote(urlsplit(address).path.rpartition("/")[2])) or address


def language_of(text: str) -> str | None:
    """ "vi" or "en" by the letters of a text, None where there are too few; pages lie about `lang`."""
    letters = sum(map(str.isalpha, text[:5000]))
    if letters < 8:
        return None
    return "vi" if len(_VIETNAMESE.findall(text[:5000])) > 0.04 * letters else "en"
