"""What on a page is not content: counters, menus, shares, related links, footers, each with the rule that says so.

Two kinds of evidence, both needed: the class and id of a block (portals name their modules), and the words of a line
(the counter of one portal stands in the article's own container, before its title). A block is never taken out on its
name alone when it holds the page's heading or most of its prose: a real article stood in class="widget".
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.linear import Block, Flow, Line, flow_of
from crawler.markup import marks_of, text_of

# --- blocks by name -----------------------------------------------------------------------------------------

_B = r"(?<![a-z])"
_E = r"(?![a-z])"
_NAMES = (
    (
        "visitor counter",
        rf"visit(?:or)?s?[-_]?(?:count|track|stat|online|info)|hit-?_?count|access-?_?count|page-?_?view|{_B}counter|"
        rf"view-?_?count|count-?_?view|thong-?_?ke-?_?(?:truy|luot|online)|truy-?_?cap|luot-?_?(?:xem|truy|doc)|{_B}online{_E}|wd-access|"
        rf"{_B}(?:hits?|visitors?|views?num|numviews?){_E}",
    ),
    (
        "share buttons",
        rf"{_B}(?:share|sharing|shares)|social|addthis|sharethis|{_B}fb-(?:like|share|root|page)|{_B}zalo|a2a_|linkstoweb|chia-?_?se|"
        rf"sendemail|{_B}print(?:er)?{_E}|send-?mail|{_B}tools?(?:bar|box)?{_E}|toolbar",
    ),
    (
        "related links",
        rf"related|relate{_E}|lien-?_?quan|{_B}tin-?_?(?:khac|cu|moi|lq|lienquan|cungchuyenmuc)|cung-?_?(?:chuyen|muc)|"
        rf"other-?_?(?:news|article|title|post|item)|(?:news|article|post)s?-?_?other|more-?_?(?:news|article|post)|"
        rf"latest-?_?(?:news|post|article)|(?:news|post)-?_?latest|newest|most-?_?(?:read|view|popular)|doc-?_?nhieu|"
        rf"xem-?_?nhieu|recommend|tbtinkhac|read-?_?more-?_?list|see-?_?also|"
        rf"(?:next|prev(?:ious)?)-?_?(?:news|post|article)|post-?_?nav",
    ),
    (
        "menu",
        rf"{_B}(?:nav|navbar|navigation|navi){_E}|menu|bread-?_?crumb|path-?_?way|sitemappath|pagination|{_B}pager{_E}|paging|phan-?_?trang|"
        rf"skip-?_?link|lang(?:uage)?-?_?(?:switch|select|bar)|{_B}languages?{_E}|lienketweb|lien-?_?ket|weblink|link-?_?web",
    ),
    ("comments", rf"{_B}comments?{_E}|comment-?_?(?:list|form|box|area)|binh-?_?luan|y-?_?kien-?_?ban-?_?doc|phan-?_?hoi{_E}|disqus"),
    ("footer", rf"{_B}(?:footer|foot|copyright|bottom-?_?(?:bar|info)){_E}|chan-?_?trang|ban-?_?quyen"),
    ("rating", rf"{_B}(?:rating|rate|votes?|voting|stars?|danh-?_?gia|binh-?_?chon|poll){_E}"),
    ("reading aids", rf"font-?_?size|co-?_?chu|zoom|text-?_?size|tuong-?_?phan|contrast|text-?_?to-?_?speech|{_B}tts{_E}|doc-?_?bai|audio-?_?player"),
    ("tags", rf"{_B}(?:tags?|tag-?_?list|tags-?_?list|keywords?|tu-?_?khoa){_E}"),
    ("advertisement", rf"{_B}(?:ads?|advert\w*|quang-?_?cao|banner-?_?ads?|qc){_E}|adsbygoogle"),
    ("form", rf"login|dang-?_?nhap|{_B}search(?:-?_?(?:box|form|bar))?{_E}|tim-?_?kiem|newsletter|cookie"),
    ("clock", rf"{_B}(?:clock|current-?_?(?:date|time)|date-?_?now|today|datetime-?_?now|now|dong-?_?ho){_E}|weather|thoi-?_?tiet|ty-?_?gia|gia-?_?vang"),
)  # fmt: skip
_BLOCK_RULES = re.compile("|".join(f"(?P<r{at}>{pattern})" for at, (_, pattern) in enumerate(_NAMES)))
_TAGS = {"nav": "menu", "footer": "footer", "aside": "aside", "menu": "menu"}
# Modules that have no sentences, so they go even where they hold much of a short notice's page.
_WORDLESS = frozenset({"visitor counter", "share buttons", "menu", "reading aids", "rating", "clock"})


def block_rule(block: Block) -> str | None:
    """The rule that a block's name falls under, or None."""
    tag = block.node.tag
    if tag in ("html", "body", "main", "article"):
        return None
    if tag in _TAGS and not (tag == "footer" and next(block.node.iterancestors("article"), None) is not None):
        return _TAGS[tag]
    marks = marks_of(block.node)
    if not marks:
        return None
    # camelCase names were lowered: "pnTinLienQuan" is found by "lienquan", "boxShare" by its words.
    raw = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{block.node.get('class') or ''} #{block.node.get('id') or ''}")
    for text in (raw.lower(), marks):
        if (match := _BLOCK_RULES.search(text)) and match.lastgroup:
            return _NAMES[int(match.lastgroup[1:])][0]
    return None


