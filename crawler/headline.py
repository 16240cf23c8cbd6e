"""The title of an article, and the line of the page where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from config import match_key
from crawler.credits import is_stamp
from crawler.linear import Flow, Line
from crawler.markup import marks_of, one_line, text_of

_NAME = re.compile(r"title|tieu-?de|headline|subject|heading|(?<![a-z])(?:tit|ten-?bai)(?![a-z])")
_NOT_NAME = re.compile(
    r"portlet|module|widget|box-?title|site|sub-?title|block-?title|cat|logo|banner|title-?bar|sec(?:tion)?-?title"
)
_SITE = re.compile(
    r"(?:cổng|trang) (?:thông tin|tt)|(?:cổng|trang) (?:ttđt|tin|chủ)|website|trang chủ|portal|home ?page|báo điện tử|"
    r"^báo (?:\S+ ){1,4}điện tử$|thông tin điện tử|^home$|\.(?:vn|com)\b"
)
# An organ's name is a site's name, and also how many a title begins: only a short line is the name.
_ORGAN = re.compile(
    r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|sở|bộ|tỉnh|huyện|cục|chi cục|báo|hđnd) (?:.{2,36}|.{2,50} (?:tỉnh|huyện|thành phố|tp) \S+ \S+)$"
)
_LEAD = re.compile(r"sapo|home-?text|(?<![a-z])lead(?![a-z])|summary|abstract|tom-?tat|chapeau")
_SPLIT = re.compile(r"\s+[-–|»:•·]{1,2}\s+")
_SQUASH = re.compile(r"[\W_]+")
_LONG = 40  # letters that few names of sections have


@dataclass(frozen=True, slots=True)
class Headline:
    """A title and the index of its line; the index is None when no line of the page says it."""

    text: str | None
    at: int | None
    sure: bool


def squash(text: str) -> str:
    """Letters and digits only, for comparing words whatever stands between them."""
    return _SQUASH.sub("", match_key(text))


def squash_line(line: Line) -> str:
    """`squash` for a line, from the key that it already has."""
    return _SQUASH.sub("", line.key)


def find_headline(doc: HtmlElement, flow: Flow, *, listing_title: str | None, body_at: int | None) -> Headline:
    """The heading that the page's own <title>, og:title or the listing agrees with; else the best heading above the
    text (`body_at` is its first line); else the head's title without the site's name; else the listing's."""
    named = _named(doc)
    wanted = [name for name in [listing_title, *named] if name]
    best: tuple[float, int] | None = None
    weak: int | None = None  # the last line above the text that looks at least a little like a heading
    nearest = _nearest_headings(flow, body_at)
    keys = [(squash(name), name) for name in wanted]
    for at, line in enumerate(flow.lines):
        # No portal writes a title of one letter, and none of a page.
        if (
            not 6 <= len(line.text) <= 400
            or line.kind in ("row", "caption")
            or line.drop in ("related links", "footer", "comments")
        ):
            continue
        agrees = _agreement(squash_line(line), keys)
        score = agrees + _form(flow, line) - (25 if at not in nearest and _ORGAN.match(line.key) else 0)
        if body_at is not None:
            # A heading below the text heads something else.
            score += 12 if at in nearest else -25 if at > body_at + 3 else 0
        if line.drop:
            score -= 30
        if score >= 20 and (best is None or score > best[0]):
            best = (score, at)
        elif at in nearest and score >= 10 and len(line.text) >= 20 and not line.drop:
            weak = at if weak is None or not _stamped(flow, weak) else _rather(flow, weak, at)
    if best is not None:
        line = flow.lines[best[1]]
        return Headline(_worded(line, wanted), best[1], best[0] >= 35)
    # A page may be called by its section, which is a link on it.
    linked = {line.key for line in flow.lines if line.linked > 0.8}
    for name in named:
        trimmed = _without_sections(_without_site(name) or "", flow)
        if len(trimmed) >= 20 and not is_site(trimmed) and match_key(trimmed) not in linked:
            return Headline(trimmed, None, False)
    if weak is not None:
        return Headline(_worded(flow.lines[weak], wanted), weak, False)
    return Headline(one_line(listing_title) if listing_title else None, None, False)


def _named(doc: HtmlElement) -> list[str]:
    """What the head calls the page: og:title, then <title>."""
    names = []
    for meta in doc.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in ("og:title", "twitter:title", "dc.title"):
            names.append(one_line(meta.get("content") or ""))
    names.append(text_of(next(doc.iter("title"), None)))
    return list(dict.fromkeys(name for name in names if name))


def _agreement(key: str, wanted: list[tuple[str, str]]) -> float:
    if len(key) < 4:
        return 0
    best = 0.0
    for want, name in wanted:
        if len(want) < 4:
            continue
        if key == want:
            # Portals also call a page by its section, which stands above the title and in the path to it.
            best = max(best, 45 if len(key) >= 20 else 25)
        elif want.startswith(key) or want.endswith(key):
            # "Title - Cổng thông tin điện tử": whole up to a separator, not just the first words.
            pieces = {squash(piece) for piece in _pieces(name)}
            # The short end of a long name is the site's, whatever the site is called.
            site = len(key) < 20 and want.endswith(key) and len(want) > 3 * len(key)
            best = max(best, 42 if key in pieces and not site else 25 if len(key) >= 25 else 8)
        elif len(want) >= 20 and key.startswith(want[:-1]):
            # Cut short with an ellipsis, as og:title and listings often are; a paragraph also begins so.
            best = max(best, 40 if len(key) < 2.5 * len(want) else 0)
        elif len(key) >= 20 and key in want:
            best = max(best, 22)
    return best


