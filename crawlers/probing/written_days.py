"""How a site writes days in figures: told by its own dates that only one reading fits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import DayOrder

_FIGURES = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)?\d\d(?![\d/-])")
_UNSEEN = re.compile(rb"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_MOST_BYTES = 2_000_000


def order_of(body: bytes) -> DayOrder | None:
    """`mdy` where 06/24/2025 is written, `dmy` where 24/06/2025 is, None where neither or both are."""
    found = {
        "mdy" if int(second) > 12 else "dmy"
        for first, _, second in _FIGURES.findall(decode(_UNSEEN.sub(b" ", body[:_MOST_BYTES])))
        if (int(first) <= 12) != (int(second) <= 12) and max(int(first), int(second)) <= 31
    }
    if len(found) != 1:
        return None
    return "mdy" if "mdy" in found else "dmy"


def common_order(bodies: Iterable[bytes]) -> DayOrder | None:
    """The order that some pages of a site tell and none contradicts."""
    told = {order for body in bodies if (order := order_of(body))}
    return told.pop() if len(told) == 1 else None
