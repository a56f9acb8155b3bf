"""Provinces, cities and counties, and the usual offices of their governments, as the files list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from classify.strict import check_keys

BODY_LEVELS = {
    "province": "provincial",
    "municipality": "provincial",
    "city": "municipal",
    "county": "county",
}
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One usual office of a local government."""

    key: str
    province: str
    municipality: str
    city: str
    county: str
    written: str | None
    aliases: tuple[str, ...]
    letters: tuple[str, ...]
    levels: frozenset[str]
    name_en: str
    above: str | None = None  # a kind of the same place, or the national body at the head of its own line

    def form(self, level: str) -> str:
        """What such an office is called at this level of government."""
        return {"province": self.province, "municipality": self.municipality, "city": self.city}.get(
            level, self.county
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A province, a prefecture-level city, or a county that a file writes out."""

    code: str  # 44, 4401, XS-10, XS-1001
    name: str
    short: str
    name_en: str
    level: str  # province | municipality | city | county
    letters: tuple[str, ...]
    parent: str | None = None

    @property
    def country(self) -> str:
        return "XS" if self.code.startswith("XS") else "CN"

    @property
    def jurisdiction(self) -> str:
        return self.code if self.code.startswith("XS") else f"CN-{self.code}"

    @property
    def body_level(self) -> str:
        """The level of its bodies as records name it."""
        return BODY_LEVELS[self.level]

    @property
    def stem(self) -> str:
        """How body codes of this place begin."""
        return self.jurisdiction.lower()


def read_kind(raw: Any) -> Kind:
    """One `[[kind]]` of kinds.toml; a UserError names the key that does not fit."""
    where = f"kinds.toml: kind {raw.get('key', '?') if isinstance(raw, dict) else raw!r}"
    known = {
        "city": str, "municipality": str, "county": str, "written": str, "levels": list, "above": str,
    }  # fmt: skip
    check_keys(
        where, raw, {"key": str, "province": str, "aliases": list, "letters": list, "name_en": str}, known
    )
    city = raw.get("city", raw["province"])
    return Kind(
        key=raw["key"], province=raw["province"], city=city, municipality=raw.get("municipality", city),
        county=raw.get("county", city), written=raw.get("written"), aliases=tuple(raw["aliases"]),
        letters=tuple(raw["letters"]), levels=frozenset(raw.get("levels", ("province", "city"))),
        name_en=raw["name_en"], above=raw.get("above"),
    )  # fmt: skip


def read_places(file: str, raw: dict[str, Any]) -> list[Place]:
    """Every province of a file with its cities and counties, in code order."""
    found: list[Place] = []
    for item in raw["province"]:
        where = f"{file}: province {item.get('name', '?') if isinstance(item, dict) else item!r}"
        check_keys(
            where,
            item,
            {"code": str, "name": str, "short": str, "name_en": str, "letters": list},
            {"cities": list, "counties": list},
        )
        level = "municipality" if item["code"] in MUNICIPALITIES else "province"
        found.append(
            Place(item["code"], item["name"], item["short"], item["name_en"], level, tuple(item["letters"]))
        )
        number = 0
        for city in item.get("cities", ()):
            step, _, name = city.rpartition(":")
            number = int(step) if step else number + 1
            letters = tuple(raw["city_letters"].get(name, ()))
            found.append(
                Place(f"{item['code']}{number:02d}", name, _short(name), "", "city", letters, item["code"])
            )
        found += _counties(item, raw["city_letters"])
    return found


def _counties(item: dict[str, Any], letters: dict[str, Any]) -> Iterator[Place]:
    """`02/01:石桥县` is county 01 of city 02; its office names are those of `county` in kinds.toml."""
    for county in item.get("counties", ()):
        number, _, name = county.partition(":")
        city, _, own = number.partition("/")
        parent = f"{item['code']}{city}"
        yield Place(f"{parent}{own}", name, name, "", "county", tuple(letters.get(name, ())), parent)


def _short(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "市盟" else name
