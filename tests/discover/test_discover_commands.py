"""`discover` and `add` as a user calls them, against running sites."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from ready import READY
from sites import Site, nukeviet, scripted, served, stories, text

from config import speak, speaking, write_yaml
from monitor.commands import run as run_here
from monitor.commands.adding import proposed_id
from monitor.configuration import load_configuration
from monitor.replica import SITES, serve_replicas

COMMAND = [sys.executable, "-P", "-m", "monitor.main"]
ENVIRONMENT = {**os.environ, "PORTALWATCH_LANGUAGE": "en"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A configuration without portals."""
    here = tmp_path / "watch"
    (here / "portals").mkdir(parents=True)
    politeness = {"contact": "mailto:tests@example.org", "delay": "0s", "timeout": "2s"}
    write_yaml(
        here / "portalwatch.yaml", {"language": "en", "allow_private": ["127.0.0.0/8"], "politeness": politeness}
    )
    write_yaml(here / "subscriptions.yaml", [])
    return here


def run(folder: Path, *arguments: str, status: int = 0) -> tuple[str, str]:
    """What a command says on stdout and stderr; no terminal is there."""
    output, errors, ended = READY.run(["--config", str(folder), *arguments], ENVIRONMENT)
    assert ended == status, (arguments, output, errors)
    assert "Traceback" not in errors
    return output, errors


def here(folder: Path, *arguments: str) -> int:
    """The exit status of a command that ends before it asks the web: called in this process, which is quicker."""
    before = speaking()
    speak("en")
    try:
        return run_here(["--config", str(folder), *arguments])
    finally:
        speak(before)


def asking(folder: Path, *arguments: str, answer: str) -> tuple[int, str]:
    """The exit status of a command on a terminal, on which one line is typed, and what stood on the terminal."""
    terminal, side = pty.openpty()
    shown: list[bytes] = []
    with subprocess.Popen(
        [*COMMAND, "--config", str(folder), *arguments], stdin=side, stdout=side, stderr=side, env=ENVIRONMENT
    ) as command:
        os.close(side)
        answered = False
        while True:
            try:
                shown.append(os.read(terminal, 4096))
            except OSError:  # the other side is closed
                break
            if not answered and b"Watch it?" in b"".join(shown):
                os.write(terminal, answer.encode())
                answered = True
        os.close(terminal)
        return command.wait(60), b"".join(shown).decode()


def doubtful() -> Site:
    """A site with one sure list and one of which nobody can be sure: a few titles, no dates."""
    site = Site("doubtful", None, {})
    links = '<nav><a href="/tin">Tin tức</a><a href="/tb">Thông báo</a><a href="/gt">Giới thiệu</a></nav>'
    dated = "".join(
        f'<div><h3><a href="/tin/{one.number}">{one.title}</a></h3><i>{one.day:%d/%m/%Y}</i></div>'
        for one in stories("a", 8)
    )
    bare = "".join(f'<li><a href="/tb/{one.number}">{one.title}</a></li>' for one in stories("b", 4))
    title = "<title>UBND xã Hòa Bình</title>"
    for path, main in (("/", text("home")), ("/tin", dated), ("/tb", f"<ul>{bare}</ul>"), ("/gt", text("gt"))):
        site.page(path, f"<html><head>{title}</head><body>{links}<div>{main}</div></body></html>")
    return site


# --- discover ---


