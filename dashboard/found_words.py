"""Where the words of a search stand in a paragraph, for marking them and for choosing what to keep."""

from __future__ import annotations

import re

_WORDS = re.compile(r'["“](.+?)["”]|(\S+)')
_MOST_MARKS = 40


def found_words(line: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a search stand in a paragraph; white space within a phrase may be any."""
    marks: list[tuple[int, int]] = []
    for quoted, plain in _WORDS.findall(query):
        wanted = (quoted or plain).strip()
        if not wanted or plain.startswith("-") or plain.upper() in {"OR", "AND", "NOT"}:
            continue
        pattern = r"\s*".join(re.escape(letter) for letter in wanted if not letter.isspace())
        marks += [found.span() for found in re.finditer(pattern, line, flags=re.IGNORECASE)][:_MOST_MARKS]
    return marks
