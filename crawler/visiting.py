"""The visits to what a listing promised, and to known articles that are still young."""

from __future__ import annotations

from dataclasses import replace

from scrapy.http import Response

from config import BlockedError, CrawlError, ExtractError, StorageError, say
from crawler.attaching import fetch_attachments, file_of
from crawler.dates import before
from crawler.extraction import read_article
from crawler.fetching import AskedToWait, Unreachable, leads_for_good, validators_of
from crawler.job import NO_VALIDATORS, SectionCrawl, Stopped
from crawler.politeness import Elsewhere
from crawler.row_article import from_row, merge_row
from crawler.rules import article_rules, reader
from crawler.template import UNLEARNED, Template
from crawler.verdicts import Homeward, is_html, refuse_homeward, refuse_page, says_gone
from crawler.watching import is_page, of_week
from storage import Attachment, Extraction, FetchedArticle, NextPage, Visit, content_hash

_DOWN_AFTER = 3  # articles in a row that could not be reached


async def visit_all(at: SectionCrawl) -> CrawlError | None:
    """Visit what is due; the last error when new entries were due and not one could be stored."""
    crawl = at.crawl
    visits = await at.store(crawl.memory.visits, *at.at, crawl.clock(), by_hand=crawl.job.by_hand)
    if at.section.watched:  # the page itself is read as a listing is: at its address stands no past week any more
        visits = [visit for visit in visits if not is_page(visit.url, at.section)]
    unreached = asked_to_wait = had = 0
    last: CrawlError | None = None
    for done, visit in enumerate(visits):
        crawl.progress(at.section.id, done, len(visits))
        try:
            await visit_article(at, visit)
            unreached, had = 0, had + (visit.article_id is None)
        except CrawlError as error:
            if visit.article_id is not None and says_gone(error):
                await _gone(at, visit, error)
                unreached = 0
                continue
            at.problem(visit.url, error)
            unreached = unreached + 1 if isinstance(error, Unreachable | BlockedError) else 0
            last = error if visit.article_id is None else last
            await _fail(at, visit, str(error))
            if isinstance(error, AskedToWait):
                # One article that always answers 503 must not hold up its portal; two ask for the portal.
                asked_to_wait += 1
                if asked_to_wait >= 2:
                    raise
        except (Stopped, StorageError):
            raise
        except Exception as error:  # a page that breaks the reader must not stop its neighbours
            at.log.error("visit failed", url=visit.url, error=repr(error), exc_info=True)
            at.problem(visit.url, error)
            await _fail(at, visit, repr(error))
        if crawl.leave_alone is not None:  # the article is stored; its files asked for it
            raise crawl.leave_alone
        if unreached >= _DOWN_AFTER:
            at.problems.append(say("{count} articles left for later", count=len(visits) - done - 1))
            break
    crawl.progress(at.section.id, len(visits), len(visits))
    return None if had else last


async def visit_article(
    at: SectionCrawl, visit: Visit, response: Response | None = None, *, moved: bool = False
) -> None:
    """Fetch an article, unless the response is there already, and store it; CrawlError when it cannot be had. `moved`: the
    visit is to another address of it, since at its own there is nothing any more."""
    revisit, memory = at.section.revisit, at.crawl.memory
    fetched = await _fetch_article(at, visit, response)
    linked = visit.attachments if fetched is None else fetched.extraction.attachments
    had = () if fetched is None else fetched.files
    files = (*had, *await fetch_attachments(at, linked, visit, but={visit.url, *(file.url for file in had)}))
    now = at.crawl.clock()
    if fetched is None:
        outcome = await at.store(
            memory.record_unchanged, visit, files, young=revisit.young, every=revisit.every, now=now
        )
        at.counts[outcome] += 1
        return
    fetched = replace(fetched, files=files, moved=fetched.moved or moved)
    # A page that a sitemap names anew may have been touched only; and what it says later is news all the same.
    if visit.article_id is None and at.old_before and before(fetched.extraction.published, at.old_before):
        visit = replace(visit, baseline=True)
    outcome = await at.store(
        memory.record_article, *at.at, visit, fetched, young=revisit.young, every=revisit.every, now=now
    )
    if outcome == "elsewhere":
        raise Homeward(say("redirected to another article, {url}", url=fetched.extraction.url))
    at.counts[outcome] += 1
    at.log.info("article", outcome=outcome, url=visit.url, title=fetched.extraction.title)


