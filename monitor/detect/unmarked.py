"""Text typed without marks, "Uy ban nhan dan tinh hop phien thuong ky", read as if the words of the field had theirs.

Only words that officials' texts are full of, each as long with marks as without, so that offsets stay; names of persons and
all other words stay as they are. Text that has marks is left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from config import PROVINCES, Aligned, plain

_PHRASES = """
phiên họp|phiên chất vấn|phiên giải trình|kỳ họp|hội nghị|cuộc họp|buổi họp|họp báo|hội thảo|tọa đàm|diễn đàn|đại hội|buổi làm việc
tiếp công dân|tiếp xúc cử tri|giao ban|đối thoại|họp phiên|họp|phối hợp|kết hợp|trường hợp|phù hợp|hợp tác|hợp đồng|tổng hợp|liên hợp
thường kỳ|thường lệ|bất thường|chuyên đề|định kỳ|trực tuyến|trực tiếp|mở rộng|toàn quốc|tổng kết|sơ kết|lần thứ|khóa|nhiệm kỳ
tổ chức|chủ trì|chủ tọa|điều hành|khai mạc|bế mạc|tham dự|dự|triệu tập|diễn ra|tiến hành|phát biểu|mời|kính mời|giấy mời|lịch công tác
lịch làm việc|lịch tiếp|lịch|thông báo|kế hoạch|quyết định|nghị quyết|công văn|chỉ thị|tạm hoãn|hoãn|tạm dừng|hủy bỏ|hủy|dời lịch|dời ngày
dời thời gian|lùi thời gian|lùi lịch|thay đổi|điều chỉnh|chuyển sang|thời gian|địa điểm|hình thức|dự kiến|sẽ|đã|vừa ban hành|vừa|ban hành
ủy ban nhân dân|hội đồng nhân dân|ủy ban|hội đồng|ban chỉ đạo|ban chấp hành|ban thường vụ|thường trực|tỉnh ủy|thành ủy|huyện ủy|đảng ủy
đảng bộ|chính phủ|thủ tướng|quốc hội|bộ trưởng|thứ trưởng|chủ tịch|phó chủ tịch|bí thư|giám đốc|đồng chí|ông|bà|hội trường|trụ sở
phòng họp|nhà văn hóa|trung tâm|tỉnh|thành phố|huyện|quận|phường|xã|thị xã|thị trấn|của|và|về việc|về|tại|vào|lúc|từ|đến|ngày|tháng|năm
giờ|phút|buổi sáng|buổi chiều|chiều|tối|sáng nay|sáng ngày|sáng mai|quý|các|được|việc|kết luận|trước|sau|hôm nay|hôm qua|theo|nội dung
hđnd|sở tài chính|sở y tế|sở nội vụ|sở tư pháp|sở xây dựng|sở công thương|sở giáo dục và đào tạo|sở khoa học và công nghệ
sở nông nghiệp và môi trường|chuyển đổi số|triển khai|thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật
"""
_MARKED = {
    plain(phrase): phrase
    for phrase in [*_PHRASES.replace("\n", "|").split("|"), *(p.lower() for p in PROVINCES)]
    if phrase
}
_WORDS = re.compile(
    r"(?<!\w)(?:"
    + "|".join(sorted(map(re.escape, _MARKED), key=len, reverse=True))
    + r"|sang(?=\s\d)|thu(?=\s\d)|so(?=\s\d))(?!\w)"
)
_LATE = {"sang": "sáng", "thu": "thứ", "so": "số"}
_SIGNS = re.compile(
    r"(?<!\w)(?:uy ban|hoi nghi|hop|ngay|cua|to chuc|ban hanh|thong bao|ke hoach|va|hdnd|chu tri)(?!\w)"
)
_LOOK, _MOST_MARKS, _FEWEST_SIGNS = 3000, 0.02, 3


def unmarked(title: Aligned, body: Aligned) -> bool:
    """Whether an article is Vietnamese typed without marks."""
    shown = f"{title.low}\n{body.low[:_LOOK]}"
    letters = sum(char.isalpha() for char in shown)
    marks = sum(char.isalpha() and not char.isascii() for char in shown)
    return marks <= letters * _MOST_MARKS and len(_SIGNS.findall(shown)) >= _FEWEST_SIGNS


def with_marks(text: Aligned) -> Aligned:
    """The text with the marks of the field's words; offsets stay."""
    low, shown = list(text.low), list(text.text)
    for match in _WORDS.finditer(text.low):
        marked = _MARKED.get(match.group()) or _LATE[match.group()]
        for at, letter in enumerate(marked, match.start()):
            low[at] = letter
            shown[at] = letter.upper() if shown[at].isupper() else letter
    return replace(text, text="".join(shown), low="".join(low))
