"""Which addresses may be dialled, and which URLs may be asked for at all. No connection is made here."""

from __future__ import annotations

import contextlib
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import CrawlError
from crawler.gate import admits, check_url

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize("host", ["8.8.8.8", "203.162.0.181", "2001:dc8::1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_admitted(host: str) -> None:
    assert admits(host, ())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "fc00::1",
        "fd12:3456::1",
        "169.254.169.254",  # where clouds keep their secrets
        "fe80::1",
        "fe80::1%eth0",
        "100.64.0.1",  # carrier-grade NAT
        "100.127.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "2001:db8::1",
        "224.0.0.1",
        "239.255.255.250",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::",  # 127.0.0.1 behind 6to4
        "2002:a00:1::",
        "64:ff9b::7f00:1",  # 127.0.0.1 behind NAT64
        "64:ff9b:1::a00:1",
        "2001:0:4136:e378::1",  # Teredo
    ],
)
def test_inward_addresses_are_refused(host: str) -> None:
    assert not admits(host, ())


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("fec0::1", id="site-local"),
        pytest.param("::7f00:1", id="IPv4-compatible loopback"),
        pytest.param("::ffff:0:7f00:1", id="IPv4-translated loopback"),
    ],
)
def test_inward_addresses_of_older_standards_are_refused(host: str) -> None:
    assert not admits(host, ())


def test_a_named_network_is_admitted_and_its_neighbour_is_not() -> None:
    allowed = (ipaddress.ip_network("10.1.2.0/24"), ipaddress.ip_network("fd00::/16"))
    assert admits("10.1.2.3", allowed)
    assert admits("::ffff:10.1.2.3", allowed)
    assert admits("fd00::5", allowed)
    assert not admits("10.1.3.3", allowed)
    assert not admits("fd01::5", allowed)
    assert not admits("127.0.0.1", allowed)


def test_naming_one_network_shuts_no_public_address_out() -> None:
    assert admits("8.8.8.8", LOOPBACK)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_ipv6_wraps_it(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    mapped = ipaddress.IPv6Address(0xFFFF_0000_0000 + number)
    sixtofour = ipaddress.IPv6Address((0x2002 << 112) + (number << 80) + 1)
    for allowed in ((), LOOPBACK):
        assert admits(str(address), allowed) == admits(str(mapped), allowed) == admits(str(sixtofour), allowed)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_admitted(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
        assert not admits(str(address), ()) or mapped


def test_a_name_is_no_address() -> None:
    with pytest.raises(ValueError):
        admits("localhost", ())


# --- the form of a URL ---


@pytest.mark.parametrize(
    "url",
    [
        "http://thanhhoa.gov.vn",
        "https://thanhhoa.gov.vn:8443/a?b=c#d",
        "https://cổng.vn/tin",
        "http://[2001:dc8::1]/",
        "https://thanhhoa.gov.vn/ai-do@example.org",
    ],
)
def test_a_plain_web_address_is_given_back_as_it_is(url: str) -> None:
    assert check_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "thanhhoa.gov.vn",
        "//thanhhoa.gov.vn/",
        "ftp://thanhhoa.gov.vn/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://127.0.0.1:6379/_x",
        "http://",
        "http:///x",
        "http://?x",
        "https://user:password@thanhhoa.gov.vn/",
        "https://thanhhoa.gov.vn@127.0.0.1/",
        "https://thanhhoa.gov.vn\\@127.0.0.1/",
        "https:\\\\127.0.0.1/",
        "http://[::1/",
        "http://thanhhoa.gov.vn:port/",
        "http://thanhhoa.gov.vn:99999/",
    ],
)
def test_a_url_that_is_no_plain_web_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(CrawlError) as refused:
        check_url(url)
    assert str(refused.value).startswith(f"{url}:")


@given(st.text(max_size=30))
def test_any_text_is_either_given_back_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(CrawlError):
        assert check_url(f"http{text}") == f"http{text}"
