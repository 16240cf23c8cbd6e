"""What stands inside an article's block and is no part of the article: teasers, newsletters, lists of other articles.

A newspaper sets them between the paragraphs. Two things must say so: a second reader left the whole module out, while it
kept the text around it, and the module looks like one. A line beside the paragraphs that were kept is never taken out,
nor a table: there the second reader is wrong more often than we.
"""

from __future__ import annotations

import re

from crawler.body import Body
from crawler.credits import byline_of, is_closing_stamp, source_of
from crawler.linear import HEADINGS, Block, Flow, Line
from crawler.markup import marks_of, tag_of
from crawler.rows import is_file

_LISTS = frozenset(["ul", "ol", "dl"])
_TEXTS = frozenset(["p", "blockquote", "pre", "table", "li", "tr", "td", "dd", "dt", *HEADINGS])
_NAMED = re.compile(
    r"promo|newsletter|subscri|sign-?up|teaser|recirc|paywall|cookie|gdpr|(?<![a-z])(?:author|bio|byline|modal|popup)(?![a-z])"
)


def foreign_lines(flow: Flow, body: Body, protected: frozenset[int]) -> dict[int, str]:
    """The lines of a body that are no part of its article, each with the reason. `protected` are never among them."""
    lines = flow.lines
    agreed = flow.sums(line.prose if line.agreed and not line.drop else 0 for line in lines)
    prose = flow.sums(0 if line.drop else line.prose for line in lines)
    ours = prose[body.stop] - prose[body.start]
    both = agreed[body.stop] - agreed[body.start]
    if both < 400 or 4 * both < ours:
        return {}  # the second reader read something else
    kept = flow.sums(1 if line.agreed and line.text and not line.drop else 0 for line in lines)
    last = next(at for at in range(body.stop - 1, body.start - 1, -1) if lines[at].agreed and lines[at].prose)
    found: dict[int, str] = {}
    holders: set[str | None] = set()
    until = 0
    for index, block in enumerate(flow.blocks):
        if not (body.start <= block.start < block.stop <= body.stop) or block.stop <= until or index == body.block:
            continue
        if kept[block.stop] > kept[block.start]:
            holders.add(_name(block))
            continue
        if (name := _name(block)) and name in holders and prose[block.stop] > prose[block.start]:
            continue  # a chapter like the ones before it: what stands in it is judged by itself
        until = block.stop
        if why := _foreign(block, lines, after=block.start > last):
            top = _heading_of(block, lines, body.start) if why == "related links" else block.start
            found |= {at: why for at in range(top, block.stop) if at not in protected}
    return found


def _credit(line: Line) -> bool:
    return bool(source_of(line, closing=True) or byline_of(line, closing=True) or is_closing_stamp(line))


def _name(block: Block) -> str | None:
    """What a block is called, where it is called anything: two of one name are of one kind."""
    return (
        f"{tag_of(block.node)}.{name}" if (name := block.node.get("class")) and block.node.tag not in _TEXTS else None
    )


def _heading_of(block: Block, lines: list[Line], top: int) -> int:
    """Where a list begins: at the short line above it, which nobody else keeps, or at itself."""
    at = block.start - 1
    while at > top and not lines[at].text:
        at -= 1
    line = lines[at]
    heads = at > top and not line.agreed and not line.drop and len(line.text) < 60 and line.kind != "row"
    return at if heads and not line.text.endswith((".", ";", ",")) else block.start


def _foreign(block: Block, lines: list[Line], *, after: bool) -> str | None:
    inside = [line for line in lines[block.start : block.stop] if line.text and not line.drop]
    if not inside or any(line.kind == "row" and not line.hrefs for line in inside):
        return None
    letters = sum(len(line.text) for line in inside)
    linked = sum(line.link for line in inside)
    links = sum(1 for line in inside if line.linked > 0.6)
    if any(is_file(href) for line in inside for href in line.hrefs):
        return None
    if block.node.tag in _LISTS or block.node.tag in _TEXTS:
        return "related links" if len(inside[0].text) >= 25 and linked > 0.9 * letters else None
    if 3 * links >= len(inside):
        return "related links"
    if len(inside) <= 3 and any(_credit(line) for line in inside):
        return None
    if _NAMED.search(marks_of(block.node)):
        return "module"
    # "Nơi nhận" and who signed stand at the end too, and lead nowhere.
    if after and len(inside) > 1 and any(line.level or line.hrefs for line in inside):
        return "module"
    return None
