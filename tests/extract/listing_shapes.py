"""Listings as platforms write them: fifteen shapes, each drawn by a seed, in the chrome that `unseen` draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random
from unicodedata import normalize

from storage import NextPage
from tests.extract.unseen import MOVINGS, SITES, SKELETONS, Draw, _Parts

HOST = "https://thanhbinh.gov.vn"
URL = f"{HOST}/tin-tuc-su-kien"

_WHO = ("Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Sở Y tế", "Ban Quản lý Khu kinh tế", "HĐND huyện Đông Giang", "Đoàn giám sát của Quốc hội", "Hội Nông dân tỉnh", "Công an tỉnh", "Trường Chính trị", "Mặt trận Tổ quốc")  # fmt: skip
_DOES = ("kiểm tra tiến độ thi công", "làm việc với", "tổ chức hội nghị sơ kết về", "ra quân hưởng ứng", "khảo sát thực tế tại", "tập huấn nghiệp vụ cho", "tiếp và trao quà tặng", "đối thoại với")  # fmt: skip
_WHAT = ("các doanh nghiệp vùng ven biển", "đường vành đai phía Nam", "các hộ dân tái định cư", "phong trào trồng cây", "công tác tiêm chủng mở rộng", "chương trình mỗi xã một sản phẩm", "đội ngũ cán bộ cơ sở", "nhà máy nước sạch")  # fmt: skip
_ABOUT = ("quản lý tài sản công", "mức thu học phí", "định mức chi hội nghị", "quy chế phối hợp phòng cháy", "giá đất năm mới", "hỗ trợ giống cây trồng", "phân cấp quản lý đô thị")  # fmt: skip


@dataclass(frozen=True)
class Item:
    """What a reader sees of one entry; `iso` None where the row says no date that can be known."""

    url: str
    title: str
    iso: str | None
    number: str | None = None


@dataclass(frozen=True)
class Shaped:
    """One drawn listing and what is to be read from it."""

    shape: str
    seed: int
    kind: str
    page: str
    url: str
    items: tuple[Item, ...]
    onward: NextPage | None


Made = tuple[str, list[Item], str, NextPage | None]


def slug(title: str) -> str:
    """The title as addresses write it."""
    plain = normalize("NFD", title.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


class Pen:
    """The facts of a listing's entries, from one random source."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.serial = rng.randrange(1200, 90_000)
        self.combos = [(a, b, c) for a in _WHO for b in _DOES for c in _WHAT]
        rng.shuffle(self.combos)
        self.day = 0

    def title(self) -> str:
        who, does, what = self.combos.pop()
        return f"{who} {does} {what}" + (f" giai đoạn {self.rng.randrange(2021, 2030)}" * (self.rng.random() < 0.2))

    def when(self) -> tuple[int, int, int]:
        """Days that go back, over the end of a month."""
        self.day += self.rng.randrange(0, 3)
        number = 400 - self.day
        return 2025, max(1, number // 34), min(28, number % 34 + 1)

    def next_id(self) -> int:
        self.serial -= self.rng.randrange(1, 40)
        return self.serial

    def sentence(self) -> str:
        who, does, what = self.rng.choice(self.combos)
        return f"Sáng nay, {who} đã {does} {what}; tham dự có lãnh đạo các sở, ngành và {self.rng.randrange(20, 300)} đại biểu."

    def count(self, low: int = 6, high: int = 15) -> int:
        return self.rng.randrange(low, high)


def iso(when: tuple[int, int, int]) -> str:
    return "{}-{:02d}-{:02d}".format(*when)


# --- the shapes ---------------------------------------------------------------------------------------------


def cards(pen: Pen) -> Made:
    """A grid of cards: all of a card is a link, the date has an icon, and the title is cut."""
    items, cells = [], []
    for _ in range(pen.count()):
        title, when = pen.title(), pen.when()
        path = f"/bai-viet/{slug(title)}-{pen.next_id()}"
        shown = title if len(title) < 50 else title[:46].rsplit(" ", 1)[0] + "..."
        cells.append(
            f'<div class="col-lg-4 col-sm-6"><a class="card h-100" href="{path}" title="{escape(title)}"><div class="ratio"><img src="/t/{pen.serial}.webp" alt=""></div>'
            f'<div class="card-body"><div class="card-title">{shown}</div><small><i class="bi bi-calendar"></i> {when[2]:02d}/{when[1]:02d}/{when[0]}</small></div></a></div>'
        )
        items.append(Item(HOST + path, title, iso(when)))
    pager = '<nav><ul class="pagination"><li class="page-item active"><span class="page-link">1</span></li><li class="page-item"><a class="page-link" href="?trang=2">2</a></li><li class="page-item"><a class="page-link" href="?trang=2" aria-label="Next">&raquo;</a></li></ul></nav>'
    return f'<div class="row g-3">{"".join(cells)}</div>{pager}', items, "news", NextPage(URL + "?trang=2")


def highlighted(pen: Pen) -> Made:
    """ "Tin nổi bật": one large article and three beside it, and then the list with its dates."""
    news = []
    for _ in range(pen.count(8, 14)):
        title, when = pen.title(), pen.when()
        news.append((f"/tin-tuc/{slug(title)}-{pen.next_id()}.html", title, when))
    (path, title, _), beside, rest = news[0], news[1:4], news[4:]
    top = (
        f'<div class="hot-news"><div class="big"><a href="{path}"><img src="/big.jpg" width="640"></a><h2><a href="{path}">{title}</a></h2><p>{pen.sentence()}</p></div><ul class="hot-sub">'
        + "".join(f'<li><a href="{to}"><img src="/s.jpg"></a><h3><a href="{to}">{name}</a></h3></li>' for to, name, _ in beside)
        + "</ul></div>"
    )  # fmt: skip
    rows = "".join(
        f'<div class="news-item clearfix"><a class="thumb" href="{to}"><img src="/n.jpg" alt="{escape(name)}"></a><h3><a href="{to}">{name}</a></h3><p class="meta">{d:02d}/{m:02d}/{y} {pen.rng.randrange(7, 18):02d}:15</p><p>{pen.sentence()}</p></div>'
        for to, name, (y, m, d) in rest
    )
    items = [Item(HOST + to, name, None) for to, name, _ in news[:4]]
    items += [Item(HOST + to, name, iso(when)) for to, name, when in rest]
    return (
        f'{top}<div class="news-list">{rows}</div><div class="more"><a href="/tin-tuc-su-kien/trang-2">Trang sau</a></div>',
        items,
        "news",
        NextPage(f"{URL}/trang-2"),
    )


def badges(pen: Pen) -> Made:
    """The day in one element and the month with the year in another: <span>15</span><span>Th10 2025</span>."""
    month = pen.rng.choice(("Th{m} {y}", "Tháng {m}/{y}", "{m:02d}/{y}", "T{m}-{y}"))
    tag = pen.rng.choice(("span", "div", "p"))
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/chi-tiet/{pen.next_id()}/{slug(title)}"
        badge = f'<div class="date-box"><{tag} class="d">{d:02d}</{tag}><{tag} class="my">{month.format(m=m, y=y)}</{tag}></div>'
        rows.append(
            f'<li class="item">{badge}<div class="info"><a href="{path}">{title}</a><p>{pen.sentence()}</p></div></li>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    return f'<ul class="list-date">{"".join(rows)}</ul>', items, "news", None


def relative(pen: Pen) -> Made:
    """Times that count from now, which nobody can date later, and a button that loads more."""
    items, rows = [], []
    for at in range(pen.count()):
        title = pen.title()
        path = f"/{slug(title)}-{pen.next_id()}.htm"
        said = f"{at + 1} phút trước" if at < 2 else f"{at} giờ trước" if at < 8 else "Hôm qua"
        rows.append(
            f'<article class="story"><h2><a href="{path}">{title}</a></h2><time>{said}</time><div class="summary">{pen.sentence()}</div></article>'
        )
        items.append(Item(HOST + path, title, None))
    more = pen.rng.choice(
        (
            '<button class="load-more" type="button">Xem thêm</button>',
            '<a class="btn-more" href="javascript:void(0)">Xem thêm</a>',
            '<a href="#" onclick="loadMore();return false">Tải thêm tin</a>',
        )
    )
    return f'<section class="timeline">{"".join(rows)}</section><div class="center">{more}</div>', items, "news", None


def asset_publisher(pen: Pen) -> Made:
    """Liferay 7: search container rows, "Read more", metadata under it, and its own pager."""
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/web/guest/tin-tuc/-/asset_publisher/Xy12/content/{slug(title)}"
        rows.append(
            f'<div class="asset-abstract"><div class="pull-right"></div><h4 class="asset-title"><a href="{path}">{title}</a></h4><div class="asset-content"><div class="asset-summary">{pen.sentence()}</div></div>'
            f'<div class="asset-metadata"><span class="metadata-entry metadata-publish-date">{d:02d}/{m:02d}/{y}</span></div><a class="read-more" href="{path}">Đọc thêm <span class="hide-accessible">Về {title}</span></a></div>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    pager = '<div class="taglib-page-iterator"><ul class="pager"><li class="disabled first"><a href="javascript:;">&larr; Đầu tiên</a></li><li class="disabled"><a href="javascript:;">Trước</a></li><li><a href="/tin-tuc-su-kien?p_p_id=101_INSTANCE_Xy12&amp;_101_INSTANCE_Xy12_cur=2">Tiếp theo</a></li><li class="last"><a href="/tin-tuc-su-kien?p_p_id=101_INSTANCE_Xy12&amp;_101_INSTANCE_Xy12_cur=31">Cuối cùng &rarr;</a></li></ul></div>'
    return (
        f'<div class="asset-publisher">{"".join(rows)}</div>{pager}',
        items,
        "news",
        NextPage(f"{URL}?p_p_id=101_INSTANCE_Xy12&_101_INSTANCE_Xy12_cur=2"),
    )


def news_column(pen: Pen) -> Made:
    """NukeViet: a panel a row, the posting's time and views in a list of small items."""
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        hour = pen.rng.randrange(6, 19)
        path = f"/vi/news/tin-tuc-su-kien/{slug(title)}-{pen.next_id() % 900}.html"
        rows.append(
            f'<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body"><a href="{path}" title="{escape(title)}"><img alt="{escape(title)}" src="/assets/news/{pen.serial}.jpg" width="183" class="img-thumbnail pull-left imghome"/></a>'
            f'<h3><a href="{path}" title="{escape(title)}">{title}</a></h3><div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em> {d:02d}/{m:02d}/{y} {hour:02d}:05:00 {"SA" if hour < 12 else "CH"}</li><li><em class="fa fa-eye">&nbsp;</em> Đã xem: {pen.rng.randrange(40, 3000)}</li><li><em class="fa fa-comment-o">&nbsp;</em> Phản hồi: 0</li></ul></div>{pen.sentence()}</div></div>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    pager = '<div class="text-center"><ul class="pagination"><li class="disabled"><a href="#">&nbsp;</a></li><li class="active"><a href="#">1</a></li><li><a rel="next" title="Trang 2" href="/vi/news/tin-tuc-su-kien/page-2/">2</a></li><li><a href="/vi/news/tin-tuc-su-kien/page-3/">3</a></li></ul></div>'
    return "".join(rows) + pager, items, "news", NextPage(f"{HOST}/vi/news/tin-tuc-su-kien/page-2/")


def dnn(pen: Pen) -> Made:
    """DNN: tables in tables with an invisible picture, and the pages by postback."""
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/Default.aspx?tabid=119&ndid={pen.next_id()}&key="
        rows.append(
            f'<tr><td><table cellpadding="3" width="100%"><tr><td valign="top" width="90"><a href="{escape(path)}"><img src="/Portals/0/{pen.serial}.jpg" width="80"></a></td><td valign="top" align="left"><a class="Head" href="{escape(path)}">{title}</a> <span class="Normal">({d}/{m}/{y})</span><br><span class="Normal">{pen.sentence()}</span></td></tr></table></td></tr>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    pager = "<table><tr><td>Trang: <span>1</span> <a href=\"javascript:__doPostBack('dnn$ctr398$List$pg','2')\">2</a> <a href=\"javascript:__doPostBack('dnn$ctr398$List$pg','3')\">3</a> <a href=\"javascript:__doPostBack('dnn$ctr398$List$pg','77')\">Cuối</a></td></tr></table>"
    form = (("__VIEWSTATE", "dDw1"), ("__VIEWSTATEGENERATOR", "CA0B"), ("__EVENTTARGET", "dnn$ctr398$List$pg"), ("__EVENTARGUMENT", "2"))  # fmt: skip
    return (
        f'<form method="post" action="/tin-tuc-su-kien"><input type="hidden" name="__VIEWSTATE" value="dDw1"><input type="hidden" name="__VIEWSTATEGENERATOR" value="CA0B"><table width="100%">{"".join(rows)}</table>{pager}</form>',
        items,
        "news",
        NextPage(URL, form),
    )


def archive(pen: Pen) -> Made:
    """A WordPress archive: article, header, entry-meta with author and category, and nav-links."""
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/{y}/{m:02d}/{slug(title)}/"
        rows.append(
            f'<article id="post-{pen.next_id()}" class="post type-post hentry"><header class="entry-header"><h2 class="entry-title"><a href="{path}" rel="bookmark">{title}</a></h2><div class="entry-meta"><span class="posted-on"><a href="{path}" rel="bookmark"><time class="entry-date published" datetime="{y}-{m:02d}-{d:02d}T08:30:00+07:00">{d} Tháng {m}, {y}</time></a></span><span class="byline"> bởi <a href="/author/admin/">Ban biên tập</a></span></div></header>'
            f'<div class="entry-summary"><p>{pen.sentence()} <a class="more-link" href="{path}">Đọc tiếp<span class="screen-reader-text"> “{title}”</span></a></p></div><footer class="entry-footer"><span class="cat-links">Chuyên mục: <a href="/category/tin-tuc/">Tin tức sự kiện</a></span></footer></article>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    pager = '<nav class="navigation pagination"><div class="nav-links"><span aria-current="page" class="page-numbers current">1</span> <a class="page-numbers" href="/tin-tuc-su-kien/page/2/">2</a> <span class="page-numbers dots">…</span> <a class="page-numbers" href="/tin-tuc-su-kien/page/48/">48</a> <a class="next page-numbers" href="/tin-tuc-su-kien/page/2/">Tiếp theo</a></div></nav>'
    return (
        f'<main id="main" class="site-main">{"".join(rows)}{pager}</main>',
        items,
        "news",
        NextPage(f"{URL}/page/2/"),
    )


def keyset(pen: Pen) -> Made:
    """SharePoint with pages by the last date: the button "Xem tiếp" is a picture."""
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/portal/Pages/{y}-{m:02d}-{d:02d}/{slug(title)[:40]}{pen.next_id()}x.aspx"
        rows.append(
            f'<tr><td class="ms-vb" valign="top"><div class="newsTitle"><a href="{path}">{title}</a> <span class="ShowDate">({d:02d}/{m:02d}/{y})</span></div><div class="newsLead">{pen.sentence()}</div></td></tr>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    to = "/TinTuc/Lists/Posts/AllPosts.aspx?CategoryId=16&PublishedDate=2025-08-25T13:35:00Z"
    return (
        f'<table border="0" width="100%">{"".join(rows)}</table><div class="css_Xemtiep"><a href="{escape(to)}"><img alt="Xem tiếp" src="/_layouts/xemtiep.gif"></a></div>',
        items,
        "news",
        NextPage(HOST + to),
    )


def front(pen: Pen) -> Made:
    """A province's front page: two columns of six boxes, a large article on top, and "Đọc nhiều", which is none of them."""
    items: list[Item] = []
    news = []
    form = pen.rng.choice(
        (
            "/tin-tuc/{slug}-{at}.html",
            "/Pages/ChiTiet.aspx?nid={at}",
            "/2025/11/{slug}/",
            "/node/{at}",
            "/web/guest/-/asset_publisher/x1/content/{slug}",
            "/{slug}-119251123{at}704.htm",
            "/index.php?option=com_content&view=article&id={at}:{slug}",
        )
    )
    for _ in range(1 + 6 * 4):
        title = pen.title()
        path = form.format(slug=slug(title), at=pen.next_id())
        news.append((escape(path), title))
        items.append(Item(HOST + path, title, None))
    path, title = news[0]
    top = f'<div class="slide"><a href="{path}"><img src="/b.jpg" width="700"></a><h2><a href="{path}">{title}</a></h2><p>{pen.sentence()}</p></div>'
    names = ["Chính trị", "Kinh tế - Xã hội", "Cải cách hành chính", "Thông báo", "Văn hóa", "Tin nổi bật"]
    pen.rng.shuffle(names)
    boxes = []
    for at, name in enumerate(names):
        (first, headline), rest = news[1 + 4 * at], news[2 + 4 * at : 5 + 4 * at]
        boxes.append(
            f'<div class="box"><div class="box-title"><a href="/{slug(name)}">{name}</a></div><div class="lead"><a href="{first}"><img src="/l.jpg"></a><a class="t" href="{first}">{headline}</a><div>{pen.sentence()}</div></div><ul>'
            + "".join(f'<li><a href="{to}">{said}</a></li>' for to, said in rest)
            + "</ul></div>"
        )
    read = "".join(f'<li><a href="{escape(form.format(slug="cu-" + slug(said), at=700 + at))}">{said}</a></li>' for at, said in enumerate(pen.title() for _ in range(5)))  # fmt: skip
    half = (
        f'<div class="col-6">{"".join(boxes[:3])}</div><div class="col-6">{"".join(boxes[3:])}</div>'
        if pen.rng.random() < 0.5
        else f'<table width="100%"><tr><td valign="top">{"".join(boxes[:3])}</td><td valign="top">{"".join(boxes[3:])}</td></tr></table>'
    )
    side = f'<div class="box"><h3>Đọc nhiều nhất</h3><ul>{read}</ul></div>'
    return f"{top}{half}{side}", items, "front", None


def _document(pen: Pen) -> tuple[str, str, str, tuple[int, int, int]]:
    at, when = pen.rng.randrange(len(_ABOUT)), pen.when()
    kind, symbol = pen.rng.choice(
        (("Quyết định", "QĐ-UBND"), ("Công văn", "UBND-NC"), ("Kế hoạch", "KH-UBND"), ("Nghị quyết", "NQ-HĐND"))
    )
    serial = pen.next_id() % 4000 + 1
    number = f"{serial}/2025/{symbol}" if kind in ("Quyết định", "Nghị quyết") else f"{serial}/{symbol}"
    about = f"{'bãi bỏ Quyết định số 90/2021/QĐ-UBND ngày 24/8/2021 về' if pen.rng.random() < 0.4 else 'về việc'} {_ABOUT[at]} trên địa bàn tỉnh"
    return kind, number, about, when


def grid_view(pen: Pen) -> Made:
    """An ASP.NET GridView: the type spans its rows, and the number leads to the document."""
    items, rows = [], []
    kinds = pen.count(2, 4)
    for _ in range(kinds):
        span = pen.rng.randrange(2, 5)
        for at in range(span):
            kind, number, about, (y, m, d) = _document(pen)
            path = f"/vbpq/Pages/vbpq-toanvan.aspx?ItemID={pen.next_id()}"
            first = f'<td rowspan="{span}">Loại {kinds}</td>' if at == 0 else ""
            title = f"{kind} {about}"
            rows.append(
                f'<tr class="row{at % 2}">{first}<td><a href="{path}">{number}</a></td><td>{d:02d}/{m:02d}/{y}</td><td><a href="{path}">{title}</a></td></tr>'
            )
            items.append(Item(HOST + path, title, iso((y, m, d)), number))
    head = "<tr><th>Loại văn bản</th><th>Số, ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>"
    pager = "<tr class='pgr'><td colspan='4'><table><tr><td><span>1</span></td><td><a href=\"javascript:__doPostBack('ctl00$grvDocument','Page$2')\">2</a></td><td><a href=\"javascript:__doPostBack('ctl00$grvDocument','Page$3')\">3</a></td></tr></table></td></tr>"
    form = (("__VIEWSTATE", "q9"), ("__EVENTTARGET", "ctl00$grvDocument"), ("__EVENTARGUMENT", "Page$2"))
    return (
        f'<form method="post" action="/tin-tuc-su-kien"><input type="hidden" name="__VIEWSTATE" value="q9"><table class="grid" cellspacing="0" rules="all" border="1">{head}{"".join(rows)}{pager}</table></form>',
        items,
        "documents",
        NextPage(URL, form),
    )


def documents(pen: Pen) -> Made:
    """Columns in an order of its own, the issuer among them, and nothing but the file to click where one is so inclined."""
    columns = ["STT", "Số ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành", "Tải về"]
    middle = columns[1:5]
    pen.rng.shuffle(middle)
    columns = [columns[0], *middle, columns[5]]
    only_file = pen.rng.random() < 0.4
    items, rows = [], []
    for at in range(pen.count()):
        kind, number, about, (y, m, d) = _document(pen)
        path, file = f"/van-ban/{pen.next_id()}/{slug(about)[:30]}", f"/upload/vb/{number.replace('/', '_')} ky.pdf"
        title = f"{kind} {about}"
        cells = {
            "STT": str(at + 1),
            "Số ký hiệu": number,
            "Ngày ban hành": f"{d:02d}-{m:02d}-{y}",
            "Trích yếu": title if only_file else f'<a href="{path}">{title}</a>',
            "Cơ quan ban hành": pen.rng.choice(("UBND tỉnh", "Chủ tịch UBND tỉnh", "HĐND tỉnh")),
            "Tải về": f'<a href="{file}" title="Tải về"><i class="fa fa-download"></i></a>',
        }
        rows.append("<tr>" + "".join(f"<td>{cells[name]}</td>" for name in columns) + "</tr>")
        items.append(Item(HOST + (file.replace(" ", "%20") if only_file else path), title, iso((y, m, d)), number))
    head = "<thead><tr>" + "".join(f"<th>{name}</th>" for name in columns) + "</tr></thead>"
    return (
        f'<div class="table-responsive"><table class="table table-bordered">{head}<tbody>{"".join(rows)}</tbody></table></div><div class="pager"><b>1</b> | <a href="?page=2">2</a> | <a href="?page=3">3</a></div>',
        items,
        "documents",
        NextPage(URL + "?page=2"),
    )


def document_list(pen: Pen) -> Made:
    """Documents without a table: number, date and abstract as lines of one item."""
    items, rows = [], []
    for _ in range(pen.count()):
        kind, number, about, (y, m, d) = _document(pen)
        path = f"/he-thong-van-ban/?pageid=27160&docid={pen.next_id()}"
        title = f"{kind} {about}"
        rows.append(
            f'<div class="doc-item"><div class="doc-no">Số ký hiệu: <b>{number}</b></div><div class="doc-date">Ngày ban hành: {d:02d}/{m:02d}/{y}</div><a class="doc-title" href="{escape(path)}">{title}</a></div>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d)), number))
    return f'<div class="docs">{"".join(rows)}</div>', items, "documents", None


def gazette(pen: Pen) -> Made:
    """Domino: rows without a table, two numbers in most of them, the file behind the row's own page, pages by Start."""
    items, rows = [], []
    for _ in range(pen.count()):
        kind, number, about, (y, m, d) = _document(pen)
        unid = f"{pen.next_id():032X}"
        title = f"{kind} của UBND tỉnh số {number} {about}"
        rows.append(
            f"<tr><td style='width: 80px'>{d}/{m}/{y}</td><td><a href='/congbao.nsf/NoiDung?openForm&ParentUNID={unid}'><span class='doc-cate'>{kind} của UBND tỉnh</span> <span class='doc-notation'>số {number}</span> {about}</a></td><td><a href=\"/congbao.nsf/{unid}/$file/QD so {number.split('/')[0]}.doc\"><img src='/word.gif'></a></td></tr>"
        )
        items.append(Item(f"{HOST}/congbao.nsf/NoiDung?openForm&ParentUNID={unid}", title, iso((y, m, d)), number))
    to = "/congbao.nsf/VanBanQPPL2?OpenView&Start=31&page=2"
    return (
        f"<div class='list'>{''.join(rows)}</div><div class='page-nav'><span class='current'>1</span> <a href='{escape(to)}'>2</a> <a href='{escape(to.replace('31', '61').replace('=2', '=3'))}'>3</a></div>",
        items,
        "documents",
        NextPage(HOST + to),
    )


def schedules(pen: Pen) -> Made:
    """Weekly schedules: a row a week, with the week's dates in the title, the posting's date beside it."""
    items, rows = [], []
    for at in range(pen.count()):
        week, (y, m, d) = 40 - at, pen.when()
        title = f"Lịch công tác tuần {week} của lãnh đạo UBND tỉnh (từ ngày {d:02d}/{m:02d}/{y} đến ngày {d + 4:02d}/{m:02d}/{y})"
        path = f"/lich-cong-tac/lich-tuan-{week}-{pen.next_id()}"
        rows.append(
            f'<tr><td align="center">{at + 1}</td><td><a href="{path}">{title}</a></td><td align="center">{d:02d}/{m:02d}/{y}</td></tr>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    return (
        f'<table class="tbl-lich" width="100%"><tr><th>TT</th><th>Lịch công tác</th><th>Ngày đăng</th></tr>{"".join(rows)}</table>',
        items,
        "news",
        None,
    )


def definitions(pen: Pen) -> Made:
    """A list of terms: <dt> holds the title, one <dd> the date and another the summary; or headings and paragraphs."""
    outer, inner, other = pen.rng.choice((("dl", "dt", "dd"), ("div", "h4", "p")))
    items, rows = [], []
    for _ in range(pen.count()):
        title, (y, m, d) = pen.title(), pen.when()
        path = f"/tin/{pen.next_id()}"
        rows.append(
            f'<{inner}><a href="{path}">{title}</a></{inner}><{other} class="x1">Ngày đăng: {d:02d}/{m:02d}/{y}</{other}><{other}>{pen.sentence()}</{other}>'
        )
        items.append(Item(HOST + path, title, iso((y, m, d))))
    return f"<{outer}>{''.join(rows)}</{outer}>", items, "news", None


SHAPES: dict[str, Callable[[Pen], Made]] = {
    make.__name__: make
    for make in (
        cards,
        highlighted,
        badges,
        relative,
        asset_publisher,
        news_column,
        dnn,
        archive,
        keyset,
        front,
        grid_view,
        documents,
        document_list,
        gazette,
        schedules,
        definitions,
    )
}


def draw_shape(shape: str, seed: int) -> Shaped:
    """One page of a shape: its facts and its chrome drawn by the seed."""
    rng = Random(f"{shape}/{seed}")
    inner, items, kind, onward = SHAPES[shape](Pen(rng))
    draw = Draw(seed, MOVINGS[0], 0)
    site = rng.choice(SITES)
    is_front = kind == "front"
    section = "Trang chủ" if is_front else "Văn bản" if kind == "documents" else "Tin tức sự kiện"
    heading = "" if is_front else rng.choice((f"<h1>{section}</h1>", f"<div class='title-cat'>{section}</div>", f"<h2 class='portlet-title'><a href='/tin-tuc-su-kien'>{section}</a></h2>", ""))  # fmt: skip
    crumbs = [] if is_front or rng.random() < 0.5 else [f"<div class='duongdan'><a href='/'>Trang chủ</a> / {section}</div>"]  # fmt: skip
    parts = _Parts(crumbs, heading, [], inner, [])
    sides = [] if is_front else [draw.side("right")] if rng.random() < 0.6 else []
    # A form in a form is no HTML: pages that bring their own stand in frames without one.
    frames = [
        name for name in SKELETONS if name not in ("webforms", "sharepoint", "dnn") or not (onward and onward.form)
    ]
    frame = SKELETONS[rng.choice(frames)]
    body = frame(
        draw, f"<div>{site}</div>{draw.clock()}", draw.menu(), [draw.counter()], parts, [], sides, draw.footer(site)
    )
    head = rng.choice(
        (f"{section} - {site}", f"{section} | {site}") if is_front else (f"{section} - {site}", site, section)
    )
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{head}</title></head><body>{body}</body></html>'
    url = f"{HOST}/" if is_front else URL
    return Shaped(shape, seed, "news" if is_front else kind, page, url, tuple(items), onward)
