"""The fetch gate: the one function that every connection of a process passes, on the address that is really dialled.

A URL is only a promise: a name can resolve to a private address the second time, and a redirect can point inward. The
check therefore sits under every HTTP client, SMTP library and carrier plugin at once: Python tells its audit hooks of
each `connect` before it happens, with the address, and a hook that raises forbids it. PostgreSQL's client library
connects below Python and is not a matter of the gate.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterable
from urllib.parse import urlsplit

from config import CrawlError, say

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Python calls 100.64/10 (carrier-grade NAT) neither private nor global, and fec0::/10 (site-local) global; the others
# carry an IPv4 address inside.
_INWARD = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "fec0::/10",
        "::/96",
        "::ffff:0:0:0/96",
    )
)
_DIALLING = ("socket.connect", "socket.sendto", "socket.sendmsg")


class AddressRefused(PermissionError):
    """A connection to a private address that `allow_private` does not name."""


class _Gate:
    """The rule of this process; open until `close_gate` is called."""

    closed = False
    hooked = False
    allowed: tuple[Network, ...] = ()


def close_gate(allow_private: Iterable[Network]) -> None:
    """From here on this process connects to public addresses and to the named private networks only."""
    _Gate.allowed = tuple(allow_private)
    _Gate.closed = True
    if not _Gate.hooked:
        _Gate.hooked = True
        sys.addaudithook(_on_audit)


def open_gate() -> None:
    """Let this process connect anywhere again; for tests."""
    _Gate.closed = False


def admits(host: str, allowed: Iterable[Network]) -> bool:
    """Whether an address may be dialled: it is public, or one of the named networks holds it."""
    address: Address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    if any(address.version == network.version and address in network for network in allowed):
        return True
    inward = any(address.version == network.version and address in network for network in _INWARD)
    return address.is_global and not address.is_multicast and not inward


def _on_audit(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _DIALLING or not _Gate.closed:
        return
    connection, address = arguments
    assert isinstance(connection, socket.socket)
    if connection.family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
        return
    host = str(address[0])
    try:
        admitted = admits(host, _Gate.allowed)
    except ValueError:
        # A name would be resolved below us, and what it leads to never seen; the libraries resolve before they dial.
        raise AddressRefused(errno.EACCES, f"{host} is a name and no address") from None
    if not admitted:
        raise AddressRefused(errno.EACCES, f"{host} is a private address that allow_private does not name")


def check_url(url: str) -> str:
    """The URL, when it is one that may be asked for at all; CrawlError when its form alone forbids it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CrawlError(say("{url}: not a URL ({error})", url=url, error=error)) from error
    if parts.scheme not in ("http", "https"):
        raise CrawlError(say("{url}: only http and https are fetched", url=url))
    # Parsers disagree on a backslash and on what stands before an @; both have been used to reach inward.
    if not host or "\\" in url or "@" in parts.netloc:
        raise CrawlError(say("{url}: not a plain web address", url=url))
    return url
