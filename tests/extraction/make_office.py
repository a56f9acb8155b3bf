"""Small office files and archives, written by hand for tests: the documented shapes, nothing more."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{_RELS}" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("presentation", "presentation"),
    )
)  # fmt: skip


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A container with these parts, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def gbk_zipped(parts: Mapping[str, bytes]) -> bytes:
    """A container as Chinese Windows writes it: names in GBK, no word about it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number, (_, content) in enumerate(parts.items()):
            made.writestr(f"{number:08d}.bin", content)
    body = buffer.getvalue()
    for number, name in enumerate(parts):
        raw = name.encode("gbk")
        assert len(raw) <= 12
        body = body.replace(f"{number:08d}.bin".encode(), raw.ljust(12, b"_"))
    return body


def rels(targets: Mapping[str, tuple[str, str]]) -> str:
    """A part of relations: name -> (kind, target)."""
    made = "".join(
        f'<Relationship Id="{name}" Type="{_RELS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def shape(words: str, kind: str = "") -> str:
    """A shape of a slide with one paragraph; `kind` of its placeholder."""
    holder = f'<p:nvPr><p:ph type="{kind}"/></p:nvPr>' if kind else "<p:nvPr/>"
    named = f"<p:nvSpPr>{holder}</p:nvSpPr>"
    return f"<p:sp>{named}<p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a slide."""
    made = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row
        )
        + "</a:tr>"
        for row in rows
    )
    drawn = f"<a:graphic><a:graphicData><a:tbl>{made}</a:tbl></a:graphicData></a:graphic>"
    return f"<p:graphicFrame>{drawn}</p:graphicFrame>"


def slide(*shapes: str, hidden: bool = False) -> str:
    """A slide."""
    shown = ' show="0"' if hidden else ""
    return f"<p:sld {_P}{shown}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def pptx(slides: Mapping[str, str], order: Sequence[str], notes: Mapping[str, str] | None = None) -> bytes:
    """A presentation: slides by the names of their parts, the order of the show, notes by slide."""
    listed = "".join(f'<p:sldId id="{256 + at}" r:id="r{name}"/>' for at, name in enumerate(order))
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f"<p:presentation {_P}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": rels(
            {f"r{one}": ("slide", f"slides/{one}.xml") for one in slides}
        ),
    }
    for name, content in slides.items():
        parts[f"ppt/slides/{name}.xml"] = content
    for name, words in (notes or {}).items():
        target = {"n": ("notesSlide", f"../notesSlides/{name}n.xml")}
        parts[f"ppt/slides/_rels/{name}.xml.rels"] = rels(target)
        body = shape(words, "body") + shape("7", "sldNum")
        parts[f"ppt/notesSlides/{name}n.xml"] = (
            f"<p:notes {_P}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:notes>"
        )
    return zipped(parts)


def odf(kind: str, body: str, styles: str = "") -> bytes:
    """An OpenDocument file: `kind` text, spreadsheet or presentation."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})
