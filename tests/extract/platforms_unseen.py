"""Articles on sixteen platforms, each written from what its own templates look like, with the dirt of real portals.

`draw_page(seed)` gives one article on one portal as several responses that differ in what moves: counters, views, clocks,
the titles of other articles, tokens. Nothing here is shared with `layouts` and `unseen`, so that a rule made for those
is not measured by its own example. Seeds below `FRESH` were read while the rules were written; the others count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random
from typing import TypeVar

from tests.extract.articles import ARTICLES, CELL_LINES, Piece

FRESH = 100
T = TypeVar("T")
RESPONSES = 3


@dataclass
class Story:
    """What is told: the text's pieces in order, and who signs. `html` are the marked-up words of struck pieces."""

    title: str
    pieces: list[Piece]
    lead: bool = True
    files: list[tuple[str, str]] = field(default_factory=list)
    kind: str = "seed"


@dataclass
class Page:
    """An address, its responses, and what a reader would take from them."""

    seed: int
    platform: str
    kind: str
    url: str
    responses: list[str]
    title: str
    lines: list[str]
    captions: list[str]
    published: str | None
    source: str | None
    byline: str | None
    lead: str | None
    files: list[str]
    dirt: list[str]


# --- stories ------------------------------------------------------------------------------------------------

_PLACES = (
    "Phòng họp số 2, tầng 3, trụ sở UBND tỉnh",
    "Hội trường lớn Sở Khoa học và Công nghệ",
    "Hội trường UBND huyện Yên Lạc",
)
_MEETINGS = (
    "họp Ban Chỉ đạo chuyển đổi số",
    "dự Hội nghị giao ban công tác cải cách hành chính",
    "họp Tổ công tác triển khai Đề án 06",
)
_DOCUMENTS = (
    ("Kế hoạch", "214/KH-UBND", "triển khai Tháng cao điểm thanh toán không dùng tiền mặt năm 2023"),
    ("Quyết định", "1187/QĐ-UBND", "công bố danh mục thủ tục hành chính lĩnh vực đất đai"),
    ("Công văn", "2304/STTTT-CNTT", "đôn đốc cập nhật dữ liệu trên hệ thống báo cáo"),
)  # fmt: skip


def _p(*texts: str) -> list[Piece]:
    return [Piece("p", text) for text in texts]


def _seed_story(rng: Random) -> Story:
    article = rng.choice(ARTICLES)
    return Story(article.title, list(article.pieces), lead=article.pieces[0].kind == "p", kind=f"seed {article.name}")


def _short_seed(rng: Random) -> Story:
    article = rng.choice(ARTICLES)
    texts = [piece.text for piece in article.pieces if piece.kind == "p"]
    return Story(article.title, _p(*texts[: rng.choice((1, 2, 3))]), kind="short")


def _notice(rng: Random) -> Story:
    what, day = rng.choice(_MEETINGS), rng.randrange(10, 28)
    return Story(
        f"Giấy mời {what} tháng {rng.randrange(1, 9)} năm 2023",
        _p(
            f"Văn phòng UBND tỉnh trân trọng kính mời đại biểu {what}, bắt đầu lúc 14 giờ 00 ngày {day}/8/2023.",
            f"Địa điểm: {rng.choice(_PLACES)}.",
        ),
        kind="notice",
    )


def _invitation(rng: Random) -> Story:
    what = rng.choice(_MEETINGS)
    return Story(
        f"GIẤY MỜI {what} quý {rng.choice(('I', 'II', 'III'))}/2023",
        _p(
            "Kính gửi:",
            "- Thường trực Tỉnh ủy, Thường trực HĐND tỉnh;",
            "- Các sở, ban, ngành; UBND các huyện, thành phố.",
            "Thời gian: 08 giờ 00, thứ Năm, ngày 17/8/2023.",
            f"Địa điểm: {rng.choice(_PLACES)}.",
            "Đề nghị các đại biểu đến dự đúng thành phần, đúng giờ./.",
        ),
        lead=False,
        kind="invitation",
    )


def _one_line(rng: Random) -> Story:
    return Story(
        f"Thông báo về việc tạm hoãn kỳ họp chuyên đề lần thứ {rng.randrange(9, 19)} của HĐND tỉnh",
        _p("Thường trực HĐND tỉnh thông báo tạm hoãn kỳ họp chuyên đề; thời gian tổ chức sẽ có thông báo sau."),
        kind="one line",
    )


def _struck(rng: Random) -> Story:
    old, new = rng.randrange(10, 15), rng.randrange(16, 25)
    return Story(
        "Thay đổi thời gian tổ chức Phiên họp thường kỳ của UBND tỉnh",
        [
            *_p("Văn phòng UBND tỉnh thông báo thay đổi thời gian tổ chức Phiên họp thường kỳ tháng 8 như sau:"),
            Piece("struck", f"~~Thời gian: 14 giờ 00 ngày {old}/8/2023~~"),
            *_p(f"Thời gian mới: 08 giờ 00 ngày {new}/8/2023.", f"Địa điểm không đổi: {rng.choice(_PLACES)}."),
        ],
        kind="struck",
    )


def _fields(rng: Random) -> Story:
    form, number, about = rng.choice(_DOCUMENTS)
    rows = [
        ("Số ký hiệu", number),
        ("Ngày ban hành", f"{rng.randrange(10, 28)}/07/2023"),
        ("Ngày có hiệu lực", "01/08/2023"),
        ("Loại văn bản", form),
        ("Cơ quan ban hành", "UBND tỉnh"),
        ("Người ký", "Trần Văn Hiếu"),
        ("Trích yếu", f"{form} {about}"),
    ]
    rng.shuffle(rows)
    name = f"{number.partition('/')[0]}-signed.pdf"
    return Story(
        f"{form} số {number} về việc {about}",
        [Piece("table", rows=tuple(rows))],
        lead=False,
        files=[(f"/vanban/{name}", name)],
        kind="fields",
    )


def _english(rng: Random) -> Story:
    return Story(
        "Provincial leaders review digital transformation plan for 2023",
        [
            *_p(
                "Vice Chairman of the provincial People's Committee Tran Van Hieu on Tuesday chaired a meeting to review "
                "the digital transformation plan for 2023 and the tasks of the coming quarter.",
                "At the meeting, departments reported that 62 of 70 targets had been met, and the others were on schedule.",
            ),
            Piece("caption", "Delegates at the meeting on digital transformation"),
            *_p("The chairman asked agencies to publish open data before the end of September."),
        ],
        kind="english",
    )


def _chapters(rng: Random) -> Story:
    return Story(
        "Hướng dẫn nộp hồ sơ trực tuyến trên Cổng dịch vụ công của tỉnh",
        [
            *_p("Nhằm giúp người dân, doanh nghiệp thuận lợi khi nộp hồ sơ, Trung tâm Phục vụ hành chính công hướng dẫn các bước sau."),
            Piece("head", "1. Đăng ký tài khoản"),
            *_p("Người dân truy cập Cổng dịch vụ công quốc gia, chọn Đăng ký và nhập số định danh cá nhân."),
            Piece("head", "2. Nộp hồ sơ"),
            Piece("item", "Chọn thủ tục cần thực hiện"),
            Piece("item", "Đính kèm bản chụp giấy tờ; dung lượng không quá 20MB"),
            Piece("item", "Ký số hoặc xác nhận bằng mã OTP"),
            Piece("head", "3. Nhận kết quả"),
            *_p("Kết quả được trả qua tài khoản hoặc dịch vụ bưu chính công ích trong vòng 05 ngày làm việc."),
        ],
        kind="chapters",
    )  # fmt: skip


