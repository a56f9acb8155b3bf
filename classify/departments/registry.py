"""All bodies by their codes: those the files write out, and usual offices, made when first met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from classify.departments.former_local import Former, FormerOffices
from classify.departments.lineage import Lineage
from classify.departments.load import AuthorityData, Entry
from classify.departments.parents import above_office
from classify.departments.places import Kind, Place
from warehouse.identity import digest
from warehouse.records import Body

NO_SHORT = frozenset({"party-committee", "youth-league", "government-office"})  # 浙江委员会 is no name


class Registry:
    """The bodies of this process by code, with the kind of each local office."""

    def __init__(self, data: AuthorityData) -> None:
        self.codes: dict[str, Body] = {entry.body.code: entry.body for entry in data.entries}
        self.names = {entry.body.code: entry.names for entry in data.entries}
        self.kind_of: dict[str, str] = {}
        self.formers = FormerOffices(data.formers)
        self.ended: set[str] = set()  # codes of former local offices met in this process
        self.place_by_code = {place.jurisdiction: place for place in data.places}
        self._kind_by_key = {kind.key: kind for kind in data.kinds}
        stems = {place.code: f"{place.stem}-" for place in data.places}
        for entry in data.entries:
            key = entry.body.code.removeprefix(stems[entry.place]) if entry.place else ""
            if key in self._kind_by_key:
                self.kind_of[entry.body.code] = f"kind:{key}"
                self._begin(entry.body.code, key, next(p for p in data.places if p.code == entry.place))
        self.data = replace(
            data, entries=tuple(replace(one, body=self.codes[one.body.code]) for one in data.entries)
        )

    def body(self, code: str) -> Body | None:
        """The body with this code: one of the files, or one met before in this process."""
        if code in self.codes:
            return self.codes[code]
        for kind in self.data.kinds:
            if code.endswith(f"-{kind.key}"):
                place = code[: -len(kind.key) - 1].upper()
                if place in self.place_by_code:
                    return self.local(self.place_by_code[place], kind)
        for former in self.data.formers:
            at = self.place_by_code.get(code.removesuffix(f"-{former.key}").upper())
            if at is not None and code.endswith(f"-{former.key}") and former.form(at):
                return self.former(at, former)
        return None

    def former(self, place: Place, former: Former) -> Body:
        """A local office that a reform ended."""
        code = f"{place.stem}-{former.key}"
        if code not in self.codes:
            present = self.local(place, self._kind_by_key[former.kind])
            self.codes[code] = self.formers.body(former, place, present)
            self.kind_of[code] = f"kind:{former.kind}"
            self.ended.add(code)
        return self.codes[code]

    def named(self, place: Place, kind: Kind, name: str) -> Body:
        """The office that a name behind its place means: a former one by its old name, else the present."""
        present = self.local(place, kind)
        for former in self.formers.of(kind.key, place, present.name_zh):
            if name in former.names(place):
                return self.former(place, former)
        return present

    def local_lineage(self, code: str) -> Lineage | None:
        """The steps of a usual local office; None for another body."""
        body, kind = self.body(code), self.kind_of.get(code, "").removeprefix("kind:")
        place = self.place_by_code.get(body.jurisdiction) if body and kind else None
        if place is None or not code.startswith(f"{place.stem}-"):
            return None
        present = self.codes.get(f"{place.stem}-{kind}")
        return self.formers.lineage(kind, place, present.name_zh) if present else None

    def _begin(self, code: str, key: str, place: Place) -> None:
        """States about when a usual office began, where it replaced another."""
        body = self.codes[code]
        begun = self.formers.begun(key, place, body.name_zh)
        self.codes[code] = replace(body, valid_from=begun) if begun else body

    def kind(self, key: str) -> Kind | None:
        """The kind of office with this key of kinds.toml."""
        return self._kind_by_key.get(key)

    def local(self, place: Place, kind: Kind) -> Body:
        """The usual office of this kind in a place, under the name that the files give it there."""
        code = f"{place.stem}-{kind.key}"
        if code not in self.codes:
            form = kind.form(place.level)
            usual = kind.written.format(place=place.name) if kind.written else place.name + form
            english = f"{kind.name_en}, {place.name_en or place.name}"
            short = usual if kind.key in NO_SHORT else place.short + form
            self.codes[code] = Body(
                code, self.data.official.get(code, usual), english, short, place.jurisdiction,
                place.name, place.body_level, above_office(kind, place),
            )  # fmt: skip
            self.kind_of[code] = f"kind:{kind.key}"
            self._begin(code, kind.key, place)
        return self.codes[code]

    def county(self, county: str, place: Place | None, kind: Kind) -> Body:
        """An office of a county that no file lists; its code is made from its name."""
        region = f"{place.name}{county}" if place else county
        code = f"county-{digest(region, kind.key, length=10)}"
        if code not in self.codes:
            name, jurisdiction = region + kind.form("county"), place.jurisdiction if place else "CN"
            self.codes[code] = Body(
                code, name, f"{kind.name_en}, {county}", name, jurisdiction, region, "county",
                self._above_county(county, place, kind),
            )  # fmt: skip
            self.kind_of[code] = f"kind:{kind.key}"
        return self.codes[code]

    def _above_county(self, county: str, place: Place | None, kind: Kind) -> str | None:
        """Its county's government, above that the city's or province's where the name says which."""
        if kind.key != "government":
            return self.county(county, place, self._kind_by_key["government"]).code
        return self.local(place, kind).code if place else None

    def office(self, entry: Entry) -> Body:
        """The general office (办公厅, 综合司) of a body that the files write out."""
        code = f"{entry.body.code}-office"
        if code not in self.codes:
            word, body = entry.office or "办公厅", entry.body
            self.codes[code] = Body(
                code, body.name_zh + word, f"General Office, {body.name_en}", body.short + word,
                body.jurisdiction, body.region, body.level, body.code, body.valid_from, body.valid_to,
            )  # fmt: skip
        return self.codes[code]

    def upwards(self, place: Place | None) -> Iterator[Place]:
        """The place, its city, its province."""
        while place is not None:
            yield place
            place = self.place_by_code.get(jurisdiction_of(place.parent)) if place.parent else None


def jurisdiction_of(code: str) -> str:
    """CN-44 of the place code 44; codes of the sample are their own."""
    return code if code.startswith("XS") else f"CN-{code}"
