"""The columns that a document has as a row of a table (CSV, Parquet), and the way back to a line of JSONL."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

ColumnType = Literal["text", "date", "number", "integer", "flag", "texts"]
SQL_TYPES: Mapping[ColumnType, str] = {
    "text": "varchar",
    "date": "date",
    "number": "double",
    "integer": "integer",
    "flag": "boolean",
    "texts": "varchar[]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its values are, and one sentence for docs/exchange.md."""

    name: str
    type: ColumnType
    meaning: str


COLUMNS = (
    Column("id", "text", "name of the document, the same in every publication"),
    Column("title", "text", "main title"),
    Column("doc_number", "text", "document number as printed"),
    Column("department", "text", "issuing bodies as printed"),
    Column("published", "date", "made public on"),
    Column("written", "date", "signed on (成文日期)"),
    Column("effective", "date", "in force from"),
    Column("doc_type", "text", "kind of document, such as 通知"),
    Column("topic", "texts", "classes as the site published them; levels joined by a backslash"),
    Column("url", "text", "address of the document"),
    Column("source", "text", "source id"),
    Column("index_number", "text", "索引号 as printed"),
    Column("unit", "text", "document, service item, letter or title"),
    Column("lang", "text", "language of the text, two letters, `zh-Hant` for traditional Chinese"),
    Column("jurisdiction", "text", "CN, CN-44, GB, ..."),
    Column("region", "text", "region as people print it"),
    Column("level", "text", "national, provincial, municipal, county or international"),
    Column("status", "text", "active or withdrawn"),
    Column("validity", "text", "in-force, amended, repealed, expired or unknown"),
    Column("department_code", "text", "our label: code of the issuing body"),
    Column("department_name", "text", "our label: its full official name"),
    Column("department_basis", "text", "who says so: published, rule, model or librarian"),
    Column("department_score", "number", "0 to 1"),
    Column("topic_code", "text", "our label: the leading class"),
    Column("topic_name", "text", "our label: its path"),
    Column("topic_basis", "text", "who says so: published, rule, model or librarian"),
    Column("topic_score", "number", "0 to 1"),
    Column("topic_codes", "texts", "every class it was given, the leading one first"),
    Column("topic_names", "texts", "their paths, in the same order"),
    Column("attachment_names", "texts", "attached files"),
    Column("attachment_urls", "texts", "their addresses, in the same order"),
    Column("attachment_statuses", "texts", "what became of each (docs/formats.md), in the same order"),
    Column("quality", "number", "of a scan that was handed in: how sure the recognition was, 0 to 1"),
    Column("method", "text", "who read a handed-in file when not govbrief itself"),
    Column("capture", "text", "the observation it rests on"),
    Column("version", "integer", "number of the version, from 1"),
    Column("publication", "text", "publication it was taken from"),
    Column("sample", "flag", "fictional sample data"),
    Column("text", "text", "paragraphs separated by line breaks, as far as the source allows"),
)
TYPES: Mapping[str, ColumnType] = {column.name: column.type for column in COLUMNS}
_LABELS = ("department", "topic")
_MADE = frozenset(  # columns that are made from nested values of a line
    [f"{field}_{key}" for field in _LABELS for key in ("code", "name", "basis", "score")]
    + ["topic_codes", "topic_names", "attachment_names", "attachment_urls", "attachment_statuses"]
)


def flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the JSONL schema as one value a column, in the order of COLUMNS."""
    labels, files = line["labels"], line["attachments"]
    made: dict[str, Any] = {
        f"{field}_{key}": (labels[field] or {}).get(key)
        for field in _LABELS
        for key in ("code", "name", "basis", "score")
    }
    made |= {f"topic_{key}s": [one[key] for one in labels["topics"]] for key in ("code", "name")}
    made["attachment_names"] = [one["name"] for one in files]
    made["attachment_urls"] = [one["url"] for one in files]
    made["attachment_statuses"] = [one["status"] for one in files]
    return {name: made[name] if name in _MADE else line[name] for name in TYPES}


def line_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table as a line of the JSONL schema; empty cells are left out, unknown columns stay.

    Labels of ours are not taken back: whoever imports labels anew.
    """
    line = {name: _json(value) for name, value in row.items() if name not in _MADE and value is not None}
    if "topic" in line and isinstance(line["topic"], list) and not line["topic"]:
        del line["topic"]
    files = _files(row)
    return {**line, "attachments": files} if files else line


def _files(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns = [row.get(name) for name in ("attachment_names", "attachment_urls")]
    names, urls = (list(values) if isinstance(values, list) else [] for values in columns)
    names += [None] * (len(urls) - len(names))
    return [{"name": name, "url": url} for name, url in zip(names, urls, strict=False)]


def _json(value: Any) -> Any:
    """The value as JSON has it; a cell of a kind that JSON lacks becomes text."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_json(one) for one in value if one is not None]
    if isinstance(value, dict):
        return {str(key): _json(one) for key, one in value.items()}
    return value if isinstance(value, str | int | float | bool) else str(value)
