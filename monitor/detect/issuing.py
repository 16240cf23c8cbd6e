"""Whether a sentence tells of the issuing of a document, and whether the article tells it as its news.

That a sentence tells of issuing is not enough. The title and the opening of an article tell its news; what stands deeper
must be fresh, by its words ("vừa ban hành") or by its day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import Aligned, plain
from monitor.detect.dates import days_in, settle
from monitor.detect.naming import bodies_in
from monitor.detect.numbers import NumberSpan
from monitor.detect.subjects import Place, Subject
from monitor.detect.wording import Wording, is_marked, wording

STALE_DAYS = 60
_FRESH_DAYS = 15
_NEW_DAYS = 7
_HANDED_DAYS = 10
_LEFT = 300
_VERB_LEFT = 180
_FAR_LEFT = 400
_NUMBER_LEFT = 20
_HANDED = ("công bố", "trao", "công khai", "niêm yết", "niêm yết công khai")
_OPERATIVE = ("Thông báo", "Công văn", "Công điện")
_WORKED_BY = ("Kế hoạch", "Chương trình", "Chương trình hành động", "Hướng dẫn", "Đề án", "Tờ trình", "Báo cáo")
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
    own: bool = False
    """The document's own body acts in its sentence."""


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
        if verb and words.citing.search(lead, verb.end("verb")):
            verb = None  # "gửi UBND các tỉnh về ..., căn cứ Nghị định số 150/2025/NĐ-CP"
        if verb and (strong or typed):
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
            told = span.end + max(passed.start("agent"), passed.start("verb") - 60)
            if not self.not_yet(told, span.end + passed.end()) and not words.past_after.match(right, passed.end()):
                passing = (
                    self.opening_day(span.end + passed.start("rest"), span.end + passed.end())
                    if passed["rest"]
                    else None
                )
                return Claim(
                    "passive",
                    bool(passed["just"] or passed["just2"] or passed["relative"] or passed["now"])
                    or (not lead.strip() and self._just_done(place)),
                    day or passing,
                    verb=passed["verb"],
                )
        if at_word and (placed := self._told_at(span, place, left_at, lead, right, at_word, day, opening, just=just)):
            return placed
        if typed and words.opener.fullmatch(lead):
            earlier = self._told_before(span, place)
            if earlier and earlier["adverb"] and (words.says.match(right) or words.in_force.match(right)):
                return Claim("active", earlier["adverb"] == "vừa" or place.where == "lead", day)
            age = self.age(day)
            if words.says.match(right) or (age is not None and age <= _NEW_DAYS and words.on.match(right)):
                return Claim("subject", self._just_done(place), day or self._signed_after(place))
            if words.from_signing.match(right):
                return Claim("subject", day=day, verb="ký")
        if (
            lead.removesuffix("theo ").endswith("(")
            and (typed or span.type is not None)
            and words.disposes.search(lead)
            and not words.past.search(lead)
        ):
            return Claim("at", just or self._of_title(lead), day)
        return None

    def _told_at(
        self,
        span: NumberSpan,
        place: Place,
        left_at: int,
        lead: str,
        right: str,
        at: re.Match[str],
        day: date | None,
        opening: date | None,
        *,
        just: bool,
    ) -> Claim | None:
        """The claim of a document that its sentence names as the place of an act: "tại Quyết định số ..."."""
        words, before = self._words, lead[: at.start()]
        by = at["word"] if words.opener.fullmatch(before) else ""
        elaborates = bool(words.written_in.search(before) or words.that_is.search(before))
        told = day or opening or self._signed_after(place)
        if by and (earlier := self._told_before(span, place)):
            return Claim("at", earlier["adverb"] == "vừa", told, verb=by)
        own = self._own_act(span, place, left_at, at, right)
        if (
            (by == "" and words.that_is.search(before) is not None)
            or self._disposes(span, place, before, right, at["word"], self.age(day), elaborates=elaborates)
            or (own and (just or (self.age(told) is not None and (self.age(told) or 0) <= _FRESH_DAYS)))
        ):
            just = just or ((bool(by) or elaborates) and self._just_done(place))
            return Claim("at", just, told, verb=by, own=own)
        return None

    def _told_before(self, span: NumberSpan, place: Place) -> re.Match[str] | None:
        """Where the sentences before tell of the issuing of a document of this type, or of several: "Thủ tướng đã ra quyết
        định ... Quyết định số 833/QĐ-TTg nêu"."""
        left = max(0, place.start - _LEFT)
        for earlier in self._words.told_before.finditer(self._text.low, left, place.start):
            start = self._text.low.rfind(". ", left, earlier.start()) + 1 or left
            if earlier["told"] in ((span.type or "").lower(), "văn bản") and self.clean(
                start, earlier.start(), start, earlier.start()
            ):
                return earlier
        return None

    def _own_act(self, span: NumberSpan, place: Place, left_at: int, at: re.Match[str], right: str) -> bool:
        """Whether the document's own body acts in its sentence, whatever the verb: "Bộ Công Thương chính thức
        áp thuế ... theo Quyết định số 1420/QĐ-BCT ngày 7/5/2026"; by a plan a body only works."""
        words, low = self._words, self._text.low
        if span.issuer is None:
            return False
        word, start, end = at["word"], place.start, left_at + at.start()
        if word in ("theo", "bởi") and (span.type in _WORKED_BY or re.match(r"[^,]{0,40}?(?<!\w)của(?!\w)", right)):
            return False
        if words.opener.fullmatch(low, start, end):
            if (comma := right.find(",")) < 0 or word == "theo":
                return False
            return self._acts(span, span.end + comma, place.end)
        comma = right.find(",") if word == "tại" else -1
        return self._acts(span, start, end) or (comma >= 0 and self._acts(span, span.end + comma, place.end))

    def _acts(self, span: NumberSpan, start: int, end: int) -> bool:
        """Whether the document's own body is the one that acts between two offsets, and does more than carry out."""
        words, low = self._words, self._text.low
        for body in bodies_in(self._text, start, end, None):
            aside = words.aside.search(low, start, body.start)
            if body.start - start > _FAR_LEFT or aside or plain(span.issuer or "") not in plain(body.name):
                continue
            told = low[body.end : min(end, body.end + _LEFT)]
            return not (
                words.carried_out.search(told)
                or words.past.search(low[start:end])
                or words.draft.search(told)
                or self.not_yet(body.end, min(end, body.end + 60))
            )
        return False

    def _disposes(
        self, span: NumberSpan, place: Place, lead: str, right: str, word: str, age: int | None, *, elaborates: bool
    ) -> bool:
        """Whether the document is where its body disposes: "Tại Quyết định số ..., UBND tỉnh đã phê duyệt", "UBND tỉnh
        vừa chấp thuận ... tại Văn bản số ..."."""
        words = self._words
        if words.opener.fullmatch(lead):
            if word == "theo" and span.type in _OPERATIVE and age is not None and age <= _NEW_DAYS:
                return place.order == 0 and place.where == "lead"
            if word in ("theo", "kèm theo"):
                return self._subject.issues and not self._subject.meets
            comma = right.find(",")
            return comma >= 0 and bool(words.disposes.search(right, comma))
        if word == "kèm theo":
            new = age is not None and age <= _NEW_DAYS and place.where == "lead"
            return bool(words.annexed.search(lead)) or (new and self._subject.issues)
        if words.by_rule.search(lead):
            return False
        if word == "trong" and elaborates:
            return True
        if word in ("trong", "bởi"):
            return False
        conferred = bool(words.conferred.search(lead))
        acts = list(words.disposes.finditer(lead))
        if word == "theo":
            lately = conferred and age is not None and age <= _NEW_DAYS
            if not (lately or words.just.search(lead) or self._of_title(lead)):
                return False
            if acts and words.carried_out.search(lead, acts[-1].end()):
                return False  # "đã giao 45 tân binh, đạt 100% chỉ tiêu theo Quyết định số 90/QĐ-UBND"
        return bool(acts or conferred) and not words.past.search(lead) and not words.draft.search(lead)

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
        """Whether a word of plans stands there; "Bộ Xây dựng" and "Bộ Ngoại giao" are names."""
        for match in self._words.not_yet.finditer(self._text.low, start, end):
            if any(
                body.start < match.start() < body.end
                for body in bodies_in(self._text, max(0, match.start() - 60), match.end(), None)
            ):
                continue
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
            r"[\s.]*(?:quyết định|văn bản|kế hoạch|nghị quyết|nghị định|thông tư|thông báo)\s(?:này\s)?"
            r"(?:được\s(?:[^.,;]{2,50}?\s)?)?(?:ký|ban hành|thông qua)(?!\w)",
            behind,
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
            lately = age is not None and age <= _HANDED_DAYS
            return (lately and about) or (not subject.meets and (new or (age is None and about)))
        if place.where == "title":
            return claim.frame in ("active", "passive")
        if self.told_at not in (None, place.start) and not (claim.adopts or subject.digest):
            also = claim.frame == "active" and self._words.also.search(
                self._text.low, max(place.start, span.start - _FAR_LEFT), span.start
            )
            if not (claim.just or (new and (also or place.opens or place.where == "lead")) or (also and age is None)):
                return False  # "Theo đó, ngày 20/7/2020 ... có Giấy mời số 27-GM/BTGTU": told to explain the first
        if place.where == "lead":
            return self._leads(claim, span, place, fresh=fresh, new=new, age=age)
        return self._deep(claim, span, place, new=new)

    def of_old(self, span: NumberSpan) -> bool:
        """Whether the year in the number is long past."""
        year = _YEAR.search(span.number)
        return bool(
            year and self._published and (self._published.year - int(year.group(1))) * 12 + self._published.month > 15
        )

    def _leads(self, claim: Claim, span: NumberSpan, place: Place, *, fresh: bool, new: bool, age: int | None) -> bool:
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
        if claim.own and span.type in _OPERATIVE and place.order == 0:
            return True
        return fresh or (subject.issues and place.order == 0) or (subject.issuing and place.order <= 2)

    def _deep(self, claim: Claim, span: NumberSpan, place: Place, *, new: bool) -> bool:
        subject = self._subject
        if claim.adopts:
            return not subject.looks_back
        if claim.frame == "subject" and claim.verb == "ký":
            return self.told_at is None and subject.issuing and not subject.meets
        if claim.frame == "at" and claim.just and subject.issues and not subject.meets:
            return self.told_at is None
        if claim.frame != "active" and not (claim.frame == "passive" and claim.just):
            return False
        if subject.digest:
            return place.opens
        if subject.meets or self._words.speech.search(
            self._text.low, max(place.start, span.start - _FAR_LEFT), span.end
        ):
            return False
        return self.told_at is None and (claim.just or new)
