"""What an article does with a document: issues it, repeals it, amends it, or only cites it.

The word that governs the number decides, read leftwards inside its sentence: "ban hành Kế hoạch thực hiện Nghị quyết số
57-NQ/TW" issues a plan and cites the resolution. Where no word claims more, the number is cited: all 13 numbers of the
first five articles we read were citations, and an alert for each would have been wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import Aligned
from monitor.detect.issuing import STALE_DAYS, Issuing
from monitor.detect.numbers import NumberSpan
from monitor.detect.subjects import Place, Subject
from monitor.detect.wording import Wording, is_marked, wording

_LEFT = 300
_NUMBER_LEFT = 20
_RIGHT = 260
_JOINED = 6
_NOUNS = 4
_AT_ONCE = 60
_OPERATIVE = ("Thông báo", "Giấy mời", "Công văn", "Công điện", "Kế hoạch")
_LIST_LINES = 30
_CELL_LEFT = 24
_UNDONE = ("hủy", "hủy bỏ", "thu hồi")
_UNDONE_WORDS = 3
_WRITTEN = ("quy định tại", "nêu tại", "công bố tại")
_DONE = ("ban hành", "thông qua", "phê duyệt", "công bố")


_NAMED_KIND = re.compile(r"(?<=\s)[A-ZĐ][a-zà-ỹđ]{1,7}(?:\s[a-zà-ỹđ]{1,7}){1,3}\ssố\s*:?\s*$")
"""A kind of document that has no symbol of its own, in the words of the text."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A number before this one in the same text, with its role."""

    span: NumberSpan
    role: str