def _with_files(rng: Random) -> Story:
    form, number, about = rng.choice(_DOCUMENTS)
    return Story(
        f"Lấy ý kiến dự thảo {form} {about}",
        _p(
            f"Thực hiện Công văn số {number}, Sở Tư pháp đăng tải dự thảo để lấy ý kiến các tổ chức, cá nhân theo quy định.",
            "Ý kiến góp ý gửi về Sở trước ngày 30/8/2023 để tổng hợp.",
        ),
        files=[("/upload/2023/du-thao.docx", "Dự thảo.docx"), ("/upload/2023/to-trinh.pdf", "Tờ trình.pdf")],
        kind="files",
    )


STORIES: tuple[tuple[Callable[[Random], Story], int], ...] = (
    (_seed_story, 10), (_short_seed, 3), (_notice, 3), (_invitation, 2), (_one_line, 2), (_struck, 2), (_fields, 3), (_english, 1), (_chapters, 2),
    (_with_files, 2),
)  # fmt: skip
# What stands under an article, with its source and byline.
SIGNED: tuple[tuple[str, str | None, str | None], ...] = (
    ("", None, None), ("", None, None), ("Theo TTXVN", "TTXVN", None), ("(Nguồn: Báo Yên Lạc)", "Báo Yên Lạc", None), ("Tin, ảnh: Minh Hà", None, "Minh Hà"),
    ("BBT", None, "BBT"), ("P.V", None, "P.V"), ("Nguồn: baochinhphu.vn", "baochinhphu.vn", None), ("Bài, ảnh: Thu Hằng - Văn Tú", None, "Thu Hằng - Văn Tú"),
    ("Hoàng Lan", None, "Hoàng Lan"), ("Nguồn tin: Sở Tư pháp", "Sở Tư pháp", None), ("Theo Cổng TTĐT Chính phủ", "Cổng TTĐT Chính phủ", None),
)  # fmt: skip

# --- what moves, and what stands around -----------------------------------------------------------------------

_OTHER = (
    "Chủ tịch UBND tỉnh thăm, tặng quà thương binh nhân ngày 27/7",
    "Khởi công tuyến đường liên xã Tân Lập - Hồng Phong",
    "Ra quân làm sạch bờ biển hưởng ứng Ngày Đại dương thế giới",
    "Tuyên dương 85 gia đình văn hóa tiêu biểu",
    "Nghiệm thu đề tài khoa học về giống lúa chịu mặn",
    "Phòng, chống đuối nước cho trẻ em dịp hè",
    "Tổ chức đấu giá quyền sử dụng đất tại khu dân cư số 4",
    "Diễn tập chữa cháy và cứu nạn, cứu hộ tại chợ trung tâm",
    "Trao Huy hiệu 60 năm tuổi Đảng cho đảng viên lão thành",
    "Cảnh báo lừa đảo qua điện thoại giả danh cán bộ công an",
    "Lịch tiếp công dân của lãnh đạo UBND tỉnh",
    "Kết quả kỳ thi tuyển sinh vào lớp 10 năm học mới",
)
_MENU = (
    "Trang chủ",
    "Giới thiệu",
    "Tin tức",
    "Thông tin chỉ đạo",
    "Văn bản QPPL",
    "Dịch vụ công",
    "Hỏi đáp",
    "Sơ đồ cổng",
    "Liên hệ",
    "Thư điện tử",
    "English",
)
_SECTIONS = ("Tin tức sự kiện", "Chuyển đổi số", "Tin hoạt động", "Thông báo", "Chỉ đạo điều hành")
_SITES = (
    "Cổng thông tin điện tử tỉnh Yên Lạc",
    "Sở Khoa học và Công nghệ tỉnh Yên Lạc",
    "Trang thông tin điện tử huyện Hồng Phong",
    "Báo Yên Lạc",
)


