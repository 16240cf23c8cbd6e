"""Which entries a listing does not show any more although it would have to; absence alone proves nothing.

An entry ages off the page, a pinned one goes back to its place, lists are sorted anew, cut short, rebuilt. So nothing
counts but what stood in its order when it was shown last, and would have to stand between two others of one page that
is still in order, older and newer than it:

- by the dates of the rows, and by when they were first seen; where rows have no dates, by the latter alone, and then of
  an entry only that had stood below one that came later;
- the page has no link to it anywhere, no later row of such a title, and no new row at its place;
- hardly anything else vanished with it;
- no other list of the portal that had it is without proof of the same;
- in two good readings running; and its own page was read in between, and is there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from config import match_key
from storage.noting import note
from storage.records import read_when
from storage.tables import Article, Entry
from storage.urls import url_key

_LEAST = 3  # entries in order: fewer say nothing of an order
_ALIKE = 0.6  # of the words of two titles
_AT_ONCE = 500

Key = Callable[[Entry], Any]


def forget_places(session: Session, portal: str, section: str) -> None:
    """The section is another listing now: what the former showed in its order is not what this one has to show."""
    of_section = update(Entry).where(Entry.portal == portal, Entry.section == section)
    session.execute(of_section.values(placed=False, missing_since=None))


def note_listed(session: Session, shown: Sequence[Entry], now: datetime) -> None:
    """Entries are shown: what was unlisted of them is listed again."""
    sections = {}
    for entry in shown:
        entry.missing_since = None
        sections[entry.article_id] = entry.section
    ids = [article_id for article_id in sections if article_id is not None]
    for start in range(0, len(ids), _AT_ONCE):
        query = select(Article).where(Article.id.in_(ids[start : start + _AT_ONCE]), Article.unlisted.is_not(None))
        for article in session.scalars(query):
            article.unlisted = None
            note(session, article, "returned", now, section=sections[article.id])


def note_missing(session: Session, shown: Sequence[Entry], page: int, links: Iterable[str], now: datetime) -> None:
    """Write down what a good reading proves to be missing: its entries in the order of the list, of which the first
    `page` stood on one page together, and the addresses that this page links to."""
    together = list({entry.id: entry for entry in shown[:page]}.values())
    if not together:
        return
    key, by_dates = _key(together)
    places = _in_order([key(entry) for entry in together])
    proves = len(places) >= _LEAST and 4 * len(places) >= 3 * len(together)
    for entry in together:
        entry.placed = False
    orderly = [together[place] for place in places] if proves else []
    _place(orderly, by_dates=by_dates)
    suspects = _suspects(session, together, shown)
    missing = _missing(suspects, orderly, together, key, links, now)
    for entry in suspects:
        if entry not in missing:
            entry.missing_since = None
    for entry in missing:
        _note(session, entry, now)


def _key(entries: Sequence[Entry]) -> tuple[Key, bool]:
    """What orders a page's entries, and whether it is their dates: as exact as all of them are, else when they were first
    seen."""
    dates = [read_when(entry.published) for entry in entries]
    if None in dates:
        return lambda entry: entry.id, False
    if all(isinstance(date, datetime) for date in dates):
        return lambda entry: date if isinstance(date := read_when(entry.published), datetime) else None, True
    return lambda entry: entry.published[:10] if entry.published else None, True


def _in_order(keys: Sequence[Any]) -> list[int]:
    """The places of the longest run from newest to oldest; what is pinned or hot stands beside it."""
    tails: list[Any] = []
    ends: list[int] = []
    after: dict[int, int | None] = {}
    for place in reversed(range(len(keys))):
        at = bisect_right(tails, keys[place])
        after[place] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [keys[place]], [place]
    run = ends[-1:]
    while run and (older := after[run[-1]]) is not None:
        run.append(older)
    return run


def _place(orderly: Sequence[Entry], *, by_dates: bool) -> None:
    """Say of entries that they stood in their order. Without dates that is known of one only that stood below a later
    one: what a first reading finds pinned on top would pass for the newest."""
    latest: datetime | None = None
    for entry in orderly:
        entry.placed = by_dates or (latest is not None and latest > entry.first_seen)
        latest = max(latest or entry.first_seen, entry.first_seen)


def _suspects(session: Session, together: Sequence[Entry], shown: Sequence[Entry]) -> list[Entry]:
    """Known entries of the section, found in the time of those of the page, that are not shown."""
    ids = [entry.id for entry in together]
    query = select(Entry).where(
        Entry.portal == together[0].portal,
        Entry.section == together[0].section,
        Entry.state == "stored",
        Entry.id > min(ids),
        Entry.id < max(ids),
        Entry.article_id.is_not(None),
        or_(Entry.placed, Entry.missing_since.is_not(None)),
    )
    known = {entry.id for entry in shown}
    return [entry for entry in session.scalars(query.order_by(Entry.id)) if entry.id not in known]


def _missing(
    suspects: Sequence[Entry],
    orderly: Sequence[Entry],
    together: Sequence[Entry],
    key: Key,
    links: Iterable[str],
    now: datetime,
) -> list[Entry]:
    """Those of the suspects that would have to be shown."""
    if not orderly or not suspects:
        return []
    newest, oldest = orderly[0], orderly[-1]
    between = [
        entry
        for entry in suspects
        if entry.placed
        and (at := key(entry)) is not None
        and key(oldest) < at < key(newest)
        and min(one.id for one in orderly) < entry.id < max(one.id for one in orderly)
    ]
    if len(between) > max(1, len(together) // 4):  # a filter, another design: no single article's fate
        return []
    linked = _keys(links) if between else set()
    missing = []
    for entry in between:
        if _is_replaced(entry, together, orderly, key, now):
            entry.placed = False  # perhaps it has another address: its absence says nothing any more
        elif entry.url_key not in linked:
            missing.append(entry)
    return missing


def _is_replaced(entry: Entry, together: Sequence[Entry], orderly: Sequence[Entry], key: Key, now: datetime) -> bool:
    """Whether a later row has nearly its title, or came to its place when it went."""
    above = {one.id for one in orderly if key(one) > key(entry)}
    below = {one.id for one in orderly if key(one) < key(entry)}
    first = max(place for place, one in enumerate(together) if one.id in above)
    last = min(place for place, one in enumerate(together) if one.id in below)
    words = set(match_key(entry.title).split())
    for place, one in enumerate(together):
        if one.id < entry.id:
            continue
        others = set(match_key(one.title).split())
        if len(words & others) >= _ALIKE * len(words | others):
            return True
        in_its_place = first < place < last
        if in_its_place and (one not in orderly or one.first_seen >= (entry.missing_since or now)):
            return True
    return False


def _keys(links: Iterable[str]) -> Collection[str]:
    keys = set()
    for link in links:
        try:
            keys.add(url_key(link))
        except ValueError:  # a mistyped link
            continue
    return keys


def _note(session: Session, entry: Entry, now: datetime) -> None:
    """An entry is missing: the first time its page is looked at, the second it is a fact, unless the page is one."""
    article = session.get_one(Article, entry.article_id)
    if entry.missing_since is None or article.checked_at < entry.missing_since:
        entry.missing_since = entry.missing_since or now
        article.next_visit_at = now
        return
    elsewhere = aliased(Entry)
    still_listed = session.scalar(
        select(
            exists().where(
                elsewhere.article_id == article.id, elsewhere.id != entry.id, elsewhere.missing_since.is_(None)
            )
        )
    )
    if still_listed or article.unlisted or article.withdrawn or article.missing_since:
        return
    article.unlisted = entry.missing_since
    note(session, article, "unlisted", now, section=entry.section)
