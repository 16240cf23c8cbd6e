"""Text that means harm, or is merely broken: linear time, and no errors."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from config import align, tidy
from monitor.detect import detect, find_numbers

UNITS = [
    "1", "1/", "1-", "12/15-", "749/QĐ-TTg ", "1/A-", "Đ-", "ngày 1/1 họp ", "tổ chức hội nghị ", "thứ ", "Nguyễn A",
    "ban chỉ đạo ", " | số: ", "\n", " ", ". A", "\x00\u0301", "\u0316\u0301", "ngày ", "của UBND tỉnh, ", "số ", "(",
    "hoãn ", "Chủ trì hội nghị, ", "nay điều chỉnh sẽ ", "dự kiến, sẽ tổ chức vào ", "giấy mời\n",
]  # fmt: skip


def spent(text: str, *, titled: bool) -> float:
    start = time.perf_counter()
    detect(text if titled else "Phiên họp", "" if titled else text)
    return time.perf_counter() - start


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_text_takes_about_four_times_the_time(unit: str) -> None:
    small, large = unit * (60_000 // len(unit)), unit * (240_000 // len(unit))
    base = min(spent(small, titled=False) for _ in range(2))
    assert base < 3  # or ten times the base would be any time at all
    assert spent(large, titled=False) < 10 * base + 0.25
    assert spent(large, titled=True) < 1.5


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["0123456789/-", "0123456789/- \nĐQUBND", "số hội nghị 1/2."])
def test_a_megabyte_of_noise(letters: str) -> None:
    dice = random.Random(7)
    text = "".join(dice.choices(letters, k=1_000_000))
    start = time.perf_counter()
    detect("Tin", text)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("title", "text"),
    [(None, None), ("", None), (None, ""), ("\x00\x01\x1b", "\x00" * 50), ("\ud800", "\udfff họp"),
     ("İ" * 40, "ẞİ họp 1/QĐ-UBND"),
     ("\u0301\u0301", "\u200b\ufeff"), ("họp", "họp"), ("thứ", "lần thứ"), ("ngày 99/99/9999", "Sáng 31/2, họp")],
)  # fmt: skip
def test_nothing_raises(title: str | None, text: str | None) -> None:
    detect(title, text)
    find_numbers(text or "")


def test_marks_without_end_are_aligned_in_linear_time() -> None:
    text = "a" + "\u0316\u0301" * 200_000
    start = time.perf_counter()
    align(text)
    tidy(text)
    assert time.perf_counter() - start < 5


@pytest.mark.pages
def test_saved_texts_claim_no_citation() -> None:
    folder = os.environ.get("PORTALWATCH_PAGES")
    if not folder or not (Path(folder) / "text").is_dir():
        pytest.skip("PORTALWATCH_PAGES names no folder with saved texts")
    for path in sorted((Path(folder) / "text").glob("law_*.txt")):
        text = path.read_text(encoding="utf-8")
        found = detect("", text)
        assert found.meeting is None, path.name
        assert sum(d.role == "issued" for d in found.documents) <= 1, path.name
        assert all(d.quote in text for d in found.documents)
