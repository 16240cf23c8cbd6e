"""What an article does with a document: issues it, repeals it, amends it, or only cites it.

The word that governs the number decides, read leftwards inside its sentence. Where no word claims more, the number is
cited: all 13 numbers of the first five articles we read were citations, and an alert for each would have been wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from config import TYPE_NAMES, Aligned
from monitor.detect.numbers import NumberSpan

_TYPE = "|".join(re.escape(name.lower()) for name in TYPE_NAMES)
# "... ban hành [Quyết định số]" -> "... ban hành"
_LEADIN = re.compile(
    rf"(?:(?:các|những|một|hai|văn bản)\s+)?(?:(?<!\w)(?:{_TYPE})(?:\s+liên tịch)?\s*)?(?:(?<!\w)(?:số"
    rf"|sồ)(?:\s*hiệu)?)?\s*[:.]?\s*$"
)
_TOUCH = re.compile(
    r"(?<!\w)(?:(?P<repealed>bãi bỏ|thay thế|hủy bỏ|hủy|thu hồi)"
    r"|(?P<amended>sửa đổi(?:\s*,?\s*(?:và\s+)?bổ sung)?|bổ sung|điều chỉnh|đính chính)"
    r"|(?P<opaque>căn cứ|(?<!kèm )theo(?! đó)|thực hiện|triển khai|trích|quán triệt|hướng dẫn|thi hành|bởi|so với|thuộc"
    r"|phù hợp với|tuân thủ|chỉ tiêu của|sau|cụ thể hóa|bằng|do|từ|nêu tại|công bố tại|nhằm))(?!\w)"
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:kiến nghị|đề xuất|đề nghị|xem xét|nghiên cứu|dự thảo|góp ý|lấy ý kiến|cần|sẽ|chưa|không|dự kiến|trình"
    r"|tham mưu|chuẩn bị|yêu cầu|giao|phải|rà soát|phương án|chủ trương|khẩn trương|sớm|xây dựng|hoàn thiện)(?!\w)"
)
_PASSIVE = re.compile(r"(?:được|bị)\s*$")
# "đã được sửa đổi, bổ sung theo Luật số 48/2014/QH13" is how laws cite laws; only losing force is news.
_DONE_TO = re.compile(r"[^.;]{0,90}?(?<!\w)(?:(?<!đã )(?:được|bị)\s+(?:bãi bỏ|thay thế|hủy bỏ)|hết hiệu lực)(?!\w)")
_ISSUE = re.compile(
    r"(?<!\w)(?:(?P<just>vừa|mới)\s+|(?:đã|chính thức|cũng|tiếp tục)\s+){0,3}"
    r"(?P<verb>(?:ký\s+(?:và\s+)?)?ban hành|ký quyết định ban hành|ký|ra|thông qua|phê duyệt|có)\s*$"
)
_JUST_ISSUED = re.compile(
    r"[^.;]{0,110}?(?<!\w)vừa\s+(?:chính thức\s+)?được\s+(?:[^.;,]{0,60}?)(?:ban hành|thông qua|phê duyệt)"
)
_PAST = re.compile(
    r"(?<!\w)(?:trước đó|trước đây|sau khi|từ khi|kể từ|khi|đến nay|tính đến|thời gian qua|những năm|nhiều năm|từ năm"
    r"|giai đoạn|sau \d+ năm|qua \d+ năm|\d+ năm)(?!\w)|^\W*(?:từ |trong |ngay )?(?:đầu |cuối )?năm \d{4}"
)
_RELATIVE = re.compile(r"(?<!\w)(?:theo|do|được|để|nhằm|việc|mà|tại|căn cứ)(?!\w)[^,]*$")
_JOIN = re.compile(
    rf"(?:\s*,?\s*\(?ngày[\s\d/.-]{{4,16}}(?:tháng[\s\d]{{2,5}}năm[\s\d]{{5,6}})?\)?)?(?:\s+của\s[^,;.\n]{{2,70}}?)?"
    rf"\s*(?:,|;|và|hoặc|cùng|,\s*và)\s*(?:(?:các|những)\s+)?(?:{_TYPE})?\s*(?:số)?\s*"
)
_TITLE_HEAD = re.compile(
    rf"(?:[\d/.\s]+\|\s*)?(?:(?:toàn văn|văn bản|mới)\s*:?\s*)?"
    rf"(?:(?:{_TYPE})(?:\s+(?:của|liên tịch)\s[^,;:.]{{2,80}})?\s*|(?:bộ luật|luật"
    rf"|pháp lệnh)\s[^,;:.]{{2,100}}\s+(?=số))?"
    rf"(?:(?<!\w)(?:số|sồ)(?:\s*hiệu)?)?\s*[:.]?\s*"
)
_ABOUT = (
    r"v/v|về|quy định|ban hành|phê duyệt|bãi bỏ|sửa đổi|bổ sung|thay thế|hướng dẫn|thành lập|công bố|công nhận|giao"
    r"|điều chỉnh|phân cấp|kiện toàn|triển khai|thực hiện|tổ chức|phát động|tăng cường|đề nghị|cho phép|quyết định"
    r"|thống nhất|chấp thuận|hủy|thu hồi|bổ nhiệm|tặng|khen thưởng|kết luận|đính chính|thông báo|xử phạt|quy chế|mời"
)
_TITLE_REST = re.compile(
    rf"\s*(?:,?\s*\(?ngày\s[\d\s/.-]{{4,14}}(?:tháng\s[\d\s]{{1,4}}năm\s\d{{4}})?\)?)?\s*"
    rf"(?:,?\s*(?:của|cửa)\s[^;:|]{{2,90}}?)?[\s,.–-]*(?:$|(?:{_ABOUT})(?!\w))"
)
_DATED_START = re.compile(
    r"\s*(?:\([^)]{2,30}\)\s*[-:]?\s*)?(?:sáng|chiều|tối|trưa|ngày|mới đây|vừa qua|hôm nay|hôm qua)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the extent of its sentence, "title", "lead" or "body", which sentence of the lead (from
    0), and whether the title speaks of a document or of issuing."""

    start: int
    end: int
    where: str
    order: int = 0
    title_issues: bool = False


