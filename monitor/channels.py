"""Channels: apprise URLs, known by a hash, shown behind a mask, asked one at a time."""

from __future__ import annotations

import hashlib
import logging
import re
from typing import Any

from config import Channel, Configuration, DeliveryError, Subscription, say
from monitor.messages import Message, Shape
from storage import Owed

# Carriers that pass our headers on; a receiver can tell a repeated delivery by its key.
_WITH_HEADERS = re.compile(r"^(json|xml|form)s?://", re.IGNORECASE)


def channel_fault(url: str) -> str | None:
    """Why apprise cannot use a URL; None when it can."""
    return None if _instance(url) is not None else say("apprise knows no such channel, or its URL lacks a part")


def channel_key(text: str) -> str:
    """The identity of a channel's URL, which is a secret and is not stored."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def mask(url: str) -> str:
    """What may be shown of a channel: its scheme, and enough of a hash to tell two apart."""
    scheme = url.partition("://")[0]
    return f"{scheme}://…{channel_key(url)[:6]}"


def owed_to(subscription: Subscription, language: str) -> list[Owed]:
    """What an alert of a subscription owes: one delivery to each of its channels."""
    return [
        Owed(
            channel_key=channel_key(channel.url),
            written_key=channel_key(channel.written),
            masked=mask(channel.url),
            language=subscription.language or language,
        )
        for channel in subscription.to
    ]


def find_channel(configuration: Configuration, key: str, written: str) -> Channel | None:
    """The configured channel that a delivery is owed to, also after the secret in its URL was changed."""
    channels = [channel for subscription in configuration.subscriptions for channel in subscription.to]
    for channel in channels:
        if channel_key(channel.url) == key:
            return channel
    return next((channel for channel in channels if channel_key(channel.written) == written), None)


def shape_of(url: str) -> Shape:
    """How the carrier of a channel takes messages: its own format as apprise knows it, and its limits."""
    carrier = _instance(url)
    if carrier is None:
        return Shape()
    import apprise

    formats = [each.value for each in carrier._formats()]
    chosen = carrier.resolve_format(None).value
    # A chat that knows Markdown draws it in "text" too: what a portal wrote would be markup there.
    if len(formats) == 2 and formats[0] == "text" == chosen and "markdown" in formats and not _asks_for(url, "format"):
        chosen = "markdown"
    # What writes a message anew in its own dialect may make it longer.
    own = type(carrier).dialect_convert is not apprise.NotifyBase.dialect_convert
    longest = carrier.body_maxlen * 3 // 4 if own and chosen == "markdown" else carrier.body_maxlen
    titled = carrier.title_maxlen > 0
    if titled and carrier.overflow_amalgamate_title:
        longest -= carrier.title_maxlen
    if _asks_for(url, "overflow"):  # who says how a long message is to be split has said it
        longest = max(longest, Shape().longest)
    return Shape(chosen, titled, longest, carrier.title_maxlen if titled else longest)


def _asks_for(url: str, option: str) -> bool:
    return re.search(rf"[?&]{option}=", url, re.IGNORECASE) is not None


async def send(url: str, message: Message, *, key: str, seconds: float) -> None:
    """Hand a message to a carrier, and return when the carrier accepted it; DeliveryError when it did not."""
    # A carrier may be slower than apprise's 4 seconds; giving up too early would send the message twice.
    url += f"{'&' if '?' in url else '?'}rto={seconds:.0f}"
    if _WITH_HEADERS.match(url):
        url += f"&+Idempotency-Key={key}"
    carrier = _instance(url)
    if carrier is None:
        raise DeliveryError(say("apprise knows no such channel, or its URL lacks a part"), permanent=True)
    import apprise

    letter = apprise.Apprise()
    letter.add(carrier)
    result = await letter.async_notify(
        title=message.title, body=message.body, body_format=apprise.NotifyFormat(message.format), timeout=seconds
    )
    # Its result is an object, not a truth value: a timeout says nothing of whether the message arrived.
    if result.status.name == "SUCCESS":
        return
    raise DeliveryError(without_secrets(_reason(result), url))


def without_secrets(text: str, url: str) -> str:
    """A carrier's words without any part of the channel's URL that could be a secret."""
    rest = url.partition("://")[2]
    for part in sorted({url, rest, *re.split(r"[/:@?&=#,\s]+", rest)}, key=len, reverse=True):
        if len(part) > 3:
            text = text.replace(part, "…")
    return text


def _reason(result: Any) -> str:
    if result.status.name == "TIMEOUT":
        return say("no answer from the carrier in time")
    said = [
        entry.message
        for service in result
        for attempt in service
        for entry in attempt.logs
        if entry.level in ("WARNING", "ERROR", "CRITICAL")
    ]
    return say("the carrier did not accept it: {why}", why=said[0].strip() if said else result.status.name.lower())


def _instance(url: str) -> Any:
    import apprise

    # It logs URLs. Its own results carry what it logged, so it is kept from our handlers and not silenced.
    logger = logging.getLogger("apprise")
    if logger.propagate:
        logger.propagate = False
        logger.addHandler(logging.NullHandler())
    asset = apprise.AppriseAsset(secure_logging=True, app_id="portalwatch", app_desc="portalwatch", app_url="")
    return apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
