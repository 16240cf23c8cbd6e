"""Pages kept as test cases: the bytes as they came, and beside them what the program read on them, for people to review.

NAME.article.html or NAME.listing.html holds a page (.page where it is no HTML). The .json beside it holds the answer of
`extract` or `read`, and the facts of the recording under "recorded". A page put there by hand has none: it begins with a
comment that says where it came from, and its answer is taken for reviewed.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import typer

from config import ConfigError, CrawlError, Problem, Section, plain, say
from monitor.commands.folder import Config, folder
from monitor.commands.try_out import (
    OfPortal,
    Page,
    Private,
    Unfetched,
    Urls,
    encoding_of,
    extracted,
    extraction_json,
    fetched_pages,
    legible_page,
    listing_json,
    listing_of,
    portal_rules,
)
from storage import Listing, write_when

FORMS = ("article", "listing")
_VOLATILE = {"removed", "why"}  # how an answer came about, and no part of it
_COMMENT = re.compile(rb"<!-- (\S+)(?: (\w+))? -->\n")
_LONGEST_NAME = 60


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(help=say("Keep a page and what is read on it as a test case; --check: read all kept pages again."))(
        record
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A kept page and how it is read."""

    page: Page
    form: str
    kind: str = "news"
    """What a listing lists."""
    portal: str | None = None
    """Whose rules it is read by."""
    reviewed: bool = False


def record(
    source: Annotated[
        str | None, typer.Argument(help=say("A URL or file; with --check: a folder of kept pages."), show_default=False)
    ] = None,
    url: Urls = None,
    into: Annotated[
        Path | None, typer.Option("--into", help=say("The folder; recorded in the configuration's if left out."))
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help=say("What to call the page."), show_default=False)] = None,
    form: Annotated[
        str | None, typer.Option("--as", help=say("What the page is: article or listing."), show_default=False)
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help=say("What it lists: news or documents."))] = "news",
    portal: OfPortal = None,
    allow_private: Private = None,
    check: Annotated[bool, typer.Option("--check", help=say("Read kept pages again and say what differs."))] = False,
    config: Config = None,
) -> int:
    """Keep one page; or replay all: 1 when one is read otherwise than reviewed."""
    if check:
        return _check(Path(source) if source else folder(config) / "recorded", config)
    if source is None:
        raise typer.BadParameter(say("name a URL or a file"))
    if form not in (None, *FORMS):
        raise typer.BadParameter(say("article or listing"), param_hint="--as")
    if kind not in ("news", "documents"):
        raise typer.BadParameter(say("news or documents"), param_hint="--kind")
    if name is not None and not re.fullmatch(r"[\w-]+", name):
        raise typer.BadParameter(say("letters, digits, - and _ only"), param_hint="--name")
    (page,) = fetched_pages([source], url, allow_private, config, portal)
    if isinstance(page, Unfetched):
        raise CrawlError(f"{page.url}: {page.why}")
    rules_of, encoding = portal_rules(config, portal), encoding_of(config, portal)
    told = {each: answer(Recorded(page, each, kind, portal), rules_of(page.url), encoding) for each in FORMS}
    if form is None:
        form = next((each for each in FORMS if told[each]["page"] == each), None)
    if form is None:
        raise CrawlError(
            say(
                "{url}: neither an article nor a listing (class: {page}); nothing was kept. With --as it is kept all the same",
                url=page.url,
                page=told["article"]["page"],
            )
        )
    suffix = (
        "html" if page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"<?xml" not in page.body[:64] else "page"
    )
    kept = (into or folder(config) / "recorded") / f"{name or _name(page.url)}.{form}.{suffix}"
    if kept.exists() or kept.with_suffix(".json").exists():
        raise ConfigError([Problem(str(kept), 1, 1, say("is there already; choose another --name"))])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(page.body)
    _write(kept, told[form], Recorded(page, form, kind, portal))
    typer.echo(f"{kept}: {told[form]['page']}")
    typer.echo(_to_review(kept))
    return 0


def _check(kept: Path, config: Path | None) -> int:
    rules = cache(partial(portal_rules, config))
    encoding = cache(partial(encoding_of, config))
    paths = list(recorded_in(kept))
    if not paths:
        raise ConfigError([Problem(str(kept), 1, 1, say("no recorded page is there"))])
    bad = 0
    for path in paths:
        try:
            recorded = load(path)
            found = faults(path, rules(recorded.portal)(recorded.page.url), encoding(recorded.portal))
        except (CrawlError, typer.BadParameter) as error:
            found = [str(error)]
        bad += bool(found)
        for line in found:
            typer.echo(f"{path}: {line}")
    typer.echo(say("{pages} pages, {bad} not as reviewed", pages=len(paths), bad=bad))
    return 1 if bad else 0


