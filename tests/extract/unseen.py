"""Layouts that nobody wrote: a page is drawn by its seed from many independent choices, so no rule can be made for it.

One seed gives one portal; the responses of it differ only in what moves (`Moving`). `render` draws a page, and
`Drawn` says what a reader would take from it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from random import Random

from tests.extract.articles import CELL_LINES, Article
from tests.extract.layouts import Moving

SITES = (
    "Cổng thông tin điện tử tỉnh Thanh Bình",
    "Sở Thông tin và Truyền thông tỉnh Hòa Lạc",
    "UBND huyện Đông Giang",
    "Báo Thanh Bình điện tử",
    "Trang thông tin điện tử Sở Nội vụ",
)
MENUS = (
    "Trang chủ",
    "Giới thiệu",
    "Tin tức - Sự kiện",
    "Chỉ đạo điều hành",
    "Văn bản",
    "Thủ tục hành chính",
    "Công khai ngân sách",
    "Liên hệ",
    "Hỏi đáp",
    "Lịch công tác",
    "Công báo",
    "English",
)
SECTIONS = ("Tin trong tỉnh", "Chuyển đổi số", "Tin tức", "Hoạt động của lãnh đạo", "Chính trị", "Tin hoạt động")
STAMPS: tuple[tuple[str, str], ...] = (
    ("Cập nhật: Thứ ba, 09/08/2022", "2022-08-09"),
    ("Đăng ngày 11 - 11 - 2023", "2023-11-11"),
    ("03/04/2020 | 10:36 PM", "2020-04-03T22:36:00+07:00"),
    ("17/01/2014 | 12:00 AM", "2014-01-17"),
    ("Ngày đăng: 08/07/2024  11:38", "2024-07-08T11:38:00+07:00"),
    ("Th 4, 29/07/2020 | 09:26 SA", "2020-07-29T09:26:00+07:00"),
    ("22:33, 09/08/2021 (GMT+7)", "2021-08-09T22:33:00+07:00"),
    ("14/07/2021 - 20:45", "2021-07-14T20:45:00+07:00"),
    ("28-05-2024", "2024-05-28"),
    ("(29/06/2025, 14:49)", "2025-06-29T14:49:00+07:00"),
    ("(02/09/2021)", "2021-09-02"),
    ("Thứ tư - 28/12/2022 08:15", "2022-12-28T08:15:00+07:00"),
    ("Thứ Sáu, ngày 05/08/2022, 16:20", "2022-08-05T16:20:00+07:00"),
    ("Đăng lúc: 07:05, 09/08/2022", "2022-08-09T07:05:00+07:00"),
    ("Ngày đăng tin: 9/8/2022 3:05:00 CH", "2022-08-09T15:05:00+07:00"),
    ("Cập nhật lúc 15h30, ngày 9/8/2022", "2022-08-09T15:30:00+07:00"),
    ("Thứ năm, 11 tháng 8 năm 2022", "2022-08-11"),
    ("Được đăng: 12 Tháng 8 2022", "2022-08-12"),
    ("Ngày 09/08/2022", "2022-08-09"),
)
RELATED_HEADS = (
    "Các tin liên quan",
    "Tin liên quan",
    "Các tin khác",
    "TIN ĐÃ ĐƯA",
    "Tin cùng chuyên mục",
    "Những tin mới hơn",
    "Những tin cũ hơn:",
    "Bài viết liên quan",
    "Các bài viết khác",
    "Tin mới hơn",
    "Các tin đã đưa ngày",
    "Tin tức khác",
    "Có thể bạn quan tâm",
    "Các tin bài khác",
    "Tin khác",
    "Bài viết cùng chủ đề",
    "Xem thêm",
    "Tin, bài liên quan",
    "Các tin đã đăng:",
    "Tin cũ hơn",
)
SIDE_HEADS = (
    "Tin mới nhất",
    "Tin mới",
    "Xem nhiều",
    "Tin đọc nhiều",
    "Đọc nhiều nhất",
    "Thông báo",
    "Văn bản mới",
    "Tin nổi bật",
    "Video",
    "Thông tin tuyên truyền",
    "Lịch công tác tuần",
)


@dataclass
class Drawn:
    """A page's address, its two responses and what they say."""

    seed: int
    url: str
    pages: tuple[str, ...]
    title: str
    lines: list[str]
    captions: list[str]
    source: str | None
    byline: str | None
    published: str | None
    lead: str | None
    tables: list[tuple[tuple[str, ...], ...]]
    noise: list[str]
    choices: dict[str, str] = field(default_factory=dict)


MOVINGS = (
    Moving(),
    Moving(
        27,
        2503,
        "8116911",
        351,
        "",
        (
            "Lễ công bố quyết định bổ nhiệm Giám đốc Sở Xây dựng tỉnh nhiệm kỳ mới",
            "Phát động phong trào thi đua chào mừng ngày thành lập tỉnh",
            "Bế mạc hội thi cán bộ cải cách hành chính giỏi toàn tỉnh năm nay",
        ),
        "zz9911",
    ),
)
CLOCKS: tuple[Callable[[int], str], ...] = (
    lambda n: f"Thứ hai, 23/11/2026, 0{4 + n}:08:51",
    lambda n: f"Thứ {2 + n}, Ngày {23 + n}/11/2026 -",
    lambda n: f"{'Chủ nhật' if not n else 'Thứ hai'}, ngày {22 + n} tháng 11 năm 2026",
    lambda n: f"{22 + n}/11/2026 08:15:3{n}",
    lambda n: f"Hôm nay: {'Thứ hai' if not n else 'Thứ ba'}, {23 + n}/11/2026",
    lambda n: f"Thứ Hai, {23 + n}/11/2026 | 08:1{n} GMT+7",
    lambda n: f"{'Thứ Hai' if not n else 'Thứ Ba'}, {23 + n}/11/2026",
    lambda n: "",
)


