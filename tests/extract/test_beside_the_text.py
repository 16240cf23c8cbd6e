"""What stands beside an article's text, one case each: teasers inside it, machines' facts, a document's fields."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawler.dates import HANOI, parse_when
from crawler.extraction import extract

URL = "https://yenlac.gov.vn/tin/bai-1.html"
TITLE = "Tỉnh Yên Lạc sơ kết sáu tháng thực hiện kế hoạch chuyển đổi số"
TEXTS = [
    f"Đoạn {at}: các sở, ban, ngành và địa phương đã báo cáo kết quả thực hiện {at * 7} chỉ tiêu được giao trong kế hoạch năm nay."
    for at in range(1, 8)
]


def page(inside: str, *, above: str = "") -> str:
    return f"<html><head><title>{TITLE}</title></head><body><div class='chi-tiet'><h1>{TITLE}</h1>{above}<div class='nd'>{inside}</div></div></body></html>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_teasers_between_the_paragraphs_are_named_and_left_out() -> None:
    teaser = "<div class='box-tin'><div><a href='/a'>Ra quân làm sạch bờ biển năm nay</a></div><div><a href='/b'>Khởi công tuyến đường liên xã mới</a></div></div>"
    found = extract(page(paragraphs(*TEXTS[:4]) + teaser + paragraphs(*TEXTS[4:])), url=URL)
    assert found.text.split("\n") == TEXTS
    assert {"Ra quân làm sạch bờ biển năm nay", "Khởi công tuyến đường liên xã mới"} <= {
        each.text for each in found.removed if each.why == "related links"
    }
    assert "a second reader keeps" in found.why


def test_a_table_and_short_lines_between_the_paragraphs_stay() -> None:
    table = "<div class='bang'><table><tr><td>Chỉ tiêu</td><td>Kết quả</td></tr><tr><td>Hồ sơ trực tuyến</td><td>82%</td></tr></table></div>"
    steps = "<ul><li>Rà soát dữ liệu</li><li>Công khai kết quả</li></ul>"
    found = extract(page(paragraphs(*TEXTS[:4]) + table + steps + paragraphs(*TEXTS[4:])), url=URL)
    assert found.text.split("\n") == [
        *TEXTS[:4], "Chỉ tiêu | Kết quả", "Hồ sơ trực tuyến | 82%", "Rà soát dữ liệu", "Công khai kết quả", *TEXTS[4:]
    ]  # fmt: skip


def test_one_link_to_another_article_with_its_label() -> None:
    link = "<p>&gt;&gt; Xem thêm: <a href='/c'>Tuyên dương 85 gia đình văn hóa tiêu biểu</a></p>"
    assert extract(page(paragraphs(*TEXTS[:3]) + link + paragraphs(TEXTS[3])), url=URL).text.split("\n") == TEXTS[:4]


def test_facts_for_machines_are_no_text() -> None:
    hidden = "<span class='hidden hide d-none' itemprop='datePublished'>2022-08-09T10:36:00+07:00</span>"
    found = extract(page(paragraphs(*TEXTS), above=hidden), url=URL)
    assert found.text.split("\n") == TEXTS
    assert found.published == datetime(2022, 8, 9, 10, 36, tzinfo=HANOI)


@pytest.mark.parametrize(
    "struck",
    [
        "<s>{}</s>",
        "<del>{}</del>",
        "<strike>{}</strike>",
        "<span style='color:red; text-decoration: line-through'>{}</span>",
    ],
)
def test_what_was_struck_is_marked(struck: str) -> None:
    old = "Thời gian: 14 giờ 00 ngày 12/8/2022."
    found = extract(page(paragraphs(TEXTS[0], struck.format(old), "Thời gian mới: 8 giờ 00 ngày 15/8/2022.")), url=URL)
    assert found.text.split("\n")[1:] == [f"~~{old}~~", "Thời gian mới: 8 giờ 00 ngày 15/8/2022."]


def test_a_page_of_a_documents_fields_is_an_article_whatever_stands_beside_it() -> None:
    rows = (("Số ký hiệu", "214/KH-UBND"), ("Ngày ban hành", "20/07/2023"), ("Người ký", "Trần Văn Hiếu"), ("Trích yếu", "Kế hoạch phát triển kinh tế số"))  # fmt: skip
    table = "<table>" + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows) + "</table>"
    others = "".join(
        f"<li><a href='/tin/{at}'>Thông báo số {at} về việc tổ chức hội nghị giao ban</a> (1{at}/08/2023)</li>"
        for at in range(6)
    )
    found = extract(f"<html><head><title>Văn bản</title></head><body>{table}<ul>{others}</ul></body></html>", url=URL)
    assert found.page == "article"
    assert found.title == "Kế hoạch phát triển kinh tế số"
    assert found.tables == (rows,)
    assert found.published is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Tuesday, August 9, 2022", date(2022, 8, 9)),
        ("9 Aug 2022 10:36 PM", datetime(2022, 8, 9, 22, 36, tzinfo=HANOI)),
        ("NOVEMBER 20, 2019 10:43", datetime(2019, 11, 20, 10, 43, tzinfo=HANOI)),
        ("March 2022", None),
    ],
)
def test_dates_in_english(text: str, when: date | None) -> None:
    assert parse_when(text) == when


HEADLINE = "Xã Yên Lạc ra quân làm sạch đồng ruộng và kênh mương nội đồng"
LEAD = (
    "Sáng nay, hơn hai trăm đoàn viên và người dân của mười thôn đã ra quân dọn kênh mương, nhiều việc được làm xong."
)


@pytest.mark.parametrize("site", ["", "Trang thông tin điện tử xã Yên Lạc"])
@pytest.mark.parametrize(
    "top",
    [
        "<B>{title}</B><BR><FONT color=gray>Ngày đăng: 17/11/2026 - Số lượt đọc: 80</FONT><BR><B>{lead}</B>",
        "<div><b>{title}</b></div><div><i>17/11/2026</i></div><div><strong>{lead}</strong></div>",
        "<FONT size=4>{title}</FONT><BR><FONT color=gray>Ngày đăng: 17/11/2026</FONT><BR><B>{lead}</B>",
        "<table><tr><td><b>{title}</b></td></tr><tr><td>Cập nhật: 17/11/2026 08:15</td></tr></table><b>{lead}</b>",
    ],
)
def test_of_two_lines_around_the_date_the_one_above_is_the_title(top: str, site: str) -> None:
    """Neither a heading nor the head of the page says the title."""
    body = top.format(title=HEADLINE, lead=LEAD) + paragraphs(*TEXTS)
    menu = "<table><tr><td><a href='/'>Trang chủ</a></td></tr><tr><td><a href='/tin'>Tin xã nhà</a></td></tr></table>"
    html = f"<html><head><title>{site}</title></head><body>{menu}<table><tr><td>{body}</td></tr></table></body></html>"
    found = extract(html, url=URL)
    assert (found.title, found.lead, found.text.split("\n")) == (HEADLINE, LEAD, [LEAD, *TEXTS])
    assert parse_when("17/11/2026") == (
        found.published.date() if isinstance(found.published, datetime) else found.published
    )


def test_a_short_name_above_the_date_is_a_section() -> None:
    top = f"<b>TIN TRONG TỈNH</b><br>17/11/2026<br><b>{HEADLINE}</b>"
    found = extract(f"<html><body><div>{top}{paragraphs(*TEXTS)}</div></body></html>", url=URL)
    assert found.title == HEADLINE
