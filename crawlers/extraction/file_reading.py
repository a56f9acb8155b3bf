"""What every reader of files answers, and the few answers that all of them share."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.records import AttachmentText, Problem


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file's text with its status, the difficulties, and the program that read it when it is not ours."""

    text: AttachmentText
    problems: tuple[Problem, ...] = ()
    by: str = ""  # antiword, catdoc, libreoffice, tesseract


def failed(status: str, media_type: str, code: str, detail: str) -> FileReading:
    """No text, and the sentence that says why."""
    return FileReading(AttachmentText(status, media_type, ""), (Problem(code, detail),))


def damaged(media_type: str, detail: str) -> FileReading:
    """A file that does not open."""
    return failed("damaged", media_type, "damaged-file", detail)


def locked(media_type: str, what: str) -> FileReading:
    """A file that opens only with a password."""
    return failed("encrypted", media_type, "encrypted-file", f"The {what} is protected by a password.")


def plain_text(media_type: str, text: str, by: str = "", places: str = "") -> FileReading:
    """Text, or `empty` when there is none."""
    return FileReading(AttachmentText("text" if text else "empty", media_type, text, places=places), (), by)
