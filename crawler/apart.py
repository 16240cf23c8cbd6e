"""A file is read in a process of its own: `python -m crawler.apart` takes the bytes on its standard input and answers with
the fields of a `FileText` as JSON.

A file may break its reader, hold it for ever or fill the memory; it then costs this process and nothing else. The limits
are the process's own, so that they hold even when whoever started it is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import resource
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from config import say, speaking, tidy
from crawler.attachments import READER, Found, kind_of, read_file
from crawler.ocr import recogniser

if TYPE_CHECKING:
    from storage import FileText

MEMORY = 2**30  # bytes of addresses
SECONDS = 60  # of the processor
LONGEST = 120  # seconds until the files of an article are given up, with the recognition of their pages
_AT_ONCE = 2  # files; a worker crawls dozens of portals at a time
# What the process is told of where it runs. It reads what strangers wrote: passwords are none of its business.
_TOLD = re.compile(r"PATH|LANG|LC_\w+|TESSDATA_PREFIX|LD_LIBRARY_PATH|PYTHON\w+")
_STATES = ("read", "scan", "refused", "unread")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(slots=True)
class Patience:
    """The time that is left for the files of an article, in seconds."""

    left: float = float(LONGEST)


def reader_of_files() -> str:
    """What reads files here: when it changes, a file that could not be read is worth another try."""
    return f"{READER} ocr" if recogniser() else str(READER)


async def read_apart(body: bytes, patience: Patience | None = None) -> FileText:
    """What a file says, read in a process of its own, which ends with this call however that ends. It takes its time from
    the `patience`."""
    patience = patience or Patience()
    loop = asyncio.get_running_loop()
    async with _turns.setdefault(loop, asyncio.Semaphore(_AT_ONCE)):
        began = loop.time()
        try:
            return await _read_apart(body, patience)
        finally:
            patience.left -= loop.time() - began


async def _read_apart(body: bytes, patience: Patience) -> FileText:
    from storage import FileText  # seconds to load, and of no use to the process itself

    reader = await asyncio.to_thread(reader_of_files)
    limit = patience.left
    try:
        return FileText(*_tidied(await _told_apart(body, limit)), reader=reader)
    except TimeoutError:
        problem = say("it takes longer than {limit} s to read", limit=f"{limit:.3g}")
        # Where other files had taken most of the time, it is worth another try.
        return FileText(kind_of(body), "refused", problem=problem, reader=reader if limit > LONGEST / 2 else "")
    except OSError as error:  # no process, no memory: of this machine, and not of the file
        return FileText(kind_of(body), "refused", problem=say("it cannot be read here now ({error})", error=error))
    except (ValueError, TypeError, RecursionError):
        return FileText(kind_of(body), "refused", problem=say("it breaks its reader"), reader=reader)


async def _told_apart(body: bytes, limit: float) -> bytes:
    """What the process says of a file."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "crawler.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={
            **{name: value for name, value in os.environ.items() if _TOLD.fullmatch(name)},
            "PORTALWATCH_LANGUAGE": speaking(),
        },
        start_new_session=True,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(body), limit)
        return out
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the recognition that it may have started
            await process.wait()


def _tidied(out: bytes) -> Found:
    """The fields that the process told, as clean as all that enters the house: a file may have had its way with it."""
    kind, state, text, pages, problem = json.loads(out)
    if state not in _STATES or not (pages is None or (isinstance(pages, int) and 0 <= pages < 2**31)):
        raise ValueError
    return Found(_clean(kind), state, _clean(text), pages, None if problem is None else _clean(problem))


def _clean(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError
    return _CONTROLS.sub("", tidy(text.encode("utf-8", "replace").decode()))


def main() -> None:
    """Read standard input as a file."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    json.dump(read_file(sys.stdin.buffer.read(), recogniser()), sys.stdout)


if __name__ == "__main__":
    main()
