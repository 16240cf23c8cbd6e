"""The meetings of bodies as a register: what stands behind a series of sessions."""

from __future__ import annotations

from sqlalchemy import select

from config import plain
from storage.records import SessionRecord
from storage.store import Store
from storage.tables import Event


class Meetings:
    """The known meetings, by the body that meets."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def numbered(self, body: str | None = None) -> list[SessionRecord]:
        """Every meeting that has an ordinal, the oldest first; of bodies with some words in their name, with or without
        marks."""
        query = select(Event.id, Event.status, Event.facts, Event.body_key).where(
            Event.kind == "meeting", Event.merged_into.is_(None), Event.body_key.is_not(None)
        )
        if body:
            query = query.where(Event.body_key.contains(plain(body), autoescape=True))
        with self._store.read() as session:
            return [
                SessionRecord(row.id, row.body_key, row.status, meeting)
                for row in session.execute(query.order_by(Event.id))
                if (meeting := row.facts.get("meeting")) and meeting.get("ordinal") is not None
            ]
