"""The nouns: frozen records that cross between rooms.

A `When` is a date, or an aware datetime where the time of day is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

When = date | datetime
Day = date  # a second name, for records with a field called date


# --- from the web -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListingEntry:
    """One line of a listing: the promise of an article. `url` is absolute; `number` is a document's number."""

    url: str
    title: str
    published: When | None = None
    number: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class NextPage:
    """Where a listing goes on: a URL, and the form fields of a postback where it needs one. `body` is what a JSON API
    is asked with, by POST."""

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a listing said, in its own order. `page` is the page class, `cut` what was left out of it."""

    url: str
    page: str
    kind: str
    entries: tuple[ListingEntry, ...]
    next: NextPage | None = None
    why: str = ""
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article links to."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A text taken out of a page, and the rule that took it."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an article's page says, without the page.

    `text` is the lead and the paragraphs, one a line; a table's rows stand in place as "a | b | c". Title, captions,
    byline, source and date lines are in their fields and not in the text. `page` is the page class: article listing
    soft404 challenge maintenance login error. `why` is the evidence of that class.
    """

    url: str
    page: str
    title: str | None = None
    published: When | None = None
    updated: When | None = None
    byline: str | None = None
    source: str | None = None
    language: str | None = None
    lead: str | None = None
    text: str = ""
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    captions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    removed: tuple[Removed, ...] = ()
    why: str = ""


# --- what it means ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that an article announces or reports.

    `form` is the head noun in lower case (phiên họp, kỳ họp, hội nghị ...), `body` its name without the form,
    `term` a term of office as written ("XIX", "2021-2026"), `period` as written ("quý I/2023"), `time` "HH:MM",
    `part_of_day` one of morning noon afternoon evening, `mode` online, in_person, hybrid or None, `status` one of
    upcoming held postponed cancelled moved. With the year unknown `date` is None and `date_candidate` the best guess.
    `quote` is the sentence that claims it, exactly as written.
    """

    title: str | None = None
    form: str | None = None
    body: str | None = None
    ordinal: int | None = None
    term: str | None = None
    period: str | None = None
    date: Day | None = None
    date_candidate: Day | None = None
    time: str | None = None
    part_of_day: str | None = None
    place: str | None = None
    chair: str | None = None
    mode: str | None = None
    status: str | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document's number in a text. `number` is canonical (NFC, Đ, no spaces, zeros kept), `type` the full Vietnamese
    name, `issuer` the issuer's full name where the symbol or the portal tells it, `role` one of issued cited amended
    repealed, `quote` the sentence in which it stands, exactly as written."""

    number: str
    type: str | None = None
    issuer: str | None = None
    date: Day | None = None
    role: str = "cited"
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """What an article announces or reports as its subject. `kinds` holds "meeting" and "decision" where claimed;
    `quotes` the sentence that carries each kind, exactly as written. A schedule announces many meetings: `meeting` is
    the first of them, `further` holds the others in its order."""

    kinds: tuple[str, ...] = ()
    meeting: Meeting | None = None
    documents: tuple[DocumentMention, ...] = ()
    quotes: dict[str, str] = field(default_factory=dict)
    further: tuple[Meeting, ...] = ()


# --- what files say ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileText:
    """What a file says. `kind` by its bytes: pdf docx doc rtf office image html text archive other. `state`: read; scan,
    pictures of pages without text; refused, broken, locked or a danger; unread, of a kind that is not read. `problem`
    says why, or what of it was not read; `pages` where the kind has pages; `reader` names what read it, "" what is to try
    again."""

    kind: str
    state: str
    text: str = ""
    pages: int | None = None
    problem: str | None = None
    reader: str = ""


# --- between crawl and store --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a response, to be echoed when it is asked again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """An attachment that was asked for: its bytes and what they say, or the `problem` for which there are none."""

    url: str
    body: bytes = b""
    text: FileText | None = None
    validators: Validators = Validators()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """An attachment of a known article, and what is remembered of it. `fetched`: its bytes were had once; `unread_by`:
    which reader could not read them, None where they were read."""

    url: str
    name: str
    fetched: bool
    validators: Validators
    problem: str | None
    unread_by: str | None = None


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """An article as the crawler hands it over: what it says, its bytes, what the server said of them, and what was had of
    its attachments; one that the server says is unchanged is not among those.

    `from_row`: only its listing's row was read. Two rows that say the same ("Lịch công tác tuần") are still two articles.
    """

    extraction: Extraction
    body: bytes
    validators: Validators = Validators()
    from_row: bool = False
    reader: str = ""
    """What read it; a new wording by another reader is no revision of the portal's."""
    before: str | None = None
    """The identity of the last wording, its page read as this one was; None where that is not known."""
    files: tuple[FetchedFile, ...] = ()
    moved: bool = False
    """It was had at another address than the one asked for, which leads there for good, or gives nothing any more."""


