"""What a search asks, as data that is kept: query, filters and order, with the version of this form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from warehouse.errors import UserError

VERSION = 1
LONGEST_QUERY = 1000
_TEXTS = ("department", "topic", "level", "region", "source", "doc_type", "validity", "year")
_DAYS = ("since", "until", "in_force_on")
_SWITCHES = ("in_force", "has_attachment", "versions")
FILTERS = (*_TEXTS, *_DAYS, *_SWITCHES)
_ORDERS = ("relevance", "date")


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: the query as typed and the filters under the names of `search`'s parameters.

    Filters hold text, booleans and ISO days only; one that is not set is left out.
    """

    query: str = ""
    filters: Mapping[str, str | bool] = field(default_factory=dict)
    order: str = "relevance"

    def keywords(self) -> dict[str, Any]:
        """Filters and order as keyword arguments of `search`."""
        days = {name: date.fromisoformat(str(self.filters[name])) for name in _DAYS if name in self.filters}
        return {**self.filters, **days, "order": self.order}


def asked(query: str, filters: Mapping[str, Any], order: str = "relevance") -> Asked:
    """A search out of what a form or a command line gives; a UserError names a filter that does not fit."""
    if len(query) > LONGEST_QUERY:
        raise UserError(f"query: {len(query)} characters are too many; at most {LONGEST_QUERY} are kept.")
    if order not in _ORDERS:
        raise UserError(f"order: '{order}' is unknown; choose {' or '.join(_ORDERS)}.")
    kept = {name: _checked(name, value) for name, value in filters.items() if value not in (None, "")}
    return Asked(query.strip(), {name: kept[name] for name in FILTERS if name in kept}, order)


def write(wanted: Asked) -> str:
    """The search as it is kept; the same search gives the same text."""
    told = {
        "version": VERSION,
        "query": wanted.query,
        "filters": dict(wanted.filters),
        "order": wanted.order,
    }
    return json.dumps(told, ensure_ascii=False)


def read(text: str) -> Asked:
    """The search out of its kept form; a UserError when it is of a newer form or damaged."""
    try:
        told = json.loads(text)
        version, query, filters = told["version"], str(told["query"]), dict(told["filters"])
    except (ValueError, KeyError, TypeError) as error:
        raise UserError("What this saved search asks cannot be read; save it anew.") from error
    if version != VERSION:
        raise UserError(
            f"This saved search is of form {version}, known is {VERSION}; use the newer govbrief."
        )
    return asked(query, filters, str(told.get("order", "relevance")))


def _checked(name: str, value: Any) -> str | bool:
    if name in _SWITCHES:
        if not isinstance(value, bool):
            raise UserError(f"{name}: true or false is wanted, not '{value}'.")
        return value
    if name in _DAYS:
        try:
            return (
                value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
            )
        except ValueError as error:
            raise UserError(f"{name}: '{value}' is no date; write it as 2026-06-01.") from error
    if name in _TEXTS:
        return str(value)
    raise UserError(f"{name}: there is no such filter; choose of {', '.join(FILTERS)}.")
