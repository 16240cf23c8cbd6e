"""The bytes of pages as fetched, compressed, by their hash: the evidence behind a revision."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path


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

    def read(self, digest: str) -> bytes:
        """The bytes of a kept page."""
        return gzip.decompress(self.path(digest).read_bytes())
