"""The documents of an article, each with its role, and the decision that the article is about.

Three places can make a document "issued": the title, the lead, and the fields of a document's own page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from config import BODIES, TYPE_NAMES, Aligned, align, plain
from monitor.detect.dates import date_after, date_value, days_in, settle
from monitor.detect.naming import bodies_in, province_body
from monitor.detect.numbers import NumberSpan, find_in
from monitor.detect.reading import Reading
from monitor.detect.roles import Place, just_issued, role_of
from storage import DocumentMention

STRENGTH = ("issued", "repealed", "amended", "cited")

_LABELS = {
    "number": r"số\s*/?\s*(?:và\s+)?ký\s*hiệu(?:\s+văn\s+bản)?|số\s+hiệu(?:\s+văn\s+bản)?|số\s+văn\s+bản|ký\s+hiệu|số",
    "date": r"ngày\s+ban\s+hành|ngày\s+ký|ngày\s+văn\s+bản",
    "issuer": r"(?:cơ\s+quan|nơi|đơn\s+vị)\s+ban\s+hành(?:[^:|\n]{0,40})?",
    "type": r"(?:loại|hình\s+thức|thể\s+loại)\s+văn\s+bản|loại",
}
_LABEL = {name: re.compile(rf"\s*[•*-]?\s*(?:{words})\s*[:.]?\s*") for name, words in _LABELS.items()}
_VALUE = {name: re.compile(rf"\s*[•*-]?\s*(?:{words})\s*:\s*(?P<value>\S.*)") for name, words in _LABELS.items()}
_FIELD_LINES = 400
_OF = re.compile(
    r"\s*(?:,?\s*\(?ngày[\s\d/.-]{4,16}(?:tháng[\s\d]{2,5}năm[\s\d]{5,6})?\)?)?\s*,?\s*(?:của|do)\s+(?=\S)"
)
_ROW_OF = re.compile(r"(?:của)\s+(?P<body>[^,;:]{3,80}?)\s+số\s*[:.]?\s*$")
_CHAIR = re.compile(r"(?:phó\s+)?chủ tịch\s+$")
_LOCAL = {body.name for body in BODIES if body.local}
_STALE_DAYS = 60
_MENTIONS = 2000  # a text with more is a register or noise; judging each takes some 200 µs
_TYPE_IN_TITLE = re.compile(
    r"(?<!\w)(?:ban hành|phê duyệt|quy định|công bố|thông báo|hoãn|"
    + "|".join(re.escape(name.lower()) for name in TYPE_NAMES)
    + r")(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Fields:
    number_at: int | None = None
    date: date | None = None
    issuer: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text: the day of publishing, the portal's province and body, a meeting's claim."""

    published: date | None = None
    province: str | None = None
    portal_body: str | None = None
    meeting: bool = False


def documents_of(reading: Reading, context: Context) -> tuple[DocumentMention, ...]:
    """Every document of the article once, in the order of first mention, with its strongest role."""
    titled = bool(_TYPE_IN_TITLE.search(reading.title.low))
    mentions = _mentions(reading.title, reading, context, titled=titled, title=True)
    mentions += _mentions(reading.body, reading, context, titled=titled, title=False)
    return _merge(mentions)


def decision_quote(documents: tuple[DocumentMention, ...]) -> str | None:
    """The sentence that issues a document; None where the article issues none."""
    return next((mention.quote for mention in documents if mention.role == "issued"), None)


def _mentions(text: Aligned, reading: Reading, context: Context, *, titled: bool, title: bool) -> list[DocumentMention]:
    fields = _Fields() if title else _fields(text)
    found: list[DocumentMention] = []
    previous: tuple[NumberSpan, str] | None = None
    quotes: dict[tuple[int, int], str] = {}  # one string a sentence, however many numbers stand in it
    told_at: int | None = None
    for span in find_in(text)[:_MENTIONS]:
        place = _place(reading, span, titled=titled, title=title)
        field = fields.number_at is not None and fields.number_at == span.start
        day = date_after(text.low, span.end)
        role = "issued" if field else role_of(text, span, place, previous)
        if role == "issued" and place.where == "lead" and not field:
            if context.meeting and not titled and place.order > 0:
                role = "cited"  # a report of a meeting tells in passing what was issued before
            day = day or _opening_day(text, span, place, context)
            if day and context.published and (context.published - day).days > _STALE_DAYS:
                role = "cited"
            if told_at not in (None, place.start) and not just_issued(text, span, place):
                role = "cited"  # "Theo đó, ngày 20/7/2020 ... có Giấy mời số 27-GM/BTGTU": told to explain the first
        if role == "issued":
            told_at = place.start if told_at is None else told_at
        previous = (span, role)
        kind, issuer = span.type, _issuer(text, span, place, context)
        if field:
            day, kind = fields.date or day or _heading_day(text, span), fields.type or kind
            issuer = _field_issuer(fields.issuer, context) or issuer
        extent = (place.start, place.end)
        quote = quotes.get(extent) or quotes.setdefault(extent, text.source(*extent))
        found.append(DocumentMention(span.number, kind, issuer, day, role, quote))
    return found


