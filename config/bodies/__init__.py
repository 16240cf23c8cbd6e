"""The gazetteer of bodies: who meets and issues, where, by which names, and who came after whom.

The rows stand in the `.tsv` files beside this one, each with its source (`sources.tsv`) or its group's. A name here is
the best-known full one; UBND and HĐND stay short, as everybody writes them. Bodies that are no more keep their rows, for
their documents stay in force.
"""

from config.bodies.gazetteer import BODIES, HEADS, SURNAMES, Body, Head
from config.bodies.identity import body_key, canonical_body, successor_of
from config.bodies.names import known_levels, known_names, spelled_out
from config.bodies.phrases import WORD, PhraseTree, words_of
from config.bodies.provinces import CENTRAL_CITIES, PROVINCES, Province, province_at, province_of

__all__ = [
    "BODIES",
    "CENTRAL_CITIES",
    "HEADS",
    "PROVINCES",
    "SURNAMES",
    "WORD",
    "Body",
    "Head",
    "PhraseTree",
    "Province",
    "body_key",
    "canonical_body",
    "known_levels",
    "known_names",
    "province_at",
    "province_of",
    "spelled_out",
    "successor_of",
    "words_of",
]
