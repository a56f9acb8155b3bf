"""CSV that Excel opens in Chinese and that runs nothing there, and the same rows read back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from warehouse.exchange.table import TYPES, flat

BOM = "\ufeff"
EXCEL_CELL = 32_767  # characters; Excel spills what is longer into other cells
MAX_CELL = 64_000_000
# A cell that Excel, LibreOffice or WPS may take for a formula: the sign may stand behind blanks of any kind,
# be wide or small, or behind the apostrophe that we put there.
_FORMULA = re.compile(r"[\s'\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫\t\r]|[ '\u3000]*[\t\r\n]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_LISTS = frozenset({"departments", "topics"})  # lists of the JSONL schema that export does not write
_JOINT = " | "  # bars inside a value are doubled, so one alone between blanks parts two values


def write_csv(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Byte order mark, head and one row a line of the JSONL schema; rows end with CR LF."""
    names = list(TYPES)
    yield BOM + _row(names)
    for line in lines:
        values = flat(line)
        yield _row([cell(values[name]) for name in names])


def cell(value: Any) -> str:
    """A value as a cell: lists joined by ` | ` with bars inside doubled, formulas behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        value = _JOINT.join(str(one or "").replace("|", "||") for one in value)
    text = _CONTROLS.sub("", _BREAKS.sub("\n", str(value)))
    return f"'{text}" if _FORMULA.match(text) else text


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row of a file with the number of the line it begins on; `fault` says why it cannot be used."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None


def read_csv(stream: io.TextIOBase) -> Iterator[CsvRow]:
    """The rows of a CSV file whose head names the columns; a row that does not fit is named, not raised.

    Cells of the columns that export writes get their types back; others stay text. Empty cells are null.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(stream, strict=True)
    head: list[str] | None = None
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as error:
            yield CsvRow(number, fault=_fault(error))
            if isinstance(error, UnicodeDecodeError):
                return
            for swallowed in range(number + 1, reader.line_num + 1):  # by a quotation mark that is not closed
                yield CsvRow(swallowed, fault=f"it stands inside the cell that line {number} opens")
            continue
        if head is None:
            head = [name.removeprefix(BOM).strip() for name in cells]
            if fault := _head_fault(head):
                yield CsvRow(number, fault=fault)
                return
        elif any(cells):
            yield _taken(number, head, cells)


def _taken(number: int, head: list[str], cells: list[str]) -> CsvRow:
    if len(cells) != len(head):
        return CsvRow(number, fault=f"it has {len(cells)} cells where the head names {len(head)} columns")
    return CsvRow(
        number, {name: value_of(name, text) for name, text in zip(head, cells, strict=True) if text}
    )


def value_of(name: str, text: str) -> Any:
    """The value that a cell of this column stands for; what does not fit its type stays text and is refused
    by name when it is taken in.
    """
    text = text[1:] if text.startswith("'") and _FORMULA.match(text) else text
    kind = TYPES.get(name, "text")
    if kind == "texts" or name in _LISTS:
        return [one.replace("||", "|") for one in text.split(_JOINT)]
    if kind == "flag":
        return {"true": True, "false": False}.get(text.strip().lower(), text)
    if kind in ("number", "integer"):
        return _number(text)
    if kind == "date" and (day := _DAY.match(text.strip())):
        return f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"  # as Excel writes days when it saves the file
    return text


def _number(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float) else text


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _head_fault(head: list[str]) -> str | None:
    if len(head) == 1 and re.search(r"[;\t]", head[0]):
        return "its columns are parted by semicolons or tabs; save it as CSV with commas"
    if "title" not in head:
        return f'the first line must name the columns, "title" among them; known are {", ".join(TYPES)}'
    double = sorted({name for name in head if head.count(name) > 1})
    return f'the column "{double[0]}" stands twice; remove one' if double else None


def _fault(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8 here; save it as 'CSV UTF-8'"
    return f"it is not CSV ({error}); mend or remove that line"


def too_long_for_excel(line: Mapping[str, Any]) -> bool:
    """Whether the text of a line is longer than a cell of Excel."""
    return len(line.get("text") or "") > EXCEL_CELL
