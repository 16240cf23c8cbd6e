"""How well the detectors do on labelled articles, in figures.

    python -m tests.detect.labelled.scoring            both halves: the figures
    python -m tests.detect.labelled.scoring --show     and, of the half that rules were developed on, every miss

A case is a line of `open/*.jsonl` or `closed/*.jsonl`; which of the two was drawn by its id (`half`). Rules are
developed on the open half; the closed half is only counted. `README.md` here says what a label means.

kinds: F1 over (article, kind). ordinal, date, status: the share of meetings that have it as labelled, of those where a
value is stated; a meeting that is not seen has none of it right. number: F1 over (article, number). role: the share of
the numbers found whose role is right. The others (body, chair ...) as ordinal.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from config import body_key, plain, whose
from monitor.detect import detect
from monitor.events import document_json, meeting_json

HERE = Path(__file__).parent
PAGES = Path(os.environ.get("PORTALWATCH_PAGES", HERE.parents[2].parent / "shared" / "pages"))
SEED = 20261123
HALVES = ("open", "closed")
FACTS = ("ordinal", "date", "status", "form", "body", "term", "time", "part_of_day", "place", "chair", "mode", "period")

Case = Mapping[str, Any]


def half(name: str) -> str:
    """The half that a case belongs to."""
    return HALVES[hashlib.sha256(f"{SEED}:{name}".encode()).digest()[0] % 2]


def cases(which: str) -> list[Case]:
    """The cases of a half; those of saved pages where the pages are."""
    found = []
    for path in sorted((HERE / which).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if "page" in case:
                if not (PAGES / case["page"]).exists():
                    continue
                case |= _page(case["page"], case.get("url"))
            found.append(case)
    return found


@cache
def _page(name: str, url: str | None) -> dict[str, Any]:
    from crawler import decode, extract
    from storage import write_when

    read = extract(decode((PAGES / name).read_bytes(), None), url=url or f"file:///{name}")
    return {"title": read.title, "text": read.text, "published": write_when(read.published)}


def answer(case: Case) -> dict[str, Any]:
    """What the detectors say of a case, in the contract's JSON."""
    known = whose(case.get("portal"), case.get("url"))
    published = case.get("published")
    when = (
        None
        if not published
        else datetime.fromisoformat(published)
        if "T" in published
        else date.fromisoformat(published)
    )
    found = detect(
        case["title"],
        case["text"],
        published=when,
        url=case.get("url"),
        province=case.get("province") or known.province,
        portal_body=known.body,
    )
    return {
        "kinds": list(found.kinds),
        "meeting": meeting_json(found.meeting) if found.meeting else None,
        "documents": [document_json(document) for document in found.documents],
    }


@dataclass
class Score:
    """Counted right and wrong, and what was missed."""

    true: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    invented: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Each figure by its name, between 0 and 1."""
        return {name: self._f1(name) if name in ("kinds", "number") else self._share(name) for name in self._names()}

    def counted(self, name: str) -> int:
        """How many labels a figure rests on."""
        return self.true[name] + self.missed[name]

    def _names(self) -> list[str]:
        return [name for name in ("kinds", "number", "role", *FACTS) if self.counted(name)]

    def _f1(self, name: str) -> float:
        return 2 * self.true[name] / (2 * self.true[name] + self.missed[name] + self.invented[name])

    def _share(self, name: str) -> float:
        return self.true[name] / (self.true[name] + self.missed[name])


def score(labelled: Iterable[Case]) -> Score:
    """The detectors against the labels."""
    result = Score()
    for case in labelled:
        said, expected = answer(case), case["expected"]
        _sets(result, case, "kinds", said["kinds"], expected["kinds"])
        _meeting(result, case, said["meeting"] or {}, expected.get("meeting"))
        ours = {plain(document["number"]): document for document in said["documents"]}
        theirs = {plain(document["number"]): document for document in expected.get("documents") or []}
        _sets(result, case, "number", ours, theirs)
        for number in ours.keys() & theirs.keys():
            if theirs[number].get("role"):
                _one(result, case, "role", ours[number]["role"], theirs[number]["role"], number)
    return result


def _meeting(result: Score, case: Case, said: Mapping[str, Any], expected: Mapping[str, Any] | None) -> None:
    if not expected:
        return
    for name in FACTS:
        if expected.get(name) is not None:
            _one(result, case, name, said.get(name), expected[name])
        elif name in expected and said.get(name) is not None:
            result.misses.append(f"{case['id']} {name}: {said[name]!r}, not stated")


def _sets(result: Score, case: Case, name: str, said: Iterable[str], expected: Iterable[str]) -> None:
    ours, theirs = set(said), set(expected)
    result.true[name] += len(ours & theirs)
    result.missed[name] += len(theirs - ours)
    result.invented[name] += len(ours - theirs)
    if ours != theirs:
        result.misses.append(f"{case['id']} {name}: missed {sorted(theirs - ours)}, invented {sorted(ours - theirs)}")


def _one(result: Score, case: Case, name: str, said: object, expected: object, about: str = "") -> None:
    same = partial(_body, case) if name == "body" else _same
    right = same(said) == same(expected)
    (result.true if right else result.missed)[name] += 1
    if not right:
        result.misses.append(f"{case['id']} {name}: {said!r}, not {expected!r} {about}".rstrip())


def _body(case: Case, value: object) -> object:
    """A body by whatever name: a label may write TP. or thành phố."""
    return body_key(str(value), case.get("province") or whose(case.get("portal")).province) if value else None


def _same(value: object) -> object:
    return plain(value).strip(" .") if isinstance(value, str) else value


def _table(scores: Mapping[str, Score]) -> Iterator[str]:
    for which, counted in scores.items():
        yield f"{which}: " + "  ".join(
            f"{name} {value:.3f} ({counted.counted(name)})" for name, value in counted.figures().items()
        )


if __name__ == "__main__":
    scores = {which: score(cases(which)) for which in HALVES}
    print(*_table(scores), sep="\n")
    if "--show" in sys.argv:
        print(*scores["open"].misses, sep="\n")
