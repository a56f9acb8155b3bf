"""An attached or handed-in file: its text, or the status that says why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawlers.extraction.archives import read_7z, read_rar, read_zip
from crawlers.extraction.charset import decode
from crawlers.extraction.delimited import read_delimited
from crawlers.extraction.file_reading import FileReading, failed, locked, plain_text
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.heuristics import body_values
from crawlers.extraction.legacy_doc import read_doc
from crawlers.extraction.limits import MAX_PAGE_BYTES
from crawlers.extraction.mail import EML, read_message, subject_and_day, text_of_html
from crawlers.extraction.members import Budget
from crawlers.extraction.ocr import MISSING, Recognised, recognise_pdf, recognise_picture, tesseract
from crawlers.extraction.odf import read_odf
from crawlers.extraction.ofd import read_ofd
from crawlers.extraction.office import read_docx, unsupported
from crawlers.extraction.ole import ole_kind
from crawlers.extraction.page import file_name
from crawlers.extraction.pdf import read_pdf
from crawlers.extraction.plain import paragraphs_of, title_line
from crawlers.extraction.ppt import read_ppt
from crawlers.extraction.pptx import read_pptx
from crawlers.extraction.printed_number import number_of_file
from crawlers.extraction.rtf import read_rtf
from crawlers.extraction.sniff import sniff
from crawlers.extraction.xls import read_xls
from crawlers.extraction.xlsx import read_xlsx
from warehouse.records import AttachmentText, Extraction, Problem

_PDF_PROBLEMS = {
    "encrypted": ("encrypted-pdf", "The PDF opens only with a password."),
    "damaged": ("damaged-pdf", "The PDF is damaged and gives no text."),
    "empty": ("empty-file", "The file is empty."),
}
_SCAN = "The PDF is a scan without a text layer; its text needs recognition"
_PICTURE = "This is a picture without a text layer"


def read_file(body: bytes, kind: str, media_type: str) -> Extraction:
    """The text of a file of the sniffed kind as an attachment, with a named problem when there is none."""
    if kind == "empty":
        label = media_type.split(";")[0] or "application/octet-stream"
        read = failed("empty", label, "empty-file", "The file is empty.")
    else:
        read = _read(body, kind)
    path = f"file:{kind}:{read.by}" if read.by else f"file:{kind}"
    text = read.text if read.text.method else replace(read.text, method=read.by)
    return Extraction("attachment", path, attachment=text, problems=read.problems)


def _read(body: bytes, kind: str) -> FileReading:
    if kind in _NESTED:
        return _NESTED[kind](body, Budget(_inside))
    reader = _plain if kind == "text" else _READERS.get(kind)
    return reader(body) if reader else _unsupported(kind)


def _inside(body: bytes, name: str, budget: Budget) -> FileReading:
    """A file inside an archive or a message; scans are recognised as long as the budget has turns left."""
    kind = sniff(body, "", f"file:///{name}")
    if kind in _NESTED:
        return _NESTED[kind](body, budget)
    if kind in ("pdf", "image"):
        return _bounded_scan(body, kind, budget)
    if kind in _READERS:
        return _READERS[kind](body)
    if kind == "empty":
        return failed("empty", "application/octet-stream", "empty-file", "The file is empty.")
    if kind in _TEXTS and len(body) <= MAX_PAGE_BYTES:
        if name.lower().endswith((".csv", ".tsv")):
            return read_delimited(body)
        return _page(body) if kind == "html" else _plain(body)
    return _unsupported(kind)


def _page(body: bytes) -> FileReading:
    return plain_text("text/html", "\n".join(text_of_html(decode(body))))


def _plain(body: bytes) -> FileReading:
    return plain_text("text/plain", "\n".join(paragraphs_of(decode(body))))


def _bounded_scan(body: bytes, kind: str, budget: Budget) -> FileReading:
    recognise = budget.recognitions > 0
    read = _pdf(body, recognise) if kind == "pdf" else _picture(body, recognise)
    budget.recognitions -= any(one.code == "no-text-layer" for one in read.problems)
    return read


def _pdf(body: bytes, recognise: bool = True) -> FileReading:
    text = read_pdf(body)
    if text.status == "no_text_layer":
        return _scan(text, _SCAN, recognise_pdf(body) if recognise else None)
    known = _PDF_PROBLEMS.get(text.status)
    return FileReading(text, (Problem(*known),) if known else ())


def _picture(body: bytes, recognise: bool = True) -> FileReading:
    read = recognise_picture(body) if recognise else None
    return _scan(AttachmentText("no_text_layer", "image/*", ""), _PICTURE, read)


def _scan(text: AttachmentText, what: str, recognised: Recognised | None) -> FileReading:
    """A scan's text as it was recognised, if well enough; the quality is told in any case."""
    if recognised is None:
        how = "" if tesseract() else f"; {MISSING}"
        return FileReading(text, (Problem("no-text-layer", f"{what}{how}."),))
    problems = (Problem("no-text-layer", f"{what}."), Problem("ocr", recognised.detail))
    if not recognised.is_usable:
        return FileReading(text, problems)
    pages = text.pages or recognised.pages
    method = f"tesseract {recognised.version}".strip()
    quality = round(recognised.confidence, 3)
    kept = AttachmentText("text", text.media_type, recognised.text, pages, quality, method, recognised.places)
    return FileReading(kept, problems, "tesseract")


