"""The text of a PDF: its lines in the order of the file, the lines of one paragraph joined, pages that are pictures told.

PDFium gives letters and where each stands. A line that reaches the right margin goes on in the next one; a gap within a
line is the border of a column and becomes " | ", as between the cells of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from config import ExtractError, say

_ENDS = re.compile(r"[.:;!?…][\"”’)]?$")
# What begins a line of its own: an item of a list, a bullet, an article of a law.
_BEGINS = re.compile(r"(?:[-–+•*]\s|\(?(?:\d{1,3}|[a-zđ]|[IVX]{1,6})[.)]\s|(?:Điều|Chương|Mục|Phụ lục)\s\d)")
_OPEN = re.compile(r"(?<!\w)(?:ngày|tháng|năm|số|thứ)\n\d|(?<!\w)(?:của|và|về|tại|theo)\n", re.IGNORECASE)
_GLUED = re.compile(r"\w-$")
_COLUMN_GAP = 1.2  # times the height of the font
_MARGIN = 0.08  # of the page's width: how far from the right margin a full line may end
_INDENT = 0.03
_STAMP = 400  # letters: what a digital signature writes over a scanned page
_LETTERS_A_PAGE = 100_000
_DOTS_AN_INCH = 250
_PIXELS = 12_000_000


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read of a PDF: the text of its first `read` pages of `pages`; `pictures`: those that are but a picture."""

    text: str
    pages: int
    read: int
    pictures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float


def open_pdf(body: bytes) -> pdfium.PdfDocument:
    """The document; ExtractError in words when it is none, or is locked."""
    try:
        return pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ExtractError(say("encrypted: it opens with a password only")) from error
        raise ExtractError(say("not a whole PDF")) from error


def read_pdf(document: pdfium.PdfDocument, *, pages: int, letters: int) -> PdfText:
    """The text of the first pages, until there are so many letters; a page that is broken is left out."""
    parts: list[str] = []
    pictures: list[int] = []
    had = number = 0
    for number in range(min(len(document), pages)):
        try:
            text, is_picture = _page(document[number])
        except pdfium.PdfiumError:
            continue
        if is_picture:
            pictures.append(number)
        if text:
            parts.append(text)
            had += len(text)
        if had >= letters:
            break
    return PdfText("\n".join(parts)[:letters], len(document), number + 1 if len(document) else 0, tuple(pictures))


def _page(page: pdfium.PdfPage) -> tuple[str, bool]:
    """A page's text, and whether the page is a picture with next to nothing written on it."""
    letters = page.get_textpage()
    try:
        width, height = page.get_size()
        lines = list(_lines(letters.raw))
        text = "\n".join(_paragraphs(lines, width))
        is_picture = len(text) < _STAMP and any(
            _area(image.get_bounds()) > width * height / 2
            for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
        return text, is_picture
    finally:
        letters.close()
        page.close()


def _area(bounds: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = bounds
    return (right - left) * (top - bottom)


def _lines(letters: Any) -> Iterator[_Line]:
    """The lines of a page as PDFium breaks them."""
    words: list[str] = []
    left = right = 0.0
    count = min(raw.FPDFText_CountChars(letters), _LETTERS_A_PAGE)
    for at in range(count):
        code = raw.FPDFText_GetUnicode(letters, at)
        if code in (0x0A, 0x0D):
            if words:
                yield _Line("".join(words).strip(), left, right)
            words = []
            continue
        if code in (0x02, 0xFFFE):  # PDFium's mark of a hyphen at the end of a line
            code = 0x2D
        if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if code == 0x20:
            words.append(" ")
            continue
        box = _box(letters, at)
        if box is not None:
            if not words:
                left = box.left
            elif words[-1] == " " and box.left - right > _COLUMN_GAP * max(4.0, box.top - box.bottom):
                words.append("| ")
            right = box.right
        words.append(chr(code))
    if words:
        yield _Line("".join(words).strip(), left, right)


def _box(letters: Any, at: int) -> raw.FS_RECTF | None:
    """Where a letter stands: from the end of the one before to the beginning of the next, as high as its font."""
    box = raw.FS_RECTF()
    return box if raw.FPDFText_GetLooseCharBox(letters, at, byref(box)) else None


def _paragraphs(lines: list[_Line], width: float) -> Iterator[str]:
    lines = [line for line in lines if line.text]
    if not lines:
        return
    margin = max(0.75 * width, max(line.right for line in lines)) - _MARGIN * width
    text, before = lines[0].text, lines[0]
    for line in lines[1:]:
        if _goes_on(before, line, margin, _INDENT * width):
            text += line.text if _GLUED.search(text) else f" {line.text}"
        else:
            yield text
            text = line.text
        before = line
    yield text


def _goes_on(before: _Line, line: _Line, margin: float, indent: float) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if _BEGINS.match(line.text) or _ENDS.search(before.text):
        return False
    if line.text[0].islower() or before.text.endswith((",", "-")):
        return True
    if _OPEN.search(f"{before.text[-10:]}\n{line.text[:1]}"):
        return True
    return before.right >= margin and line.left <= before.left + indent


def picture(page: pdfium.PdfPage) -> bytes:
    """A page as a grey picture (netpbm), fine enough to be read and of bounded size."""
    width, height = page.get_size()
    scale = min(_DOTS_AN_INCH / 72, (_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows = bytes(bitmap.buffer)
        lines = (rows[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)
    finally:
        bitmap.close()
        page.close()