class Draw:
    """Choices by name from one seed: the same name gives the same choice in every response."""

    def __init__(self, seed: int, moving: Moving, response: int) -> None:
        self.seed, self.m, self.response = seed, moving, response
        self.choices: dict[str, str] = {}

    def rng(self, name: str) -> Random:
        return Random(f"{self.seed}/{name}")

    def pick(self, name: str, among: Sequence[str]) -> str:
        found = self.rng(name).choice(list(among))
        self.choices[name] = found
        return found

    def chance(self, name: str, share: float) -> bool:
        found = self.rng(name).random() < share
        self.choices[name] = str(found)
        return found

    # --- boxes around an article --------------------------------------------------------------------------

    def clock(self) -> str:
        at = self.rng("clock").randrange(len(CLOCKS))
        said = CLOCKS[at](self.response)
        mark = self.pick(
            "clock mark", ('class="date"', 'id="clock"', "", 'class="ngaythang"', 'id="lblDate"', 'class="time-now"')
        )
        return f"<div {mark}>{said}</div>" if said else ""

    def menu(self, name: str = "menu") -> str:
        count = self.rng(name).randrange(6, 12)
        kind = self.pick(f"{name} kind", ("ul", "bars", "cells", "divs"))
        links = [f'<a href="/m/{at}">{text}</a>' for at, text in enumerate(MENUS[:count])]
        if kind == "ul":
            return (
                f'<ul class="{self.pick(name + " mark", ("nav", "sf-menu", "dynamic menu", "", "list"))}">'
                + "".join(f"<li>{link}</li>" for link in links)
                + "</ul>"
            )
        if kind == "bars":
            return "<div>" + " | ".join(links) + "</div>"
        if kind == "cells":
            return "<table><tr>" + "".join(f"<td>{link}</td>" for link in links) + "</tr></table>"
        return "".join(f"<div>{link}</div>" for link in links)

    def counter(self) -> str:
        m = self.m
        labels = self.rng("counter labels").choice(
            [
                [("Đang online", m.online), ("Hôm nay", m.today), ("Đã truy cập", m.total)],
                [("Đang truy cập", m.online), ("Hôm nay", m.today), ("Tháng hiện tại", m.today * 9), ("Tổng lượt truy cập", m.total)],
                [("Trực tuyến", m.online), ("Hôm qua", m.today + 7), ("Tuần này", m.today * 3), ("Tháng này", m.today * 7), ("Tất cả", m.total)],
                [("Đang xem", m.online), ("Hôm nay", m.today), ("Tất cả", m.total)],
                [("Thành viên online", m.online), ("Máy chủ tìm kiếm", m.online + 3), ("Khách viếng thăm", m.online + 9), ("Hôm nay", m.today), ("Tổng lượt truy cập", m.total)],
                [("Lượt truy cập", m.total)],
                [("Tổng số lượt truy cập", m.total), ("Đang online", m.online)],
                [("Số người đang online", m.online), ("Tổng số truy cập", m.total)],
                [("Số lượng truy cập", m.total)],
            ]
        )  # fmt: skip
        head = self.pick(
            "counter head",
            ("Thống kê truy cập", "Lượt truy cập", "Thống kê lượt truy cập", "Số lượng truy cập", "THỐNG KÊ", ""),
        )
        tag = self.pick("counter tag", ("h3", "div", "p", "b", "span"))
        kind = self.pick(
            "counter kind",
            ("lines", "items", "cells", "pairs", "digits", "images", "spans", "words", "joomla", "br", "list"),
        )
        top = f"<{tag}>{head}</{tag}>" if head else ""
        digits = f"{int(m.total):08d}"
        mark = self.pick(
            "counter mark",
            ("", 'class="counter"', 'class="box-content"', 'id="thongke"', 'class="module"', 'class="moduletable"'),
        )
        inner = {
            "lines": "".join(f"<p>{label}: {number}</p>" for label, number in labels),
            "items": "<ul>"
            + "".join(f"<li><span>{label}</span><span>{number}</span></li>" for label, number in labels)
            + "</ul>",
            "cells": "<table>"
            + "".join(f"<tr><td>{label}</td><td>{number}</td></tr>" for label, number in labels)
            + "</table>",
            "pairs": "".join(
                f"<div>{label}</div><div>{int(number):,}</div>".replace(",", ".") for label, number in labels
            ),
            "digits": "<ul>" + "".join(f"<li><span>{digit}</span></li>" for digit in digits) + "</ul>",
            "images": "".join(f'<img src="/counter/{digit}.gif" alt="{digit}">' for digit in digits)
            + "".join(f"<br>{label}: {number}" for label, number in labels[:2]),
            "spans": "<div>" + "".join(f"<span>{digit}</span> " for digit in digits) + "</div>",
            "words": f"<p>Hiện có {m.online} khách đang truy cập</p><p>Tổng số lượt truy cập: {m.total} lượt</p>",
            "joomla": f"<p>Hiện có {m.online} khách và không có thành viên đang online</p>",
            "br": "<div>" + "<br>".join(f"{label} : <b>{number}</b>" for label, number in labels) + "</div>",
            "list": "<dl>" + "".join(f"<dt>{label}:</dt><dd>{number}</dd>" for label, number in labels) + "</dl>",
        }[kind]
        return f"<div {mark}>{top}{inner}</div>"

    def views(self) -> str:
        n = self.m.views
        return self.pick(
            "views",
            (
                "Lượt xem: {}",
                "Đã xem {} lần",
                "View count: {}",
                "{} lượt xem",
                "(Xem {} lần)",
                "Số lượt đọc: {}",
                "Lượt đọc: {}",
                "Số lần xem : {}",
                "Lượt xem : {}",
                "Đã xem: {}",
            ),
        ).format(n)

    def links(self, name: str, head: str, titles: Sequence[str], *, dated: bool, offset: int = 0) -> str:
        kind = self.pick(f"{name} list", ("ul", "divs", "rows", "dashes", "cards", "dl"))
        tag = self.pick(f"{name} tag", ("h2", "h3", "h4", "div", "b", "p", "strong", "span", "legend", "a"))
        title = f"<{tag}{' href=#' if tag == 'a' else ''}>{head}</{tag}>" + (
            "<br>" if tag in ("b", "strong", "span", "a") and kind == "dashes" else ""
        )
        stamp = self.pick(f"{name} stamp", ("(1{}/08/2022)", "1{}/08/2022", "- 1{}/8/2022", "(1{}/11/2026 08:30)"))
        days = [f" <span>{stamp.format(at)}</span>" if dated else "" for at in range(len(titles))]
        hrefs = [f"/tin/{name.replace(' ', '-')}-{offset + at}.html" for at in range(len(titles))]
        anchors = [
            f'<a href="{href}" title="{escape(text)}">{text}</a>' for href, text in zip(hrefs, titles, strict=True)
        ]
        if kind == "ul":
            rows = "<ul>" + "".join(f"<li>{link}{day}</li>" for link, day in zip(anchors, days, strict=True)) + "</ul>"
        elif kind == "divs":
            rows = "".join(f"<div>{link}{day}</div>" for link, day in zip(anchors, days, strict=True))
        elif kind == "rows":
            rows = (
                "<table>"
                + "".join(
                    f'<tr><td><img src="/dot.gif" width="5"></td><td>{link}{day}</td></tr>'
                    for link, day in zip(anchors, days, strict=True)
                )
                + "</table>"
            )
        elif kind == "dashes":
            rows = "<br>".join(f"- {link}{day}" for link, day in zip(anchors, days, strict=True))
        elif kind == "dl":
            rows = (
                "<dl>"
                + "".join(
                    f"<dt>{link}</dt><dd>{day}</dd>" if day else f"<dt>{link}</dt>"
                    for link, day in zip(anchors, days, strict=True)
                )
                + "</dl>"
            )
        else:
            rows = "".join(
                f'<div class="item"><a href="{href}"><img src="/thumb/{at}.jpg" alt="{escape(text)}"></a><h4>{link}</h4><p>{day}</p></div>'
                for at, (href, link, text, day) in enumerate(zip(hrefs, anchors, titles, days, strict=True))
            )
        mark = self.pick(
            f"{name} mark",
            (
                "",
                "",
                'class="box"',
                'class="other"',
                'class="tin-lien-quan"',
                'id="ctl00_m_g_1_pnTinKhac"',
                'class="block"',
            ),
        )
        return f"<div {mark}>{title}{rows}</div>" if self.chance(f"{name} wrapped", 0.8) else f"{title}{rows}"

    def related(self, name: str = "related") -> str:
        return self.links(
            name, self.pick(f"{name} head", RELATED_HEADS), self.m.related, dated=self.chance(f"{name} dated", 0.5)
        )

    def side(self, name: str) -> str:
        titles = self.rng(f"{name}{self.response}").sample(_OTHERS, 4)
        head = self.pick(f"{name} head", SIDE_HEADS)
        return self.links(name, head, titles, dated=self.chance(f"{name} dated", 0.5), offset=20 + 10 * self.response)

    def weather(self) -> str:
        kind = self.pick("weather", ("weather", "gold", "links"))
        if kind == "weather":
            return f"<div><h3>Thời tiết</h3><p>Thanh Bình</p><p>{24 + self.response}°C</p><p>Độ ẩm: {70 + self.response}%</p></div>"
        if kind == "gold":
            return f"<div><h3>Giá vàng</h3><table><tr><td>Loại</td><td>Mua</td><td>Bán</td></tr><tr><td>SJC</td><td>8{self.response}.200</td><td>8{self.response}.900</td></tr><tr><td>DOJI</td><td>8{self.response}.100</td><td>8{self.response}.800</td></tr></table></div>"
        return "<div><div>Liên kết website</div><select><option>--- Chọn ---</option><option>Chính phủ</option></select></div>"

    def tools(self) -> str:
        return self.pick(
            "tools",
            (
                '<div class="tools"><a href="javascript:window.print()"><img src="/icon/print.png"></a> <a href="mailto:?subject=x"><img src="/icon/email.png"></a></div>',
                "<div><a href='/print/1'>In trang</a> | <a href='/mail/1'>Gửi email</a></div>",
                "<div>Xem với cỡ chữ <a>A-</a> <span>100%</span> <a>A+</a></div>",
                '<ul class="social"><li><a href="#">Facebook</a></li><li><a href="#">Zalo</a></li><li><a href="#">Twitter</a></li></ul>',
                "<div><span>Chia sẻ:</span> <a href='https://www.facebook.com/sharer.php?u=x'><img src='/fb.png' width='20'></a></div>",
                "<div><a href='#'>Mặc định</a> <span>Cỡ chữ</span> <a href='#'>A</a> <a href='#'>A+</a></div><div>Tương phản</div>",
                "<table><tr><td><a href='/in'>Bản in</a></td><td><a href='/g'>Gửi cho bạn bè</a></td><td><a href='/p'>Phản hồi</a></td></tr></table>",
                "<p><button>Nghe bài viết</button> <a href='javascript:;'>Lưu bài viết</a></p>",
                "",
            ),
        )  # fmt: skip

    def footer(self, site: str) -> str:
        lines = self.rng("footer").sample(
            [
                f"Bản quyền thuộc {site}",
                "Giấy phép số 17/GP-BTTTT ngày 15/3/2021 do Bộ Thông tin và Truyền thông cấp",
                "Địa chỉ: 35 Đại lộ Lê Lợi, phường Lam Sơn, thành phố Thanh Bình",
                "Điện thoại: 0237 385 2246 - Fax: 0237 385 1000 - Email: vanphong@thanhbinh.gov.vn",
                "Chịu trách nhiệm chính: Ông Nguyễn Văn An - Chánh Văn phòng UBND tỉnh",
                "Ghi rõ nguồn 'Cổng thông tin điện tử' khi phát hành lại thông tin từ website này",
                "© 2020 - 2026 Trung tâm Công nghệ thông tin và Truyền thông",
            ],
            4,
        )
        tag = self.pick("footer tag", ("p", "div", "span-br", "center"))
        inner = "<br>".join(lines) if tag == "span-br" else "".join(f"<{tag}>{line}</{tag}>" for line in lines)
        return f"<div>{site}</div>{inner}<a href='#top'>Về đầu trang</a>"

    def comments(self) -> str:
        return self.pick(
            "comments",
            (
                "",
                "",
                "",
                '<div class="comment-form"><h3>Ý kiến bạn đọc</h3><form><label>Họ tên</label><input name="n"><label>Nội dung</label><textarea></textarea><button>Gửi</button></form></div>',
                "<div><h4>Gửi bình luận</h4><form><p>Họ và tên (*)</p><input><p>Email (*)</p><input><p>Nội dung</p><textarea></textarea><p>Mã bảo mật</p><input type='submit' value='Gửi'></form></div>",
                '<div id="comments"><h3>Bình luận (0)</h3><p>Bạn cần đăng nhập để gửi bình luận</p></div>',
            ),
        )  # fmt: skip


