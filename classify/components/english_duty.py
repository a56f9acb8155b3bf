"""Deadlines in English sentences that oblige somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from classify.components.dates import ENGLISH_DATE, after, end_of, english_date
from classify.components.sentence import english_bounds

_LIMIT = re.compile(
    r"\b(?:by|before|no later than|not later than|on or before|until|ahead of|closes? on|due on)"
    r" (?:(?:the )?end of |midnight on |noon on |\w{6,9}day,? )?"
    r"(?=\d{1,2}(?:st|nd|rd|th)? [A-Z]|[A-Z][a-z]{2,8} |20\d\d\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<y>20\d\d)\b")
_IMPERATIVE = re.compile(
    r"(?:Please )?(?:Order|Send|Submit|Apply|Reply|Return|Complete|Register|Check|Contact|Report|Respond|Tell"
    r"|Make|Pay|Book)\b"
)
_WITHIN = re.compile(
    r"\bwithin (?P<n>\d{1,3}|one|two|three|six|twelve) "
    r"(?P<unit>(?:working |calendar )?(?:days?|weeks?|months?|years?))"
    r" (?:of|after|from) (?P<event>[^.,;\n]{0,60})",
    re.IGNORECASE,
)
_OBLIGED = re.compile(
    r"\b(?:must|shall|should|will|is to|are to|required|requires?|deadline|due|closes?"
    r"|submit|apply|complete)\b"
)
_WHO = re.compile(
    r"(?P<who>(?:The |All |Each |Every )?[A-Z]?[\w'’&,-]{0,30}(?: [\w'’&-]{1,30}){0,9}?)"
    r" (?:must|shall|should|will|is to|are to|are required|is required)\b"
)
_PUBLISHED = re.compile(r"publication|issue|this (?:notice|order|guidance|circular)|date of")
_WORDS = {"one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}


@dataclass(frozen=True, slots=True)
class EnglishDeadline:
    """A time limit with its sentence, already read."""

    start: int
    end: int
    printed: str
    due: date | None
    sentence: str
    who: tuple[str, ...]
    what: str


def english_deadlines(text: str, issued: date | None) -> Iterator[EnglishDeadline]:
    """Time limits of sentences that oblige; a day before the document itself is history, not a deadline."""
    for lead in _LIMIT.finditer(text):
        dated = ENGLISH_DATE.match(text, lead.end(), lead.end() + 40)
        year = _YEAR.match(text, lead.end()) if dated is None else None
        if dated is None and year is None:
            continue
        due = english_date(dated) if dated else end_of(int(year["y"])) if year else None
        end = dated.end() if dated else year.end() if year else lead.end()
        found = _deadline(text, lead.start(), end, due)
        if found is not None and not (due and issued and due < issued):
            yield found
    for period in _WITHIN.finditer(text):
        count = (
            _WORDS.get(period["n"].lower()) or int(period["n"])
            if not period["n"].isalpha()
            else _WORDS[period["n"].lower()]
        )
        unit = period["unit"].lower().removeprefix("calendar ")
        runs = _PUBLISHED.search(period["event"]) is not None
        found = _deadline(text, period.start(), period.end(), after(issued, count, unit) if runs else None)
        if found is not None:
            yield found


def _deadline(text: str, start: int, end: int, due: date | None) -> EnglishDeadline | None:
    left, right = english_bounds(text, start, end)
    sentence = text[left:right].strip()
    if not (_OBLIGED.search(sentence) or _IMPERATIVE.match(sentence)):
        return None
    who = _WHO.match(sentence[:300])
    subject = (_plain_name(who["who"]),) if who else ()
    said = sentence[who.end() :] if who else sentence
    what = " ".join(said.replace(text[start:end], "").split()).strip(" ,.")
    return EnglishDeadline(start, end, text[start:end], due, sentence, subject, what[:200])


def _plain_name(words: str) -> str:
    """Department of Health for The Department of Health; a single word keeps its article."""
    bare = words.strip(" ,").removeprefix("The ")
    return bare if " " in bare else words.strip(" ,")
