"""Which configuration a command is about, and how its answers are printed."""

from __future__ import annotations

import difflib
import json
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from config import ConfigError, Configuration, Portal, Problem, Subscription, say
from storage import Store, open_store

Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", help=say("The folder of the configuration."), show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help=say("Answer in JSON."))]
Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help=say("From this day on."),
        show_default=False,
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10**9, help=say("At most so many, the newest first."))]

_SHORT = 16  # letters of a cell that stays on one line


class Folder:
    """The folder that was named before the command; a name after the command wins."""

    given: Path | None = None


def folder(named: Path | None) -> Path:
    """The folder of the configuration: as named, else PORTALWATCH_CONFIG, else ./portalwatch."""
    return named or Folder.given or Path(os.environ.get("PORTALWATCH_CONFIG") or "portalwatch")


def called(named: Path | None) -> str:
    """How the program is called for the same folder, for hints of what to run next."""
    given = named or Folder.given
    return f"portalwatch --config {shlex.quote(str(given))}" if given else "portalwatch"


def is_named(named: Path | None) -> bool:
    """Whether somebody said which configuration applies, and not only that there may be one where they stand."""
    return bool(named or Folder.given or os.environ.get("PORTALWATCH_CONFIG"))


def configuration(named: Path | None, *, subscriptions: bool = True) -> Configuration:
    """The configuration in the folder; ConfigError with every problem of it. Without `subscriptions` their file is not
    read, and its faults are no matter."""
    from monitor.configuration import load_configuration

    return load_configuration(folder(named), subscriptions=subscriptions)


def configured(loaded: Configuration, name: str) -> Portal:
    """The portal of that id; ConfigError when there is none."""
    if (portal := loaded.portal(name)) is None:
        where = str(loaded.directory / "portals")
        raise ConfigError([Problem(where, 1, 1, say("there is no portal '{portal}'", portal=name))])
    return portal


def wanted_subscription(loaded: Configuration, name: str) -> Subscription:
    """The subscription of that id; ConfigError when there is none."""
    if (subscription := loaded.subscription(name)) is not None:
        return subscription
    told = say("there is no subscription '{subscription}'", subscription=name)
    if near := difflib.get_close_matches(name, [each.id for each in loaded.subscriptions], 1):
        told = say("there is no subscription '{subscription}'; did you mean '{near}'?", subscription=name, near=near[0])
    raise ConfigError([Problem(str(loaded.directory / "subscriptions.yaml"), 1, 1, told)])


@contextmanager
def opened(named: Path | None) -> Iterator[tuple[Configuration, Store]]:
    """The configuration and its store."""
    loaded = configuration(named)
    store = open_store(loaded.settings.database, loaded.settings.data)
    try:
        yield loaded, store
    finally:
        store.close()


def print_json(value: object, zone: str = "Asia/Ho_Chi_Minh", *, indent: int | None = 2) -> None:
    """JSON on stdout in UTF-8, times in the given zone with their offset."""
    plain = _in_zone(value, ZoneInfo(zone))
    try:
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=indent))
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can carry and UTF-8 cannot
        typer.echo(json.dumps(plain, indent=indent))


def _in_zone(value: object, zone: ZoneInfo) -> Any:
    match value:
        case datetime():
            return value.astimezone(zone).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _in_zone(inner, zone) for key, inner in value.items()}
        case str() | int() | float() | None:
            return value
        case Sequence():
            return [_in_zone(inner, zone) for inner in value]
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]], zone: str) -> None:
    """A table for people on stdout; a plain one, cut to nothing, when stdout is no terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        typer.echo(say("Nothing yet."))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    cells = [[_cell(value, ZoneInfo(zone)) for value in row] for row in rows]
    for head, *column in zip(heads, *cells, strict=True):
        # On a narrow terminal long texts make room, and not ids and dates.
        short = max(map(len, (head, *column))) <= _SHORT
        table.add_column(head, overflow="fold", no_wrap=short)
    for row in cells:
        table.add_row(*map(escape, row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(table)


def written_day(day: object) -> str:
    """A day of the contract (YYYY-MM-DD) as people write it; what is none stays as it is."""
    try:
        return f"{date.fromisoformat(str(day)):%d/%m/%Y}" if day else ""
    except ValueError:
        return str(day)


def _cell(value: object, zone: ZoneInfo) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(zone).strftime("%d/%m/%Y %H:%M")
        case date():
            return value.strftime("%d/%m/%Y")
        case list() | tuple():
            return ", ".join(str(inner) for inner in value)
    return str(value)
