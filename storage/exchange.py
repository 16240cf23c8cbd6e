"""The exchange format: what a line of an export says, and what a line must say to be imported. No SQL.

JSON Lines in UTF-8. Every line names the format's version and what it is:

    {"portalwatch": 1, "kind": "header", "exported", "what", "portals", "since"}
    {"portalwatch": 1, "kind": "article", "portal", "section", "url", "addresses", "first_seen", "checked", "next_visit",
     "duplicate_of": {"portal", "url"}, "missing_since", "withdrawn",
     "revisions": [{"number", "seen", "baseline", "judged", "title", "text", "published", "facts", "files": [hash]}],
     "attachments": [{"url", "name", "first_seen", "gone", "file": hash, "problem"}],
     "files": [{"hash", "size", "kind", "state", "pages", "text", "problem", "seen"}],
     "changes": [{"kind", "seen", "facts"}],
     "mentions": [{"number", "type", "issuer", "date", "role", "seen"}]}
    {"portalwatch": 1, "kind": "event", "event", "key", "keys", "title", "first_seen", "status", "facts",
     "sequence", "acknowledged", "muted",
     "changes": [{"name", "kind", "seen", "before", "after",
                  "said_in": {"portal", "url", "revision", "revision_seen", "wording"}}],
     "evidence": [{"portal", "url", "revision", "revision_seen", "wording", "seen", "baseline", "quote"}]}

Moments are in UTC and to the microsecond: a revision is known again by its wording and the moment it was seen.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar

from config import match_key, say
from storage.filing import with_files
from storage.recording import content_hash, extraction_facts
from storage.records import DocumentMention, Extraction, Meeting, read_when
from storage.urls import url_key

Row = dict[str, Any]
T = TypeVar("T")

FORMAT = 1
TROUBLES = ("portal_failing", "portal_recovered")
"""Events that a service tells of itself: they are of that service, and in no export."""

_EVENTS = ("meeting", "decision", "changed", "revised", "withdrawn")
_EVENT_CHANGES = ("postponed", "moved", "cancelled", "upcoming", "merged")
_LONGEST_KEY = 1200  # bytes; an index of PostgreSQL takes 2,700 for all its columns
# As the crawler drops them from what it reads. PostgreSQL takes no NUL in a text, and in JSON none that is escaped.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HASH = re.compile("[0-9a-f]{64}")
_CHANGE_FACTS = ("problem", "url", "name", "to", "section")
_EMPTY_MEETING = {name: value for name, value in asdict(Meeting()).items() if name != "quote"}
_EMPTY_DOCUMENT = {name: value for name, value in asdict(DocumentMention("")).items() if name != "quote"}


class LineError(ValueError):
    """A line that cannot be imported; the message says why."""


class NewerFormat(LineError):
    """A line of a newer format than this program knows."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A revision in a line. `digest` is the hash of its wording and files, `words` of its wording alone; without `judged`
    nobody has judged it yet."""

    number: int
    seen: datetime
    baseline: bool
    judged: datetime | None
    title: str
    text: str
    published: str | None
    facts: Row
    digest: str
    words: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a line: `keys` are its addresses in canonical form, `duplicate_of` another portal and an address."""

    portal: str
    section: str
    url: str
    keys: tuple[str, ...]
    first_seen: datetime
    checked: datetime
    next_visit: datetime | None
    missing_since: datetime | None
    withdrawn: datetime | None
    duplicate_of: tuple[str, str] | None
    wordings: tuple[Wording, ...]
    attachments: tuple[Row, ...]
    changes: tuple[Row, ...]
    mentions: tuple[Row, ...]
    files: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a line; `keys` begin with its own, `evidence` and `changes` name articles by portal and address."""

    kind: str
    keys: tuple[str, ...]
    title: str
    first_seen: datetime
    status: str | None
    facts: Row
    evidence: tuple[Row, ...]
    sequence: int = 0
    acknowledged: datetime | None = None
    muted: datetime | None = None
    changes: tuple[Row, ...] = ()


def write_moment(moment: datetime | None) -> str | None:
    """A moment as a line says it."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def read_line(line: bytes) -> ArticleLine | EventLine | None:
    """What a line says; None for a header. LineError when it cannot be imported, NewerFormat when it is of a newer one."""
    try:
        row = json.loads(line.decode(), parse_constant=_no_number)
        # JSON can carry half a character, which no database takes, and numbers that become infinite.
        json.dumps(row, ensure_ascii=False, allow_nan=False).encode()
        row = _without_controls(row)
    except (ValueError, RecursionError) as error:
        raise LineError(say("not a line of JSON in UTF-8 ({error})", error=error)) from error
    if not isinstance(row, dict) or not _is_whole(row.get("portalwatch")):
        raise LineError(say("not a line of an export: it has no version of the format"))
    if row["portalwatch"] > FORMAT:
        raise NewerFormat(
            say(
                "the format {version} is newer than what this portalwatch knows ({known})",
                version=row["portalwatch"],
                known=FORMAT,
            )
        )
    match row.get("kind"):
        case "header":
            return None
        case "article":
            return _article(_Fields(row))
        case "event":
            return _event(_Fields(row))
    raise LineError(say("'{kind}' is no kind of line", kind=row.get("kind")))


