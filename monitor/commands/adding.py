"""The command `add`: what `discover` finds, written as a portal of the configuration; asks where it is in doubt."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from config import (
    Configuration,
    CrawlError,
    KnownPortal,
    ProposedPortal,
    ProposedSection,
    plain,
    read_catalogue,
    say,
    speak,
    speaking,
    there_already,
    write_proposed,
)
from monitor.commands.discover import KINDS, Address, address_of, found_at, known_portal, readable, unreadable, ways
from monitor.commands.folder import Config, called, configuration, folder
from monitor.commands.try_out import Private
from storage import site, url_key

if TYPE_CHECKING:
    from crawler import Discovery, FoundSection

_SUFFIX = re.compile(r"\.(?:(?:gov|com|org|edu|net|info)\.)?(?:vn|com|net|org|info)$")
_LONGEST_ID = 40


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Find the sections of a site, and write them as a portal of the configuration."))(add)


def add(
    url: Address,
    id: Annotated[
        str | None, typer.Option("--id", help=say("The portal's id; else one made of the host."), show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("Take what is proposed, and ask nothing."))] = False,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section", help=say("The address of a section to take; these and no others."), show_default=False
        ),
    ] = None,
    allow_private: Private = None,
    config: Config = None,
) -> int:
    """Write the portal's file; its path on stdout, what was taken on stderr."""
    url, asked = address_of(url), [ways(address_of(each))[0] for each in section or []]
    where, loaded = folder(config), configuration(config, subscriptions=False)
    known = known_portal(read_catalogue(), url)
    if known is not None and known.refused:
        raise typer.BadParameter(f"{known.id}: {known.refused.text(speaking())}", param_hint="URL")
    chosen_id = _id(where, loaded, id or (known.id if known else proposed_id(url)), given=id is not None)
    found = found_at(url, loaded, allow_private, known, asked)
    for note in found.notes:
        typer.echo(f"! {note}", err=True)
    if not readable(found):
        typer.echo(unreadable(found), err=True)
        return 1
    if not found.sections and not asked:
        raise CrawlError(say("no section was found; see {command} discover {url}", command=called(config), url=url))
    chosen = _asked_for(found, asked) if asked else _chosen(found, yes)
    before = speaking()
    speak(loaded.settings.language)
    try:
        portal = _proposed(chosen_id, found, chosen, known)
    finally:
        speak(before)
    path = write_proposed(where, portal, loaded.settings.language)
    typer.echo(str(path))
    for each in chosen:
        typer.echo(f"+ {each.name} ({say(KINDS[each.kind])}) {each.url}", err=True)
    next = say(
        "Next: {command} check, then {command} crawl {portal} --dry-run", command=called(config), portal=chosen_id
    )
    typer.echo(next, err=True)
    return 0


# --- choosing -----------------------------------------------------------------------------------------------


def proposed_id(url: str) -> str:
    """An id made of a host: thanhhoa.gov.vn gives thanhhoa, sotttt.hanoi.gov.vn gives sotttt-hanoi."""
    host = site(url)
    try:
        ip_address(host)
    except ValueError:
        host = _SUFFIX.sub("", host) or host
    return re.sub(r"[^a-z0-9]+", "-", plain(host)).strip("-") or "portal"


def _id(where: Path, loaded: Configuration, id: str, *, given: bool) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id):
        message = say("'{value}' is not an id; use a-z, 0-9 and hyphens, with a letter or digit first", value=id)
        raise typer.BadParameter(message, param_hint="--id")
    if loaded.portal(id) or there_already(where, id):
        message = say("there is a portal '{portal}' already; give this one another id with --id", portal=id)
        raise typer.BadParameter(message, param_hint="--id" if given else "URL")
    return id


def _asked_for(found: Discovery, asked: Sequence[str]) -> list[FoundSection]:
    """The found sections at the addresses; CrawlError with the reason where one is none."""
    chosen = []
    for url in asked:
        key = url_key(url)
        here = next((s for s in found.sections if key in map(url_key, (s.url, *s.also))), None)
        if here is None:
            why = next((why for tried, why in found.untold if url_key(tried) == key), say("it was not looked at"))
            raise CrawlError(f"--section {url}: {why}")
        if here not in chosen:
            chosen.append(here)
    return chosen


def _chosen(found: Discovery, yes: bool) -> list[FoundSection]:
    """The sections that are sure; of the doubtful ones those that somebody on the terminal wants."""
    from crawler import SURE

    sure = [s for s in found.sections if s.confidence >= SURE]
    # A map of the whole site, or a doubtful feed beside sure lists, is nothing to ask about.
    doubtful = [s for s in found.sections if s not in sure and (not sure or s.reads == "html")]
    if yes:
        return sure or doubtful[:1]
    if doubtful and not (sys.stdin.isatty() and sys.stderr.isatty()):
        lines = [say("it is not clear which sections to watch; choose with --section, or take the surest with --yes:")]
        lines += [f"  {s.confidence:.2f} {say(KINDS[s.kind])} {s.name} {s.url}" for s in found.sections]
        raise typer.BadParameter("\n".join(lines), param_hint="--section")
    for each in doubtful:
        typer.echo(f"? {each.confidence:.2f} {say(KINDS[each.kind])} {each.name} {each.url}", err=True)
        for line in (*each.why, *(f"- {title}" for title in each.sample[:3])):
            typer.echo(f"    {line}", err=True)
        if typer.confirm(say("Watch it?"), default=False, err=True):
            sure.append(each)
    if not sure:
        raise typer.BadParameter(say("no section was chosen"), param_hint="--section")
    return sure


def _proposed(id: str, found: Discovery, chosen: Sequence[FoundSection], known: KnownPortal | None) -> ProposedPortal:
    """The portal as it is written, in the language that is spoken."""
    from monitor.clock import now

    day = now().date().strftime("%d/%m/%Y")
    told = [say("Found by portalwatch discover on {day}, and tried then.", day=day)]
    if found.platform:
        told.append(say("Built with {platform}", platform=f"{found.platform} ({'; '.join(found.evidence)})"))
    if known:
        told.append(say("The catalogue knows it: {portal}, {name}", portal=known.id, name=known.name))
    ids: dict[str, int] = {}
    sections = []
    for section in found.sections:
        name = re.sub(r"[^a-z0-9]+", "-", plain(section.name))[:_LONGEST_ID].strip("-") or section.kind
        ids[name] = ids.get(name, 0) + 1
        words = [
            f"{section.name} ({section.confidence:.2f}): {'; '.join(section.why)}",
            *(say("The same list: {url}", url=url) for url in section.also),
        ]
        section_id = name if ids[name] == 1 else f"{name}-{ids[name]}"
        sections.append(
            ProposedSection(
                section_id, section.url, section.kind, section.reads, tuple(words), chosen=section in chosen
            )
        )
    return ProposedPortal(
        id=id,
        name=known.name if known else found.name or urlsplit(found.url).netloc,
        url=found.url,
        province=known.province if known else None,
        body=known.body if known else None,
        told=tuple(told),
        sections=tuple(sections),
    )
