"""Excel files of 1993 to 2003 (BIFF): rows below their sheet's name, in the same shape as XLSX."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked, plain_text
from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.ole import Container
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line, safe
from crawlers.extraction.sheets import HIDDEN, Fill, covered, head_row
from crawlers.extraction.shown_number import shown
from crawlers.extraction.zip_parts import short
from warehouse.records import Problem

XLS = "application/vnd.ms-excel"
_MAX_COLUMNS = 200


def read_xls(body: bytes) -> FileReading:
    """Every cell as it is shown; formulas by the value that the file keeps for them; hidden sheets marked."""
    import xlrd

    try:
        read = _read(_stream(body))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            return locked(XLS, "spreadsheet")
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    except Exception as error:  # xlrd lets errors of every kind through for damaged sheets
        return damaged(XLS, f"The spreadsheet does not open: {short(error)}.")
    if len(read.lines) > MAX_SHEET_ROWS or sum(map(len, read.lines)) > MAX_SHEET_CHARACTERS:
        return failed("too_large", XLS, "too-large", "The spreadsheet holds more than is read of any file.")
    reading = plain_text(XLS, read.text, places=read.places)
    hidden = sum(line.endswith(HIDDEN) for line in read.lines)
    if hidden:
        told = Problem("hidden-sheets", f"Hidden in the file, read all the same: {hidden} sheets.")
        return replace(reading, problems=(told,))
    return reading


def _read(stream: bytes) -> PlacedLines:
    """With formats; where only these are damaged, without."""
    import xlrd

    for formats in (True, False):
        try:
            book = xlrd.open_workbook(
                file_contents=stream, logfile=io.StringIO(), on_demand=True, ragged_rows=True,
                formatting_info=formats,
            )  # fmt: skip
            with book:
                return _placed(book)
        except xlrd.XLRDError:
            raise
        except Exception:
            if not formats:
                raise
    raise AssertionError("a workbook is read with or without its formats")


def _stream(body: bytes) -> bytes:
    """The workbook out of its container."""
    container = Container(body)
    return container.read("Workbook" if "Workbook" in container.streams else "Book")


def _placed(book: Any) -> PlacedLines:
    """The rows of every sheet below its name, until there are more than are read of any file."""
    read = PlacedLines()
    characters = 0
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        read.name_sheet(safe(str(sheet.name)) + (HIDDEN if sheet.visibility else ""))
        areas = ((top + 1, bottom, left + 1, right) for top, bottom, left, right in sheet.merged_cells)
        fill = Fill(covered(areas))
        rows = []
        for row in range(sheet.nrows):
            cells = [_cell(cell, book) for cell in sheet.row(row)[:_MAX_COLUMNS]]
            line = row_line("\t".join(fill.row(row + 1, cells)))
            characters += len(line)
            rows.append((row + 1, line))
            if characters > MAX_SHEET_CHARACTERS or len(rows) + len(read.lines) > MAX_SHEET_ROWS:
                break
        read.add_rows(rows, head_row(line for _, line in rows))
        if characters > MAX_SHEET_CHARACTERS or len(read.lines) > MAX_SHEET_ROWS:
            return read
        book.unload_sheet(number)
    return read


def _cell(cell: Any, book: Any) -> str:
    import xlrd

    kind, value = cell.ctype, cell.value
    if kind == xlrd.XL_CELL_NUMBER:
        return safe(shown(value, _format(cell, book)))
    if kind == xlrd.XL_CELL_DATE:
        return safe(shown(_moment(value, book.datemode), _format(cell, book)))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(value), None)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    return safe(str(value)).replace("\t", " ").replace("\n", " ")


def _format(cell: Any, book: Any) -> str | None:
    """How the cell shows its number; None where the file's formats could not be read."""
    if cell.xf_index is None or not book.formatting_info:
        return None
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return known.format_str if known else None


def _moment(value: float, datemode: int) -> date | datetime | time | float:
    """A date as Excel counts it; a number that is no date stays a number."""
    from xlrd import xldate

    try:
        moment: datetime = xldate.xldate_as_datetime(value, datemode)
    except (xldate.XLDateError, OverflowError, ValueError):
        return value
    return moment.time() if 0 <= value < 1 else moment
