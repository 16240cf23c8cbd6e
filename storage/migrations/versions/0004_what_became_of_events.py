"""What became of events: merged, changed, acknowledged, muted; changes of articles to be judged; near-duplicates; saved
searches"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.engine

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In batch mode, for its foreign key: the table holds no texts.
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("day", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged", storage.engine.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("muted", storage.engine.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f("fk_events_merged_into"), "events", ["merged_into"], ["id"])
        batch_op.create_index(op.f("ix_events_body_key"), ["body_key"], unique=False)
        batch_op.create_index(op.f("ix_events_day"), ["day"], unique=False)
        batch_op.create_index(op.f("ix_events_merged_into"), ["merged_into"], unique=False)
    _name_events()
    op.create_table(
        "event_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seen", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_changes_event_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_event_changes_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_changes")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_event_changes_event_id_name")),
    )
    op.create_index(op.f("ix_event_changes_revision_id"), "event_changes", ["revision_id"])
    op.add_column("entries", sa.Column("placed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entries", sa.Column("missing_since", storage.engine.UtcDateTime(timezone=True), nullable=True))
    op.add_column("articles", sa.Column("unlisted", storage.engine.UtcDateTime(timezone=True), nullable=True))
    op.add_column("changes", sa.Column("judged_at", storage.engine.UtcDateTime(timezone=True), nullable=True))
    op.add_column("changes", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("changes", sa.Column("next_try_at", storage.engine.UtcDateTime(timezone=True), nullable=True))
    op.add_column("changes", sa.Column("problem", sa.String(), nullable=True))
    op.execute("UPDATE changes SET judged_at = seen")  # what was seen before there was anybody to judge it is old
    op.create_index(op.f("ix_changes_judged_at"), "changes", ["judged_at"])
    op.create_table(
        "signatures",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("seen", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_signatures_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_signatures")),
    )
    op.create_index(op.f("ix_signatures_seen"), "signatures", ["seen"])
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_bands_article_id")),
        sa.PrimaryKeyConstraint("band", "article_id", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_bands_article_id"), "bands", ["article_id"])
    op.create_table(
        "saved_searches",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("created", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_article", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_saved_searches")),
    )


def _name_events() -> None:
    """Write who meets or issues, and the day, of the events that are known: by them the next report finds the event."""
    names = [sa.column(name, type_) for name, type_ in (("id", sa.Integer), ("kind", sa.String), ("key", sa.String))]
    events = sa.table("events", *names, sa.column("facts", sa.JSON), sa.column("body_key"), sa.column("day"))
    query = sa.select(events.c.id, events.c.kind, events.c.key, events.c.facts)
    query = query.where(events.c.kind.in_(["meeting", "decision"])).order_by(events.c.id).limit(1000)
    write = events.update().where(events.c.id == sa.bindparam("event")).values(
        body_key=sa.bindparam("body"), day=sa.bindparam("on")
    )  # fmt: skip
    connection, last = op.get_bind(), 0
    while rows := connection.execute(query.where(events.c.id > last)).all():
        named = [(row.id, *_named(row.kind, row.key, row.facts or {})) for row in rows]
        connection.execute(write, [{"event": event, "body": body, "on": day} for event, body, day in named])
        last = rows[-1].id


def _named(kind: str, key: str, facts: dict[str, Any]) -> tuple[str | None, str | None]:
    parts = key.split("|")
    if kind == "meeting":
        return None if key.startswith("~") else parts[0], (facts.get("meeting") or {}).get("date")
    issuer = parts[-2] if len(parts) > 2 else "-"
    document: dict[str, Any] = next(iter(facts.get("documents") or []), {})
    return None if issuer.startswith("-") else issuer, document.get("date")