_OTHERS = (
    "Đại hội đại biểu Hội Nông dân tỉnh nhiệm kỳ mới thành công tốt đẹp",
    "Khánh thành công trình trường mầm non xã Yên Phú",
    "Tăng cường phòng chống dịch bệnh trên đàn gia súc gia cầm",
    "Hội thi tuyên truyền viên giỏi ngành Tư pháp khu vực miền núi",
    "Kiểm tra công tác phòng chống lụt bão tại các huyện ven biển",
    "Giao ban công tác báo chí quý III năm nay",
    "Trao tặng nhà tình nghĩa cho gia đình chính sách",
    "Thông báo tuyển dụng viên chức sự nghiệp giáo dục",
    "Bàn giao thiết bị y tế cho bệnh viện đa khoa tỉnh",
    "Sơ kết mô hình dân vận khéo tại các xã biên giới",
)


# --- the article itself ---------------------------------------------------------------------------------------


def _paragraph(draw: Draw, text: str) -> str:
    kind = draw.pick(
        "paragraph", ("p", "p", "p", "div", "br", "brbr", "spans", "font", "word", "indent", "justify", "ckeditor")
    )
    if kind == "p":
        return f"<p>{text}</p>"
    if kind == "div":
        return f"<div>{text}</div>"
    if kind == "br":
        return f"{text}<br>"
    if kind == "brbr":
        return f"{text}<br />\n<br />"
    if kind == "spans":
        cut = len(text) // 2
        return f'<p><span style="font-size:14pt"><span style="font-family:Times New Roman">{text[:cut]}</span><span>{text[cut:]}</span></span></p>'
    if kind == "font":
        return f'<p align="justify"><font face="Arial"><font size="2"><font color="#000000">{text}</font></font></font></p>'
    if kind == "word":
        return f'<p class="MsoNormal" style="margin:6pt 0in;text-align:justify;text-indent:.5in"><span lang="VI" style="font-size:14.0pt">{text}<o:p></o:p></span></p>'
    if kind == "indent":
        return f"<p>&nbsp;&nbsp;&nbsp;&nbsp; {text}</p>"
    if kind == "ckeditor":
        return f'<p style="text-align: justify;">\n\t<span style="font-size:14px;"><span style="font-family:arial,helvetica,sans-serif;">{text}</span></span></p>\n'
    return f'<p style="text-align: justify;">{text}</p>\n<p>&nbsp;</p>'


