"""The command `catalogue`: the shipped portals, and taking one of them into the configuration."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from config import (
    Catalogue,
    ConfigError,
    KnownPortal,
    PortalKind,
    mark,
    portal_facts,
    read_catalogue,
    say,
    speaking,
    write_portal,
)
from monitor.commands.folder import AsJson, Config, Folder, configuration, folder, print_json, print_table


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    catalogue_app = typer.Typer(
        help=say("List the shipped catalogue of portals, none of them tried live."),
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    catalogue_app.callback()(catalogue)
    catalogue_app.command(help=say("Take a portal of the catalogue into the configuration."))(add)
    app.add_typer(catalogue_app, name="catalogue")


def catalogue(
    context: typer.Context,
    config: Config = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10**9, help=say("At most so many."))] = 1000,
    kind: Annotated[str | None, typer.Option("--kind", help=say("Of one kind."), show_default=False)] = None,
) -> int:
    """The catalogue, unless a command of its own follows."""
    if context.invoked_subcommand is not None:
        Folder.given = config or Folder.given
        return 0
    if kind is not None and kind not in get_args(PortalKind):
        raise typer.BadParameter(", ".join(get_args(PortalKind)), param_hint="--kind")
    shipped = read_catalogue()
    rows = [portal_json(shipped, portal) for portal in shipped.portals if kind in (None, portal.kind)][:limit]
    if as_json:
        print_json(rows)
        return 0
    heads = (mark("Id"), mark("Name"), mark("Kind"), mark("Address"), mark("Sections"), mark("Since then"))
    table = [(r["id"], r["name"], r["kind"], r["url"], len(r["sections"]), _now(r)) for r in rows]
    print_table([say(head) for head in heads], table, "Asia/Ho_Chi_Minh")
    return 0


def add(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("A portal's id in the catalogue."))],
    config: Config = None,
    language: Annotated[str, typer.Option("--language", help=say("The language of the comments: vi or en."))] = "",
) -> int:
    """Write one portal's file; its path on stdout, what to know about it on stderr."""
    if language not in ("", "vi", "en"):
        raise typer.BadParameter(say("vi or en"), param_hint="--language")
    where, spoken = _folder(config)
    shipped = read_catalogue()
    portal = shipped.portal(id)
    if portal is None:
        raise typer.BadParameter(_unknown(shipped, id), param_hint="ID")
    if portal.refused:
        raise typer.BadParameter(f"{id}: {portal.refused.text(speaking())}", param_hint="ID")
    path = write_portal(where, shipped, portal, language or spoken)
    typer.echo(str(path))
    for line in _to_know(shipped, portal):
        typer.echo(line, err=True)
    return 0


def _folder(config: Path | None) -> tuple[Path, str]:
    """The folder of the configuration, and its language."""
    where = folder(config)
    try:
        return where, configuration(config).settings.language
    except ConfigError:
        # What is wrong may be mended by this very portal: a subscription that names it.
        if not (where / "portalwatch.yaml").is_file():
            raise
        return where, speaking()


def _to_know(shipped: Catalogue, portal: KnownPortal) -> list[str]:
    lines = []
    if portal.retired_on:
        lines.append(say("{portal} ended on {day}.", portal=portal.name, day=portal.retired_on.strftime("%d/%m/%Y")))
    if portal.successor:
        lines.append(say("Its successor: portalwatch catalogue add {portal}", portal=portal.successor))
    if not portal.sections:
        lines.append(say("No section of it is known: the file says what to do."))
    if not shipped.seen_lately(portal):
        lines.append(say("It is written as enabled: false."))
    lines.append(say("Not tried live: edit the file, then run portalwatch check --live"))
    return lines


def _unknown(shipped: Catalogue, id: str) -> str:
    hosts = {portal.url.split("/")[2].removeprefix("www."): portal.id for portal in shipped.portals}
    names = {portal.id: portal.id for portal in shipped.portals} | hosts
    near = difflib.get_close_matches(id.lower().removeprefix("www."), names, 1)
    if near:
        return say("'{portal}' is not in the catalogue; did you mean '{near}'?", portal=id, near=names[near[0]])
    return say("'{portal}' is not in the catalogue", portal=id)


def _now(row: dict[str, Any]) -> str:
    if row["refused"]:
        return say("refused")
    if row["retired_on"]:
        return say("ended on {day}, see {portal}", day=row["retired_on"].strftime("%d/%m/%Y"), portal=row["successor"])
    return ""


def portal_json(shipped: Catalogue, portal: KnownPortal) -> dict[str, Any]:
    """A portal of the catalogue as JSON; facts and sources in the language that is spoken."""

    def source(id: str) -> dict[str, Any]:
        known = shipped.source(id)
        return {"source": known.text(speaking()), "dated": known.dated}

    return {
        **{key: getattr(portal, key) for key in ("id", "name", "kind", "url", "province", "body", "platform")},
        "retired_on": portal.retired_on,
        "predecessors": [other.id for other in shipped.predecessors(portal)],
        "successor": portal.successor,
        "refused": portal.refused.text(speaking()) if portal.refused else None,
        "sections": [
            {"id": s.id, "name": s.name, "url": s.url, "kind": s.kind, **source(s.source)} for s in portal.sections
        ],
        "feeds": [{"url": feed.url, **source(feed.source)} for feed in portal.feeds],
        "known": [{"fact": fact, "source": told} for fact, told in portal_facts(shipped, portal, speaking())],
        "tried_live": portal.tried_live,
    }
