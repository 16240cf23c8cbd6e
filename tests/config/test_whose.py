"""Whose portal it is, by an id, a name or an address."""

from __future__ import annotations

import pytest

from config import Whose, whose


@pytest.mark.parametrize(
    ("portal", "url", "known"),
    [
        ("thanhhoa", None, Whose("Thanh Hóa")),
        ("mpi", None, Whose(None, "Bộ Kế hoạch và Đầu tư")),
        ("syt-bacninh", None, Whose("Bắc Ninh")),
        ("baothanhhoa", None, Whose("Thanh Hóa")),
        ("tphcm", None, Whose("Hồ Chí Minh")),
        ("Cổng TTĐT tỉnh Thanh Hoá", None, Whose("Thanh Hóa")),
        (None, "https://sotttt.hanoi.gov.vn/x", Whose("Hà Nội")),
        (None, "https://www.mpi.gov.vn/x", Whose(None, "Bộ Kế hoạch và Đầu tư")),
        ("unknown", "https://thanhhoa.gov.vn/tin", Whose("Thanh Hóa")),
        (None, "http://[bad", Whose()),
        ("quochoi", None, Whose()),
        (None, None, Whose()),
    ],
)
def test_whose_portal_it_is(portal: str | None, url: str | None, known: Whose) -> None:
    assert whose(portal, url) == known
