"""What the replicas of Ninh Thuận, the Ministry of Planning and Investment and Báo Quảng Nam have, and their steps.

None of the baselines has a seed: each is older than the seed of its portal, which the step "seed" publishes on top. As
in `contents`, the short articles are sentences of the seeds, and none tells of a meeting or issues a document.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.replica.articles import Paragraph, SeedArticle, seed_article
from monitor.replica.markup import scrambled
from monitor.replica.timeline import Content, Story, at, changes, edited, picked, short

DOUBLE_ENCODED = short(
    "giao-duc-y-te", "Thực hiện số hóa trong các hoạt động giáo dục, y tế",
    at(2023, 1, 12, 9, 5), ("ninhthuan", 6, 1), ("thanhhoa", 25, 2), ("mpi", 17),
)  # fmt: skip
"""An article of Ninh Thuận as it was written; the portal stored its bytes read as windows-1252, and serves that."""

_NINHTHUAN_SHORT = (
    short("thach-thuc", "Chuyển đổi số tỉnh trong bối cảnh có nhiều khó khăn, thách thức",
          at(2023, 2, 17, 16, 20), ("ninhthuan", 4, 1), ("ninhthuan", 4, 2)),
    short("thuong-mai-dien-tu", "Hoạt động thương mại điện tử tiếp tục được tăng cường",
          at(2023, 2, 14, 8, 45), ("ninhthuan", 6, 0, 1)),
    short("chi-so-dti", "Chỉ số chuyển đổi số DTI được cải thiện nhưng còn thuộc nhóm thấp",
          at(2023, 2, 9, 10, 30), ("ninhthuan", 8, 0, 0)),
    short("cong-nghe-cong-dong", "Tổ công nghệ số cộng đồng tại thôn, khu phố được mở rộng",
          at(2023, 2, 6, 14, 0), ("ninhthuan", 6, 2), ("ninhthuan", 6, 1)),
    short("dich-vu-cong-moi", "Tỷ lệ các dịch vụ công trực tuyến có phát sinh mới chưa nhiều",
          at(2023, 2, 1, 7, 55), ("ninhthuan", 8, 1)),
    short("nen-tang-du-lieu", "Cơ bản hoàn thành nền tảng dữ liệu dùng chung của tỉnh",
          at(2023, 1, 18, 15, 40), ("ninhthuan", 4, 1)),
    replace(
        DOUBLE_ENCODED,
        title=scrambled(DOUBLE_ENCODED.title),
        blocks=tuple(Paragraph(scrambled(one.text)) for one in DOUBLE_ENCODED.blocks if isinstance(one, Paragraph)),
    ),
    short("song-4g", "100% khu vực phường, thị trấn có sóng di động 4G", at(2023, 1, 10, 11, 15),
          ("ninhbinh", 108, 2)),
    short("dich-vu-tieu-bieu", "Dịch vụ công trực tuyến phát huy hiệu quả rõ rệt phục vụ người dân",
          at(2023, 1, 6, 9, 30), ("ninhbinh", 106, 2)),
    short("muc-do-4", "Tỷ lệ dịch vụ công trực tuyến đủ điều kiện đưa lên mức độ 4",
          at(2022, 12, 29, 13, 25), ("mpi", 17, 1), ("mpi", 17, 0, 0)),
    short("toc-do-mang", "Tốc độ truy cập mạng băng rộng di động đạt 35,29 Mbps", at(2022, 12, 23, 8, 10),
          ("ninhbinh", 106, 1)),
    short("tiet-kiem", "Liên thông văn bản điện tử giúp tiết kiệm thời gian, chi phí", at(2022, 12, 19, 10, 50),
          ("thanhhoa", 31, 1)),
)  # fmt: skip

_MPI_SHORT = (
    short("he-thong-thong-tin", "Xây dựng các hệ thống thông tin đổi mới lề lối, phương thức làm việc",
          date(2022, 1, 26), ("mpi", 15)),
    short("day-manh-dvctt", "Đẩy mạnh cung cấp dịch vụ công trực tuyến trong tháng 01/2022",
          at(2022, 1, 25, 14, 36), ("mpi", 17)),
    short("tien-do-cpdt", "Thúc đẩy tiến độ triển khai Chính phủ điện tử, phát triển Chính phủ số",
          at(2022, 1, 21, 9, 12), ("mpi", 19, 1), ("mpi", 15)),
    short("cap-do-an-toan", "Phê duyệt cấp độ an toàn thông tin cho các hệ thống thông tin",
          date(2022, 1, 19), ("thanhhoa", 29, 1), ("thanhhoa", 31)),
    short("kinh-te-so-gdp", "Tỷ trọng kinh tế số trong GDP tăng nhanh qua các năm",
          at(2022, 1, 17, 15, 30), ("thanhhoa", 24)),
    short("the-che", "Hoàn thiện thể chế, cơ chế chính sách cho chuyển đổi số quốc gia",
          at(2022, 1, 14, 8, 0), ("baoquangnam", 9), ("thanhhoa", 39)),
    short("khong-tien-mat", "Thanh toán không dùng tiền mặt được đẩy mạnh trên các dịch vụ thiết yếu",
          date(2022, 1, 12), ("thanhhoa", 25, 2), ("ninhthuan", 6, 0)),
    short("yeu-to-san-xuat", "Lấy tri thức và dữ liệu số làm yếu tố sản xuất chủ yếu",
          at(2022, 1, 10, 16, 45), ("baoquangnam", 10)),
    short("ket-noi-du-lieu", "Kết nối, chia sẻ, xác thực, làm sạch dữ liệu với 15 bộ, ngành",
          at(2022, 1, 6, 10, 20), ("baoquangnam", 6), ("baoquangnam", 5, 1)),
    short("cap-quang", "Mạng Internet băng rộng cáp quang triển khai đến trung tâm các xã",
          date(2022, 1, 4), ("ninhbinh", 108, 2)),
    short("thu-tuc-mot-cua", "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
          at(2021, 12, 30, 11, 5), ("thanhhoa", 30), ("ninhbinh", 106, 2)),
    short("bai-hoc", "Chia sẻ những cách làm hay mang lại hiệu quả cao trong thực tiễn",
          at(2021, 12, 24, 9, 40), ("thanhhoa", 18, 2), ("thanhhoa", 39)),
)  # fmt: skip

_TROUBLE = (
    short("sau-tuong-lua", "Triển khai nền tảng dữ liệu dùng chung của ngành kế hoạch và đầu tư",
          at(2022, 2, 8, 9, 0), ("ninhthuan", 4, 1)),
    short("dang-bao-tri", "Nâng cao chất lượng cung cấp dịch vụ công của ngành kế hoạch và đầu tư",
          at(2022, 2, 8, 10, 0), ("mpi", 17)),
    short("khong-con", "Hạ tầng số hiện đại làm nền tảng đẩy nhanh cơ cấu lại nền kinh tế",
          at(2022, 2, 8, 11, 0), ("baoquangnam", 10)),
)  # fmt: skip

_BAOQUANGNAM_SHORT = (
    short("102-nhiem-vu-2023", "102 nhiệm vụ của kế hoạch năm 2023 đã hoàn thành, đạt tỷ lệ 81%",
          at(2023, 12, 27, 17, 42), ("baoquangnam", 2), ("baoquangnam", 4)),
    short("du-lieu-dan-cu-2023", "Cơ sở dữ liệu quốc gia về dân cư đem lại hiệu quả thiết thực",
          at(2023, 12, 26, 8, 15), ("baoquangnam", 3), ("baoquangnam", 5, 0, 0)),
    short("can-cuoc-gan-chip", "Hoàn thành cấp 100% căn cước công dân gắn chip cho công dân đủ điều kiện",
          at(2023, 12, 22, 19, 30), ("baoquangnam", 5, 1)),
    short("38-53-dich-vu", "Dịch vụ công thiết yếu giúp tiết kiệm hằng năm khoảng 2.500 tỷ đồng",
          at(2023, 12, 20, 6, 55), ("baoquangnam", 6), ("baoquangnam", 3, 1)),
    short("chu-de-2024", "Phát triển kinh tế số với 4 trụ cột công nghiệp công nghệ thông tin",
          at(2023, 12, 18, 14, 10), ("baoquangnam", 7), ("baoquangnam", 10)),
    short("ky-luat-ky-cuong", "Tăng cường kỷ luật, kỷ cương trong thực hiện chuyển đổi số",
          at(2023, 12, 15, 9, 25), ("baoquangnam", 8, 1), ("baoquangnam", 9, 0, 0)),
    short("dot-pha", "Nỗ lực đột phá trong phát triển kinh tế số ngang tầm quốc tế, khu vực",
          at(2023, 12, 13, 16, 48), ("baoquangnam", 9)),
    short("bang-lai-xe", "Tích hợp 10,2 triệu dữ liệu giấy phép lái xe trên ứng dụng VneID",
          at(2023, 12, 11, 7, 20), ("baoquangnam", 5, 2), ("thanhhoa", 25, 1, 1)),
    short("diem-cau-xa", "Sóng di động phủ đến khu vực trung tâm các xã vùng cao",
          at(2023, 12, 7, 10, 5), ("ninhbinh", 108, 2)),
    short("thon-lom-song", "Các doanh nghiệp viễn thông phủ sóng thêm nhiều thôn lõm sóng",
          at(2023, 12, 5, 15, 0), ("ninhbinh", 106, 1)),
    short("giao-dich-dien-tu", "Doanh nghiệp thực hiện nộp thuế, giao dịch ngân hàng điện tử",
          at(2023, 12, 1, 8, 35), ("ninhthuan", 6)),
    short("nhan-luc-so", "Đẩy mạnh phát triển nguồn nhân lực, kỹ năng số, công dân số",
          at(2023, 11, 28, 18, 12), ("thanhhoa", 39), ("ninhthuan", 4, 1)),
)  # fmt: skip

_CORRECTED: SeedArticle = edited(
    picked(_BAOQUANGNAM_SHORT, "102-nhiem-vu-2023"), "102 nhiệm vụ đã hoàn thành, đạt tỷ lệ 81%",
    "104 nhiệm vụ đã hoàn thành, đạt tỷ lệ 82,5%",
)  # fmt: skip

NINHTHUAN = Story(
    baseline=Content().plus(Content(_NINHTHUAN_SHORT)),
    steps={"seed": Content((seed_article("ninhthuan"),))},
    changes=changes(
        edited(
            picked(_NINHTHUAN_SHORT, "cong-nghe-cong-dong"),
            "tại thôn/khu phố tiếp tục được mở rộng",
            "tại 402 thôn/khu phố đã được thành lập",
        ),
        gone="chi-so-dti",
        hollow="nen-tang-du-lieu",
    ),
)

MPI = Story(
    baseline=Content().plus(Content(_MPI_SHORT)),
    steps={
        "seed": Content((seed_article("mpi"),)),
        "trouble": Content(
            _TROUBLE,
            faults={"sau-tuong-lua": "challenge", "dang-bao-tri": "maintenance", "khong-con": "soft404"},
        ),
    },
    changes=changes(
        edited(picked(_MPI_SHORT, "day-manh-dvctt"), "là 96,74%", "là 97,12%"), gone="the-che", hollow="cap-quang"
    ),
)

BAOQUANGNAM = Story(
    baseline=Content().plus(Content(_BAOQUANGNAM_SHORT, faults={"dot-pha": "late-charset"})),
    steps={"seed": Content((seed_article("baoquangnam"),))},
    changes=changes(_CORRECTED, gone="bang-lai-xe", hollow="thon-lom-song"),
)

# The schedule of a week, as offices lay it out: day, time, what, where, who; one meeting is struck out.
WEEK = (
    (
        "Thứ hai, 20/02/2023",
        "08 giờ 00",
        "Họp Ban Điều hành chuyển đổi số tỉnh quý I/năm 2023",
        "Phòng họp số 1",
        False,
    ),
    ("Thứ ba, 21/02/2023", "14 giờ 00", "Làm việc với Sở Thông tin và Truyền thông", "Phòng họp số 2", False),
    ("Thứ tư, 22/02/2023", "08 giờ 00", "Họp Tổ công tác triển khai Đề án 06", "Phòng họp số 1", True),
    ("Thứ năm, 23/02/2023", "07 giờ 30", "Tiếp công dân định kỳ tháng 02/2023", "Trụ sở Tiếp công dân tỉnh", False),
    ("Thứ sáu, 24/02/2023", "14 giờ 00", "Họp thành viên Ủy ban nhân dân tỉnh", "Phòng họp số 1", False),
)
