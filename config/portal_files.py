"""Portals as files of the configuration: written whole or not at all, and never over one that is there."""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from config.errors import ConfigError, Problem
from config.language import say, say_in
from config.loading import shown
from config.portals import Section
from config.system_words import told_by_system

WIDTH = 118


@dataclass(frozen=True, slots=True)
class ProposedSection:
    """A section to be written. `told`: what is known of it, in the file's language; not `chosen`: as a comment."""

    id: str
    url: str
    kind: str
    reads: str
    told: tuple[str, ...]
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class ProposedPortal:
    """A portal to be written, with what is known of it."""

    id: str
    name: str
    url: str
    province: str | None
    body: str | None
    told: tuple[str, ...]
    sections: tuple[ProposedSection, ...]


def there_already(directory: Path, id: str) -> Path | None:
    """The file of that portal in the folder of configuration; None when there is none."""
    target = directory / "portals" / f"{id}.yaml"
    return next((path for path in (target, target.with_suffix(".yml")) if os.path.lexists(path)), None)


def write_new(directory: Path, id: str, text: str) -> Path:
    """DIR/portals/ID.yaml, written at once: a service that reads the folder sees all of it or nothing.

    ConfigError, and nothing is written, when a file of that id is there already or the folder cannot be made.
    """
    target = directory / "portals" / f"{id}.yaml"
    if there := there_already(directory, id):
        raise ConfigError([Problem(shown(there), 1, 1, say("is there already; nothing was written"))])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{id}.{os.getpid()}.new")
        draft.write_text(text, encoding="utf-8")
        try:
            _place(draft, target)
        finally:
            draft.unlink()
    except OSError as error:
        fault = say("cannot be written: {reason}", reason=told_by_system(error))
        raise ConfigError([Problem(shown(target), 1, 1, fault)]) from error
    return target


def write_proposed(directory: Path, portal: ProposedPortal, language: str) -> Path:
    """The portal's file, see `write_new`. `language` of its comments: vi or en.

    A section whose kind or way of reading this version does not watch yet stands in it as a comment; ConfigError when
    none is left.
    """
    if not any(section.chosen and _watched(section) for section in portal.sections):
        where = shown(directory / "portals" / f"{portal.id}.yaml")
        raise ConfigError([Problem(where, 1, 1, say("no section of it can be watched; nothing was written"))])
    return write_new(directory, portal.id, "\n".join(_lines(portal, language)) + "\n")


def _lines(portal: ProposedPortal, language: str) -> Iterator[str]:
    for told in portal.told:
        yield from comment(told)
    yield ""
    yield f"name: {scalar(portal.name)}"
    yield f"url: {scalar(portal.url)}"
    yield "enabled: true"
    for key in ("province", "body"):
        if value := getattr(portal, key):
            yield f"{key}: {scalar(value)}"
    yield ""
    yield "sections:"
    for section in sorted(portal.sections, key=lambda each: not each.chosen):
        for told in section.told:
            yield from comment(told, indent="  ")
        watched = section.chosen and _watched(section)
        if not watched:
            why = say_in(language, "Not watched by this version yet:" if section.chosen else "Not chosen:")
            yield from comment(why, indent="  ")
        mark = "" if watched else "# "
        yield f"  {mark}- id: {section.id}"
        yield f"  {mark}  url: {scalar(section.url)}"
        yield f"  {mark}  kind: {section.kind}"
        if section.reads != "html":
            yield f"  {mark}  reads: {section.reads}"


def _watched(section: ProposedSection) -> bool:
    """Whether this version takes such a section."""
    fields = {"id": section.id, "url": section.url, "kind": section.kind, "reads": section.reads}
    try:
        Section.model_validate(fields)
    except ValidationError:
        return False
    return True


def _place(draft: Path, target: Path) -> None:
    """The draft's content at the target, whole; FileExistsError when something is there: a rename would replace it."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with target.open("x", encoding="utf-8") as stream:
            stream.write(draft.read_text(encoding="utf-8"))


def comment(text: str, *, indent: str = "", first: str = "") -> Iterator[str]:
    """The lines of a comment."""
    lines = textwrap.wrap(text, WIDTH - len(indent) - 2 - len(first), break_long_words=False, break_on_hyphens=False)
    for number, line in enumerate(lines):
        yield f"{indent}# {first if number == 0 else ' ' * len(first)}{line}"


def scalar(text: str) -> str:
    """The text as YAML reads it back: plain where that is safe, else in double quotes, which JSON writes alike."""
    plain = re.fullmatch(r"[^\W\d_][^\n]*", text) and not re.search(r": |:$| #|\s$", text)
    words = text.lower() in ("true", "false", "null", "yes", "no", "on", "off")
    return text if plain and not words else json.dumps(text, ensure_ascii=False)