# --- lines by words -----------------------------------------------------------------------------------------

_COUNTERS = (
    r"thống kê(?: số)?(?: lượt)? truy cập|(?:tổng )?(?:số )?lượt (?:truy cập|xem|đọc|người xem|view)|số lượng truy cập|"
    r"tổng(?: số)?(?: lượt)?(?: truy cập| khách)?|(?:đang|số người|người|khách|hiện)?(?: đang)? ?(?:truy cập|online|trực tuyến)|"
    r"đang xem|hôm (?:nay|qua)|tuần (?:này|trước|qua)|tháng (?:này|trước|qua|hiện tại)|năm (?:nay|này|trước)|tất cả|"
    r"đã truy cập|khách(?: viếng thăm| truy cập)?|thành viên(?: online)?|máy chủ tìm kiếm|(?:số )?(?:lượt|lần) (?:xem|đọc|tải)|"
    r"số lần (?:xem|đọc|tải)|view(?:s| count)?|hits?|visitors?|visits?|today|yesterday|this (?:week|month|year)|total|all|online|"
    r"đã xem|người xem|xem|lượt thích|lượt chia sẻ|trong (?:ngày|tuần|tháng|năm)|your ip|ip của bạn|lượt tải(?: về)?"
)
_NUMBER = r"[\d][\d.,\s]*"
_COUNTER = re.compile(rf"[\W_]*(?:{_COUNTERS})\s*[:：(|-]?\s*{_NUMBER}(?:lượt|người|khách|lần|views?|\))?[\W_]*")
_COUNTER_AFTER = re.compile(
    rf"[\W_]*{_NUMBER}(?:lượt xem|lượt đọc|lượt truy cập|lần xem|views?|người xem|khách|online|lượt thích)[\W_]*"
)
_COUNTER_WORDS = re.compile(
    r"truy cập|online|trực tuyến|lượt xem|lượt đọc|lượt khách|khách thăm|viếng thăm|visitors|views|thống kê"
)
_COUNTER_LABEL = re.compile(rf"[\W_]*(?:{_COUNTERS})[\W_]*")
# "Hiện có 19 khách và không có thành viên đang online"
_COUNTER_SAID = re.compile(
    r"[\W_]*(?:hiện )?(?:(?:tại|nay|đang) )*có:? \d+ (?:khách|người|thành viên|lượt).{0,60}(?:online|truy cập|trực tuyến|xem|thăm).{0,12}"
)
_SPACED = re.compile(r"\d(?: \d){4,}")  # a digit in each <span>
_COUNTER_TITLE = re.compile(
    r"[\W_]*(?:thống kê|thống kê(?: số)?(?: lượt)? (?:truy cập|website)|(?:bộ đếm|lượt|số lượt|thông tin) truy cập|liên kết (?:website|web|trang)|"
    r"đang online|đang truy cập|visitor counter)[\W_]*"
)
_DIGITS = re.compile(r"[\W_]*[\d][\d.,\s]*")

