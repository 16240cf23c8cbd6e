"""What a body is, whatever the server calls it; and the week of a schedule."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ExtractError, ListingError
from config.language import speak, speaking
from crawler.sources import form_of, read_source
from crawler.watching import address_of_week, is_schedule, week_of
from storage import NextPage


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = speaking()
    speak("en")
    yield
    speak(before)


URL = "https://a.gov.vn/tin"


@pytest.mark.parametrize(
    ("body", "kind", "form"),
    [
        (b"<rss version='2.0'>", "text/html", "feed"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><!-- made <html> by --><feed xmlns='x'>", None, "feed"),
        (b"<?xml-stylesheet href='a.xsl'?><rdf:RDF>", "application/xml", "feed"),
        ("<?xml version='1.0'?><rss>".encode("utf-16"), "text/xml", "feed"),
        (b"<!DOCTYPE rss PUBLIC '-//Netscape//DTD' 'x.dtd'><rss>", "text/xml", "feed"),
        (b"<urlset>", "application/xml", "sitemap"),
        (b"<ns:sitemapindex xmlns:ns='x'>", "text/xml", "sitemap"),
        (gzip.compress(b"<urlset/>", mtime=0), "application/octet-stream", "sitemap"),
        (b"https://a.gov.vn/1\nhttps://a.gov.vn/2\n", "text/plain", "sitemap"),
        (b' {"a": 1}', "text/html", "json"),
        (b"[]", "application/json", "json"),
        (b"", "application/json", "json"),
        (b"<!DOCTYPE html><html>", "application/rss+xml", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='x'>", "text/xml", "html"),
        (b"<div>{a}</div>", "text/html", "html"),
        (b"plain words", "text/plain", "html"),
        (b"", None, "html"),
    ],
)
def test_the_first_bytes_say_what_a_body_is(body: bytes, kind: str | None, form: str) -> None:
    assert form_of(body, kind) == form


def test_a_challenge_in_place_of_a_feed_is_called_one() -> None:
    page = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    listing, sitemap = read_source(page, asked=NextPage(URL), url=URL, reads="feed")
    assert (listing.page, listing.entries, sitemap) == ("challenge", (), None)


def test_a_page_of_fifty_megabytes_is_refused() -> None:
    with pytest.raises(ExtractError, match="too large"):
        read_source(b"<html><body>" + b"<p>x</p>" * 6_250_000, asked=NextPage(URL), url=URL)


_READ = """
import sys
from crawler.sources import read_source
from storage import NextPage
def peak():
    return int(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))) // 1024
body = sys.stdin.buffer.read()
before = peak()
try:
    told = read_source(body, asked=NextPage("https://a.gov.vn/tin"), url="https://a.gov.vn/tin")[0].cut
except Exception as error:
    told = f"{type(error).__name__}: {error}"
print(peak() - before, told)
"""


def hostile(what: str) -> bytes:
    numbers = range(100_000)
    match what:
        case "laughs":
            lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
            return f'<!DOCTYPE z [<!ENTITY l0 "lol">{lines}]><rss><channel><item>&l11;</item></channel></rss>'.encode()
        case "bomb":
            packer = zlib.compressobj(9, wbits=31)
            return b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
        case "page":
            return b"<html><body>" + b"<p>x</p>" * 6_250_000
        case "feed":
            items = "".join(f"<item><title>Tin {n}</title><link>/tin-{n}</link></item>" for n in numbers)
            return f"<rss><channel>{items}</channel></rss>".encode()
    pages = "".join(f"<url><loc>/tin-{n}</loc><lastmod>2026-01-{n % 28 + 1:02d}</lastmod></url>" for n in numbers)
    return f"<urlset>{pages}</urlset>".encode()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(
    ("what", "word", "megabytes"),
    [
        ("laughs", "ListingError: the XML declares entities of its own: refused", 10),
        ("bomb", "ListingError: the sitemap is too large to read", 160),
        ("page", "ExtractError: the page is too large to read", 10),
        ("feed", "99000 entries of the feed were left out", 80),
        ("sitemap", "99000 older entries of the sitemap were left out", 80),
    ],
)
def test_hostile_bodies_are_cut_or_refused_within_bounded_memory(what: str, word: str, megabytes: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _READ], input=hostile(what), capture_output=True, timeout=120, check=True
    )
    grown, _, told = ended.stdout.decode().partition(" ")
    assert word in told
    assert int(grown) < megabytes


# --- schedules ---


@pytest.mark.parametrize(
    ("title", "text", "week"),
    [
        ("Lịch công tác tuần 48 năm 2026", "", (2026, 48)),
        ("Lịch làm việc Tuần thứ 5/2027 của lãnh đạo", "", (2027, 5)),
        ("Lịch công tác", "Tuần 48 (từ ngày 23/11/2026 đến ngày 29/11/2026)", (2026, 48)),
        ("Lịch công tác", "Thứ hai, 23/11/2026 | 8h | Họp", (2026, 48)),
        ("Lịch tuần 1", "Thứ hai, 28/12/2026 | 8h | Họp", (2027, 1)),
        ("Lịch tuần 53", "Thứ sáu, 01/01/2027 | 8h | Họp", (2026, 53)),
        ("Lịch công tác tuần", "Thứ hai | 8h | Họp", None),
        ("Lịch công tác tuần 48", "Thứ hai | 8h | Họp", None),
    ],
)
def test_the_week_of_a_schedule(title: str, text: str, week: tuple[int, int] | None) -> None:
    assert week_of(title, text) == week


def test_a_week_has_an_address_that_no_server_sees() -> None:
    assert address_of_week("https://a.vn/lich", (2026, 5)) == "https://a.vn/lich#week=2026-05"
    assert address_of_week("https://a.vn/lich", None) == "https://a.vn/lich"


def test_a_schedule_goes_through_the_days_of_a_week() -> None:
    assert is_schedule("Thứ hai | họp\nnghỉ\nTHỨ BA 24/11\n- Thứ 4: họp")
    assert not is_schedule("Lịch tuần 1\nThứ hai họp\nThứ hai họp")


def test_json_without_rules_is_told() -> None:
    with pytest.raises(ListingError, match="JMESPath"):
        read_source(b"{}", asked=NextPage(URL), url=URL)
