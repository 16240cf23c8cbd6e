"""Commands that try the readers on a file, a URL or a text, and show what the program sees; no configuration needed."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer

from config import CrawlError, Politeness, Portal, Section, Settings, say, tidy, told_by_system, whose
from monitor.commands.folder import Config, configuration, is_named, print_json
from monitor.events import document_json, meeting_json
from storage import (
    Crawling,
    Detection,
    Extraction,
    Listing,
    NextPage,
    When,
    database_version,
    hosts_of,
    open_store,
    read_when,
    site,
    write_when,
)

if TYPE_CHECKING:
    import crawler

KINDS = ("news", "documents", "schedule", "page")
_LONGEST_PREVIEW = 2000
_LARGEST_FILE = 100_000_000

Sources = Annotated[list[str], typer.Argument(help=say("Files or URLs."))]
Urls = Annotated[
    list[str] | None,
    typer.Option("--url", help=say("Where a file came from; once a file, in order."), show_default=False),
]
OfPortal = Annotated[
    str | None, typer.Option("--portal", help=say("Apply the rules of this portal."), show_default=False)
]
Private = Annotated[
    list[str] | None,
    typer.Option("--allow-private", help=say("A private network that URLs may reach."), show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(help=say("Extract articles from files or URLs."))(extract)
    app.command(help=say("Read one page of a listing from a file or URL."))(read)
    app.command(help=say("Say what a text announces: meetings, decisions, document numbers."))(detect)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to try: its bytes, and what is known of where it came from."""

    url: str
    status: int
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A URL that gave no page, and why."""

    url: str
    why: str


def extract(
    sources: Sources,
    url: Urls = None,
    portal: OfPortal = None,
    allow_private: Private = None,
    config: Config = None,
) -> int:
    """One JSON object for one input, one a line for several."""

    rules_of = portal_rules(config, portal)
    encoding = encoding_of(config, portal)
    pages = [
        legible_page(page, encoding) if isinstance(page, Page) else page
        for page in fetched_pages(sources, url, allow_private, config, portal)
    ]
    templates: dict[str, crawler.Template] = defaultdict(partial(_learned, config, portal))
    if len(pages) > 1:
        for page in pages:
            if isinstance(page, Page):
                _, templates[site(page.url)] = extracted(page, rules_of(page.url), templates[site(page.url)])
    good = True
    for page in pages:
        if isinstance(page, Unfetched):
            typer.echo(f"portalwatch: {page.url}: {page.why}", err=True)
            extraction = Extraction(url=page.url, page="error", why=page.why)
        else:
            extraction, _ = extracted(page, rules_of(page.url), templates[site(page.url)])
        good = good and extraction.page == "article"
        print_json(extraction_json(extraction), indent=2 if len(sources) == 1 else None)
    return 0 if good else 1


def extracted(page: Page, rules: Section | None, template: crawler.Template) -> tuple[Extraction, crawler.Template]:
    """What a page says, and what its site's template is after it."""
    import crawler

    try:
        if crawler.kind_of(page.body) in crawler.FILES:
            return _file_extraction(page), template
        if b"\0" in page.body[:4096]:
            raise CrawlError(say("not a text but a binary file"))
        return crawler.read_article(
            crawler.decode(page.body, page.content_type),
            url=page.url,
            status=page.status,
            rules=crawler.article_rules(rules) if rules else None,
            template=template,
        )
    except CrawlError as error:
        return Extraction(url=page.url, page="error", why=str(error)), template


def _file_extraction(page: Page) -> Extraction:
    """What a PDF or a Word document says, as an article without a title."""
    import crawler

    file = asyncio.run(crawler.read_apart(page.body))
    if file.state != "read":
        raise CrawlError(file.problem or file.state)
    return Extraction(url=page.url, page="article", text=file.text, why=file.problem or "")


def _learned(config: Path | None, portal_id: str | None) -> crawler.Template:
    """What was learned of a portal's pages; nothing where no portal is named or no page was read yet."""
    import crawler

    if portal_id is None:
        return crawler.UNLEARNED
    settings = configuration(config).settings
    if database_version(settings.database) is None:
        return crawler.UNLEARNED
    store = open_store(settings.database, settings.data)
    try:
        return crawler.Template.from_json(Crawling(store).template(portal_id))
    finally:
        store.close()


