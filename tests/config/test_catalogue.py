"""The shipped catalogue is in order, and each of its portals can be taken into a configuration."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from config import PROVINCES, ConfigError, KnownPortal, load, read_catalogue, write_portal
from config.catalogue import FILES, SHIPPED
from config.language import speak, speaking
from monitor.commands import run

CATALOGUE = read_catalogue()
SETTINGS = 'politeness: {contact: "mailto:you@example.org"}\nlanguage: en\n'
LAST_OF_63 = date(2025, 7, 1)
TRIED = ("thử thành công", "tried live on", "đã thử trực tiếp", "read live on")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = speaking()
    monkeypatch.delenv("PORTALWATCH_LANGUAGE", raising=False)
    speak("en")
    yield
    speak(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "portalwatch.yaml").write_text(SETTINGS)
    return tmp_path / "conf"


def provinces() -> list[KnownPortal]:
    return [portal for portal in CATALOGUE.portals if portal.kind == "province"]


def last(portal: KnownPortal) -> KnownPortal:
    """The portal at the end of the successors."""
    seen = [portal.id]
    while portal.successor:
        following = CATALOGUE.portal(portal.successor)
        assert following
        assert following.id not in seen, f"a circle: {seen}"
        seen.append(following.id)
        portal = following
    return portal


# --- the data ---


def test_there_are_34_provinces_and_the_63_lead_to_them() -> None:
    today = {portal.id for portal in provinces() if not portal.retired_on}
    assert len(today) == 34
    before = [portal for portal in provinces() if portal.retired_on in (None, LAST_OF_63)]
    assert len(before) == 63
    assert {last(portal).id for portal in before} == today
    assert {portal.province for portal in provinces()} == set(PROVINCES)


@pytest.mark.parametrize(
    ("old", "new"),
    [("quangnam", "danang"), ("ninhthuan", "khanhhoa"), ("hanam", "ninhbinh"), ("thuathienhue", "hue"), ("mpi", "mof"),
     ("mic", "mst"), ("monre", "mae"), ("mard", "mae"), ("molisa", "moha"), ("mt", "moc"), ("cema", "bdttg")],
)  # fmt: skip
def test_who_took_whose_place(old: str, new: str) -> None:
    portal, successor = CATALOGUE.portal(old), CATALOGUE.portal(new)
    assert portal
    assert successor
    assert portal.successor == new
    assert portal in CATALOGUE.predecessors(successor)
    assert successor.retired_on is None


def test_there_are_17_ministries_and_the_22_lead_to_them() -> None:
    ministries = [portal for portal in CATALOGUE.portals if portal.kind == "ministry"]
    today = {portal.id for portal in ministries if not portal.retired_on}
    assert len(today) == 17
    assert {last(portal).id for portal in ministries} == today
    # Two of today's were made in the merger; all others were there before, some on an older site.
    assert (
        len({portal.body for portal in ministries} - {"Bộ Nông nghiệp và Môi trường", "Bộ Dân tộc và Tôn giáo"}) == 22
    )


@pytest.mark.parametrize(
    "host",
    ["thanhhoa.gov.vn", "ninhbinh.gov.vn", "ninhthuan.gov.vn", "www.mpi.gov.vn", "baoquangnam.vn", "c63.mic.gov.vn",
     "congbao.chinhphu.vn", "vanban.chinhphu.vn", "vbpl.vn"],
)  # fmt: skip
def test_portals_that_must_be_there(host: str) -> None:
    assert [portal for portal in CATALOGUE.portals if portal.url == f"https://{host}/"]


def test_nothing_claims_to_be_tried() -> None:
    assert not [portal.id for portal in CATALOGUE.portals if portal.tried_live]
    for file in (*FILES, "sources.yaml"):
        text = (SHIPPED / file).read_text("utf-8").lower()
        assert not [words for words in TRIED if words in text]


def test_every_source_is_used_and_what_is_not_verified_says_so() -> None:
    used = {source for portal in CATALOGUE.portals for source in portal.sources}
    assert used == {source.id for source in CATALOGUE.sources}
    for source in CATALOGUE.sources:
        if source.kind == "knowledge":
            assert "not verified" in source.en
        if source.kind == "code":
            assert "not known" in source.en


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_portal_once_added_is_good(folder: Path, language: str) -> None:
    for portal in CATALOGUE.portals:
        if not portal.refused:
            write_portal(folder, CATALOGUE, portal, language)

    def good(_: str) -> None:
        return None

    loaded = load(folder, environ={}, selector_fault=good, channel_fault=good, cron_fault=good)
    assert len(loaded.portals) == len([portal for portal in CATALOGUE.portals if not portal.refused])
    for portal in loaded.portals:
        known = CATALOGUE.portal(portal.id)
        assert known
        assert (portal.name, portal.url, portal.successor) == (known.name, known.url, known.successor)
        assert [section.url for section in portal.sections] == [s.url for s in known.sections] or [known.url]
        assert portal.enabled == CATALOGUE.seen_lately(known)
        text = (folder / "portals" / f"{portal.id}.yaml").read_text("utf-8")
        assert ("not tried live" if language == "en" else "chưa thử trực tiếp") in text
        assert all(len(line) <= 120 for line in text.splitlines() if "http" not in line)


# --- faults of the data ---


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("- id: vbpl\n", "- id: congbao\n", "'congbao' stands here again"),
        ("kind: documents", "kind: shop", "kind: Input should be"),
        ("url_source: vbplnew", "url_source: hearsay", "there is no source 'hearsay'"),
        ("body: Bộ Tư pháp", "retired_on: 2025-03-01", "'retired_on' needs 'retired_source'"),
        ("body: Bộ Tư pháp", "successor: nobody", "there is no portal 'nobody'"),
        ("body: Bộ Tư pháp", "platform: Drupal", "stands here again"),
        ("body: Bộ Tư pháp", "colour: red", "colour: Extra inputs"),
        ("url: https://vbpl.vn/", "url: vbpl.vn", "is not a web address"),
        ("body: Bộ Tư pháp", "\tbody: x", "tab"),
    ],
)
def test_a_fault_of_the_data_is_told_with_its_place(tmp_path: Path, was: str, becomes: str, message: str) -> None:
    shutil.copytree(SHIPPED, tmp_path / "catalogue", ignore=shutil.ignore_patterns("*.py*", "__pycache__"))
    file = tmp_path / "catalogue" / "documents.yaml"
    text = file.read_text("utf-8")
    start = text.index("- id: vbpl")
    changed = text[start:].replace(was, becomes, 1)
    assert changed != text[start:]
    file.write_text(text[:start] + changed, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_catalogue(tmp_path / "catalogue")
    first = next(problem for problem in caught.value.problems if message in problem.message)
    assert first.file == "documents.yaml"
    assert first.line >= text[:start].count("\n")


# --- the commands ---


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalogue", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(rows) == len(CATALOGUE.portals)
    assert rows["ninhbinh"]["predecessors"] == ["hanam", "namdinh"]
    assert rows["quangnam"]["retired_on"] == "2025-07-01"
    assert rows["quangnam"]["successor"] == "danang"
    assert rows["danang"]["sections"][0]["dated"] == "2026-01-21"
    assert rows["thuvienphapluat"]["refused"]
    assert {row["tried_live"] for row in rows.values()} == {None}
    assert run(["catalogue", "--json", "--limit", "3"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3
    assert run(["catalogue", "--json", "--kind", "paper"]) == 0
    assert {row["kind"] for row in json.loads(capsys.readouterr().out)} == {"paper"}


def test_the_list_for_people_needs_no_configuration(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["catalogue"]) == 0
    told = capsys.readouterr().out
    assert "khanhhoa" in told
    assert "ended on 01/07/2025, see khanhhoa" in told
    assert run(["catalogue", "--kind", "shop"]) == 2
    assert run(["catalogue", "--limit", "0"]) == 2


def test_a_portal_is_taken_into_the_configuration(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(["--config", str(folder), "catalogue", "add", "ninhbinh"]) == 0
    told = capsys.readouterr()
    assert told.out == f"{folder}/portals/ninhbinh.yaml\n"
    assert "Not tried live" in told.err
    text = (folder / "portals" / "ninhbinh.yaml").read_text("utf-8")
    assert "enabled: true\n" in text
    assert "# predecessor: hanam\n" in text
    assert "2026-01-21" in text
    assert run(["check", "--config", str(folder)]) == 0
    assert "1 portals, 6 sections" in capsys.readouterr().out


def test_its_comments_are_in_the_language_of_the_configuration(folder: Path) -> None:
    (folder / "portalwatch.yaml").write_text(SETTINGS.replace("language: en", "language: vi"))
    assert run(["catalogue", "add", "thanhhoa", "--config", str(folder)]) == 0
    text = (folder / "portals" / "thanhhoa.yaml").read_text("utf-8")
    assert "chưa thử trực tiếp" in text
    assert "- id: trang-chu\n    url: https://thanhhoa.gov.vn/\n" in text
    assert "enabled: false\n" in text
    assert run(["catalogue", "add", "hanoi", "--config", str(folder), "--language", "en"]) == 0
    assert "not tried live" in (folder / "portals" / "hanoi.yaml").read_text("utf-8")
    assert run(["catalogue", "add", "hue", "--config", str(folder), "--language", "fr"]) == 2


def test_a_subscription_may_name_what_is_added_next(folder: Path) -> None:
    (folder / "subscriptions.yaml").write_text(
        "- {id: a, events: [meeting], portals: [ninhbinh], to: ['json://localhost/x']}\n"
    )
    assert run(["--config", str(folder), "check"]) == 2
    assert run(["--config", str(folder), "catalogue", "add", "ninhbinh"]) == 0
    assert run(["--config", str(folder), "check"]) == 0


def test_a_retired_portal_names_its_successor(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(["--config", str(folder), "catalogue", "add", "ninhthuan"]) == 0
    told = capsys.readouterr().err
    assert "ended on 01/07/2025" in told
    assert "catalogue add khanhhoa" in told
    text = (folder / "portals" / "ninhthuan.yaml").read_text("utf-8")
    assert "enabled: false\n" in text
    assert "successor: khanhhoa\n" in text


@pytest.mark.parametrize("name", ["ninhbinh.yaml", "ninhbinh.yml"])
def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str], folder: Path, name: str) -> None:
    mine = "name: mine\nurl: https://ninhbinh.gov.vn/\nsections: [{id: a, url: https://ninhbinh.gov.vn/a}]\n"
    (folder / "portals").mkdir()
    (folder / "portals" / name).write_text(mine)
    assert run(["--config", str(folder), "catalogue", "add", "ninhbinh"]) == 2
    assert f"{name}:1:1: is there already; nothing was written" in capsys.readouterr().err
    assert [path.read_text() for path in (folder / "portals").iterdir()] == [mine]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("khanhoa", "did you mean 'khanhhoa'?"),
        ("thanhhoa.gov.vn", "did you mean 'thanhhoa'?"),
        ("../../etc", "is not in the catalogue"),
        ("thuvienphapluat", "use congbao, vanban or vbpl"),
    ],
)
def test_what_cannot_be_added(capsys: pytest.CaptureFixture[str], folder: Path, name: str, message: str) -> None:
    assert run(["--config", str(folder), "catalogue", "add", name]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert not (folder / "portals").exists()


def test_there_must_be_a_configuration(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["--config", str(tmp_path / "nowhere"), "catalogue", "add", "ninhbinh"]) == 2
    assert "portalwatch init" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    portal = CATALOGUE.portal("ninhbinh")
    assert portal
    (folder / "portals").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be written"):
        write_portal(folder, CATALOGUE, portal, "en")
