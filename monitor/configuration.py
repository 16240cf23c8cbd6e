"""The configuration, checked with what the other rooms know: selectors, channels, cron expressions."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config import Configuration, Portal, Section, load, speak

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
        CronTrigger.from_crontab(expression, timezone="Asia/Ho_Chi_Minh")
    except (ValueError, TypeError, KeyError) as error:
        return str(error)
    return None


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
    when = CronTrigger.from_crontab(expression, timezone=zone).get_next_fire_time(None, now.astimezone(zone))
    # An expression such as 30 February never fires.
    return when if isinstance(when, datetime) else now + timedelta(days=1)
