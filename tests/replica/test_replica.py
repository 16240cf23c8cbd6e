"""The replicas over real HTTP on loopback: what they serve, what moves, what is published, how they misbehave."""

from __future__ import annotations

import gzip
import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import pytest
from ask import Answer, get

from monitor.replica import (
    FAULTS,
    NINHBINH,
    SEED_NAMES,
    THANHHOA,
    Content,
    Replica,
    SeedArticle,
    expected_text,
    seed_article,
    serve_replicas,
)
from monitor.replica.articles import HANOI, clean, seed_text

NEWS = "portal/Pages/tin-tuc.aspx"
STORIES = {"thanhhoa": THANHHOA, "ninhbinh": NINHBINH}
CHANGES = ["edit", "counter", "withdraw", "redesign"]
HOME_OF = {
    "thanhhoa": "thanhhoa",
    "ninhthuan": "ninhbinh",
    "mpi": "thanhhoa",
    "baoquangnam": "thanhhoa",
    "ninhbinh": "ninhbinh",
}
# The five seeds cite these; none may stand in the documents table, where it would look issued.
SEED_NUMBERS = (
    *("749/QĐ-TTg", "942/QĐ-TTg", "422/QĐ-TTg", "3609/KH-BĐHCĐS", "16/TB-VPCP", "03-TB/BCĐCĐS", "56/QĐ-UBND"),
    *("17/NQ-CP", "03/NQ-CP", "01/NQ-CP", "1619/QĐ-TTg", "2304/BTTTT-THH", "06/QĐ-TTg"),
)

Portals = dict[str, Replica]


@pytest.fixture(scope="module")
def running() -> Iterator[Portals]:
    now = datetime(2024, 5, 20, 9, 30, tzinfo=HANOI)
    with serve_replicas(clock=lambda: now) as replicas:
        yield replicas


@pytest.fixture
def portals(running: Portals) -> Portals:
    for replica in running.values():
        replica.reset()
    return running


def until(true: Callable[[], bool]) -> None:
    """Returns when the condition holds; fails after five seconds."""
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end, "the condition never held"
        time.sleep(0.005)


def sections(replica: Replica) -> dict[str, dict]:
    return {section["id"]: section for section in replica.yaml(selectors=True)["sections"]}


def read_all(section: dict) -> list[list[tuple[str, str, str]]]:
    """The (url, title, published) of each page of a section, read with the hand-written selectors."""
    url, rules, pages = section["url"], section["listing"], []
    while url:
        tree = get(url).tree
        rows = tree.cssselect(rules["entry"])
        pages.append(
            [
                (
                    urljoin(url, row.cssselect(rules["link"])[0].get("href")),
                    clean(row.cssselect(rules["title"])[0].text_content()),
                    clean(row.cssselect(rules["published"])[0].text_content()),
                )
                for row in rows
            ]
        )
        following = tree.cssselect(rules["next"])
        url = urljoin(url, following[0].get("href")) if following else None
    return pages


def publish_all(portals: Portals) -> dict[str, Content]:
    shown = {}
    for name, replica in portals.items():
        shown[name] = STORIES[name].baseline
        for step, content in STORIES[name].steps.items():
            replica.publish(step)
            shown[name] = shown[name].plus(content)
    return shown


# --- the seeds ---------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    return clean(re.sub(r"^\s*•", "", text))


@pytest.mark.parametrize("name", SEED_NAMES)
def test_a_seed_loses_no_line(name: str) -> None:
    article = seed_article(name)
    kept = [*article.preface, article.title, article.updated, article.lead, article.byline, article.source_line]
    kept.append(article.epilogue)
    for block in article.blocks:
        if hasattr(block, "rows"):
            kept.extend(line for row in block.rows for cell in row for line in cell.lines)
        else:
            kept.append(block.text)
    assert sorted(filter(None, kept)) == sorted(filter(None, seed_text(name).split("\n")))


