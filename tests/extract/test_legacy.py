"""Pages from before Unicode, of portals whose configuration says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from config import ConfigError, Configuration
from crawler import decode, legible, read_article
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, liferay

# Every letter of each, one by one; the tables of the program are laid out another way.
TCVN3 = (
    "b5à b6ả b7ã b8á b9ạ a8ă bbằ bcẳ bdẵ beắ c6ặ a9â c7ầ c8ẩ c9ẫ caấ cbậ a7Đ aeđ ccè ceẻ cfẽ d0é d1ẹ aaê d2ề d3ể d4ễ d5ế"
    " d6ệ d7ì d8ỉ dcĩ ddí deị dfò e1ỏ e2õ e3ó e4ọ abô e5ồ e6ổ e7ỗ e8ố e9ộ acơ eaờ ebở ecỡ edớ eeợ efù f1ủ f2ũ f3ú f4ụ"
    " adư f5ừ f6ử f7ữ f8ứ f9ự faỳ fbỷ fcỹ fdý feỵ a1Ă a2Â a3Ê a4Ô a5Ơ a6Ư"
)
VNI = {
    "a": "aùá aøà aûả aõã aïạ aââ aáấ aàầ aåẩ aãẫ aäậ aêă aéắ aèằ aúẳ aüẵ aëặ",
    "e": "eùé eøè eûẻ eõẽ eïẹ eâê eáế eàề eåể eãễ eäệ",
    "i": "íí ìì æỉ óĩ òị",
    "o": "oùó oøò oûỏ oõõ oïọ oâô oáố oàồ oåổ oãỗ oäộ ôơ ôùớ ôøờ ôûở ôõỡ ôïợ",
    "u": "uùú uøù uûủ uõũ uïụ öư öùứ öøừ öûử öõữ öïự",
    "y": "yùý yøỳ yûỷ yõỹ îỵ",
    "d": "ñđ",
}
_IN_VNI = {pair[-1]: pair[:-1] for pairs in VNI.values() for pair in pairs.split()}
_IN_VNI |= {letter.upper(): written.upper() for letter, written in _IN_VNI.items()}


def in_vni(text: str) -> bytes:
    """A text as the VNI fonts have it."""
    text = unicodedata.normalize("NFC", text)
    return "".join(_IN_VNI.get(letter, letter) for letter in text).encode("cp1252", "xmlcharrefreplace")


def test_every_letter_of_tcvn3() -> None:
    for pair in TCVN3.split():
        assert legible(bytes.fromhex(pair[:2]), "tcvn3").decode() == pair[2:]


def test_a_text_in_tcvn3_as_bytes_as_letters_and_as_entities() -> None:
    for written in (b"B\xb6o Th\xbeng", "B¶o Th¾ng".encode(), b"B&para;o Th&#190;ng", b"B&#xB6;o Th&#xBE;ng"):
        assert legible(written, "tcvn3").decode() == "Bảo Thắng"
    assert (
        legible(b"M\xad\xeang Kh\xad\xacng &lt;&nbsp;&amp; &#7843;", "tcvn3").decode()
        == "Mường Khương &lt;&nbsp;&amp; &#7843;"
    )


def test_every_letter_of_vni() -> None:
    assert len(_IN_VNI) == 2 * 67
    for letter in _IN_VNI:
        assert legible(in_vni(letter), "vni").decode() == letter


def test_a_text_in_vni() -> None:
    text = "Ủy ban Quốc gia về CHUYỂN ĐỔI SỐ, Đắk Lắk, kỳ họp thứ 8: quỹ, ổn định, Ỷ Lan"
    assert legible(in_vni(text), "vni").decode() == text
    assert legible("Ñaõ hoïp, Toaøn vaên, Aâu Cô".encode(), "vni").decode() == "Đã họp, Toàn văn, Âu Cơ"
    assert legible("l'œuvre – “50 %”".encode("cp1252"), "vni").decode() == "l'œuvre – “50 %”"


def test_windows_1258_has_its_marks_apart() -> None:
    text = "Nghị quyết của Ủy ban về chuyển đổi số"
    apart = "Nghi\u0323 quyê\u0301t cu\u0309a U\u0309y ban vê\u0300 chuyê\u0309n đô\u0309i sô\u0301".encode("cp1258")
    assert legible(apart, "windows-1258").decode() == text
    assert legible(b"\xd2\x8a" + apart, "windows-1258").decode().endswith(text)  # a byte that it does not have


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "windows-1258"])
def test_what_is_unicode_by_its_first_bytes_stays(encoding: str) -> None:
    text = "<p>Ủy ban</p>"
    for body in (text.encode("utf-16"), text.encode("utf-16-le"), b"", b"%PDF\0\xe1"):
        assert legible(body, encoding) == body
    assert legible("\ufeff<p>ban</p>".encode(), encoding) == b"<p>ban</p>"
    assert legible(text.encode("cp1258", "replace"), None) == text.encode("cp1258", "replace")


def test_an_article_in_vni_is_read_as_in_unicode() -> None:
    page = liferay(ARTICLES[2], FIRST)
    expected, _ = read_article(page, url="https://a.vn/tin/1.html")
    told, _ = read_article(
        decode(legible(in_vni(page), "vni"), "text/html; charset=windows-1252"), url="https://a.vn/tin/1.html"
    )
    assert expected.page == "article"
    assert told == expected


@pytest.mark.parametrize(
    ("content_type", "head"),
    [
        ("text/html; charset=windows-1258", ""),
        ("text/html", '<meta charset="windows-1258">'),
        ("text/html; charset=nonsense", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">'),
        ("text/html; charset=windows-1258", '<meta charset="iso-8859-1">'),
        ("text/html", '<?xml version="1.0" encoding="windows-1258"?>'),
        ("text/html; charset=utf-8", '<meta charset="windows-1258">'),
        (None, ""),
    ],
)
def test_a_charset_is_taken_from_the_header_then_the_page_then_the_bytes(content_type: str | None, head: str) -> None:
    body = (head + "<p>Nghi\u0323 quyê\u0301t đô\u0309i mơ\u0301i</p>").encode("cp1258")
    assert "Nghị quyết đổi mới" in unicodedata.normalize("NFC", decode(body, content_type))


def test_a_configuration_names_one_of_three(make_configuration: Callable[..., Configuration]) -> None:
    portal = {"name": "Cũ", "url": "https://cu.gov.vn/", "sections": [{"id": "tin", "url": "https://cu.gov.vn/tin"}]}
    assert make_configuration(portals={"cu": portal | {"encoding": "tcvn3"}}).portals[0].encoding == "tcvn3"
    with pytest.raises(ConfigError) as told:
        make_configuration(portals={"cu": portal | {"encoding": "viscii"}})
    (problem,) = told.value.problems
    assert problem.line == 10
    assert all(word in str(problem) for word in ("tcvn3", "vni", "windows-1258"))
