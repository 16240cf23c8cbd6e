"""Words to search: an index of all texts that keeps itself in step with the tables, and the register's identities

What is searched is one text an article: title and text of its latest revision and what its files say, without marks and
as written. The view `searchable` holds it without keeping it, `searched` is its index, and triggers on the tables that
the view reads bring the index up to date, whoever writes. A later migration that rebuilds one of these tables (SQLite's
batch mode) drops its triggers with it and has to call `create_index` again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from config import plain
from storage.search_index import create_index

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mentions", sa.Column("issuer_key", sa.String(), nullable=False, server_default=""))
    _know_issuers()
    op.drop_index(op.f("ix_mentions_number_key"), "mentions")
    op.create_index("ix_mentions_identity", "mentions", ["number_key", "issuer_key", "seen"])
    op.create_index(op.f("ix_mentions_seen"), "mentions", ["seen"])
    _know_bodies()
    create_index(op.get_bind())


def _know_issuers() -> None:
    mentions = sa.table("mentions", sa.column("issuer", sa.String), sa.column("issuer_key", sa.String))
    bind = op.get_bind()
    for (issuer,) in bind.execute(sa.select(mentions.c.issuer).where(mentions.c.issuer.is_not(None)).distinct()).all():
        bind.execute(mentions.update().where(mentions.c.issuer == issuer).values(issuer_key=plain(issuer)))


def _know_bodies() -> None:
    """Who met or issued, and on which day, of the events that were told before there was a place for it."""
    events = sa.table(
        "events",
        sa.column("id", sa.Integer),
        sa.column("facts", sa.JSON),
        sa.column("body_key", sa.String),
        sa.column("day", sa.String),
    )
    bind = op.get_bind()
    known = bind.execute(sa.select(events.c.id, events.c.facts).where(events.c.body_key.is_(None))).all()
    for event, facts in known:
        meeting = facts.get("meeting") or {}
        document = (facts.get("documents") or [{}])[0]
        body, day = meeting.get("body") or document.get("issuer"), meeting.get("date") or document.get("date")
        if body or day:
            values = {"body_key": plain(body) if body else None, "day": day}
            bind.execute(events.update().where(events.c.id == event).values(**values))
