"""The second template of every replica: what stands at an address stays, and nothing of its markup does.

It is the theme of a vendor's platform of today, as many portals moved to one: <article>, <figure>, <time>, cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Protocol

from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, clean, expected_text
from monitor.replica.markup import raw_html
from monitor.replica.timeline import Content
from monitor.replica.visit import Page, Visit, page_number, paged, stamp

PAGE_SIZE = 6


class Housed(Protocol):
    """What the template has to know of the portal that it houses."""

    @property
    def title(self) -> str:
        """The portal's name."""

    @property
    def news(self) -> str:
        """The address of the news."""

    def path(self, article: SeedArticle) -> str:
        """An article's address."""


def page(site: Housed, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
    """The news or an article in the new template; None for what the redesign left as it was."""
    if path == site.news:
        return _listing(site, page_number(query), content, visit)
    whole = path + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")
    for article in content.articles:
        if site.path(article) in (path, whole):
            return _article(site, article, content, visit)
    return None


def _listing(site: Housed, number: int, content: Content, visit: Visit) -> Page:
    part, last = paged(len(content.articles), PAGE_SIZE, number)
    shown = content.articles[part]
    cards = "\n".join(
        _CARD.substitute(
            path=site.path(one),
            id=one.id,
            title=raw_html(one.title),
            iso=one.published.isoformat(),
            day=stamp(one, "%d/%m/%Y", " %H:%M"),
            summary=raw_html(clean(expected_text(one).split("\n")[0])[:110]) + "…",
        )
        for one in shown
    )
    links = [
        f'<li class="paging__item{" paging__item--active" if one == number else ""}">'
        + (f"<span>{one}</span>" if one == number else f'<a href="{site.news}?page={one}">{one}</a>')
        + "</li>"
        for one in range(1, last + 1)
    ]
    if number < last:
        links.append(f'<li class="paging__item"><a rel="next" href="{site.news}?page={number + 1}">Trang sau</a></li>')
    main = _LISTING.substitute(cards=cards, pager="".join(links))
    listed = tuple(f"{site.path(one)} {one.title} {one.published}" for one in shown)
    return _framed(site, "Tin tức - Sự kiện", main, content, visit, ("redesigned", *listed, f"{number}/{last}"))


def _article(site: Housed, article: SeedArticle, content: Content, visit: Visit) -> Page:
    signed = article.byline or article.source_line
    others = [one for one in content.articles if one.id != article.id]
    main = _ARTICLE.substitute(
        title=raw_html(article.title),
        iso=article.published.isoformat(),
        day=stamp(article, "%d/%m/%Y", " %H:%M"),
        views=visit.views(article),
        sapo=f'<p class="detail__sapo"><strong>{raw_html(article.lead)}</strong></p>' if article.lead else "",
        body="\n".join(_block(one, article.id) for one in article.blocks),
        signed=f'<p class="detail__sign" style="text-align: right">{raw_html(clean(signed))}</p>' if signed else "",
        related="".join(_link(site, one) for one in others[:5]),
    )
    return _framed(site, article.title, main, content, visit)


def _framed(
    site: Housed, title: str, main: str, content: Content, visit: Visit, listed: tuple[str, ...] | None = None
) -> Page:
    body = _FRAME.substitute(
        title=raw_html(title),
        site=raw_html(site.title),
        news=site.news,
        main=main,
        hot="".join(_link(site, one) for one in visit.sample(content.articles, 5)),
        online=visit.online,
        total=f"{visit.total:,}".replace(",", "."),
    )
    return Page(body, listed)


def _link(site: Housed, article: SeedArticle) -> str:
    return f'<li><a href="{site.path(article)}">{raw_html(article.title)}</a></li>'


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{raw_html(block.text)}</p>"
    if isinstance(block, Caption):
        image = f'<img src="/media/{id}.png" alt="" width="680" height="420">'
        return f'<figure class="media">{image}<figcaption>{raw_html(clean(block.text))}</figcaption></figure>'
    if isinstance(block, Table):
        rows = "".join(
            "<tr>"
            + "".join(f'<td colspan="{one.span}">{raw_html(clean(" ".join(one.lines)))}</td>' for one in row)
            + "</tr>"
            for row in block.rows
        )
        return f'<div class="table-wrap"><table class="grid"><tbody>{rows}</tbody></table></div>'
    return ""


_FRAME = Template("""<!doctype html>
<html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title | $site</title>
<link rel="stylesheet" href="/assets/app.4f1c2b.css">
</head><body class="theme-2025">
<header class="masthead"><a class="masthead__brand" href="/">$site</a>
<nav class="masthead__nav"><ul><li><a href="/">Trang chủ</a></li><li><a href="$news">Tin tức - Sự kiện</a></li><li><a href="/gioi-thieu">Giới thiệu</a></li><li><a href="/lien-he">Liên hệ</a></li></ul></nav></header>
<main class="layout"><div class="layout__main">
$main
</div>
<aside class="layout__side"><section class="widget"><h2 class="widget__title">Tin nổi bật</h2><ul>$hot</ul></section></aside></main>
<footer class="colophon"><div class="colophon__name">$site</div>
<div class="colophon__note">Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</div>
<div class="visits"><span>Đang truy cập: <b>$online</b></span> <span>Tổng lượt truy cập: <b>$total</b></span></div></footer>
</body></html>
""")

_LISTING = Template("""<h1 class="page-title">Tin tức - Sự kiện</h1>
<div class="cards">
$cards
</div>
<nav class="paging" aria-label="Phân trang"><ul>$pager</ul></nav>""")

_CARD = Template("""<article class="card"><a class="card__thumb" href="$path"><img src="/media/$id.png" alt="" loading="lazy"></a>
<div class="card__body"><h2 class="card__title"><a href="$path">$title</a></h2>
<time class="card__date" datetime="$iso">$day</time>
<p class="card__summary">$summary</p></div></article>""")

_ARTICLE = Template("""<nav class="crumbs"><a href="/">Trang chủ</a> <span>›</span> <a href="#">Tin tức - Sự kiện</a></nav>
<article class="detail">
<h1 class="detail__title">$title</h1>
<div class="detail__meta"><time datetime="$iso">$day</time> <span class="detail__views">$views lượt xem</span></div>
<div class="detail__tools"><button type="button">Nghe bài viết</button> <a href="javascript:window.print()">In trang</a></div>
$sapo
<div class="detail__content">
$body
</div>
$signed
</article>
<section class="also"><h2>Tin liên quan</h2><ul>$related</ul></section>""")
