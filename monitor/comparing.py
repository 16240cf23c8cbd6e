"""What became of a text: its lines, taken out, put in or the same, and the words within a line. Pure.

A difference that no reader would see is none: spaces, case, dashes, and a line that only stands elsewhere now. However
long the texts, the time is bounded: between what is unique in both, large stretches are not searched for more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from config import match_key

_WORD = re.compile(r"\s+|\w+(?:[./:–-]\w+)*|[^\w\s]")  # a date, a time and a document's number are each one
_SEARCHED = 40_000  # pairs of one stretch that are looked at: difflib's time grows with their square
_SEARCHED_IN_ALL = 400_000
_ALIKE = 0.4  # of the words of two lines, for one to be the other's new wording


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or some words: op is same, removed or added."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Reworded:
    """A line that became another: the places of both in a comparison, and their words."""

    removed: int
    added: int
    pieces: tuple[Piece, ...]


def compare_lines(before: str, after: str) -> list[Piece]:
    """The lines of the new text, and those of the old that are not in it, at their places."""
    old, new = _lines(before), _lines(after)
    old_keys, new_keys = [match_key(line) for line in old], [match_key(line) for line in new]
    pieces: list[tuple[Piece, str]] = []
    start_old = start_new = 0
    for at_old, at_new, size in [*_matching(old_keys, new_keys), (len(old), len(new), 0)]:
        pieces += [(Piece("removed", old[at]), old_keys[at]) for at in range(start_old, at_old)]
        pieces += [(Piece("added", new[at]), new_keys[at]) for at in range(start_new, at_new)]
        pieces += [(Piece("same", new[at]), new_keys[at]) for at in range(at_new, at_new + size)]
        start_old, start_new = at_old + size, at_new + size
    return _without_moves(pieces)


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The words of a line and of the one that took its place, in their order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    old_keys, new_keys = ([word.strip().casefold() for word in words] for words in (old, new))
    pieces: list[Piece] = []
    start_old = start_new = 0
    for at_old, at_new, size in [*_matching(old_keys, new_keys), (len(old), len(new), 0)]:
        taken, put = "".join(old[start_old:at_old]), "".join(new[start_new:at_new])
        kept = "".join(new[at_new : at_new + size])
        if kept.isspace() and taken and put and at_old + size < len(old) and at_new + size < len(new):
            taken, put, kept = taken + kept, put + kept, ""  # "8 tháng 9" for "7 tháng 8", and not word by word
        for op, text in (("removed", taken), ("added", put), ("same", kept)):
            if text:
                pieces.append(Piece(op, text))
        start_old, start_new = at_old + size, at_new + size
    return _joined(pieces)


def reworded(lines: Sequence[Piece]) -> list[Reworded]:
    """Which of the lines of a comparison became which, with their words."""
    return [
        Reworded(old, new, compare_words(lines[old].text, lines[new].text))
        for removed, added in _stretches(lines)
        for old, new in _pairs(lines, removed, added)
    ]


def hunks(lines: Sequence[Piece], context: int = 2) -> list[list[Piece]]:
    """What changed, with some lines around it; one list for each place."""
    near = [
        any(line.op != "same" for line in lines[max(0, at - context) : at + context + 1]) for at in range(len(lines))
    ]
    found: list[list[Piece]] = []
    for at, line in enumerate(lines):
        if near[at]:
            if not at or not near[at - 1]:
                found.append([])
            found[-1].append(line)
    return found


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _without_moves(pieces: list[tuple[Piece, str]]) -> list[Piece]:
    """The lines without those taken out in one place that are put in, word for word, in another."""
    out = Counter(key for piece, key in pieces if piece.op == "removed")
    moved = out & Counter(key for piece, key in pieces if piece.op == "added")
    left = {"removed": moved.copy(), "added": moved.copy()}
    kept = []
    for piece, key in pieces:
        if piece.op != "same" and left[piece.op][key] > 0:
            left[piece.op][key] -= 1
            if piece.op == "added":
                kept.append(Piece("same", piece.text))
        else:
            kept.append(piece)
    return kept


def _stretches(lines: Sequence[Piece]) -> Iterator[tuple[list[int], list[int]]]:
    """The places of the lines that changed together: taken out, put in."""
    removed: list[int] = []
    added: list[int] = []
    for place, line in enumerate([*lines, Piece("same", "")]):
        if line.op == "same" or (line.op == "removed" and added):
            if removed and added:
                yield removed, added
            removed, added = [], []
        if line.op != "same":
            (removed if line.op == "removed" else added).append(place)


def _pairs(lines: Sequence[Piece], removed: Sequence[int], added: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places of lines taken out and of those that reword them, in their order."""
    if len(removed) * len(added) > _SEARCHED // 10:
        return
    words = [Counter(match_key(lines[place].text).split()) for place in removed]
    start = 0
    for new in added:
        own = Counter(match_key(lines[new].text).split())
        alike = [
            sum((own & other).values()) / max(1, min(sum(own.values()), sum(other.values()))) for other in words[start:]
        ]
        best = max(range(len(alike)), key=alike.__getitem__, default=0)
        if alike and alike[best] >= _ALIKE:
            yield removed[start + best], new
            start += best + 1


def _matching(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where both are the same, as (place in the old, place in the new, how many)."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    blocks = [(0, 0, head)] if head else []
    end_old, end_new = len(old) - tail, len(new) - tail
    start_old, start_new, budget = head, head, _SEARCHED_IN_ALL
    for at_old, at_new in [*_anchors(old, new, (head, end_old), (head, end_new)), (end_old, end_new)]:
        pairs = (at_old - start_old) * (at_new - start_new)
        if 0 < pairs <= min(_SEARCHED, budget):
            budget -= pairs
            matcher = SequenceMatcher(None, old[start_old:at_old], new[start_new:at_new], autojunk=False)
            blocks += [(start_old + a, start_new + b, size) for a, b, size in matcher.get_matching_blocks() if size]
        if at_old < end_old:
            blocks.append((at_old, at_new, 1))
        start_old, start_new = at_old + 1, at_new + 1
    joined: list[tuple[int, int, int]] = []
    for at_old, at_new, size in [*blocks, (end_old, end_new, tail)]:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (at_old, at_new):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((at_old, at_new, size))
    return joined


def _anchors(
    old: Sequence[str], new: Sequence[str], in_old: tuple[int, int], in_new: tuple[int, int]
) -> list[tuple[int, int]]:
    """Places of what stands once in both, as many as are in the same order."""
    once_old = _unique(old, *in_old)
    once_new = _unique(new, *in_new)
    both = [(once_old[what], place) for what, place in once_new.items() if what in once_old]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (place, _) in enumerate(both):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [place], [index]
    run, index = [], ends[-1] if ends else -1
    while index >= 0:
        run.append(both[index])
        index = before[index]
    return run[::-1]


def _unique(items: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(items[start:end])
    return {items[place]: place for place in range(start, end) if counts[items[place]] == 1}


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces of one kind in one, what is taken out before what is put in."""
    joined: list[Piece] = []
    removed = added = ""
    for piece in [*pieces, Piece("same", "")]:
        if piece.op == "removed":
            removed += piece.text
        elif piece.op == "added":
            added += piece.text
        else:
            joined += [Piece(op, text) for op, text in (("removed", removed), ("added", added)) if text]
            removed = added = ""
            if piece.text and joined and joined[-1].op == "same":
                joined[-1] = Piece("same", joined[-1].text + piece.text)
            elif piece.text:
                joined.append(piece)
    return tuple(joined)
