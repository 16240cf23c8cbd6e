"""Commands that do the work: crawl, judge, deliver by hand, and serve, which does all of it for as long as it runs."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from config import Configuration, mark, say
from monitor.commands.folder import AsJson, Config, configured, opened, print_json, print_table
from monitor.logs import start_logs
from storage import ArticleChanges, Crawling, Delivering, Judging, Looking, Store, open_store


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=say("Crawl portals once, all or the named ones, whether due or not."))(crawl)
    app.command(help=say("Judge what is not judged yet."))(judge)
    app.command(help=say("Send the deliveries that are due."))(deliver)
    app.command(help=say("Run the service until it is told to end."))(serve)


def crawl(
    portals: Annotated[list[str] | None, typer.Argument(help=say("Ids of portals."), show_default=False)] = None,
    config: Config = None,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("Store nothing."))] = False,
) -> int:
    """Crawl and print the runs; 1 when a portal had a problem."""
    start_logs("WARNING")
    with opened(config) as (loaded, store):
        for name in portals or []:
            configured(loaded, name)
        chosen = list(portals or [portal.id for portal in loaded.portals if portal.enabled])
        if not dry_run:
            return _crawl(loaded, store, chosen, as_json)
        with _copy(loaded, store) as copy:
            return _crawl(loaded, copy, chosen, as_json)


def _crawl(loaded: Configuration, store: Store, chosen: list[str], as_json: bool) -> int:
    with _progress() as progress:
        runs = asyncio.run(_crawl_all(loaded, store, chosen, progress))
    rows = Looking(store).runs(ids=runs)
    zone = loaded.settings.timezone
    if as_json:
        print_json(rows, zone)
    else:
        heads = [
            say(head)
            for head in (
                mark("Portal"),
                mark("Section"),
                mark("State"),
                mark("Entries"),
                mark("New"),
                mark("Revised"),
                mark("Problems"),
            )
        ]
        print_table(
            heads,
            [
                (run["portal"], s["id"], s["state"], s["entries"], s["new"], s["revised"], "\n".join(s["problems"]))
                for run in rows
                for s in run["sections"]
            ],
            zone,
        )
    failed = any(run["state"] != "good" or any(s["problems"] for s in run["sections"]) for run in rows)
    return 1 if failed else 0


async def _crawl_all(
    loaded: Configuration, store: Store, chosen: list[str], progress: Callable[[str, str, int, int], None]
) -> list[int]:
    from crawler import CrawlJob, PortalCrawler, close_gate, install_reactor, release_reactor
    from monitor import by_hand
    from monitor.clock import now
    from monitor.configuration import next_check, take_up
    from monitor.supervisor import CRAWLS_AT_ONCE
    from monitor.worker import crawl_once

    close_gate(loaded.settings.allow_private)
    install_reactor()
    crawling = Crawling(store)
    take_up(loaded, crawling, now())
    places = asyncio.Semaphore(CRAWLS_AT_ONCE)
    with by_hand.somebody(loaded.settings.data), ThreadPoolExecutor(1, thread_name_prefix="writer") as writer:
        crawler = PortalCrawler(crawling, writer, now, loaded.settings.data / "locks")

        async def one(name: str) -> int:
            portal = configured(loaded, name)
            due = next_check(portal, loaded.settings.timezone)
            job = CrawlJob(portal, portal.sections, loaded.settings, due, by_hand=True)
            async with places:
                run_id, _ = await crawl_once(
                    job,
                    crawling,
                    crawler,
                    writer,
                    by_hand.REASON,
                    lambda s, done, total: progress(name, s, done, total),
                )
            return run_id

        try:
            return list(await asyncio.gather(*(one(name) for name in dict.fromkeys(chosen))))
        finally:  # Ctrl-C comes by here too, and would wait for the resolver's threads for ever
            await crawler.stop()
            await release_reactor()


@contextmanager
def _progress() -> Iterator[Callable[[str, str, int, int], None]]:
    """A bar a section on a terminal; silence elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[tuple[str, str], TaskID] = {}

        def show(portal: str, section: str, done: int, total: int) -> None:
            if (portal, section) not in tasks:
                tasks[portal, section] = bars.add_task(f"{portal}/{section}", total=total)
            bars.update(tasks[portal, section], completed=done, total=total)

        yield show


@contextmanager
def _copy(loaded: Configuration, store: Store) -> Iterator[Store]:
    """A copy of the store that is thrown away, so that a dry run knows what is new and stores nothing."""
    with tempfile.TemporaryDirectory(prefix="portalwatch-dry-") as scratch:
        copy = open_store(f"sqlite:///{scratch}/dry.db", Path(scratch))
        try:
            store.copy_to(copy)
            yield copy
        finally:
            copy.close()


def judge(config: Config = None, as_json: AsJson = False) -> int:
    """Judge all that waits behind door 1, by hand."""
    from monitor.article_changes import ChangeJudge
    from monitor.clock import now
    from monitor.judging import Judge

    start_logs("WARNING")
    with opened(config) as (loaded, store):
        judging = Judging(store)
        judged = alerts = failed = 0
        jury = Judge.called(judging, loaded, now())
        while revisions := judging.unjudged(now(), 100):
            for revision in revisions:
                made = jury.judge(revision, now())
                judged, alerts, failed = judged + (made is not None), alerts + (made or 0), failed + (made is None)
        of_changes = ChangeJudge(ArticleChanges(store), judging, loaded).judge_all(now, lambda: False)
        judged, alerts, failed = (sum(pair) for pair in zip((judged, alerts, failed), of_changes, strict=True))
        if as_json:
            print_json({"judged": judged, "alerts": alerts, "failed": failed})
        else:
            typer.echo(
                say("{judged} judged, {alerts} alerts, {failed} failed", judged=judged, alerts=alerts, failed=failed)
            )
        return 1 if failed else 0


def deliver(config: Config = None, as_json: AsJson = False) -> int:
    """Send what is due, by hand."""
    from crawler import close_gate
    from monitor.clock import now
    from monitor.delivering import Deliverer

    start_logs("WARNING")
    with opened(config) as (loaded, store):
        close_gate(loaded.settings.allow_private)

        async def turn() -> tuple[int, int]:
            with ThreadPoolExecutor(1) as writer:
                deliverer = Deliverer(Delivering(store), loaded, writer, now)
                await deliverer.free_claims()
                return await deliverer.turn()

        sent, failed = asyncio.run(turn())
        if as_json:
            print_json({"sent": sent, "failed": failed})
        else:
            typer.echo(say("{sent} sent, {failed} not accepted", sent=sent, failed=failed))
        return 1 if failed else 0


def serve(
    config: Config = None,
    verbose: Annotated[bool, typer.Option("--verbose", help=say("Log more."))] = False,
) -> int:
    """Run the service."""
    from monitor.commands.folder import configuration, folder
    from monitor.configuration import fingerprint
    from monitor.service import run

    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the service listens: what is changed meanwhile is seen anyway
    seen = fingerprint(folder(config))
    loaded = configuration(config)
    start_logs("DEBUG" if verbose else "INFO")
    run(loaded, seen)
    return 0