_UNSEEN_CAPTION = "alt"
CAPTION_KINDS = ("figure", "table", "p em", "p center", "caption div", "br", "alt", "link image", "same p", "td", "wp")


def _caption(draw: Draw, text: str) -> str:
    kind = draw.pick("caption", CAPTION_KINDS)
    image = '<img src="/uploads/2022/anh-1.jpg" width="600" alt="">'
    if kind == "figure":
        return f"<figure>{image}<figcaption>{text}</figcaption></figure>"
    if kind == "table":
        return f'<table border="0" align="center"><tbody><tr><td>{image}</td></tr><tr><td style="text-align:center"><em>{text}</em></td></tr></tbody></table>'
    if kind == "p em":
        return f'<p style="text-align:center">{image}</p><p style="text-align:center"><em>{text}</em></p>'
    if kind == "p center":
        return f'<p align="center">{image}</p><p align="center">{text}</p>'
    if kind == "caption div":
        return f'<div class="image">{image}<div class="caption">{text}</div></div>'
    if kind == "br":
        return f"<center>{image}<br><i>{text}</i></center>"
    if kind == "alt":
        return f'<p style="text-align:center"><img src="/uploads/a.jpg" alt="{text}"></p>'
    if kind == "link image":
        return f'<p style="text-align:center"><a href="/uploads/a-large.jpg">{image}</a></p><p style="text-align:center"><span style="font-size:12px"><em>{text}</em></span></p>'
    if kind == "same p":
        return f'<p style="text-align:center">{image}<br /><em>{text}</em></p>'
    if kind == "wp":
        return f'<div id="attachment_12" class="wp-caption aligncenter" style="width:600px">{image}<p class="wp-caption-text">{text}</p></div>'
    return f'<table class="picBox" align="center"><tr><td class="pic">{image}</td></tr><tr><td class="note">{text}</td></tr></table>'


def _sign(draw: Draw, text: str) -> str:
    kind = draw.pick("sign", ("right", "right strong", "plain", "strong", "cell", "em", "author", "font"))
    return {
        "right": f'<p style="text-align: right;">{text}</p>',
        "right strong": f'<p align="right"><strong>{text}</strong></p>',
        "plain": f"<p>{text}</p>",
        "strong": f"<p><strong>{text}</strong></p>",
        "cell": f'<table width="100%"><tr><td align="right"><b>{text}</b></td></tr></table>',
        "em": f'<div style="text-align:right"><em>{text}</em></div>',
        "author": f'<div class="author" style="text-align:right">{text}</div>',
        "font": f'<div align="right"><font color="#0000ff"><b>{text}</b></font></div>',
    }[kind]


