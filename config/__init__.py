"""What is so before anything runs: settings, portals, subscriptions, and facts about Vietnamese text."""

from config.bodies import BODIES, CENTRAL_CITIES, PROVINCES, Body
from config.catalogue import Catalogue, KnownPortal, PortalKind, read_catalogue
from config.catalogue.whose import Whose, whose
from config.catalogue.writing import portal_facts, write_portal
from config.documents import AMBIGUOUS_TYPES, DOCUMENT_TYPES, LONE_SYMBOLS, NOT_DOCUMENTS, TYPE_NAMES
from config.durations import duration, size
from config.errors import (
    BlockedError,
    ConfigError,
    CrawlError,
    DeliveryError,
    DetectorError,
    ExtractError,
    ListingError,
    PortalwatchError,
    Problem,
    StorageError,
)
from config.language import mark, say, say_in, speak, speaking
from config.loading import Configuration, load, shown
from config.places import write_yaml
from config.portal_files import ProposedPortal, ProposedSection, there_already, write_proposed
from config.portals import SHORTEST_PACE, Article, Expect, Listing, Pace, Portal, Revisit, Section, browser_program
from config.queries import ask, query_fault
from config.settings import Delivery, Politeness, Proxy, Retention, Settings
from config.starter import write_starter
from config.subscriptions import Channel, EventKind, Subscription
from config.system_words import told_by_system
from config.text import Aligned, Folded, align, fold, match_key, plain, tidy

__all__ = [
    "AMBIGUOUS_TYPES",
    "BODIES",
    "CENTRAL_CITIES",
    "DOCUMENT_TYPES",
    "LONE_SYMBOLS",
    "NOT_DOCUMENTS",
    "PROVINCES",
    "SHORTEST_PACE",
    "TYPE_NAMES",
    "Aligned",
    "Article",
    "BlockedError",
    "Body",
    "Catalogue",
    "Channel",
    "ConfigError",
    "Configuration",
    "CrawlError",
    "Delivery",
    "DeliveryError",
    "DetectorError",
    "EventKind",
    "Expect",
    "ExtractError",
    "Folded",
    "KnownPortal",
    "Listing",
    "ListingError",
    "Pace",
    "Politeness",
    "Portal",
    "PortalKind",
    "PortalwatchError",
    "Problem",
    "ProposedPortal",
    "ProposedSection",
    "Proxy",
    "Retention",
    "Revisit",
    "Section",
    "Settings",
    "StorageError",
    "Subscription",
    "Whose",
    "align",
    "ask",
    "browser_program",
    "duration",
    "fold",
    "load",
    "mark",
    "match_key",
    "plain",
    "portal_facts",
    "query_fault",
    "read_catalogue",
    "say",
    "say_in",
    "shown",
    "size",
    "speak",
    "speaking",
    "there_already",
    "tidy",
    "told_by_system",
    "whose",
    "write_portal",
    "write_proposed",
    "write_starter",
    "write_yaml",
]
