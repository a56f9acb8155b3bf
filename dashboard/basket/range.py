"""Which words of a paragraph one click keeps: those asked for, else the sentences around what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.found_words import found_words

WHOLE = 400  # a paragraph up to this length is kept whole; of a longer one the sentences that were found
_RANGE = re.compile(r"(\d{1,7})-(\d{1,7})")

Range = tuple[int, int]


def asked_range(at: str) -> Range | None:
    """The code points that an address means (`12-40`); None for anything else."""
    found = _RANGE.fullmatch(at)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return int(found[1]), int(found[2])


def trimmed(line: str, start: int, end: int) -> Range:
    """The range without white space at its ends, within the line."""
    start, end = max(0, start), min(len(line), end)
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end


def around(line: str, query: str, most: int = WHOLE) -> Range:
    """What one click on a hit keeps of a line: all of it, or the sentences around the first word found."""
    if len(line) <= most:
        return trimmed(line, 0, len(line))
    marks = found_words(line, query) or [(0, 1)]
    return fitting(line, min(marks)[0], most)


def fitting(line: str, place: int, most: int) -> Range:
    """The sentence at a place with as many of its neighbours as fit; a longer sentence is cut."""
    parts = sentences(line)
    at = next((n for n, (start, end) in enumerate(parts) if start <= place < end), len(parts) - 1)
    first, last = at, at
    while True:
        if last + 1 < len(parts) and parts[last + 1][1] - parts[first][0] <= most:
            last += 1
        elif first > 0 and parts[last][1] - parts[first - 1][0] <= most:
            first -= 1
        else:
            break
    start, end = parts[first][0], parts[last][1]
    if end - start > most:
        start = max(start, min(place - most // 4, end - most))
        end = start + most
    return trimmed(line, start, end)


def sentences(line: str) -> Sequence[Range]:
    """The sentences of a paragraph one after the other, without gaps; always at least one."""
    pattern = _LATIN if sum(letter < "\u2000" for letter in line) > len(line) * 0.8 else _CHINESE
    return [found.span() for found in pattern.finditer(line) if found.group().strip()] or [(0, len(line))]


_CHINESE = re.compile(r"[^。！？；!?]*(?:[。！？；!?]+[”’」』）)\"']*|$)")
_LATIN = re.compile(r".+?(?:[.!?][”’)\"']*(?:\s+|$)|$)", re.DOTALL)
