"""The front page of a portal or a paper: boxes of articles side by side, and none of them is the listing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.boilerplate import is_address
from crawler.headline import is_site
from crawler.linear import Block, Flow
from crawler.markup import absolute, marks_of, text_of
from crawler.row_date import row_date
from crawler.rows import MOST_TITLES, Group, Row, is_file, own_block, shape_of

# What is read most is no news, and what readers say about an article is not its title.
_MOST_READ = re.compile(
    r"[\W_]*(?:tin |bài )?(?:(?:được )?(?:đọc|xem|quan tâm|bình luận) nhiều(?: nhất)?.{0,20}|nhiều người (?:quan tâm|đọc|xem)|"
    r"(?:most|top) (?:read|viewed|popular|commented)|popular(?: posts)?|bình luận(?: mới(?: nhất)?)?|(?:ý kiến )?bạn đọc bình luận)[\W_]*"
)
_MOST_READ_NAME = re.compile(
    r"most-?_?(?:read|view|popular|comment)|(?:doc|xem)-?_?nhieu|(?<![a-z])popular|binh-?_?luan|comment"
)
_HOME_PATH = re.compile(
    r"(?i)/?(?:(?:vi|en|vn|vi-vn|en-us|web|web/guest|portal|portal/pages|pages|sites/\w+)/)*"
    r"(?:(?:vi|en|index|default|home|trang-?chu|guest)(?:\.\w{3,5})?)?/?"
)
_HOME_WORDS = re.compile(r"trang chủ|home ?page|home|trang nhất|front page")
_SPLIT = re.compile(r"\s[-–|»:•·]{1,2}\s")
_FEWEST, _MOST = 8, 1000


def is_home(url: str) -> bool:
    """True for the address of a site's front page."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and not parts.query and _HOME_PATH.fullmatch(parts.path) is not None


def front_group(doc: HtmlElement, flow: Flow, listed: Group | None, *, url: str, base: str) -> Group | None:
    """The articles of all boxes, each once, where a page is a front page; None where it is another page.

    `listed` is the page's strongest repeated block: on a front page it is one box of several.
    """
    # SharePoint calls each page of a site by one name: a dated list is the page's own, whatever its <title> says.
    lists = listed is not None and (listed.dated >= 5 or _told(flow, listed) >= 5)
    known = is_home(url) or (_says_home(doc) and not lists)
    if not known and (lists or (url.startswith("http") and _says_section(doc))):
        return None
    titles = _articles(flow, url, base)
    targets = set(titles.values())
    if len(targets) < (_FEWEST if known else 2 * _FEWEST) or len(targets) > _MOST:
        return None
    inside = len(targets & {row.url for row in listed.rows}) if listed else 0
    if inside >= 0.95 * len(targets) or (not known and inside > len(targets) / 2):
        return None
    if _boxes(flow, titles) < (2 if known else 4):
        return None
    rows = _rows(flow, titles)
    dated = sum(row_date(flow.lines[row.start : row.stop], flow.lines[row.title]) is not None for row in rows)
    return Group(0, tuple(rows), sum(min(len(flow.lines[at].text), 120) for at in titles), dated)


def _told(flow: Flow, group: Group) -> int:
    """How many rows of a group tell something under their titles."""
    return sum(
        any(flow.lines[at].prose and not flow.lines[at].drop for at in range(row.title + 1, row.stop))
        for row in group.rows
    )


def _rows(flow: Flow, titles: dict[int, str]) -> list[Row]:
    """A row for every mention: an article stands in the box of the newest, and with its date in its section's."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, target in titles.items():
        places[target].append(at)
    count = flow.sums(1 if at in titles else 0 for at in range(len(flow.lines)))
    headed = {target for target, lines in places.items() if any(flow.lines[at].level for at in lines)}
    rows = []
    for at, target in titles.items():
        if target in headed and not flow.lines[at].level:
            continue  # what a reader wrote under an article leads to it too
        block = own_block(flow, at, 0, count, places[target])
        if block is None:
            rows.append(Row(at, target, at, at + 1))
        else:
            rows.append(Row(at, target, min(block.start, at), _end_of_row(flow, block, titles)))
    return rows


def _end_of_row(flow: Flow, block: Block, titles: dict[int, str]) -> int:
    """Where what follows a title's block still belongs to it: <h3>title</h3><p>date</p> up to the next title or name."""
    stop = block.stop
    outer = flow.blocks[block.parent].stop if block.parent >= 0 else stop
    while stop < min(outer, block.stop + 6):
        line = flow.lines[stop]
        if stop in titles or line.level or line.linked > 0.6 or line.drop:
            break
        stop += 1
    return stop


def _says_home(doc: HtmlElement) -> bool:
    pieces = _SPLIT.split(match_key(text_of(next(doc.iter("title"), None))))
    return any(_HOME_WORDS.fullmatch(piece.strip()) for piece in pieces)


