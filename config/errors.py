"""The errors that callers treat differently.

PortalwatchError
  ConfigError(problems)     every problem of a configuration at once, at the start
  StorageError              the database cannot do what was asked
  CrawlError                the web did not give what was asked
    ListingError            a listing that is none, or gives fewer entries than it should
    BlockedError            a challenge or a stub instead of the page
    ExtractError            an article without a text
  DetectorError             a detector failed on a revision
  DeliveryError(permanent)  a carrier did not accept a message
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class PortalwatchError(Exception):
    """Anything that portalwatch reports in words and not with a traceback."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of a configuration: where it stands and what to do about it. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ConfigError(PortalwatchError):
    """All problems of a configuration, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StorageError(PortalwatchError):
    """The database cannot be opened, is of another version, or refused a write."""


class CrawlError(PortalwatchError):
    """The web did not give what was asked; the message says what and where."""


class ListingError(CrawlError):
    """A page that should list entries and does not, or gives fewer than it should."""


class BlockedError(CrawlError):
    """A challenge, login or maintenance page stands where the page should be."""


class ExtractError(CrawlError):
    """A page that should be an article and gave no text."""


class DetectorError(PortalwatchError):
    """A detector failed on one revision."""


class DeliveryError(PortalwatchError):
    """A carrier did not accept a message; `permanent` says that trying again is of no use."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        self.permanent = permanent
        super().__init__(message)
