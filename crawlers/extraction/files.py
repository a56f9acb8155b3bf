"""An attached or handed-in file: its text, or the status that says why there is none."""

from __future__ import annotations

from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.heuristics import body_values
from crawlers.extraction.ofd import read_ofd
from crawlers.extraction.office import read_docx, read_xlsx, unsupported
from crawlers.extraction.page import file_name
from crawlers.extraction.pdf import read_pdf
from crawlers.extraction.plain import title_line
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
    elif kind == "ofd":
        text, problems = read_ofd(body)
        return Extraction("attachment", "file:ofd", attachment=text, problems=problems)
    elif kind == "docx":
        text, problem = read_docx(body)
    elif kind == "xlsx":
        text, problem = read_xlsx(body)
    else:
        text, problem = unsupported(kind)
    return Extraction("attachment", f"file:{kind}", attachment=text, problems=(problem,) if problem else ())


def file_document(text: AttachmentText, url: str) -> Gathered:
    """A handed-in file as a document: its first telling line is the title, else the file's name."""
    paragraphs = tuple(text.text.split("\n"))
    values = [*body_values(paragraphs), Value("title", _title(paragraphs) or file_name(url), "file")]
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
