"""Forty strings and pages that were met on real portals, each of which broke some program.

Those of numbers, documents, meetings and days are tested here, the number of the case standing in the test's id. The
others belong to the reading of pages: `ELSEWHERE` names the test that holds each, and no case may be without one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config import match_key
from crawler import extract
from monitor.detect import decision_keys, detect, find_numbers, issue_date_after
from storage import Detection, Meeting
from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, liferay

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    23: ("extract/test_markup_and_dates.py", "test_a_clock_and_a_build_time_are_no_publish_date"),
    24: ("extract/test_markup_and_dates.py", "test_dates"),
    25: ("extract/test_layouts.py", "test_the_article_and_nothing_else"),
    26: ("replica/test_newer.py", "test_the_counter_has_one_digit_an_item"),
    27: ("extract/test_layouts.py", "test_moved_counters_give_the_same_answer"),
    28: ("extract/test_page_class.py", "test_a_fault_with_status_200"),
    29: ("whole/test_five_portals.py", "test_languages_without_end_give_no_second_article"),
    32: ("extract/test_pages.py", "test_a_schedule_that_is_only_a_file"),
    34: ("extract/test_tables_and_leftovers.py", "test_a_text_stored_twice_encoded_is_mended_in_a_page_that_is_whole"),
    36: ("extract/test_markup_and_dates.py", "test_valid_utf8_wins_over_every_declaration"),
    37: ("replica/test_newer.py", "test_nothing_is_ever_missing_by_status"),
}
NATIONAL = "Ủy ban Quốc gia về chuyển đổi số"


def numbers(text: str) -> list[str]:
    return [span.number for span in find_numbers(text)]


def meeting(found: Detection) -> Meeting:
    assert found.meeting is not None
    return found.meeting


NUMBERS = {
    1: ("Mục tiêu của 749/QĐ-TTg đến năm 2025", ["749/QĐ-TTg"]),
    3: ("Thông báo số 03-TB/BCĐCĐS ngày 02/02/2023", ["03-TB/BCĐCĐS"]),
    4: ("Công văn số 2304/BTTTT-THH", ["2304/BTTTT-THH"]),
    5: ("Nghị quyết số 66.7/2026/NQ-CP", ["66.7/2026/NQ-CP"]),
    6: ("Quyết định 19/2006/QÐ-BBCVT", ["19/2006/QĐ-BBCVT"]),
    7: ("749/QĐ–TTg và 942/QĐ‑TTg", ["749/QĐ-TTg", "942/QĐ-TTg"]),
    8: ("Công văn số 192\u00a0 /STTTT-BCXBTT", ["192/STTTT-BCXBTT"]),
    9: (unicodedata.normalize("NFD", "Quyết định số 749/QĐ-TTg"), ["749/QĐ-TTg"]),
    10: ("Nghị định số 104/ 2025/NĐ-\nCP ngày 17/5/2025", ["104/2025/NĐ-CP"]),
    12: ("Giấy phép số 17/GP-BTTTT cấp ngày 12/01/2023", []),
    13: ("hoàn thành 12/15 chỉ tiêu", []),
    14: ("trực 24/7", []),
    15: ("Kế hoạch số 6526/KH-UBND\n- Nghị quyết của Tỉnh ủy", ["6526/KH-UBND"]),
    16: ("Nghị định số 03/2017/NĐ-CPngày 16/01/2017", ["03/2017/NĐ-CP"]),
    17: ("422/QĐ-TTg ngày 04/4/2022, 422/CT-TTG ngày 2/4/2010", ["422/QĐ-TTg", "422/CT-TTG"]),
    40: ("Pháp lệnh Không số về đo lường", []),
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.values(), ids=map(str, NUMBERS))
def test_numbers(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def named_twice() -> None:
    found = detect("", "Quyết định số 749/QĐ-TTg nêu rõ. Theo 749/QĐ–TTg, các bộ thực hiện.")
    assert [document.number for document in found.documents] == ["749/QĐ-TTg"]


def eth_is_one_letter() -> None:
    (eth,), (own,) = find_numbers("19/2006/QÐ-BBCVT"), find_numbers("19/2006/QĐ-BBCVT")
    assert eth.number == own.number
    assert match_key(eth.written) == match_key(own.written)


def new_and_repealed_in_a_row() -> None:
    found = detect(
        "Quyết định của UBND tỉnh số 37/2026/QĐ-UBND bãi bỏ Quyết định số 90/2025/QĐ-UBND ngày 24/8/2025", ""
    )
    assert {d.number: d.role for d in found.documents} == {"37/2026/QĐ-UBND": "issued", "90/2025/QĐ-UBND": "repealed"}


def one_number_and_two_types() -> None:
    both = detect("", "Quyết định 422/QĐ-TTg ngày 04/4/2022 và Chỉ thị 422/CT-TTG ngày 2/4/2010").documents
    assert [(d.type, d.date) for d in both] == [("Quyết định", date(2022, 4, 4)), ("Chỉ thị", date(2010, 4, 2))]
    assert len({decision_keys(document) for document in both}) == 2


def press_gives_another_year() -> None:
    text = "Quyết định số 749/QĐ-TTg ngày 03/6/2020. Báo dẫn Quyết định 749/QĐ-TTg ngày 03/6/2022."
    assert [d.date for d in detect("", text).documents] == [date(2020, 6, 3), date(2022, 6, 3)]


def year_of_three_digits() -> None:
    text = "Công văn số 12/BTTTT-THH"
    assert issue_date_after(f"{text} ngày 08/01/218", len(text)) is None


def ordinal_of_the_subject() -> None:
    text = f"Sáng 24/4/2024, {NATIONAL} tổ chức Phiên họp lần thứ 8. Kết quả sau phiên họp thứ 7 được đánh giá cao."
    found = meeting(detect(f"Phiên họp lần thứ 8 của {NATIONAL}", text, published=date(2024, 4, 25)))
    assert (found.body, found.ordinal, found.date) == (NATIONAL, 8, date(2024, 4, 24))


def weekday_is_no_ordinal() -> None:
    day = meeting(detect(f"{NATIONAL} họp vào thứ 3, ngày 09/08/2022", "", published=date(2022, 8, 8)))
    assert (day.ordinal, day.date) == (None, date(2022, 8, 9))
    third = meeting(detect(f"Phiên họp thứ 3 của {NATIONAL}", "Thứ ba, 09/08/2022", published=date(2022, 8, 9)))
    assert third.ordinal == 3


def day_without_any_year() -> None:
    found = meeting(
        detect(f"{NATIONAL} tổ chức Phiên họp lần thứ 7", f"Chiều 28/12, {NATIONAL} tổ chức Phiên họp lần thứ 7.")
    )
    assert (found.date, found.part_of_day) == (None, "afternoon")
    assert found.date_candidate is None or (found.date_candidate.month, found.date_candidate.day) == (12, 28)


def struck_row() -> None:
    struck = extract(
        "<html><body><h1>Lịch họp của UBND tỉnh</h1><p>UBND tỉnh thông báo lịch họp trong tuần như sau, đề nghị các sở"
        " thực hiện.</p><p><strike>8h00 ngày 15/9/2026: họp Ban Chỉ đạo chuyển đổi số</strike></p>"
        "<p>Các nội dung khác của lịch công tác không thay đổi.</p></body></html>",
        url="https://a.gov.vn/x",
        force=True,
    ).text
    assert "~~8h00 ngày 15/9/2026: họp Ban Chỉ đạo chuyển đổi số~~" in struck


def postponed_by_another_article() -> None:
    title = f"Tạm hoãn Phiên họp lần thứ 8 của {NATIONAL}"
    found = meeting(detect(title, f"{NATIONAL} thông báo tạm hoãn Phiên họp lần thứ 8.", published=date(2024, 4, 20)))
    assert (found.status, found.ordinal) == ("postponed", 8)


def title_of_another_article_at_the_share_button() -> None:
    other = "Thủ tướng dự lễ khánh thành cầu Rạch Miễu 2"
    found = extract(
        f"<html><head><title>UBND tỉnh họp thường kỳ tháng 7</title></head><body><div class='share' data-title='{other}'>"
        f"<a href='https://www.facebook.com/sharer.php?u=x&t={other}' title='{other}'>Chia sẻ</a></div>"
        "<h1>UBND tỉnh họp thường kỳ tháng 7</h1><p>Sáng 28/7, UBND tỉnh tổ chức phiên họp thường kỳ tháng 7 năm 2026 để"
        " đánh giá tình hình kinh tế - xã hội.</p><p>Chủ tịch UBND tỉnh chủ trì phiên họp và kết luận các nội dung.</p>"
        "</body></html>",
        url="https://a.gov.vn/tin/1",
    )
    assert found.title == "UBND tỉnh họp thường kỳ tháng 7"
    assert other not in found.text


def php_notice_inside_the_head() -> None:
    notice = "<head><br />\n<b>Notice</b>: Undefined variable: meta in <b>/var/www/head.php</b> on line <b>12</b><br />"
    found = extract(liferay(ARTICLES[2], FIRST).replace("<head>", notice), url="https://a.gov.vn/tin/2")
    assert (found.page, found.title) == ("article", ARTICLES[2].title)
    assert found.text.split("\n") == ARTICLES[2].lines


def clock_of_the_server_in_american_order() -> None:
    found = extract(
        "<html><body><div id='clock'>08/04/2026 09:57:15 AM</div><h1>Tỉnh khởi công hồ chứa nước</h1><p>Sáng 12/5, UBND"
        " tỉnh khởi công hồ chứa nước phục vụ sản xuất nông nghiệp.</p><p>Công trình có tổng vốn đầu tư 300 tỷ đồng, hoàn"
        " thành trong năm 2027.</p></body></html>",
        url="https://a.gov.vn/tin/3",
        force=True,
    )
    assert found.published is None


def chair_and_committee_number_in_one_series() -> None:
    row = "Quyết định của {} số 1725/QĐ-UBND ngày 11/7/2026 ban hành Danh mục"
    named = [
        detect(row.format(body), "", province="Sơn La").documents[0] for body in ("Chủ tịch UBND tỉnh", "UBND tỉnh")
    ]
    assert [document.issuer for document in named] == ["Chủ tịch UBND tỉnh Sơn La", "UBND tỉnh Sơn La"]
    assert decision_keys(named[0]) == decision_keys(named[1])


CASES: dict[int, Callable[[], None]] = {
    2: named_twice,
    6: eth_is_one_letter,
    11: new_and_repealed_in_a_row,
    17: one_number_and_two_types,
    18: press_gives_another_year,
    19: year_of_three_digits,
    20: ordinal_of_the_subject,
    21: weekday_is_no_ordinal,
    22: day_without_any_year,
    30: struck_row,
    31: postponed_by_another_article,
    33: title_of_another_article_at_the_share_button,
    35: php_notice_inside_the_head,
    38: clock_of_the_server_in_american_order,
    39: chair_and_committee_number_in_one_series,
}


@pytest.mark.parametrize("case", CASES.values(), ids=[f"{at}-{case.__name__}" for at, case in CASES.items()])
def test_documents_meetings_and_pages(case: Callable[[], None]) -> None:
    case()


@pytest.mark.parametrize(("path", "name"), ELSEWHERE.values(), ids=map(str, ELSEWHERE))
def test_the_others_are_held_by_a_test_of_their_own(path: str, name: str) -> None:
    source = (TESTS / path).read_text(encoding="utf-8")
    assert re.search(rf"^(?:async )?def {name}\(", source, re.MULTILINE)


def test_all_forty_are_accounted_for() -> None:
    assert {*NUMBERS, *CASES, *ELSEWHERE} == set(range(1, 41))
