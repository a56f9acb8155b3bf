"""Where the schema of DOCX wants an element among its sisters; Word refuses files that have another order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Orders in the schema (ECMA-376 part 1: CT_PPrBase, CT_RPr, CT_TblPr).
_PARAGRAPHS = (
    "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:suppressLineNumbers"
    " w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct"
    " w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing"
    " w:mirrorIndents w:suppressOverlap w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl"
    " w:divId w:cnfStyle w:rPr w:sectPr w:pPrChange"
)
_RUNS = (
    "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:dstrike w:outline w:shadow w:emboss"
    " w:imprint w:noProof w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern w:position w:sz"
    " w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em w:lang"
    " w:eastAsianLayout w:specVanish w:oMath"
)
_TABLES = (
    "w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc"
    " w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook"
)
OF_PARAGRAPHS, OF_RUNS, OF_TABLES = _PARAGRAPHS.split(), _RUNS.split(), _TABLES.split()


def in_order(properties: Any, name: str, order: Sequence[str] = OF_PARAGRAPHS) -> Any:
    """The property of that name, made where the schema wants it."""
    found = properties.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        properties.insert_element_before(found, *order[order.index(name) + 1 :])
    return found


def child(parent: Any, name: str) -> Any:
    """The child element of that name, made at the end when there is none."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    return found
