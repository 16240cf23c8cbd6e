"""The five seed texts as articles: what a reader would say that each holds, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).parent / "seeds"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A paragraph ("p"), a caption or a table's rows."""

    kind: str
    text: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Article:
    name: str
    title: str
    pieces: tuple[Piece, ...]
    source: str | None = None
    byline: str | None = None
    signature: str | None = None
    updated: str | None = None

    @property
    def lines(self) -> list[str]:
        """The text that an extraction must give, line for line."""
        found: list[str] = []
        for piece in self.pieces:
            if piece.kind == "p":
                found.append(piece.text)
            elif piece.kind == "table":
                found.extend(" | ".join(row) for row in piece.rows)
        return found

    @property
    def captions(self) -> list[str]:
        return [piece.text for piece in self.pieces if piece.kind == "caption"]


_CAPTIONS = (
    "Quang cảnh Hội nghị tại điểm cầu",
    "Đồng chí Phạm Minh Chính - Thủ tướng Chính phủ phát biểu kết luận tại Hội nghị (nguồn",
    "Đồng chí Trần Quốc Nam - Chủ tịch UBND tỉnh - Trưởng ban Điều hành chuyển đổi số tỉnh chủ trì cuộc họp",
    "Ảnh minh họa. Nguồn: MPI",
    "Quang cảnh phiên họp tại điểm cầu Ninh Bình",
)
_NOISE = re.compile(r"• |Đang online|Hôm nay: \d|Đã truy cập|Các tin liên quan$|Cập nhật: ")
_INDICATORS: tuple[Row, ...] = (
    ("Chỉ tiêu", "6 tháng", "Năm 2022"),
    ("Các chỉ tiêu đã đạt được",),
    ("Tỉ lệ doanh nghiệp sử dụng hóa đơn điện tử", "100%", "100%"),
    ("Tỉ trọng doanh thu thương mại điện tử trong tổng mức bán lẻ", "11,27%", "7%"),
    ("Tỉ lệ người dân từ 15 tuổi có tài khoản thanh toán", "66%", "65%"),
    ("Các chỉ tiêu cần tiếp tục nỗ lực trong 6 tháng cuối năm",),
    ("Tỉ lệ dân số trưởng thành có điện thoại thông minh", "70,91%", "85%"),
    ("Tỉ lệ hộ gia đình Internet cáp quang băng rộng", "71,75%", "75%"),
    ("Tỉ lệ dịch vụ công trực tuyến phát sinh hồ sơ", "45,78%", "80%"),
    ("Tỉ lệ hồ sơ thủ tục hành chính xử lý trực tuyến", "36,91%", "50%"),
    ("Tỉ lệ doanh nghiệp sử dụng hợp đồng điện tử", "33%", "50%"),
    (
        "Tỉ lệ số hóa hồ sơ, kết quả giải quyết TTHC - Bộ phận một cửa cấp bộ, cấp tỉnh Bộ phận một cửa cấp huyện",
        "-",
        "100% 100%",
    ),
    ("Tỉ lệ báo cáo của CQNN được thực hiện trực tuyến", "-", "50%"),
    ("Tỉ lệ cơ quan nhà nước cung cấp dữ liệu mở", "3%", "50%"),
    ("Tỉ lệ doanh nghiệp nhỏ và vừa sử dụng nền tảng số", "6%", "30%"),
)
# What a cell looks like inside: lines in blocks of their own.
CELL_LINES = {
    _INDICATORS[11][0]: (
        "Tỉ lệ số hóa hồ sơ, kết quả giải quyết TTHC",
        "- Bộ phận một cửa cấp bộ, cấp tỉnh",
        "Bộ phận một cửa cấp huyện",
    ),
    "100% 100%": ("100%", "100%"),
}
_SIGNED = {
    "0": ("Nguồn: thanhhoa.gov.vn", "thanhhoa.gov.vn", None),
    "1": ("Như Vương", None, "Như Vương"),
    "2": ("Theo Bộ kế hoạch và Đầu tư", "Bộ kế hoạch và Đầu tư", None),
    "3": (None, None, None),
    "4": ("Cổng TTĐT tỉnh", "Cổng TTĐT tỉnh", None),
}


def read(name: str) -> Article:
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8").replace("\xa0", " ")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line and not _NOISE.match(line)]
    title, *rest = lines
    signature, source, byline = _SIGNED[name]
    pieces: list[Piece] = []
    in_table = False
    for line in rest:
        if line == "Chỉ tiêu":
            in_table = True
            pieces.append(Piece("table", rows=_INDICATORS))
        if in_table and not line.startswith("Bên cạnh đó"):
            continue
        in_table = False
        if line == signature:
            continue
        pieces.append(Piece("caption" if line.startswith(_CAPTIONS) else "p", line))
    updated = "2022-08-09" if name == "4" else None
    return Article(name, title, tuple(pieces), source, byline, signature, updated)


ARTICLES = tuple(read(name) for name in "01234")
