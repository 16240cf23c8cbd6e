"""Lines of the exchange format into the store: added where it lacks them, never twice, and never alerted.

A line is taken whole or not at all. What a line tells of a known article or event completes what is known and takes
nothing away, so that the same file may be imported as often as one likes. Nor does it take this store's own news away:
what a listing here promised, or nobody here has judged yet, is still told by the judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, select, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from config import plain, say
from storage.engine import one_line
from storage.exchange import ArticleLine, EventLine, Row, Wording
from storage.filing import add_files
from storage.judging import Claims, named
from storage.recording import content_hash, find_article
from storage.records import EventRecord, Extraction
from storage.store import Store
from storage.tables import (
    Article,
    ArticleAttachment,
    ArticleUrl,
    Change,
    Entry,
    Event,
    EventChange,
    EventKey,
    Evidence,
    File,
    Mention,
    Revision,
    Section,
)
from storage.urls import clean_url

Unite = Callable[[EventLine, EventRecord], tuple[str | None, Row] | None]
"""The status and facts of a known event with those that a line adds; None when the two are not the same fact."""

_Address = tuple[str, str]  # a portal and a URL in canonical form
_MOST_WAITING = 50_000  # articles whose original has not come yet, in memory


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a line: "new", "completed", "known" or "refused", and then why. `missing`: how many articles that
    an event names are not in the store."""

    outcome: str
    why: str = ""
    missing: int = 0


class Importing:
    """One import, a few lines at a time."""

    def __init__(self, store: Store, unite: Unite) -> None:
        self._store = store
        self._unite = unite
        self._waiting: dict[_Address, list[_Address]] = {}  # by the original that they repeat
        self._count = 0

    def take(self, lines: Sequence[ArticleLine | EventLine], now: datetime) -> list[Taken]:
        """Import some lines in one transaction; a line that the database refuses leaves the others."""
        taken = []
        with self._store.write() as session:
            for line in lines:
                try:
                    with session.begin_nested():
                        if isinstance(line, ArticleLine):
                            taken.append(self._take_article(session, line, now))
                        else:
                            taken.append(self._take_event(session, line, now))
                except (DataError, IntegrityError) as error:
                    why = say("the database does not take it ({error})", error=one_line(error))
                    taken.append(Taken("refused", why))
        return taken

    # --- articles ---

    def _take_article(self, session: Session, line: ArticleLine, now: datetime) -> Taken:
        _add_files(session, line.files)
        article = find_article(session, line.portal, set(line.keys))
        news = _is_promised(session, line)
        if article is None:
            article, outcome = _add_article(session, line, news=news), "new"
        else:
            outcome = "completed" if _complete(session, article, line, now, news=news) else "known"
        for key in line.keys:
            if session.get(ArticleUrl, (line.portal, key)) is None:
                session.add(ArticleUrl(portal=line.portal, url_key=key, article_id=article.id))
                session.flush()
                outcome = "new" if outcome == "new" else "completed"
        if line.duplicate_of is not None and article.duplicate_of is None:
            if _at(session, line.duplicate_of) is None:
                self._wait((line.portal, line.keys[0]), line.duplicate_of)
            elif _repeat(session, article, line.duplicate_of):
                outcome = "new" if outcome == "new" else "completed"
        for key in line.keys:
            for waiting in self._no_longer_wait((line.portal, key)):
                if (copy := _at(session, waiting)) is not None and copy.duplicate_of is None:
                    _repeat(session, copy, (line.portal, key))
        session.flush()
        return Taken(outcome)

    def _wait(self, article: _Address, original: _Address) -> None:
        """Remember an article that came before the one whose text it repeats. An original that never comes, in an export
        of some portals perhaps, must not fill the memory: the first that wait are let go, until the next import."""
        self._waiting.setdefault(original, []).append(article)
        self._count += 1
        while self._count > _MOST_WAITING:
            self._no_longer_wait(next(iter(self._waiting)))

    def _no_longer_wait(self, original: _Address) -> list[_Address]:
        waiting = self._waiting.pop(original, [])
        self._count -= len(waiting)
        return waiting

    # --- events ---

    def _take_event(self, session: Session, line: EventLine, now: datetime) -> Taken:
        claims = Claims(session, now)
        known = self._known(claims, line)
        if known is None:
            event = Event(
                kind=line.kind,
                key=line.keys[0],
                title=line.title,
                first_seen=line.first_seen,
                status=line.status,
                facts=line.facts,
                sequence=line.sequence,
                acknowledged=line.acknowledged,
                muted=line.muted,
            )
            event.body_key, event.day = named(line.kind, line.keys, line.facts)
            session.add(event)
            session.flush()
            claims.add_keys(event.id, line.kind, line.keys)
            _, missing = _add_evidence(session, event, line.evidence)
            _add_event_changes(session, event, line.changes)
            return Taken("new", missing=missing)
        event = session.get_one(Event, known.id)
        completed = line.first_seen < event.first_seen
        event.first_seen = min(event.first_seen, line.first_seen)
        if (line.status, line.facts) != (event.status, event.facts):
            united = self._unite(line, known)
            if united is not None and united != (event.status, event.facts):
                claims.change_facts(event.id, status=united[0], facts=united[1])
                completed = True
        for key in line.keys:
            if session.get(EventKey, (line.kind, key)) is None:
                claims.add_keys(event.id, line.kind, [key])
                completed = True
        if line.acknowledged is not None and event.acknowledged is None:
            event.acknowledged, completed = line.acknowledged, True
        if line.sequence > event.sequence:  # calendars pass over what seems older than what they have
            event.sequence, completed = line.sequence, True
        completed |= _add_event_changes(session, event, line.changes)
        added, missing = _add_evidence(session, event, line.evidence)
        return Taken("completed" if completed or added else "known", missing=missing)

    def _known(self, claims: Claims, line: EventLine) -> EventRecord | None:
        """The event that the line's own key names, else one that another key names and that is the same fact: two
        sessions on one day share the key of the day."""
        if own := claims.find_events(line.kind, line.keys[:1]):
            return own[0]
        others = claims.find_events(line.kind, line.keys)
        return next((event for event in others if self._unite(line, event) is not None), None)


