"""Searching all texts, newest found first, and searches under a name.

The index answers with ids, a batch at a time, and only what is shown is read from the tables. What the index cannot tell
for sure (a phrase with marks; on PostgreSQL a phrase of more than two words) is looked at in the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, product
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, or_, select, table, text
from sqlalchemy.orm import Session

from config import match_key, plain
from storage.records import read_when
from storage.search_index import MOST_LETTERS
from storage.search_words import Query, Term, days_between, snippet, spellings
from storage.store import Store
from storage.tables import Article, Event, Evidence, File, Mention, Revision, RevisionFile, SavedSearch

Row = dict[str, Any]
_AT_ONCE = 200
_SEARCHED = table("searched", column("article_id"), column("words"))
# SQLite's planner is not to look up each id of a list in the index: the list is asked for each hit.
_ID = {"sqlite": literal_column("searched.rowid"), "postgresql": _SEARCHED.c.article_id}
_ID_ALONE = {"sqlite": literal_column("+searched.rowid"), "postgresql": _SEARCHED.c.article_id}


@dataclass(frozen=True, slots=True)
class Within:
    """Where to search: only in these portals, only what mentions this document, reports an event of these bodies (names
    without marks) or of this kind, only of these days (YYYY-MM-DD, of publishing, else of finding)."""

    portals: tuple[str, ...] | None = None
    bodies: tuple[str, ...] = ()
    number: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None


class Searching:
    """The store as it is searched."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def search(
        self, query: Query, within: Within | None = None, *, limit: int | None = None, after: int | None = None
    ) -> list[Row]:
        """The articles that hold a query, the newest found first, each with a snippet. With `after`, those found after
        that article, and of too many the oldest."""
        found: list[Row] = []
        with self._store.read() as session:
            index = _index(session, query, within or Within())
            last, more = after, True
            while more and (limit is None or len(found) < limit):
                wanted = min(_AT_ONCE, limit or _AT_ONCE)
                ids = index.hits(session, last, wanted, rising=after is not None)
                found += _rows(session, query, ids, unsure=index.unsure)
                more = len(ids) == wanted
                last = ids[-1] if ids else last
        found = found[:limit]
        return found[::-1] if after is not None else found

    def count(self, query: Query, within: Within | None = None, *, after: int = 0) -> int:
        """How many articles that were found after one hold a query."""
        with self._store.read() as session:
            index = _index(session, query, within or Within())
            if not index.unsure:
                return index.count(session, after)
        return len(self.search(query, within, after=after))

    # --- under a name ---

    def save(self, name: str, asked: Row, now: datetime) -> bool:
        """Keep a search under a name; what is found up to now is not new to it. False when it took another's place."""
        with self._store.write() as session:
            known = session.get(SavedSearch, name)
            if known is not None:
                session.delete(known)
                session.flush()
            session.add(SavedSearch(name=name, query=asked, created=now, last_article=_newest(session)))
            return known is None

    def saved(self, name: str) -> tuple[Row, int] | None:
        """What a saved search asks, and the newest article when it was last looked at."""
        with self._store.read() as session:
            row = session.get(SavedSearch, name)
            return None if row is None else (row.query, row.last_article)

    def looked(self, name: str, article: int) -> None:
        """What was found up to an article is not new to a search any more."""
        with self._store.write() as session:
            if (row := session.get(SavedSearch, name)) is not None:
                row.last_article = max(row.last_article, article)

    def names(self) -> list[Row]:
        """The saved searches by name: name, query (all that it asks), created, last_article."""
        with self._store.read() as session:
            return [
                {"name": row.name, "query": row.query, "created": row.created, "last_article": row.last_article}
                for row in session.scalars(select(SavedSearch).order_by(SavedSearch.name))
            ]

    def forget(self, name: str) -> bool:
        """Delete a saved search; False when there is none."""
        with self._store.write() as session:
            row = session.get(SavedSearch, name)
            if row is not None:
                session.delete(row)
            return row is not None


def number_keys(number: str) -> list[str]:
    """The keys of a document's number as it may be typed: spaces and marks left out, qd for QĐ."""
    key = match_key(number).replace(" ", "")
    letters = [("d", "đ") if letter in "dđ" else (letter,) for letter in key[:60]]
    if sum(len(each) > 1 for each in letters) > 6:
        return [key]
    return ["".join(spelt) for spelt in product(*letters)]


