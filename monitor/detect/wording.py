"""The words around a document's number: what issues, repeals, amends or only cites it. Patterns alone, no deciding.

They read lower-case text. Where a text lost its marks ("UBND tinh vua ban hanh Ke hoach so 57/KH-UBND"), the same
patterns are read without theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from config import TYPE_NAMES

_TYPES = "|".join(re.escape(name.lower()) for name in TYPE_NAMES)
_DAY = r"\(?(?:ngày|hôm(?=\s\d)|(?:sáng|chiều|tối)(?: ngày)?(?=\s\d))[\s\d/.-]{3,16}(?:tháng[\s\d]{2,5}(?:năm[\s\d]{5,6})?)?\)?"
_MANY = (
    r"(?:(?:(?:toàn bộ|đồng loạt|một loạt|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,3})\s+)?"
    r"(?:(?:các|những|loạt|bản|cùng lúc)\s+)?)"
)
# Verbs that issue a document which stands behind them, and adverbs before the verb.
_ISSUE = (
    r"(?:(?:họp\s+)?xem xét,?\s+)?(?:(?:ký|cho|biểu quyết|thống nhất|nhất trí|quyết định)\s*,?\s+(?:và\s+)?)?ban hành"
    r"(?:\s+(?:mới|bổ sung|đồng thời|tiếp))?"
    r"|ký(?:\s+(?:phát hành|thông qua|phê duyệt|duyệt|quyết định ban hành|thay|thừa lệnh))?"
    r"|ra|có|gửi|phát đi|phát hành|đưa ra|ban bố|công bố|đăng(?: tải)?|trao|niêm yết(?: công khai)?|công khai"
    r"|(?:(?:biểu quyết|thống nhất|nhất trí|chính thức|bỏ phiếu|bấm nút)\s+)*(?:thông qua|phê duyệt|quyết nghị)|xác thực"
)
_ADVERB = (
    r"vừa mới|vừa|mới|đã|chính thức|cũng|tiếp tục|kịp thời|đồng loạt|cùng|ngay|lại|liên tiếp|nhất trí|khẩn cấp|hỏa tốc"
)
_SAYS = (
    r"yêu cầu|nêu|chỉ đạo|quy định|giao|đề nghị|cho biết|chỉ rõ|nhấn mạnh|xác định|đặt ra|bổ sung|công nhận|điều chỉnh"
    r"|phê duyệt|thành lập|sửa đổi|bãi bỏ|thay thế|hướng dẫn|thông báo|ban hành|quyết định|cho phép|kết luận|áp dụng"
    r"|đồng ý|thống nhất|chấp thuận|công bố|bổ nhiệm|xử phạt|tặng|tặng thưởng|tạm dừng|tạm hoãn|hủy|mời|triệu tập|gửi"
    r"|khuyến cáo|kêu gọi|phát động|kiện toàn|phân công|điều động|chuyển|trả lời|cảnh báo|tước|thu hồi|ấn định|kỷ luật|cách chức|miễn nhiệm|ban bố|đình chỉ|hỗ trợ|dừng|cấm|chấm dứt"
    r"|gia hạn|giải thể|sáp nhập|khởi tố|trúng tuyển|nâng|giảm|tăng|miễn"
)
_MEETS = r"phiên họp|kỳ họp|kì họp|hội nghị|cuộc họp|đại hội|phiên bế mạc|phiên làm việc|phiên thứ|các đại biểu|phiên toàn thể"
_CITE = (
    r"căn cứ|(?<!kèm )theo(?! đó)|thực hiện|triển khai|trích|quán triệt|hướng dẫn|thi hành|bởi|so với|thuộc|phù hợp với"
    r"|tuân thủ|chỉ tiêu của|sau|cụ thể hóa|bằng|do|từ|nêu tại|công bố tại|nhằm|tuyên truyền|phổ biến|tập huấn"
    r"|giới thiệu|học tập|tìm hiểu|góp ý|quy định chi tiết|công bố|tổng kết|sơ kết|chấp hành|áp dụng|vận dụng|thể chế"
    r" hóa|giám sát|đánh giá|kiểm tra|ban hành(?! kèm| tại)|thông qua|phê duyệt|nghe|(?<!giấy )mời|bám sát|nắm vững|nghiên cứu|hưởng ứng|tinh thần|phân tích|nghiêm túc|học|quy định tại|dựa trên|trên cơ sở"
)
_CARRY_OUT = (
    r"kiểm tra|tổ chức|ra quân|triển khai|thực hiện|làm việc|họp|chi trả|tiến hành|phối hợp|khai mạc|bế mạc|thanh tra"
    r"|giám sát|tuyên truyền|tập huấn|rà soát|thi hành|xây dựng|báo cáo|tham gia|hoạt động|(?<!truyền )đạt|hoàn thành|khởi công"
    r"|nhận|được nhận|thu được|quán triệt|khảo sát|tiếp|trao|dự|thăm"
)
_DRAFT = (
    r"dự thảo|soạn thảo|biên tập|lấy ý kiến|góp ý|dự án (?:luật|nghị|pháp)|thẩm định dự|thẩm tra dự|đề nghị xây dựng"
)
_NOT_YET = (
    r"kiến nghị|đề xuất|đề nghị|xem xét(?!,? (?:và )?(?:$|biểu quyết|thông qua|quyết|ban hành|phê))|nghiên cứu|cần|sẽ|chưa|không|dự kiến|trình|tham mưu|chuẩn bị|yêu cầu|giao|phải"
    r"|rà soát|phương án|chủ trương|khẩn trương|sớm|xây dựng|hoàn thiện|nếu|tiến tới|hoàn chỉnh|dự định|tiếp thu"
    rf"|{_DRAFT}"
)
_PASSED = r"(?:ký\s+(?:và\s+)?)?(?:ban hành|thông qua|phê duyệt|công bố|gửi|phát hành|phát đi|ký|đăng|đăng tải|công khai|niêm yết|ban bố)"


def _bare(pattern: str) -> str:
    """A pattern without the marks of its words; its escapes keep their case."""
    letters = unicodedata.normalize("NFD", pattern).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Wording:
    """The patterns, with marks or without."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        def compiled(pattern: str) -> re.Pattern[str]:
            return re.compile(spell(pattern))

        number = r"(?:(?<!\w)(?:số|sồ)(?:\s*hiệu)?)?\s*[:.]?\s*"
        self.noun = compiled(rf"(?<!\w)(?P<type>{_TYPES}|qđ|công thư|lời kêu gọi|thư)(?!\w)")
        """A type's name; of several the last one that fits the number is its noun."""
        self.to_number = compiled(rf"(?:\s+(?:liên tịch|hỏa tốc|khẩn|thượng khẩn|liên ngành|của))?\s*:?\s*{number}")
        self.to_number_far = compiled(r"(?:\s+[^\s,;:()\"“”|]+){1,16}\s+số\s*[:.]?\s*")
        self.bare_number = compiled(rf"{number}$")
        self.many = compiled(rf"(?<!\w){_MANY}$")

        self.touch = compiled(
            r"(?<!\w)(?:(?P<repealed>bãi bỏ|chấm dứt hiệu lực(?:\s+thi hành)? của|thay thế(?:\s+cho)?|hủy bỏ|hủy|thu hồi|(?:hết|chấm dứt) hiệu lực(?:\s+thi hành)?(?=[^.;()]{0,60}(?:gồm|sau|đây|:)\s*:?)|thay(?:\s+cho)?(?=\s*$))"
            r"|(?P<amended>(?:kéo dài|lùi|gia hạn|điều chỉnh|thay đổi|hoãn)\s+(?:thời (?:gian|hạn|điểm)|hiệu lực)(?:\s+(?:thực hiện|áp dụng|thi hành))"
            r"|(?:tạm )?ngưng (?:áp dụng|thực hiện|hiệu lực(?:\s+thi hành)?)|sửa đổi(?:\s*,?\s*(?:và\s+)?bổ sung)?|bổ sung|điều chỉnh|đính chính|gia hạn|thay đổi|sửa)"
            rf"|(?P<opaque>{_CITE}))(?!\w)"
        )
        self.citing = compiled(rf"(?<!\w)(?:{_CITE})\s*$")
        self.part = compiled(
            r"(?<!\w)(?:điều|khoản|điểm|mục|chương|tiết|phần|một phần|một số|nội dung|phụ lục|cụm từ|quy định tại)(?!\w)"
        )
        self.passive = compiled(r"(?:được|bị)\s*$")
        self.cites_all = compiled(r"\s*[-+•*]?\s*(?:căn cứ|theo|thực hiện|triển khai|xét)(?!\w)")
        self.cites_first = compiled(r"\s*[-+•*]?\s*căn cứ(?!\w)")
        self.opener = compiled(
            rf"[\s*+•.,-]*(?:\(\w[^()\n]{{1,30}}\)\s*[-:]?\s*|ttxvn\s*-\s*)?(?:(?:cụ thể|theo đó|trong đó|đáng chú ý|mới đây|mới nhất|hôm nay|{_DAY}|[^:\n]{{3,60}}:)\s*,?\s*)?"
        )
        self.also = compiled(r"(?<!\w)(?:cũng|cùng ngày|đồng thời|cùng với đó|ngoài ra|tiếp đó|bên cạnh đó)(?!\w)")
        self.since = compiled(r"(?<!\w)(?:khi|kể từ)\s*$")
        self.by_rule = compiled(r"(?<!\w)(?:theo|đúng|như|căn cứ|thực hiện)(?:\s+\S+){0,5}\s*$")
        self.law_noun = compiled(r"(?<!\w)(?:luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh)\s*$")
        self.just_done = compiled(rf"(?<!\w)(?:vừa|mới|chính thức)\s+(?:\S+\s+){{0,3}}?(?:{_SAYS}|thông qua)(?!\w)")
        self.talked = compiled(
            r"(?<!\w)(?:cho ý kiến|thảo luận|bàn|trao đổi|xem xét|nghe|báo cáo|cho rằng|góp ý)(?!\w)[^.;]{0,60}(?<!\w)về(?: việc)?\s*$"
        )
        self.topic = compiled(r"(?<!về )(?<!v/v )(?:việc|đang|khi|nếu|muốn)\s*$")
        self.gap_end = compiled(
            r"[;()]|(?<!gồm)(?<!là)(?<!sau đây)(?<!nghị định)(?<!quyết định)(?<!nghị quyết)(?<!văn bản)(?<!thông tư)(?<!toàn bộ)(?<!bãi bỏ)(?<!sau):"
        )
        self.draft = compiled(rf"(?<!\w)(?:{_DRAFT}|đề xuất|kiến nghị|đề nghị)(?!\w)")
        self.not_yet = compiled(rf"(?<!\w)(?:{_NOT_YET})(?!\w)")
        # "đã được sửa đổi, bổ sung theo Luật số 48/2014/QH13" is how laws cite laws; only losing force is news.
        self.done_to = compiled(
            r"[^.;]{0,90}?(?<!\w)(?P<done>(?:(?<!đã )(?:được|bị)\s+(?:bãi bỏ|thay thế)|(?:hết|chấm dứt|không còn) hiệu lực))(?!\w)(?!\s(?:thi hành\s)?của)"
        )

        self.issue = compiled(
            rf"(?<!\w)(?P<adverbs>(?:(?:{_ADVERB})\s+){{0,4}})(?P<verb>{_ISSUE})(?:\s+{_DAY})?"
            rf"(?:\s+(?:{_MANY}(?:{_TYPES}|văn bản)(?!\w)[^.;()]{{0,90}}?(?:gồm|sau|là|đây|như|có|:)\s*[:-]?)|(?<=gửi)\s[^.;:()]{{2,80}}?|\s+(?P<same>{_TYPES})(?!\w)(?:\(sửa đổi\)|[^;:()]){{2,110}}?[,(])?\s*$"
        )
        self.just = compiled(
            r"(?<!\w)(?:vừa|mới(?=\s+(?:đây|được|ký|ban|có|ra|thông|phê))|vừa qua|hôm nay|sáng nay|chiều nay)(?!\w)"
        )
        self.passed = compiled(
            rf"[^;\n]{{0,200}}?(?<!\w)(?:(?P<just>vừa|mới|vừa mới)\s+)?(?:đã\s+)?(?:chính thức\s+)?"
            rf"(?:(?P<agent>được|do)\s+(?:[^;,\n]{{0,90}}?\s)?|(?P<relative>(?<=vừa )|(?<=mới )|mà\s+[^.;,\n]{{2,60}}?)|^(?:\s*,?\s*của\s[^,;\n]{{2,70}}?)?\s*,?\s*(?=(?:(?:ký\s+)?ban hành|thông qua|ký|gửi)\s+(?:ngày|hôm|vào|sáng|chiều)))"
            rf"(?:(?P<just2>vừa|mới)\s+)?(?:đã\s+)?(?P<verb>{_PASSED})(?!\w)(?! kèm)"
            rf"(?:(?:\s(?:tại|ở)\s[^,.;\n]{{2,60}}?)?(?P<rest>\s+{_DAY})|(?P<now>\s+(?:vào\s+)?(?:(?:sáng|trưa|chiều|tối|hôm)\s+(?:nay|qua)|mới đây|vừa qua))(?!\w))?"
        )
        self.past = compiled(
            r"(?<!\w)(?:trước đó|trước đây|đến nay|tính đến|thời gian qua|những năm|nhiều năm|từ năm|(?:từ|sau) khi[^,]*$"
            r"|kể từ[^,]*$|khi[^,]*$|(?:trong|qua|suốt) giai đoạn|(?:sau|qua|trong|hơn|gần|suốt) (?:hơn |gần )?\d+ năm"
            r"|năm trước|kỳ họp trước|năm ngoái|từ lâu)(?!\w)|^\W*(?:từ |trong |ngay )?(?:đầu |cuối )?năm \d{4}"
        )
        self.past_after = compiled(
            r"[^.;]{0,60}?(?<!\w)(?:trước đó|trước đây|từ lâu|đến nay|và đạt|nhờ đó|qua đó|(?:từ|hồi|ngay từ) (?:đầu|cuối|giữa|tháng|năm|quý))(?!\w)"
            r"|\s*(?:đã\s+)?(?:là|mở ra|mang lại|đánh dấu|tạo)(?!\w)"
        )
        self.relative = compiled(
            r"(?<!\w)(?:theo|do|được|để|nhằm|việc|mà|tại(?! (?:phiên|kỳ|hội nghị|cuộc|đại hội))|căn cứ|nghe)(?!\w)[^,]*$"
        )
        self.presided = compiled(r"(?<!\w)(?:chủ trì|chủ tọa|đứng đầu|làm trưởng đoàn|điều hành)(?!\w)")
        self.meets = compiled(rf"(?<!\w)(?:{_MEETS})(?!\w)")
        self.adopts = compiled(r"thông qua|quyết nghị")
        self.speech = compiled(
            r"(?<!\w)(?:cho biết|cho rằng|chia sẻ|nhấn mạnh|khẳng định|phát biểu|thông tin|báo cáo|cho hay|nói|kể)(?!\w)"
        )
        self.at = compiled(r"(?:^|(?<=\s))(?P<word>tại|kèm theo|theo|bằng|trong|bởi)\s*$")
        self.written_in = compiled(
            r"(?<!\w)(?:nêu|quy định|thể hiện|ghi|đề cập|hướng dẫn|đưa ra|công bố|cụ thể hóa)(?:\s+(?:rõ|cụ thể|chi tiết))?\s*$"
        )
        self.that_is = compiled(
            r"(?<!\w)(?:đây|đó|điều này|thông tin này)\s+(?:cũng\s+)?là\s[^,.;]{0,40}?(?:nội dung|quy định|điểm|thông tin|yêu cầu|chỉ đạo|chính sách|giải pháp)(?!\w)[^,.;]{0,40}$"
        )
        self.aside = compiled(r"(?<!\w)(?:của|tại|theo|với|gửi|về|cho|đến|từ|ở)\s+(?:(?:phó\s+)?chủ tịch\s+)?$")
        self.on = compiled(
            rf"(?:\s*,?\s*{_DAY})?(?:\s*,?\s*của\s[^,;:\n]{{2,90}}?)?(?:\s*,?\s*{_DAY})?\s+(?!là|được|đã|và|có hiệu lực|trong|cho|của|về|ngày)\w"
        )
        self.conferred = compiled(
            r"(?<!\w)(?:được|bị)\s(?:[^,;]{2,60}?\s)?(?:chỉ định|bổ nhiệm|điều động|luân chuyển|công nhận"
            r"|xếp hạng|ghi danh|phân công|kỷ luật|cách chức|miễn nhiệm|phê chuẩn|xử phạt)(?!\w)"
        )
        self.carried_out = compiled(rf"(?<!\w)(?:{_CARRY_OUT})(?!\w)")
        """What a body does by a document, and not with it."""
        self.from_signing = compiled(
            r"\s*(?:này\s+)?(?:chính thức\s+)?(?:có hiệu lực|được áp dụng)(?:\s+thi hành)?\s+(?:kể\s+)?từ ngày (?:ký|ban hành)"
        )
        self.acted_on = compiled(rf"(?:\s*,?\s*{_DAY})?(?:\s+của\s[^,;.\n]{{2,70}}?)?[\s,(]*(?:đã|cũng|này)?\s*")
        """What may stand between a document and the verb of which it is the subject."""
        self.done = compiled(r"(?<!\w)(?:ban hành|thông qua|phê duyệt|công bố)(?!\w)")
        self.this = compiled(rf"(?<!\w)(?:{_TYPES})\s+(?:này|trên|nêu trên|nói trên)(?:\s+(?:đã|cũng))?\s*$")
        self.in_part = compiled(r"(?<!\w)(?:điều|khoản|điểm|chương|mục|phụ lục|một phần)(?!\w)[^.;:]{0,40}$")
        self.part_at = compiled(
            r"(?<!\w)(?:điều|khoản|điểm|mục|chương|phần|nội dung|phụ lục|cụm từ|quy định|thời gian|thời hạn|địa điểm|thành phần"
            r"|lịch|ban hành|phê duyệt|công bố|nêu|thông qua|thủ tục)(?!\w)"
        )
        """What of a document is changed, or that it stands in it; a verb whose object is none of these only acts there."""
        self.done_by = compiled(r"(?<!\w)(?:do|được|đã|mà)(?!\w)[^,;]{0,100}$")
        self.as_list = compiled(r"(?:gồm|sau|sau đây|là|có)\s*:")
        self.instrument = compiled(r"\d/[^\n]*(?<!\w)(?:tại|theo|bằng)\s*$")
        self.annexed = compiled(
            r"(?<!\w)(?:vừa|đã|mới|chính thức|được)\s+(?:được\s+)?(?:[^.,;\n]{1,70}?\s)?ban hành(?!\w)"
        )
        self.told_before = compiled(
            rf"(?<!\w)(?:(?P<adverb>vừa|đã|mới|chính thức)\s+)?(?:chính thức\s+)?(?:{_ISSUE})\s+{_MANY}(?P<told>{_TYPES})(?!\w)(?!\s+số)"
        )
        self.in_force = compiled(r"[^.;,]{0,60}?(?:này\s+)?(?:có|bắt đầu có) hiệu lực(?!\w)")
        self.disposes = compiled(rf"(?<!\w)(?:{_SAYS})(?!\w)")
        self.says = compiled(
            rf"(?:\s*,?\s*{_DAY})?(?:\s*,?\s*của\s[^,;:\n]{{2,90}}?)?(?:\s*,?\s*{_DAY})?\s*"
            rf"(?<!\w)(?:(?:đã|vừa|cũng)\s+)?(?:{_SAYS})(?!\w)"
        )
        self.join = compiled(
            rf"(?:\s*,?\s*{_DAY})?(?:\s+của\s[^,;.\n]{{2,70}}?)?"
            rf"\s*(?:,|;|và|hoặc|cùng|,\s*và)\s*(?:(?:các|những)\s+)?(?:{_TYPES})?\s*(?:số)?\s*"
        )
        self.joined = compiled(r"(?:(?<=\s)(?:và|cùng|cùng với|đồng thời)|[,;])\s*$")
        self.join_number = compiled(
            rf"(?:\s*,?\s*{_DAY})?(?:\s+của\s[^,;.\n]{{2,70}}?)?\s*(?:,|;|và|hoặc|cùng|,\s*và)\s*(?:(?:các|những)\s+)?"
            rf"(?:{_TYPES})?\s*(?:số)?\s*\d[\w./&-]{{3,40}}(?: ?-\w[\w-]{{0,20}})?"
        )
        self.bullet = compiled(
            r"\s{0,8}(?:\d\d?[/.-]\d\d?[/.-]\d{4}\s{0,3})?(?:[-+•*–·]|\(?\d{1,2}[.)]|[a-zđ][.)])?\s{0,8}"
        )
        self.as_follows = compiled(r"(?:\s*(?:như sau|sau đây|sau|gồm|bao gồm|cụ thể|gồm có))*[\s:,]*$")

        self.title_head = compiled(
            rf"(?:[\d/.\s]+\|\s*)?(?:(?:ubnd|ủy ban|sở|bộ|hđnd|hội đồng|ban|văn phòng|chi cục|cục|công an|huyện|xã|phường"
            rf"|tỉnh|thành phố|tp|trường|bệnh viện|viện|trung tâm)\.?\s[^:;,|]{{2,60}}?(?:\s?:|\s[-|])\s)?(?:\(\w[\w.]{{2,30}}\)\s*[-:]?\s*)?(?:\[?(?:toàn văn|tải về|văn bản|mới|infographic|video)\]?\s*:?\s*)?"
            rf"(?:(?:{_TYPES})(?:\s+(?:liên tịch|hỏa tốc|khẩn))?(?:\s+của\s[^,;:.]{{2,80}})?\s*"
            rf"|qđ\s|(?:bộ luật|luật|pháp lệnh)\s[^,;:.]{{2,100}}\s+(?=số))?{number}"
        )
        about = (
            r"v/v|về|quy định|ban hành|phê duyệt|bãi bỏ|sửa đổi|bổ sung|thay thế|hướng dẫn|thành lập|công bố|công nhận"
            r"|giao|điều chỉnh|phân cấp|kiện toàn|triển khai|thực hiện|tổ chức|phát động|tăng cường|đề nghị|cho phép"
            r"|quyết định|thống nhất|chấp thuận|hủy|thu hồi|bổ nhiệm|tặng|khen thưởng|kết luận|đính chính|thông báo"
            r"|xử phạt|quy chế|mời|kế hoạch|trích yếu|phân công|gia hạn|ủy quyền|đặt tên|chuyển|miễn nhiệm|giải thể"
            r"|sáp nhập|phối hợp|chấn chỉnh|đôn đốc|trả lời|góp ý|lấy ý kiến|báo cáo|danh mục|tạm dừng|tạm hoãn|hoãn|họp|dự|tham dự|lịch"
        )
        self.title_rest = compiled(
            rf"\s*(?:,?\s*{_DAY}|,?\s*năm\s\d{{4}})?\s*(?:,?\s*(?:của|cửa|do)\s[^;:|]{{2,90}}?|\s(?:tỉnh|thành phố|tp\.?|huyện|quận|xã|phường)\s[^;:|,]{{2,40}}?)?"
            rf"(?:,?\s*{_DAY})?(?:\s*[:|]\s*(?:[\d/.-]{{6,10}}\s*\|\s*)?(?=(?:{about})(?!\w)))?[\s,.)–-]*(?:$|(?:{about})(?!\w))"
        )
        self.title_colon = compiled(r"\s*:\s")
        self.title_number = compiled(rf"\s*(?P<type>{_TYPES})\s+số\s+(?P<number>\d{{1,5}})(?![\w/.-])")
        self.title_bracket = compiled(r"(?:v/v|về việc|quyết định|kế hoạch|công văn|thông báo)(?!\w)[^()]*[(-]\s*$")
        self.titled = compiled(
            r"(?<!\w)(?:ban hành|phê duyệt|quy định|công bố|hoãn|thông qua|thành lập|công nhận|điều chỉnh|sửa|sửa đổi"
            r"|bổ sung|bãi bỏ|chỉ đạo|yêu cầu|bổ nhiệm|điều động|xử phạt|kiện toàn|hướng dẫn|trả lời|miễn|cấm|tạm dừng"
            r"|trao|chi tiết|chính thức|mới|"
            + "|".join(
                re.escape(n.lower()) for n in TYPE_NAMES if n not in ("Dự án", "Báo cáo", "Hợp đồng", "Biên bản")
            )
            + r")(?!\w)"
        )
        self.issuing_title = compiled(r"(?<!\w)(?:ban hành|vừa|ký|phê duyệt|thông qua)(?!\w)")
        self.announcing_title = compiled(r"(?<!\w)(?:công bố|trao|công khai)(?!\w)")
        self.meeting_title = compiled(
            r"(?<!\w)(?:phiên họp|kỳ họp|kì họp|hội nghị|cuộc họp|họp|hội thảo|tọa đàm|diễn đàn|đại hội|giao ban"
            r"|buổi làm việc|làm việc với|tiếp xúc cử tri|tập huấn|phiên thứ|phiên toàn thể|tiếp công dân)(?!\w)"
        )
        self.looks_back = compiled(
            r"(?<!\w)(?:hỏi\s?-?\s?đáp|bạn đọc hỏi|tư vấn|giải đáp|điểm mới|điều cần biết|tìm hiểu|có hiệu lực|nhìn lại"
            r"|\d+ năm (?:thực hiện|triển khai|thi hành)|sơ kết|tổng kết|kết quả|tập huấn|tuyên truyền|phổ biến|quán triệt"
            r"|lan tỏa|bất cập|hiệu quả|sau (?:một|\d+) năm|đưa (?:nghị quyết|luật)|động lực|lấy ý kiến|góp ý)(?!\w)"
        )
        self.questions = compiled(r"(?:^|\n)\s*(?:hỏi|trả lời|đáp|câu hỏi|phóng viên|pv)\s?(?:\d{1,2})?\s*[:?]")
        self.drafting_title = compiled(rf"(?<!\w)(?:{_DRAFT}|đề xuất|kiến nghị sửa)(?!\w)")
        self.register = compiled(
            r"(?<!\w)(?:công báo|danh mục (?:các )?(?:văn bản|nghị quyết|quyết định)(?! hết)|văn bản (?:pháp luật )?mới"
            r"|văn bản (?:chỉ đạo|điều hành)|(?:các|những) (?:nghị quyết|văn bản)[^.]{0,40} (?:thông qua|ban hành))(?!\w)"
        )
        self.digest = compiled(
            r"(?<!\w)(?:nổi bật|điểm tin|bản tin|tổng hợp|văn bản mới|chính sách mới|thông tin chỉ đạo|trong tuần)(?!\w)"
        )


@cache
def wording(*, marked: bool) -> Wording:
    """The patterns for a text with marks, or for one that lost them."""
    return Wording((lambda pattern: pattern) if marked else _bare)


def is_marked(low: str) -> bool:
    """Whether a text has the marks of Vietnamese: one letter in forty is enough, for "UBND TP HCM" has none."""
    seen = low[:2000]
    letters = sum(map(str.isalpha, seen))
    return letters < 12 or sum(not letter.isascii() for letter in seen if letter.isalpha()) * 40 > letters
