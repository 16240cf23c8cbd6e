"""What a load run showed, judged: sections checked on time, portals asked politely, memory flat, each event told once.

Pure: it reads what the harness collected. Hard properties that are broken are named in the report's `broken`.
"""

from __future__ import annotations

import itertools
import re
import statistics
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from load_site import Piece, Plan, archive, crawl_delay, timeline

DELAY = 1.0  # seconds between two requests to one host: the program's default
# The counter stamps arrivals, the promise is about departures. The first of two requests may arrive late by as much as
# the worker's loop is held by one extraction (some 20 ms, 200 ms for the first) and the way through the kernel; then
# the gap between the two looks shorter by that. Jitter does not add up: ten requests have the same tolerance as two.
TOLERANCE = 0.25
MANY = 10
GROWTH = (1.10, 10e6)  # a process may end 10 % and 10 MB above what it had after warming up
LONG_ENOUGH = 600.0  # seconds; before that a process is still warming up
_TOKEN = re.compile(r"\d+/QĐ-UBND|xã \w+ \w+ \w+")

At = tuple[str, str]
"""A portal and a section."""


@dataclass(frozen=True)
class Read:
    """One reading of a section, with the start and end of its run; in seconds since the epoch."""

    portal: str
    section: str
    started: float
    ended: float
    state: str
    run: int
    run_ended: float | None
    revised: int


