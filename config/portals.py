"""The portals that are watched: one file each, its name without .yaml is the portal's id for ever."""

from __future__ import annotations

import json
import re
import shutil
from datetime import timedelta
from importlib.util import find_spec
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, field_validator, model_validator

from config.durations import Duration, Span
from config.language import say
from config.queries import Query
from config.settings import FILLED, Flag, Id, Line, MaybeProxy, Selector, Shape, WebAddress, checks, whole

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


def browser_program() -> str | None:
    """Where Chromium is, as Debian and others call it; None where there is none."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


def _client(value: str | None) -> str | None:
    if value == "browser" and find_spec("scrapy_playwright") is None:
        raise ValueError(say("client: browser needs the extra 'browser': pip install 'portalwatch[browser]'"))
    if value == "browser" and browser_program() is None:
        raise ValueError(say("client: browser needs Chromium, and there is no 'chromium' here"))
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
    """Where a listing keeps its entries, as CSS selectors; what is absent is found by the program. Where JSON is read:
    JMESPath, and `link` may be an address with JMESPath in braces, "/chi-tiet/{id}"."""

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
    """The link to the next page, looked for in the whole page. Of JSON: an address, a page's number, or true."""


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


def _request_body(value: object) -> object:
    """A group of keys is sent as JSON, text as it stands."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


class Section(_Paced):
    """One listing of a portal, or one page that is watched itself."""

    id: Id
    """Unique in its portal."""
    url: WebAddress
    """The listing's first page."""
    kind: Literal["news", "documents", "schedule", "page"] = "news"
    """What it lists: news, or legal documents. schedule: a page with the week's meetings, an article a week. page: one
    page that is watched for change."""
    reads: Literal["auto", "html", "feed", "sitemap", "json"] = "auto"
    """How it is read; auto: as what answers."""
    method: Literal["GET", "POST"] = "GET"
    """How a JSON API is asked."""
    body: Annotated[str | None, BeforeValidator(_request_body)] = None
    """What a JSON API is sent by POST: text as it stands, keys and values as JSON."""
    follow: Flag = True
    """Whether the entries' articles are read; false: the rows are the news."""
    listing: Listing = Listing()
    """CSS selectors; JMESPath where JSON is read."""
    article: Article = Article()
    revisit: Revisit = Revisit()
    expect: Expect = Expect()

    @property
    def watched(self) -> bool:
        """Whether the page at its address is itself the article; a schedule's may turn out to be a list of them."""
        return self.kind in ("page", "schedule")

    @field_validator("listing", mode="before")
    @classmethod
    def _queries(cls, value: object, info: ValidationInfo) -> object:
        if info.data.get("reads") != "json" or not isinstance(value, dict):
            return value
        return {key: Query(each) if isinstance(each, str) else each for key, each in value.items()}

    @model_validator(mode="after")
    def _fitting(self) -> Section:
        """Keys that mean nothing beside others are told, not passed over."""
        given = self.model_fields_set
        if self.reads == "json" and not (self.listing.entry and self.listing.link):
            raise ValueError(say("reads: json needs 'entry' and 'link' in 'listing', as JMESPath"))
        if self.reads != "json" and given & {"method", "body"}:
            raise ValueError(say("'method' and 'body' are for reads: json"))
        if self.body is not None and self.method != "POST":
            raise ValueError(say("'body' is sent with method: POST only"))
        if self.reads in ("feed", "sitemap") and "listing" in given:
            raise ValueError(say("reads: {reads} needs no 'listing'; remove it", reads=self.reads))
        if self.watched and self.reads not in ("auto", "html"):
            raise ValueError(say("kind: {kind} is read as HTML; remove 'reads'", kind=self.kind))
        if self.kind == "page" and given & {"listing", "follow", "revisit"}:
            raise ValueError(
                say(
                    "kind: page has no 'listing', 'follow' or 'revisit': the page itself is read, as often as 'every' says"
                )
            )
        return self


class Portal(_Paced):
    """A site that is watched."""

    NOT_BUILT = frozenset({"tls"})

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
    client: Annotated[Literal["browser"] | None, AfterValidator(_client)] = None
    """What asks for its pages; browser: Chromium, for pages that are drawn by script. null: no script is run."""
    encoding: Literal["tcvn3", "vni", "windows-1258"] | None = None
    """How its pages write Vietnamese where that is not Unicode; null: as they say, and as their bytes show."""
    sections: Annotated[tuple[Section, ...], FILLED]

    @field_validator("predecessor", "successor")
    @classmethod
    def _another(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and value == info.data.get("id"):
            raise ValueError(say("a portal is not its own {key}", key=info.field_name))
        return value

    @field_validator("client")
    @classmethod
    def _without_proxy(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.data.get("proxy") is not None:
            raise ValueError(say("client: browser is not built yet for portals behind a proxy"))
        return value

    def section(self, id: str) -> Section | None:
        """The section of that id; None when there is none."""
        return next((section for section in self.sections if section.id == id), None)

    def pace(self, section: Section) -> Pace:
        """How often this section is read: its own word, else the portal's, else every 15 minutes."""
        return section.every or section.cron or self.every or self.cron or DEFAULT_PACE
