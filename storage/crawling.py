"""What the crawler reads and writes: listings, entries, articles. Door 1 is filled here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import false, or_, select, true, update
from sqlalchemy.orm import Session

from config import match_key
from storage.records import (
    Extraction,
    FetchedArticle,
    ListingEntry,
    SectionMemory,
    Validators,
    Visit,
    When,
    read_when,
    write_when,
)
from storage.schedule import Schedule
from storage.tables import Article, ArticleUrl, Entry, Revision, Section, Snapshot
from storage.urls import clean_url, url_key

SET_ASIDE_AFTER = 5  # failures of one article
_FIRST_RETRY = timedelta(minutes=1)
_LAST_RETRY = timedelta(days=1)
_ROW_NUMBER = re.compile(r"^Số/Ký hiệu: \S+\n")


class Crawling(Schedule):
    """The crawl's side of the store: the schedule, and what listings and articles say; each method a transaction."""

    # --- listings ---

    def memory(self, portal: str, section: str) -> SectionMemory:
        """What a section remembers for its next reading."""
        with self._store.read() as session:
            row = session.get_one(Section, (portal, section))
            return SectionMemory(
                has_baseline=row.baseline_at is not None,
                validators=Validators(row.etag, row.last_modified),
                full_read_at=row.full_read_at,
                failures=row.failures,
            )

    def is_known(self, portal: str, section: str, url: str) -> bool:
        """Whether an entry proves that all below it is known."""
        with self._store.read() as session:
            found = session.scalar(
                select(Entry.anchored).where(
                    Entry.portal == portal, Entry.section == section, Entry.url_key == url_key(url)
                )
            )
            return bool(found)

    def record_listing(
        self,
        portal: str,
        section: str,
        entries: Sequence[ListingEntry],
        *,
        complete: bool,
        validators: Validators,
        now: datetime,
    ) -> int:
        """Store what a listing said, all pages of it at once; returns how many entries are new.

        The validators are saved in this same transaction, and only when all pages were walked: a crash or a failed
        page between the two would otherwise hide entries behind a 304 for as long as the listing stays the same.
        """
        with self._store.write() as session:
            row = session.get_one(Section, (portal, section))
            baseline = row.baseline_at is None
            known = {
                entry.url_key: entry
                for entry in session.scalars(
                    select(Entry).where(
                        Entry.portal == portal,
                        Entry.section == section,
                        Entry.url_key.in_([url_key(entry.url) for entry in entries]),
                    )
                )
            }
            new = 0
            for listed in reversed(entries):  # a listing has the newest on top; ids grow with time
                key = url_key(listed.url)
                if (entry := known.get(key)) is None:
                    entry = known[key] = Entry(
                        portal=portal,
                        section=section,
                        url_key=key,
                        first_seen=now,
                        baseline=baseline,
                        state="pending",
                    )
                    entry.attempts = 0
                    session.add(entry)
                    new += 1
                elif entry.title != listed.title and entry.article_id is not None:
                    # The portal changed the line, "(HOÃN)" perhaps: read the article again now.
                    session.execute(update(Article).where(Article.id == entry.article_id).values(next_visit_at=now))
                entry.url, entry.title = clean_url(listed.url), listed.title
                entry.published = write_when(listed.published)
                entry.number, entry.summary = listed.number, listed.summary
                entry.anchored = bool(entry.anchored) or complete
            if new:
                row.last_entry_at = now
            if complete:
                row.baseline_at = row.baseline_at or now
                row.etag, row.last_modified = validators.etag, validators.last_modified
                row.full_read_at = now
            return new

    def visits(self, portal: str, section: str, now: datetime, *, by_hand: bool = False) -> list[Visit]:
        """The articles to fetch now: entries not stored yet, oldest first, then known articles whose visit is due.

        An entry that failed waits for its pause to end, unless somebody crawls by hand.
        """
        with self._store.read() as session:
            entries = session.scalars(
                select(Entry)
                .where(Entry.portal == portal, Entry.section == section, Entry.state != "stored")
                .where(or_(Entry.next_try_at.is_(None), Entry.next_try_at <= now, true() if by_hand else false()))
                .order_by(Entry.attempts, Entry.id)  # what failed before must not starve what was never tried
            )
            visits = [_visit(entry, None) for entry in entries]
            young = session.execute(
                select(Entry, Article)
                .join(Article, Article.id == Entry.article_id)
                .where(Entry.portal == portal, Entry.section == section, Entry.state == "stored")
                .where(Article.next_visit_at <= now)
                .order_by(Article.next_visit_at)
            )
            seen: set[int] = set()
            for entry, article in young:
                if article.id not in seen:
                    seen.add(article.id)
                    visits.append(_visit(entry, article))
            return visits

    # --- articles ---

    def record_article(
        self,
        portal: str,
        section: str,
        visit: Visit,
        fetched: FetchedArticle,
        *,
        young: timedelta,
        every: timedelta,
        now: datetime,
    ) -> str:
        """Store an article: "new", "revised", "unchanged", or "duplicate" (another URL of a known article)."""
        extraction = fetched.extraction
        digest = content_hash(extraction)
        keys = {url_key(visit.url), url_key(extraction.url)}
        with self._store.write() as session:
            article, outcome = _find_article(session, portal, keys, None if fetched.from_row else digest)
            if article is None:
                article = Article(portal=portal, section=section, url=clean_url(visit.url), first_seen=now)
                article.content_hash = digest
                if not fetched.from_row:
                    article.duplicate_of = session.scalar(
                        select(Article.id)
                        .where(Article.content_hash == digest, Article.duplicate_of.is_(None))
                        .order_by(Article.id)
                        .limit(1)
                    )
                article.checked_at = now
                session.add(article)
                session.flush()
                self._add_revision(session, article, 1, fetched, digest, now, baseline=visit.baseline)
                outcome = "new"
            elif article.content_hash != digest:
                latest = session.scalars(
                    select(Revision).where(Revision.article_id == article.id).order_by(Revision.number.desc()).limit(1)
                ).one()
                # A new wording is news even of an article that was there at the baseline, unless it is our own doing:
                # other selectors, another version of the reader.
                ours = latest.facts.get("reader") != fetched.reader
                self._add_revision(
                    session, article, latest.number + 1, fetched, digest, now, baseline=ours and latest.baseline
                )
                article.content_hash = digest
                outcome = "revised"
            for key in keys:
                if session.get(ArticleUrl, (portal, key)) is None:
                    session.add(ArticleUrl(portal=portal, url_key=key, article_id=article.id))
            if outcome != "duplicate":
                article.etag, article.last_modified = (
                    fetched.validators.etag,
                    fetched.validators.last_modified,
                )
            article.checked_at = now
            article.next_visit_at = _next_visit(article, extraction.published or visit.published, young, every, now)
            _settle_entry(session, visit, article)
            return outcome

    def _add_revision(
        self,
        session: Session,
        article: Article,
        number: int,
        fetched: FetchedArticle,
        digest: str,
        now: datetime,
        *,
        baseline: bool,
    ) -> None:
        extraction = fetched.extraction
        # The page is kept only with a wording of its own: its counters differ at every visit.
        snapshot = self._store.snapshots.keep(fetched.body)
        if session.get(Snapshot, snapshot) is None:
            session.add(Snapshot(hash=snapshot, size=len(fetched.body), seen=now))
            session.flush()
        session.add(
            Revision(
                article_id=article.id,
                number=number,
                seen=now,
                baseline=baseline,
                title=extraction.title or "",
                text=extraction.text,
                published=write_when(extraction.published),
                facts={**extraction_facts(extraction), "reader": fetched.reader},
                content_hash=digest,
                snapshot=snapshot,
                attempts=0,
            )
        )

    def record_unchanged(self, visit: Visit, *, young: timedelta, every: timedelta, now: datetime) -> None:
        """The server says that an article is what it was."""
        with self._store.write() as session:
            article = session.get_one(Article, visit.article_id)
            article.checked_at = now
            article.next_visit_at = _next_visit(article, visit.published, young, every, now)

    def record_failure(self, visit: Visit, problem: str, *, young: timedelta, every: timedelta, now: datetime) -> bool:
        """An article could not be had; it is tried again, later each time. True when it is set aside with this.

        A known article is asked for again only while it is young.
        """
        with self._store.write() as session:
            if visit.article_id is not None:
                article = session.get_one(Article, visit.article_id)
                article.next_visit_at = _next_visit(article, visit.published, young, every, now)
                return False
            entry = session.get_one(Entry, visit.entry_id)
            entry.attempts += 1
            entry.problem = problem
            entry.next_try_at = now + min(_FIRST_RETRY * 2 ** (entry.attempts - 1), _LAST_RETRY)
            if entry.attempts >= SET_ASIDE_AFTER:
                entry.state = "set_aside"
            return entry.state == "set_aside"


