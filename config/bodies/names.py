"""The names of the gazetteer, ready to be found in a run of words."""

from __future__ import annotations

from functools import cache

from config.bodies.gazetteer import BODIES, HEADS, Body, Head
from config.bodies.phrases import WORD, PhraseTree
from config.bodies.provinces import LEVELS
from config.bodies.rows import rows
from config.text import align, tidy


@cache
def known_names() -> PhraseTree[tuple[Body | Head, str]]:
    """Every name, as written in the gazetteer and spelled out; its value is whose it is and the name as written."""
    tree: PhraseTree[tuple[Body | Head, str]] = PhraseTree()
    known: list[Body | Head] = [*HEADS, *BODIES]
    for each in known:
        for name in (each.name, *each.aliases):
            tree.add(name, (each, name))
            if (full := spelled_out(name)) != name:
                tree.add(full, (each, full))
    return tree


@cache
def known_levels() -> PhraseTree[str]:
    """The words for the level of a place; the value is the level: "tp." is "thành phố"."""
    tree: PhraseTree[str] = PhraseTree()
    for form, level in LEVELS.items():
        tree.add(form, level)
    return tree


@cache
def _abbreviations() -> PhraseTree[str]:
    tree: PhraseTree[str] = PhraseTree()
    for _, _, (short, full) in rows("abbreviations.tsv", 2):
        tree.add(short, full)
    return tree


def spelled_out(name: str) -> str:
    """A name with the abbreviations inside it as words: "CĐS tỉnh" is "chuyển đổi số tỉnh"."""
    if not any(word[:2].isupper() for word in name.split()):
        return name
    text = align(tidy(name))
    found = list(WORD.finditer(text.low))
    words = [match.group() for match in found]
    parts, at, last = [], 0, 0
    while at < len(words):
        short = _abbreviations().longest(words, at)
        if short and text.text[found[at].start() : found[short[0] - 1].end()].isupper():
            parts += [text.text[last : found[at].start()], short[1]]
            at = short[0]
            last = found[at - 1].end()
        else:
            at += 1
    return "".join((*parts, text.text[last:]))
