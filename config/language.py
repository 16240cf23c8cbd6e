"""What portalwatch says to people, in Vietnamese or English.

The English text is the key; `config/locale/vi.po` holds the Vietnamese one. A test reads the sources and fails when a
text has no translation, so no catalogue is compiled and none can be stale.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("vi", "en")


def language_of(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for: PORTALWATCH_LANGUAGE, else the locale; English by default."""
    asked = environ.get("PORTALWATCH_LANGUAGE", "")
    if asked in LANGUAGES:
        return asked
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "vi" if locale.lower().startswith("vi") else "en"


class _Voice:
    """The language of this process; the environment's until the configuration or a test says otherwise."""

    language = language_of(os.environ)


def speak(language: str) -> None:
    """Set the language of all that `say` says from here on."""
    _Voice.language = language


def speaking() -> str:
    """The language that `say` says things in."""
    return _Voice.language


@cache
def _catalogue() -> dict[str, str]:
    with files("config").joinpath("locale/vi.po").open("rb") as source:
        catalogue = read_po(source, locale="vi")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def mark(text: str) -> str:
    """The text itself: a mark for the catalogue that it is said later, through a name."""
    return text


def say_in(language: str, text: str, **values: object) -> str:
    """The text in a given language, its {named} places filled."""
    template = _catalogue().get(text, text) if language == "vi" else text
    return template.format(**values) if values else template


def say(text: str, **values: object) -> str:
    """The text in the language of the process, its {named} places filled."""
    return say_in(_Voice.language, text, **values)
