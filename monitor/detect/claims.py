"""Which sentences claim a meeting as the subject of an article.

Title and lead decide: the meeting stands at the head of the title, or a verb of holding governs it (tổ chức, chủ trì,
hoãn), or the lead tells a day and such a verb. A meeting named anywhere else is mentioned in passing and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from config import Aligned
from monitor.detect.dates import PARTS, DayFound, clock_in, days_in, settle
from monitor.detect.fields import time_field
from monitor.detect.naming import bodies_in
from monitor.detect.phrases import Phrase, ordinal_of, own_body, period_of, phrases_in, term_of
from monitor.detect.reading import Reading, after_paper
from monitor.detect.status import NOTICE, disrupted

_HOLD = (
    r"tổ chức|chủ trì|chủ tọa|điều hành|khai mạc|bế mạc|dự|tham dự|họp|triệu tập|diễn ra|tiến hành|có mặt tại|hoàn thành|hoàn tất"
    r"|phát biểu(?:\s+\w+\s+\w+)?\s+tại|phát biểu (?:kết luận|khai mạc|bế mạc|chỉ đạo)|mời|tham gia|kết thúc|mở|tiếp tục|khép lại|truyền hình trực tiếp|đăng cai|kết hợp"
)
_DISRUPT = r"hoãn|tạm hoãn|tạm dừng|tạm ngừng|dừng|dời|lùi|hủy|hủy bỏ|thay đổi|chuyển|đổi|điều chỉnh"
_FILLER = (
    r"lịch|thời gian|giờ|địa điểm|việc|thành công|trọng thể|long trọng|buổi|phiên|chương trình|ngày|trực tuyến|và|chỉ đạo|,|1|một"
    r"|tại|tốt|phiên khai mạc|\(\d{1,2}\)|02|hai|lễ khai mạc|khai mạc"
)
# What a verb of holding may not leap over: "tổ chức thực hiện nghị quyết kỳ họp" holds no session.
_BLOCK = (
    r"kết quả|nội dung|công tác|các|những|nhiều|nghị|kết|sau|trước|từ|theo|về|để|phục|trung|phòng|nhà|hệ|tài|cho|của|bằng"
    r"|qua|như|chất|tuyên|chào|văn|thực|triển|quy|ý|đề|trình|trong|lấy|phong|chuyên|không"
)
GOVERNED = re.compile(
    rf"(?<!\w)(?:{_HOLD}|{_DISRUPT})(?:\s+(?:{_HOLD}|{_DISRUPT}|{_FILLER}))*(?:\s+(?!(?:{_BLOCK})(?!\w))\w+){{0,3}}\s*$"
)
_OPENER = re.compile(
    r"(?:.{0,40}:\s*)?(?:\s*(?:khai mạc|bế mạc|tổng thuật|tường thuật|toàn cảnh|quang cảnh|thông báo|thông cáo"
    r"|thông cáo báo chí|thông tin|tin|giấy mời|đính chính|giấy triệu tập|triệu tập|tiếp tục|kết thúc|kế hoạch|công văn"
    r"|thư mời|mời|lịch|lịch tổ chức|trực tiếp|tổ chức|hoãn|tạm hoãn|tạm dừng|tạm dừng tổ chức|dời|lùi|hủy|thay đổi"
    r"|điều chỉnh|dừng|chuyển|đổi|lịch làm việc|thời gian|địa điểm|giờ|ngày|dự kiến|sắp|sẽ|diễn ra|chương trình|về việc|v/v"
    r"|họp|mới|chốt|ấn định|công bố|chương trình làm việc|chương trình nghị sự|ngày làm việc (?:\w+ ){1,3}(?:của)?|hủy bỏ|tạm ngừng|số \d{1,4}|\d{1,4}|hình thức|long trọng|trang trọng"
    r"|phiên khai mạc|phiên bế mạc|của|việc|buổi|các|chi tiết|tham dự|dự|trọng thể|hôm nay|sáng nay|phiên"
    r"|chiều nay|ngày mai|sáng mai))*\s*"
)
# Words before a meeting that make it a thing spoken of and not the thing that happens.
PASSING = re.compile(
    r"(?<!\w)(?:nghị quyết|(?<!biểu )kết luận|kết quả|biên bản|nội dung|trước|sau|kể từ|từ|theo|phục vụ|(?<!chương )(?<!quá )(?<!quy )trình|tại các|những|nhiều"
    r"|mỗi|các|chất lượng|hiệu quả|trước và sau|giữa hai|phòng|trung tâm|nhà|hệ thống|công tác|cho|như|quy chế|tài liệu"
    r"|chế độ|kỹ năng|thành công của|trả lời|kiến nghị|chuẩn bị|bằng|qua|của|bên lề|trong khuôn khổ|nhân dịp|chào mừng"
    r"|hướng tới|tiến tới|văn kiện|trước thềm|trong|tuyên truyền|nghe báo cáo|gửi đến|gửi tới|lịch sử|giữa)"
    r"(?:\s+(?:của|tại|cho|về|phục vụ|việc|tốt|thúc|khi|tổ chức))*\s*$"
)
_AT = re.compile(r"(?<!\w)tại(?:\s+(?:buổi|phiên|cuộc))?\s*$")
_ADVERB = re.compile(r"(?:tại|trong)(?:\s+(?:buổi|phiên|cuộc))?\s*$")
_IN_COURSE = re.compile(r"(?<!\w)tiếp tục (?:chương trình(?: làm việc)?|nội dung)\s*(?:của)?\s*$")
_TAKES_PLACE = re.compile(
    r"[^.;]{0,160}?(?<!\w)(?:diễn ra|được tổ chức|đã được tổ chức|tổ chức(?=\s+(?:vào|tại|lúc|trong|từ|ngày|hôm|sáng|chiều|tối|\d))|khai mạc"
    r"|bế mạc|họp|làm việc|được khai mạc|tiếp tục|hoàn thành|kết thúc|khép lại|thành công)(?!\w)"
)
_JUST = re.compile(
    r"(?<!\w)(?:vừa|mới|đã|sẽ)(?:\s+\w+){0,2}\s+(?:tổ chức|họp|chủ trì|khai mạc|diễn ra|có|ra|làm việc|tham dự|dự)(?!\w)"
)
_LATELY = re.compile(
    r"(?<!\w)(?:mới đây|vừa qua|hôm nay|hôm qua|(?:sáng|chiều|tối|trưa) (?:nay|qua|mai)|ngày mai|tuần qua)(?!\w)"
)
_CLAUSE_START = re.compile(
    r"(?:^\W*|[,;:(-]\s*|(?<!\w)(?:vào|trong|từ|lúc|hồi|hôm|và|buổi|hai|ba|bốn|năm|một|cả|nửa|các|0?\d|sáng|trưa|chiều|tối|đêm|sớm|(?:đầu|cuối) giờ|đúng|đó|nay"
    r"|\d{1,2}\s?(?:giờ|h|g)\s?(?:\d\d)?\s?(?:phút)?)\s*)$"
)
_OTHER_DAY = re.compile(r"(?:[/-][a-zđư&]+\d*|trước|kể từ|từ sau|đến|hạn|thay cho|thay vì|cũ)[\s,(:]*$")
_ANNIVERSARY = re.compile(r"(?<!\w)(?:kỷ niệm|ngày thành lập|ngày truyền thống|sinh nhật)(?!\w)[^,;.]{0,70}$")
# The police, a court or a reporter "làm việc với" somebody: that is no meeting.
_QUESTIONED = re.compile(
    r"\s+(?:với\s+)?(?:(?:các|những|một|hai|nhóm|\d+)\s+)*(?:đối tượng|nghi phạm|nghi can|bị can|bị cáo|tài xế|lái xe|chủ xe|chủ nhà"
    r"|phóng viên|pv|báo|gia đình|nạn nhân|người (?:dân|vi phạm|điều khiển|đàn ông|phụ nữ)|ông|bà|anh|chị|em|luật sư|nhân chứng)(?!\w)"
)
_INVESTIGATES = re.compile(r"(?<!\w)(?:cơ quan (?:cảnh sát )?điều tra|csgt|cảnh sát giao thông|pv|phóng viên)(?!\w)")
_OLD_NEWS = re.compile(
    r"\s*(?:trước đó|trước đây|năm ngoái|sau khi|như đã đưa tin|được biết|theo dự thảo|theo quy định)(?!\w)"
)
_ISSUES = re.compile(r"(?<!\w)(?:ban hành|ký|phê duyệt)(?!\w)[^.;]{0,60}?\d{1,5}\s?[/-]")
_TRAILING = re.compile(
    r"(?:\s+(?:đã|vừa|sẽ|sắp|đang|mới|tổ chức|tiếp tục|tiến hành|nhóm|cùng nhau|gấp rút|khẩn trương|long trọng|dự kiến|chuẩn bị|chủ trì|phối hợp"
    r"|có|cũng|chính thức|đồng loạt|triệu tập))*\s*$"
)
_NO_SUBJECT = re.compile(
    r"(?<!\w)(?:sau|trước|khi|để|tại|theo|trong|vì|do|nếu|được|bị|phải|cần|không|chưa|thường|hay|mời|yêu cầu|đề nghị|giao"
    r"|là|mà|rằng|cho biết|cho hay|về|một số|trình tự|quy định|cách|quy trình|hồ sơ|từ|nhiều|các|những|mỗi|đến|đi|dự|tham dự|thông báo|hoãn|lịch|giấy)(?!\w)"
)
_LISTING = re.compile(r"(?=,|\s-\s|\s\(|\svà\s)(?:[\s,()-]{1,3}(?!(?:sáng|chiều|ngày|dự|tại)(?!\w))\w+(?!\w)){1,22}\s*")
# A report that opens with what was said: "Cảnh báo này được nêu trong buổi làm việc ngày 9/4".
_TOLD_AT = re.compile(
    r"(?<!trình )(?<!qua )(?<!xét )(?<!báo cáo )(?<!kiến )(?<!\w)(?:tại|trong)(?:\s+(?:buổi|phiên|cuộc))?\s*$"
)
_OF_A_TEXT = re.compile(
    r"(?<!\w)(?:kết luận|ý kiến|thông báo số)(?:\s[^,;:]{0,60})?(?:tại|trong)(?:\s+(?:buổi|phiên|cuộc))?\s*$"
)
# What only introduces a meeting of these days: "Trong khuôn khổ Hội nghị ... diễn ra ngày 9/4", "Kết luận cuộc họp chiều 20/4".
_INTRODUCED = re.compile(
    r"(?:(?<!\w)(?:trong khuôn khổ|kết quả|qua|trong|(?:nội dung|vấn đề|trọng tâm|chủ đề)(?:\s\w+){0,2})|(?<!báo )(?<!hiện )(?<!theo )(?<!đạt )(?<!khai )(?<!các )(?<!số )(?<!\w)kết luận)(?:\s+(?:của|tại))?(?:\s+(?:buổi|phiên|cuộc))?\s*$"
)
_BY = re.compile(r"[^.;\n]{0,200}?(?<!\w)do\s[^.;,\n]{3,90}\s(?:chủ trì\s+)?tổ chức(?!\w)")
_ATTENDANCE = re.compile(r"\s*(?:tham dự|cùng dự|dự|chủ trì|chủ tọa|về dự|đến dự|tới dự)(?:,? (?:và )?chỉ đạo)?\s+\w")
_SAME_DAY = re.compile(r"(?<!\w)(?:(sáng|trưa|chiều|tối)\s+)?cùng ngày(?!\w)")
_LEADS_UP = re.compile(r"(?:(?:vào|lúc|hồi|đúng|khoảng)\s+)*\d{1,2}\s?(?:giờ|h|g)\s?(?:\d\d)?\s?(?:phút)?[\s,]*$")
_HAPPENING = re.compile(r"(?<!\w)(?:diễn ra|được tổ chức)[^.;]{0,80},\s*$")
_AGAIN = re.compile(
    r"(?:|[^.;]{0,160}?(?<!\w)(?:dự|chỉ đạo|chủ trì|chủ tọa|điều hành|tại|kết luận|phát biểu)\s)\s*"
    r"(?:hội nghị|cuộc họp|buổi làm việc|phiên họp|kỳ họp|hội thảo|tọa đàm|đại hội)(?! (?:là|lần trước|trước đó|lần|thứ|của|ngày))"
    r"(?=\s+(?:có|là|và|đã|do|diễn|ông|bà|đồng|các|này|thống|nghe)|[,.:;])"
)
_ACTS = ("tiếp công dân", "tiếp xúc cử tri", "họp báo", "hội đàm", "họp mặt")
# Meetings of many, and what is bought for them: "chế độ chi tổ chức hội nghị, hội thảo", "Gói thầu tổ chức tọa đàm".
_MANY = re.compile(r"\s*(?:,|và|/)\s*(?:các\s+)?(?:hội nghị|hội thảo|tọa đàm|diễn đàn|lễ hội|sự kiện)(?!\w)")
_BOUGHT = re.compile(r"(?<!\w)(?:đấu thầu|gói thầu|mời thầu|chào giá|báo giá|chào hàng|nhà thầu)(?!\w)")
_CALLED = re.compile(r"(?<!\w)(?:buổi|cuộc|phiên|chương trình|hội nghị|sẽ|tổ chức|thông báo|mời|có)(?:\s+\w+)?\s*$")
_WHENEVER = re.compile(
    r"(?<!\w)(?:khi|cách|kỹ năng|chế độ|quy chế|quy định)\s+(?:tham dự|dự|đi|tổ chức|điều hành|chủ trì|tham gia)?\s*$"
)
_HEADING = re.compile(r"(?:^|\n)\s*(?:giấy mời|thư mời|giấy triệu tập)(?: họp)?\s*\n(?P<told>[^\n]{8,200})")
_HEAD_LETTERS = 600
_OFFICE_HOLDER = re.compile(
    r"(?<!\w)(?:chủ tịch|bí thư|thủ tướng|bộ trưởng|thứ trưởng|giám đốc|tổng bí thư|đại sứ|thường trực|lãnh đạo|đoàn)(?!\w)"
)
_HAS = re.compile(r"(?<!\w)(?:có|chủ trì|dự|triệu tập)(?:\s+(?:một|ngay))?\s*$")
_AHEAD_SAID = re.compile(r"(?<!\w)(?:sẽ|sắp|dự kiến|cần|phải)(?!\w)")
_NEWLY = re.compile(r"(?<!\w)(?:vừa|mới đây|vừa qua)(?!\w)")
# What is done again and again, and what is asked and answered, is no news of a meeting.
_HABIT = re.compile(
    r"(?<!\w)(?:nào\s(?:\w+\s){0,5}cũng|h[ằà]ng (?:tuần|tháng|ngày|quý)|mỗi (?:tuần|tháng|quý)|thường xuyên|lâu nay|bao giờ cũng)(?!\w)"
)
_ASKED = re.compile(
    r"\W*(?:hỏi|hỏi\s?[-–&,]?\s?đáp|câu hỏi|bạn đọc hỏi|giải đáp|trả lời (?:phản ánh|kiến nghị|bạn đọc|công dân))(?!\w)"
)
_RECENT, _RECENT_BELOW, _JUST_NOW, _HISTORY, _AHEAD, _COMING = 45, 12, 10, 370, 240, 45  # days
_SCENE = 1500  # letters


@dataclass(frozen=True, slots=True)
class Claim:
    """A meeting claimed by one sentence: the phrase, the text it stands in and the extent of the sentence. `begin` is
    where the clause that claims it begins: behind what only leads up to it."""

    text: Aligned
    phrase: Phrase
    start: int
    end: int
    title: bool
    begin: int


def claims_of(reading: Reading, published: date | None) -> tuple[list[Claim], list[Claim]]:
    """The claims of the title, and those of the lead; both empty where the article is about something else."""
    title = _title_claims(reading)
    lead = _lead_claims(reading, published, titled=bool(title))
    if title and not lead and not _supported(title[0], reading):
        return [], []
    if published and any(_history(claim, published) for claim in (title + lead)[:2]):
        return [], []
    return title, lead


def mentions_of(reading: Reading, form: str) -> Iterator[Claim]:
    """Where title and lead number a meeting of a form, whatever they say of it: "Tại kỳ họp thứ 18, ...". What claims it
    need not number it again."""
    extents = [(reading.title, 0, len(reading.title.text)), *((reading.body, *extent) for extent in reading.lead[:4])]
    for text, start, end in extents:
        for phrase in phrases_in(text, start, end):
            if phrase.form == form and ordinal_of(text, phrase) is not None and not passing(text, start, phrase):
                yield Claim(text, phrase, start, end, text is reading.title, phrase.start)


def _history(claim: Claim, published: date) -> bool:
    """Whether a claim tells of what was years ago: "chiều 16/8/1945, Quốc dân Đại hội khai mạc"."""
    found = opening_day(claim.text.low, claim.start, claim.phrase.start)
    return bool(found and found.year and (day := found.in_year(found.year)) and (published - day).days > _HISTORY)


def other_day(low: str, start: int, found: DayFound) -> bool:
    """Whether a day is a document's or a limit and not the meeting's."""
    before = low[max(start, found.start - 90) : found.start]
    return bool(_OTHER_DAY.search(before[-40:]) or _ANNIVERSARY.search(before))


def subject_before(text: Aligned, begin: int, phrase: Phrase) -> bool:
    """Whether one who meets stands right before the verb: "UBND tỉnh họp phiên thường kỳ"."""
    before = _TRAILING.sub("", text.low[begin : phrase.start])
    end = begin + len(before)
    bodies = bodies_in(text, begin, end)
    if bodies and end - bodies[-1].end <= 1:
        return True
    if bodies and _LISTING.fullmatch(text.low, bodies[-1].end, end):
        return True  # a body whose name goes on: "Ban Chỉ đạo về phòng, chống tham nhũng, lãng phí, tiêu cực"
    comma = max(before.rfind(mark) for mark in ",;:()") + 1
    words = before[comma:].split()
    first = text.text[begin + comma : end].strip()[:1]
    return 0 < len(words) <= 16 and first.isupper() and not _NO_SUBJECT.search(before, comma)


def _title_claims(reading: Reading) -> list[Claim]:
    title = reading.title
    if _BOUGHT.search(title.low) or _ASKED.match(title.low):
        return []
    claims = list(_heading_claims(title, after_paper(title.text, 0), len(title.text)))
    if not claims and (heading := _HEADING.search(reading.body.low, 0, _HEAD_LETTERS)):
        claims = list(_heading_claims(reading.body, *heading.span("told")))
    return claims


def _heading_claims(text: Aligned, begin: int, end: int) -> Iterator[Claim]:
    """The claims of a title, or of the line below "GIẤY MỜI" where the page's title is none."""
    for phrase in phrases_in(text, begin, end):
        before = text.low[max(begin, phrase.start - 90) : phrase.start]
        if _MANY.match(text.low, phrase.head_end):
            continue
        opened = phrase.start - begin < 160 and bool(_OPENER.fullmatch(text.low, begin, phrase.start))
        if phrase.soft:
            opened = opened and (bool(before.strip()) or own_body(text, phrase, None) is not None)
        governed = bool(GOVERNED.search(before)) or (
            (phrase.soft or phrase.form in _ACTS) and subject_before(text, _behind_colon(text, begin, phrase), phrase)
        )
        if opened or (governed and not passing(text, begin, phrase) and not _WHENEVER.search(before)):
            yield Claim(text, phrase, begin, end, True, begin)


