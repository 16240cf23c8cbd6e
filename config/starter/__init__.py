"""The commented files that a new folder of configuration begins with, in Vietnamese and in English."""

from __future__ import annotations

import os
from pathlib import Path

from config.errors import ConfigError, Problem
from config.language import say
from config.system_words import told_by_system

_HERE = Path(__file__).parent
FILES = ("portalwatch.yaml", "subscriptions.yaml", "portals/thanhhoa.yaml")


def write_starter(directory: Path, language: str) -> list[Path]:
    """The files written into the folder, which is made when absent. `language`: vi or en.

    ConfigError, and nothing is written, when one of them is there already or the folder cannot be made.
    """
    targets = [directory / name for name in FILES]
    there = [target for target in targets if os.path.lexists(target)]  # a broken link is there too
    if there:
        raise ConfigError(Problem(str(target), 1, 1, say("is there already; nothing was written")) for target in there)
    sources = [(_HERE / language / name).read_bytes() for name in FILES]
    for target, source in zip(targets, sources, strict=True):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as stream:
                stream.write(source)
        except OSError as error:
            fault = say("cannot be written: {reason}", reason=told_by_system(error))
            raise ConfigError([Problem(str(target), 1, 1, fault)]) from error
    return targets
