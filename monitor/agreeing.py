"""Whether a claim and a known event are the same fact. Pure.

A shared key is not enough: "body|date" is a weak one. What tells two meetings of one body on one day apart:

- their ordinals, or their terms of office;
- their families: a session is no working visit, reception of citizens, ceremony, workshop or press conference
  ("phiên họp", "kỳ họp", "hội nghị" and "cuộc họp" are one family);
- the time of day, when their topics have nothing in common either. A session of a council, or a congress, lasts all day.

With the same ordinal only time tells them apart: a report of the eighth session a hundred days off is of another one,
unless it was put off or the term of office is the same. Reports of different days are one meeting only where it was
put off, and none of them tells that it was held; or where it is a session of a council, which lasts some days.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

from config import plain
from monitor.detect.dates import part_of_clock
from monitor.detect.keys import body_key, term_key
from monitor.events import DISRUPTED, Finding, day_in
from storage import EventRecord

Meeting = Mapping[str, Any]

_FAMILIES = {
    "buổi làm việc": "visit", "hội đàm": "visit", "tiếp công dân": "citizens", "tiếp xúc cử tri": "voters",
    "lễ": "ceremony", "họp báo": "press", "hội thảo": "talk", "tọa đàm": "talk", "diễn đàn": "talk",
}  # fmt: skip
ALL_DAY = ("kỳ họp", "đại hội", "phiên chất vấn", "phiên giải trình")
LASTS = timedelta(days=4)  # how long after its first day a session of a council may be reported
_FAR = 100  # days
_NEAR = 60
# What titles of meetings have in common whatever the meetings are about; folded.
_WORDS = """
hop hoi nghi phien ky cuoc buoi to chuc du tham gia chu tri toa dieu hanh khai mac be truc tuyen tiep thuong bat chuyen de
lan thu ve viec cua tai va voi cho cac nhung mot ngay thang nam quy tuan sang chieu toi trua nay tinh thanh pho huyen xa
ubnd hdnd uy ban nhan dan hoi dong so bo chinh phu quoc gia dong chi tich pho bi truong dai bieu lanh dao trien khai nhiem
vu danh ket qua tong cong tac thuc hien trong tam giai phap dau cuoi diem cau noi giao moi giay lich thong bao sap dien ra
se da vua tiep tuc theo nham de bang tu den la co duoc ban hanh
"""
_COMMON = frozenset(_WORDS.split())
_RUNS = re.compile(r"[^\W\d]+(?: [^\W\d]+)*")


def same_event(finding: Finding, known: EventRecord) -> bool:
    """Whether a known event that shares a key with a claim is the same fact."""
    theirs = known.facts.get("meeting")
    if not finding.meeting or not isinstance(theirs, Mapping):
        return True
    return not contradict(finding.meeting, theirs, [finding.title], titles_of(known))


def agree(one: EventRecord, other: EventRecord) -> bool:
    """Whether two known events, both named by one claim, can be the same fact. An article that stands for both, as a
    schedule does, tells two, unless it gives them one ordinal."""
    ours, theirs = one.facts.get("meeting"), other.facts.get("meeting")
    if not isinstance(ours, Mapping) or not isinstance(theirs, Mapping):
        return True
    shared = {evidence.url for evidence in one.evidence} & {evidence.url for evidence in other.evidence}
    if shared and (ours.get("ordinal") is None or ours.get("ordinal") != theirs.get("ordinal")):
        return False
    return not contradict(ours, theirs, titles_of(one), titles_of(other))


def may_copy(finding: Finding, known: EventRecord) -> bool:
    """Whether a claim in a copy of an article that stands for an event is the copied claim: it may leave out, and must not
    differ."""
    if finding.kind == "decision":
        ours, theirs = (facts["documents"][0] for facts in (finding.facts, known.facts))
        return not any(
            differ(plain(str(ours.get(name) or "")) or None, plain(str(theirs.get(name) or "")) or None)
            for name in ("number", "date", "issuer")
        )
    theirs = known.facts.get("meeting") or {}
    bodies = (body_key(finding.meeting.get("body")), body_key(theirs.get("body")))
    days = (day_in(finding.meeting), day_in(theirs))
    return not differ(*bodies) and not differ(*days) and same_event(finding, known)


def contradict(ours: Meeting, theirs: Meeting, our_titles: Iterable[str], their_titles: Iterable[str]) -> bool:
    """Whether two meetings of one body, or of one title, say that they are two."""
    terms = [term_key(facts["term"]) if facts.get("term") else None for facts in (ours, theirs)]
    years = [bool(term and term[0].isdigit()) for term in terms]
    if differ(ours.get("ordinal"), theirs.get("ordinal")) or (years[0] == years[1] and differ(*terms)):
        return True
    one, other = day_in(ours), day_in(theirs)
    apart = abs((one - other).days) if one and other else 0
    statuses = {ours.get("status"), theirs.get("status")}
    put_off = bool(statuses.intersection(DISRUPTED))
    if ours.get("ordinal") is not None and ours.get("ordinal") == theirs.get("ordinal"):
        return apart > _FAR and not put_off and None in terms
    forms = [facts["form"] for facts in (ours, theirs) if facts.get("form")]
    for_days = len(forms) == 2 and all(form in ALL_DAY for form in forms) and apart <= LASTS.days
    if apart and not for_days and (not put_off or "held" in statuses or apart > _FAR):
        return True
    if len({_FAMILIES.get(form, "session") for form in forms}) > 1:
        return True
    if apart or any(form in ALL_DAY for form in forms) or not _other_hour(ours, theirs):
        return False
    body = plain(str(ours.get("body") or ""))
    return not _topics_meet(topics(our_titles, body), topics(their_titles, body))


def is_near(finding: Finding, known: EventRecord, shown: Any) -> bool:
    """Whether a claim and an event, found by a key of another year, lie near in time. `shown` is the claim's day of
    publishing."""
    ours = finding.day or shown
    theirs = day_in(known.facts.get("meeting") or {}) or known.first_seen.date()
    return ours is not None and abs((ours - theirs).days) <= _NEAR


def differ(one: Any, other: Any) -> bool:
    """Whether two facts are both known and not the same."""
    return one is not None and other is not None and one != other


def closeness(finding: Finding, known: EventRecord) -> tuple[int, ...]:
    """How much a claim and an event that may be the same have in common: greater is closer."""
    ours, theirs = finding.meeting, known.facts.get("meeting") or {}

    def same(name: str) -> int:
        return int(ours.get(name) is not None and ours.get(name) == theirs.get(name))

    body = plain(str(ours.get("body") or ""))
    return (
        same("ordinal"),
        int(finding.status in DISRUPTED and finding.status == known.status),  # a second report of one change
        same("date"),
        int(plain(finding.title) == plain(known.title)),
        same("time"),
        same("part_of_day"),
        same("period"),
        len(topics([finding.title], body) & topics([known.title], body)),
        same("form"),
    )


def titles_of(event: EventRecord) -> list[str]:
    """All titles under which an event was told."""
    return [event.title, *(evidence.title for evidence in event.evidence)]


def topics(titles: Iterable[str], body: str) -> set[tuple[str, str]]:
    """What titles speak of beside the body and the meeting: pairs of neighbouring words, folded."""
    found: set[tuple[str, str]] = set()
    for title in titles:
        folded = plain(title).replace(body, ",") if body else plain(title)
        for run in _RUNS.findall(folded):
            words = run.split()
            found.update((one, two) for one, two in pairwise(words) if not {one, two} <= _COMMON)
    return found


def _topics_meet(ours: Collection[tuple[str, str]], theirs: Collection[tuple[str, str]]) -> bool:
    return len(ours) < 2 or len(theirs) < 2 or bool(set(ours) & set(theirs))


def _other_hour(ours: Meeting, theirs: Meeting) -> bool:
    parts = {
        facts.get("part_of_day") or (part_of_clock(facts["time"]) if facts.get("time") else None)
        for facts in (ours, theirs)
    }
    return len(parts - {None, "noon"}) > 1
