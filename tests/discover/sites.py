"""Small sites of shapes that no replica has, each with what is worth watching on it: made by hand after the public
templates of their platforms, with titles drawn from a fixed seed. A site is its pages by path and its true sections."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

TODAY = date(2026, 11, 20)
_WHO = ("UBND tỉnh", "Sở Nội vụ", "Đoàn công tác Chính phủ", "Ban Chỉ đạo chuyển đổi số", "Công an xã", "Hội Nông dân")
_DID = ("họp triển khai", "tổ chức hội nghị về", "kiểm tra", "phát động", "tổng kết", "đẩy mạnh", "ra quân thực hiện")
_WHAT = (
    "công tác phòng chống thiên tai", "Đề án 06 trên địa bàn", "cải cách hành chính năm 2026", "vệ sinh môi trường nông thôn",
    "chương trình chuyển đổi số cấp xã", "kế hoạch phát triển kinh tế quý IV", "công tác tiếp công dân định kỳ",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One article as a list tells of it."""

    title: str
    day: date
    number: int
    document: str
    summary: str


@dataclass
class Site:
    """Pages by path, as (content type, body); `sections` are the true ones with their kinds; `asked` grows."""

    name: str
    platform: str | None
    sections: dict[str, str]
    home: str = "/"
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def page(self, path: str, body: str) -> None:
        self.pages[path] = ("text/html; charset=utf-8", body)


def stories(seed: str, count: int) -> list[Story]:
    """Articles, the newest first."""
    dice = random.Random(seed)
    made, day = [], TODAY
    for number in range(count):
        title = f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)} lần thứ {number + 2}"
        summary = (
            f"{dice.choice(_WHO)} vừa {dice.choice(_DID)} {dice.choice(_WHAT)}, với sự tham dự của đại diện các đơn vị."
        )
        made.append(Story(title, day, dice.randrange(1000, 99000), f"{dice.randrange(10, 4000)}/QĐ-UBND", summary))
        day -= timedelta(days=dice.randrange(4))
    return made


def text(seed: str) -> str:
    """The prose of a page that stands still."""
    dice = random.Random(seed)
    return "".join(
        f"<p>{' '.join(f'{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHAT)}.' for _ in range(6))}</p>"
        for _ in range(5)
    )


# --- the sites ---------------------------------------------------------------------------------------------------


def wordpress() -> Site:
    """A district's paper on WordPress: categories, a column of recent posts, a feed and an index of sitemaps."""
    names = {
        "thoi-su": "Thời sự",
        "kinh-te": "Kinh tế",
        "xa-hoi": "Văn hóa - Xã hội",
        "chuyen-doi-so": "Chuyển đổi số",
        "ban-doc": "Bạn đọc",
    }
    site = Site("wordpress", "WordPress", {f"/category/{slug}/": "news" for slug in names})
    lists = {slug: stories(f"wp {slug}", 10) for slug in names}
    newest = sorted((one for each in lists.values() for one in each), key=lambda one: one.day, reverse=True)

    def address(one: Story) -> str:
        return f"/{one.day:%Y/%m}/bai-viet-{one.number}/"

    menu = "".join(f'<li class="menu-item"><a href="/category/{slug}/">{name}</a></li>' for slug, name in names.items())
    recent = "".join(f'<li><a href="{address(one)}">{one.title}</a></li>' for one in newest[:5])

    def framed(title: str, main: str) -> str:
        return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Báo Huyện Sông Lô</title>
<meta name="generator" content="WordPress 6.6.2"><link rel="alternate" type="application/rss+xml" title="Báo Huyện Sông Lô &raquo; Feed" href="/feed/">
<link rel="alternate" type="application/rss+xml" title="Báo Huyện &raquo; Comments Feed" href="/comments/feed/">
<link rel="stylesheet" href="/wp-content/themes/sahifa/style.css"></head><body class="home blog">
<header><nav class="main-menu"><ul id="menu-chinh"><li><a href="/">Trang chủ</a></li>{menu}<li><a href="/gioi-thieu/">Giới thiệu</a></li>
<li><a href="/video/">Video</a></li><li><a href="/lien-he/">Liên hệ</a></li></ul></nav></header><div id="content">{main}</div>
<aside id="sidebar"><div class="widget widget_recent_entries"><h3 class="widget-title">Bài mới</h3><ul>{recent}</ul></div>
<div class="widget"><h3>Liên kết</h3><a href="https://chinhphu.vn/">Cổng Chính phủ</a></div></aside>
<footer><a href="/wp-login.php">Đăng nhập</a> <a href="/category/thoi-su/page/2/">Trang 2</a></footer></body></html>"""

    def row(one: Story) -> str:
        return f"""<article class="post"><h2 class="entry-title"><a href="{address(one)}">{one.title}</a></h2>
