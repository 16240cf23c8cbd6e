"""The replica of a ministry's portal on Liferay 6, as mpi.gov.vn was: language links without end, no honest 404."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlencode

from monitor.replica import mpi_html as html
from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, clean, expected_text
from monitor.replica.markup import entity_html, picture, raw_html, slug
from monitor.replica.newer_contents import MPI
from monitor.replica.timeline import Content
from monitor.replica.visit import Page, Visit, page_number, paged, stamp

PAGE_SIZE = 5

TRAP = "/tin-moi"
"""A page whose rows lead to known articles through the languages, twice each."""

_STATIC = {"/gioi-thieu": "Giới thiệu", "/lien-he": "Liên hệ", "/search": "Tìm kiếm", "/admin": "Đăng nhập"}
_LANGUAGES = re.compile(r"^.*/(?:en|vi)(?=/)")
_TRAILING = re.compile(r"(?:/(?:en|vi))+/?$")
_PORTLET = {
    "p_p_id": "101", "p_p_lifecycle": "0", "p_p_state": "normal", "p_p_mode": "view", "p_p_col_id": "column-1",
    "p_p_col_pos": "1", "p_p_col_count": "2", "_101_delta": str(PAGE_SIZE), "_101_keywords": "",
    "_101_advancedSearch": "false", "_101_andOperator": "true", "p_r_p_564233524_resetCur": "false",
}  # fmt: skip


class Mpi:
    """Pages of the replica `mpi`; see `Site` in `portal` for the shape that it shares with the others."""

    name = "mpi"
    title = "Cổng TTĐT Bộ Kế hoạch và Đầu tư"
    owner = ("body", "Bộ Kế hoạch và Đầu tư")
    news = "/tin-tuc"
    story = MPI

    def path(self, article: SeedArticle) -> str:
        """The article's address: its number and its whole title as a slug, behind Liferay's dash."""
        return f"{self.news}/-/view_content/{self._numbers[article.id]}-{slug(article.title).lower()}.html"

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.id: 4374098 + 211 * place for place, one in enumerate(self.story.ever)}

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page:
        """The page at a path; what is not there is told with status 200. Languages in a path change nothing."""
        path = _LANGUAGES.sub("", _TRAILING.sub("", path)) or "/"
        if path == self.news:
            return self._listing(page_number(query, "_101_cur"), content, visit)
        if path == TRAP:
            return self._variants(content, visit)
        if path == "/":
            rows = "\n".join(self._row(one) for one in content.articles[:3])
            return self._framed("Trang chủ", "Tin tức", rows, path, content, visit)
        if path in _STATIC:
            return self.notice(_STATIC[path], "Nội dung đang được cập nhật.", content, visit)
        if path.endswith(".png"):
            return Page(picture(), content_type="image/png")
        if path.endswith(".css"):
            return Page("body {}", content_type="text/css")
        for article in content.articles:
            if path == self.path(article):
                return self._article(article, content, visit)
        return self.notice("Không tìm thấy", "Tài nguyên bạn yêu cầu không tồn tại.", content, visit)

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page of the portal that says a few words. Its canonical is the site's root, whatever the address was."""
        main = html.PLAIN.substitute(heading=raw_html(heading), words=raw_html(words))
        return self._framed(heading, "Thông báo", main, "/", content, visit)

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The portal's section as its YAML states it, with hand-written selectors or without any."""
        news: dict[str, object] = {"id": "tin-tuc", "url": f"{url}{self.news.lstrip('/')}", "kind": "news"}
        if selectors:
            news["listing"] = {
                "entry": ".asset-bounddary",
                "link": ".asset-title a",
                "title": ".asset-title a",
                "published": ".assetPublishDate",
                "next": "ul.pager li:last-child a",
            }
            news["article"] = {
                "title": "h2.header-title",
                "published": ".asset-full-content .assetPublishDate",
                "body": ".journal-content-article",
            }
        return [news]

    def _framed(
        self,
        title: str,
        topper: str,
        main: str,
        path: str,
        content: Content,
        visit: Visit,
        listed: tuple[str, ...] | None = None,
    ) -> Page:
        body = html.FRAME.substitute(
            title=raw_html(title),
            topper=raw_html(topper),
            canonical=path,
            # Relative on purpose: each language leads one folder deeper, and the same page is there again.
            leaf=path.rpartition("/")[2],
            here=path.lstrip("/"),
            plid=10_182 + visit.count,
            main=main,
            latest="".join(f"<li>{self._link(one)}</li>" for one in visit.sample(content.articles, 4)),
            digits="".join(f"<li><span>{digit}</span></li>" for digit in f"{visit.total:08}"),
        )
        return Page(body, listed)

    def _link(self, article: SeedArticle) -> str:
        return f'<a href="{self.path(article)}">{raw_html(article.title)}</a>'

    def _listing(self, number: int, content: Content, visit: Visit) -> Page:
        part, last = paged(len(content.articles), PAGE_SIZE, number)
        shown = content.articles[part]
        main = html.LISTING.substitute(
            rows="\n".join(self._row(one) for one in shown), number=number, last=last, pager=self._pager(number, last)
        )
        listed = tuple(f"{self.path(one)} {one.title} {one.moment}" for one in shown)
        return self._framed("Tin tức", "Tin tức", main, self.news, content, visit, (*listed, f"{number}/{last}"))

    def _pager(self, number: int, last: int) -> str:
        def button(one: int, words: str) -> str:
            if not 1 <= one <= last:
                return f'<li class="disabled"><a href="javascript:;">{words}</a></li>'
            # Eight letters of every address say which page; the other two hundred say nothing.
            query = urlencode({**_PORTLET, "_101_cur": one})
            return f'<li class=""><a href="{self.news}?{raw_html(query)}">{words}</a></li>'

        return button(number - 1, "&larr; Trước") + button(number + 1, "Tiếp theo &rarr;")

    def _row(self, article: SeedArticle) -> str:
        summary = clean(expected_text(article).split("\n")[0])
        return html.ROW.substitute(
            # Relative, as the portlet writes it: under /en/tin-tuc it leads to /en/tin-tuc/-/view_content/...
            path=self.path(article).lstrip("/"),
            id=article.id,
            title=raw_html(article.title),
            stamp=_stamp(article),
            summary=entity_html(summary[:170].rstrip()) + ("..." if len(summary) > 170 else ""),
        )

    def _variants(self, content: Content, visit: Visit) -> Page:
        rows = [
            html.VARIANT_ROW.substitute(path=variant, title=raw_html(one.title), stamp=_stamp(one))
            for one in [one for one in content.articles if one.id not in content.faults][:4]
            for variant in (f"en/en/vi{self.path(one)}", f"{self.path(one)}/vi/en")
        ]
        return self._framed("Tin mới", "Tin mới", "\n".join(rows), TRAP, content, visit)

    def _article(self, article: SeedArticle, content: Content, visit: Visit) -> Page:
        others = [one for one in content.articles if one.id != article.id]
        blocks = [_block(one, article.id) for one in article.blocks]
        if article.source_line:
            blocks.append(f'<p style="text-align: right;"><em>{entity_html(article.source_line)}</em></p>')
        main = html.ARTICLE.substitute(
            title=raw_html(article.title),
            stamp=_stamp(article),
            views=visit.views(article),
            body="\n".join(blocks),
            shared=raw_html(others[0].title).replace("'", ""),
            heading=raw_html(article.epilogue.strip() if article.epilogue else "Các tin liên quan"),
            related="".join(f'<li class="asset-links-list-item">{self._link(one)}</li>' for one in others[:5]),
        )
        return self._framed(article.title, "Tin tức", main, self.path(article), content, visit)


def _stamp(article: SeedArticle) -> str:
    """The publication as the asset publisher writes it; midnight where nobody gave an hour."""
    return stamp(article, "%d/%m/%Y | %I:%M %p")


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p style="text-align: justify;"><span style="font-size:14px;">{entity_html(block.text)}</span></p>'
    if isinstance(block, Caption):
        image = f'<img alt="" src="/documents/10180/{id}-1.png" style="width: 500px; height: 333px;" />'
        return f'<p style="text-align: center;">{image}</p>\n<p style="text-align: center;"><em>{entity_html(block.text)}</em></p>'
    if isinstance(block, Table):
        rows = "".join(
            "<tr>"
            + "".join(f'<td colspan="{one.span}">{entity_html(clean(" ".join(one.lines)))}</td>' for one in row)
            + "</tr>"
            for row in block.rows
        )
        return f'<table border="1" style="width: 100%;"><tbody>{rows}</tbody></table>'
    return f"<p>{entity_html(block.text)}</p>"