def _behind_colon(text: Aligned, begin: int, phrase: Phrase) -> int:
    return max(begin, text.low.rfind(":", begin, phrase.start) + 1)


def _lead_claims(reading: Reading, published: date | None, *, titled: bool) -> list[Claim]:
    text = reading.body
    timed = time_field(reading) is not None
    issued = bool(_ASKED.match(reading.title.low))
    claims: list[Claim] = []
    for order, (start, end) in enumerate(reading.lead):
        begin = after_paper(text.text, start)
        if _OLD_NEWS.match(text.low, begin) or (order and (titled or claims) and _ATTENDANCE.match(text.low, begin)):
            continue
        for phrase in phrases_in(text, begin, end):
            if _MANY.match(text.low, phrase.head_end):
                continue
            claim = _claim(text, phrase, start, begin, end, titled=titled, timed=timed, order=order)
            if claim is None and order < 2:
                claim = _dated(text, phrase, start, begin, end, published, titled=titled)
            if claim and (titled or ((timed or not issued) and _timely(claim, published, order))):
                claims.append(claim)
                break
        if not claims and order == 0:
            issued = issued or bool(_ISSUES.search(text.low, begin, end))
        if not claims and not issued and 0 < order < 4 and (claim := _in_scene(reading, order, published)):
            claims.append(claim)
    return claims


