"""How a portal is asked: Scrapy's settings, robots.txt, whole answers, the configuration's proxy."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from config import CrawlError, Proxy, Settings, say
from crawler.gate import check_url
from crawler.pacing import AGENT, PacedRequests, manners_of
from storage import site

_LONGEST_RETRY_AFTER = timedelta(days=1)


def scrapy_settings(
    settings: Settings, proxy: Proxy | None = None, hosts: Collection[str] | None = None
) -> dict[str, Any]:
    """Scrapy's settings for every crawl: one request at a time, verified TLS, bounded time and size, no open door.

    Nobody but the `hosts`, without www., is asked; None for pages of which nobody knows whose they are.
    """
    proxy = proxy or settings.politeness.proxy
    delay = settings.politeness.delay.total_seconds()
    return {
        "USER_AGENT": f"{AGENT}/0.1 (+{settings.politeness.contact})",
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": delay,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # a delay that is sometimes half of what was promised is none
        "DOWNLOAD_TIMEOUT": settings.politeness.timeout.total_seconds(),
        "DOWNLOAD_MAXSIZE": settings.politeness.max_body,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # Scrapy's default is off
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, delay),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": AGENT,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [408, 500, 502, 504, 522, 524],  # 429 and 503 say themselves when to come back
        "REDIRECT_MAX_TIMES": 8,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": True,
        "HTTPCACHE_ENABLED": False,  # it answered a listing from disk without asking the portal
        "PORTALWATCH_PROXY": proxy.url if proxy else None,
        "PORTALWATCH_HOSTS": None if hosts is None else sorted(hosts),
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,  # executes posted Python, and is on by default
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
            ConfiguredProxy: 750,
            PoliteRobots: 100,
            WholeCompression: 590,
            CheckedUrls: 10,
            PacedRequests: 990,  # the last before the download
        },
        "EXTENSIONS": {
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
    }


class Elsewhere(CrawlError):
    """An address on a host that is none of the portal's; it was not asked."""

    def __init__(self, url: str) -> None:
        super().__init__(say("redirected to another site, {url}", url=url))
        self.url = url


class CheckedUrls:
    """The form and the host of every URL are checked, of redirects and robots.txt too; the address is checked when
    dialled."""

    def __init__(self, hosts: Collection[str] | None) -> None:
        self._hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CheckedUrls:
        return cls(crawler.settings.get("PORTALWATCH_HOSTS"))

    async def process_request(self, request: Request) -> Response | None:
        check_url(request.url)
        hosts = self._hosts
        if hosts is None and request.body:  # a key perhaps, and written for the host that it was sent to
            hosts = [site(url) for url in request.meta.get("redirect_urls", [request.url])[:1]]
        if hosts is None or site(request.url) in hosts:
            return None
        if request.meta.get("dont_obey_robotstxt"):  # the rules themselves: a host that has none of its own has none
            return Response(request.url, status=404)
        raise Elsewhere(request.url)


class ConfiguredProxy(HttpProxyMiddleware):
    """Every request goes by the proxy of the configuration, robots.txt too; the environment's proxies are not asked."""

    def __init__(self, proxy: str | None) -> None:
        # Not the base's: it reads the environment.
        self.auth_encoding = "utf-8"
        self.proxies = {}
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ConfiguredProxy:
        return cls(crawler.settings.get("PORTALWATCH_PROXY"))

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        request.meta["proxy"] = self._proxy
        super().process_request(request)


class WholeCompression(HttpCompressionMiddleware):
    """A gzip body is whole or an error: Scrapy keeps what it could read of a broken one, and half an article would be
    stored as a revision of it."""

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding not in (b"gzip", b"x-gzip"):
            decoded: bytes = HttpCompressionMiddleware._decode(body, encoding, max_size)
            return decoded
        return gunzip(body, max_size)


def gunzip(body: bytes, largest: int) -> bytes:
    """The bytes in a gzip body; one that says it is gzip and is none is taken as it is."""
    whole = b""
    while body.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        whole += member.decompress(body, max(1, largest - len(whole) + 1)) if largest else member.decompress(body)
        if largest and len(whole) > largest:
            raise IgnoreRequest("larger than DOWNLOAD_MAXSIZE when decompressed")
        if not member.eof:
            raise zlib.error("the gzip stream ends too early")
        body = member.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return whole
    return body


class PoliteRobots(RobotsTxtMiddleware):
    """robots.txt is obeyed, its Crawl-delay too, and a server that cannot give it is left alone (RFC 9309, 2.3.1.4)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._why: dict[str, Exception] = {}

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            raise RobotsUnavailable(response)
        if response.status >= 400:
            response = response.replace(body=b"")  # none there; an error page must not be read as rules
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        if isinstance(parser, RobotParser):
            manners_of(self.crawler).keep_robots(netloc, parser)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._why[netloc] = exc
        super()._robots_error(exc, netloc)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        netloc = urlsplit(request.url).netloc
        if netloc not in self._parsers and (kept := manners_of(self.crawler).robots(netloc)):
            self._parsers[netloc] = kept
        parser = await super().robot_parser(request)
        if parser is None:  # without its rules a server is not asked for anything else
            raise self._why.get(netloc) or IgnoreRequest("robots.txt")
        return parser


class RobotsUnavailable(Exception):
    """A server that answers for robots.txt with its own failure."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"robots.txt: HTTP {response.status}")
        self.response = response


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a server asks to be left alone: a Retry-After in seconds or as an HTTP date, one day at most."""
    if not value:
        return None
    try:
        if value.strip().isdigit():
            wait = timedelta(seconds=min(int(value), 10**6))
        else:
            when = parsedate_to_datetime(value)
            wait = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    except (ValueError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_RETRY_AFTER)
