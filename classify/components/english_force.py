"""When an English document takes effect and when it lapses, as its own clauses say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from classify.components.dates import ENGLISH_DATE, english_date
from classify.components.english_places import places, within
from classify.components.sentence import english_bounds

_FORCE = re.compile(
    r"\b(?P<verb>comes? into (?:force|effect|operation)|takes? effect|enters? into force|is effective"
    r"|becomes? effective|expires?|ceases? to have effect|valid until|remains? in force until"
    r"|takes? effect [^.\n]{0,60}?(?:on or after|from)|appl(?:y|ies) [^.\n]{0,60}?from)"
    r"(?: (?:on|from|at the end of|until|as of|beginning))? (?=[A-Z\d])",
    re.IGNORECASE,
)
_WORDS = (
    "into force", "into effect", "into operation", "e effect", "es effect", "effective ", "xpire", "cease",
    "valid until", "applies ", "apply ", "in force until",
)  # fmt: skip
_AT_ONCE = re.compile(  # a bill that takes effect immediately does so when it is enacted, which is not known
    r"\b[Tt]his (?:[\w-]+ ){0,3}(?:rule|notice|order|guidance|directive|policy|circular|memorandum"
    r"|determination|correction|regulation|instruction) "
    r"(?:is|takes|shall take|becomes|shall become|will take|is hereby)(?: hereby)? (?:effective|effect) "
    r"(?:immediately|(?:on|upon) (?:publication|issuance|signature))"
)
_LAPSES = ("expire", "cease", "valid", "remain")


def english_clauses(text: str, issued: date | None = None) -> Iterator[tuple[int, int, str, date, str]]:
    """(start, end, kind, day, sentence) of each clause of force; at once means the day it was `issued`."""
    lowered = text.lower()
    for lead in within(_FORCE, text, places(lowered if len(lowered) == len(text) else text, _WORDS), 24, 150):
        dated = ENGLISH_DATE.match(text, lead.end(), lead.end() + 40)
        day = english_date(dated) if dated else None
        if dated is not None and day is not None:
            kind = "expiry" if lead["verb"].lower().startswith(_LAPSES) else "effective"
            yield lead.start(), dated.end(), kind, day, _said(text, lead.start(), dated.end())
    if issued is not None and ("effective " in text or "effect " in text):
        for found in _AT_ONCE.finditer(text):
            yield found.start(), found.end(), "effective", issued, _said(text, found.start(), found.end())


def _said(text: str, start: int, end: int) -> str:
    left, right = english_bounds(text, start, end)
    return text[left:right].strip()
