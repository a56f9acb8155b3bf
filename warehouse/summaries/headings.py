"""The headings of a Chinese document: numbered as the format of official documents numbers them.

GB/T 9704—2012, 7.3.3: levels are 一、 then （一） then 1. then （1）; laws have 第一章 and 第一节.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.summaries.sentences import Sentence

FEWEST = 3
LONGEST = 40  # characters without the number
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)}
_NUMBER = re.compile(
    r"(?:第(?P<chapter>[一二三四五六七八九十百]{1,5})[章部编]|(?P<first>[一二三四五六七八九十]{1,3})、"
    r"|[（(](?P<second>[一二三四五六七八九十]{1,3})[）)])[\s、]*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with its level, 1 the highest."""

    sentence: Sentence
    level: int


def headings(found: Iterable[Sentence]) -> list[Heading]:
    """The headings in order; empty when there are fewer than FEWEST of the first level.

    Numbers of the first level must count up from one, those below it within their heading: an enumeration
    inside a sentence does not.
    """
    kept: list[Heading] = []
    places: list[int] = []
    at = {1: 0, 2: 0}
    chapters = False
    for place, sentence in enumerate(found):
        number = _NUMBER.match(sentence.text)
        if number is None or not _is_short(sentence.text[number.end() :]):
            continue
        value = _value(number["chapter"] or number["first"] or number["second"])
        level = 2 if number["second"] or (chapters and number["first"]) else 1
        chapters = chapters or (level == 1 and bool(number["chapter"]))
        if level == value == 1 and len(kept) > 1 and places[-1] - places[0] == len(kept) - 1:
            kept, places, at = [], [], {1: 0, 2: 0}  # nothing stood between them: a list of contents
        if value == at[level] + 1 and (level == 1 or at[1]):
            at = {1: value, 2: 0} if level == 1 else {**at, 2: value}
            kept.append(Heading(sentence, level))
            places.append(place)
    return kept if sum(one.level == 1 for one in kept) >= FEWEST else []


def _is_short(text: str) -> bool:
    """A heading is a phrase: short, not the item of a list, not a sentence with several clauses."""
    return 2 <= len(text) <= LONGEST and not text.endswith(("；", ";", "：", ":")) and text.count("，") <= 2


def _value(numeral: str) -> int:
    """一 is 1, 十二 is 12, 二十 is 20; hundreds do not occur as headings and give 0."""
    if "百" in numeral:
        return 0
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
