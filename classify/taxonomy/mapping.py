"""Reads how classes of one scheme stand to classes of another: mappings.toml, and a home's own beside it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from classify.strict import check_keys, read_toml
from classify.taxonomy.load import FOLDER
from warehouse.errors import UserError

FILE = FOLDER / "mappings.toml"
INVERSE = {"exact": "exact", "narrower": "broader", "broader": "narrower", "related": "related"}
CARRIES = frozenset({"exact", "narrower"})  # a document of the left class is one of the right


@dataclass(frozen=True, slots=True)
class Mapped:
    """A class of the other scheme and what the class asked for is to it."""

    code: str
    relation: str  # exact | narrower | broader | related

    @property
    def carries(self) -> bool:
        """Whether a document of the class asked for belongs to this one too."""
        return self.relation in CARRIES


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a mapping file."""

    from_scheme: str
    from_code: str
    relation: str
    to_scheme: str
    to_code: str


def mapping(
    from_scheme: str, to_scheme: str, files: Sequence[Path] = (FILE,)
) -> dict[str, tuple[Mapped, ...]]:
    """The classes of `to_scheme` for each class of `from_scheme`; rows are read backwards too.

    Empty when no file maps the two. A UserError names file and row when one does not fit.
    """
    found: dict[str, dict[str, Mapped]] = defaultdict(dict)
    for row in mapping_rows(tuple(files)):
        if (row.from_scheme, row.to_scheme) == (from_scheme, to_scheme):
            found[row.from_code][row.to_code] = Mapped(row.to_code, row.relation)
        elif (row.to_scheme, row.from_scheme) == (from_scheme, to_scheme):
            found[row.to_code].setdefault(row.from_code, Mapped(row.from_code, INVERSE[row.relation]))
    return {code: tuple(classes.values()) for code, classes in found.items()}


def mapping_rows(files: Sequence[Path] = (FILE,)) -> tuple[Row, ...]:
    """Every row of these files, in printed order; a later file's row follows, it replaces nothing."""
    return tuple(row for file in files for row in _rows(file, file.stat().st_mtime_ns))


def mapping_version(files: Sequence[Path] = (FILE,)) -> str:
    """Short hash over the rows; changes with everything that can change a label."""
    return hashlib.sha256(repr(mapping_rows(files)).encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _rows(file: Path, _changed: int) -> tuple[Row, ...]:
    raw = read_toml(file)
    check_keys(file.name, raw, {"mapping": list}, {})
    rows: list[Row] = []
    for number, pair in enumerate(raw["mapping"], start=1):
        where = f"{file.name}: mapping {number}"
        check_keys(where, pair, {"from": str, "to": str, "rows": list}, {})
        if pair["from"] == pair["to"]:
            raise UserError(f"{where}: 'from' and 'to' name one scheme; a mapping joins two.")
        rows += [_row(where, pair["from"], pair["to"], one) for one in pair["rows"]]
    return tuple(rows)


def _row(where: str, from_scheme: str, to_scheme: str, one: Any) -> Row:
    fits = isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) and part for part in one)
    if not fits or one[1] not in INVERSE:
        raise UserError(
            f'{where}: {one!r} is no row; write ["code", "exact", "code"] with {", ".join(INVERSE)}.'
        )
    return Row(from_scheme, one[0], one[1], to_scheme, one[2])
