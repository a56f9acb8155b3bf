"""Text of Excel workbooks (XLSX): rows below their sheet's name, cells as they are shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any

from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line, safe
from crawlers.extraction.sheets import HIDDEN, Fill, covered, head_row
from crawlers.extraction.shown_number import shown
from crawlers.extraction.zip_parts import UnsafeZip, open_zip, short
from warehouse.records import AttachmentText, Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
_MAX_COLUMNS = 200
_MOST_WALKED = 3_000_000  # rows of one workbook that are walked through, the empty ones of a gap counted


def read_xlsx(body: bytes) -> tuple[AttachmentText, Problem | None]:
    """Rows of every sheet, cells separated by tabs; hidden sheets are read and marked."""
    import openpyxl

    try:
        with open_zip(body) as container:
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            read = PlacedLines()
            hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
            walked = count(1)
            whole = all(_add_sheet(read, sheet, container, walked) for sheet in book.worksheets)
            book.close()
    except UnsafeZip as error:
        return AttachmentText("too_large", XLSX, ""), Problem("zip-bomb", str(error))
    except Exception as error:  # openpyxl lets errors of every kind through for damaged sheets
        return AttachmentText("damaged", XLSX, ""), Problem(
            "damaged-file", f"The spreadsheet does not open: {short(error)}."
        )
    if not read.lines:
        return AttachmentText("empty", XLSX, ""), None
    problem = None
    if hidden:
        problem = Problem("hidden-sheets", f"Hidden in the file, read all the same: {len(hidden)} sheets.")
    if not whole:
        problem = Problem("cut-file", "The spreadsheet holds more than is read; its end is missing.")
    return AttachmentText("text", XLSX, read.text, places=read.places), problem


def _add_sheet(read: PlacedLines, sheet: Any, container: zipfile.ZipFile, walked: Iterator[int]) -> bool:
    """The sheet's rows below its name; False when not all of them are read."""
    mark = HIDDEN if sheet.sheet_state != "visible" else ""
    read.name_sheet(safe(str(sheet.title)) + mark)
    fill = Fill(covered(_merged(sheet, container)))
    rows: list[tuple[int, str]] = []
    size = 0
    whole = True
    for number, line in _rows(sheet, fill, walked):
        rows.append((number, line))
        size += len(line)
        if len(rows) + len(read.lines) > MAX_SHEET_ROWS or size > MAX_SHEET_CHARACTERS:
            whole = False
            break
    whole = whole and next(walked) <= _MOST_WALKED
    read.add_rows(rows, head_row(line for _, line in rows))
    return whole


def _rows(sheet: Any, fill: Fill, walked: Iterator[int]) -> Iterator[tuple[int, str]]:
    sheet.reset_dimensions()  # what the file says of its size may be a million rows of nothing
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if next(walked) > _MOST_WALKED:
            return
        cells = [_cell(cell) for cell in row[:_MAX_COLUMNS]]
        line = row_line("\t".join(fill.row(number, cells)))
        if line:
            yield number, line


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if not isinstance(value, str):
        value = shown(value, cell.number_format)
    return safe(value).replace("\t", " ").replace("\n", " ")


def _merged(sheet: Any, container: zipfile.ZipFile) -> Iterator[tuple[int, int, int, int]]:
    path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    if path not in container.NameToInfo:
        return
    for first, top, last, bottom in _MERGED.findall(container.read(path)):
        yield int(top), int(bottom), _column(first), _column(last)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
