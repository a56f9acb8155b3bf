"""The picture: what the document rests on to its left, what rests on it to its right, places worked out here.

A layout by forces puts nodes anywhere and labels over one another, and differs from look to look. Columns do
not: each document has a row of its own, and a label stands where its column leaves room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.frame import Frame
from dashboard.looks import INK, MUTED, SANS
from dashboard.network.marks import MARKS, SELF, mark_of, word_of
from dashboard.network.names import name_in
from dashboard.network.narrow import corners, narrow
from warehouse.queries.ego import RELATIONS, Ego, Node

LABELLED = 10  # documents that bear their name in the picture, the middle not counted
_WIDTH = 480.0  # units across, of which one is a point on a screen of 1440
_FREE = 80.0  # units more for a side on which no name stands outside
_ROW = 26.0  # from one row to the next: a label of 12 points fits
_TALLEST = 24  # rows of a column before it is parted in two
_COLUMNS = {
    ("above", 2): 0.0,
    ("above", 1): 70.0,
    ("self", 0): 240.0,
    ("below", 1): 410.0,
    ("below", 2): 480.0,
}
_PARTED = 22.0  # between the two halves of a parted column
_SIZES = (11, 14, 18, 22)  # of a node cited by none, some, ten, a hundred documents
_HEAD, _FOOT = 56, 30  # points above, for the legend, and below


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands, and whether it bears its name there."""

    x: float
    y: float
    labelled: bool
    label_at: str  # left | right | top: towards the middle, from the outermost columns away from it


def places(nodes: Sequence[Node]) -> dict[str, Place]:
    """Each document's place; no two share a row of one column, no two names stand in one place."""
    named = {one.document_id for one in nodes[1:] if one.distance == 1}
    bearing = [one.document_id for one in nodes[1:] if one.document_id in named][:LABELLED]
    bearing += [one.document_id for one in nodes[1:] if one.document_id not in named][
        : LABELLED - len(bearing)
    ]
    found: dict[str, Place] = {}
    for key, x in _COLUMNS.items():
        column = [one for one in nodes if (one.side, one.distance) == key]
        behind = any((one.side, one.distance) == (key[0], 2) for one in nodes)
        x = x if behind or key[1] != 1 else _COLUMNS[key[0], 2]  # nothing behind: the outer column is free
        found |= _column(column, x, key, frozenset(bearing))
    return found


def height(nodes: Sequence[Node]) -> int:
    """Points the picture needs, with room for the legend above."""
    return int(_HEAD + _FOOT + _tall(nodes))


def specification(frame: Frame, found: Ego) -> dict[str, Any]:
    """The picture as an option of Apache ECharts (echarts.apache.org/en/option.html, series-graph)."""
    where = places(found.nodes)
    words = {name: word_of(frame, name) for name in ("", *RELATIONS)}
    used = [name for name in ("", *RELATIONS) if any(one.relation == name for one in found.nodes)]
    names = {one.document_id: at for at, one in enumerate(found.nodes)}
    tall = _tall(found.nodes)
    outside = _outward(found.nodes, where)
    stretch = 1 + _FREE / _WIDTH * (2 - len(outside))
    drawn = [_node(one, where[one.document_id], used.index(one.relation), stretch) for one in found.nodes]
    series: dict[str, Any] = {
        "type": "graph",
        "layout": "none",
        "roam": True,
        "left": "26%" if "left" in outside else "3%",
        "right": "26%" if "right" in outside else "3%",
        "top": _HEAD,
        "categories": [_category(words[name], name) for name in used],
        "data": [*drawn, *corners(_WIDTH * stretch, -tall / 2, tall / 2)],
        "links": [
            {
                "source": names[tie.document_id],
                "target": names[tie.target_id],
                "value": words[tie.relation],
                "lineStyle": {
                    "color": mark_of(tie.relation).colour,
                    "type": mark_of(tie.relation).line,
                    "width": 1.4,
                    "opacity": 0.55
                    if found.nodes[0].document_id in (tie.document_id, tie.target_id)
                    else 0.25,
                    "curveness": 0.08,
                },
            }
            for tie in found.ties
        ],
        "edgeSymbol": ["none", "arrow"],
        "edgeSymbolSize": 6,
        "labelLayout": {"hideOverlap": True},
        "emphasis": {"focus": "adjacency", "lineStyle": {"width": 2.5, "opacity": 1}},
        "animation": False,
    }
    links: list[dict[str, Any]] = series["links"]
    return {
        "textStyle": {"fontFamily": SANS, "color": INK},
        "tooltip": {"confine": True},
        "legend": {
            "data": [{"name": words[name], "icon": mark_of(name).symbol} for name in used],
            "top": 0,
            "textStyle": {"color": INK, "fontSize": 14},
        },
        "animation": False,
        "series": [series],
        "media": [narrow(found.nodes, found.ties, drawn, links, tall, _HEAD)],
    }


