"""The facts of one meeting, read out of the sentences that claim it, those that go on about it, and labelled lines."""

from __future__ import annotations

import re
from datetime import date

from config import Aligned
from monitor.detect.claims import opening_day
from monitor.detect.dates import part_of_clock
from monitor.detect.fields import mode_field, place_field
from monitor.detect.phrases import FORMS, ordinal_of
from monitor.detect.place import piece, place_said
from monitor.detect.status import NOTICE, disrupted, status_of
from monitor.detect.told import Told
from monitor.detect.when import clock_told, day_found, part_told, settled_day
from monitor.detect.who import body_of, chair_of
from storage import Meeting

_HELD = re.compile(
    r"(?<!\w)(?:đã|chủ trì|chủ tọa|tổ chức|khai mạc|bế mạc|diễn ra|họp|phát biểu|tham dự|dự|tham gia|làm việc|điều hành|kết thúc"
    r"|hoàn thành|tiến hành|đăng cai|vừa)(?!\w)"
)
_HYBRID = re.compile(
    r"(?<!hình )trực tiếp(?! chỉ đạo)[^.;\n]{0,90}?(?:\bvà\b|kết hợp|kết nối|với|,)\s*(?:với\s+)?(?:hình thức\s+|họp\s+)?trực tuyến"
    r"|trực tuyến\s+(?:và|kết hợp(?: với)?)\s+(?:hình thức\s+)?trực tiếp"
)
_ONLINE = re.compile(
    rf"(?:{FORMS}|họp|giao ban|đối thoại|tập huấn)\s+(?:(?!dịch vụ|công|thanh toán|bán|mua|đánh)\w+\s+){{0,6}}trực tuyến"
    r"|(?:hình thức|tổ chức|kết nối|họp|truyền hình)\s+trực tuyến|(?:nền tảng|phần mềm|ứng dụng|qua)\s+(?:zoom|ms teams|microsoft teams|google meet)|bằng trực tuyến|qua nền tảng trực tuyến"
)
_IN_PERSON = re.compile(r"hình thức\s+(?:họp\s+)?(?:trực tiếp|tập trung)(?!\s+(?:và|kết hợp|,))")
_PLAN_OF = re.compile(r"(?:kế hoạch|thông báo|giấy mời|chương trình|dự kiến)\s")
_WHEN_FIRST = re.compile(r"\W*(?:ngày|sáng|chiều|tối|thứ|từ|lúc|vào|hồi|\d{1,2}\s?(?:giờ|h|g|[:/.-]\s?\d))(?!\w)")
_PAST = re.compile(r"(?<!\w)(?:đã|vừa)\s")
_AHEAD = re.compile(r"(?<!\w)(?:sẽ|sắp(?! xếp)|dự kiến)(?!\w)")
_MOVED_TO = re.compile(
    r"(?<!\w)(?:chuyển|đổi|dời)[^.;\n]{0,90}?(?<!\w)(?:sang|đến|tới|về)\s+(?=hội trường|trụ sở|trung tâm|phòng|nhà|khách sạn)"
)


def meeting_of(told: Told) -> Meeting:
    """The meeting with all that is told of it."""
    disruption = _disruption(told)
    upcoming = disruption is None and _announced(told)
    found = day_found(told, disruption)
    day, candidate, part = settled_day(told, found, notice=disruption is not None or upcoming)
    clock = clock_told(told, disruption)
    if clock and not (found is None and part):
        part = part_of_clock(clock)
    return Meeting(
        title=_title(told),
        form=_form(told),
        body=body_of(told),
        ordinal=told.ordinal,
        term=told.term(),
        period=told.period,
        date=day,
        date_candidate=candidate,
        time=clock,
        part_of_day=part or part_told(told),
        place=_place(told, disruption),
        chair=chair_of(told),
        mode=_mode(told),
        status=disruption or _held_or_upcoming(told, day, announced=upcoming),
    )


def _title(told: Told) -> str | None:
    title = " ".join(told.reading.title.original.split())
    return title or None


def _form(told: Told) -> str:
    """The head noun; a verb's form gives way to a noun that the article uses for the same meeting."""
    numbered = next(
        (c.phrase.form for c in told.claims if not c.phrase.soft and ordinal_of(c.text, c.phrase) is not None), None
    )
    if told.first.phrase.form == "cuộc họp" and numbered:
        return numbered
    if not told.first.phrase.soft:
        return told.first.phrase.form
    named = next((c.phrase.form for c in told.claims if not c.phrase.soft), None)
    if named and named != "cuộc họp":
        return named
    if told.first.phrase.form != "cuộc họp":
        return told.first.phrase.form
    regular = next((c.phrase.form for c in told.claims if c.phrase.form != "cuộc họp"), None)
    return regular or "cuộc họp"


def _disruption(told: Told) -> str | None:
    sentences = (told.reading.title.low, *(told.body.low[start:end] for start, end in told.reading.lead[:4]))
    kinds = [kind for low in sentences if (kind := disrupted(low, 0, len(low)))]
    if kinds:
        kind = next((kind for kind in kinds if kind != "off"), "off")
        return status_of(kind, told.title_and_lead, new_day=told.time_line is not None)
    return "moved" if told.changed else None


def _announced(told: Told) -> bool:
    """Whether words tell of a meeting to come."""
    if told.time_line:
        return True
    for claim in told.lead_first:
        low, phrase = claim.text.low, claim.phrase
        if NOTICE.search(low, max(claim.begin, phrase.start - 80), min(claim.end, phrase.end + 60)):
            return True
        if not claim.title and (
            _PAST.search(low, claim.begin, claim.end) or opening_day(low, claim.start, phrase.start)
        ):
            return told.first.title and bool(_AHEAD.search(told.reading.title.low))
    return told.first.title and bool(_PLAN_OF.match(told.reading.title.low))


def _held_or_upcoming(told: Told, day: date | None, *, announced: bool) -> str | None:
    if day and told.published and day > told.published:
        return "upcoming"
    over = day and told.published and day <= told.published and not told.time_line
    if announced and not (over and any(_PAST.search(c.text.low, c.start, c.end) for c in told.claims)):
        return "upcoming"
    if day and told.published and any(not claim.title for claim in told.claims):
        return "held"
    return "held" if any(_HELD.search(c.text.low, c.start, c.end) for c in told.claims) else None


def _place(told: Told, disruption: str | None) -> str | None:
    if line := place_field(told.reading):
        if _WHEN_FIRST.match(told.body.low, *line):
            return place_said(told.body, *line, loose=True)
        return piece(told.body, *line)
    if (line := mode_field(told.reading)) and (place := place_said(told.body, *line, loose=True)):
        return place
    if (line := told.time_line) and (place := place_said(told.body, *line, loose=True)):
        return place
    for number, (text, start, end) in enumerate([*told.extents(), *told.further]):
        if disruption == "moved" and number == 0 and (moved := _moved_to(text, start, end)):
            return moved
        if place := place_said(text, start, end, loose=True):
            return place
    return None


def _mode(told: Told) -> str | None:
    line = mode_field(told.reading)
    sentences = [told.title_and_lead, *(told.body.low[start:end] for _, start, end in told.further)]
    if line:
        sentences.append("hình thức " + told.body.low[slice(*line)])
    whole = "\n".join(sentences)
    if _HYBRID.search(whole):
        return "hybrid"
    if _ONLINE.search(whole):
        return "online"
    return "in_person" if _IN_PERSON.search(whole) else None


def _moved_to(text: Aligned, start: int, end: int) -> str | None:
    found = _MOVED_TO.search(text.low, start, end)
    return piece(text, found.end(), end) if found else None
