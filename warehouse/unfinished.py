"""A check that meets damage ends with a finding of its own, so that what the others find is told too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from warehouse.block_sums import damaged_blocks
from warehouse.errors import LockHeld
from warehouse.findings import Finding
from warehouse.suspicion import first_line

_NAMED = 5  # tables


def finished(findings: Iterable[Finding], subject: str, what: str, remedy: str) -> list[Finding]:
    """All that a check of `what` finds; what stops it before its end is its last finding.

    Tantivy's panics are no Exception; whoever interrupts or a lock that is held stops the whole check.
    """
    found: list[Finding] = []
    try:
        for one in findings:  # one by one: those before the damage are kept
            found.append(one)
    except LockHeld:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        told = f"{what} could not be looked at to the end ({first_line(error)})"
        found.append(Finding("unfinished", subject, told, remedy, usable=False))
    return found


def blocks_told(file: Path, subject: str, remedy: str) -> Iterator[Finding]:
    """A finding for blocks of a DuckDB file that differ from their sum though every table can be read."""
    count = damaged_blocks(file)
    if count:
        told = f"{count} blocks differ from their sum: of an index of keys, or of room that is free"
        yield Finding("damaged-block", subject, told, remedy)


def tables_told(damaged: Mapping[str, str]) -> str:
    """Which tables cannot be read, and what DuckDB says of the first."""
    names = [name or "the list of tables" for name in damaged]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"cannot be read to the end: {', '.join(names[:_NAMED])}{more} ({next(iter(damaged.values()))})"
