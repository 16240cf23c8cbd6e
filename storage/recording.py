"""How a wording becomes a revision, and what is written down beside it: attachments, and what became of the article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import match_key, plain
from storage.noting import note
from storage.records import Attachment, Extraction, FetchedArticle, write_when
from storage.snapshots import Snapshots
from storage.tables import Article, ArticleAttachment, ArticleUrl, Revision, Snapshot
from storage.urls import url_key

_ROW_NUMBER = re.compile(r"^Số/Ký hiệu: \S+\n")


def content_hash(extraction: Extraction) -> str:
    """The identity of a wording: title and text, in form-free spelling; no counter, date or menu has a part in it."""
    # A row's number stands before the text of an article that a documents section lists, and not before the same
    # article in a news section.
    text = _ROW_NUMBER.sub("", extraction.text)
    words = match_key(extraction.title or "") + "\n" + match_key(text)
    return hashlib.sha256(words.encode()).hexdigest()


def find_article(session: Session, portal: str, keys: set[str]) -> Article | None:
    """A portal's article at one of the addresses."""
    return session.scalar(
        select(Article)
        .join(ArticleUrl, ArticleUrl.article_id == Article.id)
        .where(ArticleUrl.portal == portal, ArticleUrl.url_key.in_(keys))
        .order_by(Article.id)
        .limit(1)
    )


def latest_revision(session: Session, article: Article) -> Revision:
    """An article's newest wording."""
    return session.scalars(
        select(Revision).where(Revision.article_id == article.id).order_by(Revision.number.desc()).limit(1)
    ).one()


def add_revision(
    snapshots: Snapshots,
    session: Session,
    article: Article,
    number: int,
    fetched: FetchedArticle,
    now: datetime,
    *,
    baseline: bool,
) -> Revision:
    """Store a wording, not judged yet."""
    extraction = fetched.extraction
    # The page is kept only with a wording of its own: its counters differ at every visit.
    snapshot = keep_snapshot(snapshots, session, fetched.body, now)
    title = extraction.title or ""
    revision = Revision(
        article_id=article.id,
        number=number,
        seen=now,
        baseline=baseline,
        title=title,
        text=extraction.text,
        folded=plain(f"{title}\n{extraction.text}"),
        published=write_when(extraction.published),
        facts={**extraction_facts(extraction), "reader": fetched.reader},
        content_hash=content_hash(extraction),
        snapshot=snapshot,
        attempts=0,
    )
    session.add(revision)
    session.flush()
    return revision


def keep_snapshot(snapshots: Snapshots, session: Session, body: bytes, now: datetime) -> str:
    """Keep bytes as fetched, with their row; their hash."""
    digest = snapshots.keep(body)
    if session.get(Snapshot, digest) is None:
        session.add(Snapshot(hash=digest, size=len(body), seen=now))
        session.flush()
    return digest


def extraction_facts(extraction: Extraction) -> dict[str, object]:
    """An extraction's fields as JSON, without those that a revision keeps in columns of their own."""
    facts = asdict(extraction)
    for name in ("title", "text", "published", "url", "why"):
        del facts[name]
    facts["updated"] = write_when(extraction.updated)
    return facts


def said_before(session: Session, revision: Revision) -> bool:
    """Whether an earlier wording of the article than the last one said the same."""
    earlier = select(Revision.id).where(
        Revision.article_id == revision.article_id,
        Revision.number < revision.number - 1,
        Revision.title == revision.title,
        Revision.text == revision.text,
    )
    return session.scalar(earlier.limit(1)) is not None


def note_attachments(
    session: Session, article: Article, attachments: Iterable[Attachment], now: datetime, *, told: bool
) -> None:
    """Bring the list of an article's attachments up to date; `told`: a difference is the portal's and a fact."""
    known = {
        row.url_key: row
        for row in session.scalars(select(ArticleAttachment).where(ArticleAttachment.article_id == article.id))
    }
    linked = set()
    for attachment in attachments:
        try:
            key = url_key(attachment.url)
        except ValueError:  # a mistyped link
            continue
        if key in linked:
            continue
        linked.add(key)
        row = known.get(key)
        if row is None:
            row = ArticleAttachment(article_id=article.id, url_key=key, first_seen=now)
            session.add(row)
        elif row.gone is None:
            row.url, row.name = attachment.url, attachment.name
            continue
        row.url, row.name, row.gone = attachment.url, attachment.name, None
        if told:
            note(session, article, "attached", now, url=attachment.url, name=attachment.name)
    for key, row in known.items():
        if key not in linked and row.gone is None:
            row.gone = now
            if told:
                note(session, article, "detached", now, url=row.url, name=row.name)