def _table(draw: Draw, rows: Sequence[Sequence[str]]) -> str:
    width = max(map(len, rows))
    inner = draw.pick("cell", ("p", "", "div", "span"))

    def cell(text: str) -> str:
        lines = [escape(line) for line in CELL_LINES.get(text, (text,))]
        if not inner or inner == "span":
            return "<br>".join(f"<span>{line}</span>" if inner else line for line in lines)
        return "".join(f"<{inner}>{line}</{inner}>" for line in lines)

    made = []
    head = draw.chance("th", 0.4)
    for at, row in enumerate(rows):
        tag = "th" if head and at == 0 else "td"
        made.append(
            "<tr>"
            + (
                f'<td colspan="{width}"><strong>{cell(row[0])}</strong></td>'
                if len(row) == 1
                else "".join(f"<{tag}>{cell(each)}</{tag}>" for each in row)
            )
            + "</tr>"
        )
    shell = draw.pick(
        "table shell",
        (
            '<table border="1">{}</table>',
            '<div class="table-responsive"><table class="table"><tbody>{}</tbody></table></div>',
            '<table border="1" cellspacing="0" align="center"><tbody>{}</tbody></table>',
        ),
    )
    return shell.format("".join(made))


def _body(draw: Draw, article: Article, pieces: Sequence[object]) -> str:
    parts: list[str] = []
    for piece in pieces:
        kind, text, rows = piece.kind, escape(piece.text, quote=False), piece.rows  # type: ignore[attr-defined]
        parts.append(
            _table(draw, rows)
            if kind == "table"
            else _caption(draw, text)
            if kind == "caption"
            else _paragraph(draw, text)
        )
    spot = draw.rng("spot").randrange(len(parts) + 1) if len(parts) > 3 else None
    if spot and draw.chance("script inside", 0.25):
        parts.insert(
            spot, "<script>var tin = 'Đang online: 19';document.write(tin);</script><style>.x{color:red}</style>"
        )
    if spot and draw.chance("hidden inside", 0.15):
        parts.insert(
            spot,
            f'<div style="display:none"><a href="/h">{draw.m.related[0]}</a><p>Khối ẩn này không hiện trên trang của tỉnh.</p></div>',
        )
    if spot and draw.chance("box inside", 0.15):
        parts.insert(
            spot,
            draw.links(
                "box",
                draw.pick("box head", ("Tin liên quan", "Xem thêm", "Đọc thêm:", "Bài liên quan")),
                draw.m.related[:2],
                dated=False,
            ),
        )
    if spot and draw.chance("empty paragraphs", 0.3):
        parts.insert(spot, "<p></p><p>&nbsp;</p><div><br></div>")
    if article.signature:
        parts.append(_sign(draw, escape(article.signature)))
    return "\n".join(parts)


_TITLES = ("h1", "h2", "h3", "div.title", "span.tieude", "p.strong", "td.tieude", "h1.span", "div.h", "h4", "head")
_LEADS = ("none", "none", "sapo", "p.lead", "strong", "bare", "hometext", "h2.sapo", "em")


def _lead(draw: Draw, kind: str, text: str) -> str:
    return {
        "sapo": f'<div class="sapo">{text}</div>',
        "p.lead": f'<p class="lead">{text}</p>',
        "strong": f"<p><strong>{text}</strong></p>",
        "bare": f"<div>{text}</div>",
        "hometext": f'<div class="hometext m-bottom">{text}</div>',
        "h2.sapo": f'<h2 class="sapo">{text}</h2>',
        "em": f"<div><b><i>{text}</i></b></div>",
    }[kind]


@dataclass
class _Parts:
    """The main column: what opens it, the title, what stands before the text, the text, what follows."""

    before: list[str]
    title: str
    meta: list[str]
    body: str
    after: list[str]


def _main(draw: Draw, article: Article, title_kind: str, stamp: tuple[str, str] | None) -> _Parts:
    title = escape(article.title, quote=False)
    shown = {
        "h1": f"<h1>{title}</h1>",
        "h2": f'<h2 class="{draw.pick("h2 mark", ("", "title", "news-title", "art-postheader"))}">{title}</h2>',
        "h3": f"<h3>{title}</h3>",
        "div.title": f'<div class="{draw.pick("div mark", ("title", "detail-title", "tieude", "TitleNews", "titleDetail"))}">{title}</div>',
        "span.tieude": f'<span id="ctl00_PlaceHolderMain_lblTitle" class="tieude">{title}</span><br>',
        "p.strong": f"<p><strong>{title}</strong></p>",
        "td.tieude": f'<table width="100%"><tr><td class="tieude">{title}</td></tr></table>',
        "h1.span": f'<h1 class="title"><span>{title}</span></h1>',
        "div.h": f'<div class="heading"><b>{title}</b></div>',
        "h4": f"<h4>{title}</h4>",
        "head": "",
    }[title_kind]
    before: list[str] = []
    if draw.chance("crumbs", 0.6):
        before.append(
            draw.pick(
                "crumb kind",
                (
                    '<ol class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/tin">{s}</a></li></ol>',
                    "<div><a href='/'>Trang chủ</a> &raquo; <a href='/tin'>{s}</a></div>",
                    "<div><a href='/'>Trang chủ</a> / <a href='/tin'>Tin tức</a> / <span>{s}</span></div>",
                    "<div class='cate'><a href='/tin'>{s}</a></div>",
                    "<h2 class='cat'><a href='/tin'>{s}</a></h2>",
                    "<div>{s}</div>",
                    "<p><span>Bạn đang ở đây: </span><a href='/'>Trang chủ</a> <span>›</span> <a href='/tin'>{s}</a></p>",
                ),
            ).format(s=draw.pick("section", SECTIONS))
        )
    meta: list[str] = []
    after: list[str] = []
    if stamp:
        wrap = draw.pick(
            "stamp wrap",
            (
                "<div>{}</div>",
                '<div class="date">{}</div>',
                "<span>{}</span><br>",
                "<p><i>{}</i></p>",
                '<div class="post-meta"><span>{}</span></div>',
                "<table><tr><td>{}</td></tr></table>",
            ),
        )
        place = draw.pick("stamp place", ("after title", "after title", "after title", "before title", "after body"))
        labelled = re.match(r"(?i)(cập nhật|đăng|ngày đăng)", stamp[0]) is not None
        if place == "after body" and not labelled:
            place = "after title"
        extra = f" <span>{draw.views()}</span>" if draw.chance("views beside", 0.25) else ""
        made = wrap.format(escape(stamp[0]).replace("  ", " &nbsp;") + extra)
        (
            before if place == "before title" and title_kind != "head" else after if place == "after body" else meta
        ).append(made)
    if draw.chance("views alone", 0.4):
        made = draw.pick(
            "views wrap",
            (
                "<div>{}</div>",
                "<p>{}</p>",
                "<span>{}</span>",
                '<div class="luotxem"><i class="fa fa-eye"></i> {}</div>',
            ),
        ).format(draw.views())
        (after if draw.chance("views after", 0.5) else meta).append(made)
    if draw.chance("tools shown", 0.7):
        (after if draw.chance("tools after", 0.4) else meta).append(draw.tools())
    body_pieces = list(article.pieces)
    lead_kind = draw.pick("lead", _LEADS)
    lead_inside = draw.chance("lead inside", 0.3)
    first = ""
    if lead_kind != "none" and body_pieces[0].kind == "p" and len(body_pieces) > 2:
        first = _lead(draw, lead_kind, escape(body_pieces.pop(0).text, quote=False))
    body = _body(draw, article, body_pieces)
    shell = draw.pick(
        "body shell",
        (
            '<div class="content-detail">{}</div>',
            '<div id="news-bodyhtml" class="bodytext">{}</div>',
            "<div>{}</div>",
            '<div class="ExternalClass4F3A">{}</div>',
            '<div class="entry-content">{}</div>',
            "{}",
            '<table width="100%"><tr><td>{}</td></tr></table>',
            '<div class="field-item even">{}</div>',
            "<article>{}</article>",
            "<span>{}</span>",
        ),
    )
    if shell == "{}" and draw.pick(
        "paragraph", ("p", "p", "p", "div", "br", "brbr", "spans", "font", "word", "indent", "justify", "ckeditor")
    ) in ("br", "brbr"):
        shell = "<div>{}</div>"
    whole = shell.format(first + body) if lead_inside else first + shell.format(body)
    return _Parts(before, shown, meta, whole, after)


