"""The bytes of pages as fetched, compressed, by their hash: the evidence behind a revision."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from datetime import datetime, timedelta
from pathlib import Path

_LEFT = timedelta(days=1)


class Snapshots:
    """A folder of compressed pages. A file is complete or absent: it is renamed into place when whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.gz"

    def keep(self, body: bytes) -> str:
        """The SHA-256 of a page, once its bytes are safe in the folder."""
        digest = hashlib.sha256(body).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            # mtime=0: the same page gives the same file, so that copies of the folder compare equal.
            file.write(gzip.compress(body, 6, mtime=0))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        return digest

    def drop(self, digest: str) -> None:
        """Delete a page; one that is not there is as good as deleted."""
        self.path(digest).unlink(missing_ok=True)

    def left_behind(self, shelf: int, now: datetime) -> set[str]:
        """The pages in one of the 256 folders that are older than a day: theirs is a row, or they were left by a process
        that was killed. What such a process had not finished is deleted on the way."""
        before = (now - _LEFT).timestamp()
        pages = set()
        for path in sorted((self._folder / f"{shelf:02x}").glob("*")):
            if path.stat().st_mtime < before:
                if path.suffix == ".gz":
                    pages.add(path.name.removesuffix(".gz"))
                else:
                    path.unlink(missing_ok=True)
        return pages

    def read(self, digest: str) -> bytes | None:
        """The bytes of a kept page; None where it is kept no more, or broken."""
        try:
            return gzip.decompress(self.path(digest).read_bytes())
        except (OSError, EOFError, zlib.error):
            return None
