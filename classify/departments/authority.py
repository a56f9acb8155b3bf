"""Finds issuing bodies: by name at a place in a text, by printed name, by number prefix, by code."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from classify.departments.load import AuthorityData, Entry, Kind, Place, authority_data
from warehouse.identity import digest
from warehouse.records import Body

COUNTRY = "中华人民共和国"
OFFICE_WORDS = ("综合和规划财务司", "办公厅", "办公室", "综合司", "秘书局", "综合组", "综合处", "办")
LOCAL_LEVEL = {
    "province": "provincial",
    "municipality": "provincial",
    "city": "municipal",
    "county": "county",
}
RELATIVE = {"省": "province", "市": "city", "州": "city", "县": "county"}
CITY_ALWAYS = frozenset({"government", "government-office", "congress-standing-committee"})
_COUNTY = re.compile(
    r"(?!转发|印发|批转|关于|同意|各|有关|由|对|向|本|全)[一-鿿]{1,7}?(?:自治县|县|区|市|旗|街道|镇|乡)(?!级)"
)
_SESSION = re.compile(r"第[一二三四五六七八九十]{1,3}届(?=人民代表大会|人大)")
_OFFICE_END = re.compile(r"(?:厅|局|委员会|办公室)$")
CHARGED = ("部门", "主管部门", "行政部门", "行政主管部门", "系统", "厅", "局", "部")
_SLUG = re.compile(r"[^a-z0-9]+")
ANYWHERE_PREFIXES = (
    "国发",
    "国办",
    "国函",
    "国令",
    "中发",
    "中办发",
    "国务院令",
)  # known at every level of government


@dataclass(frozen=True, slots=True)
class Named:
    """A body found in a text, with the words that name it."""

    body: Body
    start: int
    end: int


class Authority:
    """The authority file with its indexes; `home` is the jurisdiction of the source that printed a name."""

    def __init__(self, data: AuthorityData) -> None:
        self.version = f"govbrief-authority-{data.fingerprint}"
        self._data = data
        self._codes: dict[str, Body] = {}
        self._kind_of: dict[str, str] = {}
        self._national: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._english: dict[str, Entry] = {}
        self._places: dict[str, list[tuple[str, Place]]] = defaultdict(list)
        self._place_by_code = {place.jurisdiction: place for place in data.places}
        self._kinds: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
        self._index_entries()
        self._index_places()

    def body(self, code: str) -> Body | None:
        """The body with this code: one of the files, or one met before in this process."""
        if code in self._codes:
            return self._codes[code]
        for kind in self._data.kinds:
            if code.endswith(f"-{kind.key}"):
                place = code[: -len(kind.key) - 1].upper()
                if place in self._place_by_code:
                    return self._local(self._place_by_code[place], kind)
        return None

    def office(self, jurisdiction: str, key: str) -> Body | None:
        """The usual office of this kind in a place that the files write out."""
        place = self._place_by_code.get(jurisdiction)
        kind = next((kind for kind in self._data.kinds if kind.key == key), None)
        return self._local(place, kind) if place is not None and kind is not None else None

    def office_words(self) -> set[str]:
        """Words that only name an office (生态环境厅, 民政部门, 农业农村部), whatever the text is about."""
        usual = {name for names in self._kinds.values() for name, _ in names}
        listed = {name for names in self._national.values() for name, _ in names}
        stems = {_OFFICE_END.sub("", name) for name in usual if _OFFICE_END.search(name)}
        charged = {stem + end for stem in stems if len(stem) > 1 for end in CHARGED}
        return {name for name in usual | listed | charged if len(name) > 2}

    def kind_of(self, code: str) -> str | None:
        """`kind:civil-affairs` for a local office, else the code; a general office counts as its body."""
        if code in self._kind_of:
            return self._kind_of[code]
        body = self._codes.get(code)
        return body.parent if body and body.parent and code.endswith("-office") else code

    def bodies(self, *, sample: bool = True, region: str = "") -> list[Body]:
        """Bodies to choose from: all national ones, the usual provincial offices, of cities the government.

        Every office of the cities of `region` (a province's name) and of the sample is among them.
        """
        provinces = {place.code for place in self._data.places if place.name == region}
        found = {
            code: body for code, body in self._codes.items() if not code.startswith(("printed-", "county-"))
        }
        for place in self._data.places:
            near = place.country == "XS" or place.parent in provinces or place.name == region
            for kind in self._data.kinds:
                level = "city" if place.level in ("city", "county") else "province"
                if level in kind.levels and (near or level == "province" or kind.key in CITY_ALWAYS):
                    body = self._local(place, kind)
                    found[body.code] = body
        return [body for body in found.values() if sample or not body.code.startswith(("xs-", "xm-"))]

    def home_of(self, printed: str | None) -> str | None:
        """The jurisdiction that a document's own field names: CN-44, or 广东省."""
        if not printed or printed in self._place_by_code:
            return printed or None
        place, end = self._place_at(printed, 0)
        return place.jurisdiction if place is not None and end == len(printed) else None

    def named_at(self, text: str, start: int, home: str | None = None) -> Named | None:
        """The body whose name begins at `start`, longest name first; None when no known name does."""
        begin = start + len(COUNTRY) if text.startswith(COUNTRY, start) else start
        local, listed = self._local_at(text, begin, home), self._national_at(text, begin)
        found = local or listed
        if local and listed and listed.end >= local.end:
            found = listed  # a body that a file writes out, such as a merged office, before a usual one
        return replace(found, start=start) if found else None

    def resolve(self, name: str, home: str | None = None) -> Body | None:
        """The body that a printed name means, when the whole name is understood."""
        clean = unicodedata.normalize("NFKC", name).strip() if name.isascii() else re.sub(r"\s+", "", name)
        if not clean:
            return None
        english = self._english.get(clean.casefold())
        if english is not None:
            return english.body if (home or "").startswith("XM") else None
        found = self.named_at(clean, 0, home)
        if found is None:
            return None
        rest = clean[found.end :]
        return found.body if not rest or rest[0] in "（(" or rest in ("等", "办") else None

    def english_at(self, text: str, home: str | None) -> list[Named]:
        """English names of the home's bodies anywhere in the text, in order."""
        if not (home or "").startswith("XM"):
            return []
        lowered = text.casefold()
        found = []
        for name, entry in self._english.items():
            place = lowered.find(name)
            if place >= 0:
                found.append(Named(entry.body, place, place + len(name)))
        found.sort(key=lambda named: (named.start, -named.end))
        return [
            n
            for i, n in enumerate(found)
            if not any(m.start <= n.start and n.end <= m.end for m in found[:i])
        ]

    def by_number(self, organ: str, home: str | None = None) -> Body | None:
        """The body that a number's organ code belongs to: 国办发, 财税, 粤民发, 国家税务总局公告."""
        if not organ:
            return None
        organ = organ.removeprefix(COUNTRY)
        named = self.named_at(organ, 0, home)
        if named is not None:
            return named.body
        place = self._place_by_code.get(home or "")
        if place is not None or (home or "").startswith("XM"):
            if organ.startswith(ANYWHERE_PREFIXES):
                return self._by_prefix(organ, "CN")
            if place is None:
                return self._by_prefix(organ, "XM")
            written = self._by_prefix(organ, "XS") if place.country == "XS" else None
            return written or self._by_letters(organ, place)
        if home == "XS":
            return self._by_prefix(organ, "XS")
        return self._by_prefix(organ, "CN") or self._by_letters(organ, None)

    def printed(self, name: str, jurisdiction: str | None, region: str = "", level: str = "") -> Body:
        """A body known only by its printed name; its code is made from the name."""
        clean = " ".join(name.split())
        ascii_slug = _SLUG.sub(
            "-", unicodedata.normalize("NFKD", clean).encode("ascii", "ignore").decode().lower()
        ).strip("-")
        code = (
            f"printed-{ascii_slug}"[:80]
            if clean.isascii() and ascii_slug
            else f"printed-{digest(clean, length=10)}"
        )
        body = Body(
            code,
            clean,
            clean if clean.isascii() else "",
            clean,
            jurisdiction or "",
            region,
            level or "unknown",
        )
        return self._codes.setdefault(code, body)

    # -- indexes ---------------------------------------------------------------------------------------------

    def _index_entries(self) -> None:
        self._prefixes: list[tuple[str, str, Body]] = []
        for entry in self._data.entries:
            country = entry.body.jurisdiction[:2]
            self._codes[entry.body.code] = entry.body
            for name in entry.names:
                if country != "XM":
                    self._national[name[:2]].append((name, entry))
                else:
                    self._english[name.casefold()] = entry
            self._prefixes += [(prefix, country, entry.body) for prefix in entry.prefixes]
            if entry.office:
                office = self._office(entry)
                self._prefixes += [(prefix, country, office) for prefix in entry.office_prefixes]
            else:
                self._prefixes += [(prefix, country, entry.body) for prefix in entry.office_prefixes]
        for names in self._national.values():
            names.sort(key=lambda item: -len(item[0]))
        self._prefixes.sort(key=lambda item: -len(item[0]))

    def _office(self, entry: Entry) -> Body:
        code = f"{entry.body.code}-office"
        if code not in self._codes:
            word = entry.office or "办公厅"
            self._codes[code] = Body(
                code, entry.body.name_zh + word, f"General Office, {entry.body.name_en}",
                entry.body.short + word,
                entry.body.jurisdiction, entry.body.region, entry.body.level, entry.body.code,
                entry.body.valid_from, entry.body.valid_to,
            )  # fmt: skip
        return self._codes[code]

    def _index_places(self) -> None:
        for place in self._data.places:
            for name in {place.name, place.short}:
                self._places[name[:2]].append((name, place))
        for kind in self._data.kinds:
            for name in {kind.province, kind.city, kind.municipality, kind.county, *kind.aliases}:
                if len(name) > 1:
                    self._kinds[name[:2]].append((name, kind))
        for index in (self._places, self._kinds):
            for names in index.values():
                names.sort(key=lambda item: -len(item[0]))

    # -- lookups ---------------------------------------------------------------------------------------------

    def _national_at(self, text: str, start: int) -> Named | None:
        for name, entry in self._national.get(text[start : start + 2], ()):
            if not text.startswith(name, start):
                continue
            end = start + len(name)
            if entry.body.code == "cn-sta":
                local = self._local_at(text, end, None)
                if local is not None:
                    return Named(local.body, start, local.end)
            if entry.office:
                for word in OFFICE_WORDS:
                    if text.startswith(word, end) and not text.startswith("办法", end):
                        return Named(self._office(entry), start, end + len(word))
            return Named(entry.body, start, end)
        return None

    def _local_at(self, text: str, start: int, home: str | None) -> Named | None:
        at = start + 2 if text.startswith("中共", start) else start
        place, end = self._place_at(text, at)
        if place is not None:
            inner, inner_end = self._place_at(text, end)
            while inner is not None and inner.parent == place.code:
                place, end = inner, inner_end
                inner, inner_end = self._place_at(text, end)
        else:
            place, end = self._relative_place(text, at, home)
        if place is not None:
            session = _SESSION.match(text, end)  # 云河省第十四届人民代表大会…
            found = self._kind_at(text, session.end() if session else end)
            if found is not None:
                return Named(self._local(place, found[0]), start, found[1])
            if text.startswith("委", end) and (at > start or text.startswith("委办公", end)):
                return self._party(text, start, end, place)
        return self._county_at(text, start, end if place is not None else at, place)

    def _party(self, text: str, start: int, end: int, place: Place) -> Named:
        kind = next(kind for kind in self._data.kinds if kind.key == "party-committee")
        return Named(self._local(place, kind), start, end + 1)

    def _place_at(self, text: str, start: int) -> tuple[Place | None, int]:
        for name, place in self._places.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return place, start + len(name)
        return None, start

    def _relative_place(self, text: str, start: int, home: str | None) -> tuple[Place | None, int]:
        """省民政厅 or 市财政局 read in a source of that province or city."""
        wanted = RELATIVE.get(text[start : start + 1])
        place = self._place_by_code.get(home or "") if wanted else None
        while place is not None and place.level != wanted:
            place = self._place_by_code.get(self._jurisdiction_of(place.parent)) if place.parent else None
        return (place, start + 1) if place is not None else (None, start)

    def _jurisdiction_of(self, code: str | None) -> str:
        return code if code and code.startswith("XS") else f"CN-{code}"

    def _kind_at(self, text: str, start: int) -> tuple[Kind, int] | None:
        for name, kind in self._kinds.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return kind, start + len(name)
        return None

    def _county_at(self, text: str, start: int, at: int, place: Place | None) -> Named | None:
        matched = _COUNTY.match(text, at, at + 12)
        found = self._kind_at(text, matched.end()) if matched else None
        if matched is None or found is None:
            return None
        return Named(self._county(matched.group(), place, found[0]), start, found[1])

    def _local(self, place: Place, kind: Kind) -> Body:
        code = f"{place.stem}-{kind.key}"
        if code not in self._codes:
            form = kind.form(place.level)
            usual = kind.written.format(place=place.name) if kind.written else place.name + form
            parent = None if kind.key == "government" else f"{place.stem}-government"
            english = f"{kind.name_en}, {place.name_en or place.name}"
            self._codes[code] = Body(
                code, self._data.official.get(code, usual), english, place.short + form, place.jurisdiction,
                place.name, LOCAL_LEVEL[place.level], parent,
            )  # fmt: skip
            self._kind_of[code] = f"kind:{kind.key}"
        return self._codes[code]

    def _county(self, county: str, place: Place | None, kind: Kind) -> Body:
        region = f"{place.name}{county}" if place else county
        code = f"county-{digest(region, kind.key, length=10)}"
        if code not in self._codes:
            name, jurisdiction = region + kind.form("county"), place.jurisdiction if place else "CN"
            self._codes[code] = Body(
                code, name, f"{kind.name_en}, {county}", name, jurisdiction, region, "county"
            )
            self._kind_of[code] = f"kind:{kind.key}"
        return self._codes[code]

    def _by_prefix(self, organ: str, country: str) -> Body | None:
        for prefix, where, body in self._prefixes:
            if where == country and organ.startswith(prefix):
                return body
        return None

    def _by_letters(self, organ: str, home: Place | None) -> Body | None:
        """粤民发: the letters of a place, then those of an office; the source's own place is asked first."""
        asked: Iterable[Place] = list(self._upwards(home))
        if home is None:
            asked = [
                place
                for place in self._data.places
                if place.level not in ("city", "county") and place.country == "CN"
            ]
        for place in asked:
            for letters in place.letters:
                if organ.startswith(letters):
                    kind = self._kind_by_letters(organ[len(letters) :])
                    if kind is not None:
                        return self._local(place, kind)
        return None

    def _upwards(self, place: Place | None) -> Iterator[Place]:
        """The place, its city, its province."""
        while place is not None:
            yield place
            place = self._place_by_code.get(self._jurisdiction_of(place.parent)) if place.parent else None

    def _kind_by_letters(self, rest: str) -> Kind | None:
        best: tuple[int, Kind] | None = None
        for kind in self._data.kinds:
            for letters in kind.letters:
                if rest.startswith(letters) and (best is None or len(letters) > best[0]):
                    best = (len(letters), kind)
        return best[1] if best else None


@lru_cache(maxsize=1)
def authority() -> Authority:
    """The packaged authority file, read once a process."""
    return Authority(authority_data())
