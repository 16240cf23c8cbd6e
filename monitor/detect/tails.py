"""Where a body's name ends that goes on behind a known beginning: "Ban Chỉ đạo phát triển du lịch tỉnh | họp"."""

from __future__ import annotations

from functools import cache

from config import TYPE_NAMES, Head, PhraseTree
from monitor.detect.endings import AIMS, CAREFUL, NOUNS, OFFICES, THINGS, TOPICS
from monitor.detect.settlements import place_at
from monitor.detect.words import Words

_MOST_WORDS = 26
_NAMED_AFTER = ("Trường", "Bệnh viện", "Công ty", "Học viện", "Nhà hát", "Quỹ", "Bảo tàng", "Thư viện", "Đại học")
_NATIONAL = frozenset(("quốc", "gia", "trung", "ương", "nhà", "nước", "tỉnh", "cấp"))


@cache
def _types() -> PhraseTree[bool]:
    tree: PhraseTree[bool] = PhraseTree()
    for name in TYPE_NAMES:
        tree.add(name, True)
    return tree


def name_end(words: Words, start: int, head: Head) -> int:
    """The word behind the last one of a name that begins with `head`."""
    topic = head.goes_on == "topic"
    at = start
    if topic and (place := place_at(words, at)) and place.end < len(words.low) and words.low[place.end] == "về":
        at = place.end + 1  # "Ban Chỉ đạo tỉnh về chuyển đổi số"
    elif topic and at < len(words.low) and words.low[at] == "về":
        at += 1
    elif topic and at + 1 < len(words.low) and words.low[at] == "của" and (whose := words.known(at + 1)):
        at = whose + 1 if whose < len(words.low) and words.low[whose] == "về" else at
    if words.low[at : at + 1] in (["và"], ["với"]):
        return start
    aim = at
    honoured = False
    while at < len(words.low) and at - start < _MOST_WORDS:
        if words.low[at] == "\n" or NOUNS.longest(words.low, at):
            break
        if known := TOPICS.longest(words.low, at):
            at = known[0]
            continue
        if at == aim and topic and (aims := _aims(words, at)):
            at = aims
            continue
        if words.level(at) or (words.capital(at) and words.province(at) and not words.more(at)):
            break
        if not words.low[at][0].isalnum():
            if not (sign := _sign(words, at, start, topic)):
                break
            at = sign
            continue
        if words.low[at] in ("của", "thuộc"):
            if not (words.nested(at + 1) or words.level(at + 1)):
                break
            return _trim(words, start, at)
        if words.low[at] == "về" and not (topic and at > start and words.low[at - 1] in _NATIONAL):
            break
        if at > start and words.nested(at):
            break
        if at > start and words.low[at - 1] == "và" and document_at(words, at):
            break
        if words.stopped(at) or (
            at > start and words.low[at] != "các" and words.capital(at) and OFFICES.longest(words.low, at)
        ):
            break
        if run := words.person(at):
            if head.name not in _NAMED_AFTER or honoured:
                break
            honoured = True
            at += run
            continue
        small = at == start and topic and not words.capital(at) and head.name in ("Ủy ban", "Hội đồng")
        if small and words.low[at] not in _NATIONAL:
            break
        at += 1
    return _trim(words, start, at)


def _trim(words: Words, start: int, end: int) -> int:
    while end > start and (
        words.low[end - 1] in ("và", "của", "các", "về", "thuộc") or not words.low[end - 1][0].isalnum()
    ):
        if words.low[end - 1] == ")":
            break
        end -= 1
    return end


def _aims(words: Words, at: int) -> int | None:
    """Where a verb ends that says what a committee is for; None where it says what it does."""
    known = AIMS.longest(words.low, at)
    if not known or words.capital(at):
        return None
    careful = CAREFUL.longest(words.low, at)
    return known[0] if careful is None or THINGS.longest(words.low, careful[0]) else None


def _sign(words: Words, at: int, start: int, topic: bool) -> int | None:
    """Where a name goes on behind a sign; None where the sign ends it."""
    sign, after = words.low[at], at + 1
    if after >= len(words.low) or at == start or not words.low[after][0].isalnum():
        return None
    if sign == "&":
        return after
    if sign == "(" and words.low[after] == "sửa":
        close = next((far for far in range(after, min(after + 6, len(words.low))) if words.low[far] == ")"), None)
        return close + 1 if close else None
    if sign == "/" and words.stops[at] == words.starts[after]:
        return after if words.low[after].isdigit() else None
    if OFFICES.longest(words.low, after) or words.person(after) or words.nested(after) or words.stopped(after):
        return None
    if sign == "-":
        return after if words.capital(after) and not words.level(after) else None
    if sign == "," and topic and not words.capital(after):
        return after if _listed(words, after) else None
    return None


def _listed(words: Words, at: int) -> bool:
    """Whether a comma stands inside a list that "và" ends: "phát triển du lịch, dịch vụ và logistics"."""
    for far in range(at, min(at + 9, len(words.low))):
        if words.low[far] == "và":
            return far + 1 < len(words.low) and not OFFICES.longest(words.low, far + 1) and not words.capital(far + 1)
        if words.stopped(far) or (not words.low[far][0].isalnum() and words.low[far] != ","):
            return False
    return False


def document_at(words: Words, at: int) -> bool:
    """Whether a document is named next, and no more of a body: "... và Kế hoạch kèm theo". An Đề án is an aim."""
    return words.capital(at) and words.low[at] != "đề" and _types().longest(words.low, at) is not None
