"""What some bytes are: magic numbers and structure beat labels and file names."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from urllib.parse import urlsplit

from crawlers.extraction.limits import MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES

_WORD_NAMES = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"mimetypeapplication/vnd.oasis", "odf"),
)
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_LABELS = {
    "application/pdf": "pdf",
    "application/msword": "ole",
    "application/rtf": "rtf",
    "text/calendar": "ics",
}
_HTML = re.compile(
    rb"<!doctype\s+html|<(?:html|head|body|table|div|ul|ol|p|h1|h2|script|meta|span|a|tr|form|center)[\s>]",
    re.I,
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|OAI-PMH|urlset|sitemapindex)[\s>]", re.I)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.I)
_HEADS = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Message-ID|MIME-Version|Return-Path|Delivered-To|Content-Type)"
    rb":[ \t]*\S",
    re.I | re.M,
)
_LINE = re.compile(rb"[!-9;-~]{1,76}:.*|[ \t].*")
_OFFICE_NAME = re.compile(r"\.(docx|xlsx|pptx|ofd|od[tsp])$", re.I)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def sniff(body: bytes, media_type: str = "", url: str = "") -> str:
    """A short name: empty, gzip, pdf, docx, xlsx, pptx, ofd, odf, zip, rar, 7z, ole, rtf, wpd, image, eml,
    ics, json, feed, xml, html, text or binary.
    """
    if not body.strip(b"\x00 \t\r\n"):
        return "empty"
    magic = _by_magic(body)
    if magic == "zip" and not zipfile.is_zipfile(io.BytesIO(body)):
        named = _OFFICE_NAME.search(urlsplit(url).path)
        kind = named[1].lower() if named else magic
        return (
            "odf" if kind in ("odt", "ods", "odp") else kind
        )  # too torn to say what it is: its name may know
    if magic:
        return magic
    return _by_structure(body, media_type.split(";")[0].strip().lower(), url)


def _by_magic(body: bytes) -> str | None:
    head = body[:1024]
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(body)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"Rar!"):
        return "rar"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"\xffWPC"):
        return "wpd"
    if head.startswith(_IMAGES):
        return "image"
    return None


def _zip_kind(body: bytes) -> str:
    """The kind of a zip container by the names of its parts, or by its ends when their list is torn."""
    names: list[str] = []
    if body.count(b"PK\x01\x02") <= MAX_ZIP_ENTRIES:
        try:
            names = zipfile.ZipFile(io.BytesIO(body)).namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            names = []
    if any(name.lower().lstrip("./\\") == "ofd.xml" for name in names):
        return "ofd"
    if names and not _MAIN_PARTS.keys() & set(names) and "[Content_Types].xml" not in names:
        return "odf" if {"mimetype", "content.xml"} <= set(names) else "zip"
    for name, kind in _MAIN_PARTS.items():
        if name in names:
            return kind
    return next((name for mark, name in _WORD_NAMES if mark in body[:4000] or mark in body[-8000:]), "zip")


def _by_structure(body: bytes, label: str, url: str) -> str:
    head = body[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if head[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    if is_message(body):
        return "eml"
    if head[:1] in (b"{", b"[") and _is_json(body, label):
        return "json"
    if _FEED.search(head[:2000]):
        return "feed"
    if head.startswith(b"<?xml") and not _HTML.search(head[:1500]):
        return "xml"
    if _HTML.search(body[:200_000]):
        return "html"
    if label in _LABELS:
        return _LABELS[label]
    if label == "application/json":
        return "json"
    return "text" if _is_text(body) else "binary"


def _is_json(body: bytes, label: str) -> bool:
    if "json" in label or re.match(rb'[\[{]\s*["{\[]', body.lstrip(b"\xef\xbb\xbf \t\r\n")):
        return True
    return body.rstrip(b"\x00 \t\r\n;)")[-1:] in (b"}", b"]")


def _is_text(body: bytes) -> bool:
    sample = body[:20_000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(1 for byte in sample if byte < 32 and byte not in (9, 10, 12, 13, 27))
    return controls * 100 < len(sample)


def is_message(body: bytes) -> bool:
    """Whether the bytes begin as a message does: header lines only, three of the usual ones among them."""
    head = re.split(rb"\r?\n\r?\n", body[:20_000].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    lines = head.splitlines()
    named = {found.group().split(b":")[0].lower() for found in _HEADS.finditer(head)}
    return (
        len(named) >= 3
        and bool(named & {b"from", b"received", b"return-path"})
        and all(_LINE.fullmatch(line) for line in lines[:30])
    )


def is_sitemap(body: bytes) -> bool:
    """Whether an XML answer is a sitemap or an index of sitemaps."""
    return bool(_SITEMAP.search(body[:4000]))


def inflate(body: bytes) -> tuple[bytes, str | None]:
    """Unpack a gzip body within bounds; the second value names a fault: truncated-gzip or too-large."""
    unpacked = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            while block := stream.read(1 << 16):
                unpacked.write(block)
                if unpacked.tell() > MAX_UNPACKED_BYTES:
                    return b"", "too-large"
    except (EOFError, OSError, zlib.error):
        return unpacked.getvalue(), "truncated-gzip"
    return unpacked.getvalue(), None
