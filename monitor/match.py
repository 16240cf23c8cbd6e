"""Whether a subscription wants an event, and why. Pure.

All that a subscription gives must hold; what it does not give holds for everything. Words are looked for in the title
and the text of the new evidence, as whole words, with or without marks. `why` asks one subscription; a `Matcher` asks
thousands in one pass over the words, and answers the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

from config import Folded, Portal, Subscription, canonical_body, fold, match_key, plain
from storage import EventRecord

_OF_PORTALS = ("portals", "provinces")
# A run of letters, one sign, or blanks: what a phrase and a text are compared by.
_TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Candidate:
    """An event with the words of the evidence that brought it up, folded once for all subscriptions."""

    event: EventRecord
    portals: Sequence[Portal]
    words: str
    change: str | None = None
    """What became of the event, where that is what is to be told: postponed moved cancelled."""

    @cached_property
    def exact(self) -> str:
        return match_key(self.words)

    @cached_property
    def unmarked(self) -> str:
        return plain(self.words)

    @cached_property
    def bodies(self) -> list[str]:
        """Who meets or issues, by every name that is known of them."""
        meeting = self.event.facts.get("meeting")
        names = [meeting.get("body")] if isinstance(meeting, Mapping) else []
        given = [name for name in [*names, *_of_documents(self.event, "issuer")] if name]
        return list(dict.fromkeys(key for name in given for key in _names(name)))

    @cached_property
    def document_types(self) -> list[str]:
        return [plain(name) for name in _of_documents(self.event, "type") if name]

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(portal.id for portal in self.portals)

    @cached_property
    def provinces(self) -> frozenset[str]:
        return frozenset(plain(portal.province) for portal in self.portals if portal.province)

    @property
    def trouble(self) -> bool:
        """A portal in trouble says no words, names no body and issues no document: only its own name and place count."""
        return self.event.kind.startswith("portal_")

    def written(self, word: str, marks: str) -> str:
        """A word that was found, as the evidence writes it."""
        phrase = _phrase(_key(word, marks))
        # Folding with the way back is dear: one line is enough, but for a phrase that goes over the end of one.
        place = next((at for at, line in enumerate(self._lines[marks]) if phrase.search(line)), None)
        folded = self._folded(marks, place)
        found = phrase.search(folded.text)
        return " ".join(folded.source(*found.span()).split()) if found else word

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {marks: [_fold(line, marks) for line in self.words.split("\n")] for marks in ("exact", "ignore")}

    def _folded(self, marks: str, place: int | None) -> Folded:
        if (marks, place) not in self._known:
            text = self.words if place is None else self.words.split("\n")[place]
            self._known[marks, place] = fold(text, marks=marks == "exact")
        return self._known[marks, place]

    @cached_property
    def _known(self) -> dict[tuple[str, int | None], Folded]:
        return {}


class _Finder(Protocol):
    """Answers whether a folded phrase stands in a candidate's words, or in the name of one of its bodies."""

    def says(self, phrase: str, marks: str) -> bool: ...
    def names(self, phrase: str) -> bool: ...


class Matcher:
    """The subscriptions, made ready once to be asked which of them want an event."""

    def __init__(self, subscriptions: Sequence[Subscription]) -> None:
        self._subscriptions = [subscription for subscription in subscriptions if subscription.enabled]
        self._words = {"exact": _Phrases(), "ignore": _Phrases()}
        self._bodies = _Phrases()
        # A subscription that names words is looked at only when one of them was found: by marks and phrase, its places.
        self._named: dict[tuple[str, str], list[int]] = {}
        self._unnamed: list[int] = []
        for place, subscription in enumerate(self._subscriptions):
            marks = subscription.marks
            keys = {word: _key(word, marks) for word in (*subscription.any, *subscription.all, *subscription.none)}
            for key in keys.values():
                self._words[marks].add(key)
            for key in (key for name in subscription.bodies for key in _names(name)):
                self._bodies.add(key)
            needed = subscription.any or subscription.all[:1]
            for key in {keys[word] for word in needed}:
                self._named.setdefault((marks, key), []).append(place)
            if not needed:
                self._unnamed.append(place)

    def matches(self, candidate: Candidate) -> Iterator[tuple[Subscription, dict[str, Any]]]:
        """Each subscription that wants the candidate, with why, in the order of the configuration."""
        found: _Found | None = None
        places: Iterable[int] = range(len(self._subscriptions))
        if not candidate.trouble:
            said = {
                "exact": self._words["exact"].found_in(candidate.exact),
                "ignore": self._words["ignore"].found_in(candidate.unmarked),
            }
            found = _Found(said, set().union(*map(self._bodies.found_in, candidate.bodies)))
            reached = {
                place
                for marks, phrases in said.items()
                for phrase in phrases
                for place in self._named.get((marks, phrase), ())
            }
            places = sorted(reached.union(self._unnamed))
        for place in places:
            subscription = self._subscriptions[place]
            if (reason := why(subscription, candidate, found)) is not None:
                yield subscription, reason