def _claim(
    text: Aligned, phrase: Phrase, start: int, begin: int, end: int, *, titled: bool, timed: bool, order: int
) -> Claim | None:
    low = text.low
    before = low[max(begin, phrase.start - 160) : phrase.start]
    if (passing(text, begin, phrase) and not _IN_COURSE.search(before)) or (
        not titled and _HABIT.search(low, begin, end)
    ):
        return None
    opening = opening_day(low, begin, phrase.start)
    at = opening.start if opening else begin
    if hour := _LEADS_UP.search(low[max(begin, at - 40) : at]):
        at -= hour.end() - hour.start()
    lately = bool(_LATELY.search(low, begin, phrase.start))
    told = opening is not None or lately
    claim = Claim(text, phrase, start, end, False, at)
    governed = any(pattern.search(before) for pattern in (GOVERNED, _IN_COURSE, _HAPPENING))
    if (phrase.soft or phrase.form in _ACTS) and not governed:
        governed = subject_before(text, opening.end if opening else begin, phrase)
    if phrase.form == "buổi làm việc":
        if _questioning(text, phrase, begin, end):
            return None
        verb = governed or before.rstrip().endswith(("có", "chủ trì", "tổ chức", "dự"))
        just = order == 0 and _JUST.search(before)
        return claim if (told or just) and verb else None
    if phrase.soft and not governed:
        return None
    if (titled or order < 2) and disrupted(low, max(begin, phrase.start - 90), _near(phrase, end)):
        return claim
    if timed and _BY.match(low, phrase.head_end, end):
        return claim
    if not governed:
        return claim if _happens(text, phrase, begin, end, opening, told=told) else None
    if told or timed or titled or (order == 0 and _JUST.search(before)):
        return claim
    return (
        claim
        if any(not other_day(low, phrase.start, day) for day in days_in(low, phrase.head_end, _near(phrase, end)))
        else None
    )


