"""Why the system refuses a file, in our own words: the system's are English."""

from __future__ import annotations

import errno

from config.language import mark, say

_SYSTEM = {
    errno.ENOENT: mark("there is no such file"),
    errno.ENOTDIR: mark("it is no folder"),
    errno.EISDIR: mark("it is a folder"),
    errno.EACCES: mark("there is no right to it"),
    errno.EPERM: mark("there is no right to it"),
}


def told_by_system(error: OSError) -> str:
    """Why the system refuses a file, in words of ours where it is one of the usual reasons."""
    ours = _SYSTEM.get(error.errno or 0)
    return say(ours) if ours else error.strerror or str(error)
