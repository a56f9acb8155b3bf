"""A clause that obliges in English, and the bearer that its words name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INITIALS = 8  # of one sentence that are looked past
COUNTED = re.compile(
    r"^(?:\s*(?:\(?(?:[a-z]{1,2}|\d{1,3}|[ivxIVX]{1,4}|[A-Z])[.)]|§|�|[\d.]+-?[\w.-]*|[*>#•–-])\s*)+"
)
_TAIL = re.compile(
    r"(?:,? (?:who|that|which|whose|in consultation with|in coordination with"
    r"|in collaboration with|or (?:his|her|its|such) |acting|to the extent|where|upon|by rule"
    r"|as defined|pursuant to|described|designated|subject to|with the approval|thereafter"
    r"|also|within|no later|not later|on or before|shall|at the)\b.*|,.*)$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    who: str
    what: int  # where the words of the act begin; a prohibiting modal is one of them
    ban: str = ""  # what prohibits the act when it does not stand before it: prohibited from


def bearer(words: str) -> str:
    """The Secretary of Labor for 'the Secretary of Labor, in consultation with …,'."""
    bare = COUNTED.sub("", words.strip())
    bare = _TAIL.sub("", bare).strip(' ,:–-*"“”')
    bare = bare.removeprefix("The ").removeprefix("the ") if " " in bare[4:] or bare[:4] == "the " else bare
    return " ".join(bare.split())[-160:]


def full_stop(text: str, at: int, high: int) -> int:
    """Where the sentence ends at a full stop, at most `high`; the stop of U.S. or of an initial ends none."""
    place = text.find(". ", at, high)
    for _ in range(_INITIALS):
        if place < at + 2 or not text[place - 1].isupper() or text[place - 2].isalnum():
            break
        place = text.find(". ", place + 2, high)
    return place if place >= 0 else high
