"""A report as DOCX in the geometry of GB/T 9704-2012, with headings, page numbers by side, and language.

Faces are named, not embedded: officials' machines have them. What made 22 lines of 28 characters in trials:
a line grid of 579 twentieths, exact spacing of 28.95 pt, 16 pt type set tighter by a quarter of a point.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor

from dashboard.report import word_parts as parts
from dashboard.report import word_prose, word_tables
from dashboard.report.as_json import as_dict
from dashboard.report.columns import folded
from dashboard.report.drawn import png_of
from dashboard.report.fonts import Faces, faces_of
from dashboard.report.markdown import safe_link
from dashboard.report.model import Reference, Report
from dashboard.report.numerals import numbered
from dashboard.report.word_prose import Looks
from dashboard.report.words import Words
from warehouse.home import ReportLook

LINE = Pt(28.95)
_LONGEST = 255  # characters of a property
# Names as the faces are installed on officials' machines (GB/T 9704-2012, 5.2.2).
_NAMED = {
    "fangsong": "仿宋_GB2312",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "song": "宋体",
    "title": "方正小标宋简体",
}


def as_docx(report: Report, look: ReportLook | None = None, faces: Faces | None = None) -> bytes:
    """The report as the bytes of a DOCX file; the same report gives the same text, headings and numbers.

    `faces` are those in which charts are drawn: a picture cannot leave that to Word.
    """
    look = look or ReportLook()
    looks = _looks(report, look)
    paper = Document()
    _page(paper, looks)
    _styles(paper, looks)
    _properties(paper, report)
    _footers(paper, report, looks)
    _masthead(paper, report, looks)
    _body(paper, report, looks, faces or faces_of(None, look))
    _sources(paper, report)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def named_faces(look: ReportLook) -> frozenset[str]:
    """The Chinese faces that a DOCX of these settings names, in either language."""
    chosen = {(*getattr(look, use), name)[0] for use, name in _NAMED.items()}
    return frozenset(chosen | {_NAMED["song"]})


def _looks(report: Report, look: ReportLook) -> Looks:
    """The first face a setting names, else the usual one."""
    chosen = {use: (*getattr(look, use), name)[0] for use, name in _NAMED.items()}
    if report.language == "zh":
        return Looks(True, chosen, Pt(16), (37, 26, 35, 28))
    serif = (*look.latin, "Times New Roman")[0]
    return Looks(False, {**dict.fromkeys(_NAMED, _NAMED["song"]), "latin": serif}, Pt(11), (25, 25, 25, 25))


def _page(paper: Any, looks: Looks) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, right, bottom, left = looks.margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    # the dash of the page number 7 mm below the type area
    section.footer_distance = Mm(bottom - 10) if looks.chinese else Mm(12)
    section.header_distance = Mm(15)
    if looks.chinese:
        parts.line_grid(section, 579)
    parts.both_sides(paper)


def _styles(paper: Any, looks: Looks) -> None:
    """Normal carries the grid; headings differ in face alone (7.3.3), the title also in size."""
    faces, latin = looks.faces, looks.faces.get("latin")
    normal = paper.styles["Normal"]
    normal.font.size = looks.size
    parts.face(normal, faces["fangsong"], latin)
    parts.language(normal, "en-US" if looks.chinese else "en-GB")
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0) if looks.chinese else Pt(4)
    form.widow_control = False
    if looks.chinese:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        parts.on_grid(normal)
    for name, use, size in (("Title", "title", 22), ("Heading 1", "hei", 16), ("Heading 2", "kai", 16)):
        style = paper.styles[name]
        parts.bare(style)
        parts.face(style, faces[use], latin)
        style.font.size = Pt(size if looks.chinese else {"Title": 22, "Heading 1": 14, "Heading 2": 11}[name])
        style.font.bold = not looks.chinese
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(0) if looks.chinese else Pt(10)
        style.paragraph_format.space_after = Pt(0) if looks.chinese else Pt(4)
        if looks.chinese:
            parts.indented(style)
    word_prose.styles(paper, looks)
    if looks.chinese:
        title = paper.styles["Title"].paragraph_format
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.line_spacing_rule, title.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2 * 28.95)
        parts.indented(paper.styles["Title"], 0)


def _properties(paper: Any, report: Report) -> None:
    told = paper.core_properties
    told.title, told.author = report.title[:_LONGEST], (report.masthead.unit or "govbrief")[:_LONGEST]
    told.subject, told.language = report.subject[:_LONGEST], "zh-CN" if report.language == "zh" else "en-GB"
    told.comments, told.keywords = report.sample, report.publication_id
    told.last_modified_by = told.author
    told.created = told.modified = datetime.combine(report.day, time())


def _footers(paper: Any, report: Report, looks: Looks) -> None:
    """Odd pages number on the right, even ones on the left, one character from the edge."""
    section = paper.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = side
        parts.page_number(line, looks.faces["song"], Pt(14 if looks.chinese else 9), looks.faces.get("latin"))
        if looks.chinese:
            parts.apart(line, 1)
    mark = "　".join(one for one in (report.sample_mark, report.paper.draft if report.paper else "") if one)
    if mark:
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            run = header.paragraphs[0].add_run(mark)
            run.font.size = Pt(14 if report.paper and report.paper.draft else 10.5)
            parts.face(run, looks.faces["hei"], looks.faces.get("latin"))


def _masthead(paper: Any, report: Report, looks: Looks) -> None:
    head, faces = report.masthead, looks.faces
    latin = faces.get("latin")
    if head.mark:
        parts.run(paper.add_paragraph(), head.mark, faces["hei"], latin)
    for text, size, colour in ((head.red_head, 36, RGBColor(0xC8, 0x10, 0x2E)), (head.series, 26, None)):
        if text:
            line = paper.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            line.paragraph_format.line_spacing = Pt(2 * 28.95)
            parts.run(line, text, faces["title"], latin, Pt(size), colour)
    if head.issue:
        paper.add_paragraph(head.issue).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if head.series or head.red_head or head.unit:
        width = sum((210, -looks.margins[1], -looks.margins[3]))
        line = paper.add_paragraph(f"{head.unit}\t{Words(report.language).day(report.day)}")
        parts.right_stop(line, Mm(width))
        parts.ruled(line, "C8102E" if head.red_head else "000000")
        if looks.chinese:
            paper.add_paragraph()
    paper.add_paragraph(report.title, style="Title")
    for text, use in ((report.dateline, "kai"), (report.sample, "hei")):
        if text:
            line = paper.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER if looks.chinese else WD_ALIGN_PARAGRAPH.LEFT
            parts.run(line, text, faces[use], latin)
    if looks.chinese:
        paper.add_paragraph()


def _body(paper: Any, report: Report, looks: Looks, charts: Faces) -> None:
    for text in report.lead:
        parts.paragraph(paper, text, looks.chinese)
    sections: list[dict[str, Any]] = as_dict(report)["sections"]
    numbered(sections, report.language)
    for section in sections:
        if section["heading"]:
            number = f"{section['number']}、" if looks.chinese else f"{section['number']}  "
            line = parts.heading(paper, number + section["heading"], 1, looks.chinese)
            word_prose.rich(line, section.get("cited", ()), looks)
        for block in section["blocks"]:
            _block(paper, block, looks, charts)
    for text in report.paper.signers if report.paper else ():
        parts.paragraph(paper, text, looks.chinese)
    for place, text in enumerate(report.provenance):
        line = parts.paragraph(paper, text, looks.chinese)
        if not place:
            parts.ruled(line, "000000", "top")


def _block(paper: Any, block: dict[str, Any], looks: Looks, charts: Faces) -> None:
    if block["kind"] == "table":
        word_tables.table(paper, folded(block), looks.faces["hei"], looks.width, looks.chinese)
    elif block["kind"] == "entry":
        number = f"（{block['number']}）" if looks.chinese else f"{block['number']}  "
        heading = parts.heading(paper, number + block["title"], 2, looks.chinese)
        parts.mark(heading, block["reference"])
        parts.paragraph(paper, ("" if looks.chinese else " ").join(block["lines"]), looks.chinese)
    elif block["kind"] not in ("point", "paragraph"):
        chart = block.get("chart")
        picture = png_of(chart, charts, "hei" if looks.chinese else "latin") if chart else None
        word_prose.block(paper, block, looks, picture)
    else:
        number = f"{block['number']}{'．' if looks.chinese else '  '}" if block["kind"] == "point" else ""
        line = parts.paragraph(paper, number + block["text"], looks.chinese)
        parts.mark(line, block["reference"])


def _sources(paper: Any, report: Report) -> None:
    if not report.references:
        return
    chinese = report.language == "zh"
    apart = "" if chinese else " "
    parts.heading(paper, report.reference_heading, 1, chinese)
    counted = report.paper is None or report.paper.numbered
    for one in report.references:
        number = f"[{one.number}]{apart}" if counted else ""
        line = parts.paragraph(paper, "" if one.italics else f"{number}{one.text}{apart}", chinese)
        if one.italics:
            _entry(line, one, number, apart)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT  # an address leaves half lines that must not be stretched
        link = safe_link(one.url)
        if link:
            parts.link(line, link)
        if one.note:
            line.add_run(one.note)


def _entry(line: Any, one: Reference, number: str, apart: str) -> None:
    """The reference without its address, titles in italics where the style has them so."""
    line.add_run(number)
    at = 0
    for start, end in one.italics:
        line.add_run(one.text[at:start])
        line.add_run(one.text[start:end]).font.italic = word_prose.is_latin(one.text[start:end]) or None
        at = end
    line.add_run(one.text[at:] + apart)
