"""Listings of many shapes: every entry with its date, nothing else, and where the listing goes on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from crawler.listing import ListingRules, read_listing
from storage import NextPage
from tests.extract.layouts import FIRST, MENU, SECOND, Moving, counter, footer, menu, page, related

URL = "https://thanhbinh.gov.vn/tin-tuc.html"


@dataclass(frozen=True)
class News:
    at: int
    title: str
    day: str
    summary: str


def _news(at: int) -> News:
    topics = (
        "chuyển đổi số",
        "cải cách hành chính",
        "xây dựng nông thôn mới",
        "phòng chống thiên tai",
        "an toàn giao thông",
    )
    title = f"Hội nghị lần thứ {at + 1} triển khai nhiệm vụ {topics[at % 5]} năm 2022"
    return News(
        at,
        title,
        f"{at + 10}/08/2022",
        f"Sáng nay, UBND tỉnh tổ chức hội nghị về {topics[at % 5]} theo Kế hoạch số 1{at}/KH-UBND ngày 0{at % 9 + 1}/7/2022.",
    )


NEWS = tuple(_news(at) for at in range(10))


def numbers(to: Callable[[int], str], current: int = 1, last: str = "") -> str:
    links = "".join(
        f"<li class='active'><span>{n}</span></li>" if n == current else f'<li><a href="{to(n)}">{n}</a></li>'
        for n in range(1, 6)
    )
    return f'<ul class="pagination">{links}{last}</ul>'


def around(inside: str, m: Moving) -> str:
    return page(
        "Tin tức",
        f'<div class="header">{m.clock}</div>{menu()}<div class="main"><h1 class="portlet-title">Tin tức - Sự kiện</h1>{inside}</div>'
        f'<div class="right"><div class="box"><h3>Tin đọc nhiều</h3>{related(m, "Tin xem nhiều")}</div>{counter(m)}</div><div class="footer">{footer()}</div>',
    )


def liferay(m: Moving) -> str:
    rows = "".join(
        f'<div class="asset-abstract"><div class="asset-image"><a href="/tin/-/view_content/{n.at}-a"><img src="/i.jpg"></a></div><div><h3 class="asset-title"><a href="/tin/-/view_content/{n.at}-a">{n.title}</a></h3>'
        f'<div class="assetPublishDate block_timer"> {n.day} | 12:00 AM </div><div class="asset-summary"> {n.summary} </div></div></div>'
        for n in NEWS
    )
    return around(f'<div class="asset-publisher">{rows}</div>' + numbers(lambda n: f"/tin-tuc.html?_101_cur={n}"), m)


def flat(m: Moving) -> str:
    rows = "".join(
        f'<img src="/dot.gif" width=5> <a href="ChiTiet.aspx?nid={n.at}">{n.title}</a> <span>({n.day})</span><br>'
        for n in NEWS
    )
    return around(
        f'<div id="ds">{rows}</div><div>Trang: <b>1</b> <a href="?page=2">2</a> <a href="?page=3">3</a> <a href="?page=9">»</a></div>',
        m,
    )


def featured(m: Moving) -> str:
    first, rest = NEWS[0], NEWS[1:]
    top = f'<div class="tin-dau"><a href="/tin/0-dau.html"><img src="/big.jpg" width="600"></a><h2><a href="/tin/0-dau.html">{first.title}</a></h2><p class="date">{first.day}</p><p>{first.summary}</p></div>'
    rows = "".join(
        f'<li><a href="/tin/{n.at}-dau.html" title="{n.title}">{n.title}</a><p class="date">{n.day}</p><p>{n.summary}</p></li>'
        for n in rest
    )
    return around(
        f'<div class="list">{top}<ul class="ds">{rows}</ul></div><div class="page-nav"><a class="next" href="/tin-tuc/page-2">Trang sau</a></div>',
        m,
    )


def grid(m: Moving) -> str:
    cells = [
        f'<div class="col-6"><div class="card"><a href="/{n.at}.htm"><img src="/i.jpg"/></a><div class="body"><a href="/{n.at}.htm" class="t">{n.title}</a><span class="time"><i></i> {n.day}, 14:49</span></div></div></div>'
        for n in NEWS
    ]
    rows = "".join(f'<div class="row">{"".join(cells[at : at + 2])}</div>' for at in range(0, 10, 2))
    return around(
        f'<div class="grid">{rows}</div><nav class="pg"><a href="/trang-1.htm">‹</a><a class="on" href="/trang-1.htm">1</a><a href="/trang-2.htm">2</a><a href="/trang-2.htm">›</a><a href="/trang-40.htm">»</a></nav>',
        m,
    )


def webforms(m: Moving) -> str:
    rows = "".join(
        f'<tr><td class="d">{n.day}</td><td><a id="ctl00_{n.at}" href="/Pages/tin.aspx?ItemID={n.at}">{n.title}</a></td></tr>'
        for n in NEWS
    )
    pager = (
        "<tr><td colspan=2><table><tr><td><span>1</span></td>"
        + "".join(f"<td><a href=\"javascript:__doPostBack('ctl00$grv','Page${n}')\">{n}</a></td>" for n in (2, 3))
        + "</tr></table></td></tr>"
    )
    return around(
        f'<form action="tin-tuc.html" method="post"><input type="hidden" name="__VIEWSTATE" value="v1"><table class="grv">{rows}{pager}</table></form>',
        m,
    )


def wrapped(m: Moving) -> str:
    rows = "".join(
        f'<a class="item" href="/bai/{n.at}"><h4>{n.title}</h4><time datetime="2022-08-{n.at + 10}">{n.day}</time><p>{n.summary}</p></a>'
        for n in NEWS
    )
    return around(f'<section>{rows}</section><a rel="next" href="/tin-tuc.html?p=2">Xem tiếp</a>', m)


def dates_first(m: Moving) -> str:
    rows = "".join(
        f'<div class="r"><span class="ngay">{n.day}</span><a href="/x/{n.at}.html">{n.title}</a></div>' for n in NEWS
    )
    return around(f'<div class="l">{rows}</div>', m)


SHAPES: tuple[tuple[Callable[[Moving], str], NextPage | None], ...] = (
    (liferay, NextPage("https://thanhbinh.gov.vn/tin-tuc.html?_101_cur=2")),
    (flat, NextPage("https://thanhbinh.gov.vn/tin-tuc.html?page=2")),
    (featured, NextPage("https://thanhbinh.gov.vn/tin-tuc/page-2")),
    (grid, NextPage("https://thanhbinh.gov.vn/trang-2.htm")),
    (webforms, NextPage(URL, (("__VIEWSTATE", "v1"), ("__EVENTTARGET", "ctl00$grv"), ("__EVENTARGUMENT", "Page$2")))),
    (wrapped, NextPage("https://thanhbinh.gov.vn/tin-tuc.html?p=2")),
    (dates_first, None),
)


@pytest.mark.parametrize(("shape", "onward"), SHAPES, ids=[shape.__name__ for shape, _ in SHAPES])
def test_every_entry_and_nothing_else(shape: Callable[[Moving], str], onward: NextPage | None) -> None:
    found = read_listing(shape(FIRST), url=URL)
    assert found.page == "listing", found.why
    assert [entry.title for entry in found.entries] == [news.title for news in NEWS]
    days = [f"2022-08-{news.at + 10}" for news in NEWS]
    assert [entry.published.isoformat()[:10] if entry.published else None for entry in found.entries] == days
    assert len({entry.url for entry in found.entries}) == 10
    assert all(entry.url.startswith("https://thanhbinh.gov.vn/") for entry in found.entries)
    assert found.next == onward
    again = read_listing(shape(SECOND), url=URL)
    assert again.entries == found.entries


DOCUMENTS = tuple(
    (
        f"{at + 30}/2022/QĐ-UBND",
        f"{at + 1}/7/2022",
        f"Quyết định bãi bỏ Quyết định số 9{at}/2020/QĐ-UBND ngày 24/8/2020 của UBND tỉnh về quản lý tài sản công",
    )
    for at in range(8)
)


@pytest.mark.parametrize("headed", [True, False])
def test_a_table_of_documents(headed: bool) -> None:
    head = (
        "<tr><th>STT</th><th>Số/Ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th><th>Tải về</th></tr>"
        if headed
        else ""
    )
    rows = "".join(
        f'<tr><td>{at + 1}</td><td><a href="/van-ban/{at}">{number}</a></td><td>{day}</td><td><a href="/van-ban/{at}">{about}</a></td><td><a href="/files/QD so {at}.pdf">Tải về</a></td></tr>'
        for at, (number, day, about) in enumerate(DOCUMENTS)
    )
    found = read_listing(around(f'<table class="vb">{head}{rows}</table>', FIRST), url=URL, kind="documents")
    assert found.page == "listing"
    assert [(entry.number, entry.title) for entry in found.entries] == [
        (number, about) for number, _, about in DOCUMENTS
    ]
    assert [entry.published.isoformat() if entry.published else None for entry in found.entries] == [
        f"2022-07-0{at + 1}" for at in range(8)
    ]
    assert [entry.url for entry in found.entries] == [f"https://thanhbinh.gov.vn/van-ban/{at}" for at in range(8)]


def test_given_selectors_win_and_do_not_fall_back() -> None:
    rules = ListingRules(
        entry=".asset-abstract",
        link="h3 a",
        title="h3",
        published=".block_timer",
        summary=".asset-summary",
        next=".pagination li:nth-child(3) a",
    )
    found = read_listing(liferay(FIRST), url=URL, rules=rules)
    assert [entry.title for entry in found.entries] == [news.title for news in NEWS]
    assert found.entries[0].summary == NEWS[0].summary
    assert found.next == NextPage("https://thanhbinh.gov.vn/tin-tuc.html?_101_cur=3")
    assert read_listing(liferay(FIRST), url=URL, rules=ListingRules(entry=".gone")).entries == ()


@pytest.mark.parametrize(
    ("pager", "url", "expected"),
    [
        ('<div class="pager"><a href="?page=1">1</a> <b>2</b> <a href="?page=3">3</a></div>', URL + "?page=2", "?page=3"),
        ('<ul class="pagination"><li><a href="?page=1">1</a></li><li class="active"><a href="?page=2">2</a></li></ul>', URL + "?page=2", None),
        ('<div class="pagination"><a href="?page=1">«</a><a href="?page=1">1</a><span class="current">2</span><a href="?page=2">»</a></div>', URL + "?page=2", None),
        ('<div class="phantrang"><a href="?page=1">Trang trước</a> <a href="?page=3">Trang tiếp</a></div>', URL + "?page=2", "?page=3"),
        ('<div class="pagination"><a href="?page=2">&gt;</a> <a href="?page=90">&gt;&gt;</a></div>', URL, "?page=2"),
        ('<div class="pagination"><span>1</span><a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=90">»</a></div>', URL, "?page=2"),
        ('<div class="paging"><a href="#">1</a><a href="/tin-tuc/trang-2.html">2</a><a href="/tin-tuc/trang-3.html">3</a></div>', URL, "/tin-tuc/trang-2.html"),
        ('<div class="paging"><a title="Trang sau" href="?page=2"><img src="n.gif"></a></div>', URL, "?page=2"),
        ('<div class="paging"><a href="https://khac.vn/?page=2">Trang sau</a></div>', URL, None),
        ("<p>Còn tiếp</p>", URL, None),
    ],
)  # fmt: skip
def test_where_a_listing_goes_on(pager: str, url: str, expected: str | None) -> None:
    source = re.sub(r'<ul class="pagination">.*?</ul>', pager, liferay(FIRST), flags=re.DOTALL)
    found = read_listing(source, url=url)
    target = (
        None
        if expected is None
        else (URL + expected if expected.startswith("?") else "https://thanhbinh.gov.vn" + expected)
    )
    assert (found.next.url if found.next else None) == target


def test_a_menu_alone_is_no_listing() -> None:
    found = read_listing(page("Liên hệ", menu() + "<p>Mọi ý kiến xin gửi về hộp thư của tỉnh.</p>" + footer()), url=URL)
    assert found.entries == ()
    assert len(MENU) > 3


# --- what a row says, and what it only seems to say ------------------------------------------------------------


def listed(row: Callable[[int], str], *, url: str = URL, title: str = "Tin tức") -> str:
    return page(title, f"{menu()}<h1>Tin tức</h1><div class='l'>{''.join(map(row, range(8)))}</div>{footer()}")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("<span>15</span><span>Th10 2025</span>", "2025-10-15"),
        ("<div>15</div><div>10/2025</div>", "2025-10-15"),
        ("<div>Tháng 10/2025</div><div>15</div>", "2025-10-15"),
        ("<div>15</div><div>Tháng Mười, 2025</div>", "2025-10-15"),
        ("<time datetime='2025-10-15T08:30:00+07:00'>2 giờ trước</time>", "2025-10-15"),
        ("<p>2 giờ trước</p>", None),
        ("<p>Hôm qua, 08:15</p>", None),
        ("<p>Lễ hội diễn ra từ 29/4 - 4/5/2016</p>", None),
        ("<p>Đăng ngày 15 - 10 - 2025</p>", "2025-10-15"),
        ("<p>Th 4, 15/10/2025 | 09:26 SA</p>", "2025-10-15"),
        ("<p>22:33, 15/10/2025 (GMT+7)</p>", "2025-10-15"),
        ("<p>13 lượt xem</p>", None),
    ],
)
def test_the_date_of_a_row(said: str, day: str | None) -> None:
    def row(at: int) -> str:
        return f'<div class="r"><div class="n">{said}</div><h3><a href="/tin/{at}.html">{NEWS[at].title}</a></h3><p>{NEWS[at].summary}</p></div>'

    found = read_listing(listed(row), url=URL)
    assert len(found.entries) == 8
    assert {entry.published.isoformat()[:10] if entry.published else None for entry in found.entries} == {day}


def test_a_date_in_the_link_is_no_part_of_the_title() -> None:
    def row(at: int) -> str:
        return f'<li><div class="t"><a href="/tin/{at}.html">{NEWS[at].title} <span class="d"> (1{at}/08/2022) </span></a></div></li>'

    found = read_listing(listed(row), url=URL)
    assert [entry.title for entry in found.entries] == [news.title for news in NEWS[:8]]
    assert [entry.published.isoformat() if entry.published else None for entry in found.entries] == [f"2022-08-1{at}" for at in range(8)]  # fmt: skip


def test_a_title_that_is_cut_is_taken_whole_from_the_link_or_its_picture() -> None:
    def row(at: int) -> str:
        news, cut = NEWS[at], NEWS[at].title[:30] + "..."
        named = f'<a href="/{at}.html" title="{news.title}">{cut}</a>'
        pictured = f'<a href="/{at}.html"><img src="/i.jpg" alt="{news.title}"></a><a href="/{at}.html">{cut}</a>'
        return f'<div class="r"><div>{named if at % 2 else pictured}</div><p>{news.day}</p></div>'

    found = read_listing(listed(row), url=URL)
    assert [entry.title for entry in found.entries] == [news.title for news in NEWS[:8]]


def test_a_page_read_from_a_file_has_its_own_address_or_the_files() -> None:
    source = liferay(FIRST)
    found = read_listing(source, url="file:///saved/tin-tuc.html")
    assert found.page == "listing"
    assert found.entries[0].url == "file:///tin/-/view_content/0-a"
    assert found.next == NextPage("file:///tin-tuc.html?_101_cur=2")
    own = source.replace("<head>", '<head><link rel="canonical" href="https://thanhbinh.gov.vn/tin-tuc.html">')
    found = read_listing(own, url="file:///saved/tin-tuc.html")
    assert found.entries[0].url == "https://thanhbinh.gov.vn/tin/-/view_content/0-a"
    assert found.url == "file:///saved/tin-tuc.html"
    # A page from the web leads to no file.
    assert read_listing(source.replace('href="/tin/', 'href="file:///tin/'), url=URL).entries == ()


@pytest.mark.slow
def test_an_archive_on_one_page_is_cut_with_a_word() -> None:
    rows = "".join(f'<li><a href="/tin/{at}.html">Hội nghị lần thứ {at} triển khai nhiệm vụ của ngành</a></li>' for at in range(100_000))  # fmt: skip
    found = read_listing(page("Tin tức", f"<h1>Tin tức</h1><ul>{rows}</ul>"), url=URL)
    assert found.page == "listing"
    assert len(found.entries) == 3000
    assert "4 were read" in found.why
    assert "cut after 3000 entries" in found.why


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        ('<a href="/tin/AllPosts.aspx?CategoryId=16&PublishedDate=2015-08-25T13:35:00Z"><img alt="Xem tiếp" src="/x.gif"></a>', "https://thanhbinh.gov.vn/tin/AllPosts.aspx?CategoryId=16&PublishedDate=2015-08-25T13:35:00Z"),
        ('<a href="/tin.nsf/Tin?OpenView&Start=31">Tiếp</a>', "https://thanhbinh.gov.vn/tin.nsf/Tin?OpenView&Start=31"),
        ('<a href="?Paged=TRUE&p_ID=40&PageFirstRow=31" title="Next">&gt;</a>', URL + "?Paged=TRUE&p_ID=40&PageFirstRow=31"),
        ('<div class="lang"><a href="/en">English</a> <a href="/en/en">Next</a></div>', None),
        ('<ul class="pagination"><li class="active"><a href="?page=1">1</a></li><li><a href="?page=77">Trang cuối</a></li></ul>', None),
        ('<button>Xem thêm</button>', None),
    ],
)  # fmt: skip
def test_where_it_goes_on_by_a_key(pager: str, expected: str | None) -> None:
    source = re.sub(r'<ul class="pagination">.*?</ul>', pager, liferay(FIRST), flags=re.DOTALL)
    found = read_listing(source, url=URL)
    assert (found.next.url if found.next else None) == expected


def test_the_number_and_the_date_before_the_link_are_the_documents() -> None:
    rows = "".join(
        f"<div><b>Công văn số {300 - at}/STN-VP</b> ngày {20 - at}/11/2026: "
        f"<a href='/vb/{at}'>V/v triển khai kế hoạch bảo vệ rừng phòng hộ đợt {at}</a></div>"
        for at in range(12)
    )
    listing = read_listing(f"<h1>Văn bản</h1>{rows}", url="https://a.gov.vn/van-ban", kind="documents")
    assert [entry.number for entry in listing.entries] == [f"{300 - at}/STN-VP" for at in range(12)]
    assert [str(entry.published) for entry in listing.entries] == [f"2026-11-{20 - at:02d}" for at in range(12)]
    assert "12 with dates" in listing.why
