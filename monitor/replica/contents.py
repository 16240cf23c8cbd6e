"""What the replicas of the story have from the start, and what each step of their timelines adds or changes.

The short articles are sentences of the seeds under titles taken from them; none tells of a meeting or issues a
document, so that a detector that fires on one is wrong. Documents are formulaic and made up for the replica.
"""

from __future__ import annotations

from datetime import date

from monitor.replica.articles import Caption, Paragraph, SeedArticle, seed_article, sentences
from monitor.replica.timeline import Content, Document, Story, at, changes, edited, picked, short

_THANHHOA_SHORT = (
    short("53-dich-vu-cong", "Thanh Hóa hoàn thành và triển khai 53 dịch vụ công thiết yếu theo Đề án 06",
          date(2024, 4, 18), ("thanhhoa", 30)),
    short("lien-thong-van-ban", "Thanh Hóa thực hiện xử lý công việc trên môi trường điện tử",
          date(2024, 4, 10), ("thanhhoa", 31)),
    short("csdl-quoc-gia", "Khai thác, vận hành hiệu quả các cơ sở dữ liệu quốc gia",
          date(2024, 4, 5), ("thanhhoa", 23)),
    short("55-xa", "55 xã, phường, thị trấn được công nhận hoàn thành chuyển đổi số",
          date(2024, 4, 2), ("thanhhoa", 32)),
    short("856-he-thong", "856/856 hệ thống thông tin được phê duyệt cấp độ an toàn thông tin",
          date(2024, 3, 28), ("thanhhoa", 29, 1), ("thanhhoa", 31, 1)),
    short("kinh-te-so", "Tỷ trọng kinh tế số/GDP năm 2023 ước đạt 16,5%",
          date(2024, 3, 20), ("thanhhoa", 24), ("baoquangnam", 10)),
    short("xa-hoi-so", "Cấp trên 86 triệu thẻ CCCD gắn chíp", date(2024, 3, 12), ("thanhhoa", 25)),
    short("dong-luc-cot-loi", "Phát triển kinh tế số lấy công nghệ số làm động lực cốt lõi",
          date(2024, 2, 21), ("baoquangnam", 10), ("baoquangnam", 9, 1)),
    short("le-loi-lam-viec", "Đổi mới lề lối, phương thức làm việc, phục vụ người dân, doanh nghiệp",
          date(2022, 2, 16), ("mpi", 15)),
    short("dvctt-muc-do-4", "Đẩy mạnh cung cấp dịch vụ công trực tuyến mức độ 3,4",
          date(2022, 2, 10), ("mpi", 17)),
)  # fmt: skip

_NINHBINH_SHORT = (
    short("70-trieu-tai-khoan", "Cấp hơn 70 triệu tài khoản định danh điện tử",
          at(2024, 1, 18, 9, 20), ("baoquangnam", 5), ("baoquangnam", 6)),
    short("du-lieu-dan-cu", "Hiệu quả của việc khai thác dữ liệu dân cư, tạo thuận lợi cho người dân",
          at(2024, 1, 11, 14, 5), ("baoquangnam", 3)),
    short("102-nhiem-vu", "Chương trình chuyển đổi số quốc gia: 102 nhiệm vụ năm 2023 đã hoàn thành",
          at(2024, 1, 5, 7, 45), ("baoquangnam", 2), ("baoquangnam", 5, 1)),
    short("han-che", "Những hạn chế trong khai thác, sử dụng hạ tầng, nền tảng số",
          at(2023, 3, 9, 10, 0), ("ninhthuan", 8, 1)),
    short("ky-nang-so", "Công tác tuyên truyền, đào tạo kỹ năng về chuyển đổi số được quan tâm thực hiện",
          at(2023, 3, 2, 8, 30), ("ninhthuan", 4, 1)),
    short("to-cong-nghe-so", "Tổ công nghệ số cộng đồng tiếp tục được mở rộng",
          at(2023, 2, 24, 16, 12), ("ninhthuan", 6)),
    short("song-di-dong", "100% khu vực trung tâm các xã có sóng di động 3G",
          at(2022, 12, 28, 8, 15), ("ninhbinh", 108, 2)),
    short("chinh-quyen-so", "Kết quả phát triển chính quyền số, chuyển đổi số 6 tháng đầu năm 2022",
          at(2022, 8, 29, 9, 0), ("ninhbinh", 108, 1)),
    short("dich-vu-cong", "Một số dịch vụ công trực tuyến phát huy hiệu quả rõ rệt",
          at(2022, 8, 17, 13, 50), ("ninhbinh", 106, 2)),
    short("55-bai-toan", "Công bố 55 bài toán chuyển đổi số của các bộ, ngành và địa phương",
          at(2022, 8, 12, 10, 10), ("ninhbinh", 106, 0, 0), ("ninhbinh", 106, 1, 1)),
)  # fmt: skip

