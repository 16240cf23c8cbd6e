"""Vietnamese text made comparable, while the original stays what is shown and quoted.

`tidy` is what enters the house; `match_key` compares texts that differ in form only (hoà and hòa, – and -, Đ and eth);
`plain` drops the marks too, so that "chuyen doi so" finds "chuyển đổi số". Two keep the way back, so that what is found
can be quoted exactly as the page wrote it: `fold` from either key, and `align` from a text that patterns can read.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# NFC leaves U+00D0 (eth) alone, and pages write QÐ for QĐ.
_ETH = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ"})
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
# Zero width, soft hyphen, byte order mark: never seen by a reader, and they break words for a program.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
# Runs of spaces that are not one plain space: most runs are.
_SPACES = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
# Normalising sorts the marks of one letter, in quadratic time: a page of marks alone would stop a worker for hours.
_PILE = re.compile(r"([\u0300-\u036f]{8})[\u0300-\u036f]+")
_UNSEEN = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]|[\u0300-\u036f]{9}")
# A letter and what may join it: no letter of these ranges joins what stands before it.
_CLUSTER = re.compile(".[^\0-\u02ff\u1680\u1e00-\u1eff\u2000-\u206f\u3000\u4e00-\u9fff]*", re.DOTALL)
# `translate` looks at every letter in Python's slow way: most texts have nothing for it.
_UNTIDY = re.compile("[\u00d0\u00f0" + "".join(map(chr, _INVISIBLE)) + "]|[\u0300-\u036f]{9}")
_DASHED = re.compile("[" + "".join(map(chr, _DASHES)) + "]")
_ODD_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_SAME_LENGTH = {**_ETH, **_DASHES, **dict.fromkeys(_ODD_SPACES, " ")}

# The older placing of the mark on oa, oe, uy (hoà, khoẻ, thuý); never after q, where u belongs to the consonant (quỹ).
_TONES = {
    "à": "a", "á": "a", "ả": "a", "ã": "a", "ạ": "a",
    "è": "e", "é": "e", "ẻ": "e", "ẽ": "e", "ẹ": "e",
    "ỳ": "y", "ý": "y", "ỷ": "y", "ỹ": "y", "ỵ": "y",
}  # fmt: skip
_MARKED = {
    "o": dict(zip("̣̀́̉̃", "òóỏõọ", strict=True)),
    "u": dict(zip("̣̀́̉̃", "ùúủũụ", strict=True)),
}
_OLD_TONE = re.compile(r"(?<![qQ])(o(?=[àáảãạèéẻẽẹ])|u(?=[ỳýỷỹỵ]))([àáảãạèéẻẽẹỳýỷỹỵ])(?!\w)")


def _trim_piles(text: str) -> str:
    return _PILE.sub(r"\1", text)


def tidy(text: str) -> str:
    """The text in NFC, eth as Đ, no-break and other spaces as a space, invisible characters gone; lines kept."""
    if _UNTIDY.search(text):
        text = unicodedata.normalize("NFC", _trim_piles(text.translate(_INVISIBLE))).translate(_ETH)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def _new_tone(match: re.Match[str]) -> str:
    vowel, marked = match.group(1), match.group(2)
    mark = unicodedata.normalize("NFD", marked)[-1]
    return _MARKED[vowel][mark] + _TONES[marked]


def match_key(text: str) -> str:
    """A key equal for texts that differ in form only: case, dashes, spaces, eth, the placing of a tone mark."""
    text = tidy(text)
    text = (text.translate(_DASHES) if _DASHED.search(text) else text).casefold()
    return _OLD_TONE.sub(_new_tone, " ".join(text.split()))


def plain(text: str) -> str:
    """`match_key` without marks: "Chuyển đổi số" becomes "chuyen doi so"."""
    text = unicodedata.normalize("NFD", match_key(text)).replace("đ", "d")
    return "".join(letter for letter in text if not unicodedata.combining(letter))


# --- the way back ---


def _clusters(original: str) -> Iterator[tuple[int, int, str]]:
    """The letters in NFC with all that belongs to them, and from where to where each stands; nothing invisible."""
    seen = original.translate(_INVISIBLE)
    at: Sequence[int] = range(len(original))
    if len(seen) != len(original):
        at = array("I", (place for place in at if ord(original[place]) not in _INVISIBLE))
    for cluster in _CLUSTER.finditer(seen):
        start, end = at[cluster.start()], at[cluster.end() - 1] + 1
        yield start, end, unicodedata.normalize("NFC", _trim_piles(cluster.group()))


@dataclass(frozen=True, slots=True)
class Folded:
    """A key and the way back: `text` is the `match_key` of `original`, or its `plain`."""

    original: str
    text: str
    starts: array[int]
    """Where that which became letter i of `text` begins in `original`, and in `ends` where it ends."""
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `original` of what lies between two offsets of `text`; of nothing: nothing."""
        return (self.starts[start], self.ends[end - 1]) if start < end else (0, 0)

    def source(self, start: int, end: int) -> str:
        """The words as written: folded again, words of `text` are the same words."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(original: str, *, marks: bool = True) -> Folded:
    """The `match_key` of a text, without `marks` its `plain`, with the way back; linear in its length."""
    letters: list[str] = []
    starts, ends = array("I"), array("I")
    for start, end, cluster in _clusters(original):
        for letter in cluster.translate(_ETH).translate(_DASHES).casefold():
            if not letter.isspace():
                letters.append(letter)
            elif letters and letters[-1] != " ":
                letters.append(" ")
            else:
                continue
            starts.append(start)
            ends.append(end)
    if letters and letters[-1] == " ":
        del letters[-1], starts[-1], ends[-1]
    key = "".join(letters)
    tones = list(_OLD_TONE.finditer(key))
    key = _OLD_TONE.sub(_new_tone, key)
    if marks:
        for pair in tones:  # a mark moved from one letter to the other: neither can be quoted alone
            starts[pair.start() + 1], ends[pair.start()] = starts[pair.start()], ends[pair.start() + 1]
        return Folded(original, key, starts, ends)
    bare = [
        (letter, at)
        for at, whole in enumerate(key)
        for letter in unicodedata.normalize("NFD", whole).replace("đ", "d")
        if not unicodedata.combining(letter)
    ]
    return Folded(
        original,
        "".join(letter for letter, _ in bare),
        array("I", (starts[at] for _, at in bare)),
        array("I", (ends[at] for _, at in bare)),
    )


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text made readable for patterns, and the way back to the words as written.

    `text` is NFC with Đ for eth, "-" for dashes and " " for odd spaces; `low` is the same in lower case with tone marks
    placed the new way (Uỷ as ủy), and of the same length, so that one offset serves both. `at[i]` is where letter i
    stands in `original`; None says that the offsets are equal.
    """

    original: str
    text: str
    low: str
    at: array[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `original` of the letters from `start` to `end`."""
        return (start, end) if self.at is None else (self.at[start], self.at[end])

    def source(self, start: int, end: int) -> str:
        """The words as written, between two offsets of `text`."""
        first, last = self.span(start, end)
        return self.original[first:last]


def align(original: str) -> Aligned:
    """The text as an `Aligned`; linear in its length, whatever it holds."""
    at: array[int] | None = None
    if unicodedata.is_normalized("NFC", _trim_piles(original)) and not _UNSEEN.search(original):
        text = original.translate(_SAME_LENGTH)
    else:
        at, letters = array("I"), []
        for start, _, cluster in _clusters(original):
            for letter in cluster.translate(_SAME_LENGTH):
                letters.append(letter)
                at.append(start)
        at.append(len(original))
        text = "".join(letters)
    low = text.lower()
    if len(low) != len(text):  # İ becomes two letters
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return Aligned(original, text, _OLD_TONE.sub(_new_tone, low), at)
