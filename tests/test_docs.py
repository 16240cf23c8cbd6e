"""The documents are complete: every command, key, package and room is told of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from config import Portal, Section, Settings, Subscription
from config.portals import Article, Expect, Listing, Revisit
from config.settings import Delivery, Politeness, Retention
from monitor.commands import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
ROOMS = ("config", "storage", "crawler", "monitor")


def test_every_command_is_in_the_readme() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    names |= {group.name for group in app.registered_groups if group.name}
    missing = {name for name in names if f"portalwatch {name}" not in README}
    assert len(names) >= 18
    assert not missing


@pytest.mark.parametrize(
    "shape",
    [Settings, Politeness, Delivery, Retention, Portal, Section, Listing, Article, Revisit, Expect, Subscription],
)
def test_every_key_is_in_the_readme(shape: type) -> None:
    keys = set(shape.model_fields) - ({"id"} if shape is Portal else set())
    assert not {key for key in keys if f"`{key}`" not in README}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_page_with_decisions_and_all_its_modules(room: str) -> None:
    page = (ROOT / room / "README.md").read_text("utf-8")
    assert re.search(r"## Decisions\n\n- \d{4}-\d{2}-\d{2}\. ", page)
    modules = {path.name for path in (ROOT / room).glob("*.py")} - {"__init__.py"}
    modules |= {f"{path.name}/" for path in (ROOT / room).iterdir() if (path / "__init__.py").exists()}
    assert not {name for name in modules if f"`{name}`" not in page}


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        line = next(line for line in text.splitlines() if f'"{wanted}"' in line)
        assert re.search(r"#\s+\S+", line), f"{wanted}: no comment says what it is for"


def test_no_lock_holds_an_address() -> None:
    for lock in ("requirements.lock", "crawler/browser.lock", "tests/requirements.lock"):
        assert "://" not in (ROOT / lock).read_text("utf-8")


def test_no_placeholder_is_left() -> None:
    assert not re.search(r"\b(DEMO_OUTPUT|MEASURED|TODO|FIXME)\b", README)


def test_deciding_modules_know_no_clock() -> None:
    pure = [*(ROOT / "monitor" / "detect").glob("*.py")]
    pure += [ROOT / "monitor" / f"{name}.py" for name in ("events", "match", "messages", "health")]
    pure += [ROOT / "crawler" / f"{name}.py" for name in ("extraction", "listing", "page_class", "dates", "body")]
    told = [
        path.name for path in pure if re.search(r"\.now\(|\.today\(|time\.time\(|monotonic", path.read_text("utf-8"))
    ]
    assert not told
