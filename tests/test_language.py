"""Every text that portalwatch says exists in Vietnamese, with the same places to fill."""

from __future__ import annotations

import ast
import string
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
# The function that says a text, and which of its arguments the text is.
SAYING = {"say": 0, "_say": 0, "mark": 0, "say_in": 1}
DEFINED_IN = {ROOT / "config" / "language.py"}


@cache
def said() -> dict[str, str]:
    """Every text that is said somewhere, and where."""
    found = {}
    for room in ("config", "storage", "crawler", "monitor"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if path in DEFINED_IN:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in SAYING and len(node.args) > SAYING[name]:
                    text = node.args[SAYING[name]]
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        found[text.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


@cache
def catalogue() -> dict[str, str]:
    with (ROOT / "config" / "locale" / "vi.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="vi") if message.id}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_exists_in_vietnamese() -> None:
    known = catalogue()
    missing = {text: where for text, where in said().items() if not known.get(text)}
    assert not missing


def test_no_translation_is_left_over() -> None:
    assert not catalogue().keys() - said().keys()


def test_translations_have_the_same_places_to_fill() -> None:
    wrong = {text for text, translated in catalogue().items() if places(text) != places(translated)}
    assert not wrong
