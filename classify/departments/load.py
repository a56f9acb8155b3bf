"""Reads the authority files: national bodies, written local ones, kinds of local offices, places, lineage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from classify.departments.former_local import FILE as LOCAL
from classify.departments.former_local import Former, read_formers
from classify.departments.lineage import Lineage, Step, read_steps
from classify.departments.parents import above_written, check_kinds, check_parents
from classify.departments.places import Kind, Place, read_kind, read_places
from classify.departments.sites import ABROAD, Site, read_sites
from classify.departments.sites import FILE as SITES
from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import Body

FOLDER = Path(__file__).parent
NATIONAL = ("national.toml", "national-more.toml", "former.toml")
WRITTEN = {"guangdong.toml": "44", "beijing.toml": "11"}  # whose offices a file writes out: the place's code
_SAMPLE_SCOPES = {  # jurisdiction, region and level of the sample's Chinese bodies that are no usual office
    "nation": ("XS", "全国", "national"),
    "province": ("XS-10", "云河省", "provincial"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A body written out in a file, with every name and number prefix it is known by."""

    body: Body
    names: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    office: str | None = None  # 办公厅, 综合司 ...: what its own general office is called
    office_prefixes: tuple[str, ...] = ()
    place: str | None = None  # the code of its place when it is a local body


@dataclass(frozen=True, slots=True)
class AuthorityData:
    """All authority files, read and checked."""

    entries: tuple[Entry, ...]
    kinds: tuple[Kind, ...]
    places: tuple[Place, ...]
    lineage: Lineage
    official: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    formers: tuple[Former, ...] = ()  # what local offices were called before the reforms
    sites: tuple[Site, ...] = ()

    def usual(self) -> frozenset[str]:
        """The codes of all usual offices, which are made when they are first met."""
        return frozenset(f"{place.stem}-{kind.key}" for place in self.places for kind in self.kinds)

    def heads(self) -> dict[str, str]:
        """The codes of standing national bodies by their full and short names."""
        national = (one.body for one in self.entries if one.body.jurisdiction == "CN")
        return {
            name: body.code for body in national if not body.valid_to for name in (body.name_zh, body.short)
        }


@lru_cache(maxsize=1)
def authority_data() -> AuthorityData:
    """The packaged authority files; a UserError names file and key when one does not fit."""
    kinds, places, sample = (read_toml(FOLDER / f"{name}.toml") for name in ("kinds", "places", "sample"))
    check_keys("kinds.toml", kinds, {"kind": list}, {})
    check_keys("places.toml", places, {"province": list, "city_letters": dict}, {"official": dict})
    check_keys(
        "sample.toml",
        sample,
        {"province": list, "city_letters": dict, "offices": list, "steps": list, "basis": dict},
        {"official": dict},
    )
    known_kinds = tuple(read_kind(raw) for raw in kinds["kind"])
    known_places = (*read_places("places.toml", places), *read_places("sample.toml", sample))
    national = tuple(_national())
    check_kinds(known_kinds, frozenset(entry.body.code for entry in national))
    data = AuthorityData(
        entries=national,
        kinds=known_kinds,
        places=known_places,
        lineage=Lineage(()),
        official={**places.get("official", {}), **sample.get("official", {})},
        formers=read_formers(read_toml(FOLDER / LOCAL), frozenset(kind.key for kind in known_kinds)),
        fingerprint=fingerprint(*sorted(FOLDER.glob("*.toml"))),
        sites=tuple(site for file in (SITES, ABROAD) for site in read_sites(file, read_toml(FOLDER / file))),
    )
    entries = [*national]
    entries += [read_entry("sample.toml", raw, *_SAMPLE_SCOPES[_scope(raw)]) for raw in sample["offices"]]
    for file, code in WRITTEN.items():
        entries += _written(file, next(one for one in known_places if one.code == code), data)
    codes = checked_codes(entries, data.usual())
    lineage = Lineage(_national_steps(codes) + read_steps("sample.toml", sample, codes))
    return replace(data, entries=tuple(with_successors(entries, lineage)), lineage=lineage)


