"""More layouts, written after the rules and not for them: odd markup around the same articles."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.extract.articles import Article
from tests.extract.layouts import MENU, SITE, Moving, body, counter, footer, menu, page, para, picture, related


def plain(text: str) -> str:
    return f"<p>{text}</p>"


def plain_picture(text: str) -> str:
    return f'<p><img src="/a/{len(text)}.jpg" /></p><p>{text}</p>'


def site_title_only(a: Article, m: Moving) -> str:
    """<title> is the site's name, the heading a bold span, everything in one cell."""
    inside = f"""<table width="100%"><tr><td class="banner">{SITE}<br>{m.clock}</td></tr><tr><td>{menu("mn")}</td></tr><tr><td>
    <div class="chitiet"><span class="tieude_chitiet"><b>{escape(a.title)}</b></span><div class="ngay">(09/08/2022 15:02:11)</div>
    <div class="noidung_chitiet">{body(a, p=plain, caption=picture, sign=lambda t: f'<p align="right"><b>{t}</b></p>')}</div></div>
    <div class="khac"><b>CÁC TIN KHÁC</b>{"".join(f'<p><a href="/{i}">{t}</a></p>' for i, t in enumerate(m.related))}</div></td></tr>
    <tr><td>{footer()}</td></tr></table>"""
    return page(SITE, inside, suffix="")


def vnpt_portal(a: Article, m: Moving) -> str:
    lead = a.pieces[0]
    first = f'<div class="sapo-detail"><strong>{escape(lead.text)}</strong></div>' if lead.kind == "p" else ""
    inside = f"""<div class="header-top"><p>{m.clock}</p></div><div class="main-menu">{menu()}</div><div class="container"><div class="row"><div class="col-lg-9">
    <ol class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ol>
    <div class="detail-news"><h1 id="contentDetailTitleId">{escape(a.title)}</h1><div class="d-flex"><span class="icon"></span><span>09/08/2022, 10:36</span> <span class="view">{m.views} lượt xem</span></div>
    <div class="a-size"><a>A+</a><a>A-</a></div>{first}<div id="contentDetail">{body(a, p=para, caption=picture, sign=lambda t: f'<p style="text-align:right"><em>{t}</em></p>', skip=1 if first else 0)}</div></div>
    <div class="box"><div class="box-title">Tin tức khác</div><div class="box-body">{"".join(f'<div class="item"><div class="name"><a href="/tin/{i}">{t}</a></div><div class="time">1{i}/08/2022</div></div>' for i, t in enumerate(m.related))}</div></div></div>
    <div class="col-lg-3"><div class="box"><div class="box-title">Lượt truy cập</div><div class="box-body"><div><span>Trực tuyến :</span><span>{m.online}</span></div><div><span>Hôm nay :</span><span>{m.today}</span></div></div></div></div></div></div>{footer()}"""
    return page(a.title, inside, suffix=" | UBND tỉnh")


def no_marks(a: Article, m: Moving) -> str:
    """No class and no id anywhere."""
    inside = f"""<div><div>{SITE}</div><div>{m.clock}</div></div><div>{"".join(f'<a href="/{i}">{t}</a> | ' for i, t in enumerate(MENU))}</div>
    <div><div><h1>{escape(a.title)}</h1><div>Đăng lúc: 10:36, 09/08/2022 - Lượt xem: {m.views}</div><div>{body(a, p=plain, caption=plain_picture)}</div></div>
    <div><div>Tin liên quan</div><div>{"".join(f'<div><a href="/{i}">{t}</a></div>' for i, t in enumerate(m.related))}</div></div></div>
    <div><div>Số người online: {m.online}</div><div>Số lượt truy cập hôm nay: {m.today}</div><div>Tổng số lượt truy cập: {m.total}</div></div><div>{footer()}</div>"""
    return page(a.title, inside)


