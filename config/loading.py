"""From the folder of configuration to a `Configuration`, or every problem in it with file, line and column.

YAML is read as events and not as objects: an event has its line and column, and nesting, aliases and the number of
values are bounded while they arrive.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.errors import ConfigError, Problem
from config.language import say
from config.places import NO_TEXT, UNREADABLE, Fault, Node, Place, Tree, read_text, syntax_fault
from config.portals import Portal, Section
from config.settings import Checks, Settings, Shape
from config.subscriptions import Expanded, Subscription
from config.system_words import told_by_system

Loc: TypeAlias = tuple[int | str, ...]
"""The way to a value: ("sections", 0, "url")."""
ShapeT = TypeVar("ShapeT", bound=Shape)


@dataclass(frozen=True)
class Configuration:
    """All that is so before anything runs."""

    directory: Path
    """The folder it was read from, absolute."""
    settings: Settings
    portals: tuple[Portal, ...]
    """In the order of their ids; disabled ones too."""
    subscriptions: tuple[Subscription, ...]
    """In the order of the file; disabled ones too."""

    def portal(self, id: str) -> Portal | None:
        """The portal of that id; None when there is none."""
        return next((portal for portal in self.portals if portal.id == id), None)

    def section(self, portal_id: str, section_id: str) -> Section | None:
        """The section of that portal; None when there is none."""
        portal = self.portal(portal_id)
        return portal.section(section_id) if portal else None

    def subscription(self, id: str) -> Subscription | None:
        """The subscription of that id; None when there is none."""
        return next((subscription for subscription in self.subscriptions if subscription.id == id), None)


def load(
    directory: Path,
    *,
    environ: Mapping[str, str],
    selector_fault: Callable[[str], str | None],
    channel_fault: Callable[[str], str | None],
    cron_fault: Callable[[str], str | None],
    with_subscriptions: bool = True,
) -> Configuration:
    """The configuration in a folder; ConfigError with every problem of all its files otherwise.

    `environ` fills in `${NAME}`. The three callables answer why a CSS selector, an apprise URL or a cron expression
    cannot be used, or None: this room knows neither lxml nor apprise nor the scheduler. Without subscriptions their
    file is not read: what looks for portals must not stop at a fault of theirs.
    """
    folder = directory.absolute()
    if not folder.is_dir():
        fault = say("no such folder; 'portalwatch init {folder}' writes one", folder=shown(folder))
        raise ConfigError([Problem(shown(folder), 1, 1, fault)])
    desk = _Desk(environ, Checks(folder, selector_fault, channel_fault, cron_fault))
    settings = desk.settings(folder / "portalwatch.yaml")
    portals = desk.portals(folder / "portals")
    subscriptions = desk.subscriptions(folder / "subscriptions.yaml") if with_subscriptions else []
    if desk.problems or settings is None:
        raise ConfigError(dict.fromkeys(desk.problems))
    return Configuration(folder, settings, tuple(portals), tuple(subscriptions))


def shown(path: Path) -> str:
    """The path as problems name it: from the current folder when it is inside, else whole."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere, or the current folder is gone
        return str(path)


# ---------------------------------------------------------------- files to shapes


@dataclass(frozen=True, slots=True)
class _Source:
    """One file as read: its nodes, and the same values as pydantic takes them."""

    file: str
    root: Node
    data: Any
    spoiled: set[Loc]
    """Values that a problem already names: what else is wrong with them is noise."""

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """Where the value of that way stands (or its key), or the nearest thing around it that exists."""
        node, place = self.root, self.root.place
        for step in loc:
            if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
                at_key, node = node.keys[step], node.value[step]
                place = at_key if key else node.place
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                place = node.place
            else:
                break
        return place

    def value(self, loc: Loc) -> Any:
        """The value of that way; None where there is none."""
        value = self.data
        for step in loc:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def rows(self, loc: Loc = ()) -> Iterator[tuple[Loc, dict[str, Any]]]:
        """The groups in the list of that way, however faulty the rest of the file is."""
        value = self.value(loc)
        for index, row in enumerate(value if isinstance(value, list) else ()):
            if isinstance(row, dict):
                yield (*loc, index), row


