"""The command `portalwatch`: checks that it runs among its own, then hands over to the command line."""

from __future__ import annotations

import signal
import sys
from importlib.util import find_spec
from pathlib import Path

_ROOMS = ("config", "storage", "crawler")


def strangers() -> list[str]:
    """The rooms whose name another package has taken: `config` and `storage` are names that others use too."""
    house = Path(__file__).resolve().parent.parent
    found = {room: find_spec(room) for room in _ROOMS}
    return [
        f"{room}: {spec.origin if spec else 'not installed'}"
        for room, spec in found.items()
        if spec is None or spec.origin is None or Path(spec.origin).resolve().parent.parent != house
    ]


def main() -> None:
    """Run the command line."""
    if foreign := strangers():
        print(  # noqa: T201  # nothing of ours can be trusted to speak here
            "portalwatch: another package stands in the place of a part of it; install it in an environment of its own\n"
            + "\n".join(foreign),
            file=sys.stderr,
        )
        raise SystemExit(2)
    try:
        from monitor.commands import run

        status = run()
    except KeyboardInterrupt:  # while the program is being loaded
        status = 130
    if status == 130:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses it twice gets no traceback of the end
        from config import say

        print(f"portalwatch: {say('interrupted')}", file=sys.stderr)  # noqa: T201
    raise SystemExit(status)


if __name__ == "__main__":
    main()
