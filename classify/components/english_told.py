"""How much each sentence of an English text speaks for a problem and for a measure.

A summary of an act begins its sentences with what the act does (Requires the Secretary to…, Amends…);
elsewhere measures are known by who acts (we will, would require, has announced). Words of want and harm
tell what is wrong unless they are what is prevented, reported on, or provided for as a case.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from classify.components.finding_words import Word, words_of
from classify.components.findings_told import BARE, DONE, DOUBT, FIRM, LEAST, Told

LEAST_PROBLEM = 1.0  # English words of want are told of cases and titles too
_OPENING = 260  # so far into its sentence the verb of an act's summary stands
_TELLING = 0.3  # a sentence without a word worth so much is not looked at
_STOP = re.compile(r"[.?!][\"'”’)\]]{0,2}(?=\s)|\n")
_CLAUSE = re.compile(r"[,;:—()]")
_LEADING = re.compile(
    r"[\s*>#\"“‘'_•�(-]*"
    r"(?:\(?sec\.\s*\d{0,4}\)?\s*|section \d{1,4}\.?\s*|\(?[a-z0-9]{1,4}[).]\s+|\d{1,4}\)\s*)*"
    r"(?:[^.;:]{0,160}? act(?: of \d{4})?(?: \[sic\])?(?: \([^)]{0,60}\))? ?- )?"
    r"[\s(]*(?:sec\.\s*\d{1,4}\)\s*)?"
)
_RULE = re.compile(r"\bshall\b|\bdefine[sd]?\b|\bthe term\b|\bresolved, that\b")
_RULED = 0.9  # what a rule or a definition takes from a problem
_ASKED = 0.6  # what a question takes
_DENIED = frozenset(  # not, no, never, without right before a word of want
    (" not ", "s no ", "e no ", "ever ", "hout ", "dn't ", "sn't ")
)

Hit = tuple[int, int, int]


def english_told(text: str) -> Iterator[Told]:
    """Sentences in which any word tells, from left to right."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text  # a rare sign changes its length: capitals are not read then
    known = words_of("en")
    words = known.words
    hits = [
        hit
        for hit in known.find(lowered)
        if not (lowered[hit[2] : hit[2] + 1].isalnum() or (hit[1] and lowered[hit[1] - 1].isalnum()))
    ]
    if not hits:
        return
    stops = [found.end() for found in _STOP.finditer(lowered)]
    at, size = 0, len(hits)
    while at < size:
        index = bisect_right(stops, hits[at][1])
        begin = stops[index - 1] if index else 0
        end = stops[index] if index < len(stops) else len(lowered)
        first = at
        telling = False
        while at < size and hits[at][1] < end:
            word = words[hits[at][0]]
            telling = telling or word.problem > _TELLING or word.measure > _TELLING or word.verb > 0
            at += 1
        if telling:
            while begin < end and lowered[begin] in " \t\n":
                begin += 1
            yield _weighed(lowered, begin, end, hits[first:at], words)


def _weighed(text: str, begin: int, end: int, hits: list[Hit], words: tuple[Word, ...]) -> Told:
    head = _head(text, begin, end, hits, words)
    problem = clause = verbs = nouns = against = 0.0
    handled = opened = False
    reached = begin
    for number, start, stop in hits:
        word = words[number]
        if word.problem or word.handled or word.conditional or word.relieved:
            if _CLAUSE.search(text, reached, start):
                problem, clause, handled = problem + clause, 0.0, False
            reached = stop
        if word.verb and start == head:
            verbs += word.verb
            opened = True
        if word.measure > DONE:
            verbs += word.measure
        else:
            nouns += word.measure
        against += word.against
        if word.handled or word.conditional:
            handled = True
        if word.relieved:
            clause, handled = 0.0, True
        elif word.problem and not handled and not opened and text[start - 5 : start] not in _DENIED:
            clause += word.problem
    problem += clause
    if problem and text[end - 1] == "?":
        problem -= _ASKED
    if problem and _RULE.search(text, begin, end):
        problem -= _RULED
    spent = against + (DOUBT if problem >= LEAST and verbs < FIRM else 0.0)
    measure = verbs + (min(0.3 * nouns, 0.6) if verbs else min(nouns, BARE)) - spent
    return Told(begin, end, problem - (LEAST_PROBLEM - LEAST), measure)


def _head(text: str, begin: int, end: int, hits: list[Hit], words: tuple[Word, ...]) -> int:
    """Where a first verb would stand, behind numbering and the name of the act; -1: there is none."""
    if not any(words[number].verb and start - begin < _OPENING for number, start, _ in hits):
        return -1
    led = _LEADING.match(text, begin, end)
    return led.end() if led is not None else begin
