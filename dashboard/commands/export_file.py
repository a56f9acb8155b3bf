"""Writing an export: on standard output, or to a file that is there only when all of it is."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from dashboard.commands.console import Console
from warehouse.errors import UserError
from warehouse.files import in_place_of, write_errors

if TYPE_CHECKING:
    from warehouse.publication import Publication


@dataclass(frozen=True, slots=True)
class Export:
    """What is asked for: format, where to, whether with texts, how many are expected (0: unknown), style."""

    form: str
    file: Path | None
    with_text: bool
    total: int = 0
    style: str = ""  # of references, by its name


class _Counted:
    """Rows passing through: tells of progress and counts what is too long for Excel."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self.number = 0
        self.long = 0

    def count(self, rows: Iterable[Mapping[str, Any]], table: bool) -> Iterator[Mapping[str, Any]]:
        from warehouse.exchange.csv_table import too_long_for_excel

        for row in rows:
            yield row
            self.number += 1
            self.long += table and too_long_for_excel(row)
            self._console.progress("export", self.number, self._total)


def write_export(
    console: Console, publication: Publication, wanted: Iterator[str] | None, export: Export
) -> tuple[int, int]:
    """Write the documents wanted (None: all); how many there were, and how many texts Excel cannot hold.

    EnvironmentProblem when the file cannot be written; what stood under its name stays then.
    """
    from warehouse.exchange.formats import REFERENCES, TABLES
    from warehouse.exchange.reference_record import reference_record
    from warehouse.queries.export import document_rows, reference_rows

    counted = _Counted(console, export.total)
    if export.form == "references":
        from warehouse.citing.listing import write_references
        from warehouse.citing.style import style_named

        style = style_named(export.style)
        records = map(reference_record, counted.count(reference_rows(publication, wanted), False))
        _write_text(write_references(records, style), export.file)
        return counted.number, 0
    if export.form in REFERENCES:
        rows = reference_rows(publication, wanted, with_text=export.with_text)
        records = map(reference_record, counted.count(rows, False))
        _write_text(REFERENCES[export.form](records), export.file)
        return counted.number, 0
    lines = counted.count(
        document_rows(publication, wanted, with_text=export.with_text), export.form == "csv"
    )
    if export.form == "parquet":
        _write_parquet(lines, export.file)
    elif export.form in TABLES:
        _write_text(TABLES[export.form](lines), export.file)
    else:
        write_lines(console, lines, export.file)
    return counted.number, counted.long


def write_lines(console: Console, rows: Iterable[Mapping[str, Any]], file: Path | None) -> int:
    """One JSON object a line; returns how many there were."""
    number = 0
    with _output(file) as out:
        lines = Console(out=out, err=console.stderr)
        for row in rows:
            lines.json_line(row)
            number += 1
    return number


def _write_text(parts: Iterable[str], file: Path | None) -> None:
    with _output(file) as out:
        for part in parts:
            out.write(part)


def _write_parquet(lines: Iterable[Mapping[str, Any]], file: Path | None) -> None:
    from warehouse.exchange.parquet import write_parquet

    if file is None:
        raise UserError("Parquet is no text to print; name a file with -o FILE.parquet.")
    with _whole(file) as part:
        write_parquet(lines, part)


@contextmanager
def _output(file: Path | None) -> Iterator[TextIO]:
    """Where text goes: UTF-8, lines as the format ends them."""
    if file is None:
        yield sys.stdout
    elif file.exists() and not file.is_file():  # a pipe or a device takes what comes; a folder is refused
        with write_errors(file), file.open("w", encoding="utf-8", newline="") as out:
            yield out
    else:
        with _whole(file) as part, _opened(part, file.suffix == ".gz") as out:
            yield out


@contextmanager
def _opened(part: Path, packed: bool) -> Iterator[TextIO]:
    with part.open("wb") as raw:
        zipped = cast("IO[bytes]", gzip.GzipFile("", "wb", 6, raw, mtime=0)) if packed else raw
        with io.TextIOWrapper(zipped, encoding="utf-8", newline="") as out:
            yield out


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    if file.is_dir():
        raise UserError(f"{file} is a folder; name a file in it.")
    with in_place_of(file) as part:
        yield part
