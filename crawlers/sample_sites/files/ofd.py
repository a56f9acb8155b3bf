"""A small OFD (GB/T 33190): every line a text object with its place, one part a page, nothing compressed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from crawlers.sample_sites.files.packing import stored_zip
from crawlers.sample_sites.files.setting import HEIGHT, WIDTH, Run, sheets

_SPACE = "http://www.ofdspec.org/2016"
_FONT = 3  # number of the font in PublicRes.xml


def ofd_bytes(title: str, paragraphs: Sequence[str]) -> bytes:
    """The OFD of a title and paragraphs; lines beginning with `|` stand in columns."""
    pages = sheets(title, paragraphs)
    parts = {
        "OFD.xml": _root(title),
        "Doc_0/Document.xml": _document(len(pages), 100 + 100 * len(pages)),
        "Doc_0/PublicRes.xml": _part(
            "Res", f'<ofd:Fonts><ofd:Font ID="{_FONT}" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>'
        ),
    }
    for number, runs in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(runs, 100 + 100 * number)
    return stored_zip(parts)


def _root(title: str) -> str:
    number = hashlib.md5(title.encode(), usedforsecurity=False).hexdigest()
    info = f"<ofd:DocID>{number}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
    info += "<ofd:Creator>govbrief sample</ofd:Creator><ofd:CreationDate>2026-01-01</ofd:CreationDate>"
    body = f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    return _part("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>", ' Version="1.0" DocType="OFD"')


def _document(pages: int, largest: int) -> str:
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
    common = f"<ofd:MaxUnitID>{largest}</ofd:MaxUnitID>{area}<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    listed = "".join(
        f'<ofd:Page ID="{10 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(pages)
    )
    return _part("Document", f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>")


def _page(runs: Sequence[Run], first: int) -> str:
    drawn = "".join(_text(run, first + number) for number, run in enumerate(runs, start=1))
    layer = f'<ofd:Layer ID="{first}" Type="Body">{drawn}</ofd:Layer>'
    return _part("Page", f"<ofd:Content>{layer}</ofd:Content>")


def _text(run: Run, number: int) -> str:
    left, top = run.places[0], run.y - run.size
    box = f"{left:.3f} {top:.3f} {run.end - left:.3f} {1.4 * run.size:.3f}"
    steps = [f"{after - before:.3f}" for before, after in pairwise(run.places)]
    code = f'<ofd:TextCode X="0" Y="{run.size:.3f}"{_deltas(steps)}>{escape(run.text)}</ofd:TextCode>'
    head = f'ID="{number}" Boundary="{box}" Font="{_FONT}" Size="{run.size:.3f}"'
    return f"<ofd:TextObject {head}>{code}</ofd:TextObject>"


def _deltas(steps: Sequence[str]) -> str:
    """Equal distances in the short form `g 12 5.571`."""
    groups = [(step, len(list(group))) for step, group in groupby(steps)]
    shown = " ".join(f"g {count} {step}" if count > 2 else " ".join([step] * count) for step, count in groups)
    return f' DeltaX="{shown}"' if shown else ""


def _part(name: str, inner: str, attributes: str = "") -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<ofd:{name} xmlns:ofd="{_SPACE}"{attributes}>{inner}</ofd:{name}>'
