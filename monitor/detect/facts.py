"""The facts of one meeting, read out of the sentences that claim it, those that go on about it, and labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from config import Aligned
from monitor.detect.chair import Extent, chair_in, first_person
from monitor.detect.claims import Claim, opening_day, other_day
from monitor.detect.dates import (
    DayFound,
    clock_in,
    date_value,
    days_in,
    part_of,
    part_of_clock,
    relative_day,
    settle,
    with_year_of_range,
)
from monitor.detect.fields import chair_field, mode_field, place_field, time_field
from monitor.detect.naming import BodyFound, bodies_in
from monitor.detect.phrases import FORMS, Phrase, ordinal_of, own_body, period_of, phrases_in, term_of
from monitor.detect.place import piece, place_said
from monitor.detect.reading import Reading
from monitor.detect.status import NOTICE, TARGET, disrupted, status_of
from storage import Meeting

_SUBJECT = rf"(?:{FORMS}|buổi họp|buổi tiếp|cuộc họp|đại hội|phiên)"
_GOES_ON = re.compile(
    rf"\s*[“\"]?(?:(?:theo (?:kế hoạch|đó|thông báo|dự kiến|chương trình|lịch|quyết định)[^,.;]{{0,40}}|trước đó|dự kiến)\s*,?\s*)?"
    rf"(?:{_SUBJECT}|địa điểm|thời gian|đúng|đại biểu có mặt|chủ trì|chủ tọa|dự)(?!\w)"
)
_OTHER = re.compile(
    r"(?<!\w)(?:tiếp theo|kế tiếp|lần sau|lần tới|tháng sau|năm trước|năm ngoái|lần trước|kỳ trước|phiên trước|giao ban tháng)(?!\w)"
)
_BEFORE = re.compile(r"\s*(?:trước đó|trước đây|trước phiên|sau đó|được biết)(?!\w)")
_HELD = re.compile(
    r"(?<!\w)(?:đã|chủ trì|chủ tọa|tổ chức|khai mạc|bế mạc|diễn ra|họp|phát biểu|tham dự|dự|tham gia|làm việc|điều hành|kết thúc"
    r"|hoàn thành|tiến hành|đăng cai)(?!\w)"
)
_HYBRID = re.compile(
    r"(?<!hình )trực tiếp(?! chỉ đạo)[^.;\n]{0,90}?(?:\bvà\b|kết hợp|kết nối|với|,)\s*(?:với\s+)?(?:hình thức\s+|họp\s+)?trực tuyến"
    r"|trực tuyến\s+(?:và|kết hợp(?: với)?)\s+(?:hình thức\s+)?trực tiếp"
)
_ONLINE = re.compile(
    rf"(?:{FORMS}|họp|giao ban|đối thoại|tập huấn)\s+(?:(?!dịch vụ|công)\w+\s+){{0,2}}trực tuyến"
    r"|(?:hình thức|tổ chức|kết nối|họp|truyền hình)\s+trực tuyến|(?:nền tảng|phần mềm|ứng dụng|qua)\s+(?:zoom|ms teams|microsoft teams|google meet)|bằng trực tuyến|qua nền tảng trực tuyến"
)
_IN_PERSON = re.compile(r"hình thức\s+(?:họp\s+)?(?:trực tiếp|tập trung)(?!\s+(?:và|kết hợp|,))")
_PLANNED = re.compile(
    r"(?<!\w)(?:vào|dự kiến|tổ chức|diễn ra|theo lịch|họp|lịch|khai mạc|lúc|hồi)[\s,(]*(?:lúc\s[^,;.]{1,20},?\s*)?$"
)
_YEAR_SAID = re.compile(r"(?<!\w)(?:năm\s+|tháng\s+\d{1,2}\s?[/.-]\s?)((?:19|20)\d\d)(?!\d)")
_SUMMING = re.compile(r"(?<!\w)tổng kết[^.;]{0,60}?năm\s+((?:19|20)\d\d)")
_PLAN_OF = re.compile(r"(?:kế hoạch|thông báo|giấy mời|chương trình|dự kiến)\s")
_PART_OF_SESSION = ("phiên chất vấn", "phiên giải trình", "phiên thảo luận", "phiên làm việc", "phiên trù bị")
_ORGANS = ("Ban Chấp hành", "Ban Thường vụ")
_IN_PLACE = re.compile(
    r"(?<!\w)(?:tại|ở|với|cùng|trụ sở|hội trường|từ|thông báo của)\s+(?:trụ sở\s+|hội trường\s+|sở\s+)?$"
)
_WHEN_FIRST = re.compile(r"\W*(?:ngày|sáng|chiều|tối|thứ|từ|lúc|vào|hồi|\d{1,2}\s?(?:giờ|h|g|[:/.-]\s?\d))(?!\w)")
_STARTS = re.compile(r"(?<!\w)(?:khai mạc|bắt đầu|diễn ra|có mặt|ấn định)(?!\w)[^.;\n]{0,30}?(?:lúc|hồi|từ|vào)\s")
_INVITES = re.compile(r"(?<!\w)(?:mời|giấy mời|thông báo|triệu tập)(?!\w)")
_OFFICE = re.compile(r"(?:chủ tịch|bí thư|trưởng|ủy viên|thư ký|giám đốc|chủ nhiệm|đại biểu)\s+$")
_BY_COURSE = re.compile(r"[^.;]{0,20}tiếp tục chương trình")
_GUEST = re.compile(r"(?<!\w)(?:dự|tham dự|cùng dự|phát biểu tại|có mặt tại|tham gia)(?:\s+\w+){0,4}\s*$")
_DO = re.compile(r"(?<!\w)(?:do|của)\s+")
_HOUSE = re.compile(r"(?:Thường trực )?HĐND|Quốc hội")
_OPENS = re.compile(r"(?<!\w)khai mạc(?!\w)")
_CLOSES = re.compile(r"(?<!\w)(?:bế mạc|kết thúc|hoàn thành|thành công)(?!\w)")
_PAST = re.compile(r"(?<!\w)(?:đã|vừa)\s")
_AHEAD = re.compile(r"(?<!\w)(?:sẽ|sắp(?! xếp)|dự kiến)(?!\w)")
_LETTER_DAY = re.compile(r"(?:^|\n|\|)[^\n|]{0,60}?, ngày\s")
_PRESIDED = re.compile(rf"(?<!\w)(?:chủ trì|chủ tọa)\s+(?:{_SUBJECT}|buổi)(?!\w)")
_REPORT_REACH, _REPORT_SENTENCES = 4000, 14


class Facts:
    """Reads the facts of one meeting; `claims` are its claims, those of the title first."""

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

    def meeting(self) -> Meeting:
        """The meeting with all that is told of it."""
        disruption = self._disruption()
        upcoming = disruption is None and self._announced()
        found = self._day_found(disruption)
        day, candidate, part = self._day(found, notice=disruption is not None or upcoming)
        clock = self._clock(disruption)
        if clock and not (found is None and part):
            part = part_of_clock(clock)
        return Meeting(
            title=self._title(),
            form=self._form(),
            body=self._body(),
            ordinal=self.ordinal,
            term=self._term(),
            period=self.period,
            date=day,
            date_candidate=candidate,
            time=clock,
            part_of_day=part or self._part(),
            place=self._place(disruption),
            chair=self._chair(),
            mode=self._mode(),
            status=disruption or self._held_or_upcoming(day, announced=upcoming),
        )

    # --- the name ---

    def _title(self) -> str | None:
        title = " ".join(self.reading.title.original.split())
        return title or None

    def _form(self) -> str:
        """The head noun; a verb's form gives way to a noun that the article uses for the same meeting."""
        numbered = next(
            (c.phrase.form for c in self.claims if not c.phrase.soft and ordinal_of(c.text, c.phrase) is not None), None
        )
        if self.first.phrase.form == "cuộc họp" and numbered:
            return numbered
        if not self.first.phrase.soft:
            return self.first.phrase.form
        named = next((c.phrase.form for c in self.claims if not c.phrase.soft), None)
        if named and named != "cuộc họp":
            return named
        if self.first.phrase.form != "cuộc họp":
            return self.first.phrase.form
        regular = next((c.phrase.form for c in self.claims if c.phrase.form != "cuộc họp"), None)
        return regular or "cuộc họp"

    def _ordinal(self) -> int | None:
        for claim in self.claims:
            if (value := ordinal_of(claim.text, claim.phrase)) is not None:
                return value
        for _, phrase, text in self._sessions():
            if (value := ordinal_of(text, phrase)) is not None:
                return value
        return None

    def _sessions(self) -> Iterator[tuple[Claim, Phrase, Aligned]]:
        """The session that a part of it belongs to: "phiên chất vấn tại kỳ họp thứ 8"."""
        if self.first.phrase.form not in _PART_OF_SESSION:
            return
        for claim in self.claims:
            for phrase in phrases_in(claim.text, claim.begin, claim.end):
                if phrase.form == "kỳ họp":
                    yield claim, phrase, claim.text

    def _term(self) -> str | None:
        for claim in self.lead_first:
            if term := term_of(claim.text, claim.phrase, claim.begin, claim.end):
                return term
        for claim, phrase, text in self._sessions():
            if term := term_of(text, phrase, claim.begin, claim.end):
                return term
        return None

    def _period(self) -> str | None:
        """The period as written, with its year where one sentence has it: "tháng 10-2015" before "tháng 10"."""
        periods = [p for c in self.claims if (p := period_of(c.text, c.phrase))]
        return (
            next((p for p in periods if p.startswith(periods[0]) and p != periods[0]), periods[0]) if periods else None
        )

    # --- where it is told ---

    def _going_on(self) -> Iterator[Extent]:
        """The sentences after the claims that go on about the same meeting."""
        own = {(c.start, c.end) for c in self.claims if not c.title}
        position, taken = 0, 0
        stops = (*self.reading.stops[1:], len(self.body.text))
        for stop in stops:
            start, end = position, stop
            position = stop
            if start > _REPORT_REACH or taken > _REPORT_SENTENCES:
                return
            taken += end - start > 30
            start, end = self.reading.sentence(start, start + 1)
            if (start, end) in own or _OTHER.search(self.body.low, start, end):
                continue
            if _GOES_ON.match(self.body.low, start, end) and self._same(start, end):
                yield self.body, start, end

    def _same(self, start: int, end: int) -> bool:
        for phrase in phrases_in(self.body, start, min(end, start + 160)):
            other = ordinal_of(self.body, phrase)
            if other is not None and other != self.ordinal:
                return False
            period = period_of(self.body, phrase)
            return not (period and self.period) or period.startswith(self.period) or self.period.startswith(period)
        return True

    def _extents(self) -> Iterator[Extent]:
        for claim in self.lead_first:
            yield claim.text, claim.begin, claim.end

    # --- status ---

    def _disruption(self) -> str | None:
        told = (self.reading.title.low, *(self.body.low[start:end] for start, end in self.reading.lead[:4]))
        kinds = [kind for low in told if (kind := disrupted(low, 0, len(low)))]
        if kinds:
            kind = next((kind for kind in kinds if kind != "off"), "off")
            return status_of(kind, self.title_and_lead, new_day=self.time_line is not None)
        return "moved" if self.changed else None

    def _announced(self) -> bool:
        """Whether words tell of a meeting to come."""
        if self.time_line:
            return True
        for claim in self.lead_first:
            low, phrase = claim.text.low, claim.phrase
            if NOTICE.search(low, max(claim.begin, phrase.start - 80), min(claim.end, phrase.end + 60)):
                return True
            if not claim.title and (
                _PAST.search(low, claim.begin, claim.end) or opening_day(low, claim.start, phrase.start)
            ):
                return bool(_AHEAD.search(self.reading.title.low))
        return self.first.title and bool(_PLAN_OF.match(self.reading.title.low))

    def _held_or_upcoming(self, day: date | None, *, announced: bool) -> str | None:
        if day and self.published and day > self.published:
            return "upcoming"
        if announced:
            return "upcoming"
        if day and self.published and any(not claim.title for claim in self.claims):
            return "held"
        return "held" if any(_HELD.search(c.text.low, c.start, c.end) for c in self.claims) else None

    # --- when ---

    def _day_found(self, disruption: str | None) -> DayFound | None:
        return next(self._days(disruption), None)

    def _days(self, disruption: str | None) -> Iterator[DayFound]:
        body = self.body.low
        if disruption == "moved":
            told = self.title_and_lead
            for target in TARGET.finditer(told):
                yield from _days_with_year(told, max(0, target.end() - 8), target.end() + 60)
        if self.time_line:
            yield from _days_with_year(body, *self.time_line)
        if any(_CLOSES.search(c.text.low, c.begin, c.end) for c in self.lead_first):
            yield from self._opened()
        for claim in self.lead_first:
            yield from self._days_of(claim, disruption)
        going_ahead = disruption in (None, "moved")  # else a notice opens with its own day
        if going_ahead and all(claim.title for claim in self.claims):
            for start, end in self.reading.lead[:2]:
                if (opening := opening_day(body, start, end)) and opening.start - start < 40:
                    yield with_year_of_range(body, opening)
        for _, start, end in self.further:
            for day in _days_with_year(body, start, end):
                if not other_day(body, start, day):
                    yield day
        if going_ahead and self.first.title and NOTICE.search(self.reading.title.low):
            for start, end in self.reading.lead:
                yield from (day for day in _days_with_year(body, start, end) if not other_day(body, start, day))
        if disruption:
            told = self.title_and_lead
            for day in _days_with_year(told, 0, len(told)):
                if _PLANNED.search(told, max(0, day.start - 40), day.start):
                    yield day

    def _opened(self) -> Iterator[DayFound]:
        """The first day of a meeting that is over: "Kỳ họp khai mạc sáng 8/7/2026"."""
        for start, end in self.reading.lead:
            if (opened := _OPENS.search(self.body.low, start, end)) and _GOES_ON.match(self.body.low, start, end):
                yield from _days_with_year(self.body.low, opened.end(), min(end, opened.end() + 70))

    def _days_of(self, claim: Claim, disruption: str | None) -> Iterator[DayFound]:
        low, phrase = claim.text.low, claim.phrase
        opening = None if claim.title else opening_day(low, claim.start, phrase.start)
        if opening and (disruption in (None, "moved") or phrase.start - opening.end < 12):
            yield with_year_of_range(low, opening)
        # A notice of postponing opens with its own day: "Ngày 14-7-2021, UBND tỉnh vừa có thông báo tạm hoãn".
        begin = phrase.start if disruption in ("postponed", "cancelled") else claim.start
        for day in _days_with_year(low, begin, claim.end):
            if not other_day(low, claim.start, day):
                yield day

    def _day(self, found: DayFound | None, *, notice: bool) -> tuple[date | None, date | None, str | None]:
        """The day, the candidate of a day without a year, and the part of the day told with it."""
        published = self.published or (date_value(self.reading.posted) if self.reading.posted else None)
        if found is None:
            if published:
                for claim in self.lead_first:
                    if told := relative_day(claim.text.low, claim.start, claim.end, published):
                        return told[0], None, told[1]
            return None, None, None
        day = settle(found, published, notice=notice)
        return day, None if day else self._candidate(found), found.part_of_day

    def _candidate(self, found: DayFound) -> date | None:
        """The best guess of a day without a year: "tổng kết năm 2023" in December is of 2023, in January of 2024."""
        if summing := _SUMMING.search(self.title_and_lead):
            return found.in_year(int(summing.group(1)) + (1 if found.month <= 6 else 0))
        years = [int(year) for year in _YEAR_SAID.findall(self.title_and_lead)] or [
            int(year) for year in _YEAR_SAID.findall(self.body.low[:20_000])
        ]
        return found.in_year(max(set(years), key=years.count)) if years else None

    def _clock(self, disruption: str | None) -> str | None:
        low = self.body.low
        if disruption == "moved":
            for target in TARGET.finditer(low, 0, _REPORT_REACH):
                if clock := clock_in(low, target.end() - 1, target.end() + 40):
                    return clock
        if self.time_line and (clock := clock_in(low, *self.time_line)):
            return clock
        for text, start, end in (*self._extents(), *self.further):
            if clock := clock_in(text.low, start, end):
                return clock
        if NOTICE.search(self.reading.title.low):
            for start, end in self.reading.lead:
                if any(days_in(low, start, end)) and (clock := clock_in(low, start, end)):
                    return clock
        for start, end in self.reading.lead:
            if (starts := _STARTS.search(low, start, end)) and (
                clock := clock_in(low, starts.end(), starts.end() + 20)
            ):
                return clock
        return None

    def _part(self) -> str | None:
        for text, start, end in ((c.text, c.start, c.end) for c in self.lead_first):
            if part := part_of(text.low, start, end):
                return part
        return None

    # --- who ---

    def _body(self) -> str | None:
        general: BodyFound | None = None
        for claim in self.claims:
            own = own_body(claim.text, claim.phrase, self.province)
            if own and not own.general:
                return self._longer(own.name)
            general = general or own
        if general is None:
            for _, phrase, text in self._sessions():
                if (own := own_body(text, phrase, self.province)) and not own.general:
                    return own.name
        if self.first.phrase.form == "kỳ họp" and not general:
            named = [b for c in self.lead_first for b in bodies_in(c.text, c.start, c.end, self.province)]
            house = next((b for b in named if _HOUSE.match(b.name) and not b.general), None)
            if house:
                return house.name
        holder = self._holder()
        if general:
            named = [b for c in self.claims for b in bodies_in(c.text, c.start, c.end, self.province) if not b.general]
            meant = next((b.name for b in named if b.name.startswith(general.name)), None)
            if meant or (portal := self._portal(general.name)):
                return meant or portal
            if general.name in _ORGANS and holder and not holder.startswith("UBND"):
                return f"{general.name} {holder}"
            return general.name
        return holder

    def _longer(self, name: str) -> str:
        """The name with more of it where the lead has more: "... chính sách nhà ở và thị trường bất động sản"."""
        names = [b.name for c in self.claims if not c.title for b in bodies_in(c.text, c.start, c.end, self.province)]
        return next((other for other in names if other.startswith(name + " ")), name)

    def _holder(self) -> str | None:
        """Who holds it: the body before the verb, in the lead first."""
        for claim in self.lead_first:
            words = claim.text.low[claim.begin : claim.phrase.start]
            if _GUEST.search(words) and not _INVITES.search(words):
                if by := self._organiser(claim):
                    return by
                continue
            before = [
                body
                for body in bodies_in(claim.text, claim.begin, claim.phrase.start, self.province)
                if not body.general and not self._only_named(claim, body)
            ]
            if before:
                return _without_office(claim, before[-1])
            if by := self._organiser(claim):
                return by
            if not claim.title and claim.phrase.start - claim.begin < 60:
                after = bodies_in(claim.text, claim.phrase.end, claim.end, self.province)
                subject = next(
                    (b for b in after if not b.general and not _OFFICE.search(claim.text.low[: b.start][-24:])), None
                )
                if subject and _BY_COURSE.match(claim.text.low, claim.start, claim.end):
                    return subject.name
        for text, start, end in self.further:
            held = _DO.search(text.low, start, min(end, start + 80))
            holder = next(iter(bodies_in(text, held.end(), end, self.province)), None) if held else None
            if held and holder and not holder.general and holder.start - held.end() < 2:
                return holder.name
        return None

    def _only_named(self, claim: Claim, body: BodyFound) -> bool:
        """Whether a body before the verb holds nothing: "tại UBND phường", "Phó Chủ tịch Quốc hội"."""
        before = claim.text.low[max(claim.begin, body.start - 40) : body.start]
        return bool(_IN_PLACE.search(before)) or (body.name == "Quốc hội" and bool(_OFFICE.search(before)))

    def _organiser(self, claim: Claim) -> str | None:
        """The body of "do Bộ Y tế tổ chức" or "của UBND tỉnh" behind the name of a meeting."""
        limit = min(claim.end, claim.phrase.end + 160)
        for by in _DO.finditer(claim.text.low, claim.phrase.head_end, limit):
            if re.search(r"\d\s?[/-]", claim.text.low[claim.phrase.head_end : by.start()]):
                return None  # "công bố Quyết định số 498/QĐ-TTg của Thủ tướng Chính phủ"
            found = next(iter(bodies_in(claim.text, by.end(), limit, self.province)), None)
            if found and found.start - by.end() < 2 and not found.general:
                return found.name
        return None

    def _portal(self, head: str) -> str | None:
        body = self.portal_body
        return body if body and body.lower().startswith(head.lower()) else None

    def _chair(self) -> str | None:
        if (line := chair_field(self.reading)) and (name := first_person(self.body, *line)):
            return name
        claimed = [(c.text, c.start, c.end) for c in self.lead_first]
        nearby = [(self.body, start, end) for start, end in self.reading.lead]
        return chair_in([*claimed, *nearby, *self.further, *self._presided()])

    def _presided(self) -> Iterator[Extent]:
        """Sentences below the lead that say who presides over a meeting."""
        for found in _PRESIDED.finditer(self.body.low, 0, _REPORT_REACH):
            start, end = self.reading.sentence(found.start(), found.end())
            if self._same(start, end):
                yield self.body, start, end

    # --- where and how ---

    def _place(self, disruption: str | None) -> str | None:
        if line := place_field(self.reading):
            if _WHEN_FIRST.match(self.body.low, *line):
                return place_said(self.body, *line, loose=True)
            return piece(self.body, *line)
        if (line := mode_field(self.reading)) and (place := place_said(self.body, *line, loose=True)):
            return place
        if (line := self.time_line) and (place := place_said(self.body, *line, loose=True)):
            return place
        for number, (text, start, end) in enumerate([*self._extents(), *self.further]):
            if disruption == "moved" and number == 0 and (moved := _moved_to(text, start, end)):
                return moved
            if place := place_said(text, start, end, loose=True):
                return place
        return None

    def _mode(self) -> str | None:
        line = mode_field(self.reading)
        told = [self.title_and_lead, *(self.body.low[start:end] for _, start, end in self.further)]
        if line:
            told.append("hình thức " + self.body.low[slice(*line)])
        whole = "\n".join(told)
        if _HYBRID.search(whole):
            return "hybrid"
        if _ONLINE.search(whole):
            return "online"
        return "in_person" if _IN_PERSON.search(whole) else None


