"""The Dockerfile's steps, run in a scratch folder: no engine builds the image here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import Settings

ROOT = Path(__file__).parent.parent


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines]


def test_it_is_what_it_should_be() -> None:
    steps = instructions()
    names = [name for name, _ in steps]
    assert steps[0][0] == "FROM"
    assert "-slim" in steps[0][1]
    assert "latest" not in steps[0][1]
    assert ("USER", "portalwatch") in steps
    assert names.index("USER") < names.index("ENTRYPOINT")
    assert [argument for name, argument in steps if name == "VOLUME"] == ['["/data"]']
    (health,) = [argument for name, argument in steps if name == "HEALTHCHECK"]
    assert '"status", "--health"' in health
    assert "ADD" not in names


def test_it_copies_what_exists() -> None:
    for name, argument in instructions():
        if name == "COPY":
            *sources, _ = argument.split()
            assert all((ROOT / source).exists() for source in sources), argument


@pytest.mark.slow
def test_its_steps_give_a_program_that_runs(tmp_path: Path) -> None:
    app, python = tmp_path / "app", tmp_path / "venv" / "bin" / "python"
    app.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    for name, argument in instructions():
        if name == "COPY":
            *sources, target = argument.split()
            for source in sources:
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, app / (target if target not in (".", "./") else Path(source).name))
        if name == "RUN":
            for step in re.findall(r"uv pip install[^&]*", argument):
                words = step.replace("--no-cache ", "").replace("--compile-bytecode", "").split()
                uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
                assert uv, "uv is not installed"
                subprocess.run([uv, *words[1:], "--quiet", "--python", str(python)], check=True, cwd=app)
    shutil.rmtree(app)
    command = tmp_path / "venv" / "bin" / "portalwatch"
    subprocess.run([command, "init", str(tmp_path / "data")], check=True, cwd=tmp_path)
    told = subprocess.run(
        [command, "--config", str(tmp_path / "data"), "status", "--health"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1, told.stderr  # no service runs, and nothing else is wrong
    assert not told.stderr


def test_compose_has_a_profile_for_either_store() -> None:
    """Read as YAML 1.2 with its merges; the URL that it gives to the service is one that the configuration takes."""
    from ruamel.yaml import YAML

    compose = YAML(typ="safe").load(ROOT / "compose.yaml")
    profiles = {name: service["profiles"] for name, service in compose["services"].items()}
    assert profiles == {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "database": ["postgresql"]}
    for name in ("sqlite", "postgresql"):
        assert compose["services"][name]["build"] == "."
        assert compose["services"][name]["volumes"] == ["watch:/data"]
    url = compose["services"]["postgresql"]["environment"]["DATABASE_URL"]
    settings = Settings(politeness={"contact": "mailto:a@example.org"}, database=url)
    assert settings.database == url == "postgresql+psycopg://portalwatch@database/portalwatch"
    assert set(compose["volumes"]) == {"watch", "database"}