def _at(session: Session, at: _Address) -> Article | None:
    return find_article(session, at[0], {at[1]})


def _repeat(session: Session, article: Article, at: _Address) -> bool:
    """Mark an article as the repetition of another, unless others repeat it: no chains, and no circles."""
    original = _at(session, at)
    if original is not None and original.duplicate_of is not None:
        original = session.get_one(Article, original.duplicate_of)
    if original is None or original.id == article.id:
        return False
    if session.scalar(select(Article.id).where(Article.duplicate_of == article.id).limit(1)) is not None:
        return False
    article.duplicate_of = original.id
    session.flush()
    return True


def _is_promised(session: Session, line: ArticleLine) -> bool:
    """Whether a listing promised the article here, as news, and nobody has had it yet: once it is there, its first visit
    would find nothing new."""
    promised = (
        select(Entry.id)
        # By its sections, which the index of the addresses begins with.
        .where(Entry.section.in_(select(Section.section).where(Section.portal == line.portal)))
        .where(Entry.portal == line.portal, Entry.url_key.in_(line.keys))
        .where(Entry.state != "stored", Entry.baseline.is_(False))
    )
    return session.scalar(promised.limit(1)) is not None


def _add_article(session: Session, line: ArticleLine, *, news: bool) -> Article:
    article = Article(
        portal=line.portal,
        section=line.section,
        url=clean_url(line.url),
        first_seen=line.first_seen,
        checked_at=line.checked,
        next_visit_at=line.next_visit,
        content_hash=line.wordings[-1].words,
        missing_since=line.missing_since,
        withdrawn=line.withdrawn,
    )
    session.add(article)
    session.flush()
    numbers = {}
    for number, wording in enumerate(line.wordings, 1):
        is_news = news and number == len(line.wordings)
        _add_revision(session, article, number, wording, wording.judged, news=is_news)
        numbers[wording.number] = number
    _complete_attachments(session, article, line, newer=True)
    _add_changes(session, article, line.changes, numbers)
    _write_mentions(session, article, line.mentions)
    return article


def _complete(session: Session, article: Article, line: ArticleLine, now: datetime, *, news: bool) -> bool:
    """Add to a known article what a line knows of it and the store does not; False when that is nothing."""
    newer = line.checked > article.checked_at
    completed = newer or line.first_seen < article.first_seen
    article.first_seen = min(article.first_seen, line.first_seen)
    if newer:
        article.checked_at = line.checked
        article.missing_since, article.withdrawn = line.missing_since, line.withdrawn
    numbers = _complete_revisions(session, article, line, now, news=news)
    attached = _complete_attachments(session, article, line, newer=newer)
    changed = _add_changes(session, article, line.changes, numbers)
    return completed or bool(numbers) or attached or changed


# --- revisions ---


