"""Excel files of 1993 to 2003 (BIFF): rows below their sheet's name, in the same shape as XLSX."""

from __future__ import annotations

import io
from datetime import date, datetime, time

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked, plain_text
from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.ole import Container
from crawlers.extraction.placed import PlacedLines
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
            read = _placed(book)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            return locked(XLS, "spreadsheet")
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    except Exception as error:  # xlrd lets errors of every kind through for damaged sheets
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    if len(read.lines) > MAX_SHEET_ROWS or sum(map(len, read.lines)) > MAX_SHEET_CHARACTERS:
        return failed("too_large", XLS, "too-large", "The spreadsheet holds more than is read of any file.")
    return plain_text(XLS, read.text, places=read.places)


def _stream(body: bytes) -> bytes:
    """The workbook out of its container."""
    container = Container(body)
    return container.read("Workbook" if "Workbook" in container.streams else "Book")


def _placed(book: object) -> PlacedLines:
    """The rows of every sheet below its name, until there are more than are read of any file."""
    read = PlacedLines()
    characters = 0
    for number in range(book.nsheets):  # type: ignore[attr-defined]
        sheet = book.sheet_by_index(number)  # type: ignore[attr-defined]
        read.name_sheet(safe(str(sheet.name)))
        for row in range(sheet.nrows):
            cells = (_cell(cell, book.datemode) for cell in sheet.row(row)[:_MAX_COLUMNS])  # type: ignore[attr-defined]
            line = row_line("\t".join(cells))
            characters += len(line)
            read.add_row(line, row + 1)
            if characters > MAX_SHEET_CHARACTERS or len(read.lines) > MAX_SHEET_ROWS:
                return read
        book.unload_sheet(number)  # type: ignore[attr-defined]
    return read


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
