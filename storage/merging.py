"""Two known events that turned out to be one fact: the older one stands for both, and nothing is forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from storage.tables import Delivery, DeliveryAlert, Event, EventChange, EventKey, Evidence


def members_of(session: Session, event_id: int) -> list[int]:
    """An event and those merged into it."""
    return [event_id, *session.scalars(select(Event.id).where(Event.merged_into == event_id))]


def merge(session: Session, event_id: int, other_id: int, revision_id: int, now: datetime) -> None:
    """Let an event stand for another: keys, evidence and changes move to it, alerts and deliveries stay as they are, but
    for a message that would be a channel's second of the one fact and was not sent."""
    event, other = session.get_one(Event, event_id), session.get_one(Event, other_id)
    session.execute(update(EventKey).where(EventKey.event_id == other_id).values(event_id=event_id))
    _move_evidence(session, event_id, other_id)
    _move_changes(session, event_id, other_id)
    name = f"merged|{other.key}"
    if session.scalar(select(EventChange.id).where(EventChange.event_id == event_id, EventChange.name == name)):
        name = f"{name}|{other_id}"
    before = {"id": other.id, "key": other.key, "title": other.title, "status": other.status, "facts": other.facts}
    session.add(
        EventChange(
            event_id=event_id,
            name=name,
            kind="merged",
            seen=now,
            revision_id=revision_id,
            facts={"before": before, "after": {"id": event_id}},
        )
    )
    session.execute(
        update(Event).where(or_(Event.id == other_id, Event.merged_into == other_id)).values(merged_into=event_id)
    )
    event.acknowledged = event.acknowledged or other.acknowledged
    event.muted, other.muted = event.muted or other.muted, None  # by it alone people let the rest be sent again
    session.flush()
    leave_one_message(session, event_id)
    session.expire_all()


def _move_evidence(session: Session, event_id: int, other_id: int) -> None:
    own = {row.article_id: row for row in session.scalars(select(Evidence).where(Evidence.event_id == event_id))}
    for row in session.scalars(select(Evidence).where(Evidence.event_id == other_id)).all():
        mine = own.get(row.article_id)
        if mine is None:
            session.execute(
                update(Evidence)
                .where(Evidence.event_id == other_id, Evidence.article_id == row.article_id)
                .values(event_id=event_id)
            )
            continue
        if row.revision_id > mine.revision_id:
            mine.revision_id, mine.quote = row.revision_id, row.quote
        mine.seen, mine.baseline = min(mine.seen, row.seen), mine.baseline and row.baseline
        session.delete(row)
    session.flush()


def _move_changes(session: Session, event_id: int, other_id: int) -> None:
    own = set(session.scalars(select(EventChange.name).where(EventChange.event_id == event_id)))
    for change in session.scalars(select(EventChange).where(EventChange.event_id == other_id)).all():
        if change.name not in own:
            change.event_id = event_id
    session.flush()


def leave_one_message(session: Session, event_id: int) -> None:
    """Of each channel's messages about one event or change keep one: one that was sent, else one under way, else the
    oldest that waits or was given up; and tell it of the event that stands for all."""
    kept: dict[tuple[str, str], Delivery] = {}
    rows = session.scalars(select(Delivery).where(Delivery.event_id.in_(members_of(session, event_id)))).all()
    for row in sorted(rows, key=_rank):
        first = kept.setdefault((row.change, row.channel_key), row)
        if first is not row and _is_idle(row):
            for alert in session.scalars(select(DeliveryAlert.alert_id).where(DeliveryAlert.delivery_id == row.id)):
                if session.get(DeliveryAlert, (first.id, alert)) is None:
                    session.add(DeliveryAlert(delivery_id=first.id, alert_id=alert))
            session.execute(delete(DeliveryAlert).where(DeliveryAlert.delivery_id == row.id))
            session.delete(row)
            session.flush()
    for row in kept.values():
        if _is_idle(row):  # and so no other of its channel is left under the event
            row.event_id = event_id
    session.flush()


def _is_idle(delivery: Delivery) -> bool:
    """Whether it was not sent, and nobody has it in hand. One given up counts too: people may have it tried again."""
    return delivery.state != "sent" and delivery.claimed_by is None


def _rank(delivery: Delivery) -> tuple[int, int]:
    if delivery.state == "pending":
        return (2 if delivery.claimed_by is None else 1), delivery.id
    return (0 if delivery.state == "sent" else 3), delivery.id
