"""What sort of page answered, by evidence on the page: status 200 means nothing.

A page that holds real content is never called an error: the words of one count only where the page has little else to
say, since articles do write about maintenance, logins and things not found.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from config import match_key, say
from crawler import dates
from crawler.boilerplate import is_address, survey
from crawler.credits import is_stamp, set_apart
from crawler.document_fields import is_document
from crawler.fault_words import BROKEN, CHALLENGE, CHALLENGE_CODE, ERROR, LOGIN, MAINTENANCE, MISSING, PARKED, PORTLET
from crawler.front_page import front_group, is_home
from crawler.headline import is_site, names_title
from crawler.linear import Flow, Line
from crawler.markup import base_of, text_of
from crawler.rows import Group, best_group, is_file

_SPLIT = re.compile(r"\s[-–|»]\s")


@dataclass(frozen=True, slots=True)
class Look:
    """What the classes are decided on, gathered once. `solid` is prose outside the repeated block, in letters."""

    flow: Flow
    kept: list[Line]
    group: Group | None
    front: bool
    scripted: int
    leading: set[int]
    letters: int
    links: int
    solid: int
    longest: int
    head: str


def classify(doc: HtmlElement, *, url: str, status: int) -> tuple[str, str]:
    """(page, why): article, listing, soft404, challenge, maintenance, login or error, and the evidence for it."""
    return classify_flow(doc, survey(doc), url=url, status=status)


def classify_flow(doc: HtmlElement, flow: Flow, *, url: str, status: int) -> tuple[str, str]:
    """`classify` for a page whose flow is already there."""
    look = _look(doc, flow, url)
    return _failed(doc, look, status) or _content(look, url)


def _look(doc: HtmlElement, flow: Flow, url: str) -> Look:
    base = base_of(doc, url)
    group = best_group(flow, url=url, base=base, files=True)
    front = front_group(doc, flow, group, url=url, base=base)
    group = front or group
    inside = _listed_lines(flow, group) if group else set()
    kept = [line for line in flow.lines if line.text and not line.drop]
    outside = [
        line
        for at, line in enumerate(flow.lines)
        if line.drop is None and at not in inside and not is_address(line) and line.linked < 0.5
    ]
    # A row that leads somewhere is an entry of a table of documents.
    leading = _leading(flow)
    outside = [line for line in outside if line.block not in leading]
    solid = [len(line.text) - line.link for line in outside if not line.hrefs if line.prose or line.kind == "row"]
    solid += [line.prose for line in outside if line.hrefs and line.kind != "row"]
    return Look(
        flow=flow,
        kept=kept,
        group=group,
        front=front is not None,
        scripted=_scripted(doc),
        leading=leading,
        letters=sum(len(line.text) for line in kept),
        links=sum(1 for line in kept if line.linked > 0.5),
        solid=sum(solid),
        longest=max((line.prose for line in outside), default=0),
        head=match_key(text_of(next(doc.iter("title"), None))),
    )


def _listed_lines(flow: Flow, group: Group) -> set[int]:
    """The lines of a group's rows, and what is told between them where every third row has something told: a listing
    may print whole pages under its titles. An article between two lists stands in one gap."""
    inside = {at for row in group.rows for at in range(row.start, row.stop)}
    rows = sorted(group.rows, key=lambda row: row.title)
    told: list[range] = []
    for row, after in itertools.pairwise(rows):
        span = range(row.title + 1, after.title)
        if any(flow.lines[at].prose and not flow.lines[at].drop for at in span):
            told.append(span)
    if len(told) >= 3 and 3 * len(told) >= len(rows):
        inside.update(at for span in told for at in span)
    return inside


def _failed(doc: HtmlElement, look: Look, status: int) -> tuple[str, str] | None:
    """The page of a fault, where the page has little else to say."""
    # A footer's address and a menu are on every page; an article has prose.
    thin = look.solid < 700 and look.longest < 350 and not (look.group and look.group.dated >= 2)
    bare = look.letters < 1500 and look.links < 15
    said = [line.key for line in look.kept if len(line.text) <= 300 and line.linked < 0.5 and not is_address(line)]
    said = [] if _told(look) else said
    # A notice about maintenance has a portal around it and sentences in it; a page under maintenance has neither.
    menus = sum(len(line.hrefs) for line in look.flow.lines if line.linked > 0.5 and line.link <= 40 * len(line.hrefs))
    speaks = menus >= 4 and (look.solid >= 120 or (look.solid >= 60 and _headed(look, len(look.flow.lines))))
    if why := _first(BROKEN, [look.head, *_headings(look)], whole=True) or (bare and _first(PARKED, said)):
        return "error", say("says {words}", words=repr(why))
    if thin and not _reported(look):
        if _passwords(doc) and (why := _first(LOGIN, [*_SPLIT.split(look.head), *_headings(look)], whole=True)):
            return "login", say("a password field and {words}", words=repr(why))
        if bare and (why := _first(CHALLENGE, [look.head, *said])):
            return "challenge", say("says {words}", words=repr(why))
        if look.letters < 600 and (found := _challenge_code(doc)):
            return "challenge", say("carries {code} and almost no text", code=repr(found))
        if (bare or look.letters < 3000) and (why := _first(MISSING, [look.head, *_headings(look)])):
            return ("soft404" if status < 400 else "error"), say("says {words}", words=repr(why))
        if why := _first(PORTLET, said, whole=True):
            return "error", say("says {words}", words=repr(why))
        if bare and not speaks and status != 404 and (why := _first(MAINTENANCE, [look.head, *said])):
            return "maintenance", say("says {words}", words=repr(why))
        if (bare or look.letters < 3000) and (why := _missing(look, said)):
            return ("soft404" if status < 400 else "error"), say("says {words}", words=repr(why))
        if bare and not speaks and (why := _first(ERROR, [look.head, *said])):
            return "error", say("says {words}", words=repr(why))
        if bare and (why := _first(LOGIN, said[:4], whole=True)) and (_passwords(doc) or "để" in why):
            return "login", say("says {words}", words=repr(why))
    if status in (401, 407):
        return "login", say("status {status}", status=status)
    if status >= 400:
        return "error", say("status {status}", status=status)
    if not look.kept or look.letters < 2:
        return "error", say("the page has no text")
    return None


def _missing(look: Look, said: list[str]) -> str | None:
    """The words of a missing page in one of few lines: the main content has nothing else."""
    # "Không tìm thấy video nào" stands in a side module of good pages; "liferay" says "Trạng thái" and then the fault.
    if look.group is None or look.solid + look.group.score < 300:
        return _first(MISSING, said)
    return None


def _headings(look: Look) -> list[str]:
    lines = [line for line in look.flow.lines if line.drop in (None, "form", "page tools")]
    return [line.key for line in lines if line.level and line.linked < 0.5 and 0 < len(line.text) < 150]


def _first(pattern: re.Pattern[str], texts: list[str], *, whole: bool = False) -> str | None:
    for text in texts:
        match = pattern.fullmatch(text) if whole else pattern.search(text)
        if text and match:
            return text[:120]
    return None


def _reported(look: Look) -> bool:
    """True where a headline of the page has its stamp after it: an article, if about a fault. No fault has a date."""
    lines = [line for line in look.flow.lines if line.text and line.drop in (None, "visitor counter", "page tools")]
    for at, line in enumerate(lines):
        named = line.level or line.key in look.head
        if named and len(line.text) >= 30 and line.linked < 0.5 and not is_site(line.text):
            after = [each for each in lines[at + 1 : at + 4] if each.drop is None]
            if any(dates.labelled(each.text) or dates.is_date_line(each.text) for each in after):
                return True
    return False


def _told(look: Look, sentences: int = 1) -> bool:
    """True where a long heading that names no fault has paragraphs under it that name none: a notice without a date."""
    faults = (CHALLENGE, MAINTENANCE, ERROR, MISSING)
    for at, line in enumerate(look.kept):
        if not line.level or len(line.text) < 30 or line.linked > 0.5 or is_site(line.text):
            continue
        after = [each for each in look.kept[at : at + 5] if not any(fault.search(each.key) for fault in faults)]
        told = [each for each in after[1:] if each.prose and not is_address(each)]
        if line in after and len(told) >= sentences:
            return True
    return False


def _challenge_code(doc: HtmlElement) -> str | None:
    """The mark of a page that only a browser passes: a firewall's script, or one that sets a cookie and asks again."""
    code = " ".join((node.text or node.get("onload") or "")[:5000] for node in doc.iter("script", "body"))[:20_000]
    if re.search(r"document\.cookie\s*=", code) and re.search(
        r"location\.(?:reload|replace|href|assign)|location\s*=", code
    ):
        return "document.cookie and location"
    for node in doc.iter("script", "iframe", "form", "div", "body"):
        text = " ".join((node.text or "" if node.tag == "script" else "", node.get("src") or "", node.get("id") or ""))
        text += f" {node.get('action') or ''} {node.get('class') or ''} {node.get('onload') or ''}"
        if match := CHALLENGE_CODE.search(text[:20_000]):
            return match.group()[:60]
    return None


