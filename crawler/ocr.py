"""Text recognition on scanned pages by Tesseract, where the machine has it with its Vietnamese data."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache

Recognise = Callable[[bytes], str]
"""The text on a picture of a page, given as a netpbm file."""

_SECONDS = 20  # a page


@cache
def recogniser() -> Recognise | None:
    """What recognises text here; None where Tesseract or its Vietnamese data is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    if b"vie" not in listed.split():
        return None

    def recognise(picture: bytes) -> str:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", "vie", "--psm", "3"],
            input=picture,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more threads are slower here, and not ours to take
        )
        return done.stdout.decode("utf-8", "replace")

    return recognise
