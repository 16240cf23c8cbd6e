"""A compressed body is whole, or an error; never half an article."""

from __future__ import annotations

import gzip
import zlib

import pytest
from scrapy.exceptions import IgnoreRequest

from crawler.politeness import gunzip

TEXT = "Phiên họp thứ 8 ".encode() * 1000
PACKED = gzip.compress(TEXT)


def test_what_was_packed_is_unpacked() -> None:
    assert gunzip(PACKED, 10**6) == TEXT
    assert gunzip(PACKED, 0) == TEXT


def test_several_members_are_one_body_and_a_tail_of_rubbish_is_left() -> None:
    assert gunzip(PACKED + PACKED + b"\n\n", 10**6) == TEXT * 2


@pytest.mark.parametrize("cut", [3, 11, 60, len(PACKED) - 1])
def test_a_body_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises(zlib.error):
        gunzip(PACKED[:cut], 10**6)


def test_a_broken_body_is_an_error() -> None:
    broken = bytearray(PACKED)
    broken[40] ^= 0xFF
    with pytest.raises(zlib.error):
        gunzip(bytes(broken), 10**6)


def test_a_body_that_is_no_gzip_is_taken_as_it_is() -> None:
    assert gunzip(TEXT, 10**6) == TEXT


def test_a_bomb_is_refused() -> None:
    with pytest.raises(IgnoreRequest):
        gunzip(gzip.compress(b"0" * 10**7), 10**5)
    assert gunzip(gzip.compress(b"0" * 10**5), 10**5) == b"0" * 10**5
