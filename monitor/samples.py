"""Messages of events that never were: to try channels and templates with. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from config import Configuration, Problem, Subscription
from monitor.labels import CHANGES, KINDS
from monitor.templating import template_faults
from monitor.wording import Writer
from storage import DueDelivery, EventChangeRecord, EventRecord, EvidenceRecord

_ADDRESS = "https://example.org/tin/1"
_BODY = "Ủy ban Quốc gia về chuyển đổi số"
_QUOTE = "Ủy ban Quốc gia về chuyển đổi số sẽ họp phiên thứ 1."
_ISSUED = "Thủ tướng Chính phủ ban hành Quyết định số 1/QĐ-TTg về Chương trình chuyển đổi số quốc gia."
_TROUBLE = {"portal": {"url": "https://example.org/", "problems": ["HTTP 503"], "since": "2026-01-01T00:00:00+00:00"}}
_TITLE = "Ủy ban Quốc gia về chuyển đổi số họp phiên thứ 1"
_ARTICLE = {"id": 1, "url": _ADDRESS, "title": _TITLE}
_DIFF = [
    {"op": "same", "text": "Phiên họp bàn về kế hoạch năm."},
    {"op": "removed", "text": "Phiên họp diễn ra sáng nay."},
    {"op": "added", "text": "Phiên họp diễn ra chiều nay."},
]


def sample(
    kind: str, configuration: Configuration, now: datetime, *, subscription: str, language: str, change: str = ""
) -> DueDelivery:
    """The delivery of an event of a kind, as if it had come up now; with `change`, of what became of it."""
    portal = configuration.portals[0].id if configuration.portals else "example"
    days = [(now.date() + timedelta(days=ahead)).isoformat() for ahead in (7, 14)]
    quote = _ISSUED if kind == "decision" else _QUOTE
    report = EvidenceRecord(portal, _ADDRESS, _TITLE, quote, 1, now, False)
    became = EventChangeRecord("sample", change, now, {"date": days[0]}, {"date": days[1]}, _ADDRESS)
    return DueDelivery(
        id=0,
        event=EventRecord(
            id=0,
            kind=kind,
            key="sample",
            title=_TITLE if kind != "decision" else "Quyết định về Chương trình chuyển đổi số quốc gia",
            first_seen=now,
            status=change or None,
            facts=_facts(kind, days[1:] if change else days, now.date(), portal),
            evidence=(report,) if kind in ("meeting", "decision") else (),
            changes=(became,) if change else (),
        ),
        change=became.name if change else "",
        subscriptions=(subscription,),
        reasons=({"kind": kind, "words": ["chuyển đổi số"]},),
        channel_key="",
        written_key="",
        masked="",
        language=language,
        attempts=1,
        created=now,
    )


def _facts(kind: str, days: Sequence[str], today: date, portal: str) -> dict[str, Any]:
    issued = {"number": "1/QĐ-TTg", "type": "Quyết định", "issuer": "Thủ tướng Chính phủ", "role": "issued"}
    facts: Mapping[str, Mapping[str, Any]] = {
        "meeting": {
            "meeting": {"form": "phiên họp", "body": _BODY, "ordinal": 1, "date": days[0], "time": "08:30",
                        "part_of_day": "morning", "place": "Hà Nội", "status": "upcoming"},
            "documents": [{**issued, "role": "cited"}],
        },
        "decision": {
            "documents": [{**issued, "date": today.isoformat()}],
            "cited_before": {"first": (today - timedelta(days=7)).isoformat(), "portal": portal, "url": _ADDRESS, "count": 2},
        },
        "revised": {"about": portal, "article": _ARTICLE, "revision": 2, "title": None, "diff": _DIFF},
        "withdrawn": {"about": portal, "article": _ARTICLE, "change": "withdrawn", "problem": "HTTP 404", "to": None},
        "portal_failing": {"about": portal, **_TROUBLE},
        "portal_recovered": {"about": portal, **_TROUBLE},
    }  # fmt: skip
    return dict(facts[kind])


def kind_of(subscription: Subscription) -> tuple[str, str]:
    """The kind of the first event that a subscription asks for, and the change where it asks for changes only."""
    first = subscription.events[0]
    return ("meeting", "postponed") if first == "changed" else (first, "")


def template_problems(configuration: Configuration, now: datetime) -> list[Problem]:
    """Every problem of the user's templates, each tried with a sample of every kind."""
    tried = [*((kind, "") for kind in KINDS), *(("meeting", change) for change in CHANGES)]
    views = [
        Writer(language, configuration).view(
            sample(kind, configuration, now, subscription="mau", language=language, change=change), test=True
        )
        for kind, change in tried
        for language in ("vi", "en")
    ]
    return template_faults(configuration.directory / "templates", tuple(KINDS), views)
