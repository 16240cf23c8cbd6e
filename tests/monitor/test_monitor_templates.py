"""Templates of the user's own: they change how messages look, and can do nothing else."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from conftest import NOW

from config import Configuration
from monitor.commands import run
from monitor.messages import Shape, write
from monitor.samples import sample, template_problems


@pytest.fixture
def configuration(make_configuration: Callable[..., Configuration]) -> Configuration:
    configuration = make_configuration()
    (configuration.directory / "templates").mkdir()
    return configuration


def put(configuration: Configuration, name: str, text: str) -> Path:
    path = configuration.directory / "templates" / name
    path.write_text(text, "utf-8")
    return path


def body(configuration: Configuration, form: str = "text", kind: str = "meeting", change: str = "") -> str:
    due = sample(kind, configuration, NOW, subscription="mau", language="en", change=change)
    return write(due, configuration, Shape(form)).body


# --- what it changes ---


def test_a_template_of_ones_own_takes_the_shipped_ones_place(configuration: Configuration) -> None:
    put(configuration, "message.txt", "{{ label }}: {% for row in rows %}{{ row.value }};{% endfor %}")
    assert body(configuration).startswith("Meeting: Ủy ban Quốc gia về chuyển đổi số;1;")
    assert "<p>" in body(configuration, "html")  # the other formats keep theirs


def test_a_kind_may_have_a_template_of_its_own_and_so_may_a_change(configuration: Configuration) -> None:
    put(configuration, "message.txt", "any")
    put(configuration, "decision.txt", "a decision")
    put(configuration, "changed.txt", "a change: {{ change }}")
    assert body(configuration) == "any"
    assert body(configuration, kind="decision") == "a decision"
    assert body(configuration, change="postponed") == "a change: postponed"


def test_the_first_line_has_a_template_too(configuration: Configuration) -> None:
    put(configuration, "subject.txt", "PW\n{{ headline | first | upper }}\n")
    due = sample("meeting", configuration, NOW, subscription="mau", language="en")
    assert write(due, configuration).title == "PW ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ, SESSION 1"


def test_a_template_may_build_on_a_shipped_one(configuration: Configuration) -> None:
    put(configuration, "message.html", '<h1>Hello</h1>\n{% include "shipped/message.html" %}')
    assert body(configuration, "html").startswith("<h1>Hello</h1>\n<p><b>Ủy ban")


def test_a_changed_template_is_taken_up_at_once(configuration: Configuration) -> None:
    put(configuration, "message.txt", "one")
    assert body(configuration) == "one"
    put(configuration, "message.txt", "another")
    assert body(configuration) == "another"


@pytest.mark.parametrize(("form", "ending"), [("markdown", "md"), ("html", "html")])
def test_what_a_portal_wrote_is_escaped_in_a_users_template_too(
    configuration: Configuration, form: str, ending: str
) -> None:
    put(configuration, f"message.{ending}", "{{ title }} {{ quote | upper }} {{ [title] | join }}")
    due = sample("meeting", configuration, NOW, subscription="mau", language="en")
    object.__setattr__(due.event, "title", "<b>*x*</b> [a](javascript:1)")
    written = write(due, configuration, Shape(form)).body
    assert "<b>" not in written.replace("\\<", "")
    assert "[a](" not in written or form == "html"


# --- what it cannot do ---

FORBIDDEN = [
    "{{ rows.__class__ }}",
    "{{ title.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ title['__class__'] }}",
    "{{ rows['__class__'] }}",
    "{{ title.format }}",
    "{{ '%s' % title }}",
    "{{ title.upper() }}",
    "{{ title | attr('__class__') }}",
    "{{ rows | map(attribute='__class__') | list }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ range(9) }}",
    "{{ namespace() }}",
    "{{ joiner }}",
    "{% import 'shipped/message.txt' as m %}",
    "{% macro m() %}{% endmacro %}",
    "{% set x = title ~ title %}",
    "{{ title * 1000000000 }}",
    "{{ 2 ** 1000000 }}",
    "{{ title | center(1000000000) }}",
    "{{ title | replace('', title) }}",
    "{{ title | join(title) }}",
    "{{ title | safe }}",
    "{% set x %}{{ title }}{% endset %}",
    "{% for row in rows recursive %}{% endfor %}",
    "{% for row in rows %}{{ loop.__class__ }}{% endfor %}",
    "{% for row in rows %}{{ loop._iterator }}{% endfor %}",
    "{% include '../portalwatch.yaml' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'message.txt' %}",
    "{{ nobody_knows }}",
    "{{ rows[0].nobody_knows }}",
    "{% if %}",
    "{{",
    "{% for a in diff %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
]


@pytest.mark.parametrize("text", FORBIDDEN, ids=[text[:40] for text in FORBIDDEN])
def test_a_template_that_does_what_it_may_not_is_told_by_check_and_never_loses_an_alert(
    configuration: Configuration, text: str
) -> None:
    shipped = body(configuration)
    path = put(configuration, "message.txt", f"first line\n{text}\n")
    problems = template_problems(configuration, NOW)
    assert [Path(problem.file).name for problem in problems] == [path.name]
    assert problems[0].line in (1, 2, 3)
    assert problems[0].message
    assert body(configuration) == shipped


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in quote %}{% for b in quote %}{% for c in quote %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in quote %}{% for b in quote %}{{ quote }}{% endfor %}{% endfor %}" * 9,
        "x" * 65_000,
    ],
)
def test_a_template_that_runs_or_writes_without_end_is_stopped(configuration: Configuration, text: str) -> None:
    shipped = body(configuration)
    put(configuration, "message.txt", text)
    began = time.monotonic()
    assert body(configuration) == shipped
    assert time.monotonic() - began < 5


def test_a_failing_template_is_logged_once(configuration: Configuration) -> None:
    put(configuration, "message.txt", "line\n{{ nothing }}")
    with structlog.testing.capture_logs() as told:
        for _ in range(3):
            body(configuration)
    (row,) = told
    assert row["event"].startswith("template failed")
    assert row["template"].endswith("message.txt:2")


def test_check_lists_every_bad_template_with_its_line(
    configuration: Configuration, capsys: pytest.CaptureFixture[str]
) -> None:
    put(configuration, "message.txt", "one\ntwo {{ title | nothing }}")
    put(configuration, "meeting.html", "{{ row.label }}")
    put(configuration, "mesage.txt", "")
    put(configuration, "decision.md", "{{ title }}")
    (configuration.directory / "templates" / "changed.txt").write_bytes(b"\xff")
    assert run(["--config", str(configuration.directory), "check"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [re.search(r"([a-z]+\.\w+):(\d+)", line).groups() for line in lines] == [  # type: ignore[union-attr]
        ("changed.txt", "1"),
        ("meeting.html", "1"),
        ("mesage.txt", "1"),
        ("message.txt", "2"),
    ]
    assert "decision.md" not in "".join(lines[:2])


def test_a_folder_without_templates_is_good(configuration: Configuration) -> None:
    assert template_problems(configuration, NOW + timedelta(days=1)) == []
