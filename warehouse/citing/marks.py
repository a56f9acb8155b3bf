"""The mark of one place in the text: numbers drawn together, names and years, each with its pinpoint."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from warehouse.citing.entry import label, name_in_text
from warehouse.citing.parts import Pinpoint
from warehouse.citing.runs import Runs, joined, plain, upright
from warehouse.citing.style import NARROW, WIDE, Style
from warehouse.exchange.reference_record import ReferenceRecord

Numbered = tuple[int, ReferenceRecord, Pinpoint | None]
Lettered = tuple[ReferenceRecord, str, Pinpoint | None]


def numeric_mark(cites: Sequence[Numbered]) -> Runs:
    """[1], [1,3], [2-4]; a pinpoint stands behind the brackets of its own number: [1]12[2-3].

    Neighbours are drawn together from two on ([2-3]), as the standard's numbered marks have it.
    """
    told = sorted(dict.fromkeys(cites), key=lambda one: one[0])
    pieces = []
    for pinned, group in groupby(told, key=lambda one: one[2] is not None):
        if pinned:
            pieces += [f"[{number}]{pin.gb(record)}" for number, record, pin in group if pin]
        else:
            pieces.append(f"[{_ranges([number for number, _, _ in group])}]")
    return upright("".join(pieces))


def author_date_mark(cites: Sequence[Lettered], style: Style) -> Runs:
    """（国务院办公厅，2017；民政部，2019）; the works stand in the order given."""
    if style.family == "apa":
        return _apa_mark(cites, style)
    wide = style.punctuation == "wide" or (
        style.punctuation == "own" and any(style.signs(record) is WIDE for record, _, _ in cites)
    )
    signs = WIDE if wide else NARROW
    parts: list[Runs] = []
    for pinned, group in groupby(cites, key=lambda one: one[2] is not None):
        pieces = [
            (label(record, style, letter), pin.gb(record) if pin else "") for record, letter, pin in group
        ]
        if pinned:  # a pinpoint stands behind the bracket, so each has its own
            parts += [
                joined(upright(signs.opened), told, upright(signs.closed + pin)) for told, pin in pieces
            ]
        else:
            told = _parted([piece for piece, _ in pieces], signs.semicolon)
            parts.append(joined(upright(signs.opened), told, upright(signs.closed)))
    return joined(*parts)


def _apa_mark(cites: Sequence[Lettered], style: Style) -> Runs:
    """(A, 2020, p. 3; B, 2019): works of one name share it: (A, 2020, 2021)."""
    told: list[Runs] = []
    for _, group in groupby(cites, key=lambda one: name_in_text(one[0], style)):
        same = list(group)
        if len(same) > 1 and not any(pin for _, _, pin in same):
            years = [
                plain(label(record, style, letter)).rpartition(", ")[2] for record, letter, _ in same[1:]
            ]
            told.append(
                joined(label(same[0][0], style, same[0][1]), upright("".join(f", {y}" for y in years)))
            )
        else:
            told += [
                joined(label(record, style, letter), upright(f", {pin.apa()}" if pin else ""))
                for record, letter, pin in same
            ]
    return joined(upright("("), _parted(told, "; "), upright(")"))


def _parted(pieces: Sequence[Runs], sign: str) -> Runs:
    return joined(*(joined(upright(sign if at else ""), piece) for at, piece in enumerate(pieces)))


def _ranges(numbers: Sequence[int]) -> str:
    """1,3,4,5 as 1,3-5."""
    told = []
    for _, group in groupby(enumerate(sorted(set(numbers))), key=lambda one: one[1] - one[0]):
        run = [number for _, number in group]
        told.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ",".join(told)
