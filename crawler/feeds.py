"""A feed read as a listing: RSS of every age, Atom, and what portals call so.

What feedparser is given has been made harmless before: letters decoded (a wrong charset is common), entities refused,
a body cut after so many entries, and XML that is broken mended by libxml2, whose patience is linear.
"""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from html import unescape
from itertools import islice
from urllib.parse import unquote, urlsplit

import feedparser
from lxml import etree

from config import DOCUMENT_TYPES, ListingError, plain, say
from crawler.dates import HANOI, parse_when
from crawler.document_table import NUMBER
from crawler.markup import absolute, decode, one_line, parse, text_of
from storage import Listing, ListingEntry, When

MOST_ENTRIES = 1000
"""Entries of one feed or sitemap that are read; a portal publishes some dozens a day."""
LARGEST_FEED = 2_000_000
"""Letters of a feed that are read, as of a page: what stands after them is left out."""
_LONGEST_SUMMARY = 1000
_PROLOG = re.compile(r"\A.*?<(?=[A-Za-z_])", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTRY_END = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_VOID = re.compile(r"<((?:br|hr|img|wbr)\b[^<>/]*)>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:(?P<known>(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)|(?P<name>[A-Za-z]\w{1,30};)|)"
)
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_LOCAL = re.compile(r"^.*[}:]")
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
}
_ZONE = re.compile(r"\d\s*(?:[+-]\d{2}:?\d{2}|[A-Z]{1,4})$")
_ZONE_HOURS = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?00)?\s*$")


def read_feed(
    body: bytes, *, url: str, content_type: str | None = None, kind: str = "news", full: bool = False
) -> Listing:
    """The entries of a feed, in its order. `url` is the address that answered; links are absolute.

    `full`: the summary is the whole text that the feed carries, and not its beginning. An entry without a title has
    what its address says. Dates without a zone are Hanoi's. `cut` of the listing says what was left out. ListingError
    when it is no feed, or one that must not be read: entities, too large.
    """
    text = refuse_entities(decode(body, content_type))
    text, left_out = _cut(text)
    if len(text) > LARGEST_FEED:
        raise ListingError(say("the feed is too large to read ({size} MB)", size=len(text) // 10**6))
    # feedparser opens what looks like an address or a file name: it is given bytes in a file, and nothing else.
    feed = feedparser.parse(
        io.BytesIO(_whole(text)),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,  # only the words are taken
        resolve_relative_uris=False,
    )
    read = (_entry(each, url, kind, full) for each in feed.entries)
    known: dict[str, ListingEntry] = {}
    for entry in islice(read, MOST_ENTRIES):
        if entry is not None:
            known.setdefault(entry.url, entry)
    cut = say("{count} entries of the feed were left out", count=left_out) if left_out else ""
    why = f"{feed.get('version') or 'a feed'} of {len(known)} entries"
    return Listing(url, "listing", kind, tuple(known.values()), None, why, cut)


# --- made harmless ------------------------------------------------------------------------------------------


def refuse_entities(text: str) -> str:
    """The XML without its document type; ListingError when that declares entities: a few lines of them fill a memory."""
    prolog = _PROLOG.match(text[:100_000])
    head = prolog.group() if prolog else text[:100_000]
    if "<!ENTITY" in head.upper() or ("<!DOCTYPE" in head.upper() and "[" in head):
        raise ListingError(say("the XML declares entities of its own: refused"))
    return _DOCTYPE.sub("", head) + text[len(head) :]


def _cut(text: str) -> tuple[str, int]:
    """The text with no more entries than are read, and how many were left out."""
    kept = tail = count = left_out = 0
    for match in _ENTRY_END.finditer(text):
        tail = match.end()
        if left_out or count == MOST_ENTRIES or tail > LARGEST_FEED:
            left_out += 1
        else:
            count, kept = count + 1, tail
    # What follows the last entry closes the document.
    return (text[:kept] + text[tail:], left_out) if left_out else (text, 0)


def _whole(text: str) -> bytes:
    """XML that a strict parser takes, for whatever a portal calls a feed; ListingError where it is none."""
    text = _DECLARATION.sub("", text.replace("\0", "")).strip()
    parts = _CDATA.split(text)  # the odd ones are CDATA: there an ampersand is itself
    parts[::2] = [_VOID.sub(r"<\1/>", _ENTITY.sub(_known_entity, part)) for part in parts[::2]]
    raw = "".join(parts).encode("utf-8", "replace")
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str) or _LOCAL.sub("", root.tag).lower() not in _ROOTS:
        raise ListingError(say("not a feed that can be read"))
    if not len(parser.error_log):
        return raw
    for node in root.iter(etree.Element):
        prefix, colon, name = str(node.tag).rpartition(":")
        if colon and not prefix.startswith("{"):  # used, and never declared
            node.tag = f"{{{_NAMESPACES.get(prefix.lower(), 'urn:x:' + prefix.lower())}}}{name}"
        for attribute in [name for name in node.attrib if ":" in name and not name.startswith("{")]:
            del node.attrib[attribute]
    return etree.tostring(root, encoding="utf-8")


def _known_entity(match: re.Match[str]) -> str:
    """XML knows five names; of the others HTML's letter, and a lone ampersand (?a=1&b=2) is escaped."""
    if match["known"]:
        return match.group()
    if match["name"] and (letters := unescape(match.group())) != match.group():
        return letters.replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + match.group()[1:]


# --- one entry ----------------------------------------------------------------------------------------------


def _entry(entry: feedparser.FeedParserDict, base: str, kind: str, full: bool) -> ListingEntry | None:
    address = _address(entry, base)
    if address is None:
        return None
    title = words(entry.get("title") or "")
    summary = words(entry.get("summary") or "")
    contents = [words(each.get("value") or "") for each in entry.get("content") or []]
    if full:
        summary = max([summary, *contents], key=len)
    elif not summary:
        summary = next(iter(contents), "")
    summary = summary if full else summary[:_LONGEST_SUMMARY]
    number = number_in(title) or number_of_slug(address) if kind == "documents" else None
    if not title:
        title = title_of_slug(address)
    return ListingEntry(address, title, _when(entry), number, summary if summary and summary != title else None)


def _address(entry: feedparser.FeedParserDict, base: str) -> str | None:
    enclosed = [each.get("href") for each in entry.get("enclosures") or []]
    guid = entry.get("id") or ""
    for href in (
        entry.get("feedburner_origlink"),
        entry.get("link"),
        guid if guid.startswith(("http://", "https://")) else None,
        *enclosed,
    ):
        if href and (address := absolute(base, href)):
            return address
    return None


def words(text: str) -> str:
    """The words of a title or description on one line, whether it is plain, HTML, or HTML escaped twice."""
    for _ in range(2):
        if "<" not in text and "&" not in text:
            break
        text = text_of(parse(text[:200_000])) if "<" in text else unescape(text)
    return one_line(text)


def _when(entry: feedparser.FeedParserDict) -> When | None:
    # Not feedparser's own reading, which takes a date without a zone for Greenwich's.
    for name in ("published", "updated", "created"):
        if name in entry and (when := feed_date(str(entry[name]))):
            return when
    return None


def feed_date(text: str) -> When | None:
    """A date of a feed: as in a mail (Mon, 23 Nov 2026 08:00:00 +0700), in ISO form, or as Vietnamese pages write it.
    Without a zone it is Hanoi's; midnight in Hanoi is a day without a time."""
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)  # most are so; a sitemap has tens of thousands
    except ValueError:
        pass
    else:
        return _day_or_moment(when) if 1990 <= when.year < 2100 else None
    text = _ZONE_HOURS.sub(lambda match: f"{match[1]}{int(match[2]):02d}00", " ".join(text.split()))
    if re.search(r"[A-Za-z]{3}", text) and (found := parsedate_tz(text)) and 1990 <= found[0] < 2100:
        try:
            zone = timezone(timedelta(seconds=found[9] or 0)) if _ZONE.search(text) else HANOI
            return _day_or_moment(datetime(*found[:5], tzinfo=zone))
        except (ValueError, OverflowError):
            return None
    return parse_when(text)


