"""Conditions on what is known of a document beside its text: codes, days, and whether it was in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import tantivy
from tantivy import FieldType, Occur


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the fields has one of the values."""

    fields: tuple[str, ...]
    values: tuple[str, ...]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """Published on a day between two, both included; None leaves a side open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class InForceOn:
    """Known to have been in force on the day; `unknown` asks for those of which it is not known instead."""

    day: date
    unknown: bool = False


Condition = OneOf | Between | InForceOn


def condition_query(schema: Any, condition: Condition) -> Any:
    """The documents that meet a condition; it adds nothing to their score."""
    match condition:
        case OneOf(fields, values, negative):
            found = _one_of(schema, fields, values)
            wanted = _without(found) if negative else found
        case Between(first, last):
            wanted = _days(schema, "day", first, last)
        case InForceOn(day, unknown):
            wanted = _unknown(schema, day) if unknown else _in_force(schema, day)
    return tantivy.Query.const_score_query(wanted, 0.0)


def must(schema: Any, query: Any, conditions: Iterable[Condition]) -> Any:
    """The query narrowed to what meets all conditions."""
    clauses = [(Occur.Must, condition_query(schema, condition)) for condition in conditions]
    return tantivy.Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query


def _one_of(schema: Any, fields: Iterable[str], values: tuple[str, ...]) -> Any:
    queries = [
        tantivy.Query.term_query(schema, field, values[0])
        if len(values) == 1
        else tantivy.Query.term_set_query(schema, field, list(values))
        for field in fields
    ]
    return (
        queries[0]
        if len(queries) == 1
        else tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
    )


def _days(schema: Any, field: str, first: date | None, last: date | None) -> Any:
    low = first.toordinal() if first else 1
    high = last.toordinal() if last else date.max.toordinal()
    return tantivy.Query.range_query(schema, field, FieldType.Integer, low, high)


def _in_force(schema: Any, day: date) -> Any:
    begun, not_ended = _days(schema, "from_day", None, day), _days(schema, "until_day", day, None)
    return tantivy.Query.boolean_query([(Occur.Must, begun), (Occur.Must, not_ended)])


def _unknown(schema: Any, day: date) -> Any:
    """Neither known to be in force, nor known to begin later, nor known to have ended before."""
    excluded = [_in_force(schema, day)]
    if day < date.max:
        later = date.fromordinal(day.toordinal() + 1)
        excluded += [_days(schema, "from_day", later, None), _days(schema, "day", later, None)]
    if day > date.min:
        excluded.append(_days(schema, "until_day", None, date.fromordinal(day.toordinal() - 1)))
    return _without(*excluded)


def _without(*queries: Any) -> Any:
    unwanted = [(Occur.MustNot, query) for query in queries]
    return tantivy.Query.boolean_query([(Occur.Must, tantivy.Query.all_query()), *unwanted])