def draw_article(seed: int, article: Article) -> Drawn:
    """One article on a page drawn by a seed, in as many responses as there are `MOVINGS`."""
    pages, draw, stamp = [], Draw(seed, MOVINGS[0], 0), None
    for response, moving in enumerate(MOVINGS):
        draw = Draw(seed, moving, response)
        page, stamp = _page(draw, article)
        pages.append(page)
    captions = [] if draw.choices.get("caption") == _UNSEEN_CAPTION else article.captions
    lead = None
    if (
        draw.choices.get("lead", "none") not in ("none", "bare")
        and article.pieces[0].kind == "p"
        and len(article.pieces) > 2
    ):
        lead = article.pieces[0].text
    noise = [
        *MOVINGS[0].related,
        *MOVINGS[1].related,
        *_OTHERS,
        "Đang online",
        "Trang chủ",
        "17/GP",
        "Lượt xem",
        "8116023",
        "2417",
        "Khối ẩn",
    ]
    published = stamp[1] if stamp else None
    return Drawn(
        seed,
        f"https://thanhbinh.gov.vn/tin-tuc/bai-viet-{seed}.html",
        tuple(pages),
        article.title,
        article.lines,
        list(captions),
        article.source,
        article.byline,
        published,
        lead,
        [piece.rows for piece in article.pieces if piece.kind == "table"],
        noise,
        draw.choices,
    )


def _page(draw: Draw, article: Article) -> tuple[str, tuple[str, str] | None]:
    site = draw.pick("site", SITES)
    title_kind = draw.pick("title", _TITLES)
    if title_kind == "head" and not draw.chance("head only", 0.5):
        title_kind = "h1"
    stamp = draw.rng("stamp").choice(STAMPS) if draw.chance("stamped", 0.7) else None
    draw.choices["stamp"] = stamp[0] if stamp else "none"
    parts = _main(draw, article, title_kind, stamp)
    where = draw.pick("counter at", ("before title", "after body", "left", "right", "footer", "top", "none"))
    counter = draw.counter()
    if where == "before title":
        parts.before.insert(0, counter)
    elif where == "after body":
        parts.after.append(counter)
    related_at = draw.pick("related at", ("inside", "inside", "after", "after", "none"))
    behind: list[str] = []
    if related_at != "none":
        lists = [draw.related()]
        if draw.chance("two lists", 0.3):
            lists.append(
                draw.links("older", "Tin cũ hơn", draw.rng(f"older{draw.response}").sample(_OTHERS, 3), dated=True)
            )
        (parts.after if related_at == "inside" else behind).extend(lists)
    if comment := draw.comments():
        (parts.after if draw.chance("comments inside", 0.5) else behind).append(comment)
    clock = draw.clock()
    clock_at = draw.pick("clock at", ("top", "top", "main", "left"))
    if clock_at == "main" and draw.choices["crumbs"] == "True":  # right above a title nobody could tell it from a stamp
        parts.before.insert(0, clock)
    left = [draw.side("left")] if draw.chance("left side", 0.4) else []
    right = [draw.side("right")] if draw.chance("right side", 0.6) else []
    if draw.chance("weather shown", 0.4):
        right.append(draw.weather())
    if where == "left":
        left.append(counter)
    if where == "right":
        right.append(counter)
    top = (
        f"<div><a href='/'><img src='/banner.jpg' alt='{site}'></a></div><div>{site}</div>"
        if draw.chance("banner text", 0.6)
        else "<div><a href='/'><img src='/logo.png'></a></div>"
    )
    top += clock if clock_at == "top" else ""
    if clock_at == "left":
        left.insert(0, clock)
    if where == "top":
        top += counter
    top += (
        "<div><a href='/vi'>Tiếng Việt</a> | <a href='/en'>English</a></div>" if draw.chance("languages", 0.3) else ""
    )
    foot = draw.footer(site) + (counter if where == "footer" else "")
    skeleton = draw.pick("skeleton", tuple(SKELETONS))
    inside = SKELETONS[skeleton](draw, top, draw.menu(), left, parts, behind, right, foot)
    name = escape(article.title, quote=False)
    heads = [
        f"{name} - {site}",
        name,
        f"{site} - {name}",
        f"{name} | {site}",
        f"{name} - {draw.choices.get('section', 'Tin tức')} - {site}",
    ]
    if title_kind != "head":
        heads += [site, draw.choices.get("section", "Chi tiết tin"), "Chi tiết tin tức"]
    head_title = draw.pick("head title", heads)
    head = ""
    if draw.chance("og", 0.25):
        head += f'<meta property="og:title" content="{escape(article.title)}"><meta property="og:updated_time" content="2026-11-2{draw.response}T01:00:00Z">'
    if stamp and draw.chance("ld", 0.1):
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": stamp[1],
        }
        head += f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{head_title}</title>{head}</head><body>{inside}</body></html>'
    return _spoiled(draw, page), stamp


