"""The files behind articles, through the whole program: read, judged, replaced, and what they cannot do to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from house import House
from small_site import SmallSite, small_site

from config import write_yaml
from monitor.replica.markup import pdf

LETTERHEAD = ["ỦY BAN NHÂN DÂN TỈNH", "Số: 412/GM-UBND", "GIẤY MỜI"]
MEETING = "Dự Hội nghị trực tuyến sơ kết công tác chuyển đổi số"
STORY = "<p>Sáng nay, các địa phương trong tỉnh tiếp tục chăm sóc lúa vụ mùa, tưới tiêu và phòng trừ sâu bệnh.</p>" * 6
FILE = "/files/giay-moi.pdf"
OLD = [
    ("cu-1", "Nông dân các địa phương chăm sóc lúa vụ mùa"),
    ("cu-2", "Trường học vùng cao đón học sinh trở lại lớp"),
    ("cu-3", "Hợp tác xã trồng rau an toàn mở rộng diện tích"),
    ("cu-4", "Người dân ven biển trồng thêm rừng phi lao"),
]


def invitation(day: str) -> bytes:
    return pdf([*LETTERHEAD, MEETING, f"1. Thời gian: 08 giờ 00, ngày {day}.", "2. Địa điểm: Phòng họp số 1."])


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site("127.0.0.37") as site:
        yield site


@pytest.fixture
def watch(site: SmallSite, new_house: Any) -> House:
    """A house that watches one section of the site, with a few old articles in its baseline."""
    house: House = new_house([])
    section = {"id": "thong-bao", "url": f"{site.url}thong-bao", "revisit": {"young": "3650d", "every": "1s"}}
    (house.folder / "portals").mkdir(parents=True, exist_ok=True)
    write_yaml(house.folder / "portals" / "thu.yaml", site.yaml(section))
    for name, title in OLD:
        site.html(f"/tin/{name}", title, f"<p>{title}.</p>{STORY}")
    listed(site, *OLD)
    house.turn()
    return house


def listed(site: SmallSite, *entries: tuple[str, str]) -> None:
    rows = "".join(
        f'<li><a href="/tin/{name}">{title}</a> <span>1{at}/11/2026</span></li>'
        for at, (name, title) in reversed(list(enumerate(entries)))
    )
    site.html("/thong-bao", "Thông báo", f"<ul>{rows}</ul>")


def publish(site: SmallSite, title: str, main: str) -> None:
    site.html("/tin/moi", title, main)
    listed(site, *OLD, ("moi", title))


def newest(house: House) -> dict[str, Any]:
    return dict(house.json("show", str(house.json("articles")[0]["id"])))


def again(house: House, revisions: int) -> dict[str, Any]:
    """The newest article, once it has so many revisions; it is read again a second after it was read."""
    for _ in range(30):
        house.turn(status=None)
        if len((article := newest(house))["revisions"]) == revisions:
            return article
    raise AssertionError(article["revisions"])


def test_an_invitation_that_is_only_a_pdf_is_a_meeting_and_one_put_in_its_place_a_revision(
    site: SmallSite, watch: House
) -> None:
    site.pages[FILE] = ("application/pdf", invitation("25/11/2026"))
    publish(site, "Giấy mời số 412/GM-UBND", f'<p><a href="{FILE}">Tải về</a></p>')
    watch.turn()
    article = newest(watch)
    (file,) = article["attachments"]
    assert (file["kind"], file["state"], file["pages"], file["problem"]) == ("pdf", "read", 1, None)
    assert MEETING in file["text"]
    (event,) = watch.json("events")
    assert (event["kind"], event["meeting"]["date"], event["meeting"]["time"]) == ("meeting", "2026-11-25", "08:00")
    assert watch.receiver.wait(1, 10)

    again_read = len(site.unchanged)
    while len(site.unchanged) == again_read:  # asked for with its ETag, and nothing becomes of it
        watch.turn()
    assert len(newest(watch)["revisions"]) == 1

    site.pages[FILE] = ("application/pdf", invitation("27/11/2026"))
    article = again(watch, 2)
    assert [change["kind"] for change in article["changes"]] == ["replaced"]
    assert article["changes"][0]["url"].endswith(FILE)
    assert "27/11/2026" in article["attachments"][0]["text"]
    first, second = article["revisions"]
    assert (first["text"], len(first["files"])) == (second["text"], len(second["files"]))
    assert first["files"] != second["files"]


def test_a_file_that_is_made_anew_with_the_same_words_is_no_revision(site: SmallSite, watch: House) -> None:
    site.pages[FILE] = ("application/pdf", invitation("25/11/2026"))
    publish(site, "Giấy mời họp", f'<p><a href="{FILE}">Tải về</a></p>')
    watch.turn()
    site.pages[FILE] = ("application/pdf", invitation("25/11/2026") + b"\n% made at 10:05")
    asked = site.asked.count(FILE)
    while site.asked.count(FILE) < asked + 2:
        watch.turn()
    assert (len(newest(watch)["revisions"]), newest(watch)["changes"]) == (1, [])


def test_a_decision_that_an_article_only_carries_along_is_cited(site: SmallSite, watch: House) -> None:
    site.pages[FILE] = (
        "application/pdf",
        pdf(["ỦY BAN NHÂN DÂN TỈNH", "Số: 1875/QĐ-UBND", "QUYẾT ĐỊNH", "Về việc phê duyệt Đề án trồng lúa"]),
    )
    publish(site, "Nông dân phấn khởi được mùa", f'{STORY}<p><a href="{FILE}">Tải về</a></p>')
    watch.turn()
    assert watch.json("events") == []
    (document,) = watch.json("documents")
    assert (document["number"], document["issued_in"], len(document["cited_by"])) == ("1875/QĐ-UBND", [], 1)


def test_files_that_cannot_be_had_or_read_cost_nothing_but_a_word(
    site: SmallSite, watch: House, tmp_path: Path
) -> None:
    site.pages["/files/hong.pdf"] = ("application/pdf", b"%PDF-1.7 broken")
    site.pages["/files/loi.pdf"] = ("text/html", b"<!DOCTYPE html><html><p>error</p></html>")
    links = ["/files/hong.pdf", "/files/loi.pdf", "/files/mat.pdf", "https://khac.vn/a.pdf"]
    publish(site, "Nông dân phấn khởi được mùa", STORY + "".join(f'<p><a href="{link}">Tệp</a></p>' for link in links))
    watch.turn(status=None)
    told = {file["url"].rpartition("/")[2]: (file["state"], file["problem"]) for file in newest(watch)["attachments"]}
    assert told == {
        "hong.pdf": ("refused", "not a whole PDF"),
        "loi.pdf": (None, "answers with a page and not with a file"),
        "mat.pdf": (None, "HTTP 404"),
        "a.pdf": (None, "on another site; it is not fetched"),
    }
    (run, *_) = watch.json("runs")
    assert run["state"] == "good"
    problems = run["sections"][0]["problems"]
    assert sorted(problem.partition(": ")[2] for problem in problems) == [
        "HTTP 404",
        "answers with a page and not with a file",
    ]
    asked = site.asked.count("/files/mat.pdf")
    while site.asked.count("/files/mat.pdf") == asked:
        watch.turn(status=None)
    assert watch.json("runs")[0]["sections"][0]["problems"] == []  # told once

    # Had at last, it is judged: not as a change of the portal's.
    site.pages["/files/mat.pdf"] = ("application/pdf", invitation("25/11/2026"))
    article = again(watch, 2)
    assert article["changes"] == []


def test_two_invitations_with_the_same_words_and_other_files_are_two_meetings(site: SmallSite, watch: House) -> None:
    entries = list(OLD)
    for day in (25, 27):
        site.pages[f"/files/{day}.pdf"] = ("application/pdf", invitation(f"{day}/11/2026"))
        link = f'<p>Chi tiết xem tại tệp đính kèm.</p><p><a href="/files/{day}.pdf">Tải về</a></p>'
        site.html(f"/tin/{day}", "Giấy mời họp", link)
        entries.append((str(day), "Giấy mời họp"))
        listed(site, *entries)
        watch.turn()
    assert sorted(event["meeting"]["date"] for event in watch.json("events")) == ["2026-11-25", "2026-11-27"]


def test_a_file_that_is_too_large_keeps_nobody_from_the_next_one(site: SmallSite, watch: House) -> None:
    site.pages["/files/lon.pdf"] = ("application/pdf", b"%PDF-1.4" + b"x" * 500_000)
    site.pages[FILE] = ("application/pdf", invitation("25/11/2026"))
    links = "".join(f'<p><a href="{path}">Tệp</a></p>' for path in ("/files/lon.pdf", FILE))
    publish(site, "Giấy mời họp", links)
    watch.turn(status=None)
    told = {file["url"].rpartition("/")[2]: (file["state"], file["problem"]) for file in newest(watch)["attachments"]}
    assert told == {"lon.pdf": (None, "larger than max_body"), "giay-moi.pdf": ("read", None)}
    (event,) = watch.json("events")
    assert event["meeting"]["date"] == "2026-11-25"


def test_a_portal_whose_files_ask_for_it_twice_is_left_alone_and_the_articles_are_kept(
    site: SmallSite, watch: House
) -> None:
    entries = [(f"moi-{number}", f"{title} {number}") for number, (_, title) in enumerate(OLD)]
    for name, title in entries:
        links = "".join(f'<p><a href="/files/{name}-{part}.pdf">Tệp</a></p>' for part in range(3))
        site.html(f"/tin/{name}", title, STORY.replace("trong tỉnh", name) + links)
        for part in range(3):
            site.waits[f"/files/{name}-{part}.pdf"] = "3600"
    listed(site, *OLD, *entries)
    watch.turn(status=None)
    asked = [path for path in site.asked if path.startswith("/files/")]
    assert len(asked) == 2
    assert len(watch.json("articles")) == len(OLD) + 2
    (portal,) = watch.json("status")["portals"]
    (section,) = portal["sections"]
    wait = datetime.fromisoformat(section["next_check"]) - datetime.now(UTC)
    assert timedelta(minutes=50) < wait <= timedelta(hours=1)


def test_an_error_page_or_nothing_in_the_place_of_a_file_is_a_problem_only(site: SmallSite, watch: House) -> None:
    site.pages[FILE] = ("application/pdf", invitation("25/11/2026"))
    publish(site, "Giấy mời họp", f'<p><a href="{FILE}">Tải về</a></p>')
    watch.turn()
    for wrong, problem in (
        (b"\xef\xbb\xbf<!DOCTYPE html><html><p>error</p></html>", "answers with a page and not with a file"),
        (b"", "answers with nothing"),
        (b"Error 500", "a plain text and not a document"),
    ):
        site.pages[FILE] = ("application/octet-stream", wrong)
        for _ in range(30):
            watch.turn(status=None)
            (file,) = newest(watch)["attachments"]
            if file["problem"] == problem:
                break
        assert (file["state"], file["problem"]) == ("read", problem)
        assert "25/11/2026" in file["text"]
    article = newest(watch)
    assert (len(article["revisions"]), article["changes"]) == (1, [])


def test_a_file_that_could_not_be_read_is_asked_for_whole_by_another_reader_only(site: SmallSite, watch: House) -> None:
    site.pages[FILE] = ("application/pdf", pdf([]))
    publish(site, "Nông dân phấn khởi được mùa", f'{STORY}<p><a href="{FILE}">Tải về</a></p>')
    watch.turn()

    def ask() -> bool:
        """Whether the file was asked for with its ETag, the next time that it was."""
        asked, unchanged = site.asked.count(FILE), site.unchanged.count(FILE)
        while site.asked.count(FILE) == asked:
            watch.turn()
        return site.unchanged.count(FILE) > unchanged

    assert ask()
    with closing(sqlite3.connect(watch.database.removeprefix("sqlite:///"))) as database, database:
        database.execute("UPDATE files SET reader = '0'")
    assert not ask()
    assert ask()
    assert newest(watch)["attachments"][0]["problem"] == "there is no text in it"


def test_an_entry_that_is_a_file_itself_has_its_text(site: SmallSite, watch: House) -> None:
    site.pages["/tin/moi"] = ("application/pdf", invitation("25/11/2026"))
    listed(site, *OLD, ("moi", "Giấy mời dự hội nghị trực tuyến"))
    watch.turn()
    assert MEETING in newest(watch)["attachments"][0]["text"]
    (event,) = watch.json("events")
    assert event["meeting"]["date"] == "2026-11-25"
    site.pages["/tin/moi"] = ("application/pdf", invitation("27/11/2026"))
    assert [change["kind"] for change in again(watch, 2)["changes"]] == ["replaced"]


def test_extract_reads_a_file_of_its_own(tmp_path: Path, watch: House) -> None:
    import json

    (tmp_path / "moi.pdf").write_bytes(invitation("25/11/2026"))
    said = json.loads(watch.run("extract", str(tmp_path / "moi.pdf")))
    assert (said["page"], said["title"]) == ("article", None)
    assert "GIẤY MỜI" in said["text"]
