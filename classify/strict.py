"""Reading the TOML files of this room strictly: what does not fit is one clear sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warehouse.errors import UserError


def read_toml(file: Path) -> dict[str, Any]:
    """The file's content; a UserError names the file and the line that does not parse."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(f"{file}: no such file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: not readable as TOML ({error}); mend that line.") from error


def check_keys(
    where: str, table: object, required: Mapping[str, type], optional: Mapping[str, type]
) -> dict[str, Any]:
    """The table itself when every key is known, every required one there and every value of its type."""
    if not isinstance(table, dict):
        raise UserError(f"{where}: a table is expected here, not {table!r}.")
    known = {**required, **optional}
    for key, value in table.items():
        if key not in known:
            raise UserError(f"{where}: unknown key '{key}'; known are {', '.join(sorted(known))}.")
        if not isinstance(value, known[key]):
            raise UserError(f"{where}: '{key}' must be {known[key].__name__}, not {value!r}.")
        if isinstance(value, list) and key not in TABLE_LISTS:
            _check_strings(where, key, value)
    for key in required:
        if key not in table:
            raise UserError(f"{where}: the key '{key}' is missing.")
    return table


TABLE_LISTS = frozenset(
    {
        "class",
        "body",
        "offices",
        "province",
        "kind",
        "steps",
        "country",
        "mapping",
        "rows",
        "subject",
        "form",
        "site",
    }
)


def _check_strings(where: str, key: str, values: Iterable[object]) -> None:
    for value in values:
        if not isinstance(value, str) or not value:
            raise UserError(f"{where}: '{key}' must hold non-empty strings, not {value!r}.")
