"""A proxy of the configuration: every request of its portal goes by it, robots.txt too, and no other portal's does."""

from __future__ import annotations

import base64
import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from house import House

from config import write_yaml


class Proxy(ThreadingHTTPServer):
    """A forward proxy on this machine that remembers what it was asked; it opens no tunnel."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, str | None]] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Proxy

    def _note(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers.get("Proxy-Authorization")))

    def do_GET(self) -> None:
        self._note()
        url = urlsplit(self.path)
        origin = http.client.HTTPConnection(url.netloc, timeout=10)
        passed = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        origin.request("GET", self.path.partition(url.netloc)[2], headers=passed)
        answer = origin.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self._note()
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with Proxy() as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.02,), daemon=True).start()
        yield proxy
        proxy.shutdown()


def by_proxy(house: House, address: str, **more: object) -> None:
    content = {**house.replicas["ninhbinh"].yaml(), "proxy": address, **more}
    write_yaml(house.folder / "portals/ninhbinh.yaml", content)


def test_a_portals_requests_go_by_its_proxy_and_no_others(
    house: House, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXY_URL", f"http://reader:s%C3%A9cret@{proxy.address}")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # the environment's proxies are not the configuration's
    by_proxy(house, "${PROXY_URL}")
    runs = house.json("crawl")
    assert {run["state"] for run in runs} == {"good"}
    credentials = "Basic " + base64.b64encode("reader:sécret".encode()).decode()
    assert {(method, auth) for method, _, auth in proxy.asked} == {("GET", credentials)}
    here = house.replicas["ninhbinh"].url
    assert proxy.asked[0][1] == f"{here}robots.txt"
    assert all(url.startswith(here) for _, url, _ in proxy.asked)
    seen = [request for request in house.replicas["ninhbinh"].requests() if request["method"] == "GET"]
    assert len(seen) == len(proxy.asked)
    assert len(house.json("articles", "--limit", "500")) == 32
    assert "cret" not in house.run("runs") + house.stderr


def test_https_is_asked_for_by_a_tunnel_and_a_proxy_that_opens_none_is_told(house: House, proxy: Proxy) -> None:
    section = {"id": "tin-tuc", "url": "https://127.0.0.99:8443/tin-tuc"}
    by_proxy(house, f"http://{proxy.address}", url="https://127.0.0.99:8443/", sections=[section])
    runs = house.json("crawl", "ninhbinh", status=1)
    assert {(method, url) for method, url, _ in proxy.asked} == {("CONNECT", "127.0.0.99:8443")}
    assert runs[0]["sections"][0]["problems"]


def test_a_proxy_in_a_private_network_that_is_not_allowed_is_not_dialled(house: House, proxy: Proxy) -> None:
    house.configure(settings={"allow_private": ["127.0.0.12/32"]})
    by_proxy(house, f"http://{proxy.address}")
    runs = house.json("crawl", "ninhbinh", status=1)
    assert "private address" in runs[0]["sections"][0]["problems"][0]
    assert proxy.asked == []
