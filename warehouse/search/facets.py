"""Facet counts with the names people read; a body counts with those it was made of and became."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.search.characters import Reader
from warehouse.search.conditions import OneOf, must
from warehouse.search.naming import Names

# facet name in the answer -> field of the index and the most values counted
FACETS = {
    "department": "department",
    "topic": "topic1",
    "topic2": "topic",
    "level": "level",
    "region": "region",
    "source": "source",
    "doc_type": "doc_type",
    "year": "year",
    "validity": "validity",
    "has_attachment": "attachment",
    "language": "language",
}
_MOST = {"department": 1000, "source": 500, "region": 500}
_USUAL_MOST = 300

Facets = dict[str, tuple[tuple[str, str, int], ...]]


def facet_counts(reader: Reader, names: Names, found: Any) -> Facets:
    """(code, name, count) by facet over all found documents, most frequent first; years newest first.

    The count of a body is what a search for it finds: with its lineage, each document once. Bodies that
    became another body of the list are counted under that one alone.
    """
    asked = {
        name: {"terms": {"field": field, "size": _MOST.get(name, _USUAL_MOST)}}
        for name, field in FACETS.items()
    }
    answer = reader.searcher.aggregate(found, asked) if reader.searcher.num_docs else {}
    counted = {
        name: {
            str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer.get(name, {}).get("buckets", [])
        }
        for name in FACETS
    }
    counted["department"] = _with_lineage(reader, names, found, counted["department"])
    return {name: _named(name, counts, names.facet_names(name)) for name, counts in counted.items()}


def lineage_names(names: Names, facets: Facets) -> dict[str, tuple[str, ...]]:
    """For each body of the facet that has a lineage, the names of the bodies counted with it."""
    called = names.facet_names("department")
    found = {}
    for code, _, _ in facets.get("department", ()):
        others = (
            tuple(called.get(one, one) for one in names.family(code) if one != code)
            if names.has_lineage(code)
            else ()
        )
        if others:
            found[code] = others
    return found


def _with_lineage(reader: Reader, names: Names, found: Any, counts: Mapping[str, int]) -> dict[str, int]:
    """The counts of bodies with their lineage; the earlier ones of a line that is listed are left out."""
    families = {code: set(names.family(code)) if names.has_lineage(code) else {code} for code in counts}
    listed = {
        code
        for code in counts
        if not any(code in families[later] for later in _after(names, code) & counts.keys() - {code})
    }
    return {
        code: _count(reader, found, families[code])
        if len(families[code] & counts.keys()) > 1
        else sum(counts.get(one, 0) for one in families[code])
        for code in listed
    }


def _after(names: Names, code: str) -> set[str]:
    """All bodies that the body's work passed to as a whole, at once or by and by."""
    lineage = names.lineage()
    after: set[str] = set()
    waiting = [code]
    while waiting:
        for later in lineage.get(waiting.pop(), ()):
            if later not in after:
                after.add(later)
                waiting.append(later)
    return after


def _count(reader: Reader, found: Any, codes: set[str]) -> int:
    narrowed = must(reader.schema, found, [OneOf(("department",), tuple(sorted(codes)))])
    return int(reader.searcher.search(narrowed, limit=1, count=True).count)


def _named(
    facet: str, counts: Mapping[str, int], names: Mapping[str, str]
) -> tuple[tuple[str, str, int], ...]:
    entries = sorted(counts.items(), key=lambda one: one[0], reverse=facet == "year")
    if facet != "year":
        entries.sort(key=lambda one: one[1], reverse=True)
    return tuple((code, names.get(code) or code, count) for code, count in entries)
