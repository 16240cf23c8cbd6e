"""The templates of messages: the shipped ones, and the user's own from DIR/templates, held in a sandbox.

A user's template is Jinja2 without its ways to what is around it: it sees plain values, may ask for their keys only, calls
nothing, and has a few filters. It cannot grow a text but by writing it, and what it writes and how long it runs is bounded.
One that fails takes nothing from its reader: the shipped one is used instead, and the log tells it once.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import Any, cast

import structlog
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from markupsafe import Markup, escape

from config import Problem, say, shown
from monitor.escaping import in_markdown, web_link

ENDINGS = {"text": "txt", "markdown": "md", "html": "html"}
"""The ending of a template's file, by the format that it writes."""

_SHIPPED = "shipped/"  # what a user's template writes before the name of a shipped one that it builds on
_MOST_BYTES = 64_000
_MOST_LETTERS = 200_000
_MOST_LINES = 200_000  # of Python, run by one template
_FILTERS = ("capitalize", "count", "d", "default", "first", "last", "length", "lower", "trim", "truncate", "upper")
_TESTS = ("==", "!=", "defined", "eq", "equalto", "even", "false", "in", "ne", "none", "odd", "true", "undefined")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice,
    nodes.Filter, nodes.Test, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Assign, nodes.Tuple, nodes.List, nodes.Include, nodes.Extends, nodes.Block, nodes.Keyword,
)  # fmt: skip

log = structlog.get_logger(__name__)


class _TooMuchError(TemplateError):
    """A template writes or runs without end."""


def render(directory: Path, names: Sequence[str], form: str, view: Mapping[str, Any]) -> str:
    """A view in a format, by the first of the named templates (without their ending) that a folder or the program has."""
    ending = ENDINGS[form]
    for name in names:
        file = f"{name}.{ending}"
        if (directory / file).is_file():
            try:
                return _written(_users(directory, ending), file, view, bounded=True)
            except Exception as error:  # whatever a user's template does, the alert is told
                _tell_once(shown(directory / file), _line_of(error, directory / file), _words(error))
    shipped = _shipped(ending)
    return _written(shipped, shipped.select_template([f"{name}.{ending}" for name in names]).name or "", view)