def _passwords(doc: HtmlElement) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in doc.iter("input"))


# --- article or listing -------------------------------------------------------------------------------------


_NOTHING = re.compile(
    r"(?:hiện )?(?:không|chưa) (?:có|tìm thấy) (?:văn bản|bài viết|tin(?: tức| bài)?|dữ liệu|kết quả|bản ghi|mục)(?: nào)?.{0,40}"
)


def _content(look: Look, url: str) -> tuple[str, str]:
    if is_document(look.kept):
        return "article", say("a document's fields, each said once")
    group = look.group
    if look.solid < 300 and group is None and (why := _first(_NOTHING, [line.key for line in look.kept], whole=True)):
        return "listing", say("says {words}", words=repr(why))
    if look.scripted > 60 and look.solid - look.scripted < 300 and group is None:
        return "listing", say("entries that only a script opens")
    # Some saved article came with its site's address: it has a headline, and its own prose.
    own = _headed(look, len(look.flow.lines)) or _reported(look) or _told(look, 2)
    if look.front and group and look.solid < 1500 and look.longest < 600 and not own:
        return "listing", say("a front page with {count} articles in several boxes", count=len(group.rows))
    # The names of sections are on every page: a front page has titles.
    titled = [line for line in look.kept if line.linked > 0.5 and len(line.text) >= 30]
    if not own and is_home(url) and look.solid < 1000 and look.links >= 8 and (group or len(titled) >= 3):
        return "listing", say("the site's home page")
    linked = sum(line.link for line in look.kept)
    if group is None and look.solid == 0 and look.longest == 0 and _only_links(look):
        return "listing", say("{count} links and no prose: a map of the site", count=look.links)
    if linked > 8 * look.solid and linked > 3000 and look.longest < 350 and not _headed(look, len(look.flow.lines)):
        return "listing", say("{linked} letters of links and {prose} of prose", linked=linked, prose=look.solid)
    rows = [line for line in look.kept if line.kind == "row" and (line.hrefs or line.block in look.leading)]
    told = sum(len(line.text) for line in rows)
    if len(rows) >= 3 and 2 * look.solid < told and (group is None or told > group.score):
        return "listing", say("a table of {count} rows with links", count=len(rows))
    if group is None:
        return "article", say("{prose} letters of prose and no repeated entries", prose=look.solid)
    count = len(group.rows)
    listed = sum(
        min(len(line.text), 400)
        for row in group.rows
        for line in look.flow.lines[row.start : row.stop]
        if not line.drop
    )
    files = sum(1 for row in group.rows if row.url.rpartition(".")[2].lower() in ("pdf", "doc", "docx", "xls", "xlsx"))
    if files == count and group.dated < 2:
        return "article", say("{prose} letters of prose and {count} files", prose=look.solid, count=count)
    wordy = group.dated >= 2 or listed > 60 * count
    if look.solid > max(500, 0.6 * listed) and look.longest >= 150:
        return "article", say("{prose} letters of prose beside {count} entries", prose=look.solid, count=count)
    if count >= 3 and wordy and (look.solid < 400 or listed > 1.5 * look.solid):
        if _notice(look, group):
            return "article", say("a short notice above {count} other entries", count=count)
        return "listing", say(
                "{count} entries, {dated} with dates, {prose} letters of prose",
                count=count, dated=group.dated, prose=look.solid,
            )  # fmt: skip
    if group.dated == count and look.solid < 300 and not _notice(look, group):
        return "listing", say(
            "{count} entries, all with dates, {prose} letters of prose", count=count, prose=look.solid
        )
    if look.solid >= 60 or count < 3 or _notice(look, group):
        return "article", say("{prose} letters of prose and {count} links", prose=look.solid, count=count)
    return "listing", say("{count} links and {prose} letters of prose", count=count, prose=look.solid)