@pytest.mark.parametrize("name", SEED_NAMES)
def test_every_line_of_a_seed_is_on_its_page_in_order(portals: Portals, name: str) -> None:
    replica = portals[HOME_OF[name]]
    if name == "thanhhoa":
        replica.publish("meeting")
    # The first page after a reset shows the very counters of the seed.
    text = get(replica.article_url(seed_article(name))).text
    place = 0
    for line in filter(None, map(words, seed_text(name).split("\n"))):
        found = text.find(line, place)
        assert found >= 0, line
        place = found + len(line)


def test_expected_text_of_the_seed_with_a_table() -> None:
    lines = expected_text(seed_article("ninhbinh")).split("\n")
    assert lines[0].startswith("Sáng 08/8, tại điểm cầu Chính phủ, Thủ tướng Chính phủ")
    assert "Chỉ tiêu | 6 tháng | Năm 2022" in lines
    assert "Các chỉ tiêu đã đạt được" in lines
    assert "Tỉ lệ người dân từ 15 tuổi có tài khoản thanh toán | 66% | 65%" in lines
    assert (
        "Tỉ lệ số hóa hồ sơ, kết quả giải quyết TTHC - Bộ phận một cửa cấp bộ, cấp tỉnh Bộ phận một cửa cấp huyện"
        " | - | 100% 100%"
    ) in lines
    assert lines[lines.index("Chỉ tiêu | 6 tháng | Năm 2022") + 15].startswith("Bên cạnh đó, Bộ Thông tin")
    assert not {"Cổng TTĐT tỉnh", "Quang cảnh phiên họp tại điểm cầu Ninh Bình"} & set(lines)
    assert not any("Cập nhật" in line or "\xa0" in line for line in lines)


def test_expected_text_has_neither_counters_nor_captions_nor_sources() -> None:
    texts = {name: expected_text(seed_article(name)) for name in SEED_NAMES}
    assert texts["thanhhoa"].startswith("Sáng ngày 24/4/2024")
    assert texts["thanhhoa"].endswith("Trung tâm Dữ liệu quốc gia./.")
    assert texts["mpi"].startswith("(MPI) - Theo Báo cáo")
    assert texts["mpi"].endswith("tầm nhìn đến năm 2030./.")
    assert texts["baoquangnam"].startswith("(QNO) - Chiều 28/12")
    assert texts["ninhthuan"].endswith("địa phương./.")
    for name, text in texts.items():
        assert "\n\n" not in text
        assert not any(caption in text.split("\n") for caption in seed_article(name).captions)


def test_short_articles_are_sentences_of_the_seeds() -> None:
    seeds = clean(" ".join(seed_text(name) for name in SEED_NAMES))
    for story in STORIES.values():
        for article in story.baseline.articles:
            for block in article.blocks:
                if not hasattr(block, "rows"):
                    for sentence in re.split(r"(?<=[.…]) (?=[A-ZĐ])", clean(block.text)):
                        assert sentence in seeds


def test_the_documents_table_has_no_number_of_the_seeds() -> None:
    shown = THANHHOA.baseline.plus(THANHHOA.steps["decision"]).documents
    assert len(shown) == 9
    for number in SEED_NUMBERS:
        assert any(number in seed_text(name) for name in SEED_NAMES)
        assert all(number not in f"{one.number} {one.abstract}".split() for one in shown)


# --- listings and pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [False, True])
def test_paging_covers_everything_once(portals: Portals, steps: bool) -> None:
    shown = publish_all(portals) if steps else {name: story.baseline for name, story in STORIES.items()}
    for name, replica in portals.items():
        pages = read_all(sections(replica)["tin-tuc"])
        assert len(pages) == 3
        assert [len(page) for page in pages[:2]] == [5, 5]
        expected = [(replica.article_url(one), one.title) for one in shown[name].articles]
        assert [(url, title) for page in pages for url, title, _ in page] == expected
    documents = read_all(sections(portals["thanhhoa"])["van-ban"])
    assert [title for page in documents for _, title, _ in page] == [
        one.abstract for one in shown["thanhhoa"].documents
    ]
    assert len(documents) == 2


def test_every_article_page_holds_its_expected_text(portals: Portals) -> None:
    for name, content in publish_all(portals).items():
        for article in content.articles:
            answer = get(portals[name].article_url(article))
            assert answer.status == 200
            assert "ETag" not in answer.headers
            text = answer.text
            for line in expected_text(article).split("\n"):
                for cell in line.split(" | "):
                    assert cell in text


