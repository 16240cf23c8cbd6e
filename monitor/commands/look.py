"""Commands that look: status, portals, articles, show, deliveries, runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from config import Configuration, Portal, Section, mark, say
from monitor.commands.folder import AsJson, Config, Folder, Limit, opened, print_json, print_table
from storage import Delivering, Looking

STATES = {
    "ok": mark("ok"),
    "quiet": mark("quiet"),
    "down": mark("down"),
    "blocked": mark("blocked"),
    "redesigned": mark("redesigned"),
    "moved": mark("moved"),
    "new": mark("not read yet"),
    "disabled": mark("disabled"),
}
# The worst section gives its portal's state.
_GRAVITY = ("ok", "quiet", "new", "redesigned", "moved", "blocked", "down")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=say("Show what runs, and how every portal and section is."))(status)
    app.command(help=say("List the configured portals."))(portals)
    app.command(help=say("List articles."))(articles)
    app.command(help=say("Show one article with its revisions, by its id or URL."))(show)
    app.command(help=say("List the runs."))(runs)
    deliveries_app = typer.Typer(help=say("List deliveries."), invoke_without_command=True, rich_markup_mode=None)
    deliveries_app.callback()(deliveries)
    deliveries_app.command(help=say("Try failed deliveries again."))(retry)
    app.add_typer(deliveries_app, name="deliveries")


def status(
    config: Config = None,
    as_json: AsJson = False,
    health: Annotated[
        bool, typer.Option("--health", help=say("Fail when no service runs; for health checks."))
    ] = False,
) -> int:
    """How everything is."""
    from monitor.clock import now
    from monitor.service import processes

    with opened(config) as (loaded, store):
        looking = Looking(store)
        pids = processes(loaded.settings.data)
        problems = pids.pop("problems")
        rows = portal_rows(loaded, looking, now())
        counts = looking.counts()
    if as_json:
        print_json({"pids": pids, "configuration": problems, "portals": rows, **counts}, loaded.settings.timezone)
    else:
        if pids["service"]:
            typer.echo(say("The service runs (process {pid}).", pid=pids["service"]))
        else:
            typer.echo(say("No service runs."))
        if problems:
            typer.echo(say("The changed configuration was not taken up, or not all of it:"))
            for problem in problems:
                typer.echo(f"  {problem}")
        typer.echo(
            say(
                "{unjudged} not judged, {pending} deliveries pending, {failed} failed.",
                unjudged=counts["unjudged"],
                pending=counts["pending"],
                failed=counts["failed"],
            )
        )
        heads = [
            say(head)
            for head in (
                mark("Portal"),
                mark("Section"),
                mark("State"),
                mark("Last good"),
                mark("Next check"),
                mark("Problems"),
            )
        ]
        print_table(
            heads,
            [
                (p["id"], s["id"], say(STATES[s["state"]]), s["last_good"], s["next_check"], "\n".join(s["problems"]))
                for p in rows
                for s in p["sections"]
            ],
            loaded.settings.timezone,
        )
    # A service whose workers do not live watches nothing.
    return 1 if health and not (pids["service"] and pids["workers"]) else 0


def portal_rows(loaded: Configuration, looking: Looking, moment: datetime) -> list[dict[str, Any]]:
    """The portals in the contract's JSON for `status`."""
    known = looking.sections()
    rows = []
    for portal in loaded.portals:
        sections = [
            _section_row(portal, section, known.get((portal.id, section.id)), moment) for section in portal.sections
        ]
        worst = max(
            (row["state"] for row in sections), key=lambda state: _GRAVITY.index(state) if state in _GRAVITY else 0
        )
        rows.append({"id": portal.id, "state": worst if portal.enabled else "disabled", "sections": sections})
    return rows


def _section_row(portal: Portal, section: Section, row: dict[str, Any] | None, moment: datetime) -> dict[str, Any]:
    if row is None or not portal.enabled:
        state = "new" if portal.enabled else "disabled"
        return {"id": section.id, "state": state, "last_good": None, "next_check": None, "problems": []}
    state = row["state"]
    problems = list(row["problems"])
    silent: timedelta | None = section.expect.silent_after
    if state == "ok" and silent and row["last_entry"] and moment - row["last_entry"] > silent:
        state = "quiet"
        problems.append(say("no new entry since {when}", when=row["last_entry"].strftime("%d/%m/%Y")))
    return {
        "id": section.id,
        "state": state,
        "last_good": row["last_good"],
        "next_check": row["next_check"],
        "pending": row["pending"],
        "baseline": row["baseline"],
        "problems": problems,
    }


