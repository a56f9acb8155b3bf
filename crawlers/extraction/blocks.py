"""From markup to numbered paragraphs: blocks become lines, data tables rows with tabs between the cells.

It works on markup as the HTML parser serialises it (every attribute value in double quotes, `<` in text
escaped), so plain regular expressions are exact, take linear time and do not care how deep a page is nested.
"""

from __future__ import annotations

import html
import re

from crawlers.extraction.plain import paragraphs_of, safe

_REST = r"""(?:[^">]|"[^"]*")*>"""
_BLOCKS = [
    "p",
    "div",
    "br",
    "hr",
    "h[1-6]",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "form",
    "fieldset",
    "address",
    "center",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "caption",
    "tr",
    "td",
    "th",
    "option",
    "select",
    "textarea",
    "iframe",
]
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})(?=[\s/>]){_REST}", re.I)
_ANY = re.compile(rf"<[/!?a-zA-Z]{_REST}")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_UNSEEN = re.compile(
    rf"<(script|style|template|noscript|svg|select|textarea)(?=[\s/>]){_REST}.*?(?:</\1\s*>|$)", re.S | re.I
)
_TABLE = re.compile(rf"<(/?)table(?=[\s/>]){_REST}", re.I)
_ROW = re.compile(rf"</?tr(?=[\s/>]){_REST}", re.I)
_CELL = re.compile(rf"<t[dh](?=[\s/>]){_REST}", re.I)
_PRE = re.compile(rf"(<pre(?=[\s/>]){_REST})(.*?)(</pre\s*>)", re.S | re.I)

_BREAK, _TAB = (
    "\x02",
    "\x03",
)  # private to this module; the markup is free of control characters before they are used
_TABLE_DEPTH = 12


def paragraphs_of_markup(markup: str) -> tuple[str, ...]:
    """The paragraphs of a piece of serialised markup, in reading order."""
    text = _UNSEEN.sub(" ", safe(markup))
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if "<pre" in text:
        text = _PRE.sub(lambda found: found[1] + found[2].replace("\n", _BREAK) + found[3], text)
    text = text.replace("\n", " ").replace("\t", " ")
    if "<table" in text:
        text = _render_tables(text)
    text = _ANY.sub("", _BLOCK.sub(_BREAK, text))
    return paragraphs_of(html.unescape(text).replace("\n", " ").replace(_BREAK, "\n").replace(_TAB, "\t"))


def text_of_markup(markup: str) -> str:
    """A short piece of markup as one line."""
    return " ".join(paragraphs_of_markup(markup))


def strip_markup(source: str) -> tuple[str, ...]:
    """Paragraphs of raw markup that no parser may touch because it is nested too deeply."""
    return paragraphs_of_markup(source)


def _render_tables(text: str) -> str:
    """Tables from the inside out; beyond a sane depth a table is only a block."""
    levels: list[list[str]] = [[]]
    end = 0
    for tag in _TABLE.finditer(text):
        levels[-1].append(text[end : tag.start()])
        end = tag.end()
        if not tag[1] and len(levels) <= _TABLE_DEPTH:
            levels.append([])
        elif tag[1] and len(levels) > 1:
            content = "".join(levels.pop())
            levels[-1].append(_BREAK + _table(content) + _BREAK)
        else:
            levels[-1].append(_BREAK)
    levels[-1].append(text[end:])
    while len(levels) > 1:
        content = "".join(levels.pop())
        levels[-1].append(_BREAK + content)
    return "".join(levels[0])


def _table(content: str) -> str:
    rows = [_CELL.split(row) for row in _ROW.split(content)]
    rows = [row for row in rows if any(piece.strip() for piece in row)]
    if _is_layout(rows, content):
        return content
    return _BREAK.join(_row(row) for row in rows)


def _row(pieces: list[str]) -> str:
    before, *cells = pieces
    line = _TAB.join(_cell_text(cell) for cell in cells)
    return before + _BREAK + line if before.strip() else line


def _cell_text(cell: str) -> str:
    return _ANY.sub("", _BLOCK.sub(" ", cell)).replace(_BREAK, " ").strip()


def _is_layout(rows: list[list[str]], content: str) -> bool:
    """A table that only places things: another table in it, single cells, or most text in one long cell."""
    if _BREAK in content and _TAB in content:
        return True
    if all(len(row) <= 2 for row in rows):
        return True
    longest = max((len(_cell_text(cell)) for row in rows for cell in row[1:]), default=0)
    whole = sum(len(_cell_text(cell)) for row in rows for cell in row[1:])
    return longest > 600 and longest * 10 > whole * 6