def _add_revision(
    session: Session, article: Article, number: int, wording: Wording, judged: datetime | None, *, news: bool
) -> Revision:
    """Add a wording; `news`: it is judged here, and told."""
    revision = Revision(
        article_id=article.id,
        number=number,
        seen=wording.seen,
        # What else is judged here is judged for the register, and not told.
        baseline=not news and (wording.baseline or judged is None),
        title=wording.title,
        text=wording.text,
        folded=plain(f"{wording.title}\n{wording.text}"),
        published=wording.published,
        facts=wording.facts,
        content_hash=wording.digest,
        judged_at=None if news else judged,
        attempts=0,
    )
    session.add(revision)
    session.flush()  # one by one: door 1 is emptied in the order of the ids
    add_files(session, revision, wording.files, wording.words)
    return revision


def _complete_revisions(
    session: Session, article: Article, line: ArticleLine, now: datetime, *, news: bool
) -> dict[int, int]:
    """Put the wordings that an article lacks between those that it has; the numbers of the added ones, by the line's."""
    known = list(session.scalars(select(Revision).where(Revision.article_id == article.id).order_by(Revision.number)))
    timeline = _timeline(known, line.wordings)
    if len(timeline) == len(known):
        return {}
    moved = {row.number: number for number, row in enumerate(timeline, 1) if isinstance(row, Revision)}
    _renumber(session, article, moved)
    last_known = max(moved.values())
    added = {}
    for number, wording in enumerate(timeline, 1):
        if isinstance(wording, Wording):
            # An older wording is not judged any more: it would take the newer one's place in register and evidence.
            judged = wording.judged or (now if number < last_known else None)
            _add_revision(session, article, number, wording, judged, news=news and number == len(timeline))
            added[wording.number] = number
    newest = timeline[-1]
    if isinstance(newest, Wording):
        article.content_hash = newest.words
        if newest.judged is not None:
            _write_mentions(session, article, line.mentions)
    return added


def _timeline(known: Sequence[Revision], told: Sequence[Wording]) -> list[Revision | Wording]:
    """Known and told wordings in the order in which they were seen, without the told ones that only repeat a known one:
    two stores that saw one wording saw it at two moments."""
    have: set[tuple[object, ...]] = {(row.seen, row.content_hash) for row in known}
    have |= {(row.seen, row.title, row.text) for row in known}
    fresh = [row for row in told if not have & {(row.seen, row.digest), (row.seen, row.title, row.text)}]
    both: list[Revision | Wording] = [*known, *fresh]
    both.sort(key=lambda row: (row.seen, isinstance(row, Wording), row.number))
    bare = _without_files(known, told)
    timeline: list[Revision | Wording] = []
    for _, run in groupby(both, key=lambda row: words if (words := _words(row)) in bare else _digest(row)):
        rows = list(run)
        timeline += [row for row in rows if isinstance(row, Revision)] or rows
    return timeline


def _without_files(known: Sequence[Revision], told: Sequence[Wording]) -> set[str]:
    """The words of which one side knows no files: there they alone tell two wordings apart. A line that tells them both
    without files and with some tells of a file that the portal attached."""
    here: dict[str, set[str]] = {}
    there: dict[str, set[str]] = {}
    for row in known:
        here.setdefault(_words(row), set()).add(row.content_hash)
    for wording in told:
        there.setdefault(wording.words, set()).add(wording.digest)
    return {
        words
        for words in here.keys() & there.keys()
        if len(there[words]) == 1 and {words} in (here[words], there[words])
    }


def _words(row: Revision | Wording) -> str:
    if isinstance(row, Wording):
        return row.words
    return content_hash(Extraction(url="", page="article", title=row.title, text=row.text))


def _digest(row: Revision | Wording) -> str:
    return row.digest if isinstance(row, Wording) else row.content_hash


def _renumber(session: Session, article: Article, moved: dict[int, int]) -> None:
    moved = {old: new for old, new in moved.items() if old != new}
    if not moved:
        return
    of_article = update(Revision).where(Revision.article_id == article.id)
    for old in moved:  # out of the way first, since a number is an article's only once
        session.execute(of_article.where(Revision.number == old).values(number=-old))
    for old, new in moved.items():
        session.execute(of_article.where(Revision.number == -old).values(number=new))
    for change in session.scalars(select(Change).where(Change.article_id == article.id)):
        if change.facts.get("revision") in moved:
            change.facts = {**change.facts, "revision": moved[change.facts["revision"]]}
    session.flush()


# --- what belongs to an article ---


