"""Where commands write what other programs read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from config import say, told_by_system

Output = Annotated[Path | None, typer.Option("--output", "-o", help=say("Write to this file."), show_default=False)]


@contextmanager
def written(path: Path | None) -> Iterator[IO[bytes]]:
    """Where to write: stdout, or a file that is there when it is whole, and not before."""
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = path.resolve()  # what a link leads to is written, and the link stays
    if path.is_dir():
        raise typer.BadParameter(f"{path}: {say('it is a folder')}", param_hint="--output")
    # A device or a pipe is written to; a file put in its place would be no device any more.
    special = path.exists() and not path.is_file()
    unfinished = path if special else path.with_name(f"{path.name}.part")
    try:
        opened = unfinished.open("wb")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {told_by_system(error)}", param_hint="--output") from error
    if special:
        with opened as file:
            yield file
        return
    try:
        with opened as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
