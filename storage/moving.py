"""An article that is had at another address: whether it is the same one still, and that it moved there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import match_key
from storage.noting import note
from storage.recording import latest_revision
from storage.records import FetchedArticle
from storage.tables import Article, ArticleUrl, Entry
from storage.urls import clean_url, url_key

_SAME_TITLE = 0.6  # of the words of two titles
_SAME_TEXT = 0.8  # of the lines of the shorter text: frames and closing words many articles share


def leads_elsewhere(session: Session, article: Article, fetched: FetchedArticle, digest: str) -> bool:
    """Whether what was had at a known article's address is another article: some portals lead what they took away to the
    newest one, and its words are no revision."""
    here = url_key(fetched.extraction.url)
    if fetched.from_row or here.partition("?")[0] == url_key(article.url).partition("?")[0]:
        return False
    owner = session.get(ArticleUrl, (article.portal, here))
    if (owner is not None and owner.article_id == article.id) or article.content_hash == digest:
        return False
    latest = latest_revision(session, article)
    known, said = match_key(latest.title).split(), match_key(fetched.extraction.title or "").split()
    if len({*known} & {*said}) >= _SAME_TITLE * len({*known, *said}):
        return False
    known, said = latest.text.split("\n"), fetched.extraction.text.split("\n")
    return len({*known} & {*said}) < _SAME_TEXT * min(len({*known}), len({*said}))


def note_moved(session: Session, article: Article, url: str, now: datetime) -> None:
    """Write down that an article is at another address now. What has led there since before it was looked for is none."""
    old, to = article.url, clean_url(url)
    if url_key(old) == url_key(to):
        return
    owner = session.get(ArticleUrl, (article.portal, url_key(to)))
    if owner is None or owner.article_id == article.id:
        article.url = to
    else:  # it is an article of its own already, and looked after there
        article.next_visit_at = None
    listed = select(Entry.id).where(Entry.portal == article.portal, Entry.url_key == url_key(to)).limit(1)
    if owner is None or owner.article_id != article.id or session.scalar(listed) is not None:
        note(session, article, "moved", now, url=old, to=to)
        article.missing_since = article.withdrawn = None