<p class="post-meta"><span class="tie-date">{one.day:%d/%m/%Y}</span></p><div class="entry"><p>{one.summary}</p>
<a class="more-link" href="{address(one)}">Xem thêm »</a></div></article>"""

    blocks = "".join(
        f'<section class="cat-box"><h2 class="cat-box-title"><a href="/category/{slug}/">{names[slug]}</a></h2>'
        + "".join(row(one) for one in each[:3]) + "</section>"
        for slug, each in lists.items()
    )  # fmt: skip
    site.page("/", framed("Trang chủ", blocks))
    for slug, each in lists.items():
        pager = f'<div class="pagination"><span class="current">1</span><a href="/category/{slug}/page/2/">2</a></div>'
        site.page(
            f"/category/{slug}/",
            framed(names[slug], f'<h1 class="page-title">{names[slug]}</h1>' + "".join(map(row, each)) + pager),
        )
        site.page(f"/category/{slug}/page/2/", framed(names[slug], "".join(map(row, each[5:]))))
    for slug in ("gioi-thieu", "lien-he"):
        site.page(f"/{slug}/", framed(slug, text(slug)))
    items = "".join(
        f"<item><title>{one.title}</title><link>{{root}}{address(one)}</link><pubDate>{one.day:%a, %d %b %Y} 08:00:00 +0700</pubDate></item>"
        for one in newest[:10]
    )
    site.pages["/feed/"] = (
        "application/rss+xml",
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{items}</channel></rss>',
    )
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /wp-admin/\nSitemap: {root}/wp-sitemap.xml\n")
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.pages["/wp-sitemap.xml"] = (
        "application/xml",
        f"<sitemapindex {ns}><sitemap><loc>{{root}}/wp-sitemap-posts-1.xml</loc></sitemap></sitemapindex>",
    )
    mapped = "".join(f"<url><loc>{{root}}{address(one)}</loc><lastmod>{one.day}</lastmod></url>" for one in newest)
    site.pages["/wp-sitemap-posts-1.xml"] = ("application/xml", f"<urlset {ns}>{mapped}</urlset>")
    return site


def nukeviet() -> Site:
    """A commune on NukeViet: news by category, the module of legal documents, a week's table of who receives citizens."""
    site = Site(
        "nukeviet", "NukeViet",
        {"/vi/news/tin-tuc/": "news", "/vi/news/thong-bao/": "news", "/vi/laws/": "documents", "/vi/page/lich-tiep-cong-dan.html": "schedule"},
    )  # fmt: skip
    news, notices, laws = stories("nv news", 8), stories("nv notices", 4), stories("nv laws", 12)
    menu = "".join(
        f'<li><a title="{name}" href="{path}">{name}</a></li>'
        for path, name in (
            ("/", "Trang nhất"), ("/vi/about/", "Giới thiệu"), ("/vi/news/", "Tin Tức"), ("/vi/news/tin-tuc/", "Tin tức - Sự kiện"),
            ("/vi/news/thong-bao/", "Thông báo"), ("/vi/laws/", "Văn bản pháp luật"), ("/vi/page/lich-tiep-cong-dan.html", "Lịch tiếp công dân"),
            ("/vi/contact/", "Liên hệ"), ("/vi/users/login/", "Đăng nhập"), ("/vi/photos/", "Thư viện ảnh"),
        )
    )  # fmt: skip

    def framed(title: str, main: str) -> str:
        return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - UBND xã Tân Lập</title>
