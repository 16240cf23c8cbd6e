"""The portals that are watched: one file each, its name without .yaml is the portal's id for ever."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, ValidationInfo, field_validator

from config.durations import Duration, Span
from config.language import say
from config.settings import FILLED, Flag, Id, Line, MaybeProxy, Selector, Shape, WebAddress, built, checks, whole

DEFAULT_PACE = timedelta(minutes=15)
"""How often a section is read when neither it nor its portal says so."""
SHORTEST_PACE = timedelta(seconds=5)

Pace: TypeAlias = timedelta | str
"""How often: a fixed interval, or a cron expression in the settings' time zone."""


def _every(value: timedelta) -> timedelta:
    if value < SHORTEST_PACE:
        raise ValueError(say("is too often; the shortest is 5s"))
    return value


def _cron(value: str, info: ValidationInfo) -> str:
    value = " ".join(value.split())
    if len(value.split(" ")) != 5:
        raise ValueError(
            say("'{value}' is not a cron expression; write minute, hour, day, month and day of the week", value=value)
        )
    context = checks(info)
    if context and (fault := context.cron_fault(value)):
        raise ValueError(say("'{value}' is not a usable cron expression: {fault}", value=value, fault=fault))
    return value


def _host(value: str) -> str:
    value = value.lower()
    if len(value) > 253 or not re.fullmatch(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+", value):
        raise ValueError(say("'{value}' is not a host name; write one such as www.thanhhoa.gov.vn", value=value))
    return value


class _Paced(Shape):
    """A thing that may say how often it is read: `every` or `cron`, not both."""

    every: Annotated[Duration, AfterValidator(_every)] | None = None
    """A fixed interval."""
    cron: Annotated[str, AfterValidator(_cron)] | None = None
    """Five fields: minute, hour, day, month, day of the week; in the settings' time zone."""

    @field_validator("cron")
    @classmethod
    def _instead_of_every(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("every") is not None:
            raise ValueError(say("write 'every' or 'cron', not both"))
        return value


class Listing(Shape):
    """Where a listing keeps its entries; what is absent is found by the program."""

    entry: Selector | None = None
    """One entry; the other selectors but `next` look inside it."""
    link: Selector | None = None
    """The link to the article."""
    title: Selector | None = None
    published: Selector | None = None
    number: Selector | None = None
    """The number of a legal document."""
    summary: Selector | None = None
    next: Selector | None = None
    """The link to the next page, looked for in the whole page."""


class Article(Shape):
    """Where an article keeps its parts; what is absent is found by the program."""

    title: Selector | None = None
    published: Selector | None = None
    body: Selector | None = None
    """What holds the text."""
    drop: tuple[Selector, ...] = ()
    """What is taken out of the text."""


class Revisit(Shape):
    """How long and how often an article is read again to see changes."""

    young: Duration = timedelta(days=7)
    """The age up to which an article is read again; 0s: never."""
    every: Span = timedelta(hours=6)


class Expect(Shape):
    """What a healthy listing gives; less is an error and not a quiet day."""

    min_entries: Annotated[int, whole(0, 1000)] = 1
    """0: a listing that is empty for the time being is a healthy one."""
    silent_after: Span | None = None
    """Without a new entry for so long, the section is called quiet; null: never."""


class Section(_Paced):
    """One listing of a portal."""

    NOT_BUILT = frozenset({"method", "body"})

    id: Id
    """Unique in its portal."""
    url: WebAddress
    """The listing's first page."""
    kind: Annotated[Literal["news", "documents"], built("schedule", "page")] = "news"
    """What it lists: news, or legal documents."""
    reads: Annotated[Literal["auto", "html"], built("feed", "sitemap", "json")] = "auto"
    """How it is read."""
    follow: Flag = True
    """Whether the entries' articles are read; false: the rows are the news."""
    listing: Listing = Listing()
    article: Article = Article()
    revisit: Revisit = Revisit()
    expect: Expect = Expect()


class Portal(_Paced):
    """A site that is watched."""

    NOT_BUILT = frozenset({"tls", "client"})

    id: Id
    """The file's name without .yaml; it is not written in the file."""
    name: Line
    """What people call it; stands in alerts."""
    url: WebAddress
    """The home page."""
    enabled: Flag = True
    """false: nothing is fetched; what it gave stays."""
    province: Line | None = None
    """The province whose portal it is."""
    body: Line | None = None
    """The body whose portal it is, such as a ministry."""
    aliases: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    """Further host names of the same site, in lower case."""
    predecessor: Id | None = None
    """The id of the portal that this one takes the place of: what was known of that one is known of this one."""
    successor: Id | None = None
    """The id of the portal that takes the place of this one; for people."""
    proxy: MaybeProxy = None
    """The HTTP proxy that this portal is asked by; null: the settings'."""
    sections: Annotated[tuple[Section, ...], FILLED]

    @field_validator("predecessor", "successor")
    @classmethod
    def _another(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and value == info.data.get("id"):
            raise ValueError(say("a portal is not its own {key}", key=info.field_name))
        return value

    def section(self, id: str) -> Section | None:
        """The section of that id; None when there is none."""
        return next((section for section in self.sections if section.id == id), None)

    def pace(self, section: Section) -> Pace:
        """How often this section is read: its own word, else the portal's, else every 15 minutes."""
        return section.every or section.cron or self.every or self.cron or DEFAULT_PACE
