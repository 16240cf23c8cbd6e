"""The words that end a body's name, and those that do not although they look it."""

from __future__ import annotations

from config import PhraseTree


def _tree(*lines: str) -> PhraseTree[bool]:
    tree: PhraseTree[bool] = PhraseTree()
    for line in lines:
        for phrase in line.split("|"):
            tree.add(phrase, True)
    return tree


# Verbs, prepositions, days: where a sentence goes on behind a name. Only as written in small letters.
STOPS = _tree(
    "đã|sẽ|vừa|đang|mới|được|bị|do|để|nhằm|tại|ở|với|cùng|là|trong|từ|theo|trên|dưới|khi|sau|trước|vào|lúc|ngày|tháng|năm",
    "quý|sáng|chiều|tối|trưa|hôm|nay|này|đó|họp|dự|nghe|bàn|ký|mời|gửi|cho|có|còn|cũng|lần|thứ|khóa|nhiệm kỳ|giai đoạn",
    "tổ chức|phối hợp|chủ trì|chủ tọa|đồng chủ trì|đồng chí|đồng thời|đồng ý|khai mạc|bế mạc|tham dự|tham gia|đánh giá|tổng kết|sơ kết|triển khai",
    "phát biểu|ban hành|diễn ra|làm việc|tiếp tục|thông qua|quyết định|quyết nghị|công bố|yêu cầu|đề nghị|đề xuất|xem xét",
    "cho ý kiến|thảo luận|kết luận|thống nhất|phê duyệt|bãi bỏ|sửa đổi|thay thế|điều chỉnh|quy định|thông báo|thông tin",
    "giao|chỉ đạo|trình|báo cáo|kiểm tra|giám sát|thẩm định|thẩm tra|khảo sát|tiếp|tiến hành|thực hiện|xây dựng|trao",
    "trân trọng|kính|hướng dẫn|hoàn thành|nhấn mạnh|khẳng định|biểu dương|ghi nhận|chúc mừng|lưu ý|nêu|nói|trả lời|tạm",
    "hoãn|hủy|dời|lùi|đổi|thay đổi|chuyển|bầu|tuyên truyền|phát động|ra mắt|về việc|liên quan|trực tuyến|đột xuất|khẩn",
    "bất thường|thường kỳ|định kỳ|chuyên đề|mở rộng|giữa|cuối|đầu|long trọng|nghiêm túc|chưa|không|phải|cần|đến|tới|như",
    "nhưng|mà|thì|vì|bởi|qua|bằng|hay|hoặc|gồm|nhân dịp|nhân kỷ niệm|xin|xác định|đính chính|tăng cường|kêu gọi|vận động|chấp thuận",
    "một cách|ra|đặt|ủy quyền|ngay|luôn|gặp mặt|đối thoại|chia sẻ|cùng với|lấy|vẫn|rất|thành công|nhất trí|tập trung|góp ý|hội ý|giới thiệu|tuyên dương",
)

# Nouns of meetings and documents, however written: "Ban Tổ chức Hội thảo" ends before the second.
NOUNS = _tree(
    "hội nghị|hội thảo|đại hội đại biểu|kỳ họp|kì họp|phiên họp|cuộc họp|buổi họp|tọa đàm|lễ|nghị quyết số|quyết định số",
    "kế hoạch số|công văn số|thông báo số|phiên",
)

# What a committee is for may begin with a verb that elsewhere ends a name: "Hội đồng thẩm định", "Ban Chỉ đạo thực hiện".
AIMS = _tree(
    "thẩm định|kiểm tra|đánh giá|giám sát|xây dựng|chỉ đạo|điều phối|bầu cử|thực hiện|tổng kết|sơ kết|triển khai|xét|tuyển sinh",
    "quản lý|quản trị|thành viên|khoa học|tư vấn|phối hợp|nghiệm thu|kỷ luật|thi|coi thi|chấm thi|giáo dục|nghĩa vụ quân sự",
    "bồi thường|định giá|trường|sáng kiến|phổ biến|thi đua|hiệp thương|đấu giá|xử lý|lựa chọn|tuyển dụng|tuyển chọn|tổ chức lễ",
    "điều hành|vận động|tiếp nhận|phản biện|hòa giải|thi tuyển|nhân dân|cấp|giám định|giải thưởng|liên ngành|đại học",
)
# Verbs that open an aim only before what can be one: "thực hiện Nghị quyết", not "thực hiện nghiêm túc".
CAREFUL = _tree("thực hiện|tổng kết|sơ kết|triển khai|kiểm tra|đánh giá|giám sát|phối hợp|xây dựng|chỉ đạo|xử lý")
THINGS = _tree(
    "đề án|nghị quyết|chương trình|dự án|kế hoạch|luật|chỉ thị|chiến lược|các chương trình|các dự án|quy chế|nông thôn|đô thị",
    "chính quyền|chính phủ|công tác|phong trào|kết luận|cuộc vận động|các nghị quyết|các công trình",
)