RELATED = re.compile(
    r"[\W_]*(?:(?:các |những )?(?:tin|bài|bài viết|tin tức|tin bài|tin, bài|văn bản|thông tin|nội dung|chủ đề|sự kiện)"
    r"(?: bài| viết| tức)?(?: đã)? (?:liên quan(?: khác)?|khác|cùng (?:chuyên mục|chủ đề|loại|danh mục|thể loại|lĩnh vực|mục)|đã đưa|"
    r"mới(?: hơn| nhất| đăng| cập nhật)?|cũ(?: hơn)?|tiếp theo|trước(?: đó)?|nổi bật|đọc nhiều|xem nhiều|đã đăng|đăng)|"
    r"(?:tin )?(?:đọc|xem) nhiều(?: nhất)?|xem thêm|đọc thêm|có thể bạn quan tâm|bạn có thể quan tâm|cùng chuyên mục|"
    r"tin đã đưa|cùng chủ đề|(?:các )?(?:tin|bài) đã (?:đưa|đăng)(?: ngày)?|các bài (?:mới|cũ)|những tin mới hơn|những tin cũ hơn|"
    r"related (?:news|articles|posts|content)|other (?:news|articles)|latest news|most (?:read|viewed|popular)(?: in .{1,30})?|read more|see also|"
    r"(?:tin|bài) (?:tiếp|trước|sau))(?: về)?(?: tại)?[\W_]*"
)
# One such link between the paragraphs, with its label: ">> Xem thêm: ...".
_ONE_RELATED = re.compile(
    r"[\W_]*(?:xem thêm|đọc thêm|(?:tin|bài)(?: viết)? liên quan|cùng chủ đề|read (?:more|also)|see (?:more|also)|related(?: \w+)?|also on \S+|don't miss)\W.*"
)
_CHROME = re.compile(
    r"[\W_]*(?:về đầu trang|(?:lên )?đầu trang|mặc định(?: cỡ chữ)?|(?:tăng |giảm )?cỡ chữ.{0,20}|tương phản|xem với cỡ chữ.{0,12}|chia sẻ(?: bài viết| qua.{0,20}|:.{0,30}| facebook| zalo)?|"
    r"in (?:trang|bài viết|bài|ấn|tin|ra)(?: này)?|bản in|in|print|gửi (?:e-?mail|bài viết|cho bạn bè|mail|tin|phản hồi|bình luận|ý kiến)|share|tweet|"
    r"lưu(?: bài viết)?|nghe (?:bài viết|đọc bài|audio)|đọc bài viết|nghe|a [-+]|a[+-] ?a?[+-]?|[a ]{1,6}[-+]?|(?:chữ |aa)?\d{2,3} ?%|"
    r"facebook|zalo|twitter|youtube|email|quay lại|trở về|trở lại|back|"
    r"đóng|xem tiếp|chi tiết|xem chi tiết|thích|like|bình luận(?: \(\d+\))?|ý kiến bạn đọc|đánh giá(?: bài viết)?|"
    r"quảng cáo|advert(?:isement)?s?|share (?:this )?(?:on|via|with) .{1,20}|"
    r"quét mã (?:qr|quét)?.{0,40}|(?:lên|trở lên) (?:trên|đầu trang)|"
    r"(?:đánh giá|xếp hạng|bình chọn)(?: (?:bài viết|mục này|tin này))?\W*(?:\(?\d+ (?:đánh giá|bình chọn|phiếu|lượt).{0,20})?|"
    # "Điểm: 4,5/5 (3 phiếu)", and not "Điểm nhấn Hội sách Hà Nội": an article's title began so.
    r"(?:tổng số điểm|click để đánh giá|được \d+ đánh giá).{0,60}|(?:xếp hạng|trung bình|điểm)(?: (?:bài viết|trung bình|đánh giá|số))?(?:\W*\d.{0,60})?|"
    r"(?:bạn )?cần đăng nhập để.{0,40}|bỏ qua nội dung|skip to content|font size.{0,20}|copy(?: link)?|sao chép liên kết)[\W_]*"
)
# Several of them in one line: "In trang | Gửi email", "Mặc định Cỡ chữ A A+".
_TOOL = (
    r"in (?:trang|bài viết|bài|ấn|tin|ra)|bản in|in|gửi (?:e mail|email|bài viết|cho bạn bè|mail|tin)|phản hồi|mặc định|(?:xem với )?cỡ chữ|"
    r"(?:tăng|giảm) cỡ chữ|a|aa|\d{2,3}|tương phản|chia sẻ(?: bài viết)?|facebook|zalo|twitter|linkedin|pinterest|telegram|messenger|google|"
    r"lưu(?: bài viết)?|(?:nghe|đọc) bài(?: viết)?|nghe(?: đọc(?: bài)?)?|đặt lại|tốc độ đọc|share|print|e mail|email|tweet|sao chép(?: liên kết)?|copy link|thích|like|quay lại|trở về"
)
_TOOLS = re.compile(rf"(?:{_TOOL})(?: (?:{_TOOL}))*(?<!\d)|(?:{_TOOL}) \d{{2,3}}")
_PLAYED = re.compile(r"\d{1,2}:\d\d(?:\s*/\s*\d{1,2}:\d\d)?$")  # of a recording, beside its button
_BETWEEN = re.compile(r"[\W_]+")
_LANGUAGES = re.compile(
    r"[\W_]*(?:(?:tiếng việt|tiếng anh|english|vietnamese|vi|en|中文|日本語|français|한국어|lào)[\W_]*){2,}"
)
_FILED = re.compile(
    r"[\W_]*(?:(?:được )?(?:viết|đăng) (?:trong|tại)|chuyên mục|danh mục|posted in|categor(?:y|ies))\b.{0,60}"
)
_LICENCE = re.compile(
    r"ghi rõ nguồn|giấy phép (?:số|thiết lập|hoạt động|xuất bản|trang)|\d+\s*/\s*gp-|bản quyền (?:thuộc|©|trang)|©|\(c\) \d{4}|copyright|"
    r"all rights reserved|chịu trách nhiệm (?:chính|nội dung|quản lý|xuất bản)|thiết kế (?:bởi|và phát triển)|phát triển bởi|powered by|"
    r"yêu cầu ghi|khi (?:phát hành|trích dẫn|sử dụng) (?:lại )?(?:thông tin|nội dung|tin)|"
    r"phiên bản (?:đang )?(?:chạy )?thử nghiệm|developed by|tốt nhất trên trình duyệt"
)
_ADDRESS = re.compile(r"[\W_]*(?:địa chỉ|điện thoại|đt|tel|fax|e-?mail|hotline|đường dây nóng|website|trụ sở)\s*[:.]")
_CONTACT = re.compile(r"[\w.-]+@[\w-]+\.\w|\(0\d{2,3}\)[ .-]?\d{3}")
# Seconds are the mark of a clock: no portal dates its articles to the second in words for people.
_CLOCK = re.compile(
    r"[\W_]*(?:hôm nay\W+)?(?:thứ \w+|chủ nhật)\W+(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W+\d{1,2}:\d{2}:\d{2}\b|"
    r"[\W_]*hôm nay\W.{0,20}\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|[\W_]*hôm nay\W.{0,20} tháng \d|"
    r"[\W_]*(?:thứ \w+|chủ nhật)\W+(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*-\s*$"
)
_GREETING = re.compile(
    r"[\W\d_]*(?:nhiệt liệt )?chào mừng (?:quý khách|quý vị|quý độc giả|bạn|các bạn).{0,30}(?:đến|ghé).{0,120}"
)
_GADGET = re.compile(
    r"[\W_]*(?:(?:dự báo )?thời tiết|giá vàng|t[ỷỉ] giá(?: ngoại tệ| hối đoái)?|chứng khoán|lịch (?:vạn niên|âm)|thăm dò ý kiến|bình chọn)[\W_]*"
)
_TAGS_LINE = re.compile(r"[\W_]*(?:từ khóa|từ khoá|tags?|keywords?|thẻ)\s*:.*")
_CRUMB = re.compile(r"(?:trang chủ|home|trang chính)\s*(?:[»›>/|\\-]|::).*")


