"""Facts of a long life: attachments, what became of articles, text to be searched in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.engine
from config import plain
from storage.urls import url_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 500
_REFERRING = (
    ("entries", "article_id"),
    ("articles", "duplicate_of"),
    ("revisions", "snapshot"),
    ("evidence", "article_id"),
    ("evidence", "revision_id"),
)


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("url_key", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_seen", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.Column("gone", storage.engine.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_attachments_article_id")),
        sa.PrimaryKeyConstraint("article_id", "url_key", name=op.f("pk_attachments")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seen", storage.engine.UtcDateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_changes_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_article_id"), "changes", ["article_id"])
    # Not in batch mode: it would copy the whole table, and with it every text, to add a column that SQLite can add.
    op.add_column("articles", sa.Column("missing_since", storage.engine.UtcDateTime(timezone=True), nullable=True))
    op.add_column("sections", sa.Column("pace", sa.String(), nullable=True))
    op.add_column("revisions", sa.Column("folded", sa.String(), nullable=False, server_default=""))
    # A row that is deleted is looked for in every table that may refer to it.
    for table, column in _REFERRING:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    _fold()
    _list_attachments()


def _fold() -> None:
    """Fold the texts that are there, some at a time."""
    connection = op.get_bind()
    revisions = sa.table(
        "revisions", sa.column("id", sa.Integer), *(sa.column(name, sa.String) for name in ("title", "text", "folded"))
    )
    last = 0
    while rows := connection.execute(
        sa.select(revisions.c.id, revisions.c.title, revisions.c.text)
        .where(revisions.c.id > last)
        .order_by(revisions.c.id)
        .limit(_ROWS_AT_ONCE)
    ).all():
        connection.execute(
            sa.update(revisions).where(revisions.c.id == sa.bindparam("row")),
            [{"row": row.id, "folded": plain(f"{row.title}\n{row.text}")} for row in rows],
        )
        last = rows[-1].id


def _list_attachments() -> None:
    """Write down the files that the latest revisions name."""
    connection = op.get_bind()
    revisions = sa.table(
        "revisions", sa.column("article_id", sa.Integer), sa.column("number", sa.Integer), sa.column("facts", sa.JSON)
    )
    articles = sa.table(
        "articles",
        sa.column("id", sa.Integer),
        sa.column("first_seen", storage.engine.UtcDateTime(timezone=True)),
    )
    attachments = sa.table(
        "attachments",
        *(sa.column(name) for name in ("article_id", "url_key", "url", "name")),
        sa.column("first_seen", storage.engine.UtcDateTime(timezone=True)),
    )
    newer = revisions.alias()
    latest = ~sa.exists().where(newer.c.article_id == revisions.c.article_id, newer.c.number > revisions.c.number)
    query = (
        sa.select(articles.c.id, articles.c.first_seen, revisions.c.facts)
        .join(revisions, revisions.c.article_id == articles.c.id)
        .where(latest)
        .order_by(articles.c.id)
        .limit(_ROWS_AT_ONCE)
    )
    last = 0
    while rows := connection.execute(query.where(articles.c.id > last)).all():
        found: dict[tuple[int, str], dict[str, object]] = {}
        for article_id, first_seen, facts in rows:
            for attachment in facts.get("attachments") or ():
                try:
                    key = url_key(attachment["url"])
                except ValueError:
                    continue
                row = {"article_id": article_id, "url_key": key, "first_seen": first_seen, **attachment}
                found[article_id, key] = row
        if found:
            connection.execute(sa.insert(attachments), list(found.values()))
        last = rows[-1].id
