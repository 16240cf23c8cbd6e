"""Every fault of a folder of configuration, with its place. In the texts below, ‸ marks the place and is no part."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from config import ConfigError, Configuration, Portal, Problem, load
from config.language import speak

SETTINGS = 'politeness: {contact: "mailto:you@example.org"}\n'
PORTAL = """\
name: Cổng TTĐT tỉnh Thanh Hóa
url: https://thanhhoa.gov.vn/
sections:
  - id: tin-tuc
    url: https://thanhhoa.gov.vn/tin-tuc
"""
SUBSCRIPTION = """\
- id: chuyen-doi-so
  events: [meeting, decision]
  to: ["json://localhost/alerts"]
"""


@pytest.fixture(autouse=True)
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speak("en")
    monkeypatch.chdir(tmp_path)


def selector_fault(selector: str) -> str | None:
    return "expected ']'" if selector.count("[") != selector.count("]") else None


def channel_fault(url: str) -> str | None:
    return None if url.startswith(("json://", "tgram://")) else f"nobody knows {url}"


def cron_fault(expression: str) -> str | None:
    return "minute 99" if expression.startswith("99") else None


def opened(environ: Mapping[str, str] | None = None) -> Configuration:
    return load(
        Path("conf"),
        environ=environ or {},
        selector_fault=selector_fault,
        channel_fault=channel_fault,
        cron_fault=cron_fault,
    )


def laid(files: Mapping[str, str | bytes]) -> None:
    for name, text in ({"portalwatch.yaml": SETTINGS} | dict(files)).items():
        path = Path("conf", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems(files: Mapping[str, str | bytes], environ: Mapping[str, str] | None = None) -> list[str]:
    laid(files)
    try:
        opened(environ)
    except ConfigError as error:
        return [str(problem) for problem in error.problems]
    return []


def marked(text: str) -> tuple[str, str]:
    """The text without its mark, and the place of the mark as line:column."""
    before, mark, after = text.partition("‸")
    assert mark
    return before + after, f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def only(name: str, text: str, message: str, environ: Mapping[str, str] | None = None) -> None:
    text, place = marked(text)
    assert problems({name: text}, environ) == [f"conf/{name}:{place}: {message}"]


def section(rest: str) -> str:
    return PORTAL + f"    {rest}\n"


def subscription(rest: str) -> str:
    return SUBSCRIPTION + f"  {rest}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("‸smtp: 1\n" + SETTINGS, "unknown key 'smtp'"),
        (SETTINGS + "‸Timezon: Asia/Tokyo\n", "unknown key 'Timezon'; did you mean 'timezone'?"),
        (SETTINGS + "‸web: {listen: x}\n", "'web' is not built yet; remove it"),
        ("‸language: vi\n", "the key 'politeness' is missing"),
        ("language: en\npoliteness: ‸{delay: 1s}\n", "the key 'contact' is missing"),
        ("politeness:\n  ‸delay: 1s\n", "the key 'contact' is missing"),
        ("politeness: ‸often\n", "must be a group of keys, each with its value"),
        (
            "politeness: {contact: ‸you@example.org}\n",
            "the contact must begin with mailto:, http:// or https://",
        ),
        (
            "politeness: {contact: ‸'mailto:you'}\n",
            "'mailto:you' is not an address; write mailto:name@host",
        ),
        (
            'politeness: {contact: "mailto:a@b", delay: ‸5}\n',
            "'5' is not a duration; write a number and one of s m h d w, such as 15m",
        ),
        (
            'politeness: {contact: "mailto:a@b", max_body: ‸20 MB}\n',
            "'20 MB' is not a size; write a number and KB or MB, such as 20MB",
        ),
        (
            'politeness: {contact: "mailto:a@b", proxy: ‸"http://p"}\n',
            "must be an HTTP proxy such as http://proxy.example.org:3128",
        ),
        (
            SETTINGS + "timezone: ‸Asia/Hanoi\n",
            "there is no time zone Asia/Hanoi; use Asia/Ho_Chi_Minh, it is the time of all Vietnam",
        ),
        (
            SETTINGS + "timezone: ‸Asia\n",
            "'Asia' is not a time zone; write one such as Asia/Ho_Chi_Minh",
        ),
        (
            SETTINGS + "timezone: ‸/etc/passwd\n",
            "'/etc/passwd' is not a time zone; write one such as Asia/Ho_Chi_Minh",
        ),
        (SETTINGS + "language: ‸fr\n", "must be one of: vi, en"),
        (SETTINGS + "‸language:\ndata: x\n", "the value is missing"),
        (SETTINGS + "data: ‸7\n", "must be the path of a folder"),
        (SETTINGS + "baseline_pages: ‸0\n", "must be a whole number from 1 to 50"),
        (SETTINGS + "baseline_pages: ‸true\n", "must be a whole number from 1 to 50"),
        (SETTINGS + "baseline_pages: ‸2.5\n", "must be a whole number from 1 to 50"),
        (SETTINGS + "workers: ‸17\n", "must be auto or a whole number from 1 to 16"),
        (
            SETTINGS + "allow_private: [‸7]\n",
            "'7' is not a network; write one such as 127.0.0.0/8 or 10.1.2.0/24",
        ),
        (SETTINGS + "allow_private: ‸127.0.0.0/8\n", "must be a list"),
        (
            SETTINGS + "allow_private: [10.0.0.0/8, ‸10.0.0.1/8]\n",
            "'10.0.0.1/8' is not a network; write one such as 127.0.0.0/8 or 10.1.2.0/24",
        ),
        (
            SETTINGS + "database: ‸postgresql+psycopg://u:secret@h:port/d\n",
            "the database must be written as postgresql+psycopg://user:password@host/name",
        ),
        (
            SETTINGS + "database: ‸'sqlite://'\n",
            "the database must be written as sqlite:///portalwatch.db or as"
            " postgresql+psycopg://user:password@host/name",
        ),
        (SETTINGS + "delivery: {first_retry: ‸0s}\n", "must be longer than nothing"),
        (
            SETTINGS + "delivery: {first_retry: 2h, give_up_after: ‸1h}\n",
            "must not be shorter than first_retry",
        ),
        ("‸- a\n", "must be a group of keys, each with its value"),
        ("‸", "the value is missing"),
    ],
)
def test_a_fault_of_portalwatch_yaml(text: str, message: str) -> None:
    only("portalwatch.yaml", text, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PORTAL + "‸tls: {legacy: true}\n", "'tls' is not built yet; remove it"),
        (
            PORTAL + "successor: ‸Thanh Hóa\n",
            "'Thanh Hóa' is not an id; use a-z, 0-9 and hyphens, with a letter or digit first",
        ),
        (PORTAL + "predecessor: ‸thanhhoa\n", "a portal is not its own predecessor"),
        (PORTAL + "proxy: ‸socks5://127.0.0.1:9\n", "must be an HTTP proxy such as http://proxy.example.org:3128"),
        (PORTAL + "‸id: x\n", "the file's name is the portal's id; remove this key"),
        (PORTAL + "enabled: ‸yes\n", "must be true or false"),
        (PORTAL + "province: ‸37\n", "must be text; put quotes around it"),
        (PORTAL + "every: ‸4s\n", "is too often; the shortest is 5s"),
        (PORTAL + 'every: 15m\ncron: ‸"* * * * *"\n', "write 'every' or 'cron', not both"),
        (
            PORTAL + "cron: ‸'99 * * * *'\n",
            "'99 * * * *' is not a usable cron expression: minute 99",
        ),
        (
            PORTAL + "cron: ‸hourly\n",
            "'hourly' is not a cron expression; write minute, hour, day, month and day of the week",
        ),
        (
            PORTAL + "aliases: [a.vn, ‸'https://a.vn/']\n",
            "'https://a.vn/' is not a host name; write one such as www.thanhhoa.gov.vn",
        ),
        (PORTAL.replace("name: Cổng TTĐT", "name: ‸''  #"), "must not be empty"),
        (
            PORTAL.replace("url: https://thanhhoa.gov.vn/\n", "url: ‸ftp://thanhhoa.gov.vn/\n"),
            "'ftp://thanhhoa.gov.vn/' is not a web address; it must begin with http:// or https:// and a host",
        ),
        (
            PORTAL.replace("url: https://thanhhoa.gov.vn/\n", "url: ‸https://me:word@thanhhoa.gov.vn/\n"),
            "a web address must not hold a user name or password",
        ),
        (
            PORTAL.replace("url: https://thanhhoa.gov.vn/\n", "url: ‸https://me:word@thanhhoa.gov.vn:99999/\n"),
            "a web address must not hold a user name or password",
        ),
        ("name: A\nurl: https://a.vn\nsections: ‸[]\n", "must not be empty"),
        ("‸name: A\nurl: https://a.vn\n", "the key 'sections' is missing"),
        ("name: A\nurl: https://a.vn\nsections:\n  - ‸id: x\n", "the key 'url' is missing"),
        (
            "name: A\nurl: https://a.vn\nsections:\n  - {url: 'https://a.vn/x', id: ‸Tin}\n",
            "'Tin' is not an id; use a-z, 0-9 and hyphens, with a letter or digit first",
        ),
        (section("method: ‸PUT"), "must be one of: GET, POST"),
        (section("‸lisitng: {}"), "unknown key 'lisitng'; did you mean 'listing'?"),
        (section("listing: {entry: li, ‸date: a}"), "unknown key 'date'"),
        (section("kind: ‸blog"), "must be one of: news, documents, schedule, page"),
        (section("reads: ‸xml"), "must be one of: auto, html, feed, sitemap, json"),
        (
            section("reads: json\n    listing: {entry: ‸'items[', link: url}"),
            "'items[' is not usable JMESPath: Invalid jmespath expression: Incomplete expression:",
        ),
        (
            section("reads: json\n    listing: {entry: items, link: ‸'/x/{a b}'}"),
            "'/x/{a b}' is not usable JMESPath: Unexpected token: b: Parse error at column 2, token \"b\" "
            "(UNQUOTED_IDENTIFIER), for expression:",
        ),
        (section("follow: ‸'false'"), "must be true or false"),
        *(
            (PORTAL.replace("- id", "- ‸id") + f"    {rest}\n", message)
            for rest, message in (
                ("reads: json", "reads: json needs 'entry' and 'link' in 'listing', as JMESPath"),
                ("method: POST", "'method' and 'body' are for reads: json"),
                (
                    "reads: json\n    listing: {entry: a, link: b}\n    body: {page: 1}",
                    "'body' is sent with method: POST only",
                ),
                ("reads: feed\n    listing: {entry: li}", "reads: feed needs no 'listing'; remove it"),
                (
                    "kind: page\n    reads: json\n    listing: {entry: a, link: b}",
                    "kind: page is read as HTML; remove 'reads'",
                ),
                (
                    "kind: page\n    follow: false",
                    "kind: page has no 'listing', 'follow' or 'revisit': the page itself is read, as often as 'every' says",
                ),
            )
        ),
        (
            section("listing: {entry: li, link: ‸'a[href'}"),
            "'a[href' is not a usable CSS selector: expected ']'",
        ),
        (
            section("article: {drop: [p, ‸'a[']}"),
            "'a[' is not a usable CSS selector: expected ']'",
        ),
        (section("expect: {min_entries: ‸-1}"), "must be a whole number from 0 to 1000"),
        (
            section("revisit: {young: ‸7 days}"),
            "'7 days' is not a duration; write a number and one of s m h d w, such as 15m",
        ),
        (
            section("every: ‸9999999w"),
            "'9999999w' is too long; the longest is 5200w",
        ),
        (
            PORTAL + "  - {id: ‸tin-tuc, url: 'https://thanhhoa.gov.vn/2'}\n",
            "'tin-tuc' stands here again; it is in line 4 already",
        ),
        (
            PORTAL + "  - {id: tin-2, url: ‸'https://thanhhoa.gov.vn/tin-tuc'}\n",
            "'https://thanhhoa.gov.vn/tin-tuc' stands here again; it is in line 5 already",
        ),
        (
            PORTAL + "sections: ‸\n".replace("sections: ‸", "‸sections:"),
            "the key 'sections' stands here again; it is in line 3 already",
        ),
    ],
)
def test_a_fault_of_a_portal(text: str, message: str) -> None:
    only("portals/thanhhoa.yaml", text, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (subscription("‸quiet: '22:00-06:00'"), "'quiet' is not built yet; remove it"),
        (subscription("‸urgent: []"), "'urgent' is not built yet; remove it"),
        (subscription("‸anyy: [a]"), "unknown key 'anyy'; did you mean 'any'?"),
        (subscription("digest: ‸daily 07:30"), "'daily 07:30' is not built yet; choose another"),
        (subscription("digest: ‸hourly"), "must be one of: instant"),
        (subscription("marks: ‸keep"), "must be one of: ignore, exact"),
        (subscription("language: ‸fr"), "must be one of: vi, en"),
        (subscription("any: ‸chuyển đổi số"), "must be a list"),
        (subscription("any: [số, ‸2026]"), "must be text; put quotes around it"),
        (subscription("any:\n    - số\n    ‸-\n"), "the value is missing"),
        (subscription("portals: [‸thanhoa]"), "there is no portal 'thanhoa'"),
        (
            SUBSCRIPTION.replace("meeting, ", "‸meetings, "),
            "must be one of: meeting, decision, changed, revised, withdrawn, portal_failing, portal_recovered",
        ),
        (SUBSCRIPTION.replace("[meeting, decision]", "‸[]"), "must not be empty"),
        ("- ‸id: a\n  events: [meeting]\n", "the key 'to' is missing"),
        ("- id: a\n  events: [meeting]\n  to: ‸[]\n", "must not be empty"),
        ("- id: a\n  events: [meeting]\n  to: [‸7]\n", "must be text; put quotes around it"),
        (
            SUBSCRIPTION + SUBSCRIPTION.replace("- id: ", "- id: ‸"),
            "'chuyen-doi-so' stands here again; it is in line 1 already",
        ),
        ("‸id: a\n", "must be a list: each subscription begins with '- id:'"),
        ("- ‸a\n", "must be a group of keys, each with its value"),
    ],
)
def test_a_fault_of_the_subscriptions(text: str, message: str) -> None:
    only("subscriptions.yaml", text, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n‸\tb: 2\n", "a tab stands where YAML takes only spaces"),
        ("a: b‸: c\n", "a colon is not expected here; quote a text that holds ': ', and check the indentation"),
        ("a: ‸'x\nb: 1\n", "a quote that begins here does not end"),
        ("a: ‸@x\n", "a text cannot begin with this character; put quotes around it"),
        ("- a\n‸b: c\n", "the indentation does not fit the lines above"),
        ("a: [1, 2‸", "a list or group in brackets does not end, or lacks a comma"),
        ("a: x‸\x00\n", "a character that YAML does not allow stands here"),
        ('a: ‸"\\uD800"\n', "a character that is no text stands in this value"),
        ('‸"\\0": a\n', "a character that is no text stands in this value"),
        ('a: "x‸\\UFFFFFFFF"\n', "this escape names no character"),
        ("a: ‸*x\n", "nothing above is marked &x"),
        ("a: &x [1, ‸*x]\n", "*x holds itself"),
        (
            "a: ‸!!python/object/apply:os.system [x]\n",
            "a tag (tag:yaml.org,2002:python/object/apply:os.system) has no meaning here; remove it",
        ),
        ("a: 1\n‸---\nb: 2\n", "a second document begins here; a file holds one"),
        ("? ‸[a, b]\n: 1\n", "a key must be a plain word"),
        ("a: " + "[" * 30 + "‸[" + "[" * 300, "is nested more than 30 levels deep"),
    ],
)
def test_a_file_that_is_no_yaml_gives_one_problem(text: str, message: str) -> None:
    only("portalwatch.yaml", text, message)


def test_aliases_that_grow_are_counted() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    assert problems({"portalwatch.yaml": bomb}) == ["conf/portalwatch.yaml:5:5: holds more than 50000 values"]


def test_aliases_are_taken() -> None:
    laid(
        {
            "portals/a.yaml": PORTAL.replace("id: tin-tuc", "id: tin-tuc\n    listing: &css {entry: li}")
            + "  - {id: b, url: 'https://b.vn', listing: *css}\n"
        }
    )
    portal = opened().portal("a")
    assert portal is not None
    assert [each.listing.entry for each in portal.sections] == ["li", "li"]


def test_files_that_cannot_be_read() -> None:
    Path("conf/portals/dir.yaml").mkdir(parents=True)
    Path("conf/portals/lost.yaml").symlink_to("nowhere")
    os.mkfifo("conf/portals/pipe.yaml")
    found = problems(
        {
            "portals/big.yaml": "# x\n" * 250_001,
            "portals/latin.yaml": "name: A\nurl: b\nbody: \xe9\n".encode("latin-1"),
            "portals/empty.yaml": "",
            "portals/.hidden.yaml": "]",
            "portals/notes.txt": "]",
        }
    )
    assert found == [
        "conf/portals/big.yaml:1:1: is larger than 1 MB",
        "conf/portals/dir.yaml:1:1: is not a file",
        "conf/portals/empty.yaml:1:1: the value is missing",
        "conf/portals/latin.yaml:3:1: is not UTF-8 text; save the file as UTF-8",
        "conf/portals/lost.yaml:1:1: there is no such file",
        "conf/portals/pipe.yaml:1:1: is not a file",
    ]


def test_a_missing_folder_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        opened()
    assert str(caught.value) == "conf:1:1: no such folder; 'portalwatch init conf' writes one"
    Path("conf").mkdir()
    with pytest.raises(ConfigError) as caught:
        opened()
    assert caught.value.problems == (Problem("conf/portalwatch.yaml", 1, 1, "there is no such file"),)
    laid({"portals": ""})
    with pytest.raises(ConfigError) as caught:
        opened()
    assert str(caught.value) == "conf/portals:1:1: cannot be read: it is no folder"


def test_the_file_is_named_whole_when_it_is_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid({"portalwatch.yaml": "a: 1\n"})
    Path("other").mkdir()
    monkeypatch.chdir("other")
    nothing = {"selector_fault": selector_fault, "channel_fault": channel_fault, "cron_fault": cron_fault}
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "conf", environ={}, **nothing)
    assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "conf/portalwatch.yaml")}


def test_portal_files_that_are_twins() -> None:
    names = "use a-z, 0-9 and hyphens, with a letter or digit first"
    files = ("portals/a.yaml", "portals/a.yml", "portals/B.yaml", "portals/b.yaml")
    assert problems(dict.fromkeys(files, PORTAL)) == [
        f"conf/portals/B.yaml:1:1: the file's name is the portal's id; {names}",
        "conf/portals/a.yml:1:1: is a second file for the portal of a.yaml",
        "conf/portals/b.yaml:1:1: differs from B.yaml only in capital letters",
    ]  # fmt: skip


def test_all_problems_of_all_files_at_once() -> None:
    assert problems(
        {
            "portalwatch.yaml": SETTINGS + "timezone: Hanoi\nworkers: many\n",
            "portals/hanoi.yaml": "name: [",
            "portals/thanhhoa.yaml": section("kind: blog") + "every: 15\n",
            "subscriptions.yaml": subscription("quiet: x\n  portals: [hanoi, hue, thanhhao]\n  any: x"),
        }
    ) == [
        "conf/portals/hanoi.yaml:1:8: a list or group in brackets does not end, or lacks a comma",
        "conf/portals/thanhhoa.yaml:6:11: must be one of: news, documents, schedule, page",
        "conf/portals/thanhhoa.yaml:7:8: '15' is not a duration; write a number and one of s m h d w, such as 15m",
        "conf/portalwatch.yaml:2:11: 'Hanoi' is not a time zone; write one such as Asia/Ho_Chi_Minh",
        "conf/portalwatch.yaml:3:10: must be auto or a whole number from 1 to 16",
        "conf/subscriptions.yaml:4:3: 'quiet' is not built yet; remove it",
        "conf/subscriptions.yaml:5:20: there is no portal 'hue'",
        "conf/subscriptions.yaml:5:25: there is no portal 'thanhhao'; did you mean 'thanhhoa'?",
        "conf/subscriptions.yaml:6:8: must be a list",
    ]


# ---------------------------------------------------------------- the environment and its secrets


def test_a_channel_keeps_what_was_written_and_what_it_means() -> None:
    laid({"subscriptions.yaml": SUBSCRIPTION.replace("json://localhost/alerts", "${ALERT_URL}")})
    configuration = opened({"ALERT_URL": "json://host/s3cret"})
    (channel,) = configuration.subscriptions[0].to
    assert (channel.written, channel.url, channel.shown) == ("${ALERT_URL}", "json://host/s3cret", "${ALERT_URL}")
    assert "s3cret" not in repr(configuration)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("${ALERT_URL}", "${ALERT_URL}"),
        ("what://host/s3cret", "what://…"),
        ("what://${ALERT_URL}/s3cret", "what://…"),
        ("s3cret", "…"),
    ],
)
def test_a_channel_at_fault_never_tells_its_secret(written: str, shown: str) -> None:
    text = SUBSCRIPTION.replace('"json://localhost/alerts"', f'‸"{written}"')
    text, place = marked(text)
    (problem,) = problems({"subscriptions.yaml": text}, {"ALERT_URL": "what://host/s3cret"})
    assert problem == f"conf/subscriptions.yaml:{place}: the channel {shown} is not usable: nobody knows …"


@pytest.mark.parametrize("environ", [{}, {"ALERT_URL": ""}])
def test_a_variable_that_is_not_set(environ: Mapping[str, str]) -> None:
    text = SUBSCRIPTION.replace('"json://localhost/alerts"', '‸"${ALERT_URL}"')
    only("subscriptions.yaml", text, "the environment variable ALERT_URL is not set", environ)


@pytest.mark.parametrize("written", ["${}", "${A-B}", "${A"])
def test_a_variable_without_a_name(written: str) -> None:
    text = SUBSCRIPTION.replace('"json://localhost/alerts"', f"‸'{written}'")
    only("subscriptions.yaml", text, f"'{written}' is not a variable; write one such as ${{ALERT_URL}}")


def test_a_value_of_the_environment_is_not_told() -> None:
    text = SETTINGS + "timezone: ‸${ZONE}\n"
    message = "'${ZONE}' is not a time zone; write one such as Asia/Ho_Chi_Minh"
    only("portalwatch.yaml", text, message, {"ZONE": "s3cret"})


def test_variables_are_filled_in_everywhere() -> None:
    laid({"portals/a.yaml": PORTAL.replace("https://thanhhoa.gov.vn/tin-tuc", "https://${HOST}/${PATH_}")})
    section = opened({"HOST": "a.vn", "PATH_": "tin"}).section("a", "tin-tuc")
    assert section is not None
    assert section.url == "https://a.vn/tin"
    assert type(section.url) is str


# ---------------------------------------------------------------- what a good folder gives

CONTRACT_SETTINGS = """\
database: sqlite:///portalwatch.db      # or postgresql+psycopg://...
data: data                              # snapshots and attachments
timezone: Asia/Ho_Chi_Minh
language: vi                            # vi | en
politeness: {contact: "mailto:you@example.org", delay: 1s, max_body: 20MB, proxy: null}
workers: auto
allow_private: [127.0.0.0/8]
baseline_pages: 3
delivery: {first_retry: 30s, give_up_after: 3d}
"""
CONTRACT_PORTAL = """\
name: Cổng TTĐT tỉnh Thanh Hóa
url: https://thanhhoa.gov.vn/
enabled: true
province: Thanh Hóa
every: 15m
sections:
  - id: tin-tuc
    url: https://thanhhoa.gov.vn/portal/Pages/tin-tuc.aspx
    kind: news
    reads: auto
    follow: true
    listing: {entry: css, link: css, title: css, published: css, next: css}
    article: {title: css, published: css, body: css, drop: [css]}
    revisit: {young: 7d, every: 6h}
    expect: {min_entries: 5, silent_after: 7d}
