"""Every layout with every seed text: the article, the whole article and nothing but the article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extraction import extract
from tests.extract.articles import ARTICLES, Article
from tests.extract.hard_layouts import HARD
from tests.extract.layouts import FIRST, LAYOUTS, SECOND, Moving
from tests.extract.notices import SHORT

URL = "https://thanhbinh.gov.vn/tin-tuc/bai-viet-12345.html"
CASES = [
    pytest.param(layout, shown, article, id=f"{layout.__name__}-{article.name}")
    for layout, shown in (*LAYOUTS, *HARD)
    for article in (*ARTICLES, *SHORT)
]


@pytest.mark.parametrize(("layout", "shown", "article"), CASES)
def test_the_article_and_nothing_else(
    layout: Callable[[Article, Moving], str], shown: str | None, article: Article
) -> None:
    found = extract(layout(article, FIRST), url=URL)
    assert found.page == "article", found.why
    assert found.title == article.title
    assert found.text.split("\n") == article.lines
    assert sorted(found.captions) == sorted(article.captions)
    assert (found.source, found.byline) == (article.source, article.byline)
    expected = article.updated if shown == "seed" else shown
    assert (found.published.isoformat() if found.published else None) == expected
    assert found.language == "vi"
    tables = [piece.rows for piece in article.pieces if piece.kind == "table"]
    assert list(found.tables) == tables


@pytest.mark.parametrize(("layout", "shown", "article"), CASES)
def test_moved_counters_give_the_same_answer(
    layout: Callable[[Article, Moving], str], shown: str | None, article: Article
) -> None:
    before, after = (extract(layout(article, moving), url=URL) for moving in (FIRST, SECOND))
    for name in (
        "title",
        "published",
        "updated",
        "byline",
        "source",
        "lead",
        "text",
        "tables",
        "captions",
        "attachments",
    ):
        assert getattr(before, name) == getattr(after, name)
    said = "\n".join((before.text, before.lead or "", *before.captions))
    leaks = ("2417", "8116023", "Đang online", "Trang chủ", "17/GP", "Lượt xem", *FIRST.related)
    assert not [leak for leak in leaks if leak in said]
