"""Where a listing goes on: the link, or the form of a postback, to the page after this one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from config import match_key
from crawler.markup import absolute, marks_of, same_site, select, text_of
from storage import NextPage

_NEXT_WORDS = re.compile(
    r"[\W_]*(?:trang (?:sau|tiếp(?: theo)?|kế(?: tiếp)?)|(?:xem )?tiếp(?: theo)?|sau|next(?: page)?|kế tiếp|tới|older(?: posts)?)[\W_]*"
)
_ARROW = re.compile(r"\s*[>›→]\s*|\s*(?:&gt;)\s*")
_DOUBLE = re.compile(r"\s*(?:>>|»|››)\s*")
_PAGE_KEYS = re.compile(
    r"(?:^|_)(?:page|p|pageno|pagenumber|pageindex|paging|trang|cur|start|pg|currentpage|pageid)$", re.I
)
# Where a list goes on after its last entry, by that entry's date or number: SharePoint's lists and Domino's views.
_KEYSET = re.compile(
    r"[?&](?:publisheddate|paged|pagefirstrow|p_id|start|startkey|lastid|last_id|before|after|offset|skip)=", re.I
)
_POSTBACK = re.compile(r"__doPostBack\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)")
_PAGER = re.compile(r"pag(?:er|ing|ination|e-?nav|e-?number)|phan-?_?trang|trang|next|navi|page")


def next_page(doc: HtmlElement, *, url: str, base: str, css: str | None = None) -> NextPage | None:
    """The page after this one, never this one itself. A given selector is the only evidence where there is one."""
    if css:
        for node in select(doc, css):
            for link in [node, *node.iter("a")] if node.tag != "a" else [node]:
                if found := _target(doc, link, url, base):
                    return found
        return None
    for link in doc.iter("link", "a"):
        if "next" in (link.get("rel") or "").lower().split() and (found := _target(doc, link, url, base)):
            return found
    links = [link for link in doc.iter("a") if link.get("href") or link.get("onclick")]
    number = _numbered(doc, links, url, base)
    # A title is no pager's word, and a page may have a hundred thousand links: folding them all took half the time.
    spoken = [(link, _words(link)) for link in links if len(" ".join(link.text_content().split())) <= 30]
    for pattern in (_NEXT_WORDS, _ARROW):
        for link, words in spoken:
            if words and len(words) <= 24 and pattern.fullmatch(words) and _pages(link):
                found = _target(doc, link, url, base)
                if found and _forward(found, url):
                    return found
    if number is not None and not any(_NEXT_WORDS.fullmatch(words) and _off(link) for link, words in spoken if words):
        return number
    # "»" is often "last": it is the next page only where the pager has no single arrow and no later number.
    for link, words in spoken:
        if _DOUBLE.fullmatch(words) and _pages(link) and not _says(link, "cuối", "last", "end"):
            found = _target(doc, link, url, base)
            if found and _forward(found, url):
                return found
    return None


def _words(link: HtmlElement) -> str:
    words = match_key(text_of(link))
    if not words:
        words = match_key(link.get("title") or link.get("aria-label") or "")
        if not words:
            image = next(link.iter("img"), None)
            words = match_key(image.get("alt") or "") if image is not None else ""
    return words


def _says(link: HtmlElement, *words: str) -> bool:
    text = match_key(" ".join(link.get(name) or "" for name in ("title", "aria-label", "class", "id")))
    return any(word in text for word in words)


def _pages(link: HtmlElement) -> bool:
    """True where the link stands in something that pages: by its marks, its address or the numbers beside it."""
    if _says(link, "next"):
        return True
    node: HtmlElement | None = link
    for _ in range(5):
        if node is None:
            break
        if _PAGER.search(marks_of(node)):
            return True
        node = node.getparent()
    if _KEYSET.search(link.get("href") or ""):
        return True
    if _page_of(link.get("href") or "") is not None or _POSTBACK.search(link.get("href") or ""):
        return True
    around = link.getparent()
    return around is not None and sum(1 for each in around.iter("a") if text_of(each).isdigit()) >= 2


def _off(link: HtmlElement) -> bool:
    """True for a pager's link that leads nowhere: its "next" says so on the last page, where all numbers are links."""
    holder = link.getparent()
    marks = f"{marks_of(link)} {marks_of(holder) if holder is not None else ''}".split()
    dead = re.match(r"\s*(?:#?\s*$|#!?$|javascript:\s*(?:;|void\(0\);?)?\s*$)", link.get("href") or "", re.I)
    return _pages(link) and dead is not None and ("disabled" in marks or link.get("onclick") is None)


def _target(doc: HtmlElement, link: HtmlElement, url: str, base: str) -> NextPage | None:
    href = link.get("href") or ""
    marks = (link.get("class") or "").lower().split()
    if "disabled" in marks or "inactive" in marks or link.get("disabled") is not None:
        return None
    postback = _POSTBACK.search(href) or _POSTBACK.search(link.get("onclick") or "")
    if postback:
        return _posted(doc, postback, link, url)
    address = absolute(base, href)
    if address is None or not same_site(address, url) or _same(address, url):
        return None
    return NextPage(address)


