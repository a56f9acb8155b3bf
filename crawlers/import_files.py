"""Lines of JSONL files, plain or gzipped, and the sources that an import makes of their repositories."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.extraction.imported import WrongLine
from warehouse.errors import UserError
from warehouse.jsonl import json_fault
from warehouse.records import Source

_MAX_LINE = 64_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, not parsed yet; `fault` says why it could not even be read."""

    file: Path
    number: int
    body: bytes
    fault: str | None = None

    def parse(self) -> Any:
        """The JSON value; WrongLine when it is none."""
        if self.fault:
            raise WrongLine(self.fault)
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise WrongLine(json_fault(error).split(";", 1)[0]) from error


def read_lines(file: Path) -> Iterator[Line]:
    """The non-empty lines of a file in order; a torn gzip file ends with a faulty line, not an exception."""
    number = 0
    with _open(file) as stream:
        while True:
            try:
                body = stream.readline(_MAX_LINE)
            except (EOFError, gzip.BadGzipFile, zlib.error):
                yield Line(file, number + 1, b"", "the gzip data ends or breaks here; fetch the file again")
                return
            if not body:
                return
            number += 1
            if len(body) >= _MAX_LINE:
                yield Line(file, number, b"", f"it is longer than {_MAX_LINE // 1_000_000} MB")
                return
            if body.strip():
                yield Line(file, number, body.rstrip(b"\r\n"))


def count_lines(file: Path) -> int:
    """How many lines there are, for the progress bar; a torn file counts up to its end."""
    count = 0
    with _open(file) as stream:
        try:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
        except (EOFError, gzip.BadGzipFile, zlib.error):
            return count
    return count


def source_name(row: Mapping[str, Any], file: Path) -> str:
    """`import-` and the slug of the row's repository, or of the file when it names none."""
    stem = file.name.removesuffix(".gz").removesuffix(".jsonl")
    slug = re.sub(r"[^a-z0-9]+", "-", str(row.get("source_repo") or row.get("source") or stem).lower()).strip(
        "-"
    )
    return f"import-{slug[:80] or 'file'}"


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
        raise UserError(f"{file} is a folder; name a JSONL file in it.")
    try:
        return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")
    except OSError as error:
        raise UserError(f"{file}: the file cannot be read ({error.strerror}); name a JSONL file.") from error
