"""The sentence around a place in a text, found by looking at most a few hundred characters either way."""

from __future__ import annotations

ENDINGS = "。！？；!?\n"
REACH = 320


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds start..end begins and ends (its closing sign included)."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    left = max((text.rfind(sign, low, start) for sign in ENDINGS), default=-1)
    left = left + 1 if left >= 0 else low
    rights = [at for at in (text.find(sign, end, high) for sign in ENDINGS) if at >= 0]
    right = min(rights) + 1 if rights else high
    while left < start and text[left] in " \u3000\n\t":
        left += 1
    return left, right


def sentence_at(text: str, start: int, end: int) -> str:
    """That sentence without outer white space."""
    left, right = sentence_bounds(text, start, end)
    return text[left:right].strip()


def english_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The same for English, where a full stop followed by a space ends a sentence."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    stop, line = text.rfind(". ", low, start), text.rfind("\n", low, start)
    left = max(stop + 2 if stop >= 0 else low, line + 1 if line >= 0 else low)
    rights = [at for at in (text.find(". ", end, high), text.find("\n", end, high)) if at >= 0]
    right = min(rights) + 1 if rights else high
    while left < start and text[left] in " \t\n":
        left += 1
    return left, right
