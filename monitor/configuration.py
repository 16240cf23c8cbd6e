"""The configuration, checked with what the other rooms know: selectors, channels, cron expressions."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config import Configuration, Portal, Section, load, say, speak

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST_BACKOFF = timedelta(hours=6)
_FASTEST_RETRIES = 3  # doublings of the interval after failures


def load_configuration(directory: Path) -> Configuration:
    """The configuration in a folder; ConfigError with every problem of it."""
    from crawler import selector_fault
    from monitor.channels import channel_fault

    configuration = load(
        directory,
        environ=os.environ,
        selector_fault=selector_fault,
        channel_fault=channel_fault,
        cron_fault=cron_fault,
    )
    if "PORTALWATCH_LANGUAGE" not in os.environ:
        speak(configuration.settings.language)
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


def next_check(portal: Portal, timezone: str) -> Callable[[Section, datetime, int, timedelta | None], datetime]:
    """When a section of a portal is due again: by its pace, later after failures, never before a server's own word."""

    def due(section: Section, now: datetime, failures: int, wait: timedelta | None) -> datetime:
        pace = portal.pace(section)
        if isinstance(pace, timedelta):
            longest = max(_LONGEST_BACKOFF, pace)
            when = now + min(pace * (1 << min(max(failures - 1, 0), _FASTEST_RETRIES)), longest)
        else:
            when = _next_of_cron(pace, timezone, now)
        return max(when, now + wait) if wait else when

    return due


def _next_of_cron(expression: str, timezone: str, now: datetime) -> datetime:
    from apscheduler.triggers.cron import CronTrigger

    zone = ZoneInfo(timezone)
    trigger = CronTrigger.from_crontab(named_days(expression), timezone=zone)
    when = trigger.get_next_fire_time(None, now.astimezone(zone) + timedelta(microseconds=1))
    # An expression such as 30 February never fires.
    return when if isinstance(when, datetime) else now + timedelta(days=1)
