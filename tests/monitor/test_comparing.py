"""What became of a text: lines and words, and no more than a reader would see."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from monitor.comparing import Piece, compare_lines, compare_words, hunks, reworded

INVITATION = """Sáng 9/8/2022, Ủy ban Quốc gia về chuyển đổi số họp phiên thứ 8.
Phó Thủ tướng Vũ Đức Đam chủ trì.
Địa điểm: Hội trường tầng 2, Văn phòng Chính phủ.
Số 749/QĐ-TTg | 3/6/2020 | Phê duyệt chương trình"""


def lines(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.op, piece.text) for piece in compare_lines(before, after)]


def changed(before: str, after: str) -> list[tuple[str, str]]:
    return [line for line in lines(before, after) if line[0] != "same"]


def words(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.op, piece.text) for piece in compare_words(before, after)]


def test_a_line_that_changed_stands_between_those_that_did_not() -> None:
    after = INVITATION.replace("tầng 2", "tầng 3")
    assert lines(INVITATION, after) == [
        ("same", INVITATION.split("\n")[0]),
        ("same", "Phó Thủ tướng Vũ Đức Đam chủ trì."),
        ("removed", "Địa điểm: Hội trường tầng 2, Văn phòng Chính phủ."),
        ("added", "Địa điểm: Hội trường tầng 3, Văn phòng Chính phủ."),
        ("same", "Số 749/QĐ-TTg | 3/6/2020 | Phê duyệt chương trình"),
    ]


def test_a_mark_is_a_difference() -> None:
    assert words("Hội nghị tạm hoàn lại", "Hội nghị tạm hoãn lại") == [
        ("same", "Hội nghị tạm "),
        ("removed", "hoàn"),
        ("added", "hoãn"),
        ("same", " lại"),
    ]


def test_dates_hours_and_numbers_of_documents_are_each_one_word() -> None:
    assert words("lúc 7:30 ngày 9/8/2022 theo 749/QĐ-TTg.", "lúc 8:30 ngày 10/8/2022 theo 750/QĐ-TTg.") == [
        ("same", "lúc "),
        ("removed", "7:30"),
        ("added", "8:30"),
        ("same", " ngày "),
        ("removed", "9/8/2022"),
        ("added", "10/8/2022"),
        ("same", " theo "),
        ("removed", "749/QĐ-TTg"),
        ("added", "750/QĐ-TTg"),
        ("same", "."),
    ]


def test_words_that_changed_side_by_side_are_told_together() -> None:
    assert words("do huyện đầu tư", "do tỉnh cấp") == [
        ("same", "do "),
        ("removed", "huyện đầu tư"),
        ("added", "tỉnh cấp"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Họp  phiên thứ 8.\n\n\nHết.", "Họp phiên thứ 8. \nHết."),
        ("UỶ BAN NHÂN DÂN", "Ủy ban nhân dân"),
        ("Tháng 8 – 2022", "Tháng 8 - 2022"),
        ("Một.\nHai.\nBa.", "Ba.\nMột.\nHai."),
    ],
    ids=["spaces and blank lines", "capitals and the place of a mark", "dashes", "a line that stands elsewhere"],
)
def test_what_no_reader_would_see_is_no_difference(before: str, after: str) -> None:
    assert changed(before, after) == []


def test_a_line_that_is_there_twice_now_is_told_once() -> None:
    assert changed("Một.\nHai.", "Một.\nHai.\nMột.") == [("added", "Một.")]


def test_lines_are_known_again_when_they_are_reworded_among_new_ones() -> None:
    before = "Phiên họp do Chủ tịch chủ trì.\nĐịa điểm: Hội trường A."
    after = "Mời các đại biểu dự.\nPhiên họp do Phó Chủ tịch chủ trì.\nĐịa điểm: Hội trường B."
    pieces = compare_lines(before, after)
    found = {pieces[one.added].text: [p.text for p in one.pieces if p.op != "same"] for one in reworded(pieces)}
    assert found["Địa điểm: Hội trường B."] == ["A", "B"]
    assert "Mời các đại biểu dự." not in found


def test_only_the_neighbourhood_of_a_change_is_shown() -> None:
    before = [f"Dòng {number}." for number in range(100)]
    after = [*before[:10], "Dòng mới.", *before[10:80], *before[81:]]
    found = hunks(compare_lines("\n".join(before), "\n".join(after)), context=1)
    assert [[(line.op, line.text) for line in hunk] for hunk in found] == [
        [("same", "Dòng 9."), ("added", "Dòng mới."), ("same", "Dòng 10.")],
        [("same", "Dòng 79."), ("removed", "Dòng 80."), ("same", "Dòng 81.")],
    ]
    assert hunks([Piece("same", "Một.")]) == []


def test_nothing_and_something() -> None:
    assert lines("", "") == []
    assert lines("", "Một.") == [("added", "Một.")]
    assert lines("Một.", "") == [("removed", "Một.")]
    assert words("", "Một") == [("added", "Một")]


@pytest.mark.parametrize("seed", range(20))
def test_both_texts_can_be_read_from_their_difference(seed: int) -> None:
    chance = random.Random(seed)
    some = ["và", "của", "về", "số", "họp", "8", "tỉnh", "huyện", "ủy ban", "phiên"]
    before = " ".join(chance.choice(some) for _ in range(chance.randint(0, 60)))
    kept = [word for word in before.split(" ") if chance.random() > 0.2]
    for _ in range(chance.randint(0, 10)):
        kept.insert(chance.randint(0, len(kept)), chance.choice(some))
    after = " ".join(kept)
    pieces = compare_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.op != "removed") == after
    assert "".join(piece.text for piece in pieces if piece.op != "added") == before


@pytest.mark.parametrize(
    "some",
    [lambda _: "và", lambda chance: chance.choice("abcdef"), lambda chance: str(chance.random())],
    ids=["one word", "six words", "all different"],
)
def test_the_longest_texts_are_compared_in_a_bounded_time(some: Callable[[random.Random], str]) -> None:
    chance = random.Random(7)
    texts = [" ".join(some(chance) for _ in range(20_000)) for _ in range(2)]
    begun = time.process_time()
    compare_words(*texts)
    reworded(compare_lines(*(text.replace(" ", "\n") for text in texts)))
    assert time.process_time() - begun < 5
