"""What an evidence pack is made of: the signed issue, its passages, and how each source came into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.passages import Passage

FORMAT, VERSION = "govbrief-evidence-pack", 1
MANIFEST, DIGEST, SIGNATURE = "manifest.json", "manifest.sha256", "manifest.sig"
TEXT, EVIDENCE, SOURCES = "report/text.md", "evidence.json", "sources.json"
VIEWER, README = "viewer.html", "README.txt"
RIS, BIBTEX, CSL = "references/references.ris", "references/references.bib", "references/references.json"
PRINTED = "references/references-gbt7714.txt"


@dataclass(frozen=True, slots=True)
class PackPin:
    """A passage that the issue rests on: a basket item (`e12`) or a quotation of the text (`q1`, `q2`, ...).

    `quoted` are the words of a quotation as the issue has them: they may differ from the source's in spaces
    and punctuation, which the check before signing told.
    """

    key: str
    passage: Passage
    title: str
    quoted: str = ""
    place: tuple[int, int, int] | None = None  # of a quotation in the text: block, start, end in code points


@dataclass(frozen=True, slots=True)
class PackInput:
    """A signed issue as it was frozen; a pack is made of this, a publication and the archive alone."""

    series: str
    number: str  # as printed, such as 2026年第3期
    title: str
    language: str  # zh | en
    signed_at: datetime
    publication_id: str  # on which it was signed
    text: str  # the signed Markdown
    pins: tuple[PackPin, ...]
    files: tuple[tuple[str, bytes], ...]  # the report by ending: pdf, docx, md, json
    state: str = "signed"  # signed | withdrawn | corrected; the last two when the pack was made after that
    sha256: str = ""  # of what the desk froze at signing


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A cited document: its number in the pack, the version meant, and what is known of it."""

    number: int
    document_id: str
    title: str
    version_no: int | None  # None: no passage of it is quoted
    row: Mapping[str, Any] | None  # as published now; None when the publication no longer has it
    known: Mapping[str, Any] | None  # the same, else as it was published when the issue was signed

    @property
    def reuse(self) -> str:
        """full | excerpt | link; of a document that is gone from the publication nothing but a link."""
        return str(self.row["reuse"] or "link") if self.row else "link"

    @property
    def name(self) -> str:
        """What its members are called."""
        return f"{self.number:03}"


@dataclass(frozen=True, slots=True)
class PackedOriginal:
    """The archived copy in the pack, or why it is not inside; `card` says where it is."""

    file: str | None
    data: bytes
    why: str | None  # reuse | personal | unread | elsewhere | unreadable | imported | large | gone | none
    card: Mapping[str, Any]  # capture_id, url, fetched_at, media_type, sha256, length, warc_file, warc_offset
