"""Known phrases found in a run of words in one step a word, however many phrases are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

from config.text import align

WORD = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]|\n")
"""A word, a sign, or the end of a line: K'Mák is one word, TT&TT three."""

ValueT = TypeVar("ValueT")


def words_of(text: str) -> list[str]:
    """The words of a text as the tree takes them: lower case, tone marks placed the new way."""
    return WORD.findall(align(text).low)


class PhraseTree(Generic[ValueT]):
    """Phrases as a tree of their words; each stands for a value."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, phrase: str, value: ValueT) -> None:
        """Know a phrase, written as the house writes (NFC, tone marks placed the new way: the gazetteer is); the first
        value that it was given stays."""
        node = self._root
        for word in WORD.findall(phrase.lower()):  # and not `words_of`: there are thousands at every start
            node = node.setdefault(word, {})
        node.setdefault("", value)  # no word is empty

    def longest(self, words: Sequence[str], start: int) -> tuple[int, ValueT] | None:
        """The longest phrase that begins at a word: where the words go on behind it, and its value."""
        node = self._root
        found: tuple[int, ValueT] | None = None
        for at in range(start, len(words)):
            if words[at] not in node:
                break
            node = node[words[at]]
            if "" in node:
                found = (at + 1, node[""])
        return found

    def firsts(self) -> Iterator[str]:
        """The words that phrases begin with."""
        yield from self._root

    def __contains__(self, word: object) -> bool:
        """Whether any phrase begins with a word."""
        return word in self._root