<meta name="generator" content="NukeViet v4.5"><script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv";</script></head><body>
<nav id="menusite"><ul class="nav navbar-nav">{menu}</ul></nav><div class="row"><div class="col-md-16">{main}</div>
<div class="col-md-8"><div class="panel panel-default"><div class="panel-heading">Thống kê truy cập</div><ul class="counter">
<li>Đang truy cập 12</li><li>Hôm nay 844</li></ul></div></div></div><footer><p>UBND xã Tân Lập. Địa chỉ: thôn 3.</p></footer></body></html>"""

    def row(one: Story, category: str) -> str:
        return f"""<div class="panel panel-default clearfix"><div class="panel-body"><h3><a href="/vi/news/{category}/bai-{one.number}.html">{one.title}</a></h3>
<div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o"></em> {one.day:%d/%m/%Y} 08:15:00 AM</li></ul></div>
<p>{one.summary}</p></div></div>"""

    site.page(
        "/",
        framed(
            "Trang nhất",
            '<div class="news_column"><h4 class="cat-icon"><a href="/vi/news/tin-tuc/">Tin tức - Sự kiện</a></h4>'
            + "".join(row(one, "tin-tuc") for one in news[:4])
            + "</div>",
        ),
    )
    site.page(
        "/vi/news/tin-tuc/",
        framed(
            "Tin tức - Sự kiện",
            "".join(row(one, "tin-tuc") for one in news)
            + '<ul class="pagination"><li class="active"><a>1</a></li><li><a rel="next" href="/vi/news/tin-tuc/page-2/">2</a></li></ul>',
        ),
    )
    site.page("/vi/news/thong-bao/", framed("Thông báo", "".join(row(one, "thong-bao") for one in notices)))
    site.page("/vi/news/", framed("Tin Tức", "".join(row(one, "tin-tuc") for one in news)))
    rows = "".join(
        f'<tr><td class="text-center">{at}</td><td><a href="/vi/laws/detail/van-ban-{one.number}/">{one.document}</a></td><td>{one.day:%d/%m/%Y}</td><td>Về việc {one.title.lower()}</td></tr>'
        for at, one in enumerate(laws, 1)
    )
    site.page(
        "/vi/laws/",
        framed(
            "Văn bản pháp luật",
            f'<div class="flex-table"><table class="table table-striped"><thead><tr><th>STT</th><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr></thead><tbody>{rows}</tbody></table></div>',
        ),
    )
    week = "".join(
        f"<tr><td>{day}</td><td>Đồng chí Chủ tịch UBND xã tiếp công dân</td><td>Trụ sở UBND xã</td></tr>"
        for day in ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu")
    )
    site.page(
        "/vi/page/lich-tiep-cong-dan.html",
        framed(
            "Lịch tiếp công dân",
            f"<h1>Lịch tiếp công dân</h1><table><tr><th>Ngày</th><th>Người tiếp</th><th>Nơi tiếp</th></tr>{week}</table>",
        ),
    )
    for path, name in (("/vi/about/", "Giới thiệu"), ("/vi/contact/", "Liên hệ")):
        site.page(path, framed(name, text(path)))
    return site


def dnn() -> Site:
    """A ministry's unit on DNN: addresses with tabid, modules with "Xem thêm", one column of news on every page."""
    truth = {
        "/Tintuc/tabid/119/Default.aspx": "news",
        "/Hoatdong/tabid/120/Default.aspx": "news",
        "/Vanban/tabid/131/Default.aspx": "documents",
        "/Duthao/tabid/132/Default.aspx": "documents",
    }
    names = dict(
        zip(
            truth,
            ("Tin tức", "Hoạt động của Bộ", "Văn bản quy phạm pháp luật", "Dự thảo văn bản lấy ý kiến"),
            strict=True,
        )
    )
    site = Site("dnn", "DNN", truth)
    made = {path: stories(f"dnn {path}", 15) for path in truth}
    side = made["/Tintuc/tabid/119/Default.aspx"][:4]

    def address(path: str, one: Story) -> str:
        return f"{path.split('/Default')[0]}/ArticleID/{one.number}/Default.aspx"

    tabs = "".join(
        f'<td><a class="mainMenu" href="{path}"><span>{name}</span></a></td>'
        for path, name in {
            "/Home/tabid/36/Default.aspx": "Trang chủ", "/Gioithieu/tabid/40/Default.aspx": "Giới thiệu",
            "/Tintuc/tabid/119/Default.aspx": "Tin tức", "/Vanban/tabid/131/Default.aspx": "Văn bản quy phạm pháp luật",
            "/Thutuc/tabid/150/Default.aspx": "Thủ tục hành chính", "/Hoidap/tabid/160/Default.aspx": "Hỏi - Đáp", "/en/tabid/200/Default.aspx": "English",
        }.items()
    )  # fmt: skip
    latest = "".join(
        f'<li><a href="{address("/Tintuc/tabid/119/Default.aspx", one)}">{one.title}</a> ({one.day:%d/%m})</li>'
        for one in side
    )

    def framed(title: str, main: str) -> str:
        return f"""<!DOCTYPE html><html><head><title>{title} &gt; Ban Tổ chức</title><meta content="text/html; charset=UTF-8" http-equiv="Content-Type">
<link href="/Portals/_default/default.css" rel="stylesheet"><script src="/js/dnncore.js"></script></head><body id="Body"><form method="post" id="Form" action="">
<input type="hidden" name="__VIEWSTATE" value="/wEPDwUK"><table class="menu"><tr>{tabs}</tr></table><table><tr valign="top"><td id="dnn_LeftPane">
<div id="dnn_ctr412_ContentPane"><span class="Head">Tin mới</span><ul>{latest}</ul></div></td><td id="dnn_ContentPane">{main}</td></tr></table></form></body></html>"""

    def row(path: str, one: Story) -> str:
        return f'<tr><td class="Normal"><a class="tieude" href="{address(path, one)}">{one.title}</a> <span class="ngay">({one.day:%d/%m/%Y})</span><br>{one.summary}</td></tr>'

    def law(path: str, one: Story) -> str:
        return f'<tr class="rgRow"><td><a href="{address(path, one)}">{one.document}</a></td><td>{one.title}</td><td>{one.day:%d/%m/%Y}</td></tr>'

    modules = "".join(
        f'<div id="dnn_ctr{at}_ModuleContent"><span class="Head">{names[path]}</span><table>{"".join(row(path, one) for one in made[path][:3])}</table><a class="more" href="{path}">Xem thêm...</a></div>'
        for at, path in enumerate(truth, 500)
    )
    site.page("/", framed("Trang chủ", modules))
    for path, kind in truth.items():
        if kind == "news":
            body = f"<table>{''.join(row(path, one) for one in made[path][:10])}</table>"
        else:
            body = f'<table class="rgMasterTable"><thead><tr><th>Số hiệu</th><th>Trích yếu</th><th>Ngày ban hành</th></tr></thead>{"".join(law(path, one) for one in made[path][:10])}</table>'
        site.page(
            path,
            framed(
                names[path],
                f'<div id="dnn_ctr3988_List"><span class="Head">{names[path]}</span>{body}<a class="rgPageNext" href="{path}?page=2">Trang sau</a></div>',
            ),
        )
        site.page(f"{path}?page=2", framed(names[path], body))
    for path in ("/Gioithieu/tabid/40/Default.aspx", "/Thutuc/tabid/150/Default.aspx"):
        site.page(path, framed("Giới thiệu", text(path)))
    return site


