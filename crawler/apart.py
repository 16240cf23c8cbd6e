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
import resource
import signal
import sys
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from config import say, speaking
from crawler.attachments import kind_of, read_file
from crawler.ocr import recogniser

if TYPE_CHECKING:
    from storage import FileText

MEMORY = 2**30  # bytes of addresses
SECONDS = 60  # of the processor
LONGEST = 240  # seconds until it is given up, with the recognition of its pages
_AT_ONCE = 2  # files; a worker crawls dozens of portals at a time

_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def read_apart(body: bytes) -> FileText:
    """What a file says, read in a process of its own, which ends with this call however that ends."""
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(_AT_ONCE)):
        return await _read_apart(body)


async def _read_apart(body: bytes) -> FileText:
    from storage import FileText  # seconds to load, and of no use to the process itself

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "crawler.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PORTALWATCH_LANGUAGE": speaking()},
        start_new_session=True,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(body), LONGEST)
        return FileText(*json.loads(out))
    except TimeoutError:
        return FileText(kind_of(body), "refused", problem=say("it takes longer than {limit} s to read", limit=LONGEST))
    except ValueError:
        return FileText(kind_of(body), "refused", problem=say("it breaks its reader"))
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the recognition that it may have started
            await process.wait()


def main() -> None:
    """Read standard input as a file."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    json.dump(read_file(sys.stdin.buffer.read(), recogniser()), sys.stdout)


if __name__ == "__main__":
    main()
