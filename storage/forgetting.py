"""What is not kept for ever: runs, pages as fetched, articles, each as long as the configuration says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from config import Retention
from storage.store import Store
from storage.tables import (
    Article,
    ArticleAttachment,
    ArticleUrl,
    Band,
    Change,
    Entry,
    Evidence,
    File,
    Mention,
    Reading,
    Revision,
    RevisionFile,
    Run,
    Signature,
    Snapshot,
)

_NEAR = timedelta(days=30)  # how long a text is known by its signature: copies come within days
_AT_ONCE = 500  # rows a transaction: whoever waits for the writer's lock waits for no more than that


class Forgetting:
    """Deletes what is old enough, some at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def forget(self, retention: Retention, now: datetime) -> bool:
        """Delete some of what is older than it is kept; True while there may be more."""
        more = self._forget_signatures(now - _NEAR)
        if retention.runs is not None:
            more |= self._forget_runs(now - retention.runs)
        if retention.articles is not None:
            more |= self._forget_articles(now - retention.articles)
        if retention.snapshots is not None:
            more |= self._forget_snapshots(now - retention.snapshots)
        return more or self._sweep(now)

    def _forget_runs(self, before: datetime) -> bool:
        with self._store.write() as session:
            old = list(session.scalars(select(Run.id).where(Run.ended < before).limit(_AT_ONCE)))
            session.execute(delete(Reading).where(Reading.run_id.in_(old)))
            session.execute(delete(Run).where(Run.id.in_(old)))
            return len(old) == _AT_ONCE

    def _forget_signatures(self, before: datetime) -> bool:
        with self._store.write() as session:
            old = list(session.scalars(select(Signature.article_id).where(Signature.seen < before).limit(_AT_ONCE)))
            for table in (Band, Signature):
                session.execute(delete(table).where(table.article_id.in_(old)))
            return len(old) == _AT_ONCE

    def _forget_articles(self, before: datetime) -> bool:
        """An entry stays known when its article is forgotten: what a listing still shows is not news again."""
        with self._store.write() as session:
            rests = exists().where(Evidence.article_id == Article.id)
            waits = exists().where(Revision.article_id == Article.id, Revision.judged_at.is_(None))
            old = list(
                session.scalars(
                    select(Article.id)
                    .where(Article.checked_at < before, Article.first_seen < before, ~rests, ~waits)
                    .limit(_AT_ONCE)
                )
            )
            pages = set(session.scalars(select(Revision.snapshot).where(Revision.article_id.in_(old))))
            session.execute(update(Entry).where(Entry.article_id.in_(old)).values(article_id=None))
            session.execute(update(Article).where(Article.duplicate_of.in_(old)).values(duplicate_of=None))
            revisions = list(session.scalars(select(Revision.id).where(Revision.article_id.in_(old))))
            files = set(session.scalars(select(RevisionFile.file).where(RevisionFile.revision_id.in_(revisions))))
            files |= set(session.scalars(select(ArticleAttachment.file).where(ArticleAttachment.article_id.in_(old))))
            session.execute(delete(RevisionFile).where(RevisionFile.revision_id.in_(revisions)))
            for table in (Mention, ArticleAttachment, Change, Band, Signature, Revision, ArticleUrl):
                session.execute(delete(table).where(table.article_id.in_(old)))
            session.execute(delete(Article).where(Article.id.in_(old)))
            self._drop_unused(session, pages | _drop_files(session, files))
            return len(old) == _AT_ONCE

    def _forget_snapshots(self, before: datetime) -> bool:
        with self._store.write() as session:
            newer = aliased(Revision)
            superseded = exists().where(newer.article_id == Revision.article_id, newer.number > Revision.number)
            old = session.execute(
                select(Revision.id, Revision.snapshot)
                .where(Revision.seen < before, Revision.snapshot.is_not(None), superseded)
                .limit(_AT_ONCE)
            ).all()
            session.execute(update(Revision).where(Revision.id.in_([row.id for row in old])).values(snapshot=None))
            # What no article links to any more, as a page that was superseded; its text stays with its revision.
            linked = exists().where(ArticleAttachment.file == File.hash, ArticleAttachment.gone.is_(None))
            files = list(
                session.scalars(
                    select(File.hash).where(File.seen < before, File.snapshot.is_not(None), ~linked).limit(_AT_ONCE)
                )
            )
            session.execute(update(File).where(File.hash.in_(files)).values(snapshot=None))
            self._drop_unused(session, {*(row.snapshot for row in old), *files})
            return _AT_ONCE in (len(old), len(files))

    def _drop_unused(self, session: Session, pages: set[str | None]) -> None:
        """Delete those of the pages that no revision and no file rests on any more. Inside the transaction: outside, a crawl could
        be just keeping one."""
        used = set(session.scalars(select(Revision.snapshot).where(Revision.snapshot.in_(pages))))
        used |= set(session.scalars(select(File.snapshot).where(File.snapshot.in_(pages))))
        for digest in pages - used - {None}:
            session.execute(delete(Snapshot).where(Snapshot.hash == digest))
            self._store.snapshots.drop(str(digest))

    def _sweep(self, now: datetime) -> bool:
        """Look through one of the 256 folders of pages, another each hour, for files that a killed process left; always
        done with that."""
        found = self._store.snapshots.left_behind(int(now.timestamp() // 3600) % 256, now)
        if found:
            with self._store.write() as session:
                known = set(session.scalars(select(Snapshot.hash).where(Snapshot.hash.in_(found))))
                for digest in found - known:
                    self._store.snapshots.drop(digest)
        return False


def _drop_files(session: Session, files: Collection[str | None]) -> set[str | None]:
    """Delete those of the files that no article has or had any more; the bytes that they rested on."""
    used: set[str | None] = set(session.scalars(select(RevisionFile.file).where(RevisionFile.file.in_(files))))
    used |= set(session.scalars(select(ArticleAttachment.file).where(ArticleAttachment.file.in_(files))))
    unused = set(files) - used - {None}
    bytes_of = set(session.scalars(select(File.snapshot).where(File.hash.in_(unused))))
    session.execute(delete(File).where(File.hash.in_(unused)))
    return bytes_of
