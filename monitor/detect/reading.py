"""How a detector reads an article: its title, its sentences, and the lead that says what the article is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from config import Aligned, align, plain, tidy
from monitor.detect.unmarked import unmarked, with_marks

# A sentence ends at a stop before a capital; "TP. Hồ Chí Minh" and "PGS.TS. Trần" go on.
_STOP = re.compile(r"[.!?…]['\"”’)\]]{0,2}\s{1,80}(?=[\"“'‘(\[–-]{0,2}\s?\w)|\n")
_SHORT = re.compile(r"(?:^|[\s(.])(?:tp|tx|tt|ts|ths|th\.s|pgs|gs|bs|ks|cn|p|q|h|x|đ/c|v\.v|st|no|mr|mrs|ks|cvc)$")
# Lines of the page and not of the article: counters, dates, links, image notes (all seen above real titles).
_FURNITURE = re.compile(
    r"\s*[•*·-]?\s*(?:liên kết website|thống kê|đang online|hôm nay|hôm qua|tuần này|tháng này|tất cả|đã truy cập"
    r"|lượt (?:xem|truy cập)|cập nhật|ngày đăng|đăng ngày|đăng lúc|xem với cỡ chữ|mặc định|cỡ chữ|tương phản|tin tức"
    r"|trang chủ|in trang|gửi email|chia sẻ|ảnh|nguồn|ảnh minh họa|các tin|\d{1,3}\s?%)(?!\w)"
    r"|\s*(?:thứ \w+|chủ nhật),? (?:ngày )?[\s\d/.|:-]*$"  # the page's clock
)
# What a letter opens with before it says anything.
_LETTERHEAD = re.compile(
    r"\s*(?:[-*+]\s*)?(?:kính gửi|nơi nhận|số\s*:|kính thưa|cộng hòa xã hội|căn cứ[^\n]{1,400}[;,:]\s*(?:\n|$))(?!\w)"
)
_POSTED = re.compile(r"(?:cập nhật|ngày đăng|đăng ngày|đăng lúc|ngày cập nhật|ngày xuất bản)\s*:?\s*(.{6,60})")
_PAPER = re.compile(r"\s*(?:\([^()\n]{2,40}\)\s*[-:]?\s*|-\s+|[A-ZĐ]{2,8}\s*-\s+)")
STRUCK = re.compile(r"~~[^~\n]{1,600}~~")
_LEAD_PARAGRAPHS = 3
_LEAD_LETTERS = 1200
_TITLE_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """An article ready to be judged. `stops` are the offsets where sentences of `body` begin; `lead` holds the
    sentences (start, end) of its opening, three paragraphs at most, the first one first."""

    title: Aligned
    body: Aligned
    stops: tuple[int, ...]
    lead: tuple[tuple[int, int], ...]
    posted: str | None = None

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The extent of the sentence, or sentences, that hold two offsets of `body.text`."""
        first = self.stops[max(0, bisect_right(self.stops, start) - 1)]
        after = bisect_right(self.stops, max(start, end - 1))
        last = self.stops[after] if after < len(self.stops) else len(self.body.text)
        return _trim(self.body.text, first, last)


def read(title: str | None, text: str | None) -> Reading:
    """The article as a `Reading`; without a title the first line that looks like one is taken."""
    text = text or ""
    body = align(text)
    title = (title or "").strip()[:_TITLE_LETTERS]
    given = tidy(title).strip()
    heading = align(title)
    bare = unmarked(heading, body)
    if bare:
        body = with_marks(body)
    headline, begin = _begin(body, given)
    stops = _stops(body)
    lines = _paragraphs(body, begin)
    lead: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(lines):
        reach = min(end, start + _LEAD_LETTERS)
        taken = 0
        position = start
        while position < reach and taken < (4 if number == 0 else 2):
            after = bisect_right(stops, position)
            last = min(stops[after] if after < len(stops) else len(body.text), reach)
            lead.append(_trim(body.text, position, last))
            position, taken = max(last, position + 1), taken + 1
    posted = _POSTED.search(body.low, 0, 1500)
    shown = heading if given else align(headline)
    if bare:
        shown = with_marks(shown)
    return Reading(shown, body, stops, tuple(lead), posted.group(1) if posted else None)


def after_paper(text: str, start: int) -> int:
    """Where the words begin behind a newspaper's mark: "(QNO) - Chiều 28/12" at "Chiều"."""
    mark = _PAPER.match(text, start)
    return mark.end() if mark else start


def _stops(body: Aligned) -> tuple[int, ...]:
    stops = [0]
    for stop in _STOP.finditer(body.text):
        if stop.group() == "\n":
            if body.text[stop.end() : stop.end() + 1].islower():
                continue  # a line broken by the layout: "ngày 22⏎tháng 8 năm 2022"
        else:
            if body.text[stop.start()] == "." and _SHORT.search(body.low, max(0, stop.start() - 6), stop.start()):
                continue
            following = body.text[stop.end() : stop.end() + 3].lstrip("\"“'‘([–- ")[:1]
            if not (following.isupper() or following.isdigit()):
                continue
        stops.append(stop.end())
    return tuple(stops)


def _begin(body: Aligned, title: str) -> tuple[str, int]:
    """A headline for an article without a title, and where the text behind the title begins."""
    wanted = plain(title)
    position = 0
    first: tuple[str, int] | None = None
    for _ in range(60):
        if position >= len(body.text):
            break
        end = body.text.find("\n", position)
        end = len(body.text) if end < 0 else end
        line = body.text[position:end].strip()
        if wanted and len(line) < 400 and plain(line) == wanted:
            return title, end
        if (
            first is None
            and 12 <= len(line) <= 300
            and len(line.split()) >= 3
            and not _FURNITURE.match(body.low, position, end)
        ):
            first = (line, end)
        position = end + 1
    if wanted or first is None:
        return title, 0
    return first


def _paragraphs(body: Aligned, begin: int) -> list[tuple[int, int]]:
    """The first paragraphs of prose from an offset: short lines and the page's own lines are passed over."""
    found: list[tuple[int, int]] = []
    position = begin
    for _ in range(200):
        if position >= len(body.text) or len(found) == _LEAD_PARAGRAPHS:
            break
        end = body.text.find("\n", position)
        end = len(body.text) if end < 0 else end
        line = body.text[position:end].strip()
        long = len(line) > 20 and (len(line) >= 45 or line.endswith("."))
        if long and not _furniture(body, position, end) and not _LETTERHEAD.match(body.low, position, end):
            found.append((position, end))
        position = end + 1
    return found


def _furniture(body: Aligned, start: int, end: int) -> bool:
    """Whether a line is the page's own: "Hôm nay: 2417", and not "Hôm nay (12/6), Quốc hội thảo luận ..."."""
    found = _FURNITURE.match(body.low, start, end)
    return bool(found) and (end - start < 60 or ":" in body.text[start : start + 30])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def struck(reading: Reading) -> bool:
    """Whether words of the article are struck out: "~~14h00~~"."""
    return "~~" in reading.body.text or "~~" in reading.title.text


def unstruck(reading: Reading) -> Reading:
    """The article with blanks for what is struck out; offsets stay."""
    return replace(reading, title=_blanked(reading.title), body=_blanked(reading.body))


def _blanked(text: Aligned) -> Aligned:
    def blanks(match: re.Match[str]) -> str:
        return " " * len(match.group())

    return replace(text, text=STRUCK.sub(blanks, text.text), low=STRUCK.sub(blanks, text.low))
