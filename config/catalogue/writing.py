"""A portal of the catalogue as a file of the configuration, with what is known of it as comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.catalogue import Catalogue, KnownPortal
from config.language import say_in
from config.portal_files import comment, scalar, write_new


def write_portal(directory: Path, catalogue: Catalogue, portal: KnownPortal, language: str) -> Path:
    """The file written into the folder of configuration, DIR/portals/ID.yaml. `language`: vi or en.

    ConfigError, and nothing is written, when a file of that id is there already or the folder cannot be made.
    """
    return write_new(directory, portal.id, portal_yaml(catalogue, portal, language))


def portal_yaml(catalogue: Catalogue, portal: KnownPortal, language: str) -> str:
    """The text of the portal's file."""
    return "\n".join(_lines(catalogue, portal, language)) + "\n"


def told_source(catalogue: Catalogue, source_id: str, language: str) -> str:
    """A source as people read it, with its date when that is known."""
    source = catalogue.source(source_id)
    text = source.text(language)
    return f"{text}, {source.dated}" if source.dated else text


def _lines(catalogue: Catalogue, portal: KnownPortal, language: str) -> Iterator[str]:
    yield from comment(
        say_in(language, "From the catalogue of portalwatch; not tried live. To try it: portalwatch check --live.")
    )
    yield "#"
    yield from comment(say_in(language, "What is known, and from when and from where:"))
    for fact, source in portal_facts(catalogue, portal, language):
        yield from comment(f"{fact} [{source}]", first="- ")
    yield ""
    yield f"name: {scalar(portal.name)}"
    yield f"url: {scalar(portal.url)}"
    yield from _enabled(catalogue, portal, language)
    for key in ("province", "body"):
        if value := getattr(portal, key):
            yield f"{key}: {scalar(value)}"
    if portal.aliases:
        yield f"aliases: [{', '.join(portal.aliases)}]"
    if portal.successor:
        yield f"successor: {portal.successor}"
    if predecessors := catalogue.predecessors(portal):
        yield ""
        # Not written out: one of several can be named, it must be configured, and its articles then count as known here.
        yield from comment(
            say_in(language, "It took the place of these; name one if you watched it, and its articles are known here:")
        )
        for each in predecessors:
            yield f"# predecessor: {each.id}"
    yield ""
    yield "sections:"
    for section in portal.sections:
        yield from comment(f"{section.name} [{told_source(catalogue, section.source, language)}]", indent="  ")
        yield f"  - id: {section.id}"
        yield f"    url: {scalar(section.url)}"
        yield f"    kind: {section.kind}"
    if not portal.sections:
        yield from comment(
            say_in(
                language,
                "No section is known yet. This one is the home page, in place of a list of news or documents: find the "
                "list on the portal, put its address here, and look at it with portalwatch read ADDRESS.",
            ),
            indent="  ",
        )
        yield f"  - id: {say_in(language, 'home-page')}"
        yield f"    url: {scalar(portal.url)}"
        yield f"    kind: {'documents' if portal.kind == 'documents' else 'news'}"


def _enabled(catalogue: Catalogue, portal: KnownPortal, language: str) -> Iterator[str]:
    if catalogue.seen_lately(portal):
        yield "enabled: true"
        return
    if portal.retired_on:
        why = say_in(language, "Off, because what it belonged to is no more; write true to watch it all the same.")
    elif not portal.sections:
        why = say_in(language, "Off until a section is known; then write true.")
    else:
        why = say_in(
            language, "Off, because its sections were not seen since the reorganisation of 2025; try them first."
        )
    yield from comment(why)
    yield "enabled: false"


def portal_facts(catalogue: Catalogue, portal: KnownPortal, language: str) -> Iterator[tuple[str, str]]:
    """What is known of a portal as a whole, each with its source, as people read them."""

    def told(source: str | None) -> str:
        return told_source(catalogue, source or "knowledge", language)

    yield say_in(language, "Its address: {url}", url=portal.url), told(portal.url_source)
    if portal.platform:
        yield say_in(language, "Built with {platform}", platform=portal.platform), told(portal.platform_source)
    if portal.retired_on:
        yield say_in(language, "Ended on {day}", day=portal.retired_on.isoformat()), told(portal.retired_source)
    for each in portal.known:
        yield each.text(language).removesuffix("."), told(each.source)
    for feed in portal.feeds:
        yield say_in(language, "A feed: {url}", url=feed.url), told(feed.source)
