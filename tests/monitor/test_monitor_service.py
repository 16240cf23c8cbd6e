"""The supervisor with real workers, and what they do when something dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from conftest import NOW, Clock, Webhook
from scene import Scene

from config import Configuration, StorageError
from monitor import by_hand
from monitor.configuration import packed
from monitor.service import Service, only_service, processes, worker_count, write_processes
from monitor.supervisor import Supervisor
from monitor.worker import Worker
from storage import Crawling, Judging, Looking, Store, open_store


def now() -> datetime:
    return datetime.now(UTC)


async def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Return when a condition holds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # it looks at processes and tables, which set no event
            await asyncio.sleep(0.05)


class House:
    """A configuration folder, its store, and a supervisor of real workers."""

    def __init__(self, configuration: Configuration) -> None:
        settings = configuration.settings
        self.store = open_store(settings.database, settings.data)
        self.crawling, self.looking = Crawling(self.store), Looking(self.store)
        self.pids: list[int] = []
        """The workers that live."""
        self.all: list[int] = []
        """The workers that ever lived."""
        self.crawling.know_sections(
            [(portal.id, section.id) for portal in configuration.portals for section in portal.sections], now()
        )
        self.supervisor = Supervisor(configuration, 1, self.crawling, Judging(self.store), now, self._changed)

    def _changed(self, pids: list[int]) -> None:
        self.pids = pids
        self.all += [pid for pid in pids if pid not in self.all]

    async def submit(self, portal: str = "cham") -> None:
        await until(lambda: self.supervisor.submit(portal, ["tin-tuc"], "schedule"))

    @property
    def runs(self) -> list[str]:
        return [run["state"] for run in self.looking.runs()[::-1]]


@pytest.fixture
def make_house(
    make_configuration: Callable[..., Configuration], webhook: Webhook
) -> Callable[[], contextlib.AbstractAsyncContextManager[House]]:
    """A house whose one portal never answers, so that its crawl is in hand for as long as a test wants."""
    webhook.hang()
    url = f"http://{webhook.address}/"
    portal = {"name": "Chậm", "url": url, "sections": [{"id": "tin-tuc", "url": f"{url}tin"}]}

    @asynccontextmanager
    async def make() -> AsyncIterator[House]:
        polite = {"contact": "mailto:you@example.org", "delay": "0s"}
        house = House(make_configuration(portals={"cham": portal}, allow_private=["127.0.0.0/8"], politeness=polite))
        house.supervisor.start()
        try:
            yield house
        finally:
            await house.supervisor.stop(1)
            for pid in house.pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            house.store.close()

    return make


@pytest.mark.slow
async def test_a_worker_that_is_killed_is_replaced_and_what_it_had_in_hand_is_still_due(
    make_house: Callable[[], Any], webhook: Webhook
) -> None:
    async with make_house() as house:
        await house.submit()
        assert not house.supervisor.submit("cham", ["tin-tuc"], "schedule")  # one crawl of a portal at a time
        await asyncio.to_thread(webhook.wait_for, 1)
        assert house.runs == ["running"]
        (first,) = house.pids
        os.kill(first, signal.SIGKILL)
        await until(lambda: house.runs == ["interrupted"])
        assert house.supervisor.in_hand == set()
        assert house.crawling.due(now()) == {"cham": ["tin-tuc"]}
        await until(lambda: house.pids and house.pids != [first])
        # The second kill names the portal, which then rests.
        await house.submit()
        await asyncio.to_thread(webhook.wait_for, 2)
        os.kill(house.pids[0], signal.SIGKILL)
        await until(lambda: house.crawling.due(now()) == {})
        assert house.looking.sections()["cham", "tin-tuc"]["state"] == "down"


@pytest.mark.slow
async def test_workers_end_when_they_are_told_and_what_they_had_in_hand_is_still_due(
    make_house: Callable[[], Any], webhook: Webhook
) -> None:
    async with make_house() as house:
        await house.submit()
        await asyncio.to_thread(webhook.wait_for, 1)
        await house.supervisor.stop(10)
        assert house.pids == []
        assert not any(psutil.pid_exists(pid) for pid in house.all)
        assert house.runs == ["interrupted"]
        assert house.crawling.due(now()) == {"cham": ["tin-tuc"]}
        assert not house.supervisor.submit("cham", ["tin-tuc"], "schedule")


@pytest.mark.slow
def test_a_worker_ends_by_itself_when_its_service_is_gone(make_configuration: Callable[..., Configuration]) -> None:
    first = json.dumps({"configuration": packed(make_configuration())})
    command = [sys.executable, "-P", "-m", "monitor.worker"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(first + "\n")
        worker.stdin.flush()
        assert json.loads(worker.stdout.readline())["beat"]
        worker.stdin.close()
        assert worker.wait(12) == 0


@pytest.mark.slow
async def test_a_worker_s_end_is_written_down_beside_the_loop_and_its_portals_are_in_hand_until_then(
    make_house: Callable[[], Any], webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with make_house() as house:
        await house.submit()
        await asyncio.to_thread(webhook.wait_for, 1)
        asked, answers = threading.Event(), threading.Event()
        interrupt = house.crawling.interrupt_runs

        def slow(*args: Any, **kwargs: Any) -> list[str]:
            asked.set()
            assert answers.wait(20)
            return list(interrupt(*args, **kwargs))

        monkeypatch.setattr(house.crawling, "interrupt_runs", slow)
        os.kill(house.pids[0], signal.SIGKILL)
        try:
            await until(asked.is_set)  # the loop lives, or this would never look again
            assert house.supervisor.in_hand == {"cham"}
            assert not house.supervisor.submit("cham", ["tin-tuc"], "schedule")
        finally:
            answers.set()
        await until(lambda: house.supervisor.in_hand == set())
        assert house.runs == ["interrupted"]


def test_a_worker_whose_database_is_away_says_so_in_a_line(
    make_configuration: Callable[..., Configuration], tmp_path: Path
) -> None:
    database = f"postgresql+psycopg://nobody@/nothing?host={tmp_path}"
    first = json.dumps({"configuration": packed(make_configuration(database=database))})
    command = [sys.executable, "-P", "-m", "monitor.worker"]
    ended = subprocess.run(command, input=first + "\n", capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1
    assert "the worker cannot start" in ended.stderr
    assert "Traceback" not in ended.stderr


async def test_a_database_that_does_not_answer_holds_up_no_loop_and_what_ends_meanwhile_is_not_crawled_twice(
    make_configuration: Callable[..., Configuration], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(make_configuration(), store)
    in_hand = {"thanhhoa"}
    submitted: list[str] = []
    answers = threading.Event()

    def due(now: datetime) -> dict[str, list[str]]:
        assert answers.wait(20)
        return {"thanhhoa": ["tin-tuc"], "mpi": ["tin-tuc"]}

    monkeypatch.setattr(service._crawling, "due", due)
    monkeypatch.setattr(Supervisor, "in_hand", property(lambda _: set(in_hand)))
    monkeypatch.setattr(service._supervisor, "submit", lambda portal, sections, reason: submitted.append(portal))
    look = asyncio.create_task(service._look())
    try:
        await asyncio.sleep(0)
        assert not look.done()
        in_hand.clear()  # its crawl ends after what is due was read
    finally:
        answers.set()
    await look
    assert submitted == ["mpi"]


class Flaky(Supervisor):
    """A supervisor whose first worker's end cannot be written down."""

    lives = 0

    async def _one_life(self) -> None:
        self.lives += 1
        if self.lives == 1:
            raise StorageError("database: disk is full")
        await asyncio.sleep(60)


