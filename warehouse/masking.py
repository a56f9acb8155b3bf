"""Masking of personal data for publication, at equal length, so that all places in the text stay right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from warehouse.personal.finder import MASK, find_personal, masked

__all__ = ["MASK", "Span", "mask_spans", "mask_text", "mask_words", "word_spans"]

_CHINESE = re.compile("[一-鿿]")

Span = tuple[int, int, int]  # paragraph, start, end in code points


def mask_spans(paragraphs: Sequence[str], spans: Iterable[Span]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs with the spans blanked, and the words that stood there; spans outside the text are
    passed over.
    """
    blanked = list(paragraphs)
    words: dict[str, None] = {}
    for number, start, end in spans:
        if not 0 <= number < len(blanked):
            continue
        text = blanked[number]
        start, end = max(0, start), min(end, len(text))
        if start < end:
            word = paragraphs[number][start:end]
            words[word] = None
            blanked[number] = text[:start] + MASK * (end - start) + text[end:]
    return tuple(blanked), tuple(words)


def word_spans(paragraphs: Sequence[str], values: Iterable[str]) -> list[Span]:
    """Where known personal values stand in a text whose own spans are not known."""
    known = [value for value in values if len(value.strip(MASK)) > 1]
    pattern = re.compile("|".join(map(re.escape, known))) if known else None
    return [
        (number, match.start(), match.end())
        for number, paragraph in enumerate(paragraphs)
        for match in (pattern.finditer(paragraph) if pattern else ())
    ]


def mask_words(text: str, words: Iterable[str]) -> str:
    """`text` with every occurrence of the words blanked, the longest first; MASK itself is left alone."""
    for word in sorted((word for word in words if word.strip(MASK + " ")), key=len, reverse=True):
        text = text.replace(word, MASK * len(word))
    return text


def mask_text(text: str) -> str:
    """A text that stands alone (a corrected file, a page) with its personal data of all kinds blanked."""
    language = "zh" if _CHINESE.search(text) else "en"
    return masked(text, find_personal(text, language=language))
