"""The summary of one document: where its parts stand, never words of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from warehouse.summaries.headings import headings
from warehouse.summaries.sentences import LONGEST, Sentence, sentences
from warehouse.summaries.textrank import central

VERSION = "1"  # raise it when the same text gives another summary
BUDGET = {"zh": 240, "en": 600}  # characters of sentences, reached by the last one
MOST_HEADINGS = 40
SHORTEST_TEXT = {"zh": 400, "en": 1_000}  # characters; a shorter document is its own summary
SHORTEST = {"zh": 12, "en": 40}  # characters of a sentence worth showing
_PLACE = re.compile(
    r"^[^。！？]{0,60}[：:]$|^\d{4}年\d{1,2}月\d{1,2}日$|^附件|收悉。$|^第[一二三四五六七八九十百零〇]+条$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or sentence: paragraph from 0, code points within it; level 0 is a sentence."""

    paragraph: int
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """Passages in reading order; `none` when the document is too short to need any."""

    kind: Literal["headings", "sentences", "none"]
    passages: tuple[Passage, ...] = ()


def summarise(paragraphs: Sequence[str], language: str) -> Summary:
    """The headings of a Chinese document that has them, else its most central sentences.

    The same paragraphs always give the same summary; time is bounded whatever the text is.
    """
    spoken = "en" if language.startswith("en") else "zh"
    if sum(map(len, paragraphs)) < SHORTEST_TEXT[spoken]:
        return Summary("none")
    found = list(sentences(paragraphs, spoken))
    heads = headings(found) if spoken == "zh" else []
    if heads:
        broad = heads if len(heads) <= MOST_HEADINGS else [one for one in heads if one.level == 1]
        passages = [_passage(one.sentence, one.level) for one in broad[:MOST_HEADINGS]]
        return Summary("headings", tuple(passages))
    chosen = most_central(found, spoken, BUDGET[spoken])
    return Summary("sentences", tuple(_passage(one) for one in chosen)) if chosen else Summary("none")


def most_central(found: Sequence[Sentence], language: str, budget: int) -> list[Sentence]:
    """The sentences that say most within `budget` characters, in reading order; repeated ones count once."""
    fit = list({one.text: one for one in reversed(found) if is_worth(one.text, language)}.values())[::-1]
    return [fit[at] for at in sorted(central([one.text for one in fit], language, budget))]


def is_worth(text: str, language: str) -> bool:
    """Whether a sentence may stand in a summary: not a salutation, a date, a label or a run of thousands."""
    return SHORTEST[language] <= len(text) <= LONGEST and not _PLACE.search(text)


def _passage(one: Sentence, level: int = 0) -> Passage:
    return Passage(one.paragraph, one.start, one.end, level)
