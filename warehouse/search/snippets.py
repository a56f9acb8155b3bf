"""The passage of a document that shows why it was found, with the found characters marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.search import text
from warehouse.search.nodes import Number, Phrase, Prefix, Term, Word
from warehouse.search.spellings import shown_as

WIDTH = 160  # code points of a snippet, about three lines on a screen
_MANY = 200  # marks of one passage that are worth showing
_INNER = "\\s*"
_OTHER_CASES = {"i": "İ", "k": "\u212a", "å": "\u212b", "ω": "\u2126", "σ": "ς", "ß": "ẞ"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text, the ranges found in it and the paragraph it stands in (None outside the body)."""

    snippet: str
    marks: tuple[tuple[int, int], ...]
    paragraph: int | None


def patterns(terms: Iterable[Term]) -> list[re.Pattern[str]]:
    """One pattern a term, finding in raw text what the index finds in folded text.

    Both cases of a letter are written out and a word begins with its letter before what may not stand before
    it is asked: so Python's engine looks for the first character alone, ten times as fast.
    """
    return [re.compile(source) for source in dict.fromkeys(map(_source, terms)) if source]


def passage(paragraphs: Sequence[str], wanted: Sequence[re.Pattern[str]]) -> Passage | None:
    """The first paragraph that shows the most different terms, cut to a snippet; None when none shows any."""
    best, most = -1, 0
    for number, paragraph in enumerate(paragraphs):
        shown = sum(1 for pattern in wanted if pattern.search(paragraph))
        if shown > most:
            best, most = number, shown
        if most == len(wanted):
            break
    if best < 0:
        return None
    snippet, marks = _cut(paragraphs[best], _marks(paragraphs[best], wanted))
    return Passage(snippet, marks, best)


def opening(excerpt: str) -> Passage:
    """The beginning of a text without marks, for hits found by title, number or filter alone."""
    snippet, _ = _cut(" ".join(excerpt.split()), [])
    return Passage(snippet, (), None)


def _source(term: Term) -> str:
    number = None if isinstance(term, Prefix) else shown_as(term.text, _forgiving_shapes)
    return number or _plain_source(term)


def _forgiving_shapes(character: str) -> str:
    return _shapes(text.variants(character))


def _plain_source(term: Term) -> str:
    written = term.normal if isinstance(term, Number) else term.text
    folded = text.fold(" ".join(text.lines(written)))
    if isinstance(term, Word | Prefix) and text.is_latin_word(term.text):
        behind = "" if isinstance(term, Prefix) else r"(?![^\W_\u3400-\u9fff])"
        shapes = [*map(_shapes, folded)]
        return rf"{shapes[0]}(?<![^\W_\u3400-\u9fff]{shapes[0]}){''.join(shapes[1:])}{behind}"
    forgiving = not isinstance(term, Phrase)
    return "".join(_pieces(folded, forgiving))


def _pieces(folded: str, forgiving: bool) -> Iterable[str]:
    before = ""
    blank = False
    for character in folded:
        if character.isspace():
            blank = True
            continue
        if before and text.is_narrow(before) and text.is_narrow(character):
            yield "\\s+" if blank else ""
        elif before:
            yield _INNER
        yield _shapes(text.variants(character) if forgiving else character)
        before, blank = character, False


def _shapes(characters: str) -> str:
    widths = "".join(map(text.widths, characters))
    shapes = "".join(dict.fromkeys(case for one in widths for case in _cases(one)))
    return re.escape(shapes) if len(shapes) == 1 else "[" + "".join(map(re.escape, shapes)) + "]"


def _cases(character: str) -> str:
    """The character and the forms that lower case makes it from."""
    upper = character.upper()
    return character + _OTHER_CASES.get(character, "") + (upper if len(upper) == 1 else "")


def _marks(paragraph: str, wanted: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    found = sorted(
        match.span()
        for pattern in wanted
        for match in pattern.finditer(paragraph)
        if match.end() > match.start()
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _at_word(paragraph: str, start: int, first: int) -> int:
    """The start moved on to the next word, when it falls inside a Latin one."""
    inside = (
        re.compile(r"(?<=[^\W\u3400-\u9fff])[^\W\u3400-\u9fff]+\s*").match(paragraph, start)
        if start
        else None
    )
    return inside.end() if inside and inside.end() <= first else start


def _cut(paragraph: str, marks: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    if len(paragraph) <= WIDTH:
        return paragraph, tuple(marks[:_MANY])
    first = marks[0][0] if marks else 0
    start = _at_word(paragraph, max(0, min(first - WIDTH // 4, len(paragraph) - WIDTH)), first)
    end = min(len(paragraph), start + WIDTH)
    end = max([end, *(high for low, high in marks if low < end <= high <= end + WIDTH // 4)])
    before, after = "…" if start else "", "…" if end < len(paragraph) else ""
    shift = start - len(before)
    inside = [
        (max(low, start) - shift, min(high, end) - shift) for low, high in marks if low < end and high > start
    ]
    return before + paragraph[start:end] + after, tuple(inside[:_MANY])
