"""From the drawing objects of an OFD page to pieces of text with their place on the page, in millimetres."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from unicodedata import east_asian_width

from lxml import etree

from crawlers.extraction.limits import MAX_OFD_CHARACTERS, MAX_OFD_DEPTH, MAX_OFD_OBJECTS
from crawlers.extraction.zip_parts import UnsafeZip

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BLOCKS = {"Content", "Layer", "PageBlock", "Appearance"}
_FARTHEST = 1e6  # millimetres; nothing on a page is a kilometre away
_DEFAULT_SIZE = 3.0
_SPLIT = 0.8  # of a character's size: a gap this wide inside one text is a gap of the line


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text on one baseline; `turned` text runs down, up or slanting across the page."""

    x: float
    y: float
    end: float
    size: float
    text: str
    turned: bool = False


@dataclass(slots=True)
class Budget:
    """How much of a file has been drawn; a file that draws more than any real one is refused."""

    objects: int = 0
    characters: int = 0

    def spend(self, objects: int, characters: int) -> None:
        """Count, and refuse what goes beyond the bounds."""
        self.objects += objects
        self.characters += characters
        if self.objects > MAX_OFD_OBJECTS or self.characters > MAX_OFD_CHARACTERS:
            raise UnsafeZip("The OFD file draws more text than any office file does.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is needed to read a page: the composite drawings by their number, and the file's budget."""

    composite: Callable[[str], etree._Element | None]
    budget: Budget = field(default_factory=Budget)


def fragments_of(parent: etree._Element, drawing: Drawing) -> Iterator[Fragment]:
    """All texts below an element, in the order of the file; pictures and paths have none."""
    yield from _walk(parent, IDENTITY, drawing, 0)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; comments and instructions have none."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _walk(parent: etree._Element, matrix: Matrix, drawing: Drawing, depth: int) -> Iterator[Fragment]:
    for child in parent:
        name = local_name(child)
        if name in _BLOCKS and depth < MAX_OFD_DEPTH:
            yield from _walk(child, matrix, drawing, depth + 1)
        elif name in ("TextObject", "CompositeObject"):
            drawing.budget.spend(1, 0)
            if child.get("Visible", "true").strip().lower() in ("false", "0"):
                continue
            placed = _times(matrix, _own_matrix(child))
            if name == "TextObject":
                yield from _text_fragments(child, placed, drawing.budget)
            elif depth < MAX_OFD_DEPTH:
                unit = drawing.composite(child.get("ResourceID", ""))
                if unit is not None:
                    yield from _walk(unit, placed, drawing, depth + 1)


def _own_matrix(element: etree._Element) -> Matrix:
    """The object's CTM, moved to the corner of its boundary box."""
    corner = numbers(element.get("Boundary", ""), 4)
    left, top = (corner[0], corner[1]) if len(corner) >= 2 else (0.0, 0.0)
    values = numbers(element.get("CTM", ""), 6)
    a, b, c, d, e, f = values if len(values) == 6 else IDENTITY
    return a, b, c, d, e + left, f + top


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    """First the inner mapping, then the outer one."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def numbers(text: str, most: int) -> list[float]:
    """The first numbers of a list; what is no number, or farther than any page reaches, counts as zero."""
    return [number(part) for part in text.split(None, most)[:most]]


def number(text: str | None, default: float = 0.0) -> float:
    """A finite number of sensible size, else the default."""
    try:
        value = float(text) if text is not None else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else default


def deltas(text: str | None, needed: int) -> list[float]:
    """Distances between characters; `g 3 1.5` means 1.5 three times, and never more than needed are made."""
    made: list[float] = []
    parts = iter(text.split(None, 3 * needed)[: 3 * needed]) if text and needed > 0 else iter(())
    for part in parts:
        if part.lower() == "g":
            count = _count(next(parts, None), needed - len(made))
            made += repeat(number(next(parts, None)), count)
        else:
            made.append(number(part))
        if len(made) >= needed:
            break
    return made[:needed]


def _count(text: str | None, most: int) -> int:
    """How often a distance is repeated: a whole number from nothing to as many as can be used."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 100 else 0


def _text_fragments(element: etree._Element, matrix: Matrix, budget: Budget) -> Iterator[Fragment]:
    size = number(element.get("Size"), _DEFAULT_SIZE) or _DEFAULT_SIZE
    wide = abs(number(element.get("HScale"), 1.0)) or 1.0
    x = y = 0.0
    for code in element.iterchildren("{*}TextCode"):
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = "".join(code.itertext()).replace("\r", "").replace("\n", "").replace("\t", " ")
        budget.spend(0, len(text) + 1)
        if text.strip():
            yield from _placed(text, _points(code, text, x, y, abs(size) * wide), matrix, abs(size))


def _points(
    code: etree._Element, text: str, x: float, y: float, size: float
) -> list[tuple[float, float, float]]:
    """Where every character begins, and how wide it is, in the object's own space."""
    across, down = (deltas(code.get(name), len(text) - 1) for name in ("DeltaX", "DeltaY"))
    widths = [character_width(character) * size for character in text]
    steps_x: Sequence[float] = across
    if across:
        steps_x = [*across, *repeat(across[-1], len(text) - 1 - len(across))]
    elif not any(down):
        steps_x = widths[:-1]
    points = [(x, y, widths[0])]
    for step_x, step_y, width in zip(
        chain(steps_x, repeat(0.0)), chain(down, repeat(0.0)), widths[1:], strict=False
    ):
        x, y = x + step_x, y + step_y
        points.append((x, y, width))
    return points


def _placed(
    text: str, points: list[tuple[float, float, float]], matrix: Matrix, size: float
) -> Iterator[Fragment]:
    """The text cut where it leaves its baseline or jumps; turned text stays in one piece."""
    a, b, c, d, e, f = matrix
    stretch, size = math.hypot(a, b), size * math.hypot(c, d)
    places = [(a * x + c * y + e, b * x + d * y + f, width * stretch) for x, y, width in points]
    if not all(map(math.isfinite, chain((size,), places[0], places[-1]))):
        return
    if _is_turned(places, matrix, size):
        yield Fragment(places[0][0], places[0][1], places[0][0] + size, size, text.strip(), True)
        return
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _breaks(places[at - 1], places[at], size):
            piece = text[begin:at]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                last = begin + len(piece.rstrip()) - 1
                end = places[last][0] + places[last][2]
                yield Fragment(places[begin + lead][0], places[begin][1], end, size, piece.strip())
            begin = at


def _is_turned(places: list[tuple[float, float, float]], matrix: Matrix, size: float) -> bool:
    slanting = abs(matrix[1]) > 0.18 * abs(matrix[0])  # more than ten degrees
    if slanting or len(places) < 2:
        return slanting
    sideways = max(place[0] for place in places) - min(place[0] for place in places)
    return sideways < 0.5 * size and abs(places[-1][1] - places[0][1]) > 0.5 * size


def _breaks(before: tuple[float, float, float], after: tuple[float, float, float], size: float) -> bool:
    gap = after[0] - before[0] - before[2]
    return abs(after[1] - before[1]) > 0.4 * size or gap > _SPLIT * size or gap < -2 * size


def character_width(character: str) -> float:
    """The usual advance of a character as a part of its size; fonts are not opened for it."""
    if east_asian_width(character) in "WFA":
        return 1.0
    if character in "iljtfrI.,:;'|!()[] ":
        return 0.3
    if character in "mwMW@%":
        return 0.85
    return 0.68 if character.isupper() else 0.5
