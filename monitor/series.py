"""The sessions of a body in their order: which there were, which are missing, and when the next is due. Pure.

A series is what one body numbers in one go: a term of office where it is told; else all that is known, or one year of it
where the numbers begin anew. What lies between the first and the last known session and is not known itself is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from monitor.detect.keys import term_key
from monitor.events import day_in
from storage import SessionRecord

_ENOUGH = 3  # known days, for an interval to be told


@dataclass(frozen=True, slots=True)
class Series:
    """A body's sessions in the order of their ordinals. `term` is a term of office as written, or a year, or None."""

    body: str
    term: str | None
    sessions: tuple[SessionRecord, ...]

    @property
    def missing(self) -> list[int]:
        """The ordinals between the first and the last that no known session has."""
        known = {_ordinal(session) for session in self.sessions}
        return [number for number in range(min(known), max(known)) if number not in known]

    @property
    def next_due(self) -> date | None:
        """The day of a session that is announced; else the last day and the median interval; None with fewer than three
        known days."""
        dated = {_ordinal(session): day for session in self.sessions if (day := _held_on(session))}
        last = max(dated, default=None)
        announced = [
            day for session in self.sessions if session.status in ("upcoming", "moved") and (day := _held_on(session))
        ]
        if announced and last is not None and max(announced) == dated[last]:
            return dated[last]
        if last is None or len(dated) < _ENOUGH:
            return None
        steps = [(dated[two] - dated[one]).days / (two - one) for one, two in pairwise(sorted(dated))]
        return dated[last] + timedelta(days=round(median(steps)))

    def json(self) -> dict[str, Any]:
        """The series in the contract's JSON."""
        return {
            "body": self.body,
            "term": self.term,
            "sessions": [
                {
                    "ordinal": _ordinal(session),
                    "date": session.meeting.get("date"),
                    "status": session.status,
                    "event": session.event,
                }
                for session in self.sessions
            ],
            "missing": self.missing,
            "next_due": due.isoformat() if (due := self.next_due) else None,
        }


def series_of(sessions: Iterable[SessionRecord]) -> list[Series]:
    """The series that sessions form, by body; the latest term first."""
    bodies: dict[str, list[SessionRecord]] = {}
    for session in sessions:
        bodies.setdefault(session.body, []).append(session)
    return [series for _, known in sorted(bodies.items()) for series in _of_body(known)]


def _of_body(sessions: Sequence[SessionRecord]) -> list[Series]:
    terms: dict[str, list[SessionRecord]] = {}
    for session in sessions:
        terms.setdefault(term_key(session.meeting.get("term") or ""), []).append(session)
    bare = terms.pop("", [])
    if len(terms) == 1 and _in_order([*next(iter(terms.values())), *bare]):
        next(iter(terms.values())).extend(bare)  # reports that leave the one known term out
        bare = []
    found = [
        _series(known, next(s.meeting["term"] for s in known if s.meeting.get("term"))) for known in terms.values()
    ]
    if bare and _in_order(bare):
        found.append(_series(bare, None))
    else:
        years: dict[str | None, list[SessionRecord]] = {}
        for session in bare:
            day = session.meeting.get("date")
            years.setdefault(day[:4] if day else None, []).append(session)
        found += [_series(known, year) for year, known in years.items()]
    return sorted(found, key=_latest, reverse=True)


def _series(sessions: Sequence[SessionRecord], term: str | None) -> Series:
    ordered = sorted(sessions, key=lambda session: (_ordinal(session), session.event))
    return Series(str(ordered[-1].meeting["body"]), term, tuple(ordered))


def _in_order(sessions: Iterable[SessionRecord]) -> bool:
    """Whether the numbers grow with the days."""
    dated = sorted((day, _ordinal(session)) for session in sessions if (day := _held_on(session)))
    return all(one[1] <= two[1] for one, two in pairwise(dated))


def _held_on(session: SessionRecord) -> date | None:
    """The day of a session; one that was put off or cancelled was not held on it."""
    return None if session.status in ("postponed", "cancelled") else day_in(session.meeting)


def _latest(series: Series) -> str:
    return max((session.meeting.get("date") or "" for session in series.sessions), default="")


def _ordinal(session: SessionRecord) -> int:
    return int(session.meeting["ordinal"])
