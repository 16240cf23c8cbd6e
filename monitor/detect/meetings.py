"""The meeting that an article announces or reports as its subject.

Title and lead decide: the meeting stands at the head of the title, or a verb of holding governs it (tổ chức, chủ trì,
hoãn), or the lead opens with a day and such a verb. A meeting named anywhere else is mentioned in passing and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from config import Aligned
from monitor.detect.dates import DayFound, clock_in, date_value, days_in, part_of, part_of_clock, settle
from monitor.detect.naming import BodyFound, bodies_in, persons_in
from monitor.detect.phrases import FORMS, Phrase, ordinal_of, own_body, period_of, phrases_in, term_of
from monitor.detect.reading import Reading, after_paper
from storage import Meeting

_HOLD = (
    r"tổ chức|phối hợp tổ chức|chủ trì|đồng chủ trì|chủ tọa|điều hành|khai mạc|bế mạc|dự|tham dự|cùng dự|họp|triệu tập"
    r"|diễn ra|tiến hành|phát biểu(?:\s+\w+\s+\w+)?\s+tại|có mặt tại|hoàn thành|mời dự|dự và chỉ đạo"
    r"|truyền hình trực tiếp"
)
_DISRUPT = r"hoãn|tạm hoãn|tạm dừng|dời|lùi|hủy|thay đổi|chuyển|đổi"
_GOVERNED = re.compile(
    rf"(?<!\w)(?:{_HOLD}|{_DISRUPT})(?:\s+(?:{_DISRUPT}|tổ chức|lịch|thời gian|địa điểm|việc|thành công|trọng thể|buổi"
    r"|phiên|chương trình|ngày|trực tuyến|và|chủ trì|chỉ đạo|phiên khai mạc|,|1|một|tại|tốt))*\s*$"
)
_OPENER = re.compile(
    r"(?:.{0,40}:\s*)?(?:\s*(?:khai mạc|bế mạc|tổng thuật|tường thuật|toàn cảnh|quang cảnh|thông báo"
    r"|thông tin|tin|giấy mời"
    r"|thư mời|mời|lịch|lịch tổ chức|trực tiếp|tổ chức|hoãn|tạm hoãn|tạm dừng|tạm dừng tổ chức|dời|lùi|hủy|thay đổi"
    r"|lịch làm việc|thời gian|địa điểm|dự kiến|sắp|sẽ|diễn ra|chương trình|về việc|v/v|họp"
    r"|ngày làm việc (?:\w+ ){1,3}của"
    r"|phiên khai mạc|phiên bế mạc|của|việc|buổi|các|chi tiết|tham dự|dự|trọng thể|hôm nay|sáng nay"
    r"|chiều nay|ngày mai))*\s*"
)
# Words before a meeting that make it a thing spoken of and not the thing that happens.
_PASSING = re.compile(
    r"(?<!\w)(?:nghị quyết|kết luận|kết quả|biên bản|nội dung|trước|sau|kể từ|từ|theo|phục vụ|trình|tại các|những|nhiều"
    r"|mỗi|các|chất lượng|hiệu quả|trước và sau|giữa hai|phòng|trung tâm|nhà|hệ thống|công tác|cho|như|quy chế|tài liệu"
    r"|chế độ|kỹ năng|thành công của|trả lời|kiến nghị|chuẩn bị|bằng|qua|của)(?:\s+(?:của|tại|cho|về|phục vụ"
    r"|việc|tốt))*\s*$"
)
_AT = re.compile(r"(?<!\w)tại(?:\s+(?:buổi|phiên|cuộc))?\s*$")
_TAKES_PLACE = re.compile(
    r"[^.;]{0,160}?(?<!\w)(?:diễn ra|được tổ chức|đã được tổ chức|khai mạc|bế mạc|họp|làm việc|được khai mạc"
    r"|tiếp tục)(?!\w)"
)
_JUST = re.compile(
    r"(?<!\w)(?:vừa|mới|đã|sẽ)(?:\s+\w+)?\s+(?:tổ chức|họp|chủ trì|khai mạc|diễn ra|có|ra|làm việc)(?!\w)"
)
_WHEN = re.compile(
    r"(?:sáng|chiều|tối|trưa|ngày|trong|từ|vào|lúc|mới đây|vừa qua|hôm nay|hôm qua|\d{1,2}\s?(?:giờ|h)|theo"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?!\w)"
)
_OFFICIALS = re.compile(
    r"\s+(?:với\s+)?(?:tập thể\s+|các\s+)?(?:lãnh đạo|đoàn công tác|đoàn|ban thường vụ|thường trực|ubnd|hđnd|bộ|sở|ban|tỉnh|huyện)"
    r"(?!\w)"
)
_OLD_NEWS = re.compile(r"(?<!\w)(?:trước đó|trước đây|năm ngoái|sau khi|như đã đưa tin|được biết)(?!\w)")
_NOUN = rf"(?:{FORMS}|họp|lịch|giao ban)"
_STATUS = (
    ("moved", re.compile(
        r"(?<!\w)(?:dời|(?:thay|(?<!chuyển )(?<!sửa )(?<!thay )(?<!trao )) ?đổi|điều chỉnh)\s+(?:thời gian"
        r"|địa điểm|lịch|ngày)"
        rf"(?:\s+và\s+địa điểm)?(?:\s+\w+){{0,3}}?\s+{_NOUN}|(?<!\w)dời\s+(?:\w+\s+){{0,3}}{_NOUN}"
        rf"|{_NOUN}[^.;]{{0,60}}(?<!\w)(?:dời|chuyển)\s+(?:sang|đến|tới|về|lịch|ngày)(?!\w)")),
    ("cancelled", re.compile(
        rf"(?<!\w)(?:hủy bỏ|hủy|không tổ chức)\s+(?:\w+\s+){{0,4}}{_NOUN}(?!\w)"
        rf"|{_NOUN}[^.;]{{0,50}}(?<!\w)(?:bị|được|đã|phải)\s+(?:hủy bỏ|hủy)(?!\w)")),
    ("postponed", re.compile(
        rf"(?<!\w)(?:tạm hoãn|hoãn(?! thi hành)|tạm dừng|tạm ngừng|lùi)\s+(?:[\w]+\s+){{0,6}}{_NOUN}(?!\w)"
        rf"|{_NOUN}[^.;]{{0,60}}(?<!\w)(?:tạm hoãn|(?:bị|được|phải|sẽ)\s+hoãn|lùi\s+(?:lại|sang|thời gian)|\(hoãn\))"
        rf"|\(hoãn\)|{_NOUN}[^.;]{{0,160}}không thể diễn ra")),
)  # fmt: skip
_MOVED_TO = re.compile(r"(?<!\w)(?:dời|chuyển|lùi|đổi)[^.;]{0,50}?(?:sang|đến|tới|thành|vào)\s+(?=[^.;]{0,25}\d)")
_NOTICE = re.compile(
    r"(?<!\w)(?:sẽ|giấy mời|kính mời|trân trọng mời|thư mời|dự kiến|sắp|chuẩn bị|lịch họp|lịch làm việc|lịch công tác"
    r"|triệu tập|thông báo tổ chức|thông báo về việc tổ chức|mời dự|mời họp|(?<!du )lịch)(?!\w)"
)
_HELD = re.compile(
    r"(?<!\w)(?:đã|chủ trì|chủ tọa|tổ chức|khai mạc|bế mạc|diễn ra|họp|phát biểu|tham dự|dự|tham gia|làm việc)(?!\w)"
)
_HYBRID = re.compile(r"trực tiếp\s+(?:và|kết hợp|kết hợp với|kết nối|với|,)\s*(?:hình thức\s+)?trực tuyến")
_ONLINE = re.compile(
    rf"(?:{FORMS}|họp)\s+(?:(?!dịch vụ|công)\w+\s+){{0,2}}trực tuyến|(?:hình thức|tổ chức|kết nối|họp"
    rf"|truyền hình)\s+trực tuyến"
)
_IN_PERSON = re.compile(r"hình thức\s+(?:họp\s+)?trực tiếp")
_PRESIDES = re.compile(r"(?<!\w)(?:đồng\s+)?(?:chủ trì|chủ tọa)(?!\w)")
_PRESIDED_BY = re.compile(r"(?<!\w)(?:chủ trì|chủ tọa)\s+(?:của|(?:[^,.;:\n]{0,60}?\s)?(?:có|là|gồm|:))\s")
_POINT = re.compile(r"\s*(?:\S+\s+){0,3}?tại điểm cầu")
_PLACE_LINE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:(?:[-•*]|\d{1,2}[.)])[^\S\n]*)?(?:địa điểm|nơi họp)(?:\s+tổ chức)?\s*[:|]\s*(?P<place>[^\n]{3,160})"
)
_TIME_LINE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:(?:[-•*]|\d{1,2}[.)])[^\S\n]*)?thời gian(?:\s+(?:tổ chức|họp))?\s*[:|]\s*(?P<time>[^\n]{3,120})"
)
_PLACE = re.compile(
    r"(?<!\w)(?:tại|ở)\s+(?P<place>(?:hội trường|trụ sở|trung tâm (?:hội nghị|văn hóa|hành chính)"
    r"|nhà (?:quốc hội|văn hóa|khách)"
    r"|phòng họp|khách sạn|cung|nhà hát|quảng trường|văn phòng)[^,.;\n]{0,90}?)"
    r"(?=[,.;\n(]|\s(?:đã|diễn|khai|để|nhằm|do|dưới|sẽ|vào|tổ chức|chủ trì|đồng chí)(?!\w)|$)"
)
_PLANNED = re.compile(r"(?<!\w)(?:vào|dự kiến|tổ chức|diễn ra|theo lịch|họp|lịch)[\s,(]*(?:lúc\s[^,;.]{1,20},?\s*)?$")
_OTHER_DAY = re.compile(r"(?:[/-][a-zđư&]+\d*|trước|kể từ|từ sau|đến)[\s,(]*$")  # a document's day, a limit
_YEAR_SAID = re.compile(r"(?<!\w)(?:năm\s+|tháng\s+\d{1,2}\s?[/.-]\s?)((?:19|20)\d\d)(?!\d)")
_SUMMING = re.compile(r"(?<!\w)tổng kết[^.;]{0,60}?năm\s+((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A meeting claimed by one sentence: the phrase, the text it stands in and the extent of the sentence."""

    text: Aligned
    phrase: Phrase
    start: int
    end: int
    title: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """The meeting and the sentence that carries it."""

    meeting: Meeting
    quote: str


