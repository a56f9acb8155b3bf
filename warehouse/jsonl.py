"""Lines of JSONL files, plain or gzipped; whatever is wrong with a line is said in our own words."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.errors import UserError


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """One non-empty line: its object, or the fault that keeps it from being one, with the remedy."""

    number: int
    row: dict[str, Any]
    fault: str | None = None


def numbered_rows(file: Path) -> Iterator[NumberedRow]:
    """Every non-empty line of the file in order, wrong ones with their fault; a torn gzip file ends so."""
    if file.is_dir():
        raise UserError(f"{file} is a folder; name a JSONL file in it.")
    if not file.is_file():
        raise UserError(f"{file}: there is no such file.")
    number = 0
    try:
        with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(number, line)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield NumberedRow(number + 1, {}, "the gzip data ends or breaks here; fetch the file again")
    except PermissionError as error:
        raise UserError(f"{file}: the file may not be read; change its permissions.") from error


def json_fault(error: ValueError | RecursionError) -> str:
    """Why a line is no JSON, in words that need no knowledge of Python."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 at byte {error.start + 1}; save the file as UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON at column {error.colno}; mend or remove that line"
    return "it is nested too deeply or holds a number too long; mend or remove that line"


def _row(number: int, line: bytes) -> NumberedRow:
    try:
        line = line.rstrip(b"\r\n")
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8") if number == 1 else line.decode())
    except (ValueError, RecursionError) as error:
        return NumberedRow(number, {}, json_fault(error))
    if not isinstance(row, dict):
        return NumberedRow(number, {}, "it is not a JSON object; mend or remove that line")
    return NumberedRow(number, row)
