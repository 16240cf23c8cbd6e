"""Whose portal it is, when no configuration says so: the province and the body behind an id, a name or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from config.bodies import PROVINCES, province_of
from config.catalogue import KnownPortal, read_catalogue
from config.text import plain

_PAPERS = ("bao", "dbnd", "congbao")  # baothanhhoa.vn, the province's paper


@dataclass(frozen=True, slots=True)
class Whose:
    """The province and the body of a portal, each None where nothing tells it."""

    province: str | None = None
    body: str | None = None


def whose(portal: str | None, url: str | None = None) -> Whose:
    """What an id of the catalogue, a host or a portal's name tells of whose it is, else the host of an address."""
    for text in (portal, _host(url)):
        if text and (found := _of(text.strip().casefold())) != Whose():
            return found
    return Whose()


@lru_cache(maxsize=1000)
def _of(text: str) -> Whose:
    ids, hosts = _known()
    if known := ids.get(text) or hosts.get((_host(text) or text).removeprefix("www.")):
        return Whose(known.province, known.body)
    if " " in text:
        return _named(plain(text), ids)
    for label in re.split(r"[./:]+", text):
        if province := _slug(label):
            return Whose(province)
    return Whose()


@cache
def _known() -> tuple[dict[str, KnownPortal], dict[str, KnownPortal]]:
    portals = read_catalogue().portals
    hosts = {
        host.removeprefix("www."): portal for portal in portals for host in (_host(portal.url) or "", *portal.aliases)
    }
    return {portal.id: portal for portal in portals}, hosts


def _named(name: str, ids: dict[str, KnownPortal]) -> Whose:
    """By a portal's name: "Cổng TTĐT tỉnh Thanh Hóa"."""
    for portal in ids.values():
        if plain(portal.name) == name:
            return Whose(portal.province, portal.body)
    provinces = [province for province in PROVINCES if re.search(rf"\b{re.escape(plain(province))}\b", name)]
    return Whose(max(provinces, key=len)) if provinces else Whose()


def _slug(label: str) -> str | None:
    """The province in one label of a host or an id: thanhhoa, baothanhhoa, syt-thanhhoa, bathuoc-thanhhoa."""
    for word in (label, *reversed(label.split("-"))):
        for prefix in ("", *_PAPERS):
            if word.startswith(prefix) and (province := province_of(word.removeprefix(prefix))):
                return province.name
    return None


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
