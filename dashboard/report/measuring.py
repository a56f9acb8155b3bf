"""Reading a PDF as a person with a ruler would: lines by their baselines, characters and ink."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72
PAGE_HEIGHT = 297.0
SMALL = 12.0  # points: marks of sources, notes of figures and the sample's line are set below it
_HEADER, _FOOTER = 30.0, 34.0  # mm from above and below that are outside the type area


@dataclass(frozen=True, slots=True)
class Sign:
    """One printed character: where it stands on its line and where its ink is, in mm from top left."""

    text: str
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    size: float  # points


@dataclass(frozen=True, slots=True)
class Line:
    """The characters of one line, from left to right."""

    y: float
    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(sign.text for sign in self.signs)

    @property
    def full_width(self) -> int:
        """How many characters take a full place of the grid."""
        return sum(east_asian_width(sign.text) in "WF" or sign.text in "“”‘’…—" for sign in self.signs)


def pages(data: bytes, least: float = SMALL) -> list[tuple[Line, ...]]:
    """The lines of every page, top to bottom; raised marks and small print are left out."""
    with pypdfium2.PdfDocument(data) as paper:
        return [tuple(_lines([sign for sign in _signs(page) if sign.size >= least])) for page in paper]


def whole_text(data: bytes, least: float = SMALL) -> str:
    """The text of the type areas in the order of the file, without spaces and what is smaller."""
    with pypdfium2.PdfDocument(data) as paper:
        signs = [sign for page in paper for sign in _signs(page) if sign.size >= least]
    return "".join(sign.text for sign in signs if sign.y < PAGE_HEIGHT - 30 and not sign.text.isspace())


def body(lines: tuple[Line, ...]) -> list[Line]:
    """The lines of the type area: without the page number below it and the mark of a draft above."""
    return [line for line in lines if _HEADER < line.y < PAGE_HEIGHT - _FOOTER]


def _signs(page: pypdfium2.PdfPage) -> Iterator[Sign]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    placed = raw.FS_MATRIX()
    for n in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, n)
        if raw.FPDFText_IsGenerated(text, n) or code < 32 or chr(code) == "\u2060":
            continue
        raw.FPDFText_GetCharOrigin(text, n, x, y)
        raw.FPDFText_GetMatrix(text, n, placed)
        left, bottom, right, top = text.get_charbox(n)
        yield Sign(
            chr(code),
            x.value * MM,
            PAGE_HEIGHT - y.value * MM,
            left * MM,
            right * MM,
            PAGE_HEIGHT - top * MM,
            PAGE_HEIGHT - bottom * MM,
            raw.FPDFText_GetFontSize(text, n) * math.hypot(placed.c, placed.d),  # as drawn
        )


def _lines(signs: list[Sign]) -> Iterator[Line]:
    line: list[Sign] = []
    for sign in sorted(signs, key=lambda one: one.y):
        if line and sign.y - line[0].y > 2:
            yield Line(line[0].y, tuple(sorted(line, key=lambda one: one.x)))
            line = []
        line.append(sign)
    if line:
        yield Line(line[0].y, tuple(sorted(line, key=lambda one: one.x)))
