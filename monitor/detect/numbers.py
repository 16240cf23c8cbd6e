"""Document numbers in a text: 749/QĐ-TTg, 03-TB/BCĐCĐS, 66.7/2026/NQ-CP, 2304/BTTTT-THH.

The head (number, year, first separator) is found by one pattern; the symbol is then read part by part, so that each
part can be judged: a real type or issuer goes on, the next bullet of a list does not. Every step looks at a bounded
piece of text, so the whole is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from config import (
    AMBIGUOUS_TYPES,
    BODIES,
    DOCUMENT_TYPES,
    LONE_SYMBOLS,
    NOT_DOCUMENTS,
    TYPE_NAMES,
    Aligned,
    align,
)
from monitor.detect.dates import date_after


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A document number: where it stands in the original text, as written, canonical, and what its symbol tells.

    `number` is NFC with Đ, ASCII hyphens and no spaces; zeros and the case of letters are kept. `type` is the full
    Vietnamese name, `issuer` the best-known name of the body, each None where neither symbol nor the words before tell.
    """

    start: int
    end: int
    written: str
    number: str
    type: str | None = None
    issuer: str | None = None


# 102/2 024/NĐ-CP (OCR) must not give 024/NĐ-CP; 54:2020/BTTTT is a standard; 2022-2/TTN/ a path.
_HEAD = re.compile(
    r"(?:(?<![\w./=?&%])(?<!\w-)(?<!\d[,:])|(?<=số))"
    r"(?P<number>\d{1,5}(?:\.\d{1,3})?[A-ZĐa-zđ]?)"
    r"(?:[ ]{0,2}/\s{0,2}(?P<year>(?:19|20)\d\d))?"
    r"(?P<before>[ ]{0,2})(?P<separator>[/-])(?P<after>\s{0,2})(?=[A-ZĐƯ])"
)
# N Đ-CP and NĐ-C P are OCR; "ngày" may be glued on: 03/2017/NĐ-CPngày 16/01/2017.
_PART = re.compile(r"(?:N Đ(?= ?-)|C P(?!\w)|[A-ZĐƯ][A-ZĐƯa-zđư&]{0,14}?\d{0,3})(?:(?![\w&])|(?=ngày))")
_SEPARATOR = re.compile(r"(?P<before> {0,2})(?P<mark>[/-])(?P<after>\s{0,2})(?=[A-ZĐƯ])|\.(?=[A-ZĐ]{2})")
_JOINT = re.compile(r" (?=B[A-ZĐ&]{2,14}(?!\w))")  # TTLT-BQP-BKH&ĐT- BTC BLĐTB&XH
_HOMOGLYPHS = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")  # NĐ-СР with Cyrillic letters, seen on vanban.chinhphu.vn

_TYPE_WORD = "|".join(re.escape(name.lower()) for name in TYPE_NAMES)
_NAMED = re.compile(rf"(?<!\w)(?P<type>{_TYPE_WORD})(?:\s+(?:liên bộ))?\s*(?:số(?:\s*hiệu)?|sồ)?\s*[:.]?\s*$")
_NUMBERED = re.compile(
    r"(?:(?<!\w)(?:số|sồ|so)(?:\s*(?:/\s*)?(?:và\s+)?(?:ký\s*)?hiệu)?(?:\s+văn\s+bản)?|hiệu)\s*[:.|]?\s*$"
)
_FORM = re.compile(r"(?:mẫu|biểu|phụ lục|tờ khai|bảng)(?:\s+(?:số|mẫu(?:\s+số)?|đơn))?\s*:?\s*$")
_LICENCE = re.compile(r"giấy (?:phép|xác nhận|chứng nhận|đăng ký)[^.;/\n]{0,60}$")
_LETTERHEAD = re.compile(r"(?:^|[\n|])\s*số\s*:\s*$")  # a village's own symbol: "Số: 88/VHXH"
_SMALL = re.compile(
    r"(?<![\w./-])\d{1,5}(?:/(?:19|20)\d\d)?[/-](?P<symbol>(?P<first>[a-zđ]{1,6})[/-](?P<second>[a-zđ&]{1,12})(?:-[a-zđ&]{2,12})?)(?!\w)"
)
_SHORTER = re.compile(rf"(?<!\w)(?:{_TYPE_WORD})\s+số\s*:?\s*(?P<numbers>(?:\d{{1,5}}\s*(?:,|;|và|&)\s*){{1,6}})$")
_STANDARD = re.compile(r"(?:qcvn|tcvn|qcđp|tcn|iso(?:/iec)?)\s*$")
_BROKEN = re.compile(r"/\s?\d{1,3}\s$")
_LAW = re.compile(r"(?<!\w)(bộ luật|luật|nghị quyết|pháp lệnh|lệnh)(?!\w)")
_CHAIN = re.compile(r"[\s,;]{0,3}(?:và|hoặc|,|;)?[\s]{0,2}")

