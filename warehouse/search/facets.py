"""Facet counts with the names people read, taken from the publication's own tables."""

from __future__ import annotations

from typing import Any

from warehouse.queries.reading import Published

# facet name in the answer -> field of the index
FACETS = {
    "department": "department",
    "topic": "topic1",
    "topic2": "topic",
    "level": "level",
    "region": "region",
    "source": "source",
    "doc_type": "doc_type",
    "year": "year",
}

_NAMES = {
    "department": (
        "select code, name_zh as name from body union all"
        " select code, any_value(name) from label"
        " where field = 'department' and code not in (select code from body) group by 1"
    ),
    "topic": (
        "select code, name_zh as name from topic_class where level = 1 union all"
        " select split_part(code, '-', 1), any_value(split_part(name, '\\', 1)) from label"
        " where field = 'topic' and given and code not in (select code from topic_class) group by 1"
    ),
    "topic2": (
        "select code, path as name from topic_class union all"
        " select code, any_value(name) from label"
        " where field = 'topic' and given and code not in (select code from topic_class) group by 1"
    ),
    "source": "select source_id as code, name_zh as name from source",
}

Facets = dict[str, tuple[tuple[str, str, int], ...]]


def named_facets(publication: Published, buckets: dict[str, list[dict[str, Any]]]) -> Facets:
    """(code, name, count) by facet, most frequent first; years newest first."""
    return {name: _named(publication, name, found) for name, found in buckets.items()}


def _named(
    publication: Published, facet: str, buckets: list[dict[str, Any]]
) -> tuple[tuple[str, str, int], ...]:
    if not buckets:
        return ()
    names: dict[str, str] = {}
    if facet in _NAMES:
        names = {str(row["code"]): str(row["name"]) for row in publication.rows(_NAMES[facet]) if row["name"]}
    counted = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    counted.sort(key=lambda one: one[0], reverse=facet == "year")
    if facet != "year":
        counted.sort(key=lambda one: one[1], reverse=True)
    return tuple((code, names.get(code, code), count) for code, count in counted)
