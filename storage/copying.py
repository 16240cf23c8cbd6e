"""All rows of one database into another, be it of another kind: a dry run's copy, a backup, the move to PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from config import StorageError, say
from storage.tables import Table

_ROWS_AT_ONCE = 500


def copy_rows(source: Connection, target: Connection) -> None:
    """Write all rows of `source` into the tables of `target`, which have none; StorageError when they have."""
    tables = Table.metadata.sorted_tables
    for table in tables:
        if target.execute(select(table).limit(1)).first() is not None:
            raise StorageError(say("the database to copy into is not empty"))
    for table in tables:
        # What other rows of the table point to comes before them; an imported article may repeat one with a later id.
        last = [
            column.is_not(None) for column in table.c if any(key.column.table is table for key in column.foreign_keys)
        ]
        rows = source.execute(
            select(table).order_by(*last, *table.primary_key).execution_options(yield_per=_ROWS_AT_ONCE)
        )
        for part in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in part])
        _go_on_counting(target, table.name)


def _go_on_counting(target: Connection, name: str) -> None:
    """Let PostgreSQL number new rows after those that brought their numbers with them."""
    table = Table.metadata.tables[name]
    if target.dialect.name != "postgresql" or "id" not in table.c:
        return
    last = target.scalar(select(func.max(table.c.id)))
    target.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last or 1, last is not None)))
