"""The command that shows the sessions of bodies in their order: series."""

from __future__ import annotations

from typing import Annotated

import typer

from config import mark, say
from monitor.commands.folder import AsJson, Config, Limit, opened, print_json, print_table, written_day
from monitor.labels import STATUSES
from storage import Meetings


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=say("List the sessions of a body in their order, which are missing, and when the next is due."))(
        series
    )


def series(
    body: Annotated[
        str | None, typer.Argument(help=say("A part of the body's name, with or without marks."), show_default=False)
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
) -> int:
    """The series of sessions."""
    from monitor.series import series_of

    with opened(config) as (loaded, store):
        rows = [each.json() for each in series_of(Meetings(store).numbered(body))][:limit]
    if as_json:
        print_json(rows)
        return 0
    if not rows:
        typer.echo(say("No session with a number is known."))
        return 0
    heads = (mark("Body"), mark("Term"), mark("Sessions"), mark("Missing"), mark("Next due"))
    print_table(
        [say(head) for head in heads],
        [
            (
                row["body"],
                row["term"],
                "\n".join(
                    f"{one['ordinal']}  {written_day(one['date']) or '?'}  {_status(one['status'])}".rstrip()
                    for one in row["sessions"]
                ),
                ", ".join(map(str, row["missing"])),
                written_day(row["next_due"]),
            )
            for row in rows
        ],
        loaded.settings.timezone,
    )
    return 0


def _status(status: str | None) -> str:
    return say(STATUSES[status]) if status in STATUSES else status or ""
