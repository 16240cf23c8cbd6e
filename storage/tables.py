"""The tables. One class a noun of design's word list; the doors are WHERE clauses on them.

Door 1 is `Revision.judged_at IS NULL`, door 2 is `Delivery.state = 'pending' AND due <= now`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, MetaData, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from config import plain
from storage.engine import UtcDateTime


class Table(DeclarativeBase):
    """The base of all tables; constraints are named, so that migrations can find them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }


class PortalState(Table):
    """What is remembered of a portal as a whole."""

    __tablename__ = "portals"
    portal: Mapped[str] = mapped_column(primary_key=True)
    worker_kills: Mapped[int] = mapped_column(default=0)  # since its last run that ended by itself
    set_aside_until: Mapped[datetime | None]


class Template(Table):
    """What was learned of how a portal builds its pages."""

    __tablename__ = "templates"
    portal: Mapped[str] = mapped_column(primary_key=True)
    learned: Mapped[dict[str, Any]]
    updated: Mapped[datetime]


class Section(Table):
    """What is remembered of a section between readings; `next_check_at` is the truth of the schedule."""

    __tablename__ = "sections"
    portal: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="new")
    next_check_at: Mapped[datetime]
    pace: Mapped[str | None]  # as configured when it was last known: another pace is another schedule
    first_seen: Mapped[datetime]
    last_read_at: Mapped[datetime | None]
    last_good_at: Mapped[datetime | None]
    last_entry_at: Mapped[datetime | None]  # when a new entry was last found
    baseline_at: Mapped[datetime | None]  # when the first reading had walked all its pages
    failures: Mapped[int] = mapped_column(default=0)  # readings in a row that failed
    failing_since: Mapped[datetime | None]
    problems: Mapped[list[str]] = mapped_column(default=list)
    # What the server said of the listing's first page, saved with what that page listed and never before.
    listing_url: Mapped[str | None]  # as configured when it was read: validators are of an address
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    full_read_at: Mapped[datetime | None]  # the last reading that did not rest on a 304


class Run(Table):
    """One crawl of a portal."""

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="running")  # running good failed interrupted


class Reading(Table):
    """One section read in a run."""

    __tablename__ = "readings"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    section: Mapped[str]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    state: Mapped[str]  # good unchanged failed unread
    pages: Mapped[int] = mapped_column(default=0)
    entries: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    revised: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[str]] = mapped_column(default=list)


class Entry(Table):
    """A line of a listing. `pending` until its article is stored, or set aside after too many failures.

    `anchored` says that the reading which found it walked all the pages it had to: only such an entry proves that
    everything below it is known, so a listing walked in part is walked again.
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("portal", "section", "url_key"),
        Index("ix_entries_door", "portal", "section", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str]
    section: Mapped[str]
    url_key: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    published: Mapped[str | None]
    number: Mapped[str | None]
    summary: Mapped[str | None]
    first_seen: Mapped[datetime]
    baseline: Mapped[bool]
    anchored: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="pending")  # pending stored set_aside
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    problem: Mapped[str | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    # It stood in its order when it was shown last: only of such an entry can its absence be proven.
    placed: Mapped[bool] = mapped_column(server_default=false(), default=False)
    missing_since: Mapped[datetime | None]  # the first of the readings running that prove its absence


class Article(Table):
    """The thing at a URL, and at every other URL of the portal that gave the same text."""

    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(index=True)
    section: Mapped[str]
    url: Mapped[str]
    first_seen: Mapped[datetime]
    checked_at: Mapped[datetime]
    next_visit_at: Mapped[datetime | None] = mapped_column(index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    content_hash: Mapped[str] = mapped_column(index=True)  # of the latest revision
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)  # of another portal
    missing_since: Mapped[datetime | None]  # its page was not found once; a second time, and it is withdrawn
    withdrawn: Mapped[datetime | None]
    unlisted: Mapped[datetime | None]  # since when no listing shows it that would have to


class ArticleUrl(Table):
    """A URL in canonical form and the article that it leads to."""

    __tablename__ = "article_urls"
    portal: Mapped[str] = mapped_column(primary_key=True)
    url_key: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)


class Revision(Table):
    """One wording of an article. Not judged yet: `judged_at` is null."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_revisions_door", "judged_at", "next_try_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int]
    seen: Mapped[datetime]
    baseline: Mapped[bool]
    title: Mapped[str]
    text: Mapped[str]
    folded: Mapped[str] = mapped_column(
        server_default=""
    )  # title and text without marks and capitals, to be searched in
    published: Mapped[str | None]
    facts: Mapped[dict[str, Any]]  # the other fields of the extraction
    content_hash: Mapped[str]
    snapshot: Mapped[str | None] = mapped_column(ForeignKey("snapshots.hash"), index=True)
    judged_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    problem: Mapped[str | None]


