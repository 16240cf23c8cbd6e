"""Where the name of a body ends, and what it is completed with."""

from __future__ import annotations

import time

import pytest

from config import align
from monitor.detect.naming import bodies_in, is_central, province_body


def first(text: str, province: str | None = None) -> str | None:
    found = bodies_in(align(text), province=province)
    return found[0].name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a topic goes on in small letters, to the verb
        ("Ban Chỉ đạo phát triển du lịch tỉnh Lào Cai họp phiên thứ hai", "Ban Chỉ đạo phát triển du lịch tỉnh Lào Cai"),
        ("Ban Chỉ đạo phát triển du lịch, dịch vụ và logistics thành phố Hải Phòng tổ chức hội nghị",
         "Ban Chỉ đạo phát triển du lịch, dịch vụ và logistics thành phố Hải Phòng"),
        ("Ban Chỉ đạo thực hiện Đề án 06 tỉnh Bắc Kạn sơ kết", "Ban Chỉ đạo thực hiện Đề án 06 tỉnh Bắc Kạn"),
        ("Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn huyện Mù Cang Chải họp khẩn",
         "Ban Chỉ đạo phòng, chống thiên tai và tìm kiếm cứu nạn huyện Mù Cang Chải"),
        ("Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số họp",
         "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"),
        ("Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực đã họp",
         "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực"),
        ("Ban Chỉ đạo xây dựng nông thôn mới xã Ea Kao tổ chức", "Ban Chỉ đạo xây dựng nông thôn mới xã Ea Kao"),
        ("Ban Chỉ đạo của Chính phủ về cải cách thủ tục hành chính họp phiên đầu",
         "Ban Chỉ đạo của Chính phủ về cải cách thủ tục hành chính"),
        ("Ban Chỉ đạo 35 Tỉnh ủy Yên Bái giao ban", "Ban Chỉ đạo 35 Tỉnh ủy Yên Bái"),
        ("Ban Chỉ đạo sắp xếp các trường trung cấp thuộc Bộ Công an họp",
         "Ban Chỉ đạo sắp xếp các trường trung cấp thuộc Bộ Công an"),
        ("Hội đồng thẩm định dự án Luật Đường sắt (sửa đổi) họp", "Hội đồng thẩm định dự án Luật Đường sắt (sửa đổi)"),
        ("Hội đồng nghiệm thu đề tài khoa học tỉnh Bến Tre họp", "Hội đồng nghiệm thu đề tài khoa học tỉnh Bến Tre"),
        ("Hội đồng tuyển sinh đại học Trường Đại học Vinh họp", "Hội đồng tuyển sinh đại học Trường Đại học Vinh"),
        ("Hội đồng Thi đua – Khen thưởng tỉnh Hà Nam họp", "Hội đồng Thi đua - Khen thưởng tỉnh Hà Nam"),
        ("Ủy ban bầu cử xã Mường Bú họp", "Ủy ban bầu cử xã Mường Bú"),
        ("Tổ công tác 1123 của tỉnh", "Tổ công tác 1123 tỉnh"),
        # a proper name goes on from a capital
        ("Viện Quy hoạch Xây dựng tỉnh Lâm Đồng trân trọng kính mời", "Viện Quy hoạch Xây dựng tỉnh Lâm Đồng"),
        ("Trung tâm Phục vụ hành chính công tỉnh Cà Mau tổ chức", "Trung tâm Phục vụ hành chính công tỉnh Cà Mau"),
        ("Trường Đại học Tây Nguyên trân trọng thông báo", "Trường Đại học Tây Nguyên"),
        ("Trường THPT Nguyễn Trãi tổ chức lễ khai giảng", "Trường THPT Nguyễn Trãi"),
        ("Bệnh viện Đa khoa tỉnh Phú Yên họp hội đồng", "Bệnh viện Đa khoa tỉnh Phú Yên"),
        ("Cục Hàng không Việt Nam đã họp", "Cục Hàng không Việt Nam"),
        ("Cục Viễn thông, Bộ Khoa học và Công nghệ tổ chức", "Cục Viễn thông"),
        ("Ban Quản lý các khu công nghiệp tỉnh Bắc Giang giao ban", "Ban Quản lý các khu công nghiệp tỉnh Bắc Giang"),
        ("Ban Quản lý dự án đầu tư xây dựng thành phố Vinh báo cáo", "Ban Quản lý dự án đầu tư xây dựng thành phố Vinh"),
        ("Tập đoàn Điện lực Việt Nam tổ chức đại hội", "Tập đoàn Điện lực Việt Nam"),
        ("Hội Nông dân phường Trần Biên (Đồng Nai) tổ chức", "Hội Nông dân phường Trần Biên"),
        ("Sở VHTTDL tỉnh Hòa Bình phối hợp tổ chức", "Sở Văn hóa, Thể thao và Du lịch tỉnh Hòa Bình"),
        ("Sở Y tế Quảng Trị tổ chức hội nghị", "Sở Y tế Quảng Trị"),
        ("Trường Mầm non Hoa Sen tổ chức", "Trường Mầm non Hoa Sen"),
        ("Quân khu 4 tổ chức", "Quân khu 4"),
        ("Công đoàn ngành Y tế tỉnh Sơn La tổ chức", "Công đoàn ngành Y tế tỉnh Sơn La"),
        ("Kho bạc Nhà nước Khu vực XIII giao ban", "Kho bạc Nhà nước khu vực XIII"),
        ("Cục Chuyển đổi số quốc gia phối hợp với Sở TT&TT", "Cục Chuyển đổi số quốc gia"),
        # words with a stop inside
        ("Ban Chỉ đạo giải phóng mặt bằng dự án cao tốc Bắc - Nam tỉnh Hà Tĩnh họp",
         "Ban Chỉ đạo giải phóng mặt bằng dự án cao tốc Bắc - Nam tỉnh Hà Tĩnh"),
        ("Ban Chỉ đạo GPMB tỉnh Hà Tĩnh họp", "Ban Chỉ đạo giải phóng mặt bằng tỉnh Hà Tĩnh"),
        ("Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh Hà Giang họp",
         "Ban Chỉ đạo các Chương trình mục tiêu quốc gia tỉnh Hà Giang"),
        ("Ban Vì sự tiến bộ của phụ nữ tỉnh Hà Giang họp", "Ban Vì sự tiến bộ của phụ nữ tỉnh Hà Giang"),
        # one body inside another
        ("Hội đồng quản trị Ngân hàng Chính sách xã hội họp", "Hội đồng quản trị Ngân hàng Chính sách xã hội"),
        ("Ban đại diện Hội đồng quản trị Ngân hàng Chính sách xã hội tỉnh Lai Châu họp",
         "Ban Đại diện Hội đồng quản trị Ngân hàng Chính sách xã hội tỉnh Lai Châu"),
        ("Tiểu ban An ninh, trật tự và y tế Hội đồng Bầu cử quốc gia họp",
         "Tiểu ban An ninh, trật tự và y tế Hội đồng Bầu cử quốc gia"),
        ("Chi bộ Văn phòng UBND tỉnh Lào Cai họp", "Chi bộ Văn phòng UBND tỉnh Lào Cai"),
        ("ỦY BAN NHÂN DÂN\nXÃ MƯỜNG KIM\nSố: 12/GM-UBND", "UBND xã Mường Kim"),
        ("Ban Thường vụ Đảng ủy phường Hạc Thành họp", "Ban Thường vụ Đảng ủy phường Hạc Thành"),
        ("Ban Chấp hành Liên đoàn Lao động tỉnh Hà Tĩnh họp", "Ban Chấp hành Liên đoàn Lao động tỉnh Hà Tĩnh"),
        ("Ban Pháp chế HĐND tỉnh Sơn La thẩm tra", "Ban Pháp chế HĐND tỉnh Sơn La"),
        ("Ban Kinh tế - Ngân sách HĐND thành phố Cần Thơ họp", "Ban Kinh tế - Ngân sách HĐND thành phố Cần Thơ"),
        ("Văn phòng Bộ Quốc phòng thông báo", "Văn phòng Bộ Quốc phòng"),
        ("Đảng ủy Bộ Tư pháp tổ chức hội nghị", "Đảng ủy Bộ Tư pháp"),
        ("Đảng ủy UBND tỉnh Nghệ An họp", "Đảng ủy UBND tỉnh Nghệ An"),
        ("Đảng bộ Công an tỉnh Đắk Nông đại hội", "Đảng bộ Công an tỉnh Đắk Nông"),
        ("Thường trực HĐND huyện Sốp Cộp họp", "Thường trực HĐND huyện Sốp Cộp"),
        ("Ban Tuyên giáo và Dân vận Thành ủy Hà Nội tổ chức", "Ban Tuyên giáo và Dân vận Thành ủy Hà Nội"),
        ("Ủy ban Kinh tế và Tài chính của Quốc hội họp phiên toàn thể", "Ủy ban Kinh tế và Tài chính"),
        # places
        ("UBND TP.HCM vừa có văn bản", "UBND thành phố Hồ Chí Minh"),
        ("UBND TP. Vinh họp", "UBND thành phố Vinh"),
        ("UBND thành phố Phan Rang - Tháp Chàm họp", "UBND thành phố Phan Rang - Tháp Chàm"),
        ("HĐND tỉnh Bà Rịa – Vũng Tàu họp", "HĐND tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND Quận 7 thông báo", "UBND quận 7"),
        ("UBND đặc khu Phú Quốc họp", "UBND đặc khu Phú Quốc"),
        ("UBND thị trấn Mỹ Xuyên họp", "UBND thị trấn Mỹ Xuyên"),
        ("UBND xã Ea H'leo họp", "UBND xã Ea H'leo"),
        ("UBND huyện Trần Văn Thời tổ chức", "UBND huyện Trần Văn Thời"),
        ("UBND XÃ CỦ CHI – LỊCH CÔNG TÁC TUẦN 53", "UBND xã Củ Chi"),
        ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG\nSố: 12/GM-BNNMT", "Bộ Nông nghiệp và Môi trường"),
        # persons behind a place are none of it
        ("Chủ tịch UBND thị xã Phan Duy Khoa chủ trì", "UBND thị xã"),
        ("Chủ tịch UBND xã Tân Thạnh Nguyễn Văn Ba chủ trì", "UBND xã Tân Thạnh"),
        ("Phó Chủ tịch Thường trực UBND tỉnh Lâm Đồng Lê Văn Dưỡng", "UBND tỉnh Lâm Đồng"),
        ("Giám đốc Sở Y tế Lò Văn Khụt chủ trì", "Sở Y tế"),
    ],
)  # fmt: skip
def test_a_name_ends_at_its_last_word(text: str, name: str) -> None:
    assert first(text) == name


