"""How editors mark up the same text: tidily, by breaks alone, pasted from Word, unclosed, in nested tables.

In a text `>` begins a line that is set to the right, `|` a table row; everything else is a paragraph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

_LATIN = re.compile(r"[0-9A-Za-z.%/-]+")
_SPACED = "mso-char-indent-count:2.0;mso-pagination:widow-orphan"
_WORD_CELL = '<td style="mso-border-alt:solid windowtext .5pt"><p class="MsoNormal">{}</p></td>'
_PLACING = (
    '<table width="{}" border="0"><tr><td height="10"></td></tr><tr><td valign="top">{}</td></tr></table>'
)
_FONT = "font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:Calibri;mso-bidi-font-family:宋体"


def marked_up(paragraphs: tuple[str, ...], style: str, markup: str = "tidy") -> str:
    """The paragraphs as HTML in one of the `MARKUPS`; a KeyError names an unknown one."""
    return MARKUPS[markup](paragraphs, style)


def _tidy(paragraphs: tuple[str, ...], style: str) -> str:
    return "\n".join(_block(part, style) for part in _parts(paragraphs))


def _by_breaks(paragraphs: tuple[str, ...], style: str) -> str:
    """One block for the whole text; lines end with <br>, indents are wide spaces, the date is pushed over."""
    pieces: list[str] = []
    for part in _parts(paragraphs):
        if isinstance(part, list):
            pieces.append(_table(part, "<td>{}</td>", "<tr>{}</tr>"))
        elif part.startswith(">"):
            pieces.append("&nbsp; " * 16 + f"{_text(part[1:])}<br/>")
        else:
            pieces.append(f"　　{_text(part)}<br />")
    return f'<div style="{style}">' + "\n".join(pieces) + "</div>"


def _from_word(paragraphs: tuple[str, ...], style: str) -> str:
    """What pasting from Word leaves: o:p tags, a span for every run, mso- styles, paragraphs in cells."""
    pieces = ['<?xml:namespace prefix = "o" ns = "urn:schemas-microsoft-com:office:office" />']
    for part in _parts(paragraphs):
        if isinstance(part, list):
            pieces.append(_table(part, _WORD_CELL, "<tr style='mso-yfti-irow:0'>{}</tr>", _runs))
            continue
        right = part.startswith(">")
        place = "text-align:right;mso-char-indent-count:0" if right else f"text-indent:32.0pt;{_SPACED}"
        text = _runs(part[1:].strip() if right else part)
        pieces.append(f"<p class=MsoNormal style='{place}'>{text}<o:p></o:p></p>")
        if right:
            pieces.append('<p class="MsoNormal"><span lang=EN-US><o:p>&nbsp;</o:p></span></p>')
    return "\n".join(pieces)


def _runs(text: str) -> str:
    """A span for Chinese and another for figures, as Word writes mixed text."""
    spans: list[str] = []
    end = 0
    for found in _LATIN.finditer(text):
        if found.start() > end:
            spans.append(f'<span style="{_FONT}">{html.escape(text[end : found.start()])}</span>')
        spans.append(f'<span lang="EN-US" style="font-size:16.0pt">{html.escape(found[0])}</span>')
        end = found.end()
    if end < len(text):
        spans.append(f'<span style="{_FONT}">{html.escape(text[end:])}</span>')
    return "<!--[if !supportEmptyParas]--><!--[endif]-->".join(spans)


def _unclosed(paragraphs: tuple[str, ...], style: str) -> str:
    """Paragraphs and cells that nobody closed; browsers do not mind."""
    pieces: list[str] = []
    for part in _parts(paragraphs):
        if isinstance(part, list):
            pieces.append(_table(part, "<td>{}", "<tr>{}\n"))
        elif part.startswith(">"):
            pieces.append(f"<p align=right>{_text(part[1:])}")
        else:
            pieces.append(f'<p style="{style}">{_text(part)}')
    return "\n".join(pieces)


def _nested(paragraphs: tuple[str, ...], style: str) -> str:
    """The text in the inner cell of tables that only place it."""
    return _PLACING.format("100%", _PLACING.format("96%", _tidy(paragraphs, style)))


def _parts(paragraphs: tuple[str, ...]) -> Iterator[str | list[str]]:
    """Single paragraphs, and runs of table rows as one list."""
    rows: list[str] = []
    for paragraph in paragraphs:
        if paragraph.startswith("|"):
            rows.append(paragraph)
            continue
        if rows:
            yield rows
            rows = []
        yield paragraph
    if rows:
        yield rows


def _block(part: str | list[str], style: str) -> str:
    if isinstance(part, list):
        return _table(part, "<td>{}</td>", "<tr>{}</tr>")
    if part.startswith(">"):
        return f'<p style="text-align: right;">{_text(part[1:])}</p>'
    return f'<p style="{style}">{_text(part)}</p>'


def _table(rows: list[str], cell: str, row: str, fill: Callable[[str], str] | None = None) -> str:
    write = fill or _text
    lines = (
        row.format("".join(cell.format(write(text.strip())) for text in line.strip("|").split("|")))
        for line in rows
    )
    return f'<table border="1" cellspacing="0">{"".join(lines)}</table>'


def _text(text: str) -> str:
    return html.escape(text.strip(), quote=True)


MARKUPS: Mapping[str, Callable[[tuple[str, ...], str], str]] = {
    "tidy": _tidy,
    "br": _by_breaks,
    "word": _from_word,
    "unclosed": _unclosed,
    "nested": _nested,
}