_DEAD = re.compile(r"(?i)\s*(?:#\s*$|javascript:)")


def line_rule(line: Line) -> str | None:
    """The rule that a line's words fall under, or None: digits masked, marks and case of no account."""
    text = line.text
    if not text or len(text) > 400:
        return None
    key = match_key(text.replace(" | ", " ")) if line.kind == "row" else line.key
    # A module's heading is often a dead link too: what it heads is found by `_drop_related`.
    if is_related(line):
        return None
    if line.linked > 0.4 and len(key) <= 250 and _ONE_RELATED.fullmatch(key) and not line.item and line.kind != "row":
        return "related links"
    if line.hrefs and line.linked > 0.9 and len(key) <= 30 and all(_DEAD.match(href) for href in line.hrefs):
        return "page tools"
    if len(key) <= 90:
        if any(each.fullmatch(key) for each in (_SPACED, _COUNTER, _COUNTER_AFTER, _COUNTER_TITLE, _COUNTER_SAID)):
            return "visitor counter"
        # "Ngày 9/8/2022 - Lượt xem: 35" is the article's stamp, and found as one.
        counted = _COUNTER_WORDS.search(key) and any(map(str.isdigit, key)) and _counts(key)
        if counted and line.linked < 0.4 and not dates.parse_when(text):
            return "visitor counter"
        if _CHROME.fullmatch(key) or _TOOLS.fullmatch(_BETWEEN.sub(" ", _PLAYED.sub(" ", key)).strip()):
            return "page tools"
        if _LANGUAGES.fullmatch(key) or (line.linked > 0.2 and _FILED.fullmatch(key)):
            return "menu"
        if _CRUMB.match(key) and not line.level:
            return "breadcrumb"
    if line.kind != "row" and _TAGS_LINE.fullmatch(key) and (line.linked > 0.3 or len(key) < 150):
        return "tags"
    if _CLOCK.match(key):
        return "clock"
    if _GREETING.fullmatch(key):
        return "greeting"
    # A decision may well speak of a licence; the footer does it in one short line that opens with it.
    if (match := _LICENCE.search(key)) and (match.start() < 60 and len(key) <= 250) and not line.level:
        return "licence and copyright"
    return None


