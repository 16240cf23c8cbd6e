"""The meetings that an article announces or reports as its subject: one, or many where it is a schedule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from config import plain
from monitor.detect.claims import Claim, claims_of, mentions_of
from monitor.detect.facts import meeting_of
from monitor.detect.phrases import ordinal_of, period_of
from monitor.detect.reading import Reading, struck, unstruck
from monitor.detect.schedules import scheduled
from monitor.detect.told import Told
from storage import Meeting

_MONTHLY = re.compile(r"(?:thang|quy) \w+")


def find_meetings(
    reading: Reading, published: date | None, province: str | None = None, portal_body: str | None = None
) -> tuple[Meeting, ...]:
    """The meetings that the article is about, each with its quote; none where it is about something else.

    What is struck out is not read, unless the meeting itself is: then it is cancelled.
    """
    if rows := scheduled(reading, published, province, portal_body):
        return rows
    kept = unstruck(reading) if struck(reading) else reading
    meeting = _one(kept, published, province, portal_body, changed=kept is not reading)
    if meeting is None and kept is not reading:
        whole = _one(reading, published, province, portal_body)
        meeting = replace(whole, status="cancelled") if whole else None
    return (meeting,) if meeting else ()


def _one(
    reading: Reading, published: date | None, province: str | None, portal_body: str | None, *, changed: bool = False
) -> Meeting | None:
    title, lead = claims_of(reading, published)
    claims = title + lead
    if not claims:
        return None
    first = next((claim for claim in title if not claim.phrase.soft), None) or (title or lead)[0]
    same = [first]
    for claim in claims:
        if claim is not first and all(_agrees(claim, other) for other in same):
            same.append(claim)
    same += [
        claim for claim in mentions_of(reading, same[0].phrase.form) if all(_agrees(claim, other) for other in same)
    ]
    same.sort(key=lambda claim: not claim.title)
    same.insert(0, same.pop(same.index(first)))
    told = Told(reading, same, published, province, portal_body, changed=changed)
    quoted = next((claim for claim in lead if claim in same), first)
    return replace(meeting_of(told), quote=quoted.text.source(quoted.start, quoted.end))


def _agrees(claim: Claim, known: Claim) -> bool:
    """Whether a claim can be of the same meeting as another: no other ordinal and no other month or quarter."""
    ordinals = {ordinal_of(one.text, one.phrase) for one in (claim, known)} - {None}
    periods = [plain(period) for one in (claim, known) if (period := period_of(one.text, one.phrase))]
    months = {month.group() for period in periods if (month := _MONTHLY.match(period))}
    return len(ordinals) < 2 and len(months) < 2
