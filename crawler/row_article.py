"""An article and the row of the listing that promised it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storage import Attachment, Extraction, FetchedArticle, Visit, When


def from_row(visit: Visit, *attachments: Attachment) -> FetchedArticle:
    """An article that says what its row in the listing said."""
    lines = [f"Số/Ký hiệu: {visit.number}"] if visit.number else []
    lines += [visit.summary] if visit.summary and visit.summary != visit.title else []
    text = "\n".join(lines) or visit.title
    extraction = Extraction(
        url=visit.url,
        page="article",
        title=visit.title,
        published=visit.published,
        text=text,
        attachments=attachments,
    )
    return FetchedArticle(extraction, f"{visit.title}\n{text}".encode(), from_row=True)


def merge_row(extraction: Extraction, visit: Visit, *, documents: bool) -> Extraction:
    """The extraction with what its row in the listing knows better: the date, and a document's number."""
    text = extraction.text
    if documents and extraction.page == "article":
        if not text.strip():
            text = from_row(visit).extraction.text
        elif visit.number and visit.number not in text and visit.number not in (extraction.title or ""):
            text = f"Số/Ký hiệu: {visit.number}\n{text}"
    return replace(
        extraction,
        title=extraction.title or visit.title,
        published=best_date(visit.published, extraction.published),
        text=text,
    )


def best_date(row: When | None, page: When | None) -> When | None:
    """The listing row's date; the page's where the row has none, or where it adds the time of the same day."""
    if row is None or page is None:
        return row or page
    same_day = isinstance(page, datetime) and not isinstance(row, datetime) and page.date() == row
    return page if same_day else row
