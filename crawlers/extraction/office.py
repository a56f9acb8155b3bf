"""Text of Word files (DOCX) by their XML, and the kinds that nothing here reads."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line
from crawlers.extraction.sheets import head_row
from crawlers.extraction.zip_parts import BROKEN, UnsafeZip, open_zip, parse_xml, short
from warehouse.places import NOWHERE, Spot
from warehouse.records import AttachmentText, Problem

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSUPPORTED = {
    "ole": (
        "application/x-ole-storage",
        "an old binary office file of unknown kind; convert it to DOCX or PDF",
    ),
    "ppt": ("application/vnd.ms-powerpoint", "an old presentation; convert it to PDF"),
    "wpd": ("application/vnd.wordperfect", "a WordPerfect file; convert it to DOCX or PDF"),
    "binary": ("application/octet-stream", "a binary file of unknown kind"),
}


def unsupported(kind: str) -> tuple[AttachmentText, Problem]:
    """The status of a file that this version does not read, with the reason."""
    media_type, reason = _UNSUPPORTED.get(kind, _UNSUPPORTED["binary"])
    return AttachmentText("unsupported", media_type, ""), Problem("unsupported", f"This is {reason}.")


def read_docx(body: bytes) -> tuple[AttachmentText, Problem | None]:
    """Paragraphs and table rows of a Word file in reading order."""
    try:
        with open_zip(body) as container:
            xml = container.read("word/document.xml")
        read = _docx_text(xml)
    except UnsafeZip as error:
        return AttachmentText("too_large", DOCX, ""), Problem("zip-bomb", str(error))
    except BROKEN as error:
        return AttachmentText("damaged", DOCX, ""), Problem(
            "damaged-file", f"The Word file does not open: {short(error)}."
        )
    except RuntimeError:
        return AttachmentText("encrypted", DOCX, ""), Problem(
            "encrypted-file", "The Word file is protected by a password."
        )
    if not read.lines:
        return AttachmentText("empty", DOCX, ""), None
    return AttachmentText("text", DOCX, read.text, places=read.places), None


def _docx_text(xml: bytes) -> PlacedLines:
    root = parse_xml(xml)
    body = root.find(f"{_W}body")
    read = PlacedLines()
    tables = 0
    for block in _blocks(body if body is not None else root):
        if block.tag == f"{_W}p":
            read.add(_run_text(block), NOWHERE)
        else:
            tables += 1
            rows: list[tuple[int, str]] = []
            for number, row in _rows(block):
                line = row_line("\t".join(_cell(cell) for cell in row.iterchildren(f"{_W}tc")))
                rows.append((number, line))
            read.add_table(rows, Spot(table=tables), head_row(line for _, line in rows))
    return read


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in reading order."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag"):
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """The rows with their numbers; one of a table inside has the number of the row that it stands in."""
    number = 0
    for row in table.iter(f"{_W}tr"):
        number += next(row.iterancestors(f"{_W}tbl"), table) is table
        yield number, row


def _cell(cell: etree._Element) -> str:
    return " ".join(_run_text(paragraph).replace("\n", " ") for paragraph in cell.iter(f"{_W}p"))


def _run_text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append("\n" if node.tag != f"{_W}tab" else " ")
    return "".join(parts)
