"""A site of a few pages that a test writes itself, on a loopback address of its own."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Answer: TypeAlias = bytes | Callable[[bytes], bytes]
"""A page, or what makes it of the body of a POST."""

MENU = "".join(f'<li><a href="/muc-{n}">Chuyên mục số {n}</a></li>' for n in range(8))


@dataclass
class SmallSite:
    """What the site answers, by path; anything else is 404. `asked` are the paths in their order."""

    url: str = ""
    pages: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    redirects: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The status and the target, by path."""
    waits: dict[str, str] = field(default_factory=dict)
    """What answers 429: its Retry-After, by path."""
    tagged: set[str] = field(default_factory=set)
    """The paths that have an ETag, beside all PDFs."""
    unchanged: list[str] = field(default_factory=list)
    """The paths of files that were asked for with the ETag that they have."""

    def html(self, path: str, title: str, main: str, *, visitors: int = 1) -> None:
        """Put a page with a menu, a footer and a counter at a path."""
        page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} - Cổng thử</title></head>
        <body><ul class="menu">{MENU}</ul><main><h1>{title}</h1>{main}</main>
        <div class="counter">Lượt truy cập: {visitors}</div><footer>Cơ quan chủ quản: UBND. Điện thoại: 024.123</footer>
        </body></html>"""
        self.pages[path] = ("text/html; charset=utf-8", page.encode())

    def yaml(self, *sections: dict[str, object]) -> dict[str, object]:
        """The content of the portal's file."""
        return {"name": "Cổng thử", "url": self.url, "every": "5s", "sections": list(sections)}


@contextmanager
def small_site(host: str = "127.0.0.31") -> Iterator[SmallSite]:
    """The site, empty at first, until the block ends."""
    site = SmallSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path != "/robots.txt":
                site.asked.append(self.path)
            kind, answer = site.pages.get(self.path, ("text/html", b""))
            content = answer(body) if callable(answer) else answer
            tagged = kind.startswith("application/pdf") or self.path in site.tagged
            etag = f'"{zlib.crc32(content)}"' if tagged else ""
            if etag and self.headers.get("If-None-Match") == etag:
                site.unchanged.append(self.path)
                self.send_response(304)
                self.end_headers()
                return
            status, target = site.redirects.get(self.path, (200 if self.path in site.pages else 404, ""))
            self.send_response(429 if self.path in site.waits else status)
            if self.path in site.waits:
                self.send_header("Retry-After", site.waits[self.path])
            if target:
                self.send_header("Location", target)
            self.send_header("Content-Type", kind)
            if etag:
                self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    site.url = f"http://{host}:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
