"""The folder of configuration under a running service: seen when it changes, taken up when it is good."""

from __future__ import annotations

from dataclasses import replace

import structlog

from config import ConfigError, Configuration, say
from monitor.configuration import Fingerprint, fingerprint, load_configuration

_FIXED = ("database", "data", "workers")  # what a running service stands on

log = structlog.get_logger(__name__)


class WatchedFolder:
    """Knows when the folder of a configuration is another one than before."""

    def __init__(self, configuration: Configuration, seen: Fingerprint | None = None) -> None:
        """`seen` is the folder's fingerprint from before the configuration was loaded: what changed since is seen."""
        self._directory = configuration.directory
        self._seen = self._done = fingerprint(self._directory) if seen is None else seen
        self._asked = False
        self._offered = self._done
        self.problems: list[str] = []
        """Why the folder as it is now was not taken up, or not all of it; empty when it was."""

    def ask(self) -> None:
        """Look at the folder at the next opportunity, changed or not."""
        self._asked = True

    def changed(self, current: Configuration) -> Configuration | None:
        """The folder's configuration when it is another one and good; None when there is nothing to take up.

        Files that changed since the last look are let alone until the next one: somebody may still be writing. A good
        one is offered again until it is `taken`.
        """
        now = fingerprint(self._directory)
        settled, self._seen = now == self._seen, now
        if not settled or (now == self._done and not self._asked):
            return None
        try:
            loaded = load_configuration(self._directory)
        except ConfigError as error:
            self._done, self._asked = now, False
            self.problems = [str(problem) for problem in error.problems]
            log.error("the changed configuration is faulty; the old one is kept", problems=self.problems)
            return None
        fixed = {name: getattr(current.settings, name) for name in _FIXED}
        self.problems = [
            say("{key} was changed; that is taken up at the next start", key=name)
            for name, value in fixed.items()
            if getattr(loaded.settings, name) != value
        ]
        for problem in self.problems:
            log.warning("changed configuration", problem=problem)
        self._offered = now
        return replace(loaded, settings=loaded.settings.model_copy(update=fixed))

    def taken(self) -> None:
        """What was offered was taken up."""
        self._done, self._asked = self._offered, False
