"""Deliveries to receivers that are really there: at least once, settled only when accepted, and no secret anywhere."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from conftest import NOW, Clock, Mailbox, Webhook
from scene import DAY, Scene, meeting

from config import Channel, Configuration, DeliveryError
from monitor.channels import channel_fault, find_channel, mask, owed_to, send
from monitor.delivering import LEASE, SEND_TIMEOUT, owners_gone, pause_after, this_process
from monitor.messages import Message
from storage import Delivering, Store

TITLE = "Ủy ban Quốc gia về chuyển đổi số họp phiên thứ 5"


@pytest.fixture
def make_scene(
    store: Store, make_configuration: Callable[..., Configuration], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Scene]:
    """A scene with a subscription to each of the channels."""

    def make(*channels: str, **settings: Any) -> Scene:
        subscriptions = [
            {"id": f"dang-ky-{number}", "events": ["meeting"], "to": [url]} for number, url in enumerate(channels)
        ]
        scene = Scene(store, make_configuration(subscriptions, **settings), clock)
        monkeypatch.setattr("monitor.judging.detect", scene.detect)
        return scene

    return make


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A carrier has a second to answer."""
    monkeypatch.setattr("monitor.delivering.SEND_TIMEOUT", 1.0)


def owe(scene: Scene, count: int = 1) -> None:
    """So many events, each of which every channel is owed."""
    for number in range(count):
        day = DAY + timedelta(days=len(scene.events))
        scene.tell("thanhhoa", f"Họp {number} {day}.", meeting(date=day, title=f"{TITLE} {day}"), title=TITLE)


# --- accepted, refused, given up ---


async def test_a_delivery_is_sent_when_the_carrier_accepted_it(
    make_scene: Callable[..., Scene], webhook: Webhook
) -> None:
    scene = make_scene(webhook.url())
    owe(scene)
    assert await scene.deliver() == (1, 0)
    (row,) = scene.deliveries
    assert (row["status"], row["attempts"], row["sent"], row["due"], row["error"]) == ("sent", 1, NOW, None, None)
    (arrived,) = webhook.arrived
    assert TITLE in arrived.json["title"]
    assert "Why: subscription dang-ky-0" in arrived.json["message"]
    assert await scene.deliver() == (0, 0)
    assert len(webhook.arrived) == 1


async def test_a_delivery_refused_is_tried_again_and_delivered_once(
    make_scene: Callable[..., Scene], webhook: Webhook, clock: Clock
) -> None:
    webhook.answer(503)
    scene = make_scene(webhook.url(), delivery={"first_retry": "30s"})
    owe(scene)
    assert await scene.deliver() == (0, 1)
    (row,) = scene.deliveries
    assert (row["status"], row["attempts"], row["due"]) == ("pending", 1, NOW + timedelta(seconds=30))
    assert row["error"]
    clock.later(seconds=29)
    assert await scene.deliver() == (0, 0)
    clock.later(seconds=1)
    assert await scene.deliver() == (1, 0)
    (row,) = scene.deliveries
    assert (row["status"], row["attempts"], row["error"]) == ("sent", 2, None)
    assert len(webhook.arrived) == 2


