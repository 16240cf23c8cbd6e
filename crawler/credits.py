"""The lines around an article's text that are facts about it: source, byline, stamps, captions, attachments' names."""

from __future__ import annotations

import re

from config import match_key
from crawler import dates
from crawler.linear import Line

_END = re.compile(r"[.!?…:;”\"»)\]]\s*$|\./\.\s*$")
_SOURCE = re.compile(
    r"(?i)^[\s(\[*–-]*(?:theo|nguồn(?:\s+(?:tin|bài|ảnh|tham khảo|trích dẫn))?|tin từ|dẫn nguồn|source|trích(?: nguồn)?)\s*[:：]?\s+(?P<name>\S.*?)[\s)\].*]*$"
)
_SOURCE_COLON = re.compile(
    r"(?i)^[\s(\[*–-]*(?:theo|nguồn(?:\s+(?:tin|bài|ảnh|tham khảo|trích dẫn))?|tin từ|source)\s*[:：]\s*(?P<name>\S.*?)[\s)\].*]*$"
)
_BYLINE = re.compile(
    r"(?i)^[\s(\[*–-]*(?:tác giả(?:\s+bài viết)?|(?:tin|bài|ảnh|video|clip)(?:\s*(?:,|và|&|-|/|–)\s*(?:tin|bài|ảnh|video|clip))*|tin\s*bài|bài viết|thực hiện|người (?:viết|đăng|thực hiện)|"
    r"biên tập(?:\s+viên)?|phóng viên|cộng tác viên|ctv|pv|author|by|đăng bởi|được đăng bởi|written by)\s*[:：]\s*(?P<name>\S.*?)[\s)\]*]*$"
)
_BY = re.compile(r"(?:by|By|BY)\s+(?P<name>[A-Z][\w.'’-]*(?:,? (?:and|&|of|[A-Z][\w.'’-]*)){0,7})[\W_]*")
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_PERSON = rf"(?:[{_UPPER}][\wÀ-ỹ]*\.?|[{_UPPER}]\.(?:[{_UPPER}]\.?)+)(?:\s+(?:[{_UPPER}][\wÀ-ỹ]*\.?)){{0,4}}"
_PEOPLE = re.compile(rf"[\s(]*(?:{_PERSON})(?:\s*(?:[-–,/&]|và)\s*(?:{_PERSON})){{0,3}}[\s)]*")
_BODY = re.compile(
    r"[\s(]*(?:cổng (?:ttđt|thông tin)|trang (?:ttđt|tin|thông tin)|trung tâm |văn phòng |phòng |sở |ubnd |ban |báo |đài |tạp chí |ttxvn|vgp|vov|vtv|"
    r"chinhphu|baochinhphu|bộ |cục |vụ |viện |hội |đoàn |thông tấn xã|công an |thanh tra |tổng cục|chi cục|nhandan|[\w-]+\.(?:gov\.vn|vn|com|net|org))[^.!?]{0,80}[\s)]*(?:\.vn)?[\s)]*"
)
_FACTS = re.compile(
    r"(?i)(?:số\s+)?(?:lượt|lần)\s+(?:xem|đọc|truy cập)|view(?:s| count)?|người (?:đăng|xem|viết)|tác giả|đăng bởi|đã xem|chuyên mục|danh mục|"
    r"ngày đăng|đăng (?:ngày|lúc|tin|bởi)|cập nhật(?:\s+(?:lúc|ngày|lần cuối))?|thời gian đăng|xuất bản|bình luận|phản hồi|lượt|admin|"
    r"comments?|posted (?:on|by)|published|updated|(?:font|cỡ chữ)|ngày|lúc|xem"
)
_FACT_START = re.compile(
    r"(?i)[\W_]*(?:(?:số\s+)?(?:lượt|lần)\s+(?:xem|đọc)|view count|ngày đăng|đăng (?:ngày|lúc|bởi)|người đăng|được đăng|cập nhật|đã xem|thời gian đăng|chuyên mục\s*:|danh mục\s*:|posted|published|(?:last )?updated|hits)"
)
_DAYS = re.compile(
    r"(?i)\b(?:thứ|th)\s*\S+|chủ nhật|\b(?:am|pm|sa|ch|gmt|[ecmp][sd]t|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})\b"
)
_WHEN_HELD = re.compile(r"(?i)[\W_]*(?:thời gian|từ|vào|lúc|hồi|bắt đầu|khai mạc|địa điểm|sáng|chiều|tối|hạn)")
_ENUMERATED = re.compile(r"(?:\(?\d{1,2}[.)]|[IVX]{1,4}[.)]|[a-zđ][.)]|[-+*–•])\s*\S")
_ATTACHED = re.compile(
    r"(?:các )?(?:tệp|file|tài liệu|văn bản|tập tin|bản|hồ sơ)(?: tin)?(?: (?:văn bản|tin|toàn văn))?(?: đính kèm| kèm theo)[^.]{0,30}|đính kèm|attachments?|tải (?:về|xuống|file)(?: tại đây)?|download(?: tại đây)?|file|toàn văn"
)


