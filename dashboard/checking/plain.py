"""The form in which quotations are compared: what may differ without a change of what is said.

White space, full and half width, and the forms of one and the same punctuation sign are folded. A sign is
never taken for another one (、 is no comma, 。 no semicolon) and none is left out, but for the stars and
underscores that Markdown takes for emphasis. Between two Latin letters, and between two digits, a space
counts: "now here" is not "nowhere" and "2 5" is not "25".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from warehouse.invisible import INVISIBLE
from warehouse.masking import MASK

_FORMS = {  # one sign: its forms
    "'": "\"'“”‘’‚„‛‟「」『』﹁﹂﹃﹄«»‹›`´ʼ′″＂＇〝〞",
    "-": "-‐‑‒–—―−﹣－─",
    "…": "…⋯",
    ".": ".。．｡",
    ",": ",，﹐",
    "、": "、､",
    ":": ":：﹕∶",
    ";": ";；﹔",
    "?": "?？",
    "!": "!！",
    "(": "(（﹙",
    ")": ")）﹚",
    "[": "[〔［【﹝",
    "]": "]〕］】﹞",
    "<": "<＜〈《≪",
    ">": ">＞〉》≫",
    "~": "~～〜∼˜",
    "·": "·•・‧∙⋅･●",
    "%": "%％﹪",
    "/": "/／∕⁄",
}
# Written alike, kept apart by Unicode: ligatures, radicals and twins of Chinese characters that PDFs hold.
_TWINS = ((0xFB00, 0xFB06), (0x2E80, 0x2FD5), (0xF900, 0xFAFF))
_LETTER = "A-Za-zÀ-ɏͰ-ӿ"
_SPACED = re.compile(rf"(?<=[{_LETTER}])\s+(?=[{_LETTER}])|(?<=\d)\s+(?=\d)")
_SPACE = re.compile(r"\s+")
_DOTS = re.compile(r"…+|\.{2,}")  # two as well: with three alone a longer text could be shorter in plain form
_DASHES = re.compile(r"-{2,}")
_EMPHASIS = re.compile(r"(?<!\d)[*_\\]+|[*_\\]+(?!\d)")
_BREAK_HYPHEN = re.compile(rf"(?<=[{_LETTER}])[-‐\u00ad][ \t]*\n\s*(?=[{_LETTER}])")
_KEPT = "\x00"


def plain(text: str) -> str:
    """The text as it is compared."""
    letters = _EMPHASIS.sub("", text.translate(_table()))
    spaced = _SPACE.sub("", _SPACED.sub(_KEPT, letters)).replace(_KEPT, " ")
    return _DASHES.sub("-", _DOTS.sub("…", spaced))


def unbroken(text: str) -> str:
    """The text with words put together that a hyphen divides at the end of a line, as in a PDF."""
    return _BREAK_HYPHEN.sub("", text)


def origin(text: str, start: int, end: int) -> tuple[int, int]:
    """Where code points `start` to `end` of `plain(text)` come from in `text`."""
    return _shortest(text, start + 1) - 1, _shortest(text, end)


def _shortest(text: str, length: int) -> int:
    """How many code points of `text` make a plain text of that length: what stands before never shrinks."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(plain(text[:middle])) >= length:
            high = middle
        else:
            low = middle + 1
    return low


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for sign, forms in _FORMS.items():
        table |= {ord(one): sign for one in forms}
    for first, last in _TWINS:
        for code in range(first, last + 1):
            same = unicodedata.normalize("NFKC", chr(code))
            if same != chr(code):
                table[code] = same
    table |= {code: "" for code in range(0xFFFF) if INVISIBLE.match(chr(code)) and not chr(code).isspace()}
    table[0xFFFD] = "\ufffd"
    table[ord(MASK)] = MASK  # what is masked is no star
    return table
