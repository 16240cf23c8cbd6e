"""What portals are built with: how a platform is known by its pages, and what knowing it is good for.

An adapter is here only if a page recorded under `tests/portals/` shows it; its answer file says whether that page is
a replica's or modelled by hand. Which platforms Vietnamese portals run on, and how that was seen, is the room's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_LONGEST_SCRIPT = 20_000
_LONGEST_EVIDENCE = 80


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing by which a platform is known: where it is looked for, and what it looks like.

    `where`: generator (the page's own word), asset (an address of a script, style or picture), link (an address of a
    page), mark (a class, id or name), script (inline code), header ("name: value"). `worth` 1 is enough by itself.
    """

    where: str
    pattern: re.Pattern[str]
    worth: float


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform's adapter. `feeds`: addresses to try, from the site's root. `section`, `article`: their addresses'
    path. `section_feed`: what a section's address takes for its feed. `unread`: its lists are built in the browser."""

    name: str
    signs: tuple[Sign, ...]
    feeds: tuple[str, ...] = ()
    section: re.Pattern[str] | None = None
    article: re.Pattern[str] | None = None
    section_feed: str | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """A platform, and what it was known by: "generator: NukeViet v4.5"."""

    platform: Platform
    evidence: tuple[str, ...]


def recognise(doc: HtmlElement, headers: Mapping[str, str] | None = None) -> Recognised | None:
    """What a page was built with, None where nothing known speaks for itself. The most specific platform wins."""
    traces = {where: list(_traces(doc, where)) for where in ("generator", "asset", "link", "mark", "script")}
    traces["header"] = [f"{name.lower()}: {value}" for name, value in (headers or {}).items()]
    for platform in PLATFORMS:
        worth, evidence = 0.0, []
        for sign in platform.signs:
            if found := next((trace for trace in traces[sign.where] if sign.pattern.search(trace)), None):
                worth += sign.worth
                match = sign.pattern.search(found)
                told = found if len(found) <= _LONGEST_EVIDENCE or match is None else match.group()
                evidence.append(f"{sign.where}: {told[:_LONGEST_EVIDENCE]}")
        if worth >= 1:
            return Recognised(platform, tuple(evidence))
    return None


def feed_addresses(platform: Platform | None, root: str) -> list[str]:
    """The addresses where a site of this platform keeps its feeds; `root` is the site's."""
    return [urljoin(root, path) for path in platform.feeds] if platform else []


def _traces(doc: HtmlElement, where: str) -> Iterator[str]:
    for node in doc.iter():
        if not isinstance(node.tag, str):
            continue
        if where == "generator" and node.tag == "meta" and (node.get("name") or "").lower() == "generator":
            yield node.get("content") or ""
        elif where == "asset" and node.tag in ("script", "link", "img", "iframe"):
            yield node.get("src") or node.get("href") or ""
        elif where == "link" and node.tag == "a":
            yield _path(node.get("href") or "")
        elif where == "mark":
            yield from (value for name in ("id", "class", "name") if (value := node.get(name)))
        elif where == "script" and node.tag == "script" and node.text:
            yield node.text[:_LONGEST_SCRIPT]


def _path(href: str) -> str:
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _sign(where: str, pattern: str, worth: float = 1.0) -> Sign:
    return Sign(where, re.compile(pattern, re.IGNORECASE), worth)


