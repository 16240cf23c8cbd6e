"""The replica of a provincial portal on SharePoint, after thanhhoa.gov.vn: news and a documents table."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping

from monitor.replica import thanhhoa_html as html
from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, clean, expected_text
from monitor.replica.contents import THANHHOA
from monitor.replica.markup import pdf, picture, raw_html, slug
from monitor.replica.timeline import Content, Document
from monitor.replica.visit import Page, Visit, page_number, paged

PAGE_SIZE = 5

_STATIC = {
    "/portal/Pages/gioi-thieu.aspx": "Giới thiệu",
    "/portal/Pages/thu-tuc.aspx": "Thủ tục hành chính",
    "/portal/Pages/lien-he.aspx": "Liên hệ",
    "/portal/Pages/duong-day-nong.aspx": "Đường dây nóng",
    "/portal/Pages/so-do.aspx": "Sơ đồ cổng",
    "/search": "Kết quả tìm kiếm",
    "/admin": "Đăng nhập hệ thống",
}


class ThanhHoa:
    """Pages of the replica `thanhhoa`; see `Site` in `portal` for the shape that it shares with the others."""

    name = "thanhhoa"
    title = "Cổng TTĐT tỉnh Thanh Hóa"
    owner = ("province", "Thanh Hóa")
    news = "/portal/Pages/tin-tuc.aspx"
    story = THANHHOA

    def path(self, article: SeedArticle) -> str:
        """The article's address: the day in the path, a slug cut short, eight signs of identity."""
        return f"/portal/Pages/{article.day:%Y-%m-%d}/{slug(article.title)[:19].rstrip('-')}-{_mark(article.id)}.aspx"

    def document_path(self, document: Document) -> str:
        """The address of a document's detail page."""
        return f"/portal/Pages/chi-tiet-van-ban.aspx?ItemID={document.item}"

    def file_path(self, document: Document) -> str:
        """The address of a document's PDF."""
        return f"/portal/VanBan/{document.issued:%Y-%m}/{_file_name(document)}"

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page at a path, or None where the portal has none."""
        if path == "/portal/Pages/tin-tuc.aspx":
            return self._news(query, content, visit)
        if path == "/portal/Pages/van-ban.aspx":
            return self._documents(query, content, visit)
        if path == "/portal/Pages/chi-tiet-van-ban.aspx":
            chosen = [one for one in content.documents if str(one.item) == query.get("ItemID")]
            return self._document(chosen[0], content, visit) if chosen else None
        if path in ("/", "/portal/Pages/default.aspx"):
            rows = "".join(self._news_row(one) for one in content.articles[:3])
            main = html.NEWS.substitute(guid=html.GUIDS["home"], rows=rows, pager="")
            return self._framed(main, content, visit)
        if path in _STATIC:
            return self.notice(_STATIC[path], "Nội dung đang được cập nhật.", content, visit)
        if path.endswith(".png"):
            return Page(picture(), content_type="image/png")
        for document in content.documents:
            if path == self.file_path(document):
                lines = [f"Số: {document.number}", f"Ngày {document.issued:%d/%m/%Y}", document.abstract]
                return Page(pdf(lines), content_type="application/pdf")
        for article in content.articles:
            if path == self.path(article):
                return self._article(article, content, visit)
        return None

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page of the portal that says a few words: static pages and "not found" look like this."""
        main = html.PLAIN.substitute(guid=html.GUIDS["plain"], heading=raw_html(heading), words=raw_html(words))
        return self._framed(main, content, visit)

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The portal's sections as its YAML states them, with hand-written selectors or without any."""
        news: dict[str, object] = {"id": "tin-tuc", "url": f"{url}portal/Pages/tin-tuc.aspx", "kind": "news"}
        documents: dict[str, object] = {
            "id": "van-ban",
            "url": f"{url}portal/Pages/van-ban.aspx",
            "kind": "documents",
        }
        if selectors:
            news["listing"] = {
                "entry": "[id$=_pnListNews] table.itemnews",
                "link": "a.lnkTieuDe",
                "title": "a.lnkTieuDe",
                "published": "span.ngaydang",
                "next": "[id$=_pnPhanTrang] a[title='Trang sau']",
            }
            news["article"] = {
                "title": "[id$=_lblTieuDe]",
                "body": "[id$=_pnChiTiet]",
                "drop": ["ul.ctl_right", ".tieude", ".zoom", ".chiase", ".luotxem", "[id$=_pnTinLienQuan]"],
            }
            documents["listing"] = {
                "entry": "[id$=_grvVanBan] tr.rowvb",
                "link": "td:nth-child(1) a",
                "title": "td:nth-child(3)",
                "published": "td:nth-child(2)",
                "next": "[id$=_pnPhanTrang] a[title='Trang sau']",
            }
            documents["article"] = {
                "title": "[id$=_lblTrichYeu]",
                "published": "[id$=_lblNgayBanHanh]",
                "body": "[id$=_pnVanBan] table",
            }
        return [news, documents]

    def _framed(self, main: str, content: Content, visit: Visit, listed: tuple[str, ...] | None = None) -> Page:
        weekday = "Chủ nhật" if visit.now.weekday() == 6 else f"Thứ {visit.now.weekday() + 2}"
        body = html.FRAME.substitute(
            count=visit.count,
            viewstate=b64encode(hashlib.sha512(f"state {visit.count}".encode()).digest() * 4).decode(),
            validation=b64encode(hashlib.sha256(f"event {visit.count}".encode()).digest()).decode(),
            clock=f"{weekday}, Ngày {visit.now:%d/%m/%Y}",
            latest="".join(self._link(one) for one in visit.sample(content.articles, 4)),
            main=main,
        )
        return Page(body, listed)

    def _link(self, article: SeedArticle) -> str:
        return f'<li><a href="{self.path(article)}">{raw_html(article.title)}</a></li>'

    def _news(self, query: Mapping[str, str], content: Content, visit: Visit) -> Page:
        number = page_number(query)
        part, last = paged(len(content.articles), PAGE_SIZE, number)
        shown = content.articles[part]
        main = html.NEWS.substitute(
            guid=html.GUIDS["news"],
            rows="\n".join(self._news_row(one) for one in shown),
            pager=_pager("/portal/Pages/tin-tuc.aspx", number, last),
        )
        listed = tuple(f"{self.path(one)} {one.title} {one.day}" for one in shown)
        return self._framed(main, content, visit, (*listed, f"{number}/{last}"))

    def _news_row(self, article: SeedArticle) -> str:
        # The summary is cut in the middle of a sentence, so a number in it may be cut too.
        summary = expected_text(article).split("\n")[0]
        return html.NEWS_ROW.substitute(
            path=self.path(article),
            id=article.id,
            title=raw_html(article.title),
            day=f"{article.day:%d - %m - %Y}",
            summary=raw_html(summary[:140].rstrip()) + ("..." if len(summary) > 140 else ""),
        )

    def _documents(self, query: Mapping[str, str], content: Content, visit: Visit) -> Page:
        number = page_number(query)
        part, last = paged(len(content.documents), PAGE_SIZE, number)
        shown = content.documents[part]
        rows = "\n".join(
            html.DOCUMENT_ROW.substitute(
                path=self.document_path(one),
                number=one.number,
                day=f"{one.issued:%d/%m/%Y}",
                abstract=raw_html(one.abstract),
                file=self.file_path(one),
            )
            for one in shown
        )
        pager = _pager("/portal/Pages/van-ban.aspx", number, last)
        main = html.DOCUMENTS.substitute(guid=html.GUIDS["documents"], rows=rows, pager=pager)
        listed = tuple(f"{one.item} {one.number} {one.abstract} {one.issued}" for one in shown)
        return self._framed(main, content, visit, (*listed, f"{number}/{last}"))

    def _document(self, document: Document, content: Content, visit: Visit) -> Page:
        main = html.DOCUMENT.substitute(
            guid=html.GUIDS["document"],
            counter=_counter(visit),
            number=document.number,
            day=f"{document.issued:%d/%m/%Y}",
            type=document.type,
            abstract=raw_html(document.abstract),
            file=self.file_path(document),
            name=_file_name(document),
        )
        return self._framed(main, content, visit)

    def _article(self, article: SeedArticle, content: Content, visit: Visit) -> Page:
        lead, source = article.lead, article.source_line
        others = [one for one in content.articles if one.id != article.id]
        main = html.ARTICLE.substitute(
            guid=html.GUIDS["article"],
            counter=_counter(visit),
            title=raw_html(article.title),
            # The share button carries the title of another article, as seen on real pages.
            shared=raw_html(others[0].title).replace("'", ""),
            lead=f'<div class="sapo" style="font-weight:bold"><p>{raw_html(lead)}</p></div>\n' if lead else "",
            body="\n".join(_block(one, article.id) for one in article.blocks),
            source=f'<p style="text-align:right"><em>{raw_html(source)}</em></p>' if source else "",
            views=visit.views(article),
            heading=raw_html(article.epilogue or "Các tin khác"),
            related="".join(self._link(one) for one in others[:5]),
        )
        return self._framed(main, content, visit)