def test_dates_are_shown_as_the_portals_show_them(portals: Portals) -> None:
    thanhhoa, ninhbinh = portals["thanhhoa"], portals["ninhbinh"]
    thanhhoa.publish("meeting")
    url, _, published = read_all(sections(thanhhoa)["tin-tuc"])[0][0]
    assert published == "Đăng ngày 24 - 04 - 2024"
    assert url == f"{thanhhoa.url}portal/Pages/2024-04-24/Phien-hop-lan-thu-8-vi5x3u4r.aspx"
    rows = {title: (url, day) for page in read_all(sections(ninhbinh)["tin-tuc"]) for url, title, day in page}
    seed = seed_article("ninhbinh")
    assert rows[seed.title][1] == "09/08/2022 10:36"
    assert re.fullmatch(r".*/vi/news/tin-tuc-su-kien/phien-hop-thu-3-cua-uy-ban-.*-\d+\.html", rows[seed.title][0])
    assert "Cập nhật: Thứ ba, 09/08/2022" in get(rows[seed.title][0]).text
    plain_url, _ = rows["100% khu vực trung tâm các xã có sóng di động 3G"]
    assert "Đăng lúc: Thứ tư - 28/12/2022 08:15" in get(plain_url).text


def test_metadata_is_absent_or_misleads(portals: Portals) -> None:
    portals["thanhhoa"].publish("meeting")
    page = get(portals["thanhhoa"].article_url(seed_article("thanhhoa"))).tree
    assert not page.xpath("//meta[@property]|//script[@type='application/ld+json']|//time|//link")
    # The counter stands before the title, in the article's own container.
    container = page.cssselect("[id$=_pnChiTiet]")[0]
    text = clean(container.text_content())
    assert text.index("Thống kê truy cập") < text.index(seed_article("thanhhoa").title)
    page = get(portals["ninhbinh"].article_url(seed_article("ninhbinh"))).tree
    assert page.xpath("//meta[@property='og:updated_time']/@content") == ["2024-05-20T09:30:00+07:00"]


