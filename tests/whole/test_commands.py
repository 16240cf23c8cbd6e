"""The command line's manners: words instead of tracebacks, exit statuses, JSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from house import House


def test_all_faults_of_a_configuration_are_named_at_once(house: House) -> None:
    main = house.folder / "portalwatch.yaml"
    main.write_text(main.read_text() + "timezone: Asia/Hanoi\nretries: 3\n")
    portal = house.folder / "portals" / "thanhhoa.yaml"
    text = portal.read_text().replace("- id: van-ban", "- id: tin-tuc")
    portal.write_text(text.replace("  kind: news\n", "  kind: news\n  listing:\n    entry: 'div['\n", 1))
    house.run("check", status=2)
    told = house.stderr.splitlines()
    assert len(told) == 4, told
    for word in ("Asia/Ho_Chi_Minh", "retries", "div[", "tin-tuc"):
        assert any(word in line for line in told), (word, told)
    assert all(line.split(":")[1].isdigit() and line.split(":")[2].isdigit() for line in told)
    for command in ("crawl", "serve", "status", "judge", "deliver"):
        house.run(command, status=2)
        assert house.stderr.splitlines() == told


def test_a_started_configuration_is_good(house: House, tmp_path: Path) -> None:
    house.start("init", str(tmp_path / "new"))
    house.start("--config", str(tmp_path / "new"), "check")
    house.run("init", str(tmp_path / "new"), status=2)


def test_no_configuration_is_told_in_words(house: House, tmp_path: Path) -> None:
    house.start("status", "--config", str(tmp_path / "nowhere"), status=2)
    assert "nowhere" in house.stderr


def test_files_are_extracted_one_object_a_line(house: House, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Thông báo - Cổng thông tin</title></head><body><h1>Thông báo</h1><div class='content'>"
        "<p>Sở Thông tin và Truyền thông tổ chức tập huấn kỹ năng số cho cán bộ các xã, phường trong tỉnh.</p>"
        "<p>Thời gian: 8 giờ 00, ngày 12/3/2024 tại Trung tâm hội nghị tỉnh.</p></div></body></html>"
    )
    one = json.loads(house.run("extract", str(page), "--url", "https://example.gov.vn/tin/1"))
    assert one["url"] == "https://example.gov.vn/tin/1"
    assert one["title"] == "Thông báo"
    assert one["text"].startswith("Sở Thông tin và Truyền thông tổ chức tập huấn")
    lines = house.run("extract", str(page), str(page)).splitlines()
    assert len(lines) == 2
    house.run("extract", str(tmp_path / "missing.html"), status=2)


def test_urls_are_fetched_only_through_the_gate(house: House) -> None:
    url = house.replicas["ninhbinh"].url + "vi/news/tin-tuc-su-kien/"
    house.configure(settings={"allow_private": []})
    refused = json.loads(house.run("read", url, status=1))
    assert "allow_private" in house.stderr
    assert refused == {
        **dict.fromkeys(("url", "why")),
        "page": "error",
        "kind": "news",
        "entries": [],
        "next": None,
    } | {
        "url": url,
        "why": refused["why"],
    }
    assert "allow_private" in refused["why"]
    listing = json.loads(house.start("read", url, "--allow-private", "127.0.0.0/8"))
    assert listing["page"] == "listing"
    assert len(listing["entries"]) == 5
    assert listing["next"]["url"].endswith("/page-2/")


def test_a_named_configuration_applies_to_what_is_fetched_by_hand(house: House, tmp_path: Path) -> None:
    url = house.replicas["ninhbinh"].url + "vi/news/tin-tuc-su-kien/"
    assert json.loads(house.run("read", url))["page"] == "listing"
    house.run("record", url, "--into", str(tmp_path / "cases"))
    (entry, *_) = json.loads(house.run("read", url))["entries"]
    assert json.loads(house.run("extract", entry["url"]))["page"] == "article"


def test_a_schedule_is_read_as_the_crawl_would_watch_it(house: House, tmp_path: Path) -> None:
    days = "".join(
        f"<p><b>Thứ {name}, ngày {16 + n}/11/2026</b></p><p>- 08h00: Họp giao ban tại phòng 201, lần {n + 1}</p>"
        for n, name in enumerate(["hai", "ba", "tư", "năm", "sáu"])
    )
    page = tmp_path / "page.html"
    page.write_text(f"<html><head><title>Lịch</title></head><body><h1>Lịch công tác tuần 47</h1>{days}</body></html>")
    read = json.loads(house.run("read", str(page), "--kind", "schedule", "--url", "https://a.gov.vn/lich"))
    (entry,) = read["entries"]
    assert (read["page"], read["kind"]) == ("listing", "schedule")
    assert entry["url"] == "https://a.gov.vn/lich#week=2026-47"
    assert "Thứ tư, ngày 18/11/2026" in entry["summary"]
    assert json.loads(house.run("read", str(page), "--kind", "page"))["page"] == "listing"


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 5000,
        bytes(range(256)) * 40,
        "<h1>Liên hệ</h1><form><input><button>Gửi</button></form>".encode(),
        b"",
    ],
    ids=["picture", "bytes", "form", "nothing"],
)
def test_what_names_no_day_is_no_schedule(house: House, tmp_path: Path, body: bytes) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(body)
    told = json.loads(house.run("read", str(page), "--kind", "schedule", status=1))
    assert (told["page"], told["entries"]) == ("error", [])
    assert told["why"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["extract", "PAGE", "--url", "nope"], "nope is no address"),
        (["extract", "PAGE", "--url", "https://a.vn/", "--url", "https://b.vn/"], "2 addresses for 1 files"),
        (["extract", "PAGE", "--allow-private", "xyz"], "xyz is no network"),
        (["read", "PAGE", "--kind", "poems"], "schedule or page"),
        (["extract", "missing.html"], "there is no such file"),
        (["extract", "FOLDER"], "it is a folder"),
    ],
)
def test_wrong_ways_to_try_the_readers_are_told(house: House, tmp_path: Path, arguments: list[str], told: str) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>Tin</h1>")
    places = {"PAGE": str(page), "FOLDER": str(tmp_path)}
    house.run(*[places.get(each, each) for each in arguments], status=2)
    assert told in house.stderr


def test_a_packed_page_is_read_as_what_is_in_it(house: House, tmp_path: Path) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(
        gzip.compress(("<h1>Thông báo tập huấn kỹ năng số</h1>" + "<p>Sở tổ chức tập huấn.</p>" * 9).encode())
    )
    assert json.loads(house.run("extract", str(page)))["text"].count("tập huấn") >= 9
    page.write_bytes(page.read_bytes()[:30])
    assert json.loads(house.run("extract", str(page), status=1))["page"] == "error"


def test_jsonl_is_detected_a_line_each(house: House, tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a", "title": "UBND tỉnh ban hành Quyết định số 12/QĐ-UBND ngày 05/01/2024", "text": "", "portal": None},
        {"id": "b", "title": "Dự báo thời tiết", "text": "Căn cứ Quyết định số 12/QĐ-UBND, tỉnh nắng ráo."},
    ]
    lines.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n{broken\n{"id": "c", "published": "?"}\n'
    )
    answers = [json.loads(line) for line in house.run("detect", "--jsonl", str(lines), status=1).splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", None, "c"]
    assert ["error" in answer for answer in answers] == [False, False, True, False]
    assert answers[0]["kinds"] == ["decision"]
    assert answers[1]["kinds"] == []
    assert answers[1]["documents"][0]["role"] == "cited"


def test_an_article_whose_day_cannot_be_read_is_judged_without_it(house: House, tmp_path: Path) -> None:
    line = {"id": 1, "title": "Phiên họp lần thứ 8 của Ủy ban Quốc gia về chuyển đổi số", "published": "05/03/2025"}
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(line), "utf-8")
    answer = json.loads(house.run("detect", "--jsonl", str(file), status=1))
    assert answer["meeting"]["ordinal"] == 8
