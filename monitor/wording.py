"""What a message says, gathered as plain values in one language: who, what, when, what changed, why it matched. Pure.

Every text of a portal is made harmless here; a sentence is quoted as it was written and cut at its end only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from config import Configuration, mark, say_in
from monitor.escaping import clean, web_link
from monitor.labels import CHANGES, CONDITIONS, FACTS, KINDS, PARTS, ROLES, SESSIONS, STATUSES, TROUBLES, WITHDRAWALS
from storage import DueDelivery, EventChangeRecord, EventRecord, EvidenceRecord

_MOST_PORTALS = 10
_MOST_DIFFERENCES = 40
_LONGEST_HEAD = 120
_LONGEST_QUOTE = 600
_TIMES = ("date", "date_candidate", "time", "part_of_day")


class Writer:
    """Gathers what a message says, in one language."""

    def __init__(self, language: str, configuration: Configuration) -> None:
        self._language = language
        self._zone = ZoneInfo(configuration.settings.timezone)
        self._names = {portal.id: portal.name for portal in configuration.portals}

    def view(self, delivery: DueDelivery, *, test: bool = False) -> dict[str, Any]:
        """What a template sees: texts, and lists of rows of texts."""
        event = delivery.event
        change = _change(event, delivery.change)
        sources = self._sources(event)
        return {
            "language": self._language,
            "kind": event.kind,
            "change": change.kind if change else "",
            "label": self._say("Test: {label}", label=self._label(event, change))
            if test
            else self._label(event, change),
            "headline": self._headline(event, change),
            "title": self._title(event),
            "test": self._say("This is a test of the channel; nothing has happened.") if test else "",
            "changes": self._changes(event, change),
            "rows": self._rows(event),
            "diff": self._diff(event),
            "lines": self._lines(event),
            "quote": self._quote(event),
            "sources": sources[:_MOST_PORTALS],
            "more": self._say("{count} more portals", count=len(sources) - _MOST_PORTALS)
            if len(sources) > _MOST_PORTALS
            else "",
            "documents": self._documents(event),
            "notes": self._notes(event),
            "why": self._why(delivery),
        }

    def _say(self, text: str, **values: object) -> str:
        return say_in(self._language, text, **values)

    # --- the first line

    def _label(self, event: EventRecord, change: EventChangeRecord | None) -> str:
        if change and change.kind in CHANGES:
            return self._say(CHANGES[change.kind])
        withdrawal = event.facts.get("change")
        if event.kind == "withdrawn" and withdrawal in WITHDRAWALS:
            return self._say(WITHDRAWALS[withdrawal])
        return self._say(KINDS[event.kind])

    def _headline(self, event: EventRecord, change: EventChangeRecord | None) -> list[str]:
        """The parts of the first line, after what kind of thing it is about."""
        parts: list[str | None]
        if event.kind == "meeting":
            meeting = event.facts.get("meeting") or {}
            before, after = self._moved(meeting, change)
            status = STATUSES.get(meeting.get("status") or "") if change is None else None
            parts = [
                self._head(event, meeting),
                f"{before} → {after}" if before and after else after or before or self._when(meeting),
                self._say(status) if status else None,
            ]
        elif event.kind == "decision":
            parts = [self._decision(event)]
        elif event.kind == "revised":
            parts = [clean(event.title, _LONGEST_HEAD), self._amount(event)]
        elif event.kind == "withdrawn":
            parts = [clean(event.title, _LONGEST_HEAD), self._about(event)]
        else:
            parts = [self._title(event)]
        return [part for part in parts if part]

    def _head(self, event: EventRecord, meeting: Mapping[str, Any]) -> str:
        """Who meets for which time, where that is known; a title where it says it as shortly."""
        body, ordinal = meeting.get("body"), meeting.get("ordinal")
        if body and ordinal:
            told = SESSIONS.get(meeting.get("form") or "", mark("{body}, session {ordinal}"))
            return clean(self._say(told, body=clean(body, _LONGEST_HEAD), ordinal=ordinal))
        if body and len(event.title) > _LONGEST_HEAD:
            return clean(body, _LONGEST_HEAD)
        return clean(event.title, _LONGEST_HEAD)

    def _decision(self, event: EventRecord) -> str:
        document: Mapping[str, Any] = next(iter(event.facts.get("documents") or []), {})
        number, day = clean(document.get("number") or ""), self._day(document.get("date"))
        title = clean(event.title, _LONGEST_HEAD)
        head = number if number and number not in title else ""
        known = f"{head or title} ({day})" if day else head or title
        return f"{known}: {title}" if head else known

    def _title(self, event: EventRecord) -> str:
        """The event's title; a portal's trouble has none of its own and is told in the reader's language."""
        about = event.facts.get("about")
        if event.kind not in TROUBLES or not isinstance(about, str):
            return clean(event.title)
        return clean(self._say(TROUBLES[event.kind], portal=self._names.get(about, about)))

    # --- what changed

    def _changes(self, event: EventRecord, change: EventChangeRecord | None) -> list[dict[str, str]]:
        rows: list[tuple[str, object, object]] = []
        if change:
            before, after = change.before, change.after
            rows.append((self._say("When"), *self._moved(event.facts.get("meeting") or {}, change)))
            rows.append((self._say("Status"), self._status(before.get("status")), self._status(after.get("status"))))
            for name, label in FACTS.items():
                rows.append((self._say(label), before.get(name), after.get(name)))
        title = event.facts.get("title")
        if event.kind == "revised" and isinstance(title, Mapping):
            rows.append((self._say("Title"), title.get("before"), title.get("after")))
        return [
            {"label": label, "before": clean(before or ""), "after": clean(after or "")}
            for label, before, after in rows
            if before != after
        ]

    def _moved(self, meeting: Mapping[str, Any], change: EventChangeRecord | None) -> tuple[str | None, str | None]:
        """When it was to be, and when it is now; None twice where the time is not what changed."""
        if change is None or not any(name in facts for name in _TIMES for facts in (change.before, change.after)):
            return None, None
        return self._when({**meeting, **change.before}), self._when({**meeting, **change.after})

    def _diff(self, event: EventRecord) -> list[dict[str, str]]:
        """What was taken out and put in, each line with the one before it that stayed."""
        lines = event.facts.get("diff") or []
        told, last_same = [], ""
        for line in lines if event.kind == "revised" else []:
            if line.get("op") == "same":
                last_same = line.get("text") or ""
                continue
            if last_same:
                told.append({"op": "same", "sign": "…", "text": clean(last_same, 80)})
                last_same = ""
            sign = "−" if line.get("op") == "removed" else "+"
            told.append({"op": str(line.get("op")), "sign": sign, "text": clean(line.get("text") or "")})
        left = len(told) - _MOST_DIFFERENCES
        if left <= 0:
            return told
        more = {"op": "same", "sign": "…", "text": self._say("{count} more lines", count=left)}
        return [*told[:_MOST_DIFFERENCES], more]

    def _amount(self, event: EventRecord) -> str | None:
        ops = [line.get("op") for line in event.facts.get("diff") or []]
        removed, added = ops.count("removed"), ops.count("added")
        if not removed and not added:
            files = event.facts.get("attachments") or []
            return self._say("{count} attachments replaced", count=len(files)) if files else None
        return self._say("lines: {removed} out, {added} in", removed=removed, added=added)

    # --- the facts

    def _rows(self, event: EventRecord) -> list[dict[str, str]]:
        rows: list[tuple[str, object]] = []
        if event.kind == "meeting":
            meeting = event.facts.get("meeting") or {}
            rows = [
                (self._say(FACTS["body"]), meeting.get("body")),
                (self._say(FACTS["ordinal"]), meeting.get("ordinal")),
                (self._say("When"), self._when(meeting)),
                (self._say(FACTS["place"]), meeting.get("place")),
                (self._say(FACTS["chair"]), meeting.get("chair")),
            ]
        elif event.kind == "decision":
            for document in event.facts.get("documents") or []:
                if document.get("role") in ("issued", None):
                    rows += [
                        (self._say("Number"), document.get("number")),
                        (self._say("Type"), document.get("type")),
                        (self._say("Issuer"), document.get("issuer")),
                        (self._say("Issued on"), self._day(document.get("date"))),
                    ]
        elif event.kind == "withdrawn":
            rows = [(self._say("Portal"), self._about(event)), (self._say("Why"), event.facts.get("problem"))]
        return [{"label": label, "value": clean(value)} for label, value in rows if value]

    def _documents(self, event: EventRecord) -> list[dict[str, str]]:
        """The documents beside the one that the event is about, with what becomes of them."""
        rows = []
        for document in event.facts.get("documents") or []:
            if event.kind == "decision" and document.get("role") in ("issued", None):
                continue
            role = ROLES.get(document.get("role") or "")
            words = [document.get("type"), document.get("number"), f"({self._say(role)})" if role else None]
            text = clean(" ".join(str(word) for word in words if word))
            rows.append({"label": self._say("Document"), "text": text})
        return rows[:_MOST_PORTALS]

    def _notes(self, event: EventRecord) -> list[dict[str, str]]:
        cited = event.facts.get("cited_before")
        if not isinstance(cited, Mapping):
            return []
        told = self._say(
            "Cited {count} times before, first by {portal} on {day}",
            count=cited.get("count") or 1,
            portal=self._names.get(str(cited.get("portal")), cited.get("portal")),
            day=self._day(cited.get("first")) or "?",
        )
        return [{"text": clean(told), "url": web_link(str(cited.get("url") or ""))}]

    def _lines(self, event: EventRecord) -> list[str]:
        """What a portal in trouble says, and since when; the files that came with other words."""
        if event.kind == "revised":
            files = event.facts.get("attachments") or []
            names = [file.get("name") or file.get("url") or "" for file in files]
            return [clean(self._say("Attachment replaced: {name}", name=name)) for name in names[:_MOST_PORTALS]]
        if not event.kind.startswith("portal_"):
            return []
        portal = event.facts.get("portal") or {}
        lines = [clean(problem) for problem in portal.get("problems") or []]
        if portal.get("since"):
            since = datetime.fromisoformat(portal["since"]).astimezone(self._zone)
            lines.append(self._say("Since: {when}", when=since.strftime("%d/%m/%Y %H:%M")))
        if portal.get("url"):
            lines.append(web_link(portal["url"]))
        return [line for line in lines if line]

    # --- who says so

    def _quote(self, event: EventRecord) -> str:
        first = next(iter(_freshest(event)), None)
        quote = clean(first.quote, _LONGEST_QUOTE) if first else ""
        return quote if quote != clean(event.title) else ""

    def _sources(self, event: EventRecord) -> list[dict[str, str]]:
        """One report of each portal, the freshest first: it is why the alert goes out now."""
        rows: dict[str, dict[str, str]] = {}
        for evidence in _freshest(event):
            if evidence.portal not in rows:
                label = self._say("Also") if rows else self._say("Source")
                rows[evidence.portal] = self._source(label, evidence.portal, evidence.url, evidence.published)
        article = event.facts.get("article")
        if isinstance(article, Mapping):
            about = str(event.facts.get("about"))
            rows.setdefault(about, self._source(self._say("Source"), about, str(article.get("url") or ""), None))
            if event.facts.get("to"):
                rows["to"] = {
                    "label": self._say("Now at"), "text": "", "portal": "", "day": "", "url": web_link(event.facts["to"])
                }  # fmt: skip
        return list(rows.values())

    def _source(self, label: str, portal: str, url: str, published: object) -> dict[str, str]:
        name, day = clean(self._names.get(portal, portal)), self._day(published) or ""
        text = f"{name}, {day}" if day else name
        return {"label": label, "text": text, "portal": name, "day": day, "url": web_link(url)}

    def _about(self, event: EventRecord) -> str:
        about = str(event.facts.get("about") or "")
        return clean(self._names.get(about, about))

    def _why(self, delivery: DueDelivery) -> list[str]:
        lines = []
        for subscription, reason in zip(delivery.subscriptions, delivery.reasons, strict=True):
            quoted = reason.get("quoted") or {}
            held = "; ".join(
                f"{self._say(CONDITIONS[name])}: {', '.join(str(quoted.get(word, word)) for word in words)}"
                for name, words in reason.items()
                if name in CONDITIONS and isinstance(words, list)
            )
            lines.append(
                self._say("Why: subscription {subscription} ({conditions})", subscription=subscription, conditions=held)
                if held
                else self._say("Why: subscription {subscription}", subscription=subscription)
            )
        return [clean(line) for line in lines]

    # --- days

    def _when(self, meeting: Mapping[str, Any]) -> str | None:
        day = self._day(meeting.get("date") or meeting.get("date_candidate"))
        part = PARTS.get(meeting.get("part_of_day") or "")
        told = " ".join(
            word for word in (clean(meeting.get("time") or ""), self._say(part) if part else "", day) if word
        )
        if not day:
            return None
        return told if meeting.get("date") else self._say("{when} (the year is not certain)", when=told)

    def _day(self, day: object) -> str | None:
        if isinstance(day, str):
            try:
                day = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
            except ValueError:
                return clean(day)
        if isinstance(day, datetime):
            day = (day.astimezone(self._zone) if day.tzinfo else day).date()
        return day.strftime("%d/%m/%Y") if isinstance(day, date) else None

    def _status(self, status: object) -> str:
        return self._say(STATUSES[str(status)]) if status in STATUSES else str(status or "")


def _change(event: EventRecord, name: str) -> EventChangeRecord | None:
    return next((change for change in event.changes if change.name == name), None) if name else None


def _freshest(event: EventRecord) -> list[EvidenceRecord]:
    """The evidence, the freshest first, and news before what a baseline found."""
    return [
        *(evidence for evidence in reversed(event.evidence) if not evidence.baseline),
        *(evidence for evidence in reversed(event.evidence) if evidence.baseline),
    ]
