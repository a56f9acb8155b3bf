"""The preview of a draft: its blocks as escaped HTML, references numbered, figures as small tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dashboard.drafting.grammar import mark_text
from dashboard.drafting.model import (
    Draft,
    Figure,
    Heading,
    Item,
    Mark,
    Paragraph,
    Quotation,
    Span,
    Table,
    Text,
)
from dashboard.markup import Child, Markup, element, join
from warehouse.desk.drafts.merging import MARKER

DrawFigure = Callable[[Mapping[str, Any]], Child]
_RUN = re.compile(r"[A-Za-z0-9]+(?:[.,'’%:/-][A-Za-z0-9]+)*%?|[^\sA-Za-z0-9]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[.,'’%:/-][A-Za-z0-9]+)*|[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is, without references, signs of Markdown and figures."""

    signs: int  # 字数: Chinese characters and punctuation one each, a word or number in Latin script one
    words: int
    characters: int  # without blanks


def size_of(draft: Draft) -> Size:
    """The length of a draft's running text."""
    text = "\n".join(one.text for _, one in draft.texts())
    return Size(len(_RUN.findall(text)), len(_WORD.findall(text)), sum(not sign.isspace() for sign in text))


def length_of(size: Size, language: str) -> int:
    """The length that a template's target counts: words in English, 字数 in Chinese."""
    return size.words if language == "en" else size.signs


def numbers_of(draft: Draft) -> dict[str, int]:
    """The number of each reference by its first place in the text."""
    return {text: n for n, text in enumerate(dict.fromkeys(mark_text(one) for one in draft.marks()), 1)}


def preview(draft: Draft, draw: DrawFigure) -> Markup:
    """The whole draft; a click on a block brings its line into the text (`data-line`)."""
    numbers = numbers_of(draft)
    parts: list[Child] = []
    for kind, blocks in groupby(draft.blocks, key=lambda block: isinstance(block, Item)):
        if kind:
            parts.append(_list([one for one in blocks if isinstance(one, Item)], numbers))
        else:
            parts += (_block(one, numbers, draw) for one in blocks)
    return element("div", *parts, cls="gb-paper")


def _block(block: object, numbers: Mapping[str, int], draw: DrawFigure) -> Markup:
    if isinstance(block, Heading):
        tag = ("h2", "h3", "h4")[min(block.level, 2)] if block.level else "h2"
        return element(tag, *_inline(block.text, numbers), id=f"gb-h{block.place.block}", **_at(block))
    if isinstance(block, Quotation):
        return element("blockquote", element("p", *_inline(block.text, numbers)), **_at(block))
    if isinstance(block, Table):
        return _table(block, numbers)
    if isinstance(block, Figure):
        drawn = element("p", block.problem, cls="gb-notice") if block.problem else draw(block.settings)
        return element("div", drawn, **_at(block))
    assert isinstance(block, Paragraph)
    clash = "gb-clash" if MARKER.match(block.text.text) else None
    return element("p", *_inline(block.text, numbers), cls=clash, **_at(block))


def _list(items: list[Item], numbers: Mapping[str, int]) -> Markup:
    rows = (
        element(
            "li",
            element("span", f"{one.number}. ", cls="gb-point") if one.number is not None else "· ",
            *_inline(one.text, numbers),
            cls=f"gb-depth-{min(one.depth, 3)}",
            **_at(one),
        )
        for one in items
    )
    return element("ul", *rows, cls="gb-points-of")


def _table(block: Table, numbers: Mapping[str, int]) -> Markup:
    def row(tag: str, cells: tuple[Text, ...]) -> Markup:
        return element(
            "tr",
            *(
                element(tag, *_inline(cell, numbers), cls="gb-right" if at in block.numbers else None)
                for at, cell in enumerate(cells)
            ),
        )

    body = element("tbody", *(row("td", cells) for cells in block.rows))
    table = element("table", element("thead", row("th", block.heads)), body, cls="gb-table")
    return element("div", table, cls="gb-scroll", tabindex="0", **_at(block))


def _inline(text: Text, numbers: Mapping[str, int]) -> Iterator[Child]:
    """Text, strong and emphasised spans, and references where they stand."""
    cuts = {0, len(text.text), *(one.at for one in text.marks)}
    for span in text.spans:
        cuts |= {span.start, span.end}
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], None], strict=True):
        yield from (_reference(mark, numbers) for mark in text.marks if mark.at == start)
        if end is not None and start < end:
            yield _spanned(text.text[start:end], start, text.spans)


def _spanned(letters: str, start: int, spans: tuple[Span, ...]) -> Child:
    first, *rest = letters.split("\n")
    told: Child = join((first, *(part for line in rest for part in (element("br"), line))))
    for span in spans:
        if span.start <= start < span.end:
            told = element("strong" if span.kind == "strong" else "em", told)
    return told


def _reference(mark: Mark, numbers: Mapping[str, int]) -> Markup:
    number = numbers[mark_text(mark)]
    return element("a", f"[{number}]", href=f"#gb-note-{number}", cls="gb-ref")


def _at(block: Any) -> dict[str, str]:
    return {"data_line": str(block.place.line)}
