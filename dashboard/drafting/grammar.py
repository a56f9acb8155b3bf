"""Reading a draft's text: Markdown by markdown-it-py, without links, images and HTML, with our references."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dashboard.drafting.model import (
    Block,
    Draft,
    Figure,
    Heading,
    Item,
    Mark,
    Paragraph,
    Place,
    Quotation,
    Span,
    Table,
    Text,
)

FIGURE = "figure"
MARK = re.compile(r"\[\^(?:e(?P<evidence>\d{1,12})|d(?P<document>[0-9A-Za-z][0-9A-Za-z_.:-]{0,80}))\]")
_SPANS = {"strong_open": "strong", "em_open": "emphasis"}


def parse(text: str) -> Draft:
    """The blocks of a draft. Nothing is refused: what is no Markdown of ours stays text."""
    return Draft(tuple(_blocks(_reader().parse(text))))


def mark_text(mark: Mark) -> str:
    """A reference as it is written in a draft."""
    return f"[^{'e' if mark.kind == 'evidence' else 'd'}{mark.key}]"


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return reader.disable(
        ["link", "image", "autolink", "html_inline", "html_block", "reference", "code", "backticks", "entity"]
    )


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists: list[int | None] = []  # the next number of each open list, None for one without numbers
    quoted, count = 0, 0
    place, level = 0, 0
    for index, token in enumerate(tokens):
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_close" and lists[-1] is not None:
            lists[-1] += 1
        elif kind in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.nesting > 0 else -1
        elif kind == "heading_open":
            level = int(token.tag[1:])
        elif kind == "table_open":
            yield _table(tokens, index, count)
            place, count = index, count + 1
        elif kind == "fence":
            yield _fence(token, count)
            count += 1
        elif kind == "inline" and not _within_table(tokens, place, index):
            at = _place(count, token)
            yield _inline(tokens[index - 1].type, level, token, lists, quoted, at)
            count += 1


def _inline(
    opened: str, level: int, token: Token, lists: Sequence[int | None], quoted: int, place: Place
) -> Block:
    text = _text(token.children or ())
    if opened == "heading_open":
        return Heading(level - 1, text, place)
    if quoted:
        return Quotation(text, place)
    if lists:
        return Item(text, len(lists) - 1, lists[-1], place)
    return Paragraph(text, place)


def _within_table(tokens: Sequence[Token], opened: int, index: int) -> bool:
    """Whether the token stands in the table that begins at `opened`."""
    if tokens[opened].type != "table_open":
        return False
    return all(token.type != "table_close" for token in tokens[opened:index])


def _table(tokens: Sequence[Token], opened: int, count: int) -> Table:
    rows: list[list[Text]] = []
    numbers: set[int] = set()
    for token in tokens[opened:]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open") and "right" in str(token.attrGet("style") or ""):
            numbers.add(len(rows[-1]))
        elif token.type == "inline":
            rows[-1].append(_text(token.children or ()))
    place = _place(count, tokens[opened])
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), tuple(sorted(numbers)), place)


def _fence(token: Token, count: int) -> Block:
    place = _place(count, token)
    if token.info.strip() != FIGURE:
        return Paragraph(Text(token.content.rstrip("\n")), place)
    try:
        return Figure(tomllib.loads(token.content), "", place)
    except tomllib.TOMLDecodeError as error:
        return Figure({}, str(error), place)


def _place(count: int, token: Token) -> Place:
    first, until = token.map or (0, 0)
    return Place(count, first, until)


def _text(children: Sequence[Token]) -> Text:
    """The text of inline tokens; line breaks within a paragraph are kept as one newline each."""
    letters, marks, spans = "", [], []
    opened: list[tuple[str, int]] = []
    for child in _joined(children):
        if child.type in _SPANS:
            opened.append((_SPANS[child.type], len(letters)))
        elif child.type in ("strong_close", "em_close"):
            kind, start = opened.pop()
            spans.append(Span(start, len(letters), "strong" if kind == "strong" else "emphasis"))
        elif child.type in ("softbreak", "hardbreak"):
            letters += "\n"
        else:
            letters, found = _with_marks(letters, child.content)
            marks += found
    return Text(letters, tuple(marks), tuple(spans))


def _joined(children: Sequence[Token]) -> Iterator[Token]:
    """The tokens with neighbouring text in one, so that a reference is never cut in two."""
    held: Any = None
    for child in children:
        if child.type not in ("text", "text_special"):
            if held is not None:
                yield held
            held = None
            yield child
        elif held is None:
            held = Token("text", "", 0, content=child.content)
        else:
            held.content += child.content
    if held is not None:
        yield held


def _with_marks(letters: str, content: str) -> tuple[str, list[Mark]]:
    marks, end = [], 0
    for found in MARK.finditer(content):
        letters += content[end : found.start()]
        end = found.end()
        kind = "evidence" if found["evidence"] else "document"
        key = found["evidence"] or found["document"]
        marks.append(Mark(len(letters), "evidence" if kind == "evidence" else "document", key))
    return letters + content[end:], marks
