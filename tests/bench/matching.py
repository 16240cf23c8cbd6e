"""What it costs to match an event against thousands of subscriptions, in one pass and one subscription after the other."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime

from config import Portal, Section, Subscription
from monitor.match import Candidate, Matcher, why
from monitor.replica import expected_text, seed_article
from storage import EventRecord

SUBSCRIPTIONS = 5_000
EVENTS = 20
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def subscriptions(count: int = SUBSCRIPTIONS) -> list[Subscription]:
    """Subscriptions to phrases of two or three words; most of the phrases stand in no text."""
    chance = random.Random(5)
    syllables = sorted({word for name in ("thanhhoa", "ninhbinh", "mpi") for word in _words(name)})
    made = []
    for number in range(count):
        phrases = [" ".join(chance.choices(syllables, k=chance.choice([2, 2, 3]))) for _ in range(4)]
        row = {"id": f"s-{number}", "events": ["meeting", "decision"], "to": ["json://localhost"],
               "any": phrases[:3], "none": phrases[3:], "marks": chance.choice(["ignore", "exact"])}  # fmt: skip
        made.append(Subscription.model_validate(row))
    return made


def _words(name: str) -> list[str]:
    return [word for word in expected_text(seed_article(name)).split() if word.isalpha()]


def candidates(count: int = EVENTS) -> list[Candidate]:
    """Events with the text of a seed article each, none of them folded yet."""
    portal = Portal(id="p", name="P", url="https://p.gov.vn/", sections=(Section(id="s", url="https://p.gov.vn/s"),))
    text = expected_text(seed_article("thanhhoa"))
    event = EventRecord(1, "meeting", "k", "Tin", NOW, None, {"meeting": {"body": "UBND tỉnh Thanh Hóa"}}, ())
    return [Candidate(event, (portal,), f"{number}\n{text}") for number in range(count)]


def matching() -> tuple[float, float, int]:
    """CPU seconds an event in one pass, and for the loop; how many of the subscriptions want it."""
    asking = subscriptions()
    matcher = Matcher(asking)
    list(matcher.matches(candidates(1)[0]))
    began = time.process_time()
    quick = [list(matcher.matches(candidate)) for candidate in candidates()]
    spent = (time.process_time() - began) / EVENTS
    some = candidates(3)
    began = time.process_time()
    simple = [[(each, why_) for each in asking if (why_ := why(each, candidate)) is not None] for candidate in some]
    loop = (time.process_time() - began) / len(some)
    assert simple == quick[:3]
    return spent, loop, len(simple[0])
