"""Where the article's text stands on a page: the smallest block that holds it, and the lines from its title on."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from crawler.boilerplate import is_address
from crawler.credits import is_stamp
from crawler.document_fields import is_document, is_field
from crawler.headline import squash, squash_line
from crawler.linear import Flow, Line
from crawler.markup import marks_of, tag_of

# trafilatura needs seconds for trees like these, and its answer is not needed to find the densest block.
_MAX_LINES = 4000
_MAX_LETTERS = 600_000
_SHORT = 900


@dataclass(frozen=True, slots=True)
class Body:
    """The lines `start` to `stop` inside a block."""

    block: int
    start: int
    stop: int


def prose_of(flow: Flow) -> list[int]:
    """How much each line by itself speaks for its block, in letters."""
    document = is_document(line for line in flow.lines if not line.drop)
    votes = []
    for line in flow.lines:
        vote = 0
        if not line.drop and line.kind != "caption" and not is_address(line):
            vote = line.prose if line.kind != "row" else (len(line.text) - line.link) // 2
        if document and not line.drop and is_field(line):
            vote += 60  # a page of a document's fields has little prose, and around it is as much
        votes.append(vote)
    return votes


def votes_of(doc: HtmlElement, flow: Flow) -> list[int]:
    """The same, three times where trafilatura keeps the line too (`agreed`)."""
    said = [squash(text) for text in _second_opinion(doc, flow).split("\n")]
    whole, kept = "".join(said), frozenset(said)
    for line in flow.lines:
        key = squash_line(line)
        # A short line's words stand in many a sentence: it is agreed on only as a line.
        line.agreed = bool(key) and (key in kept or (len(key) >= 25 and key in whole))
    return [3 * vote if line.agreed else vote for line, vote in zip(flow.lines, prose_of(flow), strict=True)]


def _second_opinion(doc: HtmlElement, flow: Flow) -> str:
    """All that trafilatura takes for the article; "" where it finds nothing.

    It sees the page without what is known to be no content: with the visitors' counter left in, two fetches of one
    article differed on 30 of 40 pages.
    """
    if (
        sum(len(line.text) for line in flow.lines) > _MAX_LETTERS
        or len(flow.lines) > _MAX_LINES
        or len(flow.blocks) > 4 * _MAX_LINES
        or _depth(flow) > 200
    ):
        return ""
    # trafilatura takes a third of a second to import, and a worker that reads feeds only never needs it.
    import trafilatura

    for block in flow.blocks:
        lines = flow.lines[block.start : block.stop]
        if block.start < block.stop and lines[0].drop and lines[-1].drop and all(line.drop for line in lines):
            block.node.set("data-dropped", "1")
    tree = copy.deepcopy(doc)
    for node in tree.xpath("//*[@data-dropped]"):
        if (parent := node.getparent()) is not None and node.tag not in ("html", "body"):
            node.tail = None if not node.tail or not node.tail.strip() else node.tail
            if not node.tail:
                parent.remove(node)
    try:
        # deduplicate stays off: its memory is the process's, and the fourth reading of one page gave another text.
        found: Any = trafilatura.bare_extraction(
            tree,
            with_metadata=False,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            favor_precision=True,
        )
    except Exception:  # whatever a strange tree does to a library, the page still has its densest block
        return ""
    return str(getattr(found, "text", "") or "")


def told(flow: Flow, body: Body, kept: list[Line], *, read_twice: bool) -> str:
    """In words: which block was chosen for the text, and how much of it a second reader keeps."""
    node = flow.blocks[body.block].node
    name = f"<{tag_of(node)} {marks_of(node).strip(' #')}>" if marks_of(node).strip(" #") else f"<{tag_of(node)}>"
    letters = sum(len(line.text) for line in kept)
    agreed = sum(len(line.text) for line in kept if line.agreed)
    second = f"a second reader keeps {100 * agreed // letters} %" if read_twice else "where the portal's texts stand"
    return f"text: {letters} letters in {name[:80]}, {second}"


def _depth(flow: Flow) -> int:
    depth: list[int] = []
    for block in flow.blocks:
        depth.append(depth[block.parent] + 1 if block.parent >= 0 else 0)
    return max(depth, default=0)


def find_body(flow: Flow, votes: list[int], title_at: int | None) -> Body | None:
    """The article's block. The prose decides on a long page; on a short one, where a footer may weigh as much as a
    notice of two lines, what stands after the title does."""
    after = votes if title_at is None else [0] * (title_at + 1) + votes[title_at + 1 :]
    own = votes[title_at] if title_at is not None else 0  # a long title is no prose above the text
    above = sum(votes) - own - sum(after)
    if sum(after) < 0.3 * above and above >= (60 if sum(after) else 300):
        # The title found stands below the text: it heads something else.
        after, title_at = votes, None
    if title_at is not None and sum(after) < 3 * _SHORT and (body := _after_title(flow, title_at)):
        agreed = [vote if line.agreed else 0 for line, vote in zip(flow.lines, after, strict=True)]
        # A stamp and a byline in a box of their own are no notice, where a second reader found prose below them.
        if sum(agreed) < 600 or sum(agreed[body.start : body.stop]) >= 0.2 * sum(agreed):
            return body
    if sum(after) >= 60:
        return _within(flow, _smallest(flow, after), title_at)
    if title_at is not None and (body := _after_title(flow, title_at)):
        return body
    letters = [0 if line.drop or is_address(line) else max(0, len(line.text) - line.link) for line in flow.lines]
    return _within(flow, _smallest(flow, letters), title_at) if sum(letters) else None


def _smallest(flow: Flow, votes: list[int]) -> int:
    """The innermost block with four fifths of the votes."""
    sums = flow.sums(votes)
    best = 0
    for index, block in enumerate(flow.blocks):
        outer = flow.blocks[best]
        fits = sums[block.stop] - sums[block.start] >= 0.8 * sums[-1]
        if fits and block.stop - block.start <= outer.stop - outer.start:
            best = index
    return best


_NO_CONTAINERS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "tr", "tbody", "section", "pre"]
)


def _within(flow: Flow, index: int, title_at: int | None) -> Body:
    # A single long paragraph is no container: its neighbours belong to the article too.
    while (
        (flow.blocks[index].node.tag in _NO_CONTAINERS or flow.blocks[index].stop - flow.blocks[index].start == 1)
        and (parent := flow.blocks[index].parent) > 0
        and not _contaminates(flow, index, parent, title_at)
    ):
        index = parent
    block = flow.blocks[index]
    start = block.start
    if title_at is not None and block.start <= title_at < block.stop:
        start = title_at + 1
    return Body(index, start, block.stop)


def _contaminates(flow: Flow, inner: int, outer: int, title_at: int | None) -> bool:
    """True where the outer block adds menus, headings or addresses after the inner one, not more of the article."""
    added = [
        line
        for at in range(flow.blocks[inner].stop, flow.blocks[outer].stop)
        if (line := flow.lines[at]).text and not line.drop
    ]
    before = []
    if title_at is None or title_at < flow.blocks[outer].start:
        before = [
            line
            for at in range(flow.blocks[outer].start, flow.blocks[inner].start)
            if (line := flow.lines[at]).text and not line.drop
        ]
    linked = sum(1 for line in [*added, *before] if line.linked > 0.7)
    return (
        linked >= 3
        or any(is_address(line) for line in added)
        or any(line.level and line.level <= 3 and len(line.text) < 60 for line in added)
        or flow.blocks[outer].node.tag in ("body", "html", "form")
    )


def _after_title(flow: Flow, title_at: int) -> Body | None:
    """The smallest block around the title with words after it, and the ones around that which only add more words."""
    chosen: int | None = None
    inner = -1
    for index in flow.ancestors(flow.lines[title_at].block):
        block = flow.blocks[index]
        inner, within = index, inner
        if chosen is not None:
            # Beside the cell of a layout table that holds title and text stands another column of the page.
            if block.node.tag == "tr" and flow.blocks[within].node.tag == "td":
                break
            if _content(flow, title_at, flow.blocks[chosen].stop) >= 400 or _contaminates(
                flow, chosen, index, title_at
            ):
                break
            if _content(flow, flow.blocks[chosen].stop - 1, block.stop) > 0:
                chosen = index
            continue
        if _content(flow, title_at, block.stop) >= 20:
            chosen = index
    return Body(chosen, title_at + 1, flow.blocks[chosen].stop) if chosen is not None else None


def _content(flow: Flow, after: int, stop: int) -> int:
    return sum(
        len(line.text)
        for line in flow.lines[after + 1 : stop]
        if line.text
        and not line.drop
        and (line.linked < 0.7 or line.kind == "row")
        and not is_stamp(line)
        and not is_address(line)
    )


_LEAD_NAME = (
    "sapo",
    "hometext",
    "lead",
    "abstract",
    "chapeau",
    "intro",
    "tomtat",
    "tom-tat",
    "trichyeu",
    "trich-yeu",
    "description",
    "desc",
    "summary",
    "mota",
    "mo-ta",
    "teaser",
    "standfirst",
    "sub-title",
    "subtitle",
    "sub_title",
)


def lead_lines(flow: Flow, body: Body, title_at: int | None) -> list[int]:
    """The lead's lines between the title and the body's block; its own first lines are found by `is_lead`."""
    if title_at is None:
        return _lead_above(flow, body)
    if not title_at < body.start or flow.blocks[body.block].start <= title_at:
        return []
    between = range(title_at + 1, body.start)
    words = [
        at
        for at in between
        if (line := flow.lines[at]).text and not line.drop and line.linked < 0.3 and not is_stamp(line)
    ]
    if len(words) > 12 or any(
        flow.lines[at].level in (1, 2, 3)
        and not named_lead(flow, flow.lines[at])
        and not flow.lines[at].text.endswith(".")
        for at in words
    ):
        words = [at for at in words if named_lead(flow, flow.lines[at])]
    return [
        at
        for at in words
        if flow.lines[at].kind != "caption" and (len(flow.lines[at].text) >= 40 or named_lead(flow, flow.lines[at]))
    ]


def _lead_above(flow: Flow, body: Body) -> list[int]:
    """The lead right above the body's block on a page that says its title only in its head."""
    holder = flow.blocks[body.block].parent
    for at in range(body.start - 1, max(-1, body.start - 4), -1):
        line = flow.lines[at]
        if not line.text or line.drop or is_stamp(line):
            continue
        inside = holder >= 0 and flow.blocks[holder].start <= at
        return [at] if line.prose and (named_lead(flow, line) or inside) and not is_address(line) else []
    return []


def named_lead(flow: Flow, line: Line, until: int = -1) -> bool:
    """True where the block of a line, or one close around it, is named as a lead: sapo, hometext, abstract."""
    for depth, index in enumerate(flow.ancestors(line.block)):
        if index == until or depth > 2:
            break
        marks = marks_of(flow.blocks[index].node)
        if (
            marks
            and any(name in marks for name in _LEAD_NAME)
            and flow.blocks[index].stop - flow.blocks[index].start <= 6
        ):
            return True
    return False
