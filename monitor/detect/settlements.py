"""The place behind a body's name, and the one that a level alone means in its text: "UBND phường" is Kỳ Lừa's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from config import Aligned, province_at, province_of
from monitor.detect.endings import OFFICES
from monitor.detect.persons import has_middle, is_surname
from monitor.detect.words import Words

_NEAR = 3000
# These show the level of a province that is named without: "UBND Thanh Hóa".
# These end with their level, and only the place's name follows.
OF_LEVEL = ("Tỉnh ủy", "Thành ủy", "Tỉnh đoàn", "Thành đoàn", "Huyện ủy", "Quận ủy", "Thị ủy", "Huyện đoàn")
_LEVELLED = ("UBND", "HĐND", "Công an", "Thường trực HĐND")
_ROMAN = re.compile("[IVX]+")
_DATELINE = re.compile(r"(?:^|\n|\|)[^\S\n]*([^\W\d_]+(?:[^\S\n][^\W\d_]+){0,3})[^\S\n]*,[^\S\n]*ngày[^\S\n]+\d")
_COMMITTEE = re.compile(r"(?<!\w)(?:chủ tịch|bí thư|đảng ủy|ubnd|hđnd)\s+(?:\w+\s+){0,2}$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place behind a name: "tỉnh Thanh Hóa"; `complete` where it says which one."""

    end: int
    level: str
    name: str
    complete: bool

    @property
    def words(self) -> str:
        return f" {self.level} {self.name}".rstrip() if self.level else f" {self.name}" if self.name else ""


def place_at(words: Words, at: int, *, office: bool = False, direct: str = "") -> Place | None:
    """The place named from a word on."""
    if at >= len(words.low):
        return None
    if words.low[at] == "\n" and words.caps(at - 1) and words.level(at + 1) and words.caps(at + 1):
        at += 1  # the head of a letter goes on in its next line
    if whole := province_at(words.low, at):
        end, province = whole
        if not words.capital(at) or (words.more(at) and not office):
            return None
        shown = direct in _LEVELLED or words.low[at].startswith("tp")
        return Place(end, province.level() if shown else "", province.name, True)
    stage = words.level(at)
    if stage is None:
        if direct.endswith(OF_LEVEL) and (run := words.run(at)):
            name = settlement(run, office)
            return Place(at + len(name), "", " ".join(name), True) if name else None
        return None
    end, level = stage
    if level in ("tỉnh", "thành phố") and (whole := province_at(words.low, end)) and words.capital(end):
        return Place(whole[0], level, whole[1].name, True)
    if _plural(words, end):
        return Place(at, "", "", False)
    if level != "tỉnh":
        if level in ("quận", "phường", "khu vực") and words.number(end):
            return Place(end + 1, level, words.low[end], True)
        name = settlement(words.run(end), office)
        last = end + len(name)
        if (
            name
            and last + 1 < len(words.low)
            and words.low[last] == "-"
            and words.capital(last + 1)
            and name == words.run(end)
        ):
            more = words.run(last + 1)
            if (
                len(more) <= 2
                and not OFFICES.longest(words.low, last + 1)
                and words.stops[last] < words.starts[last + 1]
            ):
                name, last = [*name, "-", *more], last + 1 + len(more)
        if name:
            if words.number(last) and len(words.low[last]) == 1:  # Hòa Bình 1
                name, last = [*name, words.low[last]], last + 1
            return Place(last, level, " ".join(_titled(name)), True)
    return _completed(words, end, level)


def _plural(words: Words, at: int) -> bool:
    """ "UBND tỉnh, thành phố", "UBND xã/phường": all of them and none."""
    if at + 1 >= len(words.low) or words.low[at] not in (",", "và", "/"):
        return False
    return words.level(at + 1) is not None


def settlement(run: list[str], office: bool) -> list[str]:
    """The place's part of capitalised words; a person may stand behind it: "UBND xã Tân Thạnh Nguyễn Văn Ba"."""
    if not run:
        return []
    if run[0].isupper() and len(run[0]) > 1:  # all capitals: to their end, or where a verb begins
        return [word for word in run[:4] if word.isupper()]
    for split in range(min(4, len(run) - 2), 0, -1):
        person = run[split:]
        alone = split == 1 and is_surname(run[0])
        told = is_surname(person[0]) and 3 <= len(person) <= 5 and (office or len(run) > 4)
        if told and not alone and not has_middle(run):
            return run[:split]
    if office and is_surname(run[0]) and (len(run) >= 3 or has_middle(run)):
        return []
    return run[:4]


def _completed(words: Words, end: int, level: str) -> Place:
    """A level alone: the portal's own, or the place of that level that the text names."""
    if level in ("tỉnh", "thành phố") and words.home and level in words.home.levels():
        return Place(end, level, words.home.name, True)
    if level != "tỉnh" and (name := _told(words.text.text[:_NEAR], words.text.low[:_NEAR], level)):
        return Place(end, level, name, True)
    return Place(end, level, "", False)


@lru_cache(maxsize=64)
def _told(text: str, low: str, level: str) -> str | None:
    """The one place of a level that a text names, else that of its dateline: "Nậm Chày, ngày 02 tháng 9"."""
    words = Words(Aligned(text, text, low), 0, len(text), None)
    names: dict[str, str] = {}
    for at, word in enumerate(words.low):
        if word != level.split()[0] or not (stage := words.level(at)) or stage[1] != level:
            continue
        office = bool(_COMMITTEE.search(low[max(0, words.starts[at] - 30) : words.starts[at]]))
        name = settlement(words.run(stage[0]), office)
        if name and not province_at([part.lower() for part in name], 0):
            shown = " ".join(_titled(name))
            names.setdefault(shown.lower(), shown)
    if names:
        return next(iter(names.values())) if len(names) == 1 else None
    found = _DATELINE.search(text)
    if found and level != "thành phố" and found.group(1).istitle() and not province_of(found.group(1)):
        return found.group(1)
    return None


def _titled(name: Sequence[str]) -> list[str]:
    """Words all in capitals as a name is written."""
    return [
        word.capitalize() if len(word) > 1 and word.isupper() and not _ROMAN.fullmatch(word) else word for word in name
    ]
