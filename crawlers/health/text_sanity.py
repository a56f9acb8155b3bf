"""Whether text is text: signs of a wrong charset, of a page cut in the middle, and the form of its dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from crawlers.extraction.charset import declared_charset, decode_named

_TAGS = re.compile(r"<!--.*?-->|<(script|style|noscript)\b.*?</\1\s*>|<[^>]*>", re.S | re.I)
_END = re.compile(rb"</html\s*>\s*(?:<!--.*?-->\s*)*\Z", re.S | re.I)
_HTML = re.compile(rb"<html[\s>]", re.I)
_DATE = re.compile(
    r"(?<![\d.])\d{1,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}日?(?![\d.])"
    r"|\b\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s\d{4}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2},?\s\d{4}",
    re.I,
)
_WORD = re.compile(r"[A-Za-z]+\.?,?")
_ENOUGH = 12  # characters beyond ASCII that can be judged
_MISREAD = re.compile("[\u00c2-\u00ef][\u0080-\u00bf\u20ac\u2018-\u201d\u2020-\u2122]")  # UTF-8 read as Latin


def _everyday() -> frozenset[str]:
    """The 3,755 characters of the first level of GB 2312; over 97 % of any official text is made of them."""
    codes = (bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(code.decode("gb2312", "ignore") for code in codes) - {""}


_LEVEL_ONE = _everyday()
_COMMON = 0.75  # share of first-level characters below which Chinese is not Chinese
_SOUP = 0.10  # share of replaced, unknown or misread characters that no text holds


def garbled(text: str) -> bool:
    """Whether the text was decoded in a wrong charset, here or by the site."""
    sample = text[:20_000]
    letters = sum(1 for char in sample if char.isalnum() or char == "?" or ord(char) > 127)
    if not letters:
        return False
    lost = sample.count("\ufffd") + 2 * len(_MISREAD.findall(sample)) + _questions(sample)
    private = sum(1 for char in sample if "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f")
    if lost + private >= 4 and (lost + private) / letters > _SOUP:
        return True
    han = [char for char in sample if "\u3400" <= char <= "\u9fff"]
    return len(han) >= _ENOUGH and sum(char in _LEVEL_ONE for char in han) < _COMMON * len(han)


def _questions(text: str) -> int:
    """Question marks that stand for lost characters: two and more together."""
    return sum(len(run) for run in re.findall(r"\?{2,}", text))


def visible(source: str) -> str:
    """The page's text without markup and scripts."""
    return re.sub(r"[ \t\r\f\v]+", " ", _TAGS.sub("\n", source))


def whole(body: bytes) -> bool:
    """Whether an HTML page or a JSON answer came to its end; other bytes are not judged."""
    start, end = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n"), body.rstrip()
    if start[:1] in (b"{", b"["):
        return end[-1:] in (b"}", b"]", b")", b";")
    return not _HTML.search(start) or _END.search(end[-4000:]) is not None


def charsets(body: bytes, content_type: str) -> tuple[str, str]:
    """What the bytes are in, and what header or page say they are in ("" when neither says)."""
    used = decode_named(body[:200_000], content_type)[1].removesuffix("-sig")
    label = declared_charset(body, content_type) or ""
    alike = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8", "x-gbk": "gb18030"}
    return used, alike.get(label, label)


def date_form(text: str, rows: int) -> str:
    """The form in which nearly every row prints its date, such as 9-9-9 or 9年9月9日; "" for none."""
    forms: Counter[str] = Counter()
    for found in _DATE.finditer(text[:400_000]):
        forms[_WORD.sub("M", re.sub(r"\d+", "9", re.sub(r"\s+", "", found[0])))] += 1
    form, times = max(forms.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return form if rows and times >= 0.8 * rows else ""


def joined(parts: Iterable[str | None]) -> str:
    """Texts in one, for judging them together."""
    return "\n".join(part for part in parts if part)
