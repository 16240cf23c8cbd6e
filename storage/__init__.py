"""The room of what we keep: the nouns, the tables, the two doors, migrations."""

from storage.crawling import Crawling
from storage.delivering import Delivering
from storage.engine import without_secret
from storage.exchange import ArticleLine, EventLine, LineError, NewerFormat, read_line
from storage.exporting import Exporting
from storage.forgetting import Forgetting
from storage.importing import Importing
from storage.judging import Claims, Judging
from storage.looking import Looking
from storage.recording import content_hash
from storage.records import (
    Attachment,
    Detection,
    DocumentMention,
    DueDelivery,
    EventChangeRecord,
    EventRecord,
    EvidenceRecord,
    Extraction,
    FetchedArticle,
    FetchedFile,
    FileText,
    KnownFile,
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
from storage.store import Store, database_version, open_store
from storage.urls import clean_url, hosts_of, site, url_key

__all__ = [
    "TOLD_AFTER",
    "ArticleLine",
    "Attachment",
    "Claims",
    "Crawling",
    "Delivering",
    "Detection",
    "DocumentMention",
    "DueDelivery",
    "EventChangeRecord",
    "EventLine",
    "EventRecord",
    "EvidenceRecord",
    "Exporting",
    "Extraction",
    "FetchedArticle",
    "FetchedFile",
    "FileText",
    "Forgetting",
    "Importing",
    "Judging",
    "KnownFile",
    "LineError",
    "Listing",
    "ListingEntry",
    "Looking",
    "Meeting",
    "NewerFormat",
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
    "database_version",
    "hosts_of",
    "open_store",
    "read_line",
    "read_when",
    "site",
    "url_key",
    "without_secret",
    "write_when",
]
