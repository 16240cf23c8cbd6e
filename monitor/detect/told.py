"""What an article tells of one meeting: the sentences that claim it, those that go on about it, its number and term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from config import Aligned
from monitor.detect.chair import Extent
from monitor.detect.claims import Claim
from monitor.detect.dates import days_in
from monitor.detect.fields import time_field
from monitor.detect.phrases import FORMS, Phrase, ordinal_of, period_of, phrases_in, term_of
from monitor.detect.reading import Reading

SUBJECT = rf"(?:{FORMS}|buổi họp|buổi tiếp|cuộc họp|đại hội|phiên)"
GOES_ON = re.compile(
    rf"\s*[“\"]?(?:(?:theo (?:kế hoạch|đó|thông báo|dự kiến|chương trình|lịch|quyết định)[^,.;]{{0,40}}|trước đó|dự kiến)\s*,?\s*)?"
    rf"(?:{SUBJECT}|địa điểm|thời gian|đúng|đại biểu có mặt|chủ trì|chủ tọa|dự)(?!\w)"
)
_OTHER = re.compile(
    r"(?<!\w)(?:tiếp theo|kế tiếp|lần sau|lần tới|tháng sau|năm trước|năm ngoái|lần trước|kỳ trước|phiên trước|giao ban tháng)(?!\w)"
)
_PART_OF_SESSION = ("phiên chất vấn", "phiên giải trình", "phiên thảo luận", "phiên làm việc", "phiên trù bị")
_LETTER_DAY = re.compile(r"(?:^|\n|\|)[^\n|]{0,60}?, ngày\s")
REPORT_REACH, _REPORT_SENTENCES = 4000, 14


class Told:
    """What an article tells of one meeting, and where; `claims` are its claims, those of the title first."""

    def __init__(
        self,
        reading: Reading,
        claims: list[Claim],
        published: date | None,
        province: str | None,
        portal_body: str | None,
        *,
        changed: bool = False,
    ) -> None:
        self.reading, self.claims, self.province, self.portal_body = reading, claims, province, portal_body
        self.body = reading.body
        self.changed = changed
        self.published = published or _day_of_letter(reading)
        self.lead_first = sorted(claims, key=lambda claim: claim.title)
        self.title_and_lead = "\n".join(
            [reading.title.low, *(self.body.low[start:end] for start, end in reading.lead[:5])]
        )
        self.time_line = time_field(reading)
        self.first = claims[0]
        self.ordinal = self._ordinal()
        self.period = self._period()
        self.further = list(self._going_on())

    def _ordinal(self) -> int | None:
        for claim in self.claims:
            if (value := ordinal_of(claim.text, claim.phrase)) is not None:
                return value
        for _, phrase, text in self.sessions():
            if (value := ordinal_of(text, phrase)) is not None:
                return value
        return None

    def sessions(self) -> Iterator[tuple[Claim, Phrase, Aligned]]:
        """The session that a part of it belongs to: "phiên chất vấn tại kỳ họp thứ 8"."""
        if self.first.phrase.form not in _PART_OF_SESSION:
            return
        for claim in self.claims:
            for phrase in phrases_in(claim.text, claim.begin, claim.end):
                if phrase.form == "kỳ họp":
                    yield claim, phrase, claim.text

    def term(self) -> str | None:
        """The term of office, as `term_of` gives it."""
        for claim in self.lead_first:
            if term := term_of(claim.text, claim.phrase, claim.begin, claim.end):
                return term
        for claim, phrase, text in self.sessions():
            if term := term_of(text, phrase, claim.begin, claim.end):
                return term
        return None

    def _period(self) -> str | None:
        """The period as written, with its year where one sentence has it: "tháng 10-2015" before "tháng 10"."""
        periods = [p for c in self.claims if (p := period_of(c.text, c.phrase))]
        return (
            next((p for p in periods if p.startswith(periods[0]) and p != periods[0]), periods[0]) if periods else None
        )

    def _going_on(self) -> Iterator[Extent]:
        """The sentences after the claims that go on about the same meeting."""
        own = {(c.start, c.end) for c in self.claims if not c.title}
        position, taken = 0, 0
        stops = (*self.reading.stops[1:], len(self.body.text))
        for stop in stops:
            start, end = position, stop
            position = stop
            if start > REPORT_REACH or taken > _REPORT_SENTENCES:
                return
            taken += end - start > 30
            start, end = self.reading.sentence(start, start + 1)
            if (start, end) in own or _OTHER.search(self.body.low, start, end):
                continue
            if GOES_ON.match(self.body.low, start, end) and self.same(start, end):
                yield self.body, start, end

    def same(self, start: int, end: int) -> bool:
        """Whether a sentence of the body is of this meeting: no other number and no other period."""
        for phrase in phrases_in(self.body, start, min(end, start + 160)):
            other = ordinal_of(self.body, phrase)
            if other is not None and other != self.ordinal:
                return False
            period = period_of(self.body, phrase)
            return not (period and self.period) or period.startswith(self.period) or self.period.startswith(period)
        return True

    def extents(self) -> Iterator[Extent]:
        """The clauses that claim it, those of the lead first."""
        for claim in self.lead_first:
            yield claim.text, claim.begin, claim.end


def _day_of_letter(reading: Reading) -> date | None:
    """The day in a letter's head, "Thái Nguyên, ngày 21 tháng 10 năm 2026": what it was published on at the earliest."""
    low = reading.body.low
    if head := _LETTER_DAY.search(low, 0, 600):
        found = next(days_in(low, max(0, head.end() - 6), head.end() + 40), None)
        return found.in_year(found.year) if found and found.year else None
    return None
