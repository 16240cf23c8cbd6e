"""What the crawler reads and writes: listings, entries, articles. Door 1 is filled here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, false, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from storage.filing import add_files, files_of, find_twin, is_fresh, known_files, note_files, revision_of_files
from storage.moving import leads_elsewhere, note_moved
from storage.noting import note
from storage.recording import (
    add_revision,
    content_hash,
    find_article,
    latest_revision,
    note_attachments,
    said_before,
)
from storage.records import (
    FetchedArticle,
    FetchedFile,
    KnownFile,
    ListingEntry,
    SectionMemory,
    Validators,
    Visit,
    When,
    read_when,
    write_when,
)
from storage.schedule import Schedule, known_portal
from storage.tables import Article, ArticleUrl, Entry, Section, Template
from storage.unlisting import forget_places, note_listed, note_missing
from storage.urls import clean_url, url_key

SET_ASIDE_AFTER = 5  # failures of one article
_FIRST_RETRY = timedelta(minutes=1)
_LAST_RETRY = timedelta(days=1)
_MISSING_AGAIN = timedelta(hours=1)  # the longest pause until a page that was not found is asked for once more


class Crawling(Schedule):
    """The crawl's side of the store: the schedule, and what listings and articles say; each method a transaction."""

    # --- listings ---

    def memory(self, portal: str, section: str) -> SectionMemory:
        """What a section remembers for its next reading."""
        with self._store.read() as session:
            known_portal(session, portal)
            row = session.get_one(Section, (portal, section))
            return SectionMemory(
                baseline_at=row.baseline_at,
                listing_url=row.listing_url,
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
        listing_url: str,
        complete: bool,
        validators: Validators,
        now: datetime,
        first_page: int = 0,
        links: Iterable[str] = (),
    ) -> int:
        """Store what a listing said, all pages of it at once; returns how many entries are new.

        `first_page`: how many of the entries stood on its first page, where that was read so well that an absence from it
        may prove something; `links`: the addresses that the page links to.

        The validators are saved in this same transaction, and only when all pages were walked: a crash or a failed
        page between the two would otherwise hide entries behind a 304 for as long as the listing stays the same.
        """
        with self._store.write() as session:
            known_portal(session, portal)
            row = session.get_one(Section, (portal, section))
            known = _known(session, portal, section, entries)
            old = 0 if row.baseline_at is None else len(entries)
            if row.baseline_at is not None and row.listing_url not in (None, listing_url):
                # The section was given another listing: what stands above the last known entry is new, the first may
                # be pinned; all is old when none is known.
                places = [place for place, entry in enumerate(entries) if url_key(entry.url) in known]
                old = places[-1] + 1 if places else 0
                forget_places(session, portal, section)
            new = _write_entries(session, portal, section, entries, known, old=old, anchored=complete, now=now)
            if new:
                row.last_entry_at = now
            session.flush()
            shown = [known[url_key(entry.url)] for entry in entries]
            note_listed(session, shown, now)
            if first_page and complete:
                note_missing(session, shown, first_page, links, now)
            if complete:
                row.baseline_at = row.baseline_at or now
                row.listing_url = listing_url
                row.etag, row.last_modified = validators.etag, validators.last_modified
                row.full_read_at = now
            return new

    def record_older(self, portal: str, section: str, entries: Sequence[ListingEntry], *, now: datetime) -> int:
        """Store entries from the depth of a listing, as part of the baseline; returns how many are new."""
        with self._store.write() as session:
            known_portal(session, portal)
            known = _known(session, portal, section, entries)
            # Not anchored: a walk that was cut short proves nothing of what stands below.
            return _write_entries(session, portal, section, entries, known, old=0, anchored=False, now=now)

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
            due: dict[int, tuple[Entry, Article]] = {}
            for entry, article in young:
                due.setdefault(article.id, (entry, article))
            files = known_files(session, list(due))
            return visits + [_visit(entry, article, files.get(article.id, ())) for entry, article in due.values()]

    # --- articles ---

    def template(self, portal: str) -> dict[str, Any] | None:
        """What was learned of a portal's article pages, as it was given to `learn`."""
        with self._store.read() as session:
            row = session.get(Template, portal)
            return row.learned if row else None

    def last_wording(self, article_id: int) -> tuple[str, bytes | None]:
        """The identity of an article's newest wording, and its page as fetched; None where that is not kept."""
        with self._store.read() as session:
            article = session.get_one(Article, article_id)
            digest, snapshot = article.content_hash, latest_revision(session, article).snapshot
        return digest, self._store.snapshots.read(snapshot) if snapshot else None

    def learn(self, portal: str, learned: dict[str, Any], now: datetime) -> None:
        """Keep what was learned of a portal's article pages."""
        with self._store.write() as session:
            known_portal(session, portal)
            session.merge(Template(portal=portal, learned=learned, updated=now))

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
        """Store an article: "new", "revised", "unchanged", "duplicate" (another URL of a known article), or
        "elsewhere": the address of a known one leads to another, and nothing is stored."""
        extraction = fetched.extraction
        digest = content_hash(extraction)
        keys = {url_key(visit.url), url_key(extraction.url)}
        with self._store.write() as session:
            known_portal(session, portal)
            # A row, or a page without a word, says the same of every week's schedule.
            own_words = not fetched.from_row and bool(extraction.text.strip())
            visited = None if visit.article_id is None else session.get_one(Article, visit.article_id)
            if visited is not None and leads_elsewhere(session, visited, fetched, digest):
                return "elsewhere"
            if visited is not None and fetched.moved:
                note_moved(session, visited, extraction.url, now)
            article, outcome = find_article(session, portal, keys), "unchanged"
            if article is None and own_words:
                article, outcome = find_twin(session, portal, digest, fetched), "duplicate"
                if article is not None and article.withdrawn is not None:
                    note_moved(session, article, extraction.url, now)
            if article is None:
                url = extraction.url if fetched.moved else visit.url
                article = Article(portal=portal, section=section, url=clean_url(url), first_seen=now)
                article.content_hash = digest
                if own_words and (original := find_twin(session, None, digest, fetched)) is not None:
                    article.duplicate_of = original.id
                article.checked_at = now
                session.add(article)
                session.flush()
                revision = add_revision(
                    self._store.snapshots, session, article, 1, fetched, now, baseline=visit.baseline
                )
                note_attachments(session, article, extraction.attachments, now, told=False)
                note_files(self._store.snapshots, session, article, fetched.files, now, latest=None, told=False)
                add_files(session, revision, files_of(session, article, revision.facts), digest)
                outcome = "new"
            elif outcome != "duplicate":
                outcome = self._revise(session, article, fetched, digest, now)
                _found_again(session, article, now)
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

    def _revise(self, session: Session, article: Article, fetched: FetchedArticle, digest: str, now: datetime) -> str:
        """Store what is new of a known article: "revised" or "unchanged"."""
        latest = latest_revision(session, article)
        # What differs may be our own doing: other selectors, another version of the reader.
        ours = fetched.before == content_hash(fetched.extraction)
        if fetched.before is None:
            ours = latest.facts.get("reader") != fetched.reader
        note_attachments(session, article, fetched.extraction.attachments, now, told=not ours)
        snapshots = self._store.snapshots
        files = note_files(snapshots, session, article, fetched.files, now, latest=latest, told=not ours)
        if article.content_hash != digest:
            # A new wording is news even of an article that was there at the baseline; what only we read otherwise is
            # none, unless there was no time yet to read it.
            old = ours and files != "news" and (latest.baseline or not is_fresh(article, now))
            revision = add_revision(snapshots, session, article, latest.number + 1, fetched, now, baseline=old)
            article.content_hash = digest
            if not ours:
                again = said_before(session, revision)
                note(session, article, "revised", now, again=again, revision=revision.number)
        else:
            revision = revision_of_files(session, article, latest, files, now)
            if ours:
                revision.facts = {**revision.facts, "reader": fetched.reader}
        add_files(session, revision, files_of(session, article, revision.facts), digest)
        return "unchanged" if revision is latest else "revised"

    def record_unchanged(
        self,
        visit: Visit,
        files: Sequence[FetchedFile] = (),
        *,
        young: timedelta,
        every: timedelta,
        now: datetime,
    ) -> str:
        """The server says that an article's page is what it was: "unchanged", or "revised" where a file behind it is
        not."""
        with self._store.write() as session:
            article = session.get_one(Article, visit.article_id)
            latest = latest_revision(session, article)
            found = note_files(self._store.snapshots, session, article, files, now, latest=latest, told=True)
            revision = revision_of_files(session, article, latest, found, now)
            add_files(session, revision, files_of(session, article, revision.facts), article.content_hash)
            article.checked_at = now
            article.next_visit_at = _next_visit(article, visit.published, young, every, now)
            _found_again(session, article, now)
            return "unchanged" if revision is latest else "revised"

    def record_gone(self, visit: Visit, problem: str, *, young: timedelta, every: timedelta, now: datetime) -> bool:
        """A known article's page was not found. True when it is withdrawn with this: the second time, since portals
        have bad hours."""
        with self._store.write() as session:
            article = session.get_one(Article, visit.article_id)
            article.next_visit_at = _next_visit(article, visit.published, young, every, now)
            if article.missing_since is None:
                article.missing_since = now
                article.next_visit_at = now + min(every, _MISSING_AGAIN)
                return False
            if article.withdrawn is None:
                article.withdrawn = article.missing_since
                note(session, article, "withdrawn", now, problem=problem)
                return True
            return False

    def other_address(self, visit: Visit) -> str | None:
        """Where a known article that was not found for the second time was listed since, too; None where it was not."""
        with self._store.read() as session:
            article = session.get_one(Article, visit.article_id)
            if article.missing_since is None or article.withdrawn is not None:
                return None
            other = aliased(Entry)
            key = url_key(article.url)
            later = exists().where(other.article_id == article.id, other.url_key == key, other.id >= Entry.id)
            query = select(Entry.url).where(Entry.article_id == article.id, Entry.url_key != key, ~later)
            return session.scalar(query.order_by(Entry.id.desc()).limit(1))

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


