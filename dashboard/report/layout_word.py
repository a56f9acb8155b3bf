"""The layout of a DOCX: what it tells the program that opens it, since that makes the pages."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from dashboard.report.layout import Layout, Measure, equal, within
from warehouse.errors import UserError

_GRID = (("top", 37), ("right", 26), ("bottom", 35), ("left", 28))
_PLAIN = tuple((side, 25) for side, _ in _GRID)
_SIDES = {WD_ALIGN_PARAGRAPH.RIGHT: "right", WD_ALIGN_PARAGRAPH.LEFT: "left"}
_HEADED = re.compile(r"[一二三四五六七八九十]+、\S{1,30}$")  # a line that ought to be a heading


def layout_of_docx(data: bytes, fonts: frozenset[str]) -> Layout:
    """Page, margins, line grid, faces, language, headings, page numbers, pictures, links."""
    try:
        paper = Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UserError("The DOCX cannot be read; its layout cannot be measured.") from error
    language = str(paper.core_properties.language or "")
    chinese = language.lower().startswith("zh")
    measures = [
        *_page(paper, _GRID if chinese else _PLAIN),
        *(_grid(paper) if chinese else ()),
        *_faces(paper, fonts),
        *_headings(paper),
        *_numbers(paper),
        *_pictures(paper),
        *_links(paper),
    ]
    return Layout("docx", language, "GB/T 9704-2012" if chinese else "", None, tuple(measures))


def _page(paper: Any, margins: tuple[tuple[str, int], ...]) -> Iterator[Measure]:
    section = paper.sections[0]
    yield equal("page-size", (210, 297), (round(section.page_width.mm), round(section.page_height.mm)))
    for side, wanted in margins:
        yield within(f"margin-{side}", wanted, getattr(section, f"{side}_margin").mm)


def _grid(paper: Any) -> Iterator[Measure]:
    """22 lines of 28 characters, as far as the file fixes them."""
    grid = paper.sections[0]._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch"), 0)) / 20 if grid is not None else 0.0
    yield equal("grid-type", "lines", grid.get(qn("w:type")) if grid is not None else None)
    yield within("lines", 22, 225 / 25.4 * 72 / pitch if pitch else 0.0, unit="lines", near=0.1)
    normal = paper.styles["Normal"]
    size = normal.font.size.pt if normal.font.size else 0.0
    spacing = normal.element.rPr.find(qn("w:spacing"))
    tighter = int(spacing.get(qn("w:val"))) / 20 if spacing is not None else 0.0
    wide = size + tighter
    yield within("characters", 28, 156 / 25.4 * 72 / wide if wide else 0.0, unit="characters", near=0.2)
    squeezed = paper.settings.element.find(qn("w:characterSpacingControl"))
    found = squeezed.get(qn("w:val")) if squeezed is not None else None
    yield equal("marks-full-width", "doNotCompress", found)


def _faces(paper: Any, fonts: frozenset[str]) -> Iterator[Measure]:
    """Every style in use names its Chinese face."""
    used = {line.style.name for line in paper.paragraphs} | {"Normal"}
    named = {name: _east_asian(paper.styles[name]) for name in sorted(used)}
    without = [name for name, face in named.items() if not face and not _east_asian_of_base(paper, name)]
    yield Measure("faces-named", "for every style", ", ".join(without) or "all", not without)
    if fonts:
        strange = sorted({face for face in named.values() if face} - fonts)
        yield Measure("fonts-configured", "only those of the settings", ", ".join(strange), not strange)


def _east_asian(style: Any) -> str | None:
    rules = style.element.rPr
    fonts = rules.rFonts if rules is not None else None
    return fonts.get(qn("w:eastAsia")) if fonts is not None else None


def _east_asian_of_base(paper: Any, name: str) -> str | None:
    base = paper.styles[name].base_style
    return _east_asian(base) or _east_asian_of_base(paper, base.name) if base is not None else None


def _headings(paper: Any) -> Iterator[Measure]:
    styles = [line.style.name for line in paper.paragraphs]
    yield Measure("real-title", "1 or more", str(styles.count("Title")), "Title" in styles)
    looks_so = any(_HEADED.match(line.text) for line in paper.paragraphs if line.style.name == "Normal")
    found = False if looks_so else True if "Heading 1" in styles else None  # a short paper may have none
    yield Measure("real-heading-1", "every section", str(styles.count("Heading 1")), found)
    levels = [int(name[-1]) for name in styles if name.startswith("Heading ")]
    skipped = any(after - before > 1 for before, after in zip([1, *levels], levels, strict=False))
    yield equal("no-level-skipped", True, not skipped)
    title = paper.core_properties.title
    yield Measure("title", "set", title or "none", bool(title))
    told = paper.styles["Normal"].element.rPr.find(qn("w:lang"))
    yield equal("language", "zh-CN", told.get(qn("w:eastAsia")) if told is not None else None)


def _numbers(paper: Any) -> Iterator[Measure]:
    yield equal("even-and-odd", True, bool(paper.settings.odd_and_even_pages_header_footer))
    section = paper.sections[0]
    sides: list[str] = []
    for footer in (section.footer, section.even_page_footer):
        line = footer.paragraphs[0]
        field = "".join(one.text or "" for one in line._p.iter(qn("w:instrText")))
        sides.append(_SIDES.get(line.alignment, "none") if "PAGE" in field else "none")
    yield equal("page-numbers", "right, left", ", ".join(sides))


def _pictures(paper: Any) -> Iterator[Measure]:
    told = [bool(one.get("descr")) for one in paper.element.body.iter(qn("wp:docPr"))]
    yield Measure("alternatives", f"{len(told)} of {len(told)}", f"{sum(told)} of {len(told)}", all(told))


def _links(paper: Any) -> Iterator[Measure]:
    targets = [one.target_ref for one in paper.part.rels.values() if one.is_external]
    strange = [one for one in targets if not one.startswith(("http://", "https://"))]
    yield Measure("links", "http and https", ", ".join(strange) or "all", not strange)
