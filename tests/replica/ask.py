"""A plain client for the replicas: no proxy, no redirects, every status an answer."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from lxml import html

from monitor.replica.articles import clean


@dataclass(frozen=True)
class Answer:
    """A response, read to its end."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.body.decode())

    @property
    def text(self) -> str:
        """All that a reader sees, on one line."""
        tree = self.tree
        for hidden in tree.xpath("//script|//style"):
            hidden.drop_tree()
        return clean(" ".join(tree.itertext()))


def get(url: str, **headers: str) -> Answer:
    """The answer to a GET; `If_None_Match` is the header If-None-Match."""
    return _ask("GET", url, None, {name.replace("_", "-"): value for name, value in headers.items()})


def post(url: str, form: dict[str, str]) -> Answer:
    """The answer to a form."""
    return _ask("POST", url, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})


def _ask(method: str, url: str, body: str | None, headers: dict[str, str]) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()
