"""Lines of a file's text, gathered together with the place where each one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.extraction.limits import MAX_PARAGRAPHS
from crawlers.extraction.plain import paragraphs_of
from warehouse.places import Spot, places_of


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

    def add_row(self, line: str, row: int) -> None:
        """A row of the sheet named last; an empty one is left out."""
        if line:
            self.keep([line], Spot(sheet=self.spots[-1].sheet if self.spots else None, row=row))

    def without_blank_ends(self) -> PlacedLines:
        """The same without the empty lines at its beginning and end."""
        filled = [at for at, line in enumerate(self.lines) if line]
        if not filled:
            return PlacedLines()
        kept = slice(filled[0], filled[-1] + 1)
        return PlacedLines(self.lines[kept], self.spots[kept])
