"""The register of documents: what is one document, who told first, and what is missing."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from conftest import NOW
from shelf import Shelf

from config import match_key
from storage import DocumentsWanted, Register, SeriesError, Store
from storage.tables import Article, Mention

PM, PROVINCE = "Thủ tướng Chính phủ", "UBND tỉnh Thanh Hóa"


@pytest.fixture
def mention(store: Store) -> Any:
    """Writes down that an article mentions a document, an hour later each time; the article's URL."""
    numbers = count(1)
    Shelf(store)

    def mention(
        number: str, role: str = "cited", issuer: str | None = None, date: str | None = None, **more: Any
    ) -> str:
        place = next(numbers)
        url = f"https://x.vn/{place}"
        with store.write() as session:
            moments = {"first_seen": NOW, "checked_at": NOW, "content_hash": str(place)}
            article = Article(portal=more.pop("portal", "mpi"), section="s", url=url, **moments)
            session.add(article)
            session.flush()
            seen = NOW + timedelta(hours=place)
            row = Mention(article_id=article.id, number=number, number_key=match_key(number), role=role, seen=seen)
            row.issuer, row.date, row.type = issuer, date, more.get("type")
            session.add(row)
        return url

    return mention


def listed(store: Store, limit: int | None = None, **wanted: Any) -> list[tuple[Any, ...]]:
    rows = Register(store).documents(DocumentsWanted(**wanted), limit)
    return [(row["number"], row["issuer"], row["date"], len(row["issued_in"]), len(row["cited_by"])) for row in rows]


def test_a_document_is_its_number_its_issuer_and_its_year(mention: Any, store: Store) -> None:
    mention("15/QĐ-UBND", "issued", PROVINCE, "2026-01-05")
    mention("15/QĐ-UBND", "issued", "UBND tỉnh Nghệ An", "2026-01-09")
    mention("15/QĐ-UBND", "cited", PROVINCE, "2025-02-01")
    mention("15/QĐ-UBND", "cited", "ubnd tỉnh Thanh Hoá", "2026-01-05")  # spelt otherwise
    assert listed(store) == [
        ("15/QĐ-UBND", PROVINCE, "2025-02-01", 0, 1),
        ("15/QĐ-UBND", "UBND tỉnh Nghệ An", "2026-01-09", 1, 0),
        ("15/QĐ-UBND", PROVINCE, "2026-01-05", 1, 1),
    ]


def test_a_number_alone_is_the_document_of_that_number_as_long_as_only_one_is_known(mention: Any, store: Store) -> None:
    first = mention("749/QĐ-TTg")
    mention("749/QĐ-TTg", "issued", PM, "2020-06-03")
    mention("749/QĐ-TTg", issuer=PM)
    mention("749/QĐ-TTg", date="2020-06-03")
    (row,) = Register(store).documents(DocumentsWanted())
    assert (row["issuer"], row["date"], len(row["cited_by"])) == (PM, "2020-06-03", 3)
    assert row["cited_by"][0] == first
    mention("749/QĐ-TTg", "issued", PM, "2024-01-01")
    assert listed(store) == [
        ("749/QĐ-TTg", PM, "2024-01-01", 1, 0),
        ("749/QĐ-TTg", PM, None, 0, 1),  # of which year, nobody knows any more
        ("749/QĐ-TTg", PM, "2020-06-03", 1, 1),
        ("749/QĐ-TTg", None, None, 0, 1),
    ]


def test_a_year_in_the_number_is_its_year(mention: Any, store: Store) -> None:
    mention("37/2026/QĐ-UBND", issuer=PROVINCE)
    mention("37/2026/QĐ-UBND", "issued", PROVINCE, "2026-04-01")
    assert listed(store, year=2026) == [("37/2026/QĐ-UBND", PROVINCE, "2026-04-01", 1, 1)]


