"""A small XLSX: sheets of rows with shared strings and numbers, nothing compressed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from crawlers.sample_sites.files.packing import stored_zip

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,9})\.\d{0,5}[1-9]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

_Sheet = tuple[str, list[list[str]]]


def xlsx_bytes(title: str, paragraphs: Sequence[str]) -> bytes:
    """The XLSX of a title and lines: `## name` begins a sheet, `|a|b|` is a row, other lines fill one cell.

    The title stands in the first cell of the first sheet; what reads as a number is stored as one.
    """
    found = _sheets(title, paragraphs)
    strings = {
        text: None for _, rows in found for row in rows for text in row if text and not _is_number(text)
    }
    numbers = {text: at for at, text in enumerate(strings)}
    parts = {
        "[Content_Types].xml": _types(len(found)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook([name for name, _ in found]),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(found) + 1)]
            + [("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/sharedStrings.xml": _strings(numbers),
    }
    for at, (_, rows) in enumerate(found, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = _worksheet(rows, numbers)
    return stored_zip(parts)


def _sheets(title: str, paragraphs: Sequence[str]) -> list[_Sheet]:
    found: list[_Sheet] = []
    for line in paragraphs:
        if line.startswith("## "):
            found.append((_sheet_name(line[3:], len(found)), []))
            continue
        if not found:
            found.append(("Sheet1", []))
        cells = line.strip("|").split("|") if line.startswith("|") else [line.lstrip(">")]
        found[-1][1].append([cell.strip() for cell in cells])
    found = found or [("Sheet1", [])]
    found[0][1].insert(0, [title])
    return found


def _sheet_name(text: str, at: int) -> str:
    """At most 31 characters, none that Excel forbids."""
    return _FORBIDDEN.sub("、", text.strip())[:31] or f"Sheet{at + 1}"


def _is_number(text: str) -> bool:
    """Whether the text, stored as a number, would be printed exactly so again."""
    return bool(_NUMBER.fullmatch(text))


def _worksheet(rows: Sequence[Sequence[str]], numbers: dict[str, int]) -> str:
    shown = "".join(_row(at, row, numbers) for at, row in enumerate(rows, start=1))
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{shown}</sheetData></worksheet>'


def _row(at: int, row: Sequence[str], numbers: dict[str, int]) -> str:
    cells = (_cell(f"{_letter(column)}{at}", text, numbers) for column, text in enumerate(row))
    return f'<row r="{at}">{"".join(cells)}</row>'


def _cell(place: str, text: str, numbers: dict[str, int]) -> str:
    if not text:
        return ""
    if _is_number(text):
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="s"><v>{numbers[text]}</v></c>'


def _letter(column: int) -> str:
    return (_letter(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _strings(numbers: dict[str, int]) -> str:
    shown = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in numbers)
    return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(numbers)}">{shown}</sst>'


def _workbook(names: Sequence[str]) -> str:
    shown = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{shown}</sheets></workbook>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    shown = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    shown = "".join(f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in parts)
    plain = '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    plain += 'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{plain}{shown}</Types>'
