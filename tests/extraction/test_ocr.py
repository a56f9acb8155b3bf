"""Scans and pictures: recognised with their quality told where Tesseract is present, else `no_text_layer`."""

from __future__ import annotations

import zlib
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
import typst

from crawlers.extraction import ocr
from crawlers.extraction.files import read_file
from crawlers.extraction.read import read_capture
from crawlers.extraction.sniff import sniff
from tests.extraction.helpers import capture
from tests.needs import has_chinese_fonts
from warehouse.records import Extraction

LINES = (
    "云河省养老机构检查要点",
    "一、每月检查一次消防设施，并由机构负责人签字确认。",
    "二、每季度组织一次疏散演练。The fee is 400 yuan.",
)
recognition = pytest.mark.skipif(
    ocr.tesseract() is None or not has_chinese_fonts(),
    reason="Debian packages tesseract-ocr, tesseract-ocr-chi-sim and fonts-noto-cjk are not all installed",
)


def typeset(form: Literal["png", "pdf"]) -> bytes:
    """The lines on a small page."""
    head = "#set page(width: 210mm, height: 120mm, margin: 25mm)\n"
    text = head + '#set text(font: "Noto Serif CJK SC", size: 16pt)\n' + "\n\n".join(LINES)
    made = typst.compile(text.encode(), format=form, ppi=150)
    assert isinstance(made, bytes)
    return made


def alike(text: str) -> float:
    """How much of the lines was recognised, 1 being all; a wrong character here and there is usual."""
    return SequenceMatcher(None, text, "\n".join(LINES), autojunk=False).ratio()


def scan(pages: int = 1) -> bytes:
    """A PDF whose pages are grey pictures of the lines and nothing else."""
    bitmap = pypdfium2.PdfDocument(typeset("pdf"))[0].render(scale=200 / 72, grayscale=True)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    rows = b"".join(pixels[row * stride : row * stride + bitmap.width] for row in range(bitmap.height))
    return picture_pdf(rows, bitmap.width, bitmap.height, pages)


def picture_pdf(grey: bytes, width: int, height: int, pages: int) -> bytes:
    packed = zlib.compress(grey)
    size = f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    sheet = b"q 595 0 0 340 0 0 cm /I Do Q"
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 340] /Resources << /XObject << /I 3 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        f"<< /Type /XObject /Subtype /Image {size} /Length {len(packed)} >>\nstream\n".encode()
        + packed
        + b"\nendstream",
        f"<< /Length {len(sheet)} >>\nstream\n".encode() + sheet + b"\nendstream",
        *[leaf + b" /Contents 4 0 R >>"] * pages,
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


BLANK = picture_pdf(b"\xff" * 10_000, 100, 100, 1)


def read(body: bytes) -> Extraction:
    return read_file(body, sniff(body), "")


def status(extraction: Extraction) -> tuple[str, list[str]]:
    assert extraction.attachment is not None
    return extraction.attachment.status, [problem.code for problem in extraction.problems]


@recognition
def test_a_scanned_pdf_is_recognised_and_its_quality_told() -> None:
    extraction = read(scan())
    assert status(extraction) == ("text", ["no-text-layer", "ocr"])
    assert extraction.path == "file:pdf:tesseract"
    assert extraction.problems[1].detail.startswith("recognised by Tesseract ")
    assert float(extraction.problems[1].detail.rsplit(" ", 1)[1]) > 0.8
    assert extraction.attachment is not None
    assert extraction.attachment.pages == 1
    assert alike(extraction.attachment.text) > 0.93


@recognition
def test_a_picture_is_recognised() -> None:
    extraction = read(typeset("png"))
    assert status(extraction) == ("text", ["no-text-layer", "ocr"])
    assert extraction.attachment is not None
    assert alike(extraction.attachment.text) > 0.93


@recognition
def test_a_scan_that_is_handed_in_keeps_the_word_about_its_quality() -> None:
    extraction = read_capture(capture("file:///scan.pdf", kind="handed-in"), scan(), None)
    assert (extraction.kind, extraction.path) == ("document", "file:pdf:tesseract")
    assert [problem.code for problem in extraction.problems] == ["no-text-layer", "ocr"]


@recognition
def test_pages_beyond_the_bound_are_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MAX_OCR_PAGES", 1)
    extraction = read(scan(pages=3))
    assert extraction.problems[1].detail.endswith("; only 1 of 3 pages were read")
    assert extraction.attachment is not None
    assert extraction.attachment.pages == 3


@recognition
def test_a_page_without_writing_stays_without_text() -> None:
    extraction = read(BLANK)
    assert status(extraction) == ("no_text_layer", ["no-text-layer", "ocr"])
    assert "too poor to be kept" in extraction.problems[1].detail


@recognition
def test_a_damaged_picture_gives_no_text_and_no_crash() -> None:
    extraction = read(typeset("png")[:500])
    assert status(extraction) == ("no_text_layer", ["no-text-layer"])


@recognition
def test_recognition_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVBRIEF_OCR", "off")
    assert status(read(BLANK)) == ("no_text_layer", ["no-text-layer"])


@pytest.mark.parametrize("body", [BLANK, b"\x89PNG\r\n\x1a\n"])
def test_without_tesseract_a_scan_says_what_to_install(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    extraction = read(body)
    assert status(extraction) == ("no_text_layer", ["no-text-layer"])
    assert "tesseract-ocr-chi-sim" in extraction.problems[0].detail


@recognition
def test_without_chinese_data_nothing_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert ocr.tesseract() is None