def _in_scene(reading: Reading, order: int, published: date | None) -> Claim | None:
    """A meeting that a further sentence calls so, where one before it set the scene: "Chiều 9/3, ông A nghe báo cáo tiến độ.
    Cuộc họp có ...", "Đảng ủy xã vừa sơ kết 9 tháng. Ông B điều hành hội nghị."."""
    text = reading.body
    start, end = reading.lead[order]
    again = _AGAIN.match(text.low, start, end)
    phrase = next(
        (
            phrase
            for phrase in phrases_in(text, start, end)
            if (again and phrase.start < again.end() <= phrase.head_end + 1)
            or (
                _HAS.search(text.low[max(start, phrase.start - 40) : phrase.start])
                and not _AHEAD_SAID.search(text.low, start, end)
            )
        ),
        None,
    )
    if phrase is None or (phrase.form == "buổi làm việc" and _questioning(text, phrase, start, end)):
        return None
    for first, stop in reading.lead[:order]:
        opening = opening_day(text.low, after_paper(text.text, first), stop)
        if end - first > _SCENE or (opening and opening.start - first > 60):
            continue
        day = settle(opening, published, notice=False) if opening else None
        if (day and published and -1 <= (published - day).days <= _JUST_NOW) or (opening and published is None):
            return Claim(text, phrase, first, end, False, opening.start if opening else first)
        if opening is None and order == 1 and again and _NEWLY.search(text.low, first, stop):
            return Claim(text, phrase, first, end, False, first)
    return None


