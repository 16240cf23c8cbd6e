"""The options by which what is shown is narrowed, the same wherever something is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

import typer

from config import BODIES, Configuration, plain, say

Portals = Annotated[
    list[str] | None, typer.Option("--portal", help=say("Of this portal; may be given again."), show_default=False)
]
Province = Annotated[
    str | None, typer.Option("--province", help=say("Of the portals of this province."), show_default=False)
]
Body = Annotated[
    str | None,
    typer.Option("--body", help=say("Of this body; a part of its name is enough."), show_default=False),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=say("Up to this day."), show_default=False
    ),
]
_OF_PROVINCE = ("tinh ", "thanh pho ", "tp. ", "tp ")


def portals_of(loaded: Configuration, portals: Sequence[str] | None, province: str | None) -> tuple[str, ...] | None:
    """The ids of the portals that are meant, None when any is."""
    for portal in portals or ():
        if loaded.portal(portal) is None:
            raise typer.BadParameter(say("there is no portal '{portal}'", portal=portal), param_hint="--portal")
    if province is None:
        return tuple(portals) if portals else None
    place = _place(province)
    found = tuple(portal.id for portal in loaded.portals if portal.province and _place(portal.province) == place)
    if not found:
        told = say("no portal is of the province '{province}'", province=province)
        raise typer.BadParameter(told, param_hint="--province")
    return tuple(portal for portal in found if not portals or portal in portals)


def bodies_of(body: str | None) -> tuple[str, ...]:
    """The names of a body, by any of them."""
    if body is None:
        return ()
    asked = plain(body)
    if not any(map(str.isalnum, asked)):
        raise typer.BadParameter(say("name a body"), param_hint="--body")
    known = [(each.name, *each.aliases) for each in BODIES]
    alike = [name for names in known if asked in map(plain, names) for name in names]
    return tuple(dict.fromkeys([asked, *map(plain, alike)]))


def one_of(name: str, value: str | None, allowed: Iterable[str]) -> None:
    """Refuse an option's value that is none of those allowed."""
    if value is not None and value not in (known := tuple(allowed)):
        raise typer.BadParameter(say("must be one of: {allowed}", allowed=", ".join(known)), param_hint=name)


def days_of(since: datetime | None, until: datetime | None) -> tuple[str | None, str | None]:
    """The first and the last day as YYYY-MM-DD."""
    if since is not None and until is not None and until < since:
        raise typer.BadParameter(say("ends before it begins"), param_hint="--until")
    first, last = (None if day is None else f"{day:%Y-%m-%d}" for day in (since, until))
    return first, last


def _place(name: str) -> str:
    folded = plain(name)
    return next((folded[len(kind) :] for kind in _OF_PROVINCE if folded.startswith(kind)), folded)
