"""The repeated block of a page: which lines are the entries of its listing, and which belong to each."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler import dates
from crawler.linear import Block, Flow, Line
from crawler.markup import absolute, same_site, tag_of
from crawler.row_date import row_date

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z)(?:$|[?#])|/\$file/", re.IGNORECASE)


MOST_TITLES = 3000  # of a page; what comes after them is not read
_MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One entry's lines: `title` is the index of its title line, `start` to `stop` what belongs to it."""

    title: int
    url: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one repeated block, in the page's order, and how much speaks for it."""

    block: int
    rows: tuple[Row, ...]
    score: float
    dated: int


def is_file(url: str) -> bool:
    """True for the address of a document to download."""
    return bool(_FILE.search(url))


def best_group(flow: Flow, *, url: str, base: str, files: bool = True) -> Group | None:
    """The strongest repeated block of a page, or None where nothing repeats."""
    titles = _titles(flow, url, base, files)
    if len(titles) < 2:
        return None
    members: dict[tuple[int, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index in titles:
        chain = list(flow.ancestors(flow.lines[index].block))
        members[chain[0], "line"][-index].append(index)
        for child, parent in list(itertools.pairwise(chain))[:10]:
            node = flow.blocks[child].node
            members[parent, str(node.tag)][child].append(index)
            if name := (node.get("class") or "").strip():  # the boxes beside the entries have another
                members[parent, f"{tag_of(node)} {name}"][child].append(index)
    candidates: list[tuple[int, int, list[int]]] = []
    for (parent, _), rows in members.items():
        # A row with many targets is a whole column of the page and no row.
        fitting = [lines for lines in rows.values() if len({titles[line] for line in lines}) <= 6]
        inside = sorted({line for lines in fitting for line in lines})
        if (
            len(fitting) >= 2
            and len({titles[line] for line in inside}) >= 2
            and _even(fitting, titles)
            and not _boxed(flow, rows, titles)
        ):
            weight = sum(min(len(flow.lines[line].text), 120) for line in inside)
            candidates.append((weight, parent, inside))
    # A home page has hundreds of groups; only the heavy ones can win, and weighing each costs a pass over the page.
    candidates = sorted(candidates, key=lambda each: -each[0])[:_MOST_GROUPS]
    best: Group | None = None
    for _, parent, inside in sorted(candidates, key=lambda each: each[1]):
        group = _group(flow, parent, inside, titles, url)
        # Inner blocks come later, hold the same rows and less beside them, and win a draw.
        if best is None or group.score > best.score * 0.98:
            best = group
    best = _with_short(flow, best, titles, _titles(flow, url, base, files, short=True), url) if best else None
    best = _without_menu(flow, best) if best else None
    return _with_featured(flow, best, titles, url) if best else None


def lone_row(flow: Flow, *, url: str, base: str, files: bool = True) -> Row | None:
    """The one dated entry of a page on which nothing repeats, None where there are several: what was left over for the
    last page of a listing. On a first page it would be any link with a date."""
    titles = _titles(flow, url, base, files)
    found: list[Row] = []
    for at, target in titles.items():
        start, stop = at, at + 1
        for index in flow.ancestors(flow.lines[at].block):
            block = flow.blocks[index]
            if any(titles.get(other, target) != target for other in range(block.start, block.stop)):
                break
            # The block of the row, and not the column around it with its path, its pager and its footer.
            dropped = {line.drop for line in flow.lines[block.start : block.stop]}
            if block.stop - block.start > 12 or not dropped <= {None, "visitor counter", "page tools"}:
                break
            start, stop = block.start, block.stop
        if row_date(flow.lines[start:stop], flow.lines[at]):
            found.append(Row(at, target, start, stop))
    return found[0] if len({row.url for row in found}) == 1 else None


def _even(rows: list[list[int]], titles: dict[int, str]) -> bool:
    """True where each child is an entry, or as many entries as the others: a grid. Two columns of a page are no list."""
    counts = [len({titles[line] for line in lines}) for lines in rows]
    if sum(count > 1 for count in counts) < 2:
        return True
    grid = len(set(counts[:-1])) == 1 and counts[-1] <= counts[0]
    return grid and (len(rows) > 2 or len({shape_of(titles[line]) for lines in rows for line in lines}) == 1)


def _boxed(flow: Flow, rows: dict[int, list[int]], titles: dict[int, str]) -> bool:
    """True where most of the children that hold several entries open with a heading of their own: boxes, no grid."""
    several = [child for child, lines in rows.items() if child >= 0 and len({titles[line] for line in lines}) > 1]
    firsts = []
    for child in several:
        block = flow.blocks[child]
        firsts.append(next((at for at in range(block.start, block.stop) if flow.lines[at].text), block.start))
    named = sum(flow.lines[at].level > 0 and at not in titles for at in firsts)
    return len(several) > 1 and 2 * named > len(several)


def _without_menu(flow: Flow, group: Group) -> Group | None:
    """The group without the short bare links of a menu beside it; None where most of it is such links."""
    worthy = []
    shapes = [shape_of(row.url) for row in group.rows]
    usual = max(set(shapes), key=shapes.count)
    for row in group.rows:
        lines = [flow.lines[at] for at in range(row.start, row.stop)]
        title = flow.lines[row.title]
        words = any(len(line.text) > 40 and line is not title and line.linked < 0.8 for line in lines)
        if (
            len(title.text) >= 32
            or words
            or row_date(lines, title)
            or is_file(row.url)
            or (group.dated > 2 and shape_of(row.url) == usual)
        ):
            worthy.append(row)
    if group.dated:
        return Group(group.block, tuple(worthy), group.score, group.dated)
    return group if 2 * len(worthy) >= len(group.rows) else None


def _with_short(flow: Flow, group: Group, titles: dict[int, str], short: dict[int, str], url: str) -> Group:
    """The group with the entries whose titles are as short as a menu's, "Luật Thủ đô": a dated list knows them by the
    address and the heading of its other entries."""
    if group.dated < 3 or 2 * group.dated < len(group.rows):
        return group
    kinds = [(shape_of(row.url), flow.lines[row.title].level) for row in group.rows]
    usual = max(set(kinds), key=kinds.count)
    block = flow.blocks[group.block]
    targets = {row.url for row in group.rows}
    more = {
        at: target
        for at, target in short.items()
        if block.start <= at < block.stop
        and target not in targets
        and (shape_of(target), flow.lines[at].level) == usual
    }
    if not more or len(more) > len(group.rows) or 2 * kinds.count(usual) < len(kinds):
        return group
    larger = _group(flow, group.block, [*(row.title for row in group.rows), *more], {**titles, **more}, url)
    # A link without a date beside entries that have one belongs to something else.
    return larger if larger.dated - group.dated == len(larger.rows) - len(group.rows) else group


def _titles(flow: Flow, url: str, base: str, files: bool, *, short: bool = False) -> dict[int, str]:
    """The lines that can title an entry, with what they lead to; `short`: those that are too short to do so alone."""
    titles: dict[int, str] = {}
    here = url.split("#")[0].rstrip("/")
    for index, line in enumerate(flow.lines):
        if len(titles) >= MOST_TITLES:
            break
        if line.drop or not line.hrefs or line.kind == "row" or line.linked < 0.45:
            continue
        if len(line.text) < (4 if short else 12) or (short and len(line.text) >= 12 and len(line.text.split()) >= 3):
            continue
        # "Tiếng Việt | English", a menu in one line: many links of a word or two, and no title.
        if (targets := len(set(line.hrefs))) > 1 and line.link < 16 * targets:
            continue
        address = next((found for href in line.hrefs if (found := absolute(base, href))), None)
        if address is None or address.rstrip("/") == here or (not files and is_file(address)):
            continue
        brief = len(line.text) < 12 or (len(line.text.split()) < 3 and not is_file(address))
        if brief != short or dates.is_date_line(line.text):
            continue
        titles[index] = address
    return titles


def _group(flow: Flow, block: int, indexes: list[int], titles: dict[int, str], url: str) -> Group:
    rows = _rows(flow, block, indexes, titles)
    score, dated = 0.0, 0
    for row in rows[:100]:
        lines = [flow.lines[at] for at in range(row.start, row.stop)]
        date = row_date(lines, flow.lines[row.title]) is not None
        summary = any(len(line.text) > 60 and line is not flow.lines[row.title] for line in lines)
        title = flow.lines[row.title]
        worth = min(len(title.text), 120) * (1 + 0.8 * date + 0.4 * summary + 0.3 * (title.level > 1))
        if not date and not summary and len(title.text) < 30:
            worth *= 0.3
        if not same_site(row.url, url):
            worth *= 0.2
        score, dated = score + worth, dated + date
    return Group(block, tuple(rows), score, dated)


def _rows(flow: Flow, block: int, indexes: list[int], titles: dict[int, str]) -> list[Row]:
    """One row for each target: the largest block inside the group that holds no other target, else the lines up to
    the next title."""
    targets = {titles[index] for index in indexes}
    inside = range(flow.blocks[block].start, flow.blocks[block].stop)
    first: dict[str, int] = {}
    for index in (at for at in titles if at in inside and titles[at] in targets):
        known = first.get(titles[index])
        if known is None or _better(flow.lines[index], flow.lines[known]):
            first[titles[index]] = index
    count = flow.sums(1 if at in titles and titles[at] in first else 0 for at in range(len(flow.lines)))
    places: dict[str, list[int]] = defaultdict(list)
    for at, target in titles.items():
        if target in first:
            places[target].append(at)
    rows = []
    ordered = sorted(first.values())
    outer = flow.blocks[block]
    for place, index in enumerate(ordered):
        target = titles[index]
        start, stop = index, ordered[place + 1] if place + 1 < len(ordered) else min(outer.stop, index + 8)
        own = own_block(flow, index, block, count, places[target])
        if own is not None:
            start, stop = min(own.start, index), max(own.stop, index + 1)
        rows.append(Row(index, target, start, stop))
    rows = _alike(_with_gaps(rows, outer.stop))
    if ordered and all(row.start == row.title for row in rows):
        rows = _dates_first(flow, rows, outer.start)
    return rows


def own_block(flow: Flow, index: int, outer: int, count: list[int], places: list[int]) -> Block | None:
    """The largest block around a title, inside `outer`, that holds no other target: `count` sums the titles up to each
    line, and `places` are the lines that lead to the same target. None where the title shares even its own block."""
    best: Block | None = None
    for ancestor in flow.ancestors(flow.lines[index].block):
        inner = flow.blocks[ancestor]
        own = bisect_left(places, inner.stop) - bisect_left(places, inner.start)
        if ancestor == outer or count[inner.stop] - count[inner.start] > own:
            break
        best = inner
    return best


def _with_gaps(rows: list[Row], end: int) -> list[Row]:
    """The rows, each with the lines up to the next one: <h3>title</h3><p>date</p> side by side, <dt> and <dd>."""
    starts = [row.start for row in rows[1:]]
    gaps = [start - row.stop for row, start in zip(rows, starts, strict=False)]
    if not gaps or max(gaps) <= 0:
        return rows
    stops = [max(row.stop, start) for row, start in zip(rows, starts, strict=False)]
    stops.append(min(end, rows[-1].stop + min(gap for gap in gaps if gap > 0)))
    return [Row(row.title, row.url, row.start, stop) for row, stop in zip(rows, stops, strict=True)]


def _alike(rows: list[Row]) -> list[Row]:
    """The rows, none much larger than the others: beside a list of links the last or the first of them would reach over
    the whole article up to the next list."""
    usual = sorted(row.stop - row.start for row in rows)[len(rows) // 2]
    most = max(2 * usual + 2, 6)
    return [
        row if row.stop - row.start <= most else Row(row.title, row.url, row.title, min(row.stop, row.title + usual))
        for row in rows
    ]


def _dates_first(flow: Flow, rows: list[Row], begin: int) -> list[Row]:
    """Flat lists sometimes say the date before the title: then each row begins one line earlier."""

    def stamp_before(row: Row) -> bool:
        return row.title > begin and dates.is_date_line(flow.lines[row.title - 1].text)

    # The date above the first title may be that of another entry, set apart above the list.
    after = [line for line in flow.lines[rows[-1].title + 1 : rows[-1].stop] if line.text and not line.drop]
    if not all(map(stamp_before, rows)) or len(rows) < 2 or rows[0].stop == rows[0].title + 1:
        return rows
    if any(dates.is_date_line(line.text) for line in after):
        return rows
    return [Row(row.title, row.url, row.title - 1, max(row.stop - 1, row.title + 1)) for row in rows]


def _better(line: Line, known: Line) -> bool:
    # One link around a whole row holds heading and summary alike: a heading wins, then a title's length, not a sentence's.
    return (line.level > 0, line.hrefs != known.hrefs and min(len(line.text), 200)) > (
        known.level > 0,
        line.hrefs != known.hrefs and min(len(known.text), 200),
    )


def _with_featured(flow: Flow, group: Group, titles: dict[int, str], url: str) -> Group:
    """The group with the entries set apart above it: a portal shows its newest article large, before the list."""
    targets = {row.url for row in group.rows}
    top = flow.blocks[group.block].start
    shapes = {shape_of(target) for target in targets}
    chain = list(flow.ancestors(group.block))[:4]
    floor = flow.blocks[chain[-1]].start
    apart = [
        at
        for at, target in titles.items()
        if floor <= at < top and target not in targets and shape_of(target) in shapes and len(flow.lines[at].text) >= 20
    ]
    if not apart or len({titles[at] for at in apart}) > 6 or len(group.rows) < 3:
        return group
    holder = next((block for block in chain if flow.blocks[block].start <= apart[0]), group.block)
    extra = _rows(flow, holder, apart, titles)
    return Group(group.block, (*extra, *group.rows), group.score, group.dated)


def shape_of(target: str) -> tuple[str, str, str]:
    """What addresses of one kind share: host, folder with digits masked, and extension."""
    parts = urlsplit(target)
    folder, _, leaf = parts.path.rpartition("/")
    extension = leaf.rpartition(".")[2] if "." in leaf else ""
    keys = "&".join(sorted(re.findall(r"(\w+)=", parts.query)))
    return (
        parts.hostname or "",
        re.sub(r"\d+", "0", folder),
        f"{extension}?{keys}",
    )
