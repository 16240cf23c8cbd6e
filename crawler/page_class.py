"""What sort of page answered, by evidence on the page: status 200 means nothing.

A page that holds real content is never called an error: the words of one count only where the page has little else to
say, since articles do write about maintenance, logins and things not found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from config import match_key
from crawler import dates
from crawler.boilerplate import is_address, survey
from crawler.credits import is_stamp, set_apart
from crawler.headline import is_site, names_title
from crawler.linear import Flow, Line
from crawler.markup import base_of, text_of
from crawler.rows import Group, best_group, is_file

_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|verify (?:that )?you are (?:a )?human|are you a robot|ddos protection|"
    r"enable javascript and cookies|please (?:enable|turn on) (?:javascript|cookies)|request unsuccessful\. incapsula|access denied|"
    r"xác (?:minh|thực) (?:bạn|rằng bạn|không phải).{0,30}|bạn không phải (?:là )?(?:robot|người máy)|(?:vui lòng )?(?:bật|kích hoạt|cho phép) javascript|"
    r"(?:yêu cầu|truy cập|ip|địa chỉ ip).{0,40}(?:bị chặn|bị từ chối)|request (?:was )?(?:rejected|blocked)|web application firewall|"
    r"the requested url was rejected|đang kiểm tra trình duyệt|human verification|you have been blocked"
)
_CHALLENGE_CODE = re.compile(
    r"cf-chl|cf_chl_|__cf_|/cdn-cgi/challenge|_Incapsula_|d1n\s*=|aes\.js|slowAES|toNumbers\(|sucuri_cloudproxy|__jsl_clearance|"
    r"bot-?protect|challenge-platform|document\.cookie\s*=[^;]{0,400}(?:location|reload)",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(?:đang|tạm thời|tạm dừng|tạm ngừng|tạm ngưng|sẽ)[^.]{0,60}(?:bảo trì|nâng cấp|bảo dưỡng)|(?:bảo trì|nâng cấp) hệ thống|hệ thống (?:đang )?(?:bảo trì|tạm)|"
    r"under (?:maintenance|construction)|scheduled maintenance|temporarily unavailable|service unavailable|be right back|coming soon|"
    r"(?:chức năng|chuyên mục|chuyên trang)(?: này)? (?:hiện )?(?:đang|chưa) (?:được )?(?:hoàn thiện|xây dựng)|"
    r"(?:website|trang web|cổng thông tin|trang).{0,40}(?:đang (?:bảo trì|nâng cấp|xây dựng)|tạm (?:ngừng|dừng|ngưng))"
)
_ERROR = re.compile(
    r"server error in '|runtime error|internal server error|http status (?:5\d\d|40[0135-9])|bad gateway|gateway time-?out|"
    r"sorry, something went wrong|an (?:unexpected |unhandled )?(?:error|exception) (?:has )?occurred|unhandled exception|object reference not set|"
    r"(?:đã )?(?:xảy ra|có|phát sinh) lỗi|lỗi (?:hệ thống|máy chủ|kết nối|cơ sở dữ liệu|xử lý)|fatal error|database error|error establishing a database|"
    r"ora-\d{5}|sql (?:error|exception)|stack trace|java\.lang\.|nullpointerexception|web\.config|403 forbidden|\bforbidden\b|"
    r"application error|service error|correlation id|portlet (?:này )?(?:tạm thời )?không (?:khả dụng|sẵn sàng)"
)
_MISSING = re.compile(
    r"\b404\b.{0,60}(?:not found|không|error|lỗi|page)|(?:error|lỗi|http|status|trang)[\s:-]{0,3}404|^\W*404\W*$|page (?:not|cannot be|could not be|can't be) found|not found$|"
    r"^(?:the )?(?:requested )?(?:page|url|resource|file|article)[^.]{0,60}(?:not found|(?:does not|doesn't) exist|no longer)|"
    r"không tìm thấy (?:trang|nội dung|bài viết|dữ liệu|tin|tài nguyên|đường dẫn|địa chỉ|thông tin|văn bản|url|website|bản ghi)|"
    r"(?:trang|nội dung|bài viết|tin(?: tức| bài)?|dữ liệu|tài nguyên|đường dẫn|liên kết|địa chỉ|văn bản|chuyên mục|url|bản ghi)[^.]{0,70}"
    r"(?:không (?:được tìm thấy|tồn tại|tìm thấy|còn tồn tại|có sẵn|khả dụng)|đã bị (?:xóa|xoá|gỡ|di chuyển)|không còn)|^không tìm thấy\W*$|"
    r"không có (?:trang|bài viết|nội dung) (?:này|nào|bạn)|(?:nội dung|bài viết) (?:này )?(?:đang được cập nhật|chưa được cập nhật)"
)
_LOGIN = re.compile(
    r"(?:đăng nhập|log ?in|sign ?in)(?: (?:hệ thống|vào|tài khoản|quản trị|to|cổng|trang).{0,60})?|.{0,60}[-|] ?(?:đăng nhập|log ?in|sign ?in)|"
    r"(?:bạn |vui lòng |quý khách |xin )?(?:cần |phải |hãy )?đăng nhập để .{0,80}|.{0,40}session (?:has )?expired.{0,60}|.{0,40}phiên (?:làm việc|đăng nhập) (?:đã )?hết hạn.{0,60}"
)


_SPLIT = re.compile(r"\s[-–|»]\s")


@dataclass(frozen=True, slots=True)
class Look:
    """What the classes are decided on, gathered once. `solid` is prose outside the repeated block, in letters."""

    flow: Flow
    kept: list[Line]
    group: Group | None
    letters: int
    links: int
    solid: int
    longest: int
    head: str


def classify(doc: HtmlElement, *, url: str, status: int) -> tuple[str, str]:
    """(page, why): article, listing, soft404, challenge, maintenance, login or error, and the evidence for it."""
    return classify_flow(doc, survey(doc), url=url, status=status)


def classify_flow(doc: HtmlElement, flow: Flow, *, url: str, status: int) -> tuple[str, str]:
    """`classify` for a page whose flow is already there."""
    look = _look(doc, flow, url)
    return _failed(doc, look, status) or _content(look, url)


def _look(doc: HtmlElement, flow: Flow, url: str) -> Look:
    group = best_group(flow, url=url, base=base_of(doc, url), files=True)
    inside = set()
    if group:
        inside = {at for row in group.rows for at in range(row.start, row.stop)}
    kept = [line for line in flow.lines if line.text and not line.drop]
    outside = [
        line
        for at, line in enumerate(flow.lines)
        if line.drop is None and at not in inside and not is_address(line) and line.linked < 0.5
    ]
    # A row that leads somewhere is an entry of a table of documents.
    solid = [len(line.text) - line.link for line in outside if not line.hrefs if line.prose or line.kind == "row"]
    solid += [line.prose for line in outside if line.hrefs and line.kind != "row"]
    return Look(
        flow=flow,
        kept=kept,
        group=group,
        letters=sum(len(line.text) for line in kept),
        links=sum(1 for line in kept if line.linked > 0.5),
        solid=sum(solid),
        longest=max((line.prose for line in outside), default=0),
        head=match_key(text_of(next(doc.iter("title"), None))),
    )


def _failed(doc: HtmlElement, look: Look, status: int) -> tuple[str, str] | None:
    """The page of a fault, where the page has little else to say."""
    # A footer's address and a menu are on every page; an article has prose.
    thin = look.solid < 700 and look.longest < 350 and not (look.group and look.group.dated >= 2)
    bare = look.letters < 1500 and look.links < 15
    said = [line.key for line in look.kept if len(line.text) <= 300 and line.linked < 0.5 and not is_address(line)]
    # A notice about maintenance has a portal around it and sentences in it; a page under maintenance has neither.
    menus = sum(len(line.hrefs) for line in look.flow.lines if line.linked > 0.5 and line.link <= 40 * len(line.hrefs))
    speaks = menus >= 4 and (look.solid >= 120 or (look.solid >= 60 and _headed(look, len(look.flow.lines))))
    if thin:
        if bare and (why := _first(_CHALLENGE, [look.head, *said])):
            return "challenge", f"says {why!r}"
        if look.letters < 600 and (found := _challenge_code(doc)):
            return "challenge", f"carries {found!r} and almost no text"
        if _passwords(doc) and (why := _first(_LOGIN, [*_SPLIT.split(look.head), *_headings(look)], whole=True)):
            return "login", f"a password field and {why!r}"
        if bare and not speaks and status != 404 and (why := _first(_MAINTENANCE, [look.head, *said])):
            return "maintenance", f"says {why!r}"
        if (bare or look.letters < 3000) and (why := _missing(look, said)):
            return ("soft404" if status < 400 else "error"), f"says {why!r}"
        if bare and not speaks and (why := _first(_ERROR, [look.head, *said])):
            return "error", f"says {why!r}"
        if bare and (why := _first(_LOGIN, said[:4], whole=True)) and (_passwords(doc) or "để" in why):
            return "login", f"says {why!r}"
    if status in (401, 407):
        return "login", f"status {status}"
    if status >= 400:
        return "error", f"status {status}"
    if not look.kept or look.letters < 2:
        return "error", "the page has no text"
    return None


def _missing(look: Look, said: list[str]) -> str | None:
    """The words of a missing page in its head, a heading or one of few lines. The main content has nothing else."""
    strong = [look.head, *_headings(look)]
    if why := _first(_MISSING, strong):
        return why
    # "Không tìm thấy video nào" stands in a side module of good pages; "liferay" says "Trạng thái" and then the fault.
    if look.group is None or look.solid + look.group.score < 300:
        return _first(_MISSING, said)
    return None


def _headings(look: Look) -> list[str]:
    lines = [line for line in look.flow.lines if line.drop in (None, "form", "page tools")]
    return [line.key for line in lines if line.level and line.linked < 0.5 and 0 < len(line.text) < 150]


def _first(pattern: re.Pattern[str], texts: list[str], *, whole: bool = False) -> str | None:
    for text in texts:
        match = pattern.fullmatch(text) if whole else pattern.search(text)
        if text and match:
            return text[:120]
    return None


def _challenge_code(doc: HtmlElement) -> str | None:
    for node in doc.iter("script", "iframe", "form", "div", "body"):
        text = " ".join((node.text or "" if node.tag == "script" else "", node.get("src") or "", node.get("id") or ""))
        text += f" {node.get('action') or ''} {node.get('class') or ''} {node.get('onload') or ''}"
        if match := _CHALLENGE_CODE.search(text[:20_000]):
            return match.group()[:60]
    return None


def _passwords(doc: HtmlElement) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in doc.iter("input"))


# --- article or listing -------------------------------------------------------------------------------------


_NOTHING = re.compile(
    r"(?:hiện )?(?:không|chưa) (?:có|tìm thấy) (?:văn bản|bài viết|tin(?: tức| bài)?|dữ liệu|kết quả|bản ghi|mục)(?: nào)?.{0,40}"
)


def _content(look: Look, url: str) -> tuple[str, str]:
    group = look.group
    if look.solid < 300 and group is None and (why := _first(_NOTHING, [line.key for line in look.kept], whole=True)):
        return "listing", f"says {why!r}"
    if (
        urlsplit(url).path.lower() in ("", "/", "/index.html", "/default.aspx", "/home", "/trang-chu")
        and look.solid < 1000
        and look.links >= 8
    ):
        return "listing", "the site's home page"
    linked = sum(line.link for line in look.kept)
    if group is None and look.solid == 0 and look.longest == 0 and _only_links(look):
        return "listing", f"{look.links} links and no prose: a map of the site"
    if linked > 8 * look.solid and linked > 3000 and look.longest < 350 and not _headed(look, len(look.flow.lines)):
        return "listing", f"{linked} letters of links and {look.solid} of prose"
    rows = [line for line in look.kept if line.kind == "row" and line.hrefs]
    told = sum(len(line.text) for line in rows)
    if len(rows) >= 3 and 2 * look.solid < told and (group is None or told > group.score):
        return "listing", f"a table of {len(rows)} rows with links"
    if group is None:
        return "article", f"{look.solid} letters of prose and no repeated entries"
    count = len(group.rows)
    listed = sum(
        min(len(line.text), 400)
        for row in group.rows
        for line in look.flow.lines[row.start : row.stop]
        if not line.drop
    )
    files = sum(1 for row in group.rows if row.url.rpartition(".")[2].lower() in ("pdf", "doc", "docx", "xls", "xlsx"))
    if files == count and group.dated < 2:
        return "article", f"{look.solid} letters of prose and {count} files"
    wordy = group.dated >= 2 or listed > 60 * count
    if look.solid > max(500, 0.6 * listed) and look.longest >= 150:
        return "article", f"{look.solid} letters of prose beside {count} entries"
    if count >= 3 and wordy and (look.solid < 400 or listed > 1.5 * look.solid):
        if _notice(look, group):
            return "article", f"a short notice above {count} other entries"
        return "listing", f"{count} entries, {group.dated} with dates, {look.solid} letters of prose"
    if group.dated == count and look.solid < 300 and not _notice(look, group):
        return "listing", f"{count} entries, all with dates, {look.solid} letters of prose"
    if look.solid >= 60 or count < 3 or _notice(look, group):
        return "article", f"{look.solid} letters of prose and {count} links"
    return "listing", f"{count} links and {look.solid} letters of prose"


def _only_links(look: Look) -> bool:
    """True where links to other pages are all that a page has: a map of the site. A notice that is a picture or a file
    has its title, which is no link."""
    links = [line for line in look.kept if line.linked > 0.5 and not any(is_file(href) for href in line.hrefs)]
    if any(len(line.text) > 25 and line.linked < 0.5 and (line.level or line.key in look.head) for line in look.kept):
        return False
    return len(links) >= 20 and 2 * sum(len(line.text) for line in links) > look.letters


def _headed(look: Look, top: int) -> bool:
    """True where a line that is no link says what the page's <title> says, and it is longer than a section's name."""
    return any(
        len(line.text) > 25 and line.linked < 0.5 and not line.drop and line.key in look.head
        for line in look.flow.lines[:top]
    )


def _notice(look: Look, group: Group) -> bool:
    """True where a heading that is no link and longer than a section's name has its stamp and words of its own after
    it, outside the entries: a notice of two lines between the lists of a side column. A long list needs the stamp."""
    inside = {at for row in group.rows for at in range(row.start, row.stop)}
    lines = look.flow.lines
    for at, line in enumerate(lines):
        if at in inside or not _titled(look, line):
            continue
        after = [each for place, each in enumerate(lines[at + 1 : at + 13], at + 1) if place not in inside]
        after = [each for each in after if each.text and not each.drop and each.linked < 0.5 and not is_address(each)]
        # "Ngày đăng" beside a title says it all: what follows may be a picture or a file.
        # A stamp may stand above the title too, or say no more than how often the page was read.
        near = [
            each for place, each in enumerate(lines[max(0, at - 2) : at + 5], max(0, at - 2)) if place not in inside
        ]
        stamped = any(each.drop == "visitor counter" or is_stamp(each) for each in near)
        if any(dates.labelled(each.text) for each in near):
            return True
        words = sum(each.prose or (len(each.text) if each.kind == "row" else 0) for each in after)
        if words >= 60 and (stamped or len(group.rows) < 6 or words >= 200):
            return True
    return False


def _titled(look: Look, line: Line) -> bool:
    if len(line.text) < 30 or line.linked > 0.4 or line.drop or line.kind == "row" or is_site(line.text):
        return False
    return bool(line.level or line.key in look.head or names_title(look.flow, line) or set_apart(line))
