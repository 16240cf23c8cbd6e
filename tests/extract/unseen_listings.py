"""Listings that nobody wrote: the entries, their marks and the pager drawn by a seed on the skeletons of `unseen`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from storage import NextPage
from tests.extract.unseen import MOVINGS, SECTIONS, SITES, SKELETONS, Draw, _Parts, _spoiled

URL = "https://thanhbinh.gov.vn/tin-tuc"


@dataclass(frozen=True)
class News:
    at: int
    title: str
    day: str
    iso: str
    summary: str
    url: str
    number: str | None = None


@dataclass
class DrawnListing:
    """A listing's two responses and what a reader would list."""

    seed: int
    kind: str
    pages: tuple[str, ...]
    entries: list[News]
    dated: bool
    onward: NextPage | None
    choices: dict[str, str] = field(default_factory=dict)


_TOPICS = (
    "Khai mạc kỳ họp thứ {} Hội đồng nhân dân tỉnh khóa XVIII",
    "Chủ tịch UBND tỉnh kiểm tra tiến độ dự án đường ven biển đoạn {}",
    "UBND tỉnh họp phiên thường kỳ tháng {} năm 2022",
    "Bế mạc hội thao lần thứ {}",
    "Hội nghị trực tuyến triển khai nhiệm vụ chuyển đổi số quý {} và phương hướng nhiệm vụ những tháng cuối năm của các sở, ngành, địa phương",
    "Thông báo về việc tổ chức tiếp công dân đợt {}",
    "Sở Nội vụ công bố kết quả chỉ số cải cách hành chính năm 20{}",
)
DATES: tuple[tuple[str, str], ...] = (
    ("{:02d}/08/2022", ""),
    ("({:02d}/08/2022)", ""),
    ("{:02d}/08/2022 | 12:00 AM", ""),
    ("{:02d}/08/2022 09:15", "T09:15:00+07:00"),
    ("Ngày đăng: {:02d}/08/2022", ""),
    ("({:02d}/08/2022, 14:49)", "T14:49:00+07:00"),
    ("{:02d}-08-2022", ""),
    ("Cập nhật: {:02d}/8/2022", ""),
    ("14:20, {:02d}/08/2022 (GMT+7)", "T14:20:00+07:00"),
    ("Đăng ngày {:02d} - 08 - 2022", ""),
)


def _address(draw: Draw, at: int) -> str:
    return draw.pick(
        "address",
        ("/tin-tuc/{slug}-{at}.html", "/Pages/ChiTiet.aspx?nid={at}", "/web/guest/-/view_content/43{at}-{slug}", "/{slug}-1192207130{at}4.htm", "/node/{at}", "/portal/Pages/2022-08-{day:02d}/{slug}{at}.aspx", "/index.php?option=com_content&view=article&id={at}"),
    ).format(slug="hoi-nghi-trien-khai", at=100 + at, day=at % 28 + 1)  # fmt: skip


def _news(draw: Draw) -> list[News]:
    shape, clock = draw.rng("date format").choice(DATES)
    draw.choices["date format"] = shape
    count = draw.rng("count").choice([5, 8, 10, 12, 15])
    order = draw.rng("topics").sample(range(40), count)
    news = []
    for at in range(count):
        day = 28 - at
        title = _TOPICS[order[at] % len(_TOPICS)].format(order[at] + 1)
        iso = f"2022-08-{day:02d}{clock}"
        summary = f"Sáng nay, đại biểu các sở, ngành dự hội nghị bàn {order[at] + 3} nhóm nhiệm vụ theo Kế hoạch số 1{at}/KH-UBND ngày 0{at % 9 + 1}/7/2022 của UBND tỉnh..."
        news.append(News(at, title, shape.format(day), iso, summary, "https://thanhbinh.gov.vn" + _address(draw, at)))
    return news


