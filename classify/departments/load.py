"""Reads the authority files: national bodies, kinds of local offices, places and the sample's bodies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import Body

FOLDER = Path(__file__).parent
FILES = ("national.toml", "kinds.toml", "places.toml", "sample.toml")
_SAMPLE_SCOPES = {  # jurisdiction, region and level of the sample's Chinese bodies that are no usual office
    "nation": ("XS", "全国", "national"),
    "province": ("XS-10", "云河省", "provincial"),
}
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A body written out in a file, with every name and number prefix it is known by."""

    body: Body
    names: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    office: str | None = None  # 办公厅, 综合司 ...: what its own general office is called
    office_prefixes: tuple[str, ...] = ()


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

    def form(self, level: str) -> str:
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
    def stem(self) -> str:
        """How body codes of this place begin."""
        return self.jurisdiction.lower()


@dataclass(frozen=True, slots=True)
class AuthorityData:
    """All authority files, read and checked."""

    entries: tuple[Entry, ...]
    kinds: tuple[Kind, ...]
    places: tuple[Place, ...]
    official: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""


@lru_cache(maxsize=1)
def authority_data() -> AuthorityData:
    """The packaged authority files; a UserError names file and key when one does not fit."""
    national, kinds = read_toml(FOLDER / "national.toml"), read_toml(FOLDER / "kinds.toml")
    places, sample = read_toml(FOLDER / "places.toml"), read_toml(FOLDER / "sample.toml")
    check_keys("national.toml", national, {"body": list}, {})
    check_keys("kinds.toml", kinds, {"kind": list}, {})
    check_keys("places.toml", places, {"province": list, "city_letters": dict}, {"official": dict})
    check_keys(
        "sample.toml",
        sample,
        {"province": list, "city_letters": dict, "body": list, "offices": list},
        {"official": dict},
    )
    entries = [_entry("national.toml", raw, "CN", "全国", "national") for raw in national["body"]]
    entries += [_entry("sample.toml", raw, "XM", "Meridian Islands", "national") for raw in sample["body"]]
    entries += [_entry("sample.toml", raw, *_SAMPLE_SCOPES[_scope(raw)]) for raw in sample["offices"]]
    return AuthorityData(
        entries=tuple(_checked(entries)),
        kinds=tuple(_kind(raw) for raw in kinds["kind"]),
        places=(*_places("places.toml", places), *_places("sample.toml", sample)),
        official={**places.get("official", {}), **sample.get("official", {})},
        fingerprint=fingerprint(*(FOLDER / name for name in FILES)),
    )


def fingerprint(*files: Path) -> str:
    """Short hash over the files' bytes; names a version of the data."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def _scope(raw: Any) -> str:
    """The scope an `[[offices]]` of sample.toml states; it is taken out of the table."""
    scope = raw.pop("scope", None) if isinstance(raw, dict) else None
    if scope not in _SAMPLE_SCOPES:
        raise UserError(f"sample.toml: an office has the scope {scope!r}; give nation or province.")
    return str(scope)


def _entry(file: str, raw: Any, jurisdiction: str, region: str, level: str) -> Entry:
    where = f"{file}: body {raw.get('code', '?') if isinstance(raw, dict) else raw!r}"
    known = {"group": str, "aliases": list, "prefixes": list, "office": str, "office_prefixes": list,
             "from": date, "to": date, "successors": list, "parent": str}  # fmt: skip
    check_keys(where, raw, {"code": str, "name_zh": str, "name_en": str, "short": str}, known)
    body = Body(
        code=raw["code"], name_zh=raw["name_zh"], name_en=raw["name_en"], short=raw["short"],
        jurisdiction=jurisdiction, region=region, level=level, parent=raw.get("parent"),
        valid_from=raw.get("from"), valid_to=raw.get("to"), successors=tuple(raw.get("successors", ())),
    )  # fmt: skip
    names = dict.fromkeys((raw["name_zh"], raw["short"], *raw.get("aliases", ())))
    return Entry(
        body,
        tuple(names),
        tuple(raw.get("prefixes", ())),
        raw.get("office"),
        tuple(raw.get("office_prefixes", ())),
    )


def _checked(entries: list[Entry]) -> list[Entry]:
    codes = [entry.body.code for entry in entries]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise UserError(f"authority file: the code '{twice}' stands there twice; give each body its own.")
    for entry in entries:
        for code in (*entry.body.successors, *((entry.body.parent,) if entry.body.parent else ())):
            if code not in codes:
                raise UserError(
                    f"authority file: '{entry.body.code}' names '{code}', which no body has as its code."
                )
    return entries


def _kind(raw: Any) -> Kind:
    where = f"kinds.toml: kind {raw.get('key', '?') if isinstance(raw, dict) else raw!r}"
    known = {"city": str, "municipality": str, "county": str, "written": str, "levels": list}
    check_keys(
        where, raw, {"key": str, "province": str, "aliases": list, "letters": list, "name_en": str}, known
    )
    city = raw.get("city", raw["province"])
    return Kind(
        key=raw["key"], province=raw["province"], city=city, municipality=raw.get("municipality", city),
        county=raw.get("county", city), written=raw.get("written"), aliases=tuple(raw["aliases"]),
        letters=tuple(raw["letters"]), levels=frozenset(raw.get("levels", ("province", "city"))),
        name_en=raw["name_en"],
    )  # fmt: skip


def _places(file: str, raw: dict[str, Any]) -> list[Place]:
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
