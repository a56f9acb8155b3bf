"""What a query is made of: terms, fields, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from warehouse.search.conditions import Condition
from warehouse.search.language import TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters that must stand in the text as written."""

    text: str
    place: int = field(default=0, compare=False)  # from 1; 0: not typed


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word: Latin as a whole word, anything else as characters, punctuation in any width."""

    text: str
    place: int = field(default=0, compare=False)  # from 1; 0: not typed
    titled: bool = field(default=False, compare=False)  # typed as a title, in 《》


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word: pharm* finds pharmacy; of other characters, what follows is free anyway."""

    text: str
    place: int = field(default=0, compare=False)  # from 1; 0: not typed


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in any brackets."""

    text: str
    normal: str
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """A part that is meant for one field."""

    name: str  # as in `language.FIELDS`
    part: Node
    place: int  # of the value, from 1


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not hold."""

    part: Node


Term = Phrase | Word | Prefix | Number
Node = Term | Field | Every | Either | Without | Condition  # conditions take the place of fields


def terms(node: Node | None) -> list[Term]:
    """What may be highlighted: every term that is not excluded, in the order written."""
    return [term for _, term in fielded(node)]


def fielded(node: Node | None, field: str | None = None) -> list[tuple[str | None, Term]]:
    """The same, each with the field of texts that it is asked for in; None: in any."""
    match node:
        case Phrase() | Word() | Prefix() | Number():
            return [(field, node)]
        case Every(parts) | Either(parts):
            return [term for part in parts for term in fielded(part, field)]
        case Field(name, part) if name in TEXT_FIELDS:
            return fielded(part, name)
        case _:
            return []
