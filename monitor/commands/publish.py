"""Commands that give out what is known to other programs: feeds and a calendar."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from config import Configuration, say, say_in
from monitor.commands.folder import Config, Since, opened, wanted_subscription
from monitor.commands.narrowing import Until, days_of, one_of
from monitor.commands.writing import Output, written
from monitor.messages import Message, Shape, write
from storage import AlertRecord, DueDelivery, EventRecord, Publishing


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=say("Write what a subscription was told as an Atom, RSS or JSON feed."))(feed)
    app.command(help=say("Write the meetings as a calendar (iCalendar)."))(calendar)


def feed(
    subscription: Annotated[str, typer.Argument(help=say("A subscription's id."))],
    config: Config = None,
    form: Annotated[str, typer.Option("--format", help="atom, rss, json")] = "atom",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help=say("At most so many, the newest."))] = 50,
    address: Annotated[
        str | None, typer.Option("--address", help=say("Where the feed will be read."), show_default=False)
    ] = None,
    output: Output = None,
) -> int:
    """A subscription's alerts as a feed."""
    from monitor.publishing import FORMATS, Feed, entry_of, write_feed

    one_of("--format", form, FORMATS)
    with opened(config) as (loaded, store):
        wanted = wanted_subscription(loaded, subscription)
        alerts = Publishing(store).alerts(wanted.id, limit)
    language = wanted.language or loaded.settings.language
    entries = []
    for alert in alerts:
        html, plain = (_message(alert, loaded, language, as_) for as_ in ("html", "text"))
        entries.append(entry_of(alert, plain.title, html.body, plain.body))
    name = f"portalwatch: {wanted.id}"
    told = Feed(f"urn:portalwatch:feed:{wanted.id}", name, address, language, entries)
    with written(output) as file:
        file.write(write_feed(told, form).encode("utf-8", "replace"))
    return 0


def calendar(
    config: Config = None,
    subscription: Annotated[
        str | None,
        typer.Option("--subscription", help=say("Only what this subscription was told of."), show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help=say("At most so many, the latest."))] = 1000,
    output: Output = None,
) -> int:
    """The meetings whose day is certain."""
    from monitor.publishing import write_calendar

    first, last = (date.fromisoformat(day) if day else None for day in days_of(since, until))
    with opened(config) as (loaded, store):
        wanted = wanted_subscription(loaded, subscription) if subscription else None
        told = (wanted.id,) if wanted else ()
        meetings = Publishing(store).meetings(first, last, limit, told)
    language = (wanted.language if wanted else None) or loaded.settings.language

    def message(event: EventRecord) -> tuple[str, str]:
        alert = AlertRecord(0, "", event, "", {}, event.first_seen)
        letter = _message(alert, loaded, language, "text")
        return letter.title, letter.body

    letters = {event.id: message(event) for event in meetings}
    content = write_calendar(
        meetings,
        name=f"portalwatch: {wanted.id}" if wanted else say_in(language, "portalwatch: meetings"),
        zone=loaded.settings.timezone,
        title=lambda event: letters[event.id][0],
        text=lambda event: letters[event.id][1],
    )
    with written(output) as file:
        file.write(content)
    return 0


def _message(alert: AlertRecord, loaded: Configuration, language: str, form: str) -> Message:
    """The words of an alert, as its subscriber would be sent them."""
    named = (alert.subscription,) if alert.subscription else ()
    owed = DueDelivery(
        id=alert.id,
        event=alert.event,
        change=alert.change,
        subscriptions=named,
        reasons=tuple(alert.reason for _ in named),
        channel_key="",
        written_key="",
        masked="",
        language=language,
        attempts=0,
        created=alert.matched,
    )
    return write(owed, loaded, Shape(form))
