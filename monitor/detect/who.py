"""Who meets, and who presides over one meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.detect.chair import Extent, chair_in, first_person
from monitor.detect.claims import Claim
from monitor.detect.fields import chair_field
from monitor.detect.naming import BodyFound, bodies_in
from monitor.detect.phrases import own_body
from monitor.detect.told import REPORT_REACH, SUBJECT, Told

_ORGANS = ("Ban Chấp hành", "Ban Thường vụ")
_IN_PLACE = re.compile(
    r"(?<!\w)(?:tại|ở|với|cùng|trụ sở|hội trường|từ|thông báo của)\s+(?:trụ sở\s+|hội trường\s+|sở\s+)?$"
)
_INVITES = re.compile(r"(?<!\w)(?:mời|giấy mời|thông báo|triệu tập)(?!\w)")
_OFFICE = re.compile(r"(?:chủ tịch|bí thư|trưởng|ủy viên|thư ký|giám đốc|chủ nhiệm|đại biểu)\s+$")
_ONLY_DAY = re.compile(r"(?:[\s,\d/.()-]|ngày|tháng|năm|sáng|chiều|tối|hôm|nay|qua|mới đây|vừa)*")
_BY_COURSE = re.compile(r"[^.;]{0,20}tiếp tục chương trình")
_GUEST = re.compile(r"(?<!\w)(?:dự|tham dự|cùng dự|phát biểu tại|có mặt tại|tham gia)(?:\s+\w+){0,4}\s*$")
_DO = re.compile(r"(?<!\w)(?:do|của)\s+")
_HOUSE = re.compile(r"(?:Thường trực )?HĐND|Quốc hội")
_PRESIDED = re.compile(rf"(?<!\w)(?:chủ trì|chủ tọa)\s+(?:{SUBJECT}|buổi)(?!\w)")
_SPEAKS = re.compile(r"\s+(?:xin\s+|vừa\s+|trân trọng\s+|đã\s+)?(?:có\s+)?(?:thông báo|gửi|mời|công văn|phát)(?!\w)")


def body_of(told: Told) -> str | None:
    """The body whose meeting it is: the one in its name, else the one that holds it."""
    general: BodyFound | None = None
    for claim in told.claims:
        own = own_body(claim.text, claim.phrase, told.province)
        if own and not own.general:
            return _longer(told, own.name)
        general = general or own
    if general is None:
        for _, phrase, text in told.sessions():
            if (own := own_body(text, phrase, told.province)) and not own.general:
                return own.name
    if told.first.phrase.form == "kỳ họp" and not general:
        named = [b for c in told.lead_first for b in bodies_in(c.text, c.start, c.end, told.province)]
        house = next((b for b in named if _HOUSE.match(b.name) and not b.general), None)
        if house:
            return house.name
    holder = _holder(told)
    if general:
        named = [b for c in told.claims for b in bodies_in(c.text, c.start, c.end, told.province) if not b.general]
        meant = next((b.name for b in named if b.name.startswith(general.name)), None)
        if meant or (portal := _portal(told, general.name)):
            return meant or portal
        if general.name in _ORGANS and holder and not holder.startswith("UBND"):
            return f"{general.name} {holder}"
        return general.name
    return holder


def _longer(told: Told, name: str) -> str:
    """The name with more of it where the lead has more: "... chính sách nhà ở và thị trường bất động sản"."""
    names = [b.name for c in told.claims if not c.title for b in bodies_in(c.text, c.start, c.end, told.province)]
    return next((other for other in names if other.lower().startswith(name.lower() + " ")), name)


def _holder(told: Told) -> str | None:
    """Who holds it: the body before the verb, in the lead first."""
    for claim in told.lead_first:
        words = claim.text.low[claim.begin : claim.phrase.start]
        if _GUEST.search(words) and not _INVITES.search(words):
            if by := _organiser(told, claim):
                return by
            continue
        before = [
            body
            for body in bodies_in(claim.text, claim.begin, claim.phrase.start, told.province)
            if not body.general and not _only_named(told, claim, body)
        ]
        if before:
            return _without_office(claim, before[-1])
        if by := _organiser(told, claim):
            return by
        if not claim.title and claim.phrase.start - claim.begin < 60:
            after = bodies_in(claim.text, claim.phrase.end, claim.end, told.province)
            subject = next(
                (b for b in after if not b.general and not _OFFICE.search(claim.text.low[: b.start][-24:])), None
            )
            if subject and (
                _ONLY_DAY.fullmatch(claim.text.low, claim.phrase.end, subject.start)
                or _BY_COURSE.match(claim.text.low, claim.start, claim.end)
            ):
                return subject.name
    for text, start, end in told.further:
        held = _DO.search(text.low, start, min(end, start + 80))
        holder = next(iter(bodies_in(text, held.end(), end, told.province)), None) if held else None
        if held and holder and not holder.general and holder.start - held.end() < 2:
            return holder.name
    return None


def _only_named(told: Told, claim: Claim, body: BodyFound) -> bool:
    """Whether a body before the verb holds nothing: "tại UBND phường", "Phó Chủ tịch Quốc hội"."""
    before = claim.text.low[max(claim.begin, body.start - 40) : body.start]
    return bool(_IN_PLACE.search(before)) or (body.name == "Quốc hội" and bool(_OFFICE.search(before)))


def _organiser(told: Told, claim: Claim) -> str | None:
    """The body of "do Bộ Y tế tổ chức" or "của UBND tỉnh" behind the name of a meeting."""
    limit = min(claim.end, claim.phrase.end + 160)
    for by in _DO.finditer(claim.text.low, claim.phrase.head_end, limit):
        if re.search(r"\d\s?[/-]", claim.text.low[claim.phrase.head_end : by.start()]):
            return None  # "công bố Quyết định số 498/QĐ-TTg của Thủ tướng Chính phủ"
        found = next(iter(bodies_in(claim.text, by.end(), limit, told.province)), None)
        if found and found.start - by.end() < 2 and not found.general:
            return found.name
    return None


def _portal(told: Told, head: str) -> str | None:
    body = told.portal_body
    return body if body and body.lower().startswith(head.lower()) else None


def chair_of(told: Told) -> str | None:
    """Who presides over it, by name without titles."""
    if (line := chair_field(told.reading)) and (name := first_person(told.body, *line)):
        return name
    claimed = [(c.text, c.start, c.end) for c in told.lead_first]
    nearby = [(told.body, start, end) for start, end in told.reading.lead]
    return chair_in([*claimed, *nearby, *told.further, *_presided(told)])


def _presided(told: Told) -> Iterator[Extent]:
    """Sentences below the lead that say who presides over a meeting."""
    for found in _PRESIDED.finditer(told.body.low, 0, REPORT_REACH):
        start, end = told.reading.sentence(found.start(), found.end())
        if told.same(start, end):
            yield told.body, start, end


def _without_office(claim: Claim, body: BodyFound) -> str:
    """The body for which its office speaks: "Văn phòng Bộ Quốc phòng thông báo"."""
    if body.name.startswith("Văn phòng ") and _SPEAKS.match(claim.text.low, body.end):
        return re.sub(r"^(?:HĐND (?:và|&) |Đoàn ĐBQH (?:và|&) )+", "", body.name.removeprefix("Văn phòng "))
    return body.name
