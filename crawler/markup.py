"""Bytes and HTML made into a tree that can be read, whatever the server said about them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

import cssselect
from lxml import etree, html
from lxml.html import HtmlElement

from config import ExtractError, tidy

MAX_TAGS = 600_000
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers understand by these names.
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_BINARY = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # escape sequences are text of a kind
_XML_DECLARATION = re.compile(r"<\?xml[^>]*\?>", re.IGNORECASE)
_SCRAMBLED = re.compile("á»|áº|Ã[\x80-\xbf ¡-¿]|Ä‘|Æ°|Æ¡")


# --- bytes to text ----------------------------------------------------------------------------------------


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a response. Valid UTF-8 wins over every declaration: a wrong header is common on portals."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if body[:400].count(0) > 0.3 * len(body[:400]):
        # Two bytes a letter and no mark: the zeros stand at the odd places in little-endian text.
        return body.decode("utf-16-le" if body[1:400:2].count(0) > body[:400:2].count(0) else "utf-16-be", "replace")
    try:
        return _unscrambled(body.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    declared = [name for name in _declared(body, content_type) if _known(name)]
    if _nearly_utf8(body):
        # A page cut at the limit, or with one broken comment, is still UTF-8.
        return body.decode("utf-8", "replace")
    for name in [*declared, "cp1258"]:
        if name in {"utf-8", "utf8"}:
            continue
        try:
            return body.decode(_ALIASES.get(name, name))
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("cp1252", "replace")


def _declared(body: bytes, content_type: str | None) -> Iterable[str]:
    if content_type and (header := _HEADER_CHARSET.search(content_type)):
        yield header.group(1).lower()
    for pattern in (_XML_CHARSET, _META_CHARSET):
        if match := pattern.search(body[:100_000]):
            yield match.group(1).decode("ascii", "replace").lower()


def _known(name: str) -> bool:
    try:
        # Codecs such as rot13 or base64 are known to Python and are no charset: str.encode refuses them.
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _nearly_utf8(body: bytes) -> bool:
    high = sum(1 for byte in body[:200_000] if byte >= 0x80)
    broken = body[:200_000].decode("utf-8", "replace").count("\ufffd")
    return high > 0 and broken * 50 < high


def _unscrambled(text: str) -> str:
    """The text, mended when the portal itself stored UTF-8 that had been read as windows-1252."""
    if len(_SCRAMBLED.findall(text[:200_000])) < 20 or len(re.findall("[ạ-ỹ]", text[:200_000])) > 20:
        return text
    try:
        return b"".join(_one_byte(letter) for letter in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


@lru_cache(maxsize=1024)
def _one_byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


# UTF-8 read as windows-1252: a first byte of two or three, then the bytes that follow one, as letters.
_FOLLOWING = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SEQUENCE = re.compile(f"[Ã-ß]{_FOLLOWING}|[à-ï]{_FOLLOWING}{{2}}")


def _mended(root: HtmlElement) -> HtmlElement:
    """The tree, with the texts mended that a portal stored as UTF-8 read as windows-1252 beside others that are whole:
    an imported article in a frame of today. Entities are letters here, so `&Atilde;&nbsp;` is mended too."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.text and _SCRAMBLED.search(node.text):
            node.text = _mend(node.text)
        if node.tail and _SCRAMBLED.search(node.tail):
            node.tail = _mend(node.tail)
        for name in ("title", "alt", "content"):
            if (value := node.get(name)) and _SCRAMBLED.search(value):
                node.set(name, _mend(value))
    return root


def _mend(text: str) -> str:
    # Of what an entity may hold lxml gives letters that it does not take.
    return _CONTROLS.sub("", _SEQUENCE.sub(_letter, text))


def _letter(match: re.Match[str]) -> str:
    try:
        letter = b"".join(map(_one_byte, match.group())).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match.group()
    return letter if letter.isprintable() or letter == "\xa0" else match.group()


def _is_binary(source: str) -> bool:
    """Whether what was decoded is no text: one letter in a hundred is a control character that no text has."""
    beginning = source[:50_000]
    return len(_BINARY.findall(beginning)) > len(beginning) / 100


# --- text to a tree -----------------------------------------------------------------------------------------


