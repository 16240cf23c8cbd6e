"""The register of documents: which were issued or cited, first where, and which numbers of a series nobody has seen.

A document is its number, its issuer and the year. A mention that leaves out the issuer or the date is of the one document
of that number that it can be of; where two could be meant, or none is known, it is a document of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from config import plain, say
from storage.searching import number_keys
from storage.store import Store
from storage.tables import Article, Mention

Row = dict[str, Any]
ROLES = ("issued", "cited", "amended", "repealed")
_AT_ONCE = 200
_Identity = tuple[str, str]  # issuer without marks and year, "" where it is not said
_YEAR = func.substr(func.coalesce(Mention.date, ""), 1, 4)
_SERIES = re.compile(r"(\d{1,9})/(?:((?:19|20)\d\d)/)?(.+)")


@dataclass(frozen=True, slots=True)
class DocumentsWanted:
    """Which documents to show. `issuer`: a part of a name; `type`: its full name; `role`: somebody mentions it so; `portals`:
    one of them mentions it; `since`: nobody mentioned it before."""

    number: str | None = None
    issuer: str | None = None
    type: str | None = None
    year: int | None = None
    role: str | None = None
    uncollected: bool = False
    portals: tuple[str, ...] | None = None
    since: datetime | None = None


class SeriesError(ValueError):
    """A series of numbers that cannot be told; its text says why."""


@dataclass
class _Document:
    """What is known of one document."""

    issuer: str
    year: str
    mentions: list[Any] = field(default_factory=list)  # rows of a mention with its article's URL and portal

    def is_like(self, identity: _Identity) -> bool:
        return all(
            not mine or not theirs or mine == theirs for mine, theirs in zip(self.identity, identity, strict=True)
        )

    @property
    def identity(self) -> _Identity:
        return self.issuer, self.year

    def row(self) -> Row:
        """The contract's JSON."""
        mentions = sorted(self.mentions, key=lambda each: (each.seen, each.id))
        first = mentions[0]

        def known(name: str) -> Any:
            return next((value for mention in mentions if (value := getattr(mention, name))), None)

        issued = [mention for mention in mentions if mention.role == "issued"]
        cited = [mention for mention in mentions if mention.role != "issued"]
        return {
            "number": first.number,
            "type": known("type"),
            "issuer": known("issuer"),
            "date": known("date"),
            "first_seen": first.seen,
            "issued_in": list(dict.fromkeys(mention.url for mention in issued)),
            "cited_by": list(dict.fromkeys(mention.url for mention in cited)),
            "first_portal": first.portal,
            "issued_seen": issued[0].seen if issued else None,
            "cited_before": bool(issued and cited and cited[0].seen < issued[0].seen),
        }


