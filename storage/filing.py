"""The files behind an article's attachments: kept by their bytes, and part of the wording that they belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import plain
from storage.noting import note
from storage.recording import keep_snapshot
from storage.records import FetchedArticle, FetchedFile, FileText, KnownFile, Validators
from storage.snapshots import Snapshots
from storage.tables import Article, ArticleAttachment, File, Revision, RevisionFile
from storage.urls import url_key

_AT_ONCE = 500  # articles a query
_WORTH = {"read": 2, "scan": 1}  # of what was read of a file
_FRESH = timedelta(days=2)  # how long what an article says is still news when we come to read it

FilesFound = Literal["news", "late", "first"]
"""What became of an article's files: "news", the portal replaced one or attached one; "late", one that could not be had
before was had; "first", one was had or read for the first time, and only our own doing made it so."""


def with_files(words: str, files: Iterable[str]) -> str:
    """The identity of a wording with its files, from the words' own hash and those of the files."""
    hashes = sorted(set(files))
    return hashlib.sha256("\n".join([words, *hashes]).encode()).hexdigest() if hashes else words


def is_fresh(article: Article, now: datetime) -> bool:
    """Whether what is read of an article late, by our own doing, is still to be told."""
    return now - article.first_seen < _FRESH


def find_twin(session: Session, portal: str | None, digest: str, fetched: FetchedArticle) -> Article | None:
    """The first article, of a portal or of all, with the same words and the same files: "see the file attached" is said
    of every meeting."""
    query = select(Article).where(Article.content_hash == digest)
    # No chains: of all portals, it is the one that repeats no other.
    query = query.where(Article.portal == portal if portal is not None else Article.duplicate_of.is_(None))
    for article in session.scalars(query.order_by(Article.id)):
        if _has_files(session, article, fetched):
            return article
    return None


def _has_files(session: Session, article: Article, fetched: FetchedArticle) -> bool:
    """Whether an article has the files of a fetched one: what both have at one address must be the same; files at other
    addresses are compared as far as they were had."""
    theirs = {
        row.url_key: _identity(session.get_one(File, row.file)) if row.file else None
        for row in _linked(session, article)
    }
    links = {key for link in fetched.extraction.attachments if (key := _key(link.url)) is not None}
    had = {_key(file.url): _identity_of(file.text, file.body) for file in fetched.files if file.text is not None}
    if links == theirs.keys():
        return all(theirs[key] in (None, had.get(key, theirs[key])) for key in links)
    return bool(had) and set(had.values()) == set(theirs.values())


def note_files(
    snapshots: Snapshots,
    session: Session,
    article: Article,
    files: Iterable[FetchedFile],
    now: datetime,
    *,
    latest: Revision | None,
    told: bool,
) -> FilesFound | None:
    """Bring what is known of an article's files up to date; what became of them, None where nothing did. `told`: a new
    link is the portal's doing."""
    rows = {row.url_key: row for row in _linked(session, article)}
    found: set[FilesFound] = set()
    for file in files:
        row = rows.get(url_key(file.url))
        if row is None:
            continue
        failed, row.problem = row.problem, file.problem
        if file.text is None:
            continue
        before = session.get(File, row.file) if row.file else None
        digest = hashlib.sha256(file.body).hexdigest()
        is_error = file.text.state not in _WORTH  # in the place of a file of which something was read
        if before is not None and before.hash != digest and before.state in _WORTH and is_error:
            row.problem = file.text.problem
            continue
        row.etag, row.last_modified = file.validators.etag, file.validators.last_modified
        if before is not None and before.hash == digest:
            if _read_again(before, file.text):
                found.add("first")
            continue
        if before is not None and _identity(before) == _identity_of(file.text, file.body):
            continue  # servers write the hour of the download into a file that they make anew
        row.file = _keep(snapshots, session, file, file.text, digest, now)
        if latest is None:
            continue
        if before is not None:
            note(session, article, "replaced", now, revision=latest.number + 1, url=row.url, name=row.name)
            found.add("news")
        elif told and row.first_seen == now:
            found.add("news")
        else:
            found.add("late" if told and failed is not None else "first")
    return next((what for what in get_args(FilesFound) if what in found), None)


def revision_of_files(
    session: Session, article: Article, latest: Revision, found: FilesFound | None, now: datetime
) -> Revision:
    """The revision that an article's files belong to where its words are those of the latest: a further one where they
    are news, else the latest, which is judged again while it is fresh."""
    if found in ("news", "late"):
        return _revised_files(session, latest, now, baseline=latest.baseline and found != "news")
    if found == "first" and is_fresh(article, now):
        latest.judged_at, latest.attempts = None, 0
    return latest


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


def _revised_files(session: Session, latest: Revision, now: datetime, *, baseline: bool) -> Revision:
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
        query = select(ArticleAttachment, File).outerjoin(File, File.hash == ArticleAttachment.file)
        query = query.where(ArticleAttachment.article_id.in_(articles[start : start + _AT_ONCE]))
        query = query.where(ArticleAttachment.gone.is_(None)).order_by(ArticleAttachment.url_key)
        for row, file in session.execute(query):
            validators = Validators(row.etag, row.last_modified)
            unread_by = None if file is None or file.state == "read" else file.reader
            known = KnownFile(row.url, row.name, row.file is not None, validators, row.problem, unread_by)
            found.setdefault(row.article_id, []).append(known)
    return found


def _linked(session: Session, article: Article) -> Sequence[ArticleAttachment]:
    query = select(ArticleAttachment).where(ArticleAttachment.article_id == article.id)
    return session.scalars(query.where(ArticleAttachment.gone.is_(None))).all()


def _identity(file: File) -> str:
    return file.text if file.state == "read" else file.hash


def _identity_of(text: FileText, body: bytes) -> str:
    """What tells a file from others: its words, else its bytes."""
    return text.text if text.state == "read" else hashlib.sha256(body).hexdigest()


def _key(url: str) -> str | None:
    try:
        return url_key(url)
    except ValueError:  # a mistyped link
        return None


def _read_again(row: File, text: FileText) -> bool:
    """Take what another reader, or the same one at another hour, read in the same bytes, unless it read less; whether
    they are read with this for the first time."""
    worth, known = (_WORTH.get(state, 0) for state in (text.state, row.state))
    first = worth > known and text.state == "read"
    if worth > known or (worth == known and row.reader != text.reader):
        row.kind, row.state, row.pages, row.problem = text.kind, text.state, text.pages, text.problem
        row.text, row.folded = text.text, plain(text.text)
    row.reader = text.reader
    return first


def _keep(snapshots: Snapshots, session: Session, file: FetchedFile, text: FileText, digest: str, now: datetime) -> str:
    """Write down a file and what it says; its hash."""
    keep_snapshot(snapshots, session, file.body, now)
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
                reader=text.reader,
                seen=now,
                snapshot=digest,
            )
        )
        session.flush()
    else:
        row.snapshot = digest
        _read_again(row, text)
    return digest
