"""The English word for each kind, change, part of the day, status, role and condition; the catalogue holds the Vietnamese ones."""

from __future__ import annotations

from config import mark

KINDS = {
    "meeting": mark("Meeting"),
    "decision": mark("Decision"),
    "revised": mark("Revised"),
    "withdrawn": mark("Withdrawn"),
    "portal_failing": mark("Portal is not answering"),
    "portal_recovered": mark("Portal is back"),
}
CHANGES = {
    "postponed": mark("Postponed"),
    "moved": mark("Moved"),
    "cancelled": mark("Cancelled"),
    "upcoming": mark("Takes place after all"),
}
WITHDRAWALS = {
    "withdrawn": mark("Withdrawn"),
    "unlisted": mark("No longer listed"),
    "moved": mark("Moved to another address"),
    "returned": mark("Is back"),
}
PARTS = {"morning": mark("morning"), "noon": mark("noon"), "afternoon": mark("afternoon"), "evening": mark("evening")}
STATUSES = {
    "upcoming": mark("upcoming"),
    "held": mark("held"),
    "postponed": mark("postponed"),
    "cancelled": mark("cancelled"),
    "moved": mark("moved"),
}
ROLES = {"issued": mark("issued"), "cited": mark("cited"), "amended": mark("amended"), "repealed": mark("repealed")}
CONDITIONS = {
    "words": mark("words"),
    "portals": mark("portal"),
    "provinces": mark("province"),
    "bodies": mark("body"),
    "document_types": mark("document type"),
}
# Who meets for which time. Vietnamese has a word for each form of meeting.
SESSIONS = {
    "kỳ họp": mark("{body}, plenary session {ordinal}"),
    "hội nghị": mark("{body}, conference {ordinal}"),
    "đại hội": mark("{body}, congress {ordinal}"),
}
FACTS = {
    "body": mark("Body"),
    "ordinal": mark("Session"),
    "place": mark("Where"),
    "chair": mark("Chair"),
}
TROUBLES = {
    "portal_failing": mark("{portal} has stopped answering"),
    "portal_recovered": mark("{portal} answers again"),
}
