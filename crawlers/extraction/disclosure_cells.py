"""The cells of a disclosure table, whatever they are built of, and where the value of a label stands."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawlers.extraction.disclosure_labels import INLINE, LABELS
from crawlers.extraction.plain import squeeze

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:\-]*)[^">]*(?:"[^"]*"[^">]*)*>""")
_CELLS = frozenset(
    [
        "td",
        "th",
        "dt",
        "dd",
        "li",
        "p",
        "div",
        "tr",
        "table",
        "ul",
        "dl",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "tbody",
        "section",
        "article",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5"])
_VALUE_CELLS = frozenset(["td", "th", "dd"])
_WRAPPERS = frozenset(["p", "div", "section", "article", *_HEADINGS])
_ENDS = frozenset(["/ul", "/dl", "/table", "/tbody"])  # behind these nothing belongs to a label before
_LONGEST = 1_000  # characters of a value

Passed = tuple[str, ...]  # the tags between two cells: `/td`, `td`


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text between cell-like tags, and the tags that were passed since the one before."""

    text: str
    passed: Passed


def cells_of(markup: str) -> list[Cell]:
    """The texts between cell-like tags; inline tags leave a mark that ends a label without colon.

    A heading outside of a cell is no value of the label before it.
    """
    cells: list[Cell] = []
    current: list[str] = []
    passed: list[str] = []
    end = 0
    opened = ""
    told = 0  # cells before the one that is open
    for match in _TAG.finditer(markup):
        if match.start() > end:
            current.append(markup[end : match.start()])
        end = match.end()
        tag = match[2].lower()
        if tag not in _CELLS:
            current.append("\x1f")
            continue
        holds = tag in _VALUE_CELLS
        _flush(current, cells, passed, bool(match[1]) and holds and len(cells) == told)
        told = len(cells) if holds and not match[1] else told
        passed.append(f"{match[1]}{tag}")
        if not match[1]:
            if tag in _HEADINGS and opened not in _VALUE_CELLS and cells:
                cells.append(Cell("", tuple(passed)))
                passed.clear()
            opened = tag
    current.append(markup[end:])
    _flush(current, cells, passed, False)
    return cells


def _flush(current: list[str], cells: list[Cell], passed: list[str], cell: bool) -> None:
    text = html.unescape("".join(current)) if current else ""
    current.clear()
    filled = bool(text.strip("\x1f \t\r\n\xa0\u3000"))
    if filled or (cell and cells):  # an empty cell counts: the label before it has no value
        cells.append(Cell(text if filled else "", tuple(passed)))
        passed.clear()


def next_values(cells: Sequence[Cell], labels: Sequence[int]) -> dict[int, int]:
    """Where the values of labels without one in their own cell stand, by the place of the label.

    A value stands in the cell after its label's, in the way of the table's other values, or in the row below
    where a row holds nothing but labels. What stands behind the end of the label's row or list is none:
    mostly it is the first line of the document.
    """
    after = {place: place + 1 for place in labels if _may_hold_value(cells, place + 1)}
    ways = Counter(cells[place].passed for place in after.values())
    beside = {label: at for label, at in after.items() if _leads_to_value(cells[at].passed, ways)}
    return {**beside, **dict(_rows_below(cells, frozenset(labels)))}


def _may_hold_value(cells: Sequence[Cell], place: int) -> bool:
    text = cells[place].text.replace("\x1f", "") if place < len(cells) else ""
    return bool(text) and len(text) < _LONGEST and not _is_label(text)


def _is_label(text: str) -> bool:
    return squeeze(text).strip("【】[]:：") in LABELS or INLINE.search(text) is not None


def _leads_to_value(passed: Passed, ways: Mapping[Passed, int]) -> bool:
    """Whether the tags between a label and the next text lead to its value."""
    if not _ENDS.isdisjoint(passed):
        return False
    if ways[passed] > 1:
        return True
    if not any(tag == "br" or tag.startswith("/") for tag in passed):
        return True  # inside of the label's own cell
    bare = [tag for tag in passed if tag.lstrip("/") not in _WRAPPERS]
    return len(bare) == 2 and bare[0] in ("/td", "/th", "/dt") and bare[1] in _VALUE_CELLS


def _rows_below(cells: Sequence[Cell], labels: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Label and value of every row of labels above a row of as many values."""
    for head, row in pairwise(_rows(cells)):
        named = [place in labels for place in head]
        if len(head) != len(row) or not any(map(all, pairwise(named))):
            continue  # where values stand beside their labels no two labels do
        if not any(_is_label(cells[place].text) for place in row):
            yield from ((label, at) for label, at in zip(head, row, strict=True) if label in labels)


def _rows(cells: Sequence[Cell]) -> list[list[int]]:
    """The first cell of every column, row by row."""
    rows: list[list[int]] = [[]]
    for place, cell in enumerate(cells):
        if "tr" in cell.passed:
            rows.append([])
        if not {"td", "th"}.isdisjoint(cell.passed):
            rows[-1].append(place)
    return rows
