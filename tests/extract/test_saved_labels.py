"""All saved real pages against labels made by hand: the class of each, and the entries of those that list something.

`saved_pages.tsv` says of every page what it is (a front page is a listing: it lists articles), how many entries a
reader must find on it, how many he may take besides, and words of it that a wrong charset would spoil.
`saved_entries.tsv` holds the entries, as hashes of their addresses and of the titles that the page itself gives them.
"may" are links to articles which are no entries of their own, and are neither right nor wrong: what is read most, what
a teaser leads to besides, advertisements.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from pathlib import Path

import pytest

from config import match_key
from crawler.extraction import extract
from crawler.listing import read_listing
from crawler.markup import decode, parse, text_of
from storage import Listing

FOLDER = Path(os.environ.get("PORTALWATCH_PAGES", Path(__file__).parents[2].parent / "shared" / "pages"))
pytestmark = [pytest.mark.pages, pytest.mark.skipif(not (FOLDER / "INDEX.tsv").exists(), reason="no saved pages")]
# What was reached is held, and never lowered.
CLASS_FLOOR, F1_FLOOR = 0.97, 0.95


@dataclass(frozen=True)
class Label:
    """What one saved page is."""

    file: str
    page: str
    must: int | None
    proof: str


def _table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


LABELS = [
    Label(row["file"], row["class"], int(row["must"]) if row["must"].isdigit() else None, row["proof"])
    for row in _table("saved_pages.tsv")
]
LISTED = [label for label in LABELS if label.must is not None]


def _hash(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]


@cache
def _entries() -> dict[str, dict[str, tuple[bool, set[str]]]]:
    """File to address to (must, titles), as hashes."""
    entries: dict[str, dict[str, tuple[bool, set[str]]]] = defaultdict(dict)
    for row in _table("saved_entries.tsv"):
        entries[row["file"]][row["url"]] = (row["need"] == "must", set(row["titles"].split()))
    return entries


@cache
def _sites() -> dict[str, str]:
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8") as index:
        rows = list(csv.DictReader(index, delimiter="\t"))
    return {row["file"]: row["original_site"] for row in rows}


@cache
def read(file: str) -> Listing:
    site = _sites()[file]
    body = (FOLDER / file).read_bytes()
    kind = "documents" if file.startswith("congbao") else "news"
    return read_listing(decode(body), url=site if site.startswith("http") else f"https://{site}/", kind=kind)


def counts(label: Label) -> tuple[int, int, int]:
    """(right, wrong, missing) entries of a page; an entry is right with its address and its title."""
    wanted = _entries().get(label.file.replace(".mojibake", ""), {})
    right = wrong = 0
    found = {_hash(entry.url): _hash(match_key(entry.title)) for entry in read(label.file).entries}
    for url, title in found.items():
        must, titles = wanted.get(url, (True, set()))
        right += must and title in titles
        wrong += must and title not in titles
    missing = sum(must for url, (must, _) in wanted.items() if url not in found)
    return right, wrong, missing


def f1(right: int, wrong: int, missing: int) -> float:
    return 2 * right / (2 * right + wrong + missing) if right + wrong + missing else 1.0


def test_every_saved_page_is_labelled() -> None:
    assert {label.file for label in LABELS} == {file for file in _sites() if file.endswith(".html")}
    assert len(LISTED) >= 30
    for label in LISTED:
        labelled = _entries().get(label.file.replace(".mojibake", ""), {})
        assert sum(must for must, _ in labelled.values()) == label.must


def test_the_class_of_a_page() -> None:
    wrong = [(label.file, label.page, read(label.file).page) for label in LABELS if read(label.file).page != label.page]
    share = 1 - len(wrong) / len(LABELS)
    print(f"class: {share:.3f} of {len(LABELS)} pages", *wrong, sep="\n  ")
    assert share >= CLASS_FLOOR, wrong


def test_the_entries_of_a_listing() -> None:
    measured = {label.file: counts(label) for label in LISTED}
    for file, (right, wrong, missing) in measured.items():
        print(f"{f1(right, wrong, missing):.3f}  right {right:4} wrong {wrong:3} missing {missing:3}  {file}")
    right, wrong, missing = (sum(each[at] for each in measured.values()) for at in range(3))
    total, mean = f1(right, wrong, missing), sum(f1(*each) for each in measured.values()) / len(measured)
    print(f"all: precision {right / (right + wrong):.3f} recall {right / (right + missing):.3f} F1 {total:.3f}")
    assert min(total, mean) >= F1_FLOOR
    assert min(f1(*each) for each in measured.values()) >= 0.9


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.file[-40:])
def test_no_letter_is_garbled(label: Label) -> None:
    body = (FOLDER / label.file).read_bytes()
    source = decode(body, "text/html; charset=windows-1252")
    if "mojibake" not in label.file:
        assert source == body.decode("utf-8-sig")
    assert label.proof in text_of(parse(source))


@pytest.mark.parametrize("file", [file for file in _sites() if not file.endswith(".html")] if FOLDER.exists() else [])
def test_files_that_are_no_pages_are_decoded_too(file: str) -> None:
    body = (FOLDER / file).read_bytes()
    assert decode(body, "text/plain; charset=iso-8859-1") == body.decode("utf-8-sig")


@pytest.mark.parametrize("label", [label for label in LABELS if "mojibake" in label.file], ids=lambda label: label.file)
def test_a_page_stored_twice_encoded_equals_the_good_one(label: Label) -> None:
    good = label.file.replace(".mojibake", "")
    assert decode((FOLDER / label.file).read_bytes()) == decode((FOLDER / good).read_bytes())
    assert read(label.file).entries == read(good).entries


def test_one_page_under_many_addresses_has_one_text() -> None:
    """/culture and its copies at the end of /en/en/en/en."""
    files = [label.file for label in LABELS if "TRAP" in label.file]
    sources = [decode((FOLDER / file).read_bytes()) for file in files]
    url = "https://sotttt.hanoi.gov.vn/x"
    texts = {extract(source, url=url, force=True).text for source in sources}
    entries = {tuple((entry.title, entry.published) for entry in read(file).entries) for file in files}
    assert len(files) == 2
    assert len(texts) == len(entries) == 1
