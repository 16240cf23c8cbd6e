"""Persons named in a text, without their titles: Phạm Minh Chính, Y Thanh Hà Niê Kđăm, K'Mák."""

from __future__ import annotations

import re
from functools import cache

from config import SURNAMES, Aligned, known_names, plain, province_at, words_of
from monitor.detect.endings import OFFICES

# Small a-z and capitals are told by their own letters: a range from À to Ỹ holds both.
_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĕŏŭčĭ"
_LARGE = _SMALL.upper().replace("A-Z", "A-Z")
SYLLABLE = rf"[{_LARGE}](?:['’][{_LARGE}{_SMALL}])?[{_SMALL}]{{0,7}}(?:['’][{_SMALL}]{{1,7}})?"
_RUN = re.compile(rf"(?<![\w'’])({SYLLABLE}(?:[^\S\n]{SYLLABLE}){{0,7}})(?![\w'’])")
_CAPS = re.compile(
    rf"(?<![\w'’])([{_LARGE}]['’{_LARGE}]{{0,7}}(?:[^\S\n][{_LARGE}]['’{_LARGE}]{{0,7}}){{1,5}})(?![\w'’])"
)

_PLAIN_SURNAMES = frozenset(plain(name) for name in SURNAMES)
_MIDDLE = frozenset(
    ("Văn", "Thị", "Xuân", "Đức", "Minh", "Ngọc", "Quang", "Hữu", "Thanh", "Đình", "Công", "Duy", "Quốc")
)
_TITLES = (
    "đồng chí|các đồng chí|đ/c|đ\\.c|ông|bà|anh|chị|thủ tướng|phó thủ tướng|tổng bí thư|bí thư|phó bí thư|chủ tịch|chủ tịch nước"
    "|phó chủ tịch|bộ trưởng|thứ trưởng|giám đốc|phó giám đốc|trưởng ban|phó trưởng ban|chủ nhiệm|phó chủ nhiệm|viện trưởng"
    "|chánh án|chánh văn phòng|chánh thanh tra|cục trưởng|phó cục trưởng|vụ trưởng|tổng giám đốc|hiệu trưởng|trưởng phòng"
    "|trưởng đoàn|tổ trưởng|tổng thư ký|đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá"
    "|gs|pgs|ts|ths|gs\\.ts|pgs\\.ts|tiến sĩ|thạc sĩ|bác sĩ|bs|bsckii|bscki|kỹ sư|luật sư|thường trực|bác|linh mục|hòa thượng"
    "|chính ủy|chỉ huy trưởng|chủ trì|đội trưởng|trưởng thôn|trưởng bản|phó trưởng phòng|chủ tọa"
)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLES})[.:]?\s*$")
_OFFICE = re.compile(rf"(?<!\w)(?:{_TITLES})\s+(?:[^\n,;:.()]{{1,60}}\s)?$")
# What is named after persons: streets, schools, prizes. And places, which have names like persons'.
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:đường|phố|đại lộ|quận|huyện|thành phố|tp\.?|thị xã|phường|xã|thị trấn|trường|thpt|thcs|tiểu học|mầm non"
    r"|mẫu giáo|tiểu học và thcs|chuyên|đại học|bệnh viện|công viên|quảng trường|cầu|hầm|tượng đài|giải thưởng|giải|quỹ"
    r"|cung|nhà hát|bảo tàng|hội trường|khu lưu niệm|lưu niệm|tư tưởng|đạo đức|phong cách|học bổng|di tích|đền|chùa|làng"
    r"|thôn|bản|ấp|khu phố|tổ dân phố|bảo tàng|nhà máy|sông|hồ|núi|đảo|ga|cảng|chợ|trung đoàn|sư đoàn|lăng chủ tịch"
    r"|thanh niên cộng sản|tncs|thiếu niên tiền phong|tntp|quốc gia|chính trị|bác|số \d+|lớp|học viện|trường đại học)\s+$"
)


@cache
def _not_names() -> frozenset[str]:
    """No name begins with these, unless a surname vouches for it: they begin bodies' names."""
    return frozenset(
        ("việt", "trung", "quốc", "nghị", "quyết", "thông", "chỉ", "khu", "văn", "đơn", "kế", "chương", "luật", "công",
         "hòa", "tổng", "cơ", "đại", "bệnh", "trạm", "trại", "chính", "phổ", *known_names().firsts())
    )  # fmt: skip