def _row(draw: Draw, item: News, *, featured: bool = False) -> str:
    href = item.url.removeprefix("https://thanhbinh.gov.vn").replace("&", "&amp;")
    tag = draw.pick("title tag", ("h3", "h2", "h4", "div", "b", "bare", "span"))
    link = f'<a href="{href}"{f""" title="{escape(item.title)}" """ if draw.chance("title attribute", 0.4) else ""}>{item.title}</a>'
    title = link if tag == "bare" else f"<{tag}>{link}</{tag}>"
    place = draw.pick("date place", ("after", "after", "before", "beside", "last", "none"))
    tagged = draw.pick(
        "date tag",
        ('<span class="date">{}</span>', "<p>{}</p>", "<div class='time'><i class='fa'></i> {}</div>", "<i>{}</i>"),
    ).format(item.day)
    if place == "none":
        tagged = ""
    image = (
        f'<a href="{href}"><img src="/thumb/{item.at}.jpg" width="{"500" if featured else "150"}" alt="{escape(item.title)}"></a>'
        if draw.chance("images", 0.5) or featured
        else ""
    )
    summary = f'<p class="sum">{item.summary}</p>' if draw.chance("summaries", 0.5) or featured else ""
    more = (
        f'<a href="{href}">{draw.pick("more", ("Xem thêm", "Xem tiếp", "Chi tiết", "Đọc tiếp &raquo;", "[Xem chi tiết]"))}</a>'
        if draw.chance("more shown", 0.3)
        else ""
    )
    views = f"<span>Lượt xem: {draw.m.views + item.at}</span>" if draw.chance("row views", 0.15) else ""
    if place == "before":
        words = tagged + title + views + summary + more
    elif place == "last":
        words = title + summary + tagged + views + more
    elif place == "beside":
        words = (
            f"<div>{link} {tagged if not tagged.startswith(('<p', '<div')) else f'<span>{item.day}</span>'}</div>"
            + views
            + summary
            + more
        )
    else:
        words = title + tagged + views + summary + more
    kind = draw.pick("row", ("li", "div", "cells", "table", "media", "card", "article", "flat"))
    if kind == "li":
        return f"<li>{image}{words}</li>"
    if kind == "div":
        return f'<div class="item">{image}{words}</div>'
    if kind == "cells":
        return f"<tr>{f'<td>{image}</td>' if image else ''}<td>{words}</td></tr>"
    if kind == "table":
        return f'<table width="100%"><tr>{f"<td width=150>{image}</td>" if image else ""}<td valign="top">{words}</td></tr></table>'
    if kind == "media":
        return f'<div class="media"><div class="media-left">{image}</div><div class="media-body">{words}</div></div>'
    if kind == "card":
        return f'<div class="col-md-4"><div class="card">{image}<div class="card-body">{words}</div></div></div>'
    if kind == "article":
        return f"<article class='post'>{image}<header>{words}</header></article>"
    return f"{image}{words}<br>" if tag in ("bare", "b", "span") else f"{image}{words}"


def _pager(draw: Draw) -> tuple[str, NextPage | None]:
    kind = draw.pick(
        "pager", ("numbers", "words", "arrows", "postback", "none", "load", "slashes", "liferay", "select", "of")
    )
    page = "https://thanhbinh.gov.vn/tin-tuc"
    if kind == "numbers":
        return (
            '<ul class="pagination"><li class="active"><a href="?page=1">1</a></li><li><a href="?page=2">2</a></li><li><a href="?page=3">3</a></li><li><a href="?page=40">Cuối</a></li></ul>',
            NextPage(page + "?page=2"),
        )
    if kind == "words":
        return (
            "<div><span>Trang đầu</span> <span>Trước</span> <a href='/tin-tuc?page=1'>Tiếp</a> <a href='/tin-tuc?page=33'>Trang cuối</a></div>",
            NextPage(page + "?page=1"),
        )
    if kind == "arrows":
        return (
            "<div class='phantrang'><b>1</b> <a href='/tin-tuc/trang-2.html'>2</a> <a href='/tin-tuc/trang-3.html'>3</a> <a href='/tin-tuc/trang-2.html'>&gt;</a> <a href='/tin-tuc/trang-9.html'>&gt;&gt;</a></div>",
            NextPage("https://thanhbinh.gov.vn/tin-tuc/trang-2.html"),
        )
    if kind == "postback":
        form = (("__EVENTTARGET", "ctl00$grv"), ("__EVENTARGUMENT", "Page$2"))
        return (
            "<table><tr><td><span>1</span></td><td><a href=\"javascript:__doPostBack('ctl00$grv','Page$2')\">2</a></td><td><a href=\"javascript:__doPostBack('ctl00$grv','Page$3')\">...</a></td></tr></table>",
            NextPage(page, form),
        )
    if kind == "load":
        return "<div><a href='javascript:;' class='btn'>Xem thêm tin</a></div>", None
    if kind == "slashes":
        return (
            "<div class='nav-links'><span class='page-numbers current'>1</span><a class='page-numbers' href='/tin-tuc/page/2/'>2</a><span>…</span><a class='page-numbers' href='/tin-tuc/page/14/'>14</a><a class='next page-numbers' href='/tin-tuc/page/2/'>Trang sau »</a></div>",
            NextPage(page + "/page/2/"),
        )
    if kind == "liferay":
        return (
            "<div class='taglib-page-iterator'><div class='search-results'>Hiển thị 1 - 20 trong 312 kết quả.</div><ul><li><a href='javascript:;'>← Đầu tiên</a></li><li><a href='javascript:;'>Trước</a></li><li><a href='?_101_cur=2'>Tiếp theo</a></li><li><a href='?_101_cur=16'>Cuối cùng →</a></li></ul></div>",
            NextPage(page + "?_101_cur=2"),
        )
    if kind == "select":
        return "<div>Trang <span>1</span> / 12 <a href='?p=2'>Trang kế</a></div>", NextPage(page + "?p=2")
    if kind == "of":
        return (
            "<div class='paging'>[1] <a href='?trang=2'>[2]</a> <a href='?trang=3'>[3]</a> ... <a href='?trang=20'>[20]</a></div>",
            NextPage(page + "?trang=2"),
        )
    return "", None


