"""Text of office files: DOCX by its XML, XLSX row by row, and the kinds that nothing here reads."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from crawlers.extraction.limits import MAX_SHEET_ROWS
from crawlers.extraction.plain import paragraphs_of, row_line, safe
from crawlers.extraction.zip_parts import BROKEN, UnsafeZip, open_zip, parse_xml, short
from warehouse.records import AttachmentText, Problem

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSUPPORTED = {
    "ole": (
        "application/x-ole-storage",
        "an old binary office file of unknown kind; convert it to DOCX or PDF",
    ),
    "ppt": ("application/vnd.ms-powerpoint", "an old presentation; convert it to PDF"),
    "wpd": ("application/vnd.wordperfect", "a WordPerfect file; convert it to DOCX or PDF"),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "a presentation; convert it to PDF",
    ),
    "odf": ("application/vnd.oasis.opendocument", "an OpenDocument file; convert it to DOCX or PDF"),
    "zip": ("application/zip", "an archive; hand in the files it holds"),
    "rar": ("application/vnd.rar", "an archive; hand in the files it holds"),
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
        lines = paragraphs_of("\n".join(_docx_lines(xml)))
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
    if not lines:
        return AttachmentText("empty", DOCX, ""), None
    return AttachmentText("text", DOCX, "\n".join(lines)), None


def read_xlsx(body: bytes) -> tuple[AttachmentText, Problem | None]:
    """Rows of every sheet, cells separated by tabs, below the sheet's name."""
    import openpyxl

    try:
        with open_zip(body):
            pass
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        lines = list(_sheet_lines(book))
        book.close()
    except UnsafeZip as error:
        return AttachmentText("too_large", XLSX, ""), Problem("zip-bomb", str(error))
    except Exception as error:  # openpyxl lets errors of every kind through for damaged sheets
        return AttachmentText("damaged", XLSX, ""), Problem(
            "damaged-file", f"The spreadsheet does not open: {short(error)}."
        )
    if not lines:
        return AttachmentText("empty", XLSX, ""), None
    return AttachmentText("text", XLSX, "\n".join(lines)), None


def _docx_lines(xml: bytes) -> Iterator[str]:
    root = parse_xml(xml)
    body = root.find(f"{_W}body")
    yield from _block_lines(body if body is not None else root)


def _block_lines(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _run_text(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield row_line("\t".join(_cell(cell) for cell in row.iterchildren(f"{_W}tc")))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag"):
            yield from _block_lines(child)


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


def _sheet_lines(book: object) -> Iterator[str]:
    rows = 0
    for sheet in book.worksheets:  # type: ignore[attr-defined]
        yield safe(str(sheet.title))
        for row in sheet.iter_rows(values_only=True):
            rows += 1
            if rows > MAX_SHEET_ROWS:
                return
            line = row_line(
                "\t".join("" if cell is None else safe(str(cell)).replace("\t", " ") for cell in row[:200])
            )
            if line:
                yield line
