"""Where commands write what other programs read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from config import say

Output = Annotated[Path | None, typer.Option("--output", "-o", help=say("Write to this file."), show_default=False)]


@contextmanager
def written(path: Path | None) -> Iterator[IO[bytes]]:
    """Where to write: stdout, or a file that is there when it is whole, and not before."""
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
