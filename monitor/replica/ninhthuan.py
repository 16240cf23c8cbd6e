"""The replica of a provincial portal on a WebForms system of its own, as Ninh Thuận's seed has it: pages by postback."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from monitor.replica import ninhthuan_html as html
from monitor.replica.articles import Block, Caption, Paragraph, SeedArticle, Table, clean, expected_text
from monitor.replica.markup import pdf, picture, raw_html
from monitor.replica.newer_contents import NINHTHUAN, WEEK
from monitor.replica.timeline import Content
from monitor.replica.visit import WEEKDAYS, Page, Visit, paged

PAGE_SIZE = 5
GRID = "ctl00$ContentPlaceHolder1$grvTinTuc"

SCHEDULE = "/ChiTietLich.aspx?tuan=8-2023"
"""The schedule of a week as a table; its third row is struck out."""
SCHEDULE_AS_FILE = "/ChiTietLich.aspx?tuan=9-2023"
"""The schedule of the next week: a link to a PDF, and no word more."""
SCHEDULE_FILE = "/Upload/LichCongTac/lich-tuan-9-2023.pdf"

_KEY = b"the machine key of a replica"
_DETAIL = "/ChiTietTin.aspx"
_STATIC = {"/GioiThieu.aspx": "Giới thiệu", "/LienHe.aspx": "Liên hệ", "/search": "Tìm kiếm", "/admin": "Đăng nhập"}
_WEEKS = (
    (SCHEDULE_AS_FILE, "Lịch công tác tuần 9 năm 2023 của lãnh đạo UBND tỉnh (từ ngày 27/02 đến ngày 03/3)", date(2023, 2, 24)),
    (SCHEDULE, "Lịch công tác tuần 8 năm 2023 của lãnh đạo UBND tỉnh (từ ngày 20/02 đến ngày 24/02)", date(2023, 2, 17)),
)  # fmt: skip


class NinhThuan:
    """Pages of the replica `ninhthuan`; see `Site` in `portal` for the shape that it shares with the others."""

    name = "ninhthuan"
    title = "Trang TTĐT tỉnh Ninh Thuận"
    owner = ("province", "Ninh Thuận")
    news = "/TinTuc.aspx"
    story = NINHTHUAN

    def path(self, article: SeedArticle) -> str:
        """The article's address: one page for all, and the article's number."""
        return f"{_DETAIL}?idTin={self._numbers[article.id]}&idNhom=5"

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.id: 20871 + 13 * place for place, one in enumerate(self.story.ever)}

    def page(self, path: str, query: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page at a path, or None where the portal has none."""
        if path == self.news:
            return self._listing(1, content, visit)  # whatever the address asks for: only the form turns pages
        if path in ("/", "/Default.aspx"):
            rows = "\n".join(self._row(one, place) for place, one in enumerate(content.articles[:3], 2))
            return self._framed(html.LISTING.substitute(rows=rows, pager=""), path, 1, content, visit)
        if path == "/LichCongTac.aspx":
            return self._weeks(content, visit)
        if path == "/ChiTietLich.aspx":
            return self._schedule(f"{path}?tuan={query.get('tuan')}", content, visit)
        if path == SCHEDULE_FILE:
            return Page(
                pdf(["Lịch công tác tuần 9 năm 2023", "27/02/2023: Họp giao ban"]), content_type="application/pdf"
            )
        if path in _STATIC:
            return self.notice(_STATIC[path], "Nội dung đang được cập nhật.", content, visit)
        if path.endswith(".png"):
            return Page(picture(), content_type="image/png")
        if path == _DETAIL:
            for article in content.articles:
                if query.get("idTin") == str(self._numbers[article.id]):
                    return self._article(article, content, visit)
        return None

    def posted(self, path: str, form: Mapping[str, str], content: Content, visit: Visit) -> Page | None:
        """The page of the listing that a postback asks for, as WebForms answers it.

        Without a view state the form is no postback: page 1. With one that was not made here, with the validation of
        another page, or with an argument that the page did not offer: an error with status 500.
        """
        if path != self.news:
            return None
        if "__VIEWSTATE" not in form:
            return self._listing(1, content, visit)
        here = _number_in(form["__VIEWSTATE"])
        if here is None:
            return _yellow("Validation of viewstate MAC failed.")
        target, argument = form.get("__EVENTTARGET", ""), form.get("__EVENTARGUMENT", "")
        _, last = paged(len(content.articles), PAGE_SIZE, here)
        offered = {f"Page${one}": one for one in range(1, last + 1) if one != here}
        if form.get("__EVENTVALIDATION") != _validation(form["__VIEWSTATE"]) or (target == GRID) != (
            argument in offered
        ):
            return _yellow("Invalid postback or callback argument.")
        return self._listing(offered.get(argument, here), content, visit)

    def notice(self, heading: str, words: str, content: Content, visit: Visit) -> Page:
        """A page of the portal that says a few words: static pages and "not found" look like this."""
        main = html.PLAIN.substitute(heading=raw_html(heading), words=raw_html(words))
        return self._framed(main, self.news, 1, content, visit)

    def sections(self, url: str, selectors: bool) -> list[dict[str, object]]:
        """The portal's section as its YAML states it, with hand-written selectors or without any."""
        news: dict[str, object] = {"id": "tin-tuc", "url": f"{url}{self.news.lstrip('/')}", "kind": "news"}
        if selectors:
            news["listing"] = {
                "entry": "[id$=_grvTinTuc] table:has(a.tieudetin)",
                "link": "a.tieudetin",
                "title": "a.tieudetin",
                "published": ".ngaytin",
                "next": "tr.phantrang span + a, tr.phantrang td:has(span) + td a",
            }
            news["article"] = {
                "title": "[id$=_lblTieuDe]",
                "published": "[id$=_lblNgayDang]",
                "body": "td.noidung",
            }
        return [news]

    def _framed(
        self, main: str, action: str, number: int, content: Content, visit: Visit, listed: tuple[str, ...] | None = None
    ) -> Page:
        viewstate = _viewstate(number, visit)
        body = html.FRAME.substitute(
            action=action,
            viewstate=viewstate,
            validation=_validation(viewstate),
            clock=f"{WEEKDAYS[visit.now.weekday()]}, ngày {visit.now:%d/%m/%Y %H:%M:%S}",
            latest="".join(
                f'<a href="{raw_html(self.path(one))}">{raw_html(one.title)}</a><br />'
                for one in visit.sample(content.articles, 3)
            ),
            online=visit.online,
            today=visit.today,
            total=visit.total,
            main=main,
        )
        return Page(body, listed)

    def _listing(self, number: int, content: Content, visit: Visit) -> Page:
        part, last = paged(len(content.articles), PAGE_SIZE, number)
        shown = content.articles[part]
        rows = "\n".join(self._row(one, place) for place, one in enumerate(shown, 2))
        listed = tuple(f"{self.path(one)} {one.title} {one.moment}" for one in shown)
        main = html.LISTING.substitute(rows=rows, pager=_pager(number, last))
        return self._framed(main, self.news, number, content, visit, (*listed, f"{number}/{last}"))

    def _row(self, article: SeedArticle, place: int) -> str:
        summary = clean(expected_text(article).split("\n")[0])
        return html.ROW.substitute(
            path=raw_html(self.path(article)),
            place=f"{place:02}",
            id=article.id,
            title=raw_html(article.title),
            stamp=_stamp(article),
            summary=raw_html(summary[:150].rstrip()) + ("..." if len(summary) > 150 else ""),
        )

    def _article(self, article: SeedArticle, content: Content, visit: Visit) -> Page:
        others = [one for one in content.articles if one.id != article.id][:6]
        main = html.ARTICLE.substitute(
            title=raw_html(article.title),
            stamp=_stamp(article),
            views=visit.views(article),
            body="\n".join(_block(one, article.id) for one in article.blocks),
            signed=raw_html(article.byline or article.source_line or ""),
            others="".join(
                html.OTHER.substitute(
                    path=raw_html(self.path(one)), title=raw_html(one.title), stamp=f"{one.day:%d/%m/%Y}"
                )
                for one in others
            ),
        )
        return self._framed(main, raw_html(self.path(article)), 1, content, visit)

    def _weeks(self, content: Content, visit: Visit) -> Page:
        rows = "".join(
            html.WEEK_ROW.substitute(path=path, title=title, day=f"{day:%d/%m/%Y}") for path, title, day in _WEEKS
        )
        return self._framed(html.WEEKS.substitute(rows=rows), "/LichCongTac.aspx", 1, content, visit)

    def _schedule(self, path: str, content: Content, visit: Visit) -> Page | None:
        for known, title, day in _WEEKS:
            if path == known:
                body = _week() if path == SCHEDULE else f'<p>Xem <a href="{SCHEDULE_FILE}">chi tiết</a></p>'
                main = html.SCHEDULE.substitute(title=raw_html(title), day=f"{day:%d/%m/%Y}", body=body)
                return self._framed(main, path, 1, content, visit)
        return None


