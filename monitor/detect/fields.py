"""The labelled lines of an invitation or notice: "Thời gian: ...", "2. Địa điểm: ...", "Chủ trì: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.detect.dates import clock_in, days_in
from monitor.detect.reading import Reading

_HEAD = r"(?:^|\n|[.;,]\s|[“\"])[^\S\n]*(?:(?:[-•*+]|\d{1,2}[.)/]|[a-dđ][.)])[^\S\n]*){0,2}"
_VALUE = r"(?:\s(?:và|,)?\s?địa điểm)?\s*(?:[:|]\s*|\.?\n\s*(?:[-•*+]\s*)?(?=\S))(?!\W*(?:\d{1,2}[.)]\s*)?(?:thời gian|địa điểm)\s*:)(?P<value>[^\n]{3,200})"
_AFTER_LABEL = r"(?:\s+(?:tổ chức|họp|khai mạc|bắt đầu|diễn ra|tiếp|tiếp công dân|làm việc|mới|không thay đổi|không đổi|vẫn là|vẫn|cụ thể|dự kiến|hội nghị|cuộc họp|phiên họp|kỳ họp)){0,2}"
_TIME = re.compile(rf"{_HEAD}(?:thời gian|giờ tiếp|ngày họp|thời gian, địa điểm){_AFTER_LABEL}{_VALUE}")
_PLACE = re.compile(
    rf"{_HEAD}(?:thời gian (?:và|,) )?(?:địa điểm|nơi họp|nơi tiếp)(?:{_AFTER_LABEL}{_VALUE}|(?: tổ chức)? vẫn (?:là|tại)\s(?P<still>[^\n]{{3,200}}))"
)
# A letter's line without a label: "Vào lúc 14 giờ, thứ Tư, ngày 08/4/2026, tại phòng họp tầng 3".
_UNLABELLED = re.compile(r"(?:^|\n)[^\S\n]*(?:[-•*+]\s*)?(?P<value>(?:vào (?:lúc|hồi)|lúc|hồi)\s\d[^\n]{10,200})")
_CHAIR = re.compile(rf"{_HEAD}(?:người\s+)?(?:đồng\s+)?(?:chủ trì|chủ tọa){_AFTER_LABEL}{_VALUE}")
_MODE = re.compile(rf"{_HEAD}hình thức{_AFTER_LABEL}{_VALUE}")
_INVITATION = re.compile(r"(?:^|\n)\s*(?:giấy mời|thư mời|giấy triệu tập)(?: họp)?\s*(?:\n|$)")
_OLD = re.compile(r"(?<!\w)(?:đã in|đã ghi|nội dung cũ|trước đây)(?!\w)[^\n]*$")
_REACH = 4000  # letters: the fields stand on the first page
_MOST, _HEAD_LETTERS = 6, 600


def time_field(reading: Reading) -> tuple[int, int] | None:
    """Where in the body the day or the hour of a meeting stands behind its label."""
    low = reading.body.low
    for start, end in _values(_TIME, reading):
        if any(days_in(low, start, end)) or clock_in(low, start, end):
            return start, end
    if _INVITATION.search(low, 0, _HEAD_LETTERS):
        return next((span for span in _values(_UNLABELLED, reading) if any(days_in(low, *span))), None)
    return None


def place_field(reading: Reading) -> tuple[int, int] | None:
    """Where in the body the place stands behind its label."""
    return next((span for span in _values(_PLACE, reading) if _told(reading.body.low, span)), None)


def chair_field(reading: Reading) -> tuple[int, int] | None:
    """Where in the body the one who presides stands behind the label."""
    return next(_values(_CHAIR, reading), None)


def mode_field(reading: Reading) -> tuple[int, int] | None:
    """Where in the body the way of meeting stands behind its label."""
    return next(_values(_MODE, reading), None)


def _told(low: str, span: tuple[int, int]) -> bool:
    return (
        re.match(r"\W*(?:không (?:thay )?đổi|giữ nguyên|như cũ|sẽ thông báo|chưa)", low[slice(*span)]) is None
        or ":" in low[slice(*span)]
    )


def _values(pattern: re.Pattern[str], reading: Reading) -> Iterator[tuple[int, int]]:
    low = reading.body.low
    position = 0
    for _ in range(_MOST):
        found = pattern.search(low, position, _REACH)
        if found is None:
            return
        if not _OLD.search(low, max(0, found.start() - 60), found.start() + 1):
            yield found.span(found.lastgroup or "value")
        position = found.start(found.lastgroup or "value")
