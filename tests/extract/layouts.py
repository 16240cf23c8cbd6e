"""Portal layouts written by hand around an article, with what moves between two fetches of one page.

Each layout is a function of (article, moving) that gives a whole page. They model shapes seen on Vietnamese portals;
no portal's page is copied.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.extract.articles import CELL_LINES, Article, Piece

SITE = "Cổng thông tin điện tử tỉnh Thanh Bình"


@dataclass(frozen=True)
class Moving:
    """What differs between two fetches of one article."""

    online: int = 19
    today: int = 2417
    total: str = "8116023"
    views: int = 350
    clock: str = "Chủ nhật, 22/11/2026 08:15:30"
    related: tuple[str, ...] = (
        "Hội nghị tổng kết công tác năm của ngành Tài nguyên và Môi trường",
        "Đoàn công tác kiểm tra tiến độ các dự án trọng điểm trên địa bàn tỉnh",
        "Khai mạc kỳ họp chuyên đề Hội đồng nhân dân tỉnh khóa XVIII",
    )
    token: str = "a1b2c3"


FIRST = Moving()
SECOND = Moving(
    27,
    2503,
    "8.116.911",
    351,
    "Thứ hai, 23/11/2026 17:40:02",
    (
        "Lễ công bố quyết định bổ nhiệm Giám đốc Sở Xây dựng tỉnh nhiệm kỳ mới",
        "Phát động phong trào thi đua chào mừng ngày thành lập tỉnh",
        "Bế mạc hội thi cán bộ cải cách hành chính giỏi toàn tỉnh năm nay",
    ),
    "zz9911",
)

MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính", "Liên hệ", "Công báo tỉnh")


def menu(name: str = "menu-top") -> str:
    return (
        f'<ul class="{name}">'
        + "".join(f'<li><a href="/m/{i}">{text}</a></li>' for i, text in enumerate(MENU))
        + "</ul>"
    )


def counter(moving: Moving, *, tag: str = "div") -> str:
    rows = (f"Đang online: {moving.online}", f"Hôm nay: {moving.today}", f"Đã truy cập: {moving.total}")
    return "<p>Thống kê truy cập</p>" + "".join(f"<{tag}>{row}</{tag}>" for row in rows)


def related(moving: Moving, heading: str = "Các tin liên quan", dates: bool = True) -> str:
    rows = "".join(
        f'<li><a href="/tin/{i}-khac.html">{text}</a>'
        + (f' <span class="date">(1{i}/08/2022)</span></li>' if dates else "</li>")
        for i, text in enumerate(moving.related)
    )
    return f"<h3>{heading}</h3><ul>{rows}</ul>"


def footer() -> str:
    return (
        f"<div>{SITE}</div><div>Giấy phép số 17/GP-BTTTT ngày 15/3/2021. Chịu trách nhiệm chính: Chánh Văn phòng UBND tỉnh</div>"
        "<div>Địa chỉ: 35 Đại lộ Lê Lợi, phường Lam Sơn - Điện thoại: 0237 385 2246</div>"
    )


def table(rows: tuple[tuple[str, ...], ...], *, inner: str = "p") -> str:
    width = max(len(row) for row in rows)
    cells = []
    for row in rows:
        if len(row) == 1:
            cells.append(f'<tr><td colspan="{width}"><{inner}><b>{escape(row[0])}</b></{inner}></td></tr>')
            continue
        cells.append("<tr>" + "".join(f"<td>{_cell(cell, inner)}</td>" for cell in row) + "</tr>")
    return '<table border="1" cellpadding="0"><tbody>' + "".join(cells) + "</tbody></table>"


def _cell(text: str, inner: str) -> str:
    return "".join(f"<{inner}>{escape(line)}</{inner}>" for line in CELL_LINES.get(text, (text,)))


def body(
    article: Article,
    *,
    p: Callable[[str], str],
    caption: Callable[[str], str],
    sign: Callable[[str], str] | None = None,
    skip: int = 0,
) -> str:
    parts = [_piece(piece, p, caption) for piece in article.pieces[skip:]]
    if article.signature:
        parts.append((sign or p)(escape(article.signature)))
    return "\n".join(parts)


def _piece(piece: Piece, p: Callable[[str], str], caption: Callable[[str], str]) -> str:
    if piece.kind == "table":
        return table(piece.rows)
    return caption(escape(piece.text)) if piece.kind == "caption" else p(escape(piece.text))


def para(text: str) -> str:
    return f'<p style="text-align: justify;"><span style="font-size:14px">{text}</span></p>'


def right(text: str) -> str:
    return f'<p style="text-align: right;"><strong>{text}</strong></p>'


def picture(text: str) -> str:
    return f'<p style="text-align:center"><img src="/anh/{len(text)}.jpg" width="600" alt=""/></p><p style="text-align:center"><em>{text}</em></p>'


def picture_table(text: str) -> str:
    return f'<table align="center"><tbody><tr><td><img src="/anh/{len(text)}.jpg"></td></tr><tr><td>{text}</td></tr></tbody></table>'


def page(title: str, inside: str, *, head: str = "", suffix: str = f" - {SITE}") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}{suffix}</title>{head}</head><body>{inside}</body></html>'


# --- the layouts --------------------------------------------------------------------------------------------


def sharepoint_counter_first(a: Article, m: Moving) -> str:
    stamp = "<div>Cập nhật: Thứ ba, 09/08/2022</div>" if a.updated else ""
    inside = f"""<form action="x.aspx" method="post"><input type="hidden" name="__VIEWSTATE" value="{m.token}">
    <div id="s4-titlerow">{menu()}</div><div class="ms-clock">{m.clock}</div>
    <div id="ctl00_ctl24_g_0623dffd_content"><ul><li>Liên kết website</li><li>Thống kê truy cập</li></ul>
    <p>Đang online: {m.online}</p><p>Hôm nay: {m.today}</p><p>Đã truy cập: {m.total}</p>
    <h2 class="title">{escape(a.title)}</h2>{stamp}
    <div>{body(a, p=para, caption=picture, sign=right)}</div>{related(m)}</div>
    <div id="footer">{footer()}</div></form>"""
    return page(a.title, inside, suffix="")


def nukeviet(a: Article, m: Moving) -> str:
    lead, rest = a.pieces[0], 1
    lead_html = (
        f'<div class="hometext m-bottom" itemprop="description">{escape(lead.text)}</div>' if lead.kind == "p" else ""
    )
    rest = 1 if lead.kind == "p" else 0
    inside = f"""<header><div class="logo"><a href="/">{SITE}</a></div><span class="current-date">{m.clock}</span></header><nav>{menu()}</nav>
    <div class="col-md-16"><div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope>
    <div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{escape(a.title)}</h1>
    <div class="row"><div class="col-md-12"><em class="pull-left">&nbsp;</em><ul class="list-inline"><li><em class="fa fa-print">&nbsp;</em><a href="/print">In ra</a></li></ul></div>
    <div class="col-md-12"><span class="h5">Thứ tư - 28/12/2022 08:15</span></div></div>
    {lead_html}<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{body(a, p=para, caption=lambda t: f'<div style="text-align:center"><figure class="image"><img src="/uploads/a.jpg" width="700"><figcaption>{t}</figcaption></figure></div>', sign=right, skip=rest)}</div>
    <div class="news_column panel"><form id="form3B"><p>Tổng số điểm của bài viết là: {m.views % 50} trong {m.views % 9} đánh giá</p><div id="click_rating">Click để đánh giá bài viết</div></form></div>
    <div class="news_column"><p class="h3">Những tin mới hơn</p><ul class="related list-inline">{"".join(f'<li><a href="/vi/news/tin-{i}.html">{t}</a><span class="date">(0{i + 1}/11/2026)</span></li>' for i, t in enumerate(m.related))}</ul></div></div></div></div>
    <div class="col-md-8"><ul class="counter list-none display-table"><li><span><em class="fa fa-bolt"></em>Đang truy cập</span><span>{m.online}</span></li><li><span>Hôm nay</span><span>{m.today}</span></li><li><span>Tổng lượt truy cập</span><span>{m.total}</span></li></ul></div>
    <footer>{footer()}</footer>"""
    return page(a.title, inside)


def webforms_tables(a: Article, m: Moving) -> str:
    def lines(text: str) -> str:
        return f"{text}<br /><br />"

    stamp = "<span>Cập nhật: Thứ ba, 09/08/2022</span><br>" if a.updated else ""
    inside = f"""<form><table width="1000"><tr><td colspan="3">{SITE} | {m.clock}</td></tr><tr>
    <td width="200" valign="top"><table>{"".join(f'<tr><td><a href="/m{i}">{t}</a></td></tr>' for i, t in enumerate(MENU))}</table>
    <table><tr><td>Đang online</td><td>{m.online}</td></tr><tr><td>Hôm nay</td><td>{m.today}</td></tr><tr><td>Tất cả</td><td>{m.total}</td></tr></table></td>
    <td valign="top"><table width="100%"><tr><td class="tieude"><span id="ctl00_lblTitle">{escape(a.title)}</span></td></tr>
    <tr><td>{stamp}<a href="javascript:print()">In trang</a></td></tr>
    <tr><td class="noidung">{body(a, p=lines, caption=picture_table, sign=lambda t: f'<div align="right"><b>{t}</b></div>')}</td></tr></table>
    <table><tr><td>Các tin khác</td></tr>{"".join(f'<tr><td><img src="/dot.gif" width="5"><a href="/x{i}.aspx">{t}</a> (1{i}/08/2022)</td></tr>' for i, t in enumerate(m.related))}</table></td>
    <td width="180"><a href="/qc"><img src="/qc.gif"></a></td></tr>
    <tr><td colspan="3">{footer()}</td></tr></table></form>"""
    return page(a.title, inside)


def sharepoint_image_tables(a: Article, m: Moving) -> str:
    inside = f"""<div id="s4-workspace"><div class="banner"><h1>{SITE}</h1></div>{menu("dynamic menu")}
    <div id="MSOZoneCell_WebPartWPQ2"><div class="ArticleDetail"><h3 class="TitleNews">{escape(a.title)}</h3>
    <div class="NgayDang">Ngày đăng: 08/07/2024 &nbsp;11:38</div><div class="CoChu">Xem với cỡ chữ <a>A-</a> 100% <a>A+</a></div>
    <div class="ExternalClass4F3A">{body(a, p=lambda t: f"<div>{t}</div>", caption=picture_table, sign=lambda t: f'<div style="text-align:right"><em>{t}</em></div>')}</div>
    <div>Số lượt xem: {m.views}</div></div>
    <div id="ctl00_pnTinLienQuan"><div class="tit">TIN ĐÃ ĐƯA</div>{"".join(f'<div><a href="/Pages/tin-{i}.aspx">{t}</a></div>' for i, t in enumerate(m.related))}</div></div>
    <div id="DeltaPlaceHolderFooter">{footer()}<div class="visitor">{counter(m)}</div></div></div>"""
    return page(a.title, inside)


def article_jsonld(a: Article, m: Moving) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": "2022-08-09T10:36:00+07:00",
    }
    head = f'<meta property="og:title" content="{escape(a.title)}"><meta property="og:updated_time" content="2026-11-22T01:00:00Z"><script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'
    inside = f"""<header><a href="/">{SITE}</a> <time class="now">{m.clock}</time>{menu("nav")}</header><main><article>
    <h1>{escape(a.title)}</h1><div class="share"><a href="#">Chia sẻ</a><a href="#">Zalo</a></div>
    {body(a, p=lambda t: f"<p>{t}</p>", caption=lambda t: f'<figure><img src="/a.jpg"><figcaption>{t}</figcaption></figure>', sign=lambda t: f'<p class="author" style="text-align:right">{t}</p>')}
    </article><aside><h2>Tin mới nhất</h2><ul>{"".join(f'<li><a href="/{i}.htm">{t}</a></li>' for i, t in enumerate(m.related))}</ul></aside></main><footer>{footer()}<p>Lượt truy cập: {m.total}</p></footer>"""
    return page(a.title, inside, head=head)


def dnn_pane(a: Article, m: Moving) -> str:
    inside = f"""<div id="dnn_ControlPanel"></div><div class="menu_style">{menu()}</div><div id="dnn_ContentPane" class="contentpane">
    <div class="DnnModule DnnModule-3988"><div id="dnn_ctr3988_ContentPane"><div id="dnn_ctr3988_ModuleContent">
    <span class="Head">{escape(a.title)}</span><br><span class="Normal ngaydang">14/07/2021 - 20:45</span>
    <div class="Normal">{body(a, p=lambda t: f"<p class='MsoNormal'>{t}</p>", caption=lambda t: f'<div class="image-box"><img src="/p/1.jpg"><div class="image-caption">{t}</div></div>', sign=right)}</div></div></div></div>
    <div class="DnnModule"><div class="c_head"><span>Thống kê truy cập</span></div><table><tr><td>Đang truy cập:</td><td>{m.online}</td></tr><tr><td>Trong ngày:</td><td>{m.today}</td></tr><tr><td>Tổng truy cập:</td><td>{m.total}</td></tr></table></div></div>
    <div id="dnn_BottomPane">{footer()}</div>"""
    return page(a.title, inside)


def content_br(a: Article, m: Moving) -> str:
    stamp = "<i>Cập nhật: Thứ ba, 09/08/2022</i><br>" if a.updated else ""
    inside = f"""<div id="top">{menu()}</div><div id="content"><b>Thống kê</b><br>Đang online: {m.online}<br>Hôm nay: {m.today}<br>Tổng lượt truy cập: {m.total}<br>
    <h4>{escape(a.title)}</h4>{stamp}{body(a, p=lambda t: f"{t}<br>", caption=lambda t: f'<center><img src="/c.png"><br><i>{t}</i></center>', sign=lambda t: f"<p align=right>{t}</p>")}
    <div>Lượt xem: {m.views}</div><b>Các tin khác:</b><br>{"".join(f'- <a href="?id={i}">{t}</a> (0{i + 1}/08/2022)<br>' for i, t in enumerate(m.related))}</div><div id="bottom">{footer()}</div>"""
    return page(a.title, inside)


def widget_body(a: Article, m: Moving) -> str:
    inside = f"""<div class="wrapper has-sidebar"><div class="sidebar">{menu()}<div class="widget">{counter(m)}</div></div>
    <div class="main"><div class="widget"><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/tin">Tin tức</a></div>
    <h2>{escape(a.title)}</h2><p class="meta">Đăng ngày 11 - 11 - 2023 | Lượt xem: {m.views}</p>
    {body(a, p=para, caption=picture, sign=right)}</div><div class="widget">{related(m, "Tin cùng chuyên mục")}</div><div class="widget">{counter(m, tag="p")}</div></div></div><div>{footer()}</div>"""
    return page(a.title, inside)


def liferay(a: Article, m: Moving) -> str:
    inside = f"""<div id="wrapper"><ul class="nav">{"".join(f'<li><a href="/{i}">{t}</a></li>' for i, t in enumerate(MENU))}</ul>
    <div class="visitor-tracking-wraper"><div class="current-visitor-online"><span class="online-lable">Đang truy cập: </span><span>{m.online} </span></div><div class="total-visitor">Tổng: <span>{m.total} </span></div></div>
    <div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><div class="portlet-content"><div class="asset-full-content">
    <h1 class="asset-title">{escape(a.title)}</h1><div class="assetPublishDate block_timer"> 03/04/2020 | 10:36 PM </div>
    <div class="asset-content"><div class="journal-content-article">{body(a, p=para, caption=lambda t: f'<p style="text-align:center"><img src="/documents/1.jpg?t=1"><br><em>{t}</em></p>', sign=lambda t: f'<p style="text-align:right"><b>{t}</b></p>')}</div></div>
    <div class="asset-ratings">Trung bình (0 Bình chọn)</div></div>
    <div class="asset-related"><h4>Tin liên quan</h4>{"".join(f'<div class="asset-abstract"><a href="/-/view_content/{i}">{t}</a> <span>1{i}/08/2022 | 12:00 AM</span></div>' for i, t in enumerate(m.related))}</div></div></section></div>
    <ul class="wd-access"><li><span>0</span></li><li><span>0</span></li><li><span>{m.online % 10}</span></li><li><span>{m.today % 10}</span></li><li><span>7</span></li></ul>
    <div id="footer">{footer()}</div></div>"""
    return page(a.title, inside, suffix=" - Sở Thông tin và Truyền thông")


# (layout, the publish date that it shows, None where it shows none; "seed" where only the seed's own line does)
LAYOUTS: tuple[tuple[Callable[[Article, Moving], str], str | None], ...] = (
    (sharepoint_counter_first, "seed"),
    (nukeviet, "2022-12-28T08:15:00+07:00"),
    (webforms_tables, "seed"),
    (sharepoint_image_tables, "2024-07-08T11:38:00+07:00"),
    (article_jsonld, "2022-08-09T10:36:00+07:00"),
    (dnn_pane, "2021-07-14T20:45:00+07:00"),
    (content_br, "seed"),
    (widget_body, "2023-11-11"),
    (liferay, "2020-04-03T22:36:00+07:00"),
)