_DOCUMENTS = (
    Document(1187, "1312/QĐ-UBND", "Quyết định", date(2024, 4, 12),
             "Quyết định về việc ban hành Quy chế quản lý, vận hành và sử dụng Hệ thống thông tin báo cáo tỉnh "
             "Thanh Hóa; bãi bỏ Quyết định số 2865/QĐ-UBND ngày 27/7/2020 của Chủ tịch UBND tỉnh"),
    Document(1174, "61/KH-UBND", "Kế hoạch", date(2024, 3, 26),
             "Kế hoạch tuyên truyền về chuyển đổi số trên địa bàn tỉnh Thanh Hóa năm 2024"),
    Document(1169, "3874/UBND-CNTT", "Công văn", date(2024, 3, 20),
             "Về việc đẩy mạnh sử dụng chữ ký số cá nhân trong giải quyết thủ tục hành chính"),
    Document(1152, "47/TB-UBND", "Thông báo", date(2024, 3, 5),
             "Thông báo về việc phân công nhiệm vụ thành viên Ban Chỉ đạo chuyển đổi số tỉnh"),
    Document(1131, "28/KH-UBND", "Kế hoạch", date(2024, 2, 6),
             "Kế hoạch chuyển đổi số tỉnh Thanh Hóa năm 2024"),
    Document(1120, "415/QĐ-UBND", "Quyết định", date(2024, 1, 24),
             "Quyết định về việc kiện toàn Ban Chỉ đạo chuyển đổi số tỉnh Thanh Hóa"),
    Document(1118, "1065/UBND-CNTT", "Công văn", date(2024, 1, 22),
             "V/v rà soát, công bố danh mục dịch vụ công trực tuyến toàn trình"),
    Document(1109, "12/TB-UBND", "Thông báo", date(2024, 1, 15),
             "Thông báo về việc tiếp nhận hồ sơ thủ tục hành chính trên môi trường điện tử"),
)  # fmt: skip

_DECISION = Document(
    1203, "1875/QĐ-UBND", "Quyết định", date(2024, 5, 10),
    "Quyết định về việc ban hành Bộ tiêu chí chuyển đổi số cấp xã trên địa bàn tỉnh Thanh Hóa",
)  # fmt: skip

