"""What local offices were called before the reforms, by kind: their bodies, days and steps, made when met."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from classify.departments.lineage import Lineage, Step
from classify.departments.places import Place
from classify.strict import check_keys
from warehouse.errors import UserError
from warehouse.records import Body

FILE = "local.toml"


@dataclass(frozen=True, slots=True)
class Former:
    """An office that a local reform ended, by its name at each level."""

    key: str
    kind: str  # the kind that its successors belong to
    into: str  # that kind, or the key of a later former office
    forms: dict[str, str]
    aliases: tuple[str, ...]
    days: dict[str, date]
    act: str
    joins: bool = False  # what it went into existed before
    places: frozenset[str] = frozenset()  # those it does not hold for

    def form(self, place: Place) -> str | None:
        """Its name in a place of this level; None where there was none or it went another way."""
        if {place.jurisdiction, f"CN-{place.parent}"} & self.places:
            return None
        return self.forms.get("city" if place.level == "county" else place.level)

    def day(self, place: Place) -> date:
        """About when such offices of this level had changed."""
        return self.days["city" if place.level in ("city", "county") else "province"]

    def names(self, place: Place) -> tuple[str, ...]:
        """Every name without the place, longest first; none where there was no such office."""
        form = self.form(place)
        return tuple(sorted({form, *self.aliases}, key=len, reverse=True)) if form else ()


def read_formers(raw: dict[str, Any], kinds: frozenset[str]) -> tuple[Former, ...]:
    """The offices of local.toml; a UserError names the one that does not fit."""
    check_keys(FILE, raw, {"kind": list, "reform": dict}, {})
    into = {one.get("key"): one.get("into") for one in raw["kind"]}
    found = []
    for one in raw["kind"]:
        where = f"{FILE}: {one.get('key', one)!r}"
        known = {"province": str, "city": str, "municipality": str, "aliases": list, "joins": bool,
                 "except": list}  # fmt: skip
        check_keys(where, one, {"key": str, "into": str, "reform": str}, known)
        kind = into.get(one["into"], one["into"])
        if kind not in kinds or one["reform"] not in raw["reform"]:
            raise UserError(f"{where}: 'into' ends at a kind of kinds.toml, 'reform' stands in the file.")
        reform = raw["reform"][one["reform"]]
        check_keys(
            f"{FILE}: reform {one['reform']}", reform, {"province": date, "city": date, "act": str}, {}
        )
        forms = {level: one[level] for level in ("province", "city", "municipality") if level in one}
        found.append(
            Former(
                one["key"], kind, one["into"], forms, tuple(one.get("aliases", ())),
                {level: reform[level] for level in ("province", "city")}, reform["act"],
                one.get("joins", False), frozenset(one.get("except", ())),
            )
        )  # fmt: skip
    return tuple(found)


class FormerOffices:
    """The former offices by kind, and their bodies and steps in one place."""

    def __init__(self, formers: tuple[Former, ...]) -> None:
        self._of_kind: dict[str, list[Former]] = defaultdict(list)
        for former in formers:
            self._of_kind[former.kind].append(former)
        self.by_key = {former.key: former for former in formers}
        self._lineages: dict[tuple[str, str], Lineage] = {}

    def of(self, kind: str, place: Place, present: str) -> list[Former]:
        """Those of a kind in a place, without one whose name the present office has."""
        if place.country != "CN":
            return []
        held = ((former, former.form(place)) for former in self._of_kind.get(kind, ()))
        return [former for former, form in held if form and present != place.name + form]

    def begun(self, kind: str, place: Place, present: str) -> date | None:
        """About when the present office began: the day after the last of those it replaced."""
        ends = [one.day(place) for one in self.of(kind, place, present) if one.into == kind and not one.joins]
        return max(ends) + timedelta(days=1) if ends else None

    def body(self, former: Former, place: Place, present: Body) -> Body:
        """The former office as a body, ended on about its day."""
        form = former.form(place) or ""
        begun = [one for one in self._of_kind[former.kind] if one.into == former.key and one.form(place)]
        start = max(one.day(place) for one in begun) + timedelta(days=1) if begun else None
        what = former.key.rpartition("-")[0].replace("-", " ")
        return replace(
            present, code=f"{place.stem}-{former.key}", name_zh=place.name + form, short=place.short + form,
            name_en=f"{present.name_en} ({what}, until {former.day(place).year})", valid_from=start,
            valid_to=former.day(place), successors=(f"{place.stem}-{former.into}",),
        )  # fmt: skip

    def lineage(self, kind: str, place: Place, present: str) -> Lineage:
        """The steps of one kind of office in one place."""
        at = (place.code, kind)
        if at not in self._lineages:
            self._lineages[at] = Lineage(
                Step(
                    "renamed" if self._alone(one, place) else "merged", (f"{place.stem}-{one.key}",),
                    (f"{place.stem}-{one.into}",), one.day(place), one.act,
                )
                for one in self.of(kind, place, present)
            )  # fmt: skip
        return self._lineages[at]

    def keys(self, kind: str, place: Place, present: str) -> list[str]:
        """The codes of the offices that went before one kind of office in a place."""
        return [f"{place.stem}-{one.key}" for one in self.of(kind, place, present)]

    def all_names(self, kind: str) -> set[str]:
        """Every old name of a kind at any level, without the place."""
        return {name for one in self._of_kind.get(kind, ()) for name in (*one.forms.values(), *one.aliases)}

    def _alone(self, former: Former, place: Place) -> bool:
        same = [one for one in self._of_kind[former.kind] if one.into == former.into and one.form(place)]
        return len(same) == 1 and not former.joins
