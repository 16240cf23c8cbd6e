"""The shipped catalogue: portals that one could watch, what is known of each, and from when and from where.

It is data in the YAML files beside this one; `portalwatch catalogue add` writes one of them into a configuration. Every
fact names its source (`sources.yaml`), because a portal that nobody has read live is a rumour with a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationError

from config.errors import ConfigError, Problem
from config.language import say
from config.places import UNREADABLE, Fault, Node, Tree, read_text, syntax_fault
from config.settings import Id, Line, Shape, WebAddress

SHIPPED = Path(__file__).parent
FILES = ("provinces.yaml", "government.yaml", "documents.yaml")
REORGANISED = "2025-03"
"""Ministries merged in March 2025, provinces in July: what was seen before says little of the portals of today."""

ShapeT = TypeVar("ShapeT", bound=Shape)
PortalKind = Literal["province", "ministry", "agency", "paper", "documents"]


def _day(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])
    return value


class InTwoLanguages(Shape):
    """A text in Vietnamese and in English."""

    vi: Line
    en: Line

    def text(self, language: str) -> str:
        """The text in that language: vi or en."""
        return self.vi if language == "vi" else self.en


class Source(InTwoLanguages):
    """Where facts come from."""

    id: Id
    kind: Literal["repository", "code", "page", "law", "knowledge"]
    dated: Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$"), AfterValidator(_day)] | None = None
    """The source's own day, month or year; None when it is not known."""

    @property
    def recent(self) -> bool:
        """Whether it saw the portals as they are since the reorganisation of 2025."""
        return (self.dated or "") >= REORGANISED


class Known(InTwoLanguages):
    """One thing that is known of a portal."""

    source: Id


class KnownFeed(Shape):
    """A feed that a portal had."""

    url: WebAddress
    source: Id


class KnownSection(Shape):
    """A listing that a portal had."""

    id: Id
    name: Line
    url: WebAddress
    kind: Literal["news", "documents"] = "news"
    source: Id


class KnownPortal(Shape):
    """A portal of the catalogue."""

    id: Id
    """What its file is called when it is taken into a configuration."""
    name: Line
    kind: PortalKind
    url: WebAddress
    """The home page."""
    url_source: Id
    aliases: tuple[Line, ...] = ()
    """Further host names of the same site."""
    province: Line | None = None
    body: Line | None = None
    platform: Line | None = None
    """What it is built with."""
    platform_source: Id | None = None
    retired_on: date | None = None
    """When the province, body or paper whose site it is ceased to be; the site may answer for longer."""
    successor: Id | None = None
    """The portal of the catalogue that took its place."""
    retired_source: Id | None = None
    refused: InTwoLanguages | None = None
    """Why it cannot be taken into a configuration."""
    sections: tuple[KnownSection, ...] = ()
    feeds: tuple[KnownFeed, ...] = ()
    known: tuple[Known, ...] = ()
    tried_live: date | None = None
    """When portalwatch last read it live; None: never."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources that it names, each once."""
        named = [self.url_source, self.platform_source, self.retired_source]
        named += (section.source for section in self.sections)
        named += (feed.source for feed in self.feeds)
        named += (fact.source for fact in self.known)
        return tuple(dict.fromkeys(source for source in named if source))


class Catalogue(Shape):
    """All of the catalogue, in the order of its files."""

    portals: tuple[KnownPortal, ...]
    sources: tuple[Source, ...]

    def portal(self, id: str) -> KnownPortal | None:
        """The portal of that id; None when there is none."""
        return next((portal for portal in self.portals if portal.id == id), None)

    def source(self, id: str) -> Source:
        """The source of that id."""
        return next(source for source in self.sources if source.id == id)

    def predecessors(self, portal: KnownPortal) -> tuple[KnownPortal, ...]:
        """The portals whose place it took."""
        return tuple(other for other in self.portals if other.successor == portal.id)

    def seen_lately(self, portal: KnownPortal) -> bool:
        """Whether a listing of it was seen since the reorganisation of 2025, and its body still exists."""
        return portal.retired_on is None and any(self.source(section.source).recent for section in portal.sections)


@cache
def read_catalogue(directory: Path = SHIPPED) -> Catalogue:
    """The catalogue in a folder, by default the shipped one; ConfigError with every problem of all its files."""
    problems: list[Problem] = []
    sources = list(_rows(directory / "sources.yaml", Source, problems))
    rows = [row for file in FILES for row in _rows(directory / file, KnownPortal, problems)]
    known = {source.id for source, _ in sources}
    ids = {portal.id for portal, _ in rows}
    problems += _twice([(source.id, place) for source, place in sources])
    problems += _twice([(portal.id, place) for portal, place in rows])
    for portal, place in rows:
        problems += (_at(place, fault) for fault in _faults(portal, known, ids))
    if problems:
        raise ConfigError(dict.fromkeys(problems))
    return Catalogue(portals=tuple(portal for portal, _ in rows), sources=tuple(source for source, _ in sources))


def _faults(portal: KnownPortal, sources: set[str], ids: set[str]) -> Iterator[str]:
    for source in portal.sources:
        if source not in sources:
            yield say("there is no source '{source}'", source=source)
    if portal.successor and portal.successor not in ids - {portal.id}:
        yield say("there is no portal '{name}'", name=portal.successor)
    for key, needs in (("successor", "retired_on"), ("retired_on", "retired_source"), ("platform", "platform_source")):
        if getattr(portal, key) and not getattr(portal, needs):
            yield say("'{key}' needs '{other}'", key=key, other=needs)
    for name in ("id", "url"):
        values = [getattr(section, name) for section in portal.sections]
        for value in dict.fromkeys(value for value in values if values.count(value) > 1):
            yield say("'{value}' stands in two sections", value=value)


Place = tuple[str, int, int]


def _rows(path: Path, shape: type[ShapeT], problems: list[Problem]) -> Iterator[tuple[ShapeT, Place]]:
    """The rows of one file, each with its place; what is wrong is added to the problems."""
    try:
        text = read_text(path)
        tree = Tree(text)
        root = tree.root()
    except (OSError, Fault, *UNREADABLE) as error:
        fault = error if isinstance(error, Fault) else Fault((1, 1), str(error))
        if isinstance(error, UNREADABLE):
            fault = syntax_fault(error, text)
        problems.append(Problem(path.name, *fault.place, fault.message))
        return
    problems += (Problem(path.name, *fault.place, fault.message) for fault in tree.faults)
    for node in root.value if root and isinstance(root.value, list) else ():
        place = (path.name, *node.place)
        try:
            yield shape.model_validate(_plain(node)), place
        except ValidationError as error:
            for each in error.errors(include_url=False):
                way = ".".join(map(str, each["loc"]))
                problems.append(_at(place, f"{way}: {each['msg'].removeprefix('Value error, ')}"))


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(value) for value in node.value]
    return node.value


def _twice(placed: list[tuple[str, Place]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for id, place in placed:
        if id in seen:
            yield _at(place, say("'{value}' stands here again", value=id))
        seen.add(id)


def _at(place: Place, message: str) -> Problem:
    return Problem(*place, message)
