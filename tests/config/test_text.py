"""Vietnamese text made comparable, and quoted as it was written."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config import align, fold, match_key, plain, tidy

# Letters and marks whole and apart, what nobody sees, spaces and dashes of all kinds, and some of everything.
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([
            "hoà", "hòa", "thuý", "thúy", "quỹ", "khoẻ", "hoàn", "HOÀ", "o\u0300a", "oa\u0300", "ư", "u\u031b", "Đ", "\u00d0",
            "đ", "\u00f0", "ế", "e\u0302\u0301", "e\u0301\u0302", "\u0301", "\u0323" * 12, " ", "\u00a0", "\u3000", "\n", "\t",
            "\u00ad", "\u200b", "\u2060", "\ufeff", "–", "-", "\u2011", "ß", "İ", "ﬁ", "Ω", "각", "\u1100\u1161", "\u0345", "và",
        ]),
        st.text(max_size=3),
    ),
    max_size=12,
).map("".join)  # fmt: skip
FOLDS = pytest.mark.parametrize(("marks", "key"), [(True, match_key), (False, plain)])


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Uỷ ban Quốc gia", "Ủy ban quốc gia"),
        ("hoà giải, khoẻ, thuý", "hòa giải, khỏe, thúy"),
        ("Q\u00d0-TTg", "QĐ-TTg"),
        ("749/Q\u00d0\u2011TTg", "749/QĐ-TTg"),
        (unicodedata.normalize("NFD", "chuyển đổi số"), "chuyển đổi số"),
        ("chuyển\u00a0đổi\u2003 số", "chuyển đổi số"),
        ("chuy\u00adển đ\u200bổi số\ufeff", "chuyển đổi số"),
        ("chuye\u0302\u200b\u0309n", "chuyển"),
    ],
)
def test_texts_that_differ_in_form_only_have_one_key(written: str, same: str) -> None:
    assert match_key(written) == match_key(same)
    assert plain(written) == plain(same)


@pytest.mark.parametrize("word", ["quỹ", "quý", "hoàn", "toàn", "thuyền"])
def test_a_mark_that_stands_in_one_place_only_stays_there(word: str) -> None:
    assert match_key(word) == word


@given(TEXTS)
def test_what_is_tidied_is_in_nfc_and_tidying_it_again_changes_nothing(text: str) -> None:
    tidied = tidy(text)
    assert unicodedata.is_normalized("NFC", tidied)
    assert tidy(tidied) == tidied


@FOLDS
@given(text=TEXTS)
def test_a_fold_is_the_key(marks: bool, key: object, text: str) -> None:
    assert fold(text, marks=marks).text == key(text)  # type: ignore[operator]


@FOLDS
@given(data=st.data(), text=TEXTS)
@example(data=None, text="Ban Hoà giải ho\u00adà hòa quỹ")
def test_words_that_are_found_are_quoted_as_written(marks: bool, key: object, data: st.DataObject, text: str) -> None:
    """For any text and any words found in its key: the quote has that key again, and stands in the text."""
    folded = fold(text, marks=marks)
    words = [word.span() for word in re.finditer(r"\S+", folded.text)]
    if not words:
        return
    first, last = (
        (0, len(words) - 1) if data is None else sorted(data.draw(st.tuples(*[st.integers(0, len(words) - 1)] * 2)))
    )
    start, end = words[first][0], words[last][1]
    quote = folded.source(start, end)
    assert quote in text
    assert key(quote) == folded.text[start:end]  # type: ignore[operator]


@FOLDS
def test_a_phrase_is_quoted_exactly(marks: bool, key: object) -> None:
    for written in ("Chuyển đổi\u00a0 số", unicodedata.normalize("NFD", "CHUYỂN ĐỔI SỐ"), "chuy\u00adển đổi\nsố"):
        text = f"Uỷ ban Q\u00d0 về {written}, họp."
        folded = fold(text, marks=marks)
        found = folded.text.index(key("chuyển đổi số"))  # type: ignore[operator]
        assert folded.source(found, found + len(key("chuyển đổi số"))) == written  # type: ignore[operator]


@given(TEXTS)
def test_readable_text_has_the_way_back_too(text: str) -> None:
    aligned = align(text)
    assert len(aligned.low) == len(aligned.text)
    assert unicodedata.is_normalized("NFC", aligned.text)
    assert aligned.source(0, len(aligned.text)).strip("\u00ad\u200b\u2060\ufeff\u200c\u200d") in text


def test_a_page_of_marks_and_a_long_text_are_folded_in_time() -> None:
    for text in ("a" + "\u0301\u0323\u200b" * 100_000, "chuyển đổi số " * 20_000, "각" * 100_000):
        assert fold(text).text == match_key(text)
