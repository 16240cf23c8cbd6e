"""The words of an alert, as its carrier takes them: plain text, Markdown or HTML, within the carrier's limits. Pure.

The first line is enough on a phone. What is said is gathered in `wording.py`, the templates write it down. What does not
fit a carrier's limit is left out from what matters least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from config import Configuration
from monitor.escaping import cut, in_markdown
from monitor.labels import KINDS
from monitor.wording import Writer
from storage import DueDelivery

__all__ = ["KINDS", "PLAIN", "Message", "Shape", "compose", "write"]

_TITLE_ROOM = 20  # letters that a carrier without titles needs to set one apart


@dataclass(frozen=True, slots=True)
class Shape:
    """How a carrier takes messages. `format`: text, markdown or html; without `titled` the title is a line of the body;
    lengths are in letters."""

    format: str = "text"
    titled: bool = True
    longest: int = 32_768
    longest_title: int = 250


@dataclass(frozen=True, slots=True)
class Message:
    """A subject and what stands under it, in a format: text, markdown or html."""

    title: str
    body: str
    format: str = "text"


PLAIN = Shape()


def write(delivery: DueDelivery, configuration: Configuration, shape: Shape = PLAIN, *, test: bool = False) -> Message:
    """The message of a delivery, in its language and as its carrier takes it. A test says that it is one."""
    view = Writer(delivery.language, configuration).view(delivery, test=test)
    return compose(view, configuration, shape)


def compose(view: Mapping[str, Any], configuration: Configuration, shape: Shape = PLAIN) -> Message:
    """A view as a carrier takes it."""
    from monitor.templating import render  # Jinja2 takes its time to load, and few commands write messages

    templates = configuration.directory / "templates"
    subject = " ".join(render(templates, ["subject"], "text", view).split())
    link = next((source["url"] for source in view["sources"]), "")
    if shape.titled:
        title, room = cut(subject, shape.longest_title), shape.longest
    else:
        most = max(shape.longest // 2, shape.longest - len(link) - _TITLE_ROOM)
        title = _in_format(cut(subject, min(250, most)), shape.format)
        room = shape.longest - len(title) - _TITLE_ROOM
        if view["title"] in subject:
            view = {**view, "title": ""}
    names = [*(["changed"] if view["change"] else []), view["kind"], "message"]
    for lesser in _ever_less(view):
        body = render(templates, names, shape.format, lesser)
        if len(body) <= room:
            return Message(title, body or title, shape.format)
    return Message(title, link if len(link) <= room else "", shape.format)


def _ever_less(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A view, and what is left of it when what matters least goes first."""
    views = [view]
    lesser: tuple[dict[str, Any], ...] = (
        {"diff": view["diff"][:10], "sources": view["sources"][:4], "notes": []},
        {"documents": [], "sources": view["sources"][:2]},
        {"why": [], "diff": view["diff"][:4], "more": ""},
        {"lines": view["lines"][:2], "sources": view["sources"][:1], "quote": cut(view["quote"], 160)},
        {"rows": [], "diff": []},
        {"quote": "", "lines": []},
        {"title": ""},
    )
    for less in lesser:
        views.append({**views[-1], **less})
    return views


def _in_format(text: str, form: str) -> str:
    return str(in_markdown(text) if form == "markdown" else escape(text) if form == "html" else text)
