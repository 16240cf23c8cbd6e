"""What is set once for the whole service (portalwatch.yaml), and the kinds of value that all three files share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from config.durations import Duration, Size, Span
from config.language import say
from config.queries import Query, query_fault
from config.text import tidy


@dataclass(frozen=True, slots=True)
class Checks:
    """What only other rooms can judge, handed in as pydantic's context: each answers a message, or None when good.

    A shape that is built in code without this context is checked in form only.
    """

    directory: Path
    """The folder of the configuration, absolute: what relative paths start from."""
    selector_fault: Callable[[str], str | None]
    channel_fault: Callable[[str], str | None]
    cron_fault: Callable[[str], str | None]


def checks(info: ValidationInfo) -> Checks | None:
    """The checks of the load that this validation is part of; None for a shape built in code."""
    return info.context if isinstance(info.context, Checks) else None


class Shape(BaseModel):
    """A group of keys in a file: frozen, and a key that it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    NOT_BUILT: ClassVar[frozenset[str]] = frozenset()
    """Keys of the contract whose feature is not built yet: they are refused in words of their own."""


# ---------------------------------------------------------------- kinds of value


def _line(value: str) -> str:
    value = " ".join(tidy(value).split())
    if not value:
        raise ValueError(say("must not be empty"))
    return value


def _id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
        raise ValueError(
            say("'{value}' is not an id; use a-z, 0-9 and hyphens, with a letter or digit first", value=value)
        )
    return value


def web_address(value: str) -> str:
    """The address as it came, when it is http or https, has a host, and holds no password; else ValueError."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        secret = "@" in parts.netloc
    except ValueError:  # a port that is no number, brackets that do not close
        good, secret = False, "@" in value
    if secret:
        raise ValueError(say("a web address must not hold a user name or password"))
    # urlsplit drops line ends and tabs in silence, so blanks are looked for in the value itself.
    if not good or re.search(r"[\s\x00-\x1f\x7f]", value):
        raise ValueError(
            say("'{value}' is not a web address; it must begin with http:// or https:// and a host", value=value)
        )
    return value


def _selector(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value  # the type itself is told of
    if not value.strip():
        raise ValueError(say("must not be empty"))
    if len(value) > 500:  # parsers of CSS are recursive
        raise ValueError(say("this selector is longer than 500 characters"))
    if isinstance(value, Query):
        if fault := query_fault(value):
            raise ValueError(say("'{value}' is not usable JMESPath: {fault}", value=value, fault=fault))
        return value
    context = checks(info)
    if context and (fault := context.selector_fault(value)):
        raise ValueError(say("'{value}' is not a usable CSS selector: {fault}", value=value, fault=fault))
    return value


def built(*planned: str) -> BeforeValidator:
    """Refuses the values of the contract whose feature is not built yet, in words of their own."""

    def refuse(value: object) -> object:
        if isinstance(value, str) and value.split(" ")[0] in planned:
            raise ValueError(say("'{value}' is not built yet; choose another", value=value))
        return value

    return BeforeValidator(refuse)


def _filled(value: object) -> object:
    # Not pydantic's min_length: it counts the good items only, and calls a list of faulty ones empty as well.
    if value in ([], ()):
        raise ValueError(say("must not be empty"))
    return value


FILLED = BeforeValidator(_filled)
"""Refuses a list without items."""


def whole(low: int, high: int) -> BeforeValidator:
    """Takes whole numbers of a range only; true and 1.0 are none."""

    def check(value: object) -> object:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(say("must be a whole number from {low} to {high}", low=low, high=high))
        return value

    return BeforeValidator(check)


Flag: TypeAlias = Annotated[bool, Field(strict=True)]
"""true or false; not the words yes and no, which YAML 1.2 reads as text."""
Line: TypeAlias = Annotated[str, AfterValidator(_line)]
"""Text of one line, tidied (NFC), not empty."""
Lines: TypeAlias = tuple[Line, ...]
Id: TypeAlias = Annotated[str, AfterValidator(_id)]
"""a-z, 0-9 and hyphens: it stands in file names, addresses and on the command line."""
WebAddress: TypeAlias = Annotated[str, AfterValidator(web_address)]
"""An http or https URL, as written."""
Selector: TypeAlias = Annotated[str, BeforeValidator(_selector)]
"""A CSS selector, as written; JMESPath where it comes as a `Query`."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy. Its URL may hold a password: it is in no repr."""

    url: str = field(repr=False)


def _proxy(value: object) -> object:
    if value is None or isinstance(value, Proxy):
        return value
    if not isinstance(value, str):
        raise ValueError(say("must be text; put quotes around it"))
    try:
        parts = urlsplit(value)
        good = parts.scheme == "http" and bool(parts.hostname) and parts.port is not None
        good = good and parts.path in ("", "/") and not parts.query and not re.search(r"[\s\x00-\x1f\x7f]", value)
    except ValueError:  # a port that is no number, brackets that do not close
        good = False
    if not good:  # the value is not shown: it may hold a password
        raise ValueError(say("must be an HTTP proxy such as http://proxy.example.org:3128"))
    return Proxy(str(value))


MaybeProxy: TypeAlias = Annotated[Proxy | None, BeforeValidator(_proxy)]
"""An HTTP proxy as http://host:port, or null."""


# ---------------------------------------------------------------- portalwatch.yaml


