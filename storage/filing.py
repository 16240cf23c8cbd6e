"""The files behind an article's attachments: kept by their bytes, and part of the wording that they belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import plain
from storage.recording import note
from storage.records import FetchedFile, FileText, KnownFile, Validators
from storage.snapshots import Snapshots
from storage.tables import Article, ArticleAttachment, File, Revision, RevisionFile, Snapshot
from storage.urls import url_key

_AT_ONCE = 500  # articles a query


def with_files(words: str, files: Iterable[str]) -> str:
    """The identity of a wording with its files, from the words' own hash and those of the files."""
    hashes = sorted(set(files))
    return hashlib.sha256("\n".join([words, *hashes]).encode()).hexdigest() if hashes else words


def note_files(
    snapshots: Snapshots,
    session: Session,
    article: Article,
    files: Iterable[FetchedFile],
    now: datetime,
    *,
    latest: Revision | None,
    told: bool,
) -> bool | None:
    """Bring what is known of an article's files up to date. True: the portal replaced one or attached one; False: one
    that could not be had before was had now; None: nothing that the latest revision has not said, and nothing that is
    news, as what was never asked for before. `told`: a new link is the portal's doing."""
    rows = {row.url_key: row for row in _linked(session, article)}
    news: bool | None = None
    for file in files:
        row = rows.get(url_key(file.url))
        if row is None:
            continue
        failed, row.problem = row.problem, file.problem
        if file.text is None:
            continue
        row.etag, row.last_modified = file.validators.etag, file.validators.last_modified
        before = session.get(File, row.file) if row.file else None
        if before is not None and _same(before, file, file.text):
            continue
        row.file = _keep(snapshots, session, file, file.text, now)
        if latest is None:
            continue
        if before is not None:
            note(session, article, "replaced", now, revision=latest.number + 1, url=row.url, name=row.name)
            news = True
        elif told and (row.first_seen == now or failed is not None):
            news = news or row.first_seen == now
    return news


def files_of(session: Session, article: Article, facts: dict[str, object]) -> list[str]:
    """The files behind an article's attachments now, in the order of its page."""
    linked = facts.get("attachments")
    order = [str(link["url"]) for link in linked] if isinstance(linked, list | tuple) else []
    places = {url: place for place, url in enumerate(order)}
    rows = sorted(_linked(session, article), key=lambda row: (places.get(row.url, len(order)), row.url_key))
    return list(dict.fromkeys(row.file for row in rows if row.file is not None))


def add_files(session: Session, revision: Revision, files: Sequence[str], words: str) -> None:
    """Say of a revision that these files belong to it too; `words` is the hash of its words alone."""
    query = select(RevisionFile.file).where(RevisionFile.revision_id == revision.id).order_by(RevisionFile.place)
    known = list(session.scalars(query))
    session.add_all(
        RevisionFile(revision_id=revision.id, place=place, file=file)
        for place, file in enumerate((file for file in files if file not in known), len(known) + 1)
    )
    revision.content_hash = with_files(words, [*known, *files])
    session.flush()


def revised_files(session: Session, latest: Revision, now: datetime, *, baseline: bool) -> Revision:
    """A further revision with the words of the latest, for other files; not judged yet."""
    revision = Revision(
        article_id=latest.article_id,
        number=latest.number + 1,
        seen=now,
        baseline=baseline,
        title=latest.title,
        text=latest.text,
        folded=latest.folded,
        published=latest.published,
        facts=latest.facts,
        content_hash=latest.content_hash,
        snapshot=latest.snapshot,
        attempts=0,
    )
    session.add(revision)
    session.flush()
    return revision


def known_files(session: Session, articles: Sequence[int]) -> dict[int, list[KnownFile]]:
    """What is remembered of the attachments of some articles, by the article's id."""
    found: dict[int, list[KnownFile]] = {}
    for start in range(0, len(articles), _AT_ONCE):
        query = select(ArticleAttachment).where(ArticleAttachment.article_id.in_(articles[start : start + _AT_ONCE]))
        for row in session.scalars(query.where(ArticleAttachment.gone.is_(None)).order_by(ArticleAttachment.url_key)):
            validators = Validators(row.etag, row.last_modified)
            known = KnownFile(row.url, row.name, row.file is not None, validators, row.problem)
            found.setdefault(row.article_id, []).append(known)
    return found


def _linked(session: Session, article: Article) -> Sequence[ArticleAttachment]:
    query = select(ArticleAttachment).where(ArticleAttachment.article_id == article.id)
    return session.scalars(query.where(ArticleAttachment.gone.is_(None))).all()


def _same(before: File, file: FetchedFile, text: FileText) -> bool:
    """Whether a file says what it said: servers write the hour of the download into a file that they make anew."""
    if before.state == text.state == "read":
        return before.text == text.text
    return before.hash == hashlib.sha256(file.body).hexdigest()


def _keep(snapshots: Snapshots, session: Session, file: FetchedFile, text: FileText, now: datetime) -> str:
    digest = snapshots.keep(file.body)
    if session.get(Snapshot, digest) is None:
        session.add(Snapshot(hash=digest, size=len(file.body), seen=now))
        session.flush()
    row = session.get(File, digest)
    if row is None:
        session.add(
            File(
                hash=digest,
                size=len(file.body),
                kind=text.kind,
                state=text.state,
                pages=text.pages,
                text=text.text,
                folded=plain(text.text),
                problem=text.problem,
                seen=now,
                snapshot=digest,
            )
        )
        session.flush()
    else:
        row.snapshot = digest
    return digest
