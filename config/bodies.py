"""The bodies that meet and issue: their best-known names, other names, and the codes in document numbers.

A small gazetteer; add a row, nothing else changes. Names are those in use when the codes are met; ministries merged on
2025-03-01 keep their rows, for their documents stay in force.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """One body. `aliases` are names in running text, `codes` its symbols in document numbers; `local` says that the
    name means another body in every province and needs a place to be one."""

    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    local: bool = False


BODIES: tuple[Body, ...] = (
    # the state
    Body("Quốc hội", codes=("QH",)),
    Body("Ủy ban Thường vụ Quốc hội", ("UBTVQH", "Uỷ ban thường vụ Quốc hội"), ("UBTVQH",)),
    Body("Chủ tịch nước", codes=("CTN",)),
    Body("Chính phủ", codes=("CP",)),
    Body("Thủ tướng Chính phủ", ("Thủ tướng",), ("TTg",)),
    Body("Văn phòng Chính phủ", ("VPCP",), ("VPCP",)),
    Body("Văn phòng Quốc hội", ("VPQH",), ("VPQH",)),
    Body("Hội đồng Bộ trưởng", codes=("HĐBT",)),
    Body("Hội đồng Nhà nước", codes=("HĐNN",)),
    Body("Tòa án nhân dân tối cao", ("TANDTC",), ("TANDTC",)),
    Body("Viện kiểm sát nhân dân tối cao", ("VKSNDTC",), ("VKSNDTC", "VKSTC")),
    Body("Thanh tra Chính phủ", ("TTCP",), ("TTCP",)),
    Body("Ngân hàng Nhà nước Việt Nam", ("Ngân hàng Nhà nước", "NHNN"), ("NHNN",)),
    Body("Kiểm toán nhà nước", ("KTNN",), ("KTNN",)),
    Body("Bảo hiểm xã hội Việt Nam", ("BHXH Việt Nam",), ("BHXH",)),
    # ministries, those before the merger too
    Body("Bộ Thông tin và Truyền thông", ("Bộ TT&TT", "Bộ TTTT", "BTTTT"), ("BTTTT",)),
    Body("Bộ Khoa học và Công nghệ", ("Bộ KH&CN", "Bộ KHCN", "BKHCN"), ("BKHCN",)),
    Body("Bộ Khoa học, Công nghệ và Môi trường", codes=("BKHCNMT",)),
    Body("Bộ Kế hoạch và Đầu tư", ("Bộ KH&ĐT", "Bộ KHĐT", "MPI"), ("BKHĐT", "BKH&ĐT", "BKH")),
    Body("Bộ Tài chính", codes=("BTC",)),
    Body("Bộ Tư pháp", codes=("BTP",)),
    Body("Bộ Công an", codes=("BCA",)),
    Body("Bộ Quốc phòng", codes=("BQP",)),
    Body("Bộ Ngoại giao", codes=("BNG",)),
    Body("Bộ Nội vụ", codes=("BNV",)),
    Body("Bộ Tài nguyên và Môi trường", ("Bộ TN&MT", "Bộ TNMT"), ("BTNMT",)),
    Body("Bộ Nông nghiệp và Môi trường", ("Bộ NN&MT",), ("BNNMT",)),
    Body("Bộ Nông nghiệp và Phát triển nông thôn", ("Bộ NN&PTNT",), ("BNNPTNT", "BNN")),
    Body("Bộ Bưu chính, Viễn thông", codes=("BBCVT",)),
    Body("Bộ Văn hóa, Thể thao và Du lịch", ("Bộ VHTTDL", "Bộ VH-TT&DL", "Bộ VHTT&DL"), ("BVHTTDL",)),
    Body("Bộ Y tế", codes=("BYT",)),
    Body("Bộ Công Thương", codes=("BCT",)),
    Body("Bộ Giao thông vận tải", ("Bộ GTVT",), ("BGTVT",)),
    Body("Bộ Xây dựng", codes=("BXD",)),
    Body("Bộ Giáo dục và Đào tạo", ("Bộ GD&ĐT", "Bộ GDĐT"), ("BGDĐT", "BGD&ĐT", "BGDDT")),
    Body("Bộ Lao động - Thương binh và Xã hội", ("Bộ LĐ-TB&XH", "Bộ LĐTBXH"), ("BLĐTBXH", "BLĐTB&XH")),
    Body("Bộ Dân tộc và Tôn giáo", codes=("BDTTG",)),
    Body("Ủy ban Dân tộc", codes=("UBDT",)),
    # national committees
    Body(
        "Ủy ban Quốc gia về chuyển đổi số",
        (
            "Ủy ban quốc gia về chuyển đổi số",
            "Ủy ban Quốc gia về CĐS",
            "Ủy ban quốc gia chuyển đổi số",
            "Ủy ban Quốc gia CĐS",
            "Ủy ban chuyển đổi số quốc gia",
            "UBQG về chuyển đổi số",
            "UBQG về CĐS",
            "Ủy ban QG về chuyển đổi số",
        ),
        ("UBQGCĐS", "UBQGVCĐS"),
    ),
    Body("Ủy ban Quốc gia về Chính phủ điện tử", ("Ủy ban Quốc gia về CPĐT",), ("UBQGCPĐT",)),
    # the party; TW and TU are its levels and do not tell which body issued
    Body("Bộ Chính trị"),
    Body("Ban Bí thư"),
    Body("Ban Chấp hành Trung ương Đảng", ("Ban Chấp hành Trung ương", "BCH Trung ương")),
    Body("Trung ương Đảng", codes=("TW", "TƯ")),
    Body("Ban Tuyên giáo Tỉnh ủy", codes=("BTGTU",), local=True),
    Body("Ban Thường vụ Tỉnh ủy", ("BTV Tỉnh ủy",), local=True),
    Body("Ban Thường vụ Thành ủy", ("BTV Thành ủy",), local=True),
    Body("Thường trực Tỉnh ủy", local=True),
    Body("Tỉnh ủy", codes=("TU",), local=True),
    Body("Thành ủy", local=True),
    # provinces, districts and communes
    Body("UBND", ("Ủy ban nhân dân",), ("UBND",), local=True),
    Body("HĐND", ("Hội đồng nhân dân",), ("HĐND",), local=True),
    Body("Văn phòng UBND", codes=("VPUBND",), local=True),
    Body("Sở Thông tin và Truyền thông", ("Sở TT&TT", "Sở TTTT", "STTTT"), ("STTTT",), local=True),
    Body("Sở Khoa học và Công nghệ", ("Sở KH&CN", "SKHCN"), ("SKHCN",), local=True),
    Body("Sở Tư pháp", codes=("STP",), local=True),
    Body("Sở Nội vụ", codes=("SNV",), local=True),
    Body("Sở Tài chính", codes=("STC",), local=True),
    Body("Sở Kế hoạch và Đầu tư", ("Sở KH&ĐT",), ("SKHĐT",), local=True),
    Body("Sở Y tế", codes=("SYT",), local=True),
    Body("Sở Công Thương", codes=("SCT",), local=True),
    Body("Sở Xây dựng", codes=("SXD",), local=True),
    Body("Sở Giáo dục và Đào tạo", ("Sở GD&ĐT",), ("SGDĐT",), local=True),
    Body("Sở Nông nghiệp và Môi trường", codes=("SNNMT",), local=True),
    Body("Ban Chỉ đạo chuyển đổi số", ("BCĐ CĐS", "BCĐ chuyển đổi số"), ("BCĐCĐS",), local=True),
    Body("Ban Điều hành chuyển đổi số", ("BĐH CĐS",), ("BĐHCĐS",), local=True),
    Body("Ban Chỉ đạo Trung ương", codes=("BCĐTW",)),
    Body("Ban Chỉ đạo", ("BCĐ",), ("BCĐ",), local=True),
)

# Cities under central rule: their committees are "UBND thành phố ...".
CENTRAL_CITIES: tuple[str, ...] = ("Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")

# The 63 provinces and cities of before 2025-07-01; the 34 of after are among them.
PROVINCES: tuple[str, ...] = (
    *CENTRAL_CITIES,
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương",
    "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai",
    "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Tĩnh", "Hải Dương", "Hậu Giang", "Hòa Bình", "Hưng Yên",
    "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định",
    "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam", "Quảng Ngãi",
    "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên", "Thanh Hóa",
    "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái",
)  # fmt: skip