async def _fail(at: SectionCrawl, visit: Visit, problem: str) -> None:
    revisit = at.section.revisit
    await at.store(
        at.crawl.memory.record_failure,
        visit,
        problem,
        young=revisit.young,
        every=revisit.every,
        now=at.crawl.clock(),
    )


async def _gone(at: SectionCrawl, visit: Visit, error: CrawlError) -> None:
    """A known article's page says that there is none: no problem of the reading, but a fact about the article; unless it
    is had where it was listed since."""
    revisit = at.section.revisit
    other = await at.store(at.crawl.memory.other_address, visit)
    if other is not None:
        try:
            await visit_article(at, replace(visit, url=other, validators=NO_VALIDATORS), moved=True)
            return
        except CrawlError as refused:
            at.log.info("not found at its other address either", url=other, problem=str(refused))
    withdrawn = await at.store(
        at.crawl.memory.record_gone,
        visit,
        str(error),
        young=revisit.young,
        every=revisit.every,
        now=at.crawl.clock(),
    )
    at.counts["gone"] += 1
    at.log.info("article not found", url=visit.url, problem=str(error), withdrawn=withdrawn)


async def _template(at: SectionCrawl) -> Template:
    """What is known so far of how the portal builds its pages."""
    if at.crawl.template is None:
        at.crawl.template = Template.from_json(await at.store(at.crawl.memory.template, at.portal.id))
    return at.crawl.template


async def _fetch_article(at: SectionCrawl, visit: Visit, response: Response | None) -> FetchedArticle | None:
    """The article behind an entry; None when the server says that it is unchanged."""
    section = at.section
    if not section.follow or not at.own(visit.url):
        return from_row(visit)
    try:
        response = response or await at.get(NextPage(visit.url), visit.validators, by_browser=True)
    except Elsewhere as error:
        refuse_homeward(visit.url, error.url, at.portal.url)
        raise
    if response.status == 304:
        return None
    if not is_html(response):
        file = await file_of(at, response)
        article = from_row(visit, Attachment(response.url, visit.number or visit.title))
        return replace(article, files=(file,), validators=validators_of(response))
    refuse_homeward(visit.url, response.url, at.portal.url)
    template = await _template(at)
    extraction, learned = _said(at, visit, response, response.body, template)
    if learned.recent is not template.recent:
        await at.store(at.crawl.memory.learn, at.portal.id, learned.to_json(), at.crawl.clock())
    at.crawl.template = learned
    refuse_page(extraction.page, extraction.why)
    # A page may hold nothing but a link to a file: the week's schedule as a PDF.
    if extraction.page != "article" or not (extraction.text.strip() or extraction.attachments):
        raise ExtractError(say("no article found on the page (class: {page})", page=extraction.page))
    return FetchedArticle(
        extraction,
        response.body,
        validators_of(response),
        reader=reader(section),
        before=await _said_before(at, visit, response, content_hash(extraction), template),
        moved=leads_for_good(response) and not section.watched,
    )


def _said(
    at: SectionCrawl, visit: Visit, response: Response, body: bytes, template: Template
) -> tuple[Extraction, Template]:
    """What the bytes of an article's page say, be they the answer's or kept ones; and the template after them."""
    section = at.section
    with at.reading():
        extraction, learned = read_article(
            at.html(response, body),
            url=response.url,
            status=response.status,
            rules=article_rules(section),
            listing_title=visit.title,
            force=section.watched,
            template=UNLEARNED if section.watched else template,
        )
    if section.watched:  # it teaches nothing: what it says each week is not the portal's frame
        extraction, learned = of_week(extraction, visit.url), template
    return merge_row(extraction, visit, documents=section.kind == "documents"), learned


async def _said_before(at: SectionCrawl, visit: Visit, response: Response, now: str, template: Template) -> str | None:
    """The identity of the last wording, its kept page read as pages are read now; None where that is not needed.

    As the template learns, a text loses a box: then the page has not changed, and only our reading has.
    """
    if visit.article_id is None:
        return None
    before, body = await at.store(at.crawl.memory.last_wording, visit.article_id)
    if before == now or body is None:
        return None
    try:
        return content_hash(_said(at, visit, response, body, template)[0])
    except CrawlError:
        return None