_TYPES = {code.upper(): name for code, name in DOCUMENT_TYPES.items()}
_FULL_NAMES = {name.lower(): name for name in TYPE_NAMES}
_ISSUERS = {code.upper(): body.name for body in BODIES for code in body.codes}
_MIXED = {code.upper() for code in (*DOCUMENT_TYPES, *(c for b in BODIES for c in b.codes))}


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Every document number of the text, in order; licences, forms, rates, standards and phones are left out."""
    aligned = align(text)
    found = []
    for span in find_in(aligned):
        start, end = aligned.span(span.start, span.end)
        found.append(replace(span, start=start, end=end))
    return tuple(found)


def find_in(text: Aligned) -> tuple[NumberSpan, ...]:
    """`find_numbers` of an aligned text, with `start` and `end` in its `text`."""
    return tuple(_scan(text))


def issue_date_after(text: str, end: int) -> date | None:
    """The day of issue written behind a number that ends at `end`: ", ngày 17/02/2022"; None where none is."""
    return date_after(align(text[end : end + 160]).low, 0)


_FILE = re.compile(r"[\w()-]{0,80}(?:\.[\w()-]{1,40}){0,3}\.(?:pdf|docx?|xlsx?|zip|rar|html?|aspx)\b", re.IGNORECASE)


def _scan(text: Aligned) -> Iterator[NumberSpan]:
    written = text.text.translate(_HOMOGLYPHS)
    letters = _SMALL.sub(_capitals, written)
    form_end = -10
    position = 0
    while head := _HEAD.search(letters, position):
        parts, end = _parts(letters, head)
        position = max(end, head.end())
        before = text.low[max(0, head.start() - 80) : head.start()]
        if _FORM.search(before) or (head.start() - form_end <= 6 and _CHAIN.fullmatch(letters, form_end, head.start())):
            form_end = end  # "Mẫu số 01/ĐK, 02/ĐK"
            continue
        if _FILE.match(letters, end):  # "1875-QD-UBND.signed.pdf" names a file, whatever stands in it
            continue
        if parts and _is_document(head, parts, before):
            name = _named_type(before, parts)
            number = _canonical(head, parts, written)
            issuer = _issuer(parts)
            if shorter := _SHORTER.search(before):  # "Quyết định số 12, 13/QĐ-UBND" are two
                symbol, begin = number[len(head["number"]) :], head.start() - len(before) + shorter.start("numbers")
                for digits in re.finditer(r"\d+", shorter["numbers"]):
                    start, stop = begin + digits.start(), begin + digits.end()
                    yield NumberSpan(start, stop, text.source(start, stop), digits.group() + symbol, name, issuer)
            yield NumberSpan(head.start(), end, text.source(head.start(), end), number, name, issuer)


def _capitals(match: re.Match[str]) -> str:
    """A symbol in small letters as capitals, where a known issuer follows a known type: 749/qđ-ttg."""
    if match["first"].upper() in _TYPES and match["second"].upper() in _ISSUERS:
        return match.group().upper()
    return match.group()


def _parts(letters: str, head: re.Match[str]) -> tuple[list[tuple[int, int, str]], int]:
    """The parts of the symbol as (start, end, letters), and where the symbol ends."""
    parts: list[tuple[int, int, str]] = []
    start = head.end()
    end = start
    while len(parts) < 6 and (part := _PART.match(letters, start)):
        word = part.group().replace(" ", "")
        if not _plausible(word, unit=bool(parts)):
            break
        parts.append((part.start(), part.end(), word))
        end = part.end()
        gap = _SEPARATOR.match(letters, end)
        if gap is None and parts[0][2].startswith("TTL"):
            gap = _JOINT.match(letters, end)
        if gap is None:
            break
        loose = gap.group().strip() == "-" and gap.group().startswith(" ") and gap.group() != gap.group().rstrip()
        broken = "\n" in gap.group()
        if loose or broken:
            # "749/QĐ-TTg - VNPT thực hiện" ends at TTg; "NĐ - CP" and "NĐ-⏎CP" go on, for a type needs its issuer.
            following = _PART.match(letters, gap.end())
            if following is None or not _goes_on(word, following, gap.group(), letters):
                break
        start = gap.end()
    return parts, end


def _plausible(word: str, *, unit: bool) -> bool:
    """A symbol's part: capitals, or a known mixed one (TTg, CTr, Tt); "Nghị", "Theo" and "Fax" are words.

    A `unit` behind an issuer mixes letters as it likes: 812/SGDĐT-GDTrH.
    """
    letters = word.rstrip("0123456789")
    if letters.isupper() or letters.upper() in _MIXED:
        return True
    return unit and letters[1:2].isupper() and sum(map(str.isupper, letters)) * 3 >= len(letters) * 2


def _goes_on(word: str, following: re.Match[str], gap: str, letters: str) -> bool:
    """Whether the symbol goes on behind a loose dash or a broken line: a type needs its issuer, and "SKHCN-⏎QLKH" broken
    at its dash is whole with what stands alone on the next line."""
    if word.upper() in _TYPES and _known(following.group()):
        return True
    alone = following.end() == len(letters) or letters[following.end()] == "\n"
    return (
        gap.startswith("-\n") and alone and _known(word) and following.group().isupper() and len(following.group()) < 9
    )


def _known(word: str) -> bool:
    letters = word.replace(" ", "").rstrip("0123456789").upper()
    return letters in _TYPES or letters in _ISSUERS


def _is_document(head: re.Match[str], parts: list[tuple[int, int, str]], before: str) -> bool:
    words = [word.upper() for _, _, word in parts]
    if any(word in NOT_DOCUMENTS for word in words):
        return False
    named = bool(_NAMED.search(before))
    if (not named and _LICENCE.search(before)) or _STANDARD.search(before) or _BROKEN.search(before[-6:]):
        return False
    if sum(letter.isupper() for word in words for letter in word) < 2:
        return False
    numbered = named or bool(_NUMBERED.search(before))
    spaced = head["before"] != "" and head["after"] != ""
    if head["separator"] == "-" and head["year"] is None and len(words) == 1:
        # 31-CP and 782-TTg are old decisions; "0555 - FAX" and "2018 - ASEAN" are not.
        return not spaced and (named or words[0] in ("CP", "TTG"))
    if len(words) == 1:
        lone = words[0].rstrip("0123456789")
        return (
            named
            or bool(_LETTERHEAD.search(before))
            or lone in LONE_SYMBOLS
            or (lone == "QH" and head["year"] is not None)
            or (numbered and _known(lone))
        )
    return (
        numbered
        or words[0] in _TYPES
        or words[0].rstrip("0123456789") in _ISSUERS
        or (words[1] in _TYPES and words[1] in LONE_SYMBOLS)
    )


def _canonical(head: re.Match[str], parts: list[tuple[int, int, str]], letters: str) -> str:
    number = re.sub(r"\.(?=\d{3})", "", head["number"])  # 1.234/QĐ-UBND is number 1234
    written = f"{number}/{head['year']}" if head["year"] else number
    written += head["separator"]
    for index, (start, end, _) in enumerate(parts):
        if index:
            gap = letters[parts[index - 1][1] : start].strip()
            written += gap or "-"
        written += letters[start:end].replace(" ", "")
    return written


def _named_type(before: str, parts: list[tuple[int, int, str]]) -> str | None:
    named = _NAMED.search(before)
    name = _FULL_NAMES[named["type"]] if named else None
    if name == "Thông báo kết luận":
        name = "Thông báo"
    codes = [word.upper().rstrip("0123456789") for _, _, word in parts]
    code = next((code for code in codes[:2] if code in _TYPES), None)
    rules = name == "Quy định" and code in ("QĐ", "QD")  # 132-QĐ/TW: the party's rules share the symbol of decisions
    if code and not rules and (name is None or (code not in AMBIGUOUS_TYPES and code == codes[0]) or name == "Văn bản"):
        return _TYPES[code]
    if name and name != "Văn bản":
        return name
    if codes[0] in ("QH", "CP", "TTG") or "HĐNN" in codes:
        laws = _LAW.findall(before.rsplit(";", 1)[-1])
        return laws[-1].capitalize() if laws else None
    return "Công văn" if name or (len(codes) > 1 and codes[0] in _ISSUERS) else None


def _issuer(parts: list[tuple[int, int, str]]) -> str | None:
    codes = [word.upper().rstrip("0123456789") for _, _, word in parts]
    if codes[0] in ("TTLT", "TTLB", "TTL", "NQLT"):
        names = [_ISSUERS.get(code) for code in codes[1:]]
        return ", ".join(name for name in names if name) if names and all(names) else None
    rest = codes[1:] if codes[0] in _TYPES and len(codes) > 1 else codes
    issuer = _ISSUERS.get(rest[0])
    return None if issuer == "Trung ương Đảng" else issuer