def _dated(
    text: Aligned, phrase: Phrase, start: int, begin: int, end: int, published: date | None, *, titled: bool
) -> Claim | None:
    """A claim of a meeting whose day stands by it, whatever its sentence says of it: "theo ông A tại hội nghị sáng 5/3"."""
    low = text.low
    before = low[max(begin, phrase.start - 160) : phrase.start]
    if (
        (not titled and _HABIT.search(low, begin, end))
        or _OF_A_TEXT.search(before)
        or (passing(text, begin, phrase) and not _INTRODUCED.search(before))
    ):
        return None
    if phrase.form == "buổi làm việc" and _questioning(text, phrase, begin, end):
        return None
    claim = Claim(text, phrase, start, end, False, begin)
    if phrase.soft and not (titled or _CALLED.search(before) or subject_before(text, begin, phrase)):
        return None
    behind = next(days_in(low, phrase.head_end, min(end, phrase.end + 160)), None)
    opening = opening_day(low, begin, phrase.start)
    if opening and not (
        phrase.soft or phrase.start - opening.end < 16 or _ADVERB.sub("", before).rstrip().endswith(",")
    ):
        opening = None
    adverbial = _TOLD_AT.search(before) or _AT.search(before)  # "trình Quốc hội tại kỳ họp khai mạc ngày 20/5"
    for found in (opening, behind):
        ahead = (
            1
            if adverbial and not titled
            else _AHEAD
            if NOTICE.search(low, begin, end)
            else _COMING
            if titled or found is behind
            else 1
        )
        if (
            found
            and not other_day(low, begin, found)
            and (titled if published is None else _current(found, published, ahead))
        ):
            return claim
    return claim if _LATELY.search(low, begin, end) and not (published is None and not titled) else None