@dataclass(frozen=True, slots=True)
class SectionMemory:
    """What a section remembers for its next reading. Without a baseline the reading is the first one; `listing_url` is
    the address that was read last."""

    baseline_at: datetime | None
    listing_url: str | None
    validators: Validators
    full_read_at: datetime | None
    failures: int

    @property
    def has_baseline(self) -> bool:
        """Whether a first reading has walked all its pages."""
        return self.baseline_at is not None


@dataclass(frozen=True, slots=True)
class Visit:
    """An article to fetch: a new entry, or a known article that is still young."""

    entry_id: int | None
    article_id: int | None
    url: str
    title: str
    published: When | None
    number: str | None
    summary: str | None
    baseline: bool
    validators: Validators
    attachments: tuple[KnownFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """How a section's reading ended. `state`: good, unchanged, failed, unread; `section_state` as `status` shows it."""

    section: str
    state: str
    section_state: str
    started: datetime
    next_check_at: datetime
    pages: int = 0
    entries: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    problems: tuple[str, ...] = ()
    leave_alone_until: datetime | None = None  # the portal's own word, for all its sections

    @property
    def good(self) -> bool:
        """Whether the section was read, be it that the server said that nothing had changed."""
        return self.state in ("good", "unchanged")


# --- between judge, deliver and store -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RevisionToJudge:
    """A revision behind door 1."""

    id: int
    article_id: int
    portal: str
    url: str
    title: str
    text: str
    published: When | None
    baseline: bool
    attempts: int
    files: tuple[str, ...] = ()  # what its attachments say, in the order of its page
    folded: str = ""  # title and text without marks and capitals


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """An article that claims an event."""

    portal: str
    url: str
    title: str
    quote: str
    revision: int
    published: When | None
    baseline: bool


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """A document's number in an article, as the register holds it; `date` is the document's, `seen` when it was first
    read there."""

    article_id: int
    portal: str
    url: str
    issuer: str | None
    date: str | None
    role: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class NearRecord:
    """An article that shares a band with another: its signature, and the events that it stands for with its sentences."""

    article_id: int
    signature: bytes
    claims: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A meeting of a body among its others: the event that holds it, and its facts; `body` as keys hold it."""

    event: int
    body: str
    status: str | None
    meeting: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventChangeRecord:
    """What became of an event. `name` is what an alert of it holds as its change, `kind` one of postponed moved
    cancelled upcoming merged; `before` and `after` are the facts that changed."""

    name: str
    kind: str
    seen: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    url: str | None = None
    """Of the article that said so."""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event with all its evidence and changes, oldest first. `facts` holds "meeting", "documents" or "portal" as
    JSON."""

    id: int
    kind: str
    key: str
    title: str
    first_seen: datetime
    status: str | None
    facts: dict[str, Any]
    evidence: tuple[EvidenceRecord, ...]
    changes: tuple[EventChangeRecord, ...] = ()
    acknowledged: datetime | None = None
    muted: datetime | None = None
    sequence: int = 0
    """How often its day, time, place or status changed."""


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """An event, or a change of it, that a subscription was told of or is owed. `change` is "" for the event itself."""

    id: int
    subscription: str
    event: EventRecord
    change: str
    reason: dict[str, Any]
    matched: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery to make: which channel, in which language. Keys are hashes; `masked` is fit to be shown."""

    channel_key: str
    written_key: str
    masked: str
    language: str


@dataclass(frozen=True, slots=True)
class DueDelivery:
    """A delivery behind door 2, claimed by this process until its lease ends."""

    id: int
    event: EventRecord
    change: str
    subscriptions: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...]
    channel_key: str
    written_key: str
    masked: str
    language: str
    attempts: int
    created: datetime


def write_when(when: When | None) -> str | None:
    """A date as YYYY-MM-DD, a time with its offset, absence as None."""
    return (
        None if when is None else when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()
    )


def read_when(text: str | None) -> When | None:
    """What `write_when` wrote."""
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