@dataclass
class Collected:
    """All that the harness saw. Times are seconds since the epoch.

    `promises`: each `next_check_at` of a section, and when it was first seen in the store.
    `samples`: (time, kind, process id, resident bytes, CPU seconds); kind is service, worker or server.
    `received`: (time, title) of each message.
    """

    plan: Plan
    every: float
    served: float = 0.0
    steady: float = 0.0
    healed: float = 0.0
    ended: float = 0.0
    status: int | None = None
    promises: dict[At, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    samples: list[tuple[float, str, int, int, float]] = field(default_factory=list)
    received: list[tuple[float, str]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    readings: list[Read] = field(default_factory=list)
    baselines: dict[At, float] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    tracebacks: int = 0


def report(seen: Collected) -> dict[str, Any]:
    """The run in figures."""
    parts: dict[str, Any] = {
        "phases": {
            "baseline_seconds": round(seen.steady - seen.served, 1),
            "steady_seconds": round(seen.healed - seen.steady, 1),
            "drain_seconds": round(seen.ended - seen.healed, 1),
        },
        "checks": checks(seen),
        "politeness": politeness(seen.requests),
        "requests": traffic(seen),
        "events": events(seen),
        "articles": articles(seen),
        "processes": processes(seen),
        "log": {
            "errors": Counter(line["event"] for line in seen.log if line.get("level") in ("error", "critical")),
            "warnings": Counter(line["event"] for line in seen.log if line.get("level") == "warning"),
            "tracebacks": seen.tracebacks,
            "exit_status": seen.status,
        },
    }
    return {"broken": broken(parts, seen), **parts}


def broken(parts: Mapping[str, Any], seen: Collected) -> list[str]:
    """The hard properties that do not hold, in words."""
    steady, polite, told = parts["checks"]["steady"], parts["politeness"], parts["events"]
    found = {
        "a section that was due was not read": steady["never_read"],
        f"a section was kept waiting for more than {on_time(seen.every):.0f} s": steady["late"],
        "a reading without a request": parts["checks"]["readings_without_request"],
        "two requests to one host at a time": polite["in_flight"],
        "requests to one host too close together": polite["too_close"] + polite["too_many"],
        "an event not told": told["missing"],
        "an event told twice": told["duplicates"],
        "told of what is no news": told["unexpected"],
        "something was stored that no portal published": parts["articles"]["strange"],
        "an article was revised that nobody changed": parts["articles"]["revised"],
        "a traceback": parts["log"]["tracebacks"],
        "the service did not end well": seen.status,
        "memory grows": [one for one in parts["processes"] if one["grows"]],
    }
    return [words for words, fault in found.items() if fault]


# --- on time ---


def on_time(every: float) -> float:
    """The longest that a section may wait for the program, in seconds."""
    return max(10.0, every / 6)


def checks(seen: Collected) -> dict[str, Any]:
    """Checks owed and made, before and after the baselines, and how late they were.

    A check is owed at each `next_check_at` that stood when it came. `late_by` is its start against that; `kept_waiting`
    leaves out the time in which its own portal was being crawled, which politeness and not the program decides.
    """
    runs: dict[str, dict[int, tuple[float, float | None]]] = defaultdict(dict)
    readings: dict[At, list[Read]] = defaultdict(list)
    for one in sorted(seen.readings, key=lambda one: one.started):
        readings[one.portal, one.section].append(one)
        runs[one.portal].setdefault(one.run, (one.started, one.run_ended))
    owed: dict[str, list[tuple[float, float] | None]] = {"baseline": [], "steady": []}
    for at, promises in seen.promises.items():
        starts = [one.started for one in readings[at]]
        for number, (_, due) in enumerate(promises):
            replaced = promises[number + 1][0] if number + 1 < len(promises) else None
            place = bisect_left(starts, due - 0.001)
            if due > seen.healed or (replaced and (place == len(starts) or starts[place] > replaced)):
                continue  # put off before it could be kept: an answer to another section asked for the whole portal
            phase = owed["baseline" if due < seen.steady else "steady"]
            if place == len(starts):
                phase.append(None)
                continue
            own = readings[at][place]
            first = runs[at[0]][own.run][0]
            busy = [end for start, end in runs[at[0]].values() if end and start < first and end > due]
            phase.append((own.started - due, max(0.0, first - max([due, *busy]))))
    listings: dict[At, list[float]] = defaultdict(list)
    for request in seen.requests:
        if request["path"].startswith("/vi/") and request["path"].endswith("/"):
            listings[f"portal-{request['portal']:03d}", request["path"].split("/")[2]].append(request["at"])
    return {
        **{phase: _lateness(found, seen.every) for phase, found in owed.items()},
        "states": Counter(one.state for one in seen.readings),
        "readings_without_request": sum(
            one.state in ("good", "unchanged") and not _any(listings[one.portal, one.section], one.started, one.ended)
            for one in seen.readings
        ),
        "seconds_between_checks": spread(
            [b.started - a.started for ones in readings.values() for a, b in itertools.pairwise(ones)]
        ),
        "seconds_a_reading": spread([one.ended - one.started for one in seen.readings if one.started > seen.steady]),
    }


def _lateness(found: Sequence[tuple[float, float] | None], every: float) -> dict[str, Any]:
    made = [one for one in found if one is not None]
    return {
        "owed": len(found),
        "made": len(made),
        "never_read": len(found) - len(made),
        "late": sum(waited > on_time(every) for _, waited in made),
        "late_by": spread([late for late, _ in made]),
        "kept_waiting": spread([waited for _, waited in made]),
    }


def _any(moments: Sequence[float], start: float, end: float) -> bool:
    place = bisect_left(moments, start - 0.05)
    return place < len(moments) and moments[place] <= end


# --- politely ---


def politeness(requests: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How the hosts were asked, robots.txt counted like any other request: to the portal it is one.

    The delay that is owed is the default one, or the Crawl-delay that the host's latest robots.txt could tell.
    """
    by_portal: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for request in requests:
        by_portal[request["portal"]].append(request)
    in_flight, gaps, examples = 0, [], []
    too_close: Counter[str] = Counter()
    too_many = 0
    for portal, asked in by_portal.items():
        asked.sort(key=lambda request: request["at"])
        owed = DELAY
        owed_before: list[float] = []  # seconds owed in all, up to each request
        for number, request in enumerate(asked):
            in_flight += request["in_flight"] > 0
            if number:
                before = asked[number - 1]
                gap = request["at"] - before["at"]
                gaps.append(gap / owed)
                if gap < owed - TOLERANCE - before["lag"]:
                    where = "between two crawls" if request["path"] == "/robots.txt" else "in one crawl"
                    too_close[where] += 1
                    examples.append({"portal": portal, "at": request["at"], "gap": round(gap, 3), "owed": owed})
                    examples[-1] |= {"path": request["path"], "before": before["path"], "fault": before["fault"]}
            owed_before.append((owed_before[-1] if owed_before else 0.0) + (owed if number else 0.0))
            if number >= MANY:
                first = number - MANY
                span = request["at"] - asked[first]["at"]
                too_many += span < owed_before[number] - owed_before[first] - TOLERANCE - asked[first]["lag"]
            if request["path"] == "/robots.txt" and request["status"]:
                owed = max(DELAY, (None if request["fault"] else crawl_delay(portal)) or 0.0)
    shortest = sorted(gaps)
    return {
        "in_flight": in_flight,
        "too_close": sum(too_close.values()),
        "where": too_close,
        "too_many": too_many,
        "gap_to_delay": {"min": _at(shortest, 0.0), "p1": _at(shortest, 0.01), "median": _at(shortest, 0.5)},
        "examples": examples[:10],
    }


def traffic(seen: Collected) -> dict[str, Any]:
    """Requests by phase, and the faults among the answers."""
    rates = {}
    for phase, start, end in (("baseline", seen.served, seen.steady), ("steady", seen.steady, seen.healed)):
        count = sum(start <= request["at"] < end for request in seen.requests)
        rates[phase] = round(count / max(end - start, 0.001), 2)
    return {
        "total": len(seen.requests),
        "a_second": rates,
        "robots": sum(request["path"] == "/robots.txt" for request in seen.requests),
        "not_modified": sum(request["status"] == 304 for request in seen.requests),
        "faults": Counter(request["fault"] for request in seen.requests if request["fault"]),
        "server_lag": spread([request["lag"] for request in seen.requests]),
    }


# --- told once ---


def events(seen: Collected) -> dict[str, Any]:
    """Events that had to be told, and what was told. What a baseline held is not news."""
    news: dict[str, float] = {}
    unclear: set[str] = set()
    for piece in timeline(seen.plan):
        if piece.token is None or not seen.steady:
            continue
        at = seen.steady + piece.offset
        baseline = seen.baselines.get((f"portal-{piece.portal:03d}", piece.section))
        if baseline is not None and at > baseline:
            news.setdefault(piece.token, at)
        else:
            unclear.add(piece.token)
    told = Counter(token for _, title in seen.received if (token := token_of(title)))
    delays = [at - news[token] for at, title in seen.received if (token := token_of(title)) in news]
    return {
        "expected": len(news),
        "delivered": len(told),
        "missing": sorted(news.keys() - told.keys()),
        "duplicates": sum(told.values()) - len(told),
        "unexpected": sorted(told.keys() - news.keys() - unclear)
        + [title for _, title in seen.received if token_of(title) is None],
        "seconds_to_alert": spread(delays),
    }


def token_of(title: str) -> str | None:
    """The fact that a message tells of."""
    found = _TOKEN.search(title)
    return found.group() if found else None


def articles(seen: Collected) -> dict[str, Any]:
    """What was stored: `strange` are wordings whose title no portal published."""
    published: list[Piece] = [*timeline(seen.plan)]
    for portal in range(seen.plan.portals):
        published += archive(seen.plan, portal)
    titles = {piece.title for piece in published}
    return {
        "published": len(published),
        "stored": len(seen.titles),
        "strange": sorted({title[:80] for title in seen.titles if title not in titles})[:10],
        "revised": sum(one.revised for one in seen.readings),
    }


# --- what it costs ---


def processes(seen: Collected) -> list[dict[str, Any]]:
    """Memory and processor time of each process; memory is judged on the time after the baselines."""
    by_pid: dict[tuple[str, int], list[tuple[float, int, float]]] = defaultdict(list)
    for at, kind, pid, rss, cpu in seen.samples:
        by_pid[kind, pid].append((at, rss, cpu))
    found = []
    for (kind, _), samples in by_pid.items():
        steady = [(at, rss) for at, rss, _ in samples if seen.steady <= at]
        fifth = max(1, len(steady) // 5)
        early = statistics.fmean(rss for _, rss in steady[:fifth]) if steady else 0.0
        late = statistics.fmean(rss for _, rss in steady[-fifth:]) if steady else 0.0
        slope = 0.0
        if len(steady) > 2:
            slope = statistics.linear_regression([at for at, _ in steady], [rss for _, rss in steady]).slope
        long = bool(steady) and steady[-1][0] - steady[0][0] >= LONG_ENOUGH
        found.append(
            {
                "kind": kind,
                "cpu_seconds": round(samples[-1][2], 1),
                "lived": round(samples[-1][0] - samples[0][0], 1),
                "rss_mb": {
                    "start": _mb(samples[0][1]),
                    "after_baselines": _mb(early),
                    "end": _mb(late),
                    "most": _mb(max(rss for _, rss, _ in samples)),
                    "slope_an_hour": _mb(slope * 3600),
                },
                "grows": long and late > early * GROWTH[0] + GROWTH[1],
            }
        )
    return found


def _mb(size: float) -> float:
    return round(size / 1e6, 1)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, p95 and maximum, in seconds."""
    ordered = sorted(values)
    return {"median": _at(ordered, 0.5), "p95": _at(ordered, 0.95), "max": _at(ordered, 1.0)}


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) if ordered else 0.0
