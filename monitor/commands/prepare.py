"""Commands before anything runs: init, check."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config import ConfigError, Configuration, CrawlError, say, speaking, write_starter
from monitor.commands.discover import PAGES
from monitor.commands.folder import Config, Folder, configuration, folder
from storage import hosts_of

if TYPE_CHECKING:
    from crawler import FetchedPage


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=say("Write a commented configuration into a folder."))(init)
    app.command(help=say("List every problem of the configuration."))(check)


def init(
    directory: Annotated[Path | None, typer.Argument(help=say("The folder to write."), show_default=False)] = None,
    language: Annotated[str, typer.Option("--language", help=say("The language of the comments: vi or en."))] = "",
) -> int:
    """Write the starter files."""
    if language not in ("", "vi", "en"):
        raise typer.BadParameter(say("vi or en"), param_hint="--language")
    where = directory or Folder.given or folder(None)
    for path in write_starter(where, language or speaking()):
        typer.echo(str(path))
    typer.echo(say("Next: edit these files, then run: portalwatch --config {directory} check", directory=where))
    return 0


def check(
    config: Config = None,
    live: Annotated[bool, typer.Option("--live", help=say("Also try to read every section once."))] = False,
) -> int:
    """Load the configuration; its problems are printed by whoever called."""
    from monitor.clock import now
    from monitor.samples import template_problems

    loaded = configuration(config)
    if faults := template_problems(loaded, now()):
        raise ConfigError(faults)
    sections = sum(len(portal.sections) for portal in loaded.portals)
    typer.echo(
        say(
            "Good: {portals} portals, {sections} sections, {subscriptions} subscriptions.",
            portals=len(loaded.portals),
            sections=sections,
            subscriptions=len(loaded.subscriptions),
        )
    )
    return asyncio.run(_try_sections(loaded)) if live else 0


async def _try_sections(loaded: Configuration) -> int:
    from crawler import DRAWN, FetchedPage, close_gate, fetch_pages, first_page, install_reactor, legible
    from monitor.clock import now
    from monitor.commands.try_out import listing_of

    close_gate(loaded.settings.allow_private)
    install_reactor()
    failed = False
    for portal in (portal for portal in loaded.portals if portal.enabled):
        pages = await fetch_pages(
            [first_page(section) for section in portal.sections],
            loaded.settings,
            now(),
            portal.proxy,
            loaded.settings.data / "locks",
            hosts_of(portal) if portal.client == "browser" else (),
            hosts_of(portal),
            {first_page(section) for section in portal.sections if section.reads not in DRAWN},
        )
        for section, page in zip(portal.sections, pages, strict=True):
            told = str(page)
            good = False
            if isinstance(page, FetchedPage):
                try:
                    page = replace(page, body=legible(page.body, portal.encoding))
                    listing = listing_of(page, section)
                    good = len(listing.entries) >= section.expect.min_entries
                    told = say("{page}, {count} entries", page=say(PAGES[listing.page]), count=len(listing.entries))
                except CrawlError as error:
                    told = str(error)
                if not good and section.reads in ("auto", "html") and portal.client != "browser":
                    told = "; ".join(filter(None, (told, _script_advice(page))))
            failed = failed or not good
            typer.echo(f"{'+' if good else '-'} {portal.id}/{section.id}: {told}")
    return 1 if failed else 0


def _script_advice(page: FetchedPage) -> str | None:
    """What to try with a page whose list comes by script."""
    from crawler import advice_for, page_text

    try:
        return advice_for(page_text(page.body, page.content_type), page.url)
    except CrawlError:  # too large to be read
        return None
