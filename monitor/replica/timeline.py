"""What a replica shows at one moment, and how the steps of its timeline change that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from monitor.replica.articles import HANOI, SEED_NAMES, Caption, Paragraph, SeedArticle, seed_article, sentences


@dataclass(frozen=True)
class Document:
    """A legal document of the documents table: its number, type, day of issue and abstract; `item` is its id there."""

    item: int
    number: str
    type: str
    issued: date
    abstract: str


@dataclass(frozen=True)
class Content:
    """Articles and documents, newest first: all that a replica shows at one moment. A step of a timeline is one too.

    `faults` says with which fault an article's page answers, by the article's id; `withdrawn` are the ids that no
    listing shows any more. `leap` is how far all counters jumped. `redesigned`: the same under another template.
    """

    articles: tuple[SeedArticle, ...] = ()
    documents: tuple[Document, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    leap: int = 0
    redesigned: bool = False

    def plus(self, other: Content) -> Content:
        """This content after the step `other`, newest first: an article of a known id takes that one's place."""
        edited = {one.id for one in other.articles}
        withdrawn = self.withdrawn | other.withdrawn
        articles = [*(one for one in self.articles if one.id not in edited), *other.articles]
        return Content(
            tuple(
                sorted((one for one in articles if one.id not in withdrawn), key=lambda one: one.moment, reverse=True)
            ),
            tuple(sorted(self.documents + other.documents, key=lambda one: one.issued, reverse=True)),
            {**self.faults, **other.faults},
            withdrawn,
            self.leap + other.leap,
            self.redesigned or other.redesigned,
        )


@dataclass(frozen=True)
class Story:
    """A replica's baseline, the steps that publish, by name, and the steps that change what is there."""

    baseline: Content
    steps: Mapping[str, Content]
    changes: Mapping[str, Content] = field(default_factory=dict)

    @property
    def timeline(self) -> dict[str, Content]:
        """All steps by name."""
        return {**self.steps, **self.changes}

    @property
    def ever(self) -> tuple[SeedArticle, ...]:
        """Every article of the whole timeline in its first wording, oldest first."""
        # Numbers are given over this, so that a step taken early or late, or an edit, changes no address.
        known: dict[str, SeedArticle] = {}
        for content in (self.baseline, *self.timeline.values()):
            for one in content.articles:
                known.setdefault(one.id, one)
        return tuple(sorted(known.values(), key=lambda one: one.moment))

    def own(self, name: str) -> Story:
        """The story in which the replica `name` carries its own seed alone, and publishes it by the step "seed".

        What the baseline shows is dated back where it is newer: a listing is read until a known entry, so what is
        published must stand on top.
        """
        seed = seed_article(name)
        kept = [one for one in self.baseline.articles if one.id not in SEED_NAMES]
        newest = max(one.moment for one in kept)
        back = timedelta(days=(newest - seed.moment).days + 1) if newest > seed.moment else timedelta(0)
        articles = tuple(replace(one, published=one.published - back) for one in kept)
        steps = {"seed": Content((seed,)), **self.steps}
        changes = {
            step: replace(
                change, articles=tuple(replace(one, published=one.published - back) for one in change.articles)
            )
            for step, change in self.changes.items()
        }
        return Story(replace(self.baseline, articles=articles), steps, changes)


# A stretch of a seed: its name, the line, and the first and last sentence.
Stretch = tuple[str, int] | tuple[str, int, int] | tuple[str, int, int, int]


def short(id: str, title: str, published: date, *stretches: Stretch) -> SeedArticle:
    """An article made of stretches of the seeds, a paragraph each."""
    return SeedArticle(id, title, published, None, tuple(Paragraph(sentences(*one)) for one in stretches))


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment in Hanoi time."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


def picked(articles: tuple[SeedArticle, ...], id: str) -> SeedArticle:
    """The article of an id."""
    return next(one for one in articles if one.id == id)


def edited(article: SeedArticle, old: str, new: str) -> SeedArticle:
    """The article with some of its words exchanged. ValueError where it does not have them."""
    changed = tuple(
        replace(block, text=block.text.replace(old, new)) if isinstance(block, Paragraph | Caption) else block
        for block in article.blocks
    )
    if changed == article.blocks:
        raise ValueError(f"{article.id} does not say {old!r}")
    return replace(article, blocks=changed)


def changes(edit: SeedArticle, gone: str, hollow: str) -> dict[str, Content]:
    """The steps that every replica knows beside those that publish.

    "edit" shows `edit`; "counter" moves the counters alone, by far; "withdraw" takes the article `gone` away, with
    status 404, and the article `hollow`, whose page says "not found" with status 200; "redesign" keeps all content.
    """
    return {
        "edit": Content((edit,)),
        "counter": Content(leap=731_500),
        "withdraw": Content(faults={gone: "404", hollow: "soft404"}, withdrawn=frozenset({gone, hollow})),
        "redesign": Content(redesigned=True),
    }