def parse(source: str) -> HtmlElement:
    """The root of a page, its comments gone. ExtractError when the page is too large to be read safely."""
    if source.count("<") > 2 * MAX_TAGS:
        raise ExtractError(f"the page has more than {MAX_TAGS} elements")
    if _is_binary(source):
        source = ""  # a picture, a broken body: whatever the server calls it, there is nothing to read
    # lxml refuses text with an XML declaration, and a NUL ends the page for libxml2.
    source = _XML_DECLARATION.sub("", _CONTROLS.sub("", source.replace("\f", " ")))
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    body = source.encode("utf-8", "replace")
    try:
        root: HtmlElement | None = html.document_fromstring(body, parser=parser) if source.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        root = html.document_fromstring("<html><body></body></html>")
    return _mended(root) if len(_SCRAMBLED.findall(source)) >= 3 else root


def text_of(node: HtmlElement | None) -> str:
    """The text of a node on one line, tidy; scripts and styles are not text."""
    if node is None:
        return ""
    parts = [
        part
        for part in node.itertext()
        if not (isinstance(part, etree._ElementUnicodeResult) and part.is_text and _silent(part.getparent()))
    ]
    return one_line("".join(parts))


def _silent(node: object) -> bool:
    return getattr(node, "tag", None) in {"script", "style", "noscript", "template"}


def one_line(text: str) -> str:
    """The text in NFC on one line, spaces collapsed."""
    return " ".join((text if text.isascii() else tidy(text)).split())


def tag_of(node: HtmlElement) -> str:
    """The name of an element; "" of a comment or an instruction, which have none."""
    return node.tag if isinstance(node.tag, str) else ""


def marks_of(node: HtmlElement) -> str:
    """The class and id of a node in lower case, for token rules: "btn share-box #related"."""
    return f"{node.get('class') or ''} #{node.get('id') or ''}".lower() if node.attrib else ""


# --- selectors ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _compiled(css: str) -> etree.XPath:
    # An attribute's text, "a::attr(href)", is Scrapy's own and not asked for here.
    return etree.XPath(cssselect.HTMLTranslator().css_to_xpath(css))


def selector_fault(css: str) -> str | None:
    """What is wrong with a CSS selector, or None when it can be used."""
    if not css.strip():
        return "the selector is empty"
    try:
        _compiled(css)
    except (cssselect.SelectorError, etree.XPathError, ValueError) as error:
        return f"not a usable CSS selector: {error or type(error).__name__}"
    return None


def select(node: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements under a node that a selector names, in document order. ExtractError on a bad selector."""
    if fault := selector_fault(css):
        raise ExtractError(f"{css!r}: {fault}")
    found = _compiled(css)(node)
    return [item for item in found if isinstance(item, HtmlElement)] if isinstance(found, list) else []


# --- addresses ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def absolute(base: str, href: str | None) -> str | None:
    """An http address for a link, its fragment dropped; None for scripts, mail, anchors and broken links. On a page that
    was read from a file a relative link is a file beside it."""
    # A line break inside href is dropped by browsers; a space stays, encoded.
    href = re.sub(r"[\t\r\n]", "", href or "").strip()
    if not href or href.startswith("#") or re.match(r"(?i)(javascript|mailto|tel|data|about|blob|file|sms):", href):
        return None
    try:
        parts = urlsplit(urljoin(base, href.replace(" ", "%20")))
    except ValueError:
        return None
    beside = parts.scheme == "file" and base.startswith("file:")
    if not beside and (parts.scheme not in {"http", "https"} or not parts.netloc):
        return None
    return urlunsplit(parts._replace(fragment="", path=parts.path or "/"))


def base_of(doc: HtmlElement, url: str) -> str:
    """The address that relative links of a page are meant from: <base href> where it is usable."""
    for base in doc.iter("base"):
        if href := base.get("href"):
            return absolute(url, href) or url
    return url


def address_of(doc: HtmlElement, url: str) -> str:
    """The address of a page: the one that answered; of a page read from a file the one that it calls its own."""
    if not url.startswith("file:"):
        return url
    said = [link.get("href") for link in doc.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    said += [meta.get("content") for meta in doc.iter("meta") if meta.get("property") == "og:url"]
    return next((address for each in said if (address := absolute("", each)) and "://" in (each or "")), url)


def same_site(first: str, second: str) -> bool:
    """True when two addresses have one host, a leading www. ignored, or are files."""
    if first.startswith("file:") and second.startswith("file:"):
        return True
    hosts = [(urlsplit(each).hostname or "").lower().removeprefix("www.") for each in (first, second)]
    return bool(hosts[0]) and hosts[0] == hosts[1]
