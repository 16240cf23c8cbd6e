"""Bytes to text, text to tree, and the dates that portals write."""

from __future__ import annotations

import random
import time
import unicodedata
from datetime import date

import pytest

from config import CrawlError
from crawler import dates
from crawler.extraction import ArticleRules, extract
from crawler.listing import read_listing
from crawler.markup import absolute, decode, parse, same_site, selector_fault, text_of
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, liferay

TEXT = "<html><head><title>Ủy ban Quốc gia về chuyển đổi số</title></head><body>Nghị quyết</body></html>"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "text/html; charset=iso-8859-1",
        "text/html; charset=windows-1252",
        "text/html; charset=nonsense",
        "text/html;charset=rot13",
    ],
)
def test_valid_utf8_wins_over_every_declaration(header: str | None) -> None:
    late = TEXT.replace("</title>", '</title><meta charset="windows-1258">')
    assert decode(late.encode(), header) == late
    assert text_of(next(parse(decode(late.encode(), header)).iter("title"))) == "Ủy ban Quốc gia về chuyển đổi số"


def test_other_charsets() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode()) == TEXT
    assert decode(TEXT.encode("utf-16")) == TEXT
    assert decode(TEXT.encode("utf-16-le")) == TEXT
    legacy = "Nghị quyết"
    body = b'<meta charset="windows-1258"><p>Ngh\xf2 quy\xeat' + "\u0301".encode("cp1258") + b"</p>"
    assert "Ngh" in decode(body)
    assert (
        unicodedata.normalize(
            "NFC", decode("Nghi\u0323 quyê\u0301t".encode("cp1258"), "text/html; charset=windows-1258")
        )
        == legacy
    )
    cut = ("é" * 300 + "ế").encode()[:-1]
    assert decode(cut).startswith("é" * 300)
    twice = (
        ("<p>Giấy phép của Ủy ban nhân dân tỉnh về việc triển khai nhiệm vụ</p>" * 4)
        .encode()
        .decode("latin-1")
        .encode()
    )
    assert "Giấy phép của Ủy ban" in decode(twice)


def test_addresses() -> None:
    assert absolute("https://a.vn/x/y.html", "../b c.pdf#p2") == "https://a.vn/b%20c.pdf"
    assert absolute("https://a.vn/", "javascript:void(0)") is None
    assert absolute("https://a.vn/", "#top") is None
    assert absolute("https://a.vn/", "http://[bad") is None
    assert same_site("https://www.a.vn/x", "http://A.vn/y")
    assert not same_site("https://b.a.vn", "https://a.vn")


def test_selectors() -> None:
    assert selector_fault("div.news > a[href$='.html']") is None
    assert selector_fault("div[") is not None
    assert selector_fault("") is not None
    with pytest.raises(CrawlError):
        extract(TEXT, url="https://a.vn/", rules=ArticleRules(body="div["), force=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cập nhật: Thứ ba, 09/08/2022", "2022-08-09"),
        ("Đăng ngày 11 - 11 - 2023", "2023-11-11"),
        ("03/04/2020 | 10:36 PM", "2020-04-03T22:36:00+07:00"),
        ("17/01/2014 | 12:00 AM", "2014-01-17"),
        ("Th 4, 29/07/2020 | 09:26 SA", "2020-07-29T09:26:00+07:00"),
        ("Thứ 3, 9/8/2022 | 9:26 CH", "2022-08-09T21:26:00+07:00"),
        ("22:33, 09/08/2021 (GMT+7)", "2021-08-09T22:33:00+07:00"),
        ("Thứ tư - 28/12/2022 08:15", "2022-12-28T08:15:00+07:00"),
        ("(29/06/2026, 14:49)", "2026-06-29T14:49:00+07:00"),
        ("28-05-2024", "2024-05-28"),
        ("13/7/2026", "2026-07-13"),
        ("2022-08-09T03:36:00Z", "2022-08-09T10:36:00+07:00"),
        ("2022-08-09T00:00:00", "2022-08-09"),
        ("ngày 24 tháng 9 năm 2021", "2021-09-24"),
        ("Hôm nay: 2417", None),
        ("32/13/2022", None),
        ("12/15 chỉ tiêu", None),
        ("35/2022/QĐ-UBND", None),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    when = dates.parse_when(text)
    assert (when.isoformat() if when else None) == expected


def test_labels_say_what_a_date_is() -> None:
    assert dates.labelled("Cập nhật lúc 15h30, ngày 9/8/2022")[0] == "updated"  # type: ignore[index]
    assert dates.labelled("Ngày đăng: 08/07/2024  11:38")[0] == "published"  # type: ignore[index]
    for none in ("Ngày ban hành: 09/08/2022", "Thứ 3, Ngày 16/07/2024 -", "Thời gian: 8h00 ngày 15/9/2022"):
        assert dates.labelled(none) is None
    assert dates.labelled_dates(["Ngày đăng:", "08/07/2024 11:38", "Cập nhật", "09/07/2024"])["updated"] == date(
        2024, 7, 9
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://thanhhoa.gov.vn/portal/Pages/2023-11-11/Slug-cut.aspx", "2023-11-11"),
        ("https://baochinhphu.vn/slug-119250713214008704.htm", "2025-07-13T21:40:00+07:00"),
        ("https://tuoitre.vn/slug-20200925144413052.htm", "2020-09-25T14:44:00+07:00"),
        ("https://a.vn/tin-119999999999999999.htm", None),
        ("https://a.vn/view_content/4374098-slug.html", None),
    ],
)
def test_dates_in_addresses(url: str, expected: str | None) -> None:
    when = dates.url_date(url)
    assert (when.isoformat() if when else None) == expected
    answer = extract(liferay(ARTICLES[2], FIRST).replace("03/04/2020 | 10:36 PM", ""), url=url).published
    assert (answer.isoformat() if answer else None) == expected


