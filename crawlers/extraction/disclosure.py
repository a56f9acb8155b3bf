"""The 政府信息公开 table of a page, whatever it is built of: table, dl, li, div or one padded line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawlers.extraction.disclosure_cells import Cell, cells_of, next_values
from crawlers.extraction.disclosure_labels import INLINE, LABELS, MARK
from crawlers.extraction.gathered import Value
from crawlers.extraction.plain import one_line, squeeze

_STRONG = {"index_number", "doc_number", "written", "issuer"}
_REGION = 2_500  # characters of markup that may lie between two labels of one table
_TAIL = 1_200  # characters of markup in which the last label's value stands
_GAP = 8  # cells between two labels of one table
_MAX_PARTS = 12  # elements over which a label may be spread
_MAX_MARKUP = 3_000_000


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the table says, and the squeezed lines it occupies, so that they can be dropped from the body."""

    values: tuple[Value, ...] = ()
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hit:
    place: int
    field: str
    label: str
    value: str
    end: int  # the place of the cell in which the value stands
    waits: bool = False  # the value does not stand in the label's own cell


def read_disclosure(markup: str) -> Disclosure:
    """The table in a page's serialised markup; empty when the page has none.

    Works on markup as a parser serialises it (attribute values quoted). A lone label in running text is
    no table: at least two distinct labels must stand close together, one of them official.
    """
    best: tuple[list[_Hit], list[Cell]] = ([], [])
    for region in _regions(markup[:_MAX_MARKUP]):
        cells = cells_of(region)
        cluster = _best_cluster(_hits(cells))
        if _breadth(cluster) > _breadth(best[0]):
            best = (cluster, cells)
    return _disclosure(*best) if best[0] else Disclosure()


def _disclosure(labelled: list[_Hit], cells: list[Cell]) -> Disclosure:
    cluster = _with_values(labelled, cells)
    values: dict[str, Value] = {}
    for hit in cluster:
        value = one_line(hit.value)
        if value and not hit.field.startswith("extra:"):
            values.setdefault(f"{hit.field}{hit.label}", Value(hit.field, value, f"table:{hit.label}"))
    end = max(hit.end for hit in cluster)
    lines = frozenset(line for cell in cells[cluster[0].place : end + 1] if (line := squeeze(cell.text)))
    return Disclosure(tuple(values.values()), lines | _row_lines(cluster))


def _with_values(cluster: Sequence[_Hit], cells: Sequence[Cell]) -> list[_Hit]:
    """The hits with the values that stand in cells of their own."""
    waiting = [hit.place for hit in cluster if hit.waits]
    found = next_values(cells, waiting)
    return [
        replace(hit, value=cells[found[hit.place]].text.replace("\x1f", ""), end=found[hit.place])
        if hit.waits and hit.place in found
        else hit
        for hit in cluster
    ]


def _regions(markup: str) -> Iterator[str]:
    """The stretches of markup in which labels stand, from the first label's tag to well behind the last."""
    if not any(
        sign in markup for sign in "索发文成生公制效有"
    ):  # with which labels begin: most pages have none
        return
    places = [match.start() for match in MARK.finditer(markup)]
    begin = 0
    for index, place in enumerate(places):
        last = index + 1 == len(places)
        if last or places[index + 1] - place > _REGION:
            start = max(markup.rfind("<", 0, places[begin]), 0)
            yield markup[_tag_before(markup, start) : place + _TAIL]
            begin = index + 1


def _tag_before(markup: str, place: int) -> int:
    """The start of a tag some way before a place, so that a label at the very edge is not lost."""
    return max(markup.rfind("<", 0, max(place - 300, 0)), 0)


def _breadth(run: list[_Hit]) -> int:
    return len({hit.field for hit in run})


def _hits(cells: list[Cell]) -> list[_Hit]:
    hits: list[_Hit] = []
    for place, cell in enumerate(cells):
        chunk = cell.text
        if len(chunk) > 3000:
            continue
        inline = list(INLINE.finditer(chunk)) if "：" in chunk or ":" in chunk else []
        if inline:
            hits.extend(_inline_hits(place, chunk, inline))
            continue
        name, rest = _label_in_front(chunk)
        if name:
            hits.append(_Hit(place, LABELS[name], name, rest, place, waits=not rest))
    return hits


def _label_in_front(chunk: str) -> tuple[str, str]:
    """The label that a cell begins with, and the rest; each character may stand in an element of its own."""
    parts = chunk.strip("\x1f \t\r\n\xa0\u3000").split("\x1f")
    for count in range(min(len(parts), _MAX_PARTS), 0, -1):
        name = squeeze("".join(parts[:count])).strip("【】[]:：")
        if name in LABELS:
            return name, "".join(parts[count:]).strip(" \n\t\xa0\u3000")
    return "", ""


def _inline_hits(place: int, chunk: str, found: list[re.Match[str]]) -> list[_Hit]:
    hits: list[_Hit] = []
    for index, match in enumerate(found):
        stop = found[index + 1].start() if index + 1 < len(found) else len(chunk)
        name = squeeze(match[1])
        value = chunk[match.end() : stop].replace("\x1f", "")
        waits = not value.strip() and index + 1 == len(found)
        hits.append(_Hit(place, LABELS[name], name, value.strip("【】[]；;|"), place, waits))
    return hits


def _best_cluster(hits: list[_Hit]) -> list[_Hit]:
    """The first run of neighbouring labels that makes a disclosure table."""
    runs: list[list[_Hit]] = []
    for hit in hits:
        if runs and hit.place - runs[-1][-1].place <= _GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    official = [run for run in runs if _is_table(run)]
    return max(official, key=lambda run: len({hit.field for hit in run}), default=[])


def _is_table(run: list[_Hit]) -> bool:
    fields = {hit.field for hit in run if not hit.field.startswith("extra:")}
    return (len(fields) >= 3 and bool(fields & _STRONG)) or (
        len(fields) == 2 and len(fields & _STRONG) >= 1 and "index_number" in fields
    )


def _row_lines(cluster: list[_Hit]) -> frozenset[str]:
    return frozenset(squeeze(f"{hit.label}：{hit.value}") for hit in cluster)