def _contact(value: str) -> str:
    if value.startswith("mailto:"):
        if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+", value):
            raise ValueError(say("'{value}' is not an address; write mailto:name@host", value=value))
        return value
    if not value.startswith(("http://", "https://")):
        raise ValueError(say("the contact must begin with mailto:, http:// or https://"))
    return web_address(value)


def _workers(value: object) -> object:
    if value == "auto" or (type(value) is int and 1 <= value <= 16):
        return value
    raise ValueError(say("must be auto or a whole number from {low} to {high}", low=1, high=16))


def _network(value: object) -> object:
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    try:
        return ip_network(str(value))  # as text: of a plain number it would make an address
    except ValueError:
        raise ValueError(
            say("'{value}' is not a network; write one such as 127.0.0.0/8 or 10.1.2.0/24", value=value)
        ) from None


def _zone(value: str) -> str:
    if value == "Asia/Hanoi":
        raise ValueError(say("there is no time zone Asia/Hanoi; use Asia/Ho_Chi_Minh, it is the time of all Vietnam"))
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):  # a path, a folder of zones, or a name that nobody knows
        raise ValueError(say("'{value}' is not a time zone; write one such as Asia/Ho_Chi_Minh", value=value)) from None
    return value


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.port != 0 and bool(parts.netloc or parts.path.strip("/")) and not re.search(r"\s", value)
    except ValueError:  # a port that is no number, brackets that do not close
        return False


_POSTGRESQL = ("postgresql://", "postgresql+psycopg://")
_POSTGRESQL_FORM = "postgresql+psycopg://user:password@host/name"


class Politeness(Shape):
    """How portalwatch behaves towards the portals."""

    contact: Annotated[str, AfterValidator(_contact)]
    """Sent with every request, so that a portal's operator can write: mailto:... or an http(s) page."""
    delay: Duration = timedelta(seconds=1)
    """The pause between two requests to one host."""
    timeout: Span = timedelta(seconds=20)
    """How long one answer may take before it is given up."""
    max_body: Size = 20 * 1024**2
    """Bytes after which a fetch is given up."""
    proxy: MaybeProxy = None
    """The HTTP proxy that all portals are asked by, unless a portal names its own."""


class Delivery(Shape):
    """How long a failed delivery is tried again."""

    first_retry: Span = timedelta(seconds=30)
    """The pause before the second attempt; later ones are longer."""
    give_up_after: Span = timedelta(days=3)
    """The age at which a delivery that never succeeded becomes failed."""

    @field_validator("give_up_after")
    @classmethod
    def _after_first_retry(cls, value: timedelta, info: ValidationInfo) -> timedelta:
        if value < info.data.get("first_retry", value):
            raise ValueError(say("must not be shorter than first_retry"))
        return value


class Retention(Shape):
    """How long what was kept is kept; null: for ever."""

    runs: Span | None = timedelta(days=90)
    """Runs and their readings."""
    snapshots: Span | None = timedelta(days=365)
    """Pages as fetched, the evidence behind a revision; the newest of each article is kept as long as the article."""
    articles: Span | None = None
    """Articles that no event rests on, counted from when they were read last, with all their revisions."""


class Settings(Shape):
    """portalwatch.yaml: what is set once for the whole service."""

    NOT_BUILT = frozenset({"web"})

    database: Annotated[str, Field(validate_default=True, repr=False)] = "sqlite:///portalwatch.db"
    """Where everything is kept, as SQLAlchemy writes it; loaded from a folder, SQLite's path is absolute. It may hold a
    password."""
    data: Annotated[Path, Field(validate_default=True)] = Path("data")
    """The folder of snapshots and attachments; loaded from a folder of configuration, it is absolute."""
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Ho_Chi_Minh"
    """The IANA zone that times are shown in, and that cron expressions are read in."""
    language: Literal["vi", "en"] = "vi"
    """The language of alerts, unless a subscription names its own."""
    politeness: Politeness
    """How portalwatch behaves towards the portals."""
    workers: Annotated[Literal["auto"] | int, BeforeValidator(_workers)] = "auto"
    """Crawl workers: auto is about one a core."""
    allow_private: tuple[Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)], ...] = ()
    """Private networks that portals and channels may reach all the same."""
    baseline_pages: Annotated[int, whole(1, 50)] = 3
    """Pages of a listing that a section's first reading goes deep."""
    delivery: Delivery = Delivery()
    """How long a failed delivery is tried again."""
    retention: Retention = Retention()
    """How long what was kept is kept."""

    @field_validator("database")
    @classmethod
    def _absolute_database(cls, value: str, info: ValidationInfo) -> str:
        if value.startswith(_POSTGRESQL):
            if not _is_url(value):
                raise ValueError(say("the database must be written as {form}", form=_POSTGRESQL_FORM))
            return value
        path = value.removeprefix("sqlite:///")
        # ":memory:" forgets what was seen at each start, and "?" would begin options that nothing here reads.
        if path == value or path in ("", "/", ":memory:") or "?" in path:
            raise ValueError(
                say("the database must be written as sqlite:///portalwatch.db or as {form}", form=_POSTGRESQL_FORM)
            )
        context = checks(info)
        return f"sqlite:///{context.directory / path}" if context else value

    @field_validator("data", mode="before")
    @classmethod
    def _absolute_data(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str | Path) or not str(value).strip() or "\0" in str(value):
            raise ValueError(say("must be the path of a folder"))
        context = checks(info)
        return context.directory / value if context else Path(value)
