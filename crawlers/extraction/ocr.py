"""Scans and pictures read with Tesseract, when this machine has it with its Chinese and English data."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from crawlers.extraction.limits import (
    MAX_OCR_PAGES,
    MAX_OCR_PIXELS,
    OCR_CONFIDENCE,
    OCR_DPI,
    OCR_LETTERS,
    OCR_SECONDS,
)
from crawlers.extraction.pdf import join_lines
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.programs import ProgramFailed, find, run
from warehouse.places import Spot

_LANGUAGES = ("chi_sim", "eng")
_FEW_CHINESE = 0.2  # of the letters read: a page with fewer Chinese ones is read again with English
_WORD = "5"  # the level of a row of Tesseract's table that holds a word
_NOISE = 45  # lines less sure than this are rules, seals and specks
MISSING = "install tesseract-ocr and tesseract-ocr-chi-sim to have scans recognised"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read from pictures, how sure the program was (0 to 1), and on how many of the pages."""

    text: str
    confidence: float
    version: str
    pages_read: int
    pages: int
    places: str = ""  # which lines stand on which page

    @property
    def is_usable(self) -> bool:
        """Whether it is more than the noise that specks and seals give."""
        letters = sum(1 for character in self.text if character.isalnum())
        return letters >= OCR_LETTERS and self.confidence >= OCR_CONFIDENCE

    @property
    def detail(self) -> str:
        """One sentence for people: the program, its quality and what it did not reach."""
        said = f"recognised by Tesseract {self.version}, mean confidence {self.confidence:.2f}"
        if self.pages_read < self.pages:
            said += f"; only {self.pages_read} of {self.pages} pages were read"
        return said if self.is_usable else f"{said}; too poor to be kept"


def tesseract() -> str | None:
    """The program, unless it or its data are missing or GOVBRIEF_OCR is `off`."""
    program = find("tesseract")
    if program is None or os.environ.get("GOVBRIEF_OCR", "").lower() in ("off", "0", "no"):
        return None
    return program if set(_LANGUAGES) <= _about(program, os.environ.get("TESSDATA_PREFIX", ""))[1] else None


def recognise_pdf(body: bytes) -> Recognised | None:
    """The text of a scanned PDF's pages; None when recognition is not to be had or no page could be read."""
    import pypdfium2

    program = tesseract()
    if program is None:
        return None
    document = pypdfium2.PdfDocument(body)
    try:
        count = len(document)
        pictures = (_drawer(document, number) for number in range(min(count, MAX_OCR_PAGES)))
        return _recognise(program, pictures, count)
    finally:
        document.close()


def recognise_picture(body: bytes) -> Recognised | None:
    """The text of a picture file (PNG, JPEG, TIFF, GIF, BMP)."""
    program = tesseract()
    return _recognise(program, iter((lambda: body,)), 1) if program else None


def _recognise(program: str, pictures: Iterator[Callable[[], bytes]], pages: int) -> Recognised | None:
    end = time.monotonic() + OCR_SECONDS
    text = PlacedLines()
    sureness: list[float] = []
    read = 0
    for number, draw in enumerate(pictures, start=1):
        try:
            words = _page_words(program, draw(), end)
        except ProgramFailed:
            if time.monotonic() >= end - 1:
                break
            continue
        read += 1
        sureness += [word.confidence for word in words]
        text.keep(join_lines("\n".join(_lines(words))), Spot(page=number))
    if not read:
        return None
    confidence = sum(sureness) / len(sureness) / 100 if sureness else 0.0
    version = _about(program, os.environ.get("TESSDATA_PREFIX", ""))[0]
    return Recognised(text.text, confidence, version, read, pages, text.places)


def _page_words(program: str, picture: bytes, end: float) -> list[_Word]:
    """The words of one picture: by the Chinese data alone (they know Latin letters too), else with English.

    Both at once cost a Chinese page whole lines: the two readings compete and the worse one often wins.
    """
    words = list(_words(_table(program, picture, _LANGUAGES[0], end - time.monotonic())))
    text = "".join(word.text for word in words)
    letters = sum(1 for character in text if character.isalpha())
    chinese = sum(1 for character in text if "\u4e00" <= character <= "\u9fff")
    if chinese > _FEW_CHINESE * letters or end - time.monotonic() < 1:
        return words
    return list(_words(_table(program, picture, "+".join(_LANGUAGES), end - time.monotonic())))


def _table(program: str, picture: bytes, languages: str, seconds: float) -> str:
    """Tesseract's table of words for one picture."""
    if seconds < 1:
        raise ProgramFailed("the time for recognition is over")
    with tempfile.TemporaryDirectory(prefix="govbrief-") as folder:
        file = Path(folder) / "page"
        file.write_bytes(picture)
        command = [program, file.name, "stdout", "-l", languages, "--dpi", str(OCR_DPI), "tsv"]
        return run(command, file.parent, seconds).decode("utf-8", "replace")


def _drawer(document: object, number: int) -> Callable[[], bytes]:
    """A function that draws a page in grey, as a PGM file, when its turn has come."""

    def draw() -> bytes:
        import pypdfium2

        try:
            page = document[number]  # type: ignore[index]
            width, height = page.get_size()
            room = (MAX_OCR_PIXELS / max(width * height, 1.0)) ** 0.5
            bitmap = page.render(scale=min(OCR_DPI / 72, room), grayscale=True)
        except pypdfium2.PdfiumError as error:
            raise ProgramFailed(f"page {number + 1} cannot be drawn") from error
        pixels, line = bytes(bitmap.buffer), bitmap.stride
        rows = [pixels[top * line : top * line + bitmap.width] for top in range(bitmap.height)]
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)

    return draw


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[str, ...]  # block, paragraph and line
    confidence: float
    text: str


def _words(table: str) -> Iterator[_Word]:
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD and cells[11].strip():
            yield _Word(tuple(cells[2:5]), max(0.0, float(cells[10])), cells[11].strip())


def _lines(words: list[_Word]) -> Iterator[str]:
    """The words of a line, spaces only between Latin ones: Tesseract parts every Chinese character."""
    for _, group in groupby(words, key=lambda word: word.line):
        line, together = "", list(group)
        if sum(word.confidence for word in together) < _NOISE * len(together):
            continue
        for word in together:
            spaced = line[-1:].isascii() and word.text[0].isascii() and line
            line += f" {word.text}" if spaced else word.text
        yield line


@cache
def _about(program: str, data: str) -> tuple[str, frozenset[str]]:
    """The version and the languages of a Tesseract (`data`: where it was told to look for them)."""
    with tempfile.TemporaryDirectory(prefix="govbrief-") as folder:
        try:
            version = run([program, "--version"], Path(folder)).decode("utf-8", "replace")
            languages = run([program, "--list-langs"], Path(folder)).decode("utf-8", "replace")
        except ProgramFailed:
            return "", frozenset()
    found = re.search(r"tesseract\s+v?(\d+(?:\.\d+)*)", version)
    return found.group(1) if found else "", frozenset(languages.split())
