"""The authority file: issuing bodies by printed name, place in a text, number prefix, site code or code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from classify.departments.abroad import Country, EnglishBodies, english_bodies, in_latin, standing
from classify.departments.chosen import chosen_bodies, local_lineages
from classify.departments.lineage import Descent, Lineage
from classify.departments.load import AuthorityData, authority_data
from classify.departments.names import COUNTRY, OFFICE_WORDS, ChineseNames, Named
from classify.departments.numbers import NumberPrefixes
from classify.departments.own import own_files, with_own, with_own_countries
from classify.departments.places import Kind, Place
from classify.departments.registry import Registry
from classify.departments.sites import Sites
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Body

__all__ = ["Authority", "Named", "authority", "authority_of"]

PORTALS = ("kind:government", "cn-state-council")  # whose sites gather the papers of many bodies
CHARGED = ("部门", "主管部门", "行政部门", "行政主管部门", "系统", "厅", "局", "部")
NO_ROOMS = frozenset({"cn-state-council", "cn-ccp"})  # what follows their names is a body of its own
LONGEST_NAME = 400  # characters; what is longer names no body
_OFFICE_END = re.compile(r"(?:厅|局|委员会|办公室)$")
_ROOM = re.compile(r"[一-鿿]{1,14}[处室科]")  # 民政厅养老服务处: a room of it, no body of its own
_BUREAU = re.compile(r"[一-鿿]{1,14}(?:司|局|处|中心|文改办)")  # 文化和旅游部市场管理司
_SLUG = re.compile(r"[^a-z0-9]+")


class Authority:
    """The authority file with its indexes; `home` is the jurisdiction of the source that printed a name."""

    def __init__(self, data: AuthorityData, abroad: tuple[Country, ...]) -> None:
        self.version = f"govbrief-authority-{data.fingerprint}"
        self._data = data
        self._registry = Registry(data)
        self._names = ChineseNames(self._registry)
        self._numbers = NumberPrefixes(self._registry)
        self._abroad = {country.code: country for country in abroad}
        self._sites = Sites(data.sites, self._may_be)
        self._begun = tuple(
            self._registry.codes
        )  # those of the files; more are made when documents name them

    # -- by code ---------------------------------------------------------------------------------------------

    def body(self, code: str) -> Body | None:
        """The body with this code: one of the files, or one met before in this process."""
        abroad = self._abroad_by_code(code)
        if abroad is not None and code in abroad.entries:
            return abroad.entries[code].body
        return self._registry.body(code)

    def office(self, jurisdiction: str, key: str) -> Body | None:
        """The usual office of this kind in a place that the files write out."""
        place, kind = self._registry.place_by_code.get(jurisdiction), self._registry.kind(key)
        return self._registry.local(place, kind) if place is not None and kind is not None else None

    def place(self, jurisdiction: str) -> Place | None:
        """The province, city or county with this jurisdiction, where the files list it."""
        return self._registry.place_by_code.get(jurisdiction)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of usual local offices, in the order of kinds.toml."""
        return self._data.kinds

    def kind_of(self, code: str) -> str | None:
        """`kind:civil-affairs` for a local office, else the code; a general office counts as its body."""
        if code in self._registry.kind_of:
            return self._registry.kind_of[code]
        body = self._registry.codes.get(code)
        return body.parent if body and body.parent and code == f"{body.parent}-office" else code

    def bodies(self, *, sample: bool = True, region: str = "") -> list[Body]:
        """Bodies to choose from: all written out, the usual provincial offices with those that went before
        them, of cities the government.

        Every office of the cities of `region` (a province's name) and of the sample is among them.
        """
        found = chosen_bodies(self._registry, self._begun, region)
        for country in self._abroad.values():
            found |= {code: entry.body for code, entry in english_bodies(country).entries.items()}
        return [body for body in found.values() if sample or not body.code.startswith(("xs-", "xm-"))]

    def names_of(self, code: str) -> tuple[str, ...]:
        """Every name that the files give a body, its general office's with the office's word behind each."""
        if code in self._registry.names:
            return self._registry.names[code]
        abroad, body = self._abroad_by_code(code), self.body(code)
        if abroad is not None and code in abroad.entries:
            return abroad.entries[code].names
        parent = (
            self._registry.names.get(body.parent or "") if body and code == f"{body.parent}-office" else None
        )
        if body and parent:
            return tuple(f"{name}{word}" for name in parent for word in OFFICE_WORDS)
        return tuple(dict.fromkeys((body.name_zh, body.short))) if body else ()

    def by_site(self, site_code: str | None, address: str | None = None) -> Body | None:
        """The body whose web site it is, by site code (SiteIDCode, 网站标识码), else by the host."""
        site = self._sites.of(site_code, address)
        return self.body(site.body) if site is not None else None

    def speaks_for(self, site_code: str | None, address: str | None = None) -> Body | None:
        """The same where the site belongs to one body alone; None for a portal of many bodies."""
        site = self._sites.of(site_code, address)
        if site is None or site.portal or (self.kind_of(site.body) or "").startswith(PORTALS):
            return None
        return self.body(site.body)

    # -- by name ---------------------------------------------------------------------------------------------

    def office_words(self) -> set[str]:
        """Words that only name an office (生态环境厅, 民政部门, 农业农村部), whatever the text is about."""
        usual = self._names.usual()
        stems = {_OFFICE_END.sub("", name) for name in usual if _OFFICE_END.search(name)}
        charged = {stem + end for stem in stems if len(stem) > 1 for end in CHARGED}
        return {name for name in usual | self._names.listed() | charged if len(name) > 2}

    def beginnings(self) -> tuple[frozenset[str], frozenset[str]]:
        """The first two signs of every Chinese name or place, and of every usual office's word."""
        return self._names.heads, frozenset(name[:2] for name in self._names.usual())

    def home_of(self, printed: str | None) -> str | None:
        """The jurisdiction that a document's own field names: CN-44, 广东省, UK."""
        if not printed or printed in self._registry.place_by_code or printed in self._abroad:
            return printed or None
        place, end = self._names.place_at(printed, 0)
        if place is not None and end == len(printed):
            return place.jurisdiction
        return next((one.code for one in self._abroad.values() if printed in one.names), None)

    def named_at(
        self, text: str, start: int, home: str | None = None, on: date | None = None
    ) -> Named | None:
        """The body whose Chinese name begins at `start`, longest name first; None when no known name does."""
        return self._names.at(text, start, home, on)

    def resolve(self, name: str, home: str | None = None, on: date | None = None) -> Body | None:
        """The body that a printed name means, when the whole name is understood.

        `on`: the day it was printed; it decides where a name was used again (国家药品监督管理局).
        """
        if len(name) > LONGEST_NAME:
            return None
        if any(sign.isalpha() for sign in name) and in_latin(name):
            found_abroad = (one.resolve(name, on) for one in self._abroad_at(home))
            return next((body for body in found_abroad if body is not None), None)
        clean = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name) if name.isascii() else name)
        found = self._names.at(clean, 0, home, on) if clean else None
        if found is None:
            return None
        rest = clean[found.end :]
        if not rest or rest[0] in "（(" or rest in ("等", "办"):
            return found.body
        room = _ROOM if found.body.level != "national" else _BUREAU
        return found.body if room.fullmatch(rest) and found.body.code not in NO_ROOMS else None

    def english_at(self, text: str, home: str | None) -> list[Named]:
        """English names of the home's bodies anywhere in the text, in order."""
        found = [
            Named(body, start, end)
            for one in self._abroad_at(home)
            for body, start, end in one.named_in(text)
        ]
        return sorted(found, key=lambda named: (named.start, -named.end))

    def mentions_count(self, home: str | None) -> bool:
        """Whether in papers of this country a body that is only mentioned may be the issuer."""
        return any(one.country.mentions for one in self._abroad_at(home))

    def english_parts(self, printed: str, home: str | None) -> list[str]:
        """The bodies that a line with commas lists, one name each; empty when a part is nobody known."""
        parts = (one.parts(printed) for one in self._abroad_at(home) if len(printed) <= LONGEST_NAME)
        return next((found for found in parts if found), [])

    def by_number(self, organ: str, home: str | None = None, on: date | None = None) -> Body | None:
        """The body that a number's organ code belongs to: 国办发, 财税, 粤民发, 国家税务总局公告."""
        organ = organ[:LONGEST_NAME].removeprefix(COUNTRY)
        if not organ:
            return None
        if home in self._abroad:
            prefixed = (one.by_prefix(organ) for one in self._abroad_at(home))
            return next((body for body in prefixed if body is not None), None)
        named = self._names.at(organ, 0, home, on)
        return named.body if named is not None else self._numbers.find(organ, home, on)

    def printed(self, name: str, jurisdiction: str | None, region: str = "", level: str = "") -> Body:
        """A body known only by its printed name; its code is made from the name."""
        clean = " ".join(name.split())
        ascii_slug = _SLUG.sub(
            "-", unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode().lower()
        ).strip("-")
        slug = f"printed-{ascii_slug}"[:80]
        code = slug if clean.isascii() and ascii_slug else f"printed-{digest(clean, length=10)}"
        english = clean if clean.isascii() else ""
        body = Body(code, clean, english, clean, jurisdiction or "", region, level or "unknown")
        return self._registry.codes.setdefault(code, body)

    def schemes_of(self, home: str | None) -> tuple[str, ...]:
        """The topic schemes in which publishers of this country print classes without naming the scheme."""
        country = self._abroad.get(home or "")
        return country.schemes if country is not None else ()

    # -- lineage ---------------------------------------------------------------------------------------------

    def lineage(self, code: str) -> Descent:
        """Where the body came from and what became of it, each step with kind, day and basis."""
        return self._lineage_of(code).descent(code)

    def lineages(self, region: str = "") -> Iterator[Lineage]:
        """Every reform of every country's files, then those of the usual offices in `bodies(region)`."""
        yield self._data.lineage
        yield from (english_bodies(country).lineage for country in self._abroad.values())
        yield from local_lineages(self._registry, region)

    def current(self, code: str, on: date | None = None) -> list[Body]:
        """The bodies that hold its place on a day (today's when none is given); itself while it stands."""
        lineage, found, waiting, seen = self._lineage_of(code), [], [code], {code}
        while waiting:
            body = self.body(waiting.pop(0))
            if body is None:
                continue
            early = on is not None and body.valid_from is not None and on < body.valid_from
            late = body.valid_to is not None and (on is None or on > body.valid_to)
            if not early and not late:
                found.append(body)
                continue
            more = [one for one in lineage.neighbours(body.code, backwards=early) if one not in seen]
            seen.update(more)
            waiting += more
        return sorted(found, key=lambda one: standing(one, on))

    def family(self, code: str) -> frozenset[str]:
        """All codes that a search for this body should find: itself, what it was made of, what it became."""
        return self._lineage_of(code).family(code)

    def _lineage_of(self, code: str) -> Lineage:
        abroad = self._abroad_by_code(code)
        if abroad is not None:
            return abroad.lineage
        local, written = self._registry.local_lineage(code), self._data.lineage
        if local is not None and written.tells_of(code):  # a step of a home's own
            return Lineage((*written.steps, *local.steps))
        return local or written

    # -- abroad ----------------------------------------------------------------------------------------------

    def _may_be(self, code: str) -> bool:
        """Whether the code is a body's; one abroad is looked up when a page of its site comes."""
        return self._is_abroad(code) or self.body(code) is not None

    def _is_abroad(self, code: str) -> bool:
        return any(code.startswith(f"{country.stem}-") for country in self._abroad.values())

    def _abroad_by_code(self, code: str) -> EnglishBodies | None:
        stem = code.split("-", 1)[0]
        country = next((one for one in self._abroad.values() if one.stem == stem), None)
        return english_bodies(country) if country is not None else None

    def _abroad_at(self, home: str | None) -> Iterator[EnglishBodies]:
        """The bodies of the home's country, then of the country around it."""
        country: Country | None = self._abroad.get(home or "")
        while country is not None:
            yield english_bodies(country)
            country = self._abroad.get(country.within or "")


Read = tuple[tuple[Path, int, int], ...]  # a home's files with the time and size by which a change shows
_current: list[Authority] = []  # a process works for one home; the last one asked for stands alone


def authority() -> Authority:
    """The authority file that holds: the packaged one, with a home's own bodies once it was named."""
    return _current[0] if _current else authority_of(None)


def authority_of(home: Home | None) -> Authority:
    """The packaged authority file with the bodies of the home's `authority/*.toml`; it holds from now on.

    A UserError names the file and what does not fit.
    """
    files = own_files(home.root) if home is not None else ()
    stats = [(file, file.stat()) for file in files]
    _current[:] = [_read(tuple((file, stat.st_mtime_ns, stat.st_size) for file, stat in stats))]
    return _current[0]


@lru_cache(maxsize=2)
def _read(files: Read) -> Authority:
    paths = [file for file, _, _ in files]
    return Authority(with_own(authority_data(), paths), with_own_countries(paths))