def find_meeting(
    reading: Reading, published: date | None, province: str | None = None, portal_body: str | None = None
) -> Claimed | None:
    """The meeting that the article is about; None where it is about something else."""
    title, lead = _title_claims(reading), _lead_claims(reading)
    claims = title + lead
    if not claims:
        return None
    if title and not lead and not _supported(title[0], reading):
        return None
    first = next((claim for claim in title if not claim.phrase.soft), None) or (title or lead)[0]
    ordinal = ordinal_of(first.text, first.phrase)
    same = [first, *(claim for claim in claims if claim is not first and _agrees(claim, first, ordinal))]
    facts = _Facts(reading, same, published, province, portal_body)
    told = next((claim for claim in lead if claim in same), first)
    return Claimed(facts.meeting(), told.text.source(told.start, told.end))


def _title_claims(reading: Reading) -> list[Claim]:
    text = reading.title
    end = len(text.text)
    begin = after_paper(text.text, 0)
    claims = []
    for phrase in phrases_in(text, 0, end):
        before = text.low[max(begin, phrase.start - 90) : phrase.start]
        if _OPENER.fullmatch(text.low[begin : phrase.start]) if phrase.start - begin < 160 else False:
            opened = not phrase.soft or bool(before.strip())
        else:
            opened = False
        governed = bool(_GOVERNED.search(before)) or (phrase.soft and _subject(text, begin, phrase))
        if (opened or governed) and not (_PASSING.search(before) and not opened):
            claims.append(Claim(text, phrase, 0, end, True))
    return claims


