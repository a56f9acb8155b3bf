"""The layout of a PDF, measured by the places of its characters."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
from pypdfium2 import raw

from dashboard.report.layout import Layout, Measure, equal, within
from dashboard.report.measuring import MM, PAGE_HEIGHT, Line, body, pages, whole_text
from dashboard.report.pdf import fonts_of
from warehouse.errors import UserError

LINES, CHARACTERS = 22, 28
_SIZE = 156 / CHARACTERS  # a character of size 3, in mm
_CODES = re.compile(r"\[U\+[0-9A-F]{4,6}\]")  # stands for a character that no font had


def layout_of_pdf(data: bytes, fonts: frozenset[str]) -> Layout:
    """Page, margins, lines, characters, page numbers, fonts, glyphs, marks of an archive file."""
    try:
        with pypdfium2.PdfDocument(data) as paper:
            language = _language(paper)
            common = [*_sizes(paper), *_fonts(paper, fonts), *_archive(paper, data), _figures(paper)]
            number = len(paper)
    except pypdfium2.PdfiumError as error:
        raise UserError("The PDF cannot be read; its layout cannot be measured.") from error
    chinese = language.lower().startswith("zh")
    shown = pages(data) if chinese else pages(data, 9)
    measures = [*common, _glyphs(data), *(_grid(shown) if chinese else _plain(shown))]
    return Layout("pdf", language, "GB/T 9704-2012" if chinese else "", number, tuple(measures))


def _sizes(paper: pypdfium2.PdfDocument) -> Iterator[Measure]:
    found = {(round(width * MM), round(height * MM)) for width, height in (page.get_size() for page in paper)}
    yield equal("page-size", {(210, 297)}, found)


def _fonts(paper: pypdfium2.PdfDocument, fonts: frozenset[str]) -> Iterator[Measure]:
    names = fonts_of(paper)
    outside = [name for name in names if name.endswith("(not embedded)")]
    yield Measure("fonts-embedded", "all", ", ".join(outside) or "all", not outside)
    if fonts:
        strange = sorted(set(names) - fonts - set(outside))
        told = f"also {', '.join(strange)}" if strange else ", ".join(names)
        yield Measure("fonts-configured", "only those of the settings and ours", told, not strange)


def _archive(paper: pypdfium2.PdfDocument, data: bytes) -> Iterator[Measure]:
    head = data.decode("latin-1")
    part = re.search(r"<pdfaid:part>(\d)</pdfaid:part>", head)
    kind = re.search(r"<pdfaid:conformance>(\w)</pdfaid:conformance>", head)
    found = f"{part[1]}{kind[1].lower()}" if part and kind else "none"
    yield equal("pdf-a", "2b", found)
    yield equal("tagged", True, bool(raw.FPDFCatalog_IsTagged(paper)))
    title = paper.get_metadata_dict().get("Title", "")
    yield Measure("title", "set", title or "none", bool(title))


def _figures(paper: pypdfium2.PdfDocument) -> Measure:
    """Every picture is told in words."""
    told = [bool(alt) for page in paper for alt in _alternatives(page)]
    return Measure("alternatives", f"{len(told)} of {len(told)}", f"{sum(told)} of {len(told)}", all(told))


def _alternatives(page: pypdfium2.PdfPage) -> list[str]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        count = raw.FPDF_StructTree_CountChildren(tree)
        return [alt for n in range(count) for alt in _below(raw.FPDF_StructTree_GetChildAtIndex(tree, n))]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _below(element: Any) -> Iterator[str]:
    if not element:
        return
    if _said(raw.FPDF_StructElement_GetType, element) == "Figure":
        yield _said(raw.FPDF_StructElement_GetAltText, element)
    for n in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _below(raw.FPDF_StructElement_GetChildAtIndex(element, n))


def _said(ask: Any, element: Any) -> str:
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")


def _glyphs(data: bytes) -> Measure:
    text = whole_text(data, 0)
    missing = len(_CODES.findall(text)) + text.count("\ufffd")
    return Measure("missing-glyphs", "0", str(missing), not missing)


def _grid(shown: Sequence[tuple[Line, ...]]) -> Iterator[Measure]:
    """Lines, characters, margins and page numbers of the standard."""
    bodies = [body(lines) for lines in shown]
    full = [lines for lines in bodies if len(lines) == LINES]
    most = max((len(lines) for lines in bodies), default=0)
    yield Measure("lines", f"at most {LINES}", str(most), most <= LINES)
    yield Measure("full-pages", f"with {LINES} lines", str(len(full)), True if full else None)
    widest = max((line.full_width for lines in bodies for line in lines), default=0)
    yield Measure("characters", f"at most {CHARACTERS}", str(widest), widest <= CHARACTERS)
    steps = [below.y - above.y for lines in full for above, below in itertools.pairwise(lines)]
    pitch = (225 - _SIZE) / (LINES - 1)
    far = max((abs(step - pitch) for step in steps), default=None)
    yield within("line-grid", 0, far, near=0.15)
    signs = [sign for lines in bodies for line in lines for sign in line.signs if not sign.text.isspace()]
    yield within("margin-left", 28, min((sign.left for sign in signs), default=None))
    yield within("margin-right", 26, 210 - max(sign.right for sign in signs) if full else None)
    # the box of a character reaches 0.88 of its size above the baseline and 0.12 below
    yield within("margin-top", 37, min((lines[0].y - 0.88 * _SIZE for lines in full), default=None))
    last = [PAGE_HEIGHT - lines[-1].y - 0.12 * _SIZE for lines in full]
    yield within("margin-bottom", 35, min(last, default=None))
    yield from _page_numbers(shown)


def _page_numbers(shown: Sequence[tuple[Line, ...]]) -> Iterator[Measure]:
    """— 1 — in size 4, odd pages on the right, even ones on the left, its dash 7 mm below the type area."""
    wrong, depth = [], 0.0
    for number, lines in enumerate(shown, 1):
        feet = [line for line in lines if line.y > PAGE_HEIGHT - 34]
        foot = feet[0] if len(feet) == 1 else None
        if foot is None or foot.text.replace(" ", "") != f"—{number}—":
            wrong.append(number)
            continue
        dash = foot.signs[0]
        depth = max(depth, abs((dash.top + dash.bottom) / 2 - (PAGE_HEIGHT - 35 + 7)), key=abs)
        edge = 210 - 26 - foot.signs[-1].right if number % 2 else foot.signs[0].left - 28
        if abs(edge - 5) > 1 or abs(foot.signs[0].size - 14) > 0.5:
            wrong.append(number)
    told = f"pages {', '.join(map(str, wrong))} differ" if wrong else "all"
    yield Measure("page-numbers", "— n —, odd right, even left", told, not wrong)
    yield within("page-number-depth", 0, depth)


def _plain(shown: Sequence[tuple[Line, ...]]) -> Iterator[Measure]:
    """Margins of 25 mm, which nothing hangs over."""
    signs = [
        sign for lines in shown for line in lines for sign in line.signs if 25 < sign.y < PAGE_HEIGHT - 24
    ]
    yield within("margin-left", 25, min((sign.left for sign in signs), default=None))
    right = 210 - max((sign.right for sign in signs), default=185.0)
    yield Measure("margin-right", "at least 24 mm", f"{right:.2f} mm", right >= 24)


def _language(paper: pypdfium2.PdfDocument) -> str:
    size = raw.FPDFCatalog_GetLanguage(paper, None, 0)
    if not size:
        return ""
    buffer = (ctypes.c_ushort * size)()
    raw.FPDFCatalog_GetLanguage(paper, buffer, len(buffer))
    return bytes(buffer).decode("utf-16-le").split("\0")[0]
