"""From the blocks of a draft to the sections of its paper: no number doubled, references at their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.drafting import model
from dashboard.drafting.figures import FigureMaker
from dashboard.drafting.paper_sources import PaperSources
from dashboard.report.model import Block, Section, cleaned, plain
from dashboard.report.prose import Grid, Heading, Listed, Piece, Prose, Quote, Rich, bare, on_one_line

_HAN = "一二三四五六七八九十百"
# Numbers that authors write before headings although the paper numbers them: 一、 （二） 3． 第五部分
_WRITTEN = re.compile(
    rf"\s*(?:[{_HAN}]+、|[（(](?:[{_HAN}]+|\d{{1,2}})[)）]|\d{{1,2}}(?:[．、]|\.(?!\d))|第[{_HAN}]+(?:部分|章|节))\s*"
)
# 2. and 2) before an English one; 1.2 only where it is the number that the heading gets anyway
_POINTS = re.compile(r"\s*\d{1,2}[.)]\s+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_DEEPEST = 3  # levels of headings that a paper has


def paper_sections(
    draft: model.Draft, sources: PaperSources, figures: FigureMaker, language: str
) -> tuple[Section, ...]:
    """The sections in order; what stands before the first heading has a heading of its own that is empty."""
    return tuple(_sections(draft, _Builder(sources, figures, language)))


def _sections(draft: model.Draft, builder: _Builder) -> Iterator[Section]:
    heading = ""
    cited: Rich = ()
    blocks: list[Block] = []
    titled = False
    for block in draft.blocks:
        if isinstance(block, model.Heading) and block.level == 0 and not titled:
            titled = True  # the title stands above the paper already
            continue
        if isinstance(block, model.Heading) and block.level <= 1:
            if heading or blocks:
                yield Section(heading, tuple(blocks), cited)
            builder.begin()
            pieces = builder.heading(block.text, 1)
            heading, cited, blocks = bare(pieces).strip(), tuple(one for one in pieces if one.cited), []
        else:
            blocks.append(builder.block(block))
    if heading or blocks:
        yield Section(heading, tuple(blocks), cited)


class _Builder:
    """Makes one block after the other; it knows how deep the headings of the section go."""

    def __init__(self, sources: PaperSources, figures: FigureMaker, language: str) -> None:
        self._sources, self._figures, self._language = sources, figures, language
        self._section, self._levels = 0, [0, 0]

    def begin(self) -> None:
        """A new section: headings below it count anew."""
        self._section += 1
        self._levels = [0, 0]

    def block(self, block: model.Block) -> Block:
        """One block of the paper for one of the draft."""
        if isinstance(block, model.Heading):
            return self._below(block)
        if isinstance(block, model.Quotation):
            return Quote(self._rich(block.text))
        if isinstance(block, model.Item):
            return Listed(self._label(block), block.depth, self._rich(block.text))
        if isinstance(block, model.Table):
            heads = tuple(map(self._rich, block.heads))
            rows = tuple(tuple(map(self._rich, row[: len(heads)])) for row in block.rows)
            return Grid(heads, rows, block.numbers)
        if isinstance(block, model.Figure):
            return self._figures.figure(block)
        return Prose(self._rich(block.text))

    def heading(self, text: model.Text, level: int) -> Rich:
        """The heading without the number that its author wrote."""
        pieces = self._rich(text)
        if not pieces or pieces[0].cited:
            return pieces
        written = self._number_written(pieces[0].text, level)
        return (replace(pieces[0], text=pieces[0].text[written:]), *pieces[1:])

    def _below(self, block: model.Heading) -> Heading:
        level = min(block.level, _DEEPEST)
        if level == _DEEPEST and not self._levels[0]:
            level = 2  # no level may be left out
        self._levels[level - 2] += 1
        if level == 2:
            self._levels[1] = 0
        return Heading(level, self.heading(block.text, level))

    def _number_written(self, text: str, level: int) -> int:
        """How many characters of the heading are a number; none where nothing would be left."""
        if self._language == "zh":
            found = _WRITTEN.match(text)
        else:
            own = ".".join(map(str, (self._section, *self._levels)[:level]))
            found = re.match(rf"\s*{re.escape(own)}\.?\s+", text) if level > 1 else None
            found = found or _POINTS.match(text)
        return found.end() if found and text[found.end() :].strip() else 0

    def _label(self, item: model.Item) -> str:
        if item.number is None:
            return "•" if self._language == "en" else "·"
        if self._language == "en":
            return f"{item.number}." if not item.depth else f"({item.number})"
        return f"{item.number}．" if not item.depth else f"（{item.number}）"

    def _rich(self, text: model.Text) -> Rich:
        """The text cut where its face changes or a reference stands."""
        edges = {0, len(text.text), *(mark.at for mark in text.marks)}
        edges |= {edge for span in text.spans for edge in (span.start, span.end)}
        places = sorted(edges)
        marks = {mark.at for mark in text.marks}
        told: list[Piece] = []
        for start, end in zip(places, [*places[1:], None], strict=True):
            if start in marks:
                told.append(self._sources.piece(text, start))
            if end is not None and (letters := self._line(text.text, start, end)):
                told.append(self._piece(text, start, end, letters))
        return tuple(told)

    def _piece(self, text: model.Text, start: int, end: int, letters: str) -> Piece:
        kinds = {span.kind for span in text.spans if span.start <= start and end <= span.end}
        return Piece(letters, strong="strong" in kinds, emphasis="emphasis" in kinds)

    def _line(self, text: str, start: int, end: int) -> str:
        """Characters of the text on one line; where Chinese was broken nothing stands between."""
        whole = _BETWEEN_HAN.sub("\u0000", text)  # of the same length: offsets stay
        return on_one_line(cleaned(whole[start:end].replace("\u0000", "\ue000"))).replace("\ue000", "")


def title_of(draft: model.Draft) -> str:
    """The title that the text itself bears, "" for none."""
    return next((plain(one.text.text) for one in draft.outline if one.level == 0), "")
