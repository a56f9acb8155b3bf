"""The entry of a record and its mark in the text, in whatever style."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from warehouse.citing import apa, gb7714
from warehouse.citing.runs import Runs, plain
from warehouse.citing.style import Style
from warehouse.exchange.reference_record import ReferenceRecord

_FAMILIES: Mapping[str, ModuleType] = {"gb7714": gb7714, "apa": apa}


def entry(record: ReferenceRecord, style: Style, letter: str = "") -> Runs:
    """The entry as runs, without the number of a numbered list."""
    found: Runs = _FAMILIES[style.family].entry(record, style, letter)
    return found


def entry_text(record: ReferenceRecord, style: Style, letter: str = "") -> str:
    """The entry as plain text."""
    return plain(entry(record, style, letter))


def label(record: ReferenceRecord, style: Style, letter: str = "") -> Runs:
    """Name and year as they stand in the text, without brackets."""
    found: Runs = _FAMILIES[style.family].label(record, style, letter)
    return found


def name_in_text(record: ReferenceRecord, style: Style) -> str:
    """The name alone: works that share it and the year need letters."""
    return str(_FAMILIES[style.family].name_in_text(record, style))
