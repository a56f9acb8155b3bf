"""The sentences of a text that name some words, in Chinese and English, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warehouse.search.scripts import simplified
from warehouse.search.text import fold
from warehouse.summaries.sentences import Sentence, spans

# A half sentence before a semicolon is taken as one: what is said of the words must be said in it.
_CHINESE = re.compile(r"[^。！？；!?;]+[。！？；!?;]*[”’」』）)]*")
_SIGNS = re.compile(r"[\u3400-\u9fff]")


def sentences_naming(paragraphs: Sequence[str], words: str) -> Iterator[Sentence]:
    """In reading order, the sentences that hold the words, found in any case, width and script."""
    wanted = plain(words)
    for number, paragraph in enumerate(paragraphs):
        if wanted not in plain(paragraph):
            continue
        for start, end in _spans(paragraph):
            told = paragraph[start:end]
            if wanted in plain(told):
                begin = start + len(told) - len(told.lstrip())
                yield Sentence(told.strip(), number, begin, begin + len(told.strip()))


def plain(text: str) -> str:
    """The text in small letters, of one width and in simplified characters, as long as before."""
    return simplified(fold(text))


def _spans(paragraph: str) -> Iterator[tuple[int, int]]:
    if _SIGNS.search(paragraph):
        return (one.span() for one in _CHINESE.finditer(paragraph))
    return spans(paragraph, "en")
