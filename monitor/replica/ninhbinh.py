"""The replica of a provincial portal on NukeViet, after ninhbinh.gov.vn's text: one news section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from monitor.replica import ninhbinh_html as html
from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, expected_text
from monitor.replica.contents import NINHBINH
from monitor.replica.markup import entity_html, picture, raw_html, slug
from monitor.replica.timeline import Content
from monitor.replica.visit import WEEKDAYS, Page, Visit, paged

PAGE_SIZE = 5

_SECTION = "/vi/news/tin-tuc-su-kien/"
_STATIC = {
    "/vi/about/": "Giới thiệu",
    "/vi/contact/": "Liên hệ",
    "/search": "Kết quả tìm kiếm",
    "/admin": "Đăng nhập hệ thống",
}


class NinhBinh:
    """Pages of the replica `ninhbinh`; see `Site` in `portal` for the shape that it shares with the others."""

    name = "ninhbinh"
    title = "Cổng TTĐT tỉnh Ninh Bình"
    owner = ("province", "Ninh Bình")
    news = _SECTION
    story = NINHBINH

    def path(self, article: SeedArticle) -> str:
        """The article's address: the whole title as a slug, and a number that grows with time."""
        return f"{_SECTION}{slug(article.title).lower()}-{self._numbers[article.id]}.html"

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.id: 1204 + 7 * place for place, one in enumerate(self.story.ever)}

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page at a path, or None where the portal has none."""
        if path == _SECTION:
            return self._listing(1, content, visit)
        if found := re.fullmatch(rf"{_SECTION}page-([1-9]\d{{0,3}})/?", path, re.ASCII):
            return self._listing(int(found[1]), content, visit)
        if path == "/":
            rows = "\n".join(self._row(one, visit) for one in content.articles[:3])
            return self._framed("Trang nhất", html.LISTING.substitute(rows=rows, pager=""), path, content, visit)
        if path in _STATIC:
            return self.notice(_STATIC[path], "Nội dung đang được cập nhật.", content, visit)
        if path.endswith(".png"):
            return Page(picture(), content_type="image/png")
        for article in content.articles:
            if path == self.path(article):
                return self._article(article, content, visit)
        return None

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page of the portal that says a few words: static pages and "not found" look like this."""
        main = html.PLAIN.substitute(heading=raw_html(heading), words=raw_html(words))
        # Its canonical is the home page: whoever merges by canonical merges it with that.
        return self._framed(heading, main, "/", content, visit)

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The portal's section as its YAML states it, with hand-written selectors or without any."""
        news: dict[str, object] = {"id": "tin-tuc", "url": f"{url}{_SECTION.lstrip('/')}", "kind": "news"}
        if selectors:
            news["listing"] = {
                "entry": "#news-list > .panel",
                "link": "h3 a",
                "title": "h3 a",
                "published": ".text-muted li:first-child",
                "next": "ul.pagination a[rel=next]",
            }
            news["article"] = {
                "title": "#news-detail h1.title",
                "published": "#news-detail span.h5",
                "body": "#news-detail .panel-body",
                "drop": ["ol.breadcrumb", "h1.title", ".row.margin-bottom-lg"],
            }
        return [news]

    def _framed(
        self,
        title: str,
        main: str,
        canonical: str,
        content: Content,
        visit: Visit,
        description: str = "Cổng thông tin điện tử tỉnh Ninh Bình",
        listed: tuple[str, ...] | None = None,
    ) -> Page:
        counter = html.COUNTER.substitute(
            online=visit.online + 3,
            bots=visit.online % 5 + 1,
            guests=visit.online + 2 - visit.online % 5,
            today=f"{visit.today:,}",
            month=f"{visit.today * 11:,}",
            total=f"{visit.total:,}",
        )
        by_views = sorted(content.articles, key=lambda one: visit.views(one) * 31 % 97, reverse=True)
        body = html.FRAME.substitute(
            title=raw_html(title),
            description=raw_html(description),
            canonical=canonical,
            # The trap of the real pages: "updated" is the moment of the request, for an article of any age.
            updated=visit.now.isoformat(timespec="seconds"),
            clock=f"{WEEKDAYS[visit.now.weekday()]}, {visit.now:%d/%m/%Y, %H:%M:%S}",
            main=main,
            latest="".join(self._link(one) for one in visit.sample(content.articles, 4)),
            popular="".join(self._link(one) for one in by_views[:4]),
            counter=counter,
        )
        return Page(body, listed)

    def _link(self, article: SeedArticle, day: bool = False) -> str:
        title = raw_html(article.title)
        stamp = f" <em>({article.moment:%d/%m/%Y})</em>" if day else ""
        return f'<li><a href="{self.path(article)}" title="{title}">{title}</a>{stamp}</li>'

    def _listing(self, number: int, content: Content, visit: Visit) -> Page | None:
        part, last = paged(len(content.articles), PAGE_SIZE, number)
        if number > last:
            return None
        shown = content.articles[part]
        main = html.LISTING.substitute(
            rows="\n".join(self._row(one, visit) for one in shown), pager=_pager(number, last)
        )
        listed = tuple(f"{self.path(one)} {one.title} {one.moment}" for one in shown)
        canonical = _SECTION if number == 1 else f"{_SECTION}page-{number}/"
        return self._framed("Tin tức sự kiện", main, canonical, content, visit, listed=(*listed, f"{number}/{last}"))

    def _row(self, article: SeedArticle, visit: Visit) -> str:
        summary = expected_text(article).split("\n")[0]
        return html.ROW.substitute(
            path=self.path(article),
            id=article.id,
            title=raw_html(article.title),
            published=f"{article.moment:%d/%m/%Y %H:%M}",
            views=visit.views(article),
            summary=entity_html(summary[:160].rstrip()) + ("..." if len(summary) > 160 else ""),
        )

    def _article(self, article: SeedArticle, content: Content, visit: Visit) -> Page:
        dateline = article.updated
        if dateline is None:
            dateline = f"Đăng lúc: {WEEKDAYS[article.day.weekday()]} - {article.moment:%d/%m/%Y %H:%M}"
        place = content.articles.index(article)
        signed = article.byline or article.source_line
        author = f'<p class="h5" style="text-align:right"><strong>{entity_html(signed)}</strong></p>' if signed else ""
        main = html.ARTICLE.substitute(
            title=raw_html(article.title),
            dateline=raw_html(dateline),
            views=visit.views(article),
            hometext=f'<div class="hometext">{entity_html(article.lead)}</div>' if article.lead else "",
            body="\n".join(_block(one, article.id) for one in article.blocks),
            author=author,
            newer="".join(self._link(one, day=True) for one in content.articles[max(0, place - 3) : place]),
            older="".join(self._link(one, day=True) for one in content.articles[place + 1 : place + 5]),
        )
        description = expected_text(article).split("\n")[0][:150]
        return self._framed(article.title, main, self.path(article), content, visit, description)


