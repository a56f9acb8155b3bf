"""Text of OpenDocument files: ODT with its tables, ODS sheet by sheet, ODP slide by slide."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked
from crawlers.extraction.limits import MAX_SHEET_CHARACTERS, MAX_SHEET_ROWS
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line, safe
from crawlers.extraction.pptx import NOTES
from crawlers.extraction.sheets import HIDDEN, head_row
from crawlers.extraction.zip_parts import BROKEN, UnsafeZip, open_zip, parse_xml, short
from warehouse.places import NOWHERE, Spot
from warehouse.records import AttachmentText, Problem

ODF = "application/vnd.oasis.opendocument"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NOTES = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}notes"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", _NOTES)
_MAX_COLUMNS = 200
_MANIFEST = "META-INF/manifest.xml"
_MAX_REPEATED = 1_000  # of one filled row that a sheet repeats
_KINDS = ("text", "spreadsheet", "presentation", "drawing")


def read_odf(body: bytes) -> FileReading:
    """Paragraphs and table rows in reading order, as the office programs show them."""
    try:
        with open_zip(body) as container:
            if _MANIFEST in container.NameToInfo and b"encryption-data" in container.read(_MANIFEST):
                return locked(ODF, "OpenDocument file")
            root = parse_xml(container.read("content.xml"))
        return _read(root)
    except UnsafeZip as error:
        return failed("too_large", ODF, "zip-bomb", str(error))
    except BROKEN as error:
        return damaged(ODF, f"The OpenDocument file does not open: {short(error)}.")
    except RuntimeError:
        return locked(ODF, "OpenDocument file")


def _read(root: etree._Element) -> FileReading:
    body = root.find(f"{_OFFICE}body")
    content = next(iter(body), None) if body is not None else None
    if content is None:
        return damaged(ODF, "The OpenDocument file does not open: it holds no content.")
    kind = etree.QName(content).localname
    media_type = f"{ODF}.{kind}" if kind in _KINDS else ODF
    read, problems, pages = PlacedLines(), [], None
    if kind == "spreadsheet":
        hidden = _add_sheets(read, root, content)
        if hidden:
            problems.append(Problem("hidden-sheets", "Hidden sheets are read and marked."))
    elif kind in ("presentation", "drawing"):
        pages = _add_slides(read, content)
    else:
        _add_blocks(read, content, NOWHERE)
    status = "text" if read.lines else "empty"
    return FileReading(
        AttachmentText(status, media_type, read.text, pages, places=read.places), tuple(problems)
    )


def _add_blocks(read: PlacedLines, parent: etree._Element, spot: Spot, tables: int = 0) -> int:
    """The paragraphs and tables below an element; returns the number of the last table."""
    for block in _blocks(parent):
        if block.tag in _PARAGRAPHS:
            read.add(_words(block), spot)
            continue
        tables += 1
        rows = list(_rows(block, MAX_SHEET_ROWS))
        read.add_table(rows, Spot(slide=spot.slide, table=tables), head_row(line for _, line in rows))
    return tables


def _blocks(parent: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    for child in parent.iterchildren(etree.Element):
        if child.tag in _PARAGRAPHS or child.tag == f"{_TABLE}table":
            yield child
        elif child.tag not in _LEFT_OUT and depth < 100:
            yield from _blocks(child, depth + 1)


def _add_sheets(read: PlacedLines, root: etree._Element, content: etree._Element) -> bool:
    """The sheets below their names; returns whether some of them are hidden."""
    unseen = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(one.get(f"{_TABLE}display") == "false" for one in style.iterchildren(etree.Element))
    }
    size, marked = 0, False
    for sheet in content.iterchildren(f"{_TABLE}table"):
        hidden = sheet.get(f"{_TABLE}style-name") in unseen
        marked |= hidden
        read.name_sheet(safe(sheet.get(f"{_TABLE}name", "")) + (HIDDEN if hidden else ""))
        rows = list(_rows(sheet, MAX_SHEET_ROWS - len(read.lines)))
        size += sum(len(line) for _, line in rows)
        read.add_rows(rows, head_row(line for _, line in rows))
        if size > MAX_SHEET_CHARACTERS:
            break
    return marked


def _rows(table: etree._Element, most: int) -> Iterator[tuple[int, str]]:
    """The filled rows with their numbers; repeated empty ones are counted, not made."""
    number, made = 0, 0
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table"), table) is not table:
            continue  # a table inside a cell stands in that cell
        times = _times(row, "rows")
        line = row_line("\t".join(_cells(row)))
        for again in range(min(times, _MAX_REPEATED) if line else 0):
            if made >= most:
                return
            made += 1
            yield number + again + 1, line
        number += times


def _cells(row: etree._Element) -> Iterator[str]:
    width = 0
    for cell in row.iterchildren(*_CELLS):
        times = min(_times(cell, "columns"), _MAX_COLUMNS - width)
        words = " ".join(_words(one) for one in cell.iter(*_PARAGRAPHS) if not _inside(one, cell))
        yield from [words.replace("\t", " ").replace("\n", " ")] * times
        width += times


def _inside(paragraph: etree._Element, cell: etree._Element) -> bool:
    """Whether a paragraph belongs to a note on the cell, not to what the cell shows."""
    return any(one.tag in _LEFT_OUT for one in paragraph.iterancestors() if one is not cell)


def _times(element: etree._Element, what: str) -> int:
    value = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _add_slides(read: PlacedLines, content: etree._Element) -> int:
    number, tables = 0, 0
    for number, page in enumerate(content.iterchildren(f"{_DRAW}page"), start=1):
        tables = _add_blocks(read, page, Spot(slide=number), tables)
        notes = page.find(_NOTES)
        words = "\n".join(_words(one) for one in notes.iter(*_PARAGRAPHS)) if notes is not None else ""
        if words.strip():
            read.add(f"{NOTES}\n{words}", Spot(slide=number))
    return number


def _words(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph, 0)).strip()


def _pieces(element: etree._Element, depth: int) -> Iterator[str]:
    """Text with the spaces, tabs and line ends that ODF writes as elements."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _LEFT_OUT and depth < 100:
            if child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield " " * (min(int(count), 100) if count.isascii() and count.isdigit() else 1)
            elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
                yield "\n" if child.tag.endswith("line-break") else " "
            elif child.tag not in _PARAGRAPHS:
                yield from _pieces(child, depth + 1)
        yield child.tail or ""
