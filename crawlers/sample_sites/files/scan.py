"""A scanned PDF: pictures of pages that lie beside the documents, wrapped without a font or a text layer."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from crawlers.sample_sites.files.pdf import assemble, stream

MARK = b"govbrief-sample\0"  # a picture's own note: which text it was drawn from
_SHEET = (595, 842)


def scan_bytes(site: str, file: str) -> bytes | None:
    """The PDF of a document's pictures, None as long as `python -m crawlers.sample_sites scans` made none."""
    pictures = [picture.read_bytes() for picture in scan_pictures(site, file)]
    return wrapped(pictures) if pictures else None


def scan_pictures(site: str, file: str) -> list[Traversable]:
    """The pictures of a file's pages in their order."""
    folder = files("crawlers.sample_sites") / "documents" / site / "scans"
    found: list[Traversable] = []
    while (picture := folder / picture_name(file, len(found) + 1)).is_file():
        found.append(picture)
    return found


def picture_name(file: str, page: int) -> str:
    """`P020260401-2.png` of page 2 of `P020260401.pdf`."""
    return f"{file.rsplit('.', 1)[0]}-{page}.png"


def fingerprint(title: str, paragraphs: Sequence[str]) -> str:
    """What tells pictures of this text from those of an earlier wording."""
    return hashlib.sha256("\n".join((title, *paragraphs)).encode()).hexdigest()[:16]


def picture_fingerprint(picture: bytes) -> str | None:
    """The fingerprint that a picture carries."""
    notes = (content for name, content in chunks(picture) if name == b"tEXt" and content.startswith(MARK))
    return next((note.removeprefix(MARK).decode("ascii") for note in notes), None)


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The named parts of a PNG file."""
    at = 8
    while at + 12 <= len(picture):
        length, name = struct.unpack_from(">I4s", picture, at)
        yield name, picture[at + 8 : at + 8 + length]
        at += 12 + length


def wrapped(pictures: Sequence[bytes]) -> bytes:
    """The PDF with one page a picture."""
    first = 3
    kids = " ".join(f"{first + 3 * number} 0 R" for number in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    width, height = _SHEET
    for number, picture in enumerate(pictures):
        content, image = first + 3 * number + 1, first + 3 * number + 2
        box = f"/MediaBox [0 0 {width} {height}] /Resources << /XObject << /I {image} 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {content} 0 R >>".encode())
        objects.append(stream(f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode()))
        objects.append(_image(picture))
    return assemble(objects)


def _image(picture: bytes) -> bytes:
    """The picture's packed rows as they are: PDF reads the filters of PNG."""
    parts = list(chunks(picture))
    width, height, bits, colours = struct.unpack_from(">IIBB", dict(parts)[b"IHDR"])
    if (bits, colours) != (1, 0):
        raise ValueError(f"the picture has {bits} bits and colour type {colours}; 1 bit of grey is wanted")
    size = f"/Width {width} /Height {height} /BitsPerComponent 1 /ColorSpace /DeviceGray"
    unpack = f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /BitsPerComponent 1 /Columns {width} >>"
    rows = b"".join(content for name, content in parts if name == b"IDAT")
    return stream(rows, f"/Type /XObject /Subtype /Image {size} {unpack} ")
