"""A report as PDF/A-2b through Typst, and what was really embedded, read back from the file."""

from __future__ import annotations

import ctypes
import json
import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from typing import Any

import pypdfium2
import typst
from pypdfium2 import raw

from dashboard.report.as_json import as_dict
from dashboard.report.columns import balanced, folded, is_tall, shares
from dashboard.report.drawn import svg_of
from dashboard.report.fonts import Faces
from dashboard.report.markdown import safe_link
from dashboard.report.model import Report
from dashboard.report.numerals import numbered
from dashboard.report.words import Words
from warehouse.errors import EnvironmentProblem

STANDARDS: list[Any] = ["a-2b", "ua-1"]  # for the archive, and readable to a screen reader
_UNPRINTED = ("url", "chart")  # a chart's letters stand in its table too
_SETTING = threading.Lock()  # one paper at a time: Typst takes what cores there are


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A written PDF with what it is made of."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]  # PostScript names of the fonts in it, read back
    missing: tuple[tuple[str, int], ...]  # characters without a glyph and how often each stood in the text
    substituted: tuple[tuple[str, str], ...]  # use and the family that stood in for its usual faces


def as_pdf(report: Report, faces: Faces) -> PdfFile:
    """The report as a PDF. A character without a glyph is printed as its code in brackets, and told.

    EnvironmentProblem when this machine has no font that could set it.
    """
    data = as_dict(report)
    counts = Counter(sign for text in _texts(data) for sign in text)
    missing = faces.missing("".join(counts))
    told = tuple((sign, counts[sign]) for sign in missing)
    if missing:
        note = Words(report.language).say("no_glyph", n=len(missing), signs=", ".join(map(_code, missing)))
        data = as_dict(replace(report, provenance=(*report.provenance, note)))
        data = _replaced(data, {ord(sign): f"[{_code(sign)}]" for sign in missing})
    written = _compiled(report, _prepared(data, report, faces), faces)
    pages, fonts = _read_back(written)
    return PdfFile(written, pages, fonts, told, tuple(sorted(_stood_in(report, faces).items())))


def _stood_in(report: Report, faces: Faces) -> dict[str, str]:
    """Substitutions among the faces this report is set in."""
    english = report.language == "en"
    return {use: name for use, name in faces.substituted.items() if (use == "latin") == english}


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _prepared(data: dict[str, Any], report: Report, faces: Faces) -> str:
    """What the template reads: the report with numbers of sections and entries, safe links and the faces."""
    numbered(data["sections"], report.language)
    for section in data["sections"]:
        section["blocks"] = [_laid_out(block, report, faces) for block in section["blocks"]]
    for one in data["references"]:
        one["link"] = safe_link(one.pop("url"))
    day, paper = report.day, report.paper
    return json.dumps(
        {
            **data,
            "draft": paper.draft if paper else "",
            "signers": paper.signers if paper else (),
            "written": paper is not None,
            "counted": paper is None or paper.numbered,
            "faces": faces.for_typst(),
            "author": report.masthead.unit or "govbrief",
            "year": day.year,
            "month": day.month,
            "date": day.day,
            "said_day": Words(report.language).day(day),
        },
        ensure_ascii=False,
    )


def _laid_out(block: dict[str, Any], report: Report, faces: Faces) -> dict[str, Any]:
    """A table with the shares of its columns, a chart with its drawing; anything else as it is."""
    chinese, kind = report.language == "zh", block["kind"]
    if kind == "grid":
        rows = [["".join(piece["text"] for piece in cell) for cell in row] for row in block["rows"]]
        heads = ["".join(piece["text"] for piece in cell) for cell in block["heads"]]
        spread = balanced(heads, rows, chinese)
        return {**block, "shares": spread, "tall": is_tall(rows, spread, chinese)}
    if kind == "figure" and block["chart"]:
        drawing = svg_of(block["chart"], faces, "hei" if chinese else "latin")
        return {**block, "chart": "", "svg": drawing}
    if kind not in ("table", "figure"):
        return block
    table = folded(block) if chinese else block
    heads, rows = table["heads"], table["rows"]
    if kind == "table":
        return {**table, "shares": shares(heads, rows)}
    spread = balanced(heads, rows, chinese)
    return {**table, "shares": spread, "tall": is_tall(rows, spread, chinese)}


def _compiled(report: Report, data: str, faces: Faces) -> bytes:
    stamp = datetime.combine(report.day, time(), UTC)  # the same briefing is the same file
    try:
        with _SETTING:
            return typst.compile(
                _template("plain.typ" if report.language == "en" else "gb9704.typ"),
                font_paths=faces.shelf.fonts,
                sys_inputs={"report": data},
                pdf_standards=STANDARDS,
                timestamp=stamp,
            )
    except typst.TypstError as error:
        raise EnvironmentProblem(
            f"The PDF cannot be set ({error.message}); install fonts such as fonts-noto-cjk, or name"
            " installed ones under [report] in govbrief.toml."
        ) from error


@cache
def _template(name: str) -> bytes:
    return (resources.files("dashboard") / "report" / name).read_bytes()


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, entry in value.items() if key not in _UNPRINTED for text in _texts(entry)]
    return [text for entry in value for text in _texts(entry)] if isinstance(value, list) else []


def _replaced(value: Any, signs: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(signs)
    if isinstance(value, dict):
        return {key: _replaced(entry, signs) for key, entry in value.items()}
    return [_replaced(entry, signs) for entry in value] if isinstance(value, list) else value


def _read_back(written: bytes) -> tuple[int, tuple[str, ...]]:
    """Number of pages and the fonts of all text on them, as the file itself has them."""
    with pypdfium2.PdfDocument(written) as paper:
        return len(paper), fonts_of(paper)


def fonts_of(paper: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """PostScript names of the fonts of all text, drawings included; marked when one is not in the file."""
    texts = (piece for page in paper for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    return tuple(sorted({_font_name(piece) for piece in texts}))


def _font_name(piece: Any) -> str:
    """The PostScript name without the subset's tag; marked when the font is not in the file."""
    font = raw.FPDFTextObj_GetFont(piece)
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    return name if raw.FPDFFont_GetIsEmbedded(font) else f"{name} (not embedded)"