@pytest.mark.parametrize(
    ("text", "province", "name"),
    [
        ("UBND tỉnh họp", "Thanh Hóa", "UBND tỉnh Thanh Hóa"),
        ("Uỷ ban nhân dân tỉnh họp", "Thanh Hóa", "UBND tỉnh Thanh Hóa"),
        ("UBND Thành phố họp", "Thành phố Hà Nội", "UBND thành phố Hà Nội"),
        ("Tỉnh ủy tổ chức", "Kiên Giang", "Tỉnh ủy Kiên Giang"),
        ("Ban Thường vụ Thành ủy họp", "Đà Nẵng", "Ban Thường vụ Thành ủy Đà Nẵng"),
        ("BCĐ CĐS tỉnh họp phiên quý I", "Thanh Hóa", "Ban Chỉ đạo chuyển đổi số tỉnh Thanh Hóa"),
        ("Thanh tra tỉnh công bố", "Bắc Ninh", "Thanh tra tỉnh Bắc Ninh"),
        ("Liên đoàn Lao động tỉnh tổ chức", "Hà Tĩnh", "Liên đoàn Lao động tỉnh Hà Tĩnh"),
        ("Đoàn ĐBQH tỉnh giám sát", "Gia Lai", "Đoàn đại biểu Quốc hội tỉnh Gia Lai"),
        # Đồng Nai was a tỉnh and is a thành phố: the word tells which
        ("UBND tỉnh họp", "Đồng Nai", "UBND tỉnh Đồng Nai"),
        ("UBND thành phố họp", "Đồng Nai", "UBND thành phố Đồng Nai"),
        # a town of the province is not the province
        ("UBND thành phố Biên Hòa họp", "Đồng Nai", "UBND thành phố Biên Hòa"),
        ("UBND thành phố họp", "Thanh Hóa", "UBND thành phố"),
        ("UBND phường họp. Bà con phường Kỳ Lừa đến dự.", "Lạng Sơn", "UBND phường Kỳ Lừa"),
        ("UBND xã xây dựng kế hoạch\nNậm Chày, ngày 02 tháng 9 năm 2026", "Lào Cai", "UBND xã Nậm Chày"),
        ("Hội đồng nghĩa vụ quân sự xã họp tại hội trường UBND xã Tân Hội", "An Giang",
         "Hội đồng nghĩa vụ quân sự xã Tân Hội"),
    ],
)  # fmt: skip
def test_a_level_alone_is_the_portals_or_the_texts_place(text: str, province: str, name: str) -> None:
    assert first(text, province) == name


