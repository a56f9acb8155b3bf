"""Text of presentations (PPTX): slides in the order of the show, with their tables and notes."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked
from crawlers.extraction.limits import MAX_DEPTH, MAX_SLIDES
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line
from crawlers.extraction.sheets import head_row
from crawlers.extraction.zip_parts import BROKEN, UnsafeZip, open_zip, parse_xml, short
from warehouse.places import Spot
from warehouse.records import AttachmentText, Problem

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
NOTES = "[备注 notes]"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SMALL = ("sldNum", "dt", "ftr", "hdr", "sldImg")  # numbers, dates, running feet: the same on every slide


def read_pptx(body: bytes) -> FileReading:
    """Each slide with its title first; table rows with a tab between cells; speaker's notes below a mark."""
    try:
        with open_zip(body) as container:
            return _read(container)
    except UnsafeZip as error:
        return failed("too_large", PPTX, "zip-bomb", str(error))
    except BROKEN as error:
        return damaged(PPTX, f"The presentation does not open: {short(error)}.")
    except RuntimeError:
        return locked(PPTX, "presentation")


def _read(container: zipfile.ZipFile) -> FileReading:
    parts = _slides(container)
    read = PlacedLines()
    hidden: list[int] = []
    tables = 0
    for number, part in enumerate(parts[:MAX_SLIDES], start=1):
        root = parse_xml(container.read(part))
        if root.get("show") in ("0", "false"):
            hidden.append(number)
        tables = _add_slide(read, root, number, tables)
        _add_notes(read, container, part, number)
    problems = [Problem("hidden-slides", _hidden(hidden))] if hidden else []
    if len(parts) > MAX_SLIDES:
        problems.append(Problem("cut-file", f"Only the first {MAX_SLIDES} of {len(parts)} slides were read."))
    status = "text" if any(line for line in read.lines) else "empty"
    return FileReading(
        AttachmentText(status, PPTX, read.text, len(parts), places=read.places), tuple(problems)
    )


def _hidden(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:20]))
    return f"Hidden in the show, read all the same: slide {listed}."


def _slides(container: zipfile.ZipFile) -> list[str]:
    """The parts of the slides in the order in which they are shown, not in that of their names."""
    show = parse_xml(container.read("ppt/presentation.xml"))
    targets = _targets(container, "ppt/presentation.xml")
    listed = show.find(f"{_P}sldIdLst")
    names = [targets.get(one.get(f"{_R}id", ""), "") for one in (listed if listed is not None else ())]
    held = set(container.namelist())
    return [name for name in names if name in held]


def _targets(container: zipfile.ZipFile, part: str, kind: str = "") -> dict[str, str]:
    """What a part's relations lead to inside the container, by their names; of one kind when it is given."""
    folder, name = posixpath.split(part)
    try:
        root = parse_xml(container.read(f"{folder}/_rels/{name}.rels"))
    except KeyError:
        return {}
    found = {}
    for one in root.iterchildren(etree.Element):
        if one.get("TargetMode") != "External" and one.get("Type", "").endswith(kind):
            target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            found[one.get("Id", "")] = target.lstrip("/")
    return found


def _add_slide(read: PlacedLines, root: etree._Element, number: int, tables: int) -> int:
    shapes = list(_shapes(root))
    shapes.sort(key=lambda shape: _placeholder(shape) not in ("title", "ctrTitle"))  # stable: the title first
    for shape in shapes:
        table = next(shape.iter(f"{_A}tbl"), None)
        if table is not None:
            tables += 1
            rows = [(at, _row(row)) for at, row in enumerate(table.iterchildren(f"{_A}tr"), start=1)]
            read.add_table(rows, Spot(slide=number, table=tables), head_row(line for _, line in rows))
        elif _placeholder(shape) not in _SMALL:
            read.add("\n".join(map(_words, shape.iter(f"{_A}p"))), Spot(slide=number))
    return tables


def _shapes(root: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """Shapes and frames in the order in which the slide is built; those of groups one by one."""
    for child in root.iterchildren(etree.Element):
        if child.tag in (f"{_P}sp", f"{_P}graphicFrame"):
            yield child
        elif depth < min(MAX_DEPTH, 60):
            yield from _shapes(child, depth + 1)


def _placeholder(shape: etree._Element) -> str | None:
    found = next(shape.iter(f"{_P}ph"), None)
    return found.get("type", "body") if found is not None else None


def _row(row: etree._Element) -> str:
    cells = (" ".join(filter(None, map(_words, one.iter(f"{_A}p")))) for one in row.iterchildren(f"{_A}tc"))
    return row_line("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells))


def _words(paragraph: etree._Element) -> str:
    parts = []
    for node in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"):
        parts.append(node.text or "" if node.tag == f"{_A}t" else "\n" if node.tag == f"{_A}br" else " ")
    return "".join(parts)


def _add_notes(read: PlacedLines, container: zipfile.ZipFile, part: str, number: int) -> None:
    for notes in list(_targets(container, part, "/notesSlide").values())[:1]:
        if notes not in container.NameToInfo:
            continue
        root = parse_xml(container.read(notes))
        shapes = [one for one in _shapes(root) if _placeholder(one) not in (None, *_SMALL)]
        words = "\n".join(_words(one) for shape in shapes for one in shape.iter(f"{_A}p"))
        if words.strip():
            read.add(f"{NOTES}\n{words}", Spot(slide=number))