def of_bodies(names: Iterable[str]) -> ColumnElement[bool]:
    """That an event is of one of some bodies; a part of a name, in whole words, is enough."""
    padded = " " + Event.body_key + " "
    return or_(*(padded.contains(f" {plain(name)} ", autoescape=True) for name in names))


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Article.id))) or 0


# --- the index ---


@dataclass(frozen=True, slots=True)
class _Index:
    """A question put to the index; `unsure`: what it answers has to be looked at."""

    select: Select[Any]
    kind: str
    unsure: bool

    def hits(self, session: Session, last: int | None, limit: int, *, rising: bool) -> list[int]:
        """The next ids after or before the last one."""
        at = _ID[self.kind]
        query = self.select.order_by(at if rising else at.desc()).limit(limit)
        if last is not None:
            query = query.where(at > last if rising else at < last)
        with _planned(session, self.kind):
            return list(session.scalars(query))

    def count(self, session: Session, after: int) -> int:
        """How many there are after the last one."""
        query = select(func.count()).select_from(self.select.where(_ID[self.kind] > after).subquery())
        with _planned(session, self.kind):
            return session.scalar(query) or 0


@contextmanager
def _planned(session: Session, kind: str) -> Iterator[None]:
    """PostgreSQL's planner knows nothing of what it costs to fetch long words from beside a table: it is made to gather
    the ids from the index of words."""
    if kind == "postgresql":
        _plan(session, "off")
    yield
    if kind == "postgresql":
        _plan(session, "on")


def _plan(session: Session, state: str) -> None:
    names = ("enable_seqscan", "enable_indexscan")
    session.execute(select(*(func.set_config(name, state, True) for name in names)))


def _index(session: Session, query: Query, within: Within) -> _Index:
    kind = session.get_bind().dialect.name
    phrases = [term for term in (*query.wanted, *query.unwanted) if len(term.plain) > 1]
    unsure = [term for term in phrases if query.marks or (kind == "postgresql" and len(term.plain) > 2)]
    sure_not = [term for term in query.unwanted if term not in unsure]
    if kind == "sqlite":
        asked = text("searched MATCH :words").bindparams(words=_fts5(query, sure_not, within))
    else:
        asked = text("words @@ CAST(:words AS tsquery)").bindparams(words=_tsquery(query, sure_not, within))
    select_ids = select(_ID[kind]).select_from(_SEARCHED).where(asked)
    for ids in _narrowing(within):
        select_ids = select_ids.where(_ID_ALONE[kind].in_(ids))
    return _Index(select_ids, kind, bool(unsure))


def _narrowing(within: Within) -> list[Select[Any]]:
    """The articles that a search is narrowed to, by what the judge found in them."""
    found: list[Select[Any]] = []
    if within.number is not None:
        found.append(select(Mention.article_id).where(Mention.number_key.in_(number_keys(within.number))))
    if within.kind is not None or within.bodies:
        query = select(Evidence.article_id).join(Event, Event.id == Evidence.event_id)
        if within.kind is not None:
            query = query.where(Event.kind == within.kind)
        if within.bodies:
            query = query.where(of_bodies(within.bodies))
        found.append(query)
    return found


def _fts5(query: Query, unwanted: Sequence[Term], within: Within) -> str:
    def term(term: Term) -> str:
        star = " *" if term.prefix else ""
        if not query.marks:
            return f'plain : "{" ".join(term.plain)}"{star}'
        last = len(term.exact) - 1
        words = [
            "exact : (" + " OR ".join(f'"{each}"{star if at == last else ""}' for each in spellings(word)) + ")"
            for at, word in enumerate(term.exact)
        ]
        phrase = [f'plain : "{" ".join(term.plain)}"{star}'] if len(words) > 1 else []
        return "(" + " AND ".join([*words, *phrase]) + ")"

    conditions = [term(each) for each in query.wanted]
    if within.portals is not None:
        conditions.append("facets : (" + " OR ".join(f'"{_hex(id)}"' for id in within.portals or [""]) + ")")
    if days := _days(within):
        conditions.append("facets : (" + " OR ".join(f'"{day}"' for day in days) + ")")
    asked = " AND ".join(conditions)
    return f"({asked}) NOT ({' OR '.join(map(term, unwanted))})" if unwanted else asked


