"""The command that shows what became of an article's words from one revision to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from config import mark, match_key, say
from monitor.commands.folder import AsJson, Config, opened, print_json
from monitor.comparing import Piece, compare_lines, compare_words, hunks, reworded
from storage import Looking

_FILES = {
    "replaced": mark("Attachment replaced: {name}"),
    "attached": mark("Attachment added: {name}"),
    "detached": mark("Attachment taken away: {name}"),
}
_SIGNS = {"same": " ", "removed": "-", "added": "+"}
_STYLES = {"same": "", "removed": "red", "added": "green"}
_STYLES_OF_WORDS = {"same": "", "removed": "red strike", "added": "bold green"}
# What a page says is not for the terminal to obey.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Row = dict[str, Any]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Show what changed in an article from one revision to another, by its id or URL."))(diff)


def diff(
    article: Annotated[str, typer.Argument(help=say("An article's id or URL."))],
    first: Annotated[
        int | None,
        typer.Option("--from", min=1, help=say("The earlier revision; the one before by default."), show_default=False),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--to", min=1, help=say("The later revision; the newest by default."), show_default=False),
    ] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> int:
    """What changed."""
    with opened(config) as (loaded, store):
        row = Looking(store).show(article)
    if row is None:
        typer.echo(say("There is no article {article}.", article=article), err=True)
        return 1
    revisions = {revision["number"]: revision for revision in row["revisions"]}
    newer = _chosen(revisions, last, max(revisions), "--to")
    older = _chosen(
        revisions, first, max((n for n in revisions if n < newer["number"]), default=newer["number"]), "--from"
    )
    lines = compare_lines(older["text"], newer["text"])
    title = None
    if match_key(older["title"]) != match_key(newer["title"]):
        title = {"before": older["title"], "after": newer["title"]}
    until = newer["seen"] if newer["number"] < max(revisions) else None
    files = _files(row["changes"], older["seen"], until)
    if as_json:
        answer = {
            "article": row["id"],
            "url": row["url"],
            "title": newer["title"],
            "from": older["number"],
            "to": newer["number"],
            "title_change": title,
            "lines": [{"op": line.op, "text": line.text} for line in lines],
            "words": _words(lines),
            "attachments": files,
        }
        print_json(answer, loaded.settings.timezone)
    elif len(revisions) == 1:
        typer.echo(_plain(newer["title"]))
        typer.echo(say("There is only one revision: nothing has changed since it was first read."))
    else:
        _print(row, older, newer, title, lines, files, ZoneInfo(loaded.settings.timezone))
    return 0


def _chosen(revisions: dict[int, Row], number: int | None, default: int, option: str) -> Row:
    if number is not None and number not in revisions:
        numbers = ", ".join(map(str, revisions))
        raise typer.BadParameter(
            say("there is no revision {number}; there are {numbers}", number=number, numbers=numbers), param_hint=option
        )
    return revisions[default if number is None else number]


def _files(changes: Sequence[Row], since: datetime, until: datetime | None) -> list[Row]:
    """What became of the article's attachments in that time, each once."""
    found: dict[tuple[str, str], Row] = {}
    for change in changes:
        if change["kind"] in _FILES and since < change["seen"] and (until is None or change["seen"] <= until):
            kind, url = change["kind"], str(change.get("url"))
            found[kind, url] = {"change": kind, "url": url, "name": change.get("name") or url}
    return list(found.values())


def _words(lines: Sequence[Piece]) -> list[Row]:
    """The words of each line that became another; `line` is its number in the later text, from 1."""
    numbers, number = {}, 0
    for place, line in enumerate(lines):
        number += line.op != "removed"
        numbers[place] = number
    return [
        {"line": numbers[found.added], "op": piece.op, "text": piece.text}
        for found in reworded(lines)
        for piece in found.pieces
    ]


def _print(
    row: Row,
    older: Row,
    newer: Row,
    title: dict[str, str] | None,
    lines: Sequence[Piece],
    files: Sequence[Row],
    zone: ZoneInfo,
) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    colour = console.is_terminal

    def write(sign: str, pieces: Sequence[Piece], styles: dict[str, str]) -> None:
        text = Text(f"{sign} ", style="" if sign == " " else "bold")
        for piece in pieces:
            text.append(_plain(piece.text), style=styles[piece.op])
        console.print(text, soft_wrap=True)

    def change(before: Piece, after: Piece, pieces: Sequence[Piece]) -> None:
        if colour:
            write("~", pieces, _STYLES_OF_WORDS)
        else:
            write("-", [before], _STYLES)
            write("+", [after], _STYLES)

    when = [revision["seen"].astimezone(zone).strftime("%d/%m/%Y %H:%M") for revision in (older, newer)]
    console.print(Text(_plain(newer["title"]), style="bold"), soft_wrap=True)
    console.print(Text(f"{row['portal']}  {_plain(row['url'])}"), soft_wrap=True)
    told = say(
        "Revision {older} ({before}) → {newer} ({after})",
        older=older["number"],
        before=when[0],
        newer=newer["number"],
        after=when[1],
    )
    console.print(Text(f"{told}\n"), soft_wrap=True)
    if title is not None:
        console.print(Text(say("Title") + ":"), soft_wrap=True)
        before, after = Piece("removed", title["before"]), Piece("added", title["after"])
        change(before, after, compare_words(before.text, after.text))
    found = hunks(lines)
    for at, hunk in enumerate(found):
        if at or title is not None:
            console.print(Text("…", style="dim"))
        became = {one.added: one for one in reworded(hunk)}
        gone = {one.removed for one in became.values()}
        for place, line in enumerate(hunk):
            if place in became:
                one = became[place]
                change(hunk[one.removed], line, one.pieces)
            elif place not in gone:
                write(_SIGNS[line.op], [line], _STYLES)
    for file in files:
        console.print(Text(_plain(say(_FILES[file["change"]], name=file["name"]))), soft_wrap=True)
    if not (found or title or files):
        console.print(Text(say("No difference that a reader would see.")), soft_wrap=True)


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)
