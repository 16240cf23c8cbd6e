"""The gazetteer: what its rows hold, and one name for one body."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from config import (
    BODIES,
    CENTRAL_CITIES,
    HEADS,
    PROVINCES,
    align,
    body_key,
    canonical_body,
    province_of,
    successor_of,
)
from config.bodies.rows import rows


def test_every_row_names_a_source_that_exists() -> None:
    sources = {values[0] for _, _, values in rows("sources.tsv", 4)}
    assert {body.source for body in BODIES} <= sources
    assert {province.source for name in PROVINCES if (province := province_of(name))} <= sources


def test_every_successor_exists_and_follows_an_end() -> None:
    names = {body.name for body in BODIES}
    for body in BODIES:
        assert body.successor is None or body.successor in names, body.name
    for name in PROVINCES:
        province = province_of(name)
        assert province is not None
        assert (province.successor is None) == (province.until is None)
        assert province.successor is None or province.successor in PROVINCES


def test_names_are_written_as_the_house_writes() -> None:
    for each in (*BODIES, *HEADS):
        for name in (each.name, *each.aliases):
            assert align(name).low == name.lower(), name


def test_a_code_belongs_to_one_body() -> None:
    codes = [code for body in BODIES for code in body.codes]
    assert sorted(codes) == sorted(set(codes))


def test_heads_go_on_in_a_known_way() -> None:
    assert {head.goes_on for head in HEADS} == {"topic", "proper", "party"}


def test_sixty_three_provinces_became_thirty_four() -> None:
    living = [name for name in PROVINCES if (known := province_of(name)) and known.until is None]
    assert len(living) == 34
    assert len(PROVINCES) == 64  # Thừa Thiên Huế is Huế since 2025
    assert len(CENTRAL_CITIES) == 9
    assert set(CENTRAL_CITIES) <= set(living)


def test_fourteen_ministries_and_three_agencies_are_left() -> None:
    ministries = [body for body in BODIES if body.group == "ministry" and body.until is None]
    assert len([body for body in ministries if body.name.startswith("Bộ ")]) == 14
    assert len(ministries) + 1 == 17  # with the government's office


@pytest.mark.parametrize(
    ("first", "second", "province"),
    [
        ("Uỷ ban nhân dân tỉnh Thanh Hoá", "UBND tỉnh Thanh Hóa", None),
        ("UBND tỉnh", "UBND tỉnh Thanh Hóa", "Thanh Hóa"),
        ("BCĐ CĐS tỉnh", "Ban Chỉ đạo chuyển đổi số tỉnh Thanh Hóa", "Thanh Hóa"),
        ("Ban Chỉ đạo tỉnh về chuyển đổi số", "Ban Chỉ đạo Chuyển đổi số tỉnh", "Thanh Hóa"),
        ("Ủy ban QG CĐS", "Uỷ ban Quốc gia về Chuyển đổi số", "Thanh Hóa"),
        ("HĐND TP. Hà Nội", "Hội đồng nhân dân Thành phố", "Hà Nội"),
        ("UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh", None),
        ("Sở Y tế Quảng Trị", "Sở Y tế", "Quảng Trị"),
        ("Sở GD-ĐT tỉnh Đắk Lắk", "Sở Giáo dục và Đào tạo", "Đắk Lắk"),
        ("Bộ TT&TT", "BỘ THÔNG TIN VÀ TRUYỀN THÔNG", None),
        ("Tỉnh ủy", "Tỉnh uỷ Thanh Hoá", "Thanh Hóa"),
        ("Tỉnh ủy Đồng Nai", "Thành ủy", "Đồng Nai"),
        ("UBND tỉnh Bắc Ninh", "UBND thành phố Bắc Ninh", None),
        ("UBND xã Củ Chi", "UBND xã Củ Chi, TP.HCM", "Hồ Chí Minh"),
        ("UBND huyện Mai Sơn (Sơn La)", "Ủy ban nhân dân huyện Mai Sơn", "Sơn La"),
        ("BCĐ TƯ về PCTN, tiêu cực", "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực", None),
        ("UBMTTQVN tỉnh", "Ủy ban MTTQ Việt Nam tỉnh Nghệ An", "Nghệ An"),
        ("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh Nghệ An", "Nghệ An"),
        ("Hội đồng Thi đua, Khen thưởng Trung ương", "Hội đồng Thi đua – Khen thưởng Trung ương", "Nghệ An"),
        ("Trường Đại học Trà Vinh", "TRƯỜNG ĐẠI HỌC TRÀ VINH", "Vĩnh Long"),
    ],
)
def test_one_body_has_one_key(first: str, second: str, province: str | None) -> None:
    assert body_key(first, province) == body_key(second, province)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UBND tỉnh Thanh Hóa", "UBND thành phố Thanh Hóa"),
        ("HĐND xã Tân Hội, tỉnh An Giang", "HĐND xã Tân Hội, tỉnh Tây Ninh"),
        ("Sở Y tế tỉnh Hà Nam", "Sở Y tế tỉnh Nam Định"),
        ("Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"),
        ("UBND tỉnh Quảng Nam", "UBND thành phố Đà Nẵng"),
        ("Thường trực HĐND tỉnh Nghệ An", "HĐND tỉnh Nghệ An"),
        ("UBND huyện Hòa Vang", "HĐND huyện Hòa Vang"),
    ],
)
def test_two_bodies_have_two_keys(first: str, second: str) -> None:
    assert body_key(first) != body_key(second)


@pytest.mark.parametrize(
    ("name", "heir"),
    [
        ("Bộ TT&TT", "Bộ Khoa học và Công nghệ"),
        ("Bộ Bưu chính, Viễn thông", "Bộ Khoa học và Công nghệ"),
        ("Bộ Y tế", "Bộ Y tế"),
        ("UBND tỉnh Quảng Nam", "UBND thành phố Đà Nẵng"),
        ("Tỉnh ủy Bình Dương", "Thành ủy Hồ Chí Minh"),
        ("Sở TT&TT tỉnh BR-VT", "Sở Khoa học và Công nghệ thành phố Hồ Chí Minh"),
        ("Ban Dân tộc HĐND tỉnh Nghệ An", "Ban Dân tộc HĐND tỉnh Nghệ An"),
        ("UBND tỉnh Thừa Thiên Huế", "UBND thành phố Huế"),
        ("Ủy ban Tư pháp của Quốc hội", "Ủy ban Pháp luật và Tư pháp"),
    ],
)
def test_who_does_the_work_now(name: str, heir: str) -> None:
    assert successor_of(name) == heir


def test_a_province_was_no_city_before_it_became_one() -> None:
    assert canonical_body("UBND", "Đồng Nai", date(2026, 4, 29)) == "UBND tỉnh Đồng Nai"
    assert canonical_body("UBND", "Đồng Nai", date(2026, 4, 30)) == "UBND thành phố Đồng Nai"


@pytest.mark.parametrize("name", ["", " ", "|", "tỉnh", "UBND", "của", "(", "Thanh Hóa", "\u0301", "-,-"])
def test_any_text_has_a_canonical_name(name: str) -> None:
    assert isinstance(canonical_body(name, "Thanh Hóa"), str)
    assert isinstance(body_key(name), str)
    assert isinstance(successor_of(name), str)


@pytest.mark.parametrize("name", ["tỉnh Thanh Hoá", "TP.HCM", "thanhhoa", "BR-VT", "Thành phố Hà Nội", "TT-Huế"])
def test_a_province_is_known_by_all_its_names(name: str) -> None:
    assert province_of(name) is not None


def test_a_name_that_only_begins_with_a_province_is_none() -> None:
    assert province_of("Thanh Hóa Bình Định") is None
    assert province_of("") is None


def test_loading_the_gazetteer_is_quick() -> None:
    program = (
        "import sys, time, config; [sys.modules.pop(name) for name in list(sys.modules) if name.startswith('config.bodies')]"
        "; begin = time.perf_counter(); import config.bodies.identity; print(time.perf_counter() - begin)"
    )
    took = [float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(3)]
    assert min(took) < 0.1  # 8 ms where nothing else runs