# --- kept pages ---


def recorded_in(kept: Path) -> Iterator[Path]:
    """The kept pages in a folder and the folders in it."""
    for path in sorted(kept.rglob("*")):
        if path.is_file() and path.suffix != ".json" and path.stem.rpartition(".")[2] in FORMS:
            yield path


def load(path: Path) -> Recorded:
    """A kept page; CrawlError when its facts cannot be read."""
    form = path.stem.rpartition(".")[2]
    body = path.read_bytes()
    facts = _answer_of(path).get("recorded")
    if facts is not None:
        try:
            page = Page(facts["url"], facts["status"], facts["content_type"], body)
            return Recorded(page, form, facts["kind"], facts["portal"], facts["reviewed"] is True)
        except (KeyError, TypeError) as error:
            raise CrawlError(say("'recorded' in its answer is not as it was written")) from error
    comment = _COMMENT.match(body)
    if comment is None:
        raise CrawlError(say("neither its answer nor a comment in its first line says where it came from"))
    page = Page(comment[1].decode("utf-8", "replace"), 200, None, body[comment.end() :])
    return Recorded(page, form, comment[2].decode() if comment[2] else "news", reviewed=True)


def _answer_of(path: Path) -> dict[str, Any]:
    kept = path.with_suffix(".json")
    try:
        told = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    except ValueError as error:
        raise CrawlError(say("its answer is no JSON: {error}", error=error)) from error
    if not isinstance(told, dict):
        raise CrawlError(say("its answer is no JSON: {error}", error=say("not an object")))
    return told


def answer(recorded: Recorded, rules: Section | None = None, encoding: str | None = None) -> dict[str, Any]:
    """What is read on a page, in the contract's JSON, without how it came about."""
    import crawler

    page = legible_page(recorded.page, encoding)
    if recorded.form == "listing":
        try:
            listing = listing_of(page, rules, recorded.kind)
        except CrawlError as error:
            listing = Listing(url=page.url, page="error", kind=recorded.kind, entries=(), why=str(error))
        told = listing_json(listing)
    else:
        extraction, _ = extracted(page, rules, crawler.UNLEARNED)
        told = extraction_json(extraction)
    kept = {key: value for key, value in told.items() if key not in _VOLATILE}
    as_json: dict[str, Any] = json.loads(json.dumps(kept, ensure_ascii=False, default=write_when))
    return as_json


def faults(path: Path, rules: Section | None = None, encoding: str | None = None) -> list[str]:
    """What is amiss with a kept page: its answer missing, and written now; not reviewed; another one today."""
    recorded = load(path)
    told = answer(recorded, rules, encoding)
    expected = _answer_of(path)
    if not expected:
        _write(path, told, None)
        return [say("had no answer; it is written now: read it, and keep it if it is right")]
    expected.pop("recorded", None)
    unreviewed = [] if recorded.reviewed else [_to_review(path)]
    return unreviewed + differences(expected, told)


def differences(expected: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """The lines in which two answers differ, each with its field; those that are gone with -, those that came with +."""
    found = []
    for field in {**expected, **told}:
        before, now = (_lines(each.get(field)) for each in (expected, told))
        changes = [line for line in difflib.ndiff(before, now) if line[0] in "+-"] if before != now else []
        found += [f"{field}: {line}" for line in changes]
    return found


def _lines(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split("\n")
    if isinstance(value, list):
        return [json.dumps(each, ensure_ascii=False) for each in value]
    return [json.dumps(value, ensure_ascii=False)]


def _to_review(path: Path) -> str:
    return say(
        'not reviewed yet: compare {file} with the page, correct it, and write "reviewed": true in it',
        file=path.with_suffix(".json"),
    )


def _write(path: Path, told: dict[str, Any], recorded: Recorded | None) -> None:
    if recorded is not None:
        from monitor.clock import now

        page = recorded.page
        facts = {
            "reviewed": False,
            "url": page.url,
            "status": page.status,
            "content_type": page.content_type,
            "at": write_when(now()),
            "kind": recorded.kind,
            "portal": recorded.portal,
        }
        told = {"recorded": facts, **told}
    path.with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _name(url: str) -> str:
    """A file's name for an address: the host and the end of the path."""
    parts = urlsplit(url)
    words = f"{parts.hostname or ''} {plain(unquote(parts.path).rstrip('/').rpartition('/')[2])}"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "page"