def why(subscription: Subscription, candidate: Candidate, finder: _Finder | None = None) -> dict[str, Any] | None:
    """Why a subscription wants an event: its conditions that hold, as lists of words; None when it does not. `quoted`
    holds those words that the evidence writes otherwise, as it writes them."""
    event = candidate.event
    if not subscription.enabled or not (
        event.kind in subscription.events or (candidate.change and "changed" in subscription.events)
    ):
        return None
    finder = finder or _Looked(candidate)
    reason: dict[str, Any] = {"kind": event.kind}
    for name, holds in (
        ("portals", candidate.ids.__contains__),
        ("provinces", lambda wanted: _key(wanted) in candidate.provinces),
        ("bodies", lambda wanted: any(finder.names(key) for key in _names(wanted))),
        ("document_types", lambda wanted: _key(wanted) in candidate.document_types),
    ):
        wanted = getattr(subscription, name)
        if wanted and (name in _OF_PORTALS or not candidate.trouble):
            if not (held := [each for each in wanted if holds(each)]):
                return None
            reason[name] = held
    if candidate.trouble:
        return reason
    marks = subscription.marks
    words = dict.fromkeys((*subscription.any, *subscription.all))
    found = [word for word in words if finder.says(_key(word, marks), marks)]
    if subscription.any and not any(word in found for word in subscription.any):
        return None
    if any(word not in found for word in subscription.all):
        return None
    if any(finder.says(_key(word, marks), marks) for word in subscription.none):
        return None
    if found:
        reason["words"] = found
        written = {word: candidate.written(word, marks) for word in found}
        if quoted := {word: text for word, text in written.items() if text != word}:
            reason["quoted"] = quoted
    return reason


@dataclass(frozen=True)
class _Looked:
    """Looks for one phrase after the other: simple, and what the quick way is tested against."""

    candidate: Candidate

    def says(self, phrase: str, marks: str) -> bool:
        text = self.candidate.exact if marks == "exact" else self.candidate.unmarked
        return _phrase(phrase).search(text) is not None

    def names(self, phrase: str) -> bool:
        return any(_phrase(phrase).search(name) for name in self.candidate.bodies)


@dataclass(frozen=True)
class _Found:
    """Knows what was found in one pass."""

    said: Mapping[str, set[str]]
    named: set[str]

    def says(self, phrase: str, marks: str) -> bool:
        return phrase in self.said[marks]

    def names(self, phrase: str) -> bool:
        return phrase in self.named


class _Phrases:
    """Folded phrases as a tree of their tokens, so that one pass over a text finds all of them."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._odd: set[str] = set()

    def add(self, phrase: str) -> None:
        """Look for a phrase too."""
        tokens = _tokens(phrase.strip())
        if not tokens:  # marks alone fold to nothing
            self._odd.add(phrase)
            return
        node = self._root
        for token in tokens:
            node = node.setdefault(token, {})
        node.setdefault("", set()).add(phrase)  # no token is empty

    def found_in(self, text: str) -> set[str]:
        """Those of the phrases that stand in a text as whole words."""
        found = {phrase for phrase in self._odd if _phrase(phrase).search(text)}
        tokens = _tokens(text)
        for start, token in enumerate(tokens):
            node, at = self._root.get(token), start
            while node is not None:
                if "" in node and _is_whole(tokens, start, at):
                    found.update(node[""])
                at += 1
                node = node.get(tokens[at]) if at < len(tokens) else None
        return found


def _tokens(text: str) -> list[str]:
    return [" " if token.isspace() else token for token in _TOKEN.findall(text)]


def _is_whole(tokens: Sequence[str], first: int, last: int) -> bool:
    """Whether no letter touches a phrase. A run of letters is whole by itself; a sign at an end may be touched."""
    before = first and _WORD.match(tokens[first - 1])
    after = last + 1 < len(tokens) and _WORD.match(tokens[last + 1])
    return not before and not after


def _fold(text: str, marks: str) -> str:
    return match_key(text) if marks == "exact" else plain(text)


@lru_cache(maxsize=100_000)
def _key(word: str, marks: str = "ignore") -> str:
    return _fold(word, marks)


@lru_cache(maxsize=50_000)
def _phrase(folded: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in folded.split()) + r"(?!\w)")


@lru_cache(maxsize=100_000)
def _names(body: str) -> tuple[str, ...]:
    """A body's name folded, as it is written and as the gazetteer has it. A part of a name is enough to ask for it:
    "chuyển đổi số" finds the committees for it."""
    return tuple(dict.fromkeys((_key(body), _key(canonical_body(body)))))


def _of_documents(event: EventRecord, field: str) -> list[str]:
    documents = event.facts.get("documents")
    return [document.get(field) or "" for document in documents] if isinstance(documents, list) else []
