"""`portalwatch record`: a page and its answer kept, and read again after an update."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from house import House

from tests.extract.articles import ARTICLES
from tests.extract.layouts import FIRST, liferay

ALLOWED = ("--allow-private", "127.0.0.0/8")
URL = "https://a.gov.vn/tin/hoi-nghi.html"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An article, with bytes in it that are no text."""
    path = tmp_path / "page.html"
    path.write_bytes(liferay(ARTICLES[2], FIRST).encode() + b"<!-- \xff\xfe\r\n -->")
    return path


def kept(folder: Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def review(path: Path, **changes: Any) -> None:
    told = json.loads(path.read_text("utf-8"))
    told["recorded"]["reviewed"] = True
    path.write_text(json.dumps({**told, **changes}, ensure_ascii=False), "utf-8")


def test_a_page_is_kept_as_it_came_with_an_answer_that_wants_a_review(house: House, page: Path) -> None:
    folder = house.folder / "recorded"
    told = house.run("record", str(page), "--url", URL)
    assert "a-gov-vn-hoi-nghi-html.article.html: article" in told
    assert '"reviewed": true' in told
    assert (folder / "a-gov-vn-hoi-nghi-html.article.html").read_bytes() == page.read_bytes()
    (answer,) = kept(folder).values()
    extracted = json.loads(house.run("extract", str(page), "--url", URL))
    assert answer.pop("recorded").items() >= {"url": URL, "status": 200, "reviewed": False, "portal": None}.items()
    assert answer == {key: value for key, value in extracted.items() if key not in ("removed", "why")}
    # Nothing that is there is overwritten, and what nobody reviewed is no good.
    house.run("record", str(page), "--url", URL, status=2)
    assert "--name" in house.stderr
    assert "not reviewed" in house.run("record", "--check", status=1)
    review(folder / "a-gov-vn-hoi-nghi-html.article.json")
    assert house.run("record", "--check").endswith("1 pages, 0 not as reviewed\n")


def test_what_is_read_otherwise_than_reviewed_is_told_line_by_line(house: House, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    house.run("record", str(page), "--url", URL, "--into", str(folder), "--name", "one")
    path = folder / "one.article.json"
    text = json.loads(path.read_text("utf-8"))["text"]
    review(path, title="Tiêu đề khác", text=text + "\nMột dòng nữa.")
    told = house.run("record", "--check", str(folder), status=1)
    assert "title: - Tiêu đề khác" in told
    assert f"title: + {ARTICLES[2].title}" in told
    assert "text: - Một dòng nữa." in told
    assert told.count("text: ") == 1


def test_a_page_put_there_by_hand_gets_its_answer_once(house: House, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "two.article.html").write_bytes(b"<!-- " + URL.encode() + b" -->\n" + page.read_bytes())
    (folder / "three.article.html").write_bytes(page.read_bytes())
    told = house.run("record", "--check", str(folder), status=1)
    assert "two.article.html: had no answer" in told
    assert "three.article.html: neither its answer nor a comment" in told
    (folder / "three.article.html").unlink()
    assert "1 pages, 0 not" in house.run("record", "--check", str(folder))
    assert kept(folder)["two.article.json"]["title"] == ARTICLES[2].title


def test_pages_are_fetched_through_the_gate_and_listings_are_known(house: House, tmp_path: Path) -> None:
    replica = house.replicas["ninhbinh"]
    url = replica.url + "vi/news/tin-tuc-su-kien/"
    house.configure(settings={"allow_private": []})
    house.run("record", url, status=1)
    assert "allow_private" in house.stderr
    house.run("record", url, *ALLOWED, "--portal", "ninhbinh", "--into", str(tmp_path / "cases"), "--name", "tin")
    (answer,) = kept(tmp_path / "cases").values()
    assert (tmp_path / "cases/tin.listing.html").exists()
    assert len(answer["entries"]) == 5
    assert answer["recorded"]["portal"] == "ninhbinh"
    assert "text/html" in answer["recorded"]["content_type"]
    review(tmp_path / "cases/tin.listing.json")
    house.run("record", "--check", str(tmp_path / "cases"))
    # What the portal's file says today is what the page is read by.
    portal = house.folder / "portals/ninhbinh.yaml"
    portal.write_text(
        portal.read_text("utf-8").replace("  kind: news", "  listing: {entry: p.nothing}\n  kind: news", 1), "utf-8"
    )
    assert "entries: -" in house.run("record", "--check", str(tmp_path / "cases"), status=1)


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, "URL"),
        (["missing.html"], 2, "missing.html"),
        (["PAGE", "--as", "menu"], 2, "listing"),
        (["PAGE", "--name", "../../x"], 2, "digits"),
        (["PAGE", "--portal", "nowhere"], 2, "nowhere"),
        (["--check", "nowhere"], 2, "no recorded page"),
    ],
)
def test_wrong_usage_is_told_in_words(house: House, page: Path, arguments: list[str], status: int, told: str) -> None:
    house.run("record", *[str(page) if each == "PAGE" else each for each in arguments], status=status)
    assert told in house.stderr
    assert not (house.folder / "recorded").exists()


def test_what_is_no_page_is_kept_only_when_its_form_is_said(house: House, tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(bytes(range(256)) * 16)
    house.run("record", str(path), status=1)
    assert "--as" in house.stderr
    assert not (house.folder / "recorded").exists()
    house.run("record", str(path), "--as", "article")


@pytest.mark.parametrize("broken", ["{", "[1]", '{"recorded": {"url": "https://a.vn/"}}', '{"recorded": 7}'])
def test_a_broken_answer_is_told_and_the_others_are_read(house: House, page: Path, broken: str) -> None:
    for name in ("one", "two"):
        house.run("record", str(page), "--url", URL, "--name", name)
    (house.folder / "recorded/one.article.json").write_text(broken)
    review(house.folder / "recorded/two.article.json")
    assert "2 pages, 1 not as reviewed" in house.run("record", "--check", status=1)
