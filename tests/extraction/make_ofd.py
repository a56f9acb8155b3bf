"""A small builder of OFD files, so that every construct the reader claims is written by hand in its test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

SPACE = "http://www.ofdspec.org/2016"


def text(words: str, x: float, y: float, size: float = 5.0, **attributes: str) -> str:
    """A text object: box at x, y; `code` overrides the text code's attributes, `CTM` and others its own."""
    code = attributes.pop("code", f'X="0" Y="{size}"')
    own = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<o:TextObject ID="9" Boundary="{x} {y} 170 8" Font="1" Size="{size}"{own}>'
        f"<o:TextCode {code}>{escape(words)}</o:TextCode></o:TextObject>"
    )


def page(*objects: str, before: str = "") -> str:
    """The content of a page: objects in one layer, other elements of the page before it."""
    drawn = "".join(objects)
    return _part("Page", f'{before}<o:Content><o:Layer Type="Body" ID="2">{drawn}</o:Layer></o:Content>')


def document(
    pages: int, common: str = "", after: str = "", location: str = "Pages/Page_{}/Content.xml"
) -> str:
    """Document.xml with so many pages."""
    listed = "".join(f'<o:Page ID="{n + 10}" BaseLoc="{location.format(n)}"/>' for n in range(pages))
    return _part("Document", f"<o:CommonData>{common}</o:CommonData><o:Pages>{listed}</o:Pages>{after}")


def ofd_xml(*roots: str) -> str:
    """OFD.xml that names the documents of the file."""
    bodies = "".join(
        f"<o:DocBody><o:DocInfo><o:DocID>1</o:DocID></o:DocInfo><o:DocRoot>{root}</o:DocRoot></o:DocBody>"
        for root in roots
    )
    return _part("OFD", bodies)


def part(name: str, inner: str) -> str:
    """Any other part with its root element."""
    return _part(name, inner)


def _part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><o:{name} xmlns:o="{SPACE}">{inner}</o:{name}>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The zip container of all parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return buffer.getvalue()


def simple(*pages: str, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """One document with these pages and nothing unusual; `extra` adds parts or replaces them."""
    return packed(simple_parts(*pages) | dict(extra or {}))


def simple_parts(*pages: str) -> dict[str, str | bytes]:
    """The parts of such a file, for a test that spoils one of them."""
    contents = {f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)}
    return {"OFD.xml": ofd_xml("Doc_0/Document.xml"), "Doc_0/Document.xml": document(len(pages)), **contents}
