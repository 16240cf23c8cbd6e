"""The command line: one module for each thing that people do, and here what they share."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from config import ConfigError, PortalwatchError, say
from monitor.commands import (
    adding,
    backfill,
    catalogue,
    demonstrate,
    diff,
    discover,
    events,
    keep,
    look,
    operate,
    prepare,
    publish,
    record,
    register,
    search,
    series,
    subscriptions,
    try_out,
)
from monitor.commands.folder import Folder

# The base of all faults of usage; Typer carries its own Click and names none of its classes but some leaves.
_UsageError: type[typer.BadParameter] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="portalwatch",
    help=say("Watches Vietnamese government portals and tells people when a new meeting or decision appears."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _root(
    config: Annotated[
        Path | None, typer.Option("--config", "-c", help=say("The folder of the configuration."), show_default=False)
    ] = None,
) -> None:
    Folder.given = config


for _module in (
    prepare,
    catalogue,
    discover,
    adding,
    operate,
    look,
    series,
    events,
    register,
    search,
    diff,
    try_out,
    record,
    keep,
    backfill,
    demonstrate,
    subscriptions,
    publish,
):
    _module.add_to(app)


def _answer(arguments: Sequence[str] | None) -> object:
    """What a command returns. Typer ends the program with 1 when nobody reads on: here it is an error like others."""
    try:
        return app(args=arguments, standalone_mode=False)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status: 0 good, 1 it ran and something failed, 2 wrong usage or configuration."""
    try:
        answer = _answer(arguments)
    except _UsageError as error:
        error.show()
        return 2
    except ConfigError as error:
        for problem in error.problems:
            typer.echo(str(problem), err=True)
        return 2
    except PortalwatchError as error:
        typer.echo(f"portalwatch: {error}", err=True)
        return 1
    except BrokenPipeError:
        # Somebody read as much as they wanted, `| head` for one; there is nothing left to say and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # a folder that is a file, a disk that is full, a file that may not be written
        typer.echo(f"portalwatch: {error}", err=True)
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return 130
    return answer if isinstance(answer, int) else 0
