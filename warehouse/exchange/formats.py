"""The formats of `export` by name and by the ending of a file, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from warehouse.errors import UserError
from warehouse.exchange.bibtex import write_bibtex
from warehouse.exchange.csl_json import write_csl_json
from warehouse.exchange.csv_table import write_csv
from warehouse.exchange.dublin_core import write_dublin_core
from warehouse.exchange.reference_record import ReferenceRecord
from warehouse.exchange.ris import write_ris

REFERENCES: Mapping[str, Callable[[Iterable[ReferenceRecord]], Iterator[str]]] = {
    "ris": write_ris,
    "bibtex": write_bibtex,
    "csl-json": write_csl_json,
    "dublin-core": write_dublin_core,
}
TABLES: Mapping[str, Callable[[Iterable[Mapping[str, Any]]], Iterator[str]]] = {"csv": write_csv}
FORMATS = ("jsonl", "csv", "parquet", *REFERENCES, "references")  # the last as people read them: citing/
_ENDINGS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".ris": "ris",
    ".bib": "bibtex",
    ".json": "csl-json",
    ".xml": "dublin-core",
    ".txt": "references",
}


def format_of(named: str | None, file: PurePath | None) -> str:
    """The format asked for by name, else by the ending of the file (before .gz), else JSONL.

    UserError for an ending that nothing is written as.
    """
    if named:
        return named
    endings = [end.lower() for end in file.suffixes] if file else []
    if endings[-1:] == [".gz"]:
        endings.pop()
    if not endings:
        return "jsonl"
    known = _ENDINGS.get(endings[-1])
    if known is None:
        raise UserError(
            f"{file}: no format ends with {endings[-1]}; use {', '.join(_ENDINGS)} or name it with --format"
            f" ({', '.join(FORMATS)})."
        )
    return known
