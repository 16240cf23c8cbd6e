"""What the symbols of Vietnamese documents say: the type behind QĐ, and which symbols are no documents.

Source of the 29 administrative types: Decree 30/2020/NĐ-CP, Article 7 and Appendix III. The normative types are those
of the Law on the Promulgation of Legal Documents; the party's forms and the old ones were read on real pages.
"""

from __future__ import annotations

# Written in a number -> the type's full name. Lost marks (528/QD-UBND, 99/2022/ND-CP) and typos are read too.
DOCUMENT_TYPES: dict[str, str] = {
    # administrative, Decree 30/2020/NĐ-CP
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "QD": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "CTHĐ": "Chương trình hành động",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "CD": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    # normative
    "NĐ": "Nghị định",
    "ND": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "TTLB": "Thông tư liên tịch",
    "TTL": "Thông tư liên tịch",  # TTL-BTC-BKHCN, a typo of the official list
    "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "L": "Luật",
    "LCT": "Lệnh",
    "VBHN": "Văn bản hợp nhất",
    # party
    "KL": "Kết luận",
    "QĐi": "Quy định",
    "CV": "Công văn",
}

# Codes that stand for two types (63/TC/KHKT is a circular of old): the name written before the number decides.
AMBIGUOUS_TYPES = frozenset({"TC", "TT", "TTR", "CT", "DA", "PA", "HĐ", "QC", "L", "LCT", "PC"})

# Names in the text, longest first where one begins another. "Công văn" has no code: its number starts with the issuer.
TYPE_NAMES: tuple[str, ...] = (
    "Thông tư liên tịch", "Nghị quyết liên tịch", "Văn bản hợp nhất", "Chương trình hành động", "Thông báo kết luận",
    "Giấy ủy quyền", "Giấy giới thiệu", "Bản thỏa thuận", "Bản ghi nhớ", "Giấy mời", "Nghị quyết", "Nghị định",
    "Quyết định", "Thông tư", "Thông tri", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
    "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện",
    "Pháp lệnh", "Bộ luật", "Luật", "Lệnh", "Kết luận", "Văn bản",
)  # fmt: skip

# A licence stands in the footer of every newspaper page (17/GP-BTTTT): it is nobody's decision.
NOT_DOCUMENTS = frozenset({"GP", "GPXB", "GPHĐ", "GXN", "GCN", "GCNĐKKD", "GPĐKKD", "ĐKKD", "GPBC", "GPTTĐT"})

# Symbols of one part that are documents even without "số" or a type before them: 160/CP, 666/TTg, 591/QĐ.
LONE_SYMBOLS = frozenset({"CP", "TTG", "QĐ", "QD", "NĐ", "ND", "NQ", "HĐBT", "HĐNN"})