def _counts(key: str) -> bool:
    """A few words and a number at the end or the start, and no sentence: "Lượt truy cập hiện tại : 12 khách"."""
    words = re.sub(r"[\d.,:;|()\W]+", " ", key).split()
    return (
        len(words) <= 7
        and not re.search(r"\d+\s*/\s*\d+|%", key)
        and bool(re.search(r"[:|]\s*\d|\d[\d.,]*\W*\w*\W*$", key))
    )


def is_related(line: Line) -> bool:
    """True when a line is the heading of a list of other articles."""
    return len(line.text) <= 60 and bool(RELATED.fullmatch(line.key))


def is_address(line: Line) -> bool:
    """True for a footer's address, telephone or e-mail line."""
    return len(line.text) <= 200 and bool(_ADDRESS.match(line.key))


# --- the survey ---------------------------------------------------------------------------------------------


def survey(doc: HtmlElement, extra: tuple[HtmlElement, ...] = ()) -> Flow:
    """The page as a flow in which every line that is no content says why, in `drop`.

    `extra` are elements that the portal's own rules drop.
    """
    flow = flow_of(doc)
    _drop_blocks(flow, extra)
    for line in flow.lines:
        if line.drop is None and (rule := line_rule(line)):
            line.drop = rule
    _drop_counter_parts(flow.lines)
    _drop_forms(flow, doc)
    _drop_related(flow, _head_names(doc))
    _drop_gadgets(flow)
    _drop_footer(flow)
    _drop_ending(flow, doc)
    return flow


_SITE_NAME = re.compile(
    r"(?:cổng|trang) (?:thông tin|ttđt|tin)|thông tin điện tử|^portal$|^department of|^(?:ubnd|ủy ban nhân dân) .{2,40}$"
)


