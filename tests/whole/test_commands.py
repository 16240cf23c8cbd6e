"""The command line's manners: words instead of tracebacks, exit statuses, JSON."""

from __future__ import annotations

import json
from pathlib import Path

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
    house.run("read", url, status=1)
    assert "allow_private" in house.stderr
    listing = json.loads(house.start("read", url, "--allow-private", "127.0.0.0/8"))
    assert listing["page"] == "listing"
    assert len(listing["entries"]) == 5
    assert listing["next"]["url"].endswith("/page-2/")


def test_jsonl_is_detected_a_line_each(house: House, tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a", "title": "UBND tỉnh ban hành Quyết định số 12/QĐ-UBND ngày 05/01/2024", "text": "", "portal": None},
        {"id": "b", "title": "Dự báo thời tiết", "text": "Căn cứ Quyết định số 12/QĐ-UBND, tỉnh nắng ráo."},
    ]
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n{broken\n")
    answers = [json.loads(line) for line in house.run("detect", "--jsonl", str(lines), status=1).splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", None]
    assert answers[0]["kinds"] == ["decision"]
    assert answers[1]["kinds"] == []
    assert answers[1]["documents"][0]["role"] == "cited"