def sharepoint() -> Site:
    """A city on SharePoint with sub-sites: menus behind script, a hub without a list, a schedule as a list of weeks."""
    truth = {
        "/tintuc/Pages/thoi-su.aspx": "news",
        "/tintuc/Pages/hoat-dong-lanh-dao.aspx": "news",
        "/vanban/Pages/van-ban-chi-dao.aspx": "documents",
        "/Pages/lich-cong-tac.aspx": "schedule",
    }
    site = Site("sharepoint", "SharePoint", truth)
    menu = """<div class="ms-core-listMenu-horizontalBox"><ul class="root static">
<li><a class="static menu-item" href="/Pages/default.aspx">Trang chủ</a></li><li><a class="static" href="javascript:;">Giới thiệu</a><ul class="dynamic">
<li><a href="/gioithieu/Pages/lich-su.aspx">Lịch sử hình thành</a></li><li><a href="/gioithieu/Pages/bo-may.aspx">Tổ chức bộ máy</a></li></ul></li>
<li><a class="static" href="/tintuc/Pages/default.aspx">Tin tức</a></li><li><a class="static" href="/Pages/lich-cong-tac.aspx">Lịch công tác tuần</a></li>
<li><a class="static" href="javascript:;">Văn bản</a><ul class="dynamic"><li><a href="/vanban/Pages/van-ban-chi-dao.aspx">Văn bản chỉ đạo điều hành</a></li></ul></li>
<li><a class="static" href="/Pages/thu-vien-anh.aspx">Thư viện ảnh</a></li><li><a href="/_layouts/15/Authenticate.aspx?Source=%2F">Đăng nhập</a></li></ul></div>"""

    def framed(title: str, main: str) -> str:
        return f"""<!DOCTYPE html><html dir="ltr" lang="vi-VN"><head><meta name="GENERATOR" content="Microsoft SharePoint" /><title>{title}</title>
<script src="/_layouts/15/init.js"></script></head><body><form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="x" />{menu}
<div id="s4-bodyContainer"><div id="ctl00_PlaceHolderMain_zone">{main}</div></div><div id="footer">Bản quyền thuộc UBND thành phố. Số lượng truy cập: 1.204.551</div></form></body></html>"""

    def row(one: Story, folder: str) -> str:
        return f'<div class="item"><div class="image"><a href="/{folder}/Pages/{one.day:%Y-%m-%d}/tin-{one.number}.aspx"><img src="/PublishingImages/a.jpg" alt=""></a></div><div class="title"><a href="/{folder}/Pages/{one.day:%Y-%m-%d}/tin-{one.number}.aspx">{one.title}</a></div><div class="date">{one.day:%d/%m/%Y} 09:41</div><div class="intro">{one.summary}</div></div>'

    news, leaders, orders = stories("sp news", 10), stories("sp leaders", 7), stories("sp orders", 10)
    home = f'<div class="box"><h2 class="box-title"><a href="/tintuc/Pages/thoi-su.aspx">Thời sự</a></h2>{"".join(row(one, "tintuc") for one in news[:5])}</div>'
    site.page("/", framed("Cổng thông tin điện tử thành phố", home))
    site.page("/Pages/default.aspx", framed("Cổng thông tin điện tử thành phố", home))
    hub = '<div class="sub"><ul><li><a href="/tintuc/Pages/thoi-su.aspx">Thời sự</a></li><li><a href="/tintuc/Pages/hoat-dong-lanh-dao.aspx">Hoạt động của lãnh đạo</a></li></ul></div>'
    site.page("/tintuc/Pages/default.aspx", framed("Tin tức", hub))
    site.page(
        "/tintuc/Pages/thoi-su.aspx",
        framed(
            "Thời sự",
            "".join(row(one, "tintuc") for one in news)
            + '<div class="paging"><b>1</b> <a href="/tintuc/Pages/thoi-su.aspx?page=2">2</a></div>',
        ),
    )
    site.page("/tintuc/Pages/thoi-su.aspx?page=2", framed("Thời sự", "".join(row(one, "tintuc") for one in news)))
    site.page(
        "/tintuc/Pages/hoat-dong-lanh-dao.aspx",
        framed("Hoạt động của lãnh đạo", "".join(row(one, "tintuc") for one in leaders)),
    )
    laws = "".join(
        f'<li class="vb"><a href="/vanban/Pages/chi-tiet.aspx?ItemID={one.number}">Quyết định số {one.document} ngày {one.day:%d/%m/%Y} của UBND thành phố về {one.title.lower()}</a><p class="ngay">Ngày ban hành: {one.day:%d/%m/%Y}</p></li>'
        for one in orders
    )
    site.page(
        "/vanban/Pages/van-ban-chi-dao.aspx", framed("Văn bản chỉ đạo điều hành", f'<ul class="vanban">{laws}</ul>')
    )
    weeks = "".join(
        f'<li><a href="/Pages/chi-tiet-lich.aspx?tuan={week}">Lịch công tác tuần {week} của Thường trực UBND thành phố</a> <span>({TODAY - timedelta(weeks=47 - week):%d/%m/%Y})</span></li>'
        for week in range(47, 39, -1)
    )
    site.page("/Pages/lich-cong-tac.aspx", framed("Lịch công tác", f"<ul class='tuan'>{weeks}</ul>"))
    for path in ("/gioithieu/Pages/lich-su.aspx", "/gioithieu/Pages/bo-may.aspx"):
        site.page(path, framed("Giới thiệu", text(path)))
    return site


