"""What became of an article, written down as a fact; of a page that goes to and fro, as one that waits to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Article, Change

WORDINGS = ("revised", "replaced")
WHEREABOUTS = ("withdrawn", "unlisted", "moved", "returned")

STEADY = timedelta(days=3)
"""How long a page that goes to and fro must stay as it is, until what it became is told."""
MOST_A_DAY = 3
"""Wordings of one article that are told within a day; a page with more of them goes to and fro."""

_DAY = timedelta(days=1)


def note(session: Session, article: Article, kind: str, now: datetime, *, again: bool = False, **facts: object) -> None:
    """Write down what became of an article: revised withdrawn returned unlisted moved attached detached replaced.

    `again`: it says what it said before. Such a change, one more of the kind within `STEADY`, and all that follow one
    before `STEADY` is over wait behind their door; the newest of them alone is told, when nothing came after it.
    """
    change = Change(article_id=article.id, kind=kind, seen=now, facts=facts, attempts=0)
    group = next((group for group in (WORDINGS, WHEREABOUTS) if kind in group), None)
    if group is not None:
        query = select(Change).where(Change.article_id == article.id, Change.kind.in_(group))
        earlier = session.scalars(query.where(Change.seen > now - STEADY)).all()
        if again or _goes_to_and_fro(change, earlier):
            change.next_try_at = now + STEADY
        for other in earlier:
            if other.judged_at is None and _waits(other) and other.seen < now:
                other.judged_at = now
    session.add(change)
    session.flush()


def _goes_to_and_fro(change: Change, earlier: Sequence[Change]) -> bool:
    if any(_waits(other) for other in earlier):
        return True
    if change.kind in WORDINGS:
        told = {other.facts.get("revision") for other in earlier if other.seen > change.seen - _DAY}
        return len(told - {change.facts.get("revision")}) >= MOST_A_DAY
    # Taken from the list and then from the portal, it went once; back between the two, it came and went.
    return any(other.kind == change.kind for other in earlier)


def _waits(change: Change) -> bool:
    return change.next_try_at is not None and not change.attempts
