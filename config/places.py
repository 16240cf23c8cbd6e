"""A YAML file as values that know their line and column, read within bounds.

It is read as the parser's events and not as a document: each key and value keeps its own place, and a file that would
grow without bound (aliases of aliases, nesting without end) is refused while it is read.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from config.language import say

MOST_BYTES = 1_000_000
MOST_VALUES = 50_000
"""Values in one file, aliases counted as often as they are used: a small file can name billions."""
DEEPEST = 30
UNREADABLE = (YAMLError, ValueError, OverflowError)
"""What the parser raises on a text that is no YAML."""


NO_TEXT = re.compile("[\x00\ud800-\udfff]")

Place: TypeAlias = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file and where it stands."""

    place: Place
    value: bool | int | float | str | list[Node] | dict[str, Node] | None
    keys: dict[str, Place] = field(default_factory=dict)
    """Where the keys of a mapping stand."""
    size: int = 1
    """Values in it, itself among them."""


class Fault(Exception):
    """The reading of a file ends here."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place, self.message = place, message


def _scalar(text: str) -> bool | int | float | str | None:
    """A plain scalar in YAML 1.2's core schema: null, true, whole numbers, decimals; all else is text."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text[0] in "tT"
    if re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]{1,99}|[0-9]{1,99}(\.[0-9]{0,99})?)([eE][-+]?[0-9]{1,9})?", text):
        return float(text)
    return text


class Tree:
    """Builds nodes from the events of one file."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self._anchors: dict[str, Node | None] = {}  # None: still being built
        self._values = 0
        self.faults: list[Fault] = []
        """What is wrong and yet leaves the file readable: keys written twice."""

    def root(self) -> Node | None:
        """The one document; None when there is nothing in the file."""
        root = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self._stop(event, say("a second document begins here; a file holds one"))
                root = self._node(next(self._events), 0)
            elif isinstance(event, DocumentEndEvent | StreamEndEvent):
                continue
        return root

    def _node(self, event: Any, depth: int) -> Node:
        self._values += 1
        if depth > DEEPEST:
            self._stop(event, say("is nested more than {most} levels deep", most=DEEPEST))
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.tag and event.tag != "tag:yaml.org,2002:str":
            self._stop(event, say("a tag ({tag}) has no meaning here; remove it", tag=event.tag))
        if event.anchor:
            self._anchors[event.anchor] = None
        if isinstance(event, ScalarEvent):
            self._check_letters(event)
            plain = event.implicit[0]
            node = Node(_place(event), _scalar(event.value) if plain else event.value)
        elif isinstance(event, SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor:
            self._anchors[event.anchor] = node
        if max(self._values, node.size) > MOST_VALUES:
            self._stop(event, say("holds more than {most} values", most=MOST_VALUES))
        return node

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            self._stop(event, say("nothing above is marked &{name}", name=event.anchor))
        node = self._anchors[event.anchor]
        if node is None:
            self._stop(event, say("*{name} holds itself", name=event.anchor))
        return node

    def _sequence(self, start: Event, depth: int) -> Node:
        items = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            item = self._node(event, depth + 1)
            if _is_empty(event):
                item = Node(place_of(self._text, self._text.rfind("-", 0, event.start_mark.index)), item.value)
            items.append(item)
        return Node(_place(start), items, size=1 + sum(item.size for item in items))

    def _mapping(self, start: Event, depth: int) -> Node:
        values: dict[str, Node] = {}
        places: dict[str, Place] = {}
        size = 1
        while not isinstance(event := next(self._events), MappingEndEvent):
            place = _place(event)
            if not isinstance(event, ScalarEvent):
                self._stop(event, say("a key must be a plain word"))
            self._check_letters(event)
            value = self._node(following := next(self._events), depth + 1)
            if _is_empty(following):
                value = Node(place, value.value)
            size += value.size
            key = str(event.value)
            if key in values:
                line = places[key][0]
                again = say("the key '{key}' stands here again; it is in line {line} already", key=key, line=line)
                self.faults.append(Fault(place, again))
                continue
            values[key], places[key] = value, place
        return Node(_place(start), values, places, size)

    def _check_letters(self, event: ScalarEvent) -> None:
        # "\uD800" and "\0" come out of escapes, and no encoder, path or database takes them.
        if NO_TEXT.search(event.value):
            self._stop(event, say("a character that is no text stands in this value"))

    @staticmethod
    def _stop(event: Event, message: str) -> NoReturn:
        raise Fault(_place(event), message)


def _is_empty(event: Event) -> bool:
    """Whether nothing is written where a value could be; YAML's mark then stands at whatever comes next."""
    return isinstance(event, ScalarEvent) and event.start_mark.index == event.end_mark.index


def _place(event: Event) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def read_text(path: Path) -> str:
    """The text of a file of a bearable size."""
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
        raise Fault((1, 1), say("is not a file"))
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Fault((1, 1), say("is larger than 1 MB"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Fault((line, 1), say("is not UTF-8 text; save the file as UTF-8")) from None


def syntax_fault(error: Exception, text: str) -> Fault:
    """What the YAML parser did not understand, in plain words where they are known."""
    mark: Any
    if isinstance(error, ReaderError):
        return Fault(place_of(text, error.position), say("a character that YAML does not allow stands here"))
    if isinstance(error, ValueError | OverflowError):  # the parser's chr() of an escape
        wrong = next((each for each in re.finditer(r"\\U([0-9A-Fa-f]{8})", text) if int(each[1], 16) > 0x10FFFF), None)
        return Fault(place_of(text, wrong.start() if wrong else 0), say("this escape names no character"))
    if not isinstance(error, MarkedYAMLError) or not (mark := error.problem_mark or error.context_mark):
        return Fault((1, 1), say("not YAML: {reason}", reason=str(error)))
    reason = str(error.problem or "")
    if "end of stream" in reason and error.context_mark:
        mark = error.context_mark  # where the quote was opened tells more than the end of the file
        message = say("a quote that begins here does not end")
    elif "'\\t'" in reason:
        message = say("a tab stands where YAML takes only spaces")
    elif "mapping values are not allowed" in reason:
        message = say("a colon is not expected here; quote a text that holds ': ', and check the indentation")
    elif "could not find expected ':'" in reason:
        message = say("a key without its colon")
    elif "cannot start any token" in reason:
        message = say("a text cannot begin with this character; put quotes around it")
    elif ("but got" in reason and "flow" in str(error.context)) or "<stream end>" in reason:
        message = say("a list or group in brackets does not end, or lacks a comma")
    elif "<block end>" in reason:
        message = say("the indentation does not fit the lines above")
    else:
        message = say("not YAML: {reason}", reason=reason)
    return Fault((mark.line + 1, mark.column + 1), message)


def place_of(text: str, index: int) -> Place:
    before = text[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


def write_yaml(path: Path, content: object) -> None:
    """Write plain values as a YAML file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(content, file)
