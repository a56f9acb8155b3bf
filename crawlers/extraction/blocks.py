"""From markup to numbered paragraphs: blocks become lines, data tables rows with tabs between the cells.

It works on markup as the HTML parser serialises it (every attribute value in double quotes, `<` in text
escaped), so one regular expression splits it exactly, in linear time and whatever the depth of nesting.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from crawlers.extraction.plain import paragraphs_of

_TAG = re.compile(r"""<(/?[a-zA-Z][a-zA-Z0-9:\-]*+)[^">]*+(?:"[^"]*+"[^">]*+)*+>""")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<![^>]*(?:>|$)", re.S)
_PRE = re.compile(r"(<pre[\s>])(.*?)(</pre\s*>)", re.S | re.I)
# fmt: off
_BLOCKS = [
    "p", "div", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd",
    "section", "article", "header", "footer", "main", "aside", "nav", "blockquote", "figure",
    "figcaption", "pre", "form", "fieldset", "address", "center", "details", "summary", "thead",
    "tbody", "tfoot", "caption", "option", "iframe",
]
# fmt: on
_UNSEEN = {"script", "style", "template", "noscript", "svg", "select", "textarea"}
_BREAK = "\x02"  # private to this module, a control character that no text keeps
_BREAK_AT = {
    f"{slash}{name}": _BREAK for name in (*_BLOCKS, "table", "tr", "td", "th") for slash in ("", "/")
}
_TABLE_TAGS = frozenset(["table", "/table", "tr", "td", "th"])
_TABLE_DEPTH = 12
_BLANK = _BREAK + " \n\r\xa0\u3000"
_LONG_CELL = 600  # characters of a cell that holds running text rather than a value


def paragraphs_of_markup(markup: str) -> tuple[str, ...]:
    """The paragraphs of a piece of serialised markup, in reading order."""
    parts = _TAG.split(markup)
    kinds = set(parts[1::2])
    text = "".join(parts[::2])  # without the attributes, which are most of a page that an office program made
    if "<!" in text or _BREAK in text or "pre" in kinds:
        parts = _TAG.split(_without_comments(markup))
        kinds = set(parts[1::2])
    if kinds & _UNSEEN:
        parts = _without_unseen(parts)
    if "table" in kinds:
        if "\t" in text:
            parts[::2] = [part.replace("\t", " ") for part in parts[::2]]
        text = _with_tables(parts)
    else:
        parts[1::2] = [_BREAK_AT.get(name, "") for name in parts[1::2]]
        text = "".join(parts).replace("\t", " ")
    if "&" in text:
        text = html.unescape(text.replace("\r", " ").replace("&nbsp;", " ").replace("&#10;", " "))
    return paragraphs_of(text.replace("\n", " ").replace("\r", " ").replace(_BREAK, "\n"))


def text_of_markup(markup: str) -> str:
    """A short piece of markup as one line."""
    return " ".join(paragraphs_of_markup(markup))


def _without_comments(markup: str) -> str:
    """Markup without comments; the lines of preformatted text are kept as lines."""
    text = _COMMENT.sub("", markup.replace(_BREAK, ""))
    return _PRE.sub(lambda found: found[1] + found[2].replace("\n", _BREAK) + found[3], text)


def _without_unseen(parts: list[str]) -> list[str]:
    """The same alternation of text and tag names without what a reader does not see."""
    kept: list[str] = [parts[0]]
    inside: str | None = None
    for place in range(1, len(parts), 2):
        name, text = parts[place], parts[place + 1]
        if inside is None and name in _UNSEEN:
            inside = name
        elif inside is not None and name == f"/{inside}":
            inside = None
            kept += [name, text]
        elif inside is None:
            kept += [name, text]
    return kept


@dataclass(slots=True)
class _Table:
    """A table while it is read: rows of cells, and what stands outside any cell."""

    rows: list[list[str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    cell: list[str] | None = None
    nested: bool = False

    def close_cell(self) -> None:
        """The open cell is complete."""
        if self.cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("".join(self.cell))
            self.cell = None

    def add(self, text: str) -> None:
        """Text at the present place."""
        (self.loose if self.cell is None else self.cell).append(text)


def _with_tables(parts: list[str]) -> str:
    """Tables from the inside out; beyond a sane depth a table is only a block.

    What stands between two tags of a table is put together at once: cells are full of other tags.
    """
    names = parts[1::2]
    parts[1::2] = [_BREAK_AT.get(name, "") for name in names]
    stack = [_Table()]
    begin = 0
    for place, name in enumerate(names):
        if name not in _TABLE_TAGS:
            continue
        at = 2 * place + 1
        stack[-1].add("".join(parts[begin:at]))
        begin = at if _is_loose(name, stack) else at + 1
        _enter(name, stack)
    stack[-1].add("".join(parts[begin:]))
    while len(stack) > 1:
        table = stack.pop()
        stack[-1].add(_rendered(table))
    return "".join(stack[0].loose)


def _is_loose(name: str, stack: list[_Table]) -> bool:
    """Whether a tag of a table is but a block here: outside of any table, or in one that is too deep."""
    return len(stack) > _TABLE_DEPTH if name == "table" else len(stack) == 1


def _enter(name: str, stack: list[_Table]) -> None:
    """The table, row or cell that a tag opens or closes."""
    if _is_loose(name, stack):
        return
    table = stack[-1]
    if name == "table":
        table.nested = True
        stack.append(_Table())
    elif name == "/table":
        stack.pop()
        stack[-1].add(_rendered(table))
    else:
        table.close_cell()
        if name == "tr":
            table.rows.append([])
        else:
            table.cell = []


def _rendered(table: _Table) -> str:
    """A data table as rows; one that only places things as the blocks it holds."""
    table.close_cell()
    loose = "".join(table.loose)
    if _is_layout(table):
        body = _BREAK.join(cell for row in table.rows for cell in row)
    else:
        body = _BREAK.join("\t".join(cell.replace(_BREAK, " ").strip() for cell in row) for row in table.rows)
    return f"{_BREAK}{loose}{_BREAK}{body}{_BREAK}"


def _is_layout(table: _Table) -> bool:
    """A table that only places things: another table in it, one filled cell a row, or one long cell."""
    filled = (sum(1 for cell in row if cell.strip(_BLANK)) for row in table.rows)
    if table.nested or all(cells <= 1 for cells in filled):
        return True
    lengths = [len(cell) for row in table.rows for cell in row]
    longest = max(lengths, default=0)
    return longest > _LONG_CELL and longest * 10 > sum(lengths) * 6
