"""Masking of personal data for publication, at equal length, so that all places in the text stay right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MASK = "＊"

# What is masked when a reading was not classified yet (or in an attached file): mobile and identity numbers.
_UNCLASSIFIED = re.compile(
    r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
# The same for SQL, without look-around: it finds at least as much.
SUSPECT = r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{17}[\dXx]"

Span = tuple[int, int, int]  # paragraph, start, end in code points


def mask_spans(paragraphs: Sequence[str], spans: Iterable[Span]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs with the spans blanked, and the words that stood there; spans outside the text are
    passed over.
    """
    masked = list(paragraphs)
    words: dict[str, None] = {}
    for number, start, end in spans:
        if not 0 <= number < len(masked):
            continue
        text = masked[number]
        start, end = max(0, start), min(end, len(text))
        if start < end:
            word = paragraphs[number][start:end]
            words[word] = None
            masked[number] = text[:start] + MASK * (end - start) + text[end:]
    return tuple(masked), tuple(words)


def unclassified_spans(paragraphs: Sequence[str], values: Iterable[str]) -> list[Span]:
    """Where known personal values and plain numbers stand in a text whose own spans are not known."""
    known = [value for value in values if len(value) > 1]
    patterns = [_UNCLASSIFIED, *([re.compile("|".join(map(re.escape, known)))] if known else [])]
    return [
        (number, match.start(), match.end())
        for number, paragraph in enumerate(paragraphs)
        for pattern in patterns
        for match in pattern.finditer(paragraph)
    ]


def mask_words(text: str, words: Iterable[str]) -> str:
    """`text` with every occurrence of the words blanked, the longest first; MASK itself is left alone."""
    for word in sorted((word for word in words if word.strip(MASK + " ")), key=len, reverse=True):
        text = text.replace(word, MASK * len(word))
    return text


def mask_numbers(text: str) -> str:
    """`text` with mobile and identity numbers blanked."""
    return _UNCLASSIFIED.sub(lambda match: MASK * len(match.group()), text)