class Roles:
    """The roles of the numbers of one text, asked in their order. `published` is the article's day."""

    def __init__(self, text: Aligned, title: str, subject: Subject, published: date | None) -> None:
        self._text = text
        self._subject = subject
        self._issuing = Issuing(text, title, subject, published)
        self._words: Wording = wording(marked=is_marked(text.low))
        self._before: Judged | None = None
        self.day: date | None = None
        """The day of issue of the number judged last, where its sentence tells one away from the number."""
        self._only_told: set[int] = set()
        """Where verbs stand whose subject is a document that is only cited: so are all their objects."""
        self._intros: dict[int, str | None] = {}

    def own(self, span: NumberSpan, start: int) -> str:
        """The role of a number that its page shows as its own."""
        self._before, self._issuing.told_at = Judged(span, "issued"), start
        return "issued"

    def of(self, span: NumberSpan, place: Place, day: date | None, *, own_page: bool = False) -> str:
        """The role of a number: issued, repealed, amended or cited. `day` is its day of issue, where told at once."""
        role = self._role(span, place, day, own_page=own_page)
        if role == "issued" and self._issuing.told_at is None:
            self._issuing.told_at = place.start
        self._before = Judged(span, role)
        return role

    def _role(self, span: NumberSpan, place: Place, day: date | None, *, own_page: bool) -> str:
        self.day = None
        left_at = max(place.start, span.start - _LEFT)
        lead = self._text.low[left_at : self._noun(span, left_at)]
        right = self._text.low[span.end : min(place.end, span.end + _RIGHT)]
        done = self._words.done_to.match(right, 0, _AT_ONCE)
        if done and not self._issuing.not_yet(span.end, span.end + done.start("done")):
            return "amended" if self._words.in_part.search(lead) else "repealed"
        inherited = self._inherited(span, place, left_at + len(lead), lead)
        if inherited:
            return inherited
        touched = self._touched(lead, left_at)
        if touched:
            return touched
        if place.where == "title" and self._heads_title(span):
            return "issued"
        claim = None if own_page else self._issuing.claim(span, place, left_at, lead, right, day)
        self.day = claim.day if claim else None
        if claim and self._issuing.is_news(claim, span, place):
            return "issued"
        if self._loses_force(span.end, place, lead):
            return "repealed"
        return "cited"

    def _loses_force(self, end: int, place: Place, lead: str) -> bool:
        """Whether the number, or the numbers that it is joined to, are said to be replaced or to lose force."""
        words, low = self._words, self._text.low
        last = min(place.end, end + 3 * _RIGHT)
        for _ in range(_JOINED):
            done = words.done_to.match(low, end, last)
            if done and (done.end() - end < _AT_ONCE or not words.at.search(lead)):
                return not self._issuing.not_yet(end, done.start("done"))
            joined = words.join_number.match(low, end, last)
            if joined is None:
                return False
            end = joined.end()
        return False

    def _noun(self, span: NumberSpan, start: int) -> int:
        """Where the noun of a number begins: "Thông báo thụ lý vụ án số 215/TB-TLVA" at "Thông báo"."""
        low, words = self._text.low, self._words
        fits = {"công văn", "văn bản"} if span.type in (None, "Công văn") else {(span.type or "").lower(), "văn bản"}
        if span.type in ("Luật", "Bộ luật", "Pháp lệnh"):
            fits |= {"luật", "bộ luật", "pháp lệnh"}
        begin = None
        for noun in list(words.noun.finditer(low, start, span.start))[: -_NOUNS - 1 : -1]:
            if words.to_number.fullmatch(low, noun.end(), span.start):
                begin = noun.start()
                break
            fitting = noun["type"].startswith(tuple(fits)) or words is not wording(marked=True)
            if fitting and words.to_number_far.fullmatch(low, noun.end(), span.start):
                begin = noun.start()
                break
        if begin is None and (named := _NAMED_KIND.search(self._text.text, max(start, span.start - 40), span.start)):
            begin = named.start() if named.start() > start else None  # "ban hành Công bố số 1188/CB-SXD"
        if begin is None:
            bare = words.bare_number.search(low, max(start, span.start - _NUMBER_LEFT), span.start)
            begin = bare.start() if bare else span.start
        many = words.many.search(low, max(start, begin - 50), begin)
        return many.start() if many else begin

    def _inherited(self, span: NumberSpan, place: Place, noun: int, lead: str) -> str | None:
        """The role of the number before, where this one is joined to it, or of the list that it stands in."""
        words, low, before = self._words, self._text.low, self._before
        if before and place.start <= before.span.start:
            if words.join.fullmatch(low, before.span.end, span.start):
                return before.role  # "bãi bỏ Quyết định số 12/QĐ-UBND và Quyết định số 13/QĐ-UBND"
            same = before.span.issuer == span.issuer and before.span.issuer is not None
            if before.role == "issued" and same and words.joined.search(lead):
                return "issued"  # "ban hành Kế hoạch số 1/KH-UBND về ... và Kế hoạch số 2/KH-UBND về ..."
        cell = max(low.rfind(mark, max(0, noun - _CELL_LEFT), noun) for mark in ("\n", "|")) + 1
        if (
            self._subject.register
            and place.where != "title"
            and (cell or noun < _CELL_LEFT)
            and words.bullet.fullmatch(low, cell, noun)
        ):
            return None if self._subject.looks_back or self._issuing.of_old(span) else "issued"
        line = low.rfind("\n", max(0, noun - 60), noun) + 1
        if line and place.where != "title" and words.bullet.fullmatch(low, line, noun):
            return self._of_list(line)
        return None

    def _of_list(self, line: int) -> str | None:
        """What the line that opens a list says of its members: "Kỳ họp đã thông qua:" issues them."""
        text, end = self._text, line - 1
        for _ in range(_LIST_LINES):
            start = text.low.rfind("\n", max(0, end - 1500), end) + 1
            if text.low.startswith((":", "："), max(start, len(text.low[start:end].rstrip()) + start - 1)):
                if start not in self._intros:
                    self._intros[start] = self._intro(start, end)
                return self._intros[start]
            marker = self._words.bullet.match(text.low, start, end)
            if start == 0 or start >= end or marker is None or not marker.group().strip():
                return None
            end = start - 1
        return None

    def _intro(self, start: int, end: int) -> str | None:
        lead = self._text.low[max(start, end - _LEFT) : end]
        end_of_verbs = self._words.as_follows.search(lead)
        touched = self._touched(lead[: end_of_verbs.start()] if end_of_verbs else lead, max(start, end - _LEFT))
        if touched:
            return touched
        if self._subject.questions:
            return None
        verb = self._words.issue.search(lead)
        if verb is None and end_of_verbs:
            verb = self._words.issue.search(lead[: end_of_verbs.start()])
        if verb is None:
            return None
        at = max(start, end - _LEFT)
        if not self._issuing.clean(at, at + verb.start(), start, at + verb.start()):
            return None
        day = self._issuing.opening_day(start, end)
        return None if self._issuing.age(day) is not None and (self._issuing.age(day) or 0) > STALE_DAYS else "issued"

    def _touched(self, lead: str, at: int) -> str | None:
        """The role that the nearest verb on the left gives to its object; `lead` stands at an offset of the text."""
        words = self._words
        last = None
        for match in words.touch.finditer(lead):
            done_by = (
                words.done_by.search(lead, last.end() if last else 0, match.start())
                if match["opaque"] in _DONE
                else last is not None and not last["opaque"] and match.end() > len(lead.rstrip()) - 1
                if match["opaque"] in _WRITTEN
                else match["opaque"] == "do" and words.done.search(lead, match.end())
            )
            if last is None or last["opaque"] or not done_by:
                last = match  # "bãi bỏ 5 thông tư do Bộ trưởng Bộ Y tế ban hành" goes on behind its verb
        if last is None or last["opaque"] or self._subject.drafting:
            return None
        gap, before = lead[last.end() :], lead[: last.start()]
        if words.gap_end.search(gap) or len(gap.split()) > 25 or words.instrument.search(gap):
            return None
        if words.at.search(gap) and len(gap.split()) > 1 and not words.part_at.search(gap):
            return None  # "bổ sung 500 tỷ đồng cho 5 tỉnh tại Nghị quyết số 155/NQ-CP"
        if words.passive.search(before) and not words.as_list.search(gap):
            return None
        known = self._before
        if at + last.start() in self._only_told:
            return None
        if (
            known
            and known.role == "cited"
            and at <= known.span.start < at + last.start()
            and (
                words.cites_all.match(lead)
                or words.acted_on.fullmatch(self._text.low, known.span.end, at + last.start())
            )
        ):
            self._only_told.add(at + last.start())
            return None  # "Căn cứ Thông tư số 32/2023/TT-BYT sửa đổi Thông tư số 14/2013/TT-BYT"
        if words.this.search(before) and known and known.role == "cited" and self._issuing.told_at is None:
            return None  # "Quy định này thay thế Quy định số 47-QĐ/TW" of one that is only explained
        if last["repealed"] in _UNDONE and words.at.search(gap) and len(gap.split()) > _UNDONE_WORDS:
            return None  # "thu hồi 3 ha đất đã giao tại Quyết định số 200/QĐ-UBND"
        if words.talked.search(before) or words.topic.search(before) or words.cites_first.match(lead):
            return None
        if (noun := words.law_noun.search(before)) and any(
            m["opaque"] and m["opaque"] not in _DONE for m in words.touch.finditer(before, 0, noun.start())
        ):
            return None  # "phổ biến Luật sửa đổi, bổ sung một số điều của Luật Hộ tịch số 60/2014/QH13"
        if self._issuing.not_yet(at + max(0, len(before) - 45), at + len(before)) or words.draft.search(before):
            return None
        return "repealed" if last["repealed"] and not words.part.search(gap) else "amended"

    def _heads_title(self, span: NumberSpan) -> bool:
        """Whether the title is the document's own line: "Quyết định của UBND tỉnh số 37/2026/QĐ-UBND bãi bỏ ...".

        "Nghị quyết 57-NQ/TW: động lực mới" and "Kế hoạch thực hiện Nghị quyết số 01/NQ-CP" only speak of one.
        """
        low, words = self._text.low, self._words
        if words.title_bracket.fullmatch(low, 0, self._noun(span, 0)) and re.match(
            r"[^()|]{0,60}\)?\s*$", low[span.end :]
        ):
            return True
        if not words.title_head.fullmatch(low, 0, span.start):
            return False
        colon = span.type in _OPERATIVE and words.title_colon.match(low, span.end)
        if not colon and not words.title_rest.match(low, span.end):
            return False
        return not any(match["opaque"] for match in words.touch.finditer(low, 0, span.start))