class _Desk:
    """Reads the files of one folder and gathers their problems."""

    def __init__(self, environ: Mapping[str, str], checks: Checks) -> None:
        self._environ = environ
        self._checks = checks
        self._portal_ids: set[str] = set()
        self.problems: list[Problem] = []

    def settings(self, path: Path) -> Settings | None:
        """portalwatch.yaml."""
        source = self._read(path)
        return self._shape(Settings, source, source.data) if source else None

    def portals(self, folder: Path) -> list[Portal]:
        """The files of portals/, the good ones; a folder that is absent is an empty one."""
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".yaml", ".yml"))
        except FileNotFoundError:
            return []
        except OSError as error:
            self._tell(shown(folder), (1, 1), say("cannot be read: {reason}", reason=told_by_system(error)))
            return []
        portals = []
        first: dict[str, Path] = {}
        for path in paths:
            if path.name.startswith("."):  # an editor's or a system's own file
                continue
            id, twin = path.stem, first.setdefault(path.stem.casefold(), path)
            self._portal_ids.add(id)
            if twin is not path:
                same = say("is a second file for the portal of {other}", other=twin.name)
                near = say("differs from {other} only in capital letters", other=twin.name)
                self._tell(shown(path), (1, 1), same if twin.stem == id else near)
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id):
                self._tell(
                    shown(path), (1, 1),
                    say("the file's name is the portal's id; use a-z, 0-9 and hyphens, with a letter or digit first"),
                )  # fmt: skip
            if (source := self._read(path)) and (portal := self._portal(source, id)):
                portals.append(portal)
        return portals

    def _portal(self, source: _Source, id: str) -> Portal | None:
        self._repeated(source, source.rows(("sections",)), "id")
        # One address of an API gives many listings, by what it is sent.
        sections = ((loc, row) for loc, row in source.rows(("sections",)) if "body" not in row)
        self._repeated(source, sections, "url")
        if not isinstance(source.data, dict):
            return self._shape(Portal, source, source.data)
        if "id" in source.data:
            place = source.place(("id",), key=True)
            self._tell(source.file, place, say("the file's name is the portal's id; remove this key"))
        source.spoiled.add(("id",))  # told above, with the file's name
        return self._shape(Portal, source, source.data | {"id": id})

    def subscriptions(self, path: Path) -> list[Subscription]:
        """subscriptions.yaml, the good ones; a file that is absent or empty holds none."""
        source = self._read(path, optional=True)
        if source is None or source.data is None:
            return []
        if not isinstance(source.data, list):
            self._tell(source.file, source.root.place, say("must be a list: each subscription begins with '- id:'"))
            return []
        self._repeated(source, source.rows(), "id")
        for loc, row in source.rows():
            names = row.get("portals")
            for index, name in enumerate(names if isinstance(names, list) else ()):
                if isinstance(name, str) and name not in self._portal_ids:
                    here: Loc = (*loc, "portals", index)
                    source.spoiled.add(here)
                    self._tell(source.file, source.place(here), _unknown_portal(name, self._portal_ids), name)
        shapes = [self._shape(Subscription, source, row, (index,)) for index, row in enumerate(source.data)]
        return [shape for shape in shapes if shape]

    def _repeated(self, source: _Source, rows: Iterator[tuple[Loc, dict[str, Any]]], key: str) -> None:
        seen: dict[str, int] = {}
        for loc, row in rows:
            if isinstance(value := row.get(key), str):
                place = source.place((*loc, key))
                if line := seen.get(value):
                    again = say("'{value}' stands here again; it is in line {line} already", value=value, line=line)
                    self._tell(source.file, place, again, value)
                seen.setdefault(value, place[0])

    def _shape(self, model: type[ShapeT], source: _Source, data: Any, at: Loc = ()) -> ShapeT | None:
        try:
            return model.model_validate(data, context=self._checks)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        for fault in faults:
            loc: Loc = (*at, *fault["loc"])
            if loc in source.spoiled:
                continue
            kind = fault["type"]
            place = source.place(loc[:-1]) if kind == "missing" else source.place(loc, key=kind == "extra_forbidden")
            self._tell(source.file, place, _words(fault, model), source.value(loc))
        return None

    def _read(self, path: Path, *, optional: bool = False) -> _Source | None:
        """One file; None when it cannot be read (which is told)."""
        file = shown(path)
        try:
            text = read_text(path)
        except FileNotFoundError:
            if not optional or path.is_symlink():
                self._tell(file, (1, 1), say("there is no such file"))
            return None
        except OSError as error:
            self._tell(file, (1, 1), say("cannot be read: {reason}", reason=told_by_system(error)))
            return None
        except Fault as fault:
            self._tell(file, fault.place, fault.message)
            return None
        tree = Tree(text)
        try:
            root = tree.root()
        except Fault as fault:
            tree.faults.append(fault)
            root = None
        except UNREADABLE as error:
            tree.faults.append(syntax_fault(error, text))
            root = None
        for each in tree.faults:
            self._tell(file, each.place, each.message)
        if root is None and tree.faults:
            return None
        root = root or Node((1, 1), None)
        spoiled: set[Loc] = set()
        return _Source(file, root, self._data(root, (), file, spoiled), spoiled)

    def _data(self, node: Node, loc: Loc, file: str, spoiled: set[Loc]) -> Any:
        """The node's values as plain Python, `${NAME}` filled in."""
        if isinstance(node.value, dict):
            return {key: self._data(value, (*loc, key), file, spoiled) for key, value in node.value.items()}
        if isinstance(node.value, list):
            return [self._data(value, (*loc, index), file, spoiled) for index, value in enumerate(node.value)]
        if not isinstance(node.value, str) or "${" not in node.value:
            return node.value

        def fill(match: re.Match[str]) -> str:
            name = match[1]
            if not re.fullmatch(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}", match[0]):
                fault = say(
                    "'{value}' is not a variable; write one such as {name}", value=match[0], name="${ALERT_URL}"
                )
            elif not self._environ.get(name):
                fault = say("the environment variable {name} is not set", name=name)
            elif NO_TEXT.search(self._environ[name]):
                fault = say("the environment variable {name} is not UTF-8 text", name=name)
            else:
                return self._environ[name]
            spoiled.add(loc)
            self._tell(file, node.place, fault)
            return match[0]

        return Expanded(re.sub(r"\$\{([^}]*)\}?", fill, node.value), node.value)

    def _tell(self, file: str, place: Place, message: str, value: object = None) -> None:
        if isinstance(value, Expanded):
            message = message.replace(value, value.written)  # what the environment holds is never told
        message = " ".join(message.split())  # a problem is one line
        self.problems.append(Problem(file, *place, message if len(message) <= 400 else message[:399] + "…"))


