"""What sort of page answered: faults are found, and real content is never called one."""

from __future__ import annotations

import pytest

from crawler.extraction import extract
from crawler.markup import parse
from crawler.page_class import classify
from tests.extract import fault_pages
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, MENU, SITE, Article, footer, liferay, menu, nukeviet, page, related
from tests.extract.notices import SHORT

URL = "https://thanhbinh.gov.vn/tin-tuc/bai-12345.html"


def portal(inside: str, title: str = SITE) -> str:
    return page(
        title,
        f'<div class="top">{menu()}</div><div id="main">{inside}</div><div class="footer">{footer()}</div>',
        suffix="",
    )


FAULTS = {
    "challenge": (
        "<html><head><title>Just a moment...</title></head><body><h1>thanhbinh.gov.vn</h1><p>Checking your browser before accessing.</p></body></html>",
        "<html><body><script>document.cookie='D1N=8f3a';window.location.reload(true);</script></body></html>",
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br>Your support ID is: 123</body></html>",
        "<html><body><noscript>Vui lòng bật JavaScript để tiếp tục</noscript><p>Vui lòng bật JavaScript để tiếp tục truy cập.</p></body></html>",
    ),
    "maintenance": (
        "<html><head><title>Thông báo</title></head><body><h1>Hệ thống đang bảo trì</h1><p>Xin quý khách quay lại sau.</p></body></html>",
        "<html><body><center>Website tạm ngừng hoạt động để nâng cấp. Mong quý vị thông cảm!</center></body></html>",
        "<html><head><title>503 Service Unavailable</title></head><body>Service Unavailable</body></html>",
    ),
    "login": (
        '<html><head><title>Đăng nhập</title></head><body><form><h2>Đăng nhập hệ thống</h2><input name="u"><input type="password" name="p"></form></body></html>',
        portal(
            '<h1>Đăng nhập</h1><form>Tên <input name="u"> Mật khẩu <input type="password"></form>',
            f"Đăng nhập - {SITE}",
        ),
    ),
    "soft404": (
        portal("<h1>Trạng thái</h1><h3>Không tìm thấy</h3><p>Tài nguyên không được tìm thấy.</p>"),
        portal("<h2>404 - Không tìm thấy trang</h2><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>"),
        portal("<p>Bài viết không tồn tại hoặc đã bị gỡ bỏ.</p>"),
        portal("<h1>Page not found</h1><p>The page you requested does not exist.</p>" + related(FIRST, "Tin mới nhất")),
    ),
    "error": (
        "",
        "<html><body></body></html>",
        "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2></body></html>",
        "<html><body>Fatal error: Uncaught PDOException in /var/www/html/index.php</body></html>",
        portal(
            "<h1>Sorry, something went wrong</h1><p>An unexpected error has occurred.</p><p>Correlation ID: 12-34</p>"
        ),
    ),
}
CASES = [
    pytest.param(kind, source, id=f"{kind}-{at}")
    for kind, sources in FAULTS.items()
    for at, source in enumerate(sources)
]


@pytest.mark.parametrize(("kind", "source"), CASES)
def test_a_fault_with_status_200(kind: str, source: str) -> None:
    page_class, why = classify(parse(source), url=URL, status=200)
    assert page_class == kind, why
    found = extract(source, url=URL)
    assert (found.page, found.text) == (kind, "")


def worded(title: str, *texts: str) -> Article:
    from tests.extract.articles import Piece

    return Article("w", title, tuple(Piece("p", text) for text in texts))


TRICKY = (
    worded("Thông báo tạm ngừng hệ thống dịch vụ công để bảo trì", "Trung tâm thông báo hệ thống đang bảo trì từ 22 giờ ngày 12/8/2022 đến 5 giờ ngày 13/8/2022.", "Trân trọng thông báo để các cơ quan, tổ chức, cá nhân được biết và thực hiện."),
    worded("Hướng dẫn đăng nhập cổng dịch vụ công quốc gia cho người dân", "Người dân đăng nhập để nộp hồ sơ trực tuyến tại địa chỉ dichvucong.gov.vn bằng tài khoản VNeID mức 2.", "Mọi vướng mắc xin liên hệ bộ phận một cửa các cấp để được hướng dẫn cụ thể."),
    worded("Công an tỉnh: Không tìm thấy nạn nhân vụ lật thuyền", "Đến chiều nay lực lượng chức năng vẫn không tìm thấy nạn nhân, công tác tìm kiếm tiếp tục được triển khai."),
    worded("Khắc phục lỗi hệ thống một cửa điện tử", "Ngày 5/8, đã xảy ra lỗi trên hệ thống một cửa điện tử của tỉnh; đến nay sự cố đã được khắc phục hoàn toàn."),
)  # fmt: skip


@pytest.mark.parametrize("article", [*TRICKY, *SHORT, *ARTICLES], ids=lambda article: article.title[:24])
@pytest.mark.parametrize("layout", [liferay, nukeviet])
def test_content_is_never_called_a_fault(layout: object, article: Article) -> None:
    source = layout(article, FIRST)  # type: ignore[operator]
    login = '<div class="login-box">Đăng nhập <input type="password" name="p"></div>'
    page_class, why = classify(parse(source.replace("<footer", login + "<footer")), url=URL, status=200)
    assert page_class == "article", why


def test_an_error_status_is_an_error_whatever_the_page_says() -> None:
    assert classify(parse(portal("<h1>404</h1>")), url=URL, status=404)[0] == "error"
    assert classify(parse("<p>x</p>"), url=URL, status=500)[0] == "error"
    assert classify(parse("<p>Unauthorized</p>"), url=URL, status=401)[0] == "login"


def test_a_php_notice_before_the_page_is_no_error() -> None:
    source = "<br /><b>Notice</b>: Undefined index: a in /var/www/x.php on line 3<br />" + liferay(ARTICLES[2], FIRST)
    found = extract(source, url=URL)
    assert found.page == "article"
    assert found.text.split("\n") == ARTICLES[2].lines


def test_a_listing_has_no_text_unless_forced() -> None:
    rows = "".join(
        f'<div class="item"><h3><a href="/tin/{i}.html">Tin số {i} về hội nghị chuyển đổi số của tỉnh</a></h3><span>1{i}/08/2022</span></div>'
        for i in range(8)
    )
    found = extract(portal(f"<h1>Tin tức</h1>{rows}"), url="https://thanhbinh.gov.vn/tin-tuc")
    assert (found.page, found.text) == ("listing", "")
    assert MENU


@pytest.mark.parametrize(
    ("kind", "source"), [pytest.param(*each, id=f"{each[0]}-{at}") for at, each in enumerate(fault_pages.FAULTS)]
)
def test_what_servers_and_firewalls_answer(kind: str, source: str) -> None:
    page_class, why = classify(parse(source), url=URL, status=200)
    assert page_class == kind, why
    assert why


@pytest.mark.parametrize(("title", "text"), fault_pages.ARTICLES, ids=lambda text: text[:24])
def test_an_article_about_a_fault_is_an_article(title: str, text: str) -> None:
    for source in fault_pages.stamped(title, text):
        page_class, why = classify(parse(source), url=URL, status=200)
        assert page_class == "article", why


def test_a_list_that_only_a_script_opens_is_no_article() -> None:
    rows = "".join(
        f'<a class="no" rel="{at}">Danh mục văn bản đăng công báo ngày {at} tháng 07 năm 2026</a>' for at in (25, 10)
    )
    found = classify(
        parse(portal(f"<div class='caption'>Danh mục</div><div class='list'>{rows}</div>")), url=URL, status=200
    )
    assert found == ("listing", "entries that only a script opens")
