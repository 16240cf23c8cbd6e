"""What repeats on a portal's article pages: its counters, menus and boxes, and the block that its texts stand in.

A line is known by its place (the tags and classes above it) and its words, with the digits of counters masked. A line
that stands at one place on the pages of two articles is the portal's and not the article's, unless it stands among the
article's own: a slogan under three articles is a paragraph like its neighbours. So whole blocks are taken out, and
single lines only where their digits move from page to page.

    page -> trace (place and words of each line) -> known (seen on another article's page) -> frame (what is taken out)

Everything here is a value: reading a page never changes a template, `learned` gives the next one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from crawler import credits
from crawler.body import Body
from crawler.linear import Block, Flow, Line
from crawler.markup import tag_of
from storage import url_key

REPEATED = "repeats on this portal's pages"
AROUND = "around the text on this portal's pages"

_VERSION = 1
_RECENT = 3  # pages whose own lines are remembered, to be compared with the next ones
_MOST_LINES = 3000
_SHORT = 80  # letters; a counter is no longer
_LONG = 300  # letters of prose; where a shorter text stands is looked for each time
_TRUSTED = 5  # pages on which the learned place and the full extraction chose the same block
_LEARNED = 30  # pages that all teach
_STRANGE = 5  # known lines; a page with fewer has another frame: the portal was redesigned
_EVERY = 10  # of so many pages one is read in full, to see whether the place is still right, and teaches
_OFTEN = 3  # articles that must end alike before it is the portal's doing
_BOX = 4  # pages on which links stood in a block at one place: whatever stands there is that box
# A number by itself: no digit of a date, of a document's number, of a word.
_NUMBER = re.compile(r"(?<![\w/.,:-])\d+(?:[.,:]\d+)*(?![\w/-])")
_MOST_BOXES = 200
_NAMED = re.compile(r"\b(?:ngày|tháng|năm|số|thứ|lần|phiên|đợt|khóa|kỳ|quý|tuần|điều|khoản|đoạn) (?=\d)")
_DATED = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
# What frames every official document and every invitation is its text, word for word the same in many of them.
_OFFICIAL = re.compile(
    r"nơi nhận|độc lập\W+tự do|cộng hòa xã hội|^(?:tm|kt|tl|tuq)\.|^lưu\W|^kính gửi|^đề nghị|^trân trọng|^thành phần|^chủ trì|"
    r"^số(?: ký hiệu|\s*[:/])|^(?:thời gian|địa điểm|nội dung|ngày|sáng|chiều|tối|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\b"
)


@dataclass(frozen=True, slots=True)
class Template:
    """What was learned of a portal's article pages.

    `lines`: digest of a line's place and words -> on how many articles' pages it stood, and the digest of its letters, ""
    where its digits moved. `boxes`: places of blocks of links that were taken out, and on how many pages. `recent`: the
    address and the lines of each of the newest pages. `place`: where the text stood on the last `agreed` pages.
    """

    pages: int = 0
    lines: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    boxes: Mapping[str, int] = field(default_factory=dict)
    recent: tuple[tuple[str, Mapping[str, str]], ...] = ()
    place: str = ""
    agreed: int = 0

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        recent = [{"page": page, "lines": dict(lines)} for page, lines in self.recent]
        own = {"pages": self.pages, "place": self.place, "agreed": self.agreed}
        lines = {key: list(seen) for key, seen in self.lines.items()}
        return {"version": _VERSION, **own, "lines": lines, "boxes": dict(self.boxes), "recent": recent}

    @classmethod
    def from_json(cls, learned: Mapping[str, Any] | None) -> Self:
        """A template as it was kept; one of another version is forgotten, since pages teach it again."""
        if not learned or learned.get("version") != _VERSION:
            return cls()
        recent = tuple((each["page"], each["lines"]) for each in learned["recent"])
        lines = {key: (count, letters) for key, (count, letters) in learned["lines"].items()}
        return cls(learned["pages"], lines, learned["boxes"], recent, learned["place"], learned["agreed"])


UNLEARNED = Template()


@dataclass(frozen=True, slots=True)
class Known:
    """Of a line that other articles' pages have too: how many of them, and whether its digits moved."""

    pages: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a page is the portal's: the lines that others have too, and the places of blocks of links taken out."""

    known: Mapping[int, Known]
    boxes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trace:
    """A page's lines and blocks by what they are compared by. `keys`: "" for a line without words.

    `page` is the digest of its address, `title_at` the line that seems to be its title.
    """

    keys: tuple[str, ...]
    letters: tuple[str, ...]
    places: tuple[str, ...]
    page: str
    title_at: int | None


def trace_of(flow: Flow, *, url: str, title_at: int | None) -> Trace:
    """The trace of the page at an address."""
    places = _places(flow.blocks)
    keys, letters = [], []
    for line in flow.lines:
        own = not line.text or len(line.text) > 1500
        keys.append("" if own else _digest(f"{places[line.block]} {_masked(line.key)}"))
        letters.append("" if own else _digest(line.key))
    return Trace(tuple(keys), tuple(letters), tuple(places), _digest(url_key(url)), title_at)