def _subject(text: Aligned, begin: int, phrase: Phrase) -> bool:
    """Whether a body stands right before the verb: "UBND tỉnh họp phiên thường kỳ"."""
    bodies = bodies_in(text, begin, phrase.start)
    gap = text.low[bodies[-1].end : phrase.start] if bodies else "-"
    return bool(bodies) and not re.sub(r"(?<!\w)(?:đã|vừa|sẽ|tổ chức|tiếp tục)(?!\w)", "", gap).strip()


def _lead_claims(reading: Reading) -> list[Claim]:
    text = reading.body
    claims = []
    for start, end in reading.lead:
        begin = after_paper(text.text, start)
        if _OLD_NEWS.match(text.low, begin):
            continue
        when = _WHEN.match(text.low, begin, end)
        opening = next(days_in(text.low, begin, min(end, begin + 90)), None) if when else None
        told = opening is not None or (
            when is not None and when.group() in ("mới đây", "vừa qua", "hôm nay", "hôm qua")
        )
        for phrase in phrases_in(text, begin, end):
            before = text.low[max(begin, phrase.start - 160) : phrase.start]
            if _PASSING.search(before):
                continue
            if _claims(text, phrase, before, opening, told, end):
                claims.append(Claim(text, phrase, start, end, False))
                break
    return claims


