"""JMESPath, by which a section reads a JSON API, and addresses with JMESPath in braces: "/chi-tiet/{id}"."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import jmespath
from jmespath.exceptions import JMESPathError

_ADDRESS = re.compile(r"https?://|[/?]")  # no JMESPath begins so
_BRACES = re.compile(r"\{([^{}]*)\}")


class Query(str):
    """A value of the configuration that is JMESPath and no CSS selector."""

    __slots__ = ()


def query_fault(query: str) -> str | None:
    """Why a query, or an address with queries in braces, cannot be used; None when it can."""
    for part in _BRACES.findall(query) if _ADDRESS.match(query) else [query]:
        try:
            jmespath.compile(part)
        except (JMESPathError, RecursionError) as error:
            said = str(error) or type(error).__name__
            return " ".join(said.split("\n")[0].split())
    return None


def ask(query: str, data: Any) -> Any:
    """What a query finds in JSON, None for nothing; of an address with queries in braces the address filled in, None
    where one of them finds nothing. ValueError in words when the data is not what the query takes."""
    try:
        if not _ADDRESS.match(query):
            return jmespath.search(query, data)
        found = [jmespath.search(part, data) for part in _BRACES.findall(query)]
    except (JMESPathError, RecursionError, TypeError) as error:
        raise ValueError(" ".join(str(error).split())) from error
    if any(each is None or isinstance(each, dict | list) for each in found):
        return None
    parts = iter(found)
    return _BRACES.sub(lambda match: quote(str(next(parts)), safe="/:?&=%.-_~"), query)
