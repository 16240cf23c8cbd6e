"""`python -m tests.bench.article_benchmark FOLDER`: our texts and trafilatura's against a public benchmark's own answers.

FOLDER is a copy of scrapinghub's article-extraction-benchmark: `html/*.html.gz` and `ground-truth.json`. It is fetched to
measure and is no part of the project. A page's score is by shingles of four words, as many times as each is said, every
page weighing the same; F1 is that of the mean precision and the mean recall. ± is a bootstrap over the pages.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import mean, stdev

import trafilatura

from crawler import decode, extract

SHINGLE = 4
_WORD = re.compile(r"\w+")
Score = tuple[float, float]  # precision, recall; nan where there is nothing to find or nothing was


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Each run of four words and how often it is said; a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)


def score(wanted: str, got: str) -> Score:
    """Precision and recall of one page."""
    true, said = shingles(wanted), shingles(got)
    both = sum((true & said).values())
    precision = both / sum(said.values()) if said else float("nan")
    recall = both / sum(true.values()) if true else float("nan")
    return precision, recall


def f1_of(scores: list[Score]) -> tuple[float, float, float]:
    """F1, precision and recall of some pages. What is not a number on a page is not counted there."""
    precision = mean(one for one, _ in scores if one == one)
    recall = mean(other for _, other in scores if other == other)
    return 2 * precision * recall / (precision + recall or 1), precision, recall


def spread(scores: list[Score], rounds: int = 300) -> float:
    """The standard deviation of F1 over pages drawn again and again from the same pages."""
    rng = Random(1)
    return stdev(f1_of(rng.choices(scores, k=len(scores)))[0] for _ in range(rounds))


def readers() -> dict[str, Callable[[str, str], str]]:
    """Who reads a page, given its HTML and address."""

    def standard(source: str, url: str, *, precise: bool = False) -> str:
        return trafilatura.extract(source, include_comments=False, favor_precision=precise) or ""

    return {
        "ours": lambda source, url: extract(source, url=url).text,
        "ours, forced": lambda source, url: extract(source, url=url, force=True).text,
        "trafilatura": standard,
        "trafilatura, precision": lambda source, url: standard(source, url, precise=True),
    }


def main(folder: Path) -> None:
    """Print a line for every reader."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {key: decode(gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())) for key in sorted(truth)}
    print(f"{len(pages)} pages\n{'':24}{'F1':>6}{'±':>7}{'P':>7}{'R':>7}{'exact':>7}{'ms/page':>9}")
    for name, read in readers().items():
        scores, exact, spent = [], 0, 0.0
        for key, source in pages.items():
            began = time.process_time()
            got = read(source, truth[key].get("url") or "https://example.org/a")
            spent += time.process_time() - began
            wanted = truth[key].get("articleBody") or ""
            scores.append(score(wanted, got))
            exact += _WORD.findall(wanted) == _WORD.findall(got)
        f1, precision, recall = f1_of(scores)
        print(
            f"{name:24}{f1:6.3f}{spread(scores):7.3f}{precision:7.3f}{recall:7.3f}{exact / len(pages):7.3f}{1000 * spent / len(pages):9.1f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
