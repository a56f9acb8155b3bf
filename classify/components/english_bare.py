"""Periods up to or from an event with no leading word: 15 days before each meeting, one year after the vote.

Most such words date what happened or say when a law begins; they limit an act only behind words that oblige
to one (requires agencies to publish it 15 days before each meeting).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.english_period import CONDITION, EVENT_END, FORBIDDEN, NUMBER, UNIT, EnglishLimit
from classify.components.english_places import places
from classify.components.state import MOST_FACTS

_RUNS = (" before ", " after ", " prior to ", " following ", " in advance of ")
_UNITS = ("day", "days", "hour", "hours", "week", "weeks", "month", "months", "year", "years")
_COUNT = re.compile(
    r"(?<![\w-])(?:\d{1,4}|(?:(?:one|two|three) hundred(?: and)? )?"
    r"(?:[a-z]{3,4}ty[ -](?:one|two|three|four|five)|[a-z]{3,8}))(?: ?\(\d{1,4}\))?[ -]"
    r"(?:(?:business|working|calendar|consecutive|school|legislative) )?[a-z]{3,6}$"
)
_BARE = re.compile(
    rf"(?P<all>{NUMBER}(?: ?\(\d{{1,4}}\))?[ -]{UNIT} (?:before|after|prior to|following|in advance of)"
    r"(?: (?P<event>[^.,;:()\n]{0,80}))?)"
)
_NOT_BARE = re.compile(  # what dates an event, bounds a period or says how long a thing lasts
    r"\b(?:effect(?:ive)?(?: on| for| until)?|than|at least|at most|within|for|until|till|over|under|up to"
    r"|the|first|next|last|past|previous|preceding|every|each|additional|beginning|starting|commencing|begins?"
    r"|starts?|commences?|ends?|ending|expir\w+|terminat\w+|sunset\w*|lapses?|repealed|ceases?|occur\w*"
    r"|end of|maximum of|conclud\w+|revert|dissolv\w+|exist|purposes|minimum of|period of|of|from|force|only"
    r"|even|just|some|about|exceeds?|and|on|as|is|are|was|were|to|by|(?<![(,] )or|old|age|another)"
    r" (?:the |a |an )?(?:\(\d\) )?$|[\d$-]$",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\b(?:shall|must|[Rr]equir(?:es|ed|e|ing)|[Dd]irects|[Ii]nstructs|[Mm]andates|(?:is|are) to"
    r"|(?:would|will) (?:also )?(?:publish|report|submit|issue|notify|provide|post|complete|appoint"
    r"|be (?:required|submitted|published|issued|appointed|completed)))\b"
)
_IF = re.compile(
    r"\b(?:if|where|when|whose|who|unless|which|until|violation|offen[sc]e|convict\w+|whereas)\b", re.I
)


def bare_periods(text: str) -> Iterator[EnglishLimit]:
    """Each such period, from left to right; of so many places no more are read."""
    for place in places(text, _RUNS)[: 4 * MOST_FACTS]:
        if text.endswith(_UNITS, max(0, place - 6), place):
            number = _COUNT.search(text, max(0, place - 56), place)
            found = _bare(text, number.start()) if number is not None else None
            if found is not None:
                yield found


def _bare(text: str, start: int) -> EnglishLimit | None:
    """15 days before each meeting, with no leading word, where the words in front of it oblige to an act."""
    found = _BARE.match(text, start, start + 200)
    if found is None or _NOT_BARE.search(text, max(0, start - 32), start) is not None:
        return None
    low = max(0, start - 300)
    low = max(low, *(text.rfind(sign, low, start) + 1 for sign in (". ", "\n", ";")))
    bound = _ORDERED.search(text, low, start)
    if bound is None or FORBIDDEN.search(text, low, start) or _IF.search(text, bound.end(), start):
        return None
    event = found["event"] or ""
    if CONDITION.match(event):
        return None
    end = found.start("event") + len(event.rstrip()) if event else found.end()
    if event and (stop := EVENT_END.search(event)) is not None:
        end = min(end, found.start("event") + stop.start())
    return EnglishLimit(start, end, text[start:end], None)
