"""The closed gate under real clients. In processes of their own: an audit hook cannot be taken out again."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import Webhook

CLIENTS = """
import asyncio, errno, ipaddress, json, socket, sys, urllib.request
from crawler.gate import AddressRefused, close_gate

port, allowed = int(sys.argv[1]), sys.argv[2:]
url = f"http://127.0.0.1:{port}/{{}}"
no_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def by_socket(host="127.0.0.1", family=socket.AF_INET):
    with socket.socket(family) as connection:
        connection.connect((host, port))


def by_connect_ex():
    with socket.socket() as connection:
        if (number := connection.connect_ex(("127.0.0.1", port))) != 0:
            raise OSError(number, "connect_ex")


def by_create_connection(host="127.0.0.1"):
    socket.create_connection((host, port), timeout=2).close()


def by_urllib():
    no_proxy.open(url.format("urllib"), timeout=2).close()


def by_requests():
    import requests

    with requests.Session() as session:
        session.trust_env = False
        session.get(url.format("requests"), timeout=2)


def by_smtplib():
    import smtplib

    smtplib.SMTP("127.0.0.1", port, timeout=0.2)


def by_asyncio():
    async def dial():
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    asyncio.run(dial())


def by_datagram(how):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
        box.connect(("127.0.0.1", 9)) if how == "connect" else box.sendto(b"x", ("127.0.0.1", 9))


def by_unix_pair():
    one, two = socket.socketpair()
    one.close(), two.close()


clients = {
    "socket": by_socket,
    "socket to ::1": lambda: by_socket("::1", socket.AF_INET6),
    "socket to ::ffff:127.0.0.1": lambda: by_socket("::ffff:127.0.0.1", socket.AF_INET6),
    "connect_ex": by_connect_ex,
    "create_connection": by_create_connection,
    "create_connection to localhost": lambda: by_create_connection("localhost"),
    "create_connection to 2130706433": lambda: by_create_connection("2130706433"),
    "urllib": by_urllib,
    "requests": by_requests,
    "smtplib": by_smtplib,
    "asyncio": by_asyncio,
    "datagram connect": lambda: by_datagram("connect"),
    "socket by name": lambda: by_socket("localhost"),
    "socket by number": lambda: by_socket("127.1"),
    "datagram sendto": lambda: by_datagram("sendto"),
    "unix pair": by_unix_pair,
}


def outcome(client):
    try:
        client()
    except Exception as error:
        inner, seen = error, set()
        while inner is not None and id(inner) not in seen:
            seen.add(id(inner))
            if isinstance(inner, AddressRefused) or "allow_private does not name" in str(inner):
                return "refused"
            inner = inner.__cause__ or inner.__context__ or getattr(inner, "reason", None)
        return f"{type(error).__name__}: {error}"
    return "connected"


if allowed != ["open"]:
    close_gate([ipaddress.ip_network(network) for network in allowed])
print(json.dumps({name: outcome(client) for name, client in clients.items()}))
"""

CHECKED = [
    "socket",
    "socket to ::1",
    "socket to ::ffff:127.0.0.1",
    "connect_ex",
    "create_connection",
    "create_connection to localhost",
    "create_connection to 2130706433",
    "urllib",
    "requests",
    "smtplib",
    "asyncio",
    "datagram connect",
]


def dial(port: int, *allowed: str) -> dict[str, str]:
    """What became of each client's connection to this machine, with the gate closed but for these networks."""
    done = subprocess.run(
        [sys.executable, "-c", CLIENTS, str(port), *allowed], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads(done.stdout)
    return answers


class TestClosed:
    """One process dials for all of these tests."""

    @pytest.fixture(scope="class")
    def answers(self) -> dict[str, str]:
        return dial(9)

    @pytest.mark.parametrize("client", CHECKED)
    def test_no_client_reaches_this_machine(self, answers: dict[str, str], client: str) -> None:
        assert answers[client] == "refused"

    @pytest.mark.parametrize("client", ["socket by name", "socket by number"])
    def test_no_socket_reaches_this_machine_by_a_name(self, answers: dict[str, str], client: str) -> None:
        assert answers[client] == "refused"

    def test_no_datagram_reaches_this_machine_unconnected(self, answers: dict[str, str]) -> None:
        assert answers["datagram sendto"] == "refused"

    def test_sockets_that_leave_no_machine_are_free(self, answers: dict[str, str]) -> None:
        assert answers["unix pair"] == "connected"


def test_a_named_network_is_reached_by_every_client_and_its_neighbours_are_not(webhook: Webhook) -> None:
    answers = dial(webhook.server.server_port, "127.0.0.0/8")
    assert answers["socket to ::1"] == "refused"
    # The receiver speaks no SMTP; that its silence is waited for says that it was reached.
    assert "timed out" in answers["smtplib"]
    reached = [name for name in CHECKED if name not in ("socket to ::1", "smtplib")]
    assert {name: answers[name] for name in reached} == dict.fromkeys(reached, "connected")
    assert [arrived.path for arrived in webhook.arrived] == ["/urllib", "/requests"]


def test_a_process_that_closed_no_gate_connects_anywhere(webhook: Webhook) -> None:
    assert dial(webhook.server.server_port, "open")["socket"] == "connected"
