"""The configuration, checked with what the other rooms know: selectors, channels, cron expressions."""

from __future__ import annotations

import base64
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import structlog

from config import SHORTEST_PACE, Configuration, Portal, Section, load, say, speak
from storage import Crawling, hosts_of

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_BACKOFF = timedelta(hours=6)
_FASTEST_RETRIES = 3  # doublings of the interval after failures

Fingerprint: TypeAlias = tuple[tuple[str, int, int, int], ...]

log = structlog.get_logger(__name__)


def load_configuration(directory: Path, *, subscriptions: bool = True) -> Configuration:
    """The configuration in a folder; ConfigError with every problem of it. Its subscriptions may be left unread."""
    from crawler import selector_fault
    from monitor.channels import channel_fault

    configuration = load(
        directory,
        environ=os.environ,
        selector_fault=selector_fault,
        channel_fault=channel_fault,
        cron_fault=cron_fault,
        with_subscriptions=subscriptions,
    )
    speak_as(configuration)
    return configuration


def speak_as(configuration: Configuration) -> None:
    """Speak the configuration's language from now on, unless the environment names one."""
    if "PORTALWATCH_LANGUAGE" not in os.environ:
        speak(configuration.settings.language)


def take_up(configuration: Configuration, crawling: Crawling, now: datetime) -> None:
    """Make the store know the configured portals: renamed ones with what they had, new sections due at once."""
    ids = {portal.id for portal in configuration.portals}
    for portal in configuration.portals:
        old = portal.predecessor
        if old and old not in ids and crawling.succeed(portal.id, old, hosts_of(portal)):
            log.info("portal renamed", portal=portal.id, predecessor=old)
    paces = {
        (portal.id, section.id): str(portal.pace(section))
        for portal in configuration.portals
        for section in portal.sections
    }
    crawling.know_sections(paces, now, paces)


def fingerprint(directory: Path) -> Fingerprint:
    """What changes when a file of the folder does: its name, time, size and number."""
    files = [directory / "portalwatch.yaml", directory / "subscriptions.yaml"]
    with suppress(OSError):
        files += sorted(path for path in (directory / "portals").iterdir() if path.suffix in (".yaml", ".yml"))
    found = []
    for file in files:
        with suppress(OSError):
            stat = file.stat()
            found.append((file.name, stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)


def packed(configuration: Configuration) -> str:
    """A configuration as one line for a worker."""
    return base64.b64encode(pickle.dumps(configuration)).decode("ascii")


def unpacked(line: str) -> Configuration:
    """What `packed` wrote: only the service writes to this process's standard input."""
    configuration = pickle.loads(base64.b64decode(line))  # noqa: S301
    assert isinstance(configuration, Configuration)
    return configuration


def cron_fault(expression: str) -> str | None:
    """Why a cron expression cannot be used; None when it can."""
    from apscheduler.triggers.cron import CronTrigger

    try:
        CronTrigger.from_crontab(named_days(expression), timezone="Asia/Ho_Chi_Minh")
    except (ValueError, TypeError, KeyError) as error:
        return str(error)
    return None


def named_days(expression: str) -> str:
    """A cron expression with its days of the week by name: cron counts from Sunday, the scheduler from Monday."""
    fields = expression.split()
    if len(fields) != 5 or fields[4] == "*" or not any(letter.isdigit() for letter in fields[4]):
        return expression
    days: list[str] = []
    for part in fields[4].split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        if span == "*":
            first, last = "0", "6"
        if not (first.isdigit() and (last or first).isdigit() and (step or "1").isdigit()):
            days.append(part)
            continue
        wanted = range(int(first), int(last or (6 if step else first)) + 1, int(step or 1))
        if not wanted or wanted[-1] > 7:
            raise ValueError(say("the day of the week is 0 to 7"))
        days += [_DAYS[day % 7] for day in wanted]
    return " ".join([*fields[:4], ",".join(dict.fromkeys(days))])


def next_check(
    portal: Portal, timezone: str
) -> Callable[[Section, datetime, datetime, int, timedelta | None], datetime]:
    """When a section of a portal is due again: by its pace, later after failures, never before a server's own word."""

    def due(section: Section, began: datetime, now: datetime, failures: int, wait: timedelta | None) -> datetime:
        pace = portal.pace(section)
        if not isinstance(pace, timedelta):
            when = _next_of_cron(pace, timezone, now)
        elif failures:
            when = now + min(pace * (1 << min(failures - 1, _FASTEST_RETRIES)), max(_LONGEST_BACKOFF, pace))
        else:
            # Counted from when the crawl began: every 15 minutes is every 15 minutes, however long a crawl takes.
            when = max(began + pace, now + min(pace, SHORTEST_PACE))
        return max(when, now + wait) if wait else when

    return due


def _next_of_cron(expression: str, timezone: str, now: datetime) -> datetime:
    from apscheduler.triggers.cron import CronTrigger

    zone = ZoneInfo(timezone)
    trigger = CronTrigger.from_crontab(named_days(expression), timezone=zone)
    when = trigger.get_next_fire_time(None, now.astimezone(zone) + timedelta(microseconds=1))
    # An expression such as 30 February never fires.
    return when if isinstance(when, datetime) else now + timedelta(days=1)
