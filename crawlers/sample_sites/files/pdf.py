"""A small PDF with a real text layer: one CID font, not embedded, with UTF-16 codes and a ToUnicode map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

_WIDTH, _HEIGHT, _LEFT, _TOP = 595, 842, 72, 770
_SIZE, _LEADING, _LINES = 14, 24, 29
_EMS = (_WIDTH - 2 * _LEFT) * 1000 // _SIZE  # room of a line in thousandths of an em


def pdf_bytes(title: str, paragraphs: Sequence[str]) -> bytes:
    """The PDF of a title and paragraphs; characters outside the basic plane are not supported."""
    lines = list(_wrap(title)) + [""] + [line for paragraph in paragraphs for line in _wrap(paragraph)]
    sheets = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    characters = sorted({character for line in lines for character in line})
    return assemble(_objects(title, sheets, characters), "/Info 7 0 R ")


def _width(character: str) -> int:
    """Advance width: half an em for narrow characters, as the font's /W array says too."""
    return 500 if ord(character) < 0x2000 and east_asian_width(character) not in "WF" else 1000


def _wrap(paragraph: str) -> Iterator[str]:
    """Lines that fit; Latin words are kept whole, Chinese breaks anywhere."""
    text = paragraph.lstrip(">").strip().replace("|", "  ")
    line, used = "", 0
    for word in _words(text):
        needed = sum(_width(character) for character in word)
        if used + needed > _EMS and line:
            yield line.rstrip()
            line, used = "", 0
            if word == " ":
                continue
        line, used = line + word, used + needed
    if line:
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def _objects(title: str, sheets: Sequence[Sequence[str]], characters: Sequence[str]) -> list[bytes]:
    first_page = 8
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SampleSong /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SampleSong /CIDToGIDMap /Identity"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor 5 0 R /DW 1000 /W [" + _widths(characters) + b"] >>",
        b"<< /Type /FontDescriptor /FontName /SampleSong /Flags 4 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        stream(_to_unicode(characters)),
        f"<< /Title <FEFF{_codes(title)}> /Producer (govbrief sample) >>".encode(),
    ]
    for number, lines in enumerate(sheets):
        content = first_page + 2 * number + 1
        box = f"/MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {content} 0 R >>".encode())
        objects.append(stream(_sheet(lines)))
    return objects


def _widths(characters: Sequence[str]) -> bytes:
    return " ".join(f"{ord(c)} [{_width(c)}]" for c in characters).encode()


def _codes(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _sheet(lines: Sequence[str]) -> bytes:
    shown = "\n".join(f"<{_codes(line)}> Tj T*" if line else "T*" for line in lines)
    return f"BT /F1 {_SIZE} Tf {_LEADING} TL {_LEFT} {_TOP} Td\n{shown}\nET".encode()


def _to_unicode(characters: Sequence[str]) -> bytes:
    blocks = []
    for start in range(0, len(characters), 100):
        part = characters[start : start + 100]
        rows = "\n".join(f"<{_codes(c)}> <{_codes(c)}>" for c in part)
        blocks.append(f"{len(part)} beginbfchar\n{rows}\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /SampleUCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + "\n".join(blocks) + "\nendcmap end end"
    ).encode()


def stream(payload: bytes, entries: str = "") -> bytes:
    """An object that holds bytes, with further entries of its dictionary."""
    return f"<< {entries}/Length {len(payload)} >>\nstream\n".encode() + payload + b"\nendstream"


def assemble(objects: Sequence[bytes], entries: str = "") -> bytes:
    """The file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.5\n%\xe4\xba\x91\xe6\xb2\xb3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {entries}>>"
    out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
