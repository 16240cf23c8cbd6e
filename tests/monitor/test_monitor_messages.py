"""The words of an alert: what, when, why, with the link; and nothing of what a hostile page put into them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st

from config import Configuration, Settings
from config.language import say_in
from monitor.labels import CHANGES, CONDITIONS, KINDS, PARTS, ROLES, STATUSES, WITHDRAWALS
from monitor.messages import Message, write
from storage import DueDelivery, EventChangeRecord, EventRecord, EvidenceRecord

TITLE = "Ủy ban Quốc gia về chuyển đổi số họp phiên thứ 5"
MEETING = {
    "title": TITLE,
    "form": "phiên họp",
    "body": "Ủy ban Quốc gia về chuyển đổi số",
    "ordinal": 5,
    "date": "2026-11-22",
    "date_candidate": None,
    "time": "08:30",
    "part_of_day": "morning",
    "place": "Hà Nội",
    "chair": "Phạm Minh Chính",
    "status": "upcoming",
}
DOCUMENT = {
    "number": "749/QĐ-TTg",
    "type": "Quyết định",
    "issuer": "Thủ tướng Chính phủ",
    "date": "2026-11-20",
    "role": "issued",
}


def evidence(portal: str = "thanhhoa", **more: Any) -> EvidenceRecord:
    values: dict[str, Any] = {
        "url": f"https://{portal}.gov.vn/1",
        "title": TITLE,
        "quote": "Sáng 22/11, Ủy ban họp.",
        "revision": 1,
        "published": date(2026, 11, 21),
        "baseline": False,
        **more,
    }
    return EvidenceRecord(portal=portal, **values)


def delivery(
    kind: str = "meeting",
    *reports: EvidenceRecord,
    title: str = TITLE,
    language: str = "en",
    reasons: dict[str, dict[str, Any]] | None = None,
    **facts: Any,
) -> DueDelivery:
    reasons = {"chuyen-doi-so": {"kind": kind}} if reasons is None else reasons
    return DueDelivery(
        id=7,
        event=EventRecord(3, kind, "key", title, NOW, None, facts, reports),
        change="",
        subscriptions=tuple(reasons),
        reasons=tuple(reasons.values()),
        channel_key="k",
        written_key="w",
        masked="json://…",
        language=language,
        attempts=1,
        created=NOW,
    )


@pytest.fixture
def said(make_configuration: Callable[..., Configuration]) -> Callable[[DueDelivery], Message]:
    configuration = make_configuration()
    return lambda delivery: write(delivery, configuration)


NOWHERE = Configuration(
    Path("/nowhere"), Settings.model_validate({"politeness": {"contact": "mailto:you@example.org"}}), (), ()
)
"""Without portals, subscriptions and templates of its own."""


# --- what is said ---


def test_the_first_line_of_a_meeting_is_enough_on_a_phone(said: Callable[[DueDelivery], Message]) -> None:
    message = said(delivery(meeting=MEETING))
    assert message.title == (
        "[Meeting] Ủy ban Quốc gia về chuyển đổi số, session 5 — 08:30 morning 22/11/2026 — upcoming"
    )
    assert message.body.splitlines()[0] == TITLE


def test_a_title_stands_in_the_first_line_where_the_facts_tell_less(said: Callable[[DueDelivery], Message]) -> None:
    facts = {**MEETING, "ordinal": None}
    assert said(delivery(meeting=facts)).title == f"[Meeting] {TITLE} — 08:30 morning 22/11/2026 — upcoming"
    endless = said(delivery(meeting=facts, title="Tin " * 100)).title
    assert endless.startswith("[Meeting] Ủy ban Quốc gia về chuyển đổi số — 08:30")


def test_a_meeting_tells_who_when_and_where(said: Callable[[DueDelivery], Message]) -> None:
    lines = said(delivery("meeting", evidence(), meeting=MEETING)).body.splitlines()
    assert lines == [
        TITLE,
        "Body: Ủy ban Quốc gia về chuyển đổi số",
        "Session: 5",
        "When: 08:30 morning 22/11/2026",
        "Where: Hà Nội",
        "Chair: Phạm Minh Chính",
        "“Sáng 22/11, Ủy ban họp.”",
        "Source: Cổng TTĐT tỉnh Thanh Hóa, 21/11/2026",
        "https://thanhhoa.gov.vn/1",
        "Why: subscription chuyen-doi-so",
    ]


def test_a_decision_tells_its_number_type_issuer_and_day(said: Callable[[DueDelivery], Message]) -> None:
    message = said(delivery("decision", evidence(), title="Phê duyệt Chương trình", documents=[DOCUMENT]))
    assert message.title == "[Decision] 749/QĐ-TTg (20/11/2026): Phê duyệt Chương trình"
    assert message.body.splitlines()[1:5] == [
        "Number: 749/QĐ-TTg",
        "Type: Quyết định",
        "Issuer: Thủ tướng Chính phủ",
        "Issued on: 20/11/2026",
    ]


def test_a_number_that_the_title_holds_is_not_said_twice(said: Callable[[DueDelivery], Message]) -> None:
    message = said(delivery("decision", title="Quyết định 749/QĐ-TTg", documents=[DOCUMENT]))
    assert message.title == "[Decision] Quyết định 749/QĐ-TTg (20/11/2026)"


def test_a_portal_in_trouble_tells_since_when_and_why(said: Callable[[DueDelivery], Message]) -> None:
    portal = {"url": "https://thanhhoa.gov.vn/", "since": NOW.isoformat(), "problems": ["HTTP 500"]}
    message = said(delivery("portal_failing", title="Thanh Hóa", portal=portal))
    assert message.title == "[Portal is not answering] Thanh Hóa"
    assert message.body.splitlines()[:4] == [
        "Thanh Hóa",
        "HTTP 500",
        "Since: 22/11/2026 10:00",  # in Hanoi
        "https://thanhhoa.gov.vn/",
    ]


def test_a_day_without_a_certain_year_says_so(said: Callable[[DueDelivery], Message]) -> None:
    facts = {**MEETING, "date": None, "date_candidate": "2026-11-22"}
    assert "(the year is not certain)" in said(delivery(meeting=facts)).title


def test_why_names_every_subscription_and_what_matched(said: Callable[[DueDelivery], Message]) -> None:
    reasons = {
        "mot": {"kind": "meeting", "words": ["chuyển đổi số", "Đề án 06"], "provinces": ["Thanh Hóa"]},
        "hai": {"kind": "meeting"},
    }
    lines = said(delivery(meeting=MEETING, reasons=reasons)).body.splitlines()
    assert lines[-2:] == [
        "Why: subscription mot (words: chuyển đổi số, Đề án 06; province: Thanh Hóa)",
        "Why: subscription hai",
    ]


def test_news_stand_before_the_reports_of_a_baseline(said: Callable[[DueDelivery], Message]) -> None:
    old, new = evidence("thanhhoa", baseline=True, quote="Cũ."), evidence("mpi", quote="Mới.")
    lines = said(delivery("meeting", old, new, meeting={})).body.splitlines()
    assert lines[1:6] == [
        "“Mới.”",
        "Source: Bộ Kế hoạch và Đầu tư, 21/11/2026",
        "https://mpi.gov.vn/1",
        "Also: Cổng TTĐT tỉnh Thanh Hóa, 21/11/2026",
        "https://thanhhoa.gov.vn/1",
    ]


def test_the_freshest_report_stands_first(said: Callable[[DueDelivery], Message]) -> None:
    """It is why the alert goes out now: the words that matched stand in it."""
    lines = said(delivery("meeting", evidence("thanhhoa", quote="Cũ."), evidence("mpi", quote="Mới."), meeting={}))
    assert lines.body.splitlines()[1] == "“Mới.”"


def test_a_portal_is_named_once_and_ten_portals_at_most(said: Callable[[DueDelivery], Message]) -> None:
    reports = [evidence(f"cong-{number}") for number in range(30)] + [evidence("cong-0")] * 5
    body = said(delivery("meeting", *reports, meeting=MEETING)).body
    assert body.count("https://") == 10
    assert body.count("cong-0.") == 1


def test_a_report_is_of_the_day_that_it_was_in_hanoi(said: Callable[[DueDelivery], Message]) -> None:
    late = datetime(2026, 11, 21, 20, 0, tzinfo=NOW.tzinfo)
    assert "Thanh Hóa, 22/11/2026" in said(delivery("meeting", evidence(published=late), meeting={})).body


def test_a_portal_that_is_no_longer_configured_is_named_by_its_id(said: Callable[[DueDelivery], Message]) -> None:
    assert "Source: cu\n" in said(delivery("meeting", evidence("cu", published=None), meeting={})).body


# --- what became of it ---


def changed(kind: str, before: dict[str, Any], after: dict[str, Any], **facts: Any) -> DueDelivery:
    """A delivery of a change of the meeting."""
    due = delivery("meeting", evidence(), meeting={**MEETING, **after, **facts})
    change = EventChangeRecord(f"{kind}|1", kind, NOW, before, after)
    return replace(due, change=change.name, event=replace(due.event, changes=(change,)))


def test_a_moved_meeting_tells_first_from_when_to_when(said: Callable[[DueDelivery], Message]) -> None:
    message = said(changed("moved", {"date": "2026-11-22"}, {"date": "2026-11-29"}))
    assert message.title == (
        "[Moved] Ủy ban Quốc gia về chuyển đổi số, session 5 — 08:30 morning 22/11/2026 → 08:30 morning 29/11/2026"
    )
    assert message.body.splitlines()[:2] == ["When: 08:30 morning 22/11/2026 → 08:30 morning 29/11/2026", TITLE]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"time": "08:30"}, {"time": "14:00"}, "When: 08:30 morning 22/11/2026 → 14:00 morning 22/11/2026"),
        ({"place": "Hà Nội"}, {"place": "Huế"}, "Where: Hà Nội → Huế"),
        ({"date": "2026-11-22"}, {"date": None}, "When: 08:30 morning 22/11/2026 → ?"),
        ({"status": "upcoming"}, {"status": "cancelled"}, "Status: upcoming → cancelled"),
    ],
)
def test_a_change_tells_what_was_and_what_is(
    said: Callable[[DueDelivery], Message], before: dict[str, Any], after: dict[str, Any], line: str
) -> None:
    assert said(changed("moved", before, after)).body.splitlines()[0] == line


def test_a_cancelled_meeting_says_so_and_for_when_it_was_called(said: Callable[[DueDelivery], Message]) -> None:
    message = said(changed("cancelled", {"status": "upcoming"}, {"status": "cancelled"}))
    assert message.title == "[Cancelled] Ủy ban Quốc gia về chuyển đổi số, session 5 — 08:30 morning 22/11/2026"


def test_a_change_that_is_no_longer_known_is_told_as_the_event(said: Callable[[DueDelivery], Message]) -> None:
    due = replace(delivery("meeting", evidence(), meeting=MEETING), change="moved|gone")
    assert said(due).title.startswith("[Meeting] ")


ARTICLE = {"about": "thanhhoa", "article": {"id": 1, "url": "https://thanhhoa.gov.vn/1", "title": TITLE}}


def test_a_revised_article_tells_what_went_and_what_came(said: Callable[[DueDelivery], Message]) -> None:
    diff = [
        *({"op": "same", "text": f"Dòng {number}."} for number in range(30)),
        {"op": "removed", "text": "Họp sáng 22/11."},
        {"op": "added", "text": "Họp chiều 22/11."},
        {"op": "same", "text": "Cuối."},
    ]
    message = said(delivery("revised", revision=2, diff=diff, **ARTICLE))
    assert message.title == f"[Revised] {TITLE} — lines: 1 out, 1 in"
    assert message.body.splitlines() == [
        TITLE,
        "… Dòng 29.",
        "− Họp sáng 22/11.",
        "+ Họp chiều 22/11.",
        "Source: Cổng TTĐT tỉnh Thanh Hóa",
        "https://thanhhoa.gov.vn/1",
        "Why: subscription chuyen-doi-so",
    ]


def test_a_revised_title_stands_first(said: Callable[[DueDelivery], Message]) -> None:
    due = delivery("revised", diff=[], **ARTICLE)
    due.event.facts["title"] = {"before": "Họp sáng", "after": "Họp chiều"}
    assert said(due).body.splitlines()[0] == "Title: Họp sáng → Họp chiều"


def test_a_giant_difference_is_told_in_part(said: Callable[[DueDelivery], Message]) -> None:
    diff = [{"op": "added", "text": f"Dòng {number}."} for number in range(500)]
    lines = said(delivery("revised", diff=diff, **ARTICLE)).body.splitlines()
    assert sum(line.startswith("+ ") for line in lines) == 40
    assert "… 460 more lines" in lines


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ("withdrawn", "Withdrawn"),
        ("unlisted", "No longer listed"),
        ("moved", "Moved to another address"),
        ("returned", "Is back"),
    ],
)
def test_a_withdrawn_article_tells_what_became_of_it(
    said: Callable[[DueDelivery], Message], change: str, label: str
) -> None:
    to = "https://thanhhoa.gov.vn/2" if change == "moved" else None
    message = said(delivery("withdrawn", change=change, problem="HTTP 404", to=to, **ARTICLE))
    assert message.title == f"[{label}] {TITLE} — Cổng TTĐT tỉnh Thanh Hóa"
    assert "Why: HTTP 404" in message.body.splitlines()
    assert ("https://thanhhoa.gov.vn/2" in message.body.splitlines()) == (change == "moved")


def test_a_decision_tells_that_it_was_cited_before_it_was_published(said: Callable[[DueDelivery], Message]) -> None:
    cited = {"first": "2026-11-01T03:00:00+00:00", "portal": "mpi", "url": "https://mpi.gov.vn/9", "count": 3}
    lines = said(delivery("decision", documents=[DOCUMENT], cited_before=cited)).body.splitlines()
    assert "Cited 3 times before, first by Bộ Kế hoạch và Đầu tư on 01/11/2026" in lines
    assert "https://mpi.gov.vn/9" in lines


def test_documents_are_told_with_their_roles(said: Callable[[DueDelivery], Message]) -> None:
    cited = {"number": "942/QĐ-TTg", "type": "Quyết định", "role": "cited"}
    lines = said(delivery("meeting", meeting=MEETING, documents=[cited])).body.splitlines()
    assert "Document: Quyết định 942/QĐ-TTg (cited)" in lines


def test_why_quotes_a_word_as_the_text_writes_it(said: Callable[[DueDelivery], Message]) -> None:
    reasons = {"mot": {"kind": "meeting", "words": ["chuyen doi so"], "quoted": {"chuyen doi so": "Chuyển đổi số"}}}
    assert "Why: subscription mot (words: Chuyển đổi số)" in said(delivery(meeting=MEETING, reasons=reasons)).body


def test_a_quote_is_cut_at_its_end_only(said: Callable[[DueDelivery], Message]) -> None:
    quote = "Sáng nay, Ủy ban họp. " * 100
    told = next(
        line for line in said(delivery("meeting", evidence(quote=quote), meeting={})).body.splitlines() if "…" in line
    )
    assert quote.startswith(told.strip("“”").removesuffix("…"))


# --- Vietnamese ---


def test_a_message_is_in_the_language_of_its_delivery(make_configuration: Callable[..., Configuration]) -> None:
    configuration = make_configuration(language="en")
    for language in ("vi", "en"):
        message = write(delivery("meeting", evidence(), language=language, meeting=MEETING), configuration)
        assert message.title.startswith(f"[{say_in(language, 'Meeting')}] {MEETING['body']}")
        assert f"{say_in(language, 'Chair')}: Phạm Minh Chính" in message.body.splitlines()
        assert f"{say_in(language, 'Source')}: Cổng TTĐT tỉnh Thanh Hóa, 21/11/2026" in message.body


def test_every_label_of_a_message_can_be_said_in_both_languages() -> None:
    for words in (KINDS, CHANGES, WITHDRAWALS, PARTS, STATUSES, ROLES, CONDITIONS):
        for english in words.values():
            assert say_in("en", english) == english
            assert say_in("vi", english)


# --- missing facts ---


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"meeting": None, "documents": None, "portal": None},
        {"meeting": {}, "documents": [], "portal": {}},
        {
            "meeting": dict.fromkeys(MEETING),
            "documents": [{**dict.fromkeys(DOCUMENT), "number": "1/QĐ"}],
            "portal": {"problems": None},
        },
    ],
    ids=["none", "null", "empty", "all null"],
)
def test_missing_facts_are_left_out(said: Callable[[DueDelivery], Message], kind: str, facts: dict[str, Any]) -> None:
    for reports in ((), (evidence(published=None, quote=""),)):
        message = said(delivery(kind, *reports, **facts))
        assert TITLE in message.title
        assert "None" not in message.title + message.body
        assert all(line.strip() for line in message.body.splitlines())


@pytest.mark.parametrize(
    "known", [{"date"}, {"time"}, {"part_of_day"}, {"date", "time"}, {"date_candidate"}, {"status"}]
)
def test_a_meeting_may_know_any_part_of_its_time(said: Callable[[DueDelivery], Message], known: set[str]) -> None:
    facts = {name: value for name, value in {**MEETING, "date_candidate": "2026-11-22"}.items() if name in known}
    message = said(delivery(meeting=facts))
    assert ("22/11/2026" in message.title) == bool(known & {"date", "date_candidate"})


# --- hostile text ---

HOSTILE = [
    "Họp\r\nBcc: everyone@example.org",
    "Họp\x00\x07\x1b[31m\x7f\x9b đỏ",
    "Họp\u2028\u2029 dòng",
    "Họp \u202egnp.exe\u202c \u2066x\u2069",
    "Họp " + "rất dài " * 2000,
    "\n\n\n",
]


def harmless(text: str) -> bool:
    return not any(
        unicodedata.category(letter) in ("Cc", "Zl", "Zp")
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        for letter in text
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["meeting", "decision"])
def test_hostile_text_stays_in_its_line(said: Callable[[DueDelivery], Message], kind: str, text: str) -> None:
    facts = {
        "meeting": {**MEETING, "title": text, "body": text, "place": text, "chair": text},
        "documents": [{**DOCUMENT, "number": text, "type": text, "issuer": text}],
    }
    message = said(delivery(kind, evidence(quote=text, title=text), title=text, **facts))
    assert harmless(message.title)
    lines = message.body.split("\n")
    assert all(harmless(line) for line in lines)
    assert len(message.title) <= 250
    assert all(len(line) <= 602 for line in lines)
    assert len(lines) <= 12


@given(st.text(max_size=80))
def test_no_text_of_a_portal_makes_a_line_of_its_own(text: str) -> None:
    message = write(delivery("decision", title=text, documents=[{"number": "1/QĐ", "issuer": text}]), NOWHERE)
    assert harmless(message.title)
    assert [line.partition(":")[0] for line in message.body.split("\n")][-1] == "Why"
    assert len(message.body.split("\n")) <= 4


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[xem](javascript:alert(1))", "*đậm* _x_ `y`", "%s {0} {x}"]
)
def test_markup_is_words_like_any_other(said: Callable[[DueDelivery], Message], text: str) -> None:
    """The carrier is told that it is plain text and escapes it for its own format."""
    facts = {**MEETING, "title": text, "place": text}
    message = said(delivery("meeting", evidence(quote=text, title=text), title=text, meeting=facts))
    assert message.body.splitlines()[0] == text
    assert f"Where: {text}" in message.body.splitlines()


def test_the_problems_of_a_portal_are_hostile_too(said: Callable[[DueDelivery], Message]) -> None:
    portal = {"url": "https://thanhhoa.gov.vn/", "problems": HOSTILE}
    assert all(harmless(line) for line in said(delivery("portal_failing", portal=portal)).body.split("\n"))


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
def test_marks_of_direction_are_taken_out(said: Callable[[DueDelivery], Message], mark: str) -> None:
    assert mark not in said(delivery(title=f"Họp {mark}749/1", meeting={})).title


@pytest.mark.parametrize("letter", ["\u202e", "\x1b", "\x9b"])
def test_the_link_of_a_report_is_hostile_too(said: Callable[[DueDelivery], Message], letter: str) -> None:
    report = evidence(url=f"https://thanhhoa.gov.vn/{letter}cod.exe")
    assert all(harmless(line) for line in said(delivery("meeting", report, meeting={})).body.split("\n"))


def test_a_long_link_is_not_cut(said: Callable[[DueDelivery], Message]) -> None:
    report = evidence(url="https://thanhhoa.gov.vn/" + "a" * 1000)
    assert report.url in said(delivery("meeting", report, meeting={})).body.splitlines()


def test_a_message_is_written_within_a_moment_whatever_its_length(said: Callable[[DueDelivery], Message]) -> None:
    began = datetime.now(NOW.tzinfo)
    said(delivery("meeting", evidence(quote="\n" * 200_000), title="x\u202e" * 200_000, meeting={}))
    assert datetime.now(NOW.tzinfo) - began < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("phiên họp", "phiên thứ 5"),
        ("kỳ họp", "kỳ họp thứ 5"),
        ("hội nghị", "hội nghị lần thứ 5"),
        (None, "phiên thứ 5"),
    ],
)
def test_the_first_line_names_a_session_as_its_body_does(form: str | None, told: str) -> None:
    meeting = {**MEETING, "form": form, "body": "Quốc hội"}
    title = write(delivery("meeting", evidence(), language="vi", meeting=meeting), NOWHERE).title
    assert title.startswith(f"[Cuộc họp] Quốc hội, {told} — ")