def _known(session: Session, portal: str, section: str, entries: Sequence[ListingEntry]) -> dict[str, Entry]:
    keys = [url_key(entry.url) for entry in entries]
    rows = session.scalars(
        select(Entry).where(Entry.portal == portal, Entry.section == section, Entry.url_key.in_(keys))
    )
    return {entry.url_key: entry for entry in rows}


def _had(session: Session, portal: str, keys: Sequence[str]) -> dict[str, int]:
    """The portal's articles at some of the addresses."""
    query = select(ArticleUrl.url_key, ArticleUrl.article_id)
    rows = session.execute(query.where(ArticleUrl.portal == portal, ArticleUrl.url_key.in_(keys)))
    return dict(rows.all())


def _write_entries(
    session: Session,
    portal: str,
    section: str,
    entries: Sequence[ListingEntry],
    known: dict[str, Entry],
    *,
    old: int,
    anchored: bool,
    now: datetime,
) -> int:
    """Write a listing's lines, newest on top; those from the place `old` on belong to the baseline."""
    new = 0
    had = _had(session, portal, [key for entry in entries if (key := url_key(entry.url)) not in known])
    for place, listed in reversed(list(enumerate(entries))):  # ids grow with time
        key = url_key(listed.url)
        if (entry := known.get(key)) is None:
            entry = known[key] = Entry(portal=portal, section=section, url_key=key, first_seen=now, state="pending")
            entry.baseline, entry.attempts = place >= old, 0
            if key in had:  # another section listed it before
                entry.article_id, entry.state = had[key], "stored"
            session.add(entry)
            new += 1
        elif entry.title != listed.title and entry.article_id is not None:
            # The portal changed the line, "(HOÃN)" perhaps: read the article again now.
            session.execute(update(Article).where(Article.id == entry.article_id).values(next_visit_at=now))
        entry.url, entry.title = clean_url(listed.url), listed.title
        entry.published = write_when(listed.published)
        entry.number, entry.summary = listed.number, listed.summary
        entry.anchored = bool(entry.anchored) or anchored
    return new


def _visit(entry: Entry, article: Article | None, files: Sequence[KnownFile] = ()) -> Visit:
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
        attachments=tuple(files),
    )


def _next_visit(
    article: Article, published: When | None, young: timedelta, every: timedelta, now: datetime
) -> datetime | None:
    born = article.first_seen
    if isinstance(published, datetime):
        born = published
    elif isinstance(published, date):
        born = datetime(published.year, published.month, published.day, tzinfo=article.first_seen.tzinfo)
    return now + every if now - born < young else None


def _found_again(session: Session, article: Article, now: datetime) -> None:
    if article.withdrawn is not None:
        note(session, article, "returned", now)
    article.missing_since = article.withdrawn = None


def _settle_entry(session: Session, visit: Visit, article: Article) -> None:
    if visit.entry_id is None:
        return
    entry = session.get_one(Entry, visit.entry_id)
    entry.state, entry.article_id, entry.problem, entry.next_try_at = "stored", article.id, None, None
