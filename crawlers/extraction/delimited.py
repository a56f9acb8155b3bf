"""CSV files that pages offer: rows as they stand, in the same shape as those of a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.file_reading import FileReading, damaged, failed, plain_text
from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line, safe
from crawlers.extraction.sheets import head_row
from warehouse.places import NOWHERE

CSV = "text/csv"
_MAX_COLUMNS = 200
_NAME = re.compile(r"\.(?:csv|tsv)$", re.I)
_DELIMITERS = ",\t;|"


def is_delimited(media_type: str, url: str) -> bool:
    """Whether plain text is called a CSV file by its label or its name."""
    return media_type.split(";")[0].strip().lower() == CSV or bool(_NAME.search(urlsplit(url).path))


def read_delimited(body: bytes) -> FileReading:
    """Cells separated by tabs, one row a line; a row keeps its number in the file, empty ones counted."""
    if len(body) > MAX_SHEET_CHARACTERS:
        return failed("too_large", CSV, "too-large", "The CSV file holds more than is read of any file.")
    text = decode(body)
    read = PlacedLines()
    lines: list[tuple[int, str]] = []
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for number, cells in enumerate(rows, start=1):
            if number > MAX_SHEET_ROWS:
                break
            line = row_line("\t".join(safe(cell).replace("\t", " ") for cell in cells[:_MAX_COLUMNS]))
            lines.append((number, line))
    except csv.Error as error:
        return damaged(CSV, f"The CSV file does not open: {str(error)[:100]}.")
    read.add_table(lines, NOWHERE, head_row(line for _, line in lines))
    return plain_text(CSV, read.text, places=read.places)


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line; a comma where none does."""
    head = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)