def test_discover_answers_the_contracts_json_and_a_table_for_people(folder: Path) -> None:
    with served(nukeviet()) as site:
        told: dict[str, Any] = json.loads(run(folder, "discover", site.url, "--json")[0])
        assert {"url", "platform", "sections"} <= told.keys()
        assert told["platform"] == "NukeViet"
        first = told["sections"][0]
        assert first["url"] == f"{site.url}vi/laws/"
        assert (first["kind"], first["reads"], first["entries"]) == ("documents", "html", 12)
        assert 0 < first["confidence"] <= 1
        assert 3 <= len(first["sample"]) <= 5
        assert "in the menu as “Văn bản pháp luật”" in first["why"]
        assert len(json.loads(run(folder, "discover", site.url, "--json", "--limit", "1")[0])["sections"]) == 1
        table, _ = run(folder, "discover", site.url.removeprefix("http://"))  # https is tried, and does not answer
        assert "Văn bản pháp luật" in table
        assert first["sample"][0] in table
        assert "Built with NukeViet (generator: NukeViet v4.5" in table


def test_discover_needs_no_configuration_and_keeps_the_gate_shut(tmp_path: Path) -> None:
    with served(doubtful()) as site:
        ended = subprocess.run(
            [*COMMAND, "discover", site.url], capture_output=True, text=True, env=ENVIRONMENT, cwd=tmp_path
        )
        assert ended.returncode == 1
        assert "private address" in ended.stderr
        assert site.asked == []


def test_a_first_page_that_is_none_is_told_with_its_class(folder: Path) -> None:
    site = Site("gone", None, {})
    site.page("/", "<html><body><h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại.</p></body></html>")
    with served(site):
        told = json.loads(run(folder, "discover", site.url, "--json", status=1)[0])
        assert (told["page"], told["sections"]) == ("soft404", [])
        assert "soft404" in run(folder, "add", site.url, "--yes", status=1)[1]
        assert not list((folder / "portals").iterdir())


