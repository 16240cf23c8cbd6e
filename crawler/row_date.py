"""The date that the row of a listing shows, in all the ways in which portals show one, and never one that it tells."""

from __future__ import annotations

import re

from config import match_key
from crawler import dates
from crawler.boilerplate import is_address
from crawler.credits import is_stamp
from crawler.linear import Flow, Line
from crawler.markup import one_line
from storage import When

_SPAN = re.compile(r"(?i)\d\s*[-–]\s*\d{1,2}[/.]\d|\d\s*(?:đến|tới)\s*(?:ngày\s*)?\d")
# "Công văn số 300/STN-VP ngày 20/11/2026: " before the link.
_BEFORE = re.compile(r"(?i).{0,60}?\bngày\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*[:–-]\s")
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH = rf"(?:tháng |th ?|thg ?|t)?(?P<m>\d{{1,2}}|{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
# A badge: "15 | Th10 2025", "Tháng 10/2025 | 15", the day in an element and the month in another.
_BADGES = tuple(
    re.compile(rf"[\W_]*(?:(?:thứ \w+|chủ nhật|cn|ngày)\W+)?{parts}[\W_]*")
    for parts in (
        rf"(?P<d>\d{{1,2}})(?:\W{{1,3}}|(?=t)){_MONTH}\W{{1,3}}(?P<y>20\d\d)",
        rf"{_MONTH}\W{{1,3}}(?P<y>20\d\d)\W{{1,3}}(?P<d>\d{{1,2}})",
        rf"{_MONTH}\W{{1,3}}(?P<d>\d{{1,2}})\W{{1,3}}(?P<y>20\d\d)",
    )
)


def row_date(lines: list[Line], title: Line) -> When | None:
    """The date that a row shows: labelled, alone on its line, or beside the title; never one inside a sentence."""
    stamps = dates.labelled_dates(line.text for line in lines if line is not title)
    if stamps:
        return stamps.get("published") or stamps.get("updated")
    for line in lines:
        stamp = line is not title and line.text and (dates.is_date_line(line.text) or is_stamp(line))
        if stamp and (when := dates.parse_when(line.text)):
            return when
    if when := _badge([line for line in lines if line is not title]):
        return when
    for line in lines:
        if line is title or len(line.text) > 90 or is_address(line) or line.linked > 0.8:
            continue
        # "Phòng Văn hóa | 12/03/2024 | 15 lượt xem": short, and the date stands at an edge or between bars; "từ 29/4 -
        # 4/5/2016" is a span of days, and no stamp.
        for piece in () if _SPAN.search(line.text) else re.split(r"\s[|•·-]\s|[()\[\]]", line.text):
            if dates.is_date_line(piece):
                return dates.parse_when(piece)
    if (match := _BEFORE.match(title.text)) and len(title.text) - title.link >= match.end() - 2:
        return dates.parse_when(match[1])
    if title.linked < 0.95 and (match := re.search(r"[(\[–|-]?\s*([^()\[\]]*\d{4}[^()\[\]]*)[)\]]?\s*$", title.text)):
        tail = re.split(r"\s[|–-]\s", match.group(1))[-1] if not dates.is_date_line(match.group(1)) else match.group(1)
        if dates.is_date_line(tail):
            return dates.parse_when(tail)
    return None


def _badge(lines: list[Line]) -> When | None:
    """The date that up to three short lines say together."""
    for size in (1, 2, 3):
        for first in range(len(lines) - size + 1):
            texts = [line.text for line in lines[first : first + size]]
            if max(map(len, texts)) <= 30 and all(texts) and (when := _said_in_parts(texts)):
                return when
    return None


def _said_in_parts(texts: list[str]) -> When | None:
    said = match_key(" ".join(texts))
    for match in filter(None, (pattern.fullmatch(said) for pattern in _BADGES)):
        month = match["m"] if match["m"].isdigit() else str(_MONTHS.index(match["m"]) + 1)
        if when := dates.parse_when(f"{match['d']}/{month}/{match['y']}"):
            return when
    return None


def marked_date(flow: Flow, start: int, stop: int) -> When | None:
    """The first date that the elements of a row say and its lines do not: <time datetime> beside "2 giờ trước", or the
    parts of a badge without a space between them."""
    seen = set()
    for line in flow.lines[start:stop]:
        for index in flow.ancestors(line.block):
            block = flow.blocks[index]
            if index in seen or block.start < start or block.stop > stop:
                break
            seen.add(index)
            for node in block.node.iter("time"):
                if when := dates.parse_when(node.get("datetime") or ""):
                    return when
        if re.match(r"\d{1,2}(?:\d|th?)", line.key) and len(line.text) <= 30:
            parts = [one_line(text) for text in flow.blocks[line.block].node.itertext() if text.strip()]
            if 2 <= len(parts) <= 4 and (when := _said_in_parts(parts)):
                return when
    return None
