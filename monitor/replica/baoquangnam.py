"""The replica of a provincial newspaper, after baoquangnam.vn: a feed, JSON-LD, and other articles all around each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.utils import format_datetime
from functools import cached_property

from monitor.replica import baoquangnam_html as html
from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, clean, expected_text
from monitor.replica.markup import picture, raw_html, slug
from monitor.replica.newer_contents import BAOQUANGNAM
from monitor.replica.timeline import Content
from monitor.replica.visit import WEEKDAYS, Page, Visit, paged, stamp

PAGE_SIZE = 5

FEED = "/rss/chinh-tri.rss"
LATE_CHARSET = "dot-pha"
"""The id of an article whose page names its charset only after its title."""

_STATIC = {
    "/kinh-te/": "Kinh tế", "/xa-hoi/": "Xã hội", "/van-hoa/": "Văn hóa", "/the-thao/": "Thể thao", "/bao-in/": "Báo in",
    "/quang-cao/": "Quảng cáo", "/search": "Tìm kiếm", "/admin": "Đăng nhập",
}  # fmt: skip


class BaoQuangNam:
    """Pages of the replica `baoquangnam`; see `Site` in `portal` for the shape that it shares with the others."""

    name = "baoquangnam"
    title = "Báo Quảng Nam Online"
    owner = ("province", "Quảng Nam")
    news = "/chinh-tri/"
    story = BAOQUANGNAM

    def path(self, article: SeedArticle) -> str:
        """The article's address: its title as a slug and its number."""
        return f"{self.news}{slug(article.title).lower()}-{self._numbers[article.id]}.html"

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.id: 149902 + 37 * place for place, one in enumerate(self.story.ever)}

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page at a path, or None where the portal has none."""
        if path in ("/", self.news):
            return self._listing(1, content, visit)
        if found := re.fullmatch(rf"{self.news}trang-([1-9]\d{{0,3}})\.html", path, re.ASCII):
            return self._listing(int(found[1]), content, visit)
        if path == FEED:
            return self._feed(content, visit)
        if path in _STATIC or path.startswith("/tag/"):
            return self.notice(_STATIC.get(path, "Từ khóa"), "Chuyên mục đang được cập nhật.", content, visit)
        if path.endswith(".png"):
            return Page(picture(), content_type="image/png")
        if path.startswith("/static/"):
            return Page("", content_type="text/css" if path.endswith(".css") else "text/javascript")
        for article in content.articles:
            if path == self.path(article):
                return self._article(article, content, visit)
        return None

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page of the portal that says a few words: static pages and "not found" look like this."""
        main = html.PLAIN.substitute(heading=raw_html(heading), words=raw_html(words))
        return self._framed(heading, "Báo Quảng Nam Online", "/", main, content, visit)

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The portal's section as its YAML states it, with hand-written selectors or without any."""
        news: dict[str, object] = {"id": "chinh-tri", "url": f"{url}{self.news.lstrip('/')}", "kind": "news"}
        if selectors:
            news["listing"] = {
                "entry": ".story-featured, .story-item",
                "link": ".story-title a",
                "title": ".story-title a",
                "published": ".story-time",
                "next": "ul.page-nav a.next",
            }
            news["article"] = {
                "title": "h1.article-title",
                "published": ".article-info .time",
                "body": "article.article-detail",
                "drop": [".article-title", ".article-info", ".social-share", ".article-relate", ".article-tags"],
            }
        return [news]

    def _framed(
        self,
        title: str,
        description: str,
        canonical: str,
        main: str,
        content: Content,
        visit: Visit,
        *,
        meta: str = "",
        data: str = "",
        listed: tuple[str, ...] | None = None,
    ) -> Page:
        by_views = sorted(content.articles, key=lambda one: visit.views(one) * 53 % 89, reverse=True)
        body = html.FRAME.substitute(
            title=raw_html(title),
            description=raw_html(description),
            kind="article" if meta else "website",
            canonical=visit.root + canonical,
            meta=meta,
            data=data,
            clock=f"{WEEKDAYS[visit.now.weekday()]}, {visit.now:%d/%m/%Y, %H:%M} (GMT+7)",
            main=main,
            popular="".join(self._link(one) for one in by_views[:5]),
            latest="".join(self._link(one) for one in visit.sample(content.articles, 4)),
            online=visit.online,
            total=f"{visit.total:,}".replace(",", "."),
        )
        return Page(body, listed)

    def _link(self, article: SeedArticle) -> str:
        title = raw_html(article.title)
        return f'<li><a href="{self.path(article)}" title="{title}">{title}</a></li>'

    def _listing(self, number: int, content: Content, visit: Visit) -> Page | None:
        part, last = paged(len(content.articles), PAGE_SIZE, number)
        if number > last:
            return None
        shown = content.articles[part]
        # The newest stands apart and large, and is no row of the list.
        main = html.LISTING.substitute(
            featured=html.FEATURED.substitute(self._row(shown[0])) if number == 1 else "",
            rows="\n".join(html.ROW.substitute(self._row(one)) for one in (shown[1:] if number == 1 else shown)),
            pager=self._pager(number, last),
        )
        listed = tuple(f"{self.path(one)} {one.title} {one.moment}" for one in shown)
        return self._framed(
            "Chính trị", "Tin tức chính trị", self.news, main, content, visit, listed=(*listed, f"{number}/{last}")
        )

    def _pager(self, number: int, last: int) -> str:
        def link(one: int, words: str, marks: str = "") -> str:
            address = self.news if one == 1 else f"{self.news}trang-{one}.html"
            return f'<li><a{marks} href="{address}">{words}</a></li>'

        parts = [link(number - 1, "Trang trước", ' class="prev"')] if number > 1 else []
        for one in range(1, last + 1):
            parts.append(f'<li class="active"><span>{one}</span></li>' if one == number else link(one, str(one)))
        if number < last:
            parts.append(link(number + 1, "Trang sau", ' class="next"'))
        return "".join(parts)

    def _row(self, article: SeedArticle) -> dict[str, str]:
        return {
            "path": self.path(article),
            "id": article.id,
            "title": raw_html(article.title),
            "stamp": stamp(article, "%d/%m/%Y", " %H:%M"),
            "summary": raw_html(clean(expected_text(article).split("\n")[0])[:180]) + "...",
        }

    def _article(self, article: SeedArticle, content: Content, visit: Visit) -> Page:
        others = [one for one in content.articles if one.id != article.id]
        description = clean(expected_text(article).split("\n")[0])[:160]
        path = self.path(article)
        blocks = [_block(one, article.id) for one in article.blocks]
        links = "".join(f'<li><a href="{self.path(one)}">{raw_html(one.title)}</a></li>' for one in others[2:4])
        if len(blocks) > 2:
            blocks.insert(2, html.INLINE.substitute(links=links))
        main = html.ARTICLE.substitute(
            title=raw_html(article.title),
            author=raw_html(article.byline or ""),
            stamp=f"{WEEKDAYS[article.day.weekday()]}, {stamp(article, '%d/%m/%Y', ', %H:%M')} (GMT+7)",
            views=visit.views(article),
            shared=raw_html(others[0].title),
            canonical=visit.root + path,
            sapo=f'<div class="article-sapo"><p><strong>{raw_html(article.lead)}</strong></p></div>'
            if article.lead
            else "",
            body="\n".join(blocks),
            related="".join(self._link(one) for one in others[:3]),
            same="\n".join(
                html.SAME.substitute(path=self.path(one), id=one.id, title=raw_html(one.title)) for one in others[4:8]
            ),
        )
        iso = article.moment.isoformat()
        meta = f'<meta property="article:published_time" content="{iso}">\n<meta property="article:section" content="Chính trị">'
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": visit.root + path},
            "headline": article.title,
            "description": description,
            "datePublished": iso,
            "dateModified": iso,
            "author": {"@type": "Person", "name": article.byline or "Báo Quảng Nam"},
            "publisher": {"@type": "Organization", "name": "Báo Quảng Nam Online"},
        }
        script = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        return self._framed(article.title, description, path, main, content, visit, meta=meta, data=script)

    def _feed(self, content: Content, visit: Visit) -> Page:
        items = "\n".join(
            html.FEED_ITEM.substitute(
                title=one.title,
                path=visit.root + self.path(one),
                number=self._numbers[one.id],
                date=format_datetime(one.moment),
                id=one.id,
                summary=clean(expected_text(one).split("\n")[0])[:180],
            )
            for one in content.articles[:20]
        )
        return Page(html.FEED.substitute(url=visit.root + self.news, items=items), content_type="application/rss+xml")


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{raw_html(block.text)}</p>"
    if isinstance(block, Caption):
        image = f'<td class="pic"><img src="/images/news/{id}-1.png" alt=""></td>'
        words = f'<td class="pic-caption">{raw_html(block.text)}</td>'
        return f'<table class="picture"><tbody><tr>{image}</tr><tr>{words}</tr></tbody></table>'
    if isinstance(block, Table):
        rows = "".join(
            "<tr>"
            + "".join(f'<td colspan="{one.span}">{raw_html(clean(" ".join(one.lines)))}</td>' for one in row)
            + "</tr>"
            for row in block.rows
        )
        return f'<table class="content-table"><tbody>{rows}</tbody></table>'
    return f"<p>{raw_html(block.text)}</p>"