def drop_frame(flow: Flow, trace: Trace, template: Template) -> Frame:
    """Drop what the portal's pages have in common: whole blocks, and single lines whose digits moved."""
    known = _known(flow, trace, template)
    lines = [bool(line.text) and not line.drop for line in flow.lines]
    words = flow.sums(map(int, lines))
    strange = flow.sums(int(own and at not in known) for at, own in enumerate(lines))
    moved = flow.sums(int(known[at].moved) if own and at in known else 0 for at, own in enumerate(lines))
    prose = flow.sums(line.prose if at not in known and not line.drop else 0 for at, line in enumerate(flow.lines))
    letters = flow.sums(len(line.text) if own else 0 for line, own in zip(flow.lines, lines, strict=True))
    linked = flow.sums(line.link if own else 0 for line, own in zip(flow.lines, lines, strict=True))
    own_kinds = _kinds_of_own(flow, trace, strange)

    def between(sums: list[int], block: Block) -> int:
        return sums[block.stop] - sums[block.start]

    boxes: set[str] = set()
    until = 0
    for index, block in enumerate(flow.blocks):
        if block.stop <= until or block.parent < 0 or not between(words, block):
            continue
        links = between(linked, block) > 0.6 * between(letters, block)
        box = links and not between(prose, block) and template.boxes.get(trace.places[index], 0) >= _BOX
        if not box and (between(strange, block) or (block.parent, trace.places[index]) in own_kinds):
            continue  # it has words that only this page has, or stands among blocks of its kind that have
        inside = flow.lines[block.start : block.stop]
        if any(_is_content(line) for line in inside):
            continue
        if between(words, block) == 1:
            # A single line of the portal's says nothing of itself but by its digits.
            at = next(at for at in range(block.start, block.stop) if lines[at])
            if not (at in known and known[at].moved) or len(inside[at - block.start].text) > _SHORT:
                continue
            if inside[at - block.start].level or at == trace.title_at:
                continue  # headings of a series differ in a number: "Phiên họp 3", "Phiên họp 4"
        elif between(prose, flow.blocks[block.parent]):
            around = flow.blocks[block.parent]
            if prose[block.start] > prose[around.start] and prose[around.stop] > prose[block.stop]:
                continue  # between two paragraphs
            often = min((known[at].pages for at in range(block.start, block.stop) if at in known), default=0)
            if not (links or between(moved, block) or often >= _OFTEN):
                continue  # two invitations that end alike are not yet a portal's box
        for line in inside:
            line.drop = line.drop or REPEATED
        if links:
            boxes.add(trace.places[index])
        until = block.stop
    return Frame(known, frozenset(boxes))


def drop_around(flow: Flow, trace: Trace, frame: Frame, body: Body) -> None:
    """Drop single known lines around the text, and at its end those that stand in a block of another kind than it."""
    known = frame.known
    for at in known:
        if not body.start <= at < body.stop:
            flow.lines[at].drop = flow.lines[at].drop or REPEATED
    own = {
        trace.places[line.block]
        for at in range(body.start, body.stop)
        if (line := flow.lines[at]).text and not line.drop and at not in known
    }
    for at in range(body.stop - 1, body.start - 1, -1):
        line = flow.lines[at]
        if not line.text or line.drop:
            continue
        kind = trace.places[line.block] in own or _is_content(line)
        if at not in known or kind or credits.ends(line.text) or line.text.startswith(("(", "-", "–", "*", "•")):
            break  # the text's own kind, a sentence, a remark, an item
        line.drop = REPEATED


def stands_at(flow: Flow, trace: Trace, template: Template, body: Body | None) -> bool:
    """True where the text need not be looked for: one of some length in the one block at a place that proved right.

    One page of ten, by its address, is read in full all the same.
    """
    return (
        body is not None
        and template.agreed >= _TRUSTED
        and int(trace.page, 16) % _EVERY != 0
        and trace.places[body.block] == template.place
        and trace.places.count(template.place) == 1
        and _prose(flow, body) >= _LONG
    )


