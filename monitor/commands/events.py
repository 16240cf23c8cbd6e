"""Commands about events: list them, show one, and say that somebody has it or that nobody wants to hear of it."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from config import mark, say
from monitor.commands.folder import AsJson, Config, Folder, Limit, Since, opened, print_json, print_table, written_day
from monitor.commands.narrowing import Body, Portals, Province, Until, bodies_of, days_of, one_of, portals_of
from monitor.labels import CHANGES, FACTS, KINDS, PARTS, ROLES, STATUSES
from storage import Attending, EventsWanted, Looking

_LABELS = {
    "form": mark("Form"),
    **FACTS,
    "term": mark("Term"),
    "period": mark("Period"),
    "date": mark("Day"),
    "date_candidate": mark("Day, if the year is right"),
    "time": mark("Time"),
    "part_of_day": mark("Part of the day"),
    "mode": mark("Mode"),
}
_MODES = {"in_person": mark("in person"), "online": mark("online"), "hybrid": mark("hybrid")}
_WORDS = {"part_of_day": PARTS, "status": STATUSES, "role": ROLES, "mode": _MODES}
_FEW = 3  # portals named in a table: of sixty the others are counted
Ids = Annotated[list[int], typer.Argument(metavar="ID...", min=1, help=say("The ids of events."), show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    events_app = typer.Typer(
        help=say("List events with the articles that report them."), invoke_without_command=True, rich_markup_mode=None
    )
    events_app.callback()(events)
    events_app.command(help=say("Show one event whole."))(show)
    events_app.command(help=say("Say that somebody has these events."))(ack)
    events_app.command(help=say("Let nothing more be sent of these events."))(mute)
    events_app.command(help=say("Let what becomes of these events be sent again."))(unmute)
    app.add_typer(events_app, name="events")


def events(
    context: typer.Context,
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
    kind: Annotated[str | None, typer.Option("--kind", help=say("Of one kind."), show_default=False)] = None,
    portal: Portals = None,
    province: Province = None,
    body: Body = None,
    status: Annotated[str | None, typer.Option("--status", help=say("Of one status."), show_default=False)] = None,
    number: Annotated[str | None, typer.Option("--number", help=say("Of one number."), show_default=False)] = None,
    since: Since = None,
    until: Until = None,
    open_only: Annotated[bool, typer.Option("--open", help=say("Only what nobody has acknowledged or muted."))] = False,
) -> int:
    """The events, unless a command of its own follows."""
    if context.invoked_subcommand is not None:
        Folder.given = config or Folder.given
        return 0
    for name, given, allowed in (("--kind", kind, KINDS), ("--status", status, STATUSES)):
        one_of(name, given, allowed)
    first, last = days_of(since, until)
    with opened(config) as (loaded, store):
        wanted = EventsWanted(
            kind=kind,
            portals=portals_of(loaded, portal, province),
            bodies=bodies_of(body),
            status=status,
            number=number,
            since=first,
            until=last,
            open_only=open_only,
        )
        rows = Looking(store).events(limit, wanted)
    if as_json:
        print_json(rows, loaded.settings.timezone)
        return 0
    heads = (
        mark("Id"),
        mark("Kind"),
        mark("Status"),
        mark("Day"),
        mark("First seen"),
        mark("Title"),
        mark("Reported by"),
    )
    table = [
        (row["id"], say(KINDS[row["kind"]]), _state(row), _day(row), row["first_seen"], row["title"], _portals(row))
        for row in rows
    ]
    print_table([say(head) for head in heads], table, loaded.settings.timezone)
    return 0


def show(
    event: Annotated[int, typer.Argument(metavar="ID", min=1, help=say("An event's id."), show_default=False)],
    config: Config = None,
    as_json: AsJson = False,
) -> int:
    """One event."""
    with opened(config) as (loaded, store):
        row = Looking(store).event(event)
    if row is None:
        typer.echo(say("There is no event {id}.", id=event), err=True)
        return 1
    if row["id"] != event:
        typer.echo(say("Event {id} was merged into event {other}.", id=event, other=row["id"]), err=True)
    if as_json:
        print_json(row, loaded.settings.timezone)
        return 0
    typer.echo(row["title"])
    typer.echo(f"{row['id']}  {say(KINDS[row['kind']])}  {_state(row)}  {written_day(row['day'])}".rstrip())
    for name, value in (row["meeting"] or {}).items():
        if value is not None and name in _LABELS:
            typer.echo(f"  {say(_LABELS[name])}: {_fact(name, value)}")
    for document in row["documents"]:
        typer.echo("  " + "  ".join(_fact(name, value) for name, value in document.items() if value is not None))
    for change in row["changes"]:
        before, after = (_facts(change[name]) for name in ("before", "after"))
        seen = change["seen"].astimezone(ZoneInfo(loaded.settings.timezone))
        typer.echo(f"  {seen:%d/%m/%Y}  {say(CHANGES.get(change['kind'], change['kind']))}: {before} → {after}")
    for article in row["articles"]:
        typer.echo(f"\n{article['portal']}  {article['title']}\n  {article['url']}\n  {article['quote']}")
    return 0


def ack(ids: Ids, config: Config = None) -> int:
    """Somebody has these events."""
    from monitor.clock import now

    with opened(config) as (_, store):
        return _said(ids, *Attending(store).acknowledge(ids, now()), mark("Acknowledged: {ids}."))


def mute(ids: Ids, config: Config = None) -> int:
    """Nothing more is sent of these events."""
    from monitor.clock import now

    with opened(config) as (_, store):
        return _said(ids, *Attending(store).mute(ids, now()), mark("Muted: {ids}."))


def unmute(ids: Ids, config: Config = None) -> int:
    """What becomes of these events is sent again."""
    with opened(config) as (_, store):
        return _said(ids, *Attending(store).unmute(ids), mark("Not muted any more: {ids}."))


def _said(asked: list[int], done: list[int], unknown: list[int], told: str) -> int:
    for id in unknown:
        typer.echo(say("There is no event {id}.", id=id), err=True)
    if unknown:
        typer.echo(say("Nothing was changed."), err=True)
        return 1
    for id in done:
        if id not in asked:
            typer.echo(say("Event {id} stands for others that were merged into it.", id=id), err=True)
    typer.echo(say(told, ids=", ".join(map(str, done))))
    return 0


def _state(row: dict[str, Any]) -> str:
    """An event's status, and what people said of it."""
    told = [say(STATUSES[row["status"]])] if row["status"] in STATUSES else [row["status"]] if row["status"] else []
    told += [say("acknowledged")] if row["acknowledged"] else []
    told += [say("muted")] if row["muted"] else []
    return ", ".join(told)


def _portals(row: dict[str, Any]) -> str:
    portals = list(dict.fromkeys(article["portal"] for article in row["articles"]))
    more = [say("{count} more", count=len(portals) - _FEW)] if len(portals) > _FEW + 1 else []
    return ", ".join([*(portals[:_FEW] if more else portals), *more])


def _facts(facts: dict[str, Any] | None) -> str:
    return ", ".join(_fact(name, value) for name, value in (facts or {}).items() if value is not None) or "?"


def _fact(name: str, value: object) -> str:
    """A fact of an event in words: days as people write them, and our own words in the reader's language."""
    told = _WORDS.get(name, {}).get(str(value))
    if told is not None:
        return say(told)
    return written_day(value) if name in ("date", "date_candidate") else str(value)


def _day(row: dict[str, Any]) -> str:
    """The day of the meeting, or of the issue."""
    if row["meeting"] is not None:
        return written_day(row["meeting"].get("date"))
    return written_day(row["documents"][0].get("date")) if row["kind"] == "decision" and row["documents"] else ""