def read(
    source: Annotated[str, typer.Argument(help=say("A file or URL."))],
    url: Urls = None,
    kind: Annotated[
        str, typer.Option("--kind", help=say("What it is: a list of news or documents, a schedule or one page."))
    ] = "news",
    portal: OfPortal = None,
    allow_private: Private = None,
    config: Config = None,
) -> int:
    """The entries of one page of a listing, as JSON; a watched page is its own entry, and the summary what it says."""
    if kind not in KINDS:
        raise typer.BadParameter(say("news, documents, schedule or page"), param_hint="--kind")
    rules_of = portal_rules(config, portal)
    (page,) = fetched_pages([source], url, allow_private, config, portal)
    try:
        if isinstance(page, Unfetched):
            typer.echo(f"portalwatch: {page.url}: {page.why}", err=True)
            raise CrawlError(page.why)
        listing = listing_of(legible_page(page, encoding_of(config, portal)), rules_of(page.url), kind)
    except CrawlError as error:
        listing = Listing(url=page.url, page="error", kind=kind, entries=(), why=str(error))
    print_json(listing_json(listing))
    return 0 if listing.page == "listing" else 1


def detect(
    source: Annotated[Path | None, typer.Argument(help=say("A text file, an HTML page, or - for stdin."))] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl",
            help=say("Articles as JSON, one a line, of a file or of - (stdin); an answer a line."),
            show_default=False,
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help=say("The title."), show_default=False)] = None,
    published: Annotated[
        str | None, typer.Option("--published", help=say("When it was published."), show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help=say("Where it came from."), show_default=False)] = None,
    portal: OfPortal = None,
    config: Config = None,
) -> int:
    """What one text, or each line of a JSONL file, announces."""
    places = _places(config, portal)
    if (source is None) == (jsonl is None):
        raise typer.BadParameter(say("name one file, or --jsonl with one"))
    if jsonl is not None:
        return _detect_lines(jsonl, places)
    assert source is not None
    raw = sys.stdin.buffer.read() if str(source) == "-" else _file(str(source))
    article = text_article(raw, url, title)
    article.update({"id": str(source), "url": url, "portal": portal})
    if published:
        article["published"] = published
    try:
        moment(article["published"])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from error
    print_json(detection_json(article["id"], _detected(article, places)))
    return 0


def _detect_lines(path: Path, places: Mapping[str, Portal]) -> int:
    good = True
    # Lines end at a line feed and nowhere else: JSON may hold U+2028 as it is.
    raw = sys.stdin.buffer.read() if str(path) == "-" else _file(str(path))
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").split("\n"), 1):
        if not line.strip():
            continue
        article: Any = None
        try:
            article = _line(line)
            if fault := _undated(article):  # what it says can be judged all the same
                good = False
                typer.echo(f"{path}:{number}: {fault}", err=True)
            answer = detection_json(article.get("id"), _detected(article, places))
        except (ValueError, TypeError, RecursionError) as error:
            good = False
            typer.echo(f"{path}:{number}: {error}", err=True)
            answer = {"id": article.get("id") if article else None, "error": str(error)}
        print_json(answer, indent=None)
    return 0 if good else 1


def _line(line: str) -> dict[str, Any]:
    """An article of a JSONL file; ValueError in words when it is none."""
    try:
        article = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(say("not a line of JSON in UTF-8 ({error})", error=error)) from error
    if not isinstance(article, dict):
        raise ValueError(say("not an object"))
    return article


def _undated(article: dict[str, Any]) -> str | None:
    """Why the article's `published` is no date, which is then taken out of it; None where it is one."""
    try:
        moment(article.get("published"))
    except ValueError as error:
        article["published"] = None
        return str(error)
    return None


def _detected(article: Mapping[str, Any], places: Mapping[str, Portal]) -> Detection:
    from monitor.detect import detect as detect_in

    name, url = _words(article.get("portal")), _words(article.get("url"))
    known = places.get(name or "") or whose(name, url)
    return detect_in(
        str(article.get("title") or ""),
        str(article.get("text") or ""),
        published=moment(article.get("published")),
        url=url,
        province=_words(article.get("province")) or known.province,
        portal_body=known.body,
    )


