"""Attached files made from paragraphs, byte for byte the same every time."""

from crawlers.sample_sites.files.docx import docx_bytes
from crawlers.sample_sites.files.pdf import pdf_bytes

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

__all__ = ["MEDIA_TYPES", "docx_bytes", "pdf_bytes"]