class Draw:
    """Choices by name that hold for all responses of a page, and numbers that move from one to the next."""

    def __init__(self, seed: int, response: int) -> None:
        self.seed, self.response = seed, response
        self.dirt: list[str] = []

    def rng(self, name: str, *, moves: bool = False) -> Random:
        return Random(f"platforms/{self.seed}/{name}/{self.response if moves else ''}")

    def pick(self, name: str, among: Sequence[T]) -> T:
        return self.rng(name).choice(among)

    def has(self, name: str, share: float = 0.5) -> bool:
        return self.rng(name).random() < share

    def number(self, name: str, low: int, high: int) -> int:
        return self.rng(name, moves=True).randrange(low, high)

    def said(self, text: str) -> str:
        """A text that is no part of the article: it must never be found in one."""
        self.dirt.append(text)
        return text

    # The article's date, and its stamp as the page shows it.
    @property
    def when(self) -> datetime:
        rng = self.rng("when")
        return datetime(2022, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(0, 900 * 24 * 60))

    def stamp(self) -> tuple[str, str | None]:
        """The words of the stamp, without the platform's own label, and its date; ("", None) where a page has none."""
        at = self.when
        day = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")[at.weekday()]
        iso, hour = (
            f"{at:%Y-%m-%d}",
            f"{at:%Y-%m-%dT%H:%M}:00+07:00" if (at.hour, at.minute) != (0, 0) else f"{at:%Y-%m-%d}",
        )
        half = "SA" if at.hour < 12 else "CH"
        return self.pick(
            "stamp",
            [
                (f"{at:%d/%m/%Y %H:%M}", hour),
                (f"{day}, {at:%d/%m/%Y}", iso),
                (f"{at:%d/%m/%Y}", iso),
                (f"{at:%H:%M}, {at:%d/%m/%Y}", hour),
                (f"{at:%d-%m-%Y}", iso),
                (f"{day}, ngày {at:%d/%m/%Y} | {at.hour % 12 or 12}:{at:%M} {half}", hour),
                (f"{at:%d/%m/%Y} | {at:%I:%M %p}", hour),
                (f"ngày {at.day} tháng {at.month} năm {at.year}", iso),
                (f"{at:%d/%m/%Y} - {at:%Hh%M}", hour),
            ],
        )

    def dated(self) -> tuple[str, str | None]:
        """The stamp with a label that any portal may use; a quarter of the pages say "Cập nhật" only, some nothing."""
        text, iso = self.stamp()
        label = self.pick(
            "label",
            (
                "Ngày đăng: ",
                "Đăng ngày ",
                "Cập nhật: ",
                "Cập nhật lúc: ",
                "Thời gian đăng: ",
                "Ngày xuất bản: ",
                "Đăng lúc: ",
                None,
            ),
        )
        return ("", None) if label is None else (label + text, iso)

    # Dirt.
    def counter(self) -> str:
        online, today, total = (
            self.number("online", 12, 90),
            self.number("today", 2000, 9000),
            self.number("total", 5_000_000, 9_000_000),
        )
        dotted = f"{total:,}".replace(",", ".")
        rows = self.pick(
            "counter rows",
            (
                [("Đang online", online), ("Hôm nay", today), ("Đã truy cập", total)],
                [("Trực tuyến", online), ("Hôm nay", today), ("Hôm qua", today + 31), ("Tuần này", today * 4), ("Tất cả", dotted)],
                [("Số người đang truy cập", online), ("Tổng lượt truy cập", dotted)],
                [("Online", online), ("Trong ngày", today), ("Trong tuần", today * 5), ("Tổng số", total)],
                [("Khách", online), ("Thành viên", 0), ("Tổng", total)],
            ),
        )  # fmt: skip
        head = self.pick("counter head", ("Thống kê truy cập", "LƯỢT TRUY CẬP", "Thống kê", ""))
        for label, number in rows:
            self.dirt += [f"{label}: {number}", str(number)] if len(str(number)) > 3 else [f"{label}: {number}"]
        shape = self.pick("counter shape", ("li digits", "p", "td", "li span", "br", "dl", "colon span"))
        if shape == "li digits":
            return (
                f"<div><h4>{head}</h4><ul class='{self.pick('digits', ('wd-access', 'so', ''))}'>"
                + "".join(f"<li><span>{digit}</span></li>" for digit in f"{total:08d}")
                + "</ul></div>"
            )
        made = {
            "p": lambda a, b: f"<p>{a}: {b}</p>",
            "td": lambda a, b: f"<tr><td>{a}</td><td align='right'>{b}</td></tr>",
            "li span": lambda a, b: f"<li><i class='fa fa-user'></i> {a} <span class='badge'>{b}</span></li>",
            "br": lambda a, b: f"{a}: <b>{b}</b><br/>",
            "dl": lambda a, b: f"<dt>{a}</dt><dd>{b}</dd>",
            "colon span": lambda a, b: f"<div><span>{a} :</span> <span>{b}</span></div>",
        }[shape]  # fmt: skip
        around = {"td": "table", "li span": "ul", "dl": "dl"}.get(shape, "div")
        return f"<div><div class='tit'>{head}</div><{around}>{''.join(made(label, number) for label, number in rows)}</{around}></div>"

    def views(self) -> str:
        n = self.number("views", 120, 99_999)
        return self.said(
            self.pick(
                "views", ("Lượt xem: {}", "{} lượt xem", "Đã xem: {}", "Số lượt xem: {}", "Lượt đọc: {}", "Xem: {}")
            ).format(n)
        )

    def clock(self) -> str:
        day, minute = 20 + self.number("clock day", 0, 8), self.number("clock", 10, 59)
        return self.said(
            self.pick(
                "clock",
                (f"Thứ ba, {day}/11/2026, 10:{minute}:07", f"Thứ hai, ngày {day}/11/2026", f"{day}/11/2026 14:{minute}:44", f"Hôm nay, Thứ 5 ngày {day} tháng 11 năm 2026", f"Thứ 3, Ngày {day}/11/2026 -"),
            )
        )  # fmt: skip

    def others(
        self, name: str, head: str, *, count: int = 4, dates: bool | None = None, summaries: bool = False
    ) -> str:
        rng = self.rng(name, moves=True)
        titles = rng.sample(_OTHER, count)
        for title in titles:
            self.said(title)
        dates = self.has(f"{name} dates") if dates is None else dates
        shape = self.pick(f"{name} shape", ("ul", "div", "td", "br", "card"))
        mark = self.pick(f"{name} date", ("({})", "<i>{}</i>", "<span class='date'>{}</span>", "- {}"))
        rows = []
        for at, title in enumerate(titles):
            day = mark.format(f"{rng.randrange(10, 28)}/10/2026") if dates else ""
            link = f'<a href="/tin-tuc/{rng.randrange(10**6)}-khac.html" title="{escape(title)}">{title}</a>'
            more = (
                f"<p>{self.said(f'{title} đã được tổ chức sáng nay với sự tham gia của đông đảo đại biểu các ngành...')}</p>"
                if summaries
                else ""
            )
            rows.append(
                {
                    "ul": f"<li>{link} {day}</li>",
                    "div": f"<div class='row-{at}'>{link} {day}{more}</div>",
                    "td": f"<tr><td><img src='/images/bullet.gif' width='6'></td><td>{link} {day}</td></tr>",
                    "br": f"&raquo; {link} {day}<br>",
                    "card": f"<div class='item'><a href='/x/{at}.html'><img src='/thumb/{at}.jpg'></a><h4>{link}</h4><span>{day}</span>{more}</div>",
                }[shape]
            )
        around = {"ul": "ul", "td": "table"}.get(shape, "div")
        tag = self.pick(f"{name} head", ("h3", "h4", "div", "p", "strong", "span"))
        self.said(head)
        return f"<{tag}>{head}</{tag}><{around}>{''.join(rows)}</{around}>"

    def related(self) -> str:
        newer = (
            self.others(
                "newer",
                self.pick(
                    "newer head", ("Các tin mới hơn", "Tin mới", "Những tin mới hơn", "Các tin khác", "Bài viết khác")
                ),
            )
            if self.has("newer", 0.7)
            else ""
        )
        older = self.others(
            "older",
            self.pick(
                "older head",
                (
                    "Các tin cũ hơn",
                    "Tin cũ hơn",
                    "Tin liên quan",
                    "Tin đã đưa",
                    "Tin cùng chuyên mục",
                    "CÁC TIN LIÊN QUAN",
                ),
            ),
            count=5,
        )
        return newer + older

    def gadget(self) -> str:
        temperature, gold = self.number("temperature", 20, 36), self.number("gold", 66_000, 68_000)
        return self.pick(
            "gadget",
            (
                f"<div class='widget'><h3>Thời tiết</h3><div>Yên Lạc</div><div>{temperature}°C</div><div>Độ ẩm {temperature + 40}%</div></div>",
                f"<div><b>Giá vàng</b><table><tr><td>SJC</td><td>{gold}</td><td>{gold + 700}</td></tr><tr><td>PNJ</td><td>{gold - 90}</td><td>{gold + 410}</td></tr></table></div>",
                "<div class='poll'><h4>Thăm dò ý kiến</h4><form><label><input type='radio'> Rất tốt</label><label><input type='radio'> Bình thường</label><button>Biểu quyết</button> <a href='#'>Xem kết quả</a></form></div>",
                "<div id='cookie-bar'>Trang này sử dụng cookie để cải thiện trải nghiệm của bạn. <button>Đồng ý</button></div>",
                "<div class='popup-overlay' style='display:none'><p>Đăng ký nhận bản tin điện tử của tỉnh</p></div>",
                "",
            ),
        )  # fmt: skip

    def tools(self) -> str:
        return self.pick(
            "tools",
            (
                "<div class='tool-article'><a href='javascript:window.print();'>In trang</a> <a href='/gui?id=9'>Gửi email</a> <a href='#'>A-</a> <span>100%</span> <a href='#'>A+</a></div>",
                "<ul class='actions'><li><a href='#'><i class='fa fa-print'></i> In bài viết</a></li><li><a href='#'><i class='fa fa-envelope'></i> Gửi cho bạn bè</a></li></ul>",
                "<div><span>Đọc bài viết</span><audio controls src='/tts.mp3'></audio><span>00:00</span></div>",
                "<div>Cỡ chữ: <a href='#'>A</a> <a href='#'>A</a> <a href='#'>A</a> | <a href='#'>Tương phản</a> | <a href='#'>Đọc bài</a></div>",
                "<div class='chiase'>Chia sẻ: <a href='https://www.facebook.com/sharer/sharer.php?u=x'>Facebook</a> <a href='https://zalo.me/s'>Zalo</a> <a href='#'>Sao chép liên kết</a></div>",
                "",
            ),
        )  # fmt: skip

    def end(self) -> str:
        return self.pick(
            "end",
            (
                "<div class='sao'>Đánh giá bài viết: <span>★</span><span>★</span><span>★</span><span>★</span><span>☆</span> (0 đánh giá)</div>",
                "<div class='tu-khoa'>Từ khóa: <a href='/tag/cds'>chuyển đổi số</a>, <a href='/tag/tinh'>tỉnh Yên Lạc</a></div>",
                "<div><h4>Bình luận</h4><form><p>Họ tên</p><input type='text'><p>Email</p><input type='email'><p>Nội dung</p><textarea></textarea><input type='submit' value='Gửi bình luận'></form></div>",
                "<div class='qr'><img src='/qr.png' width='120'><p>Quét mã QR để xem bài viết</p></div>",
                "",
            ),
        )  # fmt: skip

    def menu(self) -> str:
        links = [
            f'<a href="/{at}.html">{text}</a>' for at, text in enumerate(_MENU[: self.rng("menu").randrange(5, 11)])
        ]
        return self.pick(
            "menu",
            (
                "<ul>" + "".join(f"<li>{link}</li>" for link in links) + "</ul>",
                "<table><tr>" + "".join(f"<td>{link}</td>" for link in links) + "</tr></table>",
                " | ".join(links),
            ),
        )

    def crumbs(self) -> str:
        section = self.pick("section", _SECTIONS)
        return self.pick(
            "crumbs",
            (
                f"<div><a href='/'>Trang chủ</a> &gt; <a href='/tin'>{section}</a></div>",
                f"<ol><li><a href='/'>Trang chủ</a></li><li><a href='/tin'>Tin tức</a></li><li>{section}</li></ol>",
                f"<div><a href='/'>Trang chủ</a> » {section} <span>{self.clock()}</span></div>",
                "",
            ),
        )

    @property
    def site(self) -> str:
        return self.pick("site", _SITES)

    def footer(self) -> str:
        return (
            f"<p>{self.site}</p><p>Cơ quan chủ quản: UBND tỉnh Yên Lạc. Giấy phép số 42/GP-TTĐT ngày 02/6/2020</p>"
            "<p>Địa chỉ: Số 1, đường Hùng Vương, thành phố Yên Lạc. Điện thoại: 0210 3846 111. Email: bbt@yenlac.gov.vn</p>"
            "<p>Ghi rõ nguồn khi phát hành lại thông tin từ website này</p>"
        )