def _pager(number: int, last: int) -> str:
    def link(one: int, words: str, rel: str = "") -> str:
        address = _SECTION if one == 1 else f"{_SECTION}page-{one}/"
        return f'<li class="page-item"><a class="page-link"{rel} href="{address}">{words}</a></li>'

    parts = [link(number - 1, "&laquo;", ' rel="prev"')] if number > 1 else []
    for one in range(1, last + 1):
        current = f'<li class="page-item active"><a class="page-link" href="#">{one}</a></li>'
        parts.append(current if one == number else link(one, str(one)))
    if number < last:
        parts.append(link(number + 1, "&raquo;", ' rel="next"'))
    return "".join(parts)


def _cell(lines: tuple[str, ...]) -> str:
    return "".join(f'<p style="margin:0">{entity_html(line)}</p>' for line in lines)


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p style="text-align: justify;"><span style="font-size:16px;">{entity_html(block.text)}</span></p>'
    if isinstance(block, Caption):
        image = f'<img alt="" height="400" src="/uploads/news/{id}.png" width="600" />'
        return f'<div style="text-align:center">{image}<br /><em>{entity_html(block.text)}</em></div>'
    if isinstance(block, Table):
        rows = "\n".join(
            "<tr>"
            + "".join(
                f'<td colspan="{one.span}" style="text-align:center">{_cell(one.lines)}</td>'
                if one.span > 1
                else f'<td style="width:212px">{_cell(one.lines)}</td>'
                for one in row
            )
            + "</tr>"
            for row in block.rows
        )
        return f'<table border="1" cellpadding="0" cellspacing="0" style="width:100%"><tbody>\n{rows}\n</tbody></table>'
    return f"<p>{entity_html(block.text)}</p>"