def drupal() -> Site:
    """A district on Drupal 7: views without dates beside dated ones, and a feed of the whole site."""
    site = Site("drupal", "Drupal", {"/tin-tuc": "news", "/thong-bao": "news", "/van-ban": "documents"})

    def framed(title: str, main: str) -> str:
        menu = "".join(
            f'<li class="leaf"><a href="{path}">{name}</a></li>'
            for path, name in (
                ("/", "Trang chủ"),
                ("/gioi-thieu", "Giới thiệu chung"),
                ("/tin-tuc", "Tin tức"),
                ("/thong-bao", "Thông báo"),
                ("/van-ban", "Văn bản"),
                ("/thu-tuc-hanh-chinh", "Thủ tục hành chính"),
                ("/node/12", "Góp ý"),
            )
        )
        return f"""<!DOCTYPE html><html lang="vi"><head><title>{title} | UBND huyện Tri Tôn</title><meta charset="utf-8"><meta name="Generator" content="Drupal 7 (http://drupal.org)">
<script>jQuery.extend(Drupal.settings, {{}});</script></head><body class="html front"><div id="main-menu"><ul class="menu">{menu}</ul></div>
<div class="region region-content">{main}</div><div class="region region-footer"><p>Địa chỉ: thị trấn Tri Tôn</p></div></body></html>"""

    def dated(one: Story) -> str:
        return f'<div class="views-row"><div class="views-field-title"><span class="field-content"><a href="/node/{one.number}">{one.title}</a></span></div><div class="views-field-created"><span>{one.day:%d/%m/%Y} - 14:05</span></div><div class="views-field-body"><p>{one.summary}</p></div></div>'

    def bare(one: Story) -> str:
        return f'<div class="views-row"><div class="views-field-title"><span><a href="/node/{one.number}">{one.title}</a></span></div><div class="views-field-body"><p>{one.summary}</p></div></div>'

    news, notices, laws = stories("dr news", 10), stories("dr notices", 9), stories("dr laws", 10)
    site.page("/", framed("Trang chủ", "".join(dated(one) for one in news[:3])))
    site.page(
        "/tin-tuc",
        framed(
            "Tin tức",
            f'<div class="view-content">{"".join(map(dated, news))}</div><ul class="pager"><li class="pager-next"><a title="Đến trang sau" href="/tin-tuc?page=1">sau ›</a></li></ul>',
        ),
    )
    site.page("/tin-tuc?page=1", framed("Tin tức", "".join(map(dated, news))))
    site.page("/thong-bao", framed("Thông báo", f'<div class="view-content">{"".join(map(bare, notices))}</div>'))
    rows = "".join(
        f'<tr><td>{one.document}</td><td>{one.day:%d/%m/%Y}</td><td><a href="/sites/default/files/vb{one.number}.pdf">{one.title}</a></td></tr>'
        for one in laws
    )
    site.page(
        "/van-ban",
        framed(
            "Văn bản",
            f'<table class="views-table"><thead><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu nội dung</th></tr></thead>{rows}</table>',
        ),
    )
    for path in ("/gioi-thieu", "/thu-tuc-hanh-chinh"):
        site.page(path, framed("Giới thiệu", text(path)))
    items = "".join(
        f"<item><title>{one.title}</title><link>{{root}}/node/{one.number}</link><pubDate>{one.day:%a, %d %b %Y} 07:00:00 +0700</pubDate></item>"
        for one in news
    )
    site.pages["/rss.xml"] = (
        "application/rss+xml",
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>UBND</title>{items}</channel></rss>',
    )
    return site