# --- an article's own markup --------------------------------------------------------------------------------


@dataclass
class Body:
    """An article as a platform shows it. `lead` is the first paragraph where the platform sets it apart, else ""."""

    lead: str
    inner: str
    files: str
    signed: str


def _texts(draw: Draw) -> Callable[[str], str]:
    return draw.pick(
        "p",
        (
            lambda t: f"<p>{t}</p>",
            lambda t: f"<p style='text-align:justify'><span style='font-size:13pt;font-family:Arial'>{t}</span></p>",
            lambda t: f"<div>{t}</div>",
            lambda t: f"{t}<br><br>",
            lambda t: f"<p class='MsoNormal'><span lang='VI'>{t}<o:p></o:p></span></p>",
            lambda t: f"<div style='text-align:justify'>&nbsp;&nbsp;&nbsp;{t}</div><div>&nbsp;</div>",
            lambda t: f"{t}<br />",
        ),
    )


def _picture(draw: Draw) -> Callable[[str], str]:
    return draw.pick(
        "picture",
        (
            lambda t: (
                f"<p style='text-align:center'><img src='/u/{len(t)}.jpg' width='640' alt=''></p><p style='text-align:center'><em>{t}</em></p>"
            ),
            lambda t: f"<figure><img src='/u/{len(t)}.jpg'><figcaption>{t}</figcaption></figure>",
            lambda t: (
                f"<table class='tblImage' align='center'><tr><td><img src='/u/{len(t)}.jpg'></td></tr><tr><td align='center'>{t}</td></tr></table>"
            ),
            lambda t: f"<div style='text-align:center'><img src='/u/{len(t)}.jpg' width='500'><br><i>{t}</i></div>",
            lambda t: f"<div class='image'><img src='/u/{len(t)}.jpg'><p class='caption'>{t}</p></div>",
        ),
    )


def _rows(piece: Piece, draw: Draw) -> str:
    width = max(len(row) for row in piece.rows)
    tag = draw.pick("cell", ("", "p", "div"))

    def cell(text: str) -> str:
        return "".join(
            f"<{tag}>{escape(line)}</{tag}>" if tag else escape(line) + " " for line in CELL_LINES.get(text, (text,))
        )

    body = "".join(
        "<tr>"
        + "".join(f"<td{f' colspan={width}' if len(row) == 1 else ''}>{cell(text)}</td>" for text in row)
        + "</tr>"
        for row in piece.rows
    )
    return f"<table {draw.pick('table', ('border=1', 'class=table', 'style=width:100%', ''))}>{body}</table>"


def _body(story: Story, draw: Draw, signature: str, *, apart: bool = False) -> Body:
    p, picture = _texts(draw), _picture(draw)
    pieces = list(story.pieces)
    lead = ""
    if apart and story.lead and len(pieces) > 1 and pieces[0].kind == "p":
        lead = escape(pieces.pop(0).text)
    parts: list[str] = []
    strike = draw.pick(
        "strike",
        (
            "<s>{}</s>",
            "<del>{}</del>",
            "<strike>{}</strike>",
            "<span style='text-decoration: line-through;'>{}</span>",
            "<span style='color:red;text-decoration:line-through'>{}</span>",
        ),
    )
    first = True
    for piece in pieces:
        text = escape(piece.text)
        if piece.kind == "table":
            parts.append(_rows(piece, draw))
        elif piece.kind == "caption":
            parts.append(picture(text))
        elif piece.kind == "head":
            parts.append(
                draw.pick("head", ("<p><strong>{}</strong></p>", "<h3>{}</h3>", "<div><b>{}</b></div>")).format(text)
            )
        elif piece.kind == "item":
            parts.append(f"<ul><li>{text}</li></ul>")
        elif piece.kind == "struck":
            parts.append(p(strike.format(text.replace("~~", ""))))
        else:
            bold = first and story.lead and not apart and len(pieces) > 2 and draw.has("bold lead", 0.3)
            parts.append(p(f"<strong>{text}</strong>" if bold else text))
        first = False
    sign = draw.pick(
        "sign",
        (
            "<p style='text-align:right'><strong>{}</strong></p>",
            "<div align='right'><em>{}</em></div>",
            "<p class='author'><b>{}</b></p>",
        ),
    )
    files = "".join(f"<li><a href='{href}'>{name}</a></li>" for href, name in story.files)
    label = draw.pick("files", ("Tệp đính kèm:", "File đính kèm", "Tài liệu đính kèm:"))
    return Body(
        lead,
        "\n".join(parts),
        f"<div class='dinhkem'><b>{label}</b><ul>{files}</ul></div>" if files else "",
        sign.format(escape(signature)) if signature else "",
    )


