"""Feeds of every age and breakage, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

import pytest

from config import ListingError
from config.language import speak, speaking
from crawler.dates import HANOI
from crawler.feeds import LARGEST_FEED, MOST_ENTRIES, feed_date, number_of_slug, read_feed, title_of_slug
from storage import Listing


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = speaking()
    speak("en")
    yield
    speak(before)


URL = "https://a.gov.vn/rss/tin.rss"


def read(body: str | bytes, **options: object) -> Listing:
    return read_feed(body.encode() if isinstance(body, str) else body, url=URL, **options)  # type: ignore[arg-type]


def rss(items: str, *, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Cổng</title><link>https://a.gov.vn/</link>{items}</channel></rss>'


def item(title: str = "Tin mới", link: str = "/tin/1.html", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def test_an_item_has_absolute_link_title_date_and_summary_without_html() -> None:
    more = (
        "<pubDate>Mon, 23 Nov 2026 08:05:00 +0700</pubDate>"
        '<description><![CDATA[<a href="/x"><img src="/x.jpg"></a></br>Thủ tướng <b>chủ trì</b> phiên họp &amp; kết luận]]></description>'
    )
    listing = read(rss(item(more=more)))
    (entry,) = listing.entries
    assert (listing.page, listing.next, listing.cut) == ("listing", None, "")
    assert (entry.url, entry.title) == ("https://a.gov.vn/tin/1.html", "Tin mới")
    assert entry.published == datetime(2026, 11, 23, 8, 5, tzinfo=HANOI)
    assert entry.summary == "Thủ tướng chủ trì phiên họp & kết luận"


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="0.91"><channel><item><title>Tin</title><link>https://a.gov.vn/1</link></item></channel></rss>',
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
        "<rss version='0.91'><channel><item><title>Tin</title><link>https://a.gov.vn/1</link></item></channel></rss>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel/><item><title>Tin</title><link>https://a.gov.vn/1</link></item></rdf:RDF>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;i>Tin&lt;/i></title>'
        '<link rel="edit" href="/e"/><link rel="alternate" href="/1"/><id>urn:1</id></entry></feed>',
        "<rss version='2.0'><channel><item><title><![CDATA[Tin]]></title><guid>https://a.gov.vn/1</guid></item></channel></rss>",
        "\ufeff \n<rss version='2.0'><channel><item><title>Tin</title><link> https://a.gov.vn/1 </link></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>Tin</title><link>/1</link><media:thumbnail url='x'/></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>Tin</title><link>/1</link></item><item><title>cut off",
        "<rss version='2.0'><channel><item><title>Tin<br></title><link>/1</link></item></channel></rss>",
    ],
)  # fmt: skip
def test_every_dialect_and_broken_xml_is_read(feed: str) -> None:
    (entry,) = read(feed).entries
    assert (entry.url, entry.title) == ("https://a.gov.vn/1", "Tin")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "utf-16"])
def test_letters_survive_a_wrong_charset(encoding: str) -> None:
    words = "Hop ban" if encoding == "cp1258" else "Họp bàn về chuyển đổi số"
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    listing = read(rss(item(words), head=head).encode(encoding, "replace"), content_type="text/xml; charset=latin1")
    assert listing.entries[0].title == words


def test_names_of_letters_and_lone_ampersands_are_read() -> None:
    (entry,) = read(rss(item("Phi&ecirc;n h&#7885;p &ndash; A & B", "https://a.gov.vn/x?a=1&b=2"))).entries
    assert (entry.title, entry.url) == ("Phiên họp – A & B", "https://a.gov.vn/x?a=1&b=2")


def test_an_empty_title_is_what_the_address_names() -> None:
    link = "https://congbao.chinhphu.vn/van-ban/nghi-quyet-so-01-nq-cp-48219.htm"
    (entry,) = read(rss(f"<item><title></title><link>{link}</link></item>"), kind="documents").entries
    assert (entry.title, entry.number) == ("Nghị quyết số 01/NQ-CP", "01/NQ-CP")


@pytest.mark.parametrize(
    ("slug", "number"),
    [
        ("quyet-dinh-so-749-qd-ttg-ngay-03-06-2020-48220.htm", "749/QĐ-TTg"),
        ("nghi-dinh-so-30-2020-nd-cp-31234.htm", "30/2020/NĐ-CP"),
        ("thong-tu-so-5-2021-tt-btc-quy-dinh-ve-le-phi.html", "5/2021/TT-BTC"),
        ("quyet-dinh-so-37-2026-qd-ubnd-ve-gia-dat", "37/2026/QĐ-UBND"),
        ("nghi-quyet-so-12-nq-hdnd", "12/NQ-HĐND"),
        ("hop-ban-so-ket-12-thang", None),
        ("tin-so-12-ve-lu-lut", None),
    ],
)
def test_the_number_in_an_address(slug: str, number: str | None) -> None:
    assert number_of_slug(f"https://a.vn/van-ban/{slug}") == number


def test_a_title_is_made_of_the_address_where_nothing_else_is_there() -> None:
    assert title_of_slug("https://a.vn/tin/hop-ban-ve-ngan-sach-12345.html") == "hop ban ve ngan sach"
    assert title_of_slug("https://a.vn/") == "https://a.vn/"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Mon, 23 Nov 2026 01:00:00 GMT", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("Mon, 23 Nov 2026 08:00:00 GMT+7", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("Mon, 23 Nov 2026 08:00:00", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("23 Nov 2026 08:00", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("2026-11-23T08:00:00", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("2026-11-23T01:00:00Z", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("2026-11-23 08:00:00", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("Thứ hai, 23/11/2026 08:00", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("23/11/2026 - 8:00 SA", datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)),
        ("Mon, 23 Nov 2026 00:00:00 +0700", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("Mon, 99 Nov 2026 08:00:00", None),
        ("0001-01-01T00:00:00", None),
        ("hôm nay", None),
        ("", None),
    ],
)
def test_a_date_without_a_zone_is_hanois_and_midnight_is_a_day(text: str, when: datetime | date | None) -> None:
    assert feed_date(text) == when


def test_an_enclosure_is_the_link_where_there_is_no_other() -> None:
    (entry,) = read(
        rss("<item><title>Lịch tuần</title><enclosure url='/lich.pdf' type='application/pdf'/></item>")
    ).entries
    assert entry.url == "https://a.gov.vn/lich.pdf"


def test_the_whole_text_is_kept_only_where_it_is_the_news() -> None:
    text = "Một câu dài. " * 300
    feed = rss(item(more=f"<description><![CDATA[<p>{text}</p>]]></description>"))
    assert len(read(feed).entries[0].summary or "") == 1000
    assert len(read(feed, full=True).entries[0].summary or "") > 3000


# --- hostile ---


def test_entities_are_refused_before_anything_is_parsed() -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{lines}]><rss><channel>&l9;</channel></rss>'
    with pytest.raises(ListingError, match="entities"):
        read(laughs)
    with pytest.raises(ListingError, match="entities"):
        read(laughs.encode("utf-16"))
    with pytest.raises(ListingError, match="entities"):
        read(
            '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;</title></item></channel></rss>'
        )


def test_a_hundred_thousand_entries_are_cut_and_said() -> None:
    listing = read(rss("".join(item(f"Tin {n}", f"/tin-{n}.html") for n in range(100_000))))
    assert len(listing.entries) == MOST_ENTRIES
    assert listing.entries[0].title == "Tin 0"
    assert listing.cut == "99000 entries of the feed were left out"


def test_a_large_feed_is_read_as_far_as_a_page_would_be() -> None:
    listing = read(rss("".join(item(f"Tin {n}", f"/tin-{n}.html", "<x>" + "y" * 100_000 + "</x>") for n in range(40))))
    assert len(listing.entries) == LARGEST_FEED // 100_100
    assert "left out" in listing.cut


@pytest.mark.parametrize(
    "body",
    [
        b"", b"hello", b"<html><body>x</body></html>", b"\0\1\2" * 1000, b"<" * 1_900_000, b"<rss><channel>" + b"<a>" * 600_000,
        b"<rss><channel><item><title>" + b"&" * 3_000_000, b"<rss><channel>" + b"<item>" * 400_000,
        b"<rss><channel><item><title>" + b"<![CDATA[" * 200_000, b"]]>" * 500_000, b"<!" * 900_000, b"<?" * 900_000,
        b"<!DOCTYPE" * 11_000 + b"<rss><channel></channel></rss>",
        b"<rss><channel><item><title>" + b"x" * 12_000_000 + b"</title></item></channel></rss>",
    ],
)  # fmt: skip
def test_rubbish_is_refused_or_empty_and_soon(body: bytes) -> None:
    before = time.process_time()
    with suppress(ListingError):
        assert not read(body).entries
    assert time.process_time() - before < 10
