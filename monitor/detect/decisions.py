"""The documents of an article, each with its role, and the decision that the article is about.

Three places can make a document "issued": the title, the lead, and the fields of a document's own page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from config import Aligned, plain
from monitor.detect.dates import date_after, day_after, days_in, settle
from monitor.detect.issuers import Context, issuer_of, issuer_of_page
from monitor.detect.numbers import NumberSpan, find_in
from monitor.detect.own_page import OwnPage, own_page
from monitor.detect.reading import Reading
from monitor.detect.roles import Roles
from monitor.detect.subjects import Place, Subject, subject_of
from monitor.detect.wording import is_marked
from storage import DocumentMention

__all__ = ["Context", "decision_quote", "documents_of"]

STRENGTH = ("issued", "repealed", "amended", "cited")

_BEFORE_DAY = re.compile(r"[\s,.;-]{0,6}(?:[^\d:,;.\n|]{2,40},\s{0,3})?")
_ADOPTED = re.compile(r"(?<!\w)thông qua(?=\s+ngày)")
_MENTIONS = 2000  # a text with more is a register or noise
_JUDGED = 500  # of them: what an article does stands before that, and judging each takes some 400 µs


def documents_of(reading: Reading, context: Context) -> tuple[DocumentMention, ...]:
    """Every document of the article once, in the order of first mention, with its strongest role."""
    subject = subject_of(reading, meeting=context.meeting)
    told: dict[str, date] = {}
    body = _mentions(reading.body, reading, context, subject, told, title=False)
    days = {mention.number: mention.date for mention in reversed(body) if mention.date} | told
    title = _mentions(reading.title, reading, context, subject, days, title=True)
    merged = _merge([*title, *body])
    return tuple(
        replace(mention, date=told.get(mention.number)) if mention.date is None else mention for mention in merged
    )


def decision_quote(documents: tuple[DocumentMention, ...]) -> str | None:
    """The sentence that issues a document; None where the article issues none."""
    return next((mention.quote for mention in documents if mention.role == "issued"), None)


def _mentions(
    text: Aligned,
    reading: Reading,
    context: Context,
    subject: Subject,
    told: dict[str, date],
    *,
    title: bool,
) -> list[DocumentMention]:
    """The mentions of a title or body. `told` has days of issue known from elsewhere by number, and takes those that a
    sentence tells beside its number: "Ngày 9/11, UBND tỉnh ban hành Quyết định số 1560/QĐ-UBND"."""
    fields = OwnPage() if title else own_page(text)
    marked = is_marked(text.low)
    roles = Roles(text, reading.title.low, subject, context.published)
    found: list[DocumentMention] = []
    quotes: dict[tuple[int, int], str] = {}  # one string a sentence, however many numbers stand in it
    for count, span in enumerate(find_in(text)[:_MENTIONS]):
        place = _place(reading, span, title=title)
        own = fields.number_at is not None and fields.number_at == span.start
        day = _day_after(text, span, marked=marked)
        if own:
            role = roles.own(span, place.start)
        elif count >= _JUDGED:
            role = "cited"
        else:
            known = day or told.get(span.number) or _near_day(text, span, context.published)
            role = roles.of(span, place, known, own_page=fields.number_at is not None)
            if day is None and roles.day:
                told.setdefault(span.number, roles.day)
        kind = span.type
        if own:
            day, kind = fields.date or day or _heading_day(text, span), fields.type or kind
            issuer = issuer_of_page(fields, text, span, place, _dated(context, day))
        else:
            issuer = issuer_of(text, span, place, _dated(context, day), acts=role == "issued")
        extent = (place.start, place.end)
        quote = quotes.get(extent) or quotes.setdefault(extent, text.source(*extent))
        found.append(DocumentMention(span.number, kind, issuer, day, role, quote))
    return found


def _dated(context: Context, day: date | None) -> Context:
    return replace(context, published=day) if day else context


def _place(reading: Reading, span: NumberSpan, *, title: bool) -> Place:
    if title:
        return Place(0, len(reading.title.text), "title")
    start, end = reading.sentence(span.start, span.end)
    opens = start == 0 or reading.body.text[max(0, start - 2) : start].endswith(("\n", "\n "))
    for order, (first, last) in enumerate(reading.lead):
        if first <= span.start < last:
            return Place(start, end, "lead", order, opens)
    return Place(start, end, "body", 0, opens)


def _day_after(text: Aligned, span: NumberSpan, *, marked: bool) -> date | None:
    """The day of issue at once behind a number; where the text lost its marks, "ngay 14/9/2026" too."""
    if marked:
        return date_after(text.low, span.end)
    behind = text.low[span.end : span.end + 160]
    return date_after(behind.replace("ngay", "ngày").replace("thang", "tháng").replace("nam", "năm"), 0)


def _near_day(text: Aligned, span: NumberSpan, published: date | None) -> date | None:
    """The day behind a number that leaves the year to the reader: "Quyết định số 1199/QĐ-UBND ngày 08/5 giao ..."."""
    found = day_after(text.low, span.end)
    return settle(found, published, notice=False) if found and published else None


def _heading_day(text: Aligned, span: NumberSpan) -> date | None:
    """The day in a document's own heading, "Hà Nội, ngày 30 tháng 6 năm 2025", or the one when it was adopted."""
    for found in days_in(text.low, span.end, min(len(text.low), span.end + 300)):
        line = max(text.low.rfind(mark, 0, found.start) for mark in ("\n", "|")) + 1
        if found.year and _BEFORE_DAY.fullmatch(text.low, max(line, span.end), found.start):
            return found.in_year(found.year)
    adopted = _ADOPTED.search(text.low, max(span.end, len(text.low) - 800))
    return date_after(text.low, adopted.end()) if adopted else None


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
