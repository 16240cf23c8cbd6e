"""Commands about subscriptions: list them, see what one would have sent, try its channels."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Annotated, Any

import typer

from config import DeliveryError, mark, say
from monitor.commands.folder import (
    AsJson,
    Config,
    Folder,
    Limit,
    configuration,
    opened,
    print_json,
    print_table,
    wanted_subscription,
)
from monitor.labels import CONDITIONS

_CONDITIONS = ("portals", "provinces", "bodies", "document_types", "any", "all", "none")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    own = typer.Typer(help=say("List the subscriptions."), invoke_without_command=True, rich_markup_mode=None)
    own.callback()(subscriptions)
    own.command("test", help=say("Show what a subscription would have sent of the last days. Sends nothing."))(rehearse)
    app.add_typer(own, name="subscriptions")
    app.command("test-alert", help=say("Send a sample message through every channel of a subscription."))(try_channels)


def subscriptions(context: typer.Context, config: Config = None, as_json: AsJson = False, limit: Limit = 1000) -> int:
    """The subscriptions, unless a command of its own follows."""
    from monitor.channels import mask
    from storage import Replaying

    if context.invoked_subcommand is not None:
        Folder.given = config or Folder.given
        return 0
    with opened(config) as (loaded, store):
        known = Replaying(store).subscriptions()
    rows = [
        {
            "id": each.id,
            "enabled": each.enabled,
            "events": list(each.events),
            "conditions": {name: list(getattr(each, name)) for name in _CONDITIONS if getattr(each, name)},
            "marks": each.marks,
            "channels": [mask(channel.url) for channel in each.to],
            "born": known.get(each.id, {}).get("born"),
            "sent": known.get(each.id, {}).get("sent", 0),
        }
        for each in loaded.subscriptions
    ][:limit]
    if as_json:
        print_json(rows, loaded.settings.timezone)
        return 0
    heads = (mark("Id"), mark("Enabled"), mark("Events"), mark("Conditions"), mark("Channels"), mark("Since"), mark("Alerts sent"))  # fmt: skip
    told = [
        (row["id"], say("yes") if row["enabled"] else say("no"), row["events"], _told(row["conditions"]),
         row["channels"], row["born"], row["sent"])
        for row in rows
    ]  # fmt: skip
    print_table([say(head) for head in heads], told, loaded.settings.timezone)
    return 0


def _told(conditions: Any) -> str:
    return "\n".join(f"{name}: {', '.join(values)}" for name, values in conditions.items())


def rehearse(
    subscription: Annotated[str, typer.Argument(help=say("A subscription's id."))],
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help=say("Of so many days."))] = 7,
    config: Config = None,
    as_json: AsJson = False,
    limit: Limit = 50,
) -> int:
    """What a subscription would have sent."""
    from monitor.clock import now
    from monitor.messages import write
    from monitor.replaying import would_send
    from storage import DueDelivery, Replaying

    since = now() - timedelta(days=days)
    with opened(config) as (loaded, store):
        wanted = wanted_subscription(loaded, subscription)
        replaying = Replaying(store)
        news = [*replaying.news(since), *replaying.article_changes(since)]
        found = would_send(wanted, news, loaded, since)
        rows: list[dict[str, Any]] = []
        for each in found[:limit]:
            event = replaying.event(each.event.id) if each.event.id else each.event
            due = DueDelivery(
                id=0, event=event, change=each.change, subscriptions=(wanted.id,), reasons=(dict(each.reason),),
                channel_key="", written_key="", masked="", language=wanted.language or loaded.settings.language,
                attempts=0, created=each.seen,
            )  # fmt: skip
            rows.append(
                {
                    "event": event.id or None,
                    "change": each.change or None,
                    "seen": each.seen,
                    "subject": write(due, loaded).title,
                    "why": dict(each.reason),
                }
            )
    events = len({(each.event.id, each.event.key) for each in found})
    if as_json:
        counts = {"days": days, "events": len(news), "wanted": events, "messages": len(found)}
        print_json({"subscription": wanted.id, **counts, "sent": rows}, loaded.settings.timezone)
        return 0
    for row in rows:
        typer.echo(row["subject"])
        if reason := _reason(row["why"]):
            typer.echo(f"    {reason}")
    if len(found) > len(rows):
        typer.echo(say("({count} more)", count=len(found) - len(rows)))
    typer.echo(
        say(
            "Of {events} events of the last {days} days, '{subscription}' would have told {wanted}, in {messages} messages.",
            events=len(news), days=days, subscription=wanted.id, wanted=events, messages=len(found),
        )
    )  # fmt: skip
    return 0


def _reason(why: dict[str, Any]) -> str:
    quoted = why.get("quoted") or {}
    return "; ".join(
        f"{say(CONDITIONS[name])}: {', '.join(quoted.get(word, word) for word in words)}"
        for name, words in why.items()
        if name in CONDITIONS
    )


def try_channels(
    subscription: Annotated[str, typer.Argument(help=say("A subscription's id."))],
    config: Config = None,
    language: Annotated[
        str | None, typer.Option("--lang", help=say("The language of the sample: vi or en."), show_default=False)
    ] = None,
) -> int:
    """A sample through every channel; 1 when one did not take it."""
    from monitor.channels import mask, send, shape_of
    from monitor.clock import now
    from monitor.messages import write
    from monitor.samples import kind_of, sample

    if language not in (None, "vi", "en"):
        raise typer.BadParameter(say("vi or en"), param_hint="--lang")
    loaded = configuration(config)
    wanted = wanted_subscription(loaded, subscription)
    kind, change = kind_of(wanted)
    moment = now()
    spoken = language or wanted.language or loaded.settings.language
    due = sample(kind, loaded, moment, subscription=wanted.id, language=spoken, change=change)

    async def try_all() -> bool:
        good = True
        for channel in wanted.to:
            try:
                message = write(due, loaded, shape_of(channel.url), test=True)
                await send(channel.url, message, key=f"portalwatch-test-{moment.timestamp():.0f}", seconds=15)
                typer.echo(f"+ {mask(channel.url)}: {say('accepted')}")
            except DeliveryError as error:
                good = False
                typer.echo(f"- {mask(channel.url)}: {error}")
        return good

    return 0 if asyncio.run(try_all()) else 1