def department() -> Site:
    """A department's own PHP: a door that leads on, banners without words, languages that grow, the site's map."""
    truth = {
        "/tin-tuc-su-kien/": "news",
        "/thong-bao/": "news",
        "/van-ban-chi-dao/": "documents",
        "/lich-lam-viec/": "schedule",
        "/chuyen-doi-so/": "news",
        "/hoat-dong-doan-the/": "news",
    }
    names = dict(
        zip(
            truth,
            (
                "Tin tức - Sự kiện",
                "Thông báo",
                "Văn bản chỉ đạo",
                "Lịch làm việc",
                "Chuyển đổi số",
                "Hoạt động đoàn thể",
            ),
            strict=True,
        )
    )
    site = Site("department", None, truth)
    made = {path: stories(f"php {path}", 9) for path in truth}

    def framed(title: str, main: str) -> str:
        return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{title} - Sở Khoa học và Công nghệ</title></head><body>
<div class="top"><a href="en/index.php">English</a> | <a href="/so-do-site.html">Sơ đồ trang</a> | <a href="mailto:x@y.vn">Email</a></div>
<div id="mainnav"><a href="/index.php">TRANG CHỦ</a><a href="/gioi-thieu.html">GIỚI THIỆU</a><a href="/tin-tuc-su-kien/">TIN TỨC - SỰ KIỆN</a><a href="/van-ban-chi-dao/">VĂN BẢN CHỈ ĐẠO</a>
<a href="/hoi-dap.html">HỎI ĐÁP</a><a href="/lien-he.html">LIÊN HỆ</a></div><div class="cols"><div class="left"><a href="/lich-lam-viec/"><img src="/img/lich.gif" alt="Lịch làm việc"></a>
<a href="/chuyen-doi-so/"><img src="/img/cds.gif"></a><a href="http://dichvucong.gov.vn/"><img src="/img/dvc.gif" alt="Dịch vụ công"></a></div><div class="center">{main}</div></div>
<div class="chan-trang">Sở Khoa học và Công nghệ. Giấy phép số 12/GP-TTĐT. <a href="javascript:window.print()">In trang</a></div></body></html>"""

    def row(path: str, one: Story) -> str:
        name = (
            f"Lịch làm việc tuần của lãnh đạo Sở từ ngày {one.day:%d/%m/%Y}" if truth[path] == "schedule" else one.title
        )
        if truth[path] == "documents":
            name = f"Công văn số {one.document} {one.title}"
        return f'<div class="tin"><a class="td" href="{path}{one.number}.html">{name}</a><i> - {one.day:%d/%m/%Y}</i><br>{one.summary}</div>'

    def listing(path: str, count: int) -> str:
        return "".join(row(path, one) for one in made[path][:count])

    site.pages["/"] = (
        "text/html",
        '<html><head><meta http-equiv="refresh" content="0; url=/index.php"></head><body></body></html>',
    )
    blocks = "".join(
        f'<div class="khung"><div class="tieu-de">{names[path]}</div>{listing(path, 3)}<a href="{path}">Xem tất cả &raquo;</a></div>'
        for path in ("/tin-tuc-su-kien/", "/thong-bao/")
    )
    site.page("/index.php", framed("Trang chủ", blocks))
    for path in truth:
        site.page(
            path,
            framed(
                names[path],
                f"<h1>{names[path]}</h1>{listing(path, 9)}<div class='phantrang'>1 <a href='{path}trang-2.html'>2</a> <a href='{path}trang-2.html'>Trang sau</a></div>",
            ),
        )
    site.page(
        "/so-do-site.html",
        framed(
            "Sơ đồ trang",
            "<ul>"
            + "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in names.items())
            + '<li><a href="/gioi-thieu.html">Giới thiệu</a></li></ul>',
        ),
    )
    for path in ("/gioi-thieu.html", "/lien-he.html", "/hoi-dap.html"):
        site.page(path, framed("Giới thiệu", text(path)))
    return site


def gazette() -> Site:
    """A province's gazette on Domino: forms and views, a table of documents, few news."""
    site = Site(
        "gazette",
        "Lotus Domino",
        {
            "/congbao.nsf/VanBanQPPL": "documents",
            "/congbao.nsf/VanBanKhac": "documents",
            "/congbao.nsf/ThongBao": "news",
        },
        home="/",
    )

    def framed(title: str, main: str) -> str:
        return f"""<!DOCTYPE html><html><head><title>{title}</title><link rel="stylesheet" href="/congbao.nsf/global.css"><script>document._domino_target = "_self";
function _doClick(v, o, t, h) {{ return false; }}</script></head><body><form name="_Main"><div id="menu"><a href="/congbao.nsf/TrangChu">Trang chủ</a>
<a href="/congbao.nsf/VanBanQPPL">Văn bản quy phạm pháp luật</a> <a href="/congbao.nsf/VanBanKhac">Văn bản khác</a> <a href="/congbao.nsf/ThongBao">Thông báo</a>
<a href="/congbao.nsf/GioiThieu">Giới thiệu</a> <a href="?login&amp;redirectto=congbao.nsf">Đăng nhập</a></div><div id="main">{main}</div></form></body></html>"""

    def laws(seed: str) -> str:
        rows = "".join(
            f"<tr><td style='width: 80px'>{one.day.day}/{one.day.month}/{one.day.year}</td><td><a href='/congbao.nsf/NoiDung?openForm&ParentUNID={one.number:032X}'><span class='doc-cate'>Quyết định của UBND tỉnh</span> <span class='doc-notation'>số {one.document}</span> {one.title.lower()}</a></td></tr>"
            for one in stories(seed, 10)
        )
        return f"<table>{rows}</table>"

    site.page("/", framed("Công báo tỉnh", laws("cb qppl")))
    site.page(
        "/congbao.nsf/VanBanQPPL",
        framed(
            "Văn bản QPPL", laws("cb qppl") + "<a href='/congbao.nsf/VanBanQPPL?OpenView&Start=31&page=2'>Trang sau</a>"
        ),
    )
    site.page("/congbao.nsf/VanBanKhac", framed("Văn bản khác", laws("cb khac")))
    news = "".join(
        f"<div class='tb'><a href='/congbao.nsf/0/{one.number:032X}?OpenDocument'>{one.title}</a> <em>{one.day:%d/%m/%Y}</em></div>"
        for one in stories("cb tb", 6)
    )
    site.page("/congbao.nsf/ThongBao", framed("Thông báo", news))
    site.page("/congbao.nsf/GioiThieu", framed("Giới thiệu", text("cb")))
    return site