def source_of(line: Line, *, closing: bool) -> str | None:
    """The source that a line names ("Theo Bộ ...", "(Nguồn: ...)"), or None; without a label only a closing line."""
    text = line.text.strip()
    if len(text) > 110 or line.kind in ("row", "heading", "caption"):
        return None
    match = _SOURCE_COLON.match(text) or _SOURCE.match(text)
    # "Theo đó, các đơn vị báo cáo." is a sentence: it is long, has a comma after its first word, or ends as one.
    if match and (
        ":" in text[:24]
        or (
            closing
            and not re.search(r"[.;:!?]$", text.rstrip(" )]"))
            and len(text) <= 80
            and match["name"][:1].isupper()
        )
        or (match and text.startswith("(") and closing)
    ):
        return match["name"].strip(" .")
    if match and closing and re.fullmatch(r"\S+\.\w{2,3}", match["name"]):
        return match["name"]
    if (
        closing
        and len(text) <= 80
        and not re.search(r"[;:!?]$|\w\.$", text)
        and _BODY.fullmatch(match_key(text))
        and len(text.split()) <= 14
    ):
        return text.strip(" ()")
    return None


def byline_of(line: Line, *, closing: bool) -> str | None:
    """The author that a line names, or None. A bare name counts only in a closing line."""
    text = line.text.strip()
    if len(text) > 110 or line.kind in ("row", "caption"):
        return None
    if match := _BYLINE.match(text):
        return match["name"].strip()
    own, _, rest = text.partition(" | ") if " | " in text else text.partition(" - ")
    if not closing and len(own) <= 70 and (match := _BY.fullmatch(own)) and (not rest or dates.parse_when(rest)):
        return match["name"]
    marked = set_apart(line)
    if (
        closing
        and len(text) <= 60
        and not line.level
        and not (text.isupper() and len(text) > 6)
        and _PEOPLE.fullmatch(text)
        and (len(text.split()) >= 2 or marked)
    ):
        return text.strip(" ()")
    return (
        text
        if closing and marked and re.fullmatch(r"(?i)p\.?v\.?|bbt|ban biên tập|ctv|tk|t\.h\.?|th|tổng hợp", text)
        else None
    )


def set_apart(line: Line) -> bool:
    """True for a line that is set to the right or in other letters, as sources and authors are."""
    return line.align == "right" or max(line.strong, line.em) >= 0.8 * len(line.text.replace(" ", ""))


def is_signature(line: Line) -> bool:
    """True for a short line set to the right, as sources and authors are at the end of an article."""
    return line.align == "right" and 0 < len(line.text) <= 90 and not line.text.rstrip().endswith((".", ":", ";"))


def ends(text: str) -> bool:
    """True when a line ends as a sentence does, so that what follows may be a signature."""
    return bool(_END.search(text))


def is_stamp(line: Line) -> bool:
    """True for a line of dates, views and names and nothing else: "Đăng lúc: 08:15 28/12/2022 - Lượt xem: 350"."""
    text = line.text
    if not text or len(text) > 160 or line.level:
        return False
    if dates.is_date_line(text) or dates.label_only(text):
        return True
    dated = dates.parse_when(text) is not None
    rest = _FACTS.sub(" ", text)
    rest = re.sub(r"[\d\W_]+", " ", re.sub(_DAYS, " ", rest)).strip()
    if _FACT_START.match(text):
        return len(rest) <= 45 and (dated or any(map(str.isdigit, text)) or len(text) < 60)
    # "Thời gian: 8 giờ 00, ngày 15/9/2022" is a meeting's and stays: a stamp holds nothing but dates and such facts.
    return dated and len(rest) <= 12 and not _WHEN_HELD.match(text)


def is_closing_stamp(line: Line) -> bool:
    """True for a stamp at the end of an article, which always has a label; a bare date there is the text's own."""
    return bool(_FACT_START.match(line.text)) and is_stamp(line)


def caption_like(line: Line, following: Line | None) -> bool:
    """True when a line right after a picture reads as its caption: short, and no sentence or marked as one."""
    text = line.text
    letters = len(text.replace(" ", ""))
    if re.match(r"(?i)[\s(]*(?:theo|tin|bài)\b", text) and (
        source_of(line, closing=True) or byline_of(line, closing=True)
    ):
        return False
    if (
        line.kind in ("row", "heading")
        or line.linked > 0.5
        or len(text) > 260
        or _ENUMERATED.match(text)
        or following is None
    ):
        return False
    marked = line.em >= 0.8 * letters or line.align == "center"
    if marked and len(text) <= 260:
        return line.strong < 0.8 * letters or line.em >= 0.8 * letters or line.align == "center"
    if (
        re.search(
            r"(?i)^(?:ảnh|hình|photo|quang cảnh|toàn cảnh)\b[^.]*$|\((?:ảnh|nguồn|photo)[^)]*\)\s*\.?$|(?:ảnh|nguồn)\s*:\s*[^.]{2,40}\.?$",
            text,
        )
        and len(text) <= 200
    ):
        return True
    return (
        len(text) <= 160
        and not re.search(r"[.:;!?…”\"]$", text)
        and line.strong < 0.8 * letters
        and len(text.split()) >= 2
    )


def is_attachment_label(text: str) -> bool:
    """True for the words before a list of files: "Tệp đính kèm:"."""
    return len(text) <= 60 and bool(_ATTACHED.fullmatch(match_key(text).strip(" :.*-•")))
