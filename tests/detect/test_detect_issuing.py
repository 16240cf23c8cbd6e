"""Who tells of issuing, and who only speaks of a document: sentences of every kind of page and place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from monitor.detect import detect
from tests.detect import issuing_articles

DAY = date(2026, 5, 12)

# title, text, {number: role}; published on 12 May 2026
TELLS: list[tuple[str, str, dict[str, str]]] = [
    # who issues, with all verbs
    ("Ninh Bình tăng cường quản lý khoáng sản",
     "Chủ tịch UBND tỉnh Ninh Bình vừa ký ban hành Chỉ thị số 07/CT-UBND về tăng cường quản lý khoáng sản.",
     {"07/CT-UBND": "issued"}),
    ("Siết quản lý dạy thêm", "Sở Giáo dục và Đào tạo tỉnh Hà Tĩnh vừa phát đi Công văn số 812/SGDĐT-GDTrH gửi các "
     "trường học về chấn chỉnh dạy thêm.", {"812/SGDĐT-GDTrH": "issued"}),
    ("Bộ Xây dựng đôn đốc giải ngân", "Bộ Xây dựng vừa có Công văn số 4455/BXD-KHTC ngày 11/5/2026 gửi các chủ đầu tư "
     "đôn đốc giải ngân.", {"4455/BXD-KHTC": "issued"}),
    ("Khẩn trương phòng chống dịch", "Sở Giao thông vận tải và Sở Y tế đã ra Thông báo số 88/TB-SYT về việc chốt kiểm "
     "dịch.", {"88/TB-SYT": "issued"}),
    ("Quốc hội thông qua Luật Việc làm", "Với 92% đại biểu tán thành, sáng 12/5, Quốc hội đã biểu quyết thông qua Luật "
     "Việc làm số 99/2026/QH16.", {"99/2026/QH16": "issued"}),
    ("Thủ tướng gửi công điện", "Thủ tướng Chính phủ vừa gửi các bộ, địa phương Công điện số 61/CĐ-TTg về điều hành "
     "giá.", {"61/CĐ-TTg": "issued"}),
    ("Quy định mới về khoán xe công", "Thừa ủy quyền Thủ tướng, Bộ trưởng Bộ Tài chính đã ký Quyết định số "
     "12/2026/QĐ-TTg quy định khoán xe công.", {"12/2026/QĐ-TTg": "issued"}),
    ("Thành lập Trung tâm Chuyển đổi số", "UBND thành phố Đà Nẵng đã phê duyệt đề án thành lập Trung tâm Chuyển đổi số "
     "tại Quyết định số 1533/QĐ-UBND ngày 8/5/2026.", {"1533/QĐ-UBND": "issued"}),
    ("Đồng ý kéo dài dự án", "UBND tỉnh vừa có ý kiến chỉ đạo tại Công văn số 3321/UBND-ĐTXD về kéo dài thời gian thực "
     "hiện dự án.", {"3321/UBND-ĐTXD": "issued"}),
    ("Xử phạt một doanh nghiệp", "Ngày 10/5, Chánh Thanh tra Sở Xây dựng đã ban hành Quyết định xử phạt vi phạm hành "
     "chính số 45/QĐ-XPHC đối với Công ty A.", {"45/QĐ-XPHC": "issued"}),
    ("Kế hoạch hành động mới", "Tỉnh ủy Sơn La vừa ban hành Chương trình hành động số 15-CTr/TU thực hiện Nghị quyết số "
     "57-NQ/TW của Bộ Chính trị.", {"15-CTr/TU": "issued", "57-NQ/TW": "cited"}),
    ("Ban Bí thư ban hành quy định mới", "Thay mặt Ban Bí thư, đồng chí Thường trực Ban Bí thư đã ký ban hành Quy định "
     "số 402-QĐ/TW về thi hành Điều lệ Đảng.", {"402-QĐ/TW": "issued"}),
    ("Bổ nhiệm Phó Giám đốc Sở Tài chính", "Ngày 11/5/2026, Chủ tịch UBND tỉnh đã ký Quyết định số 1601/QĐ-UBND về việc "
     "bổ nhiệm ông Lê Văn Nam giữ chức Phó Giám đốc Sở Tài chính.", {"1601/QĐ-UBND": "issued"}),
    ("Trường Đại học Vinh tuyển sinh", "Trường Đại học Vinh ban hành Thông báo số 512/TB-ĐHV về tuyển sinh đại học năm "
     "2026.", {"512/TB-ĐHV": "issued"}),
    # passive, relative
    ("Quy định mới về đấu giá", "Nghị định số 139/2026/NĐ-CP quy định về đấu giá tài sản vừa được Chính phủ ban hành.",
     {"139/2026/NĐ-CP": "issued"}),
    ("Học phí năm học mới", "Theo Nghị quyết số 21/2026/NQ-HĐND mà HĐND tỉnh vừa thông qua, học phí được miễn hoàn "
     "toàn.", {"21/2026/NQ-HĐND": "issued"}),
    ("Từ 1/7, tăng lương tối thiểu vùng", "Mức lương tối thiểu vùng tăng 7% từ ngày 1/7. Nội dung này được quy định tại "
     "Nghị định số 128/2026/NĐ-CP được Chính phủ ban hành ngày 9/5/2026.", {"128/2026/NĐ-CP": "issued"}),
    ("Hỗ trợ nông dân chuyển đổi cây trồng", "Nông dân chuyển đổi cây trồng được hỗ trợ 5 triệu đồng/ha. Đây là nội dung "
     "tại Quyết định số 19/2026/QĐ-UBND do UBND tỉnh vừa ban hành.", {"19/2026/QĐ-UBND": "issued"}),
    ("Cắt giảm thủ tục đất đai", "Người dân chỉ cần nộp một bộ hồ sơ.\nThời gian giải quyết rút từ 15 ngày còn 7 ngày.\n"
     "Đây là điểm đáng chú ý trong Kế hoạch số 77/KH-UBND vừa được UBND tỉnh ban hành.", {"77/KH-UBND": "issued"}),
    ("Tại Công văn mới, Bộ yêu cầu rà soát", "Tại Công văn số 2201/BNV-CCVC ngày 11/5/2026, Bộ Nội vụ đề nghị các địa "
     "phương rà soát biên chế.", {"2201/BNV-CCVC": "issued"}),
    ("Chủ tịch UBND tỉnh yêu cầu chủ động ứng phó mưa lũ", "Công điện số 09/CĐ-UBND ngày 11/5/2026 của Chủ tịch UBND "
     "tỉnh yêu cầu các địa phương chủ động ứng phó mưa lũ.", {"09/CĐ-UBND": "issued"}),
    # several at once
    ("UBND tỉnh ban hành hai quyết định về giá đất", "UBND tỉnh vừa ban hành Quyết định số 21/2026/QĐ-UBND về bảng giá "
     "đất và Quyết định số 22/2026/QĐ-UBND về hệ số điều chỉnh giá đất.",
     {"21/2026/QĐ-UBND": "issued", "22/2026/QĐ-UBND": "issued"}),
    ("Bộ Công Thương ban hành hai thông tư", "Bộ Công Thương vừa ban hành 02 thông tư mới, gồm: Thông tư số "
     "15/2026/TT-BCT về hóa chất; Thông tư số 16/2026/TT-BCT về an toàn điện.",
     {"15/2026/TT-BCT": "issued", "16/2026/TT-BCT": "issued"}),
    ("HĐND tỉnh thông qua các nghị quyết", "Chiều 11/5, HĐND tỉnh đã thông qua các nghị quyết sau:\n1. Nghị quyết số "
     "11/NQ-HĐND về đầu tư công;\n2. Nghị quyết số 12/NQ-HĐND về dự toán ngân sách.\nNguồn: HĐND",
     {"11/NQ-HĐND": "issued", "12/NQ-HĐND": "issued"}),
    ("Chính phủ bãi bỏ nhiều văn bản", "Chính phủ vừa ban hành Nghị định số 131/2026/NĐ-CP bãi bỏ các văn bản sau đây:\n"
     "- Nghị định số 11/2009/NĐ-CP;\n- Nghị định số 25/2011/NĐ-CP.",
     {"131/2026/NĐ-CP": "issued", "11/2009/NĐ-CP": "repealed", "25/2011/NĐ-CP": "repealed"}),
    ("Chỉ đạo, điều hành nổi bật tuần qua", "Thủ tướng Chính phủ ký Quyết định số 811/QĐ-TTg ngày 11/5/2026 phê duyệt "
     "Chiến lược.\nChính phủ ban hành Nghị quyết số 140/NQ-CP về phiên họp.\nMột tuần nhiều việc.\nSức khỏe\nVăn phòng "
     "Chính phủ ban hành Thông báo số 230/TB-VPCP kết luận của Phó Thủ tướng.",
     {"811/QĐ-TTg": "issued", "140/NQ-CP": "issued", "230/TB-VPCP": "issued"}),
    # titles
    ("Thông tư 18/2026/TT-BYT năm 2026 hướng dẫn kê đơn thuốc do Bộ Y tế ban hành", "", {"18/2026/TT-BYT": "issued"}),
    ("Công điện số 66/CĐ-TTg: Tập trung ứng phó bão số 2", "", {"66/CĐ-TTg": "issued"}),
    ("Về việc công bố thủ tục hành chính (Quyết định số 1702/QĐ-UBND ngày 11/5/2026)", "", {"1702/QĐ-UBND": "issued"}),
    ("Thủ tướng ban hành Chỉ thị số 14/CT-TTg về tín dụng", "", {"14/CT-TTg": "issued"}),
    ("Nghị định 129/2026/NĐ-CP vừa được Chính phủ ban hành có gì mới?", "", {"129/2026/NĐ-CP": "issued"}),
    ("TOÀN VĂN: Nghị quyết số 80-NQ/TW của Bộ Chính trị về phát triển văn hóa", "", {"80-NQ/TW": "issued"}),
    ("12/2026/QĐ-UBND | 11/05/2026 | Ban hành Quy chế phối hợp", "", {"12/2026/QĐ-UBND": "issued"}),
    ("Kế hoạch số 215/KH-UBND của UBND tỉnh về phòng, chống cháy rừng", "", {"215/KH-UBND": "issued"}),
    ("Quyết định của Bộ trưởng Bộ Tư pháp số 1100/QĐ-BTP về việc phân cấp quản lý", "", {"1100/QĐ-BTP": "issued"}),
    # a document's own page
    ("Giấy mời họp Ban Chỉ đạo", "UBND TỈNH LÀO CAI\nVĂN PHÒNG\nSố: 34/GM-VP\nLào Cai, ngày 11 tháng 5 năm 2026\nGIẤY "
     "MỜI\nHọp Ban Chỉ đạo\nThực hiện Kế hoạch số 12/KH-BCĐ ngày 5/5/2026, Văn phòng kính mời:",
     {"34/GM-VP": "issued", "12/KH-BCĐ": "cited"}),
    ("Về việc tăng cường phòng cháy", "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ TÂN AN | Độc lập - Tự "
     "do - Hạnh phúc\nSố: 45/UBND-KT | Tân An, ngày 10 tháng 5 năm 2026\nKính gửi: Các thôn\nCăn cứ Chỉ thị số "
     "05/CT-UBND ngày 9/5/2026 của UBND tỉnh;", {"45/UBND-KT": "issued", "05/CT-UBND": "cited"}),
    ("Kết luận của Chủ tịch UBND tỉnh", "Văn phòng UBND tỉnh thông báo kết luận.\nSố 120/TB-VPUBND\nNgày 11/5/2026, Chủ "
     "tịch UBND tỉnh đã chủ trì cuộc họp.", {"120/TB-VPUBND": "issued"}),
    # a meeting that adopts
    ("Bế mạc Kỳ họp thứ 5 HĐND tỉnh", "Sáng 12/5, Kỳ họp thứ 5 HĐND tỉnh bế mạc.\nChủ tịch HĐND tỉnh phát biểu.\nCác "
     "đại biểu làm việc khẩn trương.\nTại phiên bế mạc, các đại biểu đã biểu quyết thông qua Nghị quyết số 31/NQ-HĐND về "
     "đầu tư công.", {"31/NQ-HĐND": "issued"}),
    # repealed, amended
    ("Sửa quy định về phí thẩm định", "Bộ Tài chính vừa ban hành Thông tư số 44/2026/TT-BTC sửa đổi một số điều của Thông "
     "tư số 12/2022/TT-BTC và thay thế Thông tư số 13/2021/TT-BTC.",
     {"44/2026/TT-BTC": "issued", "12/2022/TT-BTC": "amended", "13/2021/TT-BTC": "repealed"}),
    ("Bãi bỏ quy định cũ", "UBND tỉnh ban hành Quyết định số 25/2026/QĐ-UBND bãi bỏ toàn bộ Quyết định số "
     "15/2018/QĐ-UBND và Quyết định số 16/2018/QĐ-UBND.",
     {"25/2026/QĐ-UBND": "issued", "15/2018/QĐ-UBND": "repealed", "16/2018/QĐ-UBND": "repealed"}),
    ("Đính chính văn bản", "Bộ Y tế ban hành Quyết định số 1234/QĐ-BYT đính chính Thông tư số 05/2026/TT-BYT.",
     {"1234/QĐ-BYT": "issued", "05/2026/TT-BYT": "amended"}),
    ("Hết hiệu lực từ 1/7", "Chính phủ ban hành Nghị định số 130/2026/NĐ-CP về hải quan. Nghị định số 08/2015/NĐ-CP hết "
     "hiệu lực kể từ ngày 01/7/2026.", {"130/2026/NĐ-CP": "issued", "08/2015/NĐ-CP": "repealed"}),
    # without marks, in capitals
    ("Cong dien ung pho bao", "Chu tich UBND tinh Quang Tri vua ky ban hanh Cong dien so 05/CD-UBND ve ung pho bao.",
     {"05/CD-UBND": "issued"}),
    ("THỦ TƯỚNG CHÍNH PHỦ PHÊ DUYỆT QUY HOẠCH",
     "NGÀY 10/5/2026, PHÓ THỦ TƯỚNG ĐÃ KÝ QUYẾT ĐỊNH SỐ 799/QĐ-TTg PHÊ DUYỆT QUY HOẠCH.", {"799/QĐ-TTg": "issued"}),
]  # fmt: skip

CITES: list[tuple[str, str]] = [
    # implementation
    ("Phường Tân An ra quân", "Thực hiện Kế hoạch số 120/KH-UBND ngày 11/5/2026 của UBND tỉnh về ra quân vệ sinh môi "
     "trường, sáng 12/5, phường Tân An tổ chức lễ phát động."),
    ("Xã Bình Minh chi trả trợ cấp", "Theo Quyết định số 802/QĐ-UBND ngày 9/5/2026 của UBND tỉnh, 120 hộ được nhận trợ "
     "cấp trong tháng 5. Người dân phấn khởi."),
    ("Công đoàn ngành y tế thăm hỏi", "Triển khai Hướng dẫn số 15/HD-LĐLĐ vừa được ban hành, Công đoàn ngành đến thăm "
     "đoàn viên."),
    ("Kiểm tra an toàn hồ đập", "Đoàn kiểm tra được thành lập theo Quyết định số 700/QĐ-UBND ngày 5/5/2026 của Chủ tịch "
     "UBND tỉnh đã làm việc tại xã."),
    ("Tiến độ cao tốc", "Dự án được Thủ tướng Chính phủ phê duyệt tại Quyết định số 321/QĐ-TTg ngày 15/3/2022, đến nay "
     "đạt 60% khối lượng."),
    ("Chuyển đổi số ở cơ sở", "UBND xã đã ban hành Kế hoạch số 15/KH-UBND từ đầu năm 2025 và đạt nhiều kết quả."),
    ("Ngành thuế nỗ lực", "Trước đó, Tổng cục Thuế đã ban hành Công văn số 1212/TCT-KK hướng dẫn các chi cục."),
    # training, propaganda
    ("Tập huấn Luật Đất đai", "Sáng 12/5, Sở Tư pháp tổ chức hội nghị tập huấn Luật Đất đai số 31/2024/QH15 và Nghị định "
     "số 101/2024/NĐ-CP."),
    ("Cuộc thi tìm hiểu Nghị quyết số 68-NQ/TW", "Tỉnh đoàn phát động cuộc thi tìm hiểu Nghị quyết số 68-NQ/TW ngày "
     "4/5/2026."),
    ("Hội nghị triển khai Nghị định số 118/2026/NĐ-CP", "Sáng 11/5, Bộ Nội vụ tổ chức hội nghị triển khai Nghị định số "
     "118/2026/NĐ-CP vừa được Chính phủ ban hành."),
    # analyses
    ("Điểm mới của Luật Nhà giáo số 73/2025/QH15", "Luật Nhà giáo số 73/2025/QH15 có hiệu lực từ ngày 1/1/2026 có nhiều "
     "điểm mới."),
    ("Nhiều chính sách có hiệu lực từ tháng 6", "Nghị định số 90/2026/NĐ-CP có hiệu lực từ ngày 1/6/2026 quy định mức "
     "phạt mới."),
    ("Nghị quyết 68 - cú hích cho kinh tế tư nhân", "Sau một năm, Nghị quyết số 68-NQ/TW đã tạo chuyển biến rõ nét."),
    ("Gỡ khó cho doanh nghiệp", "Theo Điều 5 Nghị định số 15/2018/NĐ-CP, doanh nghiệp phải tự công bố sản phẩm."),
    # questions
    ("Mức đóng bảo hiểm y tế hộ gia đình là bao nhiêu?", "Hỏi: Tôi muốn biết mức đóng?\nTrả lời: Ngày 5/5/2026, Chính phủ "
     "ban hành Nghị định số 121/2026/NĐ-CP, theo đó mức đóng là 4,5%."),
    # drafts
    ("Góp ý dự thảo Nghị định", "Bộ Nội vụ đề xuất sửa đổi Nghị định số 138/2020/NĐ-CP và bãi bỏ Nghị định số "
     "06/2023/NĐ-CP."),
    ("Bộ Tư pháp thẩm định dự thảo", "Hội đồng thẩm định đã họp về dự thảo Nghị định sửa đổi, bổ sung một số điều của "
     "Nghị định số 52/2024/NĐ-CP."),
    ("Đề xuất giảm phí", "Bộ Tài chính đang lấy ý kiến dự thảo Thông tư thay thế Thông tư số 44/2023/TT-BTC."),
    ("Sẽ có quy định mới", "Bộ Y tế dự kiến ban hành Thông tư số 30/2026/TT-BYT trong quý III."),
    ("Giao nhiệm vụ", "Thủ tướng yêu cầu Bộ Công an khẩn trương ban hành Thông tư số 40/2026/TT-BCA."),
    # meetings
    ("Hội nghị tổng kết năm học", "Sáng 11/5, Sở tổ chức hội nghị tổng kết. Giám đốc Sở cho biết UBND tỉnh đã ban hành Kế "
     "hoạch số 66/KH-UBND ngày 2/3/2026 về năm học mới."),
    ("Thủ tướng chủ trì phiên họp Ban Chỉ đạo", "Sáng 12/5, Thủ tướng chủ trì phiên họp thứ 9. Các đại biểu đánh giá kết "
     "quả thực hiện Nghị quyết số 57-NQ/TW, Quyết định số 749/QĐ-TTg ngày 03/6/2020."),
    ("Đại hội Đảng bộ xã", "Đại hội đã nghe công bố Quyết định số 320-QĐ/ĐU ngày 5/5/2026 chỉ định Ban Chấp hành."),
    ("Giấy mời hội nghị", "Sở Tài chính mời dự hội nghị triển khai Thông tư số 20/2026/TT-BTC ngày 5/5/2026 của Bộ Tài "
     "chính."),
    # statistics, prices, people
    ("Giá điện tháng 5", "Giá bán lẻ thực hiện theo Quyết định số 1279/QĐ-BCT ngày 9/5/2025 của Bộ Công Thương."),
    ("Người thương binh làm kinh tế giỏi", "Ông được Chủ tịch nước tặng Huân chương theo Quyết định số 55/QĐ-CTN năm "
     "2020."),
    ("Công khai số liệu quý I", "Số liệu công khai theo quy định tại Thông tư số 61/2017/TT-BTC ngày 15/6/2017."),
    ("Xã Nậm Chày dồn điền đổi thửa", "Năm 2025, HĐND tỉnh ban hành Nghị quyết số 08/2025/NQ-HĐND hỗ trợ dồn điền. Đến "
     "nay xã đã dồn đổi 120 ha."),
]  # fmt: skip


def begins(text: str) -> str:
    return text[:40]


def in_short() -> Iterator[tuple[str, str, dict[str, str]]]:
    """The articles of `issuing_articles.txt`: the title, the text's lines, and "= number role; number role"."""
    written = Path(__file__).with_name("issuing_articles.txt").read_text(encoding="utf-8")
    for article in written.strip().split("\n\n"):
        title, *lines, roles = article.split("\n")
        pairs = (pair.rpartition(" ") for pair in roles.removeprefix("= ").split("; "))
        yield title, "\n".join(lines), {number: role for number, _, role in pairs}


