"""What files say: their text, the files of a wording; and what was learned of a portal's pages"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.engine

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "templates",
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("learned", sa.JSON(), nullable=False),
        sa.Column("updated", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("portal", name=op.f("pk_templates")),
    )
    op.create_table(
        "files",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False, server_default=""),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("reader", sa.String(), nullable=False, server_default=""),
        sa.Column("seen", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshots.hash"], name=op.f("fk_files_snapshot")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_snapshot"), "files", ["snapshot"])
    op.create_table(
        "revision_files",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_revision_files_revision_id")),
        sa.ForeignKeyConstraint(["file"], ["files.hash"], name=op.f("fk_revision_files_file")),
        sa.PrimaryKeyConstraint("revision_id", "place", name=op.f("pk_revision_files")),
    )
    op.create_index(op.f("ix_revision_files_file"), "revision_files", ["file"])
    # In batch mode, for its foreign key: the table is small, it holds no texts.
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("etag", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("last_modified", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("problem", sa.String(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_attachments_file"), "files", ["file"], ["hash"])
        batch_op.create_index(op.f("ix_attachments_file"), ["file"], unique=False)
