"""The room of what we keep: the nouns, the tables, the two doors, migrations."""

from storage.article_changes import ArticleChanges, ChangeToJudge, Wording
from storage.crawling import Crawling
from storage.delivering import Delivering
from storage.duplicates import Signed
from storage.engine import without_secret
from storage.exchange import ArticleLine, EventLine, LineError, NewerFormat, read_line
from storage.exporting import Exporting
from storage.forgetting import Forgetting
from storage.importing import Importing
from storage.judging import Claims, Judging
from storage.looking import Looking
from storage.looking_at_events import Attending, EventsWanted
from storage.meetings import Meetings
from storage.publishing import Publishing
from storage.recording import content_hash
from storage.records import (
    AlertRecord,
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
    MentionRecord,
    NearRecord,
    NextPage,
    Owed,
    ReadingOutcome,
    Removed,
    RevisionToJudge,
    SectionMemory,
    SessionRecord,
    Validators,
    Visit,
    When,
    read_when,
    write_when,
)
from storage.register import ROLES, DocumentsWanted, Register, SeriesError
from storage.replaying import News, Replaying, Report
from storage.schedule import TOLD_AFTER, Schedule
from storage.search_words import Query, QueryError, parse_query
from storage.searching import Searching, Within
from storage.store import Store, database_version, open_store
from storage.urls import clean_url, hosts_of, site, url_key

__all__ = [
    "ROLES",
    "TOLD_AFTER",
    "AlertRecord",
    "ArticleChanges",
    "ArticleLine",
    "Attachment",
    "Attending",
    "ChangeToJudge",
    "Claims",
    "Crawling",
    "Delivering",
    "Detection",
    "DocumentMention",
    "DocumentsWanted",
    "DueDelivery",
    "EventChangeRecord",
    "EventLine",
    "EventRecord",
    "EventsWanted",
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
    "Meetings",
    "MentionRecord",
    "NearRecord",
    "NewerFormat",
    "News",
    "NextPage",
    "Owed",
    "Publishing",
    "Query",
    "QueryError",
    "ReadingOutcome",
    "Register",
    "Removed",
    "Replaying",
    "Report",
    "RevisionToJudge",
    "Schedule",
    "Searching",
    "SectionMemory",
    "SeriesError",
    "SessionRecord",
    "Signed",
    "Store",
    "Validators",
    "Visit",
    "When",
    "Within",
    "Wording",
    "clean_url",
    "content_hash",
    "database_version",
    "hosts_of",
    "open_store",
    "parse_query",
    "read_line",
    "read_when",
    "site",
    "url_key",
    "without_secret",
    "write_when",
]
