"""The command `discover`: what is worth watching on a site that nobody has described."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from config import (
    Catalogue,
    Configuration,
    CrawlError,
    KnownPortal,
    Politeness,
    Settings,
    mark,
    read_catalogue,
    say,
)
from monitor.commands.folder import AsJson, Config, Folder, configuration, print_json, print_table
from monitor.commands.try_out import Private
from storage import site

if TYPE_CHECKING:
    from crawler import Discovery, FoundSection

Address = Annotated[str, typer.Argument(metavar="URL", help=say("The address of a site, such as thanhhoa.gov.vn."))]
_MOST_OF_A_FOLDER = 5
KINDS = {"news": mark("news"), "documents": mark("documents"), "schedule": mark("schedule"), "page": mark("page")}
PAGES = {
    "listing": mark("listing"),
    "article": mark("article"),
    "soft404": mark("soft404"),
    "challenge": mark("challenge"),
    "maintenance": mark("maintenance"),
    "login": mark("login"),
    "error": mark("error"),
}
"""The classes of pages as people read them."""


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Find the sections of a site, and show what each would yield and why."))(discover)


def discover(
    url: Address,
    allow_private: Private = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10**9, help=say("At most so many sections."))] = 100,
    config: Config = None,
) -> int:
    """The sections of a site, the surest first; exit status 1 when its first page is none that can be read, or nothing
    was found."""
    url = address_of(url)
    loaded = configuration(config, subscriptions=False) if config or Folder.given else None
    shipped = read_catalogue()
    known = known_portal(shipped, url)
    found = found_at(url, loaded, allow_private, known)
    if as_json:
        print_json(discovery_json(found, known, limit))
    else:
        _show(found, known, limit)
    return 0 if readable(found) and (found.sections or found.feeds) else 1


# --- looking ------------------------------------------------------------------------------------------------


def address_of(url: str) -> str:
    """The address as it is asked for; // before it where no scheme is said. BadParameter when it is none."""
    bare = not re.match(r"[a-z][a-z0-9+.-]*://", url, re.IGNORECASE)
    whole = f"https://{url}" if bare else url
    try:
        parts = urlsplit(whole)
        good = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"[\s\x00-\x1f]", whole) or "@" in urlsplit(whole).netloc:
        raise typer.BadParameter(
            say("'{value}' is not a web address; it must begin with http:// or https:// and a host", value=url),
            param_hint="URL",
        )
    whole = whole if urlsplit(whole).path else f"{whole}/"
    return whole.removeprefix("https:") if bare else whole


def ways(url: str) -> list[str]:
    """The addresses to try: many portals answer to one scheme only."""
    return [f"https:{url}", f"http:{url}"] if url.startswith("//") else [url]


def known_portal(shipped: Catalogue, url: str) -> KnownPortal | None:
    """The portal of the catalogue that is on that host."""
    host = site(url)
    return next((each for each in shipped.portals if host == site(each.url) or host in each.aliases), None)


def found_at(
    url: str,
    loaded: Configuration | None,
    private: list[str] | None,
    known: KnownPortal | None,
    asked: Sequence[str] = (),
) -> Discovery:
    """What a search through the site found, under the configuration's settings where there is one; only the sections
    at the addresses `asked`, where some are. CrawlError when the first page cannot be had."""
    try:
        networks = tuple(ip_network(network) for network in private or [])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--allow-private") from error
    if loaded is None:
        by_hand = Politeness(contact="https://portalwatch.example/by-hand", delay=timedelta(seconds=1))
        settings = Settings(politeness=by_hand, allow_private=networks)
    else:
        settings = loaded.settings.model_copy(update={"allow_private": (*loaded.settings.allow_private, *networks)})
    locks = settings.data / "locks" if loaded else None
    return asyncio.run(_scout(ways(url), settings, locks, known, asked))


async def _scout(
    urls: Sequence[str], settings: Settings, locks: Path | None, known: KnownPortal | None, asked: Sequence[str]
) -> Discovery:
    """What was found at the first of the addresses that answers."""
    import crawler
    from monitor.clock import now

    candidates = [crawler.Candidate(s.url, s.name, s.kind, "known") for s in known.sections] if known else []
    # Whoever names the sections wants no others looked at.
    limit = len(asked) if asked else crawler.MOST_PAGES
    crawler.close_gate(settings.allow_private)
    crawler.install_reactor()
    with _Watching() as progress:
        for url in urls:
            search = crawler.Search(limit=limit, asked=asked, known=candidates)
            try:
                return await crawler.scout(url, search, settings, now, locks=locks, progress=progress)
            except CrawlError as error:
                fault = CrawlError(f"{url}: {error}")
    raise fault