_CREDITED = re.compile(r"\W*(?:theo|nguồn)\b")  # an article's source may be a site, by its name


def _is_sign(line: Line) -> bool:
    if line.drop == "footer":
        return False
    named = len(line.text) < 120 and _SITE_NAME.search(line.key) is not None and not _CREDITED.match(line.key)
    return line.drop == "licence and copyright" or is_address(line) or named


def _drop_footer(flow: Flow) -> None:
    """The last block of a page where it says two things that only footers say: a name, an address, a licence."""
    lines = flow.lines
    said = flow.sums(len(line.text) if line.text and not line.drop else 0 for line in lines)
    signs = flow.sums(said[-1] - said[at] <= 1500 and _is_sign(line) for at, line in enumerate(lines))
    # The innermost such block: a page's wrapper says them too, and holds the article.
    best: Block | None = None
    for block in flow.blocks:
        if said[-1] != said[block.stop] or signs[block.stop] - signs[block.start] < 2:
            continue
        if (
            block.node.tag not in ("body", "html", "form", "main", "article")
            and 0 < said[-1] - said[block.start] <= 1500
        ):
            best = block
    if best is None:
        return
    kept = [line for line in lines[best.start : best.stop] if line.text and not line.drop]
    # Under a notice of two lines, in one block with it, only the end is the footer.
    sign = next(at for at in range(best.start, best.stop) if _is_sign(lines[at]))
    above = sum(len(line.text) - line.link for line in lines[best.start : sign] if not line.drop)
    start = best.start if above <= 120 else sign
    kept = [line for line in lines[start : best.stop] if line.text and not line.drop]
    if not kept:
        return
    first = kept[0]
    other = sum(len(line.text) for line in kept if not _is_sign(line))
    # The column of a short article is as small as a footer, and a footer may stand inside it.
    if any(line.level == 1 or (0 < line.level <= 3 and len(line.text) >= 25 and not _is_sign(line)) for line in kept):
        return
    if other > 600:
        return
    if is_address(first) or first.linked > 0.8 or _SITE_NAME.search(first.key):
        for line in lines[start : best.stop]:
            line.drop = line.drop or "footer"


def _drop_ending(flow: Flow, doc: HtmlElement) -> None:
    """The site's name, said at the top, in the page's <title> or in its licence's line, where only addresses and licences follow it."""
    top = [line for line in flow.lines if line.text][:5]
    heads = _head_names(doc)
    ending: list[Line] = []
    for line in reversed(flow.lines):
        named = line.key in heads or any(line.key == each.key and line is not each for each in top)
        named = named or any(each.key.endswith(f" thuộc {line.key}") for each in ending)
        if line.text and not line.drop and not is_address(line) and (line.level or line.prose or not named):
            break
        ending.append(line)
    # Where nothing else is left the name is the page's own title, above a picture.
    if len([line for line in flow.lines if line.text and not line.drop]) <= len(
        [line for line in ending if line.text and not line.drop]
    ):
        return
    if any(line.drop in ("licence and copyright", "footer") or is_address(line) for line in ending):
        for line in ending:
            line.drop = line.drop or "footer"


def _head_names(doc: HtmlElement) -> set[str]:
    """What the page calls itself in its <title>: each piece of it."""
    return {match_key(piece) for piece in re.split(r"\s[-–|»:•·]+\s", text_of(next(doc.iter("title"), None)))}


def _drop_gadgets(flow: Flow) -> None:
    """Weather, gold, rates: a heading and what little stands in the block that it opens."""
    for at, line in enumerate(flow.lines):
        if line.drop or len(line.text) > 40 or not _GADGET.fullmatch(line.key):
            continue
        best: Block | None = None
        for index in flow.ancestors(line.block):
            block = flow.blocks[index]
            inside = flow.lines[at : block.stop]
            if any(each.text for each in flow.lines[block.start : at]) or len(inside) > 25:
                break
            if any(len(each.text) > 60 for each in inside):
                break
            best = block
        for each in flow.lines[best.start : best.stop] if best else ():
            each.drop = each.drop or "gadget"