def _viewstate(number: int, visit: Visit) -> str:
    """The page's state, signed: its number, and filler as large as that of a real page."""
    filler = hashlib.sha512(f"{visit.count}".encode()).hexdigest() * 12
    state = json.dumps({"page": number, "controls": filler}).encode()
    return b64encode(hmac.digest(_KEY, state, "sha1") + state).decode()


def _number_in(viewstate: str) -> int | None:
    """The page's number in a view state; None where it was not made here."""
    try:
        signed = b64decode(viewstate, validate=True)
    except (NotBase64, ValueError):
        return None
    if not hmac.compare_digest(signed[:20], hmac.digest(_KEY, signed[20:], "sha1")):
        return None
    return int(json.loads(signed[20:])["page"])


def _validation(viewstate: str) -> str:
    return b64encode(hmac.digest(_KEY, b"events of " + viewstate.encode(), "sha256")).decode()


def _yellow(reason: str) -> Page:
    return Page(html.YELLOW.substitute(reason=reason), status=500)


def _pager(number: int, last: int) -> str:
    def cell(one: int) -> str:
        if one == number:
            return f"<td><span>{one}</span></td>"
        return f"<td><a href=\"javascript:__doPostBack('{GRID}','Page${one}')\">{one}</a></td>"

    cells = "".join(cell(one) for one in range(1, last + 1))
    return f'<tr class="phantrang" align="center"><td><table border="0"><tr>{cells}</tr></table></td></tr>'


