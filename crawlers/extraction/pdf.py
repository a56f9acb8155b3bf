"""Text of PDF files, within bounds and with an honest status."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.extraction.limits import (
    MAX_PARAGRAPH,
    MAX_PDF_PAGES,
    MAX_TABLE_PAGES,
    NO_LAYER_CHARACTERS,
    NO_LAYER_PER_PAGE,
)
from crawlers.extraction.pdf_pieces import Effort, NumberedLines, Piece, TableRun, pieces_of
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import paragraphs_of
from warehouse.places import Spot
from warehouse.records import AttachmentText

PDF = "application/pdf"
_LETTERS = re.compile(r"\w")
_MAX_TEXT = 20_000_000


def read_pdf(body: bytes) -> AttachmentText:
    """Status `text`, `no_text_layer`, `encrypted`, `damaged` or `empty`, with the pages counted.

    A layer with fewer than 100 letters and digits in all, or fewer than 40 a page in a file of several
    pages, is a stamp or a header on a scan and counts as `no_text_layer`; what it says is kept all the same.
    """
    import pypdfium2

    if not body:
        return AttachmentText("empty", PDF, "")
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        return AttachmentText("encrypted" if locked else "damaged", PDF, "")
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: object) -> AttachmentText:
    count = len(document)  # type: ignore[arg-type]
    pages: list[Sequence[Piece]] = []
    effort = Effort()
    damaged = size = 0
    for number in range(min(count, MAX_PDF_PAGES)):
        pieces = _page_pieces(document, number, effort)
        damaged += pieces is None
        pages.append(pieces or ())
        size += sum(len(piece) for piece in pieces or () if isinstance(piece, str))
        if size > _MAX_TEXT:
            break
    read = _placed(pages)
    whole = read.text
    letters = len(_LETTERS.findall(whole))
    if count == 0:
        return AttachmentText("damaged", PDF, "", 0)
    if letters == 0 and damaged == len(pages):
        return AttachmentText("damaged", PDF, "", count)
    if letters < NO_LAYER_CHARACTERS and not _has_index(document):
        return AttachmentText("damaged", PDF, whole, count, places=read.places)
    thin = letters < NO_LAYER_CHARACTERS or (count > 1 and letters < NO_LAYER_PER_PAGE * count)
    status = "no_text_layer" if thin else "text"
    return AttachmentText(status, PDF, whole, count, places=read.places)


def _placed(pages: Sequence[Sequence[Piece]]) -> PlacedLines:
    """The lines of all pages; a page without any is one empty line between two others."""
    placed = PlacedLines()
    tables = TableRun()
    for number, pieces in enumerate(pages, start=1):
        before = len(placed.lines)
        for piece in pieces:
            if isinstance(piece, str):
                placed.keep(join_lines(piece), Spot(page=number))
            elif isinstance(piece, NumberedLines):
                for line, text in piece.lines:
                    placed.keep([text], Spot(page=number, row=line))
            else:
                tables.add(placed, piece, number)
        if len(placed.lines) == before:
            placed.keep([""], Spot(page=number))
    return placed.without_blank_ends()


def _has_index(document: object) -> bool:
    """Whether the file's own table of contents was sound; without it text may be lost."""
    from pypdfium2 import raw

    return bool(raw.FPDF_DocumentHasValidCrossReferenceTable(document.raw))  # type: ignore[attr-defined]


def _page_pieces(document: object, number: int, effort: Effort) -> Sequence[Piece] | None:
    """Running text and tables of a page in reading order; None when the page does not open."""
    import pypdfium2

    try:
        page = document[number]  # type: ignore[index]
        text_page = page.get_textpage()
        text = str(text_page.get_text_bounded())
        pieces: Sequence[Piece] = (text,)
        if number < MAX_TABLE_PAGES:
            pieces = pieces_of(page, text_page, text, effort)
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return pieces


_END = re.compile(r"[。！？；：:.!?;”’）)】]$")
_CHINESE_END = re.compile(r"[\u4e00-\u9fff，、“（《〔]$")
_NEW = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十百]+[条章节]|\d+[.．、]|附件|[（(]此件)"
)


def join_lines(text: str) -> list[str]:
    """Lines of a page; a Chinese line that was only broken by the page's width is joined with the next."""
    joined: list[str] = []
    width = 0
    for line in paragraphs_of(text):
        full = (
            joined
            and _CHINESE_END.search(joined[-1])
            and not _NEW.match(line)
            and _ends_full(joined[-1], width)
        )
        if full and len(joined[-1]) < MAX_PARAGRAPH:
            joined[-1] += line
        else:
            joined.append(line)
        width = max(width, len(line))
    return joined


def _ends_full(paragraph: str, width: int) -> bool:
    """Whether the last line reached about the right margin."""
    return width >= 15 and len(paragraph) >= width - 2