def test_web_part_ids_differ_by_page_family(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    pages = [get(replica.url + NEWS), get(replica.url + "portal/Pages/van-ban.aspx")]
    pages.append(get(replica.article_url(seed_article("mpi"))))
    found = [set(re.findall(rb'id="(ctl00_\w*?_g_\w+?)_(?:pn|grv|lbl)', page.body)) for page in pages]
    assert all(len(ids) == 1 for ids in found)
    assert len(set.union(*found)) == 3


def test_two_responses_differ_and_the_article_does_not(portals: Portals) -> None:
    for name, seed in (("thanhhoa", "mpi"), ("ninhbinh", "ninhthuan")):
        replica, article = portals[name], seed_article(seed)
        first, second = get(replica.article_url(article)), get(replica.article_url(article))
        assert first.body != second.body
        assert ("8116023" in first.text.replace(",", ""), "8116024" in second.text.replace(",", "")) == (True, True)
        rules = sections(replica)["tin-tuc"]["article"]
        kept = []
        for answer in (first, second):
            body = answer.tree.cssselect(rules["body"])[0]
            for selector in rules["drop"]:
                for dropped in body.cssselect(selector):
                    dropped.drop_tree()
            kept.append(clean(body.text_content()))
        assert kept[0] == kept[1]
        assert all(clean(line) in kept[0] for line in expected_text(article).split("\n"))
        replica.reset()
        assert get(replica.article_url(article)).body == first.body  # the same count, the same page


def test_documents_lead_to_details_and_real_files(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    replica.publish("decision")
    section = sections(replica)["van-ban"]
    rows = [row for page in read_all(section) for row in page]
    assert rows[0][2] == "10/05/2024"
    for url, abstract, day in rows:
        page = get(url).tree
        assert clean(page.cssselect(section["article"]["title"])[0].text_content()) == abstract
        assert clean(page.cssselect(section["article"]["published"])[0].text_content()) == day
        file = get(urljoin(url, page.cssselect("[id$=_lnkFile]")[0].get("href")))
        assert (file.status, file.headers["Content-Type"]) == (200, "application/pdf")
        start = int(re.search(rb"startxref\n(\d+)", file.body)[1])
        assert file.body.startswith(b"%PDF-")
        assert file.body[start:].startswith(b"xref")
    both = [abstract for _, abstract, _ in rows if "bãi bỏ Quyết định số 2865/QĐ-UBND" in abstract]
    assert len(both) == 1


def test_menus_lead_to_pages(portals: Portals) -> None:
    for replica in portals.values():
        tree = get(replica.url).tree
        links = {
            urljoin(replica.url, link) for link in tree.xpath("//a/@href|//img/@src") if not link.startswith(("#", "j"))
        }
        assert len(links) > 8
        assert {get(link).status for link in links} == {200}
        assert get(replica.url + "no/such/page").status == 404


def test_robots_states_the_delay_and_what_is_closed() -> None:
    with serve_replicas(["ninhbinh"], crawl_delay=2.5) as replicas:
        lines = get(replicas["ninhbinh"].url + "robots.txt").body.decode().splitlines()
    assert lines == ["User-agent: *", "Crawl-delay: 2.5", "Disallow: /search", "Disallow: /admin"]


# --- validators and the timeline ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "path", "step"),
    [
        ("thanhhoa", NEWS, "meeting"),
        ("thanhhoa", "portal/Pages/van-ban.aspx", "decision"),
        ("ninhbinh", "vi/news/tin-tuc-su-kien/", "meeting-elsewhere"),
    ],
)
def test_a_listing_answers_304_until_it_lists_something_else(portals: Portals, name: str, path: str, step: str) -> None:
    replica = portals[name]
    first, second = get(replica.url + path), get(replica.url + path)
    tag = first.headers["ETag"]
    assert first.body != second.body
    assert second.headers["ETag"] == tag
    unchanged = get(replica.url + path, If_None_Match=tag)
    assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", tag)
    replica.publish(step)
    changed = get(replica.url + path, If_None_Match=tag)
    assert changed.status == 200
    assert changed.headers["ETag"] != tag


@pytest.mark.parametrize(
    ("name", "step", "title"),
    [
        ("thanhhoa", "meeting", "Phiên họp lần thứ 8 của Ủy ban Quốc gia về chuyển đổi số"),
        ("ninhbinh", "meeting-elsewhere", "Thủ tướng chủ trì Phiên họp thứ 8 của Uỷ ban Quốc gia về chuyển đổi số"),
        (
            "ninhbinh",
            "decision-news",
            "UBND tỉnh ban hành Kế hoạch nâng cao tỉ lệ hồ sơ thủ tục hành chính xử lý trực tuyến",
        ),
    ],
)
def test_a_step_appears_first_on_the_first_page(portals: Portals, name: str, step: str, title: str) -> None:
    replica = portals[name]
    section = sections(replica)["tin-tuc"]
    article: SeedArticle = STORIES[name].steps[step].articles[0]
    assert title not in [row[1] for row in read_all(section)[0]]
    assert get(replica.article_url(article)).status == 404
    replica.publish(step)
    replica.publish(step)
    assert [row[1] for page in read_all(section) for row in page].count(title) == 1
    assert read_all(section)[0][0][:2] == (replica.article_url(article), title)


def test_the_decision_appears_in_the_documents_table(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    section = sections(replica)["van-ban"]
    before = read_all(section)[0][0]
    replica.publish("decision")
    assert "1875/QĐ-UBND" in get(section["url"]).text
    assert read_all(section)[0][0] != before
    replica.reset()
    assert read_all(section)[0][0] == before


def test_steps_are_listed_and_unknown_ones_refused(portals: Portals) -> None:
    assert portals["thanhhoa"].steps() == ["meeting", "decision", *CHANGES]
    assert portals["ninhbinh"].steps() == ["meeting-elsewhere", "decision-news", *CHANGES]
    with pytest.raises(ValueError, match="meeting-elsewhere"):
        portals["ninhbinh"].publish("meeting")
    with pytest.raises(ValueError, match="no fault"):
        portals["ninhbinh"].fault("/", "earthquake")
    with pytest.raises(ValueError, match="path"):
        portals["ninhbinh"].fault("here", "404")


def test_the_yaml_leaves_selectors_out_on_demand(portals: Portals) -> None:
    for replica in portals.values():
        without = replica.yaml()
        assert [set(section) for section in without["sections"]] == [{"id", "url", "kind"}] * len(without["sections"])
        assert without["url"] == replica.url
        assert without["every"] == "15m"
    assert {section["kind"] for section in portals["thanhhoa"].yaml()["sections"]} == {"news", "documents"}


# --- faults ------------------------------------------------------------------------------------------------------


def faulty(replica: Replica, fault: str) -> Answer:
    replica.fault(f"/{NEWS}", fault)
    return get(replica.url + NEWS)


def test_faults_of_status(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    assert faulty(replica, "404").status == 404
    assert faulty(replica, "500").status == 500
    busy = faulty(replica, "503-retry-after")
    assert (busy.status, busy.headers["Retry-After"]) == (503, "2")
    assert get(replica.url).status == 200
    replica.fault(f"/{NEWS}", None)
    assert get(replica.url + NEWS).status == 200


def test_faults_that_answer_200_without_the_page(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    assert faulty(replica, "empty").body == b""
    for fault, sign in (
        ("soft404", "Trang bạn yêu cầu không tồn tại"),
        ("challenge", "Checking your browser"),
        ("maintenance", "Hệ thống đang bảo trì"),
    ):
        answer = faulty(replica, fault)
        assert answer.status == 200
        assert sign in answer.text
        assert "Đăng ngày" not in answer.text
        assert "ETag" not in answer.headers


def test_fault_redirect_loop(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    replica.fault(f"/{NEWS}", "redirect-loop")
    url, seen = replica.url + NEWS, []
    for _ in range(4):
        answer = get(url)
        assert answer.status == 302
        url = urljoin(url, answer.headers["Location"])
        seen.append(url)
    assert seen[0] == seen[2]
    assert seen[1] == seen[3]
    assert seen[0] != seen[1]


def test_faults_of_encoding(portals: Portals) -> None:
    replica = portals["ninhbinh"]
    path = "/vi/news/tin-tuc-su-kien/"
    replica.fault(path, "wrong-charset")
    answer = get(replica.url.rstrip("/") + path)
    assert answer.headers.get_content_charset() == "windows-1252"
    assert b"windows-1252" in answer.body
    assert b"utf-8" not in answer.body
    assert "Tin tức sự kiện" in answer.body.decode("utf-8")
    replica.fault(path, "no-charset")
    answer = get(replica.url.rstrip("/") + path)
    assert answer.headers["Content-Type"] == "text/html"
    assert b"charset" not in answer.body
    replica.fault(path, "late-charset")
    answer = get(replica.url.rstrip("/") + path)
    assert answer.headers["Content-Type"] == "text/html"
    assert "Tin tức sự kiện".encode() in answer.body[: answer.body.index(b"charset")]
    replica.fault(path, "broken-gzip")
    answer = get(replica.url.rstrip("/") + path)
    assert answer.headers["Content-Encoding"] == "gzip"
    with pytest.raises((EOFError, OSError, zlib.error)):
        gzip.decompress(answer.body)


def test_fault_truncated_breaks_the_promised_length(portals: Portals) -> None:
    with pytest.raises(http.client.IncompleteRead) as caught:
        faulty(portals["thanhhoa"], "truncated")
    assert b"<html" in caught.value.partial


def test_fault_slow_gives_the_whole_page_late(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    start = time.monotonic()
    answer = faulty(replica, "slow")
    assert time.monotonic() - start > 0.3
    assert answer.body.rstrip().endswith(b"</html>")


def half_open(replica: Replica, path: str) -> socket.socket:
    parts = urlsplit(replica.url)
    client = socket.create_connection((parts.hostname, parts.port), timeout=5)
    client.sendall(f"GET /{path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    return client


def running_at_arrival(replica: Replica) -> int:
    get(replica.url)
    return int(replica.requests()[-1]["in_flight"])


@pytest.mark.parametrize("fault", ["endless", "hang"])
def test_faults_without_an_end_stop_when_the_client_goes(portals: Portals, fault: str) -> None:
    replica = portals["thanhhoa"]
    replica.fault(f"/{NEWS}", fault)
    client = half_open(replica, NEWS)
    if fault == "endless":
        page = len(get(replica.article_url(seed_article("mpi"))).body)
        received = 0
        while received < page + 3000:
            received += len(client.recv(65536))
    else:
        client.settimeout(0.1)
        with pytest.raises(TimeoutError):
            client.recv(1)
    assert running_at_arrival(replica) == 1
    client.close()
    until(lambda: running_at_arrival(replica) == 0)


def test_a_fault_everywhere_spares_robots_and_the_controls(portals: Portals) -> None:
    replica = portals["ninhbinh"]
    replica.fault("*", "500")
    assert get(replica.url).status == 500
    assert get(replica.url + "vi/about/").status == 500
    assert get(replica.url + "robots.txt").status == 200
    assert replica.steps()
    replica.fault("/robots.txt", "500")
    assert get(replica.url + "robots.txt").status == 500


def test_a_fault_may_name_one_page_of_a_listing(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    replica.fault(f"/{NEWS}?page=2", "500")
    assert [get(f"{replica.url}{NEWS}{query}").status for query in ("", "?page=2", "?page=3")] == [200, 500, 200]


def test_every_fault_is_tried_here() -> None:
    assert set(FAULTS) == {
        *("404", "500", "503-retry-after", "redirect-loop", "endless", "broken-gzip", "wrong-charset", "no-charset"),
        "late-charset",
        *("hang", "empty", "soft404", "challenge", "maintenance", "truncated", "slow"),
    }


# --- the log and the end -----------------------------------------------------------------------------------------


def test_the_log_tells_each_request(portals: Portals) -> None:
    replica = portals["thanhhoa"]
    tag = get(replica.url + NEWS, User_Agent="watcher/1").headers["ETag"]
    get(f"{replica.url}{NEWS}?page=1", User_Agent="watcher/1", If_None_Match=tag)
    get(replica.url + "robots.txt")
    seen = replica.requests()
    assert [(one["method"], one["path"], one["status"]) for one in seen] == [
        ("GET", f"/{NEWS}", 200),
        ("GET", f"/{NEWS}?page=1", 304),
        ("GET", "/robots.txt", 200),
    ]
    assert [one["user_agent"] for one in seen] == ["watcher/1", "watcher/1", None]
    assert [one["if_none_match"] for one in seen] == [None, tag, None]
    assert [one["in_flight"] for one in seen] == [0, 0, 0]
    assert seen[0]["at"] <= seen[1]["at"] <= seen[2]["at"] <= time.monotonic()
    assert portals["ninhbinh"].requests() == []
    replica.reset()
    assert replica.requests() == []


def test_replicas_stop_at_once_even_with_hanging_requests() -> None:
    before = threading.active_count()
    with serve_replicas() as replicas:
        addresses = [(urlsplit(one.url).hostname, urlsplit(one.url).port) for one in replicas.values()]
        assert len(set(addresses)) == 2
        for replica in replicas.values():
            replica.fault("*", "hang")
        clients = [half_open(replica, "") for replica in replicas.values()]
        for replica in replicas.values():
            until(lambda replica=replica: len(replica.requests()) == 1)
        start = time.monotonic()
    assert time.monotonic() - start < 2
    assert threading.active_count() == before
    for client in clients:
        client.close()
    for address in addresses:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=1)


def test_a_taken_port_is_told() -> None:
    with serve_replicas(["thanhhoa"]) as replicas:
        port = urlsplit(replicas["thanhhoa"].url).port
        with pytest.raises(OSError), serve_replicas(["thanhhoa"], ports={"thanhhoa": port}):
            pass


def test_the_command_serves_until_interrupted() -> None:
    command = [sys.executable, "-m", "monitor.replica", "ninhbinh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        name, url, steps = process.stdout.readline().rstrip().split("\t")
        assert (name, steps) == ("ninhbinh", f"steps: {', '.join(['meeting-elsewhere', 'decision-news', *CHANGES])}")
        assert get(url).status == 200
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=5)
    assert (process.returncode, errors) == (0, "")