def _stamp(article: SeedArticle) -> str:
    """The publication as .NET writes it under Vietnamese settings: 20/02/2023 3:10:00 CH."""
    moment = article.moment
    return f"{moment:%d/%m/%Y} {moment.hour % 12 or 12}:{moment:%M:%S} {'CH' if moment.hour >= 12 else 'SA'}"


def _week() -> str:
    rows = ["<tr><td><b>Ngày</b></td><td><b>Thời gian</b></td><td><b>Nội dung</b></td><td><b>Địa điểm</b></td></tr>"]
    for day, time, what, where, struck in WEEK:
        cells = [f"<strike>{raw_html(cell)}</strike>" if struck else raw_html(cell) for cell in (time, what, where)]
        rows.append(f"<tr><td>{day}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f'<table border="1" cellpadding="3" cellspacing="0" width="100%">{"".join(rows)}</table>'


def _block(block: Block, id: str) -> str:
    if isinstance(block, Paragraph):
        return f'<p align="justify"><font face="Times New Roman" size="3">{raw_html(block.text)}</font></p>'
    if isinstance(block, Caption):
        # The editor's table of one column: a picture above, its words below.
        image = f'<tr><td align="center"><img src="/Upload/TinTuc/{id}-1.png" width="450" border="0" /></td></tr>'
        words = f'<tr><td align="center"><i><font size="2">{raw_html(block.text)}</font></i></td></tr>'
        return f'<table border="0" align="center" cellpadding="2"><tbody>{image}{words}</tbody></table>'
    if isinstance(block, Table):
        rows = "".join(
            "<tr>"
            + "".join(f'<td colspan="{one.span}">{raw_html(clean(" ".join(one.lines)))}</td>' for one in row)
            + "</tr>"
            for row in block.rows
        )
        return f'<table border="1" cellspacing="0" width="100%">{rows}</table>'
    return f"<p>{raw_html(block.text)}</p>"
