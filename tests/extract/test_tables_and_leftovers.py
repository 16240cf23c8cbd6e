"""Rules that WebForms, Liferay and NukeViet taught: columns of layout tables, a last page of one row, texts stored twice
encoded, a section that is called as lists of other articles are."""

from __future__ import annotations

import pytest

from crawler import extract, read_listing

SENTENCE = "Đến nay, đã có 55 xã, phường, thị trấn được công nhận hoàn thành chuyển đổi số trên địa bàn tỉnh."


def scrambled(text: str) -> str:
    unknown = b"\x81\x8d\x8f\x90\x9d"
    return "".join(bytes([one]).decode("latin-1" if one in unknown else "cp1252") for one in text.encode())


def test_beside_the_cell_of_a_short_article_stands_another_column() -> None:
    page = f"""<title>Cổng thông tin</title><table><tr>
        <td><div><span class="tieude">Hoàn thành chuyển đổi số cấp xã năm nay</span></div><p>{SENTENCE}</p></td>
        <td><div>Thông tin cần biết</div><p><a href="/a">Đường dây nóng</a></p><p><a href="/b">Sơ đồ cổng</a></p></td>
        </tr></table>"""
    found = extract(page, url="https://example.gov.vn/tin/1")
    assert (found.title, found.text) == ("Hoàn thành chuyển đổi số cấp xã năm nay", SENTENCE)


def test_the_row_below_the_cell_of_a_title_is_its_text() -> None:
    page = f"""<title>Cổng thông tin</title><table>
        <tr><td><span class="TieuDe">Hoàn thành chuyển đổi số cấp xã năm nay</span></td></tr>
        <tr><td><p>{SENTENCE}</p></td></tr></table>"""
    assert extract(page, url="https://example.gov.vn/tin/1").text == SENTENCE


def row(number: int, day: str) -> str:
    return f"""<div class="item"><h3><a href="/tin/{number}.html">Bài viết thứ {number} về dịch vụ công trực tuyến</a></h3>
        <span>{day}</span><p>{SENTENCE}</p></div>"""


PAGER = '<ul class="pagination"><li><a href="/tin/trang-1">1</a></li><li><a href="/tin/trang-2">2</a></li>{}</ul>'


@pytest.mark.parametrize(
    ("url", "current", "count"),
    [
        ("https://example.gov.vn/tin/trang-3", '<li class="active"><a href="#">3</a></li>', 1),
        ("https://example.gov.vn/tin", '<li class="active"><span>3</span></li>', 1),  # turned by a form
        ("https://example.gov.vn/tin/trang-1", '<li><a href="/tin/trang-3">3</a></li>', 0),
    ],
)
def test_the_last_page_may_have_one_row(url: str, current: str, count: int) -> None:
    page = (
        f"<title>Tin tức</title><body><div id='list'>{row(7, '10/03/2024 08:00')}</div>{PAGER.format(current)}</body>"
    )
    found = read_listing(page, url=url)
    assert [entry.title for entry in found.entries] == ["Bài viết thứ 7 về dịch vụ công trực tuyến"] * count
    if count:
        assert found.page == "listing"
        assert found.entries[0].published is not None
        assert found.next is None


def test_a_link_without_a_date_is_no_last_row() -> None:
    page = (
        f"<title>Tin</title><a href='/x.html'>Bài viết của ai đó về dịch vụ công</a><p>{SENTENCE}</p>{PAGER.format('')}"
    )
    assert read_listing(page, url="https://example.gov.vn/tin/trang-3").entries == ()


def test_a_section_may_be_called_as_lists_of_others_are() -> None:
    rows = "".join(row(number, f"{number:02}/03/2024") for number in range(1, 5))
    page = f"<title>Tin mới - Cổng thông tin</title><h1>Tin mới</h1><div>{rows}</div>"
    assert len(read_listing(page, url="https://example.gov.vn/tin-moi").entries) == 4
    # The same words in a side column of another page head other articles.
    aside = f"<title>Tin tức</title><div>{rows}</div><div><h1>Tin mới</h1><ul>{row(8, '')}{row(9, '')}</ul></div>"
    assert len(read_listing(aside, url="https://example.gov.vn/tin").entries) == 4


def test_links_under_a_heading_in_a_cell_end_with_their_column() -> None:
    rows = "".join(f"<tr><td>{row(number, f'{number:02}/03/2024')}</td></tr>" for number in range(1, 5))
    page = f"""<title>Tin tức</title><table><tr><td><table><tr><td>Tin mới cập nhật</td></tr>
        <tr><td><a href="/tin/21.html">Một bài viết khác về chuyển đổi số</a></td></tr>
        <tr><td><a href="/tin/22.html">Một bài viết nữa về chuyển đổi số</a></td></tr></table></td>
        <td><table>{rows}</table></td></tr></table>"""
    urls = [entry.url for entry in read_listing(page, url="https://example.gov.vn/tin").entries]
    assert urls == [f"https://example.gov.vn/tin/{number}.html" for number in range(1, 5)]


def test_a_text_stored_twice_encoded_is_mended_in_a_page_that_is_whole() -> None:
    title = "Hoàn thành chuyển đổi số cấp xã ở Đề án"
    page = f"""<title>Cổng thông tin điện tử tỉnh</title><h1>{scrambled(title)}</h1>
        <p>{scrambled(SENTENCE).replace(chr(0xA0), "&nbsp;")}</p><p>{SENTENCE.upper()}</p>"""
    found = extract(page, url="https://example.gov.vn/tin/1")
    assert found.title == title
    assert found.text == f"{SENTENCE}\n{SENTENCE.upper()}"


def test_foreign_letters_are_not_taken_for_scrambled_ones() -> None:
    text = "Đoàn Ấn Độ và bà Ãsa Æther, ông Ä. Âuer thăm «cá» – đặc sản; số hóa «dữ liệu á» được giới thiệu với khách."
    page = f"<title>Tin</title><h1>Đoàn khách nước ngoài thăm tỉnh nhà</h1><p>{text}</p><p>{SENTENCE}</p>"
    assert extract(page, url="https://example.gov.vn/tin/1").text == f"{text}\n{SENTENCE}"
