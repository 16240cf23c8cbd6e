"""Persons' names: whole, without titles, and nothing else that is written with capitals."""

from __future__ import annotations

import pytest

from config import align
from monitor.detect.naming import persons_in


def named(text: str) -> list[str]:
    aligned = align(text)
    return [name for _, _, name in persons_in(aligned, 0, len(aligned.text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đồng chí Lò Văn Khụt, Bí thư Đảng ủy", ["Lò Văn Khụt"]),
        ("Chủ tịch UBND tỉnh Hà Sơn Nhin chủ trì", ["Hà Sơn Nhin"]),
        ("Phó Bí thư Tỉnh ủy Y Thanh Hà Niê Kđăm dự", ["Y Thanh Hà Niê Kđăm"]),
        ("đồng chí K'Mák, Phó Bí thư", ["K'Mák"]),
        ("Chủ tịch Hội Nông dân Thào Xuân Sùng", ["Thào Xuân Sùng"]),
        ("Ông Rah Lan Chuẩn; bà Ayun H’Brăng, Phó Chủ tịch", ["Rah Lan Chuẩn", "Ayun H’Brăng"]),
        ("ông Rơ Châm La Ni chủ trì", ["Rơ Châm La Ni"]),
        ("bà H'Yim Kđoh phát biểu", ["H'Yim Kđoh"]),
        ("ông Y Vinh Tơr và ông Y Thông", ["Y Vinh Tơr", "Y Thông"]),
        ("Thủ tướng Phạm Minh Chính chủ trì", ["Phạm Minh Chính"]),
        ("Ông Phan Nhật Tân chủ trì", ["Phan Nhật Tân"]),
        ("đồng chí Hồ Thị Nguyên Thảo Vy", ["Hồ Thị Nguyên Thảo Vy"]),
        ("Prime Minister Tran Quoc Dung chaired", ["Tran Quoc Dung"]),
        ("Thứ trưởng Lê Tấn chủ trì", ["Lê Tấn"]),
        ("bà Cao Thị Bằng và ông Hà Nam Tiến", ["Cao Thị Bằng", "Hà Nam Tiến"]),
        ("PGS.TS Trần Văn Nhưng, GS. Nguyễn An", ["Trần Văn Nhưng", "Nguyễn An"]),
        ("Thiếu tướng Giàng A Páo, Giám đốc Công an tỉnh", ["Giàng A Páo"]),
        # no persons
        ("Thành phố Hồ Chí Minh, tỉnh Cao Bằng, Bà Rịa - Vũng Tàu", []),
        ("số 2 đường Trần Hưng Đạo, phường Lê Hồng Phong", []),
        ("Trường THPT Lê Quý Đôn và Bệnh viện Nguyễn Tri Phương", []),
        ("Đoàn TNCS Hồ Chí Minh, tư tưởng Hồ Chí Minh", []),
        ("Văn phòng UBND, Trường Cao Đẳng Sư Phạm", []),
        ("Giám đốc Sở Y tế, Trưởng phòng Nội vụ, Tổng Bí thư, Trưởng Ban Chỉ đạo", []),
        ("Hà Nội, Hà Nam và Ninh Bình", []),
    ],
)
def test_who_is_named(text: str, names: list[str]) -> None:
    assert named(text) == names
