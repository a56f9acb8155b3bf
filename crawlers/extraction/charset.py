"""Text from bytes: the bytes decide, the declared charset is only asked when they do not."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EAST_ASIAN = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "hz-gb-2312", "cp936"}
_WESTERN = {"iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii", "iso-8859-15"}
_OTHERS = {
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "koi8-r",
    "koi8-u",
    "iso-8859-2",
    "iso-8859-5",
    "iso-8859-7",
    "iso-8859-9",
    "tis-620",
}


def decode(body: bytes, media_type: str | None = None) -> str:
    """The text of a page: BOM, strict UTF-8, then GB18030 or the declared label, whichever reads cleanly.

    Labels lie on official sites (UTF-8 pages called gb2312, GBK pages called utf-8), so a label only
    decides between encodings that the bytes leave open. Nothing raises; what nothing explains becomes U+FFFD.
    """
    return decode_named(body, media_type)[0]


def decode_named(body: bytes, media_type: str | None = None) -> tuple[str, str]:
    """The text together with the name of the encoding that was used."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _cut_at_end(body, error):
            return body[: error.start].decode("utf-8"), "utf-8"
    return _decode_other(body, declared_charset(body, media_type))


def declared_charset(body: bytes, media_type: str | None) -> str | None:
    """The label of the header or of the first 4 KB, kept as data; it is often wrong."""
    for place in ((media_type or "").encode("ascii", "ignore"), body[:4096]):
        found = _DECLARED.search(place)
        if found:
            return found.group(1).decode("ascii").lower()
    return None


def _cut_at_end(body: bytes, error: UnicodeDecodeError) -> bool:
    return error.reason == "unexpected end of data" and len(body) - error.start < 4


def _decode_other(body: bytes, label: str | None) -> tuple[str, str]:
    if label in _OTHERS:
        return body.decode(label, "replace"), label
    chinese = _strict(body, "gb18030")
    if chinese is not None and (label in _EAST_ASIAN or _looks_chinese(chinese)):
        return chinese, "gb18030"
    if label in _EAST_ASIAN:
        return body.decode("gb18030", "replace"), "gb18030"
    nearly_utf8 = body.decode("utf-8", "replace")
    high = sum(1 for byte in body if byte > 127) if len(body) < 2_000_000 else len(body)
    if nearly_utf8.count("\ufffd") * 20 < high:
        return nearly_utf8, "utf-8"
    if label not in _WESTERN and chinese is None:
        lenient = body.decode("gb18030", "replace")
        if lenient.count("\ufffd") * 50 < high and _looks_chinese(lenient):
            return lenient, "gb18030"
    return body.decode("cp1252", "replace"), "cp1252"


def _strict(body: bytes, name: str) -> str | None:
    """The text when every byte fits; of a character that the end of the body cuts nothing is left."""
    try:
        return codecs.getincrementaldecoder(name)().decode(body)
    except UnicodeDecodeError:
        return None


def _looks_chinese(text: str) -> bool:
    """Whether most letters beyond ASCII are everyday Chinese ones; Western bytes read as GB18030 are not."""
    foreign = [char for char in text[:200_000] if ord(char) > 127]
    everyday = sum(1 for char in foreign if char in _EVERYDAY)
    return bool(foreign) and everyday * 12 >= len(foreign)


# Frequent characters of official writing, digits of dates and Chinese punctuation.
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出会年月日，。、：；（）《》“”〔〕号"
    "政府部门关通知市省县区局委办公厅发展信息公开工法规第条件管理主题文索引首页"
)
