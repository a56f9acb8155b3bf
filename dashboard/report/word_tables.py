"""Tables of a DOCX report: rules without uprights, columns as wide as what they hold."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from dashboard.report.columns import balanced, shares
from dashboard.report.word_order import OF_TABLES, in_order
from dashboard.report.word_parts import face


def table(
    paper: Any, block: dict[str, Any], hei: str, width: int, chinese: bool, balance: bool = False
) -> Any:
    """Rules without uprights, a head that is repeated on the next page, figures on the right."""
    heads, rows = block["heads"], block["rows"]
    made = paper.add_table(rows=1, cols=len(heads))
    made.autofit = False
    _frame(made)
    widths = balanced(heads, rows, chinese) if balance else shares(heads, rows)
    for column, share in zip(made.columns, widths, strict=True):
        column.width = int(width * share)
    for place, row in enumerate((heads, *rows)):
        cells = made.rows[0].cells if not place else made.add_row().cells
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = int(width * widths[column])
            _cell(cell, text, column in block["numbers"], hei if not place else None, chinese)
    head = made.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return made


def _cell(cell: Any, text: str, number: bool, hei: str | None, chinese: bool) -> None:
    line = cell.paragraphs[0]
    added = line.add_run(text)
    line.alignment = 2 if number else 0
    if hei and chinese:
        face(added, hei)
    elif hei:
        added.font.bold = True
    if not chinese:
        line.paragraph_format.space_after = Pt(1)


def _frame(made: Any) -> None:
    """Rules above, below and between the rows; thin, no upright ones."""
    borders = in_order(made._tbl.tblPr, "w:tblBorders", OF_TABLES)
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "2")):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
