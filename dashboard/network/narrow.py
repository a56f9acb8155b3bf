"""The picture on a telephone: every document on a row of its own with its name, links as arcs on the left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.network.names import name_in
from warehouse.queries.ego import Node, Tie

WIDEST = 560  # points of a picture that is drawn so
_LEFT = 56  # points: the arcs' room
_WIDTH = 296.0  # points across: what is left of a screen of 390
_BULGE = 46.0  # points that an arc may stand out
_CHINESE, _LATIN = 18, 34  # characters that fit beside a mark
_LARGEST = 16  # of a mark, so that two neighbours do not touch
_ALL_NAMED = 24  # rows that can all bear their names
_ORDER = {("above", 2): 0, ("above", 1): 1, ("self", 0): 2, ("below", 1): 3, ("below", 2): 4}


def narrow(
    nodes: Sequence[Node], ties: Sequence[Tie], drawn: Sequence[Mapping[str, Any]],
    links: Sequence[Mapping[str, Any]], tall: float, top: int,
) -> dict[str, Any]:  # fmt: skip
    """What changes below `WIDEST` points (echarts.apache.org/en/option.html#media): places, labels, arcs.

    `drawn` and `links` are the wide picture's, in the order of `nodes` and `ties`; `tall` units are free
    below `top` points. What the document rests on stands above it, what rests on it below.
    """
    order = sorted(nodes, key=lambda one: _ORDER[one.side, one.distance])
    step = tall / len(order)
    rows = {one.document_id: (at + 0.5) * step for at, one in enumerate(order)}
    data = [
        {
            **node,
            "x": 14.0 if one.distance == 2 else 0.0,
            "y": rows[one.document_id],
            "symbolSize": min(node["symbolSize"], _LARGEST, max(8, step - 4)),
            "label": {
                **node["label"],
                "formatter": name_in(one, _CHINESE, _LATIN),
                "position": "right",
                "show": node["label"]["show"] or len(order) <= _ALL_NAMED,
            },
        }
        for one, node in zip(nodes, drawn, strict=False)
    ]
    arcs = [
        {
            **link,
            "lineStyle": {
                **link["lineStyle"],
                "curveness": _curve(rows[tie.document_id], rows[tie.target_id]),
            },
        }
        for tie, link in zip(ties, links, strict=True)
    ]
    # Of one size at every width: a telephone that is turned round keeps the picture.
    place = {"left": _LEFT, "right": "auto", "top": top, "width": _WIDTH, "height": tall}
    series = {**place, "data": [*data, *corners(_WIDTH, 0.0, tall)], "links": arcs}
    return {"query": {"maxWidth": WIDEST}, "option": {"series": [series]}}


def corners(right: float, top: float, bottom: float) -> list[dict[str, Any]]:
    """Two points that nobody sees: they hold the picture's frame, so that it is never drawn out of shape."""
    return [
        {"id": f"corner-{name}", "name": "", "x": x, "y": y, "symbol": "none", "symbolSize": 0,
         "tooltip": {"show": False}, "silent": True}
        for name, x, y in (("first", 0.0, top), ("last", right, bottom))
    ]  # fmt: skip


def _curve(start: float, end: float) -> float:
    """ECharts' curveness of an arc that bulges to the left: half of it times the length stands out."""
    away = abs(end - start)
    size = min(0.6, 2 * _BULGE / away) if away else 0.0
    return round(size if start > end else -size, 3)