SITES = (wordpress, nukeviet, dnn, sharepoint, drupal, department, gazette)


# --- served --------------------------------------------------------------------------------------------------------


def scripted(*, answers: bool) -> Site:
    """A department whose news come by script, from addresses that answer or not; its documents stand in the page."""
    site = Site("scripted", None, {"/vb": "documents"})
    links = '<nav><a href="/tin">Tin hoạt động</a><a href="/hop">Giấy mời họp</a><a href="/vb">Văn bản</a></nav>'
    for path in ("tin", "hop"):
        empty = f'<div id="list" data-url="/ajax/{path}?page=1"><div class="loading">Đang tải dữ liệu...</div></div>'
        site.page(f"/{path}", f"<html><body>{links}{empty}</body></html>")
        items = "".join(
            f'<div class="item"><a href="/bai/{path}/{at}">{one.title}</a></div>'
            for at, one in enumerate(stories(path, 10))
        )
        if answers:
            site.page(f"/ajax/{path}?page=1", items)
    rows = "".join(
        f'<tr><td>{one.document}</td><td>{one.day:%d/%m/%Y}</td><td><a href="/vb/{one.number}">{one.title}</a></td></tr>'
        for one in stories("vb", 8)
    )
    site.page("/vb", f"<html><body>{links}<table>{rows}</table></body></html>")
    site.page("/", f"<html><head><title>Sở Thử</title></head><body>{links}{text('home')}</body></html>")
    return site


@contextmanager
def served(site: Site, host: str = "127.0.0.31") -> Iterator[Site]:
    """The site on a loopback address of its own; what it has not is a page that says so, with 404."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            if target := site.redirects.get(self.path):
                self.send_response(302)
                self.send_header("Location", target)
                self.end_headers()
                return
            kind, body = site.pages.get(self.path) or site.pages.get(urlsplit(self.path).path) or ("text/html", "")
            self.send_response(200 if body else 404)
            raw = (
                (body or "<html><body><h1>404 Not Found</h1></body></html>")
                .replace("{root}", site.url.rstrip("/"))
                .encode()
            )
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Answers)
    site.url = f"http://{host}:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