def _place(reading: Reading, span: NumberSpan, *, titled: bool, title: bool) -> Place:
    if title:
        text = reading.title.text
        return Place(0, len(text), "title")
    start, end = reading.sentence(span.start, span.end)
    for order, (first, last) in enumerate(reading.lead):
        if first <= span.start < last:
            return Place(start, end, "lead", order, titled)
    return Place(start, end, "body")


def _opening_day(text: Aligned, span: NumberSpan, place: Place, context: Context) -> date | None:
    """The day that opens the sentence: "Ngày 9/11/2022, UBND tỉnh ban hành Quyết định số 1560/QĐ-UBND"."""
    for found in days_in(text.low, place.start, min(span.start, place.start + 60)):
        return settle(found, context.published, notice=False)
    return None


def _heading_day(text: Aligned, span: NumberSpan) -> date | None:
    """The day in a document's own heading: "Số: 175/2025/NĐ-CP Hà Nội, ngày 30 tháng 6 năm 2025"."""
    found = next(days_in(text.low, span.end, min(len(text.low), span.end + 90)), None)
    return found.in_year(found.year) if found and found.year else None


def _issuer(text: Aligned, span: NumberSpan, place: Place, context: Context) -> str | None:
    """The issuer: the symbol's where it is one body, else the body that the words name, else the portal's place."""
    if span.issuer and span.issuer not in _LOCAL:
        return span.issuer
    explicit = _explicit(text, span, place, context)
    if explicit:
        return explicit
    if span.issuer is None:
        return None
    if context.portal_body and plain(context.portal_body).startswith(plain(span.issuer)):
        return context.portal_body
    return province_body(span.issuer, context.province) if context.province else span.issuer


def _explicit(text: Aligned, span: NumberSpan, place: Place, context: Context) -> str | None:
    """The body named as issuer behind the number, or before it in a listing's row or as the subject."""
    after = _OF.match(text.low, span.end, min(place.end, span.end + 120))
    extents = [(after.end(), min(place.end, after.end() + 120), True)] if after else []
    row = _ROW_OF.search(text.low, max(place.start, span.start - 120), span.start)
    if row:
        extents.append((row.start("body"), row.end("body"), True))
    for start, end, at_once in extents:
        for body in bodies_in(text, start, end, context.province):
            chair = _CHAIR.search(text.low, start, body.start)
            if at_once and body.start - start > (20 if chair else 2):
                break
            if _fits(body.name, span.issuer):
                name = body.name
                if context.province and name in _LOCAL:
                    name = province_body(name, context.province)
                return f"Chủ tịch {name}" if chair and not chair.group().startswith("phó") else name
            break
    return None


def _fits(name: str, issuer: str | None) -> bool:
    """Whether a named body can be the one behind the symbol: TU is the Tỉnh ủy and its standing committee."""
    if issuer is None:
        return True
    if issuer.endswith("Tỉnh ủy"):
        return bool(re.search(r"(?:tỉnh|thành|huyện|quận) ủy", name.lower()))
    return plain(issuer) in plain(name)


def _field_issuer(value: str | None, context: Context) -> str | None:
    if not value:
        return None
    bodies = bodies_in(align(value), 0, None, context.province)
    name = bodies[0].name if bodies and bodies[0].start == 0 else value
    return province_body(name, context.province) if context.province and name in _LOCAL else name


def _fields(text: Aligned) -> _Fields:
    """The fields of a document's page, from "Số/Ký hiệu: 12/QĐ-UBND" or cells "Số/Ký hiệu | 12/QĐ-UBND"."""
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
    kind = next((t for t in TYPE_NAMES if "type" in values and plain(values["type"][1]).startswith(plain(t))), None)
    day = date_value(values["date"][1]) if "date" in values else None
    return _Fields(number_at, day, values["issuer"][1] if "issuer" in values else None, kind)


def _cells(at: int, line: str) -> list[tuple[int, str, bool]]:
    parts = line.split("|")
    cells = []
    for part in parts:
        if part.strip():
            cells.append((at, part, len(parts) == 1))
        at += len(part) + 1
    return cells


def _merge(mentions: list[DocumentMention]) -> tuple[DocumentMention, ...]:
    """One mention a document: the same number is two documents only with two different dates."""
    merged: list[DocumentMention] = []
    places: dict[str, list[int]] = {}
    for mention in mentions:
        for index in places.setdefault(plain(mention.number), []):
            known = merged[index]
            if known.date is None or mention.date is None or known.date == mention.date:
                strong, weak = sorted((known, mention), key=lambda m: STRENGTH.index(m.role))
                issuer = _fuller(strong.issuer, weak.issuer)
                merged[index] = replace(
                    strong, type=strong.type or weak.type, issuer=issuer, date=strong.date or weak.date
                )
                break
        else:
            places[plain(mention.number)].append(len(merged))
            merged.append(mention)
    return tuple(merged)


def _fuller(strong: str | None, weak: str | None) -> str | None:
    """The issuer with its place, where only one mention names it."""
    if strong and weak and len(weak) > len(strong) and weak.startswith(strong):
        return weak
    return strong or weak
