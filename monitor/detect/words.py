"""The words between two offsets of a text, and what each can begin: a known name, a level, a province, a person."""

from __future__ import annotations

import re

from config import WORD, Aligned, Body, Head, known_levels, known_names, province_at, province_of
from monitor.detect.endings import OFFICES, STOPS
from monitor.detect.persons import person_at

# Heads of bodies that can stand inside another's name: "Ban Chấp hành Liên đoàn ...".
_INNER = frozenset(
    (
        "Đảng bộ",
        "Đảng ủy",
        "Chi bộ",
        "Liên đoàn",
        "Hội",
        "Tập đoàn",
        "Hội đồng",
        "Ban Chỉ đạo",
        "Tổng công ty",
        "Công đoàn",
        "Trường",
        "Bệnh viện",
        "Học viện",
        "Đoàn Thanh niên",
        "Đại học",
    )
)
_SHORT_LEVELS = ("h", "q", "p", "tt", "tx")


class Words:
    """The words between two offsets; `low` as `WORD` finds them in lower case, `home` the portal's province."""

    def __init__(self, text: Aligned, start: int, end: int, province: str | None) -> None:
        found = list(WORD.finditer(text.low, start, end))
        self.text = text
        self.starts = [match.start() for match in found]
        self.stops = [match.end() for match in found]
        self.low = [match.group() for match in found]
        self.home = province_of(province) if province else None

    def written(self, at: int) -> str:
        """A word as the text writes it."""
        return self.text.text[self.starts[at] : self.stops[at]]

    def within(self, at: int) -> bool:
        """Whether there is such a word."""
        return at < len(self.low)

    def capital(self, at: int) -> bool:
        """Whether a word begins with a capital."""
        return at < len(self.low) and self.text.text[self.starts[at]].isupper()

    def caps(self, at: int) -> bool:
        """Whether a word is all capitals, as in the head of a letter."""
        return self.stops[at] - self.starts[at] > 1 and self.written(at).isupper()

    def run(self, at: int) -> list[str]:
        """The capitalised words from a word on."""
        run: list[str] = []
        while at < len(self.low) and len(run) < 8 and self.capital(at) and self.low[at][0].isalpha():
            run.append(self.written(at))
            at += 1
        return run

    def level(self, at: int) -> tuple[int, str] | None:
        """The level that begins here and the word behind it: "TP." is thành phố."""
        known = known_levels().longest(self.low, at)
        if known is None or (known[0] - at == 1 and self.low[at] in _SHORT_LEVELS):
            return None
        return known

    def number(self, at: int) -> bool:
        """Whether a word is the number of a ward, and no day or sum: Quận 7, Phường 12."""
        if at >= len(self.low) or not self.low[at].isdigit() or len(self.low[at]) > 2:
            return False
        return self.text.low[self.stops[at] : self.stops[at] + 2][:1] not in ("/", "-") and not re.match(
            r"[.,]\d", self.text.low[self.stops[at] : self.stops[at] + 2]
        )

    def province(self, at: int) -> int | None:
        """The word behind a province's name that begins here."""
        inside = province_at(self.low, at)
        return inside[0] if inside else None

    def more(self, at: int) -> bool:
        """Whether a province's name is only the beginning of another: Hà Nam Ninh, Bình Dương Thanh."""
        inside = self.province(at)
        return (
            bool(inside)
            and self.capital(inside or at)
            and not self.person(inside or at)
            and (OFFICES.longest(self.low, inside or at) is None)
        )

    def person(self, at: int) -> int:
        """How many words are a person's name that begins here."""
        if not self.capital(at) or self.caps(at):
            return 0
        return person_at(self.run(at))

    def stopped(self, at: int) -> bool:
        """Whether the sentence goes on here, and no name."""
        return STOPS.longest(self.low, at) is not None and (not self.capital(at) or self.caps(at))

    def fits(self, at: int, end: int, form: str) -> bool:
        """Whether the words can be that name as they are written: CA is no "ca", Thuế no "thuế"."""
        if end - at > 1:
            return True
        written = self.written(at)
        if form.isupper() or not form[1:].islower():
            return written.isupper() or written == form
        return written[0].isupper() or (form in ("Công an", "Đảng ủy") and self.level(end) is not None)

    def known(self, at: int) -> int | None:
        """The word behind the name of a body that is one in the whole country."""
        known = known_names().longest(self.low, at)
        return known[0] if known and isinstance(known[1][0], Body) and not known[1][0].local else None

    def nested(self, at: int) -> bool:
        """Whether a body begins at a word that can stand inside another's name."""
        if at >= len(self.low) or self.low[at] not in known_names():
            return False
        known = known_names().longest(self.low, at)
        if known is None or not self.fits(at, known[0], known[1][1]):
            return False
        body = known[1][0]
        if isinstance(body, Head):
            return body.name in _INNER and self.capital(at)
        return body.name != "Thanh tra" and (known[0] - at > 1 or self.capital(at))
