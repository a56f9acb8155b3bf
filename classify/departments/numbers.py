"""Finds a body by the letters of its document numbers: 国办发, 财税, 粤民发, 京规自发."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from classify.departments.abroad import standing
from classify.departments.places import Kind, Place
from classify.departments.registry import Registry
from warehouse.records import Body

ANYWHERE_PREFIXES = (
    "国发",
    "国办",
    "国函",
    "国令",
    "中发",
    "中办发",
    "国务院令",
)  # known at every level of government


class NumberPrefixes:
    """Prefixes as the files write them, by where they hold, and the letters of places and usual offices."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._written: dict[str, dict[str, list[tuple[str, Body]]]] = {}
        for entry in registry.data.entries:
            scope = entry.place or entry.body.jurisdiction[:2]
            for prefix in entry.prefixes:
                self._add(scope, prefix, entry.body)
            office = registry.office(entry) if entry.office else entry.body
            for prefix in entry.office_prefixes:
                self._add(scope, prefix, office)
        for scoped in self._written.values():
            for same in scoped.values():
                same.sort(key=lambda item: -len(item[0]))

    def find(self, organ: str, home: str | None, on: date | None) -> Body | None:
        """The body of an organ code; in a local source its own place is asked first."""
        place = self._registry.place_by_code.get(home or "")
        if home == "XS":
            return self._by_prefix(organ, "XS", on)
        if place is None:
            found = self._by_prefix(organ, "CN", on) or self._of_place(organ, self._provinces(), on)
            return found or self._by_letters(organ, self._provinces()) or self._by_city(organ)
        if organ.startswith(ANYWHERE_PREFIXES):
            return self._by_prefix(organ, "CN", on)
        near = list(self._registry.upwards(place))
        written = self._by_prefix(organ, "XS", on) if place.country == "XS" else None
        return written or self._of_place(organ, near, on) or self._by_letters(organ, near)

    def _add(self, scope: str, prefix: str, body: Body) -> None:
        self._written.setdefault(scope, defaultdict(list))[prefix[0]].append((prefix, body))

    def _by_prefix(self, organ: str, scope: str, on: date | None) -> Body | None:
        fitting = [
            (prefix, body)
            for prefix, body in self._written.get(scope, {}).get(organ[:1], ())
            if organ.startswith(prefix)
        ]
        if not fitting:
            return None
        longest = [body for prefix, body in fitting if len(prefix) == len(fitting[0][0])]
        return min(longest, key=lambda body: standing(body, on)) if on else longest[0]

    def _of_place(self, organ: str, places: Iterable[Place], on: date | None) -> Body | None:
        found = (self._by_prefix(organ, place.code, on) for place in places if place.code in self._written)
        return next((body for body in found if body is not None), None)

    def _provinces(self) -> list[Place]:
        places = self._registry.data.places
        return [place for place in places if place.level not in ("city", "county") and place.country == "CN"]

    def _by_letters(self, organ: str, places: Iterable[Place]) -> Body | None:
        """粤民发: the letters of a place, then those of an office."""
        for place in places:
            for letters in place.letters:
                if organ.startswith(letters):
                    kind = self._kind_by_letters(organ[len(letters) :])
                    if kind is not None:
                        return self._registry.local(place, kind)
        return None

    def _by_city(self, organ: str) -> Body | None:
        """深府规, 穗府办, without a source: a city's letters that no other place has, then an office's."""
        holders: dict[str, list[Place]] = defaultdict(list)
        for place in self._registry.data.places:
            for letters in place.letters if place.country == "CN" else ():
                if organ.startswith(letters):
                    holders[letters].append(place)
        for letters in sorted(holders, key=len, reverse=True):
            kind = self._kind_by_letters(organ[len(letters) :])
            if kind is not None and len(holders[letters]) == 1:
                return self._registry.local(holders[letters][0], kind)
        return None

    def _kind_by_letters(self, rest: str) -> Kind | None:
        best: tuple[int, Kind] | None = None
        for kind in self._registry.data.kinds:
            for letters in kind.letters:
                if rest.startswith(letters) and (best is None or len(letters) > best[0]):
                    best = (len(letters), kind)
        return best[1] if best else None