class File(Table):
    """A file as fetched, by the SHA-256 of its bytes, and the text that was read from it. `state`: read scan refused
    unread."""

    __tablename__ = "files"
    hash: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    pages: Mapped[int | None]
    text: Mapped[str]
    folded: Mapped[str] = mapped_column(server_default="")  # as a revision's
    problem: Mapped[str | None]
    reader: Mapped[str] = mapped_column(server_default="")  # what read it; another one may read more of it
    seen: Mapped[datetime]
    snapshot: Mapped[str | None] = mapped_column(ForeignKey("snapshots.hash"), index=True)


class RevisionFile(Table):
    """A file that was behind an article's attachments when a wording of it was seen, in the order of its page."""

    __tablename__ = "revision_files"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(ForeignKey("files.hash"), index=True)


class ArticleAttachment(Table):
    """A file that an article links to, or linked to once: `gone` says since when. `problem`: why the last try to fetch
    it gave nothing; without it and without a `file` it was never tried."""

    __tablename__ = "attachments"
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    url_key: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    name: Mapped[str]
    first_seen: Mapped[datetime]
    gone: Mapped[datetime | None]  # when the article was first seen without it
    file: Mapped[str | None] = mapped_column(ForeignKey("files.hash"), index=True)  # as it was fetched last
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    problem: Mapped[str | None]


class Change(Table):
    """What became of an article after it was first stored, as a fact: revised withdrawn returned unlisted moved
    attached detached replaced. Not judged yet, whether somebody asked to be told of it: `judged_at` is null.

    `next_try_at`: of a page that goes to and fro, until when it has to be steady to be told; with `attempts`, when a
    change that could not be judged is tried again."""

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    kind: Mapped[str]
    seen: Mapped[datetime]
    facts: Mapped[dict[str, Any]]  # revision, problem, url and name: what the kind asks for
    judged_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(server_default="0", default=0)
    next_try_at: Mapped[datetime | None]
    problem: Mapped[str | None]


class Snapshot(Table):
    """The bytes of a page as fetched, by their SHA-256; the compressed file lies in the data folder."""

    __tablename__ = "snapshots"
    hash: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    seen: Mapped[datetime]


