"""Excel files of 1993 to 2003 (BIFF): rows below their sheet's name, in the same shape as XLSX."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked, plain_text
from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.ole import Container
from crawlers.extraction.plain import row_line, safe
from crawlers.extraction.zip_parts import short

XLS = "application/vnd.ms-excel"
_MAX_COLUMNS = 200


def read_xls(body: bytes) -> FileReading:
    """Every cell as it stands; formulas by the value that the file keeps for them."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=_stream(body), logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
        with book:
            lines = list(islice(_lines(book), MAX_SHEET_ROWS + 1))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            return locked(XLS, "spreadsheet")
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    except Exception as error:  # xlrd lets errors of every kind through for damaged sheets
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    if len(lines) > MAX_SHEET_ROWS or sum(map(len, lines)) > MAX_SHEET_CHARACTERS:
        return failed("too_large", XLS, "too-large", "The spreadsheet holds more than is read of any file.")
    return plain_text(XLS, "\n".join(lines))


def _stream(body: bytes) -> bytes:
    """The workbook out of its container."""
    container = Container(body)
    return container.read("Workbook" if "Workbook" in container.streams else "Book")


def _lines(book: object) -> Iterator[str]:
    characters = 0
    for number in range(book.nsheets):  # type: ignore[attr-defined]
        sheet = book.sheet_by_index(number)  # type: ignore[attr-defined]
        yield safe(str(sheet.name))
        for row in range(sheet.nrows):
            cells = (_cell(cell, book.datemode) for cell in sheet.row(row)[:_MAX_COLUMNS])  # type: ignore[attr-defined]
            line = row_line("\t".join(cells))
            characters += len(line)
            if line:
                yield line
            if characters > MAX_SHEET_CHARACTERS:
                return
        book.unload_sheet(number)  # type: ignore[attr-defined]


def _cell(cell: object, datemode: int) -> str:
    import xlrd

    kind, value = cell.ctype, cell.value  # type: ignore[attr-defined]
    if kind == xlrd.XL_CELL_NUMBER:
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    if kind == xlrd.XL_CELL_DATE:
        return str(_moment(value, datemode))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return str(bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    return safe(str(value)).replace("\t", " ").replace("\n", " ")


def _moment(value: float, datemode: int) -> date | datetime | time | float:
    """A date as Excel counts it; a number that is no date stays a number."""
    from xlrd import xldate

    try:
        moment: datetime = xldate.xldate_as_datetime(value, datemode)
    except (xldate.XLDateError, OverflowError, ValueError):
        return value
    return moment.time() if 0 <= value < 1 else moment