TELLS += issuing_articles.TELLS
TELLS += in_short()
CITES += issuing_articles.CITES


@pytest.mark.parametrize(("title", "text", "roles"), TELLS, ids=[begins(title) for title, _, _ in TELLS])
def test_the_roles_of_its_documents_make_an_article_a_decision(title: str, text: str, roles: dict[str, str]) -> None:
    found = detect(title, text, published=DAY)
    assert {d.number: d.role for d in found.documents} == roles
    assert ("decision" in found.kinds) == ("issued" in roles.values())


@pytest.mark.parametrize(("title", "text"), CITES, ids=[begins(title) for title, _ in CITES])
def test_an_article_that_only_speaks_of_documents_is_none(title: str, text: str) -> None:
    found = detect(title, text, published=DAY)
    assert {d.role for d in found.documents} == {"cited"}
    assert "decision" not in found.kinds


@pytest.mark.parametrize(
    ("published", "issuer"),
    [(date(2025, 5, 12), "UBND tỉnh Đồng Nai"), (date(2026, 11, 12), "UBND thành phố Đồng Nai")],
)
def test_an_issuer_is_spelled_as_on_the_day_of_its_document(published: date, issuer: str) -> None:
    found = detect(
        "Quản lý đất đai",
        "UBND vừa ban hành Quyết định số 12/QĐ-UBND về đất đai.",
        published=published,
        province="Đồng Nai",
        portal_body="UBND thành phố Đồng Nai",
    )
    assert found.documents[0].issuer == issuer


def test_who_signs_for_a_body_does_not_issue() -> None:
    text = "Thay mặt Bộ Chính trị, Thường trực Ban Bí thư đã ký ban hành Nghị quyết số 84-NQ/TW."
    assert detect("Nghị quyết mới", text).documents[0].issuer == "Bộ Chính trị"


def test_numbers_in_a_row_share_the_issuer_behind_the_last() -> None:
    text = "Xã thực hiện Nghị quyết số 57-NQ/TW, Nghị quyết số 68-NQ/TW của Bộ Chính trị."
    assert [d.issuer for d in detect("Xã họp", text).documents] == ["Bộ Chính trị", "Bộ Chính trị"]


def test_a_day_of_issue_may_be_told_in_english() -> None:
    found = detect("Decision", "Decision No. 749/QĐ-TTg dated June 3, 2020 on digital transformation.")
    assert found.documents[0].date == date(2020, 6, 3)
