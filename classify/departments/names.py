"""Finds Chinese names of bodies at a place in a text, longest name first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from classify.departments.abroad import standing
from classify.departments.load import Entry
from classify.departments.places import Kind, Place
from classify.departments.registry import Registry
from warehouse.records import Body

Homely = dict[str, list[tuple[str, Entry]]]
COUNTRY = "中华人民共和国"
OFFICE_WORDS = ("综合和规划财务司", "办公厅", "办公室", "综合司", "秘书局", "综合组", "综合处", "办")
LEVELS = {"省": {"province"}, "市": {"city", "municipality"}, "州": {"city"}, "县": {"county"}}
TAX = "cn-sta"  # the tax offices of provinces carry its name before that of their place
COUNTY = re.compile(
    r"(?!转发|印发|批转|关于|同意|各|有关|由|对|向|本|全)[一-鿿]{1,7}?(?:自治县|县|区|市|旗|街道|镇|乡)(?!级)"
)
_COUNTY_SIGN = re.compile("[县区市旗道镇乡]")
_SESSION = re.compile(r"第[一二三四五六七八九十]{1,3}届(?=人民代表大会|人大)")


@dataclass(frozen=True, slots=True)
class Named:
    """A body found in a text, with the words that name it."""

    body: Body
    start: int
    end: int


class ChineseNames:
    """Every Chinese name of the files by its first two characters."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._listed: dict[str, list[tuple[str, list[Entry]]]] = {}
        self._homely: dict[str, Homely] = {}  # names that hold in their place only, by place
        self._near: dict[str, list[Homely]] = {}  # those of a home, its own place first
        self._places: dict[str, list[tuple[str, Place]]] = defaultdict(list)
        self._kinds: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
        self._index_entries(registry.data.entries)
        self._index_places()
        homely = (head for names in self._homely.values() for head in names)
        self.heads = frozenset((*self._listed, *self._places, *homely, COUNTRY[:2], "中共"))

    def at(self, text: str, start: int, home: str | None = None, on: date | None = None) -> Named | None:
        """The body whose name begins at `start`; of several that share it the one of the day `on`."""
        if not self._may_begin(text, start, home):
            return None
        begin = start
        if text.startswith(COUNTRY, start):
            whole = self._listed_at(text, start, on)  # 中华人民共和国海事局
            if whole is not None:
                return whole
            begin = start + len(COUNTRY)
        local, listed = self._local_at(text, begin, home), self._listed_at(text, begin, on)
        written = self._written_at(text, begin, home) if home is not None else None
        found = local or listed
        ended = local is not None and local.body.code in self._registry.ended  # its old name was written
        if local and listed and listed.end >= local.end + ended:
            found = listed  # a body that a file writes out, such as a merged office, before a usual one
        if written and (found is None or written.end >= found.end + ended):
            found = written
        return found if found is None or found.start == start else replace(found, start=start)

    def _may_begin(self, text: str, start: int, home: str | None) -> bool:
        """Whether a name's first two signs stand here, or a county's sign near: most places begin no name."""
        if text[start : start + 2] in self.heads or (home and text[start : start + 1] in LEVELS):
            return True
        return _COUNTY_SIGN.search(text, start + 1, start + 12) is not None

    def place_at(self, text: str, start: int) -> tuple[Place | None, int]:
        """The province or city named here and where its name ends."""
        for name, place in self._places.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return place, start + len(name)
        return None, start

    def usual(self) -> set[str]:
        """The names of usual local offices, without their places."""
        return {name for names in self._kinds.values() for name, _ in names}

    def listed(self) -> set[str]:
        """The names that the files write out."""
        return {name for names in self._listed.values() for name, _ in names}

    # -- indexes ---------------------------------------------------------------------------------------------

    def _index_entries(self, entries: Iterable[Entry]) -> None:
        by_name: dict[str, list[Entry]] = defaultdict(list)
        place_names = {place.code: place.short for place in self._registry.data.places}
        for entry in entries:
            for name in entry.names:
                if entry.place and place_names[entry.place] not in name and name != entry.body.name_zh:
                    names = self._homely.setdefault(entry.place, defaultdict(list))
                    names[name[:2]].append((name, entry))
                else:
                    by_name[name].append(entry)
        for name in sorted(by_name, key=len, reverse=True):
            self._listed.setdefault(name[:2], []).append((name, by_name[name]))
        for names in self._homely.values():
            for same in names.values():
                same.sort(key=lambda item: -len(item[0]))

    def _index_places(self) -> None:
        for place in self._registry.data.places:
            for name in {place.name, place.short}:
                self._places[name[:2]].append((name, place))
        for kind in self._registry.data.kinds:
            old = self._registry.formers.all_names(kind.key)
            for name in {kind.province, kind.city, kind.municipality, kind.county, *kind.aliases, *old}:
                if len(name) > 1:
                    self._kinds[name[:2]].append((name, kind))
        for index in (self._places, self._kinds):
            for names in index.values():
                names.sort(key=lambda item: -len(item[0]))

    # -- lookups ---------------------------------------------------------------------------------------------

    def _listed_at(self, text: str, start: int, on: date | None) -> Named | None:
        for name, entries in self._listed.get(text[start : start + 2], ()):
            if not text.startswith(name, start):
                continue
            entry, end = entries[0], start + len(name)
            if len(entries) > 1:
                entry = min(entries, key=lambda one: standing(one.body, on))
            if entry.body.code == TAX:
                local = self._local_at(text, end, None)
                if local is not None:
                    return Named(local.body, start, local.end)
            if entry.office:
                for word in OFFICE_WORDS:
                    if text.startswith(word, end) and not text.startswith("办法", end):
                        return Named(self._registry.office(entry), start, end + len(word))
            return Named(entry.body, start, end)
        return None

    def _written_at(self, text: str, start: int, home: str) -> Named | None:
        """省教育厅 or 公交集团公司 where a file of the source's own place says who that is."""
        near = self._near.get(home)
        if near is None:
            near = self._near[home] = [
                self._homely[place.code]
                for place in self._registry.upwards(self._registry.place_by_code.get(home))
                if place.code in self._homely
            ]
        for names in near:
            for name, entry in names.get(text[start : start + 2], ()):
                if text.startswith(name, start):
                    return Named(entry.body, start, start + len(name))
        return None

    def _local_at(self, text: str, start: int, home: str | None) -> Named | None:
        at = start + 2 if text.startswith("中共", start) else start
        place, end = self.place_at(text, at)
        if place is not None:
            inner, inner_end = self.place_at(text, end)
            while inner is not None and inner.parent == place.code:
                place, end = inner, inner_end
                inner, inner_end = self.place_at(text, end)
        else:
            place, end = self._relative_place(text, at, home)
        if place is not None:
            session = _SESSION.match(text, end)  # 云河省第十四届人民代表大会…
            found = self._kind_at(text, session.end() if session else end)
            if found is not None:
                name = text[session.end() if session else end : found[1]]
                return Named(self._registry.named(place, found[0], name), start, found[1])
            if text.startswith("委", end) and (at > start or text.startswith("委办公", end)):
                return self._party(start, end, place)
        return self._county_at(text, start, end if place is not None else at, place)

    def _party(self, start: int, end: int, place: Place) -> Named | None:
        kind = self._registry.kind("party-committee")
        return Named(self._registry.local(place, kind), start, end + 1) if kind else None

    def _relative_place(self, text: str, start: int, home: str | None) -> tuple[Place | None, int]:
        """省民政厅 or 市财政局 read in a source of that province or city; Beijing is both."""
        wanted = LEVELS.get(text[start : start + 1]) if home else None
        if wanted:
            for place in self._registry.upwards(self._registry.place_by_code.get(home or "")):
                if place.level in wanted:
                    return place, start + 1
        return None, start

    def _kind_at(self, text: str, start: int) -> tuple[Kind, int] | None:
        for name, kind in self._kinds.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return kind, start + len(name)
        return None

    def _county_at(self, text: str, start: int, at: int, place: Place | None) -> Named | None:
        matched = COUNTY.match(text, at, at + 12)
        found = self._kind_at(text, matched.end()) if matched else None
        if matched is None or found is None:
            return None
        return Named(self._registry.county(matched.group(), place, found[0]), start, found[1])
