"""An attached or handed-in file: its text, or the status that says why there is none."""

from __future__ import annotations

from crawlers.extraction.office import read_docx, read_xlsx, unsupported
from crawlers.extraction.pdf import read_pdf
from warehouse.records import AttachmentText, Extraction, Problem

_PDF_PROBLEMS = {
    "encrypted": ("encrypted-pdf", "The PDF opens only with a password."),
    "damaged": ("damaged-pdf", "The PDF is damaged and gives no text."),
    "no_text_layer": ("no-text-layer", "The PDF is a scan without a text layer; its text needs recognition."),
    "empty": ("empty-file", "The file is empty."),
}


def read_file(body: bytes, kind: str, media_type: str) -> Extraction:
    """The text of a file of the sniffed kind as an attachment, with a named problem when there is none."""
    problem: Problem | None = None
    if kind == "empty":
        text = AttachmentText("empty", media_type.split(";")[0] or "application/octet-stream", "")
        problem = Problem("empty-file", "The file is empty.")
    elif kind == "pdf":
        text = read_pdf(body)
        problem = Problem(*_PDF_PROBLEMS[text.status]) if text.status in _PDF_PROBLEMS else None
    elif kind == "docx":
        text, problem = read_docx(body)
    elif kind == "xlsx":
        text, problem = read_xlsx(body)
    else:
        text, problem = unsupported(kind)
    return Extraction("attachment", f"file:{kind}", attachment=text, problems=(problem,) if problem else ())
