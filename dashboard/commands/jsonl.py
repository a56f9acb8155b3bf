"""Reading JSONL files, plain or gzipped; a wrong line is named by file and number."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warehouse.errors import PartialFailure, UserError


def read_rows(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of the file in order; a PartialFailure names the first line that is no JSON object."""
    if not file.is_file():
        raise UserError(f"{file}: there is no such file.")
    number = 0
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _object(file, number, line)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise PartialFailure(
                f"{file}: the gzip data ends or breaks after line {number}; fetch the file again."
            ) from error


def _object(file: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PartialFailure(
            f"{file}: line {number} is not JSON ({error}); mend or remove that line."
        ) from error
    if not isinstance(row, dict):
        raise PartialFailure(f"{file}: line {number} is not a JSON object; mend or remove that line.")
    return row