"""
CONTRACT_SUBSCRIPTIONS = """\
- id: chuyen-doi-so
  enabled: true
  events: [meeting, decision]
  portals: [thanhhoa, mpi]
  any: [chuyển đổi số, "Đề án 06"]
  marks: ignore
  to: ["${ALERT_URL}"]
  digest: instant
  language: vi
"""


def test_the_contract_loads(tmp_path: Path) -> None:
    laid(
        {
            "portalwatch.yaml": CONTRACT_SETTINGS,
            "portals/thanhhoa.yaml": CONTRACT_PORTAL,
            "portals/mpi.yml": PORTAL,
            "subscriptions.yaml": CONTRACT_SUBSCRIPTIONS,
        }
    )
    configuration = opened({"ALERT_URL": "json://localhost/"})
    folder = tmp_path / "conf"
    assert configuration.directory == folder
    assert configuration.settings.database == f"sqlite:///{folder}/portalwatch.db"
    assert configuration.settings.data == folder / "data"
    assert configuration.settings.politeness.max_body == 20 * 1024**2
    assert configuration.settings.allow_private == (ip_network("127.0.0.0/8"),)
    assert configuration.settings.delivery.give_up_after == timedelta(days=3)
    assert [portal.id for portal in configuration.portals] == ["mpi", "thanhhoa"]
    section = configuration.section("thanhhoa", "tin-tuc")
    assert section is not None
    assert section.article.drop == ("css",)
    assert section.expect.silent_after == timedelta(days=7)
    assert (
        configuration.section("thanhhoa", "x") is configuration.section("x", "x") is configuration.portal("x") is None
    )
    subscription = configuration.subscription("chuyen-doi-so")
    assert subscription is not None
    assert subscription.any == ("chuyển đổi số", "Đề án 06")
    assert configuration.subscription("x") is None


def test_what_is_absent_has_a_default(tmp_path: Path) -> None:
    laid({"portals/a.yaml": "\ufeff" + PORTAL.replace("\n", "\r\n"), "subscriptions.yaml": "# none yet\n"})
    configuration = opened()
    assert configuration.settings.database == f"sqlite:///{tmp_path}/conf/portalwatch.db"
    assert configuration.settings.data == tmp_path / "conf/data"
    assert configuration.subscriptions == ()
    portal = configuration.portals[0]
    assert portal.name == "Cổng TTĐT tỉnh Thanh Hóa"
    assert (portal.enabled, portal.sections[0].kind, portal.sections[0].reads) == (True, "news", "auto")


def test_text_is_nfc_and_in_one_line() -> None:
    laid({"portals/a.yaml": PORTAL + 'province: "Thanh  Ho\u0301a \\n"\n'})
    assert opened().portals[0].province == "Thanh Hóa"


@pytest.mark.parametrize(
    ("of_portal", "of_section", "pace"),
    [
        ("", "", timedelta(minutes=15)),
        ("every: 1h", "", timedelta(hours=1)),
        ("cron: '0  7 * * mon-fri'", "", "0 7 * * mon-fri"),
        ("every: 1h", "cron: 0 7 * * *", "0 7 * * *"),
        ("cron: 0 7 * * *", "every: 30s", timedelta(seconds=30)),
    ],
)
def test_a_sections_pace(of_portal: str, of_section: str, pace: timedelta | str) -> None:
    laid({"portals/a.yaml": f"{PORTAL}    {of_section}\n{of_portal}\n"})
    portal = opened().portals[0]
    assert portal.pace(portal.sections[0]) == pace


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-?*&!|>%@`'\"[]{},# \n\t\\~<=0\x85\ufeffđ$"), max_size=40))
def test_no_text_gives_a_traceback(text: str) -> None:
    # A text has its problems or none; what must never come is another exception.
    problems({"portals/a.yaml": text, "subscriptions.yaml": text})


def test_problems_come_in_the_language_of_the_process() -> None:
    speak("vi")
    assert len(problems({"portalwatch.yaml": "web: {}\n"})) == 2


@pytest.mark.parametrize(
    ("extra", "program", "message"),
    [
        (None, "/usr/bin/chromium", "client: browser needs the extra 'browser': pip install 'portalwatch[browser]'"),
        ("there", None, "client: browser needs Chromium, and there is no 'chromium' here"),
        ("there", "/usr/bin/chromium", None),
    ],
)
def test_a_browser_without_the_extra_or_the_program_is_refused(
    monkeypatch: pytest.MonkeyPatch, extra: str | None, program: str | None, message: str | None
) -> None:
    monkeypatch.setattr("config.portals.find_spec", lambda name: extra)
    monkeypatch.setattr("config.portals.browser_program", lambda: program)
    portal = {"id": "a", "name": "A", "url": "https://a.vn", "sections": [{"id": "x", "url": "https://a.vn/x"}]}
    if message is None:
        assert Portal.model_validate({**portal, "client": "browser"}).client == "browser"
        with pytest.raises(ValidationError, match="behind a proxy"):
            Portal.model_validate({**portal, "client": "browser", "proxy": "http://proxy.example.org:3128"})
    else:
        with pytest.raises(ValidationError, match=re.escape(message)):
            Portal.model_validate({**portal, "client": "browser"})


def test_one_address_of_an_api_gives_several_sections_by_what_it_is_sent() -> None:
    api = "reads: json, method: POST, listing: {entry: a, link: b}"
    sections = "".join(
        f"  - {{id: s{n}, url: 'https://thanhhoa.gov.vn/api', {api}, body: {{page: 1, kind: {n}}}}}\n" for n in (1, 2)
    )
    laid({"portals/thanhhoa.yaml": PORTAL + sections})
    _, first, second = opened().portals[0].sections
    assert (first.body, second.method) == ('{"page": 1, "kind": 1}', "POST")
