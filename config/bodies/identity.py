"""One name for one body, however it is written: "Uỷ ban nhân dân tỉnh Thanh Hoá" is "UBND tỉnh Thanh Hóa".

A body that was merged stays itself; `successor_of` tells who does its work now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from config.bodies.gazetteer import BODIES, Body, Head
from config.bodies.names import known_levels, known_names, spelled_out
from config.bodies.phrases import WORD
from config.bodies.provinces import Province, province_at, province_of
from config.text import align, plain, tidy

_NATIONAL = re.compile(r"(?<!\w)(?:trung ương|quốc gia|nhà nước|chính phủ|quốc hội|toàn quốc)(?!\w)")
_COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Tỉnh đoàn", "Thành đoàn")
_SIGNS = re.compile(r"[^\w\s]+")
_SPACED = re.compile(r"\s+(?=[,;:.)])|(?<=[(])\s+")


@lru_cache(maxsize=20_000)
def canonical_body(name: str, province: str | None = None, on: date | None = None) -> str:
    """The one name of a body, complete where the province of the portal that names it is given: "Sở TT&TT" on Thanh
    Hóa's is "Sở Thông tin và Truyền thông tỉnh Thanh Hóa". `on` settles whether the province was a city; None: as now.
    """
    return _read(name, province_of(province) if province else None).name(on)


@lru_cache(maxsize=20_000)
def body_key(name: str, province: str | None = None) -> str:
    """A key equal for all that `canonical_body` calls one: no marks, no signs, lower case."""
    return " ".join(_SIGNS.sub(" ", plain(canonical_body(name, province))).split())


@lru_cache(maxsize=20_000)
def successor_of(name: str, province: str | None = None) -> str:
    """The canonical name of the body that does a body's work now; its own where it still exists. "Bộ TT&TT" is "Bộ Khoa
    học và Công nghệ", "Sở Xây dựng tỉnh Quảng Nam" is "Sở Xây dựng thành phố Đà Nẵng"."""
    read = _read(name, province_of(province) if province else None)
    known = _bodies()
    words = list(read.words)
    for place in reversed(range(len(words))):
        if words[place] in known:  # of "Đảng ủy Bộ TT&TT" the ministry, of "Ban Dân tộc HĐND tỉnh" the council
            words[place] = _latest(known[words[place]], known)
            break
    where = read.province
    while where and where.successor:
        where = province_of(where.successor)
    return replace(read, words=tuple(words), province=where).name(None)


def _latest(body: Body, known: dict[str, Body]) -> str:
    while body.successor and body.successor in known:
        body = known[body.successor]
    return body.name


@cache
def _bodies() -> dict[str, Body]:
    return {body.name: body for body in reversed(BODIES)}


@dataclass(frozen=True)
class _Read:
    """A name taken apart: its words without the place, and the place."""

    words: tuple[str, ...]
    local: bool
    level: str | None = None
    place: str = ""
    province: Province | None = None

    def name(self, on: date | None) -> str:
        """The name put together again."""
        whole = _SPACED.sub("", " ".join(self.words))
        if not self.province and self.level:
            return f"{whole} {self.level} {self.place}".strip()
        if not self.province:
            return whole
        level = self.province.level(on)
        if self.level not in (None, "tỉnh", "thành phố") or self.place:
            return f"{whole} {self.level} {self.place}".rstrip() + f", {level} {self.province.name}"
        for ending in _COMMITTEES:
            if whole.endswith(ending):
                kind = ending.split()[1]
                own = f"{'Thành' if level == 'thành phố' else 'Tỉnh'} {kind}"
                return f"{whole.removesuffix(ending)}{own} {self.province.name}"
        return f"{whole} {level} {self.province.name}"


def _read(name: str, home: Province | None) -> _Read:
    text = align(" ".join(tidy(spelled_out(name)).split()))
    found = list(WORD.finditer(text.low))
    low = [match.group() for match in found]
    written = [text.text[match.start() : match.end()] for match in found]
    begins = known_names().longest(low, 0)
    first = begins[1][0] if begins else None
    proper = isinstance(first, Head) and first.goes_on == "proper"
    local = first is not None and not proper and not (isinstance(first, Body) and not first.local)
    topic = first is not None and first.name.startswith(("Ban Chỉ đạo", "Ban Điều hành", "Hội đồng"))
    words: list[str] = []
    level: str | None = None
    place: list[str] = []
    province: Province | None = None
    at = 0
    while at < len(low):
        known = known_names().longest(low, at)
        if known and (at == 0 or (known[0] - at > 1 and isinstance(known[1][0], Body)) or written[at].isupper()):
            body = known[1][0]
            local = local and not (isinstance(body, Body) and not body.local)
            at = known[0]
            words.append(body.name)
        elif (
            (inside := province_at(low, at)) and (written[at][0].isupper() or level) and not (proper and level is None)
        ):
            at, province = inside
        elif (stage := known_levels().longest(low, at)) and not proper:
            at, level = stage
            inside = province_at(low, at)
            if inside and level == "thành phố" and level not in inside[1].levels():
                at, place = inside[0], [inside[1].name]  # the town of that name
            elif inside and level in ("tỉnh", "thành phố"):
                at, province = inside
                level = level if place else None
            elif level not in ("tỉnh", "thành phố") or (at < len(low) and written[at][0].isupper()):
                start = at
                while at < len(low) and (written[at][0].isupper() or written[at].isdigit() or low[at] == "-"):
                    at += 1
                place = written[start:at] or place
        elif topic and len(words) == 1 and low[at] in ("về", "của"):
            at += 1  # "Ban Chỉ đạo về chuyển đổi số", "Ban Chỉ đạo tỉnh về ..."
        else:
            words.append(written[at])
            at += 1
    local = local and not _NATIONAL.search(text.low)
    if level in ("tỉnh", "thành phố") and not place and not province:
        fits = home is not None and level in home.levels()
        province, level = (home, None) if fits else (None, level)
    elif local and not province:
        province = home
    while words and words[-1] in (",", "-", "(", ")", "của", "cấp"):
        words.pop()
    if "(" in words and ")" not in words:
        words.remove("(")
    return _Read(tuple(words), local, level, " ".join(place), province)
