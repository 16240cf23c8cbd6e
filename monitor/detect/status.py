"""What is told of a meeting's going on: put off, called off or moved; only by words, never by an absence."""

from __future__ import annotations

import re

from monitor.detect.phrases import FORMS

_NOUN = rf"(?:{FORMS}|họp|giao ban|lịch tiếp|lịch họp|lịch làm việc|lịch)"
_GAP = r"(?:[^\W\d_]+[\s,]+){0,7}?"
_WHAT = (
    r"(?:(?:tổ chức|thời gian|địa điểm|ngày|lịch|giờ|và|việc|hình thức|một số nội dung|thời điểm|kế hoạch|triệu tập|buổi"
    r"|phiên|chương trình|về)\s+){0,6}"
)
_CANCEL = r"hủy bỏ|hủy|không tổ chức nữa|không tổ chức|không tiếp tục tổ chức|(?<!tạm )ngừng tổ chức|(?<!tạm )dừng tổ chức|(?<!tạm )dừng(?! ở| lại)"
_DELAY = r"(?<!không )(?:tạm hoãn|hoãn(?! thi hành| chấp hành)|tạm dừng|tạm ngừng|tạm ngưng|lùi|dời|giãn)"
# What else is put off: "tạm hoãn xuất cảnh", "hoãn nghĩa vụ quân sự".
_NO_OTHER = r"(?!\s+(?:xuất cảnh|nghĩa vụ|gọi|thi hành|chấp hành|thu|nộp|đóng|trả|xét xử|phiên tòa|dự án|khởi công|chuyến|tiến độ))"
_CHANGE = r"(?:thay|(?<!chuyển )(?<!sửa )(?<!thay )(?<!trao )) ?đổi|điều chỉnh|chuyển"
_CHANGED = r"(?:thời gian|địa điểm|lịch|ngày|giờ|thời điểm|hình thức)"
_DISRUPTED = (
    ("delay", re.compile(
        rf"(?<!\w)(?:{_DELAY})\s+{_WHAT}{_GAP}{_NOUN}(?!\w)"
        rf"|{_NOUN}[^.;\n]{{0,110}}?(?<!\w)(?:tạm hoãn{_NO_OTHER}|(?:bị|được|phải|sẽ|đã|xin|quyết định|thông báo|đề nghị)\s+(?:tạm\s+)?(?:hoãn|dời|lùi|giãn){_NO_OTHER}"
        rf"|(?<!không )(?:lùi|dời|gác|đình)\s+(?:lại|sang|đến|tới)"
        rf"|(?<!không )(?:lùi|dời)\s+(?:thời gian|lịch|ngày)(?=\s+(?:tổ chức|họp|khai mạc|diễn ra|sang|đến|từ|lại|vì|do)|[.,;)\n]|$)|tạm dừng tổ chức|tạm dừng\b|\(hoãn\)|hoãn lại)"
        rf"|\((?:tạm )?hoãn\)|{_NOUN}[^.;\n]{{0,160}}(?:không thể|chưa thể)\s+(?:diễn ra|tổ chức|tiến hành)")),
    ("cancel", re.compile(
        rf"(?<!\w)(?:{_CANCEL})\s+(?:nữa\s+)?{_WHAT}(?:[^\W\d_]+[\s,]+){{0,4}}?{_NOUN}(?!\w)"
        rf"|{_NOUN}[^.;\n]{{0,70}}(?<!\w)(?:bị|được|đã|phải|sẽ|thông báo|quyết định)\s+(?:hủy bỏ|hủy|không tổ chức)(?!\w)|\(hủy\)")),
    ("change", re.compile(
        rf"(?<!\w)(?:{_CHANGE})\s+(?:lại\s+)?{_CHANGED}(?:\s+và\s+{_CHANGED})?\s+{_WHAT}{_GAP}{_NOUN}"
        rf"|(?<!\w)(?:chuyển|đổi)\s+(?:lịch\s+|ngày\s+)?{_WHAT}{_NOUN}[^.;\n]{{0,80}}(?<!\w)(?:sang|đến|tới|về)(?!\w)"
        rf"|{_NOUN}[^.;\n]{{0,110}}(?<!\w)(?:(?:được|bị|sẽ|phải)\s+(?:chuyển|đổi|dời)|chuyển|đổi)\s+(?:từ\s[^.;\n]{{1,40}}?\s)?(?:sang|đến|tới|về|lịch|ngày|địa điểm)(?!\w)"
        rf"|{_NOUN}[^.;\n]{{0,110}}(?<!\w)(?:thời gian|địa điểm)\s+(?:họp\s+|tổ chức\s+)?(?:có\s+|được\s+|đã\s+)?(?:thay đổi|điều chỉnh)")),
    (
        "change",
        re.compile(rf"{_NOUN}[^.;\n]{{0,110}}(?<!\w)(?:đẩy (?:lên )?sớm|sớm hơn|thay vì (?:ngày|sáng|chiều)|thay cho ngày)"
            rf"|(?<!\w)thay vì (?:ngày|sáng|chiều|tối|\d)[^.;\n]{{0,60}}?{_NOUN}"
            rf"|(?<!\w){_CHANGED} mới (?:của\s)?{_WHAT}{_NOUN}"),
    ),
    ("off", re.compile(rf"{_NOUN}[^.;\n]{{0,80}}(?<!\w)(?:sẽ\s+)?không (?:còn )?diễn ra")),
)  # fmt: skip
_SHIFT = r"(?:dời|chuyển|lùi|đổi|hoãn|điều chỉnh|giãn)"
_DAY_OR_HOUR = r"(?:ngày\s|(?:sáng|chiều|tối|trưa)\s|thứ\s|\d{1,2}\s?(?:[/.:-]\s?\d|giờ|h|g))"
TARGET = re.compile(
    rf"(?<!\w){_SHIFT}(?:(?!\bdự kiến\b|\bvốn\b)[^.;\n]){{0,200}}?(?<!\w)(?:sang|đến|tới|thành|qua|về|xuống)\s+"
    rf"(?:(?:buổi|thời gian|lúc|hồi|vào|cuối)\s+){{0,2}}(?={_DAY_OR_HOUR})"
    rf"|(?<!\w)(?:dời|lùi|đổi|chuyển)(?:(?!\bdự kiến\b|\bvốn\b)[^.;\n]){{0,60}}?(?<!\w)vào\s+(?={_DAY_OR_HOUR})"
    rf"|(?<!\w)nay (?:được )?(?:điều chỉnh|sửa|đổi|ấn định|chuyển|dời)[^.;\n]{{0,100}}?(?<!\w)(?:lúc|vào|hồi|ngày)\s+(?={_DAY_OR_HOUR}|\d)"
    rf"|(?<!\w)(?:dự kiến|vốn|theo kế hoạch|trước đây|đã định)[^.;\n]{{0,100}}?,\s(?:nay\s)?sẽ (?:được )?(?:tổ chức|diễn ra|khai mạc|họp)(?: lại)? (?:vào|lúc)\s+(?:lúc\s)?(?={_DAY_OR_HOUR})"
    rf"|(?<!\w)(?:họp bù|tiếp bù|tổ chức bù|họp lại|tổ chức lại|đẩy (?:lên )?sớm(?: hơn)?,?)\s+(?:vào\s+|lúc\s+|sang\s+)?(?={_DAY_OR_HOUR})"
)
"""Up to the words that tell the new day or hour: "dời ... sang ngày 19/9"."""
_NEW = re.compile(
    r"(?<!\w)(?:thay cho|thay vì|thay bằng|(?:thời gian|địa điểm|lịch) mới\s*(?::|là|vào|tại)|sửa lại là|nay sửa|(?:sẽ|được) tổ chức lại vào (?:lúc|ngày|sáng|chiều|\d))"
)
_NEW_PLACE = re.compile(
    r"(?<!\w)(?:chuyển|đổi|dời)(?:[^.;\n]{0,90}?)(?<!\w)(?:sang|đến|tới|về)\s+(?:hội trường|trụ sở|trung tâm|phòng|nhà|khách sạn|tầng"
    r"|trường|địa điểm|hình thức)"
)
_LATER = re.compile(
    r"(?<!\w)(?:thông báo (?:lại )?sau|thông báo cụ thể sau|công bố sau|sẽ công bố|sẽ (?:được )?thông báo(?! tới| đến| cho)|có thông báo sau|có giấy mời sau"
    r"|đến khi có thông báo|cho đến khi|thời gian thích hợp|thời điểm thích hợp)(?!\w)"
)
NOTICE = re.compile(
    r"(?<!\w)(?:sẽ(?! bế mạc| kết thúc| kéo dài)|ấn định|lên lịch|giấy mời|kính mời|trân trọng mời|thư mời|dự kiến(?! bế mạc| kết thúc| kéo dài)|sắp(?! xếp)|lịch họp|lịch làm việc|lịch công tác|giấy triệu tập"
    r"|triệu tập|thông báo tổ chức|thông báo về việc tổ chức|thông báo mời|mời(?:\s+\w+){0,4}?\s+(?:dự|họp|tham dự|tham gia)|mời bà con|kế hoạch tổ chức"
    r"|thông báo thời gian|lịch tiếp|(?<!du )(?<!theo )lịch)(?!\w)"
)
"""Words that tell of a meeting to come."""


KINDS = ("delay", "cancel", "change", "off")


def disrupted(low: str, start: int, end: int) -> str | None:
    """How a meeting is disrupted between two offsets, one of `KINDS`; None where it is not."""
    return next((kind for kind, pattern in _DISRUPTED if pattern.search(low, start, end)), None)


def status_of(kind: str, told: str, *, new_day: bool) -> str:
    """postponed, cancelled or moved: a disruption whose new day or place is told moves the meeting.

    `told` is what the article says of it, in lower case; `new_day` that a labelled line gives the day anew.
    """
    if kind in ("cancel", "off"):
        return "cancelled"
    if TARGET.search(told) or _NEW.search(told) or _NEW_PLACE.search(told):
        return "moved"
    if kind == "change":
        return "postponed" if _LATER.search(told) and not new_day else "moved"
    return "moved" if new_day and not _LATER.search(told) else "postponed"