def content_hash(extraction: Extraction) -> str:
    """The identity of a wording: title and text, in form-free spelling; no counter, date or menu has a part in it."""
    # A row's number stands before the text of an article that a documents section lists, and not before the same
    # article in a news section.
    text = _ROW_NUMBER.sub("", extraction.text)
    words = match_key(extraction.title or "") + "\n" + match_key(text)
    return hashlib.sha256(words.encode()).hexdigest()


def _visit(entry: Entry, article: Article | None) -> Visit:
    return Visit(
        entry_id=entry.id,
        article_id=article.id if article else None,
        url=article.url if article else entry.url,
        title=entry.title,
        published=read_when(entry.published),
        number=entry.number,
        summary=entry.summary,
        baseline=entry.baseline,
        validators=Validators(article.etag, article.last_modified) if article else Validators(),
    )


def _find_article(session: Session, portal: str, keys: set[str], digest: str | None) -> tuple[Article | None, str]:
    """A portal's article at one of the addresses, else the one with the same wording, where a wording is given."""
    found = session.scalar(
        select(Article)
        .join(ArticleUrl, ArticleUrl.article_id == Article.id)
        .where(ArticleUrl.portal == portal, ArticleUrl.url_key.in_(keys))
        .order_by(Article.id)
        .limit(1)
    )
    if found is not None:
        return found, "unchanged"
    if digest is None:
        return None, "new"
    twin = session.scalar(
        select(Article).where(Article.portal == portal, Article.content_hash == digest).order_by(Article.id).limit(1)
    )
    return twin, "duplicate"


def extraction_facts(extraction: Extraction) -> dict[str, object]:
    """An extraction's fields as JSON, without those that a revision keeps in columns of their own."""
    facts = asdict(extraction)
    for name in ("title", "text", "published", "url", "why"):
        del facts[name]
    facts["updated"] = write_when(extraction.updated)
    return facts


def _next_visit(
    article: Article, published: When | None, young: timedelta, every: timedelta, now: datetime
) -> datetime | None:
    born = article.first_seen
    if isinstance(published, datetime):
        born = published
    elif isinstance(published, date):
        born = datetime(published.year, published.month, published.day, tzinfo=article.first_seen.tzinfo)
    return now + every if now - born < young else None


def _settle_entry(session: Session, visit: Visit, article: Article) -> None:
    if visit.entry_id is None:
        return
    entry = session.get_one(Entry, visit.entry_id)
    entry.state, entry.article_id, entry.problem, entry.next_try_at = "stored", article.id, None, None