def _questioning(text: Aligned, phrase: Phrase, begin: int, end: int) -> bool:
    return bool(
        _QUESTIONED.match(text.low, phrase.head_end, end) or _INVESTIGATES.search(text.low, begin, phrase.start)
    )


def _current(found: DayFound, published: date, ahead: int) -> bool:
    """Whether a day is of these days, or one of so many to come."""
    day = settle(found, published, notice=ahead > 1)
    return bool(day and -ahead <= (published - day).days <= _JUST_NOW)


def _near(phrase: Phrase, end: int) -> int:
    return min(end, phrase.end + 90)


def passing(text: Aligned, begin: int, phrase: Phrase) -> bool:
    """Whether a meeting is spoken of in passing: "kết quả kỳ họp"; the end of a name, "Hải Phòng", makes it none."""
    start = max(begin, phrase.start - 160)
    found = PASSING.search(text.low[start : phrase.start])
    if found is None:
        return False
    at = start + found.start()
    last = text.text[start:at].split()[-1:]
    named = bool(last) and last[0][0].isupper() and text.text[at].isupper() and text.text[at + 1 : at + 2].islower()
    return not named


def opening_day(low: str, begin: int, end: int) -> DayFound | None:
    """The day that opens a clause before an offset: "Thực hiện Kế hoạch số 5 ngày 1/2, sáng 14/10, Ban Chỉ đạo"."""
    for day in days_in(low, begin, min(end, begin + 900)):
        if not other_day(low, begin, day) and _CLAUSE_START.search(low[max(begin, day.start - 24) : day.start]):
            return day
    same = _SAME_DAY.search(low, begin, end)
    before = next(days_in(low, begin, same.start()), None) if same else None
    if same is None or before is None:
        return None
    return replace(before, start=same.start(), end=same.end(), part_of_day=PARTS.get(same.group(1) or ""))