def _claims(text: Aligned, phrase: Phrase, before: str, opening: DayFound | None, told: bool, end: int) -> bool:
    governed = bool(_GOVERNED.search(before)) or (phrase.soft and _subject(text, phrase.start - len(before), phrase))
    if phrase.form == "buổi làm việc" and told:
        # "có buổi làm việc với lãnh đạo Bộ"; the police who "làm việc với đối tượng" hold no meeting
        other = _OFFICIALS.match(text.low, phrase.head_end, end)
        return bool(other) and (phrase.soft or before.rstrip().endswith(("có", "chủ trì", "tổ chức", "dự")))
    if phrase.soft and not governed:
        return False
    if any(pattern.search(before[-70:] + text.low[phrase.start : phrase.head_end]) for _, pattern in _STATUS):
        return True
    if not governed:
        after = _TAKES_PLACE.match(text.low, phrase.head_end, end)
        if after and (told or next(days_in(text.low, phrase.start, min(end, after.end() + 60)), None)):
            return True
        at = _AT.search(before)  # "Sáng ngày 08/7, tại Kỳ họp thứ 7 HĐND tỉnh khóa XII; ..."
        return bool(
            at and told and opening and phrase.start - opening.end < 12 and ordinal_of(text, phrase) is not None
        )
    if told or _JUST.search(before):
        return True
    return next(days_in(text.low, phrase.head_end, min(end, phrase.end + 60)), None) is not None


def _supported(claim: Claim, reading: Reading) -> bool:
    """A title alone needs a fact beside the word: "Cuộc họp và nghệ thuật điều hành" is an essay."""
    text, phrase = claim.text, claim.phrase
    if ordinal_of(text, phrase) is not None or period_of(text, phrase) or own_body(text, phrase, None):
        return True
    if term_of(text, phrase, claim.end) or _NOTICE.search(text.low) or _status_words(text.low):
        return True
    if phrase.soft and _subject(text, 0, phrase):
        return True
    if bodies_in(text, 0, phrase.start) and _GOVERNED.search(text.low[: phrase.start]):
        return True
    if any(days_in(text.low)) or _TIME_LINE.search(reading.body.low, 0, 4000):
        return True
    return any(next(days_in(reading.body.low, *extent), None) for extent in reading.lead[:2])


