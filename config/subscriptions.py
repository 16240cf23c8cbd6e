"""Who wants which events, and where their alerts go (subscriptions.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, ValidationInfo

from config.language import say
from config.settings import FILLED, Flag, Id, Lines, Shape, built, checks

EventKind: TypeAlias = Literal[
    "meeting", "decision", "changed", "revised", "withdrawn", "portal_failing", "portal_recovered"
]


class Expanded(str):
    """A text of the configuration after `${NAME}` was filled in; `written` is what the file says, safe to show."""

    written: str

    def __new__(cls, expanded: str, written: str) -> Expanded:
        self = super().__new__(cls, expanded)
        self.written = written
        return self


@dataclass(frozen=True, slots=True)
class Channel:
    """Where alerts go, as an apprise URL. The URL is a secret: it is in no repr, and `shown` is for people."""

    written: str = field(repr=False)
    """What the file says: `${ALERT_URL}`, or the URL itself (then as secret as `url`)."""
    url: str = field(repr=False)
    """What apprise is given."""

    @property
    def shown(self) -> str:
        """`${ALERT_URL}` when the file names a variable only, else the scheme and a mask: `json://…`."""
        if re.fullmatch(r"\$\{\w+\}", self.written):
            return self.written
        scheme, found, _ = self.written.partition("://")
        return f"{scheme}://…" if found and re.fullmatch(r"[\w+.-]{1,20}", scheme) else "…"

    def __repr__(self) -> str:
        return f"Channel({self.shown})"


def _masked(fault: str, url: str) -> str:
    """What another room said about a URL, without any part of it that could be a secret."""
    _, found, rest = url.partition("://")
    for secret in sorted({url, *re.split(r"[/:@?&=#,\s]+", rest if found else url)}, key=len, reverse=True):
        if len(secret) > 3:
            fault = fault.replace(secret, "…")
    return fault


def _channel(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Channel):
        return value
    if not isinstance(value, str):
        raise ValueError(say("must be text; put quotes around it"))
    channel = Channel(value.written if isinstance(value, Expanded) else value, str(value).strip())
    if not channel.url:
        raise ValueError(say("must not be empty"))
    context = checks(info)
    if context and (fault := context.channel_fault(channel.url)):
        fault = _masked(fault, channel.url)
        raise ValueError(say("the channel {channel} is not usable: {fault}", channel=channel.shown, fault=fault))
    return channel


class Subscription(Shape):
    """Who wants which events. All that is given must hold; a list that is absent holds for everything."""

    NOT_BUILT = frozenset({"quiet", "urgent"})

    id: Id
    enabled: Flag = True
    events: Annotated[tuple[EventKind, ...], FILLED]
    portals: tuple[Id, ...] = ()
    """Ids of portals."""
    provinces: Lines = ()
    bodies: Lines = ()
    document_types: Lines = ()
    """Full Vietnamese names: Quyết định, Nghị quyết."""
    any: Lines = ()
    """At least one of these words or phrases is in the title or the text."""
    all: Lines = ()
    """Each of these is."""
    none: Lines = ()
    """None of these is."""
    marks: Literal["ignore", "exact"] = "ignore"
    """ignore: chuyen doi so finds chuyển đổi số. exact: the marks count."""
    to: Annotated[tuple[Annotated[Channel, BeforeValidator(_channel)], ...], FILLED]
    """The channels, as apprise URLs."""
    digest: Annotated[Literal["instant"], built("daily", "weekly")] = "instant"
    """When alerts go out."""
    language: Literal["vi", "en"] | None = None
    """The language of its alerts; null: the settings'."""
