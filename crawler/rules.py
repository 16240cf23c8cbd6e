"""A section's selectors as its readers take them; None where it gives none and all is found."""

from __future__ import annotations

import hashlib
import re

from config import Section
from crawler.extraction import ArticleRules
from crawler.listing import ListingRules
from crawler.template import REPEATED
from storage import Extraction, NextPage

READER = 3  # raised whenever the extraction reads the same page otherwise


def listing_rules(section: Section) -> ListingRules | None:
    """The selectors of a section's listing."""
    given = section.listing
    return ListingRules(**given.model_dump()) if given.model_fields_set else None


def first_page(section: Section) -> NextPage:
    """The request for a section's listing."""
    return NextPage(section.url, body=(section.body or "") if section.method == "POST" else None)


def article_rules(section: Section) -> ArticleRules | None:
    """The selectors of a section's articles."""
    given = section.article
    return ArticleRules(**given.model_dump()) if given.model_fields_set else None


def reader(section: Section, extraction: Extraction) -> str:
    """What read an article of a section: when it changes, a new wording is our doing and not the portal's.

    What the learned template took out of the text has a part in it: as the template learns, a text loses a counter.
    """
    taken = sorted({re.sub(r"\d+", "#", each.text) for each in extraction.removed if each.why == REPEATED})
    learned = f" {hashlib.sha256(repr(taken).encode()).hexdigest()[:12]}" if taken else ""
    return f"{READER} {article_rules(section)!r}{learned}"
