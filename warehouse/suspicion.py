"""A reader that met damage leaves a mark beside the publications; the next publishing looks closely.

To read every byte of an index and of the facts on each publishing would cost as much as the whole library; a
mark says when that is worth it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.bundle_manifest import RECEIVED
from warehouse.folders import CURRENT, MANIFEST

_MARK = ".damage-met"
TAKE_IN_AGAIN = (
    "'govbrief receive FILE' with the whole bundle that 'govbrief publish --bundle' writes at its sender"
)
_DAMAGE = (
    duckdb.IOException, duckdb.InternalException, duckdb.FatalException, duckdb.SerializationException,
)  # fmt: skip
_OTHER = ("set lock on", "no space left", "disk quota", "permission")


def leave_mark(part: Path) -> bool:
    """Note that `part` of a publication, such as its index, could not be read; False for a reader without the
    right to write there. What lies in no publication needs no mark.
    """
    publication = part.parent
    if (publication / MANIFEST).exists() or (publication.parent / CURRENT).exists():
        try:
            (publication.parent / _MARK).touch()
        except OSError:
            return False
    return True


def is_marked(published: Path) -> bool:
    """Whether a reader met damage since the last publication was made."""
    return (published / _MARK).exists()


def clear_mark(published: Path) -> None:
    """A new publication is up, made of what was looked at."""
    (published / _MARK).unlink(missing_ok=True)


def means_damage(error: BaseException | None) -> bool:
    """Whether DuckDB says with this error that a file is damaged: no full disk, lock or wrong query."""
    if not isinstance(error, _DAMAGE):
        return False
    said = str(error).lower()
    return not any(word in said for word in _OTHER)


def first_line(error: BaseException) -> str:
    """What an error says, in one short line."""
    return (str(error).splitlines() or [""])[0][:200] or type(error).__name__


def remedy_for(part: Path) -> str:
    """As `way_back`, for damage that publishing sees by itself: no mark is left."""
    return TAKE_IN_AGAIN if (part.parent / RECEIVED).is_file() else "'govbrief publish'"


def way_back(part: Path) -> str:
    """What to type when `part` of a publication is damaged; `--whole` where publishing would not know, and
    the bundle for a publication that was not made here.
    """
    if (part.parent / RECEIVED).is_file():
        return TAKE_IN_AGAIN
    return "'govbrief publish'" if leave_mark(part) else "'govbrief publish --whole'"
