"""Signatures of articles' latest wordings, and the bands by which near-duplicates are found among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Subquery

from storage.records import NearRecord
from storage.tables import Band, Evidence, Signature

BANDS = 16
_MOST_OF_A_BAND = 20  # the newest: pages built alike ("Đang cập nhật") share bands by the thousand


def _of_band(name: str) -> Subquery:
    of_band = select(Band.article_id).where(Band.band == bindparam(name), Band.article_id != bindparam("besides"))
    return of_band.order_by(Band.article_id.desc()).limit(_MOST_OF_A_BAND).subquery()


# Put together once: that takes ten times as long as asking.
_NAMES = [f"band_{number}" for number in range(BANDS)]
_NEAR = union_all(*(select(_of_band(name).c.article_id) for name in _NAMES))
_FORGET = [
    delete(table).where(table.article_id == bindparam("article")).execution_options(synchronize_session=False)
    for table in (Band, Signature)
]


@dataclass(frozen=True, slots=True)
class Signed:
    """A text's signature, the scheme by which it was made, and its `BANDS` bands; two schemes have none in common."""

    scheme: str
    signature: bytes
    bands: tuple[int, ...]


def sign(session: Session, article_id: int, signed: Signed | None, now: datetime) -> None:
    """Write an article's signature in place of an earlier one; None, of a text too short to have one, takes it away."""
    for forget in _FORGET:
        session.execute(forget, {"article": article_id})
    if signed is None:
        return
    row = {"article_id": article_id, "scheme": signed.scheme, "signature": signed.signature, "seen": now}
    session.execute(insert(Signature.__table__), row)  # type: ignore[arg-type]
    bands = [{"band": band, "article_id": article_id} for band in dict.fromkeys(signed.bands)]
    session.execute(insert(Band.__table__), bands)  # type: ignore[arg-type]


def articles_near(session: Session, signed: Signed, besides: int) -> list[NearRecord]:
    """The articles that share a band with a text and stand for an event, but for one, the newest first."""
    bands = dict(zip(_NAMES, signed.bands, strict=True))
    ids = set(session.scalars(_NEAR, {**bands, "besides": besides}))
    if not ids:
        return []
    claims: dict[int, list[tuple[int, str]]] = {}
    stands_for = select(Evidence.article_id, Evidence.event_id, Evidence.quote).where(Evidence.article_id.in_(ids))
    for article, event, quote in session.execute(stands_for.order_by(Evidence.event_id)):
        claims.setdefault(article, []).append((event, quote))
    signatures = select(Signature).where(Signature.article_id.in_(claims), Signature.scheme == signed.scheme)
    return [
        NearRecord(row.article_id, row.signature, tuple(claims[row.article_id]))
        for row in session.scalars(signatures.order_by(Signature.article_id.desc()))
    ]
