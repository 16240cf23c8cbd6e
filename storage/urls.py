"""One key for the many spellings of one address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from config import Portal

_SESSION = re.compile(r";(?:jsessionid|sid)=[^/?#;]*", re.IGNORECASE)
# What a link carries about the reader's way to it, and nothing about what it leads to.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|_ga|spm|phpsessid|jsessionid|sessionid", re.IGNORECASE)
_LONGEST_KEY = 1000  # bytes; an index of PostgreSQL takes 2,700 for all its columns
# Where the reader came from, and goes back to: Liferay and SharePoint write a listing's own address into the links of
# its entries, with the page's number, so that an entry had another address as soon as it moved to page two.
_RETURN = re.compile(r"(?:_\w+_)?(?:redirect|back_?url|return_?(?:url|to)|source|ref(?:errer)?)", re.IGNORECASE)
# What tells the weeks of one schedule's page apart: written by the crawler, seen by no server.
_WEEK = re.compile(r"week=\d{4}-\d\d")
_DEFAULT_PORT = {"http": 80, "https": 443}


def clean_url(url: str) -> str:
    """The address as it is fetched and shown: no fragment but a schedule's week, no session or tracking parameters, host in lower case."""
    parts = urlsplit(unicodedata.normalize("NFC", url.strip()))
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port != _DEFAULT_PORT.get(parts.scheme.lower()):
        host = f"{host}:{parts.port}"
    query = parts.query
    given = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if not (_TRACKING.fullmatch(name) or _leads_back(name, value, url))]
    if len(kept) < len(given):
        query = urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, _SESSION.sub("", parts.path) or "/", query, _week(parts.fragment)))


def _week(fragment: str) -> str:
    return fragment if _WEEK.fullmatch(fragment) else ""


def _leads_back(name: str, value: str, url: str) -> bool:
    """True for a parameter that is an address of the same site; one of another site may be what the link leads to."""
    if not _RETURN.fullmatch(name):
        return False
    try:
        return bool(re.match(r"/(?!/)", value)) or (bool(re.match("https?://", value)) and site(value) == site(url))
    except ValueError:
        return False


def url_key(url: str) -> str:
    """The identity of an address: `clean_url` without scheme, `www.` and trailing slash, its parameters in order.

    The path keeps its case: two articles may differ in nothing else.
    """
    parts = urlsplit(canonicalize_url(clean_url(url), keep_blank_values=False, keep_fragments=True))
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    key = f"{parts.netloc.removeprefix('www.')}{path}" + (f"?{parts.query}" if parts.query else "")
    key += f"#{parts.fragment}" if parts.fragment else ""
    if len(key) <= _LONGEST_KEY:  # canonicalize_url leaves ASCII only
        return key
    return f"{key[: _LONGEST_KEY - 65]}#{hashlib.sha256(key.encode()).hexdigest()}"


def hosts_of(portal: Portal) -> set[str]:
    """The hosts that a portal is on: its own, its sections' and its aliases."""
    return {site(portal.url), *(site(section.url) for section in portal.sections), *portal.aliases}


def site(url: str) -> str:
    """The host that an address belongs to, without `www.` and port: the unit of politeness and of "the same site"."""
    return (urlsplit(url.strip()).hostname or "").rstrip(".").removeprefix("www.")
