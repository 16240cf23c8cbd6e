"""A portal's own selectors, struck words, attachments and leads."""

from __future__ import annotations

from crawler.extraction import ArticleRules, extract
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, nukeviet, page, widget_body

URL = "https://thanhbinh.gov.vn/tin/1.html"


def test_given_selectors_win() -> None:
    source = page(
        "Khác",
        '<div class="a"><b class="t">Thông báo họp Ban Chỉ đạo</b><i class="d">09/08/2022 10:36</i></div>'
        '<div class="x"><p>Đoạn một của thông báo.</p><p class="bo">Bỏ đoạn này đi.</p><p>Hôm nay các đại biểu dự họp.</p></div>'
        "<div><p>" + "Đoạn văn dài ở chỗ khác của trang không phải là bài viết. " * 20 + "</p></div>",
    )
    rules = ArticleRules(title=".t", published=".d", body=".x", drop=(".bo",))
    found = extract(source, url=URL, rules=rules)
    assert found.title == "Thông báo họp Ban Chỉ đạo"
    assert found.published is not None
    assert found.published.isoformat() == "2022-08-09T10:36:00+07:00"
    assert found.text.split("\n") == ["Đoạn một của thông báo.", "Hôm nay các đại biểu dự họp."]
    assert any(removed.why == "the portal's rule" for removed in found.removed)
    assert extract(source, url=URL, rules=ArticleRules(published=".none")).published is None


def test_struck_words_are_marked() -> None:
    source = nukeviet(ARTICLES[2], FIRST).replace(
        "Tổ chức triển khai ngay các nhiệm vụ được giao tại Quyết định",
        '<strike>Họp lúc 8 giờ</strike> <span style="text-decoration: line-through">ngày 5/8</span> Tổ chức tại Quyết định',
    )
    assert "~~Họp lúc 8 giờ ngày 5/8~~ Tổ chức tại" in extract(source, url=URL).text


def test_attachments_are_the_articles_own() -> None:
    files = '<p>Tệp đính kèm:</p><p><a href="/files/KH so 5.pdf">Tải về</a></p><p><a href="/f/b.docx" title="x">Phụ lục</a></p>'
    source = widget_body(ARTICLES[1], FIRST).replace(
        '</div><div class="widget"><h3>Tin cùng', files + '</div><div class="widget"><h3>Tin cùng', 1
    )
    source = source.replace("<h3>Tin cùng", '<a href="/khac.pdf">Khác</a><h3>Tin cùng')
    found = extract(source, url=URL)
    names = {file.url: file.name for file in found.attachments}
    assert names["https://thanhbinh.gov.vn/files/KH%20so%205.pdf"] == "KH so 5.pdf"
    assert names["https://thanhbinh.gov.vn/f/b.docx"] == "Phụ lục"
    assert found.text.split("\n") == ARTICLES[1].lines
    assert found.byline == "Như Vương"


def test_a_lead_in_a_bare_div_is_the_first_line() -> None:
    found = extract(nukeviet(ARTICLES[0], FIRST), url=URL)
    assert found.lead == ARTICLES[0].lines[0]
    assert found.text.startswith(found.lead)


def test_what_is_taken_out_is_named() -> None:
    found = extract(nukeviet(ARTICLES[0], FIRST), url=URL)
    assert {"visitor counter", "menu", "footer", "caption"} <= {removed.why for removed in found.removed}


def test_the_listing_gives_a_title_where_the_page_has_none() -> None:
    source = "<html><body><div><p>UBND tỉnh mời các đại biểu dự họp ngày 12/8/2022 tại trụ sở.</p></div></body></html>"
    assert extract(source, url=URL, listing_title="Giấy mời họp").title == "Giấy mời họp"