def _spoiled(draw: Draw, page: str) -> str:
    """What real pages look like as text: letters as entities or taken apart, closing tags left out."""
    kind = draw.pick("letters", ("raw", "raw", "raw", "entities", "numbers", "nfd"))
    if kind == "nfd":
        page = unicodedata.normalize("NFD", page)
    elif kind == "numbers":
        page = (
            "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in page)
            if "ld+json" not in page
            else page
        )
    elif kind == "entities" and "ld+json" not in page:
        names = {"à": "agrave", "á": "aacute", "ã": "atilde", "â": "acirc", "è": "egrave", "é": "eacute", "ê": "ecirc", "ì": "igrave", "í": "iacute", "ò": "ograve", "ó": "oacute", "ô": "ocirc", "õ": "otilde", "ù": "ugrave", "ú": "uacute", "ý": "yacute", "–": "ndash", "“": "ldquo", "”": "rdquo", "…": "hellip"}  # fmt: skip
        page = "".join(f"&{names[letter]};" if letter in names else letter for letter in page)
    if draw.chance("unclosed", 0.12):
        page = re.sub(r"</(?:p|li|dt|dd)>(?=\s*<(?:p|li|dt|dd|div|/ul|/dl|/div)\b)", "", page)
    return page


Skeleton = Callable[[Draw, str, str, list[str], _Parts, list[str], list[str], str], str]


def _flat(parts: _Parts) -> str:
    return "".join((*parts.before, parts.title, *parts.meta, parts.body, *parts.after))


