"""The Dockerfile's steps, run in a scratch folder: no engine builds the image here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
                copy(ROOT / source, app / (target if target not in (".", "./") else source))
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