# Names of aims with signs inside: nothing ends there.
TOPICS = _tree(
    "phòng, chống tham nhũng, lãng phí, tiêu cực|phòng, chống tham nhũng, tiêu cực|phòng, chống tham nhũng|phòng, chống",
    "phòng, chống thiên tai - tìm kiếm cứu nạn|phòng, chống thiên tai, tìm kiếm cứu nạn|phòng, chống lụt, bão",
    "phòng cháy, chữa cháy và cứu nạn, cứu hộ|phòng cháy, chữa cháy|phòng cháy và chữa cháy|cứu nạn, cứu hộ",
    "khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số|khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số",
    "khoa học, công nghệ và đổi mới sáng tạo|khoa học, công nghệ|văn hóa, thể thao và du lịch|văn hóa, thể thao|văn hóa - xã hội",
    "kinh tế - ngân sách|kinh tế - xã hội|thi đua - khen thưởng|thi đua, khen thưởng|phổ biến, giáo dục pháp luật",
    "giáo dục nghề nghiệp - giáo dục thường xuyên|văn hóa - thông tin|văn hóa, thông tin|quốc phòng - an ninh|quốc phòng, an ninh",
    "lao động - thương binh và xã hội|kế hoạch hóa gia đình|chống buôn lậu, gian lận thương mại và hàng giả|kinh tế, hạ tầng",
    "an ninh, trật tự|bảo vệ, chăm sóc sức khỏe|bồi thường, hỗ trợ và tái định cư|bồi thường, hỗ trợ, tái định cư|thu, chi",
    "chống khai thác iuu|dân số - kế hoạch hóa gia đình|dân số, kế hoạch hóa gia đình|nông, lâm, thủy sản|lãng phí, tiêu cực",
    # words that hold a stop and are none
    "dự án|dự thảo|dự trữ|dự phòng|dự toán|chuyển đổi|chuyển giao|đầu tư xây dựng|đầu tư|đầu mối|đầu nguồn|đổi mới|trao đổi",
    "an toàn thông tin|công nghệ thông tin|thông tin và truyền thông|thông tin đối ngoại|thông tin điện tử|giao thông|giao dịch",
    "nông thôn mới|hàng không|không gian|theo dõi|đồng bằng|đồng bào|bầu cử|có công|tiếp cận|tiếp nhận|tiếp công dân|tiếp dân",
    "tại chỗ|sau đại học|tạm thời|quy hoạch xây dựng|vật liệu xây dựng|trong nước|trong sạch|dưới nước|đến 2030|năng lượng mới",
    "mặt bằng|địa bàn|chương trình|công trình|quá trình|lộ trình|quy trình|sáng tạo|sáng kiến|sáng chế|tối ưu|tối cao|ngoại giao",
    "nhà ở|an ninh thông tin|an toàn, an ninh thông tin|từ thiện|năm đổi mới|sự tiến bộ của phụ nữ|khó khăn cho|khó khăn, vướng mắc",
    "trực tiếp|dự báo|tạm trú|bàn giao|ngày càng|trong nước và ngoài nước|khởi nghiệp đổi mới sáng tạo|xây dựng đảng|không chuyên",
    "chính phủ điện tử|chính phủ số|chính quyền số|chính quyền điện tử|đăng ký|ra quyết định|một cửa|khẩn cấp|trực tuyến hóa|tổ chức cán bộ|tổ chức bộ máy|không dây|tham vấn|trình độ|vốn có|cùng phát triển|kiểm tra, giám sát",
    "tổ chức - hành chính|kế hoạch - tài chính|hành chính - tổng hợp|tổng hợp - hành chính|tài chính - kế hoạch|di dân, tái định cư",
)

# Who stands beside a body in the same breath: never a part of its name.
OFFICES = _tree(
    "chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc|phó giám đốc|trưởng ban|phó trưởng ban|phó ban|ủy viên|chánh|phó chánh",
    "thủ tướng|phó thủ tướng|bộ trưởng|thứ trưởng|cục trưởng|phó cục trưởng|vụ trưởng|viện trưởng|tổng|phó tổng|trưởng đoàn",
    "trưởng|phó trưởng|tổ trưởng|chủ nhiệm|phó chủ nhiệm|hiệu trưởng|phó hiệu trưởng|đồng chí|ông|bà|đ|lãnh đạo|đại diện",
    "các|chuyên gia|thường trực ban|cơ quan|thành viên|đại biểu|tiến sĩ|ths|ts|pgs|gs|thiếu tướng|đại tá|thượng tá|trung tướng",
)

# Compounds that hold a head and are no bodies, where a title writes every word with a capital.
BEFORE = frozenset(
    ("cơ", "dịch", "xã", "cán", "nội", "nhiệm", "nghĩa", "toàn", "trụ", "thủ", "công", "đường", "giáo", "phó", "ảnh")
)
COMPOUNDS = _tree(
    "bộ luật|bộ trưởng|bộ máy|bộ phận|bộ đội|bộ phim|ban hành|ban ngành|ban đầu|ban lãnh đạo|hội nghị|hội trường|hội thảo",
    "hội viên|hội chợ|hội thao|hội diễn|hội đồng|hội thi|hội ý|hội kiến|phòng họp|phòng ban|phòng chống|phòng cháy|phòng bệnh",
    "phòng thủ|đoàn viên|đoàn kết|đoàn công tác|đoàn đại biểu|cục trưởng|cục diện|vụ việc|vụ án|vụ trưởng|viện trưởng|viện trợ",
    "trường hợp|báo cáo|báo chí|báo động|quỹ đất|sở chỉ huy|sở hữu|sở thích|sở ngành|cục bộ|đài tưởng niệm|trung tâm hội nghị",
)
