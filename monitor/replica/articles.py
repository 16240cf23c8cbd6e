"""The five seed texts as articles, with the dirt that surrounded them and the clean text that a reader should get.

Five saved texts of real portals lie in `seeds/`, byte for byte. A short annotation says what each line is; from that
one reading come both the page that a replica serves and the answer expected of the extractor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from itertools import islice

HANOI = timezone(timedelta(hours=7), "+07")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, as the seed has it: indents and no-break spaces included."""

    text: str


@dataclass(frozen=True)
class Caption:
    """The words under a picture; no part of the clean text."""

    text: str


@dataclass(frozen=True)
class Blank:
    """A paragraph that holds a no-break space only, as editors leave them between others."""

    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its lines, and how many columns it covers."""

    lines: tuple[str, ...]
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table of rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Caption | Blank | Table


@dataclass(frozen=True)
class SeedArticle:
    """An article made of seed text; what stands around it on the page is kept line by line.

    `published` is a datetime in Hanoi time where the portal states the hour, else a date. `updated`, `source_line`,
    `preface` and `epilogue` are whole lines of the page; `source` is the source's bare name.
    """

    id: str
    title: str
    published: date
    lead: str | None
    blocks: tuple[Block, ...]
    byline: str | None = None
    source: str | None = None
    source_line: str | None = None
    updated: str | None = None
    preface: tuple[str, ...] = ()
    epilogue: str | None = None

    @property
    def captions(self) -> tuple[str, ...]:
        """The captions in their order, cleaned."""
        return tuple(clean(block.text) for block in self.blocks if isinstance(block, Caption))

    @property
    def day(self) -> date:
        """The day of publication, without an hour."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    @property
    def moment(self) -> datetime:
        """The publication as a datetime in Hanoi time; midnight where no hour is known. What listings sort by."""
        if isinstance(self.published, datetime):
            return self.published
        return datetime(self.published.year, self.published.month, self.published.day, tzinfo=HANOI)


def clean(text: str) -> str:
    """The text in NFC on one line, every run of spaces (no-break ones too) one space, stripped."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def expected_rows(table: Table) -> list[list[str]]:
    """The table's cells, cleaned; the lines of one cell joined by a space, a full-width cell alone in its row."""
    return [[clean(" ".join(cell.lines)) for cell in row] for row in table.rows]


def expected_text(article: SeedArticle) -> str:
    """The clean `text` that the extractor owes: the lead and the paragraphs, one a line, table rows as "a | b | c"."""
    lines = [clean(article.lead)] if article.lead else []
    for block in article.blocks:
        if isinstance(block, Paragraph):
            lines.append(clean(block.text))
        elif isinstance(block, Table):
            lines.extend(" | ".join(row) for row in expected_rows(block))
    return "\n".join(lines)


@cache
def seed_text(name: str) -> str:
    """The whole seed text `name`, exactly as saved."""
    return (files(__package__) / "seeds" / f"{name}.txt").read_text(encoding="utf-8")


def sentences(name: str, line: int, first: int = 0, last: int | None = None) -> str:
    """Sentences `first` to `last` (the end when None) of one line of a seed, both counted from 0."""
    # A full stop or an ellipsis before a capital ends a sentence; "c63.mic.gov.vn/;" and "11.27" do not.
    parts = re.split(r"(?<=[.…]) +(?=[A-ZĐÀ-Ỹ0-9])", clean(seed_text(name).split("\n")[line]))
    return " ".join(parts[first : None if last is None else last + 1])


@dataclass(frozen=True)
class _Marks:
    """What the lines of a seed are, by line number from 0; lines not named are paragraphs, empty ones nothing."""

    published: date
    title: int = 0
    lead: int | None = None
    updated: int | None = None
    byline: int | None = None
    source: tuple[int, str] | None = None
    preface: frozenset[int] = frozenset()
    captions: frozenset[int] = frozenset()
    epilogue: int | None = None
    # A table's first and last line, and its rows: for each cell the number of its lines.
    table: tuple[int, int] | None = None
    shape: tuple[tuple[int, ...], ...] = ()


# Seed 004's table lost its rows in the saved text: one line per paragraph of a cell. The row on "số hóa hồ sơ" has
# three lines in its first cell and two in each of the others, since it holds a heading and two offices.
_ROW, _SUBHEADING = (1, 1, 1), (1,)
_SHAPE = (_ROW, _SUBHEADING, *[_ROW] * 3, _SUBHEADING, *[_ROW] * 5, (3, 2, 2), *[_ROW] * 3)

_SEEDS = {
    "thanhhoa": _Marks(
        published=date(2024, 4, 24), preface=frozenset({0, 1, 2, 4, 6}), title=8, lead=10,
        captions=frozenset({12, 20, 27, 34}), source=(42, "thanhhoa.gov.vn"),
    ),
    "ninhthuan": _Marks(
        published=datetime(2023, 2, 20, 15, 10, tzinfo=HANOI), captions=frozenset({10}), byline=16,
    ),
    "mpi": _Marks(
        published=date(2022, 1, 28), captions=frozenset({5}), source=(23, "Bộ kế hoạch và Đầu tư"), epilogue=25,
    ),
    "baoquangnam": _Marks(published=date(2023, 12, 29), lead=1),
    "ninhbinh": _Marks(
        published=datetime(2022, 8, 9, 10, 36, tzinfo=HANOI), updated=2, lead=4, captions=frozenset({12}),
        table=(16, 104), shape=_SHAPE, source=(112, "Cổng TTĐT tỉnh"),
    ),
}  # fmt: skip

SEED_NAMES = tuple(_SEEDS)


def _table(lines: list[str], shape: tuple[tuple[int, ...], ...]) -> Table:
    rest: Iterator[str] = iter(lines)
    width = max(len(row) for row in shape)
    rows = tuple(
        tuple(Cell(tuple(islice(rest, count)), width if len(row) == 1 else 1) for count in row) for row in shape
    )
    if sum(map(sum, shape)) != len(lines):
        raise ValueError(f"the table's shape needs {sum(map(sum, shape))} lines, the seed has {len(lines)}")
    return Table(rows)


@cache
def seed_article(name: str) -> SeedArticle:
    """The seed `name` (one of `SEED_NAMES`) as an article that holds every line of it."""
    marks = _SEEDS[name]
    lines = seed_text(name).split("\n")
    spent = {marks.title, marks.lead, marks.updated, marks.byline, marks.epilogue, *marks.preface}
    if marks.source:
        spent.add(marks.source[0])
    blocks: list[Block] = []
    for number, line in enumerate(lines):
        if not line or number in spent:
            continue
        if marks.table and marks.table[0] <= number <= marks.table[1]:
            if number == marks.table[0]:
                cells = [cell for cell in lines[number : marks.table[1] + 1] if cell]
                blocks.append(_table(cells, marks.shape))
        elif number in marks.captions:
            blocks.append(Caption(line))
        else:
            blocks.append(Paragraph(line) if line.strip() else Blank(line))

    def at(number: int | None) -> str | None:
        return None if number is None else lines[number]

    return SeedArticle(
        id=name,
        title=lines[marks.title],
        published=marks.published,
        lead=at(marks.lead),
        blocks=tuple(blocks),
        byline=at(marks.byline),
        source=marks.source[1] if marks.source else None,
        source_line=at(marks.source[0]) if marks.source else None,
        updated=at(marks.updated),
        preface=tuple(lines[number] for number in sorted(marks.preface)),
        epilogue=at(marks.epilogue),
    )
