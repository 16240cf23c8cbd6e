"""What a claim makes of a known meeting: put off, moved, cancelled, or only reported once more. Pure.

Only words put a meeting off, and what was said last stands: an old invitation that arrives late takes nothing back. Each
change has a name, so that a second report of it is evidence and no second alert.

    postponed|<the day it was planned for>     moved|<the new day, hour and place>     cancelled

    A change that comes again, as a move back to a day of before, has the moment of its saying behind its name.

A meeting of another day than the known one, without such words, changes nothing, but for two: the meeting was put off
or cancelled, and what was said later names the new day; or the article that alone told the day now tells another. Readers
were told the old day, so both count as moved. What was cancelled and is said later to have been held was held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from config import plain
from monitor.detect.dates import day_of
from monitor.events import DISRUPTED, Facts, Finding, day_in, merged
from storage import EventRecord

_APPOINTMENT = ("status", "date", "time", "part_of_day", "place")


@dataclass(frozen=True, slots=True)
class Turn:
    """An event's facts after a claim. `change` names what became of the event, by this claim or by an earlier one that
    this one repeats; "" for nothing. `before` and `after` are given for what is new."""

    facts: Facts
    change: str = ""
    kind: str = ""
    before: Facts | None = None
    after: Facts | None = None


def turn(known: EventRecord, finding: Finding, said: datetime, *, corrects: bool = False) -> Turn:
    """What an event is after a claim that was published at `said`; `corrects`: by the article that alone told its day."""
    facts = merged(known.facts, finding.facts)
    if not finding.meeting or not known.facts.get("meeting"):
        return Turn(facts)
    ours, theirs = finding.meeting, known.facts["meeting"]
    kind = _kind(known, finding, said, corrects)
    if kind == "corrected":
        return Turn({**facts, "meeting": {**_moved(facts["meeting"], ours), "status": "held"}})
    if not kind:
        # Words of putting off that were overtaken change no status either.
        status = theirs.get("status") if ours.get("status") in DISRUPTED else facts["meeting"]["status"]
        return Turn({**facts, "meeting": {**facts["meeting"], "status": status}})
    if kind == "again":
        meeting = {**facts["meeting"], "status": theirs.get("status")}
        changes = [change for change in known.changes if change.kind == theirs.get("status")]
        return Turn({**facts, "meeting": meeting}, changes[-1].name if changes else "", str(theirs.get("status")))
    meeting = _moved(facts["meeting"], ours) if kind == "moved" else dict(facts["meeting"])
    put_off = ours.get("status") in DISRUPTED or theirs.get("status") in DISRUPTED
    if put_off:
        meeting["status"], facts["said"] = kind, said.isoformat()
    changed = [name for name in _APPOINTMENT if meeting.get(name) != theirs.get(name)]
    name = _name(kind, theirs, meeting)
    if any(change.name == name for change in known.changes) and _order(said, known.facts.get("said"))[1]:
        name = f"{name}|{said.isoformat()}"
    return Turn(
        {**facts, "meeting": meeting},
        name,
        kind,
        {name: theirs.get(name) for name in changed},
        {name: meeting.get(name) for name in changed},
    )


def begun(finding: Finding, said: datetime) -> Facts:
    """The facts of a new event: those of its claim, and since when it is put off."""
    return {**finding.facts, "said": said.isoformat()} if finding.status in DISRUPTED else dict(finding.facts)


def may_concern(finding: Finding, known: EventRecord) -> bool:
    """Whether a notice that a meeting is put off can mean a known one of the same body, which no key of it names; and
    whether an invitation can mean one that is known only as put off, on no known day."""
    ours, theirs = finding.day, day_in(known.facts.get("meeting") or {})
    if finding.status in DISRUPTED:
        if finding.former and theirs not in finding.former:
            return False
        return known.status in (None, "upcoming", *DISRUPTED) and (finding.status == "moved" or ours in (None, theirs))
    return known.status in DISRUPTED and theirs is None


def _kind(known: EventRecord, finding: Finding, said: datetime, corrects: bool) -> str:
    """postponed, moved or cancelled; again, corrected (told to nobody), or nothing."""
    ours, theirs = finding.meeting, known.facts["meeting"]
    status: str = ours.get("status") or ""
    was: str = theirs.get("status") or ""
    other_day = ours.get("date") is not None and ours.get("date") != theirs.get("date")
    earlier, later = _order(said, known.facts.get("said"))
    if status == "moved" and not (ours.get("date") or ours.get("time") or ours.get("place")):
        status = "postponed"  # to some day that nobody names
    if status not in DISRUPTED:
        if corrects and other_day:
            return "corrected" if "held" in (status, was) else "moved"
        if was == "cancelled" and later and status == "held":
            return "corrected"
        if was in ("postponed", "cancelled") and later and other_day:
            return "corrected" if status == "held" else "moved"
        return ""
    if was == status == "cancelled":
        return "again"
    if was in ("held", "cancelled") or earlier:
        return ""
    if status == "cancelled":
        return status
    if status == "postponed":
        if was == "postponed" or (was == "moved" and not later):
            return "again"
        return status
    return "moved" if _elsewhen(ours, theirs, moved=was == "moved", later=later) else "again" if was == "moved" else ""


def _elsewhen(ours: Mapping[str, Any], theirs: Mapping[str, Any], *, moved: bool, later: bool) -> bool:
    """Whether words of moving name another day, hour or place than the known ones. Of a meeting that was moved already
    only what was said later does: two reports of one move may write its place in two ways."""
    if ours.get("date") is not None and ours["date"] != theirs.get("date"):
        return True
    hours = [facts.get("time") for facts in (ours, theirs)]
    if hours[0] and hours[0] != hours[1] and (hours[1] or not moved):
        return not moved or later
    places = [set(plain(facts.get("place") or "").split()) for facts in (ours, theirs)]
    return not moved and all(places) and len(places[0] & places[1]) * 2 < min(map(len, places))


def _moved(known: Mapping[str, Any], new: Mapping[str, Any]) -> Facts:
    """A meeting at its new time: the old hour is not that of the new day."""
    other_day = new.get("date") is not None and new.get("date") != known.get("date")
    kept = {} if other_day else known
    hour = {name: new.get(name) or kept.get(name) for name in ("time", "part_of_day")}
    if not other_day and new.get("time"):
        hour["part_of_day"] = new.get("part_of_day")
    return {
        **known,
        **hour,
        "date": new.get("date") or known.get("date"),
        "date_candidate": None if new.get("date") else known.get("date_candidate"),
        "place": new.get("place") or known.get("place"),
    }


def _name(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if kind == "cancelled":
        return kind
    if kind == "postponed":
        return f"{kind}|{before.get('date') or ''}"
    parts = (after.get("date"), after.get("time"), plain(after.get("place") or ""))
    return f"{kind}|{' '.join(part for part in parts if part)}"[:200]


def _order(said: datetime, before: object) -> tuple[bool, bool]:
    """Whether something was said before, or after, what a status rests on; of one day both may be so where one hour is
    not known, and then neither is."""
    if not isinstance(before, str):
        return False, False
    moment = datetime.fromisoformat(before)
    one, other = day_of(said), day_of(moment)
    assert isinstance(one, date)
    assert isinstance(other, date)
    if one != other:
        return one < other, one > other
    known = all(when.time() != datetime.min.time() for when in (said, moment))
    return known and said < moment, known and said > moment
