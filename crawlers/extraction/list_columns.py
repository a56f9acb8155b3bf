"""The column of a table that holds the day of its rows: by its heading, else by what its cells hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import DayOrder, find_date, find_dates
from crawlers.extraction.list_rows import Row

_DAY = re.compile(
    r"\b(?:date|filed|issued|published|posted|released?|decided|datum|day|when|fecha|data)\b|日期|时间", re.I
)
_OTHER_DAY = re.compile(
    r"\b(?:posted|updated|modified|revised|expir\w*|due|corrected|argued|argument|heard|hearing|lower|trial|below"
    r"|submitted|appealed?|received|effective|clos\w+)\b",
    re.I,
)
_OWN_DAY = re.compile(r"\b(?:filed|filing|issued?|published|released?|decided|opinion)\b", re.I)
_NONE = re.compile(r"^(?:[-–—*?./]+|n/?a|tb[ad]|pending|none|unknown)$", re.I)
_LEAST = 3  # rows of a table before its columns are believed
_LEAST_BOXES = 3  # cells that a row of boxes has, where no table says which blocks are cells
_SHORT = 40  # characters of a cell that is a date and little else


def column_days(rows: Sequence[Row], order: DayOrder) -> dict[str, date | None]:
    """Days by address for the rows that are table rows, None where the cell says that there is none ("--").

    Rows whose cell is empty or missing are left out; empty where no column holds days.
    """
    cells = {row.link.url: _cells(row.block) for row in rows if row.block.tag == "tr"} or _boxes(rows)
    if len(cells) < _LEAST or len(cells) * 2 < len(rows):
        return {}
    days = {url: [_day(cell, order) for cell in line] for url, line in cells.items()}
    held = Counter(place for line in days.values() for place, day in enumerate(line) if day)
    full = [place for place, count in held.items() if count * 2 >= len(cells)]
    if not full:
        return {}
    named = _named(rows[0].block, max(full) + 1)
    chosen = min(full, key=lambda place: (_rank(named.get(place, "")), place))
    found: dict[str, date | None] = {}
    for url, line in days.items():
        if chosen < len(line) and (line[chosen] or _NONE.match(cells[url][chosen])):
            found[url] = line[chosen]
    return found


def _rank(heading: str) -> int:
    """How well a heading says that its column is the day of the document."""
    if not _DAY.search(heading) and not _OWN_DAY.search(heading):
        return 2
    if _OTHER_DAY.search(heading):
        return 3
    return 0 if _OWN_DAY.search(heading) else 1


def _cells(block: LexborNode) -> list[str]:
    return [
        " ".join((child.text(deep=True, separator=" ") or "").split())
        for child in block.iter()
        if child.tag in ("td", "th")
    ]


def _boxes(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Of a table made of other blocks the cells of its rows: nearly all have the same number of boxes."""
    cells = {row.link.url: _parts(row.block) for row in rows}
    width, count = Counter(map(len, cells.values())).most_common(1)[0]
    if width < _LEAST_BOXES or count * 10 < 8 * len(rows):
        return {}
    return {
        url: [cell if len(find_dates(cell)) < 2 else "" for cell in line]  # "Argued … Filed …": no column
        for url, line in cells.items()
        if len(line) == width
    }


def _parts(block: LexborNode) -> list[str]:
    """What the boxes of a block say, one block after another opened where it holds nothing else."""
    parts = list(block.iter())
    while len(parts) == 1:
        parts = list(parts[0].iter())
    return [" ".join((part.text(deep=True, separator=" ") or "").split()) for part in parts]


def _day(cell: str, order: DayOrder) -> date | None:
    return find_date(cell, order) if len(cell) <= _SHORT else None


def _named(block: LexborNode, width: int) -> dict[int, str]:
    """The heading of every column, from the table's first row of headings; none where the widths differ."""
    table = block.parent
    while table is not None and table.tag != "table" and block.tag == "tr":
        table = table.parent
    if block.tag == "tr":
        lines = [_cells(line) for line in table.css("tr")[:4]] if table is not None else []
    else:
        lines = (
            [_parts(line) for _, line in zip(range(4), table.iter(), strict=False)]
            if table is not None
            else []
        )
    for texts in lines:
        if len(texts) >= width and any(_DAY.search(text) and len(text) < _SHORT for text in texts):
            return {place: text for place, text in enumerate(texts) if len(text) < _SHORT}
    return {}