def test_what_was_cited_before_it_was_published_here_is_told(mention: Any, store: Store) -> None:
    mention("1/QĐ-TTg", portal="thanhhoa")
    mention("1/QĐ-TTg", "issued", PM, "2026-01-01")
    mention("2/QĐ-TTg", "issued", PM, "2026-01-01")
    mention("2/QĐ-TTg")
    mention("3/QĐ-TTg")
    rows = {row["number"]: row for row in Register(store).documents(DocumentsWanted())}
    told = {number[0]: (row["first_portal"], row["cited_before"], row["issued_seen"]) for number, row in rows.items()}
    hours = {hour: NOW + timedelta(hours=hour) for hour in (2, 3)}
    assert told == {"1": ("thanhhoa", True, hours[2]), "2": ("mpi", False, hours[3]), "3": ("mpi", False, None)}


def test_documents_are_filtered_and_paged(mention: Any, store: Store) -> None:
    for number in range(1, 450):
        mention(
            f"{number}/QĐ-UBND",
            "issued" if number % 3 else "cited",
            PROVINCE,
            f"202{number % 5}-01-01",
            type="Quyết định",
        )
    mention("450/NQ-CP", "amended", "Chính phủ", "2026-01-01", type="Nghị quyết")
    assert len(listed(store)) == 450
    assert [row[0] for row in listed(store, 3)] == ["450/NQ-CP", "449/QĐ-UBND", "448/QĐ-UBND"]
    assert listed(store, role="amended") == listed(store, issuer="chinh phu") == listed(store, type="nghị quyết")
    assert len(listed(store, issuer="Thanh Hoá", year=2023)) == 90
    assert [row[0] for row in listed(store, number="44/qd-ubnd")] == ["44/QĐ-UBND"]
    assert len(listed(store, 400, uncollected=True)) == 150
    assert listed(store, number="nichts") == []


def test_the_uncollected_are_those_that_nobody_issued_here_the_most_cited_first(mention: Any, store: Store) -> None:
    for number, times in (("1/QĐ-TTg", 2), ("2/QĐ-TTg", 5), ("3/QĐ-TTg", 3), ("4/QĐ-TTg", 9)):
        for _ in range(times):
            mention(number, issuer=PM, date="2026-01-01")
    mention("4/QĐ-TTg", "issued", PM)
    assert [row[0] for row in listed(store, uncollected=True)] == ["2/QĐ-TTg", "3/QĐ-TTg", "1/QĐ-TTg"]
    assert [row[0] for row in listed(store, 1, uncollected=True)] == ["2/QĐ-TTg"]


def test_gaps_in_a_series_are_found(mention: Any, store: Store) -> None:
    for number in ("3", "04", "7", "12"):
        mention(f"{number}/QĐ-UBND", "issued", PROVINCE, "2026-03-01")
    mention("5/2026/QĐ-UBND", issuer=PROVINCE)
    mention("9/QĐ-UBND", issuer=PROVINCE, date="2025-03-01")
    mention("8/KH-QĐ-UBND", issuer=PROVINCE, date="2026-03-01")
    gaps = Register(store).gaps("QĐ-UBND", 2026)
    assert gaps == {
        "symbol": "QĐ-UBND",
        "issuer": PROVINCE,
        "year": 2026,
        "known": 5,
        "first": 3,
        "last": 12,
        "missing": [[6, 6], [8, 11]],
    }
    assert Register(store).gaps("qd-ubnd", 2026, "thanh hóa")["known"] == 5
    assert Register(store).gaps("QĐ-UBND", 2024)["missing"] == []
    mention("4/QĐ-UBND", "issued", "UBND tỉnh Nghệ An", "2026-03-01")
    with pytest.raises(SeriesError, match="Nghệ An, UBND tỉnh Thanh Hóa"):
        Register(store).gaps("QĐ-UBND", 2026)
    assert Register(store).gaps("QĐ-UBND", 2026, "Nghệ An")["known"] == 1