def _ole(body: bytes) -> FileReading:
    kind = ole_kind(body)
    if kind == "xls":
        return read_xls(body)
    if kind == "doc":
        return read_doc(body)
    if kind == "ppt":
        return read_ppt(body)
    if kind == "locked":
        return locked("application/x-ole-storage", "office file")
    return _unsupported(kind)


def _ofd(body: bytes) -> FileReading:
    return FileReading(*read_ofd(body))


def _docx(body: bytes) -> FileReading:
    text, problem = read_docx(body)
    return FileReading(text, (problem,) if problem else ())


def _xlsx(body: bytes) -> FileReading:
    text, problem = read_xlsx(body)
    return FileReading(text, (problem,) if problem else ())


def _unsupported(kind: str) -> FileReading:
    text, problem = unsupported(kind)
    return FileReading(text, (problem,))


_TEXTS = ("html", "text", "json", "xml", "feed", "ics")
_NESTED: dict[str, Callable[[bytes, Budget], FileReading]] = {
    "zip": read_zip,
    "rar": read_rar,
    "7z": read_7z,
    "eml": read_message,
}
_READERS: dict[str, Callable[[bytes], FileReading]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "pptx": read_pptx,
    "odf": read_odf,
    "ofd": _ofd,
    "ole": _ole,
    "rtf": read_rtf,
    "image": _picture,
    "csv": read_delimited,
}


def file_document(text: AttachmentText, url: str) -> Gathered:
    """A handed-in file as a document: its first telling line is the title, else the file's name.

    A message is titled by its subject and has the day on which it was sent.
    """
    paragraphs = tuple(text.text.split("\n"))
    subject, sent = subject_and_day(paragraphs) if text.media_type == EML else (None, None)
    own = tuple(body_values(paragraphs))
    numbered = any(value.field == "doc_number" for value in own)
    values = [
        *own,
        *(() if numbered or text.media_type == EML else number_of_file(paragraphs)),
        Value("title", subject or _title(paragraphs) or file_name(url), "file"),
    ]
    if sent:
        values.insert(0, Value("published", sent, "file"))
    return Gathered(tuple(values), paragraphs, f"file:{text.media_type.rsplit('/', 1)[-1][-20:]}")


def _title(paragraphs: tuple[str, ...]) -> str | None:
    """The first line that could be a title; a Chinese title broken over two lines is put together again."""
    for place, line in enumerate(paragraphs[:15]):
        if not 4 <= len(line) <= 120 or "\t" in line or line.endswith(("号", "：", ":", "文件")):
            continue
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else ""
        broken = (
            line.startswith(("关于", "国务院"))
            and not line.endswith(_TITLE_ENDS)
            and following.endswith(_TITLE_ENDS)
        )
        return title_line(line + following if broken else line)
    return None


_TITLE_ENDS = (
    "通知",
    "意见",
    "办法",
    "决定",
    "方案",
    "规定",
    "批复",
    "公告",
    "通告",
    "通报",
    "函",
    "规划",
    "细则",
    "条例",
    "报告",
)