def _says_section(doc: HtmlElement) -> bool:
    """True where the page's <title> names more than the site: a section, or an article."""
    title = text_of(next(doc.iter("title"), None))
    return any(piece.strip() and not is_site(piece.strip()) for piece in _SPLIT.split(title))


def _articles(flow: Flow, url: str, base: str) -> dict[int, str]:
    """The lines that are titles of articles, with their addresses, in whatever box they stand."""
    found: dict[int, str] = {}
    hushed = -1  # the end of a box of what is read most
    here = url.split("#")[0].rstrip("/")
    for at, line in enumerate(flow.lines):
        if len(found) >= MOST_TITLES:  # an archive, or worse; no front page has so many
            return {}
        if len(line.text) <= 60 and _MOST_READ.fullmatch(line.key):
            hushed = max(hushed, _end_of_box(flow, at))
        if at < hushed or not line.hrefs or line.kind == "row" or line.linked < 0.45:
            continue
        if line.drop not in (None, "related links", "aside") or not 10 <= len(line.text) <= 400:
            continue
        # ">> ..." under a teaser leads to an older article.
        if line.text.startswith((">>", "»")) or dates.is_date_line(line.text) or is_address(line):
            continue
        targets = {address for href in line.hrefs if (address := absolute(base, href))}
        if len(targets) != 1 or len(line.text.split()) < 3:
            continue
        (target,) = targets
        if target.rstrip("/") == here or is_file(target):
            continue
        if line.drop == "related links" and _is_most_read(flow, line.block):
            continue
        found[at] = target
    return _of_usual_kinds(flow, found, url)


def _end_of_box(flow: Flow, at: int) -> int:
    """Where the box ends that a heading opens: the smallest block around it with two links after it."""
    links = 0
    for index in flow.ancestors(flow.lines[at].block):
        block = flow.blocks[index]
        links = sum(1 for line in flow.lines[at + 1 : min(block.stop, at + 60)] if line.linked > 0.6)
        if links >= 2:
            # What the heading does not open is not its box.
            before = sum(1 for line in flow.lines[block.start : at] if line.text)
            return block.stop if before <= 3 and block.stop - at <= 60 else at + 1
    return at + 1


def _is_most_read(flow: Flow, block: int) -> bool:
    chain = list(flow.ancestors(block))[:6]
    return any(_MOST_READ_NAME.search(marks_of(flow.blocks[index].node)) for index in chain)


def _of_usual_kinds(flow: Flow, found: dict[int, str], url: str) -> dict[int, str]:
    """Those whose addresses are of the kinds that the long titles have: a section's name has an address of another."""
    family = _host(url) or Counter(map(_host, found.values())).most_common(1)[0][0] if found else ""
    near = {at: target for at, target in found.items() if _related(_host(target), family)}
    long = {target: _kind(target) for at, target in near.items() if len(flow.lines[at].text) >= 32}
    counts = Counter(long.values())
    most = max(counts.values(), default=0)
    usual = {kind for kind, count in counts.items() if count >= max(3, most / 10)}
    short = Counter(_kind(target) for at, target in near.items() if len(flow.lines[at].text) < 20)
    chosen = {}
    for at, target in near.items():
        kind, letters = _kind(target), len(flow.lines[at].text)
        # A kind that short names have as well says nothing about them.
        telling = counts[kind] >= 3 * short[kind]
        if kind in usual and (telling or letters >= 32) and (letters >= 20 or kind[0] > 0):
            chosen[at] = target
    return chosen


def _kind(target: str) -> tuple[int, str]:
    """What addresses of articles share: how long their numbers are, and the names of what is asked for."""
    parts = urlsplit(target)
    leaf = parts.path.rstrip("/").rpartition("/")[2]
    digits = max((len(run) for run in re.findall(r"\d+", leaf + " " + parts.query)), default=0)
    slug = leaf.count("-") >= 3
    # The few digits of a slug may be a year that the title tells.
    number = 2 if digits >= 5 else 1 if digits and not slug else 0
    return (number, shape_of(target)[2] if parts.query else "slug" if slug else "")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower().removeprefix("www.")


def _related(host: str, family: str) -> bool:
    return host == family or host.endswith(f".{family}") or family.endswith(f".{host}")


def _boxes(flow: Flow, titles: dict[int, str]) -> int:
    """How many boxes the articles stand in: the smallest blocks that hold three of them."""
    counts: dict[int, set[str]] = {}
    for at, target in titles.items():
        for index in flow.ancestors(flow.lines[at].block):
            counts.setdefault(index, set()).add(target)
    boxes = set()
    for at in titles:
        boxes.add(next((index for index in flow.ancestors(flow.lines[at].block) if len(counts[index]) >= 3), 0))
    return len(boxes)