def _drop_blocks(flow: Flow, extra: tuple[HtmlElement, ...]) -> None:
    lines = flow.lines
    prose = flow.sums(line.prose for line in lines)
    letters = flow.sums(len(line.text) for line in lines)
    heads = flow.sums(1 if line.level == 1 and line.linked < 0.5 and len(line.text) > 20 else 0 for line in lines)
    free = flow.sums(len(line.text) - line.link for line in lines)
    chosen = set(map(id, extra))
    until = 0
    for block in flow.blocks:
        if block.start >= block.stop or block.stop <= until:
            continue
        rule = "the portal's rule" if id(block.node) in chosen else block_rule(block)
        if rule is None:
            continue

        def share(sums: list[int], block: Block = block) -> float:
            return (sums[block.stop] - sums[block.start]) / (sums[-1] or 1)

        if rule == "footer" and _signed(lines[block.start : block.stop]):
            pass  # on a page with no content of its own the footer has most of the words
        elif rule != "the portal's rule":
            if heads[block.stop] > heads[block.start] and rule not in ("menu", "footer", "clock"):
                continue
            own = prose[block.stop] - prose[block.start]
            if own and (share(prose) > 0.4 or (own > 1500 and rule not in ("comments", "footer", "related links"))):
                continue
            if share(letters) > 0.7 or (share(free) > 0.5 and rule not in _WORDLESS):
                continue
            if rule in _WORDLESS and own > 700:
                continue
        for line in lines[block.start : block.stop]:
            line.drop = line.drop or rule
        until = max(until, block.stop)


def _signed(lines: list[Line]) -> bool:
    """True for a few lines that say at least two things that only footers say, and hardly anything else."""
    if len(lines) > 25 or any(line.level == 1 for line in lines):
        return False
    signs = [line for line in lines if is_address(line) or _CONTACT.search(line.text) or _LICENCE.search(line.key)]
    other = sum(len(line.text) for line in lines if not any(line is sign for sign in signs))
    return len(signs) >= 2 and other <= 300


def _drop_counter_parts(lines: list[Line]) -> None:
    """Numbers and bare labels beside a counter's lines: one portal prints one digit in each <li>."""

    _drop_pairs([line for line in lines if line.text])

    def bare(line: Line) -> bool:
        key = line.key.replace(" | ", " ")
        return len(key) <= 60 and bool(_DIGITS.fullmatch(key) or _COUNTER_LABEL.fullmatch(key))

    for step in (1, -1):
        order = lines if step == 1 else lines[::-1]
        near = 0
        for line in order:
            if line.drop == "visitor counter":
                near = 3
            elif line.drop is None and near and bare(line):
                line.drop, near = "visitor counter", 3
            elif line.text:
                near = 0
    run: list[Line] = []
    for line in [*lines, Line("end", 0)]:
        if line.drop is None and line.kind == "text" and re.fullmatch(r"\d", line.text):
            run.append(line)
            continue
        if len(run) >= 4:
            for digit in run:
                digit.drop = "visitor counter"
        run = []


def _drop_pairs(lines: list[Line]) -> None:
    """A label on one line and its number on the next, where two such follow each other or the label tells by itself."""
    pairs = [
        at
        for at in range(len(lines) - 1)
        if not lines[at].drop
        and len(lines[at].text) <= 60
        and _COUNTER_LABEL.fullmatch(lines[at].key)
        and _DIGITS.fullmatch(lines[at + 1].key)
    ]
    for at in pairs:
        if at + 2 in pairs or at - 2 in pairs or _COUNTER_WORDS.search(lines[at].key):
            lines[at].drop = lines[at + 1].drop = "visitor counter"


_FORM_FIELDS = frozenset(["text", "email", "tel", "file", "password"])