def related_in_body(a: Article, m: Moving) -> str:
    """A box of links in the middle and a list with summaries at the end, both inside the body's block."""
    half = len(a.pieces) // 2
    first = Article(a.name, a.title, a.pieces[:half])
    second = Article(a.name, a.title, a.pieces[half:], signature=a.signature)
    box = f'<table style="float:left"><tr><td><strong>Tin liên quan:</strong><ul>{"".join(f"""<li><a href="/{i}.html">{t}</a></li>""" for i, t in enumerate(m.related))}</ul></td></tr></table>'
    rest = "".join(
        f'<div><h4><a href="/{i}.html">{t}</a></h4><p>{t}. {t} và nhiều nội dung quan trọng khác được lãnh đạo tỉnh quan tâm.</p></div>'
        for i, t in enumerate(m.related)
    )
    inside = f"""<div class="top">{menu()}</div><div class="content"><h1 class="entry-title">{escape(a.title)}</h1><div class="entry-meta">Bởi <a href="/a">admin</a> - 09/08/2022</div>
    <div class="entry-content">{body(first, p=plain, caption=picture)}{box}{body(second, p=plain, caption=picture, sign=lambda t: f'<p style="text-align:right">{t}</p>')}
    <div class="other"><h3>Bài viết liên quan</h3>{rest}</div></div></div><div class="foot">{footer()}{counter(m)}</div>"""
    return page(a.title, inside)


def spans_and_fonts(a: Article, m: Moving) -> str:
    """Word's markup: fonts, empty paragraphs, spans inside spans, NBSP, a date before the title."""

    def word(text: str) -> str:
        return f'<p class="MsoNormal" style="margin:6pt 0"><font face="Times New Roman"><span lang="VI"><span>&nbsp;&nbsp;&nbsp; {text.replace(" ", "&nbsp;", 2)}<o:p></o:p></span></span></font></p><p>&nbsp;</p>'

    inside = f"""<div id="wrap"><div id="head">{menu("mainnav")}</div><div id="main"><div class="NewsDetail"><div class="date-post">Thứ Ba, 09/08/2022, 10:36 [GMT+7]</div>
    <h1 class="NewsTitle">{escape(a.title)}</h1><div class="social-share">Chia sẻ Facebook</div><div class="NewsBody">{body(a, p=word, caption=lambda t: f'<div style="text-align:center"><img src="/i.jpg" width="500"></div><div style="text-align:center"><i>{t}</i></div>', sign=lambda t: f'<p class="MsoNormal" align="right" style="text-align:right"><b><span>{t}</span></b></p>')}</div>
    <div class="tags">Từ khóa: <a href="/t/1">chuyển đổi số</a>, <a href="/t/2">hội nghị</a></div>
    <div class="binh-luan"><h3>Ý kiến bạn đọc</h3><p>Bài viết hay và bổ ích, mong tỉnh tiếp tục quan tâm đến chuyển đổi số của xã tôi trong thời gian tới nhé các bác!</p></div></div></div></div><div>{footer()}</div>"""
    return page(a.title, inside, suffix=" - Báo Thanh Bình điện tử")


def counter_between(a: Article, m: Moving) -> str:
    """The counter right after the article in its own block, digits in their own items."""
    digits = "".join(f"<li>{digit}</li>" for digit in m.total if digit.isdigit())
    inside = f"""<div>{menu()}</div><div class="c"><div class="t">{escape(a.title)}</div><div class="d">Ngày đăng: 09-08-2022</div>{body(a, p=plain, caption=picture, sign=lambda t: f'<p style="text-align:right">{t}</p>')}
    <p>Số lần đọc: {m.views}</p><ul>{digits}</ul><p>Đang online</p><p>{m.online}</p><p>Hôm nay</p><p>{m.today}</p>{related(m, "Những tin cũ hơn")}</div>{footer()}"""
    return page(a.title, inside)


HARD: tuple[tuple[Callable[[Article, Moving], str], str | None], ...] = (
    (site_title_only, "2022-08-09T15:02:00+07:00"),
    (vnpt_portal, "2022-08-09T10:36:00+07:00"),
    (no_marks, "2022-08-09T10:36:00+07:00"),
    (related_in_body, "2022-08-09"),
    (spans_and_fonts, "2022-08-09T10:36:00+07:00"),
    (counter_between, "2022-08-09"),
)
