"""What an article means together with the files behind it. Pure.

The page says what an article is about. Its files are heard where the page says next to nothing, as the one that holds a
link to the week's schedule, or where its title says that the file is the matter: an invitation. A decision that another
article only carries along is cited by it and not issued.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import islice

from config import match_key, plain
from storage import Detection, DocumentMention, Meeting

_LETTERS = 20_000  # of a file: what a document is about stands on its first pages
_THIN = 300  # letters of a page that says next to nothing
_IN_THE_FILE = re.compile(
    r"\b(?:giay moi|thu moi|giay trieu tap|lich (?:cong tac|lam viec|hop|tiep cong dan|tuan)"
    r"|chuong trinh (?:cong tac|lam viec|hop|ky hop|phien hop))\b"
)
_LETTERHEAD = re.compile(r"cong hoa xa hoi chu nghia viet nam|doc lap\W+tu do\W+hanh phuc")
_HEAD_LINES = 25
_HEADING_LINES = 4
_LONGEST_HEADING = 300
_AFTER_HEADING = re.compile(r"\s*(?:kính gửi|căn cứ|\d|-|[ivx]+\.|thời gian)", re.IGNORECASE)
_STALE_DAYS = 60
_MOST_CITED = 30
_INVITATION = "Giấy mời"

Detect = Callable[[str, str], Detection]
"""What a title and a text mean."""


def with_files(detect: Detect, title: str, text: str, files: Sequence[str], published: date | None) -> Detection:
    """What the page means, with what its files add; the quotes of what they add are theirs."""
    page = detect(title, text)
    heard = [file[:_LETTERS] for file in files if file.strip()]
    if not heard:
        return page
    found = page
    if _IN_THE_FILE.search(plain(title)) or (len(text) < _THIN and not page.kinds):
        found = next((said for file in heard if (said := _heard(detect, title, text, file, page, published))), page)
    known = {match_key(mention.number) for mention in found.documents}
    cited = islice(_cited((detect("", file) for file in heard), known), _MOST_CITED)
    return replace(found, documents=(*found.documents, *cited))


def _heard(
    detect: Detect, title: str, text: str, file: str, page: Detection, published: date | None
) -> Detection | None:
    """What the page means once a file is heard; None where the file adds no claim."""
    heading, body = _opened(file)
    both = detect(title, f"{text}\n{body}")
    if both.meeting is None and heading:
        both = detect(heading, body)
    if both.meeting is not None:
        if page.meeting is not None and not both.further:
            return replace(page, meeting=_filled(page.meeting, both.meeting))
        return _issued_of(both, lambda mention: mention.type != _INVITATION)
    if page.kinds or not both.kinds:
        return None
    return _issued_of(
        both, lambda mention: not (mention.date and published and (published - mention.date).days > _STALE_DAYS)
    )


def _opened(file: str) -> tuple[str, str]:
    """A document's own heading, and its text without heading and letterhead: "GIẤY MỜI", and what it is an invitation
    to."""
    lines = file.split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _LETTERHEAD.search(plain(line)):
            continue
        if kept and line.isupper() and (_IN_THE_FILE.search(plain(line)) or _number_above(kept)):
            end = number + 1
            while end < min(len(lines), number + _HEADING_LINES) and not _ends_heading(lines[end]):
                end += 1
            heading = " ".join(
                _in_small(line, first=at == number) for at, line in enumerate(lines[:end]) if at >= number
            )
            return heading[:_LONGEST_HEADING], "\n".join([*kept, *lines[end:]])
        kept.append(line)
    return "", "\n".join([*kept, *lines[_HEAD_LINES:]])


def _in_small(line: str, *, first: bool) -> str:
    line = line.capitalize() if line.isupper() else line
    return line if first else line[:1].lower() + line[1:]


def _number_above(lines: Sequence[str]) -> bool:
    return any(plain(line).startswith("so:") for line in lines)


def _ends_heading(line: str) -> bool:
    return len(line) > 160 or line.endswith((".", ":", ";", ",")) or bool(_AFTER_HEADING.match(line))


def _issued_of(detection: Detection, is_news: Callable[[DocumentMention], bool]) -> Detection:
    """The detection with those of its issued documents that are not news as cited ones: a file that is put up to be read
    again, the number of an invitation."""
    documents = tuple(
        replace(mention, role="cited") if mention.role == "issued" and not is_news(mention) else mention
        for mention in detection.documents
    )
    kinds, quotes = detection.kinds, detection.quotes
    if not any(mention.role == "issued" for mention in documents):
        kinds = tuple(kind for kind in kinds if kind != "decision")
        quotes = {kind: quote for kind, quote in quotes.items() if kind != "decision"}
    return replace(detection, kinds=kinds, documents=documents, quotes=quotes)


def _filled(page: Meeting, file: Meeting) -> Meeting:
    """The page's meeting, with what it leaves out and the file says of it."""
    if None not in (page.ordinal, file.ordinal) and page.ordinal != file.ordinal:
        return page
    values = {field.name: getattr(page, field.name) for field in fields(Meeting)}
    return Meeting(**{name: getattr(file, name) if value is None else value for name, value in values.items()})


def _cited(detections: Iterable[Detection], known: set[str]) -> Iterable[DocumentMention]:
    """Each document that the files name and the page does not."""
    for detection in detections:
        for mention in detection.documents:
            if (key := match_key(mention.number)) not in known:
                known.add(key)
                yield replace(mention, role="cited")
