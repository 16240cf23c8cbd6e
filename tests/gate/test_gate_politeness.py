"""When a server asks to be left alone, and one crawl at a time for each host."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from crawler.pacing import Manners
from crawler.politeness import retry_after


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("86400", 86400),
        ("86401", 86400),  # a day at most
        ("9" * 30, 86400),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), 0),  # the past is now
        (format_datetime(NOW + timedelta(days=400), usegmt=True), 86400),
        (format_datetime((NOW + timedelta(minutes=5)).astimezone(UTC).replace(tzinfo=None)), 300),
        ("Sun, 22 Nov 2026 10:05:00 +0700", 300),
    ],
)
def test_a_server_is_left_alone_as_long_as_it_asks(value: str, seconds: int) -> None:
    assert retry_after(value, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "²", "1e3", "Sun, 99 Nov 2026 00:00:00 GMT"])
def test_what_says_no_time_is_no_wait(value: str | None) -> None:
    assert retry_after(value, NOW) is None


def test_a_year_too_long_for_a_date_is_no_wait() -> None:
    assert retry_after("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", NOW) is None


@given(st.text("0123456789 ,:+-GMTSunNov", max_size=40))
def test_any_words_of_a_server_are_a_wait_within_a_day_or_none(value: str) -> None:
    try:
        wait = retry_after(value, NOW)
    except OverflowError:  # told by the test above
        return
    assert wait is None or timedelta(0) <= wait <= timedelta(days=1)


# --- one crawl a host ---

HOLD = """
import asyncio, sys
from pathlib import Path
from crawler.pacing import Manners

async def main():
    async with Manners(Path(sys.argv[1]), 0).one_at_a_time([sys.argv[2]]):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def held(locks: Path, host: str) -> bool:
    """Whether we can hold the host within a moment."""
    try:
        async with asyncio.timeout(0.3), Manners(locks, 0).one_at_a_time([host]):
            return True
    except TimeoutError:
        return False


async def test_a_second_crawl_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    async def crawl(name: str) -> None:
        async with Manners(tmp_path, 0).one_at_a_time(["thanhhoa.gov.vn"]):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(crawl("one"), crawl("two"))
    assert order == ["one begins", "one ends", "two begins", "two ends"]


async def test_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async with Manners(tmp_path, 0).one_at_a_time(["thanhhoa.gov.vn"]):
        assert await held(tmp_path, "mpi.gov.vn")


async def test_a_crawl_that_broke_holds_nobody_up(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        async with Manners(tmp_path, 0).one_at_a_time(["thanhhoa.gov.vn"]):
            raise RuntimeError
    assert await held(tmp_path, "thanhhoa.gov.vn")


@pytest.mark.parametrize("host", ["::1", "../../etc/passwd", ""])
async def test_no_host_makes_a_lock_outside_its_folder(tmp_path: Path, host: str) -> None:
    async with Manners(tmp_path / "locks", 0).one_at_a_time([host]):
        made = await asyncio.to_thread(lambda: list(tmp_path.rglob("*.lock")))
        assert [path.parent for path in made] == [tmp_path / "locks"]


async def test_a_crawl_of_another_process_is_waited_for_until_that_process_dies(tmp_path: Path) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, str(tmp_path), "thanhhoa.gov.vn", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert await holder.stdout.readline() == b"held\n"
        assert not await held(tmp_path, "thanhhoa.gov.vn")
        assert await held(tmp_path, "mpi.gov.vn")
        holder.kill()
        await holder.wait()
        assert await held(tmp_path, "thanhhoa.gov.vn")
    finally:
        if holder.returncode is None:
            holder.kill()
            await holder.wait()