# ---------------------------------------------------------------- words for people


def _words(fault: ErrorDetails, model: type[Shape]) -> str:
    """What pydantic found, in plain words."""
    kind, given = fault["type"], fault["input"]
    if kind == "extra_forbidden":
        return _unknown_key(str(fault["loc"][-1]), _shape_at(model, fault["loc"][:-1]))
    if kind == "missing":
        return say("the key '{key}' is missing", key=fault["loc"][-1])
    if given is None:
        return say("the value is missing")
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    if kind == "string_type":
        quotes = isinstance(given, bool | int | float)
        return say("must be text; put quotes around it") if quotes else say("must be text")
    if kind == "bool_type":
        return say("must be true or false")
    if kind == "tuple_type":
        return say("must be a list")
    if kind == "model_type":
        return say("must be a group of keys, each with its value")
    if kind == "literal_error":
        allowed = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return say("must be one of: {allowed}", allowed=allowed)
    return say("is not usable: {reason}", reason=fault["msg"])


def _unknown_key(key: str, shape: type[Shape]) -> str:
    if key in shape.NOT_BUILT:
        return say("'{key}' is not built yet; remove it", key=key)
    near = difflib.get_close_matches(key.lower(), shape.model_fields, 1)
    if near:
        return say("unknown key '{key}'; did you mean '{near}'?", key=key, near=near[0])
    return say("unknown key '{key}'", key=key)


def _unknown_portal(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name.lower(), sorted(known), 1)
    if near:
        return say("there is no portal '{name}'; did you mean '{near}'?", name=name, near=near[0])
    return say("there is no portal '{name}'", name=name)


def _shape_at(model: type[Shape], loc: Sequence[int | str]) -> type[Shape]:
    """The shape of the group at that way."""
    for step in loc:
        if isinstance(step, str):
            model = next(_shapes_in(model.model_fields[step].annotation))
    return model


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes_in(part)
