"""Bodies with English names, one index a country, read when a document of that country first needs it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from classify.departments.lineage import Lineage, Step, read_steps
from classify.departments.load import FOLDER, Entry, checked_codes, with_successors
from classify.strict import check_keys, read_toml
from warehouse.records import Body

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+")
_SKIPPED = frozenset({"and", "the", "amp"})  # "Health & Safety", "The Charity Commission", slugs without "&"
_KINDS_OF_OFFICE = frozenset({"department", "bureau", "office"})
_COUNTRY_WORDS = (("u", "s"), ("us",), ("united", "states"))
_SHORT_BEHIND = re.compile(r"\s*\([A-Z][A-Za-z&]{1,9}\)\s*$")  # Information Commissioner's Office (ICO)
LONGEST = 24  # words of a name


def in_latin(name: str) -> bool:
    """Whether a name is looked up among those abroad; accents and curled signs (Treasury’s) are usual."""
    return _HAN.search(name) is None


@dataclass(frozen=True, slots=True)
class Country:
    """One jurisdiction with English names, as abroad.toml describes it."""

    code: str
    stem: str
    files: tuple[str, ...]
    names: tuple[str, ...]
    region: str
    level: str
    within: str | None = None
    inverted: bool = False
    mentions: bool = False
    schemes: tuple[str, ...] = ()


class EnglishBodies:
    """The bodies of one country with every name they are known by."""

    def __init__(self, country: Country, entries: tuple[Entry, ...], lineage: Lineage) -> None:
        self.country, self.lineage = country, lineage
        self.entries = {entry.body.code: entry for entry in entries}
        self._names: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        prefixes = [(prefix.casefold(), entry.body) for entry in entries for prefix in entry.prefixes]
        self._prefixes = sorted(prefixes, key=lambda item: -len(item[0]))
        for entry in entries:
            for name in entry.names:
                words = tuple(name_words(name))
                if entry not in self._names[words]:
                    self._names[words].append(entry)
                    self._longest[words[0]] = max(self._longest[words[0]], len(words))

    def resolve(self, name: str, on: date | None = None) -> Body | None:
        """The body of this name or slug; of `Parent, Child` the child."""
        return self._one(name, on) or self._last(name, on)

    def parts(self, printed: str, on: date | None = None) -> list[str]:
        """The bodies of a line with commas, one name each, without a parent that its child follows."""
        pieces, found, at = printed.split(", "), [], 0
        while at < len(pieces):
            for end in range(min(len(pieces), at + 5), at, -1):
                name = ", ".join(pieces[at:end])
                body = self._one(name, on)
                if body is not None:
                    found.append((name, body))
                    at = end
                    break
            else:
                return []
        return [
            name
            for index, (name, body) in enumerate(found)
            if index + 1 == len(found) or found[index + 1][1].parent != body.code
        ]

    def by_prefix(self, organ: str) -> Body | None:
        """The body whose papers are numbered with these letters: EPA, USCG, Int."""
        said = organ.casefold()
        for prefix, body in self._prefixes:
            if said.startswith(prefix) and not said[len(prefix) : len(prefix) + 1].isalpha():
                return body
        return None

    def named_in(self, text: str) -> Iterator[tuple[Body, int, int]]:
        """Known names in a text, left to right, longest first; a lone word only in capitals."""
        words = [(found.group().casefold(), *found.span()) for found in _WORD.finditer(text)]
        said = [number for number, (word, _, _) in enumerate(words) if word not in _SKIPPED]
        at = 0
        while at < len(said):
            reach = min(self._longest.get(words[said[at]][0], 0), len(said) - at)
            for length in range(reach, 0, -1):
                chosen = [words[number] for number in said[at : at + length]]
                entries = self._names.get(tuple(word for word, _, _ in chosen))
                start, end = chosen[0][1], chosen[-1][2]
                if entries and (length > 1 or self._stands_alone(entries, text[start:end])):
                    yield _current(entries, None).body, start, end
                    at += length - 1
                    break
            at += 1

    def _stands_alone(self, entries: list[Entry], words: str) -> bool:
        return self.country.mentions or (len(words) > 2 and words.isupper() and words in entries[0].names)

    def _one(self, name: str, on: date | None) -> Body | None:
        return self._exactly(name, on) or self._exactly(_SHORT_BEHIND.sub("", name), on)

    def _exactly(self, name: str, on: date | None) -> Body | None:
        words = name_words(name)
        for said in self._forms(words):
            if entries := self._names.get(tuple(said)):
                return _current(entries, on).body
        return None

    def _forms(self, words: list[str]) -> Iterator[list[str]]:
        """The name as it stands, without the country before it, and turned round: State Department."""
        yield words
        if self.country.inverted and words:
            for country in _COUNTRY_WORDS:
                if tuple(words[: len(country)]) == country:
                    yield words[len(country) :]
            if words[-1] in _KINDS_OF_OFFICE:
                yield [words[-1], "of", *words[:-1]]

    def _last(self, name: str, on: date | None) -> Body | None:
        parts = self.parts(name, on) if ", " in name and len(name) < 1000 else []
        return self._one(parts[0], on) if len(parts) == 1 else None


def own_name(body: Body) -> str:
    """A body's name in the language of its own papers: Chinese for Chinese ones, English abroad."""
    chinese = body.jurisdiction.startswith(("CN", "XS")) or not body.name_en
    return body.name_zh if chinese else body.name_en