def _agrees(claim: Claim, first: Claim, ordinal: int | None) -> bool:
    """Whether a second claim can be the same meeting: no other ordinal, and no other form where both are named."""
    other = ordinal_of(claim.text, claim.phrase)
    return other is None or ordinal is None or other == ordinal


def _status_words(low: str) -> str | None:
    return next((status for status, pattern in _STATUS if pattern.search(low)), None)


class _Facts:
    """Reads the facts of one meeting out of the sentences that claim it."""

    def __init__(
        self,
        reading: Reading,
        claims: list[Claim],
        published: date | None,
        province: str | None,
        portal_body: str | None,
    ) -> None:
        self.reading, self.claims, self.published = reading, claims, published
        self.province, self.portal_body = province, portal_body
        extents = reading.lead[:4]
        self.lead = [reading.body.low[start:end] for start, end in extents]
        self.all = "\n".join([reading.title.low, *self.lead])

    def meeting(self) -> Meeting:
        status = self._status()
        day, candidate, found = self._day(status)
        clock = self._clock()
        part = self._part(found, clock)
        form = next((c.phrase.form for c in self.claims if not c.phrase.soft), self.claims[0].phrase.form)
        return Meeting(
            title=" ".join(self.reading.title.text.split()) or None,
            form=form,
            body=self._body(),
            ordinal=next((n for c in self.claims if (n := ordinal_of(c.text, c.phrase)) is not None), None),
            term=next((t for c in self.claims if (t := term_of(c.text, c.phrase, c.end))), None),
            period=self._period(),
            date=day,
            date_candidate=candidate,
            time=clock,
            part_of_day=part,
            place=self._place(),
            chair=self._chair(),
            mode=self._mode(),
            status=status if status != "reported" else self._told(day),
        )

    def _period(self) -> str | None:
        """The period as written, with its year where one sentence has it: "tháng 10-2015" before "tháng 10"."""
        periods = [p for c in self.claims if (p := period_of(c.text, c.phrase))]
        return (
            next((p for p in periods if p.startswith(periods[0]) and p != periods[0]), periods[0]) if periods else None
        )

    def _status(self) -> str:
        """postponed, cancelled, moved or upcoming by their words; "reported" for all else."""
        for low in (self.reading.title.low, *self.lead[:3]):
            if status := _status_words(low):
                return "moved" if status == "postponed" and _MOVED_TO.search(self.all) else status
        for claim in self.claims:
            low = claim.text.low[claim.start : claim.end]
            near = low[max(0, claim.phrase.start - claim.start - 80) : claim.phrase.end - claim.start + 60]
            if _NOTICE.search(near):
                return "upcoming"
        return "upcoming" if _TIME_LINE.search(self.reading.body.low, 0, 4000) else "reported"

    def _told(self, day: date | None) -> str | None:
        """held, where a word says so and the day does not lie ahead of the publishing."""
        if day and self.published and day > self.published:
            return "upcoming"
        return "held" if any(_HELD.search(c.text.low, c.start, c.end) for c in self.claims) else None

    def _days(self, status: str) -> list[DayFound]:
        if moved := _MOVED_TO.search(self.all):
            return list(days_in(self.all, moved.end() - 8, moved.end() + 60))
        line = _TIME_LINE.search(self.reading.body.low, 0, 4000)
        found = list(days_in(self.reading.body.low, *line.span("time"))) if line else []
        for claim in sorted(self.claims, key=lambda claim: claim.title):
            for day in days_in(claim.text.low, claim.start, claim.end):
                low = claim.text.low
                behind = low[max(claim.start, day.start - 40) : day.start]
                # A notice of postponing opens with its own day: "Ngày 14-7-2021, UBND tỉnh vừa có thông báo tạm hoãn".
                told = status in ("postponed", "cancelled") and not _PLANNED.search(behind)
                if not told and not _OTHER_DAY.search(behind):
                    found.append(day)
        if not found and status in ("postponed", "cancelled"):
            found = [d for d in days_in(self.all) if _PLANNED.search(self.all[max(0, d.start - 40) : d.start])]
        return found

    def _day(self, status: str) -> tuple[date | None, date | None, DayFound | None]:
        found = next(iter(self._days(status)), None)
        if found is None:
            return None, None, None
        published = self.published
        if published is None and self.reading.posted:
            published = date_value(self.reading.posted)
        day = settle(found, published, notice=status in ("upcoming", "moved", "postponed"))
        return day, None if day else self._candidate(found), found

    def _candidate(self, found: DayFound) -> date | None:
        """The best guess of a day without a year: "tổng kết năm 2023" in December is of 2023, in January of 2024."""
        summing = _SUMMING.search(self.all)
        if summing:
            return found.in_year(int(summing.group(1)) + (1 if found.month <= 6 else 0))
        years = [int(year) for year in _YEAR_SAID.findall(self.all)] or [
            int(year) for year in _YEAR_SAID.findall(self.reading.body.low[:20_000])
        ]
        return found.in_year(max(set(years), key=years.count)) if years else None

    def _clock(self) -> str | None:
        line = _TIME_LINE.search(self.reading.body.low, 0, 4000)
        if line and (clock := clock_in(self.reading.body.low, *line.span("time"))):
            return clock
        return next((clock for c in self.claims if (clock := clock_in(c.text.low, c.start, c.end))), None)

    def _part(self, found: DayFound | None, clock: str | None) -> str | None:
        if found and found.part_of_day:
            return found.part_of_day
        if clock:
            return part_of_clock(clock)
        return next((part for c in self.claims if (part := part_of(c.text.low, c.start, c.end))), None)

    def _body(self) -> str | None:
        general: BodyFound | None = None
        for claim in self.claims:
            own = own_body(claim.text, claim.phrase, self.province)
            if own and not own.general:
                return own.name
            general = general or own
        named = [b for c in self.claims for b in bodies_in(c.text, c.start, c.end, self.province) if not b.general]
        if general:
            meant = next((b.name for b in named if b.name.startswith(general.name)), None)
            return meant or self._portal(general.name) or general.name
        for claim in self.claims:
            before = bodies_in(claim.text, claim.start, claim.phrase.start, self.province)
            if before and not before[-1].general:
                return before[-1].name
        return None

    def _portal(self, head: str) -> str | None:
        body = self.portal_body
        return body if body and body.lower().startswith(head.lower()) else None

    def _chair(self) -> str | None:
        body = self.reading.body
        extents = [*((c.text, c.start, c.end) for c in self.claims), *((body, s, e) for s, e in self.reading.lead)]
        for text, start, end in extents:
            for verb in _PRESIDES.finditer(text.low, start, end):
                if _POINT.match(text.low, verb.end(), end):
                    continue  # "Chủ trì tại điểm cầu Ninh Bình": a local point, not the chair
                if by := _PRESIDED_BY.match(text.low, verb.start(), end):
                    behind = persons_in(text, by.end(), min(end, by.end() + 160))
                    if behind:
                        return behind[0][2]
                clause = max(start, text.text.rfind(";", start, verb.start()) + 1)
                if persons := persons_in(text, clause, verb.start()):
                    return persons[0][2]
        return None

    def _place(self) -> str | None:
        line = _PLACE_LINE.search(self.reading.body.low, 0, 4000)
        if line:
            return self.reading.body.text[line.start("place") : line.end("place")].strip(" .;")
        for claim in self.claims:
            if found := _PLACE.search(claim.text.low, claim.start, claim.end):
                return claim.text.text[found.start("place") : found.end("place")].strip()
        return None

    def _mode(self) -> str | None:
        if _HYBRID.search(self.all):
            return "hybrid"
        if _ONLINE.search(self.all):
            return "online"
        return "in_person" if _IN_PERSON.search(self.all) else None
