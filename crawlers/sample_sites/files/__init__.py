"""Attached files made from paragraphs, byte for byte the same every time."""

from collections.abc import Callable, Mapping, Sequence

from crawlers.sample_sites.files.doc import doc_bytes
from crawlers.sample_sites.files.docx import docx_bytes
from crawlers.sample_sites.files.ofd import ofd_bytes
from crawlers.sample_sites.files.pdf import pdf_bytes
from crawlers.sample_sites.files.scan import scan_bytes
from crawlers.sample_sites.files.xlsx import xlsx_bytes
from crawlers.sample_sites.model import SampleAttachment

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "scan": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "doc": "application/msword",
}
_MAKERS: Mapping[str, Callable[[str, Sequence[str]], bytes]] = {
    "pdf": pdf_bytes,
    "docx": docx_bytes,
    "xlsx": xlsx_bytes,
    "ofd": ofd_bytes,
    "doc": doc_bytes,
}

__all__ = ["MEDIA_TYPES", "docx_bytes", "file_bytes", "pdf_bytes", "shown_name"]


def file_bytes(site: str, attachment: SampleAttachment) -> bytes | None:
    """The bytes of an attached file; None for a scan whose pictures have not been drawn yet."""
    if attachment.kind == "scan":
        return scan_bytes(site, attachment.file)
    return _MAKERS[attachment.kind](attachment.name, attachment.paragraphs)


def shown_name(attachment: SampleAttachment) -> str:
    """What a link to the file says: its name with the ending of the file."""
    return f"{attachment.name}.{attachment.file.rpartition('.')[2]}"
