"""The room of the web: from a portal to articles.

The face is lazy: Scrapy and its reactor are loaded by whoever crawls, and not by a command that only looks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.apart import read_apart
    from crawler.attachments import FILES, kind_of
    from crawler.candidates import Candidate, folder_of
    from crawler.discovery import MOST_PAGES, Discovery, Search
    from crawler.extraction import extract, read_article
    from crawler.gate import check_url, close_gate
    from crawler.job import CrawlJob
    from crawler.legacy import legible
    from crawler.listing import read_listing
    from crawler.markup import decode, selector_fault
    from crawler.noise import is_noise
    from crawler.politeness import gunzip
    from crawler.rules import DRAWN, article_rules, first_page, listing_rules
    from crawler.running import FetchedPage, PortalCrawler, fetch_pages, install_reactor, release_reactor
    from crawler.scouting import scout
    from crawler.scripted import advice_for
    from crawler.sources import page_text, read_source
    from crawler.spider import Older
    from crawler.template import UNLEARNED, Template
    from crawler.watching import itself
    from crawler.weighing import SURE, FoundSection

_WHERE = {
    "Candidate": "candidates",
    "CrawlJob": "job",
    "DRAWN": "rules",
    "Discovery": "discovery",
    "FILES": "attachments",
    "FetchedPage": "running",
    "FoundSection": "weighing",
    "MOST_PAGES": "discovery",
    "Older": "spider",
    "PortalCrawler": "running",
    "SURE": "weighing",
    "Search": "discovery",
    "Template": "template",
    "UNLEARNED": "template",
    "advice_for": "scripted",
    "article_rules": "rules",
    "check_url": "gate",
    "close_gate": "gate",
    "decode": "markup",
    "extract": "extraction",
    "fetch_pages": "running",
    "first_page": "rules",
    "folder_of": "candidates",
    "gunzip": "politeness",
    "install_reactor": "running",
    "is_noise": "noise",
    "itself": "watching",
    "kind_of": "attachments",
    "legible": "legacy",
    "listing_rules": "rules",
    "page_text": "sources",
    "read_apart": "apart",
    "read_article": "extraction",
    "read_listing": "listing",
    "read_source": "sources",
    "release_reactor": "running",
    "scout": "scouting",
    "selector_fault": "markup",
}

__all__ = [
    "DRAWN",
    "FILES",
    "MOST_PAGES",
    "SURE",
    "UNLEARNED",
    "Candidate",
    "CrawlJob",
    "Discovery",
    "FetchedPage",
    "FoundSection",
    "Older",
    "PortalCrawler",
    "Search",
    "Template",
    "advice_for",
    "article_rules",
    "check_url",
    "close_gate",
    "decode",
    "extract",
    "fetch_pages",
    "first_page",
    "folder_of",
    "gunzip",
    "install_reactor",
    "is_noise",
    "itself",
    "kind_of",
    "legible",
    "listing_rules",
    "page_text",
    "read_apart",
    "read_article",
    "read_listing",
    "read_source",
    "release_reactor",
    "scout",
    "selector_fault",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"crawler.{_WHERE[name]}"), name)
    raise AttributeError(name)
