"""Commands that keep: export and import what is known, upgrade the database, and copy it into one of either kind."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from config import Configuration, StorageError, say, told_by_system
from monitor.commands.folder import AsJson, Config, Since, configuration, opened, print_json
from monitor.commands.narrowing import one_of
from monitor.commands.writing import Output, written
from monitor.logs import start_logs
from storage import (
    ArticleLine,
    DocumentsWanted,
    EventLine,
    EventRecord,
    EventsWanted,
    Exporting,
    Importing,
    LineError,
    Looking,
    NewerFormat,
    Store,
    database_version,
    open_store,
    read_line,
    without_secret,
)

WHAT = ("articles", "events", "all")
TABLES = ("articles", "events", "documents")
FORMATS = ("jsonl", "csv")
_LINES_AT_ONCE = 50  # a transaction: whoever waits for the writer's lock waits for no more than that
_DATABASE_VARIABLE = "PORTALWATCH_DATABASE"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(name="export", help=say("Write articles and events as JSON Lines; page snapshots are not in it."))(
        export
    )
    app.command(name="import", help=say("Read what export wrote; adds what is missing, and never alerts."))(import_)
    db = typer.Typer(help=say("Look after the database."), no_args_is_help=True, rich_markup_mode=None)
    db.command(help=say("Bring the database's tables up to this version."))(upgrade)
    db.command(help=say("Copy everything into an empty database, SQLite or PostgreSQL."))(copy)
    app.add_typer(db, name="db")


# --- export ---


def export(
    config: Config = None,
    what: Annotated[str, typer.Option("--what", help=say("articles, events or all."))] = "all",
    portals: Annotated[
        list[str] | None, typer.Option("--portal", help=say("Of one portal; may be repeated."), show_default=False)
    ] = None,
    since: Since = None,
    form: Annotated[
        str, typer.Option("--format", help=say("jsonl, which import reads; or csv, a table for spreadsheets."))
    ] = "jsonl",
    output: Output = None,
) -> int:
    """Write lines of the exchange format, or a table."""
    from monitor.clock import now

    one_of("--format", form, FORMATS)
    one_of("--what", what, TABLES if form == "csv" else WHAT)
    start_logs("WARNING")
    if form == "csv":
        return _export_table(config, what, portals or [], since, output)
    with opened(config) as (loaded, store):
        start = since.replace(tzinfo=ZoneInfo(loaded.settings.timezone)) if since else None
        exporting = Exporting(store, portals=portals or (), since=start)
        _check_portals(loaded, exporting)
        articles, events = what != "events", what != "articles"
        done: Counter[str] = Counter()
        with (
            written(output) as file,
            _bar(say("export"), exporting.count(articles=articles, events=events)) as advance,
        ):
            for row in _rows(exporting, what, now(), articles, events):
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                done[row["kind"]] += 1
                advance(1)
    told = say("{articles} articles, {events} events", articles=done["article"], events=done["event"])
    typer.echo(told, err=True)
    return 0


def _check_portals(loaded: Configuration, exporting: Exporting) -> None:
    """Refuse a portal that is neither stored nor configured."""
    for portal in exporting.unknown_portals():
        if loaded.portal(portal) is None:
            raise typer.BadParameter(say("there is no portal '{portal}'", portal=portal), param_hint="--portal")


def _export_table(
    config: Path | None, what: str, portals: Sequence[str], since: datetime | None, output: Path | None
) -> int:
    """Write one kind of rows as CSV, as the command of its name lists them: events by their day, the others as first seen."""
    from monitor.spreadsheets import csv_lines

    with opened(config) as (loaded, store):
        _check_portals(loaded, Exporting(store, portals=portals))
        looking, of = Looking(store), tuple(portals) or None
        start = since.replace(tzinfo=ZoneInfo(loaded.settings.timezone)) if since else None
        if what == "articles":
            rows = looking.articles(portals=of, since=start)
        elif what == "events":
            rows = looking.events(wanted=EventsWanted(portals=of, since=f"{since:%Y-%m-%d}" if since else None))
        else:
            rows = looking.documents(wanted=DocumentsWanted(portals=of, since=start))
        with written(output) as file:
            file.writelines(csv_lines(what, rows, loaded.settings.timezone))
    typer.echo(say("{count} rows", count=len(rows)), err=True)
    return 0


def _rows(exporting: Exporting, what: str, moment: datetime, articles: bool, events: bool) -> Iterator[dict[str, Any]]:
    yield exporting.header(what, moment)
    if articles:
        yield from exporting.articles()
    if events:  # after the articles that they name
        yield from exporting.events()


# --- import ---


def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help=say("Files to read; - is standard input."))],
    config: Config = None,
    as_json: AsJson = False,
) -> int:
    """Import lines of the exchange format; 1 when a line could not be imported, 2 when a file is of a newer format."""
    from monitor import by_hand

    start_logs("WARNING")
    for name in files:
        _look_into(name)
    counts: Counter[str] = Counter()
    with opened(config) as (loaded, store), by_hand.somebody(loaded.settings.data):
        importing = Importing(store, united)
        size = sum(Path(name).stat().st_size for name in files if name != "-")
        with _bar(say("import"), size or None) as advance:
            for name in files:
                counts.update(_import(importing, name, advance))
    if as_json:
        kinds = ("article", "event")
        outcomes = ("new", "completed", "known")
        told = {f"{kind}s": {outcome: counts[f"{kind} {outcome}"] for outcome in outcomes} for kind in kinds}
        print_json({**told, "bad_lines": counts["bad"], "missing_articles": counts["missing"]})
    else:
        typer.echo(_summary(say("articles"), "article", counts))
        typer.echo(_summary(say("events"), "event", counts))
    if counts["missing"]:
        told_of = say("{count} times an event names an article that is not here: import the articles too, then the events again", count=counts["missing"])  # fmt: skip
        typer.echo(told_of, err=True)
    return 1 if counts["bad"] else 0


def _summary(name: str, kind: str, counts: Counter[str]) -> str:
    return say(
        "{name}: {new} new, {completed} completed, {known} known already",
        name=name,
        new=counts[f"{kind} new"],
        completed=counts[f"{kind} completed"],
        known=counts[f"{kind} known"],
    )


def _look_into(name: str) -> None:
    """Refuse a file that cannot be read, or is of a newer format, before anything of any file is imported."""
    path = Path(name)
    if name == "-" or (path.exists() and not (path.is_file() or path.is_dir())):  # a pipe is read only once
        return
    try:
        with path.open("rb") as file:
            first = file.readline()
    except OSError as error:
        raise typer.BadParameter(f"{name}: {told_by_system(error)}") from error
    try:
        read_line(first.removeprefix(b"\xef\xbb\xbf"))
    except NewerFormat as error:
        raise typer.BadParameter(f"{name}:1: {error}") from error
    except LineError:
        pass  # told of in its place


def _import(importing: Importing, name: str, advance: Callable[[int], None]) -> Counter[str]:
    """Import one file; how many lines were what."""
    counts: Counter[str] = Counter()
    batch: list[tuple[int, ArticleLine | EventLine]] = []

    def bad(place: int, why: object) -> None:
        typer.echo(f"{name}:{place}: {why}", err=True)
        counts["bad"] += 1

    def take() -> None:
        from monitor.clock import now

        for (place, line), taken in zip(batch, importing.take([line for _, line in batch], now()), strict=True):
            if taken.outcome == "refused":
                bad(place, taken.why)
            else:
                counts[f"{'article' if isinstance(line, ArticleLine) else 'event'} {taken.outcome}"] += 1
                counts["missing"] += taken.missing
        batch.clear()

    with sys.stdin.buffer if name == "-" else Path(name).open("rb") as file:
        for place, raw in enumerate(file, 1):
            try:
                line = read_line(raw.removeprefix(b"\xef\xbb\xbf")) if raw.strip() else None
            except LineError as error:
                if place == 1 and isinstance(error, NewerFormat):
                    raise typer.BadParameter(f"{name}:1: {error}") from error
                bad(place, error)
                line = None
            if line is not None:
                batch.append((place, line))
            if len(batch) == _LINES_AT_ONCE:
                take()
            advance(len(raw))
        take()
    return counts


def united(line: EventLine, known: EventRecord) -> tuple[str | None, dict[str, Any]] | None:
    """The status and facts of a known event with those that a line adds, as judging would have added them; None when the
    two are not the same fact."""
    from monitor.agreeing import same_event
    from monitor.events import Finding, merged

    if not same_event(Finding(line.kind, line.keys, line.title, line.status, line.facts, ""), known):
        return None
    facts = merged(known.facts, line.facts)
    meeting = facts.get("meeting")
    return meeting["status"] if isinstance(meeting, Mapping) else known.status, facts


@contextmanager
def _bar(name: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, silence elsewhere; without a total it only shows that something moves."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(name, total=total)
        yield lambda count: bars.advance(task, count)


# --- the database ---


def upgrade(config: Config = None) -> int:
    """Bring the tables up to this version, as every command does that opens them; say which version that is."""
    loaded = configuration(config)
    before = database_version(loaded.settings.database)
    open_store(loaded.settings.database, loaded.settings.data).close()
    version = database_version(loaded.settings.database)
    if before == version:
        typer.echo(say("The database is of version {version} already.", version=version))
    elif before is None:
        typer.echo(say("A new database was made, of version {version}.", version=version))
    else:
        typer.echo(say("The database was of version {before} and is now of {version}.", before=before, version=version))
    return 0


def copy(
    config: Config = None,
    url: Annotated[str | None, typer.Argument(help=say("The database to copy into."), show_default=False)] = None,
    to_env: Annotated[
        str | None,
        typer.Option("--to-env", metavar="NAME", help=say("Its URL is in this environment variable."), show_default=False),
    ] = None,
) -> int:  # fmt: skip
    """Copy the whole store; the service must not run and nobody work by hand, or what they store meanwhile would stay
    behind."""
    from monitor import by_hand
    from monitor.service import only_service

    start_logs("WARNING")
    if (url is None) == (to_env is None):
        raise typer.BadParameter(say("name the database, or with --to-env the variable that holds its URL"))
    loaded = configuration(config)
    written = url if to_env is None else os.environ.get(to_env)
    if not written:
        raise typer.BadParameter(say("the environment variable {name} is not set", name=to_env), param_hint="--to-env")
    target_url = _absolute(loaded, written)
    shown = without_secret(written)
    data = loaded.settings.data
    with only_service(data), by_hand.nobody(data) as nobody, opened(config) as (_, store):
        if not nobody:
            raise StorageError(say("somebody crawls, backfills or imports by hand: try again when that has ended"))
        leading = store.lead()
        if not leading.hold():  # on a database that several machines share
            raise StorageError(say("another service runs on this database already"))
        try:
            target = open_store(target_url, data)
            try:
                store.copy_to(target)
                counts = _counts(target)
            finally:
                target.close()
        finally:
            leading.release()
    typer.echo(say("Copied: {articles} articles, {events} events, and all that belongs to them.", **counts))
    typer.echo(say("Now write into {file}:", file=loaded.directory / "portalwatch.yaml"))
    if to_env is not None or shown is None:
        name = to_env or _DATABASE_VARIABLE
        typer.echo(f'database: "${{{name}}}"')
        typer.echo(say("and keep the URL, with its password, in the environment variable {name}.", name=name))
    else:
        typer.echo(f"database: {json.dumps(shown, ensure_ascii=False)}")
    return 0


def _absolute(loaded: Configuration, url: str) -> str:
    """The URL as the configuration would take it: the path of SQLite's file starts from the configuration's folder."""
    path = url.removeprefix("sqlite:///")
    if path != url and path:
        return f"sqlite:///{loaded.directory / path}"
    if not url.startswith(("postgresql://", "postgresql+psycopg://")):
        form = "postgresql+psycopg://user:password@host/name"
        raise typer.BadParameter(
            say("the database must be written as sqlite:///portalwatch.db or as {form}", form=form)
        )
    return url


def _counts(store: Store) -> dict[str, int]:
    stored = Exporting(store)
    return {
        "articles": stored.count(articles=True, events=False),
        "events": stored.count(articles=False, events=True),
    }
