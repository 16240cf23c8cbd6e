"""Whether a sentence tells of the issuing of a document, and whether the article tells it as its news.

That a sentence tells of issuing is not enough. The title and the opening of an article tell its news; what stands deeper
must be fresh, by its words ("vừa ban hành") or by its day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import Aligned
from monitor.detect.dates import days_in, settle
from monitor.detect.numbers import NumberSpan
from monitor.detect.subjects import Place, Subject
from monitor.detect.wording import Wording, is_marked, wording

STALE_DAYS = 60
_FRESH_DAYS = 15
_NEW_DAYS = 7
_LEFT = 300
_VERB_LEFT = 180
_FAR_LEFT = 400
_NUMBER_LEFT = 20
_HANDED = ("công bố", "trao", "công khai", "niêm yết", "niêm yết công khai")
_NEEDS_TYPE = ("có", "ký", "ra", "gửi", "phê duyệt", "thông qua", "công bố", "trao")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


@dataclass(frozen=True, slots=True)
class Claim:
    """How a sentence tells of the issuing: "active", "passive", "at" (phê duyệt tại Quyết định số ...) or "subject"
    (Công điện số ... yêu cầu); its words of freshness, its day, whether a meeting adopts."""

    frame: str
    just: bool = False
    day: date | None = None
    adopts: bool = False
    verb: str = ""


class Issuing:
    """What the sentences of one text tell of issuing. `published` is the article's day."""

    def __init__(self, text: Aligned, title: str, subject: Subject, published: date | None) -> None:
        self._text = text
        self._title = title
        self._subject = subject
        self._published = published
        self._words: Wording = wording(marked=is_marked(text.low))
        self.told_at: int | None = None
        """Where the first sentence begins that issued a document; its reader sets it."""

    def claim(
        self, span: NumberSpan, place: Place, left_at: int, lead: str, right: str, day: date | None
    ) -> Claim | None:
        """How the number's sentence tells of its issuing; None where it does not."""
        words, subject = self._words, self._subject
        number = re.match(r"\d+", span.number)
        if number and subject.number == (span.type, number.group()) and not subject.looks_back:
            return Claim("active", just=True, day=day)
        noun = left_at + len(lead)
        typed = bool(self._text.low[noun : span.start].strip(" .:số")) or place.where == "title"
        opening = self.opening_day(place.start, span.start)
        just = bool(words.just.search(self._text.low, max(place.start, noun - _FAR_LEFT), noun))
        verb = words.issue.search(lead, max(0, len(lead) - _VERB_LEFT))
        strong = verb is not None and (verb["verb"] not in _NEEDS_TYPE or verb["same"] is not None)
        if verb and verb["same"] and verb["same"] != (span.type or "").lower():
            verb = None
        if verb and (strong or (typed and span.type is not None)):
            at = left_at + verb.start()
            subjected = bool(lead[: verb.start()].strip()) or place.where == "title"
            if subjected and self.clean(left_at, at, place.start, at) and not words.past_after.match(right):
                met = bool(words.meets.search(lead[: verb.start()])) and verb["verb"] not in (*_HANDED, "có")
                adopts = met or (subject.meets and bool(words.adopts.search(verb["verb"])))
                return Claim("active", "vừa" in verb["adverbs"] or just, day or opening, adopts, verb["verb"])
        citing = words.citing.search(lead, max(0, len(lead) - 40)) is not None
        at_word = words.at.search(lead, max(0, len(lead) - _NUMBER_LEFT))
        passed = None if words.since.search(lead, max(0, len(lead) - _NUMBER_LEFT)) else words.passed.match(right)
        if passed and (not citing or at_word):
            told = right[max(passed.start("agent"), passed.start("verb") - 60) : passed.end()]
            if not words.not_yet.search(told) and not words.past_after.match(right, passed.end()):
                passing = (
                    self.opening_day(span.end + passed.start("rest"), span.end + passed.end())
                    if passed["rest"]
                    else None
                )
                return Claim(
                    "passive",
                    bool(passed["just"] or passed["just2"] or passed["relative"])
                    or (not lead.strip() and self._just_done(place)),
                    day or passing,
                    verb=passed["verb"],
                )
        if at_word and self._disposes(lead[: at_word.start()], right, at_word["word"]):
            by = at_word["word"] if words.opener.fullmatch(lead[: at_word.start()]) else ""
            just = just or (bool(by) and self._just_done(place))
            return Claim("at", just, day or opening or self._signed_after(place), verb=by)
        if not lead.strip(" -+•*") and typed:
            earlier = words.told_before.search(self._text.low, max(0, place.start - _LEFT), place.start)
            if earlier and subject.issues and (words.says.match(right) or words.in_force.match(right)):
                return Claim("active", earlier["adverb"] == "vừa", day)
            if words.says.match(right):
                return Claim("subject", self._just_done(place), day)
        if (
            lead.removesuffix("theo ").endswith("(")
            and typed
            and words.disposes.search(lead)
            and not words.past.search(lead)
        ):
            return Claim("at", just or self._of_title(lead), day)
        return None

    def _disposes(self, lead: str, right: str, word: str) -> bool:
        """Whether the document is where its body disposes: "Tại Quyết định số ..., UBND tỉnh đã phê duyệt", "UBND tỉnh
        vừa chấp thuận ... tại Văn bản số ..."."""
        words = self._words
        if words.opener.fullmatch(lead):
            if word in ("theo", "kèm theo"):
                return self._subject.issues and not self._subject.meets
            comma = right.find(",")
            return comma >= 0 and bool(words.disposes.search(right, comma))
        if word == "kèm theo":
            return bool(words.annexed.search(lead))
        if words.by_rule.search(lead):
            return False
        if word == "trong" or (word == "theo" and not words.just.search(lead) and not self._of_title(lead)):
            return False
        return bool(words.disposes.search(lead)) and not words.past.search(lead) and not words.draft.search(lead)

    def clean(self, left_at: int, verb: int, start: int, end: int) -> bool:
        """Whether nothing before the verb makes its issuing a plan, a memory or an aside."""
        low, words = self._text.low, self._words
        clause = max(low.rfind(mark, left_at, verb) for mark in (",", ";", ":", "(")) + 1
        clause = max(clause, left_at)
        if self.not_yet(clause, verb) or words.past.search(low[max(start, end - _FAR_LEFT) : end]):
            return False
        relative = words.relative.search(low, clause, verb)
        return relative is None or bool(words.presided.search(low, relative.start(), verb))

    def _just_done(self, place: Place) -> bool:
        """Whether the sentences before say that something was just done: "Thủ tướng vừa phê duyệt Quy hoạch. Theo Quyết
        định số 833/QĐ-TTg, ..."."""
        return self.told_at is None and bool(
            self._words.just_done.search(self._text.low, max(0, place.start - _LEFT), place.start)
        )

    def _of_title(self, lead: str) -> bool:
        """Whether the last act before the number is the title's: "Kiện toàn Ban Chỉ huy", "được kiện toàn theo"."""
        acts = self._words.disposes.findall(lead)
        return bool(acts) and bool(re.search(rf"(?<!\w){acts[-1]}(?!\w)", self._title))

    def not_yet(self, start: int, end: int) -> bool:
        """Whether a word of plans stands there; "Bộ Xây dựng" and "Sở Giao thông vận tải" are names."""
        for match in self._words.not_yet.finditer(self._text.low, start, end):
            letter = self._text.text[match.start()]
            shouted = self._text.text[match.start() : match.end()].isupper()
            if letter.islower() or shouted or not self._text.low[start : match.start()].strip():
                return True
        return False

    def opening_day(self, start: int, end: int) -> date | None:
        """The day that opens the sentence: "Ngày 9/11/2022, UBND tỉnh ban hành Quyết định số 1560/QĐ-UBND"."""
        for found in days_in(self._text.low, start, min(end, start + 60)):
            return settle(found, self._published, notice=False)
        return None

    def _signed_after(self, place: Place) -> date | None:
        """The day in the sentence behind: "Quyết định được ký ngày 6/10/2026."."""
        behind = self._text.low[place.end : place.end + 90]
        signed = re.match(
            r"[\s.]*(?:quyết định|văn bản|kế hoạch|nghị quyết|thông báo)\s(?:này\s)?(?:được\s)?(?:ký|ban hành)", behind
        )
        return self.opening_day(place.end, place.end + 90) if signed else None

    def age(self, day: date | None) -> int | None:
        return (self._published - day).days if day and self._published else None

    def is_news(self, claim: Claim, span: NumberSpan, place: Place) -> bool:
        """Whether the article tells the issuing as its news."""
        subject = self._subject
        age = self.age(claim.day)
        if age is not None and age > STALE_DAYS:
            return False
        if age is None and self.of_old(span):
            return False
        if subject.questions and place.where != "title":
            return False
        fresh = claim.just or (age is not None and age <= _FRESH_DAYS)
        new = age is not None and age <= _NEW_DAYS
        if subject.looks_back and not fresh:
            return False
        if claim.verb in _HANDED:
            about = subject.announcing or subject.issuing
            if claim.just and not subject.meets:
                return True
            return (new and (about or not subject.meets)) or (age is None and not subject.meets and about)
        if place.where == "title":
            return claim.frame in ("active", "passive")
        if self.told_at not in (None, place.start) and not (claim.adopts or subject.digest):
            also = claim.frame == "active" and self._words.also.search(
                self._text.low, max(place.start, span.start - _FAR_LEFT), span.start
            )
            if not (claim.just or (new and (also or place.opens or place.where == "lead")) or (also and age is None)):
                return False  # "Theo đó, ngày 20/7/2020 ... có Giấy mời số 27-GM/BTGTU": told to explain the first
        if place.where == "lead":
            return self._leads(claim, place, fresh=fresh, new=new, age=age)
        return self._deep(claim, span, place, new=new)

    def of_old(self, span: NumberSpan) -> bool:
        """Whether the year in the number is long past."""
        year = _YEAR.search(span.number)
        return bool(
            year and self._published and (self._published.year - int(year.group(1))) * 12 + self._published.month > 15
        )

    def _leads(self, claim: Claim, place: Place, *, fresh: bool, new: bool, age: int | None) -> bool:
        subject = self._subject
        if claim.frame == "active":
            if place.order == 0 or claim.adopts or (subject.digest and place.opens):
                return True
            if subject.meets:
                return subject.issuing and fresh
            return fresh or (subject.issues and (place.order <= 2 or claim.day is not None))
        if subject.meets and not (claim.just and place.order == 0):
            return False
        if claim.frame == "subject":
            return place.order <= 2 and (new or claim.just or (age is None and subject.issuing))
        if claim.verb == "theo" or age is not None or subject.looks_back:
            return fresh
        return fresh or (subject.issues and place.order == 0) or (subject.issuing and place.order <= 2)

    def _deep(self, claim: Claim, span: NumberSpan, place: Place, *, new: bool) -> bool:
        subject = self._subject
        if claim.adopts:
            return not subject.looks_back
        if claim.frame != "active" and not (claim.frame == "passive" and claim.just):
            return False
        if subject.digest:
            return place.opens
        if subject.meets or self._words.speech.search(
            self._text.low, max(place.start, span.start - _FAR_LEFT), span.end
        ):
            return False
        return self.told_at is None and (claim.just or new)
