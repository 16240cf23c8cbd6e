"""Serves the replicas until interrupted: `python -m monitor.replica --port 8481`."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence

from monitor.replica.serve import SITES, serve_replicas


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 after an interrupt, 1 when an address is taken. Addresses and steps are told on stdout."""
    parser = argparse.ArgumentParser(prog="python -m monitor.replica", description="Replica portals on loopback.")
    parser.add_argument("--port", type=int, default=0, help="the first replica's port; the next has the one after")
    parser.add_argument("--crawl-delay", type=float, default=0.1, help="seconds, in robots.txt")
    parser.add_argument("names", nargs="*", help=f"which replicas; all when left out: {', '.join(SITES)}")
    options = parser.parse_args(arguments)
    names = list(dict.fromkeys(options.names)) or list(SITES)
    if unknown := set(names) - set(SITES):
        parser.error(f"no replica {', '.join(sorted(unknown))}")
    ports = {name: options.port + place for place, name in enumerate(names)} if options.port else None
    try:
        with serve_replicas(names, ports=ports, crawl_delay=options.crawl_delay) as replicas:
            for replica in replicas.values():
                sys.stdout.write(f"{replica.name}\t{replica.url}\tsteps: {', '.join(replica.steps())}\n")
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        sys.stderr.write(f"cannot serve: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
