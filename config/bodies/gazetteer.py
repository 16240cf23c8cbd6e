"""The bodies known by name, and the words that begin the names of all others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.bodies.rows import rows, several


@dataclass(frozen=True, slots=True)
class Body:
    """One body. `aliases` are names in running text, `codes` its symbols in document numbers; `local` says that the
    name means another body in every province and needs a place to be one. From `until` on it is no more, and
    `successor` does its work; `source` is an id of `sources.tsv`."""

    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    local: bool = False
    group: str = ""
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A word that begins names; `goes_on` tells how: "topic", "proper" or "party" (`heads.tsv`)."""

    name: str
    aliases: tuple[str, ...]
    goes_on: Literal["topic", "proper", "party"]


def _body(group: str, source: str, values: tuple[str, ...], local: bool) -> Body:
    name, aliases, codes, since, until, successor, own = values
    return Body(
        name,
        several(aliases),
        several(codes),
        local,
        group,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        successor or None,
        own or source,
    )


BODIES: tuple[Body, ...] = tuple(
    _body(group, source, values, file == "local.tsv")
    for file in ("central.tsv", "local.tsv")
    for group, source, values in rows(file, 7)
)

HEADS: tuple[Head, ...] = tuple(
    Head(name, several(aliases), goes_on)  # type: ignore[arg-type]  # the file holds no others: a test sees to it
    for _, _, (name, aliases, goes_on) in rows("heads.tsv", 3)
)

# What persons' names begin with.
SURNAMES: frozenset[str] = frozenset(word for _, _, (line,) in rows("surnames.tsv", 1) for word in line.split())