def portals(config: Config = None, as_json: AsJson = False, limit: Limit = 1000) -> int:
    """The configured portals."""
    from monitor.commands.folder import configuration

    loaded = configuration(config)
    rows = [
        {
            "id": portal.id,
            "name": portal.name,
            "url": portal.url,
            "enabled": portal.enabled,
            "province": portal.province,
            "sections": [section.id for section in portal.sections],
        }
        for portal in loaded.portals
    ][:limit]
    if as_json:
        print_json(rows)
    else:
        heads = [say(head) for head in (mark("Portal"), mark("Name"), mark("Address"), mark("Sections"))]
        print_table(heads, [(r["id"], r["name"], r["url"], r["sections"]) for r in rows], loaded.settings.timezone)
    return 0


def articles(
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
    portal: Annotated[str | None, typer.Option("--portal", help=say("Of one portal."), show_default=False)] = None,
) -> int:
    """The articles."""
    with opened(config) as (loaded, store):
        if portal is not None and loaded.portal(portal) is None:
            raise typer.BadParameter(say("there is no portal '{portal}'", portal=portal), param_hint="--portal")
        rows = Looking(store).articles(limit, portals=[portal] if portal else None)
    heads = (mark("Id"), mark("Portal"), mark("Published"), mark("Title"), mark("Address"))
    return _told(loaded, rows, as_json, heads, ("id", "portal", "published", "title", "url"))


def show(
    article: Annotated[str, typer.Argument(help=say("An article's id or URL."))],
    config: Config = None,
    as_json: AsJson = False,
) -> int:
    """One article."""
    with opened(config) as (loaded, store):
        row = Looking(store).show(article)
    if row is None:
        typer.echo(say("There is no article {article}.", article=article), err=True)
        return 1
    if as_json:
        print_json(row, loaded.settings.timezone)
        return 0
    typer.echo(row["title"])
    typer.echo(f"{row['portal']}  {row['published'] or ''}  {row['url']}\n")
    typer.echo(row["text"])
    for name, values in (
        (say("Captions"), row["captions"]),
        (say("Attachments"), [_attachment(a) for a in row["attachments"]]),
    ):
        if values:
            typer.echo(f"\n{name}:\n  " + "\n  ".join(values))
    for attachment in row["attachments"]:
        if attachment["text"]:
            typer.echo(f"\n{attachment['name']}:\n{attachment['text']}")
    return 0


FILE_STATES = {
    "read": mark("read"),
    "scan": mark("a scan"),
    "refused": mark("refused"),
    "unread": mark("not read"),
}


def _attachment(row: dict[str, Any]) -> str:
    """An attachment in one line: where it is, and what came of reading it."""
    told = [row["kind"], say(FILE_STATES[row["state"]])] if row["state"] else []
    told += [say("{pages} pages", pages=row["pages"])] if row["pages"] else []
    told += [row["problem"]] if row["problem"] else []
    return f"{row['url']}  ({', '.join(told)})" if told else str(row["url"])


def runs(config: Config = None, as_json: AsJson = False, limit: Limit = 50) -> int:
    """The runs."""
    with opened(config) as (loaded, store):
        rows = Looking(store).runs(limit)
    if as_json:
        return _told(loaded, rows, True, (), ())
    flat = [
        {**run, "section": s["id"], "entries": s["entries"], "new": s["new"], "problems": "\n".join(s["problems"])}
        for run in rows
        for s in run["sections"] or [{"id": "", "entries": "", "new": "", "problems": []}]
    ]
    heads = (
        mark("Id"),
        mark("Portal"),
        mark("Section"),
        mark("Started"),
        mark("State"),
        mark("Entries"),
        mark("New"),
        mark("Problems"),
    )
    return _told(
        loaded, flat, False, heads, ("id", "portal", "section", "started", "state", "entries", "new", "problems")
    )


def deliveries(context: typer.Context, config: Config = None, as_json: AsJson = False, limit: Limit = 50) -> int:
    """The deliveries, unless a command of its own follows."""
    if context.invoked_subcommand is not None:
        Folder.given = config or Folder.given
        return 0
    with opened(config) as (loaded, store):
        rows = Looking(store).deliveries(limit)
    heads = (
        mark("Id"),
        mark("Event"),
        mark("Subscriptions"),
        mark("Channel"),
        mark("Status"),
        mark("Attempts"),
        mark("Due"),
        mark("Sent"),
        mark("Error"),
    )
    names = ("id", "event", "subscriptions", "channel", "status", "attempts", "due", "sent", "error")
    return _told(loaded, rows, as_json, heads, names)


def retry(config: Config = None) -> int:
    """Make failed deliveries pending again."""
    from monitor.clock import now

    with opened(config) as (_, store):
        count = Delivering(store).retry_failed(now())
    typer.echo(say("{count} deliveries are pending again.", count=count))
    return 0


def _told(
    loaded: Configuration, rows: list[dict[str, Any]], as_json: bool, heads: tuple[str, ...], names: tuple[str, ...]
) -> int:
    if as_json:
        print_json(rows, loaded.settings.timezone)
    else:
        table = [[row[name] for name in names] for row in rows]
        print_table([say(head) for head in heads], table, loaded.settings.timezone)
    return 0