def _happens(text: Aligned, phrase: Phrase, begin: int, end: int, opening: DayFound | None, *, told: bool) -> bool:
    """Whether the meeting is what happens in its sentence: "Kỳ họp thứ 5 ... khai mạc sáng 8/7"."""
    if opening and phrase.start - opening.end <= 3 and not phrase.soft:
        return True  # "Sáng 9/3, hội nghị X thu hút ..."
    after = _TAKES_PLACE.match(text.low, phrase.head_end, end)
    if after and (told or any(days_in(text.low, phrase.start, min(end, after.end() + 60)))):
        return True
    if clock_in(text.low, phrase.end, _near(phrase, end)) and phrase.start - begin < 4:
        return True
    before = text.low[max(begin, phrase.start - 40) : phrase.start]
    at = _AT.search(before)  # "Sáng ngày 08/7, tại Kỳ họp thứ 7 HĐND tỉnh khóa XII; ..."
    return bool(at and opening and phrase.start - opening.end < 12 and ordinal_of(text, phrase) is not None)


def _timely(claim: Claim, published: date | None, order: int) -> bool:
    """Whether a claim that the title does not make is news: a life's story tells of meetings too."""
    low = claim.text.low
    found = opening_day(low, claim.start, claim.phrase.start) or next(days_in(low, claim.start, claim.end), None)
    if found is None or published is None:
        return order < 3 or found is not None
    notice = NOTICE.search(low, claim.start, claim.end) is not None
    day = settle(found, published, notice=notice)
    if day and notice and day > published and not _AT.search(low, claim.start, claim.phrase.start):
        return (day - published).days <= _AHEAD
    return day is None or abs((published - day).days) <= (_RECENT if order < 2 else _RECENT_BELOW)


