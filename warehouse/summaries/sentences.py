"""Sentences of numbered paragraphs with their places, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 1_000  # characters; a longer run without a full stop is no sentence to quote
MOST_CHARACTERS = 300_000  # of a document; what lies behind is not looked at
_CHINESE_END = re.compile(r"[。！？!?]+[”’」』）)]*")
_ENGLISH_END = re.compile(r"(?:[.!?]+[\"')\]”’]*|;)(?=\s+[\"'(“‘]?[A-Z0-9§])|[.!?;]+[\"')\]”’]*\s*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|No|Nos|Sec|Secs|Art|Mr|Mrs|Ms|Dr|St|vs|etc|Inc|Ltd|Co|Jr|Sr|Rep|Sen|Gov|U\.S|e\.g|i\.e|Fed|Reg|"
    r"Stat|Pub|Int|Res|Ch|Par|cf|al)|\b\d{1,3})\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its place: paragraph from 0, code points within it."""

    text: str
    paragraph: int
    start: int
    end: int

    def as_row(self) -> dict[str, Any]:
        """As rows of a publication name a sentence and its place."""
        return {
            "sentence": self.text, "paragraph": self.paragraph, "start_at": self.start, "end_at": self.end
        }  # fmt: skip


def sentences(paragraphs: Sequence[str], language: str) -> Iterator[Sentence]:
    """All sentences in reading order, without white space around them."""
    seen = 0
    for number, paragraph in enumerate(paragraphs):
        if seen > MOST_CHARACTERS:
            return
        text = paragraph[: MOST_CHARACTERS - seen + 1]
        seen += len(text)
        for start, end in spans(text, language):
            trimmed = text[start:end].strip()
            if trimmed:
                begin = start + text[start:end].index(trimmed[0])
                yield Sentence(trimmed, number, begin, begin + len(trimmed))


def spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end in one paragraph; together they cover it."""
    start = 0
    english = language.startswith("en")
    for stop in (_ENGLISH_END if english else _CHINESE_END).finditer(text):
        if (
            english
            and stop[0][0] == "."
            and _ABBREVIATION.search(text, max(start, stop.start() - 6), stop.start() + 1)
        ):
            continue
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)
