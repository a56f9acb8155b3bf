"""Limits that return in English texts: report annually, at least once every two years, meets quarterly.

By docs/marking-guideline.md a period within which something has to be done is a limit; so how often an act
is due counts, as in Chinese (recurring.py), where somebody is bound to it. Rates (pays $10 annually, three
per cent every year) are none. Such a limit has no one last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.english_period import EnglishLimit
from classify.components.english_places import places
from classify.components.state import MOST_FACTS

_SIGNS = (
    "nnually", "uarterly", "onthly", "eekly", "iennially", "very ", "ach ", " basis", "nce per ", "nce a ",
)  # fmt: skip
_UNIT = (
    r"(?:(?:calendar|fiscal|financial|school|consecutive|business|working) )?"
    r"(?:year|month|quarter|week|day)s?"
)
_OFTEN = re.compile(
    r"(?:(?:semi|bi)-?)?(?:annually|quarterly|monthly|weekly)|(?:bi|tri|quadr)iennially|biennially"
    r"|every (?:(?:\d{1,2}|two|three|four|five|six|seven|ten|twelve|other|second|third)[ -])?"
    rf"{_UNIT}|each (?:calendar |fiscal |school )?(?:year|quarter|month|week)"
    r"|on an? (?:annual|quarterly|monthly|weekly|biennial) basis"
    rf"|once (?:per|a) (?:(?:\d{{1,2}}|two|three|four|five|six|seven|ten|twelve) )?{_UNIT}",
    re.IGNORECASE,
)
_THEREAFTER = re.compile(r"\b(?: thereafter\b)?(?!-)")
_FLOOR = re.compile(
    r"\b(?:at least|(?:no|not) less (?:often |frequently )?than|no fewer than)(?: once| twice)? $"
    r"|\b(?:once|twice) $",
    re.IGNORECASE,
)
_NOUN = re.compile(  # quarterly reports: the word only names a kind of them
    r" (?:or|and) (?:annual|monthly|quarterly)\b"
    r"| (?!(?:to|on|in|by|the|and|or|for|with|thereafter|at|about|as|basis|of|from|during|beginning|regarding"
    r"|its|each|whether|through|until|upon|all|any|after|concerning)\b)[A-Za-z]"
)
_ADJECTIVES = ("quarterly", "monthly", "weekly")
_BOUND = re.compile(
    r"\b(?:shall|must|should|[Rr]equir(?:es|e|ed|ing)|[Dd]irects?|[Ii]nstructs|[Mm]andates"
    r"|(?:is|are) to|to be)\b"
)
_DUE = re.compile(
    r"\b(?:re-?)?(?:report|submit|publish|review|updat|audit|assess|evaluat|conduct|meet|post|inspect|notif|test|certif"
    r"|transmit|brief|revis|survey|hold|conven|train|file|disclos|examin|determin|collect|consult|inform|monitor|verif"
    r"|prepar|issu|compil|adjust|pay\b|paid\b|repaid|provid|stud(?:y|ies)|analy[sz]|complet|develop|recertif|renew)"
)
_RATE = re.compile(
    r"(?:\b(?:dollars|leveraged|amounts?|appropriated|per ?cent|hours?|times|days|increas\w+|more than"
    r"|grants?|less|up to|funds?|million|billion|each of|provides|spend\w*|cost\w*|of|for|in|during|within"
    r"|over|that)|\$ ?[\d.,]+|\d ?%)[ ,]{1,2}$",
    re.IGNORECASE,
)
_NOT_BOUND = re.compile(r"\b(?:[Aa]uthoriz\w+|[Aa]llows?|may|not exceed|if|unless|prohibit\w*|who|whose)\b")


def recurring(text: str) -> Iterator[EnglishLimit]:
    """Each recurring limit, from left to right; of so many places no more are read."""
    reached = 0
    for start in sorted({_start(text, at) for at in places(text, _SIGNS)[: 4 * MOST_FACTS]}):
        found = _OFTEN.match(text, start, start + 48) if start >= reached else None
        rest = _THEREAFTER.match(text, found.end()) if found is not None else None
        if found is None or rest is None:
            continue
        floor = _FLOOR.search(text, max(0, start - 40), start)
        begin, end = floor.start() if floor is not None else start, rest.end()
        if _stands(text, begin, found.end(), found.group().lower()):
            reached = end
            yield EnglishLimit(begin, end, text[begin:end], None)


def _start(text: str, at: int) -> int:
    """Where the word around a sign begins; an annual basis begins three words ahead."""
    start = at
    if text[at] == " ":
        start = max(text.rfind("on a", max(0, at - 24), at), text.rfind("On a", max(0, at - 24), at), 0)
    while start and (text[start - 1].isalpha() or text[start - 1] == "-") and at - start < 12:
        start -= 1
    return start


def _stands(text: str, start: int, end: int, said: str) -> bool:
    """Somebody is bound, in the same sentence, to an act that is due so often."""
    if said.endswith(_ADJECTIVES) and _NOUN.match(text, end):
        return False
    if _RATE.search(text, max(0, start - 24), start) is not None:
        return False
    low = max(0, start - 400)
    low = max(low, *(text.rfind(sign, low, start) + 1 for sign in (". ", "\n")))
    bound = max(_BOUND.finditer(text, low, start), key=lambda one: one.start(), default=None)
    stops = [at for sign in (". ", "\n", ";") if (at := text.find(sign, end, end + 160)) >= 0]
    high = min([*stops, end + 160, len(text)])
    if bound is None:
        ahead = _BOUND.search(text, end, high)
        return (
            ahead is not None
            and text[low:start].strip(" (0123456789)abcde.�§*-") == ""
            and (_DUE.search(text, ahead.end(), high) is not None)
        )
    item = max(bound.end(), text.rfind("; ", bound.end(), start))
    if _NOT_BOUND.search(text, item, start):
        return False
    return _DUE.search(text, bound.end(), min(high, end + 90)) is not None
