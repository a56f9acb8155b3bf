"""The parts of written papers as Markdown: references in place, quotations, lists, figures as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.report.model import plain
from dashboard.report.prose import Figure, Grid, Heading, Listed, Piece, Prose, Quote

SPECIAL = re.compile(r"([\\`*_\[\]!|<>~&#])")
LIST_START = re.compile(r"^([-+]|\d+(?=[.)]))")  # what would begin a list
_PINNED = re.compile(r"\[([\d,-]+)\]([^\[\]]+)")  # a number with the place it means: [1]第3段
Written = Prose | Quote | Heading | Listed | Grid | Figure


def escape(text: str) -> str:
    """Text in which no character means anything to Markdown, on one line, without control characters."""
    return LIST_START.sub(_guarded, SPECIAL.sub(r"\\\1", plain(text)))


def written(block: Written, number: str = "") -> str:
    """One block of a written paper; `number` stands before a heading."""
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {number}{rich(block.pieces)}"
    if isinstance(block, Quote):
        return f"> {rich(block.pieces)}"
    if isinstance(block, Listed):
        return _point(block)
    if isinstance(block, Grid):
        return table([*map(rich, block.heads)], [[*map(rich, row)] for row in block.rows], block.numbers)
    if isinstance(block, Figure):
        return _figure(block)
    return rich(block.pieces)


def rich(pieces: Iterable[Piece]) -> str:
    """Pieces on one line; what is strong or stressed keeps its signs, marks stand in the line."""
    told = "".join(_piece(piece) for piece in pieces).strip()
    return LIST_START.sub(_guarded, told)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int]) -> str:
    """A table of cells that are Markdown already."""
    line = " | ".join("---:" if n in numbers else "---" for n in range(len(heads)))
    told = [" | ".join(row) for row in (heads, *rows)]
    return "\n".join(f"| {row} |" for row in (told[0], line, *told[1:]))


def _piece(piece: Piece) -> str:
    told = _PINNED.sub(_beside, piece.text) if piece.raised else piece.text
    text = SPECIAL.sub(r"\\\1", told)
    signs = "**" if piece.strong else "*" if piece.emphasis else ""
    bare = text.strip()
    return text.replace(bare, f"{signs}{bare}{signs}") if signs and bare else text


def _beside(mark: re.Match[str]) -> str:
    """[1，第3段]: what is not raised would be read as a word of the sentence."""
    return f"[{mark[1]}{', ' if mark[2].isascii() else '，'}{mark[2]}]"


def _point(block: Listed) -> str:
    """Numbers as the author wrote them; nested points stand in by four blanks a level."""
    counted = re.search(r"\d+", block.label)
    return f"{'    ' * block.depth}{counted[0] + '.' if counted else '-'} {rich(block.pieces)}"


def _figure(block: Figure) -> str:
    titled = " ".join(one for one in (block.label, block.title) if one)
    unit = f" ({escape(block.unit)})" if block.unit else ""
    rows = [[escape(cell) for cell in row] for row in block.rows]
    told = [
        f"**{escape(titled)}**{unit}",
        table([escape(one) for one in block.heads], rows, block.numbers),
        *(escape(line) for line in (block.caption, block.note, block.source) if line),
    ]
    return "\n\n".join(told)


def _guarded(start: re.Match[str]) -> str:
    return f"\\{start[0]}" if start[0] in "-+" else f"{start[0]}\\"
