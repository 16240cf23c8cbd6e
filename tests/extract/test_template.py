"""What a portal's pages teach: boxes that no rule names are taken out from the second page on, and no sentence with them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pytest

from crawler import body
from crawler.extraction import extract, read_article
from crawler.template import AROUND, REPEATED, UNLEARNED, Template
from storage import Extraction
from tests.extract.articles import ARTICLES, Article
from tests.extract.notices import SHORT

ALL = (*ARTICLES, *SHORT)
SLOGAN = "Thi đua lập thành tích chào mừng 50 năm ngày thành lập tỉnh."
INTRODUCTION = (
    "Huyện nằm ở phía tây của tỉnh, là vùng đất có bề dày truyền thống lịch sử và văn hóa lâu đời, nhân dân cần cù.",
    "Cơ cấu kinh tế chuyển dịch theo hướng tăng dần tỷ trọng công nghiệp, đời sống nhân dân được nâng lên rõ rệt.",
)
BOXES = ("ghé chuyên trang", "Trong phiên", "triệu/lượng", "Đô la Mỹ", "ngoài trời", "hòm thư của bạn bè", "giao diện")


@dataclass
class Site:
    """A portal whose boxes have names that no rule knows, in the block of the text and beside it."""

    seed: int
    slogan: bool = True
    tag: str = "div"
    prefix: str = ""
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def number(self) -> str:
        return f"{self.random.randint(10_000, 9_999_999):,}".replace(",", ".")

    def text(self, article: Article) -> str:
        parts = []
        for piece in article.pieces:
            if piece.kind == "p":
                parts.append(f"<p>{escape(piece.text)}</p>")
            elif piece.kind == "table":
                rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in piece.rows)
                parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        if self.slogan:
            parts.insert(min(2, len(parts)), f"<p>{SLOGAN}</p>")
        return "".join(parts)

    def lines(self, article: Article) -> list[str]:
        """The text of an article as it must be extracted."""
        lines, pieces = [], [piece for piece in article.pieces if piece.kind in ("p", "table")]
        for at, piece in enumerate(pieces):
            if self.slogan and at == 2:
                lines.append(SLOGAN)
            lines.extend([piece.text] if piece.kind == "p" else [" | ".join(row) for row in piece.rows])
        return lines + [SLOGAN] * (self.slogan and len(pieces) <= 2)

    def page(self, article: Article) -> str:
        """An article's page as it is answered now: every number on it has moved."""
        box, name = self.tag, self.prefix
        return f"""<html><head><title>{escape(article.title)} - Huyện Thanh Bình</title></head><body>
        <div class="{name}top"><ul><li><a href="/">Trang chủ</a><li><a href="/gioi-thieu">Giới thiệu</a></ul></div>
        <div class="{name}khung"><{box} class="{name}phu"><p>{INTRODUCTION[0]}</p><p>{INTRODUCTION[1]}</p></{box}>
        <{box} class="{name}noi-dung">
        <div class="khach"><span>Bạn là người thứ {self.number()} ghé chuyên trang</span><br>
        <span>Trong phiên: {self.number()}</span></div>
        <h1>{escape(article.title)}</h1>
        <div class="ngay">Ngày đăng: {self.random.randint(10, 28)}/08/2022 {self.random.randint(10, 20)}:30</div>
        {self.text(article)}
        <div class="gia"><div>Vàng SJC {self.random.randint(60, 69)},{self.random.randint(10, 99)} triệu/lượng</div>
        <div>Đô la Mỹ {self.number()} đồng</div><div>Nhiệt độ ngoài trời {self.random.randint(20, 40)} độ</div></div>
        <div class="tien-ich"><span>Gửi tới hòm thư của bạn bè</span> <span>Góp ý về giao diện bài viết</span></div>
        </{box}></div></body></html>"""


def url_of(article: Article) -> str:
    return f"https://thanhbinh.gov.vn/tin/{article.name}.html"


def taught(site: Site, articles: tuple[Article, ...], template: Template = UNLEARNED) -> Template:
    for article in articles:
        _, template = read_article(site.page(article), url=url_of(article), template=template)
    return template


def told(site: Site, articles: tuple[Article, ...], template: Template) -> Iterator[tuple[Article, Extraction]]:
    for article in articles:
        found, template = read_article(site.page(article), url=url_of(article), template=template)
        yield article, found


def boxes_in(found: Extraction) -> list[str]:
    return [box for box in BOXES if box in found.text]


@pytest.mark.parametrize("seed", range(4))
def test_from_the_second_page_on_the_text_is_the_articles_alone(seed: int) -> None:
    site = Site(seed)
    articles = list(ALL)
    random.Random(seed).shuffle(articles)
    first, *others = articles
    for article, found in told(site, tuple(others), taught(site, (first,))):
        assert not boxes_in(found), article.name
        assert found.text.split("\n") == site.lines(article), article.name
        assert found.title == article.title
        assert found.published is not None


