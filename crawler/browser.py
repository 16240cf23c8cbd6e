"""A real browser for portals whose pages are drawn by script: Debian's Chromium, driven by scrapy-playwright.

The gate is an audit hook of Python and sees nothing of what a browser dials. So the browser is given no resolver: it
knows the portal's own hosts, at the addresses that were checked for this crawl, and every other name or address leads
nowhere, whatever a script, a redirect or a second answer of a name server says.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import ipaddress
import re
import socket
from collections.abc import Collection
from typing import Any

from config import CrawlError, Settings, browser_program, say
from crawler.gate import admits
from crawler.pacing import AGENT
from storage import site

SETTLED = 5_000
"""Milliseconds that a page's scripts may go on asking for things before it is taken as it is."""
_HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
_UNREAD = frozenset({"image", "media", "font"})
# A feed or JSON that a server calls HTML is in the tree as if it were a page's text.
_WRAPPED = re.compile(
    rb"(?is)\s*(?:(?:<!--.*?-->|<!doctype[^>]*>)\s*)*<html[^>]*>\s*<head[^>]*>\s*(?:<meta[^>]*>\s*|<style.*?</style>\s*)*</head>"
    rb"\s*<body[^>]*>\s*(?:<pre[^>]*>\s*)?(?:\{\s*\"|\[\s*\{|<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>])"
)
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-domain-reliability", "--disable-sync", "--no-first-run", "--no-pings",
    "--dns-prefetch-disable", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-quic",
)  # fmt: skip


async def browser_settings(settings: Settings, hosts: Collection[str]) -> dict[str, Any]:
    """Scrapy's settings, beside the others, for a crawl whose pages a browser draws.

    `hosts` are the portal's own, without www. CrawlError when one of them leads to an address that may not be dialled,
    or none can be found.
    """
    if settings.politeness.proxy is not None:
        raise CrawlError(say("client: browser is not built yet for portals behind a proxy"))
    rules = await asyncio.get_running_loop().run_in_executor(None, _rules, settings, hosts)
    own = frozenset(hosts)

    def refused(request: Any) -> bool:
        return request.resource_type in _UNREAD or site(request.url) not in own

    return {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": browser_program(),
            "args": [*_FLAGS, f"--host-resolver-rules={rules}"],
            "timeout": 30_000,
        },
        "PLAYWRIGHT_CONTEXTS": {
            "default": {
                "service_workers": "block",  # what one asks for passes no check
                "user_agent": f"{AGENT}/0.1 (+{settings.politeness.contact})",
            }
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 8,  # one that hangs in its script is left behind
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.politeness.timeout.total_seconds() * 1000,
        "PLAYWRIGHT_ABORT_REQUEST": refused,
        "PORTALWATCH_BROWSER": True,
    }


def drawn() -> dict[str, Any]:
    """The meta of a request whose page a browser draws."""
    page_method = importlib.import_module("scrapy_playwright.page").PageMethod  # optional, and it loads Playwright
    return {"playwright": True, "playwright_page_methods": [page_method(_settled)]}


def wraps(body: bytes, content_type: str | None) -> bool:
    """Whether what a browser drew is no page but a feed, a sitemap, JSON or a text, in the HTML that it shows them in."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    plain = kind == "text/plain" or kind.endswith(("/json", "+json", "/xml", "+xml", "/javascript"))
    return (plain and kind != "application/xhtml+xml") or _WRAPPED.match(body[:4000]) is not None


async def _settled(page: Any) -> None:
    # A page that never ends asking (a clock, a chat) is read all the same.
    with contextlib.suppress(Exception):
        await page.wait_for_load_state("networkidle", timeout=SETTLED)


def _rules(settings: Settings, hosts: Collection[str]) -> str:
    """Chromium's resolver: the portal's hosts at checked addresses, and nothing else."""
    rules = []
    refused = None
    for name in sorted({name for host in hosts for name in (host, f"www.{host}")}):
        try:
            found = [str(each[4][0]) for each in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
        except OSError:
            continue  # www. is tried where there is none
        admitted = [each for each in found if admits(each, settings.allow_private)]
        if not admitted:
            refused = name
            continue
        address = ipaddress.ip_address(admitted[0].partition("%")[0])
        rules.append(f"MAP {name} {f'[{address}]' if address.version == 6 else address}")
    if not rules:
        if refused:
            raise CrawlError(say("{host}: a private address that allow_private does not name", host=refused))
        raise CrawlError(say("the host name cannot be resolved"))
    return ", ".join([*rules, "MAP * ~NOTFOUND"])
