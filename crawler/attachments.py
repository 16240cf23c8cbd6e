"""What a file says, by its bytes: PDF, DOCX and the older DOC. Pure, but for Tesseract where it is asked for.

A file is of the kind that its bytes say; names and content types lie. What is read has bounds: pages, letters, and what
may come out of a compressed container before anything in it is parsed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from config import ExtractError, mark, say, tidy
from crawler.ocr import Recognise

PAGES = 300
LETTERS = 200_000
OCR_PAGES = 5
READER = 1  # raised whenever the same file is read otherwise
_UNPACKED = 100 * 2**20  # bytes, of all that is in a container
_LARGEST_PART = 16 * 2**20  # bytes of one XML in it
_PARTS = 5_000
_DEEPEST = 40  # tables in tables
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = b"\xef\xbb\xbf\xff\xfe"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!--|!doctype html|(?:html|head|body|meta|title|script|style|div|p|h1)[\s/>])",
    re.IGNORECASE,
)
_NOT_READ = {
    "rtf": mark("an RTF text; its kind is not read"),
    "office": mark("a spreadsheet or another office file; its kind is not read"),
    "image": mark("a picture; its kind is not read"),
    "archive": mark("an archive; its kind is not read"),
    "html": mark("a page and not a file"),
    "text": mark("a plain text and not a document"),
    "other": mark("of an unknown kind; it is not read"),
}
FILES = ("pdf", "docx", "doc")
"""The kinds that are read."""


class Found(NamedTuple):
    """The fields of a `FileText`; its room takes seconds to load, which a process for one file has not."""

    kind: str
    state: str
    text: str = ""
    pages: int | None = None
    problem: str | None = None


def kind_of(body: bytes) -> str:
    """The kind of a file: pdf docx doc rtf office image html text archive other."""
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if body.startswith(b"PK\x03\x04"):
        return _zip_kind(body)
    if body.startswith(_OLE):
        return "doc" if "WordDocument".encode("utf-16-le") in body else "office"
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    if _HTML.match(body[:1024].lstrip(_BOMS).replace(b"\0", b"")):
        return "html"
    return "other" if b"\0" in body[:4096] or not body else "text"


def read_file(body: bytes, recognise: Recognise | None = None) -> Found:
    """What a file says. `recognise` reads a picture of a page, where a scan is to be read at all."""
    kind = kind_of(body)
    try:
        match kind:
            case "pdf":
                return _read_pdf(body, recognise)
            case "docx":
                return _told(kind, _cut(_docx_lines(body)))
            case "doc":
                return _told(kind, _cut(_doc_lines(body)))
    except ExtractError as error:
        return Found(kind, "refused", problem=str(error))
    except MemoryError:
        return Found(kind, "refused", problem=say("it takes too much memory to read"))
    except Exception as error:  # whatever a hostile file makes of a reader, it is a fact about the file
        return Found(kind, "refused", problem=say("broken ({error})", error=f"{type(error).__name__}: {error}"[:200]))
    return Found(kind, "unread", problem=say(_NOT_READ[kind]))


def _told(kind: str, text: str, pages: int | None = None, problem: str | None = None) -> Found:
    if len(text) >= LETTERS:
        problem = say("cut after {letters} letters", letters=LETTERS)
    return Found(kind, "read", text, pages, problem)


def _cut(lines: Iterator[str]) -> str:
    """Lines as one text, no longer than what is read of a file."""
    kept: list[str] = []
    had = 0
    for line in lines:
        line = " ".join(tidy(line).split())
        if line:
            kept.append(line)
            had += len(line) + 1
        if had > LETTERS:
            break
    return "\n".join(kept)[:LETTERS]


# --- PDF ---


def _read_pdf(body: bytes, recognise: Recognise | None) -> Found:
    from crawler.pdf_text import open_pdf, picture, read_pdf

    document = open_pdf(body)
    try:
        found = read_pdf(document, pages=PAGES, letters=LETTERS)
        text = _cut(iter(found.text.split("\n")))
        if found.read and len(found.pictures) == found.read:
            return _read_scan(text, found.pages, recognise, lambda page: picture(document[page]))
        problem = None
        if found.read < found.pages:
            problem = say("cut after {read} of {pages} pages", read=found.read, pages=found.pages)
        elif not text:
            return Found("pdf", "unread", pages=found.pages, problem=say("there is no text in it"))
        return _told("pdf", text, found.pages, problem)
    finally:
        document.close()


def _read_scan(stamp: str, pages: int, recognise: Recognise | None, draw: Callable[[int], Any]) -> Found:
    if recognise is None:
        problem = say("a scan without a text layer")
        return Found("pdf", "scan", stamp, pages, problem)
    read = [recognise(draw(page)) for page in range(min(pages, OCR_PAGES))]
    text = _cut(iter("\n".join(read).split("\n")))
    if not text:
        return Found("pdf", "scan", stamp, pages, say("a scan in which no text was recognised"))
    problem = say("a scan, its text recognised on {read} of {pages} pages", read=len(read), pages=pages)
    return Found("pdf", "read", text, pages, problem)


# --- DOCX ---


def _zip_kind(body: bytes) -> str:
    """By the names of its parts, which stand in it as they are: its directory may be made to take seconds to read."""
    if _DOCUMENT.encode() in body:
        return "docx"
    return "office" if b"[Content_Types].xml" in body or body[30:38] == b"mimetype" else "archive"


def _check_container(body: bytes) -> None:
    """Refuse a container that is a danger before anything in it is unpacked. Python unpacks no part beyond the size that
    its directory declares, so that the declared sizes bound the real ones."""
    with zipfile.ZipFile(io.BytesIO(body)) as container:
        parts = container.infolist()
        if len(parts) > _PARTS:
            raise ExtractError(say("a container of {parts} parts", parts=len(parts)))
        if not any(part.filename == _DOCUMENT for part in parts):
            raise ExtractError(say(_NOT_READ["archive"]))  # with a document in it
        if any(part.flag_bits & 1 for part in parts):
            raise ExtractError(say("encrypted: it opens with a password only"))
        largest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
        if sum(part.file_size for part in parts) > _UNPACKED or largest > _LARGEST_PART:
            raise ExtractError(say("it unpacks to more than is read"))


def _docx_lines(body: bytes) -> Iterator[str]:
    _check_container(body)
    import docx

    yield from _blocks(docx.Document(io.BytesIO(body)).element.body, 0)


def _blocks(parent: Any, depth: int) -> Iterator[str]:
    """The lines of what holds paragraphs and tables; what was deleted with its traces kept is none of them."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _inline(child).split("\n")
        elif child.tag == f"{_W}tbl" and depth < _DEEPEST:
            for row in child.iter(f"{_W}tr"):
                if next(row.iterancestors(f"{_W}tbl")) is child:
                    yield " | ".join(_cell(cell, depth) for cell in row.iter(f"{_W}tc") if _owner(cell) is row)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins") and depth < _DEEPEST:
            yield from _blocks(child, depth + 1)


