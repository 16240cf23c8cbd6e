"""Near-duplicate texts: one release of an agency, printed by many portals with a word changed here and there. Pure.

A text's signature is the MinHash of its runs of three words, folded. Two texts share about as many places of their
signatures as they share runs; texts that share four runs of five meet in one of the bands nearly always, texts that are
only about the same thing never do.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import version

from rensa import RMinHash

from storage import NearRecord, Signed

_PLACES, _BANDS = 128, 16
_SEED = 20261123
# Hashes move between versions of the library: signatures of two schemes say nothing of each other.
SCHEME = f"rensa {version('rensa')} r{_PLACES} s{_SEED} w3"
_ALIKE = 0.75
_LEAST = 40  # words: two short notices are alike by their form alone
_MOST = 20_000  # letters: what stands further back tells no more
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\b\d+\b")
_FORM = struct.Struct(f"<{_PLACES}I")


def signed(folded: str) -> Signed | None:
    """The signature and bands of a text without marks and capitals; None for one too short to be known by them."""
    words = _WORD.findall(folded[:_MOST])
    if len(words) < _LEAST:
        return None
    minhash = RMinHash(num_perm=_PLACES, seed=_SEED)
    minhash.update([" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)])
    signature = _FORM.pack(*minhash.digest())
    width = len(signature) // _BANDS
    bands = (_band(number, signature[number * width : (number + 1) * width]) for number in range(_BANDS))
    return Signed(SCHEME, signature, tuple(bands))


def alike(one: bytes, other: bytes) -> float:
    """How much two signatures of one scheme say that their texts share, from 0 to 1."""
    places = zip(_FORM.unpack(one), _FORM.unpack(other), strict=True)
    same: int = sum(ours == theirs for ours, theirs in places)
    return same / _PLACES


def copied(text: Signed, near: Iterable[NearRecord]) -> dict[int, str]:
    """The events, with their sentences, for which an article stands that says nearly the same as a text."""
    events: dict[int, str] = {}
    for record in near:
        if alike(text.signature, record.signature) >= _ALIKE:
            for event, quote in record.claims:
                events.setdefault(event, quote)
    return events


def repeats(text: str, quote: str) -> bool:
    """Whether a text can make another's claim: all numbers of the sentence are in it. A notice built alike, with other
    dates, is none."""
    return set(_NUMBER.findall(quote)) <= set(_NUMBER.findall(text))


def _band(number: int, places: bytes) -> int:
    digest = blake2b(places, digest_size=8, key=f"{SCHEME} {number}".encode()).digest()
    return int.from_bytes(digest, "little", signed=True)
