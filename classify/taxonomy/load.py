"""Reads a topic scheme from TOML: classes in printed order with terms, organs and other names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from classify.departments.load import fingerprint
from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import TopicClass

DEFAULT = Path(__file__).parent / "state-council.toml"
WEIGHTS = {"decisive": 5.0, "strong": 3.0, "terms": 2.0, "weak": 1.0, "english": 2.0}
LENGTH_SHARE, USUAL_LENGTH, LONGEST = 0.2, 3, 5  # a long term is specific, a short one general
_LEVELS = re.compile(r"\s*[\\/＼>》]\s*")


@dataclass(frozen=True, slots=True)
class Node:
    """One class with what its editor wrote about it."""

    topic: TopicClass
    terms: tuple[tuple[str, float], ...]  # exact strings with their weight
    english: tuple[tuple[str, float], ...]
    organs: frozenset[str]
    variants: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    """A whole scheme; look up by code or by any printed name."""

    scheme: str
    names: tuple[str, ...]  # what sites call this scheme
    nodes: tuple[Node, ...]
    version: str

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
                    found.setdefault(_plain(name), node.topic.code)
                else:
                    seconds.setdefault(_plain(name), []).append(node.topic.code)
        for name, codes in seconds.items():
            if len(codes) == 1:
                found.setdefault(name, codes[0])
        return found

    def code_of(self, printed: str) -> str | None:
        """The class that a printed path, first-level name or unique second-level name means."""
        parts = [part for part in _LEVELS.split(printed.strip()) if part]
        if not parts:
            return None
        first = self._printed.get(_plain(parts[0]))
        if first is None or len(parts) == 1:
            return first
        first = first[:2]
        for node in self.nodes:
            names = (node.topic.name_zh, *node.variants)
            if node.topic.parent == first and _plain(parts[1]) in {_plain(name) for name in names}:
                return node.topic.code
        return first

    def topic(self, code: str) -> TopicClass:
        return self.by_code[code].topic


@lru_cache(maxsize=8)
def load_taxonomy(file: Path = DEFAULT) -> Taxonomy:
    """The scheme in this file; a UserError names file and key when something does not fit."""
    raw = read_toml(file)
    check_keys(
        file.name, raw, {"scheme": str, "name_zh": str, "name_en": str, "class": list}, {"names": list}
    )
    nodes: dict[str, Node] = {}
    for item in raw["class"]:
        node = _node(file.name, raw["scheme"], item, nodes)
        if node.topic.code in nodes:
            raise UserError(f"{file.name}: the class '{node.topic.code}' stands there twice.")
        nodes[node.topic.code] = node
    return Taxonomy(
        raw["scheme"],
        tuple(raw.get("names", ())),
        tuple(nodes.values()),
        f"{raw['scheme']}-{fingerprint(file)}",
    )


def _node(file: str, scheme: str, item: Any, known: dict[str, Node]) -> Node:
    where = f"{file}: class {item.get('code', '?') if isinstance(item, dict) else item!r}"
    optional = {
        "variants": list,
        "decisive": list,
        "strong": list,
        "terms": list,
        "weak": list,
        "english": list,
        "organs": list,
    }
    check_keys(where, item, {"code": str, "name_zh": str, "name_en": str}, optional)
    parent = item["code"].rpartition("-")[0] or None
    if parent is not None and parent not in known:
        raise UserError(f"{where}: its first-level class '{parent}' must come before it.")
    path = f"{known[parent].topic.path}\\{item['name_zh']}" if parent else item["name_zh"]
    topic = TopicClass(
        scheme, item["code"], parent, 2 if parent else 1, item["name_zh"], item["name_en"], path
    )
    tiers = ("weak", "terms", "strong", "decisive")
    terms = {term: WEIGHTS[key] * _specific(term) for key in tiers for term in item.get(key, ())}
    english = dict.fromkeys(item.get("english", ()), WEIGHTS["english"])
    return Node(
        topic,
        tuple(terms.items()),
        tuple(english.items()),
        frozenset(item.get("organs", ())),
        tuple(item.get("variants", ())),
    )


def _specific(term: str) -> float:
    """What a Chinese term's length adds to its weight or takes from it."""
    return 1.0 + LENGTH_SHARE * (min(len(term), LONGEST) - USUAL_LENGTH)


def _plain(name: str) -> str:
    return re.sub(r"[\s、，,/·()（）类]|和|与", "", name).casefold()
