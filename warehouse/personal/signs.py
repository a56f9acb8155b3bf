"""Signs that numbers are written with beside plain digits, and a quick look whether a text holds any."""

from __future__ import annotations

import re
from typing import Protocol

WIDE = "０１２３４５６７８９＠"
BLANKS = "\u00a0\u2002\u2003\u2009\u202f\u3000"
HYPHENS = "－—–‐‑−"
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"  # of no width
ODD = BLANKS + HYPHENS + UNSEEN + "．"
LONG = 10  # signs of the shortest private number in a run of digits, blanks, hyphens and dots

_PLAIN = str.maketrans(
    WIDE + BLANKS + HYPHENS + "．", "0123456789@" + " " * len(BLANKS) + "-" * len(HYPHENS) + "."
)
_IS_ODD = re.compile(f"[{WIDE}{ODD}]")
_RUN = re.compile(rf"[\d .\-{ODD}]{{{LONG}}}")


class Signs(Protocol):
    """What is known of a text before it is read; `classify.components.anchors.Anchors` knows it too."""

    def has(self, *names: str) -> bool:
        """Whether any sign of these groups ("wide") or any of these single signs stands in the text."""

    def has_run(self, length: int) -> bool:
        """Whether so many digits, blanks, hyphens and dots may follow each other."""


class PlainSigns:
    """The same, asked of the text itself."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, *names: str) -> bool:
        """Whether one of the signs stands in the text."""
        return any(sign in self._text for name in names for sign in (WIDE if name == "wide" else name))

    def has_run(self, length: int) -> bool:
        """Whether such a run stands in the text; `length` is LONG at least."""
        return _RUN.search(self._text) is not None


def plain_signs(text: str) -> str:
    """The text, of the same length, with full-width digits, blanks and hyphens made plain."""
    return text.translate(_PLAIN) if _IS_ODD.search(text) is not None else text
