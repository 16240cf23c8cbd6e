"""Short articles: the notices of two lines and the pages of a document's facts, where new meetings are announced."""

from __future__ import annotations

from tests.extract.articles import Article, Piece

NOTICE = Article(
    "notice",
    "Giấy mời họp Ban Chỉ đạo chuyển đổi số tỉnh quý III năm 2022",
    (
        Piece("p", "Chủ tịch UBND tỉnh mời các thành viên Ban Chỉ đạo dự họp vào 14 giờ 00 ngày 12/8/2022."),
        Piece("p", "Địa điểm: Phòng họp số 1, trụ sở UBND tỉnh."),
    ),
)
ONE_LINE = Article(
    "line",
    "Hoãn phiên họp thường kỳ của UBND tỉnh tháng 8",
    (Piece("p", "UBND tỉnh thông báo hoãn phiên họp thường kỳ tháng 8 sang ngày 25/8/2022."),),
)
FACTS = Article(
    "facts",
    "Quyết định về việc kiện toàn Ban Chỉ đạo chuyển đổi số tỉnh",
    (
        Piece(
            "table",
            rows=(
                ("Số/Ký hiệu", "1234/QĐ-UBND"),
                ("Ngày ban hành", "05/08/2022"),
                ("Cơ quan ban hành", "UBND tỉnh"),
                ("Trích yếu", "Quyết định về việc kiện toàn Ban Chỉ đạo chuyển đổi số tỉnh giai đoạn 2021-2025"),
                ("Người ký", "Nguyễn Văn Thi"),
            ),
        ),
    ),
)
SIGNED = Article(
    "signed",
    "Thông báo lịch tiếp công dân tháng 9 năm 2022 của Chủ tịch UBND tỉnh",
    (
        Piece("p", "Thực hiện Luật Tiếp công dân, Văn phòng UBND tỉnh thông báo lịch tiếp công dân định kỳ tháng 9."),
        Piece("p", "Thời gian: Từ 8 giờ 00, ngày 15/9/2022 (thứ Năm)."),
        Piece("p", "Thành phần: Lãnh đạo Thanh tra tỉnh, Công an tỉnh, Sở Tài nguyên và Môi trường."),
    ),
    source="Văn phòng UBND tỉnh",
    signature="Văn phòng UBND tỉnh",
)
SHORT = (NOTICE, ONE_LINE, FACTS, SIGNED)