def _listed(draw: Draw, news: list[News]) -> str:
    items = list(news)
    top = ""
    if draw.chance("featured", 0.3) and len(items) >= 8:
        top = f'<div class="tin-noi-bat-dau">{_inner(_row(draw, items.pop(0), featured=True))}</div>'
    rows = "".join(_row(draw, item) for item in items)
    row = draw.choices["row"]
    if row == "li":
        rows = f'<ul class="list-news">{rows}</ul>'
    elif row == "cells":
        rows = f'<table width="100%">{rows}</table>'
    elif draw.chance("holder", 0.7):
        rows = f'<div class="list">{rows}</div>'
    return top + rows


def _inner(row: str) -> str:
    """A row's inside, where its own tag only makes sense in a list."""
    for tag in ("li", "tr"):
        if row.startswith(f"<{tag}>"):
            row = (
                row.removeprefix(f"<{tag}>")
                .removesuffix(f"</{tag}>")
                .replace("<td>", "<div>")
                .replace("</td>", "</div>")
            )
    return row


HEADS: dict[str, tuple[str, ...]] = {
    "index": ("STT", "TT", "#", "No."),
    "number": ("Số/Ký hiệu", "Số ký hiệu", "Số hiệu", "Ký hiệu", "Số văn bản", "Number", "Document No."),
    "date": ("Ngày ban hành", "Ngày BH", "Ngày văn bản", "Issued date", "Date of issue", "Ngày đăng"),
    "title": ("Trích yếu", "Trích yếu nội dung", "Nội dung", "Tên văn bản", "Abstract", "Title", "Description"),
    "issuer": ("Cơ quan ban hành", "Đơn vị", "Issued by"),
    "file": ("Tải về", "File đính kèm", "Download", "Tệp"),
}
_KINDS = ("Quyết định", "Kế hoạch", "Công văn", "Thông báo", "Nghị quyết")
_CODES = ("{}/2022/QĐ-UBND", "{}/KH-UBND", "{}/UBND-KSTTHC", "{}/TB-VPUBND", "{}/NQ-HĐND")


