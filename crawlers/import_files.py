"""Lines of JSONL, CSV and Parquet files, and the sources that an import makes of their repositories."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from crawlers.extraction.imported import WrongLine
from warehouse.errors import UserError
from warehouse.exchange.csv_table import read_csv
from warehouse.exchange.parquet import MAGIC, count_parquet, read_parquet
from warehouse.exchange.table import line_of
from warehouse.jsonl import json_fault
from warehouse.records import Source

_MAX_LINE = 64_000_000
_ENDINGS = re.compile(r"(\.jsonl|\.ndjson|\.csv|\.parquet|\.gz)+$", re.I)
_TORN = "the gzip data ends or breaks here; fetch the file again"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, not parsed yet, or one row of a table as such a line; `fault` says why it could not
    even be read.
    """

    file: Path
    number: int
    body: bytes
    fault: str | None = None

    def parse(self) -> Any:
        """The JSON value; WrongLine when it is none."""
        if self.fault:
            raise _wrong(self.fault)
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise _wrong(json_fault(error)) from error


def _wrong(fault: str) -> WrongLine:
    """The fault with its remedy, which stands behind a semicolon."""
    why, _, remedy = fault.partition("; ")
    return WrongLine(why, remedy=remedy) if remedy else WrongLine(why)


def read_lines(file: Path) -> Iterator[Line]:
    """The non-empty lines of a file in order; a torn gzip file ends with a faulty line, not an exception.

    A row of a CSV or Parquet file becomes the line of JSONL that it stands for; its number is the line that
    it begins on, or its place.
    """
    if _is_parquet(file):
        yield from _parquet_lines(file)
    elif _is_csv(file):
        yield from _csv_lines(file)
    else:
        yield from _json_lines(file)


def _json_lines(file: Path) -> Iterator[Line]:
    number = 0
    with _open(file) as stream:
        while True:
            try:
                body = stream.readline(_MAX_LINE)
            except (EOFError, gzip.BadGzipFile, zlib.error):
                yield Line(file, number + 1, b"", _TORN)
                return
            if not body:
                return
            number += 1
            if len(body) >= _MAX_LINE:
                yield Line(file, number, b"", f"it is longer than {_MAX_LINE // 1_000_000} MB")
                return
            if body.strip():
                yield Line(file, number, body.rstrip(b"\r\n"))


def _csv_lines(file: Path) -> Iterator[Line]:
    number = 1
    with io.TextIOWrapper(cast("IO[bytes]", _open(file)), encoding="utf-8", newline="") as text:
        try:
            for row in read_csv(text):
                number = row.number
                yield Line(file, number, b"" if row.fault else _line(row.values), row.fault)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield Line(file, number + 1, b"", _TORN)


def _parquet_lines(file: Path) -> Iterator[Line]:
    number = 0
    try:
        for number, row in enumerate(read_parquet(file), start=1):
            yield Line(file, number, _line(row))
    except UserError as error:
        yield Line(file, number + 1, b"", str(error).removeprefix(f"{file}: ").rstrip("."))


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(line_of(row), ensure_ascii=False).encode("utf-8", "replace")


def _is_csv(file: Path) -> bool:
    return file.name.lower().removesuffix(".gz").endswith(".csv")


def _is_parquet(file: Path) -> bool:
    if file.suffix.lower() == ".parquet":
        return True
    if not file.is_file():
        return False
    with _open(file) as stream:
        try:
            return stream.read(len(MAGIC)) == MAGIC
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return False


def count_lines(file: Path) -> int:
    """How many lines there are, for the progress bar; a torn file counts up to its end.

    A CSV file says it only when it is read: 0.
    """
    if _is_parquet(file):
        return count_parquet(file)
    count = 0
    if _is_csv(file):
        return count
    with _open(file) as stream:
        try:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return count
    return count


def source_name(row: Mapping[str, Any], file: Path) -> str:
    """`import-` and the slug of the row's repository, or of the file when it names none.

    A source that was an import already keeps its name.
    """
    stem = _ENDINGS.sub("", file.name)
    slug = re.sub(r"[^a-z0-9]+", "-", str(row.get("source_repo") or row.get("source") or stem).lower()).strip(
        "-"
    )
    return f"import-{slug.removeprefix('import-')[:80] or 'file'}"


def import_source(source_id: str, row: Mapping[str, Any]) -> Source:
    """The source of an import, with language and jurisdiction as its first row states them."""
    name = str(row.get("source_repo") or source_id.removeprefix("import-"))
    language = str(row.get("lang") or "zh")[:2].lower()
    jurisdiction = str(row.get("jurisdiction") or "unknown")
    chinese = language == "zh"
    return Source(
        source_id=source_id,
        name_zh=f"导入：{name}",
        name_en=f"Import of {name}",
        jurisdiction=jurisdiction,
        region="全国" if chinese else jurisdiction,
        level="national",
        language=language,
        platform="generic",
        home_url=f"import://{source_id}/",
        department_code=None,
        timezone="Asia/Shanghai" if chinese else "UTC",
        reuse="full",
        sample=row.get("sample") is True,
        enabled=False,
        disabled_reason="documents were imported from a file; there is no site to crawl",
    )


def _open(file: Path) -> io.BufferedReader | gzip.GzipFile:
    if file.is_dir():
        raise UserError(f"{file} is a folder; name a file in it.")
    try:
        return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")
    except OSError as error:
        raise UserError(
            f"{file}: the file cannot be read ({error.strerror}); name a JSONL, CSV or Parquet file."
        ) from error