def role_of(text: Aligned, span: NumberSpan, place: Place, previous: tuple[NumberSpan, str] | None) -> str:
    """The role of a number: issued, repealed, amended or cited. `previous` is the number before it with its role."""
    left = text.low[max(place.start, span.start - 260) : span.start]
    right = text.low[span.end : min(place.end, span.end + 220)]
    if previous and place.start <= previous[0].start and _JOIN.fullmatch(text.low, previous[0].end, span.start):
        return previous[1]  # "bãi bỏ Quyết định số 12/QĐ-UBND và Quyết định số 13/QĐ-UBND"
    touched = _touched(left)
    if touched:
        return touched
    if place.where == "title" and _heads_title(text, span):
        return "issued"
    if place.where != "body" and _issued(left, right, span, place, text):
        return "issued"
    done = _DONE_TO.match(right)
    if done and not _opaque(left) and not _NOT_YET.search(right[: done.end()]):
        return "repealed"
    return "cited"


def _heads_title(text: Aligned, span: NumberSpan) -> bool:
    """Whether the title is the document's own line: "Quyết định của UBND tỉnh số 37/2026/QĐ-UBND bãi bỏ ...".

    "Nghị quyết 57-NQ/TW: động lực mới" and "Kế hoạch thực hiện Nghị quyết số 01/NQ-CP" only speak of one.
    """
    if not _TITLE_HEAD.fullmatch(text.low, 0, span.start) or not _TITLE_REST.match(text.low, span.end):
        return False
    return not any(match["opaque"] for match in _TOUCH.finditer(text.low, 0, span.start))


def _touched(left: str) -> str | None:
    """The role that the nearest verb on the left gives to its object."""
    lead = left[: _LEADIN.search(left).start()]  # type: ignore[union-attr]
    last = None
    for match in _TOUCH.finditer(lead):
        last = match
    if last is None or last["opaque"]:
        return None
    gap = lead[last.end() :]
    before = lead[: last.start()]
    if re.search(r"[.;:()]", gap) or len(gap.split()) > 25 or _PASSIVE.search(before):
        return None
    if _NOT_YET.search(before[-45:]):
        return None
    if re.search(r"ban hành(?! kèm)", gap):
        return None
    return "repealed" if last["repealed"] else "amended"


def _opaque(left: str) -> bool:
    lead = left[: _LEADIN.search(left).start()]  # type: ignore[union-attr]
    return bool(re.search(r"(?<!\w)(?:căn cứ|theo|thực hiện|triển khai|trích|tại)\s*$", lead))


def _issued(left: str, right: str, span: NumberSpan, place: Place, text: Aligned) -> bool:
    """Whether the sentence, of title or lead, says that the document has been issued just now."""
    if _JUST_ISSUED.match(right) and not _NOT_YET.search(right[:60]):
        return True
    lead = left[: _LEADIN.search(left).start()]  # type: ignore[union-attr]
    verb = _ISSUE.search(lead)
    if verb is None or span.type is None:
        return False
    if verb["verb"] in ("có", "ký", "ra", "phê duyệt", "thông qua") and lead == left.rstrip():
        return False  # "có 12/QĐ-UBND": these verbs need the type's name
    before = lead[: verb.start()]
    clause = before.rsplit(",", 1)[-1].rsplit(";", 1)[-1]
    if _NOT_YET.search(clause) or _PAST.search(before) or _RELATIVE.search(clause) or _RELATIVE.search(before[-40:]):
        return False
    if not clause.strip() and place.where != "title":
        return False  # no subject
    if place.where == "title" or place.order == 0:
        return True
    dated = _DATED_START.match(text.low, place.start, place.end) is not None
    return verb["just"] is not None or (place.title_issues and (dated or place.order <= 2))


def just_issued(text: Aligned, span: NumberSpan, place: Place) -> bool:
    """Whether "vừa" stands with the number: "vừa ban hành", "vừa được ký ban hành"."""
    return "vừa" in text.low[max(place.start, span.start - 60) : min(place.end, span.end + 80)].split()
