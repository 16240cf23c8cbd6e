"""The page that is a legal document's fields and nothing else: its number, its date, who signed, what it is about.

There every reader of articles fails, and it is where a decision appears first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from config import match_key
from crawler.linear import Line

_FIELD = re.compile(
    r"(?P<number>số(?:[ /,-]+ký hiệu|[ /,-]+kí hiệu| văn bản| hiệu)?|ký hiệu(?: văn bản)?)|(?P<issued>ngày (?:ban hành|ký|văn bản))|"
    r"(?P<force>ngày (?:có )?hiệu lực|(?:ngày )?hết hiệu lực|tình trạng(?: hiệu lực)?|hiệu lực)|(?P<form>(?:loại|hình thức|thể loại)(?: văn bản)?)|"
    r"(?P<issuer>(?:cơ quan|đơn vị|nơi)(?: (?:ban hành|ký))?)|(?P<signer>người ký|chức (?:danh|vụ)(?: người ký)?)|"
    r"(?P<about>(?:nội dung )?trích yếu(?: nội dung)?|về việc|tên (?:văn bản|gọi))|(?P<field>lĩnh vực|ngành)"
)


def field_of(text: str) -> str | None:
    """Which field of a document a label names: number, issued, force, form, issuer, signer, about or field."""
    match = _FIELD.fullmatch(match_key(text).strip(" :-*•"))
    return match.lastgroup if match else None


def _field(line: Line) -> str | None:
    label = line.text.partition(":")[0] if line.cells is None else line.cells[0] if len(line.cells) == 2 else ""
    return field_of(label) if label and label != line.text and len(label) <= 40 else None


def is_field(line: Line) -> bool:
    """Whether a line is a label of a document's field and its value."""
    return _field(line) is not None


def is_document(lines: Iterable[Line]) -> bool:
    """Whether lines hold one document's fields, a label and a value each. In a list of documents labels head columns, or
    come back with every entry."""
    found = Counter(name for line in lines if (name := _field(line)))
    return len(found) >= 3 and ("number" in found or "about" in found) and max(found.values()) == 1


def about(lines: Iterable[Line]) -> str | None:
    """What the document is about, by its own field."""
    for line in lines:
        if line.cells and len(line.cells) >= 2 and field_of(line.cells[0]) == "about":
            return line.cells[1] or None
    return None
