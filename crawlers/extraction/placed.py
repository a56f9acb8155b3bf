"""Lines of a file's text, gathered together with the place where each one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crawlers.extraction.limits import MAX_PARAGRAPH, MAX_PARAGRAPHS
from crawlers.extraction.plain import paragraphs_of
from warehouse.places import Spot, places_of, spot_under


@dataclass(slots=True)
class PlacedLines:
    """What a reader has read so far; `text` and `places` are what an AttachmentText holds."""

    lines: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def places(self) -> str:
        """The map that belongs to it."""
        return places_of(self.spots)

    def add(self, text: str, spot: Spot) -> None:
        """The lines of a piece of text, tidy and within the bounds of all texts."""
        room = MAX_PARAGRAPHS - len(self.lines)
        self.keep(paragraphs_of(text)[: max(room, 0)], spot)

    def keep(self, lines: Iterable[str], spot: Spot) -> None:
        """Lines as they are, all of them at one place."""
        for line in lines:
            self.lines.append(line)
            self.spots.append(spot)

    def name_sheet(self, name: str) -> None:
        """The line with the name of the sheet that the following rows stand in."""
        self.keep([name], Spot(sheet=len(self.lines)))

    def add_row(self, line: str, row: int, head: int | None = None) -> None:
        """A row of the sheet named last, below the headings in line `head`; an empty one is left out."""
        if line:
            self.keep([line], Spot(sheet=self.spots[-1].sheet if self.spots else None, row=row, head=head))

    def add_rows(self, rows: Sequence[tuple[int, str]], head: int | None) -> None:
        """The numbered rows of the sheet named last, the `head`-th of them with the headings."""
        own: int | None = None
        for at, (number, line) in enumerate(rows):
            self.add_row(line, number, own)
            if at == head:
                own = len(self.lines) - 1

    def add_table(self, rows: Sequence[tuple[int, str]], spot: Spot, head: int | None) -> None:
        """The rows of a table by their numbers, the `head`-th with the headings; empty ones left out."""
        own: int | None = None
        for at, (number, line) in enumerate(rows):
            if not line or len(self.lines) >= MAX_PARAGRAPHS:
                continue
            below = own if own is not None else None
            self.keep([line[:MAX_PARAGRAPH]], replace(spot, row=number, head=below))
            if at == head:
                own = len(self.lines) - 1

    def include(self, name: str, text: str, places: str) -> None:
        """Below its name, the text of a file inside this one, with the places that its reader gave."""
        by = len(self.lines) + 1
        member = len(self.lines)
        self.keep([name], Spot(member=member))
        for at, line in enumerate(
            text.split("\n")[: max(0, MAX_PARAGRAPHS - len(self.lines))] if text else ()
        ):
            self.keep([line], spot_under(places, at, by, member))

    def without_blank_ends(self) -> PlacedLines:
        """The same without the empty lines at its beginning and end."""
        filled = [at for at, line in enumerate(self.lines) if line]
        if not filled:
            return PlacedLines()
        kept = slice(filled[0], filled[-1] + 1)
        return PlacedLines(self.lines[kept], self.spots[kept])
