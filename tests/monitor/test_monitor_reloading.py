"""The folder of a configuration under a running service: offered when it is good, until it is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from config import Configuration
from monitor.configuration import fingerprint
from monitor.reloading import WatchedFolder


@pytest.fixture
def loaded(make_configuration: Callable[..., Configuration]) -> Configuration:
    return make_configuration()


def write(configuration: Configuration, name: str, change: Callable[[Any], None]) -> None:
    path = configuration.directory / name
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def rename(configuration: Configuration, name: str = "Tên mới") -> None:
    write(configuration, "portals/mpi.yaml", lambda portal: portal.update(name=name))


def offered(watched: WatchedFolder, configuration: Configuration) -> Configuration | None:
    assert watched.changed(configuration) is None  # somebody may still be writing
    return watched.changed(configuration)


def test_a_folder_that_did_not_change_is_not_offered(loaded: Configuration) -> None:
    watched = WatchedFolder(loaded)
    assert offered(watched, loaded) is None
    watched.ask()  # SIGHUP: the environment may have changed
    assert watched.changed(loaded) is not None


def test_a_changed_one_is_offered_until_it_is_taken(loaded: Configuration) -> None:
    """A database that was away for a moment must not cost the operator's change."""
    watched = WatchedFolder(loaded)
    rename(loaded)
    first = offered(watched, loaded)
    assert first is not None
    assert first.portal("mpi").name == "Tên mới"  # type: ignore[union-attr]
    assert watched.changed(loaded) is not None
    watched.taken()
    assert watched.changed(loaded) is None


def test_what_changes_while_the_service_starts_is_seen(loaded: Configuration) -> None:
    seen = fingerprint(loaded.directory)
    rename(loaded)
    assert offered(WatchedFolder(loaded, seen), loaded) is not None


def test_a_faulty_one_is_told_once_and_not_offered(loaded: Configuration) -> None:
    watched = WatchedFolder(loaded)
    write(loaded, "portals/mpi.yaml", lambda portal: portal.update(urll="x"))
    assert offered(watched, loaded) is None
    assert "unknown key 'urll'; did you mean 'url'?" in watched.problems[0]
    watched.problems = []
    assert watched.changed(loaded) is None
    assert watched.problems == []


def test_what_a_running_service_stands_on_stays_and_that_is_said(loaded: Configuration) -> None:
    watched = WatchedFolder(loaded)
    write(loaded, "portalwatch.yaml", lambda settings: settings.update(workers=3, baseline_pages=7))
    changed = offered(watched, loaded)
    assert changed is not None
    assert (changed.settings.workers, changed.settings.baseline_pages) == (loaded.settings.workers, 7)
    assert watched.problems == ["workers was changed; that is taken up at the next start"]
