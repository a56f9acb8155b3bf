"""A home's own bodies: its `authority/*.toml` with the packaged files, for offices or countries we lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from classify.departments.abroad import Country, countries, english_bodies
from classify.departments.lineage import Lineage, read_steps
from classify.departments.load import (
    OFFICE_KEYS,
    AuthorityData,
    Entry,
    checked_codes,
    fingerprint,
    office_entry,
    with_successors,
)
from classify.departments.places import Place
from classify.departments.sites import Site
from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import Body

FOLDER = "authority"  # below the home
OWN = "own-"  # how the codes of bodies begin that are no usual office of their place
_KEYS = {**OFFICE_KEYS, "place": str, "from": date, "to": date, "hosts": list, "site_codes": list}
_COUNTRY = {"stem": str, "names": list, "region": str, "level": str, "within": str}


def own_files(root: Path) -> tuple[Path, ...]:
    """The files of a home, in the order of their names."""
    return tuple(sorted((root / FOLDER).glob("*.toml")))


def with_own(data: AuthorityData, files: Iterable[Path]) -> AuthorityData:
    """The packaged data and the Chinese bodies of a home's files; a UserError names what does not fit."""
    every = tuple(files)
    read = [(file, raw) for file in every if "country" not in (raw := read_toml(file))]
    if not every:
        return data
    places = {place.jurisdiction: place for place in data.places}
    usual, heads = data.usual(), data.heads()
    entries, sites = list(data.entries), list(data.sites)
    for file, raw in read:
        check_keys(str(file), raw, {"body": list}, {"steps": list, "basis": dict})
        for one in raw["body"]:
            entry = _entry(str(file), one, places, usual, data, heads)
            entries.append(entry)
            sites += _sites(entry, one)
    codes = checked_codes(entries, usual, f"{every[0].parent}, with the packaged authority file")
    steps = [step for file, raw in read for step in read_steps(str(file), raw, codes | usual)]
    lineage = Lineage((*data.lineage.steps, *steps))
    version = f"{data.fingerprint}-{fingerprint(*every)}"
    return replace(
        data, entries=tuple(with_successors(entries, lineage)), lineage=lineage, sites=tuple(sites),
        fingerprint=version,
    )  # fmt: skip


def with_own_countries(files: Iterable[Path]) -> tuple[Country, ...]:
    """The packaged countries and those of a home's files; a packaged one that is named takes bodies in."""
    known = {country.code: country for country in countries()}
    for file in files:
        raw = read_toml(file)
        if "country" not in raw:
            continue
        check_keys(f"{file}: country", raw["country"], {"code": str}, _COUNTRY)
        country = _country(file, raw["country"], known)
        known[country.code] = country
        for one in raw.get("body", ()):
            code = str(one.get("code", "")) if isinstance(one, dict) else ""
            if not code.startswith(f"{country.stem}-"):
                raise UserError(
                    f"{file}: the code '{code}' must begin with '{country.stem}-', as its country's do."
                )
        english_bodies(country)  # what does not fit is said now, not at the first document
    return tuple(known.values())


def _entry(
    file: str, one: Any, places: dict[str, Place], usual: frozenset[str], data: AuthorityData,
    heads: dict[str, str],
) -> Entry:  # fmt: skip
    where = f"{file}: body {one.get('code', '?') if isinstance(one, dict) else one!r}"
    check_keys(where, one, {"code": str, "name": str}, _KEYS)
    code, place = one["code"], places.get(one.get("place", ""))
    if "place" in one and place is None:
        raise UserError(
            f"{where}: no place has the code '{one['place']}'; give one such as CN-44 or CN-4401."
        )
    if not code.startswith(OWN) and not (place and code.startswith(f"{place.stem}-") and code in usual):
        raise UserError(f"{where}: the code must begin with '{OWN}', or be a usual office's of its place.")
    if place is not None:
        return office_entry(one, place, data, heads)
    body = Body(
        code, one["name"], one.get("name_en", one["name"]), one.get("short", one["name"]), "CN", "全国",
        "national", one.get("parent"), one.get("from"), one.get("to"),
    )  # fmt: skip
    names = dict.fromkeys((body.name_zh, body.short, *one.get("aliases", ())))
    return Entry(body, tuple(names), tuple(one.get("prefixes", ())))


def _sites(entry: Entry, one: dict[str, Any]) -> list[Site]:
    hosts, codes = tuple(one.get("hosts", ())), tuple(one.get("site_codes", ()))
    return [Site(entry.body.code, hosts, codes)] if hosts or codes else []


def _country(file: Path, told: dict[str, Any], known: dict[str, Country]) -> Country:
    packaged = known.get(told["code"])
    if packaged is not None:
        return replace(packaged, files=(*packaged.files, str(file)))
    missing = [key for key in ("stem", "names", "region", "level") if key not in told]
    if missing:
        raise UserError(f"{file}: [country] {missing[0]} is missing; {told['code']} is no packaged country.")
    if any(told["stem"] == country.stem for country in known.values()) or told["stem"] in ("cn", "xs", "own"):
        raise UserError(f"{file}: [country] stem '{told['stem']}' is taken; choose letters of your own.")
    return Country(**{**told, "files": (str(file),), "names": tuple(told["names"])})
