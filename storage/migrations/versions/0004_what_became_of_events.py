"""What became of events: merged, changed, acknowledged, muted; changes of articles to be judged; near-duplicates; saved
searches"""

from __future__ import annotations

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