# --- the platforms ------------------------------------------------------------------------------------------


@dataclass
class Made:
    html: str
    published: str | None
    url: str = "https://yenlac.gov.vn/tin-tuc/bai-viet-4471.html"


def _html(title: str, inside: str, *, head: str = "", body: str = "") -> str:
    return f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head><body {body}>{inside}</body></html>'


def sharepoint(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f"<div class='ms-rtestate-field intro'>{b.lead}</div>" if b.lead else ""
    return Made(
        _html(
            s.title,
            f"""<form method="post" action="/Pages/x.aspx" id="aspnetForm"><input type="hidden" name="__REQUESTDIGEST" value="0x{d.number("token", 10**6, 10**7)}">
<div id="s4-ribbonrow" style="display:none">Site Actions</div><div id="s4-workspace"><div id="s4-bodyContainer"><div class="top">{d.site}<span class="ngay">{d.clock()}</span></div>
<div class="s4-tn">{d.menu()}</div><div id="MSO_ContentTable"><div class="left"><div class="ms-WPBody" id="WebPartWPQ4">{d.counter()}</div>{d.gadget()}</div>
<div class="main"><div class="ms-webpart-zone ms-fullWidth"><div id="MSOZoneCell_WebPartWPQ2" class="s4-wpcell-plain ms-webpartzone-cell ms-webpart-cell-vertical-inline-table ms-webpart-cell-vertical ms-fullWidth">
<div class="ms-webpart-chrome ms-webpart-chrome-vertical"><div WebPartID="00000000-0000-0000-0000-000000000000" id="WebPartWPQ2" class="ms-WPBody noindex" allowDelete="false">
<div id="ctl00_ctl33_g_8f2c_ctl00_pnChiTiet">{d.crumbs()}<div class="news-title" id="ctl00_ctl33_g_8f2c_ctl00_lblTitle">{escape(s.title)}</div><div class="news-date"><span id="ctl00_x_lblDate">{stamp}</span></div>
{d.tools()}{intro}<div class="ms-rtestate-field" id="ctl00_x_ctl00_content">{b.inner}{b.signed}</div>{b.files}<div class="luotxem">{d.views()}</div></div>
<div id="ctl00_ctl33_g_8f2c_ctl00_pnKhac">{d.related()}</div></div></div></div></div></div></div></div></div><div class="chan">{d.footer()}</div></form>""",
        ),
        iso,
        "https://yenlac.gov.vn/Pages/ChiTietTin.aspx?nid=4471",
    )  # fmt: skip


def liferay(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.stamp()
    intro = f"<div class='asset-summary'>{b.lead}</div>" if b.lead else ""
    return Made(
        _html(
            f"{s.title} - {d.site}",
            f"""<div id="wrapper"><header id="banner" role="banner"><div id="heading"><h1 class="site-title"><a class="logo" href="/web/guest/">{d.site}</a></h1></div><nav id="navigation">{d.menu()}</nav></header>
<div id="content"><div class="columns-2" id="main-content" role="main"><div class="portlet-layout"><div class="aui-w70 portlet-column" id="column-1"><div class="portlet-dropzone portlet-column-content">
<div class="portlet-boundary portlet-boundary_101_ portlet-static portlet-borderless portlet-asset-publisher"><span id="p_101"></span><div class="portlet-borderless-container"><div class="portlet-body"><div class="asset-full-content show-asset-title">
<h3 class="header-title"><span>{escape(s.title)}</span></h3><div class="asset-content" id="_101_INSTANCE_x_4471"><div class="metadata-publish-date">{stamp}</div>{d.tools()}{intro}
<div class="journal-content-article" data-analytics-asset-id="4471">{b.inner}{b.signed}</div>{b.files}<br></div><div class="asset-ratings"><div class="taglib-ratings stars"><div class="liferay-rating-vote">Điểm của bạn</div><div class="liferay-rating-score">Trung bình (0 Phiếu)</div></div></div>
<div class="taglib-social-bookmarks"><ul><li class="taglib-social-bookmark-twitter"><a href="#">Tweet</a></li></ul></div><div>{d.views()}</div></div><div class="other-news">{d.related()}</div></div></div></div></div></div>
<div class="aui-w30 portlet-column" id="column-2"><div class="portlet-boundary"><div class="visitor-tracking-wraper">{d.counter()}</div></div>{d.gadget()}</div></div></div></div><footer id="footer" role="contentinfo">{d.footer()}</footer></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/tin-tuc/-/view_content/4471-bai-viet.html",
    )  # fmt: skip


def vnpt(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f"<div class='tomtat'>{b.lead}</div>" if b.lead else ""
    return Made(
        _html(
            d.pick("head", (s.title, d.site, f"{s.title} | {d.site}")),
            f"""<div class="page"><div class="banner-top"><img src="/banner.jpg" alt="{d.site}"></div><div class="menu-ngang">{d.menu()}</div><div class="thanh-ngay"><span>{d.clock()}</span><marquee>{d.said("Chào mừng quý khách đến với " + d.site)}</marquee></div>
<div class="container"><div class="row"><div class="col-md-9"><div class="article-detail"><div class="duong-dan">{d.crumbs()}</div><h2 class="tieu-de-bai">{escape(s.title)}</h2><p class="thongtin"><i class="fa fa-clock-o"></i> {stamp} <span>{d.views()}</span></p>
<div class="nghe"><button>Nghe đọc bài</button><select><option>Giọng nữ miền Bắc</option><option>Giọng nam</option></select></div>{intro}<div class="noi-dung-bai" id="divContent">{b.inner}{b.signed}</div>{b.files}{d.tools()}{d.end()}</div>
<div class="khac">{d.related()}</div></div><div class="col-md-3"><div class="box">{d.others("hot", "Tin nổi bật", summaries=True)}</div><div class="box">{d.counter()}</div>{d.gadget()}</div></div></div><div class="chan-trang">{d.footer()}</div></div>""",
        ),
        iso,
    )  # fmt: skip


def dnn(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.stamp()
    intro = f"<div class='edn_subTitle'>{b.lead}</div>" if b.lead else ""
    return Made(
        _html(
            f"{d.site} > Chi tiết tin",
            f"""<form id="Form"><div id="ControlBar"></div><div class="skin"><div id="dnn_pnav">{d.menu()}</div><div class="date">{d.clock()}</div><table class="tblmain"><tr><td id="dnn_LeftPane" class="LeftPane" valign="top"><div class="DnnModule DnnModule-HTML"><div class="c_content">{d.counter()}</div></div>{d.gadget()}</td>
<td id="dnn_ContentPane" class="ContentPane" valign="top"><a name="417"></a><div class="DnnModule DnnModule-EasyDNNnews DnnModule-417"><div class="c_head"><span id="dnn_ctr417_dnnTITLE_titleLabel" class="Head">{d.said("Tin tức - Sự kiện")}</span></div><div id="dnn_ctr417_ModuleContent" class="DNNModuleContent">
<div class="edn_article"><h1 class="edn_articleTitle">{escape(s.title)}</h1><div class="edn_metaDetails"><time>{stamp}</time></div>{intro}<div class="edn_articleContent">{b.inner}{b.signed}</div>{b.files}<p class="numberofviews">{d.views()}</p></div><div class="edn_relatedArticles">{d.related()}</div></div></div></td></tr></table>
<div id="dnn_FooterPane">{d.footer()}</div></div></form>""",
        ),
        iso,
        "https://yenlac.gov.vn/Default.aspx?tabid=119&ndid=4471",
    )  # fmt: skip


def nukeviet(s: Story, d: Draw, sign: str) -> Made:
    b, at = _body(s, d, sign, apart=True), d.when
    day = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")[at.weekday()]
    iso = f"{at:%Y-%m-%dT%H:%M}:00+07:00" if (at.hour, at.minute) != (0, 0) else f"{at:%Y-%m-%d}"
    home = f'<div class="hometext m-bottom" itemprop="description">{b.lead}</div>' if b.lead else ""
    return Made(
        _html(
            s.title,
            f"""<div class="wraper"><header><div class="container"><div id="header" class="row"><div class="logo col-xs-24"><a title="{d.site}" href="/"><img src="/uploads/logo.png" alt="{d.site}"></a><span class="site_name">{d.site}</span></div></div></div></header><nav class="second-nav" id="menusite">{d.menu()}</nav><nav class="third-nav"><div class="row"><div class="bg"><div class="clearfix"><div class="col-xs-24"><div class="breadcrumbs-wrap">{d.crumbs()}</div><span class="current-date">{d.clock()}</span></div></div></div></div></nav>
<section><div class="container" id="body"><div class="row"><div class="col-sm-16 col-md-18"><div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{escape(s.title)}</h1>
<div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope><span itemprop="name">Ban Biên tập</span></div><span class="hidden hide d-none" itemprop="datePublished">{at:%Y-%m-%dT%H:%M:%S}+07:00</span><span class="hidden hide d-none" itemprop="dateModified">2026-11-20T10:00:00+07:00</span><span class="hidden hide d-none" itemprop="mainEntityOfPage">https://yenlac.gov.vn/vi/news/tin-4471.html</span>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{day} - {at:%d/%m/%Y %H:%M}</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a class="dimgray" rel="nofollow" title="Gửi bài viết qua email" href="javascript:void(0);"><em class="fa fa-envelope fa-lg">&nbsp;</em></a></li><li><a class="dimgray" href="/vi/news/print/tin.html"><em class="fa fa-print fa-lg">&nbsp;</em></a></li></ul></div></div>
<div class="clearfix">{home}</div><div id="news-bodyhtml" class="bodytext margin-bottom-lg">{b.inner}{b.signed}</div>{b.files}</div></div>
<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action=""><div class="h5 clearfix"><p id="stringrating">{d.said(f"Tổng số điểm của bài viết là: {d.number('points', 3, 90)} trong {d.number('votes', 1, 20)} đánh giá")}</p><div style="padding: 5px;"><input class="hover-star" type="radio" value="1"/><span id="hover-test" style="margin: 0 0 0 20px;">Click để đánh giá bài viết</span></div></div></form></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><div class="socialicon clearfix margin-bottom-lg"><div class="fb-like" data-href="x"></div></div></div></div><div class="news_column panel panel-default"><div class="panel-body other-news">{d.related()}</div></div></div>
<div class="col-sm-8 col-md-6"><div class="panel panel-default"><div class="panel-heading">Thống kê</div><div class="panel-body">{d.counter()}</div></div>{d.gadget()}</div></div></div></section><footer id="footer"><div class="container">{d.footer()}</div></footer></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/vi/news/tin-tuc/bai-viet-4471.html",
    )  # fmt: skip


def webforms(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f"<tr><td class='trichdan'><b>{b.lead}</b></td></tr>" if b.lead else ""
    return Made(
        _html(
            d.pick("head", (d.site, s.title)),
            f"""<form name="form1"><table width="990" align="center" cellpadding="0" cellspacing="0"><tr><td><img src="/images/banner.png"></td></tr><tr><td bgcolor="#cc0000">{d.menu()}</td></tr><tr><td align="right"><font color="blue">{d.clock()}</font></td></tr><tr><td><table width="100%"><tr>
<td width="190" valign="top">{d.counter()}<br>{d.gadget()}</td><td valign="top"><table width="100%" cellspacing="2"><tr><td class="TieuDe"><span id="ctl03_lblTieuDe">{escape(s.title)}</span></td></tr><tr><td class="NgayThang"><span id="ctl03_lblNgay">{stamp}</span></td></tr>{intro}<tr><td class="NoiDung"><span id="ctl03_lblNoiDung">{b.inner}{b.signed}</span></td></tr><tr><td>{b.files}</td></tr><tr><td align="right">{d.views()} {d.tools()}</td></tr></table>
<table width="100%"><tr><td>{d.related()}</td></tr></table></td></tr></table></td></tr><tr><td align="center">{d.footer()}</td></tr></table></form>""",
        ),
        iso,
        "https://yenlac.gov.vn/ChiTiet.aspx?ID=4471",
    )  # fmt: skip


def webcenter(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f"<div class='xjx'><span class='x2hr'>{b.lead}</span></div>" if b.lead else ""
    return Made(
        _html(
            s.title,
            f"""<div id="T:oc" class="x1a"><div id="T:header" class="xju">{d.menu()}</div><div id="T:dl" class="xjd">{d.clock()}</div><div id="T:oc_67:region1" class="x1k"><div id="T:oc_67:r1:0:pgl1" class="x19e"><div class="p_AFCore"><span class="x2hp tieude">{escape(s.title)}</span></div><div><span class="x2hq">{stamp}</span></div>{intro}<div class="x2ht" id="T:oc_67:r1:0:outputText5">{b.inner}{b.signed}</div>{b.files}<div class="x2hv">{d.views()}</div></div>
<div id="T:oc_67:r1:0:pgl2" class="x19e">{d.related()}</div></div><div id="T:right" class="x1m">{d.counter()}{d.gadget()}</div><div id="T:footer">{d.footer()}</div></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/webcenter/portal/ubnd/pages_tin-tuc/chi-tiet?dDocName=PORTAL4471",
    )  # fmt: skip


def domino(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign), d.dated()
    return Made(
        _html(
            s.title,
            f"""<form action=""><div align="center"><table border="0" width="980"><tr valign="top"><td colspan="2">{d.menu()}</td></tr><tr valign="top"><td width="220"><font size="2">{d.counter()}</font></td><td width="760"><font size="4" color="#800000"><b>{escape(s.title)}</b></font><br><font size="1"><i>{stamp}</i></font><br><br><font size="2" face="Times New Roman">{b.inner}</font>{b.signed}{b.files}<br><hr>{d.related()}</td></tr></table>{d.footer()}</div></form>""",
            body='text="#000000" bgcolor="#FFFFFF"',
        ),
        iso,
        "https://congbao.yenlac.gov.vn/congbao.nsf/NoiDung?openForm&ParentUNID=2979FBD220E3084E47258E33002A7EF2",
    )  # fmt: skip


def vccorp(s: Story, d: Draw, sign: str) -> Made:
    b, at = _body(s, d, sign, apart=True), d.when
    iso = f"{at:%Y-%m-%dT%H:%M}:00+07:00" if (at.hour, at.minute) != (0, 0) else f"{at:%Y-%m-%d}"
    facts = json.dumps(
        {
            "@context": "http://schema.org",
            "@type": "NewsArticle",
            "headline": s.title,
            "datePublished": f"{at:%Y-%m-%dT%H:%M}:00+07:00",
            "dateModified": f"{at:%Y-%m-%dT%H:%M}:00+07:00",
        },
        ensure_ascii=False,
    )
    sapo = f'<h2 class="detail-sapo" data-role="sapo">{b.lead}</h2>' if b.lead else ""
    box = f'<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/x.htm" class="VCCTitle"><img src="/x.jpg"></a><div class="VnnNewsText"><a class="title" href="/x.htm">{d.others("box", "Tin liên quan", count=1)}</a></div></div>'
    return Made(
        _html(
            f"{s.title} | baoyenlac.vn",
            f"""<div class="header"><div class="header__top"><a href="/">{d.site}</a><div class="header__date">{d.clock()}</div></div>{d.menu()}</div><div class="main"><div class="detail__page"><div class="detail-cate">{d.crumbs()}</div><h1 class="detail-title article-title" data-role="title">{escape(s.title)}</h1><div class="detail-time"><div data-role="publishdate">{at:%d/%m/%Y  %H:%M}</div></div>{d.tools()}{sapo}
<div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">{b.inner}{box if d.has("related box") else ""}{b.signed}</div></div>{b.files}<div class="detail-tab">{d.end()}</div><div class="detail__related">{d.related()}</div></div><div class="sidebar">{d.others("read", "Đọc nhiều", summaries=True)}{d.gadget()}</div></div><div class="footer">{d.footer()}</div>""",
            head=f'<meta property="og:title" content="{escape(s.title)}"><meta property="og:type" content="article"><script type="application/ld+json">{facts}</script>',
        ),
        iso,
        f"https://baoyenlac.vn/bai-viet-102{at:%y%m%d%H%M}07704.htm",
    )  # fmt: skip


def drupal(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = (
        f'<div class="field field-name-field-tom-tat field-type-text-long field-label-hidden"><div class="field-items"><div class="field-item even">{b.lead}</div></div></div>'
        if b.lead
        else ""
    )
    files = (
        b.files.replace("<div class='dinhkem'>", '<div class="field field-name-field-file field-type-file">')
        if b.files
        else ""
    )
    return Made(
        _html(
            f"{s.title} | {d.site}",
            f"""<div id="page-wrapper"><div id="page"><div id="header"><div id="name-and-slogan"><div id="site-name"><strong><a href="/" title="Trang chủ" rel="home">{d.site}</a></strong></div></div><div class="region region-header">{d.clock()}</div></div><div id="main-menu" class="navigation">{d.menu()}</div><div id="main-wrapper"><div id="main"><div id="breadcrumb">{d.crumbs()}</div><div id="content" class="column"><div class="section"><a id="main-content"></a><h1 class="title" id="page-title">{escape(s.title)}</h1>
<div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content"><div id="node-4471" class="node node-article node-promoted clearfix"><div class="meta submitted">{stamp}</div><div class="content clearfix">{intro}<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">{b.inner}{b.signed}</div></div></div>{files}</div><div class="link-wrapper"><ul class="links inline"><li class="statistics_counter first last"><span>{d.views()}</span></li></ul></div></div></div></div>
<div id="block-views-tin-khac-block" class="block block-views"><div class="content">{d.related()}</div></div></div></div></div><div id="sidebar-second" class="column sidebar"><div class="section">{d.counter()}{d.gadget()}</div></div></div></div><div id="footer-wrapper">{d.footer()}</div></div></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/node/4471",
    )  # fmt: skip


def wordpress(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign), d.stamp()
    return Made(
        _html(
            f"{s.title} – {d.site}",
            f"""<div id="page" class="hfeed site"><a class="skip-link screen-reader-text" href="#content">Chuyển đến phần nội dung</a><header id="masthead" class="site-header"><p class="site-title"><a href="/">{d.site}</a></p><nav id="site-navigation">{d.menu()}</nav></header><div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-4471" class="post-4471 post type-post status-publish format-standard hentry category-tin-tuc">
<header class="entry-header"><h1 class="entry-title">{escape(s.title)}</h1><div class="entry-meta"><span class="posted-on">Đăng ngày <time class="entry-date published updated">{stamp}</time></span><span class="cat-links"> trong <a href="/category/tin">{d.pick("section", _SECTIONS)}</a></span></div></header><div class="entry-content">{b.inner}{b.signed}{b.files}<div class="post-views content-post post-4471 entry-meta"><span class="post-views-icon dashicons dashicons-chart-bar"></span> <span class="post-views-label">Lượt xem:</span> <span class="post-views-count">{d.number("views", 100, 9999)}</span></div><div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a href="?share=facebook">Facebook</a></li></ul></div></div><footer class="entry-footer"><span class="tags-links">Thẻ: <a href="/tag/a">chuyển đổi số</a></span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">Điều hướng bài viết</h2><div class="nav-links"><div class="nav-previous"><a href="/a">{d.said("Khai mạc ngày hội văn hóa đọc tại các trường học")}</a></div></div></nav><div class="related-posts">{d.related()}</div></main></div><aside id="secondary" class="widget-area">{d.others("recent", "Bài viết mới")}{d.counter()}{d.gadget()}</aside></div><footer id="colophon" class="site-footer">{d.footer()}</footer></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/bai-viet/",
    )  # fmt: skip


def joomla(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.stamp()
    intro = f'<div class="itemIntroText">{b.lead}</div>' if b.lead else ""
    return Made(
        _html(
            s.title,
            f"""<div id="rt-page"><div id="rt-top">{d.clock()}</div><div id="rt-menu">{d.menu()}</div><div class="rt-container"><div id="k2Container" class="itemView"><span id="startOfPageId471"></span><div class="itemHeader"><span class="itemDateCreated">{stamp}</span><h2 class="itemTitle">{escape(s.title)}</h2></div>
<div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">cỡ chữ</span> <a href="#" id="fontDecrease"><span>giảm cỡ chữ</span></a> <a href="#" id="fontIncrease"><span>tăng cỡ chữ</span></a></li><li><a class="itemPrintLink" rel="nofollow" href="/print"><span>In</span></a></li><li><a class="itemEmailLink" href="#"><span>Email</span></a></li></ul></div>
<div class="itemRatingBlock"><span>Đánh giá mục này</span><ul class="itemRatingList"><li><a href="#" class="one-star">1</a></li><li><a href="#" class="two-stars">2</a></li><li><a href="#">3</a></li><li><a href="#">4</a></li><li><a href="#">5</a></li></ul><div class="itemRatingLog">({d.number("votes", 2, 40)} bình chọn)</div></div>
<div class="itemBody">{intro}<div class="itemFullText">{b.inner}{b.signed}</div>{b.files}</div><div class="itemContentFooter"><span class="itemHits">Đọc <b>{d.number("views", 100, 9999)}</b> lần</span></div><div class="itemLinks"><div class="itemCategory"><span>Được viết trong</span> <a href="/c">{d.pick("section", _SECTIONS)}</a></div></div><div class="itemRelated">{d.related()}</div><div class="itemBackToTop"><a class="k2Anchor" href="#startOfPageId471">trở lên trên</a></div></div>
<div class="rt-sidebar">{d.counter()}{d.gadget()}</div></div><div id="rt-footer">{d.footer()}</div></div>""",
        ),
        iso,
        "https://yenlac.gov.vn/index.php/tin-tuc/item/4471-bai-viet",
    )  # fmt: skip


def codeigniter(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f"<p class='short_desc'><strong>{b.lead}</strong></p>" if b.lead else ""
    title = f"<h1>{escape(s.title)}</h1>" if d.has("h1", 0.6) else ""
    return Made(
        _html(
            f"{s.title}",
            f"""<div class="wrap"><div class="top-bar">{d.clock()} <form action="/tim-kiem"><input type="text" placeholder="Tìm kiếm"></form></div><div class="logo">{d.site}</div>{d.menu()}<div class="main-content clearfix"><div class="col-left">{title}<div class="info">{stamp}</div>{intro}{b.inner}{b.signed}{b.files}{d.end()}</div><div class="lq">{d.related()}</div><div class="col-right">{d.others("new", "Tin mới nhất")}{d.counter()}{d.gadget()}</div></div></div><div class="ft">{d.footer()}</div>""",
            head=f'<meta property="og:title" content="{escape(s.title)}"><meta property="og:type" content="website"><meta property="og:updated_time" content="2026-11-20">',
        ),
        iso,
        "https://yenlac.gov.vn/tin-tuc/chi-tiet-4471.html",
    )  # fmt: skip


def vportal(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    intro = f'<div class="mb-3 font-weight-bold" id="sapoDetailId">{b.lead}</div>' if b.lead else ""
    return Made(
        _html(
            f"{d.site} - {s.title}",
            f"""<div class="accessibility-toolbar"><ul><li><a href="#">Đọc bài viết</a></li><li>Tốc độ đọc <select><option>Mặc định</option></select></li><li>Cỡ chữ <button>A-</button> <button>A+</button></li><li>Tương phản</li><li>Đặt lại</li></ul></div><header class="header-vportal"><div class="container"><a class="navbar-brand" href="/">{d.site}</a><div class="time-vn">{d.clock()}</div></div><nav class="navbar">{d.menu()}</nav></header>
<main class="container py-3"><div class="row"><div class="col-lg-8"><nav aria-label="breadcrumb">{d.crumbs()}</nav><div class="card border-0"><div class="card-body"><h1 class="h4" id="contentDetailTitleId">{escape(s.title)}</h1><div class="d-flex justify-content-between small text-muted"><span>{stamp}</span><span>{d.views()}</span></div>{d.tools()}{intro}<div class="content-detail" id="contentDetail">{b.inner}</div>{b.signed}{b.files}{d.end()}</div></div><section class="mt-4">{d.related()}</section></div>
<div class="col-lg-4"><div class="card">{d.others("notice", "Thông báo", dates=True)}</div><div class="card">{d.counter()}</div>{d.gadget()}</div></div></main><footer class="bg-dark">{d.footer()}</footer>""",
        ),
        iso,
        "https://yenlac.gov.vn/chi-tiet-tin?id=4471",
    )  # fmt: skip


def nextjs(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign, apart=d.has("apart")), d.dated()
    mark = f"{d.rng('hash').randrange(16**5):05x}"
    intro = f'<div class="Detail_sapo__{mark}">{b.lead}</div>' if b.lead else ""
    state = json.dumps(
        {
            "props": {"pageProps": {"title": s.title, "viewCount": d.number("views", 1, 9999)}},
            "buildId": str(d.number("build", 1, 10**6)),
        },
        ensure_ascii=False,
    )
    return Made(
        _html(
            s.title,
            f"""<div id="__next"><header class="Header_wrap__{mark}"><a href="/">{d.site}</a>{d.menu()}</header><main class="Layout_main__{mark}"><div class="Detail_container__{mark}"><div class="Detail_title__{mark}">{escape(s.title)}</div><div class="Detail_meta__{mark}"><span>{stamp}</span><span>{d.views()}</span></div>{intro}<div class="Detail_body__{mark}">{b.inner}{b.signed}</div>{b.files}</div><div class="List_wrap__{mark}">{d.related()}</div></main>
<div class="Side_wrap__{mark}">{d.counter()}{d.gadget()}</div><div class="Foot_wrap__{mark}">{d.footer()}</div></div><script id="__NEXT_DATA__" type="application/json">{state}</script>""",
        ),
        iso,
        "https://yenlac.gov.vn/tin-tuc/bai-viet-4471",
    )  # fmt: skip


def joomla_old(s: Story, d: Draw, sign: str) -> Made:
    b, (stamp, iso) = _body(s, d, sign), d.dated()
    return Made(
        _html(
            s.title,
            f"""<table id="wrap" width="960" align="center"><tr><td colspan="2">{d.menu()}</td></tr><tr><td valign="top" width="200"><table class="moduletable"><tr><th valign="top">{d.said("Số lượt truy cập")}</th></tr><tr><td>{d.counter()}</td></tr></table></td><td valign="top"><span class="pathway">{d.crumbs()}</span><table class="contentpaneopen"><tr><td class="contentheading" width="100%">{escape(s.title)}</td><td align="right" class="buttonheading"><a href="#"><img src="/pdf_button.png" alt="PDF"></a></td></tr></table>
<table class="contentpaneopen"><tr><td valign="top" class="createdate">{stamp}</td></tr><tr><td valign="top">{b.inner}{b.signed}{b.files}</td></tr></table><span class="article_separator">&nbsp;</span>{d.related()}</td></tr><tr><td colspan="2">{d.footer()}</td></tr></table>""",
        ),
        iso,
        "https://yenlac.gov.vn/index.php?option=com_content&task=view&id=4471",
    )  # fmt: skip


PLATFORMS: tuple[Callable[[Story, Draw, str], Made], ...] = (
    sharepoint, liferay, vnpt, dnn, nukeviet, webforms, webcenter, domino, vccorp, drupal, wordpress, joomla, codeigniter, vportal, nextjs, joomla_old,
)  # fmt: skip


def draw_page(seed: int) -> Page:
    """One article on the platform that is its seed's turn."""
    rng = Random(f"story/{seed}")
    story = rng.choices([make for make, _ in STORIES], [weight for _, weight in STORIES])[0](rng)
    signature, source, byline = rng.choice(SIGNED) if story.kind not in ("fields", "english") else ("", None, None)
    platform = PLATFORMS[seed % len(PLATFORMS)]
    draws = [Draw(seed, response) for response in range(RESPONSES)]
    made = [platform(story, draw, signature) for draw in draws]
    lines = [" | ".join(row) for piece in story.pieces if piece.kind == "table" for row in piece.rows]
    texts: list[str] = []
    for piece in story.pieces:
        if piece.kind == "table":
            texts += [" | ".join(row) for row in piece.rows]
        elif piece.kind != "caption":
            texts.append(piece.text)
    assert set(lines) <= set(texts)
    return Page(
        seed,
        platform.__name__,
        story.kind,
        made[0].url,
        [each.html for each in made],
        story.title,
        texts,
        [piece.text for piece in story.pieces if piece.kind == "caption"],
        made[0].published,
        source,
        byline,
        story.pieces[0].text if story.lead and story.pieces[0].kind == "p" else None,
        [f"https://{made[0].url.split('/')[2]}{href}" for href, _ in story.files],
        [each for draw in draws for each in draw.dirt],
    )
