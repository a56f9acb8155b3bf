"""What a model learnt from: short hashes of titles and texts, so that no trial takes them for strangers.

A mark is the first eight bytes of a SHA-256 over the letters and digits alone, without width, case, space and
punctuation. Nothing can be read back from it, so marks may travel with a model whose documents may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.components.citation import plain_title
from warehouse.identity import digest

SAYING = 6  # letters from which a title names one matter; a shorter one counts where there is no text
TEXT = 4000  # letters of a text that are looked at
OF_TITLE, OF_TEXT = "title", "text"

Marks = NDArray[np.uint64]
NONE: Marks = np.zeros(0, dtype=np.uint64)


def title_mark(title: str | None) -> str:
    """The mark of a title as sixteen hexadecimal digits; empty for a title without a letter."""
    plain = plain_title(title or "")
    return digest(OF_TITLE, plain, length=16) if plain else ""


def marks_of(title: str | None, paragraphs: Sequence[str] = ()) -> list[int]:
    """The marks of one document: of its title where that names a matter or stands alone, and of its text."""
    text = plain_title("".join(paragraphs)[:TEXT])
    marks = []
    if len(plain_title(title or "")) >= (SAYING if text else 1):
        marks.append(title_mark(title))
    if text:
        marks.append(digest(OF_TEXT, text, length=16))
    return [int(mark, 16) for mark in marks]


def row_marks(row: dict[str, Any]) -> list[int]:
    """The marks of a labelled row."""
    return marks_of(row.get("title"), str(row.get("text") or "").splitlines())


def gathered(marks: Iterable[Iterable[int]]) -> Marks:
    """The marks of many documents, ascending, each once."""
    return np.array(sorted({mark for one in marks for mark in one}), dtype=np.uint64)


def joined(*parts: Marks | None) -> Marks | None:
    """What any of several models learnt from; None when none of them tells."""
    told = [part for part in parts if part is not None]
    return np.unique(np.concatenate(told)) if told else None


def knows(seen: Marks | None, marks: Iterable[int]) -> bool:
    """Whether a model learnt from a document with one of these marks; False when it does not tell."""
    if seen is None or not len(seen):
        return False
    wanted = np.array(list(marks), dtype=np.uint64)
    at = np.minimum(np.searchsorted(seen, wanted), len(seen) - 1)
    return bool((seen[at] == wanted).any())