def learned(
    template: Template, flow: Flow, trace: Trace, frame: Frame, body: Body | None, *, full: bool, agrees: bool
) -> Template:
    """The template after one more article's page.

    `full`: the text was looked for and not just taken from the learned place; `agrees`: the latter gives the same text.
    """
    long = body is not None and _prose(flow, body) >= _LONG
    here = trace.places[body.block] if body is not None and long else template.place
    first = template.pages < _LEARNED or here != template.place or len(_seen(trace, [_letters(template)])) < _STRANGE
    if not (first or (full and int(trace.page, 16) % _EVERY == 0)):
        return template
    same = [page == trace.page for page, _ in template.recent]
    if not any(same) and _is_copy(flow, trace, template, [page for _, page in template.recent]):
        return template
    own = {key: letters for key, letters in zip(trace.keys, trace.letters, strict=True) if key}
    lines = dict(template.lines)
    for key, letters in own.items():
        others = [page[key] for (_, page), twin in zip(template.recent, same, strict=True) if not twin and key in page]
        if key in lines:
            count, before = lines.pop(key)  # taken out and put in: the newest stand last
            lines[key] = (count + (not any(same)), letters if before == letters else "")
        elif others and not _is_fact(flow.lines[trace.keys.index(key)]):
            lines[key] = (len(others) + 1, letters if all(other == letters for other in others) else "")
    boxes = dict(template.boxes)
    for place in frame.boxes if not any(same) else ():
        boxes[place] = boxes.pop(place, 0) + 1
    recent = tuple(page for page, twin in zip(template.recent, same, strict=True) if not twin)
    agreed = template.agreed
    if long and full:
        agreed = agreed + 1 if agrees and here == template.place else int(agrees)
    return replace(
        template,
        pages=template.pages + 1,
        lines=dict(list(lines.items())[-_MOST_LINES:]),
        boxes=dict(list(boxes.items())[-_MOST_BOXES:]),
        recent=(*recent, (trace.page, own))[-_RECENT:],
        place=here,
        agreed=agreed,
    )


# --- small questions ----------------------------------------------------------------------------------------


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _masked(key: str) -> str:
    named = {match.end() for match in _NAMED.finditer(key)}
    return _NUMBER.sub(lambda number: number.group() if number.start() in named else "#", key)


def _is_content(line: Line) -> bool:
    """True for what is an article's own however often it is said: a table's row, and what official texts are framed by."""
    return line.cells is not None or bool(_OFFICIAL.search(line.key))


def _is_fact(line: Line) -> bool:
    """True for what is said of each article in the same words: its date, its author, its source."""
    return (
        bool(_DATED.search(line.text))
        or credits.is_stamp(line)
        or credits.is_closing_stamp(line)
        or bool(credits.byline_of(line, closing=True) or credits.source_of(line, closing=True))
    )


def _places(blocks: list[Block]) -> list[str]:
    places: list[str] = []
    for block in blocks:
        classes = " ".join(sorted(re.sub(r"\d+", "#", block.node.get("class") or "").split()))
        above = places[block.parent] if block.parent >= 0 else ""
        places.append(_digest(f"{above}>{tag_of(block.node)}.{classes}"))
    return places


def _prose(flow: Flow, body: Body) -> int:
    return sum(line.prose for line in flow.lines[body.start : body.stop] if not line.drop)


def _letters(template: Template) -> dict[str, str]:
    return {key: letters for key, (_, letters) in template.lines.items()}


def _known(flow: Flow, trace: Trace, template: Template) -> dict[int, Known]:
    """The lines that pages of other articles have too."""
    others = [lines for page, lines in template.recent if page != trace.page]
    # Of the same article at another address only what stood on two other pages is the portal's.
    copy = _is_copy(flow, trace, template, others)
    moved = _seen(trace, [_letters(template)] if copy else [_letters(template), *others])
    known = {}
    for at, differs in moved.items():
        key = trace.keys[at]
        if key in template.lines or not _is_fact(flow.lines[at]):
            count = template.lines[key][0] if key in template.lines else sum(key in page for page in others)
            known[at] = Known(count, differs)
    return known


def _seen(trace: Trace, pages: list[Mapping[str, str]]) -> dict[int, bool]:
    """The lines that stand on one of the pages, and whether their letters differ there."""
    seen: dict[int, bool] = {}
    for at, (key, letters) in enumerate(zip(trace.keys, trace.letters, strict=True)):
        if key and (found := [page[key] for page in pages if key in page]):
            seen[at] = any(other != letters for other in found)
    return seen


def _is_copy(flow: Flow, trace: Trace, template: Template, others: list[Mapping[str, str]]) -> bool:
    """True where one of the newest pages had the same title and most of the prose: the same article elsewhere."""
    same = {at for at, moved in _seen(trace, others).items() if not moved}
    if trace.title_at is not None and trace.title_at not in same:
        return False
    prose = [
        (at, line.prose)
        for at, line in enumerate(flow.lines)
        if line.prose and not line.drop and trace.keys[at] not in template.lines
    ]
    return sum(letters for at, letters in prose if at in same) >= 0.5 * sum(letters for _, letters in prose)


def _kinds_of_own(flow: Flow, trace: Trace, strange: list[int]) -> set[tuple[int, str]]:
    """The kinds of blocks, by their parent and place, of which at least one holds words that only this page has."""
    return {
        (block.parent, trace.places[index])
        for index, block in enumerate(flow.blocks)
        if strange[block.stop] > strange[block.start]
    }
