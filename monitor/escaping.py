"""Crawled text made harmless for those who read it: control characters and calls to everybody go, markup is words. Pure.

What comes from a portal is hostile. `clean` is what every text of a message passes, whatever its format; `in_markdown`
writes it in Markdown, and HTML is escaped by the templates themselves.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from markupsafe import Markup

LONGEST_LINE = 300

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
# What a chat or a mail program makes into a call or a link by itself: @everyone, http://, www. A word joiner inside, which
# nobody sees, keeps it a word.
_LIVE = re.compile(r"(?<![\w\u2060])(@)(?=\w)|(?<=[A-Za-z])(:)(?=//)|(?<!\w)([wW]{3})(?=\.)")
_JOINER = "\u2060"
# What means something anywhere in a line of Markdown; an ampersand only where it begins an entity.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>~|]|&(?=#?\w{1,40};))")
# What means something where a line begins: headings, lists, rules.
_AT_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")


def clean(text: object, longest: int = LONGEST_LINE) -> str:
    """A text as one harmless line, cut at its end."""
    line = _CONTROL.sub(" ", str(text)).strip()
    return _LIVE.sub(lambda found: found.group() + _JOINER, cut(line, longest))


def cut(text: str, longest: int) -> str:
    """A text of so many letters at most; an ellipsis says that it goes on."""
    return text if len(text) <= longest else text[: max(0, longest - 1)].rstrip() + "…"


def in_markdown(text: object) -> Markup:
    """A text as Markdown in which every letter is a letter."""
    written = _ANYWHERE.sub(r"\\\1", str(text))
    return Markup(_AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", written))  # noqa: S704


def web_link(url: str) -> str:
    """A web address whole, what is no letter of an address percent-encoded; nothing of what leads elsewhere."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return ""
    return quote(url, safe=";/?:@&=+$,-_.!~*'()%#[]", errors="replace")
