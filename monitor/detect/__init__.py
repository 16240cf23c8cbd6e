"""What an article means: the meeting or the decision that it announces or reports, and the documents it names.

Pure: no SQL, no network, no clock; the day of publishing is an argument. A detector is a function of what is read; the
tuple `DETECTORS` holds them in the order of `Detection.kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.detect.dates import day_of
from monitor.detect.decisions import Context, decision_quote, documents_of
from monitor.detect.files import with_files
from monitor.detect.keys import decision_keys, meeting_keys
from monitor.detect.meetings import find_meetings
from monitor.detect.numbers import NumberSpan, find_numbers, issue_date_after
from monitor.detect.reading import Reading, read
from storage import Detection, DocumentMention, Meeting, When

__all__ = [
    "DETECTORS",
    "NumberSpan",
    "decision_keys",
    "detect",
    "find_numbers",
    "issue_date_after",
    "meeting_keys",
]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the detectors are given: the reading, the meetings found in it and the documents."""

    reading: Reading
    meetings: tuple[Meeting, ...]
    documents: tuple[DocumentMention, ...]


def _meeting(seen: _Seen) -> str | None:
    return seen.meetings[0].quote if seen.meetings else None


def _decision(seen: _Seen) -> str | None:
    return decision_quote(seen.documents)


# The kind, and the function that gives the sentence which carries it.
DETECTORS: tuple[tuple[str, Callable[[_Seen], str | None]], ...] = (("meeting", _meeting), ("decision", _decision))


def detect(
    title: str | None,
    text: str | None,
    *,
    published: When | None = None,
    url: str | None = None,
    province: str | None = None,
    portal_body: str | None = None,
    files: Sequence[str] = (),
) -> Detection:
    """What an article announces or reports as its subject, with every document it names.

    `published` settles days without a year, `province` and `portal_body` are the portal's and complete "UBND tỉnh";
    `url` is where the text came from and decides nothing yet. Any text is taken, an empty one too. `files` is what the
    article's attachments say.
    """
    day = day_of(published)

    def said(title: str, text: str) -> Detection:
        return _detect(title, text, day, province, portal_body)

    return with_files(said, title or "", text or "", files, day)


def _detect(title: str, text: str, day: date | None, province: str | None, portal_body: str | None) -> Detection:
    reading = read(title, text)
    meetings = find_meetings(reading, day, province, portal_body)
    context = Context(day, province, portal_body, bool(meetings))
    seen = _Seen(reading, meetings, documents_of(reading, context))
    quotes = {kind: quote for kind, detector in DETECTORS if (quote := detector(seen)) is not None}
    meeting, further = (meetings[0], meetings[1:]) if meetings else (None, ())
    return Detection(tuple(quotes), meeting, seen.documents, quotes, further)
