"""The room of the web: from a portal to articles.

The face is lazy: Scrapy and its reactor are loaded by whoever crawls, and not by a command that only looks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.extraction import extract
    from crawler.gate import check_url, close_gate
    from crawler.job import CrawlJob
    from crawler.listing import read_listing
    from crawler.markup import decode, selector_fault
    from crawler.noise import is_noise
    from crawler.rules import article_rules, listing_rules
    from crawler.running import FetchedPage, PortalCrawler, fetch_pages, install_reactor, release_reactor
    from crawler.spider import Older

_WHERE = {
    "CrawlJob": "job",
    "FetchedPage": "running",
    "Older": "spider",
    "PortalCrawler": "running",
    "article_rules": "rules",
    "check_url": "gate",
    "close_gate": "gate",
    "decode": "markup",
    "extract": "extraction",
    "fetch_pages": "running",
    "install_reactor": "running",
    "is_noise": "noise",
    "listing_rules": "rules",
    "read_listing": "listing",
    "release_reactor": "running",
    "selector_fault": "markup",
}

__all__ = [
    "CrawlJob",
    "FetchedPage",
    "Older",
    "PortalCrawler",
    "article_rules",
    "check_url",
    "close_gate",
    "decode",
    "extract",
    "fetch_pages",
    "install_reactor",
    "is_noise",
    "listing_rules",
    "read_listing",
    "release_reactor",
    "selector_fault",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"crawler.{_WHERE[name]}"), name)
    raise AttributeError(name)
