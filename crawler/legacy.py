"""Vietnamese as it was written before Unicode: TCVN3 (the ABC fonts), VNI and windows-1258.

Nothing in such bytes tells them from Western European text, and so a portal's configuration says it. TCVN3 is the upper
half of TCVN 5712; VNI sets a mark behind its letter. Both are fonts over windows-1252: a page may as well be UTF-8 and
hold those letters as characters or as entities. The ABC fonts have no capitals with a tone: they come out small.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from html import unescape

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

# A mark behind its letter, as Unicode's marks in their order; and letters that stand alone.
_TONES = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_ROUND = {"â": "\u0302"} | {mark: "\u0302" + tone for mark, tone in zip("àáåãä", _TONES.values(), strict=True)}
_BREVE = {"ê": "\u0306"} | {mark: "\u0306" + tone for mark, tone in zip("èéúüë", _TONES.values(), strict=True)}
_MARKS = {
    "a": _TONES | _ROUND | _BREVE,
    "e": _TONES | _ROUND,
    "o": _TONES | _ROUND,
    **dict.fromkeys("uyôö", _TONES),
}
_ALONE = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
# A word in capitals has capital marks, and a name may begin with a capital and a small mark.
_VNI = re.compile("[aeouyôö][àáâãäåèéêëïõøùúûü]|[ôöñíìæóòî]", re.IGNORECASE)

_WESTERN_ENTITY = re.compile(r"&(?:#1[6-9]\d|#2[0-5]\d|#[xX][a-fA-F][0-9a-fA-F]|[A-Za-z]{2,6}\d?);")


def legible(body: bytes, encoding: str | None) -> bytes:
    """A page's bytes in UTF-8 where its portal's `encoding` is tcvn3, vni or windows-1258; untouched where it is None.

    A page that says by its first bytes that it is Unicode in another form is untouched too.
    """
    if encoding is None or body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in body[:400]:
        return body
    text = _letters(body, "cp1258" if encoding == "windows-1258" else "cp1252")
    if encoding != "windows-1258":
        text = _WESTERN_ENTITY.sub(_entity, text)
        text = text.translate(_TCVN3) if encoding == "tcvn3" else _VNI.sub(_vni, text)
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace")


def _letters(body: bytes, codec: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode(codec, "replace")


def _entity(match: re.Match[str]) -> str:
    letter = unescape(match.group())
    return letter if len(letter) == 1 and "\xa1" <= letter <= "\xff" else match.group()


def _vni(match: re.Match[str]) -> str:
    letter, mark = match.group()[0], match.group()[1:].lower()
    if not mark:
        return _ALONE[letter]
    base = _ALONE.get(letter, letter)
    known = _MARKS[letter.lower()].get(mark)
    return base + (known or match.group()[1:])
