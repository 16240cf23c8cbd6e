"""What somebody searches for: words that must occur, "phrases", -words that must not, and beginnings of words*. Pure.

A text is a row of words, runs of letters and digits; what lies between them says nothing: "1619/QĐ-TTg" is the phrase
1619 QĐ TTg, however it is spelt. Without marks "chuyen doi so" finds chuyển đổi số; with marks a word is what is written,
though hoà and hòa stay one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from config import fold, match_key, plain, say

MOST_TERMS = 32
MOST_WORDS = 100
"""In all phrases of one query: both databases have bounds, and say so in words that nobody understands."""
_PART = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans("“”„«»", '"""""')
_WORD = re.compile(r"[^\W_]+")
_NEWER_TONE = re.compile(r"(?<!q)([òóỏõọ])([ae])$|(?<!q)([ùúủũụ])(y)$")
_SNIPPET = 200
_BEFORE = 60  # letters of a snippet before its hit


class QueryError(ValueError):
    """What is searched for names nothing that could be found; its text says why."""


def words_of(text: str) -> list[str]:
    """The words of a text as they are written."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase. `exact` are its words with marks in the newer spelling, `plain` those without; `prefix`: the
    last one is the beginning of a word."""

    plain: tuple[str, ...]
    exact: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Query:
    """Terms that must all occur, and terms of which none may; `marks`: they are meant as they are written."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()
    marks: bool = False

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
        one, other = (tuple(_pattern(term, self.marks) for term in terms) for terms in (self.wanted, self.unwanted))
        return one, other

    def key(self, text: str) -> str:
        """A text as it is compared with the query."""
        return match_key(text) if self.marks else plain(text)

    def holds(self, key: str) -> bool:
        """Whether a text, by its key, has all that is wanted and nothing that is not."""
        wanted, unwanted = self._patterns
        return all(pattern.search(key) for pattern in wanted) and not any(pattern.search(key) for pattern in unwanted)

    def first(self, key: str) -> int | None:
        """Where the first of the wanted terms begins in a text's key."""
        starts = [found.start() for pattern in self._patterns[0] if (found := pattern.search(key))]
        return min(starts, default=None)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """From where to where the wanted terms stand in a text as written, in its order, none over another."""
        folded = fold(text, marks=self.marks)
        found = sorted(
            folded.span(*each.span()) for pattern in self._patterns[0] for each in pattern.finditer(folded.text)
        )
        spans: list[tuple[int, int]] = []
        for start, end in found:
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return spans


def parse_query(text: str, *, marks: bool = False) -> Query:
    """What a search says; QueryError when nothing could be found with it."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for part in _PART.finditer(text.translate(_QUOTES)):
        written = part["word"] if part["phrase"] is None else part["phrase"]
        exact = words_of(match_key(written))
        if exact:
            term = Term(tuple(words_of(plain(written))), tuple(exact), written.rstrip().endswith("*"))
            (unwanted if part["no"] else wanted)[term] = None
    if any(term.prefix and len(term.plain) == 1 and len(term.plain[0]) == 1 for term in (*wanted, *unwanted)):
        raise QueryError(say("a word's beginning* needs at least two letters"))
    if not wanted:
        raise QueryError(say("a search needs at least one word that is to be found"))
    if len(wanted) + len(unwanted) > MOST_TERMS or sum(len(term.plain) for term in (*wanted, *unwanted)) > MOST_WORDS:
        raise QueryError(say("at most {terms} words and phrases can be searched for at once", terms=MOST_TERMS))
    names = [{term.exact if marks else term.plain for term in terms} for terms in (wanted, unwanted)]
    if both := names[0] & names[1]:
        raise QueryError(say('nothing has "{words}" and has it not', words=" ".join(min(both))))
    return Query(tuple(wanted), tuple(unwanted), marks)


def spellings(word: str) -> tuple[str, ...]:
    """A word in the newer spelling, and in the older one where it differs: hòa, hoà."""
    older = _NEWER_TONE.sub(_older_tone, word)
    return (word,) if older == word else (word, older)


def snippet(original: str, query: Query, key: str) -> str | None:
    """About 200 letters of a text around its first hit, exactly as written; None where it has none. `key` is its key."""
    place = query.first(key)
    if place is None:
        return None
    first, last = _at_a_word(original, _way_back(original, query, place))
    return original[first:last]


def _way_back(original: str, query: Query, place: int) -> int:
    """Where in a text stands what begins at a place of its key. To fold a text with its way back takes far longer than to
    fold it, and a tidy text is as long as its key: so it is looked for at the same place first, and then about it."""
    here = original[place : place + _SNIPPET]
    if query.first(query.key(here)) == 0:
        return place
    begin = max(0, place - _BEFORE)
    if spans := query.spans(original[begin : place + _BEFORE]):
        return begin + min((start for start, _ in spans), key=lambda start: abs(begin + start - place))
    return fold(original, marks=query.marks).span(place, place + 1)[0]


def _at_a_word(text: str, hit: int) -> tuple[int, int]:
    """A stretch of a text around a place in it that begins and ends between words, if there is a gap to be found."""
    first = max(0, min(hit - _BEFORE, len(text) - _SNIPPET))
    if first:
        gaps = [gap.end() for gap in re.finditer(r"\s+", text[first - 1 : hit])]
        first = first - 1 + gaps[0] if gaps else first
    last = min(len(text), first + _SNIPPET)
    if last < len(text):
        gaps = [gap.start() for gap in re.finditer(r"\s+", text[hit : last + 1])]
        last = hit + gaps[-1] if gaps and gaps[-1] else last
    return first, last


def _older_tone(pair: re.Match[str]) -> str:
    marked, bare = (part for part in pair.groups() if part)
    parts = unicodedata.normalize("NFD", marked)
    return parts[0] + unicodedata.normalize("NFC", bare + parts[1])


def _pattern(term: Term, marks: bool) -> re.Pattern[str]:
    words: Sequence[str] = term.exact if marks else term.plain
    end = "" if term.prefix else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, words)) + end)


def days_between(since: str | None, until: str | None) -> Iterator[str]:
    """The years, months and days, as y2026 m202611 d20261122, that make up the time between two days YYYY-MM-DD, both
    included."""
    first = tuple(map(int, (since or "1900-01-01").split("-")))
    last = tuple(map(int, (until or "2199-12-31").split("-")))
    for year in range(first[0], last[0] + 1):
        if (year, 1, 1) >= first and (year, 12, 31) <= last:
            yield f"y{year}"
            continue
        for month in range(1, 13):
            if (year, month, 1) >= first and (year, month, 31) <= last:
                yield f"m{year}{month:02}"
                continue
            days = (day for day in range(1, 32) if first <= (year, month, day) <= last)
            yield from (f"d{year}{month:02}{day:02}" for day in days)