class _Fields:
    """The fields of one object, each read with its type; LineError names the field that is not as it must be."""

    def __init__(self, row: Row, where: str = "") -> None:
        self._row = row
        self._where = where

    def get(self, name: str, what: str, good: Callable[[Any], bool]) -> Any:
        value = self._row.get(name)
        if not good(value):
            self.refuse(name, what)
        return value

    def refuse(self, name: str, what: str) -> NoReturn:
        raise LineError(say("{field} must be {what}", field=f"{self._where}{name}", what=what))

    def text(self, name: str) -> str:
        """A text with something in it."""
        value: str = self.get(name, say("a text"), lambda value: isinstance(value, str) and bool(value.strip()))
        return value

    def words(self, name: str) -> str:
        """A text, be it empty, in NFC as all text that enters the house."""
        return unicodedata.normalize("NFC", self.get(name, say("a text"), lambda value: isinstance(value, str)))

    def maybe(self, name: str) -> str | None:
        value: str | None = self.get(name, say("a text or null"), lambda value: value is None or isinstance(value, str))
        return value

    def moment(self, name: str) -> datetime:
        moment = self.maybe_moment(name)
        if moment is None:
            self.refuse(name, say("a moment with its offset"))
        return moment

    def maybe_moment(self, name: str) -> datetime | None:
        text = self.maybe(name)
        return None if text is None else self._read(name, say("a moment with its offset"), _moment, text)

    def maybe_when(self, name: str) -> str | None:
        text = self.maybe(name)
        if text is not None:
            self._read(name, say("a date, or a moment with its offset"), _when, text)
        return text

    def maybe_day(self, name: str) -> str | None:
        text = self.maybe(name)
        if text is not None:
            self._read(name, say("a date"), date.fromisoformat, text)
        return text

    def key(self, name: str) -> str:
        """A web address's canonical form."""
        return self._read(name, say("a web address"), url_key, self.text(name))

    def number(self, name: str) -> int:
        value: int = self.get(name, say("a number from 1 on"), lambda value: _is_whole(value) and 0 < value < 2**31)
        return value

    def flag(self, name: str) -> bool:
        value: bool = self.get(name, say("true or false"), lambda value: isinstance(value, bool))
        return value

    def object(self, name: str) -> Row:
        value: Row = self.get(name, say("an object"), lambda value: isinstance(value, dict))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; none when it is not there."""
        values = [] if self._row.get(name) is None else self.get(name, say("a list"), lambda v: isinstance(v, list))
        for value in values:
            if not isinstance(value, str):
                self.refuse(name, say("a list of texts"))
        return tuple(values)

    def each(self, name: str) -> list[_Fields]:
        """The objects of a list; none when it is not there."""
        values = [] if self._row.get(name) is None else self.get(name, say("a list"), lambda v: isinstance(v, list))
        if not all(isinstance(value, dict) for value in values):
            self.refuse(name, say("a list of objects"))
        return [_Fields(value, f"{self._where}{name}[{place}].") for place, value in enumerate(values)]

    def _read(self, name: str, what: str, read: Callable[[str], T], text: str) -> T:
        try:
            return read(text)
        except (ValueError, OverflowError):
            self.refuse(name, what)


def _article(line: _Fields) -> ArticleLine:
    files = {row["hash"]: row for row in map(_file, line.each("files"))}
    wordings = tuple(_wording(fields, files) for fields in line.each("revisions"))
    if not wordings or len({wording.number for wording in wordings}) < len(wordings):
        line.refuse("revisions", say("a list of revisions, each with a number of its own"))
    duplicate_of = line.get("duplicate_of", say("an object or null"), lambda v: v is None or isinstance(v, dict))
    original = _Fields(duplicate_of or {}, "duplicate_of.")
    if not re.match("https?://", line.text("url"), re.IGNORECASE):
        line.refuse("url", say("a web address"))
    return ArticleLine(
        portal=line.text("portal"),
        section=line.text("section"),
        url=line.text("url"),
        keys=tuple(dict.fromkeys([line.key("url"), *_keys(line, "addresses")])),
        first_seen=line.moment("first_seen"),
        checked=line.moment("checked"),
        next_visit=line.maybe_moment("next_visit"),
        missing_since=line.maybe_moment("missing_since"),
        withdrawn=line.maybe_moment("withdrawn"),
        duplicate_of=(original.text("portal"), original.key("url")) if duplicate_of else None,
        wordings=tuple(sorted(wordings, key=lambda wording: (wording.seen, wording.number))),
        attachments=tuple(
            {
                "url_key": file.key("url"),
                "url": file.text("url"),
                "name": file.words("name"),
                "first_seen": file.moment("first_seen"),
                "gone": file.maybe_moment("gone"),
                "file": None if file.maybe("file") is None else _of_line(file, "file", [file.text("file")], files)[0],
                "problem": file.maybe("problem"),
            }
            for file in line.each("attachments")
        ),
        files=tuple(files.values()),
        changes=tuple(
            {"kind": change.text("kind"), "seen": change.moment("seen"), "facts": _change_facts(change.object("facts"))}
            for change in line.each("changes")
        ),
        mentions=tuple(
            {
                "number": mention.text("number"),
                "number_key": match_key(mention.text("number")),
                "type": mention.maybe("type"),
                "issuer": mention.maybe("issuer"),
                "date": mention.maybe_when("date"),
                "role": mention.text("role"),
                "seen": mention.moment("seen"),
            }
            for mention in line.each("mentions")
        ),
    )


def _change_facts(facts: Row) -> Row:
    """What a change of ours says; other names could pass for the fields of the change itself."""
    fields = _Fields(facts, "changes.facts.")
    known: Row = {name: fields.maybe(name) for name in _CHANGE_FACTS if name in facts}
    return {**known, "revision": fields.number("revision")} if "revision" in facts else known


def _file(fields: _Fields) -> Row:
    return {
        "hash": fields.get("hash", say("a hash"), lambda v: isinstance(v, str) and bool(_HASH.fullmatch(v))),
        "size": fields.get("size", say("a whole number"), _is_count),
        "kind": fields.text("kind"),
        "state": fields.text("state"),
        "pages": fields.get("pages", say("a whole number or null"), lambda v: v is None or _is_count(v)),
        "text": fields.words("text"),
        "problem": fields.maybe("problem"),
        "seen": fields.moment("seen"),
    }


def _of_line(fields: _Fields, name: str, hashes: Sequence[str], files: Mapping[str, Row]) -> tuple[str, ...]:
    if any(digest not in files for digest in hashes):
        fields.refuse(name, say("of a file that the line holds"))
    return tuple(dict.fromkeys(hashes))


def _wording(fields: _Fields, files: Mapping[str, Row]) -> Wording:
    title, text = fields.words("title"), fields.words("text")
    facts = fields.object("facts")
    given = _Fields(facts, "facts.")
    given.texts("captions")
    for file in given.each("attachments"):
        file.text("url")
        file.words("name")
    bare = Extraction(url="", page="article", title=title, text=text)
    own = _of_line(fields, "files", fields.texts("files"), files)
    empty = {**extraction_facts(bare), "reader": ""}
    return Wording(
        number=fields.number("number"),
        seen=fields.moment("seen"),
        baseline=fields.flag("baseline"),
        judged=fields.maybe_moment("judged"),
        title=title,
        text=text,
        published=fields.maybe_when("published"),
        # Whoever shows an article counts on all the fields of an extraction, and on no others.
        facts={name: value if facts.get(name) is None else facts[name] for name, value in empty.items()},
        digest=with_files(content_hash(bare), own),
        words=content_hash(bare),
        files=own,
    )


def _event(line: _Fields) -> EventLine:
    kind = line.get("event", " | ".join(_EVENTS), lambda value: value in _EVENTS)
    facts = dict(line.object("facts"))
    fields = _Fields(facts, "facts.")
    meeting = fields.get("meeting", say("an object or null"), lambda value: value is None or isinstance(value, dict))
    if meeting is not None:
        told = _Fields(meeting, "facts.meeting.")
        for name in _EMPTY_MEETING:
            if name == "ordinal":
                told.get(name, say("a whole number or null"), lambda value: value is None or _is_whole(value))
            elif name in ("date", "date_candidate"):
                told.maybe_day(name)
            else:
                told.maybe(name)
        facts["meeting"] = {**_EMPTY_MEETING, **meeting}
    fields.maybe_moment("said")
    for document in fields.each("documents"):
        document.text("number")
        for name in ("type", "issuer", "role"):
            document.maybe(name)
        document.maybe_when("date")
    own = line.get("key", say("a short text"), lambda value: isinstance(value, str) and _is_key(value))
    if facts.get("documents"):
        facts["documents"] = [{**_EMPTY_DOCUMENT, **document} for document in facts["documents"]]
    return EventLine(
        kind=kind,
        keys=tuple(dict.fromkeys([own, *_keys(line, "keys")])),
        title=line.words("title"),
        first_seen=line.moment("first_seen"),
        status=line.maybe("status"),
        facts=facts,
        sequence=line.get("sequence", say("a whole number"), lambda value: value is None or _is_count(value)) or 0,
        acknowledged=line.maybe_moment("acknowledged"),
        muted=line.maybe_moment("muted"),
        changes=tuple(map(_event_change, line.each("changes"))),
        evidence=tuple(
            {
                **_said_in(proof),
                "seen": proof.moment("seen"),
                "baseline": proof.flag("baseline"),
                "quote": proof.words("quote"),
            }
            for proof in line.each("evidence")
        ),
    )


def _event_change(fields: _Fields) -> Row:
    kind = fields.get("kind", " | ".join(_EVENT_CHANGES), lambda value: value in _EVENT_CHANGES)
    said_in = fields.get("said_in", say("an object or null"), lambda value: value is None or isinstance(value, dict))
    facts = {}
    for name in ("before", "after"):
        facts[name] = fields.object(name)
        if kind != "merged":  # these are shown as they are
            for fact in facts[name]:
                _Fields(facts[name], f"changes.{name}.").maybe(fact)
    return {
        "name": fields.get("name", say("a short text"), lambda value: isinstance(value, str) and _is_key(value)),
        "kind": kind,
        "seen": fields.moment("seen"),
        "facts": facts,
        "said_in": None if said_in is None else _said_in(_Fields(said_in, "changes.said_in.")),
    }


def _said_in(fields: _Fields) -> Row:
    return {
        "portal": fields.text("portal"),
        "url_key": fields.key("url"),
        "revision": fields.number("revision"),
        "revision_seen": fields.maybe_moment("revision_seen"),
        "wording": fields.maybe("wording"),
    }


def _keys(line: _Fields, name: str) -> tuple[str, ...]:
    keys = line.texts(name)
    if not all(map(_is_key, keys)):
        line.refuse(name, say("a list of short texts"))
    return keys


def _is_key(text: str) -> bool:
    return 0 < len(text.encode()) <= _LONGEST_KEY


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


def _when(text: str) -> date:
    when = read_when(text)
    assert when is not None
    if isinstance(when, datetime) and when.tzinfo is None:
        raise ValueError(text)
    return when


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _without_controls(value: Any) -> Any:
    """A value of JSON without control characters in any of its texts."""
    match value:
        case str():
            return _CONTROLS.sub("", value)
        case list():
            return [_without_controls(inner) for inner in value]
        case dict():
            return {_CONTROLS.sub("", name): _without_controls(inner) for name, inner in value.items()}
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