def _days_with_year(low: str, start: int, end: int) -> Iterator[DayFound]:
    for day in days_in(low, start, end):
        yield with_year_of_range(low, day)


def _without_office(claim: Claim, body: BodyFound) -> str:
    """The body for which its office speaks: "Văn phòng Bộ Quốc phòng thông báo"."""
    if body.name.startswith("Văn phòng ") and _SPEAKS.match(claim.text.low, body.end):
        return re.sub(r"^(?:HĐND (?:và|&) |Đoàn ĐBQH (?:và|&) )+", "", body.name.removeprefix("Văn phòng "))
    return body.name


_SPEAKS = re.compile(r"\s+(?:xin\s+|vừa\s+|trân trọng\s+|đã\s+)?(?:có\s+)?(?:thông báo|gửi|mời|công văn|phát)(?!\w)")


def _day_of_letter(reading: Reading) -> date | None:
    """The day in a letter's head, "Thái Nguyên, ngày 21 tháng 10 năm 2026": what it was published on at the earliest."""
    low = reading.body.low
    if head := _LETTER_DAY.search(low, 0, 600):
        found = next(days_in(low, max(0, head.end() - 6), head.end() + 40), None)
        return found.in_year(found.year) if found and found.year else None
    return None


_MOVED_TO = re.compile(
    r"(?<!\w)(?:chuyển|đổi|dời)[^.;\n]{0,90}?(?<!\w)(?:sang|đến|tới|về)\s+(?=hội trường|trụ sở|trung tâm|phòng|nhà|khách sạn)"
)


def _moved_to(text: Aligned, start: int, end: int) -> str | None:
    found = _MOVED_TO.search(text.low, start, end)
    return piece(text, found.end(), end) if found else None