def _documents(draw: Draw) -> tuple[list[News], str]:
    order = draw.rng("columns").sample(["number", "date", "title"], 3)
    columns = (["index"] if draw.chance("index", 0.6) else []) + order
    absent = draw.chance("number absent", 0.25)
    if absent:
        columns.remove("number")
    if draw.chance("issuer", 0.4):
        columns.insert(len(columns) - 1, "issuer")
    if draw.chance("files", 0.6):
        columns.append("file")
    headed = draw.chance("headed", 0.8)
    linked = draw.pick("linked", ("title", "both", "number"))
    if absent:
        linked = "title"
    rows, news = [], []
    for at in range(draw.rng("documents").choice([4, 7, 10])):
        kind = draw.rng(f"doc{at}").randrange(len(_KINDS))
        number = _CODES[kind].format(30 + at)
        about = f"{_KINDS[kind]} về việc quản lý, sử dụng tài sản công năm 20{10 + at} thay thế Quyết định số 9{at}/2020/QĐ-UBND ngày 24/8/2020"
        title = f"{_KINDS[kind]} số {number} về việc quản lý, sử dụng tài sản công năm 20{10 + at}" if absent else about
        href = f"/van-ban/chi-tiet-{at}"
        day = 20 - at
        cells = {
            "index": str(at + 1),
            "number": f'<a href="{href}">{number}</a>' if linked in ("number", "both") else number,
            "date": f"{day:02d}/07/2022",
            "title": f'<a href="{href}">{title}</a>' if linked in ("title", "both") else title,
            "issuer": "UBND tỉnh",
            "file": f'<a href="/files/{at}.pdf"><img src="/pdf.gif"></a> <a href="/files/{at}.docx">docx</a>'
            if draw.chance("two files", 0.5)
            else f'<a href="/files/{at}.pdf">Tải về</a>',
        }
        rows.append("<tr>" + "".join(f"<td>{cells[column]}</td>" for column in columns) + "</tr>")
        news.append(News(at, title, "", f"2022-07-{day:02d}", "", "https://thanhbinh.gov.vn" + href, number))
    head = (
        "<tr>" + "".join(f"<th>{draw.pick(f'head {column}', HEADS[column])}</th>" for column in columns) + "</tr>"
        if headed
        else ""
    )
    draw.choices["columns"] = " ".join(columns)
    return news, f'<table class="table" width="100%">{head}{"".join(rows)}</table>'


def draw_listing(seed: int, kind: str = "news") -> DrawnListing:
    """One listing drawn by a seed, in two responses."""
    pages, news, onward, draw = [], [], None, Draw(seed, MOVINGS[0], 0)
    for response, moving in enumerate(MOVINGS):
        draw = Draw(seed, moving, response)
        if kind == "documents":
            news, inner = _documents(draw)
        else:
            news = _news(draw)
            inner = _listed(draw, news)
        pager, onward = _pager(draw)
        pages.append(_page(draw, inner, pager))
    if onward and onward.form:
        hidden = (("__VIEWSTATE", MOVINGS[1].token),) if draw.choices["skeleton"] == "sharepoint" else ()
        has_form = draw.choices["skeleton"] in ("sharepoint", "dnn", "webforms")
        onward = NextPage(onward.url, (*hidden, *onward.form)) if has_form else None
    return DrawnListing(seed, kind, tuple(pages), news, draw.choices.get("date place") != "none", onward, draw.choices)


def _page(draw: Draw, inner: str, pager: str) -> str:
    site = draw.pick("site", SITES)
    section = draw.pick("section", SECTIONS)
    heading = draw.pick(
        "heading",
        (
            '<h1 class="portlet-title">{}</h1>',
            "<div class='cat-title'><a href='/tin-tuc'>{}</a></div>",
            "<h2>{}</h2>",
            "<span>{}</span>",
            "",
        ),
    ).format(section)
    before = (
        [f'<div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/tin-tuc">{section}</a></div>']
        if draw.chance("crumbs", 0.5)
        else []
    )
    where = draw.pick("counter at", ("left", "right", "footer", "top", "after", "none"))
    parts = _Parts(before, heading, [], inner + pager, [])
    left = [draw.side("left")] if draw.chance("left side", 0.5) else []
    right = [draw.side("right")] if draw.chance("right side", 0.6) else []
    if draw.chance("weather shown", 0.3):
        right.append(draw.weather())
    {"left": left, "right": right, "after": parts.after}.get(where, []).append(draw.counter())
    top = f"<div><a href='/'><img src='/banner.jpg' alt='{site}'></a></div><div>{site}</div>{draw.clock()}" + (
        draw.counter() if where == "top" else ""
    )
    foot = draw.footer(site) + (draw.counter() if where == "footer" else "")
    inside: Callable[..., str] = SKELETONS[draw.pick("skeleton", tuple(SKELETONS))]
    title = draw.pick("head title", (f"{section} - {site}", section, site))
    page = inside(draw, top, draw.menu(), left, parts, [], right, foot)
    return _spoiled(
        draw,
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{page}</body></html>',
    )
