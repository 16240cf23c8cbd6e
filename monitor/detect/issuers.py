"""Whose a document is: the body behind its symbol, or the one that the words name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import BODIES, Aligned, align, canonical_body, plain
from monitor.detect.naming import bodies_in
from monitor.detect.numbers import NumberSpan
from monitor.detect.own_page import OwnPage
from monitor.detect.subjects import Place
from monitor.detect.wording import wording

_OF = re.compile(
    r"\s*(?:,?\s*\(?ngày[\s\d/.-]{4,16}(?:tháng[\s\d]{2,5}năm[\s\d]{5,6})?\)?)?\s*,?\s*(?:của|do)\s+(?=\S)"
)
_ROW_OF = re.compile(r"(?:của)\s+(?P<body>[^,;:]{3,80}?)\s+số\s*[:.]?\s*$")
_AGENT = re.compile(r"(?<!\w)(?:được|do|mà)\s+(?=\S)")
_ASIDE = re.compile(r"(?<!\w)(?:do|của|tại|theo)\s+(?:(?:phó\s+)?chủ tịch\s+)?$")
_DATED_AT = re.compile(r"(?:^|[\n|])\s*(?P<place>[^\d,.:;\n|]{2,30}?),\s{0,3}[Nn]gày")
_CHAIR = re.compile(r"(?:phó\s+)?chủ tịch\s+$")
_SIGNED_FOR = re.compile(r"(?<!\w)(?:thay mặt|thừa ủy quyền)\s+(?=\S)")
_SHARED = 6
_LOCAL = {body.name for body in BODIES if body.local}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text: the day of publishing (of a document's issuer the document's), the portal's province and body, a meeting's claim."""

    published: date | None = None
    province: str | None = None
    portal_body: str | None = None
    meeting: bool = False


def issuer_of(text: Aligned, span: NumberSpan, place: Place, context: Context, *, acts: bool) -> str | None:
    """The issuer: the symbol's where it is one body, else the body that the words name, else the portal's place. With
    `acts` the sentence tells of issuing, and its subject is the issuer."""
    if span.issuer and span.issuer not in _LOCAL:
        return span.issuer
    named = _named(text, span, place, context) or (_acting(text, span, place, context) if acts else None)
    return named or _of_portal(span.issuer, context)


def issuer_of_page(page: OwnPage, text: Aligned, span: NumberSpan, place: Place, context: Context) -> str | None:
    """The issuer of the document that a page is of: its field, else the letterhead above the number."""
    if page.issuer:
        bodies = bodies_in(align(page.issuer), 0, None, context.province)
        name = bodies[0].name if bodies and bodies[0].start == 0 else page.issuer
        return _placed(name, context)
    if span.issuer in _LOCAL:
        head = align(page.head.title())
        above = [body for body in bodies_in(head, 0, None, context.province) if _fits(body.name, span.issuer)]
        if above and not above[-1].general:
            return _placed(above[-1].name, context)
        placed = _DATED_AT.search(text.text, span.end, min(len(text.text), span.end + 200))
        names = [
            body.name for body in bodies_in(text, span.end, min(len(text.text), span.end + 1500), context.province)
        ]
        if placed and (own := [n for n in names if n.endswith(" " + placed["place"]) and _fits(n, span.issuer)]):
            return own[0]  # "Nậm Chày, ngày 02 tháng 9 năm 2026" and below "UBND xã Nậm Chày"
    return issuer_of(text, span, place, context, acts=False)


def _of_portal(issuer: str | None, context: Context) -> str | None:
    if issuer is None:
        return None
    own = plain(context.portal_body or "")
    if context.portal_body and own.startswith(plain(issuer)) and own != plain(canonical_body(issuer, context.province)):
        return context.portal_body
    return canonical_body(issuer, context.province, context.published) if context.province else issuer


def _placed(name: str, context: Context) -> str:
    """A body that every province has, with its place, spelled as on the day of the document: the 2025 one of Đồng Nai is
    UBND tỉnh Đồng Nai."""
    return canonical_body(name, context.province, context.published) if context.province and name in _LOCAL else name


def _named(text: Aligned, span: NumberSpan, place: Place, context: Context) -> str | None:
    """The body named as issuer behind the number, or before it in a listing's row."""
    shared = wording(marked=True).join_number
    end = span.end  # "Nghị quyết số 57-NQ/TW, Nghị quyết số 68-NQ/TW của Bộ Chính trị"
    for _ in range(_SHARED):
        if (after := _OF.match(text.low, end, min(place.end, end + 120))) or not (
            joined := shared.match(text.low, end, min(place.end, end + 120))
        ):
            break
        end = joined.end()
    extents = [(after.end(), min(place.end, after.end() + 120))] if after else []
    row = _ROW_OF.search(text.low, max(place.start, span.start - 120), span.start)
    if row:
        extents.append((row.start("body"), row.end("body")))
    return next((name for start, end in extents if (name := _at(text, start, end, span, context))), None)


def _acting(text: Aligned, span: NumberSpan, place: Place, context: Context) -> str | None:
    """The body that issues in the number's sentence: "UBND xã Long Hòa ký ban hành Quyết định số 212/QĐ-UBND", "...
    được UBND thành phố ban hành"."""
    for agent in _AGENT.finditer(text.low, span.end, min(place.end, span.end + 200)):
        if name := _at(text, agent.end(), min(place.end, agent.end() + 120), span, context):
            return name
    start = max(place.start, span.start - 220)
    if (signed := _SIGNED_FOR.search(text.low, start, span.start)) and (
        name := _at(text, signed.end(), span.start, span, context)
    ):
        return name
    for body in reversed(bodies_in(text, start, span.start, context.province)):
        if not body.general and _fits(body.name, span.issuer) and not _ASIDE.search(text.low, start, body.start):
            return _titled(text, start, body.start, _placed(body.name, context))
    return None


def _at(text: Aligned, start: int, end: int, span: NumberSpan, context: Context) -> str | None:
    """The body that stands at an offset, its chair before it or not."""
    for body in bodies_in(text, start, end, context.province):
        if body.start - start > (20 if _CHAIR.search(text.low, start, body.start) else 2):
            return None
        return _titled(text, start, body.start, _placed(body.name, context)) if _fits(body.name, span.issuer) else None
    return None


def _titled(text: Aligned, start: int, end: int, name: str) -> str:
    chair = _CHAIR.search(text.low, start, end)
    return f"Chủ tịch {name}" if chair and not chair.group().startswith("phó") else name


def _fits(name: str, issuer: str | None) -> bool:
    """Whether a named body can be the one behind the symbol: TU is the Tỉnh ủy and its standing committee."""
    if issuer is None:
        return True
    if issuer.endswith("Tỉnh ủy"):
        return bool(re.search(r"(?:tỉnh|thành|huyện|quận) ủy", name.lower()))
    return plain(issuer) in plain(name)
