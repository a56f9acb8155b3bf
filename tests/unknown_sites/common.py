"""What the ten sites share: a small grammar of sentence parts, dates, and minimal PDF and DOCX files."""

import datetime
import html
import io
import random
import textwrap
import zipfile
from typing import NamedTuple

ROBOTS = (200, "text/plain", b"User-agent: *\nAllow: /\n")
Answer = tuple[int, str, bytes]


class Doc(NamedTuple):
    """One document of a site."""

    path: str
    title: str
    date: str | None
    number: str | None
    paras: list[list[str]]
    files: list[str]

    def truth(self, base: str, dropped: list[str]) -> dict[str, object]:
        """The document as an entry of TRUTH."""
        return {
            "url": base + self.path,
            "title": self.title,
            "date": self.date,
            "number": self.number,
            "passages_kept": [self.paras[0][0], self.paras[-1][-1]],
            "passages_dropped": dropped,
            "attachments": [base + f for f in self.files],
        }


def esc(text: str) -> str:
    """The text as HTML."""
    return html.escape(text, quote=True)


def day(iso: str) -> datetime.date:
    """The date an ISO string names."""
    return datetime.date.fromisoformat(iso)


def days(newest: str, count: int, seed: str, most: int = 9) -> list[str]:
    """That many ISO dates going back from the newest, with uneven steps, on working days."""
    rng, now = random.Random(seed), day(newest)
    out: list[str] = []
    while len(out) < count:
        if now.weekday() < 5:
            out.append(now.isoformat())
            now -= datetime.timedelta(days=rng.randint(1, most))
        else:
            now -= datetime.timedelta(days=1)
    return out


def compose(
    seed: str, first: str, parts: list[str], slots: dict[str, list[str]], sizes: tuple[int, int] = (3, 7)
) -> list[list[str]]:
    """Paragraphs of sentences: `first`, then parts in a drawn order with their slots filled."""
    rng = random.Random(seed)
    order = rng.sample(parts, len(parts))
    out: list[list[str]] = [[first]]
    want = rng.randint(*sizes)
    for i, part in enumerate(order):
        if len(out) > 1 and i >= want * 3:
            break
        fill = {k: rng.choice(v) for k, v in slots.items()}
        fill.update(n=str(rng.randint(3, 95)), m=str(rng.randint(110, 980)), k=str(rng.randint(2, 9)))
        if len(out[-1]) >= rng.randint(2, 4):
            out.append([])
        out[-1].append(part.format(**fill))
    while len(out) < 3:
        out.append([out[-1].pop()])
    return out


def pdf(lines: list[str]) -> bytes:
    """A minimal valid PDF of plain lines (Latin-1), wrapped, 46 a page."""
    rows = [r for line in lines for r in (textwrap.wrap(line, 88, break_on_hyphens=False) or [""])]
    pages = [rows[i : i + 46] for i in range(0, len(rows), 46)] or [[""]]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objs = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        shown = [r.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for r in page]
        stream = "BT /F1 11 Tf 15 TL 60 780 Td\n" + "".join(f"({r}) Tj T*\n" for r in shown) + "ET"
        objs.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        objs.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for i, obj in enumerate(objs, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n{obj}\nendobj\n".encode("cp1252")
    xref = "".join(f"{p:010d} 00000 n \n" for p in places)
    out += f"xref\n0 {len(objs) + 1}\n0000000000 65535 f \n{xref}".encode()
    return (
        out
        + (
            f"trailer\n<< /Size {len(objs) + 1} /Root 1 0 R >>\nstartxref\n{out.rindex(b'xref')}\n%%EOF\n"
        ).encode()
    )


def docx(lines: list[str]) -> bytes:
    """A minimal valid DOCX of plain paragraphs."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kinds = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{esc(x)}</w:t></w:r></w:p>' for x in lines)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}relationships"><Relationship Id="rId1" Type="{office}'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{office}wordprocessingml/2006/main"><w:body>{body}'
        "</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, text in files.items():
            box.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), head + text)
    return out.getvalue()