def _supported(claim: Claim, reading: Reading) -> bool:
    """A title alone needs a fact beside the word: "Cuộc họp và nghệ thuật điều hành" is an essay."""
    return any(_support(claim, reading))


def _spoken_of(reading: Reading, extent: tuple[int, int]) -> bool:
    return any(not passing(reading.body, extent[0], phrase) for phrase in phrases_in(reading.body, *extent))


def _support(claim: Claim, reading: Reading) -> Iterator[bool]:
    text, phrase = claim.text, claim.phrase
    yield NOTICE.search(text.low) is not None or disrupted(text.low, 0, len(text.low)) is not None
    told = [next(days_in(reading.body.low, *extent), None) for extent in reading.lead]
    if len(reading.lead) > 2 and not any(told) and not any(_spoken_of(reading, extent) for extent in reading.lead):
        return  # the text is about something else
    yield ordinal_of(text, phrase) is not None
    yield period_of(text, phrase) is not None
    yield own_body(text, phrase, None) is not None
    yield term_of(text, phrase, claim.begin, claim.end) is not None
    yield bool(bodies_in(text, 0, phrase.start)) and (phrase.soft or bool(GOVERNED.search(text.low[: phrase.start])))
    yield (
        phrase.soft and _OFFICE_HOLDER.search(text.low, 0, phrase.start) is not None and subject_before(text, 0, phrase)
    )
    yield any(days_in(text.low)) or time_field(reading) is not None
    yield any(told[:2])