async def test_every_pause_is_twice_the_last_and_then_it_is_given_up_and_said(
    make_scene: Callable[..., Scene], webhook: Webhook, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    webhook.answer(*[503] * 20)
    scene = make_scene(webhook.url(), delivery={"first_retry": "1m", "give_up_after": "10m"})
    owe(scene)
    waits = []
    for _ in range(20):
        await scene.deliver()
        (row,) = scene.deliveries
        if row["status"] == "failed":
            break
        waits.append((row["due"] - clock()) / timedelta(minutes=1))
        clock.now = row["due"]
    assert waits == [1, 2, 4]  # the next would be due 15 minutes after the first
    assert (row["status"], row["attempts"], row["due"]) == ("failed", 4, None)
    assert row["error"]
    assert scene.looking.counts() == {"unjudged": 0, "pending": 0, "failed": 1}
    assert "given up" in capfd.readouterr().out
    clock.later(days=30)
    assert await scene.deliver() == (0, 0)


async def test_a_refusal_tells_what_the_carrier_said(make_scene: Callable[..., Scene], webhook: Webhook) -> None:
    webhook.answer(503)
    scene = make_scene(webhook.url())
    owe(scene)
    await scene.deliver()
    assert "503" in scene.deliveries[0]["error"]


async def test_deliveries_given_up_are_made_again_as_if_new(
    make_scene: Callable[..., Scene], webhook: Webhook, clock: Clock
) -> None:
    webhook.answer(503)
    scene = make_scene(webhook.url(), delivery={"first_retry": "1m", "give_up_after": "1m"})
    owe(scene)
    clock.later(days=1)
    await scene.deliver()
    assert scene.deliveries[0]["status"] == "failed"
    assert scene.delivering.retry_failed(clock()) == 1
    assert (scene.deliveries[0]["status"], scene.deliveries[0]["attempts"]) == ("pending", 0)
    assert await scene.deliver() == (1, 0)
    assert scene.delivering.retry_failed(clock()) == 0


def test_the_command_deliveries_retry_makes_them_again(
    make_scene: Callable[..., Scene], database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from monitor.commands import run

    scene = make_scene("json://127.0.0.1/a", database=database)
    owe(scene)
    (taken,) = scene.delivering.claim(NOW, owner="host:1", lease=LEASE, limit=9)
    scene.delivering.settle_failed(taken, "x", owner="host:1")
    directory = str(scene.configuration.directory)
    for count in (1, 0):
        assert run(["--config", directory, "deliveries", "retry"]) == 0
        assert str(count) in capsys.readouterr().out
    assert (scene.deliveries[0]["status"], scene.deliveries[0]["attempts"]) == ("pending", 0)


def test_a_pause_is_never_longer_than_an_hour_or_the_first() -> None:
    half = timedelta(seconds=30)
    assert [pause_after(n, half).total_seconds() for n in range(1, 10)] == [
        30,
        60,
        120,
        240,
        480,
        960,
        1920,
        3600,
        3600,
    ]
    assert pause_after(10**6, half) == timedelta(hours=1)
    assert pause_after(5, timedelta(hours=4)) == timedelta(hours=4)


def test_a_lease_is_longer_than_a_send_can_take() -> None:
    assert timedelta(seconds=2 * SEND_TIMEOUT) < LEASE


# --- neighbours ---


async def test_a_poisoned_delivery_stops_nobody(
    make_scene: Callable[..., Scene], webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monitor.messages import write

    def poisoned(delivery: Any, *known: Any) -> Any:
        if delivery.event.id == 1:
            raise ZeroDivisionError("poison")
        return write(delivery, *known)

    monkeypatch.setattr("monitor.delivering.write", poisoned)
    scene = make_scene(webhook.url())
    owe(scene, 6)
    assert await scene.deliver() == (5, 1)
    assert [row["status"] for row in scene.deliveries] == ["pending"] + ["sent"] * 5
    assert scene.deliveries[0]["error"] == "ZeroDivisionError"


async def test_a_channel_that_refuses_holds_no_other_up(
    make_scene: Callable[..., Scene], make_webhook: Callable[[], Webhook]
) -> None:
    good, bad = make_webhook(), make_webhook()
    bad.answer(*[500] * 9)
    scene = make_scene(bad.url(), good.url())
    owe(scene, 3)
    assert await scene.deliver() == (3, 1)  # asked once, then it rests
    assert len(good.arrived) == 3


async def test_a_carrier_that_is_not_there_is_told_and_tried_again(
    make_scene: Callable[..., Scene], webhook: Webhook, clock: Clock
) -> None:
    webhook.server.socket.close()
    scene = make_scene(webhook.url())
    owe(scene)
    assert await scene.deliver() == (0, 1)
    assert scene.deliveries[0]["status"] == "pending"
    assert scene.deliveries[0]["error"]


@pytest.mark.usefixtures("quick")
async def test_a_channel_that_hangs_loses_nothing(
    make_scene: Callable[..., Scene], webhook: Webhook, clock: Clock
) -> None:
    webhook.hang()
    scene = make_scene(webhook.url())
    owe(scene)
    assert await scene.deliver() == (0, 1)
    assert scene.deliveries[0]["status"] == "pending"
    webhook.free.set()
    clock.later(minutes=5)
    assert await scene.deliver() == (1, 0)
    assert len({arrived.headers["Idempotency-Key"] for arrived in webhook.arrived}) == 1


@pytest.mark.usefixtures("quick")
async def test_a_channel_that_hangs_holds_no_other_up(
    make_scene: Callable[..., Scene], make_webhook: Callable[[], Webhook], clock: Clock
) -> None:
    good, hanging = make_webhook(), make_webhook()
    hanging.hang()
    scene = make_scene(hanging.url())
    owe(scene, 8)
    scene.know(scene.configuration.__class__(**{
        **vars(scene.configuration),
        "subscriptions": (
            *scene.configuration.subscriptions,
            scene.configuration.subscriptions[0].model_copy(
                update={"id": "moi", "to": (Channel(good.url(), good.url()),)}
            ),
        ),
    }))  # fmt: skip
    clock.later(seconds=1)
    owe(scene)
    turn = asyncio.create_task(scene.deliver())
    await asyncio.to_thread(good.wait_for, 1)
    waited_for = len(hanging.arrived)
    hanging.free.set()
    await turn
    assert waited_for <= 4


# --- claims ---


async def test_two_deliverers_at_once_send_nothing_twice(make_scene: Callable[..., Scene], webhook: Webhook) -> None:
    scene = make_scene(webhook.url())
    owe(scene, 10)
    counts = await asyncio.gather(scene.deliver("host:1"), scene.deliver("host:2"), scene.deliver("host:3"))
    assert sum(sent for sent, _ in counts) == 10
    keys = [arrived.headers["Idempotency-Key"] for arrived in webhook.arrived]
    assert len(keys) == len(set(keys)) == 10


def test_claimants_with_stores_of_their_own_never_hold_one_delivery(
    make_scene: Callable[..., Scene], database: str, tmp_path: Path
) -> None:
    from storage import open_store

    owe(make_scene("json://127.0.0.1/a"), 12)
    together, claimed = threading.Barrier(4), []

    def claim(owner: str) -> None:
        store = open_store(database, tmp_path)
        together.wait()
        while taken := Delivering(store).claim(NOW, owner=owner, lease=LEASE, limit=1):
            claimed.extend(delivery.id for delivery in taken)
        store.close()

    threads = [threading.Thread(target=claim, args=(f"host:{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(claimed) == list(range(1, 13))


def test_a_claim_ends_with_its_lease(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene("json://127.0.0.1/a")
    owe(scene)

    def take(owner: str, at: timedelta) -> list[int]:
        return [d.attempts for d in scene.delivering.claim(NOW + at, owner=owner, lease=LEASE, limit=9)]

    assert take("host:1", timedelta(0)) == [1]
    assert take("host:2", LEASE) == []
    assert take("host:2", LEASE + timedelta(seconds=1)) == [2]


def test_who_lost_a_claim_cannot_settle_it(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene("json://127.0.0.1/a")
    owe(scene)
    (late,) = scene.delivering.claim(NOW, owner="host:1", lease=LEASE, limit=9)
    (mine,) = scene.delivering.claim(NOW + 2 * LEASE, owner="host:2", lease=LEASE, limit=9)
    assert not scene.delivering.settle_sent(late, owner="host:1", now=NOW)
    assert not scene.delivering.settle_failed(late, "x", owner="host:1")
    assert scene.delivering.settle_sent(mine, owner="host:2", now=NOW)
    assert not scene.delivering.settle_retry(mine, "x", owner="host:2", due=NOW)
    assert scene.deliveries[0]["status"] == "sent"


def test_the_claims_of_a_dead_process_are_freed_and_those_of_a_live_one_are_not(
    make_scene: Callable[..., Scene],
) -> None:
    scene = make_scene("json://127.0.0.1/a")
    owe(scene, 2)
    host = this_process().rpartition(":")[0]
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    dead = f"{host}:{process.pid}"
    scene.delivering.claim(NOW, owner=dead, lease=LEASE, limit=1)
    scene.delivering.claim(NOW, owner=this_process(), lease=LEASE, limit=1)
    assert sorted(scene.delivering.owners()) == sorted([dead, this_process()])
    gone = owners_gone(scene.delivering.owners())
    assert gone == [dead]
    assert scene.delivering.release(gone) == 1
    (again,) = scene.delivering.claim(NOW, owner="x:1", lease=LEASE, limit=9)
    assert again.id == 1
    assert scene.deliveries[0]["attempts"] == 2


def test_a_process_of_another_host_is_not_said_to_be_dead() -> None:
    host = this_process().split(":")[0]
    assert owners_gone(["elsewhere:999999999:1", f"{host}:x:1", "", "no", this_process()]) == []
    assert os.getpid() == int(this_process().split(":")[1])


def test_an_id_given_to_another_process_is_not_the_same_process() -> None:
    host, pid, began = this_process().split(":")
    assert owners_gone([f"{host}:{pid}:{int(began) - 1}"]) == [f"{host}:{pid}:{int(began) - 1}"]


# --- the channel ---


async def test_the_channel_is_found_again_after_its_secret_changed(
    make_scene: Callable[..., Scene],
    make_configuration: Callable[..., Configuration],
    webhook: Webhook,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    monkeypatch.setenv("ALERT_URL", webhook.url("old-secret"))
    webhook.answer(403)
    scene = make_scene("${ALERT_URL}")
    owe(scene)
    assert await scene.deliver() == (0, 1)
    monkeypatch.setenv("ALERT_URL", webhook.url("new-secret"))
    scene.know(make_configuration([{"id": "dang-ky-0", "events": ["meeting"], "to": ["${ALERT_URL}"]}]))
    clock.later(minutes=1)
    assert await scene.deliver() == (1, 0)
    assert [arrived.path for arrived in webhook.arrived] == ["/old-secret", "/new-secret"]


async def test_a_channel_that_is_no_longer_configured_is_waited_for(
    make_scene: Callable[..., Scene], make_configuration: Callable[..., Configuration], webhook: Webhook, clock: Clock
) -> None:
    scene = make_scene(webhook.url())
    owe(scene)
    before = scene.configuration
    scene.know(make_configuration([]))
    assert await scene.deliver() == (0, 1)
    assert scene.deliveries[0]["status"] == "pending"
    scene.know(before)
    clock.later(minutes=1)
    assert await scene.deliver() == (1, 0)


def test_a_channel_is_found_by_its_url_before_what_the_file_writes(
    make_configuration: Callable[..., Configuration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A", "json://127.0.0.1/a")
    monkeypatch.setenv("B", "json://127.0.0.1/b")
    configuration = make_configuration([{"id": "x", "events": ["meeting"], "to": ["${A}", "${B}"]}])
    for owed, path in zip(owed_to(configuration.subscriptions[0], "vi"), "ab", strict=True):
        channel = find_channel(configuration, owed.channel_key, owed.written_key)
        assert channel is not None
        assert channel.url.endswith(f"/{path}")
    assert find_channel(configuration, "unknown", "unknown") is None


def test_a_mask_tells_two_channels_apart_and_no_secret() -> None:
    one, two = mask("tgram://123456:SECRET/1"), mask("tgram://123456:OTHER/1")
    assert one != two
    assert one.startswith("tgram://…")
    assert "SECRET" not in one
    assert "123456" not in one


@pytest.mark.parametrize(
    "url", ["json://localhost", "tgram://123456789:abcdefg_hijklmnop/12315544", "mailto://a:b@x.vn"]
)
def test_a_channel_that_apprise_knows_has_no_fault(url: str) -> None:
    assert channel_fault(url) is None


@pytest.mark.parametrize("url", ["", "nonsense", "nobody://x", "tgram://", "http://thanhhoa.gov.vn"])
def test_a_channel_that_apprise_does_not_know_has_a_fault(url: str) -> None:
    assert channel_fault(url)


async def test_a_url_that_no_carrier_takes_is_refused_for_good() -> None:
    with pytest.raises(DeliveryError) as refused:
        await send("nobody://x", Message("t", "b"), key="k", seconds=1)
    assert refused.value.permanent


@pytest.mark.parametrize("tail", ["", "?method=post", "/?+X-More=1"])
async def test_a_repeated_delivery_is_known_by_its_key(webhook: Webhook, tail: str) -> None:
    await send(f"json://{webhook.address}/a{tail}", Message("t", "b"), key="k-7", seconds=5)
    assert webhook.arrived[0].headers["Idempotency-Key"] == "k-7"


async def test_plain_text_arrives_as_it_was_written(webhook: Webhook) -> None:
    text = "<script>alert(1)</script> [x](javascript:1) *a* & \\n “Đ”\nhai"
    await send(webhook.url(), Message("T", text), key="k", seconds=5)
    assert webhook.arrived[0].json["message"] == text


async def test_markup_for_a_carrier_of_markdown_is_escaped(webhook: Webhook) -> None:
    text = "[x](javascript:alert(1)) *a*"
    await send(webhook.url() + "?format=markdown", Message("T", text), key="k", seconds=5)
    message = webhook.arrived[0].json["message"]
    assert "[x](" not in message
    assert " *a*" not in message


# --- mail ---


async def test_a_letter_in_vietnamese_arrives_intact(make_scene: Callable[..., Scene], mailbox: Mailbox) -> None:
    scene = make_scene(mailbox.url(), language="vi")
    owe(scene)
    assert await scene.deliver() == (1, 0)
    letter = email.message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    assert TITLE in letter["Subject"]
    assert "reader@example.org" in letter["To"]
    body = letter.get_body(("plain", "html"))
    assert body is not None
    text = body.get_content()
    assert f"{TITLE} {DAY}" in text
    assert "https://thanhhoa.gov.vn/" in text


async def test_markup_in_a_letter_of_html_is_escaped(mailbox: Mailbox) -> None:
    await send(mailbox.url() + "&format=html", Message("T", "<script>alert(1)</script>"), key="k", seconds=5)
    letter = email.message_from_bytes(mailbox.letters[0], policy=email.policy.default)
    page = letter.get_body(("html",))
    assert page is not None
    assert "<script>" not in page.get_content()
    assert "&lt;script&gt;" in page.get_content()


# --- secrets ---

SECRET = "b1-m4t-7f3a"


@dataclass
class Told:
    """All that the house said and kept."""

    scene: Scene
    folder: Path
    logs: pytest.LogCaptureFixture

    def secrets(self) -> list[str]:
        """Where the secret can be read."""
        self.scene.store.close()
        places = [path.name for path in self.folder.glob("portalwatch.db*") if SECRET.encode() in path.read_bytes()]
        places += [f"log: {record.getMessage()}" for record in self.logs.records if SECRET in record.getMessage()]
        shown = json.dumps([self.scene.deliveries, self.scene.events, self.scene.looking.runs()], default=str)
        return places + (["json"] if SECRET in shown else [])


@pytest.fixture
def told(
    make_scene: Callable[..., Scene], webhook: Webhook, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[Told]:
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    caplog.set_level(logging.INFO)
    yield Told(make_scene(f"json://user:{SECRET}@{webhook.address}/{SECRET}?token={SECRET}"), tmp_path, caplog)
    structlog.configure(**before)


async def test_no_secret_is_kept_or_told_of_a_delivery_that_was_sent(told: Told, webhook: Webhook) -> None:
    owe(told.scene)
    assert await told.scene.deliver() == (1, 0)
    assert SECRET in webhook.arrived[0].path
    assert any("delivered" in record.getMessage() for record in told.logs.records)
    assert told.secrets() == []


@pytest.mark.parametrize("status", [401, 404, 500, 503])
async def test_no_secret_is_kept_or_told_of_a_delivery_that_was_refused(
    told: Told, webhook: Webhook, status: int
) -> None:
    webhook.answer(status)
    owe(told.scene)
    assert await told.scene.deliver() == (0, 1)
    assert told.secrets() == []


async def test_no_secret_is_kept_or_told_of_a_carrier_that_is_not_there(told: Told, webhook: Webhook) -> None:
    webhook.server.socket.close()
    owe(told.scene)
    assert await told.scene.deliver() == (0, 1)
    assert told.secrets() == []


@pytest.mark.usefixtures("quick")
async def test_no_secret_is_kept_or_told_of_a_carrier_that_hangs(told: Told, webhook: Webhook) -> None:
    webhook.hang()
    owe(told.scene)
    assert await told.scene.deliver() == (0, 1)
    webhook.free.set()
    assert told.secrets() == []


async def test_no_secret_is_kept_or_told_of_an_error_that_nobody_expected(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(url: str, **_: object) -> None:
        raise ValueError(f"cannot parse {url}")

    monkeypatch.setattr("monitor.delivering.send", broken)
    owe(told.scene)
    assert await told.scene.deliver() == (0, 1)
    assert told.secrets() == []


VERBOSE = """
import asyncio, sys
from monitor.channels import send
from monitor.logs import start_logs
from monitor.messages import Message

start_logs(sys.argv[2])
asyncio.run(send(sys.argv[1], Message("t", "b"), key="k", seconds=5))
"""


@pytest.mark.parametrize(
    "level",
    [
        "INFO",
        pytest.param("DEBUG"),
    ],
)
def test_no_secret_is_in_the_logs_however_much_they_tell(webhook: Webhook, level: str) -> None:
    command = [sys.executable, "-c", VERBOSE, webhook.url(SECRET), level]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert webhook.arrived[0].path == f"/{SECRET}"
    assert SECRET not in done.stderr + done.stdout


def test_a_delivery_of_a_later_day_is_next(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene("json://127.0.0.1/a")
    assert scene.delivering.next_due() is None
    owe(scene)
    assert scene.delivering.next_due() == NOW
