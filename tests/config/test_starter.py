from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import ConfigError, Configuration, load, write_starter
from config.language import speak

LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


def opened(directory: Path) -> Configuration:
    def good(_: str) -> None:
        return None

    return load(directory, environ={}, selector_fault=good, channel_fault=good, cron_fault=good)


@LANGUAGES
def test_a_fresh_folder_has_no_problem(tmp_path: Path, language: str) -> None:
    written = write_starter(tmp_path / "new" / "folder", language)
    assert sorted(path.name for path in written) == ["portalwatch.yaml", "subscriptions.yaml", "thanhhoa.yaml"]
    configuration = opened(tmp_path / "new" / "folder")
    assert configuration.settings.language == language
    assert [(portal.id, portal.enabled) for portal in configuration.portals] == [("thanhhoa", False)]
    assert [subscription.enabled for subscription in configuration.subscriptions] == [False]


@LANGUAGES
def test_the_commented_keys_are_good_too(tmp_path: Path, language: str) -> None:
    write_starter(tmp_path, language)
    portal = tmp_path / "portals" / "thanhhoa.yaml"
    text = portal.read_text("utf-8").replace("every: 15m\n", "")
    portal.write_text(re.sub(r"(?m)^( *)# ((?:  )?(?!false)[a-z]+:(?: \S.*)?)$", r"\1\2", text), "utf-8")
    subscriptions = tmp_path / "subscriptions.yaml"
    text = subscriptions.read_text("utf-8").replace('  # to: ["${ALERT_URL}"]\n', "")
    subscriptions.write_text(re.sub(r"(?m)^  # ([a-z_]+: (?:\[.*\]|vi|en))$", r"  \1", text), "utf-8")
    configuration = opened(tmp_path)
    section = configuration.portals[0].sections[0]
    assert section.listing.next == "a.next"
    assert section.article.drop == ("div.related", "div.share")
    assert configuration.portals[0].cron == "*/15 7-18 * * mon-fri"
    assert configuration.subscriptions[0].none == ("tuyển dụng",)
    assert configuration.subscriptions[0].language == language


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    speak("en")
    (tmp_path / "subscriptions.yaml").write_text("mine")
    (tmp_path / "portalwatch.yaml").symlink_to("nowhere")
    with pytest.raises(ConfigError) as caught:
        write_starter(tmp_path, "vi")
    assert [str(problem) for problem in caught.value.problems] == [
        f"{tmp_path}/portalwatch.yaml:1:1: is there already; nothing was written",
        f"{tmp_path}/subscriptions.yaml:1:1: is there already; nothing was written",
    ]
    assert (tmp_path / "subscriptions.yaml").read_text() == "mine"
    assert not (tmp_path / "portals").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError):
        write_starter(tmp_path / "file", "en")