def _day_or_moment(when: datetime) -> When:
    when = (when if when.tzinfo else when.replace(tzinfo=HANOI)).astimezone(HANOI).replace(second=0, microsecond=0)
    return when if (when.hour, when.minute) != (0, 0) else when.date()


# --- what an address says -----------------------------------------------------------------------------------

_SLUG_NUMBER = re.compile(
    r"(?:^|-)so-(\d{1,5})-(?:((?:19|20)\d\d)-)?((?:"
    + "|".join(sorted({plain(code).lower() for code in DOCUMENT_TYPES}, key=len, reverse=True))
    + r")(?:-[a-z]{2,12}){1,2}?)(?=-(?:\d|ngay|ve|cua|v-v|quy|sua|ban|bai|phe|huong|thong|dieu|tang|giao)|$)"
)
_TYPES = {plain(code).lower(): code for code in reversed(DOCUMENT_TYPES) if "D" not in code or "Đ" in code}
_ISSUERS = {"ttg": "TTg", "nq": "NQ", "hdnd": "HĐND", "dlda": "ĐLĐA"}


def number_in(text: str) -> str | None:
    """The first document number of a text, without spaces."""
    match = NUMBER.search(text)
    return re.sub(r"\s", "", match.group()).rstrip(".") if match else None


def number_of_slug(url: str) -> str | None:
    """The number in an address such as .../nghi-quyet-so-01-nq-cp-48219.htm: 01/NQ-CP; None where none is plain."""
    match = _SLUG_NUMBER.search(_slug(url))
    if match is None:
        return None
    code, *issuers = match[3].split("-")
    symbol = "-".join([_TYPES.get(code, code.upper()), *(_ISSUERS.get(each, each.upper()) for each in issuers)])
    return "/".join(part for part in (match[1], match[2], symbol) if part)


def title_of_slug(url: str) -> str:
    """A title for an entry that has none: the document that the address names, else the address's own words."""
    number = number_of_slug(url)
    if number is not None:
        name = DOCUMENT_TYPES.get(number.split("/")[-1].split("-")[0], "Văn bản")
        return f"{name} số {number}"
    return _slug(url).replace("-", " ").strip() or url


def _slug(url: str) -> str:
    """The last part of an address's path, without ending and trailing id, in lower case."""
    path = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].lower()
    return re.sub(r"-(?:c|vi|p|id|post|a)?\d{3,}$", "", re.sub(r"\.(?:html?|aspx|chn|php|jsp|pdf)$", "", path))
