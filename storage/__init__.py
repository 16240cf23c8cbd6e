"""The room of what we keep: the nouns, the tables, the two doors, migrations."""

from storage.crawling import Crawling
from storage.delivering import Delivering
from storage.judging import Claims, Judging
from storage.looking import Looking
from storage.recording import content_hash
from storage.records import (
    Attachment,
    Detection,
    DocumentMention,
    DueDelivery,
    EventRecord,
    EvidenceRecord,
    Extraction,
    FetchedArticle,
    Listing,
    ListingEntry,
    Meeting,
    NextPage,
    Owed,
    ReadingOutcome,
    Removed,
    RevisionToJudge,
    SectionMemory,
    Validators,
    Visit,
    When,
    read_when,
    write_when,
)
from storage.schedule import TOLD_AFTER, Schedule
from storage.store import Store, open_store
from storage.urls import clean_url, site, url_key

__all__ = [
    "TOLD_AFTER",
    "Attachment",
    "Claims",
    "Crawling",
    "Delivering",
    "Detection",
    "DocumentMention",
    "DueDelivery",
    "EventRecord",
    "EvidenceRecord",
    "Extraction",
    "FetchedArticle",
    "Judging",
    "Listing",
    "ListingEntry",
    "Looking",
    "Meeting",
    "NextPage",
    "Owed",
    "ReadingOutcome",
    "Removed",
    "RevisionToJudge",
    "Schedule",
    "SectionMemory",
    "Store",
    "Validators",
    "Visit",
    "When",
    "clean_url",
    "content_hash",
    "open_store",
    "read_when",
    "site",
    "url_key",
    "write_when",
]
