"""Reads a topic scheme from TOML: classes in printed order with notes, terms, organs and other names.

A scheme is packaged beside this module and named by what it calls itself, or a person's own file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import TopicClass

FOLDER = Path(__file__).parent
DEFAULT = FOLDER / "state-council.toml"
LEAD_SCHEME = DEFAULT.stem  # the scheme that the packaged model has learnt and whose terms it weighs
OWN_SCHEME = "own"  # the name for classes that stand in no scheme's file
NOT_SCHEMES = frozenset({"mappings.toml"})  # packaged beside them
WEIGHTS = {
    "decisive": 5.0,
    "strong": 3.0,
    "terms": 2.0,
    "weak": 1.0,
    "english": 2.0,
    "english_strong": 4.0,
    "english_decisive": 10.0,
}
ENGLISH_TIERS = ("english", "english_strong", "english_decisive")
LENGTH_SHARE, USUAL_LENGTH, LONGEST = 0.2, 3, 5  # a long term is specific, a short one general
_NUMBERED = re.compile(r"\d+(?:-\d+)+")
_NUMBER = re.compile(r"^\d{1,3}[\s.、．:：-]*(?=\D)")  # the place in a local list: 01 综合经济, 04农业
_PARTS = re.compile(r"[、，,]|和|与|及")
_LEVELS = re.compile(r"\s*[\\/＼>》]\s*")


@dataclass(frozen=True, slots=True)
class Node:
    """One class with what its editor wrote about it."""

    topic: TopicClass
    terms: tuple[tuple[str, float], ...]  # exact strings with their weight
    english: tuple[tuple[str, float], ...]
    organs: frozenset[str]
    variants: tuple[str, ...]
    note_zh: str = ""  # what belongs here and what does not
    note_en: str = ""
    replaces: tuple[str, ...] = ()  # codes of earlier versions that this class has taken over
    combined: tuple[str, ...] = ()  # printed local classes that hold this one and others; a document gets all


@dataclass(frozen=True)
class Taxonomy:
    """A whole scheme; look up by code or by any printed name."""

    scheme: str
    names: tuple[str, ...]  # what sites call this scheme
    nodes: tuple[Node, ...]
    version: str  # changes with everything that can change a label, not with a note
    name_zh: str = ""
    name_en: str = ""

    @cached_property
    def by_code(self) -> dict[str, Node]:
        return {node.topic.code: node for node in self.nodes}

    @cached_property
    def parents(self) -> dict[str, str | None]:
        """The parent of each class; None for the first level."""
        return {node.topic.code: node.topic.parent for node in self.nodes}

    @cached_property
    def _printed(self) -> dict[str, str]:
        """Printed forms to codes; a second-level name alone counts only where it is unique."""
        found: dict[str, str] = {}
        seconds: dict[str, list[str]] = {}
        for node in self.nodes:
            for name in (node.topic.name_zh, node.topic.name_en, *node.variants):
                if node.topic.level == 1:
                    found.setdefault(plain_name(name), node.topic.code)
                else:
                    seconds.setdefault(plain_name(name), []).append(node.topic.code)
        for name, codes in seconds.items():
            if len(codes) == 1:
                found.setdefault(name, codes[0])
        return found

    def code_of(self, printed: str) -> str | None:
        """The class that a printed path, first-level name or unique second-level name means."""
        parts = [part for part in _LEVELS.split(printed.strip()) if part]
        if not parts:
            return None
        first = self._printed.get(plain_name(parts[0]))
        if first is None or len(parts) == 1:
            return first
        first = self.parents[first] or first
        for node in self.nodes:
            names = (node.topic.name_zh, *node.variants)
            if node.topic.parent == first and plain_name(parts[1]) in {plain_name(name) for name in names}:
                return node.topic.code
        return first

    def codes_of(self, printed: str) -> tuple[str, ...]:
        """All classes that a printed class means: 工交、能源、邮电 of a local list holds two of ours.

        A list's number before the name says nothing. A name nobody wrote down counts for the classes that its
        parts name, when at least half of them name one.
        """
        name = _NUMBER.sub("", printed.strip())
        combined = self._combined.get(plain_name(name))
        if combined:
            return combined
        code = self.code_of(name)
        if code is not None:
            return (code,)
        parts = [part for part in _PARTS.split(name) if part.strip()]
        known = [code for part in parts if (code := self._printed.get(plain_name(part))) is not None]
        return tuple(dict.fromkeys(known)) if len(parts) > 1 and 2 * len(known) >= len(parts) else ()

    @cached_property
    def _combined(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for node in self.nodes:
            for name in node.combined:
                found[plain_name(name)] = (*found.get(plain_name(name), ()), node.topic.code)
        return found

    def current(self, code: str) -> str | None:
        """The class itself, or the one that took it over in this version; None when it is gone."""
        if code in self.by_code:
            return code
        return next((node.topic.code for node in self.nodes if code in node.replaces), None)

    def topic(self, code: str) -> TopicClass:
        return self.by_code[code].topic


def packaged_schemes() -> dict[str, Path]:
    """The schemes that come with the program, by their names."""
    files = sorted(file for file in FOLDER.glob("*.toml") if file.name not in NOT_SCHEMES)
    return {file.stem: file for file in (DEFAULT, *(file for file in files if file != DEFAULT))}


def load_taxonomy(what: Path | str = DEFAULT) -> Taxonomy:
    """The packaged scheme of this name or the one in this file.

    A UserError names file and key when something does not fit, or the packaged schemes for an unknown name.
    """
    file = what if isinstance(what, Path) else _file_of(what)
    try:
        stat = file.stat()
    except OSError as error:
        raise UserError(f"{file}: no such file; name a scheme's TOML file.") from error
    return _load(file, stat.st_mtime_ns, stat.st_size)


def _file_of(name: str) -> Path:
    packaged = packaged_schemes()
    if name in packaged:
        return packaged[name]
    if name.endswith(".toml"):
        return Path(name)
    raise UserError(f"the scheme '{name}' is unknown; packaged are {', '.join(packaged)}.")


@lru_cache(maxsize=32)
def _load(file: Path, _changed: int, _size: int) -> Taxonomy:
    """The scheme, read once for each state of its file."""
    raw = read_toml(file)
    required = {"scheme": str, "name_zh": str, "name_en": str, "class": list}
    check_keys(file.name, raw, required, {"names": list, "levels": int})
    if not raw["class"]:
        raise UserError(f"{file.name}: the scheme has no class; write a [[class]] with code and names.")
    nodes: dict[str, Node] = {}
    for item in raw["class"]:
        node = _node(file.name, raw["scheme"], item, nodes, flat=raw.get("levels") == 1)
        if node.topic.code in nodes:
            raise UserError(f"{file.name}: the class '{node.topic.code}' stands there twice.")
        nodes[node.topic.code] = node
    names = tuple(raw.get("names", ()))
    version = f"{raw['scheme']}-{_fingerprint(names, nodes.values())}"
    return Taxonomy(raw["scheme"], names, tuple(nodes.values()), version, raw["name_zh"], raw["name_en"])


def _fingerprint(names: tuple[str, ...], nodes: Iterable[Node]) -> str:
    """Short hash over what decides labels: classes, names, terms and organs."""
    parts = [
        (n.topic, n.terms, n.english, sorted(n.organs), n.variants, n.replaces, n.combined) for n in nodes
    ]
    return hashlib.sha256(repr((names, parts)).encode()).hexdigest()[:12]


def _node(file: str, scheme: str, item: Any, known: dict[str, Node], flat: bool) -> Node:
    where = f"{file}: class {item.get('code', '?') if isinstance(item, dict) else item!r}"
    lists = (
        "variants",
        "decisive",
        "strong",
        "terms",
        "weak",
        *ENGLISH_TIERS,
        "organs",
        "replaces",
        "combined",
    )
    texts = ("parent", "note_zh", "note_en")
    optional = {**dict.fromkeys(lists, list), **dict.fromkeys(texts, str)}
    check_keys(where, item, {"code": str, "name_zh": str, "name_en": str}, optional)
    parent = None if flat else _parent(where, item, known)
    path = f"{known[parent].topic.path}\\{item['name_zh']}" if parent else item["name_zh"]
    topic = TopicClass(
        scheme, item["code"], parent, 2 if parent else 1, item["name_zh"], item["name_en"], path
    )
    tiers = ("weak", "terms", "strong", "decisive")
    terms = {term: WEIGHTS[key] * _specific(term) for key in tiers for term in item.get(key, ())}
    english = {word: WEIGHTS[key] for key in ENGLISH_TIERS for word in item.get(key, ())}
    return Node(
        topic,
        tuple(terms.items()),
        tuple(english.items()),
        frozenset(item.get("organs", ())),
        tuple(item.get("variants", ())),
        item.get("note_zh", ""),
        item.get("note_en", ""),
        tuple(item.get("replaces", ())),
        tuple(item.get("combined", ())),
    )


def _parent(where: str, item: dict[str, Any], known: dict[str, Node]) -> str | None:
    """The first-level class: the one named, else what stands before the last hyphen of the code."""
    before = item["code"].rpartition("-")[0]
    parent = item.get("parent") or (before if before in known or _NUMBERED.fullmatch(item["code"]) else None)
    if parent is None:
        return None
    if parent not in known:
        raise UserError(f"{where}: its first-level class '{parent}' must come before it.")
    if known[parent].topic.parent is not None:
        raise UserError(f"{where}: '{parent}' is itself of the second level; a scheme has two levels.")
    return str(parent)


def _specific(term: str) -> float:
    """What a Chinese term's length adds to its weight or takes from it."""
    return 1.0 + LENGTH_SHARE * (min(len(term), LONGEST) - USUAL_LENGTH)


def plain_name(name: str) -> str:
    """A printed name without blanks, marks and joining words, by which names are compared."""
    return re.sub(r"[\s、，,/·()（）类]|和|与", "", name).casefold()
