"""What the documented interfaces of public bodies have in common: rows under one name, refusals in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from crawlers.extraction.gathered import Value
from crawlers.platforms.base import ListPage
from crawlers.platforms.json_rows import MISSING, asks_to_wait, held_back, keys_of, open_answer, text_of
from warehouse.records import Problem

_ERRORS = ("error", "errors")
_SAID = (*_ERRORS, "message")
_OVER = re.compile(r"OVER_RATE_LIMIT|\b429\b|throttl", re.IGNORECASE)


def rows_under(name: str, body: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]] | ListPage:
    """The answer and its rows; a list page with the named problem where the answer holds none.

    Refused requests are told in the interface's own words; a plea to slow down, or an error beside a list
    without rows, is never an empty list. What is no object counts as a row, so that it is told as left out.
    """
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if isinstance(data, dict) and isinstance(data.get(name), list):
        rows = [row if isinstance(row, dict) else {} for row in data[name]]
        if rows or not refusal(data, _ERRORS):
            return data, rows
    said = refusal(data)
    if said and (asks_to_wait(said) or _OVER.search(said)):
        return ListPage(problems=(held_back(f"The interface asks to slow down: {said}"),))
    if said:
        return ListPage(problems=(Problem("refused-answer", f"The interface refuses the request: {said}"),))
    told = f"The answer has no '{name}'; it has {keys_of(data)}."
    return ListPage(problems=(Problem("unknown-answer", told),))


def refusal(data: Any, keys: Iterable[str] = _SAID) -> str | None:
    """What an error answer says (`error`, `errors`, `message`), in one line; None where it is none."""
    if not isinstance(data, dict):
        return None
    for key in keys:
        said = " ".join(_words(data.get(key))).strip()
        if said:
            return said[:300]
    return None


def _words(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str | int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, dict | list) and depth < 4:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one, depth + 1)


def no_page(body: bytes, url: str, interface: str) -> bool:
    """Whether an answer is no page for people: JSON, or what came where the interface's paths begin so."""
    stripped = body.lstrip(b"\xef\xbb\xbf \r\n\t")
    return stripped[:1] in (b"{", b"[", b"") or urlsplit(url).path.startswith(interface)


def texts(values: Any) -> tuple[str, ...]:
    """The texts of a list of values, each once; a single value is a list of one."""
    listed: Iterable[Any] = values if isinstance(values, list) else (values,)
    return tuple(dict.fromkeys(text for value in listed if (text := text_of(value))))


def pairs_of(**values: Any) -> tuple[tuple[str, str], ...]:
    """(field, value) of every value that is stated; a tuple gives one pair for each of its texts."""
    found = []
    for name, value in values.items():
        found += [(name, text) for text in (value if isinstance(value, tuple) else texts(value))]
    return tuple(found)


def as_values(pairs: Iterable[tuple[str, str]], origin: str = "api") -> tuple[Value, ...]:
    """The same pairs as a document's own answer gives them."""
    return tuple(
        Value(name, text, f"{origin}:{name}") for name, text in pairs if name not in ("page", "file")
    )


def table(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none where it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
