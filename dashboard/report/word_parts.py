"""What python-docx has no words for: East Asian faces, the line grid, page fields, rules and links."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dashboard.report.word_order import OF_RUNS, child, in_order

TIGHTER = -5  # twentieths of a point between characters: 28 of 16 pt fill 156 mm


def face(target: Any, east_asian: str, latin: str | None = None) -> None:
    """Name the face of a style or run for Chinese and, unless another is given, for Latin too."""
    target.font.name = latin or east_asian
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east_asian)


def language(style: Any, code: str) -> None:
    """The language of a style's Latin text; Chinese characters are Chinese in either paper."""
    told = in_order(style.element.get_or_add_rPr(), "w:lang", OF_RUNS)
    told.set(qn("w:val"), code)
    told.set(qn("w:eastAsia"), "zh-CN")


def line_grid(section: Any, pitch: int) -> None:
    """Lines stand on a grid of `pitch` twentieths of a point."""
    grid = child(section._sectPr, "w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(pitch))


def both_sides(paper: Any) -> None:
    """Even and odd pages have footers of their own; marks keep their full width."""
    settings = paper.settings.element
    paper.settings.odd_and_even_pages_header_footer = True
    child(settings, "w:characterSpacingControl").set(qn("w:val"), "doNotCompress")


def on_grid(style: Any) -> None:
    """Characters of the style a little tighter, its lines as `within_margins`."""
    within_margins(style.element.get_or_add_pPr())
    in_order(style.element.get_or_add_rPr(), "w:spacing", OF_RUNS).set(qn("w:val"), str(TIGHTER))


def within_margins(rules: Any) -> None:
    """Nothing hangs over the margin, no space between Chinese and figures."""
    for name in ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN"):
        in_order(rules, name).set(qn("w:val"), "0")


def off_grid(line: Any) -> None:
    """The paragraph's lines keep their own distance."""
    in_order(line._p.get_or_add_pPr(), "w:snapToGrid").set(qn("w:val"), "0")


def bare(style: Any) -> None:
    """Without the border, colour and contextual spacing of Word's own template."""
    rules = style.element.get_or_add_pPr()
    for name in ("w:pBdr", "w:contextualSpacing"):
        for found in rules.findall(qn(name)):
            rules.remove(found)
    for name in ("w:color", "w:spacing", "w:kern"):
        for found in style.element.get_or_add_rPr().findall(qn(name)):
            style.element.rPr.remove(found)


def indented(target: Any, characters: int = 2) -> None:
    """The first line of a paragraph or style begins so many characters in."""
    indent = target.element.get_or_add_pPr() if hasattr(target, "element") else target._p.get_or_add_pPr()
    found = indent.get_or_add_ind()
    found.set(qn("w:firstLineChars"), str(characters * 100))
    found.set(qn("w:firstLine"), str(int(characters * 15.75 * 20)))


def apart(line: Any, characters: int) -> None:
    """A line that ends and begins so many characters from the edges."""
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    for side in ("left", "right"):
        indent.set(qn(f"w:{side}"), str(int(characters * 15.75 * 20)))


def paragraph(paper: Any, text: str, chinese: bool) -> Any:
    """A paragraph of the body, its first line two characters in where that is the custom."""
    line = paper.add_paragraph(text)
    if chinese:
        within_margins(line._p.get_or_add_pPr())
        indented(line)
    return line


def heading(paper: Any, text: str, level: int, chinese: bool) -> Any:
    """A real heading, which Word's own contents and outline know."""
    line = paper.add_heading(text, level=level)
    if chinese:
        within_margins(line._p.get_or_add_pPr())
    return line


def run(
    line: Any, text: str, east_asian: str, latin: str | None, size: Any = None, colour: Any = None
) -> None:
    """Text in a face of its own at the end of a line."""
    added = line.add_run(text)
    face(added, east_asian, latin)
    if size is not None:
        added.font.size = size
    if colour is not None:
        added.font.color.rgb = colour


def mark(line: Any, number: int | None) -> None:
    """The raised number of a source."""
    if number is not None:
        line.add_run(f"[{number}]").font.superscript = True


def right_stop(line: Any, width: Any) -> None:
    """A tab leads to the right edge."""
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def ruled(line: Any, colour: str, side: str = "bottom") -> None:
    """A rule below or above a line."""
    border = in_order(line._p.get_or_add_pPr(), "w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    border.append(edge)


def page_number(line: Any, east_asian: str, size: Any, latin: str | None) -> None:
    """— n —, the number a field; without the dashes in an English paper."""
    dash = "" if latin else "—"
    for text in (f"{dash} " if dash else "", None, f" {dash}" if dash else ""):
        added = line.add_run(text or "")
        face(added, east_asian, latin)
        added.font.size = size
        if text is None:
            _page_field(added)


def _page_field(added: Any) -> None:
    for kind in ("begin", "instr", "separate", "text", "end"):
        if kind == "instr":
            piece = OxmlElement("w:instrText")
            piece.set(qn("xml:space"), "preserve")
            piece.text = " PAGE "
        elif kind == "text":
            piece = OxmlElement("w:t")
            piece.text = "1"
        else:
            piece = OxmlElement("w:fldChar")
            piece.set(qn("w:fldCharType"), kind)
        added._r.append(piece)


def link(line: Any, address: str) -> None:
    """An http or https address that can be clicked and is printed as it is."""
    relation = line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), relation)
    line._p.append(anchor)
    added = line.add_run(address)
    anchor.append(added._r)