@pytest.mark.parametrize(
    "url", ["ftp://x/", "http://", "http://a b/", "http://me:secret@x.vn/", "http://[::1", "http://x:0/"]
)
def test_what_is_no_address_is_refused(folder: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert here(folder, "discover", url) == 2
    assert here(folder, "add", url) == 2
    assert "secret" not in capsys.readouterr().out


def test_a_site_that_moved_is_told_and_not_followed(folder: Path) -> None:
    with served(doubtful(), "127.0.0.32") as other:
        site = Site("moved", None, {})
        site.redirects["/"] = other.url
        with served(site):
            _, said = run(folder, "discover", site.url, status=1)
            assert other.url in said


def test_robots_txt_is_obeyed(folder: Path) -> None:
    site = doubtful()
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /tin\n")
    with served(site):
        told = json.loads(run(folder, "discover", site.url, "--json")[0])
        assert {"url": f"{site.url}tin", "why": "robots.txt forbids it"} in told["tried"]
        assert "/tin" not in site.asked


@pytest.mark.slow
def test_a_site_that_stops_answering_is_left_alone(folder: Path) -> None:
    with slow_site() as (url, asked):
        told = json.loads(run(folder, "discover", url, "--json", status=1)[0])
        assert told["sections"] == []
        assert len(told["tried"]) == 4
        assert len(asked) <= 12  # each page is tried twice


@contextmanager
def slow_site() -> Iterator[tuple[str, list[str]]]:
    """A first page with thirty sections, none of which ever answers."""
    asked: list[str] = []
    over = threading.Event()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path not in ("/", "/robots.txt"):
                over.wait(30)
                return
            links = "".join(f'<a href="/muc-{at}">Tin tức {at}</a>' for at in range(30))
            body = f"<html><body><nav>{links}</nav>{text('home')}</body></html>".encode()
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.33", 0), Answers)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.33:{server.server_port}/", asked
    finally:
        over.set()
        server.shutdown()
        server.server_close()


def test_where_nothing_is_found_the_status_says_so(folder: Path) -> None:
    site = Site("bare", None, {})
    site.page("/", f"<html><body>{text('home')}</body></html>")
    site.pages["/tep"] = ("application/json", '{"data": []}')
    with served(site):
        table, _ = run(folder, "discover", site.url, status=1)
        assert "Nothing found." in table
        _, said = run(folder, "add", site.url, "--yes", status=1)
        assert f"no section was found; see portalwatch --config {folder} discover {site.url}" in said
        assert "reads: json" in run(folder, "discover", f"{site.url}tep", status=1)[1]
        gone = "http://no-such-host.invalid/tin"
        assert "--section" in run(folder, "add", site.url, "--section", gone, status=1)[1]


def test_discover_and_add_do_not_stop_at_a_fault_of_a_subscription(folder: Path) -> None:
    write_yaml(folder / "subscriptions.yaml", [{"id": "x", "portals": ["nowhere"]}])
    with served(doubtful()) as site:
        run(folder, "discover", site.url)
        run(folder, "add", site.url, "--id", "xa", "--yes")
        run(folder, "check", status=2)


def test_a_list_that_comes_by_script_is_told_of(folder: Path) -> None:
    with served(scripted(answers=False)) as site:
        advice = f"it seems to be filled by script: try client: browser, or as a section {site.url}ajax/tin?page=1"
        _, said = run(folder, "add", site.url, "--id", "so", "--yes")
        assert f"! {site.url}tin, " in said
        assert advice in said
        portal = {"name": "Sở", "url": site.url, "sections": [{"id": "tin", "url": f"{site.url}tin"}]}
        write_yaml(folder / "portals" / "so.yaml", portal)
        table, _ = run(folder, "check", "--live", status=1)
        assert advice in table


# --- Ctrl-C ---


@pytest.mark.parametrize("command", [["discover"], ["add", "--yes"]], ids=["discover", "add"])
def test_an_interrupted_search_writes_nothing_and_says_so(folder: Path, command: list[str]) -> None:
    with slow_site() as (url, asked):
        told, said = interrupted(folder, [*command, url], lambda: any(path.startswith("/muc-") for path in asked))
        assert told == ""
        assert said == "portalwatch: interrupted\n"
        assert not list((folder / "portals").iterdir())


def test_an_interrupted_look_at_the_sections_ends_at_once(folder: Path) -> None:
    with slow_site() as (url, asked):
        portal = {"name": "Chậm", "url": url, "sections": [{"id": "tin", "url": f"{url}muc-1"}]}
        write_yaml(folder / "portals" / "cham.yaml", portal)
        _, said = interrupted(folder, ["check", "--live"], lambda: "/muc-1" in asked)
        assert said == "portalwatch: interrupted\n"


def test_ctrl_c_while_the_program_is_being_loaded_is_no_traceback() -> None:
    pressed = (
        "import sys\n"
        "class Key:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'typer': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Key())\n"
        "from monitor.main import main\n"
        "main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", pressed], capture_output=True, text=True, env=ENVIRONMENT)
    assert (ended.returncode, ended.stderr) == (130, "portalwatch: interrupted\n")