def _posted(doc: HtmlElement, postback: re.Match[str], link: HtmlElement, url: str) -> NextPage | None:
    """A WebForms postback: the hidden fields of the link's form, with the target and its argument."""
    form = next(link.iterancestors("form"), None)
    if form is None:
        form = next(doc.iter("form"), None)
    if form is None:
        return None
    fields = [
        (field.get("name") or "", field.get("value") or "")
        for field in form.iter("input")
        if (field.get("type") or "text").lower() == "hidden" and field.get("name")
    ]
    own = {"__EVENTTARGET": postback.group(1), "__EVENTARGUMENT": postback.group(2)}
    fields = [(name, value) for name, value in fields if name not in own] + list(own.items())
    return NextPage(absolute(url, form.get("action") or url) or url, tuple(fields))


def page_number(doc: HtmlElement, *, url: str) -> int:
    """The number of this page of a listing, from 1: as its pager or its address says."""
    pagers = _pagers([link for link in doc.iter("a") if link.get("href") or link.get("onclick")])
    current = [_current(holder, [number for number, _ in numbered], url) for holder, numbered in pagers]
    return max([_page_of(url) or 1, *(number for number in current if number is not None)])


def _pagers(links: list[HtmlElement]) -> list[tuple[HtmlElement, list[tuple[int, HtmlElement]]]]:
    """The elements that hold links to pages by their numbers, each with those links."""
    pagers: dict[int, list[tuple[int, HtmlElement]]] = {}
    holders: dict[int, HtmlElement] = {}
    for link in links:
        words = (link.text_content() or "").strip("[]() \t\r\n\xa0")
        if not words.isdigit() or len(words) > 4:
            continue
        holder = link.getparent()
        # <li><a>2</a></li>, <td><a>2</a></td>: the pager is the element that holds several of these.
        while holder is not None and holder.tag in ("li", "td", "span", "b", "strong") and len(text_of(holder)) <= 6:
            holder = holder.getparent()
        if holder is not None:
            pagers.setdefault(id(holder), []).append((int(words), link))
            holders[id(holder)] = holder
    return [
        (holders[key], numbered)
        for key, numbered in pagers.items()
        if len(numbered) >= 2 or (numbered[0][0] == 2 and _pages(numbered[0][1]))
    ]


def _numbered(doc: HtmlElement, links: list[HtmlElement], url: str, base: str) -> NextPage | None:
    """The link whose number follows the current page's."""
    for holder, numbered in _pagers(links):
        current = _current(holder, [number for number, _ in numbered], url)
        for number, link in numbered:
            if current is not None and number == current + 1 and (found := _target(doc, link, url, base)):
                return found
    return None


def _current(holder: HtmlElement, numbers: list[int], url: str) -> int | None:
    """The number of this page: the one that is no link, or is marked, or stands in the address, else 1."""
    for node in holder.iter():
        if not isinstance(node.tag, str):
            continue
        words = (node.text or "").strip() or (text_of(node) if node.tag in ("li", "a", "span") else "")
        if not words.strip("[]() ").isdigit() or len(words) > 6:
            continue
        marks = set(re.split(r"[^a-z]+", marks_of(node)))
        inside_link = (
            node.tag == "a" or any(True for _ in node.iterancestors("a")) or next(node.iter("a"), None) is not None
        )
        marked = marks & {"active", "current", "selected", "cur", "currentpage", "pageractive", "on"}
        if marked or node.get("aria-current") or (not inside_link and int(words.strip("[]() ")) not in numbers):
            return int(words.strip("[]() "))
        if node.tag == "a" and not node.get("href"):
            return int(words.strip("[]() "))
    # Bare text between the links: "<b>1</b>" was seen above, "1 <a>2</a>" is seen here.
    loose = [holder.text or "", *(child.tail or "" for child in holder)]
    for text in loose:
        if (match := re.fullmatch(r"\W*(\d{1,4})\W*", text)) and int(match.group(1)) not in numbers:
            return int(match.group(1))
    page = _page_of(url)
    if page is not None and page in (*numbers, max(numbers) + 1):
        return page
    return 1 if 2 in numbers else None


def _page_of(address: str) -> int | None:
    parts = urlsplit(address)
    for name, value in parse_qsl(parts.query):
        if _PAGE_KEYS.search(name) and value.isdigit() and len(value) <= 5:
            return int(value)
    match = re.search(r"(?:^|[/_-])(?:page|trang|p)[-_/]?(\d{1,5})(?:/|\.\w+)?$", parts.path, re.I)
    return int(match.group(1)) if match else None


def _forward(found: NextPage, url: str) -> bool:
    """False for a "next" whose page number is known and is not a later one."""
    if found.form is not None:
        return True
    there, here = _page_of(found.url), _page_of(url)
    return there is None or here is None or there > here


def _same(address: str, url: str) -> bool:
    first, second = urlsplit(urljoin(url, address)), urlsplit(url)
    return (first.netloc.lower(), first.path.rstrip("/"), sorted(parse_qsl(first.query, keep_blank_values=True))) == (
        second.netloc.lower(),
        second.path.rstrip("/"),
        sorted(parse_qsl(second.query, keep_blank_values=True)),
    )