@pytest.mark.parametrize(
    "text",
    [
        "UBND tỉnh, thành phố trực thuộc Trung ương",
        "UBND xã, phường báo cáo. Xã Tân Hội, xã Hòa Lợi.",
        "Ban Chỉ đạo họp",
        "UBND họp",
        "Ban Thường vụ họp phiên cuối năm",
        "Hội đồng thống nhất",
    ],
)
def test_a_name_that_many_bodies_have_is_general(text: str) -> None:
    assert bodies_in(align(text), province="Thanh Hóa")[0].general


@pytest.mark.parametrize(
    "text",
    [
        "Bộ trưởng chủ trì",
        "nộp thuế tỉnh này cao hơn",
        "ba ca mắc mới",
        "hội trường lớn, phòng họp số 2",
        "giấy phép 17/GP-BTTTT",
        "Phó Thủ tướng dự",
        "Cơ Sở Dữ Liệu, Bộ Trưởng, Dịch Vụ Công, Ban Hành",
        "Thống kê cho thấy, Thuế là",
        "Sở Chỉ huy tiền phương đặt tại xã",
        "",
    ],
)
def test_what_is_no_body_is_none(text: str) -> None:
    assert bodies_in(align(text)) == []


def test_a_ministry_alone_is_general() -> None:
    (found,) = bodies_in(align("Sáng 5/3, Bộ tổ chức hội nghị"))
    assert (found.name, found.general) == ("Bộ", True)


def test_a_long_text_of_names_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        text = align("Ban Chỉ đạo phát triển du lịch, dịch vụ và UBND xã, UBND phường, Hội đồng " * times)
        begin = time.perf_counter()
        bodies_in(text, province="Thanh Hóa")
        return time.perf_counter() - begin

    seconds(10)
    assert seconds(4000) < 40 * max(seconds(200), 0.001)


def test_the_place_of_a_provincial_body() -> None:
    assert province_body("UBND", "Thanh Hóa") == "UBND tỉnh Thanh Hóa"
    assert province_body("UBND", "Hà Nội") == "UBND thành phố Hà Nội"
    assert province_body("Tỉnh ủy", "Kiên Giang") == "Tỉnh ủy Kiên Giang"
    assert province_body("UBND tỉnh", "Hà Nội") == "UBND tỉnh"
    assert is_central("TP. Hồ Chí Minh")
    assert not is_central("Nghệ An")
