"""The crawl worker: a long-lived child of the service that crawls and judges.

It is told what to do, one JSON object a line, on its standard input, and answers so on its standard output:

    in   {"configuration": "..."}   {"crawl": "thanhhoa", "sections": ["tin-tuc"], "reason": "schedule"}
         {"judge": true}   {"stop": true}
    out  {"beat": ...}   {"reading": "thanhhoa"}   {"ended": "thanhhoa", "state": "good"}
         {"judging": 17}   {"judged": 3, "alerts": 1}

The first line is the configuration as the service checked it, and so is any later one that it took up: what lies in
the folder may be half written. The end of its input means that the service is gone, killed perhaps, and it stops by
itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import structlog

from config import Configuration, PortalwatchError, StorageError
from crawler import CrawlJob, PortalCrawler, close_gate, install_reactor, release_reactor
from monitor.article_changes import ChangeJudge
from monitor.clock import now
from monitor.configuration import next_check, speak_as, unpacked
from monitor.judging import Judge
from monitor.logs import start_logs
from storage import ArticleChanges, Crawling, Judging, Store, open_store

BEAT = 1.0  # seconds
_JUDGE_AT_ONCE = 20  # what came meanwhile and may be told goes before the rest
_LONGEST_LINE = 2**27  # a configuration of thousands of portals

_telling = threading.Lock()

log = structlog.get_logger(__name__)


class Worker:
    """Crawls and judges what it is told, and tells what became of it."""

    def __init__(self, configuration: Configuration, store: Store) -> None:
        self._configuration = configuration
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._crawling = Crawling(store)
        self._judging = Judging(store)
        self._changes = ArticleChanges(store)
        self._crawler = PortalCrawler(
            self._crawling,
            self._writer,
            now,
            configuration.settings.data / "locks",
            reading=lambda portal: tell({"reading": portal}),
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._judge_wanted = asyncio.Event()
        self._bench = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._ending = threading.Event()

    async def work(self, lines: asyncio.StreamReader) -> None:
        """Do what the lines say until one says stop, or they end."""
        helpers = [asyncio.create_task(self._beat()), asyncio.create_task(self._judge_when_wanted())]
        self._judge_wanted.set()  # what a killed worker left behind door 1
        try:
            while line := await lines.readline():
                order = json.loads(line)
                if "configuration" in order:
                    self._take(unpacked(order["configuration"]))
                elif "crawl" in order:
                    task = asyncio.create_task(self._crawl(order["crawl"], order["sections"], order["reason"]))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                elif "judge" in order:
                    self._judge_wanted.set()
                else:
                    break
        finally:
            await self._stop(helpers)

    def _take(self, configuration: Configuration) -> None:
        """Work by another configuration from now on. Crawls under way end by the one that they began with, unless their
        portal is not to be asked any more, or otherwise."""
        close_gate(configuration.settings.allow_private)
        speak_as(configuration)
        old, self._configuration = self._configuration, configuration
        ended = {portal.id for portal in old.portals if not _asked_alike(old, configuration, portal.id)}
        if ended:
            task = asyncio.create_task(self._crawler.stop_portals(ended))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._judge_wanted.set()

    async def _stop(self, helpers: list[asyncio.Task[None]]) -> None:
        self._ending.set()
        await self._crawler.stop()
        self._judge_wanted.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=8)
        for task in helpers:
            task.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)
        await asyncio.to_thread(self._bench.shutdown)  # the revision in hand is judged to its end

    async def _crawl(self, portal_id: str, section_ids: list[str], reason: str) -> None:
        portal = self._configuration.portal(portal_id)
        state = "gone"
        if portal is not None:
            try:
                sections = tuple(section for section in portal.sections if section.id in section_ids)
                settings = self._configuration.settings
                job = CrawlJob(portal, sections, settings, next_check(portal, settings.timezone))
                _, state = await crawl_once(job, self._crawling, self._crawler, self._writer, reason)
            except Exception as error:  # the worker outlives whatever one portal did to it
                log.error(
                    "crawl failed",
                    portal=portal_id,
                    error=repr(error),
                    exc_info=not isinstance(error, PortalwatchError),
                )
                state = "broken"
        tell({"ended": portal_id, "state": state})
        self._judge_wanted.set()

    async def _judge_when_wanted(self) -> None:
        while True:
            await self._judge_wanted.wait()
            self._judge_wanted.clear()
            try:
                # In a thread of its own: on the loop, or behind the crawls' writes, each revision would wait for a
                # round of all crawls, and 200 portals let an alert wait for minutes.
                await asyncio.get_running_loop().run_in_executor(self._bench, self._judge_all)
            except Exception as error:  # what is not judged is still behind its door; the next order tries again
                log.error("judging stopped", error=repr(error), exc_info=not isinstance(error, PortalwatchError))

    def _judge_all(self) -> None:
        configuration = self._configuration
        judge = Judge.called(self._judging, configuration, now())
        judged = alerts = 0
        while not self._ending.is_set() and (revisions := self._judging.unjudged(now(), _JUDGE_AT_ONCE)):
            for revision in revisions:
                if self._ending.is_set() or self._configuration is not configuration:
                    break
                tell({"judging": revision.id})  # said before: a detector that does not come back says nothing more
                made = judge.judge(revision, now())
                tell({"judging": None})
                alerts, judged = alerts + (made or 0), judged + 1
            if self._configuration is not configuration:
                configuration = self._configuration
                judge = Judge.called(self._judging, configuration, now())
        if not self._ending.is_set():
            # After the revisions: what an article reports says who wants to know what became of it.
            turn = ChangeJudge(self._changes, self._judging, configuration)
            of_changes, made, _ = turn.judge_all(
                now, lambda: self._ending.is_set() or self._configuration is not configuration
            )
            judged, alerts = judged + of_changes, alerts + made
        if judged:
            tell({"judged": judged, "alerts": alerts})

    async def _beat(self) -> None:
        while True:
            tell({"beat": True, "crawls": len(self._tasks), "rss": resident_bytes()})
            await asyncio.sleep(BEAT)


def _asked_alike(old: Configuration, new: Configuration, portal_id: str) -> bool:
    """Whether a portal is asked by both configurations, as gently, and by the same proxy."""
    before, after = old.portal(portal_id), new.portal(portal_id)
    if before is None or after is None or not after.enabled:
        return False
    return (before.proxy, before.url, old.settings.politeness) == (after.proxy, after.url, new.settings.politeness)


async def crawl_once(
    job: CrawlJob,
    crawling: Crawling,
    crawler: PortalCrawler,
    writer: ThreadPoolExecutor,
    reason: str,
    progress: Callable[[str, int, int], None] = lambda section, done, total: None,
) -> tuple[int, str]:
    """Crawl one portal as a run; its id, and its state: good, failed, or interrupted before its end."""
    loop = asyncio.get_running_loop()
    run_id = await loop.run_in_executor(writer, crawling.start_run, job.portal.id, reason, now())
    try:
        readings = await crawler.crawl(job, progress)
    except BaseException:  # Ctrl-C too: what did not end must not look as if it were still running
        with contextlib.suppress(StorageError):
            crawling.interrupt_run(run_id, now())
        raise
    if readings is None:
        await loop.run_in_executor(writer, crawling.interrupt_run, run_id, now())
        return run_id, "interrupted"
    await loop.run_in_executor(writer, crawling.finish_run, run_id, readings, now())
    return run_id, "good" if all(reading.good for reading in readings) else "failed"


def resident_bytes() -> int:
    """The memory of this process."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def tell(message: dict[str, Any]) -> None:
    """Send one line to the service; the judge's thread does so too."""
    with _telling, contextlib.suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


async def _main() -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader(limit=_LONGEST_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    if not (line := await lines.readline()):
        return
    configuration = unpacked(json.loads(line)["configuration"])
    speak_as(configuration)
    close_gate(configuration.settings.allow_private)
    install_reactor()
    store = open_store(configuration.settings.database, configuration.settings.data)
    try:
        await Worker(configuration, store).work(lines)
    finally:
        store.close()
        await release_reactor()


if __name__ == "__main__":
    start_logs()
    try:
        asyncio.run(_main())
    except PortalwatchError as error:  # the database is out of reach, for one; the service starts another worker
        log.error("the worker cannot start", error=str(error))
        sys.exit(1)
