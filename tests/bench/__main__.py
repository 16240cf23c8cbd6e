"""`make bench`: what the parts cost, as ratios against a peer or a limit in the same run. CPU time, minimum of rounds."""

from __future__ import annotations

import sqlite3
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trafilatura
from matching import matching
from search import kept_within

from crawler import decode, extract
from monitor.detect import detect
from monitor.replica import SEED_NAMES, expected_text, seed_article, serve_replicas
from storage import Crawling, Extraction, FetchedArticle, ListingEntry, Validators, open_store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ROUNDS = 5


def cpu(work: Callable[[], object]) -> float:
    """The least CPU seconds of some rounds, after one round to warm up."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def pages() -> list[str]:
    """The five seed articles as their replicas serve them."""
    with serve_replicas() as replicas:
        replicas["thanhhoa"].publish("meeting")
        found = []
        for name in SEED_NAMES:
            portal = "ninhbinh" if name in ("ninhbinh", "ninhthuan") else "thanhhoa"
            with urllib.request.urlopen(replicas[portal].article_url(seed_article(name))) as answer:
                found.append(decode(answer.read(), answer.headers["Content-Type"]))
        return found


def main() -> None:
    """Print a row for each part."""
    rows = []
    documents = pages()
    ours = cpu(lambda: [extract(page, url="https://example.gov.vn/a") for page in documents]) / len(documents)
    theirs = cpu(lambda: [trafilatura.bare_extraction(page, with_metadata=True) for page in documents]) / len(documents)
    rows.append(("extract an article", ours, theirs, "trafilatura with metadata"))
    texts = [(seed_article(name).title, expected_text(seed_article(name))) for name in SEED_NAMES]
    judged = cpu(lambda: [detect(title, text) for title, text in texts]) / len(texts)
    rows.append(("detect in an article", judged, ours, "extracting it"))
    stored, raw = storing(), inserting()
    rows.append(("store an article", stored, raw, "three raw inserts with sqlite3"))
    one_pass, loop, _ = matching()
    rows.append(("match 5,000 subscriptions", one_pass, loop, "asking one after the other"))
    print(f"{'':26}{'CPU ms':>8}  {'ratio':>6}  against")
    for name, mine, other, against in rows:
        print(f"{name:26}{mine * 1000:8.2f}  {mine / other:6.2f}  {against} ({other * 1000:.2f} ms)")
    kept_within(20_000)


def storing() -> float:
    """CPU seconds for one new article: a visit recorded, its snapshot kept, one transaction."""
    with tempfile.TemporaryDirectory() as scratch:
        store = open_store(f"sqlite:///{scratch}/bench.db", Path(scratch))
        crawling = Crawling(store)
        crawling.know_sections([("p", "s")], NOW)
        entries = [ListingEntry(f"https://example.gov.vn/{number}", f"Tin {number}") for number in range(400)]
        crawling.record_listing("p", "s", entries, listing_url="", complete=True, validators=Validators(), now=NOW)
        visits = crawling.visits("p", "s", NOW)
        article = Extraction(url="", page="article", title="Tin", text=expected_text(seed_article("ninhbinh")))
        began = time.process_time()
        for visit in visits:
            said = replace(article, url=visit.url, title=visit.title)
            fetched = FetchedArticle(said, visit.url.encode() * 400)
            crawling.record_article(
                "p", "s", visit, fetched, young=timedelta(days=7), every=timedelta(hours=6), now=NOW
            )
        spent = time.process_time() - began
        store.close()
        return spent / len(visits)


def inserting() -> float:
    """CPU seconds for three bare inserts of the same text in one transaction."""
    text = expected_text(seed_article("ninhbinh"))
    with tempfile.TemporaryDirectory() as scratch, closing(sqlite3.connect(f"{scratch}/raw.db")) as database:
        database.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            database.execute(f"PRAGMA {pragma}")
        for table in ("a", "b", "c"):
            database.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, text TEXT)")
        began = time.process_time()
        for _ in range(400):
            database.execute("BEGIN IMMEDIATE")
            for table in ("a", "b", "c"):
                database.execute(f"INSERT INTO {table} (text) VALUES (?)", (text,))
            database.execute("COMMIT")
        return (time.process_time() - began) / 400


if __name__ == "__main__":
    main()
