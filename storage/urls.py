"""One key for the many spellings of one address."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_SESSION = re.compile(r";(?:jsessionid|sid)=[^/?#;]*", re.IGNORECASE)
# What a link carries about the reader's way to it, and nothing about what it leads to.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|_ga|spm|phpsessid|jsessionid|sessionid", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


def clean_url(url: str) -> str:
    """The address as it is fetched and shown: no fragment, session or tracking parameters, host in lower case."""
    parts = urlsplit(unicodedata.normalize("NFC", url.strip()))
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port != _DEFAULT_PORT.get(parts.scheme.lower()):
        host = f"{host}:{parts.port}"
    query = parts.query
    if any(_TRACKING.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        kept = [(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(n)]
        query = urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, _SESSION.sub("", parts.path) or "/", query, ""))


def url_key(url: str) -> str:
    """The identity of an address: `clean_url` without scheme, `www.` and trailing slash, its parameters in order.

    The path keeps its case: two articles may differ in nothing else.
    """
    parts = urlsplit(canonicalize_url(clean_url(url), keep_blank_values=False))
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    return f"{parts.netloc.removeprefix('www.')}{path}" + (f"?{parts.query}" if parts.query else "")


def site(url: str) -> str:
    """The host that an address belongs to, without `www.` and port: the unit of politeness and of "the same site"."""
    return (urlsplit(url.strip()).hostname or "").rstrip(".").removeprefix("www.")