def interrupted(folder: Path, arguments: list[str], ready: Callable[[], bool]) -> tuple[str, str]:
    """What a command says that is sent Ctrl-C when something is so; it must end soon, with status 130."""
    with subprocess.Popen(
        [*COMMAND, "--config", str(folder), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
    ) as command:  # fmt: skip
        end = time.monotonic() + 60
        while not ready():
            assert command.poll() is None, command.communicate()
            assert time.monotonic() < end
            time.sleep(0.01)
        command.send_signal(signal.SIGINT)
        try:
            told, said = command.communicate(timeout=15)
        finally:
            command.kill()
    assert command.returncode == 130, (told, said)
    return told, said


# --- add ---


@pytest.mark.slow
def test_what_add_writes_is_checked_and_crawled_without_a_hand_on_it(folder: Path) -> None:
    with serve_replicas(list(SITES)) as replicas:
        for name, replica in replicas.items():
            path, _ = run(folder, "add", replica.url, "--id", name, "--yes")
            assert path == f"{folder}/portals/{name}.yaml\n"
        run(folder, "check")
        runs = json.loads(run(folder, "crawl", "--json")[0])
        assert {each["portal"]: each["state"] for each in runs} == dict.fromkeys(replicas, "good")
        articles = {row["url"] for row in json.loads(run(folder, "articles", "--json", "--limit", "1000")[0])}
        for name, replica in replicas.items():
            baseline = SITES[name].story.baseline
            wanted = {replica.article_url(article) for article in baseline.articles}
            assert wanted <= articles, name


def test_add_proposes_an_id_and_never_writes_over_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served(nukeviet()) as site:
        path, said = run(folder, "add", site.url, "--id", "tan-lap")
        written = (folder / "portals" / "tan-lap.yaml").read_text("utf-8")
        assert path.strip() == str(folder / "portals" / "tan-lap.yaml")
        assert f"portalwatch --config {folder} check" in said
        assert "name: UBND xã Tân Lập" in written
        assert "# Found by portalwatch discover on" in written
        assert "not tried live" not in written
        (portal,) = load_configuration(folder).portals
        assert [(each.kind, each.reads) for each in portal.sections][:2] == [("documents", "auto"), ("news", "auto")]
        assert here(folder, "add", site.url, "--id", "tan-lap") == 2
        assert "there is a portal 'tan-lap' already" in capsys.readouterr().err
        assert (folder / "portals" / "tan-lap.yaml").read_text("utf-8") == written
        assert here(folder, "add", site.url, "--id", "Tân Lập") == 2
        run(folder, "add", site.url)
        assert {path.name for path in (folder / "portals").iterdir()} == {"tan-lap.yaml", "127-0-0-31.yaml"}


def test_in_doubt_add_refuses_without_a_terminal_and_names_the_choices(folder: Path) -> None:
    with served(doubtful()) as site:
        _, said = run(folder, "add", site.url, "--id", "xa", status=2)
        assert f"{site.url}tb" in said
        assert "--section" in said
        assert not list((folder / "portals").iterdir())
        run(folder, "add", site.url, "--id", "xa", "--yes")
        written = (folder / "portals" / "xa.yaml").read_text("utf-8")
        assert "# - id: thong-bao" in written  # what was not chosen stands there as a comment
        run(folder, "add", site.url, "--id", "chon", "--section", f"{site.url}tb")
        portals = {portal.id: [each.id for each in portal.sections] for portal in load_configuration(folder).portals}
        assert portals == {"xa": ["tin-tuc"], "chon": ["thong-bao"]}
        _, said = run(folder, "add", site.url, "--id", "gt", "--section", f"{site.url}gt", status=1)
        assert "no list on it" in said


def test_in_doubt_add_asks_on_a_terminal(folder: Path) -> None:
    with served(doubtful()) as site:
        status, shown = asking(folder, "add", site.url, "--id", "co", answer="y\n")
        assert status == 0, shown
        assert "? 0.5" in shown
        status, shown = asking(folder, "add", site.url, "--id", "khong", answer="n\n")
        assert status == 0, shown
        portals = {portal.id: [each.id for each in portal.sections] for portal in load_configuration(folder).portals}
        assert portals == {"co": ["tin-tuc", "thong-bao"], "khong": ["tin-tuc"]}


def test_add_needs_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here(tmp_path / "nothing", "add", "http://127.0.0.1:9/") == 2
    assert "portalwatch init" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://thanhhoa.gov.vn/", "thanhhoa"),
        ("https://sotttt.hanoi.gov.vn/", "sotttt-hanoi"),
        ("https://www.baochinhphu.vn/x", "baochinhphu"),
        ("http://127.0.0.11:8080/", "127-0-0-11"),
        ("https://xã.example.com.vn/", "xa-example"),
        ("https://gov.vn/", "gov"),
        ("//hanoi.gov.vn/", "hanoi"),
    ],
)
def test_an_id_is_made_of_the_host(url: str, id: str) -> None:
    before = speaking()
    speak("en")
    assert proposed_id(url) == id
    speak(before)
