"""Office files are zip containers of XML parts: both are opened within bounds or refused."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

from lxml import etree

from crawlers.extraction.limits import MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES
from crawlers.extraction.plain import safe

# What a container or a part throws when it is broken; a RuntimeError says that it is locked.
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    etree.XMLSyntaxError,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    lzma.LZMAError,
    ValueError,  # of zipfile, for an address before the file's beginning
)
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class UnsafeZip(Exception):
    """A zip container that would unpack to more than any office file does."""


def open_zip(body: bytes) -> zipfile.ZipFile:
    """The container, once its table of contents is known to be harmless."""
    container = zipfile.ZipFile(io.BytesIO(body))
    entries = container.infolist()
    if len(entries) > MAX_ZIP_ENTRIES:
        raise UnsafeZip(f"The file holds {len(entries)} parts, more than {MAX_ZIP_ENTRIES}.")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED_BYTES:
        raise UnsafeZip(f"The file would unpack to {total // 1_000_000} MB, more than any office file does.")
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.file_size > MAX_UNPACK_RATIO * max(entry.compress_size, 1):
            name, size = safe(entry.filename)[:60], entry.file_size // 1_000_000
            raise UnsafeZip(f"Its part {name} would unpack to {size} MB of repetition.")
    return container


def parse_xml(xml: bytes) -> etree._Element:
    """The root of a part; a document type, and so every entity, is refused.

    Of content written twice, for newer and for older programs, the newer form stays (ECMA-376 part 3, 7.5).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(xml, parser)
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a document type is not allowed in an office file", 0, 0, 0)
    if b"AlternateContent" in xml:
        _keep_first_choices(root)
    return root


def _keep_first_choices(root: etree._Element) -> None:
    for alternative in list(root.iter(f"{_MC}AlternateContent")):
        for other in list(alternative)[1:]:
            alternative.remove(other)


def short(error: Exception) -> str:
    """Why a container or a part is refused, in words that name no library."""
    said = str(error).lower()
    if isinstance(error, etree.XMLSyntaxError):
        if "entit" in said or "document type" in said or "dtd" in said:
            return "a part declares entities, which office files never do and which can be used to do harm"
        return "a part of it is not well-formed"
    if isinstance(error, KeyError):
        return "a part that holds the text is missing"
    if isinstance(error, (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)):
        return "its container is torn or damaged"
    return "it is damaged"