def _mark(id: str) -> str:
    if id == "thanhhoa":
        return "vi5x3u4r"
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(signs[byte % 36] for byte in hashlib.sha256(id.encode()).digest()[:8])


def _file_name(document: Document) -> str:
    return f"{slug(document.number).upper()}.signed.pdf"


def _pager(path: str, number: int, last: int) -> str:
    parts = [f'<a href="{path}?page={number - 1}" title="Trang trước">&lsaquo;</a>'] if number > 1 else []
    for one in range(1, last + 1):
        parts.append(f"<span>{one}</span>" if one == number else f'<a href="{path}?page={one}">{one}</a>')
    if number < last:
        parts.append(f'<a href="{path}?page={number + 1}" title="Trang sau">&rsaquo;</a>')
    return "&nbsp;".join(parts)


def _counter(visit: Visit) -> str:
    return html.COUNTER.substitute(online=visit.online, today=visit.today, total=visit.total)


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p class="ms-rteElement-P" style="text-align:justify">{raw_html(block.text)}</p>'
    if isinstance(block, Caption):
        image = f'<img src="/portal/SiteCollectionImages/{id}.png" width="500" height="300" alt="" />'
        words = f"<em>{raw_html(block.text)}</em>"
        return f'<p style="text-align:center">{image}</p>\n<p style="text-align:center">{words}</p>'
    if isinstance(block, Table):
        rows = "".join(
            "<tr>"
            + "".join(f'<td colspan="{one.span}">{raw_html(clean(" ".join(one.lines)))}</td>' for one in row)
            + "</tr>"
            for row in block.rows
        )
        return f'<table class="ms-rteTable-default" cellspacing="0"><tbody>{rows}</tbody></table>'
    # SharePoint's editor leaves a zero width space in a paragraph that it keeps open.
    return f"<p>&#8203;{raw_html(block.text)}</p>"
