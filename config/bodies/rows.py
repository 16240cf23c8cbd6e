"""The rows of the gazetteer's files: values between tabs, notes behind #, groups in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(file: str, columns: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The rows of a file, each with its group, the group's source, and as many values as asked, "" where none is."""
    group = source = ""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group, _, source = line.strip("[]").partition(" ")
        elif line and not line.startswith("#"):
            values = [value.strip() for value in line.split("\t")]
            if len(values) > columns:
                raise ValueError(f"{file}: more than {columns} values: {line}")
            yield group, source, (*values, *[""] * (columns - len(values)))


def several(value: str) -> tuple[str, ...]:
    """The parts of a value that holds several, between semicolons."""
    return tuple(part.strip() for part in value.split(";") if part.strip())
