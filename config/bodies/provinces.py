"""The provinces and cities, those merged in 2025 with what took their place, and which are cities under central rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from config.bodies.phrases import PhraseTree, words_of
from config.bodies.rows import rows, several

_ALWAYS = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city under central rule. `until` is the day from which it is no more, `successor` what it went
    into; `slugs` are its names in hosts and ids."""

    name: str
    city_since: date | None = None
    until: date | None = None
    successor: str | None = None
    slugs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = ""

    def level(self, on: date | None = None) -> str:
        """tỉnh or thành phố, on a day or as it is now."""
        city = self.city_since is not None and (on is None or self.city_since <= on)
        return "thành phố" if city else "tỉnh"

    def levels(self) -> tuple[str, ...]:
        """All that it ever was: Đồng Nai a tỉnh and a thành phố, Hà Nội a thành phố alone."""
        if self.city_since is None:
            return ("tỉnh",)
        return ("thành phố",) if self.city_since.year < 2025 or self.name == "Huế" else ("thành phố", "tỉnh")


def _province(values: tuple[str, ...]) -> Province:
    name, city, until, successor, slugs, aliases, source = values
    since = _ALWAYS if city == "always" else date.fromisoformat(city) if city else None
    ended = date.fromisoformat(until) if until else None
    return Province(name, since, ended, successor or None, several(slugs), several(aliases), source)


_ALL = tuple(_province(values) for _, _, values in rows("provinces.tsv", 7))

# All names, those of before 2025-07-01 too.
PROVINCES: tuple[str, ...] = tuple(province.name for province in _ALL)

# Cities under central rule today: their committees are "UBND thành phố ...".
CENTRAL_CITIES: tuple[str, ...] = tuple(province.name for province in _ALL if province.city_since)

# How a level is written -> the level.
LEVELS: dict[str, str] = {
    form: level for _, _, (level, also, _) in rows("places.tsv", 3) for form in (level, *several(also))
}


@cache
def _tree() -> PhraseTree[Province]:
    tree: PhraseTree[Province] = PhraseTree()
    for province in _ALL:
        for name in (province.name, *province.aliases):
            tree.add(name, province)
    return tree


def province_at(words: Sequence[str], start: int) -> tuple[int, Province] | None:
    """The province named from a word on, and where the words go on behind it."""
    return _tree().longest(words, start)


def province_of(name: str) -> Province | None:
    """The province of a name, with its level or not, or of its slug: "tỉnh Thanh Hoá", "TP.HCM", "thanhhoa"."""
    words = words_of(name)
    for start in range(min(3, len(words))):
        found = province_at(words, start)
        if found and found[0] == len(words) and (not start or " ".join(words[:start]).rstrip(". ") in LEVELS):
            return found[1]
    return next((province for province in _ALL if name.strip().lower() in province.slugs), None)
