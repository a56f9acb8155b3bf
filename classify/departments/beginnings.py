"""Where in a text a name may begin at all, told from its first signs; most clauses begin with none.

A place that is refused names nobody for `Addressees.read`; what is let through is read there.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classify.departments.authority import Authority
from classify.departments.levels import EACH, TOKEN
from classify.departments.names import COUNTY
from classify.departments.offices import OfficeWords

_SIGN = "自治州|自治县|县|区|市|州"
PLACE = re.compile(rf"(?:(?![所在各本全该其他当邻跨沿由请])[一-鿿]){{2,4}}?(?:{_SIGN})(?!级)")
PLACES = re.compile(rf"(?:[一-鿿]{{2,5}}?(?:{_SIGN})、)+[一-鿿]{{2,5}}?(?:{_SIGN})")
_BEHIND_PLACE = "[、，和与及以或会商应必须不要负牵承]"  # the next name, or what a place alone has to do


class Beginnings:
    """Tells whether a name may begin at a place of a text."""

    def __init__(self, known: Authority, words: OfficeWords) -> None:
        names, offices = known.beginnings()
        self._heads = names | words.stem_heads
        kinds = "".join(sorted({re.escape(head[0]) for head in offices}))
        always = f"{EACH.pattern}|{TOKEN.pattern}|自治区|国务院|中央和|{PLACES.pattern}"
        county = f"{COUNTY.pattern}(?=[{kinds}])"
        bearing = f"{PLACE.pattern}(?={_BEHIND_PLACE})|(?=[有相]){PLACE.pattern}"
        self._signs = re.compile(f"{always}|{county}|{bearing}")
        self._asked = re.compile(f"{always}|{county}|{PLACE.pattern}")

    def at(self, text: str, start: int, asked: bool) -> bool:
        """Whether somebody may be named here who is to act; `asked`: behind 由, 请 and the like."""
        if text[start : start + 2] in self._heads:
            return True
        return (self._asked if asked else self._signs).match(text, start) is not None


@lru_cache(maxsize=4)
def beginnings(known: Authority, words: OfficeWords) -> Beginnings:
    """Those of an authority file, made once."""
    return Beginnings(known, words)