class Event(Table):
    """A finding not known before: a meeting, a decision, a portal's trouble. Known by its keys."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    key: Mapped[str]
    title: Mapped[str]
    first_seen: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str | None]
    facts: Mapped[dict[str, Any]]  # meeting, documents, portal
    body_key: Mapped[str | None] = mapped_column(index=True)  # who meets or issues, folded
    day: Mapped[str | None] = mapped_column(index=True)  # of the meeting, or of the document's issue
    sequence: Mapped[int] = mapped_column(server_default="0", default=0)  # how often day, time, place or status changed
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)  # an event not merged itself
    acknowledged: Mapped[datetime | None]
    muted: Mapped[datetime | None]


class EventChange(Table):
    """What became of an event: postponed, moved, cancelled, or another event merged into it. `name` tells one change
    from another of its kind ("moved|2026-03-05"): it is what an alert's `change` holds."""

    __tablename__ = "event_changes"
    __table_args__ = (UniqueConstraint("event_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    name: Mapped[str]
    kind: Mapped[str]  # postponed moved cancelled upcoming merged
    seen: Mapped[datetime]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"), index=True)  # that said so
    facts: Mapped[dict[str, Any]]  # before and after: the facts that changed


class EventKey(Table):
    """One way to name an event's fact; the first key is the event's own."""

    __tablename__ = "event_keys"
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)


class Evidence(Table):
    """A revision that claims an event, and the sentence in which it does."""

    __tablename__ = "evidence"
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    seen: Mapped[datetime]
    baseline: Mapped[bool]
    quote: Mapped[str]


def _issuer_key(context: Any) -> str:
    return plain(context.get_current_parameters().get("issuer") or "")


class Mention(Table):
    """A legal document's number in a revision: the register of who issued, cited, amended or repealed what."""

    __tablename__ = "mentions"
    __table_args__ = (Index("ix_mentions_identity", "number_key", "issuer_key", "seen"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    number: Mapped[str]
    number_key: Mapped[str]
    type: Mapped[str | None]
    issuer: Mapped[str | None]
    issuer_key: Mapped[str] = mapped_column(server_default="", default=_issuer_key)  # without marks; "" where unknown
    date: Mapped[str | None]
    role: Mapped[str]
    seen: Mapped[datetime] = mapped_column(index=True)


class Signature(Table):
    """The MinHash of an article's latest wording, by which near-duplicates are known; kept while it is young."""

    __tablename__ = "signatures"
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    scheme: Mapped[str]  # how it was made: two of different schemes say nothing of each other
    signature: Mapped[bytes]
    seen: Mapped[datetime] = mapped_column(index=True)


class Band(Table):
    """One band of a signature: articles that share one are looked at more closely."""

    __tablename__ = "bands"
    __table_args__ = ({"sqlite_with_rowid": False},)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True, index=True)


class SavedSearch(Table):
    """A search under a name, and the newest article when it was last looked at: what came after that is new."""

    __tablename__ = "saved_searches"
    name: Mapped[str] = mapped_column(primary_key=True)
    query: Mapped[dict[str, Any]]
    created: Mapped[datetime]
    last_article: Mapped[int] = mapped_column(server_default="0", default=0)


class SubscriptionState(Table):
    """When a subscription was first seen: it is told only of events first seen after that."""

    __tablename__ = "subscriptions"
    subscription: Mapped[str] = mapped_column(primary_key=True)
    first_seen: Mapped[datetime]


class Alert(Table):
    """An event owed to a subscription, once; and once more for each change of it."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("event_id", "subscription", "change"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    subscription: Mapped[str]
    change: Mapped[str] = mapped_column(default="")
    reason: Mapped[dict[str, Any]]  # why it matched
    matched: Mapped[datetime]


class Delivery(Table):
    """One event (or change) owed to one channel; settled only after the carrier accepted it.

    The URL itself is a secret and stays in the configuration: `channel_key` is a hash of it, `written_key` a hash of
    what the configuration writes ("${ALERT_URL}"), which finds the channel again after its secret was changed.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("event_id", "change", "channel_key"),
        Index("ix_deliveries_door", "state", "due"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    change: Mapped[str] = mapped_column(default="")
    channel_key: Mapped[str]
    written_key: Mapped[str]
    channel_masked: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")  # pending sent failed
    attempts: Mapped[int] = mapped_column(default=0)
    created: Mapped[datetime]
    due: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None]
    sent: Mapped[datetime | None]
    error: Mapped[str | None]


class DeliveryAlert(Table):
    """The alerts that one delivery serves: two subscriptions on one channel share a message that names both."""

    __tablename__ = "delivery_alerts"
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), primary_key=True)
