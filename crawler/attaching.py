"""The attachments of an article: which of them are fetched, and what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response

from config import CrawlError, say
from crawler.apart import LONGEST, Patience, read_apart, reader_of_files
from crawler.attachments import kind_of
from crawler.fetching import AskedToWait, validators_of
from crawler.job import SectionCrawl, Stopped
from storage import Attachment, FetchedFile, FileText, KnownFile, NextPage, Validators, Visit, url_key

FILES_AN_ARTICLE = 5
_LOOK = 0.5  # seconds, to see whether the process is to end
# What may be the host's fault and no file's; of another fault the next file knows nothing.
_OF_THE_HOST = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError)
_DOWN_AFTER = 2  # files of an article
_LEFT_ALONE_AFTER = 2  # files of a crawl


async def fetch_attachments(
    at: SectionCrawl, attachments: Iterable[Attachment | KnownFile], visit: Visit, *, but: Collection[str]
) -> tuple[FetchedFile, ...]:
    """What was had of an article's attachments, or why it was not; nothing of those that are unchanged. `but`: addresses
    that were asked for already, as the article's own. A portal that asks for it twice is to be left alone after this."""
    remembered = {_key(file.url): file for file in visit.attachments}
    had = {_key(url) for url in but}
    wanted = {key: file for file in attachments if (key := _key(file.url)) is not None and key not in had}
    found: list[FetchedFile] = []
    asked = faults = 0
    broken: str | None = None
    patience = Patience()
    # What could not be had the last time comes last: it keeps nobody from the others.
    for key in sorted(wanted, key=lambda key: (known := remembered.get(key)) is not None and known.problem is not None):
        file, memory = wanted[key], remembered.get(key)
        if not at.own(file.url):
            problem = say("on another site; it is not fetched")
        elif asked >= FILES_AN_ARTICLE:
            problem = say("more than {count} files of one article; it is not fetched", count=FILES_AN_ARTICLE)
        elif broken is not None:
            problem = broken
        elif patience.left <= 0:
            problem = say("the files before it took {limit} s to read; it waits for the next visit", limit=LONGEST)
        else:
            asked += 1
            try:
                response = await at.get(NextPage(file.url), await _validators(memory))
                answer = None if response.status == 304 else await file_of(at, response, file.url, patience)
            except CrawlError as error:
                answer = FetchedFile(file.url, problem=str(error))
                faults += isinstance(error.__cause__, _OF_THE_HOST)
                if isinstance(error, AskedToWait):
                    _asked_to_wait(at, error)
                if isinstance(error, AskedToWait) or faults >= _DOWN_AFTER:
                    broken = answer.problem  # the others are left in peace until the next visit
            if answer is not None:
                found.append(answer)
                if answer.problem is not None and (memory is None or memory.problem != answer.problem):
                    _tell(at, file.url, answer.problem)
            continue
        found.append(FetchedFile(file.url, problem=problem))
    return tuple(found)


async def file_of(
    at: SectionCrawl, response: Response, url: str | None = None, patience: Patience | None = None
) -> FetchedFile:
    """The file in an answer, and what it says; without it where the answer is no file of the portal's. `url`: what was
    asked for, unless it is the answer's own; `patience`: of the article, where it has other files."""
    url = url or response.url
    if not at.own(response.url):
        return FetchedFile(url, problem=say("redirected to another site, {url}", url=response.url))
    if not response.body.strip():
        return FetchedFile(url, problem=say("answers with nothing"))
    if kind_of(response.body) == "html":
        return FetchedFile(url, problem=say("answers with a page and not with a file"))
    text = await _read(at, response.body, patience or Patience())
    return FetchedFile(url, response.body, text, validators_of(response))


async def _validators(memory: KnownFile | None) -> Validators:
    """What tells the server which bytes are known. A file that could not be read is asked for whole where another reader
    is here now."""
    if memory is None or not memory.fetched:
        return Validators()
    if memory.unread_by is not None and memory.unread_by != await asyncio.to_thread(reader_of_files):
        return Validators()
    return memory.validators


async def _read(at: SectionCrawl, body: bytes, patience: Patience) -> FileText:
    reading = asyncio.ensure_future(read_apart(body, patience))
    try:
        while not (await asyncio.wait({reading}, timeout=_LOOK))[0]:
            if at.crawl.stopping:
                raise Stopped
        return reading.result()
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


def _asked_to_wait(at: SectionCrawl, error: AskedToWait) -> None:
    at.crawl.files_asked_to_wait += 1
    if at.crawl.files_asked_to_wait >= _LEFT_ALONE_AFTER:
        at.crawl.leave_alone = error


def _key(url: str) -> str | None:
    try:
        return url_key(url)
    except ValueError:  # a mistyped link
        return None


def _tell(at: SectionCrawl, url: str, problem: str) -> None:
    """Tell of a file that could not be had; of a host that refuses them all, once a reading."""
    if not any(told.endswith(f": {problem}") for told in at.problems):
        at.problem(url, CrawlError(problem))