def _sharepoint(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    def part(inner: str, at: int) -> str:
        return f'<table width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td id="MSOZoneCell_WebPartWPQ{at}" valign="top"><table class="s4-wpTopTable" border="0" width="100%"><tr><td valign="top"><div WebPartID="{at}" id="WebPartWPQ{at}" class="ms-WPBody"><div id="ctl00_m_g_0623dffd_{at}">{inner}</div></div></td></tr></table></td></tr></table>'

    main = part(_flat(parts), 2) + "".join(part(each, 3 + at) for at, each in enumerate(behind))
    side = "".join(part(each, 10 + at) for at, each in enumerate(left))
    other = "".join(part(each, 20 + at) for at, each in enumerate(right))
    columns = (
        (f'<td width="200" valign="top">{side}</td>' if side else "")
        + f'<td valign="top">{main}</td>'
        + (f'<td width="200" valign="top">{other}</td>' if other else "")
    )
    return f'<form method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{draw.m.token}"><div id="s4-workspace"><div id="s4-bodyContainer"><div class="banner">{top}</div><div class="s4-tn">{menu}</div><table width="1000" align="center"><tr>{columns}</tr></table><div class="ft">{foot}</div></div></div></form>'


def _liferay(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    def portlet(inner: str, at: int) -> str:
        return f'<div class="portlet-boundary portlet-boundary_101_ portlet-static" id="p_p_id_{at}_"><span id="p_{at}"></span><div class="portlet-borderless-container"><div class="portlet-body">{inner}</div></div></div>'

    columns = "".join(
        f'<div class="aui-column portlet-column" id="column-{at}"><div class="portlet-dropzone">{"".join(portlet(each, 10 * at + n) for n, each in enumerate(group))}</div></div>'
        for at, group in enumerate((left, [_flat(parts), *behind], right))
        if group
    )
    return f'<div id="wrapper"><header id="banner">{top}</header><div id="navigation">{menu}</div><div id="content"><div class="columns-3">{columns}</div></div><footer id="footer">{foot}</footer></div>'


def _dnn(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    def module(inner: str, at: int) -> str:
        return f'<div class="DnnModule DnnModule-{400 + at}"><a name="{400 + at}"></a><div class="c_container"><div id="dnn_ctr{400 + at}_ContentPane"><div id="dnn_ctr{400 + at}_ModuleContent">{inner}</div></div></div></div>'

    def pane(name: str, group: list[str], start: int) -> str:
        return (
            f'<div id="dnn_{name}">{"".join(module(each, start + at) for at, each in enumerate(group))}</div>'
            if group
            else ""
        )

    return f'<form id="Form"><div id="dnn_TopPane">{top}</div><div id="dnn_dnnMENU">{menu}</div><div class="row">{pane("LeftPane", left, 0)}{pane("ContentPane", [_flat(parts), *behind], 20)}{pane("RightPane", right, 40)}</div><div id="dnn_BottomPane">{foot}</div></form>'


def _nukeviet(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    main = f'<div class="news_column panel panel-default"><div class="panel-body">{_flat(parts)}</div></div>' + "".join(
        f'<div class="news_column panel panel-default"><div class="panel-body">{each}</div></div>' for each in behind
    )
    sides = "".join(
        f'<div class="panel panel-primary"><div class="panel-body">{each}</div></div>' for each in (*left, *right)
    )
    return f'<div class="body-bg"><div class="wraper"><header><div class="container">{top}</div></header></div><nav class="second-nav">{menu}</nav><section><div class="container" id="body"><div class="row"><div class="col-sm-16 col-md-18">{main}</div><div class="col-sm-8 col-md-6">{sides}</div></div></div></section><footer id="footer">{foot}</footer></div>'


def _webforms(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    if draw.chance("cell each", 0.5):
        rows = "".join(
            f"<tr><td>{each}</td></tr>"
            for each in (*parts.before, parts.title, *parts.meta, parts.body, *parts.after)
            if each
        )
        main = f'<table width="100%">{rows}</table>'
    else:
        main = f'<table width="100%"><tr><td>{_flat(parts)}</td></tr></table>'
    main += "".join(f"<table><tr><td>{each}</td></tr></table>" for each in behind)
    columns = (
        (f'<td width="180" valign="top">{"".join(left)}</td>' if left else "")
        + f'<td valign="top">{main}</td>'
        + (f"<td>{''.join(right)}</td>" if right else "")
    )
    return f'<form method="post"><table width="1000" align="center"><tr><td colspan="3">{top}</td></tr><tr><td colspan="3">{menu}</td></tr><tr>{columns}</tr><tr><td colspan="3" align="center">{foot}</td></tr></table></form>'


def _drupal(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    def blocks(group: list[str]) -> str:
        return "".join(
            f'<div id="block-views-{at}" class="block block-views"><div class="content">{each}</div></div>'
            for at, each in enumerate(group)
        )

    node = f'<div id="node-12" class="node node-article clearfix"><div class="content">{"".join(parts.meta)}<div class="field field-name-body"><div class="field-items">{parts.body}</div></div>{"".join(parts.after)}</div></div>'
    return f'<div id="page"><div id="header">{top}</div><div id="main-menu">{menu}</div><div id="main-wrapper"><div id="sidebar-first" class="column sidebar">{blocks(left)}</div><div id="content" class="column"><div class="section">{"".join(parts.before)}{parts.title}<div class="region region-content"><div id="block-system-main" class="block"><div class="content">{node}</div></div>{blocks(behind)}</div></div></div><div id="sidebar-second">{blocks(right)}</div></div><div id="footer-wrapper">{foot}</div></div>'


def _vnpt(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    boxes = [f'<div class="box-view"><div class="box-content">{each}</div></div>' for each in behind]
    sides = "".join(f'<div class="box-right">{each}</div>' for each in (*left, *right))
    return f'<div class="vnpt-main"><div class="header-top">{top}</div><div class="main-nav">{menu}</div><div class="container"><div class="row"><div class="col-lg-9 col-left"><div class="view-detail">{"".join(parts.before)}<div class="detail-head">{parts.title}{"".join(parts.meta)}</div><div class="detail-content">{parts.body}</div>{"".join(parts.after)}</div>{"".join(boxes)}</div><div class="col-lg-3 col-right">{sides}</div></div></div><div class="footer-main">{foot}</div></div>'


def _wordpress(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    widgets = "".join(f'<aside class="widget">{each}</aside>' for each in (*left, *right))
    return f'<div id="page" class="hfeed site"><header class="site-header">{top}<nav>{menu}</nav></header><div id="primary" class="content-area"><main class="site-main">{"".join(parts.before)}<article class="post type-post"><header class="entry-header">{parts.title}{"".join(parts.meta)}</header>{parts.body}<footer class="entry-footer">{"".join(parts.after)}</footer></article>{"".join(behind)}</main></div><div id="secondary">{widgets}</div><footer id="colophon">{foot}</footer></div>'


def _newspaper(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    return f'<div id="admWrapsite"><div class="header">{top}{menu}</div><div class="main"><div class="w1000 clearfix"><div class="detail__main"><div class="detail-container">{"".join(parts.before)}{parts.title}<div class="detail-top">{"".join(parts.meta)}</div><div class="detail-cmain">{parts.body}</div>{"".join(parts.after)}</div><div class="detail__bottom">{"".join(behind)}</div></div><div class="detail__sub">{"".join(left)}{"".join(right)}</div></div></div><div class="ftr">{foot}</div></div>'


def _joomla(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    modules = "".join(f'<div class="moduletable">{each}</div>' for each in left)
    others = "".join(f'<div class="moduletable_menu">{each}</div>' for each in right)
    return f'<div id="all"><div id="header">{top}</div><div id="pillmenu">{menu}</div><div id="whitebox"><div id="leftcolumn">{modules}</div><div id="maincolumn"><div class="item-page">{_flat(parts)}</div>{"".join(behind)}</div><div id="rightcolumn">{others}</div></div><div id="bottomarea">{foot}</div></div>'


def _bootstrap(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    columns = (
        (f'<div class="col-md-3">{"".join(left)}</div>' if left else "")
        + f'<div class="col-md-6">{_flat(parts)}{"".join(behind)}</div>'
        + (f'<div class="col-md-3">{"".join(right)}</div>' if right else "")
    )
    return f'<div class="container"><div class="row">{top}</div><div class="row">{menu}</div><div class="row">{columns}</div><div class="row">{foot}</div></div>'


def _bare(
    draw: Draw, top: str, menu: str, left: list[str], parts: _Parts, behind: list[str], right: list[str], foot: str
) -> str:
    """No class, no id, no wrapper that can be told from another."""
    sides = "".join(f"<div>{each}</div>" for each in left), "".join(f"<div>{each}</div>" for each in right)
    return f"<div><div>{top}</div><div>{menu}</div><div>{sides[0]}</div><div>{_flat(parts)}{''.join(behind)}</div><div>{sides[1]}</div><div>{foot}</div></div>"


SKELETONS: dict[str, Skeleton] = {
    "sharepoint": _sharepoint,
    "liferay": _liferay,
    "dnn": _dnn,
    "nukeviet": _nukeviet,
    "webforms": _webforms,
    "drupal": _drupal,
    "vnpt": _vnpt,
    "wordpress": _wordpress,
    "newspaper": _newspaper,
    "joomla": _joomla,
    "bootstrap": _bootstrap,
    "bare": _bare,
}