class Register:
    """The register as it is asked."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def documents(self, wanted: DocumentsWanted, limit: int | None = None) -> list[Row]:
        """Documents, the newest seen first; those that nobody issued here, the most cited first."""
        with self._store.read() as session:
            conditions = _conditions(session, wanted)
            if wanted.uncollected:
                return _uncollected(session, wanted, conditions, limit)
            found: list[Row] = []
            known: dict[str, list[_Document]] = {}
            last: Mention | None = None
            at_once = min(_AT_ONCE, limit or _AT_ONCE)
            while limit is None or len(found) < limit:
                page = session.scalars(_firsts(conditions, last).limit(at_once)).all()
                _load(session, {mention.number_key for mention in page} - known.keys(), known)
                for mention in page:
                    document = _of(known[mention.number_key], mention.id)
                    # Where a document was seen first is its place; it was there already, or comes there still.
                    if _first(document) == mention.id and _fits(document, wanted):
                        found.append(document.row())
                if len(page) < at_once:
                    break
                last = page[-1]
            return found[:limit]

    def gaps(self, symbol: str, year: int, issuer: str | None = None) -> Row:
        """What is missing in the numbers of one symbol (QĐ-UBND), issuer and year, between the first and the last that
        anybody mentions; SeriesError when several issuers number so."""
        keys = [key.lstrip("/") for key in number_keys(symbol)]
        with self._store.read() as session:
            query = select(Mention.number_key, Mention.issuer, Mention.issuer_key, Mention.date)
            query = query.where(or_(*(Mention.number_key.endswith(f"/{key}", autoescape=True) for key in keys)))
            if issuer is not None:
                query = query.where(or_(_names(issuer), Mention.issuer_key == ""))
            numbers: dict[str, set[int]] = {}
            issuers: dict[str, str] = {}
            for key, name, issuer_key, date in session.execute(query.distinct()):
                parts = _SERIES.fullmatch(key)
                if parts and parts[3] in keys and (parts[2] or (date or "")[:4]) == str(year):
                    numbers.setdefault(issuer_key, set()).add(int(parts[1]))
                    issuers.setdefault(issuer_key, name or "")
        issuers.pop("", None)
        if len(issuers) > 1:
            names = ", ".join(sorted(issuers.values()))
            raise SeriesError(say("several issuers number so; name one with --issuer: {names}", names=names))
        known = sorted(set().union(*numbers.values())) if issuers or issuer is None else []
        return {
            "symbol": symbol,
            "issuer": next(iter(issuers.values()), issuer),
            "year": year,
            "known": len(known),
            "first": known[0] if known else None,
            "last": known[-1] if known else None,
            "missing": [[one + 1, other - 1] for one, other in pairwise(known) if other - one > 1],
        }


# --- which ---


def _conditions(session: Session, wanted: DocumentsWanted) -> list[ColumnElement[bool]]:
    """Mentions of which one at least belongs to every document that is wanted; by number, as the others may be said by
    another mention of the same document."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.number is not None:
        conditions.append(Mention.number_key.in_(number_keys(wanted.number)))
    one_says: list[ColumnElement[bool]] = []
    if wanted.issuer is not None:
        one_says.append(_names(wanted.issuer))
    if wanted.type is not None:
        types = session.scalars(select(Mention.type).where(Mention.type.is_not(None)).distinct())
        one_says.append(Mention.type.in_([each for each in types if plain(each or "") == plain(wanted.type)]))
    if wanted.year is not None:
        one_says.append(
            or_(Mention.date.startswith(f"{wanted.year}-"), Mention.number_key.contains(f"/{wanted.year}/"))
        )
    if wanted.role is not None:
        one_says.append(Mention.role == wanted.role)
    if wanted.portals is not None:
        one_says.append(Mention.article_id.in_(select(Article.id).where(Article.portal.in_(wanted.portals))))
    if wanted.since is not None:
        one_says.append(Mention.seen >= wanted.since)
    conditions += [Mention.number_key.in_(select(Mention.number_key).where(each)) for each in one_says]
    return conditions


def _names(issuer: str) -> ColumnElement[bool]:
    return (" " + Mention.issuer_key + " ").contains(f" {plain(issuer)} ", autoescape=True)


def _fits(document: _Document, wanted: DocumentsWanted) -> bool:
    mentions = document.mentions
    return (
        (wanted.issuer is None or f" {plain(wanted.issuer)} " in f" {document.issuer} ")
        and (wanted.year is None or document.year == str(wanted.year))
        and (wanted.type is None or any(plain(each.type or "") == plain(wanted.type) for each in mentions))
        and (wanted.role is None or any(each.role == wanted.role for each in mentions))
        and (wanted.portals is None or any(each.portal in wanted.portals for each in mentions))
        and (wanted.since is None or all(each.seen >= wanted.since for each in mentions))
        and not (wanted.uncollected and any(each.role == "issued" for each in mentions))
    )


def _firsts(conditions: Iterable[ColumnElement[bool]], last: Mention | None) -> Select[Mention]:
    """The mentions that are the first of their number, issuer and year as they say them, the newest first."""
    earlier = aliased(Mention)
    known = (
        select(earlier.id)
        .where(earlier.number_key == Mention.number_key, earlier.issuer_key == Mention.issuer_key)
        .where(func.substr(func.coalesce(earlier.date, ""), 1, 4) == _YEAR)
        .where(or_(earlier.seen < Mention.seen, and_(earlier.seen == Mention.seen, earlier.id < Mention.id)))
    )
    query = select(Mention).where(*conditions, ~known.exists())
    if last is not None:
        query = query.where(or_(Mention.seen < last.seen, and_(Mention.seen == last.seen, Mention.id < last.id)))
    return query.order_by(Mention.seen.desc(), Mention.id.desc())


