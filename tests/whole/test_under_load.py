"""The whole program under load, in small: the same run as `python tests/bench/load.py`, shorter."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from house import environment

LOAD = Path(__file__).parents[1] / "bench" / "load.py"


@pytest.mark.slow
def test_a_dozen_faulty_portals_are_read_on_time_politely_and_told_once(tmp_path: Path) -> None:
    size = ["--portals", "8", "--entries", "4", "--minutes", "0.25", "--every", "5s", "--drain-minutes", "3"]
    # The folder is the test's own: where the run fails, its logs stay to be read.
    ended = subprocess.run(
        [sys.executable, str(LOAD), *size, "--folder", str(tmp_path / "load")],
        capture_output=True,
        text=True,
        timeout=400,
        env=environment(),
    )
    assert ended.stdout, ended.stderr
    found = json.loads(ended.stdout)
    assert found["broken"] == [], ended.stdout
    assert ended.returncode == 0
    assert found["checks"]["steady"]["made"] > 8
    assert found["events"]["delivered"] > 0
    assert sum(found["requests"]["faults"].values()) > 0