def _pieces(name: str) -> list[str]:
    """A head title without its first or last parts: "A - B - C" gives A, A - B, C, B - C."""
    cuts = [(match.start(), match.end()) for match in _SPLIT.finditer(name)]
    return [name[:start] for start, _ in cuts] + [name[end:] for _, end in cuts]


def _form(flow: Flow, line: Line) -> float:
    """How much a line looks like a title: its tag and its block's name."""
    score = {1: 15, 2: 12, 3: 8, 4: 5, 5: 3, 6: 2}.get(line.level, 0)
    node = flow.blocks[line.block].node
    marks = marks_of(node) + line.marks
    if (node.get("itemprop") or "") == "headline" or "headline" in marks:
        score += 15
    if _NAME.search(marks):
        score += 2 if _NOT_NAME.search(marks) else 10
    if line.linked > 0.8:
        score -= 12 if line.level else 25
    if line.item:
        score -= 10
    if _SITE.search(line.key) and len(line.text) < 80:
        score -= 25 if line.level == 1 and len(line.text) >= 50 else 50
    if _LEAD.search(marks) or (len(line.text) > 140 and line.text.endswith(".")):
        score -= 25
    if len(line.text) < 20:
        score -= 6
    if line.strong >= 0.9 * len(line.text.replace(" ", "")) and not line.level:
        score += 3
    return score


def _heads(flow: Flow, line: Line) -> bool:
    return bool(line.level or line.strong or names_title(flow, line))


def names_title(flow: Flow, line: Line) -> bool:
    """True where the block of a line, or what the line opens with, is named as a title."""
    marks = marks_of(flow.blocks[line.block].node) + line.marks
    return _NAME.search(marks) is not None and _NOT_NAME.search(marks) is None


def _nearest_headings(flow: Flow, body_at: int | None) -> set[int]:
    """The last heading-like lines above the text."""
    lines = flow.lines
    if body_at is None:
        return set()
    near: list[int] = []
    links = 0
    for at in range(min(len(lines) - 1, body_at), max(-1, body_at - 15), -1):
        line = lines[at]
        if line.drop or not line.text:
            continue
        links += line.linked >= 0.8 and len(line.text) >= 25
        if links == 3:  # what stands above a list heads the list
            break
        if line.linked < 0.8 and (_heads(flow, line) or (not line.text.endswith(".") and _stamped(flow, at))):
            near.append(at)
    return set(near[:3])


def _stamped(flow: Flow, at: int) -> bool:
    """True where the next line with words is a stamp: its date is that of what stands above it."""
    after = next((line for line in flow.lines[at + 1 : at + 4] if line.text), None)
    return after is not None and is_stamp(after)


def _rather(flow: Flow, stamped: int, later: int) -> int:
    """Of a line above a stamp and one below it, both of which may be the title: the one above, unless it is as short as
    a section's name and the one below is no sentence, as a lead is."""
    long = len(flow.lines[stamped].text) >= _LONG
    return stamped if long or flow.lines[later].text.endswith((".", "…", "!", "?")) else later


def _worded(line: Line, wanted: list[str]) -> str:
    """The line's own words, or the head's where the page cut the line short."""
    text = line.text.replace("~~", "")
    if text.endswith(("...", "…")):
        stem = squash(text)
        for name in wanted:
            trimmed = _without_site(name) or name
            if squash(trimmed).startswith(stem) and not trimmed.endswith(("...", "…")):
                return trimmed
    return text


def is_site(text: str) -> bool:
    """True for the name of a site or of the organ whose site it is."""
    key = match_key(text)
    return _SITE.search(key) is not None or _ORGAN.match(key) is not None


def _without_sections(name: str, flow: Flow) -> str:
    """A head's title without the section at its end: "Title - Section", where the path to the page names it too."""
    path = "|".join(line.key for line in flow.lines if line.linked > 0.4 or line.drop in ("menu", "breadcrumb"))
    while cuts := [(match.start(), match.end()) for match in _SPLIT.finditer(name)]:
        start, end = cuts[-1]
        if not name[end:] or match_key(name[end:]) not in path:
            break
        name = name[:start]
    return name


def _without_site(name: str) -> str | None:
    """The head's title without the site's name at its end or its start."""
    pieces = _SPLIT.split(name)
    while len(pieces) > 1 and is_site(pieces[-1]):
        name = name[: name.rfind(pieces.pop())].rstrip(" -–|»:•·")
    while len(pieces) > 1 and is_site(pieces[0]):
        first = pieces.pop(0)
        name = name[name.find(first) + len(first) :].lstrip(" -–|»:•·")
    return name.strip() or None
