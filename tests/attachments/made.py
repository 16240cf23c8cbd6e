"""Files as portals serve them, good and hostile, made here; `giay-moi.pdf` and `.doc` were saved by a word processor."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import docx

from monitor.replica.markup import pdf, pdf_of

HERE = Path(__file__).parent
PDF = (HERE / "giay-moi.pdf").read_bytes()
DOC = (HERE / "giay-moi.doc").read_bytes()
ROWS = [("Thời gian", "Nội dung", "Địa điểm"), ("8h00", "Họp giao ban", "Phòng họp số 2"), ("14h00", "", "Trụ sở")]


def word(*paragraphs: str, rows: list[tuple[str, ...]] | None = None) -> bytes:
    """A DOCX of paragraphs, and a table behind them."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                table.cell(at, place).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(document: bytes, name: str, content: bytes) -> bytes:
    """A DOCX with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return out.getvalue()


def bomb() -> bytes:
    """A DOCX of some kilobytes whose text unpacks to 200 MB."""
    return with_part(word("x"), "word/document.xml", b" " * 200_000_000)


def lying_bomb() -> bytes:
    """The same with a directory that says it is small."""
    body = with_part(word("x"), "word/document.xml", b" " * 60_000_000)
    return body.replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def scan(grey: bytes, width: int, height: int, stamp: str = "") -> bytes:
    """A PDF whose one page is a picture, with what a digital signature writes over it."""
    packed = zlib.compress(grey)
    text = f"BT /F1 6 Tf 400 800 Td ({stamp}) Tj ET" if stamp else ""
    content = f"q 595 0 0 842 0 0 cm /Im Do Q {text}".encode()
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /Im 5 0 R >> /Font << /F1 6 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(packed), packed),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def locked() -> bytes:
    """A PDF that opens with a password only."""
    secret = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"41" * 32, b"42" * 32)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", secret]
    return pdf_of(objects, b"/Encrypt 3 0 R /ID [<41><41>] ")


def pdf_bomb(megabytes: int) -> bytes:
    """A PDF of some kilobytes whose page unpacks to so many megabytes."""
    packer = zlib.compressobj(9)
    start = packer.compress(b"q " * 2**19) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = again.compress(b"q " * 2**19) + again.flush(zlib.Z_FULL_FLUSH)
    packed = zlib.compress(start + block * (megabytes - 1), 9)
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
        ]
    )


def long_pdf(pages: int) -> bytes:
    """A PDF of many pages."""
    return pdf(*([f"Trang {number}"] for number in range(1, pages + 1)))
