"""What a document's own page shows of it: the fields of a document portal, or the letterhead of its full text. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import TYPE_NAMES, Aligned, align, plain
from monitor.detect.dates import date_value
from monitor.detect.numbers import find_in

_LABELS = {
    "number": r"số\s*[/,]?\s*(?:và\s+)?ký\s*hiệu(?:\s+văn\s+bản)?|số\s+hiệu(?:\s+văn\s+bản)?|số\s+văn\s+bản|ký\s+hiệu"
    r"|số\s+(?:quyết\s+định|công\s+văn|nghị\s+quyết|thông\s+báo|kế\s+hoạch)|số",
    "date": r"(?:thời\s+gian|ngày)\s+ban\s+hành|ngày\s+ra\s+văn\s+bản|ngày\s+ký|ngày\s+văn\s+bản",
    "issuer": r"(?:cơ\s+quan|nơi|đơn\s+vị)\s+(?:ban\s+hành|ký)(?:[^:|\n]{0,40})?",
    "type": r"(?:loại|hình\s+thức|thể\s+loại)\s+văn\s+bản|loại",
}
_LABEL = {name: re.compile(rf"\s*[•*-]?\s*(?:{words})\s*[:.]?\s*") for name, words in _LABELS.items()}
_VALUE = {name: re.compile(rf"\s*[•*-]?\s*(?:{words})\s*:\s*(?P<value>\S.*)") for name, words in _LABELS.items()}
_FIELD_LINES = 400
_HEAD_CELLS = 16
_TYPE = "|".join(re.escape(name.lower()) for name in TYPE_NAMES)
_HEADED = re.compile(r"[^.:;,\n]{0,60}?(?<!\w)(?P<number>số\s*(?:/\s*no\.?|\(no\.?\))?\s*[:.]?\s*\d)")
_HEAD_WORDS = re.compile(rf"[\s*•(-]*(?:{_TYPE})?[\s(]*")
_ALONE = re.compile(r"\s*(?:,?\s*ngày[\s\d/.-]{4,16}(?:tháng[\s\d]{2,5}năm[\s\d]{5,6})?)?[\s*)]*$")
_NO = re.compile(r"/\s*no\.?|\(no\.?\)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"\s*số\s*[:.]?\s*$", re.IGNORECASE)
_HEAD_REST = re.compile(
    r"[\s.,-]*(?:[*)]\s*)?(?:$|(?:[^\d.:;]{2,30},\s*)?(?:ngày|hà nội|tp\.?\s)|v/v|về việc|cộng hòa|đảng cộng sản|\()"
)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Where the page's own number stands, and what the fields tell; all None on other pages."""

    number_at: int | None = None
    date: date | None = None
    issuer: str | None = None
    type: str | None = None
    head: str = ""
    """The letterhead above the number, where the page is the document itself."""


def own_page(text: Aligned) -> OwnPage:
    """What a page tells of its own document: "Số/Ký hiệu: 12/QĐ-UBND", cells "Số/Ký hiệu | 12/QĐ-UBND", a letterhead."""
    values: dict[str, tuple[int, str]] = {}
    position = 0
    lines: list[tuple[int, str]] = []
    for _ in range(_FIELD_LINES):
        if position >= len(text.text):
            break
        end = text.text.find("\n", position)
        end = len(text.text) if end < 0 else end
        lines.append((position, text.text[position:end][:600]))
        position = end + 1
    cells = [(cell_at, cell, alone) for at, line in lines for cell_at, cell, alone in _cells(at, line)]
    for index, (at, cell, alone) in enumerate(cells):
        low = text.low[at : at + len(cell)]
        for name in _LABELS:
            if name in values:
                continue
            if match := _VALUE[name].fullmatch(low):
                values[name] = (at + match.start("value"), cell[match.start("value") :].strip())
            elif low.strip(" :.") != "số" and _LABEL[name].fullmatch(low) and index + 1 < len(cells):
                after_at, after, after_alone = cells[index + 1]
                heads = any(label.fullmatch(after.lower()) for label in _LABEL.values())
                if not heads and (after_alone or not alone):
                    values[name] = (after_at + len(after) - len(after.lstrip()), after.strip())
    number = values.get("number")
    number_at = None
    if number:
        piece = align(number[1])
        first = next(iter(find_in(align("số " + piece.text))), None)
        number_at = number[0] if first and first.start == 3 else None
    if number_at is None or not values.keys() - {"number"}:
        number_at = _in_letterhead(text, cells) if number_at is None else number_at
        above = [
            cell[: number_at - at] for at, cell, _ in cells[:_HEAD_CELLS] if number_at is not None and at < number_at
        ]
        head = _NUMBER_WORD.sub("", " ".join(" ".join(above).split()))[-200:]
    else:
        head = ""
    kind = next((t for t in TYPE_NAMES if "type" in values and plain(values["type"][1]).startswith(plain(t))), None)
    day = date_value(values["date"][1]) if "date" in values else None
    return OwnPage(number_at, day, values["issuer"][1] if "issuer" in values else None, kind, head)


def _in_letterhead(text: Aligned, cells: list[tuple[int, str, bool]]) -> int | None:
    """Where a number stands alone behind "Số" among the first lines: "Số 120-KH/TU", "UBND XÃ TÂN AN Số 45/UBND-KT"."""
    for index, (at, cell, _) in enumerate(cells[:_HEAD_CELLS]):
        if text.low[at : at + len(cell)].strip(" .:") == "số" and index + 1 < len(cells):
            after_at, after, _ = cells[index + 1]
            begin = after_at + len(after) - len(after.lstrip())
            if (first := next(iter(find_in(align("số " + after.strip()))), None)) and first.start == 3:
                return begin
        opened = _HEADED.match(text.low, at, at + len(cell))
        if opened is None:
            continue
        before = cell[: opened.start("number") - at]
        if not before.strip().isupper() and not _HEAD_WORDS.fullmatch(before.lower()):
            continue
        written = _NO.sub(_blank, cell[opened.start("number") - at :])
        first = next(iter(find_in(align(written))), None)
        typed = any(letter.isalpha() for letter in before) and not before.strip().isupper()
        rest = _ALONE if typed else _HEAD_REST
        if first and rest.match(text.low, opened.start("number") + first.end, at + len(cell)):
            return opened.start("number") + first.start
    return None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _cells(at: int, line: str) -> list[tuple[int, str, bool]]:
    parts = line.split("|")
    cells = []
    for part in parts:
        if part.strip():
            cells.append((at, part, len(parts) == 1))
        at += len(part) + 1
    return cells