def _complete_attachments(session: Session, article: Article, line: ArticleLine, *, newer: bool) -> bool:
    query = select(ArticleAttachment).where(ArticleAttachment.article_id == article.id)
    known = {row.url_key: row for row in session.scalars(query)}
    completed = False
    for file in {file["url_key"]: file for file in line.attachments}.values():
        row = known.get(file["url_key"])
        if row is None:
            session.add(ArticleAttachment(article_id=article.id, **file))
            completed = True
        elif newer:
            row.name, row.gone = file["name"], file["gone"]
            if file["file"] is not None and file["file"] != row.file:
                row.file, row.etag, row.last_modified = file["file"], None, None
                completed = True
    return completed


def _add_files(session: Session, files: Iterable[Row]) -> None:
    """Write down what files say that are not known yet; their bytes stayed where they were fetched."""
    for file in files:
        if session.get(File, file["hash"]) is None:
            session.add(File(**file, folded=plain(file["text"])))
    session.flush()


def _add_changes(session: Session, article: Article, changes: Iterable[Row], numbers: dict[int, int]) -> bool:
    """Write down what became of an article; that a wording was revised only with that wording."""
    query = select(Change).where(Change.article_id == article.id)
    known = [(row.kind, row.seen, row.facts) for row in session.scalars(query)]
    added = False
    for change in changes:
        facts = dict(change["facts"])
        if "revision" in facts:
            if facts["revision"] not in numbers:
                continue
            facts["revision"] = numbers[facts["revision"]]
        if (change["kind"], change["seen"], facts) not in known:
            seen = change["seen"]  # and judged: nothing imported is alerted
            session.add(Change(article_id=article.id, kind=change["kind"], seen=seen, facts=facts, judged_at=seen))
            session.flush()
            added = True
    return added


def _write_mentions(session: Session, article: Article, mentions: Iterable[Row]) -> None:
    """Write the register's rows of an article in place of its earlier ones."""
    seen: dict[str, datetime] = {}
    for row in session.scalars(select(Mention).where(Mention.article_id == article.id)):
        seen[row.number_key] = min(row.seen, seen.get(row.number_key, row.seen))
    session.execute(delete(Mention).where(Mention.article_id == article.id))
    for mention in mentions:
        first = min(mention["seen"], seen.get(mention["number_key"], mention["seen"]))
        session.add(Mention(article_id=article.id, **{**mention, "seen": first}))
    session.flush()


# --- evidence ---


def _add_evidence(session: Session, event: Event, evidence: Iterable[Row]) -> tuple[int, int]:
    """How many articles were added to an event's evidence, and how many of those that it names are not there."""
    added = missing = 0
    for proof in evidence:
        article = _at(session, (proof["portal"], proof["url_key"]))
        if article is None:
            missing += 1
        elif session.get(Evidence, (event.id, article.id)) is None and not _is_news(session, article):
            session.add(
                Evidence(
                    event_id=event.id,
                    article_id=article.id,
                    revision_id=_meant(session, article, proof).id,
                    seen=proof["seen"],
                    baseline=proof["baseline"],
                    quote=proof["quote"],
                )
            )
            session.flush()
            added += 1
    return added, missing


def _add_event_changes(session: Session, event: Event, changes: Iterable[Row]) -> bool:
    """Write down what became of an event, where that is not known."""
    known = set(session.scalars(select(EventChange.name).where(EventChange.event_id == event.id)))
    added = False
    for change in changes:
        if change["name"] in known:
            continue
        known.add(change["name"])
        said_in = change["said_in"]
        article = said_in and _at(session, (said_in["portal"], said_in["url_key"]))
        revision = _meant(session, article, said_in) if article else None
        fields = {name: change[name] for name in ("name", "kind", "seen", "facts")}
        session.add(EventChange(event_id=event.id, revision_id=revision and revision.id, **fields))
        added = True
    session.flush()
    return added


def _is_news(session: Session, article: Article) -> bool:
    """Whether the judge has still to read an article as news: evidence that is there already would be no news to it."""
    unjudged = select(Revision.id).where(Revision.article_id == article.id, Revision.judged_at.is_(None))
    return session.scalar(unjudged.where(Revision.baseline.is_(False)).limit(1)) is not None


def _meant(session: Session, article: Article, proof: Row) -> Revision:
    """The revision that an evidence means; its number may be another one here."""
    query = select(Revision).where(Revision.article_id == article.id).order_by(Revision.number.desc())
    return max(
        session.scalars(query),
        key=lambda row: (
            row.content_hash == proof["wording"],
            row.seen == proof["revision_seen"],
            row.number == proof["revision"],
        ),
    )
