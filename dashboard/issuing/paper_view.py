"""A signed paper as HTML, from the JSON that was kept of it: what is read here is what was signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from dashboard.markup import Child, Markup, element
from dashboard.pieces import table

Block = Mapping[str, Any]


def paper_view(paper: Mapping[str, Any], figures: str) -> Markup:
    """Masthead, sections and names of a paper; marks lead to `#ref-N` in the list of references.

    `figures` is the word that unfolds the numbers of a figure.
    """
    head = paper["masthead"]
    signers = paper.get("paper", {}).get("signers", ())
    return element(
        "article",
        *(element("p", head[name], cls="gb-meta") for name in ("mark", "red_head") if head[name]),
        element("p", " · ".join(one for one in (head["series"], head["issue"], head["unit"]) if one)),
        element("p", paper["sample"], cls="gb-notice", role="note") if paper["sample"] else None,
        *(element("p", one) for one in paper["lead"]),
        *(_section(one, figures) for one in paper["sections"]),
        *(element("p", one) for one in signers),
        *(element("p", one, cls="gb-note") for one in paper["provenance"]),
        cls="gb-paper",
        lang="zh-CN" if paper["language"] == "zh" else "en",
    )


def _section(section: Mapping[str, Any], figures: str) -> Markup:
    parts: list[Child] = [element("h2", section["heading"])] if section["heading"] else []
    for listed, blocks in groupby(section["blocks"], key=lambda one: one["kind"] in ("listed", "point")):
        if listed:
            parts.append(element("ul", *(_point(one) for one in blocks), cls="gb-points-of"))
        else:
            parts += [
                _figure(one, figures) if one["kind"] == "figure" else _BLOCKS[one["kind"]](one)
                for one in blocks
            ]
    return element("section", *parts)


def _point(block: Block) -> Markup:
    if block["kind"] == "point":
        return element("li", block["text"])
    depth = min(int(block["depth"]), 3)
    return element(
        "li", element("span", f"{block['label']} "), *_rich(block["pieces"]), cls=f"gb-depth-{depth}"
    )


def _heading(block: Block) -> Markup:
    return element("h3" if block["level"] <= 2 else "h4", *_rich(block["pieces"]))


def _entry(block: Block) -> Markup:
    return element("div", element("h3", block["title"]), *(element("p", line) for line in block["lines"]))


def _figure(block: Block, word: str) -> Markup:
    """A figure in words and numbers; its drawing stands in the PDF and DOCX."""
    label = " ".join(one for one in (block["label"], block["title"]) if one)
    below = [one for one in (block["unit"], block["caption"], block["note"], block["source"]) if one]
    return element(
        "figure",
        element("p", element("strong", label)),
        element("p", block["alternative"]) if block["alternative"] else None,
        element("details", element("summary", word), _table(block, label)),
        *(element("p", one, cls="gb-note") for one in below),
    )


def _grid(block: Block) -> Markup:
    heads = [_words(one) for one in block["heads"]]
    rows = [[element("span", *_rich(cell)) for cell in row] for row in block["rows"]]
    return table(heads, rows, " · ".join(heads), frozenset(block["numbers"]))


def _table(block: Block, label: str = "") -> Markup:
    return table(
        block["heads"], block["rows"], label or " · ".join(block["heads"]), frozenset(block["numbers"])
    )


def _words(pieces: Sequence[Mapping[str, Any]]) -> str:
    return "".join(str(piece["text"]) for piece in pieces)


def _rich(pieces: Sequence[Mapping[str, Any]]) -> list[Child]:
    return [_piece(one) for one in pieces]


def _piece(piece: Mapping[str, Any]) -> Child:
    text: Child = str(piece["text"])
    if piece["references"]:
        text = element("a", text, href=f"#ref-{piece['references'][0]}", cls="gb-ref")
    if piece["strong"]:
        text = element("strong", text)
    return element("em", text) if piece["emphasis"] else text


_BLOCKS: Mapping[str, Callable[[Block], Markup]] = {
    "paragraph": lambda block: element("p", block["text"]),
    "prose": lambda block: element("p", *_rich(block["pieces"])),
    "quote": lambda block: element("blockquote", element("p", *_rich(block["pieces"]))),
    "heading": _heading,
    "entry": _entry,
    "grid": _grid,
    "table": _table,
}
