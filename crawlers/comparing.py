"""Whether two captures of one address say the same: text, fields and files, whatever else their bytes do.

A page that counts its readers, prints the hour or carries a fresh token differs at every visit and says the
same. So pages are compared as they are read, never as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from crawlers.source import SourceFile
from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.content import fingerprint
from warehouse.identity import digest
from warehouse.records import Capture, ReadCapture

Decision = Literal["unchanged", "changed", "unsure"]
ANOTHER_NIGHT = timedelta(hours=20)  # two fetches this far apart are of two nights
_PAGE_LEFT, _FILE_LEFT = 0.2, 0.1  # shares of the text and of the bytes below which next to nothing is left


@dataclass(frozen=True, slots=True)
class Said:
    """What a capture says, short enough to compare."""

    content: str  # digest of text, published fields and attached files
    path: str  # the way it was read; another one means another build of the page
    length: int = 0  # characters of text


def said_in(read: ReadCapture) -> Said | None:
    """What a reading says; None when it is neither a document nor a file's text: nothing to compare."""
    documents, file = read.extraction.documents, read.extraction.attachment
    if not documents and file is not None and file.text.strip():
        return Said(digest(file.text), read.extraction.path, len(file.text))
    if not documents:
        return None
    words: list[str] = []
    for document in documents:
        files = sorted(f"{file.url} {file.name}" for file in document.attachments)
        words += [document.document_id, fingerprint(document).content, *files]
    length = sum(len(text) for document in documents for text in document.paragraphs)
    return Said(digest(*words), documents[0].path or read.extraction.path, length)


def too_soon(
    known: Capture | None, first: Capture, last: Capture, old: Said | None, new: Said | None, at: datetime
) -> bool:
    """Whether two fetches that agree still have to agree on another night, as next to nothing is left.

    Such is a page that is no document any more, or that lost four fifths of its text; a file
    in whose place a page stands, or of which less than a tenth is left. `first` and `last` are the fetches.
    """
    if at - first.fetched_at >= ANOTHER_NIGHT:
        return False
    if last.role == "attachment":
        return known is not None and (
            ("html" in known.media_type) != ("html" in last.media_type)
            or last.length < _FILE_LEFT * known.length
        )
    if old is None:
        return False
    return new is None or new.length < _PAGE_LEFT * old.length


def said_by(source: SourceFile | None, capture: Capture, body: bytes) -> Said | None:
    """What bytes at hand say, by the reader that extraction uses."""
    from crawlers.reading_pool import read_body  # its readers are heavy, and most rounds change nothing

    return said_in(read_body(source, capture, body))


def said_before(archive: Path, source: SourceFile | None, capture: Capture | None) -> Said | None:
    """What an archived capture says; None too when it is not there or damaged."""
    if capture is None:
        return None
    try:
        body = read_record(archive, capture.place).body
    except DamagedRecord:
        return None  # `verify` is the one to tell; here it only means that nothing can be compared
    return said_by(source, capture, body)


def decide(old: Said | None, first: Said | None, second: Said | None) -> Decision:
    """What two fetches of a page that was known as `old` mean together.

    They must agree with each other to count as a change; the second may also take the first back.
    """
    if second is None:
        return "unsure"
    if old is not None and second.content == old.content:
        return "unchanged"
    if first is not None and second.content == first.content:
        return "changed"
    return "unsure"