# The specific before the general: SharePoint and DNN are WebForms too, and VNPT's older portals are Liferay.
PLATFORMS: tuple[Platform, ...] = (
    Platform(
        "SharePoint",
        (
            _sign("generator", r"microsoft sharepoint"),
            _sign("script", r"_spPageContextInfo|_spBodyOnLoadWrapper"),
            _sign("header", r"^(?:microsoftsharepointteamservices|sprequestguid):"),
            _sign("asset", r"/_layouts/|/_catalogs/|/sitecollectionimages/|/publishingimages/", 0.6),
            _sign("mark", r"SPWebPartManager|^MSO_|PlaceHolderMain|^ms-webpart", 0.6),
        ),
        section=re.compile(r"/pages/[^/]+\.aspx$", re.IGNORECASE),
        article=re.compile(r"/pages/\d{4}-\d\d-\d\d/", re.IGNORECASE),
    ),
    Platform(
        "DNN",
        (
            _sign("generator", r"dotnetnuke|\bdnn\b"),
            _sign("mark", r"^dnn_ctr\d+|^dnn(?:Variable|_)|^DnnModule", 0.6),
            _sign("asset", r"/(?:portals/(?:\d+|_default)|desktopmodules|js/dnncore)", 0.6),
            _sign("header", r"set-cookie: .*(?:dnn_ismobile|\.dotnetnuke)", 0.6),
        ),
        section=re.compile(r"/tabid/\d+/|\.aspx$|[?&]tabid=\d+", re.IGNORECASE),
    ),
    Platform(
        "VNPT Portal",
        (
            _sign("asset", r"//storage-vnportal\.vnpt\.vn/"),
            _sign("link", r"vnpteportal\w*portlet_INSTANCE"),
            _sign("mark", r"vnpteportal\w*portlet"),
        ),
    ),
    Platform(
        "Liferay",
        (
            _sign("script", r"\bLiferay\.|themeDisplay\.get"),
            _sign("asset", r"\blayout_set_logo|/combo\?.*minifier|-theme/css/|_WAR_\w+theme", 0.6),
            _sign("mark", r"^p_p_id_|portlet-(?:layout|boundary|body)|^aui\b|lfr-|taglib-", 0.6),
            _sign("link", r"[?&]p_p_id=|/-/(?:view_content|asset_publisher)/", 0.6),
            _sign("header", r"^liferay-portal:"),
        ),
        section=re.compile(r"^(?:/web/[^/]+)?/[\w-]+$"),
        article=re.compile(r"/-/"),
    ),
    Platform(
        "NukeViet",
        (
            _sign("generator", r"nukeviet"),
            _sign("script", r"\bnv_(?:base_siteurl|lang_data|name_variable|my_ofs)\b", 0.6),
            _sign("link", r"[?&]nv=\w+(?:&|$)", 0.6),
            _sign("asset", r"/themes/[^/]+/(?:js|css)/.*|/assets/(?:js|css)/.*nv", 0.3),
        ),
        feeds=("/vi/news/rss/", "/vi/rss/news/"),
        section=re.compile(r"^(?:/vi)?/[\w-]+/(?:[\w-]+/)?$"),
        article=re.compile(r"-\d+\.html$"),
    ),
    Platform(
        "WordPress",
        (
            _sign("generator", r"wordpress"),
            _sign("asset", r"/wp-(?:content|includes|json)/"),
            _sign("link", r"/wp-(?:content|login|admin)", 0.6),
        ),
        feeds=("/feed/",),
        section=re.compile(r"^/(?:category/|chuyen-muc/)?[\w-]+(?:/[\w-]+)?/$"),
        section_feed="feed/",
    ),
    Platform(
        "Drupal",
        (
            _sign("generator", r"drupal"),
            _sign("script", r"Drupal\.settings|drupalSettings"),
            _sign("asset", r"/sites/(?:all|default)/(?:modules|themes|files)/|/misc/drupal\.js|/core/misc/", 0.6),
            _sign("mark", r"^block-(?:views|system|menu)|\bview-dom-id-|\bnode-type-|^region-", 0.6),
        ),
        feeds=("/rss.xml",),
        article=re.compile(r"^/node/\d+$"),
    ),
    Platform(
        "Lotus Domino",
        (
            _sign("header", r"^server: lotus-domino"),
            _sign("script", r"_domino_(?:target|name)|function _doClick"),
            _sign("link", r"\.nsf(?:/|\?|$)", 0.6),
            _sign("asset", r"\.nsf/", 0.6),
        ),
        section=re.compile(r"\.nsf/\w+$", re.IGNORECASE),
        article=re.compile(r"opendocument|parentunid=|/0/[0-9a-f]{32}", re.IGNORECASE),
    ),
    Platform(
        "VCCorp CMS",
        (
            _sign("asset", r"//(?:\w+\.)*(?:mediacdn\.vn|cdnchinhphu\.vn)/", 0.6),
            _sign("link", r"-\d{17,21}\.html?$", 0.6),
        ),
        article=re.compile(r"-\d{17,21}\.html?$"),
    ),
    Platform(
        "Next.js",
        (
            _sign("mark", r"^__NEXT_DATA__$|^__next$"),
            _sign("asset", r"/_next/static/"),
        ),
        unread=True,
    ),
    Platform(
        "ASP.NET WebForms",
        (
            _sign("mark", r"^__VIEWSTATE$", 0.6),
            _sign("script", r"function __doPostBack", 0.3),
            _sign("link", r"\.aspx(?:\?|$)", 0.4),
        ),
        section=re.compile(r"^/[^/]+\.aspx$", re.IGNORECASE),
        article=re.compile(r"chi-?tiet|detail|view", re.IGNORECASE),
    ),
)
