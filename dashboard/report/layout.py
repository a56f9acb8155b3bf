"""Whether a report's own file keeps GB/T 9704-2012, measured on the finished PDF or DOCX.

An English paper is no matter of that standard: of it page, margins, fonts and archive marks are measured.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from warehouse.errors import UserError

NEAR = 1.0  # millimetres: the tolerance that the standard gives its margins


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured: what the standard or the settings want, what the file has."""

    name: str
    wanted: str
    found: str
    ok: bool | None  # None where the file is too short to tell


@dataclass(frozen=True, slots=True)
class Layout:
    """All that was measured of one file."""

    format: str  # pdf | docx
    language: str
    standard: str  # GB/T 9704-2012, "" for an English paper
    pages: int | None  # None for a DOCX, whose pages are made by the program that opens it
    measures: tuple[Measure, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing measured differs from what is wanted."""
        return all(one.ok is not False for one in self.measures)

    @property
    def failures(self) -> tuple[Measure, ...]:
        """What differs."""
        return tuple(one for one in self.measures if one.ok is False)


def layout_of(data: bytes, fonts: frozenset[str] = frozenset()) -> Layout:
    """The layout of a written report, told from its first bytes.

    `fonts` are the names that may be in it (`Faces.postscript_names()` for a PDF, families named by the
    settings for a DOCX); without them only whether they are embedded, or named, is measured. UserError for a
    file that is neither PDF nor DOCX or cannot be read.
    """
    if data.startswith(b"%PDF-"):
        from dashboard.report.layout_pdf import layout_of_pdf

        return layout_of_pdf(data, fonts)
    if data.startswith(b"PK"):
        from dashboard.report.layout_word import layout_of_docx

        return layout_of_docx(data, fonts)
    raise UserError("The file is neither a PDF nor a DOCX; its layout cannot be measured.")


def layout_dict(layout: Layout) -> dict[str, Any]:
    """The layout as JSON values."""
    return {**asdict(layout), "ok": layout.ok}


def within(name: str, wanted: float, found: float | None, unit: str = "mm", near: float = NEAR) -> Measure:
    """A length that may differ by so much; None was not to be measured."""
    if found is None:
        return Measure(name, f"{wanted:g} ± {near:g} {unit}", "not measured", None)
    ok = abs(found - wanted) <= near
    return Measure(name, f"{wanted:g} ± {near:g} {unit}", f"{found:.2f} {unit}", ok)


def equal(name: str, wanted: object, found: object) -> Measure:
    """Something that has to be as it is wanted."""
    return Measure(name, str(wanted), str(found), wanted == found)