# The same session as the seed of Thanh Hóa, in another paper's words: no common sentence in the lead, the body's name
# shortened and spelt with the older tone mark, the ordinal without "lần", the date without its year.
_MEETING_ELSEWHERE = SeedArticle(
    id="phien-hop-thu-8",
    title="Thủ tướng chủ trì Phiên họp thứ 8 của Uỷ ban Quốc gia về chuyển đổi số",
    published=at(2024, 4, 24, 16, 20),
    updated="Cập nhật: Thứ tư, 24/04/2024",
    lead="Sáng 24/4, tại điểm cầu Chính phủ, Thủ tướng Chính phủ Phạm Minh Chính, Chủ tịch Uỷ ban Quốc gia về CĐS "
    "chủ trì phiên họp thứ 8 của Uỷ ban, với trọng tâm là phát triển kinh tế số.",
    blocks=(
        Paragraph("Cùng dự phiên họp có Phó Thủ tướng Chính phủ Trần Lưu Quang, Phó Chủ tịch Thường trực Uỷ ban; "
                  "lãnh đạo các bộ, ngành, cơ quan Trung ương. Phiên họp được tổ chức trực tuyến đến điểm cầu các "
                  "tỉnh, thành phố trong cả nước."),
        Paragraph("Tại điểm cầu Ninh Bình, dự phiên họp có lãnh đạo UBND tỉnh; các thành viên Ban Chỉ đạo và Tổ công "
                  "tác giúp việc Ban Chỉ đạo chuyển đổi số tỉnh."),
        Caption("Quang cảnh phiên họp tại điểm cầu Ninh Bình"),
        Paragraph(sentences("thanhhoa", 24)),
        Paragraph(sentences("thanhhoa", 25)),
        Paragraph("Tại phiên họp, các đại biểu đã tập trung đánh giá tình hình triển khai công tác chuyển đổi số quốc "
                  "gia từ sau phiên họp thứ 7; chia sẻ những cách làm hay mang lại hiệu quả cao trong thực tiễn."),
        Paragraph(sentences("thanhhoa", 38)),
        Paragraph(sentences("thanhhoa", 39)),
    ),
    source="Cổng TTĐT tỉnh",
    source_line="Cổng TTĐT tỉnh",
)  # fmt: skip

_DECISION_NEWS = SeedArticle(
    id="ke-hoach-dich-vu-cong",
    title="UBND tỉnh ban hành Kế hoạch nâng cao tỉ lệ hồ sơ thủ tục hành chính xử lý trực tuyến",
    published=at(2024, 5, 14, 8, 40),
    updated="Cập nhật: Thứ ba, 14/05/2024",
    lead="Ngày 13/5/2024, UBND tỉnh Ninh Bình ban hành Kế hoạch số 92/KH-UBND về nâng cao tỉ lệ hồ sơ thủ tục hành "
    "chính xử lý trực tuyến, phục vụ người dân, doanh nghiệp trên địa bàn tỉnh.",
    blocks=(
        Paragraph("Kế hoạch yêu cầu các cơ quan, đơn vị, địa phương tổ chức triển khai thực hiện các chỉ tiêu, "
                  "yêu cầu, nhiệm vụ phát triển chính quyền số, chuyển đổi số."),
        Paragraph(sentences("ninhbinh", 106, 2)),
        Paragraph(sentences("ninhbinh", 108, 2)),
    ),
    source="Cổng TTĐT tỉnh",
    source_line="Cổng TTĐT tỉnh",
)  # fmt: skip

THANHHOA = Story(
    baseline=Content().plus(Content((seed_article("mpi"), seed_article("baoquangnam"), *_THANHHOA_SHORT), _DOCUMENTS)),
    steps={
        "meeting": Content((seed_article("thanhhoa"),)),
        "decision": Content(documents=(_DECISION,)),
    },
    changes=changes(
        edited(picked(_THANHHOA_SHORT, "55-xa"), "đã có 55 xã, phường", "đã có 58 xã, phường"),
        gone="csdl-quoc-gia",
        hollow="856-he-thong",
    ),
)

NINHBINH = Story(
    baseline=Content().plus(Content((seed_article("ninhbinh"), seed_article("ninhthuan"), *_NINHBINH_SHORT))),
    steps={
        "meeting-elsewhere": Content((_MEETING_ELSEWHERE,)),
        "decision-news": Content((_DECISION_NEWS,)),
    },
    changes=changes(
        edited(picked(_NINHBINH_SHORT, "70-trieu-tai-khoan"), "cấp hơn 70 triệu", "cấp hơn 72 triệu"),
        gone="102-nhiem-vu",
        hollow="han-che",
    ),
)