def _drop_forms(flow: Flow, doc: HtmlElement) -> None:
    """The labels around the fields of a comment's or a question's form; the form of WebForms is the whole page."""
    places = {id(block.node): block for block in flow.blocks}
    for field in doc.iter("textarea", "input"):
        if field.tag == "input" and (field.get("type") or "text").lower() not in _FORM_FIELDS:
            continue
        best: Block | None = None
        for node in field.iterancestors():
            block = places.get(id(node))
            if block is None:
                continue
            lines = [line for line in flow.lines[block.start : min(block.stop, block.start + 20)] if line.text]
            if block.stop - block.start > 14 or any(
                len(line.text) > 60 or (line.linked > 0.5 and not line.drop) or dates.parse_when(line.text)
                for line in lines
            ):
                break
            best = block
            if node.tag == "form":
                break
        for line in flow.lines[best.start : best.stop] if best else ():
            line.drop = line.drop or "form"


def _drop_related(flow: Flow, names: set[str]) -> None:
    """A heading such as "Các tin liên quan" and what it heads: its own block, or the links that follow it.

    A section may have that very name, "Tin mới": then what it heads is the page's own (`names`).
    """
    lines = flow.lines
    prose = flow.sums(0 if line.drop else line.prose for line in lines)
    links = flow.sums(1 if line.linked > 0.6 else 0 for line in lines)
    at, last = 0, -1  # `last` is the last line of content above
    while at < len(lines):
        line = lines[at]
        if (
            line.drop not in (None, "related links")
            or not is_related(line)
            or _onward(line)
            or (line.level and line.key in names)
        ):
            last = at if line.text and not line.drop else last
            at += 1
            continue
        stop = at + 1
        for index in flow.ancestors(line.block):
            block = flow.blocks[index]
            # The module around the heading, while the heading opens it and no long prose follows inside.
            if last >= block.start or block.node.tag in ("body", "main", "article"):
                break
            said = prose[block.stop] - prose[at]
            if (said > 400 or said > 0.5 * prose[-1]) and not _listed(lines[at + 1 : block.stop]):
                break
            # The module is whole: what stands beside it is another. "Tin mới nhất" in the left column opens the page
            # as long as only menus stand above it.
            if sum(1 for each in lines[at + 1 : stop] if each.linked > 0.6) >= 2:
                break
            stop = max(stop, block.stop)
            if block.node.tag in ("td", "th"):  # a cell of a layout table is a column; beside it stands another matter
                break
        if sum(1 for each in lines[at + 1 : stop] if each.linked > 0.6) < 2:  # the links stand outside its module
            stop = _links_after(lines, stop, _column_end(flow, at, links))
        for each in lines[at:stop]:
            each.drop = each.drop or "related links"
        at = stop


def _onward(line: Line) -> bool:
    """True for the "Xem thêm" of one entry, a link that leads somewhere, and not the heading of more."""
    return (
        line.linked > 0.8
        and line.key.strip(" .»>[]:") in ("xem thêm", "đọc thêm", "read more", "see also")
        and any(not _DEAD.match(href) for href in line.hrefs)
    )


def _listed(lines: list[Line]) -> bool:
    links = sum(1 for line in lines if line.linked > 0.6)
    return links >= 2 and links * 4 >= len(lines)


def _column_end(flow: Flow, at: int, links: list[int]) -> int:
    """Where the links of a heading can stand at the latest: the end of the smallest block that holds it and two links.
    In a layout of tables the heading has a cell of its own, and the next column may be the page's own list."""
    for index in flow.ancestors(flow.lines[at].block):
        block = flow.blocks[index]
        if block.stop > at and links[block.stop] - links[at + 1] >= 2:
            return block.stop
    return len(flow.lines)


def _links_after(lines: list[Line], at: int, end: int) -> int:
    """Where the links end that follow a heading: at two lines of plain prose, a heading of another kind, or `end`."""
    stop, plain_lines = at, 0
    for index in range(at, min(end, at + 200)):
        line = lines[index]
        if (line.kind == "heading" and line.linked < 0.5 and not is_related(line)) or _is_sign(line):
            break
        if line.linked > 0.5 or not line.text or dates.is_date_line(line.text):
            stop, plain_lines = index + 1, 0
            continue
        if line.drop:
            continue
        plain_lines += 1
        if plain_lines == 2 or stop == at or line.kind == "row":
            break
    return stop