def name_words(name: str) -> list[str]:
    """The words by which a name is found: without case, signs, `and` and `the`; a slug has the same."""
    plain = unicodedata.normalize("NFKC", html.unescape(name)).replace("_", " ").casefold()
    words = _WORD.findall(plain)
    return [word for word in words if word not in _SKIPPED] or words or [""]


def _current(entries: list[Entry], on: date | None) -> Entry:
    return min(entries, key=lambda entry: standing(entry.body, on))


def standing(body: Body, on: date | None) -> tuple[int, int]:
    """How well a body fits a day: valid then, else today's, else the one that went last."""
    begin, end = body.valid_from, body.valid_to
    if on is not None and (begin is None or begin <= on) and (end is None or on <= end):
        return 0, -begin.toordinal() if begin else 0
    return (1, 0) if end is None else (2, -end.toordinal())


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """The countries of abroad.toml."""
    raw = read_toml(FOLDER / "abroad.toml")
    check_keys("abroad.toml", raw, {"country": list}, {})
    found = []
    for one in raw["country"]:
        required = {"code": str, "stem": str, "files": list, "names": list, "region": str, "level": str}
        optional = {"within": str, "inverted": bool, "mentions": bool, "schemes": list}
        check_keys("abroad.toml", one, required, optional)
        lists = {key: tuple(one.get(key, ())) for key in ("files", "names", "schemes")}
        found.append(Country(**{**one, **lists}))
    return tuple(found)


@lru_cache(maxsize=16)
def english_bodies(country: Country) -> EnglishBodies:
    """The bodies of a country, read once a process."""
    entries: list[Entry] = []
    read: list[tuple[str, dict[str, Any]]] = []
    for file in country.files:
        raw = read_toml(FOLDER / file)
        check_keys(file, raw, {"body": list}, {"steps": list, "basis": dict, "country": dict})
        entries += [_entry(file, one, country) for one in raw["body"]]
        read.append((file, raw))
    codes = checked_codes(entries)
    steps: list[Step] = [step for file, raw in read for step in read_steps(file, raw, codes)]
    lineage = Lineage(steps)
    return EnglishBodies(country, tuple(with_successors(entries, lineage)), lineage)


def _entry(file: str, raw: Any, country: Country) -> Entry:
    """One body; `ambiguous` are short forms that mean other things too, which are shown but name nobody."""
    known = {
        "name_zh": str,
        "short": str,
        "aliases": list,
        "ambiguous": list,
        "prefixes": list,
        "parent": str,
    }
    check_keys(f"{file}: body {raw!r}", raw, {"code": str, "name": str}, {**known, "from": date, "to": date})
    name = raw["name"]
    body = Body(
        raw["code"], raw.get("name_zh", name), name, raw.get("short", name), country.code, country.region,
        country.level, raw.get("parent"), raw.get("from"), raw.get("to"),
    )  # fmt: skip
    silent = frozenset(raw.get("ambiguous", ()))
    said = dict.fromkeys((name, body.short, *raw.get("aliases", ())))
    return Entry(body, tuple(one for one in said if one not in silent), tuple(raw.get("prefixes", ())))
