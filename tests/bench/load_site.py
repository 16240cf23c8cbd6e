"""The portals of the load run: what each publishes when, how its pages look, and which answers are faulty.

Everything follows from a plan and its seed, so the server that serves the portals and the harness that judges the
program know the same without talking. Pages are those of the NukeViet replica; the text is made of the seeds' sentences.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import escape
from string import Template

from monitor.replica import SEED_NAMES, expected_text, ninhbinh_html, seed_article
from monitor.replica.articles import HANOI
from monitor.replica.markup import slug

SECTIONS = ("tin-tuc", "chi-dao-dieu-hanh")
FAULTS = ("500", "503-retry-after", "cut", "hang", "garbage", "truncated-gzip", "soft404", "empty")
_FACTS = re.compile(
    r"họp|hội nghị|quyết định|nghị quyết|kế hoạch|chỉ thị|thông tư|nghị định|đề án|công văn|\d/", re.IGNORECASE
)
_TWINS = 0.2  # so much of what is alerted is reported by a second portal too
_PLACES = "An Bình Cẩm Dương Đông Gia Hải Hòa Khánh Lộc Long Mỹ Nam Ngọc Phú Phước Quang Sơn Tân Thanh Thịnh Vĩnh Xuân".split()  # noqa: SIM905
_ALERTED = 0.3  # so much of what appears is a meeting or a decision


@dataclass(frozen=True)
class Plan:
    """One load run. `faults` is the share of faulty answers; `pace` the mean seconds between two articles of a portal."""

    portals: int
    entries: int
    seconds: float
    faults: float
    pace: float
    seed: int
    began: float


@dataclass(frozen=True)
class Piece:
    """An article of a portal. `offset` is in seconds after the timeline's start, negative for what was there before.

    `token` names the fact that it reports, as it stands in an alert's title; None for plain news.
    """

    portal: int
    section: str
    number: int
    offset: float
    title: str
    opening: str
    token: str | None = None

    @property
    def path(self) -> str:
        """Its address on its portal."""
        return f"/vi/{self.section}/{slug(self.title).lower()[:90]}-{self.number}.html"


def host(portal: int) -> str:
    """The loopback address of a portal: each its own host, as politeness, locks and robots.txt are kept per host."""
    return f"127.64.{portal // 250}.{portal % 250 + 1}"


def name(portal: int) -> str:
    """A portal's id."""
    return f"portal-{portal:03d}"


def crawl_delay(portal: int) -> int | None:
    """The Crawl-delay of its robots.txt in seconds; most have none."""
    return 3 if portal % 16 == 5 else 2 if portal % 8 == 5 else None


def has_etags(portal: int) -> bool:
    """Whether its pages carry an ETag and are answered with 304."""
    return portal % 2 == 0


def fault_of(plan: Plan, portal: int, path: str, time: int) -> str | None:
    """The fault of the answer to the `time`-th request for a path, if any: chance, but the same in every run."""
    dice = random.Random(f"{plan.seed} fault {portal} {path} {time}")
    return dice.choice(FAULTS) if dice.random() < plan.faults else None


@cache
def _sentences() -> tuple[str, ...]:
    """What the seeds say of no meeting and no document: sentences that must not lead to an alert."""
    lines = [line for seed in SEED_NAMES for line in expected_text(seed_article(seed)).split("\n") if " | " not in line]
    return tuple(line for line in lines if len(line) > 150 and not _FACTS.search(line))


def text(piece: Piece) -> list[str]:
    """The paragraphs of an article, a few KB; no two articles have the same."""
    dice = random.Random(f"text {piece.portal} {piece.number}")
    return [piece.opening, *dice.sample(_sentences(), 5), f"Tin, bài số {piece.portal}.{piece.number}."]


def archive(plan: Plan, portal: int) -> list[Piece]:
    """What a portal lists before anything new appears: plain news and old decisions, three a section of this week."""
    pieces = []
    for index, section in enumerate(SECTIONS):
        for age in range(plan.entries):
            number = 1000 * (index + 1) + plan.entries - age
            offset = -3600.0 * (3 + 30 * age + index)
            dice = random.Random(f"{plan.seed} archive {portal} {number}")
            kind = "decision" if dice.random() < 0.1 else "news"
            pieces.append(_piece(plan, portal, section, number, offset, kind, f"{portal:03d}{number}"))
    return pieces


@cache
def timeline(plan: Plan) -> tuple[Piece, ...]:
    """What appears in the run, in its order; a meeting or decision of one portal perhaps at a second one later."""
    dice = random.Random(f"{plan.seed} timeline")
    pieces: list[Piece] = []
    for portal in range(plan.portals):
        offset, number = dice.expovariate(1 / plan.pace), 5000
        while offset < plan.seconds:
            kind = dice.choice(("meeting", "decision")) if dice.random() < _ALERTED else "news"
            fact = f"{len(pieces) + 1:04d}9"  # an archive's have seven digits
            piece = _piece(plan, portal, dice.choice(SECTIONS), number, offset, kind, fact)
            pieces.append(piece)
            later = offset + dice.uniform(0.0, plan.pace)
            if piece.token and dice.random() < _TWINS and later < plan.seconds and plan.portals > 1:
                other = (portal + dice.randrange(1, plan.portals)) % plan.portals
                section = dice.choice(SECTIONS)
                pieces.append(_piece(plan, other, section, 9000 + len(pieces), later, kind, fact))
            offset += dice.expovariate(1 / plan.pace)
            number += 1
    return tuple(sorted(pieces, key=lambda piece: piece.offset))


