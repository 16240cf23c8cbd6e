"""The service's own troubles as events: a portal that stopped talking, and its return; one of each per outage. Pure but
for `watch`, which looks and writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config import Configuration, Portal, say_in
from monitor.judging import Judge
from storage import TOLD_AFTER, Judging, Looking


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is to be told of a portal now."""

    kind: str
    key: str
    facts: Mapping[str, Any]


def trouble_of(portal: Portal, sections: Sequence[Mapping[str, Any]], open_outage: str | None) -> Trouble | None:
    """What to tell of a portal, given its sections' memory and the key of its outage that is told and not over."""
    failing = [section for section in sections if section["failures"] > 0]
    if open_outage is not None:
        if failing:
            return None
        return Trouble("portal_recovered", open_outage, {"portal": {"url": portal.url}})
    long = [section for section in failing if section["failures"] >= TOLD_AFTER]
    if not long:
        return None
    since: datetime = min(section["failing_since"] for section in long)
    problems = list(dict.fromkeys(problem for section in long for problem in section["problems"]))[:5]
    facts = {"portal": {"url": portal.url, "since": since.isoformat(), "problems": problems}}
    return Trouble("portal_failing", f"{portal.id}|{since.isoformat()}", facts)


def watch(configuration: Configuration, looking: Looking, judging: Judging, judge: Judge, now: datetime) -> int:
    """Tell of portals that fail or came back; how many alerts that made."""
    sections = looking.sections()
    outages = judging.open_outages()
    language = configuration.settings.language
    alerts = 0
    for portal in configuration.portals:
        known = [sections[at] for section in portal.sections if (at := (portal.id, section.id)) in sections]
        trouble = trouble_of(portal, known, outages.get(portal.id)) if portal.enabled else None
        if trouble is None:
            continue
        with judging.claims(now) as claims:
            if claims.find_events(trouble.kind, [trouble.key]):
                continue
            title = (
                say_in(language, "{portal} has stopped answering", portal=portal.name)
                if trouble.kind == "portal_failing"
                else say_in(language, "{portal} answers again", portal=portal.name)
            )
            event_id = claims.add_event(
                trouble.kind, [trouble.key], title=title, status=None, facts={**trouble.facts, "about": portal.id}
            )
            alerts += judge.alert(claims, claims.event(event_id), title, about=[portal.id])
    return alerts
