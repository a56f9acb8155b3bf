"""What the JSON list interfaces have in common: opening an answer, walking its paths, judging empty ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from crawlers.extraction.answers import load_json
from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import epoch_date, instant_date
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Problem

MISSING: Final = object()  # the answer has no such path; null is a value
_BUSY = re.compile(
    r"频繁|稍后再试|稍后重试|访问过快|系统繁忙|请求过多|限流|too many requests|rate limit", re.I
)
_HEAD = 5_000
_DEPTH = 8
_OF_ROWS = {"html", "url", "articles", "docs"}
_NOTHING = {"", "null", "undefined", "none", "无", "-", "--"}


def open_answer(body: bytes) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a JSON answer, or MISSING with the problem: held back, a page instead, damaged."""
    text = decode(body)
    start = text.lstrip("\ufeff \r\n\t")
    try:
        value = load_json(text) if start[:1] not in ("", "<") else MISSING
    except ValueError:
        value = MISSING
    if pleads(text, value) and not names_documents(value):
        return MISSING, (held_back("The list answers with a plea to come back later."),)
    if value is not MISSING:
        return value, ()
    if not start:
        return MISSING, (Problem("empty-page", "The list's answer is empty."),)
    if start[0] == "<":
        return MISSING, (Problem("not-json", "The list's answer is a page, not the JSON it should be."),)
    return MISSING, (Problem("damaged-json", "The list's answer looks like JSON but does not parse."),)


def pleads(text: str, value: Any) -> bool:
    """Whether an answer asks to come back later, also one whose words are written as \\u escapes."""
    if asks_to_wait(text):
        return True
    return len(text) < _HEAD and value is not MISSING and any(map(asks_to_wait, _sentences(value, 0)))


def _sentences(value: Any, depth: int) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif depth < _DEPTH and isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _sentences(one, depth + 1)


def names_documents(value: Any, depth: int = 0) -> bool:
    """Whether a value holds documents, whose titles may well speak of frequency and limits."""
    if isinstance(value, dict):
        named = any("title" in str(key).lower() or str(key).lower() in _OF_ROWS for key in value)
        return named or (depth < _DEPTH and any(names_documents(one, depth + 1) for one in value.values()))
    return isinstance(value, list) and depth < _DEPTH and any(names_documents(x, depth + 1) for x in value)


def asks_to_wait(text: str) -> bool:
    """Whether an answer is but a plea to come back later."""
    return len(text) < _HEAD and bool(_BUSY.search(text))


def held_back(said: str) -> Problem:
    """The problem by which the crawl leaves a site alone for a while."""
    return Problem("throttled", said)


def at(data: Any, path: str) -> Any:
    """The value at a dotted path (`data.list`, `hits.0.name`); MISSING when a step does not exist."""
    value = data
    for step in path.split(".") if path else ():
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return MISSING
    return value


def keys_of(data: Any) -> str:
    """The names an answer has at a place, for a sentence that says what is there instead."""
    if isinstance(data, dict):
        return ", ".join(sorted(str(key) for key in data)[:12]) or "nothing"
    return f"a list of {len(data)}" if isinstance(data, list) else "a bare value"


def count_of(value: Any) -> int | None:
    """A count, also one written as text; None where the site says null or nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    tidy = str(value).strip()
    return int(tidy) if tidy.isdigit() and len(tidy) < 9 else None


def empty_answer(rows: Sequence[Any] | None, total: int | None, first: int) -> tuple[Problem, ...]:
    """Why an answer holds no rows; `first` is how many come before it. Nothing when that is in order.

    A list that is null though the site promises more, or says nothing at all, is a site that holds us back:
    it must never be taken for a list without documents.
    """
    if rows:
        return ()
    if total is not None and total > first:
        said = f"The list claims {total} documents and gives none after {first}; the site holds us back."
        return (held_back(said),)
    if rows is None and total is None:
        return (held_back("The list's answer holds neither rows nor a total; the site holds us back."),)
    if total is None and first == 0:
        return (Problem("empty-list", "The list's answer holds no row."),)
    return ()


def left_out(rows: int, entries: int) -> tuple[Problem, ...]:
    """The problem of rows that gave no entry."""
    if entries >= rows:
        return ()
    return (Problem("rows-left-out", f"{rows - entries} of {rows} rows have no title or no address."),)


def title_of(value: Any) -> str | None:
    """A title without the marks by which a search shows its hits."""
    return title_line(text_of_markup(value)) if isinstance(value, str) else None


def text_of(value: Any) -> str | None:
    """A printed value on one line; the words for nothing are nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    tidy = one_line(text_of_markup(value) if isinstance(value, str) and "<" in value else str(value))
    return tidy if tidy and tidy.lower() not in _NOTHING else None


def day_of(value: Any, timezone: str) -> date | None:
    """The day of a printed date, of an instant, or of seconds or milliseconds since 1970 (0 says nothing)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return epoch_date(float(text), timezone)
    return instant_date(text, timezone)
