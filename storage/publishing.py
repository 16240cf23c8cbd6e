"""What is given out to programs that come and ask: the alerts of a subscription, and the meetings of a time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from storage.judging import event_record
from storage.records import AlertRecord, EventRecord
from storage.store import Store
from storage.tables import Alert, Event


class Publishing:
    """The reading side of the store for feeds and calendars."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def alerts(self, subscription: str, limit: int) -> list[AlertRecord]:
        """What a subscription was told, the newest first; an event that was merged is told as the one it became."""
        query = select(Alert, Event).join(Event, Event.id == Alert.event_id).where(Alert.subscription == subscription)
        with self._store.read() as session:
            return [
                AlertRecord(
                    id=alert.id,
                    subscription=alert.subscription,
                    event=event_record(session, session.get_one(Event, event.merged_into or event.id)),
                    change=alert.change,
                    reason=alert.reason,
                    matched=alert.matched,
                )
                for alert, event in session.execute(query.order_by(Alert.id.desc()).limit(limit))
            ]

    def meetings(
        self, first: date | None, last: date | None, limit: int, told: Collection[str] = ()
    ) -> list[EventRecord]:
        """The meetings whose day is certain, from one day to another, in the order of their days; `told`: only those
        that one of these subscriptions was told of."""
        query = select(Event).where(Event.kind == "meeting", Event.merged_into.is_(None), Event.day.is_not(None))
        if first is not None:
            query = query.where(Event.day >= first.isoformat())
        if last is not None:
            query = query.where(Event.day <= last.isoformat())
        if told:
            merged = aliased(Event)
            events = select(func.coalesce(merged.merged_into, merged.id)).join(Alert, Alert.event_id == merged.id)
            query = query.where(Event.id.in_(events.where(Alert.subscription.in_(told))))
        with self._store.read() as session:
            # The newest are kept where there are too many; a calendar is read from its first day on.
            rows = session.scalars(query.order_by(Event.day.desc(), Event.id.desc()).limit(limit)).all()
            return [event_record(session, row) for row in reversed(rows)]
