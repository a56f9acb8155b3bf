"""Which bodies people choose from: all that files write out, usual offices, and what went before those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classify.departments.lineage import Lineage
from classify.departments.places import Kind, Place
from classify.departments.registry import Registry
from warehouse.records import Body

CITY_ALWAYS = frozenset({"government", "government-office", "congress-standing-committee"})


def chosen_bodies(registry: Registry, begun: Iterable[str], region: str) -> dict[str, Body]:
    """By code: what the files tell of (`begun`), the offices shown, what went before them, who stands above.

    What this process met in documents since is not among them: the list is the same before and after.
    """
    found = {code: registry.codes[code] for code in begun}
    for place, kind in _shown(registry, region):
        body = registry.local(place, kind)
        before = registry.formers.keys(kind.key, place, body.name_zh)
        found |= {one.code: one for one in (body, *map(registry.body, before)) if one is not None}
    waiting = list(found.values())
    while waiting:
        parent = waiting.pop().parent
        above = registry.body(parent) if parent and parent not in found else None
        if above is not None:
            found[above.code] = above
            waiting.append(above)
    return found


def local_lineages(registry: Registry, region: str) -> Iterator[Lineage]:
    """What went before the offices shown, one lineage for each that replaced another."""
    for place, kind in _shown(registry, region):
        lineage = registry.formers.lineage(kind.key, place, registry.local(place, kind).name_zh)
        if lineage.steps:
            yield lineage


def _shown(registry: Registry, region: str) -> Iterator[tuple[Place, Kind]]:
    """Provinces with every usual office, so cities of `region` and the sample, other cities with a few."""
    places = registry.data.places
    provinces = {place.code for place in places if place.name == region}
    for place in places:
        near = place.country == "XS" or place.parent in provinces or place.name == region
        for kind in registry.data.kinds:
            level = "city" if place.level in ("city", "county") else "province"
            if level in kind.levels and (near or level == "province" or kind.key in CITY_ALWAYS):
                yield place, kind