def test_without_it_short_notices_have_the_boxes_in_their_text() -> None:
    """What the template is for: the same pages one by one, so that this cannot pass by the rules alone."""
    site = Site(0)
    assert any(boxes_in(extract(site.page(article), url=url_of(article))) for article in SHORT)


def test_what_was_taken_out_is_named_with_the_reason() -> None:
    site = Site(1)
    ((_, found),) = told(site, SHORT[:1], taught(site, ARTICLES[:3]))
    why = {removed.text: removed.why for removed in found.removed}
    assert why["Gửi tới hòm thư của bạn bè Góp ý về giao diện bài viết"] == REPEATED
    assert why[INTRODUCTION[0]] == AROUND


def test_a_slogan_under_every_article_is_text() -> None:
    site = Site(2)
    template = taught(site, ARTICLES * 8)
    for article, found in told(site, ARTICLES, template):
        assert SLOGAN in found.text.split("\n"), article.name


def test_a_second_response_gives_the_same_text() -> None:
    site = Site(3)
    template = taught(site, ARTICLES[:2])
    for article in ALL:
        texts = {read_article(site.page(article), url=url_of(article), template=template)[0].text for _ in range(4)}
        assert len(texts) == 1, article.name


def test_what_was_learned_survives_as_json() -> None:
    site = Site(4)
    template = taught(site, ARTICLES[:3])
    kept = Template.from_json(json.loads(json.dumps(template.to_json())))
    assert kept == template
    assert len(json.dumps(taught(site, ALL * 10).to_json())) < 200_000
    assert Template.from_json(None) == Template.from_json({"version": 0}) == UNLEARNED


@pytest.mark.parametrize("learned", [1, 3, 9])
def test_an_article_at_a_second_address_keeps_its_text(learned: int) -> None:
    """A trap's copies: the whole page is known, and none of it is the portal's."""
    site = Site(5)
    template = taught(site, ALL[:learned])
    for article in ALL[:learned]:
        for at in range(3):
            url = f"https://thanhbinh.gov.vn/en/{'en/' * at}tin/{article.name}.html"
            found, template = read_article(site.page(article), url=url, template=template)
            assert [line for line in site.lines(article) if line not in found.text.split("\n")] == [], article.name


def test_after_a_redesign_it_learns_anew() -> None:
    old, new = Site(6), Site(7, tag="section", prefix="moi-")
    template = taught(old, ALL * 8)
    assert template.pages >= 30
    template = taught(new, ARTICLES[:2], template)
    for article, found in told(new, ALL[2:], template):
        assert not boxes_in(found), article.name
        assert found.text.split("\n") == new.lines(article), article.name