class _Watching:
    """Says on a terminal which page is being looked at."""

    def __enter__(self) -> Callable[[Any], None]:
        from rich.console import Console

        console = Console(stderr=True)
        self._status = console.status("") if console.is_terminal else nullcontext()
        status = self._status.__enter__()
        return lambda candidate: status.update(candidate.url) if status else None

    def __exit__(self, *error: Any) -> None:
        self._status.__exit__(*error)


def readable(found: Discovery) -> bool:
    """Whether the site's first page is one: no soft 404, challenge, login, maintenance or error."""
    return found.page in ("listing", "article")


def unreadable(found: Discovery) -> str:
    """What the first page is instead, in words."""
    return f"portalwatch: {found.url}: {say(PAGES[found.page])} ({found.why})"


# --- telling ------------------------------------------------------------------------------------------------


def discovery_json(found: Discovery, known: KnownPortal | None, limit: int) -> dict[str, Any]:
    """What was found in the contract's JSON, and more: reasons, dates, what was tried and is none."""
    return {
        "url": found.url,
        "page": found.page,
        "name": found.name,
        "platform": found.platform,
        "evidence": found.evidence,
        "catalogue": known.id if known else None,
        "sections": [section_json(section) for section in found.sections[:limit]],
        "feeds": [section_json(feed) for feed in found.feeds],
        "tried": [{"url": url, "why": why} for url, why in found.untold],
        "notes": found.notes,
        "why": found.why,
    }


def section_json(section: FoundSection) -> dict[str, Any]:
    """One found section in the contract's JSON."""
    names = "url name kind reads entries confidence sample dated newest more also why"
    return {name: getattr(section, name) for name in names.split()}


def _show(found: Discovery, known: KnownPortal | None, limit: int) -> None:
    typer.echo(f"{found.name}  {found.url}".strip())
    if found.platform:
        typer.echo(say("Built with {platform}", platform=f"{found.platform} ({'; '.join(found.evidence)})"))
    if known:
        typer.echo(say("The catalogue knows it: {portal}, {name}", portal=known.id, name=known.name))
    for note in found.notes:
        typer.echo(note)
    if not readable(found):
        typer.echo(unreadable(found), err=True)
        return
    typer.echo("")
    if found.sections:
        _show_sections(found.sections[:limit])
    else:
        typer.echo(say("Nothing found."))
    if found.feeds:
        typer.echo("\n" + say("Feeds and sitemaps that give what these sections give:"))
        for feed in found.feeds:
            typer.echo(f"   {feed.url}: {'; '.join(feed.why)}")
    if found.untold:
        typer.echo("\n" + say("Tried, and no section:"))
        for line in tried(found.untold):
            typer.echo(f"   {line}")


def tried(untold: Sequence[tuple[str, str]]) -> list[str]:
    """What was tried, a line each; of one folder the first few, and how many more there were."""
    from crawler import folder_of

    lines: list[str] = []
    folders: dict[str, int] = {}
    for url, why in untold:
        folder = folder_of(url)
        folders[folder] = folders.get(folder, 0) + 1
        if not folder or folders[folder] <= _MOST_OF_A_FOLDER:
            lines.append(f"{url}: {why}")
    more = {folder: count - _MOST_OF_A_FOLDER for folder, count in folders.items() if folder}
    lines += [
        say("... and {count} more of {folder}", count=count, folder=urlsplit(folder).path)
        for folder, count in more.items()
        if count > 0
    ]
    return lines


def _show_sections(shown: Sequence[FoundSection]) -> None:
    heads = (
        mark("No."), mark("Sure"), mark("Kind"), mark("Reads"), mark("Entries"), mark("Newest"), mark("Name"), mark("Address"),
    )  # fmt: skip
    print_table(
        [say(head) for head in heads],
        [
            (number, f"{s.confidence:.2f}", say(KINDS[s.kind]), s.reads, s.entries, s.newest, s.name, s.url)
            for number, s in enumerate(shown, 1)
        ],
        "Asia/Ho_Chi_Minh",
    )
    for number, section in enumerate(shown, 1):
        typer.echo(f"\n{number}. {section.name}: {'; '.join(section.why)}")
        for title in section.sample:
            typer.echo(f"   - {title}")
