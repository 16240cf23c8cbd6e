"""Saved real pages, kept beside the project: nothing crashes, no letter is garbled, and the known ones read right."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from crawler.extraction import extract
from crawler.listing import read_listing
from crawler.markup import decode, parse, text_of

FOLDER = Path(os.environ.get("PORTALWATCH_PAGES", Path(__file__).parents[2].parent / "shared" / "pages"))
pytestmark = [pytest.mark.pages, pytest.mark.skipif(not (FOLDER / "INDEX.tsv").exists(), reason="no saved pages")]


def _pages() -> list[tuple[str, str]]:
    if not (FOLDER / "INDEX.tsv").exists():
        return []
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8") as index:
        rows = list(csv.DictReader(index, delimiter="\t"))
    sites = {row["file"]: row["original_site"] for row in rows if row["file"].endswith(".html")}
    return [(name, site if site.startswith("http") else f"https://{site}/") for name, site in sites.items()]


def source(name: str) -> str:
    return decode((FOLDER / name).read_bytes(), "text/html; charset=windows-1252")


@pytest.mark.parametrize(("name", "url"), _pages(), ids=lambda value: str(value)[-40:])
def test_every_page_is_read(name: str, url: str) -> None:
    text = source(name)
    words = text_of(parse(text))
    assert not [mark for mark in ("á»", "áº", "Ä‘", "Æ°") if words.count(mark) > 3]
    forced = extract(text, url=url, force=True)
    assert extract(text, url=url, force=True) == forced
    assert "\xa0" not in forced.text
    assert read_listing(text, url=url).page == extract(text, url=url).page


LISTINGS = {
    "sotttt_hanoi/ke-hoach.html": (11, 11, None),
    "sotttt_hanoi/cong-khai-ngan-sach.html": (10, 10, "_101_cur=2"),
    "sotttt_hanoi/cong-nghe-thong-tin01ad.html": (10, 10, "_101_cur=18"),
    "sotttt_hanoi/luatthudo.html": (20, 20, "_101_cur=2"),
    "sotttt_hanoi/shtd.html": (20, 20, "_101_cur=2"),
    "sotttt_hanoi/lay-y-kien-van-ban-du-thao.html": (3, 3, None),
    "sotttt_hanoi/luatthudo511b.html": (1, 1, None),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_liferay_listings(name: str) -> None:
    count, dated, onward = LISTINGS[name]
    found = read_listing(source(name), url=dict(_pages())[name])
    assert found.page == "listing"
    assert (len(found.entries), sum(entry.published is not None for entry in found.entries)) == (count, dated)
    assert (found.next.url.rpartition("&")[2] if found.next else None) == onward
    assert all("view_content" in entry.url for entry in found.entries)


def test_the_gazette() -> None:
    found = read_listing(
        source("congbao_sonla/documents_by_gazette_sample.html"),
        url="https://congbao.sonla.gov.vn/congbao.nsf/x",
        kind="documents",
    )
    assert len(found.entries) == 11
    # The row names the repealed decision too; the new one is the number.
    assert found.entries[0].number == "37/2026/QĐ-UBND"
    assert found.entries[0].published is not None
    assert found.entries[0].published.isoformat() == "2026-07-13"


def test_soft_404() -> None:
    for name in (
        "sotttt_hanoi/users__admin__2008__06__n2563__20080613_a1.html",
        "sotttt_hanoi/web__sotttt-eng__https.html",
    ):
        assert extract(source(name), url="https://sotttt.hanoi.gov.vn/x").page == "soft404"


def test_a_schedule_that_is_only_a_file() -> None:
    found = extract(source("daksong/03-2021-lich.fragment.html"), url="http://daksong.daknong.gov.vn/03-2021-lich")
    assert [file.url for file in found.attachments] == ["http://daksong.daknong.gov.vn/img/03_2021.pdf"]
    assert found.published is None
    assert "LỊCH CÔNG TÁC" not in found.text


def test_a_newspaper() -> None:
    found = extract(source("fundus_tests/VnExpress_2025_10_22.html"), url="https://vnexpress.net/x-1.html")
    assert found.title == "Đau bụng kéo dài, phát hiện ung thư lymphoma ruột non"
    assert len(found.text.split("\n")) == 6
    assert found.captions == ("Y bác sĩ nội soi cho bệnh nhân. Ảnh: Bệnh viện cung cấp",)
    assert found.byline == "Lê Phương"