async def test_a_worker_is_replaced_also_when_its_end_could_not_be_written_down(
    store: Store, make_configuration: Callable[..., Configuration]
) -> None:
    supervisor = Flaky(make_configuration(), 1, Crawling(store), Judging(store), now, lambda pids: None)
    supervisor.start()
    keeper = supervisor._keepers[0]
    try:
        await until(lambda: supervisor.lives == 2 or keeper.done(), 5)
        assert supervisor.lives == 2
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)


# --- a worker's own edges ---


@contextmanager
def _full(_: object) -> Iterator[None]:
    raise StorageError("database: disk is full")
    yield


async def test_a_crawl_that_the_store_refused_is_said_to_have_ended(
    make_configuration: Callable[..., Configuration],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    configuration = make_configuration()
    Crawling(store).know_sections([("thanhhoa", "tin-tuc")], NOW)
    worker = Worker(configuration, store)
    lines = asyncio.StreamReader()
    work = asyncio.create_task(worker.work(lines))
    said = ""
    try:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "write", _full)
            lines.feed_data(b'{"crawl": "thanhhoa", "sections": ["tin-tuc"], "reason": "schedule"}\n')
            for _ in range(20):
                await asyncio.sleep(0.05)
                said += capfd.readouterr().out
                if '"ended": "thanhhoa"' in said:
                    break
    finally:
        lines.feed_eof()
        await work
    assert '"ended": "thanhhoa"' in said


async def test_a_worker_judges_also_when_the_store_refused_once(
    make_configuration: Callable[..., Configuration], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = make_configuration()
    scene = Scene(store, configuration, Clock())
    scene.publish("thanhhoa", "Họp.")
    worker = Worker(configuration, store)
    lines = asyncio.StreamReader()
    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", _full)
        work = asyncio.create_task(worker.work(lines))
        await asyncio.sleep(0.2)
    try:
        lines.feed_data(b'{"judge": true}\n')
        with contextlib.suppress(TimeoutError):
            await until(lambda: not Judging(store).count_due(now()), 1)
        assert not Judging(store).count_due(now())
    finally:
        lines.feed_eof()
        await work


# --- who crawls by hand ---


def test_somebody_crawls_by_hand_until_the_last_who_does_is_gone(tmp_path: Path) -> None:
    with by_hand.nobody(tmp_path) as nobody:
        assert nobody
    with by_hand.somebody(tmp_path):
        with by_hand.somebody(tmp_path):
            pass
        with by_hand.nobody(tmp_path) as nobody:
            assert not nobody
    with by_hand.nobody(tmp_path) as nobody:
        assert nobody


# --- one service a folder ---


def test_there_is_one_service_on_a_folder_and_the_second_is_told_whose_it_is(tmp_path: Path) -> None:
    with only_service(tmp_path):
        write_processes(tmp_path, [11, 12])
        assert processes(tmp_path) == {"service": os.getpid(), "workers": [11, 12], "problems": []}
        with pytest.raises(StorageError, match=str(os.getpid())), only_service(tmp_path):
            pass
    assert processes(tmp_path) == {"service": None, "workers": [], "problems": []}
    with only_service(tmp_path):
        assert processes(tmp_path)["service"] == os.getpid()


def test_what_a_killed_service_left_behind_is_no_service(tmp_path: Path) -> None:
    write_processes(tmp_path, [11])
    (tmp_path / "service.lock").touch()
    assert processes(tmp_path) == {"service": None, "workers": [], "problems": []}
    assert processes(tmp_path / "nowhere") == {"service": None, "workers": [], "problems": []}


def test_workers_are_as_many_as_asked_for_or_leave_a_core_free(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_count(7) == 7
    for cores, workers in ((None, 1), (1, 1), (2, 1), (4, 3), (64, 4)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert worker_count("auto") == workers