def _piece(plan: Plan, portal: int, section: str, number: int, offset: float, kind: str, fact: str) -> Piece:
    day = f"{datetime.fromtimestamp(plan.began + offset, HANOI):%d/%m/%Y}"
    fact = fact.lstrip("0")
    if kind == "decision":
        token = f"{fact}/QĐ-UBND"
        title = f"Ủy ban nhân dân tỉnh Thanh Hóa ban hành Quyết định số {token}"
        opening = f"Ngày {day}, Ủy ban nhân dân tỉnh đã ban hành Quyết định số {token} về chuyển đổi số."
        return Piece(portal, section, number, offset, title, opening, token)
    if kind == "meeting":
        # Each in a commune of its own: the sessions of one body on one day are told apart by little else.
        count, own = len(_PLACES), int(fact) // 10
        token = "xã " + " ".join(_PLACES[own // count**power % count] for power in (2, 1, 0))
        body = f"Ban Chỉ đạo chuyển đổi số {token}"
        title = f"Phiên họp lần thứ 3 của {body}"
        opening = f"Chiều {day}, {body} tổ chức phiên họp lần thứ 3. Chủ tịch UBND xã chủ trì phiên họp."
        return Piece(portal, section, number, offset, title, opening, token)
    dice = random.Random(f"title {portal} {number}")
    words = dice.choice(_sentences()).split(" ")
    start = dice.randrange(len(words) - 12)
    title = f"{' '.join(words[start : start + 12]).strip(' ,.;:').capitalize()} ({portal}.{number})"
    return Piece(portal, section, number, offset, title, f"{title}: tin của cổng thông tin điện tử, ngày {day}.")


# --- pages ---

_NAME = "tỉnh Ninh Bình"


@dataclass(frozen=True)
class Look:
    """One portal's pages. `visits` is its visitor counter: no two responses are the same bytes."""

    portal: int
    plan: Plan

    def listing(self, section: str, pieces: Sequence[Piece], visits: int) -> str:
        """A section's listing, newest first."""
        rows = "\n".join(
            ninhbinh_html.ROW.substitute(
                path=piece.path,
                id=piece.number,
                title=escape(piece.title),
                published=f"{self._moment(piece):%d/%m/%Y %H:%M}",
                views=visits * 7 % 900,
                summary=escape(piece.opening),
            )
            for piece in pieces
        )
        main = ninhbinh_html.LISTING.substitute(rows=rows, pager="")
        return self._framed("Tin tức sự kiện", main, f"/vi/{section}/", pieces, visits)

    def article(self, piece: Piece, others: Sequence[Piece], visits: int) -> str:
        """An article's page, with links to others around it."""
        links = "".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in others[:4])
        opening, *rest = text(piece)
        main = ninhbinh_html.ARTICLE.substitute(
            title=escape(piece.title),
            dateline=f"Đăng lúc: {self._moment(piece):%d/%m/%Y %H:%M}",
            views=visits,
            hometext=f'<div class="hometext">{escape(opening)}</div>',
            body="\n".join(f'<p style="text-align: justify;">{escape(line)}</p>' for line in rest),
            author="",
            newer=links,
            older="",
        )
        return self._framed(piece.title, main, piece.path, others, visits)

    def not_found(self, visits: int) -> str:
        """What its soft 404 shows."""
        words = "Trang bạn yêu cầu không tồn tại hoặc đã bị xóa."
        main = ninhbinh_html.PLAIN.substitute(heading="Không tìm thấy trang", words=words)
        return self._framed("Không tìm thấy trang", main, "/", (), visits)

    def _framed(self, title: str, main: str, canonical: str, latest: Sequence[Piece], visits: int) -> str:
        counter = ninhbinh_html.COUNTER.substitute(
            online=visits % 40,
            bots=visits % 5,
            guests=visits % 35,
            today=visits,
            month=visits * 11,
            total=visits + 10**6,
        )
        now = datetime.now(HANOI)
        return _frame(self.portal).substitute(
            title=escape(title),
            description=name(self.portal),
            canonical=canonical,
            updated=now.isoformat(timespec="seconds"),
            clock=f"{now:%d/%m/%Y, %H:%M:%S}",
            main=main,
            latest="".join(f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in latest[:4]),
            popular="",
            counter=counter,
        )

    def _moment(self, piece: Piece) -> datetime:
        return datetime.fromtimestamp(self.plan.began, HANOI) + timedelta(seconds=piece.offset)


@cache
def _frame(portal: int) -> Template:
    return Template(ninhbinh_html.FRAME.template.replace(_NAME, f"xã Mẫu {portal}"))