def _category(word: str, relation: str) -> dict[str, Any]:
    mark = mark_of(relation)
    return {"name": word, "symbol": mark.symbol, "itemStyle": _fill(mark.colour, mark.symbol)}


def _fill(colour: str, symbol: str) -> dict[str, Any]:
    """An empty shape is a coloured line around paper."""
    if symbol.startswith("empty"):
        return {"color": colour, "borderColor": colour, "borderWidth": 2}
    return {"color": colour}


def _node(one: Node, where: Place, category: int, stretch: float) -> dict[str, Any]:
    mark = mark_of(one.relation) if one.side != "self" else SELF
    size = _SIZES[min(3, len(str(one.cited_by)) if one.cited_by else 0)] + (8 if one.side == "self" else 0)
    told = [one.title, one.doc_number or "", str(one.published or "")]
    return {
        "id": one.document_id,
        "name": " · ".join(part for part in told if part),
        "x": where.x * stretch,
        "y": where.y,
        "category": category,
        "symbol": mark.symbol,
        "symbolSize": size,
        "itemStyle": _fill(mark.colour, mark.symbol),
        "label": {
            "show": where.labelled,
            "formatter": name_in(one),
            "position": where.label_at,
            "backgroundColor": "rgba(255,255,255,0.85)",
            "padding": [1, 2],
            "color": INK if one.distance < 2 else MUTED,
            "fontSize": 14 if one.side == "self" else 13,
            "fontWeight": "bold" if one.side == "self" else "normal",
        },
    }


def _outward(nodes: Sequence[Node], where: Mapping[str, Place]) -> set[str]:
    """The sides on which names of distance two stand: they point away from the middle and need room."""
    named = (one for one in nodes if one.distance == 2 and where[one.document_id].labelled)
    return {"left" if one.side == "above" else "right" for one in named}


def _tall(nodes: Sequence[Node]) -> float:
    return max(150.0, _ROW * (1 + max(_rows_of(nodes, key) for key in _COLUMNS)))


def _rows_of(nodes: Sequence[Node], key: tuple[str, int]) -> int:
    count = sum(1 for one in nodes if (one.side, one.distance) == key)
    return count if count <= _TALLEST else (count + 1) // 2


def _column(
    nodes: Sequence[Node], x: float, key: tuple[str, int], bearing: frozenset[str]
) -> dict[str, Place]:
    """Rows around the middle line; of a parted column the half that the labels point from bears the names."""
    side, distance = key
    inward = "right" if side == "above" else "left"
    outward = "left" if side == "above" else "right"
    label = "top" if side == "self" else inward if distance == 1 else outward
    step = _PARTED / 2 if label == "right" else -_PARTED / 2
    parted = len(nodes) > _TALLEST
    named = [one for one in nodes if one.document_id in bearing]
    silent = [one for one in nodes if one.document_id not in bearing]
    room = max(0, (len(nodes) + 1) // 2 - len(named))
    halves = ([*named, *silent[:room]], silent[room:]) if parted else (list(nodes), [])
    found: dict[str, Place] = {}
    for half, shift, lift in ((halves[0], step, 0.0), (halves[1], -step, 0.5)):
        ordered = sorted(
            half, key=lambda one: (_rank(one.relation), str(one.published or ""), one.document_id)
        )
        top = -(len(ordered) - 1) / 2
        for at, one in enumerate(ordered):
            bears = side == "self" or one.document_id in bearing
            y = (top + at + lift) * _ROW
            found[one.document_id] = Place(x + (shift if parted else 0.0), y, bears, label)
    return found


def _rank(relation: str) -> int:
    return RELATIONS.index(relation) if relation in MARKS else -1
