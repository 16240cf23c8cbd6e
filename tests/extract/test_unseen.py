"""A fixed sample of drawn pages: what was reached is held. The floors are counts of exact pages, never to be lowered."""

from __future__ import annotations

from html import escape

import pytest

from crawler.extraction import extract
from crawler.listing import read_listing
from tests.extract.articles import ARTICLES
from tests.extract.notices import SHORT
from tests.extract.unseen import MOVINGS, SITES, SKELETONS, Draw, Drawn, _Parts, draw_article
from tests.extract.unseen_listings import URL, draw_listing

# Of 90 articles and 60 listings of each kind.
ARTICLE_FLOOR = 82
LISTING_FLOORS = {"news": 54, "documents": 60}
ALL = (*ARTICLES, *SHORT)
FIELDS = (
    "page",
    "title",
    "published",
    "updated",
    "byline",
    "source",
    "lead",
    "text",
    "tables",
    "captions",
    "attachments",
)


def faults(drawn: Drawn) -> list[str]:
    """What differs from what a reader would take from a drawn page."""
    first, second = (extract(page, url=drawn.url) for page in drawn.pages)
    published = first.published.isoformat() if first.published else None
    checks = {
        "page": first.page == "article",
        "title": first.title == drawn.title,
        "lines": first.text.split("\n") == drawn.lines,
        "captions": sorted(first.captions) == sorted(drawn.captions),
        "signed": (first.source, first.byline) == (drawn.source, drawn.byline),
        "published": published == drawn.published,
        "wrong date": published in (None, drawn.published),
        "tables": list(first.tables) == drawn.tables,
        "lead": drawn.lead in (None, first.lead),
        "false change": all(getattr(first, name) == getattr(second, name) for name in FIELDS),
        "leak": not any(noise in "\n".join((first.text, *first.captions)) for noise in drawn.noise),
    }
    return [name for name, good in checks.items() if not good]


def test_drawn_articles() -> None:
    found = {seed: faults(draw_article(seed, ALL[seed % len(ALL)])) for seed in range(1000, 1090)}
    bad = {seed: names for seed, names in found.items() if names}
    assert len(found) - len(bad) >= ARTICLE_FLOOR, bad
    assert not [seed for seed, names in bad.items() if "wrong date" in names]


def listing_faults(seed: int, kind: str) -> list[str]:
    drawn = draw_listing(seed, kind)
    first, second = (read_listing(page, url=URL, kind=kind) for page in drawn.pages)
    wanted = [(item.url, item.title, item.number, item.iso if drawn.dated else None) for item in drawn.entries]
    got = [
        (entry.url, entry.title, entry.number, entry.published.isoformat() if entry.published else None)
        for entry in first.entries
    ]
    checks = {
        "page": first.page == "listing",
        "entries": got == wanted,
        "next": second.next == drawn.onward,
        "false change": first.entries == second.entries,
    }
    return [name for name, good in checks.items() if not good]


@pytest.mark.parametrize("kind", ["news", "documents"])
def test_drawn_listings(kind: str) -> None:
    found = {seed: listing_faults(seed, kind) for seed in range(1000, 1060)}
    bad = {seed: names for seed, names in found.items() if names}
    assert len(found) - len(bad) >= LISTING_FLOORS[kind], bad


# --- what sort of page, in a portal's whole chrome -----------------------------------------------------------

FAULTS = {
    "404": ("soft404", "Lỗi 404", "<h1>404</h1><p>Không tìm thấy trang bạn yêu cầu.</p><a href='/'>Quay lại trang chủ</a>"),
    "gone": ("soft404", "Thông báo", "<div>Bài viết không tồn tại hoặc đã bị xóa khỏi hệ thống.</div>"),
    "status": ("soft404", "Trạng thái", "<h3>Không tìm thấy</h3><p>Tài nguyên không được tìm thấy.</p>"),
    "error": ("error", "Lỗi hệ thống", "<h2>Đã xảy ra lỗi hệ thống</h2><p>Xin vui lòng thử lại sau.</p>"),
    "login": ("login", "Đăng nhập", "<h2>Đăng nhập</h2><p>Tên đăng nhập</p><input name='u'><p>Mật khẩu</p><input type='password' name='p'>"),
    "empty": ("listing", "Tìm kiếm", "<h2>Tìm kiếm</h2><p>Không tìm thấy kết quả nào</p>"),
}  # fmt: skip
CONTENTS = {
    "a file": ("Lịch công tác tuần 32 của lãnh đạo UBND tỉnh năm 2022", "<p><a href='/files/lich-tuan-32.pdf'>Xem chi tiết</a></p>"),
    "a picture": ("Giấy mời họp báo công bố kết quả chỉ số chuyển đổi số", "<p><img src='/uploads/giay-moi.jpg' width='800'></p>"),
    "a gallery": ("Chùm ảnh: Lễ hội truyền thống của đồng bào các dân tộc trong tỉnh", "".join(f"<p><a href='/l/{at}.jpg'><img src='/s/{at}.jpg' width='700'></a></p><p style='text-align:center'><em>Ảnh {at}. Các đội thi tài trong ngày hội</em></p>" for at in range(5))),
    "one line": ("Hoãn phiên họp thường kỳ của UBND tỉnh tháng 8 năm 2022", "<p>UBND tỉnh hoãn phiên họp thường kỳ tháng 8 sang ngày 25/8/2022.</p>"),
    "maintenance as news": ("Thông báo tạm ngừng hệ thống dịch vụ công để bảo trì", "<p>Trung tâm thông báo hệ thống đang bảo trì từ 22 giờ ngày 12/8/2022 đến 5 giờ ngày 13/8/2022.</p>"),
}  # fmt: skip


def chrome(skeleton: str, seed: int, title: str, inner: str, heading: str = "", meta: str = "") -> str:
    draw = Draw(seed, MOVINGS[0], 0)
    site = SITES[seed % len(SITES)]
    parts = _Parts(
        ["<div><a href='/'>Trang chủ</a> &raquo; <a href='/tin'>Tin tức</a></div>"], heading, [meta], inner, []
    )
    top = f"<div>{site}</div>{draw.clock()}"
    page = SKELETONS[skeleton](
        draw, top, draw.menu(), [draw.counter()], parts, [], [draw.side("right")], draw.footer(site)
    )
    return f"<html><head><title>{escape(title)} - {site}</title></head><body>{page}</body></html>"


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("name", FAULTS)
def test_faults_in_chrome(name: str, skeleton: str) -> None:
    wanted, title, inner = FAULTS[name]
    found = extract(
        chrome(skeleton, len(name) + len(skeleton), title, inner), url="https://thanhbinh.gov.vn/tin/x-1.html"
    )
    assert found.page == wanted, found.why


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("name", CONTENTS)
def test_content_is_no_fault(name: str, skeleton: str) -> None:
    title, inner = CONTENTS[name]
    source = chrome(
        skeleton, len(name) + len(skeleton), title, inner, f"<h1>{title}</h1>", "<div>Ngày đăng: 09/08/2022</div>"
    )
    found = extract(source, url="https://thanhbinh.gov.vn/tin/x-1.html")
    assert found.page == "article", found.why
    assert found.title == title
    assert found.published is not None
    if name == "a file":
        assert [file.url for file in found.attachments] == ["https://thanhbinh.gov.vn/files/lich-tuan-32.pdf"]
