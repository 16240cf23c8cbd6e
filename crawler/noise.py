"""Counter, menu and related lines in a text that has lost its page."""

from __future__ import annotations

from crawler.boilerplate import is_related, line_rule
from crawler.linear import Line


def is_noise(text: str) -> bool:
    """Whether a line of plain text is dirt from around an article: by the same rules as on a page."""
    line = Line(text, block=0)
    return text.startswith("•") or line_rule(line) is not None or is_related(line)