def test_a_clock_and_a_build_time_are_no_publish_date() -> None:
    source = liferay(ARTICLES[2], FIRST).replace("03/04/2020 | 10:36 PM", "")
    source = source.replace("<head>", '<head><meta property="og:updated_time" content="2026-11-22T01:00:00Z">')
    source = (
        source.replace("<ul class=", "<div>Thứ 3, Ngày 16/07/2024 -</div><ul class=", 1)
        + "<!-- Mirrored Sat, 27 Aug 2022 -->"
    )
    assert extract(source, url="https://a.vn/x").published is None


# --- hostile pages ------------------------------------------------------------------------------------------

HOSTILE = {
    "empty": "",
    "nul": "\x00\x00<p>a\x00b</p>",
    "binary": bytes(range(256)).decode("latin-1") * 200,
    "declaration": '<?xml version="1.0" encoding="windows-1252"?><html><body><p>Nghị quyết</p></body></html>',
    "deep": "<div>" * 5000 + "<p>Nội dung</p>",
    "deep tables": "<table><tr><td>" * 2000 + "x",
    "deep inline": "<b><i><s>" * 1500 + "x",
    "links": "<ul>" + "".join(f'<li><a href="/tin/{at}.html">Tin tức số {at} về hội nghị của tỉnh</a></li>' for at in range(20_000)),
    "paragraphs": "<body>" + "<p>Đây là một đoạn văn bản khá dài để kiểm tra tốc độ xử lý của chương trình khi gặp trang lớn.</p>" * 10_000,
    "one line": "<p>" + "chữ " * 400_000,
    "broken": "<html><body><table><tr><p>a<td><b>b</p></i></table></div></html><p>c <a href='x><b",
    "rows": "<table>" + "<tr><td>1</td><td>hai</td><td>ba</td></tr>" * 20_000 + "</table>",
    "menus": "<div class='menu'>" * 1900 + "x",
    "related": "<p>Tin liên quan</p>" * 20_000,
    "counters": "<p>Hôm nay: 2417</p><p>12</p>" * 20_000,
}  # fmt: skip


_SLOW = ("links", "paragraphs", "rows", "one line", "counters")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in _SLOW else ()) for name in HOSTILE]
)
def test_a_hostile_page_gives_an_answer_in_time(name: str) -> None:
    started = time.process_time()
    try:
        extract(HOSTILE[name], url="https://a.vn/x", force=True)
        read_listing(HOSTILE[name], url="https://a.vn/x")
    except CrawlError:
        pass
    assert time.process_time() - started < 90


def test_letters_that_no_tree_takes_do_not_break_a_page_that_is_mended() -> None:
    scrambled = "Ủy ban Quốc gia về chuyển đổi số".encode().decode("cp1252", "ignore")
    root = parse(f"<p>{scrambled} {scrambled} &#12; &#xFFFE; &#1; \f {scrambled}</p>")
    assert "gia" in text_of(root)


def test_bytes_that_are_no_text_are_no_article() -> None:
    """A server that sends noise as text/html must not revise an article with it."""
    noise = random.Random(7).randbytes(4000)
    found = extract(decode(noise, "text/html; charset=utf-8"), url="https://x.gov.vn/tin/1.html", status=200)
    assert found.page == "error"
    assert not found.text
    page = "<h1>Tin</h1>" + "".join(f"<p>Đoạn {n} của bài viết, dài như mọi đoạn.</p>" for n in range(50)) + "\x02"
    assert "của bài viết" in text_of(parse(page))