def _uncollected(
    session: Session, wanted: DocumentsWanted, conditions: Iterable[ColumnElement[bool]], limit: int | None
) -> list[Row]:
    """Documents that are only cited. They are counted in the database, and only those to be shown are read."""
    counted = select(
        Mention.number_key,
        Mention.issuer_key,
        _YEAR.label("year"),
        func.count(Mention.article_id.distinct()),
        func.max(case((Mention.role == "issued", 1), else_=0)),
    ).where(*conditions)
    groups: dict[str, list[tuple[_Identity, int, int]]] = {}
    for key, issuer, year, cited, issued in session.execute(
        counted.group_by(Mention.number_key, Mention.issuer_key, "year")
    ):
        groups.setdefault(key, []).append(((issuer, year or _written_year(key)), cited, issued))
    ranked: dict[str, int] = {}
    for key, identities in groups.items():
        documents = _documents(identity for identity, _, _ in identities)
        sums = {id(document): [0, 0] for document in documents}
        for identity, cited, issued in identities:
            total = sums[id(_home(documents, identity))]
            total[0], total[1] = total[0] + cited, total[1] + issued
        if alone := [cited for cited, issued in sums.values() if not issued]:
            ranked[key] = max(alone)
    order = sorted(ranked, key=lambda key: (-ranked[key], key))
    found: list[Row] = []
    for start in range(0, len(order), _AT_ONCE):
        known: dict[str, list[_Document]] = {}
        _load(session, order[start : start + _AT_ONCE], known)
        found += [document.row() for each in known.values() for document in each if _fits(document, wanted)]
        if limit is not None and len(found) >= limit:
            break
    return sorted(found, key=lambda row: -len(row["cited_by"]))[:limit]


# --- identity ---


def _written_year(number_key: str) -> str:
    """The year that a number itself says: 37/2026/QĐ-UBND."""
    parts = _SERIES.fullmatch(number_key)
    return parts[2] or "" if parts else ""


def _documents(identities: Iterable[_Identity]) -> list[_Document]:
    """The documents that mentions of one number are of, from what each says of issuer and year."""
    documents: list[_Document] = []
    # Who says most comes first: the others are of what is known by then.
    for identity in sorted(set(identities), key=lambda each: (-sum(map(bool, each)), not each[0], each)):
        alike = _alike(documents, identity)
        if len(alike) == 1 and not all(identity):
            alike[0].issuer, alike[0].year = alike[0].issuer or identity[0], alike[0].year or identity[1]
        else:
            documents.append(_Document(*identity))
    return documents


def _alike(documents: Sequence[_Document], identity: _Identity) -> list[_Document]:
    """The documents that could be meant; one of which all is known rather than one of which something is not."""
    alike = [document for document in documents if document.is_like(identity)]
    return [document for document in alike if all(document.identity)] or alike


def _home(documents: Sequence[_Document], identity: _Identity) -> _Document:
    """The document of a mention that says so much of issuer and year."""
    same = [document for document in documents if document.identity == identity]
    return (same or _alike(documents, identity))[0]


def _load(session: Session, keys: Iterable[str], known: dict[str, list[_Document]]) -> None:
    """Read all mentions of some numbers."""
    query = select(*Mention.__table__.c, Article.url, Article.portal).join(Article, Article.id == Mention.article_id)
    rows: dict[str, list[Any]] = {}
    for mention in session.execute(query.where(Mention.number_key.in_(list(keys))).order_by(Mention.id)):
        rows.setdefault(mention.number_key, []).append(mention)
    for key, mentions in rows.items():
        identities = [(row.issuer_key, (row.date or "")[:4] or _written_year(key)) for row in mentions]
        known[key] = _documents(identities)
        for identity, row in zip(identities, mentions, strict=True):
            _home(known[key], identity).mentions.append(row)


def _of(documents: Iterable[_Document], mention: int) -> _Document:
    return next(each for each in documents if any(row.id == mention for row in each.mentions))


def _first(document: _Document) -> int:
    """The mention in which a document was seen first."""
    first: int = min((mention.seen, mention.id) for mention in document.mentions)[1]
    return first