def test_where_the_texts_stand_is_learned_and_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reader is asked until five pages agreed, and then on every tenth; the texts are the same either way."""
    site, asked = Site(8), []
    opinion = body._second_opinion

    def count(*page: Any) -> str:
        asked.append(page)
        return opinion(*page)

    monkeypatch.setattr(body, "_second_opinion", count)
    template, counts = UNLEARNED, []
    for at in range(40):
        article = ARTICLES[at % 5]
        asked.clear()
        found, template = read_article(site.page(article), url=f"{url_of(article)}?id={at}", template=template)
        counts.append(len(asked))
        assert found.text.split("\n")[:3] == site.lines(article)[:3]
        assert at == 0 or found.text.split("\n") == site.lines(article)
    assert counts[:6] == [1] * 6
    assert 1 <= sum(counts[6:]) <= 8  # by their addresses
    # A short notice is looked for each time, and a block elsewhere is found although another was learned.
    asked.clear()
    read_article(site.page(SHORT[0]), url=url_of(SHORT[0]), template=template)
    other = Site(9, tag="section", prefix="moi-")
    found, _ = read_article(other.page(ARTICLES[0]), url=url_of(ARTICLES[0]), template=template)
    assert len(asked) == 2
    assert set(other.lines(ARTICLES[0])) <= set(found.text.split("\n"))


DOCUMENT = """<html><head><title>{title}</title></head><body><div class="menu"><a href="/">Trang chủ</a></div>
<div class="van-ban"><h1>{title}</h1><div class="stamp">Ngày đăng: {date} 08:30</div>
<div class="quoc-hieu"><div>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div>Độc lập - Tự do - Hạnh phúc</div></div>
<div class="so">Số: {number}/QĐ-UBND</div>
<dl><dt>Loại văn bản</dt><dd>{kind}</dd><dt>Người ký</dt><dd>{signer}</dd><dt>Ngày ban hành</dt><dd>{date}</dd></dl>
<p>{text}</p>
<div class="ky"><div>TM. ỦY BAN NHÂN DÂN</div><div>KT. CHỦ TỊCH</div></div>
<div class="nguon">Nguồn: Văn phòng UBND tỉnh</div><div class="xem">Lượt ghé đọc trang này {views}</div></div></body></html>"""


def test_a_documents_fields_numbers_and_signatures_stay() -> None:
    """They repeat from page to page, or differ in digits alone, and are what the pages are about."""
    template = UNLEARNED
    for at in range(8):
        page = DOCUMENT.format(
            title=f"Quyết định về việc kiện toàn Ban Chỉ đạo chuyển đổi số lần {at}",
            number=100 + at,
            kind="Quyết định",
            signer="Chủ tịch",
            date=f"{10 + at}/08/2022",
            text=f"Kiện toàn Ban Chỉ đạo chuyển đổi số của tỉnh với {20 + at} thành viên do Chủ tịch tỉnh làm Trưởng ban.",
            views=1000 + 37 * at,
        )
        found, template = read_article(page, url=f"https://thanhbinh.gov.vn/vb/{at}", template=template)
        for words in ("Độc lập - Tự do - Hạnh phúc", f"Số: {100 + at}/QĐ-UBND", "Người ký", "Chủ tịch", "KT. CHỦ TỊCH"):
            assert words in found.text, at
        assert f"{10 + at}/08/2022" in found.text
        # On the first page the unknown counter closes the text, and what stands above it is no last line.
        assert at == 0 or found.source == "Văn phòng UBND tỉnh"
        assert str(found.published).startswith(f"2022-08-{10 + at}")
        assert at == 0 or "Lượt ghé đọc" not in found.text


INVITATION = """<p>UBND tỉnh tổ chức họp về {about} ngày {day}/11/2026 do Chủ tịch UBND tỉnh chủ trì, với các sở và các huyện.</p>
<p>Thời gian: {hour} giờ 00.</p><p>Địa điểm: Phòng họp số {room}.</p><p>Số đại biểu: {room}5 người.</p>
<p>Đề nghị các đồng chí phụ trách {about} dự họp đúng thành phần.</p>
<table><tr><td>Buổi sáng</td><td>Khai mạc</td></tr><tr><td>Buổi chiều</td><td>Thảo luận ở tổ</td></tr></table>
<div class="phu"><p>Thời gian: sáng thứ Hai</p><p>Địa điểm: Hội trường tỉnh</p></div>"""


def test_what_two_invitations_say_alike_is_each_ones_text() -> None:
    """Their hours and rooms differ in digits only, their tables and closing lines in nothing."""
    template = UNLEARNED
    for at, about in enumerate(("chăn nuôi", "thủy lợi", "y tế", "giáo dục", "giao thông", "đất đai")):
        inner = INVITATION.format(about=about, day=10 + at, hour=8 + at, room=1 + at)
        page = f"""<html><head><title>Giấy mời họp về {about}</title></head><body><ul><li><a href="/">Trang chủ</a></ul>
        <div class="bai"><h1>Giấy mời họp về {about}</h1>{inner}</div></body></html>"""
        url = f"https://thanhbinh.gov.vn/moi/{at}"
        found, template = read_article(page, url=url, template=template)
        assert found.text == extract(page, url=url).text, about
        assert f"Thời gian: {8 + at} giờ 00." in found.text
        assert "Buổi sáng | Khai mạc" in found.text


def test_a_box_of_links_is_known_by_its_place_when_its_links_are_new() -> None:
    """A portal's latest news differ from day to day: on the first page of a day nothing in the box is known."""
    template = UNLEARNED
    for day in range(8):
        for article in ARTICLES[:3]:
            links = "".join(
                f'<li><a href="/{day}{each}">Bản tin hằng ngày {"abcdefgh"[day]} mục {"xyz"[each]}</a></li>'
                for each in range(3)
            )
            page = (
                Site(9)
                .page(article)
                .replace('<div class="gia">', f'<div class="moi-nhat"><ul>{links}</ul></div><div class="gia">')
            )
            found, template = read_article(page, url=url_of(article) + f"?id={day}", template=template)
            assert day < 3 or "Bản tin hằng ngày" not in found.text, day


def test_a_portal_that_is_read_a_little_at_a_time_learns_its_new_design_too() -> None:
    """What was learned is kept by JSON between crawls, and a crawl reads two articles."""
    template = taught(Site(6), ALL * 4)
    new = Site(12, tag="section", prefix="moi-")
    for at in range(6):
        _, template = read_article(
            new.page(ARTICLES[at % 5]), url=f"{url_of(ARTICLES[at % 5])}?id={at}", template=template
        )
        template = Template.from_json(json.loads(json.dumps(template.to_json())))
    for article, found in told(new, SHORT, template):
        assert not boxes_in(found), article.name
