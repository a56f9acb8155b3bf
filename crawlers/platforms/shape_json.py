"""The shape of a JSON answer's rows: the path that leads to them and the keys they have."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from crawlers.extraction.plain import squeeze

_DEPTH = 8
_LOOKED_AT = 20  # rows of an array, and titles, that are compared
_SHARE = 0.8  # of the rows that must have a key
_LEAST_TITLE = 4


def rows_shape(data: Any, titles: Sequence[str]) -> str:
    """`data.list[key,key]` of the rows that hold the titles (without blanks); empty when none does.

    Groups of one make stand as `*`, so it does not matter in which of them today's rows are.
    """
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place, rows in _arrays(data, "", 0):
        places[place] += rows
    known = [title for title in titles[:_LOOKED_AT] if len(title) >= _LEAST_TITLE]
    counts = {place: _holding(rows, known) for place, rows in places.items()}
    best = min(counts, key=lambda place: (-counts[place], len(place), place), default="")
    if not counts.get(best):
        return ""
    rows = places[best]
    keys = Counter(key for row in rows for key in row)
    usual = sorted(key for key in keys if keys[key] >= _SHARE * len(rows))
    return f"{best or '.'}[{','.join(usual)}]"


def _holding(rows: Sequence[dict[str, Any]], titles: Sequence[str]) -> int:
    """How many of the first rows hold one of the titles; marks of a search's hits do not matter."""
    texts = [squeeze(json.dumps(row, ensure_ascii=False).replace("\\u3000", "")) for row in rows[:_LOOKED_AT]]
    bare = [text.replace("<em>", "").replace("</em>", "") for text in texts]
    return sum(1 for text in bare if any(title in text for title in titles))


def _arrays(value: Any, place: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every array of objects, by the names that lead to it; arrays inside rows are the rows' own affair."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if rows:
            yield place, rows
    elif isinstance(value, dict):
        groups = _groups(value)
        for key, child in value.items():
            step = "*" if key in groups else str(key)
            yield from _arrays(child, f"{place}.{step}".lstrip("."), depth + 1)


def _groups(value: dict[str, Any]) -> set[str]:
    """Keys of objects that are made alike: the answer's groups."""
    made: dict[frozenset[str], list[str]] = defaultdict(list)
    for key, child in value.items():
        if isinstance(child, dict) and any(isinstance(one, list) for one in child.values()):
            made[frozenset(child)].append(key)
    return {key for keys in made.values() if len(keys) > 1 for key in keys}
