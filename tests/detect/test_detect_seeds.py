"""The five articles that started the project, with everything that they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.detect import detect, meeting_keys

SEEDS = Path(__file__).parent / "seeds"
TITLES = {
    "000": "Phiên họp lần thứ 8 của Ủy ban Quốc gia về chuyển đổi số",
    "001": "Ban Điều hành chuyển đổi số tỉnh họp quý I/năm 2023 đánh giá tình hình thực hiện chuyển đổi số năm 2022",
    "002": "Tiếp tục đẩy mạnh chỉ đạo chuyển đổi số trong giai đoạn mới",
    "003": "Tập trung thực hiện hiệu quả Năm phát triển kinh tế số 2024",
    "004": "Phiên họp thứ 3 của Ủy ban quốc gia về chuyển đổi số",
}
NATIONAL = "Ủy ban Quốc gia về chuyển đổi số"
MEETINGS = {
    "000": {
        "form": "phiên họp", "body": NATIONAL, "ordinal": 8, "date": date(2024, 4, 24), "date_candidate": None,
        "part_of_day": "morning", "chair": "Phạm Minh Chính", "mode": "online", "status": "held", "period": None,
    },
    "001": {
        "form": "cuộc họp", "body": "Ban Điều hành chuyển đổi số tỉnh", "ordinal": None, "period": "quý I/năm 2023",
        "date": date(2023, 2, 20), "part_of_day": "morning", "chair": "Trần Quốc Nam", "status": "held", "mode": None,
    },
    "003": {
        "form": "phiên họp", "body": NATIONAL, "ordinal": 7, "date": None, "date_candidate": date(2023, 12, 28),
        "part_of_day": "afternoon", "chair": "Phạm Minh Chính", "status": "held", "period": None, "term": None,
    },
    "004": {
        "form": "phiên họp", "body": NATIONAL, "ordinal": 3, "date": date(2022, 8, 8), "part_of_day": "morning",
        "chair": "Phạm Minh Chính", "mode": "online", "status": "held", "time": None, "place": None,
    },
}  # fmt: skip
DOCUMENTS = {
    "000": [
        ("749/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", date(2020, 6, 3)),
        ("942/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", date(2021, 6, 15)),
        ("422/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", date(2022, 4, 4)),
    ],
    "001": [
        ("3609/KH-BĐHCĐS", "Kế hoạch", "Ban Điều hành chuyển đổi số tỉnh", date(2022, 8, 18)),
        ("16/TB-VPCP", "Thông báo", "Văn phòng Chính phủ", date(2023, 1, 28)),
        ("03-TB/BCĐCĐS", "Thông báo", "Ban Chỉ đạo chuyển đổi số", date(2023, 2, 2)),
        ("56/QĐ-UBND", "Quyết định", "UBND tỉnh", date(2023, 2, 14)),
    ],
    "002": [
        ("17/NQ-CP", "Nghị quyết", "Chính phủ", date(2019, 3, 7)),
        ("03/NQ-CP", "Nghị quyết", "Chính phủ", date(2022, 1, 10)),
        ("01/NQ-CP", "Nghị quyết", "Chính phủ", date(2022, 1, 8)),
        ("1619/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", date(2021, 9, 24)),
        ("2304/BTTTT-THH", "Công văn", "Bộ Thông tin và Truyền thông", date(2021, 6, 29)),
        ("06/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", date(2022, 1, 6)),
    ],
    "003": [],
    "004": [],
}


def seed(number: str) -> str:
    return next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8")


@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("number", sorted(MEETINGS))
def test_the_meeting_of_a_seed(number: str, titled: bool) -> None:
    text = seed(number)
    found = detect(TITLES[number] if titled else "", text)
    assert found.kinds == ("meeting",)
    assert found.meeting is not None
    assert {name: getattr(found.meeting, name) for name in MEETINGS[number]} == MEETINGS[number]
    assert found.meeting.title == TITLES[number]
    assert found.quotes["meeting"] in text


@pytest.mark.parametrize(
    ("number", "published", "day"),
    [("003", date(2023, 12, 29), date(2023, 12, 28)), ("004", date(2022, 8, 9), date(2022, 8, 8))],
)
def test_the_day_of_publishing_gives_the_year(number: str, published: date, day: date) -> None:
    meeting = detect(TITLES[number], seed(number), published=published).meeting
    assert meeting is not None
    assert (meeting.date, meeting.date_candidate) == (day, None)


def test_the_seed_on_administrative_reports_has_no_meeting_and_no_decision() -> None:
    found = detect(TITLES["002"], seed("002"), published=date(2022, 1, 25), portal_body="Bộ Kế hoạch và Đầu tư")
    assert (found.kinds, found.meeting, found.quotes) == ((), None, {})


@pytest.mark.parametrize("number", sorted(DOCUMENTS))
def test_every_number_of_the_seeds_is_a_citation(number: str) -> None:
    text = seed(number)
    found = detect(TITLES[number], text)
    assert [(d.number, d.type, d.issuer, d.date) for d in found.documents] == DOCUMENTS[number]
    assert {d.role for d in found.documents} <= {"cited"}
    assert all(d.quote in text for d in found.documents)


def test_the_province_completes_local_bodies() -> None:
    found = detect(TITLES["001"], seed("001"), province="Ninh Thuận")
    assert found.meeting is not None
    assert found.meeting.body == "Ban Điều hành chuyển đổi số tỉnh Ninh Thuận"
    assert {d.number: d.issuer for d in found.documents}["56/QĐ-UBND"] == "UBND tỉnh Ninh Thuận"


def test_the_same_meeting_in_two_portals_has_one_key() -> None:
    here = detect(TITLES["000"], seed("000"), province="Thanh Hóa").meeting
    there = detect("Phiên họp thứ tám Uỷ ban quốc gia về CĐS", "Ngày 24/4/2024, Uỷ ban quốc gia về CĐS họp.").meeting
    assert here is not None
    assert there is not None
    assert (
        meeting_keys(here)
        == meeting_keys(there)
        == (
            "uy ban quoc gia ve chuyen doi so|8|2024",
            "uy ban quoc gia ve chuyen doi so|2024-04-24",
        )
    )