def _words(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def moment(text: object) -> When | None:
    """A date or time in ISO form; ValueError in words when it is none."""
    if text in (None, ""):
        return None
    try:
        when = read_when(str(text).replace(" ", "T", 1))
    except ValueError as error:
        raise ValueError(say("published is not a date in ISO form: {value}", value=text)) from error
    if isinstance(when, datetime) and when.tzinfo is None:
        return when.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return when


def text_article(raw: bytes, url: str | None, title: str | None) -> dict[str, Any]:
    """A title and a text from an HTML page, or from plain text: its first line that is no counter or menu line."""
    import crawler

    text = crawler.decode(raw, None)
    if "<html" in text[:5000].lower() or "<body" in text[:5000].lower():
        extraction = crawler.extract(text, url=url or "file:", listing_title=title)
        return {
            "title": title or extraction.title,
            "text": extraction.text,
            "published": write_when(extraction.published),
        }
    lines = [" ".join(line.split()) for line in tidy(text).splitlines()]
    kept = [line for line in lines if line and not crawler.is_noise(line)]
    if title is None and kept:
        title, *kept = kept
    return {"title": title, "text": "\n".join(kept), "published": None}


# --- where pages and rules come from ---


def fetched_pages(
    sources: list[str],
    urls: list[str] | None,
    private: list[str] | None,
    config: Path | None = None,
    portal_id: str | None = None,
) -> Iterator[Page | Unfetched]:
    """The pages in the order of the sources; all URLs are fetched first, in one crawl, as the configuration has it where
    one is named, and by the portal's own way. BadParameter for what cannot be meant so."""
    files = [source for source in sources if not _is_url(source)]
    for url in urls or []:
        if not _is_address(url):
            raise typer.BadParameter(say("{url} is no address", url=url), param_hint="--url")
    if len(urls or []) > len(files):
        raise typer.BadParameter(
            say("{urls} addresses for {files} files", urls=len(urls or []), files=len(files)), param_hint="--url"
        )
    networks = _networks(private or [])
    named = iter(urls or [])
    fetched: Iterator[Page | Unfetched] = iter(())
    if len(files) < len(sources):
        settings, portal = _ways(config, portal_id)
        settings = settings.model_copy(update={"allow_private": (*settings.allow_private, *networks)})
        asked = [source for source in sources if _is_url(source)]
        fetched = iter(asyncio.run(_fetch(asked, settings, portal, at_home=is_named(config) or portal is not None)))
    for source in sources:
        if _is_url(source):
            yield next(fetched)
        else:
            yield Page(next(named, Path(source).absolute().as_uri()), 200, None, _unpacked(_file(source)))


def _is_url(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (parts.scheme in ("http", "https") and bool(parts.hostname)) or parts.scheme == "file"
    except ValueError:
        return False


def _file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{name}: {told_by_system(error)}") from error


def _unpacked(body: bytes) -> bytes:
    """What is in a gzip file; one that is broken is taken as it is, and said to be no page."""
    import crawler

    try:
        return crawler.gunzip(body, _LARGEST_FILE) if body.startswith(b"\x1f\x8b") else body
    except Exception:  # whatever the bytes do to the library
        return body


def _networks(private: list[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(network) for network in private)
    except ValueError as error:
        raise typer.BadParameter(
            say("{network} is no network, as 10.0.0.0/8 is one", network=", ".join(private)),
            param_hint="--allow-private",
        ) from error


def _ways(config: Path | None, portal_id: str | None) -> tuple[Settings, Portal | None]:
    """The settings to fetch by, and the portal that is asked, where one is named."""
    if portal_id is None and not is_named(config):
        contact = "https://portalwatch.example/by-hand"
        return Settings(politeness=Politeness(contact=contact, delay=timedelta(seconds=1))), None
    portal = None if portal_id is None else _places(config, portal_id)[portal_id]
    return configuration(config, subscriptions=False).settings, portal


async def _fetch(
    urls: list[str], settings: Settings, portal: Portal | None, *, at_home: bool
) -> list[Page | Unfetched]:
    """`at_home`: by turns with the crawls of the service whose settings these are."""
    import crawler
    from monitor.clock import now

    crawler.close_gate(settings.allow_private)
    crawler.install_reactor()
    plain = {NextPage(s.url) for s in portal.sections if s.reads not in crawler.DRAWN} if portal else ()
    try:
        pages = await crawler.fetch_pages(
            urls,
            settings,
            now(),
            portal.proxy if portal else None,
            settings.data / "locks" if at_home else None,
            hosts_of(portal) if portal and portal.client == "browser" else (),
            plain=plain,
        )
    except CrawlError as error:  # no way to any of them: a browser that may not be asked for
        return [Unfetched(url, str(error)) for url in urls]
    finally:
        await crawler.release_reactor()
    return [
        Unfetched(url, str(page))
        if isinstance(page, CrawlError)
        else Page(page.url, page.status, page.content_type, page.body)
        for url, page in zip(urls, pages, strict=True)
    ]


def encoding_of(config: Path | None, portal_id: str | None) -> str | None:
    """The portal's old encoding, if it has one."""
    return None if portal_id is None else _places(config, portal_id)[portal_id].encoding


def legible_page(page: Page, encoding: str | None) -> Page:
    """A page in UTF-8 where its portal's encoding is an old one."""
    import crawler

    return replace(page, body=crawler.legible(page.body, encoding))


def portal_rules(config: Path | None, portal_id: str | None) -> Callable[[str], Section | None]:
    """The section whose rules a page of the portal is read by: the one whose URL it is, else the first."""
    if portal_id is None:
        return lambda url: None
    portal = _places(config, portal_id)[portal_id]
    return lambda url: next((s for s in portal.sections if s.url == url), portal.sections[0])


def _places(config: Path | None, portal_id: str | None) -> dict[str, Portal]:
    if portal_id is None and not is_named(config):
        return {}
    portals = {portal.id: portal for portal in configuration(config, subscriptions=False).portals}
    if portal_id is not None and portal_id not in portals:
        raise typer.BadParameter(say("there is no portal '{portal}'", portal=portal_id), param_hint="--portal")
    return portals


def listing_of(page: Any, section: Section | None, kind: str = "news") -> Listing:
    """What a page lists, whatever form it has, by a section's rules where it gives some; a watched page lists itself.
    An index of sitemaps goes on with the newest of them."""
    import crawler

    if section is None and kind in ("schedule", "page"):
        watched: dict[str, Any] = {"id": kind, "url": page.url, "kind": kind}
        section = Section.model_construct(**watched)  # a file has no address that a configuration takes
    kind = section.kind if section else kind
    if section and section.watched:
        html = crawler.page_text(page.body, page.content_type)
        if (entry := crawler.itself(html, url=page.url, status=page.status, section=section)) is not None:
            rules = crawler.article_rules(section)
            said = crawler.extract(html, url=page.url, status=page.status, rules=rules, force=True)
            entry = replace(entry, summary=said.text[:_LONGEST_PREVIEW] or None)
            return Listing(page.url, "listing", kind, (entry,), why="the page itself")
    listing, sitemap = crawler.read_source(
        page.body,
        asked=crawler.first_page(section) if section else NextPage(page.url),
        url=page.url,
        status=page.status,
        content_type=page.content_type,
        reads=section.reads if section else "auto",
        kind=kind,
        rules=crawler.listing_rules(section) if section else None,
        full=section is not None and not section.follow,
    )
    if sitemap is None or not sitemap.children:
        return listing
    return replace(listing, next=NextPage(sitemap.children[0].url))


# --- the contract's JSON ---


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """An extraction in the contract's JSON."""
    return {**asdict(extraction), "published": extraction.published, "updated": extraction.updated}


def listing_json(listing: Listing) -> dict[str, Any]:
    """A listing in the contract's JSON."""
    return {
        "url": listing.url,
        "page": listing.page,
        "kind": listing.kind,
        "entries": [asdict(entry) for entry in listing.entries],
        "next": {"url": listing.next.url, "form": dict(listing.next.form) if listing.next.form else None}
        if listing.next
        else None,
        "why": listing.why,
    }


def detection_json(name: object, detection: Detection) -> dict[str, Any]:
    """A detection in the contract's JSON."""
    return {
        "id": name,
        "kinds": list(detection.kinds),
        "meeting": meeting_json(detection.meeting) if detection.meeting else None,
        "meetings": [meeting_json(meeting) for meeting in (detection.meeting, *detection.further) if meeting],
        "documents": [document_json(document) for document in detection.documents],
    }