def _leading(flow: Flow) -> set[int]:
    """The blocks that are tables with a file in each row, if only behind an icon without a word."""
    found = set()
    for block in {line.block for line in flow.lines if line.kind == "row" and not line.hrefs}:
        rows = [row for row in flow.blocks[block].node.iter("tr") if row.find("td") is not None]
        led = sum(1 for row in rows if any(is_file(link.get("href") or "") for link in row.iter("a")))
        if len(rows) >= 3 and led >= 0.8 * len(rows):
            found.add(block)
    return found


def _scripted(doc: HtmlElement) -> int:
    """The letters of links side by side, as long as titles, that lead nowhere without the page's script."""
    letters: dict[tuple[HtmlElement | None, str], list[int]] = {}
    for link in doc.iter("a"):
        if not (link.get("href") or "").strip(" #").removeprefix("javascript:").strip("; "):
            words = len(text_of(link))
            if words >= 25:
                letters.setdefault((link.getparent(), link.get("class") or ""), []).append(words)
    return max((sum(each) for each in letters.values() if len(each) >= 2), default=0)


def _only_links(look: Look) -> bool:
    """True where links to other pages are all that a page has: a map of the site. A notice that is a picture or a file
    has its title, which is no link."""
    links = [line for line in look.kept if line.linked > 0.5 and not any(is_file(href) for href in line.hrefs)]
    if any(len(line.text) > 25 and line.linked < 0.5 and (line.level or line.key in look.head) for line in look.kept):
        return False
    return len(links) >= 20 and 2 * sum(len(line.text) for line in links) > look.letters


