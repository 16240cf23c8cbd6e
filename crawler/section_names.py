"""What the words of a menu promise: news, documents, a schedule, or nothing worth watching."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from config import match_key, plain

LONGEST_NAME = 70  # letters; what is longer is a title
MOST_WORDS = 12

_SCHEDULE = re.compile(
    r"lịch (?:làm việc|công tác|họp|hoạt động|tiếp (?:công )?dân|tiếp xúc|tuần|trực|của)|^lịch$|giấy mời|thư mời|"
    r"chương trình (?:công tác|làm việc)|lịch (?:ubnd|hđnd|lãnh đạo|thường trực)"
)
_DOCUMENTS = re.compile(
    r"văn bản|công báo|\bvbqppl\b|\bqppl\b|\bvb(?:pl|cđ)\b|pháp quy|dự thảo|(?:^|các |hệ thống )(?:quyết định|nghị quyết|chỉ thị|"
    r"công văn|nghị định|thông tư|luật)\b|văn kiện|tài liệu (?:họp|kỳ họp)"
)
_NEWS = re.compile(
    r"(?<!thông )\btin\b|tin tức|bản tin|điểm tin|sự kiện|thời sự|hoạt động|chỉ đạo|chuyển đổi số|thông báo|thông cáo|báo chí|chính trị|kinh tế|"
    r"xã hội|văn h[oó][aá]|giáo dục|y tế|quốc phòng|an ninh|nông (?:nghiệp|thôn)|cải cách hành chính|khoa học|công nghệ|đầu tư|"
    r"tuyên truyền|đấu thầu|phổ biến|xây dựng đảng|mặt trận|đoàn thể|du lịch|thể thao|pháp luật|môi trường|tuyển dụng|đô thị|"
    r"(?:^|[^\w])(?:news|press|events?|announcements?)\b|học tập và làm theo|đời sống|quốc tế|thế giới|trong (?:nước|tỉnh)|"
    r"công bố|công khai|(?:^|[^\w])(?:quy hoạch|kế hoạch|chiến lược|chương trình|đề án|dự án)\b"
)
# Wherever they stand: what they lead to is no text, or not for the public.
_NEVER = re.compile(
    r"\bảnh\b|video|\bclip|\baudio|truyền hình|phát thanh|podcast|infographic|e-?magazine|megastory|multimedia|\bmedia\b|\bphotos?\b|\bblog\b|e-?paper|đăng (?:nhập|ký|xuất)|"
    r"\blog ?(?:in|out)\b|\bsign (?:in|up)\b|quản trị|webmail|hộp thư|english|tiếng (?:anh|việt|trung|lào)|中文|\brss\b|tìm kiếm|"
    r"\bsearch\b|mật khẩu|facebook|zalo|youtube|quảng cáo|bản in|đầu trang|thăm dò|bình chọn|thời tiết|giá vàng|tỷ giá"
)
# Where they come first: "Thủ tục hành chính", but not "Văn bản về thủ tục hành chính".
_ASIDE = re.compile(
    r"giới thiệu|liên hệ|thủ tục|tthc|dịch vụ công|dvc\b|hỏi|trả lời|câu hỏi|thư viện|hình ảnh|sơ đồ|site ?map|"
    r"^(?:trang (?:chủ|nhất|trước|sau|tiếp)|home|tổ chức|cơ cấu|phòng (?!chống)|các (?:phòng|đơn vị|sở)|đơn vị|công dân|lãnh đạo|xem tiếp)|"
    r"góp ý(?! (?:dự thảo|văn bản|vào|cho))|bản đồ|bộ máy|chức năng|nhiệm vụ|lịch sử|danh bạ|điện thoại|đường dây nóng|e-?mail|thư điện tử|liên kết|phản ánh|kiến nghị|"
    r"điều khoản|bản quyền|thành viên|từ khóa|hôm nay|tra cứu|một cửa|về chúng tôi|about|contact|trợ giúp|tổng quan|điều kiện tự nhiên|"
    r"(?:[«<‹]+ ?)?(?:tuần|tháng) (?:trước|sau|này|tới|tiếp|kế)|(?:previous|next|last|this) (?:week|month)|"
    r"danh sách cán bộ|thống kê truy cập|báo in|chính sách bảo mật|fanpage"
)
MORE = re.compile(
    r"[\W_]*(?:(?:xem|đọc|tin)? ?(?:thêm|tất cả|toàn bộ|tiếp|khác|hết)(?: tin| bài| các tin)?|read more|(?:view |see )?(?:all|more)|chi tiết|"
    r"xem chi tiết|xem)[\W_\d]*"
)
SITE_MAP = re.compile(r"sơ đồ (?:trang|cổng|site|web)|site ?map|bản đồ (?:trang|site|cổng)")

# The same of an address, for menus that are pictures: marks are gone there and words joined.
_PATHS = (
    ("schedule", re.compile(r"lich-?(?:cong-?tac|lam-?viec|hop|tiep)|giay-?moi|schedule")),
    ("documents", re.compile(r"van-?ban|cong-?bao|vbqppl|qppl|du-?thao|legal|documents?\b")),
    (
        "news",
        re.compile(
            r"tin-?tuc|su-?kien|thong-?bao|thoi-?su|hoat-?dong|chi-?dao|cong-?khai|ke-?hoach|quy-?hoach|chuyen-?doi-?so|chuyen-?muc|\bnews\b|\bcategory\b"
        ),
    ),
)
_OTHER_TONGUE = re.compile(
    r"(?:^|/)(?:[\w-]+-)?(?:en|eng|english|en-us|fr|zh|cn|lo|jp|ja|ko|ru)(?:[/.]|$)", re.IGNORECASE
)
_PATHS_ASIDE = re.compile(
    r"(?:^|/)(?:log-?in|dang-?nhap|dang-?ky|admin|user|users|account|search|tim-?kiem|print|rss|contact|lien-?he|gioi-?thieu|about|tag|tags|tu-khoa|"
    r"cart|wp-admin|wp-login\.php|thanh-?vien|sitemap|so-?do[\w-]*|thu-?tuc[\w-]*|trang-?chu|video|"
    r"thu-?vien[\w-]*|hinh-?anh|hoi-?dap|dich-?vu-?cong)(?:[/.?]|$)|\.(?:jpe?g|png|gif|svg|mp[34]|css|js|ico|pdf|docx?|xlsx?|zip|rar)$",
    re.IGNORECASE,
)
_PAGING = re.compile(r"^(?:.*_)?(?:page|p|paged|trang|cur|pageindex|pagenumber|start|pg|currentpage)$", re.IGNORECASE)
_PAGING_PATH = re.compile(r"(?:/|[-_.])(?:page|trang|p)[-_/]?(\d+)(?:\.\w+)?/?$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|&)(?:lang(?:uage)?(?:id)?=(?:en|2\b|1033)|(?:month|thang|ngay|day|date|year|nam)=)", re.IGNORECASE
)
_PRINTED = re.compile(r"(?:^|[?&/_])(?:print|in|mode=print|tmpl=component|format=print)(?:=1|=true|/|$)", re.IGNORECASE)


def named_kind(words: str, url: str) -> str | None:
    """What a link's words, and where they say nothing its address, promise: news, documents, schedule, aside (nothing
    worth watching); None where they promise neither."""
    key = match_key(words)
    if _NEVER.search(key):
        return "aside"
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(
            (("schedule", _SCHEDULE), ("documents", _DOCUMENTS), ("aside", _ASIDE), ("news", _NEWS))
        )
        if (match := pattern.search(key))
    ]
    if found:
        # "Tin tức - Văn bản mới" lists news first; "Văn bản chỉ đạo điều hành" is of documents wherever they are named.
        kinds = [kind for _, _, kind in found]
        first = min(found)[2]
        return "documents" if first == "news" and "documents" in kinds and "tin" not in key.split()[:1] else first
    path = plain(unquote(urlsplit(url).path)).replace("_", "-")
    return next((kind for kind, pattern in _PATHS if pattern.search(path)), None)


def can_name(words: str) -> bool:
    """Whether words can be a section's name and no title, date or number."""
    return (
        2 <= len(words) <= LONGEST_NAME and len(words.split()) <= MOST_WORDS and bool(re.search(r"[^\W\d_]{2}", words))
    )


def is_trap(url: str) -> bool:
    """Whether an address is a page of another language, of a pager or calendar, for the printer, of a login, or one that grows."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _OTHER_TONGUE.search(path) or _PATHS_ASIDE.search(path) or _PRINTED.search(f"{path}?{parts.query}"):
        return True
    if _ELSEWHERE.search(parts.query):
        return True
    steps = [step for step in path.lower().split("/") if step]
    if len(steps) != len(set(steps)):  # /en/en/vi/, /tin-tuc/tin-tuc/: a relative link that grows
        return True
    if (number := _PAGING_PATH.search(path)) and int(number[1]) != 1:
        return True
    return any(_PAGING.match(name) and value.isdigit() and int(value) > 1 for name, value in parse_qsl(parts.query))


def is_home(url: str) -> bool:
    """Whether an address is a site's own first page."""
    parts = urlsplit(url)
    path = parts.path.lower().rstrip("/")
    return not parts.query and bool(
        re.fullmatch(
            r"(?:/vi|/web/guest|/pages|/portal/pages|/portal)?(?:/(?:index|default|home|trang-?chu|main)(?:\.\w+)?)?",
            path,
        )
    )
