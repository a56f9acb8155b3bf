"""What a name in an official text comes to, seen from where the text speaks: a body, or a class of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from classify.departments.abroad import own_name
from classify.departments.authority import Authority
from classify.departments.classes import ANY, DEPARTMENT, GOVERNMENT, BodyClass
from classify.departments.levels import Scope
from classify.departments.offices import OfficeWords
from classify.departments.places import Place
from warehouse.records import Body


@dataclass(frozen=True, slots=True)
class Standing:
    """From where a text speaks: its issuer's place (None: the nation), country and level."""

    place: Place | None
    country: str
    level: str

    @property
    def jurisdiction(self) -> str:
        """The jurisdiction that classes of the text lie in."""
        return self.place.jurisdiction if self.place is not None else self.country


class Meant(NamedTuple):
    """One body or class that a phrase means, and where its words stand."""

    code: str
    name: str
    start: int
    end: int
    said: str = "office"  # office | place (各县, 榆川县: its government) | loose (民政部门: of no level)


def meant_body(body: Body, start: int, end: int, said: str = "office") -> Meant:
    """A body that the words from `start` to `end` name."""
    return Meant(body.code, own_name(body), start, end, said)


class Meanings:
    """Bodies and classes for the texts of one standing."""

    def __init__(self, known: Authority, words: OfficeWords, standing: Standing) -> None:
        self._known, self._kinds, self._standing = known, words.kinds, standing
        self._upwards = {place.body_level: place for place in self._places_up()}

    def offices(
        self, kinds: tuple[str, ...], scope: Scope, start: int, end: int, said: str = "office"
    ) -> list[Meant]:
        """The offices of these kinds on the levels of a scope: own ones as bodies, those below as classes."""
        found = []
        for level in scope.levels:
            for kind in kinds if level != "township" else (GOVERNMENT,):
                own = self._upwards.get(level)
                if own is not None and not scope.each and level != ANY:
                    body = self._known.office(own.jurisdiction, kind)
                    if body is not None and said != "place":  # 由省、市分担: not the issuer's own government
                        found.append(meant_body(body, start, end))
                    continue
                if own is not None and level == self._standing.level:
                    continue  # 各市 in a paper of a city: not below it
                group = BodyClass(kind, level, self._standing.jurisdiction)
                found.append(self._class(group, start, end, said))
        return found

    def departments(self, level: str, start: int, end: int) -> Meant:
        """All departments of the government of a level: 省直各单位."""
        place = self._upwards.get(level) or self._standing.place
        jurisdiction = place.jurisdiction if place is not None else self._standing.country
        return self._class(BodyClass(DEPARTMENT, level, jurisdiction), start, end)

    def ministries(self, start: int, end: int) -> Meant:
        """All departments of the nation: 国务院各部委、各直属机构."""
        return self._class(BodyClass(DEPARTMENT, "national", self._standing.country), start, end)

    def _class(self, one: BodyClass, start: int, end: int, said: str = "office") -> Meant:
        place = self._known.place(one.place)
        return Meant(one.code, one.name(self._kinds.get(one.kind), place), start, end, said)

    def _places_up(self) -> Iterator[Place]:
        place = self._standing.place
        while place is not None:
            yield place
            parent = place.parent
            place = None
            if parent is not None:
                place = self._known.place(parent) or self._known.place(f"CN-{parent}")
