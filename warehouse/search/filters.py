"""Filters and fields of a search, resolved against the publication's own names into conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warehouse.search.conditions import Between, Condition, InForceOn, OneOf
from warehouse.search.language import TEXT_FIELDS, one_day, span
from warehouse.search.naming import Names
from warehouse.search.nodes import Either, Every, Field, Node, Number, Phrase, Prefix, Without, Word
from warehouse.search.problems import SearchProblem

OUT_OF_FORCE = ("repealed", "expired")
_INDEX_FIELD = {"has_attachment": "attachment"}


_NAMED = ("department", "topic", "level", "region", "source", "doc_type", "language", "validity", "year")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; None leaves a side open."""

    department: str | None = None
    topic: str | None = None
    level: str | None = None
    region: str | None = None
    source: str | None = None
    doc_type: str | None = None
    language: str | None = None  # as documents are stored: zh, zh-Hant, en, de ... und
    since: date | None = None
    until: date | None = None
    in_force: bool = (
        False  # leaves out what is known to be repealed or expired; unknown validity stays, and shows
    )
    validity: str | None = None
    has_attachment: bool | None = None
    year: str | int | None = None  # a year or a span of years: 2024, 2021-2024
    in_force_on: date | None = None  # known to have been in force on this day


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its filters: what words ask of the text, and all conditions that hold for the whole."""

    node: Node | None
    conditions: tuple[Condition, ...]


def asked(names: Names, node: Node | None, filters: Filters) -> Asked:
    """The tree with its fields resolved; a SearchProblem names a value the publication does not know.

    Fields that narrow the whole query become conditions beside it, so what is left asks the text alone.
    """
    resolved = _resolved(names, node) if node else None
    parts = resolved.parts if isinstance(resolved, Every) else (resolved,) if resolved else ()
    beside = tuple(part for part in parts if isinstance(part, Condition))
    rest = tuple(part for part in parts if not isinstance(part, Condition))
    text = rest[0] if len(rest) == 1 else Every(rest) if rest else None
    return Asked(text, (*beside, *conditions(names, filters)))


def conditions(names: Names, filters: Filters) -> tuple[Condition, ...]:
    """The filters as conditions; a SearchProblem names a value the publication does not know."""
    found: list[Condition] = []
    for name in _NAMED:
        value = getattr(filters, name)
        if value:
            found.append(_condition(names, name, str(value), None))
    if filters.has_attachment is not None:
        found.append(OneOf(("attachment",), ("yes" if filters.has_attachment else "no",)))
    if filters.since or filters.until:
        found.append(Between(filters.since, filters.until))
    if filters.in_force:
        found.append(OneOf(("validity",), OUT_OF_FORCE, negative=True))
    if filters.in_force_on:
        found.append(InForceOn(filters.in_force_on))
    return tuple(found)


def _resolved(names: Names, node: Node) -> Node:
    match node:
        case Every(parts):
            return Every(tuple(_resolved(names, part) for part in parts))
        case Either(parts):
            return Either(tuple(_resolved(names, part) for part in parts))
        case Without(part):
            return Without(_resolved(names, part))
        case Field(name, part, place) if name not in TEXT_FIELDS:
            return _conditioned(names, name, part, place)
        case Word(text) if codes := _issued_by(names, text):
            return Either((node, OneOf(("department",), codes)))  # a body's name also finds what it issued
        case _:
            return node


def _issued_by(names: Names, written: str) -> tuple[str, ...]:
    """The codes of the bodies whose whole name a bare word is, with their lineage."""
    found = (code for body in names.bodies_called(written) for code in names.family(body))
    return tuple(sorted(set(found)))


def _conditioned(names: Names, name: str, node: Node, place: int) -> Node:
    """The value of a field, or several joined by AND, OR, NOT, as conditions."""
    match node:
        case Every(parts):
            return Every(tuple(_conditioned(names, name, part, place) for part in parts))
        case Either(parts):
            return Either(tuple(_conditioned(names, name, part, place) for part in parts))
        case Without(part):
            return Without(_conditioned(names, name, part, place))
        case Prefix(text):
            return _condition(names, name, f"{text}*", node.place or place)
        case Word(text) | Phrase(text) | Number(text):
            return _condition(names, name, text, node.place or place)
        case _:
            raise SearchProblem(
                f"The field at character {place} takes a value, not another field.", "missing", place=place
            )


def _condition(names: Names, name: str, value: str, place: int | None) -> Condition:
    if name == "department":
        return OneOf(("department",), tuple(names.departments(value, place=place)))
    if name == "topic":
        return OneOf(("topic", "topic1"), (names.topic(value, place=place),))
    if name in ("year", "published"):
        days = span(value)
        if days is None:
            raise _no_date("date", value, place, "2024, 2024-05, 2024-01-01..2024-06-30 or >=2024-01")
        return Between(*days)
    if name == "in_force_on":
        day = one_day(value)
        if day is None:
            raise _no_date("day", value, place, "2024-05-01")
        return InForceOn(day)
    return OneOf((_INDEX_FIELD.get(name, name),), names.values(name, value, place=place))


def _no_date(kind: str, value: str, place: int | None, example: str) -> SearchProblem:
    shown = value[:40]
    at = f" at character {place}" if place else ""
    where: dict[str, object] = {} if place is None else {"place": place}
    return SearchProblem(
        f"'{shown}'{at} is no {kind}; write {example}.", f"no-{kind}", **where, value=shown, example=example
    )
