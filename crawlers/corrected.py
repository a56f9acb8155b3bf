"""A text that a librarian corrected takes the place of the recognised one, whenever the file is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crawlers.extraction.read import read_as_document
from crawlers.source import SourceFile
from warehouse.content import extraction_mark
from warehouse.corrected_texts import corrected_version
from warehouse.records import AttachmentText, Capture, Correction, Extraction, ReadCapture

BY = "librarian"


def with_corrections(
    reads: Sequence[ReadCapture], held: Mapping[str, Correction], sources: Mapping[str, SourceFile]
) -> list[ReadCapture]:
    """The reads with the texts that the desk holds (by SHA-256) in place of recognised ones.

    A document keeps its own reading before the corrected one: versions are told apart by what our readers
    read, so a correction is never news. A text with a secrecy mark is left as it is and refused by ingestion.
    """
    found: list[ReadCapture] = []
    for read in reads:
        correction = held.get(read.capture.sha256)
        source = sources.get(read.capture.source_id)
        found += [read] if correction is None else _corrected(read, correction, source)
    return found


def _corrected(read: ReadCapture, correction: Correction, source: SourceFile | None) -> list[ReadCapture]:
    capture, extraction = read.capture, read.extraction
    version = corrected_version(read.extractor_version, correction.correction_id)
    if extraction.kind == "document":
        if not extraction.path.startswith("file:") or extraction_mark(extraction):
            return [read]
        return [read, ReadCapture(capture, _document(capture, extraction, correction, source), version)]
    if extraction.attachment is None:
        return [read]
    if extraction_mark(extraction):
        return [ReadCapture(capture, extraction, version)]
    if capture.kind == "handed-in" and not capture.parent_url:  # a scan that this machine cannot recognise
        return [ReadCapture(capture, _document(capture, extraction, correction, source), version)]
    given = {"text": correction.value, "quality": None, "method": BY, "places": ""}
    text = replace(extraction.attachment, status="text", **given)
    path = _by_librarian(extraction.path)
    return [ReadCapture(capture, replace(extraction, path=path, attachment=text), version)]


def _document(
    capture: Capture, extraction: Extraction, correction: Correction, source: SourceFile | None
) -> Extraction:
    text = AttachmentText("text", capture.media_type, correction.value, method=BY)
    made = read_as_document(capture, text, _by_librarian(extraction.path), source)
    return replace(made, problems=extraction.problems)


def _by_librarian(path: str) -> str:
    """`file:pdf:tesseract` becomes `file:pdf:librarian`."""
    return ":".join([*path.split(":")[:2], BY])
