"""Small pieces of HTML as the portals' editors write them, a slug, and the files that pages link to."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from html import escape
from html.entities import codepoint2name


def raw_html(text: str) -> str:
    """The text escaped, letters as they are, a no-break space as `&nbsp;`: what SharePoint's editor saves."""
    return escape(text).replace("\xa0", "&nbsp;")


def entity_html(text: str) -> str:
    """The text escaped, the letters of Latin-1 as entities and the others raw: what CKEditor saves.

    "Chính phủ" becomes `Ch&iacute;nh phủ`, so entities and raw letters stand in one word.
    """
    return "".join(
        f"&{codepoint2name[ord(letter)]};" if 0xA0 <= ord(letter) <= 0xFF else letter for letter in escape(text)
    )


def scrambled(text: str) -> str:
    """The text as a portal stores it whose import took UTF-8 for windows-1252: "phép" gives `phÃ©p`."""
    # Five bytes mean nothing in windows-1252; databases and browsers keep them as control characters.
    unknown = b"\x81\x8d\x8f\x90\x9d"
    return "".join(bytes([one]).decode("latin-1" if one in unknown else "cp1252") for one in text.encode())


def unmarked(text: str) -> str:
    """The text without its marks, case kept: "Điều hành" gives "Dieu hanh"."""
    # The replicas fold by themselves: their addresses must not move with the program that watches them.
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """The text in unmarked letters and digits with hyphens between, case kept: "Phiên họp" gives `Phien-hop`."""
    return "-".join(re.findall(r"[A-Za-z0-9]+", unmarked(text)))


def picture() -> bytes:
    """A grey PNG of one pixel: stands for every picture and logo."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(b"\x00\xbb")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def pdf(*pages: list[str]) -> bytes:
    """A PDF with the lines on its pages. Its font is named and not embedded: the letters can be read out of it, and not
    all of them be seen."""
    letters = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % number for number in range(6, 6 + 2 * len(pages), 2)), len(pages)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Replica /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Replica /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(letters.encode()),
    ]
    for lines in pages:
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects) + 2),
            _stream(f"BT /F1 9 Tf 60 780 Td 18 TL {shown} ET".encode()),
        ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of its objects; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