def _owner(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"))


def _cell(cell: Any, depth: int) -> str:
    return " ".join(" ".join(_blocks(cell, depth + 1)).split())


def _inline(paragraph: Any) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag in (_ALTERNATIVE, f"{_W}pPr") for above in node.iterancestors()):
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append({"tab": " ", "noBreakHyphen": "-"}.get(node.tag.removeprefix(_W), "\n"))
    return "".join(parts)


# --- DOC ---

_FIELD = re.compile("\x13[^\x13\x14\x15]{0,2000}\x14|[\x13-\x15]|\x13[^\x13\x14\x15]{0,2000}\x15")
_DOC_LETTERS = {
    "\x07\x07": "\n",  # the end of a row's last cell, and of the row
    "\x07": " | ",
    "\x0b": "\n",
    "\x0c": "\n",
    "\r": "\n",
    "\x1e": "-",
    "\x1f": "",
    "\xa0": " ",
}
_DOC_MARK = re.compile("|".join(map(re.escape, _DOC_LETTERS)))


def _doc_lines(body: bytes) -> Iterator[str]:
    """The main text of a Word 97-2003 document, put together from its pieces as [MS-DOC] 2.4.1 says."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(body)) as container:
        stream = container.openstream("WordDocument").read()
        if len(stream) < 0x1AA or struct.unpack_from("<H", stream, 0)[0] != 0xA5EC:
            raise ExtractError(say("a Word document from before 1997; its kind is not read"))
        flags = struct.unpack_from("<H", stream, 0x0A)[0]
        if flags & 0x0100:
            raise ExtractError(say("encrypted: it opens with a password only"))
        table = container.openstream("1Table" if flags & 0x0200 else "0Table").read()
    letters = struct.unpack_from("<i", stream, 0x4C)[0]
    at, size = struct.unpack_from("<II", stream, 0x1A2)
    text = "".join(_pieces(stream, table[at : at + size], max(0, min(letters, 4 * LETTERS))))
    text = _DOC_MARK.sub(lambda match: _DOC_LETTERS[match.group()], _FIELD.sub("", text))
    for line in text.split("\n"):
        yield re.sub(r"[\x00-\x08\x0e-\x1f]", "", line).strip(" |")


def _pieces(stream: bytes, clx: bytes, letters: int) -> Iterator[str]:
    """The pieces of the main text in its order; a piece is of two bytes a letter, or of one in windows-1252."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # properties, which say nothing
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise ExtractError(say("broken ({error})", error="no piece table"))
    size = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    table = clx[at + 5 : at + 5 + size]
    count = (len(table) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        length = min(starts[number + 1], letters) - starts[number]
        if length <= 0:
            continue
        place = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        if place & 0x40000000:
            first = (place & 0x3FFFFFFF) // 2
            yield stream[first : first + length].decode("cp1252", "replace")
        else:
            yield stream[place : place + 2 * length].decode("utf-16-le", "replace")
