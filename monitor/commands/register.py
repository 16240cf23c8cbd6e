"""The register of documents: the ones that were issued or cited, and the numbers that nobody has seen."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from config import mark, say
from monitor.commands.folder import AsJson, Config, Limit, opened, print_json, print_table, written_day
from monitor.commands.narrowing import one_of
from storage import ROLES, DocumentsWanted, Register, SeriesError


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(
        help=say("List the legal documents that were issued or cited, and what is missing among their numbers.")
    )(documents)


def documents(
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
    number: Annotated[str | None, typer.Option("--number", help=say("Of one number."), show_default=False)] = None,
    issuer: Annotated[
        str | None,
        typer.Option("--issuer", help=say("Of this issuer; a part of its name is enough."), show_default=False),
    ] = None,
    type: Annotated[
        str | None, typer.Option("--type", help=say("Of this type, such as Quyết định."), show_default=False)
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help=say("Of this year."), min=1900, max=2199)] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", help=say("Mentioned so: {roles}.", roles=", ".join(ROLES)), show_default=False),
    ] = None,
    uncollected: Annotated[
        bool,
        typer.Option("--uncollected", help=say("Cited and never found where it was issued, the most cited first.")),
    ] = False,
    gaps: Annotated[
        str | None,
        typer.Option(
            "--gaps",
            metavar="SYMBOL",
            help=say("The numbers missing among those of a symbol, such as QĐ-UBND, with --year and perhaps --issuer."),
            show_default=False,
        ),
    ] = None,
) -> int:
    """The register of documents."""
    one_of("--role", role, ROLES)
    if gaps is not None and (year is None or number or type or role or uncollected):
        raise typer.BadParameter(say("goes with --year, and besides it only with --issuer"), param_hint="--gaps")
    with opened(config) as (loaded, store):
        register = Register(store)
        if gaps is not None and year is not None:
            try:
                series = register.gaps(gaps, year, issuer)
            except SeriesError as error:
                raise typer.BadParameter(str(error), param_hint="--gaps") from error
            return _tell_gaps(series, as_json)
        wanted = DocumentsWanted(number, issuer, type, year, role, uncollected)
        rows = register.documents(wanted, limit)
    if as_json:
        print_json(rows, loaded.settings.timezone)
        return 0
    heads = (
        mark("Number"),
        mark("Type"),
        mark("Issuer"),
        mark("Issued on"),
        mark("First seen at"),
        mark("Issued in"),
        mark("Cited by"),
    )
    table = [
        (
            row["number"],
            row["type"],
            row["issuer"],
            written_day(row["date"]),
            row["first_portal"],
            _counted(row["issued_in"]),
            say("{count} articles", count=len(row["cited_by"])) if row["cited_by"] else "",
        )
        for row in rows
    ]
    print_table([say(head) for head in heads], table, loaded.settings.timezone)
    return 0


def _counted(urls: list[str]) -> str:
    more = [say("{count} more", count=len(urls) - 1)] if len(urls) > 1 else []
    return "\n".join([*urls[:1], *more])


def _tell_gaps(series: dict[str, Any], as_json: bool) -> int:
    if as_json:
        print_json(series)
        return 0
    if not series["known"]:
        typer.echo(say("No number of {symbol} of {year} is known.", symbol=series["symbol"], year=series["year"]))
        return 0
    typer.echo(
        say(
            "{known} numbers of {symbol} of {year} are known, from {first} to {last}.",
            **{name: series[name] for name in ("known", "symbol", "year", "first", "last")},
        )
    )
    ranges = [f"{first}" if first == last else f"{first}-{last}" for first, last in series["missing"]]
    typer.echo(say("Missing: {ranges}", ranges=", ".join(ranges)) if ranges else say("None is missing between them."))
    return 0