_PAIRS = re.compile(
    r"^(?:Hồ Chí Minh|Cao Bằng|Cao Đẳng|Văn Hóa|Văn Phòng|Văn Học|Thái Bình Dương|Đồng Bằng|Hà Tây|An Ninh|An Toàn|Đoàn Thanh"
    r"|Đoàn Chủ|Đoàn Đại|Hồng Kông|Hàn Quốc|Thành Ủy|Thành Phố|Phương Tây|Triều Tiên|Đông Nam|Kim Ngạch|Công Đoàn|Quản Lý"
    r"|Quan Hệ|Chương Trình|Tài Chính|Tài Nguyên|Đạt Chuẩn|Thi Đua|Thị Xã|Thị Trấn|Trình Độ|Lễ Hội|Hội|Thống Nhất|Trà Vinh)\b"
)


def persons_in(text: Aligned, start: int, end: int) -> list[tuple[int, int, str]]:
    """The persons named between two offsets as (start, end, name); places that look like names are left out."""
    found = []
    for match in _RUN.finditer(text.text, start, end):
        found += _persons(text, match, start)
    return found


def _persons(text: Aligned, match: re.Match[str], start: int) -> list[tuple[int, int, str]]:
    syllables = [(part.start() + match.start(), part.group()) for part in re.finditer(r"\S+", match.group())]
    at = 0
    found = []
    while at < len(syllables):
        begin = syllables[at][0]
        rest = [word for _, word in syllables[at:]]
        behind = text.low[max(start, begin - 70) : begin]
        if length := _length(rest, behind, followed=at > 0):
            last = syllables[at + length - 1]
            stop = last[0] + len(last[1])
            found.append((begin, stop, text.text[begin:stop]))
            at += length
        else:
            at += _skip(rest)
    return found


def _skip(rest: list[str]) -> int:
    """How many syllables are no beginning of a name: a province's all, else one."""
    inside = province_at(words_of(" ".join(rest)), 0)
    return max(1, inside[0]) if inside else 1


def _length(rest: list[str], behind: str, *, followed: bool) -> int:
    """How many syllables make a name from here on; 0: none."""
    name = " ".join(rest)
    if _PAIRS.match(name) or "Việt Nam" in name or OFFICES.longest(words_of(name), 0):
        return 0
    if _NAMED_AFTER.search(behind) and (len(rest) == 2 or not _OFFICE.search(behind)):
        return 0
    inside = province_at(words_of(name), 0)
    titled = bool(_TITLED.search(behind))
    if inside and not (titled and inside[0] < len(rest) <= 4):
        return 0
    vouched = is_surname(rest[0]) or (name.isascii() and len(rest) >= 3 and plain(rest[0]) in _PLAIN_SURNAMES)
    if vouched and (len(rest) >= 3 or (titled and len(rest) == 2)):
        return _until_next(rest)
    if vouched and len(rest) == 2 and _OFFICE.search(behind) and not followed:
        return 2
    if titled and len(rest) >= 2 and rest[0].lower() not in _not_names():
        return _until_next(rest)
    if titled and len(rest) == 1 and ("'" in name or "’" in name):
        return 1  # K'Mák
    return 0


def _until_next(rest: list[str]) -> int:
    """Where the name ends: five syllables at most."""
    return min(len(rest), 5)


def is_surname(word: str) -> bool:
    """Whether a syllable is a family name, or begins a name of the Central Highlands."""
    return word in SURNAMES or word[:2] in ("K'", "K’", "H'", "H’", "R'", "R’", "Y'")


def person_at(words: list[str]) -> int:
    """How many of a run of capitalised syllables are a person's name that begins at the first; 0: none."""
    if len(words) < 3 or not is_surname(words[0]) or _PAIRS.match(" ".join(words)):
        return 0
    inside = province_at(words_of(" ".join(words)), 0)
    return 0 if inside else min(len(words), 5)


def has_middle(words: list[str]) -> bool:
    """Whether a run reads like a person's name from its second syllable: Phan Văn ..., Lò Thị ..."""
    return len(words) > 1 and words[1] in _MIDDLE
