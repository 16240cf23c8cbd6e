"""A section's selectors as its readers take them; None where it gives none and all is found."""

from __future__ import annotations

from config import Section
from crawler.extraction import ArticleRules
from crawler.listing import ListingRules
from storage import NextPage

DRAWN = ("auto", "html")  # what a browser may be asked for; it shows a feed or JSON in HTML of its own
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


def reader(section: Section) -> str:
    """What reads a section's articles: when it changes, a new wording may be our doing and not the portal's."""
    return f"{READER} {article_rules(section)!r}"
