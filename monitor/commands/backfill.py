"""The command that reads listings into their depth: what stood there before the baseline began."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config import Configuration, Portal, Section, mark, say
from monitor.commands.folder import AsJson, Config, Since, configured, opened, print_json, print_table
from monitor.logs import start_logs
from storage import Crawling, Store

if TYPE_CHECKING:
    from crawler import Older

_LEFT_ALONE = timedelta(minutes=15)  # where a portal does not say for how long
_HEADS = (mark("Section"), mark("Pages"), mark("Entries"), mark("New"), mark("Problems"))


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Store what is older than the baseline, page by page of the listings; never alerted."))(
        backfill
    )


def backfill(
    portal_id: Annotated[str, typer.Argument(metavar="PORTAL", help=say("The id of a portal."))],
    sections: Annotated[list[str] | None, typer.Argument(help=say("Ids of its sections."), show_default=False)] = None,
    config: Config = None,
    as_json: AsJson = False,
    pages: Annotated[
        int, typer.Option("--pages", min=1, max=100_000, help=say("Read each listing so many pages deep."))
    ] = 20,
    since: Since = None,
) -> int:
    """Read a portal's listings into their depth; 1 when a page, or an article that it promises, could not be had."""
    start_logs("WARNING")
    with opened(config) as (loaded, store):
        portal = configured(loaded, portal_id)
        chosen = []
        for name in dict.fromkeys(sections or [section.id for section in portal.sections]):
            section = portal.section(name)
            if section is None:
                told = say("{portal} has no section '{section}'", portal=portal.id, section=name)
                raise typer.BadParameter(told, param_hint="SECTION")
            chosen.append(section)
        with _Bars(pages) as bars:
            rows = asyncio.run(_backfill(loaded, store, portal, chosen, pages, since.date() if since else None, bars))
    if as_json:
        print_json({"portal": portal.id, "sections": rows}, loaded.settings.timezone)
    else:
        table = [(row["id"], row["pages"], row["entries"], row["new"], "\n".join(row["problems"])) for row in rows]
        print_table([say(head) for head in _HEADS], table, loaded.settings.timezone)
    return 1 if any(row["problems"] for row in rows) else 0


async def _backfill(
    loaded: Configuration,
    store: Store,
    portal: Portal,
    sections: Sequence[Section],
    pages: int,
    since: date | None,
    bars: _Bars,
) -> list[dict[str, Any]]:
    from crawler import CrawlJob, PortalCrawler, close_gate, install_reactor, release_reactor
    from monitor import by_hand
    from monitor.clock import now
    from monitor.configuration import next_check, take_up

    close_gate(loaded.settings.allow_private)
    install_reactor()
    crawling = Crawling(store)
    take_up(loaded, crawling, now())
    rows = []
    with by_hand.somebody(loaded.settings.data), ThreadPoolExecutor(1, thread_name_prefix="writer") as writer:
        crawler = PortalCrawler(crawling, writer, now, loaded.settings.data / "locks")
        due = next_check(portal, loaded.settings.timezone)
        try:
            for section in sections:
                # Not by hand: an article that fails would be tried again with every page.
                job = CrawlJob(portal, (section,), loaded.settings, due)
                read = await crawler.backfill(
                    job, section, pages=pages, since=since, on_page=bars.page, progress=bars.articles
                )
                rows.append(_row(section, read))
                if read and (asked := read[-1].leave_alone):  # for all sections, and for the service too
                    until = now() + (asked.wait or _LEFT_ALONE)
                    crawling.leave_alone(portal.id, until)
                    break
        finally:  # Ctrl-C comes by here too, and would wait for the resolver's threads for ever
            await crawler.stop()
            await release_reactor()
    return rows


def _row(section: Section, read: Sequence[Older]) -> dict[str, Any]:
    problems = list(dict.fromkeys(problem for page in read for problem in page.problems))
    if not problems and read and not read[-1].beyond:
        problems.append(say("{pages} pages without a known entry: crawl the section first", pages=len(read)))
    return {
        "id": section.id,
        "pages": len(read),
        "entries": sum(page.entries for page in read),
        "new": sum(page.new for page in read),
        "problems": problems,
    }


class _Bars:
    """A bar of the pages of each section, and one of the articles of the page; silence where there is no terminal."""

    def __init__(self, pages: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bars = Progress(*columns, console=console, disable=not console.is_terminal)
        self._pages = pages
        self._tasks: dict[str, tuple[Any, Any]] = {}

    def __enter__(self) -> _Bars:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def page(self, older: Older, number: int) -> None:
        """A page of a section's listing was read."""
        end = number if older.next is None else self._pages
        self._bars.update(self._of(older.section.id)[0], completed=number, total=end)

    def articles(self, section: str, done: int, total: int) -> None:
        """So many of a page's articles were had."""
        self._bars.update(self._of(section)[1], completed=done, total=total)

    def _of(self, section: str) -> tuple[Any, Any]:
        if section not in self._tasks:
            pages = self._bars.add_task(say("{section}: pages", section=section), total=self._pages)
            articles = self._bars.add_task(say("{section}: articles of the page", section=section), total=None)
            self._tasks[section] = pages, articles
        return self._tasks[section]
