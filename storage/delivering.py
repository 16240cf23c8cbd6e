"""What the deliverer reads and writes: deliveries due, claimed for a while, settled after the carrier accepted them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, inspect, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.judging import event_record
from storage.merging import leave_one_message, members_of
from storage.records import DueDelivery
from storage.store import Store
from storage.tables import Alert, Delivery, DeliveryAlert, Event


class Delivering:
    """The outbox. A delivery is pending until a carrier took it, or until it is given up and said to be."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def claim(
        self, now: datetime, *, owner: str, lease: timedelta, limit: int, not_to: Collection[str] = ()
    ) -> list[DueDelivery]:
        """Take up to `limit` due deliveries for as long as the lease; nobody else gets them meanwhile.

        One a channel, the oldest, and none of the channels in `not_to`: a carrier is given one message at a time, and
        a channel that fails holds nobody else up. What is owed of a muted event waits; what is owed of an event that was
        merged into another is told as that one.
        """
        free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
        with self._store.write() as session:
            oldest = session.scalars(
                select(func.min(Delivery.id))
                .where(_awaited(), Delivery.due <= now, free, Delivery.channel_key.not_in(not_to))
                .group_by(Delivery.channel_key)
                .order_by(func.min(Delivery.id))
                .limit(limit)
            ).all()
            rows = session.scalars(
                select(Delivery).where(Delivery.id.in_(oldest)).order_by(Delivery.id).with_for_update(skip_locked=True)
            ).all()
            claimed = []
            for row in rows:
                event = _survivor(session, row.event_id)
                if _was_told(session, row, event):
                    continue
                row.claimed_by, row.claimed_until = owner, now + lease
                row.attempts += 1
                alerts = session.scalars(
                    select(Alert)
                    .join(DeliveryAlert, DeliveryAlert.alert_id == Alert.id)
                    .where(DeliveryAlert.delivery_id == row.id)
                    .order_by(Alert.id.desc())
                )
                # Of two events that were merged a subscription may have been owed both: it is named once.
                reasons = {alert.subscription: alert.reason for alert in alerts}
                subscriptions = tuple(reversed(reasons))
                claimed.append(
                    DueDelivery(
                        id=row.id,
                        event=event_record(session, event),
                        change=row.change,
                        subscriptions=subscriptions,
                        reasons=tuple(reasons[subscription] for subscription in subscriptions),
                        channel_key=row.channel_key,
                        written_key=row.written_key,
                        masked=row.channel_masked,
                        language=row.language,
                        attempts=row.attempts,
                        created=row.created,
                    )
                )
            return claimed

    def settle_sent(self, delivery: DueDelivery, *, owner: str, now: datetime) -> bool:
        """The carrier accepted it. False when the claim had passed to another process in the meantime."""
        return self._settle(delivery, owner, state="sent", sent=now, error=None)

    def settle_retry(self, delivery: DueDelivery, error: str, *, owner: str, due: datetime) -> bool:
        """The carrier did not accept it yet; try again when due."""
        return self._settle(delivery, owner, state="pending", due=due, error=error)

    def settle_failed(self, delivery: DueDelivery, error: str, *, owner: str) -> bool:
        """It is given up."""
        return self._settle(delivery, owner, state="failed", error=error)

    def _settle(self, delivery: DueDelivery, owner: str, **values: object) -> bool:
        with self._store.write() as session:
            settled = session.execute(
                update(Delivery)
                .where(Delivery.id == delivery.id, Delivery.claimed_by == owner, Delivery.state == "pending")
                .values(claimed_by=None, claimed_until=None, **values)
                .returning(Delivery.id)
            )
            return settled.first() is not None

    def release(self, owners_gone: list[str]) -> int:
        """Give back what processes that are gone had claimed; how many deliveries that were."""
        with self._store.write() as session:
            freed = session.execute(
                update(Delivery)
                .where(Delivery.claimed_by.in_(owners_gone), Delivery.state == "pending")
                .values(claimed_by=None, claimed_until=None)
                .returning(Delivery.id)
            )
            return len(freed.all())

    def owners(self) -> list[str]:
        """Who holds claims now."""
        with self._store.read() as session:
            return [
                owner
                for owner in session.scalars(
                    select(Delivery.claimed_by).where(Delivery.claimed_by.is_not(None)).distinct()
                )
                if owner is not None
            ]

    def next_due(self) -> datetime | None:
        """When the next pending delivery is due; None when there is none."""
        with self._store.read() as session:
            return session.scalar(select(func.min(Delivery.due)).where(_awaited()))

    def retry_failed(self, now: datetime) -> int:
        """Make every failed delivery pending and due, as if it were new; how many those were."""
        with self._store.write() as session:
            again = session.execute(
                update(Delivery)
                .where(Delivery.state == "failed")
                .values(state="pending", due=now, created=now, attempts=0)
                .returning(Delivery.id)
            )
            return len(again.all())


def _awaited() -> ColumnElement[bool]:
    """Pending, and of an event that nobody muted, nor the one that it was merged into."""
    survivor = aliased(Event)
    muted = (  # of each that is pending: all events ever seen are many
        select(Event.id)
        .outerjoin(survivor, survivor.id == Event.merged_into)
        .where(Event.id == Delivery.event_id, or_(Event.muted.is_not(None), survivor.muted.is_not(None)))
    )
    return and_(Delivery.state == "pending", ~muted.exists())


def _was_told(session: Session, row: Delivery, event: Event) -> bool:
    """Whether its channel has, or is being given, what a free delivery would tell: one whose sender died or failed, or that
    is tried again, while its event was merged with another. Then it is let go."""
    if len(members_of(session, event.id)) == 1:
        return False
    row.claimed_by = row.claimed_until = None
    session.flush()
    leave_one_message(session, event.id)
    return inspect(row).detached or inspect(row).deleted


def _survivor(session: Session, event_id: int) -> Event:
    event = session.get_one(Event, event_id)
    return event if event.merged_into is None else session.get_one(Event, event.merged_into)