def template_faults(directory: Path, kinds: Sequence[str], views: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Every problem of the templates in a folder, tried with sample views; an absent folder has none."""
    problems = []
    known = ("message", "changed", *kinds)
    names = ["subject.txt", *(f"{name}.{ending}" for name in known for ending in ENDINGS.values())]
    for path in sorted(directory.iterdir()) if directory.is_dir() else ():
        if path.name.startswith(".") or path.name.endswith("~"):  # an editor's own
            continue
        if path.name not in names:
            told = say("no message is written by a template of this name; use one of: {names}", names=_listed(known))
            problems.append(Problem(shown(path), 1, 1, told))
            continue
        try:
            for view in views:
                _written(_users(directory, path.suffix[1:]), path.name, view, bounded=True)
        except Exception as error:
            problems.append(Problem(shown(path), _line_of(error, path), 1, _words(error)))
    return problems


def _listed(names: Sequence[str]) -> str:
    return ", ".join(["subject.txt", *(f"{name}.txt|md|html" for name in names)])


def _written(environment: Environment, name: str, view: Mapping[str, Any], *, bounded: bool = False) -> str:
    if not bounded:
        return _tidied(environment.get_template(name).render(view))
    written, size = [], 0
    with _bounded(_MOST_LINES):
        for part in environment.get_template(name).generate(view):
            size += len(part)
            if size > _MOST_LETTERS:
                raise _TooMuchError(say("writes more than {most} letters", most=_MOST_LETTERS))
            written.append(part)
    return _tidied("".join(written))


def _tidied(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@contextmanager
def _bounded(lines: int) -> Iterator[None]:
    """Let so many lines of Python run inside, and no more: a loop in a template can be stopped in no other way."""
    left = lines

    def count(frame: FrameType, event: str, argument: object) -> Callable[..., Any]:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMuchError(say("runs without end"))
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)


# ---------------------------------------------------------------- environments


class _Loader(BaseLoader):
    """Templates of a folder, and under `shipped/` or where the folder has none those of the program."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        name = template.removeprefix(_SHIPPED)
        if not re.fullmatch(r"[a-z_]+\.(txt|md|html)", name):
            raise TemplateNotFound(template)
        if self._directory and name == template and (path := self._directory / name).is_file():
            seen = path.stat().st_mtime_ns, path.stat().st_size
            if seen[1] > _MOST_BYTES:
                raise TemplateError(say("is larger than {most} bytes", most=_MOST_BYTES))
            return (
                path.read_text("utf-8-sig"),
                str(path),
                lambda: path.is_file() and (path.stat().st_mtime_ns, path.stat().st_size) == seen,
            )
        shipped = files("monitor").joinpath("templates", name)
        if not shipped.is_file():
            raise TemplateNotFound(template)
        return shipped.read_text("utf-8"), str(shipped), None


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that knows keys of plain values and nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return obj  # it tells so when it is written
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        by_key = isinstance(argument, str) and isinstance(obj, Mapping)
        if not by_key and not (isinstance(argument, int | slice) and isinstance(obj, list | tuple | str)):
            return self.unsafe_undefined(obj, str(argument))
        try:
            return cast(Any, obj)[argument]
        except LookupError:
            return self.undefined(obj=obj, name=str(argument))

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        for node in _all(source):
            if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
                told = say("'{what}' is not allowed in a message's template", what=type(node).__name__.lower())
                raise TemplateSyntaxError(told, node.lineno, name, filename)
        return super()._generate(source, name, filename, defer_init)


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


@lru_cache(maxsize=8)
def _shipped(ending: str) -> Environment:
    return _environment(None, ending)


@lru_cache(maxsize=32)
def _users(directory: Path, ending: str) -> Environment:
    return _environment(directory, ending)


def _environment(directory: Path | None, ending: str) -> Environment:
    environment = _Sandbox(
        loader=_Loader(directory),
        autoescape=ending != "txt",
        finalize=_markdown if ending == "md" else None,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=directory is not None,
        cache_size=50,
    )
    environment.globals.clear()
    environment.filters = {name: FILTERS[name] for name in _FILTERS}
    environment.filters["join"] = _join
    environment.filters["link"] = _LINKS[ending]
    environment.tests = {name: TESTS[name] for name in _TESTS}
    return environment


def _join(values: Any, between: str = ", ") -> str:
    if isinstance(values, str):
        raise SecurityError(say("only a list is joined"))
    return between[:20].join(str(value) for value in values)


def _markdown(value: object) -> object:
    return value if isinstance(value, Markup | Undefined) else in_markdown(value)


def _link_in_markdown(url: object) -> Markup:
    link = web_link(str(url or ""))
    return Markup(f"<{link}>" if link else "")  # noqa: S704  # every other letter of it is percent-encoded


def _link_in_html(url: object) -> Markup:
    link = web_link(str(url or ""))
    return Markup('<a href="{0}">{0}</a>').format(escape(link)) if link else Markup("")


_LINKS: Mapping[str, Callable[[object], object]] = {
    "txt": lambda url: web_link(str(url or "")),
    "md": _link_in_markdown,
    "html": _link_in_html,
}


# ---------------------------------------------------------------- what went wrong

_told: set[tuple[str, int, str]] = set()


def _tell_once(file: str, line: int, words: str) -> None:
    if (file, line, words) not in _told and len(_told) < 1000:
        _told.add((file, line, words))
        log.error("template failed; the shipped one is used", template=f"{file}:{line}", error=words)


def _line_of(error: Exception, path: Path) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return next((line for line in reversed(lines) if line), 1)


def _words(error: Exception) -> str:
    match error:
        case RecursionError():
            return say("runs without end")
        case UnicodeDecodeError():
            return say("is not UTF-8 text; save the file as UTF-8")
        case TemplateNotFound():
            return say("there is no template '{name}'", name=str(error.name))
        case TemplateError():
            return " ".join(str(error.message or error).split())[:300]
    return f"{type(error).__name__}: {error}"[:300]