def _headed(look: Look, top: int) -> bool:
    """True where a line that is no link says what the page's <title> says, and it is longer than a section's name."""
    return any(
        len(line.text) > 25 and line.linked < 0.5 and not line.drop and line.key in look.head and not is_site(line.text)
        for line in look.flow.lines[:top]
    )


def _notice(look: Look, group: Group) -> bool:
    """True where a heading that is no link and longer than a section's name has its stamp and words of its own after
    it, outside the entries: a notice of two lines between the lists of a side column. A long list needs the stamp."""
    inside = {at for row in group.rows for at in range(row.start, row.stop)}
    lines = look.flow.lines
    for at, line in enumerate(lines):
        if at in inside or not _titled(look, line):
            continue
        after = [each for place, each in enumerate(lines[at + 1 : at + 13], at + 1) if place not in inside]
        after = [each for each in after if each.text and not each.drop and each.linked < 0.5 and not is_address(each)]
        # "Ngày đăng" beside a title says it all: what follows may be a picture or a file.
        # A stamp may stand above the title too, or say no more than how often the page was read.
        near = [
            each for place, each in enumerate(lines[max(0, at - 2) : at + 5], max(0, at - 2)) if place not in inside
        ]
        stamped = any(each.drop == "visitor counter" or is_stamp(each) for each in near)
        if any(dates.labelled(each.text) for each in near):
            return True
        words = sum(each.prose or (len(each.text) if each.kind == "row" else 0) for each in after)
        if words >= 60 and (stamped or len(group.rows) < 6 or words >= 200):
            return True
    return False


def _titled(look: Look, line: Line) -> bool:
    if len(line.text) < 30 or line.linked > 0.4 or line.drop or line.kind == "row" or is_site(line.text):
        return False
    return bool(line.level or line.key in look.head or names_title(look.flow, line) or set_apart(line))
