"""What an article is about, as far as its title bears on documents, and where in it a number stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.detect.reading import Reading
from monitor.detect.wording import is_marked, wording


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: the extent of its sentence, "title", "lead" or "body", which sentence of the lead (from 0),
    and whether the sentence opens its paragraph."""

    start: int
    end: int
    where: str
    order: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What the title says the article is about, as far as it bears on documents."""

    issues: bool = False
    """It speaks of a document or of an act."""
    issuing: bool = False
    announcing: bool = False
    meets: bool = False
    looks_back: bool = False
    """It explains, trains, sums up or asks: issuing is told there as history."""
    drafting: bool = False
    digest: bool = False
    register: bool = False
    """It lists what was issued: a gazette, the resolutions of a session."""
    questions: bool = False
    number: tuple[str, str] | None = None
    """Type and number of "Thông báo số 15: ...", whose symbol stands in the text only."""


def subject_of(reading: Reading, *, meeting: bool) -> Subject:
    """What the title tells."""
    title = reading.title.low
    words = wording(marked=is_marked(title))
    issuing = bool(words.issuing_title.search(title))
    issues = bool(words.titled.search(title))
    announcing = bool(words.announcing_title.search(title))
    number = words.title_number.match(title)
    return Subject(
        issues=issues,
        issuing=issuing,
        announcing=announcing,
        meets=meeting and (bool(words.meeting_title.search(title)) or not (issuing or announcing)),
        looks_back=bool(words.looks_back.search(title)) and not (issuing or announcing),
        drafting=bool(words.drafting_title.search(title)),
        digest=bool(words.digest.search(title)),
        register=bool(words.register.search(title)),
        questions=bool(words.questions.search(reading.body.low, 0, 6000)),
        number=(number["type"].capitalize(), number["number"]) if number else None,
    )