def _hex(portal: str) -> str:
    """A portal as one word, whatever it is called."""
    return f"p{portal.encode().hex()}"


def _tsquery(query: Query, unwanted: Sequence[Term], within: Within) -> str:
    def term(term: Term) -> str:
        star = ":*" if term.prefix else ""
        words = [word[:MOST_LETTERS] for word in term.plain]
        lexemes = [f"'{one} {other}'" for one, other in pairwise(words)] or [f"'{word}'" for word in words]
        lexemes[-1] += star
        if query.marks:
            last = len(term.exact) - 1
            exact = [
                "("
                + " | ".join(f"'={each[:MOST_LETTERS]}'{star if at == last else ''}" for each in spellings(word))
                + ")"
                for at, word in enumerate(term.exact)
            ]
            lexemes = [*exact, *(lexemes if len(words) > 1 else [])]
        return "(" + " & ".join(lexemes) + ")"

    conditions = [*map(term, query.wanted), *(f"!{term(each)}" for each in unwanted)]
    if within.portals is not None:
        conditions.append("(" + " | ".join(_quoted(f"@p{id}") for id in within.portals or [""]) + ")")
    if days := _days(within):
        conditions.append("(" + " | ".join(f"'@{day}'" for day in days) + ")")
    return " & ".join(conditions)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _days(within: Within) -> list[str]:
    if within.since is None and within.until is None:
        return []
    # Of days in the wrong order there is none, and an empty list would be every day.
    return list(days_between(within.since, within.until)) or ["none"]


# --- what was found ---


def _rows(session: Session, query: Query, ids: Sequence[int], *, unsure: bool) -> list[Row]:
    newest = select(func.max(Revision.number)).where(Revision.article_id == Article.id).correlate(Article)
    found = {
        row.id: row
        for row in session.execute(
            select(
                Article.id,
                Article.portal,
                Article.section,
                Article.url,
                Revision.title,
                Revision.published,
                Article.first_seen,
                Revision.number,
                Article.duplicate_of,
                Article.withdrawn,
                Revision.id.label("revision_id"),
                Revision.text.label("said"),
                Revision.folded,
            )
            .join(Revision, Revision.article_id == Article.id)
            .where(Article.id.in_(ids), Revision.number == newest.scalar_subquery())
        )
    }
    keys = {id: _key(query, row) for id, row in found.items()}
    quotes = {id: snippet(row.said, query, keys[id]) for id, row in found.items()}
    files = _files(session, [row.revision_id for id, row in found.items() if unsure or quotes[id] is None])
    rows = []
    for row in (found[id] for id in ids if id in found):
        said = [
            (text, folded if not query.marks else query.key(text)) for text, folded in files.get(row.revision_id, [])
        ]
        title = query.key(row.title)
        if unsure and not query.holds(" ".join([title, keys[row.id], *(key for _, key in said)])):
            continue
        # A title is shown anyway: it is quoted only where the words stand in it alone.
        quote = quotes[row.id] or next((quote for each in said if (quote := snippet(each[0], query, each[1]))), None)
        quote = quote or snippet(row.title, query, title) or row.said[:200]
        rows.append(
            {
                "id": row.id,
                "portal": row.portal,
                "section": row.section,
                "url": row.url,
                "title": row.title,
                "published": read_when(row.published),
                "first_seen": row.first_seen,
                "revision": row.number,
                "duplicate_of": row.duplicate_of,
                "withdrawn": row.withdrawn,
                "snippet": quote,
            }
        )
    return rows


def _key(query: Query, row: Any) -> str:
    """The key of an article's own text, without its title."""
    if query.marks:
        return query.key(row.said)
    folded: str = row.folded
    return folded.removeprefix(plain(row.title)).lstrip()


def _files(session: Session, revisions: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """What the files of some revisions say, as written and without marks."""
    said: dict[int, list[tuple[str, str]]] = {}
    if revisions:
        query = select(RevisionFile.revision_id, File.text, File.folded).join(File, File.hash == RevisionFile.file)
        query = query.where(RevisionFile.revision_id.in_(revisions)).order_by(RevisionFile.place)
        for revision, text, folded in session.execute(query):
            said.setdefault(revision, []).append((text, folded))
    return said
