"""The summary of one document: where its parts stand, never words of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from warehouse.summaries.boilerplate import is_boilerplate
from warehouse.summaries.english_headings import english_headings
from warehouse.summaries.headings import headings
from warehouse.summaries.sentences import LONGEST, Sentence, sentences
from warehouse.summaries.textrank import central

VERSION = "2"  # raise it when the same text gives another summary
BUDGET = {"zh": 240, "en": 600}  # characters of all sentences together, never more
MOST_HEADINGS = 40
SHORTEST_TEXT = {"zh": 400, "en": 1_000}  # characters; a shorter document is its own summary
SHORTEST = {"zh": 12, "en": 40}  # characters of a sentence worth showing
_PLACE = re.compile(
    r"^[^。！？]{0,60}[：:]$|^\d{4}年\d{1,2}月\d{1,2}日$|^附件|收悉。$|^第[一二三四五六七八九十百零〇]+条$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or sentence: paragraph from 0, code points within it; level 0 is a sentence.

    `cut`: 1 for the beginning of a sentence that alone is longer than a whole summary.
    """

    paragraph: int
    start: int
    end: int
    level: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """Passages in reading order; `none` when the document is too short to need any."""

    kind: Literal["headings", "sentences", "none"]
    passages: tuple[Passage, ...] = ()


def summarise(paragraphs: Sequence[str], language: str) -> Summary:
    """The headings of a document that has them, else its most central sentences.

    The same paragraphs always give the same summary; time is bounded whatever the text is.
    """
    spoken = "en" if language.startswith("en") else "zh"
    if sum(map(len, paragraphs)) < SHORTEST_TEXT[spoken]:
        return Summary("none")
    found = list(sentences(paragraphs, spoken))
    heads = _headings(paragraphs, found, spoken)
    if heads:
        return Summary("headings", tuple(heads))
    budget = BUDGET[spoken]
    chosen = most_central(found, spoken, budget)
    passages = [_passage(one) if len(one.text) <= budget else _begun(one, budget) for one in chosen]
    return Summary("sentences", tuple(passages)) if passages else Summary("none")


def _headings(paragraphs: Sequence[str], found: Sequence[Sentence], language: str) -> list[Passage]:
    """The headings; of very many those of the first level alone."""
    if language == "zh":
        heads = [_passage(one.sentence, one.level) for one in headings(found)]
    else:
        heads = [
            Passage(one.paragraph, one.start, one.end, one.level) for one in english_headings(paragraphs)
        ]
    broad = heads if len(heads) <= MOST_HEADINGS else [one for one in heads if one.level == 1]
    return broad[:MOST_HEADINGS]


def _begun(one: Sentence, budget: int) -> Passage:
    """The beginning of a sentence longer than the budget, up to a comma or else a whole word."""
    said = one.text[:budget]
    stop = max(said.rfind(sign) for sign in ("，", "；", "、", ", ", "; ", "："))
    stop = stop if stop > budget // 3 else said.rfind(" ") if " " in said[budget // 3 :] else len(said) - 1
    return Passage(one.paragraph, one.start, one.start + stop + 1, 0, 1)


def most_central(found: Sequence[Sentence], language: str, budget: int, over: bool = False) -> list[Sentence]:
    """The sentences that say most within `budget` characters, in reading order; repeated ones count once.

    One that is longer than the whole budget is chosen only where no other is worth showing. `over`: the last
    one may reach beyond the budget.
    """
    fit = list({one.text: one for one in reversed(found) if is_worth(one.text, language)}.values())[::-1]
    return [fit[at] for at in sorted(central([one.text for one in fit], language, budget, over))]


def is_worth(text: str, language: str) -> bool:
    """Whether a sentence may stand in a summary: no salutation, date, label, contact or run of thousands."""
    fits = SHORTEST[language] <= len(text) <= LONGEST and not _PLACE.search(text)
    return fits and not is_boilerplate(text, language)


def _passage(one: Sentence, level: int = 0) -> Passage:
    return Passage(one.paragraph, one.start, one.end, level)