def fingerprint(*files: Path) -> str:
    """Short hash over the files' bytes; names a version of the data."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def _national() -> Iterator[Entry]:
    for file in NATIONAL:
        raw = read_toml(FOLDER / file)
        check_keys(file, raw, {"body": list}, {})
        yield from (read_entry(file, one, "CN", "全国", "national") for one in raw["body"])


def _national_steps(codes: frozenset[str]) -> list[Step]:
    raw = read_toml(FOLDER / "lineage.toml")
    check_keys("lineage.toml", raw, {"steps": list, "basis": dict}, {})
    return read_steps("lineage.toml", raw, codes)


def _written(file: str, place: Place, data: AuthorityData) -> Iterator[Entry]:
    raw = read_toml(FOLDER / file)
    check_keys(file, raw, {"body": list}, {})
    heads = data.heads()
    for one in raw["body"]:
        check_keys(f"{file}: body {one!r}", one, {"code": str, "name": str}, OFFICE_KEYS)
        yield office_entry(one, place, data, heads)


OFFICE_KEYS = {"aliases": list, "prefixes": list, "short": str, "name_en": str, "parent": str}


def office_entry(one: dict[str, Any], place: Place, data: AuthorityData, heads: dict[str, str]) -> Entry:
    """An office of a place that a file writes out; a usual one takes the English name of its kind."""
    name, code = one["name"], one["code"]
    kind = next((kind for kind in data.kinds if code == f"{place.stem}-{kind.key}"), None)
    english = f"{kind.name_en}, {place.name_en or place.name}" if kind else name
    parent = one.get("parent") or above_written(name, place, kind, heads)
    body = Body(
        code, name, one.get("name_en") or english, one.get("short", name),
        place.jurisdiction, place.name, place.body_level, parent, one.get("from"), one.get("to"),
    )  # fmt: skip
    names = dict.fromkeys((name, body.short, *one.get("aliases", ())))
    return Entry(body, tuple(names), tuple(one.get("prefixes", ())), place=place.code)


def _scope(raw: Any) -> str:
    """The scope an `[[offices]]` of sample.toml states; it is taken out of the table."""
    scope = raw.pop("scope", None) if isinstance(raw, dict) else None
    if scope not in _SAMPLE_SCOPES:
        raise UserError(f"sample.toml: an office has the scope {scope!r}; give nation or province.")
    return str(scope)


def read_entry(file: str, raw: Any, jurisdiction: str, region: str, level: str) -> Entry:
    """One `[[body]]` of a national file."""
    where = f"{file}: body {raw.get('code', '?') if isinstance(raw, dict) else raw!r}"
    known = {"group": str, "aliases": list, "prefixes": list, "office": str, "office_prefixes": list,
             "from": date, "to": date, "parent": str}  # fmt: skip
    check_keys(where, raw, {"code": str, "name_zh": str, "name_en": str, "short": str}, known)
    body = Body(
        code=raw["code"], name_zh=raw["name_zh"], name_en=raw["name_en"], short=raw["short"],
        jurisdiction=jurisdiction, region=region, level=level, parent=raw.get("parent"),
        valid_from=raw.get("from"), valid_to=raw.get("to"),
    )  # fmt: skip
    names = dict.fromkeys((raw["name_zh"], raw["short"], *raw.get("aliases", ())))
    return Entry(
        body, tuple(names), tuple(raw.get("prefixes", ())), raw.get("office"),
        tuple(raw.get("office_prefixes", ())),
    )  # fmt: skip


def checked_codes(
    entries: Iterable[Entry], usual: frozenset[str] = frozenset(), where: str = "authority file"
) -> frozenset[str]:
    """The codes of all entries; a UserError when two share one, a parent is nobody or leads back.

    `usual`: codes of offices that no file writes out. `where`: what the sentence begins with.
    """
    parents: dict[str, str | None] = {}
    for entry in entries:
        if entry.body.code in parents:
            raise UserError(
                f"{where}: the code '{entry.body.code}' stands there twice; give each body its own."
            )
        parents[entry.body.code] = entry.body.parent
    check_parents(parents, usual, where)
    return frozenset(parents)


def with_successors(entries: Iterable[Entry], lineage: Lineage) -> Iterator[Entry]:
    """The entries, each body with those that took its place."""
    for entry in entries:
        after = lineage.successors(entry.body.code)
        yield replace(entry, body=replace(entry.body, successors=after)) if after else entry
