"""Commands that search: search, searches."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from config import Configuration, mark, say
from monitor.commands.folder import AsJson, Config, Folder, Limit, Since, opened, print_json, print_table
from monitor.commands.narrowing import Portals, Province, Until, bodies_of, days_of, portals_of
from storage import Query, QueryError, Searching, Within, parse_query

_LONGEST_NAME = 100


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(
        help=say(
            'Search titles, texts and attached files: all words must occur, in any order; "a phrase" as it stands; '
            "-word must not; beginning* of a word. The newest found come first."
        )
    )(search)
    searches_app = typer.Typer(help=say("List saved searches."), invoke_without_command=True, rich_markup_mode=None)
    searches_app.callback()(searches)
    searches_app.command(help=say("Delete a saved search."))(delete)
    app.add_typer(searches_app, name="searches")


def search(
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help=say("What to search for."), show_default=False)
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
    portal: Portals = None,
    province: Province = None,
    body: Annotated[
        str | None, typer.Option("--body", help=say("What reports an event of this body."), show_default=False)
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", help=say("What mentions this document."), show_default=False)
    ] = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        Literal["meeting", "decision"] | None,
        typer.Option("--kind", help=say("What reports a meeting, or a decision."), show_default=False),
    ] = None,
    marks: Annotated[
        Literal["ignore", "exact"], typer.Option("--marks", help=say("Whether chuyen finds chuyển."))
    ] = "ignore",
    save: Annotated[
        str | None, typer.Option("--save", help=say("Keep this search under a name."), show_default=False)
    ] = None,
    saved: Annotated[
        str | None, typer.Option("--saved", help=say("Search as it was saved under this name."), show_default=False)
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help=say("Only what was found since the saved search was last looked at so."))
    ] = False,
) -> int:
    """Articles by their words."""
    from monitor.clock import now

    first, last = days_of(since, until)
    asked: dict[str, Any] = {
        "query": " ".join(query or ()),
        "portals": portal,
        "province": province,
        "body": body,
        "number": number,
        "since": first,
        "until": last,
        "kind": kind,
        "marks": marks,
    }
    _check(asked, save, saved, new)
    with opened(config) as (loaded, store):
        searching = Searching(store)
        known = searching.saved(saved) if saved is not None else (asked, 0)
        if known is None:
            raise typer.BadParameter(say("there is no saved search '{name}'", name=saved), param_hint="--saved")
        words, within = _meant(loaded, known[0])
        rows = searching.search(words, within, limit=limit, after=known[1] if new else None)
        if save is not None:
            searching.save(save, asked, now())
        if saved is not None and new and rows:
            searching.looked(saved, rows[0]["id"])
    if as_json:
        print_json(rows, loaded.settings.timezone)
    else:
        _tell(rows, words)
    return 0


def _check(asked: dict[str, Any], save: str | None, saved: str | None, new: bool) -> None:
    plainly = {"marks": "ignore", "query": ""}
    if saved is not None and (
        save is not None or any(value and value != plainly.get(name) for name, value in asked.items())
    ):
        raise typer.BadParameter(say("a saved search is asked as it was saved"), param_hint="--saved")
    if new and saved is None:
        raise typer.BadParameter(say("needs --saved"), param_hint="--new")
    if save is not None and not (0 < len(save.strip()) <= _LONGEST_NAME and save.isprintable()):
        raise typer.BadParameter(say("a name is one line of at most 100 letters"), param_hint="--save")


def _meant(loaded: Configuration, asked: dict[str, Any]) -> tuple[Query, Within]:
    """What a search asks for, in the configuration of today."""
    try:
        words = parse_query(asked["query"], marks=asked["marks"] == "exact")
    except QueryError as error:
        raise typer.BadParameter(str(error), param_hint="QUERY") from error
    return words, Within(
        portals=portals_of(loaded, asked["portals"], asked["province"]),
        bodies=bodies_of(asked["body"]),
        number=asked["number"],
        kind=asked["kind"],
        since=asked["since"],
        until=asked["until"],
    )


def _tell(rows: list[dict[str, Any]], words: Query) -> None:
    if not rows:
        typer.echo(say("Nothing was found."))
    for row in rows:
        day = row["published"] or row["first_seen"]
        typer.secho(f"{row['id']}  {row['portal']}  {day:%d/%m/%Y}  ", nl=False)
        typer.echo(_bold(row["title"], words))
        typer.echo(f"    {row['url']}")
        typer.echo(f"    {_bold(' '.join(row['snippet'].split()), words)}\n")


def _bold(text: str, words: Query) -> str:
    """A text with what was searched for in bold; on a terminal only."""
    parts, done = [], 0
    for start, end in words.spans(text):
        parts += [text[done:start], typer.style(text[start:end], bold=True)]
        done = end
    return "".join([*parts, text[done:]])


def searches(context: typer.Context, config: Config = None, as_json: AsJson = False, limit: Limit = 1000) -> int:
    """The saved searches, unless a command of its own follows."""
    if context.invoked_subcommand is not None:
        Folder.given = config or Folder.given
        return 0
    with opened(config) as (loaded, store):
        searching = Searching(store)
        rows = []
        for row in searching.names()[:limit]:
            asked = dict(row["query"])
            try:
                new = searching.count(*_meant(loaded, asked), after=row["last_article"])
            except typer.BadParameter:  # its portal is not configured any more
                new = None
            words = asked.pop("query")
            narrowed = {name: value for name, value in asked.items() if value}
            rows.append(
                {"name": row["name"], "query": words, "created": row["created"], "new": new, "narrowed": narrowed}
            )
    if as_json:
        print_json(rows, loaded.settings.timezone)
        return 0
    heads = (mark("Name"), mark("Query"), mark("Narrowed to"), mark("Saved on"), mark("New"))
    table = [
        (
            row["name"],
            row["query"],
            _narrowed(row["narrowed"]),
            row["created"],
            row["new"],
        )
        for row in rows
    ]
    print_table([say(head) for head in heads], table, loaded.settings.timezone)
    return 0


def _narrowed(narrowed: dict[str, Any]) -> str:
    """What a saved search is narrowed to, as it would be typed."""
    given = {name: value for name, value in narrowed.items() if (name, value) != ("marks", "ignore")}
    portals = given.pop("portals", ())
    return " ".join(
        [*(f"--portal {each}" for each in portals), *(f"--{name} {value}" for name, value in given.items())]
    )


def delete(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("The saved search's name."))], config: Config = None
) -> int:
    """Delete a saved search."""
    with opened(config) as (_, store):
        if not Searching(store).forget(name):
            raise typer.BadParameter(say("there is no saved search '{name}'", name=name), param_hint="NAME")
    typer.echo(say("The saved search '{name}' was deleted.", name=name))
    return 0
