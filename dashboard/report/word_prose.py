"""The parts of written papers in a DOCX: runs with references, quotations, lists, tables, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.report import word_parts as parts
from dashboard.report import word_tables
from dashboard.report.columns import folded

Piece = dict[str, Any]
SMALL = 10.5  # points of notes under a figure


@dataclass(frozen=True, slots=True)
class Looks:
    """What differs between a Chinese paper on the grid and an English one."""

    chinese: bool
    faces: dict[str, str]
    size: Pt
    margins: tuple[int, int, int, int]  # top, right, bottom, left, in millimetres

    @property
    def width(self) -> int:
        """Of the type area."""
        return int(Mm(210 - self.margins[1] - self.margins[3]))


def rich(line: Any, pieces: Iterable[Piece], looks: Looks) -> None:
    """Pieces at the end of a line: strong in Hei or bold, stressed in Kai or italic, marks raised."""
    latin = looks.faces.get("latin")
    for piece in pieces:
        if looks.chinese and (piece["strong"] or piece["emphasis"]):
            parts.run(line, piece["text"], looks.faces["hei" if piece["strong"] else "kai"], latin)
            continue
        added = line.add_run(piece["text"])
        added.font.bold = True if piece["strong"] else None
        added.font.italic = True if piece["emphasis"] and is_latin(piece["text"]) else None
        if piece["raised"]:
            added.font.superscript = True


def block(paper: Any, one: dict[str, Any], looks: Looks, picture: bytes | None) -> None:
    """One block; `picture` is the drawing of a chart."""
    kind = one["kind"]
    if kind == "heading":
        number = one["number"] + ("" if looks.chinese else "  ")
        rich(parts.heading(paper, number, one["level"], looks.chinese), one["pieces"], looks)
    elif kind == "quote":
        line = paper.add_paragraph(style="Quote")
        rich(line, one["pieces"], looks)
        if looks.chinese:
            parts.within_margins(line._p.get_or_add_pPr())
    elif kind == "listed":
        _point(paper, one, looks)
    elif kind == "grid":
        told = {**one, "heads": [_text(pieces) for pieces in one["heads"]]}
        told["rows"] = [[_text(cell) for cell in row] for row in one["rows"]]
        made = word_tables.table(paper, told, looks.faces["hei"], looks.width, looks.chinese, True)
        _cells(made, one, looks)
    elif kind == "figure":
        _figure(paper, one, looks, picture)
    else:
        rich(parts.paragraph(paper, "", looks.chinese), one["pieces"], looks)


def styles(paper: Any, looks: Looks) -> None:
    """The third heading, quotations and captions in the paper's own faces."""
    faces, latin = looks.faces, looks.faces.get("latin")
    for name, use in (("Heading 3", "fangsong"), ("Quote", "kai"), ("Caption", "hei")):
        style = paper.styles[name]
        parts.bare(style)
        parts.face(style, faces[use], latin)
        style.font.size = looks.size
        style.font.italic = False
        style.font.bold = not looks.chinese and name != "Quote"
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0) if looks.chinese else Pt(4)
        if looks.chinese:
            form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
    quote = paper.styles["Quote"].paragraph_format
    quote.left_indent = Pt(2 * 15.75) if looks.chinese else Mm(8)
    if looks.chinese:
        parts.indented(paper.styles["Heading 3"])
        parts.indented(paper.styles["Quote"])
    else:
        quote.right_indent = Mm(8)
    caption = paper.styles["Caption"].paragraph_format
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER if looks.chinese else WD_ALIGN_PARAGRAPH.LEFT
    caption.keep_with_next = True


def is_latin(text: str) -> bool:
    """Whether the text may be set in italics: Chinese has none, and a program would slant its signs."""
    return not any("\u3400" <= sign <= "\u9fff" for sign in text)


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece["text"] for piece in pieces)


def _cells(made: Any, one: dict[str, Any], looks: Looks) -> None:
    """Faces and marks of cells, whose widths were worked out from their text."""
    for row, told in zip(made.rows[1:], one["rows"], strict=True):
        for cell, pieces in zip(row.cells, told, strict=False):
            line = cell.paragraphs[0]
            for found in list(line.runs):
                line._p.remove(found._r)
            rich(line, pieces, looks)


def _point(paper: Any, one: dict[str, Any], looks: Looks) -> None:
    """A point of a list: its number is text, so that every face of the settings prints it."""
    line = parts.paragraph(paper, one["label"] + ("" if looks.chinese else "\t"), looks.chinese)
    rich(line, one["pieces"], looks)
    if looks.chinese:
        parts.indented(line, 2 + 2 * one["depth"])
        return
    form = line.paragraph_format
    form.left_indent, form.first_line_indent = Mm(8 * (1 + one["depth"])), Mm(-8)


def _figure(paper: Any, one: dict[str, Any], looks: Looks, picture: bytes | None) -> None:
    """A chart over its caption, a table under it; below both what it rests on, in small letters."""
    titled = f"{one['label']}{'　' if looks.chinese else '  '}{one['title']}"
    unit = one["unit"] and (f"（{one['unit']}）" if looks.chinese else f" ({one['unit']})")
    if picture is None:
        caption = paper.add_paragraph(titled + unit, style="Caption")
        table = folded(one) if looks.chinese else one
        word_tables.table(paper, table, looks.faces["hei"], looks.width, looks.chinese, True)
    else:
        _picture(paper, picture, one["alternative"], titled, looks)
        caption = paper.add_paragraph(titled + unit, style="Caption")
    parts.within_margins(caption._p.get_or_add_pPr())
    if one["caption"]:
        parts.paragraph(paper, one["caption"], looks.chinese)
    told = ("" if looks.chinese else " ").join(text for text in (one["note"], one["source"]) if text)
    line = paper.add_paragraph()
    parts.run(line, told, looks.faces["song"], looks.faces.get("latin"), Pt(SMALL if looks.chinese else 9))
    if looks.chinese:  # two small lines stand on one of the grid
        line.paragraph_format.line_spacing = Pt(28.95 / 2)
        parts.off_grid(line)


def _picture(paper: Any, picture: bytes, alternative: str, title: str, looks: Looks) -> None:
    """The drawing as wide as the type area; exact line spacing would cut it to one line."""
    line = paper.add_paragraph()
    form = line.paragraph_format
    form.line_spacing_rule, form.keep_with_next = WD_LINE_SPACING.SINGLE, True
    form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    parts.off_grid(line)
    shape = line.add_run().add_picture(io.BytesIO(picture), width=looks.width)
    for side in ("T", "B", "L", "R"):  # else LibreOffice keeps an eighth of an inch free
        shape._inline.set(f"dist{side}", "0")
    told = shape._inline.docPr
    told.set("descr", alternative)
    told.set("title", title)
    held = shape._inline.graphic.graphicData.find(f".//{qn('pic:cNvPr')}")
    held.set("descr", alternative)
    held.set("name", "chart.png")
